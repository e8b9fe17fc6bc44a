"""The narrative's pages, and the files of a project that nothing reads."""

from __future__ import annotations

import re
from pathlib import Path

from esgreport.diagnostics import Place, blocking, error, warning
from esgreport.load.project import Project
from esgreport.model import HOME, Page, Report
from esgreport.narrative import read_page
from esgreport.source import inside, plain_name, read_text

_KNOWN_DATA = re.compile(
    r"(report|dimensions|factors|pictures|glossary|accepted)\.yml|(registers|aspects|topics)/[^/]+\.yml"
)
_FRAMEWORK = re.compile(r"frameworks/(?P<id>[^/]+?)(\.labels)?\.yml")
_CSV_DATA = re.compile(r"aspects/[^/]+\.csv")


def read_pages(project: Project, report: Report) -> dict[tuple[str, str], Page]:
    """The pages of all languages by id and language: those of the parts, and the home page if it is written."""
    pages: dict[tuple[str, str], Page] = {}
    names_in = {language: project.names(f"content/{language}", ".md") for language in report.languages}
    homes = [f"content/{x}/{HOME}.md" for x, names in names_in.items() if f"content/{x}/{HOME}.md" in names]
    wanted = (*report.page_order, HOME) if homes else report.page_order
    for language, names in names_in.items():
        folder = f"content/{language}"
        for page in wanted:
            name = f"{folder}/{page}.md"
            if name not in names:
                instead = "take the page out of parts in data/report.yml"
                instead = f"delete {' and '.join(homes)}" if page == HOME else instead
                project.findings.append(
                    error(
                        "page-missing",
                        Place(name),
                        f'the page "{page}" is not written in {language}',
                        f"write {name}, or {instead}",
                    )
                )
                continue
            text, findings = read_text(project.root, name)
            project.findings.extend(findings)
            if findings:
                continue
            read, findings = read_page(text, name, page, language)
            project.findings.extend(findings)
            if read is not None:
                pages[page, language] = read
        for name in names:
            if Path(name).stem not in wanted:
                project.findings.append(
                    warning(
                        "page-not-listed",
                        Place(name),
                        "this page is in no part of data/report.yml, so it is not printed",
                        "add it to pages, or delete it",
                    )
                )
    return pages


def find_unknown_files(project: Project, report: Report) -> None:
    """Files of data/ that nothing reads: misplaced or misnamed, their figures would be lost silently."""
    base = project.root / "data"
    for path in sorted(base.rglob("*")):
        name = path.relative_to(base).as_posix()
        known = _KNOWN_DATA.fullmatch(name) or (
            _CSV_DATA.fullmatch(name) and path.with_suffix(".yml").exists()
        )
        framework = _FRAMEWORK.fullmatch(name)
        if known or not path.is_file() or path.name.startswith(".") or not plain_name(name):
            continue
        if framework:
            if framework["id"] not in report.frameworks:
                message = "this file is not read: data/report.yml does not name its framework"
                help = f"add {framework['id']} to frameworks, or delete the file"
                project.findings.append(warning("unknown-file", Place(f"data/{name}"), message, help))
        else:
            message = "this file is not read: its name or folder is not one the report knows"
            help = "aspect files are data/aspects/NAME.yml, with long data in NAME.csv beside them"
            project.findings.append(warning("unknown-file", Place(f"data/{name}"), message, help))


def find_extraordinary_files(project: Project) -> None:
    """Links out of the project, pipes and devices, named by a page or not: a later step might open them.

    What lies in content/assets is looked at where a page names it.
    """
    told = {finding.place.path for finding in project.findings if finding.blocking}
    for folder in ("data", "content"):
        for path in sorted((project.root / folder).rglob("*")):
            name = path.relative_to(project.root).as_posix()
            hidden = any(part.startswith(".") for part in Path(name).parts)
            if name in told or hidden or name.startswith("content/assets/") or not plain_name(name):
                continue
            if not inside(project.root, path):
                message = "this is a link to a file outside the project"
                help = "copy the file into the project"
                project.findings.append(blocking("outside-project", Place(name), message, help))
            elif not (path.is_file() or path.is_dir()):
                message = "this is not an ordinary file"
                help = "put an ordinary file here, or delete it"
                project.findings.append(blocking("not-a-file", Place(name), message, help))
