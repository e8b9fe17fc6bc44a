"""total-mismatch, total-unchecked: a typed total, and every division of one whole, give the same sum.

Why: totals that do not add up are the mistake readers find first. A total is summed from its parts; one that
is typed as well is a control, compared at the decimals as typed and never printed. The same holds of the parts of a
part: a region of a table by region and gender. A total beside parts of which some lack is not compared, so nobody would
see that it is wrong; a part that is not available says so itself, and the typed total stands, but not where the other
parts fill it already. Parts that are typed
beside a whole with a formula have to add up to what the formula gives; where that has more decimals than they have, each
of them may have been rounded by half a unit of its last digit.

    wrong   values: {2025: 342}     breakdown: {gender: {2025: {male: 251, female: 90}}}
    right   breakdown: {gender: {2025: {male: 251, female: 90}}}
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from esgreport.amounts import Number, canonical
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Place, error, listed
from esgreport.model import Cell, Figure, FigureId, Kind, Metric
from esgreport.series import agrees, amount
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        for id in _wholes(metric):
            yield from _differences(edition.figures, metric, id)


def _wholes(metric: Metric) -> list[FigureId]:
    """Everything that may have parts: the whole of a period, and each part that is divided further."""
    found: dict[FigureId, None] = {}
    for cell in metric.cells:
        for size in range(len(cell.members) + 1):
            for members in combinations(cell.members, size):
                found[FigureId(metric.id, cell.period, members)] = None
    return list(found)


def _differences(figures: Figures, metric: Metric, id: FigureId) -> Iterator[Diagnostic]:
    if figures.formula(id)[0]:
        yield from _beside_formula(figures, metric, id)
        return
    divisions = [(dimension, figures.parts(id, dimension)) for dimension in figures.partitions(id)]
    sums = [(dimension, total) for dimension, parts in divisions if (total := _sum(parts))]
    cell, figure = figures.authored(id), figures.figure(id)
    if cell and cell.number and not sums:
        yield from _unchecked(figures, id, cell)
        yield from _filled(figures, id, cell)
    for dimension, total in sums:
        if cell and figure and not agrees(cell, figure.kind, total.exact):
            yield error(
                "total-mismatch",
                cell.place,
                f"{id} is typed as {cell.number or cell.kind}, but its parts by {dimension} add up to {total}",
                "correct a part, or delete the typed total",
            )
    for dimension, total in sums[1:]:
        first, base = sums[0]
        if total.exact != base.exact:
            yield error(
                "total-mismatch",
                _first(metric, id, dimension),
                f"{id} by {dimension} adds up to {total}, but by {first} to {base}",
                "compare the two divisions",
            )


def _unchecked(figures: Figures, id: FigureId, cell: Cell) -> Iterator[Diagnostic]:
    """A typed total of a period that is shown, beside parts of which some are given and some lack."""
    report = figures.report
    if id.period not in (report.period, *report.comparatives):
        return
    for dimension in figures.partitions(id):
        members = list(figures.members(id, dimension))
        lacking = [dict(part.members)[dimension] for part in members if figures.figure(part) is None]
        if 0 < len(lacking) < len(members):
            yield error(
                "total-unchecked",
                cell.place,
                f"{id} is typed as {cell.number}, which cannot be compared with its parts by {dimension}: "
                f"{listed(lacking)} {'have' if len(lacking) > 1 else 'has'} no value",
                "give what lacks: a number, nil, not_applicable or not_available",
            )
            return


def _filled(figures: Figures, id: FigureId, cell: Cell) -> Iterator[Diagnostic]:
    """A typed total that the known parts fill already, though others are said to exist, only not to be known."""
    for dimension in figures.partitions(id):
        parts = figures.parts(id, dimension)
        unknown = [dict(part.id.members)[dimension] for part in parts if part.kind == Kind.NOT_AVAILABLE]
        known = _sum(tuple(part for part in parts if part.kind != Kind.NOT_AVAILABLE))
        filled = known and cell.number and 0 < cell.number.exact <= known.exact
        if unknown and filled and cell.kind == Kind.VALUE and not cell.boundary:
            names = listed(unknown)
            yield error(
                "total-mismatch",
                cell.place,
                f"{id} is typed as {cell.number}, but its parts by {dimension} add up to {known} already: nothing is left "
                f"for {names}, which {'are' if len(unknown) > 1 else 'is'} not available",
                f'write nil or not_applicable for {names}, correct the total, or say what it leaves out: add "boundary"',
            )
            return


def _beside_formula(figures: Figures, metric: Metric, id: FigureId) -> Iterator[Diagnostic]:
    """Parts that are typed, some or all of them, against a whole that has a formula."""
    whole = figures.figure(id)
    exact = amount(whole)
    for dimension in figures.divisions(id):
        parts = figures.parts(id, dimension)
        typed = [part for part in parts if not part.derived]
        total = _sum(parts)
        if whole is None or exact is None or total is None or not typed:
            continue
        decimals = [part.number.decimals for part in typed if part.number]
        most = max(decimals, default=0)
        rounded = Fraction(canonical(exact, most)) != exact
        allowed = sum(Fraction(1, 2 * 10**each) for each in decimals) if rounded else 0
        if abs(total.exact - exact) > allowed:
            come_by = "worked out" if whole.derived else "typed"
            shown = Number(exact, max(most, whole.decimals))
            yield error(
                "total-mismatch",
                _first(metric, id, dimension),
                f"{id} is {come_by} as {shown} ({whole.place}), but its parts by {dimension} add up to {total}",
                "correct a part, or the formula and what goes into it",
                about=metric.id,
            )


def _first(metric: Metric, id: FigureId, dimension: str) -> Place:
    """Where the first typed part of a whole stands."""
    mine = (c for c in metric.cells if c.period == id.period and dimension in dict(c.members))
    return next(c.place for c in mine if set(id.members) <= set(c.members))


def _sum(parts: tuple[Figure, ...]) -> Number | None:
    if not parts or any(part.kind not in (Kind.VALUE, Kind.NIL, Kind.NOT_APPLICABLE) for part in parts):
        return None
    numbers = [part.number for part in parts if part.number]
    exact = sum((number.exact for number in numbers), Fraction(0))
    return Number(exact, max((number.decimals for number in numbers), default=0))
