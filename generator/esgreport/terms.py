"""The words of the glossary as they stand in texts: of either case, one or several, with a hyphen or a space.

Words that are part of a longer word of the glossary are not found: 公積金 in 強制性公積金 is the longer one. A word that the glossary
begins with a capital is meant with it: the Board is not a notice board.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from esgreport.model import GlossaryTerm
from esgreport.views import Edition

_ALIKE = str.maketrans("-\u2011\n\u00a0", "    ")


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a term, and which characters of a text it takes."""

    term: GlossaryTerm
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A word without its ending, in small letters, and which endings it may have."""

    term: GlossaryTerm
    word: str
    stem: str
    endings: tuple[str, ...]

    def end(self, text: str, plain: str, start: int) -> int:
        """Where the word ends that begins at a place of a text; -1 where another one stands there."""
        if self.word[0].isascii() and _letter(plain, start - 1):
            return -1
        if self.word[0].isupper() and not text[start].isupper():
            return -1
        after = start + len(self.stem)
        for ending in self.endings:
            end = after + len(ending)
            if plain.startswith(ending, after) and not (self.word[-1].isascii() and _letter(plain, end)):
                return end
        return -1


class Words:
    """The words of a glossary in one language, to be looked for."""

    def __init__(self, glossary: Collection[GlossaryTerm], language: str) -> None:
        patterns = [
            _Pattern(term, word, *_stem_and_endings(word))
            for term in glossary
            for word in term.words(language)
        ]
        self._by_stem = [(pattern.stem, pattern) for pattern in patterns]
        self._language = language
        self._own = {(term.id, word) for term in glossary for word in term.own(language)}
        self._avoided = [p.stem for p in patterns if p.word in p.term.avoided.get(language, ())]
        self._found: dict[str, tuple[Found, ...]] = {}

    def in_text(self, text: str) -> tuple[Found, ...]:
        """Those that stand in a text, in its order, none inside another."""
        outermost: list[Found] = []
        for each in self._all(text):
            if not outermost or each.end > outermost[-1].end:
                outermost.append(each)
        return tuple(outermost)

    def avoided(self, text: str) -> Iterator[Found]:
        """Those in a text that the report does not use."""
        plain = _plain(text)
        if any(stem in plain for stem in self._avoided):
            yield from (f for f in self.in_text(text) if f.word in f.term.avoided.get(self._language, ()))

    def said(self, text: str, longer: Collection[str] = ()) -> frozenset[str]:
        """The ids of the terms that a text says in the report's own words, also inside other terms but those in `longer`."""
        found = self._all(text)
        taken = [
            (f.start, f.end)
            for f in found
            if f.term.id in longer and f.word == f.term.word.get(self._language)
        ]
        return frozenset(
            f.term.id
            for f in found
            if (f.term.id, f.word) in self._own
            and not any(
                start <= f.start and f.end <= end and f.end - f.start < end - start for start, end in taken
            )
        )

    def _all(self, text: str) -> tuple[Found, ...]:
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def _look(self, text: str) -> tuple[Found, ...]:
        plain = _plain(text)
        found = []
        for pattern in [pattern for stem, pattern in self._by_stem if stem in plain]:
            start = plain.find(pattern.stem)
            while start >= 0:
                end = pattern.end(text, plain, start)
                if end >= 0:
                    found.append(Found(pattern.term, pattern.word, start, end))
                start = plain.find(pattern.stem, start + 1)
        return tuple(sorted(found, key=lambda f: (f.start, -f.end)))


@lru_cache(maxsize=1)
def vocabulary(edition: Edition) -> Mapping[str, Words]:
    """The words of the report's glossary, by language."""
    report = edition.report
    return {language: Words(report.glossary.values(), language) for language in report.languages}


def _stem_and_endings(word: str) -> tuple[str, tuple[str, ...]]:
    """What of a word stays, and with what it may end: hazard, hazards; injury, injuries."""
    plain = _plain(word)
    if not (plain[-1].isascii() and plain[-1].isalpha()):
        return plain, ("",)
    if plain.endswith("ies"):
        return plain[:-3], ("ies", "y")
    if plain.endswith("y") and plain[-2:-1] not in "aeiou":
        return plain[:-1], ("ies", "y")
    if plain.endswith(("ses", "xes", "zes", "ches", "shes")):
        return plain[:-2], ("es", "e", "")
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1], ("ses", "s", "")  # gas, gases; hazards, hazard
    return plain, ("es", "s", "")


def _plain(text: str) -> str:
    """A text in small letters, as long as it was, its hyphens and ends of lines as spaces."""
    small = text.lower()
    return (small if len(small) == len(text) else text).translate(_ALIKE)


def _letter(text: str, position: int) -> bool:
    return 0 <= position < len(text) and text[position].isascii() and text[position].isalnum()
