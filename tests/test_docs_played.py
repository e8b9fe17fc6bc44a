"""The documents are followed word by word: what they say is typed, and the computer answers what they say it answers."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import documents
import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import ROOT, Run
from documents import Fence, Terminal
from esgreport.pipeline import examine
from test_docs import EXPECTED_OPEN, FRAMEWORKS, HARBOUR, example, said

STARTS = (ROOT / "docs" / "start.md", ROOT / "docs" / "zh-Hant" / "start.md")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "-q"]
    options = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)]
    subprocess.run([*pip, *options], check=True)
    (made,) = folder.glob("*.whl")
    return made


LENDING = """#!/bin/sh
{python} "$@" || exit
test "$1 $2" = "-m venv" && for folder in "$3"/lib/python*/site-packages; do
  echo '{libraries}' > "$folder/libraries.pth"
done
exit 0
"""


def spoken(page: Path) -> dict[str, str]:
    """The settings of a computer that speaks the language of a document."""
    return {
        "LC_ALL": "",
        "LC_MESSAGES": "",
        "LANG": "zh_HK.UTF-8" if page.parent.name == "zh-Hant" else "C.UTF-8",
    }


@pytest.fixture
def machine(wheel: Path, tmp_path: Path, page: Path) -> Iterator[Terminal]:
    """A terminal on a machine that has the wheel and nothing of ours, and speaks the language of the document.

    There is no network: the libraries of this environment are lent to each that it makes, and the typefaces lie where they are
    fetched to.
    """
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    (here / wheel.name).symlink_to(wheel)
    fonts = home / ".cache" / "esgreport" / "fonts"
    fonts.parent.mkdir(parents=True)
    fonts.symlink_to(ROOT / ".cache" / "fonts")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").write_text(
        LENDING.format(python=sys.executable, libraries=sysconfig.get_path("purelib"))
    )
    (programs / "python3").chmod(0o755)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "PIP_"))
    }
    offline = {
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    own = {"HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}"}
    terminal = Terminal(here, kept | offline | own | spoken(page))
    yield terminal
    terminal.close()


def free_port() -> int:
    """The port that the documents name, or another if somebody listens there."""
    for port in (8000, 0):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise AssertionError("no port is free")


def play(terminal: Terminal, fence: Fence) -> None:
    """Type the commands of a block; each prints what the document says, and the last ends as it says."""
    ends_with = int(fence.mark.removeprefix("exits ")) if fence.mark.startswith("exits ") else 0
    *_, last = asked = documents.commands(fence.content)
    for command in asked:
        typed, documented = command.typed, command.printed
        if fence.mark == "until Ctrl-C":
            port = str(free_port())
            asked_for = typed.replace("8000", port) if "8000" in typed else f"{typed} --port {port}"
            typed = f"timeout --preserve-status -s INT 25 {asked_for}"
            documented = documented.replace("8000", port)
        printed, code = terminal.run(typed)
        assert documents.agrees(documented, printed), f"line {fence.line}: {typed}\n{printed}"
        assert code == (ends_with if command == last else 0), f"line {fence.line}: {typed}\n{printed}"


@pytest.mark.long
@pytest.mark.parametrize("page", STARTS, ids=lambda page: page.parent.name)
def test_the_start_is_followed_word_by_word(page: Path, machine: Terminal) -> None:
    played = 0
    for fence in documents.fences(page):
        here = Path(machine.run("pwd")[0].strip())
        if fence.is_part:
            documents.write_into(here / fence.file, fence.content)
        elif fence.language == "console" and not fence.mark.startswith("not run: "):
            play(machine, fence)
            played += 1
    assert played == 9
    said = list(documents.tables(page, *SAYS[page.parent.name]))
    assert len(said) == 2
    for name, sentence in said:
        html = BeautifulSoup((here / name).read_bytes(), "html.parser")
        assert sentence in " ".join(html.get_text().replace("\xa0", " ").split()), name


SAYS = {"docs": ("page", "now says"), "zh-Hant": ("頁面", "現時顯示")}


PLAYED = tuple(
    ROOT / "docs" / f"{name}.md"
    for name in (
        "data",
        "writing",
        "content_index",
        "checking",
        "print",
        "publishing",
        "handing_over",
        "zh-Hant/writing",
        "zh-Hant/handing_over",
    )
)


@pytest.fixture
def desk(tmp_path: Path, page: Path) -> Iterator[Terminal]:
    """A terminal in the report of the documents, with the tool at hand."""
    report = tmp_path / "report"
    documents.write_report(report, HARBOUR)
    (report / ".cache").mkdir()
    (report / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "esgreport").write_text(f'#!/bin/sh\nexec {sys.executable} -m esgreport "$@"\n')
    (programs / "esgreport").chmod(0o755)
    own = {
        "PYTHONPATH": str(ROOT / "generator"),
        "PATH": f"{programs}:{os.environ['PATH']}",
    }
    terminal = Terminal(report, {**os.environ, **own, **spoken(page)})
    yield terminal
    terminal.close()


@pytest.mark.long
@pytest.mark.parametrize("page", PLAYED, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_commands_print_what_the_documents_say(page: Path, desk: Terminal, tmp_path: Path) -> None:
    played = 0
    for fence in documents.fences(page):
        if fence.language == "console" and not fence.mark.startswith("not run: "):
            play(desk, fence)
            played += 1
        elif fence.is_part and page.stem == "checking":  # there the changes follow each other
            documents.write_into(tmp_path / "report" / fence.file, fence.content)
    assert played


def parts() -> Iterator[tuple[str, Fence]]:
    """Every part of a file that a document shows beside its example, for itself."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        if page.stem not in ("start", "checking"):
            yield from (
                (f"{page.stem}:{fence.line}", fence) for fence in documents.fences(page) if fence.is_part
            )


@pytest.mark.parametrize(
    ("where", "fence"), [*parts()], ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_part_fits_where_the_document_puts_it(where: str, fence: Fence, tmp_path: Path) -> None:
    documents.write_report(tmp_path, HARBOUR | example(FRAMEWORKS))
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    if not fence.content.startswith("frameworks:"):
        named = "frameworks: [hkex-esg-code-2025, soe-list, un-sdgs]\n"
        documents.write_into(tmp_path / "data" / "report.yml", named)
    before = examine(tmp_path)
    documents.write_into(tmp_path / fence.file, fence.content)
    after = examine(tmp_path)
    alone = (
        fence.language == "markdown"
    )  # on a page of one language, what compares the two has something to say
    new = {f.code for f in after.findings if f.blocking or not alone} - EXPECTED_OPEN - OF_ANOTHER_LIST
    assert new == set(fence.mark.removeprefix("finds ").split()), said(after.findings)
    assert after.edition is not None and before.edition is not None


# What the example report lacks as soon as it names fewer, or other, frameworks than its example has files of.
OF_ANOTHER_LIST = {"unknown-file", "tag-without-answer"}


def marked_wrongly(page: Path) -> Iterator[str]:
    """Blocks that no test runs, and that do not say why."""
    for fence in documents.fences(page):
        runs = fence.language == "console" or fence.file
        held = re.fullmatch(r"held by (test_\w+)", fence.mark)
        if held:
            if not any(f"def {held[1]}(" in path.read_text(encoding="utf-8") for path in TESTS):
                yield f"{page.name}, line {fence.line}: there is no {held[1]}"
        elif not runs and not re.fullmatch(r"not run: \w.+", fence.mark):
            yield f"{page.name}, line {fence.line}: {fence.content.splitlines()[0]!r} is not run, and nothing says why"
        elif (
            fence.language == "console"
            and page not in (*STARTS, *PLAYED)
            and not fence.mark.startswith("not run")
        ):
            yield f"{page.name}, line {fence.line}: no test plays this page"


TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_every_block_runs_or_says_why_not() -> None:
    pages = [path for path in (ROOT / "docs").rglob("*.md") if path.stem not in ("architecture", "mistakes")]
    assert not [line for page in pages for line in marked_wrongly(page)]


NEWCOMER = (  # what happens, in the order of the table: in which file, what stands there, what is written instead
    ("data/aspects/a2.yml", "    unit: m3", "\tunit: m3"),
    ("data/aspects/a2.yml", "    values:\n      2025:\n      2024:\n", "    values: {2025: 29,843,800}\n"),
    ("content/zh-Hant/a2.md", "", None),
    ("content/en/a2.md", "## Energy", "{{ energy_totl }}\n\n## Energy"),
    ("content/en/a2.md", "## Energy", "![The works](assets/works.jpg)\n\n## Energy"),
)


MISTAKES = {  # the head of the table, and how it words the advice that it repeats
    "docs": (("what happened", "what you see", "what to do"), r"`(did you mean [^`]*)`", "en"),
    "zh-Hant": (("發生甚麼", "你會看到", "怎樣做"), r"`(是否指[^`]*)`", "zh-Hant"),
}


@pytest.mark.long
@pytest.mark.parametrize("page", STARTS, ids=lambda page: page.parent.name)
@pytest.mark.parametrize("number", range(len(NEWCOMER)))
def test_mistakes_of_newcomers_are_told_in_the_words_of_the_page(
    number: int, page: Path, tmp_path: Path, run: Run
) -> None:
    head, repeated, language = MISTAKES[page.parent.name]
    rows = list(documents.tables(page, *head))
    assert len(rows) == len(NEWCOMER)
    _, seen, advice = rows[number]
    company = ("--company", "Harbour Ropes Limited / 港灣繩纜有限公司", "--year-end", "2025-12-31")
    assert run("init", tmp_path / "ropes", "--yes", *company)[0] == 0
    (tmp_path / "ropes" / ".cache").mkdir()
    (tmp_path / "ropes" / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    name, before, after = NEWCOMER[number]
    file = tmp_path / "ropes" / name
    if after is None:
        file.unlink()
    else:
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), encoding="utf-8")
    code, out, _ = run("check", "--mistakes", "--project", tmp_path / "ropes", "--ui", language)
    assert code == 1
    assert seen in out
    for words in re.findall(repeated, advice):
        assert words in out


def yaml_blocks(page: Path) -> list[Fence]:
    return [fence for fence in documents.fences(page) if fence.info == "yaml"]


def test_files_for_other_machines_call_what_is_there() -> None:
    github, gitlab = (yaml.safe_load(fence.content) for fence in yaml_blocks(ROOT / "docs" / "publishing.md"))
    steps = [step["run"] for step in github["jobs"]["report"]["steps"] if "run" in step] + gitlab["pages"][
        "script"
    ]
    ours = [step.split() for step in steps if step.startswith("./run ")]
    assert [words[1] for words in ours] == ["build", "build"]
    (upload,) = (step for step in github["jobs"]["report"]["steps"] if "upload" in step.get("uses", ""))
    assert upload["with"]["path"] == "site"  # where a build writes, unless it is told
    assert ours[1][2:] == ["--out", *gitlab["pages"]["artifacts"]["paths"]]
    (hooks,) = (yaml.safe_load(fence.content) for fence in yaml_blocks(ROOT / "docs" / "checking.md"))
    known = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= {hook["id"] for hook in known}
