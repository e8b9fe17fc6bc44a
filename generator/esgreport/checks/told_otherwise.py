"""told-otherwise: a fact has one number wherever the report tells it.

Why: the overview says 327 employees, the table 341; the policy was adopted in 2019 on one page and in 2021 on another. Compared are typed numbers
of what a metric is the name of with its figures, sentences that are the same but for a number, and what the company is said to have,
or to have done in which year, in one language. What speaks of another year is left alone.

    wrong   The Group had 327 employees.          workforce: {values: {2025: 341}}
    right   The Group had {{ workforce }}.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import FigureId, Name
from esgreport.numerals import Counted, counted
from esgreport.subjects import members_of, periods_of, sentences, subjects, years
from esgreport.views import Edition
from esgreport.wording import GAP, HAN, Said, said

_LEAST = Fraction(10)  # smaller numbers count all sorts of things
_TIME = r"(?: (?:in|during|for|over|throughout|by|at the end of|as at|as of) (?:the )?(?:\d{1,2} [A-Z][a-z]+ )?(?:20\d\d|year|period|reporting (?:year|period)|year end))?"
_SOME_OF = re.compile(
    r"\b(?:of|per|with|including|among|than|by|another|further|additional|other|after|least|most|every|each|over|for|to|about|target|limit|new)$",
    re.I,
)
_TOTAL_OF = re.compile(r"\b(?:total|workforce|team|staff|number) of$", re.I)
_HAN_SOME_OF = re.compile(
    "[每至到達由從另再第新逾超近增減少餘及其中和足滿]$|其中|目標|上限|不少於|最少|至少|較|增加|減少"
)
_COUNTER = "[名個項宗次人間家件條位座份]"
_COUNTED = re.compile(rf" ?(?P<what>[A-Za-z][\w’-]*(?: [\w’-]+){{0,7}}?){_TIME}(?=[.,;:)]|$)")
_HAN_COUNTED = re.compile(f"{_COUNTER}?(?P<what>[{HAN}]{{2,12}}?)(?=[，。；、）]|$)")
_HAN_TOTAL = re.compile("(?:數目|總數|合)?(?:共|為|達|有|合計)+$")
_US = {
    "en": r"\b(?:the Group|the Company|our Group|the Company and its subsidiaries|we|We|The Group|The Company|Our Group)",
    "zh": "(?:本集團|本公司|集團|我們|公司|本集团|我们)",
}
_HAS = {
    "en": re.compile(
        rf"{_US['en']} (?:currently |now )?(?P<verb>has|have|had|operates?|operated|owns?|owned|employs?|employed|runs?) (?:a total of |in total )?(?P<number>[\w,.-]+(?: hundred| thousand| million)?) "
        rf"(?P<what>[a-z][a-z’ -]{{2,40}}?){_TIME}(?=[.,;:)]|$| and )"
    ),
    "zh": re.compile(
        rf"{_US['zh']}(?:現時|目前|現|共|合共|總共|於?20\d\d年(?:\d+月\d+日)?[，]?)*(?P<verb>擁有|設有|營運|經營|僱用|聘用|有|設)(?:合共|共)?(?P<number>[\d,]+|[一二三四五六七八九十兩百]+){_COUNTER}(?P<what>[{HAN}]{{2,12}}?)(?=[，。；、）]|$)"
    ),
}
_COMPANY = {"en": re.compile(rf"{_US['en']}|{GAP} "), "zh": re.compile(f"{_US['zh']}|{GAP}")}
_DONE = {
    "en": re.compile(
        rf"(?:{_US['en']}|(?P<call>{GAP}+)) (?:was|were|has been|became)? ?(?:first |originally |wholly |formally )?(?P<verb>founded|established|incorporated|set up|listed|certified|accredited|acquired|adopted|opened)"
        rf"(?P<what>[^.,;:\d]{{0,40}}?) (?:in|on|since) (?:\d{{1,2}} )?(?:[A-Z][a-z]+ )?(?P<number>(?:19|20)\d\d)\b"
    ),
    "zh": re.compile(
        rf"(?:{_US['zh']}|(?P<call>{GAP}+))(?:早)?[於在自](?P<number>(?:19|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:起)?(?P<what>[{HAN}]{{0,6}}?)(?P<verb>成立|創立|創辦|註冊成立|上市|通過認證|取得認證|獲得認證|採納|啟用|投產)"
    ),
}
_CHANGED = {
    "en": re.compile(
        r"(?:(?:decreas|increas|declin|reduc|dropp)\w+|fell|rose|grew)(?: \w+ly)? by (?:[a-z]+ )?(?=\d[\d.]*% (?:.* )?(?:compared|from|against|on|previous|last|prior|year)\b)(?P<number>\d+(?:\.\d+)?)%"
        r"|(?P<than>\d+(?:\.\d+)?)% (?:less|fewer|lower|more|higher|smaller|greater) than\b(?=.*\b(?:previous|last|prior|20\d\d|before)\b)"
    ),
    "zh": re.compile(
        r"(?:較|比|按年|同比)[^，。；]{0,14}?(?:減少|增加|下降|上升|下跌|增長)了?(?:約|近|逾)?(?P<number>\d+(?:\.\d+)?)[%％](?P<than>)"
    ),
}
_WORDS = {"en": 7, "zh": 14}
_POINTING = re.compile(
    r"^(?:It|This|That|These|Those|They|He|She|The (?:former|latter|other)|其|該|此|這|它|兩者|前者|後者|他|她)"
)


@dataclass(frozen=True)
class _Sentence:
    stretch: Said
    line: Name
    start: int
    text: str

    @property
    def script(self) -> str:
        return "en" if self.stretch.language == "en" else "zh"

    def numbers(self) -> list[Counted]:
        """The numbers of the sentence; their places are those in it."""
        first, last = self.start, self.start + len(self.text)
        return [
            replace(number, start=number.start - first, end=number.end - first)
            for number in counted(self.line.text, self.stretch.language)
            if first <= number.start and number.end <= last
        ]


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    facts: dict[object, tuple[_Sentence, str, object]] = {}
    told: set[tuple[Name, int]] = set()
    for sentence in _sentences(edition):
        for fact, typed, start, what in (*_same_words(sentence), *_of_the_company(sentence)):
            first, first_typed, value = facts.setdefault(
                (sentence.stretch.language, fact), (sentence, typed, what)
            )
            spot = (sentence.line, sentence.start + start)
            if value != what and spot not in told:
                told.add(spot)
                place = first.line.place
                yield _warned(
                    sentence,
                    root,
                    start,
                    typed,
                    f'"{typed}" stands here, but "{first_typed}" in {place.path}, line {place.line}',
                )
        for start, typed, figure, printed in (
            *_of_figures(edition, sentence),
            *_of_changes(edition, sentence),
        ):
            spot = (sentence.line, sentence.start + start)
            if spot not in told:
                told.add(spot)
                yield _warned(
                    sentence, root, start, typed, f'"{typed}" stands here, but {figure} is {printed}'
                )


def _warned(sentence: _Sentence, root: Path, start: int, typed: str, what: str) -> Diagnostic:
    at = sentence.start + start
    place = sentence.stretch.at(root, sentence.line, at, at + len(typed))
    help = "write the right one in both places, or a value call; or say in which year, or of which part, it holds"
    return warning("told-otherwise", place, what, help)


def _sentences(edition: Edition) -> Iterator[_Sentence]:
    for stretch in said(edition):
        if stretch.kind in ("paragraph", "list", "quote", "name") or not stretch.prose:
            for line in stretch.lines:
                if re.search(
                    f"[\\d{'一二三四五六七八九十兩' if stretch.language != 'en' else 'a-z'}]", line.text
                ):
                    for start, end in sentences(line.text, stretch.language):
                        yield _Sentence(stretch, line, start, line.text[start:end])


_Fact = tuple[object, str, int, object]
"""What is told, the number as typed, where it stands, and what makes it another fact than the same with another number."""


def _same_words(sentence: _Sentence) -> Iterator[_Fact]:
    """A sentence that stands alone, by its words without its numbers."""
    text, script = sentence.text.strip(), sentence.script
    if GAP in text or sentence.stretch.kind == "name" or _POINTING.match(text):
        return
    size = len(text.split()) if script == "en" else len(re.findall(f"[{HAN}]", text))
    numbers = (
        [number for number in sentence.numbers() if not 1900 < number.value < 2100]
        if size >= _WORDS[script]
        else []
    )
    if not numbers:
        return
    words = text
    shift = len(sentence.text) - len(sentence.text.lstrip())
    for number in reversed(numbers):
        words = words[: number.start - shift] + "#" + words[number.end - shift :]
    last = numbers[-1]
    differing = tuple(number.value for number in numbers)
    yield (
        ("sentence", re.sub(r"\s+", " ", words)),
        sentence.text[last.start : last.end],
        last.start,
        differing,
    )


def _of_the_company(sentence: _Sentence) -> Iterator[_Fact]:
    """How many of something the company has, and the year in which something was founded, listed, adopted."""
    for kind, patterns in (
        (("has", _HAS), ("done", _DONE)) if _COMPANY[sentence.script].search(sentence.text) else ()
    ):
        for match in patterns[sentence.script].finditer(sentence.text):
            numbers = counted(match["number"], sentence.stretch.language)
            if len(numbers) != 1 or (kind == "has" and numbers[0].value < 2):
                continue
            subject = "we"
            if kind == "done" and match["call"]:
                column = sentence.line.place.column + sentence.start + match.start("call")
                called = [
                    c.name
                    for c in sentence.stretch.calls
                    if c.place.line == sentence.line.place.line and c.place.column == column
                ]
                if not called:
                    continue
                subject = called[0]
            verb = "has" if kind == "has" else match["verb"]
            when = years(sentence.text[: match.end()]) if kind == "has" else frozenset[int]()
            fact = (kind, subject, verb, match["what"].strip().casefold(), when)
            yield fact, match["number"], match.start("number"), numbers[0].value


def _of_figures(edition: Edition, sentence: _Sentence) -> Iterator[tuple[int, str, FigureId, str]]:
    """A typed number of what figures are called that is none of theirs."""
    language = sentence.stretch.language
    text = sentence.text
    if GAP in text or not re.search(r"\d\d", text):
        return
    numbers = [
        n for n in sentence.numbers() if not n.spelt and n.value >= _LEAST and not 1900 < n.value < 2100
    ]
    if len(numbers) != 1 or re.search(r"[%％‰℃°]", text):
        return
    (number,) = numbers
    before, after = text[: number.start].rstrip(), text[number.end :]
    known = subjects(edition, language)
    if sentence.script == "en":
        if _SOME_OF.search(before) and not _TOTAL_OF.search(before):
            return
        match = _COUNTED.match(after)
        what = match["what"] if match else ""
    else:
        if _HAN_SOME_OF.search(before):
            return
        match = _HAN_COUNTED.match(after)
        what = match["what"] if match else ""
        if not what and re.match(f"{_COUNTER}?(?:[，。；]|$)", after):
            what = known.ending(_HAN_TOTAL.sub("", before)) if _HAN_TOTAL.search(before) else ""
    metrics = known.meant(what, nouns=True) if what else ()
    if told := _not_theirs(edition, metrics, periods_of(edition.report, text), number):
        yield (number.start, text[number.start : number.end], *told)


def _not_theirs(
    edition: Edition, metrics: tuple[str, ...], periods: tuple[str, ...], number: Counted
) -> tuple[FigureId, str] | None:
    """The first figure of the metrics, if the number is that of none of them: of no member, and of no other year."""
    first: tuple[FigureId, str] | None = None
    for metric in metrics:
        found = edition.report.metrics[metric]
        ids = [
            FigureId(metric, period, members)
            for period in edition.report.periods
            for members in {c.members for c in found.cells} | {()}
        ]
        for id in ids:
            figure = edition.figures.figure(id)
            if figure is None or figure.number is None:
                continue
            if figure.number.exact == number.value:
                return None
            if not id.members and id.period in periods and first is None:
                first = (id, str(figure.number))
    return first


def _of_changes(edition: Edition, sentence: _Sentence) -> Iterator[tuple[int, str, FigureId, str]]:
    """A typed change on the year before, in per cent, that none of what the sentence speaks of has had."""
    report, text = edition.report, sentence.text
    if GAP in text or ("%" not in text and "％" not in text) or not report.comparatives:
        return
    match = _CHANGED[sentence.script].search(text)
    if not match:
        return
    now, before = report.period, report.comparatives[0]
    if not years(text) <= {report.periods[period].end.year for period in (now, before)}:
        return
    known = subjects(edition, sentence.stretch.language)
    spoken_of = text[: match.start()]
    number = match["number"] or match["than"]
    typed = Fraction(number)
    within = Fraction(1, 10 ** len(number.partition(".")[2]))
    first: tuple[FigureId, str] | None = None
    for metric in known.meant(known.last_in(spoken_of), nouns=True):
        members = members_of(report, report.metrics[metric].dimensions, spoken_of)
        values = [edition.figures.figure(FigureId(metric, period, members)) for period in (now, before)]
        numbers = [figure.number.exact for figure in values if figure and figure.number]
        if len(members) > 1 or len(numbers) < 2 or not numbers[1]:
            continue
        change = (numbers[0] - numbers[1]) / numbers[1] * 100
        if abs(abs(change) - typed) <= within:
            return
        id = FigureId(metric, now, members)
        first = first or (
            id,
            f"{numbers[0]}, after {numbers[1]}: {'+' if change > 0 else '−'}{round(abs(change))}%",
        )
    if first:
        yield (text.index(number, match.start()), number, *first)
