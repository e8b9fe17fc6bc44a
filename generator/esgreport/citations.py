"""Where a report's texts cite a standard, a law or rules of the exchange, in which edition, and at which place.

Texts are read as they were typed, in all three languages of the registers. Of something that was or that will be
(“formerly certified to OHSAS 18001”) nothing is said: a warning that is wrong is worse than one that is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from esgreport.blocks import BOXES
from esgreport.diagnostics import Place
from esgreport.languages import Text
from esgreport.model import Box, Name, Page, Period, Report
from esgreport.printed import prose_of
from esgreport.publications import (
    ESG_RULES,
    GOVERNANCE_CODE,
    LAWS,
    MAINLAND,
    MODEL_CODE,
    REGISTERS,
    STANDARDS,
    Publication,
    publications,
)
from esgreport.views import Edition

_YEAR = r"(?:19|20)\d\d"
_A_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_OF_A_STANDARD = (
    rf"(?:\s*[:：]\s*|\s?[-–—－]\s?|\s*(?P<opened>[（(])\s*|\s+(?={_YEAR}\s*年?版))(?P<year>{_YEAR})(?!\d|/\d)"
    r"(?:\s*年?版)?(?(opened)\s*[)）]|)"
)
_OF_A_NAME = (
    r"(?:\s*》)?(?:\s*[（(][^（）()]{0,24}?"
    rf"(?P<year>{_YEAR})(?!\d)[^（）()]{{0,16}}[)）])?(?:\s*》)?"
)
_CHINA = r"of\s+(?:the\s+)?(?:People[’']s\s+Republic\s+of\s+China|PRC)"
_CHINA_BEFORE = r"(?:People[’']s\s+Republic\s+of\s+China|PRC)\s+"
_OF_CHINA = re.compile("中[華华]|China|PRC")
_ELSEWHERE = re.compile(
    r"[台臺][灣湾]|澳[門门]|開曼|开曼|百慕[達达]|維爾京|维尔京|新加坡|馬來西亞|马来西亚|越南|泰[國国]|印尼|日本|[韓韩][國国]|美[國国]|英[國国]|澳洲|澳大利[亞亚]"
)
_LISTING = r"Listing\s+Rules|Exchange|上市規則|上市规则|聯交所|联交所|交易所"
_SPEAKS_OF = {
    ESG_RULES: re.compile(rf"ESG|Environmental,\s+Social|環境|环境|{_LISTING}"),
    GOVERNANCE_CODE: re.compile(rf"Corporate\s+Governance\s+Code|CG\s+Code|企[業业]管治守[則则]|{_LISTING}"),
    # by name alone: an appendix 10 of GEM's rules is another thing
    MODEL_CODE: re.compile(
        r"Model\s+Code|Securities\s+Transactions|Standard\s+of\s+Dealings|[標标][準准]守[則则]|必守[標标][準准]",
        re.IGNORECASE,
    ),
}
_LONGER_NAME = re.compile(
    r"\b(?!(?:The|PRC|And|HKE[Xx]|SEHK|Exchange|Limited|Kong|Rules|Appendix|C1|C2|C3)\b)[A-Z][\w’'-]*,?\s+(?:and\s+|of\s+)?$"
)
_PAST = re.compile(
    r"\b(?:former|formerly|previous|previously|prior|predecessor|originally|until|used to|no longer|instead of|in place of|"
    r"had been|last year|(?<!years )(?<!year )old|earlier|abolished|expired|lapsed|"
    r"(?:transition(?:ed|ing)?|moved(?:\s+on)?)\s+(?:from|to))\b|"
    r"\b(?:replac|supersed|withdr|repeal|upgrad|migrat|renam)\w*|→|"
    r"前身|前稱|前称|原名|原稱|原称|原為|原为|原有|原先|原來|原来|[（(]原|舊|旧|(?<![未不])曾|取代|代替|替代|廢止|废止|廢除|废除|"
    r"失效|過渡|过渡|轉版|转版|換版|换版|升級|升级|轉換|转换|轉為|转为|改為|改为|更名|當時|当时|以往|過去|过去|去年|上年|上一年|"
    r"不再|此前|先前|已由",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|upcoming|forthcoming|coming into|comes? into|takes? effect|effective|ahead|new|newly|"
    r"prepar\w*\s+(?:itself\s+|ourselves\s+)?(?:for|to)|"
    r"draft|next year)\b|將|将|即將|起生效|起施行|起實施|起实施|新訂|新订|新版|新修|籌備|筹备|準備|准备|預備|预备|草案|下年|明年",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"(?:\b(?:since|from)\b[^.,;]{{0,14}}?|[自由從从]\s*){_YEAR}|{_YEAR}\s*年[^，。；]{{0,6}}起",
    re.IGNORECASE,
)
_NO_DATE = re.compile(rf"[（(][^（）()]{{0,30}}[)）]|[:：–—-]\s*{_YEAR}|{_YEAR}\s*年?版")
_EDITION = re.compile(
    rf"[（(]\s*{_YEAR}\s*年?\s*(?:修訂|修订|修正|修改|revision|amendment|edition)?\s*[)）]", re.IGNORECASE
)
_MAY_DIFFER = re.compile(r"[\s,、及與与和衞（）()《》’]+|ISO|GB/T|SA(?=8)|of the People’s Republic of China")
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
    said = [
        (wording, place)
        for text, place in dict.fromkeys(_said_in_data(report))
        for wording in dict.fromkeys(text.values())
    ]
    everything = "\n".join(wording for wording, _ in said)  # thousands of short texts, few of which cite
    among = {register: _written_in(everything, _names(register)) for register in REGISTERS}
    for each in said:
        yield from _Passage([each], period, whole_place=True, among=among).citations()


def _of_page(report: Report, period: Period, page: Page) -> Iterator[Citation]:
    lines: list[tuple[str, Place]] = []
    calls = []
    for prose, _ in prose_of(report, page):
        lines += [(line.text, line.place) for line in prose.lines]
        lines.append(("", prose.place))  # an empty line ends a sentence
        calls += [call for call in prose.calls if call.name in report.entries]
    passage = _Passage(lines, period)
    yield from passage.citations()
    named = [(Name(call.name, call.place), passage) for call in calls]
    named += [(name, _Passage([(name.text, name.place)], period)) for name in _named_in_boxes(report, page)]
    for name, around in named:
        entry = report.entries[name.text]
        said = around.sentence_at(name.place)
        written = entry.name.get(page.language, name.text)
        if entry.published:
            yield Citation(publications()[name.text], "", written, name.place, said.past, said.ahead)
        else:
            for found in _Passage([(written, name.place)], period, whole_place=True).citations():
                past, ahead = said.past or found.past, said.ahead or found.ahead
                yield Citation(found.publication, found.year, found.written, name.place, past, ahead)
    captions = ((getattr(item, "caption", ""), item.place) for item in page.items)
    said_once = [
        (text, place) for text, place in captions if text and isinstance(text, str)
    ]  # a chart's is prose
    if page.description:
        said_once.append((page.description.text, page.description.place))
    for each in said_once:
        yield from _Passage([each], period, whole_place=True).citations()


def _named_in_boxes(report: Report, page: Page) -> Iterator[Name]:
    """The entries that boxes name: the standard of a certificate."""
    for box in (item for item in page.items if isinstance(item, Box)):
        for key, names in box.record.names.items():
            if BOXES[box.kind].names[key] == "entry":
                yield from (name for name in names if name.text in report.entries)


def _said_in_data(report: Report) -> Iterator[tuple[Text, Place]]:
    """Titles, names, sources of factors, notes, methods, boundaries and reasons, which are printed too.

    What a page names by its id is judged there, where its sentence is.
    """
    yield from zip((report.title, report.tagline), report.title_places, strict=False)
    called = {
        call.name
        for page in report.pages.values()
        for prose, _ in prose_of(report, page)
        for call in prose.calls
    }
    for entry in report.entries.values():
        if not entry.published and entry.id not in called:
            yield entry.name, entry.place
        for text in filter(None, (entry.short_name, entry.means)):
            yield text, entry.place
    for dimension in report.dimensions.values():
        yield dimension.name, dimension.place
        yield from ((member.name, member.place) for member in dimension.members)
    for factor in report.factors.values():
        yield factor.name, factor.place
        yield from {value.source: (value.source, value.place) for value in reversed(factor.values)}.values()
    for metric in report.metrics.values():
        for text in (metric.name, metric.note, metric.method, metric.boundary):
            yield text, metric.place
        for cell in metric.cells:
            for text in (cell.note, cell.method, cell.boundary, cell.reason):
                yield text, cell.place
    for target in report.targets.values():
        yield target.name, target.place
        yield target.note, target.place
    for response in report.responses.values():
        yield response.reason, response.place


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence speaks of: what was before the report's period, what comes after it, which rules, elsewhere."""

    past: bool
    ahead: bool
    of_rules: tuple[str, ...]
    elsewhere: bool


def _sentence(text: str, period: Period) -> _Sentence:
    years = {int(year) for year in _A_YEAR.findall(_EDITION.sub("", text))}
    no_dates = _SINCE.sub("", _NO_DATE.sub("", text))  # neither editions nor what holds to this day
    past_years = {int(year) for year in _A_YEAR.findall(no_dates)}
    return _Sentence(
        bool(_PAST.search(text)) or any(year < period.start.year for year in past_years),
        bool(_AHEAD.search(text)) or any(year > period.end.year for year in years),
        tuple(rules for rules, words in _SPEAKS_OF.items() if words.search(text)),
        bool(_ELSEWHERE.search(text)),
    )


class _Passage:
    """A text of several lines, each with its place; `whole_place` for one that has only the place of the whole.

    `among`, by register: all that it can cite, where that is known.
    """

    def __init__(
        self,
        lines: list[tuple[str, Place]],
        period: Period,
        whole_place: bool = False,
        among: Mapping[str, Sequence[_Written]] | None = None,
    ) -> None:
        self.lines, self.period, self.whole_place = lines, period, whole_place
        self.among = among or {register: _names(register) for register in REGISTERS}
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
        for id, _, name in _written_in(self.text, self.among[register]):
            publication = publications()[id]
            for match in _compiled(id, name).finditer(self.text):
                start = match.start("name")
                end = match.end() if publication.year_after else match.end("name")
                longer = register != STANDARDS and _LONGER_NAME.search(self.text, max(0, start - 40), start)
                if not longer and self.in_context(publication, start, match["name"]):
                    found.append((publication, start, end, match["year"] or ""))
        found.sort(key=lambda each: (each[1], -each[2]))
        kept: list[tuple[Publication, int, int, str]] = []
        for each in found:
            if not kept or each[1] >= kept[-1][2]:
                kept.append(each)
        return kept

    def in_context(self, publication: Publication, start: int, name: str) -> bool:
        """Appendix 27 could be that of anything else, and 《水污染防治法》 in a sentence on Taiwan is a law of Taiwan."""
        if publication.rules:
            return publication.rules in self.sentence(start).of_rules
        bare = publication.jurisdiction == MAINLAND and not _OF_CHINA.search(name)
        return not bare or not self.sentence(start).elsewhere

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


_Written = tuple[str, tuple[str, ...], str]
"""A name of a publication: its id, words that are there however it is typed, the name."""


@cache
def _names(register: str) -> tuple[_Written, ...]:
    """The names of each publication of a register."""
    found = []
    for publication in publications().values():
        if publication.register == register:
            names = dict.fromkeys([*publication.name.values(), *publication.also])
            for name in names:
                clues = sorted({part for part in _MAY_DIFFER.split(name) if part}, key=len, reverse=True)
                found.append((publication.id, tuple(clues), name))
    return tuple(found)


def _written_in(text: str, among: Sequence[_Written]) -> list[_Written]:
    """Those whose words stand in a text, wherever: to ask for words is far quicker than to look for a pattern."""
    return [each for each in among if each[1][0] in text and all(clue in text for clue in each[1])]


@cache
def _compiled(id: str, name: str) -> re.Pattern[str]:
    """How a publication's name may be written, with `name` and `year`: made ready when a text first needs it, as few
    reports cite more than a tenth of them."""
    publication = publications()[id]
    year = _OF_A_STANDARD if publication.year_after else _OF_A_NAME
    return re.compile(f"{_pattern(publication, name)}(?:{year})?")


def _pattern(publication: Publication, name: str) -> str:
    """A name as it may be typed: with other spaces, commas and marks, and in full or with PRC."""
    if publication.year_after:
        number = r"\s*".join(re.escape(part) for part in re.findall(r"[A-Z/]+|[\d.-]+", name))
        return rf"(?<![A-Za-z/])(?P<name>{number})(?!\.?\d|-\d(?!\d{{3}}))"
    if name.isascii() or "’" in name:
        before, of_china, after = name.partition(" of the People’s Republic of China")
        before, after = _typed(before), _typed(after)
        core = before
        if of_china:  # Law of the PRC on Work Safety, Law on Work Safety of the PRC, PRC Law on Work Safety
            core = rf"{before}\s+{_CHINA}{after}|{_CHINA_BEFORE}{before}{after}"
            core += rf"|{before}{after}\s+{_CHINA}" if after else ""
        return rf"(?<!\w)(?P<name>{core})(?![\w])"
    core = re.sub("[及與与和]", "[及與与和]", re.escape(name.strip("《》"))).replace("、", "[、，,]")
    core = core.replace("（", "[（(]").replace("）", "[)）]").replace("衞", "[衞衛]")
    if publication.register == LAWS and name.startswith(("中華人民共和國", "中华人民共和国")):
        return rf"(?P<name>{core})(?=\s*(?:[》（(」』”、，,。；;及和與与或等]|$))"
    if publication.register == LAWS:
        return rf"《\s*(?P<name>{core})(?=\s*[》（(])"
    if name in publication.also and name.startswith("《"):
        return rf"(?<=[《「『“])(?P<name>{core})(?=[》」』”])"
    return rf"(?P<name>{core})" + ("" if publication.by_year else r"(?![\d一二三四五六七八九十])")


def _typed(words: str) -> str:
    """English words as they may be typed: commas and quotation marks differ, and some write (“ESG”) among them."""
    core = re.escape(words).replace("’", "[’']").replace(",", "")
    return core.replace(r"\ ", r",?\s+(?:[（(][“\"]?ESG[”\"]?[)）]\s+)?")
