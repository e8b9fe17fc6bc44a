"""denominator-unprinted: what an intensity is divided by is printed somewhere.

Why: "0.62 tonnes per tonne of products" can be neither checked nor compared when no page says how much was made. One
table, sentence or target with a figure of the denominator is enough; told once for each denominator. Money is left
alone: revenue stands in the accounts.

    wrong   {{ electricity(per="production") }}, and no page prints a figure of production
    right   name production in a table, too
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, listed, warning
from esgreport.expressions import intensity
from esgreport.model import FigureId
from esgreport.printed import printed_on_pages
from esgreport.units import is_money
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    on_pages = printed_on_pages(figures)
    printed = dict.fromkeys(id for page in report.chapters for id, _ in on_pages[page.id, page.language])
    plain = {id.metric for id in printed if not id.operation}
    found: dict[str, dict[str, Place]] = {}
    for id in printed:
        for denominator in _denominators(id):
            unit = report.metrics[denominator].unit
            if denominator not in plain and not any(map(is_money, unit.dimensions)):
                metric = report.metrics[id.metric]
                declared = intensity(metric, denominator)
                found.setdefault(denominator, {})[id.metric] = declared.place if declared else metric.place
    for denominator, places in found.items():
        yield warning(
            "denominator-unprinted",
            min(places.values()),
            f"{listed(list(places))} per {denominator} {'is' if len(places) == 1 else 'are'} printed, but on no page "
            f'a figure of "{denominator}" ({report.metrics[denominator].place})',
            f"print {denominator} in a table or a sentence, so that readers can work out the intensity",
            about=denominator,
        )


def _denominators(id: FigureId) -> list[str]:
    steps = [step.partition(".") for step in id.operation.split("~")]
    return [name for operation, _, name in steps if operation == "per"]
