"""formula-unit: a formula adds like to like and gives the kind of quantity that its metric is in.

Why: kilowatt hours added to tonnes print as a number all the same.

    wrong   formula: electricity + coal                                   kWh + t
    right   formula: electricity + coal * factor("calorific_coal")        kWh + t × MJ/t
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic
from esgreport.expressions import formula_faults
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric in edition.report.metrics.values():
        yield from formula_faults(edition.report, metric)
