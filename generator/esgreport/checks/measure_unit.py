"""measure-unit: what answers a measure of a framework is in the quantity that it asks for.

Why: waste in cubic metres, or hours where days are asked for, cannot be compared with anybody's. Several metrics may
answer one measure in different units (fuels in litres and cubic metres); one of them, or an intensity of one of them,
has to be in the quantity. The row of the index is only partly disclosed until then.

    wrong   hazardous_waste: {unit: count, answers: [A1.3]}
    right   hazardous_waste: {unit: kg, answers: [A1.3]}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.framework import worded_in
from esgreport.quantities import in_quantity, quantity
from esgreport.series import Measures, measures
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for framework in edition.frameworks.values():
        answers = Measures(report, edition.figures, framework)
        for requirement, measure in measures(framework):
            metrics = answers.metrics(measure.key)
            if metrics and not in_quantity(report, metrics, measure.unit):
                names = " and ".join(f'"{metric.id}" in {metric.unit.code}' for metric in metrics)
                yield warning(
                    "measure-unit",
                    metrics[0].unit_place,
                    f"{requirement.id}:{measure.key} ({worded_in(measure.label, 'en')}) asks for {quantity(measure.unit)}, "
                    f"but is answered by {names}",
                    "give it in that quantity, or take the answer away",
                )
