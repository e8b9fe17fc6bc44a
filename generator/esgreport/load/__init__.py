"""The project's files become one `Report`: every file read, every finding kept, names checked.

Reading goes on after a fault, so that all findings come in one run. What depends on several files
(a name used in one and defined in another) is checked at the end, where everything is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from esgreport.diagnostics import Diagnostic, blocking, in_order
from esgreport.load.aspects import read_aspects
from esgreport.load.computed import with_computed
from esgreport.load.factors import read_factors
from esgreport.load.files import find_extraordinary_files, find_unknown_files, read_pages
from esgreport.load.glossary import read_glossary
from esgreport.load.names import check_names, with_dependents
from esgreport.load.pictures import read_pictures
from esgreport.load.project import Project
from esgreport.load.registers import read_dimensions, read_registers, with_published
from esgreport.load.report_file import read_engine_features, read_report
from esgreport.load.topics import read_topics
from esgreport.load.units import read_units
from esgreport.model import Report

MOST_FINDINGS_OF_A_FILE = 200


def load(root: Path) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """The report of the project at `root`, with everything found on the way.

    None when `data/report.yml` is missing or unreadable; then the findings say why.
    """
    project = Project(root)
    report = _whole_report(project)
    return report, in_order(_first_of_each_file(in_order(project.findings)))


def _whole_report(project: Project) -> Report | None:
    report = read_report(project)
    if report is None:
        return None
    project.units = read_units(project)
    entries = read_registers(project)
    project.dimensions = read_dimensions(project, entries)
    report = replace(report, units=project.units, entries=entries, dimensions=project.dimensions)
    report = replace(report, factors=read_factors(project))
    report = with_computed(project, read_aspects(project, report))
    report = replace(report, entries=with_published(report))
    report = replace(report, topics=read_topics(project), pictures=read_pictures(project))
    report = replace(report, glossary=read_glossary(project))
    report = replace(report, pages=read_pages(project, report), engine_features=read_engine_features(project))
    find_unknown_files(project, report)
    find_extraordinary_files(project)
    report = replace(report, unread=with_dependents(report, project.unread | project.unread_periods))
    project.findings.extend(check_names(report))
    metrics = report.metrics
    targets = {id: t for id, t in report.targets.items() if t.metric in metrics and id not in metrics}
    if dropped := report.targets.keys() - targets.keys():  # refused by check_names
        report = replace(report, targets=targets, unread=report.unread | dropped)
    ridge = report.ridge
    if ridge and (ridge.metric not in report.metrics or ridge.dimension not in report.dimensions):
        report = replace(report, ridge=None)  # refused by check_names
    return report


def _first_of_each_file(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings without the hundreds that one mistake can make in one file."""
    count: dict[str, int] = {}
    for finding in findings:
        path = finding.place.path
        count[path] = count.get(path, 0) + 1
        if count[path] <= MOST_FINDINGS_OF_A_FILE:
            yield finding
        elif count[path] == MOST_FINDINGS_OF_A_FILE + 1:
            message = "this file has more mistakes, which are not listed"
            yield blocking("more-findings", finding.place, message, "correct those above and check again")
