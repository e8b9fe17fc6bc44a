"""data/factors.yml: emission, conversion and calorific factors, each value with its source."""

from __future__ import annotations

from esgreport.load.project import A_DIMENSION, Project
from esgreport.model import Factor, FactorValue
from esgreport.source import Mapping, Node, Scalar, exists

_FACTOR_KEYS = ("name", "value", "values", "breakdown", "unit", "source", "year", "gas", "gwp")


def read_factors(project: Project) -> dict[str, Factor]:
    name = "data/factors.yml"
    if not exists(project.root, name):
        return {}
    found = {}
    for key, value in project.shapes.entries(project.yaml(name), "factors.yml"):
        shape = project.shapes.mapping(value, "a factor", _FACTOR_KEYS, ("unit", "source"))
        before = len(project.findings)
        unit = project.unit(shape.get("unit"))
        dimension, values = _factor_values(project, key, shape)
        if unit is None or not values or any(finding.blocking for finding in project.findings[before:]):
            project.unread.add(key.text)
        if unit is not None and values:
            found[key.text] = Factor(
                key.text,
                project.shapes.wording(shape.get("name"), "the factor's name"),
                unit,
                tuple(values),
                dimension,
                project.shapes.text(shape.get("gas"), "gas"),
                project.shapes.text(shape.get("gwp"), "gwp"),
                key.place,
            )
    return found


def _factor_values(project: Project, key: Scalar, shape: dict[str, Node]) -> tuple[str, list[FactorValue]]:
    """The dimension of a factor ("" for none) and its values: one for all, by period, by member, or both."""
    shapes = project.shapes
    if not {"value", "values", "breakdown"} & set(shape):
        shapes.refuse(key.place, f'"{key.text}" has no value', "add value: …", "missing-key")
    source = shapes.same_or_wording(shape.get("source"), "source")
    year = shapes.text(shape.get("year"), "year")

    def value(node: Node, period: str = "", member: str = "") -> FactorValue | None:
        given: dict[str, Node] = {"value": node}
        if isinstance(node, Mapping):
            given = shapes.mapping(node, "a value of a factor", ("value", "source", "year"), ("value",))
        number = shapes.number(given.get("value"), "the factor")
        if number is None:
            return None
        own = shapes.same_or_wording(given.get("source"), "source") or source
        when = shapes.text(given.get("year"), "year") or year
        return FactorValue(number, given["value"].place, period, member, own, when)

    found = [value(shape["value"])] if "value" in shape else []
    found += [value(node, period.text) for period, node in project.by_period(shape.get("values"), "values")]
    dimensions = shapes.entries(shape.get("breakdown"), "breakdown")
    if len(dimensions) > 1:
        shapes.refuse(dimensions[1][0].place, "a factor is given by one dimension", "keep one")
    known = shapes.known(dimensions, project.dimensions, A_DIMENSION)[:1]
    for dimension, by_member in known:
        members = [member.id for member in project.dimensions[dimension.text].members]
        cells = shapes.entries(by_member, f"the factor by {dimension.text}")
        for member, node in shapes.known(cells, members, f"a member of {dimension.text}"):
            if isinstance(node, Mapping) and not {k.text for k, _ in node} & {"value", "source", "year"}:
                by_period = project.by_period(node, f"the factor of {member.text}")
                found += [value(each, period.text, member.text) for period, each in by_period]
            else:
                found.append(value(node, "", member.text))
    return known[0][0].text if known else "", [each for each in found if each]
