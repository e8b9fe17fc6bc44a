"""law-repealed, law-not-in-force: a law that is cited was in force in the report's period.

Why: lists of laws are carried from year to year. The Contract Law of the People’s Republic of China is still complied with in
reports on years after the Civil Code took its place. A law of the year to come is as wrong, unless the sentence says that
it is ahead. Where a sentence speaks of the past, or of what is to come, nothing is found.

    wrong   We comply with the Contract Law of the People’s Republic of China.
    right   We comply with the {{ code_civil }}.
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.citations import citations
from esgreport.diagnostics import Diagnostic, warning
from esgreport.languages import worded_date
from esgreport.publications import LAWS, instead_of
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for cited in citations(edition, LAWS):
        publication, period = cited.publication, report.periods[report.period]
        known = [publication.whole, *filter(None, [publication.editions.get(cited.year)])]
        source = f"(source: {publication.source})"
        of_year = f" of {cited.year}" if cited.year else ""
        for validity in known:
            sure = "was" if validity.confidence != "low" else "seems, which please look up, to have been"
            if validity.end and validity.end < period.start and not cited.past:
                until = worded_date(validity.end, "en")
                edition_of = of_year if validity is not publication.whole else ""
                message = f'"{cited.written}"{edition_of} {sure} in force until {until}, before this report\'s period began'
                other = instead_of(publication, period)
                now = (
                    f"cite {other}; "
                    if other
                    else "leave the year out, or name that of the version in force; "
                )
                yield warning(
                    "law-repealed", cited.place, message, f"{now}if the past is meant, say so {source}"
                )
                break
            if validity.start and validity.start > period.end and not cited.ahead:
                since = worded_date(validity.start, "en")
                edition_of = of_year if validity is not publication.whole else ""
                message = f'"{cited.written}"{edition_of} {sure} in force only from {since}, after this report\'s period'
                help = f"leave it out, or say that it is still to come {source}"
                yield warning("law-not-in-force", cited.place, message, help)
                break
