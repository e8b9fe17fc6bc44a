"""numbers-differ: what one language says in numbers, the other says too.

Why: a number that was corrected in one language only is the mistake that readers of both find first. Compared are digits, years, months,
scales (萬, 億, million) and percentages of stretches that stand in the same place, and the figures that they call. A number
written as a word may stand against digits. What the two languages say differently on purpose is accepted.

    wrong   en: In 2024 it cost RMB3.2 million.      zh-Hant: 2023年耗資320萬元。
    right   the same year, or both by a value call
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from esgreport.calls import FigureReference, resolve_call
from esgreport.citations import citations
from esgreport.diagnostics import Diagnostic, error, warning
from esgreport.model import Call, Name
from esgreport.numerals import Counted, counted
from esgreport.publications import REGISTERS
from esgreport.views import Edition
from esgreport.wording import Pair, Said, pairs

_Found = tuple[Said, Name, Counted]


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for pair in pairs(edition):
        yield from _in_digits(pair, root)
        yield from _in_calls(pair, edition)


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
    """One number in words left over in each language: one of the two is wrong."""
    values = [Counter(number.value for _, _, number in side) for side in (ours, theirs)]
    mine = [f for f in ours if not values[1][f[2].value] and _plain(f)]
    others = [f for f in theirs if not values[0][f[2].value] and _plain(f)]
    if len(mine) == len(others) == 1 and mine[0][2].spelt and others[0][2].spelt:
        (_, line, number), (stretch, there, second) = mine[0], others[0]
        yield warning(
            "numbers-differ",
            stretch.at(root, there, second.start, second.end),
            f'"{there.text[second.start : second.end]}" stands here, but "{line.text[number.start : number.end]}" in '
            f"{line.place.path}, line {line.place.line}",
            "write the same number in both languages",
        )


def _plain(found: _Found) -> bool:
    """Whether a number in words is a count: no 一, no share as in one tenth or 三成, no per million."""
    _, line, number = found
    after = line.text[number.end : number.end + 1]
    return (
        1 < number.value < 10**5 and after not in ("成", "分") and not line.text[: number.end].endswith("th")
    )


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
