"""How soon a preview shows what is saved: narrative, data, style and template; draft PDFs; memory.

    .venv/bin/python benchmarks/preview.py            20 edits of each kind, some minutes
    .venv/bin/python benchmarks/preview.py --edits 3  to see that it runs
    .venv/bin/python benchmarks/preview.py --hour 240 an hour's edits, one after the other: does memory grow?

An hour's edits are mixed: narrative, data, style and template, some that cannot be read, pages and PDFs that are asked for
in between. The memory is that of all processes of the preview, after each quarter of them; --project takes another report.

It runs `esgreport serve` on a copy of this repository's report. From the moment a file is saved it measures until the
browser is told that the page is new ("shown"), and until all rules have looked ("checked").
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = "en/a2_resources.html"
PATIENCE = 600.0  # a machine that does much else is slow

# kind → file, what an edit adds, the page that should change; none: what pages share should
EDITS: dict[str, tuple[str, str, str]] = {
    "narrative": ("content/en/a2_resources.md", "\nThe meters were read {word}.\n", PAGE),
    "data": ("data/aspects/a2_use_of_resources.csv", "", PAGE),
    "style": ("templates/styles/web.css", "\n.trial-{number} {{ color: red; }}\n", ""),
    "template": ("templates/web/page.md.j2", "\n<!-- trial {number} -->\n", PAGE),
}
WORDS = ("often", "daily", "monthly", "weekly", "seldom", "twice", "again", "early", "late", "anew")


class Followed:
    """A preview at work, and the news it gives."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "esgreport", "serve", "--port", "0", "--project", str(root)],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        )
        assert self.process.stdout
        match = re.search(r"http://\S+/", self.process.stdout.readline())
        assert match
        self.address = match[0]
        self.state: dict[str, Any] = {}
        self.told = threading.Condition()
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with urllib.request.urlopen(f"{self.address}-/news") as news:
            for line in news:
                if line.startswith(b"data: "):
                    with self.told:
                        self.state = json.loads(line[6:])
                        self.told.notify_all()

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> float:
        """The moment at which a state holds."""
        with self.told:
            if not self.told.wait_for(lambda: bool(self.state) and holds(self.state), PATIENCE):
                raise TimeoutError("no such state came")
            return time.monotonic()

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path) as answer:
            content: bytes = answer.read()
        return content

    def memory(self) -> list[int]:
        """Megabytes of the preview, then of each process that it keeps, whichever of its threads began it."""
        held: dict[int, tuple[int, int]] = {}
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
            except (FileNotFoundError, ProcessLookupError):  # ended this moment
                continue
            found = [re.search(rf"{name}:\s+(\d+)", text) for name in ("PPid", "VmRSS")]
            if all(found):
                held[int(status.parent.name)] = tuple(int(each[1]) for each in found if each)  # type: ignore[assignment]
        ours = [self.process.pid]
        for process in ours:  # grows while it is read
            ours += [id for id, (parent, _) in held.items() if parent == process]
        return [held[process][1] // 1000 for process in ours if process in held]


def edited(text: str, kind: str, number: int) -> str:
    """A source with an edit that a reader would see."""
    if kind == "data":
        return re.sub(r"(?m)\d$", str(1 + number % 9), text, count=200)
    return text + EDITS[kind][1].format(number=number, word=WORDS[number % len(WORDS)])


def spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f})"


def measured(followed: Followed, root: Path, kind: str, count: int) -> None:
    name, _, page = EDITS[kind]
    path = root / name
    original = path.read_text(encoding="utf-8")
    shown, checked = [], []
    for number in range(count + 1):
        before = followed.state
        saved = time.monotonic()
        path.write_text(edited(original, kind, number) if number < count else original, encoding="utf-8")
        moment = followed.until(
            lambda state, before=before: (  # type: ignore[misc]
                state["pages"][page] > before["pages"][page] if page else state["beside"] > before["beside"]
            )
        )
        done = followed.until(lambda state: state["checked"])
        if number < count:
            shown.append(moment - saved)
            checked.append(done - saved)
        time.sleep(0.5)
    print(
        f"{kind:<10} shown {spread(shown)}   checked {spread(checked)}   {sum(followed.memory())} MB",
        flush=True,
    )


def an_hour(followed: Followed, root: Path, count: int) -> None:
    """Make so many edits of all kinds, and say what memory they left."""
    pages = sorted(root.glob("content/*/*.md"))
    sources = {kind: root / name for kind, (name, _, _) in EDITS.items()}
    sources |= {"other page": pages[-1], "broken": sorted(root.glob("data/aspects/*.yml"))[0]}
    if not sources["data"].is_file():  # another report than that of the repository
        sources |= {"narrative": pages[0], "data": next(iter(sorted(root.glob("data/aspects/*.csv"))), root)}
    texts = {kind: path.read_text(encoding="utf-8") for kind, path in sources.items() if path.is_file()}
    page = f"{pages[0].parent.name}/{pages[0].stem}.html"
    turns = (
        "narrative",
        "data",
        "other page",
        "narrative",
        "style",
        "other page",
        "broken",
        "mended",
        "template",
        "data",
    )
    turns = tuple(turn for turn in turns if turn in texts or turn == "mended")
    begun = time.monotonic()
    for number in range(count):
        if number % (count // 4) == 0:
            _say_memory(followed, number, begun)
        turn = turns[number % len(turns)]
        kind = "broken" if turn == "mended" else turn
        text = texts[kind]
        if turn == "broken":
            text += "\tbroken: [\n"
        elif turn == "other page":
            text += f"\n{number}\n"
        elif turn != "mended":
            text = edited(text, turn, number)
        before = followed.state["number"]
        sources[kind].write_text(text, encoding="utf-8")
        followed.until(lambda s, before=before: s["number"] > before and (s["checked"] or s["stopped"]))  # type: ignore[misc]
        followed.get(page)
        if number % 10 == 9:
            followed.get(f"-/{page.removesuffix('.html')}.pdf")
    _say_memory(followed, count, begun)


def _say_memory(followed: Followed, edits: int, begun: float) -> None:
    time.sleep(5)  # a process that is being made ready is there
    first, *others = followed.memory()
    minutes = (time.monotonic() - begun) / 60
    print(
        f"{edits:>4} edits  {minutes:>5.1f} min  {first + sum(others)} MB: {first} + {' + '.join(map(str, others))}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=20, metavar="N")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="how often, to see memory")
    parser.add_argument(
        "--hour", type=int, default=0, metavar="N", help="so many edits of all kinds, for memory"
    )
    parser.add_argument("--project", type=Path, default=ROOT, metavar="DIR", help="of --hour: another report")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "content", "templates", "mkdocs.yml"):
            source = asked.project / name
            if source.is_dir():
                shutil.copytree(source, root / name)
            elif source.is_file():
                shutil.copyfile(source, root / name)
        (root / ".cache").mkdir()
        (root / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
        begun = time.monotonic()
        followed = Followed(root)
        try:
            print(f"{'start':<10} checked {followed.until(lambda state: state['checked']) - begun:.1f} s")
            if asked.hour:
                an_hour(followed, root, asked.hour)
                return
            followed.get(PAGE)
            for _ in range(asked.rounds):
                for kind in EDITS:
                    measured(followed, root, kind, asked.edits)
            for path in ("-/en/a2_resources.pdf", "-/zh-Hant/climate.pdf"):
                followed.get(path)  # the first readies the process that lays out
                taken = []
                for _ in range(5):
                    time.sleep(3)
                    begun = time.monotonic()
                    followed.get(path)
                    taken.append(time.monotonic() - begun)
                print(f"{path:<24} {spread(taken)}", flush=True)
            for path in ("-/en/book.pdf", "-/zh-Hant/book.pdf"):
                begun = time.monotonic()
                followed.get(path)
                print(f"{path:<24} {time.monotonic() - begun:.1f} s", flush=True)
        finally:
            followed.process.send_signal(signal.SIGTERM)
            followed.process.wait()


if __name__ == "__main__":
    main()
