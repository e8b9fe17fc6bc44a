"""The site engine on a small real report: what a reader's browser gets, in both languages.

The engine runs once for the session; everything else reads what it wrote.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from esgreport import site_engine
from esgreport.diagnostics import Diagnostic, Severity
from esgreport.languages import LANGUAGES, words
from esgreport.render import Templates
from esgreport.search import NOTHING, read_index
from esgreport.views import (
    CellView,
    CodeView,
    ColumnView,
    ContactView,
    DownloadView,
    FigureView,
    FileView,
    HeadingView,
    IndexRowView,
    IndexView,
    LanguageView,
    LocationView,
    NoteMark,
    PageView,
    PartView,
    ProseView,
    ReportView,
    RidgeView,
    RowView,
    SectionEndView,
    SectionIndexView,
    SectionRowView,
    StatusView,
    TableView,
    WayView,
)
from serving import served

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
EPOCH = 1_774_483_200

MARKS = "a *star*, an _underscore_, `code`, a | bar, { #braces }, [brackets](x), 1. one & 2 &lt; 3 \\ ![x]"


# ------------------------------------------------------------------------------------------- the report


def sample_report(
    code: str, *, languages: tuple[str, ...] = ("zh-Hant", "en"), draft: str = ""
) -> ReportView:
    """A report of a fictional company in one language; the other language has the same pages and anchors."""

    def say(zh: str, en: str) -> str:
        return en if code == "en" else zh

    def other(zh: str, en: str) -> tuple[tuple[str, str], ...]:
        return () if len(languages) < 2 else (("zh-Hant-HK", zh) if code == "en" else ("en-HK", en),)

    def page(id: str, codes: str, part: str, zh: str, en: str, lead: str, *body: Any) -> PageView:
        answered = tuple(CodeView(code, "hkex") for code in codes.split())
        return PageView(
            id=id,
            code=answered[0].text if answered else "",
            title=say(zh, en),
            part=part,
            description=say(f"{zh}：政策與數據。", f"{en}: policies and figures."),
            other=other(zh, en),
            lead=ProseView((f"<p>{lead}</p>",)) if lead else None,
            codes=answered,
            body=tuple(body),
        )

    def heading(anchor: str, zh: str, en: str, codes: str = "", level: int = 2) -> HeadingView:
        title = say(zh, en)
        return HeadingView(
            level, anchor, ProseView((title,)), title, tuple(CodeView(code, "hkex") for code in codes.split())
        )

    def figure(id: str, number: str, **more: str) -> FigureView:
        whole, point, fraction = number.partition(".")
        return FigureView(id, f"{id}/1", whole, point + fraction, **more)

    years = ("2025", "2024", "2023")
    columns = (
        ColumnView(say("單位", "Unit"), "unit"),
        *(ColumnView(year, "period", year == "2025") for year in years),
        ColumnView(say("變動", "Change"), "change"),
    )

    def row(kind: str, name: str, unit: str, *numbers: str, note: str = "", marks: str = "   ") -> RowView:
        metric = re.sub("[^a-z]", "_", unit.lower()) or "metric"
        figures = [
            CellView(column, figure(f"{metric}@{column.text}", number, mark=mark.strip()))
            for column, number, mark in zip(columns[1:4], numbers, marks, strict=False)
        ]
        return RowView(
            kind,
            name,
            (CellView(columns[0], text=unit), *figures, CellView(columns[4], text=numbers[3])),
            (NoteMark(note, True),) if note else (),
        )

    energy, governance, social = say("環境", "Environment"), say("管治", "Governance"), say("社會", "Social")
    table = TableView(
        anchor="table-a2-1",
        label=say("表A2-1", "Table A2-1"),
        caption=say("資源耗用及密度", "Use of resources and intensity"),
        corner=say("指標", "Indicator"),
        columns=columns,
        bands=(tuple(range(len(columns))),),
        rows=(
            RowView("group", say("能源", "Energy")),
            row("metric", say("外購電力", "Purchased electricity"), say("千瓦時", "kWh"), "29,843,800", "28,104,220", "26,510,960", "+6.2%"),
            row("intensity", say("密度", "Intensity"), say("千瓦時／噸", "kWh/t"), "549.4", "555.2", "561.6", "−1.0%", note="1"),
            row("metric", say("天然氣", "Natural gas"), say("立方米", "m³"), "6,214,500", "6,402,130", "6,588,700", "−2.9%"),
            RowView("group", say("用水", "Water")),
            row("metric", say("耗水", "Water"), say("立方米", "m³"), "144,825", "151,310", "158,902", "−4.3%", note="2", marks=" R "),
            row("intensity", say("密度", "Intensity"), say("立方米／噸", "m³/t"), "2.67", "2.99", "3.37", "−10.8%"),
            row("total", say("合計", "Total"), say("立方米", "m³"), "6,359,325", "6,553,440", "6,747,602", "−3.0%"),
        ),
        notes=(
            ("1", say("密度按產品產量計算：2025年54,316噸。", "Per tonne of product: 54,316 t in 2025.")),
            ("2", say("2024年數字經重列，原數為149,980：水表校準。", "2024 restated; formerly 149,980: meter calibrated.")),
        ),
        legend=(("R", say("經重列", "restated")),),
    )  # fmt: skip

    statuses = {
        token: StatusView(token, mark, words(code)[token], count)
        for token, mark, count in (
            ("disclosed", "●", 3),
            ("partly-disclosed", "◐", 1),
            ("explained", "◇", 1),
            ("not-applicable", "–", 1),
            ("missing", "!", 1),
        )
    }

    def index_row(
        number: str, zh: str, en: str, token: str, target: str = "", reason: str = "", depth: int = 1
    ) -> IndexRowView:
        places = (LocationView(say("耗用數據", "Consumption"), target, target),) if target else ()
        return IndexRowView(number, say(zh, en), depth, statuses[token], reason, places)

    by_section = SectionIndexView(
        "index-hkex-2",
        "hkex",
        "The framework",
        tuple(
            SectionRowView(LocationView(title, url, ""), depth, answers)
            for title, url, depth, answers in (
                (say("排放物", "Emissions"), "a1.html", 0, ()),
                (say("空氣排放", "Air emissions"), "a1.html#air", 0, (IndexRowView("A1.1", ""),)),
                (say("資源使用", "Use of resources"), "a2.html", 0, ()),
                (say("耗用數據", "Consumption"), "a2.html#consumption", 0, (IndexRowView("A2.1", ""), IndexRowView("A2.2", ""))),
                (say("用水", "Water"), "a2.html#water", 0, (IndexRowView("A2.2", ""),)),
            )
        ),
    )  # fmt: skip
    index = IndexView(
        anchor="hkex-index",
        framework="hkex",
        title=say("內容索引", "Content index"),
        summary=say("共7項要求：3項已披露、1項部分披露。", "7 requirements: 3 disclosed, 1 partly disclosed."),
        statuses=tuple(statuses.values()),
        rows=(
            IndexRowView("A1", say("排放物", "Emissions")),
            index_row("A1.1", "排放物種類及數據", "Types of emissions and data", "disclosed", "a1.html#air"),
            index_row("A1.3", "有害廢棄物總量及密度", "Hazardous waste and intensity", "disclosed", "a1.html#solid-waste"),
            index_row("A1.5", "排放目標及步驟", "Emission targets and steps", "partly-disclosed", "a1.html#air", say("二氧化硫目標將於2026年訂立", "A target for SO₂ follows in 2026")),
            IndexRowView("A2", say("資源使用", "Use of resources")),
            index_row("A2.1", "按類型劃分的能源總耗量及密度", "Energy consumption by type and intensity", "disclosed", "a2.html#consumption"),
            index_row("A2.4", "求取適用水源的問題及目標", "Sourcing water: issues and targets", "explained", "a2.html#water", say("兩廠均由市政供水", "Both plants have municipal supply")),
            index_row("B6.1", "因安全理由須回收的產品", "Products recalled for safety reasons", "not-applicable"),
            index_row("D35", "內部碳定價", "Internal carbon prices", "missing"),
        ),
    )  # fmt: skip

    energy_text = say(
        "<p>兩間廠房均已取得ISO 50001能源管理體系認證，溫室氣體按範圍1及2計算。每台熔爐設有獨立電表，讀數每十五分鐘傳送至中央監控室；"
        "連續三班超出基準5%，當值經理須在翌日提交書面解釋。</p>\n\n"
        "<ul>\n<li>城西廠為連鑄機加裝餘熱鍋爐，冬季供暖不再另燒天然氣；</li>\n\n<li>雲中廠兩台5噸燃氣爐改為中頻感應爐；</li>\n"
        "<li>空壓站改用永磁變頻機組，夜班待機負荷下降三成。</li>\n</ul>",
        "<p>Both plants are certified to ISO 50001. Every furnace has a meter of its own, read each quarter of an hour; "
        "after three shifts more than 5% above the base the manager explains in writing the next day.</p>\n\n"
        "<ul>\n<li>the west plant heats with waste heat from the caster;</li>\n\n<li>two gas furnaces became induction furnaces;</li>\n"
        "<li>compressors with variable speed draw a third less at night.</li>\n</ul>",
    )  # fmt: skip
    parts = (
        PartView(
            "",
            (
                page(
                    "about", "", "", "關於本報告", "About this report",
                    say("本報告涵蓋兩間廠房及香港總部。", "This report covers two plants and the head office."),
                    heading("stakeholders", "持份者", "Stakeholders"),
                    ProseView((say("<p>我們每年與持份者會面，所問所答均記錄在案。</p>", "<p>We meet our stakeholders every year and keep minutes.</p>"),)),
                    SectionEndView("stakeholders"),
                ),
            ),
        ),
        PartView(
            governance,
            (
                page(
                    "g1", "G1", governance, "董事會聲明", "Statement of the board",
                    say("董事會對本報告負責。", "The board is responsible for this report."),
                    heading("oversight", "監督", "Oversight"),
                    ProseView((say("<p>董事會每季檢視氣候風險。</p>", "<p>The board reviews climate risks every quarter.</p>"),)),
                    by_section,
                ),
            ),
        ),
        PartView(
            energy,
            (
                page(
                    "a1", "A1 A1.1 A1.3", energy, "排放物", "Emissions",
                    say("煙囪的事，由爐火說起。", "What leaves the stack begins at the furnace."),
                    heading("air", "空氣排放", "Air emissions", "A1.1"),
                    ProseView((say("<p>兩廠排放物低於許可限值。</p>", "<p>The emissions of both plants are below the permitted limits.</p>"),)),
                    heading("solid-waste", "固體廢物", "Solid waste", "A1.3"),
                    ProseView((say("<p>有害廢棄物交持牌人處理。</p>", "<p>Hazardous waste goes to licensed contractors.</p>"),)),
                ),
                page(
                    "a2", "A2 A2.1 A2.2 A2.3", energy, "資源使用", "Use of resources",
                    say("產量增加7.3%，用水減少4.3%，用氣減少2.9%。用電卻多了6.2%：雲中廠由燃氣爐改用感應爐，電表轉得快了，煙囪卻清了。",
                        "Output rose by 7.3%; we used 4.3% less water and 2.9% less gas, but 6.2% more electricity: the north plant melts with induction now, and its stack is clean."),
                    heading("energy", "能源管理", "Energy management", "A2 A2.3"),
                    ProseView((energy_text,)),
                    heading("consumption", "耗用數據", "Consumption", "A2.1 A2.2"),
                    ProseView((say("<p>本年度外購電力", "<p>We bought "), figure("electricity@2025", "29,843,800", after=say("千瓦時", " kWh")), say("。</p>", " of electricity.</p>"))),
                    table,
                    HeadingView(3, "marks", ProseView((MARKS, figure("energy@2025[a=b]", "1"))), "marks"),
                    ProseView((f"<p>{MARKS}</p>\n\n<pre><code>```\n~~~\n    indented | text\n\n# no heading</code></pre>",)),
                    heading("water", "用水", "Water"),
                    ProseView((say("<p>循環水率為86.4%。</p>", "<p>86.4% of the water circulates.</p>"),)),
                ),
            ),
        ),
        PartView(
            social,
            (
                page(
                    "b1", "B1 B1.1", social, "僱傭", "Employment",
                    say("三百四十一人，每天平安回家。", "Three hundred and forty-one people, home safe every day."),
                    heading("people", "僱員", "Employees", "B1.1"),
                    ProseView((say("<p>強積金供款按時繳付。</p>", "<p>Contributions to the provident fund were paid in time.</p>"),)),
                ),
            ),
        ),
        PartView("", (page("content_index", "", "", "內容索引", "Content index", say("守則的每一項要求、披露情況和所在位置。", "Every requirement of the code, its status and its place."), index),)),
    )  # fmt: skip
    chosen = {key: LanguageView(key, value.tag, value.name, value.short) for key, value in LANGUAGES.items()}
    months = (
        (2.15, 1.78, 2.20, 2.18, 2.25, 2.30, 2.42, 2.36, 2.28, 2.22, 2.12, 2.20),
        (2.24, 1.70, 2.28, 2.30, 2.36, 2.50, 2.62, 2.52, 2.40, 2.36, 2.30, 2.32),
        (2.40, 1.60, 2.42, 2.46, 2.50, 2.66, 2.99, 2.86, 2.50, 2.46, 2.40, 2.45),
    )
    return ReportView(
        language=chosen[code],
        languages=tuple(chosen[language] for language in languages),
        slug="sample",
        title=say("環境、社會及管治報告", "Environmental, Social and Governance Report"),
        other_titles=other("環境、社會及管治報告", "Environmental, Social and Governance Report"),
        tagline=say("銅去復返　燈在峰上", "Copper comes home"),
        company=say("燈峰金屬控股有限公司", "Lantern Peak Metals Holdings Limited"),
        company_short=say("燈峰金屬", "Lantern Peak Metals"),
        other_companies=other("燈峰金屬控股有限公司", "Lantern Peak Metals Holdings Limited"),
        incorporation=say("於百慕達註冊成立之有限公司", "Incorporated in Bermuda with limited liability"),
        stock_code=say("股份代號：00000", "Stock code: 00000"),
        contact=ContactView("", (WayView("email", "", "esg@lanternpeak.example", "mailto:esg@lanternpeak.example"),)),
        year="2025",
        period="2025",
        draft=draft,
        statements=(
            say("董事會於2026年3月26日批准", "Approved by the board on 26 March 2026"),
            say("各語文版本如有歧義，概以英文版本為準。", "If the language versions differ, the English version prevails."),
        ),
        parts=parts,
        words=words(code),
        ridge=RidgeView(
            months,
            say("山脊由數據畫成：三道山脊是2023、2024、2025年逐月用電量", "The ridge is drawn by the data: electricity by month, 2023 to 2025"),
            say("2025年7月，全年最高：2,990,400 千瓦時", "July 2025, the highest month: 2,990,400 kWh"),
        ),
    )  # fmt: skip


# -------------------------------------------------------------------------------------------- the trees


def write_tree(report: ReportView, folder: Path, *, site_url: str = "") -> site_engine.SiteTree:
    """The plain pages of one language as the pipeline writes them, ready for the engine."""
    code = report.language.code
    docs = folder / "pages" / code
    (docs / "assets").mkdir(parents=True)
    templates = Templates(folder)
    downloads = [
        DownloadView(
            "PDF", (FileView(f"../pdf/sample.{code}.pdf", "PDF", ("156 pages", "3.3 MB")),), main=True
        ),
        DownloadView(report.words["download_figures"], (FileView("../data/figures.csv", "CSV", ("1 KB",)),)),
    ]
    (docs / "index.md").write_text(templates.home(report, downloads), encoding="utf-8")
    for page in report.pages:
        (docs / f"{page.id}.md").write_text(templates.page(page, report), encoding="utf-8")
    (docs / "assets" / "web.js").write_text(templates.script(), encoding="utf-8")
    for source in ("styles/tokens.css", "styles/web.css", "web/search.js"):
        shutil.copy(TEMPLATES / source, docs / "assets")
    overrides = TEMPLATES / "web" / "overrides"
    config = site_engine.site_config(report, docs=docs, overrides=overrides, site_url=site_url)
    return site_engine.SiteTree(code, config, docs, folder / "site" / code)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(trees: Sequence[site_engine.SiteTree], jobs: int, epoch: int) -> tuple[Diagnostic, ...]:
    with site_engine.Engines(jobs, epoch) as engines:
        for tree in trees:
            engines.start(tree)
        return engines.finish()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """site/ in both languages, with the page that leads to them."""
    folder = tmp_path_factory.mktemp("built")
    reports = [
        sample_report(code, draft={"en": "DRAFT", "zh-Hant": "草稿"}[code]) for code in ("zh-Hant", "en")
    ]
    trees = [write_tree(report, folder) for report in reports]
    assert built(trees, jobs=2, epoch=EPOCH) == ()
    for tree in trees:
        write_index(tree.out)
    (folder / "site" / "index.html").write_text(Templates(folder).language_choice(reports), encoding="utf-8")
    return folder / "site"


def write_index(out: Path) -> None:
    pages = ((name, (out / name).read_text(encoding="utf-8")) for name in (f"{x}.html" for x in PAGES[:-1]))
    (out / "search").mkdir()
    (out / "search" / "sections.json").write_text(read_index(pages).written(), encoding="utf-8")
    (out / "search" / "search_index.json").write_text(NOTHING, encoding="utf-8")


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html.parser")


PAGES = ("a1", "a2", "about", "b1", "content_index", "g1", "index")


# ------------------------------------------------------------------------------------- what was written


def test_languages_have_the_same_paths(site):
    assert sorted(files(site / "en")) == sorted(files(site / "zh-Hant"))
    assert {f"{page}.html" for page in PAGES} == {path.name for path in (site / "en").glob("*.html")}


@pytest.mark.parametrize("page", PAGES)
def test_languages_have_the_same_anchors(site, page):
    anchors = [
        [tag["id"] for tag in soup(site / code / f"{page}.html").main.find_all(id=True)]
        for code in ("en", "zh-Hant")
    ]
    assert anchors[0] == anchors[1]
    assert anchors[0]


@pytest.mark.parametrize(("code", "tag"), [("en", "en-HK"), ("zh-Hant", "zh-Hant-HK")])
def test_pages_say_their_language_and_that_of_foreign_words(site, code, tag):
    page = soup(site / code / "a2.html")
    assert page.html["lang"] == tag
    other = page.select_one(".er-opener .er-other")
    assert other["lang"] == {"en": "zh-Hant-HK", "zh-Hant": "en-HK"}[code]
    assert other.text == {"en": "資源使用", "zh-Hant": "Use of resources"}[code]


def test_every_figure_is_an_element_that_holds_the_number_alone(site):
    page = soup(site / "en" / "a2.html")
    bought = page.find(attrs={"data-figure": "electricity@2025"})
    assert bought.text == "29,843,800"
    assert all(
        re.fullmatch(r"[−\d,.]+", figure.text) for figure in page.find_all(attrs={"data-figure": True})
    )


def test_prose_that_looks_like_markdown_is_left_as_it_is(site):
    page = soup(site / "en" / "a2.html")
    plain = MARKS.replace("&amp;", "&").replace("&lt;", "<")
    heading = page.find(id="marks")
    assert heading.name == "h3"
    assert heading.text == plain + "1"
    assert heading.find_next("p").text == plain
    assert page.pre.text == "```\n~~~\n    indented | text\n\n# no heading"
    assert len(page.select(".er-prose ul > li")) == 3


def test_a_draft_says_so_on_every_page(site):
    for path in site.rglob("*.html"):
        assert re.search("DRAFT|草稿", soup(path).body.get_text()), path


def test_nothing_names_the_machine_or_needs_an_address(site):
    written = files(site)
    for name, data in written.items():
        assert str(site.parent).encode() not in data, name
        assert str(ROOT).encode() not in data, name
    assert not [name for name in written if "sitemap" in name or "404" in name or name.endswith(".map")]
    assert not soup(site / "en" / "a2.html").find("link", rel="canonical")


def test_an_address_brings_canonical_links_and_a_sitemap(tmp_path):
    tree = write_tree(sample_report("en"), tmp_path, site_url="https://esg.example/2025")
    assert built([tree], jobs=1, epoch=EPOCH) == ()
    page = soup(tree.out / "a2.html")
    assert page.find("link", rel="canonical")["href"] == "https://esg.example/2025/en/a2.html"
    assert {link["hreflang"]: link["href"] for link in page.find_all("link", hreflang=True)} == {
        "zh-Hant-HK": "https://esg.example/2025/zh-Hant/a2.html",
        "en-HK": "https://esg.example/2025/en/a2.html",
    }
    assert (tree.out / "sitemap.xml").is_file()


def test_a_report_in_one_language_has_no_switch_and_no_ridge_is_no_fault(tmp_path):
    report = replace(sample_report("zh-Hant", languages=("zh-Hant",)), ridge=None)
    tree = write_tree(report, tmp_path)
    assert built([tree], jobs=1, epoch=EPOCH) == ()
    assert not soup(tree.out / "a2.html").select("[data-er-switch]")
    choice = Templates(tmp_path).language_choice([report])
    assert 'content="0; url=zh-Hant/index.html"' in choice


def test_same_bytes_whatever_the_folder_the_clock_and_the_locale(tmp_path, monkeypatch):
    builds = []
    for number, (zone, locale, seed) in enumerate(
        [("Asia/Hong_Kong", "zh_HK.UTF-8", "1"), ("America/St_Johns", "C", "99")]
    ):
        for name, value in {
            "TZ": zone,
            "LANG": locale,
            "LC_ALL": locale,
            "PYTHONHASHSEED": seed,
            "USER": f"user{number}",
        }.items():
            monkeypatch.setenv(name, value)
        folder = tmp_path / f"{'deeper/' * number}folder {number}"
        tree = write_tree(sample_report("zh-Hant"), folder, site_url="https://esg.example/")
        assert built([tree], jobs=1, epoch=EPOCH) == ()
        builds.append(files(tree.out))
    assert builds[0] == builds[1]


def test_an_engine_that_fails_is_one_blocking_finding(tmp_path):
    tree = write_tree(sample_report("en"), tmp_path)
    broken = replace(tree, config=dict(tree.config) | {"theme": {"name": "no-such-theme"}})
    (finding,) = built([broken], jobs=1, epoch=EPOCH)
    assert (finding.code, finding.severity, finding.blocking) == ("site-engine-failed", Severity.ERROR, True)
    assert "no-such-theme" in finding.message
    assert str(tmp_path) not in finding.message


def test_what_the_engine_warns_of_is_a_warning(tmp_path):
    tree = write_tree(sample_report("en"), tmp_path)
    with (tree.source / "about.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](lost.md)\n")
    findings = built([tree], jobs=1, epoch=EPOCH)
    assert [(finding.code, finding.blocking) for finding in findings] == [("site-engine-warning", False)]
    assert "lost.md" in findings[0].message


def test_the_words_of_the_theme_are_known_to_the_faces():
    assert "找到 # 個符合條件的結果" in site_engine.interface_text("zh-Hant")
    assert "matching documents" in site_engine.interface_text("en")
    assert site_engine.interface_text("zh-Hans")


def test_no_simplified_character_of_the_theme_gets_into_a_traditional_page(site):
    for path in (site / "zh-Hant").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert (
            "找到 1 個符合條件的結果"
            in json.loads(soup(path).find(id="__config").string)["translations"].values()
        )
        assert "个" not in text
        assert "\\u4e2a" not in text


def test_versions_name_what_makes_the_pages():
    assert set(site_engine.versions()) == {"mkdocs", "mkdocs-material", "Markdown"}


# ------------------------------------------------------------------------------------ what a browser does


@pytest.fixture(scope="session")
def address(site) -> Iterator[str]:
    with served(site) as address:
        yield address.rstrip("/")


@pytest.fixture
def tab(browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()


@pytest.mark.long
def test_no_page_asks_another_host_or_for_a_file_that_is_not_there(tab, address, site):
    asked, refused = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("response", lambda response: refused.append(response.url) if response.status >= 400 else None)
    for path in sorted(site.rglob("*.html")):
        tab.goto(f"{address}/{path.relative_to(site).as_posix()}")
        tab.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert refused == []
    assert tab.faults == []


@pytest.mark.long
def test_links_of_a_site_lead_somewhere(site):
    for path in sorted((site / "en").glob("*.html")):
        for link in soup(path).find_all("a", href=True):
            target, _, anchor = link["href"].partition("#")
            if ":" in target or target.startswith(("../pdf/", "../data/")):
                continue
            file = (path.parent / target).resolve() if target else path
            assert file.is_file(), (path.name, link["href"])
            assert not anchor or soup(file).find(id=anchor), (path.name, link["href"])


@pytest.mark.long
def test_the_switch_keeps_page_and_section(tab, address):
    tab.goto(f"{address}/zh-Hant/a2.html")
    tab.click("nav.er-contents a[href='#water']")
    tab.click("[data-er-switch]")
    tab.wait_for_url(f"{address}/en/a2.html#water")
    assert tab.locator("html").get_attribute("lang") == "en-HK"


@pytest.mark.long
def test_the_scheme_is_kept_from_language_to_language(tab, address):
    tab.goto(f"{address}/zh-Hant/a2.html")
    tab.click("form[data-md-component=palette] label:visible")
    tab.click("[data-er-switch]")
    tab.wait_for_url(f"{address}/en/a2.html")
    tab.wait_for_selector("body[data-md-color-scheme=slate]")


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "query", "page"),
    [
        ("zh-Hant", "溫室氣體", "a2.html#energy"),
        ("zh-Hant", "強積金供款數據", "b1.html#people"),
        ("zh-Hant", "持份者", "about.html#stakeholders"),
        ("zh-Hant", "排放物", "a1.html#air"),
        ("zh-Hant", "強積金", "b1.html#people"),
        ("zh-Hant", "emissions", "a1.html"),
        ("zh-Hant", "A1.3", "a1.html#solid-waste"),
        ("en", "waste", "a1.html#solid-waste"),
        ("en", "emissions", "a1.html#air"),
        ("en", "A1.3", "a1.html#solid-waste"),
        ("en", "資源使用", "a2.html"),
        ("en", "28,104,220", "a2.html#consumption"),
    ],
)
def test_search_finds_words_of_both_languages(tab, address, code, query, page):
    tab.goto(f"{address}/{code}/b1.html")
    tab.wait_for_selector("html.js")
    tab.keyboard.press("/")
    tab.locator(".md-search__input").press_sequentially(query)
    tab.wait_for_selector(".md-search-result__link")
    found = tab.eval_on_selector_all(".md-search-result__link", "links => links.map(link => link.href)")
    assert any(url.split("/")[-1].split("?")[0] == page for url in found), found


@pytest.mark.long
def test_pages_read_fully_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.click("text=繁體中文")
    page.click(".er-parts a[href='a2.html']")
    assert page.is_visible("text=耗用數據")
    assert page.is_visible("td:has-text('29,843,800')")
    assert not page.is_visible("[data-er-search]")
    page.click("[data-er-switch]")
    assert page.url == f"{address}/en/a2.html"
    page.goto(f"{address}/en/content_index.html")
    assert page.locator(".index-table tr[data-status]:visible").count() == 7
    assert not page.is_visible("[data-er-filter]"), "nothing is offered that does nothing"
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
def test_a_phone_never_scrolls_sideways(browser, address, page):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{address}/en/{page}.html")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


@pytest.mark.long
def test_a_long_title_of_a_group_of_the_index_takes_two_lines_on_a_phone(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{address}/en/content_index.html")
    titles = tab.locator("tr.group th:visible")
    assert titles.count() > 0
    titles.evaluate_all(
        "titles => titles.forEach(title => title.textContent = 'A standard and its edition '.repeat(3))"
    )
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


@pytest.mark.long
def test_a_browser_is_led_to_its_language(browser, address):
    for locale, code in (("zh-HK", "zh-Hant"), ("zh-CN", "zh-Hant"), ("en-GB", "en"), ("fr-FR", "")):
        context = browser.new_context(locale=locale)
        tab = context.new_page()
        tab.goto(f"{address}/index.html")
        tab.wait_for_load_state()
        assert tab.url.removeprefix(address) == (f"/{code}/index.html" if code else "/index.html")
        context.close()


@pytest.mark.long
def test_a_site_opens_from_a_folder(tab, site):
    tab.goto((site / "zh-Hant" / "a2.html").as_uri() + "#water")
    tab.wait_for_selector("html.js")
    assert not tab.is_visible("[data-er-search]")  # a browser lends no worker to a file
    tab.click("[data-er-switch]")
    tab.wait_for_url((site / "en" / "a2.html").as_uri() + "#water")


@pytest.mark.long
def test_the_content_index_shows_one_status_at_a_time(tab, address):
    tab.goto(f"{address}/en/content_index.html")
    rows = tab.locator(".index-table tr[data-status]:visible")
    said = tab.locator(".index-table [role=status]")
    assert (rows.count(), said.inner_text()) == (7, "7 of 7 shown")
    tab.focus("[data-er-filter] button[value=missing]")
    tab.keyboard.press("Enter")
    assert (rows.all_inner_texts()[0].split()[0], said.inner_text()) == ("D35", "1 of 7 shown")
    pressed = tab.locator("[data-er-filter] [aria-pressed=true]")
    assert (pressed.count(), pressed.get_attribute("value")) == (1, "missing")
    assert tab.locator(".index-table tr.group:visible").all_inner_texts() == ["A2 Use of resources"]
    tab.click("[data-er-filter] button[value='']")
    assert rows.count() == 7 and tab.locator(".index-table tr.group:visible").count() == 2


@pytest.mark.long
def test_the_content_index_can_be_searched(tab, address):
    tab.goto(f"{address}/en/content_index.html")
    rows = tab.locator(".index-table tr[data-status]:visible")
    said = tab.locator(".index-table [role=status]")
    box = tab.get_by_role("searchbox", name="Search the index")
    box.press_sequentially("a2 ENERGY")
    assert (rows.count(), said.inner_text()) == (1, "1 of 7 shown")
    box.fill("no such words")
    assert (rows.count(), said.inner_text()) == (0, "0 of 7 shown")
    assert tab.locator(".index-table tr.group:visible").count() == 0
    box.press("Escape")
    assert (rows.count(), said.inner_text()) == (7, "7 of 7 shown")
    box.fill("waste")
    tab.click("[data-er-filter] button[value=missing]")
    assert rows.count() == 0, "words and status together"


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "name", "words", "section", "said"),
    [
        ("en", "Search the index", "a2.2 consum", "Consumption", "1 of 3 shown"),
        ("zh-Hant", "搜尋索引", "Ａ2.2 耗用", "耗用數據", "顯示3項中的1項"),
    ],
)
def test_the_index_by_section_can_be_searched_by_keyboard(tab, address, language, name, words, section, said):
    tab.goto(f"{address}/{language}/g1.html")
    rows = tab.locator(".by-section tbody tr:not(.group):visible")
    chapters = tab.locator(".by-section tr.group:visible")
    assert (rows.count(), chapters.count()) == (3, 2)
    box = tab.get_by_role("searchbox", name=name)
    link = tab.locator(".by-section tbody a").first
    link.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.type(words)
    assert box.input_value() == words, "the box is the last stop before the table"
    assert (rows.count(), chapters.count()) == (1, 1) and section in rows.inner_text()
    assert tab.locator(".by-section [role=status]").inner_text() == said
    tab.keyboard.press("Escape")
    assert (rows.count(), chapters.count(), box.input_value()) == (3, 2, "")


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 390])
def test_the_content_index_does_not_move_when_the_script_has_run(browser, address, width):
    """With the script held back, then run, the table begins at the same height."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    heights = []
    for held in (True, False):
        tab = context.new_page()
        if held:
            tab.route("**/web.js", lambda route: route.abort())
        tab.goto(f"{address}/en/content_index.html")
        tab.evaluate("document.fonts.ready")
        heights.append(
            tab.locator(".index-table table").evaluate("table => table.getBoundingClientRect().top")
        )
    assert heights[0] == heights[1] > 0
    context.close()


@pytest.mark.long
def test_a_code_of_the_index_stands_beside_the_first_line_of_a_long_title(tab, address):
    tab.goto(f"{address}/en/content_index.html")
    long = "The title of a section that is as long as no other in this report and takes three lines"
    tab.locator(".index-table td a").evaluate_all(f"links => links.forEach(a => a.textContent = '{long}')")
    tab.evaluate("document.fonts.ready")
    tops = tab.evaluate(
        """[...document.querySelectorAll(".index-table tbody tr")].filter(row => row.querySelector("a")).map(row =>
        [".c-code", "a"].map(name => {
            const range = document.createRange();
            range.selectNodeContents(row.querySelector(name));
            const lines = [...range.getClientRects()];
            return [lines[0].bottom, lines.length];
        }))"""
    )
    assert tops and all(count > 1 for _, (_, count) in tops)
    assert all(abs(code - title) <= 2 for (code, _), (title, _) in tops)
