"""target-path: the steps of a target's path lead from its base to its goal.

Why: a step beyond the goal, or back towards the base, makes a target look missed in one year and met in the
next. Mostly it is a slip: a sign, a digit, or two years in each other's place.

    wrong   {base: 2023, change: -20, to: 2030, path: {2027: 12}}
    right   {base: 2023, change: -20, to: 2030, path: {2027: -12}}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Target
from esgreport.targets import Targets
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for target in edition.report.targets.values():
        yield from _strayed(edition.figures.targets, target)


def _strayed(targets: Targets, target: Target) -> Iterator[Diagnostic]:
    direction, goal = targets.direction(target), targets.level(target, target.to)
    if direction is None or goal is None:
        return
    before, last = target.base and f"the base {target.base}", targets.base(target)
    for step in target.path:
        level = targets.level(target, step.period)
        if level is None:
            return
        if (goal - level) * direction < 0:
            message = f"{step.number} in {step.period} goes beyond the goal of {target.wanted.number} in {target.to}"
        elif last is not None and (level - last) * direction < 0:
            message = f"{step.number} in {step.period} leads back behind {before}"
        else:
            before, last = step.period, level
            continue
        help = "check its sign and its digits; each step lies between the one before and the goal"
        yield warning("target-path", step.place, message, help, about=target.metric)
