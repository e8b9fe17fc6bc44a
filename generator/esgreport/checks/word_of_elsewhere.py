"""word-of-elsewhere: Traditional text for Hong Kong uses the words of Hong Kong.

Why: a conversion from Simplified text changes characters, not words, and programs made in Taiwan offer Taiwan's. Only words that
Hong Kong does not use are told of, not those that are merely rarer; a name that has one in it is accepted.

    wrong   網路平臺的軟體，供雇員使用。
    right   網絡平台的軟件，供僱員使用。
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import said

_HONG_KONG = {
    "網路": "網絡", "網際網路": "互聯網", "軟體": "軟件", "硬體": "硬件", "程式碼": "程式", "印表機": "打印機", 
    "數位化": "數碼化", "數位轉型": "數碼轉型", "數位技術": "數碼技術", "數位平台": "數碼平台", "數位經濟": "數碼經濟", "視頻": "視像或影片", "公交車": "巴士", "公交": "公共交通", "出租車": "的士", "卡車": "貨車",
    "自行車": "單車", "平臺": "平台", "雇員": "僱員", "雇主": "僱主", "雇用": "僱用", "雇傭": "僱傭", "解雇": "解僱", "聘雇": "聘僱",
    "裡": "裏", "著手": "着手", "著重": "着重", "沿著": "沿着", "隨著": "隨着", "有著": "有着", "意味著": "意味着", "為著": "為着",
    "短信": "短訊", "電子郵箱": "電郵", "首席執行官": "行政總裁", "計算機": "電腦", "信息化": "資訊化",
    "信息技術": "資訊科技", "信息安全": "資訊保安", "信息系統": "資訊系統", "信息": "資料或資訊", "智慧型手機": "智能手機", "人工智慧": "人工智能",
    "方便麵": "即食麵", "衛": "衞", "專案管理": "項目管理", 
    "保固": "保養", "硬碟": "硬盤", "韌體": "固件", "資料庫": "數據庫", "行動電話": "流動電話",
    "行動裝置": "流動裝置", "雲端運算": "雲計算", "視訊會議": "視像會議", "彙報": "匯報", "重復": "重複", "視訊": "視像", "子公司": "附屬公司",
}  # fmt: skip
_WORDS = re.compile("|".join(sorted(_HONG_KONG, key=len, reverse=True)))
_OURS = re.compile("衛|子公司|信息|裡|彙報")  # told of only where the report itself writes the other


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = [stretch for stretch in said(edition) if stretch.language == "zh-Hant"]
    everything = "\n".join(stretch.text for stretch in stretches)
    for stretch in stretches:
        for line in stretch.lines:
            for match in _WORDS.finditer(line.text):
                right = _HONG_KONG[match[0]]
                if _OURS.fullmatch(match[0]) and right not in everything:
                    continue
                yield warning(
                    "word-of-elsewhere",
                    stretch.at(root, line, *match.span()),
                    f'"{match[0]}" is not how Hong Kong writes it',
                    f"write {right}",
                )
