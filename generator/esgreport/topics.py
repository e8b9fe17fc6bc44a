"""Topics before they are worded: which entries and fields a block shows, in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from esgreport.diagnostics import Diagnostic
from esgreport.model import Field, Name, Prose, Record, Report, Topic, TopicBlock, TopicEntry
from esgreport.schema import unknown_name


@dataclass(frozen=True, slots=True)
class Shown:
    """What a block shows of a topic in one language; without `topic`, nothing."""

    topic: Topic | None
    language: str
    fields: tuple[Field, ...] = ()
    entries: tuple[TopicEntry, ...] = ()

    def record(self, entry: TopicEntry) -> Record:
        """What is said of an entry or row."""
        return entry.records.get(self.language, Record(entry.place))

    @property
    def prose(self) -> tuple[Prose, ...]:
        """All words that are shown, in reading order."""
        return tuple(prose for entry in self.entries for prose in self._of(entry))

    def _of(self, entry: TopicEntry) -> Iterator[Prose]:
        record = self.record(entry)
        for id in ("name", *(field.id for field in self.fields)):
            yield from record.texts.get(id, ())
        for row in entry.rows:
            yield from self._of(row)


def resolve_topic(report: Report, block: TopicBlock, language: str) -> tuple[Shown, list[Diagnostic]]:
    """What a block shows; names that are not known are left out and told."""
    findings: list[Diagnostic] = []

    def known(names: tuple[Name, ...], ids: Collection[str], what: str) -> list[str]:
        findings.extend(unknown_name(n.text, n.place, what, ids) for n in names if n.text not in ids)
        return [name.text for name in names if name.text in ids]

    topic = report.topics.get(block.topic.text)
    if topic is None:
        known((block.topic,), report.topics, "a topic of data/topics")
        return Shown(None, language), findings
    fields = {field.id: field for field in topic.fields}
    entries = {entry.id: entry for entry in topic.entries}
    wanted = known(block.fields, fields, f"a field of {topic.id}")
    listed = known(block.entries, entries, f"an entry of {topic.id}")
    return Shown(
        topic,
        language,
        tuple(fields[id] for id in wanted) if block.fields else topic.fields,
        tuple(entries[id] for id in listed) if block.entries else topic.entries,
    ), findings
