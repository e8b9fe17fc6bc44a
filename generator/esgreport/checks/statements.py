"""statement-unsupported, missing-value: the statements that the tool is asked to make are borne out by the data.

Why: a report that says nobody died while its table counts two deaths, or that names a day of approval that is not
known, misleads whoever reads the one and not the other. Such a statement is not made, and this says why.

    wrong   say: [nil]      nil: [fatalities]      with fatalities: {2025: 2}
    right   the sentence in your own words, with {{ fatalities }}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic
from esgreport.model import Box
from esgreport.statements import outside_life, unsupported
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    yield from outside_life(edition.report, edition.report.book.boundary)
    for page in edition.report.pages.values():
        for item in page.items:
            if isinstance(item, Box) and item.kind == "statements":
                yield from unsupported(edition, item)
