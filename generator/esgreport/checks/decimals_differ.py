"""decimals-differ: the typed values of one row have one number of decimals.

Why: 12.5 beside 13 says that one year was measured more closely than the other, or that a zero was lost (13.0).
Estimates, values with a qualifier and zeros may be rounder, and so may a metric that gives `decimals`: there the
difference is meant. Members of a breakdown are not compared with each other.

    wrong   climate_capital: {values: {2025: 38.6, 2024: 15}}
    right   climate_capital: {values: {2025: 38.6, 2024: 15.0}}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Cell, FigureId, Status
from esgreport.series import rows
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    shown = (edition.report.period, *edition.report.comparatives)
    for metric in edition.report.metrics.values():
        for members, row in rows(edition.figures, metric).items() if metric.decimals is None else ():
            cells = [cell for period in shown if (cell := row.get(period)) and _exact(cell)]
            typed = [(cell.number.decimals, cell) for cell in cells if cell.number]
            most, fine = max(typed, key=lambda pair: pair[0], default=(0, None))
            fewer = next((cell for decimals, cell in typed if decimals < most), None)
            if fine and fewer:
                yield warning(
                    "decimals-differ",
                    fewer.place,
                    f"{FigureId(metric.id, fewer.period, members)} is typed as {fewer.number}, "
                    f"but {fine.period} as {fine.number} ({fine.place})",
                    "type the same number of decimals, with a zero at the end if need be",
                )
                break


def _exact(cell: Cell) -> bool:
    """Whether a value is meant to the last digit."""
    number = cell.number
    return bool(number and number.exact) and not cell.qualifier and cell.status != Status.ESTIMATED
