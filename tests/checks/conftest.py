"""Tests of rules are pictures: the input, with marks under what the rule must point at."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from esgreport.checks import Rule
from esgreport.diagnostics import Diagnostic
from reports import edition_of

MARK = re.compile(r"^( *)(\^+) (\S+)$")
Found = tuple[str, int, int, int, str]


def unmarked(name: str, marked: str) -> tuple[str, list[Found]]:
    """A text without its mark lines, and what they say: path, line, column, column after the last, code."""
    lines: list[str] = []
    expected: list[Found] = []
    for line in textwrap.dedent(marked).strip("\n").split("\n"):
        if mark := MARK.match(line):
            column = len(mark[1]) + 1
            expected.append((name, len(lines), column, column + len(mark[2]), mark[3]))
        else:
            lines.append(line)
    return "\n".join(lines) + "\n", expected


@pytest.fixture
def assert_marks(project: Callable[..., Path]) -> Callable[..., list[Diagnostic]]:
    """`assert_marks(rule.check, {"data/aspects/a2.yml": "…"})`: the rule points where `^^^^ code` stands, and nowhere else.

    The files take the place of those of the tiny company. Gives the findings, for tests that read their words.
    """

    def run(check: Rule, files: Mapping[str, str | bytes | None]) -> list[Diagnostic]:
        plain: dict[str, str | bytes | None] = {}
        expected: list[Found] = []
        for name, text in files.items():
            if isinstance(text, str):
                text, marks = unmarked(name, text)
                expected += marks
            plain[name] = text
        root = project(plain)
        findings = list(check(edition_of(root, blocking=True), root))
        places = [(f.place.path, f.place.line, f.place.column, f.place.end_column, f.code) for f in findings]
        assert sorted(places) == sorted(expected)
        return findings

    return run
