"""The project's files become one `Report`: every file read, every finding kept, names checked.

Reading goes on after a fault, so that all findings come in one run. What depends on several files
(a name used in one and defined in another) is checked at the end, where everything is known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from esgreport.amounts import Number
from esgreport.diagnostics import Diagnostic, Place, blocking, error, in_order, warning
from esgreport.formulas import parse_formula
from esgreport.languages import LANGUAGES, Text
from esgreport.model import (
    CALL_ARGUMENTS,
    GOALS,
    IDENTIFIER,
    PERIOD_IDENTIFIER,
    PREVIOUS,
    QUALIFIERS,
    TONES,
    Answer,
    Aspect,
    Cell,
    Company,
    Dimension,
    Entry,
    Factor,
    FactorTerm,
    FactorValue,
    Formula,
    Function,
    Intensity,
    Kind,
    Member,
    Members,
    Metric,
    MetricTerm,
    Operation,
    Page,
    Part,
    Period,
    Report,
    Response,
    Ridge,
    Status,
    Target,
    Term,
)
from esgreport.narrative import read_page
from esgreport.schema import MOST_GUESSED, Shapes, blank, nearest, unknown_name
from esgreport.source import (
    Empty,
    Mapping,
    Node,
    Scalar,
    Sequence,
    exists,
    inside,
    plain_name,
    read_csv,
    read_text,
    read_yaml,
)
from esgreport.units import UNITS, Unit, find_unit, spelled

MOST_FINDINGS_OF_A_FILE = 200
ISSUER_CLASSES = ("largecap", "main-board", "gem")
RESPONSES = ("explained", "not-applicable", "relief-used", "negative-statement", "partly-disclosed")
_KINDS = {"nil": Kind.NIL, "not_applicable": Kind.NOT_APPLICABLE, "not_available": Kind.NOT_AVAILABLE}
_REPORT_KEYS = (
    "status", "slug", "title", "tagline", "company", "languages", "prevailing_language", "period", "comparatives",
    "periods", "frameworks", "dates", "decimals", "parts", "brand", "site_url",
)  # fmt: skip
_CELL_KEYS = (
    "value", "limit", "range", "qualifier", "status", "restated_from", "reason", "at", "note", "method", "boundary",
    "source", "owner", "evidence",
)  # fmt: skip
_METRIC_KEYS = (
    "name", "unit", "answers", "per", "values", "breakdown", "formula", "decimals", "source", "owner", "evidence",
    "note", "method", "boundary", "part_of", "plausible",
)  # fmt: skip
_TARGET_KEYS = (
    "name", "metric", "per", "members", "base", "base_value", "to", *GOALS, "path", "answers", "decimals", "note",
    "owner",
)  # fmt: skip
_FACTOR_KEYS = ("name", "value", "values", "breakdown", "unit", "source", "year", "gas", "gwp")
_PLAIN_TEXTS = ("source", "owner", "evidence")
_SAID = ("note", "method", "boundary")
_CSV_COLUMNS = ("metric", "period", "value", "qualifier", "status", "restated_from", "at", *_PLAIN_TEXTS)
_A_PERIOD = "a period of data/report.yml"
_A_DIMENSION = "a dimension of data/dimensions.yml"
_ENGINE_KEYS = ("site_name", "docs_dir", "theme")
_ENTRY_KEYS = ("name", "entity", "note")
_KNOWN_DATA = re.compile(r"(report|dimensions|factors|accepted)\.yml|(registers|aspects)/[^/]+\.yml")
_CSV_DATA = re.compile(r"aspects/[^/]+\.csv")


def load(root: Path) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """The report of the project at `root`, with everything found on the way.

    None when `data/report.yml` is missing or unreadable; then the findings say why.
    """
    loader = _Loader(root)
    report = loader.report()
    return report, in_order(_first_of_each_file(in_order(loader.findings)))


def _first_of_each_file(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings without the hundreds that one mistake can make in one file."""
    count: dict[str, int] = {}
    for finding in findings:
        path = finding.place.path
        count[path] = count.get(path, 0) + 1
        if count[path] <= MOST_FINDINGS_OF_A_FILE:
            yield finding
        elif count[path] == MOST_FINDINGS_OF_A_FILE + 1:
            message = "this file has more mistakes, which are not listed"
            yield blocking("more-findings", finding.place, message, "correct those above and check again")


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Diagnostic] = []
        self.unread_periods: set[str] = set()
        self.unread: set[str] = set()
        self.shapes = Shapes(("en",))

    def names(self, folder: str, ending: str) -> list[str]:
        """Files of `folder` (relative names, sorted) with this ending; hidden ones are no part of a report."""
        base = self.root / folder
        if not exists(self.root, folder):
            return []
        if not inside(self.root, base) or not base.is_dir():
            message = "this is not a folder of the project"
            help = "make it an ordinary folder, and copy the files into it"
            self.findings.append(blocking("outside-project", Place(folder), message, help))
            return []
        names = [path.name for path in base.iterdir() if path.name.endswith(ending)]
        good = sorted(name for name in names if not name.startswith(".") and plain_name(name))
        if any(not plain_name(name) for name in names):
            message = "a file here has a name with unprintable characters"
            self.findings.append(
                blocking("bad-file-name", Place(folder), message, "rename or delete the file")
            )
        return [f"{folder}/{name}" for name in good]

    def yaml(self, name: str) -> Node | None:
        text, findings = read_text(self.root, name)
        node = None
        if not findings:
            node, findings = read_yaml(text, name)
        self.findings.extend(findings)
        if findings:
            self.unread.add("*")
            return None
        if node is None or isinstance(node, Empty):
            message = "the file holds nothing"
            self.findings.append(warning("empty-file", Place(name), message, "write something, or delete it"))
            return None
        return node

    # ---- report.yml

    def report(self) -> Report | None:
        name = "data/report.yml"
        if not exists(self.root, name):
            self.findings.append(
                blocking(
                    "no-report",
                    Place(name),
                    "this folder holds no report: data/report.yml is missing",
                    "go to the folder of a report, or name it with --project",
                )
            )
            return None
        node = self.yaml(name)
        if not isinstance(node, Mapping):
            if not any(finding.blocking for finding in self.findings):
                place = Place(name) if node is None else node.place
                message = "data/report.yml does not say who reports"
                help = "say who reports, for which period, in which languages: company: …, period: …, languages: …"
                self.findings.append(blocking("no-report", place, message, help))
            return None
        languages = self.languages(node)
        self.shapes = Shapes(languages)
        shapes = self.shapes
        shapes.findings = self.findings
        entries = shapes.mapping(
            node,
            "report.yml",
            _REPORT_KEYS,
            ("slug", "title", "company", "languages", "period", "periods", "parts"),
        )
        periods = self.periods(entries.get("periods"))
        status = shapes.choice(entries.get("status"), "a status", ("draft", "final"), "draft")
        slug = shapes.text(entries.get("slug"), "slug")
        if "slug" in entries and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
            shapes.refuse(
                entries["slug"].place,
                f'"{slug}" cannot be part of a file name on every machine',
                "use lower-case letters, digits and -",
                "bad-id",
            )
        report = Report(
            final=status == "final",
            slug=slug,
            title=shapes.wording(entries.get("title"), "the title"),
            tagline=shapes.wording(entries.get("tagline"), "the tagline"),
            company=self.company(entries.get("company")),
            languages=languages,
            prevailing_language=shapes.choice(
                entries.get("prevailing_language"), "a language of this report", languages
            ),
            period=self.known_period(entries.get("period"), periods),
            comparatives=self.comparatives(entries, periods),
            periods=periods,
            frameworks=tuple(s.text for s in shapes.items(entries.get("frameworks"), "frameworks")),
            parts=self.parts(entries.get("parts")),
            dates=self.dates(entries.get("dates")),
            operation_decimals=self.operation_decimals(entries.get("decimals")),
            site_url=self.site_url(entries.get("site_url")),
            ridge=self.brand(entries.get("brand")),
            place=next((key.place for key, _ in node if key.text == "frameworks"), node.place),
        )
        entries_by_id = self.registers()
        dimensions = self.dimensions(entries_by_id)
        report = replace(report, entries=entries_by_id, dimensions=dimensions)
        report = replace(report, factors=self.factors(report))
        report = self.aspects(report)
        report = replace(report, pages=self.pages(report), engine_features=self.engine_features())
        self.unknown_files()
        self.no_ordinary_files()
        report = replace(report, unread=with_dependents(report, self.unread | self.unread_periods))
        self.findings.extend(check_names(report))
        ridge = report.ridge
        if ridge and (ridge.metric not in report.metrics or ridge.dimension not in report.dimensions):
            report = replace(report, ridge=None)  # refused by check_names
        return report

    def languages(self, node: Mapping) -> tuple[str, ...]:
        shapes = Shapes(("en",))
        items = shapes.items(node.get("languages"), "languages")
        for item in items:
            if item.text not in LANGUAGES:
                shapes.refuse(
                    item.place,
                    f'"{item.text}" is not a language that reports can be made in',
                    nearest(item.text, LANGUAGES),
                    "unknown-choice",
                )
        if not items and isinstance(named := node.get("languages"), Sequence):
            shapes.refuse(
                named.place, "the report has no language", "write languages: [zh-Hant, en]", "missing-key"
            )
        self.findings.extend(shapes.findings)
        known = tuple(dict.fromkeys(item.text for item in items if item.text in LANGUAGES))
        return known or ("en",)

    def company(self, node: Node | None) -> Company:
        keys = ("name", "short_name", "incorporation", "stock_code", "issuer_class", "contact")
        shapes, entries = self.shapes, self.shapes.mapping(node, "company", keys, ("name",))
        name = shapes.wording(entries.get("name"), "the company's name")
        return Company(
            name=name,
            short_name=shapes.wording(entries.get("short_name"), "the short name") or name,
            incorporation=shapes.wording(entries.get("incorporation"), "the place of incorporation"),
            stock_code=shapes.text(entries.get("stock_code"), "the stock code"),
            issuer_class=shapes.choice(entries.get("issuer_class"), "an issuer class", ISSUER_CLASSES),
            contact=shapes.text(entries.get("contact"), "the contact"),
        )

    def periods(self, node: Node | None) -> dict[str, Period]:
        periods = {}
        for key, value in self.shapes.entries(node, "periods", PERIOD_IDENTIFIER):
            entries = self.shapes.mapping(value, "a period", ("from", "to", "label"), ("from", "to"))
            start = self.shapes.day(entries.get("from"), "from")
            end = self.shapes.day(entries.get("to"), "to")
            if start is None or end is None:
                self.unread_periods.add(key.text)
                continue
            if end <= start:
                self.shapes.refuse(
                    entries["to"].place,
                    f"the period {key.text} ends before it begins",
                    "compare from and to",
                    "bad-date",
                )
            label = self.shapes.wording(entries.get("label"), f"the label of {key.text}")
            label = label or Text.of(dict.fromkeys(self.shapes.languages, key.text))
            periods[key.text] = Period(key.text, start, end, label, key.place)
        return periods

    def known_period(self, node: Node | None, periods: dict[str, Period]) -> str:
        """A period that is defined; one whose dates cannot be read has been refused already."""
        if isinstance(node, Scalar) and node.text in self.unread_periods:
            return ""
        return self.shapes.choice(node, "a period of report.yml", tuple(periods))

    def comparatives(self, entries: dict[str, Node], periods: dict[str, Period]) -> tuple[str, ...]:
        own = entries.get("period")
        found = []
        for item in self.shapes.items(entries.get("comparatives"), "comparatives"):
            if isinstance(own, Scalar) and item.text == own.text:
                message = f'"{item.text}" is the report\'s own period, not an earlier one'
                self.shapes.refuse(item.place, message, "take it out of comparatives", "unknown-choice")
            elif self.known_period(item, periods):
                found.append(item.text)
        return tuple(dict.fromkeys(found))

    def parts(self, node: Node | None) -> tuple[Part, ...]:
        if not isinstance(node, Sequence):
            if node is not None:
                self.shapes.refuse(
                    node.place, "parts should be a list", "write - title: …, then pages: [one, two]"
                )
            return ()
        if not node.items:
            self.shapes.refuse(
                node.place, "the report has no pages", "write - pages: [one, two]", "missing-key"
            )
        parts: list[Part] = []
        seen: set[str] = set()
        for item in node.items:
            entries = self.shapes.mapping(item, "a part", ("title", "pages", "tone"), ("pages",))
            pages: list[str] = []
            if isinstance(named := entries.get("pages"), Sequence) and not named.items:
                self.shapes.refuse(
                    named.place, "this part has no pages", "name its pages, or delete it", "missing-key"
                )
            for page in self.shapes.items(entries.get("pages"), "pages"):
                if not IDENTIFIER.match(page.text) or page.text == "index" or len(page.text) > MOST_GUESSED:
                    self.shapes.refuse(
                        page.place,
                        f'"{page.text}" cannot be the name of a page',
                        "use lower-case letters, digits and _, beginning with a letter; index is taken",
                        "bad-id",
                    )
                elif page.text in seen:
                    self.shapes.refuse(
                        page.place,
                        f'the page "{page.text}" stands twice in the report',
                        "keep one",
                        "duplicate-id",
                    )
                else:
                    pages.append(page.text)
                seen.add(page.text)
            title = self.shapes.wording(entries.get("title"), "the part's title")
            tone = self.shapes.choice(entries.get("tone"), "a tone", TONES)
            parts.append(Part(title, tuple(pages), tone))
        return tuple(parts)

    def dates(self, node: Node | None) -> dict[str, date]:
        entries = self.shapes.mapping(node, "dates", ("approved", "published"))
        days = {key: self.shapes.day(value, key) for key, value in entries.items()}
        return {key: day for key, day in days.items() if day is not None}

    def operation_decimals(self, node: Node | None) -> dict[str, int]:
        entries = self.shapes.mapping(node, "decimals", ("change", "share", "per", "progress"))
        wholes = {key: self.shapes.whole(value, f"decimals of {key}", 6) for key, value in entries.items()}
        return {key: whole for key, whole in wholes.items() if whole is not None}

    def site_url(self, node: Node | None) -> str:
        text = self.shapes.text(node, "site_url")
        if text and node is not None and not re.fullmatch(r"https?://[^\s/]+(/[^\s?#]*)?", text):
            self.shapes.refuse(
                node.place,
                f'"{text[:60]}" is not the address of a website',
                "write https://… as it will be published",
                "bad-link",
            )
            return ""
        return text

    def brand(self, node: Node | None) -> Ridge | None:
        entries = self.shapes.mapping(node, "brand", ("ridge",))
        if "ridge" not in entries:
            return None
        ridge = self.shapes.mapping(
            entries["ridge"], "ridge", ("metric", "dimension"), ("metric", "dimension")
        )
        return Ridge(
            self.shapes.text(ridge.get("metric"), "metric"),
            self.shapes.text(ridge.get("dimension"), "dimension"),
            entries["ridge"].place,
        )

    def engine_features(self) -> tuple[str, ...]:
        """The site engine's features that mkdocs.yml asks for; all its other settings are generated."""
        if not exists(self.root, "mkdocs.yml"):
            return ()
        settings = self.shapes.mapping(self.yaml("mkdocs.yml"), "mkdocs.yml", _ENGINE_KEYS)
        theme = self.shapes.mapping(settings.get("theme"), "the theme", ("name", "features"))
        self.shapes.choice(theme.get("name"), "a theme that the templates are made for", ("material",))
        features = self.shapes.items(theme.get("features"), "features")
        for feature in features:
            if feature.text.startswith("navigation.instant"):
                message = f"{feature.text} would keep readers from changing the language"
                self.shapes.refuse(feature.place, message, "delete it", "unknown-choice")
        return tuple(feature.text for feature in features)

    # ---- registers, dimensions, factors

    def registers(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for name in self.names("data/registers", ".yml"):
            register = Path(name).stem
            for key, value in self.shapes.entries(self.yaml(name), "a register"):
                if isinstance(value, Mapping) and set(k.text for k, _ in value) <= set(LANGUAGES):
                    names = self.shapes.wording(value, f'the name of "{key.text}"')
                else:
                    if not isinstance(value, Mapping):
                        self.shapes.refuse(
                            key.place, f'"{key.text}" should have a name per language', "write name: {…}"
                        )
                        continue
                    entry = self.shapes.mapping(value, f'the entry "{key.text}"', _ENTRY_KEYS, ("name",))
                    names = self.shapes.wording(entry.get("name"), f'the name of "{key.text}"')
                if key.text in found:
                    self.shapes.refuse(
                        key.place,
                        f'"{key.text}" is also an entry of data/registers/{found[key.text].register}.yml',
                        "give one of them another id",
                        "duplicate-id",
                    )
                    continue
                found[key.text] = Entry(key.text, register, names, key.place)
        return found

    def dimensions(self, entries: dict[str, Entry]) -> dict[str, Dimension]:
        name = "data/dimensions.yml"
        if not exists(self.root, name):
            return {}
        found = {}
        for key, value in self.shapes.entries(self.yaml(name), "dimensions.yml"):
            shape = self.shapes.mapping(
                value, "a dimension", ("name", "members", "register", "partition"), ("name",)
            )
            if key.text in CALL_ARGUMENTS:
                self.shapes.refuse(
                    key.place,
                    f'a dimension cannot be named "{key.text}": value calls use that word',
                    "choose another id",
                    "bad-id",
                )
            if "register" in shape:
                register = self.shapes.text(shape["register"], "register")
                members = [Member(e.id, e.name, e.place) for e in entries.values() if e.register == register]
                if not members:
                    self.shapes.refuse(
                        shape["register"].place,
                        f'there is no register "{register}"',
                        nearest(register, {e.register for e in entries.values()}),
                        "unknown-name",
                    )
            else:
                if "members" not in shape:
                    message = f'"{key.text}" has neither members nor a register'
                    self.shapes.refuse(key.place, message, "add members: …, or register: …", "missing-key")
                members = [
                    Member(
                        member.text,
                        self.shapes.wording(wording, f'the name of "{member.text}"'),
                        member.place,
                    )
                    for member, wording in self.shapes.entries(shape.get("members"), "members")
                ]
            partition = self.shapes.yes(shape.get("partition"), "partition", True)
            found[key.text] = Dimension(
                key.text,
                self.shapes.wording(shape.get("name"), "the dimension's name"),
                tuple(members),
                partition,
                key.place,
            )
        return found

    def factors(self, report: Report) -> dict[str, Factor]:
        name = "data/factors.yml"
        if not exists(self.root, name):
            return {}
        found = {}
        for key, value in self.shapes.entries(self.yaml(name), "factors.yml"):
            shape = self.shapes.mapping(value, "a factor", _FACTOR_KEYS, ("unit", "source"))
            before = len(self.findings)
            unit = self.unit(shape.get("unit"))
            dimension, values = self.factor_values(key, shape, report)
            if unit is None or not values or any(finding.blocking for finding in self.findings[before:]):
                self.unread.add(key.text)
            if unit is not None and values:
                found[key.text] = Factor(
                    key.text,
                    self.shapes.wording(shape.get("name"), "the factor's name"),
                    unit,
                    tuple(values),
                    dimension,
                    self.shapes.text(shape.get("gas"), "gas"),
                    self.shapes.text(shape.get("gwp"), "gwp"),
                    key.place,
                )
        return found

    def factor_values(
        self, key: Scalar, shape: dict[str, Node], report: Report
    ) -> tuple[str, list[FactorValue]]:
        """The dimension of a factor ("" for none) and its values: one for all, by period, by member, or both."""
        shapes = self.shapes
        if not {"value", "values", "breakdown"} & set(shape):
            shapes.refuse(key.place, f'"{key.text}" has no value', "add value: …", "missing-key")
        source = shapes.same_or_wording(shape.get("source"), "source")
        year = shapes.text(shape.get("year"), "year")

        def value(node: Node, period: str = "", member: str = "") -> FactorValue | None:
            given: dict[str, Node] = {"value": node}
            if isinstance(node, Mapping):
                given = shapes.mapping(node, "a value of a factor", ("value", "source", "year"), ("value",))
            number = shapes.number(given.get("value"), "the factor")
            if number is None:
                return None
            own = shapes.same_or_wording(given.get("source"), "source") or source
            when = shapes.text(given.get("year"), "year") or year
            return FactorValue(number, given["value"].place, period, member, own, when)

        found = [value(shape["value"])] if "value" in shape else []
        found += [
            value(node, period.text) for period, node in self.by_period(shape.get("values"), "values", report)
        ]
        dimensions = shapes.entries(shape.get("breakdown"), "breakdown")
        if len(dimensions) > 1:
            shapes.refuse(dimensions[1][0].place, "a factor is given by one dimension", "keep one")
        known = shapes.known(dimensions, report.dimensions, _A_DIMENSION)[:1]
        for dimension, by_member in known:
            members = [member.id for member in report.dimensions[dimension.text].members]
            cells = shapes.entries(by_member, f"the factor by {dimension.text}")
            for member, node in shapes.known(cells, members, f"a member of {dimension.text}"):
                if isinstance(node, Mapping) and not {k.text for k, _ in node} & {"value", "source", "year"}:
                    by_period = self.by_period(node, f"the factor of {member.text}", report)
                    found += [value(each, period.text, member.text) for period, each in by_period]
                else:
                    found.append(value(node, "", member.text))
        return known[0][0].text if known else "", [each for each in found if each]

    def unit(self, node: Node | None) -> Unit | None:
        """A unit of the table, or None with a finding."""
        code = self.shapes.text(node, "the unit")
        unit = find_unit(code)
        if unit is None and code and node is not None:
            self.unknown_unit(code, node.place)
        return unit

    def unknown_unit(self, code: str, place: Place) -> None:
        close = spelled(code)
        help = f'write "{close}"' if close else nearest(code, UNITS)
        self.shapes.refuse(place, f'"{code}" is not a unit that the unit table knows', help, "unknown-unit")

    # ---- aspects

    def aspects(self, report: Report) -> Report:
        aspects: list[Aspect] = []
        metrics: dict[str, Metric] = {}
        responses: dict[str, Response] = {}
        targets: dict[str, Target] = {}
        for name in self.names("data/aspects", ".yml"):
            node = self.yaml(name)
            if node is None:
                continue
            shape = self.shapes.mapping(
                node, "an aspect file", ("aspect", "name", "metrics", "targets", "responses"), ("aspect",)
            )
            aspect = Aspect(
                self.shapes.text(shape.get("aspect"), "aspect"),
                self.shapes.wording(shape.get("name"), "the aspect's name"),
                node.place,
            )
            aspects.append(aspect)
            rows = self.csv_rows(name, report)
            for key, value in self.shapes.entries(shape.get("metrics"), "metrics"):
                if key.text in metrics:
                    first = metrics[key.text].place
                    self.shapes.refuse(
                        key.place,
                        f'the metric "{key.text}" is also defined in {first.path}, line {first.line}',
                        "give one of them another id",
                        "duplicate-id",
                    )
                    continue
                before = len(self.findings)
                metric = self.metric(key, value, aspect.id, report, rows.pop(key.text, []))
                if any(finding.blocking for finding in self.findings[before:]):
                    self.unread.add(key.text)
                if metric is not None:
                    metrics[key.text] = metric
            for key, value in self.shapes.entries(shape.get("targets"), "targets"):
                if key.text in targets:
                    message = f'the target "{key.text}" is also defined at {targets[key.text].place}'
                    self.shapes.refuse(key.place, message, "give one of them another id", "duplicate-id")
                elif (target := self.target(key, value, aspect.id, report)) is not None:
                    targets[key.text] = target
            for unused in rows.values():
                cell = unused[0]["metric"]
                self.shapes.refuse(
                    cell.place,
                    f'"{cell.text}" is not a metric of {name}',
                    nearest(cell.text, metrics),
                    "unknown-name",
                )
            for key, value in self.shapes.entries(shape.get("responses"), "responses", re.compile(r"\S+\Z")):
                response = self.response(key, value)
                if response and response.requirement in responses:
                    self.shapes.refuse(
                        key.place, f"there are two responses to {key.text}", "keep one", "duplicate-id"
                    )
                elif response:
                    responses[response.requirement] = response
        return replace(report, aspects=tuple(aspects), metrics=metrics, targets=targets, responses=responses)

    def metric(
        self, key: Scalar, node: Node, aspect: str, report: Report, rows: list[dict[str, Scalar]]
    ) -> Metric | None:
        shapes = self.shapes
        shape = shapes.mapping(node, f'the metric "{key.text}"', _METRIC_KEYS, ("name", "unit"))
        unit = self.unit(shape.get("unit"))
        if unit is None:
            return None
        cells = [*self.values(shape.get("values"), report), *self.csv_cells(rows, report)]
        by: tuple[str, ...] = ()
        breakdown = shape.get("breakdown")
        if isinstance(breakdown, Sequence | Scalar):
            by = tuple(
                item.text for item in shapes.items(breakdown, "breakdown") if self.is_dimension(item, report)
            )
            if "formula" not in shape:
                shapes.refuse(
                    breakdown.place,
                    "a list of dimensions is for metrics with a formula",
                    "write the values: {gender: {2025: {male: …}}}",
                )
        else:
            cells += self.breakdown(breakdown, report)
        formula, parts, readable = self.formulas(shape.get("formula"), report)
        if not readable:
            return None
        computed = [cell for cell in cells if formula or {pair for pair, _ in parts} & set(cell.members)]
        if computed:
            shapes.refuse(
                computed[0].place,
                f'"{key.text}" has a formula, so its values are computed, never typed',
                "delete the values or the formula",
                "typed-and-derived",
            )
        cells = self.without_repeats(cells)
        texts = {k: shapes.text(shape.get(k), k) for k in _PLAIN_TEXTS}
        wordings = {k: shapes.wording(shape.get(k), k) for k in _SAID}
        return Metric(
            id=key.text,
            aspect=aspect,
            name=shapes.wording(shape.get("name"), f'the name of "{key.text}"'),
            unit=unit,
            place=key.place,
            unit_place=shape["unit"].place,
            answers=tuple(self.answer(item) for item in shapes.items(shape.get("answers"), "answers")),
            per=self.intensities(shape.get("per")),
            cells=tuple(cells),
            formula=formula,
            parts=tuple(parts),
            by=by,
            part_of=shapes.text(shape.get("part_of"), "part_of"),
            plausible=self.ends(shape.get("plausible"), "plausible"),
            decimals=shapes.whole(shape.get("decimals"), "decimals", 9),
            source=texts["source"],
            owner=texts["owner"],
            evidence=texts["evidence"],
            note=wordings["note"],
            method=wordings["method"],
            boundary=wordings["boundary"],
        )

    def formulas(
        self, node: Node | None, report: Report
    ) -> tuple[Formula | None, list[tuple[tuple[str, str], Formula]], bool]:
        """A metric's formula, or the formulas of its parts by dimension and member; False where one is not readable."""
        if node is None or isinstance(node, Empty):
            return None, [], True
        if isinstance(node, Scalar):
            formula, findings = parse_formula(node.text, node.place, node.style)
            self.findings.extend(findings)
            return formula, [], formula is not None
        parts: list[tuple[tuple[str, str], Formula]] = []
        readable = True
        dimensions = self.shapes.known(
            self.shapes.entries(node, "the formula"), report.dimensions, _A_DIMENSION
        )
        for dimension, by_member in dimensions:
            members = [member.id for member in report.dimensions[dimension.text].members]
            written = self.shapes.entries(by_member, f"the formulas by {dimension.text}")
            for member, text in self.shapes.known(written, members, f"a member of {dimension.text}"):
                if not isinstance(text, Scalar):
                    self.shapes.text(text, "the formula")
                    readable = readable and isinstance(text, Empty)
                    continue
                formula, findings = parse_formula(text.text, text.place, text.style)
                self.findings.extend(findings)
                readable = readable and formula is not None
                if formula:
                    parts.append(((dimension.text, member.text), formula))
        return None, parts, readable

    def intensities(self, node: Node | None) -> tuple[Intensity, ...]:
        """What a metric is divided by: ids of metrics, or keys with a unit and decimals of the quotient."""
        if not isinstance(node, Sequence):
            return tuple(Intensity(item.text, item.place) for item in self.shapes.items(node, "per"))
        found = []
        for item in node.items:
            if not isinstance(item, Mapping):
                found += [Intensity(each.text, each.place) for each in self.shapes.items(item, "per")]
                continue
            shape = self.shapes.mapping(item, "an item of per", ("metric", "unit", "decimals"), ("metric",))
            if "metric" in shape:
                name = self.shapes.text(shape["metric"], "metric")
                unit = self.unit(shape.get("unit"))
                decimals = self.shapes.whole(shape.get("decimals"), "decimals", 9)
                found.append(Intensity(name, shape["metric"].place, unit, decimals))
        return tuple(found)

    def ends(self, node: Node | None, what: str) -> tuple[Number, Number] | None:
        """The lower and the upper end of a range."""
        if node is None or isinstance(node, Empty):
            return None
        ends = [self.shapes.number(item, f"an end of {what}") for item in self.shapes.items(node, what)]
        if len(ends) == 2 and ends[0] and ends[1] and ends[0].exact < ends[1].exact:
            return ends[0], ends[1]
        self.shapes.refuse(node.place, f"{what} has a lower and an upper end", "write [3, 5]", "bad-number")
        return None

    def target(self, key: Scalar, node: Node, aspect: str, report: Report) -> Target | None:
        shapes = self.shapes
        shape = shapes.mapping(node, f'the target "{key.text}"', _TARGET_KEYS, ("name", "metric", "to"))
        given = [goal for goal in GOALS if goal in shape]
        if len(given) != 1:
            message = f'the target "{key.text}" wants {" and ".join(given) or "nothing"}'
            shapes.refuse(key.place, message, f"write one of {', '.join(GOALS)}", "missing-key")
            return None
        wanted = shapes.number(shape[given[0]], given[0])
        base, to = (self.known_period(shape.get(k), dict(report.periods)) for k in ("base", "to"))
        if wanted is None or not to or "metric" not in shape:
            return None
        if not base and given[0] in ("change", "level"):
            if "base" not in shape:
                message = f'the target "{key.text}" does not say from which period it starts'
                shapes.refuse(key.place, message, "add base: …, a period of data/report.yml", "missing-key")
            return None
        if base and report.periods[base].end >= report.periods[to].end:
            shapes.refuse(
                shape["to"].place,
                f"{to} does not end after the base {base}",
                "compare base and to",
                "bad-date",
            )
            return None
        path = []
        for period, value in self.by_period(shape.get("path"), "path", report):
            number = shapes.number(value, "a step of the path")
            start, end = report.periods[base or period.text].start, report.periods[to].end
            if not start <= report.periods[period.text].end < end:
                shapes.refuse(
                    period.place, f"{period.text} does not lie between the base and {to}", "", "bad-date"
                )
            elif number:
                path.append((period.text, number))
        members = tuple(
            sorted(
                (d.text, m.text)
                for d, m in shapes.entries(shape.get("members"), "members")
                if isinstance(m, Scalar)
            )
        )
        return Target(
            id=key.text,
            aspect=aspect,
            name=shapes.wording(shape.get("name"), f'the name of "{key.text}"'),
            metric=shapes.text(shape["metric"], "metric"),
            goal=given[0],
            wanted=wanted,
            to=to,
            place=key.place,
            metric_place=shape["metric"].place,
            per=shapes.text(shape.get("per"), "per"),
            members=members,
            base=base,
            base_value=shapes.number(shape.get("base_value"), "the value of the base"),
            path=tuple(path),
            answers=tuple(self.answer(item) for item in shapes.items(shape.get("answers"), "answers")),
            decimals=shapes.whole(shape.get("decimals"), "decimals", 9),
            note=shapes.wording(shape.get("note"), "note"),
            owner=shapes.text(shape.get("owner"), "owner"),
        )

    def answer(self, item: Scalar) -> Answer:
        requirement, _, measure = item.text.partition(":")
        return Answer(requirement, measure.strip(), item.place)

    def without_repeats(self, cells: list[Cell]) -> list[Cell]:
        kept: dict[tuple[str, Members], Cell] = {}
        for cell in cells:
            first = kept.setdefault((cell.period, cell.members), cell)
            if first is not cell:
                self.shapes.refuse(
                    cell.place,
                    f"this value is given twice; first at {first.place}",
                    "keep one",
                    "duplicate-value",
                )
        return list(kept.values())

    def values(self, node: Node | None, report: Report) -> Iterator[Cell]:
        for key, value in self.by_period(node, "values", report):
            if cell := self.cell(value, key.text, ()):
                yield cell

    def breakdown(self, node: Node | None, report: Report) -> Iterator[Cell]:
        dimensions = self.shapes.entries(node, "breakdown")
        for key, by_period in self.shapes.known(dimensions, report.dimensions, _A_DIMENSION):
            members = [member.id for member in report.dimensions[key.text].members]
            for period, by_member in self.by_period(by_period, f"the breakdown by {key.text}", report):
                cells = self.shapes.entries(by_member, f"{key.text} in {period.text}")
                for member, value in self.shapes.known(cells, members, f"a member of {key.text}"):
                    if cell := self.cell(value, period.text, ((key.text, member.text),)):
                        yield cell

    def by_period(self, node: Node | None, what: str, report: Report) -> list[tuple[Scalar, Node]]:
        entries = self.shapes.entries(node, what, PERIOD_IDENTIFIER)
        return self.shapes.known(entries, report.periods, _A_PERIOD)

    def is_dimension(self, item: Scalar, report: Report) -> bool:
        return bool(self.shapes.known([(item, item)], report.dimensions, _A_DIMENSION))

    def cell(self, node: Node, period: str, members: Members) -> Cell | None:
        """One authored value; an empty one is missing, so no cell at all."""
        if isinstance(node, Empty):
            return None
        if isinstance(node, Scalar):
            return self.plain_cell(node, period, members)
        shapes = self.shapes
        shape = shapes.mapping(node, "a value", _CELL_KEYS)
        given = [key for key in ("value", "limit", "range") if key in shape]
        if len(given) != 1:
            if isinstance(node, Mapping):
                message = f"{' and '.join(given) or 'neither value, limit nor range'} is given for one value"
                shapes.refuse(node.place, message, "write one of value, limit and range", "missing-key")
            return None
        value = shape[given[0]]
        kind, number, upper = Kind.VALUE, None, None
        if given == ["limit"]:
            kind, number = Kind.LIMIT, shapes.number(value, "the limit")
        elif given == ["range"]:
            ends = self.ends(value, "a range")
            if ends is None:
                return None
            kind, number, upper = Kind.RANGE, *ends
        elif isinstance(value, Scalar) and value.text in _KINDS:
            kind = _KINDS[value.text]
        else:
            number = shapes.number(value, "the value")
        if number is None and kind in (Kind.VALUE, Kind.LIMIT, Kind.RANGE):
            return None
        if kind == Kind.VALUE and "status" in shape and "restated_from" not in shape:
            self.restated_without_former(shape["status"])
        former = shapes.number(shape.get("restated_from"), "the former value")
        status = Status(
            shapes.choice(
                shape.get("status"), "a status", tuple(Status), Status.RESTATED if former else Status.REPORTED
            )
        )
        reason = shapes.wording(shape.get("reason"), "the reason")
        if former is not None and not reason:
            self.findings.append(
                error(
                    "restated-without-reason",
                    shape["restated_from"].place,
                    "a restated value needs its reason",
                    "add reason: …",
                )
            )
        return Cell(
            period, members, kind, value.place, number, upper,
            qualifier=shapes.choice(shape.get("qualifier"), "a qualifier", QUALIFIERS),
            status=status,
            former=former,
            reason=reason,
            at=shapes.day(shape.get("at"), "at"),
            note=shapes.wording(shape.get("note"), "note"),
            method=shapes.wording(shape.get("method"), "method"),
            boundary=shapes.wording(shape.get("boundary"), "boundary"),
            source=shapes.text(shape.get("source"), "source"),
            owner=shapes.text(shape.get("owner"), "owner"),
            evidence=shapes.text(shape.get("evidence"), "evidence"),
        )  # fmt: skip

    def restated_without_former(self, status: Node) -> None:
        if isinstance(status, Scalar) and status.text == Status.RESTATED:
            message = "a restated value needs the one that was published before"
            self.findings.append(
                error("restated-without-former", status.place, message, "add restated_from: …")
            )

    def plain_cell(self, node: Scalar, period: str, members: Members) -> Cell | None:
        if blank(node):
            return None
        if node.text in _KINDS:
            return Cell(period, members, _KINDS[node.text], node.place)
        number = self.shapes.number(node, "the value")
        return Cell(period, members, Kind.VALUE, node.place, number) if number else None

    def response(self, key: Scalar, node: Node) -> Response | None:
        shape = self.shapes.mapping(
            node, f"the response to {key.text}", ("status", "reason", "relief"), ("status", "reason")
        )
        status = self.shapes.choice(shape.get("status"), "a kind of response", RESPONSES)
        reason = self.shapes.wording(shape.get("reason"), f"the reason for {key.text}")
        return Response(key.text, status, reason, key.place) if status else None

    # ---- CSV beside an aspect file: metric,period,<dimensions …>,value[,qualifier,status]

    def csv_rows(self, name: str, report: Report) -> dict[str, list[dict[str, Scalar]]]:
        """The rows of the CSV beside an aspect file, by metric; each row its cells by column title."""
        name = name.removesuffix(".yml") + ".csv"
        if not exists(self.root, name):
            return {}
        text, findings = read_text(self.root, name)
        rows: list[list[Scalar]] = []
        if not findings:
            rows, findings = read_csv(text, name)
        self.findings.extend(findings)
        if findings or not rows:
            return {}
        head = rows[0]
        titles = [cell.text for cell in head]
        for needed in ("metric", "period", "value"):
            if needed not in titles:
                message = f'the first line should have one column "{needed}"'
                help = "the columns are metric, period, one per dimension, value, with commas between"
                self.shapes.refuse(head[0].place, message, help, "missing-key")
                return {}
        for number, cell in enumerate(head):
            if cell.text in titles[:number]:
                self.shapes.refuse(
                    cell.place, f'there are two columns "{cell.text}"', "keep one", "duplicate-key"
                )
                return {}
            if cell.text not in (*_CSV_COLUMNS, *self.csv_wordings()) and not self.is_dimension(cell, report):
                return {}
        by_metric: dict[str, list[dict[str, Scalar]]] = {}
        for row in rows[1:]:
            if len(row) != len(head):
                message = f"this line has {len(row)} cells, the first line {len(head)}"
                self.shapes.refuse(row[0].place, message, "a value with commas needs quotes", "bad-csv")
                continue
            cells = dict(zip(titles, row, strict=True))
            by_metric.setdefault(cells["metric"].text, []).append(cells)
        return by_metric

    def csv_cells(self, rows: list[dict[str, Scalar]], report: Report) -> Iterator[Cell]:
        for row in rows:
            named = [(title, cell) for title, cell in row.items() if title in report.dimensions and cell.text]
            known = self.shapes.known([(row["period"], row["period"])], report.periods, _A_PERIOD)
            for title, cell in named:
                ids = [member.id for member in report.dimensions[title].members]
                known = self.shapes.known([(cell, cell)], ids, f"a member of {title}") and known
            members = tuple(sorted((title, cell.text) for title, cell in named))
            value = self.plain_cell(row["value"], row["period"].text, members)
            if known and value is not None:
                yield replace(value, **self.csv_said(row))

    def csv_wordings(self) -> tuple[str, ...]:
        """The columns for what is said of a value, one for each language: note_en, note_zh-Hant."""
        return tuple(
            f"{name}_{language}" for name in (*_SAID, "reason") for language in self.shapes.languages
        )

    def csv_said(self, row: dict[str, Scalar]) -> dict[str, Any]:
        """What the other columns of a line say of its value."""
        shapes = self.shapes
        former = (
            shapes.number(row["restated_from"], "the former value")
            if row.get("restated_from") and row["restated_from"].text
            else None
        )
        status = shapes.choice(
            row.get("status"), "a status", tuple(Status), Status.RESTATED if former else Status.REPORTED
        )
        said: dict[str, Any] = {
            "qualifier": shapes.choice(row.get("qualifier"), "a qualifier", QUALIFIERS),
            "status": Status(status),
            "former": former,
            "at": shapes.day(row.get("at"), "at"),
        }
        if former is None and "status" in row:
            self.restated_without_former(row["status"])
        for name in (*_SAID, "reason"):
            words = {x: shapes.printed(row.get(f"{name}_{x}"), name) for x in shapes.languages}
            given = {language: word for language, word in words.items() if word}
            if given and len(given) < len(words):
                lacking = next(language for language, word in words.items() if not word)
                place = row[f"{name}_{next(iter(given))}"].place
                self.findings.append(
                    error(
                        "missing-wording",
                        place,
                        f"{name} has no wording in {lacking}",
                        f"fill {name}_{lacking}",
                    )
                )
            said[name] = Text.of(given)
        if former is not None and not said["reason"]:
            message = "a restated value needs its reason"
            help = "fill " + " and ".join(f"reason_{x}" for x in shapes.languages)
            self.findings.append(error("restated-without-reason", row["restated_from"].place, message, help))
        return said | {name: shapes.text(row.get(name), name) for name in _PLAIN_TEXTS}

    # ---- narrative

    def pages(self, report: Report) -> dict[tuple[str, str], Page]:
        pages: dict[tuple[str, str], Page] = {}
        for language in report.languages:
            folder = f"content/{language}"
            names = self.names(folder, ".md")
            for page in report.page_order:
                name = f"{folder}/{page}.md"
                if name not in names:
                    self.findings.append(
                        error(
                            "page-missing",
                            Place(name),
                            f'the page "{page}" is not written in {language}',
                            f"write {name}, or take the page out of parts in data/report.yml",
                        )
                    )
                    continue
                text, findings = read_text(self.root, name)
                self.findings.extend(findings)
                if findings:
                    continue
                read, findings = read_page(text, name, page, language)
                self.findings.extend(findings)
                if read is not None:
                    pages[page, language] = read
            for name in names:
                if Path(name).stem not in report.page_order:
                    self.findings.append(
                        warning(
                            "page-not-listed",
                            Place(name),
                            "this page is in no part of data/report.yml, so it is not printed",
                            "add it to pages, or delete it",
                        )
                    )
        return pages

    def unknown_files(self) -> None:
        """Files of data/ that nothing reads: misplaced or misnamed, their figures would be lost silently."""
        base = self.root / "data"
        for path in sorted(base.rglob("*")):
            name = path.relative_to(base).as_posix()
            known = _KNOWN_DATA.fullmatch(name) or (
                _CSV_DATA.fullmatch(name) and path.with_suffix(".yml").exists()
            )
            if path.is_file() and not path.name.startswith(".") and plain_name(name) and not known:
                message = "this file is not read: its name or folder is not one the report knows"
                help = "aspect files are data/aspects/NAME.yml, with long data in NAME.csv beside them"
                self.findings.append(warning("unknown-file", Place(f"data/{name}"), message, help))

    def no_ordinary_files(self) -> None:
        """Links out of the project, pipes and devices, named by a page or not: a later step might open them.

        What lies in content/assets is looked at where a page names it.
        """
        told = {finding.place.path for finding in self.findings if finding.blocking}
        for folder in ("data", "content"):
            for path in sorted((self.root / folder).rglob("*")):
                name = path.relative_to(self.root).as_posix()
                hidden = any(part.startswith(".") for part in Path(name).parts)
                if name in told or hidden or name.startswith("content/assets/") or not plain_name(name):
                    continue
                if not inside(self.root, path):
                    message = "this is a link to a file outside the project"
                    help = "copy the file into the project"
                    self.findings.append(blocking("outside-project", Place(name), message, help))
                elif not (path.is_file() or path.is_dir()):
                    message = "this is not an ordinary file"
                    help = "put an ordinary file here, or delete it"
                    self.findings.append(blocking("not-a-file", Place(name), message, help))


def with_dependents(report: Report, unread: set[str]) -> frozenset[str]:
    """The names that could not be read, and the metrics that cannot be worked out without them."""
    found = set(unread)
    while True:
        more = {
            metric.id
            for metric in report.metrics.values()
            if metric.id not in found
            and (
                any(term.metric in found for term in metric.inputs)
                or any(term.factor in found for term in metric.factors)
            )
        }
        if not more:
            return frozenset(found)
        found |= more


def check_names(report: Report) -> Iterator[Diagnostic]:
    """Names used in one file and defined in another: denominators, formulas, targets, the ridge."""
    for metric in report.metrics.values():
        for each in metric.per:
            if each.metric not in report.metrics:
                yield unknown_name(each.metric, each.place, "a metric", report.metrics)
        if metric.part_of and metric.part_of not in report.metrics:
            yield unknown_name(metric.part_of, metric.place, "a metric", report.metrics)
        for formula in metric.formulas:
            yield from _check_formula(report, formula.tree)
    for target in report.targets.values():
        yield from _check_target(report, target)
    for id in report.entries.keys() & {*report.metrics, *report.targets}:
        what = "a metric" if id in report.metrics else "a target"
        message = f'"{id}" is both {what} and an entry of a register'
        yield blocking("duplicate-id", report.entries[id].place, message, "give one of them another id")
    for id in report.metrics.keys() & report.targets.keys():
        message = f'"{id}" is both a metric and a target'
        yield blocking("duplicate-id", report.targets[id].place, message, "give one of them another id")
    if report.ridge:
        metric_name, dimension, place = report.ridge.metric, report.ridge.dimension, report.ridge.place
        if metric_name not in report.metrics:
            yield unknown_name(metric_name, place, "a metric", report.metrics)
        if dimension not in report.dimensions:
            yield unknown_name(dimension, place, "a dimension", report.dimensions)


def _check_formula(report: Report, tree: Term) -> Iterator[Diagnostic]:
    if isinstance(tree, Operation):
        yield from _check_formula(report, tree.left)
        yield from _check_formula(report, tree.right)
    elif isinstance(tree, Function):
        if tree.over and tree.over not in report.dimensions:
            yield unknown_name(tree.over, tree.place, "a dimension", report.dimensions)
        if tree.period and tree.period not in (PREVIOUS, *report.periods):
            yield unknown_name(tree.period, tree.place, _A_PERIOD, report.periods)
        for argument in tree.arguments:
            yield from _check_formula(report, argument)
    elif isinstance(tree, MetricTerm | FactorTerm):
        if isinstance(tree, FactorTerm):
            factor = report.factors.get(tree.factor)
            own = [factor.dimension] if factor and factor.dimension else []
            if factor is None:
                yield unknown_name(tree.factor, tree.place, "a factor of data/factors.yml", report.factors)
                return
        else:
            metric = report.metrics.get(tree.metric)
            own = list(metric.dimensions) if metric else []
            if metric is None:
                yield unknown_name(tree.metric, tree.place, "a metric", report.metrics)
                return
        name = tree.factor if isinstance(tree, FactorTerm) else tree.metric
        yield from _check_members(report, tree.members, name, own, tree.place)
        if tree.period and tree.period not in (PREVIOUS, *report.periods):
            yield unknown_name(tree.period, tree.place, _A_PERIOD, report.periods)


def _check_members(
    report: Report, members: Members, name: str, own: Collection[str], place: Place
) -> Iterator[Diagnostic]:
    for dimension, member in members:
        if dimension not in own:
            yield unknown_name(dimension, place, f'a dimension of "{name}"', own)
        elif not report.dimensions[dimension].member(member):
            known = [each.id for each in report.dimensions[dimension].members]
            yield unknown_name(member, place, f"a member of {dimension}", known)


def _check_target(report: Report, target: Target) -> Iterator[Diagnostic]:
    metric = report.metrics.get(target.metric)
    if metric is None:
        yield unknown_name(target.metric, target.metric_place, "a metric", report.metrics)
        return
    if target.per and target.per not in report.metrics:
        yield unknown_name(target.per, target.metric_place, "a metric", report.metrics)
    yield from _check_members(report, target.members, target.metric, metric.dimensions, target.metric_place)
