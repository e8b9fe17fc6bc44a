import pytest
from conftest import TINY
from esgreport.checks import name_near_miss

REGISTER = """
mianyang: {name: {en: Mianyang Taiyue Copper Limited, zh-Hant: 綿陽泰越銅業有限公司}, short_name: {en: Mianyang, zh-Hant: 綿陽泰越}}
"""


def test_names_that_are_nearly_registered(assert_marks):
    found = assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER,
        "content/en/a2.md": """
            # Energy

            Mianyang Taiyue, and Mianyeng; the lower step, Mianyang’s.
                                 ^^^^^^^^ name-near-miss
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            綿陽泰越，又名綿陽秦越。
                   ^^^^ name-near-miss
        """,
    })  # fmt: skip
    assert found[0].message == '"Mianyeng" is nearly the registered "Mianyang"'


def test_laws_and_standards(assert_marks):
    assert_marks(name_near_miss.check, {
        "content/en/a2.md": """
            # Energy

            Certified to ISO 14010 and ISO 45001, under the Labour Contracts Law of the PRC and the Labour Law of the PRC.
                         ^^^^^^^^^ name-near-miss
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            遵守《中華人民共和國大氣污染防止法》及《勞動法》。
              ^^^^^^^^^^^^^^^^ name-near-miss
        """,
    })  # fmt: skip


@pytest.mark.parametrize("word", ["Mianyangs", "Taiyuan", "mianyeng"])
def test_other_words(assert_marks, word):
    assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER,
        "content/en/a2.md": f"# Energy\n\nAlso {word}, and a {word.lower()} of it.\n",
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"],
    })  # fmt: skip
