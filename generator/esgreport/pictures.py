"""Pictures: may this file be used, and is it what its name says? The only door to Pillow and defusedxml.

A photograph is a PNG or JPEG of a size that cannot fill a machine's memory; a drawing is an SVG that draws
and does nothing else: no script, no handler, no style sheet, no reference to anything outside itself.
"""

from __future__ import annotations

import io
import warnings

from defusedxml.ElementTree import fromstring
from PIL import Image

SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
MOST_BYTES = 30 << 20
MOST_PIXELS = 60_000_000
MOST_ELEMENTS = 20_000
MOST_USES = 200
DRAWING_ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs lineargradient radialgradient stop clippath "
    "title desc marker symbol use mask pattern".split()
)


def fault(content: bytes, suffix: str) -> str:
    """Why this picture cannot be used, in plain words; "" if it can."""
    if len(content) > MOST_BYTES:
        return f"the file is larger than {MOST_BYTES >> 20} MB"
    return _drawing_fault(content) if suffix.lower() == ".svg" else _photograph_fault(content, suffix.lower())


def _drawing_fault(content: bytes) -> str:
    for mark, what in ((b"<!DOCTYPE", "a document type"), (b"<!ENTITY", "an entity"), (b"<?XML-STYLESHEET", "a style sheet")):
        if mark in content.upper():
            return f"the drawing brings {what} of its own"
    try:
        root = fromstring(content, forbid_dtd=True)
    except Exception:  # the parser's many kinds of complaint all mean one thing
        return "the drawing is not well-formed SVG"
    count = uses = 0
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        count, uses = count + 1, uses + (name == "use")
        if name not in DRAWING_ELEMENTS:
            return f"the drawing holds <{name[:20]}>, which is not for drawing"
        if count > MOST_ELEMENTS or uses > MOST_USES:
            return "the drawing has too many parts"
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            if attribute.startswith("on") or "javascript:" in value.lower():
                return f"the drawing would run a script ({attribute})"
            if (attribute in ("href", "src") and not value.startswith("#")) or "url(" in value.replace("url(#", ""):
                return f"the drawing refers to something outside itself ({attribute})"
    return ""


def _photograph_fault(content: bytes, suffix: str) -> str:
    wanted = "PNG" if suffix == ".png" else "JPEG"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
                if image.width * image.height > MOST_PIXELS:
                    return f"the picture has {image.width} × {image.height} pixels, more than {MOST_PIXELS // 1_000_000} million"
                if image.format != wanted:
                    return f"the file is a {image.format}, not a {wanted} as its name says"
                image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"the file is not a readable {wanted} picture"
    return ""
