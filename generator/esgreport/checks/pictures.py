"""missing-picture, unsafe-picture: every picture is there and is nothing but a picture.

Why: a missing picture leaves a hole in a signed document. An SVG may carry scripts or fetch from elsewhere; a
small file may unpack to gigabytes; a link may lead out of the project.

    wrong   ![The plant](assets/plnat.jpg)
    right   ![The plant](assets/plant.jpg)
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.pictures import MOST_BYTES, fault
from esgreport.printed import cover_picture, pictures_of
from esgreport.schema import closest
from esgreport.source import inside
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    folder = root / "content"
    problems: dict[Path, str] = {}  # a picture that several pages show is looked at once
    report = edition.report
    of_pages = (picture for page in report.pages.values() for picture in pictures_of(report, page))
    for picture in chain(of_pages, cover_picture(report)):
        path = folder / picture.target
        if not inside(folder, path):
            yield blocking(
                "unsafe-picture",
                picture.place,
                f"{picture.target} is a link to a file outside content/",
                "copy the picture into content/assets",
            )
        elif not path.is_file():
            there = [
                f"assets/{p.relative_to(folder / 'assets').as_posix()}"
                for p in (folder / "assets").rglob("*")
            ]
            yield blocking(
                "missing-picture",
                picture.place,
                f"{picture.target} is not there",
                f'did you mean "{near}"?'
                if (near := closest(picture.target, there))
                else f"put the picture into content/assets, as {path.name}",
            )
        else:
            if path not in problems:
                with path.open("rb") as stream:
                    problems[path] = fault(stream.read(MOST_BYTES + 1), path.suffix)
            if problem := problems[path]:
                yield blocking(
                    "unsafe-picture",
                    picture.place,
                    f"{picture.target}: {problem}",
                    "export it again as a plain PNG, JPEG or SVG",
                )
