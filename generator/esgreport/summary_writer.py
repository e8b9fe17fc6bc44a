"""The data summary as readers work with it on a website: what each row is about, its exact values, what can be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from esgreport.answer_writer import AnswerWriter
from esgreport.compute import Figures
from esgreport.languages import words
from esgreport.model import Answer, Figure, FigureId, Report, parse_figure_id
from esgreport.table_writer import trend
from esgreport.tables import Column, Grid, Row
from esgreport.views import (
    CellView,
    ChoiceView,
    CodeView,
    ColumnView,
    DataView,
    MomentView,
    RowView,
    SubjectView,
    TableView,
)

Codes = Callable[[Iterable[Answer]], tuple[CodeView, ...]]


class SummaryWriter:
    """Words for one language what a table of the data summary does not print; `codes` shortens what metrics answer,
    `moment` words a period."""

    def __init__(
        self,
        report: Report,
        figures: Figures,
        language: str,
        codes: Codes,
        moment: Callable[[str], MomentView],
    ) -> None:
        self.report, self.figures, self.language = report, figures, language
        self.codes, self.moment = codes, moment
        others = (code for code in report.languages if code != language)
        self.naming = [
            AnswerWriter(report, figures, code, {}, lambda subject: (), lambda id: "")
            for code in (language, *others)
        ]

    def table(self, grid: Grid, view: TableView, aspect: str) -> TableView:
        """A table of the summary with what each row is about; on screen small bars stand beside the periods, in no band
        of the columns on paper."""
        rows = tuple(self.row(grid, *pair) for pair in zip(grid.rows, view.rows, strict=True))
        view = replace(view, rows=rows, aspect=aspect)
        periods = [number for number, column in enumerate(grid.columns) if column.kind == "period"]
        if len(periods) < 2 or any(column.kind == "trend" for column in grid.columns):
            return view
        column, place = ColumnView(words(self.language)["trend"], "trend"), periods[0]
        trends = [trend(self.figures, grid, row) for row in grid.rows]
        return replace(
            view,
            columns=(*view.columns[:place], column, *view.columns[place:]),
            rows=tuple(
                replace(row, cells=(*row.cells[:place], CellView(column, trend=bars), *row.cells[place:]))
                if row.cells
                else row
                for row, bars in zip(rows, trends, strict=True)
            ),
            bands=tuple(tuple(n + (n >= place) for n in band) for band in view.bands),
        )

    def row(self, grid: Grid, row: Row, view: RowView) -> RowView:
        found = [self.found(column, id) for column, id in zip(grid.columns, row.figures, strict=False)]
        first = next((figure for figure in found if figure), None)
        if not first or not view.cells:
            return view
        values = [None if figure is None else figure.plain or "" for figure in found]
        cells = tuple(replace(cell, value=value) for cell, value in zip(view.cells, values, strict=True))
        return replace(view, cells=cells, subject=self.subject(first))

    def found(self, column: Column, id: FigureId | None) -> Figure | None:
        """The figure of a row in a column of a period."""
        return self.figures.figure(id) if id and column.kind == "period" else None

    def subject(self, figure: Figure) -> SubjectView:
        own, *others = (each.words["comma"].join(each.parts(figure.id)) for each in self.naming)
        codes = self.codes(self.report.metrics[figure.id.metric].answers)
        return SubjectView(
            name=own,
            also=tuple(others),
            unit=figure.unit.name(self.language),
            codes=tuple(dict.fromkeys(code.text for code in codes)),
        )

    def tools(self, tables: Iterable[TableView]) -> DataView:
        """What can be chosen on a page with these tables: aspects, requirements, periods, each with its rows."""
        aspects: Counter[str] = Counter()
        names: dict[str, str] = {}
        codes: Counter[str] = Counter()
        periods: dict[str, None] = {}
        for table in tables:
            names.setdefault(table.aspect, table.caption)
            for row in table.rows:
                if row.subject:
                    aspects[table.aspect] += 1
                    codes.update(row.subject.codes)
                    shown = (
                        cell.figure.figure for cell in row.cells if cell.figure and cell.value is not None
                    )
                    periods |= {id.period: None for id in map(parse_figure_id, shown) if id}
        return DataView(
            slug=self.report.slug,
            aspects=tuple(ChoiceView(id, name, aspects[id]) for id, name in names.items() if aspects[id]),
            codes=tuple(ChoiceView(code, code, codes[code]) for code in codes),
            periods=tuple((id, self.moment(id)) for id in periods),
        )
