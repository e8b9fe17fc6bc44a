"""Tables of targets before they are worded: which columns, and which figure of a target stands in each."""

from __future__ import annotations

from dataclasses import dataclass

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.model import FigureId, Report, Target, TargetsBlock
from esgreport.schema import nearest, unknown_name
from esgreport.units import PERCENT

COLUMNS = ("metric", "base", "target", "period", "actual", "change", "progress", "status")
DEFAULT_COLUMNS = ("base", "target", "actual", "progress", "status")


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """A column: one of COLUMNS, or `level`, what is wanted in a later period. `period` is set for actual and level."""

    kind: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target and its figures, one to a column."""

    target: str
    figures: tuple[FigureId | None, ...]


@dataclass(frozen=True, slots=True)
class TargetGrid:
    """A table of targets before it is worded."""

    columns: tuple[TargetColumn, ...]
    rows: tuple[TargetRow, ...]


def resolve_targets(report: Report, block: TargetsBlock) -> tuple[TargetGrid, list[Diagnostic]]:
    """The grid of figures that a table of targets asks for; names that are not known are left out and told."""
    findings: list[Diagnostic] = []
    columns = []
    for name in block.columns:
        if column := _column(report, name.text):
            columns.append(column)
        else:
            known = [*COLUMNS, *report.periods]
            help = f"known: {', '.join(known)}" if name.text[:1].isdigit() else nearest(name.text, known)
            message = f'"{name.text}" is not a column of a table of targets'
            findings.append(blocking("unknown-name", name.place, message, help, name.text))
    if not block.columns:
        columns = [column for text in DEFAULT_COLUMNS if (column := _column(report, text))]
    rows = []
    for name in block.targets:
        if target := report.targets.get(name.text):
            rows.append(TargetRow(target.id, tuple(figure_in(report, target, column) for column in columns)))
        else:
            findings.append(unknown_name(name.text, name.place, "a target", report.targets))
    return TargetGrid(tuple(columns), tuple(rows)), findings


def _column(report: Report, text: str) -> TargetColumn | None:
    """The column that a name asks for. A period shows what was reached, or, if it lies ahead, what is wanted."""
    if text in COLUMNS:
        return TargetColumn(text, report.period if text == "actual" else "")
    if text not in report.periods:
        return None
    ahead = report.periods[text].end > report.periods[report.period].end
    return TargetColumn("level" if ahead else "actual", text)


def figure_in(report: Report, target: Target, column: TargetColumn) -> FigureId | None:
    """The figure of a target that stands in a column, None where the column holds words."""
    if column.kind == "base" and target.base:
        return target.start
    if column.kind == "target":
        return FigureId(target.id, target.to, (), "change" if target.goal == "change" else "level")
    if column.kind == "actual":
        return target.measured(column.period)
    if column.kind == "level":
        return FigureId(target.id, column.period, (), "level")
    if column.kind == "progress":
        return FigureId(target.id, report.period, (), "progress")
    if column.kind == "change" and target.base and target.base_value is None:
        measured = target.measured(report.period)
        # a rate that is to change by points of itself has changed by points
        in_points = (
            report.metrics[target.metric].unit == PERCENT and not target.per and target.goal != "change"
        )
        return measured.then(f"{'difference' if in_points else 'change'}.{target.base}")
    return None
