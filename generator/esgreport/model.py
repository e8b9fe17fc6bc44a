"""The report as values: frozen, typed, and each remembering where it was written.

Nothing here reads a file, computes or words anything. A *cell* is what an author typed; a *figure* is a
cell or something derived, with its identity (metric, operation, period, members) and its trail.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from esgreport.amounts import Number
from esgreport.diagnostics import Place
from esgreport.languages import LANGUAGES, Text, worded_date
from esgreport.units import Unit, UnitTable

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*\Z")
PERIOD_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_]*\Z")

Members = tuple[tuple[str, str], ...]
"""Which part of the whole a figure is about: ((dimension, member), …), sorted by dimension; () is the whole."""


class Kind(StrEnum):
    """What a cell holds. Zero, nil, not applicable and not available are four things."""

    VALUE = "value"
    NIL = "nil"
    NOT_APPLICABLE = "not-applicable"
    NOT_AVAILABLE = "not-available"
    LIMIT = "limit"
    RANGE = "range"


class Status(StrEnum):
    """How a value was come by."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    RESTATED = "restated"


QUALIFIERS = ("about", "over", "nearly", "at_least", "not_more_than")
ISSUER_CLASSES = ("largecap", "main-board", "gem")
TONES = ("governance", "environment", "social")
FACES_FOLDER = "templates/faces"
OPERATIONS = ("per", "share", "rank", "change", "difference")
OF_TARGETS = ("level", "change", "progress")
FUNCTIONS = ("sum", "average", "whole", "share", "difference", "change", "growth")
BOUNDS = ("at_most", "at_least")
GOALS = ("change", "level", *BOUNDS)
PREVIOUS = "previous"
CALL_ARGUMENTS = (
    "period", "per", "share", "rank", "change", "difference", "words", "unit", "scale", "show",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class FigureId:
    """The identity of a figure, stable from year to year.

    Written `metric[~operation]@period[dim=member,…]`: `electricity@2025`, `electricity~per.production@2025`,
    `workforce~change.2024@2025[gender=female]`. Operations follow each other, the last one done last:
    `electricity~per.production~change.2024@2025` is the change of an intensity. Of a target the operation is
    `level`, `change` (what is wanted, since the base) or `progress`.
    """

    metric: str
    period: str
    members: Members = ()
    operation: str = ""

    def __str__(self) -> str:
        operation = f"~{self.operation}" if self.operation else ""
        members = f"[{','.join(f'{d}={m}' for d, m in self.members)}]" if self.members else ""
        return f"{self.metric}{operation}@{self.period}{members}"

    @property
    def plain(self) -> FigureId:
        """The figure that all operations start from."""
        return FigureId(self.metric, self.period, self.members)

    @property
    def before(self) -> FigureId:
        """The figure that the last operation is done to."""
        return FigureId(self.metric, self.period, self.members, self.operation.rpartition("~")[0])

    @property
    def last(self) -> tuple[str, str]:
        """The last operation and its argument: ("change", "2024"); ("", "") where there is none."""
        name, _, argument = self.operation.rpartition("~")[2].partition(".")
        return name, argument

    def then(self, operation: str) -> FigureId:
        """The figure that one more operation makes of this one; "" leaves it as it is."""
        joined = "~".join(filter(None, (self.operation, operation)))
        return FigureId(self.metric, self.period, self.members, joined)


_FIGURE_ID = re.compile(
    r"(?P<metric>[a-z][a-z0-9_]*)(?P<operation>(?:~[a-z]+(?:\.[a-z0-9_]+)?)*)@(?P<period>[a-z0-9_]+)"
    r"(?:\[(?P<members>[^\]]+)\])?\Z"
)


def parse_figure_id(text: str) -> FigureId | None:
    """The id that `text` writes, or None."""
    match = _FIGURE_ID.match(text)
    if match is None:
        return None
    pairs = [tuple(pair.split("=", 1)) for pair in (match["members"] or "").split(",") if pair]
    if any(len(pair) != 2 for pair in pairs):
        return None
    members = tuple(sorted((d.strip(), m.strip()) for d, m in pairs))
    return FigureId(match["metric"], match["period"], members, match["operation"].removeprefix("~"))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with a name; "2025" may end on 31 March: its dates decide."""

    id: str
    start: date
    end: date
    label: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Name:
    """A name used by reference, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Life:
    """When a member of a dimension exists: from its first period to its last, either one open where it is None."""

    first: Period | None = None
    last: Period | None = None

    def covers(self, period: Period) -> bool:
        """Whether any day of a period lies within."""
        begun = self.first is None or self.first.start <= period.end
        return begun and (self.last is None or period.start <= self.last.end)

    def __str__(self) -> str:
        """from 2024 until 2026"""
        ends = (("from", self.first), ("until", self.last))
        return " ".join(f"{word} {period.id}" for word, period in ends if period)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a dimension."""

    id: str
    name: Text
    place: Place
    life: Life = Life()


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to divide a whole. The members of a *partition* must add up to it.

    `stands_for` names the breakdown of a framework that this is: provinces stand for regions.
    """

    id: str
    name: Text
    members: tuple[Member, ...]
    partition: bool
    place: Place
    stands_for: Name | None = None
    passing: tuple[Member, ...] = field(init=False)
    by_id: Mapping[str, Member] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """`passing`: the members that are closed or new, so that they do not exist in every period."""
        object.__setattr__(self, "passing", tuple(m for m in self.members if m.life != Life()))
        object.__setattr__(self, "by_id", {m.id: m for m in reversed(self.members)})

    def gives(self, breakdown: str) -> bool:
        """Whether to divide by this dimension is what a framework means by a breakdown."""
        return breakdown == self.id or (self.stands_for is not None and breakdown == self.stands_for.text)

    def member(self, id: str) -> Member | None:
        """The member with this id, or None."""
        return self.by_id.get(id)


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody can be reached; "" or an empty wording where not in this way."""

    phone: str = ""
    email: str = ""
    website: str = ""
    address: Text = field(default_factory=Text)
    hours: Text = field(default_factory=Text)

    @property
    def url(self) -> str:
        """The address that a reader is led to: the website, else the mailbox."""
        return self.website or (f"mailto:{self.email}" if self.email else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing of a register: an entity, a plant, a law, a person, a term. Named once, used by reference.

    `means` is what the name stands for where that is not a longer name; `title` what a person is. `published`
    entries are those that come with the tool.
    """

    id: str
    register: str
    name: Text
    place: Place
    life: Life = Life()
    published: bool = False
    short_name: Text = field(default_factory=Text)
    means: Text = field(default_factory=Text)
    title: Text = field(default_factory=Text)
    contact: Contact = field(default_factory=Contact)

    @property
    def defined(self) -> bool:
        """Whether there is something to say of it in a table of definitions."""
        return bool(self.short_name or self.means)

    def other_language(self, language: str, preferred: Collection[str]) -> str:
        """The language in which a name stands in brackets after its own: English and Chinese are each other's."""
        written = [*preferred, *LANGUAGES]
        return next((x for x in written if x in self.name and (x == "en") != (language == "en")), "")


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word of the glossary: how the report says something in each language.

    `forms` are other ways in which the report may write it, `also` words by which readers may look for it, `avoided` those
    that the report does not use for it.
    """

    id: str
    word: Text
    place: Place
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    avoided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def own(self, language: str) -> tuple[str, ...]:
        """The report's words for it in a language."""
        word = (self.word[language],) if language in self.word else ()
        return (*word, *self.forms.get(language, ()))

    def words(self, language: str) -> tuple[str, ...]:
        """All words for it in a language, the report's own first."""
        return (*self.own(language), *self.also.get(language, ()), *self.avoided.get(language, ()))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the project with what is said of it in each language, once for all pages.

    `generated`: made by a program, which readers are told. `width` and `height` are pixels as it is seen, 0 for a
    drawing, which has only `proportions`; `cmyk` says that it is in printing inks, `profiled` that it brings a colour profile.
    """

    id: str
    file: Name
    alt: Text
    place: Place
    caption: Text = field(default_factory=Text)
    credit: Text = field(default_factory=Text)
    generated: bool = False
    width: int = 0
    height: int = 0
    cmyk: bool = False
    profiled: bool = False
    proportions: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class FactorValue:
    """One published value of a factor: of a period, of a member of the factor's dimension, or of all ("")."""

    number: Number
    place: Place
    period: str = ""
    member: str = ""
    source: Text = field(default_factory=Text)
    year: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """An emission, conversion or calorific factor, exact as published, each value with its source.

    `gas` is what it counts (CO2, CH4, CO2e); `gwp` names the set of global warming potentials behind a factor
    in CO2e (AR5, AR6).
    """

    id: str
    name: Text
    unit: Unit
    values: tuple[FactorValue, ...]
    dimension: str
    gas: str
    gwp: str
    place: Place

    def value(self, period: str, members: Members = ()) -> FactorValue | None:
        """The value for a period and a part of the whole: the most particular one that was given."""
        member = dict(members).get(self.dimension, "") if self.dimension else ""
        for wanted in ((period, member), ("", member), (period, ""), ("", "")):
            for value in self.values:
                if (value.period, value.member) == wanted:
                    return value
        return None


@dataclass(frozen=True, slots=True)
class FactorUse:
    """A factor as a figure used it: which one, and which of its values."""

    factor: str
    value: FactorValue


@dataclass(frozen=True, slots=True)
class Cell:
    """One authored value of a metric: a number, or a kind without one; or what is said of a figure that is computed.

    `kind` is None where no value was given. Beside a formula, or beside parts that add up, a value is a control:
    compared, and printed only where nothing can be worked out. `upper` is the end of a range; `former` the value
    before a restatement, with `reason`; `at` the day a stock was counted, where it is not the period's last;
    `reason_for_change` why it differs so much from the year before. What is said of the value alone (`note`, `method`,
    `boundary`, `source`, `owner`, `evidence`) stands before what its metric says.
    """

    period: str
    members: Members
    kind: Kind | None
    place: Place
    number: Number | None = None
    upper: Number | None = None
    qualifier: str = ""
    status: Status = Status.REPORTED
    former: Number | None = None
    reason: Text = field(default_factory=Text)
    at: date | None = None
    note: Text = field(default_factory=Text)
    method: Text = field(default_factory=Text)
    boundary: Text = field(default_factory=Text)
    remark: Text = field(default_factory=Text)
    reason_for_change: Text = field(default_factory=Text)
    source: str = ""
    owner: str = ""
    evidence: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is said beside the value."""
        words = (self.note, self.method, self.boundary, self.remark, self.source, self.owner, self.evidence)
        return any(words) or bool(self.at) or self.status != Status.REPORTED


@dataclass(frozen=True, slots=True)
class Answer:
    """A requirement that a metric or section says it answers; `measure` may be empty."""

    requirement: str
    measure: str
    place: Place

    def __str__(self) -> str:
        return f"{self.requirement}:{self.measure}" if self.measure else self.requirement


@dataclass(frozen=True, slots=True)
class Constant:
    """A number in a formula."""

    number: Number


@dataclass(frozen=True, slots=True)
class MetricTerm:
    """A metric in a formula, taken for the same period and members, or for those that it names.

    `period` is "" (the same), "previous" (the one that ends the day before), or an id; `of_whole` leaves out the
    members for which the formula is being worked out.
    """

    metric: str
    place: Place
    members: Members = ()
    period: str = ""
    of_whole: bool = False


@dataclass(frozen=True, slots=True)
class FactorTerm:
    """`factor("id")` in a formula: its value for the same period and member, or for those that it names."""

    factor: str
    place: Place
    members: Members = ()
    period: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms joined by + - * or /."""

    sign: str
    left: Term
    right: Term
    place: Place


@dataclass(frozen=True, slots=True)
class Function:
    """A function of terms: `sum(… over plant)`, `average(a, b)`, `change(a, 2020)`.

    `over` is the dimension whose members it goes through, "" for none; `period` what change, difference and
    growth compare with.
    """

    name: str
    arguments: tuple[Term, ...]
    place: Place
    over: str = ""
    period: str = ""


Term = Constant | MetricTerm | FactorTerm | Operation | Function


@dataclass(frozen=True, slots=True)
class Formula:
    """How a metric follows from others: the text as typed and its tree."""

    text: str
    tree: Term
    place: Place


@dataclass(frozen=True, slots=True)
class Intensity:
    """A metric's quotient with another: in `unit`, or in the two metrics' units where None."""

    metric: str
    place: Place
    unit: Unit | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """Something measured.

    `by` lists the dimensions for which `formula` is worked out too; `parts` holds the formulas of single members
    (a Scope 3 category). `part_of` names the metric that this one can never exceed; `plausible` the least and
    the most that a value may be without a warning. `laid_out` are the dimensions of a breakdown whose members are
    named, whether or not they have values yet.
    """

    id: str
    aspect: str
    name: Text
    unit: Unit
    place: Place
    unit_place: Place
    answers: tuple[Answer, ...] = ()
    per: tuple[Intensity, ...] = ()
    cells: tuple[Cell, ...] = ()
    formula: Formula | None = None
    parts: tuple[tuple[tuple[str, str], Formula], ...] = ()
    by: tuple[str, ...] = ()
    part_of: str = ""
    plausible: tuple[Number, Number] | None = None
    decimals: int | None = None
    source: str = ""
    owner: str = ""
    evidence: str = ""
    note: Text = field(default_factory=Text)
    method: Text = field(default_factory=Text)
    boundary: Text = field(default_factory=Text)
    remark: Text = field(default_factory=Text)
    laid_out: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """`dimensions`: those by which the metric is broken down, in the order of their first use."""
        used = [dimension for cell in self.cells for dimension, _ in cell.members]
        worked_out = [dimension for (dimension, _), _ in self.parts]
        object.__setattr__(
            self, "dimensions", tuple(dict.fromkeys([*used, *worked_out, *self.by, *self.laid_out]))
        )

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """All formulas of the metric: its own and those of its parts."""
        return (*filter(None, [self.formula]), *(formula for _, formula in self.parts))

    @property
    def inputs(self) -> tuple[MetricTerm, ...]:
        """The metrics that its formulas name, in reading order."""
        return tuple(t for f in self.formulas for t in terms(f.tree) if isinstance(t, MetricTerm))

    @property
    def factors(self) -> tuple[FactorTerm, ...]:
        """The factors that its formulas name, in reading order."""
        return tuple(t for f in self.formulas for t in terms(f.tree) if isinstance(t, FactorTerm))


def terms(tree: Term) -> list[MetricTerm | FactorTerm]:
    """The metrics and factors of a formula, in reading order."""
    if isinstance(tree, Operation):
        return terms(tree.left) + terms(tree.right)
    if isinstance(tree, Function):
        return [term for argument in tree.arguments for term in terms(argument)]
    return [] if isinstance(tree, Constant) else [tree]


@dataclass(frozen=True, slots=True)
class Step:
    """A number that an author gave a target for a period, and where."""

    period: str
    number: Number
    place: Place


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached, of which metric, by when.

    `goal` says how it is worded: a `change` in per cent of the base, a `level`, or a bound (`at_most`,
    `at_least`), with or without a base. `per` makes it a target of an intensity. `path` holds what is wanted in
    the years between, in their order and worded like the goal; years without one lie on the line between their
    neighbours.
    """

    id: str
    aspect: str
    name: Text
    metric: str
    goal: str
    wanted: Step
    place: Place
    metric_place: Place
    per: str = ""
    members: Members = ()
    base: str = ""
    base_value: Step | None = None
    path: tuple[Step, ...] = ()
    answers: tuple[Answer, ...] = ()
    decimals: int | None = None
    note: Text = field(default_factory=Text)
    owner: str = ""

    @property
    def to(self) -> str:
        """The period by which it is to be reached."""
        return self.wanted.period

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was typed of the way, year by year, the goal last."""
        return (*self.path, self.wanted)

    @property
    def start(self) -> FigureId:
        """The figure that it starts from: the metric's own, or the value that was typed with the target."""
        return (
            self.measured(self.base) if self.base_value is None else FigureId(self.id, self.base, (), "level")
        )

    def step(self, period: str) -> Step | None:
        """What was typed for a period: the goal of the last one, or a step of the path; worded like the goal."""
        return next((step for step in self.steps if step.period == period), None)

    def measured(self, period: str) -> FigureId:
        """The figure that the target is about."""
        return FigureId(self.metric, period, self.members, f"per.{self.per}" if self.per else "")


@dataclass(frozen=True, slots=True)
class Response:
    """What the company says of a requirement that it does not, or not wholly, answer by disclosure."""

    requirement: str
    status: str
    reason: Text
    place: Place
    relief: Name | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """How the report says that it uses a framework, such as with reference to it."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Aspect:
    """One file of figures."""

    id: str
    name: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    """A value call in a sentence: a name and literal arguments."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    place: Place

    def argument(self, name: str) -> str:
        """The argument's value, "" where it is not given."""
        return dict(self.arguments).get(name, "")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture in the narrative: its target as typed."""

    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of narrative as safe HTML; slot n of `html` is filled by `calls[n]`.

    `kind`: paragraph, list, table, quote or rule. `lines` is the text as typed, line by line, each with its place
    and with nothing where a call or comment stands; it says where in the stretch something was written.
    """

    kind: str
    html: str
    calls: tuple[Call, ...]
    place: Place
    links: tuple[Link, ...] = ()
    pictures: tuple[Link, ...] = ()
    lines: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading and what the section says it answers. `named` is false for a made-up id."""

    level: int
    id: str
    title: Prose
    answers: tuple[Answer, ...]
    place: Place
    named: bool = True


@dataclass(frozen=True, slots=True)
class Over:
    """A name with others below it: members with their periods beside each other, or with the members of another
    dimension under them; a metric with the members it is divided into."""

    name: Name
    below: tuple[Name, ...] = ()

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.name.place

    @property
    def names(self) -> tuple[Name, ...]:
        """All that is named, in reading order."""
        return (self.name, *self.below)

    def __str__(self) -> str:
        below = ", ".join(name.text for name in self.below)
        return f"{self.name.text} over {below}" if below else self.name.text


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Metrics under a heading, and the metric that is their total; heading or total may lack."""

    heading: str
    metrics: tuple[Over, ...]
    total: Name | None
    place: Place

    @property
    def names(self) -> tuple[Name, ...]:
        """The metrics named, in reading order."""
        return (*(over.name for over in self.metrics), *filter(None, [self.total]))

    def __str__(self) -> str:
        total = f" with the total {self.total.text}" if self.total else ""
        return f"({', '.join(map(str, self.metrics))}{total})"


@dataclass(frozen=True, slots=True)
class Day:
    """A date that was written, and where."""

    date: date
    place: Place


Passage = tuple[Prose, ...]
"""Words in a field of a block or topic: its paragraphs, lists and tables, or one line."""

STATEMENTS = (
    "period", "boundary", "frameworks", "compliance", "approval", "prevailing", "currency", "nil",
)  # fmt: skip
NAMED = {  # what fields of boxes refer to, and how it is called
    "picture": "a picture of data/pictures.yml",
    "entry": "an entry of a register",
    "term": "an entry of a register with short_name or means",
    "register": "a register of data/registers with entries that have short_name or means",
    "contact": "an entry of a register with phone, email, website or address",
    "metric": "a metric",
    "statement": "a statement that can be made",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What a box says, or one entry of a topic, in one language: words by field, several where the field is a list
    of them; names used by reference; what was chosen; and days."""

    place: Place
    texts: Mapping[str, Passage] = field(default_factory=dict)
    lists: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, Day] = field(default_factory=dict)

    @property
    def prose(self) -> tuple[Prose, ...]:
        """All its words."""
        listed = [passage for passages in self.lists.values() for passage in passages]
        return tuple(prose for passage in (*self.texts.values(), *listed) for prose in passage)


@dataclass(frozen=True, slots=True)
class Box:
    """Words set apart: a case, a quotation. What it may hold is in `blocks.BOXES`, by its kind."""

    kind: str
    record: Record
    place: Place
    id: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of figures as asked for: metrics as rows (or their members), columns of periods or of members; or
    members as rows and metrics among the columns.

    `period` is that of the columns which name none, where it is not the report's; `per` the denominator of
    intensities, where it is not the first that a metric declares; `id` what links name it by, or "". Figures of the
    quantity of one of `units` are shown in it. `heads` are the author's own words for columns; with headings `beside`
    them, groups of rows have theirs in a column of its own. In print it may have `landscape` pages of its own.
    """

    metrics: tuple[Over | RowGroup, ...]
    columns: tuple[Over, ...]
    members: tuple[Over, ...]
    intensities: bool
    total: bool
    caption: str
    place: Place
    period: Name | None = None
    per: Name | None = None
    id: str = ""
    units: tuple[Name, ...] = ()
    heads: tuple[tuple[Name, str], ...] = ()
    beside: bool = False
    landscape: bool = False

    @property
    def metric_names(self) -> tuple[Name, ...]:
        """The metrics that are rows, in reading order."""
        return tuple(
            name
            for entry in self.metrics
            for name in (entry.names if isinstance(entry, RowGroup) else (entry.name,))
        )

    @property
    def column_names(self) -> tuple[Name, ...]:
        """All that is named in the columns, in reading order."""
        return tuple(name for over in self.columns for name in over.names)


@dataclass(frozen=True, slots=True)
class SummaryBlock:
    """The figures of all aspects, or of those named: a table for each, with every metric of it.

    Metrics that are divided by one of the dimensions `members` have its members below them.
    """

    columns: tuple[Over, ...]
    members: tuple[Name, ...]
    aspects: tuple[Name, ...]
    intensities: bool
    place: Place


@dataclass(frozen=True, slots=True)
class MethodBlock:
    """A note on how metrics were worked out: their formulas in words, and the factors that were used."""

    metrics: tuple[Name, ...]
    caption: str
    place: Place


@dataclass(frozen=True, slots=True)
class TargetsBlock:
    """A table of targets as asked for: a row each, with columns such as base, target, actual, progress, status.

    `id` is what links name it by, or "".
    """

    targets: tuple[Name, ...]
    columns: tuple[Name, ...]
    caption: str
    place: Place
    id: str = ""


CHARTS = ("bars", "stacked", "line", "donut", "ranked")


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """Figures drawn, in one of the ways of `CHARTS`: metrics, or the members of one, over periods.

    Without `periods` it shows those of the report. `per` makes intensities of the figures, `unit` is what all are
    shown in, `target` the way that a line is measured against. With a `table` the same figures stand beside it.
    """

    kind: str
    metrics: tuple[Name, ...]
    place: Place
    members: Name | None = None
    periods: tuple[Name, ...] = ()
    per: Name | None = None
    unit: Name | None = None
    target: Name | None = None
    caption: Passage = ()
    note: Passage = ()
    table: bool = True
    id: str = ""


@dataclass(frozen=True, slots=True)
class TilesBlock:
    """Figures set large, side by side: metrics and targets, each as a value call. `large` is the one of them that is
    set four times as large; with `change` each says how it differs from the year before."""

    tiles: tuple[Call, ...]
    place: Place
    large: Call | None = None
    change: bool = True


FIELD_KINDS = ("words", "number", "date", "choice", "sdg", "target")
MOST_SDG = 17
ICONS = (
    "book", "box", "building", "chart", "clock", "cloud", "coin", "document", "eye", "flag", "flame", "fuel", "gear",
    "heart", "idea", "link", "loop", "medal", "people", "power", "scale", "shield", "speech", "target", "truck", "water",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said of every entry of a topic, of one of `FIELD_KINDS`.

    A choice has `options`. A target stands in `columns` of a table of targets. A date may have to lie `in_period`, that
    of the report.
    """

    id: str
    name: Text
    kind: str
    place: Place
    options: Mapping[str, Text] = field(default_factory=dict)
    columns: tuple[Name, ...] = ()
    in_period: bool = False


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """One entry of a topic: what is said of it, by language; `rows` are what is said in several rows under one name.

    `numbers` (typed, or calls of figures), `days` and `names` (what was chosen, goals, targets) are the same in every
    language. `below` names the entry that it is subordinate to.
    """

    id: str
    place: Place
    records: Mapping[str, Record]
    rows: tuple[TopicEntry, ...] = ()
    numbers: Mapping[str, Number | Call] = field(default_factory=dict)
    days: Mapping[str, Day] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    icon: str = ""
    below: Name | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Things that are alike, each told in the same fields: stakeholders, risks, steps, awards. Both languages stand
    beside each other; blocks show it as a table, as cards and so on."""

    id: str
    name: Text
    fields: tuple[Field, ...]
    entries: tuple[TopicEntry, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class TopicBlock:
    """A topic as a page shows it: in which layout, and which of its fields and entries; none named means all.

    `numbering` is the style of the entries' numbers, "" for none. `group` names the field by whose choices the entries
    are gathered, `x` and `y` those that place them in a matrix, `mark` the one that gives their shapes there. As a table
    it may have `landscape` pages of its own in print.
    """

    topic: Name
    layout: str
    place: Place
    caption: str = ""
    fields: tuple[Name, ...] = ()
    entries: tuple[Name, ...] = ()
    id: str = ""
    numbering: str = ""
    landscape: bool = False
    group: Name | None = None
    x: Name | None = None
    y: Name | None = None
    mark: Name | None = None


@dataclass(frozen=True, slots=True)
class IndexBlock:
    """The content index of a framework ("" is the report's only one), by its requirements or by the report's sections.

    Without `columns` it has those that are usual. `depth` is rows, or items where each row is split into what it
    asks for. With `levels` or `parts` only what is of such a level, or stands below such a requirement, is listed.
    """

    framework: str
    place: Place
    by: str = "requirement"
    columns: tuple[str, ...] = ()
    depth: str = "rows"
    levels: tuple[Name, ...] = ()
    parts: tuple[Name, ...] = ()


Block = (
    TableBlock
    | SummaryBlock
    | MethodBlock
    | TargetsBlock
    | IndexBlock
    | Box
    | TopicBlock
    | ChartBlock
    | TilesBlock
)
Item = Heading | Prose | Block
WORDS = (Prose, Box, TopicBlock)  # what tells something in words of the report's own
ANCHORED = (Heading, TableBlock, TargetsBlock, Box, TopicBlock, ChartBlock)  # what links can name by its id


SCHEMA = 2  # the version of a project's files that this esgreport writes; `migrations` brings others to it
HOME = "home"  # the page that begins the website, below its cover


def web_name(page: str) -> str:
    """What the file of a page is called on the website."""
    return "index" if page == HOME else page


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the narrative in one language: title, lead, then headings, prose and blocks in order.

    With a `code` it is a chapter, which begins with an `opener` unless that is not wanted. The page `HOME` is on the
    website alone, stands in no part and answers nothing; its title is the cover's, so its own is empty.
    """

    id: str
    language: str
    path: str
    title: Prose
    items: tuple[Item, ...]
    lead: Prose | None = None
    code: str = ""
    description: Name | None = None
    opener: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: its title (none for the first pages), its pages in order, its tone, a line on what it tells.

    The tone is the colour it speaks in: governance, environment or social; "" for parts in turn.
    """

    title: Text
    pages: tuple[str, ...]
    tone: str = ""
    lead: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Company:
    """Who reports. `contact` is an e-mail address, the id of an entry that can be reached, or other words."""

    name: Text
    short_name: Text
    incorporation: Text
    stock_code: str
    issuer_class: str
    contact: str
    contact_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Ridge:
    """The metric whose months draw the cover, and the dimension that holds the months."""

    metric: str
    dimension: str
    place: Place


EDITIONS = ("web", "pdf", "data")  # what every build makes
BILINGUAL, SIDE_BY_SIDE = "bilingual", "side-by-side"
IN_TWO_LANGUAGES = (BILINGUAL, SIDE_BY_SIDE)  # in one book, on one page of the website
FURTHER_EDITIONS: tuple[str, ...] = (
    "print",
    BILINGUAL,
    SIDE_BY_SIDE,
    "archive",
)  # what a report or a command may ask for besides


def side_by_side(languages: Sequence[str]) -> tuple[str, str] | None:
    """The languages that stand beside each other in a bilingual book and on pages side by side, English and the first Chinese; None where one is missing."""
    chinese = next((language for language in languages if language.startswith("zh")), "")
    return ("en", chinese) if "en" in languages and chinese else None


A4 = (Number(Fraction(210), 0), Number(Fraction(297), 0))  # width and height in millimetres


@dataclass(frozen=True, slots=True)
class Book:
    """How the printed book is made: its trim, the folio of its first page, what stands around the text.

    `boundary` are the entries that its inside cover names; without any, those that statements on pages name. `picture`
    stands on the cover in the place of the mountains.

    For the printer: whether his edition has crop marks, of how many pages its number is a multiple, and the profile of his
    press, in content.
    """

    trim: tuple[Number, Number] = A4
    first_folio: int = 1
    covers: bool = True
    inside_cover: bool = False
    boundary: tuple[Name, ...] = ()
    picture: Name | None = None
    marks: bool = True
    multiple_of: int = 1
    profile: Name | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One company, one period, one or more languages: everything that was read."""

    final: bool
    slug: str
    title: Text
    tagline: Text
    company: Company
    languages: tuple[str, ...]
    prevailing_language: str
    period: str
    comparatives: tuple[str, ...]
    periods: Mapping[str, Period]
    frameworks: tuple[str, ...]
    parts: tuple[Part, ...]
    dates: Mapping[str, date]
    operation_decimals: Mapping[str, int]
    site_url: str
    ridge: Ridge | None
    place: Place  # of the line that names the frameworks
    title_places: tuple[Place, ...] = ()  # of title and tagline
    book: Book = field(default_factory=Book)
    editions: tuple[str, ...] = EDITIONS  # what a build makes, unless the command says otherwise
    own_faces: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)  # by role, in FACES_FOLDER
    han_dates: tuple[str, ...] = ()  # the languages that write years and days in Chinese numerals
    severities: Mapping[str, str] = field(
        default_factory=dict
    )  # what findings weigh that else are warnings, by code
    claims: Mapping[str, Claim] = field(default_factory=dict)
    unmapped: Mapping[str, Place] = field(default_factory=dict)  # requirements answered by no mapping
    units: UnitTable = field(default_factory=UnitTable)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)
    aspects: tuple[Aspect, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    responses: Mapping[str, Response] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    glossary: Mapping[str, GlossaryTerm] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], Page] = field(default_factory=dict)
    engine_features: tuple[str, ...] = ()
    laws_in_both: tuple[str, ...] = ()  # the languages in which laws are named in both
    schema: int = 1  # the version of its files
    unread: frozenset[str] = frozenset()  # names whose definitions have findings; "*" for a file as a whole

    @property
    def page_order(self) -> tuple[str, ...]:
        """Ids of all pages in the order of the report."""
        return tuple(page for part in self.parts for page in part.pages)

    @property
    def chapters(self) -> tuple[Page, ...]:
        """The pages that every edition prints, of all languages: all but the home page of the website."""
        return tuple(page for page in self.pages.values() if page.id != HOME)

    def named(self, kind: str) -> Collection[str]:
        """The ids of one kind of `NAMED`."""
        known: Mapping[str, Collection[str]] = {
            "picture": self.pictures,
            "entry": self.entries,
            "term": [entry.id for entry in self.entries.values() if entry.defined],
            "register": {entry.register for entry in self.entries.values() if entry.defined},
            "contact": [entry.id for entry in self.entries.values() if entry.contact != Contact()],
            "metric": self.metrics,
            "statement": STATEMENTS,
        }
        return known[kind]

    def subject(self, id: FigureId) -> Metric | Target:
        """The metric or target that a figure belongs to."""
        return self.targets[id.metric] if id.metric in self.targets else self.metrics[id.metric]

    def said(self, figure: Figure, what: str) -> Text:
        """The note, method or boundary of a figure: its own, else that of its metric or target."""
        own: Text = getattr(figure, what)
        return own or getattr(self.subject(figure.id), what, Text())

    def members(self, dimension: str, period: str) -> tuple[Member, ...]:
        """The members of a dimension that exist in a period."""
        divided = self.dimensions[dimension]
        if not divided.passing or period not in self.periods:
            return divided.members
        return tuple(m for m in divided.members if m.life.covers(self.periods[period]))

    def absent(self, id: FigureId) -> Member | None:
        """The member of a figure that does not exist in its period, so that the figure is not applicable."""
        for dimension, name in id.members:
            divided = self.dimensions.get(dimension)
            for member in divided.passing if divided and id.period in self.periods else ():
                if member.id == name and not member.life.covers(self.periods[id.period]):
                    return member
        return None

    def previous(self, period: str) -> str:
        """The period that ends the day before this one begins, the one of its length if there are several; or ""."""
        if period not in self.periods:
            return ""
        own = self.periods[period]
        before = [p for p in self.periods.values() if p.end + timedelta(days=1) == own.start]
        length = own.end - own.start
        return min(before, key=lambda p: abs((p.end - p.start) - length)).id if before else ""

    def worded_day(self, day: date, language: str) -> str:
        """A day as the report writes it in a language."""
        return worded_date(day, language, language in self.han_dates)

    def period_of(self, written: str, period: str) -> str:
        """The period that a formula means by "", "previous" or an id; "" where there is none."""
        return (self.previous(period) if written == PREVIOUS else written) if written else period


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the report: an authored cell, or something derived from others.

    `former` is the value before a restatement. `inputs` and `factors` are the trail of a derived
    figure; `place` is the cell, or the declaration of what is derived.
    """

    id: FigureId
    unit: Unit
    kind: Kind
    number: Number | None
    place: Place
    upper: Number | None = None
    qualifier: str = ""
    status: Status = Status.REPORTED
    former: Number | None = None
    reason: Text = field(default_factory=Text)
    at: date | None = None
    note: Text = field(default_factory=Text)
    method: Text = field(default_factory=Text)
    boundary: Text = field(default_factory=Text)
    remark: Text = field(default_factory=Text)
    reason_for_change: Text = field(default_factory=Text)
    derived: bool = False
    formula: str = ""
    inputs: tuple[FigureId, ...] = ()
    factors: tuple[FactorUse, ...] = ()
    declared_decimals: int | None = None

    @property
    def drawn(self) -> Fraction | None:
        """The number as a picture can show it; None where the figure is a word, a limit or a range."""
        return self.number.exact if self.number and self.kind == Kind.VALUE else None

    @property
    def plain(self) -> str | None:
        """The number as data files hold it: a decimal, or the two of a range; None for a word."""
        if self.number and self.upper is not None:
            return f"{self.number}/{self.upper}"
        return str(self.number) if self.number else None

    @property
    def decimals(self) -> int:
        """Decimals in another unit or scale: the metric's declared ones, else those of the number."""
        if self.declared_decimals is not None:
            return self.declared_decimals
        return self.number.decimals if self.number else 0
