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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, Built, tree, without_digest, write_project
from esgreport.pipeline import input_digest
from esgreport.render import Templates

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that other users may enter, which pytest's own are not."""
    made = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    made.chmod(0o755)
    yield made
    subprocess.run(["chmod", "-R", "u+rwx", str(made)], check=False)
    shutil.rmtree(made)


def nobody(folder: Path) -> list[str]:
    """Hands a folder to another user; the words that run a command as that user.

    The user may read everything, because Python itself may lie in a home folder, but writes only there.
    """
    if not AS_ROOT or not shutil.which("setpriv"):
        return []
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            os.chown(path, 65534, 65534)
    rights = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *rights]


def own_faces(root: Path) -> None:
    """The project's own copy of the faces, instead of a link: their path gets into no file."""
    fonts = root / ".cache" / "fonts"
    fonts.unlink()
    shutil.copytree(ROOT / ".cache" / "fonts", fonts)
    (root / ".cache" / "web-faces").unlink()


def build(root: Path, out: Path, before: Sequence[str] = (), **more: object) -> dict[str, bytes]:
    command = [*before, sys.executable, "-m", "esgreport", "build", "--project", str(root), "--out", str(out)]
    environment = {**os.environ, **more.pop("environment", {})}  # type: ignore[dict-item]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, **more)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    return tree(out)


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    one, other = without_digest(one), without_digest(other)
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
    made = build(
        root, elsewhere / "out" / "site", nobody(elsewhere), environment=FOREIGN, umask=0o077, cwd="/"
    )
    assert_same(made, tree(built_small.out))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (elsewhere / "out" / "site").rglob("*")}
    assert modes == {0o755, 0o644}, "a web server may not read what this user wrote"


def test_one_changed_byte_is_seen(built_small):
    """The test above bites."""
    files = tree(built_small.out)
    changed = files | {"en/a2.html": files["en/a2.html"].replace(b"29,843,800", b"29,843,801")}
    with pytest.raises(AssertionError, match="a2"):
        assert_same(files, changed)


def test_the_digest_of_the_input_knows_names_and_contents_only(tmp_path):
    """Not the path, not the times; a byte, a name or a file more is another input."""

    def digest(root: Path) -> str:
        return input_digest(root, Templates(root))

    one, other = write_project(tmp_path / "one"), write_project(tmp_path / "deeper" / "other")
    older(other)
    assert digest(one) == digest(other)
    seen = {digest(one)}
    page = one / "content" / "en" / "a2.md"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    seen.add(digest(one))
    page.rename(page.with_name("a3.md"))
    seen.add(digest(one))
    (one / "data" / "glossary.yml").write_text("", encoding="utf-8")
    seen.add(digest(one))
    (one / "templates").mkdir()
    (one / "templates" / "x.html").write_text("", encoding="utf-8")
    seen.add(digest(one))
    assert len(seen) == 5
    (one / "content" / ".draft.md.swp").write_text("", encoding="utf-8")
    assert digest(one) in seen, "what an editor leaves is no input"


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
    "user": lambda root: {"before": nobody(root.parent)},
}


@pytest.mark.long
@pytest.mark.parametrize("variant", VARIANTS)
def test_one_thing_changed_gives_the_same_bytes(built_small, elsewhere, variant):
    root = write_project(elsewhere / "project")
    assert_same(build(root, root / "site", **VARIANTS[variant](root)), tree(built_small.out))


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
        nobody(elsewhere),
        environment=FOREIGN,
        umask=0o027,
        cwd="/",
    )
    assert_same(made, tree(built.out))
