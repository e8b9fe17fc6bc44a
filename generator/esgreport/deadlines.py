"""Until when the exchange wants an ESG report: the limits of its rules, as facts.

Since financial years that began on 1 January 2022 an ESG report is published at the same time as the annual report, so the
limit of that one holds. The rules change, and a program does not hear of it: who hands a report over looks the rule up,
and the checklist says so.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from esgreport.languages import Text
from esgreport.model import Period

_MAIN_BOARD = ("largecap", "main-board")


def _rules(market: tuple[str, str, str], numbers: tuple[str, str]) -> Text:
    english, traditional, simplified = market
    return Text.of({
        "en": f"{english} {numbers[0]}",
        "zh-Hant": f"《{traditional}》第{numbers[1]}條",
        "zh-Hans": f"《{simplified}》第{numbers[1]}条",
    })  # fmt: skip


_OF_MAIN_BOARD = ("Main Board Listing Rules", "主板上市規則", "主板上市规则")
_OF_GEM = ("GEM Listing Rules", "GEM上市規則", "GEM上市规则")
_BOTH_MAIN_BOARD = _rules(_OF_MAIN_BOARD, ("13.46 and 13.91", "13.46及13.91"))
_BOTH_GEM = _rules(_OF_GEM, ("18.03 and 17.103", "18.03及17.103"))


@dataclass(frozen=True, slots=True)
class Limit:
    """Months after the end of a financial year, by class of issuer; for years that begin and end in these days (the first
    day of each pair counts, the second does not). `with_annual` says that the limit is that of the annual report.

    `confidence` is how sure we are of the fact.
    """

    issuers: tuple[str, ...]
    months: int
    rules: Text
    with_annual: bool = True
    begins: tuple[date, date] = (date(2022, 1, 1), date.max)
    ends: tuple[date, date] = (date.min, date.max)
    confidence: str = "high"

    def covers(self, issuer: str, period: Period) -> bool:
        """Whether it holds for an issuer and a year."""
        begun = self.begins[0] <= period.start < self.begins[1]
        return issuer in self.issuers and begun and self.ends[0] <= period.end < self.ends[1]

    def day(self, period: Period) -> date:
        """The last day."""
        return months_after(period.end, self.months)


_FIVE_MONTHS = (date(2020, 7, 1), date(2022, 1, 1))
_GEM_REFORMED = date(2023, 10, 1)  # three months after such an end the reform of 1 January 2024 was in force
LIMITS = (
    Limit(_MAIN_BOARD, 4, _BOTH_MAIN_BOARD),
    Limit(("gem",), 4, _BOTH_GEM, ends=(_GEM_REFORMED, date.max), confidence="medium"),
    Limit(("gem",), 3, _BOTH_GEM, ends=(date.min, _GEM_REFORMED)),
    Limit(_MAIN_BOARD, 5, _rules(_OF_MAIN_BOARD, ("13.91", "13.91")), False, _FIVE_MONTHS),
    Limit(("gem",), 5, _rules(_OF_GEM, ("17.103", "17.103")), False, _FIVE_MONTHS),
)  # fmt: skip


def limit_for(issuer: str, period: Period) -> Limit | None:
    """The limit for an issuer and a financial year; None where we know of none."""
    return next((limit for limit in LIMITS if limit.covers(issuer, period)), None)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; of a month's last day the last of the later one."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))
