"""The work list: for a row of the index that is open, who is to answer it and what is expected, in plain words.

For the people who make the report; nothing of it is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esgreport.framework import Framework, Measure, Requirement, worded_in
from esgreport.languages import joined
from esgreport.model import Metric, Report, Target

OPEN = ("missing", "partly-disclosed")
NO_OWNER = "no owner yet"

_WORDS = {
    "board-statement": "a statement from the board, in words of its own",
    "principle-application": "how the principle was applied in this report",
    "boundary-statement": "which entities and sites are covered, how they were chosen, and what changed",
    "policy": "what the policy is, and whom and what it covers",
    "law-compliance": "which laws matter most, and whether they were kept; cases, where there were any",
    "target": "a target in the data, and the steps taken towards it",
    "target-attribute": "this detail of each target",
    "target-progress": "how far each target is, and why",
    "process": "what is done, by whom and how often",
    "narrative": "a description in words",
    "classification": "which of the kinds named applies, and why",
    "assessment": "what was assessed, with which assumptions, and the result",
    "methodology": "the methods, assumptions and sources",
    "procedural": "a short statement",
}
_QUANTITIES = {
    "kWh-000": "thousand kWh, or another unit of energy",
    "rate": "a rate; say per what",
    "money": "money",
    "money-per-tCO2e": "money per tonne of CO2 equivalent",
    "hour-per-person": "hours per person",
}


def owners(report: Report, framework: Framework, row: Requirement) -> tuple[str, ...]:
    """Who is responsible for the metrics and targets that answer a row or anything below it, in the data's order."""
    ids = {row.id, *(leaf.id for leaf in framework.leaves(row.id))}
    answering: list[Metric | Target] = [*report.metrics.values(), *report.targets.values()]
    found = [
        each.owner
        for each in answering
        if each.owner and any(framework.own(answer.requirement) in ids for answer in each.answers)
    ]
    return tuple(dict.fromkeys(found))


def expected(report: Report, framework: Framework, row: Requirement) -> tuple[str, ...]:
    """What an answer holds: each figure with its unit, breakdowns, years and intensity; what kind of words."""
    parts = dict.fromkeys((row, *framework.leaves(row.id)))
    figures = [
        _figure(report, measure) for part in parts for measure in part.measures if not measure.optional
    ]
    kinds = dict.fromkeys(part.kind for part in parts)
    if figures and "mixed" in kinds:
        kinds["narrative"] = None
    found = (*figures, *(_WORDS[kind] for kind in kinds if kind in _WORDS))
    return found or ("figures, or a description in words",)


def _figure(report: Report, measure: Measure) -> str:
    unit = report.units.find(measure.unit)
    name = unit.name("en") if unit else ""
    text = f"{worded_in(measure.label, 'en')} ({_QUANTITIES.get(measure.unit, name or measure.unit)})"
    return ", ".join([text, *_details(measure)])


def _details(measure: Measure) -> Iterator[str]:
    if measure.breakdown:
        names = joined([name.replace("_", " ") for name in measure.breakdown], "en")
        yield f"by {names}" + ("" if measure.breakdown_required else " where it applies")
    if measure.periods > 1:
        yield f"for each of {measure.periods} years"
    if measure.intensity_expected:
        yield "with its intensity"
    elif measure.intensity == "where-appropriate":
        yield "with its intensity where it makes sense"


def in_turn(owners: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """The owners of rows, each once, in the rows' order; those without come last."""
    found = list(dict.fromkeys(tuple(names) for names in owners))
    return sorted(found, key=lambda names: not names)
