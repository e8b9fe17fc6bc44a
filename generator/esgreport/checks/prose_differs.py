"""prose-differs: a section says as much in each language, with the same lists, tables, captions, pictures and links.

Why: a paragraph, an entry of a list or a row of a table that one language lacks is not seen by whoever reads the other. Paragraphs may be
divided otherwise; told of is a section in which one language has fewer of them and clearly less text.

    wrong   en: - Chengxi      zh-Hant: - 城西廠
                - Yunzhong
    right   the same entries in both
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, error, warning
from esgreport.model import HOME, Block, Box, Heading, Name, Page, Prose, Report
from esgreport.views import Edition
from esgreport.wording import GAP, Said, of_page

_ENTRY = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_LEAST, _MOST = 0.8, 1.25  # how much shorter or longer a section may be than others of its page


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    first, *others = report.languages
    for id in (*report.page_order, HOME):
        page = report.pages.get((id, first))
        for language in others:
            other = report.pages.get((id, language))
            if page and other:
                yield from _blocks(page, other)
                yield from _sections(report, page, other)


def _blocks(page: Page, other: Page) -> Iterator[Diagnostic]:
    """Blocks of one kind in their order: what each has that the other lacks."""
    ours, theirs = (
        [item for item in each.items if not isinstance(item, Heading | Prose)] for each in (page, other)
    )
    if [type(item) for item in ours] != [type(item) for item in theirs]:
        return  # languages-differ tells of it
    for mine, its in zip(ours, theirs, strict=True):
        for one, two in ((mine, its), (its, mine)):
            for what in _said_in(one) - _said_in(two):
                yield error(
                    "prose-differs",
                    two.place,
                    f"this block has no {what}, but in the other language it has",
                    "write it here, too, or take it out there",
                )


def _said_in(block: Block) -> set[str]:
    """What a block says: its caption and note, the fields of a box and how many entries its lists have."""
    found = {key for key in ("caption", "note") if getattr(block, key, "")}
    if isinstance(block, Box):
        found |= {f'"{key}"' for key in block.record.texts}
        for key, passages in block.record.lists.items():
            found |= {f'entry {number} of "{key}"' for number in range(1, len(passages) + 1)}
        for key, names in block.record.names.items():
            found |= {f'"{name.text}" in "{key}"' for name in names}
    return found


def _sections(report: Report, page: Page, other: Page) -> Iterator[Diagnostic]:
    ours, theirs = _by_section(report, page), _by_section(report, other)
    even = [x for x in ours.keys() & theirs.keys() if len(ours[x]) == len(theirs[x])]
    whole = even or list(ours.keys() & theirs.keys())
    usual = sum(_size(theirs[x]) for x in whole) / max(1, sum(_size(ours[x]) for x in whole)) or 1
    for section in dict.fromkeys([*ours, *theirs]):
        mine, its = ours.get(section, []), theirs.get(section, [])
        if not (mine and its):
            yield from _silent(section, mine or its, other if mine else page)
            continue
        for kind, what in (("list", "list"), ("table", "table of words")):
            yield from _counted([s for s in mine if s.kind == kind], [s for s in its if s.kind == kind], what)
        yield from _links(mine, its)
        yield from _links(its, mine)
        yield from _pictures(mine, its)
        few, many = (mine, its) if len(mine) < len(its) else (its, mine)
        share = _size(its) / max(1, _size(mine)) / usual
        lacking = share < _LEAST if few is its else share > _MOST
        if len(mine) != len(its) and (lacking or _passed_over(few, many)):
            yield error(
                "prose-differs",
                _missing(few, many),
                "this language has a paragraph here that the other one lacks",
                "translate it, or take it out here",
            )


def _silent(section: str, stretches: list[Said], silent: Page) -> Iterator[Diagnostic]:
    """A section that one language has words in and the other has not; one without a section languages-differ tells of."""
    if not section or any(isinstance(item, Heading) and item.id == section for item in silent.items):
        where = f"in this section of {silent.path}" if section else f"before the sections of {silent.path}"
        yield error(
            "prose-differs",
            stretches[0].lines[0].place,
            f"this stands in one language only: nothing is said {where}",
            "translate it, or take it out here",
        )


def _by_section(report: Report, page: Page) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for stretch in of_page(report, page):
        if (
            stretch.prose
            and stretch.lines
            and stretch.kind not in ("heading", "caption")
            and stretch.prose.place.path == page.path
        ):
            found.setdefault(stretch.section, []).append(stretch)
    return found


def _size(stretches: list[Said]) -> int:
    return sum(len(stretch.text.replace(GAP, "")) for stretch in stretches)


def _marks(stretch: Said) -> set[str]:
    """What a paragraph calls, and where it leads: the same in each language, however it is divided."""
    return {f"{c.name} {c.arguments}" for c in stretch.calls} | {x.target for x in stretch.prose.links}  # type: ignore[union-attr]


def _passed_over(few: list[Said], many: list[Said]) -> bool:
    """Whether a paragraph calls and leads to nothing that the other language does in the section."""
    there = set().union(*map(_marks, few))
    return any((marks := _marks(stretch)) and not marks & there for stretch in many)


def _missing(few: list[Said], many: list[Said]) -> Place:
    """Where a language lacks something: after the last stretch that calls and links as its counterpart does."""
    number = 0
    usual = _size(few) / max(1, _size(many) - max(len(s.text) for s in many))
    for mine, its in zip(few, many, strict=False):
        share = len(mine.text) / max(1, len(its.text))
        if [c.name for c in mine.calls] != [c.name for c in its.calls] or not 0.5 < share / usual < 2:
            break
        number += 1
    return many[min(number, len(many) - 1)].lines[0].place


def _counted(ours: list[Said], theirs: list[Said], what: str) -> Iterator[Diagnostic]:
    """Lists and tables in their order: as many entries or rows in each language."""
    for mine, its in zip(ours, theirs, strict=False):
        one, other = (
            [line for line in s.lines if line.text.strip() and (what != "list" or _ENTRY.match(line.text))]
            for s in (mine, its)
        )
        if len(one) != len(other):
            short, long = (one, other) if len(one) < len(other) else (other, one)
            if not short:
                continue
            extra = long[_first_difference(short, long)]
            entries = "entries" if what == "list" else "rows"
            yield error(
                "prose-differs",
                extra.place,
                f"this {what} has {len(long)} {entries}, that in {short[0].place.path}, line {short[0].place.line}, {len(short)}",
                "make both languages alike",
            )


def _first_difference(short: list[Name], long: list[Name]) -> int:
    """Where the longer one has more: by the calls, which are gaps of the same lengths, and by what is left over."""
    ratio = Fraction(
        sum(len(line.text) for line in short) * len(long),
        max(1, sum(len(line.text) for line in long) * len(short)),
    )
    if len(long) != len(short) + 1:
        return min(len(short), len(long) - 1)

    def cost(left_out: int) -> Fraction:
        rest = long[:left_out] + long[left_out + 1 :]
        return sum(
            (
                abs(len(a.text) - len(b.text) * ratio) + 50 * (a.text.count(GAP) != b.text.count(GAP))
                for a, b in zip(short, rest, strict=True)
            ),
            Fraction(0),
        )

    return min(reversed(range(len(long))), key=cost)


def _links(mine: list[Said], its: list[Said]) -> Iterator[Diagnostic]:
    """Links that one language has in a section and the other has not."""
    targets = {link.target for stretch in its for link in stretch.prose.links} if its else set()  # type: ignore[union-attr]
    for stretch in mine:
        for link in stretch.prose.links:  # type: ignore[union-attr]
            if link.target not in targets and its and not link.target.startswith(("http", "mailto")):
                yield warning(
                    "prose-differs",
                    link.place,
                    f'the link to "{link.target}" stands only here, not in the other language',
                    "lead to the same place in both",
                )


def _pictures(mine: list[Said], its: list[Said]) -> Iterator[Diagnostic]:
    """As many pictures in a section of each language; a drawing with words in it may be another file."""
    ours, theirs = ([p for s in side if s.prose for p in s.prose.pictures] for side in (mine, its))
    few, many = (ours, theirs) if len(ours) < len(theirs) else (theirs, ours)
    shown = {picture.target for picture in few}
    extra = [picture for picture in many if picture.target not in shown] or many
    for picture in extra[len(extra) - (len(many) - len(few)) :]:
        yield error(
            "prose-differs",
            picture.place,
            f'the picture "{picture.target}" stands only here, not in the other language',
            "show it in both languages, or in neither",
        )
