"""What a company decides about findings: how much they weigh, and which it has looked at and accepted.

`data/accepted.yml` is a list; an entry gives a reason and an owner, names the finding's code and file, and may quote a part of its message
to mean one finding only. A blocking finding cannot be accepted, nor, in a final report, a gap that a page would print. An entry that meets nothing any more is
itself a finding, so that the list does not outlive its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, Severity, blocking, warning
from esgreport.interface import wordings
from esgreport.schema import Shapes
from esgreport.source import Sequence, exists, read_text, read_yaml

FILE = "data/accepted.yml"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One entry of the list."""

    code: str
    file: str
    quote: str
    reason: str
    owner: str
    place: Place

    def names(self, finding: Diagnostic) -> bool:
        """Whether this entry means the finding."""
        if finding.code != self.code or finding.place.path != self.file:
            return False
        return any(self.quote in message for message in wordings(finding.message))

    def meets(self, finding: Diagnostic) -> bool:
        """Whether this entry accepts the finding."""
        return not finding.blocking and self.names(finding)


def weighed(findings: Iterable[Diagnostic], severities: Mapping[str, str]) -> list[Diagnostic]:
    """The findings with warnings turned into what `severities` of report.yml says of their codes."""
    return [
        replace(finding, severity=Severity(severities[finding.code]))
        if finding.severity == Severity.WARNING and finding.code in severities
        else finding
        for finding in findings
    ]


def read_accepted(root: Path) -> tuple[tuple[Accepted, ...], list[Diagnostic]]:
    """The project's list of accepted findings."""
    if not exists(root, FILE):
        return (), []
    text, findings = read_text(root, FILE)
    node, more = (None, []) if findings else read_yaml(text, FILE)
    findings = [*findings, *more]
    if node is None:
        return (), findings
    if not isinstance(node, Sequence):
        return (), [
            *findings,
            blocking(
                "wrong-shape", node.place, "accepted.yml should be a list", "begin each entry with - code: …"
            ),
        ]
    shapes = Shapes(())
    entries = []
    for item in node.items:
        keys = ("code", "file", "quote", "reason", "owner")
        shape = shapes.mapping(item, "an accepted finding", keys, ("code", "file", "reason", "owner"))
        text_of = {key: shapes.text(shape.get(key), key) for key in keys}
        entries.append(Accepted(**text_of, place=item.place))
    return tuple(entries), [*findings, *shapes.findings]


def sort_out(
    findings: Iterable[Diagnostic], entries: tuple[Accepted, ...]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """(open findings, accepted findings); entries that accept nothing are added to the open ones."""
    open_findings: list[Diagnostic] = []
    accepted: list[Diagnostic] = []
    used: set[Place] = set()
    for finding in findings:
        entry = next((entry for entry in entries if entry.meets(finding)), None)
        if entry:
            used.add(entry.place)
        (accepted if entry else open_findings).append(finding)
    unused = [entry for entry in entries if entry.place not in used]
    open_findings += [_unused(entry, any(map(entry.names, open_findings))) for entry in unused]
    return open_findings, accepted


def _unused(entry: Accepted, blocked: bool) -> Diagnostic:
    """The finding that an entry accepts nothing: what it means is gone, or `blocked`, which nobody can accept."""
    message = f'nothing is found any more that "{entry.code}" in {entry.file} would accept'
    if blocked:
        message = f'"{entry.code}" in {entry.file} cannot be accepted in a final report'
    help = "put right what was found, then delete the entry" if blocked else "delete the entry"
    return warning("accepted-unused", entry.place, message, help)
