"""What a formula is worth, in which unit, and what it needs: trees of terms over the figures of a report.

Exact rationals throughout; `growth` alone takes a root, to forty digits. Everything here asks for the figures
it needs by their ids, so it knows neither where they were typed nor how they were worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt

from esgreport.diagnostics import Diagnostic, Place, error, listed
from esgreport.model import (
    Constant,
    Factor,
    FactorTerm,
    FactorUse,
    Figure,
    FigureId,
    Formula,
    Function,
    Intensity,
    Kind,
    Members,
    Metric,
    MetricTerm,
    Operation,
    Period,
    Report,
    Term,
    terms,
)
from esgreport.qualifiers import of_difference, of_product, of_quotient, together
from esgreport.units import PERCENT, PERCENTAGE_POINT, UNITS, Dimensions, Unit, per, product, worded

COUNTED = (Kind.VALUE, Kind.NIL, Kind.NOT_APPLICABLE)
_ROOT_DIGITS = 40

FigureOf = Callable[[FigureId], Figure | None]


@dataclass(frozen=True, slots=True)
class Part:
    """What a formula is being worked out for: a period, and members of dimensions (() for the whole)."""

    period: str
    members: Members = ()

    def within(self, dimension: str, member: str) -> Part:
        """The same, for one member of a dimension."""
        kept = [pair for pair in self.members if pair[0] != dimension]
        return Part(self.period, tuple(sorted([*kept, (dimension, member)])))


@dataclass(frozen=True, slots=True)
class Result:
    """An exact value in the base units of its dimensions, with its trail and the word that stands before it."""

    exact: Fraction
    inputs: tuple[FigureId, ...] = ()
    factors: tuple[FactorUse, ...] = ()
    qualifier: str = ""


class Expressions:
    """The formulas of a report, worked out from its figures."""

    def __init__(self, report: Report, figure: FigureOf) -> None:
        self.report, self.figure = report, figure

    # ---- what a formula needs

    def inputs(self, tree: Term, part: Part) -> Iterator[FigureId]:
        """Every figure that the formula asks for, in reading order; a period that is missing is asked for as ""."""
        if isinstance(tree, MetricTerm):
            yield self.named(tree, part)
        elif isinstance(tree, Operation):
            yield from self.inputs(tree.left, part)
            yield from self.inputs(tree.right, part)
        elif isinstance(tree, Function):
            for term, place in self._each(tree, part):
                yield from self.inputs(term, place)

    def factors(self, tree: Term, part: Part) -> Iterator[tuple[FactorTerm, FactorUse | None]]:
        """Every factor that the formula asks for, with the value it has for this part, if any."""
        if isinstance(tree, FactorTerm):
            yield tree, self._factor(tree, part)
        elif isinstance(tree, Operation):
            yield from self.factors(tree.left, part)
            yield from self.factors(tree.right, part)
        elif isinstance(tree, Function):
            for term, place in self._each(tree, part):
                yield from self.factors(term, place)

    def named(self, term: MetricTerm, part: Part) -> FigureId:
        """The figure that a metric's name means: of those members of the part that the metric is divided by."""
        own = self.report.metrics[term.metric].dimensions
        members = {} if term.of_whole else {d: m for d, m in part.members if d in own}
        members |= dict(term.members)
        period = self.report.period_of(term.period, part.period)
        return FigureId(term.metric, period, tuple(sorted(members.items())))

    def _factor(self, term: FactorTerm, part: Part) -> FactorUse | None:
        factor = self.report.factors[term.factor]
        members = tuple({**dict(part.members), **dict(term.members)}.items())
        value = factor.value(self.report.period_of(term.period, part.period), members)
        return FactorUse(factor.id, value) if value else None

    def _each(self, function: Function, part: Part) -> Iterator[tuple[Term, Part]]:
        """The terms of a function, each with the part it is taken for."""
        if function.over:
            for member in self.over(function, part):
                yield function.arguments[0], part.within(function.over, member)
            return
        for argument in function.arguments:
            if isinstance(argument, MetricTerm) and function.name == "whole":
                argument = replace(argument, of_whole=True)
            yield argument, part
            if isinstance(argument, MetricTerm) and function.name == "share":
                yield replace(argument, of_whole=True, members=()), part
            if isinstance(argument, MetricTerm) and function.period:
                yield argument, self._since(function, part)

    def over(self, function: Function, part: Part) -> tuple[str, ...]:
        """The members that a function goes through: all that exist, or the one for which it is being worked out."""
        own = dict(part.members).get(function.over)
        return (own,) if own else tuple(m.id for m in self.report.members(function.over, part.period))

    def _since(self, function: Function, part: Part) -> Part:
        return Part(self.report.period_of(function.period, part.period), part.members)

    # ---- what it is worth

    def value(self, tree: Term, part: Part) -> Result | Kind | None:
        """The formula's value; not available or not applicable, if that follows from its inputs; None if one lacks.

        A division by nothing is not applicable. Below a limit, or within a range, nothing can be worked out.
        """
        kinds = {figure.kind if figure else None for figure in map(self.figure, self.inputs(tree, part))}
        if any(use is None for _, use in self.factors(tree, part)):
            return None
        if not kinds <= {*COUNTED, Kind.NOT_AVAILABLE}:
            return None
        if Kind.NOT_AVAILABLE in kinds:
            return Kind.NOT_AVAILABLE
        named = any(isinstance(term, MetricTerm) for term in terms(tree))
        if named and kinds <= {Kind.NOT_APPLICABLE}:  # none at all: a sum over members that do not exist yet
            return Kind.NOT_APPLICABLE
        try:
            return self._evaluate(tree, part)
        except ZeroDivisionError:
            return Kind.NOT_APPLICABLE

    def _evaluate(self, tree: Term, part: Part) -> Result:
        if isinstance(tree, Constant):
            return Result(tree.number.exact)
        if isinstance(tree, FactorTerm):
            use = self._factor(tree, part)
            assert use is not None  # asked for before
            return Result(use.value.number.exact * self.report.factors[use.factor].unit.ratio, (), (use,))
        if isinstance(tree, MetricTerm):
            id = self.named(tree, part)
            figure = self.figure(id)
            assert figure is not None  # asked for before
            exact = (figure.number.exact if figure.number else Fraction(0)) * figure.unit.ratio
            return Result(exact, (id,), qualifier=figure.qualifier)
        if isinstance(tree, Function):
            return self._function(tree, part)
        left, right = self._evaluate(tree.left, part), self._evaluate(tree.right, part)
        exact = {
            "+": lambda: left.exact + right.exact,
            "-": lambda: left.exact - right.exact,
            "*": lambda: left.exact * right.exact,
            "/": lambda: left.exact / right.exact,
        }[tree.sign]()
        return _result(exact, (left, right), _qualifier(tree.sign, left, right))

    def _function(self, function: Function, part: Part) -> Result:
        terms = list(self._each(function, part))
        if function.name == "average" and function.over:
            terms = [pair for pair in terms if not self._nowhere(*pair)]
        results = [self._evaluate(term, place) for term, place in terms]
        values = [result.exact for result in results]
        name = function.name
        if name in ("sum", "average"):
            exact = sum(values, Fraction(0))
            exact = exact / len(values) if name == "average" else exact
        elif name == "whole":
            exact = values[0]
        elif name == "share":
            exact = values[0] / values[1]
        elif name == "difference":
            exact = values[0] - values[1]
        elif name == "change":
            exact = (values[0] - values[1]) / abs(values[1])
        else:
            exact = self._growth(values[0], values[1], function, part)
        if name in ("share", "change", "growth"):
            word = _qualifier("/", *results)
        else:
            word = (
                _qualifier("-", *results) if name == "difference" else together(r.qualifier for r in results)
            )
        return _result(exact, results, word)

    def _nowhere(self, tree: Term, part: Part) -> bool:
        """Whether a term is not applicable for a part, so that no average counts it."""
        figures = [self.figure(id) for id in self.inputs(tree, part)]
        return bool(figures) and all(f is not None and f.kind == Kind.NOT_APPLICABLE for f in figures)

    def _growth(self, now: Fraction, then: Fraction, function: Function, part: Part) -> Fraction:
        """The yearly growth that leads from then to now: the root of their quotient, less one."""
        since = self._since(function, part).period
        years = Fraction(months(self.report.periods[since], self.report.periods[part.period]), 12)
        if then <= 0 or now < 0 or years <= 0 or years.denominator != 1:
            raise ZeroDivisionError
        return root(now / then, years.numerator) - 1


def _result(exact: Fraction, results: Iterable[Result], qualifier: str) -> Result:
    results = tuple(results)
    inputs = dict.fromkeys(id for result in results for id in result.inputs)
    factors = dict.fromkeys(use for result in results for use in result.factors)
    return Result(exact, tuple(inputs), tuple(factors), qualifier)


def _qualifier(sign: str, left: Result, right: Result) -> str:
    """The word of two results joined by + - * or /."""
    words = left.qualifier, right.qualifier
    if sign == "+" or not any(words):
        return together(words)
    if sign == "-":
        return of_difference(*words)
    of = of_product if sign == "*" else of_quotient
    return of(left.exact, words[0], right.exact, words[1])


def months(since: Period, until: Period) -> int:
    """Months between the ends of two periods."""
    return 12 * (until.end.year - since.end.year) + until.end.month - since.end.month


def root(quotient: Fraction, degree: int) -> Fraction:
    """The root of a number of nought or more, to forty digits, rounded down."""
    scale: int = 10**_ROOT_DIGITS
    wanted = quotient.numerator * scale**degree // quotient.denominator
    if degree == 2:
        return Fraction(isqrt(wanted), scale)
    low, high = 0, 1 << (wanted.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= wanted else (low, middle - 1)
    return Fraction(low, scale)


def intensity(metric: Metric, denominator: str) -> Intensity | None:
    """What a metric declares of its quotient with another, if anything."""
    return next((each for each in metric.per if each.metric == denominator), None)


def unit_of(report: Report, id: FigureId) -> Unit:
    """The unit of a figure, whether it has a value or not."""
    if target := report.targets.get(id.metric):
        in_percent = id.operation in ("change", "progress")
        return PERCENT if in_percent else unit_of(report, target.measured(id.period))
    metric = report.metrics[id.metric]
    operation, argument = id.last
    if not operation:
        return metric.unit
    before = unit_of(report, id.before)
    if operation == "per":
        if argument not in report.metrics:
            return before
        declared = intensity(metric, argument)
        return (declared and declared.unit) or per(before, report.metrics[argument].unit)
    if operation == "rank":
        return UNITS["count"]
    if operation == "difference":
        return PERCENTAGE_POINT if before == PERCENT else before
    return PERCENT


# ---- what a formula may be, said before anything is worked out


def formula_faults(report: Report, metric: Metric) -> Iterator[Diagnostic]:
    """Where a formula adds unlike quantities, gives another kind of quantity than its metric's unit, or is worked
    out by a dimension that an input or factor is not divided by."""
    for formula, dimensions in _formulas(metric):
        faults: list[Diagnostic] = []
        result = _dimensions(report, formula.tree, faults)
        yield from faults
        if not faults and result is not None and result != metric.unit.dimensions:
            yield error(
                "formula-unit",
                formula.place,
                f'the formula gives {worded(result)}, but "{metric.id}" is in {metric.unit.code} ({worded(metric.unit.dimensions)})',
                'correct the formula or the unit; factor("…") converts one quantity into another',
            )
        yield from _division_faults(report, metric, formula.tree, dimensions)


def _formulas(metric: Metric) -> Iterator[tuple[Formula, tuple[str, ...]]]:
    """The formulas of a metric, each with the dimensions whose members it is worked out for."""
    if metric.formula:
        yield metric.formula, metric.by
    yield from ((formula, ()) for _, formula in metric.parts)


def _division_faults(report: Report, metric: Metric, tree: Term, by: tuple[str, ...]) -> Iterator[Diagnostic]:
    if isinstance(tree, MetricTerm):
        named = report.metrics.get(tree.metric)
        for dimension in by:
            if named and not tree.of_whole and dimension not in {*named.dimensions, *dict(tree.members)}:
                yield error(
                    "formula-breakdown",
                    tree.place,
                    f'the formula is worked out by {dimension}, but "{named.id}" is not divided by {dimension}',
                    f"give its breakdown, or write whole({named.id}) if the whole is meant",
                )
    elif isinstance(tree, FactorTerm):
        factor = report.factors.get(tree.factor)
        if factor and needs_member(factor) and factor.dimension not in {*by, *dict(tree.members)}:
            yield error(
                "formula-breakdown",
                tree.place,
                f'the factor "{factor.id}" is given by {factor.dimension}, but the formula is not worked out by it',
                f'write breakdown: [{factor.dimension}], sum(… over {factor.dimension}) or factor("{factor.id}")[{factor.dimension}=…]',
            )
    elif isinstance(tree, Operation):
        yield from _division_faults(report, metric, tree.left, by)
        yield from _division_faults(report, metric, tree.right, by)
    elif isinstance(tree, Function) and tree.name != "whole":
        inside = tuple(dict.fromkeys([*by, *filter(None, [tree.over])]))
        for argument in tree.arguments:
            yield from _division_faults(report, metric, argument, inside)


def goes_by(report: Report, metric: Metric, formula: Formula, dimension: str) -> bool:
    """Whether a formula can be worked out by a dimension: some of its inputs are divided by it, and none has to be."""
    return _divided(report, formula.tree, dimension) and not any(
        _division_faults(report, metric, formula.tree, (dimension,))
    )


def _divided(report: Report, tree: Term, dimension: str) -> bool:
    """Whether anything in a formula is another for each member of a dimension."""
    if isinstance(tree, MetricTerm):
        named = report.metrics.get(tree.metric)
        own = named.dimensions if named and not tree.of_whole else ()
        return dimension in own and dimension not in dict(tree.members)
    if isinstance(tree, FactorTerm):
        factor = report.factors.get(tree.factor)
        return bool(factor and factor.dimension == dimension) and dimension not in dict(tree.members)
    if isinstance(tree, Operation):
        return _divided(report, tree.left, dimension) or _divided(report, tree.right, dimension)
    if isinstance(tree, Function) and tree.name != "whole":
        return any(_divided(report, argument, dimension) for argument in tree.arguments)
    return False


def needs_member(factor: Factor) -> bool:
    """Whether a factor has values for members only."""
    return bool(factor.dimension) and all(value.member for value in factor.values)


def _dimensions(report: Report, tree: Term, faults: list[Diagnostic]) -> Dimensions | None:
    if isinstance(tree, Constant):
        return ()
    if isinstance(tree, MetricTerm):
        known = report.metrics.get(tree.metric)
        return known.unit.dimensions if known else None
    if isinstance(tree, FactorTerm):
        factor = report.factors.get(tree.factor)
        return factor.unit.dimensions if factor else None
    if isinstance(tree, Function):
        found = [_dimensions(report, argument, faults) for argument in tree.arguments]
        if None not in found and len(set(found)) > 1:
            faults.append(_unlike(report, list(zip(tree.arguments, found, strict=True)), tree.place))
        return () if tree.name in ("share", "change", "growth") else found[0]
    if tree.sign in "+-":
        addends = list(_addends(tree))
        found = [_dimensions(report, term, faults) for term, _ in addends]
        if None in found:
            return None
        for (_, sign), each in zip(addends, found, strict=True):
            if each != found[0]:
                terms = [term for term, _ in addends]
                faults.append(_unlike(report, list(zip(terms, found, strict=True)), sign))
                return None
        return found[0]
    left, right = _dimensions(report, tree.left, faults), _dimensions(report, tree.right, faults)
    if left is None or right is None:
        return None
    return product(left, right, 1 if tree.sign == "*" else -1)


def _addends(tree: Operation) -> Iterator[tuple[Term, Place]]:
    """The terms of a sum in reading order, each with the sign before it; the first with the sign behind it."""
    if isinstance(tree.left, Operation) and tree.left.sign in "+-":
        yield from _addends(tree.left)
    else:
        yield tree.left, tree.place
    yield tree.right, tree.place


def _unlike(report: Report, terms: list[tuple[Term, Dimensions | None]], place: Place) -> Diagnostic:
    """Terms of several quantities taken together: which are which, and that the fewest had best be converted."""
    groups: dict[Dimensions, list[Term]] = {}
    for term, dimensions in terms:
        groups.setdefault(dimensions or (), []).append(term)
    said = []
    for dimensions, alike in groups.items():
        metrics = [report.metrics[term.metric] for term in alike if isinstance(term, MetricTerm)]
        units = ", ".join(dict.fromkeys(metric.unit.code for metric in metrics))
        names = listed([_written(term) for term in alike])
        said.append(
            f"{names} {'are' if len(alike) > 1 else 'is'} {worded(dimensions)}"
            + (f" ({units})" if units else "")
        )
    odd = _written(min(reversed(groups.values()), key=len)[0])
    return error(
        "formula-unit",
        place,
        f"unlike quantities cannot be taken together: {', but '.join(said)}",
        f'convert {odd} with a factor of data/factors.yml: {odd} * factor("…")',
    )


def _written(tree: Term) -> str:
    """A term as an author writes it."""
    if isinstance(tree, MetricTerm):
        return tree.metric
    if isinstance(tree, FactorTerm):
        return f'factor("{tree.factor}")'
    if isinstance(tree, Constant):
        return str(tree.number)
    if isinstance(tree, Function):
        return f"{tree.name}({', '.join(map(_written, tree.arguments))})"
    text = f"{_written(tree.left)} {tree.sign} {_written(tree.right)}"
    return f"({text})" if tree.sign in "+-" else text


def chains(report: Report) -> dict[str, int]:
    """How many formulas lead, one to the next, to each metric; 0 for one whose values are typed.

    A metric on a way that leads back to itself, or whose formula names something unknown, is left out.
    """
    lengths: dict[str, int] = {}
    waiting = list(report.metrics.values())
    while waiting:
        later = []
        for metric in waiting:
            names = [term.metric for term in metric.inputs]
            known = all(term.factor in report.factors for term in metric.factors)
            if known and all(name in lengths for name in names):
                lengths[metric.id] = max((lengths[name] for name in names), default=0) + bool(metric.formulas)
            else:
                later.append(metric)
        if len(later) == len(waiting):
            break
        waiting = later
    return lengths


def cycles(report: Report) -> Iterator[tuple[Metric, list[str]]]:
    """Metrics whose formula leads back to themselves, each with the shortest way round."""
    inputs = {metric.id: [term.metric for term in metric.inputs] for metric in report.metrics.values()}
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
