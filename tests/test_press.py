"""The printer's edition: the same book with bleed and crop marks, in the four inks of a press."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from conftest import TINY, here

MM = 72 / 25.4
REPORT = TINY["data/report.yml"]


def built(root: Path, *more: str) -> Path:
    """The output folder of a project that is built."""
    done = here("build", "--project", root, *more)
    assert done.returncode == 0, done.stderr
    return root / "site"


def press_of(root: Path, language: str = "en") -> Path:
    """The printer's edition of a project in one language, and nothing else."""
    return (
        built(root, "--only", "print", "--edition-lang", language) / f"pdf/tiny-esg-2025.{language}.print.pdf"
    )


def test_a_report_asks_for_further_editions(project):
    site = built(project({"data/report.yml": REPORT + "editions: [print]\n"}), "--edition-lang", "en")
    record = json.loads((site / "build.json").read_text(encoding="utf-8"))
    assert set(record["pages"]) == {"en", "en.print"}
    assert {"pdf/tiny-esg-2025.en.pdf", "pdf/tiny-esg-2025.en.print.pdf"} <= set(record["files"])


def test_an_edition_may_be_made_alone(project):
    site = built(project({}), "--only", "print", "--edition-lang", "en")
    files = {path.name for path in (site / "pdf").iterdir()}
    assert "tiny-esg-2025.en.print.pdf" in files and "tiny-esg-2025.en.pdf" not in files


@pytest.mark.parametrize("asked", ["pirnt", "web", "pdf"])
def test_an_edition_that_nobody_can_ask_for_is_refused(project, asked):
    done = here("check", "--project", project({"data/report.yml": REPORT + f"editions: [print, {asked}]\n"}))
    assert done.returncode == 1 and f'"{asked}" is not an edition that may be asked for' in done.stdout


def test_a_printed_page_leads_nowhere(project):
    with pikepdf.open(press_of(project({}))) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert "/Outlines" not in pdf.Root and "/StructTreeRoot" not in pdf.Root
