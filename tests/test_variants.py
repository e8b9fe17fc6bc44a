"""The report under other rules, nothing changed but `report.yml`: other levels, another edition, several frameworks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import test_read_back as read_back
from conftest import Built, esgreport
from esgreport.pipeline import Examined, examine
from variants import CODE, GUIDE, VARIANTS

ANSWERED_GENERAL = 48  # rows of Parts B and C that the report answers; the Guide of 2020 has the same
CLIMATE_EXPLAINED = ["D24(a)", "D25(a)", "D25(b)", "D32"]

# Levels of the rows, statuses of the rows, findings of any kind but that a row is missing.
EXPECTED: dict[str, tuple[dict[str, int], dict[str, int], dict[str, int]]] = {
    "gem-2025": (
        {"mandatory": 8, "comply-or-explain": 45, "voluntary": 40, "encouraged": 1},
        {
            "disclosed": ANSWERED_GENERAL + 40,
            "explained": 4,
            "negative-statement": 1,
            "not-reported": 1,
        },
        {},
    ),
    "largecap-2026": (
        {"mandatory": 48, "comply-or-explain": 45, "encouraged": 1},
        {
            "disclosed": ANSWERED_GENERAL + 40,
            "missing": 4,
            "negative-statement": 1,
            "not-reported": 1,
        },
        {"response-not-allowed": 4},
    ),
    "guide-2023": (
        {"mandatory": 3, "comply-or-explain": 48},
        {"disclosed": ANSWERED_GENERAL, "missing": 3},  # A1.2 and the two rows of A4
        {"other-edition": 3, "framework-edition": 4},
    ),
}


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Examined]:
    folder = tmp_path_factory.mktemp("variants")
    return {name: examine(variant.project(folder / name)) for name, variant in VARIANTS.items()}


@pytest.mark.parametrize("name", VARIANTS)
def test_levels_statuses_and_findings(examined: dict[str, Examined], name: str) -> None:
    levels, statuses, findings = EXPECTED[name]
    found = examined[name]
    assert found.edition is not None
    rows = found.edition.rows[VARIANTS[name].framework]
    assert Counter(row.requirement.level for row in rows) == levels
    assert Counter(row.status for row in rows) == statuses
    missing = Counter({"requirement-missing": statuses.get("missing", 0)})
    assert Counter(f.code for f in found.findings) == missing + Counter(findings)
    assert not any(f.blocking for f in found.findings)  # it is a draft, and is written


def test_what_was_explained_cannot_be_once_it_is_mandatory(examined: dict[str, Examined]) -> None:
    refused = [f for f in examined["largecap-2026"].findings if f.code == "response-not-allowed"]
    assert [f.message for f in refused] == [
        f"{id} is mandatory; explained is no answer to it" for id in CLIMATE_EXPLAINED
    ]
    assert {f.help for f in refused} == {"disclose it, or say relief-used"}


def test_answers_to_another_edition_are_told_once_a_file_with_both_names(
    examined: dict[str, Examined],
) -> None:
    told = [f for f in examined["guide-2023"].findings if f.code == "other-edition"]
    assert [(f.place.path, f.message) for f in told] == [
        (path, f"{count} answers in this file, {first} the first, are to requirements of {CODE}; this report follows {GUIDE}")
        for path, count, first in (
            ("content/en/climate.md", 41, "D19(a).body"),
            ("content/zh-Hant/climate.md", 41, "D19(a).body"),
            ("data/aspects/d_climate.yml", 16, "D28(a)"),
        )
    ]  # fmt: skip
    assert {f.help for f in told} == {
        f"such an answer counts for nothing: take it out, or name {CODE} in data/report.yml"
    }


# ---- read back


@pytest.fixture(scope="module", params=list(VARIANTS))
def variant_editions(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> read_back.Editions:
    root = VARIANTS[request.param].project(tmp_path_factory.mktemp("built") / request.param)
    done = esgreport("build", "--project", root)
    assert done.returncode == 0, done.stderr
    return read_back.Editions(Built(root, root / "site", done.stderr, 0))


@pytest.mark.long
@read_back.languages
def test_links_and_folios_of_every_index_are_true(
    variant_editions: read_back.Editions, language: str
) -> None:
    read_back.test_every_location_of_the_index_is_a_section_of_the_site(variant_editions, language)
    read_back.test_every_folio_of_the_index_is_the_label_of_the_page_it_names(variant_editions, language)
    read_back.test_the_index_printed_in_the_pdf_shows_the_same_pages(variant_editions, language)
    read_back.test_the_index_on_the_web_links_to_the_same_sections(variant_editions, language)


# ---- several frameworks at once

OWN = """\
id: owner-list
title: {en: The owner's list, zh-Hant: 股東清單}
requirements:
  - {id: E.1.1, kind: quantitative, level: comply-or-explain, index_row: true, label: {en: Water, zh-Hant: 用水}, measures: [{key: water-used, label: {en: Water used, zh-Hant: 用水量}, unit: m3}]}
  - {id: A2.5, kind: narrative, level: voluntary, index_row: true, label: {en: Boxes, zh-Hant: 箱}}
"""


def several(folder: Path, packaging: str) -> Examined:
    """The report after four frameworks at once: water answers all, and A2.5 is a requirement of two."""
    root = VARIANTS["gem-2025"].project(folder)
    path = root / "data" / "report.yml"
    text = path.read_text(encoding="utf-8")
    named = f"frameworks: [{CODE}, gri-2021, un-sdgs, owner-list]\nclaims: {{gri-2021: with-reference}}"
    path.write_text(text.replace(f"frameworks: [{CODE}]", named), encoding="utf-8")
    (root / "data" / "frameworks").mkdir()
    (root / "data" / "frameworks" / "owner-list.yml").write_text(OWN, encoding="utf-8")
    path = root / "data" / "aspects" / "a2_use_of_resources.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("answers: [A2.2]", "answers: [A2.2, E.1.1]").replace(
        "answers: [A2.5]", f"answers: [{packaging}]"
    )
    path.write_text(text, encoding="utf-8")
    for page in root.glob("content/*/a2_resources.md"):
        text = page.read_text(encoding="utf-8")
        text = text.replace('answers="A2.2"', 'answers="A2.2 E.1.1 SDG6 303-1"')
        page.write_text(text.replace('answers="A2.5"', f'answers="{packaging}"'), encoding="utf-8")
    for page in root.glob("content/*/content_index.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub("```index\n", f"```index\nframework: {CODE}\n", text), encoding="utf-8")
    return examine(root)


def test_one_section_answers_in_every_index_at_once(tmp_path: Path) -> None:
    found = several(tmp_path, f"{CODE}/A2.5")
    assert found.edition is not None and not [str(f) for f in found.findings if f.blocking]
    for framework, id in (
        (CODE, "A2.2"),
        ("owner-list", "E.1.1"),
        ("un-sdgs", "SDG6"),
        ("gri-2021", "303-1"),
    ):
        (row,) = [row for row in found.edition.rows[framework] if row.requirement.id == id]
        assert row.status == "disclosed", (framework, row.lacks)
        for language in ("en", "zh-Hant"):
            assert [(x.page, x.section) for x in row.locations[language]] == [("a2_resources", "water")]
    statuses = {
        framework: row.status
        for framework, rows in found.edition.rows.items()
        for row in rows
        if row.requirement.id == "A2.5"
    }
    assert statuses == {CODE: "disclosed", "owner-list": "not-reported"}


def test_an_id_of_two_frameworks_needs_the_name_of_one(tmp_path: Path) -> None:
    told = [f for f in several(tmp_path, "A2.5").findings if f.code == "unknown-requirement"]
    assert {(f.message, f.help) for f in told} == {
        (f"A2.5 is a requirement of {CODE} and owner-list", f"write {CODE}/A2.5 or owner-list/A2.5")
    }
    assert {f.place.path for f in told} == {
        "data/aspects/a2_use_of_resources.yml",
        "content/en/a2_resources.md",
        "content/zh-Hant/a2_resources.md",
    }
    assert all(f.blocking for f in told)
