"""What changed between two builds of a report: figures, and every passage of its pages, language by language.

Figures are compared by id, passages by what they say: within a page as two rows of texts are compared, and what was put in
the place of something is its new form where the two are alike enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from esgreport.finished import Finished, Passage

_ALIKE = 0.5  # of the words of two passages, for the one to be the other's new form
_NEAR = 40  # passages among which an old form is looked for
_TOLD = ("kind", "value", "qualifier", "unit", "status", "former", "boundary", "method", "note", "formula")  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+|\d[\d,.]*\d|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r".+?(?:[。！？；]|[.!?;](?=\s|$)|$)\s*", re.DOTALL)


@dataclass(frozen=True)
class FigureChange:
    """A figure whose record says something else; None on the side where there is no such figure."""

    id: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def record(self) -> Mapping[str, Any]:
        """The newest record that there is."""
        record = self.new or self.old
        assert record is not None
        return record

    @property
    def in_value(self) -> bool:
        """Whether the number itself is another, or there is one on one side only."""
        old, new = self.old or {}, self.new or {}
        return any(old.get(key) != new.get(key) for key in ("kind", "value", "qualifier", "unit"))

    @property
    def told_otherwise(self) -> tuple[str, ...]:
        """What is said of the figure beside its number, and is said otherwise."""
        old, new = self.old or {}, self.new or {}
        return tuple(key for key in _TOLD[4:] if old.get(key) != new.get(key)) if old and new else ()


@dataclass(frozen=True)
class PassageChange:
    """A passage that was added (no old one), removed (no new one) or changed."""

    language: str
    old: Passage | None
    new: Passage | None

    @property
    def passage(self) -> Passage:
        """The new one, else the old one."""
        passage = self.new or self.old
        assert passage is not None
        return passage

    @property
    def figures_only(self) -> bool:
        """Whether nothing but printed numbers differs."""
        return (
            self.old is not None
            and self.new is not None
            and _without_numbers(self.old) == _without_numbers(self.new)
        )

    @cached_property
    def words(self) -> tuple[tuple[str, str], ...]:
        """The old and the new text in stretches, each ("same", "old" or "new", its words)."""
        old, new = (_WORD.findall(side.text) if side else [] for side in (self.old, self.new))
        stretches: list[tuple[str, str]] = []
        for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if how == "equal":
                stretches.append(("same", "".join(old[a:b])))
                continue
            stretches += [
                (side, "".join(part)) for side, part in (("old", old[a:b]), ("new", new[c:d])) if part
            ]
        return tuple(stretches)

    @cached_property
    def sentences(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sentences that only the old and only the new form has."""
        old, new = (
            [s.strip() for s in _SENTENCE.findall(side.text)] if side else [] for side in (self.old, self.new)
        )
        return tuple(s for s in old if s not in new), tuple(s for s in new if s not in old)


@dataclass(frozen=True)
class Differences:
    """Everything that differs. `printed` are the passages of the new build that print a changed figure."""

    figures: tuple[FigureChange, ...]
    passages: tuple[PassageChange, ...]
    printed: Mapping[tuple[str, str], tuple[Passage, ...]]  # by language and figure
    pages: Mapping[str, tuple[int | None, int | None]]  # of the PDFs, by language, where they differ
    languages: tuple[tuple[str, ...], tuple[str, ...]]  # of the websites, before and after

    @property
    def none(self) -> bool:
        """Whether the two say the same."""
        return not (self.figures or self.passages or self.pages or self.languages[0] != self.languages[1])


def compared(old: Finished, new: Finished) -> Differences:
    """What changed from `old` to `new`.

    Raises:
        FileNotFoundError: a folder is no build with websites and data.
    """
    figures = tuple(_figures(old, new))
    passages: list[PassageChange] = []
    printed: dict[tuple[str, str], tuple[Passage, ...]] = {}
    changed = {change.id for change in figures}
    for language in new.languages:
        pages = new.pages(language)
        before = old.pages(language) if language in old.languages else ()
        for page in (*pages, *(page for page in before if page not in pages)):
            ours = new.passages(language, page) if page in pages else ()
            theirs = old.passages(language, page) if page in before else ()
            passages += [PassageChange(language, *pair) for pair in _passages(theirs, ours)]
            for passage in ours:
                for id in dict.fromkeys(printing.figure for printing in passage.figures):
                    if id in changed:
                        printed[language, id] = (*printed.get((language, id), ()), passage)
    counts = (old.record.get("pages", {}), new.record.get("pages", {}))
    pages_of = {
        language: (counts[0].get(language), counts[1].get(language))
        for language in dict.fromkeys((*counts[0], *counts[1]))
        if counts[0].get(language) != counts[1].get(language)
    }
    return Differences(figures, tuple(passages), printed, pages_of, (old.languages, new.languages))


def _figures(old: Finished, new: Finished) -> Iterator[FigureChange]:
    for id in dict.fromkeys((*new.figures, *old.figures)):
        before, after = old.figures.get(id), new.figures.get(id)
        sides = ({key: side.get(key) for key in _TOLD} if side else None for side in (before, after))
        if next(sides) != next(sides):
            yield FigureChange(id, before, after)


def _passages(
    old: Sequence[Passage], new: Sequence[Passage]
) -> Iterator[tuple[Passage | None, Passage | None]]:
    """Pairs of what differs, in the order of the new page."""
    before, after = ([(p.kind, p.text) for p in side] for side in (old, new))
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how != "equal":
            yield from _paired(old[a:b], new[c:d])


def _paired(
    old: Sequence[Passage], new: Sequence[Passage]
) -> Iterator[tuple[Passage | None, Passage | None]]:
    """Each new passage with the first old one near by that it may be the new form of; order is kept."""
    rest = list(old)
    for passage in new:
        found = next((n for n, before in enumerate(rest[:_NEAR]) if _alike(before, passage)), None)
        if found is None:
            yield None, passage
            continue
        for gone in rest[:found]:
            yield gone, None
        yield rest[found], passage
        rest = rest[found + 1 :]
    for gone in rest:
        yield gone, None


def _alike(old: Passage, new: Passage) -> bool:
    if old.kind != new.kind:
        return False
    if _without_numbers(old) == _without_numbers(new):
        return True
    matcher: SequenceMatcher[str] = SequenceMatcher(
        None, _WORD.findall(old.text), _WORD.findall(new.text), autojunk=False
    )
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _without_numbers(passage: Passage) -> str:
    """The words of a passage with each printed number replaced by its figure's id."""
    text, rest = "", passage.text
    for printing in passage.figures:
        before, number, after = rest.partition(printing.text.strip())
        text, rest = f"{text}{before}{{{printing.figure}}}", after if number else rest
    return text + rest
