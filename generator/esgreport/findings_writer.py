"""Findings as others read them: text for people, JSON for programs, SARIF for editors, annotations for GitHub.

Every function returns text and prints nothing. `below` is the folder of the project as those see it who open the files: the
path from the top of the repository, empty where the project is the top.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from esgreport import __version__, manual
from esgreport.codes import CODES
from esgreport.diagnostics import Diagnostic, Severity, caret_lines, plural
from esgreport.interface import said, told

LONG = 60  # characters of advice: what is longer is not read again and again
_TINTS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}  # as SARIF says it
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


# What a draft is still to have, as against what is wrong in it.
TO_COME = ("missing-value", "requirement-missing", "requirement-partly")


def text(findings: Iterable[Diagnostic], root: Path, colour: bool = False) -> Iterator[str]:
    """Each finding with its place, its source line and what to do, as the lines of a terminal."""
    lines: dict[str, list[str]] = {}
    before = ("", "")
    for finding in findings:
        same, before = before == (finding.code, finding.help), (finding.code, finding.help)
        if same and len(finding.help) > LONG:
            finding = replace(finding, help="as above")
        finding = told(finding)
        label = f"{said(finding.severity)}[{finding.code}]"
        if colour:
            label = f"\033[1;{_TINTS[finding.severity]}m{label}\033[0m"
        yield f"{finding.place}: {label} {finding.message}"
        path = finding.place.path
        if path not in lines:
            lines[path] = _lines(root, path)
        if 0 < finding.place.line <= len(lines[path]) and finding.place.column:
            yield caret_lines(finding, lines[path][finding.place.line - 1])
        elif finding.help:
            yield f"      {finding.help}"


def summary(findings: Sequence[Diagnostic], accepted: Sequence[Diagnostic]) -> str:
    """How many there are, in a sentence."""
    notes = sum(1 for finding in findings if finding.severity == Severity.INFO)
    counts = [plural(count, word[:-1]) for word, count in counted(findings).items()]
    counts += [plural(notes, "note")] if notes else []
    return said(", ".join([*counts, f"{len(accepted)} accepted."]))


def counted(findings: Iterable[Diagnostic]) -> dict[str, int]:
    """The numbers of errors and warnings, by the keys of the JSON."""
    weights = [finding.severity for finding in findings]
    return {f"{weight}s": weights.count(weight) for weight in (Severity.ERROR, Severity.WARNING)}


def record(finding: Diagnostic) -> dict[str, Any]:
    """A finding as `check --format json` gives it; the keys are a contract."""
    finding = told(finding)
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "blocking": finding.blocking,
        "path": place.path,
        "line": place.line or None,
        "column": place.column or None,
        "end_column": place.end_column or None,
        "cell": place.cell or None,
        "message": finding.message,
        "help": finding.help,
    }


def as_json(findings: Sequence[Diagnostic], accepted: Sequence[Diagnostic]) -> str:
    """What `check --format json` prints."""
    counts = counted(findings) | {"accepted": len(accepted)}
    return _json({"diagnostics": [record(finding) for finding in findings], "summary": counts})


def as_sarif(findings: Sequence[Diagnostic], accepted: Sequence[Diagnostic], below: str = "") -> str:
    """The findings as a SARIF 2.1.0 log; what was accepted is in it, too, as suppressed."""
    codes = sorted({finding.code for finding in (*findings, *accepted)})
    results = [_result(finding, codes, below) for finding in findings]
    results += [
        _result(finding, codes, below) | {"suppressions": [{"kind": "external", "status": "accepted"}]}
        for finding in accepted
    ]
    driver = {"name": "esgreport", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "the folder in which the check was run"}}},
        "results": results,
    }
    return _json({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def as_github(findings: Iterable[Diagnostic], below: str = "") -> Iterator[str]:
    """The findings as workflow commands, which GitHub shows beside the lines of a change."""
    for finding in map(told, findings):
        place = finding.place
        given: dict[str, str | int] = {"file": _path(finding, below)}
        if place.line:
            given |= {"line": place.line, "endLine": place.line}
        if place.column:
            given |= {"col": place.column, "endColumn": place.end_column or place.column}
        given |= {"title": finding.code}
        command = "notice" if finding.severity == Severity.INFO else finding.severity.value
        words = f"{finding.message}\n{finding.help}" if finding.help else finding.message
        properties = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in given.items())
        yield f"::{command} {properties}::{_escaped(words)}"


def _escaped(words: str, more: str = "") -> str:
    """What would end a workflow command, or a property of it, written as its number."""
    for sign in f"%\r\n{more}":
        words = words.replace(sign, f"%{ord(sign):02X}")
    return words


def _rule(code: str) -> dict[str, Any]:
    meaning = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": said(meaning.says)},
        "help": {"text": manual.page(code)},
        "defaultConfiguration": {"level": "warning" if meaning.weights == ("warning",) else "error"},
    }


def _result(finding: Diagnostic, codes: Sequence[str], below: str) -> dict[str, Any]:
    finding = told(finding)
    place = finding.place
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end_column}
    region = {key: value for key, value in region.items() if value} if place.line else {}
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(_path(finding, below)), "uriBaseId": "SRCROOT"}
    }
    location: dict[str, Any] = {"physicalLocation": physical | ({"region": region} if region else {})}
    if place.cell:
        location["logicalLocations"] = [{"name": place.cell, "kind": "cell"}]
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}: {finding.help}" if finding.help else finding.message},
        "locations": [location],
    }


def _path(finding: Diagnostic, below: str) -> str:
    return (PurePosixPath(below) / finding.place.path).as_posix()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _lines(root: Path, name: str) -> list[str]:
    path = root / name
    try:
        if path.is_file() and path.resolve().is_relative_to(root) and path.stat().st_size < 2_000_000:
            return path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except (OSError, ValueError):
        return []
    return []
