"""Faces: the fonts that editions are set in. The only door to fontTools.

`faces.json` beside this module lists every face with its source and digest; the files lie in a folder
that the caller names. From them come the characters that can be printed, and for the websites small
WOFF2 files of just the characters that the pages use. This module knows nothing of reports.

fontTools is imported when a face is cut or is not ours: what characters a usual face has is read without it, for every check.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from esgreport.workers import worked_out

LIST = Path(__file__).with_name("faces.json")

# The tables of characters in a face, the fullest first: (platform, encoding).
UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
HAN = 0x4E00  # 一: a face with this character is a Han face, subset to the text alone
LATIN_MARKS = "‐‑‒–—‘’“”†‡•…‰€™←↑→↓−∕≈≠≤≥▲▼◆"
LATIN = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, LATIN_MARKS)])
# Full-width marks of Chinese text: always there, so that a word added by a script is not left without them.
HAN_MARKS = frozenset(map(ord, "、。，．；：？！（）「」『』《》〈〉／～·　"))
# Marks that Latin faces have too; in Simplified Chinese they are as wide as a character.
MAINLAND_MARKS = frozenset(map(ord, "‘’“”—…"))

LATIN_FEATURES = ("ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "sups", "tnum")
HAN_FEATURES = ("ccmp", "chws", "halt", "kern", "locl")
RECIPE = "1"  # part of the key of kept files: raise it when the way of subsetting changes


@dataclass(frozen=True, slots=True)
class Face:
    """One weight and style of a family, and the file it is in; a Han face is for one `language`."""

    family: str
    weight: int
    style: str
    path: Path
    sha256: str = ""
    licence: Path | None = None
    language: str = ""


class Unusable(ValueError):
    """A face that cannot or may not be used; the text says why, for its author."""


MOST_BYTES = 60 << 20
PLAIN = (b"\x00\x01\x00\x00", b"OTTO", b"true")  # how a TrueType or OpenType file begins
# Rights in a face's own table OS/2 (fsType): what its maker lets a document do with it.
RESTRICTED, PRINT_OR_EDIT, UNCUT, BITMAPS = 0x0002, 0x000C, 0x0100, 0x0200


def own_face(path: Path, role: str) -> Face:
    """A face of the company's own for a role; weight and style are those that the file says.

    Raises:
        Unusable: it is not a plain face, or its maker does not let it be embedded.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Unusable(f"the file is larger than {MOST_BYTES >> 20} MB")
    with path.open("rb") as stream:
        plain = stream.read(4) in PLAIN
    from fontTools.ttLib import TTFont

    try:
        if not plain:  # packed, or several in one file
            raise ValueError
        with TTFont(path, lazy=True) as font:
            os2, tables, points = font["OS/2"], set(font.keys()), font.getBestCmap()
            rights, weight, slanted = os2.fsType, os2.usWeightClass, os2.fsSelection & 1
    except Exception as reason:  # whatever fontTools meets in a file that is none
        raise Unusable("it is not a TrueType or OpenType face") from reason
    if "fvar" in tables or not tables & {"glyf", "CFF "} or not points:
        raise Unusable("it is a variable or bitmap face; give a file for each weight")
    if rights & RESTRICTED and not rights & PRINT_OR_EDIT:
        raise Unusable("its maker does not let it be embedded in documents")
    if rights & UNCUT:
        raise Unusable("its maker does not let it be cut down to the characters used")
    if rights & BITMAPS:
        raise Unusable("its maker lets only bitmaps of it be embedded")
    family = f"Brand {role} Han" if HAN in points else f"Brand {role}"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Face(family, weight, "italic" if slanted else "normal", path, digest)


def own_layer(own: Sequence[Face], tokens: str) -> str:
    """A layer of tokens that sets the company's own faces before those that `tokens` gives a role, which print what they lack.

    In Simplified Chinese the tool's Han face stays before a Latin one, for its marks; see `left_to_latin`.
    """
    layer = ""
    for role in dict.fromkeys(face.family.split()[1] for face in own):
        behind = re.findall(rf"--{role}:\s*([^;}}]+)", tokens)[-1].strip()
        names = sorted({face.family for face in own if face.family.split()[1] == role})  # Latin before Han
        stack = ", ".join(f'"{name}"' for name in names)
        layer += f":root {{ --{role}: {stack}, {behind}; }}\n"
        if not any(name.endswith("Han") for name in names):
            marks = "Noto Sans SC" if "--sans" in behind else "Noto Serif SC"
            layer += f':root:lang(zh-Hans) {{ --{role}: "{marks}", {stack}, {behind}; }}\n'
    return layer


def faces_folder(project: Path) -> Path:
    """Where the faces are: in the project's cache, in that of the repository the tool runs from, else in the user's own,
    where `esgreport fonts` puts them for all projects."""
    for folder in (project, Path(__file__).parents[2]):
        if (faces := folder / ".cache" / "fonts").is_dir():
            return faces
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "esgreport" / "fonts"


def load_faces(folder: Path, languages: Iterable[str] = ()) -> tuple[Face, ...]:
    """The faces that a report in these languages needs, in the order of the list, with their files in `folder`.

    Without Chinese among them, the Han faces are those of Hong Kong: an English text may hold a Chinese name.

    Raises:
        FileNotFoundError: a face is not there; the machine is not set up.
    """
    listed = json.loads(LIST.read_text(encoding="utf-8"))
    needed = {language for language in languages if language.startswith("zh")} or {"zh-Hant"}
    licences = {entry["package"]: folder / entry["file"] for entry in listed["licences"]}
    faces = []
    for entry in listed["faces"]:
        language = entry.get("language", "")
        if language and language not in needed:
            continue
        path = folder / entry["file"]
        if not path.is_file():
            raise FileNotFoundError(
                f"the face {entry['file']} is missing; run `esgreport fonts` once (or `./run setup`, if you use ./run)"
            )
        licence = licences.get(entry["package"])
        faces.append(
            Face(entry["family"], entry["weight"], entry["style"], path, entry["sha256"], licence, language)
        )
    return tuple(faces)


def characters(face: Face) -> frozenset[int]:
    """The code points that the face has a glyph for, from its own character table."""
    return _characters_in(face.path.resolve())


@cache  # by the file itself: many reports share it, by links of their own
def _characters_in(path: Path) -> frozenset[int]:
    with path.open("rb") as stream:
        found = _characters(stream)
    if found is None:
        from fontTools.ttLib import TTFont

        with TTFont(path, lazy=True) as font:
            font.setGlyphOrder(
                [""] * font["maxp"].numGlyphs
            )  # nobody asks for names, which take long to make up
            return frozenset(font.getBestCmap())
    return found


def _characters(stream: BinaryIO) -> frozenset[int] | None:
    """What a TrueType or OpenType file says in its table `cmap`, of the forms 4 and 12; none if it has another."""
    (tables,) = struct.unpack(">4xH6x", stream.read(12))
    records = {name: start for name, start in struct.iter_unpack(">4s4xL4x", stream.read(16 * tables))}
    start = records[b"cmap"]
    stream.seek(start)
    (count,) = struct.unpack(">2xH", stream.read(4))
    parts = {
        (platform, kind): at for platform, kind, at in struct.iter_unpack(">HHL", stream.read(8 * count))
    }
    best = next((parts[key] for key in UNICODE_TABLES if key in parts), None)
    if best is None:
        return None
    stream.seek(start + best)
    form, *_, double = struct.unpack(">4H", stream.read(8))
    if form == 4:
        stream.seek(6, os.SEEK_CUR)
        ends = struct.unpack(f">{double // 2}H", stream.read(double))
        starts = struct.unpack(f">2x{double // 2}H", stream.read(2 + double))
        ranges = list(zip(starts, ends, strict=True))[:-1]  # the last one only closes the table
    elif form == 12:
        (groups,) = struct.unpack(">4xL", stream.read(8))
        ranges = [(first, last) for first, last, _ in struct.iter_unpack(">3L", stream.read(12 * groups))]
    else:
        return None
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


def drawn_glyphs(content: bytes) -> frozenset[int]:
    """The numbers of the glyphs that draw something in a face as it lies in a PDF; the box for what is missing, 0, is none."""
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(content), lazy=True)
    if "loca" in font:
        places = font["loca"].locations
        return frozenset(n for n, (begin, end) in enumerate(pairwise(places)) if n and end > begin)
    glyphs, drawn = font.getGlyphSet(), set()
    for number, name in enumerate(font.getGlyphOrder()):
        pen = RecordingPen()
        glyphs[name].draw(pen)
        if number and pen.value:
            drawn.add(number)
    return frozenset(drawn)


def missing_characters(text: str, families: Sequence[str], faces: Iterable[Face]) -> list[str]:
    """The characters of `text`, in code point order, that no face of the stack can print.

    White space, control characters and marks that only steer layout need no glyph.
    """
    stack = [face for face in faces if face.family in families]
    present = frozenset[int]().union(*(characters(face) for face in stack))
    return [c for c in sorted(set(text)) if ord(c) not in present and _needs_glyph(c)]


def left_to_latin(face: Face, faces: Iterable[Face]) -> frozenset[int]:
    """What a Han face has but does not print, because every Latin face of `faces` has it.

    So a stack may name the Han face first, as Simplified Chinese does for its marks, and letters stay Latin.
    """
    latin = [characters(other) for other in faces if HAN not in characters(other)]
    shared = frozenset.intersection(*latin) if latin else frozenset[int]()
    return shared - MAINLAND_MARKS if face.language == "zh-Hans" else shared


def write_web_faces(
    faces: Sequence[Face], text: str, out: Path, cache: Path | None = None, first: Sequence[str] = ()
) -> str:
    """Subset the faces to the characters of `text`, write them below `out`, return the CSS that loads them.

    The files lie in `out/faces`, their licences beside them; the CSS is meant for a file in `out`. Latin
    faces keep the whole of Latin, Han faces what no Latin face prints. A face that has nothing to print is
    left out. `cache` is a folder where finished subsets are kept by content.

    `first` are texts that many pages or the first ones hold: the characters of each that no earlier one has make a file of
    its own of a Han face, so that a page with a name in Chinese does not load a whole book's characters.
    """
    wanted = frozenset(map(ord, set(text)))
    asked_first = [frozenset(map(ord, set(words))) for words in first]
    orders: list[tuple[Face, frozenset[int]]] = []
    bounds: list[str] = []  # the characters that a file is asked for; all, where nothing is said
    for face in faces:
        known = characters(face)
        if HAN not in known:
            orders.append((face, (wanted | LATIN) & known))
            bounds.append("")
            continue
        rest = (wanted & known) - left_to_latin(face, faces)
        parts = []
        for points in asked_first:
            parts.append(rest & points)
            rest -= parts[-1]
        # Of rules with the same name the last that has a character is asked: what is left comes before its parts.
        orders.append((face, (rest | HAN_MARKS) & known - frozenset().union(*parts) if rest else rest))
        orders += [(face, part) for part in parts]
        bounds += ["", *map(_ranges, parts)]
    chosen = [(order, bound) for order, bound in zip(orders, bounds, strict=True) if order[1]]
    folder = out / "faces"
    folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for ((face, _), bound), data in zip(chosen, _subsets([order for order, _ in chosen], cache), strict=True):
        name = f"{face.path.stem}.{hashlib.sha256(data).hexdigest()[:12]}.woff2"
        (folder / name).write_bytes(data)
        if face.licence and face.licence.is_file():
            shutil.copyfile(face.licence, folder / face.licence.name)
        limit = f" unicode-range: {bound};" if bound else ""
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
            f'font-style: {face.style}; font-display: swap; src: url("faces/{name}") format("woff2");{limit} }}\n'
        )
    return "".join(rules)


@cache
def whole_web_faces(faces: tuple[Face, ...], address: str) -> str:
    """CSS that loads the faces as they are, by their files' names below `address`: for a preview on the same machine, where
    cutting takes longer than loading."""
    rules = []
    for face in faces:
        known = characters(face)
        bound = _ranges(known - left_to_latin(face, faces)) if HAN in known else ""
        limit = f" unicode-range: {bound};" if bound else ""
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
            f'font-display: swap; src: url("{address}{quote(face.path.name)}");{limit} }}\n'
        )
    return "".join(rules)


def _ranges(points: Iterable[int]) -> str:
    """Characters as a style sheet lists them: U+3001-3002, U+4E00."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ", ".join(f"U+{low:X}" + (f"-{high:X}" if high > low else "") for low, high in runs)


@cache
def versions() -> dict[str, str]:
    """The versions of the libraries that make the font files, for the record of a build."""
    return {library: version(library) for library in ("fonttools", "brotli")}


def _needs_glyph(character: str) -> bool:
    return not (
        unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Zs"}
        or 0xFE00 <= ord(character) <= 0xFE0F  # variation selectors
    )


def _subsets(orders: Sequence[tuple[Face, frozenset[int]]], cache: Path | None) -> list[bytes]:
    """The WOFF2 bytes of each order; those not kept yet are made in parallel processes."""
    if cache is None:
        return _made(orders)
    cache.mkdir(parents=True, exist_ok=True)
    kept = [cache / f"{_key(face, chosen)}.woff2" for face, chosen in orders]
    missing = [number for number, path in enumerate(kept) if not path.is_file()]
    for number, data in zip(missing, _made([orders[number] for number in missing]), strict=True):
        part = kept[number].with_suffix(f".{os.getpid()}")  # another build may be writing the same file
        part.write_bytes(data)
        part.replace(kept[number])
    return [path.read_bytes() for path in kept]


def _made(orders: Sequence[tuple[Face, frozenset[int]]]) -> list[bytes]:
    if not orders:
        return []
    calls = [partial(_subset, str(face.path), tuple(sorted(chosen))) for face, chosen in orders]
    return worked_out(calls, os.cpu_count() or 1, "the cutting of a face")


def _key(face: Face, chosen: frozenset[int]) -> str:
    digest = face.sha256 or hashlib.sha256(face.path.read_bytes()).hexdigest()
    listing = ",".join(f"{point:x}" for point in sorted(chosen))
    recipe = (RECIPE, *versions().values(), digest, listing)
    return hashlib.sha256("\n".join(recipe).encode()).hexdigest()[:32]


def _subset(path: str, points: tuple[int, ...]) -> bytes:
    """One face cut down to some characters, as WOFF2. The same input gives the same bytes: no clock."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "vhea", "vmtx", "VORG", "STAT"]
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        options.layout_features = list(HAN_FEATURES if HAN in font.getBestCmap() else LATIN_FEATURES)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=points)
        subsetter.subset(font)
        font.flavor = "woff2"
        buffer = BytesIO()
        font.save(buffer, reorderTables=False)
    return buffer.getvalue()
