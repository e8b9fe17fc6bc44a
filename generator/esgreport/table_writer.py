"""Tables of figures in words: heads, rows, cells, and the notes under them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from esgreport.calls import FigureReference
from esgreport.compute import Figures
from esgreport.framework import worded_in
from esgreport.languages import Text, grouped, words
from esgreport.model import Answer, Figure, FigureId, Kind, Metric, Name, Over, Report
from esgreport.tables import WORD_COLUMNS, Column, Grid, Row
from esgreport.views import (
    Amounts,
    CellView,
    CodeView,
    ColumnView,
    FigureView,
    NoteMark,
    ProseView,
    RowView,
    TableView,
)

PrintFigure = Callable[[Figure, FigureReference], FigureView]
Codes = Callable[[Iterable[Answer]], tuple[CodeView, ...]]

MOST_COLUMNS = 9  # side by side on paper, beside the names of the rows
MOST_METRICS = 6  # the same where the heads are names of metrics
WIDER = 5  # so many more on a landscape page
_SHOWN = {"per": "column", "change": "column", "share": "column"}


class _Notes:
    """The notes of one table, lettered as they are first met; the same words are one note.

    Letters, because a raised figure after a number reads as a power.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []

    def marks(self, texts: Iterable[str]) -> tuple[NoteMark, ...]:
        """The marks that lead to these notes, in the order of the notes."""
        known = len(self.texts)
        said = list(dict.fromkeys(filter(None, texts)))
        self.texts += [text for text in said if text not in self.texts]
        numbers = sorted(map(self.texts.index, said))
        return tuple(NoteMark(_letter(number), number >= known) for number in numbers)

    def listed(self) -> tuple[tuple[str, str], ...]:
        """Each note with its letter."""
        return tuple((_letter(number), text) for number, text in enumerate(self.texts))


def _letter(number: int) -> str:
    """a for 0 to z for 25, then aa, ab."""
    rest, own = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("a") + own)


class TableWriter:
    """Words one table of one language. Figures are handed to `print_figure` in reading order; `codes` shortens what
    metrics answer."""

    def __init__(
        self,
        report: Report,
        figures: Figures,
        language: str,
        grid: Grid,
        print_figure: PrintFigure,
        codes: Codes = lambda answers: (),
    ) -> None:
        self.report, self.figures, self.language, self.grid = report, figures, language, grid
        self.print_figure, self.codes = print_figure, codes
        self.words = words(language)
        self.notes = _Notes()
        self.shows_unit = any(column.kind == "unit" for column in grid.columns)
        self.across = any(column.subject for column in grid.columns)
        self.headed = any(row.kind == "group" and row.metric and not row.dimension for row in grid.rows)
        ids = [id for row in grid.rows for id in row.figures if id and not id.operation]
        self.metrics = [report.metrics[id] for id in dict.fromkeys(id.metric for id in ids)]
        units = {grid.unit(figures, id).name(language) for id in ids}
        self.common = next(iter(units)) if len(units) == 1 and not self.shows_unit else ""
        self.printed = set(ids)
        self.columns: tuple[ColumnView, ...] = ()
        self.heads: dict[str, str] = {}
        self.over: dict[Column, ColumnView] = {}

    def table(
        self,
        anchor: str,
        label: str,
        rounded: bool,
        caption: str = "",
        members: Sequence[Over] = (),
        heads: Iterable[tuple[Name, str]] = (),
        beside: bool = False,
        landscape: bool = False,
    ) -> TableView:
        """The whole table; `rounded` says that its parts miss a total because of rounding. `members` are the dimensions
        whose members are its rows, `heads` what columns are called otherwise; `beside` has headings beside their rows; `landscape`
        is how its pages lie."""
        over = self.notes.marks(self.said_of_metric(self.unnamed()))
        self.heads = {name.text: head for name, head in heads}
        self.columns = tuple(map(self.column, self.grid.columns))
        rows = tuple(map(self.row, self.grid.rows))
        notes = self.notes.listed()
        if rounded:
            notes += (("", self.words["rounding_note"]),)
        found = map(self.figures.figure, self.grid.ids)
        return TableView(
            anchor=anchor,
            label=label,
            caption=caption,
            corner=self.corner(members),
            columns=self.columns,
            rows=rows,
            bands=_bands(self.columns, landscape),
            period=self.label(self.grid.period) if self.grid.period else "",
            unit=self.common,
            caption_notes=over,
            notes=notes,
            legend=self.legend([figure for figure in found if figure]),
            beside=beside,
            landscape=landscape,
        )

    def worded(self, text: Text) -> str:
        return worded_in(text, self.language)

    def label(self, period: str) -> str:
        return self.worded(self.report.periods[period].label)

    # ---- heads and rows

    def corner(self, members: Sequence[Over]) -> str:
        """What the rows are: a dimension's members; of several dimensions only where metrics stand in the columns, or
        where one is within the other."""
        if not members or (len(members) > 1 and not self.across):
            return self.words["indicator"]
        dimensions = [self.report.dimensions.get(name.text) for over in members for name in over.names]
        return self.words["comma"].join(self.worded(each.name) for each in dimensions if each)

    def column(self, column: Column) -> ColumnView:
        """A column's head, with the one over it, which is worded once."""
        if column.over and column.over not in self.over:
            self.over[column.over] = self.head(column.over)
        over = self.over[column.over] if column.over else None
        view = self.head(column)
        current = view.current or bool(over and over.current)
        return replace(view, over=over, current=current, base=self.base(column.base))

    def head(self, column: Column) -> ColumnView:
        if column.metric:
            return self.column_of_metric(column, self.report.metrics[column.metric])
        if column.kind == "period":
            marks = self.notes.marks(self.said_of_all(column))
            label = self.heads.get(column.period) or self.label(column.period)
            return ColumnView(label, "period", column.period == self.report.period, notes=marks)
        if column.kind == "member":
            return ColumnView(self.member(column.dimension, column.member), "member")
        own = self.heads.get(column.kind)
        if column.kind == "total":
            return ColumnView(own or self.whole(), "total")
        return ColumnView(
            own or self.words["intensity" if column.kind == "per" else column.kind], column.kind
        )

    def base(self, id: FigureId | None) -> ProseView | None:
        """What all intensities of a column are worked out with."""
        figure = self.figures.figure(id) if id else None
        if id is None or figure is None:
            return None
        other = self.grid.other_unit(self.figures, id)
        view = self.print_figure(figure, FigureReference(id, "full", other.code if other else ""))
        said = self.words["intensity_base"].format(
            metric=self.worded(self.report.metrics[id.metric].name), figure="{figure}"
        )
        before, after = said.split("{figure}")
        return ProseView((escape(before), view, escape(after)))

    def column_of_metric(self, column: Column, metric: Metric) -> ColumnView:
        unit = self.unit(metric, column.period, column.denominator)
        if column.denominator:
            return ColumnView(self.intensity(metric, column.denominator), "intensity", unit=unit)
        marks = self.notes.marks(self.said_of_metric(metric))
        unit = "" if unit == self.common else unit
        name = self.heads.get(metric.id) or self.worded(metric.name)
        return ColumnView(name, "metric", unit=unit, notes=marks)

    def unit(self, metric: Metric, period: str, denominator: str) -> str:
        operation = f"per.{denominator}" if denominator else ""
        return self.grid.unit(self.figures, FigureId(metric.id, period, (), operation)).name(self.language)

    def intensity(self, metric: Metric, denominator: str) -> str:
        """An intensity's name beside its metric: what it is over is said where there are several."""
        if len(metric.per) == 1:
            return self.words["intensity"]
        name = self.worded(self.report.metrics[denominator].name)
        return self.words["intensity_per"].format(metric=name)

    def whole(self) -> str:
        """What the whole is called: of rates and averages it is no total."""
        return self.words["total" if any(metric.unit.additive for metric in self.metrics) else "overall"]

    def row(self, row: Row) -> RowView:
        """A row; it names its unit itself unless a column does, or the unit is common to the table."""
        metric = self.report.metrics.get(row.metric)
        name = self.row_name(row, metric)
        marks = self.notes.marks(self.said_of_metric(metric)) if self.names_metric(row) else ()
        if row.kind in ("group", "division"):
            return RowView(row.kind, name, notes=marks, depth=row.depth, group=row.group)
        unit = self.unit(metric, self.report.period, row.denominator) if metric else ""
        if unit and not self.shows_unit and unit != self.common:
            name += f" ({unit})" if self.language == "en" else f"（{unit}）"
        cells = []
        for kind, column, id in zip(self.grid.columns, self.columns, row.figures, strict=True):
            figure = self.figures.figure(id) if id else None
            if kind.kind == "trend":
                cells.append(CellView(column, trend=trend(self.figures, self.grid, row)))
            elif id is None:
                text = unit if kind.kind == "unit" else self.said_in(kind, row, metric)
                cells.append(CellView(column, text=text))
            elif figure is None:
                cells.append(CellView(column, text="" if id.operation else self.words["to_come"]))
            else:
                other = self.grid.other_unit(self.figures, id)
                shown = next((k for k in _SHOWN if k in kind.kinds), "")
                how = FigureReference(id, _SHOWN.get(shown, "cell"), other.code if other else "")
                view = self.print_figure(figure, how)
                own = self.notes.marks(self.said_of_cell(figure))
                said = {mark.mark for mark in (*marks, *column.notes)}
                cells.append(CellView(column, view, notes=tuple(m for m in own if m.mark not in said)))
        kind_of_row = "total" if row.kind == "sum" else row.kind
        return RowView(kind_of_row, name, tuple(cells), marks, row.depth, row.group)

    def said_in(self, column: Column, row: Row, metric: Metric | None) -> str:
        """The words of a row in a column of words."""
        if metric is None or row.denominator or column.kind not in WORD_COLUMNS:
            return ""
        if column.kind == "codes":
            codes = self.codes(metric.answers) if self.names_metric(row) else ()
            return self.words["comma"].join(dict.fromkeys(code.text for code in codes))
        figure = self.figures.figure(FigureId(metric.id, column.period, tuple(sorted(row.members))))
        common = Text() if row.members else metric.remark
        return self.worded((figure.remark if figure else None) or common)

    def member(self, dimension: str, id: str) -> str:
        member = self.report.dimensions[dimension].member(id)
        return self.worded(member.name) if member else id

    def row_name(self, row: Row, metric: Metric | None) -> str:
        if row.heading:
            return row.heading
        if metric and row.kind == "intensity":
            return self.intensity(metric, row.denominator)
        if row.member:
            return self.member(row.dimension, row.member)
        if row.dimension:
            return self.worded(self.report.dimensions[row.dimension].name)
        if metric and not (row.kind == "total" and metric.unit.additive):
            return self.worded(metric.name)
        return self.whole()

    # ---- notes

    def names_metric(self, row: Row) -> bool:
        """Whether a row is where the metric as a whole is spoken of: its own, its heading, or else its total."""
        if not row.metric:
            return False
        return row.kind in ("metric", "sum") or (
            row.kind == "group" and not row.dimension if self.headed else row.kind == "total"
        )

    def unnamed(self) -> Metric | None:
        """The metric of a table that has no row for it: members alone, without a total."""
        rows = [row for row in self.grid.rows if row.metric]
        if not rows or any(map(self.names_metric, rows)):
            return None
        return self.report.metrics[rows[0].metric]

    def said_of_metric(self, metric: Metric | None) -> list[str]:
        return [self.worded(text) for text in (metric.boundary, metric.method, metric.note)] if metric else []

    def said_of_all(self, column: Column) -> list[str]:
        """What is said of every figure of a column, where there are several: it stands at the column's head."""
        if column not in self.grid.columns:
            return []
        position = self.grid.columns.index(column)
        found = [row.figures[position] for row in self.grid.rows if row.figures]
        ids = [id for id in found if id and not id.operation]
        figures = [f for f in map(self.figures.figure, ids) if f and f.kind != Kind.NOT_APPLICABLE]
        said = [self.said_of_cell(figure) for figure in figures]
        elsewhere = {text for metric in self.metrics for text in self.said_of_metric(metric)}
        common = [text for text in said[0] if all(text in each for each in said)] if len(said) > 1 else []
        return [text for text in common if text not in elsewhere]

    def said_of_cell(self, figure: Figure) -> list[str]:
        """What is said of a value; and of a part, what is said of its whole where the table does not print that."""
        whole = FigureId(figure.id.metric, figure.id.period)
        silent = figure.id.operation or figure.kind == Kind.NOT_APPLICABLE or whole in self.printed
        found = None if silent else self.figures.figure(whole)
        texts = [found.boundary, found.method, found.note] if found else []
        return [*map(self.worded, texts), *self.said_of_figure(figure)]

    def said_of_figure(self, figure: Figure) -> list[str]:
        """What is said of one value alone: its own words, its day, its restatement."""
        texts = [
            self.worded(text)
            for text in (figure.boundary, figure.method, figure.note, figure.reason_for_change)
        ]
        period = self.report.periods[figure.id.period]
        if figure.at and figure.at != period.end:
            texts.append(self.words["at_note"].format(date=self.report.worded_day(figure.at, self.language)))
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
        return worded_signs(kinds, self.words)


def trend(figures: Figures, grid: Grid, row: Row) -> Amounts:
    """The figures of a row's periods, the earliest first."""
    ids = [id for id, c in zip(row.figures, grid.columns, strict=False) if id and c.kind == "period"]
    ids.sort(key=lambda id: figures.report.periods[id.period].end)
    found = map(figures.figure, ids)
    return tuple(figure.drawn if figure else None for figure in found)


def worded_signs(used: Collection[str], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The signs of these kinds and statuses of figures, with what they mean, in the order of every legend."""
    keys = ("nil", "not_applicable", "not_available", "restated", "estimated")
    return tuple((words[key], words[f"{key}_meaning"]) for key in keys if key in used)


def _bands(columns: tuple[ColumnView, ...], landscape: bool) -> tuple[tuple[int, ...], ...]:
    """The columns of a table in as few bands of much the same width as paper needs; a unit stands in each. Columns
    under one head stay together where they find room."""
    most = MOST_METRICS if any(column.kind == "metric" for column in columns) else MOST_COLUMNS
    most += WIDER if landscape else 0
    units = [number for number, column in enumerate(columns) if column.kind == "unit"]
    others = [number for number in range(len(columns)) if number not in units]
    count = -(-len(others) // (most - len(units))) or 1
    size = -(-len(others) // count)
    bands: list[list[int]] = [[]]
    for _, run in groupby(others, lambda number: columns[number].over or number):
        together = list(run)
        while together:
            room = size - len(bands[-1])
            if bands[-1] and (room <= 0 or room < len(together) <= size):
                bands.append([])
                room = size
            bands[-1] += together[:room]
            together = together[room:]
    return tuple(tuple(sorted([*units, *band])) for band in bands)
