"""formula-cycle: no formula leads back to itself.

Why: a figure that depends on itself has no value.

    wrong   a: {formula: b + 1}     b: {formula: a - 1}
    right   type the values of one of them
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.compute import cycles
from esgreport.diagnostics import Diagnostic, error
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric, way in cycles(edition.report):
        assert metric.formula is not None
        yield error("formula-cycle", metric.formula.place, f"the formula leads back to itself: {' → '.join(way)}", "type the values of one of them")
