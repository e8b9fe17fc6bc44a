"""Search: the finished pages of one language → the index that its search asks.

No text is cut into words beforehand: a segmenter knows neither 持份者 nor 強積金, and what it cuts wrongly is not found.
The worker of a page (`templates/web/search.js`) looks for words as they stand. Where a query as a whole stands nowhere, the
words of the report cut it: its glossary, and the names that it gives to things.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from esgreport.diagnostics import Diagnostic, warning
from esgreport.languages import LANGUAGES, Text
from esgreport.model import Report

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LEFT_OUT = frozenset({"nav", "footer", "script", "style", "desc", "button"})  # not the text of a page
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "wbr"}
)
_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(slots=True)
class Section:
    """What stands under one heading: `location` is page.html#anchor, `codes` are the requirements it answers."""

    location: str
    title: str = ""
    text: str = ""
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Index:
    """What one language's search knows.

    `names` are words that cut a query; each of `same` holds words that mean one thing, whichever of them is typed.
    """

    sections: tuple[Section, ...]
    names: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()

    def finds(self, word: str) -> bool:
        """Whether a word stands in a title or a text."""
        wanted = _pattern(word)
        return any(wanted.search(text) for s in self.sections for text in (s.title, s.text))

    def written(self) -> str:
        """The index as the theme asks for it: {"config": …, "docs": […]}."""
        docs = [
            {"location": s.location, "title": s.title, "text": s.text}
            | ({"codes": s.codes} if s.codes else {})
            for s in self.sections
        ]
        config = {"separator": r"\s+", "names": self.names, "same": self.same}
        return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def read_index(
    pages: Iterable[tuple[str, str]], names: Iterable[str] = (), same: Iterable[tuple[str, ...]] = ()
) -> Index:
    """The index of finished pages, each (its address in the site, its HTML). Words that stand nowhere are left out."""
    bare = Index(tuple(section for address, html in pages for section in _sections(address, html)))
    text = "\n".join(part for s in bare.sections for part in (s.title, s.text))
    return Index(
        bare.sections,
        tuple(sorted({name for name in names if name in text})),
        tuple(words for words in same if any(bare.finds(word) for word in words)),
    )


def names(report: Report, language: str) -> Iterator[str]:
    """The Chinese of what the report gives names to in a language: metrics, targets, members, entries."""
    named: list[Text] = [metric.name for metric in report.metrics.values()]
    named += [target.name for target in report.targets.values()]
    named += [member.name for dimension in report.dimensions.values() for member in dimension.members]
    named += [name for entry in report.entries.values() for name in (entry.name, entry.short_name)]
    for name in named:
        yield from (run for run in _CHINESE.findall(name.get(language, "")) if len(run) > 1)


def same_words(report: Report, language: str) -> Iterator[tuple[str, ...]]:
    """The words of each term of the glossary, those of a language first, its own word before all."""
    order = (language, *(code for code in LANGUAGES if code != language))
    for term in report.glossary.values():
        yield tuple(dict.fromkeys(word for code in order for word in term.words(code)))


def unfound_terms(report: Report, language: str, index: Index) -> Iterator[Diagnostic]:
    """Words of the glossary that a reader would look for in vain.

    Finds:
        term-not-found.
    """
    for term in report.glossary.values():
        word = term.word.get(language, "")
        if word and not index.finds(word):
            message = f'no page in {language} says "{word}" ("{term.id}"): a search for it finds nothing'
            yield warning(
                "term-not-found",
                term.place,
                message,
                "use the word on a page, or take it out of the glossary",
            )


def _pattern(word: str) -> re.Pattern[str]:
    """A word as it may stand in a text: letters of either case, hyphens and spaces or not, Latin ones from a beginning."""
    letters = [
        re.escape(letter) for letter in unicodedata.normalize("NFKC", word) if letter not in " -\u2011"
    ]
    start = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", word) else ""
    return re.compile(start + r"[\s\-\u2011]*".join(letters), re.IGNORECASE)


def _sections(address: str, html: str) -> list[Section]:
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    for section in reader.sections:
        section.title, section.text = (" ".join(text.split()) for text in (section.title, section.text))
        section.codes = list(dict.fromkeys(section.codes))
    page, *others = reader.sections or [Section(address)]
    below = {code for section in others for code in section.codes}
    page.codes = [code for code in page.codes if code not in below]
    return [page, *others]


class _Reader(HTMLParser):
    """Reads what stands in <main>, section by section."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.sections: list[Section] = []
        self.open: list[tuple[str, str]] = []  # elements, each with what it is to the reader
        self.code = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        classes = own.get("class", "").split()
        if tag not in _INLINE:
            self.add(" ")
        if tag in _VOID:
            return
        role = ""
        hidden = own.get("aria-hidden") == "true"
        if (
            tag in _LEFT_OUT
            or hidden
            or "data-search-exclude" in own
            or (tag == "title" and self.inside("svg"))
        ):
            role = "left out"
        elif "er-chip" in classes:
            role = "code"
        elif "er-chips" in classes or "er-codes" in classes:
            role = "codes"
        elif "er-code" in classes:
            role = "code of page"
        elif tag in _HEADINGS and (own.get("id") or tag == "h1") and self.inside("main"):
            role = "title"
            anchor = "" if tag == "h1" else f"#{own['id']}"
            if anchor and not self.sections:
                self.sections.append(Section(self.address))
            if anchor or not self.sections:
                self.sections.append(Section(self.address + anchor, "" if anchor else self.code))
        self.open.append((tag, role))

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(name == tag for name, _ in self.open):
            name, role = self.open.pop()
            if role in ("code", "title"):
                self.add(" ")
            if name == tag:
                break
        if tag not in _INLINE:
            self.add(" ")

    def handle_data(self, data: str) -> None:
        self.add(data)

    def inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)

    def add(self, text: str) -> None:
        roles = {role for _, role in self.open}
        if "left out" in roles or not self.inside("main"):
            return
        if "code of page" in roles:
            self.code += f"{text.strip()} "
            return
        if not self.sections:
            return
        section = self.sections[-1]
        if "code" in roles:
            if text.strip():
                section.codes.append(text.strip())
        elif "title" in roles:
            section.title += text
        elif "codes" not in roles:
            section.text += text
