"""The bilingual book: both languages side by side, row by row; what prints once and what prints twice; when there is none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import TINY, here
from pdf_pages import Pdf
from pdf_structure import Element, Structure

HAN = re.compile("[\u4e00-\u9fff]")
EDITION = TINY["data/report.yml"] + "editions: [bilingual]\n"
FRAMEWORK = EDITION.replace(
    "issuer_class: main-board\n", "issuer_class: main-board\nframeworks: [hkex-esg-code-2025]\n"
)
LINES = 2 * 15.6 * 0.75  # points in height that two lines of text take at most


def book(root: Path, *more: str) -> Path:
    """The bilingual book of a project."""
    done = here("build", "--project", root, "--only", "bilingual", *more)
    assert done.returncode == 0, done.stderr + done.stdout
    return root / "site" / "pdf" / "tiny-esg-2025.bilingual.pdf"


def paired(structure: Structure) -> list[tuple[Element, Element]]:
    """What stands beside each other: each English part that a Chinese one follows in the same element."""
    found = []
    for element in structure.elements:
        for one, other in zip(element.elements, element.elements[1:], strict=False):
            sides = one.item.get("/Lang", ""), other.item.get("/Lang", "")
            if one.type == other.type and str(sides[0]) == "en-HK" and str(sides[1]).startswith("zh"):
                found.append((one, other))
    return found


def start(element: Element) -> tuple[int, float]:
    """The page on which a part begins, and the height of its first line."""
    first = next(content for content in element.contents if content.text.strip())
    return first.page, max(character.y for character in first.characters)


def pages(paragraphs: list[tuple[str, str]]) -> dict[str, str]:
    """A project whose page holds these paragraphs in both languages."""
    texts = ("\n\n".join(side) for side in zip(*paragraphs, strict=True))
    return {
        "data/report.yml": EDITION,
        "content/en/a2.md": f"# Energy\n\n{next(texts)}\n",
        "content/zh-Hant/a2.md": f"# 能源\n\n{next(texts)}\n",
    }


def test_every_pair_begins_on_one_page_at_one_height(project):
    lengths = [(3 + 7 * n % 41, 9 + 11 * n % 37) for n in range(70)]
    texts = [("copper and water " * a, "銅和水都用得其所，" * b) for a, b in lengths]
    structure = Structure(book(project(pages(texts))).read_bytes())
    pairs = [(a, b) for a, b in paired(structure) if a.type == "Div"]
    assert len(pairs) == len(texts)
    broken = 0
    for one, other in pairs:
        (page, y), (other_page, other_y) = start(one), start(other)
        assert page == other_page, str(one)
        assert abs(y - other_y) < 4, f"{one}: {y} and {other_y}"
        broken += one.pages != other.pages or len(one.pages) > 1
    assert broken > 3, "some of them go on overleaf"
    assert len(structure.pdf.pages) > 8


def test_a_pair_that_breaks_goes_on_side_by_side(project):
    texts = [("copper and water " * 400, "銅和水都用得其所，" * 260)]
    structure = Structure(book(project(pages(texts))).read_bytes())
    ((one, other),) = [pair for pair in paired(structure) if pair[0].type == "Div"]
    assert len(one.pages) > 2
    tops = [
        {
            page: max(c.y for content in side.contents if content.page == page for c in content.characters)
            for page in side.pages
        }
        for side in (one, other)
    ]
    both = set(tops[0]) & set(tops[1])
    assert len(both) > 1
    assert all(abs(tops[0][page] - tops[1][page]) < 4 for page in both)


def test_lists_pair_item_by_item_and_what_is_divided_otherwise_as_a_whole(project):
    files = {
        "data/report.yml": EDITION,
        "content/en/a2.md": "# Energy\n\nFirst.\n\n1. Alike one\n2. Alike two\n\n## Apart { #apart }\n\nOne.\n\nTwo.\n",
        "content/zh-Hant/a2.md": "# 能源\n\n第一。\n\n1. 同一\n2. 同二\n\n## 另分 { #apart }\n\n一和二。\n",
    }
    structure = Structure(book(project(files)).read_bytes())
    said = [(a.text.strip(), b.text.strip()) for a, b in paired(structure) if a.type == "Div"]
    assert [tuple(re.sub(r"\s+", "", text) for text in pair) for pair in said] == [
        ("First.", "第一。"),
        ("1.Alikeone", "1.同一"),
        ("2.Aliketwo", "2.同二"),
        ("One.Two.", "一和二。"),
    ]


def test_numbers_of_lists_are_those_that_were_written(project):
    """A list that begins with another number, one that goes on after a paragraph, and one with brackets."""
    both = (
        "3. {a} three\n4. {a} four\n   1. {a} within\n\n{a} between.\n\n5. {a} five\n\n"
        "1) {a} bracket\n2) {a} bracket\n\n{a} text.\n\n7. {a} seven\n"
    )
    files = {
        "data/report.yml": EDITION,
        "content/en/a2.md": "# Energy\n\n" + both.format(a="One") + "8. One eight\n",
        "content/zh-Hant/a2.md": "# 能源\n\n" + both.format(a="一"),
    }
    path = book(project(files), "--only", "pdf,bilingual")
    numbers = {}
    for name in ("bilingual", "en", "zh-Hant"):
        structure = Structure(path.with_name(f"tiny-esg-2025.{name}.pdf").read_bytes())
        labels = [(element.language[:2], element.text.strip()) for element in structure.named("Lbl")]
        numbers[name] = [text for language, text in labels]
        if name == "bilingual":
            sides = [[text for language, text in labels if language == side] for side in ("en", "zh")]
    assert numbers["en"] == ["3.", "4.", "1.", "5.", "1)", "2)", "7.", "8."]
    assert numbers["zh-Hant"] == numbers["en"][:-1]
    assert sides == [numbers["en"], numbers["zh-Hant"]]


def test_everything_says_which_language_it_is_in(project):
    files = {
        "data/report.yml": FRAMEWORK,
        "content/en/a2.md": TINY["content/en/a2.md"]
        + "\n```index\n```\n\n```quote\ntext: Water first.\nby: The works manager\n```\n",
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"]
        + "\n```index\n```\n\n```quote\ntext: 水先行。\nby: 廠長\n```\n",
    }
    structure = Structure(book(project(files)).read_bytes())
    wrong = [
        str(element)
        for element in structure.elements
        for content in element.kids
        if hasattr(content, "characters") and HAN.search(content.text)
        if not element.language.startswith("zh")
    ]
    assert wrong == []
    chinese = [element for element in structure.elements if element.language.startswith("zh")]
    assert not [str(e) for e in chinese if re.search("[A-Za-z]{5}", e.text) and not HAN.search(e.text)]
    assert str(structure.catalog.Lang) == "en-HK"


def test_a_table_stands_once_with_both_wordings(project):
    path = book(project({"data/report.yml": EDITION}))
    pdf, structure = Pdf(path), Structure(path.read_bytes())
    (table,) = structure.named("Table")
    assert {element.type for element in table.all()} >= {"Caption", "TH", "TD"}
    text = re.sub(r"\s+", " ", table.text)
    assert text.count("Purchased electricity") == text.count("外購電力") == 1
    assert text.count("29,843,800") == 1 and "2025年" not in text
    assert re.match(r"Table ?表 ?1", text), text
    figures = sorted(name for name in pdf.spots if name.startswith("electricity@2025/"))
    assert figures == ["electricity@2025/1", "electricity@2025/2", "electricity@2025/3"]
    heights = [pdf.spots[name] for name in figures]
    assert heights[0] != heights[1]
    assert "a2/figures" in pdf.spots


def test_a_number_that_is_printed_otherwise_is_printed_in_both_forms(project):
    files = {
        "data/report.yml": EDITION,
        "content/en/a2.md": TINY["content/en/a2.md"].replace("columns:", "units: [MWh]\ncolumns:"),
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"].replace("columns:", "units: [GJ]\ncolumns:"),
    }
    structure = Structure(book(project(files)).read_bytes())
    (table,) = structure.named("Table")
    said = [element.text.strip() for element in table.all() if element.type == "Span"]
    assert {"29,844", "107,438", "MWh", "吉焦耳"} <= set(said)


def test_one_contents_one_index_bookmarks_in_both(project):
    files = {
        "data/report.yml": FRAMEWORK,
        **{
            f"content/{language}/a2.md": TINY[f"content/{language}/a2.md"] + "\n```index\n```\n"
            for language in ("en", "zh-Hant")
        },
    }
    structure = Structure(book(project(files)).read_bytes())
    titles = [bookmark.title for bookmark in structure.bookmarks]
    assert titles[-2:] == ["Energy / 能源", "Figures / 數據"]
    (entry,) = structure.named("TOCI")
    assert "Energy" in entry.text and "能源" in entry.text
    assert [each.text.strip() for each in structure.named("H1")[-1].elements] == ["Energy", "能源"]
    _, index = structure.named("Table")
    rows = [e.text for e in index.all() if e.type == "TR" and "KPI" in e.text]
    assert len(rows) > 20
    assert [row for row in rows if not (HAN.search(row) and re.search("[a-z]{4}", row))] == []


def test_the_build_names_the_book_after_the_slug_and_offers_it(project):
    root = project({"data/report.yml": EDITION})
    done = here("build", "--project", root)
    assert done.returncode == 0, done.stderr
    record = json.loads((root / "site" / "build.json").read_text(encoding="utf-8"))
    assert set(record["pages"]) == {"en", "zh-Hant", "bilingual"}
    assert f"bilingual.pdf ({record['pages']['bilingual']} pages)" in done.stdout
    home = (root / "site" / "zh-Hant" / "index.html").read_text(encoding="utf-8")
    assert "中英對照報告" in home and "tiny-esg-2025.bilingual.pdf" in home


def test_the_books_of_one_language_know_nothing_of_it(project, tmp_path):
    alone = {}
    for name, report in (("without", TINY["data/report.yml"]), ("with", EDITION)):
        root = project({"data/report.yml": report}) if name == "without" else root  # noqa: F821
        (root / "data" / "report.yml").write_text(report, encoding="utf-8")
        out = tmp_path / name
        assert here("build", "--project", root, "--only", "pdf,bilingual", "--out", out).returncode == 0
        alone[name] = [(out / "pdf" / f"tiny-esg-2025.{x}.pdf").read_bytes() for x in ("en", "zh-Hant")]
    only = tmp_path / "only"
    assert here("build", "--project", root, "--only", "pdf", "--out", only).returncode == 0
    assert alone["with"] == [
        (only / "pdf" / f"tiny-esg-2025.{x}.pdf").read_bytes() for x in ("en", "zh-Hant")
    ]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_one_language_makes_no_bilingual_book(project, language):
    other = "zh-Hant" if language == "en" else "en"
    report = EDITION.replace("languages: [zh-Hant, en]", f"languages: [{language}]")
    root = project({"data/report.yml": report, f"content/{other}/a2.md": None})
    done = here("check", "--project", root, "--format", "json")
    (found,) = [d for d in json.loads(done.stdout)["diagnostics"] if d["code"] == "edition-impossible"]
    assert found["blocking"]
    assert (found["path"], found["line"]) == ("data/report.yml", report.count("\n"))
    assert f"is in {language} alone" in found["message"]


def test_a_build_in_one_language_says_why_it_has_no_bilingual_book(project):
    root = project({"data/report.yml": EDITION})
    done = here("build", "--project", root, "--only", "bilingual", "--edition-lang", "en")
    assert done.returncode == 2
    assert "sets Chinese beside English; this build is in en alone" in done.stderr
    assert here("build", "--project", root, "--only", "pdf", "--edition-lang", "en").returncode == 0


def test_what_only_one_language_has_is_printed_in_that_one(project):
    files = {
        "data/report.yml": EDITION,
        "content/zh-Hant/a2.md": "# 能源\n\n本年度外購電力為{{ electricity }}。\n\n## 甚麼 { #what }\n\n只有中文。\n",
    }
    structure = Structure(book(project(files)).read_bytes())
    whole = re.sub(r"\s+", "", structure.document.text)
    assert "只有中文。" in whole and "甚麼" in whole and "Purchasedelectricity" in whole
