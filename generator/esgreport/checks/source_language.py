"""source-language: the source of a factor is worded in each language in which it is printed.

Why: a source typed as plain text is the same in every language. That is right for the number of a standard or a name, GB/T
2589-2020 or IPCC, but an English sentence in a Chinese method note reads as unfinished. Told where a method note of a
Chinese edition prints a source without a Chinese character that has words in small letters; addresses of the web do not
count.

    wrong   source: Supplier's annual statement
    right   source: {en: Supplier's annual statement, zh-Hant: 供應商年度報表}
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.methods import resolve_method
from esgreport.model import MethodBlock
from esgreport.views import Edition

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ADDRESS = re.compile(r"\S*(://|www\.)\S*")
_WORD = re.compile(r"(?<![\w.\-/])[a-z]{4,}\b")  # of, de and kWh are no words that want another language


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report, told = edition.report, set[tuple[str, str]]()
    for page in report.pages.values():
        blocks = [item for item in page.items if isinstance(item, MethodBlock)]
        for block in blocks if page.language.startswith("zh") else ():
            for use in resolve_method(report, edition.figures, block)[0].factors:
                source = use.value.source.get(page.language, "")
                if (use.factor, source) in told or _CHINESE.search(source):
                    continue
                if _WORD.search(_ADDRESS.sub(" ", source)):
                    told.add((use.factor, source))
                    yield warning(
                        "source-language",
                        use.value.place,
                        f'the source of the factor "{use.factor}" is printed as “{source}” in {page.language} '
                        f"({block.place})",
                        f"word it in each language: source: {{{', '.join(f'{x}: …' for x in report.languages)}}}",
                    )
