"""Registers and dimensions: what is named once and used by reference, and how a whole is divided."""

from __future__ import annotations

import re
from pathlib import Path

from esgreport.languages import LANGUAGES, Text
from esgreport.load.project import UNITS_FILE, Project
from esgreport.model import CALL_ARGUMENTS, Contact, Dimension, Entry, Life, Member, Name, Report
from esgreport.publications import published_entries
from esgreport.qr import MOST_CHARACTERS
from esgreport.schema import nearest
from esgreport.source import Mapping, Node, Scalar, exists

_MEMBER_KEYS = ("name", "from", "until")
_ENTRY_KEYS = (
    "name", "from", "until", "entity", "note", "short_name", "means", "title", "phone", "email", "website", "address",
    "hours",
)  # fmt: skip
_MAILBOX = re.compile(r"[^\s@]+@[^\s@]+\Z")
_WEBSITE = re.compile(r"https?://[^\s/]+(/\S*)?\Z")


def read_registers(project: Project) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name in project.names("data/registers", ".yml"):
        if name == UNITS_FILE:
            continue
        register = Path(name).stem
        for key, value in project.shapes.entries(project.yaml(name), "a register"):
            if not isinstance(value, Mapping):
                project.shapes.refuse(
                    key.place, f'"{key.text}" should have a name per language', "write name: {…}"
                )
                continue
            shape: dict[str, Node] = {"name": value}
            if not {k.text for k, _ in value} <= set(LANGUAGES):
                shape = project.shapes.mapping(value, f'the entry "{key.text}"', _ENTRY_KEYS, ("name",))
            if key.text in found:
                project.shapes.refuse(
                    key.place,
                    f'"{key.text}" is also an entry of data/registers/{found[key.text].register}.yml',
                    "give one of them another id",
                    "duplicate-id",
                )
                continue
            found[key.text] = _entry(project, register, key, shape)
    return found


def _entry(project: Project, register: str, key: Scalar, shape: dict[str, Node]) -> Entry:
    def worded(name: str) -> Text:
        return project.shapes.wording(shape.get(name), f'{name} of "{key.text}"')

    return Entry(
        key.text,
        register,
        project.shapes.wording(shape.get("name"), f'the name of "{key.text}"'),
        key.place,
        _life(project, key, shape),
        short_name=worded("short_name"),
        means=worded("means"),
        title=worded("title"),
        contact=Contact(
            project.shapes.text(shape.get("phone"), "phone"),
            _address(project, shape.get("email"), _MAILBOX, "an e-mail address", "esg@company.example"),
            _address(project, shape.get("website"), _WEBSITE, "the address of a website", "https://…"),
            worded("address"),
            worded("hours"),
        ),
    )


def _address(project: Project, node: Node | None, pattern: re.Pattern[str], what: str, like: str) -> str:
    """A text that becomes a link."""
    text = project.shapes.text(node, what)
    if text and node is not None and (not pattern.match(text) or len(text) > MOST_CHARACTERS):
        project.shapes.refuse(node.place, f'"{text[:60]}" is not {what}', f"write {like}", "bad-link")
        return ""
    return text


def _life(project: Project, key: Scalar, shape: dict[str, Node]) -> Life:
    """When an entry or a member exists."""
    first, last = (project.periods.get(project.known_period(shape.get(end))) for end in ("from", "until"))
    if first and last and first.start > last.end:
        message = f'"{key.text}" would exist from {first.id}, but only until {last.id}'
        help = "give a first period that lies before the last"
        project.shapes.refuse(shape["until"].place, message, help, "bad-date")
    return Life(first, last)


def with_published(report: Report) -> dict[str, Entry]:
    """The entries of the report, those that come with the tool, and the company as `company`; an id of the report's own
    always stands for its own."""
    taken = {*report.metrics, *report.targets}
    given = published_entries(report.periods.get(report.period))
    company = report.company
    given["company"] = Entry("company", "company", company.name, report.place, short_name=company.short_name)
    return {**{id: entry for id, entry in given.items() if id not in taken}, **report.entries}


def read_dimensions(project: Project, entries: dict[str, Entry]) -> dict[str, Dimension]:
    name = "data/dimensions.yml"
    if not exists(project.root, name):
        return {}
    found = {}
    for key, value in project.shapes.entries(project.yaml(name), "dimensions.yml"):
        shape = project.shapes.mapping(
            value, "a dimension", ("name", "members", "register", "partition", "stands_for"), ("name",)
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
            members = [
                Member(e.id, e.name, e.place, e.life) for e in entries.values() if e.register == register
            ]
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
                _member(project, member, value)
                for member, value in project.shapes.entries(shape.get("members"), "members")
            ]
        partition = project.shapes.yes(shape.get("partition"), "partition", True)
        stands_for = project.shapes.text(shape.get("stands_for"), "stands_for")
        found[key.text] = Dimension(
            key.text,
            project.shapes.wording(shape.get("name"), "the dimension's name"),
            tuple(members),
            partition,
            key.place,
            Name(stands_for, shape["stands_for"].place) if stands_for else None,
        )
    return found


def _member(project: Project, key: Scalar, value: Node) -> Member:
    """A member that a dimension lists itself."""
    name: Node | None = value
    life = Life()
    if isinstance(value, Mapping) and {k.text for k, _ in value} & set(_MEMBER_KEYS):
        shape = project.shapes.mapping(value, f'the member "{key.text}"', _MEMBER_KEYS, ("name",))
        name, life = shape.get("name"), _life(project, key, shape)
    return Member(key.text, project.shapes.wording(name, f'the name of "{key.text}"'), key.place, life)
