"""A mountain range drawn by figures: numbers in, the outlines of covers and openers out.

Each year is one ridge with a peak for every month, as high as that month's value; the newest stands in
front. Hairlines follow a ridge and die away towards its base, like wire on a drawing bench. The lantern
stands on the highest month of the newest year. The same values give the same picture: no clock, no
random seed. It knows no colours and no file format but the path notation of SVG, and imports nothing
from the package.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

MONTHS = 12
STEPS = 132  # straight pieces per ridge: 11 a month, so that every summit lies on a corner
LOWEST, HIGHEST = 0.42, 1.0  # heights of the lowest and highest month, as parts of the amplitude
HAIRLINES = 22

Heights = list[float]


@dataclass(frozen=True, slots=True)
class Layer:
    """One year's ridge: its corners with those of the ground below it, the same as SVG path data, and the hairlines on it as
    one path."""

    corners: tuple[tuple[int, float], ...]
    outline: str
    wires: str


@dataclass(frozen=True, slots=True)
class Ridge:
    """A picture of `width` by `height`: layers from the oldest to the newest, and the lantern's summit."""

    width: int
    height: int
    layers: tuple[Layer, ...]
    lantern: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ridges:
    """The same range in the three formats of a report: cover, chapter opener, band of a web page."""

    cover: Ridge
    opener: Ridge
    band: Ridge


@lru_cache(maxsize=2)
def drawings(series: tuple[tuple[float, ...], ...]) -> Ridges:
    """All formats of one range; `series` holds the years, oldest first, twelve values each. Every page asks for it."""
    return Ridges(draw(series, 1080, 760), draw(series, 1080, 640), draw(series, 1280, 620))


def draw(series: Sequence[Sequence[float]], width: int, height: int) -> Ridge:
    """The range in one format. Older years stand higher, farther back, with fewer hairlines."""
    values = [value for year in series for value in year]
    low, high = min(values) * 0.985, max(values)
    layers: list[Layer] = []
    lantern = (width // 2, height // 2)
    for number, year in enumerate(series):
        back = len(series) - 1 - number
        base = height * (1 - 0.13 * back)
        amplitude = height * 0.62 * (1 - 0.10 * back)
        heights = _outline(year, low, high)
        ridge_line = _corners(heights, width, base, amplitude)
        count = HAIRLINES // 2 if back else HAIRLINES
        layers.append(
            Layer(
                corners=(*ridge_line, (width, height), (0, height)),
                outline=f"{_path(ridge_line)}L{width} {height}L0 {height}Z",
                wires="".join(
                    _path(_corners(_fading(heights, line / count), width, base, amplitude))
                    for line in range(count)
                ),
            )
        )
        if not back:
            lantern = _summit(year, heights, width, base, amplitude)
    return Ridge(width, height, tuple(layers), lantern)


def _noise(seed: float, number: int) -> float:
    """A repeatable number between -1 and 1."""
    return zlib.crc32(f"{seed}:{number}".encode()) / 2**31 - 1


def _outline(values: Sequence[float], low: float, high: float) -> Heights:
    """Heights (0 to 1) across the width: peaks at the months, valleys between, rock in the detail."""
    seed = float(sum(values))
    span = (high - low) or 1.0
    peaks = [LOWEST + (HIGHEST - LOWEST) * ((value - low) / span) ** 1.3 for value in values]
    knots = [(-0.02, peaks[0] * 0.7)]
    for month, peak in enumerate(peaks):
        following = peaks[min(month + 1, len(peaks) - 1)]
        valley = min(peak, following) * (0.66 + 0.12 * _noise(seed, month + 80))
        knots.append(((month + 0.5 + 0.18 * _noise(seed, month)) / MONTHS, peak))
        knots.append(((month + 1 + 0.12 * _noise(seed, month + 40)) / MONTHS, valley))
    for level in range(3):
        knots = _broken(knots, seed, level)
    return _sampled(knots)


def _broken(knots: list[tuple[float, float]], seed: float, level: int) -> list[tuple[float, float]]:
    """Every straight piece broken in two, its middle moved up or down: half as much at each level."""
    finer = []
    for number, ((x0, y0), (x1, y1)) in enumerate(pairwise(knots)):
        push = _noise(seed, 1000 * (level + 1) + number) * 0.055 / 2**level * (0.4 + max(y0, y1))
        finer += [(x0, y0), ((x0 + x1) / 2, (y0 + y1) / 2 + push)]
    return [*finer, knots[-1]]


def _sampled(knots: list[tuple[float, float]]) -> Heights:
    """Heights at equal steps along a line through the knots."""
    heights: Heights = []
    place = 0
    for step in range(STEPS + 1):
        x = step / STEPS
        while place < len(knots) - 2 and knots[place + 1][0] < x:
            place += 1
        (x0, y0), (x1, y1) = knots[place], knots[place + 1]
        along = min(1.0, max(0.0, (x - x0) / ((x1 - x0) or 1.0)))
        heights.append(max(0.02, y0 + (y1 - y0) * along))
    return heights


def _fading(heights: Heights, depth: float) -> Heights:
    """The ridge line at a depth between 0 (the ridge itself) and 1 (its base): lower and smoother."""
    lowered = [height * (1 - depth) ** 1.2 for height in heights]
    radius = int(depth * 7)
    windows = (lowered[max(0, place - radius) : place + radius + 1] for place in range(len(lowered)))
    return [sum(window) / len(window) for window in windows]


def _corners(heights: Heights, width: int, base: float, amplitude: float) -> list[tuple[int, float]]:
    step = width / (len(heights) - 1)
    return [
        (round(number * step), round(base - height * amplitude, 1)) for number, height in enumerate(heights)
    ]


def _path(corners: Sequence[tuple[int, float]]) -> str:
    """A line through corners. Each is told from the one before: half the characters, and every page has them."""
    pieces = (f"{x1 - x0} {_short(y1 - y0)}" for (x0, y0), (x1, y1) in pairwise(corners))
    return f"M{corners[0][0]} {_short(corners[0][1])}l{' '.join(pieces)}"


def _short(number: float) -> str:
    """To a tenth, and without one where it is none: 4, -0.5."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _summit(
    values: Sequence[float], heights: Heights, width: int, base: float, amplitude: float
) -> tuple[int, int]:
    """The highest point of the highest month."""
    month = values.index(max(values))
    around = range(int((month + 0.2) / MONTHS * STEPS), int((month + 0.8) / MONTHS * STEPS) + 1)
    top = max(around, key=lambda place: heights[place])
    return round(top * width / STEPS), round(base - heights[top] * amplitude)
