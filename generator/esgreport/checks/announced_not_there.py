"""announced-not-there: a table, chart or matrix that a sentence announces follows it.

Why: “presented in the matrix below” over a bare list tells the reader that something was lost, and it was: a picture that did not
come along, or a matrix that nobody drew. Read are sentences with “below”, “following” and 下表, 下圖, 下列矩陣. What may follow is any
block, picture or table of words in the same section or in one below it; a list or a paragraph is none.

    wrong   The issues are presented in the matrix below.      and then a list
    right   The issues are presented in the matrix below.      and then a topic with the layout matrix
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, at, warning
from esgreport.model import Heading, Item, Page, Prose
from esgreport.views import Edition

_WORD = "matrix|table|chart|graph|diagram|map"
_ANNOUNCES = {
    "en": re.compile(
        rf"\b(?:{_WORD})s?,?(?: as)? (?:shown |set out |given |presented )?below\b|\bfollowing (?:{_WORD})s?\b"
        rf"|\b(?:matrix|table|chart|graph|diagram|map)s? that follows?\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"下(?:[列方述]的?)?(?:表|圖表|图表|矩陣|矩阵|圖|图)(?![示書书片像案則则格式])|(?:矩陣|矩阵|圖表|图表|列表)如下"
    ),
}
_CLUES = ("below", "ollow", "下")
_SHOWING = ("table", "picture")  # kinds of prose that are more than words


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for page in edition.report.pages.values():
        for position, item in enumerate(page.items):
            if isinstance(item, Prose) and item.kind not in _SHOWING:
                yield from _announced(page, item, position)


def _announced(page: Page, prose: Prose, position: int) -> Iterator[Diagnostic]:
    language = "en" if page.language == "en" else "zh"
    for line in prose.lines:
        if not any(clue in line.text for clue in _CLUES):
            continue
        for match in _ANNOUNCES[language].finditer(line.text):
            if not any(map(_shows, _after(page, position))):
                yield warning(
                    "announced-not-there",
                    at(line.place, match.start(), len(match[0])),
                    f'"{match[0]}" announces what does not follow in this section',
                    "put it there, or change the sentence",
                )


def _after(page: Page, position: int) -> Iterator[Item]:
    """What follows in the section of an item and in those below it."""
    before = [item for item in page.items[:position] if isinstance(item, Heading)]
    level = before[-1].level if before else 1
    for item in page.items[position + 1 :]:
        if isinstance(item, Heading) and item.level <= level:
            return
        yield item


def _shows(item: Item) -> bool:
    """Whether an item is more than words."""
    if isinstance(item, Prose):
        return item.kind in _SHOWING or bool(item.pictures)
    return not isinstance(item, Heading)
