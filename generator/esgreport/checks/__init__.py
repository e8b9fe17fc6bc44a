"""What must hold before anything is printed: one rule per module, listed here by hand.

A rule takes the examined report and yields diagnostics. No rule knows another. Each module's docstring is its
manual page: why, wrong, right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from esgreport.checks import (
    absence_unclear,
    american_spelling,
    announced_not_there,
    answer_off_subject,
    award_of_earlier_year,
    boundaries_differ,
    certificate_lapsed,
    character_mixed_up,
    company_of_elsewhere,
    date_outside_period,
    dates_disagree,
    decimals_differ,
    denominator_unprinted,
    figure_typed,
    figures_unprinted,
    formula_cycle,
    formula_mismatch,
    formula_unit,
    framework_edition,
    gross_emissions,
    implausible_value,
    implied_factor,
    label_and_unit,
    languages_differ,
    law_in_force,
    laws_named_unlike,
    left_over,
    links,
    list_lost,
    measure_unit,
    missing_glyph,
    missing_input,
    name_near_miss,
    negative_value,
    nil_against_value,
    not_worked_out,
    numbers_differ,
    numerals_mixed,
    other_scope,
    outside_life,
    own_faces,
    part_above_whole,
    picture_quality,
    pictures,
    place_of_elsewhere,
    prose_differs,
    punctuation,
    qualifiers_differ,
    reasons,
    references,
    repeated,
    repeated_picture,
    requirements,
    same_values,
    scale_loses_digits,
    section_not_found,
    shares_total,
    simplified_character,
    source_language,
    standard_of_elsewhere,
    standard_withdrawn,
    statements,
    stray_latin,
    target_base,
    target_path,
    terms_differ,
    told_otherwise,
    topic_unshown,
    total_leaves_out,
    total_mismatch,
    unexplained_jump,
    without_comparatives,
    word_avoided,
    word_of_elsewhere,
    zero_after_value,
    zero_denominator,
)
from esgreport.diagnostics import Diagnostic
from esgreport.views import Edition
from esgreport.workers import told

Rule = Callable[[Edition, Path], Iterator[Diagnostic]]

OF_PAGES: tuple[Rule, ...] = (
    references.check,
    statements.check,
    links.check,
    list_lost.check,
    pictures.check,
    picture_quality.check,
    own_faces.check,
    missing_glyph.check,
    languages_differ.check,
)
OF_WORDS: tuple[Rule, ...] = (
    section_not_found.check,
    announced_not_there.check,
    answer_off_subject.check,
    prose_differs.check,
    numbers_differ.check,
    qualifiers_differ.check,
    figure_typed.check,
    simplified_character.check,
    character_mixed_up.check,
    word_of_elsewhere.check,
    stray_latin.check,
    name_near_miss.check,
    place_of_elsewhere.check,
    standard_of_elsewhere.check,
    company_of_elsewhere.check,
    left_over.check,
    nil_against_value.check,
    told_otherwise.check,
    repeated.check,
    repeated_picture.check,
    punctuation.check,
    american_spelling.check,
    numerals_mixed.check,
    dates_disagree.check,
    source_language.check,
    word_avoided.check,
    terms_differ.check,
)
OF_FIGURES: tuple[Rule, ...] = (
    outside_life.check,
    total_mismatch.check,
    part_above_whole.check,
    shares_total.check,
    total_leaves_out.check,
    gross_emissions.check,
    other_scope.check,
    missing_input.check,
    formula_cycle.check,
    formula_unit.check,
    formula_mismatch.check,
    zero_denominator.check,
    unexplained_jump.check,
    zero_after_value.check,
    same_values.check,
    implausible_value.check,
    implied_factor.check,
    negative_value.check,
    decimals_differ.check,
    label_and_unit.check,
    measure_unit.check,
    boundaries_differ.check,
    scale_loses_digits.check,
    target_base.check,
    target_path.check,
    requirements.check,
    reasons.check,
    framework_edition.check,
    standard_withdrawn.check,
    law_in_force.check,
    laws_named_unlike.check,
    figures_unprinted.check,
    denominator_unprinted.check,
    not_worked_out.check,
    without_comparatives.check,
    absence_unclear.check,
    topic_unshown.check,
    date_outside_period.check,
    award_of_earlier_year.check,
    certificate_lapsed.check,
)


RULES = OF_PAGES + OF_WORDS + OF_FIGURES
# Those whose findings stop a draft, too: without them no page can be made.
STOPPING: tuple[Rule, ...] = (
    references.check,
    statements.check,
    links.check,
    pictures.check,
    own_faces.check,
    missing_glyph.check,
)


def check(edition: Edition, root: Path, jobs: int = 1) -> list[Diagnostic]:
    """Everything that the rules find; with several `jobs`, those of words and the others are tried side by side."""
    halves = [partial(_found, rules, edition, root) for rules in (OF_WORDS, OF_PAGES + OF_FIGURES)]
    found = sorted(told(halves, jobs, "the check"), key=lambda each: each[0])
    return [finding for _, findings in found for finding in findings]


def stopping(edition: Edition, root: Path) -> list[Diagnostic]:
    """What a few rules find: all that can stop a draft, too."""
    return [finding for rule in STOPPING for finding in rule(edition, root)]


def _found(rules: tuple[Rule, ...], edition: Edition, root: Path) -> Iterator[list[Diagnostic]]:
    yield [finding for rule in rules for finding in rule(edition, root)]
