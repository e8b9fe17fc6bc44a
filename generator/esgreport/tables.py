"""Tables of figures before they are worded: which rows and columns, and which figure stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, blocking
from esgreport.expressions import unit_of
from esgreport.languages import Text
from esgreport.model import (
    FigureId,
    Kind,
    Members,
    Metric,
    Name,
    Over,
    Period,
    Report,
    RowGroup,
    SummaryBlock,
    TableBlock,
)
from esgreport.schema import nearest, unknown_name
from esgreport.units import PERCENT, Dimensions, Unit

WORD_COLUMNS = ("unit", "remark", "codes")
WITHOUT_FIGURE = (*WORD_COLUMNS, "trend")
FIXED_COLUMNS = (*WORD_COLUMNS, "change", "per", "share", "total", "trend")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is period, member, metric or one of `FIXED_COLUMNS`.

    A column of a metric with a `denominator` is its intensity. Columns that stand beside each other `over` the same
    share its head, and what it says. `base` is the figure that all intensities of the column are worked out with,
    where there is only one and no other cell prints it.
    """

    kind: str
    period: str = ""
    dimension: str = ""
    member: str = ""
    metric: str = ""
    denominator: str = ""
    over: Column | None = None
    base: FigureId | None = None

    @property
    def levels(self) -> tuple[Column, ...]:
        """What it stands under, and itself."""
        return (self.over, self) if self.over else (self,)

    @property
    def kinds(self) -> frozenset[str]:
        """What it is, and what it stands under."""
        return frozenset(level.kind for level in self.levels)

    @property
    def members(self) -> Members:
        """The members whose figures it holds."""
        return tuple((level.dimension, level.member) for level in self.levels if level.member)

    @property
    def subject(self) -> Column | None:
        """Which of its levels is a metric, if one is."""
        return next((level for level in self.levels if level.metric), None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `kind` is metric, intensity, member, total, sum (a metric that is the total of those above it), group (a
    heading) or division (a quieter one); figures stand one to a column.

    `metric` is "" where metrics stand in the columns. `members` are those it is about, the outer ones first; `by` is
    the dimension that a heading announces, `heading` its own words. Rows are indented by `depth`; those that belong to
    one heading, it among them, have the same number of a `group`.
    """

    kind: str
    metric: str = ""
    figures: tuple[FigureId | None, ...] = ()
    members: Members = ()
    denominator: str = ""
    by: str = ""
    heading: str = ""
    depth: int = 0
    group: int = 0

    @property
    def dimension(self) -> str:
        """The dimension of its member, or the one it announces."""
        return self.members[-1][0] if self.members else self.by

    @property
    def member(self) -> str:
        """The innermost of its members."""
        return self.members[-1][1] if self.members else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures before it is worded. `period` is that of columns which do not say theirs themselves, being
    members or metrics; "" where there are none. Figures of the quantity of one of `units` are shown in it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    period: str = ""
    units: tuple[Unit, ...] = ()

    @property
    def ids(self) -> Iterator[FigureId]:
        """All figures of the table, in reading order."""
        yield from (column.base for column in self.columns if column.base)
        yield from (id for row in self.rows for id in row.figures if id)

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
    kept = _kept(figures)
    if block not in kept:
        kept[block] = _resolved(figures, block)
    grid, findings = kept[block]
    return grid, list(findings)


@lru_cache(maxsize=1)
def _kept(figures: Figures) -> dict[TableBlock, tuple[Grid, tuple[Diagnostic, ...]]]:
    """Tables of these figures: the index, the checks and both languages ask for one several times. Those of others go."""
    return {}


def _resolved(figures: Figures, block: TableBlock) -> tuple[Grid, tuple[Diagnostic, ...]]:
    table = _Table(figures, block)
    rows = tuple(table.rows())
    table.check_total(rows)
    silent = any(
        column.kinds & {"member", "metric"} and "period" not in column.kinds for column in table.columns
    )
    units = tuple(table.units(rows))
    grid = Grid(tuple(table.with_bases(rows)), rows, table.period if silent else "", units)
    return grid, tuple(table.findings)


def tables_of(report: Report, item: object, language: str) -> tuple[TableBlock, ...]:
    """The tables of figures that an item of a page is: a summary is one for each aspect, called what that is called."""
    if isinstance(item, TableBlock):
        return (item,)
    if not isinstance(item, SummaryBlock):
        return ()
    wanted = [name.text for name in item.aspects] or [aspect.id for aspect in report.aspects]
    made = []
    for aspect in dict.fromkeys(wanted):
        names = next((a.name for a in report.aspects if a.id == aspect and a.name), Text())
        metrics = tuple(
            Over(Name(metric.id, item.place), _divisions(report, item, metric))
            for metric in report.metrics.values()
            if metric.aspect == aspect
        )
        caption = names.get(language, aspect)
        if metrics:
            made.append(TableBlock(metrics, item.columns, (), item.intensities, True, caption, item.place))
    return tuple(made)


def _divisions(report: Report, summary: SummaryBlock, metric: Metric) -> tuple[Name, ...]:
    """What a metric of a summary is divided into: the dimensions asked for; all, where it has no whole."""
    found = [name for name in summary.members if name.text in metric.dimensions]
    if not found and not has_whole(report, FigureId(metric.id, report.period)):
        found = [Name(dimension, summary.place) for dimension in metric.dimensions]
    return tuple(found)


def summary_findings(report: Report, summary: SummaryBlock) -> Iterator[Diagnostic]:
    """Aspects and dimensions of a summary that are not known, or that none of its metrics is divided by."""
    aspects = {aspect.id for aspect in report.aspects}
    for name in summary.aspects:
        if name.text not in aspects:
            yield unknown_name(name.text, name.place, "an aspect", aspects)
    chosen = {name.text for name in summary.aspects} or aspects
    divided = {d for m in report.metrics.values() if m.aspect in chosen for d in m.dimensions}
    for name in summary.members:
        if name.text not in report.dimensions:
            yield unknown_name(name.text, name.place, "a dimension", report.dimensions)
        elif name.text not in divided:
            message = f"no metric of this summary is broken down by {name.text}"
            yield blocking("wrong-argument", name.place, message, "leave it out")


class _Table:
    """One table while it is resolved: its period, its columns, and what is found on the way."""

    def __init__(self, figures: Figures, block: TableBlock) -> None:
        self.figures, self.report, self.block = figures, figures.report, block
        self.findings: list[Diagnostic] = []
        self.period = self.report.period
        if block.period and self.known(self.report.periods, block.period, "a period"):
            self.period = block.period.text
        self.metrics = [
            name for name in block.metric_names if self.known(self.report.metrics, name, "a metric")
        ]
        self.divided = {  # metrics with members of their own below them
            over.name: self.dimensions(over.below)
            for entry in block.metrics
            for over in (entry.metrics if isinstance(entry, RowGroup) else (entry,))
        }
        self.members = [
            Over(over.name, self.dimensions(over.below))
            for over in block.members
            if self.dimensions([over.name])
        ]
        self.columns = [column for over in block.columns for column in self.columns_over(over)]
        self.across = [name for name in block.column_names if self.is_across(name)]
        self.check_metrics()
        self.check_crossing()
        self.check_denominator()
        self.check_trend()
        self.check_heads()

    def known(self, known: Collection[str], name: Name, what: str) -> bool:
        if name.text not in known:
            self.findings.append(unknown_name(name.text, name.place, what, known))
        return name.text in known

    def refuse(self, name: Name, message: str, help: str) -> None:
        self.findings.append(blocking("wrong-argument", name.place, message, help))

    def dimensions(self, names: Iterable[Name]) -> tuple[Name, ...]:
        return tuple(name for name in names if self.known(self.report.dimensions, name, "a dimension"))

    # ---- columns

    def is_across(self, name: Name) -> bool:
        """Whether a column, or a head over columns, is that metric."""
        return any(level.metric == name.text for column in self.columns for level in column.levels)

    def columns_over(self, over: Over) -> Iterator[Column]:
        """The columns of a name, or of all that stands under it."""
        for outer in list(self.columns_of(over.name)):
            if not over.below:
                yield outer
                continue
            if outer.kind in (*WORD_COLUMNS, "change"):
                self.refuse(over.name, f"nothing can stand under {outer.kind}", "make it a column of its own")
                return
            for name in over.below:
                for inner in list(self.columns_of(name)):
                    if message := _cannot_stand_under(outer, inner):
                        self.refuse(name, message, "leave it out there")
                        return
                    period = outer.period if outer.kind == "period" else inner.period
                    yield replace(inner, period=period, over=outer)

    def columns_of(self, name: Name) -> Iterator[Column]:
        """The columns that a name stands for: of a dimension, one for each member; of a metric, its intensities too."""
        text, report = name.text, self.report
        if text in FIXED_COLUMNS:
            if text == "change" and not self.since:
                help = "name one under comparatives in data/report.yml"
                self.refuse(name, "there is no earlier period to compare with", help)
            yield Column(text, "" if text in ("unit", "codes", "trend") else self.period)
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
                ((over.name.text, member.id),)
                for over in self.members
                for member in self.report.dimensions[over.name.text].members
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
        for over in self.block.columns:
            name = over.name
            if not set(over.names) & set(self.across) and (help := self.help_beside_metrics(name.text)):
                self.refuse(name, f'"{name.text}" cannot stand beside metrics as columns', help)
        for name in self.across:
            for over in self.members:
                self.check_broken_down(name, self.report.metrics[name.text], over.name.text)

    def help_beside_metrics(self, column: str) -> str:
        """What to do instead, for each kind of column that is about one metric; "" for what is no column."""
        if column in self.report.periods:
            return f"the table is about one period: write period: {column}, or put periods under the metrics"
        if column in self.report.dimensions:
            return f"put {column} under members"
        return {
            "unit": "leave it out: units stand under the names",
            "total": "leave it out: the row of totals comes by itself, where there is one",
            "per": "write intensities: true",
            "share": "put it under the metric",
            "codes": "leave it out: the metrics of this table are its columns",
            "remark": "make a table of one metric, with members as rows",
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
        for column in self.block.columns:
            across = [name for name in column.names if name.text in self.report.dimensions]
            wanted = [name for name in self.metrics if not self.is_across(name)] if across else []
            wanted += [name for name in column.names if name in self.across]
            for name in across:
                if any(name.text == other.text for row in self.rows_by() for other in row):
                    self.refuse(name, f"{name.text} is in the rows already", "keep it in one of the two")
                    across = []
            for named in wanted if across else ():
                metric = self.report.metrics[named.text]
                if all([self.check_broken_down(name, metric, name.text) for name in across]):
                    for row in list(self.rows_by(named)) or [[]]:
                        self.check_together(across[0], metric, [*row, *across])
        for named in [*self.metrics, *self.across]:
            for row in self.rows_by(named):
                self.check_together(row[-1], self.report.metrics[named.text], row)

    def rows_by(self, metric: Name | None = None) -> Iterator[list[Name]]:
        """By what the rows, those of one metric or all, are divided: a dimension, or one within another."""
        own = [below for name, below in self.divided.items() if metric in (None, name)]
        yield from ([name] for below in own for name in below)
        if metric is None or not any(own):
            for over in self.members:
                yield from [[over.name, below] for below in over.below] or [[over.name]]

    def check_together(self, name: Name, metric: Metric, by: list[Name]) -> None:
        """A metric that has each of these dimensions must have values by all of them at once."""
        dimensions = list(dict.fromkeys(each.text for each in by))
        if set(dimensions) <= set(metric.dimensions) and not _divided(metric, set(dimensions)):
            both = "both" if len(dimensions) == 2 else "all"
            message = (
                f'"{metric.id}" is broken down by {" and by ".join(dimensions)}, but not by {both} at once'
            )
            self.refuse(name, message, "give the values by both in a CSV, or make two tables")

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
        for name in self.block.column_names:
            if name.text == "trend" and sum(column.kind == "period" for column in self.columns) < 2:
                help = "name two periods as columns, or leave trend out"
                self.refuse(name, "a trend is drawn of the periods of its table", help)

    def check_heads(self) -> None:
        """A head is for a column there is, and only one: members have their own names."""
        known = [n.text for n in self.block.column_names if n.text not in self.report.dimensions]
        for name, _ in self.block.heads:
            if name.text not in known:
                self.findings.append(unknown_name(name.text, name.place, "a column of this table", known))

    def check_total(self, rows: tuple[Row, ...]) -> None:
        """A column of totals that none of the rows has is asked for in vain."""
        for number, column in enumerate(self.columns):
            figures = [row.figures[number] for row in rows if row.kind in ("metric", "member")]
            if column.kind == "total" and not self.across and figures and not any(figures):
                name = next(name for name in self.block.column_names if name.text == "total")
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
        count = 0
        for entry in self.block.metrics if not self.across else (None,):
            group = 0
            for row in self.rows_of(entry):
                count += row.kind == "group"
                group = count if row.kind == "group" else group
                yield replace(row, group=group)

    def rows_of(self, entry: Over | RowGroup | None) -> Iterator[Row]:
        """The rows of what stands under metrics; of None, where metrics are columns."""
        if entry is None:
            yield from self.member_rows("")
        elif isinstance(entry, Over):
            yield from self.metric_rows(entry)
        else:
            if entry.heading:
                yield Row("group", heading=entry.heading)
            for over in entry.metrics:
                yield from self.metric_rows(over, int(bool(entry.heading)))
            if entry.total and entry.total in self.metrics:
                yield from self.row("sum", entry.total.text)

    def metric_rows(self, over: Over, depth: int = 0) -> Iterator[Row]:
        """A metric, and what it is divided into."""
        if over.name not in self.metrics:
            return
        if below := self.divided[over.name]:
            yield from self.row("metric", over.name.text, depth=depth, whole=True)
            yield from self.below(over.name.text, below, (), depth + 1)
        elif self.members:
            yield from self.member_rows(over.name.text)
        else:
            yield from self.row("metric", over.name.text, depth=depth)

    def below(self, metric: str, dimensions: tuple[Name, ...], outer: Members, depth: int) -> Iterator[Row]:
        """The members of dimensions under the row that they divide, which alone has intensities. A pair of members that is
        not applicable in any column, such as a metal without that material, has no row."""
        for name in dimensions:
            if metric and not self.check_broken_down(name, self.report.metrics[metric], name.text):
                continue
            if len(dimensions) > 1:
                yield Row("division", metric, by=name.text, depth=depth)
            for member in self.members_of(name.text):
                members = (*outer, (name.text, member))
                row = next(self.row("member", metric, members, depth + (len(dimensions) > 1)))
                if not outer or not self.is_nothing(row):
                    yield row

    def is_nothing(self, row: Row) -> bool:
        """Whether all figures of a row are not applicable."""
        found = [self.figures.figure(id) for id in row.figures if id]
        return bool(found) and all(figure and figure.kind == Kind.NOT_APPLICABLE for figure in found)

    def members_of(self, dimension: str) -> Iterator[str]:
        """The members that exist in a period which is printed."""
        for member in self.report.dimensions[dimension].members:
            if any(member.life.covers(period) for period in self.shown):
                yield member.id

    def member_rows(self, metric: str) -> Iterator[Row]:
        """The members of each dimension, with a heading where there are several; the whole before or after them."""
        several = len(self.members) > 1
        total = list(self.row("total", metric)) if self.block.total else []
        if len(self.metrics) > 1:
            yield Row("group", metric)
        if several:
            yield from total
        for over in self.members:
            name = over.name
            if metric and not self.check_broken_down(name, self.report.metrics[metric], name.text):
                continue
            if several:
                yield Row("group", metric, by=name.text)
            for member in self.members_of(name.text):
                members = ((name.text, member),)
                yield from self.row("member", metric, members, 1, whole=bool(over.below))
                yield from self.below(metric, over.below, members, 2)
        if not several:
            yield from total

    def row(
        self, kind: str, metric: str, members: Members = (), depth: int = 0, whole: bool = False
    ) -> Iterator[Row]:
        """A row, and under it the intensities that can be worked out for it; no row of totals without a total. A
        `whole` has only the figures that there can be beside its parts."""
        figures = self.figures_of(metric, members)
        if kind == "total" or whole:
            figures = tuple(id if id and has_whole(self.report, id) else None for id in figures)
            if kind == "total" and not any(figures):
                return
        yield Row(kind, metric, figures, members, depth=depth)
        for denominator in self.denominators(metric) if metric else ():
            figures = self.figures_of(metric, members, denominator)
            if any(map(self.says, figures)):
                yield Row("intensity", metric, figures, members, denominator, depth=depth + 1)

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
        if subject := column.subject:
            metric, denominator = subject.metric, subject.denominator
        if not metric or column.kind in WITHOUT_FIGURE:
            return None
        if "per" in column.kinds:
            over = self.denominators(metric, always=True)
            if denominator or not over:
                return None
            denominator = over[0]
        by = (members or column.members or (("", ""),))[-1][0]
        members = tuple(sorted([*members, *column.members]))
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
        if "total" in column.kinds and not has_whole(self.report, id):
            return None
        if "share" in column.kinds:
            rest = tuple(pair for pair in members if pair[0] != by)
            divides = members and self.report.metrics[metric].unit.additive and not id.operation
            return (
                id.then(f"share.{by}")
                if divides and has_whole(self.report, replace(id, members=rest))
                else None
            )
        if column.kind == "change":
            if not self.since:
                return None
            # 7.0% to 8.4% is a change of 1.4 percentage points, not of 20%
            change = "difference" if unit_of(self.report, id) == PERCENT else "change"
            return id.then(f"{change}.{self.since}")
        return id

    # ---- what intensities are worked out with

    def with_bases(self, rows: tuple[Row, ...]) -> Iterator[Column]:
        """The columns; one of intensities with the figure that all of them are over."""
        printed = {id for row in rows for id in row.figures}
        for number, column in enumerate(self.columns):
            divided = "per" in column.kinds or bool(column.subject and column.subject.denominator)
            figures = [row.figures[number] for row in rows if row.figures and divided]
            found = {self.denominator(id) for id in figures} - {None}
            base = found.pop() if len(found) == 1 else None
            yield column if base in printed else replace(column, base=base)

    def denominator(self, id: FigureId | None) -> FigureId | None:
        """The figure that an intensity is over."""
        figure = self.figures.figure(id) if id and id.last[0] == "per" else None
        return figure.inputs[1] if figure and figure.number else None


def has_whole(report: Report, id: FigureId) -> bool:
    """Whether there can be a figure of these members alone: typed, worked out, or added up from others."""
    metric = report.metrics[id.metric]
    used = {dimension for dimension, _ in id.members}
    if _given_as_a_whole(report, metric, used):
        return True
    inputs = [report.metrics.get(term.metric) for term in metric.inputs if not term.members]
    whole = all(i.formula or _given_as_a_whole(report, i, used) for i in inputs if i)
    return bool(metric.formula) and (whole or not metric.by)


def _given_as_a_whole(report: Report, metric: Metric, used: set[str]) -> bool:
    """Whether a whole by these dimensions is typed, or added up from its parts."""
    partitions = [d for d in metric.dimensions if d not in used and report.dimensions[d].partition]
    return (
        (metric.unit.additive and bool(partitions))
        or any({d for d, _ in cell.members} == used for cell in metric.cells)
        or not metric.dimensions
    )


def _cannot_stand_under(outer: Column, inner: Column) -> str:
    """Why a column cannot stand under a head; "" where it can."""
    if inner.kind in WORD_COLUMNS:
        return f"{inner.kind} is said of a whole row, so it cannot stand under another head"
    if inner.kind == "change" and outer.kind == "period":
        return "a change is between periods, so it cannot stand under one"
    alike = outer.kind == inner.kind and outer.dimension == inner.dimension
    return "two of one kind cannot stand under each other" if alike else ""


def _divided(metric: Metric, dimensions: set[str]) -> bool:
    """Whether a metric has values by all of these dimensions at once."""
    if len(dimensions) < 2 or metric.parts:
        return dimensions <= set(metric.dimensions)
    if metric.formula and dimensions <= set(metric.by):
        return True
    return any(dimensions <= {dimension for dimension, _ in cell.members} for cell in metric.cells)
