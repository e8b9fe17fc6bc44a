"""The Chinese documents say what the English ones say: the same headings, examples, keys and results, in words of Hong Kong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import documents
import pytest
import test_docs
from conftest import ROOT
from esgreport.pipeline import examine
from esgreport.views import ChartView, MethodView, TableView, TargetsView
from esgreport.writer import report_view
from markdown_it.token import Token

CHINESE = sorted((ROOT / "docs" / "zh-Hant").glob("*.md"))
PAIRS = [(page, ROOT / "docs" / page.name) for page in CHINESE]
SAID_OF_MISTAKES = ("發生甚麼", "你會看到", "怎樣做")
HAN = re.compile(r"[\u3400-\u9fff]")
# What our own checks find in Chinese words alone, whatever the report is about.
PROOFS = {"simplified-character", "character-mixed-up", "word-of-elsewhere", "punctuation", "missing-glyph"}


def headings(path: Path) -> list[tuple[str, str]]:
    stream = documents.parsed(path)
    return [
        (token.tag, stream[n + 1].content) for n, token in enumerate(stream) if token.type == "heading_open"
    ]


@pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=lambda path: path.parent.name)
def test_headings_are_parallel(chinese: Path, english: Path) -> None:
    ours, theirs = headings(chinese), headings(english)
    for (level, heading), (other, original) in zip(ours, theirs, strict=False):
        assert level == other, f"{heading} / {original}"
        assert HAN.search(heading) or heading == original, heading
    assert len(ours) == len(theirs), (
        f"the last that have each other: {ours[len(theirs) - 1 :]} {theirs[len(ours) - 1 :]}"
    )


@pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=lambda path: path.parent.name)
def test_examples_are_the_same(chinese: Path, english: Path) -> None:
    ours, theirs = documents.fences(chinese), documents.fences(english)
    for own, original in zip(ours, theirs, strict=False):
        assert (own.info, told(own), own.mark) == (original.info, told(original), original.mark), own.section
    assert len(ours) == len(theirs)


def told(fence: documents.Fence) -> object:
    """What a block tells: of commands those alone, for the computer answers in the language of the reader."""
    if fence.language == "console":
        return [command.typed for command in documents.commands(fence.content)]
    return fence.content


def own_tables(path: Path) -> list[list[list[str]]]:
    """The tables of a document in its Markdown, row by row, without those that show what a block prints."""
    found: list[list[list[str]]] = []
    comment = ""
    for number, token in enumerate(stream := documents.parsed(path)):
        if token.type == "html_block":
            comment = token.content
        elif token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            found[-1][-1].append(stream[number + 1].content)
        elif token.type == "table_close":
            if comment.startswith("<!-- prints"):
                found.pop()
            comment = comment if "prints-method" in comment and "again" not in comment else ""
            comment = comment.replace("prints-method", "prints-method again")
    return found


@pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=lambda path: path.parent.name)
def test_keys_and_results_are_the_same(chinese: Path, english: Path) -> None:
    ours, theirs = own_tables(chinese), own_tables(english)
    for own, original in zip(ours, theirs, strict=True):
        assert len(own) == len(original), own[0]
        if own[0] == list(SAID_OF_MISTAKES):  # test_docs_played.py makes these mistakes, in both languages
            continue
        for row, other in zip(own[1:], original[1:], strict=True):
            for cell, said in zip(row, other, strict=True):
                assert sorted(codes(cell)) == sorted(codes(said)), f"{cell} / {said}"
            if own[0][1:] == ["英文", "繁體中文"] or own[0][1:] == ["找到", "應寫成"]:
                assert row == other


def codes(cell: str) -> list[str]:
    """What stands in a cell between marks of code."""
    return re.findall(r"(?<!`)(`+)(?!`) ?(.+?) ?(?<!`)\1(?!`)", cell)


def targets(path: Path) -> list[str]:
    """Where a document leads to, in order."""
    children = [child for token in documents.parsed(path) for child in token.children or ()]
    found = [str(child.attrGet("href") or child.attrGet("src") or "") for child in children]
    return sorted(target.removeprefix("../") for target in found if target)


@pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=lambda path: path.parent.name)
def test_links_are_the_same(chinese: Path, english: Path) -> None:
    assert targets(chinese) == targets(english)


READERS = {
    "prints": (TableView, test_docs.table_rows),
    "prints-targets": (TargetsView, test_docs.target_rows),
    "prints-chart": (ChartView, test_docs.chart_rows),
}


def test_tables_in_chinese_are_what_is_printed(tmp_path: Path) -> None:
    documents.write_report(tmp_path, test_docs.HARBOUR)
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    edition = examine(tmp_path).edition
    assert edition is not None
    pages = {page.id: page for page in report_view(edition, "zh-Hant").pages}
    shown = test_docs.tables(ROOT / "docs" / "zh-Hant" / "writing.md")
    compared = 0
    for place, table in enumerate(shown):
        if not table.before.startswith("prints"):
            continue
        mark, language, name, number = table.before.split()
        assert language == "zh-Hant"
        kind, read = READERS.get(mark, (MethodView, None))
        piece = [each for each in pages[name].body if isinstance(each, kind)][int(number) - 1]
        if read:
            assert [table.head, *table.rows] == read(piece), table.before
        else:
            found = [(each.head, *each.rows) for each in shown[place : place + 2]]
            assert [tuple(rows[1:]) for rows in found] == [
                tuple(rows[1:]) for rows in test_docs.method_tables(piece)
            ]
        compared += 1
    assert compared >= 15


def prose(path: Path) -> Iterator[str]:
    """The Chinese of a document, stretch by stretch, with a word in the place of code and links."""

    def read(token: Token) -> str:
        if token.type == "code_inline":
            return "代號"
        return token.content if token.type in ("text", "softbreak") else ""

    copied, comment, head = False, "", False
    for token in documents.parsed(path):
        text = "".join(map(read, token.children or ()))
        match token.type:
            case "html_block":
                comment = token.content
            case "table_open":
                copied, comment = "prints" in comment, ""
            case "thead_open" | "thead_close":
                head = token.type == "thead_open"
            case "table_close":
                copied = False
        copied |= head and text in ("英文", "找到")
        if token.type == "inline" and HAN.search(text) and not copied:
            yield re.sub(r"[\[\]#{}|<>*_]", "", text)


@pytest.mark.parametrize("page", CHINESE, ids=lambda path: path.stem)
def test_our_own_checks_have_nothing_to_say_of_the_chinese(page: Path, project: object) -> None:
    text = "\n\n".join(prose(page))
    files = {"content/zh-Hant/a2.md": f"# 能源\n\n引言。\n\n## 數據 {{ #figures }}\n\n{text}\n"}
    findings = examine(project(files)).findings  # type: ignore[operator]
    own = [f for f in findings if f.place.path == "content/zh-Hant/a2.md" and f.code in PROOFS]
    own = [f for f in own if "ends without a mark" not in f.message]  # cells, and what leads to a list
    assert not own, test_docs.said(tuple(own))


@pytest.mark.parametrize("wrong", ["這份报告", "報告,數據", "加入程式碼"])
def test_our_own_checks_do_read_them(wrong: str, project: object) -> None:
    files = {"content/zh-Hant/a2.md": f"# 能源\n\n引言。\n\n## 數據 {{ #figures }}\n\n{wrong}。\n"}
    findings = examine(project(files)).findings  # type: ignore[operator]
    assert {f.code for f in findings} & PROOFS
