"""date-outside-period: a date of a topic that should lie in the report's period does.

Why: an award or an event of another year, left in the list from the last report, is told as if it were of this one.

    wrong   day: 2024-03-01      in a report of 2025, where the field says within: period
    right   day: 2025-03-01      or the entry taken out
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    period = report.periods[report.period]
    for topic in report.topics.values():
        dated = [field.id for field in topic.fields if field.in_period]
        for entry in topic.entries:
            for each in (entry, *entry.rows):
                for day in (each.days[id] for id in dated if id in each.days):
                    if not period.start <= day.date <= period.end:
                        message = f"{day.date} is not in the report's period, {period.start} to {period.end}"
                        help = "correct the date, or take the entry out"
                        yield warning("date-outside-period", day.place, message, help, about=topic.id)
