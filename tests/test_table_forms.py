"""Forms of tables: rows in groups with totals, heads over heads, members within members, words beside figures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import TINY, write_project
from esgreport.narrative import read_page
from esgreport.pipeline import examine
from esgreport.printed import printed_figures
from esgreport.render import Templates
from esgreport.tables import resolve_table
from esgreport.views import ColumnView, Edition, TableView
from esgreport.writer import report_view
from reports import aspect, edition_of

REGIONS = [f"r{number}" for number in range(1, 27)]
ENTITIES = ["copper", "lead", "zinc", "tin", "nickel", "silver"]


def named(ids: list[str]) -> str:
    """Members with names in both languages."""
    return "{" + ", ".join(f"{id}: {{en: {id.capitalize()}, zh-Hant: {id}號}}" for id in ids) + "}"


DIMENSIONS = f"""\
plant: {{name: {{en: Plant, zh-Hant: 廠房}}, members: {named(["east", "west"])}}}
metal: {{name: {{en: Metal, zh-Hant: 金屬}}, members: {named(["gold", "iron"])}}}
material: {{name: {{en: Material, zh-Hant: 物料}}, members: {named(["strap", "cloth"])}}}
scope: {{name: {{en: Scope, zh-Hant: 範圍}}, members: {named(["own", "bought"])}}}
product: {{name: {{en: Product, zh-Hant: 產品}}, members: {named(["rod", "ingot"])}}}
kind: {{name: {{en: Kind, zh-Hant: 類型}}, members: {named(["invention", "utility", "design"])}}}
status: {{name: {{en: Status, zh-Hant: 狀態}}, members: {named(["applied", "granted", "held"])}}}
region: {{name: {{en: Region, zh-Hant: 地區}}, members: {named(REGIONS)}}}
entity: {{name: {{en: Entity, zh-Hant: 實體}}, members: {named(ENTITIES)}}}
gender: {{name: {{en: Gender, zh-Hant: 性別}}, members: {named(["male", "female"])}}}
"""
CSV = "\n".join([
    "metric,period,metal,material,product,scope,kind,status,region,entity,value",
    "packing,2025,gold,strap,,,,,,,4", "packing,2025,gold,cloth,,,,,,,6", "packing,2025,iron,strap,,,,,,,5",
    "packing,2025,iron,cloth,,,,,,,not_applicable", "packing,2024,iron,cloth,,,,,,,not_applicable",
    "packing,2024,gold,strap,,,,,,,3", "packing,2024,gold,cloth,,,,,,,5", "packing,2024,iron,strap,,,,,,,4",
    "footprint,2025,,,rod,own,,,,,2.10", "footprint,2025,,,rod,bought,,,,,5.41",
    "footprint,2025,,,ingot,own,,,,,3.07", "footprint,2025,,,ingot,bought,,,,,8.20",
    *(f"patents,2025,,,,,{kind},{status},,,{n}" for n, (kind, status) in enumerate(
        (kind, status) for kind in ("invention", "utility", "design") for status in ("applied", "granted", "held"))),
    *(f"suppliers,2025,,,,,,,{region},{entity},{(r * 7 + e * 3) % 90}"
      for r, region in enumerate(REGIONS) for e, entity in enumerate(ENTITIES)),
    "",
])  # fmt: skip
METRICS = aspect("""
    output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 12 613, 2024: 11 980}}
    diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: GJ, answers: [A2.1:energy-direct], per: [output], values: {2025: 410, 2024: 500}}
    petrol: {name: {en: Petrol, zh-Hant: 汽油}, unit: GJ, per: [output], values: {2025: 90, 2024: 100}}
    fuels: {name: {en: Fuels in all, zh-Hant: 燃料合計}, unit: GJ, formula: diesel + petrol}
    power:
      name: {en: Power, zh-Hant: 電力}
      unit: GJ
      per: [output]
      remark: {en: From the grid., zh-Hant: 來自電網。}
      breakdown: {plant: {2025: {east: 100, west: 300}, 2024: {east: 50, west: 150}}}
    energy: {name: {en: Energy in all, zh-Hant: 能源合計}, unit: GJ, formula: fuels + power}
    waste:
      name: {en: Waste, zh-Hant: 廢棄物}
      unit: t
      breakdown:
        metal:
          2025:
            gold: {value: 3.6, remark: {en: "Sold to a licensed refiner, which wins the metal back", zh-Hant: 售予持牌精煉商回收金屬}}
            iron: {value: 1.2, remark: {en: Landfill, zh-Hant: 送往堆填區}}
          2024: {gold: 3.0, iron: 1.5}
    staff:
      name: {en: Staff, zh-Hant: 僱員}
      unit: employee
      breakdown: {gender: {2025: {male: 60, female: 20}, 2024: {male: 63, female: 17}}, plant: {2025: {east: 30, west: 50}, 2024: {east: 32, west: 48}}}
    hours:
      name: {en: Training hours, zh-Hant: 受訓時數}
      unit: hour
      breakdown: {gender: {2025: {male: 600, female: 300}, 2024: {male: 504, female: 170}}}
    average:
      name: {en: Average hours, zh-Hant: 平均時數}
      unit: hour/employee
      decimals: 1
      formula: hours / staff
      breakdown: [gender]
    packing: {name: {en: Packing, zh-Hant: 包裝}, unit: kg}
    footprint: {name: {en: Footprint, zh-Hant: 碳足跡}, unit: tCO2e}
    patents: {name: {en: Patents, zh-Hant: 專利}, unit: count}
    suppliers: {name: {en: Suppliers, zh-Hant: 供應商}, unit: count}
""")
WITH_FRAMEWORK = TINY["data/report.yml"].replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")
FILES = {"data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": METRICS, "data/aspects/a2.csv": CSV}
GROUPS = """\
caption: Energy
metrics:
  - heading: Direct energy
    metrics: [diesel, petrol]
    total: fuels
  - heading: Indirect energy
    metrics: [power]
  - total: energy
columns: [unit, 2025, 2024]"""


def page_of(*blocks: str) -> str:
    return "# Page\n\n## Section { #section }\n\n" + "\n".join(
        f"```table\n{block}\n```\n" for block in blocks
    )


@pytest.fixture
def edition(project: Callable[..., Path]) -> Edition:
    return edition_of(project(FILES))


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., TableView]:
    """`table(block, language)`: the view of the one table of a report."""
    folders = (tmp_path / str(number) for number in count())

    def view(block: str, language: str = "en", other: str = "", **files: str) -> TableView:
        pages = files | {"content/en/a2.md": page_of(block), "content/zh-Hant/a2.md": page_of(other or block)}
        report = report_view(edition_of(write_project(next(folders), FILES | pages)), language)
        return next(piece for piece in report.pages[0].body if isinstance(piece, TableView))

    return view


def grid(edition: Edition, block: str) -> list[tuple[str, str, int, list[str]]]:
    """The rows of a table that must be in order: kind, which, depth, and the figures' ids."""
    found, findings = read_page(page_of(block), "content/en/a2.md", "a2", "en")
    assert found is not None and not [str(f) for f in findings]
    resolved, findings = resolve_table(edition.figures, found.items[1])
    assert not [f.message for f in findings]
    return [
        (row.kind, row.heading or row.member or row.by or row.metric, row.depth, [str(id or "") for id in row.figures])
        for row in resolved.rows
    ]  # fmt: skip


def numbers(view: TableView) -> list[list[str]]:
    """What stands in the cells, row by row."""
    return [
        [(f.whole + f.fraction if (f := cell.figure) else cell.text) for cell in row.cells]
        for row in view.rows
    ]


def heads(view: TableView) -> list[str]:
    return [f"{c.over.text}: {c.text}" if c.over else c.text for c in view.columns]


def html(root: Path, block: str, language: str = "en") -> tuple[BeautifulSoup, BeautifulSoup]:
    """The website's page and the book of a report with this one table."""
    pages = {f"content/{code}/a2.md": page_of(block) for code in ("en", "zh-Hant")}
    report = report_view(edition_of(write_project(root, FILES | pages)), language)
    templates = Templates(root)
    texts = (templates.page(report.pages[0], report), templates.book(report))
    page, book = (BeautifulSoup(text, "html.parser") for text in texts)
    return page, book


# ---- rows in groups


def test_groups_have_headings_and_totals(edition: Edition) -> None:
    def years(metric: str) -> list[str]:
        return ["", f"{metric}@2025", f"{metric}@2024"]

    assert grid(edition, GROUPS) == [
        ("group", "Direct energy", 0, []),
        ("metric", "diesel", 1, years("diesel")),
        ("metric", "petrol", 1, years("petrol")),
        ("sum", "fuels", 0, years("fuels")),
        ("group", "Indirect energy", 0, []),
        ("metric", "power", 1, years("power")),
        ("sum", "energy", 0, years("energy")),
    ]


def test_a_total_row_has_its_own_name_and_the_look_of_a_total(table: Callable[..., TableView]) -> None:
    view = table(GROUPS)
    assert [(row.kind, row.name) for row in view.rows if row.kind in ("group", "total")] == [
        ("group", "Direct energy"), ("total", "Fuels in all"), ("group", "Indirect energy"), ("total", "Energy in all"),
    ]  # fmt: skip
    chinese = GROUPS.replace("Direct energy", "直接能源").replace("Indirect energy", "間接能源")
    assert table(GROUPS, "zh-Hant", chinese).rows[0].name == "直接能源"


def test_headings_beside_their_rows_span_them(tmp_path: Path) -> None:
    block = GROUPS + "\nheadings: beside"
    for soup in html(tmp_path / "a", block):
        found = soup.select_one(".metric-table.beside table")
        spans = [(th.get_text(), th.get("rowspan")) for th in found.select('th[scope="rowgroup"]')]
        assert spans == [("Direct energy", "3"), ("Indirect energy", "1")] or spans == [
            ("Direct energy", "3"), ("Indirect energy", None),
        ]  # fmt: skip
        assert found.select_one("thead th")["colspan"] == "2"
        alone = [th.get_text() for th in found.select('tbody th[colspan="2"]')]
        assert alone == ["Energy in all"]
        width = {
            sum(int(str(cell.get("colspan", 1))) for cell in row.select("th, td"))
            + (0 if row.select_one('[scope="rowgroup"], [colspan]') else 1)
            for row in found.select("tbody tr")
        }
        assert width == {5}


def test_a_metric_may_have_its_members_below_it(edition: Edition) -> None:
    block = "metrics: [{staff: [gender, plant]}, {power: plant}, diesel]\ncolumns: [2025]\nintensities: true"
    assert grid(edition, block) == [
        ("metric", "staff", 0, ["staff@2025"]),
        ("division", "gender", 1, []),
        ("member", "male", 2, ["staff@2025[gender=male]"]),
        ("member", "female", 2, ["staff@2025[gender=female]"]),
        ("division", "plant", 1, []),
        ("member", "east", 2, ["staff@2025[plant=east]"]),
        ("member", "west", 2, ["staff@2025[plant=west]"]),
        ("metric", "power", 0, ["power@2025"]),
        ("intensity", "power", 1, ["power~per.output@2025"]),
        ("member", "east", 1, ["power@2025[plant=east]"]),
        ("member", "west", 1, ["power@2025[plant=west]"]),
        ("metric", "diesel", 0, ["diesel@2025"]),
        ("intensity", "diesel", 1, ["diesel~per.output@2025"]),
    ]


def test_members_within_members_and_their_totals(table: Callable[..., TableView], edition: Edition) -> None:
    """Several values that a report would squeeze into one cell: gold 10 (strap 4, cloth 6)."""
    block = "metrics: packing\nmembers: {metal: material}\ncolumns: [2025]"
    assert grid(edition, block)[:2] == [
        ("member", "gold", 1, ["packing@2025[metal=gold]"]),
        ("member", "strap", 2, ["packing@2025[material=strap,metal=gold]"]),
    ]
    view = table(block)
    assert view.corner == "Metal, Material"
    assert [(row.name, cells[0]) for row, cells in zip(view.rows, numbers(view), strict=True)] == [
        ("Gold", "10"), ("Strap", "4"), ("Cloth", "6"), ("Iron", "5"), ("Strap", "5"), ("Total", "15"),
    ]  # fmt: skip


# ---- heads over heads


def test_members_over_their_years(table: Callable[..., TableView]) -> None:
    view = table(
        "metrics: [power, staff]\ncolumns: [unit, {plant: [2025, 2024]}, {total: [2025, 2024, change]}]"
    )
    assert heads(view) == [
        "Unit", "East: 2025", "East: 2024", "West: 2025", "West: 2024", "Total: 2025", "Total: 2024", "Total: Change",
    ]  # fmt: skip
    assert numbers(view) == [
        ["GJ", "100", "50", "300", "150", "400", "200", "+100"],
        ["employees", "30", "32", "50", "48", "80", "80", "0"],
    ]
    assert [column.current for column in view.columns] == [
        False,
        True,
        False,
        True,
        False,
        True,
        False,
        False,
    ]
    assert (view.period, view.crossed) == ("", True)


def test_two_dimensions_over_each_other(table: Callable[..., TableView]) -> None:
    view = table("metrics: footprint\ncolumns: [{product: [scope, total]}]", "zh-Hant")
    assert heads(view) == [
        "rod號: own號", "rod號: bought號", "rod號: 合計", "ingot號: own號", "ingot號: bought號", "ingot號: 合計",
    ]  # fmt: skip
    assert numbers(view) == [["2.10", "5.41", "7.51", "3.07", "8.20", "11.27"]]


def test_metrics_over_years_with_members_as_rows(table: Callable[..., TableView]) -> None:
    view = table("members: gender\ncolumns: [{staff: [2025, 2024]}, {average: [2025, 2024]}]")
    assert heads(view) == ["Staff: 2025", "Staff: 2024", "Average hours: 2025", "Average hours: 2024"]
    assert [column.over.unit for column in view.columns if column.over] == [
        "employees", "employees", "hours/employee", "hours/employee",
    ]  # fmt: skip
    assert numbers(view) == [
        ["60", "63", "10.0", "8.0"], ["20", "17", "15.0", "10.0"], ["80", "80", "11.3", "8.4"],
    ]  # fmt: skip


def test_a_head_spans_its_columns_on_the_page(tmp_path: Path) -> None:
    for soup in html(tmp_path / "a", "metrics: [power, staff]\ncolumns: [unit, {plant: [2025, 2024]}]"):
        upper, lower = soup.select(".metric-table thead tr")
        assert [(th.get_text(), th.get("colspan"), th.get("rowspan"), th["scope"]) for th in upper.select("th")] == [
            ("Indicator", None, "2", "col"), ("Unit", None, "2", "col"),
            ("East", "2", None, "colgroup"), ("West", "2", None, "colgroup"),
        ]  # fmt: skip
        assert [th.get_text() for th in lower.select("th")] == ["2025", "2024", "2025", "2024"]
        cells = soup.select(".metric-table tbody tr:first-child td")
        assert cells[1]["data-column"] == "East, 2025"


def test_bands_keep_columns_under_one_head_together(table: Callable[..., TableView]) -> None:
    view = table("metrics: suppliers\ncolumns: [unit, {entity: [2025, change]}]")
    assert len(view.columns) == 13
    assert view.bands == ((0, 1, 2, 3, 4, 5, 6), (0, 7, 8, 9, 10, 11, 12))
    assert sum(spans for _, spans in view.upper_heads(view.bands[1])) == 6


def test_columns_under_one_head_longer_than_a_band_are_all_printed(table: Callable[..., TableView]) -> None:
    view = table("metrics: suppliers\ncolumns: [{2025: [region]}]")
    assert sorted(number for band in view.bands for number in band) == list(range(26))


# ---- intensities, shares, years


def test_the_head_says_what_intensities_are_worked_out_with(
    table: Callable[..., TableView], edition: Edition
) -> None:
    block = "metrics: [diesel, petrol]\ncolumns: [unit, 2025, per]"

    def base(column: ColumnView) -> str:
        parts = column.base.parts if column.base else ()
        return "".join(p if isinstance(p, str) else p.before + p.whole + p.fraction + p.after for p in parts)

    assert [base(column) for column in table(block).columns] == ["", "", "based on Output: 12,613 tonnes"]
    assert base(table(block, "zh-Hant").columns[-1]) == "按產量12,613噸計算"
    assert base(table(block + "\nperiod: 2024").columns[-1]) == "based on Output: 11,980 tonnes"
    found, _ = read_page(page_of(block), "content/en/a2.md", "a2", "en")
    assert found is not None
    printed = [str(id) for id, _ in printed_figures(edition.report, edition.figures, found)]
    assert printed == [
        "output@2025", "diesel@2025", "diesel~per.output@2025", "petrol@2025", "petrol~per.output@2025",
    ]  # fmt: skip


def test_a_head_does_not_repeat_a_denominator_that_is_a_row(table: Callable[..., TableView]) -> None:
    view = table("metrics: [output, diesel]\ncolumns: [unit, 2025, per]")
    assert [column.base for column in view.columns] == [None, None, None]
    rows = table("metrics: [diesel]\ncolumns: [2025]\nintensities: true")
    assert [column.base for column in rows.columns] == [None]


def test_shares_of_members(table: Callable[..., TableView]) -> None:
    view = table("metrics: [staff, average]\nmembers: gender\ncolumns: [2025, {share: [2025, 2024]}]")
    assert heads(view) == ["2025", "Share: 2025", "Share: 2024"]
    assert [cells for cells in numbers(view) if cells] == [
        ["60", "75.0", "78.8"], ["20", "25.0", "21.3"], ["80", "", ""],
        ["10.0", "", ""], ["15.0", "", ""], ["11.3", "", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("years", [["2025", "2024"], ["2024", "2025"]])
def test_years_stand_in_either_order(table: Callable[..., TableView], years: list[str]) -> None:
    view = table(f"metrics: diesel\ncolumns: [{', '.join(years)}, change]")
    assert [(column.text, column.current) for column in view.columns[:2]] == [(y, y == "2025") for y in years]
    values = {"2025": "410", "2024": "500"}
    assert numbers(view) == [[*(values[year] for year in years), "−18.0"]]


def test_groups_as_rows_or_as_columns(table: Callable[..., TableView]) -> None:
    """Training by gender, and the same transposed."""
    rows = table("members: gender\ncolumns: [staff, hours, average]")
    columns = table("metrics: [staff, hours, average]\ncolumns: [gender, total]")
    assert numbers(rows) == [list(line) for line in zip(*numbers(columns), strict=True)]


def test_counts_by_type_and_status(table: Callable[..., TableView]) -> None:
    view = table("metrics: patents\nmembers: kind\ncolumns: [status, total]")
    assert numbers(view)[0] == ["0", "1", "2", "3"] and numbers(view)[-1] == ["9", "12", "15", "36"]


def test_a_matrix_of_26_regions(tmp_path: Path) -> None:
    page, book = html(tmp_path / "a", "metrics: suppliers\nmembers: region\ncolumns: [entity, total]")
    for soup in (page, book):
        rows = soup.select(".metric-table.crossed:not(.short):not(.banded) tbody tr")
        assert len(rows) == 27 and {len(row.select("td")) for row in rows} == {7}
        assert (
            rows[-1].select("td")[-1].get_text()
            == f"{sum((r * 7 + e * 3) % 90 for r in range(26) for e in range(6)):,}"
        )


# ---- words beside figures


def test_a_column_of_remarks(table: Callable[..., TableView]) -> None:
    block = "metrics: waste\nmembers: metal\ncolumns: [2025, remark]\nheads: {remark: Treatment}"
    view = table(block)
    assert heads(view) == ["2025", "Treatment"]
    assert [cells[-1] for cells in numbers(view)] == [
        "Sold to a licensed refiner, which wins the metal back", "Landfill", "",
    ]  # fmt: skip
    chinese = table(block, "zh-Hant", block.replace("Treatment", "處理方式"))
    assert (chinese.columns[-1].text, chinese.rows[1].cells[-1].text) == ("處理方式", "送往堆填區")
    assert [row.cells[-1].text for row in table("metrics: [power, diesel]\ncolumns: [2025, remark]").rows] == [
        "From the grid.", "",
    ]  # fmt: skip
    assert table("metrics: power\ncolumns: [remark, 2025]").columns[0].text == "Remarks"


def test_a_remark_of_another_year_is_not_said_of_this_one(table: Callable[..., TableView]) -> None:
    view = table("metrics: waste\nmembers: metal\ncolumns: [2024, remark]\nperiod: 2024")
    assert [row.cells[-1].text for row in view.rows] == ["", "", ""]


def test_a_column_of_codes(table: Callable[..., TableView]) -> None:
    view = table(
        "metrics: [diesel, petrol]\ncolumns: [2025, codes]\nintensities: true",
        **{"data/report.yml": WITH_FRAMEWORK},
    )
    assert [(row.kind, row.cells[-1].text) for row in view.rows] == [
        ("metric", "A2.1"), ("intensity", ""), ("metric", ""), ("intensity", ""),
    ]  # fmt: skip


# ---- what is wrong


@pytest.mark.parametrize(
    ("block", "finding"),
    [
        ("metrics: [{power: gendre}]\ncolumns: [2025]", '6:19 unknown-name: "gendre" is not a dimension'),
        ("metrics: [{power: gender}]\ncolumns: [2025]", '6:19 wrong-argument: "power" is not broken down by gender'),
        ("metrics: [{pwoer: plant}]\ncolumns: [2025]", '6:12 unknown-name: "pwoer" is not a metric'),
        ("metrics: [{heading: A, metrics: [desel]}]\ncolumns: [2025]", '6:34 unknown-name: "desel" is not a metric'),
        ("metrics: [{heading: A, total: desel}]\ncolumns: [2025]", '6:31 unknown-name: "desel" is not a metric'),
        ("metrics: [{heading: A}]\ncolumns: [2025]", "6:11 missing-key: this group has no rows"),
        ("metrics: [{heading: A, total: fuels, metric: a}]\ncolumns: [2025]", '6:38 unknown-key: "metric" is not a key of a group of rows'),
        ('metrics: [{heading: "{{ a }}", total: fuels}]\ncolumns: [2025]', "6:21 markup-in-text: the heading is printed as it stands"),
        ("metrics: power\ncolumns: [{plnat: [2025]}]", '7:12 unknown-name: "plnat" is not a column'),
        ("metrics: power\ncolumns: [{plant: [2O25]}]", '7:20 unknown-name: "2O25" is not a column'),
        ("metrics: power\ncolumns: [{unit: [2025]}]", "7:12 wrong-argument: nothing can stand under unit"),
        ("metrics: power\ncolumns: [{plant: [unit]}]", "7:20 wrong-argument: unit is said of a whole row"),
        ("metrics: power\ncolumns: [{2025: [change]}]", "7:19 wrong-argument: a change is between periods"),
        ("metrics: power\ncolumns: [{2025: [2024]}]", "7:19 wrong-argument: two of one kind cannot stand under each other"),
        ("metrics: power\ncolumns:\n  - plant:\n  - 2025", "8:5 wrong-shape: nothing stands under plant"),
        ("metrics: staff\ncolumns: [{gender: [plant]}]", '7:12 wrong-argument: "staff" is broken down by gender and by plant, but not by both'),
        ("metrics: staff\nmembers: {gender: plant}\ncolumns: [2025]", '7:19 wrong-argument: "staff" is broken down by gender and by plant, but not by both'),
        ("metrics: packing\nmembers: {metal: matreial}\ncolumns: [2025]", '7:18 unknown-name: "matreial" is not a dimension'),
        ("metrics: power\ncolumns: [2025]\nheads: {remark: X}", '8:9 unknown-name: "remark" is not a column of this table'),
        ("metrics: power\ncolumns: [2025]\nheads: Treatment", "8:8 wrong-shape: heads should be keys with values"),
        ("metrics: power\ncolumns: [2025]\nheads: {2025: <b>}", "8:15 markup-in-text: the head of 2025"),
        ("metrics: power\ncolumns: [2025]\nheadings: left", '8:11 unknown-choice: "left" is not a place for headings'),
        ("members: plant\ncolumns: [power, {staff: [2025]}, codes]", '7:35 wrong-argument: "codes" cannot stand beside metrics'),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_told_where_it_stands(
    project: Callable[..., Path], block: str, finding: str
) -> None:
    result = examine(project(FILES | {"content/en/a2.md": page_of(block)}))
    found = [
        f"{f.place.line}:{f.place.column} {f.code}: {f.message}"
        for f in result.findings
        if f.blocking and f.place.path == "content/en/a2.md"
    ]
    assert len(found) == 1 and found[0].startswith(finding), found


def test_a_remark_that_lacks_a_language_is_told(project: Callable[..., Path]) -> None:
    metrics = METRICS.replace("remark: {en: Landfill, zh-Hant: 送往堆填區}", "remark: {en: Landfill}")
    found = [
        f
        for f in examine(project(FILES | {"data/aspects/a2.yml": metrics})).findings
        if f.code == "missing-wording"
    ]
    assert [f.message for f in found] == ["remark has no wording in zh-Hant"]
