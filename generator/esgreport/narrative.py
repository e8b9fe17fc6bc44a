"""Markdown pages in, sections, prose and blocks out: three things of ours in plain Markdown and no more.

The only door to `markdown_it`. A heading may carry `{ #id answers="A1.5" }`, a sentence may hold a value
call `{{ electricity }}`, a fenced block may be a table of figures, a method note or an index. Nothing an author writes is
ever run: calls are parsed for a name and literal arguments, HTML is kept to four harmless tags, links to
the web, to mail and to pages of the report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from html import unescape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from esgreport.blocks import ANCHOR, BLOCK_KINDS, BlockReader
from esgreport.diagnostics import Diagnostic, Place, blocking, error
from esgreport.languages import has_long_word
from esgreport.model import (
    ANCHORED,
    HOME,
    Answer,
    Block,
    Call,
    Heading,
    Item,
    Link,
    Name,
    Page,
    Passage,
    Prose,
)
from esgreport.pictures import usable_name
from esgreport.schema import Shapes, nearest
from esgreport.source import FORBIDDEN, Node, Scalar, described, read_yaml, split_front_matter

SLOT = re.compile("\ue000(\\d+)\ue001")
_SLOT_IN_TARGET = "%EE%80%80"  # U+E000 as the parser writes it in an address
MOST_CALL = 300
MOST_CHARACTERS = 100_000  # of a page; what the parser needs grows faster than the text
MOST_NESTING = 20

_CALL = re.compile(r"\{\{([^{}]*)\}\}")
_CALL_TEXT = re.compile(r"\s*(?P<name>[a-z][a-z0-9_]*)\s*(?:\((?P<arguments>.*)\)\s*)?\Z")
_ARGUMENT = re.compile(
    r"\s*(?P<name>[a-z][a-z0-9_]*)\s*=\s*"
    r"(?:\"(?P<double>[^\"\\]*)\"|'(?P<single>[^'\\]*)'|(?P<whole>[0-9]+))\s*(?:,\s*|\Z)"
)
_COMMENT = re.compile(r"<!--.{0,300}?-->")  # longer ones are seldom within a sentence, and take too long
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|(?<!\\)[{}]|[｛｝]")
_OF_A_PAGE = re.compile(
    r"\s*(?:`{3,}\w|<!--|#{1,6} .*\{ *#)"
)  # never stands in a block: the one before was left open
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_HEADING_TOO_CLOSE = re.compile(r" {0,3}(?:#{1,6}(?=[^#\s])|＃+)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*\Z")
_ENTITY = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ATTRIBUTE = re.compile(r'\s*(?:#(?P<id>[^\s}"]+)|(?P<name>[a-z]+)="(?P<value>[^"]*)"|(?P<other>\S+))')
_HTML = re.compile(r'<(?P<close>/?)(?P<tag>sub|sup|br|span)(?P<lang> lang="[A-Za-z-]{2,12}")?\s*/?>\Z')
_NO_TARGET = "]("  # where a link or picture without a target is shown
_WEB = re.compile(r"(https?://[^\s/?#]+[^\s]*|mailto:[^\s@]+@[^\s@]+)\Z")
_PAGE = re.compile(r"(?:(?P<page>[a-z][a-z0-9_]*)\.md)?(?:#(?P<anchor>[a-z][a-z0-9-]*))?\Z")


def _wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


class _HanState(StateInline):
    """Emphasis beside Han text: `**重點。**之後` is emphasis, though no space stands around the marks."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1 : start]
        after = self.src[start + scanned.length : start + scanned.length + 1]
        if canSplitWord and (_wide(before) or _wide(after)):
            return Scanned(
                bool(after) and not after.isspace(), bool(before) and not before.isspace(), scanned.length
            )
        return scanned


class _HanInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _HanState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Renderer(RendererHTML):
    """HTML of prose. Addresses stay abstract (`page:`, `asset:`): each medium has its own."""

    def softbreak(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """A line end in the source: nothing between Han characters, else a space."""
        before, after = index - 1, index + 1
        while before >= 0 and not tokens[before].content:
            before -= 1
        while after < len(tokens) and not tokens[after].content:
            after += 1
        left = tokens[before].content[-1] if before >= 0 else ""
        right = tokens[after].content[0] if after < len(tokens) else ""
        value = left == "\ue001" or right == "\ue000"  # a number beside Han text
        return "" if (_wide(left) and _wide(right)) or (value and (_wide(left) or _wide(right))) else "\n"


def _any_target(url: str) -> bool:
    """Lets the parser see every link, so that each target can be refused with its place."""
    return True


@cache
def _parser(without: str = "") -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": True, "linkify": False, "typographer": False}, renderer_cls=_Renderer
    )
    parser.inline = _HanInline()
    parser.enable("table")
    parser.disable([*filter(None, ["code", "reference", without])])
    parser.options["maxNesting"] = MOST_NESTING
    parser.validateLink = _any_target  # type: ignore[method-assign]
    return parser


_CALL_HELP = 'write {{ electricity }} or {{ electricity(period="2024", plant="chengxi") }}, on one line'

_NOT_ON_HOME = {
    True: ("the cover is the title of the home page", "make it a section (##)"),
    False: (
        "the home page is in no book, so it answers no requirement",
        "take answers out, and tag a section of a chapter",
    ),
}


def _unsafe(entity: re.Match[str]) -> str:
    """The forbidden character that an HTML entity such as &zwj; stands for, or ""."""
    if entity["decimal"] or entity["hex"]:
        code = int(entity["decimal"] or entity["hex"], 10 if entity["decimal"] else 16)
        text = chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
    else:
        text = unescape(entity.group())
    match = FORBIDDEN.search(text)
    return match.group() if match else ""


def _is_comment(text: str) -> bool:
    text = text.strip()
    return len(text) >= 7 and text.startswith("<!--") and text.find("-->", 4) == len(text) - 3


Locate = Callable[[int, int, int], Place]
"""Where a stretch of text stands in its file: by its line (from 0), its first column and the one after its last."""


class _Reader:
    """Reads one Markdown text; collects findings on the way."""

    def __init__(self, text: str, page: str, shapes: Shapes, locate: Locate) -> None:
        self.page, self.shapes, self.locate = page, shapes, locate
        self.path = locate(0, 1, 2).path
        self.calls: list[Call] = []
        self.lines = text.replace("\ue000", " ").replace("\ue001", " ").split("\n")
        self.parser = _parser()
        self.masked_lines = self.mask_calls()
        self.made_up = 0
        self.found = (0, 0)

    @property
    def findings(self) -> list[Diagnostic]:
        return self.shapes.findings

    def place(self, line: int, column: int = 1, end: int = 0) -> Place:
        """A place in the file from a line of the text (from 0) and columns (from 1)."""
        return self.locate(line, column, end or column + 1)

    def whole_line(self, line: int) -> Place:
        text = self.lines[line] if line < len(self.lines) else ""
        start = len(text) - len(text.lstrip()) + 1
        return self.place(line, start, max(len(text.rstrip()) + 1, start + 1))

    # ---- value calls

    def verbatim(self) -> set[int]:
        """The lines of blocks, comments and HTML, where no calls are looked for."""
        tokens: list[Token] = []
        blocks_only = _parser(without="table")  # which changes no line's being verbatim, and takes long
        blocks_only.block.parse("\n".join(self.lines), blocks_only, {}, tokens)
        blocks = [token.map for token in tokens if token.type in ("fence", "html_block") and token.map]
        return {line for first, end in blocks for line in range(first, end)}

    def mask_calls(self) -> list[str]:
        """The lines of the body with every value call outside of blocks replaced by its slot."""
        verbatim = self.verbatim()
        out = []
        for number, line in enumerate(self.lines):
            if number in verbatim:
                out.append(line)
                continue
            for match in _ENTITY.finditer(line):
                if unsafe := _unsafe(match):
                    message = (
                        f"{match.group()} stands for the invisible or unsafe character {described(unsafe)}"
                    )
                    where = self.place(number, match.start() + 1, match.end() + 1)
                    self.shapes.refuse(where, message, "delete it", "forbidden-character")
            if close := _HEADING_TOO_CLOSE.match(line):
                where = self.place(number, 1, close.end() + 1)
                help = "write # marks as on an English keyboard, then a space"
                self.shapes.refuse(
                    where, "a heading begins here without a space after #", help, "bad-heading"
                )
            if stray := _STRAY.search(self.without_calls(number)):
                where = self.place(number, stray.start() + 1, stray.end() + 1)
                help = _CALL_HELP if "%" not in stray.group() else "delete it: text cannot be programmed"
                self.shapes.refuse(where, f"{stray.group()} cannot be read here", help, "bad-call")
            masked = _CALL.sub(partial(self.slot, number), line)
            out.append(_ENTITY.sub(lambda m: "" if _unsafe(m) else m.group(), masked))
        return out

    def without_calls(self, number: int) -> str:
        """A line of the body with its calls, and the braces that end a heading, made blank."""
        line = _CALL.sub(lambda m: " " * len(m.group()), self.lines[number])
        underlined = number + 1 < len(self.lines) and _UNDERLINE.match(self.lines[number + 1])
        ended = line.rstrip().rstrip("#").rstrip()  # a heading may be closed by the same marks
        if (_HEADING.match(line) or underlined) and ended.endswith("}") and "{" in ended:
            line = line[: ended.rindex("{")]
        return line

    def slot(self, line: int, match: re.Match[str]) -> str:
        call = self.call(match, line)
        if call is None:
            return ""
        self.calls.append(call)
        return f"\ue000{len(self.calls) - 1}\ue001"

    def call(self, written: re.Match[str], line: int) -> Call | None:
        """The call that an author wrote: a name, and arguments that are texts in quotes or whole numbers."""
        place = self.place(line, written.start() + 1, written.end() + 1)
        text = _CALL_TEXT.match(written[1]) if len(written[1]) <= MOST_CALL else None
        if text is None:
            message = f"{written.group()[:60]} is not a value call"
            self.shapes.refuse(place, message, _CALL_HELP, "bad-call")
            return None
        listed = text["arguments"] or ""
        arguments: list[tuple[str, str]] = []
        position = len(listed) - len(listed.lstrip())
        while position < len(listed):
            match = _ARGUMENT.match(listed, position)
            if match is None:
                start = written.start(1) + text.start("arguments") + position + 1
                where = self.place(line, start, start + len(listed[position:].rstrip()))
                message = f'an argument of "{text["name"]}" is written name="text", with straight quotes'
                self.shapes.refuse(where, message, _CALL_HELP, "bad-call")
                return None
            arguments.append(
                (match["name"], next(filter(None, match.group("double", "single", "whole")), ""))
            )
            position = match.end()
        return Call(text["name"], tuple(arguments), place)

    # ---- the page

    def groups(self) -> list[tuple[list[Token], int]] | None:
        """What stands at the outermost level, one thing after the other, each with its line; None if nested too deep."""
        tokens = self.parser.parse("\n".join(self.masked_lines))
        if deep := next((token for token in tokens if token.level >= MOST_NESTING - 1), None):
            message = f"lists or quotations nested deeper than {MOST_NESTING // 2} levels"
            line = deep.map[0] if deep.map else 0
            self.shapes.refuse(self.whole_line(line), message, "make the text flatter", "nested-too-deep")
            return None
        found = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            last = index
            if token.nesting == 1:
                last = next(
                    i
                    for i in range(index, len(tokens))
                    if tokens[i].level == token.level and tokens[i].nesting == -1
                )
            found.append((tokens[index : last + 1], token.map[0] if token.map else 0))
            index = last + 1
        return found

    def read(self, language: str, front: Mapping[str, Name]) -> Page | None:
        """The text as a page."""
        title: Prose | None = None
        lead: Prose | None = None
        items: list[Item] = []
        groups = self.groups()
        if groups is None:
            return None
        for group, line in groups:
            token = group[0]
            if token.type == "heading_open":
                heading = self.heading(group, line)
                if self.page == HOME and (heading.level == 1 or heading.answers):
                    message, help = _NOT_ON_HOME[heading.level == 1]
                    self.shapes.refuse(heading.place, message, help, "bad-heading")
                elif heading.level == 1 and title is None and lead is None and not items:
                    title = heading.title
                    if heading.answers:
                        self.shapes.refuse(
                            heading.place,
                            "the page's title cannot answer a requirement",
                            "put answers on a section (##)",
                            "bad-heading",
                        )
                elif heading.level == 1:
                    first = "a second title (#) on the page" if title else "text stands before the title (#)"
                    help = "make it a section (##)" if title else "begin the page with its title"
                    self.shapes.refuse(heading.place, first, help, "bad-heading")
                    title = title or heading.title
                else:
                    self.check_step(items, heading)
                    items.append(heading)
            elif token.type == "fence":
                if (block := self.block(token, line)) is not None:
                    items.append(block)
            elif token.type == "html_block":
                self.html_block(token, line)
            else:
                prose = self.prose(group, line)
                if lead is None and not items and prose.kind == "paragraph":
                    lead = prose
                else:
                    items.append(prose)
        if title is None and self.page == HOME:
            title = Prose("paragraph", "", (), self.place(0))
        if title is None:
            help = "begin it with a line such as: # Emissions"
            self.shapes.refuse(self.place(0), "the page has no title", help, "bad-heading")
            return None
        self.check_unique(items)
        return Page(
            self.page,
            language,
            self.path,
            title,
            tuple(items),
            lead,
            front["code"].text if "code" in front else "",
            front.get("description"),
        )

    def passage(self) -> Passage:
        """The text as what a field of a block may hold: paragraphs, lists, tables."""
        found = []
        for group, line in self.groups() or ():
            if group[0].type == "heading_open":
                help = "leave the # marks out; what stands in a block has no headings"
                self.shapes.refuse(self.whole_line(line), "a heading cannot stand here", help, "bad-heading")
            elif group[0].type == "fence":
                message = "a block cannot stand inside another"
                self.shapes.refuse(self.whole_line(line), message, "put it after this one", "unknown-block")
            elif group[0].type == "html_block":
                self.html_block(group[0], line)
            else:
                found.append(self.prose(group, line))
        return tuple(found)

    def line(self) -> Passage:
        """The text as one line: words with calls and emphasis, no paragraphs."""
        inline = self.parser.parseInline(" ".join(self.masked_lines))[0]
        inline.map = [0, len(self.lines)]
        return (self.prose([inline], 0, "line"),)

    def check_step(self, items: list[Item], heading: Heading) -> None:
        above = next((item.level for item in reversed(items) if isinstance(item, Heading)), 1)
        if heading.level > above + 1:
            marks = "#" * (above + 1)
            self.findings.append(
                error(
                    "heading-jump",
                    heading.place,
                    f"a heading of level {heading.level} follows one of level {above}",
                    f"write {marks}: levels go down one at a time",
                )
            )

    def check_unique(self, items: list[Item]) -> None:
        seen: dict[str, Place] = {}
        for item in items:
            if isinstance(item, ANCHORED) and item.id:
                if item.id in seen:
                    self.shapes.refuse(
                        item.place,
                        f'the id "{item.id}" stands twice on this page; first in line {seen[item.id].line}',
                        "give each section and table its own id",
                        "duplicate-id",
                    )
                seen.setdefault(item.id, item.place)

    def html_block(self, token: Token, line: int) -> None:
        if _is_comment(token.content):
            return
        message = "HTML cannot be used here"
        help = "write Markdown; of HTML only <sub>, <sup>, <br> and <span lang=…> inside a sentence"
        if token.content.lstrip().startswith("<!--"):
            ended = "-->" in token.content
            message = "text follows a comment on its line" if ended else "this comment is not closed"
            help = "begin the text on the next line" if ended else "end it with -->"
        self.shapes.refuse(self.whole_line(line), message, help, "html-not-allowed")

    def heading(self, group: list[Token], line: int) -> Heading:
        inline = group[1]
        level = int(group[0].tag[1])
        id = ""
        answers: list[Answer] = []
        content = inline.content.rstrip()
        opening = content.rfind("{")
        if content.endswith("}") and opening >= 0:
            last = max(line, (inline.map[1] if inline.map else line + 1) - 1)
            where = next(n for n in range(last, line - 1, -1) if "{" in self.lines[n] or n == line)
            column = self.lines[where].rfind("{") + 1
            id, answers = self.heading_attributes(content[opening + 1 : -1], where, column)
            again = self.parser.parseInline(content[:opening].rstrip())[0]
            again.map = inline.map
            inline = again
        if not inline.content.strip():
            help = "write its words before the braces"
            self.shapes.refuse(self.whole_line(line), "this heading has no words", help, "bad-heading")
        prose = self.prose([inline], line, "heading")
        named = bool(id)
        if not ANCHOR.match(id):
            self.made_up += 1
            id = f"section-{self.made_up}"
        if not named and level > 1:
            message = "this section has no id, so the languages cannot be paired by it"
            help = "add { #a-short-english-id } at its end, the same in every language; esgreport ids does it for all"
            self.findings.append(error("heading-without-id", self.whole_line(line), message, help))
        return Heading(level, id, prose, tuple(answers), self.whole_line(line), named)

    def heading_attributes(self, inner: str, line: int, column: int) -> tuple[str, list[Answer]]:
        id = ""
        answers: list[Answer] = []
        for match in _ATTRIBUTE.finditer(inner):
            text = match.group().strip()
            start = column + 1 + match.end() - len(text)
            place = self.place(line, start, start + len(text))
            if match["id"] and not id:
                id = match["id"]
                if not ANCHOR.match(id):
                    self.shapes.refuse(
                        place,
                        f'"{id}" cannot be a section id',
                        "use lower-case letters, digits and -, beginning with a letter",
                        "bad-id",
                    )
            elif match["name"] == "answers":
                value_start = start + text.index('"') + 1
                for code in re.finditer(r"\S+", match["value"]):
                    requirement, _, measure = code.group().partition(":")
                    where = self.place(line, value_start + code.start(), value_start + code.end())
                    answers.append(Answer(requirement, measure, where))
            else:
                self.shapes.refuse(
                    place,
                    f"{text} cannot stand in a heading's braces",
                    'write { #id answers="A1.5 A1.6" }',
                    "bad-heading",
                )
        return id, answers

    def block(self, token: Token, line: int) -> Block | None:
        kind = token.info.strip()
        if kind not in BLOCK_KINDS:
            self.shapes.refuse(
                self.whole_line(line),
                f'"{kind}" is not a kind of block' if kind else "this block does not say its kind",
                nearest(kind, BLOCK_KINDS) if kind else "write ```table, or another of its kinds",
                "unknown-block",
            )
            return None
        first, end = token.map or [line, line + 1]
        last_line = self.lines[end - 1].strip()
        closed = (
            end - first > 1 and last_line.startswith(token.markup) and not last_line.strip(token.markup[0])
        )
        if not closed or any(map(_OF_A_PAGE.match, token.content.splitlines())):
            self.shapes.refuse(
                self.whole_line(line),
                "this block is not closed",
                f"end it with a line {token.markup}",
                "unknown-block",
            )
            return None
        indent = len(self.lines[line]) - len(self.lines[line].lstrip(" "))
        first_line = self.place(line).line + 1
        node, findings = read_yaml(token.content, self.path, first_line, indent)
        self.findings.extend(findings)
        if findings:
            return None
        return BlockReader(self.shapes, Fragments(self.shapes, self.page)).read(
            kind, node, self.whole_line(line)
        )

    # ---- prose

    def prose(self, group: list[Token], line: int, kind: str = "") -> Prose:
        kinds = {
            "paragraph_open": "paragraph",
            "bullet_list_open": "list",
            "ordered_list_open": "list",
            "table_open": "table",
            "blockquote_open": "quote",
            "hr": "rule",
        }
        links: list[Link] = []
        pictures: list[Link] = []
        for token in group:
            start = token.map[0] if token.map else line
            if token.type in ("fence", "html_block"):
                if token.type == "html_block":
                    self.html_block(token, start)
                else:
                    message = "a block cannot stand inside a list or quotation"
                    help = "begin it at the start of a line, with empty lines around it"
                    self.shapes.refuse(self.whole_line(start), message, help, "unknown-block")
                token.hidden, token.content, token.type, token.tag = True, "", "text", ""
            if token.type == "table_open" and token.map:
                self.check_cells(token.map[0], token.map[1])
            if token.type in ("td_open", "th_open") and (style := token.attrGet("style")):
                token.attrs = {"class": str(style).replace("text-align:", "align-")}
            if token.type == "ordered_list_open" and token.markup == ")":
                token.attrSet("class", "bracketed")  # 1) as it was typed
            if token.type == "heading_open":
                self.shapes.refuse(
                    self.whole_line(start),
                    "a heading cannot stand inside a list or quotation",
                    "begin it at the start of a line",
                    "bad-heading",
                )
            if token.type == "inline":
                end = token.map[1] if token.map else start + 1
                self.inline(
                    token.children or [],
                    start,
                    max(end, start + 1),
                    links,
                    pictures,
                    kind in ("heading", "line"),
                )
        for cell, inside in pairwise(group):
            texts = (child.content for child in inside.children or ())
            if cell.type in ("td_open", "th_open") and any(map(has_long_word, texts)):
                cell.attrJoin("class", "unbreakable")
        html = self.parser.renderer.render(group, self.parser.options, {}).strip()
        calls: list[Call] = []
        if re.search('="[^"]*\ue000', html):
            message = "a value call cannot stand in a link's title or a picture's description"
            self.shapes.refuse(self.whole_line(line), message, "write it in the text", "bad-call")
            html = re.sub('(="[^"]*)\ue000\\d+\ue001', r"\1", html)

        def renumbered(match: re.Match[str]) -> str:
            calls.append(self.calls[int(match[1])])
            return f"\ue000{len(calls) - 1}\ue001"

        html = SLOT.sub(renumbered, html)
        return Prose(
            kind or kinds.get(group[0].type, "paragraph"),
            html,
            tuple(calls),
            self.whole_line(line),
            tuple(links),
            tuple(pictures),
            self.typed(*(group[0].map or (line, line + 1))),
        )

    def typed(self, first: int, end: int) -> tuple[Name, ...]:
        """The lines from `first` up to `end`, nothing standing where a call or comment does."""

        def nothing(match: re.Match[str]) -> str:
            return "\ue000" * len(match.group())

        found = []
        for number in range(first, min(end, len(self.lines))):
            text = _COMMENT.sub(nothing, _CALL.sub(nothing, self.lines[number]))
            found.append(Name(text, self.place(number, 1, len(text) + 1)))
        return tuple(found)

    def check_cells(self, first: int, end: int) -> None:
        """Every line of a table of words has as many cells as its head: a cell too many would be lost."""

        def count(line: str) -> int:
            return len(re.split(r"(?<!\\)\|", re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line)))

        masked = self.masked_lines
        wanted = count(masked[first])
        for number in range(first + 2, min(end, len(masked))):
            if masked[number].strip() and (cells := count(masked[number])) != wanted:
                message = f"this line of the table has {cells} cell{'s' if cells > 1 else ''}, its head has {wanted}"
                self.shapes.refuse(self.whole_line(number), message, "compare the | marks", "table-cells")

    def find(self, text: str, start: int, end: int) -> Place:
        """Where `text` stands next between two lines of the body; the first line where it is not found."""
        line, after = max(self.found, (start, 0))
        for number in range(line, min(end, len(self.lines))):
            column = self.lines[number].find(text, after if number == line else 0)
            if column >= 0:
                self.found = (number, column + len(text))
                return self.place(number, column + 1, column + 1 + len(text))
        return self.whole_line(start)

    def inline(
        self,
        children: list[Token],
        start: int,
        end: int,
        links: list[Link],
        pictures: list[Link],
        in_heading: bool,
    ) -> None:
        self.found = (start, 0)  # pieces come in reading order, so each is looked for after the one before
        opened: list[tuple[Token, Place | None]] = []  # Markdown's own marks have no place
        for number, token in enumerate(children):
            if token.type == "html_inline":
                self.inline_html(token, opened, self.find(token.content, start, end))
            elif token.nesting < 0:
                self.close_tags(opened)
                opened.pop()
            elif token.type == "link_open":
                opened.append((token, None))
                target = str(token.attrGet("href") or "")
                place = self.find(target or _NO_TARGET, start, end)
                if children[number + 1].type == "link_close":
                    self.check_reference(target, place, in_heading)
                token.attrSet("href", self.link(target, place, links))
            elif token.nesting > 0:
                opened.append((token, None))
            elif token.type == "image":
                self.picture(token, self.find(str(token.attrGet("src") or _NO_TARGET), start, end), pictures)
        self.close_tags(opened)

    def close_tags(self, opened: list[tuple[Token, Place | None]]) -> None:
        """Refuse the HTML tags that are still open where the words around them end."""
        while opened and (place := opened[-1][1]):
            token, _ = opened.pop()
            name = token.content.strip("</>").split()[0]
            help = f"write </{name}> in the same paragraph, inside the same stars"
            self.shapes.refuse(place, f"<{name}> is not closed", help, "html-not-allowed")
            token.content = ""

    def inline_html(self, token: Token, opened: list[tuple[Token, Place | None]], place: Place) -> None:
        match = _HTML.match(token.content)
        if token.content.startswith("<!--"):
            token.content = ""
            return
        good = match is not None and bool(match["lang"]) == (match["tag"] == "span" and not match["close"])
        if match and good and match["close"]:
            good = (
                bool(opened and opened[-1][1])
                and _HTML.sub(r"\g<tag>", opened[-1][0].content) == match["tag"]
            )
            if good:
                opened.pop()
        elif match and good and match["tag"] != "br":
            opened.append((token, place))
        if not good:
            help = "of HTML only <sub>, <sup>, <br> and <span lang=…>, each closed in its paragraph"
            message = f"{token.content[:40]} cannot be used here"
            self.shapes.refuse(place, message, help, "html-not-allowed")
            token.content = ""

    def picture(self, token: Token, place: Place, pictures: list[Link]) -> None:
        target = str(token.attrGet("src") or "")
        if _SLOT_IN_TARGET in target:
            message = "a value call cannot be part of a picture's name"
            self.shapes.refuse(place, message, "write the name itself", "bad-call")
            token.attrSet("src", "")
        elif usable_name(target):
            pictures.append(Link(target, place))
            token.attrSet("src", "asset:" + target.removeprefix("assets/"))
        else:
            message = (
                f'"{target[:60]}" is not a picture of this report' if target else "no picture is named here"
            )
            help = "put a PNG, JPEG or SVG into content/assets and write ![what it shows](assets/name.png)"
            self.shapes.refuse(place, message, help, "bad-picture")
            token.attrSet("src", "")
        if not token.content.strip():
            message = "the picture has no description for readers who cannot see it"
            self.findings.append(error("picture-without-text", place, message, "write ![what it shows](…)"))

    def check_reference(self, target: str, place: Place, in_heading: bool) -> None:
        """A link without words takes those of what it names: a page, section or table, and not from a heading."""
        if in_heading or _WEB.match(target):
            message = "this link has no words" + (" in a heading" if in_heading else "")
            help = f"write [words]({target[:60]}); only what stands in this report is named by itself"
            self.shapes.refuse(place, message, help, "bad-link")

    def link(self, target: str, place: Place, links: list[Link]) -> str:
        if _SLOT_IN_TARGET in target:
            message = "a value call cannot be part of a link's target"
            self.shapes.refuse(place, message, "write the target itself", "bad-call")
            return "#"
        if _WEB.match(target):
            return target
        match = _PAGE.match(target)
        if match is None or not target:
            message = (
                f'"{target[:60]}" is not a target that a link may have'
                if target
                else "this link has no target"
            )
            help = "link to https://…, mailto:… or a page of the report: page.md#section"
            self.shapes.refuse(place, message, help, "bad-link")
            return "#"
        page = match["page"] or self.page
        if not page:
            help = f"write page.md{target}: a topic may stand on any page"
            self.shapes.refuse(place, f'"{target[:60]}" does not say on which page', help, "bad-link")
            return "#"
        links.append(Link(f"{page}#{match['anchor']}" if match["anchor"] else page, place))
        return "page:" + links[-1].target


def read_page(text: str, path: str, page: str, language: str) -> tuple[Page | None, list[Diagnostic]]:
    """The page that a Markdown text holds; None when it has no title."""
    if len(text) > MOST_CHARACTERS:
        message = f"the page is longer than {MOST_CHARACTERS} characters"
        return None, [blocking("file-too-large", Place(path), message, "divide it into several pages")]
    shapes = Shapes((language,))
    front, offset, body = split_front_matter(text)
    node, findings = read_yaml(front, path, first_line=2)
    shapes.findings.extend(findings)
    entries = shapes.mapping(node, "the front matter", ("code", "description", "opener"))
    for key in ("code", "opener"):
        if page == HOME and key in entries:
            place = entries.pop(key).place
            shapes.refuse(place, f"the home page has no {key}", "take it out", "unknown-key")
    opener = shapes.yes(entries.pop("opener", None), "opener", True)
    said = {key: Name(shapes.text(value, key), value.place) for key, value in entries.items()}

    def locate(line: int, column: int, end: int) -> Place:
        return Place(path, line + offset + 1, column, end)

    reader = _Reader(body, page, shapes, locate)
    found = reader.read(language, said)
    return found and replace(found, opener=opener), shapes.findings


class Fragments:
    """Reads the Markdown that stands in fields of blocks and topics. `page` is that of links to an anchor alone."""

    def __init__(self, shapes: Shapes, page: str = "") -> None:
        self.shapes, self.page = shapes, page

    def passage(self, node: Node | None, what: str) -> Passage:
        """Paragraphs, lists and tables of words; () when nothing is written."""
        reader = self.reader(node, what)
        return reader.passage() if reader else ()

    def line(self, node: Node | None, what: str) -> Passage:
        """One line of words; () when nothing is written."""
        reader = self.reader(node, what)
        return reader.line() if reader else ()

    def call(self, node: Scalar) -> Call | None:
        """A value call that stands alone, so that it needs no braces."""
        reader = _Reader("", self.page, self.shapes, lambda *_: node.place)
        text = node.text.strip()
        written = _CALL.fullmatch(text) or _CALL.fullmatch("{{" + text + "}}")
        if written is None:
            self.shapes.refuse(node.place, f"{node.text[:60]} is not a value call", _CALL_HELP, "bad-call")
        return reader.call(written, 0) if written else None

    def reader(self, node: Node | None, what: str) -> _Reader | None:
        text = self.shapes.text(node, what)
        if not text or not isinstance(node, Scalar):
            return None
        return _Reader(text, self.page, self.shapes, _within(node))


def _within(scalar: Scalar) -> Locate:
    """Where the text of a value stands: line by line after |, else on the value's line, else at its beginning."""
    place = scalar.place

    def locate(line: int, column: int, end: int) -> Place:
        if scalar.style == "|":
            return Place(place.path, place.line + 1 + line, column + scalar.indent, end + scalar.indent)
        within = place.column - 1 + (scalar.style in ("'", '"'))
        if line or scalar.style == ">" or within + end > place.end_column + 1:
            return place
        return Place(place.path, place.line, column + within, end + within)

    return locate
