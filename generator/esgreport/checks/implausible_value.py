"""implausible-value: a value lies where such values can lie.

Why: litres typed for tonnes, kJ for MJ and a comma too many give numbers that print well. Told are values outside the
`plausible` range of their metric, factors outside what physics allows for their unit, rates per employee that no year
holds, shares above 100 per cent, electricity or water per employee that nobody uses, and a fuel that holds less than a
ten-thousandth of the energy of the electricity beside it. A metric's own `plausible` range stands in the place of the others; of the fuel
a note at the value or the metric will do, too.

    wrong   calorific_natural_gas: {value: 38931, unit: MJ/m3}
    right   calorific_natural_gas: {value: 38.931, unit: MJ/m3}
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from esgreport.amounts import Number, decimals_for
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, warning
from esgreport.languages import Text
from esgreport.model import Factor, FactorValue, Figure, FigureId, Kind, Metric
from esgreport.series import ENERGY, Measures, amount, heat
from esgreport.units import UNITS, Dimensions
from esgreport.views import Edition


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where values in a unit can lie, and why.

    `of`: only what has one of these words in its id or names. `in_unit`: only what is typed per this unit.
    """

    unit: str
    low: str
    high: str
    why: str
    of: re.Pattern[str] | None = None
    in_unit: str = ""

    def fits(self, kind: tuple[Dimensions, Dimensions], code: str, name: str) -> bool:
        """Whether it is about a unit of this kind and a thing of this name."""
        return (
            kind == _kind(self.unit)
            and (not self.in_unit or code.endswith(f"/{self.in_unit}"))
            and (self.of is None or self.of.search(name) is not None)
        )

    def ends(self) -> tuple[Fraction, Fraction]:
        """Its ends in base units."""
        ratio = _ratio(self.unit)
        return Fraction(self.low) * ratio, Fraction(self.high) * ratio


_HARDLY = 10_000  # a forklift alone burns a thousand litres a year; who uses less beside gigawatt hours says for what


def _words(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(rf"\b({english})\b|{chinese}", re.IGNORECASE)


LIQUID = _words("diesel|gas ?oil|petrol|gasoline|kerosene|fuel oil|heavy oil", "柴油|汽油|煤油|燃料油|重油")
SOLID = _words("coal|anthracite|coke", "煤炭|原煤|無煙煤|无烟煤|煙煤|烟煤|焦炭")
GAS = re.compile(
    r"^(?!.*(liquefied|\blng\b|液化)).*(\b(natural|town|coal|bio) ?gas\b|天然[氣气]|煤[氣气]|沼[氣气])",
    re.IGNORECASE,
)
TRAINING = _words("training|trained", "培訓|培训|受訓|受训")
SHARE = re.compile(
    r"\b(share of|proportion of|percentage of)\b|\bshare$|佔比|占比|比例|百分比", re.IGNORECASE
)
NO_SHARE = _words("change|growth|increase|turnover", "變動|变动|增長|增长|增幅|流失")

# The first that fits a factor's unit and name holds. Energy: GB/T 2589, IPCC 2006 Guidelines, volume 2, table 1.2.
FACTORS = (
    Range("MJ/L", "15", "45", "methanol holds 16 MJ a litre, heavy fuel oil 41", LIQUID),
    Range("MJ/m3", "1", "150", "blast-furnace gas holds 3 MJ a cubic metre, butane 118", GAS),
    Range("MJ/L", "8", "45", "liquid hydrogen holds 8.5 MJ a litre, heavy fuel oil 41", in_unit="L"),
    Range("MJ/m3", "1", "45000", "compressed air holds 1 MJ a cubic metre, heavy fuel oil 41 000"),
    Range("MJ/kg", "4", "50", "oil shale holds 4 MJ a kilogram, liquid fuels up to 45", LIQUID),
    Range("MJ/kg", "3", "40", "oil shale and coal waste hold 4 MJ a kilogram, anthracite 33", SOLID),
    Range("MJ/kg", "0.001", "145", "hydrogen, the richest fuel, holds 142 MJ a kilogram"),
    Range("kWh/kWh", "0.2", "5", "no energy is converted at less than a fifth of itself or more than fivefold"),
    Range("kgCO2e/kWh", "0.003", "1.6", "hydropower gives 0.004 kg a kilowatt hour, the dirtiest grids 1.3"),
    Range("kgCO2e/L", "0.005", "4", "fuel oil gives 3.2 kg a litre, a biofuel without its CO2 0.01", LIQUID),
    Range("kgCO2e/m3", "0.0001", "8", "natural gas gives 2 kg a cubic metre, butane 7", GAS),
    Range("kgCO2e/L", "0", "4", "fuel oil gives 3.2 kg a litre", in_unit="L"),
    Range("kgCO2e/m3", "0", "4000", "fuel oil gives 3 200 kg a cubic metre"),
    Range("kgCO2e/kg", "0.05", "5", "liquid fuels give 3.2 kg a kilogram when burnt, 0.6 before", LIQUID),
    Range("kgCO2e/kg", "0.05", "5", "coal gives 1.5 to 3 kg a kilogram", SOLID),
    Range("kgCO2e/kg", "-30000", "30000", "the strongest greenhouse gas, SF6, has a potential of 25 200"),
)  # fmt: skip
BURNT = ("", "CO2", "CO2e")  # the lower ends hold for these; CH4 and N2O of a flame are tiny

RATES = (
    Range("hour/person", "0", "1000", "a thousand hours are half a working year", TRAINING),
    Range("hour/person", "0", "8784", "a year has at most 8 784 hours"),
    Range("day/person", "0", "366", "a year has at most 366 days"),
)

# What two measures of a framework give when divided, whole by whole.
PER_EMPLOYEE = (
    ("energy-indirect", Range("kWh/person", "20", "20000000", "an office takes 1 000 kWh an employee, a smelter some millions")),
    ("water-consumption", Range("m3/person", "0.2", "50000", "an office takes 5 m³ an employee, a dye works some thousands")),
    ("lost-days", Range("day/person", "0", "366", "a year has at most 366 days")),
    ("community-hours", Range("hour/person", "0", "2500", "a working year has about 2 000 hours")),
)  # fmt: skip


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    for factor in report.factors.values():
        yield from _factor(factor)
    for metric in report.metrics.values():
        yield from _own_range(figures, metric) if metric.plausible else _rate(figures, metric)
    for framework in edition.frameworks.values():
        answers = Measures(report, figures, framework)
        yield from _per_employee(figures, answers)
        yield from _hardly_any(figures, answers)


def _factor(factor: Factor) -> Iterator[Diagnostic]:
    kind = _kind(factor.unit.code)
    name = _named(factor.id, factor.name)
    range = next((each for each in FACTORS if kind and each.fits(kind, factor.unit.code, name)), None)
    if range is None:
        return
    low, high = range.ends()
    for value in factor.values:
        exact = value.number.exact * factor.unit.ratio
        if exact > high or (exact < low and exact != 0 and (exact < 0 or factor.gas in BURNT)):
            yield _implausible(
                value, f'the factor "{factor.id}" is {value.number} {factor.unit.code}', range,
                "compare value and unit with the source",
            )  # fmt: skip


def _own_range(figures: Figures, metric: Metric) -> Iterator[Diagnostic]:
    """The range that the author gave: the most for every part, the least for the whole, or for each rate."""
    assert metric.plausible
    low, high = metric.plausible
    for figure in _values(figures, metric):
        number = figure.number
        below = number and number.exact < low.exact and (not figure.id.members or not metric.unit.additive)
        if number and (below or number.exact > high.exact):
            yield warning(
                "implausible-value",
                figure.place,
                f"{figure.id} is {number} {metric.unit.code}, outside its plausible range of {low} to {high}",
                'correct the value or its unit, or widen "plausible"',
            )


def _rate(figures: Figures, metric: Metric) -> Iterator[Diagnostic]:
    name = _named(metric.id, metric.name)
    range = None
    if kind := _kind(metric.unit.code):
        range = next((each for each in RATES if each.fits(kind, metric.unit.code, name)), None)
    elif metric.unit.code == "percent" and SHARE.search(name) and not NO_SHARE.search(name):
        range = Range("percent", "0", "100", "a share is no more than its whole")
    if range:
        low, high = range.ends()
        for figure in _values(figures, metric):
            own = amount(figure)
            if own is not None and not low <= own * metric.unit.ratio <= high:
                words = f"{figure.id} is {Number(own, decimals_for(own))} {metric.unit.code}"
                yield _implausible(figure, words, range, 'correct it, or give the metric a "plausible" range')


def _per_employee(figures: Figures, answers: Measures) -> Iterator[Diagnostic]:
    report = figures.report
    for key, range in PER_EMPLOYEE:
        above, below = _kind(range.unit) or ((), ())
        low, high = range.ends()
        for period in (report.period, *report.comparatives):
            used = answers.answered(key, above, period)
            staff = answers.answered("headcount", below, period)
            if not used or not staff or not used.exact or staff.exact < 1:
                continue
            if any(report.metrics[f.id.metric].plausible for f in used.figures):
                continue
            if not low <= used.exact / staff.exact <= high:
                each = used.exact / staff.exact / _ratio(range.unit)
                words = f"{used.ids} for {staff.ids} is {Number(each, decimals_for(each))} {range.unit}"
                help = 'correct the unit or the value, or give the metric a "plausible" range'
                yield _implausible(used.figures[0], words, range, help)


def _hardly_any(figures: Figures, answers: Measures) -> Iterator[Diagnostic]:
    """Fuels counted by volume or mass of which hardly any is used: litres typed for tonnes or cubic metres look like it."""
    report = figures.report
    for period in (report.period, *report.comparatives):
        power = answers.energy("energy-indirect", period)
        for metric in answers.metrics("energy-direct") if power else ():
            _, most = heat(metric)
            figure = figures.figure(FigureId(metric.id, period))
            own = amount(figure)
            if metric.unit.dimensions == ENERGY or metric.formulas or metric.plausible or not (most and own):
                continue
            noted = (
                metric.note,
                metric.remark,
                *(x for c in metric.cells if c.period == period for x in (c.note, c.remark)),
            )
            if power and figure and not any(noted) and own * metric.unit.ratio * most * _HARDLY < power.least:
                yield warning(
                    "implausible-value",
                    figure.place,
                    f"{figure.id} is {figure.number} {metric.unit.code}, which holds less than 1/{_HARDLY:,} of the energy of {power.ids}",
                    'see whether it was counted in another unit; if not, say in a "note" what it is used for',
                )


def _values(figures: Figures, metric: Metric) -> Iterator[Figure]:
    """The typed values of a metric and what its formula gives, the parts before their whole."""
    report = figures.report
    periods = (report.period, *report.comparatives)
    ids = [FigureId(metric.id, cell.period, cell.members) for cell in metric.cells if cell.kind == Kind.VALUE]
    ids.sort(key=lambda id: -len(id.members))
    if metric.formula:
        by = [((d, member.id),) for d in metric.by for member in report.dimensions[d].members]
        ids += [FigureId(metric.id, period, members) for members in [*by, ()] for period in periods]
    yield from filter(None, map(figures.figure, dict.fromkeys(ids)))


def _implausible(where: Figure | FactorValue, words: str, range: Range, help: str) -> Diagnostic:
    return warning(
        "implausible-value",
        where.place,
        f"{words}; plausible are {_spaced(range.low)} to {_spaced(range.high)} {range.unit}: {range.why}",
        help,
    )


def _spaced(number: str) -> str:
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}".replace(",", " ") + point + rest


def _named(id: str, name: Text) -> str:
    return " ".join([id.replace("_", " "), *name.values()])


def _kind(code: str) -> tuple[Dimensions, Dimensions] | None:
    """What stands above and below the slash of a unit; None where there is no slash, or a unit of the project's own."""
    above, slash, below = code.partition("/")
    if not slash or above not in UNITS or below not in UNITS:
        return None
    return UNITS[above].dimensions, UNITS[below].dimensions


def _ratio(code: str) -> Fraction:
    above, slash, below = code.partition("/")
    return UNITS[above].ratio / UNITS[below].ratio if slash else UNITS[above].ratio
