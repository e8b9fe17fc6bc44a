"""A report as it is being written: its websites, kept up to date below one folder, and PDFs on demand.

A change is shown in steps: the pages of the language that is being read, those of the others, what the rules find. What
figures answer, charts to take away, searches and PDFs are made when they are asked for. What cannot be shown leaves the
pages as they were, and its findings say why. It knows neither a web server nor a terminal: who wants to know of a new
state asks for it, or waits.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from esgreport import checks, faces, pdf, search, site_engine
from esgreport.diagnostics import Diagnostic, blocking, in_order
from esgreport.output import files_below
from esgreport.pipeline import ANSWERS, CHARTS, LOOK, MOST_PIXELS_ON_SCREEN, Maker, looked_through, read
from esgreport.render import TemplateFault, Templates
from esgreport.views import ReportView
from esgreport.workers import Gone, Worker

WATCHED = ("data", "content", "templates")  # of the project; the templates of the tool besides
BESIDE = (ANSWERS, CHARTS, "search")  # folders of a language's website
FACES = "/-/faces/"  # where the preview's pages find faces, whole
CALM = 2.0  # seconds without a change before a book is laid out that nobody waits for
Stamps = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class State:
    """What is shown and what is known of it.

    `number` rises with every state. `pages` tell for each address (en/climate.html) the number with which it changed last,
    `beside` the number with which anything that pages share did. `stopped`: the sources as they are cannot be shown, and the
    pages are those of before. `checked`: all rules have looked.
    """

    number: int = 0
    stopped: bool = False
    checked: bool = False
    findings: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    beside: int = 0


class NothingToPrint(Exception):
    """A PDF was asked for that cannot be made; the text says why."""


class Preview:
    """The websites of the project at `root`, below `folder`/site.

    Args:
        folder: an empty folder for everything that is made.

    Raises:
        ChildProcessError: by every method: a process that it works with was ended from outside.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.state = State()
        self.language = ""
        self._news = threading.Condition()
        self._seen: Stamps = {}
        self._engines: dict[str, Worker] = {}
        self._configured: dict[str, tuple[object, ...]] = {}
        self._maker: Maker | None = None
        self._views: Mapping[str, ReportView] = {}
        self._making = threading.Lock()  # of what is made when it is asked for
        self._whole: Maker | None = None  # the last one of which every language is shown
        self._made: Maker | None = None  # the last one of which it was made
        self._printing = threading.Lock()
        self._printer: Worker | None = None
        self._binding = threading.Lock()
        self._unhurried: Worker | None = None
        self._books: dict[str, tuple[int, bytes]] = {}

    @property
    def site(self) -> Path:
        """What a web server may give out."""
        return self.folder / "site"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be read, the report's first one first."""
        return tuple(self._views)

    def looks_at(self, language: str) -> None:
        """Somebody reads this language now: it is made first."""
        self.language = language

    # ---- news

    def news(self, known: int, patience: float) -> State:
        """The state when it is another than the one with the number `known`, or after `patience` seconds."""
        with self._news:
            self._news.wait_for(lambda: self.state.number != known, patience)
            return self.state

    def _tell(self, pages: Iterable[str] = (), beside: bool = False, **changes: Any) -> None:
        number = self.state.number + 1
        changed = {**self.state.pages, **dict.fromkeys(pages, number)}
        with self._news:
            self.state = replace(
                self.state,
                number=number,
                pages=changed,
                beside=number if beside else self.state.beside,
                **changes,
            )
            self._news.notify_all()

    # ---- what changed

    def changed(self) -> list[str]:
        """The sources that are new, gone or other than when this was last asked, by their names."""
        folders = [self.root / name for name in WATCHED]
        folders += [folder for folder in Templates(self.root).folders if folder not in folders]
        stamps = dict(_stamps(map(str, folders)))
        before, self._seen = self._seen, stamps
        if stamps == before:
            return []
        changed = [name for name in stamps.keys() | before.keys() if stamps.get(name) != before.get(name)]
        return sorted(name.removeprefix(f"{self.root}{os.sep}") for name in changed)

    # ---- pages

    def refresh(self) -> None:
        """Bring the websites to what the sources say now."""
        self._hurry()
        found = read(self.root)
        examined = looked_through(found, checks.stopping)
        stopping = tuple(finding for finding in examined.findings if finding.blocking)
        if examined.edition is None or stopping:
            self._tell(findings=stopping or examined.findings, stopped=True, checked=False)
            return
        languages = examined.edition.report.languages
        maker = Maker(self.root, self.folder, examined.edition, languages, 1, lambda _: None)
        try:
            more = self._show(maker)
        except TemplateFault as fault:
            help = "correct the template; an undefined name always fails"
            self._tell(
                findings=(blocking("template", fault.place, str(fault), help),), stopped=True, checked=False
            )
            return
        findings = (*looked_through(found, checks.check).findings, *more)
        self._tell(findings=in_order(findings), stopped=any(f.blocking for f in more), checked=True)
        if self._books:
            threading.Thread(target=self._bind_again, daemon=True).start()

    def _show(self, maker: Maker) -> list[Diagnostic]:
        """Write everything that a reader of the websites can come to."""
        languages = sorted(maker.languages, key=lambda code: code != self.language)
        overrides = maker.overrides()
        templates = tuple(
            (str(path), path.stat().st_mtime_ns)
            for folder in maker.templates.folders
            for path in files_below(folder / "web" / "overrides")
        )
        findings: list[Diagnostic] = []
        views = {code: view for code, view in self._views.items() if code in languages}
        self._maker = maker
        for language in languages:
            views = {**views, language: maker.view(language)}
            self._views = views
            findings += self._language(maker, language, overrides, templates)
        self._views = {code: views[code] for code in maker.languages}
        self._whole = maker
        self._write_choice()
        return findings

    def _write_choice(self) -> None:
        """The page that leads to the languages, as far as there are any."""
        if self._maker:
            views, address = list(self._views.values()), self._maker.edition.report.site_url
            choice = self._maker.templates.language_choice(views, address)
            (self.site / "index.html").write_text(choice, encoding="utf-8")

    def file(self, name: str) -> Path | None:
        """A file of the website by its name below `site`, made now if it is one that few ask for."""
        with self._making:
            maker = self._whole
            folder = name.split("/")[1] if name.count("/") > 1 else ""
            if maker and folder in BESIDE and self._made is not maker:
                for language, view in self._views.items():
                    maker.write_answers(language, view, maker.listed)
                    maker.write_charts(language, view)
                    for _ in maker.write_search(language, [f"{page.id}.html" for page in view.pages]):
                        pass  # words that find nothing: said by a build
                self._made = maker
        site = self.site.resolve()
        file = (site / name).resolve()
        if file.is_dir():
            file /= "index.html"
        return file if file.is_relative_to(site) and file.is_file() else None

    def _language(
        self, maker: Maker, language: str, overrides: Path, templates: tuple[object, ...]
    ) -> list[Diagnostic]:
        """Bring the pages of one language up to date and say which of them changed."""
        view, out = self._views[language], self.site / language
        (out / "assets").mkdir(parents=True, exist_ok=True)
        findings = list(maker.write_pages(language, view))
        tree = maker.tree(language, view, overrides)
        named = {"index.md"} | {f"{page.id}.md" for page in view.pages}
        for page in tree.source.glob("*.md"):
            if page.name not in named:
                page.unlink()
        settings = (tree.config, templates)
        whole = self._configured.get(language) != settings
        said = self._engine(language, partial(site_engine.build_again, tree, maker.epoch(), whole))
        findings += said
        if any(finding.blocking for finding in said):
            self._configured.pop(language, None)
            return findings
        self._configured[language] = settings
        findings += maker.write_pictures(out, MOST_PIXELS_ON_SCREEN, language)
        sheet = out / "assets" / Path(LOOK).name
        look = maker.templates.file(LOOK).read_text(encoding="utf-8")
        rules = f"{faces.whole_web_faces(maker.our_faces(), FACES)}\n{look}"
        styled = not sheet.is_file() or sheet.read_text(encoding="utf-8") != rules
        if styled:
            sheet.write_text(rules, encoding="utf-8")
        (out / "search").mkdir(exist_ok=True)
        (out / "search" / "search_index.json").write_text(search.NOTHING, encoding="utf-8")
        changed = set(_copied(tree.out, out))
        for page in out.glob("*.html"):
            if page.with_suffix(".md").name not in named:
                page.unlink()
        if not (self.site / "index.html").is_file():
            self._write_choice()
        pages = [f"{language}/{name}" for name in changed if name.endswith(".html")]
        self._tell(pages, beside=styled or len(pages) < len(changed), stopped=False, checked=False)
        return findings

    def _engine(self, language: str, call: Callable[[], tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
        if language not in self._engines:
            self._engines[language] = Worker()
        try:
            self._engines[language].give(call)
            said: tuple[Diagnostic, ...] = self._engines[language].take()
        except Gone:
            self._engines.pop(language).end()
            raise ChildProcessError("the site engine was ended from outside") from None
        return said

    # ---- PDFs

    def face(self, name: str) -> Path | None:
        """The file of a face that the pages ask for by this name."""
        named = {face.path.name: face.path for face in (self._maker.our_faces() if self._maker else ())}
        return named.get(name)

    def chapter(self, language: str, page: str) -> bytes:
        """A page of the website as the chapter of the book that it becomes, as a draft.

        Raises:
            NothingToPrint: there is no such page, or nothing has been shown yet.
        """
        with self._printing:
            call = self._layout(self.folder, language, page)
            worker, self._printer = self._printer or self._next_printer(), None
            content = _laid_out(worker, call)
            self._printer = self._next_printer()
            return content

    def book(self, language: str) -> bytes:
        """The whole book as a draft: the last one when nothing has changed since.

        Once a book has been asked for, it is laid out anew by itself whenever the report has been left alone for a while.

        Raises:
            NothingToPrint: as for `chapter`.
        """
        with self._binding:
            if not self.has_book(language):
                self._bind(language)
            return self._books[language][1]

    def has_book(self, language: str) -> bool:
        """Whether the book as it would be now is there."""
        return self._books.get(language, (-1, b""))[0] == self._shown

    @property
    def _shown(self) -> int:
        """The number of the state that last changed anything that is printed."""
        return max([self.state.beside, *self.state.pages.values()])

    def _bind(self, language: str, gently: bool = False) -> None:
        number = self._shown
        folder = self.folder / "book"  # of its own: a chapter may be asked for meanwhile
        folder.mkdir(exist_ok=True)
        call = self._layout(folder, language, "")
        worker = self._next_printer()
        self._unhurried = worker if gently else None
        try:
            self._books[language] = number, _laid_out(worker, partial(_gently, call) if gently else call)
        finally:
            self._unhurried = None

    def _bind_again(self) -> None:
        """Lay out the books that were asked for, unless the report changes again before it was left alone for a while."""
        number = self.state.number
        self.news(number, CALM)
        for language in list(self._books):
            with self._binding:
                if self.state.number == number and not self.has_book(language):
                    with suppress(
                        NothingToPrint, ChildProcessError
                    ):  # said when somebody asks; ended by a change
                        self._bind(language, gently=True)

    def _layout(self, folder: Path, language: str, page: str) -> Callable[[], pdf.Layout]:
        """How a page, or the book for "", is laid out by another process, from what is written below a folder."""
        shown = self._maker
        if shown is None or language not in self._views:
            raise NothingToPrint("nothing can be printed yet: see what the findings say")
        view = self._views[language]
        if page and page not in [each.id for each in view.pages]:
            raise NothingToPrint(f'the book has no chapter "{page}"')
        maker = shown
        if folder != shown.scratch:
            maker = Maker(self.root, folder, shown.edition, shown.languages, 1, lambda _: None)
        # Not even a report that is final is final here.
        drafted = replace(view, draft=view.draft or view.words["draft"])
        for fault in maker.write_print():
            raise NothingToPrint(fault.message)
        return maker.layout(language, drafted, maker.templates.book(drafted, maker.logo, only=page))

    def _next_printer(self) -> Worker:
        """A process that is about to be ready for a layout: each does one, so that none grows."""
        assert self._maker is not None
        worker = Worker()
        report = self._maker.edition.report
        worker.give(partial(pdf.prepare, self._maker.faces, report.languages, self._maker.own_faces))
        return worker

    def end(self) -> None:
        """End every process that it works with."""
        self._hurry()
        for worker in (*self._engines.values(), *filter(None, [self._printer])):
            worker.end()

    def _hurry(self) -> None:
        """A layout that nobody waits for makes room: it would be of the past."""
        if worker := self._unhurried:
            worker.process.kill()


def _laid_out(worker: Worker, call: Callable[[], pdf.Layout]) -> bytes:
    """What a process that is getting ready lays out; then it ends."""
    try:
        worker.take()  # it is ready
        worker.give(call)
        layout: pdf.Layout = worker.take()
    except Gone:
        raise ChildProcessError("the layout of a PDF was ended from outside") from None
    finally:
        worker.end()
    return layout.content


def _gently(call: Callable[[], pdf.Layout]) -> pdf.Layout:
    """Work when nothing else is to be done."""
    os.nice(19)
    return call()


def _stamps(folders: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """When each file below some folders was written and how long it is, without those that editors keep beside them."""
    waiting = list(folders)
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~", "#", "__")) or entry.name.endswith(
                        ("~", ".swp", ".tmp")
                    ):
                        continue
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        status = entry.stat()
                        yield entry.path, (status.st_mtime_ns, status.st_size)
        except (
            FileNotFoundError
        ):  # taken away, or put in the place of another, this very moment: seen at the next look
            continue


def _copied(folder: Path, into: Path) -> Iterator[str]:
    """Copy the files of a folder that are other than those in another, and name them."""
    for path in files_below(folder):
        name = path.relative_to(folder)
        target = into / name
        if target.is_file() and filecmp.cmp(path, target, shallow=False):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}")  # a reader never gets half a page
        shutil.copyfile(path, fresh)
        fresh.replace(target)
        yield name.as_posix()
