"""shares-total: percentages that divide a whole add up to 100.

Why: a slice that was left out, or typed twice, shows in the sum. Percentages by members are taken for a division
where their name says so (share, split, composition; 佔比、分佈、構成), or where another year of the same row adds up to
100; rates by group, such as a turnover rate by gender, need not. A sum is told between 90 and 110, and between 50 and 200
where another year says that the row is a division. Rounding is allowed for: half a unit of the last digit for each
member. Shares that are worked out always add up.

    wrong   revenue_split: {unit: percent, breakdown: {segment: {2025: {rod: 61.5, ingot: 36.5}}}}
    right   revenue_split: {unit: percent, breakdown: {segment: {2025: {rod: 61.5, ingot: 38.5}}}}
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.amounts import Number
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Cell, FigureId, Kind, Members, Metric
from esgreport.series import amount, typed
from esgreport.units import PERCENT
from esgreport.views import Edition

DIVIDES = re.compile(
    r"\b(share|split|composition|distribution|mix|make-up|breakdown)\b|佔比|占比|分佈|分布|構成|构成|組成|组成|組合|组合",
    re.IGNORECASE,
)
NOT_DIVIDES = re.compile(r"\brate\b|trained|率|受訓|受训", re.IGNORECASE)
NEAR, WITHIN_REASON = (90, 110), (50, 200)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        if metric.unit == PERCENT and metric.dimensions and metric.cells:
            yield from _sums(edition.figures, metric)


def _sums(figures: Figures, metric: Metric) -> Iterator[Diagnostic]:
    divisions: dict[tuple[str, Members], dict[str, list[Cell]]] = {}
    report = figures.report
    for cell in typed(figures, metric):
        absent = report.absent(FigureId(metric.id, cell.period, cell.members))
        for dimension, _ in () if absent else cell.members:
            rest = tuple(pair for pair in cell.members if pair[0] != dimension)
            if report.dimensions[dimension].partition:
                divisions.setdefault((dimension, rest), {}).setdefault(cell.period, []).append(cell)
    for (dimension, rest), periods in divisions.items():
        complete = {
            period: cells
            for period, cells in periods.items()
            if len(cells) == len(report.members(dimension, period)) > 1 and all(map(_given, cells))
        }
        misses = {period: _miss(cells) for period, cells in complete.items()}
        names = " ".join(metric.name.values())
        rate = NOT_DIVIDES.search(names)
        divides = not all(misses.values())
        if not divides and (rate or not DIVIDES.search(names)):
            continue
        low, high = WITHIN_REASON if divides and not rate else NEAR
        for period, missed in misses.items():
            if missed and low <= missed <= high:
                terms = " + ".join(str(cell.number or 0) for cell in complete[period])
                total = Number(missed, max(cell.number.decimals for cell in complete[period] if cell.number))
                yield warning(
                    "shares-total",
                    complete[period][-1].place,
                    f"{FigureId(metric.id, period, rest)} by {dimension}: {terms} = {total}, not 100",
                    "correct a share, or type the amounts and let the shares be worked out",
                )


def _given(cell: Cell) -> bool:
    return cell.kind in (Kind.VALUE, Kind.NIL, Kind.NOT_APPLICABLE)


def _miss(cells: list[Cell]) -> Fraction | None:
    """What the shares add up to, if that is not 100 within their rounding."""
    total = sum((amount(cell) or Fraction(0) for cell in cells), Fraction(0))
    unit = Fraction(1, 10 ** min((cell.number.decimals for cell in cells if cell.number), default=0))
    return None if abs(total - 100) <= max(unit, unit * len(cells) / 2) else total
