"""Figures, pages and the index become views, once per language: the only place where numbers become words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from html import escape, unescape

from esgreport import answers
from esgreport.answer_writer import AnswerWriter
from esgreport.blocks import BOXES
from esgreport.calls import PRINTING, EntryReference, FigureReference, resolve_call
from esgreport.chart_writer import ChartWriter
from esgreport.charts import resolve_chart, resolve_tiles
from esgreport.diagnostics import Place, display_width
from esgreport.framework import LEVELS, Framework, worded_in
from esgreport.index import STATUSES, UNANSWERED, IndexRow, Location, stands_below
from esgreport.languages import (
    FROM_BELOW,
    LANGUAGE_NAMES,
    LANGUAGES,
    Text,
    in_han,
    joined,
    period_in_sentence,
    worded_rank,
    words,
)
from esgreport.method_writer import MethodWriter
from esgreport.methods import resolve_method
from esgreport.model import (
    ANCHORED,
    HOME,
    TONES,
    Answer,
    Block,
    Box,
    Call,
    ChartBlock,
    Figure,
    FigureId,
    Heading,
    IndexBlock,
    Item,
    Members,
    MethodBlock,
    Page,
    Passage,
    Picture,
    Prose,
    Status,
    SummaryBlock,
    TableBlock,
    TargetsBlock,
    TilesBlock,
    TopicBlock,
)
from esgreport.name_writer import NameWriter, qr_view
from esgreport.narrative import SLOT
from esgreport.printed import months_drawn, prints_number, summit
from esgreport.rounding import parts_miss_total
from esgreport.statement_writer import StatementWriter
from esgreport.statements import boundary_of
from esgreport.summary_writer import SummaryWriter
from esgreport.table_writer import TableWriter, worded_signs
from esgreport.tables import Row, resolve_table, tables_of
from esgreport.target_tables import resolve_targets
from esgreport.target_writer import TargetWriter
from esgreport.topic_writer import TopicWriter
from esgreport.topics import resolve_topic
from esgreport.views import (
    AnswerView,
    BoxView,
    ChartView,
    CodeView,
    ContactView,
    Edition,
    FigureView,
    HeadingView,
    IndexRowView,
    IndexView,
    InsideCoverView,
    LanguageView,
    LocationView,
    MethodView,
    NameView,
    PageView,
    PartView,
    PictureView,
    Piece,
    ProseView,
    ReportView,
    RidgeView,
    SectionEndView,
    SectionIndexView,
    SectionRowView,
    StatusView,
    TableView,
    TargetsView,
    TilesView,
    TopicView,
    Words,
    figures_in,
)
from esgreport.words_of_figures import WordedFigure, worded_change, worded_figure

_WORDLESS = re.compile(r'<a (?P<attributes>href="page:(?P<target>[^"]*)"[^>]*)></a>')
_SENTENCE = re.compile(r"[。！？]|[.!?](?=\s+[A-Z“])")
MOST_OPENER_LEAD = 420  # cells of a terminal: 210 Han or 420 Latin characters, seven lines on an opener


@dataclass(frozen=True, slots=True)
class Numbered:
    """A table or chart that has a number: its id on the web, the label, and its id in print if links can name it."""

    anchor: str
    label: str
    target: str


class _Writer:
    """Words one edition of one language; figures are numbered in reading order."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition, self.report, self.figures = edition, edition.report, edition.figures
        self.language = language
        self.words = words(language)
        self.names = NameWriter(edition.report, language)
        self.printed: Counter[FigureId] = Counter()
        self.here = ""  # the page that is being worded
        self.placed: set[str] = set()  # anchors of rows that stand already

    def label(self, period: str) -> str:
        return worded_in(self.report.periods[period].label, self.language)

    def view(self, figure: Figure, reference: FigureReference) -> FigureView:
        """The figure where it stands now: each printing gets the next number."""
        self.printed[figure.id] += 1
        worded = self.worded(figure, reference)
        return FigureView(
            figure=str(figure.id),
            anchor=f"{figure.id}/{self.printed[figure.id]}",
            whole=worded.whole,
            fraction=worded.fraction,
            before=worded.before,
            after=worded.after,
            unit=reference.unit,
            scale=reference.scale,
            magnitude=reference.magnitude,
            mark=self.words[figure.status] if figure.status != Status.REPORTED else "",
            kind=figure.kind.value,
            row=self.row_of(figure.id),
        )

    def row_of(self, id: FigureId) -> str:
        """Where the data summary shows a figure, or else what it is a part of, or was worked out from."""
        target = self.report.targets.get(id.metric)
        subject = target.measured(id.period) if target else id
        operation = subject.operation if subject.operation.startswith("per.") else ""
        for key in (
            (subject.metric, operation.partition("~")[0], subject.members),
            (subject.metric, "", subject.members),
            (subject.metric, "", ()),
        ):
            if key in self.summarised:
                page, anchor = self.summarised[key]
                return "" if page == self.here else f"{page}.html#{anchor}"
        return ""

    @cached_property
    def summarised(self) -> dict[tuple[str, str, Members], tuple[str, str]]:
        """The rows of the data summary: metric, denominator and members, each with its page and anchor."""
        found: dict[tuple[str, str, Members], tuple[str, str]] = {}
        for id in self.report.page_order:
            page = self.report.pages.get((id, self.language))
            for item in page.items if page else ():
                for table in (
                    tables_of(self.report, item, self.language) if isinstance(item, SummaryBlock) else ()
                ):
                    for row in resolve_table(self.figures, table)[0].rows:
                        if anchor := _row_anchor(row):
                            per = f"per.{row.denominator}" if row.denominator else ""
                            found.setdefault((row.metric, per, tuple(sorted(row.members))), (id, anchor))
        return found

    def summary(self, table: TableBlock, numbered: Numbered) -> TableView:
        """A table of the data summary whose rows can be linked to; each where it stands first."""
        view, grid = self.table(table, numbered), resolve_table(self.figures, table)[0]
        rows = tuple(
            replace(shown, anchor=self.first_anchor(_row_anchor(row)))
            for row, shown in zip(grid.rows, view.rows, strict=True)
        )
        aspect = self.report.metrics[table.metric_names[0].text].aspect
        return self.summaries.table(grid, replace(view, rows=rows), aspect)

    @cached_property
    def summaries(self) -> SummaryWriter:
        charts = ChartWriter(self.report, self.figures, self.language, self.view)
        return SummaryWriter(self.report, self.figures, self.language, self.codes, charts.moment)

    def first_anchor(self, anchor: str) -> str:
        """The anchor of a row that may stand in several places: the first has it."""
        if anchor in self.placed:
            return ""
        self.placed.add(anchor)
        return anchor

    def worded(self, figure: Figure, reference: FigureReference) -> WordedFigure:
        how = (self.report.units.find(reference.unit), reference.scale, reference.show)
        if not reference.words:
            return worded_figure(figure, self.language, *how, magnitude=reference.magnitude)
        target = self.report.targets.get(figure.id.metric)
        since = self.spoken(target.base if target else figure.id.last[1])
        return worded_change(figure, self.language, reference.words, since, *how)

    def spoken(self, period: str) -> str:
        """A period as a sentence says it."""
        return period_in_sentence(self.label(period), self.language)

    # ---- prose

    def call(self, call: Call) -> str | FigureView:
        reference, _ = resolve_call(self.figures, call)
        if isinstance(reference, EntryReference):
            return self.names.said(reference)
        said: str | None = None
        if reference is not None and prints_number(self.figures, reference):
            figure = self.figures.figure(reference.figure)
            if figure is not None:
                return self.view(figure, reference)
        elif reference is not None and reference.show in PRINTING:
            said = self.without_number(reference)
        elif reference is not None:
            said = self.about(reference)
        return escape(self.words["to_come"] if said is None else said)

    def without_number(self, reference: FigureReference) -> str | None:
        """A rank, or that nothing changed; None where that is not known."""
        figure = self.figures.figure(reference.figure)
        if figure is None or figure.number is None:
            return None
        if figure.id.last[0] != "rank":
            return self.worded(figure, reference).before
        below = reference.words in FROM_BELOW
        place = self.figures.from_below(figure) if below else int(figure.number.exact)
        return worded_rank(place, reference.words, self.language)

    def about(self, reference: FigureReference) -> str | None:
        """What else a sentence says of a figure: its name, unit, member, period, day or status."""
        id = reference.figure
        match reference.show:
            case "name":
                return worded_in(self.report.subject(id).name, self.language)
            case "unit" | "symbol":
                unit = self.report.units.find(reference.unit) or self.figures.unit(id)
                return unit.name(self.language) if reference.show == "unit" else unit.symbol(self.language)
            case "member":
                dimension = self.report.dimensions[reference.dimension]
                member = dimension.member(dict(id.members)[dimension.id])
                return worded_in(member.name, self.language) if member else ""
            case "period":
                return self.spoken(id.period)
            case "date":
                return self.report.worded_day(self.day(id), self.language)
        return self.status_of(id)

    def day(self, id: FigureId) -> date:
        """The day of a stock: its own, else that which all its parts share, else the last of the period."""
        figure = self.figures.figure(id)
        if figure and figure.at:
            return figure.at
        same = (id.metric, id.period)
        parts = [part for part in figure.inputs if (part.metric, part.period) == same] if figure else []
        days = set(map(self.day, parts))
        return days.pop() if len(days) == 1 else self.report.periods[id.period].end

    def status_of(self, id: FigureId) -> str | None:
        """How a value was come by, if otherwise than plainly; where a target stands, if that is known."""
        if target := self.report.targets.get(id.metric):
            return self.words.get(f"target_{self.figures.targets.status(target, id.period)}")
        figure = self.figures.figure(id)
        return self.words.get(f"{figure.status}_meaning") if figure else None

    def prose(self, prose: Prose) -> ProseView:
        pieces = SLOT.split(_WORDLESS.sub(self.reference, prose.html))
        parts: list[str | FigureView] = []
        links = 0
        for n, piece in enumerate(pieces):
            part = self.call(prose.calls[int(piece)]) if n % 2 else piece
            if isinstance(part, FigureView):
                parts.append(replace(part, row="") if links else part)  # no link stands inside another
            elif part:
                links += part.count("<a ") - part.count("</a>")
                parts.append(part)
        return ProseView(tuple(parts))

    def reference(self, link: re.Match[str]) -> str:
        """A link without words, with those of what it names; print writes the page between `before` and `after`."""
        page, _, anchor = link["target"].partition("#")
        before, after = self.words["on_page"].split("{page}")
        beside = f'data-before="{escape(before)}" data-after="{escape(after)}"'
        return f'<a class="reference" {link["attributes"]} {beside}>{escape(self.title_of(page, anchor))}</a>'

    def title_of(self, page: str, anchor: str) -> str:
        """What a reader knows a page, section, table or chart by: its title, or its number."""
        tables = {(key[0], each.anchor): each.label for key, each in self.numbered.items()}
        if (page, anchor) in tables:
            return tables[page, anchor]
        return (
            self.section_title(Location(page, anchor)) if (page, self.language) in self.report.pages else ""
        )

    def first_sentence(self, lead: Prose | None) -> str:
        """The first sentence of a lead: what a list of search results says of a page without a description."""
        text = self.plain(lead).strip() if lead else ""
        end = _SENTENCE.search(text)
        return text[: end.end()].strip() if end else text

    def plain(self, prose: Prose) -> str:
        """The text of a heading without markup, for contents and links; numbers no figure."""
        counted = self.printed.copy()
        view = self.prose(prose)
        self.printed = counted
        texts = (
            part if isinstance(part, str) else part.before + part.whole + part.fraction + part.after
            for part in view.parts
        )
        return unescape(re.sub(r"<[^>]*>", "", "".join(texts))).strip()

    # ---- tables

    @cached_property
    def numbered(self) -> dict[tuple[str, int, int], Numbered]:
        """Every numbered table and chart by page and position among its items, and among the tables of that item. Those
        of a page with a code are numbered in their chapter, the others through the report; charts apart from tables."""
        found: dict[tuple[str, int, int], Numbered] = {}
        through: Counter[str] = Counter()
        for id in (*self.report.page_order, HOME):
            page = self.report.pages.get((id, self.language))
            if page is None:
                continue
            number: Counter[str] = Counter()
            items = [(p, item, n) for p, item in enumerate(page.items) for n in range(self.numbers_of(item))]
            for position, item, each in items:
                what = "chart" if isinstance(item, ChartBlock) else "table"
                number[what] += 1
                through[what] += not page.code and id != HOME
                own = item.id if isinstance(item, ANCHORED) else ""
                label = f"{page.code}-{number[what]}" if page.code else str(through[what])
                word = self.words[what]
                label = f"{word} {label}" if self.language == "en" else word + label
                label = "" if id == HOME else label  # the book, which numbers go through, has no such page
                target = f"{id}/{own}" if own else ""
                found[id, position, each] = Numbered(own or f"{what}-{number[what]}", label, target)
        return found

    def numbers_of(self, item: Item) -> int:
        """How many numbers an item of a page takes: those of its tables, or that of a chart."""
        if isinstance(item, MethodBlock):
            return int(bool(resolve_method(self.report, self.figures, item)[0].factors))
        if isinstance(item, TopicBlock):
            return int(item.layout == "table")
        if isinstance(item, SummaryBlock):
            return len(tables_of(self.report, item, self.language))
        return int(isinstance(item, TableBlock | TargetsBlock | ChartBlock))

    def words_of(self, passage: Passage) -> Words:
        return tuple(self.prose(prose) for prose in passage)

    def anchors(self, page: str, id: str) -> tuple[str, str]:
        """What links name a block without a number by: on the web and in print."""
        return id, f"{page}/{id}" if id else ""

    def box(self, block: Box, page: str) -> BoxView:
        record = block.record
        anchor, target = self.anchors(page, block.id)
        return BoxView(
            piece=block.kind,
            texts={key: self.words_of(passage) for key, passage in record.texts.items()},
            lists={key: tuple(map(self.words_of, passages)) for key, passages in record.lists.items()},
            choices=record.choices,
            names={
                key: tuple(view for name in names for view in self.named_in(block, key, name.text))
                for key, names in record.names.items()
            },
            dates={
                key: self.report.worded_day(record.dates[key].date, self.language)
                if key in record.dates
                else ""
                for key in BOXES[block.kind].dates
            },
            anchor=anchor,
            target=target,
        )

    def named_in(self, block: Box, key: str, name: str) -> Iterator[PictureView | NameView | ContactView]:
        """What a box names: a picture, an entry or several, or whom to ask."""
        kind = BOXES[block.kind].names[key]
        entries = self.report.entries
        if name not in self.report.named(kind):
            return
        if kind == "picture":
            yield self.picture(self.report.pictures[name])
        elif kind == "contact":
            yield self.names.contact(entries[name], block.record.choices["qr"] == "true")
        elif kind == "register":
            yield from (
                self.names.name(each) for each in entries.values() if each.register == name and each.defined
            )
        else:
            yield self.names.name(entries[name])

    def picture(self, picture: Picture) -> PictureView:
        def said(text: Text) -> str:
            return worded_in(text, self.language)

        return PictureView(
            address=picture.file.text.removeprefix("assets/"),
            alt=said(picture.alt),
            caption=said(picture.caption),
            credit=said(picture.credit),
            mark=self.words["picture_generated"] if picture.generated else "",
            width=picture.width or picture.proportions[0],
            height=picture.height or picture.proportions[1],
        )

    def topic(self, block: TopicBlock, page: str, numbered: Numbered | None) -> TopicView | None:
        shown, _ = resolve_topic(self.report, block, self.language)
        if shown.topic is None:
            return None
        topics = TopicWriter(self.edition, self.language, shown, block, self)
        view = topics.topic()
        anchor, target = self.anchors(page, block.id)
        if not numbered:
            anchor = anchor or (f"topic-{shown.topic.id}" if view.notes else "")
            return replace(view, anchor=anchor, target=target)
        caption = block.caption or view.corner
        return replace(
            view, anchor=numbered.anchor, label=numbered.label, caption=caption, target=numbered.target
        )

    def table(self, block: TableBlock, numbered: Numbered) -> TableView:
        grid, _ = resolve_table(self.figures, block)
        tables = TableWriter(self.report, self.figures, self.language, grid, self.view, self.codes)
        printed = {id for row in grid.rows for id in row.figures if id and not id.operation}
        rounded = parts_miss_total(self.figures, printed, lambda id: grid.unit(self.figures, id))
        view = tables.table(
            numbered.anchor,
            numbered.label,
            rounded,
            block.caption,
            block.members,
            block.heads,
            block.beside,
            block.landscape,
        )
        return replace(view, target=numbered.target)

    def method(self, block: MethodBlock, numbered: Numbered | None) -> MethodView:
        method, _ = resolve_method(self.report, self.figures, block)
        notes = MethodWriter(self.report, self.figures, self.language)
        anchor, label = (numbered.anchor, numbered.label) if numbered else ("", "")
        return notes.note(method, block.caption, anchor, label)

    def targets(self, block: TargetsBlock, numbered: Numbered) -> TargetsView:
        grid, _ = resolve_targets(self.report, block)
        targets = TargetWriter(self.report, self.figures, self.language, grid, self.view)
        view = targets.table(block, numbered.anchor, numbered.label)
        return replace(view, target=numbered.target)

    def chart(self, block: ChartBlock, numbered: Numbered) -> ChartView:
        chart, _ = resolve_chart(self.figures, block)
        caption = self.words_of(block.caption)
        printed = {id for row in chart.grid().rows for id in row.figures if id and not id.operation}
        rounded = parts_miss_total(self.figures, printed, lambda id: chart.unit or self.figures.unit(id))
        charts = ChartWriter(self.report, self.figures, self.language, self.view)
        title = " ".join(map(self.plain, block.caption))
        view = charts.chart(block, chart, caption, title, rounded)
        table = replace(view.table, anchor=f"{numbered.anchor}-table") if view.table else None
        return replace(
            view,
            anchor=numbered.anchor,
            label=numbered.label,
            target=numbered.target,
            note=self.words_of(block.note),
            table=table,
            file=f"{self.here}-{numbered.anchor}",
        )

    def tiles(self, block: TilesBlock) -> TilesView:
        charts = ChartWriter(self.report, self.figures, self.language, self.view)
        return TilesView(tuple(map(charts.tile, resolve_tiles(self.figures, block)[0])))

    # ---- index

    @cached_property
    def index_anchors(self) -> dict[Place, str]:
        """What links name each index by: its framework, and its number from the second on."""
        found: dict[Place, str] = {}
        count: Counter[str] = Counter()
        for id in self.report.page_order:
            page = self.report.pages.get((id, self.language))
            for item in page.items if page else ():
                if isinstance(item, IndexBlock):
                    framework = item.framework or next(iter(self.edition.frameworks), "")
                    count[framework] += 1
                    number = f"-{count[framework]}" if count[framework] > 1 else ""
                    found[item.place] = f"index-{framework}{number}"
        return found

    def index(self, block: IndexBlock) -> IndexView | SectionIndexView | None:
        id = block.framework or next(iter(self.edition.frameworks), "")
        framework = self.edition.frameworks.get(id)
        if framework is None:
            return None
        levels = {name.text for name in block.levels}
        parts = [framework.own(name.text) for name in block.parts]
        rows = [
            row
            for row in self.edition.rows[id]
            if (not levels or row.requirement.level in levels)
            and (not parts or any(stands_below(framework, row.requirement, part) for part in parts))
        ]
        if block.by == "section":
            return self.section_index(block, framework, rows)
        counts = Counter(row.status for row in rows)
        statuses = tuple(self.status(status, counts[status]) for status in STATUSES if counts[status])
        listed = [self.words["index_count"].format(count=s.count, status=s.word.lower()) for s in statuses]
        view = IndexView(
            anchor=self.index_anchors.get(block.place, ""),
            framework=id,
            title=worded_in(framework.title, self.language),
            summary=self.words["index_summary"].format(total=len(rows), counts=joined(listed, self.language)),
            statuses=statuses,
            rows=tuple(self.index_rows(framework, rows, block.depth == "items")),
            statement=framework.statement.get(self.language, ""),
        )
        return replace(view, columns=block.columns or view.columns)

    def index_rows(
        self, framework: Framework, rows: Iterable[IndexRow], split: bool
    ) -> Iterator[IndexRowView]:
        """Rows under the headings that they belong to; where they are split, the items of each below it."""
        group = ""
        for row in rows:
            above = next(
                (r for r in framework.ancestors(row.requirement.id) if r.type in _HEADS_A_GROUP), None
            )
            if above and above.id != group:
                yield IndexRowView(
                    worded_in(above.code, self.language), worded_in(above.label, self.language)
                )
            anchor = self.first_anchor(f"{framework.id}-{row.requirement.id}")
            view = replace(self.index_row(row), apart=bool(group) and above is None, anchor=anchor)
            group = above.id if above else ""
            yield replace(view, locations=()) if split and row.items else view
            if split:
                shown = view.code
                for item in row.items:
                    below = self.index_row(item, view.depth + 1)
                    yield replace(below, code="" if below.code == shown else below.code, item=True)
                    shown = below.code

    def section_index(
        self, block: IndexBlock, framework: Framework, rows: Iterable[IndexRow]
    ) -> SectionIndexView:
        """The sections that answer something, in the report's order, under the titles of their chapters."""
        answered: dict[Location, list[IndexRowView]] = {}
        for row in rows:
            for place in row.locations.get(self.language, ()):
                answered.setdefault(place, []).append(self.index_row(row))
        listed: list[SectionRowView] = []
        for id in self.report.page_order:
            page = self.report.pages.get((id, self.language))
            headings = [item for item in page.items if isinstance(item, Heading)] if page else []
            sections = [
                SectionRowView(self.location(place), heading.level - 2, tuple(answered[place]))
                for heading in headings
                if (place := Location(id, heading.id)) in answered
            ]
            whole = Location(id, "")
            if sections or whole in answered:
                listed += [SectionRowView(self.location(whole), 0, tuple(answered.get(whole, ()))), *sections]
        view = SectionIndexView(
            anchor=self.index_anchors[block.place],
            framework=framework.id,
            title=worded_in(framework.title, self.language),
            rows=tuple(listed),
            statement=framework.statement.get(self.language, ""),
        )
        return replace(view, columns=block.columns or view.columns)

    def captioned(self, view: IndexView | SectionIndexView) -> IndexView | SectionIndexView:
        """An index that says which it is, for a page that has several."""
        if isinstance(view, IndexView):
            return replace(view, caption=view.title)
        return replace(view, caption=self.words["index_by_section"].format(title=view.title))

    def status(self, status: str, count: int = 0) -> StatusView:
        return StatusView(status, _STATUS_MARKS[status], self.words[status], count)

    def index_row(self, row: IndexRow, depth: int = 0) -> IndexRowView:
        requirement = row.requirement
        reason = row.reason.get(self.language, "")
        if relief := worded_in(row.relief, self.language):
            reason = self.words["index_relief"].format(relief=relief, reason=reason)
        return IndexRowView(
            code=worded_in(requirement.code, self.language),
            label=worded_in(requirement.label, self.language),
            depth=depth or int(requirement.type == "kpi"),
            status=self.status(row.status),
            reason=reason,
            locations=tuple(self.location(place) for place in row.locations.get(self.language, ())),
            level=self.words[f"level_{requirement.level}"] if requirement.level in LEVELS else "",
        )

    def location(self, place: Location) -> LocationView:
        """Where a reader finds a section, or with "" for it a page."""
        anchor = f"{place.page}/{place.section}" if place.section else place.page
        url = f"{place.page}.html" + (f"#{place.section}" if place.section else "")
        end = f"{anchor}/end" if place.section else anchor
        return LocationView(self.section_title(place), url, anchor, end)

    def section_title(self, place: Location) -> str:
        page = self.report.pages[place.page, self.language]
        for item in page.items:
            if isinstance(item, Heading) and item.id == place.section:
                return self.plain(item.title)
        return self.plain(page.title)

    # ---- pages

    @cached_property
    def unanswered(self) -> set[tuple[str, str]]:
        """The rows of each framework of which nothing is disclosed: they have no chip, as they have no place."""
        return {
            (framework, row.requirement.id)
            for framework, rows in self.edition.rows.items()
            for row in rows
            if row.status in UNANSWERED
        }

    def codes(self, answers: Iterable[Answer]) -> tuple[CodeView, ...]:
        """The short codes of the index rows that tags answer: A1, A2.1, 19(a)(i)."""
        found = []
        for answer in answers:
            for framework in self.edition.frameworks.values():
                if id := framework.own(answer.requirement):
                    row = framework.row_of(id) or framework.requirements[id]
                    if (framework.id, row.id) not in self.unanswered:
                        text = worded_in(row.code, "en").rpartition(" ")[2]
                        found.append(CodeView(text, framework.id, f"{framework.id}-{row.id}"))
        return tuple(dict.fromkeys(found))

    def piece(self, item: Prose | Block, page: str, numbered: Numbered | None) -> Piece | None:
        """What is printed of an item that is no heading; None where what it names is not known."""
        match item:
            case Prose():
                return self.prose(item)
            case Box(kind="statements"):
                return StatementWriter(self.edition, self.language, self.view).paragraph(item)
            case Box():
                return self.box(item, page)
            case TopicBlock():
                return self.topic(item, page, numbered)
            case MethodBlock():
                return self.method(item, numbered)
            case IndexBlock():
                return self.index(item)
            case TilesBlock():
                return self.tiles(item)
        if numbered is None or isinstance(item, SummaryBlock):
            return None
        if isinstance(item, ChartBlock):
            return self.chart(item, numbered)
        return self.table(item, numbered) if isinstance(item, TableBlock) else self.targets(item, numbered)

    def page(self, page: Page, part: str, tone: int) -> PageView:
        self.here = page.id
        title = self.plain(page.title)
        lead = self.prose(page.lead) if page.lead else None
        answers = [answer for item in page.items if isinstance(item, Heading) for answer in item.answers]
        body: list[Piece] = []
        open_sections: list[Heading] = []
        for position, item in enumerate(page.items):
            numbered = self.numbered.get((page.id, position, 0))
            if isinstance(item, Heading):
                while open_sections and open_sections[-1].level >= item.level:
                    body.append(SectionEndView(open_sections.pop().id))
                open_sections.append(item)
                view = self.prose(item.title)
                body.append(
                    HeadingView(item.level, item.id, view, self.plain(item.title), self.codes(item.answers))
                )
            elif isinstance(item, SummaryBlock):
                for n, table in enumerate(tables_of(self.report, item, self.language)):
                    body.append(self.summary(table, self.numbered[page.id, position, n]))
            elif (piece := self.piece(item, page.id, numbered)) is not None:
                body.append(piece)
        body += [SectionEndView(heading.id) for heading in reversed(open_sections)]
        if tables := [each for each in body if isinstance(each, TableView) and each.aspect]:
            first = body.index(tables[0])
            while first and isinstance(body[first - 1], HeadingView | SectionEndView):
                first -= 1
            body.insert(first, self.summaries.tools(tables))
        if len({(each.framework, each.piece) for each in body if isinstance(each, _INDEXES)}) > 1:
            body = [self.captioned(each) if isinstance(each, _INDEXES) else each for each in body]
        others = [
            (LANGUAGES[code].tag, _Writer(self.edition, code).plain(other.title))
            for code in self.report.languages
            if code != self.language and (other := self.report.pages.get((page.id, code)))
        ]
        return PageView(
            id=page.id,
            code=page.code,
            title=title,
            part=part,
            description=page.description.text if page.description else self.first_sentence(page.lead),
            other=tuple(others),
            lead=lead,
            codes=self.codes(answers),
            body=tuple(body),
            tone=tone,
            long_lead=page.lead is not None and display_width(self.plain(page.lead)) > MOST_OPENER_LEAD,
            opener=page.opener,
        )

    def home(self) -> PageView | None:
        """What the website says below its cover; worded last, because the book numbers its figures without it."""
        page = self.report.pages.get((HOME, self.language))
        return replace(self.page(page, "", 0), title=self.words["home"], other=()) if page else None

    def whole(self) -> ReportView:
        report, own = self.report, self.language
        parts = []
        titled = 0
        for part in report.parts:
            title = worded_in(part.title, own)
            in_turn = titled % len(TONES) + 1 if title else 0
            titled += bool(title)
            tone = TONES.index(part.tone) + 1 if part.tone else in_turn
            pages = [
                self.page(page, title, tone) for id in part.pages if (page := report.pages.get((id, own)))
            ]
            if pages:
                parts.append(PartView(title, tuple(pages), tone, worded_in(part.lead, own)))
        period = report.periods[report.period]
        contact = self.names.of_company()
        website = next((way.url for way in contact.ways if way.kind == "website"), "") if contact else ""
        others = [LANGUAGES[code] for code in report.languages if code != own]
        cover = report.book.picture
        return ReportView(
            language=_language(own),
            languages=tuple(_language(code) for code in report.languages),
            slug=report.slug,
            title=worded_in(report.title, own),
            other_titles=tuple((other.tag, worded_in(report.title, other.code)) for other in others),
            tagline=worded_in(report.tagline, own),
            company=worded_in(report.company.name, own),
            company_short=worded_in(report.company.short_name, own),
            other_companies=tuple(
                (other.tag, worded_in(report.company.name, other.code)) for other in others
            ),
            incorporation=worded_in(report.company.incorporation, own),
            stock_code=self.words["stock_code"].format(code=report.company.stock_code)
            if report.company.stock_code
            else "",
            contact=contact,
            year=str(period.end.year),
            period=self.label(report.period),
            draft="" if report.final else self.words["draft"],
            statements=self.statements(),
            parts=tuple(parts),
            words=self.words,
            ridge=self.ridge(),
            code=qr_view(report.site_url or website),
            covers=report.book.covers,
            inside_cover=self.inside_cover(parts) if report.book.inside_cover else None,
            picture=self.picture(report.pictures[cover.text])
            if cover and cover.text in report.pictures
            else None,
            home=self.home(),
            published=report.worded_day(report.dates["published"], own)
            if "published" in report.dates
            else "",
        )

    def inside_cover(self, parts: Iterable[PartView]) -> InsideCoverView:
        """What the data say of the report as a whole, and the signs that its figures use."""
        report, own = self.report, self.language
        statements = StatementWriter(self.edition, own, self.view)
        boundary = boundary_of(report)
        said = {name: list(statements.worded(name, boundary)) for name in _ON_INSIDE_COVER}
        if report.comparatives:
            periods = joined([self.spoken(period) for period in report.comparatives], own)
            said["period"].append(self.words["inside_comparatives"].format(periods=periods))
        used = {text for part in parts for view in figures_in(part) for text in (view.kind, view.mark)}
        by_mark = {self.words[status]: status for status in ("restated", "estimated")}
        return InsideCoverView(
            tuple(
                (self.words[f"inside_{name}"], tuple(sentences))
                for name, sentences in said.items()
                if sentences
            ),
            worded_signs({by_mark.get(text, text.replace("-", "_")) for text in used}, self.words),
        )

    def statements(self) -> tuple[str, ...]:
        report, own = self.report, self.language
        period = report.periods[report.period]
        dates = {"from": report.worded_day(period.start, own), "to": report.worded_day(period.end, own)}
        made = [self.words["period_statement"].format(**dates)]
        if "approved" in report.dates:
            made.append(self.words["approved"].format(date=report.worded_day(report.dates["approved"], own)))
        if report.prevailing_language and len(report.languages) > 1:
            made.append(
                self.words["prevailing"].format(language=LANGUAGE_NAMES[own][report.prevailing_language])
            )
        return tuple(made)

    def ridge(self) -> RidgeView | None:
        """Three years of twelve months, or None where any month is missing."""
        wanted, series, peak = self.report.ridge, months_drawn(self.figures), summit(self.figures)
        if wanted is None or peak is None:
            return None
        numbers = [tuple(float(f.number.exact) for f in year if f.number) for year in series]
        metric = self.report.metrics[wanted.metric]
        month = self.report.dimensions[wanted.dimension].member(dict(peak.id.members)[wanted.dimension])
        name = worded_in(metric.name, self.language)
        start = self.report.periods[self.report.period].start
        year = start.year + (start.month - 1 + series[-1].index(peak)) // 12
        ends = [self.report.periods[year[0].id.period].end for year in series]
        years = joined([str(end.year) for end in ends], self.language)
        caption = self.words["ridge_caption"].format(
            metric=name[:1].lower() + name[1:] if self.language == "en" else name, years=years
        )
        highest = self.words["ridge_summit"].format(
            month=worded_in(month.name, self.language) if month else "", year=year
        )
        if self.language in self.report.han_dates:
            caption, highest = in_han(caption), in_han(highest)
        self.here = HOME
        printed = self.view(peak, FigureReference(peak.id, "full"))
        return RidgeView(tuple(numbers), caption, highest, printed)


_ON_INSIDE_COVER = ("period", "boundary", "frameworks", "approval", "prevailing", "currency")


def _row_anchor(row: Row) -> str:
    """What links name a row of figures by, the same from year to year; "" for one that is about no metric as such."""
    if not row.metric or row.by or row.heading:
        return ""
    per = (f"per-{row.denominator}",) if row.denominator else ()
    return "-".join(("row", row.metric, *per, *(f"{d}.{member}" for d, member in row.members)))


_INDEXES = (IndexView, SectionIndexView)
_HEADS_A_GROUP = ("part", "aspect", "pillar")
_STATUS_MARKS = {
    "disclosed": "●", "partly-disclosed": "◐", "explained": "◇", "not-applicable": "–", "relief-used": "◇",
    "negative-statement": "○", "not-reported": "–", "missing": "!",
}  # fmt: skip


def _language(code: str) -> LanguageView:
    language = LANGUAGES[code]
    return LanguageView(language.code, language.tag, language.name, language.short)


@lru_cache(maxsize=len(LANGUAGES))
def report_view(edition: Edition, language: str) -> ReportView:
    """The whole report worded in one language: once, for the checks and for all that is then written."""
    return _Writer(edition, language).whole()


def answer_views(
    edition: Edition, language: str, listed: Mapping[FigureId, Figure]
) -> dict[str, list[AnswerView]]:
    """What is told in one language of each figure that can be asked, by the metric or target that it is of.

    Of figures that are not `listed` nothing is told.
    """
    writer, report, figures = _Writer(edition, language), edition.report, edition.figures
    whole = report_view(edition, language)

    rows = whole.index_rows

    @cache
    def codes(subject: str) -> tuple[tuple[str, str], ...]:
        answered = (report.targets.get(subject) or report.metrics[subject]).answers
        own = {code.text: rows.get(code.row) for code in writer.codes(answered)}
        return tuple((text, url or "") for text, url in own.items())

    answering = AnswerWriter(report, figures, language, listed, codes, writer.row_of)
    found: dict[str, list[AnswerView]] = {}
    for figure in answers.with_inputs(figures, answers.printed(figures)).values():
        found.setdefault(figure.id.metric, []).append(answering.answer(figure))
    return found


def figure_names(edition: Edition, language: str, ids: Iterable[FigureId]) -> dict[str, str]:
    """Each figure by all that makes it another than its neighbours, as an answer names it."""
    answering = AnswerWriter(edition.report, edition.figures, language, {}, lambda _: (), lambda _: "")
    return {str(id): answering.name(id) for id in ids}


def names_and_periods(edition: Edition, language: str, ids: Iterable[FigureId]) -> dict[str, tuple[str, str]]:
    """The same name without its period, and the period, which a table has in a column of its own."""
    answering = AnswerWriter(edition.report, edition.figures, language, {}, lambda _: (), lambda _: "")
    comma = answering.words["comma"]
    return {str(id): (comma.join(answering.parts(id)), answering.period(id.period)) for id in ids}


def index_view(edition: Edition, framework: str, language: str) -> IndexView | None:
    """The whole index of a framework worded in one language, whether or not a page prints it."""
    view = _Writer(edition, language).index(IndexBlock(framework, Place("")))
    return view if isinstance(view, IndexView) else None
