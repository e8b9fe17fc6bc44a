"""zero-denominator: no intensity and no formula divides by nothing.

Why: an intensity over an output of zero has no value, and a table would say "not applicable" without a reason.
Nothing divided by nothing is left alone, and so is the change on a year without any: there the reason stands in the
next column.

    wrong   per: [production], and production: {values: {2025: 0}}
    right   leave the intensity out for a plant that did not run
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.expressions import Expressions, Part, Result
from esgreport.model import (
    FigureId,
    Formula,
    Function,
    Kind,
    Members,
    Metric,
    MetricTerm,
    Operation,
    Term,
)
from esgreport.printed import printed_on_pages
from esgreport.series import amount
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    shown = (report.period, *report.comparatives)
    declared = [
        FigureId(metric.id, period, (), f"per.{each.metric}")
        for metric in report.metrics.values()
        for period in shown
        for each in metric.per
    ]
    printed = [id for page in printed_on_pages(figures).values() for id, _ in page]
    for id in dict.fromkeys([*declared, *printed]):
        if id.metric in report.metrics and id.last[0] == "per" and id.last[1] in report.metrics:
            yield from _intensity(figures, id)
    for metric in report.metrics.values():
        for formula, members in _formulas(figures, metric):
            for period in shown:
                yield from _formula(figures, metric, formula, Part(period, members))


def _intensity(figures: Figures, id: FigureId) -> Iterator[Diagnostic]:
    metric, denominator = figures.report.metrics[id.metric], id.last[1]
    divided = figures.report.metrics[denominator].dimensions
    below = figures.figure(FigureId(denominator, id.period, tuple(p for p in id.members if p[0] in divided)))
    if below and below.number and below.number.exact == 0 and amount(figures.figure(id.before)):
        places = [each.place for each in metric.per if each.metric == denominator]
        yield error(
            "zero-denominator",
            places[0] if places else metric.place,
            f"{below.id} is 0 ({below.place}), so {id.before} per {denominator} has no value",
            "take the denominator out of per, or correct it",
        )


def _formulas(figures: Figures, metric: Metric) -> Iterator[tuple[Formula, Members]]:
    """The formulas of a metric, each with the members for which it is worked out."""
    if metric.formula:
        yield metric.formula, ()
        for dimension in metric.by:
            for member in figures.report.dimensions[dimension].members:
                yield metric.formula, ((dimension, member.id),)
    yield from ((formula, ()) for _, formula in metric.parts)


def _formula(figures: Figures, metric: Metric, formula: Formula, part: Part) -> Iterator[Diagnostic]:
    figure = figures.figure(FigureId(metric.id, part.period, part.members))
    if figure is None or figure.kind != Kind.NOT_APPLICABLE:  # which is what a division by nothing gives
        return
    for below, place in _zeros(figures.expressions, formula.tree, part):
        typed = [figure for id in below if (figure := figures.figure(id))]
        names = " and ".join(
            f"{figure.id} is {figure.number or figure.kind} ({figure.place})" for figure in typed
        )
        yield error(
            "zero-denominator",
            formula.place,
            f"{FigureId(metric.id, place.period, part.members)} divides by nothing, so it has no value: {names}",
            "correct the formula or its figures",
        )
        return


def _zeros(expressions: Expressions, tree: Term, part: Part) -> Iterator[tuple[tuple[FigureId, ...], Part]]:
    """The figures behind each denominator of a formula that comes to nothing while its numerator does not."""
    if isinstance(tree, Operation):
        if tree.sign == "/":
            yield from _zero(expressions, tree.left, tree.right, part)
        yield from _zeros(expressions, tree.left, part)
        yield from _zeros(expressions, tree.right, part)
    elif isinstance(tree, Function):
        if tree.name == "share" and isinstance(tree.arguments[0], MetricTerm):
            whole = replace(tree.arguments[0], of_whole=True, members=())
            yield from _zero(expressions, tree.arguments[0], whole, part)
        members = expressions.over(tree, part) if tree.over else ()
        for place in [part.within(tree.over, member) for member in members] or [part]:
            for argument in tree.arguments:
                yield from _zeros(expressions, argument, place)


def _zero(
    expressions: Expressions, above: Term, below: Term, part: Part
) -> Iterator[tuple[tuple[FigureId, ...], Part]]:
    numerator, denominator = (expressions.value(term, part) for term in (above, below))
    if not isinstance(numerator, Result) or numerator.exact == 0:
        return
    if isinstance(denominator, Result) and denominator.exact == 0:
        yield denominator.inputs, part
