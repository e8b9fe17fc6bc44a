"""The catalogues of frameworks as facts, settled for an issuer's class, financial year and claim."""

import re
import textwrap
from collections import Counter
from datetime import date

import pytest
from esgreport.framework import LEVELS, PACKAGE_FRAMEWORKS, load_frameworks, read_framework, worded_in
from esgreport.languages import LANGUAGES, Text
from esgreport.load import load
from esgreport.source import read_text, read_yaml
from esgreport.units import UnitTable
from reports import edition_of

CODE, GUIDE = "hkex-esg-code-2025", "hkex-esg-guide-2020"
IDS = (GUIDE, CODE, "gri-2021", "un-sdgs")


def package_node(id):
    text, findings = read_text(PACKAGE_FRAMEWORKS, f"{id}.yml")
    found, more = read_yaml(text, f"{id}.yml")
    assert not findings and not more
    return found


def settled(id, issuer_class="main-board", begins=date(2025, 1, 1), claim=""):
    """A framework of the package, in which nothing may be found."""
    framework, findings = read_framework(package_node(id), issuer_class, begins, claim)
    assert not [str(f) for f in findings]
    return framework


@pytest.fixture(scope="module")
def node():
    return package_node(CODE)


@pytest.fixture(scope="module")
def code(node):
    return settled(CODE)


def test_the_package_has_these():
    assert {path.stem for path in PACKAGE_FRAMEWORKS.glob("*.yml")} == set(IDS)


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


KEYS = {
    "id", "title", "supersedes", "superseded_by", "applies_from", "applies_before", "claims", "phase_in", "reliefs",
    "requirements", "parent", "code", "type", "kind", "level", "label", "index_row", "negative_statement", "measures",
    "key", "unit", "breakdown", "breakdown_rule", "intensity", "periods", "optional", "sum_of", "gross", "energy",
    "confidence", "largecap", "gem", "climate", "capabilities", "always", "en",
}  # fmt: skip


@pytest.mark.parametrize("id", IDS)
def test_a_catalogue_holds_facts_alone(id):
    text = (PACKAGE_FRAMEWORKS / f"{id}.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"^[\s-]*([a-z_]+):", text, re.MULTILINE)) <= KEYS
    assert not re.search(
        r"Limited|Ltd|Holdings|Company|有限公司|控股|股份代號|stock code|https?:|note:|must|shall", text
    )


def test_a_framework_that_is_not_there_is_told(project):
    root = project()
    report_text = (root / "data/report.yml").read_text(encoding="utf-8")
    (root / "data/report.yml").write_text(
        report_text + "frameworks: [hkex-esg-code-2024]\n", encoding="utf-8"
    )
    report, _ = load(root)
    frameworks, findings = load_frameworks(report, root)
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
    _, findings = load_frameworks(report, root)
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


# ---- every framework of the package

EVERY = [
    *[(CODE, c, date(y, 1, 1), "") for c in ("largecap", "main-board", "gem") for y in (2025, 2026)],
    (GUIDE, "main-board", date(2023, 1, 1), ""),
    ("gri-2021", "", date(2025, 1, 1), "in-accordance"),
    ("gri-2021", "", date(2025, 1, 1), "with-reference"),
    ("un-sdgs", "", date(2025, 1, 1), ""),
]


@pytest.mark.parametrize(("id", "issuer_class", "begins", "claim"), EVERY)
def test_everything_that_can_be_answered_belongs_to_one_row_with_a_level(id, issuer_class, begins, claim):
    framework = settled(id, issuer_class, begins, claim)
    containers = {r.parent for r in framework.requirements.values()}
    without_row = []
    for requirement in framework.requirements.values():
        assert not requirement.parent or requirement.parent in framework.requirements
        if requirement.id not in containers:
            rows = [r for r in (requirement, *framework.ancestors(requirement.id)) if r.index_row]
            assert len(rows) <= 1
            without_row += [] if rows else [requirement.kind]
    assert set(without_row) <= {
        "procedural"
    }  # paragraph 41 of the Code says how to prepare, and asks for nothing
    assert {row.level for row in framework.rows} <= set(LEVELS)


@pytest.mark.parametrize("id", IDS)
def test_every_label_is_in_three_languages_and_no_chinese_is_a_copy_of_the_other(id):
    framework = settled(id)
    measures = [m for r in framework.requirements.values() for m in r.measures]
    reliefs = list(framework.reliefs.values())
    texts = [each.label for each in [*framework.requirements.values(), *measures, *reliefs]]
    for text in [framework.title, *texts, *framework.claims.values()]:
        assert set(text) == set(LANGUAGES), text
        assert not re.search("[們個這為對關實應業務報導機環戰險變據與產減標準證證圍監稱]", text["zh-Hans"]), (
            text
        )
        assert not re.search("持份者|检讨|汇报|密度|雇员|宽免|数目|资讯|合约", text["zh-Hans"]), text
        assert not re.search(
            "[们个这为对关实应业务报导环战险变据与产减标准证围监称]", text["zh-Hant"].replace("据", "")
        ), text
    for row in framework.rows:
        assert set(row.code) == set(LANGUAGES)


@pytest.mark.parametrize("id", IDS)
def test_every_measure_is_in_a_unit_of_the_table(id):
    wider = {"kWh-000", "rate", "money", "money-per-tCO2e", "hour-per-person"}  # see checks/measure_unit.py
    keys = []
    for requirement in settled(id).requirements.values():
        for measure in requirement.measures:
            keys.append(measure.key)
            assert measure.unit in wider or UnitTable().find(measure.unit), measure
            assert not (measure.breakdown_rule and not measure.breakdown), measure
    assert len(keys) == len(set(keys))


# ---- the Guide of 2020


def test_levels_and_rows_of_the_guide():
    guide = settled(GUIDE)
    assert Counter(row.level for row in guide.rows) == {"mandatory": 3, "comply-or-explain": 48}
    code_rows = [row.id for row in settled(CODE).rows if not row.id.startswith("D")]
    added = ["A1.2", "A4.GD", "A4.1"]  # greenhouse gases and climate, since 2025 in Part D
    assert [row.id for row in guide.rows if row.id not in added] == code_rows
    assert [row.id for row in guide.rows if row.id in added] == added
    assert guide.requirements["A1.2"].code["zh-Hant"] == "KPI A1.2"
    assert guide.requirements["A4.GD"].code["zh-Hans"] == "一般披露A4"
    assert not [row for row in guide.rows if row.reliefs or row.negative_statement]


def test_measures_of_the_guide_are_those_of_the_code_but_for_greenhouse_gases():
    guide, code = settled(GUIDE), settled(CODE)
    for id, requirement in guide.requirements.items():
        if id != "A1.2":
            assert requirement.measures == (code.requirements[id].measures if id in code.requirements else ())
    assert [
        (m.key, m.unit, m.breakdown, m.intensity, m.gross, m.energy)
        for m in guide.requirements["A1.2"].measures
    ] == [
        ("ghg-scope1", "tCO2e", ("ghg_scope",), "where-appropriate", True, "energy-direct"),
        ("ghg-scope2", "tCO2e", ("ghg_scope",), "where-appropriate", True, "energy-indirect"),
    ]


def test_what_is_asked_for_only_where_it_applies_is_kept():
    requirements = settled(CODE).requirements
    (waste,), (packaging,) = requirements["A1.3"].measures, requirements["A2.5"].measures
    assert {waste.intensity, packaging.intensity} == {"where-appropriate"}
    assert not waste.intensity_expected and requirements["A2.2"].measures[0].intensity_expected
    assert {m.breakdown_rule for m in requirements["B8.2"].measures} == {"where-applicable"}
    assert requirements["D28(a)"].measures[0].intensity == "optional"


def test_what_the_catalogue_is_not_sure_of_is_told_to_authors():
    code = settled(CODE)
    assert code.unsure("A1.1") == code.unsure("D28(a)") == {}
    assert code.unsure("D29(c)") == {"D29(c)": "medium"}
    assert list(code.unsure("D38")) == ["D38(a)", "D38(b)", "D38(c)", "D38(d)"]
    assert {id: relief.confidence for id, relief in code.reliefs.items() if relief.confidence == "high"} == {
        "jurisdiction-method": "high"
    }
    assert not [row for row in settled(GUIDE).rows if settled(GUIDE).unsure(row.id)]


# ---- GRI and SDGs

# The last number of each standard: 2-1 to 2-30, 3-1 to 3-3 …
GRI = """
2 30, 3 3, 201 4, 202 2, 203 2, 204 1, 205 3, 206 1, 207 4, 101 8, 301 3, 302 5, 303 5, 304 4, 305 7, 306 5, 308 2,
401 3, 402 1, 403 10, 404 3, 405 2, 406 1, 407 1, 408 1, 409 1, 410 1, 411 1, 413 2, 414 2, 415 1, 416 2, 417 3, 418 1
"""


def test_disclosures_of_gri():
    standards = [pair.split() for pair in GRI.replace("\n", " ").split(",")]
    expected = [f"{standard}-{n}" for standard, last in standards for n in range(1, int(last) + 1)]
    gri = settled("gri-2021")
    assert [row.id for row in gri.rows] == expected
    for row in gri.rows:
        assert row.code["en"] == f"GRI {row.id}"
        assert row.parent == f"GRI{row.id.partition('-')[0]}"


def test_the_claim_settles_what_gri_asks_for():
    accordance = settled("gri-2021", claim="in-accordance")
    assert Counter(row.level for row in accordance.rows) == {
        "mandatory": 7,
        "comply-or-explain": 26,
        "voluntary": 92,
    }
    mandatory = [row.id for row in accordance.rows if row.level == "mandatory"]
    assert mandatory == ["2-1", "2-2", "2-3", "2-4", "2-5", "3-1", "3-2"]
    reasoned = [row.id for row in accordance.rows if row.level == "comply-or-explain"]
    assert reasoned == [*(f"2-{n}" for n in range(6, 31)), "3-3"]
    reference = settled("gri-2021", claim="with-reference")
    assert {row.level for row in reference.rows} == {"voluntary"}


def test_the_goals():
    goals = settled("un-sdgs").rows
    assert [goal.id for goal in goals] == [f"SDG{n}" for n in range(1, 18)]
    assert {goal.level for goal in goals} == {"voluntary"}
    assert goals[12].label == Text.of({"en": "Climate action", "zh-Hant": "氣候行動", "zh-Hans": "气候行动"})
    assert goals[12].code["zh-Hant"] == "目標13"


# ---- in a report


@pytest.fixture
def naming(project):
    """`naming("frameworks: [gri-2021]", {files})`: the report of a project with these lines in report.yml."""

    def make(lines, files=None):
        root = project(files)
        path = root / "data/report.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{textwrap.dedent(lines)}\n", encoding="utf-8")
        return root

    return make


def test_a_report_answers_gri(naming):
    root = naming(
        """
        frameworks: [gri-2021]
        claims: {gri-2021: with-reference}
        """,
        {"content/en/a2.md": '# Energy\n\nLead.\n\n## Methods { #figures answers="305-5" }\n\nWe saved.\n'},
    )
    edition = edition_of(root)
    rows = {row.requirement.id: row for row in edition.rows["gri-2021"]}
    assert len(rows) == 125
    assert rows["305-5"].status == "partly-disclosed"  # in one language
    assert {row.status for id, row in rows.items() if id != "305-5"} == {"not-reported"}
    company = edition.report.company.name
    assert edition.frameworks["gri-2021"].statement["en"] == (
        f"{company['en']} reports with reference to the GRI Standards "
        "for the period from 1 January 2025 to 31 December 2025."
    )
    assert edition.frameworks["gri-2021"].statement["zh-Hant"] == (
        f"{company['zh-Hant']}參照GRI準則編製本報告，匯報期由2025年1月1日至2025年12月31日。"
    )


def test_how_gri_is_used_has_to_be_said(naming):
    root = naming("frameworks: [gri-2021]")
    report, _ = load(root)
    _, findings = load_frameworks(report, root)
    assert [(f.code, f.blocking, f.help) for f in findings] == [
        ("claim-missing", False, "add claims: {gri-2021: in-accordance or with-reference} to data/report.yml")
    ]


@pytest.mark.parametrize(
    ("claims", "code", "column"),
    [("{gri-2021: compliant}", "unknown-choice", 20), ("{gri: with-reference}", "unknown-name", 10)],
)
def test_a_claim_that_does_not_exist_is_told_at_its_place(naming, claims, code, column):
    root = naming(f"frameworks: [gri-2021]\nclaims: {claims}")
    report, findings = load(root)
    _, more = load_frameworks(report, root)
    (finding,) = [f for f in (*findings, *more) if f.code == code]
    assert finding.blocking
    assert (finding.place.path, finding.place.column) == ("data/report.yml", column)


@pytest.mark.parametrize(
    ("id", "begins", "words", "help"),
    [
        (CODE, "2024-04-01", "on or after 2025-01-01", f"name {GUIDE} instead"),
        (GUIDE, "2025-01-01", "on or after 2020-07-01 and before 2025-01-01", f"name {CODE} instead"),
        (
            GUIDE,
            "2020-06-30",
            "on or after 2020-07-01 and before 2025-01-01",
            "name the edition for this period",
        ),
        (CODE, "2025-01-01", "", ""),
        (GUIDE, "2024-12-31", "", ""),
        (GUIDE, "2020-07-01", "", ""),
    ],
)
def test_a_framework_is_the_edition_for_the_period(project, id, begins, words, help):
    root = project()
    path = root / "data/report.yml"
    text = path.read_text(encoding="utf-8").replace("from: 2025-01-01", f"from: {begins}")
    path.write_text(f"{text}frameworks: [{id}]\n", encoding="utf-8")
    report, _ = load(root)
    _, findings = load_frameworks(report, root)
    told = [f for f in findings if f.code == "framework-period"]
    if not words:
        assert not told
        return
    assert [(f.blocking, f.place, f.help) for f in told] == [(False, report.place, help)]
    assert words in told[0].message
    assert f"begins on {begins}" in told[0].message
