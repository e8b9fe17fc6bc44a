"""The content index: requirement × report gives a row with its status, its places and what it lacks.

A join, without an exception for any single requirement. A tag says *where* a requirement is answered, never
*that* it is: figures count when they exist, are in the quantity that is asked for and are printed in every language, targets when they stand in the data and are
printed, words when the tagged section has text of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Place, blocking, error, listed, warning
from esgreport.framework import LEVELS, Framework, Measure, Requirement, requirements_of, worded_in
from esgreport.languages import Text, mid_sentence
from esgreport.model import (
    WORDS,
    Answer,
    FigureId,
    Heading,
    IndexBlock,
    Kind,
    Metric,
    Page,
    Report,
    Response,
    Target,
)
from esgreport.printed import printed_on_pages
from esgreport.quantities import in_quantity, quantity
from esgreport.schema import nearest, unknown_name

STATUSES = (
    "disclosed", "partly-disclosed", "explained", "not-applicable", "relief-used", "negative-statement", "not-reported",
    "missing",
)  # fmt: skip
UNANSWERED = ("not-reported", "missing")
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
    """One requirement as this report answers it. `lacks` is for authors, `reason` is printed.

    Of what is not answered no place is named, whatever section is tagged with it. `relief` is what the framework calls
    the relief that is used; `items` are the requirements below, each answered.
    """

    requirement: Requirement
    status: str
    lacks: tuple[str, ...] = ()
    reason: Text = field(default_factory=Text)
    locations: Mapping[str, tuple[Location, ...]] = field(default_factory=dict)
    relief: Text = field(default_factory=Text)
    items: tuple[IndexRow, ...] = ()


class _Reading:
    """What one language's pages print and say, gathered once for all rows."""

    def __init__(self, report: Report, figures: Figures, language: str) -> None:
        self.printed: dict[str, list[tuple[FigureId, Location]]] = {}
        self.tagged: dict[str, list[Location]] = {}
        self.empty: set[Location] = set()
        self.worded: set[Location] = set()
        self.inside: dict[Location, set[Location]] = {}
        self.order: dict[Location, int] = {}
        for id in report.page_order:
            page = report.pages.get((id, language))
            if page is None:
                continue
            for figure, section in printed_on_pages(figures)[id, language]:
                location = Location(id, section)
                self.order.setdefault(location, len(self.order))
                self.printed.setdefault(figure.metric, []).append((figure, location))
            before = takewhile(lambda item: not isinstance(item, Heading), page.items)
            if page.lead or any(isinstance(item, WORDS) for item in before):
                self.worded.add(Location(id, ""))
            for heading, has_text, sections in _sections(page):
                location = Location(id, heading.id)
                self.inside[location] = {Location(id, section) for section in sections}
                if has_text:
                    self.worded |= self.inside[location]
                else:
                    self.empty.add(location)
                for answer in heading.answers:
                    self.tagged.setdefault(answer.requirement, []).append(location)

    def tags(self, framework: Framework, ids: Iterable[str]) -> list[Location]:
        """The sections with text that say they answer one of these requirements."""
        return [place for place in self.claims(framework, ids) if place not in self.empty]

    def claims(self, framework: Framework, ids: Iterable[str]) -> list[Location]:
        """The sections that say they answer one of these requirements, with text or without."""
        written = [name for id in ids for name in (id, f"{framework.id}/{id}")]
        return list(dict.fromkeys(place for name in written for place in self.tagged.get(name, [])))

    def states(self, target: Target) -> list[Location]:
        """The sections that print what a target wants in the end."""
        return [
            place
            for id, place in self.printed.get(target.id, [])
            if id.period == target.to and id.operation in ("level", "change")
        ]

    def prints(
        self, metrics: Iterable[Metric], period: str, operation: str = ""
    ) -> dict[FigureId, list[Location]]:
        """The figures of these metrics that are printed for a period, each with the sections that do."""
        found: dict[FigureId, list[Location]] = {}
        for metric in metrics:
            for id, place in self.printed.get(metric.id, []):
                if id.period == period and id.operation.partition(".")[0] == operation:
                    found.setdefault(id, []).append(place)
        return found

    def in_order(self, places: Iterable[Location]) -> list[Location]:
        """Places in reading order; a section of figures without a word, such as a data summary, comes last."""
        return sorted(set(places), key=lambda place: (place not in self.worded, self.order[place]))


def _sections(page: Page) -> Iterator[tuple[Heading, bool, list[str]]]:
    """Each heading with whether prose stands in its section, and the sections it holds, itself among them."""
    for position, item in enumerate(page.items):
        if isinstance(item, Heading):
            has_text, sections = False, [item.id]
            for later in page.items[position + 1 :]:
                if isinstance(later, Heading):
                    if later.level <= item.level:
                        break
                    sections.append(later.id)
                elif isinstance(later, WORDS) and getattr(later, "kind", "") != "rule":
                    has_text = True
            yield item, has_text, sections


def index_rows(report: Report, figures: Figures, framework: Framework) -> tuple[IndexRow, ...]:
    """The rows of the framework's index, in its order."""
    readings = {language: _Reading(report, figures, language) for language in report.languages}
    writer = _Rows(report, figures, framework, readings)
    return tuple(writer.row(requirement) for requirement in framework.rows)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Figures that have to be printed: one of the `choices`, wholly."""

    what: str
    choices: list[set[FigureId]]
    period: str


class _Rows:
    """Joins the requirements of one framework with what the report gives, prints and says."""

    def __init__(
        self, report: Report, figures: Figures, framework: Framework, readings: Mapping[str, _Reading]
    ) -> None:
        self.report, self.figures, self.framework, self.readings = report, figures, framework, readings

    def row(self, requirement: Requirement) -> IndexRow:
        """The row with what it is made of; a response to it speaks for what lacks below, too."""
        found = self.answer(requirement)
        items = []
        for leaf in self.framework.leaves(requirement.id):
            if leaf.id == requirement.id:
                continue
            above = [node.id for node in self.framework.ancestors(leaf.id)]
            item = self.answer(leaf, above[: above.index(requirement.id) + 1])
            if found.reason and item.status in UNANSWERED:
                item = replace(item, status=found.status, lacks=())
            items.append(item)
        return replace(found, items=tuple(items))

    def answer(self, row: Requirement, above: Sequence[str] = ()) -> IndexRow:
        """One requirement; tags of those `above` are for it as well."""
        lacks: list[str] = []
        met = False
        metrics: list[Metric] = []
        leaves = self.framework.leaves(row.id)
        measured = dict.fromkeys((r, m) for r in (row, *leaves) for m in r.measures if not m.optional)
        for requirement, measure in measured:
            answering = answering_metrics(self.report, self.framework, requirement, measure)
            metrics += answering
            lacks += [
                _of(row, requirement, fault) for fault in self.measure_lacks(requirement, measure, answering)
            ]
            met = met or any(
                reading.prints(answering, self.report.period) for reading in self.readings.values()
            )
        targets: list[Target] = []
        if row.kind == "target":
            targets = answering_targets(self.report, self.framework, row)
            lacks += self.target_lacks(row, targets)
            met = met or any(reading.states(t) for reading in self.readings.values() for t in targets)
        if row.kind != "quantitative" or not measured:
            text_lacks, text_met = self.text_lacks(row, above)
            lacks += text_lacks
            met = met or text_met
        ids = [row.id, *(leaf.id for leaf in leaves)]
        if not any(reading.tags(self.framework, ids) for reading in self.readings.values()):
            ids += above
        locations = {
            language: self.locations(reading, ids, metrics, targets, row.kind == "quantitative")
            for language, reading in self.readings.items()
        }
        status = "disclosed" if not lacks else "partly-disclosed" if met else "missing"
        reason, relief = Text(), Text()
        response = response_to(self.report, self.framework, row.id)
        if response and status != "disclosed" and response.status in allowed_responses(row):
            if response.status != "partly-disclosed" or met:
                status, reason = response.status, response.reason
                lacks = lacks if status == "partly-disclosed" else []
                relief = self.relief(row, response) if status == "relief-used" else relief
        elif status == "missing" and row.level in ("voluntary", "encouraged"):
            status = "not-reported"
        if status in UNANSWERED:
            locations = {}
        return IndexRow(row, status, tuple(lacks), reason, locations, relief)

    def relief(self, row: Requirement, response: Response) -> Text:
        """What the relief is called: the one that the response names, or the only one there is for the row."""
        named = [response.relief.text] if response.relief else list(row.reliefs)
        known = [self.framework.reliefs[name] for name in named if name in self.framework.reliefs]
        return known[0].label if len(known) == 1 else Text()

    # ---- figures

    def measure_lacks(
        self, requirement: Requirement, measure: Measure, answering: list[Metric]
    ) -> Iterator[str]:
        """What a measure still needs: figures for every year and breakdown, each printed in every language."""
        label = mid_sentence(worded_in(measure.label, "en"))
        if not answering:
            yield f"not given: {label} (no metric answers {requirement.id}:{measure.key})"
            return
        if not in_quantity(self.report, answering, measure.unit):
            only = listed([f"`{metric.id}` in {metric.unit.code}" for metric in answering])
            yield f"not given as {quantity(measure.unit)}: {label} (only {only})"
            return
        names = listed([f"`{metric.id}`" for metric in answering])
        own = self.report.period
        wanted: list[_Wanted] = []
        for period in self.periods(measure.periods):
            choices = [choice for metric in answering for choice in self.whole(metric, period)]
            if choices:
                wanted.append(_Wanted(f"{names} for {period}", choices, period))
            else:
                members = [self.not_given(m, d, period) for m in answering for d in m.dimensions]
                lacking = next(filter(None, members), "")
                yield f"not given in {names}: {label} for {period}{lacking}"
        has_own = any(self.whole(metric, own) for metric in answering)
        for dimension in measure.breakdown if measure.breakdown_required else ():
            by = dimension.replace("_", " ")
            broken = [
                (m, d) for m in answering for d in m.dimensions if self.report.dimensions[d].gives(dimension)
            ]
            if complete := [self.members(m, d) for m, d in broken if self.given_by(m, d)]:
                wanted.append(_Wanted(f"{names} by {by}", complete, own))
            elif broken:
                metric, divided = broken[0]
                lacking = self.not_given(metric, divided, own)
                yield f"not given in `{metric.id}`: {label} by {by} for {own}{lacking}"
            else:
                given = dict.fromkeys(d.replace("_", " ") for m in answering for d in m.dimensions)
                only = f"{names} only by {listed(list(given))}" if given else f"no breakdown in {names}"
                yield f"not given: {label} by {by} ({only})"
        if measure.intensity_expected:
            declared = [
                {replace(id, operation=f"per.{each.metric}") for id in ids}
                for m in answering
                for each in m.per
                for ids in self.whole_or_parts(m)
            ]
            denominators = dict.fromkeys(each.metric for m in answering for each in m.per)
            valued = [ids for ids in declared if ids and all(map(self.has_number, ids))]
            if valued:
                wanted.append(_Wanted(f"the intensity of {names}", valued, own))
            elif not denominators:
                yield f"not given: the intensity of {label} (add per: […] to {names})"
            elif has_own:  # else it is said of the figure itself
                under = [m for m in denominators if not self.whole(self.report.metrics[m], own)]
                because = f" (not given: {listed([f'`{m}`' for m in under])} for {own})" if under else ""
                yield f"the intensity of {label} has no value{because}"
        yield from self.unprinted(answering, wanted)

    def unprinted(self, answering: list[Metric], wanted: list[_Wanted]) -> Iterator[str]:
        """What is given but not printed, or only some of its members, with the languages that lack it."""
        nowhere = [
            x for x, reading in self.readings.items() if not reading.prints(answering, self.report.period)
        ]
        for position, each in enumerate(wanted):
            lacking: dict[str, list[str]] = {}
            for language, reading in self.readings.items():
                if language in nowhere and position:
                    continue  # said once, of the report's own period
                printed = {
                    *reading.prints(answering, each.period),
                    *reading.prints(answering, each.period, "per"),
                }
                if not any(choice <= printed for choice in each.choices):
                    lacking.setdefault(self.only_some(each.choices, printed), []).append(language)
            for some, languages in lacking.items():
                yield f"{each.what}: {some}printed on no page{self.among(languages)}"

    def only_some(self, choices: list[set[FigureId]], printed: set[FigureId]) -> str:
        """The members that lack where others of their division are printed."""
        for choice in choices:
            if len(choice) > 1 and choice & printed:
                return f"{listed(self.member_names(choice - printed))} "
        return ""

    def member_names(self, ids: set[FigureId]) -> list[str]:
        """Members as they are printed, in their own order."""
        (dimension,) = {name for id in ids for name, _ in id.members}
        named = {member for id in ids for _, member in id.members}
        return [worded_in(m.name, "en") for m in self.report.dimensions[dimension].members if m.id in named]

    def among(self, languages: list[str]) -> str:
        """ " in en", or nothing where it is all languages."""
        return "" if len(languages) == len(self.readings) else f" in {' or '.join(languages)}"

    def periods(self, count: int) -> list[str]:
        """The report's period and as many years before it as are asked for; a missing one is named by its year."""
        periods = self.report.periods
        own = periods[self.report.period]
        found = [own.id]
        for back in range(1, count):
            day = (own.end.year - back, own.end.month)
            begins = (own.start.year - back, own.start.month)
            before = (
                p
                for p in periods.values()
                if (p.end.year, p.end.month) == day and (p.start.year, p.start.month) == begins
            )
            found.append(next((period.id for period in before), str(own.end.year - back)))
        return found

    def whole(self, metric: Metric, period: str) -> list[set[FigureId]]:
        """The sets of given figures of which each is all of it: that of the whole, and those of every part of a division."""
        id = FigureId(metric.id, period)
        figure = self.figures.figure(id)
        if figure is not None and figure.kind == Kind.NOT_AVAILABLE:
            return []
        divided = [
            self.members(metric, d, period) for d in metric.dimensions if self.given_by(metric, d, period)
        ]
        return [{id}, *divided] if figure is not None else divided

    def not_given(self, metric: Metric, dimension: str, period: str) -> str:
        """ ", for Female", where others of the division are given; else nothing."""
        ids = self.members(metric, dimension, period)
        lacking = {id for id in ids if not self.is_given(id)}
        return f", for {listed(self.member_names(lacking))}" if lacking and lacking < ids else ""

    def is_given(self, id: FigureId) -> bool:
        figure = self.figures.figure(id)
        return figure is not None and figure.kind != Kind.NOT_AVAILABLE

    def given_by(self, metric: Metric, dimension: str, period: str = "") -> bool:
        ids = self.members(metric, dimension, period)
        return bool(ids) and all(self.is_given(id) for id in ids)

    def members(self, metric: Metric, dimension: str, period: str = "") -> set[FigureId]:
        period = period or self.report.period
        return {
            FigureId(metric.id, period, ((dimension, m.id),)) for m in self.report.members(dimension, period)
        }

    def whole_or_parts(self, metric: Metric) -> list[list[FigureId]]:
        """The figure of the whole; or, where parts have no whole, those of every part of each division."""
        whole = FigureId(metric.id, self.report.period)
        if self.figures.figure(whole) is not None or not metric.dimensions:
            return [[whole]]
        return [list(self.members(metric, dimension)) for dimension in metric.dimensions]

    def has_number(self, id: FigureId) -> bool:
        figure = self.figures.figure(id)
        return figure is not None and figure.number is not None

    # ---- targets

    def target_lacks(self, row: Requirement, answering: list[Target]) -> Iterator[str]:
        """A row that asks for targets needs one that answers it, and each that does printed in every language."""
        if not answering:
            yield f"no target in data answers {row.id}"
        for target in answering:
            if target.base and self.figures.targets.base(target) is None:
                yield f"the target `{target.id}` has no value of {target.base} to start from"
            lacking = [language for language, reading in self.readings.items() if not reading.states(target)]
            if lacking:
                yield f"the target `{target.id}` is printed on no page{self.among(lacking)}"

    # ---- words

    def text_lacks(self, row: Requirement, above: Sequence[str] = ()) -> tuple[list[str], bool]:
        """What a row of words lacks in any language, and whether any of it is there."""
        below = self.framework.leaves(row.id)
        leaves = [leaf for leaf in below if leaf.kind not in ("group", "quantitative")] or [row]
        each = any(leaf.kind == "law-compliance" for leaf in leaves)  # policies and laws are two answers
        ids = [row.id, *(() if each else above)]
        whole = [x for x, reading in self.readings.items() if reading.tags(self.framework, ids)]
        without = {
            leaf: [
                language
                for language, reading in self.readings.items()
                if not reading.tags(self.framework, [leaf.id]) and (each or language not in whole)
            ]
            for leaf in leaves
        }
        met = bool(whole) or any(len(languages) < len(self.readings) for languages in without.values())
        languages = without[leaves[0]]
        alike = len({tuple(each) for each in without.values()}) == 1 and not set(languages) & set(whole)
        if alike and (len(leaves) == len(below) or leaves == [row]):
            return list(self.silent([row, *leaves], languages)), met
        lacks = []
        tagged = any(reading.claims(self.framework, [row.id]) for reading in self.readings.values())
        if each and tagged and any(without.values()):
            parts = " ".join(leaf.id for leaf in leaves)
            lacks.append(f'a section is tagged {row.id}, which has parts: write answers="{parts}" there')
        for leaf, languages in without.items():
            about = f" ({mid_sentence(worded_in(leaf.label, 'en'))})"
            lacks += [_of(row, leaf, fault + about) for fault in self.silent([leaf], languages)]
        return lacks, met

    def silent(self, requirements: list[Requirement], languages: list[str]) -> Iterator[str]:
        """Why there are no words for a requirement: no section is tagged, or those that are have no text."""
        ids = [requirement.id for requirement in requirements]
        bare = [x for x in languages if self.readings[x].claims(self.framework, ids)]
        if untagged := [x for x in languages if x not in bare]:
            yield f"no section{self.among(untagged)} answers it"
        if bare:
            yield f"the section that answers it has no text{self.among(bare)}"

    # ---- places

    def locations(
        self,
        reading: _Reading,
        ids: list[str],
        metrics: list[Metric],
        targets: list[Target],
        figures_only: bool,
    ) -> tuple[Location, ...]:
        """Where a reader finds the answer: tagged sections that print its figures, else the first that prints.

        A row of words, or of words and figures, is found in its tagged sections first.
        """
        tagged = reading.tags(self.framework, ids)
        of_targets = [place for target in targets for place in reading.states(target)]
        of_metrics = reading.prints(metrics, self.report.period).values()
        printing = reading.in_order([*(place for places in of_metrics for place in places), *of_targets])
        if both := [place for place in tagged if reading.inside[place] & set(printing)]:
            return tuple(both)
        return tuple(printing[:1] or tagged if figures_only else tagged or printing[:1])


def _of(row: Requirement, requirement: Requirement, fault: str) -> str:
    return fault if requirement.id == row.id else f"{requirement.id}: {fault}"


def response_to(report: Report, framework: Framework, id: str) -> Response | None:
    """What the company says of a requirement, whether its id is written plain or with the framework's."""
    return report.responses.get(id) or report.responses.get(f"{framework.id}/{id}")


def allowed_responses(row: Requirement) -> set[str]:
    """The responses that the row's level of obligation leaves open."""
    allowed = set(_ALLOWED.get(row.level, _ALLOWED["comply-or-explain"]))
    if not row.reliefs:
        allowed.discard("relief-used")
    return allowed | ({"negative-statement"} if row.negative_statement else set())


def answering_metrics(
    report: Report, framework: Framework, requirement: Requirement, measure: Measure
) -> list[Metric]:
    """The metrics that say they answer this measure (by requirement alone where it is the only one)."""
    only = len([m for m in requirement.measures if not m.optional]) == 1 and not measure.optional
    return [
        metric
        for metric in report.metrics.values()
        if any(
            framework.own(answer.requirement) == requirement.id
            and (answer.measure == measure.key or (only and not answer.measure))
            for answer in metric.answers
        )
    ]


def answering_targets(report: Report, framework: Framework, row: Requirement) -> list[Target]:
    """The targets that say they answer a row or anything below it."""
    ids = {row.id, *(leaf.id for leaf in framework.leaves(row.id))}
    return [
        target
        for target in report.targets.values()
        if any(framework.own(answer.requirement) in ids for answer in target.answers)
    ]


def index_findings(
    report: Report, frameworks: Mapping[str, Framework], rows: Mapping[str, tuple[IndexRow, ...]]
) -> Iterator[Diagnostic]:
    """Tags and responses that name nothing or may not be given, and rows that lack something."""
    if frameworks:
        for answer, what in _all_answers(report):
            yield from _answer_findings(answer, what, frameworks)
        yield from _edition_findings(report, frameworks)
        yield from _dimension_findings(report, frameworks)
        yield from _block_findings(report, frameworks)
    for response in report.responses.values():
        yield from _response_findings(response, frameworks, rows)
    for id, framework_rows in rows.items():
        for row in framework_rows:
            yield from _row_findings(report, row)
        yield from _tag_findings(report, frameworks[id], framework_rows)


def _tag_findings(report: Report, framework: Framework, rows: tuple[IndexRow, ...]) -> Iterator[Diagnostic]:
    """Sections that say they answer what may be left out, and is: nobody else would tell the author."""
    left_out = {row.requirement.id: row for row in rows if row.status == "not-reported"}
    for answer, what in _all_answers(report):
        id = framework.own(answer.requirement) if what == "section" else ""
        above = framework.row_of(id) if id else None
        if above and (row := left_out.get(above.id)):
            message = f"{answer.requirement} is tagged here, yet it is not reported"
            yield warning("tag-without-answer", answer.place, message, _help(row.lacks))


def _all_answers(report: Report) -> Iterator[tuple[Answer, str]]:
    for metric in report.metrics.values():
        yield from ((answer, "metric") for answer in metric.answers)
    for target in report.targets.values():
        yield from ((answer, "target") for answer in target.answers)
    for page in report.pages.values():
        for item in page.items:
            if isinstance(item, Heading):
                yield from ((answer, "section") for answer in item.answers)


def _dimension_findings(report: Report, frameworks: Mapping[str, Framework]) -> Iterator[Diagnostic]:
    """Dimensions that stand for what no framework asks for."""
    known = {
        breakdown
        for framework in frameworks.values()
        for requirement in framework.requirements.values()
        for measure in requirement.measures
        for breakdown in measure.breakdown
    }
    for dimension in report.dimensions.values():
        name = dimension.stands_for
        if name and name.text not in known:
            yield unknown_name(
                name.text, name.place, f"a breakdown that {' or '.join(frameworks)} asks for", known
            )


def _block_findings(report: Report, frameworks: Mapping[str, Framework]) -> Iterator[Diagnostic]:
    """Levels and requirements that an index is to be limited to, and that its framework does not have."""
    for page in report.pages.values():
        for item in page.items:
            if not isinstance(item, IndexBlock):
                continue
            framework = frameworks.get(item.framework or next(iter(frameworks)))
            for name in item.levels:
                if name.text not in LEVELS:
                    help = nearest(name.text, LEVELS)
                    yield blocking("unknown-choice", name.place, f'"{name.text}" is not a level', help)
            for name in item.parts if framework else ():
                if framework and not framework.own(name.text):
                    known = framework.requirements
                    message = f'"{name.text}" is not a requirement of {framework.id}'
                    yield blocking("unknown-requirement", name.place, message, nearest(name.text, known))
                elif framework and not _rows_below(framework, name.text):
                    message = f"{name.text} is part of a row, and no row is below it"
                    row = framework.row_of(framework.own(name.text))
                    help = f"name {row.id}, and split the rows with depth: items" if row else ""
                    yield blocking("unknown-requirement", name.place, message, help)


def _rows_below(framework: Framework, id: str) -> bool:
    return any(stands_below(framework, row, framework.own(id)) for row in framework.rows)


def stands_below(framework: Framework, row: Requirement, id: str) -> bool:
    """Whether a row is this requirement or stands below it."""
    return id == row.id or any(node.id == id for node in framework.ancestors(row.id))


def _framework_of(
    id: str, place: Place, frameworks: Mapping[str, Framework]
) -> tuple[Framework | None, list[Diagnostic]]:
    """The one framework that knows a requirement, or None with the reason."""
    knowing = [framework for framework in frameworks.values() if framework.own(id)]
    if len(knowing) == 1:
        return knowing[0], []
    if knowing:
        names = " and ".join(framework.id for framework in knowing)
        help = "write " + " or ".join(f"{framework.id}/{id}" for framework in knowing)
        return None, [blocking("unknown-requirement", place, f"{id} is a requirement of {names}", help)]
    if _other_edition(id, frameworks):
        return None, []  # said once a file
    known = [known for framework in frameworks.values() for known in framework.requirements]
    of = ", ".join(frameworks) or "any framework"
    return None, [
        blocking("unknown-requirement", place, f'"{id}" is not a requirement of {of}', nearest(id, known))
    ]


def _other_edition(id: str, frameworks: Mapping[str, Framework]) -> tuple[str, str] | None:
    """The edition that knows a requirement which no framework of the report does, and the one that the report follows."""
    for framework in frameworks.values():
        for other in (framework.supersedes, framework.superseded_by):
            if other not in frameworks and id.removeprefix(f"{other}/") in requirements_of(other):
                return other, framework.id
    return None


def _edition_findings(report: Report, frameworks: Mapping[str, Framework]) -> Iterator[Diagnostic]:
    """Answers to another edition of a framework: they count for nothing, which is said once a file."""
    answers = [(answer.requirement, answer.place) for answer, _ in _all_answers(report)]
    answers += [(response.requirement, response.place) for response in report.responses.values()]
    found: dict[tuple[str, str, str], list[tuple[str, Place]]] = {}
    for id, place in answers:
        known = any(framework.own(id) for framework in frameworks.values())
        if not known and (editions := _other_edition(id, frameworks)):
            found.setdefault((place.path, *editions), []).append((id, place))
    for (_, other, own), given in found.items():
        id, place = min(given, key=lambda each: (each[1].line, each[1].column))
        one = f"{id} is a requirement of {other}"
        many = f"{len(given)} answers in this file, {id} the first, are to requirements of {other}"
        message = f"{one if len(given) == 1 else many}; this report follows {own}"
        help = f"such an answer counts for nothing: take it out, or name {other} in data/report.yml"
        yield error("other-edition", place, message, help)


def _answer_findings(answer: Answer, what: str, frameworks: Mapping[str, Framework]) -> Iterator[Diagnostic]:
    framework, findings = _framework_of(answer.requirement, answer.place, frameworks)
    yield from findings
    if framework is None:
        return
    requirement = framework.requirements[framework.own(answer.requirement)]
    keys = [measure.key for measure in requirement.measures]
    if answer.measure and answer.measure not in keys:
        message = f'{answer.requirement} has no measure "{answer.measure}"'
        yield blocking("unknown-requirement", answer.place, message, nearest(answer.measure, keys))
    elif (
        what == "metric"
        and not answer.measure
        and len([m for m in requirement.measures if not m.optional]) > 1
    ):
        help = f"write {answer.requirement}:… with one of {', '.join(keys)}"
        yield blocking(
            "unknown-requirement", answer.place, f"{answer.requirement} has several measures", help
        )


def _response_findings(
    response: Response, frameworks: Mapping[str, Framework], rows: Mapping[str, tuple[IndexRow, ...]]
) -> Iterator[Diagnostic]:
    framework, findings = _framework_of(response.requirement, response.place, frameworks)
    yield from findings
    if framework is None:
        return
    id = framework.own(response.requirement)
    row = next((row for row in rows[framework.id] if row.requirement.id == id), None)
    if row is None:
        above = framework.row_of(id)
        help = f"respond to {above.id}" if above else "respond to a row below it"
        yield error("response-not-a-row", response.place, f"{id} is not a row of the index", help)
    elif response.relief and response.relief.text not in row.requirement.reliefs:
        what = f"a relief that {framework.id} gives for {id}"
        yield unknown_name(response.relief.text, response.relief.place, what, row.requirement.reliefs)
    elif response.status not in allowed_responses(row.requirement):
        message = f"{id} is {row.requirement.level}; {response.status} is no answer to it"
        left = sorted(allowed_responses(row.requirement) - {"partly-disclosed"})
        help = f"disclose it{', or say ' + ' or '.join(left) if left else ''}"
        yield error("response-not-allowed", response.place, message, help)
    elif row.status == "disclosed":
        message = f"{id} is disclosed, yet a response says {response.status}"
        yield warning("response-contradicts", response.place, message, "delete the response")
    elif row.status == "missing":
        message = f"nothing of {id} is disclosed, so it is not partly disclosed"
        yield error("response-not-allowed", response.place, message, "disclose a part of it, or explain")


def _row_findings(report: Report, row: IndexRow) -> Iterator[Diagnostic]:
    level, lacks = row.requirement.level, row.lacks
    answered = row.status not in ("missing", "partly-disclosed") or (
        bool(row.reason) and level != "mandatory"
    )
    if answered or level not in ("mandatory", "comply-or-explain"):
        return
    code, what = {
        "missing": ("requirement-missing", "not answered"),
        "partly-disclosed": ("requirement-partly", "only partly answered"),
    }[row.status]
    message = f"{row.requirement.id} ({worded_in(row.requirement.label, 'en')}) is {what}"
    yield error(code, report.place, message, _help(lacks), about="*")


def _help(lacks: tuple[str, ...]) -> str:
    return "; ".join(lacks[:4]) + (" …" if len(lacks) > 4 else "")
