"""Pictures of findings: a text with `^^^^ code` under what a reader must point at.

The signs stand under the text as it is seen: a Han character is two cells wide, so two signs stand under it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from esgreport.diagnostics import Diagnostic, display_width

MARK_LINE = re.compile(r" *\^+ [a-z0-9-]+(?: +\^+ [a-z0-9-]+)*")
MARK = re.compile(r"(\^+) ([a-z0-9-]+)")


def unmarked(marked: str) -> tuple[str, list[str]]:
    """A text without its mark lines, and what they say: line:column-end code, sorted by place."""
    lines: list[str] = []
    expected: list[tuple[int, int, int, str]] = []
    for line in textwrap.dedent(marked).strip("\n").split("\n"):
        if not MARK_LINE.fullmatch(line):
            lines.append(line)
            continue
        for mark in MARK.finditer(line):
            start, end = (column(lines[-1], edge) for edge in mark.span(1))
            expected.append((len(lines), start, end, mark[2]))
    return "\n".join(lines) + "\n", [f"{n}:{start}-{end} {code}" for n, start, end, code in sorted(expected)]


def column(line: str, cells: int) -> int:
    """The column, counted in characters from 1, that begins after so many terminal cells."""
    for index in range(len(line)):
        if display_width(line[:index]) >= cells:
            return index + 1
    return len(line) + 1 + cells - display_width(line)


def places(findings: Iterable[Diagnostic]) -> list[str]:
    """Findings as `unmarked` says them."""
    found = sorted((f.place.line, f.place.column, f.place.end_column, f.code) for f in findings)
    return [f"{line}:{start}-{end} {code}" for line, start, end, code in found]
