"""Figures in words: sign, grouping, unit, qualifier, as each language writes them.

Rounding happens here and nowhere else, half up and once. In the authored unit the digits printed are the
digits authored; in another unit or scale, value × factor at the metric's decimals. The word for a direction
(up, down, unchanged) follows the number as it is printed, so that the two cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from esgreport.amounts import Number, canonical
from esgreport.languages import CHANGES, QUALIFIERS, SCALES, grouped, scale_word, words
from esgreport.model import Figure, Kind
from esgreport.units import Unit

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
    figure: Figure, language: str, unit: Unit | None = None, scale: str = "", magnitude: bool = False
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
    signed = figure.id.last[0] in _SIGNED and not magnitude
    if signed and direction(figure, unit, scale) > 0:
        whole = "+" + whole
    return whole, fraction


def plain_number(figure: Figure, language: str, unit: Unit | None = None) -> str:
    """The number as spreadsheets take it: the digits that are printed, without commas. What is no plain number is told
    in words."""
    if figure.kind == Kind.VALUE and figure.number is not None and not figure.qualifier:
        return _digits(figure, figure.number, unit if unit != figure.unit else None, "")
    if figure.kind in (Kind.NOT_APPLICABLE, Kind.NOT_AVAILABLE):
        return words(language)[f"{figure.kind.replace('-', '_')}_meaning"]
    worded = worded_figure(figure, language, unit, show="cell")
    return worded.before + worded.number + worded.after


def _digits(figure: Figure, number: Number, unit: Unit | None, scale: str) -> str:
    """The canonical decimal that is printed: the authored one, or its value in another unit or scale."""
    if not unit and not scale:
        return str(number)
    return canonical(number.exact * _factor(figure.unit, unit, scale), converted_decimals(figure, number))


def converted_decimals(figure: Figure, number: Number) -> int:
    """With how many decimals a figure prints in another unit or scale: those its metric declares, if any."""
    return number.decimals if figure.declared_decimals is None else figure.declared_decimals


def _factor(own: Unit, unit: Unit | None, scale: str) -> Fraction:
    factor = own.ratio / (unit or own).ratio
    return factor / 10 ** SCALES[scale][0] if scale else factor


def direction(figure: Figure, unit: Unit | None = None, scale: str = "") -> int:
    """Whether the number as it is printed is more than nought (1), less (-1) or nought (0)."""
    digits = _digits(figure, figure.number, unit, scale) if figure.number else "0"
    if not digits.strip("-0."):
        return 0
    return -1 if digits.startswith("-") else 1


def worded_change(
    figure: Figure,
    language: str,
    wording: str,
    since: str,
    unit: Unit | None = None,
    scale: str = "",
    show: str = "full",
) -> WordedFigure:
    """A change with the word for its direction; `since` names the period compared with.

    Where nothing changed it is words alone, which stand in `before`; there is no number.
    """
    up, down, unchanged = CHANGES[wording][language]
    said = {1: up, -1: down, 0: unchanged}[direction(figure, unit, scale)].replace("{period}", since)
    before, number, after = said.partition("{number}")
    if not number:
        return WordedFigure("", before=said)
    worded = worded_figure(figure, language, unit, scale, show, magnitude=True)
    return replace(worded, before=before + worded.before, after=worded.after + after)


def worded_figure(
    figure: Figure,
    language: str,
    unit: Unit | None = None,
    scale: str = "",
    show: str = "full",
    magnitude: bool = False,
) -> WordedFigure:
    """A figure as a sentence prints it, without its sign if the `magnitude` is wanted.

    `show`: full, with its unit; cell, without; number, of a limit too the number alone, for a sentence that says what it is;
    column, with its unit as the column of a table names it.
    """
    whole, fraction = number_alone(figure, language, unit, scale, magnitude)
    before, after = QUALIFIERS[figure.qualifier][language] if figure.qualifier else ("", "")
    if figure.number is None or figure.kind not in (Kind.VALUE, Kind.LIMIT, Kind.RANGE):
        return WordedFigure(whole, fraction)
    if figure.kind == Kind.LIMIT and show != "number":
        lead, _, tail = words(language)["limit"].partition("{number}")
        before, after = before + lead, tail + after
    shown, ahead, behind = unit or figure.unit, "", ""
    if show == "column":
        ahead, behind = shown.in_cell(language)
    elif show not in ("number", "cell"):
        ahead, behind = shown.around(language, one=not scale and (whole + fraction).lstrip("+−") == "1")
    scaled = scale_word(scale, language, behind) if scale else ""
    return WordedFigure(whole, fraction, before + ahead, scaled + behind + after)
