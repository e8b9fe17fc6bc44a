"""Projects of an earlier esgreport become what this one reads: version by version, each step over texts alone.

A step changes what stands at a place and leaves the rest, comments and layout, as it was typed. What it cannot know it says:
its notes are for whoever answers for the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from esgreport import source
from esgreport.diagnostics import Diagnostic, Place
from esgreport.languages import LANGUAGES
from esgreport.model import SCHEMA, GlossaryTerm
from esgreport.schema import Shapes
from esgreport.source import Empty, Node, Scalar, read_text, read_yaml
from esgreport.terms import Words

REPORT, GLOSSARY = "data/report.yml", "data/glossary.yml"
Texts = Mapping[str, str]
"""The data files and pages of a project by their names, with lines that end in \\n."""
Step = Callable[[Texts], tuple[dict[str, str], tuple[str, ...]]]
"""From a project's texts those that change, and notes."""

_UNREAD = re.compile(r"<!--.*?-->|\{\{[^{}]*\}\}|\{ ?#[^{}]*\}|\w*_\w*|\]\([^)]*\)", re.DOTALL)
_BRACKET = re.compile(r"(?:[\s,]|#[^\n]*)*[\]}]")
_NAMES = ("data/registers/", "data/frameworks/", GLOSSARY)  # what things are called is not how pages word it
_VERSION = """\
# The version of these files, for the tool: esgreport migrate. 檔案版本，供工具使用。
schema: {}
"""


class Unreadable(Exception):
    """A file of the project cannot be read; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What becomes of a project: from which version, the files that change, what was done, and what to look at."""

    version: int
    texts: Mapping[str, str]
    done: tuple[str, ...]
    notes: tuple[str, ...]


def texts_of(root: Path) -> dict[str, str]:
    """The data files and pages of a project.

    Raises:
        Unreadable: one of them cannot be read as text.
    """
    paths = [*(root / "data").rglob("*.yml"), *(root / "content").glob("*/*.md")]
    texts = {}
    for name in sorted(path.relative_to(root).as_posix() for path in paths):
        texts[name], findings = read_text(root, name)
        _refuse(findings)
    return texts


def migrated(texts: Texts) -> Migrated:
    """A project brought to the present version.

    Raises:
        Unreadable: `schema` in data/report.yml is none, or a file that changes cannot be read.
    """
    version = _version(texts[REPORT])
    now = dict(texts)
    done: list[str] = []
    notes: list[str] = []
    for number in range(version, SCHEMA):
        what, step = MIGRATIONS[number]
        changed, noted = step(now)
        now |= changed
        done.append(f"{number} → {number + 1}: {what}")
        notes += noted
    if version < SCHEMA:
        now[REPORT] = _with_version(now[REPORT])
    changed = {name: text for name, text in now.items() if text != texts[name]}
    return Migrated(version, changed, tuple(done), tuple(notes))


def _refuse(findings: list[Diagnostic]) -> None:
    if stopping := [finding for finding in findings if finding.blocking]:
        raise Unreadable(f"{stopping[0]}; put this right first")


def _yaml(text: str, name: str) -> source.Mapping:
    node, findings = read_yaml(text, name)
    _refuse(findings)
    return node if isinstance(node, source.Mapping) else source.Mapping((), Place(name, 1, 1, 2))


# ---- the version


def _version(report: str) -> int:
    shapes = Shapes(tuple(LANGUAGES))
    node = _yaml(report, REPORT).get("schema")
    version = 1 if node is None else shapes.whole(node, "schema", 999)
    _refuse(shapes.findings)
    return version or 1


def _with_version(report: str) -> str:
    node = _yaml(report, REPORT)
    written = node.get("schema")
    if isinstance(written, Scalar):
        return _replaced(report, _start(report, written), _end(report, written), str(SCHEMA))
    first = _start(report, node.entries[0][0])
    while comment := re.search(r"(?:\A|(?<=\n))[ ]*#[^\n]*\n\Z", report[:first]):
        first = comment.start()
    return _replaced(report, first, first, f"{_VERSION.format(SCHEMA)}\n")


# ---- 1 → 2: words in use are forms


def _words_in_use(texts: Texts) -> tuple[dict[str, str], tuple[str, ...]]:
    """Words that pages use stand under `forms` of their term, those by which readers alone look for it under `also`."""
    text = texts.get(GLOSSARY, "")
    notes = []
    for id, language, word, place in _used(texts):
        text = _moved(text, id, language, word)
        notes.append(
            f'"{word}" ({language}) is a form of "{id}" now, because {place} uses it; '
            f"if pages should not say it, put it under avoid and write the report's own word there"
        )
    return ({GLOSSARY: text} if notes else {}), tuple(notes)


def _used(texts: Texts) -> list[tuple[str, str, str, Place]]:
    """The words under `also` that stand in a text of their language: term, language, word, where first."""
    shapes = Shapes(tuple(LANGUAGES))
    terms = [
        GlossaryTerm(
            key.text,
            shapes.wording(term.get("term"), "term"),
            key.place,
            *(shapes.words(term.get(name), name) for name in ("forms", "also", "avoid")),
        )
        for key, term in _yaml(texts.get(GLOSSARY, ""), GLOSSARY)
        if isinstance(term, source.Mapping)
    ]
    _refuse(shapes.findings)
    known = {language: Words(terms, language) for language in LANGUAGES}
    first: dict[tuple[str, str, str], Place] = {}
    for language, text, place in _told(texts):
        for found in known[language].in_text(text):
            if found.word in found.term.also.get(language, ()):
                line = place.line + text.count("\n", 0, found.start)
                first.setdefault((found.term.id, language, found.word), Place(place.path, line))
    return [(*key, place) for key, place in first.items()]


def _told(texts: Texts) -> Iterator[tuple[str, str, Place]]:
    """What pages and data say, by language and place; what is not read stands as spaces."""
    for name, text in texts.items():
        folder, _, rest = name.partition("/")
        language = rest.partition("/")[0]
        if folder == "content" and language in LANGUAGES:
            read = _UNREAD.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
            yield language, read, Place(name, 1)
        elif folder == "data" and not name.startswith(_NAMES):
            yield from _wordings(_yaml(text, name))


def _wordings(node: Node) -> Iterator[tuple[str, str, Place]]:
    if isinstance(node, source.Mapping):
        for key, value in node:
            if key.text in LANGUAGES and isinstance(value, Scalar):
                yield key.text, value.text, value.place
            else:
                yield from _wordings(value)
    elif isinstance(node, source.Sequence):
        for item in node.items:
            yield from _wordings(item)


def _moved(text: str, id: str, language: str, word: str) -> str:
    """A glossary with a word of one term moved from `also` to `forms`."""
    item = _item(_term(text, id), language, word)
    typed = text[_start(text, item) : _end(text, item)]
    if item.style == "" and re.search(r"[,\[\]{}]", typed):
        typed = json.dumps(typed, ensure_ascii=False)  # where it goes, these have a meaning
    text = _with_form(text, _term(text, id), language, typed)
    return _without(text, _term(text, id), language, word)


def _term(text: str, id: str) -> source.Mapping:
    term = _yaml(text, GLOSSARY).get(id)
    assert isinstance(term, source.Mapping)
    return term


def _item(term: source.Mapping, language: str, word: str) -> Scalar:
    also = term.get("also")
    listed = also.get(language) if isinstance(also, source.Mapping) else None
    items = listed.items if isinstance(listed, source.Sequence) else (listed,)
    return next(item for item in items if isinstance(item, Scalar) and item.text == word)


def _with_form(text: str, term: source.Mapping, language: str, typed: str) -> str:
    forms = term.get("forms")
    if not isinstance(forms, source.Mapping):
        return _before(text, term, "also", f"forms: {{{language}: [{typed}]}}")
    listed = forms.get(language)
    if listed is None or isinstance(listed, Empty):
        return _after_last(text, forms, f"{language}: [{typed}]")
    if isinstance(listed, source.Sequence):
        return _after_last(text, listed, typed if _flow(text, listed) else f"- {typed}")
    start, end = _start(text, listed), _end(text, listed)
    return _replaced(text, start, end, f"[{text[start:end]}, {typed}]")


def _without(text: str, term: source.Mapping, language: str, word: str) -> str:
    also = term.get("also")
    assert isinstance(also, source.Mapping)
    listed = also.get(language)
    if isinstance(listed, source.Sequence) and len(listed.items) > 1:
        spans = [(_start(text, item), _end(text, item)) for item in listed.items]
        return _taken_out(text, _flow(text, listed), spans, listed.items.index(_item(term, language, word)))
    outer, name = (also, language) if len(also.entries) > 1 else (term, "also")
    spans = [(_start(text, key), _end(text, value)) for key, value in outer]
    return _taken_out(text, _flow(text, outer), spans, [key.text for key, _ in outer].index(name))


# ---- places in a text


def _start(text: str, node: Node) -> int:
    place = node.place
    return [0, *(match.end() for match in re.finditer("\n", text))][place.line - 1] + place.column - 1


def _flow(text: str, node: Node) -> bool:
    """Whether something stands in brackets or braces, and not line by line."""
    return text[_start(text, node)] in "[{"


def _end(text: str, node: Node) -> int:
    """The place after a value."""
    if isinstance(node, Empty):
        return _start(text, node)
    if isinstance(node, Scalar):
        return _start(text, node) + node.place.end_column - node.place.column
    inside = [value for _, value in node.entries] if isinstance(node, source.Mapping) else list(node.items)
    last = _end(text, inside[-1]) if inside else _start(text, node) + 1
    if not _flow(text, node):
        return last
    closed = _BRACKET.match(text, last)
    assert closed, "the text was read, so its brackets match"
    return closed.end()


def _replaced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _line(text: str, position: int) -> tuple[int, int]:
    """Where the line begins that a place is on, and where the next one does."""
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end + 1


def _before(text: str, mapping: source.Mapping, name: str, entry: str) -> str:
    """A mapping with an entry before the one of a name."""
    start = next(_start(text, key) for key, _ in mapping if key.text == name)
    if _flow(text, mapping):
        return _replaced(text, start, start, f"{entry}, ")
    line, _ = _line(text, start)
    return _replaced(text, line, line, f"{' ' * (start - line)}{entry}\n")


def _after_last(text: str, node: source.Mapping | source.Sequence, new: str) -> str:
    """A list or mapping with one thing more."""
    last, value = node.entries[-1] if isinstance(node, source.Mapping) else (node.items[-1],) * 2
    end = _end(text, value)
    if _flow(text, node):
        return _replaced(text, end, end, f", {new}")
    begins, _ = _line(text, _start(text, last))
    _, after = _line(text, end)
    margin = re.match(" *", text[begins:])
    assert margin
    broken = "" if text[:after].endswith("\n") else "\n"
    return _replaced(text, after, after, f"{broken}{margin[0]}{new}\n")


def _taken_out(text: str, flow: bool, spans: list[tuple[int, int]], number: int) -> str:
    """A list or mapping without the thing of a number; of those line by line whole lines go."""
    start, end = spans[number]
    if not flow:
        return _replaced(text, _line(text, start)[0], _line(text, end)[1], "")
    if number:
        return _replaced(text, spans[number - 1][1], end, "")
    return _replaced(text, start, spans[1][0] if len(spans) > 1 else end, "")


# By the version that a step begins with: what it does, in a sentence, and how.
MIGRATIONS: Mapping[int, tuple[str, Step]] = {
    1: ("words that pages use move from also to forms in data/glossary.yml", _words_in_use),
}
