"""Formulas: text in, a tree out. Parsed, bounded, never evaluated as code.

formula = term { ("+" | "-" | "−") term }
term    = atom { ("*" | "×" | "/" | "÷") atom }
atom    = number | metric id | factor("id") | "(" formula ")"
"""

from __future__ import annotations

import re

from esgreport.amounts import parse_number
from esgreport.diagnostics import Diagnostic, Place, at, blocking
from esgreport.model import Constant, FactorTerm, Formula, MetricTerm, Operation, Term

MOST_TERMS = 200
MOST_DEPTH = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9][0-9.]*(?!\w))|(?P<factor>factor\s*\(\s*(?P<quote>[\"'])(?P<id>[^\"']*)(?P=quote)\s*\))"
    r"|(?P<name>[a-z][a-z0-9_]*(?!\w))|(?P<sign>[-−+*×/÷()])|(?P<other>\w+|\S))"
)
_SIGNS = {"−": "-", "×": "*", "÷": "/"}


class _Wrong(Exception):
    """Stops the parser at the first thing it cannot read; never leaves this module."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place, self.message = place, message


class _Parser:
    def __init__(self, text: str, place: Place, style: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup]
        self.whole, self.next = place, 0
        self.offsets = _offsets(text, place, style)

    def place(self, token: re.Match[str]) -> Place:
        if not self.offsets:
            return self.whole
        text = token.group().strip()
        first, last = self.offsets[token.end() - len(text)], self.offsets[token.end() - 1]
        return at(self.whole, first, last - first + 1)

    def peek(self) -> str:
        if self.next >= len(self.tokens):
            return ""
        sign = self.tokens[self.next]["sign"] or ""
        return _SIGNS.get(sign, sign)

    def take(self) -> re.Match[str]:
        if self.next >= len(self.tokens):
            raise _Wrong(self.whole, "the formula ends too early")
        self.next += 1
        return self.tokens[self.next - 1]

    def chain(self, signs: str, depth: int) -> Term:
        tree = self.atom(depth) if signs == "*/" else self.chain("*/", depth)
        while (sign := self.peek()) and sign in signs:
            place = self.place(self.take())
            right = self.atom(depth) if signs == "*/" else self.chain("*/", depth)
            tree = Operation(sign, tree, right, place)
        return tree

    def atom(self, depth: int) -> Term:
        if depth > MOST_DEPTH:
            raise _Wrong(self.whole, f"more than {MOST_DEPTH} parentheses inside each other")
        token = self.take()
        place = self.place(token)
        if token["number"]:
            number = parse_number(token["number"])
            if number is None:
                raise _Wrong(place, f'"{token["number"]}" is not a number')
            return Constant(number)
        if token["factor"]:
            return FactorTerm(token["id"], place)
        if token["name"]:
            return MetricTerm(token["name"], place)
        if token["sign"] == "(":
            tree = self.chain("+-", depth + 1)
            if self.next >= len(self.tokens) or self.peek() != ")":
                raise _Wrong(place, "this parenthesis is not closed")
            self.next += 1
            return tree
        raise _Wrong(place, f'"{token.group().strip()}" cannot stand here')


def _offsets(text: str, place: Place, style: str) -> list[int]:
    """Where each character of `text` stands in the file, from the first column of `place`.

    In quotes, a quote that is part of the text takes two columns. [] where text and place do not match, as for
    a text over several lines.
    """
    offsets, column = [], 1 if style else 0
    for character in text:
        offsets.append(column)
        column += 2 if character == style or (style == '"' and character == "\\") else 1
    width = place.end_column - place.column
    return offsets if column + (1 if style else 0) == width else []


def parse_formula(text: str, place: Place, style: str = "") -> tuple[Formula | None, list[Diagnostic]]:
    """The formula that `text` writes at `place`, or None with a finding that points into it.

    `style` is the quote that the text is written in, "" for none.
    """
    parser = _Parser(text, place, style)
    try:
        if len(parser.tokens) > MOST_TERMS:
            raise _Wrong(place, f"more than {MOST_TERMS} terms in one formula")
        tree = parser.chain("+-", 0)
        if parser.next < len(parser.tokens):
            token = parser.tokens[parser.next]
            raise _Wrong(parser.place(token), f'"{token.group().strip()}" cannot stand here')
    except _Wrong as wrong:
        help = 'write metric ids, numbers and factor("id"), joined by + - * / and parentheses'
        return None, [blocking("bad-formula", wrong.place, wrong.message, help)]
    return Formula(text, tree, place), []


def terms(tree: Term) -> list[MetricTerm | FactorTerm]:
    """The metrics and factors of a formula, in reading order."""
    if isinstance(tree, Operation):
        return terms(tree.left) + terms(tree.right)
    return [] if isinstance(tree, Constant) else [tree]
