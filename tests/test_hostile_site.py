"""Bad and unusual input on the website: a finding that says where and what to do, or a page that can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TINY
from esgreport.pipeline import build, examine

Project = Callable[..., Path]
TAKEN = ("assets", "charts", "figures", "headers", "search")  # our folders, and words like them
WORD = "Donaudampfschifffahrtsgesellschaft" * 4
LONG = "A heading that goes on and on " * 7


def report_with(*pages: str) -> str:
    return TINY["data/report.yml"].replace("[a2]", f"[{', '.join(('a2', *pages))}]")


def in_both(page: str, text: str) -> dict[str, str]:
    return {f"content/{language}/{page}.md": text for language in ("en", "zh-Hant")}


def found(root: Path, code: str) -> list[tuple[str, int, str]]:
    assert all(finding.help for finding in examine(root).findings if finding.code == code)
    return [(f.place.path, f.place.line, f.message) for f in examine(root).findings if f.code == code]


def test_a_page_missing_in_one_language_is_named_and_the_other_language_is_written(
    project: Project, tmp_path: Path
) -> None:
    root = project(
        {"data/report.yml": report_with("water"), "content/zh-Hant/water.md": "# 水 { #water }\n\n文字。\n"}
    )
    assert [place for place, *_ in found(root, "page-missing")] == ["content/en/water.md"]
    written = build(root, tmp_path / "site", ["web"]).written
    assert "zh-Hant/water.html" in written and "en/water.html" not in written
    for page in (tmp_path / "site").rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^":#?]+\.html)', page.read_text(encoding="utf-8")):
            assert (page.parent / address).is_file(), (page.name, address)


def test_the_name_of_the_home_page_is_taken(project: Project) -> None:
    root = project({"data/report.yml": report_with("index"), **in_both("index", "# Page\n\nText.\n")})
    ((path, line, message),) = found(root, "bad-id")
    assert (path, line) == ("data/report.yml", 14) and '"index"' in message


def test_pages_named_like_our_folders_stand_beside_them(project: Project, tmp_path: Path) -> None:
    pages = {name: text for page in TAKEN for name, text in in_both(page, f"# The {page}\n\nText.\n").items()}
    root = project({"data/report.yml": report_with(*TAKEN), **pages})
    written = build(root, tmp_path / "site", ["web"]).written
    for page in TAKEN:
        text = (tmp_path / "site" / "en" / f"{page}.html").read_text(encoding="utf-8")
        assert f"The {page}" in text
    assert "en/search/sections.json" in written and "en/assets/web.css" in written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Only text.\n", "bad-heading"),
        ("# Page\n\nA seed \U0001f331.\n", "missing-glyph"),
        ("# Page\n\nשלום\n", "missing-glyph"),
        ("# Page\n\n" + "| a | b |\n" * 10_001, "file-too-large"),
    ],
    ids=["no heading", "emoji", "right to left", "ten thousand rows"],
)
def test_what_no_page_can_show_is_named_in_its_file(project: Project, text: str, code: str) -> None:
    root = project({"data/report.yml": report_with("odd"), **in_both("odd", text)})
    assert {path for path, *_ in found(root, code)} & {"content/en/odd.md", "content/zh-Hant/odd.md"}
    assert examine(root).stops


def test_long_headings_and_unknown_anchors_leave_a_page_as_wide_as_the_screen(
    project: Project, tmp_path: Path, browser: Any
) -> None:
    text = f"# {LONG}\n\nText.\n\n## {WORD} {{ #word }}\n\nText.\n\n## {LONG} {{ #long }}\n\nText.\n"
    root = project({"data/report.yml": report_with("long"), **in_both("long", text)})
    assert build(root, tmp_path / "site", ["web"]).written
    faults: list[str] = []
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        for address in ("en/long.html", "en/a2.html#nowhere", "en/a2.html#nothing@2025", "en/index.html"):
            file, _, place = address.partition("#")
            page.goto((tmp_path / "site" / file).as_uri() + (f"#{place}" if place else ""))
            assert page.evaluate("document.documentElement.scrollWidth") == width, address
            assert page.locator("h1").first.is_visible()
        page.close()
    assert faults == []
