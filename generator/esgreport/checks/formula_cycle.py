"""formula-cycle, formula-chain: no formula leads back to itself, or through too many others.

Why: a figure that depends on itself has no value, and nobody can follow one through fifty formulas.

    wrong   a: {formula: b + 1}     b: {formula: a - 1}
    right   type the values of one of them
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.compute import MOST_FORMULAS
from esgreport.diagnostics import Diagnostic, error
from esgreport.expressions import chains, cycles
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for metric, way in cycles(edition.report):
        yield error(
            "formula-cycle",
            metric.formulas[0].place,
            f"the formula leads back to itself: {' → '.join(way)}",
            "type the values of one of them",
        )
    for id, length in chains(edition.report).items():
        if length == MOST_FORMULAS + 1 and (formulas := edition.report.metrics[id].formulas):
            yield error(
                "formula-chain",
                formulas[0].place,
                f"more than {MOST_FORMULAS} formulas lead, one to the next, to {id}",
                "put formulas together, or type some of the values",
            )
