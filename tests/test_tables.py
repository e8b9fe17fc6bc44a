"""Tables of figures: members side by side, another period, the chosen denominator, notes where they are due."""

from __future__ import annotations

from itertools import count

import pytest
from bs4 import BeautifulSoup
from conftest import write_project
from esgreport.compute import Figures
from esgreport.narrative import read_page
from esgreport.printed import printed_figures, reference_findings
from esgreport.render import Templates
from esgreport.table_writer import MOST_COLUMNS
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
    return resolve_table(edition.report, found.items[1])


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
        # revenue is not divided by entity, so only the whole has an intensity
        ("intensity", "revenue", ["", "", "", "power~per.revenue@2025", "power~per.revenue~change.2024@2025", ""]),
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
    rows = resolve_table(report, found.items[1])[0].rows
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


def test_the_whole_of_rates_is_not_called_a_total(table):
    rate = METRICS.replace(
        "unit: percent, breakdown: {entity",
        "unit: percent, values: {2025: 3.5, 2024: 3}, breakdown: {entity",
    )
    view = table("metrics: rate\ncolumns: [entity, total]", "zh-Hant", **{"data/aspects/a2.yml": rate})
    assert view.columns[-1].text == "整體"


def test_notes_of_one_value_stand_at_its_cell_numbered_in_reading_order(table):
    view = table("metrics: staff\nmembers: region\ncolumns: [entity, total]")
    assert [[marks(cell.notes) for cell in row.cells] for row in view.rows] == [
        ["", "1", ""],
        ["2", "1,3", ""],
        ["", "", ""],
    ]
    assert [marks(row.notes) for row in view.rows] == ["", "", "4"]
    assert view.notes == (
        ("1", "Counted by hand."), ("2", "As at 15 January 2026."), ("3", "Without guests."), ("4", "All sites."),
    )  # fmt: skip
    assert view.rows[0].cells[1].figure.mark == "E"
    chinese = table("metrics: staff\nmembers: region\ncolumns: [entity, total]", "zh-Hant")
    assert chinese.notes[1] == ("2", "截至2026年1月15日。")


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
            "1",
            "2",
            "3",
        ),  # what is said of the row already is not said of its cell again; the period's last day neither
        ("", "1", ""),
    ]
    assert [text for _, text in view.notes] == [
        "Mains.", "From March a new meter.", "2024 restated; formerly 7 m³: A slip.",
    ]  # fmt: skip
    assert view.rows[0].cells[1].figure.mark == "R"


def test_what_is_said_of_a_metric_without_a_row_of_its_own_stands_at_the_caption(table):
    view = table("caption: Places\nmetrics: places\nmembers: topic\ncolumns: [2025]")
    assert (marks(view.caption_notes), view.notes) == ("1", (("1", "Seats."),))
    both = table("metrics: [places, places]\nmembers: [topic]\ncolumns: [2025]")
    assert [marks(row.notes) for row in both.rows if row.kind == "group"] == ["1", "1"]
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
    assert [link.get_text() for link in links] == ["1", "2", "1", "3", "4"]
    for link in links:
        note = html.find(id=str(link["href"]).removeprefix("#"))
        back = html.find(id=str(note.select_one("a.mark")["href"]).removeprefix("#"))
        assert note.name == "li" and back.get_text() == link.get_text()
    book = BeautifulSoup(Templates(root).book(report), "html.parser")
    assert [mark.get_text() for mark in book.select(".metric-table td sup")] == [
        "E 1",
        "E",
        "2",
        "1, 3",
        "E",
        "E",
    ]
    assert not book.select(".metric-table sup a")


def test_a_wide_table_stands_in_bands_on_paper(project):
    months = [f"m{n}" for n in range(1, 13)]
    members = "".join(f"    {m}: {{en: {m.upper()}, zh-Hant: {m}}}\n" for m in months)
    values = ", ".join(f"{m}: {n}" for n, m in enumerate(months))
    files = {
        "data/dimensions.yml": f"month:\n  name: {{en: Month, zh-Hant: 月}}\n  members:\n{members}",
        "data/aspects/a2.yml": aspect(f"power: {{name: {{en: Power, zh-Hant: 電}}, unit: kWh, breakdown: {{month: {{2025: {{{values}}}}}}}}}"),
        **{f"content/{code}/a2.md": page_of("metrics: power\ncolumns: [unit, month, total]") for code in ("en", "zh-Hant")},
    }  # fmt: skip
    root = project(files)
    report = report_view(edition_of(root), "en")
    view = next(piece for piece in report.pages[0].body if isinstance(piece, TableView))
    assert view.bands == ((0, 1, 2, 3, 4, 5, 6, 7), (0, 8, 9, 10, 11, 12, 13))
    assert all(len(band) <= MOST_COLUMNS for band in view.bands)
    book = BeautifulSoup(Templates(root).book(report), "html.parser")
    tables = book.select(".metric-table table")
    assert [len(table.select("tbody tr:first-child td")) for table in tables] == [8, 7]
    assert len(book.select(".metric-table [data-figure]")) == 13
    web = BeautifulSoup(Templates(root).page(report.pages[0], report), "html.parser")
    assert [len(table.select("tbody tr:first-child td")) for table in web.select(".metric-table table")] == [
        14
    ]
