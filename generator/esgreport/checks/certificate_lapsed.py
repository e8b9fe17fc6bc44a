"""certificate-lapsed: a certificate that is shown is still valid.

Why: a certificate is shown to say that something holds. One that ended within the period, or before the board approved
the report, has stayed from the last report, or was never renewed.

    wrong   valid: 2025-06-30      in a report of the year 2025
    right   valid: 2028-06-30      the certificate that followed; or the block taken out
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Box
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    ends = [(report.periods[report.period].end, "the report's period ended on")]
    if "approved" in report.dates:
        ends.append((report.dates["approved"], "the report was approved on"))
    for page in report.pages.values():
        for box in (item for item in page.items if isinstance(item, Box) and item.kind == "certificate"):
            day = box.record.dates.get("valid")
            after = [f"{what} {end}" for end, what in ends if day and day.date < end]
            if day and after:
                message = f"this certificate was valid until {day.date}, but {' and '.join(after)}"
                help = "show the one that followed it, or say in the text what became of it and take the block out"
                yield warning("certificate-lapsed", day.place, message, help)
