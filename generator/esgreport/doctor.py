"""Whether a machine and a project have what a build needs, and what to do where they have not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from esgreport import faces, fetching
from esgreport.diagnostics import plural
from esgreport.model import SCHEMA
from esgreport.pipeline import examine

OLDEST_PYTHON = (3, 11)
ROOM = 500 << 20  # bytes: both websites, the books, and what a build keeps to be quicker next time


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that was looked at: how it was found, and what to do about it, "" where it is well."""

    what: str
    found: str
    advice: str = ""


def look(project: Path) -> Iterator[Symptom]:
    """Look at the machine, then at the project in this folder, if there is one."""
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < OLDEST_PYTHON
    yield Symptom("Python", version, "install Python 3.11 or newer" if old else "")
    yield _print_engine()
    report = project / "data" / "report.yml"
    yield _faces(project, fetching.speaks_simplified(report))
    yield _folder(project)
    if report.is_file():
        yield _report(project)


def _print_engine() -> Symptom:
    """A process of its own tries it, because a library that lacks ends in many ways."""
    tried = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, encoding="utf-8", errors="replace"
    )
    if not tried.returncode:
        return Symptom("PDF libraries", "pango and harfbuzz are here")
    reason = (tried.stderr.strip().splitlines() or ["they cannot be loaded"])[-1]
    advice = "on Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango harfbuzz"
    return Symptom("PDF libraries", reason[:200], advice)


def _faces(project: Path, simplified: bool) -> Symptom:
    folder = faces.faces_folder(project)
    table = fetching.Table(faces.LIST, folder)
    lacking = [row["file"] for row in table.rows(simplified) if not table.has(row)]
    if not lacking:
        return Symptom("typefaces", str(folder))
    changed = [name for name in lacking if (folder / name).exists()]
    advice = (
        f"delete {', '.join(changed)} in {folder}, then run: esgreport fonts"
        if changed
        else "run: esgreport fonts"
    )
    return Symptom("typefaces", f"{plural(len(lacking), 'file')} of {folder} not there as listed", advice)


def _folder(project: Path) -> Symptom:
    if not os.access(project, os.W_OK | os.X_OK):
        return Symptom("folder", f"{project} cannot be written", "copy it to a folder of your own")
    free = shutil.disk_usage(project).free
    advice = "make room on the disk: half a gigabyte will do" if free < ROOM else ""
    return Symptom("folder", f"{project}, {free >> 20:,} MB free", advice)


def _report(project: Path) -> Symptom:
    try:
        examined = examine(project)
    except OSError as reason:
        return Symptom("report", str(reason), "see above")
    mistakes = sum(finding.blocking for finding in examined.findings)
    if examined.edition is None or mistakes:
        found = f"{plural(mistakes, 'mistake')} that stop a build"
        return Symptom("report", found, "run: esgreport check --mistakes")
    if examined.edition.report.schema < SCHEMA:
        return Symptom(
            "report",
            "was begun with an earlier esgreport",
            "run: esgreport migrate; it shows what it changes",
        )
    return Symptom("report", f"can be built, in {' and '.join(examined.edition.report.languages)}")
