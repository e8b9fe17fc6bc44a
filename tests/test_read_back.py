"""Every printed number, read back from the finished editions and worked out again by code of this file alone.

Nothing of the package is imported here: units, rounding, formulas, YAML and PDF are read anew, so that a fault
in the tool cannot hide itself. The report is the repository's own; it is built once.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from conftest import Built
from pdf_pages import Pdf

# ---- what this file knows of numbers, units and formulas

FACTORS = {
    "kWh": ("energy", 1), "MWh": ("energy", 1000), "GWh": ("energy", 10**6), "MJ": ("energy", Fraction(10, 36)),
    "GJ": ("energy", Fraction(10**4, 36)), "TJ": ("energy", Fraction(10**7, 36)),
    "g": ("mass", Fraction(1, 10**6)), "kg": ("mass", Fraction(1, 1000)), "t": ("mass", 1), "kt": ("mass", 1000),
    "kgCO2e": ("carbon", Fraction(1, 1000)), "tCO2e": ("carbon", 1), "ktCO2e": ("carbon", 1000),
    "L": ("volume", Fraction(1, 1000)), "m3": ("volume", 1), "m2": ("area", 1), "km": ("length", 1),
    "person": ("person", 1), "employee": ("person", 1), "hour": ("hour", 1), "million_hours": ("hour", 10**6), "day": ("day", 1),
    "case": ("case", 1), "count": ("case", 1), "time": ("case", 1), "supplier": ("case", 1), "attendance": ("attendance", 1),
    "percent": ("", Fraction(1, 100)), "percentage_point": ("", Fraction(1, 100)), "permille": ("", Fraction(1, 1000)), "ratio": ("", 1),
    "meeting": ("case", 1), "piece": ("case", 1), "vehicle": ("case", 1), "m": ("length", Fraction(1, 1000)),
    "HKD": ("HKD", 1), "HKD thousand": ("HKD", 1000), "HKD million": ("HKD", 10**6),
    "RMB": ("RMB", 1), "RMB thousand": ("RMB", 1000), "RMB million": ("RMB", 10**6),
    "ha": ("area", 10**4), "mg": ("mass", Fraction(1, 10**9)), "dBA": ("sound", 1),
}  # fmt: skip
POWERS = {"thousand": 3, "萬": 4, "万": 4, "million": 6, "億": 8, "亿": 8, "billion": 9}
WORDS = {
    "nil": {"en": "Nil", "zh-Hant": "無", "zh-Hans": "无"},
    "not-applicable": {"en": "–", "zh-Hant": "–", "zh-Hans": "–"},
    "not-available": {"en": "…", "zh-Hant": "…", "zh-Hans": "…"},
}
TYPED = {"nil": "nil", "not-applicable": "not_applicable", "not-available": "not_available"}
DIGITS = re.compile(r"[-−]?(?:\d{1,3}(?:[ ,\u00a0\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?")


def size(unit: str) -> Fraction:
    """How much of the base unit one `unit` is."""
    above, slash, below = unit.partition("/")
    return Fraction(FACTORS[above][1]) / (FACTORS[below][1] if slash else 1)


def plain(text: str) -> str:
    """A printed or typed number without what only helps the eye: "−1,234.50" is -1234.50."""
    return re.sub(r"[ ,\u00a0\u2009\u202f]", "", text).replace("−", "-").removeprefix("+")


def rounded(exact: Fraction, decimals: int) -> str:
    """Half up: halves go away from zero."""
    units = int(abs(exact) * 10**decimals + Fraction(1, 2))
    digits = f"{units:0{decimals + 1}d}"
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if exact < 0 and units else text


@cache
def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def at_place(root: Path, place: str) -> str:
    """The rest of the line that `file:line:column` points into."""
    name, line, column = place.rsplit(":", 2)
    return lines(root / name)[int(line) - 1][int(column) - 1 :]


def yaml_of(path: Path) -> Any:
    """YAML with every value left as text: no number of it passes through a float."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class Books:
    """figures.json and factors.yml, and any figure worked out from what stands in the sources."""

    def __init__(self, root: Path, figures: list[dict[str, Any]]) -> None:
        self.root, self.figures = root, {figure["id"]: figure for figure in figures}
        self.factors = yaml_of(root / "data" / "factors.yml")
        self.periods = yaml_of(root / "data" / "report.yml")["periods"]
        self.dimensions = yaml_of(root / "data" / "dimensions.yml")
        self.exact = cache(self._exact)

    def typed(self, figure: Mapping[str, Any]) -> str:
        """What the author typed, at its very place: a number in plain digits, or the word of a kind."""
        rest = at_place(self.root, figure["place"]).lstrip("\"'")
        if figure["kind"] == "range":
            low, high = (DIGITS.match(end.strip())[0] for end in rest.strip("[").split("]")[0].split(","))
            return f"{plain(low)}/{plain(high)}"
        found = re.match(r"[a-z_]+", rest) if figure["kind"] in TYPED else DIGITS.match(rest)
        assert found, f"{figure['id']}: at {figure['place']} stands {rest!r}"
        assert re.match(r"\s*([\"',}\]#]|$)", rest[found.end() :]), f"{figure['id']} goes on: {rest!r}"
        return plain(found[0])

    def members(self, dimension: str) -> list[str]:
        given = self.dimensions[dimension]
        if "members" in given:
            return list(given["members"])
        return list(yaml_of(self.root / "data" / "registers" / f"{given['register']}.yml"))

    def _exact(self, id: str) -> Fraction:
        """In the figure's own unit, never rounded; kinds without a number count as nothing."""
        figure = self.figures[id]
        if not figure["derived"]:
            return Fraction(0) if figure["kind"] in TYPED else Fraction(self.typed(figure))
        return self.worked_out(figure) / size(figure["unit"])

    def base(self, id: str) -> Fraction:
        return self.exact(id) * size(self.figures[id]["unit"])

    def worked_out(self, figure: Mapping[str, Any]) -> Fraction:
        """A derived figure in base units, from its `formula`, `inputs` and `factors`."""
        inputs, formula = [self.base(id) for id in figure["inputs"]], figure["formula"]
        operation = figure["id"].partition("@")[0].rpartition("~")[2].partition(".")[0]
        if formula.startswith("sum("):
            return sum(inputs, Fraction(0))
        if formula in OF_TARGETS:
            return OF_TARGETS[formula](*inputs)
        if formula.startswith("on the line from "):
            return self.on_the_line(figure, *inputs)
        if "~" in figure["id"]:
            return OPERATIONS[operation](inputs[0], inputs[-1])
        result = Formula(formula, self, figure).value()
        assert set(result.inputs) == set(figure["inputs"]) and set(result.factors) == set(figure["factors"])
        return result.exact

    def on_the_line(self, figure: Mapping[str, Any], low: Fraction, high: Fraction) -> Fraction:
        """By months between two levels of a target."""
        first, last = (self.month(self.figures[id]["period"]) for id in figure["inputs"])
        return low + (high - low) * Fraction(self.month(figure["period"]) - first, last - first)

    def month(self, period: str) -> int:
        year, month, _ = map(int, self.periods[period]["to"].split("-"))
        return year * 12 + month

    def previous(self, period: str) -> str:
        """The period that ends in the month before this one begins."""
        year, month, _ = map(int, self.periods[period]["from"].split("-"))
        return next(p for p in self.periods if self.month(p) == year * 12 + month - 1)

    def factor(self, name: str, period: str, members: Mapping[str, str]) -> Fraction:
        """The most particular value: for the member, then for the period, then for all."""
        given = self.factors[name]
        found = [given.get("values", {}).get(period), given.get("value")]
        for dimension, by_member in given.get("breakdown", {}).items():
            own = by_member.get(members.get(dimension, ""))
            if isinstance(own, dict) and "value" not in own:
                own = own.get(period)
            found.insert(0, own)
        value = next(each for each in found if each is not None)
        return Fraction(plain(value["value"] if isinstance(value, dict) else value)) * size(given["unit"])


OPERATIONS = {
    "per": lambda own, other: own / other,
    "share": lambda own, other: own / other,
    "difference": lambda own, other: own - other,
    "change": lambda own, other: (own - other) / abs(other),
}
OF_TARGETS = {
    "base": lambda base: base,
    "base + |base| * change": lambda base, change: base + abs(base) * change,
    "(wanted - base) / |base|": lambda wanted, base: (wanted - base) / abs(base),
    "(base - actual) / (base - wanted)": lambda base, actual, wanted: (base - actual) / (base - wanted),
}


@dataclass(frozen=True)
class Value:
    """A number in base units, and the ids of what it was worked out from."""

    exact: Fraction
    inputs: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()

    def with_(self, other: Value, exact: Fraction) -> Value:
        return Value(exact, self.inputs + other.inputs, self.factors + other.factors)


class Formula:
    """A small reader of formulas: + - * / and parentheses, members, periods, sums over a dimension."""

    def __init__(self, text: str, books: Books, figure: Mapping[str, Any]) -> None:
        pattern = r'(factor)\(\s*["\'](\w+)["\']\s*\)|([\d.]+)(?!\w)|([a-z]\w*)|([-−+*×/÷()@,=\[\]])'
        self.tokens = re.findall(pattern, text)
        self.books, self.period, self.members = books, figure["period"], dict(figure["members"])

    def value(self) -> Value:
        result = self.chain(0)
        assert not self.tokens
        return result

    def next_sign(self) -> str:
        return self.tokens[0][4].translate({0x2212: "-", 0xD7: "*", 0xF7: "/"}) if self.tokens else ""

    def take(self, sign: str) -> bool:
        if self.next_sign() == sign:
            self.tokens.pop(0)
            return True
        return False

    def chain(self, level: int) -> Value:
        signs = ("+-", "*/")[level]
        result = self.atom() if level else self.chain(1)
        while (sign := self.next_sign()) and sign in signs:
            self.tokens.pop(0)
            other = self.atom() if level else self.chain(1)
            a, b = result.exact, other.exact
            exact = a + b if sign == "+" else a - b if sign == "-" else a * b if sign == "*" else a / b
            result = result.with_(other, exact)
        return result

    def atom(self) -> Value:
        factor, name, number, metric, sign = self.tokens.pop(0)
        if number:
            return Value(Fraction(number))
        if sign == "-":
            inner = self.atom()
            return inner.with_(Value(Fraction(0)), -inner.exact)
        if sign:
            result = self.chain(0)
            assert self.take(")")
            return result
        if metric and self.next_sign() == "(":
            return self.function(metric)
        members, period = self.selection()
        if factor:
            return Value(self.books.factor(name, period, self.members | members), (), (name,))
        return self.figure(metric, period, self.members, members)

    def figure(
        self, metric: str, period: str, around: Mapping[str, str], members: Mapping[str, str]
    ) -> Value:
        """A figure of the metric, for those members around it that the metric is divided by."""
        figures = self.books.figures.values()
        own = {d for each in figures if each["metric"] == metric for d in each["members"]}
        wanted = {d: m for d, m in around.items() if d in own} | members
        part = ",".join(f"{d}={m}" for d, m in sorted(wanted.items()))
        id = f"{metric}@{period}" + (f"[{part}]" if part else "")
        return Value(self.books.base(id), (id,))

    def selection(self) -> tuple[dict[str, str], str]:
        """[dimension=member,…] and @period behind a name."""
        members, period = {}, self.period
        if self.take("["):
            while not self.take("]"):
                dimension = self.tokens.pop(0)[3]
                assert self.take("=")
                members[dimension] = self.tokens.pop(0)[3]
                self.take(",")
        if self.take("@"):
            token = self.tokens.pop(0)
            period = token[2] or token[3]
            period = self.books.previous(self.period) if period == "previous" else period
        return members, period

    def function(self, name: str) -> Value:
        assert self.take("(")
        if name in ("sum", "average"):
            end = next(n for n, token in enumerate(self.tokens) if token[3] == "over")
            inner, self.tokens = self.tokens[:end], self.tokens[end + 1 :]
            dimension = self.tokens.pop(0)[3]
            assert self.take(")")
            return self.over(name, inner, dimension)
        metric = self.tokens.pop(0)[3]
        assert name in ("whole", "share") and not self.selection()[0] and self.take(")")
        whole = self.figure(metric, self.period, {}, {})
        if name == "whole":
            return whole
        own = self.figure(metric, self.period, self.members, {})
        return own.with_(whole, own.exact / whole.exact)

    def over(self, name: str, inner: list[tuple[str, ...]], dimension: str) -> Value:
        rest, around, results = self.tokens, self.members, []
        for member in self.books.members(dimension):
            self.tokens, self.members = list(inner), around | {dimension: member}
            results.append(self.value())
        self.tokens, self.members = rest, around
        total = sum((each.exact for each in results), Fraction(0))
        trail = [
            tuple(x for each in results for x in own(each))
            for own in (lambda v: v.inputs, lambda v: v.factors)
        ]
        return Value(total if name == "sum" else total / len(results), *trail)


# ---- what the finished editions print


@dataclass(frozen=True)
class Printing:
    """One figure on a web page: its id, the nth time in this language, and the text of its element."""

    id: str
    n: int
    text: str
    page: str
    unit: str
    scale: str
    magnitude: bool


class Editions:
    """The editions of one build."""

    def __init__(self, built: Built) -> None:
        self.root, self.out = built.root, built.out
        self.report = yaml_of(built.root / "data" / "report.yml")
        self.languages: list[str] = self.report["languages"]
        self.record = self.json("data/figures.json")
        self.books = Books(built.root, self.record["figures"])
        self.page, self.pdf = cache(self._page), cache(self._pdf)
        self.printings = cache(self._printings)

    def json(self, name: str) -> Any:
        return json.loads((self.out / name).read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> list[str]:
        return [page for part in self.report["parts"] for page in part["pages"]]

    def _page(self, language: str, page: str) -> BeautifulSoup:
        text = (self.out / language / f"{page}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    def _pdf(self, language: str) -> Pdf:
        return Pdf(self.out / "pdf" / f"{self.report['slug']}.{language}.pdf")

    def _printings(self, language: str) -> list[Printing]:
        counts: Counter[str] = Counter()
        found = []
        for page in self.pages:
            for element in self.page(language, page).select("[data-figure]"):
                id = str(element["data-figure"])
                counts[id] += 1
                shows = [str(element.get(f"data-{name}", "")) for name in ("unit", "scale", "show")]
                assert shows[2] in ("", "magnitude")
                found.append(
                    Printing(id, counts[id], element.get_text(), page, *shows[:2], shows[2] == "magnitude")
                )
        return found


@pytest.fixture(scope="session")
def editions(built: Built) -> Editions:
    return Editions(built)


LANGUAGES = ("zh-Hant", "en")
languages = pytest.mark.parametrize("language", LANGUAGES)


def test_this_file_knows_the_languages_of_the_report(editions):
    assert tuple(editions.languages) == LANGUAGES


# ---- places


def test_every_authored_figure_points_at_the_very_digits(editions):
    books = editions.books
    authored = [figure for figure in books.figures.values() if not figure["derived"]]
    assert len(authored) > 300
    for figure in authored:
        typed = books.typed(figure)
        assert typed == (TYPED.get(figure["kind"]) or figure["value"]), figure["id"]


def test_every_derived_figure_points_at_its_declaration(editions):
    seen = set()
    for figure in editions.books.figures.values():
        if not figure["derived"]:
            continue
        rest = at_place(editions.root, figure["place"])
        metric, _, operations = figure["id"].partition("@")[0].partition("~")
        operation, _, argument = operations.rpartition("~")[2].partition(".")
        kind = operation or figure["formula"].partition("(")[0]
        declared = editions.books.figures[figure["id"]]["formula"]
        if operation == "per" and not rest.startswith(f"{metric}:"):
            assert re.match(rf"{argument}\b", rest), figure["id"]
            kind = "declared per"
        elif operation or kind == "sum":
            assert rest.startswith(f"{metric}:"), figure["id"]
        else:
            assert rest.lstrip("\"'").startswith(declared), figure["id"]
            kind = "formula"
        seen.add(kind)
    assert {"sum", "formula", "declared per", "change"} <= seen


# ---- numbers


def test_every_derived_value_is_worked_out_again(editions):
    books, derived = editions.books, 0
    for figure in books.figures.values():
        if figure["derived"] and figure["kind"] == "value":
            assert figure["value"] == rounded(books.exact(figure["id"]), figure["decimals"]), figure["id"]
            derived += 1
    assert derived > 200


@languages
def test_every_printed_form_is_the_value(editions, language):
    """`printed` normalised = the digits at `place`, or the exact result rounded."""
    for figure in editions.books.figures.values():
        printed, kind = figure["printed"][language], figure["kind"]
        if kind in WORDS:
            assert printed == WORDS[kind][language], figure["id"]
        elif kind == "range":
            assert re.sub("[–至]", "/", plain(printed)) == editions.books.typed(figure), figure["id"]
        elif figure["derived"]:
            assert plain(printed) == rounded(editions.books.exact(figure["id"]), figure["decimals"]), figure[
                "id"
            ]
        else:
            assert plain(printed) == editions.books.typed(figure) == figure["value"], figure["id"]


def expected(books: Books, printing: Printing, language: str) -> str:
    """The text that an element should hold, in plain digits."""
    figure = books.figures[printing.id]
    if figure["kind"] in WORDS:
        return WORDS[figure["kind"]][language]
    text = plain(figure["printed"][language])
    if printing.unit or printing.scale:
        exact = books.exact(printing.id)
        if printing.unit:
            exact *= size(figure["unit"]) / size(printing.unit)
        text = rounded(exact / 10 ** POWERS.get(printing.scale, 0), figure["decimals"])
    return text.removeprefix("-") if printing.magnitude else text


@languages
def test_every_figure_on_a_web_page_is_the_figure_of_the_data_file(editions, language):
    printings = editions.printings(language)
    assert len(printings) > 400
    for printing in printings:
        if not (printing.unit or printing.scale or printing.magnitude):
            assert printing.text == editions.books.figures[printing.id]["printed"][language], printing
        assert plain(printing.text) == expected(editions.books, printing, language), printing


def test_other_units_scales_and_magnitudes_occur(editions):
    printings = [printing for language in LANGUAGES for printing in editions.printings(language)]
    assert any(printing.unit for printing in printings)
    assert any(printing.magnitude for printing in printings)


@languages
def test_every_factor_on_a_web_page_is_the_published_value(editions, language):
    """In the digits of factors.yml, for the member and period that the page names."""
    found = [
        element
        for page in editions.pages
        for element in editions.page(language, page).select("[data-factor]")
    ]
    assert len(found) > 5
    for element in found:
        given: Any = editions.books.factors[str(element["data-factor"])]
        member, period = (str(element.get(f"data-{name}", "")) for name in ("member", "period"))
        if member:
            (by_member,) = given["breakdown"].values()
            given = by_member[member]
        if period:
            given = given.get("values", given)[period]
        while isinstance(given, dict):
            given = given["value"]
        assert plain(element.get_text()) == plain(given), element


@languages
def test_every_figure_is_found_again_in_the_pdf(editions, language):
    """The nth printing of a figure is the named destination <figure id>/<n>; its text is the same."""
    pdf, printings = editions.pdf(language), editions.printings(language)
    named = {name for name in pdf.spots if "@" in name}
    assert named == {f"{printing.id}/{printing.n}" for printing in printings}
    for printing in printings:
        spot = pdf.spots[f"{printing.id}/{printing.n}"]
        if editions.books.figures[printing.id]["kind"] in (*WORDS, "range"):
            assert pdf.line_at(spot).startswith(printing.text), printing
        else:
            assert pdf.number_at(spot) == printing.text, printing


@languages
def test_figures_follow_each_other_in_the_pdf_as_on_the_web(editions, language):
    pdf = editions.pdf(language)
    pages = [pdf.spots[f"{printing.id}/{printing.n}"].page for printing in editions.printings(language)]
    assert pages == sorted(pages)


def test_all_languages_print_the_same_figures_as_often(editions):
    first, *others = (
        {(p.id, p.unit, p.scale): 0 for p in editions.printings(x)}
        | Counter((p.id, p.unit, p.scale) for p in editions.printings(x))
        for x in LANGUAGES
    )
    for other in others:
        assert first == other


def test_figures_printed_nowhere_are_listed(editions, golden):
    """Months and plants feed totals that are printed, and of what is printed the website tells the change from period
    to period. What is neither is listed here: one line a metric and period, and how many of its figures."""
    figures = editions.books.figures
    printed = {printing.id for language in LANGUAGES for printing in editions.printings(language)}
    fed, open_ = set(printed), list(printed)
    while open_:
        for id in figures[open_.pop()]["inputs"]:
            if id not in fed:
                fed.add(id)
                open_.append(id)
    assert printed <= set(figures)
    series = {id.replace(f"@{figures[id]['period']}", "@") for id in fed}
    changed = re.compile(r"~(?:change|difference)\.\w+@\w+")
    fed |= {id for id in figures if changed.sub("@", id) in series}
    alone = Counter(id.partition("[")[0] for id in figures if id not in fed)
    golden("printed_nowhere.txt", "".join(f"{name} {count}\n" for name, count in sorted(alone.items())))


def test_a_wrong_number_is_seen(editions):
    """These tests bite: one digit changed in a page, in a place or in a data file is noticed."""
    printing = next(p for p in editions.printings("en") if p.id.startswith("electricity@"))
    changed = plain(printing.text).replace("1", "7", 1).replace("2", "8", 1)
    assert changed != expected(editions.books, printing, "en")
    figure = dict(
        next(f for f in editions.books.figures.values() if not f["derived"] and f["kind"] == "value")
    )
    name, line, column = figure["place"].rsplit(":", 2)
    figure["place"] = f"{name}:{line}:{int(column) - 1}"
    with pytest.raises(AssertionError):
        assert editions.books.typed(figure) == figure["value"]


# ---- the content index


def indexes(editions: Editions) -> list[dict[str, Any]]:
    return [editions.json(f"data/content-index.{id}.json") for id in editions.report["frameworks"]]


def locations(editions: Editions, language: str) -> list[tuple[str, str, dict[str, str]]]:
    """(page, section, location) of every location of one language; the section may be ""."""
    found = []
    for index in indexes(editions):
        for row in index["rows"]:
            for location in row["locations"]:
                if location["lang"] == language:
                    folder, _, rest = location["url"].partition("/")
                    page, _, section = rest.partition("#")
                    assert folder == language and page.endswith(".html")
                    found.append((page.removesuffix(".html"), section, location))
    return found


@languages
def test_every_location_of_the_index_is_a_section_of_the_site(editions, language):
    found = locations(editions, language)
    assert len(found) > 20
    for row in (row for index in indexes(editions) for row in index["rows"]):
        led = any(location["lang"] == language for location in row["locations"])
        assert led or row["status"] != "disclosed", row["id"]
    for page, section, location in found:
        site = editions.page(language, page)
        heading = site.find(id=section) if section else site.find("h1")
        assert isinstance(heading, Tag) and heading.name in ("h1", "h2", "h3", "h4"), location
        assert re.sub(r"\s+", " ", location["title"]) in re.sub(r"\s+", " ", heading.get_text()), location


@languages
def test_every_folio_of_the_index_is_the_label_of_the_page_it_names(editions, language):
    pdf = editions.pdf(language)
    for page, section, location in locations(editions, language):
        anchor = f"{page}/{section}" if section else page
        assert location["page"] == pdf.labels[pdf.spots[anchor].page], location
        end = f"{anchor}/end" if section else anchor
        assert location["last_page"] == pdf.labels[pdf.spots[end].page], location
        assert pdf.spots[end].page >= pdf.spots[anchor].page


@languages
def test_the_index_printed_in_the_pdf_shows_the_same_pages(editions, language):
    """In the pages of the index chapter: every location once with its title and once with its first and last page."""
    pdf = editions.pdf(language)
    wanted = [
        (f"{page}/{section}" if section else page, "–".join(dict.fromkeys([first, last])))
        for page, section, location in locations(editions, language)
        for first, last in [(location["page"], location["last_page"])]
    ]
    assert any("–" in pages for _, pages in wanted) and not all("–" in pages for _, pages in wanted)
    begin = pdf.spots["content_index"].page
    links = [link for link in pdf.links if link.page >= begin]
    folios = Counter((link.name, link.text) for link in links if re.fullmatch(r"\d+(–\d+)?", link.text))
    assert set(folios) == set(wanted)
    twice = min(
        folios[entry] // count for entry, count in Counter(wanted).items()
    )  # the engine links a box and its content
    assert folios == Counter({entry: twice * count for entry, count in Counter(wanted).items()})
    assert {link.name for link in links} == {name for name, _ in wanted}


@languages
def test_the_index_on_the_web_links_to_the_same_sections(editions, language):
    site = editions.page(language, "content_index")
    linked = [str(link["href"]) for link in site.select(".index-table tbody a")]
    assert linked == [location["url"].partition("/")[2] for _, _, location in locations(editions, language)]


# ---- the data files agree with each other


def test_figures_csv_says_what_figures_json_says(editions):
    with (editions.out / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(editions.record["figures"])
    for row, figure in zip(rows, editions.record["figures"], strict=True):
        for key in (
            "id",
            "period",
            "kind",
            "value",
            "qualifier",
            "unit",
            "status",
            "former",
            "formula",
            "place",
        ):
            assert row[key] == (figure[key] or ""), figure["id"]
        assert row["decimals"] == str(figure["decimals"])
        assert row["derived"] == ("true" if figure["derived"] else "false")
        assert row["answers"] == " ".join(figure["answers"])
        assert row["members"] == ",".join(f"{d}={m}" for d, m in figure["members"].items())
        for language in LANGUAGES:
            assert row[f"name_{language}"] == figure["name"][language]
            assert row[f"note_{language}"] == figure["note"].get(language, "")


def test_content_index_csv_says_what_its_json_says(editions):
    for index in indexes(editions):
        path = editions.out / "data" / f"content-index.{index['framework']}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for row, entry in zip(rows, index["rows"], strict=True):
            assert [row[key] for key in ("id", "code", "level", "status")] == [
                entry[key] for key in ("id", "code", "level", "status")
            ]
            assert row["lacks"] == "; ".join(entry["lacks"])
            for language in LANGUAGES:
                own = [location for location in entry["locations"] if location["lang"] == language]
                assert row[f"label_{language}"] == entry["label"][language]
                assert row[f"reason_{language}"] == entry["reason"].get(language, "")
                assert row[f"sections_{language}"] == "; ".join(location["title"] for location in own)
                assert row[f"pages_{language}"] == "; ".join(location["page"] for location in own)
