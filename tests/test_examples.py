"""The second report, examples/river-alloy: another company, industry, language, framework and brand, the same tool.

It is built once for all tests here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Built, here
from esgreport import pdf
from esgreport.languages import words
from pdf_pages import Pdf

EXAMPLE = ROOT / "examples" / "river-alloy"
PAGES = sorted((EXAMPLE / "content" / "zh-Hans").glob("*.md"))
HAN = re.compile(r"[\u4e00-\u9fff]")
# Traditional forms, each after the Simplified one that belongs here.
PAIRS = (
    "环環减減废廢气氣员員责責权權强強与與报報导導为為处處应應对對产產业業机機构構发發总總电電线線标標准準范範围圍种種类類"
    "费費监監测測绩績达達务務财財税稅称稱资資讯訊据據备備学學厂廠区區项項个個无無续續变變动動较較进進险險体體关關点點规規"
    "则則审審议議设設计計团團队隊领領职職师師伤傷养養护護灾災户戶运運输輸储儲货貨单單价價协協会會题題积積极極质質铝鋁镁鎂钢鋼"
)
TRADITIONAL = frozenset(PAIRS[1::2])


@pytest.fixture(scope="module")
def example(built_example: Built) -> Built:
    return built_example


@pytest.fixture(scope="module")
def book(example: Built) -> Path:
    return example.out / "pdf" / "jiangcheng-esg-2024.zh-Hans.pdf"


def html(example: Built) -> Iterator[tuple[str, str]]:
    for path in sorted((example.out / "zh-Hans").glob("*.html")):
        yield path.name, path.read_text(encoding="utf-8")


# ---- the report


def test_it_is_final_and_nothing_is_found():
    assert "status: final" in (EXAMPLE / "data" / "report.yml").read_text(encoding="utf-8")
    done = here("check", "--project", EXAMPLE)
    assert (done.returncode, done.stdout.strip()) == (0, "0 errors, 0 warnings, 0 accepted.")


def test_it_is_as_large_as_a_report():
    narrative = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    metrics = [
        line
        for path in (EXAMPLE / "data" / "aspects").glob("*.yml")
        for line in path.read_text(encoding="utf-8").split("\ntargets:")[0].splitlines()
        if re.fullmatch(r"  \w+:", line)
    ]
    assert len(PAGES) >= 12
    assert len(HAN.findall(narrative)) >= 6000
    assert len(metrics) >= 60


def test_it_is_written_as_on_the_mainland():
    for path in [*PAGES, *EXAMPLE.glob("data/**/*.yml")]:
        text = path.read_text(encoding="utf-8")
        assert not TRADITIONAL & set(text), path.name
        assert not re.search(r"[「」『』]", text), path.name
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(rf"{HAN.pattern}[,;:?!]|[,;?!]{HAN.pattern}", text), path.name
        assert text.count("“") == text.count("”"), path.name


def test_cases_days_and_years_are_counted_as_on_the_mainland(example):
    text = {name: re.sub(r"<[^>]+>", "", page) for name, page in html(example)}
    assert "3起损失工时工伤" in text["message.html"]
    assert "宗" not in "".join(text.values()).replace("宗教", "")
    assert "2022、2023和2024年逐月产品产量" in text["climate.html"]


def test_without_javascript_every_figure_leads_to_its_row(example):
    rows = set(re.findall(r'id="(row-[^"]+)"', dict(html(example))["all_figures.html"]))
    found = 0
    for name, page in html(example):
        for tag, attributes in re.findall(r'<(a|span) class="figure [^"]*"([^>]*)>', page):
            if name != "all_figures.html":
                (row,) = re.findall(r'href="all_figures\.html#([^"]+)"', attributes)
                assert (tag, row in rows) == ("a", True), (name, attributes)
                found += 1
    assert found > 500


# ---- the website


def test_every_page_says_its_language_and_none_offers_another(example):
    pages = dict(html(example))
    assert pages.keys() == {f"{page.stem}.html".replace("home.html", "index.html") for page in PAGES}
    for name, text in pages.items():
        assert re.findall(r'<html[^>]* lang="([^"]+)"', text) == ["zh-Hans-CN"], name
        assert set(re.findall(r' lang="([^"]+)"', text)) == {"zh-Hans-CN"}, name
        assert "data-er-switch" not in text, name
        assert "hreflang" not in text, name
    top = (example.out / "index.html").read_text(encoding="utf-8")
    assert 'http-equiv="refresh" content="0; url=zh-Hans/index.html"' in top
    assert [path.name for path in example.out.iterdir() if path.is_dir()].count("en") == 0


def test_nothing_of_a_listed_company_is_printed(example, book):
    text = "".join(page for _, page in html(example))
    assert "股份代号" not in text
    assert words("zh-Hans")["prevailing"].partition("{")[0] not in text
    assert "在安徽省注册的非上市有限责任公司" in text
    with pikepdf.open(book) as opened:
        assert str(opened.Root.Lang) == "zh-Hans-CN"


def test_each_index_is_offered_under_its_own_name(example):
    home = (example.out / "zh-Hans" / "index.html").read_text(encoding="utf-8")
    labels = re.findall(r"<h3>内容索引</h3>\s*<p>([^<]+)</p>", home)
    assert len(labels) == len(set(labels)) == 2


@pytest.mark.long
def test_on_a_desk_no_table_is_cut(example, browser):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto((example.out / "zh-Hans" / "climate.html").as_uri())
    tab.evaluate("document.fonts.ready")
    cut = """[...document.querySelectorAll("figure, .scroll")].filter(box => box.scrollWidth > box.clientWidth)
        .map(box => box.innerText.slice(0, 20))"""
    assert tab.evaluate(cut) == []
    tab.close()


# ---- the indexes


def rows(example: Built, framework: str) -> list[Mapping[str, object]]:
    text = (example.out / "data" / f"content-index.{framework}.json").read_text(encoding="utf-8")
    return [row for row in json.loads(text)["rows"] if row["status"]]


@pytest.mark.parametrize(("framework", "count", "disclosed"), [("gri-2021", 125, 98), ("un-sdgs", 17, 15)])
def test_both_indexes_have_all_rows_and_real_answers(example, framework, count, disclosed):
    listed = rows(example, framework)
    assert len(listed) == count
    assert sum(row["status"] == "disclosed" for row in listed) == disclosed
    for row in listed:
        assert bool(row["locations"]) == (row["status"] == "disclosed"), row["id"]
        if row["status"] in ("explained", "not-applicable"):
            assert row["reason"]["zh-Hans"], row["id"]


@pytest.mark.parametrize("framework", ["gri-2021", "un-sdgs"])
def test_every_place_of_the_indexes_is_there_on_the_web_and_on_its_page(example, book, framework):
    pages, spots = dict(html(example)), Pdf(book).spots
    places = [place for row in rows(example, framework) for place in row["locations"]]
    assert places
    for place in places:
        name, _, anchor = place["url"].removeprefix("zh-Hans/").partition("#")
        title = re.search(rf'<h[23][^>]* id="{re.escape(anchor)}"[^>]*>(.*?)</h[23]>', pages[name], re.DOTALL)
        assert title, place
        assert place["title"] in re.sub(r"<[^>]+>", "", title[1])
        spot = spots[f"{name.removesuffix('.html')}/{anchor}"]
        assert str(spot.page + 1) == place["page"]
        assert int(place["last_page"]) >= int(place["page"])


def test_the_statement_of_use_stands_over_the_gri_index(example):
    page = (example.out / "zh-Hans" / "gri_index.html").read_text(encoding="utf-8")
    assert (
        "江澄轻合金科技（安徽）有限公司参照GRI标准编制本报告，报告期自2024年1月1日至2024年12月31日。" in page
    )


# ---- the faces


def faces_of(path: Path) -> dict[str, str]:
    """What each embedded face prints, by its name without the subset's letters."""
    found: dict[str, str] = {}
    with pikepdf.open(path) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0":
                codes = re.findall(rb"<[0-9a-fA-F]+> +<([0-9a-fA-F]+)>", item.ToUnicode.read_bytes())
                text = "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in codes)
                name = str(item.BaseFont).split("+")[-1]
                found[name] = found.get(name, "") + text
    return found


def test_the_book_prints_han_and_its_marks_in_the_simplified_face_alone(book):
    printed = faces_of(book)
    simplified = {
        name: text for name, text in printed.items() if name.startswith(("Noto-Sans-SC", "Noto-Serif-SC"))
    }
    others = "".join(text for name, text in printed.items() if name not in simplified)
    assert {re.sub(r"-(Medium|Semi-Bold|Light)$", "", name) for name in printed} == {
        "Noto-Sans-SC",
        "IBM-Plex-Sans",
    }
    assert len(HAN.findall("".join(simplified.values()))) > 1000
    assert not HAN.findall(others)
    assert not set("“”‘’，。（）") & set(others)
    assert not re.findall(r"[A-Za-z0-9]", "".join(simplified.values()))
    assert not TRADITIONAL & set("".join(printed.values()))


def test_a_brand_with_serif_headings_has_a_simplified_face_too(tmp_path):
    """Laid out by itself: the brand of the example sets headings in the sans face."""
    text = '<html lang="zh-Hans-CN"><body><div class="body"><h1>“环境”2024</h1><p lang="en">Energy</p></div></body></html>'
    styles = [ROOT / "templates" / "styles" / name for name in ("tokens.css", "print.css")]
    layout = pdf.lay_out(
        text, folder=tmp_path, allowed=(), faces=ROOT / ".cache" / "fonts", stylesheets=styles,
        language="zh-Hans-CN", title="t", identifier=b"t", languages=["zh-Hans"],
    )  # fmt: skip
    layout.write(tmp_path / "t.pdf")
    printed = {
        name: set(text) & set("“环境”2024Energy") for name, text in faces_of(tmp_path / "t.pdf").items()
    }
    assert printed["Noto-Serif-SC-Light"] == set("“环境”")
    assert printed["Source-Serif-4-Light"] == set("204")
    assert printed["IBM-Plex-Sans"] >= set("Energy")
    assert not layout.findings


def test_the_website_loads_the_simplified_faces_alone(example):
    css = (example.out / "zh-Hans" / "assets" / "web.css").read_text(encoding="utf-8")
    families = set(re.findall(r'@font-face \{ font-family: "([^"]+)"[^}]+url\("faces/', css))
    assert families == {"Noto Serif SC", "Noto Sans SC", "Source Serif 4", "IBM Plex Sans"}
    used = json.loads((example.out / "build.json").read_text(encoding="utf-8"))["fonts"]
    assert not [name for name in used if "HK" in name]


# ---- the brand


def tokens(*sheets: str) -> dict[str, str]:
    """The values of :root, a later sheet before an earlier one."""
    named: dict[str, str] = {}
    for sheet in sheets:
        for block in re.findall(
            r"(?m)^:root \{(.*?)^\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL), re.DOTALL
        ):
            named |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))
    return named


def colour(named: Mapping[str, str], name: str) -> str:
    value = named[name]
    while inner := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = named[inner[1]]
    return value


def painted(path: Path) -> set[str]:
    """Every colour that the book paints with, gradients included, as #rrggbb."""
    found = set()
    for stream in Pdf(path).streams():
        for numbers in re.findall(rb"(?:^|\s)([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b", stream):
            found.add("#" + "".join(f"{round(float(n) * 255):02x}" for n in numbers))
    return found


OURS = (ROOT / "templates" / "styles" / "tokens.css").read_text(encoding="utf-8")
BRAND = (EXAMPLE / "templates" / "styles" / "tokens.css").read_text(encoding="utf-8")


def test_the_brand_says_only_what_differs_and_reaches_every_tone():
    first, second = tokens(OURS), tokens(OURS, BRAND)
    assert len(tokens(BRAND)) < len(first) / 2
    tones = [name for name in first if re.match(r"--tone-[023]-", name)]
    assert len(tones) >= 21
    assert [name for name in tones if colour(first, name) == colour(second, name)] == []


def test_the_brand_colours_the_book_and_nothing_of_the_first_brand_is_left(book):
    first, second = tokens(OURS), tokens(OURS, BRAND)
    colours = painted(book)
    for name in ("--brand", "--second", "--lantern", "--tone-0-far", "--tone-2-middle", "--tone-3-near"):
        assert colour(second, name) in colours, name
    changed = {colour(first, name) for name in tokens(BRAND) if colour(first, name).startswith("#")}
    statuses = {colour(second, name) for name in ("--ok", "--part", "--explain", "--none", "--missing")}
    assert not colours & (changed - statuses - {colour(second, name) for name in second})


def test_the_website_takes_the_brand_after_the_tokens_of_the_tool(example):
    css = (example.out / "zh-Hans" / "assets" / "tokens.css").read_text(encoding="utf-8")
    assert tokens(css) == tokens(OURS, BRAND)


def test_no_other_file_names_a_colour():
    """But for black ink: paper printed from a browser, and masks, which have no colour."""
    for path in [*(ROOT / "templates").rglob("*.css"), *(ROOT / "templates").rglob("*.html")]:
        if path.name != "tokens.css":
            text = re.sub(r"(?s)@media print \{\n.*", "", path.read_text(encoding="utf-8"))
            text = re.sub(r"mask: [^;]+;|&#\d+;", "", text)
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl", text) == [], path.name
