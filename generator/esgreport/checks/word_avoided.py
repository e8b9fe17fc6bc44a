"""word-avoided: the report uses the words that the glossary approves, not those that it avoids.

Why: a thing that is called by two names in one report reads as two things, and a translator needs one word to hold on to.
Told of what is typed, on pages and in data. A word that is avoided may stand inside one that is not: 公積金 in 強制性公積金.

    wrong   各持分者的意見      with  stakeholders: {term: {zh-Hant: 持份者}, avoid: {zh-Hant: [持分者]}}
    right   各持份者的意見
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.terms import vocabulary
from esgreport.views import Edition
from esgreport.wording import said


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    words = vocabulary(edition)
    for stretch in said(edition):
        for line in stretch.lines:
            for found in words[stretch.language].avoided(line.text):
                yield warning(
                    "word-avoided",
                    stretch.at(root, line, found.start, found.end),
                    f'the glossary avoids "{line.text[found.start : found.end]}" ("{found.term.id}")',
                    f"write {found.term.word.get(stretch.language, '')}",
                )
