"""Text files in, values with places out: the strict reader for YAML, CSV and front matter.

The only door to `yaml`. Text stays text (`no`, `014` and `109.820` are what was typed), and whatever
could surprise an author or hurt a machine is refused with its place: anchors, aliases, tags, merge keys,
duplicate keys, control and invisible characters, a file outside the project, a file too large. Nothing
here knows what the text means.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any  # the library's events and marks come half typed

import yaml

from esgreport.diagnostics import Diagnostic, Place, blocking

MOST_BYTES = 2_000_000
MOST_DEPTH = 20
MOST_VALUES = 200_000
MOST_TEXT = 20_000
MOST_LINES = 100_000
MOST_FINDINGS = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as typed. `style` is empty for plain text, else the quote or block sign it was written with.

    `indent` is by how much each line of a text after | is indented.
    """

    text: str
    place: Place
    style: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing where a value may stand: missing, which is never nil."""

    place: Place


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
    private use (fonts disagree about it), soft hyphens, byte order marks inside the text, the mark of a
    character that was lost (U+FFFD).
    """
    ranges = (
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
        (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E),
        (0x2060, 0x206F), (0x3164, 0x3164), (0xD800, 0xDFFF), (0xE000, 0xF8FF), (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFF), (0xE0000, 0xE0FFF), (0xF0000, 0x10FFFF),
    )  # fmt: skip
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


FORBIDDEN = re.compile(f"[{_forbidden()}]")


def described(character: str) -> str:
    """A character that cannot be shown, by number and name."""
    kind = "a private character" if unicodedata.category(character) == "Co" else "a control character"
    return f"U+{ord(character):04X} ({unicodedata.name(character, kind).lower()})"


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column (from 1) of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def inside(root: Path, path: Path) -> bool:
    """Whether the file that `path` really is (links followed) lies in `root`; a link in a circle does not."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def exists(root: Path, name: str) -> bool:
    """Whether something of this name is there: a file, a folder, or a link that may lead nowhere."""
    path = root / name
    return path.is_symlink() or path.exists()


def plain_name(name: str) -> bool:
    """Whether a file's name can be shown: no control or invisible characters, no line end, nothing undecodable."""
    return not FORBIDDEN.search(name) and name.isprintable()


def read_text(root: Path, name: str) -> tuple[str, list[Diagnostic]]:
    """The text of the project's file `name`, line ends made \\n; "" with a finding if it cannot be used."""
    place = Place(name)
    path = root / name
    try:
        if not inside(root, path):
            return "", [
                blocking(
                    "outside-project",
                    place,
                    "this is a link to a file outside the project",
                    "copy the file into the project",
                )
            ]
        if not path.is_file():
            return "", [
                blocking("not-a-file", place, "this is not an ordinary file", "put an ordinary file here")
            ]
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError, RuntimeError) as problem:
        reason = (
            problem.strerror if isinstance(problem, OSError) and problem.strerror else "it cannot be opened"
        )
        return "", [
            blocking(
                "unreadable-file",
                place,
                f"the file cannot be read: {reason.lower()}",
                "check that the file exists and may be read",
            )
        ]
    if len(data) > MOST_BYTES:
        return "", [
            blocking(
                "file-too-large",
                place,
                f"the file is larger than {MOST_BYTES // 1_000_000} MB",
                "split it into smaller files",
            )
        ]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        before = data[data.rfind(b"\n", 0, problem.start) + 1 : problem.start]
        column = len(before.decode()) + 1
        where = Place(name, line, column, column + 1)
        known = "UTF-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "another encoding"
        help = "save the file as UTF-8 (in Excel: CSV UTF-8)" if name.endswith(".csv") else "save it as UTF-8"
        return "", [
            blocking("not-utf8", where, f"this is not UTF-8 text; the file seems to be in {known}", help)
        ]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, list(forbidden_characters(text, name))


def forbidden_characters(text: str, name: str) -> Iterator[Diagnostic]:
    """The first character of each line that no text of a report may hold, up to `MOST_FINDINGS`."""
    said = 0
    for line, content in enumerate(text.split("\n"), 1):
        if match := FORBIDDEN.search(content):
            yield blocking(
                "forbidden-character",
                Place(name, line, match.start() + 1, match.end() + 1),
                f"the invisible or unsafe character {described(match.group())} stands here",
                "delete it and type the text again",
            )
            said += 1
            if said == MOST_FINDINGS:
                return


class _Refused(Exception):
    """Stops the composer at the first thing that is not allowed; never leaves this module."""

    def __init__(self, code: str, place: Place, message: str, help: str) -> None:
        super().__init__(message)
        self.finding = blocking(code, place, message, help)


# fmt: off
_YAML_PROBLEMS = (
    # what the parser's words hold, ours, and what to do
    ("cannot start any token", "a value cannot begin with this character",
     "put a text that begins with @ ` or % in quotes"),
    ("mapping values are not allowed", "a colon and a space stand where no key can be",
     "put a text that holds a colon in double quotes, or line the key up with its neighbours"),
    ("could not find expected ':'", "a key without a colon after it", "write key: value"),
    ("expected key", "the indentation or the quotes do not match",
     "line the keys up and close every quote; inside a text in quotes write “ ” or 「 」"),
    ("expected ',' or '}'", "the braces do not match, or a text in braces needs quotes",
     'put a text with , : { } [ ] in double quotes: "…"'),
    ("expected ',' or ']'", "the brackets do not match, or a text in brackets needs quotes",
     'put a text with , : { } [ ] in double quotes, a figure id too: ["workforce@2025[gender=female]"]'),
    ("unexpected end of stream", "a quote or bracket is not closed", "close it"),
    ("unexpected document indicator", "a quote is not closed before ---", "close it"),
    ("expected '-' indicator", "the items of a list are not lined up", "begin every item in the same column"),
    ("not allowed in this context", "a list or a key begins in the middle of a line",
     "begin it on a line of its own, or put the text in quotes"),
    ("expected node content", "a value is missing between two commas or signs",
     "write the value, or delete the comma"),
    ("<document start>", "text follows the end of the document (...)", "delete the line with the three dots"),
    ("comment or line break", "text follows > or | on the same line",
     "begin the text on the next line, or put it in quotes"),
    ("indentation indicator", "a long text cannot be indented by 0", "delete the digit after > or |"),
    ("tab character", "a tab stands where spaces belong", "indent with spaces"),
    ("escape", "a backslash in double quotes has a meaning of its own",
     "put the text in single quotes, or leave the backslash out"),
    ("hexdecimal", "a backslash in double quotes has a meaning of its own",
     "put the text in single quotes, or leave the backslash out"),
    ("alphabetic", "a text cannot begin with * or &", "put the text in quotes"),
    ("tag", "a text cannot begin with !", "put the text in quotes"),
    ("directive", "a line cannot begin with %", "put the text in quotes, or delete the line"),
)
# fmt: on
_YAML_TAG = "tag:yaml.org,2002:"
_OPENINGS = {"[": "bracket", "{": "brace", '"': "quote", "'": "quote"}


_THOUSANDS = re.compile(r"\d+(?:[.,]\d+)+")
_WITH_COMMAS = re.compile(r"[^\W\d][^][{}\"':]*?(?=\s*(?:,\s*[\w-]+\s*:|\}))")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]+)?")
_SLIPS = (  # what is easily typed, and found lines later
    (re.compile(r"\s*(?:-\s+)?[\w.-]+\s*(?P<sign>：)"), "a full-width ： stands here", "write : and a space"),
    (re.compile(r" *(?P<sign>\t)"), "a tab stands where spaces belong", "indent with spaces"),
)


def _plain_words(problem: str) -> tuple[str, str]:
    for theirs, ours, help in _YAML_PROBLEMS:
        if theirs in problem:
            return ours, help
    return "this cannot be read as YAML", "compare the line with its neighbours; put the text in quotes"


class _Composer:
    """Builds nodes from the parser's events, refusing on the way."""

    def __init__(self, text: str, name: str, first_line: int, indent: int) -> None:
        self.loader = _Loader(text)
        self.name, self.first_line, self.indent = name, first_line, indent
        self.lines = text.split("\n")
        self.values = 0

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        if end.line == start.line:
            return self.mark(start, end.column)
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        return self.mark(start, len(line.rstrip()))

    def mark(self, mark: Any, end_column: int = 0) -> Place:
        column = mark.column + 1 + self.indent
        return Place(
            self.name, mark.line + self.first_line, column, max(end_column + 1 + self.indent, column + 1)
        )

    def document(self) -> Node | None:
        try:
            self.loader.get_event()
            event = self.loader.get_event()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            if event.tags or event.version:
                line = next((n for n, content in enumerate(self.lines) if content.startswith("%")), 0)
                raise _Refused(
                    "yaml-directive",
                    Place(self.name, line + self.first_line, 1 + self.indent, 2 + self.indent),
                    "a line that begins with % changes how YAML is read",
                    "delete the line",
                )
            root = self.node(self.loader.get_event(), 0)
            self.loader.get_event()
            event = self.loader.get_event()
            if not isinstance(event, yaml.StreamEndEvent):
                raise _Refused(
                    "second-document",
                    self.place(event),
                    "a second document begins here (---)",
                    "keep one document in a file",
                )
            return root
        except yaml.MarkedYAMLError as problem:
            raise self.not_yaml(problem) from None
        except (yaml.YAMLError, RecursionError, ValueError):
            raise _Refused(
                "not-yaml",
                Place(self.name, self.first_line, 1, 2),
                "this is not a text that YAML can hold",
                "save it as plain UTF-8 text",
            ) from None
        finally:
            self.loader.dispose()

    def not_yaml(self, problem: yaml.MarkedYAMLError) -> _Refused:
        """The parser's complaint in plain words; an unclosed quote or bracket is shown where it opens."""
        message, help = _plain_words(problem.problem or "")
        mark: Any = problem.problem_mark
        opening: Any = problem.context_mark
        if mark and opening and opening.line <= mark.line and opening.line < len(self.lines):
            sign = self.lines[opening.line][opening.column : opening.column + 1]
            line = self.lines[mark.line] if mark.line < len(self.lines) else ""
            later = line[mark.column : mark.column + 1] == ":" and mark.line > opening.line
            if sign in _OPENINGS and (later or not line[mark.column : mark.column + 1]):
                message = f"the {_OPENINGS[sign]} that opens here is not closed"
                mark = opening
        for number in range(mark.line if mark else -1, max(-1, (mark.line if mark else 0) - 3), -1):
            for slip, what, instead in _SLIPS if number < len(self.lines) else ():
                if found := slip.match(self.lines[number]):
                    column = found.start("sign") + 1 + self.indent
                    where = Place(self.name, number + self.first_line, column, column + 1)
                    above = next((x for x in reversed(self.lines[:number]) if x.strip()), "")
                    depth = len(above) - len(above.lstrip(" "))
                    like = f": {depth}, as in the line above" if depth and found["sign"] == "\t" else ""
                    return _Refused("not-yaml", where, what, instead + like)
        where = self.mark(mark) if mark else Place(self.name, self.first_line, 1, 2)
        return _Refused("not-yaml", where, message, help)

    def node(self, event: Any, depth: int) -> Node:
        self.values += 1
        if self.values > MOST_VALUES:
            raise _Refused(
                "too-many-values",
                self.place(event),
                f"more than {MOST_VALUES} values in one file",
                "split the file, or put long data in a CSV",
            )
        if depth > MOST_DEPTH:
            raise _Refused(
                "nested-too-deep",
                self.place(event),
                f"nested deeper than {MOST_DEPTH} levels",
                "check the brackets and the indentation",
            )
        self.refuse_references(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            place, items = self.place(event), []
            while not isinstance(item := self.loader.get_event(), yaml.SequenceEndEvent):
                items.append(self.node(item, depth + 1))
            return Sequence(tuple(items), place)
        return self.mapping(event, depth)

    def refuse_references(self, event: Any) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(
                "yaml-alias",
                self.place(event),
                f"*{anchor} refers to another value",
                "write the value itself; a text that begins with * needs quotes",
            )
        if anchor:
            raise _Refused(
                "yaml-anchor",
                self.place(event),
                f"&{anchor} names a value for reuse",
                "write each value where it belongs; a text that begins with & needs quotes",
            )
        if tag:
            raise _Refused(
                "yaml-tag",
                self.place(event),
                f"the tag {tag.removeprefix(_YAML_TAG)} asks for a special type",
                "delete it; a text that begins with ! needs quotes",
            )

    def scalar(self, event: Any) -> Scalar | Empty:
        place = self.place(event)
        if len(event.value) > MOST_TEXT:
            raise _Refused(
                "text-too-long",
                place,
                f"a text of more than {MOST_TEXT} characters",
                "put long text into a Markdown page",
            )
        if event.style == '"' and (match := FORBIDDEN.search(event.value)):
            raise _Refused(
                "forbidden-character",
                place,
                f"this text holds the invisible or unsafe character {described(match.group())}",
                "delete it",
            )
        if not event.style and event.value in ("", "~", "null"):
            return Empty(place)
        indent = self.block_indent(event) if event.style == "|" else 0
        return Scalar(unicodedata.normalize("NFC", event.value), place, event.style or "", indent)

    def block_indent(self, event: Any) -> int:
        """The columns before the lines of a text after |."""
        lines = self.lines[event.start_mark.line + 1 : event.end_mark.line + 1]
        first = next((line for line in lines if line.strip()), "")
        return len(first) - len(first.lstrip(" ")) + self.indent

    def cut_by_commas(self, cut: Scalar, entries: list[tuple[Scalar, Node]]) -> tuple[Place, str]:
        """A number or a text that commas cut into entries, and how it is written; an example where it is neither."""
        key = cut.place
        before = entries[-1][1].place if entries else key
        number = key.line - self.first_line
        line = self.lines[number] if number < len(self.lines) else ""  # YAML breaks lines at rare signs, too
        start = before.column - 1 - self.indent
        whole = None
        if before.line == key.line:
            whole = _THOUSANDS.match(line, start)
            if (
                entries and not whole and not _LANGUAGE.fullmatch(cut.text)
            ):  # a language alone lacks its wording
                whole = _WITH_COMMAS.match(line, start)
        if whole is None:
            return key, '"29,843,800"'
        return replace(key, column=before.column, end_column=before.column + len(whole[0])), f'"{whole[0]}"'

    def mapping(self, event: Any, depth: int) -> Mapping:
        place = self.place(event)
        flow = bool(event.flow_style)
        seen: dict[str, Place] = {}
        entries: list[tuple[Scalar, Node]] = []
        while not isinstance(head := self.loader.get_event(), yaml.MappingEndEvent):
            self.refuse_references(head)
            if not isinstance(head, yaml.ScalarEvent):
                raise _Refused(
                    "key-not-text", self.place(head), "a key must be plain text", "check the brackets"
                )
            key = self.scalar(head)
            if isinstance(key, Empty):
                raise _Refused(
                    "key-not-text", key.place, "a key is missing before the colon", "write key: value"
                )
            if key.text == "<<":
                raise _Refused(
                    "yaml-merge",
                    key.place,
                    "<< would merge another mapping in",
                    "write the entries themselves",
                )
            if key.text in seen:
                raise _Refused(
                    "duplicate-key",
                    key.place,
                    f'"{key.text}" is written twice; first in line {seen[key.text].line}',
                    "keep one",
                )
            seen[key.text] = key.place
            value = self.node(self.loader.get_event(), depth + 1)
            if isinstance(value, Empty) and flow:
                place, whole = self.cut_by_commas(key, entries)
                raise _Refused(
                    "entry-without-value",
                    place,
                    f'"{key.text}" has no value: inside braces a comma ends a value',
                    f"put the whole value in quotes ({whole}) or leave the commas out",
                )
            entries.append((key, value))
        return Mapping(tuple(entries), place)


def read_yaml(
    text: str, name: str, first_line: int = 1, indent: int = 0
) -> tuple[Node | None, list[Diagnostic]]:
    """The value that a YAML text holds, None when empty; places count from `first_line` and `indent`."""
    try:
        return _Composer(text, name, first_line, indent).document(), []
    except _Refused as refused:
        return None, [refused.finding]


_CSV_CELL = re.compile(r'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=,|$)|(?P<plain>[^,"]*)(?=,|$)')


def read_csv(text: str, name: str) -> tuple[list[list[Scalar]], list[Diagnostic]]:
    """The rows of a comma-separated text (RFC 4180), each cell with its place; empty lines left out.

    A cell in quotes may hold commas and doubled quotes, but no line end. A spreadsheet formula is text
    that begins with = + @: refused, because the number that was meant is not in the file.
    """
    rows: list[list[Scalar]] = []
    findings: list[Diagnostic] = []
    values = 0
    for number, line in enumerate(text.split("\n"), 1):
        values += line.count(",") + 1
        if number > MOST_LINES or values > MOST_VALUES:
            what = f"{MOST_LINES} lines" if number > MOST_LINES else f"{MOST_VALUES} values"
            place = Place(name, number, 1, 2)
            findings.append(
                blocking("too-many-values", place, f"more than {what} in one file", "split the file")
            )
        if len(findings) >= MOST_FINDINGS or number > MOST_LINES or values > MOST_VALUES:
            break
        if line.strip(", "):
            row, faults = _csv_row(line, name, number)
            rows.append(row)
            findings += faults
    return rows, findings


def _csv_row(line: str, name: str, number: int) -> tuple[list[Scalar], list[Diagnostic]]:
    row: list[Scalar] = []
    findings: list[Diagnostic] = []
    column = 0
    while column <= len(line):
        cell = _CSV_CELL.match(line, column)
        if cell is None:
            place = Place(name, number, column + 1, len(line) + 1)
            message = "a quote is not closed in this line, or text stands beside it"
            findings.append(blocking("bad-csv", place, message, 'write a quote inside a cell as ""'))
            break
        whole, quoted = cell[0], cell["quoted"]
        raw = (quoted.replace('""', '"') if quoted is not None else whole).strip()
        start = column + len(whole) - len(whole.lstrip())
        place = Place(name, number, start + 1, max(column + len(whole.rstrip()), start + 1) + 1)
        if raw[:1] in ("=", "@", "+"):
            message = f'"{raw[:30]}" is a formula, not a value'
            findings.append(blocking("csv-formula", place, message, "put the value itself into the cell"))
        if len(raw) > MOST_TEXT:
            message = f"a text of more than {MOST_TEXT} characters"
            findings.append(blocking("text-too-long", place, message, "put long text into a Markdown page"))
        row.append(Scalar(unicodedata.normalize("NFC", raw), place, '"' if quoted is not None else ""))
        column = cell.end() + 1
    return row, findings


def split_front_matter(text: str) -> tuple[str, int, str]:
    """(front matter, lines before the body, body); the front matter is "" where there is none."""
    match = re.match(r"---[ ]*\n(.*?\n)?---[ ]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        return "", 0, text
    return match[1] or "", match.group().count("\n"), text[match.end() :]
