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
from functools import cached_property
from html import unescape

from esgreport.diagnostics import Diagnostic, warning
from esgreport.languages import LANGUAGES, Text
from esgreport.model import Report

# The index that the theme loads with every page; what there is to find comes with the first query.
NOTHING = '{"config":{"separator":"\\\\s+"},"docs":[]}'

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LEFT_OUT = frozenset({"nav", "footer", "script", "style", "desc", "button"})  # not the text of a page
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "wbr"}
)
_HELD_BY_CLASS = {"er-code": "code", "er-chip": "chip", "er-chips": "chips", "er-codes": "chips"}
_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b.*?</(?P=raw)\s*>|"
    r"<(?P<end>/?)(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<[!?][^>]*>|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(slots=True)
class Section:
    """What stands under one heading: `location` is page.html#anchor, `codes` are the requirements it answers."""

    location: str
    title: str = ""
    text: str = ""
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Index:
    """What one language's search knows.

    `names` are words that cut a query; each of `same` holds words that mean one thing, whichever of them is typed.
    """

    sections: tuple[Section, ...]
    names: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def text(self) -> str:
        """All titles and texts."""
        return "\n".join(part for s in self.sections for part in (s.title, s.text))

    def finds(self, word: str) -> bool:
        """Whether a word stands in a title or a text."""
        return bool(_pattern(word).search(self.text))

    def written(self) -> str:
        """What the worker of the search asks for: {"config": …, "docs": […]}."""
        docs = [
            {"location": s.location, "title": s.title, "text": s.text}
            | ({"codes": s.codes} if s.codes else {})
            for s in self.sections
        ]
        config = {"names": self.names, "same": self.same}
        return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def read_index(
    pages: Iterable[tuple[str, str]], names: Iterable[str] = (), same: Iterable[tuple[str, ...]] = ()
) -> Index:
    """The index of finished pages, each (its address in the site, its HTML). Words that stand nowhere are left out."""
    bare = Index(tuple(section for address, html in pages for section in _sections(address, html)))
    return Index(
        bare.sections,
        tuple(sorted({name for name in names if name in bare.text})),
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
    reader.read(html)
    for section in reader.sections:
        section.title, section.text = (" ".join(text.split()) for text in (section.title, section.text))
        section.codes = list(dict.fromkeys(section.codes))
    page, *others = reader.sections or [Section(address)]
    below = {code for section in others for code in section.codes}
    page.codes = [code for code in page.codes if code not in below]
    return [page, *others]


class _Reader:
    """Reads what stands in <main>, section by section.

    What an element holds is "outside" of it, "left out", the "title" of a section, the "code" of a page, a "chip" with
    the code of a requirement, the words of a list of "chips", or "text".
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.sections: list[Section] = []
        self.open: list[tuple[str, str]] = []  # elements, each with what it holds
        self.code = ""

    def read(self, html: str) -> None:
        """Take a page apart: the standard library's reader, made for any page of anybody, takes three times as long."""
        start = max(html.find("<main"), 0)
        end = html.find("</main>", start)  # nothing outside is read
        for match in _TOKEN.finditer(html, start, end + len("</main>") if end >= 0 else len(html)):
            text, tag = match["text"], match["tag"]
            if text:
                if self.holds not in ("outside", "left out"):
                    self.handle_data(unescape(text))
            elif tag and match["end"]:
                self.handle_endtag(tag.lower())
            elif tag:
                self.handle_starttag(tag.lower(), match["attributes"])
                if match["attributes"].endswith("/"):  # in a drawing
                    self.handle_endtag(tag.lower())

    @property
    def holds(self) -> str:
        return self.open[-1][1] if self.open else "outside"

    def handle_starttag(self, tag: str, attributes: str) -> None:
        if tag not in _INLINE:
            self.handle_data(" ")
        if tag not in _VOID:
            self.open.append((tag, self.held_by(tag, attributes)))

    def held_by(self, tag: str, attributes: str) -> str:
        """What an element holds that begins here."""
        if self.holds == "outside":
            return "text" if tag == "main" else "outside"
        if self.holds == "left out":
            return "left out"
        own = {
            name.lower(): unescape(value[1:-1] if value[:1] in ('"', "'") else value)
            for name, value in _ATTRIBUTE.findall(attributes)
        }
        in_drawing = tag == "title"  # the one of a page stands in its head
        hidden = own.get("aria-hidden") == "true" or "data-search-exclude" in own
        if tag in _LEFT_OUT or hidden or in_drawing:
            return "left out"
        for name in own.get("class", "").split():
            if name in _HELD_BY_CLASS:
                return _HELD_BY_CLASS[name]
        if tag == "h1" or (tag in _HEADINGS and "id" in own):
            if tag == "h1" or not self.sections:
                self.sections.append(Section(self.address, self.code))
            if tag != "h1":
                self.sections.append(Section(f"{self.address}#{own['id']}"))
            return "title"
        return self.holds

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.handle_data(" ")
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        match self.holds:
            case "code":
                self.code += data
            case "title":
                self.sections[-1].title += data
            case "chip" if self.sections and data.strip():
                self.sections[-1].codes.append(data.strip())
            case "text" if self.sections:
                self.sections[-1].text += data
