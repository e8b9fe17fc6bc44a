import pytest
from esgreport.checks import dates_disagree
from reports import edition_of


def test_days_that_cannot_be(assert_marks):
    assert_marks(dates_disagree.check, {
        "content/en/a2.md": """
            # Energy

            From 14 August 2025 to 3 May 2025, agreed on 31 September 2025, for the year ended 31 December 2024.
                                   ^^^^^^^^^^ dates-disagree
                                                         ^^^^^^^^^^^^^^^^^ no-such-day
                                                                                               ^^^^^^^^^^^^^^^^ other-year-end
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            截至2024年12月31日止年度，由2025年8月14日至2025年5月3日。
              ^^^^^^^^^^^ other-year-end
                                         ^^^^^^^^^ dates-disagree
        """,
    })  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "It fell, compared with the year ended 31 December 2024.",
        "This covers the year ended 31 December 2025, from 1 January 2025 to 31 December 2025.",
        "Targets hold until 31 December 2030.",
        "On 3 May 2025 and on 14 April 2025 they met.",
    ],
)
def test_days_that_are_right(project, text):
    root = project({"content/en/a2.md": f"# Energy\n\n{text}\n"})
    assert not list(dates_disagree.check(edition_of(root), root))
