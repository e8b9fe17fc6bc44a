"""other-scope: emissions of a scope are worked out from the energy of that scope.

Why: gas that is burnt on the premises belongs to Scope 1 though it is bought like electricity, and the other way
round. Which energy belongs to which emissions is said by the catalogue (`energy`); the formula is followed down to
the metrics that answer another scope's energy.

    wrong   scope_2: {formula: power * factor("grid") + gas * factor("gas")}     gas: {answers: [A2.1:energy-direct]}
    right   scope_2: {formula: power * factor("grid")}     scope_1: {formula: gas * factor("gas")}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error
from esgreport.series import Measures, measures
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for framework in edition.frameworks.values():
        answers = Measures(edition.report, edition.figures, framework)
        scopes = [(requirement, measure) for requirement, measure in measures(framework) if measure.energy]
        for requirement, measure in scopes:
            own = {metric.id for metric in answers.metrics(measure.energy)}
            others = {
                metric.id: other
                for _, other in scopes
                for metric in answers.metrics(other.energy)
                if metric.id not in own
            }
            for metric in answers.metrics(measure.key):
                for id in sorted(answers.behind[metric.id] & others.keys()):
                    yield error(
                        "other-scope",
                        metric.formulas[0].place,
                        f'"{metric.id}" answers {requirement.id}:{measure.key}, but is worked out from "{id}", '
                        f"which answers {others[id].energy} ({edition.report.metrics[id].place})",
                        f"take {id} out of the formula, or correct what it answers",
                    )
