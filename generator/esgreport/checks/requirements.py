"""unknown-requirement, requirement-missing, requirement-partly, response-…: the frameworks are answered.

Why: the index is what regulators read first. A requirement that must be disclosed, or disclosed or explained,
is answered by printed figures or by a tagged section with text; where it is not, a response gives the reason.

    wrong   answers: [A2.7]
    right   answers: [A2.1:energy-total]
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic
from esgreport.index import index_findings
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    yield from index_findings(edition.report, edition.frameworks, edition.rows)
