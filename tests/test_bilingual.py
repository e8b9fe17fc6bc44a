"""The bilingual book: both languages side by side, row by row; what prints once and what prints twice; when there is none."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from conftest import TINY, here
from pdf_pages import Pdf
from pdf_structure import Content, Element, Structure

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


def side_by_side(structure: Structure) -> list[tuple[Element, Element]]:
    """The pairs of blocks and headings that stand beside each other; in cells and lines they follow each other."""
    pairs = [(a, b) for a, b in paired(structure) if a.text.strip() and b.text.strip()]
    places = [
        [next(c for x in e.contents for c in x.characters if c.text.strip()).x for e in pair]
        for pair in pairs
    ]
    return [pair for pair, (here, there) in zip(pairs, places, strict=True) if there - here > 60 / 25.4 * 72]


def uneven(pairs: list[tuple[Element, Element]]) -> list[str]:
    """The pairs of which one begins on another page or at another height; letters of headings are not alike in size."""
    wrong = []
    for one, other in pairs:
        (page, y), (other_page, other_y) = start(one), start(other)
        if page != other_page or abs(y - other_y) > 6:
            wrong.append(f"{one} at {y:.0f}, {other} at {other_y:.0f}")
    return wrong


def beyond(structure: Structure) -> list[str]:
    """Lines that run over the right edge of the text area; covers, openers and wide tables have other edges."""
    wrong = []
    for number in range(len(structure.pdf.pages)):
        width, height = (float(side) for side in structure.pdf.pages[number].MediaBox[2:])
        edge = width - (18 if number % 2 == 0 else 24) / 25.4 * 72
        drawn = [c for c in structure.pages.characters(number) if c.text.strip()]
        bare = not drawn or min(c.y for c in drawn) > 22 / 25.4 * 72
        over = [c for c in drawn if c.end > edge + 5]
        if over and width < height and not bare:
            wrong.append(f"page {number + 1}: {''.join(c.text for c in over)[:40]}")
    return wrong


def lanterns_left_behind(structure: Structure) -> list[int]:
    """The pages on which the words after a lantern stand on the next line."""
    drawn = {
        n: [c for c in structure.pages.characters(n) if c.text.strip()]
        for n in range(len(structure.pdf.pages))
    }
    return [
        page + 1
        for page, all in drawn.items()
        for a, b in pairwise(all)
        if a.text == "◆" and 8 < a.y - b.y < 20
    ]


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


@pytest.mark.long
def test_every_pair_of_the_whole_report_begins_on_one_page_at_one_height(built_bilingual):
    content = next((built_bilingual.out / "pdf").glob("*.bilingual.pdf")).read_bytes()
    structure = Structure(content)
    pairs = side_by_side(structure)
    assert len(pairs) > 400
    assert uneven(pairs) == []
    assert beyond(structure) == []
    assert lanterns_left_behind(structure) == []


def test_a_pair_that_is_shifted_is_found(project):
    texts = [("copper and water " * n, "銅和水都用得其所，" * n) for n in (3, 5, 8)]
    structure = Structure(book(project(pages(texts))).read_bytes())
    pairs = side_by_side(structure)
    assert len(pairs) == 3
    assert uneven(pairs) == beyond(structure) == []
    side = pairs[1][1].contents[0]
    lower, aside = (Structure(moved(structure, side, *way)) for way in ((0, -20), (60, 0)))
    (wrong,) = uneven(side_by_side(lower))
    assert "copper and water copper" in wrong and "銅和水" in wrong
    (wrong,) = beyond(aside)
    assert "銅和水都" in wrong


def moved(structure: Structure, content: Content, right: float, up: float) -> bytes:
    """The PDF with the lines of a piece of a page elsewhere."""
    with pikepdf.open(structure.file) as pdf:
        page, within, written = pdf.pages[content.page], False, []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC":
                within = operands[1].get("/MCID") == content.number
            if str(operator) == "Tm" and within:
                operands[4:] = [float(operands[4]) + right, float(operands[5]) - up]
            written.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(written))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


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


def test_cases_and_quotations_are_broken_like_text_and_stay_in_their_columns(project):
    """A paragraph of a case begins where the one before it ends, whatever comes under it; nothing runs over an edge."""
    case = "\n```case\ntitle: {}\ntext: |\n  {}\n\n  {}\nfigures: ['{{{{ electricity }}}} {}']\n```\n"
    quote = "\n```quote\ntext: {}\nby: {}\n```\n"
    files = pages([("We bought copper.", "本集團購買銅。")])
    for number in range(9):
        english, chinese = "the county built it " * (44 + 13 * number), "由縣政府興建，" * (26 + 8 * number)
        files["content/en/a2.md"] += case.format("Lorries", "the road was narrow " * 30, english, "bought")
        files["content/zh-Hant/a2.md"] += case.format("貨車", "道路原來狹窄，" * 16, chinese, "購入")
    files["content/en/a2.md"] += quote.format("every wire comes back " * 5, "A manager")
    files["content/zh-Hant/a2.md"] += quote.format("每一條銅線都會回來，" * 5, "一位經理")
    structure = Structure(book(project(files)).read_bytes())
    both = [(a, b) for a, b in paired(structure) if re.search("road|county|wire", a.text)]
    assert len(both) == 19
    for one, other in both:
        (page, y), (other_page, other_y) = start(one), start(other)
        assert page == other_page and abs(y - other_y) < 6
        for page in one.pages:
            sides = [[c for x in e.contents if x.page == page for c in x.characters] for e in (one, other)]
            width = max((c.end for c in sides[1]), default=0) - min(c.x for c in sides[0])
            assert width < (168 if "wire" in one.text else 156) / 25.4 * 72 + 0.1
    apart = 0
    for (first, _), (second, _) in zip(both[:-1:2], both[1::2], strict=True):
        page, y = start(second)
        end = min(c.y for c in first.contents[-1].characters)
        assert page == first.pages[-1] or end < 22 / 25.4 * 72 + 3 * LINES, "the page was full"
        apart += len(second.pages) > 1
    assert apart > 1


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


DRAWN = {
    "data/report.yml": EDITION,
    "data/aspects/a2.yml": """\
aspect: A2
metrics:
  people:
    name: {en: People at work, zh-Hant: 在職人數}
    unit: t
    breakdown:
      gender:
        2025: {male: 812, female: 366}
        2024: {male: 803, female: 352}
""",
    **{
        f"content/{language}/a2.md": f"# {title}\n\n"
        + "\n".join(
            f"```chart\nkind: {kind}\nmetrics: [people]\nmembers: gender\ncaption: {caption}\n```\n"
            for kind in ("bars", "donut", "ranked", "stacked")
        )
        for language, title, caption in (("en", "People", "More women"), ("zh-Hant", "僱員", "女性增加"))
    },
}


def test_what_is_drawn_says_which_language_it_is_in(project):
    """Pieces of a drawing cannot be elements, so the marks around its texts say their languages, and its description
    says where the language changes."""
    structure = Structure(book(project(DRAWN)).read_bytes())
    figures = [figure for figure in structure.named("Figure") if "Male" in figure.has("Alt")]
    assert len(figures) == 4
    for figure in figures:
        drawn = [c for content in figure.kids if hasattr(content, "characters") for c in content.characters]
        chinese = "".join(c.text for c in drawn if c.language == "zh-Hant-HK")
        english = "".join(c.text for c in drawn if c.language == "en-HK")
        assert "男性" in chinese and "女性" in chinese and not re.search("[A-Za-z]", chinese)
        assert "Male" in english and "Female" in english and not HAN.search(english)
        assert not [c.text for c in drawn if HAN.search(c.text) and c.language != "zh-Hant-HK"]
        broken = [
            one.text for one, other in pairwise(drawn) if one.text in "男女" and abs(one.y - other.y) > 1
        ]
        assert broken == [], "a name as long as its column stays in a line"
        assert {c.face[8:20] for c in drawn if HAN.search(c.text)} == {"Noto-Sans-HK"}
        assert {c.face[8:21] for c in drawn if c.text.isalpha() and c.text.isascii()} == {"IBM-Plex-Sans"}
        english, chinese = re.fullmatch("([^\x1b]*)\n\x1bzhHK\x1b([^\x1b]*)", figure.has("Alt")).groups()
        assert figure.language == "", "that of the document"
        assert "More women" in english and not HAN.search(english)
        assert "女性增加" in chinese and not re.search("[A-Za-z]{3}", chinese)


def test_chinese_beside_a_second_chinese_has_the_forms_of_its_own_script(project):
    """A report in three languages brings two Chinese faces, of which each text takes that of its language."""
    files = {
        name: re.sub("zh-Hant: ([^,}]+)", r"zh-Hant: \1, zh-Hans: \1", text)
        for name, text in {**TINY, **DRAWN}.items()
    }
    files["data/report.yml"] = files["data/report.yml"].replace("[zh-Hant, en]", "[zh-Hans, zh-Hant, en]")
    files["content/zh-Hans/a2.md"] = files["content/zh-Hant/a2.md"] + "\n在职人数。\n"
    files["content/zh-Hant/a2.md"] += "\n在職人數。\n"
    files["content/en/a2.md"] += "\nPeople.\n"
    path = book(project(files), "--only", "pdf,bilingual")
    for name, script in (("bilingual", "SC"), ("zh-Hans", "SC"), ("zh-Hant", "HK")):
        pdf = Pdf(path.with_name(f"tiny-esg-2025.{name}.pdf"))
        pages = [pdf.characters(number) for number in range(len(pdf.labels))]
        drawn = [c for page in pages for c in page if c.text in ("男", "女")]
        assert len(drawn) > 12
        written = {c.face[8:] for page in pages for c in page if HAN.search(c.text)}
        assert {face for face in written if f"-{script}" not in face} == set(), name


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
