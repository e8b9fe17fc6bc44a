"""What lies below site/: the exact files, the keys of every data file, and nothing that should stay at home."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import socket
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT, TINY, Built, esgreport, here, tree, write_project
from esgreport.compute import Figures
from esgreport.export import figure_record
from esgreport.languages import words
from esgreport.model import QUALIFIERS, web_name
from esgreport.writer import index_view
from pdf_pages import Pdf
from reports import cell, dimension, edition_of, metric, values_report
from reports import figure as figure_of

FIGURE_KEYS = [
    "id",
    "metric",
    "name",
    "answers",
    "period",
    "members",
    "kind",
    "value",
    "qualifier",
    "unit",
    "decimals",
    "status",
    "former",
    "boundary",
    "method",
    "note",
    "printed",
    "derived",
    "formula",
    "inputs",
    "factors",
    "place",
]
ROW_KEYS = ["id", "code", "parent", "level", "label", "status", "lacks", "reason", "locations"]
LOCATION_KEYS = ["lang", "title", "url", "page", "last_page"]
KINDS = {"value", "nil", "not-applicable", "not-available", "limit", "range"}
STATUSES = {
    "disclosed", "partly-disclosed", "explained", "not-applicable", "relief-used", "negative-statement",
    "not-reported", "missing",
}  # fmt: skip


def read(built: Built, name: str) -> Any:
    return json.loads((built.out / name).read_text(encoding="utf-8"))


@cache
def whole_text(out: Path) -> dict[str, bytes]:
    """All that a reader with tools can get out of the files: their bytes, and in PDFs streams and text."""
    files = tree(out)
    for name in [name for name in files if name.endswith(".pdf")]:
        pdf = Pdf(out / name)
        files[f"{name} (unpacked)"] = b"\n".join(pdf.streams())
        files[f"{name} (text)"] = "".join(pdf.text(n) for n in range(len(pdf.labels))).encode()
    return files


def holding(files: dict[str, bytes], text: str) -> list[str]:
    """The files that hold a text, written plainly, as JSON, for an address or as UTF-16."""
    forms = {text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-be")}
    return [name for name, content in files.items() if any(form in content for form in forms)]


# ---- files


def test_the_files_of_a_site(built_small, golden):
    names = [re.sub(r"\.[0-9a-f]{8,12}\.", ".*.", name) for name in tree(built_small.out)]
    golden("files_of_a_site.txt", "".join(f"{name}\n" for name in names))


def test_every_page_of_the_report_is_there_in_every_language(built):
    report = read(built, "data/figures.json")["report"]
    pages = [{path.name for path in (built.out / x).glob("*.html")} for x in report["languages"]]
    assert (
        pages[0] == pages[1] == {f"{web_name(path.stem)}.html" for path in (ROOT / "content/en").glob("*.md")}
    )
    top = {path.name for path in built.out.iterdir()}
    assert top == {"index.html", "build.json", "pdf", "data", "headers", "side-by-side", *report["languages"]}
    slug = f"lantern-peak-esg-{report['period']['id']}"
    assert {path.name for path in (built.out / "pdf").iterdir()} == {
        f"{slug}.{x}.pdf" for x in report["languages"]
    }
    data = {f"content-index.{id}" for id in report["frameworks"]} | {"figures"}
    workbooks = {f"content-index.{id}.{x}.xlsx" for id in report["frameworks"] for x in report["languages"]}
    assert {path.name for path in (built.out / "data").iterdir()} == workbooks | {
        f"{n}.{e}" for n in data for e in ("csv", "json")
    }


@pytest.mark.parametrize("which", ["built", "built_small"])
def test_build_json_lists_every_file_with_its_digest(request, which):
    built = request.getfixturevalue(which)
    record = read(built, "build.json")
    assert list(record) == ["status", "input_digest", "versions", "fonts", "pages", "files"]
    files = tree(built.out)
    del files["build.json"]
    assert record["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert re.fullmatch(r"[0-9a-f]{64}", record["input_digest"])
    assert record["pages"] == {
        name.rsplit(".", 2)[1]: len(Pdf(built.out / name).labels) for name in files if name.endswith(".pdf")
    }
    assert {"esgreport", "weasyprint", "pango", "harfbuzz", "mkdocs", "mkdocs-material"} <= set(
        record["versions"]
    )
    for name, digest in record["fonts"].items():
        assert hashlib.sha256((ROOT / ".cache/fonts" / name).read_bytes()).hexdigest() == digest


def test_files_can_be_read_by_a_web_server(built_small):
    for path in [built_small.out, *built_small.out.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


# ---- keys


def test_figures_json_has_exactly_the_keys_of_the_contract(built):
    record = read(built, "data/figures.json")
    assert list(record) == ["report", "figures"]
    languages = set(record["report"]["languages"])
    ids = {figure["id"] for figure in record["figures"]}
    assert len(ids) == len(record["figures"])
    for figure in record["figures"]:
        assert list(figure) == FIGURE_KEYS, figure["id"]
        assert set(figure["printed"]) == set(figure["name"]) == languages
        assert figure["kind"] in KINDS
        has_number = figure["kind"] in ("value", "limit", "range")
        assert (figure["value"] is not None) == has_number, figure["id"]
        if figure["kind"] in ("value", "limit"):
            assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", figure["value"]), figure["id"]
        assert isinstance(figure["decimals"], int) and isinstance(figure["derived"], bool)
        assert set(figure["inputs"]) <= ids, figure["id"]
        assert bool(figure["inputs"]) == figure["derived"] == (figure["formula"] is not None), figure["id"]
        members = ",".join(f"{dimension}={member}" for dimension, member in sorted(figure["members"].items()))
        assert figure["id"].partition("[")[2].rstrip("]") == members
        assert figure["id"].partition("@")[2].partition("[")[0] == figure["period"]


DERIVED = {
    "data/report.yml": TINY["data/report.yml"].replace(
        "parts:", "  2030: {from: 2030-01-01, to: 2030-12-31}\nparts:"
    ),
    "data/factors.yml": """\
grid:
  unit: kgCO2e/kWh
  source: A table
  breakdown: {gender: {male: 0.5, female: 0.25}}
""",
    "data/aspects/a2.yml": """\
aspect: A2
metrics:
  electricity:
    name: {en: Purchased electricity, zh-Hant: 外購電力}
    unit: kWh
    note: {en: Of the metric., zh-Hant: 指標說明。}
    breakdown:
      gender:
        2025: {male: 30, female: {value: 10, note: {en: Of the cell., zh-Hant: 數值說明。}, evidence: letter, owner: Ann}}
        2024: {male: 20, female: 12}
  production:
    name: {en: Production, zh-Hant: 產量}
    unit: t
    values: {2025: 8, 2024: 8}
  emissions:
    name: {en: Emissions, zh-Hant: 排放}
    unit: kgCO2e
    formula: sum(electricity * factor("grid") over gender)
targets:
  leaner:
    name: {en: Leaner by 2030, zh-Hant: 2030年減少用電}
    metric: electricity
    per: production
    base: 2024
    to: 2030
    change: -20
    answers: [A1.5]
    owner: The board
""",
    "content/en/a2.md": "# Energy\n\n## Use { #use }\n\nIt rose by"
    ' {{ electricity(per="production", change="2024") }} and caused {{ emissions }}.\n',
    "content/zh-Hant/a2.md": "# 能源\n\n## 用量 { #use }\n\n增幅為"
    '{{ electricity(per="production", change="2024") }}，排放{{ emissions }}。\n',
}


@pytest.fixture(scope="module")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a report with operations, targets, factors by member, and things said of one value."""
    root = write_project(tmp_path_factory.mktemp("derived") / "project", DERIVED)
    done = here("build", "--project", root, "--only", "data")
    assert done.returncode == 0, done.stderr
    return root / "site/data"


def figures(data: Path) -> dict[str, Any]:
    record = json.loads((data / "figures.json").read_text(encoding="utf-8"))
    return {figure["id"]: figure for figure in record["figures"]}


def test_everything_that_a_figure_follows_from_is_listed(derived):
    """An operation of an operation is listed because a page prints it, and what it follows from because of it."""
    found = figures(derived)
    change = found["electricity~per.production~change.2024@2025"]
    assert (change["value"], change["unit"]) == ("25.0", "percent")
    assert change["inputs"] == ["electricity~per.production@2025", "electricity~per.production@2024"]
    assert found["electricity~per.production@2024"]["value"] == "4.00"
    assert {id for figure in found.values() for id in figure["inputs"]} <= set(found)


@pytest.mark.parametrize("decimals", [None, 0, 4])
@pytest.mark.parametrize("id", ["x@2025", "x~difference.2024@2025", "x@2025[gender=male]"])
def test_decimals_are_those_of_the_value_of_a_derived_figure(id, decimals):
    """Declared decimals are for other units: a total and a difference keep those of their parts."""
    cells = [
        cell(value, period, gender=member)
        for period, values in (("2025", ("1.25", "2")), ("2024", ("1", "1")))
        for member, value in zip(("male", "female"), values, strict=True)
    ]
    report = values_report([metric("x", *cells, decimals=decimals)], [dimension("gender", "male", "female")])
    found = figure_of(Figures(report), id)
    assert found is not None
    record = figure_record(report, found)
    assert record["value"] == {"x@2025": "3.25", "x~difference.2024@2025": "1.25"}.get(id, "1.25")
    assert record["decimals"] == (2 if found.derived or decimals is None else decimals)


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_the_word_before_a_number_is_a_key_of_its_own(qualifier):
    """`printed` is the number alone, as its element on a page holds it."""
    typed = replace(cell("100"), qualifier=qualifier)
    report = values_report([metric("x", typed)])
    found = figure_of(Figures(report), "x@2025")
    assert found is not None
    record = figure_record(report, found)
    assert (record["kind"], record["value"], record["qualifier"]) == ("value", "100", qualifier)
    assert record["printed"] == {"en": "100"}


def test_a_limit_and_a_range_say_so_by_their_kind(project):
    values = "{2025: {limit: 0.5}, 2024: {range: [3, 5]}}"
    root = project({"data/aspects/a2.yml": f"""\
aspect: A2
metrics:
  electricity: {{name: {{en: E, zh-Hant: 電}}, unit: kWh, values: {values}}}
"""})  # fmt: skip
    edition = edition_of(root)
    records = {f.id.period: figure_record(edition.report, f) for f in edition.figures.declared()}
    assert {
        p: (r["kind"], r["value"], r["printed"]["en"], r["printed"]["zh-Hant"]) for p, r in records.items()
    } == {
        "2025": ("limit", "0.5", "0.5", "0.5"),
        "2024": ("range", "3/5", "3–5", "3至5"),
    }


def test_figures_of_targets_are_listed_under_the_name_of_the_target(derived):
    found = figures(derived)
    names = {id: figure["name"]["en"] for id, figure in found.items() if figure["metric"] == "leaner"}
    assert names == dict.fromkeys(
        ["leaner~change@2030", "leaner~level@2030", "leaner~progress@2025"], "Leaner by 2030"
    )
    assert all(found[id]["answers"] == ["A1.5"] for id in names)
    level, typed = found["leaner~level@2030"], found["leaner~change@2030"]
    assert (level["value"], level["unit"], level["derived"]) == ("3.20", "kWh/t", True)
    assert (typed["value"], typed["unit"], typed["derived"]) == ("-20", "percent", False)
    assert found["leaner~progress@2025"]["inputs"] == [
        "electricity~per.production@2024",
        "electricity~per.production@2025",
        "leaner~level@2030",
    ]


def test_a_factor_is_named_once_however_many_of_its_values_were_used(derived):
    emissions = figures(derived)["emissions@2025"]
    assert (emissions["value"], emissions["factors"]) == ("17.5", ["grid"])
    assert emissions["inputs"] == ["electricity@2025[gender=male]", "electricity@2025[gender=female]"]


def test_what_is_said_of_one_value_stands_by_it_alone(derived):
    found = figures(derived)
    notes = {id: found[id]["note"]["en"] for id in found if id.startswith("electricity@2025")}
    assert notes == {
        "electricity@2025": "Of the metric.",
        "electricity@2025[gender=male]": "Of the metric.",
        "electricity@2025[gender=female]": "Of the cell.",
    }
    for name in ("figures.json", "figures.csv"):
        text = (derived / name).read_text(encoding="utf-8")
        assert not any(word in text for word in ("letter", "Ann", "The board"))


def test_the_csv_holds_the_same_figures_in_the_same_digits(derived):
    with (derived / "figures.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["id"]: row["value"] for row in csv.DictReader(stream)}
    assert rows == {id: figure["value"] or "" for id, figure in figures(derived).items()}


def test_content_index_json_has_exactly_the_keys_of_the_contract(built):
    for framework in read(built, "data/figures.json")["report"]["frameworks"]:
        record = read(built, f"data/content-index.{framework}.json")
        assert list(record) == ["framework", "rows"] and record["framework"] == framework
        assert len({row["id"] for row in record["rows"]}) == len(record["rows"])
        for row in record["rows"]:
            assert list(row) == ROW_KEYS
            assert row["status"] in STATUSES
            assert set(row["label"]) == {"zh-Hant", "en"} and all(row["label"].values())
            if row["status"] == "disclosed":
                assert row["locations"] and not row["lacks"], row["id"]
                assert {location["lang"] for location in row["locations"]} == {"zh-Hant", "en"}, row["id"]
            for location in row["locations"]:
                assert list(location) == LOCATION_KEYS
                assert location["title"] and location["page"] and location["last_page"]


def sheet_of(path: Path) -> list[list[str]]:
    """The texts of a workbook's sheet, row by row, read by its cells' own addresses."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    rows = root.findall(".//m:row", space)
    width = len(rows[0].findall("m:c", space))
    found = []
    for number, row in enumerate(rows, start=1):
        cells = {}
        for each in row.findall("m:c", space):
            assert each.get("t") == "inlineStr" and each.find("m:f", space) is None, "text, never a formula"
            cells[each.get("r")] = "".join(each.itertext())
        found.append([cells.pop(f"{'ABCDEFGH'[column]}{number}", "") for column in range(width)])
        assert not cells
    return found


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_workbook_of_an_index_says_what_its_json_says(built, language):
    """In one language's words: the same rows, reasons, sections and pages."""
    for framework in read(built, "data/figures.json")["report"]["frameworks"]:
        record = read(built, f"data/content-index.{framework}.json")
        head, *rows = sheet_of(built.out / f"data/content-index.{framework}.{language}.xlsx")
        own = words(language)
        named = ("code", "requirement", "level", "status", "reason", "section", "page")
        assert head == [own[f"index_{name}"] for name in named]
        for row, entry in zip(rows, record["rows"], strict=True):
            places = [place for place in entry["locations"] if place["lang"] == language]
            pages = ["–".join(dict.fromkeys([place["page"], place["last_page"]])) for place in places]
            assert row[1:4] == [
                entry["label"][language],
                own[f"level_{entry['level']}"],
                own[entry["status"]],
            ]
            assert row[4].endswith(entry["reason"].get(language, ""))
            assert row[5:] == ["\n".join(place["title"] for place in places), "\n".join(pages)]


def test_csv_files_open_in_a_spreadsheet(built):
    """A byte order mark (without it Excel garbles Chinese), CRLF, one width."""
    for path in (built.out / "data").glob("*.csv"):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
        assert len({len(row) for row in rows}) == 1 and len(rows) > 5


# ---- part of an edition


def test_without_a_pdf_the_index_has_no_pages(tmp_path):
    """`page` is null, the column of pages is left out, and the home page offers no PDF."""
    out = tmp_path / "site"
    root = write_project(tmp_path / "project", WITH_INDEX)
    done = esgreport("build", "--project", root, "--out", out, "--only", "web,data")
    assert done.returncode == 0, done.stderr
    record = json.loads((out / "data/content-index.hkex-esg-code-2025.json").read_text())
    locations = [location for row in record["rows"] for location in row["locations"]]
    assert locations and all(
        location["page"] is None and location["last_page"] is None for location in locations
    )
    head = (out / "data/content-index.hkex-esg-code-2025.csv").read_text(encoding="utf-8-sig").split("\n")[0]
    assert "sections_en" in head and "pages" not in head
    assert not (out / "pdf").exists()
    assert ".pdf" not in (out / "en/index.html").read_text(encoding="utf-8")


def test_an_edition_in_one_language_leads_nowhere_else(tmp_path):
    out = tmp_path / "site"
    root = write_project(tmp_path / "project", WITH_INDEX)
    done = esgreport("build", "--project", root, "--out", out, "--only", "web,data", "--edition-lang", "en")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in out.iterdir()} == {"index.html", "build.json", "data", "en", "headers"}
    pages = {name: content.decode() for name, content in tree(out).items() if name.endswith(".html")}
    assert pages
    for name, page in pages.items():
        assert not re.search(r'(href|src)="[^"]*zh-Hant', page), name
        assert 'hreflang="zh' not in page, name
    record = json.loads((out / "data/content-index.hkex-esg-code-2025.json").read_text())
    assert {location["lang"] for row in record["rows"] for location in row["locations"]} == {"en"}


WITH_INDEX = {
    "data/report.yml": TINY["data/report.yml"].replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:"),
    "content/en/a2.md": TINY["content/en/a2.md"]
    + '\n## Policy { #policy answers="A2.GD" }\n\nWe save energy.\n',
    "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"]
    + '\n## 政策 { #policy answers="A2.GD" }\n\n本集團節約能源。\n',
}


def test_a_heading_that_prints_a_figure_is_named_with_it(tmp_path):
    """The data file, the page and the index say the same title."""
    files = dict(WITH_INDEX)
    files["content/en/a2.md"] = files["content/en/a2.md"].replace(
        "## Policy", "## {{ electricity }} and less"
    )
    root = write_project(tmp_path / "project", files)
    assert here("build", "--project", root, "--only", "data").returncode == 0
    record = json.loads(
        (root / "site/data/content-index.hkex-esg-code-2025.json").read_text(encoding="utf-8")
    )
    titles = [place["title"] for row in record["rows"] for place in row["locations"] if place["lang"] == "en"]
    assert titles == ["29,843,800 kWh and less"]


def test_codes_of_goals_hold_a_plain_space_in_data_files_and_their_own_on_pages(tmp_path):
    """Who looks for “SDG 7” in a spreadsheet types a plain space; on a page the code is not to break."""
    files = dict(WITH_INDEX)
    files["data/report.yml"] = files["data/report.yml"].replace("hkex-esg-code-2025", "un-sdgs")
    files |= {name: text.replace("A2.GD", "SDG7") for name, text in files.items() if "content/" in name}
    root = write_project(tmp_path / "project", files)
    assert here("build", "--project", root, "--only", "data").returncode == 0
    data = root / "site/data"
    with (data / "content-index.un-sdgs.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["id"]: row["code"] for row in csv.DictReader(file)}["SDG7"] == "SDG 7"
    assert "SDG 7" in [row[0] for row in sheet_of(data / "content-index.un-sdgs.en.xlsx")]
    record = json.loads((data / "content-index.un-sdgs.json").read_text(encoding="utf-8"))
    assert "SDG 7" in {row["code"] for row in record["rows"]}
    view = index_view(edition_of(root), "un-sdgs", "en")
    assert view is not None and "SDG\u00a07" in {row.code for row in view.rows}


# ---- what stays at home

MARKS = {
    "data/aspects/a2.yml": """\
# remark-in-yaml
aspect: A2
metrics:
  electricity:
    name: {en: Purchased electricity, zh-Hant: 外購電力}
    unit: kWh
    values: {2025: 29 843 800, 2024: 28 104 220}
    source: mark-of-source
    owner: mark-of-owner
    evidence: mark-of-evidence
  emissions:
    name: {en: Emissions, zh-Hant: 排放}
    formula: electricity * factor("grid")
    unit: tCO2e
    source: mark-of-derived-source
""",
    "data/factors.yml": """\
grid:
  name: {en: Grid, zh-Hant: 電網}
  value: 0.5
  unit: kgCO2e/kWh
  source: mark-of-factor-source
  year: 2024
  gas: CO2
""",
    "data/accepted.yml": """\
- code: figures-unprinted
  file: data/aspects/a2.yml
  reason: mark-of-reason
  owner: mark-of-accepting-owner
""",
    "content/en/a2.md": TINY["content/en/a2.md"] + "\n<!-- mark-of-comment -->\n",
    "content/assets/unused.svg": '<svg xmlns="http://www.w3.org/2000/svg"><desc>mark-of-picture</desc></svg>',
    "notes.txt": "mark-of-notes",
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A build with a mark in everything that should stay at home, files and environment alike."""
    root = write_project(tmp_path_factory.mktemp("mark-of-folder") / "project", MARKS)
    environment = {
        **os.environ,
        "USER": "mark-of-user", "LOGNAME": "mark-of-user", "HOME": str(root.parent / "mark-of-home"),
        "HOSTNAME": "mark-of-host", "SECRET": "mark-of-secret",
    }  # fmt: skip
    out = root.parent / "mark-of-out"
    done = esgreport("build", "--project", root, "--out", out, env=environment)
    assert done.returncode == 0, done.stderr
    assert "1 accepted" in done.stderr
    return Built(root, out, done.stderr, 0)


def test_sources_owners_evidence_and_the_environment_stay_at_home(marked):
    assert holding(whole_text(marked.out), "mark-of-") == []
    assert holding(whole_text(marked.out), "remark-in-yaml") == []


def test_a_mark_in_an_output_is_seen(marked):
    """The test above bites: what is printed is found in every kind of file."""
    found = holding(whole_text(marked.out), "Purchased electricity")
    assert {"en/a2.html", "data/figures.json", "data/figures.csv"} <= set(found)
    assert any(name.endswith(".en.pdf (text)") for name in found)
    assert "en/search/sections.json" in found
    assert any(
        name.endswith(".en.pdf (unpacked)") for name in holding(whole_text(marked.out), "Tiny Copper Limited")
    )


def test_no_file_of_the_report_names_this_machine(built):
    files = whole_text(built.out)
    machine = [
        str(ROOT),
        str(built.out.parent),
        sys.prefix,
        str(Path.home()) + "/",
        socket.gethostname(),
        "/tmp/",
        "file://",
    ]
    for text in machine:
        assert len(text) < 4 or holding(files, text) == [], text


def test_no_file_of_the_report_names_a_source_or_an_owner(built):
    """Every text under source, owner and evidence in data/, unless the same words are printed as narrative."""
    import yaml

    printed = [
        *(ROOT / "content").rglob("*.md"),
        ROOT / "data/factors.yml",
    ]  # method notes name those sources
    narrative = "".join(path.read_text(encoding="utf-8") for path in printed).lower()
    secret = set()
    for path in (ROOT / "data").rglob("*.yml"):
        parsed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for entry in (parsed.get("metrics", parsed) if isinstance(parsed, dict) else {}).values():
            if isinstance(entry, dict):
                secret |= {
                    entry[key] for key in ("source", "owner", "evidence") if isinstance(entry.get(key), str)
                }
    secret = {text for text in secret if text.lower() not in narrative}
    assert len(secret) > 20
    files = whole_text(built.out)
    assert {text: holding(files, text) for text in secret if holding(files, text)} == {}
