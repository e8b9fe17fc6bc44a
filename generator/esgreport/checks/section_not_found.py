"""section-not-found: what a sentence sends its reader to is in the report.

Why: “see Environmental Performance Data” outlived the chapter of that name. Read are sentences that send the reader to a name
in capitals or quotation marks, without a link: no page, section or table is called so. Laws, reports and websites are left alone.

    wrong   See Environmental Performance Data for the method.
    right   See [](a1_emissions.md#method) for the method.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import HAN, said

_SENDS = {
    "en": re.compile(
        r"\b(?:[Ss]ee|[Rr]efer to)(?: also)?(?: the)?(?: (?:section|chapter|table))? (?P<name>[A-Z][\w’&-]+(?: (?:(?:of|and|the|for|to|in|on) )?[A-Z][\w’&-]+){1,7}|“[^”]{4,80}”)"
    ),
    "zh": re.compile(
        rf"(?:參閱|請參考|參見|请参阅)(?P<name>「[^」]{{2,30}}」|[{HAN}]{{4,14}}(?=[，。；]))(?:一節|一章|部分)?"
    ),
}
_WORDS = ("See ", "see ", "efer to ", "參", "参")
_ELSEWHERE = re.compile(
    r"\b(?:Note|Notes|Law|Laws|Rules?|Ordinance|Regulations?|Code|Guide|Guidance|Guidelines|Standards?|Reports?|Appendix|Website|Act|Protocol|Policy|Manual)\b"
    r"|[附表圖下上本法例]|條例|守則|指引|準則|標準|報告|網站|年報|政策|手冊|規則|公告|單位|專家|國家"
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    called: dict[str, str] | None = None
    for stretch in said(edition):
        if not stretch.prose or stretch.kind == "heading":
            continue
        for line in stretch.lines:
            if not any(word in line.text for word in _WORDS):
                continue
            for match in _SENDS["en" if stretch.language == "en" else "zh"].finditer(line.text):
                name = match["name"].strip("“”「」")
                if _ELSEWHERE.search(name):
                    continue
                called = _names(edition) if called is None else called
                if name.casefold() not in called.get(stretch.language, ""):
                    yield warning(
                        "section-not-found",
                        stretch.at(root, line, *match.span("name")),
                        f'no page, section or table is called "{name}"',
                        "lead to it with a link, [](page.md#section), which keeps its title right",
                    )


def _names(edition: Edition) -> dict[str, str]:
    """All titles, headings and captions of each language, one on a line."""
    found: dict[str, list[str]] = {}
    for stretch in said(edition):
        if stretch.kind in ("heading", "caption", "name"):
            found.setdefault(stretch.language, []).append(stretch.text.casefold())
    return {language: "\n".join(names) for language, names in found.items()}
