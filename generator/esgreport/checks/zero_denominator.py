"""zero-denominator: no intensity or change divides by nothing.

Why: a change on last year's zero, or an intensity over an output of zero, has no value, and a table would
show an empty cell without a reason.

    wrong   per: [production], and production: {values: {2025: 0}}
    right   leave the intensity out for a plant that did not run
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error
from esgreport.model import FigureId
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    for metric in report.metrics.values():
        for denominator, place in metric.per:
            for period in (report.period, *report.comparatives):
                above = figures.figure(FigureId(metric.id, period))
                below = figures.figure(FigureId(denominator, period))
                if above and below and below.number and below.number.exact == 0:
                    yield error("zero-denominator", place, f"{below.id} is 0 ({below.place}), so {metric.id} per {denominator} has no value", "take the denominator out of per, or correct it")
