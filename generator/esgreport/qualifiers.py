"""What about, over and nearly become when figures are added up, taken away, multiplied or divided.

A word is a statement of where the true value lies: above the number (over, at least), below it (nearly, not more than), or
on either side (about). The word of a result has to be as true as those it comes from; nothing else is known.
"""

from collections.abc import Iterable
from fractions import Fraction

_ALIKE = (frozenset({"over", "at_least"}), frozenset({"nearly", "not_more_than"}))
_TOGETHER = ("over", "not_more_than")
_REVERSED = {
    "over": "not_more_than", "at_least": "not_more_than", "nearly": "over", "not_more_than": "at_least",
}  # fmt: skip


def together(words: Iterable[str]) -> str:
    """The word of a sum of figures with these words, "" for an exact one."""
    found = frozenset(filter(None, words))
    if len(found) < 2:
        return next(iter(found), "")
    return next((word for alike, word in zip(_ALIKE, _TOGETHER, strict=True) if found <= alike), "about")


def times(word: str, by: Fraction) -> str:
    """The word of a figure that is multiplied by an exact number: turned round by one below nought."""
    if not by:
        return ""
    return word if by > 0 else _REVERSED.get(word, word)


def of_product(left: Fraction, left_word: str, right: Fraction, right_word: str) -> str:
    """The word of left × right."""
    if left_word and right_word and (left <= 0 or right <= 0):
        return "about"  # either sign may turn round the other
    return together([times(left_word, right), times(right_word, left)])


def of_quotient(above: Fraction, above_word: str, below: Fraction, below_word: str) -> str:
    """The word of above / below: the more it is divided by, the less is left."""
    return of_product(above, above_word, below, times(below_word, Fraction(-1)))


def of_difference(from_word: str, taken_word: str) -> str:
    """The word of what is left where something is taken away."""
    return together([from_word, times(taken_word, Fraction(-1))])
