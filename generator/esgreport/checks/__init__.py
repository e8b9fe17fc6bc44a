"""What must hold before anything is printed: one rule per module, listed here by hand.

A rule takes the examined report and yields diagnostics. No rule knows another. Each module's docstring is its
manual page: why, wrong, right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from esgreport.checks import (
    figures_unprinted,
    formula_cycle,
    formula_unit,
    languages_differ,
    links,
    missing_glyph,
    pictures,
    reasons,
    references,
    requirements,
    scale_loses_digits,
    total_mismatch,
    zero_denominator,
)
from esgreport.diagnostics import Diagnostic
from esgreport.views import Edition

Rule = Callable[[Edition, Path], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    references.check,
    links.check,
    pictures.check,
    missing_glyph.check,
    languages_differ.check,
    total_mismatch.check,
    formula_cycle.check,
    formula_unit.check,
    zero_denominator.check,
    scale_loses_digits.check,
    requirements.check,
    reasons.check,
    figures_unprinted.check,
)


def check(edition: Edition, root: Path) -> list[Diagnostic]:
    """Everything that the rules find."""
    return [finding for rule in RULES for finding in rule(edition, root)]
