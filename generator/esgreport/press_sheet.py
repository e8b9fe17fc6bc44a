"""The sheet that goes to the printer beside his edition of the book: how it is made, and how sharp its photographs are."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.pdf import BLEED, Layout, Placed, Press
from esgreport.pictures import MOST_INK, Separation

SHARP, USABLE = 200, 150  # pixels to the inch: below the second a reader sees them


def sheet(name: str, layout: Layout, press: Press, size: tuple[str, str]) -> str:
    """The sheet, as plain text, of a printer's edition that is called `name` and trimmed to a size in millimetres."""
    return "\n".join(_lines(name, layout, press, size)) + "\n"


def _lines(name: str, layout: Layout, press: Press, size: tuple[str, str]) -> Iterator[str]:
    width, height = size
    yield f"FOR THE PRINTER 付印說明: {name}"
    yield ""
    yield "Standard 標準: PDF/X-4, with output intent 附輸出方式"
    yield f"Pages 頁數: {layout.pages}"
    yield f"Trim 成品尺寸: {width} × {height} mm"
    yield f"Bleed 出血: {BLEED} mm"
    yield "Marks 標記: " + (
        "crop marks outside the bleed 裁切標記，在出血位之外" if press.marks else "none 無"
    )
    yield "Inks 油墨: cyan, magenta, yellow, black 青、洋紅、黃、黑"
    yield "Black text 黑色文字: black ink alone, overprinting 單黑，疊印"
    yield f"Most ink in one place 最高總墨量: {MOST_INK} %"
    yield f"Photographs converted for 照片按此描述檔轉換: {Separation(press.profile).name}"
    yield "Trapping 補漏白: not done 未做"
    yield ""
    yield "TYPEFACES, ALL EMBEDDED 字型，全部已內嵌"
    yield from layout.faces
    yield ""
    yield "PHOTOGRAPHS 照片"
    for placed in layout.placed:
        yield _photograph(placed)
    if not layout.placed:
        yield "none 無"


def _photograph(placed: Placed) -> str:
    size, pixels = (" × ".join(map(str, sides)) for sides in (placed.size, placed.pixels))
    verdict = ""
    if placed.resolution < SHARP:
        verdict = f": soft, below {SHARP} 欠清晰"
    if placed.resolution < USABLE:
        verdict = f": blurred, below {USABLE} 模糊"
    name = placed.file.removeprefix("content/").replace(".png.jpg", ".png")
    return (
        f"{name}, page 頁 {placed.folio}, {size} mm, {pixels} pixels 像素, "
        f"{placed.resolution} to the inch 每吋{verdict}"
    )
