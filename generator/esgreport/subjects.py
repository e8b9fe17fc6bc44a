"""What figures are called in sentences, and which years sentences speak of: what the rules on facts read by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from esgreport.model import Metric, Report
from esgreport.views import Edition
from esgreport.wording import HAN

_QUALIFIED = re.compile(
    r" (?:by|from|among|of (?:the|our|contractors)|on|at|over|above|below|who|whose|with|without|to|in|under|for|per|that|after|against|across|through|put|given|taken|made|moved)\b.*"
)
_AMOUNT_OF = re.compile(
    r"^(?:total|overall|number of|amount of|volume of|quantity of|(?:confirmed |concluded )?cases of|incidents of|purchased|valid|"
    r"work-related (?=fatal))\s+"
)
_THAT_IS_DONE = re.compile(
    r" (?:consumed|consumption|used|usage|generated|generation|produced|discharged|purchased|reported|recorded|held|received|filed|conducted)$"
)
_HAN_AMOUNT_OF = re.compile("^(?:確診的|有效的|上報的|新增|合共|總)")
_HAN_THAT_IS_DONE = re.compile(
    "(?:總耗量|耗用量|消耗量|使用量|耗量|用量|排放量|產生量|總數|數目|人數|宗數|次數|個案|總量|總額)$"
)
_SAYS_NOTHING = frozenset(
    [
        "cases",
        "case",
        "reports",
        "requests",
        "points",
        "replies",
        "meetings",
        "attendances",
        "directors",
        "share",
        "rate",
        "hours",
        "people",
        "limit",
        "total",
        "others",
        "items",
        "weaknesses",
        "assets",
        "revenue",
        "categories",
        "results",
        "visits",
        "times",
        "個案",
        "舉報",
        "要求",
        "會議",
        "董事",
        "人數",
        "總數",
        "比例",
        "比率",
        "收入",
        "檢測",
        "檢查",
        "資產",
        "其中",
        "數目",
        "類別",
        "支出",
    ]
)
_LONGEST = 60  # characters of a name
_LITTLE_WORDS = frozenset(
    word[:5]
    for word in [
        "that",
        "this",
        "with",
        "from",
        "have",
        "were",
        "been",
        "their",
        "than",
        "over",
        "under",
        "about",
        "share",
        "number",
        "total",
        "which",
        "these",
    ]
)
_YEAR = re.compile(r"(?<![\d.,:：-])(?:19|20)\d\d(?![\d-]|,\d)")
_HAN_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年)")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ENDS = {"en": re.compile(r"(?<=[.!?;])\s+(?=[A-Z“(\ue000\d])"), "zh": re.compile("(?<=[。！？；])")}


@dataclass(frozen=True)
class Subjects:
    """What the figures of a report are called in one language: by name, and by the noun that a longer name begins or ends
    with. Each leads to the metrics that may be meant."""

    names: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]

    def last_in(self, text: str) -> str:
        """The last of them that a text names, as long as it goes; "" where it names none."""
        words = list(re.finditer(f"[{HAN}]|[\\w’-]+", text.casefold()))
        for last in reversed(words):
            if found := self.ending(text[: last.end()]):
                return found
        return ""

    def ending(self, text: str) -> str:
        """The longest of them that a text ends with."""
        for match in re.finditer(f"(?=[{HAN}])|\\b(?=\\w)", text[-_LONGEST:]):
            said = text[-_LONGEST:][match.start() :]
            if self.meant(said, nouns=True):
                return said
        return ""

    def meant(self, said: str, nouns: bool = False) -> tuple[str, ...]:
        """The metrics that a matched word may mean."""
        singular = _singular(said.casefold())
        return (*self.names.get(singular, ()), *(self.nouns.get(singular, ()) if nouns else ()))


@lru_cache(maxsize=4)
def subjects(edition: Edition, language: str) -> Subjects:
    """What the figures are called in a language."""
    names: dict[str, list[str]] = {}
    nouns: dict[str, list[str]] = {}
    for metric in edition.report.metrics.values():
        if metric.unit.code == "percent":
            continue
        for word, whole in _words(metric, language):
            (names if whole else nouns).setdefault(_singular(word), []).append(metric.id)
    return Subjects(*({word: tuple(ids) for word, ids in each.items()} for each in (names, nouns)))


def _words(metric: Metric, language: str) -> Iterator[tuple[str, bool]]:
    """What a metric is called: its name without how it is counted, and the noun of it."""
    name = metric.name.get(language, "")
    name = re.split(r"[:：(（,]", name)[0].strip().casefold()
    if language == "en":
        whole = _THAT_IS_DONE.sub("", _AMOUNT_OF.sub("", name))
        noun = _THAT_IS_DONE.sub("", _QUALIFIED.sub("", whole))
    else:
        whole = _HAN_THAT_IS_DONE.sub("", _HAN_AMOUNT_OF.sub("", name))
        noun = whole.rpartition("的")[2]
    for word in dict.fromkeys((name, whole, noun)):
        if len(word) > (3 if language == "en" else 1) and word not in _SAYS_NOTHING:
            yield word, word != noun or noun == whole


def _singular(word: str) -> str:
    """Injuries, fines → injury, fine; what ends otherwise stays."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if re.search("[a-rt-z]s$", word) else word


@lru_cache(maxsize=4096)
def key_words(text: str, language: str) -> frozenset[str]:
    """What a name or sentence is about: the beginnings of its longer words, in Chinese its characters two by two."""
    if language == "en":
        return frozenset(word[:5].casefold() for word in re.findall("[A-Za-z]{4,}", text)) - _LITTLE_WORDS
    return frozenset(run[at : at + 2] for run in re.findall(f"[{HAN}]+", text) for at in range(len(run) - 1))


def sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a line begins and ends."""
    start = 0
    for match in _ENDS["en" if language == "en" else "zh"].finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def years(text: str) -> frozenset[int]:
    """The years that a sentence names."""
    typed = {int(match[0]) for match in _YEAR.finditer(text)}
    return frozenset(typed | {int(m[0].translate(_HAN_DIGITS)) for m in _HAN_YEAR.finditer(text)})


def members_of(report: Report, dimensions: Iterable[str], text: str) -> tuple[tuple[str, str], ...]:
    """The members of some dimensions that a text names: female employees, 女員工."""
    words = text.casefold()
    return tuple(
        (dimension, member.id)
        for dimension in dimensions
        for member in report.dimensions[dimension].members
        if any(
            re.search(rf"\b{re.escape(name.casefold())}\b", words)
            if language == "en"
            else name.removesuffix("性") in text
            for language, name in member.name.items()
            if name
        )
    )


def periods_of(report: Report, sentence: str) -> tuple[str, ...]:
    """The periods that a sentence speaks of: those that end in the years it names, the report's own if it names none."""
    named = years(sentence)
    if not named:
        return (report.period,)
    return tuple(id for id in report.periods if report.periods[id].end.year in named)
