"""implied-factor: emissions go with the energy that they come from.

Why: tonnes of CO2e divided by megawatt hours give an emission factor, and fuels and grids have known ones. A result
outside them is a fuel that was forgotten on one side, a unit, or another year's figure. The two also move together:
when energy falls by more than half, its emissions do not rise. Which energy belongs to which emissions is said by the
catalogue (`energy`). Fuels in units of energy, or worked out in them, count as they are; natural gas, oil products and
liquefied gases in cubic metres, litres or kilograms with the least or the most that they hold, whichever excuses the
result. Of other fuels nothing is known: beside them only too few emissions are told.

    wrong   ghg_scope_1: {values: {2025: 423.19}}     direct_energy: {values: {2025: 161 462}}      kWh: 2.6 t/MWh
    right   a reason_for_change at the emissions that says what else is within, such as refrigerants or process gases

A note does not settle it, since it may be about anything, and nothing that is said of the energy does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path

from esgreport.amounts import Number, decimals_for
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Figure
from esgreport.series import Answered, Energy, Measures, consecutive, measures
from esgreport.units import UNITS
from esgreport.views import Edition

EMISSIONS = UNITS["tCO2e"].dimensions
MWH = UNITS["MWh"].ratio
FUEL_GASES = ("", "CO2", "CH4", "N2O", "CO2e")


@dataclass(frozen=True, slots=True)
class Range:
    """tCO2e/MWh that can be, and why."""

    low: Fraction
    high: Fraction
    why: str


RANGES = {
    "energy-direct": Range(Fraction("0.1"), Fraction("0.6"), "natural gas gives 0.2, oil 0.27, coal 0.35"),
    "energy-indirect": Range(
        Fraction("0.003"), Fraction("1.3"), "hydropower gives 0.01, a grid of coal alone 1.2"
    ),
}


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    for framework in edition.frameworks.values():
        answers = Measures(report, figures, framework)
        for _, measure in measures(framework):
            if measure.energy in RANGES:
                found: dict[str, tuple[Answered, Energy]] = {}
                for period in report.periods:
                    emitted = answers.answered(measure.key, EMISSIONS, period)
                    energy = answers.energy(measure.energy, period)
                    if emitted and energy and not any(map(_explained, emitted.figures)):
                        found[period] = emitted, energy
                shown = [period for period in (report.period, *report.comparatives) if period in found]
                implied = (_implied(figures, *found[each], RANGES[measure.energy]) for each in shown)
                yield from islice(chain.from_iterable(implied), 1)  # a slip of all years is told once
                for period, before in consecutive(report):
                    if period in found and before in found:
                        yield from _opposite(found[period], found[before], before)


def _implied(figures: Figures, emitted: Answered, energy: Energy, range: Range) -> Iterator[Diagnostic]:
    if not emitted.exact or not energy.least:
        return
    most = emitted.exact / (energy.least / MWH)
    least = emitted.exact / (energy.most / MWH) if energy.most else None
    above = least is not None and least > range.high and not _of_other_gases(figures, emitted.figures)
    factor = least if above and least is not None else most
    if above or most < range.low:
        bound = "" if least == most else "at least " if above else "at most "
        yield warning(
            "implied-factor",
            emitted.figures[0].place,
            f"{emitted.ids} ÷ {energy.ids} ({energy.figures[0].place}) is "
            f"{bound}{Number(factor, decimals_for(factor))} tCO2e/MWh; {range.why}",
            'compare their units and what they cover, or say what else is within: add "reason_for_change" to the emissions',
        )


def _explained(figure: Figure) -> bool:
    return bool(figure.reason_for_change) or figure.former is not None


def _opposite(
    now: tuple[Answered, Energy], then: tuple[Answered, Energy], before: str
) -> Iterator[Diagnostic]:
    (emitted, energy), (emitted_then, energy_then) = now, then
    if energy.most is None or energy_then.most is None:
        return
    burnt, burnt_then = energy.least + energy.most, energy_then.least + energy_then.most  # twice the middle
    fell = 0 < 2 * burnt < burnt_then and emitted.exact > emitted_then.exact > 0
    rose = burnt > 2 * burnt_then > 0 and 0 < emitted.exact < emitted_then.exact
    if fell or rose:
        yield warning(
            "implied-factor",
            emitted.figures[0].place,
            f"{emitted.ids} went {'up' if fell else 'down'} on {before}, {_way(emitted_then, emitted)}, but "
            f"{energy.ids} ({energy.figures[0].place}) {'fell by more than half' if fell else 'more than doubled'}, "
            f"{_way(energy_then, energy)}",
            'compare the two years, or say why: add "reason_for_change" to the emissions',
        )


def _way(then: Answered | Energy, now: Answered | Energy) -> str:
    ends = [" + ".join(f"{f.number} {f.unit.code}" for f in each.figures) for each in (then, now)]
    return f"from {ends[0]} to {ends[1]}"


def _of_other_gases(figures: Figures, emitted: tuple[Figure, ...]) -> bool:
    """Whether refrigerants or other gases that nobody burns are worked into the emissions."""
    waiting, seen = list(emitted), set[object]()
    while waiting:
        figure = waiting.pop()
        for use in figure.factors:
            factor = figures.report.factors[use.factor]
            if factor.gas not in FUEL_GASES or dict(factor.unit.dimensions) == {"co2e": 1, "mass": -1}:
                return True
        behind = [found for id in figure.inputs if id not in seen and (found := figures.figure(id))]
        seen.update(found.id for found in behind)
        waiting += behind
    return False
