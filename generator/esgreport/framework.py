"""Reporting frameworks as data: trees of requirements, read from one file each.

A framework says what must be disclosed, at which level of obligation, with which measures. The level of
some requirements depends on the issuer's class and on the day its financial year begins; it is settled when
the framework is read. Labels are our own short wording. Source of the HKEX files: Appendix C2 of the
Listing Rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from esgreport.diagnostics import Diagnostic, blocking, error
from esgreport.languages import LANGUAGES, Text
from esgreport.model import Report
from esgreport.schema import Shapes, nearest
from esgreport.source import Node, Sequence, read_text, read_yaml

_ANY = re.compile(r"\S.*\Z")
PACKAGE_FRAMEWORKS = Path(__file__).parent / "frameworks"
LEVELS = ("mandatory", "comply-or-explain", "voluntary", "encouraged")
_REQUIREMENT_KEYS = (
    "id", "parent", "code", "type", "kind", "level", "phase_in", "index_row", "negative_statement", "reliefs", "label",
    "measures",
)  # fmt: skip
_MEASURE_KEYS = (
    "key", "label", "unit", "breakdown", "breakdown_rule", "intensity", "periods", "optional", "sum_of", "gross",
    "energy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that a requirement expects; `periods` is the number of years that each need a value.

    `sum_of` names the measures that it adds up, `energy` the one that emissions come from; from a `gross` one
    nothing is taken away.
    """

    key: str
    label: Text
    unit: str
    breakdown: tuple[str, ...] = ()
    breakdown_required: bool = False
    intensity_expected: bool = False
    periods: int = 1
    optional: bool = False
    sum_of: tuple[str, ...] = ()
    gross: bool = False
    energy: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One node of a framework. `level` is settled for the issuer; "" for a node with children of several levels."""

    id: str
    parent: str
    code: Text
    type: str
    kind: str
    level: str
    label: Text
    index_row: bool
    negative_statement: bool = False
    reliefs: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A catalogue of requirements in their own order."""

    id: str
    title: Text
    requirements: Mapping[str, Requirement]

    @property
    def rows(self) -> tuple[Requirement, ...]:
        """The rows of the default index."""
        return tuple(r for r in self.requirements.values() if r.index_row)

    def own(self, id: str) -> str:
        """The requirement that an author means by `id` or `framework/id`; "" if it is none of this framework."""
        plain = id.removeprefix(f"{self.id}/")
        return plain if plain in self.requirements else ""

    def ancestors(self, id: str) -> tuple[Requirement, ...]:
        """The nodes above, nearest first."""
        found = []
        while (id := self.requirements[id].parent) in self.requirements:
            found.append(self.requirements[id])
        return tuple(found)

    def leaves(self, id: str) -> tuple[Requirement, ...]:
        """The lowest nodes under `id`; itself where it has none."""
        children = [r for r in self.requirements.values() if r.parent == id]
        if not children:
            return (self.requirements[id],)
        return tuple(leaf for child in children for leaf in self.leaves(child.id))

    def row_of(self, id: str) -> Requirement | None:
        """The index row that a node belongs to: itself or its nearest ancestor that is one."""
        for requirement in (self.requirements[id], *self.ancestors(id)):
            if requirement.index_row:
                return requirement
        return None


def load_frameworks(report: Report) -> tuple[dict[str, Framework], list[Diagnostic]]:
    """The frameworks that the report names, settled for its issuer class and financial year."""
    found: dict[str, Framework] = {}
    findings: list[Diagnostic] = []
    known = sorted(path.stem for path in PACKAGE_FRAMEWORKS.glob("*.yml"))
    for id in report.frameworks:
        if id not in known:
            findings.append(
                blocking("unknown-name", report.place, f'"{id}" is not a framework', nearest(id, known))
            )
            continue
        text, problems = read_text(PACKAGE_FRAMEWORKS, f"{id}.yml")
        node, more = read_yaml(text, f"frameworks/{id}.yml")
        begins = report.periods[report.period].start if report.period in report.periods else date.min
        found[id], faults = read_framework(node, report.company.issuer_class, begins)
        findings += [*problems, *more, *faults]
        if any(not r.level for r in found[id].rows) and not report.company.issuer_class:
            findings.append(
                error(
                    "issuer-class-missing",
                    report.place,
                    f"what {id} asks for depends on the issuer's class, which is not given",
                    "add issuer_class: main-board (or largecap, gem) to company",
                )
            )
    return found, findings


def read_framework(node: Node | None, issuer_class: str, begins: date) -> tuple[Framework, list[Diagnostic]]:
    """A framework from its file, for an issuer of this class whose financial year begins on this day."""
    shapes = Shapes(())
    shape = shapes.mapping(
        node,
        "a framework",
        ("id", "title", "applies_from", "phase_in", "requirements"),
        ("id", "title", "requirements"),
    )
    phases: dict[str, str] = {}
    for phase, by_class in shapes.entries(shape.get("phase_in"), "phase_in", _ANY):
        for name, levels in shapes.entries(by_class, "an issuer class", _ANY):
            if name.text == issuer_class:
                for start, settled in shapes.entries(levels, "levels", _ANY):
                    if date.fromisoformat(start.text) <= begins:
                        phases[phase.text] = shapes.choice(settled, "a level", LEVELS)
    requirements: dict[str, Requirement] = {}
    items = shape.get("requirements")
    for item in items.items if isinstance(items, Sequence) else ():
        entry = shapes.mapping(item, "a requirement", _REQUIREMENT_KEYS, ("id", "kind", "level", "label"))
        text = {
            key: shapes.text(entry.get(key), key)
            for key in ("id", "parent", "type", "kind", "level", "phase_in")
        }
        level = text["level"] if text["level"] in LEVELS else phases.get(text["phase_in"], "")
        measures = entry.get("measures")
        requirements[text["id"]] = Requirement(
            id=text["id"],
            parent=text["parent"],
            code=shapes.wording(entry.get("code"), "code"),
            type=text["type"],
            kind=text["kind"],
            level=level,
            label=shapes.wording(entry.get("label"), "label"),
            index_row=shapes.yes(entry.get("index_row"), "index_row", False),
            negative_statement=shapes.yes(entry.get("negative_statement"), "negative_statement", False),
            reliefs=tuple(s.text for s in shapes.items(entry.get("reliefs"), "reliefs")),
            measures=tuple(
                _measure(shapes, m) for m in (measures.items if isinstance(measures, Sequence) else ())
            ),
        )
    framework = Framework(
        shapes.text(shape.get("id"), "id"), shapes.wording(shape.get("title"), "title"), requirements
    )
    for id, requirement in requirements.items():  # a relief given to a paragraph holds for its items
        above = next((node.reliefs for node in framework.ancestors(id) if node.reliefs), ())
        requirements[id] = replace(requirement, reliefs=requirement.reliefs or above)
    return framework, shapes.findings


def _measure(shapes: Shapes, node: Node) -> Measure:
    entry = shapes.mapping(node, "a measure", _MEASURE_KEYS, ("key", "label", "unit"))
    return Measure(
        key=shapes.text(entry.get("key"), "key"),
        label=shapes.wording(entry.get("label"), "label"),
        unit=shapes.text(entry.get("unit"), "unit"),
        breakdown=tuple(s.text.replace("-", "_") for s in shapes.items(entry.get("breakdown"), "breakdown")),
        breakdown_required=shapes.text(entry.get("breakdown_rule"), "breakdown_rule") == "required",
        intensity_expected=shapes.text(entry.get("intensity"), "intensity") == "expected",
        periods=shapes.whole(entry.get("periods"), "periods", 9) or 1,
        optional=shapes.yes(entry.get("optional"), "optional", False),
        sum_of=tuple(s.text for s in shapes.items(entry.get("sum_of"), "sum_of")),
        gross=shapes.yes(entry.get("gross"), "gross", False),
        energy=shapes.text(entry.get("energy"), "energy"),
    )


def worded_in(text: Text, language: str) -> str:
    """A framework's wording in `language`; Simplified Chinese falls back to Traditional, all else to English."""
    for code in (language, *(("zh-Hant",) if language == "zh-Hans" else ()), *LANGUAGES):
        if code in text:
            return text[code]
    return ""
