"""Figures in words: sign, grouping, unit, qualifier, as each language writes them.

Rounding happens here and nowhere else, half up and once. In the authored unit the digits printed are the
digits authored; in another unit or scale, value × factor at the metric's decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from esgreport.amounts import Number, canonical
from esgreport.languages import QUALIFIERS, SCALES, grouped, words
from esgreport.model import Figure, Kind
from esgreport.units import Unit, find_unit

_SIGNED = ("change", "difference")


@dataclass(frozen=True, slots=True)
class WordedFigure:
    """A figure's number in two pieces (for alignment at the decimal point) and what stands around it."""

    whole: str
    fraction: str = ""
    before: str = ""
    after: str = ""

    @property
    def number(self) -> str:
        """The number alone, as its element on a page holds it."""
        return self.whole + self.fraction


def number_alone(
    figure: Figure, language: str, unit: str = "", scale: str = "", magnitude: bool = False
) -> tuple[str, str]:
    """(whole part, fraction) of a figure's number; the word or sign of a kind without a number."""
    own = words(language)
    if figure.kind in (Kind.NIL, Kind.NOT_APPLICABLE, Kind.NOT_AVAILABLE) or figure.number is None:
        return own[figure.kind.replace("-", "_")], ""
    text = _digits(figure, figure.number, unit, scale)
    if figure.kind == Kind.RANGE and figure.upper is not None:
        upper = _digits(figure, figure.upper, unit, scale)
        return "".join(grouped(text)) + own["range"] + "".join(grouped(upper)), ""
    if magnitude:
        text = text.removeprefix("-")
    whole, fraction = grouped(text)
    signed = figure.id.operation.partition(".")[0] in _SIGNED and not magnitude
    if signed and not text.startswith("-") and text.strip("0."):
        whole = "+" + whole
    return whole, fraction


def _digits(figure: Figure, number: Number, unit: str, scale: str) -> str:
    """The canonical decimal that is printed: the authored one, or its value in another unit or scale."""
    if not unit and not scale:
        return str(number)
    decimals = number.decimals if figure.declared_decimals is None else figure.declared_decimals
    return canonical(number.exact * _factor(figure.unit, unit, scale), decimals)


def _factor(own: Unit, unit: str, scale: str) -> Fraction:
    other = find_unit(unit) if unit else own
    factor = own.ratio / other.ratio if other else Fraction(1)
    return factor / 10 ** SCALES[scale][0] if scale else factor


def worded_figure(
    figure: Figure, language: str, unit: str = "", scale: str = "", show: str = "full"
) -> WordedFigure:
    """A figure as a sentence prints it.

    `show`: full, with its unit; number, without; magnitude, without its sign; column, with its unit as the
    column of a table names it.
    """
    whole, fraction = number_alone(figure, language, unit, scale, show == "magnitude")
    before, after = QUALIFIERS[figure.qualifier][language] if figure.qualifier else ("", "")
    if figure.number is None or figure.kind not in (Kind.VALUE, Kind.LIMIT, Kind.RANGE):
        return WordedFigure(whole, fraction)
    if figure.kind == Kind.LIMIT:
        lead, _, tail = words(language)["limit"].partition("{number}")
        before, after = before + lead, tail + after
    shown = (find_unit(unit) if unit else None) or figure.unit
    scale_word = SCALES[scale][1][language] if scale else ""
    if show == "number":
        return WordedFigure(whole, fraction, before, scale_word + after)
    if show == "column":
        gap = " " if shown.spaced and language == "en" else ""
        return WordedFigure(whole, fraction, before, scale_word + gap + shown.name(language) + after)
    ahead, behind = shown.around(language, one=not scale and (whole + fraction).lstrip("+−") == "1")
    return WordedFigure(whole, fraction, before + ahead, scale_word + behind + after)
