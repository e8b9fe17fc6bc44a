"""The picture that others show beside a link to the report: its cover as a PNG, in the colours of the brand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from esgreport import pictures, ridge
from esgreport.faces import Face
from esgreport.pictures import Lettering
from esgreport.views import ReportView

SIZE = 1200, 630  # what sites that show links ask for
_MARGIN = 80
_ABOVE = 250  # what the lettering takes, over the mountains
_TOKEN = re.compile(r"--([\w-]+):\s*([^;}]+)[;}]")
_LIGHT = re.compile(r":root\s*\{.*?\}", re.DOTALL)
_HEX = re.compile(r"#[0-9a-fA-F]{3,8}\Z")


def picture(report: ReportView, styles: Iterable[str], faces: Sequence[Face]) -> bytes:
    """The cover of a report in its language; `styles` are the sheets of tokens, the report's own last."""
    colours = _Colours(styles)
    areas = []
    if report.ridge:
        drawing = ridge.draw(report.ridge.series, SIZE[0], SIZE[1] - _ABOVE)
        tones = ("tone-0-far", "tone-0-middle", "tone-0-near")[-len(drawing.layers) :]
        areas = [
            (colours[tone], [(x, round(y) + _ABOVE) for x, y in layer.corners])
            for tone, layer in zip(tones, drawing.layers, strict=False)
        ]
        x, y = drawing.lantern[0], drawing.lantern[1] + _ABOVE
        areas.append((colours["lantern"], [(x, y - 22), (x + 16, y), (x, y + 22), (x - 16, y)]))
    language = report.language.code if report.language.code.startswith("zh") else ""
    fitting = [f for f in faces if f.language == language and f.style == "normal" and "Serif" in f.family]
    face = max(fitting, key=lambda f: f.weight).path
    width = SIZE[0] - 2 * _MARGIN
    words = (
        (report.company, 44, 115),
        (report.tagline.replace("　", "  ") or report.title, 84, 225),
        (f"{report.year} {report.title}", 40, 295),
    )
    lines = [Lettering(text, (_MARGIN, y), size, colours["on-tone"], face, width) for text, size, y in words]
    return pictures.painted(SIZE, (colours["tone-0-top"], colours["tone-0-foot"]), areas, lines)


class _Colours:
    """Colours by the names of their tokens, in the light scheme; one that is not a plain colour is white."""

    def __init__(self, styles: Iterable[str]) -> None:
        self.tokens = {
            name: value.strip()
            for sheet in styles
            for root in _LIGHT.findall(sheet)
            for name, value in _TOKEN.findall(root)
        }

    def __getitem__(self, name: str) -> str:
        value = f"var(--{name})"
        for _ in range(8):  # a token may name another
            named = re.fullmatch(r"var\(--([\w-]+)\)", value)
            if named is None:
                break
            value = self.tokens.get(named[1], "")
        return value if _HEX.match(value) else "#ffffff"
