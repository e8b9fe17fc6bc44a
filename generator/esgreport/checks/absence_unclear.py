"""absence-unclear: where no number stands, a reader knows why.

Why: a dash can mean none, not measured, not counted there, or forgotten. Told of a dash in a column of numbers of a table of words
whose page does not say what dashes mean; of energy, water and waste that are “not applicable” at a part that
has a number in another year; and of water that is “not applicable” at a site that uses electricity. A `note` or `reason` at the value settles it.

    wrong   water: {breakdown: {plant: {2025: {chengxi: 1 616, yunzhong: not_applicable}}}}
    right   water: {breakdown: {plant: {2025: {chengxi: 1 616, yunzhong: {value: not_available, reason: {en: …, zh-Hant: …}}}}}}
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, at, warning
from esgreport.model import Cell, FigureId, Kind, Metric, Page, Prose, Report
from esgreport.printed import prose_of
from esgreport.series import Measures, amount, measures
from esgreport.views import Edition

_USED = (
    "energy",
    "water",
    "waste",
    "packaging",
)  # what a site uses or gives off: it does not come and go like a survey
_DASH = re.compile(r"(?:[-–—]+|N/?A\.?|n/?a\.?|nil)", re.IGNORECASE)
_BARE_DASH = re.compile(r"[-–—]+")
_NUMBER = re.compile(r"[(<>≤≥+−-]?[\d\ue000][\d\ue000 ,.%]*(?:[%年月日人次宗項小時噸]|\w{0,4})[)]?")
_EXPLAINS = re.compile(
    r"[“「\"']?[–—-]+[”」\"']?\s*(?:means?|stands? for|denotes?|indicates?|:|：|=|代表|表示|指|為|为|即)"
    r"|\bdash(?:es)?\b|破折號|破折号|[橫横][線线]"
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for page in edition.report.pages.values():
        yield from _dashes(edition, page)
    for framework in edition.frameworks.values():
        answers = Measures(edition.report, edition.figures, framework)
        keys = [m.key for _, m in measures(framework) if m.key.startswith(_USED)]
        used = {metric.id: metric for key in keys for metric in answers.metrics(key)}
        yield from _beside_years(edition.report, used.values())
        yield from _without_water(edition.figures, answers)


def _dashes(edition: Edition, page: Page) -> Iterator[Diagnostic]:
    tables = [item for item in page.items if isinstance(item, Prose) and item.kind == "table"]
    rows = [(table, [_cells(line.text) for line in table.lines]) for table in tables]
    if not any(_BARE_DASH.fullmatch(text) for _, lines in rows for cells in lines[2:] for text, _ in cells):
        return
    said = "\n".join(line.text for prose, _ in prose_of(edition.report, page) for line in prose.lines)
    if _EXPLAINS.search(said):
        return
    for table, lines in rows:
        for line, cells in zip(table.lines[2:], lines[2:], strict=True):
            for column, (text, start) in enumerate(cells):
                others = [c[column][0] for c in lines[2:] if len(c) > column and c is not cells]
                numbers = [other for other in others if not _DASH.fullmatch(other)]
                if _BARE_DASH.fullmatch(text) and numbers and all(map(_NUMBER.fullmatch, numbers)):
                    yield warning(
                        "absence-unclear",
                        at(line.place, start, len(text)),
                        f'"{text}" stands where other rows have a number, and nothing on the page says what it means',
                        "write nil, not measured or not applicable; or say below the table what a dash means",
                    )


def _cells(line: str) -> list[tuple[str, int]]:
    """The cells of a line of a table of words, each with where it begins; a value call counts as a number."""
    line = re.sub(r"\{\{.*?\}\}", lambda match: "\ue000" * len(match[0]), line)
    cells = re.finditer(r"(?<=\|)[^|]*(?=\|)", line)
    return [(c[0].strip(), c.start() + len(c[0]) - len(c[0].lstrip())) for c in cells]


def _beside_years(report: Report, used: Iterable[Metric]) -> Iterator[Diagnostic]:
    """Parts that are “not applicable” in one year and have a number in another one that is shown."""
    for metric in used:
        given = {(cell.members, cell.period): cell for cell in metric.cells}
        for cell in metric.cells:
            if cell.kind != Kind.NOT_APPLICABLE or _explained(cell):
                continue
            for period in (report.period, *report.comparatives):
                other = given.get((cell.members, period))
                if (
                    cell.members
                    and other
                    and other.kind == Kind.VALUE
                    and other.number
                    and other.number.exact
                ):
                    id = FigureId(metric.id, cell.period, cell.members)
                    there = FigureId(metric.id, period, cell.members)
                    yield warning(
                        "absence-unclear",
                        cell.place,
                        f"{id} is said to be not applicable, but {there} is {other.number} {metric.unit.code}",
                        "write nil where there was none, or not_available with a reason where it was not measured",
                    )
                    break


def _without_water(figures: Figures, answers: Measures) -> Iterator[Diagnostic]:
    """Sites that use electricity, and of which water is said to be “not applicable”."""
    for metric in answers.metrics("water-consumption"):
        for cell in metric.cells:
            if cell.kind == Kind.NOT_APPLICABLE and cell.members and not _explained(cell):
                for other in answers.metrics("energy-indirect"):
                    used = figures.figure(FigureId(other.id, cell.period, cell.members))
                    if used and amount(used):
                        yield warning(
                            "absence-unclear",
                            cell.place,
                            f"{FigureId(metric.id, cell.period, cell.members)} is said to be not applicable, "
                            f"but {used.id} is {used.number} {other.unit.code}",
                            "write nil where there was none, or not_available with a reason where it was not measured",
                        )


def _explained(cell: Cell) -> bool:
    return any((cell.note, cell.reason, cell.remark, cell.reason_for_change))
