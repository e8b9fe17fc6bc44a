"""without-comparatives: figures stand beside those of an earlier year.

Why: consistency is a principle of reporting because a reader compares; one year alone shows no direction, and a slip of three
digits looks like any other number. Told once, where at least five metrics that answer requirements are printed for the
report's period and none of them for an earlier one. A company's first report may have none: accept it with this reason.

    wrong   period: 2025
    right   period: 2025      comparatives: [2024]
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.printed import printed_on_pages
from esgreport.views import Edition

_ENOUGH = 5


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    own = report.periods.get(report.period)
    if own is None:
        return
    answering = {metric.id for metric in report.metrics.values() if metric.answers}
    now, earlier = set[str](), set[str]()
    for ids in printed_on_pages(figures).values():
        for id, _ in ids:
            period = report.periods.get(id.period)
            figure = figures.figure(id) if id.metric in answering and period else None
            if figure and figure.number and period:
                (earlier if period.end < own.start else now).add(id.metric)
    if len(now) >= _ENOUGH and not earlier:
        yield warning(
            "without-comparatives",
            own.place,
            f"{len(now)} metrics are printed for {own.id}, and none of them for an earlier year",
            "add comparatives: [the year before], its values, and its column in the tables; in a first report, accept this",
        )
