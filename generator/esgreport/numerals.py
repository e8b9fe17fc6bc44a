"""The numbers that a sentence holds, in whichever way it writes them: 2.3 million, 230萬, 三成, two thirds, 31 December 2025.

Numbers in digits are `digits`; those in words are `spelt`, which translators take more freely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from esgreport.languages import MONTHS


@dataclass(frozen=True, slots=True)
class Counted:
    """A number where it stands: from `start` up to `end`."""

    value: Fraction
    start: int
    end: int
    spelt: bool = False


_DIGIT = dict(zip("〇零○一二三四五六七八九兩两", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
HAN_SCALES = (
    {"百": 100, "千": 1000}
    | _LARGE
    | {"十萬": 10**5, "百萬": 10**6, "千萬": 10**7, "十億": 10**9, "百億": 10**10}
)
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_PER_SCALE = re.compile(rf"\b(?:per|every|each) ({'|'.join(SCALES)})\b", re.IGNORECASE)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}  # fmt: skip
_NO_NUMBER = re.compile(
    r"(?:ISO|OHSAS|IEC|GB|GBZ|SA|IFRS|HKFRS|DB\d*|EN)(?:[/-]?[A-Z]+)?[\s-]*[\d.]+(?:[:：–—-]\s?\d{4})?|(?<![A-Za-z])(?!(?:RMB|CNY|HKD|USD|EUR)\d)[A-Za-z]+\d[\w.]*|\d+[A-Za-z]{3,}\d*|COVID-19|(?:附錄|附录|Appendix )[A-Z0-9]+"
    r"|[’'‘]000s?|[一二三四五六七八](?=[氧氟氯硫氮])|\d+(?:\.\d+){2,}|\d{3,4} \d{4}|\d{1,2}[時时](?:\d{1,2}分|半|正)?|^\s*(?:\d+[.)、](?!\d)|[（(]\d+[）)])\s?|\d{1,2}[:：]\d{2}"
)
_NUMBER = r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d+(?:\.\d+)?"
_CHINESE = re.compile(rf"({_NUMBER})\s?([十百千萬億万亿]{{1,2}}(?![瓦克焦米卡帕赫伏升分]))?")
_ENGLISH = re.compile(rf"({_NUMBER})(?:st|nd|rd|th)?(?:[ -]?(hundred|thousand|million|billion)\b)?")
_HAN_PERCENT = re.compile("百分之([〇零一二三四五六七八九十百]+)(?:點([零一二三四五六七八九]+))?")
_HAN_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年)")
_HAN_NUMBER = re.compile("(?:(?!千[瓦克焦米卡帕赫伏升])[〇零一二三四五六七八九十百千萬億两兩])+")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_WORD = re.compile(
    rf"\b(?:({'|'.join(w for w in _WORDS if w.endswith('ty'))})-)?({'|'.join([*_WORDS, *_ORDINALS])})(?:[ -](hundred|thousand|million|billion)s?)?\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def counted(text: str, language: str) -> tuple[Counted, ...]:
    """The numbers of a text, in their order."""
    text = _NO_NUMBER.sub(lambda match: "\ue000" * len(match[0]), text.replace("\ue000", "\ue001"))
    found = list(_english(text) if language == "en" else _chinese(text))
    return tuple(sorted(found, key=lambda number: number.start))


def _chinese(text: str) -> Iterator[Counted]:
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        return not any(start < match.end() and match.start() < end for start, end in taken)

    for match in _HAN_YEAR.finditer(text):
        taken.append(match.span())
        yield Counted(Fraction(int("".join(str(_DIGIT[digit]) for digit in match[0]))), *match.span())
    for match in _HAN_PERCENT.finditer(text):
        taken.append(match.span())
        decimals = "".join(str(_DIGIT[digit]) for digit in match[2] or "")
        yield Counted(Fraction(f"{_of_han(match[1])}.{decimals or 0}"), *match.span())
    for match in _CHINESE.finditer(text):
        if free(match):
            scale = 1
            for character in match[2] or "":
                scale *= _TENS.get(character) or _LARGE[character]
            taken.append(match.span())
            yield Counted(Fraction(match[1].replace(",", "")) * scale, *match.span())
    for match in _HAN_NUMBER.finditer(text):
        if free(match):
            yield Counted(Fraction(_of_han(match[0])), *match.span(), spelt=True)


def _english(text: str) -> Iterator[Counted]:
    for match in _ENGLISH.finditer(text):
        yield Counted(
            Fraction(match[1].replace(",", "")) * SCALES.get((match[2] or "").lower(), 1), *match.span()
        )
    for match in _MONTH.finditer(text):
        yield Counted(Fraction(MONTHS.index(match[1]) + 1), *match.span())
    for match in _PER_SCALE.finditer(text):
        yield Counted(Fraction(SCALES[match[1].lower()]), *match.span(1), spelt=True)
    for match in _WORD.finditer(text):
        tens, word, scale = match.groups()
        number = _WORDS.get((tens or "zero").lower(), 0) + (_WORDS | _ORDINALS)[word.lower()]
        yield Counted(Fraction(number * SCALES.get((scale or "").lower(), 1)), *match.span(), spelt=True)


def _of_han(text: str) -> int:
    """二十一, 三百萬, 二零二三"""
    if not any(character in _TENS or character in _LARGE for character in text):
        return int("".join(str(_DIGIT[digit]) for digit in text))
    total = section = current = 0
    for character in text:
        if character in _DIGIT:
            current = _DIGIT[character]
        elif character in _LARGE:
            total, section, current = total + (section + current or 1) * _LARGE[character], 0, 0
        else:
            section, current = section + (current or 1) * _TENS[character], 0
    return total + section + current
