"""unexplained-jump: a figure that is more than five times that of the year before, or less than a fifth, says why.

Why: a slip of three digits, another unit, or litres for tonnes look like this, and so does a year that a reader
must be told about. The reason is a key of its own (reason_for_change), so that a note about something else does not
hide a slip; a restatement has its reason already. Told where the cause is: the member, not also its total and what is worked out from it. Counts
and hours that move by fewer than ten, and rates that move by fewer than five points, are no jump.

    wrong   natural_gas: {2025: 347 300, 2024: 838 510 000}
    right   natural_gas: {2025: 347 300, 2024: {value: 838 510 000, reason_for_change: {en: …, zh-Hant: …}}}
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from esgreport.amounts import Number, decimals_for
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import (
    Cell,
    Constant,
    Figure,
    FigureId,
    Function,
    Members,
    Metric,
    Operation,
    Report,
    Term,
)
from esgreport.series import Row, amount, consecutive, explained, parts_in_words, rows
from esgreport.units import Unit
from esgreport.views import Edition

FACTOR = 5
FEW, FEW_POINTS = 10, Fraction(5, 100)
COUNTED = ("person", "count", "day", "time")
CHANGES = ("difference", "change", "growth")  # such a figure jumps by its nature


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    pairs = consecutive(edition.report)
    for metric in edition.report.metrics.values():
        series = rows(edition.figures, metric)
        for period, before in pairs:
            yield from _typed(edition.report, metric, series, period, before)
            yield from _worked_out(edition.figures, metric, period, before)


def _typed(
    report: Report, metric: Metric, series: Mapping[Members, Row], period: str, before: str
) -> Iterator[Diagnostic]:
    found = []
    whole = series.get((), {})
    for members, row in series.items():
        now, then = amount(row.get(period)), amount(row.get(before))
        if not now or not then or not _jumps(now, then, metric.unit):
            continue
        earlier = amount(row.get(report.previous(before)))
        alone = earlier and not _apart(now, earlier) and _jumps(then, earlier, metric.unit)  # told of `then`
        if not alone and not explained(row, whole, (period, before)):
            found.append((len(members), max(now / then, then / now), now > then, members, row))
    deepest = max((each[0] for each in found), default=0)
    for rises in (True, False):
        alike = [each for each in found if each[0] == deepest and each[2] == rises]
        if alike:
            _, _, _, members, row = max(alike, key=lambda each: each[1])
            others = [each[3] for each in alike if each[3] != members]
            so_did = f"; {parts_in_words(others)} {'rose' if rises else 'fell'} as well" if others else ""
            yield warning(
                "unexplained-jump",
                row[period].place,
                f"{FigureId(metric.id, period, members)} {_against(row, period, before)}: "
                f"{row[before].number} {metric.unit.code}, then {row[period].number}{so_did}",
                'correct one of them, or say why: add "reason_for_change" to the value',
            )


def _worked_out(figures: Figures, metric: Metric, period: str, before: str) -> Iterator[Diagnostic]:
    for members, operation in _derived(figures.report, metric):
        id = FigureId(metric.id, period, members, operation)
        figure, earlier = figures.figure(id), figures.figure(FigureId(metric.id, before, members, operation))
        now, then = amount(figure), amount(earlier)
        if not figure or not earlier or not now or not then or not _jumps(now, then, figure.unit):
            continue
        if not figure.derived and not earlier.derived:
            continue  # told of the typed values
        inputs = [(input, _same_before(figures.report, input, period, before)) for input in figure.inputs]
        if any(_moves(figures.figure(new), figures.figure(old)) for new, old in inputs):
            continue
        if any(_reasoned(figures, input) for pair in inputs for input in pair):
            continue
        yield warning(
            "unexplained-jump",
            figure.place,
            f"{id} {_against({period: figure, before: earlier}, period, before)}: {earlier.number} {figure.unit.code}, then {figure.number}, "
            + (
                "though nothing that it is worked out from does"
                if inputs
                else "which is typed beside the formula"
            ),
            f'compare {" and ".join(str(new) for new, _ in inputs[:3]) or earlier.id}, or add "reason_for_change" to one of their values',
        )


def _derived(report: Report, metric: Metric) -> Iterator[tuple[Members, str]]:
    """What is worked out of a metric for each period: members and operation."""
    if metric.formula and not _differs(metric.formula.tree):
        yield (), ""
        for dimension in metric.by:
            yield from ((((dimension, member.id),), "") for member in report.dimensions[dimension].members)
    for part, formula in metric.parts:
        if not _differs(formula.tree):
            yield (part,), ""
    for each in metric.per:
        yield (), f"per.{each.metric}"


def _differs(tree: Term) -> bool:
    """Whether a formula takes one thing from another, so that little may be left."""
    if isinstance(tree, Operation):
        return tree.sign == "-" or _differs(tree.left) or _differs(tree.right)
    if isinstance(tree, Function):
        return tree.name in CHANGES or any(map(_differs, tree.arguments))
    return isinstance(tree, Constant) and tree.number.exact < 0


def _same_before(report: Report, id: FigureId, period: str, before: str) -> FigureId:
    """The same input a period earlier; one of a fixed period stays."""
    earlier = before if id.period == period else report.previous(id.period) if id.period == before else ""
    return FigureId(id.metric, earlier or id.period, id.members, id.operation)


def _reasoned(figures: Figures, id: FigureId) -> bool:
    """Whether the change of a figure, or of anything that it is worked out from, is explained."""
    figure = figures.figure(id)
    return figure is not None and (
        bool(figure.reason_for_change) or any(_reasoned(figures, input) for input in figure.inputs)
    )


def _moves(now: Figure | None, then: Figure | None) -> bool:
    """Whether an input moves so much that it explains what follows from it."""
    new, old = amount(now), amount(then)
    if now is None or new is None or old is None or not new or not old:
        return bool(new) != bool(old)
    small = now.unit.dimensions and now.unit.dimensions[0][0] in COUNTED and abs(new - old) < FEW
    return _apart(new, old, 2 if small else FACTOR)


def _apart(one: Fraction, other: Fraction, factor: int = FACTOR) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return high.numerator * low.denominator > factor * low.numerator * high.denominator


def _jumps(now: Fraction, then: Fraction, unit: Unit) -> bool:
    if not _apart(now, then):
        return False
    if not unit.dimensions and "/" not in unit.code:
        return abs(now - then) * unit.ratio >= FEW_POINTS
    counted = len(unit.dimensions) == 1 and unit.dimensions[0][0] in COUNTED
    return not counted or abs(now - then) >= FEW


def _against(values: Mapping[str, Cell | Figure], period: str, before: str) -> str:
    now, then = (amount(values[each]) or Fraction(0) for each in (period, before))
    ratio = abs(now / then)
    if ratio > 1:
        return f"is {Number(ratio, decimals_for(ratio, 2))} times that of {before}"
    return f"is {Number(100 * ratio, decimals_for(100 * ratio, 2))}% of that of {before}"
