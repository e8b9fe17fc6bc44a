"""Companies that a report names in full: which of them its registers know, or nearly know.

A company is known by the end of its name: Limited, Co., Ltd., 有限公司. Exchanges, clearing houses and utilities of Hong Kong are
known without a register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from esgreport.model import Name, Report
from esgreport.views import Edition
from esgreport.wording import HAN, Said, said

_WORD = r"(?:[A-Z][\w’'&.-]*|\([A-Z][\w ,]*\)|[A-Z]\.)"
_ENGLISH = re.compile(
    rf"{_WORD}(?:,? (?:(?:of|and|for|the|&) )*{_WORD}){{0,8}}?,? (?:Company |Co\.?,? ?|Pte\.? |\(?Private\)? )?(?:Limited|Ltd\.?|L\.L\.C\.|LLC|Inc\.|Corporation|Corp\.|GmbH|plc|PLC)(?![\w-])"
)
_CHINESE = re.compile(
    rf"[{HAN}A-Za-z（）()·&]{{2,30}}?(?:股份有限公司|有限責任公司|有限责任公司|有限公司|股份公司)"
)
_ENDING = re.compile(
    r"[,.]|\b(?:the|company|co|limited|ltd|inc|llc|corporation|corp|plc|private|pte)\b|股份有限公司|有限責任公司|有限责任公司|有限公司|股份公司"
)
_KIND = re.compile(
    r"(?:[之的上市人眾公私類间間家]|註冊|注册|成立|擔保|担保)$"
)  # a company of some kind, without a name
_BEFORE = re.compile(
    r"^.*(?:由|與|与|及|和|向|為|为|是|把|被|按|獲|获|給|给|名為|名为|稱|称|一家|聘請|聘请|委託|委托|根據|根据|公司|附屬|附属|子公司)"
)
_OF_ALL = (
    "The Stock Exchange of Hong Kong Limited", "Hong Kong Exchanges and Clearing Limited", "Hong Kong Securities Clearing Company Limited",
    "HKSCC Nominees Limited", "CLP Power Hong Kong Limited", "The Hongkong Electric Company, Limited", "HK Electric Investments Limited",
    "The Hong Kong and China Gas Company Limited", "香港聯合交易所有限公司", "香港交易及結算所有限公司", "香港中央結算有限公司", "香港中央結算（代理人）有限公司",
    "中華電力有限公司", "香港電燈有限公司", "香港中華煤氣有限公司", "香港联合交易所有限公司", "香港交易及结算所有限公司", "香港中央结算有限公司", "中华电力有限公司",
)  # fmt: skip
_NEAR, _AS_LONG = (
    0.72,
    0.1,
)  # how alike two names are at least; what speaks for one that is as long as the other


@dataclass(frozen=True, slots=True)
class Mention:
    """A company as it is named on a line; `registered` is the name that it has or nearly has, "" where there is none."""

    said: Said
    line: Name
    start: int
    end: int
    registered: str

    @property
    def text(self) -> str:
        """The name as it stands."""
        return self.line.text[self.start : self.end]


@lru_cache(maxsize=1)
def companies_named(edition: Edition) -> tuple[Mention, ...]:
    """All companies that are named in words, but for the registers' own entries."""
    names = {
        language: tuple(
            dict.fromkeys(
                name.removeprefix("The ") for name in (*_registered(edition.report, language), *_OF_ALL)
            )
        )
        for language in edition.report.languages
    }
    return tuple(
        mention
        for stretch in said(edition)
        for line in stretch.lines
        if not line.place.path.startswith("data/registers/")
        for mention in _of_line(stretch, line, names[stretch.language])
    )


def _registered(report: Report, language: str) -> Iterator[str]:
    for entry in report.entries.values():
        if not entry.published:
            yield from filter(None, (entry.name.get(language), entry.short_name.get(language)))
    yield from filter(None, (report.company.name.get(language), report.company.short_name.get(language)))


def _of_line(stretch: Said, line: Name, names: tuple[str, ...]) -> Iterator[Mention]:
    pattern = _ENGLISH if stretch.language == "en" else _CHINESE
    if not _ENDING.search(line.text.lower()):
        return
    for match in pattern.finditer(line.text):
        start, end = match.span()
        known = max((name for name in names if line.text.endswith(name, start, end)), key=len, default="")
        if known:
            yield Mention(stretch, line, end - len(known), end, known)
            continue
        if stretch.language != "en":
            bare = _ENDING.sub("", match[0])
            if _KIND.search(bare) or not bare:
                continue
        near, start = _nearest(line.text, start, end, names, stretch.language)
        yield Mention(stretch, line, start, end, near)


def _nearest(text: str, start: int, end: int, names: tuple[str, ...], language: str) -> tuple[str, int]:
    """The registered name that a company's nearly is, "" if none, and where the company's begins."""
    if language != "en":
        head = _BEFORE.match(text[start:end].rpartition("有")[0] or text[start:end])
        start += head.end() if head and end - start - head.end() >= 6 else 0
    best, at_best, ratio = "", start, 0.0
    for name in names:
        bare = _bare(name)
        if len(bare) < 2 or not _ENDING.search(name.lower()):
            continue
        for begin in (start,) if language == "en" else range(start, max(start + 1, end - 6)):
            found = _bare(text[begin:end])
            alike = SequenceMatcher(None, bare, found).ratio()
            whole = bare.split()[:2] == found.split()[:2] if language == "en" else bare[:3] == found[:3]
            alike = max(alike, _NEAR) if whole and len(bare.split()) + len(bare) > 4 else alike
            alike += _AS_LONG if end - begin == len(name) else 0
            if alike > ratio:
                best, at_best, ratio = name, begin, alike
    return (best, at_best) if ratio >= _NEAR else ("", start)


def _bare(name: str) -> str:
    """A company's name without what says that it is one."""
    return " ".join(_ENDING.sub("", name.lower()).split())
