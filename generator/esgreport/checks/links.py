"""unknown-link: a link to a page, section or table of the report leads somewhere.

Why: a link that leads nowhere is dead on the web and a wrong reference in print. One without words, whose words are
generated from what it names, would have none.

    wrong   [our targets](a2_resources.md#target)      the section's id is targets
    right   [our targets](a2_resources.md#targets)
"""

from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.model import ANCHORED, HOME
from esgreport.printed import prose_of
from esgreport.schema import nearest
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    sections = {
        key: {item.id for item in page.items if isinstance(item, ANCHORED) and item.id}
        for key, page in report.pages.items()
    }
    for page in report.pages.values():
        for prose, _ in prose_of(report, page):
            for link in prose.links:
                target, _, section = link.target.partition("#")
                known = sections.get((target, page.language))
                if target == HOME != page.id:
                    yield blocking(
                        "unknown-link",
                        link.place,
                        "the home page is on the website alone, so the book cannot lead there",
                        "link to a page of the report",
                    )
                elif known is None:
                    pages = [name for name, language in sections if language == page.language]
                    yield blocking(
                        "unknown-link",
                        link.place,
                        f'there is no page "{target}" in {page.language}',
                        nearest(target, pages),
                    )
                elif section and section not in known:
                    yield blocking(
                        "unknown-link",
                        link.place,
                        f'the page "{target}" has no section or table "{section}"',
                        nearest(section, known),
                    )
