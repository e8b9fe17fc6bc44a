"""standard-of-elsewhere: a standard that is for one industry is cited by a company of this industry.

Why: China's rules for counting greenhouse gases (GB/T 32151) are a part for each industry, and the part for chemical works says nothing of how
a copper works counts. A part for another industry was copied along with a paragraph. Told of a part where no other sentence and
no name in the report has a word of its industry.

    wrong   calculated by GB/T 32151.10-2015      the part for chemical producers, in a report on copper
    right   the part for the company's own industry, or GB/T 32150, which is for all
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import said

_PARTS = {
    "1": ("power stations", r"power (?:plant|station|generat)|generat\w* (?:of )?(?:electricity|power)|發電|发电"),
    "2": ("operators of power grids", "power grid|grid compan|grid operator|電網|电网"),
    "3": ("magnesium smelters", "magnesium|鎂|镁"),
    "4": ("aluminium smelters", "alumini?um|鋁|铝"),
    "5": ("iron and steel works", r"\bsteel|\biron\b|鋼|钢|鐵|铁"),
    "6": ("airlines", "airline|aviation|aircraft|航空|飛機|飞机"),
    "7": ("makers of flat glass", r"\bglass|玻璃"),
    "8": ("cement works", "cement|水泥"),
    "9": ("ceramic works", "ceramic|porcelain|陶瓷"),
    "10": ("chemical producers", r"chemical (?:plant|works|industr|produc|compan|manufactur|maker)|petrochemical|化工"),
    "11": ("coal producers", r"coal (?:mine|mining|produc)|煤礦|煤矿|採煤|采煤|煤炭生產|煤炭生产"),
    "12": ("makers of textiles and garments", "textile|garment|apparel|fabric|yarn|紡織|纺织|服裝|服装|成衣"),
}  # fmt: skip
_PART = re.compile(r"(?<![A-Za-z])GB/T ?32151\.(\d+)(?:[-–—]20\d\d)?")


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = said(edition)
    citing = [stretch for stretch in stretches if "32151." in stretch.text]
    if not citing:
        return
    everything = "\n".join(stretch.text for stretch in stretches if stretch not in citing)
    everything += "\n".join(_PART.sub("", stretch.text) for stretch in citing)
    for stretch in citing:
        for line in stretch.lines:
            for match in _PART.finditer(line.text):
                industry, words = _PARTS.get(match[1], ("", ""))
                if industry and not re.search(words, everything, re.IGNORECASE):
                    yield warning(
                        "standard-of-elsewhere",
                        stretch.at(root, line, *match.span()),
                        f'"{match[0]}" is for {industry}, of which the report says nothing else',
                        "name the part for the company's own industry, or GB/T 32150",
                    )
