"""What changed between two builds, in words: as lines of text, and as rows for a page that can be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esgreport.diagnostics import plural
from esgreport.differences import Differences, FigureChange, PassageChange
from esgreport.finished import Passage
from esgreport.interface import alone, read_in, said, spoken
from esgreport.languages import LANGUAGES, QUALIFIERS
from esgreport.units import UnitTable

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
    numbers = sum(change.in_value and bool(change.old and change.new) for change in figures)
    told = sum(not change.in_value for change in figures)
    sentences = [f"Figures: {numbers} changed, {_sides(figures)}."]
    if told:
        sentences = [
            f"Figures: {numbers} changed, {_sides(figures)}, {told} of which something else is said."
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
        sentences.append(
            f"PDF, {LANGUAGES[language].name}: {old or alone('none')} → {new or alone('none')} pages."
        )
    return tuple(said(sentence) for sentence in sentences)


def lines(differences: Differences) -> Iterator[str]:
    """The whole for a terminal."""
    if differences.none:
        yield said("Nothing changed.")
        return
    yield from counts(differences)
    for row in figure_rows(differences):
        yield f"\n{row.id}  {row.name}"
        yield f"    {row.old} → {row.new}" + (
            f"{'; ' if spoken() == 'en' else '；'}{row.said}" if row.said else ""
        )
        for language, where, title, kind in row.places:
            yield f"    {language}/{where}  {title} ({alone(kind)})"
    for page in page_rows(differences):
        for change in page.changes:
            where = f"{page.language}/{address(change.passage)}"
            yield f"\n{where}  {change.passage.title} ({alone(change.passage.kind)})"
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
    name, unit = change.record["name"], change.record["unit"] or ""
    places = [
        (code, address(passage), passage.title, passage.kind)
        for (code, id), passages in differences.printed.items()
        if id == change.id
        for passage in passages
    ]
    told = ", ".join(_SAID[key] for key in change.told_otherwise)
    called = [name[read_in(tuple(name))] if name else change.id, unit if spoken() == "en" else _named(unit)]
    return FigureRow(
        change.id,
        (", " if spoken() == "en" else "，").join(filter(None, called)),
        _value(change.old),
        _value(change.new),
        said(f"{told} changed") if told else "",
        tuple(dict.fromkeys(places)),
    )


def _named(code: str) -> str:
    """What a unit is called in the language of the interface; its code where the report made it up itself."""
    unit = UnitTable().find(code)
    return unit.name(spoken()) if unit else code


def _value(record: Mapping[str, Any] | None) -> str:
    if record is None:
        return alone("not there")
    printed, qualifier = record["printed"], record["qualifier"] or ""
    language = read_in(tuple(printed)) if printed else ""
    number = printed.get(language) or alone(_KINDS.get(record["kind"], record["kind"]))
    if spoken() == "en" or not qualifier:
        return " ".join(filter(None, (qualifier, number)))
    before, after = QUALIFIERS[qualifier][language]
    return f"{before}{number}{after}"
