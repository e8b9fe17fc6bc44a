"""Tables of figures: members side by side, another period, the chosen denominator, notes where they are due."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import write_project
from esgreport.compute import Figures
from esgreport.narrative import read_page
from esgreport.printed import printed_figures, reference_findings
from esgreport.render import Templates
from esgreport.tables import resolve_table
from esgreport.views import TableView
from esgreport.writer import report_view
from hypothesis import given
from hypothesis import strategies as st
from reports import aspect, cell, dimension, edition_of, exact, figure, metric, values_report

DIMENSIONS = """\
region:
  name: {en: Region, zh-Hant: 地區}
  members: {north: {en: North, zh-Hant: 北}, south: {en: South, zh-Hant: 南}}
entity:
  name: {en: Entity, zh-Hant: 實體}
  members: {mine: {en: Mine, zh-Hant: 礦}, mill: {en: Mill, zh-Hant: 廠}}
topic:
  name: {en: Topic, zh-Hant: 課題}
  partition: false
  members: {safety: {en: Safety, zh-Hant: 安全}, ethics: {en: Ethics, zh-Hant: 操守}}
"""
CSV = """\
metric,period,region,entity,value,status,at,restated_from,reason_en,reason_zh-Hant,note_en,note_zh-Hant,method_en,method_zh-Hant
staff,2025,north,mine,10,,,,,,,,,
staff,2025,north,mill,20,estimated,,,,,,,Counted by hand.,人手點算。
staff,2025,south,mine,30,,2026-01-15,,,,,,,
staff,2025,south,mill,40,,,,,,Without guests.,不計訪客。,Counted by hand.,人手點算。
staff,2024,north,mine,1,,,,,,,,,
staff,2024,north,mill,2,,,,,,,,,
staff,2024,south,mine,3,,,,,,,,,
staff,2024,south,mill,4,,,,,,,,,
"""
METRICS = aspect("""
    staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, boundary: {en: All sites., zh-Hant: 所有地點。}}
    power:
      name: {en: Power, zh-Hant: 電力}
      unit: kWh
      per: [output, {metric: revenue, unit: kWh/HKD thousand, decimals: 2}]
      breakdown: {entity: {2025: {mine: 100, mill: 300}, 2024: {mine: 50, mill: 150}}}
    water: {name: {en: Water, zh-Hant: 用水}, unit: m3, breakdown: {entity: {2025: {mine: 7, mill: nil}}}}
    output: {name: {en: Output, zh-Hant: 產量}, unit: t, breakdown: {entity: {2025: {mine: 5, mill: 10}, 2024: {mine: 5, mill: 5}}}}
    revenue: {name: {en: Revenue, zh-Hant: 收益}, unit: HKD million, values: {2025: 2, 2024: 1}}
    rate: {name: {en: Rate, zh-Hant: 比率}, unit: percent, breakdown: {entity: {2025: {mine: 3, mill: 4}}}}
    apart:
      name: {en: Apart, zh-Hant: 分列}
      unit: t
      breakdown: {entity: {2025: {mine: 1, mill: 2}}, region: {2025: {north: 1, south: 2}}}
    places: {name: {en: Places, zh-Hant: 人次}, unit: count, note: {en: Seats., zh-Hant: 座位。}, breakdown: {topic: {2025: {safety: 1, ethics: 2}}}}
""")
FILES = {"data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": METRICS, "data/aspects/a2.csv": CSV}


@pytest.fixture
def edition(project):
    return edition_of(project(FILES))


def page_of(block: str) -> str:
    return f"# Page\n\n## Section {{ #section }}\n\n```table\n{block}\n```\n"


def resolved(edition, block):
    found, findings = read_page(page_of(block), "content/en/a2.md", "a2", "en")
    assert found is not None and not [str(f) for f in findings]
    return resolve_table(edition.figures, found.items[1])


def grid(edition, block):
    """The rows of a table that must be in order: kind, which, and the figures' ids without metric."""
    found, findings = resolved(edition, block)
    assert not [f.message for f in findings]
    return [
        (row.kind, row.member or row.denominator or row.metric, [str(id or "") for id in row.figures])
        for row in found.rows
    ]


# ---- which figures


def test_region_by_entity(edition):
    assert grid(edition, "metrics: staff\nmembers: region\ncolumns: [entity, total]") == [
        ("member", "north", ["staff@2025[entity=mine,region=north]", "staff@2025[entity=mill,region=north]", "staff@2025[region=north]"]),
        ("member", "south", ["staff@2025[entity=mine,region=south]", "staff@2025[entity=mill,region=south]", "staff@2025[region=south]"]),
        ("total", "staff", ["staff@2025[entity=mine]", "staff@2025[entity=mill]", "staff@2025"]),
    ]  # fmt: skip


def test_every_figure_of_a_cross_table_has_its_value(edition):
    found, _ = resolved(edition, "metrics: staff\nmembers: region\ncolumns: [entity, total]")
    values = [[int(edition.figures.figure(id).number.exact) for id in row.figures] for row in found.rows]
    assert values == [[10, 20, 30], [30, 40, 70], [40, 60, 100]]


def test_resources_by_entity_with_intensities(edition):
    rows = grid(
        edition, "metrics: [power, water]\ncolumns: [unit, entity, total, change, per]\nintensities: true"
    )
    assert rows == [
        ("metric", "power", ["", "power@2025[entity=mine]", "power@2025[entity=mill]", "power@2025", "power~change.2024@2025", "power~per.output@2025"]),
        ("intensity", "output", [
            "", "power~per.output@2025[entity=mine]", "power~per.output@2025[entity=mill]", "power~per.output@2025",
            "power~per.output~change.2024@2025", "",
        ]),
        # revenue is not divided by entity, so each is over the whole of it
        ("intensity", "revenue", [
            "", "power~per.revenue@2025[entity=mine]", "power~per.revenue@2025[entity=mill]", "power~per.revenue@2025",
            "power~per.revenue~change.2024@2025", "",
        ]),
        ("metric", "water", ["", "water@2025[entity=mine]", "water@2025[entity=mill]", "water@2025", "water~change.2024@2025", ""]),
    ]  # fmt: skip


def test_another_period_for_all_columns_that_name_none(edition):
    rows = grid(edition, "metrics: power\ncolumns: [entity, total, per, 2025]\nperiod: 2024")
    assert rows[0][2] == [
        "power@2024[entity=mine]", "power@2024[entity=mill]", "power@2024", "power~per.output@2024", "power@2025",
    ]  # fmt: skip


def test_the_denominator_is_chosen_among_those_declared(edition):
    rows = grid(
        edition, "metrics: [power, water]\ncolumns: [2025, per, change]\nper: revenue\nintensities: true"
    )
    assert rows == [
        ("metric", "power", ["power@2025", "power~per.revenue@2025", "power~change.2024@2025"]),
        ("intensity", "revenue", ["power~per.revenue@2025", "", "power~per.revenue~change.2024@2025"]),
        ("metric", "water", ["water@2025", "", "water~change.2024@2025"]),
    ]


def test_an_intensity_has_a_unit_and_decimals_of_its_own(edition):
    found = figure(edition.figures, "power~per.revenue@2025")
    assert (str(found.number), found.unit.code) == ("0.20", "kWh/HKD thousand")


def test_a_change_of_a_percentage_is_in_points_also_where_it_is_an_intensity(project):
    metrics = METRICS.replace("per: [output,", "per: [{metric: power_all, unit: percent}, output,")
    metrics += (
        "  power_all: {name: {en: All, zh-Hant: 全部}, unit: kWh, values: {2025: 1 000, 2024: 1 000}}\n"
    )
    edition = edition_of(project(FILES | {"data/aspects/a2.yml": metrics}))
    rows = grid(edition, "metrics: power\ncolumns: [change]\nintensities: true\nper: power_all")
    assert rows[1] == ("intensity", "power_all", ["power~per.power_all~difference.2024@2025"])
    assert exact(edition.figures, rows[1][2][0]) == 20


def test_totals_stand_only_where_members_add_up(edition):
    rate = grid(edition, "metrics: rate\nmembers: entity\ncolumns: [2025]")
    assert [row[0] for row in rate] == ["member", "member"]
    places = grid(edition, "metrics: places\nmembers: topic\ncolumns: [2025]")
    assert [row[0] for row in places] == ["member", "member"]
    mixed = grid(edition, "metrics: [power, rate]\ncolumns: [entity, total]")
    assert [row[2][-1] for row in mixed] == ["power@2025", ""]


def test_the_index_knows_what_a_cross_table_prints(edition):
    found, _ = read_page(
        page_of("metrics: power\ncolumns: [entity, total]\nperiod: 2024"), "content/en/a2.md", "a2", "en"
    )
    printed = [str(id) for id, _ in printed_figures(edition.report, edition.figures, found)]
    assert printed == ["power@2024[entity=mine]", "power@2024[entity=mill]", "power@2024"]


def test_a_part_that_is_missing_is_told(edition):
    found, _ = read_page(
        page_of("metrics: water\ncolumns: [entity, total]\nperiod: 2024"), "content/en/a2.md", "a2", "en"
    )
    messages = [f.message for f in reference_findings(edition.report, edition.figures, found)]
    assert messages == [
        "water@2024[entity=mine] has no value", "water@2024[entity=mill] has no value", "water@2024 has no value",
    ]  # fmt: skip


# ---- metrics as columns

ACROSS = "members: entity\ncolumns: [power, water, output]"


def test_members_as_rows_and_metrics_as_columns(edition):
    assert grid(edition, ACROSS) == [
        ("member", "mine", ["power@2025[entity=mine]", "water@2025[entity=mine]", "output@2025[entity=mine]"]),
        ("member", "mill", ["power@2025[entity=mill]", "water@2025[entity=mill]", "output@2025[entity=mill]"]),
        ("total", "", ["power@2025", "water@2025", "output@2025"]),
    ]  # fmt: skip


def test_metrics_as_columns_for_another_period_without_a_total(edition):
    assert grid(edition, "members: entity\ncolumns: [power, output]\nperiod: 2024\ntotal: false") == [
        ("member", "mine", ["power@2024[entity=mine]", "output@2024[entity=mine]"]),
        ("member", "mill", ["power@2024[entity=mill]", "output@2024[entity=mill]"]),
    ]


def test_what_has_no_total_has_none_in_the_row_of_totals(edition):
    assert grid(edition, "members: entity\ncolumns: [power, rate]")[-1] == ("total", "", ["power@2025", ""])
    assert [row[0] for row in grid(edition, "members: entity\ncolumns: [rate, rate]")] == ["member", "member"]


def test_members_of_two_dimensions_stand_one_after_the_other(edition):
    rows = grid(edition, "members: [entity, region]\ncolumns: [apart, staff]")
    assert [row[0] for row in rows] == [
        "total", "group", "member", "member", "group", "member", "member",
    ]  # fmt: skip
    assert rows[5] == ("member", "north", ["apart@2025[region=north]", "staff@2025[region=north]"])


def test_an_intensity_stands_beside_its_metric_where_members_have_it(edition):
    rows = grid(edition, "members: entity\ncolumns: [power, water]\nintensities: true")
    assert rows[0][2] == [
        "power@2025[entity=mine]", "power~per.output@2025[entity=mine]", "power~per.revenue@2025[entity=mine]",
        "water@2025[entity=mine]",
    ]  # fmt: skip
    assert rows[2][2] == ["power@2025", "power~per.output@2025", "power~per.revenue@2025", "water@2025"]
    chosen = grid(edition, "members: entity\ncolumns: [power]\nintensities: true\nper: output")
    assert chosen[0][2] == ["power@2025[entity=mine]", "power~per.output@2025[entity=mine]"]


def test_the_index_and_the_findings_know_the_figures_of_metrics_as_columns(edition):
    found, _ = read_page(page_of(ACROSS + "\nperiod: 2024"), "content/en/a2.md", "a2", "en")
    printed = {str(id) for id, _ in printed_figures(edition.report, edition.figures, found)}
    assert printed == {
        "power@2024[entity=mine]", "power@2024[entity=mill]", "power@2024", "output@2024[entity=mine]", "output@2024[entity=mill]", "output@2024",
    }  # fmt: skip
    missing = list(reference_findings(edition.report, edition.figures, found))
    assert [f.message for f in missing] == [
        "water@2024[entity=mine] has no value", "water@2024[entity=mill] has no value", "water@2024 has no value",
    ]  # fmt: skip
    assert {(f.place.line, f.place.column) for f in missing} == {(7, 18)}


# ---- intensities of members


def test_members_have_intensities_over_their_own_part(edition):
    block = "metrics: power\nmembers: entity\ncolumns: [2025, change, per]\nintensities: true\nper: output"
    assert grid(edition, block) == [
        ("member", "mine", ["power@2025[entity=mine]", "power~change.2024@2025[entity=mine]", "power~per.output@2025[entity=mine]"]),
        ("intensity", "mine", ["power~per.output@2025[entity=mine]", "power~per.output~change.2024@2025[entity=mine]", ""]),
        ("member", "mill", ["power@2025[entity=mill]", "power~change.2024@2025[entity=mill]", "power~per.output@2025[entity=mill]"]),
        ("intensity", "mill", ["power~per.output@2025[entity=mill]", "power~per.output~change.2024@2025[entity=mill]", ""]),
        ("total", "power", ["power@2025", "power~change.2024@2025", "power~per.output@2025"]),
        ("intensity", "output", ["power~per.output@2025", "power~per.output~change.2024@2025", ""]),
    ]  # fmt: skip


def test_without_a_total_the_whole_has_no_intensity_either(edition):
    rows = grid(
        edition,
        "metrics: power\nmembers: entity\ncolumns: [2025]\nintensities: true\nper: output\ntotal: false",
    )
    assert [row[:2] for row in rows] == [
        ("member", "mine"), ("intensity", "mine"), ("member", "mill"), ("intensity", "mill"),
    ]  # fmt: skip


def test_a_part_of_what_has_no_such_part_is_divided_by_the_whole(edition):
    """Revenue is not divided by entity. A table says what a sentence says: each mine's power over all revenue."""
    rows = grid(
        edition, "metrics: power\nmembers: entity\ncolumns: [2025, per]\nper: revenue\nintensities: true"
    )
    assert [row[2] for row in rows if row[0] == "intensity"] == [
        ["power~per.revenue@2025[entity=mine]", ""],
        ["power~per.revenue@2025[entity=mill]", ""],
        ["power~per.revenue@2025", ""],
    ]
    assert [row[2][1] for row in rows if row[0] == "member"] == [
        row[2][0] for row in rows if row[0] == "intensity"
    ][:2]
    mine, mill, whole = (
        exact(edition.figures, f"power~per.revenue@2025{part}")
        for part in ("[entity=mine]", "[entity=mill]", "")
    )
    assert (mine, mill, whole) == (Fraction(5, 100), Fraction(15, 100), Fraction(20, 100))
    across = grid(edition, "members: entity\ncolumns: [power]\nper: revenue\nintensities: true")
    assert across[0][2] == ["power@2025[entity=mine]", "power~per.revenue@2025[entity=mine]"]


@pytest.mark.parametrize("output", ["nil", "not_applicable"])
def test_a_member_without_anything_to_divide_by_has_no_row_of_intensity(project, output):
    metrics = METRICS.replace(
        "{mine: 5, mill: 10}, 2024: {mine: 5, mill: 5}", f"{{mine: {output}, mill: 10}}"
    )
    edition = edition_of(project(FILES | {"data/aspects/a2.yml": metrics}))
    block = "metrics: power\nmembers: entity\ncolumns: [2025]\nintensities: true\nper: output"
    assert [row[:2] for row in grid(edition, block)] == [
        ("member", "mine"), ("member", "mill"), ("intensity", "mill"), ("total", "power"), ("intensity", "output"),
    ]  # fmt: skip


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_totals_along_rows_and_columns_meet(numbers):
    names = [("north", "south"), ("mine", "mill")]
    cells = [cell(str(numbers[r][e]), region=names[0][r], entity=names[1][e]) for r in (0, 1) for e in (0, 1)]
    report = values_report(
        [metric("staff", *cells)], [dimension("region", *names[0]), dimension("entity", *names[1])]
    )
    found, _ = read_page(
        page_of("metrics: staff\nmembers: region\ncolumns: [entity, total]"), "content/en/a2.md", "a2", "en"
    )
    rows = resolve_table(Figures(report), found.items[1])[0].rows
    figures = Figures(report)
    values = [[figures.figure(id).number.exact for id in row.figures] for row in rows]
    assert all(row[-1] == sum(row[:-1]) for row in values)
    assert all(values[-1][n] == values[0][n] + values[1][n] for n in range(3))


# ---- what is wrong


@pytest.mark.parametrize(
    ("block", "line", "column", "code", "message", "help"),
    [
        (
            "metrics: power\ncolumns: [entitty, total]",
            7,
            11,
            "unknown-name",
            '"entitty" is not a column',
            "entity",
        ),
        (
            "metrics: staff\nmembers: region\ncolumns: [region]",
            8,
            11,
            "wrong-argument",
            "region is in the rows",
            "one of",
        ),
        ("metrics: revenue\ncolumns: [entity]", 7, 11, "wrong-argument", "not broken down by entity", ""),
        (
            "metrics: apart\nmembers: region\ncolumns: [total, entity]",
            8,
            18,
            "wrong-argument",
            '"apart" is broken down by region and by entity, but not by both at once',
            "CSV",
        ),
        ("metrics: rate\ncolumns: [entity, total]", 7, 19, "wrong-argument", "there is no total", "leave"),
        (
            "metrics: power\ncolumns: [entity]\nperiod: 2O24",
            8,
            9,
            "unknown-name",
            '"2O24" is not a period',
            "2024",
        ),
        (
            "metrics: power\ncolumns: [per]\nper: revenues",
            8,
            6,
            "unknown-name",
            '"revenues" is not a metric',
            "revenue",
        ),
        (
            "metrics: power\ncolumns: [per]\nper: staff",
            8,
            6,
            "wrong-argument",
            'is divided by "staff"',
            "per: [staff]",
        ),
        (
            "metrics: power\ncolumns: [change]\nperiod: 2024",
            7,
            11,
            "wrong-argument",
            "no earlier period",
            "comparatives",
        ),
        ("metrics: power\ncolumns: [2023]", 7, 11, "unknown-name", '"2023" is not a column', "known: unit"),
        (
            "columns: [power, water]",
            6,
            11,
            "wrong-argument",
            "metrics as columns need members as rows",
            "add members",
        ),
        ("columns: [2025]", 5, 1, "missing-key", 'a table needs "metrics"', "name metrics as columns"),
        (
            "metrics: rate\ncolumns: [2025, power]",
            7,
            17,
            "wrong-argument",
            "metrics of this table are its rows",
            "under metrics",
        ),
        (
            "members: entity\ncolumns: [powr]",
            7,
            11,
            "unknown-name",
            '"powr" is not a column',
            'did you mean "power"?',
        ),
        (
            "members: entitty\ncolumns: [power]",
            6,
            10,
            "unknown-name",
            '"entitty" is not a dimension',
            "entity",
        ),
        (
            "members: entity\ncolumns: [power, 2024]",
            7,
            18,
            "wrong-argument",
            '"2024" cannot stand beside metrics',
            "period: 2024",
        ),
        (
            "members: entity\ncolumns: [power, total]",
            7,
            18,
            "wrong-argument",
            '"total" cannot stand beside',
            "comes by itself",
        ),
        (
            "members: entity\ncolumns: [unit, power]",
            7,
            11,
            "wrong-argument",
            '"unit" cannot stand beside',
            "under the names",
        ),
        (
            "members: entity\ncolumns: [power, change]",
            7,
            18,
            "wrong-argument",
            '"change" cannot stand beside',
            "one metric",
        ),
        (
            "members: entity\ncolumns: [power, per]",
            7,
            18,
            "wrong-argument",
            '"per" cannot stand beside',
            "intensities: true",
        ),
        (
            "members: entity\ncolumns: [power, region]",
            7,
            18,
            "wrong-argument",
            '"region" cannot stand beside',
            "under members",
        ),
        (
            "members: region\ncolumns: [staff, power]",
            7,
            18,
            "wrong-argument",
            '"power" is not broken down by region, only by entity',
            "leave it out",
        ),
        (
            "members: entity\ncolumns: [power, revenue]",
            7,
            18,
            "wrong-argument",
            '"revenue" is not broken down by entity',
            "data/aspects",
        ),
        (
            "members: entity\ncolumns: [power]\nper: staff",
            8,
            6,
            "wrong-argument",
            'is divided by "staff"',
            "per: [staff]",
        ),
    ],
)
def test_what_cannot_stand_in_a_table_is_told_where_it_stands(
    edition, block, line, column, code, message, help
):
    _, findings = resolved(edition, block)
    found = findings[0]
    assert (found.code, found.place.line, found.place.column, found.blocking) == (code, line, column, True)
    assert message in found.message and help in found.help
    assert len(findings) == 1


@pytest.mark.parametrize("id", ["entity", "fy2024"])
def test_a_name_of_two_things_is_no_column(project, id):
    years = "periods:\n  fy2024:" if id == "fy2024" else ""
    metrics = METRICS + f"  {id}: {{name: {{en: Odd, zh-Hant: 怪}}, unit: t, values: {{2025: 1}}}}\n"
    edition = edition_of(project(FILES | {"data/aspects/a2.yml": metrics}))
    periods = dict(edition.report.periods)
    if years:
        periods[id] = replace(periods["2024"], id=id)
    report = replace(edition.report, periods=periods)
    found, _ = read_page(page_of(f"metrics: power\ncolumns: [{id}]"), "content/en/a2.md", "a2", "en")
    _, findings = resolve_table(Figures(report), found.items[1])
    what = "a period" if years else "a dimension"
    assert [f.message for f in findings] == [
        f'"{id}" is both a metric and {what}, so it is not known which is meant'
    ]
    assert findings[0].blocking and (findings[0].place.line, findings[0].place.column) == (7, 11)


@pytest.mark.parametrize(
    "block",
    [
        "metrics: power\ncolumns: [entity]\nperiod: [2024]",
        "metrics: power\ncolumns: [entity]\nper: {a: b}",
        "metrics: power\ncolumns: [[entity]]",
    ],
)
def test_a_key_of_the_wrong_shape_is_a_finding(block):
    _, findings = read_page(page_of(block), "content/en/a2.md", "a2", "en")
    assert [f.code for f in findings] == ["wrong-shape"]


# ---- in words


@pytest.fixture
def table(tmp_path):
    """`table(block, language)`: the view of the one table of a report."""
    folders = (tmp_path / str(number) for number in count())

    def view(block: str, language: str = "en", **files: str) -> TableView:
        pages = {f"content/{code}/a2.md": page_of(block) for code in ("en", "zh-Hant")}
        report = report_view(edition_of(write_project(next(folders), FILES | pages | files)), language)
        return next(piece for piece in report.pages[0].body if isinstance(piece, TableView))

    return view


def marks(notes) -> str:
    return ",".join(note.mark for note in notes)


def test_a_cross_table_in_words(table):
    view = table("metrics: staff\nmembers: region\ncolumns: [entity, total]")
    assert (view.corner, view.period, view.unit) == ("Region", "2025", "people")
    assert [(column.text, column.kind) for column in view.columns] == [
        ("Mine", "member"), ("Mill", "member"), ("Total", "total"),
    ]  # fmt: skip
    assert [row.name for row in view.rows] == ["North", "South", "Total"]
    chinese = table("metrics: staff\nmembers: region\ncolumns: [entity, total]\nperiod: 2024", "zh-Hant")
    assert (chinese.period, [column.text for column in chinese.columns]) == ("2024", ["礦", "廠", "合計"])


def test_metrics_as_columns_in_words(table):
    view = table(ACROSS)
    assert (view.corner, view.period, view.unit) == ("Entity", "2025", "")
    assert [(column.text, column.unit, column.kind) for column in view.columns] == [
        ("Power", "kWh", "metric"), ("Water", "m³", "metric"), ("Output", "tonnes", "metric"),
    ]  # fmt: skip
    assert [row.name for row in view.rows] == ["Mine", "Mill", "Total"]
    chinese = table("members: entity\ncolumns: [power, output]\nintensities: true\nper: output", "zh-Hant")
    assert [(column.text, column.unit, column.kind) for column in chinese.columns] == [
        ("電力", "千瓦時", "metric"), ("按產量計算的密度", "千瓦時／噸", "intensity"), ("產量", "噸", "metric"),
    ]  # fmt: skip


def test_a_unit_common_to_all_columns_stands_beside_the_caption(table):
    view = table("members: entity\ncolumns: [output, apart]\nperiod: 2025")
    assert (view.unit, [column.unit for column in view.columns]) == ("tonnes", ["", ""])


def test_what_is_said_of_a_metric_stands_at_its_head(table):
    view = table("members: region\ncolumns: [staff]")
    assert [marks(column.notes) for column in view.columns] == ["a"]
    assert view.notes[0] == ("a", "All sites.") and view.corner == "Region"
    assert not view.caption_notes and not any(row.notes for row in view.rows)
    assert table("members: [entity, region]\ncolumns: [staff]").corner == "Entity, Region"


def test_the_whole_of_rates_is_no_total_beside_metrics_either(table):
    rate = METRICS.replace(
        "unit: percent, breakdown: {entity",
        "unit: percent, values: {2025: 3.5, 2024: 3}, breakdown: {entity",
    )
    view = table("members: entity\ncolumns: [rate]", **{"data/aspects/a2.yml": rate})
    assert view.rows[-1].name == "Overall"
    both = table("members: entity\ncolumns: [rate, power]", **{"data/aspects/a2.yml": rate})
    assert both.rows[-1].name == "Total"


def test_an_intensity_of_a_member_is_worded_as_one(table):
    view = table("metrics: water\nmembers: entity\ncolumns: [2025]\nintensities: true", **{
        "data/aspects/a2.yml": METRICS.replace("unit: m3, breakdown", "unit: m3, per: [output], breakdown"),
    })  # fmt: skip
    assert [(row.name, row.kind, row.depth) for row in view.rows] == [
        ("Mine", "member", 1), ("Intensity (m³/tonne)", "intensity", 2), ("Mill", "member", 1),
        ("Intensity (m³/tonne)", "intensity", 2), ("Total", "total", 0), ("Intensity (m³/tonne)", "intensity", 1),
    ]  # fmt: skip


def test_marks_ascend_whatever_is_said_first(table):
    """The cell of 2024 repeats a note and has one of its own before it."""
    metrics = aspect("""
        water:
          name: {en: Water, zh-Hant: 用水}
          unit: m3
          values:
            2025: {value: 9, note: {en: Mains., zh-Hant: 自來水。}}
            2024: {value: 8, method: {en: Metered., zh-Hant: 水表。}, note: {en: Mains., zh-Hant: 自來水。}}
    """)
    view = table(
        "metrics: water\ncolumns: [2025, 2024]",
        **{"data/aspects/a2.yml": metrics, "data/aspects/a2.csv": None},
    )
    assert [marks(cell.notes) for cell in view.rows[0].cells] == ["a", "a,b"]
    assert view.notes == (("a", "Mains."), ("b", "Metered."))


def test_letters_go_on_after_z(table):
    members = [f"m{n}" for n in range(28)]
    files = {
        "data/dimensions.yml": "month:\n  name: {en: Month, zh-Hant: 月}\n  members:\n" + "".join(f"    {m}: {{en: {m}, zh-Hant: {m}}}\n" for m in members),
        "data/aspects/a2.yml": aspect("power: {name: {en: Power, zh-Hant: 電}, unit: kWh, breakdown: {month: {2025: {"
            + ", ".join(f"{m}: {{value: 1, note: {{en: Of {m}., zh-Hant: {m}。}}}}" for m in members) + "}}}}"),
        "data/aspects/a2.csv": None,
    }  # fmt: skip
    view = table("metrics: power\nmembers: month\ncolumns: [2025]", **files)
    assert [mark for mark, _ in view.notes][24:] == ["y", "z", "aa", "ab"]


def test_the_whole_of_rates_is_not_called_a_total(table):
    rate = METRICS.replace(
        "unit: percent, breakdown: {entity",
        "unit: percent, values: {2025: 3.5, 2024: 3}, breakdown: {entity",
    )
    view = table("metrics: rate\ncolumns: [entity, total]", "zh-Hant", **{"data/aspects/a2.yml": rate})
    assert view.columns[-1].text == "整體"


def test_notes_of_one_value_stand_at_its_cell_lettered_in_reading_order(table):
    view = table("metrics: staff\nmembers: region\ncolumns: [entity, total]")
    assert [[marks(cell.notes) for cell in row.cells] for row in view.rows] == [
        ["", "a", ""],
        ["b", "a,c", ""],
        ["", "", ""],
    ]
    assert [marks(row.notes) for row in view.rows] == ["", "", "d"]
    assert view.notes == (
        ("a", "Counted by hand."), ("b", "As at 15 January 2026."), ("c", "Without guests."), ("d", "All sites."),
    )  # fmt: skip
    assert view.rows[0].cells[1].figure.mark == "E"
    chinese = table("metrics: staff\nmembers: region\ncolumns: [entity, total]", "zh-Hant")
    assert chinese.notes[1] == ("b", "截至2026年1月15日。")


YEARS = aspect("""
    water:
      name: {en: Water, zh-Hant: 用水}
      unit: m3
      note: {en: Mains., zh-Hant: 自來水。}
      values:
        2025: {value: 9, note: {en: From March a new meter., zh-Hant: 3月起使用新水表。}, at: 2025-12-31}
        2024: {value: 8, restated_from: 7, reason: {en: A slip., zh-Hant: 筆誤。}, method: {en: Mains., zh-Hant: 自來水。}}
    heat:
      name: {en: Heat, zh-Hant: 熱力}
      unit: GJ
      values:
        2025: {value: 5, note: {en: Mains., zh-Hant: 自來水。}}
        2024: 4
""")


def test_different_words_for_different_years(table):
    view = table(
        "metrics: [water, heat]\ncolumns: [2025, 2024]",
        **{"data/aspects/a2.yml": YEARS, "data/aspects/a2.csv": None},
    )
    assert [(marks(row.notes), *(marks(cell.notes) for cell in row.cells)) for row in view.rows] == [
        (
            "a",
            "b",
            "c",
        ),  # what is said of the row already is not said of its cell again; the period's last day neither
        ("", "a", ""),
    ]
    assert [text for _, text in view.notes] == [
        "Mains.", "From March a new meter.", "2024 restated; formerly 7 m³: A slip.",
    ]  # fmt: skip
    assert view.rows[0].cells[1].figure.mark == "R"


def test_what_is_said_of_a_metric_without_a_row_of_its_own_stands_at_the_caption(table):
    view = table("caption: Places\nmetrics: places\nmembers: topic\ncolumns: [2025]")
    assert (marks(view.caption_notes), view.notes) == ("a", (("a", "Seats."),))
    both = table("metrics: [places, places]\nmembers: [topic]\ncolumns: [2025]")
    assert [marks(row.notes) for row in both.rows if row.kind == "group"] == ["a", "a"]
    assert not both.caption_notes


def test_on_the_web_a_mark_leads_to_its_note_and_back(project):
    block = "metrics: staff\nmembers: region\ncolumns: [entity, total]"
    pages = {f"content/{code}/a2.md": page_of(block) for code in ("en", "zh-Hant")}
    root = project(FILES | pages)
    report = report_view(edition_of(root), "en")
    html = BeautifulSoup(Templates(root).page(report.pages[0], report), "html.parser")
    ids = [str(tag["id"]) for tag in html.select("[id]")]
    assert len(ids) == len(set(ids))
    links = html.select(".metric-table sup a")
    assert [link.get_text() for link in links] == ["a", "b", "a", "c", "d"]
    for link in links:
        note = html.find(id=str(link["href"]).removeprefix("#"))
        back = html.find(id=str(note.select_one("a.mark")["href"]).removeprefix("#"))
        assert note.name == "li" and back.get_text() == link.get_text()
    book = BeautifulSoup(Templates(root).book(report), "html.parser")
    assert [mark.get_text() for mark in book.select(".metric-table td sup")] == [
        "E a",
        "E",
        "b",
        "a, c",
        "E",
        "E",
    ]
    assert not book.select(".metric-table sup a")


def printed(root: Path, block: str) -> tuple[BeautifulSoup, BeautifulSoup]:
    """The website's page and the book of a report with this one table."""
    write_project(root, FILES | {f"content/{code}/a2.md": page_of(block) for code in ("en", "zh-Hant")})
    report = report_view(edition_of(root), "en")
    page, book = Templates(root).page(report.pages[0], report), Templates(root).book(report)
    return BeautifulSoup(page, "html.parser"), BeautifulSoup(book, "html.parser")


def test_metrics_as_columns_on_the_page(tmp_path):
    """A unit is the second line of its head; a narrow screen, where heads are not seen, has it at each figure."""
    for html in printed(tmp_path / "a", ACROSS):
        heads = html.select(".metric-table.crossed thead th.metric")
        assert [head.small.get_text() for head in heads] == ["kWh", "m³", "tonnes"]
        cells = html.select(".metric-table tbody tr:first-child td")
        assert [cell["data-column"] for cell in cells] == ["Power, kWh", "Water, m³", "Output, tonnes"]
        assert [cell.span["data-figure"] for cell in cells] == [
            "power@2025[entity=mine]", "water@2025[entity=mine]", "output@2025[entity=mine]",
        ]  # fmt: skip
    web, book = printed(tmp_path / "b", "members: region\ncolumns: [staff]")
    assert web.select_one("thead th.metric sup a")["href"] == "#table-1-note-a"
    assert book.select_one("tbody td")["data-column"] == "Staff (a)"


def test_many_metrics_stand_in_bands_on_paper(tmp_path):
    names = ["power", "water", "output", "apart"] * 2
    web, book = printed(tmp_path / "a", f"members: entity\ncolumns: [{', '.join(names)}]")
    assert [len(table.select("thead th")) for table in book.select(".metric-table table")] == [5, 5]
    assert [len(table.select("thead th")) for table in web.select(".metric-table table")] == [9]


def test_a_table_knows_how_much_room_its_marks_need(tmp_path):
    for html in printed(tmp_path / "a", "metrics: staff\nmembers: region\ncolumns: [entity, total]"):
        assert "hang-4" in html.select_one(".metric-table")["class"]  # "a, c"
    for html in printed(tmp_path / "b", ACROSS):
        assert "hang-0" in html.select_one(".metric-table")["class"]


@pytest.mark.parametrize(
    ("landscape", "bands"),
    [("false", ((0, 1, 2, 3, 4, 5, 6, 7), (0, 8, 9, 10, 11, 12, 13))), ("true", (tuple(range(14)),))],
)
def test_a_wide_table_stands_in_bands_on_paper(project, landscape, bands):
    months = [f"m{n}" for n in range(1, 13)]
    members = "".join(f"    {m}: {{en: {m.upper()}, zh-Hant: {m}}}\n" for m in months)
    values = ", ".join(f"{m}: {n}" for n, m in enumerate(months))
    files = {
        "data/dimensions.yml": f"month:\n  name: {{en: Month, zh-Hant: 月}}\n  members:\n{members}",
        "data/aspects/a2.yml": aspect(f"power: {{name: {{en: Power, zh-Hant: 電}}, unit: kWh, breakdown: {{month: {{2025: {{{values}}}}}}}}}"),
        **{f"content/{code}/a2.md": page_of(f"metrics: power\ncolumns: [unit, month, total]\nlandscape: {landscape}") for code in ("en", "zh-Hant")},
    }  # fmt: skip
    root = project(files)
    report = report_view(edition_of(root), "en")
    view = next(piece for piece in report.pages[0].body if isinstance(piece, TableView))
    assert view.bands == bands
    book = BeautifulSoup(Templates(root).book(report), "html.parser")
    tables = book.select(".metric-table table")
    assert [len(table.select("tbody tr:first-child td")) for table in tables] == [len(band) for band in bands]
    assert bool(book.select(".landscape")) is (landscape == "true")
    assert len(book.select(".metric-table [data-figure]")) == 13
    web = BeautifulSoup(Templates(root).page(report.pages[0], report), "html.parser")
    assert [len(table.select("tbody tr:first-child td")) for table in web.select(".metric-table table")] == [
        14
    ]
