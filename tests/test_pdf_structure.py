"""The structure of our PDFs, read back: every clause of pdf_clauses.py, and that each would be seen if it were broken.

No validator has judged these files; docs/print.md says so and lists what is held here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, Built
from esgreport import pdf
from esgreport.render import Templates
from esgreport.writer import report_view
from pdf_clauses import CLAUSES, Clause
from pdf_structure import Element, Reference, Structure
from reports import edition_of

FACES = ROOT / ".cache" / "fonts"
STYLES = [ROOT / "templates" / "styles" / name for name in ("tokens.css", "print.css")]
BOOKS = ("report/en", "report/zh-Hant", "gallery/en", "gallery/zh-Hant", "river-alloy/zh-Hans")


class Books:
    """The books that are read, each opened once; and the HTML that each was made from."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.request = request

    @cache  # noqa: B019  one for the session
    def structure(self, name: str) -> Structure:
        project, language = name.split("/")
        built: Built = self.request.getfixturevalue(
            {"report": "built", "gallery": "built_gallery", "river-alloy": "built_example"}[project]
        )
        (path,) = (built.out / "pdf").glob(f"*.{language}.pdf")
        return Structure.of(path)

    @staticmethod
    @cache
    def html(name: str) -> str:
        project, language = name.split("/")
        root = ROOT if project == "report" else ROOT / "examples" / project
        return Templates(root).book(report_view(edition_of(root), language))


@pytest.fixture(scope="session")
def books(request: pytest.FixtureRequest) -> Books:
    return Books(request)


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_a_book_holds(clause: Clause, name: str, books: Books) -> None:
    assert list(clause.check(books.structure(name))) == []


# ---- each check sees what it is for

SMALL = """<!doctype html><html lang="en-HK"><head><title>Small</title></head>
<body data-short="Small" data-title="Report" data-year="2025" data-draft="">
<section class="contents" id="contents" data-title="Contents"><h1 data-bookmark="Contents">Contents</h1>
<div class="list"><div role="doc-toc"><p class="entry"><a href="#chapter"><span class="page" data-target="#chapter"></span>
<span class="text">Chapter <span class="other" lang="zh-Hant-HK">第一章的名稱</span></span></a></p></div></div></section>
<section class="chapter" id="chapter" data-part="Part" data-code="A1" data-title="Chapter"><div class="body">
<h1 data-bookmark="A1 Chapter"><span class="chapter-code">A1</span> Chapter</h1>
<div class="heading level-2"><h2 id="chapter/one" data-bookmark="One">One</h2></div>
<p>Some words, and <a href="#chapter/two">another section</a> or <a href="https://example.com/">a page</a>.</p>
<p lang="zh-Hant-HK">LONG</p>
<ul><li>First<ul><li>Within</li></ul></li><li>Second</li></ul>
<dl class="ways"><div><dt>Mail</dt><dd><a href="mailto:esg@example.com">esg@example.com</a></dd></div><div><dt>Post</dt><dd>A street</dd><dd>A town</dd></div></dl>
<figure class="chart"><figcaption><span class="label">Chart 1</span> A bar</figcaption><p class="chart-note">A note on it.</p><div class="drawing">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="100" height="20" role="img"><title>A bar</title><desc>5 in 2025</desc><rect width="50" height="9"/><text x="4" y="18" font-size="8">5</text></svg></div>
</figure>
<p><svg class="icon" aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>Decorated.</p>
<div class="heading level-2"><h2 id="chapter/two" data-bookmark="Two">Two</h2></div><div class="heading level-3"><h3 id="chapter/three" data-bookmark="Three">Three</h3></div>
<figure class="metric-table"><figcaption><span class="label">Table 1</span> Water</figcaption><div class="scroll" data-label="Table 1" data-continued="continued"><table>
<thead><tr><th scope="col" rowspan="2">Plant</th><th scope="colgroup" colspan="2">Water<sup><span role="doc-noteref">a</span></sup></th></tr><tr><th scope="col">2025</th><th scope="col">2024</th></tr></thead>
<tbody>ROWS</tbody></table></div>
<ol class="notes"><li role="doc-footnote"><span class="mark">a</span>Metered.</li><li role="doc-footnote">No more.</li></ol></figure>
</div></section></body></html>"""

ROWS = "".join(
    f'<tr class="group"><th scope="rowgroup">Group {group}</th><td></td><td></td></tr>'
    + "".join(
        f'<tr class="metric depth-0"><th scope="row">Plant {group}.{n}</th><td>{n}1</td><td>{n}2</td></tr><tr class="member depth-1"><th scope="row">Line</th><td>{n}</td><td>–</td></tr>'
        for n in range(12)
    )
    for group in range(3)
)
LONG = "廠房（每十五分鐘一次）讀數，傳送至中央監控室；「基準」由主任覆核。" * 6


def laid_out(html: str, allowed: Sequence[Path] = ()) -> pdf.Layout:
    return pdf.lay_out(
        html, folder=ROOT, allowed=allowed, faces=FACES, stylesheets=STYLES, language="en-HK", title="Small",
        identifier=b"small",
    )  # fmt: skip


@pytest.fixture(scope="session")
def small() -> bytes:
    """A few pages that hold something of everything."""
    layout = laid_out(SMALL.replace("ROWS", ROWS).replace("LONG", LONG))
    assert layout.findings == ()
    return layout.content


@pytest.fixture(scope="session")
def small_structure(small: bytes) -> Structure:
    return Structure(small)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_a_violation_is_seen(clause: Clause, small: bytes, small_structure: Structure) -> None:
    assert list(clause.check(small_structure)) == []
    with pikepdf.open(io.BytesIO(small)) as changed:
        clause.plant(changed)
        planted = io.BytesIO()
        changed.save(planted)
    assert list(clause.check(Structure(planted.getvalue())))


# ---- what the engine is made to do


def test_a_table_that_goes_on_overleaf_stays_one(small_structure: Structure) -> None:
    (table,) = small_structure.named("Table")
    assert len(table.pages) > 1
    assert [kid.type for kid in table.elements] == ["Caption", "THead", "TBody"]
    painted = [text for _, kind, text in small_structure.artefacts if kind == "Pagination"]
    assert len(painted) >= (len(table.pages) - 1) * 4, "the head is painted on each page"


def test_a_cell_names_its_columns_its_group_and_its_row(small_structure: Structure) -> None:
    ids = {cell.has("ID"): cell.text for cell in small_structure.named("TH")}
    told = {
        tuple(ids[str(name)] for name in cell.attribute("Headers"))
        for cell in small_structure.named("TD")
        if cell.text.strip()
    }
    assert ("Watera", "2025", "Group 1", "Plant 1.3") in told
    assert ("Watera", "2024", "Group 2", "Plant 2.0", "Line") in told


def test_terms_and_labels_and_notes(small_structure: Structure) -> None:
    terms = [item for item in small_structure.named("LI") if "Post" in item.text]
    assert [(kid.type, kid.text) for kid in terms[0].elements] == [
        ("Lbl", "Post"),
        ("LBody", "A streetA town"),
    ]
    (first, second) = small_structure.named("Note")
    assert [kid.type for kid in first.elements] == ["Lbl"] and second.elements == []
    assert [each.text for each in small_structure.named("Reference")] == ["a"]


def test_a_chart_is_a_picture_with_its_caption(small_structure: Structure) -> None:
    (figure,) = small_structure.named("Figure")
    assert figure.has("Alt") == "A bar\n5 in 2025"
    (caption,) = figure.elements
    assert [kid.type for kid in caption.elements] == ["P"]


def test_a_picture_without_a_description_is_found() -> None:
    bare = SMALL.replace("<title>A bar</title><desc>5 in 2025</desc>", "")
    assert [each.code for each in laid_out(bare).findings] == ["missing-alt"]


# ---- what is read is what was written

BLANK = re.compile(r"[\s\u00ad\u200b\u2060]")
MARKER = re.compile(r"◆|•|\d+[.)]")


def written(html: str, structure: Structure) -> Iterator[str]:
    """The text of the print HTML in its order, as it should be told: without what is hidden, with what print.css writes."""
    page = BeautifulSoup(html, "html.parser").body
    assert page is not None
    places = pikepdf.NameTree(structure.catalog.Names.Dests)

    def folio(address: str) -> str:
        return structure.pages.labels[structure.page_of(places[address.removeprefix("#")][0])]

    def told(element: Tag) -> Iterator[str]:
        classes = element.get("class") or []
        if element.get("aria-hidden") == "true" or element.name in ("title", "desc") or id(element) in unseen:
            return
        if "credit" in classes:
            yield "*"
        for child in element.children:
            if isinstance(child, Tag):
                yield from told(child)
            elif type(child).__name__ == "NavigableString":
                yield BLANK.sub("", child)
        if "reference" in classes and element.name == "a":
            yield BLANK.sub(
                "", f"{element['data-before']}{folio(str(element['href']))}{element['data-after']}"
            )
        if "data-target" in element.attrs:
            yield folio(str(element["data-target"]))
        if "page" in classes and element.name == "a":
            first, last = folio(str(element["href"])), folio(str(element["data-last"]))
            yield first if int(last) <= int(first) else f"{first}–{last}"

    unseen = {id(each) for each in page.select(".back .ways dt, .cycle.bare .steps")}
    yield from told(page)


def unread(html: str, structure: Structure) -> Iterator[str]:
    """Where the text of the structure leaves that of the HTML; hyphens at the end of lines and marks of lists are passed over."""
    source = "".join(written(html, structure))
    at = 0

    def walk(element: Element) -> Iterator[str]:
        nonlocal at
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from walk(kid)
            elif not isinstance(kid, Reference):
                text = BLANK.sub("", kid.text)
                if source.startswith(text, at):
                    at += len(text)
                elif text.endswith("-") and source.startswith(text[:-1], at):
                    at += len(text) - 1
                elif not (element.type == "Lbl" and MARKER.fullmatch(text)):
                    yield f'{element}: "{text[:30]}" stands where "{source[at : at + 30]}" was written'
                    at = max(at, source.find(text, at) + len(text))

    yield from walk(structure.document)
    if source[at:]:
        yield f'"{source[at : at + 40]}" is not told'


@pytest.mark.parametrize("name", BOOKS)
def test_all_that_was_written_is_told_in_its_order(name: str, books: Books) -> None:
    assert list(unread(books.html(name), books.structure(name)))[:5] == []


def test_a_word_left_out_or_out_of_order_is_seen(small_structure: Structure) -> None:
    html = SMALL.replace("ROWS", ROWS).replace("LONG", LONG)
    assert list(unread(html, small_structure)) == []
    assert list(unread(html.replace("Some words", "Some more words"), small_structure))
    assert list(unread(html.replace(">31<", ">32<"), small_structure))
    swapped = html.replace("First", "?").replace("Second", "First").replace("?", "Second")
    assert list(unread(swapped, small_structure))
    assert list(
        unread(
            html.replace("</div></section></body>", "<p>Last.</p></div></section></body>"), small_structure
        )
    )


# ---- what the documentation says of it


def test_the_documentation_lists_these_clauses_and_claims_no_more() -> None:
    text = (ROOT / "docs" / "print.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \| ([^|]+?) \| [^|]+ \|$", text, re.MULTILINE)
    assert listed == [(clause.name, clause.checkpoints) for clause in CLAUSES]
    assert "veraPDF" in text and "No validator has been run" in text


CLAIM = re.compile(
    r"\bconform(s|ing|ant|ance)?\b[^.\n]{0,30}PDF/UA|PDF/UA[^.\n]{0,30}\bconform|符合 ?PDF", re.IGNORECASE
)


def test_nothing_claims_to_conform() -> None:
    places = [ROOT / name for name in ("docs", "generator", "templates", "content", "data", "README.md")]
    files = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place])]
    texts = [path for path in files if path.suffix in (".md", ".py", ".html", ".j2", ".yml", ".css")]
    assert len(texts) > 50
    assert not [path.name for path in texts if CLAIM.search(path.read_text(encoding="utf-8"))]
    assert CLAIM.search("This file conforms to PDF/UA-1.") and CLAIM.search("本文件符合PDF/UA-1")
