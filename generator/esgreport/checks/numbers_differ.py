"""numbers-differ: what one language says in numbers, the other says too.

Why: a number that was corrected in one language only is the mistake that readers of both find first. Compared are digits, years, months,
scales (萬, 億, million) and percentages of stretches that stand in the same place, and the figures that they call. A number
written as a word may stand against digits. What the two languages say differently on purpose is accepted.

    wrong   en: In 2024 it cost RMB3.2 million.      zh-Hant: 2023年耗資320萬元。
    right   the same year, or both by a value call
"""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.calls import FigureReference, resolve_call
from esgreport.citations import citations
from esgreport.diagnostics import Diagnostic, Place, at, error, warning
from esgreport.languages import MONTHS
from esgreport.model import Call, Name
from esgreport.numerals import HAN_SCALES, SCALES, Counted, counted
from esgreport.publications import REGISTERS
from esgreport.views import Edition
from esgreport.wording import GAP, Pair, Said, pairs

_NEAR = Fraction(1, 5)  # of a paragraph
_SCALE = re.compile(rf" ?({'|'.join(SCALES)})\b", re.IGNORECASE)
_HAN_SCALE = re.compile(f"({'|'.join(sorted(HAN_SCALES, key=len, reverse=True))})(?![瓦克焦米卡帕赫伏升分])")

_Found = tuple[Said, Name, Counted]


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for pair in pairs(edition):
        yield from _in_digits(pair, root)
        yield from _in_calls(pair, edition)
        yield from _in_scales(pair, edition)


def _numbers(side: tuple[Said, ...]) -> list[_Found]:
    return [
        (stretch, line, number)
        for stretch in side
        for line in stretch.lines
        for number in counted(line.text, stretch.language)
    ]


def _in_digits(pair: Pair, root: Path) -> Iterator[Diagnostic]:
    ours, theirs = _numbers(pair.ours), _numbers(pair.theirs)
    for one, other, names in ((ours, theirs, pair.theirs), (theirs, ours, pair.ours)):
        left = Counter(number.value for _, _, number in other)
        for stretch, line, number in sorted(one, key=lambda found: found[2].spelt):
            value = number.value
            if left[value] > 0:
                left[value] -= 1
                continue
            if number.spelt or _also_there(value, other) or not names:
                continue
            yield error(
                "numbers-differ",
                stretch.at(root, line, number.start, number.end),
                f'"{line.text[number.start : number.end]}" stands here, but not in {_where(names)}',
                "write the same in both languages, or a value call in each",
            )
    if pair.alike:
        yield from _in_words(ours, theirs, root)


def _also_there(value: Fraction, other: list[_Found]) -> bool:
    """Whether the other language has the number at all: it may say it once where this one says it twice."""
    return any(number.value == value for _, _, number in other)


def _in_words(ours: list[_Found], theirs: list[_Found], root: Path) -> Iterator[Diagnostic]:
    """A number in words left over in each language, at about the same point: one of the two is wrong."""
    left = [
        (abs(_share(mine) - _share(its)), mine, its)
        for mine in _left_over(ours, theirs)
        for its in _left_over(theirs, ours)
        if mine[2].spelt or its[2].spelt
    ]
    apart, mine, its = min(left, key=lambda pair: pair[0], default=(Fraction(1), None, None))
    if mine and its and apart < _NEAR:
        (_, line, number), (stretch, there, second) = mine, its
        yield warning(
            "numbers-differ",
            stretch.at(root, there, second.start, second.end),
            f'"{there.text[second.start : second.end]}" stands here, but "{line.text[number.start : number.end]}" in '
            f"{line.place.path}, line {line.place.line}",
            "write the same number in both languages",
        )


def _share(found: _Found) -> Fraction:
    """How far into its stretch a number stands, from 0 to 1."""
    stretch, line, number = found
    before = sum(len(other.text) for other in stretch.lines[: stretch.lines.index(line)])
    return Fraction(before + number.start, max(1, len(stretch.text)))


def _left_over(side: list[_Found], other: list[_Found]) -> list[_Found]:
    """The counts that the other language has not as often."""
    left = Counter(number.value for _, _, number in side) - Counter(number.value for _, _, number in other)
    return [each for each in side if left[each[2].value] and _plain(each)]


def _plain(found: _Found) -> bool:
    """Whether a number is a count: no 一, no share as in one tenth, 三成 or 三分之二, no month, no year."""
    _, line, number = found
    typed, after = line.text[number.start : number.end], line.text[number.end : number.end + 1]
    before = line.text[max(0, number.start - 2) : number.start]
    return (
        number.value > 1
        and (number.spelt or not 1900 < number.value < 2100)
        and after not in ("成", "分")
        and before != "分之"
        and not typed.endswith("th")
        and typed not in MONTHS
    )


def _in_scales(pair: Pair, edition: Edition) -> Iterator[Diagnostic]:
    """What follows the number of one figure: million in one language, and 億 in the other."""
    ours, theirs = _scales(pair.ours, edition), _scales(pair.theirs, edition)
    for what, (scale, _, typed) in ours.items():
        other, place, said = theirs.get(what, (scale, None, ""))
        if scale != other and place:
            yield error(
                "numbers-differ",
                place,
                f'"{said}" stands here, but "{typed}" in {_where(pair.ours)}',
                "write the same in both languages, or let the value call print the unit",
            )


def _scales(side: tuple[Said, ...], edition: Edition) -> dict[str, tuple[int, Place, str]]:
    """The scale that is typed behind each figure that is called as a bare number, where it is called once."""
    found: dict[str, list[tuple[int, Place, str]]] = {}
    for stretch in side:
        pattern, scales = (_SCALE, SCALES) if stretch.language == "en" else (_HAN_SCALE, HAN_SCALES)
        for line in stretch.lines:
            for call in stretch.calls if GAP in line.text else ():
                if call.argument("show") != "number" or call.place.line != line.place.line:
                    continue
                behind = call.place.column - line.place.column
                while line.text[behind : behind + 1] == GAP:
                    behind += 1
                reference, _ = resolve_call(edition.figures, call)
                if isinstance(reference, FigureReference) and reference.show == "number":
                    match = pattern.match(line.text, behind)
                    scale = scales[match[1].lower()] if match else 1
                    place = at(line.place, match.start(1), len(match[1])) if match else call.place
                    found.setdefault(str(reference.figure), []).append(
                        (scale, place, match[1] if match else "no such word")
                    )
    return {what: scales[0] for what, scales in found.items() if len(scales) == 1}


def _in_calls(pair: Pair, edition: Edition) -> Iterator[Diagnostic]:
    if _misnamed(pair.ours, edition) or _misnamed(pair.theirs, edition):
        return  # that is found already, and what it should name is not known
    ours, theirs = _figures(pair.ours, edition), _figures(pair.theirs, edition)
    for one, other, names in ((ours, theirs, pair.theirs), (theirs, ours, pair.ours)):
        for what, call in one.items():
            if what not in other and names and not _cited(what, names, edition):
                yield error(
                    "numbers-differ",
                    call.place,
                    f"{what} is named here, but not in {_where(names)}",
                    "name the same figures, laws and standards in both languages",
                )


def _cited(what: str, side: tuple[Said, ...], edition: Edition) -> bool:
    """Whether a law or standard is named there by its title, without a call."""
    lines = {(line.place.path, line.place.line) for stretch in side for line in stretch.lines}
    return any(
        cited.publication.id == what and (cited.place.path, cited.place.line) in lines
        for register in REGISTERS
        for cited in citations(edition, register)
    )


def _figures(side: tuple[Said, ...], edition: Edition) -> dict[str, Call]:
    """The figures that are called, and the laws and standards."""
    found: dict[str, Call] = {}
    for call in (call for stretch in side for call in stretch.calls):
        entry = edition.report.entries.get(call.name)
        if entry and (entry.published or entry.register in ("laws", "standards")):
            found.setdefault(call.name, call)
        elif not entry:
            reference, _ = resolve_call(edition.figures, call)
            if isinstance(reference, FigureReference) and not reference.dimension:
                found.setdefault(str(reference.figure), call)
    return found


def _misnamed(side: tuple[Said, ...], edition: Edition) -> bool:
    """Whether something is called that no file defines."""
    report = edition.report
    known = report.entries.keys() | report.metrics.keys() | report.targets.keys()
    return any(call.name not in known for stretch in side for call in stretch.calls)


def _where(side: tuple[Said, ...]) -> str:
    lines = [line for stretch in side for line in stretch.lines]
    return f"{lines[0].place.path}, line {lines[0].place.line}" if lines else "the other language"
