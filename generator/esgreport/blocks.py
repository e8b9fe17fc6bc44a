"""Blocks: what stands between three backticks, from its nodes to what it asks for. Names are not looked up here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from esgreport.diagnostics import Place
from esgreport.languages import NUMBERINGS
from esgreport.model import (
    Block,
    Box,
    IndexBlock,
    MethodBlock,
    Name,
    Passage,
    Record,
    TableBlock,
    TargetsBlock,
    TopicBlock,
)
from esgreport.schema import Shapes
from esgreport.source import Node

ANCHOR = re.compile(r"[a-z][a-z0-9-]*\Z")
INDEX_COLUMNS = {  # by what, and which columns that index can have
    "requirement": ("code", "requirement", "level", "status", "reason", "section", "page"),
    "section": ("section", "code", "requirement", "page"),
}
LAYOUTS = ("table", "cards", "panels", "list", "numbered", "steps", "cycle", "tree", "matrix")
COUNTED = ("numbered", "steps", "cycle", "matrix")  # layouts whose entries have numbers unless told otherwise
ONLY_IN = {
    "group": ("table", "cards", "list", "numbered"),
    "x": ("matrix",),
    "y": ("matrix",),
    "mark": ("matrix",),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of box may hold.

    `lines` are fields of one line of words, `texts` of paragraphs, `lists` of several lines; `names` refer to
    something defined elsewhere; the first of `choices` is meant where nothing is written.
    """

    what: str
    lines: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return ("id", *self.lines, *self.texts, *self.lists, *self.names, *self.choices)


BOXES: Mapping[str, Shape] = {
    "case": Shape("a case", ("label", "title"), ("text",), ("figures",), needed=("title", "text")),
    "quote": Shape("a quotation", ("by",), ("text",), needed=("text",)),
}
BLOCK_KINDS = ("table", "targets", "method", "topic", "index", *BOXES)


class Markdown(Protocol):
    """Reads the words of a field."""

    def passage(self, node: Node | None, what: str) -> Passage: ...

    def line(self, node: Node | None, what: str) -> Passage: ...


class BlockReader:
    """Reads the body of one block."""

    def __init__(self, shapes: Shapes, markdown: Markdown) -> None:
        self.shapes, self.markdown = shapes, markdown

    def read(self, kind: str, node: Node | None, place: Place) -> Block | None:
        """The block of one of `BLOCK_KINDS`; None with a finding where it is empty."""
        if kind in BOXES:
            return self.box(kind, node, place)
        readers = {
            "table": self.table,
            "targets": self.targets,
            "method": self.method,
            "topic": self.topic,
            "index": self.index,
        }
        return readers[kind](node, place)

    def names(self, node: Node | None, what: str) -> tuple[Name, ...]:
        """Names used by reference, one or a list."""
        return tuple(Name(item.text, item.place) for item in self.shapes.items(node, what))

    def box(self, kind: str, node: Node | None, place: Place) -> Box | None:
        shape = BOXES[kind]
        if node is None:
            help = f"write {', '.join(f'{key}: …' for key in shape.needed or shape.keys[1:2])}"
            self.shapes.refuse(place, f"{shape.what} is empty", help, "missing-key")
            return None
        entries = self.shapes.mapping(node, shape.what, shape.keys, shape.needed)
        texts = {key: self.markdown.line(entries.get(key), key) for key in shape.lines}
        texts |= {key: self.markdown.passage(entries.get(key), key) for key in shape.texts}
        lists = {
            key: tuple(self.markdown.line(item, key) for item in self.shapes.items(entries.get(key), key))
            for key in shape.lists
        }
        names = {key: self.names(entries.get(key), key) for key in shape.names}
        choices = {
            key: self.shapes.choice(entries.get(key), f"a choice of {key}", options, options[0])
            for key, options in shape.choices.items()
        }
        record = Record(place, texts, lists, names, choices)
        return Box(kind, record, place, self.anchor(entries.get("id")))

    def topic(self, node: Node | None, place: Place) -> TopicBlock | None:
        if node is None:
            help = "write topic: …, the name of a file in data/topics"
            self.shapes.refuse(place, "the block of a topic is empty", help, "missing-key")
            return None
        keys = (
            "id",
            "topic",
            "layout",
            "caption",
            "fields",
            "entries",
            "numbering",
            "group",
            "x",
            "y",
            "mark",
        )
        entries = self.shapes.mapping(node, "the block of a topic", keys, ("topic",))
        topic = self.name(entries.get("topic"), "the topic")
        if topic is None:
            return None
        layout = self.shapes.choice(entries.get("layout"), "a layout of a topic", LAYOUTS, LAYOUTS[0])
        for key, layouts in ONLY_IN.items():
            if key in entries and layout not in layouts:
                help = f"it belongs to the layout {' or '.join(layouts)}"
                message = f'the layout {layout} has no "{key}"'
                self.shapes.refuse(entries[key].place, message, help, "unknown-key")
        for key in ("x", "y"):
            if key not in entries and layout == "matrix":
                help = f"add {key}: …, the name of a field of numbers"
                self.shapes.refuse(place, f'a matrix needs "{key}"', help, "missing-key")
        counted = NUMBERINGS[0] if layout in COUNTED else ""
        return TopicBlock(
            topic,
            layout,
            place,
            self.shapes.printed(entries.get("caption"), "the caption"),
            self.names(entries.get("fields"), "fields"),
            self.names(entries.get("entries"), "entries"),
            self.anchor(entries.get("id")),
            self.shapes.choice(entries.get("numbering"), "a numbering", NUMBERINGS, counted),
            **{key: self.name(entries.get(key), key) for key in ONLY_IN},
        )

    def table(self, node: Node | None, place: Place) -> TableBlock | None:
        keys = (
            "id",
            "metrics",
            "columns",
            "caption",
            "members",
            "intensities",
            "total",
            "period",
            "per",
            "units",
        )
        if node is None:
            self.shapes.refuse(
                place, "the table is empty", "say which metrics and columns it has", "missing-key"
            )
            return None
        entries = self.shapes.mapping(node, "a table", keys, ("columns",))
        names = {key: self.names(entries.get(key), key) for key in ("metrics", "columns", "members", "units")}
        intensities = self.shapes.yes(entries.get("intensities"), "intensities", False)
        total = self.shapes.yes(entries.get("total"), "total", True)
        return TableBlock(
            names["metrics"],
            names["columns"],
            names["members"],
            intensities,
            total,
            self.shapes.printed(entries.get("caption"), "the caption"),
            place,
            self.name(entries.get("period"), "period"),
            self.name(entries.get("per"), "per"),
            self.anchor(entries.get("id")),
            names["units"],
        )

    def anchor(self, node: Node | None) -> str:
        """The id that references name a block by; "" for none."""
        text = self.shapes.text(node, "the id")
        if text and node is not None and not ANCHOR.match(text):
            help = "use lower-case letters, digits and -, beginning with a letter"
            self.shapes.refuse(node.place, f'"{text}" cannot be the id of a block', help, "bad-id")
            return ""
        return text

    def name(self, node: Node | None, what: str) -> Name | None:
        """One name used by reference, or None."""
        text = self.shapes.text(node, what)
        return Name(text, node.place) if text and node is not None else None

    def method(self, node: Node | None, place: Place) -> MethodBlock | None:
        if node is None:
            self.shapes.refuse(place, "the method note is empty", "write metrics: [one, two]", "missing-key")
            return None
        entries = self.shapes.mapping(node, "a method note", ("metrics", "caption"), ("metrics",))
        metrics = self.names(entries.get("metrics"), "metrics")
        return MethodBlock(metrics, self.shapes.printed(entries.get("caption"), "the caption"), place)

    def targets(self, node: Node | None, place: Place) -> TargetsBlock | None:
        if node is None:
            help = "write targets: [one, two]"
            self.shapes.refuse(place, "the table of targets is empty", help, "missing-key")
            return None
        keys = ("id", "targets", "columns", "caption")
        entries = self.shapes.mapping(node, "a table of targets", keys, ("targets",))
        targets, columns = (self.names(entries.get(key), key) for key in ("targets", "columns"))
        caption = self.shapes.printed(entries.get("caption"), "the caption")
        return TargetsBlock(targets, columns, caption, place, self.anchor(entries.get("id")))

    def index(self, node: Node | None, place: Place) -> IndexBlock:
        keys = ("framework", "by", "columns", "depth", "levels", "parts")
        entries = self.shapes.mapping(node, "an index", keys)
        by = self.shapes.choice(
            entries.get("by"), "what an index can be by", tuple(INDEX_COLUMNS), "requirement"
        )
        written = self.shapes.items(entries.get("columns"), "columns")
        what = f"a column of an index by {by}"
        columns = self.shapes.known([(s, s) for s in written], INDEX_COLUMNS[by], what, "unknown-choice")
        levels, parts = (self.names(entries.get(key), key) for key in ("levels", "parts"))
        return IndexBlock(
            self.shapes.text(entries.get("framework"), "the framework"),
            place,
            by,
            tuple(dict.fromkeys(name.text for name, _ in columns)),
            self.shapes.choice(entries.get("depth"), "a depth of an index", ("rows", "items"), "rows"),
            levels,
            parts,
        )
