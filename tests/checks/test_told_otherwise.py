import pytest
from esgreport.checks import told_otherwise

FILES = {
    "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          workforce:
            name: {en: Employees, zh-Hant: 僱員}
            unit: employee
            breakdown:
              gender:
                2025: {male: 251, female: 90}
                2024: {male: 240, female: 87}
          stack_tests:
            name: {en: Stack tests by outside laboratories, zh-Hant: 由外聘化驗所進行的煙囪檢測}
            unit: count
            values: {2025: 18, 2024: 16}
    """,
    "data/registers/plants.yml": """
        entries:
          north: {name: {en: North plant, zh-Hant: 北廠}}
    """,
}


def test_a_number_of_what_a_metric_is_the_name_of(assert_marks):
    found = assert_marks(told_otherwise.check, FILES | {
        "content/en/a2.md": """
            # People

            The Group had 971 employees. There were 97 stack tests.
                          ^^^ told-otherwise
                                                    ^^ told-otherwise
        """,
        "content/zh-Hant/a2.md": """
            # 僱員

            本集團有971名僱員。煙囪檢測共97次。
                ^^^ told-otherwise
                            ^^ told-otherwise
        """,
    })  # fmt: skip
    assert {finding.message for finding in found} == {
        '"971" stands here, but workforce@2025 is 341', '"97" stands here, but stack_tests@2025 is 18',
    }  # fmt: skip


@pytest.mark.parametrize(
    "english",
    [
        "The Group had 341 employees, 251 of them men, and in 2024 there were 327 employees.",
        "The course was given to 24 employees.",
        "Injuries are counted per 1,000 employees.",
        "More than 300 employees came.",
        "We trained 24 employees in first aid.",
        "There were 90 employees.",
        "Some 12% of employees left.",
        "The Group had 971 employees in {{ workforce }} rooms.",
    ],
)
def test_numbers_of_some_of_them(assert_marks, english):
    pages = {
        "content/en/a2.md": f"# People\n\n{english}\n",
        "content/zh-Hant/a2.md": "# 僱員\n\n其中24名僱員受訓，不足97名僱員。\n",
    }
    assert not assert_marks(told_otherwise.check, FILES | pages)


def test_the_same_sentence_with_another_number(assert_marks):
    found = assert_marks(told_otherwise.check, FILES | {
        "content/en/a2.md": """
            # People

            Lorries wait for 25 minutes at the gate on average.

            In 2024 lorries wait for 30 minutes at the gate on average. It was cleaned 12 times by the crews of the yard.

            It was cleaned 13 times by the crews of the yard. Lorries wait for 35 minutes at the gate on average.
                                                                               ^^ told-otherwise
        """,
        "content/zh-Hant/a2.md": """
            # 僱員

            貨車在閘口平均要等候二十五分鐘才可進廠。

            貨車在閘口平均要等候35分鐘才可進廠。
                      ^^ told-otherwise
        """,
    })  # fmt: skip
    assert '"35" stands here, but "25" in content/en/a2.md, line 3' in {finding.message for finding in found}


def test_what_the_company_has_and_when_it_did_something(assert_marks):
    found = assert_marks(told_otherwise.check, FILES | {
        "content/en/a2.md": """
            # People

            The Group operates three recycling plants. The Company was founded in 1998, and we had two offices in 2024.

            {{ north }} was certified in 2019. We run 4 recycling plants and the Company was founded in March 1996.
                                                                                                              ^^^^ told-otherwise
                                                      ^ told-otherwise

            {{ north }} was certified in 2021. We had three offices in 2023.
                                         ^^^^ told-otherwise
        """,
        "content/zh-Hant/a2.md": """
            # 僱員

            本集團營運三間廠房，本公司於1998年成立。

            集團現時營運4間廠房，本公司於1996年成立。
                  ^ told-otherwise
                           ^^^^ told-otherwise
        """,
    })  # fmt: skip
    assert {finding.message for finding in found} >= {
        '"1996" stands here, but "1998" in content/en/a2.md, line 3', '"4" stands here, but "三" in content/zh-Hant/a2.md, line 3',
    }  # fmt: skip


def test_a_change_on_the_year_before(assert_marks):
    found = assert_marks(told_otherwise.check, FILES | {
        "content/en/a2.md": """
            # People

            The number of female employees was approximately 59% more than in the previous year. Stack tests rose by 12.5% from last year.
                                                             ^^ told-otherwise

            Employees rose by 4% on the year before. Employees rose by 9% in the yard. Employees rose by 40% from 2019.
        """,
        "content/zh-Hant/a2.md": """
            # 僱員

            女僱員較上年增加約59%，全體僱員較2024年增加約4%。
                     ^^ told-otherwise
        """,
    })  # fmt: skip
    assert found[0].message == '"59" stands here, but workforce@2025[gender=female] is 90, after 87: +3%'
