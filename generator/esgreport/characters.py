"""Chinese characters: which only Simplified text has, and which are mixed up when it is converted.

The tables in `registers/` are made from OpenCC's dictionaries (Apache-2.0).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_TABLES = Path(__file__).parent / "registers"


@cache
def simplified() -> dict[str, str]:
    """Each character that only Simplified Chinese has, with the one that Hong Kong writes."""
    pairs = "".join(_rows("simplified.txt"))
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def only_simplified() -> re.Pattern[str]:
    """A stretch of such characters."""
    return re.compile(f"[{''.join(simplified())}]+")


@cache
def _mixed_up() -> dict[str, tuple[str, frozenset[str], frozenset[str]]]:
    """Each character that is mixed up: with which, what stands before and what after it in known words."""
    rows = (row.split("\t") for row in _rows("mixed_up.txt"))
    return {one: (others, frozenset(before), frozenset(after)) for one, others, before, after in rows}


@cache
def mixed_up() -> re.Pattern[str]:
    """Any character that is mixed up with others."""
    return re.compile(f"[{''.join(one for one, (others, *_) in _mixed_up().items() if others)}]")


def meant(text: str, position: int) -> str:
    """The character that should stand at a position of a text, "" where the one that stands there may be right.

    It is taken for wrong only where its neighbours make no known word with it, but one with a character that it is
    mixed up with.
    """
    before, after = text[position - 1 : position] if position else "", text[position + 1 : position + 2]
    others, known_before, known_after = _mixed_up()[text[position]]
    if (before in known_before and before) or (after in known_after and after):
        return ""
    for other in others:
        _, other_before, other_after = _mixed_up().get(other, ("", frozenset(), frozenset()))
        if (before and before in other_before) or (after and after in other_after):
            return other
    return ""


def variants(character: str) -> str:
    """The characters that are written for one by mistake: 云 for 雲."""
    others, *_ = _mixed_up().get(character, ("",))
    return others


def _rows(name: str) -> list[str]:
    lines = (_TABLES / name).read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
