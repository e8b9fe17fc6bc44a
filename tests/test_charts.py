"""Charts and tiles: what they are asked for, what their views say, and the laws that their drawings keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from conftest import TINY, esgreport
from esgreport.drawing import WIDTHS, Drawing, drawn, length, sparkline, spread, wrapped
from esgreport.pipeline import examine
from esgreport.printed import printed_figures
from esgreport.render import Templates
from esgreport.views import ChartView, TableView, TilesView
from esgreport.writer import report_view
from pdf_pages import Pdf
from reports import edition_of

Make = Callable[..., Path]

DIMENSIONS = """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members:
    male: {en: Male, zh-Hant: 男性}
    female: {en: Female, zh-Hant: 女性}
site:
  name: {en: Site, zh-Hant: 地點}
  members:
    east: {en: The eastern works on the quay, zh-Hant: 碼頭東廠}
    west: {en: West, zh-Hant: 西廠}
    south: {en: South, zh-Hant: 南廠}
topic:
  name: {en: Topic, zh-Hant: 題目}
  partition: false
  members:
    fire: {en: Fire, zh-Hant: 火警}
    noise: {en: Noise, zh-Hant: 噪音}
many:
  name: {en: Many, zh-Hant: 多}
  members: {a: {en: A, zh-Hant: 甲}, b: {en: B, zh-Hant: 乙}, c: {en: C, zh-Hant: 丙}, d: {en: D, zh-Hant: 丁}, e: {en: E, zh-Hant: 戊}, f: {en: F, zh-Hant: 己}}
"""
METRICS = """\
aspect: A2
metrics:
  electricity:
    name: {en: Purchased electricity, zh-Hant: 外購電力}
    unit: kWh
    values: {2025: 29 843 800, 2024: 28 104 220}
  gas:
    name: {en: Gas, zh-Hant: 燃氣}
    unit: MWh
    values: {2025: 12 000, 2024: 9 000}
  water:
    name: {en: Water, zh-Hant: 用水}
    unit: m3
    per: [output]
    breakdown:
      site:
        2025: {east: 300, west: 500, south: 200}
        2024: {east: 250, west: 650, south: 100}
  output:
    name: {en: Output, zh-Hant: 產量}
    unit: t
    values: {2025: 100, 2024: 80}
  odd:
    name: {en: Odd values, zh-Hant: 各種數值}
    unit: t
    breakdown:
      site:
        2025: {east: 0, west: nil, south: not_available}
        2024: {east: {limit: 5}, west: not_applicable, south: 4}
  change:
    name: {en: Change of stock, zh-Hant: 存貨變動}
    unit: t
    breakdown:
      site:
        2025: {east: -30, west: 50, south: 20}
        2024: {east: 10, west: 10, south: -60}
  hours:
    name: {en: Hours, zh-Hant: 時數}
    unit: hour
    breakdown:
      topic: {2025: {fire: 8, noise: 3}, 2024: {fire: 5, noise: 4}}
  parts:
    name: {en: Parts, zh-Hant: 部分}
    unit: t
    breakdown:
      many: {2025: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}, 2024: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}}
  rate:
    name: {en: Rate, zh-Hant: 比率}
    unit: percent
    values: {2025: 12.5, 2024: 11.0}
  scope_one:
    name: {en: One, zh-Hant: 一}
    unit: t
    values: {2025: 30, 2024: 20}
  scope_two:
    name: {en: Two, zh-Hant: 二}
    unit: t
    values: {2025: 10, 2024: 15}
  scopes:
    name: {en: Both, zh-Hant: 兩者}
    unit: t
    formula: scope_one + scope_two
targets:
  less_water:
    name: {en: Less water, zh-Hant: 少用水}
    metric: water
    per: output
    base: 2024
    to: 2030
    change: -40
"""
REPORT = TINY["data/report.yml"].replace("parts:", "  2030: {from: 2030-01-01, to: 2030-12-31}\nparts:")


def with_block(body: str, kind: str = "chart") -> dict[str, str]:
    """A company with more to draw, and a block at the end of its page, the same in both languages."""
    block = f"\n```{kind}\n{body}\n```\n"
    pages = {f"content/{x}/a2.md": TINY[f"content/{x}/a2.md"] + block for x in ("en", "zh-Hant")}
    files = {"data/report.yml": REPORT, "data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": METRICS}
    return files | pages


def pieces(root: Path, language: str, kind: type) -> list[Any]:
    view = report_view(edition_of(root), language)
    return [piece for page in view.pages for piece in page.body if isinstance(piece, kind)]


def chart(project: Make, body: str, language: str = "en") -> ChartView:
    (view,) = pieces(project(with_block(body)), language, ChartView)
    assert isinstance(view, ChartView)
    return view


def words(view: ChartView) -> dict[str, list[str]]:
    return {series.name: [mark.words for mark in series.marks] for series in view.series}


def amounts(view: ChartView) -> list[list[Any]]:
    return [[mark.amount for mark in series.marks] for series in view.series]


def findings(root: Path) -> list[str]:
    """What is found, each with what stands at its place; what is printed nowhere is no matter here."""
    found = []
    for each in examine(root).findings:
        if each.code != "figures-unprinted" and not each.code.startswith("requirement"):
            line = (root / each.place.path).read_text(encoding="utf-8").split("\n")[each.place.line - 1]
            marked = line[each.place.column - 1 : each.place.end_column - 1]
            found.append(f"{each.code} at {marked}: {each.message}")
    return found


BARS = "kind: bars\nmetrics: [water]\nmembers: site"


# ---- what a chart asks for


def test_bars_show_the_periods_of_the_report_the_earliest_first(project: Make) -> None:
    view = chart(project, BARS)
    assert (view.label, view.unit, view.period) == ("Figure 1", "m³", "")
    assert [(m.label, m.colour) for m in view.moments] == [("2024", "before"), ("2025", "now")]
    assert words(view) == {
        "The eastern works on the quay": ["250", "300"], "West": ["650", "500"], "South": ["100", "200"],
    }  # fmt: skip
    assert amounts(view) == [[250, 300], [650, 500], [100, 200]]


def test_a_chart_is_said_in_the_language_of_its_page(project: Make) -> None:
    view = chart(
        project, BARS + '\ncaption: 西廠用水{{ water(site="west", change="2024", words="rose") }}', "zh-Hant"
    )
    assert view.label == "圖1"
    assert view.title == "西廠用水下降23.1%"
    assert view.description == (
        "棒形圖：碼頭東廠：2024年250立方米及2025年300立方米；西廠：2024年650立方米及2025年500立方米；"
        "南廠：2024年100立方米及2025年200立方米"
    )  # fmt: skip


def test_the_figures_of_a_chart_stand_in_a_table_too(project: Make) -> None:
    view = chart(project, BARS)
    assert isinstance(view.table, TableView)
    assert [column.text for column in view.table.columns] == ["2025", "2024"]
    rows = [[row.name, *(c.figure.whole for c in row.cells if c.figure)] for row in view.table.rows]
    assert rows == [
        ["The eastern works on the quay", "300", "250"],
        ["West", "500", "650"],
        ["South", "200", "100"],
    ]


def test_a_chart_may_stand_without_its_table(project: Make) -> None:
    assert chart(project, BARS + "\ntable: false").table is None


def test_each_figure_of_a_chart_counts_as_printed(project: Make) -> None:
    edition = edition_of(project(with_block("kind: line\ntarget: less_water")))
    page = edition.report.pages["a2", "en"]
    printed = [str(id) for id, section in printed_figures(edition.report, edition.figures, page) if section]
    drawing = ["water~per.output@2024", "water~per.output@2025", "less_water~level@2030"]
    table = ["water~per.output@2025", "water~per.output@2024", "less_water~level@2030"]
    assert printed[2:] == drawing + table


def test_intensities_members_and_another_unit(project: Make) -> None:
    view = chart(project, BARS + "\nper: output\nunit: m3/t")
    assert view.unit == "m³/tonne"
    assert amounts(view)[1] == [pytest.approx(650 / 80), 5]


def test_figures_of_one_quantity_in_one_unit(project: Make) -> None:
    view = chart(project, "kind: bars\nmetrics: [electricity, gas]\nunit: MWh")
    assert (view.unit, amounts(view)[0][1]) == ("MWh", pytest.approx(29843.8))
    assert [mark.figure and mark.figure.unit for mark in view.series[0].marks] == ["MWh", "MWh"]
    assert [mark.figure and mark.figure.unit for mark in view.series[1].marks] == ["", ""]


def test_the_largest_stands_first_in_a_ranking(project: Make) -> None:
    view = chart(project, "kind: ranked\nmetrics: [water]\nmembers: site")
    assert list(words(view)) == ["West", "The eastern works on the quay", "South"]
    assert (view.period, view.unit) == ("2025", "m³")


def test_a_stack_of_metrics_finds_the_metric_that_is_their_sum(project: Make) -> None:
    view = chart(project, "kind: stacked\nmetrics: [scope_one, scope_two]")
    assert [total.words for total in view.totals if total] == ["35.0", "40.0"]
    assert [mark.words for mark in view.series[1].marks] == ["15", "10"]


def test_a_donut_says_shares_and_the_whole(project: Make) -> None:
    view = chart(project, "kind: donut\nmetrics: [water]\nmembers: site\nperiods: [2024, 2025]")
    assert [[share.words for share in series.shares] for series in view.series] == [
        ["25.0%", "30.0%"], ["65.0%", "50.0%"], ["10.0%", "20.0%"],
    ]  # fmt: skip
    assert [total.words for total in view.totals if total] == ["1,000", "1,000"]


def test_the_way_to_a_target_begins_at_its_base(project: Make) -> None:
    view = chart(project, "kind: line\ntarget: less_water")
    assert view.way is not None
    assert [amount for _, amount in view.way.points] == [12.5, 7.5]
    assert (view.way.goal.words, view.way.label) == ("7.5", "2030 target")
    assert view.table is not None
    assert [column.text for column in view.table.columns] == ["2030", "2025", "2024"]
    assert [row.name for row in view.table.rows] == ["Water (m³/tonne)", "Less water"]


# ---- laws of the drawings


ALL = {
    "bars": BARS,
    "bars alone": "kind: bars\nmetrics: [electricity]",
    "below nought": "kind: bars\nmetrics: [change]\nmembers: site",
    "odd": "kind: bars\nmetrics: [odd]\nmembers: site",
    "stacked": "kind: stacked\nmetrics: [water]\nmembers: site",
    "stacked odd": "kind: stacked\nmetrics: [odd]\nmembers: site",
    "donut": "kind: donut\nmetrics: [water]\nmembers: site\nperiods: [2024, 2025]",
    "donut odd": "kind: donut\nmetrics: [odd]\nmembers: site",
    "ranked": "kind: ranked\nmetrics: [water]\nmembers: site",
    "ranked many": "kind: ranked\nmetrics: [parts]\nmembers: many",
    "line": "kind: line\nmetrics: [water]\nmembers: site",
    "line odd": "kind: line\nmetrics: [odd]\nmembers: site",
    "target": "kind: line\ntarget: less_water",
}
whatever = pytest.mark.parametrize("body", ALL.values(), ids=list(ALL))
widths = pytest.mark.parametrize("where", list(WIDTHS))


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], ChartView]:
    """All charts of this module on one page, made once."""
    root = tmp_path_factory.mktemp("charts")
    blocks = "".join(f"\n```chart\n{body}\n```\n" for body in ALL.values())
    files = with_block("kind: bars\nmetrics: [water]")
    for name, text in ({**TINY, **files}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        page = TINY[name] + blocks if name.startswith("content/") else text
        path.write_text(page, encoding="utf-8")
    edition = edition_of(root)
    found = {}
    for language in ("en", "zh-Hant"):
        charts = [p for p in report_view(edition, language).pages[0].body if isinstance(p, ChartView)]
        found.update({(body, language): view for body, view in zip(ALL.values(), charts, strict=True)})
    return lambda body, language="en": found[body, language]


@widths
def test_bars_are_as_long_as_their_amounts(views: Any, where: str) -> None:
    for name in ("bars", "below nought", "ranked"):
        view = views(ALL[name])
        drawing = drawn(view, where)
        sizes = [abs(mark.amount) for series in view.series for mark in series.marks]
        lying = len({bar.height for bar in drawing.bars}) == 1
        lengths = [bar.width if lying else bar.height for bar in drawing.bars]
        assert len(lengths) == len(sizes)
        for long, size in zip(lengths, sizes, strict=True):
            assert long == pytest.approx(float(size) * max(lengths) / float(max(sizes)), abs=0.15)
        assert max(lengths) > 60


def test_what_is_below_nought_goes_the_other_way(views: Any) -> None:
    drawing = drawn(views(ALL["below nought"]), "wide")
    east, _, _, _, _, south_before = (
        drawing.bars[n] for n in (1, 0, 2, 3, 5, 4)
    )  # east 2024, east 2025, west …, south 2024, south 2025
    assert east.y == south_before.y > drawing.bars[0].y
    assert south_before.height == pytest.approx(2 * east.height, abs=0.15)


@widths
def test_stacks_add_up_and_stand_on_each_other(views: Any, where: str) -> None:
    view = views(ALL["stacked"])
    bars = [bar for bar in drawn(view, where).bars if bar.width > 20]
    first, second = bars[:3], bars[3:]
    assert len(first) == len(second) == 3
    for column in (first, second):
        for below, above in pairwise(column):
            assert above.y + above.height == pytest.approx(below.y, abs=0.11)
    assert sum(bar.height for bar in first) == pytest.approx(sum(bar.height for bar in second), abs=0.3)
    assert first[1].height == pytest.approx(2.6 * first[0].height, abs=0.3)
    assert len({bar.colour for bar in first}) == 3


@widths
def test_the_angles_of_a_donut_are_a_whole_turn(views: Any, where: str) -> None:
    arcs = [line for line in drawn(views(ALL["donut"]), where).lines if line.angle]
    assert [round(arc.angle) for arc in arcs] == [90, 234, 36, 108, 180, 72]
    assert sum(arc.angle for arc in arcs[:3]) == pytest.approx(360)


@widths
def test_ranked_bars_grow_shorter(views: Any, where: str) -> None:
    drawing = drawn(views(ALL["ranked many"]), where)
    long = [bar.width for bar in drawing.bars]
    assert long == sorted(long, reverse=True)
    assert [bar.y for bar in drawing.bars] == sorted(bar.y for bar in drawing.bars)


def test_points_stand_where_their_day_and_amount_are(views: Any) -> None:
    drawing = drawn(views(ALL["target"]), "wide")
    way, own = (line.path for line in drawing.lines[:2])
    (x0, y0), (x1, y1) = (tuple(map(float, point.split())) for point in way.removeprefix("M").split("L"))
    (a0, b0), (a1, b1) = (tuple(map(float, point.split())) for point in own.removeprefix("M").split("L"))
    assert (x0, y0) == (a0, b0)
    assert (a1 - a0) / (x1 - x0) == pytest.approx(1 / 6, rel=0.01)
    assert (b1 - b0) / (y1 - y0) == pytest.approx(2.5 / 5, rel=0.01)
    assert [line.dotted for line in drawing.lines[:2]] == [True, False]


@widths
@whatever
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_texts_stay_inside_and_apart(views: Any, body: str, where: str, language: str) -> None:
    drawing = drawn(views(body, language), where)
    boxes = []
    for label in drawing.labels:
        long = length(label.text, label.size)
        x = label.x - {"start": 0, "middle": long / 2, "end": long}[label.anchor]
        x -= length(label.figure.before, label.size) if label.figure else 0
        assert x >= -1.5 and x + long <= drawing.width + 1.5, label
        assert label.y - 0.75 * label.size >= 0 and label.y <= drawing.height, label
        boxes.append((x, x + long, label.y - 0.7 * label.size, label.y, label.text))
    for number, (a, b, c, d, text) in enumerate(boxes):
        for e, f, g, h, other in boxes[number + 1 :]:
            apart = b <= e + 0.5 or f <= a + 0.5 or d <= g + 0.5 or h <= c + 0.5
            assert apart, (text, other)


@widths
@whatever
def test_each_figure_has_one_label(views: Any, body: str, where: str) -> None:
    view = views(body)
    marks = [mark for series in view.series for mark in (*series.marks, *series.shares)]
    marks += [*filter(None, view.totals), *([view.way.goal] if view.way else [])]
    wanted = [mark.figure.anchor for mark in marks if mark.figure]
    assert [label.figure.anchor for label in drawn(view, where).labels if label.figure] == wanted


@widths
def test_what_is_no_number_is_a_sign_and_no_bar(views: Any, where: str) -> None:
    view = views(ALL["odd"])
    assert words(view) == {
        "The eastern works on the quay": ["below 5", "0"], "West": ["–", "Nil"], "South": ["4", "…"],
    }  # fmt: skip
    drawing = drawn(view, where)
    assert len(drawing.bars) == 1
    for text in ("below 5", "0", "–", "Nil", "4", "…"):
        assert text in [label.text for label in drawing.labels]


@widths
def test_a_whole_that_is_not_known_is_not_drawn(views: Any, where: str) -> None:
    assert not [bar for bar in drawn(views(ALL["stacked odd"]), where).bars if bar.width > 20]
    ring = [line for line in drawn(views(ALL["donut odd"]), where).lines if line.angle]
    assert [(line.angle, line.colour) for line in ring] == [(360, "rule")]


def test_a_line_is_broken_where_there_is_no_number(views: Any) -> None:
    assert not [line for line in drawn(views(ALL["line odd"]), "wide").lines if "L" in line.path]


def test_small_bars(project: Make) -> None:
    from fractions import Fraction

    bars = sparkline((Fraction(10), None, Fraction(40)))
    assert [(bar.height, bar.colour) for bar in bars] == [(10, "earlier"), (40, "now")]
    assert [(bar.y, bar.height) for bar in sparkline((Fraction(-1), Fraction(1)))] == [(20, 20), (0, 20)]
    assert sparkline((Fraction(1),)) == sparkline(()) == []


def test_labels_are_spread_without_changing_their_order() -> None:
    assert spread([50, 10], 10, 0, 100) == [50, 10]
    assert spread([50, 50, 52], 10, 0, 100) == [50, 60, 70]
    assert spread([98, 99, 100], 10, 0, 100) == [80, 90, 100]


def test_long_names_are_wrapped() -> None:
    assert wrapped("Purchased goods and services", 100, 10) == ("Purchased goods", "and services")
    assert wrapped("外購電力，以地域為基準", 50, 10) == ("外購電力，", "以地域為基", "準")
    assert all(length(line, 10) <= 100 for line in wrapped("Category 1：購買的商品和服務", 100, 10))


# ---- mistakes


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("metrics: [water]", 'missing-key at m: a chart needs "kind"'),
        ("kind: pie\nmetrics: [water]", 'unknown-choice at pie: "pie" is not a kind of chart'),
        ("kind: bars", 'missing-key at ```chart: a chart needs "metrics"'),
        ("kind: bars\nmetrics: [watre]", 'unknown-name at watre: "watre" is not a metric'),
        (BARS + "x", 'unknown-name at sitex: "sitex" is not a dimension'),
        (BARS + "\nperiods: [2031]", 'unknown-name at 2031: "2031" is not a period'),
        (BARS + "\nunit: kWx", 'unknown-name at kWx: "kWx" is not a unit'),
        (BARS + "\nunit: kWh", "wrong-argument at kWh: these figures cannot be shown in kWh"),
        (BARS + "\nper: gas", 'wrong-argument at gas: "water" is not divided by "gas"'),
        ("kind: bars\nmetrics: [water]\nmembers: gender", 'wrong-argument at gender: "water" is not broken down by gender'),
        ("kind: bars\nmetrics: [water, odd]\nmembers: site", "wrong-argument at odd: a chart of members is about one metric"),
        ("kind: bars\nmetrics: [electricity, water]", "wrong-argument at water: one chart cannot show both kWh and m3"),
        ("kind: ranked\nmetrics: [water]", 'wrong-argument at ```chart: a chart of kind ranked needs "members"'),
        ("kind: ranked\nmetrics: [water]\nmembers: site\nperiods: [2024, 2025]", "wrong-argument at 2025: a chart of this kind shows one period at most"),
        ("kind: donut\nmetrics: [parts]\nmembers: many", "wrong-argument at many: a chart of this kind tells at most 5 apart; these are 6"),
        ("kind: donut\nmetrics: [hours]\nmembers: topic", "wrong-argument at topic: the members of topic are no parts of a whole"),
        ("kind: stacked\nmetrics: [rate]", "wrong-argument at rate: figures in percent do not add up, so they are no parts of a whole"),
        ("kind: stacked\nmetrics: [change]\nmembers: site\nperiods: [2025]", "wrong-argument at site: change@2025[site=east] is below nought, so it is no part of a whole"),
        ("kind: line\nmetrics: [water]\nperiods: [2025]", "wrong-argument at 2025: a line needs two periods"),
        ("kind: bars\ntarget: less_water", "wrong-argument at less_water: the way to a target is drawn as a line"),
        ("kind: line\ntarget: less_watr", 'unknown-name at less_watr: "less_watr" is not a target'),
        ("kind: line\ntarget: less_water\nmembers: site", "wrong-argument at site: the target says itself what it is measured by"),
        (BARS + "\nid: Water!", 'bad-id at Water!: "Water!" cannot be the id of a block'),
        (BARS + "\ncaption: '{{ watre }}'", 'unknown-name at {{ watre }}: "watre" is neither a metric, a target nor an entry of a register'),
    ],
    ids=lambda text: text.replace("\n", "; ") if " at " not in text else "",
)  # fmt: skip
def test_what_cannot_be_drawn_is_told_at_its_place(project: Make, body: str, finding: str) -> None:
    told = findings(project(with_block(body)))
    assert told == [finding] * 2  # once in each language


def test_a_value_that_lacks_is_told_and_printed_as_to_come(project: Make) -> None:
    files = with_block("kind: bars\nmetrics: [water]\nmembers: site")
    files["data/aspects/a2.yml"] = METRICS.replace(
        "{east: 300, west: 500, south: 200}", "{east: 300, south: 200}"
    )
    root = project(files)
    message = "missing-value at water: water@2025[site=west] has no value"
    assert any(line.startswith(message) for line in findings(root))
    (view,) = pieces(root, "en", ChartView)
    assert words(view)["West"] == ["650", "[to come]"]


def test_languages_draw_the_same(project: Make) -> None:
    files = with_block(BARS)
    files["content/zh-Hant/a2.md"] = files["content/zh-Hant/a2.md"].replace("kind: bars", "kind: line")
    (told,) = (line for line in findings(project(files)) if line.startswith("languages-differ"))
    assert "here stands a chart of kind bars of water, site" in told


# ---- tiles


TILES = "tiles: [electricity, 'water(site=\"west\")', rate, less_water]"


def test_tiles_say_the_figure_and_its_change(project: Make) -> None:
    root = project(with_block(TILES, "tiles"))
    assert [line for line in findings(root) if not line.startswith("denominator-unprinted")] == []
    ((electricity, west, rate, target),) = (view.tiles for view in pieces(root, "en", TilesView))
    assert (electricity.name, electricity.figure.whole, electricity.unit) == (
        "Purchased electricity", "29,843,800", "kWh",
    )  # fmt: skip
    assert (electricity.since, electricity.sign, electricity.change.whole) == ("on 2024", "▲", "6")
    assert electricity.change.magnitude and electricity.change.figure == "electricity~change.2024@2025"
    assert (west.name, west.sign, west.trend) == ("Water, West", "▼", (650, 500))
    assert (rate.figure.after, rate.unit, rate.change.figure) == ("%", "", "rate~difference.2024@2025")
    assert rate.change.after.strip() == "percentage points"
    assert (target.by, target.base[1].figure, target.trend) == ("by 2030", "water~per.output@2024", ())


def test_tiles_in_chinese_with_one_large_and_without_changes(project: Make) -> None:
    root = project(with_block(TILES + '\nlarge: water(site="west")\nchange: false', "tiles"))
    (view,) = pieces(root, "zh-Hant", TilesView)
    assert [tile.large for tile in view.tiles] == [False, True, False, False]
    assert {tile.since for tile in view.tiles} == {""}
    assert (view.tiles[3].by, view.tiles[3].base[0]) == ("至2030", "2024年為")


@pytest.mark.parametrize("language, unit", [("en", "million kWh"), ("zh-Hant", "百萬千瓦時")])
def test_a_tile_in_millions_says_so_once(project: Make, language: str, unit: str) -> None:
    root = project(with_block("tiles: ['electricity(scale=\"million\")']", "tiles"))
    ((tile,),) = (view.tiles for view in pieces(root, language, TilesView))
    assert (tile.figure.after.strip(), tile.unit) == ("", unit)


def test_a_tile_of_no_change_says_so_in_words(project: Make) -> None:
    files = with_block("tiles: [output]", "tiles")
    files["data/aspects/a2.yml"] = METRICS.replace("{2025: 100, 2024: 80}", "{2025: 100, 2024: 100}")
    root = project(files)
    ((tile,),) = (view.tiles for view in pieces(root, "en", TilesView))
    assert (tile.since, tile.sign, tile.change) == ("unchanged from 2024", "", None)
    edition = edition_of(root)
    printed = [
        str(id)
        for id, _ in printed_figures(edition.report, edition.figures, edition.report.pages["a2", "en"])
    ]
    assert "output@2025" in printed and "output~change.2024@2025" not in printed


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("tiles: [watre]", 'unknown-name at watre: "watre" is neither a metric, a target nor an entry of a register'),
        ("tiles: ['water(site=\"north\")']", 'wrong-argument at \'water(site="north")\': site="north" is not known'),
        ("tiles: [water + gas]", "bad-call at water + gas: {{water + gas}} is not a value call"),
        ("tiles: ['water(show=\"name\")']", 'wrong-argument at \'water(show="name")\': "water" here says words, and a tile shows a figure'),
        ("tiles: [water]\nlarge: gas", 'wrong-argument at gas: "gas" is none of these tiles'),
        ("large: water", 'missing-key at l: tiles needs "tiles"'),
    ],
)  # fmt: skip
def test_what_cannot_be_a_tile_is_told(project: Make, body: str, finding: str) -> None:
    assert findings(project(with_block(body, "tiles"))) == [finding] * 2


# ---- trends in tables


def test_a_trend_is_drawn_of_the_periods_of_the_table(project: Make) -> None:
    root = project(with_block("metrics: [water]\nmembers: site\ncolumns: [2025, 2024, trend]", "table"))
    *_, table = pieces(root, "en", TableView)
    assert [column.text for column in table.columns] == ["2025", "2024", "Trend"]
    assert [row.cells[2].trend for row in table.rows] == [(250, 300), (650, 500), (100, 200), (1000, 1000)]


def test_a_trend_needs_periods(project: Make) -> None:
    root = project(with_block("metrics: [water]\ncolumns: [2025, trend]", "table"))
    assert findings(root) == ["wrong-argument at trend: a trend is drawn of the periods of its table"] * 2


# ---- pages


@whatever
def test_the_drawing_on_a_page_is_sound(views: Any, body: str, tmp_path: Path) -> None:
    """The wide one holds the figures; both say what they show; no text is a picture."""
    environment = Templates(tmp_path)._environment
    view = views(body)
    macro = environment.get_template("components/chart.html").module.chart  # type: ignore[attr-defined]
    from esgreport.languages import words as words_in

    html = str(macro(view, words_in("en"), "web"))
    page = BeautifulSoup(html, "html.parser")
    wide, phone = page.select(".drawing svg")
    for svg in (wide, phone):
        ElementTree.fromstring(str(svg))
        assert svg["role"] == "img"
        said = [page.find(id=name).get_text() for name in str(svg["aria-labelledby"]).split()]
        assert said == [view.title, view.description]
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    drawing = drawn(view, "wide")
    held = [(e["data-figure"], e.get_text()) for e in wide.select("[data-figure]")]
    wanted = [(x.figure.figure, x.figure.whole + x.figure.fraction) for x in drawing.labels if x.figure]
    assert held == wanted
    assert not phone.select("[data-figure]")
    sizes = {
        where: min(float(t["font-size"]) for t in svg.select("text"))
        for where, svg in (("wide", wide), ("phone", phone))
    }
    assert sizes["phone"] >= 10 and drawn(view, "print").size * 0.75 >= 6.5, sizes


def colours(drawing: Drawing) -> set[str]:
    return {shape.colour for shape in (*drawing.bars, *drawing.lines, *drawing.labels)}


@whatever
def test_colours_are_tokens(views: Any, body: str) -> None:
    tokens = (Path(__file__).parent.parent / "templates/styles/tokens.css").read_text(encoding="utf-8")
    for colour in colours(drawn(views(body), "wide")):
        assert re.search(rf"--{colour}:", tokens), colour


@pytest.mark.long
def test_numbers_of_a_chart_are_named_places_in_the_pdf(project: Make) -> None:
    blocks = [BARS, ALL["donut"], ALL["target"], ALL["odd"], ALL["stacked"]]
    files = with_block("\n```\n\n```chart\n".join(blocks))
    root = project(files)
    done = esgreport("build", "--project", root)
    assert done.returncode == 0, done.stderr
    pdf = Pdf(root / "site" / "pdf" / "tiny-esg-2025.en.pdf")
    for name, number in {
        "water@2024[site=west]/1": "650",
        "water~share.site@2025[site=west]/1": "50.0",
        "less_water~level@2030/1": "7.5",
        "water@2025/2": "1,000",
        "odd@2025[site=east]/1": "0",
    }.items():
        assert pdf.number_at(pdf.spots[name]) == number, name
    assert pdf.line_at(pdf.spots["odd@2025[site=west]/1"]).startswith("Nil")
    assert "Figure 2" in pdf.text(pdf.spots["water~share.site@2025[site=west]/1"].page)
