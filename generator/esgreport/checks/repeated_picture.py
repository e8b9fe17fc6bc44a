"""repeated-picture: a picture illustrates one place of the report.

Why: a reader who meets the same photograph again takes it for padding, or for the wrong picture. Compared are the chapters in their
order, by file and by what the files hold; portraits, the cover and the home page may show again what a chapter shows.

    wrong   pictures: [molten_copper] in two chapters
    right   another picture, or a link to the first place
"""

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Box, Link, Page, Report
from esgreport.printed import words_of
from esgreport.views import Edition


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    shown = {
        language: [
            picture
            for id in report.page_order
            if (page := report.pages.get((id, language)))
            for picture in _illustrations(report, page)
        ]
        for language in report.languages
    }
    kinds = _by_content(root / "content", {p.target for pictures in shown.values() for p in pictures})
    for pictures in shown.values():
        first: dict[object, Link] = {}
        for picture in pictures:
            seen = first.setdefault(kinds[picture.target], picture)
            if seen is not picture:
                yield warning(
                    "repeated-picture",
                    picture.place,
                    f"{picture.target} is shown in {seen.place.path}, line {seen.place.line}, too",
                    "show another picture, or lead to the first place with a link",
                )


def _illustrations(report: Report, page: Page) -> Iterator[Link]:
    """The pictures of a page's text and blocks, each with the place that names it."""
    for item in page.items:
        for prose in words_of(report, item, page.language):
            yield from prose.pictures
        for name in item.record.names.get("pictures", ()) if isinstance(item, Box) else ():
            if name.text in report.pictures:
                yield Link(report.pictures[name.text].file.text, name.place)


def _by_content(folder: Path, targets: Collection[str]) -> dict[str, object]:
    """For each file what it is told apart by: its name, or where another one has as many bytes, these."""
    sizes = {target: (folder / target).stat().st_size for target in targets if (folder / target).is_file()}
    often = Counter(sizes.values())
    return {
        target: (folder / target).read_bytes() if often[sizes.get(target, -1)] > 1 else target
        for target in targets
    }
