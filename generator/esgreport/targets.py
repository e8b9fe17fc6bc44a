"""Targets: the way from a base to what is wanted, how far it has been gone, and what to say of it.

Between the base, the years that the target names and its last year, what is wanted lies on a straight line by
months, in exact ratios. What an author typed keeps its digits and its place; progress and status follow from
the figures.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction

from esgreport.amounts import Number, decimals_for
from esgreport.expressions import months, unit_of
from esgreport.model import Figure, FigureId, Kind, Report, Step, Target
from esgreport.qualifiers import together
from esgreport.units import PERCENT

FigureOf = Callable[[FigureId], Figure | None]


class TargetStatus(StrEnum):
    """Where a target stands at the end of a period."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Targets:
    """The targets of a report, worked out from its figures."""

    def __init__(self, report: Report, figure_of: FigureOf) -> None:
        self.report, self.figure_of = report, figure_of

    # ---- figures

    def figure(self, id: FigureId) -> Figure | None:
        """A figure of a target: the `level` wanted by a period, the `change` from the base that this is, or the
        `progress` made by then."""
        target = self.report.targets.get(id.metric)
        if target is None or id.members or id.period not in self.report.periods:
            return None
        if id.operation == "level":
            return self._level_figure(id, target)
        if id.operation == "change":
            return self._change_figure(id, target)
        return self._progress_figure(id, target) if id.operation == "progress" else None

    def declared(self, target: Target) -> list[FigureId]:
        """The figures that a target has of itself: what is wanted in the years it names, and the progress made."""
        ways = ("change", "level") if target.goal == "change" else ("level",)
        wanted = [FigureId(target.id, step.period, (), way) for step in target.steps for way in ways]
        typed = [target.base_value.period] if target.base_value else []
        return [
            *(FigureId(target.id, period, (), "level") for period in typed),
            *wanted,
            FigureId(target.id, self.report.period, (), "progress"),
        ]

    def _level_figure(self, id: FigureId, target: Target) -> Figure | None:
        exact = self.level(target, id.period)
        if exact is None:
            return None
        step = target.step(id.period)
        if step and target.goal != "change":
            return self._typed(id, step)
        if step:
            change = FigureId(target.id, id.period, (), "change")
            return self._derived(id, exact, (target.start, change), "base + |base| * change")
        if id.period == target.base:
            if self._exact(target.measured(id.period)) is None and target.base_value:
                return self._typed(id, target.base_value)
            return self._derived(id, exact, (target.measured(id.period),), "base")
        around = self._around(target, id.period)
        inputs = tuple(FigureId(target.id, period, (), "level") for period in dict.fromkeys(around))
        return self._derived(id, exact, inputs, f"on the line from {around[0]} to {around[-1]}")

    def _change_figure(self, id: FigureId, target: Target) -> Figure | None:
        step, base, level = target.step(id.period), self.base(target), self.level(target, id.period)
        if step and target.goal == "change":
            return self._typed(id, step)
        if not base or level is None or id.period == target.base:
            return None
        inputs = (FigureId(target.id, id.period, (), "level"), target.start)
        return self._derived(id, (level - base) / abs(base), inputs, "(wanted - base) / |base|")

    def _progress_figure(self, id: FigureId, target: Target) -> Figure | None:
        exact = self.progress(target, id.period)
        if exact is None:
            return None
        goal = FigureId(target.id, target.to, (), "level")
        inputs = (target.start, target.measured(id.period), goal)
        return self._derived(id, exact, inputs, "(base - actual) / (base - wanted)")

    def _typed(self, id: FigureId, step: Step) -> Figure:
        return Figure(id, unit_of(self.report, id), Kind.VALUE, step.number, step.place)

    def _derived(self, id: FigureId, exact: Fraction, inputs: tuple[FigureId, ...], formula: str) -> Figure:
        unit, target = unit_of(self.report, id), self.report.targets[id.metric]
        exact /= unit.ratio
        if id.operation != "level":
            decimals = self.report.operation_decimals.get(id.operation, decimals_for(exact))
        else:
            decimals = self._decimals(target, exact)
        words = [figure.qualifier for figure in map(self.figure_of, inputs) if figure]
        qualifier = "about" if len(inputs) > 1 and any(words) else together(words)
        return Figure(
            id, unit, Kind.VALUE, Number(exact, decimals), target.place, qualifier=qualifier, derived=True,
            formula=formula, inputs=inputs,
        )  # fmt: skip

    def _decimals(self, target: Target, exact: Fraction) -> int:
        """As the figure that the target is about is printed, so that the two can be compared."""
        if target.decimals is not None:
            return target.decimals
        for period in filter(None, (self.report.period, target.base)):
            measured = self.figure_of(target.measured(period))
            if measured and measured.number:
                return measured.number.decimals
        return target.base_value.number.decimals if target.base_value else decimals_for(exact)

    # ---- the way

    def base(self, target: Target) -> Fraction | None:
        """The value that the target starts from, in base units."""
        if not target.base:
            return None
        own = self._exact(target.measured(target.base))
        if own is None and target.base_value is not None:
            return target.base_value.number.exact * self._ratio(target)
        return own

    def level(self, target: Target, period: str) -> Fraction | None:
        """What is wanted in a period, in base units; before the base and after the last year nothing is.

        A bound without a base and without a path holds in every year until its last.
        """
        if period == target.base:
            return self.base(target)
        if step := target.step(period):
            return self._wanted(target, step)
        around = self._around(target, period)
        if not around:
            return None
        low, high = (self.level(target, named) for named in (around[0], around[-1]))
        if low is None or high is None:
            return None
        whole, gone = self._months(around[0], around[-1]), self._months(around[0], period)
        return low + (high - low) * Fraction(gone, whole) if whole else low

    def _around(self, target: Target, period: str) -> tuple[str, ...]:
        """The named periods between which a period lies; () where it lies outside of them."""
        named = [step.period for step in target.steps]
        if self.base(target) is not None:
            named.insert(0, target.base)
        elif not target.path:
            return (target.to,) if self._months(period, target.to) >= 0 else ()
        earlier = [each for each in named if self._months(each, period) >= 0]
        later = [each for each in named if self._months(period, each) >= 0]
        return (earlier[-1], later[0]) if earlier and later else ()

    def progress(self, target: Target, period: str) -> Fraction | None:
        """How much of the way from the base to the goal has been gone: 0 at the base, 1 at the goal."""
        return self._gone(target, self._exact(target.measured(period)))

    def pace(self, target: Target, period: str) -> Fraction | None:
        """How much of the way should have been gone by the end of a period."""
        over = self._months(target.to, period) >= 0
        return self._gone(target, self.level(target, target.to if over else period))

    def _gone(self, target: Target, value: Fraction | None) -> Fraction | None:
        base, goal = self.base(target), self.level(target, target.to)
        if base is None or goal is None or value is None or base == goal:
            return None
        return (base - value) / (base - goal)

    # ---- where it stands

    def status(self, target: Target, period: str) -> TargetStatus:
        """Where the target stands at the end of a period; once its last year is over, that year's figure decides."""
        over = self._months(target.to, period) >= 0
        final = self._exact(target.measured(target.to)) if over else None
        actual = self._exact(target.measured(period)) if final is None else final
        goal, direction = self.level(target, target.to), self.direction(target)
        if actual is None or goal is None or direction is None:
            return TargetStatus.UNKNOWN
        if _met(direction, actual, goal):
            bound = target.goal in ("at_most", "at_least")  # it has to hold until its last year
            return TargetStatus.ON_TRACK if bound and not over else TargetStatus.ACHIEVED
        if over:
            return TargetStatus.MISSED
        level = self.level(target, period)
        if level is None:
            return TargetStatus.UNKNOWN
        return TargetStatus.ON_TRACK if _met(direction, actual, level) else TargetStatus.BEHIND

    def direction(self, target: Target) -> int | None:
        """-1 where less is better, 1 where more is, 0 where the base is to be kept; None where the base is not known."""
        if target.goal in ("at_most", "at_least"):
            return -1 if target.goal == "at_most" else 1
        if target.goal == "change":
            return 1 if target.wanted.number.exact > 0 else -1  # a change of nothing is a promise not to grow
        base, goal = self.base(target), self.level(target, target.to)
        return None if base is None or goal is None else (goal > base) - (goal < base)

    def _wanted(self, target: Target, step: Step) -> Fraction | None:
        if target.goal != "change":
            return step.number.exact * self._ratio(target)
        base = self.base(target)
        return None if base is None else base + abs(base) * step.number.exact * PERCENT.ratio

    def _ratio(self, target: Target) -> Fraction:
        return unit_of(self.report, target.measured(target.to)).ratio

    def _exact(self, id: FigureId) -> Fraction | None:
        figure = self.figure_of(id)
        if figure is None or figure.kind not in (Kind.VALUE, Kind.NIL):
            return None
        return (figure.number.exact if figure.number else Fraction(0)) * figure.unit.ratio

    def _months(self, since: str, until: str) -> int:
        return months(self.report.periods[since], self.report.periods[until])


def _met(direction: int, actual: Fraction, level: Fraction) -> bool:
    return direction * (actual - level) >= 0 if direction else actual == level
