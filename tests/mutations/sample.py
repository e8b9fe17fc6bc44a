"""The report's files as blocks of lines, and changes to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

EN, HANT = "en", "zh-Hant"
CALL = re.compile(r"\{\{.*?\}\}")
_STARTS = {"#": "heading", "|": "table", ">": "quote", "-": "list", "!": "picture"}


@dataclass(frozen=True)
class Block:
    """Lines of one kind: paragraph, heading, list, table of words, fence (with its `name`)."""

    kind: str
    path: str
    first: int
    lines: tuple[str, ...]

    @property
    def end(self) -> int:
        """The line after the last one, both counted from nought."""
        return self.first + len(self.lines)

    @property
    def name(self) -> str:
        """The kind of a fence: table, case, topic."""
        return self.lines[0].strip("`\n ") if self.kind == "fence" else ""


@dataclass(frozen=True)
class Edit:
    """Lines of a file from `first` up to `end`, counted from nought, and what takes their place."""

    path: str
    first: int
    end: int
    lines: tuple[str, ...]


Change = tuple[Edit, ...]
"""One mistake: what is edited, in one language or in both."""


class Sample:
    """The texts of a report below `root`, read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = [*root.glob("content/*/*.md"), *root.glob("data/**/*.yml"), *root.glob("data/**/*.csv")]
        self.files = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(paths)}

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages that both languages have."""
        return tuple(
            Path(path).name
            for path in self.files
            if path.startswith(f"content/{EN}/") and f"content/{HANT}/{Path(path).name}" in self.files
        )

    def lines(self, path: str) -> list[str]:
        """A file's lines, without their ends."""
        return self.files[path].split("\n")

    def blocks(self, page: str, language: str) -> list[Block]:
        """The blocks of a page after its front matter, in order."""
        path = f"content/{language}/{page}"
        lines = self.lines(path)
        number = lines.index("---", 1) + 1 if lines[0] == "---" else 0
        found = []
        while number < len(lines):
            line = lines[number]
            if not line.strip():
                number += 1
                continue
            end = number + 1
            if line.startswith("```"):
                kind = "fence"
                while lines[end] != "```":
                    end += 1
                end += 1
            else:
                kind = _STARTS.get(line[0], "list" if re.match(r"\d+\. ", line) else "paragraph")
                while kind != "heading" and end < len(lines) and lines[end].strip():
                    end += 1
            found.append(Block(kind, path, number, tuple(lines[number:end])))
            number = end
        return found

    def block_at(self, edit: Edit) -> Block | None:
        """The block of a page that an edit begins in."""
        if not edit.path.startswith("content/"):
            return None
        _, language, page = edit.path.split("/")
        return next((b for b in self.blocks(page, language) if b.first <= edit.first < b.end), None)

    def pairs(self, page: str, kind: str = "", name: str = "") -> list[tuple[Block, Block]]:
        """The blocks of a page in English, each with its Chinese one: those of like place and kind."""
        ours, theirs = self.blocks(page, EN), self.blocks(page, HANT)
        if [block.kind for block in ours] != [block.kind for block in theirs]:
            return []
        both = zip(ours, theirs, strict=True)
        return [p for p in both if (not kind or p[0].kind == kind) and (not name or p[0].name == name)]

    def wordings(self, language: str) -> list[tuple[str, int, int, int]]:
        """Where words of a language stand on one line of data: file, line, and from which to which column."""
        found = []
        for path in self.files:
            if not path.startswith(("data/topics", "data/aspects", "data/dimensions", "data/pictures")):
                continue
            for number, line in enumerate(self.lines(path)):
                for match in re.finditer(rf"\b{language}: (\"[^\"]*\"|'[^']*'|[^\"',{{}}\[\]#]+)", line):
                    found.append((path, number, *match.span(1)))
        return found


def replaced(block: Block, old: str, new: str, count: int = 1) -> Edit | None:
    """The block with `old` replaced outside value calls, or None where it does not stand there."""
    for number, line in enumerate(block.lines):
        masked = CALL.sub(lambda m: "\0" * len(m.group()), line)
        at = masked.find(old)
        if at >= 0:
            changed = line[:at] + new + line[at + len(old) :]
            return Edit(block.path, block.first + number, block.first + number + count, (changed,))
    return None


def cut(block: Block) -> Edit:
    """The block taken out, with the empty line after it."""
    return Edit(block.path, block.first, block.end + 1, ())
