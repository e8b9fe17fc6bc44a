"""punctuation: marks are those of the language, once each, and where they belong.

Why: a translator's keyboard leaves half-width commas in Chinese and full-width ones in English; an edited sentence keeps two marks,
a bracket that was never closed, or none at its end.

    wrong   廢氣減少,廢水增加。。      The Group（as defined） recycles copper , and sells it
    right   廢氣減少，廢水增加。       The Group (as defined) recycles copper, and sells it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import GAP, HAN, Said, said

_FULL = {",": "，", ".": "。", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_HALF = {full: half for half, full in _FULL.items()} | {"、": ","}
_IN_CHINESE = re.compile(
    rf"(?<=[{HAN}）」』》])[,;:!?](?!\d)|(?<=[{HAN}）」』》])\.(?=\s*(?:$|[{HAN}{GAP}]))|(?<=[{GAP}%])[,;] ?(?=[{HAN}])"
    rf"|(?<=[{HAN}])\((?=[{HAN}])|(?<=[{HAN}])\)(?=[{HAN}，。；]|$)|(?<=[{HAN}]), ?(?=[{HAN}{GAP}])|(?<={GAP}{GAP})[,.;:](?=[{HAN}])"
)
_IN_ENGLISH = re.compile(rf"(?<![{HAN}）」』》])[，。；：、！？（）](?! ?[{HAN}「『《])")
_DOUBLED = re.compile(
    r"([，。；：、])\1+|[，；：、][，。；：、]|。[，；：、]|,,+|;;+|,[;.](?!\d)|;[,.]|(?<!\.)\.[,;]|(?<![.\d])\.\.(?!\.)"
)
_SPACED = re.compile(rf"(?<=[A-Za-z0-9)’”{GAP}]) +[,;](?=\s|$)|(?<=[A-Za-z0-9)’”{GAP}]) +[.:](?=\s|$)")
_SPACES = re.compile(r"(?<=[A-Za-z,.;:)]) {2,}(?=[A-Za-z(“])")
_ABBREVIATED = re.compile(r"\b(?:etc|e\.g|i\.e|Ltd|Inc|Co|No|Nos|approx|Mr|Ms|Dr|vs|al|cf|p|pp|a\.m|p\.m)$")
_PAIRS = tuple(map(tuple, ("（）", "「」", "『』", "《》", "()", "“”")))
_LISTS = re.compile(
    r"(?:^|(?<=[；;，,。.：:、])) ?(?:\d{1,2}|[a-z]|[ivx]{1,4})[)）]|(?<![\w(（])[a-z][)）]", re.MULTILINE
)
_ENDS = frozenset("。！？：；」』）》.!?:;”)…—*_|\\>-’’\"'" + GAP)
_SHORTEST = 24


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = said(edition)
    straight = _styles(stretches)
    for stretch in stretches:
        for line in stretch.lines:
            for start, end, what, help in _in_line(stretch, line.text, straight):
                yield warning("punctuation", stretch.at(root, line, start, end), what, help)
        yield from _brackets(stretch, root)
        yield from _end(stretch, root)


def _in_line(stretch: Said, text: str, straight: dict[str, str]) -> Iterator[tuple[int, int, str, str]]:
    chinese = stretch.language != "en"
    if chinese and not re.search(f"[{HAN}]", text):
        return
    for match in (_IN_CHINESE if chinese else _IN_ENGLISH).finditer(text):
        mark = match[0].strip()
        right = _FULL[mark] if chinese else _HALF[mark]
        kind = "half-width" if chinese else "full-width"
        yield (
            *match.span(),
            f'the {kind} mark "{mark}" stands in {"Chinese" if chinese else "English"}',
            f"write {right}",
        )
    for match in _DOUBLED.finditer(text):
        if not _ABBREVIATED.search(text[: match.start()]):
            yield *match.span(), f'two marks follow each other: "{match[0]}"', _one_of(match[0])
    if not chinese:
        for match in _SPACED.finditer(text):
            yield *match.span(), "a space stands before a mark", "take it out"
        for match in _SPACES.finditer(text):
            yield *match.span(), "two spaces stand between words", "write one space"
    for mark, right in straight.items():
        style, _, language = mark.rpartition(" ")
        if language == stretch.language:
            for match in re.finditer(style, text):
                yield *match.span(), f'the report quotes otherwise than with "{match[0]}"', f"write {right}"


def _styles(stretches: tuple[Said, ...]) -> dict[str, str]:
    """The quotation marks that a language uses here and there, though nearly always others: what to write for each."""
    found: dict[str, str] = {}
    for language in {stretch.language for stretch in stretches}:
        text = "\n".join(stretch.text for stretch in stretches if stretch.language == language)
        if language == "zh-Hant" and text.count("「") >= text.count("“"):
            found |= {
                f"[“‘] {language}": "「 or 『",
                f"[”’](?![A-Za-z]) {language}": "」 or 』",
                f'" {language}': "「 or 」",
            }
        elif language == "zh-Hant":
            found |= {f"「 {language}": "“", f"」 {language}": "”"}
        if language == "en":
            curly, plain = text.count("’"), len(re.findall(r"(?<=[A-Za-z])'(?=[a-z])", text))
            if curly > plain:
                found[f"(?<=[A-Za-z])'(?=[a-z ]) {language}"] = "’"
            elif curly:
                found[f"(?<=[A-Za-z])’(?=[a-z]) {language}"] = "'"
            if text.count("“") * 2 > text.count('"'):
                found[f'" {language}'] = "“ or ”"
    return found


def _brackets(stretch: Said, root: Path) -> Iterator[Diagnostic]:
    text = _LISTS.sub(lambda match: GAP * len(match[0]), stretch.text)
    text = re.sub(r"\]\([^)]*\)", lambda match: GAP * len(match[0]), text)
    for opened, closed in _PAIRS:
        opens, closes = text.count(opened), text.count(closed)
        if opens == closes or (
            opened in "(（" and text.count("(") + text.count("（") == text.count(")") + text.count("）")
        ):
            continue
        mark = opened if opens > closes else closed
        line = next((line for line in reversed(stretch.lines) if mark in line.text), None)
        if line is not None:
            at = line.text.rfind(mark)
            what = "is opened and not closed" if opens > closes else "is closed and not opened"
            yield warning(
                "punctuation",
                stretch.at(root, line, at, at + 1),
                f'"{mark}" {what}',
                f"add its {closed if opens > closes else opened}, or take it out",
            )


def _end(stretch: Said, root: Path) -> Iterator[Diagnostic]:
    """A paragraph of a sentence or more ends with a mark."""
    if (
        stretch.kind != "paragraph"
        or stretch.prose is None
        or not stretch.prose.place.path.startswith("content/")
    ):
        return
    last = stretch.lines[-1]
    text = stretch.text.rstrip()
    long = len(text) > _SHORTEST * (1 if stretch.language != "en" else 3)
    inner = text[:-1]
    if (
        long
        and text[-1] not in _ENDS
        and any(mark in inner for mark in ("。" if stretch.language != "en" else ". ", "，", ", "))
    ):
        end = len(last.text.rstrip())
        yield warning(
            "punctuation",
            stretch.at(root, last, end - 1, end),
            "the paragraph ends without a mark",
            "end it with a full stop",
        )


def _one_of(marks: str) -> str:
    """Which of several marks to write."""
    different = list(dict.fromkeys(marks.replace(" ", "")))
    return f"write {different[0]}" if len(different) == 1 else f"write one of them: {' or '.join(different)}"
