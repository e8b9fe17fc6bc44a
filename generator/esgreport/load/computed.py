"""What authors type beside what is computed: values as controls, and words about single periods or members."""

from __future__ import annotations

from dataclasses import replace

from esgreport.expressions import goes_by
from esgreport.load.cells import refuse_without_value
from esgreport.load.project import Project
from esgreport.model import Cell, Metric, Report


def with_computed(project: Project, report: Report) -> Report:
    """The report whose formulas are worked out for typed members too; words about nothing that is computed are
    refused."""
    metrics = {id: _by_typed_members(report, metric) for id, metric in report.metrics.items()}
    for metric in metrics.values():
        for cell in metric.cells:
            # a line of a CSV without a value is one to come
            wanting = cell.kind is None and cell.place.path == metric.place.path
            if wanting and not _is_computed(report, metric, cell):
                refuse_without_value(project, cell.place)
                project.unread.add(metric.id)
    return replace(report, metrics=metrics)


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
