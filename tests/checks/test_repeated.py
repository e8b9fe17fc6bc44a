import pytest
from esgreport.checks import repeated
from reports import edition_of

LONG = "Our trade is to make used metal usable again, so environmental performance is operating performance, and each site is asked every year."


def test_words_and_paragraphs_twice(assert_marks):
    found = assert_marks(repeated.check, {
        "content/en/a2.md": f"""
            # Energy

            It is reviewed by the the Board.
                              ^^^^^^^ repeated-words

            None of them is is declined.
                         ^^^^^ repeated-words

            {LONG}

            {LONG}
            {"^" * len(LONG)} repeated-paragraph
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            健康與安全康與安全由董事會負責。
             ^^^^^^^^ repeated-words
        """,
    })  # fmt: skip
    twice = [finding.message for finding in found if finding.code == "repeated-paragraph"]
    assert twice == ["the same paragraph stands in content/en/a2.md, line 7"]


@pytest.mark.parametrize("text", ["逐步步入正軌。", "越來越多。", "一天天過去。", "研究研究。", "千千萬萬。"])
def test_words_that_are_meant_twice(project, text):
    root = project(
        {
            "content/zh-Hant/a2.md": f"# 能源\n\n{text}\n",
            "content/en/a2.md": "# Energy\n\nThat that is, is. What it is is plain. {{ electricity }} {{ electricity }}\n",
        }
    )
    assert not list(repeated.check(edition_of(root), root))
