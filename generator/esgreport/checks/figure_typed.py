"""figure-typed: a number of the data is called, not typed.

Why: a number that is typed into a sentence stays what it was when the data are corrected. Told of are numbers in digits that the data hold
for a year of the report, exactly so: of four digits and more, or of three with the figure's unit or in a sentence that has words of its
name. What is the same only by chance is accepted.

    wrong   We bought 29,843,800 kWh of electricity.
    right   We bought {{ electricity }} of electricity.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import FigureId, Kind
from esgreport.numerals import Counted, counted
from esgreport.subjects import key_words, sentences
from esgreport.views import Edition
from esgreport.wording import said


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    figures: dict[str, list[tuple[FigureId, str]]] | None = None
    for stretch in said(edition):
        if stretch.kind in ("heading", "name") or not stretch.prose:
            continue
        for line in stretch.lines:
            for number in counted(line.text, stretch.language):
                typed = line.text[number.start : number.end]
                digits = typed.replace(",", "")
                if number.spelt or not digits.replace(".", "").isdecimal() or len(_significant(digits)) < 3:
                    continue
                all_of_it = number.value == 100 and line.text[number.end : number.end + 1] in ("%", "％")
                if all_of_it or (1900 <= number.value < 2100 and "," not in typed):
                    continue
                figures = _known(edition) if figures is None else figures
                found = [
                    (id, call)
                    for id, call in figures.get(digits, ())
                    if len(_significant(digits)) > 3
                    or _with_unit(edition, id, line.text, number, stretch.language)
                    or _named(edition, id, line.text, number, stretch.language)
                ]
                if found:
                    id, call = found[0]
                    yield warning(
                        "figure-typed",
                        stretch.at(root, line, number.start, number.end),
                        f'"{typed}" is typed, and is the figure {id}',
                        f"write {{{{ {call} }}}}",
                    )


def _significant(digits: str) -> str:
    """The digits that say how much, without noughts before them."""
    return digits.replace(".", "").lstrip("0")


def _with_unit(edition: Edition, id: FigureId, text: str, number: Counted, language: str) -> bool:
    """Whether the figure's unit stands at the number: three digits alone could be anything."""
    figure = edition.figures.figure(id)
    before, after = (part.strip() for part in figure.unit.around(language)) if figure else ("", "")
    if before:
        return text[: number.start].rstrip().endswith(before) and _follows(after, text, number)
    return bool(after) and _follows(after, text, number)


def _follows(unit: str, text: str, number: Counted) -> bool:
    return text[number.end :].lstrip().startswith(unit)


def _named(edition: Edition, id: FigureId, text: str, number: Counted, language: str) -> bool:
    """Whether the sentence has two words of the figure's name, and the number stands before a noun, not a unit or year."""
    if id.members or re.match(
        r"\s?(?:[%％‰°.,)）]|(?!(?:an?|in|of|on|to|at|by|or|as|is)\b)[a-zA-Z]{1,3}(?![a-z])|年|月|日|時|萬|億)",
        text[number.end :],
    ):
        return False
    start, end = next(
        (start, end)
        for start, end in sentences(text, language)
        if start <= number.start and number.end <= end
    )
    name = key_words(edition.report.metrics[id.metric].name.get(language, ""), language)
    return len(name & key_words(text[start:end], language)) > 1


def _known(edition: Edition) -> dict[str, list[tuple[FigureId, str]]]:
    """Authored figures and totals of the report's years by their digits, each with how it is called."""
    report = edition.report
    found: dict[str, list[tuple[FigureId, str]]] = {}
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
                    found.setdefault(digits, []).append((id, _call(id, report.period)))
    return found


def _digits(figures: Figures, id: FigureId) -> str:
    figure = figures.figure(id)
    return str(figure.number) if figure and figure.kind == Kind.VALUE and figure.number else ""


def _call(id: FigureId, now: str) -> str:
    arguments = [f'{dimension}="{member}"' for dimension, member in id.members]
    arguments += [f'period="{id.period}"'] if id.period != now else []
    arguments.append('show="number"')
    return f"{id.metric}({', '.join(arguments)})"
