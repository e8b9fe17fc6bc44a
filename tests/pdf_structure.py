"""The structure of a finished PDF as a program other than ours reads it: elements with what is marked as theirs.

Reads the structure tree and the content streams for themselves and brings them together; what the one says and the
other does not know is kept, for tests to find. Beside it stand annotations, bookmarks and metadata.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pdf_pages import Character, Pdf

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"}


@dataclass(frozen=True)
class Content:
    """What is marked on a page under one number; `known` says whether the page has such a mark."""

    page: int
    number: int
    characters: tuple[Character, ...]
    known: bool

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)


@dataclass(frozen=True)
class Reference:
    """An annotation that an element names."""

    page: int
    note: Any


@dataclass(eq=False)
class Element:
    """An element of the structure."""

    type: str
    above: Element | None
    item: Any
    kids: list[Element | Content | Reference] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """The element and all below it, in order."""
        yield self
        for kid in self.elements:
            yield from kid.all()

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def contents(self) -> list[Content]:
        """Everything marked as this element's or as that of one below it, in order."""
        found = []
        for kid in self.kids:
            found += kid.contents if isinstance(kid, Element) else [kid] if isinstance(kid, Content) else []
        return found

    @property
    def text(self) -> str:
        return "".join(content.text for content in self.contents)

    @property
    def pages(self) -> list[int]:
        return sorted({content.page for content in self.contents})

    @property
    def path(self) -> str:
        return f"{self.above.path}/{self.type}" if self.above else self.type

    @property
    def language(self) -> str:
        """The language in which the element is to be read; "" for that of the document."""
        own = str(self.item.get("/Lang", ""))
        return own or (self.above.language if self.above else "")

    def has(self, key: str) -> str:
        """The text of a key such as Alt; "" where it is absent."""
        return str(self.item.get(f"/{key}", "")).strip()

    def attribute(self, key: str) -> Any:
        """An attribute of the element, of whatever owner."""
        owners = self.item.get("/A", pikepdf.Array())
        for owner in owners if isinstance(owners, pikepdf.Array) else [owners]:
            if isinstance(owner, pikepdf.Dictionary) and f"/{key}" in owner:
                return owner[f"/{key}"]
        return None

    def __str__(self) -> str:
        return f'{self.path} on page {self.pages[0] + 1 if self.pages else "?"}: "{self.text[:40]}"'


@dataclass(frozen=True)
class Bookmark:
    """A bookmark, how deep it is nested (from 1) and the page it leads to."""

    level: int
    title: str
    page: int


class Structure:
    """A PDF opened for its structure."""

    def __init__(self, content: bytes) -> None:
        self.file = io.BytesIO(content)
        self.pdf = pikepdf.open(self.file)
        self.pages = Pdf(self.pdf)
        self.catalog = self.pdf.Root
        self._numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self._marked: list[dict[int, list[Character]]] = []
        self.loose: list[str] = []  # painted, neither tagged nor an artefact
        self.mixed: list[str] = []  # tagged in an artefact, an artefact in tagged
        self.artefacts: list[tuple[int, str, str]] = []  # page, type and subtype, text
        for number, page in enumerate(self.pdf.pages):
            self._marks(number, page)

    @classmethod
    def of(cls, path: Path) -> Structure:
        return cls(path.read_bytes())

    def page_of(self, item: Any) -> int:
        """The number of a page, from 0; -1 for what is none."""
        return self._numbers.get(getattr(item, "objgen", None), -1)

    @cached_property
    def document(self) -> Element:
        """The top of the structure."""
        tree = self.catalog.StructTreeRoot
        kids = tree.K if isinstance(tree.K, pikepdf.Array) else [tree.K]
        top = Element("", None, tree)
        top.kids = [self._element(kid, top, -1) for kid in kids]
        (document,) = top.kids
        assert isinstance(document, Element)
        document.above = None
        return document

    @cached_property
    def elements(self) -> list[Element]:
        return list(self.document.all())

    def named(self, *types: str) -> list[Element]:
        return [element for element in self.elements if element.type in types]

    def marks(self, page: int) -> dict[int, list[Character]]:
        """The characters of a page by the number under which they are marked."""
        return self._marked[page]

    @cached_property
    def notes(self) -> list[tuple[int, Any]]:
        """Every annotation and its page."""
        return [
            (number, note) for number, page in enumerate(self.pdf.pages) for note in page.get("/Annots", ())
        ]

    @cached_property
    def bookmarks(self) -> list[Bookmark]:
        found: list[Bookmark] = []

        def walk(item: Any, level: int) -> None:
            while item is not None:
                found.append(Bookmark(level, str(item.Title), self.page_of(item.Dest[0])))
                walk(item.get("/First"), level + 1)
                item = item.get("/Next")

        if "/Outlines" in self.catalog:
            walk(self.catalog.Outlines.get("/First"), 1)
        return found

    @cached_property
    def fonts(self) -> list[Any]:
        return [
            item
            for item in self.pdf.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/Font"
            and "/DescendantFonts" in item
        ]

    # ---- reading

    def _element(self, item: Any, above: Element, page: int) -> Element:
        element = Element(str(item.S)[1:], above, item)
        page = self.page_of(item.get("/Pg")) if "/Pg" in item else -1
        kids = item.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                element.kids.append(self._content(page, kid))
            elif kid.get("/Type") == "/MCR":
                element.kids.append(self._content(self.page_of(kid.get("/Pg")), int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                element.kids.append(Reference(self.page_of(kid.get("/Pg")), kid.Obj))
            else:
                element.kids.append(self._element(kid, element, page))
        return element

    def _content(self, page: int, number: int) -> Content:
        marks = self._marked[page] if page >= 0 else {}
        return Content(page, number, tuple(marks.get(number, ())), number in marks)

    def _marks(self, number: int, page: pikepdf.Page) -> None:
        """Read which characters of a page are marked as what, and what is painted without a mark."""
        characters = iter(self.pages.characters(number))
        found: dict[int, list[Character]] = {}
        stack: list[int | str | None] = []  # a number, the kind of an artefact, or another mark
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                mark = _mark(operands)
                open_marks = [each for each in stack if each is not None]
                if mark is not None and open_marks and type(mark) is not type(open_marks[-1]):
                    self.mixed.append(f"page {number + 1}: {mark} in {open_marks[-1]}")
                stack.append(mark)
                if isinstance(mark, int):
                    if mark in found:
                        self.mixed.append(f"page {number + 1}: two marks {mark}")
                    found.setdefault(mark, [])
                elif mark is not None:
                    self.artefacts.append((number, mark, ""))
            elif name == "EMC":
                stack.pop()
            elif name in PAINTING:
                mark = next((each for each in reversed(stack) if each is not None), None)
                text = [next(characters) for _ in range(_glyphs(page.Resources, operands, name))]
                if mark is None:
                    if not (name == "Do" and self._is_marked_within(page, operands[0])):
                        self.loose.append(
                            f"page {number + 1}: {name} {''.join(c.text for c in text)}".strip()
                        )
                elif isinstance(mark, int):
                    found[mark] += text
                elif text:
                    at, kind, before = self.artefacts[-1]
                    self.artefacts[-1] = at, kind, before + "".join(c.text for c in text)
        self._marked.append(found)

    def _is_marked_within(self, page: pikepdf.Page, name: Any) -> bool:
        """Whether a form painted by itself marks all it paints as artefacts."""
        form = page.Resources.XObject[str(name)]
        if form.get("/Subtype") != "/Form":
            return False
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(form):
            if str(operator) in ("BDC", "BMC"):
                if isinstance(_mark(operands), int):
                    return False  # numbers count in pages, not in forms
                depth += 1
            elif str(operator) == "EMC":
                depth -= 1
            elif str(operator) in PAINTING and not depth:
                return str(operator) == "Do" and self._is_marked_within(pikepdf.Page(form), operands[0])
        return True


def _mark(operands: Any) -> int | str | None:
    """What begins here: a number, an artefact's type and subtype ("Artifact" without), or something else."""
    properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
    if str(operands[0]) == "/Artifact":
        words = [str(properties[key])[1:] for key in ("/Type", "/Subtype") if key in properties]
        return " ".join(words) or "Artifact"
    return int(properties["/MCID"]) if "/MCID" in properties else None


def _glyphs(resources: Any, operands: Any, operator: str) -> int:
    """How many characters are painted, of two bytes each; a form may paint some."""
    if operator == "Do":
        form = resources.XObject[str(operands[0])]
        if form.get("/Subtype") != "/Form":
            return 0
        own = form.get("/Resources", resources)
        return sum(_glyphs(own, each, str(name)) for each, name in pikepdf.parse_content_stream(form))
    if operator not in ("Tj", "TJ"):
        return 0
    pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    return sum(len(bytes(piece)) // 2 for piece in pieces if isinstance(piece, pikepdf.String))
