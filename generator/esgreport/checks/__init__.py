"""What must hold before anything is printed: one rule per module, listed here by hand.

A rule takes the examined report and yields diagnostics. No rule knows another. Each module's docstring is its
manual page: why, wrong, right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from esgreport.checks import (
    boundaries_differ,
    certificate_lapsed,
    date_outside_period,
    decimals_differ,
    denominator_unprinted,
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
    links,
    list_lost,
    measure_unit,
    missing_glyph,
    missing_input,
    negative_value,
    other_scope,
    outside_life,
    own_faces,
    part_above_whole,
    picture_quality,
    pictures,
    reasons,
    references,
    requirements,
    same_values,
    scale_loses_digits,
    shares_total,
    source_language,
    standard_withdrawn,
    statements,
    target_base,
    target_path,
    topic_unshown,
    total_leaves_out,
    total_mismatch,
    unexplained_jump,
    word_avoided,
    zero_after_value,
    zero_denominator,
)
from esgreport.diagnostics import Diagnostic
from esgreport.views import Edition

Rule = Callable[[Edition, Path], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    references.check,
    statements.check,
    links.check,
    list_lost.check,
    pictures.check,
    picture_quality.check,
    own_faces.check,
    missing_glyph.check,
    languages_differ.check,
    source_language.check,
    word_avoided.check,
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
    figures_unprinted.check,
    denominator_unprinted.check,
    topic_unshown.check,
    date_outside_period.check,
    certificate_lapsed.check,
)


def check(edition: Edition, root: Path) -> list[Diagnostic]:
    """Everything that the rules find."""
    return [finding for rule in RULES for finding in rule(edition, root)]
