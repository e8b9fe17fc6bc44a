"""figure-typed: a number of the data is called, not typed.

Why: a number that is typed into a sentence stays what it was when the data are corrected. Told of are numbers in digits that the data hold
for a year of the report, exactly so: of four digits and more, or of three with the figure's unit. What is the same only by chance is accepted.

    wrong   We bought 29,843,800 kWh of electricity.
    right   We bought {{ electricity }} of electricity.
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import FigureId, Kind
from esgreport.numerals import counted
from esgreport.views import Edition
from esgreport.wording import said


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    figures: dict[str, tuple[FigureId, str]] | None = None
    for stretch in said(edition):
        if stretch.kind in ("heading", "name") or not stretch.prose:
            continue
        for line in stretch.lines:
            for number in counted(line.text, stretch.language):
                typed = line.text[number.start : number.end]
                digits = typed.replace(",", "")
                if number.spelt or not digits.replace(".", "").isdecimal() or len(_significant(digits)) < 3:
                    continue
                if 1900 <= number.value < 2100 and "," not in typed:
                    continue
                figures = _known(edition) if figures is None else figures
                if digits in figures:
                    id, call = figures[digits]
                    if len(_significant(digits)) < 4 and not _with_unit(
                        edition, id, line.text[number.end :], stretch.language
                    ):
                        continue
                    yield warning(
                        "figure-typed",
                        stretch.at(root, line, number.start, number.end),
                        f'"{typed}" is typed, and is the figure {id}',
                        f"write {{{{ {call} }}}}",
                    )


def _significant(digits: str) -> str:
    """The digits that say how much, without noughts before them."""
    return digits.replace(".", "").lstrip("0")


def _with_unit(edition: Edition, id: FigureId, after: str, language: str) -> bool:
    """Whether the figure's unit follows: three digits alone could be anything."""
    figure = edition.figures.figure(id)
    unit = figure.unit.around(language)[1].strip() if figure else ""
    return bool(unit) and after.lstrip().startswith(unit)


def _known(edition: Edition) -> dict[str, tuple[FigureId, str]]:
    """Authored figures and totals of the report's years by their digits, each with how it is called; the first of its digits."""
    report = edition.report
    found: dict[str, tuple[FigureId, str]] = {}
    for period in (report.period, *report.comparatives):
        for metric in report.metrics.values():
            ids = [FigureId(metric.id, period)]
            ids += [
                FigureId(metric.id, period, cell.members)
                for cell in metric.cells
                if cell.period == period and cell.members
            ]
            for id in ids:
                if digits := _digits(edition.figures, id):
                    found.setdefault(digits, (id, _call(id, report.period)))
    return found


def _digits(figures: Figures, id: FigureId) -> str:
    figure = figures.figure(id)
    return str(figure.number) if figure and figure.kind == Kind.VALUE and figure.number else ""


def _call(id: FigureId, now: str) -> str:
    arguments = [f'{dimension}="{member}"' for dimension, member in id.members]
    arguments += [f'period="{id.period}"'] if id.period != now else []
    arguments.append('show="number"')
    return f"{id.metric}({', '.join(arguments)})"
