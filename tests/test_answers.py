"""What a printed figure answers who asks it, and what of a chart can be taken away.

What is told is compared with what is published as data; a browser then asks as readers do: by mouse, keyboard and
finger, from a server with a strict policy, from a folder, and without JavaScript.
"""

from __future__ import annotations

import csv
import functools
import http.server
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Built
from esgreport import export
from esgreport.languages import words
from esgreport.pipeline import listed_figures
from esgreport.render import Templates
from esgreport.views import AnswerView, ChartView, DatumView, Edition
from esgreport.writer import answer_views, report_view
from reports import edition_of

Make = Callable[..., Path]

ASPECT = """\
aspect: A2
metrics:
  water:
    name: {en: Water, zh-Hant: 用水}
    unit: m3
    answers: [A2.2]
    boundary: {en: Both sites, zh-Hant: 兩個地點}
    method: {en: "Meters & tanks read at year end", zh-Hant: 年末抄表}
    owner: A secret owner
    evidence: evidence/secret.xlsx
    source: A secret source
    per: [output]
    values:
      2025: 900
      2024: {value: 1000, restated_from: 990, reason: {en: A meter ran slow, zh-Hant: 水表偏慢}}
      2023: 0
  output:
    name: {en: Output, zh-Hant: 產量}
    unit: t
    values: {2025: 30, 2024: 40}
  power:
    name: {en: Power, zh-Hant: 電力}
    unit: kWh
    values: {2025: 2000, 2024: 1000}
  carbon:
    name: {en: Carbon, zh-Hant: 碳排放}
    unit: tCO2e
    formula: power * factor("grid") - power@previous * factor("grid")
  hidden:
    name: {en: Hidden, zh-Hant: 未刊載}
    unit: t
    values: {2025: 7}
targets:
  less_water:
    name: {en: Less water, zh-Hant: 減少用水}
    metric: water
    base: 2024
    to: 2030
    change: -50
"""
FACTORS = """\
grid:
  name: {en: Grid factor, zh-Hant: 電網因子}
  unit: kgCO2e/kWh
  source: {en: The ministry, zh-Hant: 部門}
  year: 2024
  values: {2025: 0.5}
"""
PAGE = """\
# Water

We used {{{{ water }}}}, {{{{ water(change="2024", words="rose") }}}}; the [aim of {{{{ less_water }}}}](data.md) stands.
Carbon rose by {{{{ carbon }}}}, water by tonne was {{{{ water(per="output") }}}}; in 2024 it was {{{{ water(period="2024") }}}}.
Progress: {{{{ less_water(show="progress") }}}}.

{block}
"""
DATA = "# Data\n\n## All { #all }\n\n```summary\ncolumns: [unit, 2025, 2024]\n```\n"


def files(block: str = "") -> dict[str, str]:
    report = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    report = re.search(r'"data/report.yml": """\\\n(.*?)"""', report, re.DOTALL)[1]  # type: ignore[index]
    report = report.replace(
        "comparatives: [2024]", "comparatives: [2024, 2023]\nframeworks: [hkex-esg-code-2025]"
    )
    report = report.replace("parts:\n  - pages: [a2]", "parts:\n  - pages: [a2, data, contents]")
    report = report.replace(
        "periods:\n",
        "periods:\n  2030: {from: 2030-01-01, to: 2030-12-31}\n  2023: {from: 2023-01-01, to: 2023-12-31}\n",
    )
    made = {"data/report.yml": report, "data/aspects/a2.yml": ASPECT, "data/factors.yml": FACTORS}
    for code in ("en", "zh-Hant"):
        made[f"content/{code}/a2.md"] = PAGE.format(block=block)
        made[f"content/{code}/data.md"] = DATA
        made[f"content/{code}/contents.md"] = "# Index\n\n```index\n```\n"
    return made


@pytest.fixture
def asked(project: Make) -> Callable[..., dict[str, AnswerView]]:
    """What the figures of a small report answer, by their ids."""

    editions: list[Edition] = []

    def ask(language: str = "en", more: dict[str, str] | None = None) -> dict[str, AnswerView]:
        if not editions:
            editions.append(edition_of(project({**files(), **(more or {})})))
        edition = editions[0]
        listed = {figure.id: figure for figure in listed_figures(edition)}
        views = answer_views(edition, language, listed).values()
        return {view.value.figure: view for told in views for view in told}

    return ask


def test_an_answer_names_the_figure_and_says_what_is_said_of_it(asked):
    told = asked()["water@2025"]
    assert (told.value.name, told.value.number, told.value.after) == ("Water, 2025", "900", " m³")
    assert told.said == (("Boundary", "Both sites"), ("Method", "Meters & tanks read at year end"))
    assert (told.ways, told.inputs, told.former) == ((), (), "")
    assert asked("zh-Hant")["water@2025"].value.name == "用水，2025年"


def test_a_computed_figure_shows_its_formula_inputs_and_factors(asked):
    told = asked()["carbon@2025"]
    assert told.ways == ("Power × Grid factor", "− Power (2024) × Grid factor")
    assert [(i.figure, i.name, i.number) for i in told.inputs] == [
        ("power@2025", "Power", "2,000"),
        ("power@2024", "Power, 2024", "1,000"),
    ]
    (factor,) = told.factors
    assert (factor.name, factor.whole + factor.fraction, factor.source) == (
        "Grid factor (2025)",
        "0.5",
        "The ministry",
    )


def test_operations_say_what_they_are(asked):
    told = asked()
    per, change = told["water~per.output@2025"], told["water~change.2024@2025"]
    assert (per.value.name, per.ways) == ("Water, per Output, 2025", ("Water ÷ Output",))
    assert (change.value.name, change.ways) == (
        "Water, change since 2024, 2025",
        ("Change in Water since 2024",),
    )
    assert [each.name for each in per.inputs] == ["Water", "Output"]
    assert [each.name for each in change.inputs] == ["2025", "2024"]
    goal, progress = told["less_water~level@2030"], told["less_water~progress@2025"]
    assert goal.value.name == "Less water, target, 2030" and goal.ways == ("Base + base × change wanted",)
    assert progress.ways == ("(Base − actual) ÷ (base − target)",)
    assert all(each.figure in told for view in told.values() for each in view.inputs), (
        "each can be asked in turn"
    )


def test_a_formula_is_read_for_the_period_of_its_figure(asked):
    """The year before 2024 is 2023, whichever year the report is for."""
    more = "\n    values: {2025: 2000, 2024: 1000, 2023: 500}"
    aspect = ASPECT.replace("\n    values: {2025: 2000, 2024: 1000}", more)
    factors = FACTORS.replace("2025: 0.5", "2025: 0.5, 2024: 0.5")
    page = PAGE.format(block='{{ carbon(period="2024") }}')
    made = {"data/aspects/a2.yml": aspect, "data/factors.yml": factors}
    told = asked(more={**made, "content/en/a2.md": page, "content/zh-Hant/a2.md": page})
    assert told["carbon@2024"].ways[1] == "− Power (2023) × Grid factor"
    assert [each.name for each in told["carbon@2024"].inputs] == ["Power", "Power, 2023"]


def test_earlier_periods_come_with_the_change_and_the_restatement(asked):
    told = asked()
    assert [
        (p.amount.name, p.amount.number, p.mark, p.change.number if p.change else "")
        for p in told["water@2025"].periods
    ] == [("2025", "900", "", "−10.0"), ("2024", "1,000", "restated", ""), ("2023", "0", "", "")]
    restated = told["water@2024"]
    assert (restated.former, restated.reason, restated.meaning) == ("990 m³", "A meter ran slow", "restated")
    assert told["water@2025"].periods == restated.periods


def test_an_answer_leads_to_the_index_and_to_the_data_summary(project):
    root = project(files())
    edition = edition_of(root)
    listed = {figure.id: figure for figure in listed_figures(edition)}
    told = {v.value.figure: v for views in answer_views(edition, "en", listed).values() for v in views}
    pages = {
        page.id: BeautifulSoup(Templates(root).page(page, report_view(edition, "en")), "html.parser")
        for page in report_view(edition, "en").pages
    }
    water = told["water@2025"]
    assert water.row == "data.html#row-water" and pages["data"].find(id="row-water").th.get_text().startswith(
        "Water"
    )
    ((text, url),) = water.codes
    assert text == "A2.2"
    assert "A2.2" in pages["contents"].find(id=url.partition("#")[2]).get_text()
    assert told["water~per.output@2025"].row == "data.html#row-water-per-output"
    assert told["water~change.2024@2025"].row == "data.html#row-water", "that of what it compares"
    assert told["less_water~level@2030"].row == "data.html#row-water"
    printed = pages["a2"].select("[data-figure]")
    assert {e.name for e in printed if e["data-figure"] == "water@2025"} == {"a"}
    (aim,) = (e for e in printed if e.parent.name == "a")
    assert aim["data-figure"].startswith("less_water~") and aim.name == "span", (
        "no link stands inside another"
    )
    assert {e.name for e in pages["data"].select("[data-figure]")} == {"span"}, "they stand there already"
    ids = [e["id"] for page in pages.values() for e in page.select("tr[id]")]
    assert len(ids) == len(set(ids)) > 3


def test_nothing_is_told_that_is_not_published(project):
    root = project(files())
    edition = edition_of(root)
    figures = listed_figures(edition)
    listed = {figure.id: figure for figure in figures}
    published = {str(figure.id) for figure in figures}
    assert "water~change.2024@2025" in published
    for language in ("en", "zh-Hant"):
        views = answer_views(edition, language, listed)
        assert "hidden" in edition.report.metrics and "hidden@2025" in published
        for told in (view for each in views.values() for view in each):
            shown = [told.value, *told.inputs, *(p.amount for p in told.periods)]
            shown += [p.change for p in told.periods if p.change]
            assert {each.figure for each in shown} <= published
        script = "".join(Templates(root).answers(told, words(language)) for told in views.values())
        for secret in ("secret", "evidence", "owner", "data/", ".yml"):
            assert secret not in script, secret
        assert ("Meters &amp; tanks" in script) == (language == "en"), "set as text, not as HTML"
    bare = {id: figure for id, figure in listed.items() if id.period == "2025"}
    told = {v.value.figure: v for views in answer_views(edition, "en", bare).values() for v in views}
    assert [i.figure for i in told["carbon@2025"].inputs] == ["power@2025"]
    assert told["water@2025"].periods == ()


# ---- charts to take away


def test_a_chart_for_spreadsheets_says_what_is_drawn(project):
    block = '```chart\nkind: bars\nmetrics: [water]\nperiods: [2025, 2024]\ncaption: "Less, +1"\nid: wet\n```'
    edition = edition_of(project(files(block)))
    (chart,) = (p for page in report_view(edition, "en").pages for p in page.body if isinstance(p, ChartView))
    assert chart.file == "a2-wet"
    text = export.chart_csv(chart, words("en"))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [
        ["Name", "Period", "Value", "Unit", "Figure id"],
        ["Water", "2024", "1000", "m³", "water@2024"],
        ["Water", "2025", "900", "m³", "water@2025"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "@sum", "-1+1", "\t=1"])
def test_no_line_of_a_chart_is_taken_for_a_formula(name):
    data = (DatumView(name, "2025", "-5.50", "m³", "water@2025"),)
    view = ChartView("bars", "a", "", (), "", "", (), (), data=data)
    _, line = csv.reader(io.StringIO(export.chart_csv(view, words("en"))[1:]))
    assert line == [f"'{name}", "2025", "-5.50", "m³", "water@2025"], "a number stays a number"


# ---- the report of this repository in a browser


class Strict(http.server.SimpleHTTPRequestHandler):
    """Serves a site under a policy that allows its own host and nothing else."""

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    handler = functools.partial(Strict, directory=str(built.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.fixture(scope="module")
def records(built: Built) -> dict[str, dict[str, Any]]:
    text = (built.out / "data" / "figures.json").read_text(encoding="utf-8")
    return {record["id"]: record for record in json.loads(text)["figures"]}


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def told(tab: Any) -> BeautifulSoup:
    """The dialog that is open."""
    tab.wait_for_selector("dialog.er-answer[open]")
    return BeautifulSoup(tab.inner_html("dialog.er-answer"), "html.parser")


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_twenty_figures_answer_what_is_published(tab, address, built, records, language):
    printed: dict[str, str] = {}
    for path in sorted((built.out / language).glob("*.html")):
        for element in soup(path).select("p [data-figure], table [data-figure]"):
            if not element.find_parent("details"):
                printed.setdefault(str(element["data-figure"]), path.name)
    chosen = sorted(printed)[:: len(printed) // 19]
    assert len(chosen) >= 20
    units = edition_of(ROOT).report.units
    for id in chosen:
        tab.goto(f"{address}/{language}/{printed[id]}")
        tab.locator(f'[data-figure="{id}"]:visible').first.click()
        answer, record = told(tab), records[id]
        assert answer.select_one(".value b").get_text() == record["printed"][language], id
        unit = units.find(record["unit"])
        around = unit.around(language) if record["kind"] == "value" and record["value"] != "1" else ()
        assert all(part.strip() in answer.select_one(".value").get_text() for part in around), id
        buttons = answer.select("[data-answer]")
        assert [str(button["data-answer"]) for button in buttons] == record["inputs"], id
        for button in buttons:
            number = button.find_next("b").get_text()
            assert number == records[str(button["data-answer"])]["printed"][language]
        series = re.sub(r"@\w+", "@{}", id)
        for row in answer.select(".periods tr"):
            period = re.sub(r"年$", "", row.th.get_text())
            assert row.b.get_text() == records[series.format(period)]["printed"][language], (id, period)
        assert bool(answer.select(".restated")) == (record["former"] is not None), id


@pytest.mark.long
def test_a_restated_figure_says_what_it_was_and_a_computed_one_goes_on(tab, address):
    tab.goto(f"{address}/en/a2_resources.html")
    tab.locator("td [data-figure='water@2024']:visible").first.click()
    assert told(tab).select_one(".restated b").get_text() == "149,980 m³"
    tab.click("dialog [data-answer='water@2024[plant=yunzhong]']")
    assert told(tab).h2.get_text() == "Water consumed, Yunzhong plant, 2024"
    assert told(tab).select_one(".restated b").get_text() == "57,937 m³"
    tab.click("dialog .er-answer__back")
    assert told(tab).h2.get_text() == "Water consumed, 2024"
    assert not tab.is_visible("dialog .er-answer__back")
    tab.goto(f"{address}/en/climate.html")
    tab.locator(
        "td [data-figure='ghg_scope_2@2025[plant=chengxi]']:visible, td [data-figure='ghg_scope_2@2025']:visible"
    ).first.click()
    assert told(tab).select(".ways button")
    tab.click("dialog [data-answer='ghg_scope_2@2025[plant=chengxi]']")
    assert told(tab).select(".ways p") and told(tab).select(".factors [data-factor]")


@pytest.mark.long
def test_by_keyboard_a_table_is_one_stop_and_focus_comes_back(tab, address):
    tab.goto(f"{address}/zh-Hant/a2_resources.html")
    table = tab.locator("table:has([data-figure='electricity@2025'])").first
    assert table.locator("[data-figure]").count() > 20
    assert table.locator("[data-figure][tabindex='0']").count() == 1
    focused = "document.activeElement.dataset.figure"
    table.locator("[data-figure][tabindex='0']").focus()
    assert tab.evaluate(focused) == "electricity@2025"
    for key, id in (
        ("ArrowRight", "electricity@2024"),
        ("ArrowDown", "electricity~per.production@2024"),
        ("Home", "electricity~per.production@2025"),
        ("ArrowUp", "electricity@2025"),
        ("ArrowRight", "electricity@2024"),
    ):
        tab.keyboard.press(key)
        assert tab.evaluate(focused) == id
    assert table.locator("[data-figure][tabindex='0']").count() == 1
    before = tab.evaluate("scrollY")
    tab.keyboard.press("Enter")
    assert told(tab).h2.get_text() == "外購電力，2024年"
    assert tab.evaluate("document.activeElement.id") == "er-answer-name"
    assert tab.get_attribute("dialog.er-answer", "aria-labelledby") == "er-answer-name"
    assert tab.evaluate("scrollY") == before, "the page stays where it is"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    tab.keyboard.press("Escape")
    assert tab.locator("dialog[open]").count() == 0
    assert tab.evaluate(focused) == "electricity@2024"
    tab.keyboard.press("Tab")
    assert not tab.evaluate(
        """document.activeElement.matches("[data-figure]")
        && document.activeElement.closest("table") === document.querySelector("table:has([data-figure='electricity@2025'])")"""
    )


@pytest.mark.long
def test_a_click_elsewhere_closes_and_one_on_another_figure_asks_that(tab, address):
    tab.goto(f"{address}/en/a2_resources.html")
    cells = tab.locator("table:has([data-figure='electricity@2025']) [data-figure]")
    cells.nth(2).click()
    told(tab)
    beside = tab.locator("dialog.er-answer").bounding_box()
    left, right = beside["x"], beside["x"] + beside["width"]
    top, foot = beside["y"], beside["y"] + beside["height"]
    free = []
    for cell in cells.all():
        box = cell.bounding_box()
        x, y = box["x"] + 4, box["y"] + box["height"] / 2
        if 100 < y < 890 and not (left <= x <= right and top <= y <= foot):
            free.append((cell, x, y))
    cell, x, y = free[-1]
    tab.mouse.click(x, y)
    tab.wait_for_selector(".er-asked")
    assert cell.evaluate("cell => cell.classList.contains('er-asked')")
    assert told(tab).select_one(".value b").get_text() == cell.inner_text()
    tab.mouse.click(3, 450)
    assert tab.locator("dialog[open]").count() == 0


@pytest.mark.long
def test_on_a_phone_a_tap_opens_a_sheet_from_below(browser, address):
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        color_scheme="dark",
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.goto(f"{address}/en/a2_resources.html")
    tab.locator("td [data-figure='water@2024']:visible").first.tap()
    assert told(tab).h2.get_text() == "Water consumed, 2024"
    sheet = tab.locator("dialog.er-answer").bounding_box()
    assert (sheet["x"], sheet["width"], sheet["y"] + sheet["height"]) == (0, 390, 844)
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    close = tab.locator("dialog .er-answer__close").bounding_box()
    assert min(close["width"], close["height"]) >= 44
    tab.touchscreen.tap(195, 20)
    assert tab.locator("dialog[open]").count() == 0
    chart = tab.locator(".drawing--phone:visible tspan[data-answer]").first
    id = chart.get_attribute("data-answer")
    chart.tap()
    assert told(tab).select_one(".value b").get_text() == chart.text_content(), id
    context.close()


@pytest.mark.long
def test_a_site_in_a_folder_answers_too(tab, built):
    tab.goto((built.out / "en" / "message.html").as_uri())
    figure = tab.locator("[data-figure]:visible").first
    number = figure.inner_text()
    figure.click()
    assert number.lstrip("+−") in told(tab).select_one(".value b").get_text()


@pytest.mark.long
def test_without_javascript_a_figure_is_a_link_to_its_row(browser, address, built):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/zh-Hant/a2_resources.html")
    tab.locator("a[data-figure='electricity@2025']:visible").first.click()
    assert tab.url == f"{address}/zh-Hant/data_summary.html#row-electricity"
    context.close()
    for language in ("zh-Hant", "en"):
        summary = {
            str(row["id"]) for row in soup(built.out / language / "data_summary.html").select("tr[id]")
        }
        for path in sorted((built.out / language).glob("*.html")):
            linked = [str(a["href"]) for a in soup(path).select("a[data-figure]")]
            assert {link.partition("#")[2] for link in linked} <= summary, path.name
            assert {link.partition("#")[0] for link in linked} <= {"data_summary.html"}


@pytest.mark.long
def test_every_printed_figure_has_its_answer_and_the_ways_on_lead_somewhere(built, records):
    for language in ("zh-Hant", "en"):
        folder = built.out / language
        answers: dict[str, str] = {}
        for path in sorted((folder / "figures").glob("*.js")):
            text = path.read_text(encoding="utf-8")
            answers |= json.loads(text.removeprefix("erAnswers(").removesuffix(");\n"))
        pages = {path.name: soup(path) for path in folder.glob("*.html")}
        ids = {name: {str(e["id"]) for e in page.select("[id]")} for name, page in pages.items()}
        for page in pages.values():
            for element in page.select("[data-figure], [data-answer]"):
                assert str(element.get("data-figure") or element["data-answer"]) in answers
        assert set(answers) <= set(records), "nothing that is not published"
        for html in answers.values():
            answer = BeautifulSoup(html, "html.parser")
            assert {str(b["data-answer"]) for b in answer.select("[data-answer]")} <= set(answers)
            for link in answer.select("a[href]"):
                page, _, anchor = str(link["href"]).partition("#")
                assert anchor in ids[page], link["href"]


@pytest.mark.long
def test_a_chart_answers_and_its_files_say_what_is_published(tab, address, built, records):
    tab.goto(f"{address}/en/climate.html")
    drawing = tab.locator(".drawing--wide svg:visible:has(rect[data-answer])").first
    assert drawing.get_attribute("role") == "group"
    bar = drawing.locator("rect[data-answer]").first
    bar.hover()
    assert drawing.locator(".er-faint").count() == drawing.locator("[data-answer]").count() - 1
    bar.click()
    id = bar.get_attribute("data-answer")
    assert told(tab).select_one(".value b").get_text() == records[id]["printed"]["en"]
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.querySelector('[data-figure]').dataset.figure") == id
    assert records[id]["printed"]["en"] in tab.evaluate("document.activeElement.getAttribute('aria-label')")
    alike, others = 0, set()
    for language in ("zh-Hant", "en"):
        folder = built.out / language
        for page in sorted(folder.glob("*.html")):
            for link in soup(page).select(".chart-files a"):
                file = folder / str(link["href"])
                text = file.read_text(encoding="utf-8-sig")
                if file.suffix == ".csv":
                    for *_, value, _, figure in list(csv.reader(io.StringIO(text)))[1:]:
                        own = records[figure]["printed"]["en"].replace(",", "").replace("−", "-")
                        alike += value == own
                        others |= set() if value == own else {value}
                else:
                    ElementTree.fromstring(text)
                    assert "var(" not in text and "IBM Plex Sans" in text
                    beside = file.with_suffix(".csv").read_text(encoding="utf-8-sig")
                    known = {text for line in csv.reader(io.StringIO(beside)) for text in line}
                    drawn = {n.replace(",", "").replace("−", "-") for n in re.findall(r">([−\d,.]+)<", text)}
                    assert drawn and {n for n in drawn if n not in known} <= {"263"}, "about 263"
    assert alike > 100
    assert others == {"about 263", "約263"}
