"""stray-latin: a Chinese sentence holds no common English word.

Why: a word that the translator left standing. Names, abbreviations and units are left alone: told of are words in small letters, and
words that begin with a capital where the report has a Chinese word for them in its glossary or registers.

    wrong   包括環境、健康和 safety。
    right   包括環境、健康和安全。
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Report
from esgreport.views import Edition
from esgreport.wording import HAN, said

_WORD = re.compile(r"(?<![A-Za-z0-9.’'/_-])[A-Za-z]{4,20}(?![A-Za-z0-9’'/_-]|\.[A-Za-z])")
_HAN = re.compile(f"[{HAN}]")


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    named = _named(edition.report)
    for stretch in said(edition):
        if stretch.language == "en":
            continue
        for line in stretch.lines:
            if not _HAN.search(line.text):
                continue
            for match in _WORD.finditer(line.text):
                word = match[0]
                in_brackets = line.text[: match.start()].rstrip()[-1:] in ("(", "（") or _quoted(
                    line.text, match.start()
                )
                if not in_brackets and (word.islower() or word in named):
                    yield warning(
                        "stray-latin",
                        stretch.at(root, line, *match.span()),
                        f'the English word "{word}" stands in a Chinese sentence',
                        "translate it",
                    )


def _quoted(text: str, position: int) -> bool:
    """Whether a position is inside brackets or quotation marks, where another language may be quoted."""
    before = text[:position]
    return any(
        before.count(opened) > before.count(closed) for opened, closed in ("()", "（）", "「」", "“”", "《》")
    )


def _named(report: Report) -> frozenset[str]:
    """Single English words for which the report has Chinese ones."""
    texts = [term.word for term in report.glossary.values()] + [
        e.name for e in report.entries.values() if not e.published
    ]
    words = {text["en"] for text in texts if "en" in text and any(x != "en" for x in text)}
    return frozenset(word for word in words if word.isalpha() and not word.isupper())
