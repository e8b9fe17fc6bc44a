"""negative-value: no amount of energy, water, waste, people or time is less than nothing.

Why: a minus is a slip of the key, or a correction of the year before that belongs there as a restatement. Money,
CO2e, temperatures, percentages and what is called a change or a net amount may fall below zero.

    wrong   water: {values: {2025: -88 415}}
    right   water: {values: {2025: 88 415}}
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import FigureId, Metric
from esgreport.series import typed
from esgreport.units import is_money
from esgreport.views import Edition

BELOW_ZERO = ("co2e", "temperature")
CHANGES = re.compile(
    r"\b(net|change|increase|decrease|difference|saving|savings)\b|淨|净|增|減|减|變動|变动|差", re.IGNORECASE
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        cells = typed(edition.figures, metric) if _counts(metric) else ()
        for cell in (cell for cell in cells if cell.number and cell.number.exact < 0):
            yield warning(
                "negative-value",
                cell.place,
                f"{FigureId(metric.id, cell.period, cell.members)} is {cell.number} {metric.unit.code}, less than nothing",
                "take the minus away; a correction of an earlier year is written there: {value: …, restated_from: …}",
            )


def _counts(metric: Metric) -> bool:
    """Whether the metric is an amount of something that there cannot be less than nothing of."""
    above = [part for part in metric.unit.dimensions if part[1] > 0]
    if not above or any(is_money(part) or part[0] in BELOW_ZERO for part in above):
        return False
    return not any(CHANGES.search(name) for name in metric.name.values())
