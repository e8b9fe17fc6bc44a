"""What the tool says to those who make the report, in their language: English sentences in, Chinese ones out.

Every other module says what it has to say in English, in the words of its own source. This one turns a finished sentence into
Traditional Chinese by a catalogue of templates (`zh-Hant.txt`): what stands at {1} in the English is put at {1} in the Chinese,
itself translated where it is one of our wordings, and as it is where it is not: a name, a number, a path. What the English has in
quotation marks is never translated, nor what is marked so ({1!}).
A sentence that the catalogue lacks is said in English. Imports nothing of the package but `diagnostics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from esgreport.diagnostics import Diagnostic, display_width

INTERFACES = ("en", "zh-Hant")
DEEPEST = 8  # wordings within wordings
# A template with fewer signs ("{1} of {2}") could be anything: all that stands at its parts must be known.
FEW_SIGNS = 5
ALONE = " [alone]"  # after a word of the catalogue that is no part of a sentence
_MARK = re.compile(r"\{(\d+)\}")
_VERBATIM = re.compile(r"\{(\d+)!\}")
_QUOTED = ('"{}"', "“{}”", "'{}'", "`{}`", "「{}」")
_SET_APART = re.compile(r'"[^"]*"|“[^”]*”|「[^」]*」|`[^`]*`')
_PHRASE = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
_WORD = re.compile(r"[A-Z][a-z]+")  # of somebody else's name
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


class _Template:
    """An English sentence with its parts left open, and what is said instead."""

    def __init__(self, english: str, chinese: str) -> None:
        self.chinese = chinese.replace("!}", "}")
        self.literals = [part for part in _MARK.split(english)[::2] if part]
        self.weight = sum(map(len, self.literals))
        self.told_apart = len("".join("".join(self.literals).split())) >= FEW_SIGNS
        self.verbatim = {
            number
            for number in _MARK.findall(english)
            if any(quoted.format(f"{{{number}}}") in english for quoted in _QUOTED)
        }
        self.verbatim |= set(_VERBATIM.findall(chinese))
        pieces = _MARK.split(english)
        self._written = "".join(
            re.escape(piece) if place % 2 == 0 else f"(?P<_{piece}>.*?)" for place, piece in enumerate(pieces)
        )

    @cache  # noqa: B019  (templates live as long as the program)
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._written, re.DOTALL)

    def parts(self, text: str) -> dict[str, str] | None:
        """What stands at each number, or None where `text` is another sentence."""
        start = 0
        for literal in self.literals:  # much quicker than the pattern, and nearly always enough
            start = text.find(literal, start) + len(literal)
            if start < len(literal):
                return None
        match = self._pattern().fullmatch(text)
        return {name[1:]: part for name, part in match.groupdict().items()} if match else None


class Catalogue:
    """The wordings of one language.

    Args:
        text: an English template on one line, below it, indented, what is said instead ("=" for the same); # begins a comment.
    """

    def __init__(self, text: str) -> None:
        self.wordings = dict(_entries(text))
        self._whole = {english: said for english, said in self.wordings.items() if not _MARK.search(english)}
        open = [
            _Template(english, said) for english, said in self.wordings.items() if english not in self._whole
        ]
        self._open = sorted(open, key=lambda template: -template.weight)
        self._known: dict[str, str | None] = {}

    def said(self, text: str) -> str:
        """The sentence in this language, or as it is."""
        return self._part(text, 0)

    def learn(self, wordings: Mapping[str, str]) -> None:
        """Add what a report's own things are called in both languages."""
        self._whole |= wordings
        self._known.clear()

    def _said(self, text: str, depth: int) -> str | None:
        if text not in self._known:
            self._known[text] = (
                self._whole.get(text) or self._in_turn(text, depth) or self._filled(text, depth)
            )
        return self._known[text]

    def _in_turn(self, text: str, depth: int) -> str | None:
        """Several sentences, of which each is known."""
        pieces = text.split("; ")
        if len(pieces) == 1 or depth == DEEPEST:
            return None
        found = [self._said(piece, depth + 1) for piece in pieces]
        return "；".join(filter(None, found)) if all(found) else None

    def _filled(self, text: str, depth: int) -> str | None:
        if depth == DEEPEST:
            return None
        for template in self._open:
            parts = template.parts(text)
            if parts is None:
                continue
            said = {
                number: part if number in template.verbatim else self._part(part, depth + 1)
                for number, part in parts.items()
            }
            filled = _filled(template.chinese, said)
            if template.told_apart or (_own(filled) and not any(map(_cut, parts.values()))):
                return filled
        return None

    def _part(self, text: str, depth: int) -> str:
        """A part of a sentence: a wording of ours, several of them, or somebody else's."""
        inner = text.strip()
        if not inner:
            return ""
        if (said := self._said(inner, depth)) is not None:
            return said
        for between, chinese in (("; ", "；"), (": ", "："), (" or ", "或"), (" and ", "及"), (", ", "、")):
            if between in inner and depth < DEEPEST:
                pieces = [self._part(piece, depth + 1) for piece in inner.split(between)]
                if all(_own(piece) for piece in pieces):
                    return chinese.join(pieces)
        return text


def _cut(part: str) -> bool:
    """Whether a part is a piece of something else: a word of somebody's name, or half of what stands in brackets."""
    return bool(_WORD.fullmatch(part)) or part.count("(") != part.count(")")


def _own(piece: str) -> bool:
    """Whether a piece can stand in a Chinese sentence as it is: Chinese, a name, a number, a quotation, but no English phrase."""
    return not _PHRASE.search(_SET_APART.sub("", piece))


def _filled(chinese: str, parts: Mapping[str, str]) -> str:
    """The parts put into their places; beside a wide character the room for a Latin word is not needed."""
    text = ""
    for place, piece in enumerate(_MARK.split(chinese)):
        piece = parts.get(piece, "") if place % 2 else piece
        if place and text.endswith(" ") and _WIDE.match(piece):
            text = text[:-1]
        if place and piece.startswith(" ") and _WIDE.match(text[-1:]):
            piece = piece[1:]
        text += piece
    return text


def _entries(text: str) -> Iterator[tuple[str, str]]:
    english = ""
    for line in text.splitlines():
        if line.startswith((" ", "\t")):
            yield english, english if line.strip() == "=" else line.strip()
        elif line.strip() and not line.startswith("# "):
            english = line.strip()


@cache
def catalogue(language: str) -> Catalogue:
    """The wordings of a language that is not English."""
    return Catalogue((Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8"))


_spoken = ["en"]  # by this process, to whoever started it


def speak(language: str) -> None:
    """From now on say everything in this language, one of `INTERFACES`."""
    _spoken[0] = language


def spoken() -> str:
    """The language that is spoken."""
    return _spoken[0]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language for a while."""
    before = spoken()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def read_in(languages: Sequence[str]) -> str:
    """The one of a report's languages in which those who make it read what is in it."""
    chinese = ("zh-Hant", "zh-Hans") if spoken() != "en" else ()
    wanted: tuple[str, ...] = (*chinese, "en", *languages)
    return next(code for code in wanted if code in languages)


def said(text: str) -> str:
    """What the tool says, in the language that is spoken: each line by itself, indented as it was."""
    if spoken() == "en":
        return text
    return "\n".join(_line(line) for line in text.split("\n"))


def alone(word: str) -> str:
    """A word that stands by itself: a label, a kind. In sentences the same word may be a key, which stays as it is, so the
    catalogue has it apart, as "note [alone]"."""
    if spoken() == "en":
        return word
    return catalogue(spoken()).wordings.get(word + ALONE) or said(word)


def _line(line: str) -> str:
    words = " ".join(line.split())
    indent, end = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return f"{indent}{catalogue(spoken()).said(words)}{end}" if words else line


def wordings(text: str) -> Iterator[str]:
    """A sentence as it may have been read: in English first, then in every other language."""
    yield text
    yield from (catalogue(language).said(text) for language in INTERFACES if language != "en")


def learn(wordings: Mapping[str, str]) -> None:
    """Say what is called so in English by its other name, wherever it stands by itself in a sentence."""
    if spoken() != "en":
        catalogue(spoken()).learn(wordings)


def told(finding: Diagnostic) -> Diagnostic:
    """A finding with its sentences in the language that is spoken; everything else stays."""
    if spoken() == "en":
        return finding
    return replace(finding, message=said(finding.message), help=said(finding.help))


def labelled(label: str, text: str) -> str:
    """A label, a colon and what belongs to it, both said already."""
    return f"{label}: {text}" if spoken() == "en" else f"{label}：{text}"


def padded(text: str, cells: int) -> str:
    """The text with spaces after it, so that it takes so many cells of a terminal."""
    return text + " " * (cells - display_width(text))


def language_of(environment: Mapping[str, str]) -> str:
    """The language that the locale of a machine asks for: Chinese wherever it is Chinese, else English."""
    locale = next(filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh-Hant" if locale.lower().startswith("zh") else "en"


def wrapped(text: str, width: int) -> list[str]:
    """The text on lines of at most `width` cells of a terminal, broken at spaces and between wide characters."""
    lines, line = [], ""
    for piece in re.findall(
        r"\s+|[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f][，。；：、？！）」』]*|[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+[，。；：、？！）」』]*",
        text,
    ):
        if line.strip() and display_width((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
