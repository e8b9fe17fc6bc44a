"""Statements that the tool makes from the data: what each rests on, and whether the data bear it out.

A statement that they do not bear out is left out and found, or says less: nothing untrue is ever made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from esgreport.calls import because, what_to_give
from esgreport.diagnostics import Diagnostic, Place, error
from esgreport.framework import Framework
from esgreport.index import IndexRow
from esgreport.model import Box, Entry, FigureId, Name, Report
from esgreport.printed import nil_figures
from esgreport.units import CURRENCIES
from esgreport.views import Edition

BINDING = ("mandatory", "comply-or-explain")
_MET = {"disclosed", "negative-statement"}


@dataclass(frozen=True, slots=True)
class Compliance:
    """How a report answers the requirements of one level of a framework: how many rows have which status."""

    framework: Framework
    level: str
    statuses: Mapping[str, int]

    @property
    def whole(self) -> bool:
        """Whether each of them is answered by disclosure: nothing is explained, relieved, in part or missing."""
        return _MET.issuperset(self.statuses)


def compliance(edition: Edition) -> Iterator[Compliance]:
    """What can be said of the levels that oblige, framework by framework."""
    for id, framework in edition.frameworks.items():
        for level in BINDING:
            if statuses := Counter(row.status for row in _of_level(edition.rows[id], level)):
                yield Compliance(framework, level, statuses)


def _of_level(rows: Iterable[IndexRow], level: str) -> Iterator[IndexRow]:
    """The rows of one level; of a row that stands for several levels, its items."""
    for row in rows:
        if row.requirement.level == level:
            yield row
        elif not row.requirement.level:
            yield from _of_level(row.items, level)


def currencies(report: Report) -> list[str]:
    """The currencies in which the report has figures."""
    used = {name for metric in report.metrics.values() for name, _ in metric.unit.dimensions}
    return [currency for currency in CURRENCIES if currency in used]


def entities(report: Report, boundary: Iterable[Name]) -> list[Entry]:
    """The entries that are named as the boundary, and that exist in the report's period."""
    named = [report.entries[name.text] for name in boundary if name.text in report.entries]
    return [entry for entry in named if entry.life.covers(report.periods[report.period])]


def boundary_of(report: Report) -> tuple[Name, ...]:
    """The entries that the inside cover names: its own, else those that statements on pages name."""
    boxes = (
        item
        for id in report.page_order
        for code in report.languages
        if (page := report.pages.get((id, code)))
        for item in page.items
        if isinstance(item, Box)
    )
    said = (box.record.names["boundary"] for box in boxes if box.kind == "statements")
    return report.book.boundary or next(filter(None, said), ())


def outside_life(report: Report, boundary: Iterable[Name]) -> Iterator[Diagnostic]:
    """The entries named as the boundary that do not exist in the report's period."""
    for name in boundary:
        entry = report.entries.get(name.text)
        if entry and not entities(report, [name]):
            message = f'"{entry.id}" exists {entry.life}, not in {report.period}'
            yield _finding(name.place, message, "take it out")


def unsupported(edition: Edition, box: Box) -> Iterator[Diagnostic]:
    """What the data do not bear out of the statements that a box asks for."""
    report, names = edition.report, box.record.names
    said = {name.text: name.place for name in names["say"]}
    lacking = {
        "boundary": (names["boundary"], "say which entities: boundary: [one, two]"),
        "nil": (names["nil"], "say which metrics: nil: [one, two]"),
        "frameworks": (report.frameworks, "name some under frameworks in data/report.yml"),
        "compliance": (
            list(compliance(edition)),
            "take it out: no framework of this report obliges to anything",
        ),
        "approval": ("approved" in report.dates, "write dates: {approved: …} in data/report.yml"),
        "prevailing": (
            report.prevailing_language and len(report.languages) > 1,
            "write prevailing_language: … in data/report.yml",
        ),
        "currency": (currencies(report), "take it out: no metric is in money"),
    }
    for statement, (ground, help) in lacking.items():
        if statement in said and not ground:
            yield _finding(said[statement], f"there is nothing to say of {statement}", help)
    for statement in ("boundary", "nil"):
        if names[statement] and statement not in said:
            message = f"{statement} is listed here, but not said"
            yield _finding(names[statement][0].place, message, f"add {statement} to say")
    yield from outside_life(report, names["boundary"])
    if "nil" in said:
        yield from _not_nil(edition, box)


def _not_nil(edition: Edition, box: Box) -> Iterator[Diagnostic]:
    report, figures = edition.report, edition.figures
    nil = set(nil_figures(figures, box))
    for name in box.record.names["nil"]:
        id = FigureId(name.text, report.period)
        if name.text not in report.metrics or id in nil:
            continue
        figure = figures.figure(id)
        if figure is None:
            help = f"{what_to_give(figures, id)}; or take it out"
            yield error("missing-value", name.place, because(figures, id), help, about=name.text)
        else:
            message = f"{id} is {figure.number or figure.kind}, so it cannot be said to be nil"
            yield _finding(name.place, message, "take it out, and tell of it in the text")


def _finding(place: Place, message: str, help: str) -> Diagnostic:
    return error("statement-unsupported", place, message, help)
