"""A finished PDF as a program other than ours reads it: characters with places, names, links, page labels.

Reads the content streams themselves, so that text can be taken from the very spot where a name leads.
Knows as much of PDF as one engine writes: composite fonts of two bytes with a ToUnicode map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

NUMBER = re.compile(r"[+−-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?|[+−-]?\d+(?:\.\d+)?")
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Character:
    """What one glyph says, from `x` to `end` on the baseline `y`; points from the lower left corner. `language` is that of
    a mark without a number around it, `face` the name of its face."""

    text: str
    x: float
    end: float
    y: float
    size: float
    language: str = ""
    face: str = ""


@dataclass(frozen=True)
class Spot:
    """Where a name leads: the page (from 0) and the upper left corner of the element."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Link:
    """A link to a name inside the document, and the text that it covers."""

    page: int
    name: str
    text: str


class Pdf:
    """A PDF opened for reading."""

    def __init__(self, file: Path | pikepdf.Pdf) -> None:
        self._pdf = pikepdf.open(file) if isinstance(file, Path) else file
        self._fonts: dict[Any, tuple[dict[int, str], dict[int, float], str]] = {}
        self._characters: dict[int, list[Character]] = {}

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Every named destination."""
        numbers = {page.objgen: number for number, page in enumerate(self._pdf.pages)}
        return {
            name: Spot(numbers[place[0].objgen], float(place[2]), float(place[3]))
            for name, place in _leaves(self._pdf.Root.Names.Dests)
        }

    @cached_property
    def labels(self) -> list[str]:
        """The label of each page, as a viewer shows it; of the styles only decimal and roman are known."""
        ranges = dict(_numbers(self._pdf.Root.PageLabels))
        labels = []
        style, start, prefix, first = "", 1, "", 0
        for page in range(len(self._pdf.pages)):
            if page in ranges:
                entry, first = ranges[page], page
                style, prefix = str(entry.get("/S", "")), str(entry.get("/P", ""))
                start = int(entry.get("/St", 1))
            number = start + page - first
            labels.append(prefix + {"/D": str(number), "/r": _roman(number), "": ""}[style])
        return labels

    @property
    def links(self) -> Iterator[Link]:
        """Links inside the document, page by page."""
        for number, page in enumerate(self._pdf.pages):
            for note in page.get("/Annots", ()):
                if note.get("/Subtype") == "/Link" and "/Dest" in note:
                    x0, y0, x1, y1 = (float(corner) for corner in note.Rect)
                    left, right, low, high = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
                    covered = [
                        c.text
                        for c in self.characters(number)
                        if left - 0.1 <= c.x and c.end <= right + 0.1 and low <= c.y <= high
                    ]
                    yield Link(number, str(note.Dest), "".join(covered).strip())

    def text(self, page: int) -> str:
        """All characters of a page in the order of painting."""
        return "".join(c.text for c in self.characters(page))

    def line_at(self, spot: Spot) -> str:
        """The characters from a spot onwards, on the first baseline under it, up to the first gap."""
        near = [
            c
            for c in self.characters(spot.page)
            if abs(c.x - spot.x) < 0.06 and 0 < spot.y - c.y < 2 * c.size
        ]
        if not near:
            return ""
        first = max(near, key=lambda c: c.y)
        line = sorted((c for c in self.characters(spot.page) if abs(c.y - first.y) < 0.06), key=lambda c: c.x)
        text, end = "", first.x
        for character in line:
            if character.x >= first.x - 0.06:
                if abs(character.x - end) > 0.3:
                    break
                text, end = text + character.text, character.end
        return text

    def number_at(self, spot: Spot) -> str:
        """The number that begins at a spot, or "" where none does."""
        match = NUMBER.match(self.line_at(spot))
        return match[0] if match else ""

    def streams(self) -> Iterator[bytes]:
        """Every object of the file as bytes: streams unpacked, the rest as written."""
        for item in self._pdf.objects:
            if isinstance(item, pikepdf.Stream):
                try:
                    yield item.read_bytes()
                except pikepdf.PdfError:  # a picture's own compression
                    yield item.read_raw_bytes()
                yield repr(dict(item.items())).encode()
            else:
                yield item.unparse(resolved=True) if isinstance(item, pikepdf.Object) else repr(item).encode()
        yield repr(self._pdf.trailer).encode()

    # ---- content streams

    def characters(self, number: int) -> list[Character]:
        """Everything painted on a page as text, in the order of painting."""
        if number not in self._characters:
            page = self._pdf.pages[number]
            self._characters[number] = list(self._read(page, page.Resources, (1, 0, 0, 1, 0, 0)))
        return self._characters[number]

    def _read(self, content: Any, resources: Any, view: Matrix, language: str = "") -> Iterator[Character]:
        kept: list[Matrix] = []
        languages = [language]
        text: Matrix = view
        font: tuple[dict[int, str], dict[int, float], str] = ({}, {}, "")
        size = 0.0
        for operands, operator in pikepdf.parse_content_stream(content):
            match str(operator):
                case "q":
                    kept.append(view)
                case "Q":
                    view = kept.pop()
                case "cm":
                    view = _product(_matrix(operands), view)
                case "BMC":
                    languages.append(languages[-1])
                case "BDC":
                    languages.append(str(operands[1].get("/Lang", languages[-1])))
                case "EMC":
                    languages.pop()
                case "BT":
                    text = (1, 0, 0, 1, 0, 0)
                case "Tm":
                    text = _matrix(operands)
                case "Tf":
                    font, size = self._font(resources.Font[str(operands[0])]), float(operands[1])
                case "Tj" | "TJ":
                    for piece in operands[0] if str(operator) == "TJ" else operands:
                        if not isinstance(piece, pikepdf.String):
                            text = _moved(text, -float(piece) * size / 1000)
                            continue
                        codes = bytes(piece)
                        for code in (codes[n] << 8 | codes[n + 1] for n in range(0, len(codes), 2)):
                            start = _product(text, view)
                            text = _moved(text, font[1].get(code, 1000) * size / 1000)
                            end = _product(text, view)
                            scale = (start[0] ** 2 + start[1] ** 2) ** 0.5
                            yield Character(
                                font[0].get(code, "�"),
                                start[4],
                                end[4],
                                start[5],
                                size * scale,
                                languages[-1],
                                font[2],
                            )
                case "Do":
                    form = resources.XObject[str(operands[0])]
                    if form.get("/Subtype") == "/Form":
                        inner = _product(_matrix(form.get("/Matrix", (1, 0, 0, 1, 0, 0))), view)
                        yield from self._read(form, form.get("/Resources", resources), inner, languages[-1])
                case "Td" | "TD" | "T*" | "'" | '"':
                    raise AssertionError(f"{operator} is not known here")

    def _font(self, font: Any) -> tuple[dict[int, str], dict[int, float], str]:
        """(text, width) by code, and the name of the face."""
        if font.objgen not in self._fonts:
            words = _unicode(font.ToUnicode.read_bytes().decode("latin-1"))
            widths = _widths(font.DescendantFonts[0].get("/W", []))
            self._fonts[font.objgen] = words, widths, str(font.BaseFont)
        return self._fonts[font.objgen]


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(matrix: Matrix, way: float) -> Matrix:
    return _product((1, 0, 0, 1, way, 0), matrix)


def _unicode(cmap: str) -> dict[int, str]:
    known: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            known[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    assert "beginbfrange" not in cmap
    return known


def _widths(array: Any) -> dict[int, float]:
    known: dict[int, float] = {}
    items = list(array)
    while items:
        first, second = int(items[0]), items[1]
        if isinstance(second, pikepdf.Array):
            known.update({first + n: float(width) for n, width in enumerate(second)})
            del items[:2]
        else:
            known.update({code: float(items[2]) for code in range(first, int(second) + 1)})
            del items[:3]
    return known


def _leaves(node: Any) -> Iterator[tuple[str, Any]]:
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid)
    pairs = list(node.get("/Names", ()))
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        yield str(name), value


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    for kid in node.get("/Kids", ()):
        yield from _numbers(kid)
    pairs = list(node.get("/Nums", ()))
    for number, value in zip(pairs[::2], pairs[1::2], strict=True):
        yield int(number), value


def _roman(number: int) -> str:
    text = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            text, number = text + letters, number - value
    return text
