"""american-spelling: English text is spelt as in Hong Kong, the British way.

Why: labour and labor on one page read as two authors. Names are left alone where the words around begin with capitals, too
(Fair Labor Association); what is quoted is accepted.

    wrong   The labor organization recycles a ton of aluminum.
    right   The labour organisation recycles a tonne of aluminium.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.views import Edition
from esgreport.wording import said

_BRITISH = {
    "labor": "labour", "color": "colour", "favor": "favour", "honor": "honour", "behavior": "behaviour", "neighbor": "neighbour",
    "harbor": "harbour", "endeavor": "endeavour", "rigor": "rigour", "vapor": "vapour", "odor": "odour", "liter": "litre", "meter": "metre",
    "kilometer": "kilometre", "centimeter": "centimetre", "millimeter": "millimetre", "fiber": "fibre", "center": "centre", "theater": "theatre",
    "caliber": "calibre", "ton": "tonne", "sulfur": "sulphur", "sulfide": "sulphide", "sulfate": "sulphate", "aluminum": "aluminium",
    "program": "programme", "catalog": "catalogue", "dialog": "dialogue", "fulfill": "fulfil", "fulfillment": "fulfilment", "skillful": "skilful",
    "enrollment": "enrolment", "installment": "instalment", "traveled": "travelled", "traveling": "travelling", "labeled": "labelled",
    "labeling": "labelling", "canceled": "cancelled", "modeling": "modelling", "fueled": "fuelled", "counseling": "counselling", "totaled": "totalled",
    "defense": "defence", "offense": "offence", "gray": "grey", "mold": "mould", "plow": "plough", "tire": "tyre", "aging": "ageing",
    "judgment": "judgement", "analyze": "analyse", "catalyze": "catalyse", "paralyze": "paralyse", "jewelry": "jewellery", "artifact": "artefact",
    "cozy": "cosy", "license": "licence", "neutralize": "neutralise", "gasoline": "petrol",
}  # fmt: skip
_HABIT = 9  # as many words with -ize may be slips
_LEFT_ALONE = frozenset(["tire", "tires", "gasoline", "judgment", "judgments"])
_ONLY_BESIDE = {
    "meter": "metre",
    "ton": "tonne",
    "program": "programme",
    "center": "centre",
    "dialog": "dialogue",
}
_IZE = re.compile(r"\b[A-Za-z]{3,}i(?:z(?:e[sdr]?|ing|ation|ations|ational|able)|zers)\b")
_WITH_Z = re.compile(r"(?:size|prize|seize|capsize|maize|citizen|horizon|resize|oversize|downsize|wizen|assize|outsize|byzant|bizarr)", re.IGNORECASE)  # fmt: skip
_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(set(_BRITISH) - _LEFT_ALONE, key=len, reverse=True))})(?:s|ed|ing|able|ers|er|ful|ly|hood|ist|al|ant)?\b",
    re.IGNORECASE,
)


_NOUN = re.compile(
    r"\b(?:an?|the|its|our|their|his|her|this|no|each|any|valid|\w+ing|business|software|of|under|with|without|\w+ion) $",
    re.IGNORECASE,
)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    stretches = [stretch for stretch in said(edition) if stretch.language == "en"]
    everything = "\n".join(stretch.text for stretch in stretches).casefold()
    with_z, with_s = (
        len(_IZE.findall(everything)),
        len(re.findall(r"\w{3,}is(?:e[sdr]?|ing|ation)\b", everything)),
    )
    british_z = with_z > max(_HABIT, 3 * with_s)
    for stretch in stretches:
        for line in stretch.lines:
            found = [(match, _spelt(match[0])) for match in _WORD.finditer(line.text)]
            if not british_z:  # Oxford's -ize is British, too, where all is spelt so
                found += [
                    (m, m[0].replace("iz", "is", 1) if m[0].count("iz") == 1 else "")
                    for m in _IZE.finditer(line.text)
                    if not _WITH_Z.search(m[0])
                ]
            for match, right in found:
                if (
                    not right
                    or match[0].casefold() in ("metered", "metering")
                    or _in_a_name(line.text, match)
                    or _another_word(match[0], line.text, match.start(), everything)
                ):
                    continue
                yield warning(
                    "american-spelling",
                    stretch.at(root, line, *match.span()),
                    f'"{match[0]}" is spelt the American way',
                    f"write {right}",
                )


def _spelt(word: str) -> str:
    lower = word.casefold()
    stem = max((american for american in _BRITISH if lower.startswith(american)), key=len)
    right = _BRITISH[stem] + lower[len(stem) :]
    if right.endswith("treing") or right.endswith("ereed"):
        right = right.replace("reing", "ring")
    return right.capitalize() if word[0].isupper() else right


def _in_a_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word is part of a name: it begins with a capital, and so does the word before or after it."""
    if not match[0][0].isupper():
        return False
    before = re.search(r"([A-Z][\w’'-]*) +$", text[: match.start()])
    after = re.match(r" +[A-Z]", text[match.end() :])
    return bool(before or after)


def _another_word(word: str, text: str, start: int, everything: str) -> bool:
    """A water meter, a computer program, and a ton where the report knows no tonne, may be meant."""
    singular = word.casefold().rstrip("s")
    if singular == "meter":
        return not re.search(
            r"(?:square|cubic|\d|hundred|thousand) $",
            text[:start],
            re.IGNORECASE,
        )
    if singular.startswith("license"):  # to license is British, a license is not
        return singular != "license" or not _NOUN.search(text[:start])
    british = _ONLY_BESIDE.get(singular, "")
    return bool(british) and british not in everything and singular not in ("center", "dialog")
