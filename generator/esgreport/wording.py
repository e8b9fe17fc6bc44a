"""What the report says in words, stretch by stretch, as it was typed: what the rules on language read.

Pages give exact places. Wordings in data know the place of what they belong to; where something is found in one,
`Said.at` looks it up in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from esgreport.diagnostics import Place, at
from esgreport.languages import Text
from esgreport.model import Call, Heading, Name, Page, Prose, Report, RowGroup, TableBlock
from esgreport.printed import prose_of
from esgreport.views import Edition

HAN = "\u3400-\u9fff"
GAP = "\ue000"
"""Stands in a stretch for each character of a value call, a comment, an address or a mark of Markdown."""
_NO_WORDS = re.compile(
    r"(?<=\])\([^)\s]*\)|<su[bp]>[^<]*</su[bp]>|\{ ?[#:.][^}]*\}|`[^`]*`|https?://[\w./?=&%#-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|</?[a-z]+ ?/?>|&\w+;"
)
T = TypeVar("T")
_FURTHEST = 80  # lines from where something is defined to where its wording stands


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of words in one language. `kind` is that of its prose, heading, caption, or name for words of data."""

    language: str
    kind: str
    lines: tuple[Name, ...]
    prose: Prose | None = None
    page: str = ""
    section: str = ""

    @property
    def text(self) -> str:
        """All of it, line by line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def calls(self) -> tuple[Call, ...]:
        """The value calls in it."""
        return self.prose.calls if self.prose else ()

    def at(self, root: Path, line: Name, start: int, end: int) -> Place:
        """The place of a part of one of its lines."""
        if self.prose:
            return at(line.place, start, end - start)
        stretch = line.text[max(0, start - 12) : end + 12]
        before = start - max(0, start - 12)
        lines = _lines(root / line.place.path)
        first = max(line.place.line - 1, 0)
        for number, typed in enumerate(lines[first : first + _FURTHEST], first):
            column = typed.find(stretch)
            if column >= 0:
                first_column = column + before + 1
                return Place(line.place.path, number + 1, first_column, first_column + end - start)
        return line.place


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


@lru_cache(maxsize=1)
def said(edition: Edition) -> tuple[Said, ...]:
    """All stretches of words, pages first. Words that two pages show are said once."""
    _lines.cache_clear()
    report = edition.report
    found: dict[object, Said] = {}
    for page in report.pages.values():
        for stretch in of_page(report, page):
            found.setdefault((stretch.lines, stretch.language), stretch)
    for text, place in _in_data(report):
        for language, wording in text.items():
            if language in report.languages and wording:
                found.setdefault((text, language), Said(language, "name", (_plain(wording, place),)))
    return tuple(found.values())


def lines_in(edition: Edition, language: str) -> Iterator[tuple[Said, Name]]:
    """All lines that are said in a language, each with its stretch."""
    return (
        (stretch, line) for stretch in said(edition) if stretch.language == language for line in stretch.lines
    )


def of_page(report: Report, page: Page) -> Iterator[Said]:
    """What a page says, in reading order."""
    headings = {id(item.title) for item in page.items if isinstance(item, Heading)} | {id(page.title)}
    for prose, section in prose_of(report, page):
        kind = "heading" if id(prose) in headings else prose.kind
        lines = tuple(_plain(line.text, line.place) for line in prose.lines)
        yield Said(page.language, kind, lines, prose, page.id, section)
    for item in page.items:
        captions = [getattr(item, "caption", "")]
        if isinstance(item, TableBlock):
            captions += [group.heading for group in item.metrics if isinstance(group, RowGroup)]
            captions += [head for _, head in item.heads]
        for caption in captions:
            if isinstance(caption, str) and caption:
                yield Said(page.language, "caption", (_plain(caption, item.place),), None, page.id)


def _plain(text: str, place: Place) -> Name:
    """A line with gaps where there are no words."""
    return Name(_NO_WORDS.sub(lambda match: GAP * len(match.group()), text), place)


def _in_data(report: Report) -> Iterator[tuple[Text, Place]]:
    """Names, notes, methods, boundaries, reasons: what data say in words. Sources are quoted, so they are left out."""
    yield from zip((report.title, report.tagline), report.title_places, strict=False)
    for entry in report.entries.values():
        if not entry.published:
            for text in (entry.name, entry.short_name, entry.means, entry.title):
                yield text, entry.place
    for dimension in report.dimensions.values():
        yield dimension.name, dimension.place
        yield from ((member.name, member.place) for member in dimension.members)
    for picture in report.pictures.values():
        yield from ((text, picture.place) for text in (picture.alt, picture.caption, picture.credit))
    for topic in report.topics.values():
        yield topic.name, topic.place
        for field in topic.fields:
            yield field.name, field.place
            yield from ((option, field.place) for option in field.options.values())
    for aspect in report.aspects:
        yield aspect.name, aspect.place
    for metric in report.metrics.values():
        for text in (metric.name, metric.note, metric.method, metric.boundary, metric.remark):
            yield text, metric.place
        for cell in metric.cells:
            said_there = (
                cell.note,
                cell.method,
                cell.boundary,
                cell.reason,
                cell.remark,
                cell.reason_for_change,
            )
            yield from ((text, cell.place) for text in said_there if text)
    for target in report.targets.values():
        yield from ((text, target.place) for text in (target.name, target.note))
    for response in report.responses.values():
        yield response.reason, response.place


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands in the same place in two languages: one stretch each, or where a section is divided otherwise all of
    a kind that it has."""

    ours: tuple[Said, ...]
    theirs: tuple[Said, ...]

    @property
    def alike(self) -> bool:
        """Whether it is one stretch in each language."""
        return len(self.ours) == len(self.theirs) == 1


@lru_cache(maxsize=1)
def pairs(edition: Edition) -> tuple[Pair, ...]:
    """The stretches of pages of the report's first language, each with that of every other one."""
    report = edition.report
    first, *others = report.languages
    found: list[Pair] = []
    for id in report.page_order:
        page = report.pages.get((id, first))
        for language in others:
            other = report.pages.get((id, language))
            if page and other:
                found += _paired(list(of_page(report, page)), list(of_page(report, other)))
    return tuple(found)


@lru_cache(maxsize=1)
def pairs_in_data(edition: Edition) -> tuple[Pair, ...]:
    """The wordings of data in the report's first language, each with that in every other one."""
    first, *others = edition.report.languages
    return tuple(
        Pair(*((Said(language, "name", (_plain(text[language], place),)),) for language in (first, other)))
        for text, place in dict.fromkeys(_in_data(edition.report))
        for other in others
        if text.get(first) and text.get(other)
    )


def _paired(ours: list[Said], theirs: list[Said]) -> Iterator[Pair]:
    """Stretches of one kind and section, one by one where each language has as many of them."""
    by_place: dict[tuple[str, str], tuple[list[Said], list[Said]]] = {}
    for side, stretches in enumerate((ours, theirs)):
        for stretch in stretches:
            kind = stretch.kind if stretch.kind in ("heading", "table", "caption") else "text"
            by_place.setdefault((stretch.section, kind), ([], []))[side].append(stretch)
    for one, other in by_place.values():
        yield from (Pair(*each) for each in in_pairs(one, other, lambda stretch: stretch.kind))


def in_pairs(
    ours: Sequence[T], theirs: Sequence[T], kind: Callable[[T], str]
) -> Iterator[tuple[tuple[T, ...], tuple[T, ...]]]:
    """What stands in the same place in two languages: one by one where each has as many, of the same kinds, else all of
    it as a whole."""
    if list(map(kind, ours)) == list(map(kind, theirs)):
        yield from (((a,), (b,)) for a, b in zip(ours, theirs, strict=True))
    else:
        yield tuple(ours), tuple(theirs)
