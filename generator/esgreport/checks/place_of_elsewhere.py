"""place-of-elsewhere: a law or rule of a province or city belongs to a place that the report knows.

Why: a paragraph on compliance taken from another company's report brings that company's province along. Told of where a province or
city stands in the title of a law and nowhere else in the report. Where the company does work there, say so under its sites.

    wrong   《山東省勞動合同條例》      in a report of works in Sichuan
    right   《四川省環境保護條例》
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import said

_PLACES = {
    "Anhui": "安徽", "Beijing": "北京", "Chongqing": "重慶", "Fujian": "福建", "Gansu": "甘肅", "Guangdong": "廣東", "Guangxi": "廣西",
    "Guizhou": "貴州", "Hainan": "海南", "Hebei": "河北", "Heilongjiang": "黑龍江", "Henan": "河南", "Hubei": "湖北", "Hunan": "湖南",
    "Inner Mongolia": "內蒙古", "Jiangsu": "江蘇", "Jiangxi": "江西", "Jilin": "吉林", "Liaoning": "遼寧", "Ningxia": "寧夏", "Qinghai": "青海",
    "Shaanxi": "陝西", "Shandong": "山東", "Shanghai": "上海", "Shanxi": "山西", "Shenzhen": "深圳", "Sichuan": "四川", "Tianjin": "天津",
    "Tibet": "西藏", "Xinjiang": "新疆", "Yunnan": "雲南", "Zhejiang": "浙江", "Taiwan": "台灣", "Macau": "澳門", "Malaysia": "馬來西亞",
    "Singapore": "新加坡", "Vietnam": "越南", "Thailand": "泰國",
}  # fmt: skip
_RULES = r"(?:Regulations?|Rules|Provisions|Measures|Laws?|Ordinance|Act|Standards?)"
_OF = re.compile(
    rf"{_RULES}(?: [\w’]+){{0,6}}? of (?:the )?({'|'.join(_PLACES)})(?: Province| Municipality|\b)|\b({'|'.join(_PLACES)})(?: Province| Municipal\w*)?(?: [A-Z]\w+){{1,6}} {_RULES}"
)
_TITLE = re.compile(rf"《({'|'.join(_PLACES.values())})[^《》]{{2,40}}》")
_ENGLISH = {chinese: english for english, chinese in _PLACES.items()}


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = said(edition)
    everything = "\n".join(_TITLE.sub("", _OF.sub("", stretch.text)) for stretch in stretches)
    for stretch in stretches:
        for line in stretch.lines:
            for match in (*_OF.finditer(line.text), *_TITLE.finditer(line.text)):
                place = next(filter(None, match.groups()))
                english = _ENGLISH.get(place, place)
                if english in everything or _PLACES[english] in everything:
                    continue
                yield warning(
                    "place-of-elsewhere",
                    stretch.at(root, line, *match.span()),
                    f'"{match[0]}" is of {english}, a place that the report names nowhere else',
                    "see whether it holds for this company",
                )
