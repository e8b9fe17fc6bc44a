"""name-near-miss: a name is spelt as it is registered.

Why: a subsidiary or a director under two spellings reads as two. Compared are the names of the registers, the company's own, and the laws and
standards that come with the tool with what is typed: a word one letter away from a name, or in another order; a Chinese name with one other
character; a company with a part missing or another ending; the beginning of a name for which a short name is given; a law's title or a
standard's number that is nearly a registered one; a long name that keeps a row of its words and changes others, as when it was
translated back. Bodies that report on climate and finance are known without a register. A word that stands often beside the name is a
word of its own.

    wrong   Mianyang and Mianyeng
    right   {{ mianyang }}, or the name as it is registered
"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from esgreport.characters import simplified, variants
from esgreport.companies import companies_named
from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Name, Report
from esgreport.publications import publications
from esgreport.views import Edition
from esgreport.wording import HAN, Said, said

_WORD = re.compile(r"\b[A-Z][a-z]{5,}\b")
_COMMON = re.compile(r"(?:先生|女士|博士|教授|有限公司|控股|集團|公司|（[^）]*）|股份)")
_OFTEN, _TIMES = (
    3,
    4,
)  # a spelling is a word of its own from this often, unless the name stands so many times as often
_TITLES = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Ir)\.? |^[Tt]he ")
_CAPITALS = re.compile(r"[A-Z][\w’&-]*(?: (?:of |and |for |the )*[A-Z(][\w’&()-]*)+")
_STANDARD = re.compile(r"\b(ISO|OHSAS|SA|GBZ|GB/T|GB)[ -]?(\d{3,6})")
_TITLE = re.compile(rf"《([{HAN}、，（）]{{5,40}})》")
_LAW = re.compile(
    r"\b((?:[A-Z][a-z]+ (?:(?:and|of|on|the) )*){1,6}Law) of (?:the )?(?:PRC|People[’']s Republic of China)|\bLaw of the (?:PRC|People[’']s Republic of China) on ((?:the )?[A-Z][\w, ]+?)(?=[,.;)”]| and the (?:Law|Reg)|$)"
)
_NEAR = 0.84
_BODIES = (
    "Task Force on Climate-related Financial Disclosures", "Taskforce on Nature-related Financial Disclosures",
    "International Sustainability Standards Board", "Sustainability Accounting Standards Board",
    "Intergovernmental Panel on Climate Change", "United Nations Framework Convention on Climate Change",
    "United Nations Guiding Principles on Business and Human Rights", "Universal Declaration of Human Rights",
    "ILO Declaration on Fundamental Principles and Rights at Work", "Independent Commission Against Corruption",
    "Hong Kong Institute of Certified Public Accountants",
)  # fmt: skip
_OF_NO_BODY = ("entities", "company", "plants", "persons", "people", "partners", "units", "contacts")
_SMALL = "of|on|the|for|and|in|to|by|with|against|at|from|under"
_RUN = re.compile(rf"\b[A-Z][\w’-]*(?: (?:(?:{_SMALL}) )*[A-Z][\w’-]*)+")
_OF_MANY = frozenset(
    ["stock", "exchange", "hong", "kong", "limited", "people", "republic", "china"]
)  # in names of all kinds
_LEAST_WORDS, _LEAST_SHARED, _LEAST_SHARED_HAN, _FEW = 4, 3, 6, 2


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = tuple(s for s in said(edition) if not _registers(s))
    yield from _latin(edition.report, stretches, root)
    yield from _in_capitals(edition.report, stretches, root)
    yield from _chinese(edition.report, stretches, root)
    yield from _companies(edition, root)
    yield from _beginnings(edition.report, stretches, root)
    yield from _publications(edition.report, stretches, root)
    yield from _reworded(edition.report, stretches, root)
    yield from _reworded_title(edition.report, stretches, root)


def _registers(stretch: Said) -> bool:
    """Whether a stretch is a name as it is registered."""
    return stretch.prose is None and stretch.lines[0].place.path.startswith("data/registers/")


def _latin(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    names = {word for name in _names(report, "en") for word in _WORD.findall(name)}
    texts = [s for s in stretches if s.language == "en"]
    used = Counter(word for s in texts for word in _WORD.findall(s.text))
    small = {word.casefold() for s in texts for word in re.findall(r"\b[a-z]{4,}\b", s.text)}
    near = {
        word: name
        for word in used
        if word not in names and word.casefold() not in small
        for name in sorted(names)
        if _rare(used[word], used[name]) and _one_away(word, name)
    }
    for stretch in texts if near else ():
        for line in stretch.lines:
            for match in _WORD.finditer(line.text):
                if (name := near.get(match[0])) and not re.match(r"(?:’s|s)\b", match[0][len(name) :] or " "):
                    yield _told(stretch, root, line, match.span(), match[0], name)


def _rare(count: int, of_name: int) -> bool:
    """Whether a spelling stands so seldom beside a name that it is no word of its own."""
    return count < _OFTEN or count * _TIMES <= of_name


def _in_capitals(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    """Names of several words, of which one is a letter away or which stand in another order."""
    names = {_TITLES.sub("", name): name for name in _names(report, "en", everything=True)}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(name.split())
        if 2 <= len(words) <= 6:
            for word in words:
                by_word.setdefault(word, []).append(words)
    known = {words for several in by_word.values() for words in several}
    for stretch in stretches:
        for line in stretch.lines if stretch.language == "en" else ():
            for run in _CAPITALS.finditer(line.text):
                spots = [(m[0], m.start(), m.end()) for m in re.finditer(r"[^ ]+", run[0])]
                for words, first, last in _nearly(spots, by_word, known):
                    start, end = run.start() + first, run.start() + last
                    yield _told(stretch, root, line, (start, end), line.text[start:end], " ".join(words))


def _nearly(
    spots: list[tuple[str, int, int]], by_word: dict[str, list[tuple[str, ...]]], known: set[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Which names stand nearly in a run of words, and from where to where."""
    told: set[tuple[int, int]] = set()
    for word, _, _ in spots:
        for name in by_word.get(word, ()):
            for n in range(len(spots) - len(name) + 1):
                window = tuple(spot[0] for spot in spots[n : n + len(name)])
                at = (spots[n][1], spots[n + len(name) - 1][2])
                if window in known or at in told or word not in window:
                    continue
                others = [(a, b) for a, b in zip(window, name, strict=True) if a != b]
                swapped = len(name) > 2 and sorted(window) == sorted(name)
                if swapped or (len(others) == 1 and _letter_away(*others[0])):
                    told.add(at)
                    yield name, *at


def _letter_away(word: str, name: str) -> bool:
    """Whether a word of two or more letters, beginning with a capital, is one letter away from one of a name."""
    return len(word) > 1 and word[0].isupper() and _one_away(word, name)


def _chinese(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    for language in (x for x in report.languages if x != "en"):
        names = {part for name in _names(report, language) for part in _COMMON.split(name) if len(part) >= 2}
        names |= {name for name in _names(report, language) if 3 <= len(name) <= 12}
        names = {name for name in names if len(name) >= 3 and re.fullmatch(f"[{HAN}]+", name)}
        texts = [s for s in stretches if s.language == language]
        everything = "\n".join(s.text for s in texts)
        near = {
            found: name
            for name in sorted(names)
            for found in _one_character_away(name, everything) | _otherwise_written(name, everything)
            if not any(found in other for other in names)
            and not _simplified(found, name)
            and _rare(everything.count(found), everything.count(name))
        }
        for found, name in near.items():
            for stretch in texts:
                for line in stretch.lines:
                    for match in re.finditer(re.escape(found), line.text):
                        yield _told(stretch, root, line, match.span(), found, name)


def _one_character_away(name: str, text: str) -> set[str]:
    """What stands in a text like a name with one other character: of three characters the one in the middle."""
    size = len(name)
    if size == 3:
        return set(re.findall(f"{name[0]}(?!{name[1]})[{HAN}]{name[2]}", text))
    found = set[str]()
    half = size // 2
    for part, offset in ((name[:half], 0), (name[half:], half)):
        start = text.find(part)
        while start >= 0:
            begin = start - offset
            other = text[max(begin, 0) : begin + size]
            differ = [a for a, b in zip(other, name, strict=False) if a != b]
            if len(other) == size and len(differ) == 1 and "\u3400" <= differ[0] <= "\u9fff":
                found.add(other)
            start = text.find(part, start + 1)
    return found


def _otherwise_written(name: str, text: str) -> set[str]:
    """What stands in a text like a name with characters that conversions mix up with its own: 云 for 雲."""
    spelt = "".join(f"[{character}{variants(character)}]" for character in name)
    return set(re.findall(spelt, text)) - {name} if any(map(variants, name)) else set()


def _companies(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for mention in companies_named(edition):
        text, name = mention.text, mention.registered
        if name not in ("", text) and not _simplified(text, name):
            span = (mention.start, mention.end)
            yield _told(mention.said, root, mention.line, span, mention.text, mention.registered)


def _simplified(text: str, name: str) -> bool:
    """Whether a name is only written in Simplified characters, which has a rule of its own."""
    return "".join(simplified().get(character, character) for character in text) == name


def _beginnings(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    """The beginning of a company's name where a short name is registered for it."""
    for language in report.languages:
        known = set(_names(report, language, everything=True))
        for whole, short in _shortened(report, language):
            parts = whole.split() if language == "en" else list(_COMMON.split(whole)[0])
            least, gap = (2, " ") if language == "en" else (4, "")
            for size in range(len(parts) - 1 if language == "en" else len(parts), least - 1, -1):
                start = gap.join(parts[:size])
                if any(start in name and name != whole for name in known):
                    continue
                rest = re.escape(whole[len(start) :][:2])
                pattern = re.compile(rf"{re.escape(start)}(?!{rest})(?!\w*[A-Z ]*[A-Z])")
                for stretch in stretches:
                    if stretch.language == language and start in stretch.text:
                        for line in stretch.lines:
                            for match in pattern.finditer(line.text):
                                yield _told(stretch, root, line, match.span(), match[0], short)


def _shortened(report: Report, language: str) -> Iterator[tuple[str, str]]:
    """Companies that have a short name of their own in a language, with it."""
    for entry in report.entries.values():
        whole, short = entry.name.get(language, ""), entry.short_name.get(language, "")
        core = _COMMON.split(whole)[0]
        parts = _WORD.findall(core) if language == "en" else [core[n : n + 2] for n in range(len(core) - 1)]
        if entry.register in ("entities", "company") and short and any(part in short for part in parts):
            yield whole, short


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
    han = [title for title in sorted(titles) if re.match(f"[{HAN}]", title)]
    english = [title for title in sorted(titles) if title[:1].isascii()]
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
    if title.startswith("關於") and _bare(title.removeprefix("關於")) in plain:
        name = next(name for name in known if _bare(name) == _bare(title.removeprefix("關於")))
        yield _told(stretch, root, line, match.span(), title, name)
        return
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


def _reworded(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    """English names of which some words are other ones, while a row of words that few names have stands in its order."""
    own = (*_long_names(report, "en"), *_BODIES, *_listing_rules())
    names = {words: name for name in own if len(words := _content(name)) >= _LEAST_WORDS}
    published = (name for p in publications().values() for name in (p.name["en"], *p.also))
    known = list(dict.fromkeys((*names, *map(_content, published))))
    for stretch in stretches:
        for line in stretch.lines if stretch.language == "en" else ():
            for match in _RUN.finditer(line.text):
                parts = re.finditer(r"[^\s-]+", match[0])
                spots = [(word, part) for part in parts for word in _content(part[0])]
                words = tuple(word for word, _ in spots)
                for name, written in names.items() if len(words) >= _LEAST_WORDS else ():
                    if span := _changed(words, name, known):
                        first, last = spots[span[0]][1], spots[span[1] - 1][1]
                        at = match.start() + first.start(), match.start() + last.end()
                        yield _told(stretch, root, line, at, line.text[slice(*at)], written)
                        break


def _changed(
    words: tuple[str, ...], name: tuple[str, ...], known: list[tuple[str, ...]]
) -> tuple[int, int] | None:
    """From where to where words are a name of which some were changed."""
    if not _LEAST_SHARED <= sum(word in name for word in words) < len(words):
        return None
    kept = _in_order(words, name)
    if sum(words[n] not in _OF_MANY for n in kept) < _LEAST_SHARED or _holds(
        words[kept[0] : kept[-1] + 1], known
    ):
        return None
    if kept[0] == 0 and kept[-1] == len(words) - 1 and words[-1] == name[-1]:
        return None  # the standard of another industry
    shared = tuple(words[n] for n in kept)
    if sum(len(_in_order(shared, other)) == len(shared) for other in known) > _FEW:
        return None
    # what stands before or after the name need not be of it: Appendix C2 to the Rules …
    spans = ((0, len(words)), (kept[0], len(words)), (0, kept[-1] + 1))
    return next((span for span in spans if _mostly(len(kept), span[1] - span[0], len(name))), None)


def _mostly(kept: int, words: int, name: int) -> bool:
    """Whether words are a name in which some were changed: most of it was kept, and not all of them are its own."""
    return kept < words and (2 * kept >= max(words, name) or 4 * kept >= 3 * words)


def _listing_rules() -> tuple[str, ...]:
    """The exchange's own rules, which every report cites and few by their name."""
    return tuple(p.name["en"] for p in publications().values() if p.id.startswith("listing_rules"))


def _long_names(report: Report, language: str) -> list[str]:
    """What the report's registers call bodies, laws and rules."""
    own = (e for e in report.entries.values() if not e.published and e.register not in _OF_NO_BODY)
    return [name for entry in own if (name := entry.name.get(language, ""))]


def _content(name: str) -> tuple[str, ...]:
    """The words of a name that say something, in small letters and without the s of a plural."""
    words = re.findall(r"[a-z0-9’]+", name.casefold())
    return tuple(
        w[:-1] if w.endswith("s") and not w.endswith("ss") else w for w in words if w not in _SMALL.split("|")
    )


def _in_order(words: tuple[str, ...], name: tuple[str, ...]) -> list[int]:
    """Which words of one row stand in the other, too, and in the same order."""
    matches = SequenceMatcher(None, words, name, autojunk=False).get_matching_blocks()
    return [n for match in matches for n in range(match.a, match.a + match.size)]


def _holds(words: tuple[str, ...], known: list[tuple[str, ...]]) -> bool:
    """Whether a name stands among words as it is registered."""
    return any(
        len(name) > 1 and name == words[n : n + len(name)]
        for name in known
        if name and name[0] in words
        for n in range(len(words) - len(name) + 1)
    )


def _reworded_title(report: Report, stretches: tuple[Said, ...], root: Path) -> Iterator[Diagnostic]:
    """Chinese titles that have a stretch of a title in the report's registers, and beside it other words."""
    for language in (x for x in report.languages if x != "en"):
        own = [name.strip("《》") for name in _long_names(report, language)]
        published = (name for p in publications().values() for name in (p.name[language], *p.also))
        known = {*own, *(name.strip("《》") for name in published)} if own else set()
        plain = [bare for name in known if len(bare := _bare(name)) > 4]
        for stretch in stretches if own else ():
            for line in stretch.lines if stretch.language == language else ():
                for match in _TITLE.finditer(line.text):
                    bare = _bare(match[1])
                    if not any(bare in each or each in bare for each in plain):
                        names = (name for name in own if _in_other_words(match[1], name, known))
                        if name := next(names, ""):
                            yield _told(stretch, root, line, match.span(), match[1], name)


def _in_other_words(title: str, name: str, known: set[str]) -> bool:
    """Whether a title has a long stretch of a name that no other name has. What both only end with is the kind of
    rules that they are; what is nearer has been told."""
    part = SequenceMatcher(None, title, name, autojunk=False).find_longest_match()
    shared = title[part.a : part.a + part.size]
    long = part.size >= _LEAST_SHARED_HAN and 5 * part.size >= 2 * max(len(title), len(name))
    if not long or (title.endswith(shared) and name.endswith(shared)):
        return False
    near = SequenceMatcher(None, _bare(title), _bare(name)).ratio() >= _NEAR
    return not near and sum(shared in other for other in known) == 1


def _names(report: Report, language: str, everything: bool = False) -> list[str]:
    """What is registered by name: companies, sites and people, or `everything` that a register holds."""
    found = [
        text
        for e in report.entries.values()
        if not e.published
        for text in (e.name.get(language, ""), e.short_name.get(language, ""))
        if everything or e.register in ("entities", "plants", "persons", "people", "bodies", "partners")
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
