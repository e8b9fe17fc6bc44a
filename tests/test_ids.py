"""`esgreport ids`: sections and blocks get the ids that they lack, the same in every language; `undo` takes it back."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TINY, Run, tree

Project = Callable[..., Path]
EN, ZH = "content/en/a2.md", "content/zh-Hant/a2.md"


def pages(en: str, zh: str) -> dict[str, str]:
    return {EN: f"# Energy\n\n{en}", ZH: f"# 能源\n\n{zh}"}


def given(run: Run, root: Path, *words: str) -> tuple[str, str]:
    """The lines with braces or ids of both pages, after the ids were written."""
    code, out, err = run("ids", "--yes", *words, "--project", root)
    assert code == 0, out + err
    return tuple(  # type: ignore[return-value]
        "\n".join(line for line in (root / name).read_text(encoding="utf-8").split("\n") if "#" in line or "id:" in line)
        for name in (EN, ZH)
    )  # fmt: skip


def test_sections_are_named_after_their_english_words_in_every_language(project: Project, run: Run) -> None:
    root = project(pages("## How we use energy\n\nX.\n", "## 能源使用\n\n甲。\n"))
    assert "heading-without-id" in run("check", "--project", root)[1]
    code, out, _ = run("ids", "--yes", "--project", root)
    assert code == 0
    assert out.splitlines() == [
        "content/zh-Hant/a2.md",
        "  line 3",
        "  - ## 能源使用",
        "  + ## 能源使用 { #how-we-use-energy }",
        "content/en/a2.md",
        "  line 3",
        "  - ## How we use energy",
        "  + ## How we use energy { #how-we-use-energy }",
        "Written: 2 files. To go back: esgreport undo",
    ]
    assert (root / ZH).read_text(encoding="utf-8") == "# 能源\n\n## 能源使用 { #how-we-use-energy }\n\n甲。\n"
    assert "heading-without-id" not in run("check", "--project", root)[1]
    assert run("ids", "--yes", "--project", root)[:2] == (0, "Every section has its id, in every language.\n")


HEADINGS = {
    "an id of one language": ("## Water { #h2o }", "## 水", "## 水 { #h2o }"),
    "what stands in braces stays": ("## Water", '## 水 {answers="A2.2"}', '## 水 { #water answers="A2.2"}'),
    "marks that close a heading": ("## Water ##", "## 水", "## 水 { #water }"),
    "a number called in it": ("## {{ electricity }} bought", "## 外購{{ electricity }}", "## 外購{{ electricity }} { #bought }"),
    "an underlined heading": ("Water\n-----", "水\n--", "水 { #water }\n--"),
    "digits first": ("## 2025 in figures", "## 數字", "## 數字 { #in-figures }"),
    "emphasis and links": ("## *Our* [water](a2.md#figures)", "## 水", "## 水 { #our-water }"),
    "a long heading": ("## What the two works did in the year to use less of everything", "## 水", "## 水 { #what-the-two-works-did-in-the-year-to }"),
    "a name that is taken": ("## Figures", "## 水", "## 水 { #figures-2 }"),
    "no word in Latin letters": ("## 水", "## 水", "## 水 { #part-1 }"),
    "what it answers": ('## 水 { answers="A2.2" }', "## 水", "## 水 { #a2-2 }"),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADINGS)
def test_how_headings_are_named(case: str, project: Project, run: Run) -> None:
    en, zh, named = HEADINGS[case]
    below = "\n\nX.\n\n## Figures { #figures }\n\nX.\n"
    root = project(pages(en + below, zh + below))
    before = (root / ZH).read_text(encoding="utf-8")
    code, out, err = run("ids", "--yes", "--project", root)
    assert code == 0, out + err
    assert (root / ZH).read_text(encoding="utf-8") == before.replace(zh, named, 1)
    code, out, err = run("check", "--mistakes", "--project", root)
    assert "heading-without-id" not in out


def test_between_sections_that_pair_the_others_pair_by_their_levels(project: Project, run: Run) -> None:
    en = "## Plan\n\nX.\n\n## Figures { #figures }\n\nX.\n\n### By plant\n\nX.\n\n## Outlook { #outlook }\n\nX.\n"
    zh = "## 計劃\n\n甲。\n\n## 數據 { #figures }\n\n甲。\n\n### 按廠房\n\n甲。\n\n## 展望\n\n甲。\n"
    named = "## 計劃 { #plan }\n## 數據 { #figures }\n### 按廠房 { #by-plant }\n## 展望 { #outlook }"
    assert given(run, project(pages(en, zh)))[1] == f"# 能源\n{named}"


def test_where_the_languages_have_different_sections_nothing_is_guessed(project: Project, run: Run) -> None:
    en = "## Plan\n\nX.\n\n## Extra\n\nX.\n\n## Figures { #figures }\n\nX.\n\n## Outlook\n\nX.\n"
    zh = "## 計劃\n\n甲。\n\n## 數據 { #figures }\n\n甲。\n\n## 展望\n\n甲。\n"
    root = project(pages(en, zh))
    code, out, _ = run("ids", "--yes", "--project", root)
    assert code == 1
    assert "+ ## Outlook { #outlook }" in out and "+ ## 展望 { #outlook }" in out
    assert (
        "content/en/a2.md:7:1: error[heading-without-id] this section gets no id: the languages have" in out
    )
    assert "content/zh-Hant/a2.md:3:1: error[heading-without-id]" in out and "make them alike" in out
    assert (root / EN).read_text(encoding="utf-8").count("{ #") == 2
    code, out, _ = run("ids", "--yes", "--project", root)  # and nothing more the second time
    assert code == 1 and "Written" not in out


def test_one_place_with_two_ids_is_left_alone(project: Project, run: Run) -> None:
    root = project(pages("## Water { #water }\n\nX.\n", "## 水 { #h2o }\n\n甲。\n"))
    assert run("ids", "--yes", "--project", root)[:2] == (0, "Every section has its id, in every language.\n")


TABLE = "```table\n{}metrics: [electricity]\ncolumns: [unit, 2025]\n```\n"


def test_a_block_gets_the_id_that_it_has_in_another_language(project: Project, run: Run) -> None:
    table, named = TABLE.format(""), TABLE.format("id: of-both\n")
    root = project(pages(f"{table}\n{named}", f"{table}\n{table}"))
    assert "languages-differ" in run("check", "--project", root)[1]
    assert given(run, root)[1] == "# 能源\nid: of-both"
    assert (root / ZH).read_text(encoding="utf-8") == f"# 能源\n\n{table}\n{named}"
    assert run("check", "--project", root)[0] == 0


def test_links_to_sections_that_have_no_id_yet_are_no_hindrance(project: Project, run: Run) -> None:
    root = project(pages("## Water\n\nSee [it](#water), {{ nothing }}.\n", "## 水\n\n[見](#water)。\n"))
    assert "[unknown-link]" in run("check", "--project", root)[1]
    assert run("ids", "--yes", "--project", root)[0] == 0
    assert "[unknown-link]" not in run("check", "--project", root)[1]


def test_a_page_with_an_id_that_cannot_be_is_left_alone(project: Project, run: Run) -> None:
    root = project(pages("## Water { #WATER }\n\nX.\n\n## Gas\n\nX.\n", "## 水\n\n甲。\n\n## 氣\n\n甲。\n"))
    before = tree(root / "content")
    code, out, _ = run("ids", "--yes", "--project", root)
    assert code == 1 and "content/en/a2.md:3:12: error[bad-id]" in out and tree(root / "content") == before


def test_a_report_in_one_language_gets_ids_too(project: Project, run: Run) -> None:
    report = TINY["data/report.yml"].replace("[zh-Hant, en]", "zh-Hans")
    page = "# 能源\n\n## 用水\n\n甲。\n\n## 用电\n\n甲。\n"
    root = project({"data/report.yml": report, EN: None, ZH: None, "content/zh-Hans/a2.md": page})
    assert run("ids", "--yes", "--project", root)[0] == 0
    named = page.replace("用水", "用水 { #part-1 }").replace("用电", "用电 { #part-2 }")
    assert (root / "content/zh-Hans/a2.md").read_text(encoding="utf-8") == named


def test_line_ends_and_byte_order_mark_stay(project: Project, run: Run) -> None:
    files = {name: f"\ufeff{text}".replace("\n", "\r\n").encode() for name, text in pages("## A\n\nX.\n", "## 甲\n\n甲。\n").items()}  # fmt: skip
    root = project(files)
    assert run("ids", "--yes", "--project", root)[0] == 0
    assert (root / EN).read_bytes() == files[EN].replace(b"## A", b"## A { #a }")
    assert run("undo", "--yes", "--project", root)[0] == 0
    assert (root / EN).read_bytes() == files[EN]


# ---- asking, and going back


def test_without_a_yes_nothing_is_written(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(pages("## A\n\nX.\n", "## 甲\n\n甲。\n"))
    before = tree(root / "content")
    code, out, _ = run("ids", "--project", root)
    assert code == 1 and out.endswith("Nothing was written. With --yes it is written without asking.\n")
    assert tree(root / "content") == before and not (root / ".cache" / "undo").exists()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run("ids", "--project", root)[0] == 1 and tree(root / "content") == before
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run("ids", "--project", root)[0] == 0 and tree(root / "content") != before


def test_changes_are_taken_back_one_after_the_other(project: Project, run: Run) -> None:
    root = project(pages("## A\n\nX.", "## 甲\n\n甲。"))  # files that do not end with a line end
    first = tree(root / "content")
    assert run("ids", "--yes", "--project", root)[0] == 0
    for name in (EN, ZH):
        with (root / name).open("a", encoding="utf-8") as file:
            file.write("\n\n## B\n\n-- X.\n")
    second = tree(root / "content")
    assert run("ids", "--yes", "--project", root)[0] == 0
    code, out, _ = run("undo", "--yes", "--project", root)
    assert code == 0 and "  - ## B { #b }\n  + ## B\n" in out
    assert out.endswith("Taken back: 2 files as before esgreport ids.\n")
    assert tree(root / "content") == second
    for name in (EN, ZH):  # the first change is as it was only without what came after it
        (root / name).write_bytes(second[name.removeprefix("content/")].replace(b"\n\n## B\n\n-- X.\n", b""))  # fmt: skip
    assert run("undo", "--yes", "--project", root)[0] == 0
    assert tree(root / "content") == first
    code, _, err = run("undo", "--yes", "--project", root)
    assert code == 2 and "nothing that the tool wrote into this report is left to take back" in err


def test_what_somebody_changed_since_is_not_lost(project: Project, run: Run) -> None:
    root = project(pages("## A\n\nX.\n", "## 甲\n\n甲。\n"))
    assert run("ids", "--yes", "--project", root)[0] == 0
    with (root / EN).open("a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    after = tree(root / "content")
    code, _, err = run("undo", "--yes", "--project", root)
    assert code == 2 and "content/en/a2.md has been changed since, and undoing would lose that work" in err
    assert tree(root / "content") == after


def test_a_change_that_was_cut_short_can_be_taken_back(project: Project, run: Run) -> None:
    root = project(pages("## A\n\nX.\n", "## 甲\n\n甲。\n"))
    before = tree(root / "content")
    assert run("ids", "--yes", "--project", root)[0] == 0
    (root / ZH).write_bytes(before["zh-Hant/a2.md"])  # as if the machine had stopped between two files
    assert run("undo", "--yes", "--project", root)[0] == 0
    assert tree(root / "content") == before


def test_a_folder_that_cannot_be_written_leaves_everything_as_it_was(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(pages("## A\n\nX.\n", "## 甲\n\n甲。\n"))
    before = tree(root / "content")
    replace, count = Path.replace, iter(range(9))

    def full(path: Path, target: Path) -> Path:
        if next(count) == 1:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run("ids", "--yes", "--project", root)
    assert code == 2 and "No space left on device" in err
    assert tree(root / "content") == before and not list((root / ".cache" / "undo").glob("*"))


def test_the_patch_is_one_that_other_tools_read(project: Project, run: Run) -> None:
    root = project(pages("## A\n\nX.", "## 甲\n\n甲。\n"))
    before = tree(root / "content")
    assert run("ids", "--yes", "--project", root)[0] == 0
    (patch,) = (root / ".cache" / "undo").iterdir()
    assert patch.name == "0001-ids.patch"
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    subprocess.run(["git", "apply", "-R", "-p0", patch], cwd=root, check=True)
    assert tree(root / "content") == before
