"""Tables of figures in words: heads, rows, cells, and the notes under them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from esgreport.calls import FigureReference
from esgreport.compute import Figures
from esgreport.framework import worded_in
from esgreport.languages import Text, grouped, worded_date, words
from esgreport.model import Figure, FigureId, Metric, Report, TableBlock
from esgreport.tables import Column, Grid, Row
from esgreport.views import CellView, ColumnView, FigureView, NoteMark, RowView, TableView

PrintFigure = Callable[[Figure, FigureReference], FigureView]

MOST_COLUMNS = 9  # side by side on paper, beside the names of the rows
_SHOWN = {"per": "column", "change": "column"}


class _Notes:
    """The notes of one table, numbered as they are first met; the same words are one note."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def marks(self, texts: Iterable[str]) -> tuple[NoteMark, ...]:
        found = []
        for text in dict.fromkeys(filter(None, texts)):
            first = text not in self.texts
            if first:
                self.texts.append(text)
            found.append(NoteMark(str(self.texts.index(text) + 1), first))
        return tuple(found)


class TableWriter:
    """Words one table of one language. Figures are handed to `print_figure` in reading order."""

    def __init__(
        self, report: Report, figures: Figures, language: str, grid: Grid, print_figure: PrintFigure
    ) -> None:
        self.report, self.figures, self.language, self.grid = report, figures, language, grid
        self.print_figure = print_figure
        self.words = words(language)
        self.notes = _Notes()
        self.columns = tuple(self.column(column) for column in grid.columns)
        self.shows_unit = any(column.kind == "unit" for column in grid.columns)
        ids = [id for row in grid.rows for id in row.figures if id and not id.operation]
        units = {figures.unit(id).name(language) for id in ids}
        self.common = next(iter(units)) if len(units) == 1 and not self.shows_unit else ""

    def table(self, block: TableBlock, anchor: str, label: str, rounded: bool) -> TableView:
        """The whole table; `rounded` says that its parts miss a total because of rounding."""
        over = self.notes.marks(self.said_of_metric(self.unnamed()))
        rows = tuple(map(self.row, self.grid.rows))
        notes = [(str(number), text) for number, text in enumerate(self.notes.texts, 1)]
        if rounded:
            notes.append(("", self.words["rounding_note"]))
        dimension = self.report.dimensions.get(block.members[0].text) if len(block.members) == 1 else None
        found = (self.figures.figure(id) for row in self.grid.rows for id in row.figures if id)
        return TableView(
            anchor=anchor,
            label=label,
            caption=block.caption,
            corner=self.worded(dimension.name) if dimension else self.words["indicator"],
            columns=self.columns,
            rows=rows,
            bands=_bands(self.columns),
            period=self.label(self.grid.period) if self.grid.period else "",
            unit=self.common,
            caption_notes=over,
            notes=tuple(notes),
            legend=self.legend([figure for figure in found if figure]),
        )

    def worded(self, text: Text) -> str:
        return worded_in(text, self.language)

    def label(self, period: str) -> str:
        return self.worded(self.report.periods[period].label)

    # ---- heads and rows

    def column(self, column: Column) -> ColumnView:
        if column.kind == "period":
            return ColumnView(self.label(column.period), "period", column.period == self.report.period)
        if column.kind == "member":
            return ColumnView(self.member(column.dimension, column.member), "member")
        if column.kind == "total" and not any(
            self.report.metrics[row.metric].unit.additive for row in self.grid.rows
        ):
            return ColumnView(self.words["overall"], "total")
        return ColumnView(self.words["intensity" if column.kind == "per" else column.kind], column.kind)

    def row(self, row: Row) -> RowView:
        """A row; it names its unit itself unless a column does, or the unit is common to the table."""
        metric = self.report.metrics[row.metric]
        name = self.row_name(row, metric)
        marks = self.notes.marks(self.said_of_metric(metric)) if self.names_metric(row) else ()
        if row.kind == "group":
            return RowView("group", name, notes=marks)
        operation = f"per.{row.denominator}" if row.denominator else ""
        unit = self.figures.unit(FigureId(metric.id, self.report.period, (), operation)).name(self.language)
        if unit and not self.shows_unit and unit != self.common:
            name += f" ({unit})" if self.language == "en" else f"（{unit}）"
        said = {mark.mark for mark in marks}
        cells = []
        for kind, column, id in zip(self.grid.columns, self.columns, row.figures, strict=True):
            figure = self.figures.figure(id) if id else None
            if id is None:
                cells.append(CellView(column, text=unit if kind.kind == "unit" else ""))
            elif figure is None:
                cells.append(CellView(column, text="" if id.operation else self.words["to_come"]))
            else:
                view = self.print_figure(figure, FigureReference(id, _SHOWN.get(kind.kind, "number")))
                own = self.notes.marks(self.said_of_figure(figure))
                cells.append(CellView(column, view, notes=tuple(m for m in own if m.mark not in said)))
        return RowView(row.kind, name, tuple(cells), marks)

    def member(self, dimension: str, id: str) -> str:
        member = self.report.dimensions[dimension].member(id)
        return self.worded(member.name) if member else id

    def row_name(self, row: Row, metric: Metric) -> str:
        if row.member:
            return self.member(row.dimension, row.member)
        if row.dimension:
            return self.worded(self.report.dimensions[row.dimension].name)
        if row.denominator:
            if len(metric.per) == 1:
                return self.words["intensity"]
            name = self.worded(self.report.metrics[row.denominator].name)
            return self.words["intensity_per"].format(metric=name)
        if row.kind == "total" and metric.unit.additive:
            return self.words["total"]
        return self.worded(metric.name)

    # ---- notes

    def names_metric(self, row: Row) -> bool:
        """Whether a row is where the metric as a whole is spoken of: its own, its heading, or else its total."""
        headed = any(r.kind == "group" and not r.dimension for r in self.grid.rows)
        return row.kind == "metric" or (
            row.kind == "group" and not row.dimension if headed else row.kind == "total"
        )

    def unnamed(self) -> Metric | None:
        """The metric of a table that has no row for it: members alone, without a total."""
        rows = self.grid.rows
        return None if not rows or any(map(self.names_metric, rows)) else self.report.metrics[rows[0].metric]

    def said_of_metric(self, metric: Metric | None) -> list[str]:
        return [self.worded(text) for text in (metric.boundary, metric.method, metric.note)] if metric else []

    def said_of_figure(self, figure: Figure) -> list[str]:
        """What is said of one value alone: its own words, its day, its restatement."""
        texts = [
            self.worded(text)
            for text in (figure.boundary, figure.method, figure.note, figure.reason_for_change)
        ]
        period = self.report.periods[figure.id.period]
        if figure.at and figure.at != period.end:
            texts.append(self.words["at_note"].format(date=worded_date(figure.at, self.language)))
        if figure.former is not None:
            before, after = figure.unit.around(self.language)
            texts.append(
                self.words["restated_note"].format(
                    period=self.label(figure.id.period),
                    former=before + "".join(grouped(str(figure.former))) + after,
                    reason=self.worded(figure.reason),
                )
            )
        return texts

    def legend(self, shown: list[Figure]) -> tuple[tuple[str, str], ...]:
        """The signs used in a table and what they mean."""
        kinds = {figure.kind.value.replace("-", "_") for figure in shown}
        kinds |= {figure.status.value for figure in shown}
        keys = ("nil", "not_applicable", "not_available", "restated", "estimated")
        return tuple((self.words[key], self.words[f"{key}_meaning"]) for key in keys if key in kinds)


def _bands(columns: tuple[ColumnView, ...]) -> tuple[tuple[int, ...], ...]:
    """The columns of a table in as few bands of much the same width as paper needs; a unit stands in each."""
    units = [number for number, column in enumerate(columns) if column.kind == "unit"]
    others = [number for number in range(len(columns)) if number not in units]
    count = -(-len(others) // (MOST_COLUMNS - len(units))) or 1
    size = -(-len(others) // count)
    return tuple(
        tuple(sorted([*units, *others[first : first + size]]))
        for first in range(0, max(len(others), 1), max(size, 1))
    )
