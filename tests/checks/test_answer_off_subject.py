from esgreport.checks import answer_off_subject
from reports import CODE_REPORT

EN = '# Water\n\n## Targets { #targets answers="A2.4" }\n\nUse per tonne is to fall.\n'
HANT = '# 水\n\n## 目標 { #targets answers="A2.4" }\n\n每噸用水量應下降。\n'


def test_a_section_that_is_silent_on_what_it_says_it_answers(assert_marks):
    found = assert_marks(answer_off_subject.check, {
        "data/report.yml": CODE_REPORT,
        "content/en/a2.md": """
            # Water

            The Group saves resources.

            ## Targets { #targets answers="A2.3 A2.4" }
                                                ^^^^ answer-off-subject

            Use per tonne is to fall.

            ## Data { #data answers="B6.5" }

            The privacy of customers is protected.
        """,
        "content/zh-Hant/a2.md": """
            # 水

            本集團節約資源。

            ## 目標 { #targets answers="A2.3 A2.4" }
                                           ^^^^ answer-off-subject

            每噸用水量應下降。

            ## 資料 { #data answers="B6.5" }

            我們保障客戶私隱。
        """,
    })  # fmt: skip
    assert found[0].message == "A2.4 asks about where water comes from, of which this section says nothing"


def test_it_may_be_said_at_the_beginning_or_below(assert_marks):
    files = {"data/report.yml": CODE_REPORT, "content/en/a2.md": EN, "content/zh-Hant/a2.md": HANT}
    said = {
        "content/en/a2.md": EN.replace("\n## T", "\nWater comes from the river.\n\n## T"),
        "content/zh-Hant/a2.md": HANT + "\n### 水源 { #source }\n\n沒有困難。\n",
    }
    assert_marks(answer_off_subject.check, {**files, **said})


def test_it_may_be_said_in_another_section(assert_marks):
    files = {"data/report.yml": CODE_REPORT}
    again = {
        "content/en/a2.md": EN
        + '\n## Supply { #supply answers="A2.4" }\n\nAll water is supplied by the city.\n',
        "content/zh-Hant/a2.md": HANT + '\n## 供水 { #supply answers="A2.4" }\n\n全部由市政供水。\n',
    }
    assert_marks(answer_off_subject.check, {**files, **again})


def test_a_report_that_does_not_follow_the_exchange(assert_marks):
    report = CODE_REPORT.replace("frameworks: [hkex-esg-code-2025]\n", "")
    assert_marks(answer_off_subject.check, {"data/report.yml": report, "content/en/a2.md": "# Water\n"})
