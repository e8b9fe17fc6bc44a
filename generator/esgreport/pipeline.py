"""The order of things: read, compute, check, word, lay out, write. Returns values; prints and exits nothing.

`examine` is all that needs neither a website nor a PDF; `build` goes on from there and leaves either a
complete new site or the old one untouched.
"""

from __future__ import annotations

import ctypes
import hashlib
import html
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from esgreport import __version__, checks, export, faces, pdf, site_engine
from esgreport.acceptance import read_accepted, sort_out
from esgreport.compute import Figures
from esgreport.diagnostics import Diagnostic, Severity, in_order
from esgreport.framework import load_frameworks
from esgreport.index import index_rows
from esgreport.load import load
from esgreport.model import Figure, FigureId, Heading, Report
from esgreport.narrative import SLOT
from esgreport.printed import printed_figures
from esgreport.render import Templates
from esgreport.views import Edition, ReportView, report_view, texts

STYLES = ("styles/tokens.css", "styles/print.css")
EDITIONS = ("web", "pdf", "data")
Tell = Callable[[str], None]


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
        """Whether nothing may be written: something blocks, or a final report has open errors."""
        final = self.edition is not None and self.edition.report.final
        return self.edition is None or any(f.blocking for f in self.findings) or (final and bool(self.errors))


@dataclass(frozen=True, slots=True)
class Build:
    """What a build came to. `written` lists files below the output folder."""

    examined: Examined
    findings: tuple[Diagnostic, ...]
    written: tuple[str, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)


def examine(root: Path) -> Examined:
    """Read the project at `root`, work its figures out, check it.

    Raises:
        FileNotFoundError: the print faces are not on this machine.
    """
    report, found = load(root)
    findings = list(found)
    entries, more = read_accepted(root)
    findings += more
    edition = None
    if report is not None and not any(f.code in ("no-report",) for f in findings) and _usable(report):
        frameworks, more = load_frameworks(report)
        figures = Figures(report)
        rows = {id: index_rows(report, figures, framework) for id, framework in frameworks.items()}
        edition = Edition(report, figures, frameworks, rows)
        findings += more
        findings += checks.check(edition, root)
    open_findings, accepted = sort_out(in_order(findings), entries)
    return Examined(root, edition, in_order(open_findings), tuple(accepted))


def _usable(report: Report) -> bool:
    """Whether enough was read to look further: a period that is known."""
    return report.period in report.periods


def listed_figures(edition: Edition) -> tuple[Figure, ...]:
    """Authored cells, totals, declared intensities and formulas, then every other figure that is printed."""
    figures = {figure.id: figure for figure in edition.figures.declared()}
    for page in edition.report.pages.values():
        for id, _ in printed_figures(edition.report, edition.figures, page):
            if id not in figures and (figure := edition.figures.figure(id)):
                figures[id] = figure
    return tuple(figures.values())


def input_digest(root: Path, templates: Templates) -> str:
    """SHA-256 over everything that the output depends on, names and contents, wherever it lies."""
    digest = hashlib.sha256(f"esgreport {__version__}\n".encode())
    folders = [(name, root / name) for name in ("data", "content")]
    folders += [("templates", folder) for folder in templates.folders]
    folders.append(("esgreport", Path(__file__).parent))
    for label, folder in folders:
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder).as_posix()
            if path.is_file() and "__pycache__" not in relative and not any(part.startswith(".") for part in Path(relative).parts):
                digest.update(f"{label}/{relative}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build(root: Path, out: Path, only: Sequence[str] = EDITIONS, languages: Sequence[str] = (), jobs: int = 2, tell: Tell = lambda text: None) -> Build:
    """Check the project at `root` and write its editions into `out`, all or nothing.

    Args:
        only: which of web, pdf and data to make.
        languages: which of the report's languages; all when empty.
        jobs: processes at a time.
        tell: is told what is being done.

    Raises:
        FileNotFoundError: the print faces are not on this machine.
        OSError: the output folder cannot be written.
    """
    _recover(out)
    tell("reading and checking")
    examined = examine(root)
    if examined.stops or examined.edition is None:
        return Build(examined, examined.findings)
    edition = examined.edition
    wanted = tuple(language for language in edition.report.languages if not languages or language in languages)
    views = {language: report_view(edition, language) for language in wanted}
    templates = Templates(root)
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        maker = _Maker(root, scratch, edition, views, templates, jobs, tell)
        findings = maker.make(only)
        open_findings, _ = sort_out(findings, ())
        if any(f.blocking for f in open_findings) or (edition.report.final and any(f.severity == Severity.ERROR for f in open_findings)):
            return Build(examined, in_order([*examined.findings, *open_findings]))
        tell("putting the new site in place")
        written = tuple(sorted(p.relative_to(maker.new).as_posix() for p in maker.new.rglob("*") if p.is_file()))
        _exchange(maker.new, out)
        _remember(root, maker.digest, maker.folios)
        return Build(examined, in_order([*examined.findings, *open_findings]), written, maker.pages)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Maker:
    """Makes one build's files in a scratch folder."""

    def __init__(self, root: Path, scratch: Path, edition: Edition, views: Mapping[str, ReportView], templates: Templates, jobs: int, tell: Tell) -> None:
        self.root, self.scratch, self.edition, self.views = root, scratch, edition, views
        self.templates, self.jobs, self.tell = templates, max(1, jobs), tell
        self.new = scratch / "site"
        self.new.mkdir()
        self.folios: dict[str, Mapping[str, str]] = {}
        self.pages: dict[str, int] = {}
        self.digest = input_digest(root, templates)
        self.faces = root / ".cache" / "fonts"

    def make(self, only: Sequence[str]) -> list[Diagnostic]:
        findings: list[Diagnostic] = []
        if "pdf" in only:
            findings += self.make_pdfs()
        if "data" in only:
            self.make_data()
        if "web" in only:
            findings += self.make_sites()
        self.record()
        return findings

    # ---- print

    def make_pdfs(self) -> list[Diagnostic]:
        findings: list[Diagnostic] = []
        self.tell(f"laying out {len(self.views)} PDF{'s' if len(self.views) > 1 else ''}")
        sheets = [self.templates.file(name) for name in STYLES]
        with ProcessPoolExecutor(min(self.jobs, len(self.views)), mp_context=get_context("spawn")) as pool:
            layouts: dict[str, Future[pdf.Layout]] = {}
            for language, view in self.views.items():
                layouts[language] = pool.submit(
                    pdf.lay_out,
                    self.templates.book(view),
                    folder=self.root,
                    allowed=[self.root / "content" / "assets"],
                    faces=self.faces,
                    stylesheets=sheets,
                    language=view.language.tag,
                    title=f"{view.company} {view.year} {view.title}",
                    identifier=hashlib.sha256(f"{view.slug} {language}".encode()).digest()[:16],
                )
            for language, future in layouts.items():
                layout = future.result()
                findings += layout.findings
                layout.write(self.new / self.pdf_name(language))
                self.folios[language] = layout.folios
                self.pages[language] = layout.pages
        return findings

    def pdf_name(self, language: str) -> str:
        return f"pdf/{self.edition.report.slug}.{language}.pdf"

    # ---- data

    def make_data(self) -> None:
        self.tell("writing data files")
        report, edition = self.edition.report, self.edition
        folder = self.new / "data"
        folder.mkdir()
        figures = listed_figures(edition)
        _write(folder / "figures.json", export.figures_json(report, figures))
        _write(folder / "figures.csv", export.figures_csv(report, figures))
        for id, rows in edition.rows.items():
            record = export.index_record(report, id, rows, section_titles(edition), self.folios)
            _write(folder / f"content-index.{id}.json", export.index_json(record))
            _write(folder / f"content-index.{id}.csv", export.index_csv(report, record))

    # ---- web

    def make_sites(self) -> list[Diagnostic]:
        self.tell("building the websites")
        text = "".join(text for view in self.views.values() for text in texts(view)) + _ASCII
        trees = []
        css = ""
        first_assets: Path | None = None
        for language, view in self.views.items():
            docs = self.scratch / "pages" / language
            assets = docs / "assets"
            assets.mkdir(parents=True)
            if first_assets is None:
                css = faces.write_web_faces(faces.load_faces(self.faces), text, assets, cache=self.root / ".cache" / "web-faces")
                first_assets = assets
            else:
                shutil.copytree(first_assets / "faces", assets / "faces")
            _write(assets / "faces.css", css)
            for name in ("styles/tokens.css", "styles/web.css", "web/web.js"):
                shutil.copyfile(self.templates.file(name), assets / Path(name).name)
            self.copy_pictures(assets)
            for page in view.pages:
                _write(docs / f"{page.id}.md", self.templates.page(page, view))
            _write(docs / "index.md", self.templates.home(view, self.downloads(language)))
            config = site_engine.site_config(view, docs=docs, overrides=self.templates.file("web/overrides/main.html").parent, site_url=self.edition.report.site_url)
            trees.append(site_engine.SiteTree(language, config, docs, self.new / language))
        _write(self.new / "index.html", self.templates.language_choice(list(self.views.values())))
        return list(site_engine.build_sites(trees, jobs=self.jobs, epoch=self.epoch()))

    def copy_pictures(self, assets: Path) -> None:
        """The pictures that pages name, and the logo; nothing else of content/assets is published."""
        wanted = {picture.target for page in self.edition.report.pages.values() for item in (page.lead, *page.items) if item is not None for picture in getattr(item, "pictures", ())}
        for name in sorted(wanted | {"assets/logo.svg"}):
            source = self.root / "content" / name
            if source.is_file():
                target = assets / name.removeprefix("assets/")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def downloads(self, language: str) -> list[tuple[str, str, str]]:
        """What a home page offers: label, address, size."""
        own = self.views[language].words
        offered = [(own["download_pdf"], self.pdf_name(language)), (f"{own['download_figures']} (CSV)", "data/figures.csv"), (f"{own['download_figures']} (JSON)", "data/figures.json")]
        offered += [(f"{own['download_index']} (CSV)", f"data/content-index.{id}.csv") for id in self.edition.rows]
        found = []
        for label, name in offered:
            path = self.new / name
            if path.is_file():
                size = _size(path.stat().st_size)
                if name.endswith(".pdf"):
                    size = own["pdf_size"].format(pages=self.pages[language], size=size)
                found.append((label, f"../{name}", size))
        return found

    def epoch(self) -> int:
        """The moment that files of this build carry: never the clock, but a date of the report."""
        report = self.edition.report
        day = report.dates.get("published") or report.dates.get("approved") or report.periods[report.period].end
        return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())

    # ---- record

    def record(self) -> None:
        files = {}
        for path in sorted(self.new.rglob("*")):
            if path.is_file():
                files[path.relative_to(self.new).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        listed = faces.load_faces(self.faces)
        versions = {"esgreport": __version__, **pdf.versions(), **site_engine.versions(), **faces.versions()}
        record: dict[str, Any] = {
            "status": "final" if self.edition.report.final else "draft",
            "input_digest": self.digest,
            "versions": versions,
            "fonts": {face.path.name: face.sha256 for face in listed},
            "pages": self.pages,
            "files": files,
        }
        _write(self.new / "build.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")


_ASCII = "".join(map(chr, range(32, 127)))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"


def section_titles(edition: Edition) -> dict[tuple[str, str, str], str]:
    """The title of every page and section by (language, page, section)."""
    titles = {}
    for (id, language), page in edition.report.pages.items():
        for section, prose in [("", page.title), *((item.id, item.title) for item in page.items if isinstance(item, Heading))]:
            titles[language, id, section] = html.unescape(re.sub(r"<[^>]*>", "", SLOT.sub("", prose.html)))
    return titles


# ---- putting the new in the place of the old


def _exchange(new: Path, out: Path) -> None:
    """Put `new` where `out` is, in one step where the system can; the old goes away afterwards."""
    if not out.exists():
        new.rename(out)
        return
    if not _swapped(new, out):
        old = out.with_name(f".{out.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        out.rename(old)
        new.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (Linux, renameat2 with RENAME_EXCHANGE)."""
    if not sys.platform.startswith("linux"):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _recover(out: Path) -> None:
    """Bring back the old site if a build was ended between two renames, and clear what it left."""
    old = out.with_name(f".{out.name}.old")
    if old.is_dir() and not out.exists():
        old.rename(out)
    for left in out.parent.glob(f".{out.name}-*") if out.parent.is_dir() else ():
        if left.is_dir() and (left / "site").is_dir():
            shutil.rmtree(left, ignore_errors=True)


# ---- what the last build knew


def _remember(root: Path, digest: str, folios: Mapping[str, Mapping[str, str]]) -> None:
    """Keep the folios for `trace`: in the project's cache, never in the site."""
    if folios:
        cache = root / ".cache"
        cache.mkdir(exist_ok=True)
        _write(cache / "folios.json", json.dumps({"digest": digest, "folios": {k: dict(v) for k, v in folios.items()}}, ensure_ascii=False))


def remembered_folios(root: Path) -> dict[str, dict[str, str]]:
    """The folios of the last build by language and anchor; {} when the input has changed since."""
    path = root / ".cache" / "folios.json"
    if not path.is_file():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return kept["folios"] if kept.get("digest") == input_digest(root, Templates(root)) else {}


@dataclass(frozen=True, slots=True)
class Printing:
    """One place where a figure is printed: its page's section, and the folio if the last build is current."""

    language: str
    page: str
    section: str
    folio: str


def printings(edition: Edition, id: FigureId, folios: Mapping[str, Mapping[str, str]]) -> Iterator[Printing]:
    """Every place that prints the figure, in reading order per language."""
    for language in edition.report.languages:
        count = 0
        for page_id in edition.report.page_order:
            page = edition.report.pages.get((page_id, language))
            places = printed_figures(edition.report, edition.figures, page) if page else ()
            for found, section in places:
                if found == id:
                    count += 1
                    yield Printing(language, page_id, section, folios.get(language, {}).get(f"{id}/{count}", ""))
