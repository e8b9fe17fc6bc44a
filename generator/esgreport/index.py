"""The content index: requirement × report gives a row with its status, its places and what it lacks.

A join, without an exception for any single requirement. A tag says *where* a requirement is answered, never
*that* it is: figures count when they exist and are printed in every language, words when the tagged section
has text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, blocking, error, warning
from esgreport.framework import Framework, Measure, Requirement, worded_in
from esgreport.languages import Text
from esgreport.model import Answer, FigureId, Heading, Kind, Metric, Page, Prose, Report
from esgreport.printed import printed_figures
from esgreport.schema import nearest

STATUSES = (
    "disclosed", "partly-disclosed", "explained", "not-applicable", "relief-used", "negative-statement", "not-reported",
    "missing",
)  # fmt: skip
_ALLOWED = {
    "mandatory": {"relief-used", "partly-disclosed"},
    "comply-or-explain": {"explained", "not-applicable", "relief-used", "partly-disclosed"},
    "voluntary": {"explained", "not-applicable", "partly-disclosed"},
    "encouraged": {"explained", "not-applicable", "partly-disclosed"},
}


@dataclass(frozen=True, slots=True)
class Location:
    """A section that answers: page and heading id ("" is the page's beginning)."""

    page: str
    section: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One requirement as this report answers it. `lacks` is for authors, `reason` is printed."""

    requirement: Requirement
    status: str
    lacks: tuple[str, ...] = ()
    reason: Text = field(default_factory=Text)
    locations: Mapping[str, tuple[Location, ...]] = field(default_factory=dict)


class _Reading:
    """What one language's pages print and say, gathered once for all rows."""

    def __init__(self, report: Report, figures: Figures, language: str) -> None:
        self.printed: dict[str, list[tuple[FigureId, Location]]] = {}
        self.tagged: dict[str, list[Location]] = {}
        self.empty: set[Location] = set()
        for id in report.page_order:
            page = report.pages.get((id, language))
            if page is None:
                continue
            for figure, section in printed_figures(report, figures, page):
                self.printed.setdefault(figure.metric, []).append((figure, Location(id, section)))
            for heading, has_text in _sections(page):
                location = Location(id, heading.id)
                if not has_text:
                    self.empty.add(location)
                for answer in heading.answers:
                    self.tagged.setdefault(answer.requirement, []).append(location)

    def tags(self, ids: list[str]) -> list[Location]:
        return list(dict.fromkeys(place for id in ids for place in self.tagged.get(id, []) if place not in self.empty))


def _sections(page: Page) -> Iterator[tuple[Heading, bool]]:
    """Each heading with whether prose or a block stands in its section."""
    for position, item in enumerate(page.items):
        if isinstance(item, Heading):
            has_text = False
            for later in page.items[position + 1 :]:
                if isinstance(later, Heading):
                    if later.level <= item.level:
                        break
                elif isinstance(later, Prose):
                    has_text = True
            yield item, has_text


def index_rows(report: Report, figures: Figures, framework: Framework) -> tuple[IndexRow, ...]:
    """The rows of the framework's index, in its order."""
    readings = {language: _Reading(report, figures, language) for language in report.languages}
    return tuple(_row(report, figures, framework, requirement, readings) for requirement in framework.rows)


def _row(report: Report, figures: Figures, framework: Framework, row: Requirement, readings: Mapping[str, _Reading]) -> IndexRow:
    lacks: list[str] = []
    met = 0
    metrics: list[Metric] = []
    measured = [(r, m) for r in (row, *framework.leaves(row.id)) for m in r.measures]
    for requirement, measure in dict.fromkeys(measured):
        if measure.optional:
            continue
        answering = answering_metrics(report, requirement, measure)
        metrics += answering
        faults = list(_measure_lacks(report, figures, requirement, measure, answering, readings))
        lacks += [f"{requirement.id}: {fault}" for fault in faults]
        met += any(m.id in reading.printed for m in answering for reading in readings.values())
    if row.kind != "quantitative" or not measured:
        text_lacks, text_met = _text_lacks(framework, row, readings)
        lacks += text_lacks
        met += text_met
    ids = [row.id, *(leaf.id for leaf in framework.leaves(row.id))]
    locations = {language: _locations(reading, ids, metrics) for language, reading in readings.items()}
    status = "disclosed" if not lacks else "partly-disclosed" if met else "missing"
    reason = Text()
    response = report.responses.get(row.id)
    if response and status != "disclosed" and response.status in allowed_responses(row):
        status, reason = response.status, response.reason
        lacks = lacks if status == "partly-disclosed" else []
    elif status == "missing" and row.level in ("voluntary", "encouraged"):
        status = "not-reported"
    return IndexRow(row, status, tuple(lacks), reason, locations)


def allowed_responses(row: Requirement) -> set[str]:
    """The responses that the row's level of obligation leaves open."""
    allowed = set(_ALLOWED.get(row.level, _ALLOWED["comply-or-explain"]))
    if not row.reliefs:
        allowed.discard("relief-used")
    return allowed | ({"negative-statement"} if row.negative_statement else set())


def answering_metrics(report: Report, requirement: Requirement, measure: Measure) -> list[Metric]:
    """The metrics that say they answer this measure (by requirement alone where it is the only one)."""
    only = len([m for m in requirement.measures if not m.optional]) == 1 and not measure.optional
    return [
        metric
        for metric in report.metrics.values()
        for answer in metric.answers
        if answer.requirement == requirement.id and (answer.measure == measure.key or (only and not answer.measure))
    ]


def _measure_lacks(
    report: Report, figures: Figures, requirement: Requirement, measure: Measure, answering: list[Metric], readings: Mapping[str, _Reading]
) -> Iterator[str]:
    label = worded_in(measure.label, "en").lower()
    if not answering:
        measure_code = f"{requirement.id}:{measure.key}"
        yield f"{label} is not given; no metric answers {measure_code}"
        return
    names = " and ".join(f"`{metric.id}`" for metric in answering)
    for period in _periods(report, measure.periods):
        if not any(_given(figures, FigureId(metric.id, period)) for metric in answering):
            yield f"{label} for {period} is not given in {names}"
    if measure.breakdown_required:
        for dimension in measure.breakdown:
            broken = [m for m in answering if dimension in m.dimensions]
            if not any(_given_by(report, figures, m, dimension) for m in broken):
                has = " and ".join(d.replace("_", " ") for m in answering for d in m.dimensions) or "no breakdown"
                yield f"{label} by {dimension.replace('_', ' ')} is not given; {names} has {has}"
    if measure.intensity_expected and not any(metric.per for metric in answering):
        yield f"the intensity of {label} is not given; add per: […] to {names}"
    for language, reading in readings.items():
        shown = [id for metric in answering for id, _ in reading.printed.get(metric.id, []) if id.period == report.period]
        if not shown:
            yield f"{names}: printed on no page in {language}"


def _periods(report: Report, count: int) -> list[str]:
    """The report's period and as many before it as are asked for; missing ones are named by year."""
    periods = [report.period, *report.comparatives][:count]
    last = report.periods[periods[-1]].start.year
    return periods + [str(last - 1 - n) for n in range(count - len(periods))]


def _given(figures: Figures, id: FigureId) -> bool:
    figure = figures.figure(id)
    return figure is not None and figure.kind != Kind.NOT_AVAILABLE


def _given_by(report: Report, figures: Figures, metric: Metric, dimension: str) -> bool:
    members = report.dimensions[dimension].members
    return all(_given(figures, FigureId(metric.id, report.period, ((dimension, member.id),))) for member in members)


def _text_lacks(framework: Framework, row: Requirement, readings: Mapping[str, _Reading]) -> tuple[list[str], bool]:
    """What a row of words lacks in any language, and whether any of it is there."""
    leaves = [leaf for leaf in framework.leaves(row.id) if leaf.kind not in ("group", "quantitative") or leaf.id == row.id]
    both_leaves = any(leaf.kind == "law-compliance" for leaf in leaves)
    lacks, met = [], False
    for language, reading in readings.items():
        if not both_leaves and reading.tags([row.id]):
            met = True
            continue
        lacking = [leaf for leaf in leaves if not reading.tags([leaf.id])]
        met = met or len(lacking) < len(leaves)
        if len(lacking) == len(leaves):
            lacks.append(f"{row.id}: no section in {language} answers it")
        else:
            lacks += [f"{leaf.id}: no section in {language} answers it ({worded_in(leaf.label, 'en').lower()})" for leaf in lacking]
    return lacks, met


def _locations(reading: _Reading, ids: list[str], metrics: list[Metric]) -> tuple[Location, ...]:
    """Where a reader finds the answer: tagged sections that print its figures, else tagged, else the first that prints."""
    tagged = reading.tags(ids)
    printing = [place for metric in metrics for _, place in reading.printed.get(metric.id, [])]
    if metrics and (both := [place for place in tagged if place in printing]):
        return tuple(both)
    return tuple(tagged or printing[:1])


def index_findings(report: Report, frameworks: Mapping[str, Framework], rows: Mapping[str, tuple[IndexRow, ...]]) -> Iterator[Diagnostic]:
    """Tags and responses that name nothing or may not be given, and rows that lack something."""
    known = {id: framework for framework in frameworks.values() for id in framework.requirements}
    if frameworks:
        for answer, what in _all_answers(report):
            yield from _answer_findings(answer, what, known)
    by_id = {row.requirement.id: row for framework_rows in rows.values() for row in framework_rows}
    for response in report.responses.values():
        if response.requirement not in known:
            yield blocking("unknown-requirement", response.place, f'"{response.requirement}" is not a requirement of {", ".join(frameworks) or "any framework"}', nearest(response.requirement, known))
        elif (row := by_id.get(response.requirement)) is None:
            nearest_row = known[response.requirement].row_of(response.requirement)
            yield error("response-not-a-row", response.place, f"{response.requirement} is not a row of the index", f"respond to {nearest_row.id}" if nearest_row else "respond to a row below it")
        elif response.status not in allowed_responses(row.requirement):
            yield error("response-not-allowed", response.place, f"{response.requirement} is {row.requirement.level}; {response.status} is no answer to it", "disclose it")
        elif row.status == "disclosed":
            yield warning("response-contradicts", response.place, f"{response.requirement} is disclosed, yet a response says {response.status}", "delete the response")
    for row in by_id.values():
        if row.status in ("missing", "partly-disclosed") and not row.reason and row.requirement.level in ("mandatory", "comply-or-explain"):
            what = "not answered" if row.status == "missing" else "only partly answered"
            help = "; ".join(row.lacks[:4]) + (" …" if len(row.lacks) > 4 else "")
            label = worded_in(row.requirement.label, "en")
            yield error(f"requirement-{'missing' if row.status == 'missing' else 'partly'}", report.place, f"{row.requirement.id} ({label}) is {what}", help)


def _all_answers(report: Report) -> Iterator[tuple[Answer, str]]:
    for metric in report.metrics.values():
        yield from ((answer, "metric") for answer in metric.answers)
    for page in report.pages.values():
        for item in page.items:
            if isinstance(item, Heading):
                yield from ((answer, "section") for answer in item.answers)


def _answer_findings(answer: Answer, what: str, known: Mapping[str, Framework]) -> Iterator[Diagnostic]:
    if answer.requirement not in known:
        yield blocking("unknown-requirement", answer.place, f'"{answer.requirement}" is not a requirement of the report\'s frameworks', nearest(answer.requirement, known))
        return
    requirement = known[answer.requirement].requirements[answer.requirement]
    keys = [measure.key for measure in requirement.measures]
    if answer.measure and answer.measure not in keys:
        yield blocking("unknown-requirement", answer.place, f'{answer.requirement} has no measure "{answer.measure}"', nearest(answer.measure, keys))
    elif what == "metric" and not answer.measure and len([m for m in requirement.measures if not m.optional]) > 1:
        yield blocking("unknown-requirement", answer.place, f"{answer.requirement} has several measures", f"write {answer.requirement}:… with one of {', '.join(keys)}")
