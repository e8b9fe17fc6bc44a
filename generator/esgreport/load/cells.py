"""Values of a metric: numbers, limits, ranges and kinds without a number, with what is said of each.

Where nothing but words is given they are said of a computed figure; `computed` refuses them where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.amounts import Number
from esgreport.diagnostics import Place, error
from esgreport.load.project import A_DIMENSION, Project
from esgreport.model import QUALIFIERS, Cell, Kind, Members, Status
from esgreport.schema import blank
from esgreport.source import Empty, Mapping, Node, Scalar

SAID = ("note", "method", "boundary", "remark")  # of a value and of a metric
REASONS = ("reason", "reason_for_change")  # of a value alone
PLAIN_TEXTS = ("source", "owner", "evidence")
_KINDS = {"nil": Kind.NIL, "not_applicable": Kind.NOT_APPLICABLE, "not_available": Kind.NOT_AVAILABLE}
_CELL_KEYS = (
    "value", "limit", "range", "qualifier", "status", "restated_from", "reason", "at", "note", "method", "boundary", "remark",
    "reason_for_change", "source", "owner", "evidence",
)  # fmt: skip


def read_values(project: Project, node: Node | None) -> Iterator[Cell]:
    for key, value in project.by_period(node, "values"):
        if cell := _cell(project, value, key.text, ()):
            yield cell


def read_breakdown(project: Project, node: Node | None) -> Iterator[Cell]:
    like = "gender: {2025: {male: …, female: …}}"
    dimensions = project.shapes.entries(node, "breakdown", like=like)
    for key, by_period in project.shapes.known(dimensions, project.dimensions, A_DIMENSION):
        members = [member.id for member in project.dimensions[key.text].members]
        for period, by_member in project.by_period(by_period, f"the breakdown by {key.text}"):
            cells = project.shapes.entries(
                by_member,
                f"{key.text} in {period.text}",
                like=", ".join(f"{each}: …" for each in members[:2]),
            )
            for member, value in project.shapes.known(cells, members, f"a member of {key.text}"):
                if cell := _cell(project, value, period.text, ((key.text, member.text),)):
                    yield cell


def _cell(project: Project, node: Node, period: str, members: Members) -> Cell | None:
    """One authored value; an empty one is missing, so no cell at all."""
    if isinstance(node, Empty):
        return None
    if isinstance(node, Scalar):
        return read_plain_cell(project, node, period, members)
    shapes = project.shapes
    shape = shapes.mapping(node, "a value", _CELL_KEYS)
    given = [key for key in ("value", "limit", "range") if key in shape]
    if len(given) > 1 or not shape or (not given and "qualifier" in shape):
        if isinstance(node, Mapping):
            refuse_without_value(project, node.place, " and ".join(given))
        return None
    value = shape[given[0]] if given else None
    kind: Kind | None = Kind.VALUE
    number, upper = None, None
    if value is None:
        kind = None
    elif given == ["limit"]:
        kind, number = Kind.LIMIT, shapes.number(value, "the limit")
    elif given == ["range"]:
        ends = read_ends(project, value, "a range")
        if ends is None:
            return None
        kind, number, upper = Kind.RANGE, *ends
    elif isinstance(value, Scalar) and value.text in _KINDS:
        kind = _KINDS[value.text]
    else:
        number = shapes.number(value, "the value", or_kind=True)
    if number is None and kind in (Kind.VALUE, Kind.LIMIT, Kind.RANGE):
        return None
    if kind in (Kind.VALUE, None) and "status" in shape and "restated_from" not in shape:
        refuse_restated_without_former(project, shape["status"])
    former = shapes.number(shape.get("restated_from"), "the former value")
    status = Status(
        shapes.choice(
            shape.get("status"), "a status", tuple(Status), Status.RESTATED if former else Status.REPORTED
        )
    )
    reason = shapes.wording(shape.get("reason"), "the reason")
    if former is not None and not reason:
        project.findings.append(
            error(
                "restated-without-reason",
                shape["restated_from"].place,
                "a restated value needs its reason",
                "add reason: …",
            )
        )
    return Cell(
        period, members, kind, value.place if value else node.place, number, upper,
        qualifier=shapes.choice(shape.get("qualifier"), "a qualifier", QUALIFIERS),
        status=status,
        former=former,
        reason=reason,
        at=shapes.day(shape.get("at"), "at"),
        note=shapes.wording(shape.get("note"), "note"),
        method=shapes.wording(shape.get("method"), "method"),
        boundary=shapes.wording(shape.get("boundary"), "boundary"),
        remark=shapes.wording(shape.get("remark"), "remark"),
        reason_for_change=shapes.wording(shape.get("reason_for_change"), "reason_for_change"),
        source=shapes.text(shape.get("source"), "source"),
        owner=shapes.text(shape.get("owner"), "owner"),
        evidence=shapes.text(shape.get("evidence"), "evidence"),
    )  # fmt: skip


def refuse_without_value(project: Project, place: Place, given: str = "") -> None:
    message = f"{given or 'no value, limit or range'} stands here for one value"
    project.shapes.refuse(place, message, "write one of value, limit and range", "missing-key")


def refuse_restated_without_former(project: Project, status: Node) -> None:
    if isinstance(status, Scalar) and status.text == Status.RESTATED:
        message = "a restated value needs the one that was published before"
        project.findings.append(
            error("restated-without-former", status.place, message, "add restated_from: …")
        )


def read_plain_cell(project: Project, node: Scalar, period: str, members: Members) -> Cell | None:
    if blank(node):
        return None
    if node.text in _KINDS:
        return Cell(period, members, _KINDS[node.text], node.place)
    number = project.shapes.number(node, "the value", or_kind=True)
    return Cell(period, members, Kind.VALUE, node.place, number) if number else None


def read_ends(project: Project, node: Node | None, what: str) -> tuple[Number, Number] | None:
    """The lower and the upper end of a range."""
    if node is None or isinstance(node, Empty):
        return None
    ends = [project.shapes.number(item, f"an end of {what}") for item in project.shapes.items(node, what)]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0].exact < ends[1].exact:
        return ends[0], ends[1]
    project.shapes.refuse(node.place, f"{what} has a lower and an upper end", "write [3, 5]", "bad-number")
    return None
