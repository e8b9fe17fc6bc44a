"""Ids that sections and blocks lack, the same in every language: by them the languages pair.

What has an id in one language gives it to what stands at the same place in the others. A section that has none in any is
named after its English words, else after what it answers, else by its number. Where the languages do not have the same
sections, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from esgreport.diagnostics import Diagnostic, error
from esgreport.model import ANCHORED, HOME, Box, Heading, Item, Page, Report

MOST_CHARACTERS = 40
_NO_IDS = ("bad-id", "duplicate-id")
_CALL = re.compile(r"\{\{[^{}]*\}\}")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*\Z")
_CLOSING = re.compile(r"(?:(?<=\s)#+)?\s*\Z")  # a heading may be closed by the marks that it began with
_LEFT_OUT = re.compile(r"<[^>]*>|(?<=\])\([^)]*\)|'|’")


@dataclass(slots=True)
class _Section:
    """A heading, or the beginning of the page, and the blocks that stand below it."""

    heading: Heading | None
    blocks: list[Item] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id that its author gave it."""
        return self.heading.id if self.heading and self.heading.named else ""


def with_ids(
    report: Report, found: Iterable[Diagnostic], texts: Mapping[str, str]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The pages that change, by their names, with the ids that they lacked; and what keeps sections without one.

    Args:
        found: what was found when the report was read. A page with ids that cannot be is left alone, in every language.
        texts: the pages' files by their names, with lines that end in \\n.
    """
    changed: dict[str, str] = {}
    findings = [finding for finding in found if finding.code in _NO_IDS]
    unsure = {finding.place.path for finding in findings}
    for id in (*report.page_order, HOME):
        pages = [page for code in report.languages if (page := report.pages.get((id, code)))]
        if pages and unsure.isdisjoint(page.path for page in pages):
            writer = _Writer(pages, {page.language: texts[page.path].split("\n") for page in pages})
            findings += writer.write()
            for page in pages:
                text = "\n".join(writer.lines[page.language])
                if text != texts[page.path]:
                    changed[page.path] = text
    return changed, findings


class _Writer:
    """Writes ids into the lines of one page in all its languages."""

    def __init__(self, pages: Sequence[Page], lines: dict[str, list[str]]) -> None:
        self.pages, self.lines = {page.language: page for page in pages}, lines
        self.sections = {page.language: list(_sections(page)) for page in pages}
        # Made-up ids too: while one section is without, the reader may call it by that.
        self.taken = {item.id for page in pages for item in page.items if isinstance(item, ANCHORED)}
        self.below: list[tuple[str, int, str]] = []  # language, line after which to write, what

    def write(self) -> Iterator[Diagnostic]:
        pairs, alone = _paired(self.sections)
        number = 0
        for together in pairs:
            headings = {code: section.heading for code, section in together.items() if section.heading}
            number += bool(headings)
            ids = {section.id for section in together.values()} - {""}
            lacking = [code for code, heading in headings.items() if not heading.named]
            if len(ids) > 1:
                alone += headings.values()
                continue
            if lacking:
                id = ids.pop() if ids else self.new(headings, number)
                self.taken.add(id)
                for code in lacking:
                    self.name_heading(code, headings[code], id)
            self.name_blocks(together)
        for code, line, text in sorted(self.below, reverse=True):
            self.lines[code].insert(line, text)
        for heading in alone:
            if not heading.named:
                message = "this section gets no id: the languages have different sections here"
                help = "make them alike, or write the id yourself: { #a-short-english-id }"
                yield error("heading-without-id", heading.place, message, help)

    # ---- headings

    def new(self, headings: Mapping[str, Heading], number: int) -> str:
        """An id that nothing else on the page has."""
        id = ""
        if "en" in headings:
            line, _ = self.heading_line("en", headings["en"])
            id = _worded(line)
        if not id:
            answers = [answer.requirement for heading in headings.values() for answer in heading.answers]
            id = _worded(answers[0]) or f"r-{_latin(answers[0])}" if answers else f"part-{number}"
        count = 2
        plain = id
        while id in self.taken:
            id, count = f"{plain}-{count}", count + 1
        return id

    def heading_line(self, language: str, heading: Heading) -> tuple[str, int]:
        """The last line of a heading's words, and its number from 0."""
        lines, number = self.lines[language], heading.place.line - 1
        if not lines[number].lstrip().startswith("#"):
            while number + 2 < len(lines) and not _UNDERLINE.match(lines[number + 1]):
                number += 1
        return lines[number], number

    def name_heading(self, language: str, heading: Heading, id: str) -> None:
        line, number = self.heading_line(language, heading)
        marked = line.lstrip().startswith("#")
        end = (_CLOSING.search(line) if marked else re.search(r"\s*\Z", line)).start()  # type: ignore[union-attr]
        words, rest = line[:end].rstrip(), line[end:]
        masked = _CALL.sub(lambda match: " " * len(match[0]), words)
        if masked.endswith("}") and "{" in masked:
            opening = masked.rindex("{") + 1
            words = f"{words[:opening]} #{id} {words[opening:].lstrip()}"
        else:
            words = f"{words} {{ #{id} }}"
        self.lines[language][number] = f"{words} {rest}" if rest.strip() else words

    # ---- blocks

    def name_blocks(self, together: Mapping[str, _Section]) -> None:
        """Give blocks the id that their like has in another language."""
        kinds = list(dict.fromkeys(_kind(block) for s in together.values() for block in s.blocks))
        for kind in kinds:
            alike = {code: [b for b in s.blocks if _kind(b) == kind] for code, s in together.items()}
            if len({len(blocks) for blocks in alike.values()}) > 1:
                continue
            for beside in zip(*alike.values(), strict=True):
                ids = {block.id for block in beside} - {""}
                if len(ids) == 1:
                    (id,) = ids
                    for code, block in zip(alike, beside, strict=True):
                        if not block.id and not self.has(code, id):
                            self.name_block(code, block, id)

    def has(self, language: str, id: str) -> bool:
        """Whether something on a page is called so."""
        return any(isinstance(item, ANCHORED) and item.id == id for item in self.pages[language].items)

    def name_block(self, language: str, block: Item, id: str) -> None:
        number = block.place.line  # of the line after its first, from 0
        lines = self.lines[language]
        if not lines[number].lstrip().startswith(("{", "`", "~")):  # keys, one a line
            indent = len(lines[number]) - len(lines[number].lstrip(" "))
            self.below.append((language, number, f"{' ' * indent}id: {id}"))


Together = dict[str, _Section]
"""What stands for one section, by language."""


def _paired(sections: Mapping[str, Sequence[_Section]]) -> tuple[list[Together], list[Heading]]:
    """Sections that are one in all languages: those of one id, and between them those of the same levels; and the others."""
    common = set.intersection(*({s.id for s in each} for each in sections.values())) - {""}
    runs = {code: _runs(each, common) for code, each in sections.items()}
    if len({tuple(run[0].id for run in each[1:]) for each in runs.values()}) > 1:
        return [], [s.heading for each in sections.values() for s in each if s.heading]
    pairs: list[Together] = []
    alone: list[Heading] = []
    for beside in zip(*runs.values(), strict=True):
        alike = len({tuple(s.heading.level if s.heading else 0 for s in run) for run in beside}) == 1
        for together in zip(*(run if alike else run[:1] for run in beside), strict=True):
            pairs.append(dict(zip(runs, together, strict=True)))
        if not alike:
            alone += [s.heading for run in beside for s in run[1:] if s.heading]
    return pairs, alone


def _runs(sections: Sequence[_Section], common: Collection[str]) -> list[list[_Section]]:
    """Sections from one that every language has to the next; the first run begins with the page."""
    found: list[list[_Section]] = []
    for section in sections:
        if not found or section.id in common:
            found.append([])
        found[-1].append(section)
    return found


def _sections(page: Page) -> Iterator[_Section]:
    section = _Section(None)
    for item in page.items:
        if isinstance(item, Heading):
            yield section
            section = _Section(item)
        elif isinstance(item, ANCHORED):
            section.blocks.append(item)
    yield section


def _kind(block: Item) -> str:
    return block.kind if isinstance(block, Box) else type(block).__name__


def _worded(heading: str) -> str:
    """The words of a heading, as an id is written; "" where it has none in Latin letters."""
    words = _CALL.sub(" ", heading).partition("{")[0]
    id = _latin(_LEFT_OUT.sub("", words)).lstrip("0123456789-")
    while len(id) > MOST_CHARACTERS and "-" in id:
        id = id.rpartition("-")[0]
    return id[:MOST_CHARACTERS]


def _latin(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
