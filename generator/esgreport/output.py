"""The output folder: a new site takes the place of the old one in one step, or not at all.

A build works in a scratch folder beside the output. It is locked while its build lives, so that the next build
clears away what a killed one left and leaves alone what another one is writing.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

RECORD = "build.json"
LOCK = "lock"
OLD = "old"  # where the old site waits on systems that cannot exchange two folders in one step
WORK = "work"  # what the build makes; all else in a scratch folder is this module's
_OURS = {LOCK, OLD, WORK}
_OF_DESKTOPS = {".DS_Store", "Thumbs.db", "desktop.ini"}


class NotOurs(Exception):
    """The output folder holds something that no build wrote."""


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, sorted by its name as UTF-8 bytes, which no locale changes."""
    yield from sorted(
        (path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix()
    )


def files_in(folder: Path) -> tuple[str, ...]:
    """The names of all files of a folder, in the same order."""
    return tuple(path.relative_to(folder).as_posix() for path in files_below(folder))


def refuse_foreign(out: Path) -> None:
    """Look whether everything in `out` was written by a build, by the list in its record.

    Raises:
        NotOurs: it is a file, or holds others; the text names one.
    """
    try:
        listed = set(json.loads((out / RECORD).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, TypeError, KeyError):
        listed = set()
    refuse_unlisted(out, listed, RECORD, "build")


def refuse_unlisted(out: Path, listed: Collection[str], record: str, writer: str) -> None:
    """Look whether everything in `out` stands in the list that its `record` holds.

    Raises:
        NotOurs: it is a file, or holds others; the text names one, and says that no `writer` wrote it.
    """
    if out.is_file():
        raise NotOurs(f"{out.name} is a file")
    if not out.is_dir():
        return
    for path in sorted(path for path in out.rglob("*") if path.is_symlink() or not path.is_dir()):
        name = path.relative_to(out).as_posix()
        if name != record and name not in listed and path.name not in _OF_DESKTOPS:
            raise NotOurs(f"{out.name} holds {name}, which no {writer} wrote")
    if not listed and (out / record).exists():
        raise NotOurs(f"{out.name} holds a {record} that no {writer} wrote")


class Scratch:
    """A locked folder beside `out` for a build's files; gone when the block ends."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def __enter__(self) -> Scratch:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(self.out.parent):
            try:
                name = tempfile.mkdtemp(prefix=f".{self.out.name}-", dir=self.out.parent)
            except OSError as reason:
                reason.filename = str(self.out.parent)  # the scratch folder's name would tell nobody anything
                raise
            self.folder = Path(name)
            self._lock = _locked(self.folder)
        self.work = self.folder / WORK
        self.work.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
        with suppress(OSError):
            recover(self.out)  # again: what a killed build had started may have gone on writing for a while

    def publish(self, new: Path) -> None:
        """Put the folder `new`, readable by everyone, where `out` is; the old one goes away with the scratch.

        Raises:
            OSError: `out` cannot be exchanged, say because it is a mount point.
        """
        new.chmod(0o755)
        for path in new.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        with _alone(self.out.parent):
            if not self.out.exists():
                new.rename(self.out)
            elif not _swapped(new, self.out):
                self.out.rename(self.folder / OLD)
                new.rename(self.out)


def recover(out: Path) -> None:
    """Clear what ended builds left beside `out`, and bring back the old site if it was being replaced."""
    if not out.parent.is_dir():
        return
    left_behind = [path for path in out.parent.iterdir() if _is_scratch(path, out.name)]
    if not left_behind or not os.access(out.parent, os.W_OK):
        return
    with _alone(out.parent):
        for left in left_behind:
            lock = _locked(left)
            if lock is None:
                continue
            if (left / OLD).is_dir() and not out.exists():
                (left / OLD).rename(out)
            for _ in range(100):  # a process that the killed build started may still be writing into it
                shutil.rmtree(left, ignore_errors=True)
                if not left.exists():
                    break
                time.sleep(0.05)
            os.close(lock)


def _is_scratch(path: Path, name: str) -> bool:
    """Whether a folder beside the output is one of ours, by its name and by all that it holds."""
    return (
        re.fullmatch(rf"\.{re.escape(name)}-[a-z0-9_]{{8}}", path.name) is not None
        and path.is_dir()
        and not path.is_symlink()
        and {inner.name for inner in path.iterdir()} <= _OURS
    )


def _locked(folder: Path) -> int | None:
    """The lock of a scratch folder, or None while another process holds it; it ends with its process."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time makes, clears or exchanges folders in `folder`."""
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (Linux, renameat2); False where the system cannot.

    Raises:
        OSError: it can, but not with these.
    """
    if not sys.platform.startswith("linux"):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    reason = ctypes.get_errno()
    if reason in (errno.ENOSYS, errno.EINVAL):  # an old kernel; a file system without it
        return False
    if reason in (errno.EBUSY, errno.EXDEV):
        raise OSError(
            f"{other.name} is a mount point, which cannot be exchanged; name a folder in it with --out"
        )
    raise OSError(reason, os.strerror(reason), str(other))
