"""outside-life: a member has values only in the periods in which it exists.

Why: a plant that was closed, or is not open yet, is left out of totals and averages and prints as not applicable. A value
typed for it would be printed nowhere, so either the value or what is said of the member is wrong.

    wrong   plant: {members: {henan: {name: …, until: 2023}}}     breakdown: {plant: {2024: {henan: 12.5}}}
    right   until: 2024, or no value; not_applicable, with a note if you like, is no value
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error
from esgreport.model import FigureId, Kind
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        for cell in metric.cells:
            id = FigureId(metric.id, cell.period, cell.members)
            absent = edition.report.absent(id)
            if absent and cell.kind not in (None, Kind.NOT_APPLICABLE):
                yield error(
                    "outside-life",
                    cell.place,
                    f'{id} is typed as {cell.number or cell.kind}, but "{absent.id}" exists {absent.life} ({absent.place})',
                    "delete the value, or correct from or until of the member",
                    about=metric.id,
                )
