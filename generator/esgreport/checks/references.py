"""unknown-name, wrong-argument, missing-value: what a page names exists and has a value.

Why: a name that is misspelt would print nothing, or something else. An unknown name or argument stops every
build; a value that is not there yet prints as [to come] in a draft and stops a final report.

    wrong   {{ electricty }}
    right   {{ electricity }}
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic
from esgreport.printed import reference_findings
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for page in edition.report.pages.values():
        yield from reference_findings(edition.report, edition.figures, page)
