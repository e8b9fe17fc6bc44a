"""part-above-whole: no part is larger than its whole.

Why: a total to which a part was added later, or a part typed in another unit, is found by comparing. Compared are
a metric with the one that it is part_of, a member with a typed whole, and the members given so far with their whole.
A whole that is not additive, such as a rate, is left alone.

    wrong   trained: {part_of: workforce, values: {2025: 382}}     workforce: {values: {2025: 341}}
    right   trained: {part_of: workforce, values: {2025: 334}}
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.model import Figure, FigureId, Kind, Members, Metric
from esgreport.series import amount
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        if metric.unit.additive:
            yield from _members(edition.figures, metric)
        whole = edition.report.metrics.get(metric.part_of)
        if whole:
            yield from _part_of(edition.figures, metric, whole)


def _members(figures: Figures, metric: Metric) -> Iterator[Diagnostic]:
    """Members against a typed whole; those of a partition that are given so far, together."""
    parts: dict[tuple[FigureId, str], list[Figure]] = {}
    for cell in metric.cells:
        if cell.members and cell.kind == Kind.VALUE:
            part = figures.figure(FigureId(metric.id, cell.period, cell.members))
            for dimension, _ in cell.members if part else ():
                rest = tuple(pair for pair in cell.members if pair[0] != dimension)
                parts.setdefault((FigureId(metric.id, cell.period, rest), dimension), []).append(part)  # type: ignore[arg-type]
    for (id, dimension), given in parts.items():
        whole = figures.figure(id)
        if whole is None or any((amount(part) or 0) < 0 for part in given):
            continue
        divided = figures.report.dimensions[dimension]
        if divided.partition and len(given) == len(figures.report.members(dimension, id.period)):
            continue  # total-mismatch compares the complete ones
        together = given if divided.partition else [max(given, key=lambda part: amount(part) or Fraction(0))]
        total = sum((amount(part) or Fraction(0) for part in together), Fraction(0))
        if _above(total, whole):
            named = " + ".join(str(part.number) for part in together)
            yield error(
                "part-above-whole",
                together[-1].place,
                f"{id} is {whole.number} ({whole.place}), but by {dimension} {named} is given already",
                "correct a part, or the whole",
            )


def _part_of(figures: Figures, metric: Metric, whole: Metric) -> Iterator[Diagnostic]:
    if metric.unit.dimensions != whole.unit.dimensions:
        yield error(
            "part-above-whole",
            metric.unit_place,
            f'"{metric.id}" is part of "{whole.id}", but {metric.unit.code} cannot be compared with {whole.unit.code}',
            "correct part_of, or one of the units",
        )
        return
    for period in figures.report.periods:
        for members in _shared(figures, metric, whole, period):
            part, total = (figures.figure(FigureId(m.id, period, members)) for m in (metric, whole))
            own = amount(part)
            if part and total and own is not None and _above(own * part.unit.ratio / total.unit.ratio, total):
                yield error(
                    "part-above-whole",
                    part.place,
                    f"{part.id} is {part.number} {part.unit.code}, "
                    f"more than {total.id}, {total.number} {total.unit.code} ({total.place})",
                    f'it is said to be part of "{whole.id}": correct one of them',
                )


def _shared(figures: Figures, metric: Metric, whole: Metric, period: str) -> list[Members]:
    """The parts by which both metrics are divided, the whole last, and only where no part of it is too large."""
    shared = [dimension for dimension in metric.dimensions if dimension in whole.dimensions]
    found = {
        members: None
        for cell in metric.cells
        if cell.period == period
        for size in range(1, len(cell.members) + 1)
        for members in combinations(cell.members, size)
        if all(dimension in shared for dimension, _ in members)
    }
    worked_out = [
        ((d, m.id),) for d in metric.by if d in shared for m in figures.report.dimensions[d].members
    ]
    return list(dict.fromkeys([*found, *worked_out, ()]))


def _above(part: Fraction, whole: Figure) -> bool:
    """Whether a part is above a whole; a whole may be rounded, its parts not."""
    total = amount(whole)
    if total is None or total < 0 or whole.number is None:
        return False
    return part > total + (Fraction(1, 2 * 10**whole.number.decimals) if not whole.derived else 0)
