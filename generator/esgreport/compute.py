"""Every figure that follows from others: totals, formulas, intensities, changes, shares, ranks, targets.

Exact rationals throughout; nothing is rounded here, only the number of decimals to print is settled. Each
result lists its inputs and factors, so that any printed number can be traced to its cells. A figure that
cannot be worked out is None; the checks say why. One whose input is not available is not available itself;
a change on nothing, an intensity over nothing and all of a member that does not exist then are not applicable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from esgreport.amounts import Number, decimals_for
from esgreport.diagnostics import Place
from esgreport.expressions import (
    COUNTED,
    Expressions,
    Part,
    chains,
    formula_faults,
    intensity,
    needs_member,
    unit_of,
)
from esgreport.languages import Text
from esgreport.model import (
    Cell,
    Factor,
    Figure,
    FigureId,
    Formula,
    Kind,
    Members,
    Metric,
    Report,
    Status,
    Target,
)
from esgreport.qualifiers import of_difference, of_quotient, together
from esgreport.targets import Targets
from esgreport.units import PERCENT, Unit

MOST_FORMULAS = 50  # one leading to the next; a real report needs five or six


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a figure has no value: what lacks in words, where it should stand, and what to do there."""

    words: str
    place: Place
    help: str

    def __str__(self) -> str:
        return f"{self.words} ({self.place})"


class Figures:
    """The figures of a report, authored and derived, each worked out once when first asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.expressions = Expressions(report, self.figure)
        self.targets = Targets(report, self.figure)
        self._cells = {
            FigureId(m.id, c.period, c.members): c for m in report.metrics.values() for c in m.cells
        }
        self._known: dict[FigureId, Figure | None] = {}
        self.workable = {  # metrics whose formulas, if any, name what there is and fit together
            id
            for id, length in chains(report).items()
            if length <= MOST_FORMULAS and next(formula_faults(report, report.metrics[id]), None) is None
        }

    def authored(self, id: FigureId) -> Cell | None:
        """The cell an author typed for this figure, if any."""
        return self._cells.get(id)

    def figure(self, id: FigureId) -> Figure | None:
        """The figure with this id, or None if it is missing or cannot be worked out."""
        try:
            return self._known[id]
        except KeyError:
            metric = self.report.metrics.get(id.metric)
            found = self._derive(id, metric) if metric else self.targets.figure(id)
            self._known[id] = found
            return found

    def unit(self, id: FigureId) -> Unit:
        """The unit of a figure, known also where its value is missing."""
        return unit_of(self.report, id)

    def _derive(self, id: FigureId, metric: Metric) -> Figure | None:
        cell = self.authored(id)
        if absent := self.report.absent(id):
            inputs = (id.plain,) if id.operation else ()
            nothing = self._without_number(id, Kind.NOT_APPLICABLE, "", inputs, absent.place)
            return _said(nothing, cell) if cell else nothing
        if id.operation:
            return self._operation(id, metric)
        found = self._worked_out(id, metric)
        if cell is None:
            return found
        if found is None or (found.kind == Kind.NOT_AVAILABLE and cell.kind):
            return _typed(id, metric, cell)
        return _said(found, cell)

    def _worked_out(self, id: FigureId, metric: Metric) -> Figure | None:
        """What the metric's formula, or that of a part, or the sum of its parts gives."""
        if metric.formula:
            return self._formula(id, metric, metric.formula, id.members)
        for part, formula in metric.parts:
            if part in id.members:
                return self._formula(id, metric, formula, tuple(pair for pair in id.members if pair != part))
        return self._total(id, metric)

    # ---- totals

    def parts(self, id: FigureId, dimension: str) -> tuple[Figure, ...]:
        """The figures of all members of `dimension` under `id`; () unless every one is there."""
        found = []
        for member in self.members(id, dimension):
            part = self.figure(member)
            if part is None:
                return ()
            found.append(part)
        return tuple(found)

    def members(self, id: FigureId, dimension: str) -> Iterator[FigureId]:
        """The figures of all members of `dimension` that exist then under `id`, whether they have a value or not."""
        for member in self.report.members(dimension, id.period):
            part: Members = tuple(sorted([*id.members, (dimension, member.id)]))
            yield FigureId(id.metric, id.period, part, id.operation)

    def divisions(self, id: FigureId) -> Iterator[str]:
        """The dimensions whose members should add up to `id`."""
        metric = self.report.metrics[id.metric]
        if metric.unit.additive and metric.dimensions:
            used = {dimension for dimension, _ in id.members}
            for dimension in metric.dimensions:
                if dimension not in used and self.report.dimensions[dimension].partition:
                    yield dimension

    def partitions(self, id: FigureId) -> Iterator[str]:
        """The dimensions whose members are added up where `id` has no value of its own."""
        return iter(()) if self.report.metrics[id.metric].formula else self.divisions(id)

    def _total(self, id: FigureId, metric: Metric) -> Figure | None:
        unknown = None
        for dimension in self.partitions(id):
            found = self._added_up(id, metric, dimension, f"sum({id.metric}, {dimension})")
            if found and found.kind != Kind.NOT_AVAILABLE:
                return found
            unknown = found or unknown
        return unknown

    def _added_up(self, id: FigureId, metric: Metric, dimension: str, formula: str) -> Figure | None:
        """The sum of the members of a dimension; not available if one of them is not; None if one lacks, or cannot
        be counted."""
        parts = self.parts(id, dimension)
        inputs = tuple(part.id for part in parts)
        if any(part.kind == Kind.NOT_AVAILABLE for part in parts):
            return self._without_number(id, Kind.NOT_AVAILABLE, formula, inputs, metric.place)
        if not parts or any(part.kind not in COUNTED for part in parts):
            return None
        numbers = [part.number for part in parts if part.number is not None]
        kind = Kind.VALUE if numbers else parts[0].kind if len({p.kind for p in parts}) == 1 else Kind.NIL
        status, former, reason = _status(parts)
        return Figure(
            id, metric.unit, kind, _sum(numbers), metric.place, None, together(part.qualifier for part in parts),
            status, former, reason, derived=True, formula=formula, inputs=inputs,
            declared_decimals=metric.decimals,
        )  # fmt: skip

    # ---- formulas

    def _formula(self, id: FigureId, metric: Metric, formula: Formula, members: Members) -> Figure | None:
        """A metric's formula for a period and those members; as a total where a factor is known of its parts only."""
        if id.metric not in self.workable or any(dimension not in metric.by for dimension, _ in members):
            return None
        part = Part(id.period, members)
        for dimension in self._summed(metric, formula, part):
            return self._added_up(id, metric, dimension, f"sum({metric.id} over {dimension})")
        result = self.expressions.value(formula.tree, part)
        if result is None:
            return None
        if isinstance(result, Kind):
            inputs = tuple(dict.fromkeys(self.expressions.inputs(formula.tree, part)))
            return self._without_number(id, result, formula.text, inputs, formula.place)
        exact = result.exact / metric.unit.ratio
        decimals = metric.decimals
        if decimals is None:
            decimals = _typed_decimals(metric, id.members, exact)
        if decimals is None:
            decimals = self._series_decimals(id, exact)
        return Figure(
            id, metric.unit, Kind.VALUE, Number(exact, decimals), formula.place, qualifier=result.qualifier,
            derived=True, formula=formula.text, inputs=result.inputs, factors=result.factors,
        )  # fmt: skip

    def formula(self, id: FigureId) -> tuple[Formula | None, Part]:
        """The formula that gives a figure of a metric, None for an authored one, and what it is worked out for."""
        metric = self.report.metrics[id.metric]
        formulas = dict(metric.parts)
        formula = metric.formula or next((formulas[pair] for pair in id.members if pair in formulas), None)
        return formula, Part(id.period, tuple(pair for pair in id.members if pair not in formulas))

    def _summed(self, metric: Metric, formula: Formula, part: Part) -> list[str]:
        """The dimension by which a whole has to be added up, because a factor of its formula has values for members
        only."""
        open_ones = [dimension for dimension in metric.by if dimension not in dict(part.members)]
        if not metric.unit.additive or not open_ones:
            return []
        named = [
            self.report.factors[term.factor]
            for term, use in self.expressions.factors(formula.tree, part)
            if not use
        ]
        return [f.dimension for f in named if needs_member(f) and f.dimension in open_ones][:1]

    def _input(self, id: FigureId) -> Fraction | None:
        """The exact value of a figure in base units; nothing counts as 0. None where it has no value."""
        figure = self.figure(id)
        if figure is None or figure.kind not in COUNTED:
            return None
        return (figure.number.exact if figure.number else Fraction(0)) * figure.unit.ratio

    def _series_decimals(self, id: FigureId, exact: Fraction) -> int:
        """Three significant digits for the smallest of the periods shown, so that a row prints alike."""
        decimals = [decimals_for(exact)] if exact else []
        for period in (self.report.period, *self.report.comparatives):
            other = FigureId(id.metric, period, id.members, id.operation)
            if other != id and (result := self._exact(other)):
                decimals.append(decimals_for(result))
        return max(decimals, default=0)

    def _exact(self, id: FigureId) -> Fraction | None:
        """The value of a formula or an intensity in its own unit."""
        if id.last[0] == "per":
            return self._exact_per(id)
        formula, part = self.formula(id)
        result = self.expressions.value(formula.tree, part) if formula else None
        return None if result is None or isinstance(result, Kind) else result.exact / self.unit(id).ratio

    # ---- operations on one metric

    def _same_part(self, metric: str, id: FigureId) -> FigureId:
        """The figure of `metric` for the same period and for those members that it is broken down by."""
        own = self.report.metrics[metric].dimensions
        return FigureId(metric, id.period, tuple(pair for pair in id.members if pair[0] in own))

    def _exact_per(self, id: FigureId) -> Fraction | None:
        above, below = self._input(id.before), self._input(self._same_part(id.last[1], id))
        return above / below / self.unit(id).ratio if above is not None and below else None

    def _operation(self, id: FigureId, metric: Metric) -> Figure | None:
        operation, argument = id.last
        if operation == "per":
            return self._per(id, metric, argument)
        if operation == "rank":
            return self._rank(id, metric, argument)
        base = id.before
        first = f"{metric.id}~{base.operation}" if base.operation else metric.id
        if operation == "share":
            members = tuple(pair for pair in id.members if pair[0] != argument)
            other = FigureId(id.metric, id.period, members, base.operation)
            words = f"{first} / total by {argument}"
        elif operation in ("change", "difference"):
            other = FigureId(id.metric, argument, id.members, base.operation)
            words = f"{first}@{id.period} - {first}@{argument}"
            words = words if operation == "difference" else f"({words}) / {first}@{argument}"
        else:
            return None
        inputs = (base, other)
        compared = (self.figure(base), self.figure(other))
        if self.report.absent(other) or any(f and f.kind == Kind.NOT_APPLICABLE for f in compared):
            return self._without_number(id, Kind.NOT_APPLICABLE, words, inputs, metric.place)
        this, then = self._input(base), self._input(other)
        if this is None or then is None:
            return self._unknown(id, words, inputs, metric.place)
        qualifier = self._qualifier(base, other, "-" if operation == "difference" else "/")
        if operation == "difference":
            decimals = max((f.number.decimals for f in compared if f and f.number), default=0)
            exact = (this - then) / self.unit(base).ratio
            found = self._derived(id, exact, decimals, words, inputs, metric.place, qualifier)
            return found if base.operation else replace(found, declared_decimals=metric.decimals)
        if then == 0:
            return self._without_number(id, Kind.NOT_APPLICABLE, words, inputs, metric.place)
        exact = (this if operation == "share" else this - then) / abs(then) / PERCENT.ratio
        decimals = self.report.operation_decimals.get(operation, decimals_for(exact))
        return self._derived(id, exact, decimals, words, inputs, metric.place, qualifier)

    def _per(self, id: FigureId, metric: Metric, denominator: str) -> Figure | None:
        if denominator not in self.report.metrics:
            return None
        words, inputs = f"{id.metric} / {denominator}", (id.before, self._same_part(denominator, id))
        declared = intensity(metric, denominator)
        place = declared.place if declared else metric.place
        exact = self._exact_per(id)
        if exact is None:
            if all(self._input(input) is not None for input in inputs):
                return self._without_number(id, Kind.NOT_APPLICABLE, words, inputs, place)
            return self._unknown(id, words, inputs, place)
        decimals = declared.decimals if declared else None
        if decimals is None:
            decimals = self.report.operation_decimals.get("per")
        if decimals is None:
            decimals = self._series_decimals(id, exact)
        return self._derived(id, exact, decimals, words, inputs, place, self._qualifier(*inputs, "/"))

    def _rank(self, id: FigureId, metric: Metric, dimension: str) -> Figure | None:
        """The place of a member among the members of its dimension, the largest first; equal ones share a place."""
        rest = tuple(pair for pair in id.members if pair[0] != dimension)
        if len(rest) == len(id.members) or dimension not in self.report.dimensions:
            return None
        whole = FigureId(id.metric, id.period, rest, id.before.operation)
        parts = self.parts(whole, dimension)
        own = self.figure(id.before)
        if not parts or own is None or own.kind not in COUNTED or any(p.kind not in COUNTED for p in parts):
            return None
        place = 1 + sum(_size(part) > _size(own) for part in parts)
        words = f"rank of {id.metric} by {dimension}"
        return self._derived(id, Fraction(place), 0, words, tuple(part.id for part in parts), metric.place)

    def from_below(self, rank: Figure) -> int:
        """The place of a ranked figure counted from the smallest."""
        own, parts = self.figure(rank.id.before), filter(None, map(self.figure, rank.inputs))
        return 1 + sum(_size(part) < _size(own) for part in parts) if own else 0

    def extreme(self, id: FigureId, dimension: str, largest: bool) -> str:
        """The member of a dimension with the largest or smallest figure under `id`, the first if equal; "" if any
        lacks. A member for which the figure is not applicable is neither."""
        parts = self.parts(id, dimension)
        applicable = [part for part in parts if part.kind != Kind.NOT_APPLICABLE]
        if not applicable or any(part.kind not in COUNTED for part in parts):
            return ""
        found = max(applicable, key=_size) if largest else min(applicable, key=_size)
        return dict(found.id.members)[dimension]

    # ---- what all operations share

    def _derived(
        self,
        id: FigureId,
        exact: Fraction,
        decimals: int,
        formula: str,
        inputs: tuple[FigureId, ...],
        place: Place,
        qualifier: str = "",
    ) -> Figure:
        number = Number(exact, decimals)
        inputs = tuple(dict.fromkeys(inputs))
        return Figure(
            id, self.unit(id), Kind.VALUE, number, place, qualifier=qualifier, derived=True, formula=formula,
            inputs=inputs,
        )  # fmt: skip

    def _qualifier(self, first: FigureId, second: FigureId, sign: str) -> str:
        """The word of one figure less or divided by another, both with a value."""
        words = ["" if figure is None else figure.qualifier for figure in map(self.figure, (first, second))]
        if sign == "-" or not any(words):
            return of_difference(*words)
        above, below = self._input(first), self._input(second)
        return of_quotient(above or Fraction(0), words[0], below or Fraction(0), words[1])

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

    # ---- what is missing

    def cause(self, id: FigureId) -> Cause | None:
        """Why a figure has no value: the first thing that lacks."""
        seen: set[FigureId] = set()
        instead = ""
        while id not in seen:
            seen.add(id)
            if self.figure(id) is not None:
                return None
            if target := self.report.targets.get(id.metric):
                id = next((each for each in self._behind(id, target) if self.figure(each) is None), id)
                if target.base_value is None and id == target.measured(target.base):
                    instead = f"; or give the target {target.id} its base_value ({target.place})"
                continue
            metric = self.report.metrics.get(id.metric)
            if metric is None:
                return None
            lacking, said = self._lacking(id, metric)
            if said:
                return said
            if lacking is None:
                help = f"give {id} in {metric.place.path}: a number, nil, not_applicable or not_available"
                return Cause(f"{id} is not given", metric.place, help + instead)
            id = lacking
        return None

    def instead(self, id: FigureId) -> Cause | None:
        """Why a typed value is printed though there is a formula, or there are parts: what keeps these from being
        worked out. None for every other figure."""
        figure = self.figure(id)
        if figure is None or figure.derived or id.metric not in self.report.metrics:
            return None
        lacking, said = self._lacking(id, self.report.metrics[id.metric])
        return said or (self.cause(lacking) if lacking else None)

    def control(self, id: FigureId) -> Cell | None:
        """The value typed beside a figure that is worked out, if any: compared, never printed."""
        cell, figure = self.authored(id), self.figure(id)
        compared = cell and cell.kind and not self.report.absent(id)
        return cell if compared and figure and figure.derived else None

    def _behind(self, id: FigureId, target: Target) -> Iterator[FigureId]:
        """The figures that a target's figure cannot do without."""
        if id.operation == "progress":
            yield target.measured(id.period)
        if target.base and target.base_value is None:
            yield target.measured(target.base)

    def _lacking(self, id: FigureId, metric: Metric) -> tuple[FigureId | None, Cause | None]:
        """The input that lacks, or what else keeps a figure from having a value."""
        if id.operation:
            argument = id.last[1]
            inputs = [id.before]
            if id.last[0] == "per" and argument in self.report.metrics:
                inputs.append(self._same_part(argument, id))
            elif id.last[0] in ("change", "difference"):
                inputs.append(FigureId(id.metric, argument, id.members, id.before.operation))
            elif id.last[0] in ("share", "rank"):
                rest = tuple(pair for pair in id.members if pair[0] != argument)
                whole = FigureId(id.metric, id.period, rest, id.before.operation)
                inputs += [whole] if id.last[0] == "share" else self.members(whole, argument)
            return next((input for input in inputs if self.figure(input) is None), None), None
        formula, part = self.formula(id)
        if formula is None:
            for dimension in self.partitions(id):
                parts = list(self.members(id, dimension))
                missing = [part for part in parts if self.figure(part) is None]
                if missing and len(missing) < len(parts):
                    return missing[0], None
                if not missing:
                    return None, self._uncounted(parts)
            return None, None
        if id.metric not in self.workable:
            words = f"the formula of {id.metric} cannot be worked out"
            return None, Cause(words, formula.place, "correct the formula")
        for dimension, _ in part.members:
            if dimension not in metric.by:
                words = f"the formula of {id.metric} is not worked out by {dimension}"
                return None, Cause(words, formula.place, f"add {dimension} to its breakdown")
        inputs, factors = self.needs(id)
        for factor in factors:
            words = f'the factor "{factor.id}" has no value for {id.period}'
            return None, Cause(words, factor.place, f"give the factor its value in {factor.place.path}")
        for input in inputs:
            if not input.period:
                place = self.report.periods[id.period].place
                words = f"no period ends the day before {id.period} begins"
                return None, Cause(words, place, f"add the period before it to periods in {place.path}")
            if self.figure(input) is None:
                return input, None
        return None, self._uncounted(inputs)

    def needs(self, id: FigureId) -> tuple[list[FigureId], list[Factor]]:
        """What a figure with a formula is worked out from, and the factors of it that have no value."""
        formula, part = self.formula(id)
        assert formula
        for dimension in self._summed(self.report.metrics[id.metric], formula, part):
            return list(self.members(id, dimension)), []
        lacking = [term for term, use in self.expressions.factors(formula.tree, part) if use is None]
        inputs = list(dict.fromkeys(self.expressions.inputs(formula.tree, part)))
        return inputs, [self.report.factors[term.factor] for term in lacking]

    def _uncounted(self, ids: Iterable[FigureId]) -> Cause | None:
        """The first of some figures that is a limit or a range, or else is not available."""
        found = [figure for figure in map(self.figure, ids) if figure and figure.kind not in COUNTED]
        for figure in sorted(found, key=lambda figure: figure.kind == Kind.NOT_AVAILABLE):
            help = f"give a number for {figure.id} in {figure.place.path}"
            if figure.kind == Kind.NOT_AVAILABLE:
                return Cause(f"{figure.id} is not available", figure.place, help)
            words = f"{figure.id} is a {figure.kind}, with which nothing can be worked out"
            return Cause(words, figure.place, help)
        return None

    # ---- the whole list

    def declared(self) -> Iterator[Figure]:
        """Authored cells, totals, formulas and declared intensities of every period, in the order of the data."""
        for metric in self.report.metrics.values():
            for period in self.report.periods:
                wanted = [FigureId(metric.id, period, members) for members in self._divisions(metric, period)]
                wanted += [FigureId(metric.id, period, (), f"per.{each.metric}") for each in metric.per]
                yield from filter(None, map(self.figure, wanted))
        for target in self.report.targets.values():
            yield from filter(None, map(self.figure, self.targets.declared(target)))

    def _divisions(self, metric: Metric, period: str) -> tuple[Members, ...]:
        authored = [
            part
            for cell in metric.cells
            if cell.period == period
            for size in range(1, len(cell.members) + 1)
            for part in combinations(cell.members, size)
        ]
        worked_out: list[Members] = [(part,) for part, _ in metric.parts]
        worked_out += [((d, m.id),) for d in metric.by for m in self.report.dimensions[d].members]
        return tuple(dict.fromkeys([(), *authored, *worked_out]))


def _size(figure: Figure) -> Fraction:
    return figure.number.exact if figure.number else Fraction(0)


def _typed_decimals(metric: Metric, members: Members, exact: Fraction) -> int | None:
    """The most decimals of the values typed in the same row, beside a formula or in its place; None where there are none,
    or where nothing would be left of the figure."""
    cells = (c for c in metric.cells if c.members == members and not c.qualifier)
    most = max((c.number.decimals for c in cells if c.number and c.status != Status.ESTIMATED), default=None)
    return None if most is None or (exact and abs(exact) * 10**most < Fraction(1, 2)) else most


def _typed(id: FigureId, metric: Metric, cell: Cell) -> Figure | None:
    """A figure as its author typed it."""
    if cell.kind is None:
        return None
    return Figure(
        id, metric.unit, cell.kind, cell.number, cell.place, cell.upper, cell.qualifier, cell.status, cell.former,
        cell.reason, cell.at, cell.note, cell.method, cell.boundary, cell.remark, cell.reason_for_change,
        declared_decimals=metric.decimals,
    )  # fmt: skip


def _said(figure: Figure, cell: Cell) -> Figure:
    """A computed figure with what its own cell says of it."""
    if cell.status != Status.REPORTED:
        figure = replace(figure, status=cell.status, former=cell.former, reason=cell.reason)
    return replace(
        figure, at=cell.at, note=cell.note, method=cell.method, boundary=cell.boundary,
        remark=cell.remark, reason_for_change=cell.reason_for_change,
    )  # fmt: skip


def _status(parts: tuple[Figure, ...]) -> tuple[Status, Number | None, Text]:
    """How a total was come by, as follows from its parts."""
    restated = [part for part in parts if part.former is not None]
    if not restated:
        estimated = any(part.status == Status.ESTIMATED for part in parts)
        return (Status.ESTIMATED if estimated else Status.REPORTED), None, Text()
    formers = [number for part in parts if (number := part.former or part.number)]
    languages = {language for part in restated for language in part.reason}
    reasons = {x: " ".join(dict.fromkeys(p.reason[x] for p in restated if x in p.reason)) for x in languages}
    return Status.RESTATED, _sum(formers), Text.of(reasons)


def _sum(numbers: list[Number]) -> Number | None:
    """The exact sum, with the decimals of the most exact of its parts."""
    if not numbers:
        return None
    return Number(sum((n.exact for n in numbers), Fraction(0)), max(n.decimals for n in numbers))
