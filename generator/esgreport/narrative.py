"""Markdown pages in, sections, prose and blocks out: three things of ours in plain Markdown and no more.

The only door to `markdown_it`. A heading may carry `{ #id answers="A1.5" }`, a sentence may hold a value
call `{{ electricity }}`, a fenced block may be a table of figures or an index. Nothing an author writes is
ever run: calls are parsed for a name and literal arguments, HTML is kept to four harmless tags, links to
the web, to mail and to pages of the report.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from esgreport.diagnostics import Diagnostic, Place, blocking, error
from esgreport.model import Answer, Block, Call, Heading, IndexBlock, Item, Link, Name, Page, Prose, TableBlock
from esgreport.schema import Shapes, nearest
from esgreport.source import Node, read_yaml, split_front_matter

SLOT = re.compile("\ue000(\\d+)\ue001")
BLOCK_KINDS = ("table", "index")
MOST_CALL = 300

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CALL = re.compile(r"\{\{(.*?)\}\}")
_HEADING_ATTRIBUTES = re.compile(r"[ ]*\{(?P<inner>[^{}]*)\}[ ]*$")
_ATTRIBUTE = re.compile(r'\s*(?:#(?P<id>[^\s}"]+)|(?P<name>[a-z]+)="(?P<value>[^"]*)"|(?P<other>\S+))')
_ANCHOR = re.compile(r"[a-z][a-z0-9-]*\Z")
_HTML = re.compile(r'<(?P<close>/?)(?P<tag>sub|sup|br|span)(?P<lang> lang="[A-Za-z-]{2,12}")?\s*/?>\Z')
_WEB = re.compile(r"(https?://[^\s/?#]+[^\s]*|mailto:[^\s@]+@[^\s@]+)\Z")
_PAGE = re.compile(r"(?:(?P<page>[a-z][a-z0-9_]*)\.md)?(?:#(?P<anchor>[a-z][a-z0-9-]*))?\Z")
_PICTURE = re.compile(r"assets/[A-Za-z0-9_][A-Za-z0-9_./-]*\.(?:png|jpe?g|svg)\Z")


def _wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


class _HanState(StateInline):
    """Emphasis beside Han text: `**重點。**之後` is emphasis, though no space stands around the marks."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 (the library's names)
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1 : start]
        after = self.src[start + scanned.length : start + scanned.length + 1]
        if canSplitWord and (_wide(before) or _wide(after)):
            return Scanned(bool(after) and not after.isspace(), bool(before) and not before.isspace(), scanned.length)
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
        before = tokens[index - 1].content[-1:] if index else ""
        after = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
        return "" if _wide(before) and _wide(after) else "\n"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False, "typographer": False}, renderer_cls=_Renderer)
    parser.inline = _HanInline()
    parser.enable("table")
    parser.disable(["code", "reference"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # each target is checked below, with its place
    return parser


class _PageReader:
    """Reads one page; collects findings on the way."""

    def __init__(self, text: str, path: str, page: str, language: str) -> None:
        self.path, self.page, self.language = path, page, language
        self.shapes = Shapes((language,))
        self.calls: list[Call] = []
        front, self.offset, body = split_front_matter(text)
        self.front = self.front_matter(front)
        self.lines = body.split("\n")
        self.masked = self.mask_calls()
        self.made_up = 0

    @property
    def findings(self) -> list[Diagnostic]:
        return self.shapes.findings

    def place(self, line: int, column: int = 1, end: int = 0) -> Place:
        """A place in the file from a line of the body (from 0) and columns (from 1)."""
        return Place(self.path, line + self.offset + 1, column, end or column + 1)

    def whole_line(self, line: int) -> Place:
        text = self.lines[line] if line < len(self.lines) else ""
        start = len(text) - len(text.lstrip()) + 1
        return self.place(line, start, max(len(text.rstrip()) + 1, start + 1))

    def front_matter(self, text: str) -> dict[str, str]:
        node, findings = read_yaml(text, self.path, first_line=2)
        self.findings.extend(findings)
        entries = self.shapes.mapping(node, "the front matter", ("code", "description"))
        return {key: self.shapes.text(value, key) for key, value in entries.items()}

    # ---- value calls

    def mask_calls(self) -> str:
        """The body with every value call outside of blocks replaced by its slot."""
        fence, out = "", []
        for number, line in enumerate(self.lines):
            if match := _FENCE.match(line):
                if not fence:
                    fence = match[1]
                elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                    fence = ""
                out.append(line)
            elif fence:
                out.append(line)
            else:
                out.append(_CALL.sub(lambda m, n=number: self.slot(m, n), line))
                for stray in re.finditer(r"\{\{|\}\}|\{%|%\}", out[-1]):
                    where = line.find(stray.group()) + 1 or 1
                    help = "write {{ name }} on one line" if stray.group() in ("{{", "}}") else "write values as {{ name }}; text cannot be programmed"
                    self.shapes.refuse(self.place(number, where, where + 2), f"{stray.group()} cannot be read here", help, "bad-call")
                    break
        return "\n".join(out)

    def slot(self, match: re.Match[str], line: int) -> str:
        place = self.place(line, match.start() + 1, match.end() + 1)
        call = self.call(match[1].strip(), place)
        if call is None:
            return ""
        self.calls.append(call)
        return f"\ue000{len(self.calls) - 1}\ue001"

    def call(self, text: str, place: Place) -> Call | None:
        """The call that `text` writes: a name, and arguments that are texts or whole numbers."""
        help = 'write {{ electricity }} or {{ electricity(period="2024", plant="chengxi") }}'
        if len(text) <= MOST_CALL and re.fullmatch(r"[a-z][a-z0-9_]*", text):
            return Call(text, (), place)
        match = re.fullmatch(r"([a-z][a-z0-9_]*)\s*\((.*)\)", text)
        if match is None or len(text) > MOST_CALL:
            self.shapes.refuse(place, f'"{text[:60]}" is not a value call', help, "bad-call")
            return None
        try:
            tree = ast.parse(f"f({match[2]})", mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = None
        if not isinstance(tree, ast.Call) or tree.args or not isinstance(tree.func, ast.Name):
            self.shapes.refuse(place, f'the arguments of "{match[1]}" cannot be read', help, "bad-call")
            return None
        arguments: list[tuple[str, str]] = []
        for keyword in tree.keywords:
            value = keyword.value
            literal = isinstance(value, ast.Constant) and type(value.value) in (str, int)
            if keyword.arg is None or not literal:
                self.shapes.refuse(place, f'an argument of "{match[1]}" is not a text in quotes', help, "bad-call")
                return None
            assert isinstance(value, ast.Constant)
            arguments.append((keyword.arg, str(value.value)))
        return Call(match[1], tuple(arguments), place)

    # ---- the page

    def read(self) -> Page | None:
        parser = _parser()
        tokens = parser.parse(self.masked)
        title: Prose | None = None
        lead: Prose | None = None
        items: list[Item] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            last = index
            if token.nesting == 1:
                last = next(i for i in range(index, len(tokens)) if tokens[i].level == token.level and tokens[i].nesting == -1)
            group = tokens[index : last + 1]
            index = last + 1
            line = token.map[0] if token.map else 0
            if token.type == "heading_open":
                heading = self.heading(parser, group, line)
                if heading.level == 1 and title is None and not items:
                    title = heading.title
                    if heading.answers:
                        self.shapes.refuse(heading.place, "the page's title cannot answer a requirement", "put answers on a section (##)", "bad-heading")
                elif heading.level == 1:
                    self.shapes.refuse(heading.place, "a second title (#) on the page", "make it a section (##)", "bad-heading")
                else:
                    self.check_step(items, heading)
                    items.append(heading)
            elif token.type == "fence":
                if (block := self.block(token, line)) is not None:
                    items.append(block)
            elif token.type == "html_block":
                if not re.fullmatch(r"\s*<!--.*?-->\s*", token.content, re.DOTALL):
                    self.shapes.refuse(self.whole_line(line), "HTML cannot be used here", "write Markdown; of HTML only <sub>, <sup>, <br> and <span lang=…> inside a sentence", "html-not-allowed")
            else:
                prose = self.prose(parser, group, line)
                if lead is None and not items and prose.kind == "paragraph":
                    lead = prose
                else:
                    items.append(prose)
        if title is None:
            self.shapes.refuse(self.place(0), "the page has no title", "begin it with a line such as: # Emissions", "bad-heading")
            return None
        self.check_unique(items)
        return Page(self.page, self.language, self.path, title, tuple(items), lead, self.front.get("code", ""), self.front.get("description", ""))

    def check_step(self, items: list[Item], heading: Heading) -> None:
        above = next((item.level for item in reversed(items) if isinstance(item, Heading)), 1)
        if heading.level > above + 1:
            marks = "#" * (above + 1)
            self.findings.append(error("heading-jump", heading.place, f"a heading of level {heading.level} follows one of level {above}", f"write {marks}: levels go down one at a time"))

    def check_unique(self, items: list[Item]) -> None:
        seen: dict[str, Place] = {}
        for item in items:
            if isinstance(item, Heading):
                if item.id in seen:
                    self.shapes.refuse(item.place, f'the id "{item.id}" stands twice on this page; first in line {seen[item.id].line}', "give each section its own id", "duplicate-id")
                seen.setdefault(item.id, item.place)

    def heading(self, parser: MarkdownIt, group: list[Token], line: int) -> Heading:
        inline = group[1]
        level = int(group[0].tag[1])
        match = _HEADING_ATTRIBUTES.search(inline.content)
        id, answers = "", []
        source = self.lines[line]
        if match:
            start = source.rfind("{")
            id, answers = self.heading_attributes(match["inner"], line, start + 1)
            group = parser.parse("#" * level + " " + inline.content[: match.start()])
        prose = self.prose(parser, group[1:2], line, "heading")
        named = bool(id)
        if not id:
            self.made_up += 1
            id = f"section-{self.made_up}"
            if level > 1:
                self.findings.append(error("heading-without-id", self.whole_line(line), "this section has no id, so the languages cannot be paired by it", "add { #a-short-english-id } at its end, the same in every language"))
        return Heading(level, id, prose, tuple(answers), self.whole_line(line), named)

    def heading_attributes(self, inner: str, line: int, column: int) -> tuple[str, list[Answer]]:
        id, answers = "", []
        for match in _ATTRIBUTE.finditer(inner):
            text = match.group().strip()
            start = column + 1 + match.end() - len(text)
            place = self.place(line, start, start + len(text))
            if match["id"]:
                id = match["id"]
                if not _ANCHOR.match(id):
                    self.shapes.refuse(place, f'"{id}" cannot be a section id', "use lower-case letters, digits and -, beginning with a letter", "bad-id")
            elif match["name"] == "answers":
                value_start = start + text.index('"') + 1
                for code in re.finditer(r"\S+", match["value"]):
                    requirement, _, measure = code.group().partition(":")
                    where = self.place(line, value_start + code.start(), value_start + code.end())
                    answers.append(Answer(requirement, measure, where))
            else:
                self.shapes.refuse(place, f'"{text}" cannot stand in a heading\'s braces', 'write { #id answers="A1.5 A1.6" }', "bad-heading")
        return id, answers

    def block(self, token: Token, line: int) -> Block | None:
        kind = token.info.strip()
        if kind not in BLOCK_KINDS:
            self.shapes.refuse(self.whole_line(line), f'"{kind}" is not a kind of block' if kind else "this block does not say its kind", nearest(kind, BLOCK_KINDS) if kind else "write ```table or ```index", "unknown-block")
            return None
        closed = token.map is not None and self.lines[token.map[1] - 1].strip().startswith(token.markup)
        if not closed or (token.map and token.map[1] - token.map[0] < 2):
            self.shapes.refuse(self.whole_line(line), "this block is not closed", f"end it with a line {token.markup}", "unknown-block")
            return None
        node, findings = read_yaml(token.content, self.path, first_line=line + self.offset + 2)
        self.findings.extend(findings)
        if findings:
            return None
        place = self.whole_line(line)
        return self.table_block(node, place) if kind == "table" else self.index_block(node, place)

    def table_block(self, node: Node | None, place: Place) -> TableBlock | None:
        keys = ("metrics", "columns", "caption", "members", "intensities", "total")
        if node is None:
            self.shapes.refuse(place, "the table is empty", "say which metrics and columns it has", "missing-key")
            return None
        entries = self.shapes.mapping(node, "a table", keys, ("metrics", "columns"))
        names = {key: tuple(Name(s.text, s.place) for s in self.shapes.items(entries.get(key), key)) for key in ("metrics", "columns", "members")}
        intensities = self.shapes.yes(entries.get("intensities"), "intensities", False)
        total = self.shapes.yes(entries.get("total"), "total", True)
        return TableBlock(names["metrics"], names["columns"], names["members"], intensities, total, self.shapes.text(entries.get("caption"), "the caption"), place)

    def index_block(self, node: Node | None, place: Place) -> IndexBlock:
        entries = self.shapes.mapping(node, "an index", ("framework",))
        return IndexBlock(self.shapes.text(entries.get("framework"), "the framework"), place)

    # ---- prose

    def prose(self, parser: MarkdownIt, group: list[Token], line: int, kind: str = "") -> Prose:
        kinds = {"paragraph_open": "paragraph", "bullet_list_open": "list", "ordered_list_open": "list", "table_open": "table", "blockquote_open": "quote", "hr": "rule"}
        links: list[Link] = []
        pictures: list[Link] = []
        for token in group:
            start = token.map[0] if token.map else line
            if token.type in ("fence", "html_block") and token is not group[0]:
                self.shapes.refuse(self.whole_line(start), "a block cannot stand inside a list or quotation", "begin it at the start of a line, with empty lines around it", "unknown-block")
                token.hidden, token.content, token.type, token.tag = True, "", "text", ""
            if token.type in ("td_open", "th_open") and (style := token.attrGet("style")):
                token.attrs = {"class": str(style).replace("text-align:", "align-")}
            if token.type == "heading_open":
                self.shapes.refuse(self.whole_line(start), "a heading cannot stand inside a list or quotation", "begin it at the start of a line", "bad-heading")
            if token.type == "inline":
                end = token.map[1] if token.map else start + 1
                self.inline(token.children or [], start, max(end, start + 1), links, pictures)
        html = parser.renderer.render(group, parser.options, {}).strip()
        calls: list[Call] = []
        if re.search('="[^"]*\ue000', html):
            self.shapes.refuse(self.whole_line(line), "a value call cannot stand in a link target or a picture's description", "write it in the text", "bad-call")
            html = re.sub('(="[^"]*)\ue000\\d+\ue001', r"\1", html)

        def renumbered(match: re.Match[str]) -> str:
            calls.append(self.calls[int(match[1])])
            return f"\ue000{len(calls) - 1}\ue001"

        html = SLOT.sub(renumbered, html)
        return Prose(kind or kinds.get(group[0].type, "paragraph"), html, tuple(calls), self.whole_line(line), tuple(links), tuple(pictures))

    def find(self, text: str, start: int, end: int) -> Place:
        """Where `text` stands between two lines of the body; the first line where it is not found."""
        for number in range(start, min(end, len(self.lines))):
            column = self.lines[number].find(text)
            if column >= 0:
                return self.place(number, column + 1, column + 1 + len(text))
        return self.whole_line(start)

    def inline(self, children: list[Token], start: int, end: int, links: list[Link], pictures: list[Link]) -> None:
        open_tags: list[str] = []
        for token in children:
            if token.type == "html_inline":
                self.inline_html(token, open_tags, start, end)
            elif token.type == "link_open":
                target = str(token.attrGet("href") or "")
                token.attrSet("href", self.link(target, self.find(target, start, end), links))
            elif token.type == "image":
                target = str(token.attrGet("src") or "")
                place = self.find(target, start, end)
                if _PICTURE.match(target) and ".." not in target:
                    pictures.append(Link(target, place))
                    token.attrSet("src", "asset:" + target.removeprefix("assets/"))
                else:
                    self.shapes.refuse(place, f'"{target[:60]}" is not a picture of this report', "put a PNG, JPEG or SVG into content/assets and write ![what it shows](assets/name.png)", "bad-picture")
                if not token.content.strip():
                    self.findings.append(error("picture-without-text", place, "the picture has no description for readers who cannot see it", "write ![what it shows](…)"))
        if open_tags:
            self.shapes.refuse(self.find(f"<{open_tags[-1]}", start, end), f"<{open_tags[-1]}> is not closed", f"write </{open_tags[-1]}> in the same paragraph", "html-not-allowed")
            children.extend(Token("html_inline", "", 0, content=f"</{tag}>") for tag in reversed(open_tags))

    def inline_html(self, token: Token, open_tags: list[str], start: int, end: int) -> None:
        match = _HTML.match(token.content)
        if token.content.startswith("<!--"):
            token.content = ""
            return
        good = match is not None and bool(match["lang"]) == (match["tag"] == "span" and not match["close"])
        if match and good and match["close"]:
            good = bool(open_tags) and open_tags.pop() == match["tag"]
        elif match and good and match["tag"] != "br":
            open_tags.append(match["tag"])
        if not good:
            self.shapes.refuse(self.find(token.content, start, end), f"{token.content[:40]} cannot be used here", "of HTML only <sub>, <sup>, <br> and <span lang=…>, each closed in its paragraph", "html-not-allowed")
            token.content = ""

    def link(self, target: str, place: Place, links: list[Link]) -> str:
        if _WEB.match(target):
            return target
        match = _PAGE.match(target)
        if match is None or not target:
            self.shapes.refuse(place, f'"{target[:60]}" is not a target that a link may have', "link to https://…, mailto:… or a page of the report: page.md#section", "bad-link")
            return "#"
        page = match["page"] or self.page
        links.append(Link(f"{page}#{match['anchor']}" if match["anchor"] else page, place))
        return "page:" + links[-1].target


def read_page(text: str, path: str, page: str, language: str) -> tuple[Page | None, list[Diagnostic]]:
    """The page that a Markdown text holds; None when it has no title."""
    reader = _PageReader(text, path, page, language)
    return reader.read(), reader.findings
