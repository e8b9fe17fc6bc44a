"""left-over: no text of a template is left, and nothing that was to be filled in.

Why: what stands in square brackets for the next colleague is printed as it stands. To come is said in the data: `status` not available.

    wrong   The policy was approved by [insert name] on XX March 2025 (TBC).
    right   The policy was approved by the Board on 26 March 2025.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, error
from esgreport.views import Edition
from esgreport.wording import said

_LEFT = re.compile(
    r"\bLorem ipsum\b[^.]*|(?i:\bdolor sit amet\b)|\b(?:TBC|TBD|TBA|TODO|FIXME|XXX+)\b|(?<![A-Za-z])XX(?![A-Za-z])|(?<![A-Za-z\d])x{2,4}(?![A-Za-z])"
    r"|\[(?:●|•|\*|X+|x+|\.{2,}|…+| *|_+|(?i:insert|name|date|number|company|amount|please|to be|year|tb)[^\]]*)\](?![(\ue000])"
    r"|[〔［\[【（(](?:請|待|此處|填|公司名稱|日期|姓名|待補|插入)[^〕］\]】）)]{0,20}[〕］\]】）)]"
    r"|[○〇●◯]{2,}(?=[\u4e00-\u9fff])|(?<![○〇零一二三四五六七八九])[○〇]{2,}|_{3,}|(?<!\?)\?{2,}|？{2,}|此處(?:插入|填寫|填入)\w{0,4}"
    r"|Error! (?:Reference|Bookmark)[^.]*\.?|錯誤！\s?(?:找不到|尚未|未|參照|書籤)[^。]{0,12}|\bABC (?:Company|Limited|Group)[A-Za-z ]*|#REF!|#N/A|#VALUE!|#DIV/0!"
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for stretch in said(edition):
        for line in stretch.lines:
            for match in _LEFT.finditer(line.text):
                yield error(
                    "left-over",
                    stretch.at(root, line, *match.span()),
                    f'"{match[0]}" looks like something that was to be filled in',
                    "fill it in, or take it out",
                )
