"""What makes a laid-out book a printer's: trim, bleed and crop marks, the output intent, the marks of PDF/X-4.

It writes into a PDF that the engine has painted in the inks of a press. Boxes and marks are its own, because the engine
ends the sheet where the bleed ends and draws its marks inside it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import pydyf

MARK, AWAY = 5, 1  # millimetres: the length of a crop mark, and its distance from the bleed
VERSION = "PDF/X-4"
_POINTS = 72 / 25.4  # of a millimetre
_LINE = 0.25  # points


def finish(pdf: Any, metadata: Any, profile: bytes, name: str, bleed: int, marks: bool) -> None:
    """Make every page of a PDF a printer's, and say for which press its inks are.

    Args:
        pdf: as the engine has made it, before it is written.
        metadata: the document's, with the moment at which it was made.
        profile: the ICC profile of the press.
        name: what the profile calls itself.
        bleed: millimetres of colour over each edge of a page that is cut.
        marks: whether the sheet is larger than the bleed and bears crop marks.
    """
    spaces = _colour_spaces(pdf)
    spaces.clear()  # spaces that no page is painted in
    marks_of: dict[tuple[float, ...], Any] = {}
    for page in [item for item in pdf.objects if _is_page(item)]:
        _, _, wide, high = map(float, page["TrimBox"])
        turned = wide > high  # lies on its side: the printer's sheets all stand
        if turned:
            wide, high = high, wide
        trim = (0.0, 0.0, wide, high)
        painted = _around(trim, bleed)
        sheet = _around(painted, MARK + AWAY) if marks else painted
        if trim not in marks_of:
            marks_of[trim] = _put(pdf, pydyf.Stream([*_marks(trim, bleed + AWAY)] if marks else []))
        page |= {"TrimBox": _box(trim), "BleedBox": _box(painted), "MediaBox": _box(sheet)}
        page["Group"] = pydyf.Dictionary({"S": "/Transparency", "CS": "/DeviceCMYK"})
        left, foot, right, top = painted
        cut = [f"q {left:.3f} {foot:.3f} {right - left:.3f} {top - foot:.3f} re W n"]
        before = _put(pdf, pydyf.Stream([*cut, f"0 1 -1 0 {wide:.3f} 0 cm"] if turned else cut))
        after = _put(pdf, pydyf.Stream(["Q"]))
        contents = (before.reference, page["Contents"], after.reference, marks_of[trim].reference)
        page["Contents"] = pydyf.Array(contents)
    if marks:
        every_ink = pydyf.Dictionary({"FunctionType": 2, "Domain": "[0 1]", "C0": "[0 0 0 0]", "C1": "[1 1 1 1]", "N": 1})  # fmt: skip
        spaces["All"] = pydyf.Array(["/Separation", "/All", "/DeviceCMYK", every_ink])
    press = _put(pdf, pydyf.Stream([profile], {"N": 4}, compress=True))
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFX", "DestOutputProfile": press.reference}
    intent |= {key: pydyf.String(name) for key in ("OutputConditionIdentifier", "OutputCondition", "Info")}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    pdf.info["Trapped"] = "/False"
    pdf.info["GTS_PDFXVersion"] = pydyf.String(VERSION)
    about = pydyf.Stream([_about(metadata)], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.catalog["Metadata"] = _put(pdf, about).reference


def _put(pdf: Any, item: Any) -> Any:
    """An object, put into a PDF."""
    pdf.add_object(item)
    return item


def _is_page(item: Any) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"


def _colour_spaces(pdf: Any) -> Any:
    """The dictionary of colour spaces that all pages share."""
    return next(item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and "lab-d50" in item)


def _around(box: Sequence[float], millimetres: int) -> tuple[float, float, float, float]:
    left, foot, right, top = box
    room = millimetres * _POINTS
    return left - room, foot - room, right + room, top + room


def _box(sides: Sequence[float]) -> Any:
    return pydyf.Array([round(side, 3) for side in sides])


def _marks(trim: Sequence[float], away: int) -> Sequence[str]:
    """Two lines at each corner of the trim, in every ink, so many millimetres off."""
    left, foot, right, top = trim
    near, far = away * _POINTS, (away + MARK) * _POINTS
    lines = [f"q {_LINE} w /All CS 1 SCN"]
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((foot, -1), (top, 1)):
            lines.append(f"{x + out * near:.3f} {y:.3f} m {x + out * far:.3f} {y:.3f} l S")
            lines.append(f"{x:.3f} {y + up * near:.3f} m {x:.3f} {y + up * far:.3f} l S")
    return [*lines, "Q"]


def _about(metadata: Any) -> bytes:
    """What a file of this version says of itself, in XMP."""
    made, title = metadata.created, escape(metadata.title)
    authors = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in metadata.authors)
    known = uuid.UUID(bytes=hashlib.sha256(f"{title} {made}".encode()).digest()[:16], version=4)
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate><xmp:MetadataDate>{made}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{known}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>{VERSION}</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
