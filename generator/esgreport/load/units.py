"""data/registers/units.yml: the units that a project adds to the closed table."""

from __future__ import annotations

import re
from fractions import Fraction

from esgreport.amounts import parse_number
from esgreport.load.project import UNITS_FILE, Project
from esgreport.source import Mapping, Node, Scalar, exists
from esgreport.units import UNITS, Unit, UnitTable, unit

_UNIT_KEYS = ("name", "singular", "symbol", "equals", "source", "of")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_EQUALS = re.compile(r"(?P<over>\d[\d., ]*?)(?:\s*/\s*(?P<under>\d[\d., ]*?))?\s+(?P<unit>[^\W\d].*)")


def read_units(project: Project) -> UnitTable:
    """The closed table with the project's own units, each of which may equal so much of one above it."""
    if exists(project.root, UNITS_FILE):
        node = project.yaml(UNITS_FILE)
        if "*" in project.unread:  # the file cannot be read
            project.unread_units.add("*")
        for key, value in project.shapes.entries(node, "units.yml", _CODE):
            before = len(project.findings)
            added = _own_unit(project, key, value)
            if any(finding.blocking for finding in project.findings[before:]):
                project.unread_units.add(key.text)
            elif added is not None:
                project.units = project.units.with_unit(added)
    project.unread |= project.unread_units
    return project.units.with_symbols(project.by_symbol)


def _own_unit(project: Project, key: Scalar, node: Node) -> Unit | None:
    shapes = project.shapes
    if key.text in UNITS:
        message = f'"{key.text}" is a unit that needs no definition: the table of units has it'
        shapes.refuse(key.place, message, "delete it, or choose another code", "duplicate-id")
        return None
    if not isinstance(node, Mapping):
        shapes.refuse(key.place, f'the unit "{key.text}" should have a name', "write name: {…}")
        return None
    shape = shapes.mapping(node, f'the unit "{key.text}"', _UNIT_KEYS, ("name",))
    names = shapes.wording(shape.get("name"), f'the name of "{key.text}"')
    known = dict.fromkeys(("en", "zh-Hant", "zh-Hans"), key.text) | dict(names)
    singular = shapes.mapping(shape["singular"], "singular", ("en",)) if "singular" in shape else {}
    kind = shapes.choice(shape.get("of"), "a quantity that a unit may count as", ("count",))
    dimensions, ratio, additive = {kind or f'"{key.text}"': 1}, Fraction(1), True
    if "equals" in shape:
        if "of" in shape:
            message = f'"{key.text}" equals so much of another unit, which says its quantity'
            shapes.refuse(shape["of"].place, message, "delete of")
        if "source" not in shape:
            message = f'"{key.text}" does not say where its size is laid down'
            shapes.refuse(shape["equals"].place, message, "add source: …, such as a standard", "missing-key")
        size = _equals(project, shape["equals"])
        if size is None:
            return None
        factor, base = size
        dimensions, ratio, additive = dict(base.dimensions), factor * base.ratio, base.additive
    return unit(
        key.text,
        dimensions,
        str(ratio),
        known["en"],
        known["zh-Hant"],
        known["zh-Hans"],
        one=shapes.printed(singular.get("en"), "singular"),
        symbol=shapes.printed(shape.get("symbol"), "symbol"),
        additive=additive,
    )


def _equals(project: Project, node: Node) -> tuple[Fraction, Unit] | None:
    """How much of which known unit: 200 L, 2000/3 m2."""
    text = project.shapes.text(node, "equals")
    match = _EQUALS.fullmatch(text)
    over = parse_number(match["over"]) if match else None
    under = parse_number(match["under"] or "1") if match else None
    if match is None or not over or not under or not over.exact or not under.exact:
        if text:
            message = f'"{text[:40]}" is not a number above zero with a unit'
            project.shapes.refuse(node.place, message, "write equals: 200 L, or 2000/3 m2", "bad-number")
        return None
    base = project.unit_called(match["unit"], node)
    return (over.exact / under.exact, base) if base else None
