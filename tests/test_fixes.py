"""What a finding says to write can be pasted: where it points, as it stands, and the report is sound again.

Each case is a mistake in a sound little report. The text to write is taken out of the message alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import TINY, write_project
from esgreport.diagnostics import Diagnostic
from esgreport.pipeline import examine

EN, HANT, DATA, REPORT = "content/en/a2.md", "content/zh-Hant/a2.md", "data/aspects/a2.yml", "data/report.yml"
GLOSSARY, NAMES = "data/glossary.yml", "data/registers/entities.yml"
FILES = {
    **TINY,
    GLOSSARY: "electricity: {term: {en: electricity, zh-Hant: 電力}, avoid: {zh-Hant: [電流]}}\n",
    NAMES: "chengxi: {name: {en: Chengxi Copper Limited, zh-Hant: 城西銅業有限公司}}\n",
}
ENDS, ENDET = "of electricity.", "{{ electricity }}。"


@dataclass(frozen=True)
class Case:
    """Mistakes that are made by putting the second text in the place of the first, and the code of what is found."""

    code: str
    edits: tuple[tuple[str, str, str], ...]


CASES = {
    "a name in a sentence": Case("unknown-name", ((EN, "{{ electricity }}", "{{ electricty }}"),)),
    "a metric in a table": Case("unknown-name", ((EN, "metrics: [electricity]", "metrics: [electricty]"),)),
    "a status": Case("unknown-choice", ((REPORT, "status: draft", "status: drat"),)),
    "a class": Case("unknown-choice", ((REPORT, "main-board", "mainboard"),)),
    "a key": Case("unknown-key", ((DATA, "    unit: kWh", "    untis: kWh"),)),
    "a tab": Case("not-yaml", ((DATA, "    unit: kWh", "\tunit: kWh"),)),
    "commas": Case("entry-without-value", ((DATA, "29 843 800", "29,843,800"),)),
    "a day of the calendar": Case("bad-date", ((REPORT, "to: 2024-12-31", "to: 2024-12-32"),)),
    "a unit": Case("unknown-unit", ((DATA, "unit: kWh", "unit: kwh"),)),
    "a block": Case("unknown-block", ((EN, "```table", "```tabel"),)),
    "a section": Case("unknown-link", (
        (EN, ENDS, "of [electricity](#figurs)."), (HANT, "外購電力", "[外購電力](#figurs)"),
    )),
    "a period": Case("wrong-argument", (
        (EN, "{{ electricity }}", '{{ electricity(period="2052") }}'), (HANT, "{{ electricity }}", '{{ electricity(period="2052") }}'),
    )),
    "two spaces": Case("punctuation", ((EN, "of electricity", "of  electricity"),)),
    "a half-width mark": Case("punctuation", ((HANT, "本年度", "本年度,"),)),
    "a mark twice": Case("punctuation", ((HANT, "本年度", "本年度，，"),)),
    "an open quotation": Case("punctuation", ((EN, "We bought", "We “bought"),)),
    "spelling": Case("american-spelling", ((EN, ENDS, "of electricity, and organized it."),)),
    "a simplified character": Case("simplified-character", ((HANT, "外購", "外购"),)),
    "a word of elsewhere": Case("word-of-elsewhere", ((HANT, "本年度", "本年度（網路）"),)),
    "a character": Case("character-mixed-up", ((HANT, "本年度", "標准年度"),)),
    "a typed figure": Case("figure-typed", ((EN, "{{ electricity }}", "29,843,800 kWh"),)),
    "a qualifier": Case("qualifiers-differ", ((EN, "We bought", "We bought about"),)),
    "a sample text": Case("left-over", ((EN, "## Figures", "Lorem ipsum dolor\n\n## Figures"),)),
    "a word twice": Case("repeated-words", ((EN, "We bought", "All the the Group bought"),)),
    "a day in a sentence": Case("no-such-day", (
        (EN, ENDS, "of electricity. It was agreed on 31 September 2025."), (HANT, ENDET, ENDET + "雙方在2025年9月31日議定。"),
    )),
    "an old standard": Case("standard-withdrawn", (
        (EN, ENDS, "of electricity, certified to ISO 9001:2008."), (HANT, ENDET, ENDET + "取得ISO 9001:2008認證。"),
    )),
    "a word to avoid": Case("word-avoided", ((HANT, "外購電力為", "外購電流為"),)),
    "a company": Case("name-near-miss", (
        (EN, ENDS, "of electricity for Chengxu Copper Limited."), (HANT, ENDET, ENDET + "供城西銅業有限公司使用。"),
    )),
}  # fmt: skip


def offered(finding: Diagnostic, there: str) -> str:
    """What the message says to write in the place of what is there."""
    quoted = next((word for word in re.findall(r'"(.+?)"', finding.message) if word in there), "")
    for pattern in (r'did you mean "(.+?)"\?', r"known: ([^,]+)"):
        if quoted and (meant := re.search(pattern, finding.help)):
            return there.replace(quoted, meant[1])
    if spaces := re.search(r"indent with spaces: (\d+)", finding.help):
        return " " * int(spaces[1])
    if finding.help == "write one space":
        return " "
    for pattern, text in (
        (r"in quotes \((\".+?\")\)", finding.help),
        (r"by (\{\{.+?\}\})", finding.help),
        (r'write "(.+?)"', finding.help),
        (r"write (\w) for \w,", finding.help),
        (r'the registered "(.+?)"', finding.message),
    ):
        if found := re.search(pattern, text):
            return found[1]
    if re.search(r"take (?:it|\".+?\") out", finding.help):
        return ""
    found = re.match(r"write (.+?)(?:, (?:if|or|best) .*|或.*)?$", finding.help)
    assert found, f"nothing to paste: {finding.help}"
    return found[1]


def paste(root: Path, finding: Diagnostic) -> None:
    """Write what the finding offers where it points. What is taken out takes the space before it along."""
    file = root / finding.place.path
    lines = file.read_text("utf-8").split("\n")
    line = lines[finding.place.line - 1]
    start, end = finding.place.column - 1, finding.place.end_column - 1
    text = offered(finding, line[start:end])
    if not text and line[:start].endswith(" ") and line[end : end + 1] in (" ", ""):
        start -= 1
    lines[finding.place.line - 1] = line[:start] + text + line[end:]
    file.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("name", CASES)
def test_what_is_offered_can_be_pasted(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    root = write_project(tmp_path / "project", FILES)
    assert not examine(root).findings
    for path, right, wrong in case.edits:
        text = (root / path).read_text("utf-8")
        assert right in text
        (root / path).write_text(text.replace(right, wrong, 1), "utf-8")
    found = [finding for finding in examine(root).findings if finding.code == case.code]
    assert found
    for _ in case.edits:
        for finding in found[:1]:
            paste(root, finding)
        found = [finding for finding in examine(root).findings if finding.code == case.code]
    left = examine(root).findings
    assert not left, "\n".join(f"{finding} ({finding.help})" for finding in left)
