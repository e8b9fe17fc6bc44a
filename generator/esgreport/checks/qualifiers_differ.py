"""qualifiers-differ: about, over, at most and per year stand in both languages, or in neither.

Why: a word like 約 before a number that was counted makes it an estimate, in one language only; without 每年 a rate becomes an amount
that was saved once. Compared are stretches in the same place whose number is called, or typed in digits.

    wrong   en: about {{ water }} a year      zh-Hant: {{ water }}
    right   the same in both; of the figure itself as `qualifier` in the data
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.languages import MONTHS
from esgreport.model import Name, Report
from esgreport.numerals import counted
from esgreport.views import Edition
from esgreport.wording import GAP, Said, pairs

_MONEY = r"(?:RMB|HK\$|US\$|人民幣|港幣|港元|人民币)?"
_EN_NUMBER = rf" (?:a |an |the |another |its )?{_MONEY} ?(?=\*{{0,2}}[{GAP}\d])(?!20\d\d\b)"
_HAN_NUMBER = rf"{_MONEY}(?=\*{{0,2}}[{GAP}\d])(?!20\d\d年(?!的[兩三四五]))"
_SIZES = {  # what says where the true value lies: the words that do, in English and Chinese, and what else may say it
    "about": (
        r"\b(?:about|around|approximately|roughly|some|nearly|almost|close to)",
        "(?:大約|約|约|接近|將近|近)",
        r"\b(?:half|odd|just (?:under|over)|close)\b",
        "左右|上下|半|幾乎",
    ),
    "over": (
        r"\b(?:over|more than|above|at least|not less than|no less than|(?:never|not) fewer than)",
        "(?:逾|超過|超过|超逾|(?<!不)多於|(?<!不)高於|不少於|不低於|至少|最少)",
        r"\b(?:exceed\w*|excess|higher|twice|or more|beyond|past|minimum|least|already)\b",
        "以上|餘|多|超|起|最低|高|倍",
    ),
    "under": (
        r"\b(?:up to|at most|not more than|no more than|less than|fewer than|below|under|within|short of)",
        "(?:最多|不多於|不超過|不逾|以下|低於|少於|不足|不到)",
        r"\b(?:lower|maximum|most|limit\w*|before|yet|not|no|only|half|over|until|ceiling)\b",
        "(?<![境國廠])(?<!(?<!星)期)內|限|達|低|滿|未到",
    ),
    "only": (
        r"\b(?:just|only)",
        "(?:僅|只)",
        r"\b(?:no more|merely|alone|still|few)\b",
        "才|不過|唯|少|仍|才",
    ),
}
_TIMES = {  # how often: what says it of a number, in English and Chinese, and what else may say it
    "year": (
        rf"\b(?:(?:a|per|each|every) year\b(?! of| in which|s)|(?:each|every) (?:{'|'.join(MONTHS)})\b)",
        r"每半?年(?!\d)|[按逐]年(?=[減增節])",
        r"\b(?:annual(?:ly)?|(?:half-)?yearly|half-years?|half a year|six months|twelve months|year after year|across (?:the )?years|year[- ](?:on|over|by)[- ]year|every year|(?:any|one|in a) year|(?:each|every|a|per) (?:(?-i:[A-Z]\w+)|period|autumn|spring|summer|winter))\b",
        "每(?![名位個間宗位輛噸台班])|周年|年均|按年|逐年|年年|一年|各年|半年|(?<![\\d-])\\d年",
    ),
    "month": (
        r"\b(?:a|per|each|every) month\b(?! of| in which)",
        r"每(?:個)?月(?!\d)",
        r"\bmonthly\b",
        "每(?:個)?月|月度|按月|逐月|月結|個月",
    ),
    "quarter": (
        r"\b(?:a|per|each|every) quarter\b(?! of| past|-)",
        "每(?:一)?季(?!度末)",
        r"\b(?:quarterly|three months)\b",
        "每(?:一)?季|季度|按季|三個月",
    ),
    "week": (
        r"(?<!for )(?<!within )(?<!in )\b(?:a|per|each|every) week\b",
        "每(?:週|周|星期)(?![一二三四五六日天])",
        r"\bweekly\b|\b(?:each|every) \w+day\b",
        "每(?:週|周|星期)|按週",
    ),
}


def _compiled(
    kinds: Mapping[str, tuple[str, str, str, str]], numbers: tuple[str, str]
) -> dict[str, tuple[re.Pattern[str], ...]]:
    """For each kind, in English and in Chinese: what says it of a number, what may say it, what says it of what follows."""
    return {
        kind: tuple(
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                english + numbers[0],
                chinese + numbers[1],
                f"{english}\\b|{more}",
                f"{chinese}|{more_chinese}",
                rf"{english}(?: a| an| the| another| its)? ?{_MONEY} ?$",
                rf"{chinese}{_MONEY}$",
            )
        )
        for kind, (english, chinese, more, more_chinese) in kinds.items()
    }


_AROUND = (80, 16)  # characters of English and Chinese within which a number's own words stand
_SAID_OF = (
    (_compiled(_SIZES, (_EN_NUMBER, _HAN_NUMBER)), "makes the number inexact"),
    (_compiled(_TIMES, ("", "")), "says how often"),
)


_INEXACT = tuple(
    re.compile("|".join(kind[side] for kind in _SIZES.values()), re.IGNORECASE) for side in (0, 1)
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for pair in pairs(edition):
        if not pair.alike:
            continue
        ours, theirs = pair.ours[0], pair.theirs[0]
        if ours.kind not in ("paragraph", "list") or _of(ours) == _of(theirs):
            continue
        for one, other in ((ours, theirs), (theirs, ours)):
            yield from _differences(one, other, edition, root)


def _of(stretch: Said) -> str:
    return "en" if stretch.language == "en" else "zh"


def _differences(one: Said, other: Said, edition: Edition, root: Path) -> Iterator[Diagnostic]:
    side, across = _of(one) == "zh", _of(other) == "zh"
    for kinds, does in _SAID_OF:
        for patterns in kinds.values():
            strict, loose = patterns[side], patterns[across + 2]
            here = [
                (line, match)
                for line in one.lines
                for match in strict.finditer(line.text)
                if not _of_a_name(one, line, match.end(), edition.report)
            ]
            if here and len(here) > sum(len(loose.findall(line.text)) for line in other.lines):
                yield _told(one, *here[-1], other, does, root)
                break
        else:
            if kinds is _SAID_OF[0][0]:
                yield from _of_one_number(one, other, edition, root)


def _of_one_number(one: Said, other: Said, edition: Edition, root: Path) -> Iterator[Diagnostic]:
    """Words about a number that each language says once, where it stands bare in the other."""
    side, across = _of(one) == "zh", _of(other) == "zh"
    if not any(_INEXACT[side].search(line.text) for line in one.lines):
        return
    ours, theirs = _numbers(one, edition), _numbers(other, edition)
    for what in ours.keys() & theirs.keys():
        (line, start, _), (there, first, end) = ours[what], theirs[what]
        around = there.text[max(0, first - _AROUND[across]) : end + _AROUND[across] // 2]
        if any(patterns[across + 2].search(around) for patterns in _SAID_OF[0][0].values()):
            continue
        for patterns in _SAID_OF[0][0].values():
            match = patterns[side + 4].search(line.text[:start])
            if match and not _of_a_name(one, line, match.end(), edition.report):
                yield _told(one, line, match, other, "makes the number inexact", root)


def _numbers(stretch: Said, edition: Edition) -> dict[object, tuple[Name, int, int]]:
    """The figures and numbers that a stretch says once: in which line, from where to where."""
    found: dict[object, list[tuple[Name, int, int]]] = {}
    for line in stretch.lines:
        for number in counted(line.text, stretch.language):
            if number.spelt or not 1900 < number.value < 2100:
                found.setdefault(number.value, []).append((line, number.start, number.end))
        for call in stretch.calls:
            if call.place.line == line.place.line:
                start = call.place.column - line.place.column
                end = start + len(line.text[start:]) - len(line.text[start:].lstrip(GAP))
                arguments = tuple(pair for pair in call.arguments if pair[0] not in ("show", "unit", "scale"))
                found.setdefault((call.name, arguments), []).append((line, start, end))
    return {what: places[0] for what, places in found.items() if len(places) == 1}


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
        f'take "{word}" out, or say it in both languages',
    )
