"""How the book is made: `print` in data/report.yml, and the cover picture of `brand`."""

from __future__ import annotations

import re

from esgreport.amounts import Number
from esgreport.load.project import Project
from esgreport.model import A4, Book, Name
from esgreport.pictures import Separation
from esgreport.source import Node, Sequence, inside

TRIMS = {"A4": A4}
# The text is 168 mm wide whatever the trim: a narrower page would leave no margins. On a lower one the cover's title
# would run into its picture.
NARROWEST, WIDEST, LOWEST, HIGHEST = 200, 230, 270, 320
MOST_FOLIO = 9_000
MOST_FOLDED = 32  # pages of a sheet that is folded
MARKS = ("crop", "none")
_PROFILE = re.compile(r"assets/[A-Za-z0-9_][A-Za-z0-9_./-]*\.(?:icc|icm)\Z")
_KEYS = ("trim", "first_folio", "cover", "inside_cover", "boundary", "marks", "multiple_of", "profile")


def read_book(project: Project, node: Node | None, picture: Node | None) -> Book:
    """The book that is asked for; `picture` names the one on its cover."""
    shapes = project.shapes
    entries = shapes.mapping(node, "print", _KEYS)
    folio = shapes.whole(entries.get("first_folio"), "first_folio", MOST_FOLIO)
    if folio == 0:
        message, help = "the first page cannot be page 0", "write 1 or more"
        shapes.refuse(entries["first_folio"].place, message, help, "bad-number")
    name = shapes.text(picture, "the cover picture")
    sheets = shapes.whole(entries.get("multiple_of"), "multiple_of", MOST_FOLDED)
    if sheets == 0:
        message, help = "no number of pages is a multiple of 0", "write 1, 2, 4, 8 or 16"
        shapes.refuse(entries["multiple_of"].place, message, help, "bad-number")
    return Book(
        trim=_trim(project, entries.get("trim")),
        first_folio=folio or 1,
        covers=shapes.yes(entries.get("cover"), "cover", True),
        inside_cover=shapes.yes(entries.get("inside_cover"), "inside_cover", False),
        boundary=tuple(
            Name(item.text, item.place) for item in shapes.items(entries.get("boundary"), "boundary")
        ),
        picture=Name(name, picture.place) if name and picture is not None else None,
        marks=shapes.choice(entries.get("marks"), "what marks a page that is cut", MARKS, "crop") == "crop",
        multiple_of=sheets or 1,
        profile=_profile(project, entries.get("profile")),
    )


def _profile(project: Project, node: Node | None) -> Name | None:
    """The ICC profile of the printer's press, a file of content/assets that is one."""
    shapes = project.shapes
    name = shapes.text(node, "the profile of the press")
    if not name or node is None:
        return None
    path = project.root / "content" / name
    help = f"put the file that the printer names into content/assets, and write profile: assets/{name.rpartition('/')[2]}"
    if not _PROFILE.match(name) or ".." in name or not inside(project.root / "content", path):
        message = f"{name} is not an ICC profile in content/assets"
        shapes.refuse(node.place, message, help, "bad-profile")
        return None
    try:
        Separation(path.read_bytes())
    except FileNotFoundError:
        shapes.refuse(node.place, f"content/{name} is not there", help, "bad-profile")
        return None
    except ValueError as reason:
        help = "ask the printer for the ICC profile of his press and paper, for four inks"
        shapes.refuse(node.place, f"content/{name} cannot be used: {reason}", help, "bad-profile")
        return None
    return Name(name, node.place)


def _trim(project: Project, node: Node | None) -> tuple[Number, Number]:
    """Width and height in millimetres, of a name or of two numbers."""
    shapes = project.shapes
    if not isinstance(node, Sequence):
        return TRIMS[shapes.choice(node, "a trim size that has a name", TRIMS, "A4")]
    sizes = [shapes.number(item, "the trim size") for item in node.items]
    if None in sizes:
        return A4
    if len(sizes) != 2:
        message = "a trim size is a width and a height, in millimetres"
        shapes.refuse(node.place, message, "write trim: [210, 285], or trim: A4")
        return A4
    width, height = (size for size in sizes if size)
    if not (NARROWEST <= width.exact <= WIDEST and LOWEST <= height.exact <= HIGHEST):
        message = f"the book cannot be made {width} × {height} mm"
        help = f"its width is {NARROWEST} to {WIDEST} mm, its height {LOWEST} to {HIGHEST} mm; write the width first"
        shapes.refuse(node.place, message, help, "bad-number")
        return A4
    return width, height
