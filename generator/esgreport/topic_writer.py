"""Topics in words: their entries in the order of their layout, with numbers, goals and targets."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Protocol

from esgreport.amounts import Number
from esgreport.calls import FigureReference
from esgreport.diagnostics import display_width
from esgreport.framework import requirements_of, worded_in
from esgreport.languages import grouped, has_long_word, worded_number, words
from esgreport.model import Call, Field, Figure, Name, Passage, Prose, Record, TopicBlock, TopicEntry
from esgreport.target_tables import resolve_targets
from esgreport.target_writer import TargetWriter
from esgreport.topics import SHAPES, Shown, amount, families, resolve_number
from esgreport.views import (
    Edition,
    EntryView,
    FieldView,
    FigureView,
    GoalView,
    GroupView,
    ProseView,
    Said,
    TargetRowView,
    TopicView,
    Words,
    texts,
)

ITEM = 40  # cells of a terminal that an item of a list takes beside its words
LONG = 1200  # cells of a terminal: an entry with more words than this may break over pages
SDGS = "un-sdgs"


class Printing(Protocol):
    """Words prose and figures where they stand; figures are numbered in reading order."""

    def words_of(self, passage: Passage) -> Words: ...

    def plain(self, prose: Prose) -> str: ...

    def view(self, figure: Figure, reference: FigureReference) -> FigureView: ...


class TopicWriter:
    """Words one topic of one language as a block shows it."""

    def __init__(
        self, edition: Edition, language: str, shown: Shown, block: TopicBlock, printing: Printing
    ) -> None:
        self.language, self.shown, self.block, self.printing = language, shown, block, printing
        self.report, self.words = edition.report, words(language)
        self.figures = edition.figures
        framework = edition.frameworks.get(SDGS)
        self.goals = framework.requirements if framework else requirements_of(SDGS)
        self.targets: TargetWriter | None = None
        if shown.targets:
            grid, _ = resolve_targets(edition.report, shown.targets)
            self.targets = TargetWriter(
                edition.report, edition.figures, language, grid, printing.view, with_units=True
            )
        self.rows: list[TargetRowView] = []

    def topic(self) -> TopicView:
        """The topic without its place on a page."""
        shown = self.shown
        groups = [
            GroupView(self.option(shown.group, g.option), self.entries(g.entries)) for g in shown.groups
        ]
        return TopicView(
            layout=self.block.layout,
            anchor="",
            label="",
            caption=self.block.caption,
            corner=worded_in(shown.topic.name, self.language) if shown.topic else "",
            fields=tuple(view for field in shown.fields for view in self.field(field)),
            groups=tuple(groups),
            axes=tuple(worded_in(axis.name, self.language) for axis in shown.axes),
            shapes=tuple((self.shape(id), self.option(shown.mark, id)) for id in self.marks),
            notes=self.targets.plain.notes.listed() if self.targets else (),
            legend=self.targets.legend(self.rows) if self.targets else (),
            landscape=self.block.landscape,
        )

    def field(self, field: Field) -> list[FieldView]:
        """The columns of a field: one, or those of a target."""
        if field.kind == "target":
            columns = self.targets.columns if self.targets else ()
            return [FieldView(f"{field.id}-{column.kind}", column.text, field.kind) for column in columns]
        return [FieldView(field.id, worded_in(field.name, self.language), field.kind)]

    def option(self, field: Field | None, id: str) -> str:
        """An option of a choice in words."""
        return worded_in(field.options[id], self.language) if field and id in field.options else ""

    # ---- entries

    def entries(self, entries: Iterable[TopicEntry]) -> tuple[EntryView, ...]:
        """The entries of a group; in a tree those at the top, with the others below them."""
        if self.block.layout == "tree":
            return tuple(map(self.branch, self.below[""]))
        return tuple(map(self.entry, entries))

    @cached_property
    def below(self) -> dict[str, list[TopicEntry]]:
        return families(self.shown.entries)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Which entry of its topic each is, from 1: the same wherever it is shown."""
        entries = self.shown.topic.entries if self.shown.topic else ()
        return {entry.id: number for number, entry in enumerate(entries, start=1)}

    def branch(self, entry: TopicEntry) -> EntryView:
        return self.entry(entry, self.below[entry.id])

    def entry(self, entry: TopicEntry, below: Iterable[TopicEntry] = ()) -> EntryView:
        record = self.shown.record(entry)
        names = record.texts.get("name", ())
        number = self.numbers[entry.id] if self.block.numbering and names else 0
        name = self.printing.words_of(names)
        said = tuple(each for field in self.shown.fields for each in self.said(field, entry, record))
        rows = tuple(map(self.entry, entry.rows))
        cells = (name, *said, *(cell for row in rows for cell in row.words))
        printed = [_text(cell) for cell in cells]
        return EntryView(
            name=name,
            words=said,
            rows=rows,
            plain="".join(map(self.printing.plain, names)),
            number=worded_number(number, self.block.numbering, self.language) if number else "",
            icon=entry.icon,
            below=tuple(map(self.branch, below)),
            at=self.place(entry),
            shape=self.shape(next((name.text for name in self.chosen(entry)), "")),
            long=sum(map(display_width, printed)) + ITEM * sum(map(_items, cells)) > LONG,
            unbreakable=any(map(has_long_word, printed)),
        )

    def said(self, field: Field, entry: TopicEntry, record: Record) -> list[Said]:
        """What is said of an entry in the columns of one field."""
        names = entry.names.get(field.id, ())
        match field.kind:
            case "target":
                return self.of_target(names)
            case "sdg":
                return [tuple(map(self.goal, names))]
            case "choice":
                options = (self.option(field, name.text) for name in names)
                return [self.plainly(self.words["comma"].join(options))]
            case "number":
                return [self.number(entry.numbers.get(field.id))]
            case "date":
                day = entry.days.get(field.id)
                return [self.plainly(self.report.worded_day(day.date, self.language) if day else "")]
        return [self.printing.words_of(record.texts.get(field.id, ()))]

    def number(self, number: Number | Call | None) -> Said:
        """A number as typed, or the figure that is called."""
        if not isinstance(number, Call):
            return self.plainly("".join(grouped(str(number))) if number else "")
        reference, _ = resolve_number(self.figures, number)
        figure = self.figures.figure(reference.figure) if reference else None
        if reference is None or figure is None:
            return self.plainly(self.words["to_come"])
        return (ProseView((self.printing.view(figure, reference),)),)

    def plainly(self, text: str) -> Said:
        return (ProseView((escape(text),)),) if text else ()

    def goal(self, name: Name) -> GoalView:
        return GoalView(name.text, worded_in(self.goals[f"SDG{name.text}"].label, self.language))

    def of_target(self, names: tuple[Name, ...]) -> list[Said]:
        """What a table of targets says of a target, column by column."""
        if self.targets is None:
            return []
        row = next((row for row in self.targets.grid.rows if row.target in {n.text for n in names}), None)
        if row is None:
            return [() for _ in self.targets.columns]
        view = self.targets.row(row)
        self.rows.append(view)
        return [(cell,) if cell.figure or cell.text or cell.status else () for cell in view.cells]

    # ---- a matrix

    def chosen(self, entry: TopicEntry) -> tuple[Name, ...]:
        return entry.names.get(self.shown.mark.id, ()) if self.shown.mark else ()

    @cached_property
    def marks(self) -> list[str]:
        """The options that a shape stands for, in their order."""
        used = {name.text for entry in self.shown.entries for name in self.chosen(entry)}
        return [id for id in self.shown.mark.options if id in used] if self.shown.mark else []

    def shape(self, option: str) -> str:
        options = list(self.shown.mark.options) if self.shown.mark else []
        return SHAPES[min(options.index(option), len(SHAPES) - 1)] if option in options else SHAPES[0]

    @cached_property
    def ranges(self) -> list[tuple[Fraction, Fraction]]:
        """The least and the most amount that lies on each axis."""
        every = zip(*filter(None, map(self.amounts, self.shown.entries)), strict=True)
        return [(min(amounts), max(amounts)) for amounts in every]

    def amounts(self, entry: TopicEntry) -> list[Fraction]:
        """By what an entry is placed on the axes; [] where it has no place."""
        numbers = [entry.numbers.get(axis.id) for axis in self.shown.axes]
        found = [amount(self.figures, number)[0] for number in numbers if number is not None]
        placed = [each for each in found if each is not None]
        return placed if len(placed) == len(self.shown.axes) else []

    def place(self, entry: TopicEntry) -> tuple[int, int] | None:
        """Where it stands between the least and the most of each axis, in thousandths."""
        found = [
            int((each - low) * 1000 / (high - low)) if high > low else 500
            for each, (low, high) in zip(self.amounts(entry), self.ranges, strict=False)
        ]
        return (found[0], found[1]) if found else None


def _written(said: Said) -> list[str]:
    """What is typed in a field, with its markup."""
    parts = (part for view in said if isinstance(view, ProseView) for part in view.parts)
    return [part for part in parts if isinstance(part, str)]


def _text(said: Said) -> str:
    """The words of a field without its figures and markup."""
    return " ".join(text for part in _written(said) for text in texts(part))


def _items(said: Said) -> int:
    """How many items the lists of a field have: each begins a line."""
    return sum(part.count("<li>") for part in _written(said))
