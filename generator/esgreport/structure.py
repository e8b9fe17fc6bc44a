"""The structure of a printed document, for those who listen: the elements of its HTML in the words of PDF.

A page is painted in pieces, each from one element. What an element is does not change with the page it fell on: a
table that goes on overleaf stays one table, a list one list. The order is that of the HTML. What says nothing (rules,
decoration, what repeats on each page) is an artefact and stands in no structure.

HTML has a word for nearly everything; where it has none, the roles of DPUB-ARIA say it: `doc-toc`, `doc-noteref`,
`doc-footnote`. Knows HTML and the names of tags (ISO 32000-1, 14.8.4), but neither an engine nor the bytes of a PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"

TAGS = {
    "section": "Sect", "article": "Art", "main": "Part", "blockquote": "BlockQuote", "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L", "ol": "L", "dl": "L",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "a": "Link",
}  # fmt: skip
INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "em",
    "i",
    "q",
    "s",
    "set-day",
    "set-gap",
    "set-half",
    "set-last",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "L", "LI", "TOC", "Table", "THead", "TBody", "TFoot", "TR"}  # fmt: skip
SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
LABELS = {"number", "disc", "mark"}  # classes of the words with which a list item or a note begins


Words = tuple[tuple[str, str], ...]
"""A text that is told and not painted, in parts: of each its language, "" where that is the element's own."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A piece of a page: which element it is of, and its number in the marked content of the page.

    `marker`: it is what the engine wrote before a list item. `box`: left, bottom, right, top of a picture, in points.
    """

    element: Any
    page: int
    number: int
    text: str = ""
    marker: bool = False
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a page that leads elsewhere; `note` is the engine's own value for it."""

    element: Any
    page: int
    note: Any


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure.

    `label` says where a link leads, if its words alone do not; `headers` are the header cells of a cell.
    """

    tag: str
    above: Node | None = None
    element: Any = None
    kids: list[Node | Painted | Area] = field(default_factory=list)
    language: str = ""
    alt: Words = ()
    actual: str = ""
    label: Words = ()
    scope: str = ""
    spans: tuple[int, int] = (1, 1)  # columns, rows
    headers: list[Node] = field(default_factory=list)
    id: str = ""

    def nodes(self) -> Iterator[Node]:
        """The node and all below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    @property
    def spoken(self) -> str:
        """The language in which the node is told."""
        if self.language or self.above is None:
            return self.language or str(self.element.get("lang") or "")
        return self.above.spoken

    def said(self) -> Words:
        """The text of the node and of all below it."""
        found: list[tuple[str, str]] = []
        for kid in self.kids:
            if isinstance(kid, Node):
                found += [(language or kid.language, text) for language, text in kid.said()]
            elif isinstance(kid, Painted):
                found.append(("", kid.text))
        return tuple(found)


def hidden(root: Any) -> set[Any]:
    """The elements that say nothing, with all that is in them."""
    found: set[Any] = set()
    for element in root.iter():
        if element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none"):
            found.update(element.iter())
    return found


def described(picture: Any) -> Words:
    """What a picture says to those who do not see it. A drawing may say it in several languages."""
    if picture.tag != SVG + "svg":
        return labelled(picture, "alt")
    texts = [each for each in picture if each.tag in (SVG + "title", SVG + "desc")]
    said = [(each.get("lang", ""), "".join(each.itertext()).strip()) for each in texts]
    languages = dict.fromkeys(language for language, _ in said)
    found = ((each, "\n".join(t for language, t in said if language == each).strip()) for each in languages)
    return tuple((language, text) for language, text in found if text)


def labelled(element: Any, name: str) -> Words:
    """An attribute that is told, and after it the same in the other language of a bilingual book."""
    texts = (("", element.get(name)), (element.get("data-other-lang"), element.get(f"data-other-{name}")))
    return tuple((language, text.strip()) for language, text in texts if text and text.strip())


def structure(root: Any, pieces: Iterable[Painted | Area]) -> Node:
    """The structure of a document.

    Args:
        root: the element `html`.
        pieces: everything painted that is no artefact, and every link, in the order of the document.
    """
    return _Structure(root).of(pieces)


class _Structure:
    def __init__(self, root: Any) -> None:
        self.parents = {child: element for element in root.iter() for child in element}
        self.hidden = hidden(root)
        self.document = Node("Document", element=root)
        self.made: dict[Any, Node] = {root: self.document}

    def of(self, pieces: Iterable[Painted | Area]) -> Node:
        for piece in pieces:
            if isinstance(piece, Area):
                self.node(piece.element).kids.append(piece)
            elif piece.marker:
                self.label(self.node(piece.element)).kids.append(piece)
            elif piece.box:
                self.node(piece.element).kids.append(piece)
            else:
                self.holder(piece.element).kids.append(piece)
        number = 0
        for node in self.document.nodes():
            if node.tag == "Table":
                _relate(node)
            if node.tag in ("TH", "Note"):
                number += 1
                node.id = str(number)
        return self.document

    # ---- where things belong

    def node(self, element: Any) -> Node:
        """What stands in an element belongs here; elements that mean nothing to a listener have no node of their own."""
        if element not in self.made:
            inline = element.tag in INLINE
            above = (self.holder if inline else self.node)(self.parents[element])
            if element not in self.made:  # a table makes all its cells
                self.made[element] = self.make(element, above)
        return self.made[element]

    def holder(self, element: Any) -> Node:
        """Where text of an element goes: a node that may hold text, if need be a paragraph made for it."""
        node = self.node(element)
        if node.tag == "Figure":
            return self.beside(node)
        if node.tag in GROUPING:
            return _last(node, "P", element) or self.add("P", node, element)
        return node

    def add(self, tag: str, above: Node, element: Any, first: bool = False) -> Node:
        node = Node(tag, above, element)
        above.kids.insert(0 if first else len(above.kids), node)
        return node

    def make(self, element: Any, above: Node) -> Node:
        """The node for an element that is met for the first time."""
        name, role = element.tag, element.get("role")
        if role == "doc-noteref":
            node = self.add("Reference", above, element)
        elif role == "doc-footnote":
            node = self.add("Note", above, element)
        elif role == "doc-toc":
            node = self.add("TOC", above, element)
        elif above.tag == "TOC":
            node = self.add("TOCI", above, element)
        elif name in ("img", SVG + "svg"):
            node = above if above.tag == "Figure" else self.add("Figure", above, element)
            node.alt = described(element)
        elif name == "figure":
            node = self.figure(element, above)
        elif name in ("figcaption", "caption"):
            node = self.caption(element, above)
        elif name in ("li", "dt", "dd") or (name == "div" and above.tag == "L"):
            node = self.item(element, above)
        elif name == "span" and self.parents[element].tag == "li" and LABELS & set(_classes(element)):
            node = self.label(above)
        elif name == "ol" and any(child.get("role") == "doc-footnote" for child in element):
            node = above
        elif name == "th" and not "".join(element.itertext()).strip():
            node = self.add("TD", above, element)  # the corner of a table that has no word for its rows
        elif name in TAGS:
            node = self.add(TAGS[name], self.beside(above) if above.tag == "Figure" else above, element)
        elif element.get("lang"):
            node = self.add("Span" if name in INLINE else "Div", above, element)
        else:
            return above
        if node is not above and (language := element.get("lang")) and node is not self.document:
            node.language = language
        if name == "p":
            node.actual = element.get("aria-label") or ""
        if name == "a":
            node.label = labelled(element, "aria-label")
        if name == "table":
            self.made[element] = node
            for each in element.iter():
                if each.tag in ("thead", "tbody", "tfoot", "tr", "th", "td"):
                    self.node(each)  # empty cells too, or columns would not be those that are seen
        if name in ("th", "td"):
            node.spans = int(element.get("colspan") or 1), int(element.get("rowspan") or 1)
        if node.tag == "TH":
            in_head = above.above is not None and above.above.tag == "THead"
            node.scope = SCOPES.get(element.get("scope") or "", "Column" if in_head else "Row")
        return node

    def figure(self, element: Any, above: Node) -> Node:
        """A picture with its caption. A figure of something else groups only, and one in a picture's stands after it."""
        if above.tag == "Figure" and above.above:
            above = above.above
        return self.add("Figure", above, element) if self.pictures(element) else above

    def pictures(self, figure: Any) -> list[Any]:
        return [each for each in self.within(figure, "img", SVG + "svg") if each not in self.hidden]

    def within(self, figure: Any, *names: str) -> Iterator[Any]:
        """Elements in a figure, but not in one that stands in it."""
        for child in figure:
            if child.tag in names:
                yield child
            elif child.tag != "figure":
                yield from self.within(child, *names)

    def caption(self, element: Any, above: Node) -> Node:
        """The caption stands in what it is of: a table, else a picture; under a quotation it is a paragraph."""
        owner = self.parents[element]
        table = owner if owner.tag == "table" else next(self.within(owner, "table"), None)
        if above.tag == "Figure":
            return self.beside(above)
        if table is not None:
            return self.add("Caption", self.node(table), element, first=True)
        return self.add("P", above, element)

    def beside(self, figure: Node) -> Node:
        """Where the words of a picture stand: all of them are its caption."""
        captions = [kid for kid in figure.kids if isinstance(kid, Node) and kid.tag == "Caption"]
        return captions[0] if captions else self.add("Caption", figure, None)

    def item(self, element: Any, above: Node) -> Node:
        """The place for the words of a list item. Terms and what they mean are items too."""
        if above.tag == "LBody" and above.above:  # dd after dd, or dt in an item's body
            above = above.above
        if element.tag == "li":
            return self.add("LBody", self.add("LI", above, element), None)
        if element.tag == "div":
            return self.add("LI", above, element)
        if above.tag == "L":
            above = (_last(above, "LI") if element.tag == "dd" else None) or self.add("LI", above, None)
        if element.tag == "dt":
            return self.label(above)
        body = _last(above, "LBody") or self.add("LBody", above, None)
        several = sum(sibling.tag == "dd" for sibling in self.parents[element]) > 1
        return self.add("Div", body, element) if several else body

    def label(self, node: Node) -> Node:
        """The label of a list item or of a note."""
        item = node.above if node.tag == "LBody" and node.above else node
        first = item.kids[0] if item.kids else None
        if isinstance(first, Node) and first.tag == "Lbl":
            return first
        return self.add("Lbl", item, None, first=True)


def _last(node: Node, tag: str, element: Any = None) -> Node | None:
    """The last of what is in a node, where it is such a one and of that element."""
    last = node.kids[-1] if node.kids else None
    same = isinstance(last, Node) and last.tag == tag and (element is None or last.element in (element, None))
    return last if same and isinstance(last, Node) else None


def _classes(element: Any) -> list[str]:
    return str(element.get("class") or "").split()


def _depth(row: Any) -> int:
    """How deep a row of figures is; rows of an index are named by codes that say so themselves."""
    classes = _classes(row)
    depths = [int(name.removeprefix("depth-")) for name in classes if name.startswith("depth-")]
    of_metric = "intensity" in classes  # it stands under its metric, as deep as that
    return 2 * depths[0] + of_metric if depths and (of_metric or "member" in classes) else 0


def _relate(table: Node) -> None:
    """Give every cell of a table its header cells: of its columns, of the headings over its row, of its row."""
    rows = [node for node in table.nodes() if node.tag == "TR"]
    grid: dict[tuple[int, int], Node] = {}
    heads: list[Node] = []  # of the rows under them: a heading, and one under it
    over: list[tuple[int, Node]] = []  # the rows that a row is a part of, with their depths
    for y, row in enumerate(rows):
        cells = [kid for kid in row.kids if isinstance(kid, Node)]
        x = 0
        for cell in cells:
            while (y, x) in grid:
                x += 1
            for dx in range(cell.spans[0]):
                for dy in range(cell.spans[1]):
                    grid[y + dy, x + dx] = cell
        if (
            cells[0].tag == "TH"
            and cells[0].element.get("scope") == "rowgroup"
            and not any(cell.kids for cell in cells[1:])
        ):
            heads = [*(heads[:1] if "division" in _classes(row.element) else []), cells[0]]
            over = []
        else:
            depth = _depth(row.element)
            over = [each for each in over if each[0] < depth]
            for cell in cells:
                cell.headers = [*heads, *(head for _, head in over)] if cell.tag == "TD" else []
            over += [(depth, cell) for cell in cells if cell.tag == "TH"]
    places: dict[Node, list[tuple[int, int]]] = {}
    for place, cell in grid.items():
        places.setdefault(cell, []).append(place)
    width = 1 + max((x for _, x in grid), default=0)
    for cell, where in places.items():
        if cell.tag == "TD":
            columns = [grid.get((y, x)) for x in sorted({x for _, x in where}) for y in range(where[0][0])]
            beside = [grid.get((y, x)) for y in sorted({y for y, _ in where}) for x in range(width)]
            named = [other for other in columns if other and other.tag == "TH" and other.scope == "Column"]
            told = [other for other in beside if other and other.tag == "TH" and other.scope == "Row"]
            cell.headers = list(dict.fromkeys([*named, *cell.headers, *told]))
