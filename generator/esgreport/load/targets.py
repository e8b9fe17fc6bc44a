"""Targets: what is to be reached, of which metric, by when."""

from __future__ import annotations

from esgreport.load.project import Project
from esgreport.model import GOALS, Answer, Step, Target
from esgreport.source import Node, Scalar

_TARGET_KEYS = (
    "name", "metric", "per", "members", "base", "base_value", "to", "change", "level", "at_most", "at_least", "path",
    "answers", "decimals", "note", "owner",
)  # fmt: skip


def read_target(project: Project, key: Scalar, node: Node, aspect: str) -> Target | None:
    """The target that stands under `key`; None where it does not say what is wanted, of what or by when."""
    shapes = project.shapes
    shape = shapes.mapping(node, f'the target "{key.text}"', _TARGET_KEYS, ("name", "metric", "to"))
    given = [goal for goal in GOALS if goal in shape]
    if len(given) != 1:
        message = f'the target "{key.text}" wants {" and ".join(given) or "nothing"}'
        shapes.refuse(key.place, message, f"write one of {', '.join(GOALS)}", "missing-key")
        return None
    wanted = shapes.number(shape[given[0]], given[0])
    base, to = (project.known_period(shape.get(k)) for k in ("base", "to"))
    if wanted is None or not to or "metric" not in shape:
        return None
    if not base and given[0] in ("change", "level"):
        if "base" not in shape:
            message = f'the target "{key.text}" does not say from which period it starts'
            shapes.refuse(key.place, message, "add base: …, a period of data/report.yml", "missing-key")
        return None
    if base and project.periods[base].end >= project.periods[to].end:
        shapes.refuse(
            shape["to"].place,
            f"{to} does not end after the base {base}",
            "compare base and to",
            "bad-date",
        )
        return None
    base_value = shapes.number(shape.get("base_value"), "the value of the base")
    if base_value and not base:
        message = f'the target "{key.text}" has a value of the base, but does not say of which period'
        shapes.refuse(shape["base_value"].place, message, "add base: …", "missing-key")
        return None
    path = []
    for period, value in project.by_period(shape.get("path"), "path"):
        number = shapes.number(value, "a step of the path")
        end = project.periods[period.text].end
        if (base and end <= project.periods[base].end) or end >= project.periods[to].end:
            between = f"between the base {base} and {to}" if base else f"before {to}"
            help = "name a period that ends there, or take the step out"
            shapes.refuse(period.place, f"{period.text} does not lie {between}", help, "bad-date")
        elif number:
            path.append(Step(period.text, number, value.place))
    members = [
        (dimension.text, text)
        for dimension, member in shapes.entries(shape.get("members"), "members", like="gender: female")
        if (text := shapes.text(member, "a member"))
    ]
    return Target(
        id=key.text,
        aspect=aspect,
        name=shapes.wording(shape.get("name"), f'the name of "{key.text}"'),
        metric=shapes.text(shape["metric"], "metric"),
        goal=given[0],
        wanted=Step(to, wanted, shape[given[0]].place),
        place=key.place,
        metric_place=shape["metric"].place,
        per=shapes.text(shape.get("per"), "per"),
        members=tuple(sorted(members)),
        base=base,
        base_value=Step(base, base_value, shape["base_value"].place) if base_value else None,
        path=tuple(sorted(path, key=lambda step: project.periods[step.period].end)),
        answers=tuple(read_answer(item) for item in shapes.items(shape.get("answers"), "answers")),
        decimals=shapes.whole(shape.get("decimals"), "decimals", 9),
        note=shapes.wording(shape.get("note"), "note"),
        owner=shapes.text(shape.get("owner"), "owner"),
    )


def read_answer(item: Scalar) -> Answer:
    """The requirement, and after a colon the measure, that a metric or target says it answers."""
    requirement, _, measure = item.text.partition(":")
    return Answer(requirement, measure.strip(), item.place)
