"""Registers and dimensions: what is named once and used by reference, and how a whole is divided."""

from __future__ import annotations

from pathlib import Path

from esgreport.languages import LANGUAGES
from esgreport.load.project import Project
from esgreport.load.units import UNITS_FILE
from esgreport.model import CALL_ARGUMENTS, Dimension, Entry, Member, Report
from esgreport.publications import published_entries
from esgreport.schema import nearest
from esgreport.source import Mapping, exists

_ENTRY_KEYS = ("name", "entity", "note")


def read_registers(project: Project) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name in project.names("data/registers", ".yml"):
        if name == UNITS_FILE:
            continue
        register = Path(name).stem
        for key, value in project.shapes.entries(project.yaml(name), "a register"):
            if isinstance(value, Mapping) and set(k.text for k, _ in value) <= set(LANGUAGES):
                names = project.shapes.wording(value, f'the name of "{key.text}"')
            else:
                if not isinstance(value, Mapping):
                    project.shapes.refuse(
                        key.place, f'"{key.text}" should have a name per language', "write name: {…}"
                    )
                    continue
                entry = project.shapes.mapping(value, f'the entry "{key.text}"', _ENTRY_KEYS, ("name",))
                names = project.shapes.wording(entry.get("name"), f'the name of "{key.text}"')
            if key.text in found:
                project.shapes.refuse(
                    key.place,
                    f'"{key.text}" is also an entry of data/registers/{found[key.text].register}.yml',
                    "give one of them another id",
                    "duplicate-id",
                )
                continue
            found[key.text] = Entry(key.text, register, names, key.place)
    return found


def with_published(report: Report) -> dict[str, Entry]:
    """The entries of the report, and those that come with the tool; an id of the report's own always stands for its own."""
    taken = {*report.metrics, *report.targets}
    published = published_entries(report.periods.get(report.period))
    return {**{id: entry for id, entry in published.items() if id not in taken}, **report.entries}


def read_dimensions(project: Project, entries: dict[str, Entry]) -> dict[str, Dimension]:
    name = "data/dimensions.yml"
    if not exists(project.root, name):
        return {}
    found = {}
    for key, value in project.shapes.entries(project.yaml(name), "dimensions.yml"):
        shape = project.shapes.mapping(
            value, "a dimension", ("name", "members", "register", "partition"), ("name",)
        )
        if key.text in CALL_ARGUMENTS:
            project.shapes.refuse(
                key.place,
                f'a dimension cannot be named "{key.text}": value calls use that word',
                "choose another id",
                "bad-id",
            )
        if "register" in shape:
            register = project.shapes.text(shape["register"], "register")
            members = [Member(e.id, e.name, e.place) for e in entries.values() if e.register == register]
            if not members:
                project.shapes.refuse(
                    shape["register"].place,
                    f'there is no register "{register}"',
                    nearest(register, {e.register for e in entries.values()}),
                    "unknown-name",
                )
        else:
            if "members" not in shape:
                message = f'"{key.text}" has neither members nor a register'
                project.shapes.refuse(key.place, message, "add members: …, or register: …", "missing-key")
            members = [
                Member(
                    member.text,
                    project.shapes.wording(wording, f'the name of "{member.text}"'),
                    member.place,
                )
                for member, wording in project.shapes.entries(shape.get("members"), "members")
            ]
        partition = project.shapes.yes(shape.get("partition"), "partition", True)
        found[key.text] = Dimension(
            key.text,
            project.shapes.wording(shape.get("name"), "the dimension's name"),
            tuple(members),
            partition,
            key.place,
        )
    return found
