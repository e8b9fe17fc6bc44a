"""What the tool writes into sources: shown first, written whole, and taken back.

Of each change a patch stays in the project's `.cache/undo`. It holds every changed file from its first line to its last, so
nothing else is needed to go back, and `patch -R` and git can read it, too.
"""

from __future__ import annotations

import codecs
import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from esgreport.diagnostics import listed
from esgreport.interface import said

FOLDER = ".cache/undo"
MOST_KEPT = 50  # changes that can be taken back, one after the other
_MARK = codecs.BOM_UTF8.decode()
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HUNK = re.compile(r"@@ -\d+(?:,(?P<old>\d+))? \+\d+(?:,(?P<new>\d+))? @@\n")
_NO_END = "\\ No newline at end of file\n"


class ChangedSince(Exception):
    """Files are no longer what they were: nothing is written. The text names them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written: the command that does it, and of each file by its name the text before and after."""

    command: str
    files: Mapping[str, tuple[str, str]]

    @property
    def back(self) -> Change:
        """The change that takes this one back."""
        return Change(self.command, {name: (after, before) for name, (before, after) in self.files.items()})


def read(root: Path, name: str) -> str:
    """The text of a file exactly as it is, its line ends and byte order mark kept."""
    return (root / name).read_bytes().decode()


def as_typed(before: str, text: str) -> str:
    """A text with lines that end in \\n, as the file that held `before` has it: its line ends, its byte order mark."""
    ending = re.search(r"\r\n|\r|\n", before)
    mark = before[: before.startswith(_MARK)]
    return mark + text.replace("\n", ending[0] if ending else "\n")


def shown(change: Change) -> Iterator[str]:
    """What a change does, for people: each file, each place, the lines that go and those that come."""
    for name, (before, after) in change.files.items():
        yield name
        old, new = before.splitlines(), after.splitlines()
        for what, start, end, start_new, end_new in difflib.SequenceMatcher(
            None, old, new, False
        ).get_opcodes():
            if what != "equal":
                yield said(f"  line {start + 1}")
                yield from (f"  - {line}" for line in old[start:end])
                yield from (f"  + {line}" for line in new[start_new:end_new])


def write(root: Path, change: Change) -> None:
    """Write a change, and keep the patch that takes it back.

    Raises:
        ChangedSince: a file is other than it was when the change was made.
    """
    _refuse(root, {name: (before,) for name, (before, _) in change.files.items()})
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(root)
    for old in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
        old.unlink()
    number = int(kept[-1].name.partition("-")[0]) + 1 if kept else 1
    patch = folder / f"{number:04}-{change.command}.patch"
    patch.write_bytes("".join(_patch(change)).encode())
    try:
        _put(root, {name: after for name, (_, after) in change.files.items()})
    except OSError:
        _put(root, {name: before for name, (before, _) in change.files.items()})
        patch.unlink()
        raise


def last(root: Path) -> Change | None:
    """The last change that has not been taken back."""
    kept = _kept(root)
    if not kept:
        return None
    command = kept[-1].stem.partition("-")[2]
    return Change(command, dict(_files_of(kept[-1].read_bytes().decode())))


def take_back(root: Path, change: Change) -> None:
    """Put the files as they were before the last change.

    Raises:
        ChangedSince: somebody has worked on one of them since.
    """
    _refuse(root, change.files)  # of a change that was cut short some files are as they were
    _put(root, {name: before for name, (before, _) in change.files.items()})
    _kept(root)[-1].unlink()


def _kept(root: Path) -> list[Path]:
    return sorted((root / FOLDER).glob("[0-9]*-*.patch"))


def _refuse(root: Path, expected: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse to write over a file that is none of what it may be."""
    others = [
        name
        for name, texts in expected.items()
        if not (root / name).is_file() or read(root, name) not in texts
    ]
    if others:
        raise ChangedSince(f"{listed(others)} {'has' if len(others) == 1 else 'have'} been changed since")


def _put(root: Path, texts: Mapping[str, str]) -> None:
    """Write files so that each is whole at every moment, and none is touched before all can be written."""
    fresh: list[tuple[Path, Path]] = []
    try:
        for name, text in texts.items():
            path = (root / name).resolve()
            handle, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
            fresh.append((Path(beside), path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode())
            shutil.copymode(path, beside)
        while fresh:
            beside_it, path = fresh[-1]
            beside_it.replace(path)
            fresh.pop()
    finally:
        for beside_it, _ in fresh:
            beside_it.unlink(missing_ok=True)


# ---- patches


def _patch(change: Change) -> Iterator[str]:
    for name, (before, after) in change.files.items():
        old, new = _LINE.findall(before), _LINE.findall(after)
        for line in difflib.unified_diff(old, new, name, name, n=len(old) + len(new)):
            yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _files_of(patch: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The files of a patch that holds them whole."""
    lines = _LINE.findall(patch)
    position = 0
    while position < len(lines):
        name, hunk = lines[position][4:-1], _HUNK.fullmatch(lines[position + 2])
        assert hunk, "a patch of ours has one part for each file"
        position += 3
        old, new = (int(hunk[side]) if hunk[side] is not None else 1 for side in ("old", "new"))
        sides: dict[str, list[str]] = {"-": [], "+": []}
        while old or new:
            sign, line = lines[position][0], lines[position][1:]
            position += 1
            if lines[position : position + 1] == [_NO_END]:
                line, position = line.removesuffix("\n"), position + 1
            if sign in " -":
                sides["-"].append(line)
                old -= 1
            if sign in " +":
                sides["+"].append(line)
                new -= 1
        yield name, ("".join(sides["-"]), "".join(sides["+"]))
