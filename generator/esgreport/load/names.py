"""Names used in one file and defined in another, checked when everything is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from esgreport.diagnostics import Diagnostic, Place, blocking
from esgreport.load.project import A_PERIOD
from esgreport.model import (
    IDENTIFIER,
    NAMED,
    PREVIOUS,
    FactorTerm,
    Function,
    Members,
    MetricTerm,
    Operation,
    Report,
    Target,
    Term,
)
from esgreport.schema import unknown_name


def with_dependents(report: Report, unread: set[str]) -> frozenset[str]:
    """The names that could not be read, and the metrics and targets that cannot be worked out without them."""
    found = set(unread)
    while True:
        more = {
            metric.id
            for metric in report.metrics.values()
            if metric.id not in found
            and (
                any(term.metric in found for term in metric.inputs)
                or any(term.factor in found for term in metric.factors)
            )
        }
        if not more:
            break
        found |= more
    found |= {target.id for target in report.targets.values() if target.metric in found}
    return frozenset(found)


def check_names(report: Report) -> Iterator[Diagnostic]:
    """Names used in one file and defined in another: denominators, formulas, targets, the ridge."""
    for metric in report.metrics.values():
        for each in metric.per:
            if each.metric not in report.metrics:
                yield unknown_name(each.metric, each.place, "a metric", report.metrics)
        if metric.part_of and metric.part_of not in report.metrics:
            yield unknown_name(metric.part_of, metric.place, "a metric", report.metrics)
        for formula in metric.formulas:
            yield from _check_formula(report, formula.tree)
    for target in report.targets.values():
        yield from _check_target(report, target)
    for id in report.entries.keys() & {*report.metrics, *report.targets}:
        what = "a metric" if id in report.metrics else "a target"
        message = f'"{id}" is both {what} and an entry of a register'
        yield blocking("duplicate-id", report.entries[id].place, message, "give one of them another id")
    for id in report.metrics.keys() & report.targets.keys():
        message = f'"{id}" is both a metric and a target'
        yield blocking("duplicate-id", report.targets[id].place, message, "give one of them another id")
    contact = report.company.contact
    if IDENTIFIER.match(contact) and contact not in report.named("contact"):
        known = report.named("contact")
        yield unknown_name(contact, report.company.contact_place or report.place, NAMED["contact"], known)
    for name in report.book.boundary:
        if name.text not in report.entries:
            yield unknown_name(name.text, name.place, NAMED["entry"], report.entries)
    picture = report.book.picture
    if picture and picture.text not in report.pictures:
        yield unknown_name(picture.text, picture.place, NAMED["picture"], report.pictures)
    if report.ridge:
        metric_name, dimension, place = report.ridge.metric, report.ridge.dimension, report.ridge.place
        if metric_name not in report.metrics:
            yield unknown_name(metric_name, place, "a metric", report.metrics)
        if dimension not in report.dimensions:
            yield unknown_name(dimension, place, "a dimension", report.dimensions)


def _check_formula(report: Report, tree: Term) -> Iterator[Diagnostic]:
    if isinstance(tree, Operation):
        yield from _check_formula(report, tree.left)
        yield from _check_formula(report, tree.right)
    elif isinstance(tree, Function):
        if tree.over and tree.over not in report.dimensions:
            yield unknown_name(tree.over, tree.place, "a dimension", report.dimensions)
        if tree.period and tree.period not in (PREVIOUS, *report.periods):
            yield unknown_name(tree.period, tree.place, A_PERIOD, report.periods)
        for argument in tree.arguments:
            yield from _check_formula(report, argument)
    elif isinstance(tree, MetricTerm | FactorTerm):
        if isinstance(tree, FactorTerm):
            factor = report.factors.get(tree.factor)
            own = [factor.dimension] if factor and factor.dimension else []
            if factor is None:
                yield unknown_name(tree.factor, tree.place, "a factor of data/factors.yml", report.factors)
                return
        else:
            metric = report.metrics.get(tree.metric)
            own = list(metric.dimensions) if metric else []
            if metric is None:
                yield unknown_name(tree.metric, tree.place, "a metric", report.metrics)
                return
        name = tree.factor if isinstance(tree, FactorTerm) else tree.metric
        yield from _check_members(report, tree.members, name, own, tree.place)
        if tree.period and tree.period not in (PREVIOUS, *report.periods):
            yield unknown_name(tree.period, tree.place, A_PERIOD, report.periods)


def _check_members(
    report: Report, members: Members, name: str, own: Collection[str], place: Place
) -> Iterator[Diagnostic]:
    for dimension, member in members:
        if dimension not in own:
            finding = unknown_name(dimension, place, f'a dimension of "{name}"', own)
            without = f'"{name}" has no breakdown: give it one, or take the brackets out'
            yield finding if own else replace(finding, help=without)
        elif not report.dimensions[dimension].member(member):
            known = [each.id for each in report.dimensions[dimension].members]
            yield unknown_name(member, place, f"a member of {dimension}", known)


def _check_target(report: Report, target: Target) -> Iterator[Diagnostic]:
    metric = report.metrics.get(target.metric)
    if metric is None:
        yield unknown_name(target.metric, target.metric_place, "a metric", report.metrics)
        return
    if target.per and target.per not in report.metrics:
        yield unknown_name(target.per, target.metric_place, "a metric", report.metrics)
    yield from _check_members(report, target.members, target.metric, metric.dimensions, target.metric_place)
