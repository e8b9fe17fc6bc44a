"""same-values: the figures of two years are not the same, digit for digit.

Why: last year's column is copied to hold the place and then forgotten. Told where a whole row repeats: one number of
four or more digits that count (end zeros do not), or four or more members with eight such digits together. Areas and
values counted on a day stand still by nature and are left alone. That the values are right is said by a note at one of this
year; one at the metric, or at the year before, is about something else.

    wrong   water: {values: {2025: 144 825, 2024: 144 825}}
    right   water: {values: {2025: 139 207, 2024: 144 825}}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Cell, FigureId, Members, Metric
from esgreport.series import Row, consecutive, rows
from esgreport.units import UNITS
from esgreport.views import Edition

DIGITS_OF_ONE, DIGITS_OF_ROW, MEMBERS_OF_ROW = 4, 8, 4


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    pairs = consecutive(edition.report)
    for metric in edition.report.metrics.values():
        if metric.unit.dimensions == UNITS["m2"].dimensions:
            continue
        series = rows(edition.figures, metric)
        for period, before in pairs:
            yield from _repeated(metric, series, period, before)


def _repeated(metric: Metric, series: dict[Members, Row], period: str, before: str) -> Iterator[Diagnostic]:
    divisions: dict[tuple[str, ...], list[tuple[Cell | None, Cell | None]]] = {}
    for members, row in series.items():
        dimensions = tuple(dimension for dimension, _ in members)
        divisions.setdefault(dimensions, []).append((row.get(period), row.get(before)))
    for dimensions, cells in divisions.items():
        given = [(now, then) for now, then in cells if now or then]
        if not all(now and then and _same(now, then) for now, then in given):
            continue
        digits = [count for now, _ in given if now and (count := _digits(now))]
        row_of_many = len(digits) >= MEMBERS_OF_ROW and sum(digits) >= DIGITS_OF_ROW
        if row_of_many or max(digits, default=0) >= DIGITS_OF_ONE:
            first = next(now for now, _ in given if now)
            by = f" by {' and '.join(dimensions)}" if dimensions else ""
            yield warning(
                "same-values",
                first.place,
                f"{FigureId(metric.id, period)}{by} repeats {before} digit for digit",
                'give the values of this period; if they are right, say so: add "note" to the value',
            )
            return


def _same(now: Cell, then: Cell) -> bool:
    said = now.note or now.at or then.at or then.former is not None
    return not said and now.kind == then.kind and now.number == then.number


def _digits(cell: Cell) -> int:
    """The digits of a typed number that say something."""
    return len(str(cell.number).lstrip("-").replace(".", "").strip("0")) if cell.number else 0
