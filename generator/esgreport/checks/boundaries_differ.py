"""boundaries-differ: what is put together by a formula covers the same part of the company.

Why: emissions of one plant over the energy of five give a figure of neither. Where two metrics of a formula, or a
metric and the one it is divided by, state different boundaries, the result says what it covers.

    wrong   gas: {boundary: Both plants}     diesel: {boundary: The northern plant}     fuel: {formula: gas + diesel}
    right   fuel: {formula: gas + diesel, boundary: "Gas of both plants, diesel of the northern one"}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, warning
from esgreport.model import Metric, Report
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        if metric.formulas and not (metric.boundary or metric.note):
            yield from _differing(
                edition.report, [term.metric for term in metric.inputs], metric.formulas[0].place
            )
        for each in metric.per:
            if not metric.note:
                yield from _differing(edition.report, [metric.id, each.metric], each.place)


def _differing(report: Report, names: list[str], place: Place) -> Iterator[Diagnostic]:
    stated = [m for name in dict.fromkeys(names) if (m := report.metrics.get(name)) and m.boundary]
    other = next((metric for metric in stated[1:] if metric.boundary != stated[0].boundary), None)
    if other:
        yield warning(
            "boundaries-differ",
            place,
            f"{_covers(stated[0])}, but {_covers(other)}",
            'take figures of one boundary, or say what the result covers: add "boundary" or "note"',
        )


def _covers(metric: Metric) -> str:
    return f'"{metric.id}" covers “{next(iter(metric.boundary.values()))}” ({metric.place})'
