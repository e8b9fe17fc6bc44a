"""Topics before they are worded: which entries and fields a block shows, in which order, in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from esgreport.amounts import Number
from esgreport.calls import FigureReference, resolve_figure
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, blocking, error
from esgreport.model import (
    Call,
    Field,
    Name,
    Prose,
    Record,
    Report,
    TargetsBlock,
    Topic,
    TopicBlock,
    TopicEntry,
)
from esgreport.schema import unknown_name
from esgreport.units import Unit

SHAPES = ("circle", "square", "diamond", "triangle")  # by which a matrix tells the options of a choice


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together: those with the `option` of a choice, "" where they are not gathered by one."""

    option: str
    entries: tuple[TopicEntry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a block shows of a topic in one language; without `topic`, nothing.

    An entry stands in several groups where several options are chosen. `x`, `y`, `mark` and `group` are fields.
    """

    topic: Topic | None
    language: str
    fields: tuple[Field, ...] = ()
    groups: tuple[Group, ...] = ()
    group: Field | None = None
    x: Field | None = None
    y: Field | None = None
    mark: Field | None = None

    @property
    def entries(self) -> tuple[TopicEntry, ...]:
        """All entries in reading order, each as often as it is shown."""
        return tuple(entry for group in self.groups for entry in group.entries)

    def record(self, entry: TopicEntry) -> Record:
        """What is said of an entry or row."""
        return entry.records.get(self.language, Record(entry.place))

    @property
    def prose(self) -> tuple[Prose, ...]:
        """All words that are shown, in reading order."""
        return tuple(prose for entry in self.entries for prose in self._of(entry))

    def _of(self, entry: TopicEntry) -> Iterator[Prose]:
        record = self.record(entry)
        for id in ("name", *(field.id for field in self.fields)):
            yield from record.texts.get(id, ())
        for row in entry.rows:
            yield from self._of(row)

    @property
    def told(self) -> tuple[TopicEntry, ...]:
        """All entries, each followed by its rows, in reading order."""
        return tuple(each for entry in self.entries for each in (entry, *entry.rows))

    def calls(self, fields: Collection[Field]) -> tuple[Call, ...]:
        """The figures that stand in fields of numbers, in reading order."""
        numbers = (entry.numbers.get(field.id) for entry in self.told for field in fields)
        return tuple(number for number in numbers if isinstance(number, Call))

    @property
    def axes(self) -> tuple[Field, ...]:
        """The fields that place entries in a matrix: to the right, and upwards."""
        return (self.x, self.y) if self.x and self.y else ()

    @property
    def targets(self) -> TargetsBlock | None:
        """The table of targets that its field of targets is, in reading order; None where it shows none."""
        field = next((field for field in self.fields if field.kind == "target"), None)
        if field is None:
            return None
        named = tuple(name for each in self.told for name in each.names.get(field.id, ()))
        return TargetsBlock(named, field.columns, "", field.place)


def resolve_topic(report: Report, block: TopicBlock, language: str) -> tuple[Shown, list[Diagnostic]]:
    """What a block shows; names that are not known are left out and told."""
    findings: list[Diagnostic] = []

    def known(names: tuple[Name, ...], ids: Collection[str], what: str) -> list[str]:
        findings.extend(unknown_name(n.text, n.place, what, ids) for n in names if n.text not in ids)
        return [name.text for name in names if name.text in ids]

    topic = report.topics.get(block.topic.text)
    if topic is None:
        known((block.topic,), report.topics, "a topic of data/topics")
        return Shown(None, language), findings
    fields = {field.id: field for field in topic.fields}
    entries = {entry.id: entry for entry in topic.entries}

    def of_kind(name: Name | None, kind: str) -> Field | None:
        ids = {id for id, field in fields.items() if field.kind == kind}
        found = known((name,), ids, f"a field of {topic.id} of the kind {kind}") if name else []
        return fields[found[0]] if found else None

    x, y = of_kind(block.x, "number"), of_kind(block.y, "number")
    mark, group = of_kind(block.mark, "choice"), of_kind(block.group, "choice")
    wanted = [fields[id] for id in known(block.fields, fields, f"a field of {topic.id}")]
    listed = [entries[id] for id in known(block.entries, entries, f"an entry of {topic.id}")]
    chosen = listed if block.entries else list(topic.entries)
    if block.layout == "tree":
        below = families(chosen)
        chosen = [each for entry in below[""] for each in _branch(entry, below)]
    every = [field for field in topic.fields if field is not group]
    usual = [field for field in (x, y) if field] if block.layout == "matrix" else every
    shown = Shown(
        topic,
        language,
        tuple(wanted if block.fields else usual),
        _gathered(chosen, group) if group else (Group("", tuple(chosen)),),
        group,
        x,
        y,
        mark,
    )
    return shown, [*findings, *_lacking(shown, block, chosen)]


def resolve_number(figures: Figures, call: Call) -> tuple[FigureReference | None, list[Diagnostic]]:
    """The figure that a field of numbers calls."""
    return resolve_figure(figures, call, "a field of numbers")


def amount(figures: Figures, number: Number | Call) -> tuple[Fraction | None, Unit | None]:
    """By what an entry is placed on an axis, and in which unit; a typed number has none. No amount where the figure is
    not known, or is no plain number."""
    if isinstance(number, Number):
        return number.exact, None
    reference, _ = resolve_number(figures, number)
    figure = figures.figure(reference.figure) if reference else None
    if reference is None or figure is None:
        return None, None
    unit = figures.report.units.find(reference.unit) or figure.unit
    drawn = figure.drawn
    return (None if drawn is None else drawn * figure.unit.ratio / unit.ratio), unit


def axis_findings(figures: Figures, shown: Shown) -> Iterator[Diagnostic]:
    """Figures that give an entry no place on the axes of a matrix: words, and those in another unit than the rest."""
    for axis in shown.axes:
        first: Unit | None = None
        for entry in shown.entries:
            call = entry.numbers.get(axis.id)
            if not isinstance(call, Call):
                continue
            placed, unit = amount(figures, call)
            if unit and placed is None:
                message = f'{axis.id} of "{entry.id}" is no plain number, so it has no place in the matrix'
                yield error("topic-incomplete", call.place, message, "leave the entry out of the matrix")
            elif unit and first and unit != first:
                message = (
                    f"an axis is in one unit, but this is in {unit.code}, and before it stands {first.code}"
                )
                help = "call figures of one kind, or take typed numbers"
                yield blocking("wrong-argument", call.place, message, help)
            first = first or unit


def families(entries: Collection[TopicEntry]) -> dict[str, list[TopicEntry]]:
    """The entries directly below each of those that are shown; for "" those that stand at the top."""
    found: dict[str, list[TopicEntry]] = {"": [], **{entry.id: [] for entry in entries}}
    for entry in entries:
        found[entry.below.text if entry.below and entry.below.text in found else ""].append(entry)
    return found


def _branch(entry: TopicEntry, below: Mapping[str, Sequence[TopicEntry]]) -> Iterator[TopicEntry]:
    """An entry, then all that are below it."""
    yield entry
    for each in below[entry.id]:
        yield from _branch(each, below)


def _gathered(entries: Collection[TopicEntry], field: Field) -> tuple[Group, ...]:
    """The entries by what was chosen, in the order of the options; first those of which nothing was chosen."""
    groups = [Group("", tuple(entry for entry in entries if not entry.names.get(field.id)))]
    for option in field.options:
        own = (e for e in entries if any(name.text == option for name in e.names.get(field.id, ())))
        groups.append(Group(option, tuple(own)))
    return tuple(group for group in groups if group.entries)


def _lacking(shown: Shown, block: TopicBlock, entries: Iterable[TopicEntry]) -> Iterator[Diagnostic]:
    """What the layout needs of its fields and entries and does not have."""
    if shown.mark and len(shown.mark.options) > len(SHAPES) and block.mark:
        message = (
            f"{shown.mark.id} has {len(shown.mark.options)} options, but a matrix has {len(SHAPES)} shapes"
        )
        yield error("topic-incomplete", block.mark.place, message, "take another field, or leave mark out")
    for entry in entries:
        needed = [field.id for field in (shown.x, shown.y) if field and field.id not in entry.numbers]
        needed += [field.id for field in (shown.mark, shown.group) if field and field.id not in entry.names]
        for id in dict.fromkeys(needed):
            message = f'"{entry.id}" has no {id}, so it has no place in the {block.layout}'
            yield error("topic-incomplete", entry.place, message, f"add {id}: …")
