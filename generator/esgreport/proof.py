"""Call figures: every number of the finished editions, read back and held against the data.

What should be printed, and where, is known from the report before anything is rendered; what is printed is read from the
finished pages and PDFs. So neither the templates nor the PDF engine is believed, and a number that is missing is noticed
as one that is wrong. Numbers are compared as exact decimals, never as texts alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from esgreport.amounts import Number, parse_number, round_half_up
from esgreport.diagnostics import Diagnostic, plural
from esgreport.finished import Finished, Printing, digest_of
from esgreport.finished_pdf import UNREAD, FinishedPdf
from esgreport.languages import LANGUAGES, SCALES, joined
from esgreport.model import HOME, Figure, FigureId, Kind, parse_figure_id, web_name
from esgreport.numerals import counted
from esgreport.units import UnitTable
from esgreport.views import Edition
from esgreport.wording import GAP, of_page
from esgreport.words_of_figures import number_alone

BETWEEN = ("languages-differ", "numbers-differ", "prose-differs", "qualifiers-differ")
"""The findings of `check` that say that two languages differ."""
LOST = "it is not printed here: a table or sentence has lost it, in a template or after the build"
NO_GLYPH = "a glyph of it is missing or has no form: build again, and look at the face"
WRONG = "the data say otherwise: build again; if it stays, a template writes the number itself"
SHORTER = "fewer digits are painted than the website prints: build again, and look at the face"
STALE = "the report has changed since this was built: build again, then call figures"
WRONG_WORDS = "another number stands between these words: build again"
NO_WORDS = "these words are not found here with this number: build again"

_NUMBER = re.compile(r"[+−-]?\d+(?:,\d{3})*(?:\.\d+)?")
_SHOWN = re.compile(rf"[+−-]?[\d,.{UNREAD}]+|\S{{1,24}}")
_MARKS = re.compile(r"^\s*(?:#+|>|[-*+]|\d+[.)]|:)\s+")  # what a line of Markdown begins with
_PLAIN = re.compile(rf"[^\w.%‰％−+{UNREAD}]|_|\.(?!\d)|(?<!\d)\.")
_AROUND = 8  # characters of a sentence on each side of a number, by which it is found again
_QUOTED = 20
_SIDE = 4  # where a page ends among them


class Result(StrEnum):
    """What came of comparing a number. An explained one is printed otherwise than the data write it, for a known reason."""

    MATCHED = "matched"
    EXPLAINED = "explained"
    UNMATCHED = "unmatched"


class Medium(StrEnum):
    """What a number was read from."""

    WEB = "web"
    PDF = "pdf"
    LANGUAGES = "languages"  # one language held against the other
    BUILD = "build"  # the files of the build, and its data


@dataclass(frozen=True, slots=True)
class Due:
    """A printing that the report asks for: a section (heading id) of a page of a language prints this figure."""

    figure: FigureId
    language: str
    page: str
    section: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is read: `file` is that of the build, or of the report where its languages differ; `at` the section of
    a web page, the folio of a PDF or the line of a file. `page` and `title` are those of the section."""

    medium: Medium
    language: str
    file: str
    at: str = ""
    page: str = ""
    title: str = ""

    def __str__(self) -> str:
        between = {Medium.WEB: "#", Medium.PDF: ", page "}.get(self.medium, ":")
        return self.file + (between + self.at if self.at else "")


@dataclass(frozen=True, slots=True)
class Compared:
    """One number of one edition beside what it should be.

    `subject` is the figure's id, or the words around a number that is `typed` in a sentence, or a file. `why` says what is
    the matter, or what explains it.
    """

    result: Result
    spot: Spot
    subject: str
    printed: str = ""
    wanted: str = ""
    why: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Proof:
    """Everything that was compared, in reading order, and the files it was read from; `notes` say what there is none of."""

    rows: tuple[Compared, ...]
    files: tuple[File, ...]
    notes: tuple[str, ...]

    def of(self, result: Result) -> tuple[Compared, ...]:
        """The rows that came to a result."""
        return tuple(row for row in self.rows if row.result == result)

    @cached_property
    def counts(self) -> Mapping[tuple[Medium, str], Counter[Result]]:
        """How many numbers came to each result, by medium and language."""
        found: dict[tuple[Medium, str], Counter[Result]] = {}
        for row in self.rows:
            found.setdefault((row.spot.medium, row.spot.language), Counter())[row.result] += 1
        return found


@dataclass(frozen=True)
class Source:
    """The report as it is now: what the editions are held against.

    `records` are its figures as figures.json would list them; `findings` what `check` says of it, and `accepted` what was
    accepted of that, each with the reason.
    """

    edition: Edition
    due: Sequence[Due]
    records: Mapping[str, Mapping[str, Any]]
    digest: str
    findings: Sequence[Diagnostic]
    accepted: Sequence[tuple[Diagnostic, str]]


def proofed(source: Source, finished: Finished, pdfs: Mapping[str, FinishedPdf | None]) -> Proof:
    """Hold a finished build against its source.

    Args:
        pdfs: those of the build by language; None for one that cannot be read.
    """
    rows, notes = list(_build(source, finished)), list[str]()
    if finished.record.get("status") == "draft":
        notes.append("This build is a draft: what is still to come in it was not compared.")
    for language in source.edition.report.languages:
        name = LANGUAGES[language].name
        if language not in finished.languages:
            notes.append(f"This build has no website in {name}, so nothing in {name} was compared.")
            continue
        reader = _Language(source, finished, language, pdfs.get(language))
        rows += [*reader.figures(), *reader.typed()]
        if language not in pdfs:
            notes.append(f"This build has no PDF in {name}.")
        elif pdfs[language] is None:
            why = "it cannot be read as a PDF of a build: build again"
            rows.append(Compared(Result.UNMATCHED, Spot(Medium.PDF, language, reader.book), "PDF", why=why))
    return Proof((*rows, *_between(source)), tuple(_files(finished)), tuple(notes))


# ---- figures


@dataclass(frozen=True, slots=True)
class _Verdict:
    result: Result
    wanted: str
    why: str = ""


def _judged(text: str, figure: Figure, language: str, form: Printing, units: UnitTable) -> _Verdict:
    """What a printed text comes to. `form` says in which unit and scale it is printed, and whether without its sign."""
    unit = units.find(form.unit) if form.unit else None
    scale = form.scale if form.scale in SCALES else ""
    wanted = "".join(number_alone(figure, language, unit, scale, form.magnitude))
    if not text:
        return _Verdict(Result.UNMATCHED, wanted, LOST)
    if UNREAD in text:
        return _Verdict(Result.UNMATCHED, wanted, NO_GLYPH)
    if figure.number is None or figure.kind not in (Kind.VALUE, Kind.LIMIT):  # words, or two numbers
        same = text == wanted
        return _Verdict(Result.MATCHED if same else Result.UNMATCHED, wanted, "" if same else WRONG)
    printed = parse_number(text.removeprefix("+").replace("−", "-"))
    exact = figure.number.exact * figure.unit.ratio / (unit or figure.unit).ratio
    exact /= 10 ** SCALES[scale][0] if scale else 1
    if printed is None or not _equal(printed, abs(exact) if form.magnitude else exact):
        return _Verdict(Result.UNMATCHED, wanted, WRONG)
    own = "".join(number_alone(figure, language))
    if text != wanted:
        return _Verdict(Result.EXPLAINED, wanted, f"{wanted} with {plural(printed.decimals, 'decimal')}")
    if unit or scale:
        shown = [SCALES[scale][1][language].strip()] if scale else []
        shown += [unit.code] if unit else []
        return _Verdict(Result.EXPLAINED, wanted, f"{own} {figure.unit.code} in {' '.join(shown)}")
    if own != wanted:
        return _Verdict(Result.EXPLAINED, wanted, f"the sentence says the direction ({own})")
    return _Verdict(Result.MATCHED, wanted)


def _equal(printed: Number, exact: Fraction) -> bool:
    """Whether a printed number is the exact one, rounded half up at its own decimals."""
    return printed.exact == Fraction(round_half_up(exact, printed.decimals), 10**printed.decimals)


class _Language:
    """The website and the PDF of one language."""

    def __init__(self, source: Source, finished: Finished, language: str, pdf: FinishedPdf | None) -> None:
        self.edition, self.report, self.language = source.edition, source.edition.report, language
        self.due = [due for due in source.due if due.language == language]
        self.passages = {page: finished.passages(language, page) for page in finished.pages(language)}
        self.titles = {(page, p.section): p.title for page, all in self.passages.items() for p in all}
        self.pdf, self.book = pdf, book_name(self.report.slug, language)
        self.words: dict[tuple[str, str], tuple[tuple[Spot, str], ...]] = {}

    def figures(self) -> Iterator[Compared]:
        """Every figure that is due or printed, on the website and in the PDF."""
        on_web = self.on_web()
        in_pdf, stray = self.in_pdf()
        forms: dict[str, list[Printing]] = defaultdict(list)
        for (*_, id), printings in on_web.items():
            forms[id] += printings
        for due, name in zip(self.due, in_pdf, strict=True):
            figure = self.edition.figures.figure(due.figure)
            assert figure is not None
            waiting = on_web.get((web_name(due.page), due.section, str(due.figure)), [])
            printing = waiting.pop(0) if waiting else None
            text = shown = printing.text.strip() if printing else ""
            form = printing or Printing(str(due.figure), "")
            spot = self.web_spot(web_name(due.page), due.section)
            yield self.compared(spot, figure, text, self.judged(text, figure, form))
            if self.pdf and due.page != HOME:
                judged = [
                    self.in_line(self.pdf.lines.get(name, ""), figure, form)
                    for form in ([printing] if printing else forms[str(due.figure)] or [form])
                ]
                text, verdict = min(judged, key=lambda each: list(Result).index(each[1].result))
                if text not in (verdict.wanted, shown) and verdict.result == Result.EXPLAINED:
                    verdict = replace(verdict, result=Result.UNMATCHED, why=SHORTER)
                number = self.pdf.pages[name] if name else self.pages_of(due.page, due.section)[0]
                spot = self.pdf_spot(number, web_name(due.page), due.section)
                yield self.compared(spot, figure, text, verdict)
        for (page, section, id), printings in on_web.items():
            yield from (self.undue(self.web_spot(page, section), id, each.text.strip()) for each in printings)
        for name in stray:
            assert self.pdf is not None
            id, spot = name.rpartition("/")[0], self.pdf_spot(self.pdf.pages[name])
            yield self.undue(spot, id, _shown(self.pdf.lines[name]))

    def on_web(self) -> dict[tuple[str, str, str], list[Printing]]:
        """What the pages of the website print, by page, section and figure."""
        found: dict[tuple[str, str, str], list[Printing]] = defaultdict(list)
        for page, passages in self.passages.items():
            for passage in passages:
                for printing in passage.figures:
                    found[page, passage.section, printing.figure].append(printing)
        return found

    def in_pdf(self) -> tuple[list[str], list[str]]:
        """For each figure that is due the name that leads to it in the PDF, "" if there is none; and the names left over.

        A name tells which figure it is and the how-manieth, not its section: so each is taken for the first due place on
        whose pages it stands.
        """
        names: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for name in self.pdf.pages if self.pdf else ():
            id, _, number = name.rpartition("/")
            if "@" in id and number.isdigit():
                names[id].append((int(number), name))
        for waiting in names.values():
            waiting.sort(reverse=True)
        found = []
        for due in self.due:
            waiting = names[str(due.figure)]
            here = waiting and due.page != HOME and self.pdf
            first, last = self.pages_of(due.page, due.section) if here else (0, 0)
            stands = self.pdf and here and first <= self.pdf.pages[waiting[-1][1]] <= last
            found.append(waiting.pop()[1] if stands else "")
        return found, [name for waiting in names.values() for _, name in sorted(waiting)]

    def in_line(self, line: str, figure: Figure, form: Printing) -> tuple[str, _Verdict]:
        """What a line of the PDF prints where a figure's name leads, and what it comes to."""
        wanted = self.judged("", figure, form).wanted
        number = _NUMBER.match(line)
        text = wanted if line.startswith(wanted) else ""
        if number and len(number[0]) > len(text):
            text = number[0]
        verdict = self.judged(text, figure, form)
        if verdict.result == Result.UNMATCHED and line:
            text = _shown(line)
            verdict = self.judged(text, figure, form)
        return text, verdict

    def judged(self, text: str, figure: Figure, form: Printing) -> _Verdict:
        return _judged(text, figure, self.language, form, self.report.units)

    def compared(self, spot: Spot, figure: Figure, text: str, verdict: _Verdict) -> Compared:
        return Compared(verdict.result, spot, str(figure.id), text, verdict.wanted, verdict.why)

    def undue(self, spot: Spot, id: str, text: str) -> Compared:
        """A figure that is printed where the report does not ask for it."""
        known = parse_figure_id(id)
        figure = self.edition.figures.figure(known) if known else None
        wanted = "".join(number_alone(figure, self.language)) if figure else ""
        why = "the report does not print it here" if figure else "the data have no such figure"
        return Compared(Result.UNMATCHED, spot, id, text, wanted, why)

    # ---- numbers that are typed in sentences

    def typed(self) -> Iterator[Compared]:
        """The numbers in digits and words that pages say in sentences, each with the words around it."""
        for id in (*self.report.page_order, HOME):
            page = self.report.pages.get((id, self.language))
            looked: Counter[tuple[str, _Around]] = Counter()
            for said in of_page(self.report, page) if page else ():
                section = said.section if said.kind != "caption" else ""
                for line in said.lines:
                    text = _MARKS.sub(lambda match: GAP * len(match[0]), line.text)
                    for around in _Around.all(text, self.language):
                        looked[section, around] += 1
                        for spot, words in self.words_of(id, section):
                            yield around.compared(spot, words, looked[section, around])

    def words_of(self, page: str, section: str) -> tuple[tuple[Spot, str], ...]:
        """The words of a section in each edition; of the whole page where no section is named."""
        if (page, section) not in self.words:
            name = web_name(page)
            passages = (p.text for p in self.passages.get(name, ()) if p.section == section or not section)
            found = [(self.web_spot(name, section), _plain("\n".join(passages)))]
            if self.pdf and page != HOME:
                first, last = self.pages_of(page, section)
                texts = _plain("\n".join(self.pdf.texts[first : last + 1]))
                found.append((self.pdf_spot(first, name, section), texts))
            self.words[page, section] = tuple(found)
        return self.words[page, section]

    # ---- places

    def web_spot(self, page: str, section: str) -> Spot:
        title = self.titles.get((page, section), "")
        return Spot(Medium.WEB, self.language, f"{self.language}/{page}.html", section, page, title)

    def pdf_spot(self, number: int, page: str = "", section: str = "") -> Spot:
        """A page of the PDF, counted from 0, and the section that should be there."""
        assert self.pdf is not None
        title = self.titles.get((page, section), "")
        return Spot(Medium.PDF, self.language, self.book, self.pdf.folios[number], page, title)

    def pages_of(self, page: str, section: str) -> tuple[int, int]:
        """The first and last page of the PDF on which a section stands; that of the chapter, where it has no place."""
        assert self.pdf is not None
        pages, order = self.pdf.pages, self.report.page_order
        after = next(
            (pages[x] for x in order[order.index(page) + 1 :] if x in pages), len(self.pdf.folios) - 1
        )
        anchor = f"{page}/{section}" if section else page
        first = pages.get(anchor, pages.get(page, 0))
        return first, max(first, pages.get(f"{anchor}/end", after))


# ---- the words around a number


@dataclass(frozen=True, slots=True)
class _Around:
    """A number in a sentence and the words next to it, bare of all that typesetting changes; `near` are those up to the
    numbers on its either side, which may be wrong themselves."""

    number: str
    wide: tuple[str, str]
    near: tuple[str, str]
    quote: str = field(compare=False)

    @classmethod
    def all(cls, line: str, language: str) -> Iterator[_Around]:
        """The numbers of a line; gaps in it are what finished pages fill."""
        numbers = counted(line, language)
        for n, number in enumerate(numbers):
            begin, end = line.rfind(GAP, 0, number.start) + 1, line.find(GAP, number.end)
            end = end if end >= 0 else len(line)
            first = max([begin, *(each.end for each in numbers[:n] if each.end <= number.start)])
            last = min([end, *(each.start for each in numbers[n + 1 :] if each.start >= number.end)])
            yield cls(
                line[number.start : number.end],
                (_plain(line[begin : number.start])[-_AROUND:], _plain(line[number.end : end])[:_AROUND]),
                (_plain(line[first : number.start])[-_AROUND:], _plain(line[number.end : last])[:_AROUND]),
                _quoted(line, number.start, number.end),
            )

    def stands_in(self, words: str, times: int, broken: bool) -> bool:
        """Whether words hold the number so many times among those around it; in text that is `broken` where pages end,
        fewer of them will do."""
        before, after = self.wide
        ways = [self.near]
        if broken:
            ways += [(before[-_SIDE:], after[:_SIDE]), (before, ""), ("", after)]
        ways = [self.wide, *(way for way in ways if len("".join(way)) >= _SIDE)]
        number = _plain(self.number)
        return any(words.count(before + number + after) >= times for before, after in ways)

    def other(self, words: str) -> str:
        """What the words say in the place of the number, "" where they are not there at all."""
        for before, after in (self.wide, self.near):
            found = re.search(f"{re.escape(before)}(.{{1,24}}?){re.escape(after)}", words)
            if found and before and after:
                return found[1]
        return ""

    def compared(self, spot: Spot, words: str, times: int) -> Compared:
        """What comes of looking for it in the words of a section."""
        result, printed, why = Result.MATCHED, self.number, ""
        if not self.stands_in(words, times, broken=spot.medium == Medium.PDF):
            result, printed = Result.UNMATCHED, self.other(words)
            why = WRONG_WORDS if printed else NO_WORDS
        return Compared(result, spot, self.quote, printed, self.number, why, typed=True)


def _plain(text: str) -> str:
    """Letters and digits, and what belongs to numbers: no spaces, quotes, hyphens or marks, which typesetting may change."""
    return _PLAIN.sub("", text)


def _quoted(line: str, start: int, end: int) -> str:
    """A part of a line with some of what stands around it."""
    first, last = max(0, start - _QUOTED), min(len(line), end + _QUOTED)
    words = " ".join(line[first:last].replace(GAP, " ").replace("|", " ").split())
    return f"{'…' if first else ''}{words}{'…' if last < len(line) else ''}"


def _shown(line: str) -> str:
    """The beginning of a line, to be quoted."""
    found = _SHOWN.match(line)
    return found[0] if found else ""


# ---- the languages against each other


def _between(source: Source) -> Iterator[Compared]:
    """Where the languages differ: figures that not all of them print as often, and what `check` finds."""
    languages = source.edition.report.languages
    printed = {
        x: Counter((d.page, d.section, str(d.figure)) for d in source.due if d.language == x)
        for x in languages
    }
    most: Counter[tuple[str, str, str]] = Counter()
    for counts in printed.values():
        most |= counts
    for language, counts in printed.items():
        for (page, section, id), count in (most - counts).items():
            files = {f"content/{x}/{page}.md" for x in languages}
            reason = next(
                (
                    why
                    for found, why in source.accepted
                    if found.place.path in files and found.code in BETWEEN
                ),
                "",
            )
            spot = Spot(
                Medium.LANGUAGES,
                language,
                f"content/{language}/{page}.md",
                f"#{section}" if section else "",
                page,
            )
            others = joined(
                [
                    LANGUAGES[x].name
                    for x in languages
                    if printed[x][page, section, id] > counts[page, section, id]
                ],
                "en",
            )
            yield Compared(
                Result.EXPLAINED if reason else Result.UNMATCHED,
                spot,
                id,
                plural(counts[page, section, id], "time"),
                plural(counts[page, section, id] + count, "time"),
                reason or f"{others} prints it here more often: a table or sentence has lost it",
            )
    for finding, reason in (*((each, "") for each in source.findings), *source.accepted):
        if finding.code in BETWEEN:
            path = PurePosixPath(finding.place.path)
            language = path.parts[1] if path.parts[0] == "content" else ""
            spot = Spot(
                Medium.LANGUAGES, language, str(path), str(finding.place).removeprefix(f"{path}:"), path.stem
            )
            result = Result.EXPLAINED if reason else Result.UNMATCHED
            yield Compared(result, spot, finding.code, why=reason or finding.message)


# ---- the build


def _build(source: Source, finished: Finished) -> Iterator[Compared]:
    """Whether the build is of the report as it is, and its files are as it wrote them."""

    def unlike(file: str, subject: str, why: str) -> Compared:
        return Compared(Result.UNMATCHED, Spot(Medium.BUILD, "", file), subject, why=why)

    if finished.record.get("input_digest") != source.digest:
        yield unlike("build.json", "build.json", STALE)
    for name, sha256 in finished.record.get("files", {}).items():
        path = finished.folder / name
        if not path.is_file():
            yield unlike(name, name, "the build wrote this file, and it is gone: build again")
        elif digest_of(path) != sha256:
            yield unlike(name, name, "this is not the file that the build wrote: build again")
    spot = Spot(Medium.BUILD, "", "data/figures.json")
    for id in dict.fromkeys((*source.records, *finished.figures)):
        told, now = _value(finished.figures.get(id)), _value(source.records.get(id))
        if told == now:
            yield Compared(Result.MATCHED, spot, id, told, now)
        else:
            yield Compared(Result.UNMATCHED, spot, id, told, now, WRONG)


def _value(record: Mapping[str, Any] | None) -> str:
    """What a record says a figure is."""
    if record is None:
        return "not there"
    parts = (record["qualifier"], record["value"] or record["kind"], record["unit"])
    return " ".join(part for part in parts if part)


def _files(finished: Finished) -> Iterator[File]:
    """The files that were read: the record of the build, which names all others, then those that hold numbers."""
    wrote = finished.record.get("files", {})
    names = [name for name in wrote if name.endswith((".pdf", ".html")) or name == "data/figures.json"]
    for name in ("build.json", *sorted(names, key=lambda name: (name.endswith(".html"), name))):
        path = finished.folder / name
        if path.is_file():
            yield File(name, digest_of(path))


def book_name(slug: str, book: str) -> str:
    """The name of a PDF in the folder of a build; `book` is a language, or what a further edition has after the slug."""
    return f"pdf/{slug}.{book}.pdf"
