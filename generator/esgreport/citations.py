"""Where a report's texts cite a standard, a law or the exchange's ESG rules, in which edition, and at which place.

Texts are read as they were typed, in all three languages of the registers. Of something that was or that will be
(“formerly certified to OHSAS 18001”) nothing is said: a warning that is wrong is worse than one that is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from esgreport.diagnostics import Place
from esgreport.languages import Text
from esgreport.model import Page, Period, Report
from esgreport.printed import prose_of
from esgreport.publications import FRAMEWORKS, LAWS, REGISTERS, STANDARDS, Publication, publications
from esgreport.views import Edition

_YEAR = r"(?:19|20)\d\d"
_A_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_OF_A_STANDARD = (
    rf"(?:\s*[:：]\s*|\s?[-–—－]\s?|\s*[（(]\s*|\s+(?={_YEAR}\s*年?版))(?P<year>{_YEAR})(?![\d/])"
    r"(?:\s*(?:年?版|[)）]))?"
)
_OF_A_NAME = (
    r"(?:\s*》)?(?:\s*[（(][^（）()]{0,24}?"
    rf"(?P<year>{_YEAR})(?!\d)[^（）()]{{0,16}}[)）])?(?:\s*》)?"
)
_CHINA = r"of\s+(?:the\s+)?(?:People[’']s\s+Republic\s+of\s+China|PRC)"
_AT_THE_EXCHANGE = re.compile(
    r"ESG|Listing\s+Rules|Exchange|Environmental,\s+Social|環境|环境|上市規則|上市规则|聯交所|联交所|交易所"
)
_LONGER_NAME = re.compile(
    r"\b(?!(?:The|PRC|And|HKE[Xx]|SEHK|Exchange|Limited|Kong|Rules|Appendix|C2)\b)[A-Z][\w’'-]*,?\s+(?:and\s+|of\s+)?$"
)
_PAST = re.compile(
    r"\b(?:former|formerly|previous|previously|prior|predecessor|originally|until|used to|no longer|instead of|in place of|"
    r"had been|last year|old|earlier|abolished|transition(?:ed|ing)?\s+(?:from|to))\b|"
    r"\b(?:replac|supersed|withdr|repeal|upgrad|migrat|renam)\w*|→|"
    r"前身|前稱|前称|原名|原稱|原称|原為|原为|原有|原先|原來|原来|[（(]原|舊|旧|(?<!未)曾|取代|代替|替代|廢止|废止|廢除|废除|"
    r"失效|過渡|过渡|轉版|转版|換版|换版|升級|升级|轉換|转换|轉為|转为|改為|改为|更名|當時|当时|以往|過去|过去|去年|上年|上一年|"
    r"不再|此前|先前|已由",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|upcoming|forthcoming|coming into|comes? into|takes? effect|effective|ahead|new|newly|prepar\w*|"
    r"draft|next year)\b|將|将|即將|起生效|起施行|起實施|起实施|新訂|新订|新版|新修|籌備|筹备|準備|准备|預備|预备|草案|下年|明年",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"(?:\b(?:since|from)\b[^.,;]{{0,14}}?|[自由從从]\s*){_YEAR}|{_YEAR}\s*年[^，。；]{{0,6}}起",
    re.IGNORECASE,
)
_NO_DATE = re.compile(rf"[（(][^（）()]{{0,30}}[)）]|[:：–—-]\s*{_YEAR}")
_MAY_DIFFER = re.compile(r"[\s,、及與与和（）()《》’]+|ISO|GB/T|SA(?=8)|of the People’s Republic of China")
_SENTENCE_END = re.compile(r"[。！？；]|[.!?;](?=\s+[A-Z“\"(])|\n(?=[ \t]*(?:[-*+|]|\d+[.)]\s))|\n\n")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication where a text cites it; `year` is the edition that is named, "" for none.

    `past` and `ahead` say that the sentence speaks of what was, or of what is to come.
    """

    publication: Publication
    year: str
    written: str
    place: Place
    past: bool = False
    ahead: bool = False


def citations(edition: Edition, register: str) -> list[Citation]:
    """What a report cites of one register of the package: on its pages, in captions, and in what data say."""
    return [cited for cited in _all(edition) if cited.publication.register == register]


@lru_cache(maxsize=1)
def _all(edition: Edition) -> tuple[Citation, ...]:
    """The citations of all registers: the texts are read once, for all rules."""
    return tuple(_read(edition.report))


def _read(report: Report) -> Iterator[Citation]:
    period = report.periods.get(report.period)
    if period is None:
        return
    for page in report.pages.values():
        yield from _of_page(report, period, page)
    for text, place in _said_in_data(report):
        for wording in text.values():
            yield from _Passage([(wording, place)], period, whole_place=True).citations()


def _of_page(report: Report, period: Period, page: Page) -> Iterator[Citation]:
    lines: list[tuple[str, Place]] = []
    calls = []
    for prose, _ in prose_of(report, page):
        lines += [(line.text, line.place) for line in prose.lines]
        lines.append(("", prose.place))  # an empty line ends a sentence
        calls += [call for call in prose.calls if call.name in report.entries]
    passage = _Passage(lines, period)
    yield from passage.citations()
    for call in calls:
        entry = report.entries[call.name]
        said = passage.sentence_at(call.place)
        written = entry.name.get(page.language, call.name)
        if entry.published:
            yield Citation(publications()[call.name], "", written, call.place, said.past, said.ahead)
        else:
            named = _Passage([(written, call.place)], period, whole_place=True)
            for found in named.citations():
                past, ahead = said.past or found.past, said.ahead or found.ahead
                yield Citation(found.publication, found.year, found.written, call.place, past, ahead)
    for item in page.items:
        caption = getattr(item, "caption", "")
        if caption and isinstance(caption, str):  # that of a chart is prose
            yield from _Passage([(caption, item.place)], period, whole_place=True).citations()


def _said_in_data(report: Report) -> Iterator[tuple[Text, Place]]:
    """Notes, methods, boundaries and reasons, which are printed too."""
    for metric in report.metrics.values():
        for text in (metric.note, metric.method, metric.boundary):
            yield text, metric.place
        for cell in metric.cells:
            for text in (cell.note, cell.method, cell.boundary, cell.reason):
                yield text, cell.place
    for target in report.targets.values():
        yield target.note, target.place
    for response in report.responses.values():
        yield response.reason, response.place


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence speaks of: what was before the report's period, what comes after it, the exchange."""

    past: bool
    ahead: bool
    of_exchange: bool


def _sentence(text: str, period: Period) -> _Sentence:
    years = {int(year) for year in _A_YEAR.findall(text)}
    no_dates = _SINCE.sub("", _NO_DATE.sub("", text))  # neither editions nor what holds to this day
    past_years = {int(year) for year in _A_YEAR.findall(no_dates)}
    return _Sentence(
        bool(_PAST.search(text)) or any(year < period.start.year for year in past_years),
        bool(_AHEAD.search(text)) or any(year > period.end.year for year in years),
        bool(_AT_THE_EXCHANGE.search(text)),
    )


class _Passage:
    """A text of several lines, each with its place; `whole_place` for one that has only the place of the whole."""

    def __init__(self, lines: list[tuple[str, Place]], period: Period, whole_place: bool = False) -> None:
        self.lines, self.period, self.whole_place = lines, period, whole_place
        self.text = "\n".join(text for text, _ in lines)
        self.starts = [0, *accumulate(len(text) + 1 for text, _ in lines)][:-1]
        self.ends = [0, *(match.end() for match in _SENTENCE_END.finditer(self.text)), len(self.text) + 1]
        self.by_line = {
            place.line: (start, place.column)
            for start, (text, place) in zip(self.starts, lines, strict=True)
            if text
        }
        self.sentences: dict[int, _Sentence] = {}  # read once, however much they cite

    def citations(self) -> Iterator[Citation]:
        for publication, start, end, year in (
            each for register in REGISTERS for each in self.found(register)
        ):
            said = self.sentence(start)
            written = " ".join(self.text[start:end].split())
            yield Citation(publication, year, written, self.place(start, end), said.past, said.ahead)

    def found(self, register: str) -> list[tuple[Publication, int, int, str]]:
        """The publications, from where to where each stands, and the year with it; of names within names the longest."""
        found = []
        for id, clue, pattern in _patterns(register):
            publication = publications()[id]
            for match in _compiled(pattern).finditer(self.text) if clue in self.text else ():
                start = match.start("name")
                end = match.end() if publication.year_after else match.end("name")
                longer = register != STANDARDS and _LONGER_NAME.search(self.text, max(0, start - 40), start)
                if not longer and self.in_context(publication, start):
                    found.append((publication, start, end, match["year"] or ""))
        found.sort(key=lambda each: (each[1], -each[2]))
        kept: list[tuple[Publication, int, int, str]] = []
        for each in found:
            if not kept or each[1] >= kept[-1][2]:
                kept.append(each)
        return kept

    def in_context(self, publication: Publication, start: int) -> bool:
        """A bare number such as Appendix 27 could be that of anything else."""
        bare = publication.register == FRAMEWORKS and not publication.by_year
        return not bare or self.sentence(start).of_exchange

    def sentence(self, position: int) -> _Sentence:
        """What the sentence around a position speaks of."""
        number = bisect_right(self.ends, position)
        if number not in self.sentences:
            text = self.text[self.ends[number - 1] : self.ends[number]]
            self.sentences[number] = _sentence(text, self.period)
        return self.sentences[number]

    def sentence_at(self, place: Place) -> _Sentence:
        start, column = self.by_line[place.line]
        return self.sentence(start + place.column - column)

    def place(self, start: int, end: int) -> Place:
        number = bisect_right(self.starts, start) - 1
        text, place = self.lines[number]
        if self.whole_place:
            return place
        column = start - self.starts[number]
        last = min(end - self.starts[number], len(text))
        return Place(place.path, place.line, place.column + column, place.column + last)


@cache
def _patterns(register: str) -> tuple[tuple[str, str, str], ...]:
    """How each publication of a register may be written: (id, a word that is there, pattern with `name` and `year`)."""
    found = []
    for publication in publications().values():
        if publication.register == register:
            names = dict.fromkeys([*publication.name.values(), *publication.also])
            for name in names:
                year = _OF_A_STANDARD if publication.year_after else _OF_A_NAME
                clue = max(_MAY_DIFFER.split(name), key=len)
                found.append((publication.id, clue, f"{_pattern(publication, name)}(?:{year})?"))
    return tuple(found)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern made ready when a text first needs it: few reports cite more than a tenth of them."""
    return re.compile(pattern)


def _pattern(publication: Publication, name: str) -> str:
    """A name as it may be typed: with other spaces, commas and marks, and in full or with PRC."""
    if publication.year_after:
        number = r"\s*".join(re.escape(part) for part in re.findall(r"[A-Z/]+|[\d-]+", name))
        return rf"(?<![A-Za-z/])(?P<name>{number})(?![\d]|-\d(?!\d{{3}}))"
    if name.isascii() or "’" in name:
        core = re.escape(name).replace("’", "[’']")
        core = core.replace(r"of\ the\ People[’']s\ Republic\ of\ China", _CHINA)
        core = core.replace(",", "").replace(r"\ ", r",?\s+(?:[（(][“\"]?ESG[”\"]?[)）]\s+)?")
        return rf"(?<!\w)(?P<name>{core})(?![\w])"
    core = re.sub("[及與与和]", "[及與与和]", re.escape(name.strip("《》"))).replace("、", "[、，,]")
    core = core.replace("（", "[（(]").replace("）", "[)）]")
    if publication.register == LAWS:
        return rf"《\s*(?P<name>{core})(?=\s*[》（(])"
    if name in publication.also and name.startswith("《"):
        return rf"(?<=[《「『“])(?P<name>{core})(?=[》」』”])"
    return rf"(?P<name>{core})" + ("" if publication.by_year else r"(?![\d一二三四五六七八九十])")
