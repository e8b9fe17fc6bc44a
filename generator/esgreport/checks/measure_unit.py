"""measure-unit: what answers a measure of a framework is in the quantity that it asks for.

Why: waste in cubic metres, or hours where days are asked for, cannot be compared with anybody's. Several metrics may
answer one measure in different units (fuels in litres and cubic metres); one of them, or an intensity of one of them,
has to be in the quantity.

    wrong   hazardous_waste: {unit: count, answers: [A1.3]}
    right   hazardous_waste: {unit: kg, answers: [A1.3]}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.expressions import unit_of
from esgreport.framework import worded_in
from esgreport.model import FigureId, Metric, Report
from esgreport.series import Measures, is_money, measures
from esgreport.units import UNITS, Dimensions, Unit, worded
from esgreport.views import Edition

PEOPLE_AND_THINGS = (UNITS["person"].dimensions, UNITS["count"].dimensions)
OTHER: dict[str, tuple[Dimensions, ...]] = {  # what else a measure's unit stands for
    "kWh-000": (UNITS["kWh"].dimensions,),
    "m3": (UNITS["m3"].dimensions, UNITS["t"].dimensions),  # a tonne of water is a cubic metre of it
    "person": PEOPLE_AND_THINGS,
    "count": PEOPLE_AND_THINGS,
    "case": PEOPLE_AND_THINGS,
    "hour-per-person": ((("person", -1), ("time", 1)),),
}


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for framework in edition.frameworks.values():
        answers = Measures(report, edition.figures, framework)
        for requirement, measure in measures(framework):
            metrics = answers.metrics(measure.key)
            if metrics and not any(
                _fits(u, measure.unit) for metric in metrics for u in _units(report, metric)
            ):
                names = " and ".join(f'"{metric.id}" in {metric.unit.code}' for metric in metrics)
                yield warning(
                    "measure-unit",
                    metrics[0].unit_place,
                    f"{requirement.id}:{measure.key} ({worded_in(measure.label, 'en')}) asks for {_wanted(measure.unit)}, "
                    f"but is answered by {names}",
                    "give it in that quantity, or take the answer away",
                )


def _units(report: Report, metric: Metric) -> list[Unit]:
    known = [each.metric for each in metric.per if each.metric in report.metrics]
    intensities = [unit_of(report, FigureId(metric.id, report.period, (), f"per.{name}")) for name in known]
    return [metric.unit, *intensities]


def _fits(unit: Unit, wanted: str) -> bool:
    if wanted == "rate":
        return not unit.additive
    if wanted == "money":
        return len(unit.dimensions) == 1 and is_money(unit.dimensions[0])
    if wanted == "money-per-tCO2e":
        return any(map(is_money, unit.dimensions)) and ("co2e", -1) in unit.dimensions
    if wanted in OTHER:
        return unit.dimensions in OTHER[wanted]
    return wanted not in UNITS or unit.dimensions == UNITS[wanted].dimensions


def _wanted(unit: str) -> str:
    if unit in UNITS or unit == "kWh-000":
        return worded(OTHER.get(unit, (UNITS[unit].dimensions,) if unit in UNITS else ())[0])
    return unit.replace("-", " ")
