"""The home page: what a project says below the cover, what it does not count for, the ways in, the downloads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import TINY, Built, here
from esgreport import checks
from esgreport.load import load
from esgreport.render import Templates
from esgreport.trail import printings
from esgreport.writer import report_view
from reports import CODE_REPORT, edition_of

HOME = """\
Told before any section.

## Glance { #glance }

Water came to {{ water }}.

```table
metrics: [water]
columns: [2025, 2024]
```

### Below { #below }

```chart
kind: bars
caption: Two years
metrics: [electricity]
```
"""
AT_HOME = {
    "data/report.yml": CODE_REPORT,
    "data/aspects/a2.yml": TINY["data/aspects/a2.yml"]
    + """\
  water:
    name: {en: Water consumed, zh-Hant: 耗水量}
    unit: m3
    answers: [A2.2]
    values: {2025: 80, 2024: 81}
""",
    "content/en/home.md": HOME,
    "content/zh-Hant/home.md": HOME,
}
CALLED = '\n## Water { #water answers="A2.2" }\n\nWater came to {{ water }}, and {{ water(period="2024") }} before.\n'


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def home_of(root: Path, language: str = "en") -> BeautifulSoup:
    """The home page as it is handed to the site engine."""
    return soup(Templates(root).home(report_view(edition_of(root), language), []))


def found(root: Path) -> list[tuple[str, str, str]]:
    """What reading a project finds: code, file, message."""
    return [(each.code, each.place.path, each.message) for each in load(root)[1]]


# ---- what it says


def test_it_stands_between_the_cover_and_the_parts(project):
    page = home_of(project(AT_HOME))
    order = [tag.get("class") or tag.get("id") for tag in page.select(".er-cover, .er-lead, h2")]
    assert order[0][:2] == ["er-hero", "er-cover"] and order[1] == ["er-lead", "er-sec"]
    assert order[2:] == ["glance", "er-parts"]
    section = page.select_one("section[aria-labelledby=glance]")
    assert section.select_one("h3#below") and section.select("svg") and "Two years" in section.text
    assert {tag.text for tag in section.select(".label")} == {""}, "its tables and charts have no number"


def test_without_one_the_parts_follow_the_cover(project):
    page = home_of(project())
    assert [tag["id"] for tag in page.select("h2")] == ["er-parts"]
    assert not page.select(".er-lead, [data-figure]")


def test_the_book_does_not_know_of_it(project):
    root = project(AT_HOME)
    edition = edition_of(root)
    with_it = report_view(edition, "en")
    book = Templates(root).book(with_it)
    assert "Two years" not in book and "Told before" not in book
    for name in ("en", "zh-Hant"):
        (root / f"content/{name}/home.md").unlink()
    assert Templates(root).book(report_view(edition_of(root), "en")) == book


# ---- what it does not count for


def rows(root: Path) -> dict[str, str]:
    return {row.requirement.id: row.status for row in edition_of(root).rows["hkex-esg-code-2025"]}


def test_what_is_printed_there_alone_is_not_disclosed(project):
    root = project(AT_HOME)
    assert rows(root)["A2.2"] != "disclosed"
    unprinted = [f.about for f in checks.check(edition_of(root), root) if f.code == "figures-unprinted"]
    assert unprinted == ["water"]
    for language in ("en", "zh-Hant"):
        page = root / f"content/{language}/a2.md"
        page.write_text(page.read_text("utf-8") + CALLED, "utf-8")
    assert rows(root)["A2.2"] in ("disclosed", "partly-disclosed")
    assert not [f for f in checks.check(edition_of(root), root) if f.code == "figures-unprinted"]


def test_its_figures_are_traced_to_it(project):
    edition = edition_of(project(AT_HOME))
    places = [
        place for id, place in printings(edition, {"en": {"water@2025/1": "3"}}) if str(id) == "water@2025"
    ]
    assert [(place.language, place.page, place.section) for place in places[:2]] == [
        ("zh-Hant", "home", "glance"),
        ("zh-Hant", "home", "glance"),
    ]


def test_trace_names_its_address(project):
    said = here("trace", "water", "--project", project(AT_HOME)).stdout
    assert "en/index.html#glance" in said and "Glance" in said


# ---- what is found


@pytest.mark.parametrize(
    ("name", "text", "code", "message"),
    [
        ("en/home.md", "# Home\n", "bad-heading", "the cover is the title of the home page"),
        (
            "en/home.md",
            '## Water { #water answers="A2.2" }\n',
            "bad-heading",
            "the home page is in no book, so it answers no requirement",
        ),
        ("en/home.md", "---\ncode: H\n---\n\n## A { #a }\n", "unknown-key", "the home page has no code"),
        ("zh-Hant/home.md", None, "page-missing", 'the page "home" is not written in zh-Hant'),
    ],
)
def test_mistakes_of_a_home_page_are_found(project, name, text, code, message):
    root = project({**AT_HOME, f"content/{name}": text})
    assert (code, f"content/{name}", message) in found(root)


def test_it_stands_in_no_part(project):
    listed = CODE_REPORT.replace("pages: [a2]", "pages: [home, a2]")
    root = project({**AT_HOME, "data/report.yml": listed})
    assert ("bad-id", "data/report.yml", "the page home begins the website and stands in no part") in found(
        root
    )


def test_no_other_page_leads_to_it_and_its_languages_are_alike(project):
    root = project(
        {
            **AT_HOME,
            "content/en/a2.md": TINY["content/en/a2.md"] + "\nSee [home](home.md#glance).\n",
            "content/zh-Hant/home.md": HOME.replace("#below", "#under"),
        }
    )
    said = {(f.code, f.place.path) for f in checks.check(edition_of(root), root)}
    assert {("unknown-link", "content/en/a2.md"), ("languages-differ", "content/en/home.md")} <= said


def test_it_may_lead_to_its_own_sections(project):
    own = {x: HOME + "\nSee [above](#glance).\n" for x in ("content/en/home.md", "content/zh-Hant/home.md")}
    root = project({**AT_HOME, **own})
    assert not [f for f in checks.check(edition_of(root), root) if f.code == "unknown-link"]
    assert home_of(root).select_one("a[href='index.html#glance']")


# ---- this repository's own


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_figure_of_it_can_be_asked(website, language):
    page = soup((website / language / "index.html").read_text("utf-8"))
    metrics = {re.split("[~@]", tag["data-figure"])[0] for tag in page.select("[data-figure]")}
    assert len(metrics) > 8
    for metric in metrics:
        assert (website / language / "figures" / f"{metric}.js").is_file(), metric


def test_both_languages_have_the_same_sections_and_figures(website):
    pages = [soup((website / x / "index.html").read_text("utf-8")) for x in ("en", "zh-Hant")]
    first, second = (
        [tag.get("id") or tag.get("data-figure") for tag in page.select("h2[id], h3[id], [data-figure]")]
        for page in pages
    )
    assert first == second and {"glance", "loop", "targets", "chairman"} <= set(first)


def test_the_summit_is_the_highest_month(website):
    page = soup((website / "en/index.html").read_text("utf-8"))
    legend = page.select_one(".er-legend")
    months = {
        each["id"]: int(each["value"])
        for each in json.loads((website / "data/figures.json").read_text("utf-8"))["figures"]
        if re.fullmatch(r"electricity@2025\[month=\w+\]", each["id"])
    }
    assert len(months) == 12
    figure = legend.select_one("[data-figure]")
    assert figure["data-figure"] == max(months, key=lambda id: months[id])
    assert int(figure.text.replace(",", "")) == max(months.values())
    assert re.search(r"the highest month: [\d,]+ kWh$", legend.text.strip())


# ---- downloads


@pytest.mark.parametrize(
    ("language", "titles", "date", "pages"),
    [
        (
            "en",
            ["Report in English", "Report in Chinese", "All figures", "Content index"],
            "Published on 28 April 2026.",
            r"Download PDF \((\d+) pages, [\d.]+ MB\)",
        ),
        (
            "zh-Hant",
            ["中文報告", "英文報告", "全部數據", "內容索引"],
            "於2026年4月28日刊發。",
            r"下載PDF（(\d+)頁，[\d.]+ MB）",
        ),
    ],
)
def test_all_that_can_be_taken_away_is_said(built: Built, language, titles, date, pages):
    page = soup((built.out / language / "index.html").read_text("utf-8"))
    part = page.select_one("#er-downloads")
    assert [tag.text for tag in part.select("h3")] == titles
    assert part.select_one(".er-published").text == date
    offered = {tag["href"] for tag in part.select("a")}
    files = {f"../pdf/{path.name}" for path in (built.out / "pdf").iterdir()}
    others = "|".join({"en", "zh-Hant"} - {language})
    files |= {
        f"../data/{path.name}"
        for path in (built.out / "data").iterdir()
        if not re.search(rf"\.({others})\.xlsx", path.name)
    }
    assert offered == files
    button = page.select_one(".er-cta .er-btn--line")
    record = json.loads((built.out / "build.json").read_text("utf-8"))
    assert int(re.fullmatch(pages, button.text)[1]) == record["pages"][language]
    assert button["href"] in offered and button["href"].endswith(f".{language}.pdf")


def test_without_a_date_none_is_said(built_small: Built):
    page = soup((built_small.out / "en/index.html").read_text("utf-8"))
    assert page.select_one("#er-downloads") and not page.select(".er-published")


# ---- the choice of language


def test_the_choice_of_language_says_where_it_is_once_that_is_known(project):
    root = project()
    reports = [report_view(edition_of(root), language) for language in ("zh-Hant", "en")]
    bare = soup(Templates(root).language_choice(reports))
    assert not bare.select("link[rel=canonical], link[hreflang], meta[property]")
    page = soup(Templates(root).language_choice(reports, "https://esg.example/2025"))
    assert page.select_one("link[rel=canonical]")["href"] == "https://esg.example/2025/"
    assert {tag["hreflang"]: tag["href"] for tag in page.select("link[hreflang]")} == {
        "x-default": "https://esg.example/2025/",
        "zh-Hant-HK": "https://esg.example/2025/zh-Hant/index.html",
        "en-HK": "https://esg.example/2025/en/index.html",
    }
    said = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
    assert said["og:image"] == "https://esg.example/2025/zh-Hant/assets/shared.png"
    assert said["og:url"] == "https://esg.example/2025/"
