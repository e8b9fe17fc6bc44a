"""What the readers of a project share: its folder, the findings so far, and what others refer to.

Files are opened here, and words that mean the same in every file are read here: a period, a dimension, a unit.
"""

from __future__ import annotations

from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, blocking, warning
from esgreport.model import PERIOD_IDENTIFIER, Dimension, Period
from esgreport.schema import Shapes, closest
from esgreport.source import Empty, Node, Scalar, exists, inside, plain_name, read_text, read_yaml
from esgreport.units import Unit, UnitTable

UNITS_FILE = "data/registers/units.yml"
A_PERIOD = "a period of data/report.yml"
A_DIMENSION = "a dimension of data/dimensions.yml"


class Project:
    """A project while it is read.

    `periods`, `dimensions` and the project's own `units` are there once their files are read; `unread` holds the
    names whose definitions have findings, "*" for a file as a whole. `by_symbol`: the languages whose tables name
    units by their symbols.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shapes = Shapes(("en",))
        self.unread: set[str] = set()
        self.unread_periods: set[str] = set()
        self.unread_units: set[str] = set()
        self.units = UnitTable()
        self.by_symbol: tuple[str, ...] = ()
        self.periods: dict[str, Period] = {}
        self.dimensions: dict[str, Dimension] = {}

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything found so far."""
        return self.shapes.findings

    def names(self, folder: str, ending: str) -> list[str]:
        """Files of `folder` (relative names, sorted) with this ending; hidden ones are no part of a report."""
        base = self.root / folder
        if not exists(self.root, folder):
            return []
        if not inside(self.root, base) or not base.is_dir():
            message = "this is not a folder of the project"
            help = "make it an ordinary folder, and copy the files into it"
            self.findings.append(blocking("outside-project", Place(folder), message, help))
            return []
        names = [path.name for path in base.iterdir() if path.name.endswith(ending)]
        good = sorted(name for name in names if not name.startswith(".") and plain_name(name))
        if any(not plain_name(name) for name in names):
            message = "a file here has a name with unprintable characters"
            self.findings.append(
                blocking("bad-file-name", Place(folder), message, "rename or delete the file")
            )
        return [f"{folder}/{name}" for name in good]

    def yaml(self, name: str) -> Node | None:
        text, findings = read_text(self.root, name)
        node = None
        if not findings:
            node, findings = read_yaml(text, name)
        self.findings.extend(findings)
        if findings:
            self.unread.add("*")
            return None
        if node is None or isinstance(node, Empty):
            message = "the file holds nothing"
            self.findings.append(warning("empty-file", Place(name), message, "write something, or delete it"))
            return None
        return node

    def unit(self, node: Node | None) -> Unit | None:
        """A unit of the table, or None with a finding."""
        code = self.shapes.text(node, "the unit")
        return self.unit_called(code, node) if code and node is not None else None

    def unit_called(self, code: str, node: Node) -> Unit | None:
        """The unit with this code, or None with a finding; it follows from another where the unit is misdefined."""
        unit = self.units.find(code)
        if unit is None:
            parts = code.split("/")
            wrong = next((part for part in parts if part not in self.units.units), code)
            message = f'"{wrong}" is neither a unit of the table nor one of {UNITS_FILE}'
            if wrong == code and len(parts) > 2:
                message = f'"{code}" has more than one slash'
            unread = next((part for part in (*code.split("/"), "*") if part in self.unread_units), "")
            help = self._instead_of(wrong, code)
            self.findings.append(blocking("unknown-unit", node.place, message, help, about=unread))
        return unit

    def _instead_of(self, wrong: str, code: str) -> str:
        """What to write for a unit that is not known: the one that is meant, or a definition of one's own."""
        if "/" in wrong:
            return "write one unit over another, such as kWh/t"
        meant = self.units.spelled(wrong)
        if meant:
            return f'write "{code.replace(wrong, meant)}"'
        if near := closest(wrong, self.units.units, likeness=75):
            return f'did you mean "{near}"? Units of your own are defined in {UNITS_FILE}'
        return f"if it is a unit of your own, define it in {UNITS_FILE}"

    def known_period(self, node: Node | None) -> str:
        """A period that is defined; one whose dates cannot be read has been refused already."""
        if isinstance(node, Scalar) and node.text in self.unread_periods:
            return ""
        return self.shapes.choice(node, "a period of report.yml", tuple(self.periods))

    def by_period(self, node: Node | None, what: str) -> list[tuple[Scalar, Node]]:
        """What is given by period; of one whose dates cannot be read nothing more is said."""
        entries = self.shapes.entries(
            node, what, PERIOD_IDENTIFIER, f"{next(iter(self.periods), 'period')}: …"
        )
        return self.shapes.known(
            [entry for entry in entries if entry[0].text not in self.unread_periods], self.periods, A_PERIOD
        )

    def is_dimension(self, item: Scalar) -> bool:
        return bool(self.shapes.known([(item, item)], self.dimensions, A_DIMENSION))
