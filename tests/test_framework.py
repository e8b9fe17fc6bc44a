"""The catalogue of the HKEX Code as facts, settled for an issuer's class and financial year."""

import re
from collections import Counter
from datetime import date

import pytest
from esgreport.framework import LEVELS, PACKAGE_FRAMEWORKS, load_frameworks, read_framework, worded_in
from esgreport.languages import LANGUAGES, Text
from esgreport.load import load
from esgreport.source import read_text, read_yaml

CODE = "hkex-esg-code-2025"


@pytest.fixture(scope="module")
def node():
    text, findings = read_text(PACKAGE_FRAMEWORKS, f"{CODE}.yml")
    found, more = read_yaml(text, f"{CODE}.yml")
    assert not findings and not more
    return found


@pytest.fixture(scope="module")
def code(node):
    framework, findings = read_framework(node, "main-board", date(2025, 1, 1))
    assert not findings
    return framework


@pytest.mark.parametrize(
    ("issuer_class", "begins", "levels"),
    [
        ("main-board", date(2025, 1, 1), {"mandatory": 8, "comply-or-explain": 85, "encouraged": 1}),
        ("main-board", date(2026, 4, 1), {"mandatory": 8, "comply-or-explain": 85, "encouraged": 1}),
        ("largecap", date(2025, 12, 31), {"mandatory": 8, "comply-or-explain": 85, "encouraged": 1}),
        ("largecap", date(2026, 1, 1), {"mandatory": 48, "comply-or-explain": 45, "encouraged": 1}),
        (
            "gem",
            date(2025, 1, 1),
            {"mandatory": 8, "comply-or-explain": 45, "voluntary": 40, "encouraged": 1},
        ),
    ],
)
def test_levels_of_the_rows_for_each_class_and_year(node, issuer_class, begins, levels):
    framework, findings = read_framework(node, issuer_class, begins)
    assert not findings
    assert Counter(row.level for row in framework.rows) == levels
    assert len(framework.rows) == 94


def test_without_a_class_the_climate_rows_have_no_level(node):
    framework, _ = read_framework(node, "", date(2025, 1, 1))
    assert sum(not row.level for row in framework.rows) == 41 - 1


# Rows in the order of the Code: identifier, kind by its first letters.
ROWS = """
MDR13 board-statement, MDR14 principle-application, MDR15 boundary-statement,
A1.GD policy, A1.1 quantitative, A1.3 quantitative, A1.4 quantitative, A1.5 target, A1.6 target,
A2.GD policy, A2.1 quantitative, A2.2 quantitative, A2.3 target, A2.4 target, A2.5 quantitative,
A3.GD policy, A3.1 narrative,
B1.GD policy, B1.1 quantitative, B1.2 quantitative,
B2.GD policy, B2.1 quantitative, B2.2 quantitative, B2.3 process,
B3.GD policy, B3.1 quantitative, B3.2 quantitative,
B4.GD policy, B4.1 process, B4.2 process,
B5.GD policy, B5.1 quantitative, B5.2 mixed, B5.3 process, B5.4 process,
B6.GD policy, B6.1 quantitative, B6.2 mixed, B6.3 process, B6.4 process, B6.5 process,
B7.GD policy, B7.1 mixed, B7.2 process, B7.3 process,
B8.GD policy, B8.1 narrative, B8.2 quantitative,
"""
CLIMATE_ROWS = """
D19(a).body D19(a)(i) D19(a)(ii) D19(a)(iii) D19(a)(iv) D19(b)(i) D19(b)(ii) D20(a) D20(b) D20(c) D20(d) D21(a) D21(b)
D22(a)(i) D22(a)(ii) D22(a)(iii) D22(a)(iv) D22(b) D23 D24(a) D24(b) D25(a) D25(b) D26(a) D26(b) D27(a) D27(b) D27(c)
D28(a) D28(b) D28(c) D29(a) D29(b) D29(c) D29(d) D30 D31 D32 D33 D34 D35 D36 D37 D38 D39 D40
"""
# Measures: key; by what it is broken down (! must be); i an intensity is expected; years; ? may be left out.
MEASURES = """
A1.1: emissions-by-pollutant pollutant
A1.3: waste-hazardous
A1.4: waste-non-hazardous
A2.1: energy-direct energy_type i, energy-indirect energy_type i, energy-total i
A2.2: water-consumption i
A2.5: packaging
B1.1: headcount gender! employment_type! age_group! region!
B1.2: turnover-rate gender! age_group! region!
B2.1: fatalities 3, fatality-rate 3
B2.2: lost-days
B3.1: trained-share gender! employee_category!
B3.2: training-hours gender! employee_category!
B5.1: suppliers region!
B5.2: suppliers-covered
B6.1: recall-share
B6.2: complaints
B7.1: corruption-cases
B8.2: community-money focus_area, community-hours focus_area
D24(a): current-financial-effect risk_or_opportunity
D28(a): ghg-scope1
D28(b): ghg-scope2
D28(c): ghg-scope3 scope3_category
D29(c): ghg-scope2-location, ghg-scope2-market ?
D30: transition-exposed-amount, transition-exposed-share
D31: physical-exposed-amount, physical-exposed-share
D32: opportunity-aligned-amount, opportunity-aligned-share
D33: climate-capital risk_or_opportunity
D34(b): carbon-price
"""


def test_rows_and_their_kinds(code):
    expected = [tuple(row.split()) for row in ROWS.replace("\n", " ").split(",") if row.strip()]
    social = [(row.id, row.kind) for row in code.rows if not row.id.startswith("D")]
    assert social == expected
    assert [row.id for row in code.rows if row.id.startswith("D")] == CLIMATE_ROWS.split()


def test_measures(code):
    lines = []
    for requirement in code.requirements.values():
        measures = []
        for m in requirement.measures:
            marks = [d + "!" * m.breakdown_required for d in m.breakdown]
            marks += ["i"] * m.intensity_expected + [str(m.periods)] * (m.periods > 1) + ["?"] * m.optional
            measures.append(" ".join([m.key, *marks]))
        if measures:
            lines.append(f"{requirement.id}: {', '.join(measures)}")
    assert lines == MEASURES.split("\n")[1:-1]


def test_the_kpi_that_moved_to_the_climate_part_is_gone(code):
    assert "A1.2" not in code.requirements  # greenhouse gases: since 2025 in D28 and D29


def test_levels_of_single_rows(node):
    def level(issuer_class, year):
        framework, _ = read_framework(node, issuer_class, date(year, 1, 1))
        return {
            id: framework.requirements[id].level for id in ("MDR13", "A1.1", "D28(a)", "D28(c)", "D26(a)")
        }

    basis = {"MDR13": "mandatory", "A1.1": "comply-or-explain", "D28(a)": "mandatory"}
    for issuer_class, year, climate in [
        ("main-board", 2025, "comply-or-explain"), ("largecap", 2026, "mandatory"), ("gem", 2025, "voluntary"),
    ]:  # fmt: skip
        assert level(issuer_class, year) == {**basis, "D28(c)": climate, "D26(a)": climate}
    framework, _ = read_framework(node, "gem", date(2025, 1, 1))
    assert len([row for row in framework.rows if row.level == "encouraged"]) == 1


def test_the_tree(code):
    for requirement in code.requirements.values():
        assert not requirement.parent or requirement.parent in code.requirements
        assert requirement.level in (*LEVELS, "")
    assert [r.id for r in code.ancestors("D19(a)(ii)")] == ["D19(a)", "D19", "D.I"]
    assert [r.id for r in code.ancestors("B2.1")] == ["B2", "B.employment-labour", "B"]
    assert [r.id for r in code.leaves("B1.GD")] == ["B1.GD(a)", "B1.GD(b)"]
    assert [r.id for r in code.leaves("A2.1")] == ["A2.1"]
    assert code.row_of("B1.GD(b)").id == "B1.GD"
    assert code.row_of("D26(b)(ii)").id == "D26(b)"
    assert code.row_of("A2") is None


def test_six_general_disclosures_ask_for_policy_and_law_apart(code):
    laws = [r.parent for r in code.requirements.values() if r.kind == "law-compliance"]
    assert laws == ["A1.GD", "B1.GD", "B2.GD", "B4.GD", "B6.GD", "B7.GD"]


def test_a_relief_given_to_a_paragraph_holds_for_its_rows(code):
    reliefs = {row.id: row.reliefs for row in code.rows if row.reliefs}
    assert reliefs["D20(a)"] == ("reasonable-information", "commercial-sensitivity")
    assert reliefs["D24(b)"] == ("financial-effects",)
    assert reliefs["D28(c)"] == reliefs["D30"] == ("reasonable-information",)
    assert not {"MDR13", "A1.1", "D28(a)", "D19(a)(i)"} & reliefs.keys()
    assert [row.id for row in code.rows if row.negative_statement] == ["D22(a)(iii)", "D34", "D35"]


def test_a_requirement_may_be_named_with_its_framework(code):
    assert code.own("A2.1") == "A2.1"
    assert code.own(f"{CODE}/A2.1") == "A2.1"
    assert code.own("gri/A2.1") == code.own("A9") == code.own("") == ""


def test_every_row_has_a_printed_code_and_a_label_in_words_of_ours(code):
    for row in code.rows:
        assert row.code["en"] and row.code["zh-Hant"]
        assert row.label["en"] and row.label["zh-Hant"]
        assert worded_in(row.label, "zh-Hans")
        assert not re.search(r"shall|must", row.label["en"]), row.label["en"]


def test_the_catalogue_holds_facts_alone():
    text = (PACKAGE_FRAMEWORKS / f"{CODE}.yml").read_text(encoding="utf-8")
    keys = set(re.findall(r"^[\s-]*([a-z_]+):", text, re.MULTILINE))
    assert keys <= {
        "id", "title", "applies_from", "phase_in", "requirements", "parent", "code", "type", "kind", "level", "label",
        "index_row", "negative_statement", "reliefs", "measures", "key", "unit", "breakdown", "breakdown_rule",
        "intensity", "periods", "optional", "sum_of", "gross", "energy", "largecap", "gem", "climate", "encouraged",
    }  # fmt: skip
    assert not re.search(
        r"Limited|Ltd|Holdings|Company|有限公司|控股|股份代號|stock code|https?:|confidence|note:", text
    )


def test_a_framework_that_is_not_there_is_told(project):
    root = project()
    report_text = (root / "data/report.yml").read_text(encoding="utf-8")
    (root / "data/report.yml").write_text(
        report_text + "frameworks: [hkex-esg-code-2024]\n", encoding="utf-8"
    )
    report, _ = load(root)
    frameworks, findings = load_frameworks(report)
    assert frameworks == {}
    assert [(f.code, f.blocking, f.help) for f in findings] == [
        ("unknown-name", True, f'did you mean "{CODE}"?')
    ]


def test_what_depends_on_the_class_of_the_issuer_needs_it(project):
    root = project()
    path = root / "data/report.yml"
    text = path.read_text(encoding="utf-8").replace("  issuer_class: main-board\n", "")
    path.write_text(f"{text}frameworks: [{CODE}]\n", encoding="utf-8")
    report, _ = load(root)
    _, findings = load_frameworks(report)
    assert [(f.code, f.blocking) for f in findings] == [("issuer-class-missing", False)]


def test_a_wording_falls_back_to_the_other_chinese_and_then_to_english():
    text = Text.of({"en": "Water", "zh-Hant": "水資源"})
    assert {x: worded_in(text, x) for x in LANGUAGES} == {
        "en": "Water",
        "zh-Hant": "水資源",
        "zh-Hans": "水資源",
    }
    assert worded_in(Text.of({"zh-Hans": "水"}), "en") == "水"
    assert worded_in(Text(), "en") == ""
