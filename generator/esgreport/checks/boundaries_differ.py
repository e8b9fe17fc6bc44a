"""boundaries-differ: what is put together by a formula covers the same part of the company.

Why: emissions of one plant over the energy of five give a figure of neither. Where two figures of a formula, or a
figure and the one it is divided by, state different boundaries, each its own or that of its metric, the result says what
it covers. A result that is typed in the place of its formula puts nothing together.

    wrong   gas: {boundary: Both plants}     diesel: {boundary: The northern plant}     fuel: {formula: gas + diesel}
    right   fuel: {formula: gas + diesel, boundary: "Gas of both plants, diesel of the northern one"}
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Place, warning
from esgreport.expressions import Part
from esgreport.languages import Text
from esgreport.model import FigureId, Metric
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    for metric in report.metrics.values():
        told: set[Place] = set()
        for period in (report.period, *report.comparatives):
            for ids, place in _joined(figures, metric, period):
                if place not in told and (finding := _differing(figures, ids, place)):
                    told.add(place)
                    yield finding


def _joined(figures: Figures, metric: Metric, period: str) -> Iterator[tuple[Iterable[FigureId], Place]]:
    """The figures that are put together for a metric in a period, where nothing is said of the result, and by what."""
    id = FigureId(metric.id, period)
    figure = figures.figure(id)
    noted = bool(_said(figures, id, "note"))
    put_together = metric.formulas and id.metric in figures.workable and not (figure and not figure.derived)
    if put_together and not (noted or _said(figures, id, "boundary")):
        part, trees = Part(period), [formula.tree for formula in metric.formulas]
        yield [x for tree in trees for x in figures.expressions.inputs(tree, part)], metric.formulas[0].place
    for each in metric.per if not noted else ():
        yield [id, FigureId(each.metric, period)], each.place


def _differing(figures: Figures, ids: Iterable[FigureId], place: Place) -> Diagnostic | None:
    stated = [(id, text) for id in dict.fromkeys(ids) if (text := _said(figures, id, "boundary"))]
    other = next((each for each in stated[1:] if each[1] != stated[0][1]), None)
    if other is None:
        return None
    return warning(
        "boundaries-differ",
        place,
        f"{_covers(figures, *stated[0])}, but {_covers(figures, *other)}",
        'take figures of one boundary, or say what the result covers: add "boundary" or "note"',
    )


def _said(figures: Figures, id: FigureId, what: str) -> Text:
    """The note or boundary of a figure, whether it has a value or not."""
    if figure := figures.figure(id):
        return figures.report.said(figure, what)
    metric = figures.report.metrics.get(id.metric)
    return getattr(metric, what, Text())


def _covers(figures: Figures, id: FigureId, boundary: Text) -> str:
    figure, metric = figures.figure(id), figures.report.metrics[id.metric]
    name, place = (id, figure.place) if figure and figure.boundary else (f'"{metric.id}"', metric.place)
    return f"{name} covers “{next(iter(boundary.values()))}” ({place})"
