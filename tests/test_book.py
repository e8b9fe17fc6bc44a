"""How the book is made: its trim, its first page number, its covers, its inside cover, its dates."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from conftest import TINY, here
from esgreport.languages import in_han, worded_date
from esgreport.views import texts
from esgreport.writer import report_view
from pdf_pages import Pdf
from PIL import Image
from reports import edition_of, face_file

MM = 72 / 25.4
REPORT = TINY["data/report.yml"].replace("pages: [a2]", "pages: [a2, b1]")
CHAPTERS = {
    "content/en/a2.md": "---\ncode: A2\n---\n# Energy\n\n## Use\n\nWe bought {{ electricity }}, see [](b1.md#figures).\n",
    "content/zh-Hant/a2.md": "---\ncode: A2\n---\n# 能源\n\n## 使用 { #use }\n\n外購電力為{{ electricity }}，見[](b1.md#figures)。\n",
    "content/en/b1.md": '---\ncode: B1\n---\n# People\n\n## Figures { #figures answers="A2.GD" }\n\nA section.\n',
    "content/zh-Hant/b1.md": '---\ncode: B1\n---\n# 人\n\n## 數據 { #figures answers="A2.GD" }\n\n一節。\n',
}
FOLLOWS = "  issuer_class: main-board\nframeworks: [hkex-esg-code-2025]\n"


def with_lines(lines: str, report: str = REPORT) -> dict[str, str]:
    return {"data/report.yml": report + lines, **CHAPTERS}


def book(root: Path, *more: str, language: str = "en") -> Path:
    """The PDF of a project in one language."""
    done = here("build", "--project", root, "--only", "pdf", "--edition-lang", language, *more)
    assert done.returncode == 0, done.stderr
    return root / "site" / "pdf" / f"tiny-esg-2025.{language}.pdf"


def sizes(path: Path) -> set[tuple[int, ...]]:
    """The sizes of all pages in tenths of a millimetre."""
    with pikepdf.open(path) as pdf:
        return {tuple(round(float(side) / MM * 10) for side in list(page.mediabox)[2:]) for page in pdf.pages}


@pytest.mark.parametrize(
    ("trim", "size"),
    [("", (2100, 2970)), ("trim: A4", (2100, 2970)), ("trim: [210, 285]", (2100, 2850)), ("trim: [215.9, 279.4]", (2159, 2794))],
)  # fmt: skip
def test_every_page_has_the_trim(project, trim, size):
    path = book(project(with_lines(f"print: {{{trim}}}\n" if trim else "")))
    assert sizes(path) == {size}
    assert max(c.end for n in range(3) for c in Pdf(path).characters(n)) < size[0] / 10 * MM


@pytest.mark.parametrize(
    ("trim", "message"),
    [
        ("A5", '"A5" is not a trim size that has a name'),
        ("[285, 210]", "the book cannot be made 285 × 210 mm"),
        ("[150, 285]", "the book cannot be made 150 × 285 mm"),
        ("[210]", "a trim size is a width and a height, in millimetres"),
        ("[wide, 285]", '"wide" is not a number (the trim size)'),
    ],
)
def test_a_trim_that_no_book_has_is_refused(project, trim, message):
    done = here("check", "--project", project(with_lines(f"print: {{trim: {trim}}}\n")))
    assert done.returncode == 1 and message in done.stdout


@pytest.mark.parametrize("folio", ["0", "12.5", "99999", "iv"])
def test_a_first_page_without_a_number_is_refused(project, folio):
    done = here("check", "--project", project(with_lines(f"print: {{first_folio: {folio}}}\n")))
    assert done.returncode == 1 and "error[bad-number]" in done.stdout


@pytest.mark.parametrize("first", [1, 56, 57])
@pytest.mark.parametrize("cover", ["true", "false"])
def test_all_that_names_a_page_counts_from_the_first_folio(project, first, cover):
    root = project(with_lines(f"print: {{first_folio: {first}, cover: {cover}}}\n"))
    pdf = Pdf(book(root))
    assert pdf.labels == [str(first + n) for n in range(len(pdf.labels))]
    folio = {name: pdf.labels[spot.page] for name, spot in pdf.spots.items()}
    for link in pdf.links:  # the contents, and the reference in the text
        assert set(re.findall(r"\d+", link.text.replace("A2", "").replace("B1", ""))) <= {folio[link.name]}
    assert any(f"(page {folio['b1/figures']})" in pdf.text(n) for n in range(len(pdf.labels)))
    assert pdf.text(pdf.spots["b1/figures"].page).count(folio["b1/figures"]) == 1  # in the foot
    assert all(int(folio[chapter]) % 2 for chapter in ("a2", "b1"))  # openers on the right
    traced = here("trace", "electricity@2025", "--project", root)
    assert f"page {folio['electricity@2025/1']} of the PDF" in traced.stdout
    assert ("Tiny Copper Limited" in pdf.text(0) and "Contents" not in pdf.text(0)) == (cover == "true")


@pytest.mark.parametrize("first", [57, 58])
def test_a_book_without_covers_begins_with_its_contents(project, first):
    pdf = Pdf(book(project(with_lines(f"print: {{first_folio: {first}, cover: false}}\n"))))
    assert pdf.spots["contents"].page == 0 and str(first) in pdf.text(0)


def test_the_index_as_a_file_has_the_pages_of_the_book(project):
    report = REPORT.replace("  issuer_class: main-board\n", FOLLOWS)
    root = project(with_lines("print: {first_folio: 57, cover: false}\n", report))
    done = here("build", "--project", root, "--only", "pdf,data")
    assert done.returncode == 0, done.stderr
    pdf = Pdf(root / "site" / "pdf" / "tiny-esg-2025.en.pdf")
    rows = json.loads((root / "site/data/content-index.hkex-esg-code-2025.json").read_text(encoding="utf-8"))
    pages = {
        str(place["page"])
        for row in rows["rows"]
        for place in row["locations"]
        if place["lang"] == "en" and "b1" in place["url"]
    }
    assert pages == {pdf.labels[pdf.spots["b1/figures"].page]}


# ---- the cover


LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z" fill="#123456"/></svg>'
)


def alternatives(path: Path) -> set[str]:
    """The alternative texts of all figures in the tags."""
    found = set()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
                found.add(str(item.Alt))
    return found


def test_the_logo_stands_on_the_covers_where_there_is_one(project):
    root = project(with_lines(""))
    lantern = book(root)
    assert "◆" in Pdf(lantern).text(0) and "Tiny Copper Limited" not in alternatives(lantern)
    (root / "content/assets").mkdir()
    (root / "content/assets/logo.svg").write_text(LOGO, encoding="utf-8")
    logo = book(root)
    assert "◆" not in Pdf(logo).text(0) and "Tiny Copper Limited" in alternatives(logo)


def with_picture(project, lines: str, width: int = 2600) -> Path:
    root = project(with_lines(lines))
    (root / "content/assets").mkdir()
    Image.new("RGB", (width, 1200), "teal").save(root / "content/assets/quay.jpg")
    (root / "data/pictures.yml").write_text(
        "quay:\n  file: assets/quay.jpg\n  alt: {en: Ropes on a quay, zh-Hant: 碼頭上的繩纜}\n"
        '  caption: {en: "The quay at Tuen Mun, 2025.", zh-Hant: 屯門碼頭，2025年。}\n',
        encoding="utf-8",
    )
    return root


def test_a_picture_of_the_project_takes_the_place_of_the_mountains(project):
    path = book(with_picture(project, "brand: {cover: quay}\n"))
    assert "Ropes on a quay" in alternatives(path)
    assert "The quay at Tuen Mun, 2025." in Pdf(path).text(0).replace("\xa0", " ")


def test_a_cover_picture_is_looked_at_like_any_other(project):
    small = here("check", "--project", with_picture(project, "brand: {cover: quay}\n", 900))
    assert "warning[picture-resolution] assets/quay.jpg has 104 pixels to the inch" in small.stdout
    assert "printed 218 mm wide" in small.stdout


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("brand: {cover: quai}\n", '"quai" is not a picture of data/pictures.yml'),
        ("print: {boundary: [works]}\n", '"works" is not an entry of a register'),
    ],
)
def test_what_the_book_names_is_known(project, lines, message):
    done = here("check", "--project", with_picture(project, lines))
    assert done.returncode == 1 and message in done.stdout


def test_a_cover_picture_that_is_not_there_stops_the_build(project):
    root = with_picture(project, "brand: {cover: quay}\n")
    (root / "content/assets/quay.jpg").unlink()
    done = here("check", "--project", root)
    assert done.returncode == 1 and "error[missing-picture] assets/quay.jpg is not there" in done.stdout


# ---- the inside cover

PLANTS = "works: {name: {en: Sha Tin works, zh-Hant: 沙田廠}}\nold: {name: {en: Old works, zh-Hant: 舊廠}, until: 2024}\n"
INSIDE = """\
prevailing_language: en
dates: {approved: 2026-03-26}
print: {inside_cover: true, boundary: [works]}
"""
SIGNS = """\
aspect: A2
metrics:
  electricity:
    name: {en: Purchased electricity, zh-Hant: 外購電力}
    unit: kWh
    values: {2025: nil, 2024: {value: 28 104 220, status: estimated}}
"""


def inside(project, lines: str = INSIDE, **files: str):
    report = REPORT.replace("  issuer_class: main-board\n", FOLLOWS)
    root = project({**TINY, "data/report.yml": report.replace("[a2, b1]", "[a2]") + lines, "data/registers/plants.yml": PLANTS, **files})  # fmt: skip
    return root, report_view(edition_of(root), "zh-Hant").inside_cover


def test_the_inside_cover_says_what_the_data_know(project):
    _, view = inside(project)
    said = {heading: "".join(sentences) for heading, sentences in view.rows}
    assert list(said) == ["報告期", "匯報範圍", "準則及框架", "批准", "語文"]  # no metric is in money
    assert said["報告期"] == "本報告涵蓋2025年1月1日至2025年12月31日期間。另列2024年的數字，以供比較。"
    assert "沙田廠" in said["匯報範圍"] and "2026年3月26日" in said["批准"] and "英文" in said["語文"]
    assert view.signs == ()


def test_the_inside_cover_explains_the_signs_that_the_report_uses(project):
    _, view = inside(project, **{"data/aspects/a2.yml": SIGNS})
    assert view.signs == (("無", "並無發生"), ("E", "估算"))


def test_the_boundary_is_that_of_the_statements_where_none_is_named(project):
    said = "```statements\nsay: [boundary]\nboundary: [works]\n```\n"
    pages = {f"content/{x}/a2.md": TINY[f"content/{x}/a2.md"] + "\n" + said for x in ("en", "zh-Hant")}
    _, view = inside(project, INSIDE.replace(", boundary: [works]", ""), **pages)
    assert any("沙田廠" in sentence for _, sentences in view.rows for sentence in sentences)


def test_an_entry_that_is_gone_is_no_boundary(project):
    root, view = inside(project, INSIDE.replace("[works]", "[works, old]"))
    assert not any("舊廠" in text for text in texts(view))
    done = here("check", "--project", root)
    assert "error[statement-unsupported]" in done.stdout and '"old" exists' in done.stdout


def test_the_inside_cover_lies_behind_the_cover_and_has_no_folio(project):
    root, _ = inside(project)
    pdf = Pdf(book(root, language="zh-Hant"))
    assert pdf.spots["inside-cover"].page == 1 and pdf.spots["contents"].page == 2
    foot = [c for c in pdf.characters(1) if c.y < 22 * MM]
    assert "".join(c.text for c in foot) == "草稿"


# ---- years and days


def test_days_in_chinese_numerals():
    assert worded_date(date(2025, 6, 17), "zh-Hant", han=True) == "二零二五年六月十七日"
    assert worded_date(date(2030, 10, 30), "zh-Hans", han=True) == "二零三零年十月三十日"
    assert worded_date(date(2025, 12, 31), "en", han=True) == "31 December 2025"
    assert in_han("2024/25年度") == "二零二四／二五年度"
    assert in_han("2025年4月至9月，共120225宗") == "二零二五年四月至九月，共120225宗"


HAN = """\
date_style: {zh-Hant: han}
dates: {approved: 2026-03-26}
prevailing_language: en
print: {inside_cover: true}
"""


def test_years_and_days_are_written_in_one_style(project):
    sentence = '\n\n{{ electricity(show="period") }}、{{ electricity(show="date") }}。\n'
    page = TINY["content/zh-Hant/a2.md"]
    other = TINY["content/en/a2.md"]
    files = {
        "data/report.yml": TINY["data/report.yml"] + HAN,
        "content/zh-Hant/a2.md": page.replace("\n\n## 數據", sentence + "\n## 數據"),
        "content/en/a2.md": other.replace("\n\n## Figures", sentence + "\n## Figures"),
    }
    edition = edition_of(project(files))
    chinese, english = (list(texts(report_view(edition, x))) for x in ("zh-Hant", "en"))
    assert "二零二五年" in chinese and "二零二四年" in chinese  # over the columns
    assert any(
        "二零二五年、二零二五年十二月三十一日。" in text.replace("\n", "") for text in ["".join(chinese)]
    )
    assert any("二零二六年三月二十六日" in text for text in chinese)
    assert not any(re.search(r"\d年", text) for text in chinese)
    assert "2025" in english and any("26 March 2026" in text for text in english)


@pytest.mark.parametrize(("language", "style"), [("en", "han"), ("zh-Hans", "han"), ("zh-Hant", "lunar")])
def test_a_style_that_a_language_has_not_is_refused(project, language, style):
    report = TINY["data/report.yml"] + f"date_style: {{{language}: {style}}}\n"
    done = here("check", "--project", project({"data/report.yml": report}))
    assert done.returncode == 1 and "data/report.yml:16:" in done.stdout


def test_the_same_book_twice_is_the_same_bytes(project):
    root = with_picture(project, "brand: {cover: quay}\nprint: {trim: [210, 285], first_folio: 31, inside_cover: true}\n")  # fmt: skip
    first = book(root).read_bytes()
    assert book(root).read_bytes() == first


# ---- a company's own faces


def embedded(path: Path) -> set[str]:
    """The names of the fonts of a PDF, without the mark of a subset."""
    with pikepdf.open(path) as pdf:
        fonts = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
        return {str(item.BaseFont).partition("+")[2] for item in fonts if "/BaseFont" in item}


OWN = "brand: {faces: {display: [Own-600.ttf]}}\n"


def test_a_face_of_the_company_sets_its_role_and_the_tools_print_what_it_lacks(project):
    root = project({**with_lines(OWN), "templates/faces/Own-600.ttf": face_file()})
    names = embedded(book(root, language="zh-Hant"))
    assert any("Brand-display" in name for name in names)
    assert any("Noto-Serif-HK" in name for name in names)  # it has no Han characters
    assert not any("Source-Serif" in name for name in names)
    assert any("IBM-Plex-Sans" in name for name in names)  # text has no face of its own


def test_a_website_loads_the_face_too(project):
    root = project({**with_lines(OWN), "templates/faces/Own-600.ttf": face_file()})
    done = here("build", "--project", root, "--only", "web")
    assert done.returncode == 0, done.stderr
    assets = root / "site" / "en" / "assets"
    rules = (assets / "web.css").read_text(encoding="utf-8")
    (file,) = re.findall(r'font-family: "Brand display"; font-weight: 600;.*?url\("(faces/\S+?)"\)', rules)
    assert (assets / file).stat().st_size > 1_000
    tokens = (assets / "tokens.css").read_text(encoding="utf-8")
    assert ':root { --display: "Brand display", var(--serif); }' in tokens


def test_the_back_cover_leads_to_the_website(project):
    path = book(project(with_lines("site_url: https://tiny.example/esg\n")))
    with pikepdf.open(path) as pdf:
        notes = [note for note in pdf.pages[-1].get("/Annots", ()) if "/A" in note]
        assert "https://tiny.example/esg" in {str(note.A.URI).rstrip("/") for note in notes}
    assert "tiny.example/esg" in Pdf(path).text(len(Pdf(path).labels) - 1)
