"""Search: what finished pages become, which words cut a query, and what a reader finds in this repository's own report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, here, write_project
from esgreport.load import load
from esgreport.search import Index, Section, names, read_index, same_words
from searching import Query, asked, queries, rank
from serving import served

PAGE = """<html><head><title>Not a part</title></head><body>
<header>The company <nav>Menu</nav></header>
<main>
<header><p class="er-code">A1</p><h1><span>Emissions</span></h1>
<p class="er-chips"><span>This chapter answers</span> <a class="er-chip">A1</a> <a class="er-chip">A1.3</a></p></header>
<nav>Contents</nav>
<p>What leaves the sta<b>ck</b>.<br>Begins here.</p>
<svg><title>A picture</title><desc>of a line</desc><text>2,990</text></svg>
<h2 id="waste">Waste &amp; slag</h2>
<p class="er-chips"><span>Answers</span> <a class="er-chip">A1.3</a></p>
<table><tr><th>Dust</th><td>118</td><td>121</td></tr></table><script>let x;</script>
<h3 id="air">廢<span>氣</span></h3>
<div data-search-exclude><p>left out</p></div><p aria-hidden="true">▲</p><p>煙囪清了。</p>
<h4>A small heading</h4>
</main><footer>Foot</footer></body></html>"""


def test_a_page_is_read_section_by_section():
    index = read_index([("a1.html", PAGE)])
    assert index.sections == (
        Section("a1.html", "A1 Emissions", "What leaves the stack. Begins here. 2,990", ["A1"]),
        Section("a1.html#waste", "Waste & slag", "Dust 118 121", ["A1.3"]),
        Section("a1.html#air", "廢氣", "煙囪清了。 A small heading", []),
    )


def test_a_page_without_anything_is_a_section_too():
    assert read_index([("x.html", "<main></main>")]).sections == (Section("x.html"),)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("whistle-blowing", True),
        ("whistleblowing", True),
        ("Whistle", True),
        ("blowing", True),
        ("lowing", False),
        ("範圍3", True),
        ("範圍 3", True),
        ("３", True),
        ("強積金", True),
        ("金供", True),
        ("公積金", False),
        ("MPF", False),
    ],
)
def test_a_word_is_found_as_it_stands(word, found):
    index = Index((Section("a.html", "Whistle-blowing"), Section("a.html#b", "", "範圍 3的強積金供款")))
    assert index.finds(word) is found


def test_words_that_stand_nowhere_are_left_out():
    pages = [("b.html", "<main><h1>僱傭</h1><p>強積金供款</p></main>")]
    index = read_index(pages, ["供款", "強積金", "溫室氣體"], [("強積金", "MPF"), ("溫室氣體", "GHG")])
    assert index.names == ("供款", "強積金")
    assert index.same == (("強積金", "MPF"),)
    written = json.loads(index.written())
    assert written["config"]["same"] == [["強積金", "MPF"]]
    assert [doc["location"] for doc in written["docs"]] == ["b.html"]


GLOSSARY = """\
power: {term: {en: electricity, zh-Hant: 電力, zh-Hans: 电力}, also: {en: [power, mains], zh-Hant: 電能}, avoid: {zh-Hant: [電氣]}}
mpf: {term: {en: MPF, zh-Hant: 強積金}}
"""


def test_names_and_terms_of_a_report(project):
    report, findings = load(project({"data/glossary.yml": GLOSSARY}))
    assert report is not None and not findings
    assert list(same_words(report, "zh-Hant")) == [
        ("電力", "電能", "電氣", "electricity", "power", "mains", "电力"),
        ("強積金", "MPF"),
    ]
    assert {"外購電力", "男性"} <= set(names(report, "zh-Hant"))
    assert not set(names(report, "en")), "English is cut by its spaces"


@pytest.mark.parametrize(
    ("glossary", "code", "said"),
    [
        ("power: electricity\n", "wrong-shape", 'the term "power" should be keys with values'),
        ("power: {word: {en: x, zh-Hant: y}}\n", "unknown-key", '"word" is not a key of the term "power"'),
        ("power: {term: {en: electricity}}\n", "missing-wording", 'the term "power" has no wording in zh-Hant'),
        ("power: {term: {en: a, zh-Hant: b}, also: [x]}\n", "wrong-shape", 'also of "power" should be keys with values'),
        ("power: {term: {en: a, zh-Hant: b}, also: {fr: x}}\n", "unknown-key", '"fr" is not a key of also of "power"'),
        (
            "power: {term: {en: a, zh-Hant: b}}\nmains: {term: {en: A, zh-Hant: c}}\n",
            "duplicate-term",
            '"A" (en) stands twice in the glossary, here and in line 1',
        ),
        (
            "power: {term: {en: a, zh-Hant: b}, avoid: {en: a}}\n",
            "duplicate-term",
            '"a" (en) stands twice in the glossary, here and in line 1',
        ),
    ],
)  # fmt: skip
def test_a_glossary_of_another_shape(project, glossary, code, said):
    _, findings = load(project({"data/glossary.yml": glossary}))
    assert (code, said) in {(finding.code, finding.message) for finding in findings}


def test_a_term_that_no_page_uses_is_told_by_the_build(tmp_path):
    root = write_project(tmp_path / "project", {"data/glossary.yml": GLOSSARY})
    done = here("build", "--project", root, "--only", "web")
    assert done.returncode == 0
    told = [line for line in done.stderr.splitlines() if "term-not-found" in line]
    assert [line.partition(": warning[term-not-found] ")[::2] for line in told] == [
        ("data/glossary.yml:2:1", 'no page in en says "MPF" ("mpf"): a search for it finds nothing'),
        ("data/glossary.yml:2:1", 'no page in zh-Hant says "強積金" ("mpf"): a search for it finds nothing'),
    ]


def test_each_language_has_its_own_index(built_small):
    def said(language: str) -> str:
        return (built_small.out / language / "search" / "sections.json").read_text(encoding="utf-8")

    assert "外購電力" in said("zh-Hant") and "外購電力" not in said("en")
    assert "Purchased electricity" in said("en") and "Purchased electricity" not in said("zh-Hant")


# ---- what a reader of this repository's own report finds


@pytest.fixture(scope="module")
def tabs(website: Path, browser: Any) -> Iterator[dict[str, Any]]:
    """A page of each language in a browser."""
    with served(website) as address:
        opened = {}
        for language in ("zh-Hant", "en"):
            opened[language] = browser.new_page()
            opened[language].goto(f"{address}{language}/message.html")
        yield opened
        for tab in opened.values():
            tab.close()


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_a_reader_finds_what_is_looked_for(tabs, language):
    """Of the table every section is found on one of the first three pages of the list, nearly all on the first."""
    wanted = [query for query in queries() if query.language == language]
    assert len(wanted) >= 30
    found = asked(tabs[language], [query.query for query in wanted])
    ranks: dict[Query, int] = {query: rank(found[query.query], query.expected) for query in wanted}
    assert [query for query, place in ranks.items() if not 1 <= place <= 3] == []
    assert sum(place == 1 for place in ranks.values()) >= len(wanted) * 95 // 100


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_every_word_of_the_glossary_leads_to_the_report_s_own(tabs, language):
    """Whatever is typed, in whichever language: the first thing found says one of the words of the term."""
    report, _ = load(ROOT)
    assert report is not None
    groups = list(same_words(report, language))
    assert len(groups) >= 20
    found = asked(tabs[language], sorted({word for group in groups for word in group}))
    assert [word for word, pages in found.items() if not pages] == []
    for group in groups:
        for word in group:
            assert "<mark>" in found[word][0][0]["title"] + found[word][0][0]["text"], word


@pytest.mark.long
def test_what_stands_nowhere_finds_nothing(tabs):
    assert set(map(len, asked(tabs["en"], ["zeppelin", "", " ", "?!", "((", "[a-z]*", "\\"]).values())) == {0}
    assert asked(tabs["zh-Hant"], ["齊柏林"])["齊柏林"] == []


@pytest.mark.long
def test_a_section_is_shown_with_a_stretch_of_its_text(tabs):
    first = asked(tabs["en"], ["MPF"])["MPF"][0][0]
    assert first["location"].startswith("b1_employment.html#")
    assert "<mark>MPF</mark>" in first["text"]
    assert first["text"].count("<") == 2 * first["text"].count("<mark>"), "nothing else is markup"
    first = asked(tabs["zh-Hant"], ["A1.3"])["A1.3"][0][0]
    assert first["text"].startswith("<mark>A1.3</mark> · ")
    assert first["terms"] == {"a1.3": True}


@pytest.mark.long
def test_the_dialog_shows_page_section_and_text(tabs):
    tab = tabs["zh-Hant"]
    tab.keyboard.press("/")
    tab.locator(".md-search__input").fill("强积金")
    tab.wait_for_selector(".md-search-result__link")
    item = tab.locator(".md-search-result__item").first
    assert item.locator("h1").first.inner_text() == "B1 僱傭"
    assert item.locator("mark").first.inner_text() == "強積金"
    tab.keyboard.press("Escape")
