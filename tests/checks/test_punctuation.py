import pytest
from esgreport.checks import punctuation
from reports import edition_of


def test_marks_of_the_other_language(assert_marks):
    assert_marks(punctuation.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            廢氣減少,廢水增加(見下文)。{{ electricity }}, 其中一半。
                ^ punctuation
                     ^ punctuation
                         ^ punctuation
                                            ^^ punctuation
        """,
        "content/en/a2.md": """
            # Energy

            The Group（as defined） recycles copper， and sells it.
                     ^ punctuation
                                ^ punctuation
                                                 ^ punctuation
        """,
    })  # fmt: skip


def test_marks_twice_and_spaces(assert_marks):
    assert_marks(punctuation.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            廢氣減少。。廢水增加，；其餘不變。
                ^^ punctuation
                      ^^ punctuation
        """,
        "content/en/a2.md": """
            # Energy

            We recycle copper , and  sell it,, etc., at a profit.
                             ^^ punctuation
                                   ^^ punctuation
                                            ^^ punctuation
        """,
    })  # fmt: skip


def test_what_is_not_closed_or_does_not_end(assert_marks):
    assert_marks(punctuation.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            本集團（下稱「燈峰」購入{{ electricity }}。
               ^ punctuation

            我們的生意是把用過的金屬再做成可用的金屬，環境表現就是經營表現
                                          ^ punctuation
        """,
        "content/en/a2.md": """
            # Energy

            We bought (as ever {{ electricity }}.
                      ^ punctuation

            Our trade is to make used metal usable again, so environmental performance is operating performance
                                                                                                              ^ punctuation
        """,
    })  # fmt: skip


def test_quotation_marks_that_are_not_the_reports_own(assert_marks):
    assert_marks(punctuation.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            「一級」、「二級」和“三級”廢料。
                      ^ punctuation
                         ^ punctuation
        """,
        "content/en/a2.md": """
            # Energy

            The Group’s policy, the Board’s view and the plant's step, “first”, “third” and "second".
                                                              ^ punctuation
                                                                                            ^ punctuation
                                                                                                   ^ punctuation
        """,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "See a) the first, b) the second, e.g. Smith Ltd., and 1,234.5 kWh at 10:30 ..."),
        ("en", "The name of it is Tiny（小銅）."),
        ("zh-Hant", "按GB 3838-2002, 第1.5節，比例為1:3，見https://a.example/b,c。"),
        ("zh-Hant", "1) 減少用水；2) 減少用電。"),
        ("zh-Hant", "國際標準組織（International Organization for Standardization, ISO）。"),
    ],
)
def test_marks_that_are_right(project, language, text):
    title = "# Energy" if language == "en" else "# 能源"
    root = project({f"content/{language}/a2.md": f"{title}\n\n{text}\n"})
    assert not [str(finding) for finding in punctuation.check(edition_of(root), root)]


def test_a_space_behind_a_figure_or_a_year(assert_marks):
    assert_marks(punctuation.check, {
        "content/en/a2.md": """
            # Energy

            We bought {{ electricity }} . It began in 2024 .
                                       ^^ punctuation
                                                          ^^ punctuation
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n文字。\n",
    })  # fmt: skip
