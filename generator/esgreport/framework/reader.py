"""One framework from its file: every key known, every name defined, every level settled."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from esgreport.diagnostics import Diagnostic, Place
from esgreport.framework.values import LEVELS, Framework, Mapped, Measure, Relief, Requirement
from esgreport.languages import LANGUAGES, Text
from esgreport.model import ISSUER_CLASSES
from esgreport.schema import MOST_GUESSED, Shapes, nearest
from esgreport.source import Empty, Node, Scalar, Sequence
from esgreport.units import UnitTable

SETTLED_LATER = ("by-issuer-class", "by-claim", "mixed")  # by what, or: what is below differs
TYPES = (
    "part", "mdr", "subject-area", "heading", "aspect", "general-disclosure", "kpi", "pillar", "topic", "paragraph",
    "disclosure", "goal", "item",
)  # fmt: skip
KINDS = (
    "group", "board-statement", "principle-application", "boundary-statement", "policy", "law-compliance",
    "quantitative", "mixed", "target", "target-attribute", "target-progress", "process", "narrative", "classification",
    "assessment", "methodology", "procedural",
)  # fmt: skip
BREAKDOWNS = (
    "gender", "employment_type", "age_group", "region", "employee_category", "energy_type", "pollutant", "ghg_scope",
    "scope3_category", "focus_area", "risk_or_opportunity",
)  # fmt: skip
QUANTITIES = (
    "kWh-000",
    "rate",
    "money",
    "money-per-tCO2e",
    "hour-per-person",
)  # more than one unit of the table fits
CONFIDENCES = ("high", "medium", "low")
MOST_REQUIREMENTS = 2_000
MOST_LEVELS_DEEP = 8

_ANY = re.compile(r"\S.*\Z")
_FRAMEWORK_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_REQUIREMENT_ID = re.compile(r"""[^\s:/"'{}]+\Z""")  # what a tag can name: see the answers of headings
_FRAMEWORK_KEYS = (
    "id", "title", "supersedes", "superseded_by", "applies_from", "applies_before", "claims", "reliefs", "phase_in",
    "requirements", "maps",
)  # fmt: skip
_REQUIREMENT_KEYS = (
    "id", "parent", "code", "type", "kind", "level", "phase_in", "index_row", "negative_statement", "reliefs", "label",
    "measures", "confidence",
)  # fmt: skip
_MEASURE_KEYS = (
    "key", "label", "unit", "breakdown", "breakdown_rule", "intensity", "periods", "optional", "sum_of", "gross",
    "energy", "confidence",
)  # fmt: skip


def read_framework(
    node: Node | None,
    issuer_class: str,
    begins: date,
    claim: str = "",
    languages: tuple[str, ...] = (),
    units: UnitTable | None = None,
    dimensions: Collection[str] = (),
) -> tuple[Framework, list[Diagnostic]]:
    """A framework from its file, for an issuer of this class whose financial year begins on this day.

    Wordings are asked for in `languages`; measures may be in `units` and broken down by `dimensions`.
    """
    shapes = Shapes(languages)
    reader = _Reader(shapes, (issuer_class, claim), begins, units or UnitTable(), dimensions)
    return reader.framework(node), shapes.findings


class _Reader:
    """Reads one framework; `settled_by` is the issuer's class and the claim, which settle levels."""

    def __init__(
        self,
        shapes: Shapes,
        settled_by: tuple[str, ...],
        begins: date,
        units: UnitTable,
        dimensions: Collection[str],
    ) -> None:
        self.shapes, self.settled_by, self.begins, self.units = shapes, settled_by, begins, units
        self.breakdowns = {*BREAKDOWNS, *dimensions}
        self.phases: dict[str, str] = {}
        self.reliefs: dict[str, Relief] = {}
        self.requirements: dict[str, Requirement] = {}
        self.measures: set[str] = set()
        self.named_measures: list[Scalar] = []
        self.depths: dict[str, int] = {"": 0}
        self.places: dict[str, Place] = {}

    def framework(self, node: Node | None) -> Framework:
        shapes = self.shapes
        shape = shapes.mapping(node, "a framework", _FRAMEWORK_KEYS, ("id", "title", "requirements"))
        id = shapes.text(shape.get("id"), "id")
        if id and not _FRAMEWORK_ID.match(id):
            help = "use lower-case letters, digits and -, beginning with a letter or digit"
            shapes.refuse(shape["id"].place, f'"{id}" cannot be the id of a framework', help, "bad-id")
        claims = {
            key.text: shapes.wording(value, f"the statement of {key.text}")
            for key, value in shapes.entries(shape.get("claims"), "claims", _FRAMEWORK_ID)
        }
        for key, value in shapes.entries(shape.get("reliefs"), "reliefs", _FRAMEWORK_ID):
            entry = shapes.mapping(value, "a relief", ("label", "confidence"), ("label",))
            label = shapes.wording(entry.get("label"), f"the label of {key.text}")
            self.reliefs[key.text] = Relief(label, self.confidence(entry))
        self.read_phases(shape.get("phase_in"), claims)
        for item in self.listed(shape.get("requirements"), "requirements", MOST_REQUIREMENTS):
            self.read_requirement(item)
        for name in self.named_measures:
            if name.text not in self.measures:
                message = f'"{name.text}" is not a measure of this framework'
                shapes.refuse(name.place, message, nearest(name.text, self.measures), "unknown-name")
        framework = Framework(
            id=id,
            title=shapes.wording(shape.get("title"), "the framework's title"),
            requirements=self.requirements,
            reliefs=self.reliefs,
            claims=claims,
            maps=self.maps(shape.get("maps")),
            applies_from=shapes.day(shape.get("applies_from"), "applies_from") or date.min,
            applies_before=shapes.day(shape.get("applies_before"), "applies_before") or date.max,
            supersedes=shapes.text(shape.get("supersedes"), "supersedes"),
            superseded_by=shapes.text(shape.get("superseded_by"), "superseded_by"),
        )
        self.look_at_rows(framework)
        settled = {  # a relief given to a paragraph holds for its items
            id: replace(r, reliefs=next((n.reliefs for n in (r, *framework.ancestors(id)) if n.reliefs), ()))
            for id, r in self.requirements.items()
        }
        return replace(framework, requirements=settled)

    def listed(self, node: Node | None, what: str, most: int) -> tuple[Node, ...]:
        """The items of a list of keys with values."""
        if node is None or isinstance(node, Empty):
            return ()
        if not isinstance(node, Sequence):
            self.shapes.refuse(node.place, f"{what} should be a list", "begin each one with a dash: - id: …")
            return ()
        if len(node.items) > most:
            place = node.items[most].place
            help = "make several frameworks of it"
            self.shapes.refuse(place, f"more than {most} {what}", help, "too-many-values")
        return node.items[:most]

    def confidence(self, entry: Mapping[str, Node]) -> str:
        return self.shapes.choice(entry.get("confidence"), "how sure one can be", CONFIDENCES, "high")

    def read_phases(self, node: Node | None, claims: Collection[str]) -> None:
        """The level of each phase for this issuer or claim, on the day its financial year begins."""
        shapes = self.shapes
        names = {*ISSUER_CLASSES, *claims}
        for phase, value in shapes.entries(node, "phase_in", _ANY):
            self.phases[phase.text] = ""
            by_name = shapes.entries(value, "levels by issuer class or claim", _ANY)
            for name, levels in shapes.known(by_name, names, "an issuer class or claim"):
                dated: dict[date, str] = {}
                if isinstance(levels, Scalar):
                    dated[date.min] = shapes.choice(levels, "a level", LEVELS)
                else:
                    for start, level in shapes.entries(levels, "levels by first day", _ANY):
                        day = shapes.day(start, "the first day of a level")
                        dated[day or date.max] = shapes.choice(level, "a level", LEVELS)
                reached = [day for day in dated if day <= self.begins]
                if name.text in self.settled_by and reached:
                    self.phases[phase.text] = dated[max(reached)]

    def read_requirement(self, node: Node) -> None:
        shapes = self.shapes
        entry = shapes.mapping(node, "a requirement", _REQUIREMENT_KEYS, ("id", "kind", "level", "label"))
        id = shapes.text(entry.get("id"), "id")
        if not id:
            return
        place = entry["id"].place
        if not _REQUIREMENT_ID.match(id) or len(id) > MOST_GUESSED:
            help = "use no spaces, quotes, braces, colons or slashes"
            shapes.refuse(place, f'"{id}" cannot be the id of a requirement', help, "bad-id")
            return
        if id in self.requirements:
            shapes.refuse(place, f'the requirement "{id}" stands here twice', "keep one", "duplicate-id")
            return
        parent = shapes.text(entry.get("parent"), "parent")
        if parent and parent not in self.requirements:
            message = f'"{parent}" is not a requirement that stands above "{id}"'
            shapes.refuse(entry["parent"].place, message, nearest(parent, self.requirements), "unknown-name")
            parent = ""
        if self.depths[parent] == MOST_LEVELS_DEEP:
            message = f'"{id}" stands deeper than {MOST_LEVELS_DEEP} levels'
            shapes.refuse(entry["parent"].place, message, "name a parent further up")
            parent = ""
        self.depths[id] = self.depths[parent] + 1
        index_row = shapes.yes(entry.get("index_row"), "index_row", False)
        code = shapes.same_or_wording(entry.get("code"), f"the code of {id}")
        reliefs = shapes.items(entry.get("reliefs"), "reliefs")
        named = shapes.known([(r, r) for r in reliefs], self.reliefs, "one of the framework's reliefs")
        self.places[id] = place
        self.requirements[id] = Requirement(
            id=id,
            parent=parent,
            code=code or Text.of(dict.fromkeys(LANGUAGES, id) if index_row else {}),
            type=shapes.choice(entry.get("type"), "a type of requirement", TYPES, "paragraph"),
            kind=shapes.choice(entry.get("kind"), "a kind of requirement", KINDS),
            level=self.level(entry, index_row),
            label=shapes.wording(entry.get("label"), f"the label of {id}"),
            index_row=index_row,
            negative_statement=shapes.yes(entry.get("negative_statement"), "negative_statement", False),
            reliefs=tuple(name.text for name, _ in named),
            measures=self.read_measures(entry.get("measures")),
            confidence=self.confidence(entry),
        )

    def level(self, entry: Mapping[str, Node], index_row: bool) -> str:
        shapes = self.shapes
        level = shapes.choice(entry.get("level"), "a level of obligation", (*LEVELS, *SETTLED_LATER))
        phase = shapes.choice(entry.get("phase_in"), "a phase of phase_in", self.phases)
        if index_row and level in SETTLED_LATER and "phase_in" not in entry:
            message = f"a row of the index that is {level} needs what settles its level"
            shapes.refuse(entry["level"].place, message, "add phase_in: …, or write its level", "missing-key")
        return level if level in LEVELS else self.phases.get(phase, "")

    def read_measures(self, node: Node | None) -> tuple[Measure, ...]:
        found = []
        for item in self.listed(node, "measures", MOST_REQUIREMENTS):
            measure = self.measure(item)
            if measure.key in self.measures:
                message = f'two measures of this framework are called "{measure.key}"'
                self.shapes.refuse(item.place, message, "give one of them another key", "duplicate-id")
            elif measure.key:
                self.measures.add(measure.key)
                found.append(measure)
        return tuple(found)

    def measure(self, node: Node) -> Measure:
        shapes = self.shapes
        entry = shapes.mapping(node, "a measure", _MEASURE_KEYS, ("key", "label", "unit"))
        key = shapes.text(entry.get("key"), "key")
        if key and not _REQUIREMENT_ID.match(key):
            help = "use no spaces, quotes, braces, colons or slashes"
            shapes.refuse(entry["key"].place, f'"{key}" cannot be the key of a measure', help, "bad-id")
            key = ""
        unit = shapes.text(entry.get("unit"), "unit")
        if unit and unit not in QUANTITIES and self.units.find(unit) is None:
            message = f'"{unit}" is not a unit that the unit table knows'
            help = nearest(unit, {*QUANTITIES, *self.units.units})
            shapes.refuse(entry["unit"].place, message, help, "unknown-unit")
        by = [
            replace(s, text=s.text.replace("-", "_"))
            for s in shapes.items(entry.get("breakdown"), "breakdown")
        ]
        known = shapes.known(
            [(s, s) for s in by], self.breakdowns, "a breakdown, nor a dimension of this report"
        )
        sums = shapes.items(entry.get("sum_of"), "sum_of")
        energy = shapes.items(entry.get("energy"), "energy")
        self.named_measures += [*sums, *energy]
        return Measure(
            key=key,
            label=shapes.wording(entry.get("label"), f"the label of {key}"),
            unit=unit,
            breakdown=tuple(name.text for name, _ in known),
            breakdown_rule=shapes.choice(
                entry.get("breakdown_rule"), "a rule of breakdown", ("required", "where-applicable")
            ),
            intensity=shapes.choice(
                entry.get("intensity"),
                "what is said of an intensity",
                ("expected", "where-appropriate", "optional"),
            ),
            periods=shapes.whole(entry.get("periods"), "periods", 9) or 1,
            optional=shapes.yes(entry.get("optional"), "optional", False),
            sum_of=tuple(s.text for s in sums),
            gross=shapes.yes(entry.get("gross"), "gross", False),
            energy="".join(s.text for s in energy[:1]),
            confidence=self.confidence(entry),
        )

    def look_at_rows(self, framework: Framework) -> None:
        """Everything that can be answered belongs to one row of the index."""
        for id, place in self.places.items():
            above = framework.ancestors(id)
            own = framework.requirements[id]
            if own.index_row and any(node.index_row for node in above):
                message = f'"{id}" is a row of the index inside another row'
                self.shapes.refuse(place, message, "keep index_row: true for one of them")
            elif id in framework.children or own.kind in ("group", "procedural"):
                continue
            elif framework.row_of(id) is None:
                message = f'no row of the index shows "{id}"'
                self.shapes.refuse(place, message, "add index_row: true to it, or to its parent")

    def maps(self, node: Node | None) -> tuple[Mapped, ...]:
        shapes = self.shapes
        found = []
        for item in self.listed(node, "maps", MOST_REQUIREMENTS):
            keys = ("framework", "source", "requirements")
            entry = shapes.mapping(item, "a mapping", keys, keys)
            framework = shapes.text(entry.get("framework"), "framework")
            source = shapes.text(entry.get("source"), "source")
            written = shapes.entries(entry.get("requirements"), "requirements by requirement", _ANY)
            what = "a requirement of this framework"
            for own, others in shapes.known(written, self.requirements, what, "unknown-requirement"):
                for other in shapes.items(others, "the requirements whose answers count"):
                    found.append(Mapped(own.text, framework, other.text, source, other.place))
        return tuple(found)
