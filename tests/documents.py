"""Reads the documents for the tests that play them: fenced blocks with their marks, commands with what they print.

A block `console` holds commands behind `$ ` and, below each, what it prints; `…` stands for any text, alone on a line for any
lines. An HTML comment right before a block says what readers see without it: `exits 1`, `until Ctrl-C`, or `not run: REASON`.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image


@dataclass(frozen=True)
class Fence:
    """A fenced block: its info string, what it holds, the comment right before it, the heading that it stands under."""

    info: str
    content: str
    mark: str
    section: str
    line: int

    @property
    def language(self) -> str:
        return self.info.partition(" ")[0]

    @property
    def file(self) -> str:
        """The file that it is, or is to be written into."""
        return self.info.partition(" ")[2].removesuffix(" (part)")

    @property
    def is_part(self) -> bool:
        """Whether it is to be written into a file that is there."""
        return self.info.endswith(" (part)")


@dataclass(frozen=True)
class Command:
    """What is typed, and what the document says is printed."""

    typed: str
    printed: str


def parsed(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))


def fences(path: Path) -> list[Fence]:
    """Every fenced or indented block of a document, in order; an indented one has no info string."""
    found, mark, section = [], "", ""
    for number, token in enumerate(stream := parsed(path)):
        if token.type == "heading_open":
            section = stream[number + 1].content
        if token.type == "html_block":
            mark = token.content.strip().removeprefix("<!--").removesuffix("-->").strip()
        elif token.type in ("fence", "code_block"):
            assert token.map is not None
            found.append(Fence(token.info.strip(), token.content, mark, section, token.map[0] + 1))
            mark = ""
        else:
            mark = ""
    return found


def commands(block: str) -> list[Command]:
    """The commands of a block `console`. A line that ends with a backslash goes on in the next."""
    found: list[Command] = []
    typed: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            typed, printed = [line.removeprefix("$ ")], ""
        elif typed and typed[-1].endswith("\\"):
            typed.append(line)
            found.pop()
            printed = ""
        else:
            printed = found.pop().printed + line + "\n"
        found.append(Command("\n".join(typed), printed))
    return found


def agrees(documented: str, printed: str) -> bool:
    """Whether what was printed is what a document says is printed."""
    pattern = ""
    for line in documented.splitlines():
        if line == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
    text = printed if printed.endswith("\n") or not printed else printed + "\n"
    return re.fullmatch(pattern, text) is not None


class Terminal:
    """A shell that stays open, so that where one stands and what was activated stay as they are."""

    END = "--end-of-command--"

    def __init__(self, folder: Path, environment: Mapping[str, str] = os.environ) -> None:
        self.shell = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def run(self, typed: str) -> tuple[str, int]:
        """(what is printed, exit code) of a command, which is given nothing to read."""
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.write(f"{{ {typed}\n}} </dev/null\nprintf '\\n{self.END} %s\\n' $?\n")
        self.shell.stdin.flush()
        lines: list[str] = []
        for line in self.shell.stdout:
            if line.startswith(self.END):
                return "".join(lines).removesuffix("\n"), int(line.split()[1])
            lines.append(line)
        raise AssertionError(f"the shell ended at: {typed}\n{''.join(lines)}")

    def close(self) -> None:
        self.shell.kill()
        self.shell.wait()


def write_into(path: Path, block: str) -> None:
    """Do what a document asks for with a part of a file.

    Of a page the heading is looked for that the part begins with, and the rest stands below it. Of data each key of the part takes
    the place of the same key, or stands behind the others; one that holds keys leaves those alone that it does not name.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        heading, _, rest = block.partition("\n")
        before, found, after = text.partition(f"\n{heading}\n")
        assert found, f"{path.name} has no heading {heading!r}"
        path.write_text(f"{before}{found}{rest}{after}", encoding="utf-8")
        return
    path.write_text("\n".join(with_part(text.splitlines(), block.splitlines())) + "\n", encoding="utf-8")


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def groups(lines: list[str]) -> list[list[str]]:
    """Lines of YAML cut before each key of the outermost level, comments and empty lines with what is above them."""
    outermost = min((indent(line) for line in lines if line.strip() and line.lstrip()[0] != "#"), default=0)
    found: list[list[str]] = []
    for line in lines:
        if not found or (line.strip() and line.lstrip()[0] not in "#-" and indent(line) == outermost):
            found.append([])
        found[-1].append(line)
    return found


def with_part(lines: list[str], part: list[str]) -> list[str]:
    """Lines of YAML with those of a part in the place of what they name."""
    outermost = indent(part[0])
    depth = min(
        (indent(line) for line in lines if line.strip() and line.lstrip()[0] != "#"), default=outermost
    )
    if depth < outermost:  # a part begins at the key that it is about, not at those above it
        for number, line in enumerate(lines):
            if line.startswith(part[0]):
                end = number + 1
                while end < len(lines) and (not lines[end].strip() or indent(lines[end]) > outermost):
                    end += 1
                return [*lines[:number], *with_part(lines[number:end], part), *lines[end:]]
        raise AssertionError(f"there is no {part[0]!r}")
    old = groups(lines)
    for new in groups(part):
        key = new[0].partition(":")[0] + ":"
        same = next((group for group in old if group[0].startswith(key)), None)
        if same is None:
            old.append(new)
        elif len(new) > 1 and len(same) > 1:
            same[1:] = with_part(same[1:], new[1:])
        else:
            same[:] = new
    return [line for group in old for line in group]


def write_report(root: Path, files: Mapping[str, str]) -> None:
    """Write the files of a report, with a grey picture for each that its register of pictures names."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    pictures = re.findall(r"file: (assets/\S+\.png)", files.get("data/pictures.yml", ""))
    for width, name in enumerate(pictures, 900):
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (width, 600), "grey").save(path)


def tables(path: Path, *head: str) -> Iterator[list[str]]:
    """The rows of the tables of a document that have this head, without the marks of code."""
    cells: list[str] = []
    current: list[str] = []
    for number, token in enumerate(stream := parsed(path)):
        if token.type == "tr_open":
            cells = []
        elif token.type in ("th_open", "td_open"):
            cells.append(re.sub(r"\A(`+) ?(.*?) ?\1\Z", r"\2", stream[number + 1].content))
        elif token.type == "thead_close":
            current = cells
        elif token.type == "tr_close" and current == list(head) and cells != current:
            yield cells
        elif token.type == "table_close":
            current = []
