"""Targets: the way from a base to what is wanted, how far it has been gone, and what to say of it.

Between the base, the years that the target names and its last year, what is wanted lies on a straight line by
months, in exact ratios. Nothing of it is typed: progress and status follow from the figures.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction

from esgreport.expressions import months, unit_of
from esgreport.model import Figure, FigureId, Kind, Report, Target
from esgreport.units import PERCENT

FigureOf = Callable[[FigureId], Figure | None]


class TargetStatus(StrEnum):
    """Where a target stands at the end of the report's period."""

    ACHIEVED = "achieved"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Targets:
    """The targets of a report, worked out from its figures."""

    def __init__(self, report: Report, figure: FigureOf) -> None:
        self.report, self.figure = report, figure

    def value(self, id: FigureId, target: Target) -> tuple[Fraction, tuple[FigureId, ...], str] | None:
        """The exact value of a target's figure in base units, the figures behind it, and how it came about."""
        if id.members or id.period not in self.report.periods:
            return None
        if id.operation == "level":
            level = self.level(target, id.period)
            if level is None:
                return None
            base = self.base(target)
            inputs = (target.measured(target.base),) if base is not None and target.goal == "change" else ()
            named = id.period == target.to or id.period in dict(target.path)
            words = "wanted" if named and target.goal != "change" else f"{target.base} to {target.to}"
            return level, inputs, words
        if id.operation == "progress":
            base, goal = self.base(target), self.level(target, target.to)
            actual = self._exact(target.measured(id.period))
            if base is None or goal is None or actual is None or base == goal:
                return None
            ids = (target.measured(target.base), target.measured(id.period))
            progress = (base - actual) / (base - goal) * 100 * PERCENT.ratio
            return progress, tuple(i for i in ids if self.figure(i)), "(base - actual) / (base - wanted)"
        return None

    def base(self, target: Target) -> Fraction | None:
        """The value that the target starts from: the metric's own, else the one the target was given."""
        if not target.base:
            return None
        own = self._exact(target.measured(target.base))
        if own is None and target.base_value is not None:
            return target.base_value.exact * self._ratio(target)
        return own

    def level(self, target: Target, period: str) -> Fraction | None:
        """What is wanted in a period; before the base and after the last year nothing is."""
        base = self.base(target)
        goal = self._wanted(target, target.wanted.exact, base)
        if period == target.to:
            return goal
        known = [(self._month(target, target.to), goal)]
        for each, number in target.path:
            known.append((self._month(target, each), self._wanted(target, number.exact, base)))
        if base is not None:
            known.append((0, base))
        elif not target.path:
            return goal if self._month(target, period) < self._month(target, target.to) else None
        at = self._month(target, period)
        earlier = [point for point in known if point[0] <= at]
        later = [point for point in known if point[0] >= at]
        if not earlier or not later:
            return None
        (start, low), (end, high) = max(earlier, key=lambda p: p[0]), min(later, key=lambda p: p[0])
        if low is None or high is None:
            return None
        return low if start == end else low + (high - low) * Fraction(at - start, end - start)

    def status(self, target: Target, period: str) -> TargetStatus:
        """Where the target stands at the end of a period."""
        actual, goal = self._exact(target.measured(period)), self.level(target, target.to)
        if actual is None or goal is None:
            return TargetStatus.UNKNOWN
        over = self._month(target, period) >= self._month(target, target.to)
        if self._met(target, actual, goal):
            bound = target.goal in ("at_most", "at_least")
            return TargetStatus.ON_TRACK if bound and not over else TargetStatus.ACHIEVED
        if over:
            return TargetStatus.MISSED
        level = self.level(target, period)
        if level is None:
            return TargetStatus.UNKNOWN
        return TargetStatus.ON_TRACK if self._met(target, actual, level) else TargetStatus.BEHIND

    def downwards(self, target: Target) -> bool:
        """Whether less is better."""
        if target.goal in ("at_most", "at_least"):
            return target.goal == "at_most"
        base, goal = self.base(target), self.level(target, target.to)
        if base is not None and goal is not None and base != goal:
            return goal < base
        return target.goal == "change" and target.wanted.exact <= 0

    def _met(self, target: Target, actual: Fraction, level: Fraction) -> bool:
        return actual <= level if self.downwards(target) else actual >= level

    def _wanted(self, target: Target, number: Fraction, base: Fraction | None) -> Fraction | None:
        if target.goal != "change":
            return number * self._ratio(target)
        return None if base is None else base * (1 + number / 100)

    def _ratio(self, target: Target) -> Fraction:
        return unit_of(self.report, target.measured(target.to)).ratio

    def _exact(self, id: FigureId) -> Fraction | None:
        figure = self.figure(id)
        if figure is None or figure.kind not in (Kind.VALUE, Kind.NIL):
            return None
        return (figure.number.exact if figure.number else Fraction(0)) * figure.unit.ratio

    def _month(self, target: Target, period: str) -> int:
        """Months from the end of the base, or of the last year where there is no base."""
        periods = self.report.periods
        return months(periods[target.base or target.to], periods[period])
