"""The manual page of a code: what it says, why it matters, wrong and right, how to settle or accept it.

The pages of rules are the docstrings of the modules in `checks`: each begins with the codes that it is about.
"""

from __future__ import annotations

import sys

from esgreport import checks
from esgreport.codes import CODES
from esgreport.interface import labelled, padded, said, spoken, wrapped

_WEIGHTS = {
    "blocking": "stops every build, a draft too; cannot be accepted",
    "error": "stops a final report; a draft is written, and lists it",
    "warning": "worth a look; stops nothing",
}
_ACCEPT = """Accept
If it is right as it stands, say so in data/accepted.yml (quote: a part of the message, to mean this one only):

    - code: {code}
      file: the file it is found in
      reason: why it may stay
      owner: who says so"""


_WIDTH = 78  # cells of a terminal


def page(code: str) -> str:
    """The page of a code that is in `codes.CODES`."""
    meaning = CODES[code]
    weights = [said(f"{weight} ({_WEIGHTS[weight]})") for weight in meaning.weights]
    if meaning.also:
        sentences = (said(meaning.says), said(meaning.also))
        weights = [labelled(weight, sentence) for weight, sentence in zip(weights, sentences, strict=True)]
    parts = [labelled(code, said(meaning.says)), "\n".join((said("Weight"), *weights))]
    parts += [_worded(paragraph) for paragraph in _rule(code)]
    if not meaning.blocking:
        parts.append(said(_ACCEPT.format(code=code)))
    return "\n\n".join(parts)


def _worded(paragraph: str) -> str:
    """A paragraph in the language of the interface; an example is the same in each, but for wrong and right."""
    if spoken() == "en":
        return paragraph
    if paragraph.startswith(" "):
        for word in ("wrong   ", "right   "):
            paragraph = paragraph.replace(f"    {word}", f"    {padded(said(word.strip()), len(word))}")
        return paragraph
    words = " ".join(paragraph.split())
    chinese = said(words)
    return "\n".join(wrapped(chinese if chinese != words else f"{said('(in English only)')} {words}", _WIDTH))


def _rule(code: str) -> list[str]:
    """What the rule that finds this code says of itself, by paragraphs; nothing for what the readers of files find."""
    for rule in checks.RULES:
        manual = sys.modules[rule.__module__].__doc__ or ""
        title, _, rest = manual.partition("\n\n")
        for name in title.partition(":")[0].split(", "):
            if name == code or (name.endswith("…") and code.startswith(name[:-1])):
                return rest.strip("\n").split("\n\n")
    return []
