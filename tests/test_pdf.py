"""The printed report: pages, folios and names as a reader and a program find them in the PDF."""

from __future__ import annotations

import hashlib
import html
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdf
import pytest
from esgreport import languages, pdf, render
from esgreport.views import (
    CellView,
    CodeView,
    ColumnView,
    ContactView,
    FactorView,
    FigureView,
    HeadingView,
    IndexRowView,
    IndexView,
    LanguageView,
    LocationView,
    MethodView,
    NoteMark,
    PageView,
    PartView,
    ProseView,
    ReportView,
    RidgeView,
    RowView,
    SectionEndView,
    StatusView,
    TableView,
    WayView,
)
from pdf_pages import Pdf
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
FACES = ROOT / ".cache" / "fonts"
STYLES = [TEMPLATES / "styles" / "tokens.css", TEMPLATES / "styles" / "print.css"]
LANGUAGES = ("zh-Hant", "en")

SERIES = (
    (2050.0, 1690.0, 2120.0, 2240.0, 2300.0, 2380.0, 2440.0, 2410.0, 2270.0, 2190.0, 2150.0, 2271.0),
    (2210.0, 1780.0, 2260.0, 2380.0, 2440.0, 2520.0, 2590.0, 2560.0, 2400.0, 2300.0, 2290.0, 2374.0),
    (2410.0, 1902.0, 2388.0, 2501.0, 2590.0, 2781.0, 2990.0, 2846.0, 2560.0, 2436.0, 2398.0, 2442.0),
)  # fmt: skip


def coded(codes: tuple[str, ...]) -> tuple[CodeView, ...]:
    return tuple(CodeView(code, "hkex") for code in codes)


def one_band(columns: tuple[ColumnView, ...]) -> tuple[tuple[int, ...], ...]:
    """All columns side by side."""
    return (tuple(range(len(columns))),)


class Sample:
    """The same small report in a language: `say` picks the wording, figures are numbered as they come."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.zh = code != "en"
        self.printed: dict[str, int] = {}
        kinds = [("unit", False), ("period", True), ("period", False), ("period", False), ("change", False)]
        heads = (self.say("單位", "Unit"), "2025", "2024", "2023", self.say("變動", "Change"))
        self.columns = tuple(
            ColumnView(head, kind, current) for head, (kind, current) in zip(heads, kinds, strict=True)
        )

    def say(self, chinese: str, english: str) -> str:
        return chinese if self.zh else english

    def figure(self, name: str, text: str, **more: str) -> FigureView:
        self.printed[name] = self.printed.get(name, 0) + 1
        whole, point, fraction = text.partition(".")
        return FigureView(name, f"{name}/{self.printed[name]}", whole, point + fraction, **more)

    def row(self, kind: str, name: str, metric: str, unit: str, values: str, note: str = "") -> RowView:
        *years, change = values.split()
        cells = [CellView(self.columns[0], text=unit)]
        for column, text in zip(self.columns[1:4], years, strict=True):
            mark = "R" if text.endswith("R") else ""
            cells.append(
                CellView(column, self.figure(f"{metric}@{column.text}", text.removesuffix("R"), mark=mark))
            )
        cells.append(CellView(self.columns[4], self.figure(f"{metric}~change.2024@2025", change, after="%")))
        return RowView(kind, name, tuple(cells), (NoteMark(note, True),) if note else ())

    def group(self, name: str) -> RowView:
        return RowView("group", name)

    def text(self, *parts: str | FigureView) -> ProseView:
        return ProseView(parts)

    def heading(self, level: int, anchor: str, chinese: str, english: str, *codes: str) -> HeadingView:
        title = self.say(chinese, english)
        return HeadingView(level, anchor, self.text(title), title, coded(codes))

    def page(self, name: str, code: str, chinese: str, english: str, body: list, **more: object) -> PageView:
        title, other = self.say(chinese, english), self.say(english, chinese)
        values = {"part": "", "description": "", "lead": None, "codes": (), **more}
        return PageView(
            id=name, code=code, title=title, other=((self.say("en", "zh-Hant-HK"), other),), body=tuple(body),
            **values,
        )  # fmt: skip

    def energy_table(self) -> TableView:
        say, row, per_tonne = self.say, self.row, self.say("密度", "Intensity")
        rows = (
            self.group(say("能源", "Energy")),
            row("metric", say("外購電力", "Purchased electricity"), "electricity", say("千瓦時", "kWh"), "29,843,800 28,104,220 26,510,960 +6.2"),
            row("intensity", per_tonne, "electricity~per.production", say("千瓦時／噸", "kWh/t"), "549.4 555.2 561.6 −1.0", "1"),
            row("metric", say("天然氣", "Natural gas"), "natural_gas", say("立方米", "m³"), "6,214,500 6,402,130 6,588,700 −2.9"),
            row("intensity", per_tonne, "natural_gas~per.production", say("立方米／噸", "m³/t"), "114.4 126.5 139.6 −9.5"),
            row("metric", say("柴油", "Diesel"), "diesel", say("升", "litres"), "218,460 226,915 240,380 −3.7"),
            row("intensity", per_tonne, "diesel~per.production", say("升／噸", "l/t"), "4.02 4.48 5.09 −10.3"),
            row("total", say("能源總耗量", "Total energy"), "energy", say("兆瓦時", "MWh"), "99,145.0 99,516.4 100,072.7 −0.4"),
            row("intensity", per_tonne, "energy~per.production", say("千瓦時／噸", "kWh/t"), "1,825.34 1,965.95 2,119.74 −7.2"),
            self.group(say("水", "Water")),
            row("metric", say("耗水", "Water"), "water", say("立方米", "m³"), "144,825 151,310R 158,902 −4.3", "2"),
            row("intensity", per_tonne, "water~per.production", say("立方米／噸", "m³/t"), "2.67 2.99 3.37 −10.8"),
            self.group(say("包裝材料", "Packaging")),
            row("metric", say("木盤及鋼帶", "Wooden reels and steel strap"), "packaging", say("噸", "t"), "312.46 318.20 330.75 −1.8"),
            row("intensity", per_tonne, "packaging~per.production", say("千克／噸", "kg/t"), "5.75 6.29 7.01 −8.5"),
        )  # fmt: skip
        return TableView(
            "table-a2-1", say("表A2-1", "Table A2-1"), say("資源耗用及密度", "Resources used, and intensity"),
            say("指標", "Indicator"), self.columns, rows, one_band(self.columns),
            notes=(
                ("1", say("密度按產品產量計算：2025年54,316噸、2024年50,620噸、2023年47,210噸。外購電力包括香港辦事處的54,700千瓦時。",
                          "Intensity is per tonne of product: 54,316 t in 2025, 50,620 t in 2024 and 47,210 t in 2023. Purchased electricity includes 54,700 kWh at the Hong Kong office.")),
                ("2", say("2024年數字經重列，原數為149,980：雲中廠水表於2025年3月校準。",
                          "2024 restated; formerly 149,980: the meter at Yunzhong was calibrated in March 2025.")),
            ),
            legend=(("R", say("經重列", "restated")),),
        )  # fmt: skip

    def plants_table(self) -> TableView:
        say = self.say
        columns = self.columns[1:]
        rows = []
        for kind, name, key, values in (
            ("member", say("城西廠", "Chengxi"), "chengxi", "88,415 91,870 96,240 −3.8"),
            ("member", say("雲中廠", "Yunzhong"), "yunzhong", "54,690 57,706 60,910 −5.2"),
            ("member", say("香港辦事處", "Hong Kong office"), "office", "1,720 1,734 1,752 −0.8"),
            ("total", say("合計", "Total"), "", "144,825 151,310R 158,902 −4.3"),
        ):
            metric = "water_by_plant" if key else "water"
            full = self.row(kind, name, metric, "", values)
            rows.append(replace(full, cells=full.cells[1:]))
        return TableView(
            "table-a2-2", say("表A2-2", "Table A2-2"), say("按地點劃分的耗水量", "Water by plant"), say("地點", "Plant"),
            columns, tuple(rows), one_band(columns), unit=say("立方米", "m³"), legend=(("R", say("經重列", "restated")),),
        )  # fmt: skip

    def long_table(self) -> TableView:
        rows: list[RowView] = []
        for group in range(1, 8):
            rows.append(self.group(self.say(f"第{group}組", f"Group {group}")))
            for number in range(1, 11):
                name = self.say(f"物料{group}之{number}", f"Material {group}.{number}")
                values = f"{group}{number},{number}40.5 {number},230.0 {number},118.3 +{number}.1"
                rows.append(
                    self.row("metric", name, f"material_{group}_{number}", self.say("噸", "t"), values)
                )
        return TableView(
            "table-data-1", self.say("表1", "Table 1"), self.say("物料用量", "Materials used"), self.say("指標", "Indicator"),
            self.columns, tuple(rows), one_band(self.columns),
            notes=(("1", self.say("附註與最後幾列同頁。", "The note is on the page of the last rows.")),),
        )  # fmt: skip

    def index(self) -> IndexView:
        say = self.say
        words = languages.words(self.code)
        kinds = {
            token: StatusView(token, mark, words[token])
            for token, mark in (("disclosed", "●"), ("partly-disclosed", "◐"), ("explained", "◇"), ("not-applicable", "–"), ("missing", "!"))
        }  # fmt: skip
        energy = LocationView(say("能源管理", "Managing energy"), "../a2/#energy", "resources/energy")
        data = LocationView(say("耗用數據", "Consumption"), "../a2/#data", "resources/data")
        rows = [
            IndexRowView("A2", say("資源使用", "Use of resources")),
            IndexRowView("A2", say("有效使用資源的政策", "Policies on efficient use of resources"), 0, kinds["disclosed"], "", (energy,)),
            IndexRowView("A2.1", say("按類型劃分的能源總耗量及密度", "Energy by type, total and intensity"), 1, kinds["disclosed"], "", (data,)),
            IndexRowView("A2.2", say("總耗水量及密度", "Water, total and intensity"), 1, kinds["disclosed"], "", (data, energy)),
            IndexRowView("A2.3", say("能源效益目標及步驟", "Energy efficiency targets and steps"), 1, kinds["partly-disclosed"], say("目標將於2026年訂立", "Targets will be set in 2026"), (energy,)),
            IndexRowView("A2.4", say("求取適用水源的問題及目標", "Sourcing water, and targets"), 1, kinds["explained"], say("兩廠均由市政供水，求取水源並無困難", "Both plants are on the public supply"), (energy,)),
            IndexRowView("B6", say("產品責任", "Product responsibility")),
            IndexRowView("B6.1", say("因安全與健康理由須回收的產品", "Products recalled for safety and health"), 1, kinds["not-applicable"], say("銅桿及鎂錠為工業原料，不直接售予消費者", "Copper rod and magnesium ingot are not sold to consumers")),
            IndexRowView("D", say("氣候相關披露", "Climate-related disclosures")),
        ]  # fmt: skip
        for number in range(19, 42):
            kind = kinds["missing" if number == 35 else "disclosed"]
            where = () if number == 35 else (energy,)
            label = say("氣候風險對現金流及策略的影響", "Effects of climate risks on cash flow and strategy")
            rows.append(IndexRowView(f"para {number}(a)(i)", label, 1, kind, "", where))
        return IndexView(
            "index", "hkex", say("內容索引", "Content index"),
            say("共92項要求：71項已披露、6項部分披露、5項已解釋、9項不適用、1項尚欠。", "92 requirements: 71 disclosed, 6 partly disclosed, 5 explained, 9 not applicable, 1 missing."),
            tuple(kinds.values()), tuple(rows),
        )  # fmt: skip

    def report(self, **changes: object) -> ReportView:
        say, text, heading, figure = self.say, self.text, self.heading, self.figure
        end = SectionEndView
        about = self.page(
            "about", "", "關於本報告", "About this report",
            [
                heading(2, "scope", "範圍", "Scope"),
                text(say("<p>城西廠、雲中廠及香港辦事處，佔本集團收入的100%。範圍與2024年相同。請參閱<a href=\"page:resources#energy\">能源管理</a>一節。</p>",
                         "<p>Chengxi, Yunzhong and the Hong Kong office, 100% of the Group's revenue, as in 2024. See <a href=\"page:resources#energy\">Managing energy</a>.</p>")),
                end("scope"),
                heading(2, "definitions", "釋義", "Definitions"),
                text(say("<table><thead><tr><th>用語</th><th>釋義</th></tr></thead><tbody><tr><td>城西廠</td><td>城西銅業（四川）有限公司，位於四川省的再生銅廠房</td></tr><tr><td>雲中廠</td><td>雲中鎂業（山西）有限公司，位於山西省的鎂錠廠房</td></tr><tr><td>本集團、我們</td><td>本公司及其附屬公司</td></tr></tbody></table>",
                         "<table><thead><tr><th>Term</th><th>Meaning</th></tr></thead><tbody><tr><td>Chengxi</td><td>Chengxi Copper (Sichuan) Limited, a plant for recycled copper in Sichuan</td></tr><tr><td>Yunzhong</td><td>Yunzhong Magnesium (Shanxi) Limited, a plant for magnesium ingot in Shanxi</td></tr><tr><td>The Group, we</td><td>The Company and its subsidiaries</td></tr></tbody></table>")),
                end("definitions"),
            ],
            lead=text(say("兩間廠房，一個辦事處，一年的數字。", "Two plants, one office, a year in figures.")),
        )  # fmt: skip
        board = self.page(
            "board", "G1", "董事會聲明", "Board statement",
            [
                heading(2, "oversight", "監督", "Oversight", "MDR13"),
                text(say("<p>董事會對環境、社會及管治策略及匯報承擔最終責任，每年檢視兩次。</p><blockquote>「數字只有一個用處：讓下一個決定比上一個好。」</blockquote>",
                         "<p>The board is responsible for the Group's strategy and reporting on environmental, social and governance matters, and reviews them twice a year.</p><blockquote>Figures have one use: to make the next decision better than the last.</blockquote>")),
                end("oversight"),
            ],
            part=say("管治", "Governance"), codes=coded(("MDR13",)),
            lead=text(say("先公布做不到的，再公布做到的。", "First what we could not do, then what we could.")),
        )  # fmt: skip
        resources = self.page(
            "resources", "A2", "資源使用", "Use of resources",
            [
                heading(2, "energy", "能源管理", "Managing energy", "A2", "A2.3"),
                text(say("<p>兩間廠房均已取得ISO 50001能源管理體系認證。全年外購電力", "<p>Both plants are certified to ISO 50001. Purchased electricity came to "),
                     figure("electricity@2025", "29,843,800", after=say("千瓦時", " kWh")),
                     say("。讀數傳送至中央監控室，與按產量調整的基準比較；連續三班超出基準5%，當值經理須在翌日提交書面解釋，由集團能源主任覆核。</p>",
                         ". Readings go to a control room and are set against a baseline that moves with output. When three shifts in a row run more than 5% above it, the duty manager explains in writing by the next day, and the Group energy officer reviews the explanation.</p>")),
                heading(3, "induction", "由燃氣到感應", "From gas to induction"),
                text(say("<p>2025年3月至6月，雲中廠把兩台5噸燃氣爐改為中頻感應爐。改裝後用電上升，天然氣及煙塵同時下降；以每噸鎂錠計，範圍1及2的CO<sub>2</sub>排放減少11.8%。</p>",
                         "<p>Between March and June 2025 Yunzhong replaced two 5-tonne gas furnaces with medium-frequency induction furnaces. Its electricity use went up; gas and dust came down. Scope 1 and 2 emissions of CO<sub>2</sub> for each tonne of ingot fell by 11.8%.</p>")),
                heading(3, "measures", "三項節能措施", "Three measures", "A2.3"),
                text(say("<ol><li>城西廠為連鑄機加裝餘熱鍋爐，冬季供暖不再另燒天然氣，全年節省天然氣約186,000立方米。</li><li>空壓站改用永磁變頻機組，夜班待機負荷下降三成。</li><li>廠區照明全數改為發光二極管。</li></ol>",
                         "<ol><li>A waste-heat boiler on the Chengxi casting line heats the works in winter and saved about 186,000 cubic metres of natural gas.</li><li>Variable-speed compressors cut the night-shift standby load by 30%.</li><li>All lighting is now LED.</li></ol>")),
                end("energy"),
                heading(2, "water", "用水", "Water", "A2.2", "A2.4"),
                text(say("<p>兩廠均由市政供水，求取水源並無困難。冷卻水循環使用；雨水經沉澱後用於灑水降塵。</p><ul><li>循環率為86.4%。</li><li>雨水佔灑水用量的三成。</li></ul>",
                         "<p>Both plants are on the public supply, and sourcing water was no difficulty. Cooling water is recirculated; settled rainwater lays the dust.</p><ul><li>The recirculation rate was 86.4%.</li><li>Rain gave 30% of the water for dust.</li></ul>")),
                end("water"),
                heading(2, "data", "耗用數據", "Consumption", "A2.1", "A2.2", "A2.5"),
                self.energy_table(),
                self.plants_table(),
                end("data"),
            ],
            part=say("環境", "Environment"), codes=coded(("A2", "A2.1", "A2.2", "A2.3", "A2.4", "A2.5")),
            lead=text(say("產量增加7.3%，用水減少4.3%，用氣減少2.9%。用電卻多了6.2%：雲中廠由燃氣爐改用感應爐，電表轉得快了，煙囪卻清了。",
                          "Output rose by 7.3%; water fell by 4.3% and gas by 2.9%. Electricity rose by 6.2%: Yunzhong went from gas to induction, and the meters ran faster while the chimneys cleared.")),
        )  # fmt: skip
        tables = self.page(
            "tables",
            "",
            "數據表",
            "Performance tables",
            [heading(2, "materials", "物料", "Materials"), self.long_table(), end("materials")],
            part=say("附錄", "Appendices"),
        )
        index = self.page(
            "index", "", "內容索引", "Content index", [self.index()], part=say("附錄", "Appendices")
        )
        language = languages.LANGUAGES[self.code]
        values: dict = {
            "language": LanguageView(language.code, language.tag, language.name, language.short),
            "languages": (),
            "slug": "lantern",
            "title": say("環境、社會及管治報告", "Environmental, Social and Governance Report"),
            "other_titles": ((say("en-HK", "zh-Hant-HK"), say("Environmental, Social and Governance Report", "環境、社會及管治報告")),),
            "tagline": say("銅去復返\u3000燈在峰上", "Copper comes home"),
            "company": say("燈峰金屬控股有限公司", "Lantern Peak Metals Holdings Limited"),
            "company_short": say("燈峰金屬", "Lantern Peak"),
            "other_companies": ((say("en-HK", "zh-Hant-HK"), say("Lantern Peak Metals Holdings Limited", "燈峰金屬控股有限公司")),),
            "incorporation": say("（於百慕達註冊成立之有限公司）", "(Incorporated in Bermuda with limited liability)"),
            "stock_code": say("股份代號：00000", "Stock code: 00000"),
            "contact": ContactView("", (WayView("email", "", "esg@lanternpeak.example", "mailto:esg@lanternpeak.example"),)),
            "year": "2025",
            "period": "2025",
            "draft": "",
            "statements": (say("董事會於2026年3月26日批准", "Approved by the board on 26 March 2026"), say("各語文版本如有歧異，概以英文版本為準。", "If the language versions differ, the English version prevails.")),
            "parts": (
                PartView("", (about,)),
                PartView(say("管治", "Governance"), (board,)),
                PartView(say("環境", "Environment"), (resources,)),
                PartView(say("附錄", "Appendices"), (tables, index)),
            ),
            "words": languages.words(self.code),
            "ridge": RidgeView(SERIES, say("山脊由數據畫成：2023、2024及2025年逐月外購電力", "The ridge is drawn by the data: purchased electricity by month, 2023 to 2025"), say("2025年7月，全年最高", "July 2025, the highest month")),
            **changes,
        }  # fmt: skip
        return ReportView(**values)


def html_of(report: ReportView) -> str:
    """The print HTML of a report, as the tool makes it."""
    return render.Templates(ROOT).book(report)


def laid_out(
    text: str, language: str = "en", folder: Path = ROOT, allowed: tuple[Path, ...] = ()
) -> pdf.Layout:
    return pdf.lay_out(
        text, folder=folder, allowed=allowed, faces=FACES, stylesheets=STYLES, language=language,
        title="ESG 2025", identifier=b"lantern-2025",
    )  # fmt: skip


class Book:
    """A laid-out sample with its HTML and its PDF opened for reading."""

    def __init__(self, code: str, **changes: object) -> None:
        self.report = Sample(code).report(**changes)
        self.html = html_of(self.report)
        self.layout = laid_out(self.html, self.report.language.tag)
        self.reader = pypdf.PdfReader(io.BytesIO(self.layout.content))
        self.texts = [page.extract_text() for page in self.reader.pages]

    @property
    def ids(self) -> list[str]:
        return [html.unescape(name) for name in re.findall(r'<[^>]* id="([^"]+)"', self.html)]

    def text_at(self, anchor: str) -> str:
        return self.texts[int(self.layout.folios[anchor]) - 1]


@pytest.fixture(scope="session", params=LANGUAGES)
def book(request: pytest.FixtureRequest) -> Book:
    return Book(request.param)


@pytest.fixture(scope="session")
def draft() -> Book:
    return Book("en", draft="DRAFT", ridge=None)


def destinations(content: bytes) -> dict[str, int]:
    """Named destinations of a PDF: name and page number."""
    with pikepdf.open(io.BytesIO(content)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
        tree = pikepdf.NameTree(document.Root.Names.Dests)
        return {str(name): pages[target[0].objgen] for name, target in tree.items()}


def test_a_sound_report_gives_no_finding(book: Book, draft: Book) -> None:
    assert book.layout.findings == ()
    assert draft.layout.findings == ()


def test_every_id_is_a_named_destination_and_has_a_folio(book: Book) -> None:
    assert len(set(book.ids)) == len(book.ids)
    found = destinations(book.layout.content)
    assert set(found) == set(book.ids) == set(book.layout.folios)
    assert {name: str(page) for name, page in found.items()} == book.layout.folios


def test_every_printed_figure_stands_on_the_page_of_its_folio(book: Book) -> None:
    figures = re.findall(r'<span class="figure[^"]*" id="([^"]+)"[^>]*>(.*?)</span>(?:</span>)?', book.html)
    assert len(figures) > 300
    for anchor, inner in figures:
        number = re.sub("<[^>]*>", "", inner)
        assert number in book.text_at(html.unescape(anchor)).replace("\n", ""), anchor


def test_page_labels_are_the_folios_that_are_printed(book: Book) -> None:
    count = book.layout.pages
    assert book.reader.page_labels == [str(number) for number in range(1, count + 1)]
    for anchor in ("about", "resources", "resources/data", "tables/materials/end"):
        assert book.layout.folios[anchor] in book.text_at(anchor).split()


def test_a_chapter_with_a_code_opens_on_a_right_hand_page(book: Book) -> None:
    for page in book.report.pages:
        if page.code:
            assert int(book.layout.folios[page.id]) % 2 == 1
            assert page.code in book.text_at(page.id)


def test_a_chapter_without_an_opener_runs_on_with_its_code_before_its_title() -> None:
    sample = Sample("en")
    whole = sample.report()
    parts = tuple(
        replace(p, pages=tuple(replace(page, opener=False) for page in p.pages)) for p in whole.parts
    )
    plain = html_of(replace(whole, parts=parts))
    coded = [page for page in whole.pages if page.code]
    assert coded and html_of(whole).count('class="opener"') == len(coded)
    assert 'class="opener"' not in plain and " coded" not in plain
    for page in coded:
        title = html.escape(page.title)
        assert (
            f'<h1 data-bookmark="{page.code} {title}"><span class="chapter-code">{page.code}</span> {title}</h1>'
            in plain
        )


def test_the_contents_and_the_index_print_true_page_numbers(book: Book) -> None:
    contents = book.text_at("contents")
    for page in book.report.pages:
        assert re.search(rf"{book.layout.folios[page.id]}\s+{page.code}\s*{page.title}", contents)
    index = book.reader.pages[int(book.layout.folios["index"]) - 1].extract_text(extraction_mode="layout")
    assert re.search(rf"A2\.1 .* {book.layout.folios['resources/data']}$", index, re.MULTILINE)


@pytest.mark.parametrize(
    ("tag", "before", "after", "shown"),
    [("en-HK", " (page ", ")", "Far (page 2)"), ("zh-Hant-HK", "（第", "頁）", "Far（第2頁）")],
)
def test_a_reference_prints_the_page_of_what_it_names(tag: str, before: str, after: str, shown: str) -> None:
    link = f'<a class="reference" href="#far" data-before="{before}" data-after="{after}">Far</a>'
    text = f'<html lang="{tag}"><body><p>{link}</p><h2 id="far" style="break-before: page">Far</h2></body></html>'
    layout = laid_out(text, tag)
    assert layout.findings == ()
    assert shown in pypdf.PdfReader(io.BytesIO(layout.content)).pages[0].extract_text()


@pytest.mark.parametrize("width", range(40, 120, 8))
def test_the_page_of_a_reference_stays_on_one_line(width: int) -> None:
    link = '<a class="reference" href="#far" data-before="（第" data-after="頁）">職業健康與安全</a>'
    text = f'<html lang="zh-Hant-HK"><body><p style="width: {width}pt">{link}</p><h2 id="far">遠</h2></body></html>'
    layout = laid_out(text, "zh-Hant-HK")
    assert "（第1頁）" in pypdf.PdfReader(io.BytesIO(layout.content)).pages[0].extract_text()


def test_a_section_ends_on_the_page_of_its_last_words(book: Book) -> None:
    folios = book.layout.folios
    last_row = next(name for name in reversed(book.ids) if name.startswith("material_7_10~change"))
    assert folios["tables/materials/end"] == folios[last_row]
    assert folios["resources/energy/end"] == folios["resources/measures"]


@pytest.mark.long
@pytest.mark.parametrize("lines", range(30, 46))
def test_a_section_that_fills_its_page_still_ends_on_it(lines: int) -> None:
    sample = Sample("zh-Hant")
    body = [
        sample.heading(2, "full", "滿", "Full"),
        sample.text("<p>" + "字<br>" * lines + '<b id="last">尾</b></p>'),
        SectionEndView("full"),
        sample.heading(2, "next", "次", "Next", "A1"),
        sample.text("<p>字</p>"),
        SectionEndView("next"),
    ]
    page = sample.page("page", "", "頁", "Page", body)
    layout = laid_out(html_of(sample.report(parts=(PartView("", (page,)),), ridge=None)), "zh-Hant-HK")
    assert layout.folios["page/full/end"] == layout.folios["last"]
    assert layout.folios["page/next"] == layout.folios["page/next/end"], "a heading stays with its text"


def test_a_long_table_repeats_its_head_and_says_that_it_goes_on(book: Book) -> None:
    first, last = (int(book.layout.folios[f"tables/materials{end}"]) for end in ("", "/end"))
    assert last - first >= 2
    table = book.report.parts[3].pages[0].body[1]
    more = {"zh-Hant": "表1（續）", "en": "Table 1 (continued)"}[book.report.language.code]
    for number in range(first, last + 1):
        text = book.texts[number - 1]
        assert table.corner in text and table.columns[0].text in text
        assert (more in text) is (number > first)
    assert table.notes[0][1] in book.texts[last - 1]
    assert more not in book.texts[last]


def test_bookmarks_nest_as_the_headings_do(book: Book) -> None:
    def plain(items: list) -> list:
        return [plain(item) if isinstance(item, list) else item.title for item in items]

    outline = plain(book.reader.outline)
    chapter = outline.index(f"A2 {book.report.parts[2].pages[0].title}")
    sections = outline[chapter + 1]
    headings = [piece for piece in book.report.parts[2].pages[0].body if piece.piece == "heading"]
    assert sections[0] == headings[0].plain
    assert sections[1] == [heading.plain for heading in headings if heading.level == 3]


def test_the_pdf_says_what_it_is_and_in_which_language(book: Book) -> None:
    with pikepdf.open(io.BytesIO(book.layout.content)) as document, document.open_metadata() as metadata:
        assert str(document.Root.Lang) == book.report.language.tag
        assert bool(document.Root.MarkInfo.Marked)
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "ESG 2025"
        assert metadata["dc:creator"] == [book.report.company]
        languages_of_tags = {
            str(item.Lang)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and "/Lang" in item
        }
        assert book.report.other_titles[0][0] in languages_of_tags


def test_only_our_faces_are_embedded(book: Book) -> None:
    families = re.compile(r"[A-Z]{6}\+(Noto-Serif-HK|Noto-Sans-HK|Source-Serif-4|IBM-Plex-Sans)\b")
    with pikepdf.open(io.BytesIO(book.layout.content)) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        for font in fonts:
            assert families.search(str(font.FontName)), font.FontName
            assert "/FontFile2" in font


def test_no_line_of_chinese_begins_with_a_closing_mark() -> None:
    sample = Sample("zh-Hant")
    sentence = "讀數（每十五分鐘一個）傳送至中央監控室；「基準」、「讀數」及「解釋」由主任覆核。"
    pages = tuple(
        sample.page(f"p{start}", "", "頁", "Page", [sample.text(f"<p>{'字' * start}{sentence * 4}</p>")])
        for start in range(12)
    )
    report = sample.report(parts=(PartView("", pages),), ridge=None)
    layout = laid_out(html_of(report), "zh-Hant-HK")
    reader = pypdf.PdfReader(io.BytesIO(layout.content))
    lines = [
        line.strip() for page in reader.pages for line in page.extract_text().splitlines() if line.strip()
    ]
    assert sum(len(line) > 30 for line in lines) > 40
    assert not [line for line in lines if line[0] in "，。、；：！？）」』》〉"]
    assert not [line for line in lines if len(line) > 20 and line[-1] in "（「『《〈"]


def test_scripts_have_a_quarter_em_between_them_and_marks_close_up(tmp_path: Path) -> None:
    """On the page: 2.4 pt of 9.6 beside a number and a name, none within a date; a bracket before a mark is half as wide."""
    sample = Sample("zh-Hant")
    words = '於2025年減少<span id="x">48</span>噸ISO認證《甲》（乙）。'
    report = one_page(sample, sample.text(f"<p>{words}</p>"))
    (tmp_path / "book.pdf").write_bytes(laid_out(html_of(report), "zh-Hant-HK").content)
    book = Pdf(tmp_path / "book.pdf")
    signs = book.characters(book.spots["x"].page)
    baseline = next(c.y for c in signs if c.text == "噸")
    line = sorted((c for c in signs if abs(c.y - baseline) < 0.1), key=lambda c: c.x)
    assert "".join(c.text for c in line) == re.sub("<.*?>", "", words)
    pairs = list(pairwise(line))
    room = {one.text + two.text: two.x - one.end for one, two in pairs}
    assert {pair for pair, gap in room.items() if gap > 1} == {"於2", "少4", "8噸", "噸I", "O認"}
    assert room["少4"] == pytest.approx(9.6 / 4, abs=0.05)
    steps = {one.text + two.text: two.x - one.x for one, two in pairs}
    assert steps["甲》"] == pytest.approx(9.6, abs=0.05)
    assert steps["》（"] == pytest.approx(4.8, abs=0.05)
    assert steps["）。"] == pytest.approx(4.8, abs=0.05)
    assert steps["（乙"] == pytest.approx(9.6, abs=0.05)


def test_a_line_that_only_a_space_would_overfill_is_not_broken_after_its_first_word() -> None:
    """The figure that follows moves on, whatever the width of the words before it."""
    words = "".join(
        f"<p>Scope {'i' * n} in the tables above is location-based. During the year Chengxi bought"
        ' <span class="figure">6,000</span> MWh of certificates.</p>'
        for n in range(12)
    )
    sample = Sample("en")
    pages = (sample.page("p", "", "頁", "Page", [sample.text(words)]),)
    layout = laid_out(html_of(sample.report(parts=(PartView("", pages),), ridge=None)), "en-HK")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(layout.content)).pages)
    lines = [line.strip() for line in text.splitlines()]
    assert sum(line.startswith("Scope ") for line in lines) == 12
    assert "Scope" not in lines


def one_page(sample: Sample, *body: object) -> ReportView:
    page = sample.page("p", "", "頁", "Page", list(body))
    return sample.report(parts=(PartView("", (page,)),), ridge=None)


@pytest.mark.parametrize("marks", ["a", "aa", "a, b", "aa, ab", "a, b, c"])
def test_marks_hang_inside_the_edge_and_move_no_digit(tmp_path: Path, marks: str) -> None:
    sample = Sample("en")
    column = ColumnView("2024", "period")
    rows = []
    for number, fraction in enumerate(("", ".5", ".25", ".125", ".0625")):
        for notes in ((), tuple(NoteMark(mark, True) for mark in marks.replace(",", "").split())):
            figure = sample.figure(f"water_{number}@2024", "12,345" + fraction, mark="R" if notes else "")
            rows.append(RowView("metric", f"Water {number}", (CellView(column, figure, notes=notes),)))
    table = TableView(
        "t", "Table 1", "Water", "Indicator", (column,), tuple(rows), ((0,),), notes=(("a", "Note."),)
    )
    layout = laid_out(html_of(one_page(sample, table)), "en-HK")
    (tmp_path / "book.pdf").write_bytes(layout.content)
    book = Pdf(tmp_path / "book.pdf")
    spots = [book.spots[f"water_{number}@2024/{time}"] for number in range(5) for time in (1, 2)]
    assert len({round(spot.x, 1) for spot in spots}) == 1
    (page,) = {spot.page for spot in spots}
    millimetre = 72 / 25.4
    edge = (192 if page % 2 == 0 else 186) * millimetre
    lowest, highest = min(spot.y for spot in spots), max(spot.y for spot in spots)
    ends = [c.end for c in book.characters(page) if lowest - 20 < c.y < highest and c.text.strip()]
    assert edge - 8 * millimetre < max(ends) <= edge + 0.1


def test_a_landscape_table_has_pages_of_its_own_that_lie_on_their_side() -> None:
    sample = Sample("en")
    columns = tuple(ColumnView(f"Month {n}", "member") for n in range(1, 13))
    rows = tuple(
        RowView("metric", f"Meter {m}", tuple(CellView(c, sample.figure(f"m{m}_{n}@2024", f"{m},{n:03}")) for n, c in enumerate(columns)))
        for m in range(1, 40)
    )  # fmt: skip
    table = TableView(
        "t", "Table 1", "Meters", "Meter", columns, rows, (tuple(range(12)),), notes=(("a", "A note."),), landscape=True
    )  # fmt: skip
    after = sample.text("<p>What is said after it.</p>")
    layout = laid_out(html_of(one_page(sample, sample.text("<p>Before.</p>"), table, after)), "en-HK")
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(layout.content)).pages:
        text = page.extract_text()
        for words in ("Before.", "Meter 1 1,000", "Meter 39", "A note.", "What is said after it."):
            if words in text:
                found[words] = "wide" if page.mediabox.width > page.mediabox.height else "tall"
        if "Meter 39" in text:
            assert "Table 1 (continued)" in text and "Month 12" in text and "Lantern Peak" in text
            assert page.mediabox.width == pytest.approx(297 / 25.4 * 72, abs=0.1)
    assert found == {
        "Before.": "tall", "Meter 1 1,000": "wide", "Meter 39": "wide", "A note.": "wide", "What is said after it.": "tall",
    }  # fmt: skip


@pytest.mark.parametrize("lines", range(16, 40, 2))
def test_groups_of_rows_stay_together_and_no_row_is_alone(lines: int) -> None:
    """Wherever on a page a table begins: its groups are whole, and a total goes with one of them."""
    sample = Sample("en")
    column = ColumnView("2024", "period")
    rows = [RowView("total", "All staff", (CellView(column, sample.figure("staff@2024", "98")),), group=0)]
    groups = {"Gender": 2, "Age": 3, "Region": 3, "Category": 4, "Contract": 2}
    for number, (name, size) in enumerate(groups.items(), start=1):
        rows.append(RowView("group", name, group=number))
        rows += [
            RowView("member", f"{name} {n}", (CellView(column, sample.figure(f"{name}_{n}@2024", "7")),), group=number)
            for n in range(size)
        ]  # fmt: skip
    notes = (NoteMark("a", True),)
    rows[-1] = RowView("member", "Contract last", rows[-1].cells, notes=notes, group=len(groups))
    table = TableView(
        "t", "Table 1", "Staff", "Group", (column,), tuple(rows), ((0,),), notes=(("a", "The note of the last row."),)
    )  # fmt: skip
    layout = laid_out(html_of(one_page(sample, sample.text("<p>Words.</p>" * lines), table)), "en-HK")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(layout.content)).pages]
    on = {
        row.name: next(n for n, text in enumerate(pages) if re.search(rf"^{row.name}\b", text, re.M))
        for row in rows
    }
    for name in groups:
        assert len({on[row.name] for row in rows if row.name.startswith(name)}) == 1, name
    assert on["All staff"] == on["Gender"], "the total is not left behind"
    assert "The note of the last row." in pages[on["Contract last"]]
    assert sum("Table 1" in text for text in pages) == len(set(on.values()))


@pytest.mark.parametrize("lines", [38, 39])
def test_a_last_row_is_not_alone_on_a_page(lines: int) -> None:
    """Nor where the notes after it find no room."""
    sample = Sample("en")
    column = ColumnView("2024", "period")
    rows = [
        RowView("metric", f"Row {n} of many", (CellView(column, sample.figure(f"a{n}@2024", "98")),))
        for n in range(20)
    ]
    notes = (("a", "Note one."), ("b", "Note two."))
    table = TableView("t", "Table 1", "Staff", "Group", (column,), tuple(rows), ((0,),), notes=notes)
    layout = laid_out(html_of(one_page(sample, sample.text("<p>Words.</p>" * lines), table)), "en-HK")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(layout.content)).pages]
    assert min(count for text in pages if (count := text.count(" of many"))) > 1


def test_a_row_taller_than_a_page_is_broken_and_told() -> None:
    """The engine alone would stop with an assertion."""
    sample = Sample("en")
    column = ColumnView("2024", "period")
    rows = [
        RowView("metric", f"Row{n} {'name ' * (2500 if n == 2 else 900)}", (CellView(column, sample.figure(f"a{n}@2024", "98")),), group=n)
        for n in range(4)
    ]  # fmt: skip
    heading = RowView("group", "Group " * 3000, group=2)
    table = TableView("t", "Table 1", "Staff", "Group", (column,), (*rows[:2], heading, *rows[2:]), ((0,),))
    layout = laid_out(html_of(one_page(sample, sample.text("<p>Words.</p>" * 9), table)), "en-HK")
    assert [(found.code, found.severity) for found in layout.findings] == [("row-too-tall", "warning")]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(layout.content)).pages)
    assert text.count("name") == 3 * 900 + 2500 and text.count("Group") >= 3000


def test_a_table_of_factors_goes_on_overleaf_under_its_head() -> None:
    sample = Sample("en")
    factors = tuple(
        FactorView(f"factor_{n}", "", "", f"Factor {n}", "2", ".5", "kg CO2e/kWh", "", "", "2025", "A source of some words")
        for n in range(12)
    )  # fmt: skip
    before = sample.text("<p>Words.</p>" * 24)
    method = MethodView("t", "Table 1", "Factors used", (), factors)
    texts = [
        page.extract_text()
        for page in pypdf.PdfReader(
            io.BytesIO(laid_out(html_of(one_page(sample, before, method)), "en-HK").content)
        ).pages
    ]
    pages = [text for text in texts if "A source of some words" in text]
    assert len(pages) == 2
    assert all("Source" in text for text in pages)
    assert "Words." in pages[0] and sum(text.count("A source of some words") for text in pages) == 12


def test_a_draft_says_so_on_every_page(draft: Book) -> None:
    assert all("DRAFT" in text for text in draft.texts)


def test_a_report_without_monthly_figures_has_a_cover_and_openers(draft: Book) -> None:
    assert "<svg" not in draft.html
    assert "2025" in draft.texts[0]


@pytest.mark.parametrize("tagline", ["讓我們生活更\u3000「鎂」好", "「銅」去，復返。\u3000燈在AI峰"])
def test_a_chinese_tagline_has_one_character_to_the_line_whatever_it_is(tmp_path: Path, tagline: str) -> None:
    report = Sample("zh-Hant").report(tagline=tagline, parts=())
    path = tmp_path / "cover.pdf"
    laid_out(html_of(report), report.language.tag).write(path)
    found: dict[int, list[str]] = {}
    for character in Pdf(path).characters(0):
        if round(character.size) == 25:
            found.setdefault(round(character.y), []).append(character.text)
    columns = tagline.translate(str.maketrans("「」", "﹁﹂")).split("\u3000")
    lines = ["AI" if each == "A" else each for column in columns for each in column if each != "I"]
    assert sorted(map("".join, found.values())) == sorted(lines)


PROGRAM = """
import sys, hashlib
sys.path.insert(0, {tests!r})
import test_pdf
book = test_pdf.html_of(test_pdf.Sample("zh-Hant").report())
print(hashlib.sha256(test_pdf.laid_out(book, "zh-Hant-HK").content).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_anywhere(tmp_path: Path, book: Book) -> None:
    if book.report.language.code != "zh-Hant":
        pytest.skip("one language is enough")
    digests = {hashlib.sha256(book.layout.content).hexdigest()}
    for number, (zone, locale) in enumerate((("Asia/Hong_Kong", "C"), ("America/Lima", "de_DE.UTF-8"))):
        home = tmp_path / f"home {number}"
        home.mkdir()
        environment = {
            **os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale, "PYTHONHASHSEED": str(number),
            "HOME": str(home), "USER": f"user{number}", "PYTHONUTF8": "1",
        }  # fmt: skip
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(tests=str(ROOT / "tests"))],
            cwd=home, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(run.stdout.strip())
    assert len(digests) == 1


def test_no_path_or_clock_gets_into_the_pdf(book: Book) -> None:
    content = book.layout.content
    with pikepdf.open(io.BytesIO(content)) as document:
        everything = content + b"".join(
            item.read_bytes() if isinstance(item, pikepdf.Stream) else item.unparse()
            for item in document.objects
        )
        assert "/CreationDate" not in document.docinfo and "/ModDate" not in document.docinfo
        assert bytes(document.trailer.ID[0]) == b"lantern-2025"
    for word in (str(ROOT), str(Path.home()), "file:", "/report/", "CreateDate", "ModifyDate"):
        if len(word) > 3:
            assert word.encode() not in everything, word


DOCUMENT = '<html lang="en"><head><title>t</title></head><body><h1>t</h1>{}</body></html>'


@pytest.mark.parametrize(
    ("planted", "code", "words"),
    [
        ('<img alt="a" src="http://example.com/a.png">', "refused-resource", "http://example.com/a.png"),
        ('<img alt="a" src="../outside.png">', "refused-resource", "outside.png"),
        ('<img alt="a" src="elsewhere/a.png">', "refused-resource", "elsewhere/a.png"),
        ('<img alt="a" src="content/assets/%2e%2e/%2e%2e/%2e%2e/outside.png">', "refused-resource", "outside.png"),
        ('<img alt="a" src="content/assets/link.png">', "refused-resource", "link.png"),
        ('<img alt="a" src="content/assets/missing.png">', "refused-resource", "missing.png is not there"),
        ('<img alt="a" src="content/assets/notes.txt">', "refused-resource", "notes.txt"),
        ('<img alt="a" src="content/assets/script.svg">', "refused-resource", "script"),
        ('<img alt="a" src="data:image/png;base64,iVBORw0KGgo=">', "refused-resource", "data:"),
        ('<img alt="a" src="file:///etc/hostname">', "refused-resource", "/etc/hostname"),
        ('<link rel="stylesheet" href="http://example.com/a.css">', "refused-resource", "a.css"),
        ('<link rel="attachment" href="file:///etc/passwd">', "refused-resource", "/etc/passwd"),
        ('<style>@import "http://example.com/b.css";</style>', "refused-resource", "b.css"),
        ('<style>@font-face { font-family: x; src: url(http://example.com/x.ttf) }</style>', "refused-resource", "x.ttf"),
        ('<p style="background: url(http://example.com/c.png)">x</p>', "refused-resource", "c.png"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><image width="9" height="9" href="http://example.com/d.png"/></svg>', "refused-resource", "d.png"),
        ("<p>carbon CO₃﷽</p>", "missing-glyph", "U+FDFD"),
        ('<p><a href="#nowhere">x</a></p>', "unknown-anchor", "nowhere"),
        ('<p><a href="other.html">x</a></p>', "local-link", "other.html"),
    ],
)  # fmt: skip
def test_what_a_document_may_not_do_is_found_and_blocks(
    project: Path, planted: str, code: str, words: str
) -> None:
    layout = laid_out(DOCUMENT.format(planted), folder=project, allowed=(project / "content" / "assets",))
    found = [finding for finding in layout.findings if finding.code == code]
    assert found, layout.findings
    assert any(words in finding.message for finding in found)
    assert all(finding.blocking for finding in found)
    assert not any(str(project) in finding.message for finding in layout.findings)


def test_a_good_picture_is_printed(project: Path) -> None:
    pictures = '<img alt="a" src="content/assets/good.png"><img alt="b" src="content/assets/good.svg">'
    layout = laid_out(DOCUMENT.format(pictures), folder=project, allowed=(project / "content" / "assets",))
    assert layout.findings == ()
    with pikepdf.open(io.BytesIO(layout.content)) as document:
        assert any(
            getattr(item, "Subtype", None) == "/Image"
            for item in document.objects
            if isinstance(item, pikepdf.Stream)
        )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with pictures that may be used, and some that may not."""
    assets = tmp_path / "project" / "content" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "project" / "elsewhere").mkdir()
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "#a23c1d").save(picture, "PNG")
    for path in (assets / "good.png", tmp_path / "outside.png", tmp_path / "project" / "elsewhere" / "a.png"):
        path.write_bytes(picture.getvalue())
    (assets / "link.png").symlink_to(tmp_path / "outside.png")
    (assets / "notes.txt").write_text("x")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/>{}</svg>'
    (assets / "good.svg").write_text(drawing.format(""))
    (assets / "script.svg").write_text(drawing.format("<script>1</script>"))
    return tmp_path / "project"


def test_faces_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="NotoSerifHK"):
        pdf.lay_out(
            DOCUMENT.format(""), folder=tmp_path, allowed=(), faces=tmp_path, stylesheets=STYLES,
            language="en", title="t", identifier=b"t",
        )  # fmt: skip


def test_the_module_is_light_until_it_is_used() -> None:
    program = "import sys, esgreport.pdf; print('weasyprint' in sys.modules, 'PIL' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_versions_name_the_text_libraries() -> None:
    found = pdf.versions()
    assert list(found) == ["weasyprint", "pango", "harfbuzz", "pydyf"]
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for version in found.values())
