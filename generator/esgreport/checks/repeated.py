"""repeated-words, repeated-paragraph: nothing is said twice by mistake.

Why: an edit leaves a word behind (“the the”, 健康與安全康與安全), and a paragraph pasted from another chapter reads like padding.
A paragraph that has to stand in two chapters is accepted, or becomes a link to the first.

    wrong   The policy is reviewed by the the Board.
    right   The policy is reviewed by the Board.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, warning
from esgreport.views import Edition
from esgreport.wording import GAP, HAN, said

_TWICE = re.compile(
    rf"(?<![\w-])([A-Za-z]{{2,}}) \1(?![\w’'-])|([{HAN}]{{3,12}})\2",
    re.IGNORECASE,
)
_TWO_HAN = re.compile(rf"([{HAN}]{{2}})\1")
_MAY = frozenset(["that", "had", "her", "do"])
_IS_ENDS = re.compile(r"\b(?:it|that|this|there|what|who|he|she|they|which) $", re.IGNORECASE)
_MAY_HAN = re.compile(r"(.)\1|[一二三四五六七八九十零〇百千萬]{2}|越來|很多")
_LONG = {"en": 120}
_LONG_HAN = 45


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], Place] = {}
    for stretch in said(edition):
        for line in stretch.lines:
            for match in (*_TWICE.finditer(line.text), *_TWO_HAN.finditer(line.text)):
                word = match[1] if match.re is _TWO_HAN else next(filter(None, match.groups()))
                if (
                    word.casefold() in _MAY
                    or (word.casefold() == "is" and _IS_ENDS.search(line.text[: match.start()]))
                    or _MAY_HAN.search(word)
                    or GAP in word
                    or (match.re is _TWO_HAN and not _whole(line.text, match))
                ):
                    continue
                yield warning(
                    "repeated-words",
                    stretch.at(root, line, *match.span()),
                    f'"{word}" stands twice',
                    f'write "{word}" once',
                )
        text = re.sub(r"\s+", " ", stretch.text)
        if (
            stretch.kind == "paragraph"
            and stretch.page
            and len(text.replace(GAP, "")) >= _LONG.get(stretch.language, _LONG_HAN)
        ):
            key = (stretch.language, text + "".join(f"{c.name}{c.arguments}" for c in stretch.calls))
            line = stretch.lines[0]
            place = stretch.at(root, line, 0, len(line.text))
            if (first := seen.setdefault(key, place)) != place:
                yield warning(
                    "repeated-paragraph",
                    place,
                    f"the same paragraph stands in {first.path}, line {first.line}",
                    "say it once, and lead there with a link",
                )


def _whole(text: str, match: re.Match[str]) -> bool:
    """Two Han characters twice are told of where they are not the seam of other words: 安全安全, not 逐步步入."""
    return match[1] in (
        "安全",
        "環境",
        "管理",
        "發展",
        "公司",
        "集團",
        "僱員",
        "員工",
        "我們",
        "以及",
        "進行",
        "政策",
        "健康",
        "風險",
        "氣候",
        "能源",
        "報告",
        "廢物",
    )
