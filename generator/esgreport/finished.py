"""A finished build, read back: the passages of its pages, and the figures that they print.

A passage is what a reader takes in at once: a heading, a paragraph, an entry of a list, a row of a table, a drawing.
Nothing here knows how pages are made: only that the text of a page is in <main>, and that a printed number is an
element with `data-figure`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_WHOLE = {
    "tr": "row",
    "svg": "drawing",
    "tile": "tile",
}  # elements and classes that are one passage, whatever is in them
_LEFT_OUT = frozenset({"nav", "footer", "script", "style", "title", "desc", "button", "input", "dialog"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "img", "mark", "small", "span", "strong", "sub", "sup", "wbr"}
)  # fmt: skip
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_TWICE = "only-phone"  # the class of a drawing that stands beside the same one for wider screens


@dataclass(frozen=True, slots=True)
class Printing:
    """A number as a page prints it; `unit` and `scale` where they are not the figure's own; a `magnitude` leaves its sign to
    the sentence."""

    figure: str
    text: str
    unit: str = ""
    scale: str = ""
    magnitude: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page. `section` is the anchor of the heading it stands under, `title` that heading's words."""

    page: str
    section: str
    title: str
    kind: str  # heading, text, row, tile or drawing
    text: str
    figures: tuple[Printing, ...] = ()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as the record of a build and lists of sums write it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Finished:
    """The folder of a build.

    Raises:
        FileNotFoundError: by what it is asked for, where the folder is no build or one of parts only.
    """

    folder: Path

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """build.json: what the build was made from."""
        record: Mapping[str, Any] = self._json("build.json")
        return record

    @cached_property
    def report(self) -> Mapping[str, Any]:
        """Company, title, period and languages, as in figures.json."""
        report: Mapping[str, Any] = self._json("data/figures.json")["report"]
        return report

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, Any]]:
        """The records of figures.json by id."""
        return {figure["id"]: figure for figure in self._json("data/figures.json")["figures"]}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a website."""
        return tuple(x for x in self.report["languages"] if (self.folder / x / "index.html").is_file())

    def pages(self, language: str) -> tuple[str, ...]:
        """The pages of a language, the home page first, then as that leads to them."""
        names = {path.stem for path in (self.folder / language).glob("*.html")}
        home = (self.folder / language / "index.html").read_text(encoding="utf-8")
        linked = re.findall(r'href="([a-z0-9_]+)\.html', home.partition("<main")[2])
        return tuple(name for name in dict.fromkeys(("index", *linked, *sorted(names))) if name in names)

    def passages(self, language: str, page: str) -> tuple[Passage, ...]:
        """What a page says, in reading order."""
        reader = _Reader(page)
        reader.feed((self.folder / language / f"{page}.html").read_text(encoding="utf-8"))
        reader.close()
        return tuple(reader.passages)

    def _json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


class _Reader(HTMLParser):
    """Cuts what stands in <main> into passages."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.section, self.title = page, "", ""
        self.passages: list[Passage] = []
        self.open: list[tuple[str, bool]] = []  # elements, each with whether it is left out
        self.inside = 0  # how many <main> are open
        self.whole: int | None = None  # where in `open` the row or drawing stands that is being read
        self.kind, self.words = "text", ""
        self.printings: list[Printing] = []
        self.number: tuple[int, Printing] | None = (
            None  # where in `open` the number stands that is being read
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.inside += 1
        if not self.inside:
            return
        self.part(tag)
        if tag in _HEADINGS:
            self.kind, self.section = "heading", own.get("id", "") if tag != "h1" else ""
        if tag in _VOID:
            return
        classes = own.get("class", "").split()
        hidden = bool(self.open and self.open[-1][1]) or tag in _LEFT_OUT or _TWICE in classes
        self.open.append((tag, hidden))
        if hidden:
            return
        whole = next((name for name in (tag, *classes) if name in _WHOLE), "")
        if whole and self.whole is None:
            self.whole, self.kind = len(self.open), _WHOLE[whole]
        if id := own.get("data-figure"):
            magnitude = own.get("data-show") == "magnitude"
            shown = Printing(id, "", own.get("data-unit", ""), own.get("data-scale", ""), magnitude)
            self.number = (len(self.open), shown)

    def handle_endtag(self, tag: str) -> None:
        if not self.inside or not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, _ = self.open.pop()
            if self.number and len(self.open) < self.number[0]:
                self.printings.append(self.number[1])
                self.number = None
            if self.whole is not None and len(self.open) < self.whole:
                self.whole = None
                self.end()
            if name == tag:
                break
        self.part(tag)
        if tag == "main":
            self.inside -= 1

    def handle_data(self, data: str) -> None:
        if not self.inside or (self.open and self.open[-1][1]):
            return
        self.words += data
        if self.number:
            place, shown = self.number
            self.number = (place, replace(shown, text=shown.text + data))

    def part(self, tag: str) -> None:
        """A passage ends where a block begins or ends; in a row or drawing its parts are only set apart."""
        if tag in _INLINE:
            return
        if self.whole is None:
            self.end()
        elif tag in ("td", "th"):
            self.words += " | "
        else:
            self.words += " "

    def end(self) -> None:
        parts = (" ".join(part.split()) for part in self.words.split(" | "))
        text = " | ".join(part for part in parts if part)
        if text:
            if self.kind == "heading":
                self.title = text
            self.passages.append(
                Passage(self.page, self.section, self.title, self.kind, text, tuple(self.printings))
            )
        self.kind, self.words, self.printings = "text", "", []
