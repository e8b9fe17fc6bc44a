"""Aspect files: metrics with their formulas and intensities, targets, and responses to requirements."""

from __future__ import annotations

import re
from dataclasses import replace

from esgreport.formulas import parse_formula
from esgreport.load.cells import PLAIN_TEXTS, SAID, read_breakdown, read_ends, read_values
from esgreport.load.csv_cells import read_csv_cells, read_csv_rows
from esgreport.load.project import A_DIMENSION, Project
from esgreport.load.targets import read_answer, read_target
from esgreport.model import Aspect, Cell, Formula, Intensity, Members, Metric, Name, Report, Response, Target
from esgreport.schema import nearest
from esgreport.source import Empty, Mapping, Node, Scalar, Sequence

RESPONSES = ("explained", "not-applicable", "relief-used", "negative-statement", "partly-disclosed")
_METRIC_KEYS = (
    "name", "unit", "answers", "per", "values", "breakdown", "formula", "decimals", "source", "owner", "evidence",
    "note", "method", "boundary", "remark", "part_of", "plausible",
)  # fmt: skip


def read_aspects(project: Project, report: Report) -> Report:
    aspects: list[Aspect] = []
    metrics: dict[str, Metric] = {}
    responses: dict[str, Response] = {}
    targets: dict[str, Target] = {}
    for name in project.names("data/aspects", ".yml"):
        node = project.yaml(name)
        if node is None:
            continue
        shape = project.shapes.mapping(
            node, "an aspect file", ("aspect", "name", "metrics", "targets", "responses"), ("aspect",)
        )
        aspect = Aspect(
            project.shapes.text(shape.get("aspect"), "aspect"),
            project.shapes.wording(shape.get("name"), "the aspect's name"),
            node.place,
        )
        aspects.append(aspect)
        rows = read_csv_rows(project, name)
        for key, value in project.shapes.entries(shape.get("metrics"), "metrics"):
            if key.text in metrics:
                first = metrics[key.text].place
                project.shapes.refuse(
                    key.place,
                    f'the metric "{key.text}" is also defined in {first.path}, line {first.line}',
                    "give one of them another id",
                    "duplicate-id",
                )
                continue
            before = len(project.findings)
            metric = _metric(project, key, value, aspect.id, rows.pop(key.text, []))
            if any(finding.blocking for finding in project.findings[before:]):
                project.unread.add(key.text)
            if metric is not None:
                metrics[key.text] = metric
        for key, value in project.shapes.entries(shape.get("targets"), "targets"):
            if key.text in targets:
                message = f'the target "{key.text}" is also defined at {targets[key.text].place}'
                project.shapes.refuse(key.place, message, "give one of them another id", "duplicate-id")
                continue
            before = len(project.findings)
            target = read_target(project, key, value, aspect.id)
            if any(finding.blocking for finding in project.findings[before:]):
                project.unread.add(key.text)
            if target is not None:
                targets[key.text] = target
        for unused in rows.values():
            cell = unused[0]["metric"]
            project.shapes.refuse(
                cell.place,
                f'"{cell.text}" is not a metric of {name}',
                nearest(cell.text, metrics),
                "unknown-name",
            )
        for key, value in project.shapes.entries(shape.get("responses"), "responses", re.compile(r"\S+\Z")):
            response = _response(project, key, value)
            if response and response.requirement in responses:
                project.shapes.refuse(
                    key.place, f"there are two responses to {key.text}", "keep one", "duplicate-id"
                )
            elif response:
                responses[response.requirement] = response
    return replace(report, aspects=tuple(aspects), metrics=metrics, targets=targets, responses=responses)


def _metric(
    project: Project, key: Scalar, node: Node, aspect: str, rows: list[dict[str, Scalar]]
) -> Metric | None:
    shapes = project.shapes
    shape = shapes.mapping(node, f'the metric "{key.text}"', _METRIC_KEYS, ("name", "unit"))
    unit = project.unit(shape.get("unit"))
    if unit is None:
        return None
    cells = [*read_values(project, shape.get("values")), *read_csv_cells(project, rows)]
    by: tuple[str, ...] = ()
    laid_out: tuple[str, ...] = ()
    breakdown = shape.get("breakdown")
    if isinstance(breakdown, Sequence | Scalar):
        by = tuple(item.text for item in shapes.items(breakdown, "breakdown") if project.is_dimension(item))
        if "formula" not in shape:
            shapes.refuse(
                breakdown.place,
                "a list of dimensions is for metrics with a formula",
                "write the values: {gender: {2025: {male: …}}}",
            )
    else:
        cells += read_breakdown(project, breakdown)
        if isinstance(breakdown, Mapping):  # what else stands there has been refused
            laid_out = tuple(key.text for key, _ in breakdown if key.text in project.dimensions)
    formula, parts, readable = _formulas(project, shape.get("formula"))
    if not readable:
        return None
    cells = _without_repeats(project, cells)
    texts = {k: shapes.text(shape.get(k), k) for k in PLAIN_TEXTS}
    wordings = {k: shapes.wording(shape.get(k), k) for k in SAID}
    return Metric(
        id=key.text,
        aspect=aspect,
        name=shapes.wording(shape.get("name"), f'the name of "{key.text}"'),
        unit=unit,
        place=key.place,
        unit_place=shape["unit"].place,
        answers=tuple(read_answer(item) for item in shapes.items(shape.get("answers"), "answers")),
        per=_intensities(project, shape.get("per")),
        cells=tuple(cells),
        formula=formula,
        parts=tuple(parts),
        by=by,
        part_of=shapes.text(shape.get("part_of"), "part_of"),
        plausible=read_ends(project, shape.get("plausible"), "plausible"),
        decimals=shapes.whole(shape.get("decimals"), "decimals", 9),
        source=texts["source"],
        owner=texts["owner"],
        evidence=texts["evidence"],
        note=wordings["note"],
        method=wordings["method"],
        boundary=wordings["boundary"],
        remark=wordings["remark"],
        laid_out=laid_out,
    )


def _formulas(
    project: Project, node: Node | None
) -> tuple[Formula | None, list[tuple[tuple[str, str], Formula]], bool]:
    """A metric's formula, or the formulas of its parts by dimension and member; False where one is not readable."""
    if node is None or isinstance(node, Empty):
        return None, [], True
    if isinstance(node, Scalar):
        formula, findings = parse_formula(node.text, node.place, node.style)
        project.findings.extend(findings)
        return formula, [], formula is not None
    parts: list[tuple[tuple[str, str], Formula]] = []
    readable = True
    dimensions = project.shapes.known(
        project.shapes.entries(node, "the formula", like="a text, such as electricity + gas"),
        project.dimensions,
        A_DIMENSION,
    )
    for dimension, by_member in dimensions:
        members = [member.id for member in project.dimensions[dimension.text].members]
        written = project.shapes.entries(by_member, f"the formulas by {dimension.text}")
        for member, text in project.shapes.known(written, members, f"a member of {dimension.text}"):
            if not isinstance(text, Scalar):
                project.shapes.text(text, "the formula")
                readable = readable and isinstance(text, Empty)
                continue
            formula, findings = parse_formula(text.text, text.place, text.style)
            project.findings.extend(findings)
            readable = readable and formula is not None
            if formula:
                parts.append(((dimension.text, member.text), formula))
    return None, parts, readable


def _intensities(project: Project, node: Node | None) -> tuple[Intensity, ...]:
    """What a metric is divided by: ids of metrics, or keys with a unit and decimals of the quotient."""
    if not isinstance(node, Sequence):
        return tuple(Intensity(item.text, item.place) for item in project.shapes.items(node, "per"))
    found = []
    for item in node.items:
        if not isinstance(item, Mapping):
            found += [Intensity(each.text, each.place) for each in project.shapes.items(item, "per")]
            continue
        shape = project.shapes.mapping(item, "an item of per", ("metric", "unit", "decimals"), ("metric",))
        if "metric" in shape:
            name = project.shapes.text(shape["metric"], "metric")
            unit = project.unit(shape.get("unit"))
            decimals = project.shapes.whole(shape.get("decimals"), "decimals", 9)
            found.append(Intensity(name, shape["metric"].place, unit, decimals))
    return tuple(found)


def _without_repeats(project: Project, cells: list[Cell]) -> list[Cell]:
    kept: dict[tuple[str, Members], Cell] = {}
    for cell in cells:
        first = kept.setdefault((cell.period, cell.members), cell)
        if first is not cell:
            project.shapes.refuse(
                cell.place,
                f"this value is given twice; first at {first.place}",
                "keep one",
                "duplicate-value",
            )
    return list(kept.values())


def _response(project: Project, key: Scalar, node: Node) -> Response | None:
    shape = project.shapes.mapping(
        node, f"the response to {key.text}", ("status", "reason", "relief"), ("status", "reason")
    )
    status = project.shapes.choice(shape.get("status"), "a kind of response", RESPONSES)
    reason = project.shapes.wording(shape.get("reason"), f"the reason for {key.text}")
    written = shape.get("relief")
    relief = project.shapes.text(written, "the relief")
    named = Name(relief, written.place) if relief and written is not None else None
    return Response(key.text, status, reason, key.place, named) if status else None
