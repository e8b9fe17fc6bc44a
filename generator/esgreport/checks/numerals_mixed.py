"""numerals-mixed: Chinese text writes years in one way, 2025年 or 二零二五年.

Why: parts of a report that came from different hands show it in their years. Which way it is, is `han_dates` in report.yml; without it
the rarer way is told of.

    wrong   於2024年動工，二零二五年落成
    right   於2024年動工，2025年落成
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import GAP, said

_HAN_YEAR = re.compile(r"[一二][零〇○一二三四五六七八九]{3}(?=年)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for language in report.languages:
        if language == "en":
            continue
        stretches = [
            stretch
            for stretch in said(edition)
            if stretch.language == language and stretch.kind not in ("heading", "caption")
        ]
        everything = "\n".join(stretch.text for stretch in stretches)
        han = language in report.han_dates or len(_HAN_YEAR.findall(everything)) > len(
            _YEAR.findall(everything)
        )
        rarer = _YEAR if han else _HAN_YEAR
        for stretch in stretches:
            for line in stretch.lines:
                for match in rarer.finditer(line.text):
                    before = line.text[: match.start()]
                    if before.count("《") > before.count("》") or GAP in match[0]:
                        continue
                    other = "Chinese numerals" if han else "digits"
                    yield warning(
                        "numerals-mixed",
                        stretch.at(root, line, *match.span()),
                        f'the report writes its years in {other}, not as "{match[0]}"',
                        "write all years alike",
                    )
