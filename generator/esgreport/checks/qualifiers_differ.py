"""qualifiers-differ: about, over, at most and per year stand in both languages, or in neither.

Why: a word like 約 before a number that was counted makes it an estimate, in one language only; without 每年 a rate becomes an amount
that was saved once. Compared are stretches in the same place whose number is called, or typed in digits.

    wrong   en: about {{ water }} a year      zh-Hant: {{ water }}
    right   the same in both; of the figure itself as `qualifier` in the data
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Name, Report
from esgreport.views import Edition
from esgreport.wording import GAP, Said, pairs

_BEFORE = {
    "en": r"\b(?:about|around|approximately|roughly|some|nearly|almost|close to|over|more than|above|at least|not less than|no less than|up to|at most|"
    r"not more than|no more than|less than|fewer than|below|under|within|just|only)",
    "zh": r"(?:大約|約|约|近|接近|將近|逾|超過|超过|超逾|多於|高於|不少於|不低於|至少|最少|最多|不多於|不超過|不逾|以下|低於|少於|不足|不到|僅|只)",
}
_MONEY = r"(?:RMB|HK\$|US\$|人民幣|港幣|港元|人民币)?"
_QUALIFIED = {
    "en": re.compile(
        _BEFORE["en"] + rf" (?:a |an |the |another )?{_MONEY} ?(?=\*{{0,2}}[{GAP}\d])(?!20\d\d\b)",
        re.IGNORECASE,
    ),
    "zh": re.compile(_BEFORE["zh"] + rf"{_MONEY}(?=\*{{0,2}}[{GAP}\d])(?!20\d\d年)"),
}
_LOOSE = {
    "en": re.compile(
        _BEFORE["en"]
        + r"\b|\bin excess\b|\bexceed\w*|\bhalf\b|\bhigher\b|\blower\b|\balready\b|\bstill\b|\bclose\b|\bodd\b|\btwice\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(_BEFORE["zh"] + "|以上|餘|多|左右|上下|(?<![期境國廠])內|超|限|達|仍|一半|高|低|近"),
}
_RATE = {
    "en": re.compile(
        r"\b(?:a|per|each|every) (year|month|quarter|week|day|shift)\b|\b(annual|month|quarter|week|dai|year)l?ly\b|\bannual\b|\b(?:each|every) [A-Z]|\byears\b(?= ago)|\bacross (?:the )?years\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        "(?:每|各|逐|按)(?:一)?(?:年|月|季|週|星期|天|日|更|班)|年度|周年|年均|月度|季度|半年|一年|個月|全年|按年"
    ),
}
_STRICT = {
    "en": re.compile(r"\b(?:a|per|each|every) (?:year|month|quarter|week)\b(?! of| in which)", re.IGNORECASE),
    "zh": re.compile(r"每(?:年|月|季|週|星期)(?!\d)"),
}


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for pair in pairs(edition):
        if not pair.alike:
            continue
        ours, theirs = pair.ours[0], pair.theirs[0]
        if ours.kind not in ("paragraph", "list") or _of(ours) == _of(theirs):
            continue
        for one, other in ((ours, theirs), (theirs, ours)):
            yield from _differences(one, other, edition.report, root)


def _of(stretch: Said) -> str:
    return "en" if stretch.language == "en" else "zh"


def _differences(one: Said, other: Said, report: Report, root: Path) -> Iterator[Diagnostic]:
    mine, others = _of(one), _of(other)
    what = (
        (_QUALIFIED, _LOOSE, "makes the number inexact"),
        (_STRICT, _RATE, "says how often"),
    )
    for strict, loose, does in what:
        here = [
            (line, match)
            for line in one.lines
            for match in strict[mine].finditer(line.text)
            if not _of_a_name(one, line, match.end(), report)
        ]
        there = sum(len(loose[others].findall(line.text)) for line in other.lines)
        if len(here) > there:
            line, match = here[-1] if there else here[0]
            yield _told(one, line, match, other, does, root)


def _of_a_name(stretch: Said, line: Name, after: int, report: Report) -> bool:
    """Whether what follows is the name of an entry: a report about a plant is not inexact."""
    here = (line.place.line, line.place.column + after)
    return any((c.place.line, c.place.column) == here and c.name in report.entries for c in stretch.calls)


def _told(one: Said, line: Name, match: re.Match[str], other: Said, does: str, root: Path) -> Diagnostic:
    word = match[0].strip(f" {GAP}")
    end = match.start() + len(word)
    place = other.lines[0].place
    return warning(
        "qualifiers-differ",
        one.at(root, line, match.start(), end),
        f'"{word}" {does}, but nothing like it stands in {place.path}, line {place.line}',
        "say it in both languages, or in neither",
    )
