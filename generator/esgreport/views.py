"""The report as words: what one page of one language prints, as strings ready for a template.

Web and print receive the same values, so they cannot disagree. A view holds strings, and exact numbers only where
something is drawn; it knows neither HTML files nor page numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from functools import cache
from html import unescape
from itertools import groupby
from operator import attrgetter
from typing import Any

from esgreport.compute import Figures
from esgreport.framework import Framework
from esgreport.index import IndexRow
from esgreport.model import Report

MOST_LOOSE_LINES = 22  # of a table of contents, a part's title taking two


@dataclass(frozen=True, slots=True)
class FigureView:
    """One printed figure. Its element holds the number alone: `whole` and `fraction` together.

    `magnitude` says that the sign was left out on purpose (“fell by 4.3%”).
    `anchor` is the element's id in print, `<figure id>/<n>`; `unit` and `scale` are empty unless the
    number is shown in another unit or scale than the authored one. `before` and `after` stand outside
    the element: a qualifier (about), a unit, a per cent sign. `mark` is R (restated) or E (estimated).
    `row` is the web address of its row in the data summary, "" where there is none or it stands there itself. `other` is
    the same figure as the other language of a bilingual book prints it, where that is another number (10.3 million, 1,030萬).
    """

    figure: str
    anchor: str
    whole: str
    fraction: str = ""
    before: str = ""
    after: str = ""
    unit: str = ""
    scale: str = ""
    magnitude: bool = False
    mark: str = ""
    kind: str = "value"
    row: str = ""
    other: FigureView | None = None


@dataclass(frozen=True, slots=True)
class ProseView:
    """A stretch of narrative: safe HTML in pieces, with the figures printed between them."""

    parts: tuple[str | FigureView, ...]
    piece: str = "prose"


@dataclass(frozen=True, slots=True)
class CodeView:
    """The short code of a requirement that is answered, the framework that asks for it, and its `row` in the index."""

    text: str
    framework: str
    row: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A section heading: `level` 2 to 4, `anchor` within its page, codes that the section answers."""

    level: int
    anchor: str
    title: ProseView
    plain: str
    codes: tuple[CodeView, ...] = ()
    piece: str = "heading"


@dataclass(frozen=True, slots=True)
class SectionEndView:
    """Where a section ends: nothing to see, but print marks it so that its last page is known."""

    anchor: str
    piece: str = "end"


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The letter of a note where it is referred to; the `first` such place is where the note leads back to."""

    mark: str
    first: bool


def marks_after(figure: FigureView | None, notes: tuple[NoteMark, ...]) -> str:
    """The marks that hang after a figure: how it was come by, then its notes."""
    return " ".join(filter(None, (figure.mark if figure else "", ", ".join(note.mark for note in notes))))


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column head. `kind`: period, member, metric, intensity (beside its metric) or one of `tables.FIXED_COLUMNS`.

    `current` marks the report's own period. Under the name of a metric or intensity stands its `unit`, under that of
    intensities what they are all worked out with, the `base`. Columns side by side may have one more head `over` them.
    """

    text: str
    kind: str
    current: bool = False
    unit: str = ""
    notes: tuple[NoteMark, ...] = ()
    base: ProseView | None = None
    over: ColumnView | None = None


Amounts = tuple[Fraction | None, ...]
"""What a line of small bars draws, the report's own period last; None where there is no plain number."""


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of a table: a figure, or words (a unit; a place still to be filled), or a trend that is drawn.

    In the data summary a figure of a period has its exact `value`, "" where it is a word.
    """

    column: ColumnView
    figure: FigureView | None = None
    text: str = ""
    notes: tuple[NoteMark, ...] = ()
    trend: Amounts = ()
    value: str | None = None

    @property
    def marks(self) -> str:
        """All that hangs after its figure."""
        return marks_after(self.figure, self.notes)


@dataclass(frozen=True, slots=True)
class SubjectView:
    """What a row of the data summary is about, for who looks for it or takes it away: its `name` in full, `also` those in
    the report's other languages, its unit, the codes of what it answers."""

    name: str
    also: tuple[str, ...]
    unit: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A table row. `kind`: metric, intensity, member, total, group (a heading row), division (a quiet one).

    Rows are indented by `depth`; those of one heading, it among them, have the same number of a `group`, the others 0.
    Those of the data summary have an `anchor`, and with figures a `subject`.
    """

    kind: str
    name: str
    cells: tuple[CellView, ...] = ()
    notes: tuple[NoteMark, ...] = ()
    depth: int = 0
    group: int = 0
    anchor: str = ""
    subject: SubjectView | None = None

    @property
    def note(self) -> str:
        """The letters of its notes."""
        return ", ".join(mark.mark for mark in self.notes)


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of figures: `label` is its generated number (Table A2-1), `unit` the unit common to all rows.

    `period` is said over a table whose columns do not name it. `bands` are the numbers of the columns that stand
    side by side on paper; a wide table has several, one under the other; what is in none is for the screen. Each note has the number that marks refer
    to, "" for one that is said of the whole table. `target` is the table's id in print, where links can name it. With
    headings `beside` them, rows of one group have theirs in a column of its own; `landscape` is how its pages lie. A table
    of the data summary is of an `aspect`.
    """

    anchor: str
    label: str
    caption: str
    corner: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    bands: tuple[tuple[int, ...], ...]
    period: str = ""
    unit: str = ""
    caption_notes: tuple[NoteMark, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    target: str = ""
    beside: bool = False
    landscape: bool = False
    aspect: str = ""
    piece: str = "table"

    @property
    def two_heads(self) -> bool:
        """Whether some columns have a head over their own."""
        return any(column.over for column in self.columns)

    def upper_heads(self, band: Iterable[int]) -> Iterator[tuple[ColumnView, int]]:
        """The upper heads of some columns, each with how many it spans; 0 for a column's own."""
        for over, run in groupby((self.columns[number] for number in band), lambda column: column.over):
            below = tuple(run)
            if over:
                yield over, len(below)
            else:
                yield from ((column, 0) for column in below)

    @property
    def groups(self) -> tuple[tuple[RowView | None, tuple[RowView, ...]], ...]:
        """The rows by the heading that they belong to, which is None for those without one."""
        runs = (tuple(rows) for _, rows in groupby(self.rows, lambda row: row.group))
        return tuple((run[0], run[1:]) if run[0].kind == "group" else (None, run) for run in runs)

    @property
    def crossed(self) -> bool:
        """Whether columns are members or metrics."""
        crossing = ("member", "metric")
        return any(c.kind in crossing or (c.over and c.over.kind in crossing) for c in self.columns)

    @property
    def hang(self) -> int:
        """How many characters the longest marks after a figure have."""
        return max((len(cell.marks) for row in self.rows for cell in row.cells), default=0)


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """How one metric was worked out: formulas in words, each with the member it is for or "", then what is said.

    A formula has a line for each thing that it adds or takes away.
    """

    name: str
    ways: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorView:
    """A factor as it was published; `factor`, `member` and `period` find it again in `data/factors.yml`."""

    factor: str
    member: str
    period: str
    name: str
    whole: str
    fraction: str
    unit: str
    gas: str
    gwp: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method note: what is explained, then a table of the factors that were used, if there are any."""

    anchor: str
    label: str
    caption: str
    explained: tuple[ExplanationView, ...]
    factors: tuple[FactorView, ...]
    legend: tuple[tuple[str, str], ...] = ()
    piece: str = "method"


@dataclass(frozen=True, slots=True)
class BarView:
    """How much of a target's way is done, and how much should be by now: whole per cents of the drawn length."""

    done: int
    pace: int | None = None


@dataclass(frozen=True, slots=True)
class TargetCellView:
    """One cell of a table of targets: a figure, words or a status; `small` stands under it (the base year)."""

    column: ColumnView
    figure: FigureView | None = None
    text: str = ""
    small: str = ""
    bar: BarView | None = None
    status: StatusView | None = None
    notes: tuple[NoteMark, ...] = ()
    piece: str = "target"

    @property
    def marks(self) -> str:
        """All that hangs after its figure."""
        return marks_after(self.figure, self.notes)


@dataclass(frozen=True, slots=True)
class TargetRowView:
    """A target: its name, what it is measured by with the unit, its cells."""

    name: str
    measure: str
    cells: tuple[TargetCellView, ...]
    notes: tuple[NoteMark, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetsView:
    """A table of targets, numbered with the tables of figures; `target` as there."""

    anchor: str
    label: str
    caption: str
    corner: str
    columns: tuple[ColumnView, ...]
    rows: tuple[TargetRowView, ...]
    unit: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    target: str = ""
    piece: str = "targets"

    @property
    def hang(self) -> int:
        """How many characters the longest marks after a figure have."""
        return max((len(cell.marks) for row in self.rows for cell in row.cells), default=0)


Words = tuple[ProseView, ...]
"""Words of a field: its paragraphs and lists; nothing where nothing is said."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture: its address below `assets:`, what it shows, what stands under it. Its size gives the room that it needs:
    pixels, or the units of a drawing; 0 where it is not known.

    `mark` says that a program made it.
    """

    address: str
    alt: str
    caption: str
    credit: str
    mark: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class NameView:
    """An entry of a register: its name, a person's title; for a table of definitions its term and what that means."""

    name: str
    title: str
    term: str
    means: str


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to reach somebody. `kind`: address, phone, email, website, hours, or "" for words alone; so is `label`."""

    kind: str
    label: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class QrView:
    """An address as a code of `size` by `size` modules, for paper; `text` stands beside it and leads to `url`."""

    size: int
    path: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to ask, and how. `name` is "" where only an address is known."""

    name: str
    ways: tuple[WayView, ...]
    code: QrView | None = None


@dataclass(frozen=True, slots=True)
class BoxView:
    """Words set apart, by field; `piece` is the kind of box. `anchor` is "" where links cannot name it."""

    piece: str
    texts: Mapping[str, Words]
    lists: Mapping[str, tuple[Words, ...]]
    choices: Mapping[str, str]
    names: Mapping[str, tuple[PictureView | NameView | ContactView, ...]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class GoalView:
    """One of the Sustainable Development Goals: its number and short name."""

    number: str
    name: str
    piece: str = "goal"


Said = tuple[ProseView | GoalView | TargetCellView, ...]
"""What is said in a field of a topic: words, goals, or what a table of targets says in one column."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """What is said of the entries of a topic: its id, name and kind."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of a topic: its name, and what is said of it field by field; `rows` are said under one name.

    `plain` is its name without markup, `number` its number or "", `below` what is subordinate to it. In a matrix it
    stands `at` so many thousandths of each axis, as a `shape`. A `long` one may break over pages; an `unbreakable` one
    has a word that is wider than a column.
    """

    name: Words
    words: tuple[Said, ...]
    rows: tuple[EntryView, ...] = ()
    plain: str = ""
    number: str = ""
    icon: str = ""
    below: tuple[EntryView, ...] = ()
    at: tuple[int, int] | None = None
    shape: str = "circle"
    long: bool = False
    unbreakable: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """Entries that belong together, under a name, "" where they are not gathered."""

    name: str
    entries: tuple[EntryView, ...]

    @property
    def across(self) -> int:
        """How many of them stand beside each other as cards: three where that leaves no gap and two would."""
        return 3 if len(self.entries) % 6 == 3 else 2


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic in one language. As a table it is numbered with the tables of figures; `target`, notes and legend as there.

    `axes` are the names of a matrix's two fields, `shapes` its shapes with what they mean; `landscape` as there.
    """

    layout: str
    anchor: str
    label: str
    caption: str
    corner: str
    fields: tuple[FieldView, ...]
    groups: tuple[GroupView, ...]
    target: str = ""
    axes: tuple[str, ...] = ()
    shapes: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    landscape: bool = False
    piece: str = "topic"

    @property
    def entries(self) -> tuple[EntryView, ...]:
        """All entries in reading order."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def across(self) -> int:
        """How many columns its table has."""
        return len(self.fields) + 1


@dataclass(frozen=True, slots=True)
class MarkView:
    """One figure of a chart: the exact amount that is drawn, None where there is no plain number, and how it is
    printed there. `text` stands where a value is still to come; a mark without figure and text has no label. `of` is
    the figure's id, and `said` what it is, with its period, number and unit: also of a mark without a label."""

    amount: Fraction | None = None
    figure: FigureView | None = None
    text: str = ""
    of: str = ""
    said: str = ""

    @property
    def words(self) -> str:
        """All that its label says."""
        view = self.figure
        return view.before + view.whole + view.fraction + view.after if view else self.text


@dataclass(frozen=True, slots=True)
class MomentView:
    """A period of a chart: its label, its last day as a number of days, and how it is coloured: now, before, earlier."""

    label: str
    day: int
    colour: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """What is drawn of one metric or member, a mark to a period; `shares` of the whole stand in donuts."""

    name: str
    marks: tuple[MarkView, ...]
    shares: tuple[MarkView, ...] = ()


@dataclass(frozen=True, slots=True)
class DatumView:
    """One figure of a chart as a line of its file for spreadsheets: `value` is a plain decimal, or words."""

    name: str
    period: str
    value: str
    unit: str
    figure: str


@dataclass(frozen=True, slots=True)
class PathView:
    """The way to a target: amounts by day, the goal last, with its label."""

    points: tuple[tuple[int, Fraction], ...]
    goal: MarkView
    label: str
    moment: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart, numbered with the other charts. `title` and `description` say it to those who cannot see it.

    `totals` stand over stacks and in donuts. `table` holds the same figures, `data` those that are drawn, for the files
    that readers take away; `file` is the name of these. `anchor`, `label`, `unit` and `target` are as in `TableView`.
    """

    kind: str
    anchor: str
    label: str
    caption: tuple[ProseView, ...]
    title: str
    description: str
    moments: tuple[MomentView, ...]
    series: tuple[SeriesView, ...]
    totals: tuple[MarkView | None, ...] = ()
    total_word: str = ""
    way: PathView | None = None
    period: str = ""
    unit: str = ""
    note: tuple[ProseView, ...] = ()
    table: TableView | None = None
    data: tuple[DatumView, ...] = ()
    file: str = ""
    target: str = ""
    piece: str = "chart"

    @property
    def printed(self) -> list[FigureView]:
        """The figures printed in the drawing, in reading order."""
        marks = [mark for series in self.series for mark in (*series.marks, *series.shares)]
        marks += [*filter(None, self.totals), *([self.way.goal] if self.way else [])]
        return [mark.figure for mark in marks if mark.figure]


@dataclass(frozen=True, slots=True)
class TileView:
    """A figure set large: its name, the number, the unit, how it differs from the year before, small bars.

    `sign` is ▲ or ▼, which say direction, never good or bad. Where nothing changed `since` says so, without a number.
    `base` is what a target starts from, with words before and after it.
    """

    name: str
    figure: FigureView | None
    text: str = ""
    unit: str = ""
    since: str = ""
    sign: str = ""
    change: FigureView | None = None
    trend: Amounts = ()
    first: str = ""
    last: str = ""
    by: str = ""
    base: tuple[str, FigureView, str] | None = None
    large: bool = False


@dataclass(frozen=True, slots=True)
class TilesView:
    """Figures set large, side by side."""

    tiles: tuple[TileView, ...]
    piece: str = "tiles"


@dataclass(frozen=True, slots=True)
class LocationView:
    """Where a requirement is answered: title, web address relative to the page, print anchors of beginning and end."""

    title: str
    url: str
    anchor: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class StatusView:
    """A row's status as mark, word and token: always together, so that colour carries nothing alone."""

    token: str
    mark: str
    word: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class IndexRowView:
    """One row of the content index; with `status` None it is a heading row. `depth` indents.

    An `item` is a part of the last row that is none; a row `apart` belongs no more to the heading above. `reason` begins with the name of the relief, if one is used.
    `anchor` names the row by its requirement.
    """

    code: str
    label: str
    depth: int = 0
    status: StatusView | None = None
    reason: str = ""
    locations: tuple[LocationView, ...] = ()
    level: str = ""
    item: bool = False
    apart: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class IndexView:
    """A framework's content index in one language, with what the report says of its use of the framework.

    The `caption` says which index it is, where a page has several.
    """

    anchor: str
    framework: str
    title: str
    summary: str
    statuses: tuple[StatusView, ...]
    rows: tuple[IndexRowView, ...]
    columns: tuple[str, ...] = ("code", "requirement", "status", "section", "page")
    statement: str = ""
    caption: str = ""
    piece: str = "index"


@dataclass(frozen=True, slots=True)
class SectionRowView:
    """One section with the requirements that it answers; with none it is the heading row of a chapter."""

    location: LocationView
    depth: int = 0
    answers: tuple[IndexRowView, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionIndexView:
    """The report's sections in order, each with what it answers of a framework."""

    anchor: str
    framework: str
    title: str
    rows: tuple[SectionRowView, ...]
    columns: tuple[str, ...] = ("section", "code", "page")
    statement: str = ""
    caption: str = ""
    piece: str = "section-index"


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """Something that the rows of the data summary can be chosen by, and how many rows there are of it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class DataView:
    """What readers can do with the tables of a data summary on screen: the choices that they have. `slug` is how files that
    they take away are called; `periods` have their ids."""

    slug: str
    aspects: tuple[ChoiceView, ...]
    codes: tuple[ChoiceView, ...]
    periods: tuple[tuple[str, MomentView], ...]
    piece: str = "data"

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(aspect.count for aspect in self.aspects)


@dataclass(frozen=True, slots=True)
class AmountView:
    """A figure with its number and what stands around it, its unit among that; `name` says which of several it is."""

    figure: str
    name: str
    number: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A figure in one period, with the word for how it was come by, and what it differs by from the period before."""

    amount: AmountView
    mark: str = ""
    change: AmountView | None = None


@dataclass(frozen=True, slots=True)
class AloneView:
    """In a view of two languages a piece that is in one of them: its language tag, and the piece."""

    tag: str
    view: Piece
    piece: str = "alone"


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What is told of a figure that is asked: its name with members and period, its value with the meaning of a sign.

    `ways` say how it follows from `inputs` and `factors`; `said` are texts with their labels; `former` is the value
    before a restatement. `codes` lead to the index, `row` to the data summary; both may be empty.
    """

    value: AmountView
    meaning: str = ""
    ways: tuple[str, ...] = ()
    inputs: tuple[AmountView, ...] = ()
    factors: tuple[FactorView, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    periods: tuple[PeriodView, ...] = ()
    former: str = ""
    reason: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    row: str = ""


Piece = (
    HeadingView
    | ProseView
    | TableView
    | MethodView
    | TargetsView
    | BoxView
    | TopicView
    | ChartView
    | TilesView
    | IndexView
    | SectionIndexView
    | SectionEndView
    | DataView
    | AloneView
)


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the narrative: a web page, a chapter in print.

    `other` holds the title in the report's other languages: (language tag, title). `tone` is the colour it
    speaks in: 0 that of the cover, 1 governance, 2 environment, 3 social. A `long_lead` does not fit on an opener, which
    a page with a code `opens` with, unless its author wants no `opener`.
    """

    id: str
    code: str
    title: str
    part: str
    description: str
    other: tuple[tuple[str, str], ...]
    lead: ProseView | None
    codes: tuple[CodeView, ...]
    body: tuple[Piece, ...]
    tone: int = 0
    long_lead: bool = False
    opener: bool = True

    @property
    def opens(self) -> bool:
        """Whether the page begins with an opener."""
        return bool(self.code) and self.opener


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the report: a title (empty for matter before the first part), its pages, a line on what it tells."""

    title: str
    pages: tuple[PageView, ...]
    tone: int = 0
    lead: str = ""


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the report: code (folder name), tag for `lang`, its own name and a short one."""

    code: str
    tag: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class RidgeView:
    """Three years of one metric by month, drawn as the mountains of covers and openers. `peak` is the figure of the
    highest month."""

    series: tuple[tuple[float, ...], ...]
    caption: str
    summit: str
    peak: FigureView | None = None


@dataclass(frozen=True, slots=True)
class InsideCoverView:
    """What a reader of the book needs first: (heading, sentences), and the signs of figures."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    signs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything one edition prints: of one language, or of two beside each other."""

    language: LanguageView
    languages: tuple[LanguageView, ...]
    slug: str
    title: str
    other_titles: tuple[tuple[str, str], ...]
    tagline: str
    company: str
    company_short: str
    other_companies: tuple[tuple[str, str], ...]
    incorporation: str
    stock_code: str
    contact: ContactView | None
    year: str
    period: str
    draft: str
    statements: tuple[str, ...]
    parts: tuple[PartView, ...]
    words: dict[str, str] = field(default_factory=dict)
    ridge: RidgeView | None = None
    code: QrView | None = None  # of the website, or of the company's own
    covers: bool = True
    inside_cover: InsideCoverView | None = None
    picture: PictureView | None = None  # on the cover, in the place of the mountains
    home: PageView | None = None  # what the website says below its cover
    published: str = ""  # the day
    beside: LanguageView | None = (
        None  # in a view of two languages: the one that stands beside the first in every part
    )
    side_by_side: tuple[LanguageView, ...] = ()  # the two that the website has pages of beside each other

    @property
    def pages(self) -> tuple[PageView, ...]:
        """All pages in the order of the report."""
        return tuple(page for part in self.parts for page in part.pages)

    @property
    def web_pages(self) -> tuple[PageView, ...]:
        """All pages of the website: those of the report, and its home page if that says anything of its own."""
        return (*self.pages, self.home) if self.home else self.pages

    @property
    def crowded(self) -> bool:
        """Whether its table of contents needs narrower lines to stay on one page."""
        return len(self.pages) + 2 * sum(bool(part.title) for part in self.parts) > MOST_LOOSE_LINES

    @property
    def index_urls(self) -> dict[str, str]:
        """Where on the website each framework's index begins."""
        found = (
            (piece.framework, f"{page.id}.html#{piece.anchor}")
            for page in reversed(self.pages)
            for piece in reversed(page.body)
            if isinstance(piece, IndexView)
        )
        return dict(found)

    @property
    def index_rows(self) -> dict[str, str]:
        """Where on the website each row of an index stands, by its anchor."""
        found = (
            (row.anchor, f"{page.id}.html#{row.anchor}")
            for page in reversed(self.pages)
            for piece in reversed(page.body)
            if isinstance(piece, IndexView)
            for row in piece.rows
            if row.anchor
        )
        return dict(found)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to take away: its address below the folder of all languages, and what it is (PDF, 156 pages, 3.3 MB)."""

    url: str
    format: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DownloadView:
    """What can be taken away, in one or several formats. `main` is the report in the reader's own language."""

    title: str
    files: tuple[FileView, ...]
    text: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """What all languages are worded from: the report, its figures and its index rows by framework.

    An edition is only ever itself, so what is read off it once can be kept for it.
    """

    report: Report
    figures: Figures
    frameworks: Mapping[str, Framework]
    rows: Mapping[str, tuple[IndexRow, ...]]


def figures_in(view: object) -> Iterator[FigureView]:
    """All figures that a view prints, in its order."""
    return (part for part in _parts(view) if isinstance(part, FigureView))


def texts(view: object) -> Iterator[str]:
    """All text that a view prints, markup left out."""
    for part in _parts(view):
        if isinstance(part, str):
            yield unescape(re.sub(r"<[^>]*>", "", part)) if "<" in part or "&" in part else part


def _parts(view: object) -> Iterator[object]:
    """A view and all that it holds, in its order."""
    waiting: list[Any] = [view]
    while waiting:
        part = waiting.pop()
        yield part
        if opened := _opener(type(part)):  # type: ignore[arg-type]  # a class can be hashed
            waiting += reversed(opened(part))


@cache
def _opener(kind: Any) -> Callable[[Any], Sequence[object]] | None:
    """How what a view of this kind holds is reached; none for a text or a number, which hold nothing."""
    if issubclass(kind, tuple):
        return tuple
    if issubclass(kind, Mapping):
        return lambda view: tuple(view.values())
    if names := [item.name for item in fields(kind)] if is_dataclass(kind) else []:
        return attrgetter(*names) if len(names) > 1 else lambda view: (getattr(view, names[0]),)
    return None
