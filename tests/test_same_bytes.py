"""The same input gives the same bytes: wherever, whenever, under whatever name the project is built.

By default the tiny company is built once more with everything changed at once; the long tests change one
thing at a time, and build the repository's own report again elsewhere.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Built, tree, write_project

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that other users may enter, which pytest's own are not."""
    made = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    made.chmod(0o755)
    yield made
    subprocess.run(["chmod", "-R", "u+rwx", str(made)], check=False)
    shutil.rmtree(made)


def given_to_nobody(folder: Path) -> dict[str, object]:
    """Hands a folder to another user and says how to run a process as that user."""
    if not AS_ROOT:
        return {}
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            os.chown(path, 65534, 65534)
    return {"user": 65534, "group": 65534, "extra_groups": []}


def own_faces(root: Path) -> None:
    """The project's own copy of the faces, instead of a link: their path gets into no file."""
    fonts = root / ".cache" / "fonts"
    fonts.unlink()
    shutil.copytree(ROOT / ".cache" / "fonts", fonts)
    (root / ".cache" / "web-faces").unlink()


def build(root: Path, out: Path, **more: object) -> dict[str, bytes]:
    command = [sys.executable, "-m", "esgreport", "build", "--project", str(root), "--out", str(out)]
    environment = {**os.environ, **more.pop("environment", {})}  # type: ignore[dict-item]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, **more)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return tree(out)


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


FOREIGN = {
    "TZ": "Pacific/Kiritimati", "LC_ALL": "zh_TW.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "zh", "PYTHONHASHSEED": "7",
    "HOME": "/nonexistent", "USER": "somebody", "HOSTNAME": "elsewhere", "COLUMNS": "40", "NO_COLOR": "1",
    "SOURCE_DATE_EPOCH": "1", "http_proxy": "http://192.0.2.1:9", "TMPDIR": "/tmp",
}  # fmt: skip


def test_another_machine_gives_the_same_bytes(built_small, elsewhere):
    """Another path, user, time zone, locale, hash seed, umask, working folder, number of jobs and file times."""
    root = write_project(elsewhere / "專案 with spaces")
    own_faces(root)
    for number, path in enumerate(sorted(root.rglob("*"))):
        if not path.is_symlink():
            os.utime(path, (number, number))
    as_nobody = given_to_nobody(elsewhere)
    made = build(root, elsewhere / "out" / "site", environment=FOREIGN, umask=0o077, cwd="/", **as_nobody)
    assert_same(made, tree(built_small.out))


def test_one_changed_byte_is_seen(built_small):
    """The test above bites."""
    files = tree(built_small.out)
    changed = files | {"en/a2.html": files["en/a2.html"].replace(b"29,843,800", b"29,843,801")}
    with pytest.raises(AssertionError, match="a2"):
        assert_same(files, changed)


def alone(name: str, value: str) -> Callable[[Path], dict[str, object]]:
    return lambda root: {"environment": {name: value}}


def older(root: Path) -> dict[str, object]:
    for path in root.rglob("*"):
        os.utime(path, (86_400, 86_400), follow_symlinks=False)
    return {}


VARIANTS: dict[str, Callable[[Path], dict[str, object]]] = {
    "nothing": lambda root: {},
    "time zone": alone("TZ", "Pacific/Kiritimati"),
    "locale": alone("LC_ALL", "zh_TW.UTF-8"),
    "hash seed": alone("PYTHONHASHSEED", "7"),
    "home": alone("HOME", "/nonexistent"),
    "epoch": alone("SOURCE_DATE_EPOCH", "1"),
    "umask": lambda root: {"umask": 0o077},
    "working folder": lambda root: {"cwd": root / "data"},
    "file times": older,
    "user": lambda root: given_to_nobody(root.parent),
}


@pytest.mark.long
@pytest.mark.parametrize("variant", VARIANTS)
def test_one_thing_changed_gives_the_same_bytes(built_small, elsewhere, variant):
    root = write_project(elsewhere / "project")
    assert_same(
        build(
            root,
            elsewhere / "made" / "site" if variant != "user" else root / "site",
            **VARIANTS[variant](root),
        ),
        tree(built_small.out),
    )


@pytest.mark.long
@pytest.mark.parametrize("jobs", ["1", "4"])
def test_the_number_of_processes_changes_nothing(built_small, tmp_path, jobs):
    root = write_project(tmp_path / "project")
    command = [sys.executable, "-m", "esgreport", "build", "--project", str(root), "--jobs", jobs]
    subprocess.run(command, check=True, capture_output=True)
    assert_same(tree(root / "site"), tree(built_small.out))


@pytest.mark.long
def test_the_report_of_this_repository_gives_the_same_bytes_elsewhere(built: Built, elsewhere: Path):
    """A copy of the project at another path, with all else changed too."""
    root = elsewhere / "copy"
    for name in ("data", "content", "templates"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / ".cache" / "fonts", root / ".cache" / "fonts")
    made = build(
        root,
        elsewhere / "made" / "site",
        environment=FOREIGN,
        umask=0o027,
        cwd="/",
        **given_to_nobody(elsewhere),
    )
    expected = tree(built.out)
    # The project's own templates are read first there, so the digest of the input names them twice.
    for files in (made, expected):
        lines = files["build.json"].splitlines()
        files["build.json"] = b"\n".join(line for line in lines if b"input_digest" not in line)
    assert_same(made, expected)


def test_no_file_is_executable_or_private(built_small):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in built_small.out.rglob("*") if path.is_file()}
    assert modes == {0o644}
