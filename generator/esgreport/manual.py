"""The manual page of a code: what it says, why it matters, wrong and right, how to settle or accept it.

The pages of rules are the docstrings of the modules in `checks`: each begins with the codes that it is about.
"""

from __future__ import annotations

import sys

from esgreport import checks
from esgreport.codes import CODES

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


def page(code: str) -> str:
    """The page of a code that is in `codes.CODES`."""
    said = CODES[code]
    sentences = (said.says, said.also)
    weights = [f"{weight} ({_WEIGHTS[weight]})" for weight in said.weights]
    if said.also:
        weights = [f"{weight}: {sentence}" for weight, sentence in zip(weights, sentences, strict=True)]
    parts = [f"{code}: {said.says}", "\n".join(("Weight", *weights))]
    if rule := _rule(code):
        parts.append(rule)
    if not said.blocking:
        parts.append(_ACCEPT.format(code=code))
    return "\n\n".join(parts)


def _rule(code: str) -> str:
    """What the rule that finds this code says of itself; empty for what the readers of files find."""
    for rule in checks.RULES:
        manual = sys.modules[rule.__module__].__doc__ or ""
        title, _, rest = manual.partition("\n\n")
        for name in title.partition(":")[0].split(", "):
            if name == code or (name.endswith("…") and code.startswith(name[:-1])):
                return rest.strip("\n")
    return ""
