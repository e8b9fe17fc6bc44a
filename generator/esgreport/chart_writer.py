"""Charts and tiles in words: labels, the names of what is drawn, and all of it said for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from esgreport.calls import FigureReference
from esgreport.charts import Chart, Series, Tile
from esgreport.compute import Figures
from esgreport.languages import joined, period_in_sentence, scale_word, words
from esgreport.model import ChartBlock, Figure, FigureId, Over, Report
from esgreport.table_writer import TableWriter
from esgreport.tables import Grid
from esgreport.units import PERCENT, Unit
from esgreport.views import (
    Amounts,
    CellView,
    ChartView,
    DatumView,
    FigureView,
    MarkView,
    MomentView,
    PathView,
    ProseView,
    RowView,
    SeriesView,
    TableView,
    TileView,
)
from esgreport.words_of_figures import direction, plain_number, worded_figure

PrintFigure = Callable[[Figure, FigureReference], FigureView]


class ChartWriter:
    """Words the charts and tiles of one language. Figures are handed to `print_figure` in reading order."""

    def __init__(self, report: Report, figures: Figures, language: str, print_figure: PrintFigure) -> None:
        self.report, self.figures, self.language = report, figures, language
        self.print_figure = print_figure
        self.words = words(language)
        self.plain = TableWriter(report, figures, language, Grid((), ()), print_figure)

    def chart(
        self, block: ChartBlock, chart: Chart, caption: tuple[ProseView, ...], title: str, rounded: bool
    ) -> ChartView:
        """The whole chart, its table after it. It has no anchor, label and note yet."""
        names = [self.name(series) for series in chart.series]
        series = tuple(self.series(chart, number, name) for number, name in enumerate(names))
        totals = tuple(self.mark(chart, id) if id else None for id in chart.totals)
        of_metrics = any(not series.members for series in chart.series)
        alone = self.period(chart.periods[0]) if len(chart.periods) == 1 else ""
        view = ChartView(
            kind=block.kind,
            anchor="",
            label="",
            caption=caption,
            title=title or (names[0] if names else ""),
            description=self.description(chart, names),
            moments=tuple(map(self.moment, chart.periods)),
            series=series,
            totals=totals,
            total_word=self.words["total"],
            way=self.way(chart),
            period=alone if of_metrics or block.kind in ("donut", "ranked", "stacked") else "",
            unit=self.unit(chart.unit),
            data=tuple(self.data(chart, names)),
        )
        return replace(
            view, table=self.table(block, chart, rounded) if block.table and chart.series else None
        )

    def series(self, chart: Chart, number: int, name: str) -> SeriesView:
        ids = chart.series[number].figures
        marks = tuple(self.mark(chart, id, chart.labelled(place), name) for place, id in enumerate(ids))
        shares = tuple(map(self.share, chart.shares[number])) if chart.shares else ()
        return SeriesView(name, marks, shares)

    def unit(self, unit: Unit | None) -> str:
        return unit.name(self.language) if unit else ""

    def period(self, period: str) -> str:
        return self.plain.label(period)

    def name(self, series: Series) -> str:
        """A member's name; a metric's where no members are shown."""
        if series.members:
            return self.words["comma"].join(self.plain.member(*pair) for pair in series.members)
        return self.plain.worded(self.report.metrics[series.metric].name)

    def moment(self, period: str) -> MomentView:
        before = self.report.previous(self.report.period)
        colour = {self.report.period: "now", before: "before"}.get(period, "earlier")
        return MomentView(self.period(period), self.day(period), colour)

    def day(self, period: str) -> int:
        return self.report.periods[period].end.toordinal() - date(1900, 1, 1).toordinal()

    def mark(self, chart: Chart, id: FigureId, labelled: bool = True, name: str = "") -> MarkView:
        """A figure as it is drawn; `name` is what it is of, without its period."""
        figure, amount = self.figures.figure(id), chart.amount(self.figures, id)
        if figure is None:
            return MarkView(text=self.words["to_come"]) if labelled else MarkView(amount)
        named = self.words["comma"].join([name or self.words["total"], self.period(id.period)])
        said = self.words["chart_of"].format(name=named, figures=self.full(chart, id))
        view = self.print_figure(figure, chart.reference(self.figures, id)) if labelled else None
        return MarkView(amount, view, of=str(id), said=said)

    def share(self, id: FigureId) -> MarkView:
        """A share is always in per cent, and says so."""
        figure = self.figures.figure(id)
        if figure is None:
            return MarkView()
        return MarkView(figure.drawn, self.print_figure(figure, FigureReference(id)), of=str(id))

    def way(self, chart: Chart) -> PathView | None:
        """The way to the target; where its level is not known there is none."""
        amounts = [(self.day(id.period), chart.amount(self.figures, id)) for id in chart.way]
        points = tuple((day, amount) for day, amount in amounts if amount is not None)
        if chart.target is None or not points or amounts[-1][1] is None:
            return None
        period = self.period(chart.target.to)
        label = self.words["target_column_level"].format(period=period)
        goal = self.mark(chart, chart.way[-1], name=self.plain.worded(chart.target.name))
        return PathView(points, goal, label, period)

    def data(self, chart: Chart, names: list[str]) -> Iterator[DatumView]:
        """Every figure that is drawn: series by series, with the shares of parts; then totals, and the way to a target."""
        for number, (name, series) in enumerate(zip(names, chart.series, strict=True)):
            yield from (self.datum(chart, id, name) for id in series.figures)
            share = self.words["comma"].join([name, self.words["share"]])
            yield from (self.datum(chart, id, share) for id in (chart.shares[number] if chart.shares else ()))
        yield from (self.datum(chart, id, self.words["total"]) for id in chart.totals if id)
        if chart.target:
            name = self.plain.worded(chart.target.name)
            yield from (self.datum(chart, id, name) for id in chart.way)

    def datum(self, chart: Chart, id: FigureId, name: str) -> DatumView:
        figure = self.figures.figure(id)
        unit = self.report.units.find(chart.reference(self.figures, id).unit) or self.figures.unit(id)
        value = plain_number(figure, self.language, unit) if figure else self.words["to_come"]
        return DatumView(name, self.period(id.period), value, unit.name(self.language), str(id))

    # ---- for those who cannot see it

    def description(self, chart: Chart, names: list[str]) -> str:
        """All figures in a sentence: the kind of chart, then series by series."""
        lines = [
            self.said(name, chart, series.figures, chart.shares[number] if chart.shares else ())
            for number, (name, series) in enumerate(zip(names, chart.series, strict=True))
        ]
        if chart.target:
            period = self.period(chart.target.to)
            label = self.words["target_column_level"].format(period=period)
            lines.append(self.words["chart_of"].format(name=label, figures=self.full(chart, chart.way[-1])))
        kind = self.words[f"chart_{chart.kind}"]
        return self.words["chart_of"].format(name=kind, figures=self.words["semicolon"].join(lines))

    def said(self, name: str, chart: Chart, ids: tuple[FigureId, ...], shares: tuple[FigureId, ...]) -> str:
        found = []
        for number, id in enumerate(ids):
            text = self.full(chart, id)
            share = self.figures.figure(shares[number]) if shares else None
            if share:
                worded = worded_figure(share, self.language)
                text = self.words["chart_share"].format(figure=text, share=worded.number + worded.after)
            period = period_in_sentence(self.period(id.period), self.language)
            found.append(self.words["chart_figure"].format(period=period, figure=text))
        return self.words["chart_of"].format(name=name, figures=joined(found, self.language))

    def full(self, chart: Chart, id: FigureId) -> str:
        """A figure with its unit, as a sentence has it; it is said, not printed."""
        figure = self.figures.figure(id)
        if figure is None:
            return self.words["to_come"]
        unit = self.report.units.find(chart.reference(self.figures, id).unit)
        worded = worded_figure(figure, self.language, unit)
        return worded.before + worded.number + worded.after

    def table(self, block: ChartBlock, chart: Chart, rounded: bool) -> TableView:
        grid = chart.grid()
        writer = TableWriter(self.report, self.figures, self.language, grid, self.print_figure)
        view = writer.table("", "", rounded, members=[Over(block.members)] if block.members else ())
        if chart.target is None:
            return view
        cells = []
        for column, id in zip(view.columns, chart.wanted, strict=True):
            figure = self.figures.figure(id) if id else None
            reference = chart.reference(self.figures, id) if id else None
            number = self.print_figure(figure, reference) if figure and reference else None
            cells.append(CellView(column, number, self.words["to_come"] if id and not figure else ""))
        row = RowView("metric", self.plain.worded(chart.target.name), tuple(cells))
        return replace(view, rows=(*view.rows, row))

    # ---- tiles

    def tile(self, tile: Tile) -> TileView:
        id = tile.reference.figure
        figure = self.figures.figure(id)
        view = self.print_figure(figure, replace(tile.reference, show="cell")) if figure else None
        shown = self.report.units.find(tile.reference.unit) or self.figures.unit(id)
        if view and tile.reference.scale:  # the line below says it, with the unit
            word = scale_word(tile.reference.scale, self.language, "")
            view = replace(view, after=view.after.removeprefix(word))
        if view and shown == PERCENT and figure and figure.drawn is not None:
            view = replace(view, after=shown.around(self.language)[1] + view.after)
        first, last = (tile.history[0], tile.history[-1]) if tile.history else (id, id)
        found = TileView(
            name=self.name_of(id),
            figure=view,
            text="" if figure else self.words["to_come"],
            unit="" if shown == PERCENT else self.scaled(shown, tile.reference.scale),
            trend=self.trend(tile),
            first=self.period(first.period),
            last=self.period(last.period),
            large=tile.large,
        )
        return (
            self.with_base(found, tile) if id.metric in self.report.targets else self.with_change(found, tile)
        )

    def scaled(self, unit: Unit, scale: str) -> str:
        name = unit.name(self.language)
        if not scale:
            return name
        gap = " " if self.language == "en" and name else ""
        return (scale_word(scale, self.language, name) + gap + name).strip()

    def name_of(self, id: FigureId) -> str:
        """What a tile is of: the metric or target, the members, and what is done to it."""
        parts = [self.plain.worded(self.report.subject(id).name)]
        parts += [self.plain.member(*pair) for pair in id.members]
        if id.operation.startswith("per.") and id.metric in self.report.metrics:
            word = self.words["intensity"]
            parts.append(word.lower() if self.language == "en" else word)
        return self.words["comma"].join(parts)

    def trend(self, tile: Tile) -> Amounts:
        found = map(self.figures.figure, tile.history)
        amounts = tuple(figure.drawn if figure else None for figure in found)
        return amounts if sum(amount is not None for amount in amounts) > 1 else ()

    def with_change(self, view: TileView, tile: Tile) -> TileView:
        figure = self.figures.figure(tile.change) if tile.change else None
        if figure is None or figure.number is None:
            return view
        since = period_in_sentence(self.period(figure.id.last[1]), self.language)
        if not (way := direction(figure)):
            return replace(view, since=self.words["tile_unchanged"].format(period=since))
        return replace(
            view,
            since=self.words["tile_since"].format(period=since),
            sign="▲" if way > 0 else "▼",
            change=self.print_figure(figure, FigureReference(figure.id, "magnitude")),
        )

    def with_base(self, view: TileView, tile: Tile) -> TileView:
        """A target: by when it is to be reached, and what it started from."""
        target = self.report.targets[tile.reference.figure.metric]
        by = self.words["target_by"].format(period=self.period(tile.reference.figure.period))
        base = self.figures.figure(tile.base) if tile.base else None
        if base is None:
            return replace(view, by=by)
        period = period_in_sentence(self.period(target.base), self.language)
        before, after = self.words["tile_from"].replace("{period}", period).split("{number}")
        show = "full" if base.unit == PERCENT else "cell"
        return replace(
            view, by=by, base=(before, self.print_figure(base, FigureReference(base.id, show)), after)
        )
