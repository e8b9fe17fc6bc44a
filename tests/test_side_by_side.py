"""Pages of the website with both languages side by side: what stands beside what, on which screen, and how one comes and goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import DESK, PHONE, TINY, here, tree, write_project
from serving import sent_with, served
from test_accessibility import SCHEMES, violations
from test_policy import broken, ids

HAN = re.compile("[\u4e00-\u9fff]")
REPORT = TINY["data/report.yml"] + "editions: [side-by-side]\n"
FILES = {
    "data/report.yml": REPORT.replace("  - pages: [a2]", "  - pages: [a2, b1]").replace(
        "issuer_class: main-board\n", "issuer_class: main-board\nframeworks: [hkex-esg-code-2025]\n"
    ),
    "content/en/a2.md": """\
---
code: A2
---

# Energy

What the mill used in the year.

We bought {{ electricity }} of electricity, which is more than before. See [people](b1.md#pay).

Every motor of the mill was looked at, and the worst were changed; the next ones follow in the coming year, and
the list of those that are left is read at each meeting of the board.

1. Compressors are shut at night.
2. Furnaces are charged hot, as the men of the second shift have done for years.

## Figures { #figures }

```table
metrics: [electricity]
columns: [unit, 2025, 2024]
```

```chart
kind: line
metrics: [electricity]
caption: What was bought
```

## Only here { #only }

Nobody says this in Chinese.
""",
    "content/zh-Hant/a2.md": """\
---
code: A2
---

# 能源

本年度廠房所用。

本年度外購電力為{{ electricity }}，較之前多。見[員工](b1.md#pay)。

每台馬達都檢查過，最差的已經更換；其餘的來年跟進。

1. 壓縮機夜間關閉。
2. 熔爐熱裝。

## 數據 { #figures }

```table
metrics: [electricity]
columns: [unit, 2025, 2024]
```

```chart
kind: line
metrics: [electricity]
caption: 所購電力
```

## 內容索引 { #index }

```index
```
""",
    "content/en/b1.md": "---\ncode: B1\n---\n\n# People\n\nA lead.\n\n## Pay { #pay }\n\nFair pay.\n",
    "content/zh-Hant/b1.md": "---\ncode: B1\n---\n\n# 員工\n\n引言。\n\n## 薪酬 { #pay }\n\n薪酬公平。\n",
}
SCREENS = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html.parser")


def built(root: Path, *words: str | Path) -> Path:
    done = here("build", "--project", root, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The websites of a small company that has pages side by side."""
    root = write_project(tmp_path_factory.mktemp("beside") / "project", FILES)
    return built(root, "--only", "web,side-by-side")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site, sent=sent_with(site)) as address:
        yield address


@pytest.fixture
def tab(open_tab: Any) -> Any:
    """A tab that keeps the faults that a page has, in `faults`, and what it asks for, in `asked`."""

    def make(**more: Any) -> Any:
        tab = open_tab(**more)
        tab.faults, tab.asked = [], []
        tab.on("console", lambda said: tab.faults.append(said.text) if said.type == "error" else None)
        tab.on("requestfailed", lambda sent: tab.faults.append(sent.url))
        tab.on("request", lambda sent: tab.asked.append(sent.url))
        return tab

    return make


def language_of(node: Any) -> str:
    return str(next(parent["lang"] for parent in node.parents if parent.get("lang")))


# ---- what stands there


def test_a_page_holds_both_languages_in_pairs(site):
    page = soup(site / "side-by-side" / "a2.html")
    pairs = [
        tuple(" ".join(side.get_text().split()) for side in both.find_all(True, recursive=False))
        for both in page.select("article .er-prose > .both, article h2 > .both")
    ]
    assert [pair for pair in pairs if pair[0] and pair[1]] == [
        (
            "We bought 29,843,800 kWh of electricity, which is more than before. See people.",
            "本年度外購電力為29,843,800千瓦時，較之前多。見員工。",
        ),
        (
            "Every motor of the mill was looked at, and the worst were changed; the next ones follow in the coming year, and the"
            " list of those that are left is read at each meeting of the board.",
            "每台馬達都檢查過，最差的已經更換；其餘的來年跟進。",
        ),
        ("Compressors are shut at night.", "壓縮機夜間關閉。"),
        ("Furnaces are charged hot, as the men of the second shift have done for years.", "熔爐熱裝。"),
        ("Figures", "數據"),
    ]
    assert ("Only here", "") in pairs and ("", "內容索引") in pairs
    assert [tag.get("start") for tag in page.select(".both ol")] == [None, None, "2", "2"]
    assert len(page.select(".er-table table")) == 1
    assert [tag.get("lang") for tag in page.select("div.alone:has(.index-table)")] == ["zh-Hant-HK"]
    assert page.select("table")[0].select_one("tbody th").get_text() == "Purchased electricity 外購電力"


def test_everything_says_which_language_it_is_in(site):
    for path in sorted((site / "side-by-side").glob("*.html")):
        page = soup(path)
        assert page.html["lang"] == "en-HK"
        wrong = [
            text
            for text in page.body.find_all(string=HAN)
            if text.parent.name not in ("script", "text", "title", "desc", "tspan")
            and not language_of(text).startswith("zh")
        ]
        assert wrong == []
        spoken = [
            (name, value)
            for tag in page.body.find_all(True)
            for name, value in tag.attrs.items()
            if name != "data-column" and not (tag.get("lang") or language_of(tag)).startswith("zh")
            if HAN.search(str(value))
        ]
        assert spoken == [], "an attribute is in the language of its element"
        assert not re.search("[\ue010-\ue012]", path.read_text(encoding="utf-8"))


def test_no_name_stands_twice_and_no_link_is_broken(site):
    assert list(broken(site)) == []
    for path in (site / "side-by-side").glob("*.html"):
        found = ids(soup(path))
        assert len(found) == len(set(found)), path.name


def test_sections_have_the_names_that_they_have_in_each_language(site):
    def names(folder: str) -> set[str]:
        return {str(tag["id"]) for tag in soup(site / folder / "a2.html").select("article h2[id]")}

    assert names("side-by-side") == names("en") | names("zh-Hant")


def test_search_engines_are_led_to_the_languages(tmp_path):
    files = {"data/report.yml": REPORT.replace("draft", "final") + "site_url: https://esg.example/2025\n"}
    files["data/aspects/a2.yml"] = TINY["data/aspects/a2.yml"]
    out = built(write_project(tmp_path / "project", files), "--only", "web,side-by-side")
    for path in (out / "side-by-side").glob("*.html"):
        head = soup(path).head
        assert head.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert not head.select(
            "link[rel=canonical], link[hreflang], meta[property='og:url'], [type='application/ld+json']"
        )
    assert "noindex" not in (out / "en" / "a2.html").read_text(encoding="utf-8")
    assert not list((out / "side-by-side").glob("sitemap*"))
    assert "side-by-side" not in (out / "en" / "sitemap.xml").read_text(encoding="utf-8")
    sections = json.loads((out / "en" / "search" / "sections.json").read_text(encoding="utf-8"))
    assert "side-by-side" not in json.dumps(sections)


# ---- who has it


def test_what_a_report_has_otherwise_is_left_as_it_is(tmp_path):
    plain = {name: text for name, text in FILES.items() if name != "data/report.yml"}
    report = FILES["data/report.yml"].replace("editions: [side-by-side]\n", "")
    root = write_project(tmp_path / "project", {**plain, "data/report.yml": report})
    without = tree(built(root, "--only", "web"))
    with_it = tree(built(root, "--only", "web,side-by-side"))
    assert not any(name.startswith("side-by-side") for name in without)
    other = {name for name in without if without[name] != with_it.get(name)}
    pages = {f"{code}/{page}.html" for code in ("en", "zh-Hant") for page in ("a2", "b1")}
    faces = {name for name in without if re.search(r"/(assets/web\.css|assets/faces/.*)$", name)}
    assert other - {"build.json"} - faces <= pages | {name for name in without if name.startswith("headers/")}
    for name in pages:
        assert b"side-by-side" not in without[name]
        page = BeautifulSoup(with_it[name], "html.parser")
        for link in page.select('[href^="../side-by-side/"]'):
            (link.parent if link.parent.name == "li" else link).extract()
        assert page.get_text().split() == BeautifulSoup(without[name], "html.parser").get_text().split()
    own = {name.removeprefix("side-by-side/") for name in with_it if name.startswith("side-by-side/")}
    assert own == {"index.html", "a2.html", "b1.html", "assets/side_by_side.css", "search/search_index.json"}


def test_a_page_that_one_language_lacks_is_led_to_in_the_other(tmp_path):
    files = {
        "data/report.yml": REPORT.replace("[a2]", "[a2, b1, b2]"),
        "content/en/b1.md": "# Only here\n\nText.\n",
        "content/zh-Hant/b2.md": "# 只有中文\n\n文字。\n",
        "content/en/a2.md": TINY["content/en/a2.md"] + "\nSee [there](b1.md).\n",
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"] + "\n見[彼](b2.md)。\n",
    }
    out = built(write_project(tmp_path / "project", files), "--only", "side-by-side")
    assert {path.name for path in (out / "side-by-side").glob("*.html")} == {"index.html", "a2.html"}
    assert not soup(out / "en" / "b1.html").select("[href*='side-by-side']")
    page = soup(out / "side-by-side" / "a2.html")
    assert {link["href"] for link in page.select("article .both a[href]:not(.figure)")} == {
        "../en/b1.html",
        "../zh-Hant/b2.html",
    }
    assert list(broken(out)) == []


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_one_language_has_nothing_to_set_beside(project, language):
    other = "zh-Hant" if language == "en" else "en"
    report = REPORT.replace("languages: [zh-Hant, en]", f"languages: [{language}]")
    root = project({"data/report.yml": report, f"content/{other}/a2.md": None})
    done = here("check", "--project", root, "--format", "json")
    (found,) = [d for d in json.loads(done.stdout)["diagnostics"] if d["code"] == "edition-impossible"]
    assert found["blocking"] and found["line"] == report.count("\n")
    assert "the side-by-side edition sets Chinese beside English" in found["message"]


def test_a_build_in_one_language_says_why_it_has_none(project):
    root = project({"data/report.yml": REPORT})
    done = here("build", "--project", root, "--only", "side-by-side", "--edition-lang", "en")
    assert done.returncode == 2
    assert "the side-by-side edition sets Chinese beside English; this build is in en alone" in done.stderr
    out = built(root, "--only", "web", "--edition-lang", "en")
    assert "side-by-side" not in (out / "en" / "a2.html").read_text(encoding="utf-8")


def test_of_three_languages_two_stand_beside_each_other(tmp_path):
    report = REPORT.replace("[zh-Hant, en]", "[zh-Hans, en, zh-Hant]").replace(
        "zh-Hant: 小銅有限公司", "zh-Hant: 小銅有限公司, zh-Hans: 小铜有限公司"
    )
    report = report.replace(
        "zh-Hant: 環境、社會及管治報告", "zh-Hant: 環境、社會及管治報告, zh-Hans: 环境、社会及管治报告"
    )
    files = {"data/report.yml": report, "content/zh-Hans/a2.md": "# 能源\n\n外购电力为{{ electricity }}。\n"}
    for name in ("data/dimensions.yml", "data/aspects/a2.yml"):
        for hant, hans in (("性別", "性别"), ("男性", "男性"), ("女性", "女性"), ("外購電力", "外购电力")):
            files[name] = files.get(name, TINY[name]).replace(
                f"zh-Hant: {hant}", f"zh-Hant: {hant}, zh-Hans: {hans}"
            )
    out = built(write_project(tmp_path / "project", files), "--only", "side-by-side")
    linked = {
        code
        for code in ("en", "zh-Hant", "zh-Hans")
        if soup(out / code / "a2.html").select(".er-switch--both")
    }
    assert linked == {"en", "zh-Hans"}, "English and the first Chinese that the report names"
    page = soup(out / "side-by-side" / "a2.html")
    assert [link["lang"] for link in page.select(".er-switch")] == ["en-HK", "zh-Hans-CN"]
    assert "购电" in page.text and "購電" not in page.text


# ---- in a browser


def boxes(tab: Any, selector: str) -> list[tuple[dict[str, float], dict[str, float]]]:
    """Where both sides of each pair that has two stand."""
    found: list[Any] = tab.eval_on_selector_all(
        selector,
        """pairs => pairs.map(pair => [...pair.children]).filter(sides => sides.every(side => side.textContent.trim()))
          .map(sides => sides.map(side => {
            const range = document.createRange();
            range.selectNodeContents(side);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return { left, right, top, bottom };
          }))""",
    )
    return [(one, other) for one, other in found]


PAIRS = "article .er-prose > .both, article h2 > .both, article .er-lead > .both"


def test_on_a_desk_both_sides_of_a_pair_begin_at_one_height(tab, address):
    desk = tab(viewport=DESK)
    desk.goto(f"{address}side-by-side/a2.html")
    pairs = boxes(desk, PAIRS)
    assert len(pairs) >= 6
    for one, other in pairs:
        assert abs(one["top"] - other["top"]) <= 1
        assert one["right"] < other["left"]
    assert len({round(one["left"]) for one, _ in pairs if one}) <= 2, "in columns: text, and lists drawn in"


def test_on_a_phone_one_stands_under_the_other(tab, address):
    phone = tab(viewport=PHONE)
    phone.goto(f"{address}side-by-side/a2.html")
    pairs = boxes(phone, PAIRS)
    assert len(pairs) >= 6
    for one, other in pairs:
        assert other["top"] >= one["bottom"]
    following = [other["bottom"] <= nxt["top"] for (_, other), (nxt, _) in pairwise(pairs)]
    assert all(following), "a pair is over before the next begins"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_pairs_stay_beside_each_other(tab, address):
    page = tab(viewport={"width": 680, "height": 960})  # A4 within its margins
    page.emulate_media(media="print")
    page.goto(f"{address}side-by-side/a2.html")
    for one, other in boxes(page, PAIRS):
        assert abs(one["top"] - other["top"]) <= 1 and one["right"] < other["left"]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@SCREENS
def test_one_comes_and_goes_at_the_section_that_is_read(tab, address, language, viewport):
    page = tab(viewport=viewport, reduced_motion="reduce")
    page.goto(f"{address}{language}/a2.html#figures")
    if viewport is PHONE:
        page.click(".er-menu summary")
    page.click("[href^='../side-by-side/']:visible")
    page.wait_for_url(f"{address}side-by-side/a2.html#figures")
    assert 0 <= page.locator("#figures").bounding_box()["y"] < viewport["height"]
    page.click(f".er-switch[hreflang^={language}]")
    page.wait_for_url(f"{address}{language}/a2.html#figures")
    assert page.faults == []


def test_a_figure_answers_in_the_language_of_its_side(tab, site):
    page = tab(viewport=DESK)
    page.goto((site / "side-by-side" / "a2.html").as_uri())
    name = page.locator("#er-answer-name")
    for side, said in (("ours", "Purchased electricity"), ("theirs", "外購電力")):
        page.click(f".er-prose .{side} [data-figure]")
        page.wait_for_selector("dialog[open]")
        assert said in name.inner_text()
        assert (
            name.evaluate("name => name.closest('[lang]').lang")
            == {"ours": "en-HK", "theirs": "zh-Hant-HK"}[side]
        )
        page.keyboard.press("Escape")
    page.click("td [data-figure]")
    page.wait_for_selector("dialog[open]")
    assert "Purchased electricity" in name.inner_text()
    assert page.faults == []


def test_from_a_folder_nothing_lacks(tab, site):
    page = tab(viewport=DESK)
    for name in ("a2", "b1", "index"):
        page.goto((site / "side-by-side" / f"{name}.html").as_uri())
        page.mouse.wheel(0, 200)
        page.wait_for_load_state("networkidle")
    assert all(url.startswith((site.as_uri(), "data:")) for url in page.asked)
    assert page.faults == []
    page.click("main a[href='a2.html']")
    assert page.url == (site / "side-by-side" / "a2.html").as_uri()


def test_under_the_policy_nothing_lacks_and_the_search_leads_to_pages_side_by_side(tab, address):
    page = tab(viewport=DESK)
    page.goto(f"{address}side-by-side/a2.html")
    page.click("[data-er-search]")
    page.locator(".md-search__input").fill("Fair pay")
    page.locator(".md-search-result__link[href$='b1.html#pay']").first.click()
    page.wait_for_url(f"{address}side-by-side/b1.html#pay**")
    assert all(url.startswith((address, "data:")) for url in page.asked)
    assert page.faults == []


def test_without_javascript_one_reads_and_goes(tab, address):
    page = tab(viewport=DESK, java_script_enabled=False)
    page.goto(f"{address}zh-Hant/a2.html")
    page.click(".er-switch--both")
    page.wait_for_url(f"{address}side-by-side/a2.html")
    assert page.locator(".ours", has_text="Compressors").is_visible()
    assert page.locator(".theirs", has_text="壓縮機").is_visible()
    page.click(".er-switch[hreflang=en-HK]")
    page.wait_for_url(f"{address}en/a2.html")


@pytest.mark.parametrize("scheme", SCHEMES)
@SCREENS
def test_everybody_can_use_them(open_tab, address, viewport, scheme):
    tab = open_tab(viewport, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    for name in ("index", "a2"):
        tab.goto(f"{address}side-by-side/{name}.html")
        assert violations(tab) == [], name
