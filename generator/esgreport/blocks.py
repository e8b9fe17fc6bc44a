"""Blocks: what stands between three backticks, from its nodes to what it asks for. Names are not looked up here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from esgreport.diagnostics import Place
from esgreport.languages import NUMBERINGS
from esgreport.model import (
    CHARTS,
    Block,
    Box,
    Call,
    ChartBlock,
    Day,
    IndexBlock,
    MethodBlock,
    Name,
    Over,
    Passage,
    Record,
    RowGroup,
    SummaryBlock,
    TableBlock,
    TargetsBlock,
    TilesBlock,
    TopicBlock,
)
from esgreport.schema import Shapes, blank
from esgreport.source import Empty, Node, Scalar, Sequence
from esgreport.source import Mapping as Keys

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
HEADINGS = ("above", "beside")  # where the heading of a group of rows stands
_GROUP = ("heading", "metrics", "total")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of box may hold.

    `lines` are fields of one line of words, `texts` of paragraphs, `lists` of several lines; `names` refer to
    what is defined elsewhere, each to a kind of `model.NAMED`; the first of `choices` is meant where nothing is written;
    `dates` are days.
    """

    what: str
    lines: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return ("id", *self.lines, *self.texts, *self.lists, *self.names, *self.choices, *self.dates)

    @property
    def help(self) -> str:
        """The least that is to be written."""
        return f"write {', '.join(f'{key}: …' for key in self.needed or [*self.names][:1])}"


BOXES: Mapping[str, Shape] = {
    "case": Shape(
        "a case",
        ("label", "title"),
        ("text",),
        ("figures",),
        names={"pictures": "picture"},
        needed=("title", "text"),
    ),
    "certificate": Shape(
        "a certificate",
        ("number",),
        names={"standard": "entry", "holder": "entry", "picture": "picture"},
        dates=("valid",),
        needed=("standard",),
    ),
    "contact": Shape(
        "a contact",
        names={"contacts": "contact"},
        choices={"qr": ("false", "true")},
        needed=("contacts",),
    ),
    "definitions": Shape(
        "a table of definitions", ("caption",), names={"registers": "register", "entries": "term"}
    ),
    "pictures": Shape(
        "a row of pictures",
        ("caption",),
        names={"pictures": "picture"},
        choices={"layout": ("row", "pair", "wide")},
        needed=("pictures",),
    ),
    "quote": Shape("a quotation", ("by",), ("text",), needed=("text",)),
    "signature": Shape(
        "a signature",
        ("place",),
        names={"person": "entry", "portrait": "picture", "signature": "picture"},
        dates=("date",),
        needed=("person",),
    ),
    "statements": Shape(
        "a paragraph of statements",
        names={"say": "statement", "boundary": "entry", "nil": "metric"},
        needed=("say",),
    ),
}
BLOCK_KINDS = ("table", "summary", "targets", "chart", "tiles", "method", "topic", "index", *BOXES)
_EMPTY = {  # of a block that holds nothing: what is wrong, and what to write
    "table": ("the table is empty", "say which metrics and columns it has"),
    "summary": ("the summary is empty", "say which columns it has"),
    "targets": ("the table of targets is empty", "write targets: [one, two]"),
    "chart": ("the chart is empty", "write kind: bars and metrics: [one]"),
    "tiles": ("the tiles are empty", "write tiles: [one, two]"),
    "method": ("the method note is empty", "write metrics: [one, two]"),
    "topic": ("the block of a topic is empty", "write topic: …, the name of a file in data/topics"),
} | {kind: (f"{shape.what} is empty", shape.help) for kind, shape in BOXES.items()}


class Markdown(Protocol):
    """Reads the words of a field."""

    def passage(self, node: Node | None, what: str) -> Passage: ...

    def line(self, node: Node | None, what: str) -> Passage: ...

    def call(self, node: Scalar) -> Call | None: ...


class BlockReader:
    """Reads the body of one block."""

    def __init__(self, shapes: Shapes, markdown: Markdown) -> None:
        self.shapes, self.markdown = shapes, markdown

    def read(self, kind: str, node: Node | None, place: Place) -> Block | None:
        """The block of one of `BLOCK_KINDS`; None with a finding where it is empty."""
        if node is None and kind != "index":  # an index needs no words: there may be only one framework
            message, help = _EMPTY[kind]
            self.shapes.refuse(place, message, help, "missing-key")
            return None
        if kind in BOXES:
            return self.box(kind, node, place)
        readers: dict[str, Callable[[Node | None, Place], Block | None]] = {
            "table": self.table,
            "summary": self.summary,
            "targets": self.targets,
            "chart": self.chart,
            "tiles": self.tiles,
            "method": self.method,
            "topic": self.topic,
            "index": self.index,
        }
        return readers[kind](node, place)

    def names(self, node: Node | None, what: str) -> tuple[Name, ...]:
        """Names used by reference, one or a list."""
        return tuple(Name(item.text, item.place) for item in self.shapes.items(node, what))

    def box(self, kind: str, node: Node | None, place: Place) -> Box:
        shape = BOXES[kind]
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
        dates = {
            key: Day(day, entries[key].place)
            for key in shape.dates
            if (day := self.shapes.day(entries.get(key), key)) is not None
        }
        record = Record(place, texts, lists, names, choices, dates)
        return Box(kind, record, place, self.anchor(entries.get("id")))

    def topic(self, node: Node | None, place: Place) -> TopicBlock | None:
        keys = (
            "id",
            "topic",
            "layout",
            "caption",
            "fields",
            "entries",
            "numbering",
            "landscape",
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
        for key, layouts in {**ONLY_IN, "landscape": ("table",)}.items():
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
            self.shapes.yes(entries.get("landscape"), "landscape", False),
            **{key: self.name(entries.get(key), key) for key in ONLY_IN},
        )

    def table(self, node: Node | None, place: Place) -> TableBlock:
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
            "heads",
            "headings",
            "landscape",
        )
        entries = self.shapes.mapping(node, "a table", keys, ("columns",))
        intensities = self.shapes.yes(entries.get("intensities"), "intensities", False)
        total = self.shapes.yes(entries.get("total"), "total", True)
        return TableBlock(
            self.rows(entries.get("metrics")),
            self.over(entries.get("columns"), "columns"),
            self.over(entries.get("members"), "members"),
            intensities,
            total,
            self.shapes.printed(entries.get("caption"), "the caption"),
            place,
            self.name(entries.get("period"), "period"),
            self.name(entries.get("per"), "per"),
            self.anchor(entries.get("id")),
            self.names(entries.get("units"), "units"),
            self.heads(entries.get("heads")),
            self.shapes.choice(entries.get("headings"), "a place for headings", HEADINGS, "above")
            == "beside",
            self.shapes.yes(entries.get("landscape"), "landscape", False),
        )

    def summary(self, node: Node | None, place: Place) -> SummaryBlock:
        keys = ("columns", "aspects", "members", "intensities")
        entries = self.shapes.mapping(node, "a summary", keys, ("columns",))
        return SummaryBlock(
            self.over(entries.get("columns"), "columns"),
            self.names(entries.get("members"), "members"),
            self.names(entries.get("aspects"), "aspects"),
            self.shapes.yes(entries.get("intensities"), "intensities", True),
            place,
        )

    def over(self, node: Node | None, what: str) -> tuple[Over, ...]:
        """Names, one or a list; a name with a colon has others below it."""
        found: list[Over] = []
        for item in _listed(node):
            if isinstance(item, Keys):
                for key, value in item:
                    below = self.names(value, f"what stands under {key.text}")
                    if blank(value):
                        self.shapes.refuse(
                            key.place, f"nothing stands under {key.text}", "leave the colon out"
                        )
                    found.append(Over(Name(key.text, key.place), below))
            else:
                alone = item if isinstance(item, Scalar) and item is node else Sequence((item,), item.place)
                found += [Over(name) for name in self.names(alone, what)]
        return tuple(found)

    def rows(self, node: Node | None) -> tuple[Over | RowGroup, ...]:
        """What stands in the rows: metrics, some with what they are divided by, some in groups under a heading."""
        found: list[Over | RowGroup] = []
        for item in _listed(node):
            if isinstance(item, Keys) and any(key.text in _GROUP for key, _ in item):
                entries = self.shapes.mapping(item, "a group of rows", _GROUP)
                if "metrics" not in entries and "total" not in entries:
                    help = "write metrics: [one, two] under the heading"
                    self.shapes.refuse(item.place, "this group has no rows", help, "missing-key")
                heading = self.shapes.printed(entries.get("heading"), "the heading")
                metrics = self.over(entries.get("metrics"), "metrics")
                total = self.name(entries.get("total"), "the total of a group")
                found.append(RowGroup(heading, metrics, total, item.place))
            else:
                found += self.over(item if item is node else Sequence((item,), item.place), "metrics")
        return tuple(found)

    def heads(self, node: Node | None) -> tuple[tuple[Name, str], ...]:
        """The author's own words for columns."""
        if node is not None and not isinstance(node, Keys):
            self.shapes.refuse(node.place, "heads should be keys with values", "write remark: Treatment")
            return ()
        return tuple(
            (Name(key.text, key.place), self.shapes.printed(value, f"the head of {key.text}"))
            for key, value in node or ()
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

    def method(self, node: Node | None, place: Place) -> MethodBlock:
        entries = self.shapes.mapping(node, "a method note", ("metrics", "caption"), ("metrics",))
        metrics = self.names(entries.get("metrics"), "metrics")
        return MethodBlock(metrics, self.shapes.printed(entries.get("caption"), "the caption"), place)

    def targets(self, node: Node | None, place: Place) -> TargetsBlock:
        keys = ("id", "targets", "columns", "caption")
        entries = self.shapes.mapping(node, "a table of targets", keys, ("targets",))
        targets, columns = (self.names(entries.get(key), key) for key in ("targets", "columns"))
        caption = self.shapes.printed(entries.get("caption"), "the caption")
        return TargetsBlock(targets, columns, caption, place, self.anchor(entries.get("id")))

    def chart(self, node: Node | None, place: Place) -> ChartBlock:
        keys = (
            "id",
            "kind",
            "metrics",
            "members",
            "periods",
            "per",
            "unit",
            "target",
            "caption",
            "note",
            "table",
        )
        entries = self.shapes.mapping(node, "a chart", keys, ("kind",))
        metrics, periods = (self.names(entries.get(key), key) for key in ("metrics", "periods"))
        members, per, unit, target = (
            self.name(entries.get(key), key) for key in ("members", "per", "unit", "target")
        )
        return ChartBlock(
            self.shapes.choice(entries.get("kind"), "a kind of chart", CHARTS, CHARTS[0]),
            metrics,
            place,
            members,
            periods,
            per,
            unit,
            target,
            self.markdown.line(entries.get("caption"), "the caption"),
            self.markdown.line(entries.get("note"), "the note"),
            self.shapes.yes(entries.get("table"), "table", True),
            self.anchor(entries.get("id")),
        )

    def tiles(self, node: Node | None, place: Place) -> TilesBlock:
        entries = self.shapes.mapping(node, "tiles", ("tiles", "large", "change"), ("tiles",))
        calls, large = (
            tuple(filter(None, map(self.markdown.call, self.shapes.items(entries.get(key), key))))
            for key in ("tiles", "large")
        )
        return TilesBlock(
            calls,
            place,
            large[0] if large else None,
            self.shapes.yes(entries.get("change"), "change", True),
        )

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


def _listed(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; what stands alone is its only one."""
    if node is None or isinstance(node, Empty):
        return ()
    return node.items if isinstance(node, Sequence) else (node,)
