"""formula-mismatch: a value typed beside a formula is what the formula gives.

Why: a published figure is the best control of a formula, and a formula the best control of a typed figure. Compared at
the decimals as typed, where the formula can be worked out; there the typed value is never printed. A typed word (nil,
not_applicable, not_available) has to be what the formula comes to, too.

    wrong   turnover: {formula: leavers / workforce, values: {2025: 9.6}}     9 leavers of 96
    right   turnover: {formula: leavers / workforce, values: {2025: 9.4}}, or no value
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.amounts import Number
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.model import Cell, Figure, FigureId
from esgreport.series import agrees, amount
from esgreport.views import Edition

MOST_INPUTS = 3  # that are named


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    figures = edition.figures
    for metric in edition.report.metrics.values():
        for cell in metric.cells if metric.formulas else ():
            id = FigureId(metric.id, cell.period, cell.members)
            formula, _ = figures.formula(id)
            figure = figures.figure(id) if figures.control(id) else None
            if formula and figure and not agrees(cell, figure.kind, amount(figure)):
                yield error(
                    "formula-mismatch",
                    cell.place,
                    f"{id} is typed as {cell.number or cell.kind}, but its formula gives {_given(cell, figure)}: "
                    f"{_inputs(figures, figure)}",
                    "correct the typed value, the formula or what goes into it; the computed figure is printed",
                    about=metric.id,
                )


def _given(cell: Cell, figure: Figure) -> str:
    """The computed figure, at the decimals that it is compared at."""
    if figure.number is None:
        return str(figure.kind)
    return str(Number(figure.number.exact, (cell.number or figure.number).decimals))


def _inputs(figures: Figures, figure: Figure) -> str:
    found = [each for each in map(figures.figure, figure.inputs) if each]
    named = [f"{each.id} is {each.number or each.kind} ({each.place})" for each in found[:MOST_INPUTS]]
    more = [f"and {len(found) - MOST_INPUTS} more"] if len(found) > MOST_INPUTS else []
    return ", ".join([*named, *more]) or f"{figure.formula} ({figure.place})"
