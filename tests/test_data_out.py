"""What is handed out as data: workbooks that stay text where they are text, CSV that runs nothing, a package that validates."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TINY, here, tree, write_project
from openpyxl import load_workbook

FORMULA = '=HYPERLINK("https://example.com","x")'
DATA = """\
aspect: A2
metrics:
  electricity:
    name: {en: Purchased electricity, zh-Hant: 外購電力}
    unit: kWh
    note: {en: "=1+1", zh-Hant: "＝1+1"}
    answers: ["A2.1:energy-indirect"]
    breakdown:
      gender:
        2025: {male: 30.50, female: 10.25}
        2024: {male: 20.00, female: {value: 12.00, restated_from: 11.00, reason: {en: "@A meter was wrong.", zh-Hant: 電表有誤。}}}
  balance:
    name: {en: "-2+3+cmd|' /C calc'!A0", zh-Hant: "+收支"}
    unit: t
    values: {2025: -5.0, 2024: {value: 7, status: estimated}}
  waste:
    name: {en: Waste, zh-Hant: 廢物}
    unit: t
    values: {2025: {value: 100, qualifier: nearly}, 2024: nil}
  length:
    name: {en: Grains, zh-Hant: 顆粒}
    unit: t
    values: {2025: 1234567890123456.5, 2024: not_available}
  air:
    name: {en: Air, zh-Hant: 空氣}
    unit: mg
    values: {2025: {limit: 0.5}, 2024: {range: [3, 5]}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with figures of every kind, and with names that a spreadsheet would take for formulas."""
    files = {
        "data/report.yml": TINY["data/report.yml"] + "frameworks: [hkex-esg-code-2025]\n",
        "data/aspects/a2.yml": DATA,
    }
    return write_project(tmp_path_factory.mktemp("out") / "project", files)


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    done = here("build", "--project", root, "--only", "pdf,data")
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def exported(root: Path, site: Path) -> Path:
    """The data of the project whose PDFs were built just before."""
    folder = root / "given"
    done = here("export", folder, "--project", root)
    assert done.returncode == 0, done.stderr
    assert "Page numbers" not in done.stdout
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(folder: Path, name: str) -> list[list[Any]]:
    return [list(row) for row in load_workbook(folder / name).active.iter_rows()]


def package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


# ---- files


def test_the_files_of_an_export(exported):
    index = "content-index.hkex-esg-code-2025"
    assert set(tree(exported)) == {"datapackage.json"} | {
        f"{stem}.{suffix}"
        for name in ("figures", index)
        for stem, suffix in [(name, "csv"), (name, "json")]
        + [(f"{name}.{language}", kind) for language in ("en", "zh-Hant") for kind in ("csv", "xlsx")]
    }


def test_what_a_build_publishes_too_is_the_same_bytes(exported, site):
    published = {path.name: path.read_bytes() for path in (site / "data").iterdir()}
    assert len(published) == 6
    assert {name: tree(exported)[name] for name in published} == published


def test_the_same_input_gives_the_same_bytes(exported, root):
    assert here("export", root / "again", "--project", root).returncode == 0
    assert tree(root / "again") == tree(exported)


def test_an_earlier_export_is_replaced_as_a_whole(run, root, exported):
    folder = root / "replaced"
    shutil.copytree(exported, folder)
    (folder / "figures.csv").write_text("old")
    code, _, err = run("export", folder, "--project", root)
    assert (code, err) == (0, "") and tree(folder) == tree(exported)


@pytest.mark.parametrize("name", ["letter.docx", "datapackage.json", "figures.csv"])
def test_files_of_others_are_left_alone(run, root, tmp_path, name):
    (tmp_path / name).write_text("{}")
    code, out, err = run("export", tmp_path, "--project", root)
    assert (code, out) == (2, "") and name in err and "choose an empty or new folder" in err
    assert tree(tmp_path) == {name: b"{}"}


@pytest.mark.parametrize("name", ["data", "site/export", "."])
def test_nothing_is_put_among_sources_or_what_is_published(run, root, site, name):
    code, out, err = run("export", root / name, "--project", root)
    assert (code, out) == (2, "") and "choose another folder" in err


def test_what_stops_a_build_stops_an_export(run, project, tmp_path):
    root = project({"content/en/a2.md": "# Energy\n\nWe bought {{ electricty }}.\n"})
    code, _, err = run("export", tmp_path / "out", "--project", root)
    assert code == 1 and "electricty" in err and not (tmp_path / "out").exists()


def test_without_a_build_pages_are_left_out_and_it_is_said(run, project, tmp_path):
    code, out, _ = run("export", tmp_path / "out", "--project", project())
    assert code == 0 and "Page numbers are left out" in out


# ---- the workbook of figures


def figure(folder: Path, language: str, id: str) -> list[Any]:
    (found,) = [row for row in sheet(folder, f"figures.{language}.xlsx") if row[-1].value == id]
    return found


@pytest.mark.parametrize(
    ("id", "value", "format"),
    [
        ("electricity@2025", Decimal("40.75"), "#,##0.00"),
        ("electricity@2025[gender=male]", Decimal("30.50"), "#,##0.00"),
        ("balance@2025", Decimal("-5.0"), "#,##0.0"),
        ("balance@2024", Decimal("7"), "#,##0"),
    ],
)
def test_numbers_are_numbers_shown_as_they_are_printed(exported, id, value, format):
    cell = figure(exported, "en", id)[3]
    assert (cell.data_type, Decimal(str(cell.value)), cell.number_format) == ("n", value, format)


@pytest.mark.parametrize(
    ("id", "en", "zh"),
    [
        ("waste@2024", "Nil", "無"),
        ("length@2024", "not available", "未有數據"),
        ("length@2025", "1234567890123456.5", "1234567890123456.5"),
        ("air@2025", "below 0.5", "低於0.5"),
        ("air@2024", "3–5", "3至5"),
    ],
)
def test_what_is_no_number_that_a_spreadsheet_keeps_is_text(exported, id, en, zh):
    for language, text in (("en", en), ("zh-Hant", zh)):
        cell = figure(exported, language, id)[3]
        assert (cell.data_type, cell.value) == ("s", text)


def test_names_stand_in_the_language_of_the_workbook(exported):
    assert [cell.value for cell in figure(exported, "en", "electricity@2025[gender=male]")[:4]] == [
        "Purchased electricity, Male", "kWh", "2025", 30.5,
    ]  # fmt: skip
    assert [cell.value for cell in figure(exported, "zh-Hant", "electricity@2025[gender=male]")[:4]] == [
        "外購電力，男性", "千瓦時", "2025年", 30.5,
    ]  # fmt: skip


def test_restatements_estimates_and_qualifiers_have_columns(exported):
    head = [cell.value for cell in sheet(exported, "figures.en.xlsx")[0]]
    shown = {
        id: dict(zip(head, (cell.value for cell in figure(exported, "en", id)), strict=True))
        for id in ("electricity@2024[gender=female]", "balance@2024", "waste@2025")
    }
    restated = shown["electricity@2024[gender=female]"]
    assert [restated[key] for key in ("Status", "Formerly", "Reason")] == [
        "restated",
        11,
        "@A meter was wrong.",
    ]
    assert shown["balance@2024"]["Status"] == "estimated"
    assert (shown["waste@2025"]["Value"], shown["waste@2025"]["Stated as"]) == (100, "nearly")


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_no_cell_is_a_formula(exported, language):
    cells = [cell for row in sheet(exported, f"figures.{language}.xlsx") for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert any(str(cell.value)[:1] in "=-+＝@" for cell in cells if cell.data_type == "s")


def test_the_head_stays_in_sight_and_can_filter(exported):
    for name in ("figures.en.xlsx", "content-index.hkex-esg-code-2025.zh-Hant.xlsx"):
        shown = load_workbook(exported / name).active
        assert shown.freeze_panes == "A2" and shown.auto_filter.ref == shown.dimensions
        assert all(8 <= dimension.width <= 60 for dimension in shown.column_dimensions.values())


# ---- CSV


@pytest.mark.parametrize("name", ["figures.csv", "figures.en.csv", "figures.zh-Hant.csv"])
def test_no_text_of_a_csv_is_a_formula_and_numbers_stay_numbers(exported, name):
    cells = [cell for row in rows(exported, name) for cell in row.values()]
    assert not [cell for cell in cells if re.match(r"[=+@＝＋＠\t\r\n]|[-－](?![\d.]+$)", cell)]
    assert any(cell.startswith("'") for cell in cells) and "-5.0" in cells


def test_the_csv_of_a_language_is_its_workbook(exported):
    table = rows(exported, "figures.en.csv")
    book = sheet(exported, "figures.en.xlsx")
    assert list(table[0]) == [cell.value for cell in book[0]]
    for line, cells in zip(table, book[1:], strict=True):
        for text, cell in zip(line.values(), cells, strict=True):
            if cell.data_type == "n" and cell.value is not None:
                assert Decimal(text) == Decimal(str(cell.value))
            else:
                assert text.removeprefix("'") == (cell.value or "")


# ---- the package


def test_the_package_names_every_file_with_its_digest(exported):
    files = tree(exported)
    del files["datapackage.json"]
    found = {
        each["path"]: (each["bytes"], each["hash"].removeprefix("sha256:"))
        for each in package(exported)["resources"]
    }
    assert found == {
        name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items()
    }


def test_tables_have_columns_types_and_keys(exported):
    tables = {each["path"]: each for each in package(exported)["resources"] if each["type"] == "table"}
    assert set(tables) == {"figures.csv", "content-index.hkex-esg-code-2025.csv"}
    for name, table in tables.items():
        schema = table["schema"]
        assert [field["name"] for field in schema["fields"]] == list(rows(exported, name)[0])
        assert (schema["primaryKey"], schema["missingValues"]) == (["id"], [""])
        assert all(" / " in field["description"] for field in schema["fields"])
        ids = [row["id"] for row in rows(exported, name)]
        assert len(ids) == len(set(ids)) > 5
    fields = {field["name"]: field for field in tables["figures.csv"]["schema"]["fields"]}
    assert fields["value"]["type"] == "string", "a range is two numbers"
    assert fields["derived"]["type"] == "boolean" and fields["decimals"]["type"] == "integer"
    units = {each["value"]: each["label"] for each in fields["unit"]["categories"]}
    assert units["kWh"] == "千瓦時 / kWh"
    periods = {each["value"]: each["label"] for each in fields["period"]["categories"]}
    assert periods["2025"] == "2025 (2025-01-01 – 2025-12-31)"


def test_values_are_numbers_where_no_figure_is_a_range(run, project, tmp_path):
    assert run("export", tmp_path / "out", "--project", project())[0] == 0
    (table,) = [each for each in package(tmp_path / "out")["resources"] if each["path"] == "figures.csv"]
    assert {f["name"]: f["type"] for f in table["schema"]["fields"]}["value"] == "number"


def test_no_licence_is_claimed_unless_it_is_given(run, root, exported, tmp_path):
    assert "licenses" not in package(exported)
    assert run("export", tmp_path / "out", "--project", root, "--licence", "CC-BY-4.0")[0] == 0
    assert package(tmp_path / "out")["licenses"] == [{"name": "CC-BY-4.0"}]


# ---- other programs


@pytest.fixture(scope="session")
def frictionless() -> Path:
    """The validator of data packages, in an environment of its own."""
    wanted = ROOT / "tests" / "frictionless.txt"
    folder = ROOT / ".cache" / "frictionless"
    stamp, digest = folder / "stamp", hashlib.sha256(wanted.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != digest:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [folder / "bin" / "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", wanted]
        subprocess.run(pip, check=True, capture_output=True)
        stamp.write_text(digest)
    return folder / "bin" / "frictionless"


def verdict(frictionless: Path, folder: Path) -> tuple[bool, list[str]]:
    """Whether a package is valid, and the kinds of faults in it."""
    done = subprocess.run(
        [frictionless, "validate", "datapackage.json", "--json"], cwd=folder, capture_output=True, text=True
    )
    report = json.loads(done.stdout)
    faults = [error["type"] for task in report["tasks"] for error in task["errors"]]
    return report["valid"], [*faults, *(error["type"] for error in report["errors"])]


@pytest.mark.long
@pytest.mark.parametrize("which", ["own", "report", "examples/river-alloy"])
def test_the_package_validates(frictionless, exported, tmp_path, which):
    folder = exported
    if which != "own":
        folder = tmp_path / "out"
        done = here("export", folder, "--project", ROOT if which == "report" else ROOT / which)
        assert done.returncode == 0, done.stderr
    assert verdict(frictionless, folder) == (True, [])


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (",7,", ",7 t,", "hash-count"),
        (",7,", ",8,", "hash-count"),
    ],
)
def test_a_file_that_was_changed_is_seen(frictionless, exported, tmp_path, old, new, fault):
    folder = tmp_path / "changed"
    shutil.copytree(exported, folder)
    path = folder / "figures.csv"
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    valid, faults = verdict(frictionless, folder)
    assert not valid and fault in faults


@pytest.mark.long
@pytest.mark.parametrize("which", ["own", "examples/river-alloy"])
def test_a_spreadsheet_program_shows_text_as_text_and_numbers_as_numbers(exported, tmp_path, which):
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice on this machine")
    folder, language = exported, "en"
    if which != "own":
        folder, language = tmp_path / "out", "zh-Hans"
        assert here("export", folder, "--project", ROOT / which).returncode == 0
    books = [path for path in folder.glob(f"*.{language}.xlsx")]
    assert len(books) >= 2
    # Fields in quotes where they are text, numbers as they are and not as they are shown, UTF-8.
    convert = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false"
    done = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", convert,
         "--outdir", tmp_path / "shown", *books],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for book in books:
        text = (tmp_path / "shown" / f"{book.stem}.csv").read_text(encoding="utf-8")
        shown = list(csv.reader(io.StringIO(text, newline="")))
        written = sheet(folder, book.name)
        assert len(shown) == len(written) > 5
        quoted = text.count('"')
        assert quoted > 2 * len(shown)
        for line, cells in zip(shown, written, strict=True):
            for seen, cell in zip(line, cells, strict=True):
                if cell.data_type == "n" and cell.value is not None:
                    assert Decimal(seen) == Decimal(str(cell.value)), cell
                else:
                    assert seen == (cell.value or ""), cell
