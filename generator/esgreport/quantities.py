"""Whether figures are in the quantity that a measure of a framework asks for.

Waste in cubic metres, concentrations where a mass is asked for, or litres of diesel where energy is, can be compared with
nobody's and answer nothing.
"""

from collections.abc import Iterable, Iterator

from esgreport.expressions import unit_of
from esgreport.model import FigureId, Metric, Report
from esgreport.units import UNITS, Dimensions, Unit, is_money, worded

_PEOPLE_AND_THINGS = (UNITS["person"].dimensions, UNITS["count"].dimensions)
_OTHER: dict[str, tuple[Dimensions, ...]] = {  # what else a measure's unit stands for
    "kWh-000": (UNITS["kWh"].dimensions,),
    "m3": (UNITS["m3"].dimensions, UNITS["t"].dimensions),  # a tonne of water is a cubic metre of it
    "person": _PEOPLE_AND_THINGS,
    "count": _PEOPLE_AND_THINGS,
    "case": _PEOPLE_AND_THINGS,
    "hour-per-person": ((("person", -1), ("time", 1)),),
}


def in_quantity(report: Report, metrics: Iterable[Metric], wanted: str) -> bool:
    """Whether one of several metrics, or an intensity of one, is in the quantity of a measure's unit.

    Several may answer one measure in different units: fuels in litres and cubic metres beside their energy.
    """
    return any(_fits(unit, wanted) for metric in metrics for unit in _units(report, metric))


def quantity(unit: str) -> str:
    """The quantity of a measure's unit in plain words: "mass"."""
    if unit in UNITS or unit == "kWh-000":
        return worded(_OTHER[unit][0] if unit in _OTHER else UNITS[unit].dimensions)
    return unit.replace("-", " ")


def _units(report: Report, metric: Metric) -> Iterator[Unit]:
    yield metric.unit
    for each in metric.per:
        if each.metric in report.metrics:
            yield unit_of(report, FigureId(metric.id, report.period, (), f"per.{each.metric}"))


def _fits(unit: Unit, wanted: str) -> bool:
    if wanted == "rate":
        return not unit.additive
    if wanted == "money":
        return len(unit.dimensions) == 1 and is_money(unit.dimensions[0])
    if wanted == "money-per-tCO2e":
        return any(map(is_money, unit.dimensions)) and ("co2e", -1) in unit.dimensions
    if wanted in _OTHER:
        return unit.dimensions in _OTHER[wanted]
    return wanted not in UNITS or unit.dimensions == UNITS[wanted].dimensions
