"""zero-denominator: no intensity and no formula divides by nothing.

Why: an intensity over an output of zero has no value, and a table would say "not applicable" without a reason.
The change on a year without any is left alone: there the reason stands in the next column.

    wrong   per: [production], and production: {values: {2025: 0}}
    right   leave the intensity out for a plant that did not run
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error
from esgreport.model import FigureId, Kind
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    for metric in report.metrics.values():
        for period in (report.period, *report.comparatives):
            for each in metric.per:
                denominator, place = each.metric, each.place
                above = figures.figure(FigureId(metric.id, period))
                below = figures.figure(FigureId(denominator, period))
                if above and below and below.number and below.number.exact == 0:
                    yield error(
                        "zero-denominator",
                        place,
                        f"{below.id} is 0 ({below.place}), so {metric.id} per {denominator} has no value",
                        "take the denominator out of per, or correct it",
                    )
            figure = figures.figure(FigureId(metric.id, period))
            if metric.formula and figure and figure.kind == Kind.NOT_APPLICABLE:
                inputs = [found for id in figure.inputs if (found := figures.figure(id))]
                if any(found.number for found in inputs):
                    yield error(
                        "zero-denominator",
                        metric.formula.place,
                        f"{figure.id} divides by nothing, so it has no value",
                        "correct the formula or its figures",
                    )
