"""Print HTML in, a tagged PDF and its folios out. The only module that knows WeasyPrint.

It refuses to reach outside the folders it is given, to use a face that is not among ours, and to let a
clock, a locale or a machine's paths into the file: the same input gives the same bytes everywhere.
What the engine would only whisper (a missing glyph, a picture it could not read) is a finding here.
It knows nothing of reports: which page an element came to lie on is all it says about them.

WeasyPrint is imported when a document is laid out, not before: `check` works without it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from esgreport import structure
from esgreport.diagnostics import Diagnostic, Place, blocking, error, in_order, warning

if TYPE_CHECKING:
    from esgreport.faces import Face
    from esgreport.pictures import Separation

VARIANT = "pdf/ua-1"
_ROOT = re.compile(r":root(?::lang\(([\w-]+)\))?")
BLEED = 3  # millimetres of colour over each edge of a page that is cut

# Every address inside the document is relative to this folder, which does not exist: what the project's
# real folder is called can so never get into a link, a message or the name of a picture in the PDF.
ROOT = "file:///report/"

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A photograph as it is printed: its file, the folio of its page, its pixels, its size in millimetres, and how many of
    its pixels come to the inch."""

    file: str
    folio: str
    pixels: tuple[int, int]
    size: tuple[int, int]
    resolution: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out: the PDF, its pages, the folio of every element with an id, what was found; for a printer
    its photographs and faces too."""

    content: bytes
    pages: int
    folios: Mapping[str, str]
    findings: tuple[Diagnostic, ...]
    placed: tuple[Placed, ...] = ()
    faces: tuple[str, ...] = ()

    def write(self, path: Path) -> None:
        """Write the PDF."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content)


@dataclass(frozen=True, slots=True)
class Press:
    """How a document is made for a printer: in the inks of his press, with bleed, without what only screens have use for
    (links, bookmarks, tags).

    Args:
        profile: the ICC profile of the press.
        inks: style sheets that give tokens in inks: ours, then the company's.
        made: the moment that the file says it was made at, as in 2026-03-27T00:00:00Z: never the clock's.
        marks: whether it has crop marks.
        multiple_of: its pages are as many as a multiple of this, by empty ones before a back cover.
        back_cover: whether its last page is one.
    """

    profile: bytes
    inks: Sequence[Path]
    made: str
    marks: bool = True
    multiple_of: int = 1
    back_cover: bool = True


def lay_out(
    html: str,
    *,
    folder: Path,
    allowed: Sequence[Path],
    faces: Path,
    stylesheets: Sequence[Path],
    language: str,
    title: str,
    identifier: bytes,
    languages: Sequence[str] = (),
    own_faces: Sequence[Face] = (),
    size: tuple[str, str] = ("210", "297"),
    first_folio: int = 1,
    press: Press | None = None,
) -> Layout:
    """Lay a document out and paint it.

    Args:
        html: the whole document; addresses in it are relative to `folder`.
        folder: what relative addresses start from.
        allowed: the folders from which pictures may be taken.
        faces: the folder with the files of faces.json.
        stylesheets: in the order in which they apply.
        language: the document's language, as in HTML's `lang`.
        title: the PDF's title.
        identifier: the first half of the PDF's /ID; the same for every issue of the same document.
        languages: of the report; they decide which of the faces are used.
        own_faces: of the company, used beside those of the folder.
        size: width and height of a page in millimetres.
        first_folio: the number of the first page, which lies on the right where it is odd.
        press: how it is made for a printer; for readers without.

    Finds:
        refused-resource, unreadable-picture, missing-glyph, unknown-anchor, local-link (blocking);
        repeated-anchor, missing-alt (errors); print-style, row-too-tall (warnings).

    Raises:
        FileNotFoundError: a face is not there; the machine is not set up.
    """
    with _our_faces_only(faces, languages, own_faces):
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        font_config = FontConfiguration()
    shared = {"font_config": font_config, "counter_style": _page_ranges()}
    place = Place(f"pdf ({language})")
    sheets = [path.read_text(encoding="utf-8") for path in stylesheets]
    sheets.append(_bound(size, first_folio))
    options: dict[str, Any] = {"pdf_variant": VARIANT}
    if press:
        sheets.append(_in_inks(sheets, [path.read_text(encoding="utf-8") for path in press.inks]))
        options = {"pdf_version": "1.6", "output_intent": "device-cmyk"}
    fetcher = _fetcher(folder, allowed)
    tall = False
    with _messages() as messages, _spaces_hang():

        def rendered(sheets: Sequence[str]) -> Any:
            return weasyprint.HTML(
                string=_counted(_coloured(html, _tokens(sheets, language))),
                base_url=ROOT,
                url_fetcher=fetcher,
                media_type="print",
            ).render(
                stylesheets=[
                    weasyprint.CSS(
                        string=sheet, base_url=ROOT, url_fetcher=fetcher, media_type="print", **shared
                    )
                    for sheet in sheets
                ],
                **options,
                **shared,
            )

        try:
            document = rendered(sheets)
        except (
            AssertionError
        ):  # the engine finds no page for a row that is taller than one and may not be broken
            tall = True
            document = rendered([*sheets, "* { break-inside: auto !important }"])
        if press:
            _fill_up(document, press, size)
        document.metadata.title = title
        document.metadata.lang = language
        folios: dict[str, str] = {}
        for number, page in enumerate(document.pages, start=first_folio):
            for anchor in page.anchors:
                folios.setdefault(anchor, str(number))
        local_links = list(_local_links(document, place))
        undescribed: list[Any] = []
        if press:
            content = _for_paper(document, press, identifier)
        else:
            with _structured(document) as undescribed:
                content = document.write_pdf(
                    pdf_identifier=identifier, finisher=_with_page_labels(first_folio), **options
                )
    findings = [
        *([_too_tall(place)] if tall else []),
        *(blocking("refused-resource", place, refusal) for refusal in fetcher.refusals.values()),
        *local_links,
        *_missing_descriptions(undescribed, place),
        *(_finding(message, html, place) for message in messages if not fetcher.refused(message)),
    ]
    placed = tuple(_placed(document, first_folio)) if press else ()
    names = sorted({font.name.decode().rpartition("+")[2].rstrip(",") for font in document.fonts.values()})
    return Layout(content, len(document.pages), folios, in_order(findings), placed, tuple(names))


def prepare(faces: Path, languages: Sequence[str] = (), own_faces: Sequence[Face] = ()) -> None:
    """Bring what a layout needs into this process, so that `lay_out` with the same faces begins at once.

    Raises:
        FileNotFoundError: a face is not there; the machine is not set up.
    """
    with _our_faces_only(faces, languages, own_faces):
        import weasyprint  # noqa: F401
        from weasyprint.text.fonts import FontConfiguration

        FontConfiguration()


def colour_profile() -> bytes:
    """What red, green and blue are in a PDF of ours: the sRGB profile (ICC) that comes with the engine."""
    import weasyprint

    return (Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc").read_bytes()


def versions() -> dict[str, str]:
    """The versions that decide what a page looks like, for build.json."""
    import pydyf
    import weasyprint
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return {
        "weasyprint": weasyprint.__version__,
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": _harfbuzz_version(),
        "pydyf": pydyf.__version__,
    }


def _harfbuzz_version() -> str:
    """The version of the shaping library, which WeasyPrint lets us ask only whether it is new enough."""
    from weasyprint.text.ffi import harfbuzz

    numbers: list[int] = []
    for _ in range(3):  # major, minor, micro: each is the largest number that is still old enough
        number = 0
        while harfbuzz.hb_version_atleast(*[*numbers, number + 1, 0, 0][:3]):
            number += 1
        numbers.append(number)
    return ".".join(map(str, numbers))


# The document before it is laid out


def _bound(size: tuple[str, str], first_folio: int) -> str:
    """The style sheet of a binding: print.css follows its properties, and pages count from the first folio."""
    width, height = size
    side = "right" if first_folio % 2 else "left"
    return (
        f":root {{ --page-width: {width}mm; --page-height: {height}mm }}"
        f"html {{ break-before: {side} }} @page :first {{ counter-increment: page {first_folio} }}"
    )


def coloured(html: str, stylesheets: Sequence[Path], language: str) -> str:
    """A drawing whose attributes name tokens, with the values that these have in print in a language."""
    return _coloured(html, _tokens([path.read_text(encoding="utf-8") for path in stylesheets], language))


def _tokens(sheets: Sequence[str], language: str = "") -> dict[str, str]:
    """The custom properties of `:root` in all style sheets, for all media and for print, in documents of a language."""
    import tinycss2

    found: dict[str, str] = {}
    of_language: dict[str, str] = {}

    def read(rules: Sequence[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
                if "print" in tinycss2.serialize(rule.prelude):
                    read(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule":
                root = _ROOT.fullmatch(tinycss2.serialize(rule.prelude).strip())
                if root is None or not f"{language}-".startswith(f"{root[1]}-" if root[1] else ""):
                    continue
                into = of_language if root[1] else found
                for declaration in tinycss2.parse_blocks_contents(rule.content):
                    if declaration.type == "declaration" and declaration.name.startswith("--"):
                        into[declaration.name] = tinycss2.serialize(declaration.value).strip()

    for sheet in sheets:
        read(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    return found | of_language


def _coloured(html: str, tokens: Mapping[str, str]) -> str:
    """Every attribute that is a token, as in fill="var(--ink)", given the token's value.

    Browsers do this by themselves; the engine applies no style sheet of the page inside a drawing. A list of faces
    there it splits at commas, and would take the space after one for part of a name.
    """

    def value(match: re.Match[str]) -> str:
        text = f"var({match[1]})"
        for _ in range(len(tokens)):
            if "var(" not in text:
                break
            text = re.sub(r"var\((--[\w-]+)\)", lambda inner: tokens.get(inner[1], ""), text)
        if not text:
            raise KeyError(f"{match[1]} is in no style sheet")
        return "=" + quoteattr(re.sub(r", +", ",", text))

    return re.sub(r'="var\((--[\w-]+)\)"', value, html)


def _counted(html: str) -> str:
    """The number that a list starts with as a style: the engine would read the attribute only with others that then
    outrank style sheets, such as the width and height of pictures."""
    return re.sub(
        r'(<ol\b[^>]*) start="(\d+)"',
        lambda found: f'{found[1]} style="counter-reset: list-item {int(found[2]) - 1}"',
        html,
    )


# Faces


@contextmanager
def _our_faces_only(folder: Path, languages: Sequence[str], own: Sequence[Face]) -> Iterator[None]:
    """Show the text libraries our faces and no other, whatever the machine has installed.

    They find faces through fontconfig, which reads this file when a document's faces are gathered. What it says of
    faces it keeps, so each wording of the file has a folder of its own.
    """
    from esgreport.faces import load_faces

    ours = load_faces(folder.resolve(), languages)
    patterns = "".join(f"<glob>{escape(str(face.path))}</glob>" for face in (*ours, *own))
    folders = sorted({str(folder.resolve()), *(str(face.path.parent) for face in own)})
    rules = (
        "".join(f"<dir>{escape(each)}</dir>" for each in folders)
        + f"<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{patterns}</acceptfont></selectfont>"
        f"{_letters_to_latin(ours)}{_named(own)}"
    )
    kept = folder.resolve().parent / "fontconfig" / hashlib.sha256(rules.encode()).hexdigest()[:12]
    kept.mkdir(parents=True, exist_ok=True)
    settings = kept / "fonts.conf"
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>'
        f"{rules}<cachedir>{escape(str(kept))}</cachedir></fontconfig>\n"
    )
    if not settings.is_file():
        fresh = kept / f"fonts.{os.getpid()}.conf"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(settings)
    variables = {"FONTCONFIG_FILE": str(settings), "FONTCONFIG_PATH": str(kept), "FONTCONFIG_SYSROOT": ""}
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update({name: value for name, value in variables.items() if value})
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _named(own: Sequence[Face]) -> str:
    """Rules that give the company's own faces the names that stacks know them by, whatever the files call themselves."""
    return "".join(
        f'<match target="scan"><test name="file"><string>{escape(str(face.path))}</string></test>'
        f'<edit name="family" mode="assign"><string>{face.family}</string></edit></match><!-- {face.sha256} -->'
        for face in own
    )


def _letters_to_latin(ours: Sequence[Face]) -> str:
    """Rules that hide the letters of the faces for Simplified Chinese, which come first in their stacks for their marks."""
    from esgreport.faces import left_to_latin

    hidden = {face.family: left_to_latin(face, ours) for face in ours if face.language == "zh-Hans"}
    return "".join(
        f'<match target="scan"><test name="family"><string>{escape(family)}</string></test>'
        '<edit name="charset" mode="assign"><minus><name>charset</name><charset>'
        + "".join(f"<int>{point}</int>" for point in sorted(points))
        + "</charset></minus></edit></match>"
        for family, points in hidden.items()
    )


# Pictures


class Refusal(ValueError):
    """A resource that the document may not use, in words for its author."""


def _fetcher(folder: Path, allowed: Sequence[Path]) -> Any:
    """A fetcher of pictures from the allowed folders that keeps what it refused.

    The engine swallows some errors even when they are meant to stop it (a picture inside a drawing), so
    the refusals are kept here and become findings.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    roots = [path.resolve() for path in allowed]

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=["file"])
            self.refusals: dict[str, str] = {}

        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                content, media_type = _picture(url, folder.resolve(), roots)
            except Refusal as refusal:
                self.refusals[url] = str(refusal)
                raise
            return URLFetcherResponse(url=url, body=content, headers={"Content-Type": media_type})

        def refused(self, message: logging.LogRecord) -> bool:
            """Whether a message only repeats a refusal."""
            return any(str(argument) in self.refusals for argument in message.args or ())

    return Fetcher()


def _picture(url: str, folder: Path, roots: Sequence[Path]) -> tuple[bytes, str]:
    """The picture behind an address and its media type; the file's real path counts, past links and dots."""
    from esgreport import pictures

    if not url.startswith(ROOT):
        raise Refusal(f"{url[:80]} is refused: only pictures inside the report's own folders are used")
    shown = unquote(urlsplit(url).path).removeprefix(urlsplit(ROOT).path)
    path = (folder / shown).resolve()
    if not any(path.is_relative_to(root) for root in roots):
        raise Refusal(f"{shown} is refused: it lies outside the folders of pictures")
    if path.suffix.lower() not in MEDIA_TYPES:
        raise Refusal(f"{shown} is refused: a picture is a {', '.join(sorted(MEDIA_TYPES))} file")
    if not path.is_file():
        raise Refusal(f"{shown} is not there")
    content = path.read_bytes()
    if fault := pictures.fault(content, path.suffix):
        raise Refusal(f"{shown} is refused: {fault}")
    return content, MEDIA_TYPES[path.suffix.lower()]


# How lines are broken


def _page_ranges() -> Any:
    """The styles of counters, with two more: `first-page` is a page, `last-page` after it "–17", nothing for the same page.

    CSS has no words for this, and to lay a book out a second time would take as long as the first.
    """
    from weasyprint.css.counters import CounterStyle

    class Ranges(CounterStyle):  # type: ignore[misc]
        first = 0

        def render_value(
            self, counter_value: int, counter_name: str | None = None, *rest: Any, **named: Any
        ) -> Any:
            if counter_name == "first-page":
                self.first = counter_value
            elif counter_name == "last-page":
                return "" if counter_value <= self.first else f"–{counter_value}"
            return super().render_value(counter_value, counter_name, *rest, **named)

    return Ranges()


@contextmanager
def _spaces_hang() -> Iterator[None]:
    """Let the space at the end of a stretch of text hang over the end of its line.

    WeasyPrint 70 measures it with the text. Where the text fills a line and a figure or a link follows, so that only
    the space between them is too much, it would break the text after its first word.
    """
    from weasyprint.layout import inline

    split = inline.split_first_line

    def hanging(text: str, style: Any, context: Any, width: Any, *rest: Any, **named: Any) -> Any:
        found = split(text, style, context, width, *rest, **named)
        _, length, resume_at, *_ = found
        after_one_word = resume_at is not None and b" " not in text.encode()[:length]
        if after_one_word and text.endswith(" ") and style["white_space"] == "normal":
            _, _, resume_at, needed, *_ = split(text.rstrip(" "), style, context, width, *rest, **named)
            if resume_at is None and needed <= width:
                return split(text, style, context, None, *rest, **named)
        return found

    inline.split_first_line = hanging
    try:
        yield
    finally:
        inline.split_first_line = split


# What goes into the PDF beside the pages


def _with_page_labels(first_folio: int) -> Any:
    """A finisher that writes page labels which equal the folios."""
    import pydyf

    def finish(document: Any, pdf: Any) -> None:
        decimal = pydyf.Dictionary({"S": "/D", "St": first_folio})
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})

    return finish


@contextmanager
def _structured(document: Any) -> Iterator[list[Any]]:
    """Tag what is painted as `structure` says, while the block runs; gives the pictures that have no description.

    WeasyPrint 70 tags box by box. A table that goes on overleaf becomes two, with its head told again; what is hidden
    from those who listen is told; of languages only the document's is written; each part of a link is a link; ids stand
    in no tree of ids, and the places of pictures are counted from the wrong corner.
    """
    import pydyf
    from weasyprint import pdf as writer
    from weasyprint import svg
    from weasyprint.pdf.stream import Stream

    root = document.pages[0]._page_box.children[0].element
    pages = [_parts(page, root) for page in document.pages]
    unsaid = _artefacts(pages, structure.hidden(root))
    for page, parts in zip(document.pages, pages, strict=True):
        leading = {id(part.box) for part in parts if part.link is part.box}
        page.links[:] = [link for link in page.links if id(link[3]) in leading]

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        """As the engine marks a box; an artefact takes no number."""
        if box in unsaid:
            stream.begin_marked_content("Artifact", unsaid[box])
            try:
                yield
            finally:
                stream.end_marked_content()
        else:
            with mark(stream, box, tag):
                yield

    def add_tags(pdf: Any, document: Any, version: Any, streams: Sequence[Any]) -> None:
        tree = structure.structure(root, _pieces(document, pages, streams, unsaid))
        undescribed.extend(node.element for node in tree.nodes() if node.tag == "Figure" and not node.alt)
        _write_structure(pdf, tree, len(document.pages))

    def write(drawing: Any, node: Any, size: float) -> None:
        """As the engine writes in a drawing; its pieces cannot be elements, but say their language all the same."""
        language = node.get("lang")
        if language:
            values = pydyf.Dictionary({"Lang": pydyf.String(language)})
            drawing.stream.begin_marked_content("Span", values)
        text(drawing, node, size)
        if language:
            drawing.stream.end_marked_content()

    undescribed: list[Any] = []
    mark, tag, text, tags = Stream.marked, writer.add_tags, svg.text, svg.TAGS
    Stream.marked, writer.add_tags, svg.text = marked, add_tags, write
    svg.TAGS = {name: write if drawn is text else drawn for name, drawn in tags.items()}
    try:
        yield undescribed
    finally:
        Stream.marked, writer.add_tags, svg.text, svg.TAGS = mark, tag, text, tags


@dataclass(slots=True, eq=False)
class _Part:
    """A box of a page that is painted or leads elsewhere; the outermost box of its link; the head or margin it is in."""

    box: Any
    link: Any
    within: Any


def _parts(page: Any, root: Any) -> list[_Part]:
    """The boxes of a page that hold text, a picture or a link, in the order of the document."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    links = {id(box) for kind, _, _, box in page.links if kind != "attachment"}
    found: list[_Part] = []

    def walk(box: Any, link: Any, within: Any) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox) or getattr(box, "is_header", False):
            within = box
        if link is None and id(box) in links:
            link = box
        if link is box or isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            found.append(_Part(box, link, within))
        if isinstance(box, boxes.ParentBox):
            for child in box.children:
                walk(child, link, within)

    walk(page._page_box, None, None)
    return found


def _artefacts(pages: Sequence[Sequence[_Part]], hidden: set[Any]) -> dict[Any, Any]:
    """What is painted but not told, and how PDF calls it: decoration, margins, heads of tables that are repeated."""
    import pydyf

    found = {}
    told: dict[Any, int] = {}
    for number, parts in enumerate(pages):
        for part in parts:
            where = getattr(part.within, "at_keyword", "")
            if where:
                side = "/Header" if where.startswith("@top") else "/Footer"
                found[part.box] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": side})
            elif part.box.element in hidden or _between_items(part.box):
                found[part.box] = pydyf.Dictionary({"Type": "/Layout"})
            elif part.within is not None and told.setdefault(part.within.element, number) != number:
                found[part.box] = pydyf.Dictionary({"Type": "/Pagination"})
    return found


def _between_items(box: Any) -> bool:
    """Whether a box holds nothing but the space between items that stand beside each other."""
    lists = ("ul", "ol", "dl")
    return not getattr(box, "text", "x").strip() and box.element is not None and box.element.tag in lists


def _pieces(
    document: Any, pages: Sequence[Sequence[_Part]], streams: Sequence[Any], unsaid: Mapping[Any, Any]
) -> Iterator[structure.Painted | structure.Area]:
    """What was painted and is no artefact, in the order of the document."""
    from weasyprint.formatting_structure import boxes

    for number, (page, parts, stream) in enumerate(zip(document.pages, pages, streams, strict=True)):
        for part in parts:
            box = part.box
            if box is part.link and box.link_annotation:  # none, where it leads nowhere
                yield structure.Area(box.element, number, box.link_annotation)
            if box not in stream._tags or box in unsaid:
                continue
            corners = None
            if isinstance(box, boxes.ReplacedBox):
                left, top = box.content_box_x(), page.height - box.content_box_y()
                corners = tuple(0.75 * side for side in (left, top - box.height, left + box.width, top))
            mark = stream._tags.pop(box)["mcid"]
            marker = str(box.element_tag).endswith("::marker")
            yield structure.Painted(box.element, number, mark, getattr(box, "text", ""), marker, corners)
        assert not stream._tags, "something painted stands in no box of its page"


def _write_structure(pdf: Any, tree: structure.Node, pages: int) -> None:
    """Write a structure into a PDF, with the trees that lead into it from pages, links and ids."""
    import pydyf

    def put(values: dict[str, Any]) -> Any:
        written = pydyf.Dictionary(values)
        pdf.add_object(written)
        return written

    elements = {node: put({"Type": "/StructElem", "S": f"/{node.tag}"}) for node in tree.nodes()}
    marks: list[dict[int, Any]] = [{} for _ in range(pages)]
    links: list[Any] = []
    for node, element in elements.items():
        reference = element.reference
        home = next((kid.page for kid in node.kids if isinstance(kid, structure.Painted)), None)
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, structure.Node):
                elements[kid]["P"] = reference
                kids.append(elements[kid].reference)
            elif isinstance(kid, structure.Area):
                leads = {"Type": "/OBJR", "Obj": kid.note.reference, "Pg": pdf.page_references[kid.page]}
                kids.append(pydyf.Dictionary(leads))
                kid.note["StructParent"] = pages + len(links)
                kid.note["Contents"] = _told(node.label or node.said(), node.spoken)
                links.append(reference)
            else:
                marks[kid.page][kid.number] = reference
                elsewhere = {"Type": "/MCR", "Pg": pdf.page_references[kid.page], "MCID": kid.number}
                kids.append(kid.number if kid.page == home else pydyf.Dictionary(elsewhere))
        element["K"] = kids
        if home is not None:
            element["Pg"] = pdf.page_references[home]
        for name, text in (("Lang", node.language), ("ActualText", node.actual), ("ID", node.id)):
            if text:
                element[name] = pydyf.String(text)
        if node.alt:
            element["Alt"] = _told(node.alt, node.spoken, "\n")
        if attributes := _attributes(node):
            element["A"] = pydyf.Dictionary(attributes)
    parents: list[Any] = []
    for number, found in enumerate(marks):
        parents += [number, pydyf.Array([found[mark] for mark in sorted(found)])]
    for number, reference in enumerate(links, start=pages):
        parents += [number, reference]
    named = sorted((node.id, element.reference) for node, element in elements.items() if node.id)
    root = put({
        "Type": "/StructTreeRoot",
        "K": pydyf.Array([elements[tree].reference]),
        "ParentTree": put({"Nums": pydyf.Array(parents)}).reference,
        "ParentTreeNextKey": pages + len(links),
        "IDTree": put({"Names": pydyf.Array([each for id, place in named for each in (pydyf.String(id), place)])}).reference,
    })  # fmt: skip
    elements[tree]["P"] = root.reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _told(words: structure.Words, own: str, between: str = "") -> Any:
    """A text that is told, as a part of an element of this language. Where its language changes, PDF has signs for it
    within the text (ISO 32000-1, 7.9.2.2); they know languages and countries, but no scripts."""
    import pydyf

    texts, spoken = [], own
    for language, text in words:
        if (language or own) != spoken and text.strip():
            spoken = language or own
            names = spoken.split("-")
            country = names[-1] if len(names[-1]) == 2 and names[1:] else ""
            text = f"\x1b{names[0]}{country}\x1b{text}"
        texts.append(text)
    return pydyf.String(between.join(texts).strip())


def _attributes(node: structure.Node) -> dict[str, Any]:
    """What PDF has to know of a node beside its text: where a picture lies, what a cell heads or spans."""
    import pydyf

    box = next((kid.box for kid in node.kids if isinstance(kid, structure.Painted) and kid.box), None)
    if box:
        return {"O": "/Layout", "BBox": pydyf.Array([round(side, 2) for side in box])}
    if node.tag not in ("TH", "TD"):
        return {}
    values: dict[str, Any] = {"O": "/Table"}
    if node.scope:
        values["Scope"] = f"/{node.scope}"
    for name, count in zip(("ColSpan", "RowSpan"), node.spans, strict=True):
        if count > 1:
            values[name] = count
    if node.headers:
        values["Headers"] = pydyf.Array([pydyf.String(head.id) for head in node.headers])
    return values if len(values) > 1 else {}


# What a printer gets


# Tokens in which text and rules are set, and what they are set on: for a press they are black ink and paper, whatever
# colours a company gives them on screens.
_OF_TEXT = frozenset(
    {"--ink", "--ink-2", "--label", "--rule", "--rule-strong", "--axis", "--none", "--paper"}
)


def _in_inks(sheets: Sequence[str], inks: Sequence[str]) -> str:
    """A style sheet that gives tokens in inks, as far as style sheets say which: ours, where the company has not given a
    token another colour, and the company's own."""
    ours, *theirs = inks
    found = _tokens([ours])
    before = _tokens(sheets[:1])
    for name, value in _tokens(sheets).items():
        if name not in _OF_TEXT and name in before and before[name] != value:
            found.pop(name, None)
    found |= _tokens(theirs)
    return f":root {{ {'; '.join(f'{name}: {value}' for name, value in found.items())} }} @page {{ bleed: {BLEED}mm }}"


def _fill_up(document: Any, press: Press, size: tuple[str, str]) -> None:
    """Add empty pages at the end, before a back cover, until the pages are as many as the printer folds."""
    import weasyprint

    lacking = -len(document.pages) % press.multiple_of
    if lacking:
        width, height = size
        sheet = weasyprint.CSS(string=f"@page {{ size: {width}mm {height}mm; margin: 0; bleed: {BLEED}mm }}")
        (empty,) = weasyprint.HTML(string="<body>").render(stylesheets=[sheet]).pages
        before = len(document.pages) - press.back_cover
        document.pages[before:before] = [empty] * lacking


def _for_paper(document: Any, press: Press, identifier: bytes) -> bytes:
    """A document in the inks of a press, without what leads elsewhere."""
    from esgreport.pictures import Separation
    from esgreport.press import finish

    separation = Separation(press.profile)
    for page in document.pages:
        page.links.clear()
        page.anchors.clear()
        page.bookmarks.clear()
    document.metadata.created = document.metadata.modified = press.made

    def finished(document: Any, written: Any) -> None:
        finish(written, document.metadata, press.profile, separation.name, BLEED, press.marks)

    with _separated(separation):
        content: bytes = document.write_pdf(pdf_version="1.6", pdf_identifier=identifier, finisher=finished)
    return content


@contextmanager
def _separated(separation: Separation) -> Iterator[None]:
    """Have the engine paint every colour in inks while the block runs, and black text over what is under it.

    A drawing has colours of its own, and what says no colour is black in RGB. Of gradients WeasyPrint 70 knows those of
    screens alone: it takes three parts of a colour, and the fourth for its opacity.
    """
    import pydyf
    from tinycss2.color5 import Color
    from weasyprint.images import Gradient
    from weasyprint.pdf.stream import Stream

    set_color, interpolated, draw = Stream.set_color, Stream.create_interpolation_function, Gradient.draw

    class Parts(tuple[float, ...]):
        """Four inks that stay four where three are asked for."""

        def __getitem__(self, key: Any) -> Any:
            return tuple(self) if isinstance(key, slice) else super().__getitem__(key)

    class Ink(Color):  # type: ignore[misc]
        """A colour of a gradient."""

        def to(self, space: str) -> Parts:
            return Parts(self.coordinates)

        def __getitem__(self, key: Any) -> Any:
            return self.alpha if key == 3 else super().__getitem__(key)

    @lru_cache(maxsize=1_000)
    def inks(*colour: float) -> tuple[float, ...]:
        parts = (min(255, max(0, round(part * 255))) for part in colour)
        return tuple(round(ink / 255, 3) for ink in separation.inks(*parts))

    def in_inks(color: Any) -> Ink:
        in_four = color.space == "device-cmyk"
        parts = color.coordinates if in_four else inks(*color.to("srgb").coordinates)
        return Ink("device-cmyk", list(parts), color.alpha)

    def paint(stream: Any, color: Any, stroke: bool = False) -> None:
        color, before = in_inks(color), stream._current_color
        set_color(stream, color, stroke)
        if stream._current_color != before:
            over = list(color.coordinates) == [0, 0, 0, 1]
            key = f"over{int(over)}"
            state = {"Type": "/ExtGState", "op": str(over).lower(), "OPM": int(over)}
            stream._resources["ExtGState"].setdefault(key, pydyf.Dictionary(state))
            pydyf.Stream.set_state(stream, key)

    def between(domain: Any, first: Any, second: Any, exponent: Any) -> Any:
        first, second = (inks(*colour) if len(colour) == 3 else colour for colour in (first, second))
        return interpolated(domain, first, second, exponent)

    def drawn(gradient: Any, *rest: Any) -> None:
        kept, gradient.colors = gradient.colors, tuple(map(in_inks, gradient.colors))
        draw(gradient, *rest)
        gradient.colors = kept

    Stream.set_color, Stream.create_interpolation_function = paint, staticmethod(between)
    Gradient.draw = drawn
    try:
        yield
    finally:
        Stream.set_color, Stream.create_interpolation_function = set_color, staticmethod(interpolated)
        Gradient.draw = draw


def _placed(document: Any, first_folio: int) -> Iterator[Placed]:
    """The photographs of a document as they are printed."""
    from weasyprint.images import RasterImage

    for number, page in enumerate(document.pages, start=first_folio):
        for part in _parts(page, None):
            image = getattr(part.box, "replacement", None)
            if isinstance(image, RasterImage):
                sides = (part.box.width / image.width, part.box.height / image.height)
                scale = min(sides) if part.box.style["object_fit"] == "contain" else max(sides)
                printed = (round(side * 25.4 / 96) for side in (part.box.width, part.box.height))
                file = str(part.box.element.get("src"))
                width, height = printed
                yield Placed(file, str(number), (image.width, image.height), (width, height), int(96 / scale))


# What the engine says


@contextmanager
def _messages() -> Iterator[list[logging.LogRecord]]:
    """The engine's warnings and errors of this thread, while the block runs."""
    found: list[logging.LogRecord] = []
    thread = threading.get_ident()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread:
                found.append(record)

    logger = logging.getLogger("weasyprint")
    handler = Keep(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


def _finding(message: logging.LogRecord, html: str, place: Place) -> Diagnostic:
    """One message of the engine as a finding; the words it begins with say what it is about."""
    text = message.getMessage().replace(ROOT, "")
    pattern = str(message.msg)
    if pattern.startswith(".notdef"):
        character, code = message.args  # type: ignore[misc]
        return blocking(
            "missing-glyph", place,
            f'no face has a glyph for "{character}" (U+{code:04X}): {_surroundings(html, str(character))}',
            "write it another way, or add a face that has it to the project's brand",
        )  # fmt: skip
    if pattern.startswith(("No anchor #", "Content discarded: target points to undefined anchor")):
        return blocking("unknown-anchor", place, text)
    if pattern.startswith("Anchor defined twice"):
        return error("repeated-anchor", place, text)
    if pattern.startswith(("Failed to load image", "Failed to load inline SVG", "Failed to render SVG")):
        return blocking("unreadable-picture", place, text)
    return warning("print-style", place, text)


def _too_tall(place: Place) -> Diagnostic:
    return warning(
        "row-too-tall", place,
        "a row of a table is taller than a page, so tables, charts and boxes are broken wherever a page ends",
        "look through the PDF for the longest text in a table and shorten it, or write it as a paragraph",
    )  # fmt: skip


def _surroundings(html: str, character: str) -> str:
    """The first words around a character, so that its author finds it."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    where = text.find(character)
    return f"…{text[max(0, where - 12) : where + 13]}…" if where >= 0 else "written by a style sheet"


def _local_links(document: Any, place: Place) -> Iterator[Diagnostic]:
    """Links to files: outside this machine they lead nowhere."""
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind == "external" and target.startswith("file:"):
                shown = target.removeprefix(ROOT)
                yield blocking("local-link", place, f'the link to "{shown}" leads to no place in the report')


def _missing_descriptions(pictures: Sequence[Any], place: Place) -> Iterator[Diagnostic]:
    """Pictures of which nothing is said to those who do not see them."""
    for picture in pictures:
        names = [each.get("src") for each in picture.iter("img")] or ["a drawing"]
        yield error("missing-alt", place, f"{names[0]} has no description for those who do not see it")
