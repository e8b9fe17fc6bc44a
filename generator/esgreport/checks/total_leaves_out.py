"""total-leaves-out: a total that a framework asks for contains every part that answers it.

Why: a fuel bought in cubic metres is easily forgotten in a total of kilowatt hours. What sums what is said by the
catalogue (`sum_of`). The formula of the total is followed down to the typed figures; a total that is typed is
compared with the parts in its own unit.

    wrong   energy_total: {formula: electricity, answers: [A2.1:energy-total]}     gas: {answers: [A2.1:energy-direct]}
    right   energy_total: {formula: electricity + gas * factor("calorific_gas"), answers: [A2.1:energy-total]}
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.model import FigureId, Metric
from esgreport.series import Measures, amount, measures
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for framework in edition.frameworks.values():
        answers = Measures(edition.report, edition.figures, framework)
        for requirement, measure in measures(framework):
            parts = {metric.id: metric for key in measure.sum_of for metric in answers.metrics(key)}
            for total in answers.metrics(measure.key):
                if total.id not in parts:
                    name = f"{requirement.id}:{measure.key}"
                    yield from _left_out(edition.figures, answers, total, list(parts.values()), name)


def _left_out(
    figures: Figures, answers: Measures, total: Metric, parts: list[Metric], name: str
) -> Iterator[Diagnostic]:
    valued = [part for part in parts if _ever(figures, part)]
    contained = answers.behind[total.id]
    if not total.formulas:
        yield from _typed(figures, answers, total, valued, name)
        return
    missing = [part for part in valued if not _within(figures, answers, part, contained)]
    for part in missing:
        if any(part.id in answers.behind[other.id] for other in missing):
            continue  # told by the metric that it is worked into
        yield error(
            "total-leaves-out",
            total.formulas[0].place,
            f'"{total.id}" answers {name}, but its formula leaves out "{part.id}" ({part.place})',
            _advice(part, total),
        )


def _within(figures: Figures, answers: Measures, part: Metric, contained: frozenset[str]) -> bool:
    """Whether a part, or every typed figure that it is worked out from, is contained in the total."""
    typed = {id for id in answers.behind[part.id] if not figures.report.metrics[id].formulas}
    return part.id in contained or (bool(typed) and typed <= contained)


def _typed(
    figures: Figures, answers: Measures, total: Metric, parts: list[Metric], name: str
) -> Iterator[Diagnostic]:
    """A typed total that is exactly the sum of the parts in its own quantity leaves out those in another."""
    fitting = [part for part in parts if part.unit.dimensions == total.unit.dimensions]
    within = frozenset[str]().union(*(answers.behind[part.id] for part in fitting))
    others = [part for part in parts if part not in fitting and part.id not in within]
    period = figures.report.period
    typed = amount(figures.figure(FigureId(total.id, period)))
    given = [figures.figure(FigureId(part.id, period)) for part in fitting if part.id not in within]
    sums = [own * figure.unit.ratio for figure in given if figure and (own := amount(figure)) is not None]
    if typed and sums and sum(sums, Fraction(0)) == typed * total.unit.ratio:
        for part in others:
            yield error(
                "total-leaves-out",
                total.place,
                f'"{total.id}" answers {name}, but is the sum of {", ".join(p.id for p in fitting)} alone; '
                f'it leaves out "{part.id}" ({part.place})',
                _advice(part, total),
            )


def _advice(part: Metric, total: Metric) -> str:
    if part.unit.dimensions == total.unit.dimensions:
        return f"add {part.id} to the formula"
    return f'add {part.id} * factor("…") to the formula: {part.unit.code} is converted by a factor of data/factors.yml'


def _ever(figures: Figures, metric: Metric) -> bool:
    """Whether there is any of it in a period that is shown."""
    shown = (figures.report.period, *figures.report.comparatives)
    return any(amount(figures.figure(FigureId(metric.id, period))) for period in shown)
