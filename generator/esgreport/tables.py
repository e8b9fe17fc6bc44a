"""Tables of figures before they are worded: which rows and columns, and which figure stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, blocking
from esgreport.expressions import unit_of
from esgreport.model import FigureId, Kind, Members, Metric, Name, Period, TableBlock
from esgreport.schema import nearest, unknown_name
from esgreport.units import PERCENT, Dimensions, Unit

FIXED_COLUMNS = ("unit", "change", "per", "total", "trend")
WITHOUT_FIGURE = ("unit", "trend")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is unit, period, member, metric, total, change, per or trend.

    A column of a metric with a `denominator` is its intensity.
    """

    kind: str
    period: str = ""
    dimension: str = ""
    member: str = ""
    metric: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `kind` is metric, intensity, member, total or group; figures stand one to a column.

    `metric` is "" where metrics stand in the columns. An intensity may be that of a member.
    """

    kind: str
    metric: str
    figures: tuple[FigureId | None, ...] = ()
    dimension: str = ""
    member: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures before it is worded. `period` is that of columns which do not say theirs themselves, being
    members or metrics; "" where there are none. Figures of the quantity of one of `units` are shown in it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    period: str = ""
    units: tuple[Unit, ...] = ()

    def other_unit(self, figures: Figures, id: FigureId) -> Unit | None:
        """The unit that a figure is shown in, where it is not its own."""
        own = figures.unit(id)
        if id.last[0] not in ("", "per"):
            return None
        return next((unit for unit in self.units if unit != own and unit.dimensions == own.dimensions), None)

    def unit(self, figures: Figures, id: FigureId) -> Unit:
        """The unit that a figure is shown in."""
        return self.other_unit(figures, id) or figures.unit(id)


def resolve_table(figures: Figures, block: TableBlock) -> tuple[Grid, list[Diagnostic]]:
    """The grid of figures that a table asks for; names that are not known are left out and told."""
    table = _Table(figures, block)
    rows = tuple(table.rows())
    table.check_total(rows)
    silent = any(column.kind in ("member", "metric") for column in table.columns)
    units = tuple(table.units(rows))
    return Grid(tuple(table.columns), rows, table.period if silent else "", units), table.findings


class _Table:
    """One table while it is resolved: its period, its columns, and what is found on the way."""

    def __init__(self, figures: Figures, block: TableBlock) -> None:
        self.figures, self.report, self.block = figures, figures.report, block
        self.findings: list[Diagnostic] = []
        self.period = self.report.period
        if block.period and self.known(self.report.periods, block.period, "a period"):
            self.period = block.period.text
        self.metrics = [name for name in block.metrics if self.known(self.report.metrics, name, "a metric")]
        self.members = [
            name for name in block.members if self.known(self.report.dimensions, name, "a dimension")
        ]
        self.columns = [column for name in block.columns for column in self.columns_of(name)]
        self.across = [name for name in block.columns if any(c.metric == name.text for c in self.columns)]
        self.check_metrics()
        self.check_crossing()
        self.check_denominator()
        self.check_trend()

    def known(self, known: Collection[str], name: Name, what: str) -> bool:
        if name.text not in known:
            self.findings.append(unknown_name(name.text, name.place, what, known))
        return name.text in known

    def refuse(self, name: Name, message: str, help: str) -> None:
        self.findings.append(blocking("wrong-argument", name.place, message, help))

    # ---- columns

    def columns_of(self, name: Name) -> Iterator[Column]:
        """The columns that a name stands for: of a dimension, one for each member; of a metric, its intensities too."""
        text, report = name.text, self.report
        if text in FIXED_COLUMNS:
            if text == "change" and not self.since:
                help = "name one under comparatives in data/report.yml"
                self.refuse(name, "there is no earlier period to compare with", help)
            yield Column(text, "" if text in WITHOUT_FIGURE else self.period)
        elif text in report.metrics and (text in report.periods or text in report.dimensions):
            other = "a period" if text in report.periods else "a dimension"
            help = "give one of them another id"
            self.refuse(
                name, f'"{text}" is both a metric and {other}, so it is not known which is meant', help
            )
        elif text in report.periods:
            yield Column("period", text)
        elif text in report.dimensions:
            for member in report.members(text, self.period):
                yield Column("member", self.period, text, member.id)
        elif text in report.metrics:
            yield from self.columns_of_metric(text)
        else:
            known = [*FIXED_COLUMNS, *report.periods, *report.dimensions]
            if not self.block.metrics:
                known = [*report.metrics, *known]
            help = f"known: {', '.join(known[:12])}" if text[:1].isdigit() else nearest(text, known)
            message = f'"{text}" is not a column'
            self.findings.append(blocking("unknown-name", name.place, message, help, text))

    def columns_of_metric(self, metric: str) -> Iterator[Column]:
        yield Column("metric", self.period, metric=metric)
        for denominator in self.denominators(metric):
            column = Column("metric", self.period, metric=metric, denominator=denominator)
            parts = [
                ((dimension.text, member.id),)
                for dimension in self.members
                for member in self.report.dimensions[dimension.text].members
            ]
            if any(self.says(self.figure(column, "", members, "")) for members in parts):
                yield column

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

    # ---- what goes together

    def check_metrics(self) -> None:
        """Metrics stand in rows, or in columns beside rows of members and nothing else."""
        if not self.across:
            if not self.block.metrics and not self.findings:
                message = 'a table needs "metrics"'
                help = "add metrics: …, or name metrics as columns and their rows under members"
                self.findings.append(blocking("missing-key", self.block.place, message, help))
            return
        first = self.across[0]
        if self.block.metrics:
            message = f'"{first.text}" is a metric, but the metrics of this table are its rows'
            self.refuse(first, message, "put it under metrics, or leave metrics out and name members as rows")
            return
        if not self.block.members:
            self.refuse(first, "metrics as columns need members as rows", "add members: …, a dimension")
        for name in self.block.columns:
            if name not in self.across and (help := self.help_beside_metrics(name.text)):
                self.refuse(name, f'"{name.text}" cannot stand beside metrics as columns', help)
        for name in self.across:
            for dimension in self.members:
                self.check_broken_down(name, self.report.metrics[name.text], dimension.text)

    def help_beside_metrics(self, column: str) -> str:
        """What to do instead, for each kind of column that is about one metric; "" for what is no column."""
        if column in self.report.periods:
            return f"the table is about one period: write period: {column}, or make a table for each"
        if column in self.report.dimensions:
            return f"put {column} under members"
        return {
            "unit": "leave it out: units stand under the names",
            "total": "leave it out: the row of totals comes by itself, where there is one",
            "per": "write intensities: true",
            "change": "make a table of one metric, with members as rows",
            "trend": "make a table of one metric, with members as rows and periods as columns",
        }.get(column, "")

    def check_broken_down(self, name: Name, metric: Metric, dimension: str) -> bool:
        """Whether a metric is broken down by a dimension; where not, `name` is what asks for it."""
        if dimension in metric.dimensions:
            return True
        by = " and ".join(metric.dimensions)
        message = f'"{metric.id}" is not broken down by {dimension}' + (f", only by {by}" if by else "")
        help = nearest(dimension, metric.dimensions)
        if not help.startswith("did you mean"):
            help = f"leave it out, or give its values by {dimension} in data/aspects"
        self.refuse(name, message, help)
        return False

    def check_crossing(self) -> None:
        """Every metric must be divided by what its columns, and each with its rows, are divided by."""
        crossing = [name for name in self.block.columns if name.text in self.report.dimensions]
        rows = {name.text for name in self.members}
        for name in crossing if not self.across else ():
            if name.text in rows:
                self.refuse(name, f"{name.text} is in the rows already", "keep it in one of the two")
            for wanted in self.metrics if name.text not in rows else ():
                metric = self.report.metrics[wanted.text]
                if not self.check_broken_down(name, metric, name.text):
                    continue
                for other in self.members:
                    if other.text in metric.dimensions and not _divided(metric, {name.text, other.text}):
                        message = f'"{metric.id}" is broken down by {other.text} and by {name.text}, but not by both at once'
                        help = "give the values by both in a CSV, or make two tables"
                        self.refuse(name, message, help)

    def check_denominator(self) -> None:
        chosen = self.block.per
        if chosen and self.known(self.report.metrics, chosen, "a metric"):
            shown = [*self.metrics, *self.across]
            declared = [each.metric for name in shown for each in self.report.metrics[name.text].per]
            if shown and chosen.text not in declared:
                message = f'no metric of this table is divided by "{chosen.text}"'
                self.refuse(chosen, message, f"add per: [{chosen.text}] to the metric in data/aspects")

    def check_trend(self) -> None:
        """A trend is drawn of the periods that stand beside it."""
        for name in self.block.columns:
            if name.text == "trend" and sum(column.kind == "period" for column in self.columns) < 2:
                help = "name two periods as columns, or leave trend out"
                self.refuse(name, "a trend is drawn of the periods of its table", help)

    def check_total(self, rows: tuple[Row, ...]) -> None:
        """A column of totals that none of the rows has is asked for in vain."""
        for number, column in enumerate(self.columns):
            figures = [row.figures[number] for row in rows if row.kind in ("metric", "member")]
            if column.kind == "total" and not self.across and figures and not any(figures):
                name = next(name for name in self.block.columns if name.text == "total")
                self.refuse(name, "there is no total: these members do not add up", "leave total out")

    # ---- units

    def units(self, rows: tuple[Row, ...]) -> Iterator[Unit]:
        """The units asked for: each known, of the quantity of some figure of the table, and alone for it."""
        own = {self.figures.unit(id).dimensions for row in rows for id in row.figures if id}
        found: dict[Dimensions, Name] = {}
        for name in self.block.units:
            unit = self.report.units.find(name.text)
            if unit is None:
                known = self.report.units.units
                self.findings.append(unknown_name(name.text, name.place, "a unit", known))
            elif unit.dimensions not in own:
                message = f"nothing in this table can be shown in {name.text}"
                self.refuse(name, message, "name a unit of the same kind as a metric's, or leave it out")
            elif other := found.get(unit.dimensions):
                self.refuse(
                    name, f"{other.text} and {name.text} are units of one quantity", "choose one of them"
                )
            else:
                found[unit.dimensions] = name
                yield unit

    # ---- rows

    def rows(self) -> Iterator[Row]:
        if self.across:
            yield from self.member_rows("")
        for name in self.metrics:
            yield from self.member_rows(name.text) if self.members else self.row("metric", name.text)

    def member_rows(self, metric: str) -> Iterator[Row]:
        """The members of each dimension, with a heading where there are several; the whole before or after them."""
        several = len(self.members) > 1
        total = list(self.row("total", metric)) if self.block.total else []
        if len(self.metrics) > 1:
            yield Row("group", metric)
        if several:
            yield from total
        for name in self.members:
            if metric and not self.check_broken_down(name, self.report.metrics[metric], name.text):
                continue
            if several:
                yield Row("group", metric, dimension=name.text)
            for member in self.report.dimensions[name.text].members:
                if any(member.life.covers(period) for period in self.shown):
                    yield from self.row("member", metric, ((name.text, member.id),))
        if not several:
            yield from total

    def row(self, kind: str, metric: str, members: Members = ()) -> Iterator[Row]:
        """A row, and under it the intensities that can be worked out for it; no row of totals without a total."""
        part = members[0] if members else ("", "")
        figures = self.figures_of(metric, members)
        if kind == "total":
            figures = tuple(id if id and self.has_whole(id) else None for id in figures)
            if not any(figures):
                return
        yield Row(kind, metric, figures, *part)
        for denominator in self.denominators(metric) if metric else ():
            figures = self.figures_of(metric, members, denominator)
            if any(map(self.says, figures)):
                yield Row("intensity", metric, figures, *part, denominator)

    def denominators(self, metric: str, always: bool = False) -> list[str]:
        """What a metric is divided by in this table: what it declares, of these the one that is chosen.

        Where the table has no intensities there are none, unless they are wanted `always`.
        """
        if not self.block.intensities and not always:
            return []
        declared = [e.metric for e in self.report.metrics[metric].per if e.metric in self.report.metrics]
        return [d for d in declared if self.block.per is None or d == self.block.per.text]

    def says(self, id: FigureId | None) -> bool:
        """Whether there is a figure that says something."""
        figure = self.figures.figure(id) if id else None
        return figure is not None and figure.kind != Kind.NOT_APPLICABLE

    def figures_of(self, metric: str, members: Members, denominator: str = "") -> tuple[FigureId | None, ...]:
        return tuple(self.figure(column, metric, members, denominator) for column in self.columns)

    def figure(self, column: Column, metric: str, members: Members, denominator: str) -> FigureId | None:
        """The figure of a row in a column, None where there is nothing to stand."""
        if column.metric:
            metric, denominator = column.metric, column.denominator
        if column.kind in WITHOUT_FIGURE or not metric:
            return None
        if column.kind == "per":
            over = self.denominators(metric, always=True)
            if denominator or not over:
                return None
            denominator = over[0]
        if column.kind == "member":
            members = tuple(sorted([*members, (column.dimension, column.member)]))
        divided = {dimension for dimension, _ in members}
        if not _divided(self.report.metrics[metric], divided):
            return None
        if (
            denominator
        ):  # an intensity of a part is over the same part, where there is one, else over the whole
            below = self.report.metrics[denominator]
            if not _divided(below, divided & set(below.dimensions)):
                return None
        id = FigureId(metric, column.period, members, f"per.{denominator}" if denominator else "")
        if column.kind == "total":
            return id if self.has_whole(id) else None
        if column.kind == "change":
            if not self.since:
                return None
            # 7.0% to 8.4% is a change of 1.4 percentage points, not of 20%
            change = "difference" if unit_of(self.report, id) == PERCENT else "change"
            return id.then(f"{change}.{self.since}")
        return id

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
    if len(dimensions) < 2 or metric.parts:
        return dimensions <= set(metric.dimensions)
    if metric.formula and dimensions <= set(metric.by):
        return True
    return any(dimensions <= {dimension for dimension, _ in cell.members} for cell in metric.cells)
