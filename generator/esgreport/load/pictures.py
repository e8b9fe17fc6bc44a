"""data/pictures.yml: the pictures of the report, and what is said of each in every language."""

from __future__ import annotations

from dataclasses import replace

from esgreport.load.project import Project
from esgreport.model import Name, Picture
from esgreport.pictures import MOST_BYTES, photograph, proportions, usable_name
from esgreport.source import Scalar, exists, inside

PICTURES_FILE = "data/pictures.yml"


def read_pictures(project: Project) -> dict[str, Picture]:
    """The pictures by their ids."""
    if not exists(project.root, PICTURES_FILE):
        return {}
    found = {}
    for key, value in project.shapes.entries(project.yaml(PICTURES_FILE), "pictures.yml"):
        entry = project.shapes.mapping(
            value,
            f'the picture "{key.text}"',
            ("file", "alt", "caption", "credit", "generated"),
            ("file", "alt"),
        )
        file = entry.get("file")
        if not isinstance(file, Scalar):
            continue
        if not usable_name(file.text):
            message = f'"{file.text[:60]}" is not a picture of this report'
            help = "put a PNG, JPEG or SVG into content/assets and write file: assets/name.png"
            project.shapes.refuse(file.place, message, help, "bad-picture")
            continue
        picture = Picture(
            key.text,
            Name(file.text, file.place),
            project.shapes.wording(entry.get("alt"), f'what "{key.text}" shows'),
            key.place,
            project.shapes.wording(entry.get("caption"), f'the caption of "{key.text}"'),
            project.shapes.same_or_wording(entry.get("credit"), f'the credit of "{key.text}"'),
            project.shapes.yes(entry.get("generated"), "generated", False),
        )
        found[key.text] = _measured(project, picture)
    return found


def _measured(project: Project, picture: Picture) -> Picture:
    """With its size and colours; a file that is not there is told where the picture is used."""
    path = project.root / "content" / picture.file.text
    if not inside(project.root / "content", path) or not path.is_file():
        return picture
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    seen = photograph(content)
    if seen is None:
        return replace(picture, proportions=proportions(content))
    return replace(picture, width=seen.width, height=seen.height, cmyk=seen.cmyk, profiled=seen.profiled)
