"""Every figure that follows from others: totals, formulas, intensities, changes, shares.

Exact rationals throughout; nothing is rounded here, only the number of decimals to print is settled. Each
result lists its inputs and factors, so that any printed number can be traced to its cells. A figure that
cannot be worked out is None; the checks say why. One whose input is not available is not available itself,
and a change on nothing or an intensity over nothing is not applicable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from esgreport.amounts import Number, decimals_for
from esgreport.diagnostics import Diagnostic, Place, error
from esgreport.formulas import terms
from esgreport.languages import Text
from esgreport.model import (
    Cell,
    Constant,
    FactorTerm,
    Figure,
    FigureId,
    Formula,
    Kind,
    Members,
    Metric,
    MetricTerm,
    Report,
    Status,
    Term,
)
from esgreport.units import PERCENT, PERCENTAGE_POINT, Dimensions, Unit, per, product, worded

MOST_FORMULAS = 50  # one leading to the next; a real report needs five or six
_COUNTED = (Kind.VALUE, Kind.NIL, Kind.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class _Result:
    """An exact value in the base units of its dimensions, with its trail."""

    exact: Fraction
    inputs: tuple[FigureId, ...]
    factors: tuple[str, ...] = ()


class Figures:
    """The figures of a report, authored and derived, each worked out once when first asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._cells = {
            FigureId(m.id, c.period, c.members): c for m in report.metrics.values() for c in m.cells
        }
        self._known: dict[FigureId, Figure | None] = {}
        self._workable = {
            id
            for id, length in chains(report).items()
            if length <= MOST_FORMULAS and next(unit_faults(report, report.metrics[id]), None) is None
        }

    def authored(self, id: FigureId) -> Cell | None:
        """The cell an author typed for this figure, if any."""
        return self._cells.get(id)

    def figure(self, id: FigureId) -> Figure | None:
        """The figure with this id, or None if it is missing or cannot be worked out."""
        if id not in self._known:
            self._known[id] = self._derive(id) if id.metric in self.report.metrics else None
        return self._known[id]

    def unit(self, id: FigureId) -> Unit:
        """The unit of a figure, known also where its value is missing."""
        return unit_of(self.report, id)

    def _derive(self, id: FigureId) -> Figure | None:
        metric = self.report.metrics[id.metric]
        if id.operation:
            return self._operation(id, metric)
        if metric.formula:
            return self._formula(id, metric, metric.formula)
        total = self._total(id, metric)
        if total is not None:
            return total
        cell = self.authored(id)
        if cell is None:
            return None
        return Figure(
            id, metric.unit, cell.kind, cell.number, cell.place, cell.upper, cell.qualifier, cell.status, cell.former,
            cell.reason, declared_decimals=metric.decimals,
        )  # fmt: skip

    # ---- totals

    def parts(self, id: FigureId, dimension: str) -> tuple[Figure, ...]:
        """The figures of all members of `dimension` under `id`; () unless every one is there."""
        found = []
        for member in self.report.dimensions[dimension].members:
            members: Members = tuple(sorted([*id.members, (dimension, member.id)]))
            part = self.figure(FigureId(id.metric, id.period, members))
            if part is None:
                return ()
            found.append(part)
        return tuple(found)

    def partitions(self, id: FigureId) -> Iterator[str]:
        """The dimensions whose members should add up to `id`."""
        metric = self.report.metrics[id.metric]
        if metric.unit.additive and not metric.formula:
            used = {dimension for dimension, _ in id.members}
            for dimension in metric.dimensions:
                if dimension not in used and self.report.dimensions[dimension].partition:
                    yield dimension

    def _total(self, id: FigureId, metric: Metric) -> Figure | None:
        unknown = None
        for dimension in self.partitions(id):
            parts = self.parts(id, dimension)
            formula, inputs = f"sum({id.metric}, {dimension})", tuple(part.id for part in parts)
            if any(part.kind == Kind.NOT_AVAILABLE for part in parts) and id not in self._cells:
                unknown = self._without_number(id, Kind.NOT_AVAILABLE, formula, inputs, metric.place)
            if not parts or any(part.kind not in _COUNTED for part in parts):
                continue
            numbers = [part.number for part in parts if part.number is not None]
            kind = Kind.VALUE if numbers else parts[0].kind if len({p.kind for p in parts}) == 1 else Kind.NIL
            status, former, reason = self._restatement(id, parts)
            return Figure(
                id, metric.unit, kind, _sum(numbers), metric.place, status=status, former=former, reason=reason,
                derived=True, formula=formula, inputs=inputs, declared_decimals=metric.decimals,
            )  # fmt: skip
        return unknown

    def _restatement(self, id: FigureId, parts: tuple[Figure, ...]) -> tuple[Status, Number | None, Text]:
        """What a total says of a restatement: what its own cell says, else what follows from its parts."""
        cell = self.authored(id)
        if cell is not None and cell.status != Status.REPORTED:
            return cell.status, cell.former, cell.reason
        restated = [part for part in parts if part.former is not None]
        if not restated:
            return Status.REPORTED, None, Text()
        formers = [number for part in parts if (number := part.former or part.number)]
        languages = {language for part in restated for language in part.reason}
        reasons = {
            x: " ".join(dict.fromkeys(p.reason[x] for p in restated if x in p.reason)) for x in languages
        }
        return Status.RESTATED, _sum(formers), Text.of(reasons)

    # ---- formulas

    def _formula(self, id: FigureId, metric: Metric, formula: Formula) -> Figure | None:
        if id.metric not in self._workable or any(dimension not in metric.by for dimension, _ in id.members):
            return None
        inputs = tuple(dict.fromkeys(self._same_part(name, id) for name in _inputs(metric)))
        found = [self.figure(input) for input in inputs]
        kinds = {figure.kind if figure else None for figure in found}
        result = None
        if kinds <= {*_COUNTED} and kinds != {Kind.NOT_APPLICABLE}:
            result = self._evaluate(formula.tree, id)
        if result is None:
            if None in kinds or not kinds <= {*_COUNTED, Kind.NOT_AVAILABLE}:
                return None
            kind = Kind.NOT_AVAILABLE if Kind.NOT_AVAILABLE in kinds else Kind.NOT_APPLICABLE
            return self._without_number(id, kind, formula.text, inputs, formula.place)
        exact = result.exact / metric.unit.ratio
        decimals = metric.decimals
        if decimals is None:
            decimals = self._series_decimals(id, exact)
        return Figure(
            id, metric.unit, Kind.VALUE, Number(exact, decimals), formula.place,
            derived=True, formula=formula.text, inputs=result.inputs, factors=result.factors,
        )  # fmt: skip

    def _evaluate(self, tree: Term, id: FigureId) -> _Result | None:
        if isinstance(tree, Constant):
            return _Result(tree.number.exact, ())
        if isinstance(tree, FactorTerm):
            factor = self.report.factors[tree.factor]
            return _Result(factor.value.exact * factor.unit.ratio, (), (factor.id,))
        if isinstance(tree, MetricTerm):
            return self._input(self._same_part(tree.metric, id))
        left, right = self._evaluate(tree.left, id), self._evaluate(tree.right, id)
        if left is None or right is None or (tree.sign == "/" and right.exact == 0):
            return None
        exact = {
            "+": lambda: left.exact + right.exact,
            "-": lambda: left.exact - right.exact,
            "*": lambda: left.exact * right.exact,
            "/": lambda: left.exact / right.exact,
        }[tree.sign]()
        inputs = tuple(dict.fromkeys(left.inputs + right.inputs))
        return _Result(exact, inputs, tuple(dict.fromkeys(left.factors + right.factors)))

    def _same_part(self, metric: str, id: FigureId) -> FigureId:
        """The figure of `metric` for the same period and for those members that it is broken down by."""
        own = self.report.metrics[metric].dimensions
        return FigureId(metric, id.period, tuple(pair for pair in id.members if pair[0] in own))

    def _input(self, id: FigureId) -> _Result | None:
        figure = self.figure(id)
        if figure is None or figure.kind not in _COUNTED:
            return None
        exact = figure.number.exact if figure.number else Fraction(0)
        return _Result(exact * figure.unit.ratio, (id,))

    def _series_decimals(self, id: FigureId, exact: Fraction) -> int:
        """Three significant digits for the smallest of the periods shown, so that a row prints alike."""
        metric = self.report.metrics[id.metric]
        decimals = [decimals_for(exact)] if exact else []
        for period in (self.report.period, *self.report.comparatives):
            other = FigureId(id.metric, period, id.members, id.operation)
            if other != id:
                result = self._exact_per(other) if id.operation else self._evaluate_formula(metric, other)
                if result:
                    decimals.append(decimals_for(result))
        return max(decimals, default=0)

    def _evaluate_formula(self, metric: Metric, id: FigureId) -> Fraction | None:
        result = self._evaluate(metric.formula.tree, id) if metric.formula else None
        return result.exact / metric.unit.ratio if result else None

    # ---- operations on one metric

    def _exact_per(self, id: FigureId) -> Fraction | None:
        denominator = id.operation.partition(".")[2]
        above, below = self._input(id.plain), self._input(self._same_part(denominator, id))
        if above is None or below is None or below.exact == 0:
            return None
        return above.exact / below.exact / self.unit(id).ratio

    def _operation(self, id: FigureId, metric: Metric) -> Figure | None:
        operation, _, argument = id.operation.partition(".")
        if operation == "per":
            return self._per(id, metric, argument)
        if operation == "share":
            other = FigureId(id.metric, id.period, tuple(pair for pair in id.members if pair[0] != argument))
            words = f"{id.metric} / total by {argument}"
        else:
            other = FigureId(id.metric, argument, id.members)
            words = f"{id.metric}@{id.period} - {id.metric}@{argument}"
            words = words if operation == "difference" else f"({words}) / {id.metric}@{argument}"
        inputs = (id.plain, other)
        this, base = self._input(id.plain), self._input(other)
        if this is None or base is None:
            return self._unknown(id, words, inputs, metric.place)
        if operation == "difference":
            figures = (self.figure(id.plain), self.figure(other))
            decimals = max((f.number.decimals for f in figures if f and f.number), default=0)
            exact = (this.exact - base.exact) / metric.unit.ratio
            return self._derived(id, exact, decimals, words, inputs, metric.place)
        if base.exact == 0:
            return self._without_number(id, Kind.NOT_APPLICABLE, words, inputs, metric.place)
        above = this.exact if operation == "share" else this.exact - base.exact
        exact = above / abs(base.exact) / PERCENT.ratio
        decimals = self.report.operation_decimals.get(operation, decimals_for(exact))
        return self._derived(id, exact, decimals, words, inputs, metric.place)

    def _per(self, id: FigureId, metric: Metric, denominator: str) -> Figure | None:
        if denominator not in self.report.metrics:
            return None
        words, inputs = f"{id.metric} / {denominator}", (id.plain, self._same_part(denominator, id))
        place = next((place for name, place in metric.per if name == denominator), metric.place)
        exact = self._exact_per(id)
        if exact is None:
            if all(map(self._input, inputs)):
                return self._without_number(id, Kind.NOT_APPLICABLE, words, inputs, place)
            return self._unknown(id, words, inputs, place)
        decimals = self.report.operation_decimals.get("per")
        if decimals is None:
            decimals = self._series_decimals(id, exact)
        return self._derived(id, exact, decimals, words, inputs, place)

    def _derived(
        self,
        id: FigureId,
        exact: Fraction,
        decimals: int,
        formula: str,
        inputs: tuple[FigureId, ...],
        place: Place,
    ) -> Figure:
        number = Number(exact, decimals)
        inputs = tuple(dict.fromkeys(inputs))
        return Figure(
            id, self.unit(id), Kind.VALUE, number, place, derived=True, formula=formula, inputs=inputs
        )

    def _without_number(
        self, id: FigureId, kind: Kind, formula: str, inputs: tuple[FigureId, ...], place: Place
    ) -> Figure:
        return Figure(id, self.unit(id), kind, None, place, derived=True, formula=formula, inputs=inputs)

    def _unknown(
        self, id: FigureId, formula: str, inputs: tuple[FigureId, ...], place: Place
    ) -> Figure | None:
        """Not available, where every input is there and one is not available; else None: something is missing."""
        found = [self.figure(input) for input in inputs]
        if all(found) and any(figure and figure.kind == Kind.NOT_AVAILABLE for figure in found):
            return self._without_number(id, Kind.NOT_AVAILABLE, formula, inputs, place)
        return None

    # ---- the whole list

    def declared(self) -> Iterator[Figure]:
        """Authored cells, totals, formulas and declared intensities of every period, in the order of the data."""
        for metric in self.report.metrics.values():
            for period in self.report.periods:
                wanted = [FigureId(metric.id, period, members) for members in self._divisions(metric, period)]
                wanted += [FigureId(metric.id, period, (), f"per.{name}") for name, _ in metric.per]
                yield from filter(None, map(self.figure, wanted))

    def _divisions(self, metric: Metric, period: str) -> tuple[Members, ...]:
        authored = [
            part
            for cell in metric.cells
            if cell.period == period
            for size in range(1, len(cell.members) + 1)
            for part in combinations(cell.members, size)
        ]
        worked_out = [((d, m.id),) for d in metric.by for m in self.report.dimensions[d].members]
        return tuple(dict.fromkeys([(), *authored, *worked_out]))


def unit_faults(report: Report, metric: Metric) -> Iterator[Diagnostic]:
    """Where a formula adds unlike quantities, or gives another kind of quantity than its metric's unit."""
    if metric.formula is None:
        return
    faults: list[Diagnostic] = []
    result = _dimensions(report, metric.formula.tree, faults)
    yield from faults
    if not faults and result is not None and result != metric.unit.dimensions:
        yield error(
            "formula-unit",
            metric.formula.place,
            f'the formula gives {worded(result)}, but "{metric.id}" is in {metric.unit.code} ({worded(metric.unit.dimensions)})',
            "change the formula or the unit",
        )


def _dimensions(report: Report, tree: Term, faults: list[Diagnostic]) -> Dimensions | None:
    if isinstance(tree, Constant):
        return ()
    if isinstance(tree, MetricTerm):
        known = report.metrics.get(tree.metric)
        return known.unit.dimensions if known else None
    if isinstance(tree, FactorTerm):
        factor = report.factors.get(tree.factor)
        return factor.unit.dimensions if factor else None
    left, right = _dimensions(report, tree.left, faults), _dimensions(report, tree.right, faults)
    if left is None or right is None:
        return None
    if tree.sign in "+-":
        if left != right:
            faults.append(
                error(
                    "formula-unit",
                    tree.place,
                    f"{worded(left)} {tree.sign} {worded(right)} cannot be worked out",
                    "convert one of them with a factor",
                )
            )
        return left
    return product(left, right, 1 if tree.sign == "*" else -1)


def unit_of(report: Report, id: FigureId) -> Unit:
    """The unit of a figure, whether it has a value or not."""
    unit = report.metrics[id.metric].unit
    operation, _, argument = id.operation.partition(".")
    if operation == "per":
        return per(unit, report.metrics[argument].unit) if argument in report.metrics else unit
    if operation == "difference" and unit == PERCENT:
        return PERCENTAGE_POINT
    return PERCENT if operation in ("change", "share") else unit


def _sum(numbers: list[Number]) -> Number | None:
    """The exact sum, with the decimals of the most exact of its parts."""
    if not numbers:
        return None
    return Number(sum((n.exact for n in numbers), Fraction(0)), max(n.decimals for n in numbers))


def _inputs(metric: Metric) -> list[str]:
    """The metrics that a metric's formula names."""
    named = terms(metric.formula.tree) if metric.formula else []
    return [term.metric for term in named if isinstance(term, MetricTerm)]


def chains(report: Report) -> dict[str, int]:
    """How many formulas lead, one to the next, to each metric; 0 for one whose values are typed.

    A metric on a way that leads back to itself, or whose formula names something unknown, is left out.
    """
    lengths: dict[str, int] = {}
    waiting = list(report.metrics.values())
    while waiting:
        later = []
        for metric in waiting:
            named = terms(metric.formula.tree) if metric.formula else []
            factors = [term.factor for term in named if isinstance(term, FactorTerm)]
            inputs = _inputs(metric)
            if all(name in lengths for name in inputs) and all(name in report.factors for name in factors):
                lengths[metric.id] = max((lengths[name] for name in inputs), default=0) + (
                    metric.formula is not None
                )
            else:
                later.append(metric)
        if len(later) == len(waiting):
            break
        waiting = later
    return lengths


def cycles(report: Report) -> Iterator[tuple[Metric, list[str]]]:
    """Metrics whose formula leads back to themselves, each with the shortest way round."""
    inputs = {metric.id: _inputs(metric) for metric in report.metrics.values()}
    for metric in report.metrics.values():
        ways = [[metric.id]]
        seen: set[str] = set()
        for way in ways:  # grows while it is read: breadth first
            for name in inputs.get(way[-1], []):
                if name == metric.id:
                    yield metric, [*way, name]
                    break
                if name not in seen:
                    seen.add(name)
                    ways.append([*way, name])
            else:
                continue
            break
