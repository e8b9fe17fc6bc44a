"""Standards in editions that were no longer in force."""

from __future__ import annotations

import pytest
from conftest import TINY
from esgreport.checks import standard_withdrawn
from reports import edition_of, on_year

OWN = {
    "data/registers/standards.yml": "iso_9001: {en: ISO 9001:2008 certificate, zh-Hant: ISO 9001：2008證書}\n"
}


@pytest.fixture
def found(project):
    """`found("sentence")`: what the rule points at in a report on 2025."""

    def run(sentence: str, year: int = 2025) -> list[str]:
        text = f"# Energy\n\n{sentence}\n"
        of = on_year(TINY["data/report.yml"], f"{year}-01-01", f"{year}-12-31")
        root = project({"content/en/a2.md": text, "data/report.yml": of})
        lines = text.splitlines()
        return [
            lines[f.place.line - 1][f.place.column - 1 : f.place.end_column - 1]
            for f in standard_withdrawn.check(edition_of(root), root)
        ]

    return run


def test_points_at_the_standard_and_says_what_to_write(assert_marks):
    said = assert_marks(standard_withdrawn.check, {
        "content/en/a2.md": """
            # Energy

            Our plants are certified to ISO 9001:2008, ISO 14001:2015 and
                                        ^^^^^^^^^^^^^ standard-withdrawn
            OHSAS 18001:2007.
            ^^^^^^^^^^^^^^^^ standard-withdrawn
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            兩間廠房均取得ISO9001：2008質量管理體系認證。
                   ^^^^^^^^^^^^ standard-withdrawn
        """,
    })  # fmt: skip
    said.sort(key=lambda finding: finding.place)
    assert {finding.severity for finding in said} == {"warning"}
    assert said[0].message.startswith('"ISO 9001:2008" was in force until 14 September 2018')
    assert "write ISO 9001:2015, by {{ iso_9001 }}" in said[0].help
    assert "write ISO 45001:2018, by {{ iso_45001 }}" in said[1].help


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Certified to ISO 50001:2011.", ["ISO 50001:2011"]),
        ("Certified to ISO/IEC 27001:2005.", ["ISO/IEC 27001:2005"]),
        ("Certified to ISO 14064-1:2006.", ["ISO 14064-1:2006"]),
        ("Certified to GB/T 19001-2008 / ISO 9001:2015.", ["GB/T 19001-2008"]),
        ("Certified to GB/T28001—2011.", ["GB/T28001—2011"]),
        ("Certified to ISO 9001 (2008) since 2015.", ["ISO 9001 (2008)"]),
        ("Certified to OHSAS 18001.", ["OHSAS 18001"]),
        ("| Plant | Standard |\n|---|---|\n| One | ISO 14001:2004 |\n| Two | formerly ISO 9001:2008 |", ["ISO 14001:2004"]),
        ("自2015年起取得OHSAS 18001認證。", ["OHSAS 18001"]),
        ("由{{ ohsas_18001 }}認證。", ["{{ ohsas_18001 }}"]),
        ("Reported under the GRI G4 Guidelines.", ["GRI G4"]),
    ],
)  # fmt: skip
def test_what_is_found(found, sentence, cited):
    assert found(sentence) == cited


@pytest.mark.parametrize(
    "sentence",
    [
        "Certified to {{ iso_9001 }}, {{ iso_14001 }}, {{ iso_45001 }} and {{ iso_50001 }}.",
        "Certified to ISO 9001, ISO 14001:2015 and ISO 27001:2022.",
        "Certified to ISO/IEC 27001:2013.",  # certificates ended in October 2025
        "Formerly certified to OHSAS 18001.",
        "We moved from OHSAS 18001 to ISO 45001: the old certificate ended.",
        "The plant was certified to OHSAS 18001:2007 in 2019.",
        "其前身為OHSAS 18001。",
        "於2019年取得OHSAS 18001認證。",
        "已由OHSAS 18001升級至ISO 45001。",
        "Part number ISO 9001-20081 and ISO 14064-10.",
        "Reported by the GRI Standards.",
    ],
)
def test_no_false_alarm(found, sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(("year", "cited"), [(2018, []), (2019, ["ISO 9001:2008"])])
def test_an_edition_is_right_while_it_could_be_certified_to(found, year, cited):
    assert found("Certified to ISO 9001:2008.", year) == cited


def test_the_name_of_an_entry_of_the_company_is_read(assert_marks):
    """Its own entry takes the place of the package's, and is read as it is printed."""
    assert_marks(standard_withdrawn.check, {
        **OWN,
        "content/en/a2.md": """
            # Energy

            We hold an {{ iso_9001 }}.
                       ^^^^^^^^^^^^^^ standard-withdrawn
        """,
    })  # fmt: skip


def test_what_stands_outside_the_pages_text_is_read_too(assert_marks):
    """Titles, descriptions for search engines, names in data, sources of factors: each is printed somewhere."""
    title = 'title: {en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}\n'
    named = """\
title: {en: "Report under ISO 9001:2008", zh-Hant: 報告}
       ^ standard-withdrawn
tagline: {en: Safe by OHSAS 18001, zh-Hant: 平安}
         ^ standard-withdrawn
"""
    assert title in TINY["data/report.yml"]
    assert_marks(standard_withdrawn.check, {
        "data/report.yml": TINY["data/report.yml"].replace(title, named),
        "data/registers/certificates.yml": """
            quality: {en: "Certificate to ISO 9001:2008", zh-Hant: 質量證書}
            ^^^^^^^ standard-withdrawn
            environment: {en: "Certificate to ISO 14001:2015", zh-Hant: 環境證書}
        """,
        "data/factors.yml": """
            coal:
              name: {en: Coal, zh-Hant: 煤}
              unit: kgCO2e/kg
              source: ISO 14064-1:2006
              values: {2024: 2.1, 2025: 2.2}
                             ^^^ standard-withdrawn
        """,
        "content/en/a2.md": """
            ---
            description: What two plants with OHSAS 18001:2007 use
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ standard-withdrawn
            ---
            # Energy

            Text.
        """,
    })  # fmt: skip


def test_a_certificate_to_a_withdrawn_standard(assert_marks):
    assert_marks(
        standard_withdrawn.check,
        {
            "content/en/a2.md": """
                # Energy

                ```certificate
                standard: ohsas_18001
                          ^^^^^^^^^^^ standard-withdrawn
                ```

                ```certificate
                standard: iso_45001
                ```
                """
        },
    )


def test_a_term_that_means_a_withdrawn_edition(assert_marks):
    assert_marks(
        standard_withdrawn.check,
        {
            "data/registers/terms.yml": """
                quality: {name: {en: the system, zh-Hant: 體系}, means: {en: "that of ISO 9001:2008", zh-Hant: 質量體系}}
                ^^^^^^^ standard-withdrawn
                """
        },
    )
