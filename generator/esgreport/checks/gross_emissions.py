"""gross-emissions: from gross emissions nothing is taken away.

Why: frameworks ask for greenhouse gases as emitted (`gross` in the catalogue). Credits, offsets, removals and
certificates are shown beside them, in metrics of their own. Followed through all formulas behind the metric: emissions
that are subtracted, a negative number, and a negative typed value of CO2e. Energy may be subtracted (what was sold to
tenants), except where its name says certificate, credit or offset.

    wrong   ghg_scope_2: {formula: electricity * factor("grid") - credits, answers: ["D28(b)"]}
    right   ghg_scope_2: {formula: electricity * factor("grid"), answers: ["D28(b)"]}     credits: {…}
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, error
from esgreport.model import Constant, Function, Metric, MetricTerm, Operation, Report, Term, terms
from esgreport.series import Measures, measures
from esgreport.views import Edition

CREDITS = re.compile(
    r"\b(certificates?|credits?|offsets?|removals?)\b|證書|证书|綠證|绿证|碳信用|抵銷|抵消", re.IGNORECASE
)
Found = tuple[Place, str]


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for framework in edition.frameworks.values():
        answers = Measures(report, edition.figures, framework)
        gross: dict[str, str] = {}
        for requirement, measure in measures(framework):
            for metric in answers.metrics(measure.key) if measure.gross else ():
                gross.setdefault(metric.id, f"{requirement.id}:{measure.key}")
        for id, name in gross.items():
            for behind in (id, *sorted(answers.behind[id])):
                for place, what in _taken_away(report, report.metrics[behind]):
                    yield error(
                        "gross-emissions",
                        place,
                        f'"{id}" answers {name}, which asks for gross emissions, but {what}',
                        "show credits, certificates and removals in a metric of their own",
                    )


def _taken_away(report: Report, metric: Metric) -> Iterator[Found]:
    for formula in metric.formulas:
        yield from _subtracted(report, formula.tree)
    if _emits(metric):
        for cell in metric.cells:
            if cell.number and cell.number.exact < 0:
                yield cell.place, f"{metric.id} is {cell.number} in {cell.period}"
                return


def _subtracted(report: Report, tree: Term) -> Iterator[Found]:
    if isinstance(tree, Function):
        if tree.name == "difference" and len(tree.arguments) == 2:
            yield from _credits(report, tree.arguments[1])
        for argument in tree.arguments:
            yield from _subtracted(report, argument)
    elif isinstance(tree, Operation):
        if tree.sign == "-":
            yield from _credits(report, tree.right)
        for side in (tree.left, tree.right):
            if tree.sign in "*/" and isinstance(side, Constant) and side.number.exact < Fraction(0):
                yield tree.place, f"the formula multiplies by {side.number}"
            yield from _subtracted(report, side)


def _credits(report: Report, tree: Term) -> Iterator[Found]:
    """What a subtracted term takes away: emissions, or anything named like a credit."""
    for term in terms(tree):
        if isinstance(term, MetricTerm) and term.metric in report.metrics:
            metric = report.metrics[term.metric]
            names = " ".join([metric.id.replace("_", " "), *metric.name.values()])
            if _emits(metric) or CREDITS.search(names):
                yield term.place, f'the formula takes away "{metric.id}"'


def _emits(metric: Metric) -> bool:
    return dict(metric.unit.dimensions) == {"co2e": 1}
