"""Site engine: folders of plain pages in, websites out. The only door to MkDocs.

The engine runs in a process of its own, one per language, with a fixed environment and a generated
config (for a preview in one that stays, see `build_again`); nothing that we write needs a plugin of it. Any engine that reads MkDocs'
configuration can stand here. This module knows no figures and no files of a report project, and never
prints: what the engine complains of comes back as diagnostics.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from esgreport.diagnostics import Diagnostic, Place, blocking, in_order, warning
from esgreport.languages import LANGUAGES
from esgreport.views import PageView, ReportView

ENGINE = (sys.executable, "-P", "-m", "mkdocs", "build", "--no-strict", "--clean")
LIBRARIES = ("mkdocs", "mkdocs-material", "Markdown")

STYLES = ("assets/tokens.css", "assets/web.css")
STYLES_SIDE_BY_SIDE = "assets/side_by_side.css"
LOGO = "assets/logo.svg"  # shown in the header when the folder of pages has it
SHARED = "assets/shared.png"  # what others show beside a link to the report, when the folder has it

# A diamond in the grey of text: a company's own logo takes its place.
PLAIN_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath d='M8 1l5 7-5 7-5-7z' fill='%2354636c'/%3E%3C/svg%3E"
)

# Written by the engine, of no use here: its look and its search, which are not ours; a page for missing addresses, which
# could not know its language.
UNUSED = (
    "404.html",
    "assets/stylesheets",
    "assets/images",
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
)
# Finished HTML in a page, which the engine need not read: a number stands for it until the page is made, with what the
# theme's overrides look for in a page.
_KEPT = re.compile(r"<!-- kept -->(.*?)<!-- /kept -->", re.DOTALL)
_PLACE = re.compile(r"<!-- kept (\d+)[^>]*-->")
_LOOKED_FOR = ("data-er-data=",)
ONLY_WITH_ADDRESS = ("sitemap.xml", "sitemap.xml.gz")

WORDS = (
    "answer_back",
    "answer_close",
    "contact",
    "contents",
    "home",
    "language",
    "menu",
    "next",
    "parts",
    "previous",
    "search",
    "search_hint",
    "side_by_side",
    "skip_to_content",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteTree:
    """A website to be, of one language or of pages side by side: its folder's name, its config, the folder of its pages, the folder to write."""

    language: str
    config: Mapping[str, Any]
    source: Path
    out: Path


def site_config(
    report: ReportView,
    *,
    docs: Path,
    overrides: Path,
    site_url: str,
    features: Sequence[str] = (),
    published: str = "",
    covers: str = "",
) -> dict[str, Any]:
    """The engine's configuration for one language, or for two side by side, as plain data.

    `docs` is looked into for a logo and a picture for shared links only. `site_url` is the address of the folder that
    holds all languages, or empty: then nothing that needs an address is written. `published` is a day and `covers` a
    stretch of time, both as machines write them.
    """
    # Pages side by side say what other pages say already: search engines are told no address of theirs.
    base = site_url.rstrip("/") + "/" if site_url and not report.beside else ""
    logo = LOGO if (docs / LOGO).is_file() else ""
    name = " ".join(word for word in (report.company_short, report.year, report.title) if word)
    said = {} if report.beside else _said_to_machines(report, name, base, published, covers)
    pages = {"index": _page(report, None, said)}
    pages |= {page.id: _page(report, page, said) for page in report.pages}
    return {
        "site_name": name,
        "site_url": f"{base}{report.language.code}/" if base else "",
        "docs_dir": str(docs),
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "custom_dir": str(overrides),
            "language": LANGUAGES[report.language.code].theme,
            "font": False,
            "favicon": logo or PLAIN_ICON,
            "palette": _palette(report.words["scheme"]),
            "features": list(features),
        },
        "nav": _navigation(report),
        "extra_css": [*STYLES, *([STYLES_SIDE_BY_SIDE] if report.beside else [])],
        "markdown_extensions": ["attr_list", {"toc": {"permalink": False, "toc_depth": "2-3"}}],
        "plugins": [],  # the search is ours: see `search` and web/search.js
        "extra": {
            "generator": False,
            "scope": "..",  # the light or dark scheme is chosen once for all languages
            "homepage": "index.html",
            "alternate": [
                {"link": f"../{other.code}/", "lang": other.tag, "name": other.name, "short": other.short}
                for other in (report.side_by_side if report.beside else report.languages)
                if report.beside or other.code != report.language.code
            ],
            "side_by_side": [asdict(language) for language in report.side_by_side],
            "beside": asdict(report.beside) if report.beside else None,
            "words": {key: report.words[key] for key in WORDS},
            "report": _report(report, base, logo)
            | {
                "picture": f"{base}{report.language.code}/{SHARED}"
                if base and (docs / SHARED).is_file()
                else ""
            },
            "pages": pages,
        },
    }


class Engines:
    """The engine at work on trees, in processes of its own, at most `jobs` at a time; the caller goes on meanwhile.

    `epoch` is its clock. Who leaves before all is finished ends what is at work.
    """

    def __init__(self, jobs: int, epoch: int) -> None:
        self.jobs, self.epoch = max(1, jobs), epoch
        self.working: list[_Engine] = []
        self.findings: list[Diagnostic] = []

    def __enter__(self) -> Engines:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self.working:
            engine.end()

    def start(self, tree: SiteTree) -> None:
        """Set the engine on a tree, when one is free."""
        while len(self.working) >= self.jobs:
            self._finish_one()
        self.working.append(_Engine(tree, self.epoch))

    def finish(self) -> tuple[Diagnostic, ...]:
        """Wait for all that is at work.

        Finds:
            site-engine-failed (blocking), site-engine-warning.
        """
        while self.working:
            self._finish_one()
        return in_order(self.findings)

    def _finish_one(self) -> None:
        self.findings += self.working[0].finish()
        self.working.pop(0).end()


def build_again(tree: SiteTree, epoch: int, whole: bool) -> tuple[Diagnostic, ...]:
    """The engine at work in this very process, which keeps it warm: for a preview, whose pages change one by one.

    Only pages that are newer than what they became are made, unless the `whole` is asked for.

    Finds:
        site-engine-failed (blocking), site-engine-warning.
    """
    os.environ |= _environment(tree.out.parent, epoch)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    tree.out.mkdir(parents=True, exist_ok=True)
    file = tree.out.with_suffix(".yml")
    file.write_text(_json(_settings(tree, tree.source)), encoding="utf-8")
    place = Place(f"site/{tree.language}")
    log = logging.getLogger("mkdocs")
    messages = _Kept(logging.WARNING)
    log.addHandler(messages)
    log.propagate = False
    try:
        config = load_config(str(file))
        messages.said.clear()
        build(config, dirty=not whole)
    except Exception as reason:  # the engine's own faults, and whatever a template of the project may raise
        said = [*messages.said, str(reason)]
        return (blocking("site-engine-failed", place, f"the site engine gave up: {said[0]}", _CORRECT),)
    finally:
        log.removeHandler(messages)
        gc.collect()
    said = [
        text for text in messages.said if "'dirty'" not in text
    ]  # that some pages are left as they are is meant
    return in_order([warning("site-engine-warning", place, text) for text in said])


def interface_text(language: str) -> str:
    """The words that the theme's script and templates show in a language, so that faces can print them."""
    theme = find_spec("material")  # found, not imported
    if theme is None or not theme.submodule_search_locations:
        return ""
    folder = Path(theme.submodule_search_locations[0]) / "templates" / "partials" / "languages"
    file = folder / f"{LANGUAGES[language].theme}.html"
    text = "".join(re.findall(r'": "(.*)"', file.read_text(encoding="utf-8")))
    return text + text.replace("个", "個")  # as our partial for its words corrects them


def versions() -> dict[str, str]:
    """The versions of the libraries that make the pages, for the record of a build."""
    return {library: version(library) for library in LIBRARIES}


def _palette(name: str) -> list[dict[str, Any]]:
    toggle = {"icon": "material/circle-half-full", "name": name}
    return [
        {"media": f"(prefers-color-scheme: {media})", "scheme": scheme, "toggle": toggle}
        for media, scheme in (("light", "default"), ("dark", "slate"))
    ]


def _navigation(report: ReportView) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = [{report.words["home"]: "index.md"}]
    for part in report.parts:
        pages = [{page.title: f"{page.id}.md"} for page in part.pages]
        entries += [{part.title: pages}] if part.title and pages else pages
    return entries


def _report(report: ReportView, base: str, logo: str) -> dict[str, Any]:
    return {
        "tag": report.language.tag,
        "title": report.title,
        "year": report.year,
        "company": report.company_short,
        "full_name": report.company,
        "other_names": [{"lang": tag, "text": text} for tag, text in report.other_companies],
        "incorporation": report.incorporation,
        "stock_code": report.stock_code,
        "statements": list(report.statements),
        "contact": asdict(report.contact) if report.contact else None,
        "draft": report.draft,
        "logo": logo,
        "site_url": base,
        "editions": [
            {"code": edition.code, "tag": edition.tag, "locale": _locale(edition.tag)}
            for edition in report.languages
        ],
    }


def _locale(tag: str) -> str:
    """zh-Hant-HK as shared links name it: zh_HK."""
    language, *_, region = tag.split("-")
    return f"{language}_{region}"


def _said_to_machines(
    report: ReportView, name: str, base: str, published: str, covers: str
) -> dict[str, Any]:
    """The report as schema.org describes one."""
    names = [report.company_short, *(text for _, text in report.other_companies)]
    company: dict[str, Any] = {"@type": "Organization", "name": report.company}
    if others := [text for text in dict.fromkeys(names) if text and text != report.company]:
        company["alternateName"] = others
    said = {
        "@type": "Report",
        "name": name,
        "inLanguage": report.language.tag,
        "datePublished": published,
        "temporalCoverage": covers,
        "url": f"{base}{report.language.code}/index.html" if base else "",
        "publisher": company,
    }
    return {key: value for key, value in said.items() if value}


def _page(report: ReportView, page: PageView | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the theme has to know of a page: `tab` is its name in the header or "", `contents` beside the text, `said` tells
    programs what it is, `written_in` are the languages that it is written in, `paired` whether there is another page of it with
    two languages side by side."""
    schema = {"@context": "https://schema.org"}
    if page is None:
        words = (report.tagline, report.company, f"{report.year} {report.title}")
        written = report.home.description if report.home else ""
        return {
            "code": "",
            "description": written or " | ".join(word for word in words if word),
            "said": {**schema, **said} if said else {},
            "written_in": [other.tag for other in report.languages],
            "tab": "",
            "contents": False,
            "paired": False,  # nor has it: it is weighed to the byte
        }
    pieces = {piece.piece for piece in page.body}
    few = len(report.pages) <= 6 and not any(part.title for part in report.parts)
    name = report.words["tab_data"] if "data" in pieces else page.title if few or "index" in pieces else ""
    pair = report.side_by_side
    tags = (report.language.tag, *([report.beside.tag] if report.beside else [tag for tag, _ in page.other]))
    own = {"@type": "WebPage", "name": page.title, "inLanguage": report.language.tag}
    described = {"description": page.description} if page.description else {}
    return {
        "code": page.code,
        "description": page.description,
        "said": {**schema, **own, **described, "isPartOf": dict(said)} if said else {},
        "written_in": list(tags),
        "tab": name,
        "paired": report.language in pair
        and not report.beside
        and {other.tag for other in pair} <= set(tags),
        "contents": not pieces & {"data", "index"},
    }


_CORRECT = (
    "correct the template that was changed last; if none was, this is a fault of the tool: please report it"
)


class _Kept(logging.Handler):
    """Keeps what the engine says."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _settings(tree: SiteTree, docs: Path) -> dict[str, Any]:
    """The engine's configuration, its folders included."""
    return dict(tree.config) | {"docs_dir": str(docs), "site_dir": str(tree.out)}


class _Engine:
    """The engine at work on one tree."""

    def __init__(self, tree: SiteTree, epoch: int) -> None:
        self.tree = tree
        self.folder = tempfile.TemporaryDirectory(prefix="esgreport-site-")
        self.scratch = Path(self.folder.name)
        docs, config = self.scratch / "docs", self.scratch / "mkdocs.yml"
        shutil.copytree(tree.source, docs)
        self.kept = set_aside(docs)
        config.write_text(_json(_settings(tree, docs)), encoding="utf-8")
        with (self.scratch / "said").open("wb") as said:
            self.process = subprocess.Popen(
                [*ENGINE, "--config-file", str(config)],
                cwd=self.scratch,
                env=_environment(self.scratch, epoch),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def finish(self) -> list[Diagnostic]:
        """Wait for the end; what it complained of."""
        code = self.process.wait()
        said = (self.scratch / "said").read_text(encoding="utf-8", errors="replace")
        for path in (self.scratch / "docs", self.scratch, self.tree.out, Path(sys.prefix)):
            said = said.replace(f"{path}{os.sep}", "")  # messages name no machine
        place = Place(f"site/{self.tree.language}")
        if code:
            return [
                blocking(
                    "site-engine-failed",
                    place,
                    f"the site engine ended with status {code}: {_reason(said)}",
                    "run `./run setup` and build again; if it happens again, this is a fault of the tool: please report it",
                )
            ]
        _tidy(self.tree)
        _put_back(self.tree.out, self.kept)
        return [
            warning("site-engine-warning", place, match["text"].strip())
            for match in re.finditer(r"^(?:WARNING|ERROR) +- +(?P<text>.+)$", said, re.MULTILINE)
        ]


def set_aside(docs: Path) -> list[str]:
    """Take finished HTML out of the pages: what was taken, in the order of the numbers that stand for it."""
    kept: list[str] = []

    def place(match: re.Match[str]) -> str:
        kept.append(match[1])
        return " ".join(["<!-- kept", str(len(kept) - 1), *(x for x in _LOOKED_FOR if x in match[1]), "-->"])

    for page in docs.glob("*.md"):
        page.write_bytes(_KEPT.sub(place, page.read_text(encoding="utf-8")).encode())
    return kept


def _put_back(site: Path, kept: Sequence[str]) -> None:
    """Put finished HTML into the pages that the engine has made."""
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_bytes(_PLACE.sub(lambda match: kept[int(match[1])], text).encode())


def _environment(scratch: Path, epoch: int) -> dict[str, str]:
    """Nothing of the caller's environment but where programs are: no clock, locale, home or proxy."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "NO_MKDOCS_2_WARNING": "1",
    }


def _reason(said: str) -> str:
    """The line that says why: the engine's own error, else the last line of a traceback."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "Error"))]
    return re.sub(r"^ERROR +- +", "", (errors or lines or ["it gave no reason"])[-1])


def _tidy(tree: SiteTree) -> None:
    """Take away what the engine writes and no page asks for."""
    unused = UNUSED if tree.config.get("site_url") else UNUSED + ONLY_WITH_ADDRESS
    for name in unused:
        path = tree.out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for path in tree.out.rglob("*.map"):
        path.unlink()


def _json(value: object) -> str:
    """JSON that is YAML too: YAML 1.1 folds or refuses a few characters that JSON leaves as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", text)
