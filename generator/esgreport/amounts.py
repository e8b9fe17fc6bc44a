"""Exact numbers: what an author typed, digit for digit, and what is worked out from it.

No float anywhere: 0.1 t + 0.2 t has to print as 0.3 t. An authored number keeps the decimals it was
written with (109.820 stays 109.820); a derived one is an exact fraction until it is rounded, once,
half up, when it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

MOST_DIGITS = 30
_PLAIN = re.compile(r"(?P<sign>[-−]?)(?P<whole>0|[1-9]\d*)(?:\.(?P<fraction>\d+))?\Z", re.ASCII)
_GROUPED = re.compile(
    r"(?P<sign>[-−]?)(?P<whole>[1-9]\d{0,2}(?P<mark>[ ,\u00a0\u2009\u202f])\d{3}(?:(?P=mark)\d{3})*)(?:\.(?P<fraction>\d+))?\Z",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Number:
    """An exact amount and the number of decimals it is printed with."""

    exact: Fraction
    decimals: int

    def __str__(self) -> str:
        """The canonical decimal: no grouping, trailing zeros kept, rounded half up at `decimals`."""
        return canonical(self.exact, self.decimals)


def parse_number(text: str) -> Number | None:
    """The number that `text` writes, or None if it is not one.

    Digits with an optional decimal point; groups of three may be set apart by spaces or by commas, one
    kind throughout. No exponent, no leading zero, no plus sign, no full-width digits, at most 30 digits.
    """
    match = _PLAIN.match(text) or _GROUPED.match(text)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    fraction = match["fraction"] or ""
    if len(whole) + len(fraction) > MOST_DIGITS:
        return None
    exact = Fraction(int(whole + fraction), 10 ** len(fraction))
    return Number(-exact if match["sign"] else exact, len(fraction))


def round_half_up(exact: Fraction, decimals: int) -> int:
    """`exact` in units of the last decimal, halves away from zero."""
    scaled = abs(exact) * 10**decimals
    units: int = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -units if exact < 0 else units


def canonical(exact: Fraction, decimals: int) -> str:
    """A plain decimal with exactly `decimals` decimals; a negative zero is a zero."""
    units = round_half_up(exact, decimals)
    digits = str(abs(units)).rjust(decimals + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def decimals_for(exact: Fraction, significant: int = 3) -> int:
    """Decimals that show `significant` digits of `exact`; digits before the point are never rounded away.

    1825.34 needs none, 549.4 none, 4.022 two, 0.0311 four.
    """
    if exact == 0:
        return 0
    magnitude, bound = 0, abs(exact)
    while bound >= 10:
        bound, magnitude = bound / 10, magnitude + 1
    while bound < 1:
        bound, magnitude = bound * 10, magnitude - 1
    decimals = max(0, significant - 1 - magnitude)
    if round_half_up(exact, decimals) in {s * 10 ** (magnitude + 1 + decimals) for s in (1, -1)}:
        return max(0, decimals - 1)  # 0.9996 rounds to 1.00, not to 1.000
    return decimals
