"""Mapped answers: a requirement may count as answered by what answers one of another framework.

The report is given back with the further answers written in, so that nothing after this knows of mappings. Only a
framework's file maps, each mapping names its source, and a report may refuse one (`unmapped` in report.yml).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from esgreport.diagnostics import Diagnostic
from esgreport.framework.values import Framework, Requirement
from esgreport.model import Answer, Heading, Report
from esgreport.schema import unknown_name

_Also = Mapping[str, list[tuple[str, Requirement]]]


def with_mapped_answers(
    report: Report, frameworks: Mapping[str, Framework]
) -> tuple[Report, list[Diagnostic]]:
    """The report whose metrics, targets and sections also answer what the frameworks' mappings say."""
    also: dict[str, list[tuple[str, Requirement]]] = {}
    mapped_ids: set[str] = set()
    for framework in frameworks.values():
        for mapped in framework.maps:
            names = {mapped.requirement, f"{framework.id}/{mapped.requirement}"}
            mapped_ids |= names
            if not names & report.unmapped.keys():
                target = (framework.id, framework.requirements[mapped.requirement])
                also.setdefault(f"{mapped.framework}/{mapped.answered_by}", []).append(target)
    findings = [
        unknown_name(id, place, "a requirement that a mapping answers", mapped_ids)
        for id, place in report.unmapped.items()
        if id not in mapped_ids
    ]
    if not also:
        return report, findings

    def more(answers: tuple[Answer, ...], of_metric: bool = False) -> tuple[Answer, ...]:
        found = [a for answer in answers for a in _further(answer, frameworks, also, of_metric)]
        return tuple(dict.fromkeys([*answers, *found]))

    metrics = {id: replace(m, answers=more(m.answers, True)) for id, m in report.metrics.items()}
    targets = {id: replace(t, answers=more(t.answers)) for id, t in report.targets.items()}
    pages = {
        id: replace(
            page,
            items=tuple(
                replace(item, answers=more(item.answers)) if isinstance(item, Heading) else item
                for item in page.items
            ),
        )
        for id, page in report.pages.items()
    }
    return replace(report, metrics=metrics, targets=targets, pages=pages), findings


def _further(
    answer: Answer, frameworks: Mapping[str, Framework], also: _Also, of_metric: bool
) -> Iterator[Answer]:
    """What else an answer answers. A metric answers a measure of the same key, or the only one."""
    knowing = [(f.id, id) for f in frameworks.values() if (id := f.own(answer.requirement))]
    if len(knowing) != 1:
        return  # said of the answer itself
    for framework, requirement in also.get("/".join(knowing[0]), ()):
        keys = [measure.key for measure in requirement.measures]
        measure = answer.measure if answer.measure in keys else ""
        if of_metric and not measure and len([m for m in requirement.measures if not m.optional]) > 1:
            continue
        yield Answer(f"{framework}/{requirement.id}", measure, answer.place)
