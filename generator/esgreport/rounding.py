"""The rounding note: do the printed numbers of a table add up as the exact ones do?

Each number is rounded by itself, so printed parts may miss their printed total by a unit or two. Readers try
that sum first; a note must stand where it fails, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from fractions import Fraction

from esgreport.amounts import Number, round_half_up
from esgreport.compute import Figures
from esgreport.expressions import COUNTED, Part
from esgreport.model import Constant, Figure, FigureId, Function, MetricTerm, Operation, Term
from esgreport.units import Unit
from esgreport.words_of_figures import converted_decimals

Addends = list[tuple[int, FigureId]]
"""What makes a sum: each figure with its sign."""


def parts_miss_total(
    figures: Figures, shown: Collection[FigureId], unit: Callable[[FigureId], Unit] | None = None
) -> bool:
    """Whether figures printed together fail to add up to one of them, though unrounded they do.

    A sum is that of a dimension's members, or a formula of nothing but + and − between figures, `sum(x over plant)`
    too. A part that is not printed itself may be printed in parts of its own. Numbers in the total's unit are added
    as they are printed; where one is in another unit, the sum is rounded as the total is. `unit` says in which unit
    a figure is printed, where that is not its own.
    """
    return any(
        _missed(figures, total, _printed_addends(figures, addends, shown), unit or figures.unit)
        for total in shown
        for addends in _sums(figures, total)
    )


def _missed(figures: Figures, id: FigureId, addends: Addends, unit: Callable[[FigureId], Unit]) -> bool:
    """Whether addends make up a figure exactly, but not as they are printed."""
    total = figures.figure(id)
    parts = [
        (sign, part) for sign, each in addends if (part := figures.figure(each)) and part.kind in COUNTED
    ]
    different = len({each for _, each in addends})
    if total is None or total.number is None or not 1 < different == len(addends) == len(parts):
        return False
    if sum(sign * _exact(part) for sign, part in parts) != _exact(total):
        return False
    ratio = unit(id).ratio
    printed = sum(sign * _printed(part, unit(part.id)) * unit(part.id).ratio for sign, part in parts) / ratio
    if any(unit(part.id).ratio != ratio for _, part in parts):
        printed = _rounded(printed, _decimals(total, total.number, unit(id)))
    return printed != _printed(total, unit(id))


def _sums(figures: Figures, id: FigureId) -> Iterator[Addends]:
    """The ways in which a figure is the sum of others."""
    if id.operation or id.metric not in figures.report.metrics or figures.figure(id) is None:
        return
    used = dict(id.members)
    for dimension in figures.report.metrics[id.metric].dimensions:
        if dimension not in used and figures.report.dimensions[dimension].partition:
            yield [(1, part.id) for part in figures.parts(id, dimension)]
    formula, part = figures.formula(id)
    if formula:
        yield _addends(figures, formula.tree, part, 1)


def _addends(figures: Figures, tree: Term, part: Part, sign: int) -> Addends:
    """What a formula adds and takes away; [] where it does anything else."""
    if isinstance(tree, MetricTerm):
        return [(sign, figures.expressions.named(tree, part))]
    if isinstance(tree, Function):
        argument = tree.arguments[0]
        if tree.name == "sum":
            members = figures.expressions.over(tree, part)
            return _joined([_addends(figures, argument, part.within(tree.over, m), sign) for m in members])
        if tree.name == "whole" and isinstance(argument, MetricTerm):
            return _addends(figures, replace(argument, of_whole=True), part, sign)
    if isinstance(tree, Operation):
        if tree.sign in "+-":
            right = sign if tree.sign == "+" else -sign
            return _joined(
                [_addends(figures, tree.left, part, sign), _addends(figures, tree.right, part, right)]
            )
        if tree.sign == "*" and isinstance(tree.left, Constant) and tree.left.number.exact == -1:
            return _addends(figures, tree.right, part, -sign)  # -x
    return []


def _joined(several: list[Addends]) -> Addends:
    return [addend for each in several for addend in each] if all(several) else []


def _printed_addends(figures: Figures, addends: Addends, shown: Collection[FigureId]) -> Addends:
    """The addends as far as they are printed, one that is not in the place of its own; [] where any is not printed."""
    found: list[Addends] = []
    for sign, id in addends:
        if id in shown:
            found.append([(sign, id)])
            continue
        inner = (_printed_addends(figures, each, shown) for each in _sums(figures, id))
        own = next(filter(None, inner), [])
        if not own:
            return []
        found.append([(sign * each, part) for each, part in own])
    return _joined(found)


def _exact(figure: Figure) -> Fraction:
    return figure.number.exact * figure.unit.ratio if figure.number else Fraction(0)


def _printed(figure: Figure, unit: Unit) -> Fraction:
    """The number as it is printed in a unit."""
    if figure.number is None:
        return Fraction(0)
    return _rounded(_exact(figure) / unit.ratio, _decimals(figure, figure.number, unit))


def _decimals(figure: Figure, number: Number, unit: Unit) -> int:
    return number.decimals if unit == figure.unit else converted_decimals(figure, number)


def _rounded(exact: Fraction, decimals: int) -> Fraction:
    return Fraction(round_half_up(exact, decimals), 10**decimals)
