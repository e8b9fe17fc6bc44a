"""The mountains: one peak a month, the lantern on the highest, the same picture every time."""

from __future__ import annotations

import re

import pytest
from esgreport import ridge

YEARS = (
    tuple(float(value) for value in range(10, 22)),
    tuple(float(value) for value in range(12, 24)),
    (20.0, 14.0, 19.0, 20.0, 21.0, 23.0, 25.0, 24.0, 21.0, 20.0, 19.0, 20.0),
)


def points(path: str) -> list[tuple[float, float]]:
    """The corners of a path: M and L name a place, l the way there from the corner before."""
    found: list[tuple[float, float]] = []
    for kind, numbers in re.findall(r"([MLl])([-\d. ]+)", path):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", numbers):
            ahead = found[-1] if kind == "l" else (0.0, 0.0)
            found.append((round(ahead[0] + float(x), 1), round(ahead[1] + float(y), 1)))
    return found


def test_the_same_figures_give_the_same_picture() -> None:
    assert ridge.draw(YEARS, 1080, 640) == ridge.draw([list(year) for year in YEARS], 1080, 640)


def test_another_figure_gives_another_picture() -> None:
    changed = (*YEARS[:2], (*YEARS[2][:-1], 20.5))
    assert ridge.draw(YEARS, 1080, 640).layers[2] != ridge.draw(changed, 1080, 640).layers[2]
    assert ridge.draw(YEARS, 1080, 640).layers[0] == ridge.draw(changed, 1080, 640).layers[0]


def test_the_lantern_stands_on_the_highest_month() -> None:
    drawing = ridge.draw(YEARS, 1080, 640)
    x, y = drawing.lantern
    assert 6 / 12 <= x / 1080 <= 7 / 12, "July"
    assert y == round(min(height for _, height in points(drawing.layers[2].outline)))


def test_a_ridge_reaches_from_edge_to_edge_and_down_to_the_ground() -> None:
    for drawing in (ridge.drawings(YEARS).cover, ridge.drawings(YEARS).opener, ridge.drawings(YEARS).band):
        for layer in drawing.layers:
            corners = points(layer.outline)
            assert (corners[0][0], corners[-3][0]) == (0, drawing.width)
            assert corners[-2:] == [(drawing.width, drawing.height), (0, drawing.height)]
            assert all(0 <= y <= drawing.height for _, y in corners)


def test_hairlines_lie_on_their_ridge() -> None:
    layer = ridge.draw(YEARS, 1080, 640).layers[2]
    assert layer.wires.count("M") == ridge.HAIRLINES
    top = dict(points(layer.outline))
    assert all(y >= top[x] - 12 for x, y in points(layer.wires) if 0 < x < 1080)


@pytest.mark.parametrize("value", [0.0, 7.0])
def test_twelve_equal_months_are_a_range_too(value: float) -> None:
    drawing = ridge.draw([[value] * 12] * 3, 1080, 640)
    assert len(drawing.layers) == 3
