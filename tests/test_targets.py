"""Targets: the way from base to goal obeys its laws, and is printed alike on every page and in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from esgreport.compute import Figures
from esgreport.languages import Text
from esgreport.model import FigureId, Kind, Period, Step, Target
from esgreport.narrative import read_page
from esgreport.printed import printed_figures, reference_findings
from esgreport.targets import TargetStatus
from esgreport.views import TargetsView, texts
from esgreport.writer import report_view
from hypothesis import assume, given
from hypothesis import strategies as st
from reports import HERE, cell, dimension, edition_of, exact, figure, metric, number, values_report

NOW, FIRST, LAST = 2025, 2015, 2040

# ---- laws


def step(period: int, value: str) -> Step:
    return Step(str(period), number(value), HERE)


def figures_of(
    values: dict[int, str | Kind],
    goal: str,
    wanted: str,
    to: int,
    base: int | None = None,
    base_value: str = "",
    path: dict[int, str] | None = None,
    unit: str = "t",
    months: tuple[int, int] = (1, 12),
    now: int = NOW,
    **more: object,
) -> Figures:
    """The figures of a report with the metric `x`, of these values by year, and the target `goal` of it."""
    start, end = months
    years = {
        str(y): Period(str(y), date(y if start == 1 else y - 1, start, 1), date(y, end, 28), Text(), HERE)
        for y in range(FIRST, LAST + 1)
    }
    target = Target(
        "goal", "A2", Text(), "x", goal, step(to, wanted), HERE, HERE,
        base=str(base) if base else "",
        base_value=step(base, base_value) if base and base_value else None,
        path=tuple(step(period, value) for period, value in sorted((path or {}).items())),
    )  # fmt: skip
    cells = [cell(value, str(year)) for year, value in values.items()]
    report = values_report([metric("x", *cells, unit=unit)])
    report = replace(report, period=str(now), periods=years, targets={"goal": replace(target, **more)})
    return Figures(report)


def status(figures: Figures, period: int = NOW) -> TargetStatus:
    return figures.targets.status(figures.report.targets["goal"], str(period))


amounts = st.decimals(min_value=-(10**6), max_value=10**6, places=2, allow_nan=False).map(str)
positive = st.decimals(min_value="0.01", max_value=10**6, places=2, allow_nan=False).map(str)
changes = st.integers(-99, 300).filter(bool).map(str)
base_years, goal_years = st.integers(FIRST, 2024), st.integers(2026, LAST)


@given(positive, changes, base_years, goal_years)
def test_the_level_is_the_base_at_the_base_and_the_goal_at_the_end(base, change, since, to):
    figures = figures_of({since: base}, "change", change, to, since)
    assert exact(figures, f"goal~level@{since}") == Fraction(base)
    assert exact(figures, f"goal~level@{to}") == Fraction(base) * (100 + int(change)) / 100
    assert exact(figures, f"goal~change@{to}") == int(change)
    for outside in (since - 1, to + 1):
        if FIRST <= outside <= LAST:
            assert figure(figures, f"goal~level@{outside}") is None


@given(amounts, amounts, base_years, goal_years)
def test_between_them_it_goes_the_same_way_every_year(base, goal, since, to):
    figures = figures_of({since: base}, "level", goal, to, since)
    levels = [exact(figures, f"goal~level@{year}") for year in range(since, to + 1)]
    paces = {later - earlier for earlier, later in pairwise(levels)}
    assert paces == {(Fraction(goal) - Fraction(base)) / (to - since)}
    assert (levels[0], levels[-1]) == (Fraction(base), Fraction(goal))


@given(amounts, st.lists(amounts, min_size=3, max_size=3), st.data())
def test_a_path_is_kept_and_straight_between_its_steps(base, wanted, data):
    years = data.draw(st.lists(st.integers(2021, LAST), min_size=3, max_size=3, unique=True).map(sorted))
    path = dict(zip(years[:2], wanted[:2], strict=True))
    figures = figures_of({2020: base}, "level", wanted[2], years[2], 2020, path=path)
    named = [(2020, base), *path.items(), (years[2], wanted[2])]
    for (first, low), (last, high) in pairwise(named):
        for year in range(first, last + 1):
            way = Fraction(year - first, last - first)
            assert (
                exact(figures, f"goal~level@{year}") == Fraction(low) + (Fraction(high) - Fraction(low)) * way
            )


@given(amounts, amounts, goal_years)
def test_progress_is_nothing_at_the_base_and_all_at_the_goal(base, goal, to):
    assume(Fraction(base) != Fraction(goal))
    figures = figures_of({2020: base, NOW: goal}, "level", goal, to, 2020)
    assert exact(figures, "goal~progress@2020") == 0
    assert exact(figures, f"goal~progress@{NOW}") == 100
    target = figures.report.targets["goal"]
    assert (figures.targets.pace(target, "2020"), figures.targets.pace(target, str(to))) == (0, 1)


@given(amounts, amounts, amounts, goal_years)
def test_progress_and_status_agree_with_the_figures(base, goal, actual, to):
    """On the way, achieved is 100% and more; on track is no less than the calendar asks."""
    assume(Fraction(base) != Fraction(goal))
    figures = figures_of({2020: base, NOW: actual}, "level", goal, to, 2020)
    progress = (Fraction(base) - Fraction(actual)) / (Fraction(base) - Fraction(goal))
    assert exact(figures, f"goal~progress@{NOW}") == progress * 100
    due = Fraction(NOW - 2020, to - 2020)
    assert figures.targets.pace(figures.report.targets["goal"], str(NOW)) == due
    expected = "achieved" if progress >= 1 else "on_track" if progress >= due else "behind"
    assert status(figures) == expected


@given(amounts, amounts, st.sampled_from(["at_most", "at_least"]))
def test_a_bound_is_kept_or_not(actual, bound, goal):
    kept = Fraction(actual) <= Fraction(bound) if goal == "at_most" else Fraction(actual) >= Fraction(bound)
    ahead = figures_of({NOW: actual}, goal, bound, 2030)
    assert status(ahead) == ("on_track" if kept else "behind")
    assert exact(ahead, f"goal~level@{NOW}") == exact(ahead, "goal~level@2030") == Fraction(bound)
    assert figure(ahead, f"goal~progress@{NOW}") is None
    assert figure(ahead, "goal~level@2031") is None
    assert status(figures_of({NOW: actual}, goal, bound, NOW)) == ("achieved" if kept else "missed")


@given(positive, st.integers(-99, -1), st.integers(1, 12))
def test_years_that_end_in_any_month_lie_on_the_same_line(base, change, end):
    """A line by the ends of periods, so that financial years do as well as calendar years."""
    months = (end % 12 + 1, end)
    figures = figures_of({2020: base}, "change", str(change), 2030, 2020, months=months)
    assert exact(figures, "goal~level@2025") == Fraction(base) * (200 + change) / 200


# ---- what an author may say


def test_a_change_of_a_base_below_nothing_has_the_sign_that_changes_have():
    figures = figures_of({2020: "-200", NOW: "-230"}, "change", "-20", 2030, 2020)
    assert exact(figures, "goal~level@2030") == -240
    assert status(figures) == TargetStatus.ON_TRACK
    assert exact(figures, "x~change.2020@2025") == -15


@pytest.mark.parametrize(
    ("wanted", "actual", "expected"),
    [("120", "121", "achieved"), ("120", "110", "on_track"), ("120", "109", "behind"), ("80", "91", "behind"), ("80", "90", "on_track")],
)  # fmt: skip
def test_the_direction_follows_from_base_and_goal(wanted, actual, expected):
    assert status(figures_of({2020: "100", NOW: actual}, "level", wanted, 2030, 2020)) == expected


@pytest.mark.parametrize(
    ("goal", "wanted", "actual", "expected"),
    [
        ("change", "0", "100", "achieved"),
        ("change", "0", "99", "achieved"),  # not to grow
        ("change", "0", "101", "behind"),
        ("level", "100", "100", "achieved"),
        ("level", "100", "99", "behind"),
        ("level", "100", "101", "behind"),
    ],
)
def test_to_stay_where_one_is(goal, wanted, actual, expected):
    figures = figures_of({2020: "100", NOW: actual}, goal, wanted, 2030, 2020)
    assert status(figures) == expected
    assert figure(figures, f"goal~progress@{NOW}") is None  # no way to go


def test_when_the_last_year_is_over_its_own_figure_decides():
    values = {2020: "100", 2023: "70", NOW: "90"}
    assert status(figures_of(values, "change", "-30", 2023, 2020)) == TargetStatus.ACHIEVED
    assert status(figures_of(values, "change", "-31", 2023, 2020)) == TargetStatus.MISSED
    assert status(figures_of({2020: "100", NOW: "60"}, "change", "-31", 2023, 2020)) == TargetStatus.ACHIEVED


def test_what_is_not_known_has_no_status():
    assert status(figures_of({2020: "100"}, "change", "-30", 2030, 2020)) == TargetStatus.UNKNOWN
    assert (
        status(figures_of({2020: "9", NOW: Kind.NOT_AVAILABLE}, "level", "3", 2030, 2020))
        == TargetStatus.UNKNOWN
    )
    no_base = figures_of({NOW: "80"}, "change", "-30", 2030, 2020)
    assert status(no_base) == TargetStatus.UNKNOWN
    assert figure(no_base, "goal~level@2030") is None
    assert figure(no_base, f"goal~progress@{NOW}") is None
    assert exact(no_base, "goal~change@2030") == -30  # said all the same


def test_nil_is_nothing_and_counts():
    figures = figures_of({2020: "8", NOW: Kind.NIL}, "level", "0", 2030, 2020)
    assert (status(figures), exact(figures, f"goal~progress@{NOW}")) == (TargetStatus.ACHIEVED, 100)


def test_a_bound_with_a_base_has_a_way_and_one_with_a_path_has_its_years():
    based = figures_of({2020: "10", NOW: "7.4"}, "at_most", "5", 2030, 2020)
    assert (str(figure(based, "goal~progress@2025").number), status(based)) == ("52.0", TargetStatus.ON_TRACK)
    stepped = figures_of({NOW: "9"}, "at_most", "5", 2030, path={2026: "8"})
    assert figure(stepped, f"goal~level@{NOW}") is None
    assert status(stepped) == TargetStatus.UNKNOWN
    assert exact(stepped, "goal~level@2028") == Fraction(13, 2)


# ---- digits, places and the trail


def test_what_was_typed_keeps_its_digits_and_its_place():
    figures = figures_of({NOW: "7"}, "level", "4.50", 2030, 2020, base_value="9.000", path={2028: "6.0"})
    for id, printed in (
        ("goal~level@2030", "4.50"),
        ("goal~level@2028", "6.0"),
        ("goal~level@2020", "9.000"),
    ):
        found = figure(figures, id)
        assert (str(found.number), found.derived, found.place) == (printed, False, HERE)
    assert figure(figures, "goal~level@2029").derived


def test_a_level_that_is_worked_out_is_printed_like_the_figure_it_is_compared_with():
    figures = figures_of({2020: "9.00", NOW: "7.0"}, "change", "-33", 2030, 2020)
    assert str(figure(figures, "goal~level@2030").number) == "6.0"
    own = figures_of({2020: "9.00", NOW: "7.0"}, "change", "-33", 2030, 2020, decimals=3)
    assert str(figure(own, "goal~level@2030").number) == "6.030"


def test_the_base_of_the_metric_stands_before_one_that_was_typed():
    typed = figures_of({NOW: "8"}, "change", "-50", 2030, 2020, base_value="10")
    assert exact(typed, f"goal~progress@{NOW}") == 40
    both = figures_of({2020: "16", NOW: "8"}, "change", "-50", 2030, 2020, base_value="10")
    assert exact(both, f"goal~progress@{NOW}") == 100


def test_every_figure_behind_a_target_is_a_figure():
    """The trail leads down to typed numbers, for each way to say a target."""
    for figures in (
        figures_of({2020: "9", NOW: "7"}, "change", "-30", 2030, 2020, path={2027: "-9"}),
        figures_of({NOW: "7"}, "change", "-30", 2030, 2020, base_value="9"),
        figures_of({2020: "9", NOW: "7"}, "at_most", "3", 2030, 2020),
        figures_of({NOW: "7"}, "at_most", "3", 2030),
    ):
        open_ = [
            f"goal~{way}@{year}" for way in ("level", "change", "progress") for year in (NOW, 2027, 2030)
        ]
        seen, typed = set(), 0
        while open_:
            id = open_.pop()
            found = figure(figures, id)
            if found is None or id in seen:
                assert found or not seen & {id}
                continue
            seen.add(id)
            assert found.derived == bool(found.inputs), id
            typed += not found.derived
            for each in found.inputs:
                assert figures.figure(each) is not None, f"{each} behind {id}"
                open_.append(str(each))
        assert typed
        declared = [found.id for found in figures.declared() if found.id.metric == "goal"]
        assert len(declared) == len(set(declared))
        assert {str(id) for id in declared} <= {str(figures.figure(id).id) for id in declared}


def test_a_unit_of_the_metric_is_that_of_the_target():
    figures = figures_of({2020: "8", NOW: "6"}, "level", "4", 2030, 2020, unit="MWh")
    assert figure(figures, "goal~level@2030").unit.code == "MWh"
    assert str(figure(figures, f"goal~progress@{NOW}").number) == "50.0"
    assert figure(figures, f"goal~progress@{NOW}").unit.code == "percent"


def test_a_member_and_an_intensity():
    x = metric("x", *(cell(v, str(y), plant=p) for y, p, v in ((2020, "a", "80"), (2020, "b", "1"), (NOW, "a", "60"), (NOW, "b", "9"))))  # fmt: skip
    y = metric("y", *(cell(v, str(year), plant=p) for year, p, v in ((2020, "a", "8"), (2020, "b", "1"), (NOW, "a", "8"), (NOW, "b", "3"))), unit="person")  # fmt: skip
    figures = figures_of({}, "change", "-50", 2030, 2020, members=(("plant", "a"),), per="y")
    report = replace(
        figures.report, metrics={"x": x, "y": y}, dimensions={"plant": dimension("plant", "a", "b")}
    )
    found = Figures(report)
    assert exact(found, "goal~level@2020") == 10
    assert exact(found, "goal~level@2030") == 5
    assert str(figure(found, f"goal~progress@{NOW}").number) == "50.0"
    assert figure(found, "goal~level@2030").unit.code == "t/person"


@pytest.mark.parametrize("id", ["goal@2025", "goal~level@1999", "goal~rank.plant@2025", "goal~level@2030[plant=a]", "goal~level~change.2020@2030"])  # fmt: skip
def test_nothing_else_is_a_figure_of_a_target(id):
    assert figure(figures_of({2020: "9", NOW: "7"}, "change", "-30", 2030, 2020), id) is None


# ---- as read from data

REPORT = """\
slug: tiny
title: {en: T, zh-Hant: 題, zh-Hans: 题}
company: {name: {en: C, zh-Hant: 司, zh-Hans: 司}, issuer_class: main-board}
languages: [zh-Hant, en, zh-Hans]
period: 2025
comparatives: [2024]
decimals: {progress: 0}
periods:
  2025: {from: 2025-01-01, to: 2025-12-31, label: {en: "2025", zh-Hant: 2025年, zh-Hans: 2025年}}
  2024: {from: 2024-01-01, to: 2024-12-31, label: {en: "2024", zh-Hant: 2024年, zh-Hans: 2024年}}
  2019: {from: 2019-01-01, to: 2019-12-31, label: {en: "2019", zh-Hant: 2019年, zh-Hans: 2019年}}
  2028: {from: 2028-01-01, to: 2028-12-31, label: {en: "2028", zh-Hant: 2028年, zh-Hans: 2028年}}
  2030: {from: 2030-01-01, to: 2030-12-31, label: {en: "2030", zh-Hant: 2030年, zh-Hans: 2030年}}
parts: [{pages: [a2]}]
"""
DIMENSIONS = """\
plant:
  name: {en: Plant, zh-Hant: 廠, zh-Hans: 厂}
  members: {east: {en: East, zh-Hant: 東廠, zh-Hans: 东厂}, west: {en: West, zh-Hant: 西廠, zh-Hans: 西厂}}
"""
DATA = """\
aspect: A2
metrics:
  energy:
    name: {en: Energy, zh-Hant: 能源, zh-Hans: 能源}
    unit: kWh
    per: [output]
    values: {2025: 900, 2024: {value: 1 000, restated_from: 990, reason: {en: A slip., zh-Hant: 筆誤。, zh-Hans: 笔误。}}}
  output: {name: {en: Output, zh-Hant: 產量, zh-Hans: 产量}, unit: t, values: {2025: 10, 2024: 10}}
  waste:
    name: {en: Waste, zh-Hant: 廢物, zh-Hans: 废物}
    unit: t
    breakdown: {plant: {2025: {east: 8.5, west: 2.0}, 2024: {east: 8.0, west: 2.0}}}
  rate: {name: {en: Rate, zh-Hant: 率, zh-Hans: 率}, unit: percent, values: {2025: 0.4, 2024: 0.6}}
targets:
  leaner:
    name: {en: Leaner, zh-Hant: 更節約, zh-Hans: 更节约}
    metric: energy
    per: output
    base: 2024
    change: -18
    to: 2030
    path: {2028: -10}
    note: {en: Set in 2024., zh-Hant: 2024年訂立。, zh-Hans: 2024年制定。}
  less_waste:
    name: {en: Less waste, zh-Hant: 減廢, zh-Hans: 减废}
    metric: waste
    members: {plant: east}
    base: 2019
    base_value: 12.0
    level: 6.0
    to: 2028
  capped: {name: {en: Capped, zh-Hant: 上限, zh-Hans: 上限}, metric: rate, base: 2024, at_most: 0.5, to: 2025}
  kept: {name: {en: Kept, zh-Hant: 下限, zh-Hans: 下限}, metric: output, at_least: 12, to: 2028}
"""
ALL = "targets: [leaner, less_waste, capped, kept]"


@pytest.fixture
def reported(project):
    """`reported(block, data)`: the edition whose one page holds this table of targets, in every language."""

    def make(block: str = ALL, data: str = DATA, blocking: bool = False):
        page = f"# Page\n\n## Section {{ #section }}\n\n```targets\n{block}\n```\n"
        pages = {f"content/{x}/a2.md": page for x in ("en", "zh-Hant", "zh-Hans")}
        files = {"data/report.yml": REPORT, "data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": data}
        return edition_of(project({**files, **pages}), blocking)

    return make


def view(edition, language: str) -> TargetsView:
    body = report_view(edition, language).pages[0].body
    return next(piece for piece in body if isinstance(piece, TargetsView))


def lines(table: TargetsView) -> list[list[str]]:
    """What is read, row by row; numbers of elements in brackets, what stands small behind a stroke."""

    def read(cell) -> str:
        f, s = cell.figure, cell.status
        number = f"{f.before}[{f.whole}{f.fraction}]{f.after}" if f else cell.text
        mark = f"^{f.mark}" if f and f.mark else ""
        notes = "".join(f"({note.mark})" for note in cell.notes)
        said = f"{s.mark} {s.word}" if s else ""
        return number + mark + notes + said + (f"/{cell.small}" if cell.small else "")

    return [
        [row.name + "".join(f"({n.mark})" for n in row.notes), row.measure, *map(read, row.cells)]
        for row in table.rows
    ]


def test_a_table_in_english(reported):
    table = view(reported(f"caption: Where we stand\n{ALL}"), "en")
    assert (table.label, table.caption, table.corner) == ("Table 1", "Where we stand", "Indicator")
    assert [(c.text, c.kind, c.current) for c in table.columns] == [
        ("Base", "base", False), ("Target", "target", False), ("2025 actual", "actual", True),
        ("Progress", "progress", False), ("Status", "status", False),
    ]  # fmt: skip
    assert lines(table) == [
        ["Leaner(a)", "Energy, intensity (kWh/tonne)", "[100.0]/2024", "[−18]%/by 2030", "[90.0]", "[56]%", "● On track"],
        ["Less waste", "Waste, East (tonnes)", "[12.0]/2019", "[6.0]/by 2028", "[8.5]", "[58]%", "◐ Behind"],
        ["Capped", "Rate", "[0.6]%/2024", "≤ [0.5]%/by 2025", "[0.4]%", "[200]%", "◆ Achieved"],
        ["Kept", "Output (tonnes)", "", "≥ [12]/by 2028", "[10]", "", "◐ Behind"],
    ]  # fmt: skip
    assert table.notes == (("a", "Set in 2024."),)
    assert table.legend == (("|", "where progress should stand at the end of 2025"),)


@pytest.mark.parametrize(
    ("language", "rows", "legend"),
    [
        ("zh-Hant", [
            ["更節約(a)", "能源，密度（千瓦時／噸）", "[100.0]/2024年", "[−18]%/至2030年", "[90.0]", "[56]%", "● 進展符合預期"],
            ["減廢", "廢物，東廠（噸）", "[12.0]/2019年", "[6.0]/至2028年", "[8.5]", "[58]%", "◐ 落後於預期"],
            ["上限", "率", "[0.6]%/2024年", "不多於[0.5]%/至2025年", "[0.4]%", "[200]%", "◆ 已達成"],
            ["下限", "產量（噸）", "", "不少於[12]/至2028年", "[10]", "", "◐ 落後於預期"],
        ], "2025年末應達到的進度"),
        ("zh-Hans", [
            ["更节约(a)", "能源，强度（千瓦时／吨）", "[100.0]/2024年", "[−18]%/至2030年", "[90.0]", "[56]%", "● 进展符合预期"],
            ["减废", "废物，东厂（吨）", "[12.0]/2019年", "[6.0]/至2028年", "[8.5]", "[58]%", "◐ 落后于预期"],
            ["上限", "率", "[0.6]%/2024年", "不多于[0.5]%/至2025年", "[0.4]%", "[200]%", "◆ 已达成"],
            ["下限", "产量（吨）", "", "不少于[12]/至2028年", "[10]", "", "◐ 落后于预期"],
        ], "2025年末应达到的进度"),
    ],
)  # fmt: skip
def test_the_same_table_in_chinese(reported, language, rows, legend):
    table = view(reported(), language)
    assert lines(table) == rows
    assert table.legend == (("|", legend),)


def test_what_is_measured_is_not_said_again_below_a_target_of_the_same_name(reported):
    data = DATA.replace("name: {en: Capped, zh-Hant: 上限,", "name: {en: Rate, zh-Hant: 率,")
    table = view(reported("targets: [capped]", data), "en")
    assert lines(table) == [["Rate", "", "[0.6]%/2024", "≤ [0.5]%/by 2025", "[0.4]%", "[200]%", "◆ Achieved"]]


def test_a_trajectory_prints_what_was_reached_and_then_what_is_wanted(reported):
    edition = reported("targets: [leaner]\ncolumns: [base, 2024, 2025, 2028, 2030]")
    table = view(edition, "en")
    assert [c.text for c in table.columns] == [
        "Base", "2024 actual", "2025 actual", "2028 target", "2030 target",
    ]  # fmt: skip
    assert table.unit == "kWh/tonne"  # common to all, so it stands over the table
    assert lines(table) == [
        ["Leaner(a)", "Energy, intensity", "[100.0]/2024", "[100.0]", "[90.0]", "[90.0]", "[82.0]"]
    ]
    assert [c.text for c in view(edition, "zh-Hant").columns] == [
        "基準", "2024年實際", "2025年實際", "2028年目標", "2030年目標",
    ]  # fmt: skip


def test_metric_year_and_change_in_columns_of_their_own(reported):
    edition = reported(f"{ALL}\ncolumns: [metric, target, period, change]")
    assert lines(view(edition, "en")) == [
        ["Leaner(a)", "", "Energy, intensity (kWh/tonne)", "[−18]%", "2030", "[−10.0]%"],
        [
            "Less waste",
            "",
            "Waste, East (tonnes)",
            "[6.0]",
            "2028",
            "",
        ],  # its base is no figure of the metric
        ["Capped", "", "Rate", "≤ [0.5]%", "2025", "[−0.2] pp"],
        ["Kept", "", "Output (tonnes)", "≥ [12]", "2028", ""],
    ]
    assert [c.text for c in view(edition, "zh-Hant").columns] == ["計量指標", "目標", "目標年", "較基準變動"]


def test_a_restated_base_is_marked_and_explained(reported):
    data = DATA.replace("    per: output\n    base: 2024\n", "    base: 2024\n")
    table = view(reported("targets: [leaner]", data), "en")
    assert lines(table)[0][2] == "[1,000]^R(b)/2024"
    assert table.notes == (("a", "Set in 2024."), ("b", "2024 restated; formerly 990 kWh: A slip."))
    assert ("R", "restated") in table.legend


def test_the_bar_shows_the_way_gone_and_the_way_due(reported):
    bars = {row.name: row.cells[3].bar for row in view(reported(), "en").rows}
    assert (bars["Leaner"].done, bars["Leaner"].pace) == (55, 13)
    assert (bars["Less waste"].done, bars["Less waste"].pace) == (58, 66)
    assert (bars["Capped"].done, bars["Capped"].pace) == (100, 100)  # 200% is drawn as the whole
    assert bars["Kept"] is None


def test_progress_the_wrong_way_is_said_and_not_drawn(reported):
    row = view(
        reported("targets: [leaner]", DATA.replace("values: {2025: 900", "values: {2025: 1 100")), "en"
    ).rows[0]
    assert row.cells[3].figure.whole.startswith("−")
    assert row.cells[3].bar.done == 0


def test_every_number_is_an_element_in_reading_order(reported):
    edition = reported()
    page = edition.report.pages["a2", "en"]
    printed = [str(id) for id, _ in printed_figures(edition.report, edition.figures, page)]
    shown = [cell.figure for row in view(edition, "en").rows for cell in row.cells if cell.figure]
    assert [f.figure for f in shown] == printed == [
        "energy~per.output@2024", "leaner~change@2030", "energy~per.output@2025", "leaner~progress@2025",
        "less_waste~level@2019", "less_waste~level@2028", "waste@2025[plant=east]", "less_waste~progress@2025",
        "rate@2024", "capped~level@2025", "rate@2025", "capped~progress@2025",
        "kept~level@2028", "output@2025",
    ]  # fmt: skip
    assert [f.anchor for f in shown] == [f"{id}/1" for id in printed]
    assert not any(digit in text for text in texts(view(edition, "zh-Hant")) for digit in "₂")


def test_a_base_that_lacks_may_be_given_with_the_target(reported):
    data = DATA.replace("    base_value: 12.0\n", "")
    edition = reported("targets: [less_waste]\ncolumns: [metric, base, target]", data)
    page = edition.report.pages["a2", "en"]
    (found,) = reference_findings(edition.report, edition.figures, page)
    assert found.code == "missing-value" and "waste@2019[plant=east]" in found.message
    assert "or give the target less_waste its base_value (data/aspects/a2.yml:" in found.help
    lacking = edition.figures.cause(FigureId("less_waste", "2025", (), "progress"))  # what a sentence asks
    assert lacking and lacking.help in found.help


def test_a_missing_value_stays_open_and_is_told(reported):
    edition = reported("targets: [kept]", DATA.replace("values: {2025: 10, 2024: 10}", "values: {2024: 10}"))
    row = lines(view(edition, "en"))[0]
    assert row[4] == "[to come]" and row[-1] == "… Not available"
    assert lines(view(edition, "zh-Hant"))[0][4] == "〔待補〕"
    page = edition.report.pages["a2", "en"]
    (found,) = reference_findings(edition.report, edition.figures, page)
    assert (found.code, found.place.line, found.blocking) == ("missing-value", 6, False)
    assert "output@2025" in found.message


@pytest.mark.parametrize(
    ("block", "code", "said"),
    [
        ("targets: [leanr]", "unknown-name", '"leanr" is not a target'),
        ("targets: [leaner]\ncolumns: [base, goal]", "unknown-name", '"goal" is not a column'),
        ("targets: [leaner]\ncolumns: [base, 2029]", "unknown-name", '"2029" is not a column'),
    ],
)
def test_a_name_that_is_not_known_is_told(reported, block, code, said):
    edition = reported(block)
    found = list(reference_findings(edition.report, edition.figures, edition.report.pages["a2", "en"]))
    assert [(f.code, f.blocking) for f in found] == [(code, True)]
    assert said in found[0].message
    assert found[0].help
    view(edition, "en")  # and what is known is still worded


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "missing-key"),
        ("columns: [base]", "missing-key"),
        ("targets: [a]\nrows: 3", "unknown-key"),
        ("targets: [a]\ncaption: '{{ a }}'", "markup-in-text"),
    ],
)
def test_a_block_that_cannot_be_read(body, code):
    page = f"# P\n\n## S {{ #s }}\n\n```targets\n{body}\n```\n"
    _, found = read_page(page, "content/en/a2.md", "a2", "en")
    assert code in [finding.code for finding in found if finding.blocking]


# ---- what cannot be said


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("    change: -18\n", "", "missing-key", "wants nothing"),
        ("    change: -18\n", "    change: -18\n    level: 3\n", "missing-key", "wants change and level"),
        ("    base: 2024\n    change", "    change", "missing-key", "from which period it starts"),
        ("    base: 2024\n    change", "    base: 2030\n    change", "bad-date", "does not end after the base"),
        ("path: {2028: -10}", "path: {2024: -10}", "bad-date", "2024 does not lie between the base 2024 and 2030"),
        ("path: {2028: -10}", "path: {2030: -10}", "bad-date", "2030 does not lie between"),
        ("path: {2028: -10}", "path: {2029: -10}", "unknown-name", '"2029"'),
        ("at_least: 12", "base_value: 3, at_least: 12", "missing-key", "does not say of which period"),
        ("metric: rate", "metric: rates", "unknown-name", '"rates" is not a metric'),
        ("    per: output\n", "    per: outputs\n", "unknown-name", '"outputs" is not a metric'),
        ("members: {plant: east}", "members: {plant: north}", "unknown-name", '"north" is not a member of plant'),
        ("members: {plant: east}", "members: {plant: [east]}", "wrong-shape", ""),
        ("  kept:", "  output:", "duplicate-id", "both a metric and a target"),
    ],
)  # fmt: skip
def test_what_a_target_cannot_say_is_told_once(project, old, new, code, message):
    from esgreport.pipeline import examine

    assert DATA.count(old) == 1
    page = "# P\n\n## S { #s }\n\n```targets\n" + ALL + "\n```\n"
    pages = {f"content/{x}/a2.md": page for x in ("en", "zh-Hant", "zh-Hans")}
    data = {"data/aspects/a2.yml": DATA.replace(old, new), "data/report.yml": REPORT}
    examined = examine(project({**data, **pages, "data/dimensions.yml": DIMENSIONS}))
    blocking = [f for f in examined.findings if f.blocking and f.code != "missing-glyph"]
    (found,) = [f for f in blocking if f.place.path == "data/aspects/a2.yml"]
    assert found.code == code and message in found.message
    consequences = {f.code for f in blocking} - {code}
    assert not consequences or (code, consequences) == ("duplicate-id", {"unknown-name"})


def test_a_target_without_findings(reported):
    found = reported().report.targets["leaner"]
    assert [(s.period, str(s.number)) for s in found.steps] == [("2028", "-10"), ("2030", "-18")]
    assert found.start == found.measured("2024")
