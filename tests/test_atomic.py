"""All or nothing: whatever ends a build, the site is the old one whole or the new one whole.

Builds run in processes of their own, many of them with a few lines that break them at one moment. Most make
data files only, which takes a second; what happens to the folder is the same.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TINY, here, tree, without_digest, write_project

FIRST, SECOND = "29 843 800", "31 000 000"
FIGURES = "data/aspects/a2.yml"
SECOND_FIGURES = TINY[FIGURES].replace(FIRST, SECOND)
BROKEN_FIGURES = TINY[FIGURES].replace("values:", "values: [")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny company, built once (data files only), then with another figure typed."""
    root = write_project(tmp_path / "project")
    done = here("build", "--project", root, "--only", "data")
    assert done.returncode == 0, done.stderr
    (root / FIGURES).write_text(SECOND_FIGURES, encoding="utf-8")
    return root


@pytest.fixture
def old(root: Path) -> dict[str, bytes]:
    return tree(root / "site")


@pytest.fixture
def new(root: Path, tmp_path: Path) -> dict[str, bytes]:
    """What a build of the project as it now is comes to."""
    done = here("build", "--project", root, "--only", "data", "--out", tmp_path / "new")
    assert done.returncode == 0
    return tree(tmp_path / "new")


def broken(lines: str, *words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the tool with a few lines of Python before it, which break it."""
    program = f"import os, signal, sys\nfrom esgreport import cli, output, pipeline\n{lines}\nsys.exit(cli.main(sys.argv[1:]))\n"
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, **more)  # type: ignore[call-overload,no-any-return]


def at(moment: str, what: str) -> str:
    """Lines that do something as soon as the build says that it begins with `moment`."""
    return f"""
from esgreport.cli import _Progress
def told(self, text):
    if text.startswith({moment!r}):
        {what}
_Progress.__call__ = told
"""


KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def left_behind(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.startswith(".site"))


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The tool's last word: one line, no traceback."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("esgreport: ")
    return line


# ---- findings


def test_a_blocking_finding_leaves_the_site_as_it_was(root, old):
    (root / FIGURES).write_text(BROKEN_FIGURES, encoding="utf-8")
    done = here("build", "--project", root, "--only", "data")
    assert done.returncode == 1
    assert "Nothing was written: the site is as it was." in done.stderr
    assert tree(root / "site") == old and left_behind(root) == []


def test_a_blocking_finding_before_the_first_build_leaves_nothing(tmp_path):
    root = write_project(tmp_path / "project", {FIGURES: BROKEN_FIGURES})
    done = here("build", "--project", root)
    assert done.returncode == 1 and done.stderr.endswith("Nothing was written.\n")
    assert not (root / "site").exists() and left_behind(root) == []


def test_a_finding_of_the_layout_leaves_the_site_as_it_was(root, old):
    """Found late, when the scratch folder is already half full: a template that names what is not there."""
    (root / "templates" / "print").mkdir(parents=True)
    (root / "templates" / "print" / "report.html").write_text(
        "<p>\n{{ report.nothing }}</p>", encoding="utf-8"
    )
    done = here("build", "--project", root)
    assert done.returncode == 1
    assert "templates/print/report.html:2: error[template]" in done.stderr
    assert tree(root / "site") == old and left_behind(root) == []


# ---- a crash


MOMENTS = ["reading", "writing data", "putting"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_fault_in_the_middle_leaves_the_old_site_and_no_scratch(root, old, moment):
    done = broken(at(moment, "raise RuntimeError('planted')"), "build", "--project", root, "--only", "data")
    assert done.returncode == 1 and "planted" in done.stderr
    assert tree(root / "site") == old and left_behind(root) == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_the_old_site_and_the_next_one_clears_up(root, old, new, moment):
    done = broken(at(moment, KILL), "build", "--project", root, "--only", "data")
    assert done.returncode == -signal.SIGKILL
    assert tree(root / "site") == old
    assert len(left_behind(root)) == (moment != "reading")
    assert here("build", "--project", root, "--only", "data").returncode == 0
    assert tree(root / "site") == new and left_behind(root) == []


def test_killed_just_after_the_exchange_the_new_site_is_whole(root, new):
    after = (
        "publish = output.Scratch.publish\ndef published(*a):\n    publish(*a)\n    "
        + KILL
        + "\noutput.Scratch.publish = published"
    )
    assert broken(after, "build", "--project", root, "--only", "data").returncode == -signal.SIGKILL
    assert tree(root / "site") == new
    assert here("build", "--project", root, "--only", "data").returncode == 0
    assert tree(root / "site") == new and left_behind(root) == []


NAIVE = """
import shutil
def published(self, new):
    for path in sorted(new.rglob("*")):
        shutil.copyfile(path, self.out / path.relative_to(new)) if path.is_file() else None
        {what}
output.Scratch.publish = published
"""


def test_a_build_that_writes_into_the_old_site_is_seen(root, old, new):
    """The planted violation: file by file into the folder that is being served, and killed after the first."""
    done = broken(NAIVE.format(what=KILL), "build", "--project", root, "--only", "data")
    assert done.returncode == -signal.SIGKILL
    assert tree(root / "site") not in (old, new)


NO_EXCHANGE = "output._swapped = lambda one, other: False\n"


def test_where_the_system_cannot_exchange_folders_it_works_too(root, new):
    done = broken(NO_EXCHANGE, "build", "--project", root, "--only", "data")
    assert done.returncode == 0, done.stderr
    assert tree(root / "site") == new and left_behind(root) == []


def test_killed_between_two_renames_the_old_site_comes_back(root, old, new):
    """Even if the next build is stopped by a finding."""
    second = f"""
rename, count = output.Path.rename, []
def renamed(self, target):
    count.append(target)
    if len(count) == 2:
        {KILL}
    return rename(self, target)
output.Path.rename = renamed
"""
    assert (
        broken(NO_EXCHANGE + second, "build", "--project", root, "--only", "data").returncode
        == -signal.SIGKILL
    )
    assert not (root / "site").exists()
    (root / FIGURES).write_text(BROKEN_FIGURES, encoding="utf-8")
    assert here("build", "--project", root, "--only", "data").returncode == 1
    assert tree(root / "site") == old and left_behind(root) == []
    (root / FIGURES).write_text(SECOND_FIGURES, encoding="utf-8")
    assert here("build", "--project", root, "--only", "data").returncode == 0
    assert tree(root / "site") == new


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_asked_to_end_clears_up_itself(root, old, sent):
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a shell's background job ignores it
    ask = at("writing data", f"os.kill(os.getpid(), {int(sent)})")
    done = broken(f"{heard}\n{ask}", "build", "--project", root, "--only", "data")
    assert one_sentence(done) == "esgreport: stopped; the site is as it was"
    assert tree(root / "site") == old and left_behind(root) == []


def test_a_worker_that_is_killed_ends_the_build_with_one_sentence(root, old):
    """The kernel does so when memory runs out."""
    kill = (
        at("laying out", "threading.Thread(target=kill, daemon=True).start()")
        + """
import multiprocessing, threading, time
def kill():
    while not multiprocessing.active_children():
        time.sleep(0.01)
    os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
"""
    )
    done = broken(kill, "build", "--project", root, "--only", "pdf")
    assert "layout of a PDF was ended from outside" in one_sentence(done)
    assert tree(root / "site") == old and left_behind(root) == []


def test_workers_end_with_a_build_that_is_killed(root):
    """No process stays behind that would go on to use memory for nobody."""
    tell = (
        at("laying out", "threading.Thread(target=tell, daemon=True).start()")
        + """
import multiprocessing, threading, time
def tell():
    while len(multiprocessing.active_children()) < 2:
        time.sleep(0.01)
    time.sleep(0.1)
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    )
    done = broken(tell, "build", "--project", root, "--only", "pdf", "--jobs", "2")
    assert done.returncode == -signal.SIGKILL
    pids = [int(pid) for pid in done.stdout.split()]
    assert len(pids) == 2
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}/exe").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


@pytest.mark.long
@pytest.mark.parametrize("delay", [0.3, 0.8, 1.3, 1.8, 2.3, 2.8, 3.3, 3.8])
def test_killed_at_any_moment_the_site_is_whole(built_small, tmp_path, delay):
    """A whole build with websites and PDFs, over an old site."""
    root = write_project(tmp_path / "project", {FIGURES: SECOND_FIGURES})
    shutil.copytree(built_small.out, root / "site")
    old = tree(root / "site")
    process = subprocess.Popen(
        [sys.executable, "-m", "esgreport", "build", "--project", str(root)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    time.sleep(delay)
    process.kill()
    process.wait()
    found = tree(root / "site")
    assert here("build", "--project", root).returncode == 0
    new = tree(root / "site")
    assert found in (old, new) and old != new
    assert left_behind(root) == []


# ---- two builds at a time


def test_a_build_leaves_alone_what_another_one_is_writing(root, new, tmp_path):
    """The second build comes to an end while the first is in the middle; then the first goes on."""
    go = tmp_path / "go"
    wait = (
        at("writing data", f"wait({str(go)!r})")
        + """
import time
def wait(go):
    print("here", flush=True)
    while not os.path.exists(go):
        time.sleep(0.02)
"""
    )
    program = f"import os, signal, sys\nfrom esgreport import cli\n{wait}\nsys.exit(cli.main(sys.argv[1:]))"
    first = subprocess.Popen(
        [sys.executable, "-c", program, "build", "--project", str(root), "--only", "data"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert first.stdout is not None and first.stdout.readline() == "here\n"
    assert len(left_behind(root)) == 1
    assert here("build", "--project", root, "--only", "data").returncode == 0
    assert tree(root / "site") == new
    assert len(left_behind(root)) == 1, "the scratch folder of the first build is gone"
    go.touch()
    _, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert tree(root / "site") == new and left_behind(root) == []


def test_a_folder_that_only_looks_like_a_scratch_folder_is_left_alone(root):
    kept = root / ".site-abcdefgh"
    (kept / "mine").mkdir(parents=True)
    assert here("build", "--project", root, "--only", "data").returncode == 0
    assert (kept / "mine").is_dir()


# ---- where nothing can be written


@pytest.fixture
def open_root() -> Iterator[Path]:
    """The tiny company in a folder that other users may enter."""
    made = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    made.chmod(0o755)
    yield write_project(made / "project")
    shutil.rmtree(made)


def as_reader() -> list[str]:
    """The words that run a command with the right to read everything and to write nothing of ours."""
    if os.geteuid() != 0:
        pytest.skip("only root can become a user who owns nothing")
    rights = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *rights]


def as_user(words: list[str], *command: str | Path) -> subprocess.CompletedProcess[str]:
    tool = [*words, sys.executable, "-m", "esgreport", *map(str, command)]
    return subprocess.run(tool, capture_output=True, text=True, check=False)


def test_an_output_folder_without_the_right_to_write_is_one_sentence(open_root):
    done = as_user(as_reader(), "build", "--project", open_root, "--only", "data")
    assert (
        one_sentence(done)
        == f"esgreport: no right to use {open_root}; the site is as it was, and --out names another folder to write"
    )
    assert not (open_root / "site").exists()


def test_a_project_that_can_only_be_read_is_built_elsewhere(open_root, built_small):
    """Its cache too can only be read: that costs time, not the build."""
    reader = as_reader()
    out = open_root.parent / "out"
    out.mkdir()
    os.chown(out, 65534, 65534)
    done = as_user(reader, "build", "--project", open_root, "--out", out / "site")
    assert done.returncode == 0, done.stderr
    assert without_digest(tree(out / "site")) == without_digest(tree(built_small.out))


def test_an_output_folder_below_a_file_is_one_sentence(root, old):
    (root / "file").write_text("")
    done = here("build", "--project", root, "--only", "data", "--out", root / "file" / "site")
    assert "file" in one_sentence(done)


def limited(size: int) -> object:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("only", ["data", "pdf"])
def test_a_full_disk_leaves_the_site_as_it_was(root, old, only):
    done = broken("", "build", "--project", root, "--only", only, preexec_fn=limited(1500))
    assert "File too large" in one_sentence(done)
    assert tree(root / "site") == old and left_behind(root) == []


def test_a_full_disk_under_the_site_engine_leaves_the_site_as_it_was(root, old):
    done = broken("", "build", "--project", root, "--only", "web", preexec_fn=limited(60_000))
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr
    assert tree(root / "site") == old and left_behind(root) == []


def test_a_mount_point_cannot_be_exchanged_and_this_is_said(root):
    """As in a container whose site/ is a volume."""
    script = 'mount -t tmpfs none "$1" && shift && exec "$@"'
    target = root / "volume"
    target.mkdir()
    tool = [
        sys.executable,
        "-m",
        "esgreport",
        "build",
        "--project",
        str(root),
        "--only",
        "data",
        "--out",
        str(target),
    ]
    words = ["unshare", "-m", "sh", "-c", script, "sh", str(target)]
    if subprocess.run([*words, "true"], capture_output=True).returncode:
        pytest.skip("this machine does not let us mount")
    done = subprocess.run([*words, *tool], capture_output=True, text=True)
    assert (
        one_sentence(done)
        == "esgreport: volume is a mount point, which cannot be exchanged; name a folder in it with --out"
    )
    assert left_behind(root) == [] and not [
        path for path in root.iterdir() if path.name.startswith(".volume")
    ]


# ---- other people's files


@pytest.mark.parametrize("name", ["notes.txt", "en/mine.html"])
def test_a_folder_with_a_file_that_no_build_wrote_is_refused(root, name):
    """Also a former site into which somebody put a file: it would be gone."""
    (root / "site" / name).parent.mkdir(exist_ok=True)
    (root / "site" / name).write_text("mine")
    done = here("build", "--project", root, "--only", "data")
    assert (
        one_sentence(done)
        == f"esgreport: site holds {name}, which no build wrote; choose an empty or new folder with --out"
    )
    assert (root / "site" / name).read_text() == "mine"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": 3}', "not json"])
def test_a_record_of_another_tool_makes_no_site(root, tmp_path, content):
    other = tmp_path / "other"
    other.mkdir()
    (other / "build.json").write_text(content)
    assert "no build wrote" in one_sentence(
        here("build", "--project", root, "--only", "data", "--out", other)
    )
    assert (other / "build.json").read_text() == content


def test_what_a_desktop_leaves_in_a_folder_is_no_file_of_anybody(root):
    (root / "site" / ".DS_Store").write_text("")
    assert here("build", "--project", root, "--only", "data").returncode == 0
    assert not (root / "site" / ".DS_Store").exists()


@pytest.mark.parametrize("out", [".", "data", "content/en", "data/site", ".cache/site", "..", "/"])
def test_sources_are_never_replaced(root, out):
    before = tree(root)
    done = here("build", "--project", root, "--only", "data", "--out", root / out)
    assert "holds sources of the report" in one_sentence(done)
    assert tree(root) == before


def test_an_empty_folder_and_a_link_to_one_may_be_written(root, tmp_path, new):
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert here("build", "--project", root, "--only", "data", "--out", link).returncode == 0
    assert link.is_symlink() and tree(real) == new


def test_folders_on_the_way_are_made(root, tmp_path, new):
    assert here("build", "--project", root, "--only", "data", "--out", tmp_path / "a/b/c").returncode == 0
    assert tree(tmp_path / "a/b/c") == new
