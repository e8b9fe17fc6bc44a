"""not-worked-out: a total and an intensity that follow from the figures are printed where a requirement asks for them.

Why: “total hazardous waste produced and, where appropriate, intensity” is asked for, and two kinds of waste are printed without their
sum. The sum is there, and so is the output that everything else is divided by. Told of metrics that answer a measure of which a
framework wants the intensity where it makes sense: where only parts are printed although they have a total, and where no
intensity of theirs is printed although the report divides other figures of its.

    wrong   hazardous_waste: {breakdown: {…}, answers: [A1.3]}, in tables with total: false
    right   hazardous_waste: {breakdown: {…}, answers: [A1.3], per: [production]}, in a table with its total
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, listed, warning
from esgreport.model import FigureId, Kind, Metric
from esgreport.printed import printed_on_pages
from esgreport.series import Measures, measures
from esgreport.views import Edition

_WANTED = "where-appropriate"


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    printed = {id for ids in printed_on_pages(edition.figures).values() for id, _ in ids}
    told: set[str] = set()
    for framework in edition.frameworks.values():
        answers = Measures(edition.report, edition.figures, framework)
        for requirement, measure in measures(framework):
            if measure.intensity != _WANTED:
                continue
            metrics = [m for m in answers.metrics(measure.key) if _valued(edition, m) and m.id not in told]
            told |= {metric.id for metric in metrics}
            yield from (
                found for metric in metrics for found in _total(edition, metric, printed, requirement.id)
            )
            yield from _intensity(edition, metrics, printed, requirement.id)


def _valued(edition: Edition, metric: Metric) -> bool:
    """Whether the metric has numbers of this year."""
    period = edition.report.period
    return any(cell.period == period and cell.kind == Kind.VALUE for cell in metric.cells) or bool(
        metric.formulas
    )


def _total(edition: Edition, metric: Metric, printed: set[FigureId], asked: str) -> Iterator[Diagnostic]:
    whole = FigureId(metric.id, edition.report.period)
    figure = edition.figures.figure(whole)
    parts = {
        id
        for id in printed
        if (id.metric, id.period, id.operation) == (metric.id, whole.period, "") and id.members
    }
    if figure and figure.number and len(parts) > 1 and whole not in printed:
        number = f"{figure.number} {metric.unit.code}"
        yield warning(
            "not-worked-out",
            metric.place,
            f'only parts of "{metric.id}" are printed, not the total that {asked} asks for ({number})',
            f"print the total: take total: false out of its table, or write {{{{ {metric.id} }}}}",
        )


def _intensity(
    edition: Edition, metrics: list[Metric], printed: set[FigureId], asked: str
) -> Iterator[Diagnostic]:
    report = edition.report
    names = {metric.id for metric in metrics}
    given = [FigureId(m.id, report.period, operation=f"per.{each.metric}") for m in metrics for each in m.per]
    valued = (figure for id in given if (figure := edition.figures.figure(id)) and figure.number)
    if given and not any(valued):
        return  # why it has no value is told where that is
    divided = Counter(
        step.removeprefix("per.")
        for id in printed
        for step in id.operation.split("~")
        if step.startswith("per.") and id.metric not in names
    )
    within = {term.metric for m in report.metrics.values() if "/" in m.unit.code for term in m.inputs}
    within |= {id.metric for id in printed if "per." in id.operation}
    within |= {target.metric for target in report.targets.values() if target.per}
    if names and divided and not names & within:
        by = divided.most_common(1)[0][0]
        yield warning(
            "not-worked-out",
            metrics[0].place,
            f"no intensity of {listed([metric.id for metric in metrics])} is printed; {asked} asks for one where it makes sense, "
            f"and other figures are divided by {by}",
            f"add per: [{by}] to {metrics[0].id}, and print it",
        )
