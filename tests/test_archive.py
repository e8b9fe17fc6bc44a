"""The archive edition: the pages of the reading edition, with its data inside, written as PDF/A-3 asks.

No validator has judged it; docs/publishing.md says so and lists what is held here.
"""

from __future__ import annotations

import io
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Built, here, tree, write_project
from esgreport.finished_pdf import Attachment, archived, read_pdf
from esgreport.pdf import colour_profile
from pdf_archive import RULES, Rule, faults
from pdf_clauses import CLAUSES
from pdf_structure import Structure
from test_pdf_structure import LONG, ROWS, SMALL, laid_out

CARRIED = {
    f"{name}.{kind}" for name in ("figures", "content-index.hkex-esg-code-2025") for kind in ("csv", "json")
}
FILES = [
    Attachment("數據.csv", b"id\r\n1\r\n", "text/csv", "Figures"),
    Attachment("figures.json", b"{}", "application/json", "Figures"),
]
DAY = datetime(2026, 4, 30)


def carried(path: Path) -> dict[str, bytes]:
    with pikepdf.open(path) as pdf:
        return {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny company, which asks for an archive edition."""
    root = write_project(tmp_path_factory.mktemp("archive") / "project")
    path = root / "data" / "report.yml"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}frameworks: [hkex-esg-code-2025]\neditions: [archive]\n"
    )
    return root


@pytest.fixture(scope="module")
def whole(project: Path) -> Path:
    done = here("build", "--project", project, "--out", project / "whole")
    assert done.returncode == 0, done.stderr
    return project / "whole"


# ---- the edition


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_it_carries_the_published_files_byte_for_byte(whole: Path, language: str) -> None:
    found = carried(whole / f"pdf/tiny-esg-2025.{language}.archive.pdf")
    assert set(found) == CARRIED
    for name, content in found.items():
        assert content == (whole / "data" / name).read_bytes(), name


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_its_pages_are_those_of_the_reading_edition(whole: Path, language: str) -> None:
    reading, archive = (whole / f"pdf/tiny-esg-2025.{language}{part}.pdf" for part in ("", ".archive"))
    assert archive.read_bytes().startswith(reading.read_bytes())
    assert read_pdf(archive) == read_pdf(reading)


def test_the_reading_edition_is_the_same_whether_or_not_there_is_an_archive(
    whole: Path, project: Path
) -> None:
    done = here("build", "--project", project, "--out", project / "alone", "--only", "pdf")
    assert done.returncode == 0, done.stderr
    alone = {name: content for name, content in tree(project / "alone").items() if name.endswith(".pdf")}
    assert alone == {name: tree(whole)[name] for name in alone} and len(alone) == 2


def test_alone_it_carries_what_would_be_published(whole: Path, project: Path) -> None:
    done = here("build", "--project", project, "--out", project / "only", "--only", "archive")
    assert done.returncode == 0, done.stderr
    found = tree(project / "only")
    assert set(found) == {"build.json", *(f"pdf/tiny-esg-2025.{x}.archive.pdf" for x in ("en", "zh-Hant"))}
    assert all(
        found[name] == content for name, content in tree(whole).items() if name.endswith(".archive.pdf")
    )
    assert "4 pages" in done.stdout


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_an_archive_may_keep_it(whole: Path, language: str) -> None:
    assert faults((whole / f"pdf/tiny-esg-2025.{language}.archive.pdf").read_bytes()) == []


def test_an_unknown_edition_is_named(project: Path, tmp_path: Path) -> None:
    root = write_project(tmp_path / "other")
    path = root / "data" / "report.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}editions: [archives]\n")
    done = here("check", "--project", root)
    assert done.returncode == 1 and '"archives"' in done.stdout and "archive" in done.stdout


# ---- each rule sees what it is for


@pytest.fixture(scope="module")
def small() -> bytes:
    """A few pages that hold something of everything, a photograph too."""
    picture = '<p><img src="docs/pictures/pdf.en.png" alt="A page" style="width: 40mm"></p>'
    html = SMALL.replace("ROWS", ROWS).replace("LONG", LONG).replace("<ul>", picture + "<ul>", 1)
    layout = laid_out(html, allowed=[ROOT / "docs" / "pictures"])
    assert layout.findings == ()
    return layout.content


@pytest.fixture(scope="module")
def kept(small: bytes) -> bytes:
    return archived(small, FILES, colour_profile(), DAY)


def test_the_reading_edition_would_not_do(small: bytes) -> None:
    found = {each.partition(":")[0] for each in faults(small)}
    assert found == {"profile-named", "metadata-explained", "output-intent", "links", "pictures"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_violation_is_seen(rule: Rule, kept: bytes) -> None:
    with pikepdf.open(io.BytesIO(kept)) as sound:
        assert list(rule.check(sound)) == []
        rule.plant(sound)
        assert list(rule.check(sound))


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_those_who_listen_hear_the_same(clause, kept: bytes) -> None:
    assert list(clause.check(Structure(kept))) == []


def test_a_name_in_chinese_stays(kept: bytes) -> None:
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()} == {
            each.name: each.content for each in FILES
        }


def test_the_same_files_give_the_same_bytes(small: bytes, kept: bytes) -> None:
    assert archived(small, FILES, colour_profile(), DAY) == kept
    assert archived(small, FILES[:1], colour_profile(), DAY) != kept


def test_other_programs_can_read_it(kept: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kept.pdf"
    path.write_bytes(kept)
    listed = subprocess.run(["pdfdetach", "-list", path], capture_output=True, text=True, check=True)
    assert listed.stderr == "" and "2 embedded files" in listed.stdout
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.long
@pytest.mark.parametrize("which", ["built", "built_example"])
def test_our_reports_can_be_kept(request: pytest.FixtureRequest, which: str) -> None:
    built: Built = request.getfixturevalue(which)
    files = [
        Attachment(path.name, path.read_bytes(), "text/csv", "Data")
        for path in (built.out / "data").glob("*.csv")
    ]
    books = [path for path in (built.out / "pdf").iterdir() if not path.name.endswith(".archive.pdf")]
    assert books and files
    for path in books:
        assert faults(archived(path.read_bytes(), files, colour_profile(), DAY)) == []


# ---- what the documentation says of it


def test_the_documentation_lists_these_rules_and_claims_no_more() -> None:
    text = (ROOT / "docs" / "print.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)`, ISO 19005-3 ([\d., ]+) \|", text, re.MULTILINE) == [
        (rule.name, rule.clause) for rule in RULES
    ]
    assert "No validator has judged" in text
