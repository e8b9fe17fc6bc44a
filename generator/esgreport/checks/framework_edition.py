"""framework-edition: the rules of the exchange go by the name and number that hold for the report's year.

Why: since financial years that began on 1 January 2025 the Guide is a Code, and its appendix has had another number
since 31 December 2023, as have those of the Corporate Governance Code and the Model Code, which GEM has among its rules instead. A report that is
prepared “under Appendix 27” tells its readers that it was copied from an old one.
Where a sentence says that it speaks of the past or of what is to come, nothing is found.

    wrong   This report follows the ESG Reporting Guide in Appendix 27 to the Listing Rules.
    right   This report follows the {{ esg_code }} in Appendix C2 to the Listing Rules.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from esgreport.citations import Citation, citations
from esgreport.diagnostics import Diagnostic, error, warning
from esgreport.languages import worded_date
from esgreport.model import Report
from esgreport.publications import FRAMEWORKS, instead_of
from esgreport.views import Edition

TO_PUBLISH = timedelta(days=150)  # a report may cite what holds on the day when the exchange wants it


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for cited in citations(edition, FRAMEWORKS):
        validity = cited.publication.editions.get(cited.year, cited.publication.whole)
        if message := _fault(report, cited):
            other = instead_of(cited.publication, report.periods[report.period])
            help = (
                f"write {other}; if the past is meant, say so" if other else "write what the report follows"
            )
            if validity.confidence == "high":
                yield error("framework-edition", cited.place, message, help)
            else:
                yield warning("framework-edition", cited.place, message, help)


def _fault(report: Report, cited: Citation) -> str:
    """What is wrong with the name or number for this report; "" where nothing is."""
    publication = cited.publication
    validity = publication.editions.get(cited.year, publication.whole)
    period = report.periods[report.period]
    issuer = report.company.issuer_class
    if publication.issuers and issuer and issuer not in publication.issuers and not cited.past:
        return (
            f'"{cited.written}" is not where the {publication.rules} of this class of issuer ({issuer}) stood'
        )
    last = (
        period.start
        if publication.by_year
        else max(report.dates.get("published", period.end + TO_PUBLISH), period.end)
    )
    begun = f"this report's year began on {worded_date(period.start, 'en')}"
    if validity.end and validity.end < period.start and not cited.past:
        until = worded_date(validity.end, "en")
        if publication.by_year:
            return f'"{cited.written}" was for financial years that began up to {until}; {begun}'
        return f'"{cited.written}" was the number of the {publication.rules} up to {until}; {begun}'
    if validity.start and validity.start > last and not cited.ahead:
        since = worded_date(validity.start, "en")
        if publication.by_year:
            return f'"{cited.written}" is for financial years that began on or after {since}; {begun}'
        return f'"{cited.written}" is the number of the {publication.rules} since {since}; {begun}'
    return ""
