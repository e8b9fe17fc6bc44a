"""The frameworks that a report names: the package's and the project's, in the project's wording, fit for its period."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from esgreport import source
from esgreport.diagnostics import Diagnostic, Place, blocking, error, warning
from esgreport.framework.reader import read_framework
from esgreport.framework.values import Framework, Requirement, worded_in
from esgreport.languages import Text
from esgreport.model import Report
from esgreport.schema import Shapes, nearest
from esgreport.source import Empty, Node, Scalar, exists, inside, plain_name, read_text, read_yaml

PACKAGE_FRAMEWORKS = Path(__file__).parents[1] / "frameworks"
PROJECT_FRAMEWORKS = "data/frameworks"
_ANY = re.compile(r"\S.*\Z")


def load_frameworks(report: Report, root: Path) -> tuple[dict[str, Framework], list[Diagnostic]]:
    """The frameworks that the report names, settled for it; those of the project at `root` stand beside the package's."""
    found: dict[str, Framework] = {}
    findings: list[Diagnostic] = []
    ours = {path.stem for path in PACKAGE_FRAMEWORKS.glob("*.yml")}
    theirs = _ids_of_project(root)
    known = ours | theirs
    for id in report.frameworks:
        if id not in known:
            what = nearest(id, known)
            findings.append(blocking("unknown-name", report.place, f'"{id}" is not a framework', what))
            continue
        name = f"{PROJECT_FRAMEWORKS}/{id}.yml"
        if id in ours and id in theirs:
            message = f'"{id}" is a framework that the tool has already'
            help = f"give yours another id; wording of your own for it goes into {id}.labels.yml"
            findings.append(blocking("duplicate-id", Place(name), message, help))
        framework, more = _framework_of(report, root, id, id in ours)
        findings += more
        if framework is not None:
            framework, more = _with_own_wording(framework, report, root)
            found[id] = replace(framework, statement=_statement(framework, report))
            findings += [*more, *_not_fitting(framework, report)]
    for framework in found.values():
        findings += _maps_to_nothing(framework, found, known)
    return found, findings


@cache
def requirements_of(id: str) -> Mapping[str, Requirement]:
    """The requirements of a framework of the package, whoever the issuer is; none of one that it has not."""
    if not (PACKAGE_FRAMEWORKS / f"{id}.yml").is_file():
        return {}
    framework, _ = package_framework(id, "", date.min)
    return framework.requirements if framework else {}


def _ids_of_project(root: Path) -> set[str]:
    folder = root / PROJECT_FRAMEWORKS
    if not inside(root, folder) or not folder.is_dir():
        return set()
    names = [path.name for path in folder.glob("*.yml") if plain_name(path.name)]
    return {name.removesuffix(".yml") for name in names if not name.endswith(".labels.yml")}


def _read(root: Path, name: str, shown: str) -> tuple[Node | None, list[Diagnostic]]:
    text, findings = read_text(root, name)
    if findings:
        return None, findings
    node, findings = read_yaml(text, shown)
    if not findings and (node is None or isinstance(node, Empty)):
        message = "the file holds nothing"
        return None, [warning("empty-file", Place(shown), message, "write something, or delete it")]
    return node, findings


def package_framework(
    id: str, issuer_class: str, begins: date, claim: str = ""
) -> tuple[Framework | None, list[Diagnostic]]:
    """A framework of the package, its levels settled for an issuer, a financial year and a claim."""
    node, problems = _read(PACKAGE_FRAMEWORKS, f"{id}.yml", f"frameworks/{id}.yml")
    framework, faults = read_framework(node, issuer_class, begins, claim)
    return framework, [*problems, *faults]


def _framework_of(
    report: Report, root: Path, id: str, of_package: bool
) -> tuple[Framework | None, list[Diagnostic]]:
    begins = report.periods[report.period].start if report.period in report.periods else date.min
    claim = report.claims[id].name if id in report.claims else ""
    if of_package:
        return package_framework(id, report.company.issuer_class, begins, claim)
    name = f"{PROJECT_FRAMEWORKS}/{id}.yml"
    node, problems = _read(root, name, name)
    if node is None:
        return None, problems
    framework, faults = read_framework(
        node, report.company.issuer_class, begins, claim, report.languages, report.units, report.dimensions
    )
    if isinstance(node, source.Mapping) and framework.id not in ("", id):
        place = next(value.place for key, value in node if key.text == "id")
        message = f'the framework "{framework.id}" stands in a file of another name'
        help = f"write id: {id}, or rename the file {framework.id}.yml"
        faults.append(blocking("bad-id", place, message, help))
    return replace(framework, id=id), [*problems, *faults]


def _with_own_wording(framework: Framework, report: Report, root: Path) -> tuple[Framework, list[Diagnostic]]:
    """The framework with the project's wording where its file of labels gives one; ours where a language lacks."""
    name = f"{PROJECT_FRAMEWORKS}/{framework.id}.labels.yml"
    if not exists(root, name):
        return framework, []
    node, findings = _read(root, name, name)
    shapes, some = Shapes(report.languages), Shapes(())
    some.findings = shapes.findings
    requirements, claims = dict(framework.requirements), dict(framework.claims)
    written = shapes.entries(node, "wording by requirement", _ANY)
    what = f"a requirement or claim of {framework.id}"
    for key, value in shapes.known(written, {*requirements, *claims}, what, "unknown-requirement"):
        reader = shapes if isinstance(value, Scalar) else some  # a language that lacks keeps our wording
        own = reader.wording(value, f"the wording of {key.text}")
        if key.text in requirements:
            requirement = requirements[key.text]
            requirements[key.text] = replace(requirement, label=Text.of({**requirement.label, **own}))
        else:
            claims[key.text] = Text.of({**claims[key.text], **own})
    return replace(framework, requirements=requirements, claims=claims), [*findings, *shapes.findings]


def _statement(framework: Framework, report: Report) -> Text:
    """What the report says of its use of the framework, with the company's name and the days of the period."""
    claim = report.claims.get(framework.id)
    period = report.periods.get(report.period)
    if claim is None or period is None:
        return Text()
    statements = {}
    for language in report.languages:
        text = worded_in(framework.claims.get(claim.name, Text()), language)
        text = text.replace("{from}", report.worded_day(period.start, language))
        text = text.replace("{to}", report.worded_day(period.end, language))
        statements[language] = text.replace("{company}", worded_in(report.company.name, language))
    return Text.of({language: text for language, text in statements.items() if text})


def _not_fitting(framework: Framework, report: Report) -> list[Diagnostic]:
    """What keeps the framework from being the one for this report's period, issuer or claim."""
    findings = []
    period = report.periods.get(report.period)
    if period and not framework.applies_from <= period.start < framework.applies_before:
        since = f" on or after {framework.applies_from}" if framework.applies_from != date.min else ""
        until = f" before {framework.applies_before}" if framework.applies_before != date.max else ""
        message = (
            f"{framework.id} is for financial years that begin{' and'.join(filter(None, [since, until]))}; "
            f"that of this report begins on {period.start}"
        )
        other = framework.supersedes if period.start < framework.applies_from else framework.superseded_by
        help = f"name {other} instead" if other else "name the edition for this period"
        findings.append(error("framework-period", report.place, message, help))
    claim = report.claims.get(framework.id)
    if claim and claim.name not in framework.claims:
        message = f'"{claim.name}" is not a claim that {framework.id} knows'
        help = nearest(claim.name, framework.claims)
        findings.append(blocking("unknown-choice", claim.place, message, help))
    elif framework.claims and claim is None:
        message = f"the report does not say how it uses {framework.id}"
        help = f"add claims: {{{framework.id}: {' or '.join(framework.claims)}}} to data/report.yml"
        findings.append(error("claim-missing", report.place, message, help))
    elif any(not r.level for r in framework.rows) and not report.company.issuer_class:
        message = f"what {framework.id} asks for depends on the issuer's class, which is not given"
        help = "add issuer_class: main-board (or largecap, gem) to company"
        findings.append(error("issuer-class-missing", report.place, message, help))
    return findings


def _maps_to_nothing(
    framework: Framework, found: Mapping[str, Framework], known: Collection[str]
) -> list[Diagnostic]:
    findings = []
    for mapped in framework.maps:
        other = found.get(mapped.framework)
        if mapped.framework not in known:
            message = f'"{mapped.framework}" is not a framework'
            findings.append(blocking("unknown-name", mapped.place, message, nearest(mapped.framework, known)))
        elif other and mapped.answered_by not in other.requirements:
            message = f'"{mapped.answered_by}" is not a requirement of {other.id}'
            help = nearest(mapped.answered_by, other.requirements)
            findings.append(blocking("unknown-requirement", mapped.place, message, help))
    return findings
