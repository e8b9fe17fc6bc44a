"""What the structure of our PDFs must hold, clause by clause: a check, and a violation that the check must find.

The numbers are checkpoints of the Matterhorn Protocol 1.1, which takes ISO 14289-1 apart into failures; where it has no
checkpoint, the clause of ISO 14289-1 stands. A check yields what is wrong, in words. A violation changes a sound PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf
from pdf_pages import Character
from pdf_structure import Element, Reference, Structure
from pikepdf import Array, Dictionary, Name, Operator, String

Check = Callable[[Structure], Iterator[str]]
Plant = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Clause:
    """What must hold: its name, the checkpoints, the check, and a violation."""

    name: str
    checkpoints: str
    check: Check
    plant: Plant


CLAUSES: list[Clause] = []


def clause(name: str, checkpoints: str, plant: Plant) -> Callable[[Check], Check]:
    def listed(check: Check) -> Check:
        CLAUSES.append(Clause(name, checkpoints, check, plant))
        return check

    return listed


GROUPING = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
}
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"}  # fmt: skip
INLINE = {
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Figure",
    "Formula",
    "Form",
}
# What may stand in what; a type that is not a key may stand wherever text may.
WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "LI": {"L"}, "LBody": {"LI"}, "Lbl": {"LI", "Note"}, "TOCI": {"TOC"},
}  # fmt: skip
HOLDS = {
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"},
    "TR": {"TH", "TD"}, "L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOCI", "TOC", "Caption"},
}  # fmt: skip
TEXTLESS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", *HOLDS}


# ---- ways to plant a violation


def items(pdf: pikepdf.Pdf, *types: str) -> list[Any]:
    """The elements of some types, in the order of the file."""
    names = {f"/{each}" for each in types}
    return [
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and str(item.get("/S")) in names
    ]  # fmt: skip


def with_key(type: str, key: str, value: Any) -> Plant:
    """Give the first element of a type a key; None takes it away."""

    def plant(pdf: pikepdf.Pdf) -> None:
        item = next(item for item in items(pdf, type) if value is not None or f"/{key}" in item)
        if value is None:
            del item[f"/{key}"]
        else:
            item[f"/{key}"] = value

    return plant


def in_catalog(path: str, value: Any) -> Plant:
    def plant(pdf: pikepdf.Pdf) -> None:
        *steps, last = path.split("/")
        place = pdf.Root
        for step in steps:
            place = place[f"/{step}"]
        if value is None:
            del place[f"/{last}"]
        else:
            place[f"/{last}"] = value

    return plant


def rewritten(change: Callable[[list[Any]], list[Any]], page: int = 1) -> Plant:
    """Change the operators of a page."""

    def plant(pdf: pikepdf.Pdf) -> None:
        operators = change(list(pikepdf.parse_content_stream(pdf.pages[page])))
        pdf.pages[page].Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))

    return plant


def _unmarked(operators: list[Any]) -> list[Any]:
    """The first mark with text opened for nothing."""
    at = next(n for n, (operands, operator) in enumerate(operators) if str(operator) == "BDC" and str(operands[0]) == "/Span")  # fmt: skip
    return [*operators[:at], ([Name.Span, Dictionary()], Operator("BDC")), *operators[at + 1 :]]


def _in_an_artefact(operators: list[Any]) -> list[Any]:
    return [([Name.Artifact], Operator("BMC")), *operators, ([], Operator("EMC"))]


def _number_gone(operators: list[Any]) -> list[Any]:
    at = next(n for n, (operands, _) in enumerate(operators) if _number(operands) == 0)
    return [*operators[:at], ([Name.Span, Dictionary(MCID=4000)], Operator("BDC")), *operators[at + 1 :]]


def _number(operands: Any) -> int | None:
    with_number = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
    return int(operands[1].MCID) if with_number else None


def _margins_told(pdf: pikepdf.Pdf) -> None:
    """The first running head becomes a paragraph."""
    page = next(page for page in pdf.pages if b"/Header" in page.Contents.read_bytes())
    operators = list(pikepdf.parse_content_stream(page))
    at = next(n for n, (operands, o) in enumerate(operators) if str(o) == "BDC" and "/Subtype" in operands[1])
    operators[at] = ([Name.Span, Dictionary(MCID=5000)], Operator("BDC"))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))
    paragraph = items(pdf, "P")[0]
    mark = Dictionary(Type=Name.MCR, Pg=page.obj, MCID=5000)
    paragraph.K = Array([*paragraph.K, mark])


# ---- 1 what is content and what is not


@clause("content-tagged", "01-005", rewritten(_unmarked))
def everything_painted_is_tagged_or_an_artefact(document: Structure) -> Iterator[str]:
    yield from document.loose


@clause("artefacts-apart", "01-003, 01-004", rewritten(_in_an_artefact))
def nothing_tagged_stands_in_an_artefact(document: Structure) -> Iterator[str]:
    yield from document.mixed


@clause("marks-lead-home", "ISO 14289-1, 7.1", rewritten(_number_gone))
def pages_and_structure_name_each_other(document: Structure) -> Iterator[str]:
    """Every mark is of one element, every element's mark is on its page, and the tree of parents says the same."""
    of: dict[tuple[int, int], Element] = {}
    for element in document.elements:
        for kid in element.kids:
            if not isinstance(kid, Element | Reference):
                if not kid.known:
                    yield f"{element}: mark {kid.number} is not on page {kid.page + 1}"
                if (kid.page, kid.number) in of:
                    yield f"{element}: mark {kid.number} of page {kid.page + 1} is another's too"
                of[kid.page, kid.number] = element
    parents = pikepdf.NumberTree(document.catalog.StructTreeRoot.ParentTree)
    for number, page in enumerate(document.pdf.pages):
        listed = parents[int(page.StructParents)]
        for mark in document.marks(number):
            if (number, mark) not in of:
                yield f"page {number + 1}: mark {mark} is of no element"
            elif mark >= len(listed) or listed[mark].objgen != of[number, mark].item.objgen:
                yield f"page {number + 1}: mark {mark} leads to another element"
    for element in document.elements:
        above = element.above.item if element.above else document.catalog.StructTreeRoot
        if element.item.P.objgen != above.objgen:
            yield f"{element} names another as the one above it"


@clause("running-heads", "18-001, 18-002, 18-003", _margins_told)
def what_stands_in_margins_is_an_artefact(document: Structure) -> Iterator[str]:
    """On pages with margins nothing told stands in them, and what stands there is head or foot."""
    for number, page in enumerate(document.pdf.pages):
        kinds = {kind for at, kind, _ in document.artefacts if at == number}
        if not kinds & {"Pagination Header", "Pagination Footer"}:
            continue
        if kinds.isdisjoint({"Pagination Header"}) or kinds.isdisjoint({"Pagination Footer"}):
            yield f"page {number + 1} has only {kinds}"
        height = float(page.MediaBox[3])
        for characters in document.marks(number).values():
            for each in characters:
                if not 22 * 72 / 25.4 - 1 < each.y < height - 30 * 72 / 25.4 + 4:
                    yield f'page {number + 1}: "{each.text}" stands in the margin at {each.y:.0f}'


def _second_head(pdf: pikepdf.Pdf) -> None:
    table = next(item.P for item in items(pdf, "THead"))
    table.K = Array([*table.K, next(kid for kid in table.K if kid.S == "/THead")])


@clause("table-heads-once", "ISO 14289-1, 7.1", _second_head)
def the_head_of_a_table_is_told_once(document: Structure) -> Iterator[str]:
    """On following pages it is an artefact, and there it is painted."""
    painted = Counter((page, kind) for page, kind, _ in document.artefacts)
    for table in document.named("Table"):
        heads = [each for each in table.elements if each.type == "THead"]
        if len(heads) > 1:
            yield f"{table}: its head is told {len(heads)} times"
        body = {page for each in table.elements if each.type != "Caption" for page in each.pages}
        for page in sorted(body)[1:]:
            if heads and heads[0].pages != [page] and not painted[page, "Pagination"]:
                yield f"{table}: page {page + 1} has no head"


@clause("standard-types", "02-001, 02-003, 02-004", with_key("P", "S", Name.Paragraph))
def types_are_those_of_pdf(document: Structure) -> Iterator[str]:
    if "/RoleMap" in document.catalog.StructTreeRoot:
        yield "types are mapped, which no PDF of ours needs"
    for element in document.elements:
        if element.type not in GROUPING | BLOCKS | INLINE:
            yield f"{element} is of no standard type"


def _cell_in_a_group(pdf: pikepdf.Pdf) -> None:
    items(pdf, "TD")[0].S = Name.LI


@clause("nesting", "09-004, 09-005, 09-006", _cell_in_a_group)
def tables_lists_and_contents_are_built_as_such(document: Structure) -> Iterator[str]:
    for element in document.elements:
        above = element.above.type if element.above else ""
        if element.type in WITHIN and above not in WITHIN[element.type]:
            yield f"{element} stands in {above}"
        for kid in element.elements:
            if element.type in HOLDS and kid.type not in HOLDS[element.type]:
                yield f"{element} holds {kid.type}"
        if element.type in TEXTLESS and any(not isinstance(kid, Element) for kid in element.kids):
            yield f"{element} holds text itself"
        if element.type in ("Lbl", "LBody", "Caption") and sum(kid.type == element.type for kid in element.above.elements) > 1:  # fmt: skip
            yield f"{element}: a second {element.type}"
    if document.document.type != "Document":
        yield f"the structure begins with {document.document.type}"


# ---- 2 headings, title, languages


@clause("headings", "14-002, 14-003, 14-006", with_key("H2", "S", Name.H3))
def headings_begin_with_one_and_skip_no_level(document: Structure) -> Iterator[str]:
    before = 0
    for element in document.elements:
        if re.fullmatch(r"H\d?", element.type):
            level = int(element.type[1:] or 0)
            if not 1 <= level <= before + 1:
                yield f"{element} follows level {before}"
            if not element.text.strip():
                yield f"{element} is empty"
            before = level
    if not before:
        yield "no heading"


@clause("title-shown", "06-003, 07-001, 07-002", in_catalog("ViewerPreferences/DisplayDocTitle", False))
def a_title_is_shown(document: Structure) -> Iterator[str]:
    with document.pdf.open_metadata() as metadata:
        title = metadata.get("dc:title", "")
    if not str(title).strip():
        yield "no dc:title"
    if str(document.pdf.docinfo.get("/Title")) != title:
        yield "the titles differ"
    if not document.catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "viewers show the name of the file"


LANGUAGE = re.compile(r"(en|zh)(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@clause("languages-valid", "11-001, 11-006", in_catalog("Lang", String("English")))
def languages_are_named_as_they_must_be(document: Structure) -> Iterator[str]:
    named = [str(document.catalog.get("/Lang", ""))]
    named += [str(element.item.Lang) for element in document.elements if "/Lang" in element.item]
    for each in named:
        if not LANGUAGE.fullmatch(each):
            yield f'"{each}" is no language'


HAN = re.compile(r"[㐀-鿿]{2,}")
ENGLISH = re.compile(r"\b[A-Za-z]*[a-z]{3,}[,;]? (?:[A-Za-z]*[a-z]{2,}[,;]? )+[A-Za-z]*[a-z]{3,}")


@clause("languages-of-parts", "11-002, 11-003", with_key("Span", "Lang", None))
def words_of_another_language_are_told_in_it(document: Structure) -> Iterator[str]:
    """Han characters in an English text, and three English words or more in a Chinese one."""
    main = str(document.catalog.get("/Lang", ""))
    for element in document.elements:
        spoken = element.language or main
        own = "".join(kid.text for kid in element.kids if not isinstance(kid, Element | Reference))
        for text in (own, element.has("ActualText")):
            if found := (ENGLISH if spoken.startswith("zh") else HAN).search(text):
                yield f'{element}: "{found[0]}" is told as {spoken}'


# ---- 3 pictures, tables, lists, notes


@clause("pictures-described", "13-004", with_key("Figure", "Alt", None))
def pictures_are_described(document: Structure) -> Iterator[str]:
    for figure in document.named("Figure"):
        if not figure.has("Alt"):
            yield f"{figure} has no Alt"


def _box_on_its_head(pdf: pikepdf.Pdf) -> None:
    figure = items(pdf, "Figure")[0]
    left, low, right, high = (float(side) for side in figure.A.BBox)
    figure.A.BBox = Array([left, low - 600, right, high - 600])


@clause("pictures-placed", "ISO 14289-1, 7.3", _box_on_its_head)
def pictures_lie_where_their_boxes_say(document: Structure) -> Iterator[str]:
    for figure in document.named("Figure"):
        box = figure.attribute("BBox")
        if box is None or len(figure.pages) != 1:
            yield f"{figure} has no box on a page"
            continue
        left, low, right, high = (float(side) for side in box)
        page = [float(side) for side in document.pdf.pages[figure.pages[0]].MediaBox]
        if not (page[0] - 12 < left < right < page[2] + 12 and page[1] - 12 < low < high < page[3] + 12):
            yield f"{figure}: its box {left:.0f} {low:.0f} {right:.0f} {high:.0f} leaves the page"
        inside = [kid for kid in figure.kids if not isinstance(kid, Element | Reference)]
        for each in (character for kid in inside for character in kid.characters):
            if not (left - 2 < each.x < right + 2 and low - 2 < each.y < high + 2):
                yield f'{figure}: "{each.text}" lies outside its box'


def grid(table: Element) -> dict[tuple[int, int], Element]:
    """The cells of a table by the rows and columns that they fill.

    Raises:
        ValueError: two cells fill one place, or rows differ in width.
    """
    found: dict[tuple[int, int], Element] = {}
    rows = [each for each in table.all() if each.type == "TR"]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.elements:
            while (y, x) in found:
                x += 1
            for dy in range(int(cell.attribute("RowSpan") or 1)):
                for dx in range(int(cell.attribute("ColSpan") or 1)):
                    if (y + dy, x + dx) in found:
                        raise ValueError(f"two cells at row {y + dy + 1}, column {x + dx + 1}")
                    found[y + dy, x + dx] = cell
    widths = {sum(at == y for at, _ in found) for y in range(len(rows))}
    if len(widths) != 1 or max(y for y, _ in found) >= len(rows):
        raise ValueError(f"rows of {sorted(widths)} cells")
    return found


def _narrower(pdf: pikepdf.Pdf) -> None:
    row = items(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:-1])


@clause("tables-regular", "15-004", _narrower)
def rows_and_columns_of_tables_add_up(document: Structure) -> Iterator[str]:
    for table in document.named("Table"):
        try:
            grid(table)
        except ValueError as reason:
            yield f"{table}: {reason}"


def headed(table: Element, ids: dict[str, Element]) -> Iterator[tuple[Element, list[Element]]]:
    """Every cell that is no header, and the headers that it names."""
    for cell in table.all():
        if cell.type == "TD":
            yield cell, [ids[str(name)] for name in cell.attribute("Headers") or () if str(name) in ids]


def _headless(pdf: pikepdf.Pdf) -> None:
    cell = next(
        item for item in items(pdf, "TD") if "/A" in item and "/Headers" in item.A and not _is_empty(item)
    )
    cell.A.Headers = Array([String("nowhere")])


@clause("cells-headed", "15-001, 15-002, 15-003, 15-005", _headless)
def every_cell_is_led_to_its_headers(document: Structure) -> Iterator[str]:
    """Headers have a scope; a cell names those of its columns and of its row, and the tree of ids knows them."""
    tree = document.catalog.StructTreeRoot
    named = dict(pikepdf.NameTree(tree.IDTree).items()) if "/IDTree" in tree else {}
    for table in document.named("Table"):
        ids = {cell.has("ID"): cell for cell in table.all() if cell.type == "TH"}
        for name, cell in ids.items():
            if str(cell.attribute("Scope")) not in ("/Column", "/Row", "/Both"):
                yield f"{cell} has no scope"
            if name not in named or named[name].objgen != cell.item.objgen:
                yield f"{cell}: its id leads nowhere"
        places: dict[int, list[tuple[int, int]]] = {}
        try:
            whole = grid(table)
        except ValueError:
            continue  # told elsewhere
        for place, cell in whole.items():
            places.setdefault(id(cell), []).append(place)
        for cell, heads in headed(table, ids):
            if not cell.text.strip():
                continue
            if len(heads) != len(cell.attribute("Headers") or ()):
                yield f"{cell} names a header that is not in its table"
            for head in heads:
                same_row = {y for y, _ in places[id(cell)]} & {y for y, _ in places[id(head)]}
                same_column = {x for _, x in places[id(cell)]} & {x for _, x in places[id(head)]}
                over = min(places[id(head)]) < min(places[id(cell)])
                if not (same_row or same_column or over):
                    yield f"{cell} names {head}"
            if any(each.type == "THead" for each in table.elements) and not any(
                head.attribute("Scope") == "/Column" for head in heads
            ):
                yield f"{cell} has no header over it"


def _silent_header(pdf: pikepdf.Pdf) -> None:
    items(pdf, "TH")[0].K = Array([])


@clause("headers-said", "15-001, 15-002", _silent_header)
def no_header_is_empty(document: Structure) -> Iterator[str]:
    for cell in document.named("TH"):
        if not cell.text.strip() and not any(each.has("Alt") for each in cell.all()):
            yield f"{cell} in {cell.above.text[:40]}: is empty"


def _group_no_header(pdf: pikepdf.Pdf) -> None:
    rows = [
        row for row in items(pdf, "TR") if len(row.K) > 1 and all(_is_empty(cell) for cell in list(row.K)[1:])
    ]
    rows[0].K[0].S = Name.TD


def _is_empty(cell: Any) -> bool:
    return not len(cell.get("/K", Array()))


@clause("groups-headed", "15-001", _group_no_header)
def headings_of_groups_of_rows_are_headers(document: Structure) -> Iterator[str]:
    """A row that says one thing alone heads the rows under it, and these name it."""
    for table in document.named("Table"):
        rows = [each for each in table.all() if each.type == "TR"]
        cells = {cell.has("ID"): cell for cell in table.all() if cell.type == "TH"}
        for row, under in pairwise(rows):
            said = [cell for cell in row.elements if cell.text.strip()]
            if len(said) == 1 and said[0] is row.elements[0] and len(row.elements) > 1:
                if said[0].type != "TH":
                    yield f"{said[0]} heads a group, but is no header"
                for cell, heads in headed(under, cells):
                    if cell.text.strip() and said[0] not in heads and said[0].type == "TH":
                        yield f"{cell} does not name its group {said[0]}"


def _unlisted(pdf: pikepdf.Pdf) -> None:
    item = items(pdf, "LI")[0]
    body = next(kid for kid in item.K if kid.S == "/LBody")
    item.K = Array([kid for kid in item.K if kid.S != "/LBody"] + list(body.K))


@clause("lists", "16-001, 09-005", _unlisted)
def items_of_lists_have_a_body_and_at_most_a_label(document: Structure) -> Iterator[str]:
    for item in document.named("LI"):
        kinds = [kid.type for kid in item.elements]
        if kinds not in (["LBody"], ["Lbl", "LBody"]):
            yield f"{item} is made of {kinds}"
    for label in document.named("Lbl"):
        if not label.text.strip():
            yield f"{label} says nothing"
    for each in document.named("L"):
        if not each.elements:
            yield f"{each} is empty"


def _caption_out(pdf: pikepdf.Pdf) -> None:
    caption = items(pdf, "Caption")[0]
    caption.P.K = Array([kid for kid in caption.P.K if getattr(kid, "objgen", 0) != caption.objgen])
    above = caption.P.P
    above.K = Array([*above.K, caption])
    caption.P = above


@clause("captions", "ISO 14289-1, 7.3", _caption_out)
def captions_stand_in_what_they_are_of(document: Structure) -> Iterator[str]:
    for caption in document.named("Caption"):
        above = caption.above
        if above.type not in ("Table", "Figure"):
            yield f"{caption} stands in {above.type}"
        elif above.type == "Table" and above.elements[0] is not caption:
            yield f"{caption} is not the first in its table"
        if not caption.text.strip():
            yield f"{caption} is empty"


def _twice_named(pdf: pikepdf.Pdf) -> None:
    first, second, *_ = items(pdf, "Note")
    second.ID = first.ID


@clause("notes", "19-003, 19-004", _twice_named)
def notes_have_ids_labels_and_references(document: Structure) -> Iterator[str]:
    """The notes that a table names stand after it, and each mark of a note is named by a reference before it."""
    ids = Counter(note.has("ID") for note in document.named("Note"))
    named: set[str] = set()
    for element in document.elements:
        if element.type == "Reference":
            named.add(element.text.strip())
        if element.type == "Note":
            if not element.has("ID") or ids[element.has("ID")] > 1:
                yield f"{element} has no id of its own"
            label = element.elements[0].text.strip() if element.elements else ""
            if element.elements and element.elements[0].type == "Lbl" and label and label not in named:
                yield f"{element}: no reference names {label}"
        if element.type.startswith("H"):
            named = set()


# ---- 4 links and bookmarks


def _link_outside(pdf: pikepdf.Pdf) -> None:
    items(pdf, "Link")[0].S = Name.Span


@clause("links-nested", "28-011, 28-002", _link_outside)
def links_stand_in_link_elements(document: Structure) -> Iterator[str]:
    """Every annotation is named by one element, which is a Link with text, and the tree of parents says the same."""
    of: dict[Any, Element] = {}
    for element in document.elements:
        for kid in element.kids:
            if isinstance(kid, Reference):
                if kid.note.objgen in of:
                    yield f"{element}: its link is another's too"
                of[kid.note.objgen] = element
    parents = pikepdf.NumberTree(document.catalog.StructTreeRoot.ParentTree)
    for page, note in document.notes:
        element = of.get(note.objgen)
        if note.get("/Subtype") != "/Link":
            yield f"page {page + 1}: {note.get('/Subtype')} is no link"
        elif element is None or element.type != "Link":
            yield f"page {page + 1}: a link is of {element or 'no element'}"
        elif parents[int(note.StructParent)].objgen != element.item.objgen:
            yield f"{element}: the tree of parents says otherwise"
    for element in document.named("Link"):
        if not element.text.strip():
            yield f"{element} has no text"
        if not any(isinstance(kid, Reference) for kid in element.kids):
            yield f"{element} leads nowhere"


def _speechless(pdf: pikepdf.Pdf) -> None:
    note = next(note for page in pdf.pages for note in page.get("/Annots", ()))
    note.Contents = String(str(note.get("/Dest", "")))


@clause("links-described", "28-012", _speechless)
def links_say_where_they_lead_in_words(document: Structure) -> Iterator[str]:
    for page, note in document.notes:
        words = str(note.get("/Contents", "")).strip()
        if not words or words == str(note.get("/Dest", "")):
            yield f'page {page + 1}: a link is described as "{words}"'


def _to_nowhere(pdf: pikepdf.Pdf) -> None:
    next(note for page in pdf.pages for note in page.get("/Annots", ()) if "/Dest" in note).Dest = String(
        "nowhere"
    )


@clause("links-arrive", "ISO 32000-1, 12.3.2", _to_nowhere)
def links_inside_lead_to_places_that_exist(document: Structure) -> Iterator[str]:
    known = pikepdf.NameTree(document.catalog.Names.Dests) if "/Names" in document.catalog else {}
    for page, note in document.notes:
        if "/Dest" in note and str(note.Dest) not in known:
            yield f"page {page + 1}: {note.Dest} does not exist"
        elif "/Dest" in note and document.page_of(known[str(note.Dest)][0]) < 0:
            yield f"page {page + 1}: {note.Dest} is on no page"
        elif "/Dest" not in note and not str(note.get("/A", {}).get("/URI", "")).startswith(("https://", "http://", "mailto:", "tel:")):  # fmt: skip
            yield f"page {page + 1}: a link leads nowhere"


def _tabs_gone(pdf: pikepdf.Pdf) -> None:
    page = next(page for page in pdf.pages if "/Annots" in page)
    page.Tabs = Name.R


@clause("tab-order", "28-009, 28-010", _tabs_gone)
def one_tabs_through_links_in_the_order_of_the_structure(document: Structure) -> Iterator[str]:
    for number, page in enumerate(document.pdf.pages):
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number + 1}: Tabs is {page.get('/Tabs')}"


def _shallow(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First
    while "/First" not in first:
        first = first.Next
    first.First.Title = String("Another")


@clause("bookmarks", "ISO 14289-1, 7.17", _shallow)
def bookmarks_are_the_headings(document: Structure) -> Iterator[str]:
    """To the third level, in order, nested as they are, on their pages; before the title of a chapter stands its code."""
    headings = [
        (int(each.type[1]), _plain(each.text), each.pages[0])
        for each in document.named("H1", "H2", "H3")
        if each.pages
    ]
    for heading, mark in zip(headings, document.bookmarks, strict=False):
        level, text, page = heading
        if (level, page) != (mark.level, mark.page) or not _plain(mark.title).endswith(text):
            yield f'"{text}" on page {page + 1}, level {level}, is {mark}'
    if len(headings) != len(document.bookmarks):
        yield f"{len(headings)} headings, {len(document.bookmarks)} bookmarks"


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]", "", text)


# ---- 5 the file


@clause("marked", "ISO 14289-1, 6.2; 01-007", in_catalog("MarkInfo/Suspects", True))
def the_file_says_that_it_is_tagged(document: Structure) -> Iterator[str]:
    info = document.catalog.get("/MarkInfo", {})
    if not info.get("/Marked"):
        yield "Marked is not true"
    if info.get("/Suspects"):
        yield "Suspects is true"


def _no_profile(pdf: pikepdf.Pdf) -> None:
    content = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = pdf.make_stream(content.replace(b"pdfuaid:part", b"pdfuaid:port"))


@clause("profile-named", "06-001, 06-002", _no_profile)
def metadata_name_the_profile(document: Structure) -> Iterator[str]:
    if "/Metadata" not in document.catalog:
        yield "no metadata"
    with document.pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "pdfuaid:part is not 1"


def _font_file_gone(pdf: pikepdf.Pdf) -> None:
    font = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor")  # fmt: skip
    for key in ("/FontFile2", "/FontFile3"):
        if key in font:
            del font[key]


@clause("fonts-embedded", "31-009, 31-027", _font_file_gone)
def fonts_are_embedded_and_subset_and_say_their_characters(document: Structure) -> Iterator[str]:
    if not document.fonts:
        yield "no font"
    for font in document.fonts:
        about = font.DescendantFonts[0].FontDescriptor
        name = str(about.FontName)
        if not any(key in about for key in ("/FontFile2", "/FontFile3")):
            yield f"{name} is not embedded"
        if not re.match(r"/[A-Z]{6}\+", name):
            yield f"{name} is not subset"
        if "/ToUnicode" not in font:
            yield f"{name} has no ToUnicode"


def _nameless_glyph(operators: list[Any]) -> list[Any]:
    at = next(n for n, (_, operator) in enumerate(operators) if str(operator) in ("TJ", "Tj"))
    return [*operators[:at], ([Array([String(b"\x00\x00")])], Operator("TJ")), *operators[at + 1 :]]


@clause("glyphs", "10-001, 31-030", rewritten(_nameless_glyph))
def no_glyph_is_missing_or_replaced(document: Structure) -> Iterator[str]:
    for number in range(len(document.pdf.pages)):
        for each in document.pages.characters(number):
            if not each.text or each.text in "\ufffd\0" or "\ue000" <= each.text[0] <= "\uf8ff":
                yield f"page {number + 1}: {each}"


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


@clause("nothing-runs", "26-001, 29-001", _script)
def nothing_runs_and_nothing_is_locked(document: Structure) -> Iterator[str]:
    if document.pdf.is_encrypted:
        yield "the file is encrypted"
    for key in ("OpenAction", "AA", "AcroForm", "Collection"):
        if f"/{key}" in document.catalog:
            yield f"the catalogue has {key}"
    for item in document.pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and (item.get("/S") == "/JavaScript" or "/JS" in item):
            yield "a script"


def _labels_off(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[1].St = 2


@clause("page-labels", "17-003", _labels_off)
def page_labels_are_the_folios_that_are_printed(document: Structure) -> Iterator[str]:
    feet = Counter((page, text.strip()) for page, kind, text in document.artefacts if kind in ("Pagination Footer", "Layout"))  # fmt: skip
    headed = {page for page, kind, _ in document.artefacts if kind == "Pagination Header"}
    for page, label in enumerate(document.pages.labels):
        if page in headed and not feet[page, label]:
            yield f"page {page + 1} is labelled {label}, which is not printed"


# ---- 6 lines


CLOSING = "，。、；：！？）」』》〉】〕)]}”’,.;:!?"
OPENING = "（「『《〈【〔([{“‘"


def lines(element: Element) -> Iterator[list[Character]]:
    """The lines of an element that holds text, marks over or under them left to the line that they belong to."""
    found: dict[tuple[int, float], list[Character]] = {}
    for content in element.contents:
        for each in content.characters:
            key = next(
                (k for k in found if k[0] == content.page and abs(k[1] - each.y) < 0.5 * each.size), None
            )
            found.setdefault(key or (content.page, each.y), []).append(each)
    for line in found.values():
        yield sorted((each for each in line if each.text.strip()), key=lambda each: each.x)


def _line_begins(pdf: pikepdf.Pdf) -> None:
    """Every long line whose font has a comma begins with one."""
    fonts = {name: font for page in pdf.pages for name, font in page.Resources.Font.items()}
    for page in pdf.pages:
        operators = list(pikepdf.parse_content_stream(page))
        font = ""
        for at, (operands, operator) in enumerate(operators):
            if str(operator) == "Tf":
                font = str(operands[0])
            if str(operator) == "TJ" and at and str(operators[at - 1][1]) in ("Tm", "Tf", "Tr"):
                words = fonts[font].ToUnicode.read_bytes().decode("latin-1")
                comma = re.search(r"<([0-9a-fA-F]{4})>\s*<(?:FF0C|ff0c|3002|002C|002c)>", words)
                if comma and len(bytes(operands[0][0])) > 20:
                    first = bytes(operands[0][0])
                    operands[0][0] = String(bytes.fromhex(comma[1]) + first[2:])
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))


@clause("lines", "–", _line_begins)
def no_line_begins_with_closing_or_ends_with_opening_marks(document: Structure) -> Iterator[str]:
    for element in document.elements:
        if element.type not in ("P", "H1", "H2", "H3", "H4", "TH", "TD", "LBody", "Caption", "Note", "TOCI"):
            continue
        if element.type in ("TH", "TD", "LBody", "Caption") and any(
            kid.type in ("P", "L", "Div") for kid in element.elements
        ):
            continue  # told of what is in it
        texts = ["".join(each.text for each in line) for line in lines(element)]
        for before, after in pairwise(filter(None, texts)):
            if before[-1] in OPENING or after[0] in CLOSING:
                yield f'{element}: after the line "{before}" stands "{after}"'
