import pytest
from conftest import TINY
from esgreport.checks import laws_named_unlike


def test_one_law_in_both_languages_among_others_in_one(assert_marks):
    found = assert_marks(laws_named_unlike.check, {
        "content/en/a2.md": """
            # Energy

            The {{ law_labour }} and the {{ law_patents }}, and the {{ law_trade_marks }} (《中華人民共和國商標法》).
                                                                    ^^^^^^^^^^^^^^^^^^^^^ laws-named-unlike
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n遵守{{ law_labour }}、{{ law_patents }}及{{ law_trade_marks }}。\n",
    })  # fmt: skip
    assert (
        found[0].message
        == "this law has its name in the other language beside it, where 2 others of the English pages have not"
    )


def test_the_rarer_way_is_told_of(assert_marks):
    assert_marks(laws_named_unlike.check, {
        "content/en/a2.md": """
            # Energy

            The {{ law_labour }} (《中華人民共和國勞動法》), the {{ law_patents }} (《中華人民共和國專利法》) and the {{ law_trade_marks }}.
                                                                                              ^^^^^^^^^^^^^^^^^^^^^ laws-named-unlike
        """,
    })  # fmt: skip


@pytest.mark.parametrize(("laws", "after"), [("", ""), ("laws: {en: both}\n", " (《商標法》)")])
def test_laws_named_alike(assert_marks, laws, after):
    page = "# Energy\n\nThe {{ law_labour }}, the {{ law_patents }} and the {{ law_trade_marks }}"
    assert_marks(laws_named_unlike.check, {
        "data/report.yml": TINY["data/report.yml"] + laws,
        "content/en/a2.md": f"{page}{after}.\n",
    })  # fmt: skip
