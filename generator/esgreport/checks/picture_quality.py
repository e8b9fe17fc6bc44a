"""picture-resolution, picture-profile: a photograph is good enough for paper.

Why: what looks sharp on a screen prints as a blur when it has too few pixels for its width, and a photograph in
printing inks without its profile has colours that nobody can know.

    wrong   file: assets/plant-small.jpg     640 pixels over 168 mm are 97 to the inch
    right   file: assets/plant.jpg           1,984 pixels over 168 mm are 300 to the inch
"""

from collections.abc import Iterator
from math import ceil
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Box, Name, Report
from esgreport.views import Edition

LEAST = 200  # pixels to the inch
WHOLE, TEXT, CASE = 168, 120, 156  # mm: text with margin column, text alone, within a case
_GAP = 4
BLEED = 4  # mm that a picture reaches over the edge


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    told = set()
    for name, width in printed(report):
        picture = report.pictures.get(name.text)
        if picture is None or not picture.width:
            continue
        dots = picture.width * 254 // (width * 10)
        if dots < LEAST:
            needed = -(-width * 10 * 300 // 254)
            message = f"{picture.file.text} has {dots} pixels to the inch where it is printed {width} mm wide"
            help = f"give a picture of {needed:,} pixels or more, or print it smaller"
            yield warning("picture-resolution", name.place, message, help)
        if picture.cmyk and not picture.profiled and picture.id not in told:
            told.add(picture.id)
            message = f"{picture.file.text} is in printing inks without a colour profile"
            help = "export it again with its profile, or as RGB"
            yield warning("picture-profile", picture.file.place, message, help)


def printed(report: Report) -> Iterator[tuple[Name, int]]:
    """Each naming of a picture, with how wide it is printed in mm: in boxes of pages, and across the cover."""
    for page in report.pages.values():
        for box in (item for item in page.items if isinstance(item, Box)):
            for name in box.record.names.get("pictures", ()):
                yield name, printed_width(box)
    if report.book.picture and report.book.covers:
        yield report.book.picture, ceil(report.book.trim[0].exact) + 2 * BLEED


def printed_width(box: Box) -> int:
    """How wide each picture of a box is printed, in mm: as the style sheet of the book sets it."""
    number = len(box.record.names["pictures"])
    if box.kind == "case":
        return CASE if number == 1 else (CASE - _GAP) // 2
    if number == 1 or box.record.choices["layout"] == "wide":
        return WHOLE if box.record.choices["layout"] == "wide" else TEXT
    across = 2 if number % 3 else 3
    return (WHOLE - (across - 1) * _GAP) // across
