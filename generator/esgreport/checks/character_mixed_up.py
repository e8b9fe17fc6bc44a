"""character-mixed-up: a character of Traditional Chinese is the one that the word is written with.

Why: Simplified Chinese writes several characters as one (後 and 后, 麵 and 面, 發 and 髮), so a conversion has to guess. A character
is told of only where no known word is written so, and a known word with the other one. A name that is written so is accepted.

    wrong   標准以電單為准，之后再核對。
    right   標準以電單為準，之後再核對。
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.characters import meant, mixed_up
from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import lines_in


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for stretch, line in lines_in(edition, "zh-Hant"):
        for match in mixed_up().finditer(line.text):
            if right := meant(line.text, match.start()):
                around = line.text[max(0, match.start() - 1) : match.end() + 1].strip(
                    "\ue000，。；：、「」（） "
                )
                yield warning(
                    "character-mixed-up",
                    stretch.at(root, line, *match.span()),
                    f'"{match[0]}" in "{around}" looks like {right}, wrongly converted',
                    f"write {around.replace(match[0], right)}, if that is meant",
                )
