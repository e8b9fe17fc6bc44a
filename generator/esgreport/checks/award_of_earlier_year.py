"""award-of-earlier-year: awards that the report tells of are those of its period.

Why: a list of awards grows from report to report; a title of four years ago says nothing of the year that the report is about. Told of are
sentences on awards that name only years before the earliest year of the report's tables.

    wrong   In September 2019 the plant was awarded “Green Factory”.      in a report of 2025
    right   the awards of the year, or since when a title has been held and that it still is
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.subjects import sentences, years
from esgreport.views import Edition
from esgreport.wording import said

_AWARDED = {
    "en": re.compile(
        r"\b(?:was|were|been)(?: \w+)? (?:awarded|honou?red|granted\b.{0,120}\b(?:title|prize|award)|named\b.{0,60}\bof the year)|\b(?:won|received) (?:the|an?)\b.{0,60}\b(?:award|prize|title)",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "榮獲|獲頒|獲授予?|獲[^，。；]{0,24}(?:授予|頒發|頒授|評為|選為)|獲得?[^，。；]{0,16}(?:獎|稱號)"
    ),
}
_STILL = {
    "en": re.compile(r"\b(?:still|since|renewed|holds?)\b", re.IGNORECASE),
    "zh": re.compile("至今|仍|一直|續"),
}


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    first = min(report.periods[id].start.year for id in (report.period, *report.comparatives))
    for stretch in said(edition):
        script = "en" if stretch.language == "en" else "zh"
        for line in stretch.lines if stretch.kind != "heading" else ():
            for start, end in sentences(line.text, stretch.language):
                text = line.text[start:end]
                match = _AWARDED[script].search(text)
                if not match or _STILL[script].search(text):
                    continue
                named = years(text)
                if named and max(named) < first:
                    at = text.index(str(max(named))) if str(max(named)) in text else match.start()
                    yield warning(
                        "award-of-earlier-year",
                        stretch.at(root, line, start + at, start + at + 4),
                        f"an award of {max(named)} stands in a report whose tables begin with {first}",
                        "leave it out, or say that it still holds",
                    )
