"""list-lost: lines that begin like the entries of a list are a list, or paragraphs of their own.

Why: Markdown knows lists that begin with -, 1. or 1). Lines that begin with 一、, (1) or ◆ without an empty line between
them run together into one paragraph, and nobody sees it in the file.

    wrong   一、減少用水
            二、減少用電
    right   1. 減少用水
            2. 減少用電
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.printed import prose_of
from esgreport.views import Edition

ENTRY = re.compile(
    r"\s*([一二三四五六七八九十]{1,3}、|[0-9]{1,2}、|[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivx]{1,4})[)）]|[①-⑳]"
    r"|[◆◇●○■□▪▫•‧➢➤►▶✓✔])"
)
BROKEN = re.compile(r"(  |\\|<br ?/?>\s*)\Z")


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for page in edition.report.pages.values():
        for prose, _ in prose_of(edition.report, page):
            for line, after in pairwise(prose.lines) if prose.kind == "paragraph" else ():
                first, second = ENTRY.match(line.text), ENTRY.match(after.text)
                if first and second and not BROKEN.search(line.text):
                    yield warning(
                        "list-lost",
                        line.place,
                        f"this line and the next begin with {first[1]} and {second[1]}, but run together into one paragraph",
                        "write a list (1. or 1) or -), or leave an empty line between",
                    )
                    break
