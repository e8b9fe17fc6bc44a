"""What reports cite, as data of the package: standards, laws and rules of the exchange, and when each was in force.

The files in `registers/` hold facts of public record in our own selection, each with the kind of source and how
sure we are of it. A report names them by id, as it names entries of registers of its own. Nothing here reads a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place
from esgreport.languages import LANGUAGES, Text
from esgreport.model import PERIOD_IDENTIFIER, Entry, Period
from esgreport.schema import Shapes
from esgreport.source import read_text, read_yaml

PACKAGE_REGISTERS = Path(__file__).parent / "registers"
STANDARDS, LAWS, FRAMEWORKS = REGISTERS = ("standards", "laws", "frameworks")
CONFIDENCE = ("high", "medium", "low")
HONG_KONG, MAINLAND = JURISDICTIONS = ("hong-kong", "mainland")
ESG_RULES, GOVERNANCE_CODE, MODEL_CODE = RULES = ("ESG rules", "Corporate Governance Code", "Model Code")
YEARS_AFTER = (":", "-")
_KEYS = (
    "name", "also", "year_after", "jurisdiction", "chapter", "issuers", "rules", "by_year", "from", "until",
    "replaced_by", "editions", "source", "confidence",
)  # fmt: skip
_EDITION_KEYS = ("from", "until", "confidence")


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which something was in force, the last one included; None where an end is not known or has none."""

    start: date | None
    end: date | None
    confidence: str

    def meets(self, period: Period) -> bool:
        """Whether it was in force on any day of a period."""
        begun = self.start is None or self.start <= period.end
        return begun and (self.end is None or self.end >= period.start)


@dataclass(frozen=True, slots=True)
class Publication:
    """A standard, a law, or a name of rules of the exchange or the number of the appendix where they stood.

    `name` is that of no edition, without brackets and chapter; `also` are other ways to write it. `year_after` is
    the sign between the number of a standard and the year of its edition. What is in force `by_year` holds for
    financial years as a whole, by their first day. `issuers` are the classes that it is for, none for all; `rules`
    says what stood under a number.
    """

    id: str
    register: str
    name: Text
    whole: Validity
    source: str
    place: Place
    also: tuple[str, ...] = ()
    year_after: str = ""
    jurisdiction: str = ""
    chapter: str = ""
    issuers: tuple[str, ...] = ()
    rules: str = ""
    by_year: bool = False
    replaced_by: str = ""
    editions: Mapping[str, Validity] = field(default_factory=dict)

    def title(self, edition: str = "") -> Text:
        """What is printed: ISO 9001:2015, 《僱傭條例》（第57章）."""
        year = self.year_after + edition if edition else ""
        return Text.of({language: self._titled(language) + year for language in self.name})

    def _titled(self, language: str) -> str:
        name = self.name[language]
        if self.register != LAWS:
            return name
        if language == "en":
            return f"{name} (Cap. {self.chapter})" if self.chapter else name
        return f"《{name}》（第{self.chapter}章）" if self.chapter else f"《{name}》"

    def title_in(self, period: Period | None) -> Text:
        """The title with its edition where only one was in force in the period; in a time of transition without."""
        if period is None or not self.year_after:
            return self.title()
        editions = [year for year, validity in self.editions.items() if validity.meets(period)]
        return self.title(editions[0] if len(editions) == 1 else "")


@cache
def publications() -> Mapping[str, Publication]:
    """All publications by id, in the order of their files."""
    found, findings = read_publications()
    assert not findings, findings[0]
    return found


def read_publications() -> tuple[dict[str, Publication], list[Diagnostic]]:
    """The publications of the package's files, and what is wrong with these."""
    shapes = Shapes(tuple(LANGUAGES))
    found: dict[str, Publication] = {}
    for register in REGISTERS:
        name = f"{register}.yml"
        text, problems = read_text(PACKAGE_REGISTERS, name)
        node, more = read_yaml(text, f"registers/{name}")
        shapes.findings += [*problems, *more]
        for key, value in shapes.entries(node, "a register"):
            shape = shapes.mapping(value, f'"{key.text}"', _KEYS, ("name", "source", "confidence"))
            confidence = shapes.choice(shape.get("confidence"), "a confidence", CONFIDENCE)
            whole = Validity(
                shapes.day(shape.get("from"), "from"), shapes.day(shape.get("until"), "until"), confidence
            )
            editions: dict[str, Validity] = {}
            for year, given in shapes.entries(shape.get("editions"), "editions", PERIOD_IDENTIFIER):
                edition = shapes.mapping(given, "an edition", _EDITION_KEYS, ("from",))
                editions[year.text] = Validity(
                    shapes.day(edition.get("from"), "from"),
                    shapes.day(edition.get("until"), "until"),
                    shapes.choice(edition.get("confidence"), "a confidence", CONFIDENCE, confidence),
                )
            if key.text in found:
                shapes.refuse(key.place, f'"{key.text}" stands twice', "keep one", "duplicate-id")
            found[key.text] = Publication(
                id=key.text,
                register=register,
                name=shapes.wording(shape.get("name"), "the name"),
                whole=whole,
                source=shapes.text(shape.get("source"), "source"),
                place=key.place,
                also=tuple(item.text for item in shapes.items(shape.get("also"), "also")),
                year_after=shapes.choice(shape.get("year_after"), "a sign before the year", YEARS_AFTER),
                jurisdiction=shapes.choice(shape.get("jurisdiction"), "a jurisdiction", JURISDICTIONS),
                chapter=shapes.text(shape.get("chapter"), "chapter"),
                issuers=tuple(item.text for item in shapes.items(shape.get("issuers"), "issuers")),
                rules=shapes.choice(shape.get("rules"), "rules", RULES),
                by_year=shapes.yes(shape.get("by_year"), "by_year", False),
                replaced_by=shapes.text(shape.get("replaced_by"), "replaced_by"),
                editions=_one_after_the_other(editions) if register == LAWS else editions,
            )
    return found, shapes.findings


def _one_after_the_other(editions: dict[str, Validity]) -> dict[str, Validity]:
    """Editions of a law: each ends on the day before the next begins."""
    next_year = dict(pairwise(editions))
    found = {}
    for year, validity in editions.items():
        follower = editions[next_year[year]].start if year in next_year else None
        end = follower - timedelta(days=1) if follower else None
        found[year] = Validity(validity.start, end, validity.confidence)
    return found


def instead_of(publication: Publication, period: Period) -> str:
    """What to cite in its place, in words for an author; "" where nothing is known to have taken it.

    What took its place may have been replaced too: then it is the first that was in force in the period.
    """
    other = publication
    while other.replaced_by and (other is publication or not other.whole.meets(period)):
        other = publications()[other.replaced_by]
    title = other.title_in(period)["en"]
    same = other is publication and (not other.year_after or title == other.title()["en"])
    return "" if same else f"{title}, by {{{{ {other.id} }}}}"


def published_entries(period: Period | None) -> dict[str, Entry]:
    """The publications as entries of registers, named as in the period of a report."""
    return {
        id: Entry(id, each.register, each.title_in(period), each.place, published=True)
        for id, each in publications().items()
    }
