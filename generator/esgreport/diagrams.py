"""Where the parts of a drawing stand: discs, arrows and labels of a cycle; marks of a matrix that cover no other.

The same names and places give the same drawing. It knows no colours and no file format but the path notation of SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin
from typing import Protocol

from esgreport.diagnostics import display_width

LINE = 16  # cells of a terminal in one line of a label
MOST_LINES = 4
LEADING = 16
DISC = 16
WIDTH, HEIGHT, EDGE = 460, 400, 34  # of a matrix, and how far its marks stay from the axes
APART = 28  # how far the middles of two marks are apart at least
MOST_PARTED = 120  # marks that are moved apart; more would take long and be unreadable all the same


@dataclass(frozen=True, slots=True)
class Label:
    """A line of a label, `anchor` as in SVG."""

    text: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Disc:
    """A step of a cycle: its disc, its label, and the arrow to the next one as path data, with its head."""

    x: int
    y: int
    base: int  # of its number
    label: tuple[Label, ...]
    way: str
    head: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """A drawing of `width` by `height`, from `top` down."""

    top: int
    width: int
    height: int
    discs: tuple[Disc, ...]


def cycle(names: Sequence[str]) -> Cycle:
    """Steps on a circle, the first at the top, the others clockwise; there is one at least."""
    radius = max(96, 15 * len(names))
    width = 2 * (radius + DISC + 122)
    middle = (width / 2, radius)
    turn = 2 * pi / len(names)
    gap = (DISC + 7) / radius

    def at(angle: float, away: int = radius) -> tuple[float, float]:
        return middle[0] + away * cos(angle), middle[1] + away * sin(angle)

    discs = []
    for position, name in enumerate(names):
        angle = position * turn - pi / 2
        x, y = at(angle)
        way = head = ""
        if len(names) > 1:
            (x1, y1), end = at(angle + gap), angle + turn - gap
            x2, y2 = at(end)
            way = f"M{x1:.1f} {y1:.1f}A{radius} {radius} 0 {int(turn > pi)} 1 {x2:.1f} {y2:.1f}"
            back, over, under = end - 5 / radius, radius + 5, radius - 5
            corners = [at(end + 5 / radius), at(back, over), at(back, under)]
            head = "M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners) + "Z"
        discs.append(Disc(int(x), int(y), int(y) + 5, _label(name, angle, int(x), int(y)), way, head))
    lines = [(disc.y - DISC, max(disc.y + DISC, 2 * radius * (len(names) > 1))) for disc in discs]
    lines += [(line.y - LEADING, line.y + 6) for disc in discs for line in disc.label]
    top, bottom = min(a for a, _ in lines) - 4, max(b for _, b in lines) + 4
    return Cycle(top, width, bottom - top, tuple(discs))


def _label(name: str, angle: float, x: int, y: int) -> tuple[Label, ...]:
    """The lines of a label, outside of the circle."""
    lines = broken(name)
    down = (len(lines) - 1) * LEADING
    if abs(cos(angle)) < 0.3:
        anchor = "middle"
        top = y + DISC + 18 if sin(angle) > 0 else y - DISC - 9 - down
    else:
        right = cos(angle) > 0
        x, anchor = x + (DISC + 8 if right else -DISC - 8), "start" if right else "end"
        top = y + 5 - down // 2
    return tuple(Label(line, x, top + n * LEADING, anchor) for n, line in enumerate(lines))


def broken(text: str) -> list[str]:
    """A label in lines: broken between words or Han characters, and where a word is longer than a line; the end of a
    very long one is left out."""
    lines = [""]
    for word in _pieces(text):
        if display_width(lines[-1] + word.rstrip()) > LINE and lines[-1]:
            lines.append("")
        lines[-1] += word.lstrip() if not lines[-1] else word
    lines = [line.strip() for line in lines]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1].rstrip(",.，。、") + "…"]
    return lines


_CLOSING = "，。、；：）」』！？"


def _pieces(text: str) -> list[str]:
    """What can stand on a line of its own: a word with the space after it, a Han character with the mark after it."""
    pieces = [""]
    for character in " ".join(text.split()):
        own = display_width(character) > 1 or (pieces[-1] and display_width(pieces[-1][-1]) > 1)
        full = display_width(pieces[-1]) >= LINE or pieces[-1].endswith((" ", "-"))
        if (own or full) and character not in _CLOSING and character != " ":
            pieces.append("")
        pieces[-1] += character
    return pieces


class Marked(Protocol):
    """What stands in a matrix: at so many thousandths of each axis, as a shape."""

    @property
    def at(self) -> tuple[int, int] | None: ...

    @property
    def shape(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark of a matrix as path data, and the base line of its number."""

    entry: Marked
    x: int
    base: int
    outline: str


def matrix(entries: Iterable[Marked]) -> list[Spot]:
    """Where marks stand; those that would cover each other move apart."""
    left, right, top, bottom = EDGE, WIDTH - EDGE, EDGE, HEIGHT - EDGE
    spots = [
        (entry, [left + entry.at[0] * (right - left) / 1000, bottom - entry.at[1] * (bottom - top) / 1000])
        for entry in entries
        if entry.at is not None
    ]
    places = [place for _, place in spots]
    for _ in range(40 if len(spots) <= MOST_PARTED else 0):
        near = [(a, b) for a, b in combinations(places, 2) if hypot(a[0] - b[0], a[1] - b[1]) < APART - 0.5]
        for a, b in near:
            apart = hypot(a[0] - b[0], a[1] - b[1])
            x, y = ((b[0] - a[0]) / apart, (b[1] - a[1]) / apart) if apart else (1.0, 0.0)
            push = (APART - apart) / 2
            for place, way in ((a, -push), (b, push)):
                place[0] = min(max(place[0] + way * x, left), right)
                place[1] = min(max(place[1] + way * y, top), bottom)
        if not near:
            break
    found = []
    for entry, place in spots:
        x, y = round(place[0]), round(place[1])
        base = y + (8 if entry.shape == "triangle" else 5)
        found.append(Spot(entry, x, base, outline(entry.shape, x, y)))
    return found


def outline(shape: str, x: int = 18, y: int = 18) -> str:
    """A shape around a place as path data, all as heavy to the eye."""
    corners = {
        "square": ((-11, -11), (11, -11), (11, 11), (-11, 11)),
        "diamond": ((0, -15), (15, 0), (0, 15), (-15, 0)),
        "triangle": ((0, -17), (16, 11), (-16, 11)),
    }
    if shape in corners:
        return "M" + "L".join(f"{x + right} {y + down}" for right, down in corners[shape]) + "Z"
    return f"M{x - 12} {y}a12 12 0 1 1 24 0a12 12 0 1 1 -24 0Z"
