"""Charts and tiles before they are worded: which figure stands where, and what cannot be drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from esgreport.calls import FigureReference, because, resolve_call, resolve_figure, what_to_give
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Place, blocking, error
from esgreport.model import (
    Call,
    ChartBlock,
    Figure,
    FigureId,
    Kind,
    Members,
    Name,
    Target,
    TilesBlock,
)
from esgreport.schema import unknown_name
from esgreport.tables import Column, Grid, Row
from esgreport.units import PERCENT, Unit
from esgreport.words_of_figures import direction

MOST_SERIES = 5  # told apart by their colours, on a grey photocopy too
MOST_BARS = 12
PARTS_OF_A_WHOLE = ("stacked", "donut")


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn of one metric or member: a figure for each period."""

    metric: str
    members: Members
    figures: tuple[FigureId, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is worded.

    `totals` stand over stacks and in donuts, `shares` beside the parts of a donut, for each series as its figures.
    `way` are the figures on the line to a target, the goal last. Figures are shown in `unit`. `columns` are the
    periods of its table, the latest first.
    """

    kind: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit | None
    totals: tuple[FigureId | None, ...] = ()
    shares: tuple[tuple[FigureId, ...], ...] = ()
    target: Target | None = None
    way: tuple[FigureId, ...] = ()
    columns: tuple[str, ...] = ()

    def labelled(self, position: int) -> bool:
        """Whether the figures of a period are printed in the drawing: lines side by side are labelled at their ends."""
        several = self.kind == "line" and len(self.series) > 1
        return not several or position in (0, len(self.periods) - 1)

    @property
    def printed(self) -> Iterator[FigureId]:
        """The figures printed in the drawing, in reading order: series by series, then totals, then the goal."""
        for number, each in enumerate(self.series):
            yield from (id for place, id in enumerate(each.figures) if self.labelled(place))
            yield from self.shares[number] if self.shares else ()
        yield from filter(None, self.totals)
        yield from self.way[-1:]

    def reference(self, figures: Figures, id: FigureId) -> FigureReference:
        """How a figure is shown: in the chart's unit, which is said beside the caption."""
        own = figures.unit(id)
        other = self.unit and self.unit != own and self.unit.dimensions == own.dimensions
        return FigureReference(id, "cell", self.unit.code if self.unit and other else "")

    def amount(self, figures: Figures, id: FigureId | None) -> Fraction | None:
        """What is drawn of a figure, in the chart's unit; None for one without a plain number."""
        figure = figures.figure(id) if id else None
        if figure is None or figure.drawn is None:
            return None
        return figure.drawn * (figure.unit.ratio / self.unit.ratio if self.unit else 1)

    def grid(self) -> Grid:
        """The same figures as a table; what is wanted of a target stands in `wanted`."""
        kind = "member" if any(each.members for each in self.series) else "metric"
        rows = []
        for each in self.series:
            over = each.figures[0].last[1] if each.figures[0].last[0] == "per" else ""
            ids = (*each.figures, *(id for id in self.way if id.metric == each.metric))
            rows.append(Row(kind, each.metric, self._by_period(ids), each.members, denominator=over))
        if kind == "member" and any(self.totals):
            totals = self._by_period([id for id in self.totals if id])
            rows.append(Row("total", self.series[0].metric, totals))
        columns = tuple(Column("period", period) for period in self.columns)
        return Grid(columns, tuple(rows), units=(self.unit,) if self.unit else ())

    @property
    def wanted(self) -> tuple[FigureId | None, ...]:
        """What is wanted of the target in each column of the table."""
        return self._by_period([id for id in self.way if self.target and id.metric == self.target.id])

    def _by_period(self, ids: Iterable[FigureId]) -> tuple[FigureId | None, ...]:
        found = {id.period: id for id in ids}
        return tuple(found.get(period) for period in self.columns)


def resolve_chart(figures: Figures, block: ChartBlock) -> tuple[Chart, list[Diagnostic]]:
    """The figures that a chart asks for, and what is wrong with it. A chart of which something essential is not known
    has no series."""
    asked = _Asked(figures, block)
    chart = asked.chart()
    return chart, asked.findings


def missing_in_chart(figures: Figures, block: ChartBlock, chart: Chart) -> Iterator[Diagnostic]:
    """What a chart draws that has no value yet."""
    named = block.metrics[0].place if block.metrics else block.target.place if block.target else block.place
    ids = (*(id for each in chart.series for id in each.figures), *chart.way)
    for id in dict.fromkeys(ids):
        if figures.figure(id) is None:
            place = next((name.place for name in block.metrics if name.text == id.metric), named)
            message = f"{id} has no value: {because(figures, id)}" if id.operation else f"{id} has no value"
            help = f"{what_to_give(figures, id)}; or leave it out of the chart"
            yield error("missing-value", place, message, help, about=id.metric)


class _Asked:
    """One chart while it is resolved, and what is found on the way."""

    def __init__(self, figures: Figures, block: ChartBlock) -> None:
        self.figures, self.report, self.block = figures, figures.report, block
        self.findings: list[Diagnostic] = []

    def refuse(self, name: Name | None, message: str, help: str) -> None:
        place = name.place if name else self.block.place
        self.findings.append(blocking("wrong-argument", place, message, help))

    def known(self, known: Collection[str], name: Name | None, what: str) -> bool:
        if name and name.text not in known:
            self.findings.append(unknown_name(name.text, name.place, what, known))
        return name is not None and name.text in known

    def chart(self) -> Chart:
        block, kind = self.block, self.block.kind
        periods = self.periods()
        target = self.target()
        unit = self.report.units.find(block.unit.text) if block.unit else None
        if block.unit and unit is None:
            self.findings.append(
                unknown_name(block.unit.text, block.unit.place, "a unit", self.report.units.units)
            )
        series = self.of_target(target, periods) if target else self.series(periods)
        if not self.findings:
            unit = self.unit_of(series, unit)
        if not self.findings:
            self.check_parts(series)
        if self.findings:
            return Chart(kind, periods, (), unit)
        chart = Chart(kind, periods, series, unit, columns=self.in_order(periods)[::-1])
        if kind == "ranked":
            nought = Fraction(0)
            by_size = sorted(
                series, key=lambda s: chart.amount(self.figures, s.figures[0]) or nought, reverse=True
            )
            return replace(chart, series=tuple(by_size))
        if target:
            start = (target.start,) if target.base else ()
            way = (*start, *(FigureId(target.id, step.period, (), "level") for step in target.steps))
            columns = self.in_order([*periods, *(id.period for id in way)])[::-1]
            return replace(chart, target=target, way=way, columns=columns)
        if kind in PARTS_OF_A_WHOLE:
            chart = replace(chart, totals=tuple(self.total(series, number) for number in range(len(periods))))
        if kind == "donut":
            ids = (each.figures for each in series)
            return replace(
                chart, shares=tuple(tuple(id.then(f"share.{id.members[0][0]}") for id in s) for s in ids)
            )
        return chart

    def in_order(self, periods: Iterable[str]) -> tuple[str, ...]:
        """Periods from the earliest to the latest."""
        return tuple(sorted(dict.fromkeys(periods), key=lambda period: self.report.periods[period].end))

    # ---- what is shown

    def periods(self) -> tuple[str, ...]:
        """The periods from left to right, the earliest first."""
        names = [name for name in self.block.periods if self.known(self.report.periods, name, "a period")]
        own = [self.report.period]
        if self.block.kind in ("bars", "stacked", "line"):
            own += self.report.comparatives
        periods = [name.text for name in names] or own
        most = {"donut": 2, "ranked": 1}.get(self.block.kind, MOST_SERIES)
        if self.block.kind == "line":
            most = MOST_BARS
        if len(periods) > most:
            what = {1: "one period", 2: "two periods"}.get(most, f"{most} periods")
            self.refuse(names[most], f"a chart of this kind shows {what} at most", "name fewer periods")
        if self.block.kind == "line" and len(periods) < 2:
            self.refuse(
                names[0] if names else None, "a line needs two periods", "name two, or write kind: bars"
            )
        return self.in_order(periods)

    def target(self) -> Target | None:
        block = self.block
        if not self.known(self.report.targets, block.target, "a target"):
            return None
        target = self.report.targets[block.target.text if block.target else ""]
        if block.kind != "line":
            self.refuse(block.target, "the way to a target is drawn as a line", "write kind: line")
        for name in (*block.metrics, block.members, block.per):
            if name and name.text != target.metric:
                what = "the target says itself what it is measured by"
                self.refuse(name, what, "leave metrics, members and per out")
        return target

    def of_target(self, target: Target, periods: tuple[str, ...]) -> tuple[Series, ...]:
        ids = tuple(target.measured(period) for period in periods)
        return (Series(target.metric, target.members, ids),)

    def series(self, periods: tuple[str, ...]) -> tuple[Series, ...]:
        block = self.block
        metrics = [name for name in block.metrics if self.known(self.report.metrics, name, "a metric")]
        if not block.metrics and not block.target:
            message = 'a chart needs "metrics"'
            self.findings.append(blocking("missing-key", block.place, message, "add metrics: …"))
        if block.per and self.known(self.report.metrics, block.per, "a metric"):
            for name in metrics:
                declared = [each.metric for each in self.report.metrics[name.text].per]
                if block.per.text not in declared:
                    message = f'"{name.text}" is not divided by "{block.per.text}"'
                    help = f"add per: [{block.per.text}] to the metric in data/aspects"
                    self.refuse(block.per, message, help)
        if block.members is None:
            if block.kind in ("donut", "ranked"):
                self.refuse(
                    None, f'a chart of kind {block.kind} needs "members"', "add members: …, a dimension"
                )
            return tuple(self.one(name.text, (), periods) for name in metrics)
        if not self.known(self.report.dimensions, block.members, "a dimension"):
            return ()
        if len(metrics) > 1:
            message = "a chart of members is about one metric"
            self.refuse(metrics[1], message, "leave members out, or make a chart of each metric")
        found = []
        for name in metrics[:1]:
            dimension = self.report.dimensions[block.members.text]
            if dimension.id not in self.report.metrics[name.text].dimensions:
                own = self.report.metrics[name.text].dimensions
                message = f'"{name.text}" is not broken down by {dimension.id}'
                help = f"name one of {', '.join(own)}" if own else "leave members out"
                self.refuse(block.members, message, help)
                continue
            shown = [self.report.periods[period] for period in periods]
            for member in dimension.members:
                if any(member.life.covers(period) for period in shown):
                    found.append(self.one(name.text, ((dimension.id, member.id),), periods))
        return tuple(found)

    def one(self, metric: str, members: Members, periods: tuple[str, ...]) -> Series:
        operation = f"per.{self.block.per.text}" if self.block.per else ""
        return Series(
            metric, members, tuple(FigureId(metric, period, members, operation) for period in periods)
        )

    def total(self, series: tuple[Series, ...], position: int) -> FigureId | None:
        """The whole that is divided: the metric itself; of metrics, the one whose formula is their sum."""
        parts = [each.figures[position] for each in series]
        if series[0].members:
            return FigureId(parts[0].metric, parts[0].period)
        for metric in self.report.metrics.values():
            whole = self.figures.figure(FigureId(metric.id, parts[0].period)) if metric.formula else None
            if whole and set(whole.inputs) == set(parts) and whole.number and self.adds_up(whole, parts):
                return whole.id
        return None

    def adds_up(self, whole: Figure, parts: list[FigureId]) -> bool:
        found = [figure for figure in map(self.figures.figure, parts) if figure]
        amounts = [figure.number.exact * figure.unit.ratio for figure in found if figure.number]
        return whole.number is not None and sum(amounts) == whole.number.exact * whole.unit.ratio

    # ---- what goes together

    def unit_of(self, series: tuple[Series, ...], unit: Unit | None) -> Unit | None:
        """The unit of the chart: the one that is asked for, or the one that all have."""
        units = dict.fromkeys(self.figures.unit(id) for each in series for id in each.figures[:1])
        if unit:
            if any(own.dimensions != unit.dimensions for own in units):
                help = "name a unit of the same kind, or leave it out"
                self.refuse(self.block.unit, f"these figures cannot be shown in {unit.code}", help)
            return unit
        if len(units) > 1:
            codes = " and ".join(own.code or "a plain number" for own in units)
            alike = len({own.dimensions for own in units}) == 1
            help = f"add unit: {next(iter(units)).code}" if alike else "make a chart of each"
            self.refuse(self.block.metrics[1], f"one chart cannot show both {codes}", help)
        return next(iter(units), None)

    def check_parts(self, series: tuple[Series, ...]) -> None:
        """What can be a part of a whole, and how many can be told apart."""
        block, kind = self.block, self.block.kind
        what = block.members or (block.metrics[0] if block.metrics else None)
        most = MOST_BARS if kind in ("bars", "ranked") else MOST_SERIES
        if kind != "ranked" and len(series) > most:
            message = f"a chart of this kind tells at most {most} apart; these are {len(series)}"
            self.refuse(what, message, "write kind: ranked, or leave some out")
        if kind not in PARTS_OF_A_WHOLE:
            return
        if block.members and not self.report.dimensions[block.members.text].partition:
            message = f"the members of {block.members.text} are no parts of a whole"
            self.refuse(block.members, message, "write kind: bars or ranked")
        units = [self.figures.unit(id) for each in series for id in each.figures[:1]]
        if any(not unit.additive for unit in units) or block.per:
            message = f"figures in {units[0].code} do not add up, so they are no parts of a whole"
            self.refuse(block.per or what, message, "write kind: bars, line or ranked")
        for id in (id for each in series for id in each.figures):
            figure = self.figures.figure(id)
            if figure and figure.number and figure.number.exact < 0:
                self.refuse(what, f"{id} is below nought, so it is no part of a whole", "write kind: bars")


# ---- tiles


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure set large. `change` is what it differs by, where that is said, `history` its bars, `base` what a
    target starts from."""

    reference: FigureReference
    change: FigureId | None = None
    history: tuple[FigureId, ...] = ()
    base: FigureId | None = None
    large: bool = False

    def printed(self, figures: Figures) -> Iterator[FigureId]:
        """The figures that a tile prints; a change of nothing is words alone."""
        yield self.reference.figure
        yield from filter(None, [self.base])
        change = figures.figure(self.change) if self.change else None
        if change and change.number is not None and direction(change):
            yield change.id


def resolve_tiles(figures: Figures, block: TilesBlock) -> tuple[tuple[Tile, ...], list[Diagnostic]]:
    """The figures that tiles show; calls that cannot be read are left out and told."""
    findings: list[Diagnostic] = []
    tiles = []
    for call in block.tiles:
        reference, found = resolve_figure(figures, call, "a tile")
        findings += found
        if reference:
            tiles.append(_tile(figures, call, reference, block))
    if block.large and block.tiles and not any(_same(call, block.large) for call in block.tiles):
        message = f'"{block.large.name}" is none of these tiles'
        help = "write it under large just as under tiles"
        findings.append(blocking("wrong-argument", block.large.place, message, help))
    return tuple(tiles), findings


def _same(call: Call, other: Call | None) -> bool:
    return other is not None and (call.name, call.arguments) == (other.name, other.arguments)


def _tile(figures: Figures, call: Call, reference: FigureReference, block: TilesBlock) -> Tile:
    report, id = figures.report, reference.figure
    large = _same(call, block.large)
    if target := report.targets.get(id.metric):
        return Tile(reference, base=target.start if target.base else None, large=large)
    shown = [report.period, *report.comparatives]
    history = tuple(
        FigureId(id.metric, period, id.members, id.operation)
        for period in sorted(shown, key=lambda period: _end(figures, period))
    )
    since = next(iter(shown[shown.index(id.period) + 1 :]), "") if id.period in shown else ""
    compared = id.last[0] in ("change", "difference", "rank")
    if compared or not since or not block.change:
        return Tile(reference, history=() if compared else history, large=large)
    how = "difference" if figures.unit(id) == PERCENT else "change"
    return Tile(reference, id.then(f"{how}.{since}"), history, large=large)


def _end(figures: Figures, period: str) -> date:
    return figures.report.periods[period].end


def missing_in_tiles(figures: Figures, block: TilesBlock) -> Iterator[Diagnostic]:
    """What a tile should show that has no value yet."""
    places: dict[FigureId, Place] = {}
    for call in block.tiles:
        reference, _ = resolve_call(figures, call)
        if isinstance(reference, FigureReference):
            places.setdefault(reference.figure, call.place)
    for id, place in places.items():
        figure = figures.figure(id)
        if figure is None or (id.operation and figure.kind == Kind.NOT_APPLICABLE and figure.number is None):
            message = f"{id} has no value: {because(figures, id)}"
            help = f"{what_to_give(figures, id)}; or leave the tile out"
            yield error("missing-value", place, message, help, about=id.metric)
