"""missing-input: a formula of which some figures are there has all of them.

Why: a total into which one plant has not reported yet has no value, and a table shows a gap far from its cause. Told
once, at the formula, with the figure that lacks and where it is expected; a period for which nothing is there at all
is left alone. A value typed beside the formula stands in for what was never known, in the report's own period only
where that is said: an input of it that is simply not there is told.

    wrong   energy: {formula: electricity + gas}     electricity: {values: {2025: 5}}     gas: {values: {2024: 3}}
    right   gas: {values: {2025: 4, 2024: 3}}, or 2025: nil, not_applicable or not_available
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from esgreport.compute import Cause, Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.expressions import Part, chains, formula_faults
from esgreport.model import FigureId, Formula, Members, Metric
from esgreport.series import amount
from esgreport.views import Edition

Worked = tuple[FigureId, Formula, Part]


GIVE = "give it: a number, nil, not_applicable or not_available"
GIVE_FOR_TYPED = "give it; if it will never be known, write not_available: then the typed value stands"


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    known = chains(report)
    for metric in report.metrics.values():
        if not metric.formulas or metric.id not in known or next(formula_faults(report, metric), None):
            continue
        for period in (report.period, *report.comparatives):
            for place in _places(figures, metric, period):
                if _incomplete(figures, place) and not _told_elsewhere(figures, place):
                    cause = figures.cause(place[0]) or Cause(f"{place[0]} has no value", place[1].place, GIVE)
                elif hidden := _hidden(figures, place):
                    cause = replace(hidden, help=GIVE_FOR_TYPED)
                else:
                    continue
                id, formula, _ = place
                message = f"{id} cannot be worked out, as {cause}"
                yield error("missing-input", formula.place, message, cause.help, about=metric.id)
                break


def _places(figures: Figures, metric: Metric, period: str) -> Iterator[Worked]:
    """What a metric's formulas are worked out for: members first, then the whole."""
    found: list[tuple[Members, Formula, Members]] = [((part,), formula, ()) for part, formula in metric.parts]
    if metric.formula:
        for dimension in metric.by:
            for member in figures.report.dimensions[dimension].members:
                found.append((((dimension, member.id),), metric.formula, ((dimension, member.id),)))
        found.append(((), metric.formula, ()))
    for members, formula, within in found:
        yield FigureId(metric.id, period, members), formula, Part(period, within)


def _incomplete(figures: Figures, place: Worked) -> bool:
    """Whether a figure has no value though some of what it is worked out from has."""
    id, formula, part = place
    if figures.figure(id) is not None:
        return False
    needed = list(figures.expressions.inputs(formula.tree, part))
    lacking = [input for input in needed if figures.figure(input) is None]
    if id.period != figures.report.period and any(
        _before_all(figures, input, id.period) for input in lacking
    ):
        return False
    return any(amount(figures.figure(input)) is not None for input in needed)


def _hidden(figures: Figures, place: Worked) -> Cause | None:
    """What the report's own period lacks where a typed value stands in for it: what, where."""
    id, _, _ = place
    figure = figures.figure(id)
    if figure is None or figure.derived or id.period != figures.report.period:
        return None
    inputs, factors = figures.needs(id)
    for factor in factors:
        return Cause(f'the factor "{factor.id}" has no value for {id.period}', factor.place, GIVE_FOR_TYPED)
    lacking = (input for input in inputs if input.period == id.period)
    return next(filter(None, map(figures.cause, lacking)), None)


def _before_all(figures: Figures, id: FigureId, period: str) -> bool:
    """Whether an earlier period is asked for that the report does not show: the first year has none before it."""
    shown = (figures.report.period, *figures.report.comparatives)
    return not id.period or (id.period != period and id.period not in shown)


def _told_elsewhere(figures: Figures, place: Worked) -> bool:
    """Whether what lacks is worked out itself, and told there."""
    _, formula, part = place
    for input in figures.expressions.inputs(formula.tree, part):
        metric = figures.report.metrics[input.metric]
        known = figures.figure(input) is not None or input.period not in figures.report.periods
        if not known and any(_incomplete(figures, other) for other in _places(figures, metric, input.period)):
            return True
    return False
