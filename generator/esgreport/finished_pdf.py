"""A finished PDF, read back: what is painted, and what stands where a name leads; and one made fit for an archive. The only
door to pypdf.

Text is taken from the painted glyphs and not from what the tags say of it, because glyphs are what a reader sees: one that
is left out, or has no form in its face, is no text here. Of PDF it knows as much as a book of ours holds: composite faces
with codes of two bytes and a table of what they say. pypdf opens the file; it is imported when one is read, not before.

What an archive keeps is the same file with an update at its end, so that its pages are those of the reading edition byte for
byte, and need not be laid out again.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, TypeVar, cast

from esgreport.faces import drawn_glyphs

UNREAD = "�"  # in a text: a glyph that says nothing, or that has no form
_NEAR = 0.06  # points that two places may lie apart and be the same
_GAP = 0.3  # points between two glyphs that do not belong together, beside the room between Han and Latin
_HAN = re.compile("[\u3400-\u9fff]")

_PASSED_OVER = ("/StructTreeRoot", "/Dests", "/P")
_ACTIONS = ("/JavaScript", "/Launch", "/GoToE", "/ImportData", "/SubmitForm")
_FACES_IN_FILES = ("/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2")

_Found = TypeVar("_Found")

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]|/[^\s/\[\]()<>]*|[^\s/\[\]()<>]+", re.DOTALL
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Unreadable(Exception):
    """A file that is no PDF, or none as this tool writes it."""


@dataclass(frozen=True, slots=True)
class FinishedPdf:
    """A PDF of a build, read back; pages count from 0.

    `folios` are the pages' labels as a viewer shows them, `texts` what each page says in the order of painting, without what
    belongs to every page (folio, running head). `pages` tells where each name leads, `lines` what is painted there, up to
    the first gap. `furniture` is what each page says beside its text.
    """

    folios: tuple[str, ...]
    texts: tuple[str, ...]
    furniture: tuple[str, ...]
    pages: Mapping[str, int]
    lines: Mapping[str, str]


def read_pdf(path: Path) -> FinishedPdf:
    """Read a PDF back.

    Raises:
        Unreadable: it is no PDF, or not one as a build writes it.
    """
    from pypdf.errors import DependencyError, PyPdfError

    try:
        pdf = _Pdf(path)
        numbers = range(len(pdf.reader.pages))
        texts, furniture = (
            tuple(_text(c for c in pdf.characters(n) if c.furniture == of_page) for n in numbers)
            for of_page in (False, True)
        )
        pages = {name: spot.page for name, spot in pdf.spots.items()}
        lines = {name: pdf.line_at(spot) for name, spot in pdf.spots.items()}
        return FinishedPdf(tuple(pdf.reader.page_labels), texts, furniture, pages, lines)
    except (LookupError, TypeError, ValueError, AttributeError, PyPdfError, DependencyError) as reason:
        raise Unreadable(f"{path.name} cannot be read as a PDF of a build") from reason


@dataclass(frozen=True, slots=True)
class Carried:
    """What a PDF carries that is no page, and what its pages lack: the faces that are not in it, by name."""

    encrypted: bool = False
    attachments: bool = False
    actions: bool = False  # something that runs, or opens another file
    faces_outside: tuple[str, ...] = ()


def carried(path: Path) -> Carried:
    """What a PDF carries, by a walk over all of it but its structure and its named places, which hold nothing of this.

    Raises:
        Unreadable: it is no PDF.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            return Carried(encrypted=True)
        attachments = actions = False
        outside = set()
        for part in _parts(reader.trailer["/Root"]):
            attachments = attachments or "/EF" in part or "/EmbeddedFiles" in part
            actions = actions or part.get("/S") in _ACTIONS or "/JS" in part or "/XFA" in part
            if part.get("/Type") == "/Font" and part.get("/Subtype") in _FACES_IN_FILES:
                described = part.get("/FontDescriptor", {})
                if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                    outside.add(str(part.get("/BaseFont", "/?"))[1:])
        return Carried(False, attachments, actions, tuple(sorted(outside)))
    except DependencyError:  # it is locked by a method for which a library is missing
        return Carried(encrypted=True)
    except (LookupError, TypeError, ValueError, AttributeError, OSError, PyPdfError) as reason:
        raise Unreadable(f"{path.name} cannot be read as a PDF") from reason


def if_readable(reader: Callable[[Path], _Found], path: Path) -> _Found | None:
    """What one of these readers finds in a PDF, None where it cannot be read."""
    try:
        return reader(path)
    except Unreadable:
        return None


def _parts(root: Any) -> Iterator[Any]:
    """Every dictionary that is reached from one, each once."""
    waiting, seen = [root], set()
    while waiting:
        part = waiting.pop()
        number = getattr(part, "idnum", None)
        if number is not None:
            if number in seen:
                continue
            seen.add(number)
            part = part.get_object()
        if isinstance(part, dict):
            yield part
            waiting += [part.raw_get(key) for key in part if key not in _PASSED_OVER]  # type: ignore[attr-defined]
        elif isinstance(part, list):
            waiting += list.__iter__(part)


@dataclass(frozen=True, slots=True)
class Character:
    """What one glyph says, from `x` to `end` on the baseline `y`; points from the lower left corner."""

    text: str
    x: float
    end: float
    y: float
    size: float
    furniture: bool  # of the page and not of the text: a folio, a running head


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name leads: the page (from 0) and the upper left corner of the element."""

    page: int
    x: float
    y: float


def _text(characters: Iterable[Character]) -> str:
    """What glyphs say one after the other, with a new line where the baseline is another."""
    text, line = "", 0.0
    for character in characters:
        text += character.text if abs(character.y - line) < _NEAR else "\n" + character.text
        line = character.y
    return text


class _Pdf:
    """A PDF opened for reading."""

    def __init__(self, path: Path) -> None:
        from pypdf import PdfReader

        self.reader = PdfReader(path)
        self.faces = _Faces()
        self._characters: dict[int, tuple[Character, ...]] = {}

    @cached_property
    def spots(self) -> Mapping[str, Spot]:
        """Every named destination."""
        references = (page.indirect_reference for page in self.reader.pages)
        numbers = {reference.idnum: n for n, reference in enumerate(references) if reference}
        found = {}
        for name, place in self.reader.named_destinations.items():
            page = place.raw_get("/Page")
            number = numbers.get(getattr(page, "idnum", 0))
            if number is not None:
                left, top = (float(place.get(side) or 0) for side in ("/Left", "/Top"))
                found[name] = Spot(number, left, top)
        return found

    def line_at(self, spot: Spot) -> str:
        """What is painted from a spot onwards, on the first line under it, up to the first gap."""
        page = self.characters(spot.page)
        near = [c for c in page if abs(c.x - spot.x) < _NEAR and 0 < spot.y - c.y < 2 * c.size]
        if not near:
            return ""
        first = max(near, key=lambda c: c.y)
        line = sorted(
            (c for c in page if abs(c.y - first.y) < _NEAR and c.x >= first.x - _NEAR), key=lambda c: c.x
        )
        text = line[0].text
        for before, after in pairwise(line):
            room = before.size / 3 if _HAN.match(before.text) or _HAN.match(after.text) else 0
            if not -_GAP <= after.x - before.end <= _GAP + room:
                break
            text += after.text
        return text

    def characters(self, number: int) -> tuple[Character, ...]:
        """Everything painted on a page as text, in the order of painting."""
        if number not in self._characters:
            page: Any = self.reader.pages[number]
            content = page.get_contents()
            data = content.get_data() if content is not None else b""
            self._characters[number] = tuple(_painted(data, page["/Resources"], self.faces))
        return self._characters[number]


@dataclass(frozen=True)
class _Face:
    """A face of a PDF: what each code says (nothing readable where it has no form), and how wide it is."""

    texts: Mapping[int, str]
    widths: Mapping[int, float]
    usual: float


class _Faces:
    """The faces of one PDF, each read once."""

    def __init__(self) -> None:
        self._known: dict[int, _Face] = {}

    def of(self, resources: Any, name: str) -> _Face:
        """The face that a page calls `name`."""
        own = resources["/Font"].raw_get(name)
        key = getattr(own, "idnum", None) or id(own)
        if key not in self._known:
            self._known[key] = _face(own.get_object())
        return self._known[key]


def _face(font: Any) -> _Face:
    descendant = font["/DescendantFonts"][0].get_object()
    descriptor = descendant["/FontDescriptor"]
    embedded = descriptor["/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"]
    drawn, glyphs = drawn_glyphs(embedded.get_data()), descendant.get("/CIDToGIDMap")
    mapped = glyphs.get_data() if glyphs is not None and glyphs != "/Identity" else b""

    def glyph(code: int) -> int:
        return int.from_bytes(mapped[2 * code : 2 * code + 2], "big") if mapped else code

    texts = {
        code: text if text.isspace() or glyph(code) in drawn else UNREAD
        for code, text in _said(font["/ToUnicode"].get_data().decode("latin-1"))
    }
    usual = float(descendant.get("/DW", 1000))
    return _Face(texts, dict(_widths(descendant.get("/W", []))), usual)


def _said(table: str) -> Iterator[tuple[int, str]]:
    """What each code says, from a /ToUnicode table."""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            begin = bytes.fromhex(text).decode("utf-16-be")
            for code in range(int(first, 16), int(last, 16) + 1):
                yield code, begin[:-1] + chr(ord(begin[-1]) + code - int(first, 16))


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    items = [item.get_object() for item in array]
    while items:
        first, second = int(items[0]), items[1]
        if isinstance(second, list):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
            del items[:2]
        else:
            yield from ((code, float(items[2])) for code in range(first, int(second) + 1))
            del items[:3]


# ---- content


def _painted(content: bytes, resources: Any, faces: _Faces, view: Matrix = _UNIT) -> Iterator[Character]:
    """The glyphs of a content stream; what is drawn is passed over."""
    kept: list[tuple[Matrix, _Face | None, float]] = []
    text = line = _UNIT
    face: _Face | None = None
    size = 0.0
    marked: list[bool] = []  # for each open mark, whether it says that this is no text
    operands: list[bytes] = []
    for token in _TOKEN.findall(content):
        if token[:1] in b"(<[]/>+-.0123456789" or token in (b"true", b"false", b"null"):
            operands.append(token)
            continue
        match token:
            case b"q":
                kept.append((view, face, size))
            case b"Q" if kept:
                view, face, size = kept.pop()
            case b"cm":
                view = _product(_matrix(operands), view)
            case b"BT":
                text = line = _UNIT
            case b"Tm":
                text = line = _matrix(operands)
            case b"Td" | b"TD":
                text = line = _product((1, 0, 0, 1, *_numbers(operands[-2:])), line)  # type: ignore[arg-type]
            case b"Tf":
                face, size = faces.of(resources, operands[-2].decode()), float(operands[-1])
            case b"BMC" | b"BDC":
                marked.append(operands[0] == b"/Artifact")
            case b"EMC" if marked:
                marked.pop()
            case b"Tj" | b"TJ" if face:
                scale = _product(text, view)
                high = size * (scale[2] ** 2 + scale[3] ** 2) ** 0.5
                for piece in operands:
                    if piece[:1] not in b"(<":
                        if piece not in (b"[", b"]"):
                            text = _moved(text, -float(piece) * size / 1000)
                        continue
                    codes = _bytes(piece)
                    for code in (codes[n] << 8 | codes[n + 1] for n in range(0, len(codes) - 1, 2)):
                        x, y = _point(text, view)
                        text = _moved(text, face.widths.get(code, face.usual) * size / 1000)
                        end, _ = _point(text, view)
                        yield Character(face.texts.get(code, UNREAD), x, end, y, high, any(marked))
            case b"Do":
                form = resources["/XObject"][operands[-1].decode()]
                if form.get("/Subtype") == "/Form":
                    own = tuple(float(number) for number in form.get("/Matrix", _UNIT))
                    inner = form.get("/Resources", resources)
                    for character in _painted(form.get_data(), inner, faces, _product(own, view)):  # type: ignore[arg-type]
                        furniture = character.furniture or any(marked)
                        yield Character(*_place(character), furniture)
        operands = []


def _place(character: Character) -> tuple[str, float, float, float, float]:
    return character.text, character.x, character.end, character.y, character.size


def _bytes(token: bytes) -> bytes:
    """A string of a content stream, in digits or in characters."""
    if token.startswith(b"<"):
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())

    def plain(match: re.Match[bytes]) -> bytes:
        sign = match[1]
        if sign.isdigit():
            return bytes([int(sign, 8) & 255])
        return b"" if sign.endswith(b"\n") else _SIGNS.get(sign, sign)

    return _ESCAPED.sub(plain, token[1:-1])


def _numbers(operands: Sequence[bytes]) -> tuple[float, ...]:
    return tuple(map(float, operands))


def _matrix(operands: Sequence[bytes]) -> Matrix:
    a, b, c, d, e, f = _numbers(operands[-6:])
    return a, b, c, d, e, f


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(matrix: Matrix, way: float) -> Matrix:
    """Further along its own baseline."""
    a, b, c, d, e, f = matrix
    return a, b, c, d, e + way * a, f + way * b


def _point(matrix: Matrix, view: Matrix) -> tuple[float, float]:
    """Where the origin of a matrix lies on the page."""
    e, f = matrix[4:]
    g, h, i, j, k, m = view
    return e * g + f * i + k, e * h + f * j + m


# What an archive keeps


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a PDF carries: what it is called, its media type, and what it is in a few words."""

    name: str
    content: bytes
    media_type: str
    what: str


PROFILE = 'pdfaid:part="3" pdfaid:conformance="A"'
# An archive's reader knows only the words of metadata that PDF/A lists; these, of PDF/UA, have to be explained to it.
_IN_METADATA = f"""\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" {PROFILE}/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>The part of ISO 14289 that the file is written to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_PRINTED = 4  # of a link: shown and printed like the page it lies on


def archived(content: bytes, attachments: Sequence[Attachment], colours: bytes, changed: datetime) -> bytes:
    """A reading edition with what PDF/A-3 (ISO 19005-3, level A) asks for besides, written to its end.

    Args:
        content: a PDF of ours, which is tagged and holds all its faces.
        attachments: files to carry, byte for byte.
        colours: the profile (ICC) of the colours red, green and blue.
        changed: when the attachments were changed last.
    """
    from pypdf.generic import ArrayObject, NameObject, NumberObject, TextStringObject

    update = _Update(content)
    catalog = update.of(update.reader.trailer.raw_get("/Root"))
    for page in update.reader.pages:
        for note in page.get("/Annots", ()):
            update.of(note)[NameObject("/F")] = NumberObject(_PRINTED)
    for picture in update.streams():
        if picture.get("/Interpolate"):
            update.of(picture.indirect_reference)[NameObject("/Interpolate")] = _pdf(False)
    metadata = catalog.raw_get("/Metadata")
    words = (
        cast(Any, metadata.get_object())
        .get_data()
        .replace(b"</rdf:RDF>", _IN_METADATA.encode() + b"</rdf:RDF>")
    )
    update.put_stream({"/Type": "/Metadata", "/Subtype": "/XML"}, words, metadata.idnum, packed=False)

    day = TextStringObject(changed.strftime("D:%Y%m%d%H%M%SZ"))
    files = ArrayObject()
    for each in attachments:
        parameters = {"/Size": len(each.content), "/ModDate": day, "/CheckSum": _digest(each.content)}
        kind = "/" + each.media_type
        stream = update.put_stream(
            {"/Type": "/EmbeddedFile", "/Subtype": kind, "/Params": parameters}, each.content
        )
        files.append(update.put({
            "/Type": "/Filespec", "/F": TextStringObject(each.name), "/UF": TextStringObject(each.name),
            "/Desc": TextStringObject(each.what), "/AFRelationship": "/Data", "/EF": {"/F": stream, "/UF": stream},
        }))  # fmt: skip
    by_name = sorted(zip((each.name for each in attachments), files, strict=True))
    listed = [part for name, file in by_name for part in (TextStringObject(name), file)]
    catalog["/Names"].get_object()[NameObject("/EmbeddedFiles")] = update.put({"/Names": listed})
    catalog[NameObject("/AF")] = files
    profile = update.put_stream({"/N": 3}, colours)
    named = TextStringObject("sRGB")
    catalog[NameObject("/OutputIntents")] = _pdf([{
        "/Type": "/OutputIntent", "/S": "/GTS_PDFA1", "/OutputConditionIdentifier": named, "/Info": named,
        "/DestOutputProfile": profile,
    }])  # fmt: skip
    return update.written()


def _digest(content: bytes) -> Any:
    from pypdf.generic import ByteStringObject

    return ByteStringObject(hashlib.md5(content, usedforsecurity=False).digest())


def _pdf(value: object) -> Any:
    """A value as PDF has it; a text that begins with a stroke is a name."""
    from pypdf.generic import (
        ArrayObject,
        BooleanObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        PdfObject,
    )

    if isinstance(value, PdfObject):
        return value
    if isinstance(value, Mapping):
        return DictionaryObject({NameObject(key): _pdf(each) for key, each in value.items()})
    if isinstance(value, list):
        return ArrayObject(map(_pdf, value))
    if isinstance(value, bool):
        return BooleanObject(value)
    return NumberObject(value) if isinstance(value, int) else NameObject(value)


class _Update:
    """Objects of a PDF that are changed or new, to be written after its end; the file up to there stays as it is."""

    def __init__(self, content: bytes) -> None:
        from pypdf import PdfReader

        self.content = content
        self.reader = PdfReader(io.BytesIO(content))
        self._objects: dict[int, Any] = {}
        self._next: int = cast(Any, self.reader.trailer["/Size"])

    def of(self, reference: Any) -> Any:
        """The object behind a reference, to be changed."""
        return self._objects.setdefault(reference.idnum, reference.get_object())

    def streams(self) -> Iterator[Any]:
        """The streams of the file: pages, pictures, faces."""
        from pypdf.generic import IndirectObject, StreamObject

        for number in sorted(self.reader.xref.get(0, ())):
            found = IndirectObject(number, 0, self.reader).get_object()
            if isinstance(found, StreamObject):
                yield found

    def put(self, value: object) -> Any:
        """Add an object and give the reference to it."""
        self._next += 1
        return self._put(self._next - 1, _pdf(value))

    def put_stream(
        self, about: Mapping[str, object], content: bytes, number: int = 0, packed: bool = True
    ) -> Any:
        """Add a stream, or put it in the place of the object with this number, and give the reference to it."""
        from pypdf.generic import NameObject, StreamObject

        stream = StreamObject()
        stream.update(_pdf(about))
        stream.set_data(zlib.compress(content) if packed else content)
        if packed:
            stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        return self._put(number, stream) if number else self.put(stream)

    def _put(self, number: int, value: Any) -> Any:
        from pypdf.generic import IndirectObject

        self._objects[number] = value
        return IndirectObject(number, 0, self.reader)

    def written(self) -> bytes:
        """The file with its update."""
        before, trailer = len(self.content), cast(Any, self.reader.trailer)
        body, places = io.BytesIO(), {}
        for number, value in sorted(self._objects.items()):
            places[number] = before + body.tell()
            body.write(b"%d 0 obj\n" % number)
            value.write_to_stream(body)
            body.write(b"\nendobj\n")
        table, start = self._next, before + body.tell()
        places[table] = start
        runs = [
            [number for _, number in run]
            for _, run in groupby(enumerate(places), lambda each: each[1] - each[0])
        ]
        first, _ = trailer["/ID"]
        last = int(self.content[self.content.rindex(b"startxref") :].split()[1])
        about = {
            "/Type": "/XRef", "/Size": table + 1, "/W": [1, 4, 2], "/Prev": last,
            "/Index": [part for run in runs for part in (run[0], len(run))],
            "/Root": trailer.raw_get("/Root"), "/Info": trailer.raw_get("/Info"),
            "/ID": [first, _digest(body.getvalue())],
        }  # fmt: skip
        rows = b"".join(b"\1" + place.to_bytes(4, "big") + b"\0\0" for place in places.values())
        reference = self.put_stream(about, rows, table)
        body.write(b"%d 0 obj\n" % table)
        self._objects.pop(reference.idnum).write_to_stream(body)
        body.write(b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
        return self.content + body.getvalue()
