"""The site engine on a small real report: what a reader's browser gets, in both languages.

The engine runs once for the session; everything else reads what it wrote.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from esgreport import site_engine
from esgreport.diagnostics import Severity
from esgreport.languages import LANGUAGES, words
from esgreport.render import Templates
from esgreport.views import (
    CellView,
    ColumnView,
    FigureView,
    HeadingView,
    IndexRowView,
    IndexView,
    LanguageView,
    LocationView,
    PageView,
    PartView,
    ProseView,
    ReportView,
    RidgeView,
    RowView,
    SectionEndView,
    StatusView,
    TableView,
)

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
EPOCH = 1_774_483_200
CHROMIUM = shutil.which("chromium")
HAS_BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

MARKS = "a *star*, an _underscore_, `code`, a | bar, { #braces }, [brackets](x), 1. one & 2 &lt; 3 \\ ![x]"


# ------------------------------------------------------------------------------------------- the report


def sample_report(code: str, *, languages: tuple[str, ...] = ("zh-Hant", "en"), draft: str = "") -> ReportView:
    """A report of a fictional company in one language; the other language has the same pages and anchors."""

    def say(zh: str, en: str) -> str:
        return en if code == "en" else zh

    def other(zh: str, en: str) -> tuple[tuple[str, str], ...]:
        return () if len(languages) < 2 else (("zh-Hant-HK", zh) if code == "en" else ("en-HK", en),)

    def page(id: str, codes: str, part: str, zh: str, en: str, lead: str, *body: Any) -> PageView:
        answered = tuple(codes.split())
        return PageView(
            id=id,
            code=answered[0] if answered else "",
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
        return HeadingView(level, anchor, ProseView((title,)), title, tuple(codes.split()))

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
        return RowView(kind, name, (CellView(columns[0], text=unit), *figures, CellView(columns[4], text=numbers[3])), note)

    energy, governance, social = say("環境", "Environment"), say("管治", "Governance"), say("社會", "Social")
    table = TableView(
        anchor="table-a2-1",
        label=say("表A2-1", "Table A2-1"),
        caption=say("資源耗用及密度", "Use of resources and intensity"),
        corner=say("指標", "Indicator"),
        columns=columns,
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

    def index_row(number: str, zh: str, en: str, token: str, target: str = "", reason: str = "", depth: int = 1) -> IndexRowView:
        places = (LocationView(say("耗用數據", "Consumption"), target, target),) if target else ()
        return IndexRowView(number, say(zh, en), depth, statuses[token], reason, places)

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
        contact="esg@lanternpeak.example",
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
        (report.words["download_pdf"], f"../pdf/sample.{code}.pdf", "PDF"),
        (report.words["download_figures"], "../data/figures.csv", "CSV"),
    ]
    (docs / "index.md").write_text(templates.home(report, downloads), encoding="utf-8")
    for page in report.pages:
        (docs / f"{page.id}.md").write_text(templates.page(page, report), encoding="utf-8")
    for source in ("styles/tokens.css", "styles/web.css", "web/web.js"):
        shutil.copy(TEMPLATES / source, docs / "assets")
    (docs / "assets" / "faces.css").write_text("", encoding="utf-8")
    overrides = TEMPLATES / "web" / "overrides"
    config = site_engine.site_config(report, docs=docs, overrides=overrides, site_url=site_url)
    return site_engine.SiteTree(code, config, docs, folder / "site" / code)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
