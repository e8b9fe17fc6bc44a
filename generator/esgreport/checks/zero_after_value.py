"""zero-after-value: a quantity that falls to nothing says why.

Why: a column that nobody filled in, or a meter that was not read, arrives as a zero. What is not known is
not_available, what has ceased to exist not_applicable. Of cases, people and days, fewer than ten may well become
none (fatalities, spills, complaints), and a payment may: they are left alone. A note at the value itself says why; one at
the metric, at its total or at the year before is about something else.

    wrong   diesel: {2025: nil, 2024: 69 435}
    right   diesel: {2025: {value: nil, note: {en: The last truck was sold in January., zh-Hant: …}}, 2024: 69 435}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Cell, FigureId, Kind, Members
from esgreport.series import amount, consecutive, explained, parts_in_words, rows
from esgreport.units import UNITS, Unit, is_money
from esgreport.views import Edition

FEW = 10
COUNTED = tuple(UNITS[code].dimensions for code in ("person", "count", "day"))


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    pairs = consecutive(edition.report)
    for metric in edition.report.metrics.values():
        series = rows(edition.figures, metric)
        for period, before in pairs:
            found: list[tuple[Members, Cell, Cell]] = []
            for members, row in series.items():
                now, then = row.get(period), row.get(before)
                if not now or not then or amount(now) != 0 or not _counts(then, metric.unit):
                    continue
                if not now.note and not explained(row, series.get((), {}), (period, before)):
                    found.append((members, now, then))
            if found:
                members, now, then = max(found, key=lambda each: len(each[0]))
                others = [each[0] for each in found if each[0] != members]
                nothing = "nil" if now.kind == Kind.NIL else "0"
                so_are = (
                    f"; so {'are' if len(others) > 1 else 'is'} {parts_in_words(others)}" if others else ""
                )
                yield warning(
                    "zero-after-value",
                    now.place,
                    f"{FigureId(metric.id, period, members)} is {nothing}, after {then.number} {metric.unit.code} in {before}{so_are}",
                    'give the value, or not_available or not_applicable; or say why: add "note" or "reason_for_change" to the value',
                )


def _counts(cell: Cell, unit: Unit) -> bool:
    """Whether the value before is so much that its end wants a word."""
    number = amount(cell)
    if not number or any(map(is_money, unit.dimensions)):
        return False
    return unit.dimensions not in COUNTED or number >= FEW
