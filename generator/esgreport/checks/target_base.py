"""target-base: a target starts from a value that is known, and known once.

Why: "18% less than in 2023" says nothing without the figure of 2023. A base that is typed beside the target and
differs from the metric's own figure gives two answers to how far the way is.

    wrong   {metric: water, base: 2019, change: -30, …}, and water has no value in 2019
    right   {metric: water, base: 2019, base_value: 182 400, change: -30, …}, or a value of water in 2019
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.amounts import Number, canonical
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.model import BOUNDS, Figure, Step, Target
from esgreport.views import Edition

_WITHOUT = {
    True: "delete base: a bound needs none",
    False: "write at_most: … or at_least: … in place of base, or accept this, and no progress is printed",
}


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    figures = edition.figures
    for target in edition.report.targets.values():
        if not target.base:
            continue
        own = figures.figure(target.measured(target.base))
        if own and own.number and target.base_value:
            yield from _two_bases(target, own, own.number, target.base_value)
        elif figures.targets.base(target) is None:
            yield _no_base(figures, target)
        elif target.goal == "change" and figures.targets.base(target) == 0:
            yield error(
                "target-base",
                target.wanted.place,
                f"{target.start} is 0, and nothing changes by {target.wanted.number}%",
                "write level: … for what is wanted, or take another base",
                about=target.metric,
            )


def _no_base(figures: Figures, target: Target) -> Diagnostic:
    id, metric = target.measured(target.base), figures.report.metrics[target.metric]
    reason = figures.cause(id) or f"{id} has no number ({metric.place})"
    return error(
        "target-base",
        target.place,
        f'the target "{target.id}" has no value to start from: {reason}',
        f"give it there, or as base_value: … here; if none was published, {_WITHOUT[target.goal in BOUNDS]}",
        about=target.metric,
    )


def _two_bases(target: Target, own: Figure, number: Number, typed: Step) -> Iterator[Diagnostic]:
    """Compared as the metric prints its value: nobody types more digits of it than that."""
    if canonical(typed.number.exact, number.decimals) != str(number):
        yield error(
            "target-base",
            typed.place,
            f'the target "{target.id}" starts from {typed.number}, but {own.id} is {number} ({own.place})',
            "correct one of them, or delete base_value",
            about=target.metric,
        )
