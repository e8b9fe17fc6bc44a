"""What is about, over or nearly stays so in all that is worked out of it."""

from dataclasses import replace

import pytest
from esgreport.compute import Figures
from esgreport.export import figure_record
from esgreport.model import QUALIFIERS
from reports import aspect, cell, dimension, edition_of, figure, metric, values_report

WORDS = "name: {en: X, zh-Hant: 某}"


def total_of(*qualifiers: str) -> str:
    names = [f"m{n}" for n in range(len(qualifiers))]
    cells = [replace(cell("6", part=n), qualifier=q) for n, q in zip(names, qualifiers, strict=True)]
    figures = Figures(values_report([metric("x", *cells)], [dimension("part", *names)]))
    total = figure(figures, "x@2025")
    assert total.number.exact == 6 * len(qualifiers)
    return total.qualifier


@pytest.mark.parametrize("qualifier", ["", *QUALIFIERS])
def test_a_total_of_one_part_or_of_parts_alike_says_what_they_say(qualifier):
    assert total_of(qualifier) == total_of(qualifier, qualifier) == total_of(qualifier, "") == qualifier


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        (("about", "over"), "about"),
        (("about", "nearly"), "about"),
        (("over", "nearly"), "about"),
        (("over", "not_more_than"), "about"),
        (("at_least", "nearly"), "about"),
        (("over", "at_least"), "over"),  # more than the one and no less than the other is more than both
        (("nearly", "not_more_than"), "not_more_than"),
        (("at_least", "over", "about", ""), "about"),
    ],
)
def test_a_total_of_unlike_parts_says_what_holds_of_all(parts, total):
    assert total_of(*parts) == total_of(*reversed(parts)) == total


def test_a_part_that_is_nothing_has_no_word():
    cells = [replace(cell("6", part="a"), qualifier="about"), cell("0", part="b")]
    figures = Figures(values_report([metric("x", *cells)], [dimension("part", "a", "b")]))
    assert figure(figures, "x@2025[part=b]").qualifier == ""
    assert figure(figures, "x@2025").qualifier == "about"


def worked(project, formula: str, unit: str = "t", **values: str):
    """The figure that a formula gives, where a and b are 6 and 3 with such words."""
    given = {"a": "6", "b": "3", **values}
    lines = [f"{n}: {{{WORDS}, unit: t, per: [b], values: {{2025: {v}, 2024: 2}}}}" for n, v in given.items()]
    lines.append(f"made: {{{WORDS}, unit: {unit}, formula: '{formula}'}}")
    files = {"data/aspects/a2.yml": aspect("\n".join(f"  {line}" for line in lines))}
    return edition_of(project(files)).figures


OVER_A = {"a": "{value: 6, qualifier: over}"}
OVER_B = {"b": "{value: 3, qualifier: over}"}
NEARLY_B = {"b": "{value: 3, qualifier: nearly}"}
NEGATIVE_B = {"b": "{value: -3, qualifier: over}"}


@pytest.mark.parametrize(
    ("formula", "unit", "values", "qualifier"),
    [
        ("a + b", "t", {}, ""),
        ("a + b", "t", OVER_A, "over"),
        ("a * 2", "t", OVER_A, "over"),
        ("a * -2", "t", OVER_A, "not_more_than"),
        ("a * 0 + b", "t", OVER_A, ""),  # nothing of it is left
        ("a - b", "t", OVER_A, "over"),
        ("a - b", "t", OVER_B, "not_more_than"),  # what is taken away is more, so less is left
        ("a - b", "t", NEARLY_B, "over"),
        ("a - b", "t", OVER_A | OVER_B, "about"),
        ("a / b", "percent", OVER_A, "over"),
        ("a / b", "percent", OVER_B, "not_more_than"),
        ("a / b", "percent", OVER_A | OVER_B, "about"),
        ("a / b * b", "t", OVER_B, "about"),
        ("a / b", "percent", NEGATIVE_B, "not_more_than"),  # -3 or a little more: 6 / -3 or still less
        ("average(a, b)", "t", OVER_A, "over"),
        ("average(a, b)", "t", OVER_A | NEARLY_B, "about"),
        ("difference(a, 2024)", "t", {"a": "{value: 6, qualifier: about}"}, "about"),
        ("change(a, 2024)", "percent", OVER_A, "over"),
        ("growth(a, 2024)", "percent", OVER_A, "over"),
        ("difference(a, 2024)", "t", OVER_A, "over"),
    ],
)  # fmt: skip
def test_a_formula_says_what_follows(project, formula, unit, values, qualifier):
    assert figure(worked(project, formula, unit, **values), "made@2025").qualifier == qualifier


@pytest.mark.parametrize(
    ("values", "id", "qualifier"),
    [
        (OVER_A, "a~per.b@2025", "over"),
        (OVER_B, "a~per.b@2025", "not_more_than"),
        (OVER_A, "a~change.2024@2025", "over"),
        (OVER_A, "a~difference.2024@2025", "over"),
        (OVER_A, "a~change.2025@2024", "not_more_than"),
        (OVER_A, "a~per.b~change.2024@2025", "over"),
        ({}, "a~per.b~change.2024@2025", ""),
    ],
)
def test_intensities_and_changes_say_it_too(project, values, id, qualifier):
    assert figure(worked(project, "a + b", **values), id).qualifier == qualifier


def test_a_share_of_a_rounded_whole_is_rounded_but_a_rank_is_a_number():
    cells = [replace(cell("6", part="a"), qualifier="over"), cell("2", part="b")]
    figures = Figures(values_report([metric("x", *cells)], [dimension("part", "a", "b")]))
    assert figure(figures, "x~share.part@2025[part=a]").qualifier == "about"
    assert figure(figures, "x~share.part@2025[part=b]").qualifier == "not_more_than"
    assert figure(figures, "x~rank.part@2025[part=a]").qualifier == ""


def test_it_is_exported_with_the_total():
    cells = [replace(cell("6", part="a"), qualifier="about"), cell("2", part="b")]
    figures = Figures(values_report([metric("x", *cells)], [dimension("part", "a", "b")]))
    record = figure_record(figures.report, figure(figures, "x@2025"))
    assert (record["value"], record["qualifier"]) == ("8", "about")


def test_what_a_target_wants_of_a_rounded_base_and_its_progress_are_rounded(project):
    metrics = f"""\
  a: {{{WORDS}, unit: t, values: {{2025: 7, 2024: {{value: 8, qualifier: over}}}}}}
targets:
  less: {{name: {{en: Less, zh-Hant: 減}}, metric: a, base: 2024, to: 2025, change: -20}}
"""
    figures = edition_of(project({"data/aspects/a2.yml": aspect("") + metrics})).figures
    assert figure(figures, "less~level@2024").qualifier == "over"
    assert figure(figures, "less~level@2025").qualifier == "about"
    assert figure(figures, "less~progress@2025").qualifier == "about"
    assert figure(figures, "less~change@2025").qualifier == ""
