"""missing-glyph: every character of the report has a form in the report's faces.

Why: a character that no face holds prints as an empty box in a signed document. Simplified characters pasted
into Traditional text, emoji and rare Han characters are the usual cases.

    wrong   减少 CO₂ 排放
    right   減少CO<sub>2</sub>排放
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, blocking
from esgreport.faces import Face, faces_folder, load_faces, missing_characters
from esgreport.source import inside, position, read_text
from esgreport.views import Edition, ReportView, texts
from esgreport.writer import report_view

GLOSSARY = "glossary.yml"
STACKS = (
    ("IBM Plex Sans", "Noto Sans HK", "Noto Sans SC"),
    ("Source Serif 4", "Noto Serif HK", "Noto Serif SC"),
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    languages = edition.report.languages
    faces = load_faces(faces_folder(root), languages)
    missing: dict[str, str] = {}
    for language in languages:
        own = [face for face in faces if language == "en" or face.language in ("", language)]
        # Wording a report takes long. What its files do not hold it does not print, but for words of the tool, which are known.
        if not _lacking(_characters(root, language), own):
            continue
        printed = "".join(texts(_in_its_own_words(report_view(edition, language))))
        for character in _lacking(printed, own):
            missing.setdefault(character, language)
    for character, language in sorted(missing.items()):
        yield blocking(
            "missing-glyph",
            _first(root, character, language),
            f"no face of this report holds {character} (U+{ord(character):04X})",
            "write it otherwise: CO<sub>2</sub> for the subscript, Traditional for Simplified, words for emoji",
        )


def _lacking(text: str, faces: Sequence[Face]) -> list[str]:
    return [character for stack in STACKS for character in missing_characters(text, stack, faces)]


def _characters(root: Path, language: str) -> str:
    """Every character that stands in the narrative of a language or the data. Words to search by are not printed."""
    found: set[str] = set()
    for folder in (f"content/{language}", "data"):
        for path in (root / folder).rglob("*") if inside(root, root / folder) else ():
            if path.suffix in (".md", ".yml", ".csv") and path.name != GLOSSARY and path.is_file():
                found |= set(read_text(root, path.relative_to(root).as_posix())[0])
    return "".join(found)


def _in_its_own_words(view: ReportView) -> ReportView:
    """An edition without the names in other languages, which their own faces print."""
    parts = tuple(
        replace(part, pages=tuple(replace(page, other=()) for page in part.pages)) for part in view.parts
    )
    return replace(view, languages=(), other_titles=(), other_companies=(), parts=parts)


def _first(root: Path, character: str, language: str) -> Place:
    """Where the character first stands in the narrative of a language or the data."""
    for folder, pattern in ((f"content/{language}", "*.md"), ("data", "*.yml")):
        for path in sorted((root / folder).rglob(pattern)):
            name = path.relative_to(root).as_posix()
            text, _ = read_text(root, name)
            if (index := text.find(character)) >= 0:
                line, column = position(text, index)
                return Place(name, line, column, column + 1)
    return Place("content")
