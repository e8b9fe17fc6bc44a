"""Tables of figures before they are worded: which rows and columns, and which figure stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.expressions import unit_of
from esgreport.model import FigureId, Members, Metric, Name, Period, Report, TableBlock
from esgreport.schema import nearest, unknown_name
from esgreport.units import PERCENT

FIXED_COLUMNS = ("unit", "change", "per", "total")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is unit, period, member, total, change or per."""

    kind: str
    period: str = ""
    dimension: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `kind` is metric, intensity, member, total or group; figures stand one to a column."""

    kind: str
    metric: str
    figures: tuple[FigureId | None, ...] = ()
    dimension: str = ""
    member: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures before it is worded. `period` is that of the columns of members, "" where there are none."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    period: str = ""


def resolve_table(report: Report, block: TableBlock) -> tuple[Grid, list[Diagnostic]]:
    """The grid of figures that a table asks for; names that are not known are left out and told."""
    table = _Table(report, block)
    rows = tuple(table.rows())
    table.check_total(rows)
    crossed = any(column.kind == "member" for column in table.columns)
    return Grid(tuple(table.columns), rows, table.period if crossed else ""), table.findings


class _Table:
    """One table while it is resolved: its period, its columns, and what is found on the way."""

    def __init__(self, report: Report, block: TableBlock) -> None:
        self.report, self.block = report, block
        self.findings: list[Diagnostic] = []
        self.period = report.period
        if block.period and self.known(report.periods, block.period, "a period"):
            self.period = block.period.text
        self.columns = [column for name in block.columns for column in self.columns_of(name)]
        self.metrics = [name for name in block.metrics if self.known(report.metrics, name, "a metric")]
        self.members = [name for name in block.members if self.known(report.dimensions, name, "a dimension")]
        self.check_crossing()
        self.check_denominator()

    def known(self, known: Collection[str], name: Name, what: str) -> bool:
        if name.text not in known:
            self.findings.append(unknown_name(name.text, name.place, what, known))
        return name.text in known

    def refuse(self, name: Name, message: str, help: str) -> None:
        self.findings.append(blocking("wrong-argument", name.place, message, help))

    # ---- columns

    def columns_of(self, name: Name) -> Iterator[Column]:
        """The columns that a name stands for: of a dimension, one for each member."""
        text = name.text
        if text in FIXED_COLUMNS:
            if text == "change" and not self.since:
                help = "name one under comparatives in data/report.yml"
                self.refuse(name, "there is no earlier period to compare with", help)
            yield Column(text, "" if text == "unit" else self.period)
        elif text in self.report.periods:
            yield Column("period", text)
        elif text in self.report.dimensions:
            for member in self.report.members(text, self.period):
                yield Column("member", self.period, text, member.id)
        else:
            known = [*FIXED_COLUMNS, *self.report.periods, *self.report.dimensions]
            help = f"known: {', '.join(known[:12])}" if text[:1].isdigit() else nearest(text, known)
            message = f'"{text}" is not a column'
            self.findings.append(blocking("unknown-name", name.place, message, help, text))

    @property
    def shown(self) -> list[Period]:
        """The periods that are printed."""
        named = dict.fromkeys(column.period for column in self.columns if column.period)
        return [self.report.periods[id] for id in named or [self.period]]

    @property
    def since(self) -> str:
        """The period that changes are counted from: the comparative after the table's own; "" for none."""
        shown = (self.report.period, *self.report.comparatives)
        if self.period not in shown:
            return self.report.previous(self.period)
        return next(iter(shown[shown.index(self.period) + 1 :]), "")

    def check_crossing(self) -> None:
        """Every metric must be divided by what its columns, and each with its rows, are divided by."""
        crossing = [name for name in self.block.columns if name.text in self.report.dimensions]
        rows = {name.text for name in self.members}
        for name in crossing:
            if name.text in rows:
                self.refuse(name, f"{name.text} is in the rows already", "keep it in one of the two")
            for wanted in self.metrics if name.text not in rows else ():
                metric = self.report.metrics[wanted.text]
                if not _divided(metric, {name.text}):
                    message = f'"{metric.id}" is not broken down by {name.text}'
                    self.refuse(name, message, nearest(name.text, metric.dimensions))
                    continue
                for other in self.members:
                    if other.text in metric.dimensions and not _divided(metric, {name.text, other.text}):
                        message = f'"{metric.id}" is broken down by {other.text} and by {name.text}, but not by both at once'
                        help = "give the values by both in a CSV, or make two tables"
                        self.refuse(name, message, help)

    def check_denominator(self) -> None:
        chosen = self.block.per
        if chosen and self.known(self.report.metrics, chosen, "a metric"):
            declared = [each.metric for name in self.metrics for each in self.report.metrics[name.text].per]
            if self.metrics and chosen.text not in declared:
                message = f'no metric of this table is divided by "{chosen.text}"'
                self.refuse(chosen, message, f"add per: [{chosen.text}] to the metric in data/aspects")

    def check_total(self, rows: tuple[Row, ...]) -> None:
        """A column of totals that none of the rows has is asked for in vain."""
        for number, column in enumerate(self.columns):
            figures = [row.figures[number] for row in rows if row.kind in ("metric", "member")]
            if column.kind == "total" and figures and not any(figures):
                name = next(name for name in self.block.columns if name.text == "total")
                self.refuse(name, "there is no total: these members do not add up", "leave total out")

    # ---- rows

    def rows(self) -> Iterator[Row]:
        for name in self.metrics:
            if self.members:
                yield from self.member_rows(self.report.metrics[name.text])
            else:
                yield Row("metric", name.text, self.figures(name.text, ()))
                yield from self.intensity_rows(name.text)

    def member_rows(self, metric: Metric) -> Iterator[Row]:
        whole = tuple(id if id and self.has_whole(id) else None for id in self.figures(metric.id, ()))
        total = [Row("total", metric.id, whole)] if self.block.total and any(whole) else []
        if len(self.metrics) > 1:
            yield Row("group", metric.id)
        if len(self.members) > 1:
            yield from total
        for dimension in self.members:
            if dimension.text not in metric.dimensions:
                message = f'"{metric.id}" is not broken down by {dimension.text}'
                self.refuse(dimension, message, nearest(dimension.text, metric.dimensions))
                continue
            if len(self.members) > 1:
                yield Row("group", metric.id, dimension=dimension.text)
            for member in self.report.dimensions[dimension.text].members:
                if any(member.life.covers(period) for period in self.shown):
                    figures = self.figures(metric.id, ((dimension.text, member.id),))
                    yield Row("member", metric.id, figures, dimension.text, member.id)
        if len(self.members) == 1:
            yield from total
        yield from self.intensity_rows(metric.id)

    def intensity_rows(self, metric: str) -> Iterator[Row]:
        for denominator in self.denominators(metric) if self.block.intensities else ():
            figures = self.figures(metric, (), denominator)
            yield Row("intensity", metric, figures, denominator=denominator)

    def denominators(self, metric: str) -> list[str]:
        """What the metric is divided by in this table: what it declares, of these the one that is chosen."""
        declared = [e.metric for e in self.report.metrics[metric].per if e.metric in self.report.metrics]
        return [d for d in declared if self.block.per is None or d == self.block.per.text]

    def figures(self, metric: str, members: Members, denominator: str = "") -> tuple[FigureId | None, ...]:
        return tuple(self.figure(column, metric, members, denominator) for column in self.columns)

    def figure(self, column: Column, metric: str, members: Members, denominator: str) -> FigureId | None:
        """The figure of a row in a column, None where there is nothing to stand."""
        operation = f"per.{denominator}" if denominator else ""
        id = FigureId(metric, column.period, members, operation)
        if column.kind == "period":
            return id
        if column.kind == "total":
            return id if self.has_whole(id) else None
        if column.kind == "member":
            of_both = tuple(sorted([*members, (column.dimension, column.member)]))
            below = self.report.metrics[denominator or metric]  # an intensity of a part is over the same part
            divided = _divided(below, {column.dimension})
            return FigureId(metric, column.period, of_both, operation) if divided else None
        if column.kind == "change" and self.since:
            # 7.0% to 8.4% is a change of 1.4 percentage points, not of 20%
            change = "difference" if unit_of(self.report, id) == PERCENT else "change"
            return id.then(f"{change}.{self.since}")
        if column.kind == "per" and not denominator and (found := self.denominators(metric)):
            return id.then(f"per.{found[0]}")
        return None

    def has_whole(self, id: FigureId) -> bool:
        """Whether there can be a figure of these members alone: typed, worked out, or added up from others."""
        metric = self.report.metrics[id.metric]
        used = {dimension for dimension, _ in id.members}
        partitions = [d for d in metric.dimensions if d not in used and self.report.dimensions[d].partition]
        return (
            (metric.unit.additive and bool(partitions))
            or bool(metric.formula)
            or any({d for d, _ in cell.members} == used for cell in metric.cells)
            or not metric.dimensions
        )


def _divided(metric: Metric, dimensions: set[str]) -> bool:
    """Whether a metric has values by all of these dimensions at once."""
    if len(dimensions) == 1 or metric.parts:
        return dimensions <= set(metric.dimensions)
    if metric.formula and dimensions <= set(metric.by):
        return True
    return any(dimensions <= {dimension for dimension, _ in cell.members} for cell in metric.cells)
