"""figures-unprinted: a metric or target that is kept is printed somewhere.

Why: a figure that nobody prints is either forgotten in the text or no longer needed. Metrics that formulas,
intensities or targets use are left alone. The website's home page is in no book, so it does not count.

    wrong   a metric in data/aspects that no table and no sentence names
    right   name it in a table, or delete it
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.printed import printed_on_pages
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    on_pages = printed_on_pages(edition.figures)
    printed = {id.metric for page in report.chapters for id, _ in on_pages[page.id, page.language]}
    used = {each.metric for metric in report.metrics.values() for each in metric.per}
    used |= {term.metric for metric in report.metrics.values() for term in metric.inputs}
    used |= {target.metric for target in report.targets.values()}
    if report.ridge:
        used.add(report.ridge.metric)
    for target in report.targets.values():
        if target.id not in printed:
            help = "name it in a table of targets, or delete it"
            message = f'the target "{target.id}" is printed on no page'
            yield warning("figures-unprinted", target.place, message, help, about=target.id)
    given = {
        figure.id.metric for figure in edition.figures.declared()
    }  # one without a value cannot be printed yet
    for metric in report.metrics.values():
        if metric.id in given - printed - used:
            yield warning(
                "figures-unprinted",
                metric.place,
                f'"{metric.id}" is printed on no page',
                "name it in a table or a sentence, or delete it",
                about=metric.id,
            )
