"""`diff`: what changed between two builds, or between revisions, figure by figure and passage by passage."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import TINY, Run, write_project
from esgreport.differences import compared
from esgreport.finished import Finished
from esgreport.pipeline import build

EN, HANT, ASPECT = "content/en/a2.md", "content/zh-Hant/a2.md", "data/aspects/a2.yml"
MORE = TINY[EN] + "\nThe meters were read each month. Nobody estimated anything.\n\n- One\n- Two\n"
MORE_HANT = TINY[HANT] + "\n電錶每月抄讀一次。並無估算數字。\n\n- 一\n- 二\n"
FIRST = {EN: MORE, HANT: MORE_HANT}


def made(root: Path, files: dict[str, str]) -> Finished:
    write_project(root, {**FIRST, **files})
    assert build(root, root / "site", ("web", "data")).written
    return Finished(root / "site")


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> Finished:
    return made(tmp_path_factory.mktemp("first") / "project", {})


def changed(files: dict[str, str], pairs: dict[str, tuple[str, str]]) -> dict[str, str]:
    whole = {**TINY, **files}
    for name, (old, new) in pairs.items():
        assert whole[name].count(old) == 1
        whole[name] = whole[name].replace(old, new)
    return {name: whole[name] for name in pairs}


@pytest.fixture(scope="module")
def second(tmp_path_factory) -> Finished:
    """Another number, a sentence more, an entry less, a heading with other words, a note."""
    files = changed(
        FIRST,
        {
            ASPECT: (
                "2025: 29 843 800,",
                "2025: {value: 29 943 800, note: {en: Read late., zh-Hant: 抄讀較遲。}},",
            ),
            EN: ("Nobody estimated anything.\n\n- One\n- Two", "Nobody guessed anything.\n\n- One"),
            HANT: ("並無估算數字。\n\n- 一\n- 二", "並無估計數字。\n\n- 一"),
        },
    )
    return made(tmp_path_factory.mktemp("second") / "project", files)


def test_a_build_differs_not_from_itself(run: Run, first):
    assert compared(first, first).none
    assert run("diff", first.folder, first.folder, "--project", first.folder.parent)[:2] == (
        0,
        "Nothing changed.\n",
    )


def test_two_builds_of_the_same_sources_say_the_same(first, tmp_path):
    assert compared(first, made(tmp_path / "project", {})).none


def test_figures_old_and_new(first, second):
    differences = compared(first, second)
    (change,) = [change for change in differences.figures if change.id == "electricity@2025"]
    assert (change.old["printed"]["en"], change.new["printed"]["en"]) == ("29,843,800", "29,943,800")
    assert change.in_value and change.told_otherwise == ("note",)
    assert {passage.kind for passage in differences.printed["en", "electricity@2025"]} == {"text", "row"}
    assert differences.printed.keys() >= {("en", "electricity@2025"), ("zh-Hant", "electricity@2025")}


def test_the_old_year_is_no_change(first, second):
    assert "electricity@2024" not in {change.id for change in compared(first, second).figures}


@pytest.mark.parametrize(
    ("language", "old", "new", "gone"),
    [
        ("en", "Nobody estimated anything.", "Nobody guessed anything.", "Two"),
        ("zh-Hant", "並無估算數字。", "並無估計數字。", "二"),
    ],
)
def test_passages_of_each_language(first, second, language, old, new, gone):
    changes = [change for change in compared(first, second).passages if change.language == language]
    (sentence,) = [
        change
        for change in changes
        if change.old and change.new and not change.figures_only and old in change.old.text
    ]
    assert sentence.sentences == ((old,), (new,))
    assert "".join(text for side, text in sentence.words if side != "old") == sentence.new.text
    assert "".join(text for side, text in sentence.words if side != "new") == sentence.old.text
    assert [change.old.text for change in changes if not change.new] == [gone]
    only = [change for change in changes if change.figures_only]
    assert {change.passage.kind for change in only} >= {"text"}
    for change in only:
        assert "29,943,800" in change.new.text and "29,843,800" in change.old.text


def test_the_other_way_round_what_was_removed_is_added(first, second):
    there, back = compared(first, second), compared(second, first)
    for one, other in ((there, back), (back, there)):
        gone = sorted(c.old.text for c in one.passages if not c.new)
        assert gone == sorted(c.new.text for c in other.passages if not c.old)
    assert {c.id for c in there.figures} == {c.id for c in back.figures}


def test_a_page_and_a_language_that_are_gone(first, tmp_path):
    report = TINY["data/report.yml"].replace("languages: [zh-Hant, en]", "languages: [en]")
    report = re.sub(r", zh-Hant: [^}]+\}", "}", report)
    one = {
        "data/report.yml": report,
        "data/dimensions.yml": None,
        ASPECT: TINY[ASPECT].replace(", zh-Hant: 外購電力", ""),
        HANT: None,
    }
    differences = compared(first, made(tmp_path / "project", one))
    assert differences.languages == (("zh-Hant", "en"), ("en",)) and not differences.none


def test_lines_name_figure_page_and_sentences(run: Run, first, second):
    code, out, err = run("diff", first.folder, second.folder, "--project", first.folder.parent)
    assert (code, err) == (0, "")
    for line in (
        "electricity@2025  Purchased electricity, kWh",
        "    29,843,800 → 29,943,800; its note changed",
        "  - Nobody estimated anything.",
        "  + Nobody guessed anything.",
        "  - 並無估算數字。",
        "  + 並無估計數字。",
    ):
        assert line in out.splitlines(), out
    assert re.search(r"^    en/a2\.html#figures  Figures \(row\)$", out, re.MULTILINE)


def test_a_page_that_can_be_signed(run: Run, first, second, tmp_path):
    file = tmp_path / "changes.html"
    code, out, _ = run("diff", first.folder, second.folder, "--html", file, "--project", first.folder.parent)
    page = file.read_text(encoding="utf-8")
    assert code == 0 and out == f"Written to {file}.\n"
    assert "<del>estimated</del><ins>guessed</ins>" in page and "29,943,800" in page and "Signature" in page
    assert not re.search(r'(?:src|href)="|url\(|https?:', page)


# ---- revisions


@pytest.fixture
def kept(tmp_path) -> Path:
    """A report in a folder of a repository, changed since its first revision."""
    root = write_project(tmp_path / "company" / "report", FIRST)

    def git(*words: str) -> None:
        settings = [
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@company.example",
            "-c",
            "commit.gpgsign=false",
        ]
        subprocess.run(["git", *settings, *words], cwd=root.parent, check=True, capture_output=True)

    git("init", "-q")
    git("add", "report/data", "report/content")
    git("commit", "-q", "-m", "As the board saw it")
    git("tag", "board")
    text = (root / EN).read_text(encoding="utf-8")
    (root / EN).write_text(text.replace("Nobody estimated", "Nobody guessed"), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "A word")
    return root


def test_revisions_of_a_report_below_the_top_of_a_repository(run: Run, kept):
    code, out, err = run("diff", "board", "HEAD", "--project", kept)
    assert (code, err) == (0, "")
    assert (
        "  - Nobody estimated anything." in out.splitlines()
        and "Figures: 0 changed, 0 added, 0 removed." in out
        and "English: 1 passage changed" in out
    )
    assert not (kept / "site").exists()


def test_a_final_revision_with_errors_of_todays_rules(run: Run, kept):
    """The first revision is final and has an error; the second one is final and sound."""
    subprocess.run(["git", "checkout", "-q", "-b", "final", "board"], cwd=kept, check=True)
    report = kept / "data" / "report.yml"
    report.write_text(report.read_text("utf-8").replace("status: draft", "status: final"), "utf-8")
    page = kept / EN
    sound = page.read_text("utf-8")
    commit = [
        "git",
        "-c",
        "user.name=Ann",
        "-c",
        "user.email=ann@company.example",
        "commit",
        "-q",
        "-a",
        "-m",
    ]
    page.write_text(sound.replace("each month", "each month on 31 September 2025"), "utf-8")
    subprocess.run([*commit, "Signed"], cwd=kept, check=True)
    page.write_text(sound, "utf-8")
    subprocess.run([*commit, "Put right"], cwd=kept, check=True)
    code, out, err = run("diff", "HEAD~1", "HEAD", "--project", kept)
    assert code == 0, err
    assert re.fullmatch(
        r"HEAD~1 is final, but by today's rules \d errors are open: it is compared as a draft\n", err
    )
    assert "Figures: 0 changed, 0 added, 0 removed." in out
    assert "English: 1 passage changed" in out
    assert "繁體中文: 0 passages changed (0 in numbers only), 0 added, 0 removed, on 0 pages" in out


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("last_week", '"last_week" is neither the folder of a build nor a revision that git knows'),
        ("board^^^", '"board^^^" is neither'),
        ("content", "content is not the folder of a build: build.json is not there"),
    ],
)
def test_what_is_neither_is_said(run: Run, kept, monkeypatch, name, sentence):
    monkeypatch.chdir(kept)
    code, out, err = run("diff", "board", name, "--project", kept)
    assert (code, out) == (2, "") and sentence in err and "Traceback" not in err


def test_a_report_without_version_control_is_said(run: Run, first):
    code, _, err = run("diff", "HEAD", first.folder, "--project", first.folder.parent)
    assert code == 2 and "is not under version control; give folders of two builds instead" in err


def test_a_build_of_a_part_only_is_said(run: Run, first, tmp_path):
    out = tmp_path / "site"
    assert build(first.folder.parent, out, ("data",)).written
    code, _, err = run("diff", out, first.folder, "--project", first.folder.parent)
    assert code == 2 and "is the build of a part only" in err
