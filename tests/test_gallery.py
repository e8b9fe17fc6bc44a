"""The gallery, examples/gallery: every construct of a report, as a page and as paper, kept as golden files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import GOLDEN, ROOT, Built, here

GALLERY = ROOT / "examples" / "gallery"
SLUG = "slow-boat-gallery-2025"
LANGUAGES = ("en", "zh-Hant")
PAGES = tuple(sorted(path.stem for path in (GALLERY / "content" / "en").glob("*.md")))
CONSTRUCTS = {f"C{number:03}" for number in range(1, 118)}
SECTION = re.compile(r"^#+ .*\{ #(\S+).* \}$", re.MULTILINE)
VOID = {"br", "img", "hr", "wbr", "input", "meta", "link", "source", "col"}
# Tags that carry meaning; of the others only what they hold is kept.
MEANT = {
    *("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "blockquote", "figcaption", "caption", "table", "tr"),
    *("figure", "ol", "ul", "dl", "img", "svg"),
}  # fmt: skip
LINES = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "blockquote", "figcaption", "caption", "tr"}
UNREAD = {"script", "style", "nav", "button", "input"}


@pytest.fixture
def gallery(gallery_website: Built) -> Built:
    """The gallery's websites."""
    return gallery_website


@pytest.fixture
def books(built_gallery: Built) -> Path:
    """The folder of the gallery's PDFs."""
    return built_gallery.out / "pdf"


class Outline(HTMLParser):
    """What a page says, a line for each heading, paragraph, item or row; figures with their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.unread = 0
        self.inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "article":
            self.inside = True
        if not self.inside:
            return
        self.unread += (self.unread > 0 or tag in UNREAD) and tag not in VOID
        if self.unread:
            return
        if tag in LINES:
            self.end_line()
            self.words.append(f"<{tag}{' #' + given['id'] if 'id' in given else ''}>")
        elif tag in {"td", "th"}:
            self.words.append(" | ")
        elif tag == "img":
            self.words.append(f" [picture: {given.get('alt', '')}] ")
        elif tag in MEANT:
            self.end_line()
            label = given.get("aria-label") or ""
            self.lines.append(f"<{tag}>{' ' + label if label else ''}")
        if figure := given.get("data-figure"):
            self.words.append(f" {{{figure}}} ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.end_line()
            self.inside = False
        if self.unread and self.inside:
            self.unread -= tag not in VOID
        elif tag in MEANT:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if self.inside and not self.unread:
            self.words.append(data)

    def end_line(self) -> None:
        line = " ".join("".join(self.words).split())
        self.words.clear()
        if line and not re.fullmatch(r"<\w+>", line):
            self.lines.append(line)


def outline(html: str) -> str:
    parser = Outline()
    parser.feed(html)
    return "\n".join(parser.lines) + "\n"


def anchors(language: str, page: str) -> list[str]:
    return SECTION.findall((GALLERY / "content" / language / f"{page}.md").read_text(encoding="utf-8"))


# ---- what it holds


def test_every_construct_is_shown_or_left_out_with_a_reason() -> None:
    shown = {id.upper() for page in PAGES for id in anchors("en", page)} & CONSTRUCTS
    listed = (GALLERY / "README.md").read_text(encoding="utf-8").partition("## Left out")[2]
    rows = re.findall(
        r"^\| (C\d{3}) [^|]+ \| ([^|]+) \| ([^|]+) \|$", listed.partition("## ")[0], re.MULTILINE
    )
    left_out = {code for code, reason, needed in rows if reason.strip() and needed.strip()}
    assert shown | left_out == CONSTRUCTS
    assert not shown & left_out


def test_what_is_shown_in_part_is_shown() -> None:
    part = (GALLERY / "README.md").read_text(encoding="utf-8").partition("## Shown in part")[2]
    named = set(re.findall(r"C\d{3}", part))
    assert named and named <= {id.upper() for page in PAGES for id in anchors("en", page)}


def test_each_construct_stands_once_and_its_heading_names_it() -> None:
    for language in LANGUAGES:
        texts = [
            (GALLERY / "content" / language / f"{page}.md").read_text(encoding="utf-8") for page in PAGES
        ]
        titled = re.findall(r"^## (C\d{3}) \S.* \{ #(c\d{3})(?: .*)? \}$", "\n".join(texts), re.MULTILINE)
        assert [id.upper() for _, id in titled] == [code for code, _ in titled]
        assert len(titled) == len(set(titled))
        assert {code for code, _ in titled} == CONSTRUCTS - {"C104", "C105"}


def test_it_is_data_and_markdown_alone() -> None:
    files = (path.relative_to(GALLERY) for path in GALLERY.rglob("*") if path.is_file())
    kinds = {path.suffix for path in files if path.parts[0] not in {"site", ".cache"}}
    assert kinds <= {".yml", ".csv", ".md", ".svg", ".png", ".jpg"}
    assert not (GALLERY / "templates").exists()


def test_nothing_is_found_but_what_is_accepted() -> None:
    done = here("check", "--project", GALLERY, "--format", "json")
    told = json.loads(done.stdout)
    assert told["diagnostics"] == []
    assert (GALLERY / "data" / "accepted.yml").read_text(encoding="utf-8").count("- code:") == 7
    assert done.returncode == 0


# ---- what must not break it


def test_a_character_that_no_face_has_is_found(tmp_path: Path) -> None:
    root = tmp_path / "gallery"
    shutil.copytree(GALLERY, root, ignore=shutil.ignore_patterns("site", ".cache"))
    page = root / "content" / "zh-Hant" / "odd.md"
    page.write_text(page.read_text(encoding="utf-8").replace("貨𨋢", "貨𲎯"), encoding="utf-8")
    done = here("check", "--project", root, "--format", "json")
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert (found["code"], found["path"]) == ("missing-glyph", "content/zh-Hant/odd.md")


def test_long_and_odd_things_are_whole(gallery: Built) -> None:
    for language in LANGUAGES:
        said = outline((gallery.out / language / "odd.html").read_text(encoding="utf-8"))
        assert "𨋢" in said
        assert sum(line.startswith("<li>") for line in said.splitlines()) >= 40
        assert max(map(len, re.findall(r"[a-z]+", said))) == 200
        table = outline((gallery.out / language / "social.html").read_text(encoding="utf-8"))
        cells = set(re.findall(r"supplies@2025\[buyer=(\w+),province=(\w+)\]", table))
        assert len(cells) == 26 * 6


# ---- golden pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_the_web_page_says_what_it_said(
    gallery: Built, golden: Callable[[str, str], None], page: str, language: str
) -> None:
    html = (gallery.out / language / f"{page}.html").read_text(encoding="utf-8")
    golden(f"gallery/{page}.{language}.web.txt", outline(html))


def paper(book: Path, language: str) -> Iterator[tuple[str, str]]:
    """The text of each chapter of a book: the pages from its opening page on, without the lines that every page has."""
    text = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", book, "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    chapters: dict[str, list[str]] = {}
    code = ""
    codes = {
        re.search(r"^code: (\w)$", path.read_text(encoding="utf-8"), re.MULTILINE)[1]: path.stem  # type: ignore[index]
        for path in (GALLERY / "content" / language).glob("*.md")
    }
    for page in text.split("\f"):
        lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        if lines and lines[0] in codes:
            code, lines = lines[0], lines[:-1]
        elif lines:
            lines = lines[1:-1]  # the running head, and the foot with the folio
        if code and lines:
            chapters.setdefault(code, []).extend(lines)
    return ((codes[code], "\n".join(lines) + "\n") for code, lines in chapters.items())


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_says_what_it_said(books: Path, golden: Callable[[str, str], None], language: str) -> None:
    chapters = dict(paper(books / f"{SLUG}.{language}.pdf", language))
    assert sorted(chapters) == sorted(PAGES)
    for page, text in chapters.items():
        golden(f"gallery/{page}.{language}.pdf.txt", text)


def test_golden_pages_are_small() -> None:
    assert sum(path.stat().st_size for path in (GOLDEN / "gallery").glob("*.txt")) < 300_000
