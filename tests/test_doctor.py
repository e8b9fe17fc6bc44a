"""`esgreport doctor`: what a machine or a project lacks is said, with what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TINY, Run
from esgreport import doctor

Project = Callable[..., Path]


def said(out: str) -> dict[str, tuple[str, str]]:
    """What is looked at → (ok or lacks, the advice)."""
    found: dict[str, tuple[str, str]] = {}
    last = ""
    for line in out.splitlines():
        if line.startswith(" "):
            found[last] = (found[last][0], line.strip())
        else:
            last = line[8:23].strip()
            found[last] = (line[:7].strip(), "")
    return found


def test_a_machine_that_has_all(project: Project, run: Run) -> None:
    code, out, _ = run("doctor", "--project", project())
    assert code == 0
    kinds = ("Python", "PDF libraries", "typefaces", "folder", "report")
    assert said(out) == dict.fromkeys(kinds, ("ok", ""))
    assert "can be built, in zh-Hant and en" in out


def test_without_a_report_the_machine_alone_is_looked_at(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("doctor", "--project", tmp_path)
    assert code == 0 and list(said(out)) == ["Python", "PDF libraries", "typefaces", "folder"]


def test_a_report_that_cannot_be_built(project: Project, run: Run) -> None:
    root = project({"data/aspects/a2.yml": TINY["data/aspects/a2.yml"].replace("unit: kWh", "unit: kwhh")})
    code, out, _ = run("doctor", "--project", root)
    assert code == 1 and said(out)["report"] == ("lacks", "run: esgreport check --mistakes")


def test_typefaces_that_are_not_there(project: Project, run: Run) -> None:
    root = project()
    (root / ".cache" / "fonts").unlink()
    (root / ".cache" / "fonts").mkdir()
    code, out, _ = run("doctor", "--project", root)
    assert code == 1 and said(out)["typefaces"] == ("lacks", "run: esgreport fonts")
    (root / ".cache" / "fonts" / "NotoSansHK-400.ttf").write_bytes(b"changed")
    advice = said(run("doctor", "--project", root)[1])["typefaces"][1]
    assert advice.startswith("delete NotoSansHK-400.ttf in ") and advice.endswith("then run: esgreport fonts")


def test_a_machine_that_lacks_much(
    project: Project, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'OSError: cannot load library libpango' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (4, 0))
    monkeypatch.setattr("os.access", lambda *_: False)
    code, out, _ = run("doctor", "--project", project())
    found = said(out)
    assert code == 1 and "OSError: cannot load library libpango" in out
    assert found["Python"] == ("lacks", "install Python 3.11 or newer")
    assert "apt-get install libpango-1.0-0" in found["PDF libraries"][1]
    assert found["folder"] == ("lacks", "copy it to a folder of your own")
