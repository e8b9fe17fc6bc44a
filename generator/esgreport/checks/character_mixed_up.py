"""character-mixed-up: a character of Traditional Chinese is the one that the word is written with.

Why: Simplified Chinese writes several characters as one (後 and 后, 麵 and 面, 發 and 髮), so a conversion has to guess. A character
is told of only where no known word is written so, and a known word with the other one. Hong Kong writes 於, and 于 in names alone: it is told
of after words that it follows (位于, 由于, 低于) and before days, unless it is part of a registered name or a person's (于先生). A name
that is written so is accepted.

    wrong   標准以電單為准，之后再核對。
    right   標準以電單為準，之後再核對。
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.characters import meant, mixed_up
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Name
from esgreport.views import Edition
from esgreport.wording import Said, lines_in

_YU = re.compile(
    r"(?<=[位由關對至屬處基用低高少多大小等居源致便助利善限設建建立歸鑑鑒過敢忠樂勝優劣始載見刊登置身訂存放限流忙])于|于(?=20\d\d|\d+月|本[年集報期公]|[該此其]|年[內度底]|報告期|香港|中國)"
)
_PERSON = re.compile(r"于\w{0,2}(?:先生|女士|博士|教授|小姐|氏)")


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    names = {e.name["zh-Hant"] for e in edition.report.entries.values() if "于" in e.name.get("zh-Hant", "")}
    named = re.compile("|".join(map(re.escape, sorted(names)))) if names else None
    for stretch, line in lines_in(edition, "zh-Hant"):
        for match in _YU.finditer(line.text) if "于" in line.text else ():
            within = named and any(m.start() <= match.start() < m.end() for m in named.finditer(line.text))
            if not within and not _PERSON.match(line.text, match.start()):
                before = line.text[max(0, match.start() - 1) : match.start()]
                yield _told(
                    stretch, root, line, match.span(), f"{before}于".strip("\ue000，。；：、「」（） "), "於"
                )
        for match in mixed_up().finditer(line.text):
            if right := meant(line.text, match.start()):
                around = line.text[max(0, match.start() - 1) : match.end() + 1].strip(
                    "\ue000，。；：、「」（） "
                )
                yield _told(stretch, root, line, match.span(), around, right)


def _told(
    stretch: Said, root: Path, line: Name, span: tuple[int, int], around: str, right: str
) -> Diagnostic:
    wrong = line.text[slice(*span)]
    return warning(
        "character-mixed-up",
        stretch.at(root, line, *span),
        f'"{wrong}" in "{around}" looks like {right}, wrongly converted',
        f"write {right} for {wrong}, as in {around.replace(wrong, right)}, if that is meant",
    )
