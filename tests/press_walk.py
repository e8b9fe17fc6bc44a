"""A walk over a printer's PDF: everything in it that is not for the four inks of a press."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from esgreport.pictures import most_ink
from PIL import Image

MM = 72 / 25.4
MOST = 300  # percent
INKS_OF_TEXT = 3  # a letter in four inks is blurred by the least shift between them
_NEAR = 0.02  # points


def faults(path: Path, bleed: float = 3) -> list[str]:
    """What is wrong, in words, each with its page."""
    with pikepdf.open(path) as pdf:
        walk = Walk(pdf)
        found = [*walk.intent()]
        for number, page in enumerate(pdf.pages, start=1):
            found += [f"page {number}: {fault}" for fault in dict.fromkeys(walk.page(page, bleed))]
        return found


def text_colours(path: Path) -> Counter[tuple[float, ...]]:
    """In which inks text is set, with the number of strings in each."""
    with pikepdf.open(path) as pdf:
        walk = Walk(pdf)
        for page in pdf.pages:
            list(walk.page(page, 3))
        return walk.text


class Walk:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.text: Counter[tuple[float, ...]] = Counter()
        self.seen: dict[tuple[int, int], list[str]] = {}

    def intent(self) -> Iterator[str]:
        intents = self.pdf.Root.get("/OutputIntents", [])
        press = [each for each in intents if each.get("/S") == "/GTS_PDFX"]
        if not press:
            yield "no output intent"
        for each in press:
            profile = each.get("/DestOutputProfile")
            if profile is None or bytes(profile.read_bytes()[16:20]) != b"CMYK" or int(profile.N) != 4:
                yield "the output intent has no profile of four inks"
        if b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" not in self.pdf.Root.Metadata.read_bytes():
            yield "no mark of PDF/X-4"
        if self.pdf.docinfo.get("/Trapped") != "/False":
            yield "does not say whether it is trapped"

    def page(self, page: pikepdf.Page, bleed: float) -> Iterator[str]:
        yield from self.boxes(page, bleed)
        if "/Annots" in page:
            yield "leads elsewhere"
        if "/Group" in page:
            yield from self.space(page.Group.get("/CS", pikepdf.Name.DeviceRGB), page.Resources)
        yield from self.content(
            page, page.Resources, [float(side) for side in page.get("/BleedBox", [0] * 4)]
        )

    def boxes(self, page: pikepdf.Page, bleed: float) -> Iterator[str]:
        for name in ("/TrimBox", "/BleedBox", "/MediaBox"):
            if name not in page:
                yield f"no {name[1:]}"
                return
        trim, over, sheet = ([float(side) for side in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox"))  # fmt: skip
        first = [float(side) for side in self.pdf.pages[0].TrimBox]
        if any(abs(one - other) > _NEAR for one, other in zip(trim, first, strict=True)):
            yield "another trim than the first page"
        for inner, outer, sign in zip(trim, over, (1, 1, -1, -1), strict=True):
            if abs((inner - outer) * sign - bleed * MM) > _NEAR:
                yield "a bleed of other than three millimetres"
        if any((a - b) * sign < -_NEAR for a, b, sign in zip(over, sheet, (1, 1, -1, -1), strict=True)):
            yield "a sheet smaller than the bleed"

    def content(self, stream: Any, resources: Any, bleed: Sequence[float]) -> Iterator[str]:
        fill: tuple[float, ...] = ()
        spaces = {"fill": pikepdf.Name.DeviceGray, "stroke": pikepdf.Name.DeviceGray}
        stack: list[tuple[Any, ...]] = []
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            match name:
                case "q":
                    stack.append((fill, dict(spaces)))
                case "Q" if stack:
                    fill, spaces = stack.pop()
                case "rg" | "RG":
                    yield f"RGB operator {name}"
                case "g" | "G":
                    fill = (0, 0, 0, 1 - float(operands[0])) if name == "g" else fill
                case "k" | "K":
                    fill = tuple(map(float, operands)) if name == "k" else fill
                    yield from self.ink(operands)
                case "cs" | "CS":
                    which = "fill" if name == "cs" else "stroke"
                    spaces[which] = self.named(operands[0], resources)
                    yield from self.space(operands[0], resources)
                case "sc" | "scn" | "SC" | "SCN":
                    space = spaces["fill" if name.islower() else "stroke"]
                    if space == pikepdf.Name.DeviceCMYK:
                        yield from self.ink(operands)
                        fill = tuple(map(float, operands)) if name.islower() else fill
                    if operands and isinstance(operands[-1], pikepdf.Name):
                        yield from self.pattern(resources.Pattern[operands[-1]], resources, bleed)
                case "m" | "l" if self.every_ink(spaces["stroke"]):
                    x, y = map(float, operands)
                    if bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3]:
                        yield "a mark in every ink inside the bleed"
                case "Tj" | "TJ" | "'" | '"':
                    self.text[fill] += 1
                    if sum(ink > 0 for ink in fill) > INKS_OF_TEXT:
                        yield f"text in four inks {fill}"
                case "sh":
                    yield from self.shading(resources.Shading[operands[0]], resources)
                case "gs":
                    mask = resources.ExtGState[operands[0]].get("/SMask")
                    if isinstance(mask, pikepdf.Dictionary):
                        yield from self.form(mask.G, resources, bleed)
                case "Do":
                    item = resources.XObject[operands[0]]
                    yield from (self.form if item.Subtype == "/Form" else self.image)(item, resources, bleed)
                case "INLINE IMAGE":
                    yield from self.space(
                        operands[0].obj.get("/ColorSpace", pikepdf.Name.DeviceGray), resources
                    )

    def once(self, item: Any, walk: Iterator[str]) -> list[str]:
        """What is found in an object that may be drawn on many pages."""
        if item.objgen not in self.seen:
            self.seen[item.objgen] = []
            self.seen[item.objgen] = list(walk)
        return self.seen[item.objgen]

    def form(self, item: Any, resources: Any, bleed: Sequence[float]) -> Iterator[str]:
        own = item.get("/Resources", resources)
        if "/Group" in item and "/CS" in item.Group:
            yield from self.space(item.Group.CS, own)
        yield from self.once(item, self.content(item, own, bleed))

    def pattern(self, item: Any, resources: Any, bleed: Sequence[float]) -> Iterator[str]:
        if int(item.PatternType) == 2:
            yield from self.shading(item.Shading, resources)
        else:
            yield from self.once(item, self.content(item, item.Resources, bleed))

    def image(self, item: Any, resources: Any, bleed: Sequence[float]) -> Iterator[str]:
        yield from self.once(item, self._image(item, resources))

    def _image(self, item: Any, resources: Any) -> Iterator[str]:
        yield from self.space(item.get("/ColorSpace", pikepdf.Name.DeviceRGB), resources)
        if "/SMask" in item:
            yield "a picture with a soft mask"
        if item.get("/ColorSpace") == pikepdf.Name.DeviceCMYK:
            if item.get("/Filter") == "/DCTDecode":
                picture = Image.open(io.BytesIO(item.read_raw_bytes()))
            else:
                picture = Image.frombytes("CMYK", (int(item.Width), int(item.Height)), item.read_bytes())
            if (most := most_ink(picture)) > MOST:
                yield f"a picture with {most} % of ink"

    def shading(self, item: Any, resources: Any) -> Iterator[str]:
        yield from self.space(item.ColorSpace, resources)
        waiting = [item.Function]
        while waiting:
            function = waiting.pop()
            waiting += list(function.get("/Functions", []))
            for end in ("/C0", "/C1"):
                if len(function.get(end, [])) == 4:
                    yield from self.ink(function[end])
                elif len(function.get(end, [])) == 3:
                    yield "a shading of three colours"

    def named(self, name: Any, resources: Any) -> Any:
        """A colour space by its name in a page, or one that needs no other."""
        return resources.get("/ColorSpace", {}).get(name, name) if isinstance(name, pikepdf.Name) else name

    def every_ink(self, space: Any) -> bool:
        return isinstance(space, pikepdf.Array) and space[0] == "/Separation" and space[1] == "/All"

    def space(self, space: Any, resources: Any) -> Iterator[str]:
        space = self.named(space, resources)
        kind = space[0] if isinstance(space, pikepdf.Array) else space
        if kind in ("/DeviceRGB", "/CalRGB", "/Lab", "/RGB"):
            yield f"colour space {kind}"
        elif kind == "/ICCBased" and int(space[1].N) != 4:
            yield f"a profile of {space[1].N} colours"
        elif kind in ("/Indexed", "/Pattern") and isinstance(space, pikepdf.Array):
            yield from self.space(space[1], resources)
        elif kind in ("/Separation", "/DeviceN"):
            yield from self.space(space[2], resources)

    def ink(self, operands: Any) -> Iterator[str]:
        total = round(sum(float(ink) for ink in operands) * 100)
        if total > MOST:
            yield f"{total} % of ink"
