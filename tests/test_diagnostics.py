"""Findings as values: their order, their one line, and the carets that show them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from esgreport.diagnostics import (
    MOST_WORDS,
    Diagnostic,
    Place,
    Severity,
    at,
    blocking,
    caret_lines,
    display_width,
    error,
    in_order,
    listed,
    one_line,
    warning,
)
from hypothesis import given
from hypothesis import strategies as st

HERE = Place("data/report.yml", 3, 5, 9)


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (Place("data/report.yml"), "data/report.yml"),
        (Place("data/report.yml", 3), "data/report.yml:3"),
        (Place("data/report.yml", 3, 5, 9), "data/report.yml:3:5"),
        (Place("figures.xlsx", cell="數據!D7"), "figures.xlsx:數據!D7"),
    ],
)
def test_a_place_prints_as_editors_know_it(place: Place, printed: str) -> None:
    assert str(place) == printed


def test_a_finding_prints_as_one_line() -> None:
    assert str(error("bad-date", HERE, "so it is")) == "data/report.yml:3:5: error[bad-date] so it is"


def test_only_blocking_findings_block() -> None:
    assert [make("a", HERE, "b").blocking for make in (blocking, error, warning)] == [True, False, False]
    assert [make("a", HERE, "b").severity for make in (blocking, error, warning)] == [
        Severity.ERROR,
        Severity.ERROR,
        Severity.WARNING,
    ]


def test_findings_are_sorted_by_place_and_said_once() -> None:
    first = error("b", Place("a.yml", 2, 9), "x")
    second = error("a", Place("a.yml", 10, 1), "x")
    other = error("a", Place("b.yml", 1, 1), "x")
    assert in_order([other, second, first, second, first]) == (first, second, other)


def test_a_quoted_text_cannot_make_a_message_long_or_two_lines() -> None:
    finding = error("a", HERE, f'"{"word " * 1000}\nmore" is not a unit')
    assert len(finding.message) <= MOST_WORDS
    assert finding.message.startswith('"word word') and finding.message.endswith('more" is not a unit')
    assert "\n" not in finding.message


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("kWh", 3), ("用電量", 6), ("（）", 4), ("é", 1), ("e\u0301", 1), ("ｋ", 2), ("", 0), ("m³", 2)],
)
def test_display_width(text: str, cells: int) -> None:
    assert display_width(text) == cells


def test_a_stretch_within_a_place() -> None:
    assert at(HERE, 1, 2) == Place("data/report.yml", 3, 6, 8)
    assert at(HERE, 0, 0) == Place("data/report.yml", 3, 5, 6)


CARETS = [
    ("    unit: kwhh", (11, 15), 'did you mean "kWh"?'),
    ("    name: {en: Electricity, zh-Hant: 外購電力, zh-Hans: 外购电力}", (44, 51), "the key"),
    ("本年度外購電力為{{ electrcity }}，較去年增加。", (9, 25), 'did you mean "electricity"?'),
    ("  source：\t發票", (10, 11), "a tab"),
    ("# 能源", (1, 1), "a place without an end"),
    ("short", (30, 40), "a place after the end"),
    ("", (1, 2), "an empty line"),
    ("e\u0301nergie kwhh", (10, 14), "combining marks take no cell"),
    ("字" * 100 + " {{ x }} " + "字" * 100, (102, 109), "a long line is cut on both sides"),
    ("{{ x }}" + "字" * 100, (1, 8), "a long line is cut behind"),
    ("字" * 100 + "{{ x }}", (101, 108), "a long line is cut before"),
    ("x" * 300, (1, 301), "longer than the line that is shown"),
]


def test_carets_stand_under_what_is_meant(golden: Callable[[str, str], None]) -> None:
    shown = []
    for line, (start, end), help in CARETS:
        finding = Diagnostic("a", Severity.ERROR, Place("a.md", 7, start, end), "", help)
        shown.append(caret_lines(finding, line))
    golden("carets.txt", "\n".join(shown) + "\n")


@given(st.text(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_any_place_can_be_shown(line: str, start: int, end: int) -> None:
    finding = error("a", Place("a.md", 1, start, end), "x")
    shown = caret_lines(finding, line.replace("\n", ""))
    assert "^" in shown.rpartition("│")[2]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d", "e", "f"], "a, b, c, d, e and f"),
        (["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, e and 2 more"),
    ],
)
def test_a_handful_is_named_and_the_rest_counted(names, said):
    assert listed(names) == said
