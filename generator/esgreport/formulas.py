"""Formulas: text in, a tree out. Parsed, bounded, never evaluated as code.

formula   = term { ("+" | "-" | "−") term }
term      = atom { ("*" | "×" | "/" | "÷") atom }
atom      = ["-"] ( number | reference | function | "(" formula ")" )
reference = (metric id | factor("id")) [ "[" dimension "=" member { "," dimension "=" member } "]" ] [ "@" period ]
function  = ("sum" | "average") "(" formula "over" dimension ")" | "average" "(" formula "," formula { "," formula } ")"
          | ("whole" | "share") "(" metric ")" | ("difference" | "change" | "growth") "(" metric [ "," period ] ")"
period    = id | "previous"
"""

from __future__ import annotations

import re
from fractions import Fraction

from esgreport.amounts import Number, parse_number
from esgreport.diagnostics import Diagnostic, Place, at, blocking
from esgreport.model import (
    FUNCTIONS,
    IDENTIFIER,
    PERIOD_IDENTIFIER,
    PREVIOUS,
    Constant,
    FactorTerm,
    Formula,
    Function,
    Members,
    MetricTerm,
    Operation,
    Term,
)

MOST_TERMS = 200
MOST_DEPTH = 20
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9][0-9.]*(?!\w))|(?P<factor>factor\s*\(\s*(?P<quote>[\"'])(?P<id>[^\"']*)(?P=quote)\s*\))"
    r"|(?P<name>[a-z][a-z0-9_]*(?!\w))|(?P<sign>[-−+*×/÷()\[\]=,@])|(?P<other>\w+|\S))"
)
_SIGNS = {"−": "-", "×": "*", "÷": "/"}
_OF_A_METRIC = ("whole", "share", "difference", "change", "growth")
_HOW_TO_CALL = {
    "sum": "write sum(electricity over plant)",
    "average": "write average(workforce, workforce@previous) or average(workforce over month)",
    "whole": "write whole(workforce)",
    "share": "write share(workforce)",
    "difference": "write difference(electricity) or difference(electricity, 2020)",
    "change": "write change(electricity) or change(electricity, 2020)",
    "growth": "write growth(revenue, 2020)",
}
_HELP = 'write metric ids, numbers and factor("id"), joined by + - * / and parentheses'


class _Wrong(Exception):
    """Stops the parser at the first thing it cannot read; never leaves this module."""

    def __init__(self, place: Place, message: str, help: str = _HELP) -> None:
        super().__init__(message)
        self.place, self.message, self.help = place, message, help


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

    def expect(self, sign: str, help: str = _HELP) -> None:
        """The next token, which must be this sign."""
        if self.peek() != sign:
            place = self.place(self.tokens[self.next]) if self.next < len(self.tokens) else self.whole
            raise _Wrong(place, f'"{sign}" is missing here', help)
        self.next += 1

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
            members, period = self.selection()
            return FactorTerm(token["id"], place, members, period)
        if token["name"] and self.peek() == "(":
            return self.function(token["name"], place, depth + 1)
        if token["name"]:
            members, period = self.selection()
            return MetricTerm(token["name"], place, members, period)
        if token["sign"] == "(":
            tree = self.chain("+-", depth + 1)
            if self.next >= len(self.tokens) or self.peek() != ")":
                raise _Wrong(place, "this parenthesis is not closed")
            self.next += 1
            return tree
        if token["sign"] in ("-", "−"):
            return Operation("*", Constant(Number(Fraction(-1), 0)), self.atom(depth + 1), place)
        text = token.group().strip()
        raise _Wrong(place, f'"{text}" cannot stand here', _HOW_TO_CALL.get(text.lower(), _HELP))

    def selection(self) -> tuple[Members, str]:
        """The members and the period that a metric or factor is taken for: [plant=chengxi]@2020."""
        members: list[tuple[str, str]] = []
        if self.peek() == "[":
            help = "write electricity[plant=chengxi]"
            while self.peek() in ("[", ","):
                self.next += 1
                dimension = self.identifier("a dimension", help)
                self.expect("=", help)
                members.append((dimension, self.identifier("a member", help)))
            self.expect("]", help)
        period = ""
        if self.peek() == "@":
            self.next += 1
            period = self.period("write electricity@2020 or electricity@previous")
        return tuple(sorted(members)), period

    def identifier(self, what: str, help: str) -> str:
        token = self.take()
        text = token.group().strip()
        if not IDENTIFIER.match(text):
            raise _Wrong(self.place(token), f'"{text}" cannot be the id of {what}', help)
        return text

    def period(self, help: str) -> str:
        token = self.take()
        text = token.group().strip()
        if not PERIOD_IDENTIFIER.match(text):
            raise _Wrong(self.place(token), f'"{text}" cannot be the id of a period', help)
        return text

    def function(self, name: str, place: Place, depth: int) -> Term:
        if name == "factor":
            raise _Wrong(place, "the id of a factor stands in quotes", 'write factor("grid")')
        if name not in FUNCTIONS:
            raise _Wrong(place, f'"{name}" is not a function', f"the functions are {', '.join(FUNCTIONS)}")
        if depth > MOST_DEPTH:
            raise _Wrong(self.whole, f"more than {MOST_DEPTH} parentheses inside each other")
        help = _HOW_TO_CALL[name]
        self.expect("(")
        arguments, over, period = [self.chain("+-", depth)], "", ""
        if name in _OF_A_METRIC:
            if not isinstance(arguments[0], MetricTerm):
                raise _Wrong(place, f"{name} takes one metric", help)
            if name in ("difference", "change", "growth"):
                if self.peek() == ",":
                    self.next += 1
                    period = self.period(help)
                elif name != "growth":
                    period = PREVIOUS
        elif self.next < len(self.tokens) and self.tokens[self.next]["name"] == "over":
            self.next += 1
            over = self.identifier("a dimension", help)
        elif name == "average":
            while self.peek() == ",":
                self.next += 1
                arguments.append(self.chain("+-", depth))
        self.expect(")", help)
        if (name == "sum" and not over) or (name == "average" and not over and len(arguments) < 2):
            raise _Wrong(place, f"{name} does not say over what", help)
        if name == "growth" and not period:
            raise _Wrong(place, "growth does not say since which period", help)
        return Function(name, tuple(arguments), place, over, period)


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
        return None, [blocking("bad-formula", wrong.place, wrong.message, wrong.help)]
    return Formula(text, tree, place), []
