"""What the tool can say about its input, as plain values.

A `Diagnostic` is data: the terminal, the editor and the JSON report each print it their own way.
This module imports nothing from the package, so every other module may import it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_WORDS = 400  # characters of a message


class Severity(StrEnum):
    """How much a finding weighs. An error stops a final build; the others never stop one."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was written: a stretch of one line of a text file, or a cell of a workbook.

    Lines and columns count from 1, columns in characters; `end_column` is the column after the last
    character. `path` is relative to the project, with forward slashes.
    """

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.path}:{self.cell}"
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, pointing at the text to change.

    `code` is stable and may be accepted or selected by name; the wording is not. A *blocking* finding
    stops every build, a draft too, and cannot be accepted. `about` is the name that is at fault, where the
    finding could follow from another one: "*" stands for the report as a whole.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    help: str = ""
    blocking: bool = False
    about: str = ""

    def __post_init__(self) -> None:
        """A message quotes what was found: keep it one line that can be read."""
        object.__setattr__(self, "message", one_line(self.message))
        object.__setattr__(self, "help", one_line(self.help))

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}] {self.message}"


def blocking(code: str, place: Place, message: str, help: str = "", about: str = "") -> Diagnostic:
    """A finding that no build survives: unreadable or unsafe input, an unknown name, a wrong argument."""
    return Diagnostic(code, Severity.ERROR, place, message, help, blocking=True, about=about)


def error(code: str, place: Place, message: str, help: str = "", about: str = "") -> Diagnostic:
    """A finding that stops a final build and is listed by a draft."""
    return Diagnostic(code, Severity.ERROR, place, message, help, about=about)


def warning(code: str, place: Place, message: str, help: str = "", about: str = "") -> Diagnostic:
    """A finding worth a look, which stops nothing."""
    return Diagnostic(code, Severity.WARNING, place, message, help, about=about)


def without_consequences(findings: Iterable[Diagnostic], unread: Collection[str]) -> list[Diagnostic]:
    """The findings but those that only follow from a definition that could not be read.

    `unread` holds the names whose definitions have findings of their own; "*" when a whole file could not
    be read. A misspelt unit would else be followed by an unknown name on every page, with bad advice.
    """
    return [
        f for f in findings if not (f.about and unread and (f.about in unread or "*" in (f.about, *unread)))
    ]


_PAGE = re.compile(r"content/[^/]+/(?P<page>[^/]+)\.md")
_BETWEEN_LANGUAGES = ("languages-differ", "prose-differs")
_NOT_CLOSED = "unknown-block"  # a block that is left open takes what follows it
HEADINGS = "#"
"""What a finding is about that compares the headings of a page, which are read whatever else is refused."""


def without_echoes(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings but those that compare a page with its counterpart while one of the two could not be read whole.

    What was refused is missing there, and would be looked for in the other language, with bad advice. Headings are missing
    only below a block that is left open.
    """

    def page(finding: Diagnostic) -> str:
        match = _PAGE.fullmatch(finding.place.path)
        return match["page"] if match else ""

    broken = {page(finding) for finding in findings if finding.blocking} - {""}
    torn = {page(finding) for finding in findings if finding.code == _NOT_CLOSED} - {""}
    return [
        finding
        for finding in findings
        if finding.code not in _BETWEEN_LANGUAGES
        or page(finding) not in (torn if finding.about == HEADINGS else broken)
    ]


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place and free of repetitions, so that one fault read twice is said once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda d: (d.place, d.code, d.message)))


def one_line(text: str) -> str:
    """`text` on one line, its middle left out where it is too long to read."""
    text = " ".join(text.split())
    return text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS // 2]} … {text[-MOST_WORDS // 4 :]}"


def plural(count: int, word: str) -> str:
    """1 error, 2 errors."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def listed(names: Sequence[str], last: str = " and ", most: int = 5) -> str:
    """Names in a sentence: "a, b and c"; of many a handful, then how many more."""
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} more"]
    return last.join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def display_width(text: str) -> int:
    """Terminal cells that `text` takes: Han characters and full-width marks two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def caret_lines(diagnostic: Diagnostic, source_line: str, most: int = 96) -> str:
    """The source line and, below it, carets under the stretch that is meant.

    Carets are placed by display width: under wide characters a count of characters would drift left.
    A long line is cut around the stretch.
    """
    place = diagnostic.place
    text = source_line.rstrip("\r\n").replace("\t", " ")
    start = min(max(place.column - 1, 0), len(text))
    end = min(max(place.end_column - 1, start + 1), max(len(text), start + 1))
    if display_width(text) > most:
        first = max(0, start - most // 4)
        last = first
        while last < len(text) and display_width(text[first:last]) < most - 2:
            last += 1
        text, start, end = text[first:last], start - first, min(end - first, last - first)
        if first:
            text, start, end = "…" + text[1:], max(start, 1), max(end, 2)
        end = max(end, start + 1)
    gutter = str(place.line)
    carets = " " * display_width(text[:start]) + "^" * max(1, display_width(text[start:end]))
    help = f" {diagnostic.help}" if diagnostic.help else ""
    return f"{gutter:>5} │ {text}\n      │ {carets}{help}"


def at(place: Place, offset: int, length: int) -> Place:
    """The stretch of `length` characters that begins `offset` characters into `place`, on the same line."""
    column = place.column + offset
    return replace(place, column=column, end_column=column + max(1, length))
