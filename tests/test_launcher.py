"""The launcher: a small project of its own is set up with ./run, without any network.

Its packages come from a folder, its faces from a stand-in for npm. All tests share one
such project, because making a virtual environment takes seconds; it is put right after each.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from esgreport import fetching

ROOT = Path(__file__).resolve().parent.parent
FACE = b"the outlines of a face"
LICENCE = b"the licence of a face"

NPM = """#!/bin/sh
# npm pack NAME@VERSION, as far as the launcher uses it
test "$1" = pack && cp "$PACKAGE" .
"""

BACKEND = '''"""Builds the small project: a package whose program repeats what it is told."""
import zipfile

TOOL = "import sys\\n\\ndef main():\\n    print(*sys.argv[1:])\\n    return int('fail' in sys.argv)\\n"

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "esgreport-0.1.0-py3-none-any.whl"
    about = "esgreport-0.1.0.dist-info/"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("tool.py", TOOL)
        wheel.writestr(about + "METADATA", "Metadata-Version: 2.1\\nName: esgreport\\nVersion: 0.1.0\\n")
        wheel.writestr(about + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(about + "entry_points.txt", "[console_scripts]\\nesgreport = tool:main\\n")
        wheel.writestr(about + "RECORD", "")
    return name
'''
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def tarball(files: dict[str, bytes], link: str = "") -> bytes:
    """An npm package; `link` names a member that is a symbolic link instead."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        if link:
            member = tarfile.TarInfo(f"package/{link}")
            member.type, member.linkname = tarfile.SYMTYPE, "../../elsewhere"
            archive.addfile(member)
    return out.getvalue()


class Project:
    """A folder with a copy of ./run and just enough beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root, self.home = folder, folder / "project", folder / "home"
        self.face = self.root / ".cache" / "fonts" / "Face-400.ttf"
        code = self.root / "generator" / "esgreport"
        for place in (code / "interface", self.home, folder / "bin", folder / "wheels"):
            place.mkdir(parents=True)
        ours = (
            "__init__.py",
            "fetching.py",
            "diagnostics.py",
            "interface/__init__.py",
            "interface/zh-Hant.txt",
        )
        for name in ("run", *(f"generator/esgreport/{name}" for name in ours)):
            (self.root / name).write_bytes((ROOT / name).read_bytes())
        (self.root / "backend.py").write_text(BACKEND)
        (self.root / "requirements.lock").write_text(self.wheel("something"))
        self.write()

    def write(self) -> None:
        """What a test may have changed."""
        (self.root / "pyproject.toml").write_text(PYPROJECT)
        (self.folder / "bin" / "npm").write_text(NPM)
        (self.folder / "bin" / "npm").chmod(0o755)
        self.offer({"face.ttf": FACE, "OFL": LICENCE})
        self.list_face(FACE)

    def restore(self) -> None:
        self.write()
        if self.face.exists() and self.face.read_bytes() != FACE:
            self.face.unlink()
        code, _, err = self.run("setup")
        assert code == 0, err

    def wheel(self, name: str) -> str:
        """Put a package into the folder that pip takes packages from; its lines in a lock file."""
        path = self.folder / "wheels" / f"{name}-1000-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(f"{name}-1000.dist-info/METADATA", f"Name: {name}\nVersion: 1000\n")
            wheel.writestr(f"{name}-1000.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{name}-1000.dist-info/RECORD", "")
        return f"{name}==1000 \\\n    --hash=sha256:{sha256(path.read_bytes())}\n"

    def offer(self, files: dict[str, bytes]) -> None:
        """What npm brings."""
        (self.folder / "package.tgz").write_bytes(tarball(files))

    def list_face(self, content: bytes) -> None:
        """What faces.json asks for."""
        package = {"package": "@faces/face", "version": "1.0.0"}
        face = {"file": "Face-400.ttf", "path": "face.ttf", "sha256": sha256(content), **package}
        licence = {"file": "Face-OFL.txt", "path": "OFL", "sha256": sha256(LICENCE), **package}
        table = json.dumps({"about": "Faces of a test.", "faces": [face], "licences": [licence]})
        (self.root / "generator" / "esgreport" / "faces.json").write_text(table)

    def start(self, *arguments: str, cwd: Path | None = None, **env: str) -> subprocess.Popen[str]:
        settings = {
            "PATH": f"{self.folder / 'bin'}:/usr/bin:/bin",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PACKAGE": str(self.folder / "package.tgz"),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.folder / "wheels"),
            "PIP_CONFIG_FILE": os.devnull,
            **env,
        }
        return subprocess.Popen(
            [sys.executable, self.root / "run", *arguments],
            cwd=cwd or self.root,
            env={name: value for name, value in settings.items() if value},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, cwd: Path | None = None, **env: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error; an empty setting takes its variable away."""
        process = self.start(*arguments, cwd=cwd, **env)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        return process.returncode, out, err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, tuple[int, str, str]]:
    project = Project(tmp_path_factory.mktemp("launcher"))
    return project, project.run("setup")


@pytest.fixture
def project(made: tuple[Project, tuple[int, str, str]]) -> Iterator[Project]:
    yield made[0]
    made[0].restore()


@pytest.fixture
def run():
    """The launcher as a module, for what no machine of ours can show."""
    loader = SourceFileLoader("launcher", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


# Setting up


def test_setup_makes_all_and_writes_only_below_the_project(made):
    project, (code, out, err) = made
    assert (code, out) == (0, ""), err
    assert err.splitlines() == [
        "run: making .venv with the packages of requirements.lock",
        "run: installing esgreport itself",
        "run: fetching 2 files of @faces/face@1.0.0",
        "run: ready",
    ]
    assert project.face.read_bytes() == FACE
    assert (project.face.parent / "Face-OFL.txt").read_bytes() == LICENCE
    assert sorted(path.name for path in (project.root / ".cache").iterdir()) == ["fonts", "lock"]
    assert [path.name for path in project.home.rglob("*") if path.name not in (".cache", "pip")] == []


def test_it_speaks_chinese_where_the_machine_does_or_is_asked_to(project):
    project.face.unlink()
    for layer in ("packages", "project"):
        (project.root / ".venv" / f"stamp-{layer}").unlink()
    assert project.run("setup", LANG="zh_HK.UTF-8")[2].splitlines() == [
        "run: 正在以 requirements.lock 的套件建立 .venv",
        "run: 正在安裝 esgreport 本身",
        "run: 正在取得 @faces/face@1.0.0 的 1 個檔案",
        "run: 準備完成",
    ]
    project.face.write_bytes(b"changed")
    refused = "run: .cache/fonts/Face-400.ttf 不是 faces.json 所列的檔案：其 SHA-256 不同。"
    assert project.run("check", "--ui", "zh-Hant")[2].startswith(refused)
    assert "is not the file" in project.run("check", "--ui=en", LANG="zh_HK.UTF-8")[2]
    assert project.run(LANG="zh_HK.UTF-8")[1].startswith("用法：./run COMMAND …\n")


def test_every_sentence_is_there_in_both_languages_with_the_same_parts(run):
    source = (ROOT / "run").read_text(encoding="utf-8")
    assert set(re.findall(r'\bwords\("([^"]*)"', source)) == set(run.SENTENCES)
    for english, chinese in run.SENTENCES.values():
        parts = [set(re.findall(r"\{\w+\}", each)) for each in (english, chinese)]
        assert parts[0] == parts[1] and re.search("[\u4e00-\u9fff]", chinese), english
        assert not re.search("[\u4e00-\u9fff]", english), english


def test_a_second_run_needs_neither_registry_nor_npm(project):
    (project.folder / "bin" / "npm").unlink()
    assert project.run("setup", PIP_FIND_LINKS="/nowhere") == (0, "", "run: ready\n")


def test_an_interrupted_setup_is_healed_and_two_runs_do_not_disturb_each_other(project):
    (project.root / ".venv" / "stamp-packages").unlink()
    (project.root / ".venv" / "bin" / "python").unlink()
    both = [project.start("build", "all"), project.start("build", "all")]
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    assert [out for out, err in answers] == ["build all\n", "build all\n"]
    assert "".join(err for out, err in answers).count("making .venv") == 1


def test_works_without_a_home(project):
    project.face.unlink()
    code, _, err = project.run("setup", HOME="")
    assert (code, project.face.read_bytes()) == (0, FACE), err


def test_caches_go_below_the_project_where_home_cannot_be_written(run, monkeypatch):
    monkeypatch.setenv("HOME", "/nowhere/at/all")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("PIP_CACHE_DIR", raising=False)
    assert run.environment()["XDG_CACHE_HOME"] == str(ROOT / ".cache" / "home")
    assert run.environment()["PIP_CACHE_DIR"] == str(ROOT / ".cache" / "pip")


def test_a_failure_shows_its_last_lines_and_ends_in_a_sentence(project):
    (project.root / "pyproject.toml").write_text(PYPROJECT.replace("requires", "demands"))
    code, _, err = project.run("setup")
    assert code == 2
    assert re.search(r"^    .*requires", err, re.MULTILINE)
    assert err.endswith(
        "\nrun: this project could not be installed; the lines above say why. Put that right and run again.\n"
    )


# The faces


def test_a_face_with_another_hash_is_refused_and_not_kept(project):
    project.face.unlink()
    project.offer({"face.ttf": b"the outlines of a stranger", "OFL": LICENCE})
    code, _, err = project.run("setup")
    assert code == 2
    assert "run: face.ttf of @faces/face@1.0.0 is not the file that faces.json lists: its SHA-256" in err
    assert not project.face.exists()


def test_the_faces_of_simplified_chinese_are_fetched_for_a_report_that_names_it(project):
    table = project.root / "generator" / "esgreport" / "faces.json"
    listed = json.loads(table.read_text())
    listed["faces"].append({**listed["faces"][0], "file": "Face-SC.ttf", "language": "zh-Hans"})
    table.write_text(json.dumps(listed))
    report = project.folder / "report" / "data" / "report.yml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text("languages: [zh-Hant, en]\n")
    simplified = project.face.with_name("Face-SC.ttf")
    assert project.run("check", "--project", str(report.parents[1]))[0] == 0
    assert not simplified.exists()
    report.write_text("languages: [zh-Hans]\n")
    assert project.run("check", cwd=report.parents[1])[0] == 0
    assert simplified.read_bytes() == FACE
    simplified.unlink()
    assert project.run("check", f"--project={report.parents[1]}")[0] == 0
    assert simplified.exists()


def test_a_face_that_was_changed_later_is_refused_until_deleted(project):
    project.face.write_bytes(b"changed")
    code, _, err = project.run("setup")
    assert code == 2
    assert err == (
        "run: .cache/fonts/Face-400.ttf is not the file that faces.json lists: its SHA-256 differs. "
        "Delete the file and run again to fetch it anew.\n"
    )
    project.face.unlink()
    assert project.run("setup")[0] == 0


def test_a_new_version_of_a_face_takes_the_place_of_the_old(project):
    project.list_face(b"better outlines")
    project.offer({"face.ttf": b"better outlines", "OFL": LICENCE})
    assert project.run("setup")[0] == 0
    assert project.face.read_bytes() == b"better outlines"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (tarball({"other.ttf": FACE}), "face@1 has no face.ttf"),
        (tarball({}, link="face.ttf"), "face@1 has no face.ttf"),
        (tarball({"face.ttf": FACE})[:-30], "face@1 arrived damaged"),
        (b"no archive", "face@1 arrived damaged"),
    ],
    ids=["another file", "a link", "cut short", "no archive"],
)
def test_a_package_without_the_face_is_refused(tmp_path, content, sentence):
    (tmp_path / "face.tgz").write_bytes(content)
    with pytest.raises(fetching.Refused, match=sentence):
        fetching.unpack(tmp_path / "face.tgz", [{"path": "face.ttf"}], "face@1")


# A machine that lacks something


@pytest.fixture
def lacks(run, monkeypatch):
    """A machine without Pango, as somebody who is not root."""
    monkeypatch.setattr(run, "loads", lambda library: not library.startswith(("pango", "atomic")))
    monkeypatch.setattr(run, "is_current", lambda layer: True)
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    programs = {"apt-get"}
    monkeypatch.setattr(run.shutil, "which", lambda name, path=None: name if name in programs else None)
    return programs


def test_without_the_right_to_install_the_commands_are_printed(run, lacks):
    with pytest.raises(run.Refusal) as refused:
        run.install_packages(run.missing_packages({}), {})
    assert str(refused.value) == (
        "this machine lacks libpango-1.0-0, libpangoft2-1.0-0. Only root may install them:\n"
        "    apt-get update\n"
        "    apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0\n"
        "Then run again."
    )


def test_the_tests_ask_for_a_browser_and_poppler(run, lacks):
    names = ["libpango-1.0-0", "libpangoft2-1.0-0", "libatomic1", "chromium", "poppler-utils", "git"]
    assert run.missing_packages(run.TEST_PROGRAMS) == names
    assert run.missing_packages(run.TEST_PROGRAMS | run.LONG_TEST_PROGRAMS) == [
        *names,
        "nginx-light",
        "libreoffice-calc-nogui",
    ]


@pytest.mark.parametrize(
    ("arguments", "report", "asked"),
    [
        (["--only", "web,print"], "", True),
        (["--only=print"], "", True),
        (["--only", "web"], "", False),
        ([], "slug: a\neditions: [print]\n", True),
        ([], "slug: a\nprint: {trim: A4}\n", False),
    ],
)
def test_the_profile_of_a_press_is_asked_for_where_a_printer_is(run, tmp_path, arguments, report, asked):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/report.yml").write_text(report, encoding="utf-8")
    assert run.for_a_printer([*arguments, "--project", str(tmp_path)]) == asked


def test_a_file_that_a_package_brings_is_looked_for(run, lacks, tmp_path):
    (tmp_path / "here.icc").touch()
    wanted = {"one": str(tmp_path / "here.icc"), "other": str(tmp_path / "not.icc")}
    assert run.missing_packages(wanted) == ["libpango-1.0-0", "libpangoft2-1.0-0", "other"]


def test_without_apt_get_the_libraries_are_named(run, lacks):
    lacks.clear()
    with pytest.raises(run.Refusal, match=r"lacks libpango-1.0-0, .* no apt-get .* brew install pango"):
        run.install_packages(run.missing_packages({}), {})


def test_an_old_python_is_told_which_one_is_needed(run, monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 13))
    with pytest.raises(run.Refusal, match=r"Use Python 3\.11 or newer"):
        run.main(["build"])


# Handing over to the tool


def test_without_a_command_it_says_how_it_is_used(project):
    code, out, err = project.run()
    assert (code, out.splitlines()[0], err) == (0, "usage: ./run COMMAND …", "")


def test_the_exit_code_of_the_tool_is_passed_on(project):
    assert project.run("check", "fail") == (1, "check fail\n", "")


def test_from_outside_the_project_is_named(project, tmp_path):
    assert (
        project.run("build", "--jobs", "2", cwd=tmp_path)[1] == f"build --project {project.root} --jobs 2\n"
    )


@pytest.mark.parametrize(
    "arguments", [("build", "--project=x"), ("build", "--project", "x"), ("init", "new"), ("schema", "new")]
)
def test_a_project_that_was_named_stays(project, tmp_path, arguments):
    assert project.run(*arguments, cwd=tmp_path)[1] == " ".join(arguments) + "\n"


def test_another_project_is_taken_where_one_stands_in_it(project, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "report.yml").touch()
    assert project.run("build", cwd=tmp_path)[1] == "build\n"


# What is committed


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "requirements-node.lock"])
def test_every_locked_package_has_hashes_and_no_address(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [number for number, line in enumerate(lines) if "==" in line and not line.startswith(" ")]
    assert pins
    assert all(lines[number].endswith("\\") and "--hash=sha256:" in lines[number + 1] for number in pins)
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_the_locks_agree_with_each_other_and_with_the_project():
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^\s*\"?([a-z0-9-]+)==([0-9.]+)", text, re.MULTILINE))

    locked, tests, asked = map(pins, ("requirements.lock", "requirements-test.lock", "pyproject.toml"))
    assert {name: tests[name] for name in locked.keys() & tests.keys()}.items() <= locked.items()
    node = pins("requirements-node.lock")
    assert asked.items() <= {**locked, **tests, **node}.items()


def test_the_tables_of_this_repository_are_read(run):
    """A table may also say, in words, what it is."""
    for table in run.tables(for_tests=True):
        rows = table.rows(simplified=True)
        assert rows and all({"file", "package", "version", "path", "sha256"} <= row.keys() for row in rows)


def test_the_table_of_faces_is_whole():
    table = json.loads((ROOT / "generator" / "esgreport" / "faces.json").read_text(encoding="utf-8"))
    faces, rows = table["faces"], [*table["faces"], *table["licences"]]
    for face in faces:
        slope = "-italic" if face["style"] == "italic" else ""
        assert face["file"] == f"{face['family'].replace(' ', '')}-{face['weight']}{slope}.ttf"
    assert len({row["file"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"[0-9a-f]{64}", row["sha256"]) for row in rows)
    assert {row["package"] for row in table["licences"]} == {face["package"] for face in faces}
