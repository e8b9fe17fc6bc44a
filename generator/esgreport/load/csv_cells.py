"""The CSV beside an aspect file: metric,period,<dimensions …>,value and what is said of the value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from esgreport.diagnostics import error
from esgreport.languages import Text
from esgreport.load.cells import PLAIN_TEXTS, REASONS, SAID, read_plain_cell, refuse_restated_without_former
from esgreport.load.project import A_PERIOD, Project
from esgreport.model import QUALIFIERS, Cell, Status
from esgreport.schema import blank
from esgreport.source import Scalar, exists, read_csv, read_text

_COLUMNS = ("metric", "period", "value", "qualifier", "status", "restated_from", "at", *PLAIN_TEXTS)


def read_csv_rows(project: Project, name: str) -> dict[str, list[dict[str, Scalar]]]:
    """The rows of the CSV beside an aspect file, by metric; each row its cells by column title."""
    name = name.removesuffix(".yml") + ".csv"
    if not exists(project.root, name):
        return {}
    text, findings = read_text(project.root, name)
    rows: list[list[Scalar]] = []
    if not findings:
        rows, findings = read_csv(text, name)
    project.findings.extend(findings)
    if findings or not rows:
        return {}
    head = rows[0]
    titles = [cell.text for cell in head]
    for needed in ("metric", "period", "value"):
        if needed not in titles:
            message = f'the first line should have one column "{needed}"'
            help = "the columns are metric, period, one per dimension, value, with commas between"
            project.shapes.refuse(head[0].place, message, help, "missing-key")
            return {}
    for number, cell in enumerate(head):
        if cell.text in titles[:number]:
            project.shapes.refuse(
                cell.place, f'there are two columns "{cell.text}"', "keep one", "duplicate-key"
            )
            return {}
        if cell.text not in (*_COLUMNS, *_wordings(project)) and not project.is_dimension(cell):
            return {}
    by_metric: dict[str, list[dict[str, Scalar]]] = {}
    for row in rows[1:]:
        if len(row) != len(head):
            message = f"this line has {len(row)} cells, the first line {len(head)}"
            project.shapes.refuse(row[0].place, message, "a value with commas needs quotes", "bad-csv")
            continue
        cells = dict(zip(titles, row, strict=True))
        by_metric.setdefault(cells["metric"].text, []).append(cells)
    return by_metric


def read_csv_cells(project: Project, rows: list[dict[str, Scalar]]) -> Iterator[Cell]:
    """The values of one metric's lines, which all have the same columns."""
    columns = rows[0] if rows else {}
    members = {
        x: {member.id for member in project.dimensions[x].members} for x in columns if x in project.dimensions
    }
    bare = all(title in ("metric", "period", "value", *members) for title in columns)
    for row in rows:
        named = [(title, row[title]) for title in members if row[title].text]
        if row["period"].text in project.unread_periods:
            continue
        known = project.shapes.known([(row["period"], row["period"])], project.periods, A_PERIOD)
        for title, cell in named:
            known = project.shapes.known([(cell, cell)], members[title], f"a member of {title}") and known
        part = tuple(sorted((title, cell.text) for title, cell in named))
        value = read_plain_cell(project, row["value"], row["period"].text, part)
        if value is None and not bare and blank(row["value"]):
            value = Cell(row["period"].text, part, None, row["value"].place)
        if known and value is not None:
            value = value if bare else replace(value, **_said(project, row))
            if value.kind or value.says_something:
                yield value


def _wordings(project: Project) -> tuple[str, ...]:
    """The columns for what is said of a value, one for each language: note_en, note_zh-Hant."""
    return tuple(f"{name}_{language}" for name in (*SAID, *REASONS) for language in project.shapes.languages)


def _said(project: Project, row: dict[str, Scalar]) -> dict[str, Any]:
    """What the other columns of a line say of its value."""
    shapes = project.shapes
    former = (
        shapes.number(row["restated_from"], "the former value")
        if row.get("restated_from") and row["restated_from"].text
        else None
    )
    status = shapes.choice(
        row.get("status"), "a status", tuple(Status), Status.RESTATED if former else Status.REPORTED
    )
    said: dict[str, Any] = {
        "qualifier": shapes.choice(row.get("qualifier"), "a qualifier", QUALIFIERS),
        "status": Status(status),
        "former": former,
        "at": shapes.day(row.get("at"), "at"),
    }
    if former is None and "status" in row:
        refuse_restated_without_former(project, row["status"])
    for name in (*SAID, *REASONS):
        words = {x: shapes.printed(row.get(f"{name}_{x}"), name) for x in shapes.languages}
        given = {language: word for language, word in words.items() if word}
        if given and len(given) < len(words):
            lacking = next(language for language, word in words.items() if not word)
            place = row[f"{name}_{next(iter(given))}"].place
            project.findings.append(
                error(
                    "missing-wording",
                    place,
                    f"{name} has no wording in {lacking}",
                    f"fill {name}_{lacking}",
                )
            )
        said[name] = Text.of(given)
    if former is not None and not said["reason"]:
        message = "a restated value needs its reason"
        help = "fill " + " and ".join(f"reason_{x}" for x in shapes.languages)
        project.findings.append(error("restated-without-reason", row["restated_from"].place, message, help))
    return said | {name: shapes.text(row.get(name), name) for name in PLAIN_TEXTS}
