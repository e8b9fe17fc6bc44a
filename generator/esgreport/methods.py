"""Method notes before they are worded: which metrics are explained, and which factors were really used for them.

Only the figures of the report's period count: what they name as inputs and factors, down to what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esgreport.calls import what_to_give
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, error
from esgreport.languages import Text
from esgreport.model import FactorUse, Figure, FigureId, MethodBlock, Metric, Report
from esgreport.schema import unknown_name


@dataclass(frozen=True, slots=True)
class Method:
    """What a method note says: metrics in order, those that were asked for first, and the factors they used."""

    metrics: tuple[str, ...]
    factors: tuple[FactorUse, ...]


def resolve_method(report: Report, figures: Figures, block: MethodBlock) -> tuple[Method, list[Diagnostic]]:
    """What a method note holds; names that are not known are left out and told, so is what it cannot say."""
    findings: list[Diagnostic] = []
    asked: list[str] = []
    steps: list[str] = []
    uses: list[FactorUse] = []
    for name in block.metrics:
        metric = report.metrics.get(name.text)
        if metric is None:
            findings.append(unknown_name(name.text, name.place, "a metric", report.metrics))
            continue
        asked.append(metric.id)
        for figure in _trail(report, figures, metric):
            if figure.id.metric in report.metrics and report.metrics[figure.id.metric].formulas:
                steps.append(figure.id.metric)
            uses += figure.factors
        if figures.figure(FigureId(metric.id, report.period)) is None and not metric.dimensions:
            message = (
                f"{metric.id} has no value for {report.period}, so it cannot be said how it was worked out"
            )
            help = f"{what_to_give(figures, FigureId(metric.id, report.period))}; or take it out of the method note"
            findings.append(error("missing-value", name.place, message, help, about=metric.id))
        elif not says_something(report, figures, metric):
            message = f'"{metric.id}" has no formula, method or boundary, so there is nothing to say of it'
            help = "add method: … to the metric, or take it out of the method note"
            findings.append(error("method-empty", name.place, message, help, about=metric.id))
    for id in dict.fromkeys(use.factor for use in uses):
        if not report.factors[id].name:
            message = f'"{id}" is printed in a method note, but has no name'
            findings.append(error("factor-without-name", report.factors[id].place, message, "add name: …"))
    order = list(dict.fromkeys(use.factor for use in uses))
    grouped = sorted(dict.fromkeys(uses), key=lambda use: order.index(use.factor))
    return Method(tuple(dict.fromkeys([*asked, *steps])), tuple(grouped)), findings


def added_up_by(figures: Figures, id: FigureId) -> str:
    """The dimension whose members a figure is the sum of, "" where it is no such sum."""
    figure = figures.figure(id)
    first = figure.inputs[0] if figure and figure.inputs else id
    more = [dimension for dimension, _ in first.members if dimension not in dict(id.members)]
    return more[0] if first.metric == id.metric and more else ""


def recorded(figures: Figures, id: FigureId) -> bool:
    """Whether a figure is as it was typed, so that a formula for it was not used."""
    figure = figures.figure(id)
    return figure is not None and not figure.derived


def said(report: Report, figures: Figures, metric: Metric) -> tuple[Text, ...]:
    """What is given of a metric's boundary and method, for the report's period."""
    figure = figures.figure(FigureId(metric.id, report.period))
    both = (metric.boundary, metric.method)
    if figure:
        both = (report.said(figure, "boundary"), report.said(figure, "method"))
    return tuple(filter(None, both))


def says_something(report: Report, figures: Figures, metric: Metric) -> bool:
    """Whether anything can be said of how a metric was come by."""
    return bool(metric.formulas or said(report, figures, metric)) or bool(
        added_up_by(figures, FigureId(metric.id, report.period))
    )


def _trail(report: Report, figures: Figures, metric: Metric) -> Iterator[Figure]:
    """The figures of a metric and all that they follow from, each once, in reading order."""
    whole = FigureId(metric.id, report.period)
    parts = [
        FigureId(metric.id, report.period, ((dimension, member.id),))
        for dimension in metric.dimensions
        for member in report.dimensions[dimension].members
    ]
    waiting, seen = [whole, *parts][::-1], set[FigureId]()
    while waiting:
        id = waiting.pop()
        figure = figures.figure(id)
        if id in seen or figure is None:
            continue
        seen.add(id)
        yield figure
        waiting += reversed(figure.inputs)
