"""Who asks a printed figure is answered: which figures can be asked, and which others are shown with each.

A figure that is printed can be asked, and so can all that it follows from. Nothing is worded here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from esgreport.compute import Figures
from esgreport.model import Figure, FigureId, Report
from esgreport.printed import printed_on_pages, summit
from esgreport.units import PERCENT

_COMPARED = ("change", "difference")


@lru_cache(maxsize=1)
def printed(figures: Figures) -> tuple[FigureId, ...]:
    """Every figure that a page of the report or the website's cover prints, once."""
    found = [id for page in printed_on_pages(figures).values() for id, _ in page]
    on_cover = summit(figures)
    return tuple(dict.fromkeys([*found, on_cover.id] if on_cover else found))


def with_inputs(figures: Figures, ids: Iterable[FigureId]) -> dict[FigureId, Figure]:
    """Figures that have a value, and all that they follow from."""
    found: dict[FigureId, Figure] = {}
    wanted = list(ids)
    for id in wanted:  # grows while it is read
        if id not in found and (figure := figures.figure(id)):
            found[id] = figure
            wanted += figure.inputs
    return found


def over_periods(report: Report, id: FigureId, listed: Collection[FigureId]) -> list[FigureId]:
    """A figure in all periods for which it is listed, the latest first; itself alone, if it compares two of them."""
    if id.last[0] in _COMPARED and id.metric in report.metrics:
        return [id]
    periods = sorted(report.periods.values(), key=lambda period: (period.end, period.start), reverse=True)
    return [each for period in periods if (each := replace(id, period=period.id)) in listed]


def change(figures: Figures, id: FigureId) -> FigureId | None:
    """What a figure differs by from the period before: in per cent, or where it is in per cent itself, in points."""
    before = figures.report.previous(id.period)
    if not before or id.last[0] not in ("", "per") or id.metric not in figures.report.metrics:
        return None
    if figures.figure(id) is None or figures.figure(replace(id, period=before)) is None:
        return None
    found = figures.figure(id.then(f"{'difference' if figures.unit(id) == PERCENT else 'change'}.{before}"))
    return found.id if found and found.number is not None else None


def changes(figures: Figures, listed: Collection[FigureId]) -> Iterator[FigureId]:
    """The changes that answers show: between figures that are listed, of what pages print."""
    for id in printed(figures):
        for each in over_periods(figures.report, id, listed):
            found = change(figures, each)
            if found and replace(each, period=found.last[1]) in listed:
                yield found
