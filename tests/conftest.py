"""Shared by all tests: a tiny complete company to change one file of, and golden files."""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from esgreport import cli
from esgreport.interface import speak

ROOT = Path(__file__).resolve().parent.parent
os.environ["LC_ALL"] = (
    "C.UTF-8"  # messages are in English, in processes of tests too, whatever this machine speaks
)
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).parent / "golden"

TINY = {
    "data/report.yml": """\
status: draft
slug: tiny-esg-2025
title: {en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}
company:
  name: {en: Tiny Copper Limited, zh-Hant: 小銅有限公司}
  issuer_class: main-board
languages: [zh-Hant, en]
period: 2025
comparatives: [2024]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
parts:
  - pages: [a2]
schema: 2
""",
    "data/dimensions.yml": """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members:
    male: {en: Male, zh-Hant: 男性}
    female: {en: Female, zh-Hant: 女性}
""",
    "data/aspects/a2.yml": """\
aspect: A2
metrics:
  electricity:
    name: {en: Purchased electricity, zh-Hant: 外購電力}
    unit: kWh
    values: {2025: 29 843 800, 2024: 28 104 220}
""",
    "content/en/a2.md": """\
# Energy

We bought {{ electricity }} of electricity.

## Figures { #figures }

```table
metrics: [electricity]
columns: [unit, 2025, 2024]
```
""",
    "content/zh-Hant/a2.md": """\
# 能源

本年度外購電力為{{ electricity }}。

## 數據 { #figures }

```table
metrics: [electricity]
columns: [unit, 2025, 2024]
```
""",
}

Files = Mapping[str, str | bytes | None]
Run = Callable[..., tuple[int, str, str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew; read the diff afterwards"
    )
    parser.addoption(
        "--built", help="take the finished build in this folder as `built`, instead of making one"
    )


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """`project({"data/aspects/a2.yml": "…"})`: the tiny company with some files changed, added or (None) left out.

    It is a draft in two languages without findings. The print faces are those of this repository.
    """

    def build(files: Files | None = None) -> Path:
        root = tmp_path / "project"
        for name, text in {**TINY, **(files or {})}.items():
            if text is not None:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode() if isinstance(text, str) else text)
        (root / ".cache").mkdir(exist_ok=True)
        (root / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
        return root

    return build


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test that has the tool speak Chinese in this process leaves it English, as it was."""
    yield
    speak("en")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("carets.txt", text)`: the text is what tests/golden/carets.txt holds."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{name} is not written yet; pytest --update-golden writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@dataclass(frozen=True)
class Built:
    """A finished build: the project, the output folder, what was said, how many seconds it took."""

    root: Path
    out: Path
    said: str
    seconds: float


def esgreport(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the tool as its users do: a process of its own."""
    command = [sys.executable, "-m", "esgreport", *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", **{"check": False, **more})  # type: ignore[call-overload,no-any-return]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def here(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the tool in this process, which takes a third of the time: for what needs no process of its own."""
    from esgreport import cli

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main([str(word) for word in words])
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("check", …)` in this process, which is quicker: (exit code, standard output, standard error)."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def write_project(root: Path, files: Files | None = None, faces: Path = ROOT / ".cache" / "fonts") -> Path:
    """The tiny company in a folder of the caller's, with some files changed, added or (None) left out."""
    for name, text in {**TINY, **(files or {})}.items():
        if text is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    (root / ".cache").mkdir()
    (root / ".cache" / "fonts").symlink_to(faces)
    kept = ROOT / ".cache" / "web-faces-of-tests"  # kept by content: saves seconds in every build
    kept.mkdir(exist_ok=True)
    (root / ".cache" / "web-faces").symlink_to(kept)
    return root


def without_digest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of a build without the digest of its input, which changes with every line of the tool itself."""
    lines = files["build.json"].splitlines()
    return {**files, "build.json": b"\n".join(line for line in lines if b"input_digest" not in line)}


@pytest.fixture(scope="session")
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """This repository's own report, built once for all tests."""
    if given := request.config.getoption("--built"):
        return Built(ROOT, Path(given).resolve(), "", 0)
    return _built_once(tmp_path_factory, "built", ROOT)


def _built_once(paths: pytest.TempPathFactory, name: str, root: Path, *words: str) -> Built:
    """A build for all processes of tests: the first that asks makes it, the others wait and read it."""
    folder = paths.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each has a folder of its own, in one of the whole run
        folder = folder.parent
    out, record = folder / name / "site", folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            start = time.monotonic()
            done = esgreport("build", "--project", root, "--out", out, *words)
            assert done.returncode == 0, done.stdout + done.stderr
            said = {"said": done.stderr + done.stdout, "seconds": time.monotonic() - start}
            record.write_text(json.dumps(said), encoding="utf-8")
    return Built(root, out, **json.loads(record.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def built_bilingual(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The bilingual edition of this repository's report, built once for all tests."""
    return _built_once(tmp_path_factory, "bilingual", ROOT, "--only", "bilingual")


@pytest.fixture(scope="session")
def built_small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The tiny company of `project`, built once; do not write into it."""
    root = write_project(tmp_path_factory.mktemp("small") / "project")
    start = time.monotonic()
    done = esgreport("build", "--project", root)
    assert done.returncode == 0, done.stderr
    return Built(root, root / "site", done.stderr + done.stdout, time.monotonic() - start)


@pytest.fixture(scope="session")
def built_gallery(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The gallery's PDFs, built once for all tests."""
    return _built_once(tmp_path_factory, "gallery", EXAMPLES / "gallery", "--only", "pdf")


@pytest.fixture(scope="session")
def gallery_website(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The gallery's websites, built once for all tests."""
    return _built_once(tmp_path_factory, "gallery-website", EXAMPLES / "gallery", "--only", "web")


@pytest.fixture(scope="session")
def built_example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example in one language, built once for all tests."""
    return _built_once(tmp_path_factory, "river-alloy", EXAMPLES / "river-alloy")


@pytest.fixture(scope="session")
def website(built: Built) -> Path:
    """The websites of this repository's own report."""
    return built.out


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Debian's browser, one for all tests of a process: a second one cannot be started in it.

    A machine whose reader reads Chinese has a Chinese face; so has this one, to stand in until ours have come.
    """
    if (path := shutil.which("chromium")) is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    of_machine = tmp_path_factory.mktemp("machine")
    (of_machine / "fonts").mkdir()
    (of_machine / "fonts" / "han.ttf").symlink_to(ROOT / ".cache" / "fonts" / "NotoSansHK-400.ttf")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", *quiet],
            env={**os.environ, "XDG_DATA_HOME": str(of_machine)},
        )
        yield chromium
        chromium.close()


DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def open_tab(browser: Any) -> Iterator[Any]:
    """`open_tab(PHONE, java_script_enabled=False)`: a tab of its own, closed after the test."""
    contexts = []

    def make(viewport: dict[str, int] = DESK, **more: Any) -> Any:
        context = browser.new_context(**{"viewport": viewport, "locale": "fr-FR", **more})
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        return tab

    yield make
    for context in contexts:
        context.close()
