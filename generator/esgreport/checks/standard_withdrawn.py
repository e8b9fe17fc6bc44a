"""standard-withdrawn: a standard is cited in an edition that was in force in the report's period.

Why: a certificate to an edition that has been replaced is no certificate any more. “Certified to OHSAS 18001”, years after the
last such certificate ended, is among the mistakes found in published reports. Where a sentence speaks of the past
(formerly, replaced, a year before the period), nothing is found; one day of the period is enough.

    wrong   Both plants are certified to ISO 9001:2008.
    right   Both plants are certified to {{ iso_9001 }}.
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.citations import citations
from esgreport.diagnostics import Diagnostic, warning
from esgreport.languages import worded_date
from esgreport.publications import STANDARDS, instead_of
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for cited in citations(edition, STANDARDS):
        publication, period = cited.publication, report.periods[report.period]
        validity = publication.editions.get(cited.year, publication.whole)
        if validity.end is None or validity.end >= period.start or cited.past:
            continue
        until = worded_date(validity.end, "en")
        sure = "was" if validity.confidence != "low" else "seems to have been, which please look up,"
        message = f'"{cited.written}" {sure} in force until {until}, before this report\'s period began'
        other = instead_of(publication, period)
        now = f"if the certificate is newer, write {other}; " if other else ""
        yield warning(
            "standard-withdrawn",
            cited.place,
            message,
            f"{now}if the past is meant, say so (source: {publication.source})",
        )
