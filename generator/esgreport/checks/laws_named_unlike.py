"""laws-named-unlike: laws are named in one language, or in both, throughout an edition.

Why: where some laws of the English edition have their Chinese title in brackets behind them and others do not, readers look for the
reason. Counted are the laws that a language names, by a value call or in words; the rarer way is told of once.

    wrong   the {{ law_trade_marks }} (《中華人民共和國商標法》) and the {{ law_labour }}
    right   laws: {en: both} in data/report.yml, and the calls alone
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from esgreport.citations import citations
from esgreport.diagnostics import Diagnostic, Place, plural, warning
from esgreport.languages import LANGUAGES
from esgreport.publications import LAWS
from esgreport.views import Edition
from esgreport.wording import GAP, Said, said

_OTHER = {
    "en": re.compile(rf"{GAP}*[”\"’']?\s?[（(]?《"),
    "zh": re.compile(rf"{GAP}*[》」”]?\s?[（(][“\"]?[A-Z][a-z]+ [A-Za-z ]*"),
}
_LEAST = 2  # laws named in either way, before one way is the habit of the edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    cited: dict[tuple[str, int], list[Place]] = {}
    for place in sorted({cited.place for cited in citations(edition, LAWS)}):
        cited.setdefault((place.path, place.line), []).append(place)
    for language in report.languages:
        if language in report.laws_in_both:
            continue
        ways: dict[bool, list[Place]] = {True: [], False: []}
        for stretch in said(edition):
            if stretch.language == language and stretch.prose:
                for place, both in _named(stretch, cited):
                    ways[both].append(place)
        rarer = len(ways[True]) <= len(ways[False])
        if ways[True] and ways[False] and len(ways[not rarer]) >= _LEAST:
            count = len(ways[not rarer])
            verb = "have" if count > 1 else "has"
            here, elsewhere = ("has its", f"{verb} not") if rarer else ("has no", verb)
            yield warning(
                "laws-named-unlike",
                ways[rarer][0],
                f"this law {here} name in the other language beside it, where {plural(count, 'other')} of the "
                f"{LANGUAGES[language].name} pages {elsewhere}",
                f"name all alike: with laws: {{{language}: both}} in data/report.yml a value call gives both names",
            )


def _named(stretch: Said, cited: Mapping[tuple[str, int], list[Place]]) -> Iterator[tuple[Place, bool]]:
    """The laws that a stretch names, each with whether its name in the other language follows."""
    other = _OTHER["en" if stretch.language == "en" else "zh"]
    for line in stretch.lines:
        for place in cited.get((line.place.path, line.place.line), ()):
            start = place.column - line.place.column
            end = start + place.end_column - place.column
            if start >= 0 and not _in_brackets(line.text, start, stretch.language):
                yield place, bool(other.match(line.text, end))


def _in_brackets(text: str, start: int, language: str) -> bool:
    """Whether what stands there is itself the name in the other language."""
    written = text[start : start + 1]
    return written.isascii() if language != "en" else "\u3400" <= written <= "\u9fff"
