"""dates-disagree, no-such-day, other-year-end: dates in a sentence are possible, in order, and of this year's report.

Why: a sentence about the year is carried over from last year, and “for the year ended” keeps its date. A sentence that speaks of the
past (last year, previously, as compared with) is left alone.

    wrong   for the year ended 31 December 2024        in a report on the year to 31 December 2025
    wrong   from 14 August 2025 to 3 May 2025
    right   {{ … }} in a statement block, or the right day
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error, warning
from esgreport.languages import MONTHS, worded_date
from esgreport.views import Edition
from esgreport.wording import said

_ENGLISH = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(MONTHS)}),? (?P<year>(?:19|20)\d\d)"
_AMERICAN = rf"(?P<month2>{'|'.join(MONTHS)}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?, (?P<year2>(?:19|20)\d\d)"
_CHINESE = r"(?P<year3>(?:19|20)\d\d)年(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日"
_DATE = re.compile(f"{_ENGLISH}|{_AMERICAN}|{_CHINESE}")
_SPAN = re.compile(r" ?(?:to|until|till|–|-|至|到|及至) ?", re.IGNORECASE)
_BEGINS = re.compile(r"(?:\b(?:from|between)|由|從|自|从) ?$", re.IGNORECASE)
_YEAR_END = re.compile(
    r"(?:\b(?:years?|periods?|months) (?:ended|ending|to)|截至|截止(?:至|於)?)[ \ue000]*$", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:last|previous|prior|earlier|compar\w+|against|former\w*|restated|relative|than|since|base)\b|上年|去年|上一|比較|相比|較|先前|過往|以往|重列|基準|此前|前一|比较|较",
    re.IGNORECASE,
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    period = report.periods[report.period]
    stated = {each for p in report.periods.values() for each in (p.start, p.end)} | set(report.dates.values())
    for stretch in said(edition):
        for line in stretch.lines:
            before: tuple[date, int] | None = None
            for match in _DATE.finditer(line.text):
                day = _day(match)
                place = stretch.at(root, line, *match.span())
                if day is None:
                    yield error(
                        "no-such-day", place, f'"{match[0]}" is no day of the calendar', _last_day(match)
                    )
                    continue
                if before and _SPAN.fullmatch(line.text[before[1] : match.start()]) and day < before[0]:
                    yield error(
                        "dates-disagree",
                        place,
                        f'"{match[0]}" is the end of a time that begins later',
                        "write the right days",
                    )
                before = day, match.end()
                ended = _YEAR_END.search(line.text[: match.start()])
                follows = line.text[match.end() : match.end() + 3]
                if not ended or day == period.end or (day > period.end and stretch.language != "en"):
                    continue
                if stretch.language != "en" and not follows.startswith("止"):
                    continue
                if (
                    day.year in (period.end.year - 1, period.end.year)
                    and not _PAST.search(line.text)
                    and day not in _others(stated, period.end)
                ):
                    yield warning(
                        "other-year-end",
                        place,
                        f"the sentence speaks of a year to {match[0]}; this report's ends on {worded_date(period.end, 'en')}",
                        "write this report's, or say that it is the year before",
                    )


def _others(stated: set[date], end: date) -> set[date]:
    """Days that the report names, but for those on which its years end."""
    return {day for day in stated if (day.month, day.day) != (end.month, end.day)}


def _day(match: re.Match[str]) -> date | None:
    """The day that a text names, or None where the calendar has none such."""
    year, month, day, _ = _named(match)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(match: re.Match[str]) -> str:
    """What to write for a day that is none: the last of its month, if that is meant."""
    year, month, _, (start, end) = _named(match)
    if not (year and 1 <= month <= 12):
        return "write the right one"
    text, start = match[0], start - match.start()
    right = f"{text[:start]}{monthrange(year, month)[1]}{text[end - match.start() :]}"
    return f"write {right}, if the end of that month is meant"


def _named(match: re.Match[str]) -> tuple[int, int, int, tuple[int, int]]:
    """The year, month and day that a text names, and where the day stands in it; noughts where it names none."""
    named = match.groupdict()
    for tail in ("", "2", "3"):
        if year := named[f"year{tail}"]:
            month = named[f"month{tail}"]
            number = int(month) if month.isdigit() else MONTHS.index(month) + 1
            return int(year), number, int(named[f"day{tail}"]), match.span(f"day{tail}")
    return 0, 0, 0, (0, 0)
