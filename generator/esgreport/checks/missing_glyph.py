"""missing-glyph: every character of the report has a form in the report's faces.

Why: a character that no face holds prints as an empty box in a signed document. Simplified characters pasted
into Traditional text, emoji and rare Han characters are the usual cases.

    wrong   减少 CO₂ 排放
    right   減少CO<sub>2</sub>排放
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, blocking
from esgreport.faces import faces_folder, load_faces, missing_characters
from esgreport.source import position, read_text
from esgreport.views import Edition, texts
from esgreport.writer import report_view

STACKS = (("IBM Plex Sans", "Noto Sans HK"), ("Source Serif 4", "Noto Serif HK"))


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    faces = load_faces(faces_folder(root))
    printed = "".join(
        text for language in edition.report.languages for text in texts(report_view(edition, language))
    )
    missing = {character for stack in STACKS for character in missing_characters(printed, stack, faces)}
    for character in sorted(missing):
        yield blocking(
            "missing-glyph",
            _first(root, character),
            f"no face of this report holds {character} (U+{ord(character):04X})",
            "write it otherwise: CO<sub>2</sub> for the subscript, Traditional for Simplified, words for emoji",
        )


def _first(root: Path, character: str) -> Place:
    """Where the character first stands in the narrative or the data."""
    for folder, pattern in (("content", "*.md"), ("data", "*.yml")):
        for path in sorted((root / folder).rglob(pattern)):
            name = path.relative_to(root).as_posix()
            text, _ = read_text(root, name)
            if (index := text.find(character)) >= 0:
                line, column = position(text, index)
                return Place(name, line, column, column + 1)
    return Place("content")
