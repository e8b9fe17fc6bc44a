"""What authors type beside what is computed: values as controls, and words about single periods or members."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from esgreport.expressions import goes_by
from esgreport.load.cells import PLAIN_TEXTS, SAID, refuse_without_value
from esgreport.load.project import Project
from esgreport.model import Cell, Metric, Report, Status

_OF_ALL = (*SAID, "reason_for_change", "at", *PLAIN_TEXTS)  # what can be said of several values at once


def with_computed(project: Project, report: Report) -> Report:
    """The report whose formulas are worked out for typed members too. Words about a period that has no whole are said
    of its members; words about nothing are refused."""
    metrics = {id: _by_typed_members(report, metric) for id, metric in report.metrics.items()}
    for metric in metrics.values():
        for cell in metric.cells:
            # a line of a CSV without a value is one to come
            wanting = cell.kind is None and cell.place.path == metric.place.path
            if wanting and not _is_computed(report, metric, cell):
                if _says_of_all(cell) and (parts := _parts(metric, cell)):
                    metric = _said_of(metric, cell, parts)
                    metrics[metric.id] = metric
                else:
                    refuse_without_value(project, cell.place)
                    project.unread.add(metric.id)
    return replace(report, metrics=metrics)


def _says_of_all(cell: Cell) -> bool:
    of_one = cell.former is not None or cell.status != Status.REPORTED
    return not of_one and any(getattr(cell, key) for key in _OF_ALL)


def _parts(metric: Metric, whole: Cell) -> list[Cell]:
    """The typed values that lie within the part of a period which a cell is about."""
    within = set(whole.members)
    return [c for c in metric.cells if c.kind and c.period == whole.period and within < set(c.members)]


def _said_of(metric: Metric, whole: Cell, parts: list[Cell]) -> Metric:
    """The metric with what is said of a whole that there is not said of its parts; their own words stand before it."""
    cells = []
    for cell in metric.cells:
        if cell in parts:
            more: dict[str, Any] = {key: getattr(cell, key) or getattr(whole, key) for key in _OF_ALL}
            cells.append(replace(cell, **more))
        elif cell is not whole:
            cells.append(cell)
    return replace(metric, cells=tuple(cells))


def _by_typed_members(report: Report, metric: Metric) -> Metric:
    """A metric whose formula is worked out by each dimension of its typed members that its inputs are divided by."""
    if metric.formula is None or not metric.cells:
        return metric
    typed = [dimension for dimension in metric.dimensions if dimension not in metric.by]
    more = tuple(dimension for dimension in typed if goes_by(report, metric, metric.formula, dimension))
    return replace(metric, by=metric.by + more) if more else metric


def _is_computed(report: Report, metric: Metric, cell: Cell) -> bool:
    """Whether a figure is worked out where the cell stands: by a formula, or as the sum of parts."""
    if metric.formula:
        return all(dimension in metric.by for dimension, _ in cell.members)
    if any(part in cell.members for part, _ in metric.parts):
        return True
    open_ones = [dimension for dimension in metric.dimensions if dimension not in dict(cell.members)]
    return metric.unit.additive and any(report.dimensions[dimension].partition for dimension in open_ones)
