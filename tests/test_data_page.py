"""The data summary as readers work with it: find, compare, take away; and the content index by an address.

What a browser shows and hands over is compared with `figures.json`. It is asked from a server that sends the site's own
policy, from a folder, on a phone, by keyboard alone, and without JavaScript.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from conftest import TINY, esgreport, write_project
from serving import served

REPORT = (
    TINY["data/report.yml"]
    .replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")
    .replace("[a2]", "[a2, figures, contents]")
    .replace("comparatives: [2024]", "comparatives: [2024, 2023]")
    .replace("periods:\n", "periods:\n  2023: {from: 2023-01-01, to: 2023-12-31}\n")
)
A2 = """\
aspect: A2
name: {en: Use of resources, zh-Hant: 資源使用}
metrics:
  water:
    name: {en: "=cmd, water", zh-Hant: "=cmd 用水"}
    unit: m3
    answers: [A2.2]
    per: [output]
    values: {2025: 900.50, 2024: 1000, 2023: not_available}
  steam:
    name: {en: Steam bought, zh-Hant: 外購蒸汽}
    unit: GJ
    answers: ["A2.1:energy-indirect"]
    breakdown: {site: {2025: {east: 30, west: 10}, 2024: {east: 20, west: nil}, 2023: {east: 5, west: 5}}}
  output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 30, 2024: 40, 2023: 50}}
"""
B2 = """\
aspect: B2
name: {en: Health and safety, zh-Hant: 健康與安全}
metrics:
  deaths:
    name: {en: Deaths at work, zh-Hant: 因工死亡}
    unit: person
    answers: ["B2.1:fatalities"]
    values: {2025: nil, 2024: 1, 2023: not_applicable}
  drained: {name: {en: Water drained, zh-Hant: 排水}, unit: m3, values: {2025: 450.25, 2024: -50, 2023: {limit: 5}}}
"""
SITE = "site: {name: {en: Site, zh-Hant: 地點}, members: {east: {en: East, zh-Hant: 東廠}, west: {en: West, zh-Hant: 西廠}}}\n"
SUMMARY = "```summary\ncolumns: [unit, 2025, 2024, 2023, codes]\nmembers: [site]\n```\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes | None] = {
        "data/report.yml": REPORT,
        "data/dimensions.yml": SITE,
        "data/aspects/a2.yml": A2,
        "data/aspects/b2.yml": B2,
    }
    for code in ("en", "zh-Hant"):
        files[f"content/{code}/a2.md"] = (
            '# Water\n\nLead.\n\n## Use { #use answers="A2.2" }\n\nWe used {{ water }}.\n'
        )
        files[f"content/{code}/figures.md"] = (
            f"# Data\n\nAll.\n\n## Figures {{ #all }}\n\n{SUMMARY}\n## How {{ #how }}\n\nSaid.\n"
        )
        files[f"content/{code}/contents.md"] = "# Index\n\n```index\n```\n"
    root = write_project(tmp_path_factory.mktemp("data-page") / "project", files)
    done = esgreport("build", "--project", root, "--only", "web,data")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site from a server that sends what the site says it should."""
    lines = (site / "headers" / "headers.txt").read_text(encoding="utf-8").splitlines()
    with served(site, "/esg/2025/", dict(line.split(": ", 1) for line in lines)) as url:
        yield url


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """`opened(address, width=…)`: a page without faults in its console; other words are those of the browser's context."""
    contexts, faults = [], []

    def page(url: str, width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True, **more)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(url)
        return tab

    yield page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, Any]:
    found = json.loads((site / "data" / "figures.json").read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: figure for figure in found}


def shown(tab: Any) -> list[str]:
    """The rows that can be seen, by what they are about."""
    return list(
        tab.eval_on_selector_all(
            "tr[data-name]", "all => all.filter(row => row.checkVisibility()).map(row => row.dataset.name)"
        )
    )


def tick(tab: Any, *names: str) -> None:
    for name in names:
        tab.check(f'input[aria-label="Compare: {name}"]')


def bars(tab: Any) -> dict[str, list[tuple[str, str, float]]]:
    """What the chart draws: by row, period, words and length of the bar."""
    found = tab.evaluate("""() => [...document.querySelectorAll(".er-bars svg")].map((drawing) => {
      const texts = [...drawing.querySelectorAll("text")];
      const rects = [...drawing.querySelectorAll("rect")];
      const lines = texts.filter((_, number) => number % 2 === 0).map((period, number) => {
        const bar = rects.find((rect) => Math.floor(rect.getAttribute("y") / 24) === number);
        return [period.textContent, texts[2 * number + 1].textContent, bar ? Number(bar.getAttribute("width")) : 0];
      });
      return [drawing.previousSibling.firstChild.textContent, lines];
    })""")
    return {name: [tuple(line) for line in lines] for name, lines in found}


# ---- the page as it is written


def test_every_row_holds_the_exact_values_that_are_published(site, published):
    page = BeautifulSoup((site / "en/figures.html").read_bytes(), "html.parser")
    cells = page.select("td[data-value]")
    assert len(cells) == 3 * 8
    for cell in cells:
        assert cell["data-value"] == (
            published[cell.select_one("[data-figure]")["data-figure"]]["value"] or ""
        )


def test_a_row_says_what_it_is_about_in_full_and_in_both_languages(site):
    page = BeautifulSoup((site / "en/figures.html").read_bytes(), "html.parser")
    row = page.select_one("#row-water-per-output")
    assert (row["data-name"], row["data-also"]) == ("=cmd, water, per Output", "=cmd 用水，按產量計算的密度")
    assert (row["data-unit"], row["data-codes"]) == ("m³/tonne", "A2.2")
    assert len(row.select("svg.trend rect")) == 2, "2023 is not available"


def test_the_header_leads_to_the_data_and_to_the_index(site):
    page = BeautifulSoup((site / "zh-Hant/a2.html").read_bytes(), "html.parser")
    assert [(a.text, a["href"]) for a in page.select(".md-tabs a")][-2:] == [
        ("數據中心", "figures.html"),
        ("Index", "contents.html"),
    ]


# ---- finding


ALL = ["=cmd, water", "=cmd, water, per Output", "Steam bought", "Steam bought, East", "Steam bought, West", "Output", "Deaths at work", "Water drained"]  # fmt: skip


def test_rows_are_found_by_name_unit_and_code_and_matches_are_marked(opened, address):
    tab = opened(f"{address}en/figures.html")
    assert shown(tab) == ALL
    for words, found in {
        "WATER": ["=cmd, water", "=cmd, water, per Output", "Water drained"],
        "gj west": ["Steam bought, West"],
        "b2.1": ["Deaths at work"],
        "m3": ["=cmd, water", "=cmd, water, per Output", "Water drained"],
        "排水": ["Water drained"],
    }.items():
        tab.fill("[data-er-data] input", words)
        assert shown(tab) == found, words
        assert tab.inner_text("[data-er-data] p[data-words]") == f"{len(found)} of 8 shown"
    tab.fill("[data-er-data] input", "water")
    assert tab.evaluate("[...CSS.highlights.get('er-found')].map(String)") == ["water", "Water"], (
        "an intensity's row prints “Intensity” alone"
    )
    tab.fill("[data-er-data] input", "b2")
    assert tab.locator("figure[data-aspect=A2]").is_hidden(), "a table without a row is not shown"


def test_where_nothing_fits_there_is_a_way_back(opened, address):
    tab = opened(f"{address}en/figures.html")
    tab.fill("[data-er-data] input", "nothing like this")
    assert shown(tab) == [] and tab.is_visible(".er-none")
    tab.click(".er-none button")
    assert shown(tab) == ALL and tab.is_hidden(".er-none")
    assert tab.evaluate("document.activeElement.type") == "search"


def test_a_heading_goes_with_the_tables_below_it_and_comes_back(opened, address):
    tab = opened(f"{address}en/figures.html")
    for words, seen in (("deaths", True), ("nothing like this", False), ("", True)):
        tab.fill("[data-er-data] input", words)
        assert tab.is_visible("#all") == seen, words
        assert tab.is_visible("#how"), "words are not filtered"


def test_rows_are_chosen_by_aspect_and_by_requirement(opened, address):
    tab = opened(f"{address}en/figures.html")
    chips = tab.locator(".er-chips-line button")
    assert chips.all_inner_texts() == ["All8", "Use of resources6", "Health and safety2"]
    chips.nth(2).click()
    assert shown(tab) == ["Deaths at work", "Water drained"]
    chips.nth(0).click()
    tab.select_option("[data-er-data] select", "A2.1")
    assert shown(tab) == ["Steam bought", "Steam bought, East", "Steam bought, West"]
    assert tab.locator("[data-er-data] select option").all_inner_texts()[1:] == [
        "A2.2 (2)",
        "A2.1 (3)",
        "B2.1 (1)",
    ]


def test_what_is_looked_for_stands_in_the_address_and_goes_along_to_the_other_language(opened, address):
    tab = opened(f"{address}en/figures.html")
    tab.fill("[data-er-data] input", "water")
    tab.click(".er-chips-line button[value=A2]")
    tick(tab, "=cmd, water")
    tab.uncheck(".er-compare fieldset input[value='2023']")
    assert tab.url.endswith("#q=water&aspect=A2&rows=water&periods=2025+2024")
    tab.click("[data-er-switch]")
    tab.wait_for_url("**/zh-Hant/figures.html#*")
    assert shown(tab) == ["=cmd 用水", "=cmd 用水，按產量計算的密度"]
    assert [line[:2] for line in bars(tab)["=cmd 用水"]] == [("2025", "900.50"), ("2024", "1,000")]


def test_a_link_to_a_row_leads_there_also_after_typing(opened, address):
    tab = opened(f"{address}en/figures.html", width=390, reduced_motion="reduce")
    tab.fill("[data-er-data] input", "steam")
    tab.evaluate("location.hash = '#row-drained'")
    tab.wait_for_selector("#row-drained")
    tab.wait_for_timeout(200)
    top, foot = tab.evaluate(
        "(({ top, bottom }) => [top, bottom])(document.querySelector('#row-drained').getBoundingClientRect())"
    )
    assert top > 50 and foot <= 900


def test_a_link_to_a_row_comes_before_what_was_looked_for(opened, address):
    tab = opened(f"{address}en/figures.html#q=steam")
    tab.evaluate("location.hash = '#row-deaths'")
    tab.wait_for_selector("#row-deaths")
    assert shown(tab) == ALL


# ---- comparing


def test_one_unit_has_one_scale(opened, address, published):
    tab = opened(f"{address}en/figures.html")
    tick(tab, "=cmd, water", "Water drained")
    drawn = bars(tab)
    assert [line[:2] for line in drawn["=cmd, water"]] == [
        ("2025", "900.50"), ("2024", "1,000"), ("2023", "… (not available)"),
    ]  # fmt: skip
    assert [line[:2] for line in drawn["Water drained"]] == [
        ("2025", "450.25"),
        ("2024", "−50"),
        ("2023", "below 5"),
    ]
    lengths = {
        figure: length / float(published[figure]["value"])
        for metric, name in (("water", "=cmd, water"), ("drained", "Water drained"))
        for period, _, length in drawn[name]
        if published[figure := f"{metric}@{period}"]["kind"] == "value"
    }
    assert len(lengths) == 4
    one = lengths["water@2025"]
    assert all(abs(abs(each) - one) < 1e-6 for each in lengths.values()), lengths
    assert drawn["=cmd, water"][2][2] == drawn["Water drained"][2][2] == 0, "what is no number is not drawn"
    assert tab.inner_text(".er-scale") == "All bars are drawn to one scale, in m³."
    said = tab.get_attribute(".er-bars svg >> nth=0", "aria-label")
    assert said == "=cmd, water, 2025 900.50, 2024 1,000, 2023 … (not available)"


def test_units_do_not_share_a_scale_and_nil_is_said(opened, address):
    tab = opened(f"{address}en/figures.html")
    tick(tab, "=cmd, water", "Deaths at work", "Steam bought, West")
    drawn = bars(tab)
    assert [line[1] for line in drawn["Deaths at work"]] == ["Nil (none occurred)", "1", "– (not applicable)"]
    assert drawn["Deaths at work"][1][2] == drawn["=cmd, water"][1][2] > 100, "the largest of each unit"
    assert tab.inner_text(".er-scale").startswith("Units differ")
    tab.click(".er-compare summary")
    assert tab.locator(".er-compare tbody tr").all_inner_texts()[2].split("\t") == [
        "Deaths at work", "people",
        "Nil (none occurred)", "1", "– (not applicable)",
    ]  # fmt: skip
    assert tab.inner_text(".er-chosen p") == "3 ticked"
    tab.click(".er-chosen button")
    assert tab.is_hidden(".er-compare") and tab.is_hidden(".er-chosen")


# ---- taking away


def saved(tab: Any, kind: str) -> tuple[str, bytes]:
    with tab.expect_download() as waiting:
        tab.click(f".er-take button[value={kind}]")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_files_hold_what_is_shown_exactly_as_it_is_published(opened, address, published, language):
    tab = opened(f"{address}{language}/figures.html#aspect=A2")
    name, content = saved(tab, "csv")
    tag = tab.evaluate("document.documentElement.lang")
    assert name == f"tiny-esg-2025-data.{tag}.csv"
    head, *lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert head[4:] == ["2025", "2024", "2023"] and [line[0] for line in lines] == [
        "water", "water~per.output", "steam", "steam[site=east]", "steam[site=west]", "output",
    ]  # fmt: skip
    name, content = saved(tab, "xlsx")
    assert name.endswith(f"{tag}.xlsx") and zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    first, *rows = list(sheet.iter_rows(values_only=True))
    assert list(first) == head and len(rows) == len(lines)
    name, content = saved(tab, "json")
    read = json.loads(content)
    assert read["language"] == tag and [row["id"] for row in read["rows"]] == [line[0] for line in lines]
    numbers = 0
    for line, row, record in zip(lines, rows, read["rows"], strict=True):
        assert row[0] == line[0] and record["unit"] == line[2] == (row[2] or "")
        for column, period in enumerate(("2025", "2024", "2023"), start=4):
            told = record["values"][period]
            figure = published[told["figure"]]
            assert (told["kind"], told["value"]) == (figure["kind"], figure["value"] or "")
            if figure["kind"] == "value":
                assert line[column] == figure["value"] and float(row[column]) == float(figure["value"])
                assert isinstance(row[column], int | float)
                numbers += 1
            else:
                assert figure["printed"][language] in line[column] and row[column] == line[column]
    assert numbers == 15
    assert (
        tab.inner_text(".er-said")
        == {
            "en": f"Saved as {name}; rows: 6.",
            "zh-Hant": f"已將6項寫入{name}。",
        }[language]
    )


def test_no_text_is_a_formula(opened, address):
    tab = opened(f"{address}en/figures.html")
    tick(tab, "=cmd, water")
    lines = list(csv.reader(io.StringIO(saved(tab, "csv")[1].decode("utf-8-sig"))))
    assert [line[1] for line in lines[1:]] == ["'=cmd, water"], "the ticked one alone"
    cell = openpyxl.load_workbook(io.BytesIO(saved(tab, "xlsx")[1])).active["B2"]
    assert (cell.value, cell.data_type) == ("=cmd, water", "s")


def test_the_files_of_the_build_hold_no_formula_either(site):
    text = (site / "data/figures.csv").read_text(encoding="utf-8-sig")
    lines = {line["id"]: line for line in csv.DictReader(io.StringIO(text))}
    assert (lines["water@2025"]["name_en"], lines["water@2025"]["value"]) == ("'=cmd, water", "900.50")
    assert lines["drained@2024"]["value"] == "-50", "a number stays one"


def test_copying_gives_columns_and_says_so(opened, address):
    tab = opened(f"{address}en/figures.html#q=drained", permissions=["clipboard-read", "clipboard-write"])
    tab.click(".er-take button[value=copy]")
    tab.wait_for_selector(".er-said:not(:empty)")
    assert tab.inner_text(".er-said") == "Rows copied: 1."
    lines = tab.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split("\t") for line in lines] == [
        ["Figure id", "Name", "Unit", "Codes", "2025", "2024", "2023"],
        ["drained", "Water drained", "m³", "", "450.25", "-50", "below 5"],
    ]


def test_restated_and_estimated_figures_are_named_in_the_files(opened, tmp_path):
    values = "{2025: 29 843 800, 2024: {value: 28 104 220, restated_from: 28 000 000, reason: {en: A meter., zh-Hant: 電表。}}}"
    files = {
        "data/aspects/a2.yml": TINY["data/aspects/a2.yml"].replace(
            "{2025: 29 843 800, 2024: 28 104 220}", values
        ),
        "content/en/a2.md": "# Energy\n\n## Figures { #figures }\n\n```summary\ncolumns: [unit, 2025, 2024]\n```\n",
        "content/zh-Hant/a2.md": "# 能源\n\n## 數據 { #figures }\n\n```summary\ncolumns: [unit, 2025, 2024]\n```\n",
    }
    root = write_project(tmp_path / "project", files)
    done = esgreport("build", "--project", root, "--only", "web")
    assert done.returncode == 0, done.stdout + done.stderr
    for language, status in (("en", ["Status", "2024 restated"]), ("zh-Hant", ["狀態", "2024 經重列"])):
        tab = opened((root / f"site/{language}/a2.html").as_uri())
        head, line = csv.reader(io.StringIO(saved(tab, "csv")[1].decode("utf-8-sig")))
        assert (head[4:], line[4:]) == (["2025", "2024", status[0]], ["29843800", "28104220", status[1]])
        sheet = openpyxl.load_workbook(io.BytesIO(saved(tab, "xlsx")[1])).active
        assert [cell.value for cell in sheet[2]][4:] == [29843800, 28104220, status[1]]
        values = json.loads(saved(tab, "json")[1])["rows"][0]["values"]
        assert (values["2024"]["status"], "status" in values["2025"]) == (status[1].partition(" ")[2], False)


def test_from_a_folder_it_works_too(opened, site):
    tab = opened(f"{(site / 'en/figures.html').as_uri()}#q=drained")
    assert shown(tab) == ["Water drained"]
    assert saved(tab, "csv")[1].decode("utf-8-sig").splitlines()[1].startswith("drained,Water drained")
    tab.click(".er-take button[value=copy]")
    tab.wait_for_selector(".er-said:has-text('copied')")


# ---- for everybody


def test_without_javascript_the_tables_are_all_there(opened, address):
    tab = opened(f"{address}en/figures.html", java_script_enabled=False)
    assert tab.locator("tr[data-name]").count() == 8
    assert all(row.is_visible() for row in tab.locator("tr[data-name]").all())
    assert not tab.is_visible("[data-er-data]"), "nothing is offered that does nothing"


def test_by_keyboard_alone(opened, address):
    tab = opened(f"{address}en/figures.html")
    tab.focus("[data-er-data] input")
    tab.keyboard.type("water")
    for _ in range(20):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.matches('tr input')"):
            break
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Space")
    assert list(bars(tab)) == ["=cmd, water", "Water drained"]
    tab.focus(".er-chosen a")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "er-compare"


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_on_a_phone_nothing_moves_sideways(opened, address, language):
    tab = opened(f"{address}{language}/figures.html#rows=water+drained", width=390)
    assert tab.locator(".er-bars svg").count() == 2
    wide = tab.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    edges = tab.eval_on_selector_all(
        ".er-bars text", "all => all.map(text => text.getBoundingClientRect().right)"
    )
    assert max(edges) < 390


# ---- the index


def test_the_index_is_filtered_by_an_address(opened, address):
    tab = opened(f"{address}en/contents.html")
    index = tab.get_attribute(".index-table", "id")
    tab.fill("[data-er-filter] input", "a2.2")
    tab.click("[data-er-filter] button[value=disclosed]")
    assert tab.url.endswith(f"#{index}.q=a2.2&{index}.status=disclosed")
    tab.reload()
    rows = tab.locator(".index-table tbody tr[data-status]:visible")
    assert [row.locator("th").inner_text() for row in rows.all()] == ["KPI A2.2"]
    assert tab.locator(".index-table tbody tr.group:visible").count() == 1, "other headings are not shown"
    assert tab.input_value("[data-er-filter] input") == "a2.2"
    tab.click("[data-er-switch]")
    tab.wait_for_url("**/zh-Hant/contents.html#*")
    assert tab.locator(".index-table tbody tr[data-status]:visible").count() == 1


def test_a_chip_leads_to_its_row_and_back(opened, address):
    tab = opened(f"{address}en/a2.html")
    tab.click("a.er-chip")
    row = tab.locator(":target")
    assert row.locator("th").inner_text() == "KPI A2.2" and row.is_visible()
    row.locator(".c-section a").click()
    assert tab.url.endswith("en/a2.html#use")
