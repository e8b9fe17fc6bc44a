"""The project's files become one `Report`: every file read, every finding kept, names checked.

Reading goes on after a fault, so that all findings come in one run. What depends on several files
(a name used in one and defined in another) is checked at the end, where everything is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, blocking, error, in_order, warning
from esgreport.formulas import parse_formula, terms
from esgreport.languages import LANGUAGES, Text
from esgreport.model import (
    CALL_ARGUMENTS,
    IDENTIFIER,
    PERIOD_IDENTIFIER,
    QUALIFIERS,
    Answer,
    Aspect,
    Cell,
    Company,
    Dimension,
    Entry,
    Factor,
    Kind,
    Member,
    Members,
    Metric,
    MetricTerm,
    Page,
    Part,
    Period,
    Report,
    Response,
    Ridge,
    Status,
)
from esgreport.narrative import read_page
from esgreport.schema import Shapes, nearest
from esgreport.source import Empty, Mapping, Node, Scalar, Sequence, inside, read_csv, read_text, read_yaml
from esgreport.units import UNITS, find_unit

ISSUER_CLASSES = ("largecap", "main-board", "gem")
RESPONSES = ("explained", "not-applicable", "relief-used", "negative-statement", "partly-disclosed")
_KINDS = {"nil": Kind.NIL, "not_applicable": Kind.NOT_APPLICABLE, "not_available": Kind.NOT_AVAILABLE}
_REPORT_KEYS = (
    "status", "slug", "title", "tagline", "company", "languages", "prevailing_language", "period", "comparatives",
    "periods", "frameworks", "dates", "decimals", "parts", "brand", "site_url",
)  # fmt: skip
_METRIC_KEYS = (
    "name", "unit", "answers", "per", "values", "breakdown", "formula", "decimals", "source", "owner", "evidence",
    "note", "method", "boundary",
)  # fmt: skip
_KNOWN_DATA = re.compile(r"(report|dimensions|glossary|factors|accepted)\.yml|(registers|aspects|topics|frameworks)/[^/]+\.(yml|csv)")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds a report."""

    root: Path

    def names(self, folder: str, ending: str) -> list[str]:
        """Files of `folder` (relative names, sorted) with this ending."""
        base = self.root / folder
        if not base.is_dir() or not inside(self.root, base):
            return []
        return sorted(f"{folder}/{path.name}" for path in base.iterdir() if path.name.endswith(ending))


def load(root: Path) -> tuple[Report | None, tuple[Diagnostic, ...]]:
    """The report of the project at `root`, with everything found on the way.

    None when `data/report.yml` is missing or unreadable; then the findings say why.
    """
    loader = _Loader(Project(root))
    report = loader.report()
    return report, in_order(loader.findings)


class _Loader:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.findings: list[Diagnostic] = []
        self.shapes = Shapes(("en",))

    def yaml(self, name: str) -> Node | None:
        text, findings = read_text(self.project.root, name)
        if not findings:
            node, findings = read_yaml(text, name)
            self.findings.extend(findings)
            return node
        self.findings.extend(findings)
        return None

    # ---- report.yml

    def report(self) -> Report | None:
        name = "data/report.yml"
        if not (self.project.root / name).exists():
            self.findings.append(blocking("no-report", Place(name), "this folder holds no report: data/report.yml is missing", "go to the folder of a report, or name it with --project"))
            return None
        node = self.yaml(name)
        if not isinstance(node, Mapping):
            if not self.findings:
                self.findings.append(blocking("no-report", Place(name), "data/report.yml is empty", "say who reports, for which period, in which languages"))
            return None
        languages = self.languages(node)
        self.shapes = Shapes(languages)
        shapes = self.shapes
        shapes.findings = self.findings
        entries = shapes.mapping(node, "report.yml", _REPORT_KEYS, ("slug", "title", "company", "languages", "period", "periods", "parts"))
        periods = self.periods(entries.get("periods"))
        status = shapes.choice(entries.get("status"), "a status", ("draft", "final"), "draft")
        slug = shapes.text(entries.get("slug"), "slug")
        if "slug" in entries and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
            shapes.refuse(entries["slug"].place, f'"{slug}" cannot be part of a file name on every machine', "use lower-case letters, digits and -", "bad-id")
        report = Report(
            final=status == "final",
            slug=slug,
            title=shapes.wording(entries.get("title"), "the title"),
            tagline=shapes.wording(entries.get("tagline"), "the tagline"),
            company=self.company(entries.get("company")),
            languages=languages,
            prevailing_language=shapes.choice(entries.get("prevailing_language"), "a language of this report", languages),
            period=self.known_period(entries.get("period"), periods),
            comparatives=tuple(s.text for s in shapes.items(entries.get("comparatives"), "comparatives") if self.known_period(s, periods)),
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
        report = replace(report, entries=entries_by_id, dimensions=dimensions, factors=self.factors())
        report = self.aspects(report)
        report = replace(report, pages=self.pages(report))
        self.unknown_files()
        self.findings.extend(check_names(report))
        return report

    def languages(self, node: Mapping) -> tuple[str, ...]:
        shapes = Shapes(("en",))
        items = shapes.items(node.get("languages"), "languages")
        for item in items:
            if item.text not in LANGUAGES:
                shapes.refuse(item.place, f'"{item.text}" is not a language that reports can be made in', nearest(item.text, LANGUAGES), "unknown-choice")
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
                continue
            if end <= start:
                self.shapes.refuse(entries["to"].place, f"the period {key.text} ends before it begins", "compare from and to", "bad-date")
            label = self.shapes.wording(entries.get("label"), f"the label of {key.text}")
            label = label or Text.of(dict.fromkeys(self.shapes.languages, key.text))
            periods[key.text] = Period(key.text, start, end, label, key.place)
        return periods

    def known_period(self, node: Node | None, periods: dict[str, Period]) -> str:
        return self.shapes.choice(node, "a period of report.yml", tuple(periods))

    def parts(self, node: Node | None) -> tuple[Part, ...]:
        if not isinstance(node, Sequence):
            if node is not None:
                self.shapes.refuse(node.place, "parts should be a list", "write - title: …, then pages: [one, two]")
            return ()
        parts: list[Part] = []
        seen: set[str] = set()
        for item in node.items:
            entries = self.shapes.mapping(item, "a part", ("title", "pages"), ("pages",))
            pages = []
            for page in self.shapes.items(entries.get("pages"), "pages"):
                if not IDENTIFIER.match(page.text) or page.text == "index":
                    self.shapes.refuse(page.place, f'"{page.text}" cannot be the name of a page', "use lower-case letters, digits and _, beginning with a letter; index is taken", "bad-id")
                elif page.text in seen:
                    self.shapes.refuse(page.place, f'the page "{page.text}" stands twice in the report', "keep one", "duplicate-id")
                else:
                    pages.append(page.text)
                seen.add(page.text)
            parts.append(Part(self.shapes.wording(entries.get("title"), "the part's title"), tuple(pages)))
        return tuple(parts)

    def dates(self, node: Node | None) -> dict[str, date]:
        entries = self.shapes.mapping(node, "dates", ("approved", "published"))
        days = {key: self.shapes.day(value, key) for key, value in entries.items()}
        return {key: day for key, day in days.items() if day is not None}

    def operation_decimals(self, node: Node | None) -> dict[str, int]:
        entries = self.shapes.mapping(node, "decimals", ("change", "share", "per"))
        wholes = {key: self.shapes.whole(value, f"decimals of {key}", 6) for key, value in entries.items()}
        return {key: whole for key, whole in wholes.items() if whole is not None}

    def site_url(self, node: Node | None) -> str:
        text = self.shapes.text(node, "site_url")
        if text and node is not None and not re.fullmatch(r"https?://[^\s/]+(/[^\s?#]*)?", text):
            self.shapes.refuse(node.place, f'"{text[:60]}" is not the address of a website', "write https://… as it will be published", "bad-link")
            return ""
        return text

    def brand(self, node: Node | None) -> Ridge | None:
        entries = self.shapes.mapping(node, "brand", ("ridge",))
        if "ridge" not in entries:
            return None
        ridge = self.shapes.mapping(entries["ridge"], "ridge", ("metric", "dimension"), ("metric", "dimension"))
        return Ridge(self.shapes.text(ridge.get("metric"), "metric"), self.shapes.text(ridge.get("dimension"), "dimension"), entries["ridge"].place)

    # ---- registers, dimensions, factors

    def registers(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for name in self.project.names("data/registers", ".yml"):
            register = Path(name).stem
            for key, value in self.shapes.entries(self.yaml(name), "a register"):
                if isinstance(value, Mapping) and set(k.text for k, _ in value) <= set(LANGUAGES):
                    names = self.shapes.wording(value, f'the name of "{key.text}"')
                else:
                    if not isinstance(value, Mapping):
                        self.shapes.refuse(key.place, f'"{key.text}" should have a name per language', "write name: {…}")
                        continue
                    names = self.shapes.wording(value.get("name"), f'the name of "{key.text}"')
                    if not names:
                        self.shapes.refuse(key.place, f'"{key.text}" has no name', "add name: …", "missing-key")
                if key.text in found:
                    self.shapes.refuse(key.place, f'"{key.text}" is also an entry of data/registers/{found[key.text].register}.yml', "give one of them another id", "duplicate-id")
                    continue
                found[key.text] = Entry(key.text, register, names, key.place)
        return found

    def dimensions(self, entries: dict[str, Entry]) -> dict[str, Dimension]:
        name = "data/dimensions.yml"
        if not (self.project.root / name).exists():
            return {}
        found = {}
        for key, value in self.shapes.entries(self.yaml(name), "dimensions.yml"):
            shape = self.shapes.mapping(value, "a dimension", ("name", "members", "register", "partition"), ("name",))
            if key.text in CALL_ARGUMENTS:
                self.shapes.refuse(key.place, f'a dimension cannot be named "{key.text}": value calls use that word', "choose another id", "bad-id")
            if "register" in shape:
                register = self.shapes.text(shape["register"], "register")
                members = [Member(e.id, e.name, e.place) for e in entries.values() if e.register == register]
                if not members:
                    self.shapes.refuse(shape["register"].place, f'there is no register "{register}"', nearest(register, {e.register for e in entries.values()}), "unknown-name")
            else:
                members = [
                    Member(member.text, self.shapes.wording(wording, f'the name of "{member.text}"'), member.place)
                    for member, wording in self.shapes.entries(shape.get("members"), "members")
                ]
            partition = self.shapes.yes(shape.get("partition"), "partition", True)
            found[key.text] = Dimension(key.text, self.shapes.wording(shape.get("name"), "the dimension's name"), tuple(members), partition, key.place)
        return found

    def factors(self) -> dict[str, Factor]:
        name = "data/factors.yml"
        if not (self.project.root / name).exists():
            return {}
        found = {}
        keys = ("name", "value", "unit", "source", "year", "gas")
        for key, value in self.shapes.entries(self.yaml(name), "factors.yml"):
            shape = self.shapes.mapping(value, "a factor", keys, ("value", "unit", "source"))
            number = self.shapes.number(shape.get("value"), "the factor")
            code = self.shapes.text(shape.get("unit"), "the unit")
            unit = find_unit(code)
            if unit is None:
                if "unit" in shape:
                    self.unknown_unit(code, shape["unit"].place)
                continue
            if number is None:
                continue
            text = {k: self.shapes.text(shape.get(k), k) for k in ("source", "year", "gas")}
            found[key.text] = Factor(key.text, self.shapes.wording(shape.get("name"), "the factor's name"), number, unit, text["source"], text["year"], text["gas"], key.place)
        return found

    def unknown_unit(self, code: str, place: Place) -> None:
        self.shapes.refuse(place, f'"{code}" is not a unit that the unit table knows', nearest(code, UNITS), "unknown-unit")

    # ---- aspects

    def aspects(self, report: Report) -> Report:
        aspects: list[Aspect] = []
        metrics: dict[str, Metric] = {}
        responses: dict[str, Response] = {}
        for name in self.project.names("data/aspects", ".yml"):
            node = self.yaml(name)
            if node is None:
                continue
            shape = self.shapes.mapping(node, "an aspect file", ("aspect", "name", "metrics", "responses"), ("aspect",))
            aspect = Aspect(self.shapes.text(shape.get("aspect"), "aspect"), self.shapes.wording(shape.get("name"), "the aspect's name"), node.place)
            aspects.append(aspect)
            rows = self.csv_rows(name, report)
            for key, value in self.shapes.entries(shape.get("metrics"), "metrics"):
                if key.text in metrics:
                    first = metrics[key.text].place
                    self.shapes.refuse(key.place, f'the metric "{key.text}" is also defined in {first.path}, line {first.line}', "give one of them another id", "duplicate-id")
                    continue
                metric = self.metric(key, value, aspect.id, report, rows.pop(key.text, []))
                if metric is not None:
                    metrics[key.text] = metric
            for unused in rows.values():
                cell = unused[0]["metric"]
                self.shapes.refuse(cell.place, f'"{cell.text}" is not a metric of {name}', nearest(cell.text, metrics), "unknown-name")
            for key, value in self.shapes.entries(shape.get("responses"), "responses", re.compile(r"\S+\Z")):
                response = self.response(key, value)
                if response and response.requirement in responses:
                    self.shapes.refuse(key.place, f"there are two responses to {key.text}", "keep one", "duplicate-id")
                elif response:
                    responses[response.requirement] = response
        return replace(report, aspects=tuple(aspects), metrics=metrics, responses=responses)

    def metric(self, key: Scalar, node: Node, aspect: str, report: Report, rows: list[dict[str, Scalar]]) -> Metric | None:
        shapes = self.shapes
        shape = shapes.mapping(node, f'the metric "{key.text}"', _METRIC_KEYS, ("name", "unit"))
        code = shapes.text(shape.get("unit"), "the unit")
        unit = find_unit(code)
        if unit is None:
            if code:
                self.unknown_unit(code, shape["unit"].place)
            return None
        cells = [*self.values(shape.get("values"), report), *self.csv_cells(rows, report)]
        by: tuple[str, ...] = ()
        breakdown = shape.get("breakdown")
        if isinstance(breakdown, Sequence | Scalar):
            by = tuple(item.text for item in shapes.items(breakdown, "breakdown") if self.dimension(item, report))
            if "formula" not in shape:
                shapes.refuse(breakdown.place, "a list of dimensions is for metrics with a formula", "write the values: {gender: {2025: {male: …}}}")
        else:
            cells += self.breakdown(breakdown, report)
        formula = None
        if isinstance(node := shape.get("formula"), Scalar):
            formula, findings = parse_formula(node.text, node.place)
            self.findings.extend(findings)
            if formula is None:
                return None
            if cells:
                shapes.refuse(cells[0].place, f'"{key.text}" has a formula, so its values are computed, never typed', "delete the values or the formula", "typed-and-derived")
        elif node is not None:
            shapes.text(node, "the formula")
        cells = self.without_repeats(cells)
        texts = {k: shapes.text(shape.get(k), k) for k in ("source", "owner", "evidence")}
        wordings = {k: shapes.wording(shape.get(k), k) for k in ("note", "method", "boundary")}
        return Metric(
            id=key.text,
            aspect=aspect,
            name=shapes.wording(shape.get("name"), f'the name of "{key.text}"'),
            unit=unit,
            place=key.place,
            unit_place=shape["unit"].place,
            answers=tuple(self.answer(item) for item in shapes.items(shape.get("answers"), "answers")),
            per=tuple((item.text, item.place) for item in shapes.items(shape.get("per"), "per")),
            cells=tuple(cells),
            formula=formula,
            by=by,
            decimals=shapes.whole(shape.get("decimals"), "decimals", 9),
            source=texts["source"],
            owner=texts["owner"],
            evidence=texts["evidence"],
            note=wordings["note"],
            method=wordings["method"],
            boundary=wordings["boundary"],
        )

    def answer(self, item: Scalar) -> Answer:
        requirement, _, measure = item.text.partition(":")
        return Answer(requirement, measure.strip(), item.place)

    def without_repeats(self, cells: list[Cell]) -> list[Cell]:
        kept: dict[tuple[str, Members], Cell] = {}
        for cell in cells:
            first = kept.setdefault((cell.period, cell.members), cell)
            if first is not cell:
                self.shapes.refuse(cell.place, f"this value is given twice; first at {first.place}", "keep one", "duplicate-value")
        return list(kept.values())

    def values(self, node: Node | None, report: Report) -> Iterator[Cell]:
        for key, value in self.shapes.entries(node, "values", PERIOD_IDENTIFIER):
            if self.period(key, report) and (cell := self.cell(value, key.text, (), report)):
                yield cell

    def breakdown(self, node: Node | None, report: Report) -> Iterator[Cell]:
        for key, by_period in self.shapes.entries(node, "breakdown"):
            dimension = self.dimension(key, report)
            if dimension is None:
                continue
            for period, by_member in self.shapes.entries(by_period, f"the breakdown by {key.text}", PERIOD_IDENTIFIER):
                if not self.period(period, report):
                    continue
                for member, value in self.shapes.entries(by_member, f"{key.text} in {period.text}"):
                    if dimension.member(member.text) is None:
                        self.shapes.refuse(member.place, f'"{member.text}" is not a member of {key.text}', nearest(member.text, (m.id for m in dimension.members)), "unknown-name")
                    elif cell := self.cell(value, period.text, ((key.text, member.text),), report):
                        yield cell

    def dimension(self, item: Scalar, report: Report) -> Dimension | None:
        if item.text not in report.dimensions:
            self.shapes.refuse(item.place, f'"{item.text}" is not a dimension of data/dimensions.yml', nearest(item.text, report.dimensions), "unknown-name")
            return None
        return report.dimensions[item.text]

    def period(self, item: Scalar, report: Report) -> bool:
        if item.text in report.periods:
            return True
        self.shapes.refuse(item.place, f'"{item.text}" is not a period of data/report.yml', nearest(item.text, report.periods), "unknown-name")
        return False

    def cell(self, node: Node, period: str, members: Members, report: Report) -> Cell | None:
        """One authored value; an empty one is missing, so no cell at all."""
        if isinstance(node, Empty):
            return None
        if isinstance(node, Scalar):
            return self.plain_cell(node, period, members)
        shapes = self.shapes
        keys = ("value", "qualifier", "status", "restated_from", "reason", "limit", "range", "at", "note")
        shape = shapes.mapping(node, "a value", keys)
        kind, number, upper, place = Kind.VALUE, None, None, node.place
        if "limit" in shape:
            kind, number, place = Kind.LIMIT, shapes.number(shape["limit"], "the limit"), shape["limit"].place
        elif "range" in shape:
            ends = [shapes.number(item, "an end of the range") for item in shapes.items(shape["range"], "the range")]
            if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0].exact >= ends[1].exact:
                shapes.refuse(shape["range"].place, "a range has a lower and an upper end", "write {range: [3, 5]}", "bad-number")
                return None
            kind, number, upper, place = Kind.RANGE, ends[0], ends[1], shape["range"].place
        elif isinstance(value := shape.get("value"), Scalar) and value.text in _KINDS:
            kind, place = _KINDS[value.text], value.place
        elif value is not None:
            number, place = shapes.number(value, "the value"), value.place
        else:
            shapes.refuse(node.place, "a value has none of value, limit and range", "write {value: …}", "missing-key")
        if number is None and kind in (Kind.VALUE, Kind.LIMIT, Kind.RANGE):
            return None
        former = shapes.number(shape.get("restated_from"), "the former value")
        status = Status(shapes.choice(shape.get("status"), "a status", tuple(Status), Status.RESTATED if former else Status.REPORTED))
        reason = shapes.wording(shape.get("reason"), "the reason")
        if former is not None and not reason:
            self.findings.append(error("restated-without-reason", shape["restated_from"].place, "a restated value needs its reason", "add reason: …"))
        return Cell(
            period, members, kind, place, number, upper,
            qualifier=shapes.choice(shape.get("qualifier"), "a qualifier", QUALIFIERS),
            status=status,
            former=former,
            reason=reason,
            at=shapes.day(shape.get("at"), "at"),
        )  # fmt: skip

    def plain_cell(self, node: Scalar, period: str, members: Members) -> Cell | None:
        if not node.text.strip():
            return None
        if node.text in _KINDS:
            return Cell(period, members, _KINDS[node.text], node.place)
        number = self.shapes.number(node, "the value")
        return Cell(period, members, Kind.VALUE, node.place, number) if number else None

    def response(self, key: Scalar, node: Node) -> Response | None:
        shape = self.shapes.mapping(node, f"the response to {key.text}", ("status", "reason", "relief"), ("status", "reason"))
        status = self.shapes.choice(shape.get("status"), "a kind of response", RESPONSES)
        reason = self.shapes.wording(shape.get("reason"), f"the reason for {key.text}")
        return Response(key.text, status, reason, key.place) if status else None

    # ---- CSV beside an aspect file: metric,period,<dimensions …>,value[,qualifier,status]

    def csv_rows(self, name: str, report: Report) -> dict[str, list[dict[str, Scalar]]]:
        """The rows of the CSV beside an aspect file, by metric; each row its cells by column title."""
        name = name.removesuffix(".yml") + ".csv"
        if not (self.project.root / name).exists():
            return {}
        text, findings = read_text(self.project.root, name)
        rows: list[list[Scalar]] = []
        if not findings:
            rows, findings = read_csv(text, name)
        self.findings.extend(findings)
        if findings or not rows:
            return {}
        head = rows[0]
        titles = [cell.text for cell in head]
        for needed in ("metric", "period", "value"):
            if titles.count(needed) != 1:
                self.shapes.refuse(head[0].place, f'the first line should have one column "{needed}"', "the columns are metric, period, one per dimension, value", "missing-key")
                return {}
        for cell in head:
            if cell.text not in ("metric", "period", "value", "qualifier", "status") and self.dimension(cell, report) is None:
                return {}
        by_metric: dict[str, list[dict[str, Scalar]]] = {}
        for row in rows[1:]:
            if len(row) != len(head):
                self.shapes.refuse(row[0].place, f"this line has {len(row)} cells, the first line {len(head)}", "a value with commas needs quotes", "bad-csv")
                continue
            cells = dict(zip(titles, row, strict=True))
            by_metric.setdefault(cells["metric"].text, []).append(cells)
        return by_metric

    def csv_cells(self, rows: list[dict[str, Scalar]], report: Report) -> Iterator[Cell]:
        for row in rows:
            if not self.period(row["period"], report):
                continue
            named = [(title, cell) for title, cell in row.items() if title in report.dimensions and cell.text]
            unknown = [(title, cell) for title, cell in named if report.dimensions[title].member(cell.text) is None]
            for title, cell in unknown:
                members = (m.id for m in report.dimensions[title].members)
                self.shapes.refuse(cell.place, f'"{cell.text}" is not a member of {title}', nearest(cell.text, members), "unknown-name")
            value = self.plain_cell(row["value"], row["period"].text, tuple(sorted((t, c.text) for t, c in named)))
            if unknown or value is None:
                continue
            qualifier = self.shapes.choice(row.get("qualifier"), "a qualifier", QUALIFIERS)
            status = Status(self.shapes.choice(row.get("status"), "a status", tuple(Status), Status.REPORTED))
            yield replace(value, qualifier=qualifier, status=status)

    # ---- narrative

    def pages(self, report: Report) -> dict[tuple[str, str], Page]:
        pages: dict[tuple[str, str], Page] = {}
        for language in report.languages:
            folder = f"content/{language}"
            names = self.project.names(folder, ".md")
            for page in report.page_order:
                name = f"{folder}/{page}.md"
                if name not in names:
                    self.findings.append(error("page-missing", Place(name), f'the page "{page}" is not written in {language}', f"write {name}, or take the page out of parts in data/report.yml"))
                    continue
                text, findings = read_text(self.project.root, name)
                self.findings.extend(findings)
                if findings:
                    continue
                read, findings = read_page(text, name, page, language)
                self.findings.extend(findings)
                if read is not None:
                    pages[page, language] = read
            for name in names:
                if Path(name).stem not in report.page_order:
                    self.findings.append(warning("page-not-listed", Place(name), "this page is in no part of data/report.yml, so it is not printed", "add it to pages, or delete it"))
        return pages

    def unknown_files(self) -> None:
        base = self.project.root / "data"
        for path in sorted(base.rglob("*")) if base.is_dir() else []:
            name = path.relative_to(base).as_posix()
            if path.is_file() and not path.name.startswith(".") and not _KNOWN_DATA.fullmatch(name):
                self.findings.append(warning("unknown-file", Place(f"data/{name}"), "this file is not read: its name or folder is not one the report knows", "aspect files are data/aspects/NAME.yml, with long data in NAME.csv beside them"))


def check_names(report: Report) -> Iterator[Diagnostic]:
    """Names used in one file and defined in another: denominators, formulas, the ridge."""
    for metric in report.metrics.values():
        for denominator, place in metric.per:
            if denominator not in report.metrics:
                yield blocking("unknown-name", place, f'"{denominator}" is not a metric', nearest(denominator, report.metrics))
        if metric.formula:
            yield from _check_formula(report, metric)
    for id in report.metrics.keys() & report.entries.keys():
        place = report.entries[id].place
        yield blocking("duplicate-id", place, f'"{id}" is both a metric and an entry of a register', "give one of them another id")
    if report.ridge:
        wanted: tuple[tuple[str, Callable[[str], bool], str], ...] = (
            (report.ridge.metric, report.metrics.__contains__, "metric"),
            (report.ridge.dimension, report.dimensions.__contains__, "dimension"),
        )
        for name, known, what in wanted:
            if not known(name):
                yield blocking("unknown-name", report.ridge.place, f'"{name}" is not a {what}', nearest(name, report.metrics if what == "metric" else report.dimensions))


def _check_formula(report: Report, metric: Metric) -> Iterator[Diagnostic]:
    assert metric.formula is not None
    for term in terms(metric.formula.tree):
        if isinstance(term, MetricTerm):
            if term.metric not in report.metrics:
                yield blocking("unknown-name", term.place, f'"{term.metric}" is not a metric', nearest(term.metric, report.metrics))
        elif term.factor not in report.factors:
            yield blocking("unknown-name", term.place, f'"{term.factor}" is not a factor of data/factors.yml', nearest(term.factor, report.factors))
