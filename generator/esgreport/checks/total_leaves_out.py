"""total-leaves-out, total-mismatch: a total that a framework asks for contains every part that answers it.

Why: a fuel bought in cubic metres is easily forgotten in a total of kilowatt hours. What sums what is said by the
catalogue (`sum_of`). The formula of the total is followed down to the typed figures. A total that is typed, or is the
sum of its members, is compared with its parts: where all are in its own quantity they add up to it; fuels in other units
hold so much energy at least (natural gas, oil products, liquefied gases).

    wrong   energy_total: {formula: electricity, answers: [A2.1:energy-total]}     gas: {answers: [A2.1:energy-direct]}
    right   energy_total: {formula: electricity + gas * factor("calorific_gas"), answers: [A2.1:energy-total]}
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.amounts import Number
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.model import Figure, FigureId, Metric
from esgreport.series import Measures, amount, heat, measures
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
    """A typed total against the sum of the parts in its own quantity, and what those in another hold."""
    fitting = [part for part in parts if part.unit.dimensions == total.unit.dimensions]
    within = frozenset[str]().union(*(answers.behind[part.id] for part in fitting))
    others = [part for part in parts if part not in fitting and part.id not in within]
    for period in (figures.report.period, *figures.report.comparatives):
        whole = figures.figure(FigureId(total.id, period))
        typed = amount(whole)
        given = [figures.figure(FigureId(part.id, period)) for part in fitting if part.id not in within]
        sums = [own * figure.unit.ratio for figure in given if figure and (own := amount(figure)) is not None]
        if not whole or not typed or len(sums) < len(given):
            continue
        typed, added = typed * total.unit.ratio, sum(sums, Fraction(0))
        used = [(part, _held(figures, part, period)) for part in others]
        if any(held is None for _, held in used):
            continue
        held = sum((held or Fraction(0) for _, held in used), Fraction(0))
        rounding = sum((_last_digit(f) for f in [whole, *filter(None, given)]), Fraction(0)) / 2
        alone = bool(sums) and abs(typed - added) <= min(rounding, typed / 1000)
        if others and (alone or typed + rounding < added + held):
            but = (
                f"is the sum of {', '.join(p.id for p in fitting)} alone"
                if alone
                else "is less than its parts"
            )
            for part in others:
                yield error(
                    "total-leaves-out",
                    total.place,
                    f'"{total.id}" answers {name}, but {but}; it leaves out "{part.id}" ({part.place})',
                    _advice(part, total),
                )
            return
        if not others and len(sums) > 1 and abs(typed - added) > rounding:
            sum_of_parts = Number(added / total.unit.ratio, whole.decimals)
            yield error(
                "total-mismatch",
                whole.place,
                f"{whole.id} is {whole.number} {total.unit.code}, but {' + '.join(str(f.id) for f in given if f)} is {sum_of_parts}",
                f"let it be worked out: {total.id}: {{formula: {' + '.join(f.id.metric for f in given if f)}}}",
            )


def _held(figures: Figures, part: Metric, period: str) -> Fraction | None:
    """The energy that a part in another quantity holds at least; None where it has no value, or nothing is used."""
    own = amount(figures.figure(FigureId(part.id, period)))
    return None if own is None else own * part.unit.ratio * heat(part)[0]


def _last_digit(figure: Figure) -> Fraction:
    """One in the last digit of a figure, in base units; nothing where it is worked out."""
    return Fraction(0) if figure.derived else figure.unit.ratio / 10**figure.decimals


def _advice(part: Metric, total: Metric) -> str:
    if not total.formulas:
        term = part.id if part.unit.dimensions == total.unit.dimensions else f'{part.id} * factor("…")'
        return f"correct the total, or let it be worked out: {total.id}: {{formula: … + {term}}}"
    if part.unit.dimensions == total.unit.dimensions:
        return f"add {part.id} to the formula"
    return f'add {part.id} * factor("…") to the formula: {part.unit.code} is converted by a factor of data/factors.yml'


def _ever(figures: Figures, metric: Metric) -> bool:
    """Whether there is any of it in a period that is shown."""
    shown = (figures.report.period, *figures.report.comparatives)
    return any(amount(figures.figure(FigureId(metric.id, period))) for period in shown)
