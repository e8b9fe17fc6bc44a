"""Figures beside each other: from year to year, behind each other, and under one measure of a framework.

What the rules of plausibility compare. Nothing is judged or worded here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from esgreport.amounts import canonical
from esgreport.compute import Figures
from esgreport.diagnostics import listed
from esgreport.framework import Framework, Measure, Requirement
from esgreport.index import answering_metrics
from esgreport.model import Cell, Figure, FigureId, Kind, Members, Metric, Report
from esgreport.units import UNITS, Dimensions

Row = Mapping[str, Cell]
"""The typed values of one part of a metric by period."""


def consecutive(report: Report) -> tuple[tuple[str, str], ...]:
    """Each period with the one that ends the day before it, the earliest pair first; both of about one length."""
    found = []
    for period in report.periods.values():
        if before := report.previous(period.id):
            own, other = (each.end - each.start for each in (period, report.periods[before]))
            if 10 * abs(own - other) <= own:
                found.append((period, before))
    return tuple((period.id, before) for period, before in sorted(found, key=lambda pair: pair[0].start))


def typed(figures: Figures, metric: Metric) -> Iterator[Cell]:
    """The typed values of a metric; a control of its formula is no value of its own, but what it says remains. One for a
    member that does not exist then is told by itself, and left out."""
    for cell in metric.cells:
        id = FigureId(metric.id, cell.period, cell.members)
        if figures.report.absent(id):
            continue
        control = metric.formulas and figures.control(id)
        yield replace(cell, kind=None, number=None, upper=None) if control else cell


def rows(figures: Figures, metric: Metric) -> dict[Members, Row]:
    """The typed values of a metric, those of each part of it side by side."""
    found: dict[Members, dict[str, Cell]] = {}
    for cell in typed(figures, metric):
        found.setdefault(cell.members, {})[cell.period] = cell
    return dict(found)


def agrees(control: Cell, kind: Kind, exact: Fraction | None) -> bool:
    """Whether a value typed beside what is computed is what was computed, at the decimals as typed.

    Nil is zero; a limit or a range has to hold the figure. Words alone agree with everything.
    """
    number, upper = control.number, control.upper
    if control.kind is None:
        return True
    if control.kind == Kind.NIL:
        return exact == 0
    if number is None or exact is None:
        return control.kind == kind
    if control.kind == Kind.LIMIT:
        return exact < number.exact
    if upper is not None:
        return number.exact <= exact <= upper.exact
    return canonical(exact, number.decimals) == str(number)


def amount(value: Cell | Figure | None) -> Fraction | None:
    """What a value counts: its number, 0 for nil; None for a limit, a range and what is not known."""
    if value is None or value.kind not in (Kind.VALUE, Kind.NIL):
        return None
    return value.number.exact if value.number else Fraction(0)


def explained(row: Row, whole: Row, periods: Iterable[str]) -> bool:
    """Whether a change is explained: by a reason at the value or at the whole, or by a restatement."""
    cells = [cell for period in periods for each in (row, whole) if (cell := each.get(period))]
    return any(cell.reason_for_change or cell.former is not None for cell in cells)


def parts_in_words(parts: Sequence[Members]) -> str:
    """Parts of a metric by the ids of their members: "taiyue and baohe"; "" for none."""
    return listed(["/".join(member for _, member in members) or "the total" for members in parts])


def made_of(report: Report) -> dict[str, frozenset[str]]:
    """All metrics behind each metric, through any number of formulas."""
    direct = {metric.id: {term.metric for term in metric.inputs} for metric in report.metrics.values()}
    found: dict[str, frozenset[str]] = {}
    for id, names in direct.items():
        behind: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in behind and name in direct:
                behind.add(name)
                waiting += direct[name]
        found[id] = frozenset(behind)
    return found


def measures(framework: Framework) -> Iterator[tuple[Requirement, Measure]]:
    """All measures of a framework."""
    for requirement in framework.requirements.values():
        for measure in requirement.measures:
            yield requirement, measure


@dataclass(frozen=True, slots=True)
class Answered:
    """What a measure comes to in a period, in base units, and the figures that make it up."""

    exact: Fraction
    figures: tuple[Figure, ...]

    @property
    def ids(self) -> str:
        """The figures by their ids."""
        return " + ".join(str(figure.id) for figure in self.figures)


ENERGY = UNITS["kWh"].dimensions
# Fuels by a word of their id or names: what a unit holds at least and at most. Source: GB/T 2589, IPCC 2006, volume 2.
HEAT = tuple(
    (re.compile(words, re.IGNORECASE), UNITS[unit], Fraction(least) * UNITS["MJ"].ratio, Fraction(most) * UNITS["MJ"].ratio)
    for words, unit, least, most in (
        (r"^(?!.*(liquefied|lng|液化)).*(\bnatural gas\b|天然[氣气])", "m3", "30", "45"),
        (r"\b(diesel|gas ?oil|petrol|gasoline|kerosene)\b|柴油|汽油|煤油", "L", "30", "40"),
        (r"\b(diesel|gas ?oil|petrol|gasoline|kerosene)\b|柴油|汽油|煤油", "kg", "40", "48"),
        (r"\b(lng|lpg|liquefied (natural|petroleum) gas)\b|液化(天然|石油)[氣气]", "kg", "44", "52"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Energy:
    """The energy of a measure in base units: at least, at most (None where a fuel is not known), and its figures."""

    least: Fraction
    most: Fraction | None
    figures: tuple[Figure, ...]

    @property
    def ids(self) -> str:
        """The figures by their ids."""
        return " + ".join(str(figure.id) for figure in self.figures)


class Measures:
    """What the metrics that answer a framework's measures come to."""

    def __init__(self, report: Report, figures: Figures, framework: Framework) -> None:
        self.report, self.figures = report, figures
        self.behind = made_of(report)
        self._metrics = {
            measure.key: answering_metrics(report, framework, requirement, measure)
            for requirement, measure in measures(framework)
        }

    def metrics(self, key: str) -> list[Metric]:
        """The metrics that answer a measure."""
        return self._metrics.get(key, [])

    def answered(self, key: str, dimensions: Dimensions, period: str) -> Answered | None:
        """The metrics that answer a measure added up, none counted twice; None where one lacks or is in another quantity."""
        metrics = self.metrics(key)
        fitting = [metric for metric in metrics if metric.unit.dimensions == dimensions]
        within = frozenset[str]().union(*(self.behind[metric.id] for metric in fitting))
        if not fitting or any(metric not in fitting and metric.id not in within for metric in metrics):
            return None
        found = [
            self.figures.figure(FigureId(metric.id, period)) for metric in fitting if metric.id not in within
        ]
        exact = Fraction(0)
        for figure in found:
            own = amount(figure)
            if figure is None or own is None:
                return None
            exact += own * figure.unit.ratio
        return Answered(exact, tuple(figure for figure in found if figure))

    def energy(self, key: str, period: str) -> Energy | None:
        """The energy that answers a measure, with fuels in other units by what they hold; None where one lacks a value."""
        metrics = self.metrics(key)
        within = frozenset[str]().union(*(self.behind[metric.id] for metric in metrics))
        least, most = Fraction(0), Fraction(0)
        known, found = True, []
        for metric in metrics:
            if metric.id not in within:
                figure = self.figures.figure(FigureId(metric.id, period))
                own = amount(figure)
                if figure is None or own is None:
                    return None
                found.append(figure)
                low, high = heat(metric)
                least += own * metric.unit.ratio * low
                most += own * metric.unit.ratio * (high or 0)
                known = known and (high is not None or not own)
        return Energy(least, most if known else None, tuple(found)) if found else None


def heat(metric: Metric) -> tuple[Fraction, Fraction | None]:
    """The energy in a base unit of what a metric counts, at least and at most; (0, None) where it is not known."""
    if metric.unit.dimensions == ENERGY:
        return Fraction(1), Fraction(1)
    name = " ".join([metric.id.replace("_", " "), *metric.name.values()])
    for words, unit, least, most in HEAT:
        if unit.dimensions == metric.unit.dimensions and words.search(name):
            return least / unit.ratio, most / unit.ratio
    return Fraction(0), None
