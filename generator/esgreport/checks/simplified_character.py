"""simplified-character: Traditional text has no characters that only Simplified Chinese has.

Why: text that came from the Mainland keeps single characters that a conversion, or the eye, missed. A report that is mostly
Simplified in its Traditional edition is told of once. A registered name that is really written so is accepted.

    wrong   廢氣由城西厂的熔爐排出。
    right   廢氣由城西廠的熔爐排出。
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.characters import only_simplified, simplified
from esgreport.diagnostics import Diagnostic, error
from esgreport.views import Edition
from esgreport.wording import lines_in


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for stretch, line in lines_in(edition, "zh-Hant"):
        for match in only_simplified().finditer(line.text):
            traditional = "".join(simplified()[character] for character in match[0])
            yield error(
                "simplified-character",
                stretch.at(root, line, *match.span()),
                f'"{match[0]}" is Simplified Chinese in a Traditional text',
                f"write {traditional}",
            )
