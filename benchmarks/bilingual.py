"""What the bilingual book costs beside both books of one language, and how much of its pages is left white.

    .venv/bin/python benchmarks/bilingual.py              this repository's report; some minutes
    .venv/bin/python benchmarks/bilingual.py --rounds 1   one round, to see that it works
    .venv/bin/python benchmarks/bilingual.py --white FILE.pdf …   only the white space of books that are there

Whole commands take turns, the books of one language made one after the other. Compared are processor seconds of the same round, reading and
checking included; printed are the median and, in brackets, the least and the most. White is what lies between the last thing on a
page and the foot of its text area, in millimetres; pages that bleed are left out. It needs pdftoppm (poppler).
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

REPOSITORY = Path(__file__).resolve().parent.parent
GOAL = 1.3
HEAD, FOOT = 30, 22  # margins of a page in millimetres
MOST_WHITE = 0.25  # of a page's text area, before the page is named


def seconds(edition: str, out: Path) -> float:
    """Processor seconds of a build of these editions."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "esgreport",
        "build",
        "--only",
        edition,
        "--jobs",
        "1",
        "--out",
        str(out),
    ]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def white(path: Path) -> Iterator[tuple[int, int, int]]:
    """The pages of a book that have text: number, millimetres of white at the foot, height of the text area."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = [
            "pdftoppm",
            "-r",
            "25.4",
            "-gray",
            "-png",
            str(path),
            f"{folder}/page",
        ]  # a pixel a millimetre
        subprocess.run(drawn, check=True)
        for number, file in enumerate(sorted(Path(folder).iterdir()), start=1):
            page = Image.open(file).convert("L")
            width, height = page.size
            edge = page.crop((2, 0, 3, height)).histogram()
            if sum(edge[:200]) > height / 3:
                continue
            area = page.crop((0, HEAD, width, height - FOOT)).point(lambda grey: 255 * (grey < 235))
            box = area.getbbox()
            yield number, area.height - (box[3] if box else 0), area.height


def tell_white(path: Path) -> None:
    pages = list(white(path))
    share = sum(left for _, left, _ in pages) / sum(height for *_, height in pages)
    mean = statistics.mean(left for _, left, _ in pages)
    print(
        f"{path.name}: {len(pages)} pages of text, {mean:.1f} mm white at the foot of a page, {share:.1%} of the text area"
    )
    named = [f"{number} ({left} mm)" for number, left, height in pages if left > MOST_WHITE * height]
    print(f"  more than {MOST_WHITE:.0%}: {len(named)} pages: {', '.join(named)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--white", type=Path, nargs="+", metavar="FILE.pdf")
    asked = parser.parse_args()
    if asked.white:
        for path in asked.white:
            tell_white(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        rounds = [
            (seconds("bilingual", out / "both"), seconds("pdf", out / "each")) for _ in range(asked.rounds)
        ]
        ratios = sorted(both / each for both, each in rounds)
        median = statistics.median(ratios)
        print(f"bilingual ÷ both books: {median:.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}), goal {GOAL}")
        print(
            f"  {statistics.median(a for a, _ in rounds):.1f} s and {statistics.median(b for _, b in rounds):.1f} s of processor time"
        )
        for path in sorted(out.glob("*/pdf/*.pdf")):
            tell_white(path)


if __name__ == "__main__":
    main()
