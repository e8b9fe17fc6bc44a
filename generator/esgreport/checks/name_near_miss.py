"""name-near-miss: a name is spelt as it is registered.

Why: a subsidiary or a director under two spellings reads as two. Compared are the names of the registers, of sites and of the laws and standards
that come with the tool with what is typed: a word one letter away from a name, a Chinese name with one other character, a law's title or a
standard's number that is nearly a registered one. A word that stands often in the report is a word of its own.

    wrong   Mianyang and Mianyeng
    right   {{ mianyang }}, or the name as it is registered
"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Name, Report
from esgreport.publications import publications
from esgreport.views import Edition
from esgreport.wording import HAN, Said, said

_WORD = re.compile(r"\b[A-Z][a-z]{5,}\b")
_COMMON = re.compile(r"(?:先生|女士|博士|教授|有限公司|控股|集團|公司|（[^）]*）|股份)")
_OFTEN = 3
_STANDARD = re.compile(r"\b(ISO|OHSAS|SA|GBZ|GB/T|GB)[ -]?(\d{3,6})")
_TITLE = re.compile(rf"《([{HAN}、，（）]{{5,40}})》")
_LAW = re.compile(
    r"\b((?:[A-Z][a-z]+ (?:(?:and|of|on|the) )*){1,6}Law) of (?:the )?(?:PRC|People[’']s Republic of China)|\bLaw of the (?:PRC|People[’']s Republic of China) on ((?:the )?[A-Z][\w, ]+?)(?=[,.;)”]| and the (?:Law|Reg)|$)"
)
_NEAR = 0.84


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = said(edition)
    yield from _latin(edition.report, stretches, root)
    yield from _chinese(edition.report, stretches, root)
    yield from _publications(edition.report, stretches, root)


def _latin(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    names = {word for name in _names(report, "en") for word in _WORD.findall(name)}
    texts = [s for s in stretches if s.language == "en"]
    used = Counter(word for s in texts for word in _WORD.findall(s.text))
    small = {word.casefold() for s in texts for word in re.findall(r"\b[a-z]{4,}\b", s.text)}
    near = {
        word: name
        for word in used
        if word not in names and word.casefold() not in small and used[word] < _OFTEN
        for name in names
        if _one_away(word, name)
    }
    for stretch in texts if near else ():
        for line in stretch.lines:
            for match in _WORD.finditer(line.text):
                if (name := near.get(match[0])) and not re.match(r"(?:’s|s)\b", match[0][len(name) :] or " "):
                    yield _told(stretch, root, line, match.span(), match[0], name)


def _chinese(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    for language in (x for x in report.languages if x != "en"):
        names = {part for name in _names(report, language) for part in _COMMON.split(name) if len(part) >= 2}
        names |= {name for name in _names(report, language) if 3 <= len(name) <= 12}
        texts = [s for s in stretches if s.language == language]
        everything = "\n".join(s.text for s in texts)
        for name in sorted(names):
            if len(name) < 3 or not re.fullmatch(f"[{HAN}]+", name):
                continue
            for found in _with_another_character(name, everything):
                if (
                    found in names
                    or any(found in other for other in names)
                    or everything.count(found) >= _OFTEN
                    or (len(name) == 3 and not _alike(found, name, everything))
                ):
                    continue
                for stretch in texts:
                    for line in stretch.lines:
                        for match in re.finditer(re.escape(found), line.text):
                            yield _told(stretch, root, line, match.span(), found, name)


def _with_another_character(name: str, text: str) -> set[str]:
    """What stands in a text and is a Chinese name but for one character: of its halves, one is as it should be."""
    found = set()
    for half, before in ((name[: len(name) // 2], 0), (name[len(name) // 2 :], len(name) // 2)):
        start = text.find(half)
        while start >= 0:
            there = text[max(start - before, 0) : start - before + len(name)]
            if len(there) == len(name) and sum(a != b for a, b in zip(there, name, strict=True)) == 1:
                found.add(there)
            start = text.find(half, start + 1)
    return {there for there in found if re.fullmatch(f"[{HAN}]+", there)}


def _alike(found: str, name: str, everything: str) -> bool:
    """Of three characters two may be alike by chance: the first and the last must be."""
    return found[0] == name[0] and found[-1] == name[-1] and everything.count(found) == 1


def _publications(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    known = publications().values()
    if not any(_STANDARD.search(s.text) or _TITLE.search(s.text) or _LAW.search(s.text) for s in stretches):
        return  # nothing to compare
    typed = " ".join(text for entry in report.entries.values() for text in entry.name.values())
    numbers = {
        m for p in known if p.year_after for name in p.name.values() for m in _STANDARD.findall(name)
    } | set(_STANDARD.findall(typed))
    titles = {name.strip("《》") for p in known for name in (*p.name.values(), *p.also)} | {
        t for t in _TITLE.findall(typed)
    }
    han = [title for title in titles if re.match(f"[{HAN}]", title)]
    english = [title for title in titles if title[:1].isascii()]
    plain = {_bare(title) for title in titles}
    for stretch in stretches:
        for line in stretch.lines:
            for match in _STANDARD.finditer(line.text):
                number = match.groups()
                near = [other for other in numbers if other[0] == number[0] and _swapped(number[1], other[1])]
                if number not in numbers and near:
                    yield _told(stretch, root, line, match.span(), match[0], " ".join(min(near)))
            for match in _TITLE.finditer(line.text) if stretch.language != "en" else ():
                yield from _title(stretch, root, line, match, match[1], han, plain)
            for match in _LAW.finditer(line.text) if stretch.language == "en" else ():
                yield from _title(stretch, root, line, match, match[0], english, plain)


def _title(
    stretch: Said, root: Path, line: Name, match: re.Match[str], title: str, known: list[str], plain: set[str]
) -> Iterator[Diagnostic]:
    if _bare(title) in plain or any(
        _bare(title) in each or each in _bare(title) for each in plain if len(each) > 4
    ):
        return
    bare = _bare(title)
    best = max(
        known,
        key=lambda name: (
            SequenceMatcher(None, bare, _bare(name)).ratio() if abs(len(_bare(name)) - len(bare)) < 12 else 0
        ),
    )
    if SequenceMatcher(None, bare, _bare(best)).ratio() >= _NEAR:
        yield _told(stretch, root, line, match.span(), title, best)


def _bare(title: str) -> str:
    """A title without what may be written otherwise."""
    title = re.sub("中華人民共和國|中华人民共和国|[及與与和、，（）]", "", title)
    return re.sub(r"of the (?:PRC|People[’']s Republic of China)|\bthe |[,’']", "", title).strip().casefold()


def _names(report: Report, language: str) -> list[str]:
    """What is registered by name: entries, members of dimensions that stand for places are entries, too."""
    found = [
        text
        for e in report.entries.values()
        if not e.published
        for text in (e.name.get(language, ""), e.short_name.get(language, ""))
        if e.register in ("entities", "plants", "persons", "people")
    ]
    return [
        name
        for name in (
            *found,
            report.company.name.get(language, ""),
            report.company.short_name.get(language, ""),
        )
        if name
    ]


def _one_away(word: str, name: str) -> bool:
    """Whether one letter lacks, is too many, is another one, or two are swapped."""
    if abs(len(word) - len(name)) > 1 or word == name or (word[0] != name[0] and word[1:] != name[1:]):
        return False
    if word in (name + "s", name + "e") or name in (word + "s",):
        return False
    if len(word) == len(name):
        differ = [n for n in range(len(word)) if word[n] != name[n]]
        return len(differ) == 1 or (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and word[differ[0]] == name[differ[1]]
            and word[differ[1]] == name[differ[0]]
        )
    long, short = (word, name) if len(word) > len(name) else (name, word)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _swapped(number: str, other: str) -> bool:
    """Whether two numbers have the same digits in another order."""
    return number != other and len(number) == len(other) and sorted(number) == sorted(other)


def _told(stretch: Said, root: Path, line: Name, span: tuple[int, int], found: str, name: str) -> Diagnostic:
    return warning(
        "name-near-miss",
        stretch.at(root, line, *span),
        f'"{found}" is nearly the registered "{name}"',
        "write it as it is registered, best by a call",
    )
