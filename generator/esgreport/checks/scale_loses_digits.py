"""scale-loses-digits: a number shown in a larger unit or scale still says what it should.

Why: in another unit or scale a number is rounded at the metric's decimals. 29,843,800 kWh in millions, with
no decimals, prints as 30 million.

    wrong   electricity: {unit: kWh, …}                 {{ electricity(scale="million") }}
    right   electricity: {unit: kWh, decimals: 1, …}

The same holds of the `units` of a table and the `unit` of a chart; it is told once for each metric.
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.calls import FigureReference, resolve_call
from esgreport.charts import resolve_chart
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Place, warning
from esgreport.model import ChartBlock, Name, TableBlock
from esgreport.printed import prose_of
from esgreport.tables import resolve_table
from esgreport.views import Edition
from esgreport.words_of_figures import number_alone


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    figures = edition.figures
    for page in edition.report.pages.values():
        for prose, _ in prose_of(edition.report, page):
            for call in prose.calls:
                reference, _ = resolve_call(figures, call)
                if isinstance(reference, FigureReference) and (reference.unit or reference.scale):
                    yield from _lost(figures, reference, call.place)
        for block in page.items:
            if isinstance(block, TableBlock) and block.units:
                yield from _lost_in_table(figures, block)
            elif isinstance(block, ChartBlock) and block.unit:
                yield from _lost_in_chart(figures, block, block.unit)


def _lost_in_table(figures: Figures, block: TableBlock) -> Iterator[Diagnostic]:
    grid, _ = resolve_table(figures, block)
    told = set()
    for id in (id for row in grid.rows for id in row.figures if id and id.metric not in told):
        unit = grid.other_unit(figures, id)
        name = next((name for name in block.units if unit and name.text == unit.code), None)
        if unit and name:
            for finding in _lost(figures, FigureReference(id, unit=unit.code), name.place):
                told.add(id.metric)
                yield finding


def _lost_in_chart(figures: Figures, block: ChartBlock, unit: Name) -> Iterator[Diagnostic]:
    chart, _ = resolve_chart(figures, block)
    told = set()
    for id in chart.printed:
        reference = chart.reference(figures, id)
        if reference.unit and id.metric not in told and id.last[0] != "share":
            for finding in _lost(figures, reference, unit.place):
                told.add(id.metric)
                yield finding


def _lost(figures: Figures, reference: FigureReference, place: Place) -> Iterator[Diagnostic]:
    figure = figures.figure(reference.figure)
    if figure is None or figure.number is None or figure.number.exact == 0:
        return
    shown = "".join(number_alone(figure, "en", figures.report.units.find(reference.unit), reference.scale))
    digits = "".join(c for c in shown if c.isdigit()).lstrip("0")
    own = str(figure.number).replace(".", "").lstrip("-0")
    if len(digits) < min(3, len(own.rstrip("0"))):
        yield warning(
            "scale-loses-digits",
            place,
            f"{figure.id} prints as {shown} here, from {figure.number}",
            f'give "{figure.id.metric}" decimals, such as decimals: 1',
        )
