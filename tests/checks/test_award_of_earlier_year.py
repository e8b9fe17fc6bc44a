import pytest
from esgreport.checks import award_of_earlier_year


def test_an_award_of_years_ago(assert_marks):
    found = assert_marks(award_of_earlier_year.check, {
        "content/en/a2.md": """
            # Energy

            In June 2021 the plant was granted by the county the title of “Green Factory”. In 2024 it was awarded a prize.
                    ^^^^ award-of-earlier-year
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            廠房於2019年9月榮獲「綠色工廠」稱號。2025年獲頒獎項。
               ^^^^ award-of-earlier-year
        """,
    })  # fmt: skip
    assert found[0].message.endswith("stands in a report whose tables begin with 2024")


@pytest.mark.parametrize(
    "text",
    [
        "Since 2019 the plant has been awarded the title each year.",
        "In 2019 the plant was granted a permit.",
        "It received an award in 2021 and in 2025.",
        "The standard of 2019 was adopted.",
    ],
)
def test_what_still_holds_and_what_is_no_award(assert_marks, text):
    assert_marks(
        award_of_earlier_year.check,
        {
            "content/en/a2.md": f"# Energy\n\n{text}\n",
            "content/zh-Hant/a2.md": "# 能源\n\n2019年獲得批准。\n",
        },
    )
