"""Topics: things that are alike, each told in the same fields, once for all languages. A file of data/topics each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from esgreport.amounts import Number
from esgreport.languages import Text
from esgreport.load.project import Project
from esgreport.model import (
    FIELD_KINDS,
    ICONS,
    MOST_SDG,
    Call,
    Day,
    Field,
    Name,
    Passage,
    Record,
    Topic,
    TopicEntry,
)
from esgreport.narrative import Fragments
from esgreport.schema import nearest, unknown_name
from esgreport.source import Empty, Node, Scalar
from esgreport.source import Mapping as Keys

MOST_LEVELS = 6  # of entries below each other: more cannot be drawn side by side on paper

_FIELD_KEYS = ("name", "kind", "options", "columns", "within")
_OF_ENTRIES = ("name", "icon", "below", "rows")  # what an entry holds beside the topic's fields
_LIKE_A_CALL = re.compile(r"\s*(?:\{\{|[a-z][a-z0-9_]*\s*(?:\(|\Z))")
_OF_TARGETS = ("target", "actual", "status")  # the columns of a target, unless others are named


def read_topics(project: Project) -> dict[str, Topic]:
    """The topics of data/topics, by the names of their files."""
    return {
        Path(name).stem: _topic(project, Path(name).stem, node)
        for name in project.names("data/topics", ".yml")
        if (node := project.yaml(name)) is not None
    }


def _topic(project: Project, id: str, node: Node) -> Topic:
    shapes = project.shapes
    entries = shapes.mapping(node, "a topic", ("name", "fields", "entries"), ("name", "entries"))
    fields = tuple(
        _field(project, key, value) for key, value in shapes.entries(entries.get("fields"), "fields")
    )
    columns = [field for field in fields if field.kind == "target"]
    for field in columns[1:]:
        help = f'list more columns in "{columns[0].id}"'
        shapes.refuse(field.place, "a topic can have one field of targets", help, "duplicate-id")
    listed = shapes.entries(entries.get("entries"), "entries")
    read = _placed(project, [_entry(project, key.text, value, fields) for key, value in listed])
    name = shapes.wording(entries.get("name"), "the topic's name")
    return Topic(id, name, fields, read, node.place)


def _placed(project: Project, entries: Sequence[TopicEntry]) -> tuple[TopicEntry, ...]:
    """The entries, none of them below itself and few below each other; what each is below is there."""
    refuse = project.shapes.refuse
    by_id = {entry.id: entry for entry in entries}
    levels: dict[str, int] = {}
    cut: set[str] = set()  # what is taken for an entry below none
    deep = False
    for entry in entries:
        if entry.below and entry.below.text not in by_id:
            place = entry.below.place
            project.shapes.findings.append(
                unknown_name(entry.below.text, place, "an entry of this topic", by_id)
            )
        way: dict[str, TopicEntry] = {}
        here: TopicEntry | None = entry
        while here and here.id not in levels and here.id not in way:
            way[here.id] = last = here
            here = by_id.get(here.below.text) if here.below else None
        if here and here.id in way and last.below:
            refuse(last.below.place, f'"{last.id}" is below itself', "one entry is below none", "topic-cycle")
            cut.add(last.id)
        level = levels.get(here.id, 0) if here else 0
        for each in reversed(way.values()):
            level += 1
            if level > MOST_LEVELS and each.below:
                if not deep:
                    message = f"more than {MOST_LEVELS} entries stand below each other"
                    refuse(each.below.place, message, "make the tree flatter", "nested-too-deep")
                deep, level = True, 1
                cut.add(each.id)
            levels[each.id] = level
    return tuple(replace(entry, below=None) if entry.id in cut else entry for entry in entries)


def _field(project: Project, key: Scalar, value: Node) -> Field:
    """A field: its names alone, or more that is said of it."""
    shapes = project.shapes
    if key.text in _OF_ENTRIES:
        message = f'a field cannot be called "{key.text}": every entry has one already'
        shapes.refuse(key.place, message, "choose another id", "bad-id")
    if not isinstance(value, Keys) or not {k.text for k, _ in value} & set(_FIELD_KEYS):
        return Field(key.text, shapes.wording(value, f'the name of "{key.text}"'), FIELD_KINDS[0], key.place)
    entries = shapes.mapping(value, f'the field "{key.text}"', _FIELD_KEYS)
    kind = shapes.choice(entries.get("kind"), "a kind of field", FIELD_KINDS, FIELD_KINDS[0])
    for own, belongs in (("options", "choice"), ("columns", "target"), ("within", "date")):
        if own in entries and kind != belongs:
            message = f'a field of the kind {kind} has no "{own}"'
            shapes.refuse(entries[own].place, message, f"write kind: {belongs}", "unknown-key")
    for own, needed in (("name", kind != "target"), ("options", kind == "choice")):
        if needed and own not in entries:
            shapes.refuse(key.place, f'the field "{key.text}" needs "{own}"', f"add {own}: …", "missing-key")
    options = {
        option.text: shapes.wording(wording, f'the option "{option.text}"')
        for option, wording in shapes.entries(entries.get("options"), "options")
    }
    named = (Name(item.text, item.place) for item in shapes.items(entries.get("columns"), "columns"))
    columns = tuple(named) or tuple(Name(text, key.place) for text in _OF_TARGETS)
    within = shapes.choice(entries.get("within"), "what a date can be within", ("period",))
    name = shapes.wording(entries["name"], f'the name of "{key.text}"') if "name" in entries else Text()
    return Field(key.text, name, kind, key.place, options, columns if kind == "target" else (), bool(within))


def _entry(
    project: Project, id: str, node: Node, fields: tuple[Field, ...], below: bool = False
) -> TopicEntry:
    """An entry, or with `below` one of its rows, which need no name."""
    shapes = project.shapes
    known = [*_OF_ENTRIES, *(field.id for field in fields)]
    what = f'a row of "{id}"' if below else f'the entry "{id}"'
    if below:
        known = known[len(_OF_ENTRIES) :]
    entries = shapes.mapping(node, what, known, () if below else ("name",))
    words: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
    if not below:
        for language, wording in shapes.by_language(entries.get("name"), f'the name of "{id}"').items():
            words[language]["name"] = Fragments(shapes).line(wording, "the name")
    numbers: dict[str, Number | Call] = {}
    days: dict[str, Day] = {}
    names: dict[str, tuple[Name, ...]] = {}
    for field in fields:
        value = entries.get(field.id)
        if field.kind == "number":
            if (number := _number(project, value, field.id)) is not None:
                numbers[field.id] = number
        elif field.kind == "date":
            if value is not None and (day := shapes.day(value, field.id)) is not None:
                days[field.id] = Day(day, value.place)
        elif field.kind == "words":
            for language, wording in shapes.by_language(value, f"{field.id} of {what}").items():
                words[language][field.id] = Fragments(shapes).passage(wording, field.id)
        elif value is not None:
            names[field.id] = _names(project, value, field)
    records = {language: Record(node.place, texts) for language, texts in words.items()}
    rows = tuple(_entry(project, id, row, fields, below=True) for row in _rows(project, entries.get("rows")))
    icon = shapes.choice(entries.get("icon"), "an icon", ICONS)
    above = entries.get("below")
    text = shapes.text(above, "what the entry is below")
    return TopicEntry(
        id, node.place, records, rows, numbers, days, names, icon,
        Name(text, above.place) if text and above is not None else None,
    )  # fmt: skip


def _number(project: Project, node: Node | None, what: str) -> Number | Call | None:
    """A number, or the call of a figure that stands there."""
    if isinstance(node, Scalar) and _LIKE_A_CALL.match(node.text):
        return Fragments(project.shapes).call(node)
    return project.shapes.number(node, what)


def _names(project: Project, node: Node | None, field: Field) -> tuple[Name, ...]:
    """What is chosen, the goals, or the target of an entry; targets are looked up where they are shown."""
    items = project.shapes.items(node, field.id)
    if field.kind == "target":
        if len(items) > 1:
            project.shapes.refuse(items[1].place, f"{field.id} names several targets", "name one")
        return tuple(Name(item.text, item.place) for item in items[:1])
    if field.kind == "choice":
        known, what = list(field.options), f"an option of {field.id}"
    else:
        known, what = [str(number) for number in range(1, MOST_SDG + 1)], "the number of a goal"
    found: dict[str, Name] = {}
    for item in items:
        if item.text in known:
            found.setdefault(item.text, Name(item.text, item.place))
        else:
            help = (
                f"goals have numbers from 1 to {MOST_SDG}"
                if field.kind == "sdg"
                else nearest(item.text, known)
            )
            project.shapes.refuse(item.place, f'"{item.text}" is not {what}', help, "unknown-choice")
    return tuple(found.values())


def _rows(project: Project, node: Node | None) -> tuple[Node, ...]:
    """The rows below an entry: a list whose items are keys with values."""
    if node is None or isinstance(node, Empty):
        return ()
    items = getattr(node, "items", ())
    if not items or any(not isinstance(item, Keys) for item in items):
        help = "begin each row with a dash, then key: value"
        project.shapes.refuse(node.place, "rows should be a list of rows", help)
        return ()
    return tuple(items)
