"""Charts as shapes and texts: a chart's exact amounts in, geometry for one width out.

Lengths, heights and angles are proportional to the amounts, from nought. What has no plain number is drawn as its
sign alone. Every mark says its number, so there are no gridlines; names stand at what they name, and only where
they do not fit above it. Colours are names of tokens. It words nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import cos, pi, sin

from esgreport.views import Amounts, ChartView, FigureView, MarkView, SeriesView

WIDTHS = {
    "print": (634, 10.0),
    "wide": (760, 12.5),
    "phone": (344, 12.0),
}  # width of the drawing, size of its text
Height = Callable[[float | Fraction], float]
CATEGORIES = ("s1", "s2", "s3", "s4", "s5")


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a colour; drawn for a `mark`."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    mark: MarkView | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A path of a colour: a stroke of some width, or with width 0 a filled shape; drawn for a `mark`, if for one.
    `angle` is that of an arc."""

    path: str
    colour: str
    width: float = 0
    dotted: bool = False
    angle: float = 0
    mark: MarkView | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A text on its baseline; of a figure `x` is where its number begins, and `top` is over it."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "label"
    anchor: str = "start"
    bold: bool = False
    display: bool = False
    figure: FigureView | None = None

    @property
    def top(self) -> float:
        """Over the text and nothing else, so that the number is the first thing below."""
        return _near(self.y - 0.8 * self.size)

    @property
    def ahead(self) -> float:
        """Where the words before a number end: a space at the end of a text is not drawn."""
        words = self.figure.before if self.figure else ""
        return _near(self.x - 0.27 * self.size) if words.endswith(" ") else self.x


@dataclass(slots=True)
class Drawing:
    """A drawing of a width and height: bars under lines under labels."""

    width: int
    size: float
    height: float = 0
    bars: list[Bar] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    # ---- texts

    def write(
        self, x: float, y: float, text: str, colour: str = "label", anchor: str = "start",
        size: float = 0, bold: bool = False, display: bool = False,
    ) -> None:  # fmt: skip
        """A text; lines below each other are several."""
        self.labels.append(
            Label(_near(x), _near(y), text, _near(size or self.size), colour, anchor, bold, display)
        )

    def number(
        self, x: float, y: float, mark: MarkView, colour: str = "ink-2", anchor: str = "start",
        size: float = 0, bold: bool = False, display: bool = False,
    ) -> None:  # fmt: skip
        """The number of a mark, with what stands around it. Print finds it by where it begins, so that it is always
        set from there."""
        size = size or self.size
        view = mark.figure
        if view is None:
            if mark.text:
                self.write(x, y, mark.text, colour, anchor, size, bold, display)
            return
        long = length(mark.words, size)
        x = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
        begins = _near(max(0.0, min(x, self.width - long)) + length(view.before, size))
        self.labels.append(
            Label(begins, _near(y), mark.words, _near(size), colour, "start", bold, display, view)
        )

    def several(
        self, x: float, y: float, lines: Sequence[str], colour: str = "label", anchor: str = "start",
        bold: bool = False,
    ) -> None:  # fmt: skip
        for number, line in enumerate(lines):
            self.write(x, y + number * 1.3 * self.size, line, colour, anchor, bold=bold)

    def bar(
        self, x: float, y: float, width: float, height: float, colour: str, mark: MarkView | None = None
    ) -> None:
        self.bars.append(Bar(_near(x), _near(y), _near(width), _near(height), colour, mark))

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, dotted: bool = False
    ) -> None:
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        self.lines.append(Line(path, colour, width, dotted))

    def dot(self, x: float, y: float, colour: str, radius: float, mark: MarkView) -> None:
        turn = f"a{radius:.1f} {radius:.1f} 0 1 1"
        path = f"M{x - radius:.1f} {y:.1f}{turn} {2 * radius:.1f} 0{turn} {-2 * radius:.1f} 0Z"
        self.lines.append(Line(path, colour, mark=mark))

    def lantern(self, x: float, y: float, colour: str, half: float, mark: MarkView) -> None:
        steps = f"l{half * 0.8:.1f} {half:.1f}l{-half * 0.8:.1f} {half:.1f}l{-half * 0.8:.1f} {-half:.1f}Z"
        self.lines.append(Line(f"M{x:.1f} {y - half:.1f}{steps}", colour, mark=mark))


def _near(number: float) -> float:
    return round(number, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing as a file of its own: under its heading from `top` on, over a line that says whose it is."""

    heading: tuple[Label, ...]
    drawing: Drawing
    top: float
    foot: Label
    height: float


def sheet(chart: ChartView, whose: str) -> Sheet:
    """A chart to be taken away: the wide drawing with its label, title and unit, and `whose` it is."""
    drawing = drawn(chart, "wide")
    size = drawing.size
    head = Drawing(drawing.width, size)
    title = wrapped(f"{chart.label}  {chart.title}", drawing.width, 1.2 * size)
    for number, line in enumerate(title):
        head.write(0, (1.3 + 1.5 * number) * size, line, "ink", size=1.2 * size, bold=True)
    below = 1.5 * len(title) * size
    said = wrapped("  ".join(filter(None, (chart.period, chart.unit))), drawing.width, size)
    for number, line in enumerate(said):
        head.write(0, below + (1.3 + 1.3 * number) * size, line, "ink-2")
    top = _near(below + (1.3 * len(said) + 1.2) * size)
    height = _near(top + drawing.height + 2.2 * size)
    foot = Label(0, _near(height - 0.5 * size), whose, _near(0.9 * size), "ink-2")
    return Sheet(tuple(head.labels), drawing, top, foot, height)


def drawn(chart: ChartView, where: str) -> Drawing:
    """A chart in one of `WIDTHS`."""
    width, size = WIDTHS[where]
    drawing = Drawing(width, size)
    if chart.series:
        _KINDS[chart.kind](chart, drawing)
    order = {view.anchor: number for number, view in enumerate(chart.printed)}
    drawing.labels.sort(key=lambda label: order[label.figure.anchor] if label.figure else -1)
    drawing.height = _near(drawing.height or size)
    return drawing


# ---- texts in a drawing


def length(text: str, size: float) -> float:
    """About how long a text is; a Han character is as wide as it is high."""
    return size * sum(_width(character) for character in text)


def _width(character: str) -> float:
    if unicodedata.category(character) == "Co":  # holds wordings of two languages apart, and is not drawn
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character.isdigit() or character in "+−%–…":
        return 0.92 if character in "%…" else 0.6
    return 0.3 if character in " ,.;:'()|ilj" else 0.68 if character.isupper() else 0.56


def wrapped(text: str, most: float, size: float) -> tuple[str, ...]:
    """A text in lines of a length: Latin words stay whole, Han text breaks anywhere but before a stop."""
    han = r"\u2e80-\ud7ff\uf900-\uffef"
    pieces = re.findall(rf"[^{han}\s]+\s*|\s+|[{han}][，。、；：）」％]*", text)
    lines = [""]
    for piece in pieces:
        if (
            lines[-1] and length((lines[-1] + piece).rstrip(), size) > most + 0.01
        ):  # a name as long as its column stays whole
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as may be to those wanted, in their order, a gap apart, between low and high if there is room."""
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    places = list(wanted)
    for before, number in zip([None, *order], order, strict=False):
        least = low if before is None else places[before] + gap
        places[number] = max(places[number], least)
    for after, number in zip([None, *order[::-1]], order[::-1], strict=False):
        most = high if after is None else places[after] - gap
        places[number] = min(places[number], most)
    return places


def _amounts(marks: Iterable[MarkView]) -> list[float]:
    return [float(mark.amount) for mark in marks if mark.amount is not None]


def _scale(amounts: Sequence[float]) -> tuple[float, float]:
    """The least and the most of a scale that begins or ends at nought."""
    low, high = min([0.0, *amounts]), max([0.0, *amounts])
    return (low, high) if high > low else (low, low + 1)


# ---- bars


def _bars(chart: ChartView, drawing: Drawing) -> None:
    """Standing bars in groups where their labels fit beside each other, lying ones where not."""
    size = drawing.size
    labels = [mark.words for series in chart.series for mark in series.marks]
    labels += [moment.label for moment in chart.moments]
    slot = max(length(text, size) for text in labels) + 0.7 * size
    group = slot * len(chart.moments) + (1.6 * size if len(chart.series) > 1 else 0)
    if group * len(chart.series) <= drawing.width:
        _standing(chart, drawing, drawing.width / len(chart.series), slot)
    else:
        _lying(chart, drawing)


def _standing(chart: ChartView, drawing: Drawing, group: float, slot: float) -> None:
    size, several = drawing.size, len(chart.series) > 1
    low, high = _scale(_amounts(mark for series in chart.series for mark in series.marks))
    top, tall = 1.6 * size, 13.0 * size
    nought = top + tall * high / (high - low)
    bottom = top + tall + (1.5 * size if low < 0 else 0)
    slot = min(max(slot, 6 * size), group / (len(chart.moments) + 0.5 * several))
    lines = 0
    for place, series in enumerate(chart.series):
        middle = group * (place + 0.5)
        left = middle - slot * len(chart.moments) / 2
        for number, (moment, mark) in enumerate(zip(chart.moments, series.marks, strict=True)):
            x, now = left + slot * number, moment.colour == "now"
            tip = nought
            if mark.amount:
                long = tall * float(mark.amount) / (high - low)
                tip = nought - long
                drawing.bar(
                    x + 0.2 * size, min(nought, tip), slot - 0.4 * size, abs(long), moment.colour, mark
                )
            above = tip + 1.2 * size if mark.amount and mark.amount < 0 else tip - 0.5 * size
            drawing.number(x + slot / 2, above, mark, "ink" if now else "ink-2", "middle", bold=now)
            drawing.write(
                x + slot / 2, bottom + 1.4 * size, moment.label, "ink" if now else "ink-2", "middle", bold=now
            )
        if several:
            name = wrapped(series.name, group - 0.8 * size, size)
            lines = max(lines, len(name))
            drawing.several(middle, bottom + 3.0 * size, name, anchor="middle", bold=True)
    drawing.line([(0, nought), (drawing.width, nought)], "axis", 1)
    drawing.height = bottom + 2.0 * size + lines * 1.3 * size + (0.4 * size if lines else 0)


def _lying(chart: ChartView, drawing: Drawing) -> None:
    """A group below the other, its name over it; each bar has its period on its left, its number at its end."""
    size = drawing.size
    marks = [mark for series in chart.series for mark in series.marks]
    low, high = _scale(_amounts(marks))
    ahead = max(length(moment.label, size) for moment in chart.moments) + 0.8 * size
    behind = max(length(mark.words, size) for mark in marks) + 0.8 * size
    before = behind if low < 0 else 0
    wide = drawing.width - ahead - behind - before
    nought = ahead + before - wide * low / (high - low)
    y = 0.0
    for series in chart.series:
        if len(chart.series) > 1:
            name = wrapped(series.name, drawing.width, size)
            drawing.several(0, y + 1.1 * size, name, bold=True)
            y += (len(name) * 1.3 + 0.4) * size
        first = y
        for moment, mark in zip(chart.moments, series.marks, strict=True):
            now = moment.colour == "now"
            drawing.write(0, y + 1.1 * size, moment.label, "ink" if now else "ink-2", bold=now)
            _lying_bar(drawing, mark, nought, y, wide / (high - low), moment.colour, now)
            y += 1.75 * size
        drawing.line([(nought, first), (nought, y - 0.3 * size)], "axis", 1)
        y += 0.8 * size
    drawing.height = y - 0.6 * size


def _lying_bar(
    drawing: Drawing, mark: MarkView, nought: float, y: float, unit: float, colour: str, bold: bool
) -> None:
    size, long = drawing.size, unit * float(mark.amount or 0)
    if mark.amount:
        drawing.bar(min(nought, nought + long), y, abs(long), 1.45 * size, colour, mark)
    anchor, gap = ("end", -0.4) if long < 0 else ("start", 0.4)
    drawing.number(
        nought + long + gap * size, y + 1.1 * size, mark, "ink" if bold else "ink-2", anchor, bold=bold
    )


def _ranked(chart: ChartView, drawing: Drawing) -> None:
    """One bar a name, the largest first; where there is no room for names on the left they stand above."""
    size, (moment,) = drawing.size, chart.moments
    marks = [series.marks[0] for series in chart.series]
    low, high = _scale(_amounts(marks))
    longest = max(length(series.name, size) for series in chart.series)
    beside = drawing.width >= 40 * size or longest < 0.36 * drawing.width
    column = min(longest, 0.4 * drawing.width) + size if beside else 0.0
    behind = max(length(mark.words, size) for mark in marks) + 0.8 * size
    before = behind if low < 0 else 0
    wide = drawing.width - column - behind - before
    nought = column + before - wide * low / (high - low)
    y = 0.0
    for series, mark in zip(chart.series, marks, strict=True):
        name = wrapped(series.name, column - size if beside else drawing.width, size)
        drawing.several(0, y + 1.1 * size, name)
        if not beside:
            y += (len(name) * 1.3 + 0.15) * size
        _lying_bar(drawing, mark, nought, y, wide / (high - low), moment.colour, moment.colour == "now")
        y += max(2.0, len(name) * 1.3 + 0.7 if beside else 2.3) * size
    drawing.line([(nought, 0), (nought, y - 0.5 * size)], "axis", 1)
    drawing.height = y - 0.3 * size


# ---- parts of a whole


def _whole(chart: ChartView, place: int) -> float | None:
    """What the parts of a period come to; None where one of them has no plain number and may be anything."""
    marks = [series.marks[place] for series in chart.series]
    unknown = any(m.amount is None and (m.figure is None or m.figure.kind not in _NOTHING) for m in marks)
    return None if unknown else sum(_amounts(marks))


_NOTHING = ("nil", "not-applicable")


def _stacked(chart: ChartView, drawing: Drawing) -> None:
    """Columns with the numbers on their right and names at the last; rows where columns do not fit."""
    size, count = drawing.size, len(chart.moments)
    numbers = max(length(m.words, size) for s in chart.series for m in s.marks) + 1.2 * size
    names = min(max(length(series.name, size) for series in chart.series), 15 * size) + 0.8 * size
    heads = [moment.label for moment in chart.moments] + [total.words for total in chart.totals if total]
    least = max(length(head, size) for head in heads) + size
    if count * max(4 * size + numbers, least) + names <= drawing.width:
        _columns(chart, drawing, numbers, names)
    elif count * max(3.2 * size + numbers, least) <= drawing.width:
        _key(chart, drawing)
        _columns(chart, drawing, numbers, 0)
    else:
        _rows(chart, drawing)


def _key(chart: ChartView, drawing: Drawing) -> None:
    """What each colour means, above the drawing."""
    size, x, y = drawing.size, 0.0, drawing.height
    for series, colour in zip(chart.series, CATEGORIES, strict=False):
        long = length(series.name, size) + 1.6 * size
        if x and x + long > drawing.width:
            x, y = 0.0, y + 1.6 * size
        drawing.bar(x, y + 0.15 * size, size, size, colour)
        lines = wrapped(series.name, drawing.width - 1.5 * size, size)
        drawing.several(x + 1.5 * size, y + size, lines)
        y += (len(lines) - 1) * 1.3 * size
        x += long + 1.2 * size
    drawing.height = y + 2.0 * size


def _columns(chart: ChartView, drawing: Drawing, numbers: float, names: float) -> None:
    size, count = drawing.size, len(chart.moments)
    slot = (drawing.width - names) / count
    thick = min(slot - numbers, 7 * size)
    wholes = [_whole(chart, place) for place in range(count)]
    named = [wrapped(series.name, names - 0.8 * size, size) if names else () for series in chart.series]
    gap = 1.35 * size * max(1, *map(len, named))
    top, tall = drawing.height + 2.0 * size, max(15.0 * size, gap * len(named))
    bottom = top + tall
    unit = tall / (max([whole for whole in wholes if whole] or [1.0]))
    for place, moment in enumerate(chart.moments):
        x, now, y = slot * place, moment.colour == "now", bottom
        bold = "ink" if now else "ink-2"
        middles = []
        for series, colour in zip(chart.series, CATEGORIES, strict=False):
            amount = series.marks[place].amount
            high = unit * float(amount) if amount and wholes[place] is not None else 0.0
            if high:
                drawing.bar(x, y - high, thick, high, colour, series.marks[place])
                drawing.line([(x, y - high), (x + thick, y - high)], "paper", 1)
            middles.append(y - high / 2)
            y -= high
        last = place == count - 1
        places = spread(middles, gap if last else 1.35 * size, top + 0.4 * size, bottom - 0.4 * size)
        for series, middle, at, name in zip(chart.series, middles, places, named, strict=True):
            if abs(middle - at) > 0.3 * size and series.marks[place].amount:
                drawing.line([(x + thick, middle), (x + thick + 0.7 * size, at)], "axis", 1)
            beside = x + thick + 0.9 * size
            drawing.number(beside, at + 0.36 * size, series.marks[place], bold, bold=now)
            first = at + 0.36 * size - (len(name) - 1) * 0.65 * size
            drawing.several(beside + numbers - 0.3 * size, first, name if last else ())
        if total := chart.totals[place]:
            drawing.number(x, min([y, *places]) - 0.6 * size, total, "ink", bold=True)
        drawing.write(x, bottom + 1.5 * size, moment.label, bold, bold=now)
    drawing.line([(0, bottom), (drawing.width - names, bottom)], "axis", 1)
    drawing.height = bottom + 2.0 * size


def _rows(chart: ChartView, drawing: Drawing) -> None:
    """A bar for each period, its parts side by side; what they are stands below it."""
    size, wide, y = drawing.size, float(drawing.width), 0.0
    wholes = [_whole(chart, place) for place in range(len(chart.moments))]
    unit = wide / (max([whole for whole in wholes if whole] or [1.0]))
    for place, moment in enumerate(chart.moments):
        now = moment.colour == "now"
        drawing.write(0, y + 1.1 * size, moment.label, "ink" if now else "ink-2", bold=now)
        if total := chart.totals[place]:
            drawing.number(wide, y + 1.1 * size, total, "ink", "end", bold=True)
        y += 1.6 * size
        x = 0.0
        for series, colour in zip(chart.series, CATEGORIES, strict=False):
            amount = series.marks[place].amount
            if amount and wholes[place] is not None:
                drawing.bar(x, y, unit * float(amount), 1.6 * size, colour, series.marks[place])
                x += unit * float(amount)
                drawing.line([(x, y), (x, y + 1.6 * size)], "paper", 1)
        y += 2.2 * size
        for series, colour in zip(chart.series, CATEGORIES, strict=False):
            behind = length(series.marks[place].words, size) + 1.6 * size
            name = wrapped(series.name, wide - 1.5 * size - behind, size)
            drawing.bar(0, y, 0.9 * size, 0.9 * size, colour)
            drawing.several(1.5 * size, y + 0.85 * size, name)
            drawing.number(
                wide, y + 0.85 * size, series.marks[place], "ink" if now else "ink-2", "end", bold=now
            )
            y += (0.3 + 1.3 * len(name)) * size
        y += 1.0 * size
    drawing.height = y - 0.8 * size


def _donut(chart: ChartView, drawing: Drawing) -> None:
    """A ring for each period, its total inside, its parts with share and number on its right."""
    size, count = drawing.size, len(chart.moments)
    beside = drawing.width / count >= 27 * size
    panel = drawing.width / count if beside else float(drawing.width)
    for place in range(count):
        x = panel * place if beside else 0.0
        top = 0.0 if beside else drawing.height
        bottom = _ring(chart, drawing, place, x, top, panel)
        drawing.height = max(drawing.height, bottom + (0 if beside else 1.2 * size))


def _ring(chart: ChartView, drawing: Drawing, place: int, x: float, top: float, panel: float) -> float:
    size, moment = drawing.size, chart.moments[place]
    if len(chart.moments) > 1:
        drawing.write(x, top + 1.1 * size, moment.label, "ink", bold=True)
        top += 2.2 * size
    thick = 2.9 * size
    radius = min(6.4 * size, 0.25 * panel) - thick / 2
    column = x + 2 * radius + thick + 1.8 * size
    names = [wrapped(series.name, x + panel - column - 1.2 * size, size) for series in chart.series]
    heights = [(len(name) * 1.3 + 2.5) * size for name in names]
    tall = max(2 * radius + thick, sum(heights))
    centre = x + radius + thick / 2, top + tall / 2
    _arcs(chart, drawing, place, centre, radius, thick)
    if total := chart.totals[place]:
        inner = 2 * radius - thick - 1.2 * size
        large = min(1.9 * size, inner * size / length(total.words, size))
        drawing.number(centre[0], centre[1] + 0.25 * large, total, "ink", "middle", large, display=True)
        drawing.write(centre[0], centre[1] + 0.25 * large + 1.35 * size, chart.total_word, "ink-2", "middle")
    y = top + (tall - sum(heights)) / 2
    for series, colour, name, high in zip(chart.series, CATEGORIES, names, heights, strict=False):
        drawing.bar(column, y + 0.1 * size, 0.35 * size, high - 0.8 * size, colour)
        drawing.several(column + 1.1 * size, y + size, name)
        line = y + (len(name) * 1.3 + 1.15) * size
        share = series.shares[place] if series.shares else MarkView()
        drawing.number(column + 1.1 * size, line, share, "ink", size=1.55 * size, display=True)
        after = length(share.words, 1.55 * size) + 0.8 * size if share.words else 0
        drawing.number(column + 1.1 * size + after, line, series.marks[place], "ink-2")
        y += high
    return top + tall


def _arcs(
    chart: ChartView, drawing: Drawing, place: int, centre: tuple[float, float], radius: float, thick: float
) -> None:
    """The parts clockwise from the top. Where the whole is not known the ring is empty."""
    whole = _whole(chart, place)
    if not whole:
        _arc(drawing, centre, radius, 0.0, 1.0, "rule", 1)
        return
    begin, ends = 0.0, []
    for series, colour in zip(chart.series, CATEGORIES, strict=False):
        share = float(series.marks[place].amount or 0) / whole
        if share:
            _arc(drawing, centre, radius, begin, begin + share, colour, thick, series.marks[place])
            begin += share
            ends.append(begin)
    for end in ends if len(ends) > 1 else ():
        inner, outer = (_on_ring(centre, radius + side * thick / 2, end) for side in (-1, 1))
        drawing.line([inner, outer], "paper", 2)


def _on_ring(centre: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    return centre[0] + radius * sin(2 * pi * turn), centre[1] - radius * cos(2 * pi * turn)


def _arc(
    drawing: Drawing,
    centre: tuple[float, float],
    radius: float,
    begin: float,
    end: float,
    colour: str,
    width: float,
    mark: MarkView | None = None,
) -> None:
    """A stretch of a ring, in halves so that a whole circle is one too."""
    path = "M{:.2f} {:.2f}".format(*_on_ring(centre, radius, begin))
    for turn in ((begin + end) / 2, end):
        path += f"A{radius:.2f} {radius:.2f} 0 0 1 " + "{:.2f} {:.2f}".format(*_on_ring(centre, radius, turn))
    drawing.lines.append(Line(path, colour, width, angle=360 * (end - begin), mark=mark))


# ---- lines


def _line(chart: ChartView, drawing: Drawing) -> None:
    """Points by date. One line says every number; several say their first and last, and their names at the end."""
    size, several = drawing.size, len(chart.series) > 1
    amounts = _amounts(mark for series in chart.series for mark in series.marks)
    amounts += [float(amount) for _, amount in chart.way.points] if chart.way else []
    days = [moment.day for moment in chart.moments] + (
        [day for day, _ in chart.way.points] if chart.way else []
    )
    if several and drawing.width < 45 * size:
        _key(chart, drawing)
    left, right = _margins(chart, drawing)
    top, tall = drawing.height + 2.2 * size, 12.0 * size
    low, high = (min(amounts), max(amounts)) if amounts else (0.0, 1.0)
    first, last = min(days), max(days)

    def x(day: int) -> float:
        return left + (drawing.width - left - right) * (day - first) / ((last - first) or 1)

    def y(amount: float | Fraction) -> float:
        return top + tall * (0.5 if high == low else (high - float(amount)) / (high - low))

    bottom = top + tall + 2.0 * size
    if chart.way:
        drawing.line(
            [(x(day), y(amount)) for day, amount in chart.way.points], "target", 0.16 * size, dotted=True
        )
    places = [x(moment.day) for moment in chart.moments]
    ends = [
        [(p, y(m.amount), m) for p, m in zip(places, s.marks, strict=True) if m.amount is not None]
        for s in chart.series
    ]
    for series, points, colour in zip(chart.series, ends, CATEGORIES, strict=False):
        own = colour if several else "now"
        for run in _runs(series, places, y):
            if len(run) > 1:
                drawing.line(run, own, 0.24 * size)
        for px, py, mark in points:
            drawing.dot(px, py, own, 0.36 * size, mark)
        if not several:
            _along(chart, drawing, series, places, y, bottom)
    if several:
        _at_ends(chart, drawing, places, y, (top, top + tall), left)
    if chart.way:
        day, amount = chart.way.points[-1]
        gx, gy = x(day), y(amount)
        drawing.lantern(gx, gy, "target", 0.75 * size, chart.way.goal)
        drawing.number(gx + 1.2 * size, gy - 0.1 * size, chart.way.goal, "target", size=1.2 * size, bold=True)
        drawing.write(gx + 1.2 * size, gy + 1.2 * size, chart.way.label, "target")
    _dates(chart, drawing, places, x, bottom + 1.2 * size)
    drawing.height = bottom + 1.8 * size


def _margins(chart: ChartView, drawing: Drawing) -> tuple[float, float]:
    """The room that labels need on the left and on the right."""
    size = drawing.size
    first = max(length(series.marks[0].words, size) for series in chart.series)
    last = max(length(series.marks[-1].words, 1.2 * size) for series in chart.series)
    left = max(first, length(chart.moments[0].label, size)) / 2
    right = max(last, length(chart.moments[-1].label, size)) / 2
    if len(chart.series) > 1:
        left, right = max(left, first + 0.9 * size), max(right, last + 0.9 * size)
        if drawing.width >= 45 * size:
            right += min(max(length(series.name, size) for series in chart.series), 14 * size) + 0.6 * size
    if chart.way:
        right = max(length(chart.way.goal.words, 1.2 * size), length(chart.way.label, size)) + 1.4 * size
    return left, right


def _runs(series: SeriesView, places: Sequence[float], y: Height) -> list[list[tuple[float, float]]]:
    """The stretches of a line between points without a number."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, mark in zip(places, series.marks, strict=True):
        if mark.amount is None:
            runs.append([])
        else:
            runs[-1].append((place, y(mark.amount)))
    return runs


def _along(
    chart: ChartView, drawing: Drawing, series: SeriesView, places: Sequence[float], y: Height, bottom: float
) -> None:
    """The number of each point of a line, on the side that the line does not take; where points are near each other,
    beside them. What has no number stands at the foot."""
    size, last = drawing.size, len(places) - 1
    close = any(
        b - a < (length(m.words, size) + length(n.words, 1.2 * size)) / 2 + 0.4 * size
        for (a, b), (m, n) in zip(pairwise(places), pairwise(series.marks), strict=True)
    )
    for number, (px, mark) in enumerate(zip(places, series.marks, strict=True)):
        now = chart.moments[number].colour == "now"
        if mark.amount is None:
            drawing.number(px, bottom - 0.9 * size, mark, "ink-2", "middle")
            continue
        around = [m.amount for m in series.marks[max(0, number - 1) : number + 2] if m.amount is not None]
        before = next((m.amount for m in reversed(series.marks[:number]) if m.amount is not None), None)
        above = mark.amount * len(around) > sum(around) or len(set(around)) == 1
        side, aside = "middle", 0.0
        if close and before is not None:  # under a line that falls, over one that rises
            above = mark.amount > before
            side, aside = ("start", 0.5) if number == last else ("end", -0.4)
            if number != last and number % 2 == 0:  # the next of several on the other side
                above, side, aside = not above, "start", 0.4
        height = y(mark.amount) + (-0.85 if above else 1.65 if not aside else 1.45) * size
        large = 1.2 * size if now else size
        drawing.number(px + aside * size, height, mark, "ink" if now else "ink-2", side, large, bold=now)


def _at_ends(
    chart: ChartView,
    drawing: Drawing,
    places: Sequence[float],
    y: Height,
    within: tuple[float, float],
    left: float,
) -> None:
    """The first and the last number of each line, and its name behind the last where there is room."""
    size, roomy = drawing.size, drawing.width >= 45 * drawing.size
    for end in (0, -1):
        marks = [series.marks[end] for series in chart.series]
        names = [wrapped(s.name, 14 * size, size) if end and roomy else () for s in chart.series]
        wanted = [y(mark.amount) if mark.amount is not None else within[1] for mark in marks]
        gap = 1.35 * size * max(1, *map(len, names))
        heights = spread(wanted, gap, within[0] - size, within[1] + size)
        for mark, at, name in zip(marks, heights, names, strict=True):
            edge = at + 0.36 * size
            if not end:
                drawing.number(left - 0.7 * size, edge, mark, "ink-2", "end")
                continue
            x = places[-1] + 0.7 * size
            drawing.number(x, edge, mark, "ink", bold=True)
            behind = x + length(mark.words, 1.06 * size) + 0.6 * size
            drawing.several(behind, edge - (len(name) - 1) * 0.65 * size, name)


def _dates(
    chart: ChartView, drawing: Drawing, places: Sequence[float], x: Callable[[int], float], at: float
) -> None:
    """The periods under their points: first those at the ends, then as many as fit between them."""
    size = drawing.size
    shown = [
        (place, moment.label, moment.colour == "now")
        for place, moment in zip(places, chart.moments, strict=True)
    ]
    if chart.way:
        shown.append((x(chart.way.points[-1][0]), chart.way.moment, False))
    taken: list[tuple[float, float]] = []
    for place, label, now in (*(s for s in shown if s[2]), shown[-1], shown[0], *shown):
        half = length(label, size) / 2 + 0.3 * size
        if all(place + half <= low or place - half >= high for low, high in taken):
            taken.append((place - half, place + half))
            drawing.write(place, at, label, "ink" if now else "ink-2", "middle", bold=now)


_KINDS: dict[str, Callable[[ChartView, Drawing], None]] = {
    "bars": _bars,
    "stacked": _stacked,
    "line": _line,
    "donut": _donut,
    "ranked": _ranked,
}


# ---- small bars


def sparkline(amounts: Amounts) -> list[Bar]:
    """One bar a period in a box of 100 by 40, the last in the colour of the present."""
    numbers = [float(amount) for amount in amounts if amount is not None]
    if len(numbers) < 2:
        return []
    low, high = _scale(numbers)
    unit, step = 40 / (high - low), 100 / len(amounts)
    bars = []
    for place, amount in enumerate(amounts):
        long = unit * float(amount or 0)
        colour = "now" if place == len(amounts) - 1 else "earlier"
        if long:
            top = 40 + low * unit - max(long, 0.0)
            bars.append(Bar(_near(place * step), _near(top), _near(step * 0.92), _near(abs(long)), colour))
    return bars
