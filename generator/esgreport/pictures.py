"""Pictures: may this file be used, is it what its name says, and how is it made ready? The only door to Pillow and
defusedxml.

A photograph is a PNG or JPEG of a size that cannot fill a machine's memory; a drawing is an SVG that draws
and does nothing else: no script, no handler, no style sheet, no reference to anything outside itself.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from PIL import Image, ImageCms, ImageColor, ImageDraw, ImageFile, ImageFont, ImageMath, ImageOps

_VIEW = re.compile(
    r"""<svg\b[^>]*?\bviewBox\s*=\s*["']\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(?P<width>\d+(\.\d+)?)[\s,]+(?P<height>\d+(\.\d+)?)\s*["']"""
)
MOST_HEAD = 4_000  # bytes in which a drawing says how large it is
_ORIENTATION = 0x0112  # of EXIF: from 5 on the camera was held upright
_FORMATS = {"PNG": ("PNG",), "JPEG": ("JPEG", "MPO")}  # MPO: a telephone's JPEG with a second picture
SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
_NAME = re.compile(r"assets/[A-Za-z0-9_][A-Za-z0-9_./-]*\.(?:png|jpe?g|svg)\Z")
MOST_INK = 300  # percent of all four inks together: more does not dry
MOST_GREY = 4  # of 255, by which the parts of a grey may differ
RECIPE = "1"  # part of the key of kept pictures: raise it when the way of making them ready changes
MOST_NAME = 200  # characters: file systems end at 255
MOST_BYTES = 30 << 20
MOST_PIXELS = 60_000_000
MOST_ELEMENTS = 20_000
MOST_DEPTH = 50
MOST_DRAWN = 200_000
DRAWING_ELEMENTS = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs"}
    | {
        "lineargradient",
        "radialgradient",
        "stop",
        "clippath",
        "title",
        "desc",
        "marker",
        "symbol",
        "use",
        "mask",
    }
    | {"pattern"}
)
_SVG = "{http://www.w3.org/2000/svg}"
_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)[\"']")
_TARGET = re.compile(r"url\(\s*[\"']?\s*(#?)([^\"')]*)")
_OUTSIDE = re.compile(r"://|\\|@import|image-set\(|src\(|expression\(|javascript:|data:|file:")


def usable_name(name: str) -> bool:
    """Whether this can name a picture of content/assets, and nothing outside it."""
    return bool(_NAME.match(name)) and ".." not in name and len(name) <= MOST_NAME


def fault(content: bytes, suffix: str) -> str:
    """Why this picture cannot be used, in plain words; "" if it can."""
    if len(content) > MOST_BYTES:
        return f"the file is larger than {MOST_BYTES >> 20} MB"
    return _drawing_fault(content) if suffix.lower() == ".svg" else _photograph_fault(content, suffix.lower())


def _drawing_fault(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "the drawing is not UTF-8 text"
    declaration = _DECLARATION.match(text)
    encoding = _ENCODING.search(declaration.group()) if declaration else None
    if encoding and encoding[1].lower() not in ("utf-8", "us-ascii"):
        return "the drawing is not UTF-8 text"
    upper = text[declaration.end() :].upper() if declaration else text.upper()
    for mark, what in (
        ("<!DOCTYPE", "a document type"),
        ("<!ENTITY", "an entity"),
        ("<?XML-STYLESHEET", "a style sheet"),
        ("<?", "an instruction"),
    ):
        if mark in upper:
            return f"the drawing brings {what} of its own"
    try:
        root = fromstring(text.encode(), forbid_dtd=True)
    except Exception:  # the parser's many kinds of complaint all mean one thing
        return "the drawing is not well-formed SVG"
    if root.tag != f"{_SVG}svg":
        return "the file is not an SVG drawing"
    return _element_fault(root) or _repetition_fault(root)


def _element_fault(root: Element) -> str:
    """The first element or attribute that does more than draw."""
    waiting = [(root, 1)]
    count = 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if count > MOST_ELEMENTS or depth > MOST_DEPTH:
            return "the drawing has too many parts"
        namespace, _, name = str(element.tag).rpartition("}")
        if namespace + "}" != _SVG or name.lower() not in DRAWING_ELEMENTS:
            return f"the drawing holds <{name[:20]}>, which is not for drawing"
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            low = value.lower()
            if attribute.startswith("on") or "javascript:" in low:
                return f"the drawing would run a script ({attribute[:20]})"
            if attribute.startswith(("aria-", "data-")):
                continue  # words for screen readers and programs: nothing is fetched for them
            leads_out = attribute in ("href", "src", "base") and not low.startswith("#")
            if leads_out or _OUTSIDE.search(low) or any(not own for own, _ in _TARGET.findall(low)):
                return f"the drawing refers to something outside itself ({attribute[:20]})"
        waiting += [(child, depth + 1) for child in element]
    return ""


def _repetition_fault(root: Element) -> str:
    """Parts that use parts that use parts: a short drawing may be without end when it is drawn."""
    named: dict[str, list[Element]] = {}
    for element in root.iter():
        if id := element.get("id"):
            named.setdefault(id, []).append(element)
    sizes: dict[str, int] = {}

    def size(id: str) -> int:
        """Elements drawn for the part `id`; too many when it is within itself."""
        if id not in sizes:
            sizes[id] = MOST_DRAWN + 1  # while it is being counted
            sizes[id] = sum(drawn(part) for part in named.get(id, ()))
        return sizes[id]

    def drawn(part: Element) -> int:
        total = 0
        for element in part.iter():
            total += 1 + sum(size(target) for target in _targets(element))
            if total > MOST_DRAWN:
                break
        return total

    try:
        return "the drawing repeats its parts too often" if drawn(root) > MOST_DRAWN else ""
    except RecursionError:
        return "the drawing repeats its parts too often"


def _targets(element: Element) -> list[str]:
    """The ids of the drawing's own parts that an element uses."""
    found = []
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == "href":
            found.append(value.removeprefix("#"))
        found += [id for _, id in _TARGET.findall(value)]
    return found


@dataclass(frozen=True, slots=True)
class Lettering:
    """A line of text to be painted: where it begins, how large, in which colour and face. It is made smaller until it
    is no wider than `most`."""

    text: str
    at: tuple[int, int]
    size: int
    colour: str
    face: Path
    most: int


def painted(
    size: tuple[int, int],
    sky: tuple[str, str],
    areas: Iterable[tuple[str, Sequence[tuple[int, int]]]],
    lines: Iterable[Lettering],
) -> bytes:
    """A PNG: a sky from its top colour to its foot, areas over each other (colour, corners), and lettering."""
    width, height = size
    top, foot = (ImageColor.getrgb(colour) for colour in sky)
    image = Image.new("RGB", (width * 2, height * 2))  # twice as large, so that edges are smooth
    draw = ImageDraw.Draw(image)
    for y in range(height * 2):
        shade = tuple(a + (b - a) * y // (height * 2) for a, b in zip(top, foot, strict=True))
        draw.line([(0, y), (width * 2, y)], fill=shade)
    for colour, corners in areas:
        draw.polygon([(x * 2, y * 2) for x, y in corners], fill=colour)
    image = image.resize(size, Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(image)
    for line in lines:
        points = line.size
        while points > 12 and ImageFont.truetype(line.face, points).getlength(line.text) > line.most:
            points -= 2
        draw.text(
            line.at, line.text, fill=line.colour, font=ImageFont.truetype(line.face, points), anchor="ls"
        )
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Photograph:
    """What can be told of a photograph without printing it: pixels as it is seen, and its colours."""

    width: int
    height: int
    cmyk: bool
    profiled: bool


def proportions(drawing: bytes) -> tuple[int, int]:
    """How wide and how high a drawing is, so that pages keep room for it; (0, 0) where it does not say."""
    match = _VIEW.search(drawing[:MOST_HEAD].decode("utf-8", "replace"))
    if match is None:
        return 0, 0
    width, height = (round(Fraction(match[side])) for side in ("width", "height"))
    return (width, height) if width and height else (0, 0)


def photograph(content: bytes) -> Photograph | None:
    """What a photograph is; None for a drawing or what cannot be read."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            turned = image.getexif().get(_ORIENTATION, 1) > 4
            width, height = reversed(image.size) if turned else image.size
            return Photograph(width, height, image.mode == "CMYK", bool(image.info.get("icc_profile")))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def prepared(content: bytes, suffix: str, most: int, press: Separation | None = None) -> bytes:
    """A picture as it is published: at most `most` pixels wide or high, upright, in the colours of screens or in the inks
    of a press, and without what cameras write beside it (places, times, names). A drawing stays as it is."""
    if suffix.lower() == ".svg":
        return content
    if press:
        return press.photograph(content, most)
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
        profile = opened.info.get("icc_profile")
        image: Image.Image = ImageOps.exif_transpose(opened)
    image = _for_screens(image, profile)
    image.info.clear()  # a comment, places, times
    image.thumbnail((most, most), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if suffix.lower() == ".png":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    return out.getvalue()


def key(content: bytes, suffix: str, most: int, press: Separation | None = None) -> str:
    """What `prepared` depends on: where it is the same, so are the bytes that come out."""
    recipe = [RECIPE, version("pillow"), suffix.lower(), str(most), hashlib.sha256(content).hexdigest()]
    if press:
        recipe.append(hashlib.sha256(press.profile).hexdigest())
    return hashlib.sha256("\n".join(recipe).encode()).hexdigest()[:32]


def _for_screens(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, by its own profile where it has one that can be used."""
    kept = (
        image.mode
        if image.mode in ("L", "LA", "RGB", "RGBA")
        else "RGBA"
        if "transparency" in image.info
        else "RGB"
    )
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
            converted = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
            return converted if converted is not None else image
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that cannot be used counts as none, like a browser does it
    return image if image.mode == kept else image.convert(kept)


class Separation:
    """Colours of screens as the four inks of a press, by its ICC profile, with no more ink than paper takes.

    Raises:
        ValueError: the profile is not one of a press with four inks.
    """

    def __init__(self, profile: bytes) -> None:
        try:
            self._press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        except (ImageCms.PyCMSError, OSError):
            raise ValueError("it is no ICC profile") from None
        described = self._press.profile
        if described.xcolor_space.strip() != "CMYK" or described.device_class != "prtr":
            raise ValueError("it is not the profile of a press with four inks")
        self.profile = profile
        self.name = described.profile_description or "CMYK"

    def inks(self, red: int, green: int, blue: int) -> tuple[int, ...]:
        """Cyan, magenta, yellow and black of a colour, each of 255: three of them at most, as a letter in four is blurred by
        the least shift between them. A grey is black ink alone."""
        if max(red, green, blue) - min(red, green, blue) <= MOST_GREY:
            return 0, 0, 0, 255 - (299 * red + 587 * green + 114 * blue) // 1000
        screen = ImageCms.createProfile("sRGB")
        aim = _converted([(red, green, blue)], "RGB", self._way(screen, self._lab, "RGB", "LAB"))[0]
        (start,) = _converted(
            [(red, green, blue)], "RGB", self._way(screen, self._press.profile, "RGB", "CMYK")
        )
        least = start.index(min(start[:3]))
        inks = (*(ink - start[least] for ink in start[:3]), min(255, start[3] + start[least]))
        back = self._way(self._press.profile, self._lab, "CMYK", "LAB")
        others = [place for place in range(4) if place != least]
        step = 32
        while step:  # from near by, to what looks most like it in these three
            near = {inks} | {_moved(inks, others, ways, step) for ways in product((-1, 0, 1), repeat=3)}
            seen = sorted(each for each in near if sum(each) * 100 <= MOST_INK * 255)
            looks = _converted(seen, "CMYK", back)
            best = min(range(len(seen)), key=lambda place: _apart(looks[place], aim))
            if seen[best] == inks:
                step //= 2
            inks = seen[best]
        return inks

    @cached_property
    def _lab(self) -> Any:
        return ImageCms.createProfile("LAB")

    def _way(self, one: Any, other: Any, mode: str, into: str) -> ImageCms.ImageCmsTransform:
        exact, black = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        return ImageCms.buildTransform(one, other, mode, into, exact, black)

    def photograph(self, content: bytes, most: int) -> bytes:
        """A photograph as a JPEG in these inks, at most `most` pixels wide or high; a grey one is black ink alone. What was
        transparent is paper. A picture in four inks that does not say for which press is taken to be for this one."""
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            profile = opened.info.get("icc_profile")
            image: Image.Image = ImageOps.exif_transpose(opened)
        image.info.pop("icc_profile", None)
        if image.mode != "CMYK":
            image = _on_paper(image)
        image.thumbnail((most, most), Image.Resampling.LANCZOS)
        if image.mode == "L":
            return _jpeg(image)
        for limit in range(MOST_INK - 10, 200, -15):  # what JPEG makes of it may be a little more
            made = _jpeg(_limited(self._separated(image, profile), limit))
            with Image.open(io.BytesIO(made)) as read:
                if most_ink(read) <= MOST_INK:
                    return made
        raise AssertionError("a picture of so little ink has never too much")

    def _separated(self, image: Image.Image, profile: bytes | None) -> Image.Image:
        ways = [ImageCms.createProfile("sRGB")] if image.mode != "CMYK" else []
        if profile:
            with suppress(
                ImageCms.PyCMSError, OSError
            ):  # one that cannot be used counts as none, like a browser does it
                ways.insert(0, ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile)
        for own in ways:
            with suppress(ImageCms.PyCMSError):
                made = ImageCms.profileToProfile(
                    image, ImageCms.ImageCmsProfile(own), self._press, ImageCms.Intent.PERCEPTUAL, "CMYK"
                )
                assert made is not None
                return made
        return image


def _converted(
    colours: Sequence[tuple[int, ...]], mode: str, way: ImageCms.ImageCmsTransform
) -> list[tuple[int, ...]]:
    """Colours after a transform, part by part."""
    dots = Image.frombytes(mode, (len(colours), 1), bytes(part for colour in colours for part in colour))
    made = ImageCms.applyTransform(dots, way)
    assert made is not None
    parts, each = made.tobytes(), len(made.getbands())
    return [tuple(parts[at : at + each]) for at in range(0, len(parts), each)]


def _moved(inks: tuple[int, ...], places: Sequence[int], ways: Sequence[int], step: int) -> tuple[int, ...]:
    moved = list(inks)
    for place, way in zip(places, ways, strict=True):
        moved[place] = min(255, max(0, moved[place] + way * step))
    return tuple(moved)


def _apart(one: Sequence[int], other: Sequence[int]) -> int:
    """How unlike two colours of L*a*b* look: lightness is written from 0 to 255, a and b round the corner at 128."""
    lightness, *tints = (a - b for a, b in zip(one, other, strict=True))
    around = ((tint + 128) % 256 - 128 for tint in tints)
    return lightness * lightness * 100**2 // 255**2 + sum(tint * tint for tint in around)


def _on_paper(image: Image.Image) -> Image.Image:
    """A picture without anything transparent, in RGB or, where it has no colours, in grey."""
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(whole, mask=whole.getchannel("A"))
    if image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode in ("1", "I;16") else "RGB")
    return image


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "JPEG", quality=94, optimize=True)
    return out.getvalue()


def _strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """An image in pieces that need little memory, each with its upper edge."""
    for top in range(0, image.height, 128):
        yield top, image.crop((0, top, image.width, min(top + 128, image.height)))


def _limited(image: Image.Image, most: int) -> Image.Image:
    """The picture with at most so much ink, in percent; black stays, the three others give way alike."""
    limit = most * 255 // 100
    made = image.copy()
    for top, strip in _strips(image):
        *coloured, black = strip.split()

        def less(inks: dict[str, Any]) -> Any:
            three = inks["c"] + inks["m"] + inks["y"]
            over = inks["max"](three + inks["k"] - limit, 0)
            return inks["convert"](inks["x"] - (over * inks["x"] + three - 1) / inks["max"](three, 1), "L")

        named = dict(zip("cmy", coloured, strict=True), k=black)
        bands = [ImageMath.lambda_eval(less, x=band, **named) for band in coloured]
        made.paste(Image.merge("CMYK", [*bands, black]), (0, top))
    return made


def most_ink(image: Image.Image) -> int:
    """The ink of the place that has most of it, in percent, rounded up."""
    most = 0
    for _, strip in _strips(image):
        bands = dict(zip("cmyk", strip.split(), strict=True))
        total = ImageMath.lambda_eval(lambda inks: inks["c"] + inks["m"] + inks["y"] + inks["k"], **bands)
        most = max(most, int(total.getextrema()[1]))
    return -(-most * 100 // 255)


def _photograph_fault(content: bytes, suffix: str) -> str:
    wanted = "PNG" if suffix == ".png" else "JPEG"
    too_large = f"the picture has more than {MOST_PIXELS // 1_000_000} million pixels"
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint sets it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
                if image.width * image.height > MOST_PIXELS:
                    return too_large
                if image.format not in _FORMATS[wanted]:
                    return f"the file is a {image.format}, not a {wanted} as its name says"
                if wanted == "PNG":
                    image.verify()
                else:  # verify() does not look into a JPEG: read it through, at an eighth of its size
                    image.draft("L", (image.width // 8, image.height // 8))
                    image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return too_large
    except Exception:  # a broken picture makes Pillow stumble in many ways
        return f"the file is not a readable {wanted} picture"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return ""
