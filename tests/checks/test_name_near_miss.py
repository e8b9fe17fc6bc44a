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

            Mianyang, and Mianyeng; the lower step, Mianyang’s.
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

            遵守《中華人民共和國大氣污染防止法》、《勞動法》及《關於產業結構調整指導目錄》。
              ^^^^^^^^^^^^^^^^ name-near-miss
                                     ^^^^^^^^^^^^^^ name-near-miss
        """,
    })  # fmt: skip


@pytest.mark.parametrize("word", ["Mianyangs", "Taiyuan", "mianyeng"])
def test_other_words(assert_marks, word):
    assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER,
        "content/en/a2.md": f"# Energy\n\nAlso {word}, and a {word.lower()} of it.\n",
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"],
    })  # fmt: skip


def test_a_company_in_full(assert_marks):
    found = assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER,
        "content/en/a2.md": """
            # Energy

            Mianyang Taiyue Copper Ltd. and Mianyang Taiyue Copper Limited, listed by The Stock Exchange of Hong Kong Limited.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss

            Owned by Mianyang Taiyue Limited.
                     ^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            由綿陽泰越銅業有限公司出售。

            綿陽泰越有限公司。
            ^^^^^^^^ name-near-miss
        """,
    })  # fmt: skip
    assert found[0].help == "write it as it is registered, best by a call"
    assert found[-1].message.endswith('nearly the registered "Mianyang Taiyue Copper Limited"')


def test_the_beginning_of_a_name_beside_its_short_name(assert_marks):
    found = assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER.replace("綿陽泰越}", "泰越公司}"),
        "content/en/a2.md": """
            # Energy

            Mianyang, and Mianyang Taiyue again.
                          ^^^^^^^^^^^^^^^ name-near-miss
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            泰越公司，即綿陽泰越銅業有限公司；綿陽泰越又如何。
                             ^^^^ name-near-miss
        """,
    })  # fmt: skip
    assert found[0].message == '"綿陽泰越" is nearly the registered "泰越公司"'


def test_people_and_committees(assert_marks):
    assert_marks(name_near_miss.check, {
        "data/registers/persons.yml": "kwan: {name: {en: Mr Kwan Siu Lam, zh-Hant: 關兆霖先生}}",
        "data/registers/bodies.yml": "audit: {name: {en: Audit and Risk Committee, zh-Hant: 審核及風險委員會}}",
        "content/en/a2.md": """
            # Energy

            Mr Kwan Siu Lum, Mr Siu Lam Kwan and Mr Kwan Siu Lam; the Risk and Audit Committee, the Audit and Risk Committees.
               ^^^^^^^^^^^^ name-near-miss
                                ^^^^^^^^^^^^ name-near-miss
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            關兆林先生，並非關兆霖先生。
            ^^^^^ name-near-miss
        """,
    })  # fmt: skip


def test_a_character_that_a_conversion_mixes_up(assert_marks):
    assert_marks(name_near_miss.check, {
        "data/registers/plants.yml": "yunzhong: {name: {en: Yunzhong, zh-Hant: 雲中廠}}",
        "content/zh-Hant/a2.md": """
            # 能源

            雲中廠，云中廠，雲鐘廠。
                ^^^ name-near-miss
                    ^^^ name-near-miss
        """,
        "content/en/a2.md": "# Energy\n\nYunzhong.\n",
    })  # fmt: skip


def test_a_spelling_that_stands_as_often_is_a_word_of_its_own(assert_marks):
    assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER,
        "content/en/a2.md": "# Energy\n\n" + "Mianyang and Mianyeng. " * 5 + "\n",
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"],
    })  # fmt: skip


def test_a_name_in_simplified_characters_has_a_rule_of_its_own(assert_marks):
    assert_marks(name_near_miss.check, {
        "data/registers/entities.yml": REGISTER,
        "content/zh-Hant/a2.md": "# 能源\n\n绵陽泰越銅業有限公司和綿陽泰越銅業有限公司。\n",
        "content/en/a2.md": "# Energy\n\nStock Exchange of Hong Kong Limited.\n",
    })  # fmt: skip


def test_a_long_name_in_other_words(assert_marks):
    found = assert_marks(name_near_miss.check, {
        "data/registers/terms.yml": "audit: {name: {en: Provisions of the National Audit Office on Internal Audit, zh-Hant: 《審計署關於內部審計工作的規定》}}",
        "content/en/a2.md": """
            # Energy

            By Appendix C2 to the Rules Governing the Listing of Securities on HKEX.
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss
            We follow the Working Team on Climate-Related Financial Disclosures and
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss
            the Regulations of Audit Commission on Internal Audit Works.
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name-near-miss
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            我們遵守《內部審計工作審計委員會條例》。
                ^^^^^^^^^^^^^^^ name-near-miss
        """,
    })  # fmt: skip
    said = [each.message for each in found]
    assert any(
        'nearly the registered "Task Force on Climate-related Financial Disclosures"' in each for each in said
    )


def test_names_that_are_whole_shortened_or_another_one(assert_marks):
    assert_marks(name_near_miss.check, {
        "data/registers/terms.yml": "copper: {name: {en: Emission Standard of Copper Works, zh-Hant: 《銅工業大氣污染物排放標準》}}",
        "content/en/a2.md": "# Energy\n\n" + "\n".join((
            "The Recommendations of the Task Force on Climate-related Financial Disclosures.",
            "The Rules Governing the Listing of Securities on the Stock Exchange.",
            "Appendix C2 to the Main Board Listing Rules of The Stock Exchange of Hong Kong Limited.",
            "IFRS S2 Climate-related Disclosures. IFRS S1 Sustainability-related Financial Information.",
            "Provisions on Labour Protection for Seasonal Employees. Emission Standard of Zinc Works.",
        )) + "\n",
        "content/zh-Hant/a2.md": "# 能源\n\n《鉛、鎳及鈷的冶煉和壓延加工工業大氣污染物排放標準》。\n",
    })  # fmt: skip
