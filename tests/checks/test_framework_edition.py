"""The ESG rules of the exchange by their name and number: which hold for the year, and where a text may speak of others."""

from __future__ import annotations

import pytest
from conftest import TINY
from esgreport.checks import framework_edition
from reports import edition_of, on_year


def report(start: str, end: str, issuer: str = "main-board", published: str = "") -> str:
    """The tiny company's report on another year."""
    text = on_year(TINY["data/report.yml"], start, end)
    text = text.replace("issuer_class: main-board", f"issuer_class: {issuer}")
    return text + (f"dates: {{published: {published}}}\n" if published else "")


@pytest.fixture
def found(project):
    """`found("text", report(…))`: what the rule says of a sentence, in the language of the page."""

    def run(sentence: str, of: str = TINY["data/report.yml"], language: str = "en") -> list[str]:
        root = project({f"content/{language}/a2.md": f"# Energy\n\n{sentence}\n", "data/report.yml": of})
        said = framework_edition.check(edition_of(root), root)
        return [f"{f.severity} {f.message}" for f in said]

    return run


def test_the_old_name_and_number_in_both_languages(assert_marks):
    said = assert_marks(framework_edition.check, {
        "content/en/a2.md": """
            # Energy

            This report was prepared under the Environmental, Social and Governance Reporting Guide in
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ framework-edition
            Appendix 27 to the Listing Rules. It has one chapter.
            ^^^^^^^^^^^ framework-edition

            ## What it follows { #follows }

            - The HKEX ESG Reporting Guide, and {{ electricity }}.
                       ^^^^^^^^^^^^^^^^^^^ framework-edition
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            本報告按聯交所《主板上市規則》附錄二十七《環境、社會及管治報告指引》編製。
                           ^^^^^ framework-edition
                                 ^^^^^^^^^^^^ framework-edition
        """,
    })  # fmt: skip
    assert {finding.severity for finding in said} == {"error"}
    guide = next(finding for finding in said if "Social" in finding.message)
    assert "was for financial years that began up to 31 December 2024" in guide.message
    assert guide.help.startswith(
        "write Environmental, Social and Governance Reporting Code, by {{ esg_code }}"
    )


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("It follows the {{ esg_code }}, Appendix C2 to the Main Board Listing Rules.", "en"),
        ("Formerly we followed the ESG Reporting Guide.", "en"),
        ("In 2024 we followed the ESG Reporting Guide.", "en"),
        ("The Code replaced the Environmental, Social and Governance Reporting Guide in Appendix 27 to the Listing Rules.", "en"),
        ("Our Supplier ESG Guide is handed to every supplier.", "en"),
        ("See Appendix 27 of the loan agreement.", "en"),
        ("Corporate governance is described in Appendix 14 to our ESG policy.", "en"),
        ("We comply with the {{ corporate_governance_code }} in Appendix C1 to the Listing Rules.", "en"),
        ("Since 31 December 2023 Appendix C1 to the Listing Rules, formerly Appendix 14, holds the Code.", "en"),
        ("本公司遵守《上市規則》附錄C1所載的《企業管治守則》。", "zh-Hant"),
        ("<!-- ESG Reporting Guide -->", "en"),
        ("本報告按附錄C2《環境、社會及管治報告守則》編製。", "zh-Hant"),
        ("守則的前身為《環境、社會及管治報告指引》。", "zh-Hant"),
        ("我們向供應商派發供應商ESG指引。", "zh-Hant"),
    ],
)  # fmt: skip
def test_no_false_alarm(found, sentence, language):
    assert found(sentence, language=language) == []


@pytest.mark.parametrize(
    "sentence", ["本報告按《ESG指引》編製。", "本報告按《環境、社會與管治報告指引》編製。", "本报告按《环境、社会及管治报告指引》编制。"]
)  # fmt: skip
def test_other_ways_to_write_it_in_chinese(found, sentence):
    assert len(found(sentence, language="zh-Hant")) == 1


@pytest.mark.parametrize(
    ("sentence", "faults"),
    [
        ("This report follows the ESG Reporting Guide in Appendix C2 to the Listing Rules.", []),
        ("The ESG Reporting Code will apply to us from 2025 on.", []),
        (
            "This report follows the ESG Reporting Code.",
            [
                'error "ESG Reporting Code" is for financial years that began on or after 1 January 2025; '
                "this report's year began on 1 April 2024"
            ],
        ),
    ],
)
def test_a_year_that_began_in_2024_still_follows_the_guide(found, sentence, faults):
    assert found(sentence, report("2024-04-01", "2025-03-31")) == faults


@pytest.mark.parametrize(
    ("year", "number", "faults"),
    [
        (report("2024-01-01", "2024-12-31"), "Appendix 27", 1),
        (report("2023-04-01", "2024-03-31"), "Appendix 27", 0),
        (report("2023-01-01", "2023-12-31"), "Appendix C2", 0),
        (report("2022-07-01", "2023-06-30"), "Appendix C2", 1),
        (report("2022-10-01", "2023-09-30"), "Appendix C2", 0),
        (report("2022-10-01", "2023-09-30", published="2023-12-20"), "Appendix C2", 1),
        (report("2022-01-01", "2022-12-31", "gem"), "Appendix 20", 0),
        (report("2022-01-01", "2022-12-31", "gem"), "Appendix 27", 1),
        (report("2022-01-01", "2022-12-31"), "Appendix 20", 1),
        (report("2024-01-01", "2024-12-31", "gem"), "Appendix 20", 1),
    ],
)
def test_the_number_of_the_appendix_by_day_and_class(found, year, number, faults):
    assert len(found(f"It follows {number} to the Listing Rules of the Exchange.", year)) == faults


@pytest.mark.parametrize(("edition", "faults"), [("(2020)", 0), ("(2016 edition)", 1)])
def test_the_year_of_an_edition_is_only_a_warning(found, edition, faults):
    said = found(f"It follows the ESG Reporting Guide {edition}.", report("2022-01-01", "2022-12-31"))
    started = 'warning "ESG Reporting Guide" was for financial years that began up to 30 June 2020'
    assert [each.startswith(started) for each in said] == [True] * faults


def test_a_caption_and_a_note_are_read_too(assert_marks):
    assert_marks(framework_edition.check, {
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              electricity:
              ^^^^^^^^^^^ framework-edition
                name: {en: Purchased electricity, zh-Hant: 外購電力}
                unit: kWh
                note: {en: As asked for by the ESG Reporting Guide, zh-Hant: 用電}
                values: {2025: 29 843 800, 2024: 28 104 220}
        """,
        "content/en/a2.md": """
            # Energy

            ```table
            ^^^^^^^^ framework-edition
            caption: Electricity as the ESG Reporting Guide asks for
            metrics: [electricity]
            columns: [2025]
            ```
        """,
    })  # fmt: skip


def test_a_call_of_the_old_name_is_found_where_it_stands(assert_marks):
    assert_marks(framework_edition.check, {"content/en/a2.md": """
        # Energy

        This report follows the {{ esg_guide }}.
                                ^^^^^^^^^^^^^^^ framework-edition
    """})  # fmt: skip


NUMBERED = [
    ("We comply with the Corporate Governance Code in Appendix 14 to the Listing Rules.", "en"),
    ("We comply with the CG Code (Appendix 14).", "en"),
    ("本公司已遵守《上市規則》附錄十四所載的《企業管治守則》。", "zh-Hant"),
    ("本公司已遵守《上市规则》附录14所载的《企业管治守则》。", "zh-Hant"),
]


@pytest.mark.parametrize(("sentence", "language"), NUMBERED)
def test_the_governance_code_has_another_number_since_the_last_day_of_2023(found, sentence, language):
    (said,) = found(sentence, report("2024-01-01", "2024-12-31"), language)
    assert said.startswith("error ") and said.endswith(
        "was the number of the Corporate Governance Code up to 30 December 2023; "
        "this report's year began on 1 January 2024"
    )


@pytest.mark.parametrize(("sentence", "language"), NUMBERED)
def test_a_report_on_2023_may_give_the_governance_code_either_number(found, sentence, language):
    assert found(sentence, report("2023-01-01", "2023-12-31"), language) == []


@pytest.mark.parametrize(
    ("year", "number", "faults"),
    [
        (report("2024-01-01", "2024-12-31", "gem"), "Appendix 15", 1),
        (report("2022-01-01", "2022-12-31", "gem"), "Appendix 15", 0),
        (report("2022-01-01", "2022-12-31", "gem"), "Appendix 14", 1),
        (report("2022-07-01", "2023-06-30"), "Appendix C1", 1),
        (report("2023-07-01", "2024-06-30"), "Appendix C1", 0),
    ],
)
def test_the_number_of_the_governance_code_by_day_and_class(found, year, number, faults):
    assert len(found(f"It complies with {number} to the Listing Rules.", year)) == faults


DEALINGS = [
    ("We adopted the Model Code for Securities Transactions by Directors of Listed Issuers in Appendix 10 to the Listing Rules.", "en"),
    ("Directors confirm that they kept to the Model Code (Appendix 10).", "en"),
    ("董事確認遵守《上市規則》附錄十所載的《上市發行人董事進行證券交易的標準守則》。", "zh-Hant"),
    ("董事确认遵守《上市规则》附录10所载的《标准守则》。", "zh-Hant"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "language"), DEALINGS)
@pytest.mark.parametrize(("year", "faults"), [("2023", 0), ("2024", 1)])
def test_the_model_code_has_another_number_since_the_last_day_of_2023(
    found, sentence, language, year, faults
):
    said = found(sentence, report(f"{year}-01-01", f"{year}-12-31"), language)
    assert [each.partition('" ')[2] for each in said] == [
        "was the number of the Model Code up to 30 December 2023; this report's year began on 1 January 2024"
    ] * faults


@pytest.mark.parametrize(
    ("sentence", "issuer", "faults"),
    [
        ("Directors kept to the {{ model_code }} in Appendix C3 to the Listing Rules.", "main-board", 0),
        ("Directors kept to the Model Code in Appendix C3 to the Listing Rules.", "largecap", 0),
        ("Directors kept to the Model Code in Appendix C3 to the Listing Rules.", "gem", 1),
        ("Directors kept to the required standard of dealings in {{ model_code_gem }}.", "gem", 0),
        ("The Model Code stands in Rules 5.46 to 5.67 of the GEM Listing Rules.", "gem", 0),
        ("The Model Code stands in Rules 5.48 to 5.67 of the GEM Listing Rules.", "main-board", 1),
        ("標準守則載於《GEM上市規則》第5.46至5.67條。", "main-board", 1),
        ("標準守則載於《GEM上市規則》第5.46至5.67條。", "gem", 0),
        ("董事遵守附錄C3《標準守則》。", "main-board", 0),
        ("Our permit is printed in Appendix 10 to the Listing Rules of the harbour.", "main-board", 0),
        ("《上市規則》附錄十四載有標準守則以外的守則。", "largecap", 1),  # of the Corporate Governance Code
    ],
)  # fmt: skip
def test_the_model_code_stands_where_the_class_of_issuer_has_it(found, sentence, issuer, faults):
    language = "en" if sentence.isascii() else "zh-Hant"
    said = found(sentence, report("2025-01-01", "2025-12-31", issuer), language)
    assert len(said) == faults, said
