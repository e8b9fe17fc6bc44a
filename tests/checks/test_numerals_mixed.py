from conftest import TINY
from esgreport.checks import numerals_mixed


def test_the_rarer_way_is_told_of(assert_marks):
    assert_marks(numerals_mixed.check, {
        "content/zh-Hant/a2.md": """
            # 能源

            2024年動工，2025年擴建，二零二五年落成，見《二零二五年規則》。
                            ^^^^ numerals-mixed
        """,
        "content/en/a2.md": "# Energy\n\nText.\n",
    })  # fmt: skip


def test_what_the_report_says_of_itself_decides(assert_marks):
    assert_marks(numerals_mixed.check, {
        "data/report.yml": TINY["data/report.yml"] + "date_style: {zh-Hant: han}\n",
        "content/zh-Hant/a2.md": """
            # 能源

            2024年動工，2025年擴建，二零二五年落成。
            ^^^^ numerals-mixed
                    ^^^^ numerals-mixed
        """,
        "content/en/a2.md": "# Energy\n\nText.\n",
    })  # fmt: skip
