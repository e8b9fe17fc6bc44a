"""Method notes: formulas in words of three languages, and the factors that were really used, as published."""

from __future__ import annotations

from itertools import count

import pytest
from bs4 import BeautifulSoup
from conftest import TINY, write_project
from esgreport.diagnostics import Place
from esgreport.formulas import parse_formula
from esgreport.method_writer import MethodWriter
from esgreport.narrative import read_page
from esgreport.printed import reference_findings
from esgreport.render import Templates
from esgreport.views import MethodView, TableView
from esgreport.writer import report_view
from reports import aspect, edition_of

THREE = ("en", "zh-Hant", "zh-Hans")
REPORT = TINY["data/report.yml"].replace(
    '{en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}', "{en: Report, zh-Hant: 報告, zh-Hans: 报告}"
).replace("zh-Hant: 小銅有限公司}", "zh-Hant: 小銅有限公司, zh-Hans: 小铜有限公司}").replace(
    "languages: [zh-Hant, en]", "languages: [zh-Hant, en, zh-Hans]"
)  # fmt: skip
DIMENSIONS = """\
plant:
  name: {en: Site, zh-Hant: 地點, zh-Hans: 地点}
  members: {east: {en: East works, zh-Hant: 東廠, zh-Hans: 东厂}, west: {en: West works, zh-Hant: 西廠, zh-Hans: 西厂}}
"""
FACTORS = """\
grid:
  name: {en: Grid factor, zh-Hant: 電網因子, zh-Hans: 电网因子}
  unit: kgCO2e/kWh
  source: {en: Ministry, zh-Hant: 主管部門, zh-Hans: 主管部门}
  year: 2022
  gas: CO2
  breakdown:
    plant: {east: 0.70, west: {2025: 0.140, 2024: 0.150}}
gas_burnt:
  name: {en: Factor of gas, zh-Hant: 燃氣因子, zh-Hans: 燃气因子}
  value: 2162.50
  unit: kgCO2e/m3
  source: GB/T 2589-2020
  gas: CO2e
  gwp: AR6
unused:
  name: {en: Unused, zh-Hant: 未用, zh-Hans: 未用}
  value: 1
  unit: kgCO2e/kg
  source: Nobody
"""


def names(english: str, chinese: str) -> str:
    return f"name: {{en: {english}, zh-Hant: {chinese}, zh-Hans: {chinese}}}"


METRICS = aspect(f"""
    power:
      {names("Power", "電力")}
      unit: kWh
      breakdown: {{plant: {{2025: {{east: 100, west: 200}}, 2024: {{east: 50, west: 60}}}}}}
    gas: {{{names("Gas", "燃氣")}, unit: m3, values: {{2025: 3, 2024: 2}}}}
    scope_2: {{{names("Scope 2", "範圍2")}, unit: tCO2e, formula: power * factor("grid"), breakdown: [plant]}}
    scope_1: {{{names("Scope 1", "範圍1")}, unit: tCO2e, formula: gas * factor("gas_burnt")}}
    both:
      {names("Scopes 1 and 2", "範圍1及2")}
      unit: tCO2e
      formula: scope_1 + scope_2
      boundary: {{en: Both works., zh-Hant: 兩廠。, zh-Hans: 两厂。}}
      method: {{en: By invoice., zh-Hant: 按賬單。, zh-Hans: 按账单。}}
    by_part:
      {names("In parts", "分項")}
      unit: tCO2e
      formula: {{plant: {{east: 'gas * factor("gas_burnt")'}}}}
      breakdown: {{plant: {{2025: {{west: 4}}, 2024: {{west: 5}}}}}}
    bare: {{{names("Bare", "無說明")}, unit: t, values: {{2025: 1, 2024: 1}}}}
    empty: {{{names("Empty", "空")}, unit: t, method: {{en: M., zh-Hant: 法。, zh-Hans: 法。}}, values: {{2024: 1}}}}
""")
PAGE = "# Page\n\n## Section {{ #section }}\n\n```method\n{}\n```\n\n```table\nmetrics: gas\ncolumns: [2025]\n```\n"
FILES = {
    "data/report.yml": REPORT,
    "data/dimensions.yml": DIMENSIONS,
    "data/factors.yml": FACTORS,
    "data/aspects/a2.yml": METRICS,
}


@pytest.fixture
def made(tmp_path):
    """`made(block)`: (project, edition) of a report whose one page holds this method note."""
    folders = (tmp_path / str(number) for number in count())

    def make(block: str, **files: str):
        pages = {f"content/{code}/a2.md": PAGE.format(block) for code in THREE}
        root = write_project(next(folders), FILES | pages | files)
        return root, edition_of(root, blocking=True)

    return make


def note(edition, language: str = "en") -> MethodView:
    return next(p for p in report_view(edition, language).pages[0].body if isinstance(p, MethodView))


def findings(edition) -> list[tuple[str, str, int, str]]:
    page = edition.report.pages["a2", "en"]
    return [
        (f.code, f.place.path, f.place.line, f.message)
        for f in reference_findings(edition.report, edition.figures, page)
    ]


# ---- what is explained, and what was used


def test_factors_are_found_through_the_inputs_of_inputs(made):
    _, edition = made("metrics: both")
    view = note(edition)
    assert [item.name for item in view.explained] == ["Scopes 1 and 2", "Scope 1", "Scope 2"]
    assert [(f.factor, f.member, f.period, f.whole + f.fraction) for f in view.factors] == [
        ("gas_burnt", "", "", "2,162.50"),  # digits as published
        ("grid", "east", "", "0.70"),
        ("grid", "west", "2025", "0.140"),
    ]
    assert not findings(edition)


def test_only_the_values_of_the_printed_period_are_listed(made):
    report = REPORT.replace("period: 2025\ncomparatives: [2024]", "period: 2024")
    _, edition = made("metrics: scope_2", **{"data/report.yml": report})
    assert [(f.member, f.whole + f.fraction) for f in note(edition).factors] == [
        ("east", "0.70"),
        ("west", "0.150"),
    ]


def test_each_factor_in_words(made):
    _, edition = made("metrics: both\ncaption: What was used")
    view = note(edition)
    assert view.caption == "What was used"
    assert [(f.name, f.unit, f.gas, f.gwp, f.year, f.source) for f in view.factors] == [
        ("Factor of gas", "kg CO2e/m³", "CO2e", "AR6", "", "GB/T 2589-2020"),
        ("Grid factor (East works)", "kg CO2e/kWh", "CO2", "", "2022", "Ministry"),
        ("Grid factor (West works, 2025)", "kg CO2e/kWh", "CO2", "", "2022", "Ministry"),
    ]
    assert view.legend == (("AR6", "global warming potentials of the IPCC Sixth Assessment Report"),)
    chinese = note(edition, "zh-Hant")
    assert [(f.name, f.source) for f in chinese.factors][1] == ("電網因子（東廠）", "主管部門")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", [
            ("Scopes 1 and 2", (("", ("Scope 1", "+ Scope 2")),), ("Both works.", "By invoice.")),
            ("Scope 1", (("", ("Gas × Factor of gas",)),), ()),
            ("Scope 2", (("", ("Power × Grid factor",)), ("", ("Worked out for each site, then added up",))), ()),
        ]),
        ("zh-Hant", [
            ("範圍1及2", (("", ("範圍1", "+ 範圍2")),), ("兩廠。", "按賬單。")),
            ("範圍1", (("", ("燃氣 × 燃氣因子",)),), ()),
            ("範圍2", (("", ("電力 × 電網因子",)), ("", ("按地點逐一計算，再行加總",))), ()),
        ]),
        ("zh-Hans", [
            ("範圍1及2", (("", ("範圍1", "+ 範圍2")),), ("两厂。", "按账单。")),
            ("範圍1", (("", ("燃氣 × 燃气因子",)),), ()),
            ("範圍2", (("", ("電力 × 电网因子",)), ("", ("按地点逐一计算，再行加总",))), ()),
        ]),
    ],
)  # fmt: skip
def test_a_method_note_in_three_languages(made, language, expected):
    _, edition = made("metrics: both")
    view = note(edition, language)
    assert [(item.name, item.ways, item.texts) for item in view.explained] == expected


def test_a_value_in_the_place_of_a_formula_is_said_to_be_as_recorded(made):
    """The formula was not used for it: to print it would tell an assurer to work out what cannot be worked out."""
    lacking = METRICS.replace("values: {2025: 3, 2024: 2}", "values: {2025: not_available, 2024: 2}")
    typed = lacking.replace(
        'formula: gas * factor("gas_burnt")}', 'formula: gas * factor("gas_burnt"), values: {2025: 6.5}}'
    ).replace("{west: 4}", "{west: 4, east: 2}")
    assert typed.count("6.5") == 1 and "east: 2}" in typed
    _, edition = made("metrics: [both, by_part]", **{"data/aspects/a2.yml": typed})
    both, by_part, scope_1, _ = note(edition).explained
    assert both.ways == (("", ("Scope 1", "+ Scope 2")),)
    assert scope_1.ways == (("", ("As recorded, not worked out",)),)
    assert by_part.ways[1] == ("East works", ("As recorded, not worked out",))
    assert [f.factor for f in note(edition).factors] == ["grid", "grid"]
    assert note(edition, "zh-Hant").explained[2].ways == (("", ("按記錄所載，並非計算得出",)),)
    assert note(edition, "zh-Hans").explained[2].ways == (("", ("按记录所载，并非计算得出",)),)


def test_a_member_that_is_recorded_in_a_sum_of_worked_out_ones(made):
    factors = FACTORS.replace("east: 0.70, ", "east: {2024: 0.70}, ")
    typed = METRICS.replace("breakdown: [plant]}", "breakdown: {plant: {2025: {east: 0.1}}}}")
    _, edition = made("metrics: scope_2", **{"data/aspects/a2.yml": typed, "data/factors.yml": factors})
    (scope_2,) = note(edition).explained
    assert scope_2.ways == (
        ("", ("Power × Grid factor",)),
        ("", ("Worked out for each site, then added up",)),
        ("East works", ("As recorded, not worked out",)),
    )


def test_what_the_value_of_the_period_says_stands_before_what_its_metric_says(made):
    own = "{boundary: {en: Without West., zh-Hant: 不計西廠。, zh-Hans: 不计西厂。}}"
    formula = "formula: scope_1 + scope_2\n"
    text = METRICS.replace(formula, f"{formula}    values: {{2025: {own}}}\n")
    _, edition = made("metrics: both", **{"data/aspects/a2.yml": text})
    assert note(edition).explained[0].texts == ("Without West.", "By invoice.")


def test_a_member_that_does_not_exist_is_not_explained(made):
    closed = DIMENSIONS.replace(
        "east: {en: East works, zh-Hant: 東廠, zh-Hans: 东厂}",
        "east: {name: {en: East works, zh-Hant: 東廠, zh-Hans: 东厂}, until: 2024}",
    )
    _, edition = made("metrics: by_part", **{"data/dimensions.yml": closed})
    (by_part,) = note(edition).explained
    assert by_part.ways == (("", ("The sum of its values by site",)),)


def test_formulas_of_members_and_sums_of_typed_values(made):
    _, edition = made("metrics: [by_part, power]")
    first, second = note(edition).explained
    assert first.ways == (("", ("The sum of its values by site",)), ("East works", ("Gas × Factor of gas",)))
    assert second.ways == (("", ("The sum of its values by site",)),)


def test_without_factors_there_is_no_table_and_no_number(made):
    _, edition = made("metrics: power")
    assert (note(edition).factors, note(edition).label) == ((), "")
    table = next(p for p in report_view(edition, "en").pages[0].body if isinstance(p, TableView))
    assert table.label == "Table 1"
    _, edition = made("metrics: scope_1")
    table = next(p for p in report_view(edition, "en").pages[0].body if isinstance(p, TableView))
    assert (note(edition).label, table.label, table.anchor) == ("Table 1", "Table 2", "table-2")


@pytest.mark.parametrize(
    ("formula", "english", "chinese"),
    [
        ("gas * 1000 / power", "Gas × 1,000 ÷ Power", "燃氣 × 1,000 ÷ 電力"),
        ("(gas + power) * 2", "(Gas + Power) × 2", "（燃氣 + 電力）× 2"),
        ("gas - (power - bare)", "Gas|− (Power − Bare)", "燃氣|−（電力 − 無說明）"),
        ("gas - (power * bare)", "Gas|− Power × Bare", "燃氣|− 電力 × 無說明"),
        ("gas / (power * bare)", "Gas ÷ (Power × Bare)", "燃氣 ÷（電力 × 無說明）"),
        ("-gas + power", "−Gas|+ Power", "−燃氣|+ 電力"),
        ("power[plant=east]", "Power (East works)", "電力（東廠）"),
        ("power[plant=east]@2024", "Power (East works, 2024)", "電力（東廠，2024）"),
        ("gas@previous", "Gas (2024)", "燃氣（2024）"),
        ('factor("grid")[plant=west]', "Grid factor (West works)", "電網因子（西廠）"),
        (
            'sum(power * factor("grid") over plant)',
            "Sum by site of (Power × Grid factor)",
            "按地點加總（電力 × 電網因子）",
        ),
        ("average(power over plant)", "Mean by site of (Power)", "按地點平均（電力）"),
        ("average(gas, gas@previous)", "Mean of Gas and Gas (2024)", "燃氣及燃氣（2024）的平均值"),
        ("power / whole(power)", "Power ÷ Power (in all)", "電力 ÷ 電力（總數）"),
        ("share(power)", "Share of Power in the whole", "電力佔總數的比例"),
        ("difference(gas, 2024)", "Gas less that of 2024", "燃氣與2024之差"),
        ("change(gas)", "Change in Gas since 2024", "燃氣較2024的變動"),
        (
            "growth(gas, 2024) * 2",
            "(yearly growth of Gas since 2024) × 2",
            "（燃氣自2024起的年均增長率）× 2",
        ),
    ],
)
def test_every_sign_and_function_in_words(made, formula, english, chinese):
    _, edition = made("metrics: power")
    parsed, wrong = parse_formula(formula, Place("x"))
    assert parsed and not wrong
    for language, expected in (("en", english), ("zh-Hant", chinese)):
        writer = MethodWriter(edition.report, edition.figures, language)
        assert "|".join(writer.formula(parsed.tree)) == expected


# ---- what is wrong


@pytest.mark.parametrize(
    ("block", "code", "message"),
    [
        ("metrics: [scope_2, scop_1]", "unknown-name", '"scop_1" is not a metric'),
        ("metrics: bare", "method-empty", '"bare" has no formula, method or boundary'),
        ("metrics: empty", "missing-value", "empty has no value for 2025"),
    ],
)
def test_what_a_method_note_cannot_say_is_told_at_its_name(made, block, code, message):
    _, edition = made(block)
    (found,) = findings(edition)
    assert found[:3] == (code, "content/en/a2.md", 6) and message in found[3]


def test_a_factor_that_is_printed_needs_a_name(made):
    factors = FACTORS.replace("  name: {en: Factor of gas, zh-Hant: 燃氣因子, zh-Hans: 燃气因子}\n", "")
    _, edition = made("metrics: both", **{"data/factors.yml": factors})
    assert findings(edition) == [
        (
            "factor-without-name",
            "data/factors.yml",
            9,
            '"gas_burnt" is printed in a method note, but has no name',
        )
    ]
    assert note(edition).factors[0].name == "[to come]"
    _, edition = made("metrics: scope_2", **{"data/factors.yml": factors})
    assert not findings(edition)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "missing-key"),
        ("caption: Only this", "missing-key"),
        ("metrics: both\ncolumns: [2025]", "unknown-key"),
        ("metrics: {both: 1}", "wrong-shape"),
        ("metrics: both\ncaption: '{{ both }}'", "markup-in-text"),
        ("- both", "wrong-shape"),
    ],
)
def test_a_method_note_of_the_wrong_shape_is_a_finding(body, code):
    text = f"# P\n\n## S {{ #s }}\n\n```method\n{body}\n```\n"
    _, found = read_page(text, "content/en/a2.md", "a2", "en")
    assert code in [f.code for f in found] and all(f.blocking for f in found)


# ---- as it is printed


def test_factor_numbers_carry_their_factor_and_are_no_figures(made):
    root, edition = made("metrics: both")
    report = report_view(edition, "en")
    for html in (Templates(root).page(report.pages[0], report), Templates(root).book(report)):
        page = BeautifulSoup(html, "html.parser")
        found = [
            (str(e["data-factor"]), e.get("data-member"), e.get("data-period"), e.get_text())
            for e in page.select("[data-factor]")
        ]
        assert found == [
            ("gas_burnt", None, None, "2,162.50"), ("grid", "east", None, "0.70"), ("grid", "west", "2025", "0.140"),
        ]  # fmt: skip
        assert not page.select(".factor-table [data-figure]")
        heads = [head.get_text() for head in page.select(".factor-table thead th")]
        assert heads == ["Factor", "Unit", "Value", "Gas", "GWP", "Year", "Source"]


def test_columns_that_no_factor_fills_are_left_out(made):
    root, edition = made("metrics: scope_2")
    report = report_view(edition, "zh-Hant")
    page = BeautifulSoup(Templates(root).page(report.pages[0], report), "html.parser")
    assert [head.get_text() for head in page.select(".factor-table thead th")] == [
        "因子", "單位", "數值", "氣體", "年份", "來源",
    ]  # fmt: skip
    assert page.select_one(".factor-table figcaption").get_text() == "表1 所用因子（2025）"
