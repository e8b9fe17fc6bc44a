"""Each operator planted in several places, and which of them a finding points at."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from esgreport.diagnostics import Diagnostic
from esgreport.pipeline import examine

from mutations.operators import OPERATORS, Operator
from mutations.sample import Change, Edit, Sample

SEED, PLACES = 20251231, 12
_NAMED = re.compile(r"\b(content/\S+\.md|data/\S+\.yml), line (\d+)")


@dataclass(frozen=True)
class Planted:
    """One mistake as it was planted, and the findings that point at it; none: it was not found."""

    change: Change
    findings: tuple[Diagnostic, ...]


class Ground:
    """A copy of the report in which mistakes are planted, and taken out again."""

    def __init__(self, root: Path, folder: Path) -> None:
        for name in ("content", "data"):
            shutil.copytree(root / name, folder / name)
        (folder / ".cache").mkdir()
        (folder / ".cache" / "fonts").symlink_to(root / ".cache" / "fonts")
        self.folder, self.sample = folder, Sample(folder)
        self.before = Counter(_key(finding) for finding in examine(folder).findings)

    def chosen(self, operator: Operator) -> list[Change]:
        """Up to `PLACES` places of an operator, by chance but always the same, no two on one page or file."""
        changes = list(operator.plants(self.sample))
        random.Random(f"{SEED} {operator.name}").shuffle(changes)
        taken: dict[str, Change] = {}
        for change in changes:
            names = {Path(edit.path).name for edit in change}
            if len(set(map(id, taken.values()))) < PLACES and not names & taken.keys():
                taken |= dict.fromkeys(names, change)
        return list(dict.fromkeys(taken.values()))

    def planted(self, operator: Operator) -> list[Planted]:
        """Plants an operator in its places at once, and looks at what is found."""
        changes = self.chosen(operator)
        edits = [edit for change in changes for edit in change]
        try:
            for edit in edits:
                lines = self.sample.lines(edit.path)
                lines[edit.first : edit.end] = edit.lines
                (self.folder / edit.path).write_text("\n".join(lines), encoding="utf-8")
            found = examine(self.folder).findings
        finally:
            for edit in edits:
                (self.folder / edit.path).write_text(self.sample.files[edit.path], encoding="utf-8")
        new = Counter(map(_key, found)) - self.before
        fresh = [finding for finding in found if _key(finding) in new]
        return [Planted(change, tuple(f for f in fresh if self.points_at(f, change))) for change in changes]

    def points_at(self, finding: Diagnostic, change: Change) -> bool:
        """Whether a finding stands on the lines that were changed, or in the block of the other language that is paired
        with theirs; where an entry of a list or a row was taken out, in the block that lost it. What is told of two places
        (the same paragraph, another number) stands at one of them and names the other."""
        named = [(path, int(line)) for path, line in _NAMED.findall(finding.message)]
        return any(
            self._at(path, line - 1, change)
            for path, line in [(finding.place.path, finding.place.line), *named]
        )

    def _at(self, path: str, line: int, change: Change) -> bool:
        for edit in change:
            gone = not edit.lines
            block = self.sample.block_at(edit) if gone else None
            first, end = (
                (block.first, block.end) if block else (edit.first, edit.first + max(1, len(edit.lines)))
            )
            if path == edit.path and first - gone <= line < end:
                return True
            other = _other(edit.path)
            if other and other not in {e.path for e in change} and path == other:
                before = block or self.sample.block_at(edit)
                return before.first <= line < before.end if before else edit.first <= line < edit.end
        return False


def _key(finding: Diagnostic) -> tuple[str, str, str]:
    return finding.code, finding.place.path, finding.message


def _other(path: str) -> str:
    """The page of the other language."""
    if path.startswith("content/en/"):
        return path.replace("/en/", "/zh-Hant/")
    return path.replace("/zh-Hant/", "/en/") if path.startswith("content/zh-Hant/") else ""


def table(results: dict[str, Sequence[Planted]]) -> str:
    """Recall by class and operator, as text."""
    lines = []
    for group in dict.fromkeys(operator.group for operator in OPERATORS.values()):
        own = [name for name in results if OPERATORS[name].group == group]
        if not own:
            continue
        found, planted = (
            sum(counts) for counts in zip(*(counted(results[name]) for name in own), strict=True)
        )
        lines.append(f"{group}: {found} of {planted}")
        for name in own:
            found, planted = counted(results[name])
            lines.append(f"  {name:28} {found:2} of {planted:2}  {' '.join(OPERATORS[name].rows)}")
    return "\n".join(lines) + "\n"


def counted(planted: Sequence[Planted]) -> tuple[int, int]:
    """How many were found, of how many."""
    return sum(bool(each.findings) for each in planted), len(planted)


def shown(edit: Edit) -> str:
    """An edit on one line."""
    return f"{edit.path}:{edit.first + 1}: {' / '.join(edit.lines)[:160] or '(taken out)'}"
