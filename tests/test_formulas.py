"""Formulas: text in, a tree out; each finding points at the term, in quotes too."""

from __future__ import annotations

import pytest
from esgreport.diagnostics import Place
from esgreport.formulas import MOST_TERMS, parse_formula
from esgreport.model import Constant, FactorTerm, Function, MetricTerm, Operation, Term, terms
from esgreport.source import Mapping, Scalar, read_yaml
from hypothesis import given
from hypothesis import strategies as st
from marks import places, unmarked


def worded(tree: Term) -> str:
    """A tree with all its parentheses."""
    if isinstance(tree, Operation):
        return f"({worded(tree.left)} {tree.sign} {worded(tree.right)})"
    if isinstance(tree, Constant):
        return str(tree.number)
    if isinstance(tree, Function):
        inside = ", ".join(map(worded, tree.arguments)) + f" over {tree.over}" * bool(tree.over)
        return f"{tree.name}({inside}{f' since {tree.period}' if tree.period else ''})"
    name = tree.metric if isinstance(tree, MetricTerm) else f"factor:{tree.factor}"
    chosen = "".join(f"[{dimension}={member}]" for dimension, member in tree.members)
    return name + chosen + f"@{tree.period}" * bool(tree.period)


def parsed(line: str) -> tuple[Term | None, list[str], Scalar]:
    """The formula of a line `formula: …` of a data file."""
    node, _ = read_yaml(line, "a.yml")
    assert isinstance(node, Mapping)
    written = node.get("formula")
    assert isinstance(written, Scalar)
    formula, findings = parse_formula(written.text, written.place, written.style)
    return formula.tree if formula else None, places(findings), written


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("electricity", "electricity"),
        ("a + b * c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("(a + b) * c", "((a + b) * c)"),
        ("a − b × 2 ÷ 3.50", "(a - ((b * 2) / 3.50))"),
        ('electricity*factor("grid")', "(electricity * factor:grid)"),
        ("electricity * factor( 'grid' )", "(electricity * factor:grid)"),
        ("0.5 * scope_2", "(0.5 * scope_2)"),
        ("-a + b", "((-1 * a) + b)"),
        ("a * -b", "(a * (-1 * b))"),
        ("a[plant=east]", "a[plant=east]"),
        ("a[ plant = east , gender = male ]@2020", "a[gender=male][plant=east]@2020"),
        ("a - a@previous", "(a - a@previous)"),
        ("a@2025_h1 + a@fy2026", "(a@2025_h1 + a@fy2026)"),
        ('factor("grid")[plant=east]@2024 * a', "(factor:grid[plant=east]@2024 * a)"),
        ('sum(a * factor("grid") over plant)', "sum((a * factor:grid) over plant)"),
        ("average(a over month)", "average(a over month)"),
        ("b / average(a, a@previous)", "(b / average(a, a@previous))"),
        ("average(a, b, c)", "average(a, b, c)"),
        ("whole(a) + share(b)", "(whole(a) + share(b))"),
        ("change(a)", "change(a since previous)"),
        ("difference(a[plant=east], 2020)", "difference(a[plant=east] since 2020)"),
        ("growth(a, fy2020)", "growth(a since fy2020)"),
        ("sum / average", "(sum / average)"),
    ],
)
def test_reads_what_is_written(text: str, tree: str) -> None:
    formula, findings = parse_formula(text, Place("a.yml", 1, 1, len(text) + 1))
    assert not findings and formula is not None
    assert worded(formula.tree) == tree and formula.text == text


def test_terms_come_in_reading_order() -> None:
    formula, _ = parse_formula('(a + 2) * factor("f") / b', Place("a.yml", 1, 1, 26))
    assert formula is not None
    names = [t.factor if isinstance(t, FactorTerm) else t.metric for t in terms(formula.tree)]
    assert names == ["a", "f", "b"]


@pytest.mark.parametrize(
    "marked",
    [
        """
        formula: electricity ** 2
                              ^ bad-formula
        """,
        """
        formula: a + 1.2.3
                     ^^^^^ bad-formula
        """,
        """
        formula: a + (b * c
                     ^ bad-formula
        """,
        """
        formula: a + b)
                      ^ bad-formula
        """,
        """
        formula: a kWh
                   ^^^ bad-formula
        """,
        """
        formula: 用電量 + b
                 ^^^^^^ bad-formula
        """,
        """
        formula: Electricity + b
                 ^^^^^^^^^^^ bad-formula
        """,
        """
        formula: a +
                 ^^^ bad-formula
        """,
        """
        formula: __import__("os")
                 ^^^^^^^^^^ bad-formula
        """,
        """
        formula: 'a * factor("f") + B'
                                    ^ bad-formula
        """,
        r"""
        formula: "a * factor(\"f\") + B"
                                      ^ bad-formula
        """,
        """
        formula: 'a * factor(''f'') + B'
                                      ^ bad-formula
        """,
        """
        formula: factor(f)
                 ^^^^^^ bad-formula
        """,
        """
        formula: median(a)
                 ^^^^^^ bad-formula
        """,
        """
        formula: b + sum(a)
                     ^^^ bad-formula
        """,
        """
        formula: average(a)
                 ^^^^^^^ bad-formula
        """,
        """
        formula: sum(a over plant + b)
                                  ^ bad-formula
        """,
        """
        formula: sum(a, b over plant)
                      ^ bad-formula
        """,
        """
        formula: share(a + b)
                 ^^^^^ bad-formula
        """,
        """
        formula: growth(a)
                 ^^^^^^ bad-formula
        """,
        """
        formula: whole(a, 2020)
                        ^ bad-formula
        """,
        """
        formula: a[plant]
                        ^ bad-formula
        """,
        """
        formula: a[plant=East]
                         ^^^^ bad-formula
        """,
        """
        formula: a@ + b
                    ^ bad-formula
        """,
        """
        formula: a@2020@2021
                       ^ bad-formula
        """,
    ],
)
def test_points_at_the_term(marked: str) -> None:
    text, expected = unmarked(marked)
    tree, found, _ = parsed(text)
    assert tree is None and found == expected


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ('formula: a * factor("f") + b', (10, 14, 28)),
        ("formula: 'a * factor(\"f\") + b'", (11, 15, 29)),
        (r'formula: "a * factor(\"f\") + b"', (11, 15, 31)),
        ("formula: 'a * factor(''f'') + b'", (11, 15, 31)),
        ('formula:   "a * b + c"', (13, 17, 21)),
    ],
)
def test_terms_know_their_columns_in_quotes_too(line: str, columns: tuple[int, ...]) -> None:
    tree, found, _ = parsed(line)
    assert tree is not None and not found
    assert tuple(term.place.column for term in terms(tree)) == columns


@pytest.mark.parametrize("line", ["formula: a +\n  B", "formula: >\n  a + B\n"])
def test_a_formula_over_several_lines_is_meant_as_a_whole(line: str) -> None:
    tree, found, written = parsed(line)
    assert tree is None
    place = written.place
    assert found == [f"{place.line}:{place.column}-{place.end_column} bad-formula"]


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["a"] * MOST_TERMS),
        "(" * 21 + "a" + ")" * 21,
        "-" * 5000 + "a",
        "share(" * 5000,
        "(" * 5000,
        "",
    ],
)
def test_what_is_too_long_or_too_deep_is_refused(text: str) -> None:
    formula, findings = parse_formula(text, Place("a.yml", 1, 1, len(text) + 1))
    assert formula is None and [finding.code for finding in findings] == ["bad-formula"]


WORDS_OF_FORMULAS = st.lists(
    st.sampled_from(
        [
            *"ab+-*/()[],@=",
            "12",
            "2020",
            "sum(",
            "average(",
            "share(",
            "growth(",
            " over ",
            "plant",
            'factor("f")',
            "previous",
        ]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(WORDS_OF_FORMULAS, st.text(), st.text(alphabet="ab12. +-*/()factor\"'×÷−用[]=@,")))
def test_any_text_is_a_formula_or_a_finding(text: str) -> None:
    formula, findings = parse_formula(text, Place("a.yml", 1, 1, max(2, len(text) + 1)))
    assert (formula is None) == bool(findings)
    assert all(1 <= f.place.column < f.place.end_column for f in findings)
