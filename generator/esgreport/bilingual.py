"""Two languages in one book, or on one page of a website: the report's views of both brought together, and set beside each
other in the document.

It is worded by nobody: it is what both languages say already. `brought_together` makes one view of two, in
which a text that differs holds both wordings, a figure stands once, and a stretch of narrative stands with its
counterpart. The templates of the book and of the website take it as they take any view. Signs of ours hold the wordings
apart on the way; `set_beside` and `set_on_screen` turn them into elements, in drawings too, each with its language, or in
attributes into plain text.

What cannot be one (a table that has other rows in one language) is printed in each, one after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from difflib import SequenceMatcher
from functools import singledispatchmethod
from itertools import groupby
from typing import Any, TypeVar

from esgreport.typesetting import set_chinese
from esgreport.views import (
    AloneView,
    ChartView,
    ColumnView,
    EntryView,
    FigureView,
    HeadingView,
    LanguageView,
    LocationView,
    NoteMark,
    PageView,
    PartView,
    Piece,
    ProseView,
    ReportView,
    SectionEndView,
)
from esgreport.wording import in_pairs

OPEN, BESIDE, CLOSE = "\ue010", "\ue011", "\ue012"
"""Before the English wording, between the two, after the Chinese one."""

T = TypeVar("T")
Parts = tuple[str | FigureView, ...]

# Fields that name something and say nothing: those of the first language hold for both.
_NAMES = {
    "address", "anchor", "aspect", "at", "bands", "codes", "data", "end", "factor", "file", "framework", "icon",
    "id", "kind", "layout", "of", "piece", "row", "shape", "subject", "target", "token", "trend", "url", "value",
}  # fmt: skip
_BLOCK = re.compile(r"\s*<(?:p|ul|ol|table|blockquote|div|h\d|dl|hr|pre)\b")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_START = re.compile(r' start="(\d+)"')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_YEAR = re.compile(r"\d{4}")
_WORDINGS = re.compile(f"{OPEN}([^{BESIDE}]*){BESIDE}([^{CLOSE}]*){CLOSE}")
_SPOKEN = re.compile(
    r"<(title|desc) [^>]*>.*?</\1>", re.DOTALL
)  # of a drawing; the title of a page has no attributes


class _Unlike(Exception):
    """Two views that cannot be one."""


def brought_together(ours: ReportView, theirs: ReportView) -> ReportView:
    """One view of two: `ours` stands on the left, `theirs` on the right."""
    together = _Together(ours.language, theirs.language)
    both = {
        name: together.one(getattr(ours, name), getattr(theirs, name))
        for name in (
            "title", "company", "company_short", "incorporation", "stock_code", "contact", "period", "draft",
            "statements", "ridge", "inside_cover", "picture",
        )
    }  # fmt: skip
    words = {key: together.text(text, theirs.words.get(key, "")) for key, text in ours.words.items()}
    return replace(
        ours,
        **both,
        tagline=together.text(ours.tagline, theirs.tagline.replace("\u3000", "\u2003")),
        parts=tuple(together.parts(ours.parts, theirs.parts)),
        words={**words, **{key: ours.words[key] for key in ("comma", "chart_of")}},
        other_titles=(),
        other_companies=(),
        home=together.page(ours.home, theirs.home) if ours.home and theirs.home else None,
        beside=theirs.language,
    )


class _Together:
    """Makes one view of two of the same kind."""

    def __init__(self, ours: LanguageView, theirs: LanguageView) -> None:
        self.tags = ours.tag, theirs.tag
        self.named: set[str] = set()  # what links name on a page in our language
        self.drawn = False  # in a drawing, where both wordings stand in a line
        self.columns: dict[tuple[int, int], ColumnView] = {}

    def text(self, ours: str, theirs: str) -> str:
        """Both wordings; one where they are the same, or the same year."""
        if ours == theirs or (_YEAR.fullmatch(ours) and theirs == f"{ours}年"):
            return ours
        between = " " if self.drawn and ours and theirs else ""
        return f"{OPEN}{ours}{BESIDE}{between}{theirs}{CLOSE}"

    # ---- chapters

    def parts(self, ours: Sequence[PartView], theirs: Sequence[PartView]) -> Iterator[PartView]:
        others = {page.id: page for part in theirs for page in part.pages}
        titles = {page.id: (part.title, part.lead) for part in theirs for page in part.pages}
        for part in ours:
            title, lead = next((titles[page.id] for page in part.pages if page.id in titles), ("", ""))
            pages = tuple(self.page(page, others[page.id]) for page in part.pages if page.id in others)
            yield replace(
                part, title=self.text(part.title, title), lead=self.text(part.lead, lead), pages=pages
            )

    def page(self, ours: PageView, theirs: PageView) -> PageView:
        return replace(
            ours,
            title=self.text(ours.title, theirs.title),
            part=self.text(ours.part, theirs.part),
            other=(),
            lead=self.one(ours.lead, theirs.lead),
            body=tuple(self.body(ours.body, theirs.body)),
            long_lead=ours.long_lead or theirs.long_lead,
        )

    def body(self, ours: Sequence[Piece], theirs: Sequence[Piece]) -> Iterator[Piece]:
        """The pieces of a page: stretches of narrative beside each other, between headings and blocks that both have."""
        mine, its = list(_stretches(ours)), list(_stretches(theirs))
        self.named = {getattr(piece, "anchor", "") for piece in ours}
        keys, other_keys = ([key for key, _ in stretches] for stretches in (mine, its))
        matcher = SequenceMatcher(None, keys, other_keys, autojunk=False)
        for _, a, b, c, d in matcher.get_opcodes():
            if keys[a:b] == other_keys[c:d]:
                for (key, here), (_, there) in zip(mine[a:b], its[c:d], strict=True):
                    yield from (
                        self.prose_of(here, there) if key == _NARRATIVE else self.block(here[0], there[0])
                    )
            else:
                yield from (piece for _, pieces in mine[a:b] for piece in self.alone(pieces, 0))
                yield from (piece for _, pieces in its[c:d] for piece in self.alone(pieces, 1))

    def prose_of(self, ours: Sequence[Any], theirs: Sequence[Any]) -> Iterator[ProseView]:
        """Paragraphs and lists beside each other, lists item by item."""
        for here, there in in_pairs(ours, theirs, _kind):
            if len(here) == len(there) == 1 and _kind(here[0]) in ("ul", "ol"):
                yield from self.items(here[0], there[0])
            else:
                yield self.beside(here, there)

    def items(self, ours: ProseView, theirs: ProseView) -> Iterator[ProseView]:
        (mine, here), (its, there) = _held(ours, "li"), _held(theirs, "li")
        if len(here) != len(there):
            yield self.beside((ours,), (theirs,))
            return
        for number, pair in enumerate(zip(here, there, strict=True)):
            sides = [
                ProseView((_list_from(frames[0], number), *held, f"</li></{_kind(view)}>"))
                for frames, held, view in zip((mine, its), pair, (ours, theirs), strict=True)
            ]
            yield self.beside(sides[:1], sides[1:])

    def beside(self, ours: Sequence[ProseView], theirs: Sequence[ProseView]) -> ProseView:
        """Stretches of narrative as one, with those of the other language beside them."""
        here, there = (tuple(part for view in views for part in view.parts) for views in (ours, theirs))
        return ProseView(here if here == there else (OPEN, *here, BESIDE, *there, CLOSE))

    def block(self, ours: Piece, theirs: Piece) -> Iterator[Piece]:
        """A heading, table, chart or box once, or where that cannot be in each language."""
        try:
            yield self.one(ours, theirs)
        except _Unlike:
            yield from self.alone((ours,), 0)
            yield from self.alone((theirs,), 1)

    def alone(self, pieces: Sequence[Piece], side: int) -> Iterator[Piece]:
        """What only one language has."""
        for piece in pieces:
            if side == 1 and getattr(piece, "anchor", "") in self.named:
                piece = _unnamed(piece)
            if isinstance(piece, ProseView) and _kind(piece) != "table":
                yield self.beside(*(((piece,), ()) if side == 0 else ((), (piece,))))
            elif isinstance(piece, HeadingView):
                title = self.beside(*(((piece.title,), ()) if side == 0 else ((), (piece.title,))))
                yield replace(piece, title=title)
            elif isinstance(piece, SectionEndView):
                yield piece
            else:
                yield AloneView(self.tags[side], piece)

    # ---- views

    def one(self, ours: T, theirs: T) -> T:
        """One of two values of the same field."""
        if ours is None or theirs is None:
            return theirs if ours is None else ours
        if type(ours) is not type(theirs):
            raise _Unlike
        return self.of(ours, theirs)  # type: ignore[no-any-return]

    @singledispatchmethod
    def of(self, ours: Any, theirs: Any) -> Any:
        if not is_dataclass(ours):  # numbers, and whether something holds
            return ours or theirs if isinstance(ours, bool) else ours
        return self.fields_of(ours, theirs)

    def fields_of(self, ours: Any, theirs: Any) -> Any:
        return replace(
            ours,
            **{
                name: (self.label if name == "label" else self.one)(
                    getattr(ours, name), getattr(theirs, name)
                )
                for name in (item.name for item in fields(ours))
                if name not in _NAMES
            },
        )

    def label(self, ours: str, theirs: str) -> str:
        """What a table is called: its number stands once."""
        number = ours.rpartition(" ")[2]
        if number == ours or not theirs.endswith(number):
            return self.text(ours, theirs)
        return self.text(ours.removesuffix(number).strip(), theirs.removesuffix(number).strip()) + number

    @of.register
    def _(self, ours: str, theirs: str) -> str:
        return self.text(ours, theirs)

    @of.register
    def _(self, ours: tuple, theirs: tuple) -> tuple[Any, ...]:  # type: ignore[type-arg]
        if any(isinstance(view, LocationView) for view in (*ours, *theirs)):
            return tuple(self.locations(ours, theirs))
        if len(ours) == len(theirs):
            return tuple(map(self.one, ours, theirs))
        if all(isinstance(view, ProseView) for view in (*ours, *theirs)):
            return (self.beside(ours, theirs),)
        if all(isinstance(text, str) for text in (*ours, *theirs)):
            return (*(self.text(text, "") for text in ours), *(self.text("", text) for text in theirs))
        raise _Unlike

    @of.register
    def _(self, ours: Mapping, theirs: Mapping) -> dict[str, Any]:  # type: ignore[type-arg]
        if ours.keys() != theirs.keys():
            raise _Unlike
        return {key: self.one(ours[key], theirs[key]) for key in ours}

    @of.register
    def _(self, ours: ProseView, theirs: ProseView) -> ProseView:
        if _kind(ours) == _kind(theirs) == "table":
            return self.table_of_words(ours, theirs)
        return self.beside((ours,), (theirs,))

    @of.register
    def _(self, ours: FigureView, theirs: FigureView) -> FigureView:
        if ours.figure != theirs.figure:
            raise _Unlike
        if (ours.whole, ours.fraction) == (theirs.whole, theirs.fraction):
            before, after = self.text(ours.before, theirs.before), self.text(ours.after, theirs.after)
            return replace(ours, before=before, after=after)
        if self.drawn:
            raise _Unlike
        other = replace(theirs, after=theirs.after + CLOSE)
        return replace(ours, before=OPEN + ours.before, after=ours.after + BESIDE, other=other)

    @of.register
    def _(self, ours: NoteMark, theirs: NoteMark) -> NoteMark:
        if ours.mark != theirs.mark:
            raise _Unlike
        return ours

    @of.register
    def _(self, ours: ColumnView, theirs: ColumnView) -> ColumnView:
        key = id(ours), id(theirs)
        if key not in self.columns:
            self.columns[key] = self.fields_of(ours, theirs)
        return self.columns[key]

    @of.register
    def _(self, ours: ChartView, theirs: ChartView) -> ChartView:
        drawn = ("moments", "series", "totals", "total_word", "way")
        self.drawn = True
        try:
            texts = {name: self.one(getattr(ours, name), getattr(theirs, name)) for name in drawn}
        finally:
            self.drawn = False
        same = replace(theirs, **{name: getattr(ours, name) for name in drawn})
        return replace(self.fields_of(ours, same), **texts)  # type: ignore[no-any-return]

    @of.register
    def _(self, ours: EntryView, theirs: EntryView) -> EntryView:
        return replace(self.fields_of(ours, theirs), number=ours.number)  # type: ignore[no-any-return]

    @of.register
    def _(self, ours: HeadingView, theirs: HeadingView) -> HeadingView:
        return replace(
            ours, title=self.beside((ours.title,), (theirs.title,)), plain=self.text(ours.plain, theirs.plain)
        )

    def locations(
        self, ours: Sequence[LocationView], theirs: Sequence[LocationView]
    ) -> Iterator[LocationView]:
        """Where a requirement is answered, each place once."""
        others = {place.anchor: place for place in theirs}
        for place in ours:
            other = others.pop(place.anchor, None)
            yield self.one(place, other) if other else replace(place, title=self.text(place.title, ""))
        yield from (replace(place, title=self.text("", place.title)) for place in others.values())

    def table_of_words(self, ours: ProseView, theirs: ProseView) -> ProseView:
        """A table of the narrative, cell by cell."""
        (mine, here), (its, there) = _held(ours, "td", "th"), _held(theirs, "td", "th")
        if len(here) != len(there) or [f.count("<tr") for f in mine] != [f.count("<tr") for f in its]:
            raise _Unlike
        cells = [
            self.beside((ProseView(a),), (ProseView(b),)).parts for a, b in zip(here, there, strict=True)
        ]
        return ProseView(
            (mine[0], *(part for cell, frame in zip(cells, mine[1:], strict=True) for part in (*cell, frame)))
        )


# ---- narrative

_NARRATIVE = "narrative"


def _kind(view: ProseView) -> str:
    """The element that a stretch of narrative is."""
    first = view.parts[0] if view.parts else ""
    found = _NAME.search(first) if isinstance(first, str) else None
    return found[2] if found else ""


def _key(piece: Piece) -> str:
    """What a piece has to have in common with its counterpart."""
    if isinstance(piece, ProseView):
        return "table of words" if _kind(piece) == "table" else _NARRATIVE
    if isinstance(piece, HeadingView | SectionEndView):
        return f"{piece.piece} {piece.anchor}"
    return piece.piece


def _stretches(pieces: Sequence[Piece]) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The pieces of a page with their keys: narrative in stretches, all else by itself."""
    for key, run in groupby(pieces, _key):
        if key == _NARRATIVE:
            yield key, tuple(run)
        else:
            yield from ((key, (piece,)) for piece in run)


def _held(view: ProseView, *names: str) -> tuple[list[str], list[Parts]]:
    """What the outermost elements of these names hold, and the markup before, between and after."""
    frames, held = [""], []
    depth, inner = 0, []  # type: ignore[var-annotated]
    for part in view.parts:
        for piece in _TAG.split(part) if isinstance(part, str) else (part,):
            found = _NAME.match(piece) if isinstance(piece, str) else None
            ours = found is not None and found[2] in names
            if ours and found and found[1]:
                depth -= 1
                if depth == 0:
                    held.append(tuple(inner))
                    frames.append("")
            if depth:
                inner.append(piece)
            elif isinstance(piece, str):
                frames[-1] += piece
            if ours and found and not found[1]:
                depth += 1
                inner = [] if depth == 1 else inner
    return frames, held


def _list_from(frame: str, number: int) -> str:
    """The beginning of a list that goes on with another item than its first."""
    if not number or not frame.lstrip().startswith("<ol"):
        return frame
    first = _START.search(frame)
    start = number + (int(first[1]) if first else 1)
    return _START.sub("", frame).replace("<ol", f'<ol start="{start}"', 1)


def _unnamed(piece: Any) -> Any:
    """A piece that links from elsewhere cannot name, because its counterpart has the name; those within it still lead to its notes."""
    apart: dict[str, Any] = {"anchor": f"{piece.anchor}-beside"}
    if hasattr(piece, "target"):
        apart["target"] = ""
    if getattr(piece, "table", None):
        apart["table"] = _unnamed(piece.table)
    if any(hasattr(row, "anchor") for row in getattr(piece, "rows", ())):
        apart["rows"] = tuple(replace(row, anchor="") for row in piece.rows)
    return replace(piece, **apart)


# ---- the document


def set_beside(document: str, ours: str, theirs: str) -> str:
    """A document for print whose wordings of two languages are told apart: elements with their languages (given as for
    HTML's `lang`), in attributes plain text: what is told has the other wording in an attribute of its own, bookmarks have
    a stroke between both. The nth printing of a figure is numbered anew, because tables print once what is printed in both
    languages."""

    def value(name: str, text: str) -> str:
        if BESIDE in text and name in ("alt", "aria-label"):
            return (
                f'{name}="{_side(text, 1)}" data-other-{name}="{_side(text, 2)}" data-other-lang="{theirs}"'
            )
        between = "\u2003" if name.startswith("data-") and name != "data-bookmark" else " / "
        return f'{name}="{_joined(text, between)}"'

    document = _in_elements(document, ours, theirs, value, set_chinese)
    printed: Counter[str] = Counter()

    def numbered(found: re.Match[str]) -> str:
        printed[found[1]] += 1
        return f'id="{found[1]}/{printed[found[1]]}" data-figure="{found[1]}"'

    return re.sub(r'id="([^"]*)/\d+" data-figure="\1"', numbered, document)


def set_on_screen(page: str, ours: str, theirs: str) -> str:
    """A page of a website whose wordings of two languages are told apart in the same way. An attribute cannot say which
    language it is in, so that those which are only spoken hold our wording, and so do descriptions of drawings."""

    def value(name: str, text: str) -> str:
        said = _joined(text, "\u2003") if name == "data-column" else _chosen(text)
        return f'{name}="{said}"'

    page = _SPOKEN.sub(lambda found: _chosen(found[0]), page)
    return _in_elements(page, ours, theirs, value, str)


def _in_elements(
    document: str, ours: str, theirs: str, value: Callable[[str, str], str], typeset: Callable[[str], str]
) -> str:
    """A document with its wordings in elements. `value` writes an attribute, given its name and text."""
    document = re.sub(
        r"<title>.*?</title>", lambda found: _joined(found[0], " "), document, count=1, flags=re.S
    )
    document = re.sub(
        r"<svg\b.*?</svg>", lambda found: _in_drawing(found[0], ours, theirs), document, flags=re.S
    )
    document = _TAG.sub(
        lambda tag: (
            _ATTRIBUTE.sub(lambda found: value(found[1], found[2]), tag[0]) if BESIDE in tag[0] else tag[0]
        ),
        document,
    )

    def elements(found: re.Match[str]) -> str:
        here, there = found[1], typeset(found[2])
        name = "div" if _BLOCK.match(here) or _BLOCK.match(there) else "span"
        return (
            f'<{name} class="both"><{name} class="ours" lang="{ours}">{here}</{name}> '
            f'<{name} class="theirs" lang="{theirs}">{there}</{name}></{name}>'
        )

    return re.sub(f"{OPEN}(.*?){BESIDE}(.*?){CLOSE}", elements, document, flags=re.S)


def _in_drawing(drawing: str, ours: str, theirs: str) -> str:
    """A drawing whose texts say their languages; it is described in each."""

    def twice(found: re.Match[str]) -> str:
        sides = (_side(found[2], number) for number in (1, 2))
        texts = zip((ours, theirs), sides, strict=True)
        return "".join(f'<{found[1]} lang="{language}">{text}</{found[1]}>' for language, text in texts)

    drawing = re.sub(f"<(title|desc)>([^<]*{BESIDE}[^<]*)</\\1>", twice, drawing)
    languages = {OPEN: ours, BESIDE: theirs, CLOSE: ""}
    pieces, language = [], ""
    for piece in re.split(f"(<[^>]*>|[{OPEN}{BESIDE}{CLOSE}])", drawing):
        if piece in languages:
            language = languages[piece]
        elif language and piece.strip() and not piece.startswith("<"):
            space = piece[: len(piece) - len(piece.lstrip())]
            pieces.append(f'{space}<tspan lang="{language}">{piece.lstrip()}</tspan>')
        else:
            pieces.append(piece)
    return "".join(pieces)


def plain(text: str) -> str:
    """A text of a view of two languages without signs of ours."""
    return _joined(text, " ")


def _side(text: str, number: int) -> str:
    """One wording of a text, the first or the second."""
    return _WORDINGS.sub(lambda found: found[number], text)


def _chosen(text: str) -> str:
    """Our wording alone, the other where there is none."""
    return _WORDINGS.sub(lambda found: found[1] or found[2], text)


def _joined(text: str, between: str) -> str:
    """Both wordings as one text."""
    whole = _WORDINGS.sub(lambda found: between.join(filter(None, found.groups())), text)
    return whole.translate({ord(OPEN): None, ord(BESIDE): between, ord(CLOSE): None})
