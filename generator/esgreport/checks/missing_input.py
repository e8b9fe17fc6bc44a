"""missing-input: a formula of which some figures are there has all of them.

Why: a total into which one plant has not reported yet has no value, and a table shows a gap far from its cause. Told
once, at the formula, with the figure that lacks and where it is expected; a period for which nothing is there at all
is left alone.

    wrong   energy: {formula: electricity + gas}     electricity: {values: {2025: 5}}     gas: {values: {2024: 3}}
    right   gas: {values: {2025: 4, 2024: 3}}, or 2025: nil, not_applicable or not_available
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.compute import Cause, Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.expressions import Part, chains, formula_faults
from esgreport.model import FigureId, Formula, Members, Metric
from esgreport.series import amount
from esgreport.views import Edition

Worked = tuple[FigureId, Formula, Part]


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    known = chains(report)
    for metric in report.metrics.values():
        if not metric.formulas or metric.id not in known or next(formula_faults(report, metric), None):
            continue
        for period in (report.period, *report.comparatives):
            for place in _places(figures, metric, period):
                if _incomplete(figures, place) and not _told_elsewhere(figures, place):
                    id, formula, _ = place
                    help = "give it: a number, nil, not_applicable or not_available"
                    cause = figures.cause(id) or Cause(f"{id} has no value", formula.place, help)
                    yield error(
                        "missing-input",
                        formula.place,
                        f"{id} cannot be worked out, as {cause}",
                        cause.help,
                        about=metric.id,
                    )
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
