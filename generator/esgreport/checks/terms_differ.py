"""terms-differ: what the glossary calls by one word in each language is called so in both.

Why: “density” for 密度, “dangerous waste” here and “hazardous waste” there: a reader of both languages takes them for two things, and
so does who checks the report against last year's. Where a text uses a word of the glossary, the text beside it in the other
language is looked through for the glossary's word, one of its `forms`, or a name, heading or figure that has it. Told is a word that
the glossary only knows as one of others (`also`), but for one that it avoids, which `word-avoided` tells; a concept that is never called by the glossary's word; and a rare slip from a word that is
used throughout. What the two languages say freely, now with the word and now without, is left alone.

    wrong   en: the density per tonne fell       zh-Hant: 每噸的密度下降
    right   en: the intensity per tonne fell     or forms: {en: density}, where both may be written
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import GlossaryTerm, Heading, Name, Report
from esgreport.terms import Found, vocabulary
from esgreport.views import Edition
from esgreport.wording import Pair, Said, pairs, pairs_in_data

_FEW, _RARE = 3, 8  # slips that are told at most, and uses to a slip
_FIRM = 3  # uses of the right word, before one slip among them means anything
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class _Use:
    """A term used in one language; `other` is what the text beside it has instead of its words."""

    said: Said
    found: Found
    beside: tuple[Said, ...]
    answered: bool
    other: tuple[Said, Found] | None = None
    partly: bool = False

    @property
    def way(self) -> tuple[str, str, str]:
        """The term, from which language to which."""
        return self.found.term.id, self.said.language, self.beside[0].language


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    if not edition.report.glossary:
        return
    around = _Around(edition.report)
    uses = [
        use
        for pair in (*pairs(edition), *_in_data(edition))
        for here, there in ((pair.ours, pair.theirs), (pair.theirs, pair.ours))
        if here and there
        for use in _uses(here, there, edition, around)
    ]
    all_of = Counter(use.way for use in uses)
    right = Counter(use.way for use in uses if use.answered)
    lacking = Counter(use.way for use in uses if not use.answered and not use.other)
    for use in uses:
        if use.answered:
            continue
        if use.other:
            said, found = use.other
            if found.word not in found.term.avoided.get(
                said.language, ()
            ):  # else it is told as such, where it stands
                yield _other_word(use, said, found, root)
            continue
        uses_of, said_right = all_of[use.way], right[use.way]
        slips = lacking[use.way]
        if (
            not said_right
            or (slips <= _FEW and slips * _RARE <= uses_of)
            or (slips == 1 and said_right >= _FIRM)
            or (use.partly and slips * _FIRM <= uses_of)
        ):
            yield _nothing(use, root)


def _in_data(edition: Edition) -> Iterator[Pair]:
    """The wordings of data but for registers: a name says what it is called, not what it is."""
    for pair in pairs_in_data(edition):
        if not pair.ours[0].lines[0].place.path.startswith("data/registers/"):
            yield pair


class _Around:
    """What a stretch says beside its own words: its headings, and what its links and value calls are called."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.titles: dict[tuple[str, str, str], str] = {}
        for page in report.pages.values():
            self.titles[page.id, "", page.language] = " ".join(line.text for line in page.title.lines)
            for item in page.items:
                if isinstance(item, Heading):
                    words = " ".join(line.text for line in item.title.lines)
                    self.titles[page.id, item.id, page.language] = words

    def of(self, stretch: Said) -> str:
        """All of it as one text."""
        language = stretch.language
        sections = {(stretch.page, ""), (stretch.page, stretch.section)}
        for link in stretch.prose.links if stretch.prose else ():
            file, _, section = link.target.partition("#")
            page = file.removesuffix(".md") or stretch.page
            sections |= {(page, ""), (page, section)}
        words = [self.titles.get((*section, language), "") for section in sorted(sections)]
        for call in stretch.calls:
            if entry := self.report.entries.get(call.name):
                words += [entry.name.get(language, ""), entry.short_name.get(language, "")]
            if named := self.report.metrics.get(call.name) or self.report.targets.get(call.name):
                words.append(named.name.get(language, ""))
            for key, value in call.arguments:
                dimension = self.report.dimensions.get(key)
                if member := dimension.member(value) if dimension else None:
                    words.append(member.name.get(language, ""))
        return "\n".join(words)


def _uses(
    here: tuple[Said, ...], there: tuple[Said, ...], edition: Edition, around: _Around
) -> Iterator[_Use]:
    """The terms that one side calls by the glossary's word, each where it first stands, and what the other has for them."""
    words = vocabulary(edition)
    language = there[0].language
    longer = frozenset(f.term.id for s in here for f in words[s.language].in_text(s.text))
    answers = frozenset[str]().union(*(words[language].said(s.text, longer) for s in there))
    beside = [(s, found) for s in there for found in words[language].in_text(s.text)]
    done: set[str] = set()
    for stretch in here:
        for found in words[stretch.language].in_text(stretch.text):
            term = found.term
            if term.id in done or found.word != term.word[stretch.language] or language not in term.word:
                continue
            done.add(term.id)
            others = [] if term.id in answers else [(s, f) for s, f in beside if f.term.id == term.id]
            if others:
                yield _Use(stretch, found, there, False, others[0])
            elif term.id in answers or any(
                term.id in words[language].said(around.of(s), longer) for s in there
            ):
                yield _Use(stretch, found, there, True)
            else:
                yield _Use(stretch, found, there, False, None, _partly(term, there, beside))


def _partly(term: GlossaryTerm, there: Iterable[Said], beside: Iterable[tuple[Said, Found]]) -> bool:
    """Whether a text has a part of a term's word, as “dangerous waste” of “hazardous waste”, outside other terms."""
    for stretch in there:
        text = stretch.text.lower()
        for said, found in beside:
            if said is stretch:
                text = text[: found.start] + "\n" * (found.end - found.start) + text[found.end :]
        for word in term.own(stretch.language):
            parts = (
                _WORD.findall(word.lower())
                if word[0].isascii()
                else [word[n : n + 2] for n in range(len(word) - 1)]
            )
            if len(parts) > 1 and any(part in text for part in parts):
                return True
    return False


def _other_word(use: _Use, said: Said, found: Found, root: Path) -> Diagnostic:
    line, start, end = _line(said, found)
    written = said.text[found.start : found.end]
    term = found.term
    return warning(
        "terms-differ",
        said.at(root, line, start, end),
        f'"{written}" is not what the glossary calls {_quoted(use)} ("{term.id}")',
        f'write {term.word[said.language]}, or list "{written}" under forms of "{term.id}" in data/glossary.yml',
    )


def _nothing(use: _Use, root: Path) -> Diagnostic:
    line, start, end = _line(use.said, use.found)
    language = use.beside[0].language
    term, place = use.found.term, use.beside[0].lines[0].place
    return warning(
        "terms-differ",
        use.said.at(root, line, start, end),
        f'{_quoted(use)} stands here, but not "{term.word[language]}" ("{term.id}") in {place.path}, line {place.line}',
        f'write {term.word[language]} there, or list what stands there under forms of "{term.id}" in data/glossary.yml',
    )


def _quoted(use: _Use) -> str:
    return f'"{use.said.text[use.found.start : use.found.end]}"'.replace("\n", " ")


def _line(said: Said, found: Found) -> tuple[Name, int, int]:
    """The line of a stretch on which a word begins, and from where to where it stands there."""
    before = 0
    for line in said.lines:
        if found.start <= before + len(line.text):
            start = found.start - before
            return line, start, min(found.end - before, len(line.text))
        before += len(line.text) + 1
    raise AssertionError("a word stands on a line of its stretch")
