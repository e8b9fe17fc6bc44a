"""`esgreport migrate`: reports of an earlier version become what this one reads; a newer one is said plainly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TINY, Run, tree
from esgreport.migrations import MIGRATIONS, migrated
from esgreport.model import SCHEMA

Project = Callable[..., Path]
FIRST = TINY["data/report.yml"].replace("schema: 2\n", "")
EN = "# Energy\n\nThe density per tonne fell; <!-- brown --> mains {{ power }} did.\n"
ZH = "# 能源\n\n每噸的密度下降，員工節約。\n"


def texts(glossary: str, **more: str) -> dict[str, str]:
    files = {"data/report.yml": FIRST, "data/glossary.yml": glossary}
    return {**files, "content/en/a2.md": EN, "content/zh-Hant/a2.md": ZH, **more}


def moved(glossary: str, **more: str) -> str:
    """A glossary after the migration from version 1."""
    return migrated(texts(glossary, **more)).texts["data/glossary.yml"]


GLOSSARIES = {
    "braces": (
        "intensity: {term: {en: intensity, zh-Hant: 密度}, also: {en: [ratio, density], zh-Hant: 強度}}  # yearly\n",
        "intensity: {term: {en: intensity, zh-Hant: 密度}, forms: {en: [density]}, also: {en: [ratio], zh-Hant: 強度}}  # yearly\n",
    ),
    "the first of several": (
        "i: {term: {en: intensity}, also: {en: [density, ratio]}}\n",
        "i: {term: {en: intensity}, forms: {en: [density]}, also: {en: [ratio]}}\n",
    ),
    "the only word of a language": (
        "i: {term: {en: intensity, zh-Hant: 密集}, also: {en: density, zh-Hant: [強度]}}\n",
        "i: {term: {en: intensity, zh-Hant: 密集}, forms: {en: [density]}, also: {zh-Hant: [強度]}}\n",
    ),
    "the only word of all, forms there already": (
        "i: {term: {en: intensity}, forms: {en: per tonne of it}, also: {en: [density]}, avoid: {en: rate}}\n",
        "i: {term: {en: intensity}, forms: {en: [per tonne of it, density]}, avoid: {en: rate}}\n",
    ),
    "forms of the other language": (
        "i: {term: {en: intensity, zh-Hant: 密集}, forms: {zh-Hant: [強度]}, also: {en: [density]}}\n",
        "i: {term: {en: intensity, zh-Hant: 密集}, forms: {zh-Hant: [強度], en: [density]}}\n",
    ),
    "line by line, with comments": (
        "# Words\ni:\n  term: {en: intensity}\n\n  also:   # what readers look for\n    en:\n      - ratio\n      - density\n    zh-Hant: [強度]\n  # end\n",
        "# Words\ni:\n  term: {en: intensity}\n\n  forms: {en: [density]}\n  also:   # what readers look for\n    en:\n      - ratio\n    zh-Hant: [強度]\n  # end\n",
    ),
    "forms line by line": (
        "i:\n  term: {en: intensity}\n  forms:\n    en:\n      - per ton  # old\n  also:\n    en: density\n",
        "i:\n  term: {en: intensity}\n  forms:\n    en:\n      - per ton  # old\n      - density\n",
    ),
    "a language more, line by line, without a last line end": (
        "i:\n  term: {en: intensity}\n  also: {en: [density]}\n  forms:\n    zh-Hant: 強度",
        "i:\n  term: {en: intensity}\n  forms:\n    zh-Hant: 強度\n    en: [density]\n",
    ),
    "quotes": (
        'i: {term: {en: intensity}, also: {en: ["density", ratio]}}\n',
        'i: {term: {en: intensity}, forms: {en: ["density"]}, also: {en: [ratio]}}\n',
    ),
    "signs that need quotes elsewhere": (
        "i:\n  term: {en: intensity}\n  also:\n    en:\n      - The density per tonne fell; [x], y\n      - density\n",
        'i:\n  term: {en: intensity}\n  forms: {en: [density]}\n  also:\n    en:\n      - The density per tonne fell; [x], y\n',
    ),
    "two terms, two languages": (
        "i: {term: {en: intensity}, also: {en: [density]}}\nw: {term: {en: employees, zh-Hant: 僱員}, also: {en: people, zh-Hant: [員工]}}\n",
        "i: {term: {en: intensity}, forms: {en: [density]}}\nw: {term: {en: employees, zh-Hant: 僱員}, forms: {zh-Hant: [員工]}, also: {en: people}}\n",
    ),
    "several lines in braces": (
        "i: {term: {en: intensity},\n    also: {en: [ratio,  # of two\n                density]}}\n",
        "i: {term: {en: intensity},\n    forms: {en: [density]}, also: {en: [ratio]}}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", GLOSSARIES)
def test_words_that_pages_use_become_forms(case: str) -> None:
    before, after = GLOSSARIES[case]
    assert moved(before) == after
    again = migrated({**texts(after), "data/report.yml": FIRST})
    assert "data/glossary.yml" not in again.texts  # nothing is left to move


def test_words_that_nobody_reads_on_a_page_stay() -> None:
    glossary = "p: {term: {en: electricity}, also: {en: [brown, power, figure]}}\n"
    page = "# Energy { #power }\n\n[A](a2.md#power) table of `x`:\n\n```table\nmetrics: [power_total]\n```\n"
    assert "data/glossary.yml" not in migrated(texts(glossary, **{"content/en/b.md": page})).texts
    registers = {"data/registers/plants.yml": "a: {name: {en: Power Street works}}\n"}
    assert "data/glossary.yml" not in migrated(texts(glossary, **registers)).texts


def test_words_of_the_data_are_in_use_too() -> None:
    glossary = "p: {term: {en: electricity}, also: {en: [power]}}\n"
    data = {
        "data/aspects/x.yml": "aspect: X\nmetrics:\n  a: {name: {en: Power bought, zh-Hant: 電}, unit: kWh}\n"
    }
    made = migrated(texts(glossary, **data))
    assert made.texts["data/glossary.yml"] == "p: {term: {en: electricity}, forms: {en: [power]}}\n"
    (note,) = made.notes
    assert note.startswith('"power" (en) is a form of "p" now, because data/aspects/x.yml:3 uses it; ')


REPORTS = {
    "no comment": ("status: draft\n", "# The version of these files, for the tool: esgreport migrate. 檔案版本，供工具使用。\nschema: 2\n\nstatus: draft\n"),
    "comments before": ("# A report.\n\n# Draft or final.\nstatus: draft\n", "# A report.\n\n# The version of these files, for the tool: esgreport migrate. 檔案版本，供工具使用。\nschema: 2\n\n# Draft or final.\nstatus: draft\n"),
    "an older version": ("status: draft\nschema: 1  # x\n", "status: draft\nschema: 2  # x\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", REPORTS)
def test_the_version_is_written(case: str) -> None:
    before, after = REPORTS[case]
    assert migrated({"data/report.yml": before}).texts == {"data/report.yml": after}


def test_every_version_has_its_way_to_the_next() -> None:
    assert list(MIGRATIONS) == list(range(1, SCHEMA))


def test_a_report_is_migrated_and_taken_back(project: Project, run: Run) -> None:
    glossary = "intensity: {term: {en: intensity, zh-Hant: 密度}, also: {en: [density]}}\n"
    root = project({
        "data/report.yml": FIRST,
        "data/glossary.yml": glossary,
        "content/en/a2.md": TINY["content/en/a2.md"].replace("We bought", "At this density, we bought"),
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"].replace("本年度", "以此密度計，本年度"),
    })  # fmt: skip
    assert "terms-differ" in run("check", "--project", root)[1]
    assert "run: esgreport migrate" in run("doctor", "--project", root)[1]
    before = tree(root / "data")
    code, out, _ = run("migrate", "--project", root)
    assert code == 1 and "Nothing was written." in out and tree(root / "data") == before
    code, out, _ = run("migrate", "--yes", "--project", root)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "1 → 2: words that pages use move from also to forms in data/glossary.yml"
    assert "  + intensity: {term: {en: intensity, zh-Hant: 密度}, forms: {en: [density]}}" in lines
    assert "  + schema: 2" in lines and "Written: 2 files. To go back: esgreport undo" in lines
    assert lines[-1].startswith(
        'look at  "density" (en) is a form of "intensity" now, because content/en/a2.md:3'
    )
    assert run("check", "--project", root)[:2] == (0, "0 errors, 0 warnings, 0 accepted.\n")
    assert run("doctor", "--project", root)[0] == 0
    assert run("migrate", "--project", root)[:2] == (
        0, "The report is of the present version, 2; there is nothing to do.\n"
    )  # fmt: skip
    assert run("undo", "--yes", "--project", root)[0] == 0
    assert tree(root / "data") == before


def test_a_new_project_is_of_the_present_version(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "new", "--yes", "--company", "A / 甲")[0] == 0
    report = (tmp_path / "new" / "data" / "report.yml").read_text(encoding="utf-8")
    assert f"\nschema: {SCHEMA}\n" in report
    assert run("migrate", "--project", tmp_path / "new")[0] == 0


def test_a_report_of_a_newer_version_is_said_to_be_so_and_nothing_else(project: Project, run: Run) -> None:
    report = TINY["data/report.yml"].replace("schema: 2", "schema: 3\nnew_key: 1").replace("main-board", "x")
    root = project({"data/report.yml": report})
    code, out, _ = run("check", "--project", root)
    assert code == 1 and out.endswith("1 error, 0 warnings, 0 accepted.\n")
    assert (
        "error[made-with-newer] this report was made with a newer esgreport: its files are of version 3"
        in out
    )
    assert "update the tool" in out
    code, _, err = run("migrate", "--yes", "--project", root)
    assert code == 2 and "was made with a newer esgreport (version 3, and this one knows 2)" in err


@pytest.mark.parametrize(
    ("written", "said"), [("two", "bad-number"), ("1.5", "bad-number"), ("[", "not-yaml")]
)
def test_a_version_that_is_none(project: Project, run: Run, written: str, said: str) -> None:
    report = TINY["data/report.yml"].replace("schema: 2", f"schema: {written}")
    root = project({"data/report.yml": report})
    assert f"[{said}]" in run("check", "--project", root)[1]
    code, _, err = run("migrate", "--project", root)
    assert code == 2 and f"error[{said}]" in err and err.startswith("esgreport: data/report.yml:1"), err
    assert len(err.splitlines()) == 1


def test_what_is_no_text_stops_it_with_its_place(project: Project, run: Run) -> None:
    root = project({"data/report.yml": FIRST, "data/glossary.yml": b"\xff\xfe"})
    code, _, err = run("migrate", "--yes", "--project", root)
    assert code == 2 and "data/glossary.yml" in err and "not-utf8" in err
