"""The order of things: read, compute, check, word, lay out, write. Returns values; prints and exits nothing.

`examine` is all that needs neither a website nor a PDF; `build` goes on from there and leaves either a
complete new site or the old one untouched.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from esgreport import (
    __version__,
    answers,
    bilingual,
    checks,
    export,
    faces,
    interface,
    pdf,
    pictures,
    policy,
    press_sheet,
    search,
    share,
    site_engine,
)
from esgreport.acceptance import Accepted, read_accepted, sort_out, weighed
from esgreport.compute import Figures
from esgreport.diagnostics import (
    Diagnostic,
    Place,
    Severity,
    blocking,
    in_order,
    without_consequences,
    without_echoes,
)
from esgreport.finished import Finished, digest_of
from esgreport.finished_pdf import Attachment, FinishedPdf, archived, if_readable, read_pdf
from esgreport.framework import load_frameworks, other_names
from esgreport.framework.mappings import with_mapped_answers
from esgreport.index import index_rows
from esgreport.languages import LANGUAGE_NAMES
from esgreport.load import load
from esgreport.model import (
    BILINGUAL,
    FACES_FOLDER,
    HOME,
    IN_TWO_LANGUAGES,
    SIDE_BY_SIDE,
    Figure,
    Report,
    side_by_side,
)
from esgreport.output import (
    NotOurs,
    Scratch,
    files_below,
    files_in,
    recover,
    refuse_foreign,
    refuse_unlisted,
)
from esgreport.pictures import Separation
from esgreport.printed import cover_picture, pictures_of
from esgreport.proof import Due, Proof, Source, book_name, proofed
from esgreport.render import TemplateFault, Templates
from esgreport.schema import nearest
from esgreport.source import inside
from esgreport.trail import Folios, Titles, printings
from esgreport.views import ChartView, DownloadView, Edition, FileView, HeadingView, ReportView
from esgreport.workers import told, worked_out
from esgreport.writer import answer_views, index_view, names_and_periods, report_view

TOKENS, INKS, LOOK = "styles/tokens.css", "styles/tokens.press.css", "styles/web.css"
LOOK_SIDE_BY_SIDE = "styles/side_by_side.css"
# Profiles of a press that come with Ghostscript, on Debian and on macOS.
USUAL_PROFILES = (
    Path("/usr/share/color/icc/ghostscript/default_cmyk.icc"),
    Path("/opt/homebrew/share/ghostscript/iccprofiles/default_cmyk.icc"),
)
ANSWERS, CHARTS = "figures", "charts"  # folders of each website
ON_PRESS = ".print"  # what the file of a printer's edition is called after its language
SOURCES = ("data", "content", "templates", "generator", "tests", "docs", "benchmarks", "examples")
LOGO = "assets/logo.svg"
CARRIED = {
    ".csv": "text/csv",
    ".json": "application/json",
}  # by an archive edition, and of which type each is
WHAT_IS = {"figures": "Figures of the report", "content-index": "Content index of the report"}
# What a home page sets in a display face or a heavier weight; what is missed here makes it ask for one more file of a face.
_LARGE_ON_HOMES = re.compile(
    r"<(h[1-6]|th|b|strong|blockquote)\b.*?</\1>|<div class=\"[^\"]*er-part--plain.*?</div>|aria-current=\"page\">[^<]+|"
    r"placeholder=\"[^\"]*\"|"
    r"class=\"[^\"]*(?:title|lead|btn|brand|menu__part|status)\b[^\"]*\"[^>]*>(?:\s*<[^/][^>]*>)*[^<]+(?:</[^>]*>[^<]*)?",
    re.DOTALL,
)
MOST_PIXELS_ON_SCREEN = 1_680  # of the longer side
MOST_PIXELS_IN_PRINT = 2_500  # 300 to the inch over the whole width of a page, and its bleed
MOST_PIXELS_ON_PRESS = 3_600  # the same over its height
_JPEG_ON_PRESS = re.compile(r'(="content/assets/[^"]+\.png)(?=")')  # a PNG has no four inks
OPEN_PLACES = (
    "missing-value",
    "factor-without-name",
)  # what a page names is not there: it prints as [to come]
Tell = Callable[[str], None]
Check = Callable[[Edition, Path], list[Diagnostic]]


class CannotBuild(Exception):
    """What was asked for cannot be made; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A report read and checked; `edition` is None when nothing could be read."""

    root: Path
    edition: Edition | None
    findings: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Open findings that stop a final build."""
        return tuple(f for f in self.findings if f.severity == Severity.ERROR)

    @property
    def stops(self) -> bool:
        """Whether nothing may be written."""
        return self.edition is None or _stops(self.edition.report, self.findings)


@dataclass(frozen=True, slots=True)
class Build:
    """What a build came to. `written` lists files below the output folder."""

    examined: Examined
    findings: tuple[Diagnostic, ...]
    written: tuple[str, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)


def _stops(report: Report, findings: Sequence[Diagnostic]) -> bool:
    """Whether findings stop a build: one blocks, or the report is final and one is an error."""
    return any(f.blocking or (report.final and f.severity == Severity.ERROR) for f in findings)


def examine(root: Path, jobs: int = 1) -> Examined:
    """Read the project at `root`, work its figures out, check it, by `jobs` processes at a time.

    Raises:
        FileNotFoundError: the print faces are not on this machine.
    """
    return looked_through(read(root), partial(checks.check, jobs=jobs))


@dataclass(frozen=True, slots=True)
class Read:
    """A report read and worked out, not checked; `edition` is None when nothing could be read."""

    root: Path
    report: Report | None
    edition: Edition | None
    findings: tuple[Diagnostic, ...]


def read(root: Path) -> Read:
    """Read the project at `root` and work its figures out."""
    report, found = load(root)
    if report is None or report.period not in report.periods:
        return Read(root, report, None, tuple(found))
    frameworks, unloaded = load_frameworks(report, root)
    report, unmapped = with_mapped_answers(report, frameworks)
    figures = Figures(report)
    rows = {id: index_rows(report, figures, framework) for id, framework in frameworks.items()}
    edition = Edition(report, figures, frameworks, rows)
    return Read(root, report, edition, (*found, *unloaded, *unmapped))


def looked_through(found: Read, check: Check) -> Examined:
    """A report checked, its findings weighed and sorted into open and accepted ones.

    Raises:
        FileNotFoundError: the print faces are not on this machine.
    """
    root, report, edition = found.root, found.report, found.edition
    entries, misread = read_accepted(root)
    findings = [*found.findings, *misread]
    if edition is not None:
        interface.learn(other_names(edition.frameworks, interface.spoken()))
        findings += check(edition, root)
    findings = without_echoes(without_consequences(findings, report.unread if report else ()))
    findings = weighed(findings, report.severities if report else {})
    if report is not None and report.final:  # no reason lets a board sign a page with a hole in it
        findings = [replace(f, blocking=f.blocking or f.code in OPEN_PLACES) for f in findings]
    open_findings, accepted = sort_out(in_order(findings), entries)
    return Examined(root, edition, in_order(open_findings), tuple(accepted))


def listed_figures(edition: Edition) -> tuple[Figure, ...]:
    """Authored cells, totals, declared intensities and formulas, then every other figure that is printed or shown to
    who asks a printed one, and what they follow from."""
    figures = edition.figures
    listed = {figure.id: figure for figure in figures.declared()}
    listed |= answers.with_inputs(figures, [*answers.printed(figures), *listed])
    listed |= answers.with_inputs(figures, answers.changes(figures, listed))
    return tuple(listed.values())


def input_digest(root: Path, templates: Templates) -> str:
    """SHA-256 over everything that the output depends on, names and contents, wherever it lies."""
    digest = hashlib.sha256(f"esgreport {__version__}\n".encode())
    if (root / "mkdocs.yml").is_file():
        digest.update((root / "mkdocs.yml").read_bytes())
    folders = [(name, root / name) for name in ("data", "content")]
    folders += [("templates", folder) for folder in templates.folders]
    folders.append(("esgreport", Path(__file__).parent))
    for label, folder in folders:
        for path in files_below(folder):
            relative = path.relative_to(folder)
            if not any(part.startswith((".", "__pycache__")) for part in relative.parts):
                digest.update(f"{label}/{relative.as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build(
    root: Path,
    out: Path,
    only: Sequence[str] = (),
    languages: Sequence[str] = (),
    jobs: int = 2,
    tell: Tell = lambda text: None,
) -> Build:
    """Check the project at `root` and write its editions into `out`, all or nothing.

    Args:
        only: which editions to make, some of EDITIONS and FURTHER_EDITIONS; those that the report asks for when empty.
        languages: which of the report's languages; all when empty.
        jobs: processes at a time.
        tell: is told what is being done.

    Raises:
        CannotBuild: `out` holds files that are not a build's, or a language is not one of the report's.
        FileNotFoundError: the print faces are not on this machine.
        ChildProcessError: a process that lays out a PDF was ended from outside.
        OSError: the output folder cannot be written.
    """
    _refuse_output(root, out)
    recover(out)
    tell("reading and checking")
    examined = examine(root, jobs)
    if examined.edition is None:
        return Build(examined, examined.findings)
    edition = examined.edition
    wanted = _languages(edition.report, languages)
    for name in (name for name in only if name in IN_TWO_LANGUAGES and not side_by_side(wanted)):
        raise CannotBuild(
            f"the {name} edition sets Chinese beside English; this build is in {' and '.join(wanted)} alone"
        )
    if examined.stops:
        return Build(examined, examined.findings)
    with Scratch(out) as scratch:
        maker = Maker(root, scratch.work, edition, wanted, max(1, jobs), tell)
        try:
            found = maker.make(only or edition.report.editions)
        except TemplateFault as fault:
            found = [_of_template(fault)]
        findings = in_order([*examined.findings, *weighed(found, edition.report.severities)])
        if _stops(edition.report, findings):
            return Build(examined, findings)
        tell("putting the new site in place")
        written = files_in(maker.new)
        scratch.publish(maker.new)
    _remember(root, maker.digest, maker.folios)
    return Build(examined, findings, written, maker.pages)


Books = Mapping[str, FinishedPdf | None]  # by language; None for one that cannot be read


def read_books(report: Report, finished: Finished, jobs: int = 2, tell: Tell = lambda text: None) -> Books:
    """The reading PDFs of a finished build, read back.

    Raises:
        ChildProcessError: a process that reads a PDF was ended from outside.
    """
    tell("reading the PDFs back")
    paths = {x: finished.folder / book_name(report.slug, x) for x in report.languages}
    paths = {language: path for language, path in paths.items() if path.is_file()}
    calls = [partial(if_readable, read_pdf, path) for path in paths.values()]
    return dict(zip(paths, worked_out(calls, jobs, "the reading of a PDF"), strict=True))


def accepted_with_reasons(examined: Examined) -> list[tuple[Diagnostic, Accepted]]:
    """The accepted findings of a report, each with the entry of the list that accepts it."""
    entries, _ = read_accepted(examined.root)
    return [(found, next(e for e in entries if e.meets(found))) for found in examined.accepted]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the making of parts came to: the PDFs by their file names, none where findings stop it.

    `counted`: page numbers are those that the parts have in the whole book, or those that were asked for.
    """

    examined: Examined
    findings: tuple[Diagnostic, ...]
    made: Mapping[str, pdf.Layout] = field(default_factory=dict)
    counted: bool = True


def make_parts(
    root: Path,
    page: str = "",
    languages: Sequence[str] = (),
    first_folio: int | None = None,
    jobs: int = 2,
    tell: Tell = lambda text: None,
) -> Parts:
    """Lay out one chapter in each language, or the whole book without covers when `page` is empty.

    Args:
        page: the id of the chapter.
        languages: which of the report's languages; all when empty.
        first_folio: the number of the first page. Without it a chapter has the numbers of the last build, if that was of the
            same input, and the whole the one that the report gives.

    Raises:
        CannotBuild: the report has no such chapter, or not such a language.
        FileNotFoundError, ChildProcessError: as for `build`.
    """
    tell("reading and checking")
    examined = examine(root, jobs)
    edition = examined.edition
    if edition is None or examined.stops:
        return Parts(examined, examined.findings)
    wanted = _languages(edition.report, languages)
    with tempfile.TemporaryDirectory(prefix="esgreport-parts-") as folder:
        maker = Maker(root, Path(folder), edition, wanted, max(1, jobs), tell)
        views = {code: replace(view, covers=False) for code, view in maker.views.items()}
        chapters = {
            code: next((each for each in view.pages if each.id == page), None) for code, view in views.items()
        }
        if page and not any(chapters.values()):
            known = [each.id for view in views.values() for each in view.pages]
            raise CannotBuild(f'the report has no chapter "{page}"; {nearest(page, known)}')
        whole = remembered_folios(root) if page and first_folio is None else {}
        tell("laying out the PDFs" if len(views) > 1 else "laying out the PDF")
        findings = list(maker.write_print())
        calls, counted = {}, True
        for code, view in views.items():
            chapter, folios = chapters[code], whole.get(code, {})
            if page and chapter is None:
                continue
            first = first_folio or int(folios.get(page, 1 if page else edition.report.book.first_folio))
            counted = counted and bool(first_folio or not page or folios)
            name = f"{view.slug}.{code}.{page or 'without-covers'}.pdf"
            title = f"{view.company} {view.year} {view.title}"
            try:
                book = maker.templates.book(view, maker.logo, only=page, folios=folios)
            except TemplateFault as fault:
                return Parts(examined, in_order([*examined.findings, _of_template(fault)]))
            calls[name] = partial(
                maker.layout(code, view, book),
                title=f"{title} – {chapter.title}" if chapter else title,
                identifier=hashlib.sha256(name.encode()).digest()[:16],
                first_folio=first,
            )
        layouts = worked_out(list(calls.values()), maker.jobs, "the layout of a PDF")
        findings += [finding for layout in layouts for finding in layout.findings]
    found = in_order([*examined.findings, *weighed(findings, edition.report.severities)])
    made = {} if _stops(edition.report, found) else dict(zip(calls, layouts, strict=True))
    return Parts(examined, found, made, counted)


@dataclass(frozen=True, slots=True)
class Export:
    """What an export came to: the names of the files, none where findings stop it; `paged`: they hold the page numbers of
    the last build."""

    examined: Examined
    written: tuple[str, ...] = ()
    paged: bool = False


def export_data(
    root: Path, out: Path, licence: str = "", jobs: int = 2, tell: Tell = lambda text: None
) -> Export:
    """Write figures and content indexes of the project at `root` into the folder `out`, all or nothing.

    Raises:
        CannotBuild: `out` holds files that no export wrote, or is published.
        FileNotFoundError, OSError: as for `build`.
    """
    _refuse_sources(root, out)
    if out.is_relative_to(root / "site"):
        raise CannotBuild(f"{out} is published with the report; choose another folder")
    try:
        kept = json.loads((out / export.PACKAGE).read_text(encoding="utf-8"))["resources"]
        listed = {str(resource["path"]) for resource in kept}
    except (OSError, ValueError, TypeError, KeyError):
        listed = set()
    try:
        refuse_unlisted(out, listed, export.PACKAGE, "export")
    except NotOurs as reason:
        raise CannotBuild(f"{reason}; choose an empty or new folder") from None
    recover(out)
    tell("reading and checking")
    examined = examine(root, jobs)
    if examined.edition is None or examined.stops:
        return Export(examined)
    with Scratch(out) as scratch:
        maker = Maker(
            root, scratch.work, examined.edition, examined.edition.report.languages, max(1, jobs), tell
        )
        maker.folios |= remembered_folios(root)
        maker.make_export(licence)
        written = tuple(path.name for path in files_below(maker.new))
        scratch.publish(maker.new)
    return Export(examined, written, bool(maker.folios))


def _languages(report: Report, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of the report's languages that are wanted, all when none is named."""
    for language in wanted:
        if language not in report.languages:
            raise CannotBuild(
                f'the report has no language "{language}"; it has {" and ".join(report.languages)}'
            )
    return tuple(x for x in report.languages if not wanted or x in wanted)


def _of_template(fault: TemplateFault) -> Diagnostic:
    return blocking(
        "template", fault.place, str(fault), "correct the template; an undefined name always fails"
    )


def call_figures(
    examined: Examined, finished: Finished, pdfs: Books, tell: Tell = lambda text: None
) -> Proof:
    """Hold every number of a finished build, and of its PDFs as they were read back, against the report as it is now.

    Raises:
        FileNotFoundError: the build has no data files.
    """
    edition = examined.edition
    assert edition is not None
    tell("comparing the numbers")
    reasons = [
        (finding, f"accepted: {entry.reason} ({entry.owner})")
        for finding, entry in accepted_with_reasons(examined)
    ]
    source = Source(
        edition,
        tuple(Due(id, place.language, place.page, place.section) for id, place in printings(edition, {})),
        {str(figure.id): export.figure_record(edition.report, figure) for figure in listed_figures(edition)},
        input_digest(examined.root, Templates(examined.root)),
        examined.findings,
        reasons,
    )
    return proofed(source, finished, pdfs)


def day_of_files(report: Report) -> date:
    """The day that files carry: never the clock's, but one of the report."""
    return report.dates.get("published") or report.dates.get("approved") or report.periods[report.period].end


def holds_sources(root: Path, out: Path) -> bool:
    """Whether a folder holds sources of the report, or lies among them."""
    sources = [root / name for name in SOURCES]
    sources += [path for path in root.glob(".*") if path.is_dir()]
    return root.is_relative_to(out) or any(out.is_relative_to(source) for source in sources)


def _refuse_output(root: Path, out: Path) -> None:
    """Never put a site in the place of sources or of somebody's other files."""
    _refuse_sources(root, out)
    try:
        refuse_foreign(out)
    except NotOurs as reason:
        raise CannotBuild(f"{reason}; choose an empty or new folder with --out") from None


def _refuse_sources(root: Path, out: Path) -> None:
    """Never put anything in the place of sources."""
    if holds_sources(root, out):
        raise CannotBuild(f"{out.name or out} holds sources of the report; choose another folder")


@dataclass(frozen=True, slots=True)
class _Pages:
    """A language's pages as they are handed to the site engine; `cover` is the report without them."""

    tree: site_engine.SiteTree
    cover: ReportView
    addresses: Sequence[str]


class Maker:
    """Makes a build's files in a scratch folder, which may hold those of an earlier one."""

    def __init__(
        self,
        root: Path,
        scratch: Path,
        edition: Edition,
        languages: Sequence[str],
        jobs: int,
        tell: Tell,
    ) -> None:
        self.root, self.scratch, self.edition, self.languages = root, scratch, edition, languages
        self.pair: tuple[str, str] | None = None  # the languages that have pages side by side
        self.worded: dict[str, ReportView] = {}
        self.templates = Templates(root, self.cache("templates"))
        self.jobs, self.tell = jobs, tell
        self.new = scratch / "site"
        self.new.mkdir(exist_ok=True)
        self.folios: dict[str, Mapping[str, str]] = {}
        self.pages: dict[str, int] = {}  # of PDFs by what their names say after the slug
        self.layouts: dict[str, pdf.Layout] = {}
        self.pictures: dict[tuple[Path, int], tuple[bytes, str]] = {}
        self.faces = faces.faces_folder(root)
        self.own_faces = tuple(
            faces.own_face((root / FACES_FOLDER / name.text).resolve(), role)
            for role, names in edition.report.own_faces.items()
            for name in names
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that goes in."""
        return input_digest(self.root, self.templates)

    def make(self, only: Sequence[str]) -> list[Diagnostic]:
        findings: list[Diagnostic] = []
        self.pair = side_by_side(self.languages) if SIDE_BY_SIDE in only else None
        if books := self.books(only):
            findings += self.make_pdfs(books, kept_back=() if "pdf" in only else self.languages)
        if "data" in only or "archive" in only:
            folder = (self.new if "data" in only else self.scratch) / "data"
            self.make_data(folder)
            if "archive" in only:
                self.make_archive(folder)
        if "web" in only or SIDE_BY_SIDE in only:
            findings += self.make_sites()
        self.record()
        return findings

    def view(self, language: str) -> ReportView:
        """The report worded in one language, with the languages of this build; worded once, for all editions."""
        if language in self.worded:
            return self.worded[language]
        view = report_view(self.edition, language)
        made = {other.code: other for other in view.languages if other.code in self.languages}
        pair = tuple(made[code] for code in self.pair or ())
        self.worded[language] = replace(view, languages=tuple(made.values()), side_by_side=pair)
        return self.worded[language]

    @property
    def views(self) -> Mapping[str, ReportView]:
        """All of them."""
        return {language: self.view(language) for language in self.languages}

    # ---- print

    def books(self, only: Sequence[str]) -> dict[str, ReportView]:
        """The books that are made, by what their files are called after the slug."""
        books = dict(self.views) if "pdf" in only or "archive" in only else {}
        pair = side_by_side(self.languages) if BILINGUAL in only else None
        if pair:
            ours, theirs = (self.views[language] for language in pair)
            books[BILINGUAL] = bilingual.brought_together(ours, theirs)
        if "print" in only:
            books |= {f"{language}{ON_PRESS}": view for language, view in self.views.items()}
        return books

    def make_pdfs(self, books: Mapping[str, ReportView], kept_back: Sequence[str] = ()) -> list[Diagnostic]:
        """Lay the books out, and write all but those that are kept back for another edition."""
        findings: list[Diagnostic] = []
        self.tell("laying out the PDFs" if len(books) > 1 else "laying out the PDF")
        findings += self.write_print()
        on_press = [name for name in books if name.endswith(ON_PRESS)]
        press = self.press() if on_press else None
        if press:
            findings += self.write_pictures(
                self.scratch / "press" / "content", MOST_PIXELS_ON_PRESS, press=Separation(press.profile)
            )
        worded = {name.removesuffix(ON_PRESS): view for name, view in books.items()}
        texts = {name: self.templates.book(view, self.logo) for name, view in worded.items()}
        calls = [
            self.layout(name, view, texts[name.removesuffix(ON_PRESS)], press if name in on_press else None)
            for name, view in books.items()
        ]
        layouts = worked_out(calls, self.jobs, "the layout of a PDF")
        for name, layout in zip(books, layouts, strict=True):
            findings += layout.findings
            self.layouts[name], self.folios[name] = layout, layout.folios
            if name not in kept_back:
                layout.write(self.new / self.pdf_name(name))
                self.pages[name] = layout.pages
            if press and name in on_press:
                width, height = self.edition.report.book.trim
                path = self.new / self.pdf_name(name)
                sheet = press_sheet.sheet(path.name, layout, press, (str(width), str(height)))
                _write(path.with_suffix(".txt"), sheet)
        return findings

    def make_archive(self, data: Path) -> None:
        """The books of the archive: the pages that are laid out, with the files of the folder `data`."""
        self.tell("making the archive edition")
        carried = [
            Attachment(
                path.name, path.read_bytes(), CARRIED[path.suffix], WHAT_IS[path.name.partition(".")[0]]
            )
            for path in files_below(data)
            if path.suffix in CARRIED
        ]
        layouts = {language: self.layouts[language] for language in self.languages}
        colours = pdf.colour_profile()
        calls = [
            partial(archived, layout.content, carried, colours, self.moment()) for layout in layouts.values()
        ]
        made = worked_out(calls, self.jobs, "the making of the archive edition")
        for (language, layout), content in zip(layouts.items(), made, strict=True):
            replace(layout, content=content).write(self.new / self.pdf_name(f"{language}.archive"))
            self.pages[f"{language}.archive"] = layout.pages

    def press(self) -> pdf.Press:
        """How the printer's edition is made.

        Raises:
            CannotBuild: the report names no profile of a press, and this machine has none.
        """
        book = self.edition.report.book
        usual = next((path for path in USUAL_PROFILES if path.is_file()), None)
        path = self.root / "content" / book.profile.text if book.profile else usual
        if path is None:
            raise CannotBuild(
                "the printer's edition needs the ICC profile of a press: name the printer's under print: profile in "
                "data/report.yml, or install the usual one (on Debian or Ubuntu: apt-get install libgs-common)"
            )
        return pdf.Press(
            profile=path.read_bytes(),
            inks=self.templates.layers(INKS),
            made=self.moment().strftime("%Y-%m-%dT%H:%M:%SZ"),
            marks=book.marks,
            multiple_of=book.multiple_of,
            back_cover=book.covers,
        )

    def write_print(self) -> Iterator[Diagnostic]:
        """What the pages of a book need beside their text."""
        yield from self.write_pictures(self.scratch / "print" / "content", MOST_PIXELS_IN_PRINT)
        _write(self.scratch / "faces.css", faces.own_layer(self.own_faces, self.tokens()))

    @property
    def logo(self) -> str:
        """The address of the company's logo from the pages of a book; empty if there is none."""
        name = f"content/{LOGO}"
        return name if (self.scratch / "print" / name).is_file() else ""

    def layout(
        self, name: str, view: ReportView, book: str, press: pdf.Press | None = None
    ) -> partial[pdf.Layout]:
        """How a book is laid out, once `write_print` is through: a call that another process can make."""
        format = self.edition.report.book
        sheets = [
            *self.templates.layers(TOKENS),
            self.scratch / "faces.css",
            self.templates.file("styles/print.css"),
        ]
        folder = self.scratch / ("press" if press else "print")
        return partial(
            pdf.lay_out,
            _JPEG_ON_PRESS.sub(r"\1.jpg", book) if press else book,
            folder=folder,
            allowed=[folder / "content" / "assets"],
            faces=self.faces,
            # beside English, one Chinese has no other's face to be mistaken in
            languages=(view.language.code, view.beside.code)
            if view.beside
            else self.edition.report.languages,
            own_faces=self.own_faces,
            stylesheets=sheets,
            language=view.language.tag,
            title=bilingual.plain(f"{view.company} {view.year} {view.title}"),
            identifier=hashlib.sha256(f"{view.slug} {name}".encode()).digest()[:16],
            size=(str(format.trim[0]), str(format.trim[1])),
            first_folio=format.first_folio,
            press=press,
        )

    def pdf_name(self, book: str) -> str:
        return book_name(self.edition.report.slug, book)

    # ---- data

    def make_data(self, folder: Path) -> None:
        self.tell("writing data files")
        report, edition = self.edition.report, self.edition
        folder.mkdir(exist_ok=True)
        records = [export.figure_record(report, figure) for figure in self.listed]
        _write(folder / "figures.json", export.figures_json(report, records))
        _write(folder / "figures.csv", export.figures_csv(report, records))
        titles = section_titles(self.views)
        for id, rows in edition.rows.items():
            record = export.index_record(report, id, rows, titles, self.folios)
            _write(folder / f"content-index.{id}.json", export.index_json(record))
            _write(folder / f"content-index.{id}.csv", export.index_csv(report, record))
            for language, whole in self.views.items():
                if sheet := self.index_sheet(id, language, whole):
                    (folder / f"content-index.{id}.{language}.xlsx").write_bytes(sheet.workbook())

    def index_sheet(self, framework: str, language: str, view: ReportView) -> export.Sheet | None:
        """A content index to read."""
        index = index_view(self.edition, framework, language)
        return export.index_sheet(index, view.words, self.folios.get(language, {})) if index else None

    def make_export(self, licence: str) -> None:
        """The data files, and beside them the figures as workbooks, all in each language's words as CSV too, and what they are."""
        self.make_data(self.new)
        report = self.edition.report
        for language, view in self.views.items():
            names = names_and_periods(self.edition, language, (figure.id for figure in self.listed))
            sheet = export.figures_sheet(report, self.listed, names, language)
            (self.new / f"figures.{language}.xlsx").write_bytes(sheet.workbook())
            _write(self.new / f"figures.{language}.csv", sheet.csv())
            for id in self.edition.rows:
                if index := self.index_sheet(id, language, view):
                    _write(self.new / f"content-index.{id}.{language}.csv", index.csv())
        records = [export.figure_record(report, figure) for figure in self.listed]
        files = {path.name: path.read_bytes() for path in files_below(self.new)}
        first = next(iter(self.views.values()))
        title = f"{first.company} {first.year} {first.title}"
        _write(self.new / export.PACKAGE, export.data_package(report, records, files, title, licence))

    # ---- web

    def make_sites(self) -> list[Diagnostic]:
        self.tell("building the websites")
        findings: list[Diagnostic] = []
        overrides, listed = self.overrides(), self.listed  # for all languages
        pages: dict[str, _Pages] = {}
        makers = [partial(self.make_site, language, overrides, listed) for language in self.languages]
        if self.pair:
            makers.append(partial(self.make_side_by_side, overrides))
        with site_engine.Engines(self.jobs, self.epoch()) as engines:
            for _, made in told(makers, self.jobs, "the making of a website"):
                if isinstance(made, _Pages):
                    pages[made.tree.language] = made
                    engines.start(made.tree)
                else:
                    findings += made
            if any(finding.blocking for finding in findings):
                return findings
            findings += engines.finish()
        if not any(finding.blocking for finding in findings):
            covers = [pages[language].cover for language in self.languages]
            _write(
                self.new / "index.html",
                self.templates.language_choice(covers, self.edition.report.site_url),
            )
            for language in self.languages:
                _move_files(pages[language].tree.out, self.new / language)
            self.write_faces()
            last: list[Callable[[], Iterator[Diagnostic]]] = [
                partial(self.write_search, language, pages[language].addresses) for language in self.languages
            ]
            if self.pair:  # after the faces, which need to know no more than what each language says
                last.append(partial(self.write_side_by_side, pages[SIDE_BY_SIDE]))
            findings += [finding for _, finding in told(last, self.jobs, "the making of a search")]
            self.write_headers()
        return findings

    def make_site(
        self, language: str, overrides: Path, listed: Sequence[Figure]
    ) -> Iterator[_Pages | list[Diagnostic]]:
        """A language's website: first what the site engine takes, then, while that is at work, all else, and what was found."""
        view = self.view(language)
        (self.new / language).mkdir()
        findings = list(self.write_pages(language, view))
        cover = replace(view, parts=(), home=None)
        yield _Pages(self.tree(language, view, overrides), cover, [f"{page.id}.html" for page in view.pages])
        findings += self.write_pictures(self.new / language, MOST_PIXELS_ON_SCREEN, language)
        self.write_answers(language, view, listed)
        self.write_charts(language, view)
        yield findings

    def make_side_by_side(self, overrides: Path) -> Iterator[_Pages | list[Diagnostic]]:
        """The pages of two languages beside each other, for the site engine. All but the pages themselves is the languages' own."""
        assert self.pair
        ours, theirs = (self.view(language) for language in self.pair)
        view = bilingual.brought_together(ours, theirs)
        docs = self.scratch / "pages" / SIDE_BY_SIDE
        docs.mkdir(parents=True, exist_ok=True)
        yield list(self.write_pictures(docs, MOST_PIXELS_ON_SCREEN, only=[LOGO]))
        for page in view.pages:
            _write(docs / f"{page.id}.md", self.templates.page(page, view))
        _write(docs / "index.md", self.templates.home(view, ()))
        yield _Pages(self.tree(SIDE_BY_SIDE, view, overrides), replace(view, parts=(), home=None), ())

    def write_side_by_side(self, made: _Pages) -> Iterator[Diagnostic]:
        """The finished pages of two languages beside each other, in a folder that has little else: pictures, faces, charts and
        answers are those of the languages."""
        folder, finished = self.new / SIDE_BY_SIDE, list(made.tree.out.glob("*.html"))
        own = {site_engine.STYLES_SIDE_BY_SIDE, *(path.name for path in finished)}

        @cache
        def home(name: str) -> str:
            whose = (code for code in self.pair or () if (self.new / code / html.unescape(name)).is_file())
            return next((f"../{code}/" for code in whose if name not in own), "")

        (folder / "assets").mkdir(parents=True)
        (folder / "search").mkdir()
        for path in finished:
            page = self.templates.side_by_side(path.read_text(encoding="utf-8"), made.cover, home)
            _write(folder / path.name, page)
        shutil.copyfile(self.templates.file(LOOK_SIDE_BY_SIDE), folder / site_engine.STYLES_SIDE_BY_SIDE)
        _write(folder / "search" / "search_index.json", search.NOTHING)
        yield from ()

    def write_pages(self, language: str, view: ReportView) -> Iterator[Diagnostic]:
        """A language's pages as the site engine takes them, with what belongs to all of them."""
        docs = self.scratch / "pages" / language
        assets = docs / "assets"
        assets.mkdir(parents=True, exist_ok=True)
        tokens = self.tokens()
        layer = faces.own_layer(self.own_faces, tokens)
        _write(assets / "tokens.css", f"{tokens}\n{layer}" if layer else tokens)
        _write(assets / "web.js", self.templates.script())
        for name in ("web/search.js", "web/data.js"):
            shutil.copyfile(self.templates.file(name), assets / Path(name).name)
        yield from self.write_pictures(docs, MOST_PIXELS_ON_SCREEN, only=[LOGO])
        if self.edition.report.site_url:  # others ask for it by its whole address
            sheets = [path.read_text(encoding="utf-8") for path in self.templates.layers(TOKENS)]
            (docs / site_engine.SHARED).write_bytes(share.picture(view, sheets, self.our_faces()))
        for page in view.pages:
            _write(docs / f"{page.id}.md", self.templates.page(page, view))
        _write(docs / "index.md", self.templates.home(view, self.downloads(language)))

    def tree(self, name: str, view: ReportView, overrides: Path) -> site_engine.SiteTree:
        """The order to the site engine for one language, or for pages side by side."""
        report, docs = self.edition.report, self.scratch / "pages" / name
        published, period = report.dates.get("published"), report.periods[report.period]
        config = site_engine.site_config(
            view,
            docs=docs,
            overrides=overrides,
            site_url=report.site_url,
            features=report.engine_features,
            published=published.isoformat() if published else "",
            covers=f"{period.start}/{period.end}",
        )
        return site_engine.SiteTree(name, config, docs, self.scratch / "engine" / name)

    def write_headers(self) -> None:
        """What a web server should send with the site: see `policy`."""
        pages = (path.read_text(encoding="utf-8") for path in files_below(self.new) if path.suffix == ".html")
        folder = self.new / "headers"
        folder.mkdir()
        for name, text in policy.snippets(policy.headers(pages, draft=not self.edition.report.final)).items():
            _write(folder / name, text)

    def write_search(self, language: str, addresses: Sequence[str]) -> Iterator[Diagnostic]:
        """What the search of a language knows, read from its finished pages."""
        report, folder = self.edition.report, self.new / language
        pages = [(name, (folder / name).read_text(encoding="utf-8")) for name in addresses]
        index = search.read_index(pages, search.names(report, language), search.same_words(report, language))
        (folder / "search").mkdir(exist_ok=True)
        _write(folder / "search" / "sections.json", index.written())
        _write(folder / "search" / "search_index.json", search.NOTHING)
        yield from search.unfound_terms(report, language, index)

    def write_answers(self, language: str, view: ReportView, listed: Sequence[Figure]) -> None:
        """What is told of figures that readers of a language ask, a file for each metric."""
        folder = self.new / language / ANSWERS
        answers = answer_views(self.edition, language, {figure.id: figure for figure in listed})
        for metric, answered in answers.items():
            folder.mkdir(exist_ok=True)
            _write(folder / f"{metric}.js", self.templates.answers(answered, view.words))

    def write_charts(self, language: str, view: ReportView) -> None:
        """Each chart of a language as a drawing and as a table to take away."""
        sheets, folder = self.templates.layers(TOKENS), self.new / language / CHARTS
        for chart in (
            piece for page in view.web_pages for piece in page.body if isinstance(piece, ChartView)
        ):
            folder.mkdir(exist_ok=True)
            drawing = pdf.coloured(self.templates.chart(chart, view), sheets, view.language.tag)
            _write(folder / f"{chart.file}.svg", drawing)
            _write(folder / f"{chart.file}.csv", export.chart_csv(chart, view.words))

    @cached_property
    def listed(self) -> tuple[Figure, ...]:
        """The figures that are published."""
        return listed_figures(self.edition)

    def overrides(self) -> Path:
        """The theme's overrides, file by file: those of the project in the place of those of the tool."""
        folder = self.scratch / "overrides"
        for templates in reversed(self.templates.folders):
            if (templates / "web/overrides").is_dir():
                shutil.copytree(templates / "web/overrides", folder, dirs_exist_ok=True)
        return folder

    def write_faces(self) -> None:
        """The faces that the finished pages need, the same in every language."""
        self.tell("cutting the faces of the websites")
        first, *others = (self.new / language / "assets" for language in self.languages)
        shown = {
            path: html.unescape(path.read_text(encoding="utf-8"))
            for path in files_below(self.new)
            if path.suffix == ".html" or (path.suffix == ".js" and path.parent.name == ANSWERS)
        }
        interface = "".join(map(site_engine.interface_text, self.languages))
        text = "".join(shown.values()) + interface
        # A page in English asks for the Chinese of names only, a home page for its own, of most weights for few characters.
        homes = {path: words for path, words in shown.items() if path.name == "index.html"}
        in_latin, homes_in_latin = (
            "".join(words for path, words in some.items() if not path.parent.name.startswith("zh"))
            for some in ({path: words for path, words in shown.items() if path.suffix == ".html"}, homes)
        )
        own = "".join(homes.values())
        large = "".join(match[0] for match in _LARGE_ON_HOMES.finditer(own))
        parts = (homes_in_latin, large, own + interface, in_latin)
        css = faces.write_web_faces(self.our_faces(), text, first, cache=self.cache("web-faces"), first=parts)
        sheet = self.templates.file(LOOK).read_text(encoding="utf-8")
        for assets in (first, *others):
            _write(
                assets / Path(LOOK).name, f"{css}\n{sheet}"
            )  # one file, because each that a page asks for takes its time
        for assets in others:
            shutil.copytree(first / "faces", assets / "faces")

    def our_faces(self) -> tuple[faces.Face, ...]:
        return (*faces.load_faces(self.faces, self.edition.report.languages), *self.own_faces)

    def tokens(self) -> str:
        """The tokens of the tool, and after them those of the project."""
        return "\n".join(path.read_text(encoding="utf-8") for path in self.templates.layers(TOKENS))

    def write_pictures(
        self,
        folder: Path,
        most: int,
        language: str = "",
        only: Sequence[str] = (),
        press: Separation | None = None,
    ) -> Iterator[Diagnostic]:
        """The pictures that pages of a language name, made ready, and the logo; without a language those of the book.
        Nothing else of content/assets is published. For a press they are JPEG in its inks."""
        report = self.edition.report
        content = self.root / "content"
        wanted = {
            picture.target
            for (_, code), page in report.pages.items()
            if language in ("", code)
            for picture in pictures_of(report, page)
        }
        if not language:
            wanted |= {picture.target for picture in cover_picture(report)}
        for name in only or sorted(wanted | {LOGO}):
            source = content / name
            if name == LOGO and not source.is_file():
                continue
            ready, fault = self.prepared(source, most, press)
            if fault:
                yield blocking("unsafe-picture", Place(f"content/{name}"), f"{name}: {fault}")
                continue
            target = folder / (f"{name}.jpg" if press and name.lower().endswith(".png") else name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(ready)

    def prepared(self, source: Path, most: int, press: Separation | None = None) -> tuple[bytes, str]:
        """A picture as it is published, or why it cannot be; looked at and made ready once for all languages."""
        if not inside(self.root / "content", source):
            return b"", "it is a link to a file outside content/"
        if (source, most) not in self.pictures:
            content = source.read_bytes()
            fault = pictures.fault(content, source.suffix)
            self.pictures[source, most] = (
                b"" if fault else self.made_ready(content, source.suffix, most, press),
                fault,
            )
        return self.pictures[source, most]

    def made_ready(self, content: bytes, suffix: str, most: int, press: Separation | None = None) -> bytes:
        """A picture as it is published, from the project's cache where it was made before."""
        kept = self.cache("pictures")
        if not kept:
            return pictures.prepared(content, suffix, most, press)
        path = kept / pictures.key(content, suffix, most, press)
        if not path.is_file():
            part = path.with_suffix(f".{os.getpid()}")  # another build may be writing the same file
            part.write_bytes(pictures.prepared(content, suffix, most, press))
            part.replace(path)
        return path.read_bytes()

    def cache(self, name: str) -> Path | None:
        """A folder of the project where what takes long is kept by content; none where nothing can be written."""
        folder = self.root / ".cache" / name
        return folder if _writable(folder) else None

    def downloads(self, language: str) -> list[DownloadView]:
        """What a home page offers: the report in each language, the reader's own first; figures; indexes."""
        words, frameworks = self.view(language).words, self.edition.frameworks
        offered = []
        for code in (language, *(other for other in self.languages if other != language)):
            title = words["download_report"].format(language=LANGUAGE_NAMES[language][code])
            pages = words["pages"].format(pages=self.pages.get(code, 0))
            files = self.offered(("PDF", self.pdf_name(code), pages))
            offered.append(DownloadView(title, files, main=code == language))
        pages = words["pages"].format(pages=self.pages.get(BILINGUAL, 0))
        files = self.offered(("PDF", self.pdf_name(BILINGUAL), pages))
        offered.append(DownloadView(words["download_bilingual"], files))
        files = self.offered(("CSV", "data/figures.csv"), ("JSON", "data/figures.json"))
        offered.append(DownloadView(words["download_figures"], files, words["download_figures_are"]))
        for id in self.edition.rows:
            index = f"data/content-index.{id}"
            files = self.offered(
                ("Excel", f"{index}.{language}.xlsx"), ("CSV", f"{index}.csv"), ("JSON", f"{index}.json")
            )
            offered.append(DownloadView(words["download_index"], files, frameworks[id].title[language]))
        return [each for each in offered if each.files]

    def offered(self, *files: tuple[str, ...]) -> tuple[FileView, ...]:
        """Files that this build has made, each (format, address, what else is said before its size)."""
        return tuple(
            FileView(f"../{name}", format, (*said, _size((self.new / name).stat().st_size)))
            for format, name, *said in files
            if (self.new / name).is_file()
        )

    def moment(self) -> datetime:
        """The moment that files of this build carry."""
        day = day_of_files(self.edition.report)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def epoch(self) -> int:
        """That moment as engines ask for it."""
        return int(self.moment().timestamp())

    # ---- record

    def record(self) -> None:
        files = {name: digest_of(self.new / name) for name in files_in(self.new)}
        record: dict[str, Any] = {
            "status": "final" if self.edition.report.final else "draft",
            "input_digest": self.digest,
            "versions": {
                "esgreport": __version__,
                **(pdf.versions() if self.pages else {}),
                **site_engine.versions(),
                **faces.versions(),
            },
            "fonts": {face.path.name: face.sha256 for face in self.our_faces()},
            "pages": self.pages,
            "files": files,
        }
        _write(self.new / "build.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    """Write a file that is not there or other than it should be."""
    content = text.encode()
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def _move_files(folder: Path, into: Path) -> None:
    """Move all files of a folder to the same names in another, which may hold files already."""
    for path in files_below(folder):
        target = into / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def _writable(folder: Path) -> bool:
    """Whether files can be kept in a folder, which is made if it can be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"


def section_titles(views: Mapping[str, ReportView]) -> Titles:
    """The title of every page and section, as it is printed."""
    titles = {}
    for language, view in views.items():
        titles[language, HOME, ""] = view.words["home"]
        for page in view.web_pages:
            titles[language, page.id, ""] = page.title
            for piece in page.body:
                if isinstance(piece, HeadingView):
                    titles[language, page.id, piece.anchor] = piece.plain
    return titles


# ---- what the last build knew


def _remember(root: Path, digest: str, folios: Folios) -> None:
    """Keep the folios for `trace`: in the project's cache, never in the site. A cache may fail to be kept."""
    kept = root / ".cache" / "folios.json"
    if folios and _writable(kept.parent):
        record = {"digest": digest, "folios": {language: dict(pages) for language, pages in folios.items()}}
        fresh = kept.with_suffix(".new")
        _write(fresh, json.dumps(record, ensure_ascii=False))
        fresh.replace(kept)


def remembered_folios(root: Path) -> Folios:
    """The folios of the last build by language and anchor; {} when the input has changed since."""
    try:
        kept = json.loads((root / ".cache" / "folios.json").read_text(encoding="utf-8"))
        digest, folios = kept["digest"], kept["folios"]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return folios if digest == input_digest(root, Templates(root)) else {}
