"""Tables of targets in words: heads, rows, the bar of progress, and where each target stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from esgreport.calls import FigureReference
from esgreport.compute import Figures
from esgreport.languages import words
from esgreport.model import BOUNDS, Figure, Report, Target, TargetsBlock
from esgreport.table_writer import TableWriter
from esgreport.tables import Grid
from esgreport.target_tables import TargetColumn, TargetGrid, TargetRow
from esgreport.targets import TargetStatus
from esgreport.units import PERCENT, Unit
from esgreport.views import (
    BarView,
    ColumnView,
    FigureView,
    StatusView,
    TargetCellView,
    TargetRowView,
    TargetsView,
)

_MARKS = {
    TargetStatus.ACHIEVED: "◆",
    TargetStatus.ON_TRACK: "●",
    TargetStatus.BEHIND: "◐",
    TargetStatus.MISSED: "!",
}


class TargetWriter:
    """Words one table of targets of one language. Figures are handed to `print_figure` in reading order.

    Units stand at the figures with `with_units`, else once for the table or row.
    """

    def __init__(
        self,
        report: Report,
        figures: Figures,
        language: str,
        grid: TargetGrid,
        print_figure: Callable[[Figure, FigureReference], FigureView],
        with_units: bool = False,
    ) -> None:
        self.report, self.figures, self.language, self.grid = report, figures, language, grid
        self.print_figure, self.with_units = print_figure, with_units
        self.words = words(language)
        self.plain = TableWriter(report, figures, language, Grid((), ()), print_figure)  # for notes and names
        self.columns = tuple(map(self.column, grid.columns))
        self.kinds = {column.kind for column in grid.columns}
        targets = [report.targets[row.target] for row in grid.rows]
        names = {unit.name(language) if unit != PERCENT else "" for unit in map(self.unit, targets)}
        self.common = next(iter(names)) if len(names) == 1 else ""

    def table(self, block: TargetsBlock, anchor: str, label: str) -> TargetsView:
        rows = tuple(map(self.row, self.grid.rows))
        return TargetsView(
            anchor=anchor,
            label=label,
            caption=block.caption,
            corner=self.words["indicator"],
            columns=self.columns,
            rows=rows,
            unit=self.common,
            notes=self.plain.notes.listed(),
            legend=self.legend(rows),
        )

    def legend(self, rows: Iterable[TargetRowView]) -> tuple[tuple[str, str], ...]:
        """The signs that rows use, and what they mean."""
        found = (self.figures.figure(id) for row in self.grid.rows for id in row.figures if id)
        legend = self.plain.legend([figure for figure in found if figure])
        if any(cell.bar and cell.bar.pace is not None for row in rows for cell in row.cells):
            period = self.plain.label(self.report.period)
            legend += (("|", self.words["target_pace"].format(period=period)),)
        return legend

    def unit(self, target: Target) -> Unit:
        return self.figures.unit(target.measured(self.report.period))

    def column(self, column: TargetColumn) -> ColumnView:
        text = self.words[f"target_column_{column.kind}"]
        if column.period:
            text = text.format(period=self.plain.label(column.period))
        return ColumnView(text, column.kind, column.period == self.report.period)

    def row(self, row: TargetRow) -> TargetRowView:
        target = self.report.targets[row.target]
        measure = self.measure(target)
        marks = self.plain.notes.marks([self.plain.worded(target.note)])
        cells = []
        for kind, column, id in zip(self.grid.columns, self.columns, row.figures, strict=True):
            figure = self.figures.figure(id) if id else None
            cell = TargetCellView(column)
            if figure:
                notes = self.plain.notes.marks(self.plain.said_of_figure(figure))
                cell = replace(cell, figure=self.figure(figure, kind.kind, target), notes=notes)
            elif id and kind.kind in ("base", "actual"):
                cell = replace(cell, text=self.words["to_come"])
            cells.append(self.beside(cell, kind, target, measure))
        name = self.plain.worded(target.name)
        said = "metric" in self.kinds or measure == name
        return TargetRowView(name, "" if said else measure, tuple(cells), marks)

    def measure(self, target: Target) -> str:
        """What the target is measured by, with its unit unless that stands at its figures or over the table."""
        metric, unit = self.report.metrics[target.metric], self.unit(target)
        parts = [self.plain.worded(metric.name), *(self.plain.member(*pair) for pair in target.members)]
        if target.per:
            word = self.words["intensity"]
            parts.append(word.lower() if self.language == "en" else word)
        name = self.words["comma"].join(parts)
        shown = unit.name(self.language)
        if self.with_units or unit == PERCENT or not shown or shown == self.common:
            return name
        return f"{name} ({shown})" if self.language == "en" else f"{name}（{shown}）"

    def figure(self, figure: Figure, kind: str, target: Target) -> FigureView:
        """A figure as its column prints it. A per cent sign stands at each number, since goals are in per cent too."""
        full = self.with_units or figure.unit == PERCENT
        show = {"change": "column"}.get(kind, "full" if full else "number")
        view = self.print_figure(figure, FigureReference(figure.id, show))
        wanted = figure.id.metric == target.id and figure.id.operation == "level" and kind != "base"
        if not wanted or target.goal not in BOUNDS:
            return view
        before, after = self.words[f"target_{target.goal}"].split("{number}")
        return replace(view, before=before + view.before, after=view.after + after)

    def beside(
        self, cell: TargetCellView, kind: TargetColumn, target: Target, measure: str
    ) -> TargetCellView:
        """The cell with what stands in it besides a figure."""
        if kind.kind == "metric":
            return replace(cell, text=measure)
        if kind.kind == "period":
            return replace(cell, text=self.plain.label(target.to))
        if kind.kind == "base" and target.base:
            return replace(cell, small=self.plain.label(target.base))
        if kind.kind == "target" and "period" not in self.kinds:
            return replace(cell, small=self.words["target_by"].format(period=self.plain.label(target.to)))
        if kind.kind == "progress" and cell.figure:
            return replace(cell, bar=self.bar(target))
        if kind.kind == "status":
            return replace(cell, status=self.status(target))
        return cell

    def bar(self, target: Target) -> BarView | None:
        """The way as a line from 0 to 100; what lies before its beginning or beyond its end is not drawn."""
        targets, period = self.figures.targets, self.report.period
        done, pace = targets.progress(target, period), targets.pace(target, period)
        return None if done is None else BarView(_drawn(done), None if pace is None else _drawn(pace))

    def status(self, target: Target) -> StatusView:
        status = self.figures.targets.status(target, self.report.period)
        known = status != TargetStatus.UNKNOWN
        word = self.words[f"target_{status}" if known else "not_available_meaning"]
        mark = _MARKS[status] if known else self.words["not_available"]
        return StatusView(status.replace("_", "-"), mark, word[:1].upper() + word[1:])


def _drawn(share: Fraction) -> int:
    return max(0, min(100, int(share * 100)))
