"""A framework as values: requirements with their measures, in a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from esgreport.diagnostics import Place
from esgreport.languages import LANGUAGES, Text

LEVELS = ("mandatory", "comply-or-explain", "voluntary", "encouraged")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that a requirement expects; `periods` is the number of years that each need a value.

    `breakdown_rule` is required or where-applicable, `intensity` expected, where-appropriate or optional. `sum_of`
    names the measures that it adds up, `energy` the one that emissions come from; from a `gross` one nothing is
    taken away.
    """

    key: str
    label: Text
    unit: str
    breakdown: tuple[str, ...] = ()
    breakdown_rule: str = ""
    intensity: str = ""
    periods: int = 1
    optional: bool = False
    sum_of: tuple[str, ...] = ()
    gross: bool = False
    energy: str = ""
    confidence: str = "high"

    @property
    def breakdown_required(self) -> bool:
        """Whether the figure has to be broken down."""
        return self.breakdown_rule == "required"

    @property
    def intensity_expected(self) -> bool:
        """Whether the figure per unit of activity has to be given."""
        return self.intensity == "expected"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One node of a framework. `level` is settled for the report; "" for a node with children of several levels.

    `confidence` is how sure the catalogue is of the fact: for authors, never printed in an edition.
    """

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
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Relief:
    """A ground on which the rules let an answer be left out."""

    label: Text
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A requirement that is also answered by what answers one of another framework, as `source` says."""

    requirement: str
    framework: str
    answered_by: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Framework:
    """A catalogue of requirements in their own order.

    It is for financial years that begin on `applies_from` or later, and before `applies_before`. `claims` are the ways
    in which a report may say that it uses the framework, each with its statement of use; `statement` is that of this
    report.
    """

    id: str
    title: Text
    requirements: Mapping[str, Requirement]
    reliefs: Mapping[str, Relief] = field(default_factory=dict)
    claims: Mapping[str, Text] = field(default_factory=dict)
    statement: Text = field(default_factory=Text)
    maps: tuple[Mapped, ...] = ()
    applies_from: date = date.min
    applies_before: date = date.max
    supersedes: str = ""
    superseded_by: str = ""
    children: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Who stands below whom, worked out once."""
        below: dict[str, tuple[str, ...]] = {}
        for requirement in self.requirements.values():
            below[requirement.parent] = (*below.get(requirement.parent, ()), requirement.id)
        object.__setattr__(self, "children", below)

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
        below = self.children.get(id)
        if not below:
            return (self.requirements[id],)
        return tuple(leaf for child in below for leaf in self.leaves(child))

    def row_of(self, id: str) -> Requirement | None:
        """The index row that a node belongs to: itself or its nearest ancestor that is one."""
        for requirement in (self.requirements[id], *self.ancestors(id)):
            if requirement.index_row:
                return requirement
        return None

    def unsure(self, id: str) -> dict[str, str]:
        """The facts of a row that the catalogue is not sure of: requirement or measure, and how sure it is."""
        found: dict[str, str] = {}
        for node in dict.fromkeys((self.requirements[id], *self.leaves(id))):
            facts = {node.id: node.confidence} | {f"{node.id}:{m.key}": m.confidence for m in node.measures}
            found |= {name: sure for name, sure in facts.items() if sure != "high"}
        return found


def worded_in(text: Text, language: str) -> str:
    """A framework's wording in `language`; Simplified Chinese falls back to Traditional, all else to English."""
    if not text:
        return ""
    for code in (language, *(("zh-Hant",) if language == "zh-Hans" else ()), *LANGUAGES):
        for known, wording in text.wordings:  # of all lookups the one that is made most
            if known == code:
                return wording
    return ""


def other_names(frameworks: Mapping[str, Framework], language: str) -> dict[str, str]:
    """What requirements and their measures are called in a language, by what they are called in English."""
    labels = [framework.title for framework in frameworks.values()]
    for framework in frameworks.values():
        for requirement in framework.requirements.values():
            labels += [requirement.label, *(measure.label for measure in requirement.measures)]
        labels += [relief.label for relief in framework.reliefs.values()]
    return {worded_in(label, "en"): worded_in(label, language) for label in labels}
