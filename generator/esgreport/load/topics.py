"""Topics: stakeholders, risks, steps, awards; what is alike and told in words, every language beside the others."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from esgreport.amounts import Number
from esgreport.load.project import Project
from esgreport.model import FIELD_KINDS, Field, Passage, Record, Topic, TopicEntry
from esgreport.narrative import Fragments
from esgreport.source import Empty, Node, Scalar
from esgreport.source import Mapping as Keys

_FIELD_KEYS = ("name", "kind")
_OF_ENTRIES = ("name", "rows")  # what an entry holds beside the topic's fields


def read_topics(project: Project) -> dict[str, Topic]:
    """The topics of data/topics, by the names of their files."""
    return {
        Path(name).stem: _topic(project, Path(name).stem, node)
        for name in project.names("data/topics", ".yml")
        if (node := project.yaml(name)) is not None
    }


def _topic(project: Project, id: str, node: Node) -> Topic:
    entries = project.shapes.mapping(node, "a topic", ("name", "fields", "entries"), ("name", "entries"))
    fields = tuple(
        _field(project, key, value) for key, value in project.shapes.entries(entries.get("fields"), "fields")
    )
    listed = project.shapes.entries(entries.get("entries"), "entries")
    return Topic(
        id,
        project.shapes.wording(entries.get("name"), "the topic's name"),
        fields,
        tuple(_entry(project, key.text, value, fields) for key, value in listed),
        node.place,
    )


def _field(project: Project, key: Scalar, value: Node) -> Field:
    """A field: its names alone, or names and kind."""
    shapes = project.shapes
    if key.text in _OF_ENTRIES:
        message = f'a field cannot be called "{key.text}": every entry has one already'
        shapes.refuse(key.place, message, "choose another id", "bad-id")
    names, kind = value, FIELD_KINDS[0]
    if isinstance(value, Keys) and {k.text for k, _ in value} & set(_FIELD_KEYS):
        entries = shapes.mapping(value, f'the field "{key.text}"', _FIELD_KEYS, ("name",))
        names = entries.get("name", Empty(value.place))
        kind = shapes.choice(entries.get("kind"), "a kind of field", FIELD_KINDS, kind)
    return Field(key.text, shapes.wording(names, f'the name of "{key.text}"'), kind, key.place)


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
    numbers: dict[str, Number] = {}
    dates = {}
    for field in fields:
        value = entries.get(field.id)
        if field.kind == "number":
            if (number := shapes.number(value, field.id)) is not None:
                numbers[field.id] = number
        elif field.kind == "date":
            if (day := shapes.day(value, field.id)) is not None:
                dates[field.id] = day
        else:
            for language, wording in shapes.by_language(value, f"{field.id} of {what}").items():
                words[language][field.id] = Fragments(shapes).passage(wording, field.id)
    records = {language: Record(node.place, texts) for language, texts in words.items()}
    rows = tuple(_entry(project, id, row, fields, below=True) for row in _rows(project, entries.get("rows")))
    return TopicEntry(id, node.place, records, rows, numbers, dates)


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
