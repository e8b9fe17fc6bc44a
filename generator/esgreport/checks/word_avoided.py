"""word-avoided: pages use the words that the glossary approves, not those that it avoids.

Why: a thing that is called by two names in one report reads as two things, and a translator needs one word to hold on to.
Told of what is typed on pages. A word that is avoided may stand inside one that is not: 公積金 in 強制性公積金.

    wrong   各持分者的意見      with  stakeholders: {term: {zh-Hant: 持份者}, avoid: {zh-Hant: 持分者}}
    right   各持份者的意見
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, at, warning
from esgreport.printed import prose_of
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for language in report.languages:
        instead = {word: t for t in report.glossary.values() for word in t.avoided.get(language, ())}
        used = {w for t in report.glossary.values() for w in t.words(language)}
        if not instead:
            continue
        words = re.compile(
            "|".join(_standing(word) for word in sorted(used, key=len, reverse=True)), re.IGNORECASE
        )
        by_letters = {word.casefold(): term for word, term in instead.items()}
        for page in report.pages.values():
            lines = (
                [x for prose, _ in prose_of(report, page) for x in prose.lines]
                if page.language == language
                else []
            )
            for line in lines:
                for match in words.finditer(line.text):
                    if term := by_letters.get(match[0].casefold()):
                        yield warning(
                            "word-avoided",
                            at(line.place, match.start(), len(match[0])),
                            f'the glossary avoids "{match[0]}" ("{term.id}")',
                            f"write {term.word.get(language, '')}",
                        )


def _standing(word: str) -> str:
    """A word as it stands in a text: one of Latin letters is not a part of another."""
    before, after = (
        r"(?<![A-Za-z])" if word[0].isascii() else "",
        r"(?![A-Za-z])" if word[-1].isascii() else "",
    )
    return f"{before}{re.escape(word)}{after}"
