"""What Chinese setting wants and the print engine does not do: room between scripts, and marks that close up.

The engine knows neither `text-autospace` nor `text-spacing-trim`, and the sans faces squeeze no marks by themselves. So the
finished document is given elements, never characters: what a reader copies or searches for is what the author wrote.
Source: W3C, Requirements for Chinese Text Layout, 3.1.6 (adjacent marks) and 3.2.2 (a quarter of an em between scripts).
"""

from __future__ import annotations

import re

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "0-9A-Za-z%\u00b0\u00c0-\u024f\u0370-\u03ff"
_OPENING = "「『（《〈【〔"
_CLOSING = "」』）》〉】〕"
_MARKS = f"{_OPENING}{_CLOSING}，。、；：！？"

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_INLINE = {"a", "abbr", "b", "cite", "em", "i", "mark", "small", "span", "strong", "sub", "sup"}
_UNTOUCHED = {"head", "svg"}
_SIGN = re.compile(
    rf"(?P<gap>[{_HAN}](?=[{_LATIN}])|[{_LATIN}](?=[{_HAN}]))"
    rf"|(?P<half>[{_CLOSING}](?=[{_MARKS}])|(?<=[{_OPENING}，。、；：！？])[{_OPENING}])"
)
_LAST = re.compile(rf"(?<=.{{8}})[{_HAN}]{{3}}[{_MARKS}]{{0,2}}$")
_DATE = re.compile("[0-9][年月日]|[年月][0-9]")
_DAY = re.compile("[0-9]{1,4}[年月日]")


def set_chinese(document: str) -> str:
    """A document for print with `<set-gap>` round a sign before another script, and `<set-half>` round a bracket whose empty
    half lies beside another mark: elements of their own, so that no rule for others reaches them. `<set-last>` is the end of a paragraph, which goes to the last line together:
    one character alone on a line is a widow. A date is set solid, and breaks only after `<set-day>` (2025年, 12月); drawings and the head stay as they are."""
    parts = _TAG.split(document)
    before = -1  # the text that this one goes on from: only inline elements lie between them
    inside = ""
    for number, part in enumerate(parts):
        if number % 2:
            name = found[1].lower() if (found := _NAME.match(part)) else ""
            if name in _UNTOUCHED:
                inside = "" if part.startswith("</") else name
            if part in ("</p>", "</li>"):
                parts[number - 1] = _LAST.sub(r"<set-last>\g<0></set-last>", parts[number - 1])
            if name not in _INLINE or part.startswith("<sup"):  # a note's mark stands by what it is about
                before = -1
        elif part and not inside:
            text = parts[before] if before >= 0 else ""
            pair = text[-1:] + part[0]
            if text and (match := _SIGN.match(pair)):
                parts[before] = text[:-1] + _wrapped(match)
            done = _DAY.sub(r"<set-day>\g<0></set-day>", _SIGN.sub(_wrapped, part))
            if text and (match := _SIGN.match(pair, 1)):
                done = _wrapped(match) + done[1:]
            parts[number] = done
            before = number
    return "".join(parts)


def _wrapped(match: re.Match[str]) -> str:
    """The sign in an element of its kind; as it is within a date."""
    if match["gap"] and _DATE.match(match.string, match.start()):
        return match[0]
    return f"<set-{match.lastgroup}>{match[0]}</set-{match.lastgroup}>"
