"""A report as it was at a revision of git: its sources in a folder of their own. The only door to git."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

from esgreport.render import package_templates

PARTS = ("data", "content", "templates", "mkdocs.yml")  # what a report is made of


class NoRevision(Exception):
    """There is no such revision, or no git to ask; the text says which."""


def take_out(project: Path, revision: str, into: Path) -> None:
    """Put what the report was made of at `revision` into the folder `into`, which is new.

    The tool's own templates stay those of the tool: a report is shown as it would be built today.

    Raises:
        NoRevision: the project is under no version control, git is missing, or the revision is unknown.
    """
    if not shutil.which("git"):
        raise NoRevision("git is not on this machine; give folders of two builds instead")
    said = _git(project, "rev-parse", "--show-toplevel")
    if said is None:
        raise NoRevision(f"{project.name} is not under version control; give folders of two builds instead")
    top = Path(said.decode().rstrip("\n")).resolve()
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise NoRevision(f'"{revision}" is neither the folder of a build nor a revision that git knows')
    below = project.resolve().relative_to(top).as_posix()
    tree = commit.decode().strip() + ("" if below == "." else f":{below}")
    names = _git(top, "ls-tree", "--name-only", "-z", "--full-tree", tree)
    if names is None:
        raise NoRevision(f'the revision "{revision}" does not hold this report')
    held = [name for name in names.decode().split("\0") if name in PARTS]
    if project / "templates" == package_templates():
        held = [name for name in held if name != "templates"]
    archive = _git(top, "archive", "--format=zip", tree, *held) if "data" in held else None
    if archive is None:
        raise NoRevision(f'the revision "{revision}" does not hold this report')
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(into)  # names are kept inside, links become files that hold their targets


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git says in a folder, or nothing where it refuses."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
