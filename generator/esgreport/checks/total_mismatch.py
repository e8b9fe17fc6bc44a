"""total-mismatch: a typed total, and every division of one whole, give the same sum.

Why: totals that do not add up are the mistake readers find first. A total is summed from its parts; one that
is typed as well is a control, compared and never printed.

    wrong   values: {2025: 342}     breakdown: {gender: {2025: {male: 251, female: 90}}}
    right   breakdown: {gender: {2025: {male: 251, female: 90}}}
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.amounts import canonical
from esgreport.diagnostics import Diagnostic, error
from esgreport.model import FigureId, Kind
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    figures = edition.figures
    for metric in edition.report.metrics.values():
        for period in edition.report.periods:
            id = FigureId(metric.id, period)
            sums = []
            for dimension in figures.partitions(id):
                parts = figures.parts(id, dimension)
                numbers = [part.number for part in parts if part.number]
                if parts and all(part.kind in (Kind.VALUE, Kind.NIL, Kind.NOT_APPLICABLE) for part in parts):
                    total = sum((number.exact for number in numbers), Fraction(0))
                    sums.append((dimension, total, max((number.decimals for number in numbers), default=0)))
            cell = figures.authored(id)
            for dimension, total, decimals in sums:
                if cell and cell.number and cell.number.exact != total:
                    yield error("total-mismatch", cell.place, f"{id} is typed as {cell.number}, but its parts by {dimension} add up to {canonical(total, decimals)}", "correct a part, or delete the typed total")
            for dimension, total, decimals in sums[1:]:
                first, base, base_decimals = sums[0]
                if total != base:
                    place = next(c.place for c in metric.cells if c.period == period and c.members and c.members[0][0] == dimension)
                    yield error("total-mismatch", place, f"{id} by {dimension} adds up to {canonical(total, decimals)}, but by {first} to {canonical(base, base_decimals)}", "compare the two divisions")
