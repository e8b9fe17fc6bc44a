"""A build from end to end: draft and final, other years, part of the editions, what is published."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import ROOT, TINY, esgreport, here, tree, write_project
from pdf_pages import Pdf
from PIL import Image

WITH_FRAMEWORK = TINY["data/report.yml"].replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")


def open_errors(root: Path) -> list[dict[str, object]]:
    found = json.loads(here("check", "--project", root, "--format", "json").stdout)["diagnostics"]
    return [finding for finding in found if finding["severity"] == "error"]


# ---- draft and final


def test_a_draft_with_open_errors_is_written_and_says_so_everywhere(tmp_path):
    """check exits 1 on it all the same."""
    root = write_project(tmp_path / "project", {"data/report.yml": WITH_FRAMEWORK})
    assert open_errors(root) and not any(finding["blocking"] for finding in open_errors(root))
    assert here("check", "--project", root).returncode == 1
    done = esgreport("build", "--project", root)
    assert done.returncode == 0 and "Written as a DRAFT" in done.stdout
    site = root / "site"
    assert json.loads((site / "build.json").read_text())["status"] == "draft"
    for language, word in (("en", "DRAFT"), ("zh-Hant", "草稿")):
        for page in (site / language).glob("*.html"):
            assert word in page.read_text(encoding="utf-8"), page
        pdf = Pdf(site / "pdf" / f"tiny-esg-2025.{language}.pdf")
        for number in range(len(pdf.labels)):
            assert word in pdf.text(number), f"page {number + 1}"
    assert "DRAFT" in (site / "index.html").read_text(encoding="utf-8")


def test_a_final_report_with_the_same_errors_is_not_written(tmp_path):
    final = WITH_FRAMEWORK.replace("status: draft", "status: final")
    root = write_project(tmp_path / "project", {"data/report.yml": final})
    assert here("check", "--project", root).returncode == 1
    done = esgreport("build", "--project", root)
    assert done.returncode == 1 and "Nothing was written" in done.stderr
    assert not (root / "site").exists()


def test_a_final_report_without_errors_is_written_and_is_no_draft(tmp_path):
    final = TINY["data/report.yml"].replace("status: draft", "status: final")
    root = write_project(tmp_path / "project", {"data/report.yml": final})
    done = esgreport("build", "--project", root, "--edition-lang", "en")
    assert done.returncode == 0 and "DRAFT" not in done.stdout, done.stderr
    site = root / "site"
    assert json.loads((site / "build.json").read_text())["status"] == "final"
    assert not [
        name for name, content in tree(site).items() if name.endswith(".html") and b"DRAFT" in content
    ]
    pdf = Pdf(site / "pdf" / "tiny-esg-2025.en.pdf")
    assert not [number for number in range(len(pdf.labels)) if "DRAFT" in pdf.text(number)]


def test_this_repository_is_a_final_report_with_nothing_open():
    assert "\nstatus: final\n" in "\n" + (ROOT / "data" / "report.yml").read_text(encoding="utf-8")
    assert not (ROOT / "data" / "accepted.yml").exists()
    found = json.loads(here("check", "--project", ROOT, "--format", "json").stdout)["diagnostics"]
    assert not [finding for finding in found if finding["severity"] == "error"]
    assert len(found) <= 10


def test_this_repository_is_not_written_once_a_value_is_missing(tmp_path):
    root = tmp_path / "copy"
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, root / name)
    (root / ".cache").mkdir()
    (root / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    path = root / "data" / "aspects" / "governance.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("values: {2025: 46, ", "values: {", 1), encoding="utf-8")
    assert {finding["code"] for finding in open_errors(root)} == {"missing-value"}
    done = here("build", "--project", root, "--only", "data")
    assert done.returncode == 1 and not (root / "site").exists()


def test_a_missing_value_prints_as_to_come_in_a_draft(tmp_path):
    figures = TINY["data/aspects/a2.yml"].replace("2025: 29 843 800, ", "")
    root = write_project(tmp_path / "project", {"data/aspects/a2.yml": figures})
    done = esgreport("build", "--project", root, "--only", "web")
    assert done.returncode == 0 and "error[missing-value]" in done.stderr
    assert "[to come]" in (root / "site/en/a2.html").read_text(encoding="utf-8")
    assert "〔待補〕" in (root / "site/zh-Hant/a2.html").read_text(encoding="utf-8")


# ---- a year that ends on 31 March

FISCAL = {
    "data/report.yml": """\
status: draft
slug: tiny-esg-fy2026
title: {en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}
company:
  name: {en: Tiny Copper Limited, zh-Hant: 小銅有限公司}
  issuer_class: gem
languages: [zh-Hant, en]
period: fy2026
comparatives: [fy2025]
periods:
  fy2026: {from: 2025-04-01, to: 2026-03-31, label: {en: FY2026, zh-Hant: 2025／26年度}}
  fy2025: {from: 2024-04-01, to: 2025-03-31, label: {en: FY2025, zh-Hant: 2024／25年度}}
dates: {approved: 2026-06-22}
parts:
  - pages: [a2]
""",
    "data/aspects/a2.yml": TINY["data/aspects/a2.yml"]
    .replace("2025:", "fy2026:")
    .replace("2024:", "fy2025:"),
    "content/en/a2.md": TINY["content/en/a2.md"].replace(
        "columns: [unit, 2025, 2024]", "columns: [unit, fy2026, fy2025, change]"
    ),
    "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"].replace(
        "columns: [unit, 2025, 2024]", "columns: [unit, fy2026, fy2025, change]"
    ),
}


def test_a_year_that_ends_in_march_has_its_labels_and_dates(tmp_path):
    root = write_project(tmp_path / "project", FISCAL)
    done = esgreport("build", "--project", root)
    assert done.returncode == 0, done.stderr
    assert "0 errors" in done.stderr
    site = root / "site"
    expected = {
        "en": (["Unit", "FY2026", "FY2025", "Change"], "1 April 2025 to 31 March 2026", "22 June 2026"),
        "zh-Hant": (
            ["單位", "2025／26年度", "2024／25年度", "變動"],
            "2025年4月1日至2026年3月31日",
            "2026年6月22日",
        ),
    }
    for language, (heads, period, approved) in expected.items():
        page = BeautifulSoup((site / language / "a2.html").read_text(encoding="utf-8"), "html.parser")
        assert [cell.get_text() for cell in page.select("table thead th")][1:] == heads
        ids = [str(element["data-figure"]) for element in page.select("table [data-figure]")]
        assert ids == ["electricity@fy2026", "electricity@fy2025", "electricity~change.fy2025@fy2026"]
        pdf = Pdf(site / "pdf" / f"tiny-esg-fy2026.{language}.pdf")
        text = re.sub(r"\s+", " ", " ".join(pdf.text(number) for number in range(len(pdf.labels))))
        for wanted in (period, approved, *heads):
            assert wanted.replace(" ", "") in text.replace(" ", ""), wanted
        assert pdf.number_at(pdf.spots["electricity@fy2026/1"]) == "29,843,800"
    record = json.loads((site / "data/figures.json").read_text(encoding="utf-8"))
    assert record["report"]["period"] == {
        "id": "fy2026", "from": "2025-04-01", "to": "2026-03-31",
        "label": {"en": "FY2026", "zh-Hant": "2025／26年度"},
    }  # fmt: skip
    assert {figure["period"] for figure in record["figures"]} == {"fy2026", "fy2025"}
    (change,) = (figure for figure in record["figures"] if "change" in figure["id"])
    assert change["printed"]["en"].startswith("+6.19")


# ---- part of the editions


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ("data", {"data"}),
        ("pdf", {"pdf"}),
        ("web", {"index.html", "zh-Hant", "en", "headers"}),
        ("pdf,data", {"pdf", "data"}),
    ],
)
def test_only_the_editions_asked_for_are_made(tmp_path, only, expected):
    root = write_project(tmp_path / "project")
    assert esgreport("build", "--project", root, "--only", only).returncode == 0
    assert {path.name for path in (root / "site").iterdir()} == expected | {"build.json"}


def test_a_report_in_one_language_is_built(tmp_path):
    single = {
        "data/report.yml": TINY["data/report.yml"].replace(
            "languages: [zh-Hant, en]", "languages: [zh-Hant]"
        ),
        "content/en/a2.md": None,
    }
    root = write_project(tmp_path / "project", single)
    done = esgreport("build", "--project", root, "--only", "web,data")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (root / "site").iterdir()} == {
        "build.json",
        "index.html",
        "zh-Hant",
        "data",
        "headers",
    }
    assert "zh-Hant/index.html" in (root / "site/index.html").read_text(encoding="utf-8")


# ---- what is published

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
WITH_PICTURES = {
    "content/en/a2.md": TINY["content/en/a2.md"] + "\n![The plant from the north](assets/plants/north.png)\n",
    "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"] + "\n![廠房北面](assets/plants/north.png)\n",
    "content/assets/plants/north.png": PIXEL,
    "content/assets/unused.png": PIXEL,
    "content/assets/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
}


def test_only_the_pictures_that_pages_name_and_the_logo_are_published(tmp_path):
    root = write_project(tmp_path / "project", WITH_PICTURES)
    done = esgreport("build", "--project", root, "--only", "web")
    assert done.returncode == 0, done.stderr
    for language in ("zh-Hant", "en"):
        with Image.open(root / "site" / language / "assets/plants/north.png") as published:
            assert (published.format, published.size) == ("PNG", (1, 1))
        assert (root / "site" / language / "assets/logo.svg").is_file()
        assert not (root / "site" / language / "assets/unused.png").exists()


def test_a_logo_that_is_more_than_a_drawing_stops_the_build(tmp_path):
    logo = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    root = write_project(tmp_path / "project", {"content/assets/logo.svg": logo})
    done = esgreport("build", "--project", root, "--only", "web")
    assert done.returncode == 1 and "content/assets/logo.svg: error[unsafe-picture]" in done.stderr
    assert not (root / "site").exists()


def test_a_logo_outside_the_project_is_not_published(tmp_path):
    (tmp_path / "other.svg").write_text(WITH_PICTURES["content/assets/logo.svg"], encoding="utf-8")
    root = write_project(tmp_path / "project")
    (root / "content" / "assets").mkdir()
    (root / "content" / "assets" / "logo.svg").symlink_to(tmp_path / "other.svg")
    done = esgreport("build", "--project", root, "--only", "web")
    assert done.returncode == 1 and "content/assets/logo.svg: error[" in done.stderr
    assert not (root / "site").exists()


def test_with_an_address_pages_know_each_other_by_it(tmp_path):
    report = TINY["data/report.yml"].replace("parts:", "site_url: https://esg.example/2025/\nparts:")
    root = write_project(tmp_path / "project", {"data/report.yml": report})
    assert esgreport("build", "--project", root, "--only", "web").returncode == 0
    page = (root / "site/en/a2.html").read_text(encoding="utf-8")
    assert 'href="https://esg.example/2025/en/a2.html"' in page
    assert 'hreflang="zh-Hant-HK"' in page
    assert (root / "site/en/sitemap.xml").is_file()


def test_the_faces_of_the_website_hold_every_character_of_its_pages(built):
    """Also the theme's own words and the page that leads to the languages."""
    from fontTools.ttLib import TTFont

    for language in ("zh-Hant", "en"):
        known: set[int] = set()
        for face in (built.out / language / "assets" / "faces").glob("*.woff2"):
            with TTFont(face) as font:
                known |= set(font.getBestCmap())
        for path in [built.out / "index.html", *(built.out / language).glob("*.html")]:
            page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
            for script in page.find_all(["script", "style"]):
                script.decompose()
            lacking = {
                c for c in page.get_text() if ord(c) not in known and c not in "\n\t\u200b\u2003\u3000\u00ad"
            }
            assert not lacking, f"{path.name}: {lacking}"


# ---- what the last build knew


def test_trace_names_folios_only_while_the_build_is_current(tmp_path):
    root = write_project(tmp_path / "project")
    trace = ("trace", "electricity", "--project", root)
    assert "of the PDF" not in here(*trace).stdout
    assert esgreport("build", "--project", root, "--only", "pdf", "--edition-lang", "en").returncode == 0
    traced = here(*trace).stdout
    pdf = Pdf(root / "site/pdf/tiny-esg-2025.en.pdf")
    for number in (1, 2):
        folio = pdf.labels[pdf.spots[f"electricity@2025/{number}"].page]
        assert f", page {folio} of the PDF" in traced
    assert "zh-Hant" in traced and not re.search(r"zh-Hant.*page", traced)
    with (root / "content/en/a2.md").open("a", encoding="utf-8") as page:
        page.write("\nMore.\n")
    assert "of the PDF" not in here(*trace).stdout
    assert "page numbers are known after a build" in here(*trace).stdout


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"digest": 1}', "not json"])
def test_a_damaged_cache_is_no_cache(tmp_path, content):
    root = write_project(tmp_path / "project")
    (root / ".cache/folios.json").write_text(content)
    assert here("trace", "electricity", "--project", root).returncode == 0


def test_the_reports_own_reading_of_yaml_agrees_with_what_is_built(built):
    report = yaml.load((ROOT / "data/report.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    record = json.loads((built.out / "data/figures.json").read_text(encoding="utf-8"))["report"]
    assert record["company"] == report["company"]["name"] and record["title"] == report["title"]
    assert record["languages"] == report["languages"] and record["frameworks"] == report["frameworks"]
    assert record["status"] == report["status"]
