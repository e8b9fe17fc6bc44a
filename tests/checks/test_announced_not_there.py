import pytest
from esgreport.checks import announced_not_there


def test_points_at_what_announces_and_nothing_follows(assert_marks):
    found = assert_marks(announced_not_there.check, {
        "content/en/a2.md": """
            # Energy

            ## Issues { #issues }

            The issues are presented in the matrix below, and the following chart shows more.
                                            ^^^^^^^^^^^^ announced-not-there
                                                                  ^^^^^^^^^^^^^^^ announced-not-there

            1. Energy
            2. Water

            ## Figures { #figures }

            ```table
            metrics: [electricity]
            columns: [unit, 2025]
            ```
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            ## 議題 { #issues }

            議題以下列矩陣呈列，詳見下表。
               ^^^^ announced-not-there
                        ^^ announced-not-there

            ## 數據 { #figures }
        """,
    })  # fmt: skip
    messages = {each.message for each in found}
    assert '"matrix below" announces what does not follow in this section' in messages


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("The table below shows it.", "```table\nmetrics: [electricity]\ncolumns: [unit, 2025]\n```"),
        ("The table below shows it.", "### Deeper { #deeper }\n\n| A | B |\n|---|---|\n| one | two |"),
        ("See the following chart.", "```chart\nkind: bar\nmetrics: [electricity]\n```"),
        ("It fell below the level of the table.", "Words alone."),
        ("Below, we follow the table of contents.", "Words alone."),
    ],
)  # fmt: skip
def test_what_is_there_or_not_announced(assert_marks, text, follows):
    assert_marks(
        announced_not_there.check, {"content/en/a2.md": f"# Energy\n\n## A {{ #a }}\n\n{text}\n\n{follows}\n"}
    )
