"""Text files in, values with places out: the strict reader for YAML, CSV and front matter.

The only door to `yaml`. Text stays text (`no`, `014` and `109.820` are what was typed), and whatever
could surprise an author or hurt a machine is refused with its place: anchors, aliases, tags, merge keys,
duplicate keys, control and invisible characters, a file outside the project, a file too large. Nothing
here knows what the text means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from esgreport.diagnostics import Diagnostic, Place, blocking

MOST_BYTES = 2_000_000
MOST_DEPTH = 20
MOST_VALUES = 200_000
MOST_TEXT = 20_000
MOST_LINES = 100_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as typed. `style` is empty for plain text, else the quote or block sign it was written with."""

    text: str
    place: Place
    style: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing where a value may stand: missing, which is never nil."""

    place: Place
    in_braces: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """Values one after the other."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order written; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)

    def __contains__(self, key: str) -> bool:
        return any(name.text == key for name, _ in self.entries)

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Empty | Sequence | Mapping


def _forbidden() -> str:
    """A character class of what no text of a report may hold.

    Control characters, invisible and bidirectional marks (they make a text read otherwise than it is),
    private use (fonts disagree about it), soft hyphens, byte order marks inside the text.
    """
    ranges = (
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200F), (0x2028, 0x202E),
        (0x2060, 0x2069), (0xD800, 0xDFFF), (0xE000, 0xF8FF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB),
        (0xFFFE, 0xFFFF), (0xE0000, 0xE0FFF), (0xF0000, 0x10FFFF),
    )  # fmt: skip
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


FORBIDDEN = re.compile(f"[{_forbidden()}]")


def described(character: str) -> str:
    """A character that cannot be shown, by number and name."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column (from 1) of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def inside(root: Path, path: Path) -> bool:
    """Whether the file that `path` really is (links followed) lies in `root`."""
    return path.resolve().is_relative_to(root.resolve())


def read_text(root: Path, name: str) -> tuple[str, list[Diagnostic]]:
    """The text of the project's file `name`, line ends made \\n; "" with a finding if it cannot be used."""
    place = Place(name)
    path = root / name
    try:
        if not inside(root, path):
            return "", [blocking("outside-project", place, "this is a link to a file outside the project", "copy the file into the project")]
        if not path.is_file():
            return "", [blocking("not-a-file", place, "this is not an ordinary file", "put an ordinary file here")]
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else "it cannot be opened"
        return "", [blocking("unreadable-file", place, f"the file cannot be read: {reason.lower()}", "check that the file exists and may be read")]
    if len(data) > MOST_BYTES:
        return "", [blocking("file-too-large", place, f"the file is larger than {MOST_BYTES // 1_000_000} MB", "split it into smaller files")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        return "", [blocking("not-utf8", Place(name, line, 1), "this line is not UTF-8 text", "save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, list(forbidden_characters(text, name))


def forbidden_characters(text: str, name: str) -> Iterator[Diagnostic]:
    """Each line's first character that no text of a report may hold."""
    seen: set[int] = set()
    for match in FORBIDDEN.finditer(text):
        line, column = position(text, match.start())
        if line in seen:
            continue
        seen.add(line)
        yield blocking(
            "forbidden-character",
            Place(name, line, column, column + 1),
            f"this text holds the invisible or unsafe character {described(match.group())}",
            "delete it and type the text again",
        )
        if len(seen) == 20:
            return


class _Refused(Exception):
    """Stops the composer at the first thing that is not allowed; never leaves this module."""

    def __init__(self, code: str, place: Place, message: str, help: str) -> None:
        super().__init__(message)
        self.finding = blocking(code, place, message, help)


_YAML_PROBLEMS = (
    # libyaml's words, ours, and what to do
    ("found character that cannot start any token", "a character stands here that cannot begin a value", "use spaces, not tabs, to indent, and put texts that begin with @ ` % or * in quotes"),
    ("mapping values are not allowed", "a colon followed by a space stands inside a text that has no quotes", "put the text in double quotes"),
    ("could not find expected ':'", "a key without a colon after it", "write key: value"),
    ("did not find expected key", "the indentation or the quotes do not match", "line the keys up and close every quote"),
    ("did not find expected ',' or '}'", "the braces do not match, or a text in braces needs quotes", 'put texts with , : { } [ ] in double quotes: "…"'),
    ("did not find expected ',' or ']'", "the brackets do not match, or a text in brackets needs quotes", 'put texts with , : { } [ ] in double quotes, figure ids too: ["workforce@2025[gender=female]"]'),
    ("found unexpected end of stream", "a quote or bracket is not closed", "close it"),
    ("found unexpected document indicator", "a quote is not closed before ---", "close it"),
    ("did not find expected '-' indicator", "the items of a list are not lined up", "begin every item in the same column"),
    ("block collections are not allowed", "a list or mapping begins in the middle of a line", "begin it on a line of its own"),
    ("found unknown escape character", "a backslash in double quotes", "write the text in single quotes, or without the backslash"),
    ("found duplicate", "something is written twice", "keep one"),
    ("did not find expected alphabetic or numeric character", "a * or & begins a text", "put the text in quotes"),
    ("found undefined tag handle", "a text begins with !", "put the text in quotes"),
)


def _plain_words(problem: str) -> tuple[str, str]:
    for theirs, ours, help in _YAML_PROBLEMS:
        if theirs in problem:
            return ours, help
    return f"this is not valid YAML: {problem}", "compare the line with its neighbours"


class _Composer:
    """Builds nodes from the parser's events, refusing on the way."""

    def __init__(self, text: str, name: str, first_line: int, indent: int) -> None:
        self.loader = _Loader(text)
        self.name, self.first_line, self.indent = name, first_line, indent
        self.lines = text.split("\n")
        self.values = 0

    def place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        return self.mark(start, end.column if end.line == start.line else len(self.lines[start.line].rstrip()))

    def mark(self, mark: yaml.Mark, end_column: int = 0) -> Place:
        column = mark.column + 1 + self.indent
        return Place(self.name, mark.line + self.first_line, column, max(end_column + 1 + self.indent, column + 1))

    def document(self) -> Node | None:
        try:
            self.loader.get_event()
            event = self.loader.get_event()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            root = self.node(self.loader.get_event(), 0, False)
            self.loader.get_event()
            event = self.loader.get_event()
            if not isinstance(event, yaml.StreamEndEvent):
                raise _Refused("second-document", self.place(event), "a second document begins here (---)", "keep one document in a file")
            return root
        except yaml.MarkedYAMLError as problem:
            message, help = _plain_words(problem.problem or "")
            mark = problem.problem_mark or problem.context_mark
            where = self.mark(mark) if mark else Place(self.name, self.first_line, 1)
            raise _Refused("not-yaml", where, message, help) from None
        except (yaml.YAMLError, RecursionError, ValueError):
            raise _Refused("not-yaml", Place(self.name, self.first_line, 1), "this is not a text that YAML can hold", "save it as plain UTF-8 text") from None
        finally:
            self.loader.dispose()

    def node(self, event: yaml.Event, depth: int, in_braces: bool) -> Node:
        self.values += 1
        if self.values > MOST_VALUES:
            raise _Refused("too-many-values", self.place(event), f"more than {MOST_VALUES} values in one file", "split the file, or put long data in a CSV")
        if depth > MOST_DEPTH:
            raise _Refused("nested-too-deep", self.place(event), f"nested deeper than {MOST_DEPTH} levels", "check the brackets and the indentation")
        self.refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, in_braces)
        if isinstance(event, yaml.SequenceStartEvent):
            place, items = self.place(event), []
            while not isinstance(item := self.loader.get_event(), yaml.SequenceEndEvent):
                items.append(self.node(item, depth + 1, bool(event.flow_style)))
            return Sequence(tuple(items), place)
        return self.mapping(event, depth)

    def refuse_references(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("yaml-alias", self.place(event), f"*{event.anchor} refers to another value", "write the value itself; a text that begins with * needs quotes")
        if getattr(event, "anchor", None):
            raise _Refused("yaml-anchor", self.place(event), f"&{event.anchor} names a value for reuse", "write each value where it belongs; a text that begins with & needs quotes")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _Refused("yaml-tag", self.place(event), f"the tag {event.tag} asks for a special type", "delete it; a text that begins with ! needs quotes")

    def scalar(self, event: yaml.ScalarEvent, in_braces: bool) -> Scalar | Empty:
        place = self.place(event)
        if len(event.value) > MOST_TEXT:
            raise _Refused("text-too-long", place, f"a text of more than {MOST_TEXT} characters", "put long text into a Markdown page")
        if event.style == '"' and (match := FORBIDDEN.search(event.value)):
            raise _Refused("forbidden-character", place, f"this text holds the invisible or unsafe character {described(match.group())}", "delete it")
        if not event.style and event.value in ("", "~", "null"):
            return Empty(place, in_braces)
        return Scalar(unicodedata.normalize("NFC", event.value), place, event.style or "")

    def mapping(self, event: yaml.MappingStartEvent, depth: int) -> Mapping:
        place = self.place(event)
        flow = bool(event.flow_style)
        seen: dict[str, Place] = {}
        entries: list[tuple[Scalar, Node]] = []
        while not isinstance(head := self.loader.get_event(), yaml.MappingEndEvent):
            self.refuse_references(head)
            if not isinstance(head, yaml.ScalarEvent):
                raise _Refused("key-not-text", self.place(head), "a key must be plain text", "check the brackets")
            key = self.scalar(head, False)
            if isinstance(key, Empty):
                raise _Refused("key-not-text", key.place, "a key is missing before the colon", "write key: value")
            if key.text == "<<":
                raise _Refused("yaml-merge", key.place, "<< would merge another mapping in", "write the entries themselves")
            if key.text in seen:
                raise _Refused("duplicate-key", key.place, f'"{key.text}" is written twice; first in line {seen[key.text].line}', "keep one")
            seen[key.text] = key.place
            value = self.node(self.loader.get_event(), depth + 1, flow)
            if isinstance(value, Empty) and flow:
                raise _Refused(
                    "entry-without-value",
                    key.place,
                    f'"{key.text}" has no value: inside braces a comma ends a value',
                    'put the whole value in quotes ("29,843,800") or leave the commas out',
                )
            entries.append((key, value))
        return Mapping(tuple(entries), place)


def read_yaml(text: str, name: str, first_line: int = 1, indent: int = 0) -> tuple[Node | None, list[Diagnostic]]:
    """The value that a YAML text holds, None when empty; places count from `first_line` and `indent`."""
    try:
        return _Composer(text, name, first_line, indent).document(), []
    except _Refused as refused:
        return None, [refused.finding]


def read_csv(text: str, name: str) -> tuple[list[list[Scalar]], list[Diagnostic]]:
    """The rows of a comma-separated text (RFC 4180), each cell with its place; empty lines left out.

    A cell in quotes may hold commas and doubled quotes, but no line end. A spreadsheet formula is text
    that begins with = + @: refused, because the number that was meant is not in the file.
    """
    rows: list[list[Scalar]] = []
    findings: list[Diagnostic] = []
    for number, line in enumerate(text.split("\n"), 1):
        if number > MOST_LINES:
            findings.append(blocking("too-many-values", Place(name, number, 1), f"more than {MOST_LINES} lines", "split the file"))
            break
        if not line.strip(", "):
            continue
        row, column = [], 0
        while True:
            cell = re.compile(r'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=,|$)|(?P<plain>[^,"]*)(?=,|$)').match(line, column)
            if cell is None:
                place = Place(name, number, column + 1, len(line) + 1)
                findings.append(blocking("bad-csv", place, "a quote is not closed in this line, or text follows it", 'write a quote inside a cell as ""'))
                break
            quoted = cell["quoted"]
            raw = (quoted.replace('""', '"') if quoted is not None else cell["plain"]).strip()
            start = column + len(cell.group()) - len(cell.group().lstrip())
            place = Place(name, number, start + 1, max(column + len(cell.group().rstrip()), start + 1) + 1)
            if raw[:1] in ("=", "@", "+"):
                findings.append(blocking("csv-formula", place, f'"{raw[:30]}" is a formula, not a value', "put the value itself into the cell"))
            row.append(Scalar(unicodedata.normalize("NFC", raw), place, '"' if quoted is not None else ""))
            column = cell.end() + 1
            if column > len(line):
                break
        rows.append(row)
    return rows, findings


def split_front_matter(text: str) -> tuple[str, int, str]:
    """(front matter, lines before the body, body); the front matter is "" where there is none."""
    match = re.match(r"---[ ]*\n(.*?\n)?---[ ]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        return "", 0, text
    return match[1] or "", match.group().count("\n"), text[match.end():]
