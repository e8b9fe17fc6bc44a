"""Views and templates in, pages out. The only door to `jinja2`.

Templates of the project come before those of the package. An undefined name always fails; everything is
escaped unless a view marks it safe. Addresses in prose are abstract (`page:`, `asset:`): they become those of
the website or of the printed book here.
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup, escape

from esgreport import differences_writer, proof_writer
from esgreport.bilingual import set_beside, set_on_screen
from esgreport.checklist import Checklist, State, page_words
from esgreport.diagnostics import Place
from esgreport.diagrams import cycle, matrix, outline
from esgreport.differences import Differences
from esgreport.drawing import drawn, sheet, sparkline
from esgreport.interface import alone, spoken
from esgreport.languages import LANGUAGES
from esgreport.model import web_name
from esgreport.proof import Proof
from esgreport.ridge import drawings
from esgreport.typesetting import set_chinese
from esgreport.views import AnswerView, ChartView, DownloadView, PageView, ReportView

_GAS = re.compile(r"(CO(?=2)|(?<![A-Za-z])(?:CH(?=4)|N(?=2O)|SF(?=6)|NF(?=3)))(\d)")
MOST_KEPT = 10_000  # names, units and the like, of which a page holds the same many times
_ABSTRACT = re.compile(r'="(?P<kind>page|asset):(?P<target>[^"#]*)(?:#(?P<anchor>[^"]*))?"')

_OWN_FILE = re.compile(
    r'"((?:assets|charts)/[^"#?]+|[\w-]+\.html)(?=["#?])'
)  # in an attribute, or in what a script is told
_LINK = re.compile(r"<a(?P<attributes> [^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_ON_PAGE = re.compile(
    r' data-(?:before|after)="[^"]*"'
)  # what stands around a page's number: the web has no pages


class TemplateFault(Exception):
    """A template that cannot be used: one of a project's own, most likely."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(place, message)  # both, so that it can come out of another process
        self.place, self.message = place, message

    def __str__(self) -> str:
        return self.message


def package_templates() -> Path:
    """The templates that come with the tool: inside the installed package, or beside it in the repository."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


def starter_file(name: str, values: Mapping[str, object]) -> str:
    """A file of a new project, made from the package's `starter/NAME`: plain text, in which nothing is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "starter"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(values)


class Templates:
    """The templates of one project, looked up in the project first. `kept` is a folder for them as they are made ready, which
    takes a third of a second.

    Raises:
        TemplateFault: by every method that renders: a template is wrong, or one that it names is not there.
    """

    def __init__(self, project: Path, kept: Path | None = None) -> None:
        folders = [folder for folder in (project / "templates", package_templates()) if folder.is_dir()]
        self.folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in self.folders]),
            undefined=StrictUndefined,
            autoescape=True,
            keep_trailing_newline=True,
            bytecode_cache=FileSystemBytecodeCache(str(kept), f"{version('jinja2')}-%s") if kept else None,
        )
        self._environment.filters["addressed"] = addressed
        self._environment.filters["chemical"] = chemical
        self._environment.filters["drawn"] = drawn
        self._environment.filters["sparkline"] = sparkline
        self._environment.filters["sheet"] = sheet
        self._environment.filters["cycle"] = cycle
        self._environment.filters["matrix"] = matrix
        self._environment.filters["outline"] = outline

    def file(self, name: str) -> Path:
        """A file of the templates that is used as it is: a style sheet, a script."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def layers(self, name: str) -> list[Path]:
        """A style sheet of the tool and after it that of the project, which need only say what it changes; a mere copy
        changes nothing."""
        sheets = [folder / name for folder in reversed(self.folders) if (folder / name).is_file()]
        if not sheets:
            raise FileNotFoundError(name)
        first, *others = sheets
        return [first, *(sheet for sheet in others if sheet.read_bytes() != first.read_bytes())]

    def script(self) -> str:
        """What pages do, in one file: each that a page asks for takes its time."""
        return "\n".join(
            self.file(f"web/{name}.js").read_text(encoding="utf-8") for name in ("web", "answers")
        )

    def page(self, page: PageView, report: ReportView) -> str:
        """A page of the website, as the site engine takes it."""
        return self._render("web/page.md.j2", page=page, report=report)

    def side_by_side(self, page: str, report: ReportView, home: Callable[[str], str]) -> str:
        """A page of two languages as the site engine made it, both set beside each other. `home` tells where a file lies
        that an address of the page names."""
        assert report.beside
        page = set_on_screen(page, report.language.tag, report.beside.tag)
        return _OWN_FILE.sub(lambda match: f'"{home(match[1])}{match[1]}', page)

    def home(self, report: ReportView, downloads: Sequence[DownloadView]) -> str:
        """The home page of one language."""
        return self._render("web/home.md.j2", report=report, downloads=downloads)

    def language_choice(self, reports: Sequence[ReportView], site_url: str = "") -> str:
        """The page at the top of the site that leads to the languages; `site_url` is its address, if that is known."""
        address = site_url.rstrip("/") + "/" if site_url else ""
        return self._render("web/language_choice.html", reports[0], reports=reports, site_url=address)

    def book(
        self, report: ReportView, logo: str = "", only: str = "", folios: Mapping[str, str] | None = None
    ) -> str:
        """The whole report as one document for print, or `only` the chapter with this id, without covers and contents.

        `logo` is the address of the company's, if there is one. Where a chapter leads to others, its words name the pages that
        these have in `folios`, by print anchor, and are no links.
        """
        document = self._render("print/report.html", report=report, logo=logo, only=only)
        if only:
            document = _alone(document, folios or {})
        if report.beside:
            return set_beside(document, report.language.tag, report.beside.tag)
        return set_chinese(document) if report.language.code.startswith("zh") else document

    def answers(self, views: Sequence[AnswerView], words: Mapping[str, str]) -> str:
        """What is told of some figures, as a script that hands it over: that works from a folder, too."""
        name = "web/answer.html"
        with self._faults(name):
            macro = self._environment.get_template(name).module.answer  # type: ignore[attr-defined]
            told = {view.value.figure: str(macro(view, words)) for view in views}
        return f"erAnswers({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"

    def differences(self, title: str, differences: Differences) -> str:
        """What changed between two builds, as a page of its own."""
        return self._render(
            "reports/differences.html",
            tokens=self._tokens(),
            lang=spoken(),
            say=alone,
            title=title,
            counts=differences_writer.counts(differences),
            figures=differences_writer.figure_rows(differences),
            pages=differences_writer.page_rows(differences),
            names={code: language.name for code, language in LANGUAGES.items()},
            tags={code: language.tag for code, language in LANGUAGES.items()},
        )

    def proof(self, title: str, proof: Proof, names: Mapping[str, str]) -> str:
        """What calling figures came to, as a page of its own; `names` are those of figures by id."""
        return self._render(
            "reports/proof.html",
            tokens=self._tokens(),
            lang=spoken(),
            title=title,
            proof=proof_writer.view(proof, names),
        )

    def checklist(
        self, title: str, made: Checklist, languages: Sequence[str], copies: Sequence[tuple[str, str]]
    ) -> str:
        """What is done and to do before a report is handed over, as a page of its own; `copies` are names with SHA-256."""
        return self._render(
            "reports/checklist.html",
            tokens=self._tokens(),
            title=title,
            checklist=made,
            groups=[(state, made.of(state)) for state in (State.TO_DO, State.CONFIRM, State.DONE)],
            languages=[(code, LANGUAGES[code].tag) for code in languages],
            headings=page_words(),
            copies=copies,
        )

    def _tokens(self) -> Markup:
        sheets = self.layers("styles/tokens.css")
        return Markup("\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets))

    def chart(self, view: ChartView, report: ReportView) -> str:
        """A chart as a file of its own. Its colours and faces are still names of tokens."""
        whose = " ".join(filter(None, (report.company_short, report.year, report.title)))
        return self._render("web/chart_file.html", report, view=view, whose=whose)

    def _render(self, name: str, report: ReportView | None = None, **values: object) -> str:
        if report is not None:
            drawn = drawings(report.ridge.series) if report.ridge else None
            values |= {"report": report, "words": report.words, "drawings": drawn, "ridges": drawn}
        with self._faults(name):
            return self._environment.get_template(name).render(values)

    @contextmanager
    def _faults(self, name: str) -> Iterator[None]:
        """What goes wrong with a template, as a fault with its place."""
        try:
            yield
        except TemplateSyntaxError as fault:
            raise TemplateFault(
                self._place(fault.filename or "", fault.lineno), str(fault.message)
            ) from fault
        except TemplateNotFound as fault:
            message = f'there is no template "{fault.name}"'
            raise TemplateFault(self._innermost(fault, name), message) from fault
        except (TemplateError, TypeError) as fault:
            raise TemplateFault(self._innermost(fault, name), str(fault)) from fault

    def _innermost(self, fault: Exception, name: str) -> Place:
        """The line of a template where a fault came up; the engine puts templates into the traceback."""
        frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(fault.__traceback__)]
        ours = [
            (file, line) for file, line in frames if any(Path(file).is_relative_to(x) for x in self.folders)
        ]
        return self._place(*ours[-1]) if ours else Place(f"templates/{name}")

    def _place(self, file: str, line: int | None) -> Place:
        for folder in self.folders:
            if Path(file).is_relative_to(folder):
                return Place(f"templates/{Path(file).relative_to(folder).as_posix()}", line or 0)
        return Place("templates")


def addressed(html: str, medium: str) -> Markup:
    """Safe HTML with its abstract addresses made those of `medium` (web or print)."""

    def address(match: re.Match[str]) -> str:
        target, anchor = match["target"], match["anchor"]
        if match["kind"] == "asset":
            return f'="assets/{target}"' if medium == "web" else f'="content/assets/{target}"'
        if medium == "web":
            name = web_name(target)
            return f'="{name}.html#{anchor}"' if anchor else f'="{name}.html"'
        return f'="#{target}/{anchor}"' if anchor else f'="#{target}"'

    return Markup(_ABSTRACT.sub(address, html if medium == "print" else _ON_PAGE.sub("", html)))


def _alone(document: str, folios: Mapping[str, str]) -> str:
    """A document in which links to what it does not hold are text, with the page as far as it is known."""
    here = set(re.findall(r' id="([^"]*)"', document))

    def link(match: re.Match[str]) -> str:
        about = dict(_ATTRIBUTE.findall(match["attributes"]))
        target = about.get("href", "").removeprefix("#")
        if not about.get("href", "").startswith("#") or target in here:
            return match[0]
        page = folios.get(target, "")
        if about.get("class") == "page":
            last = folios.get(about["data-last"].removeprefix("#"), page)
            return f'<span class="page">{"–".join(dict.fromkeys([page, last]))}</span>'
        beside = (
            f"{about['data-before']}{page}{about['data-after']}" if page and "data-before" in about else ""
        )
        return f"<span>{match['words']}{beside}</span>"

    return _LINK.sub(link, document)


@lru_cache(maxsize=MOST_KEPT, typed=True)  # a Markup is equal to its text, but is not escaped
def chemical(text: str) -> Markup:
    """CO2 and other gases with their figures lowered: the Han faces have no ₂."""
    return Markup(_GAS.sub(r"\1<sub>\2</sub>", str(escape(text))))
