"""Shapes: what a data file may hold, told from what it holds.

Each reader takes a node and gives the plain value, or None with a finding at the node's place. A key
that is not known is never passed over: a misspelt key would lose a figure without a word.
"""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date

from esgreport.amounts import Number, parse_number
from esgreport.diagnostics import Diagnostic, Place, blocking, error
from esgreport.languages import LANGUAGES, Text
from esgreport.model import IDENTIFIER
from esgreport.source import Empty, Mapping, Node, Scalar, Sequence

MOST_GUESSED = 80  # characters of a word that is looked for among the known ones
_MARKUP = re.compile(r"\{\{|\}\}|\*\*|</?[a-zA-Z]|\]\(")
_INSTEAD_OF_A_NUMBER = (
    (re.compile(r"n\.?/?a\.?|不適用|不适用|[-–—]+", re.IGNORECASE), "write not_applicable"),
    (re.compile(r"nil|none|無|无|沒有", re.IGNORECASE), "write nil, in small letters"),
    (
        re.compile(r"not available|tbc|tbd|unknown|\?+|…|\.\.\.|待補|未有", re.IGNORECASE),
        "write not_available",
    ),
    (
        re.compile(r"(about|approx\S*|around|circa|c\.|~|約|约|大約)\s*[\d].*", re.IGNORECASE),
        "write {value: …, qualifier: about}",
    ),
    (re.compile(r"[<＜≤].*|(below|under|低於|少於).*", re.IGNORECASE), "write {limit: …}"),
    (re.compile(r"[\d.,  ]+\s*[-–~～至]\s*[\d.,  ]+"), "write {range: [3, 5]}"),
    (re.compile(r".*[０-９，．].*"), "write the digits and marks of an English keyboard"),
    (re.compile(r"[-−]?\d[\d.]*[eE][-−+]?\d+"), "write all its digits, such as 1 000 000"),
    (
        re.compile(r"[-−]?\d{1,3}(\.\d{3})*,\d+"),
        "write a point before the decimals, and spaces or commas before thousands",
    ),
    (re.compile(r"[-−]?[\d.,  ]+\s*(%|[^\d\s.,].*)"), "write the number alone, without its unit"),
)
_WITHOUT_BRACKETS = re.compile(r"[\w.:@~-]+(?:\s*,\s*[\w.:@~-]+)+")  # names with commas between
_YEAR = re.compile(r"\d{4}")
MOST_REFUSED = 50  # keys of one mapping that are refused one by one


def closest(word: str, known: Iterable[str], likeness: int = 60) -> str:
    """The known word that is most like `word`, "" where none is; `likeness` is in per cent."""
    by_sound = {option.casefold(): option for option in known}  # "kwhh" is near to "kWh"
    close = difflib.get_close_matches(word[:MOST_GUESSED].casefold(), by_sound, 1, likeness / 100)
    return by_sound[close[0]] if close else ""


# What newcomers call a key that has another name.
_CALLED = {
    "title": "caption",
    "heading": "caption",
    "type": "kind",
    "years": "periods",
    "rows": "metrics",
    "value": "values",
}


def nearest(word: str, known: Iterable[str], also: Iterable[str] = ()) -> str:
    """'did you mean "kWh"?' or, where nothing is near, what there is to choose from; `also` is only guessed."""
    options = sorted(set(known))
    if _CALLED.get(word) in options:
        return f'did you mean "{_CALLED[word]}"?'
    close = closest(word, [*also, *options]) if not word[:1].isdigit() else ""
    named = _YEAR.sub("", word)  # one year is as near as another, but an edition has a name beside it
    if close and (
        _YEAR.findall(word) == _YEAR.findall(close) or (len(named) > 4 and named == _YEAR.sub("", close))
    ):
        return f'did you mean "{close}"?'
    if not options:
        return "nothing of this kind is defined yet"
    shown = ", ".join(options[:12])
    return f"known: {shown}" + (" …" if len(options) > 12 else "")


def unknown_name(name: str, place: Place, what: str, known: Collection[str]) -> Diagnostic:
    """A name that is used here and defined nowhere; `what` says what it should name ("a metric")."""
    return blocking("unknown-name", place, f'"{name}" is not {what}', nearest(name, known), about=name)


def blank(node: Node) -> bool:
    """Whether nothing is written here. Quotes around nothing are nothing too; a > or | is something."""
    if isinstance(node, Scalar):
        return not node.text.strip() and node.style not in (">", "|")
    return isinstance(node, Empty)


class Shapes:
    """Readers that share one list of findings and the languages of the report."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.findings: list[Diagnostic] = []

    def refuse(self, place: Place, message: str, help: str = "", code: str = "wrong-shape") -> None:
        """Note a blocking finding."""
        self.findings.append(blocking(code, place, message, help))

    def mapping(
        self, node: Node | None, what: str, keys: Collection[str], needed: Collection[str] = ()
    ) -> dict[str, Node]:
        """The entries of a mapping whose keys are among `keys`; entries without a value are left out."""
        if not isinstance(node, Mapping):
            if node is not None:
                self.refuse(
                    node.place,
                    f"{what} should be keys with values",
                    f"write key: value; the keys are {', '.join(list(keys)[:5])}"
                    + (" …" if len(keys) > 5 else ""),
                )
            return {}
        found: dict[str, Node] = {}
        for key, value in self.known(node, keys, f"a key of {what}", "unknown-key"):
            if not blank(value):
                found[key.text] = value
        for name in needed:
            if name not in found:
                where = next((k.place for k, _ in node if k.text == name), node.place)
                self.refuse(where, f'{what} needs "{name}"', f"add {name}: …", "missing-key")
        return found

    def known(
        self,
        entries: Iterable[tuple[Scalar, Node]],
        names: Collection[str],
        what: str,
        code: str = "unknown-name",
    ) -> list[tuple[Scalar, Node]]:
        """Those of `entries` whose keys are among `names`; the others are refused, the first of many by name."""
        good, refused = [], 0
        for key, value in entries:
            if key.text in names:
                good.append((key, value))
                continue
            refused += 1
            if refused > MOST_REFUSED:
                self.refuse(
                    key.place, f"from here on more keys are not {what}", "correct those above first", code
                )
                break
            self.refuse(key.place, f'"{key.text}" is not {what}', nearest(key.text, names), code)
        return good

    def entries(
        self,
        node: Node | None,
        what: str,
        pattern: re.Pattern[str] = IDENTIFIER,
        like: str = "id: …",
    ) -> list[tuple[Scalar, Node]]:
        """The entries of a mapping whose keys are ids of the author's own; `like` shows how one is written."""
        if node is None or isinstance(node, Empty):
            return []
        if not isinstance(node, Mapping):
            self.refuse(node.place, f"{what} should say what each value is for", f"write {like}")
            return []
        good = []
        for key, value in node:
            if pattern.match(key.text) and len(key.text) <= MOST_GUESSED:
                good.append((key, value))
            else:
                self.refuse(
                    key.place,
                    f'"{key.text}" cannot be an id',
                    f"use at most {MOST_GUESSED} lower-case letters, digits and _, beginning with a letter",
                    "bad-id",
                )
        return good

    def text(self, node: Node | None, what: str) -> str:
        """A text; "" when there is none."""
        if node is None or isinstance(node, Empty):
            return ""
        if isinstance(node, Scalar):
            return node.text.strip()
        shape = "a list" if isinstance(node, Sequence) else "keys with values"
        self.refuse(
            node.place,
            f"{what} should be a text, but this is {shape}",
            'a text that holds ": " or ", " needs double quotes: "…"',
        )
        return ""

    def printed(self, node: Node | None, what: str) -> str:
        """A text that is printed just as it stands: calls, Markdown or HTML in it would be printed too."""
        text = self.text(node, what)
        if node is not None and (mark := _MARKUP.search(text)):
            message = f"{what} is printed as it stands, so {mark.group()} would be printed"
            self.refuse(node.place, message, "write plain text; CO2 is set as it should be", "markup-in-text")
        return text

    def wording(self, node: Node | None, what: str) -> Text:
        """One thing worded in every language of the report; a language that lacks is a finding."""
        worded = self.by_language(node, what)
        wordings = {code: self.printed(value, f"{what} ({code})") for code, value in worded.items()}
        return Text.of({code: wording for code, wording in wordings.items() if wording})

    def by_language(self, node: Node | None, what: str) -> dict[str, Node]:
        """What is written in each language, unread; a language of the report that lacks is a finding."""
        if node is None or isinstance(node, Empty):
            return {}
        if isinstance(node, Scalar):
            if len(self.languages) == 1:
                return {self.languages[0]: node}
            both = ", ".join(f"{language}: …" for language in self.languages)
            self.refuse(node.place, f"{what} should be worded in each language", f"write {{{both}}}")
            return {}
        found = self.mapping(node, what, tuple(LANGUAGES))
        for language in self.languages:
            if language in found:
                continue
            if any(isinstance(value, Scalar) and f"{language}：" in value.text for value in found.values()):
                help = f"write , and : as on an English keyboard before and after {language}"
                self.refuse(node.place, f"a full-width ： stands after {language} in {what}", help)
                continue
            message = f"{what} has no wording in {language}"
            self.findings.append(error("missing-wording", node.place, message, f"add {language}: …"))
        return found

    def words(self, node: Node | None, what: str) -> dict[str, tuple[str, ...]]:
        """A word or a list of words in some languages, of which none needs to be there."""
        given = self.mapping(node, what, tuple(LANGUAGES))
        return {
            language: tuple(self.printed(item, f"{what} ({language})") for item in self.items(words, what))
            for language, words in given.items()
        }

    def same_or_wording(self, node: Node | None, what: str) -> Text:
        """A wording; a plain text, such as the number of a standard, is the same in every language."""
        if isinstance(node, Scalar):
            text = self.printed(node, what)
            return Text.of(dict.fromkeys(self.languages, text)) if text else Text()
        return self.wording(node, what)

    def choice(self, node: Node | None, what: str, options: Collection[str], default: str = "") -> str:
        """One of `options`."""
        text = self.text(node, what)
        if text and text not in options and node is not None:
            self.refuse(node.place, f'"{text}" is not {what}', nearest(text, options), "unknown-choice")
            return default
        return text or default

    def items(self, node: Node | None, what: str) -> list[Scalar]:
        """A list of texts; a single text counts as a list of one."""
        if node is None or isinstance(node, Empty):
            return []
        if isinstance(node, Scalar):
            if not _WITHOUT_BRACKETS.fullmatch(node.text):
                return [node]
            self.refuse(node.place, f"{what} should be a list", f"write it in brackets: [{node.text}]")
            return []
        if not isinstance(node, Sequence):
            self.refuse(node.place, f"{what} should be a list", "write [one, two]")
            return []
        good = []
        for item in node.items:
            if blank(item):
                self.refuse(
                    item.place, f"an item of {what} is empty", "delete the dash, the comma or the quotes"
                )
            elif isinstance(item, Scalar):
                good.append(item)
            elif isinstance(item, Mapping) and item.entries:
                fix = f"write {item.entries[0][0].text}:… without the space, or put quotes around it"
                self.refuse(item.place, f"an item of {what} is split in two by a colon and a space", fix)
            else:
                shape = "a list" if isinstance(item, Sequence) else "braces"
                self.refuse(
                    item.place, f"an item of {what} should be a text, not {shape}", "write [one, two]"
                )
        return good

    def yes(self, node: Node | None, what: str, default: bool) -> bool:
        """true or false."""
        text = self.choice(node, f"true or false ({what})", ("true", "false"))
        return default if not text else text == "true"

    def day(self, node: Node | None, what: str) -> date | None:
        """A calendar date, written 2025-12-31."""
        text = self.text(node, what)
        if not text or node is None:
            return None
        help = "write year-month-day, such as 2025-12-31"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                last = _last_day(text)
                help = f"write {last}, if the end of that month is meant" if last else help
        self.refuse(node.place, f'"{text}" is not a date ({what})', help, "bad-date")
        return None

    def number(self, node: Node | None, what: str, or_kind: bool = False) -> Number | None:
        """A number; a block sign or words where a number belongs are refused with the repair. `or_kind` says that a
        word such as nil may stand there, too."""
        if node is None or isinstance(node, Empty):
            return None
        if not isinstance(node, Scalar):
            self.refuse(
                node.place,
                f"{what} should be a number",
                'a number with commas needs quotes: "29,843,800"',
                "bad-number",
            )
            return None
        if node.style in (">", "|"):
            self.refuse(
                node.place,
                f"{what} should be a number, but > or | begins a long text in YAML",
                "for a limit or range write {limit: 5} or {range: [3, 5]}",
                "bad-number",
            )
            return None
        number = parse_number(node.text.strip())
        if number is None:
            self.refuse(
                node.place,
                f'"{node.text[:40]}" is not a number ({what})',
                next(
                    (
                        help
                        for pattern, help in _INSTEAD_OF_A_NUMBER
                        if pattern.fullmatch(node.text.strip()[:MOST_GUESSED])
                    ),
                    "write digits such as 29 843 800 or 109.820"
                    + (", or nil, not_applicable, not_available" if or_kind else ""),
                ),
                "bad-number",
            )
        return number

    def whole(self, node: Node | None, what: str, most: int) -> int | None:
        """A whole number from 0 to `most`."""
        number = self.number(node, what)
        if number is None or node is None:
            return None
        if number.decimals or not 0 <= number.exact <= most:
            self.refuse(
                node.place,
                f"{what} should be a whole number from 0 to {most}",
                "write its digits",
                "bad-number",
            )
            return None
        return int(number.exact)


def _last_day(text: str) -> str:
    """The last day of the month of something that is written like a day and is none; "" where the month is none, too."""
    year, month = int(text[:4]), int(text[5:7])
    return f"{text[:8]}{monthrange(year, month)[1]}" if year and 1 <= month <= 12 else ""
