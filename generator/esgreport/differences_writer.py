"""What changed between two builds, in words: as lines of text, and as rows for a page that can be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esgreport.diagnostics import plural
from esgreport.differences import Differences, FigureChange, PassageChange
from esgreport.finished import Passage
from esgreport.languages import LANGUAGES

_KINDS = {
    "nil": "nil",
    "not-applicable": "not applicable",
    "not-available": "not available",
}
_SAID = {
    "status": "its status",
    "former": "the value before restatement",
    "boundary": "its boundary",
    "method": "its method",
    "note": "its note",
    "formula": "its formula",
}


@dataclass(frozen=True)
class FigureRow:
    """A figure that changed, and the places that print it: (language, address, title of the section, kind) each."""

    id: str
    name: str
    old: str
    new: str
    said: str
    places: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class PageRows:
    """What changed on one page of one language."""

    language: str
    page: str
    title: str
    changes: tuple[PassageChange, ...]


def figure_rows(differences: Differences) -> tuple[FigureRow, ...]:
    """The changed figures, those with another number first."""
    ordered = sorted(differences.figures, key=lambda change: not change.in_value)
    return tuple(_figure(change, differences) for change in ordered)


def page_rows(differences: Differences) -> tuple[PageRows, ...]:
    """The changed passages, page by page."""
    grouped: dict[tuple[str, str], list[PassageChange]] = {}
    for change in differences.passages:
        grouped.setdefault((change.language, change.passage.page), []).append(change)
    return tuple(
        PageRows(language, page, changes[0].passage.page, tuple(changes))
        for (language, page), changes in grouped.items()
    )


def counts(differences: Differences) -> tuple[str, ...]:
    """How much changed, in one sentence for the figures and one for each language."""
    figures = differences.figures
    numbers = [change for change in figures if change.in_value and change.old and change.new]
    said = [change for change in figures if not change.in_value]
    sentences = [
        f"Figures: {len(numbers)} changed, {_sides(figures)}"
        + (f", {len(said)} of which something else is said" if said else "")
        + "."
    ]
    for language in dict.fromkeys(language for side in differences.languages for language in side):
        changes = [change for change in differences.passages if change.language == language]
        changed = [change for change in changes if change.old and change.new]
        only = sum(change.figures_only for change in changed)
        pages = len({change.passage.page for change in changes})
        sentences.append(
            f"{LANGUAGES[language].name}: {plural(len(changed), 'passage')} changed ({only} in numbers only), {_sides(changes)}, "
            f"on {plural(pages, 'page')}."
        )
    for language, (old, new) in differences.pages.items():
        sentences.append(f"PDF, {LANGUAGES[language].name}: {old or 'none'} → {new or 'none'} pages.")
    return tuple(sentences)


def lines(differences: Differences) -> Iterator[str]:
    """The whole for a terminal."""
    if differences.none:
        yield "Nothing changed."
        return
    yield from counts(differences)
    for row in figure_rows(differences):
        yield f"\n{row.id}  {row.name}"
        yield f"    {row.old} → {row.new}" + (f"; {row.said}" if row.said else "")
        for language, where, title, kind in row.places:
            yield f"    {language}/{where}  {title} ({kind})"
    for page in page_rows(differences):
        for change in page.changes:
            where = f"{page.language}/{address(change.passage)}"
            yield f"\n{where}  {change.passage.title} ({change.passage.kind})"
            old, new = change.sentences
            yield from (f"  - {sentence}" for sentence in old)
            yield from (f"  + {sentence}" for sentence in new)


def address(passage: Passage) -> str:
    """Where a passage stands in the website of its language."""
    return f"{passage.page}.html" + (f"#{passage.section}" if passage.section else "")


def _sides(changes: Sequence[FigureChange | PassageChange]) -> str:
    added = sum(change.old is None for change in changes)
    removed = sum(change.new is None for change in changes)
    return f"{added} added, {removed} removed"


def _figure(change: FigureChange, differences: Differences) -> FigureRow:
    record = change.record
    language = next(iter(record["name"]), "en")
    parts = [record["name"].get("en") or record["name"].get(language, change.id), record["unit"] or ""]
    places = [
        (code, address(passage), passage.title, passage.kind)
        for (code, id), passages in differences.printed.items()
        if id == change.id
        for passage in passages
    ]
    said = ", ".join(_SAID[key] for key in change.told_otherwise)
    return FigureRow(
        change.id,
        ", ".join(part for part in parts if part),
        _value(change.old),
        _value(change.new),
        f"{said} changed" if said else "",
        tuple(dict.fromkeys(places)),
    )


def _value(record: Mapping[str, Any] | None) -> str:
    if record is None:
        return "not there"
    printed = record["printed"]
    number = (
        printed.get("en") or next(iter(printed.values()), "") or _KINDS.get(record["kind"], record["kind"])
    )
    return " ".join(part for part in (record["qualifier"] or "", number) if part)
