"""What a page prints: its value calls and tables, resolved to figures before anything is rendered.

The index asks it which figures an edition prints, the views ask it which figures to word, the checks ask it
for what cannot be resolved. It knows no wording and no layout.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from esgreport.compute import Figures, unit_of
from esgreport.diagnostics import Diagnostic, Place, blocking, error
from esgreport.languages import SCALES
from esgreport.model import (
    CALL_ARGUMENTS,
    OPERATIONS,
    Call,
    FigureId,
    Heading,
    IndexBlock,
    Members,
    Name,
    Page,
    Prose,
    Report,
    TableBlock,
)
from esgreport.schema import nearest, unknown_name
from esgreport.units import PERCENT, UNITS, find_unit

PRINTING = ("full", "number", "magnitude")
SHOWS = (*PRINTING, "unit", "name")


@dataclass(frozen=True, slots=True)
class FigureReference:
    """A value call that names a figure, and how it is to be shown."""

    figure: FigureId
    show: str = "full"
    unit: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class EntryReference:
    """A value call that names an entry of a register."""

    entry: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is unit, period, change or per."""

    kind: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `kind` is metric, intensity, member, total or group; figures stand one to a column."""

    kind: str
    metric: str
    figures: tuple[FigureId | None, ...] = ()
    dimension: str = ""
    member: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of figures before it is worded."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def resolve_call(
    report: Report, call: Call
) -> tuple[FigureReference | EntryReference | None, list[Diagnostic]]:
    """What a value call names, or None with the reason. Whether the figure has a value is not asked here."""
    if call.name in report.entries:
        if call.arguments:
            return None, [
                blocking(
                    "wrong-argument",
                    call.place,
                    f'"{call.name}" is a name of a register and takes no arguments',
                    "write {{ " + call.name + " }}",
                )
            ]
        return EntryReference(call.name), []
    metric = report.metrics.get(call.name)
    if metric is None:
        known = [*report.metrics, *report.entries]
        return None, [
            blocking(
                "unknown-name",
                call.place,
                f'"{call.name}" is neither a metric nor an entry of a register',
                nearest(call.name, known),
                about=call.name,
            )
        ]
    findings: list[Diagnostic] = []
    members: list[tuple[str, str]] = []
    operations = [name for name, _ in call.arguments if name in OPERATIONS]
    operation = f"{operations[0]}.{call.argument(operations[0])}" if operations else ""
    shown = unit_of(report, FigureId(metric.id, "", (), operation))
    for name, value in call.arguments:
        allowed: tuple[str, ...] | None = None
        if name in report.dimensions:
            members.append((name, value))
            allowed = tuple(m.id for m in report.dimensions[name].members)
            if name not in metric.dimensions:
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f'"{call.name}" is not broken down by {name}',
                        nearest(name, metric.dimensions),
                    )
                )
                continue
        elif name == "period":
            allowed = tuple(report.periods)
        elif name in ("change", "difference"):
            allowed = tuple(report.periods)
            if value == (call.argument("period") or report.period):
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f"{name} compares {value} with itself",
                        "name an earlier period",
                    )
                )
        elif name == "per":
            allowed = tuple(report.metrics)
        elif name == "share":
            allowed = metric.dimensions
            if not metric.unit.additive:
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f'"{call.name}" is in {metric.unit.code}, whose parts do not add up, so there is no share',
                        "leave share out",
                    )
                )
        elif name == "show":
            allowed = SHOWS
        elif name == "scale":
            allowed = tuple(SCALES)
            unit = find_unit(call.argument("unit")) or shown
            if not unit.dimensions or unit.code.endswith((" thousand", " million")):
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f"{unit.code} takes no scale",
                        "leave scale out, or name another unit",
                    )
                )
        elif name == "unit":
            other = find_unit(value)
            if other is None or other.dimensions != shown.dimensions:
                what = f"{call.name}({operations[0]}=…)" if operations else call.name
                alike = [unit.code for unit in UNITS.values() if unit.dimensions == shown.dimensions]
                help = "name a unit of the same kind"
                if alike:  # a unit of another kind is no slip of the finger
                    help = f"known: {', '.join(alike)}" if other else nearest(value, alike)
                findings.append(
                    blocking(
                        "wrong-argument",
                        call.place,
                        f'"{what}" is in {shown.code}, which cannot be shown in "{value}"',
                        help,
                    )
                )
        else:
            findings.append(
                blocking(
                    "wrong-argument",
                    call.place,
                    f'"{name}" is not an argument of a value call',
                    nearest(name, [*CALL_ARGUMENTS, *metric.dimensions]),
                )
            )
        if allowed is not None and value not in allowed:
            # one year is as near as another, so all are named
            help = (
                f"known: {', '.join(allowed)}"
                if allowed == tuple(report.periods)
                else nearest(value, allowed)
            )
            findings.append(blocking("wrong-argument", call.place, f'{name}="{value}" is not known', help))
    if len({name for name, _ in call.arguments}) < len(call.arguments):
        findings.append(blocking("wrong-argument", call.place, "an argument stands twice", "keep one"))
    if len(operations) > 1:
        findings.append(
            blocking(
                "wrong-argument",
                call.place,
                f"{' and '.join(operations)} cannot be asked for together",
                "keep one",
            )
        )
    if call.argument("share") and call.argument("share") not in [name for name, _ in members]:
        findings.append(
            blocking(
                "wrong-argument",
                call.place,
                f'share="{call.argument("share")}" needs the member whose share it is',
                f'add {call.argument("share")}="…"',
            )
        )
    if findings:
        return None, findings
    figure = FigureId(metric.id, call.argument("period") or report.period, tuple(sorted(members)), operation)
    return FigureReference(
        figure, call.argument("show") or "full", call.argument("unit"), call.argument("scale")
    ), []


def resolve_table(report: Report, block: TableBlock) -> tuple[Grid, list[Diagnostic]]:
    """The grid of figures that a table asks for; names that are not known are left out and told."""
    findings: list[Diagnostic] = []
    columns = []
    for name in block.columns:
        if name.text in ("unit", "change", "per"):
            columns.append(Column(name.text, report.period if name.text != "unit" else ""))
            if name.text == "change" and not report.comparatives:
                findings.append(
                    blocking(
                        "wrong-argument",
                        name.place,
                        "there is no earlier period to compare with",
                        "name one under comparatives in data/report.yml",
                    )
                )
        elif name.text in report.periods:
            columns.append(Column("period", name.text))
        else:
            known = ["unit", "change", "per", *report.periods]
            help = f"known: {', '.join(known)}" if name.text[:1].isdigit() else nearest(name.text, known)
            findings.append(
                blocking("unknown-name", name.place, f'"{name.text}" is not a column', help, name.text)
            )
    metrics = [name for name in block.metrics if _known(report.metrics, name, "a metric", findings)]
    dimensions = [name for name in block.members if _known(report.dimensions, name, "a dimension", findings)]
    rows: list[Row] = []
    for name in metrics:
        if dimensions:
            rows += _member_rows(report, block, name, dimensions, columns, len(metrics) > 1, findings)
        else:
            rows.append(Row("metric", name.text, _figures(report, columns, name.text, ())))
            if block.intensities:
                rows += _intensity_rows(report, columns, name.text)
    return Grid(tuple(columns), tuple(rows)), findings


def _known(known: Collection[str], name: Name, what: str, findings: list[Diagnostic]) -> bool:
    if name.text not in known:
        findings.append(unknown_name(name.text, name.place, what, known))
    return name.text in known


def _member_rows(
    report: Report,
    block: TableBlock,
    name: Name,
    dimensions: list[Name],
    columns: list[Column],
    several: bool,
    findings: list[Diagnostic],
) -> Iterator[Row]:
    metric = report.metrics[name.text]
    total = Row("total", metric.id, _figures(report, columns, metric.id, ()))
    if several:
        yield Row("group", metric.id)
    if block.total and len(dimensions) > 1:
        yield total
    for dimension in dimensions:
        if dimension.text not in metric.dimensions:
            findings.append(
                blocking(
                    "wrong-argument",
                    dimension.place,
                    f'"{metric.id}" is not broken down by {dimension.text}',
                    nearest(dimension.text, metric.dimensions),
                )
            )
            continue
        if len(dimensions) > 1:
            yield Row("group", metric.id, dimension=dimension.text)
        for member in report.dimensions[dimension.text].members:
            figures = _figures(report, columns, metric.id, ((dimension.text, member.id),))
            yield Row("member", metric.id, figures, dimension.text, member.id)
    if block.total and len(dimensions) == 1:
        yield total
    if block.intensities:
        yield from _intensity_rows(report, columns, metric.id)


def _intensity_rows(report: Report, columns: list[Column], metric: str) -> Iterator[Row]:
    for denominator, _ in report.metrics[metric].per:
        if denominator in report.metrics:
            figures = _figures(report, columns, metric, (), f"per.{denominator}")
            yield Row("intensity", metric, figures, denominator=denominator)


def _figures(
    report: Report, columns: list[Column], metric: str, members: Members, operation: str = ""
) -> tuple[FigureId | None, ...]:
    found: list[FigureId | None] = []
    for column in columns:
        if column.kind == "period":
            found.append(FigureId(metric, column.period, members, operation))
        elif column.kind == "change" and not operation:
            # 7.0% to 8.4% is a change of 1.4 percentage points, not of 20%
            change = "difference" if report.metrics[metric].unit == PERCENT else "change"
            found.append(
                FigureId(metric, report.period, members, f"{change}.{report.comparatives[0]}")
                if report.comparatives
                else None
            )
        elif (
            column.kind == "per"
            and not operation
            and (per := report.metrics[metric].per)
            and per[0][0] in report.metrics
        ):
            found.append(FigureId(metric, report.period, members, f"per.{per[0][0]}"))
        else:
            found.append(None)
    return tuple(found)


def prose_of(page: Page) -> Iterator[tuple[Prose, str]]:
    """All stretches of prose of a page in reading order, each with the section (heading id) it stands in."""
    yield page.title, ""
    if page.lead:
        yield page.lead, ""
    section = ""
    for item in page.items:
        if isinstance(item, Heading):
            section = item.id
            yield item.title, section
        elif isinstance(item, Prose):
            yield item, section


def printed_figures(report: Report, figures: Figures, page: Page) -> Iterator[tuple[FigureId, str]]:
    """The figures that a page prints, in reading order, each with the section (heading id) it stands in.

    The section is "" before the first heading. A page's title is words, so its numbers do not count.
    """

    def of_prose(prose: Prose) -> Iterator[FigureId]:
        for call in prose.calls:
            reference, _ = resolve_call(report, call)
            if isinstance(reference, FigureReference) and reference.show in PRINTING:
                yield reference.figure

    section = ""
    wanted: list[tuple[FigureId, str]] = [(id, "") for id in of_prose(page.lead)] if page.lead else []
    for item in page.items:
        if isinstance(item, Heading):
            section = item.id
            wanted += [(id, section) for id in of_prose(item.title)]
        elif isinstance(item, Prose):
            wanted += [(id, section) for id in of_prose(item)]
        elif isinstance(item, TableBlock):
            wanted += [
                (id, section) for row in resolve_table(report, item)[0].rows for id in row.figures if id
            ]
    yield from ((id, section) for id, section in wanted if figures.figure(id))


def reference_findings(report: Report, figures: Figures, page: Page) -> Iterator[Diagnostic]:
    """Names and arguments of a page that are not known (blocking), and values that are still missing."""
    for prose, _ in prose_of(page):
        for call in prose.calls:
            reference, findings = resolve_call(report, call)
            yield from findings
            if isinstance(reference, FigureReference) and reference.show in PRINTING:
                yield from _missing_value(figures, reference.figure, call.place)
    for item in page.items:
        if isinstance(item, TableBlock):
            grid, findings = resolve_table(report, item)
            yield from findings
            for row in grid.rows:
                for id in row.figures:
                    if id and not id.operation and figures.figure(id) is None:
                        name = next(name for name in item.metrics if name.text == row.metric)
                        yield error(
                            "missing-value",
                            name.place,
                            f"{id} has no value",
                            "give the value in data/aspects (nil, not_applicable or not_available are values too), or leave the column out",
                            about=id.metric,
                        )
        elif isinstance(item, IndexBlock) and item.framework and item.framework not in report.frameworks:
            yield blocking(
                "unknown-name",
                item.place,
                f'"{item.framework}" is not a framework of this report',
                nearest(item.framework, report.frameworks),
            )
        elif isinstance(item, IndexBlock) and not item.framework and len(report.frameworks) != 1:
            count = "several frameworks" if report.frameworks else "no framework"
            help = (
                f"write framework: {report.frameworks[0]}"
                if report.frameworks
                else "name one under frameworks in data/report.yml, or take the index out"
            )
            yield blocking(
                "unknown-name",
                item.place,
                f"this report follows {count}, so it is not known whose index is meant",
                help,
            )


def _missing_value(figures: Figures, id: FigureId, place: Place) -> Iterator[Diagnostic]:
    """A sentence needs a number: one that is missing, or that cannot be worked out, is an error."""
    figure = figures.figure(id)
    if figure is None:
        yield error(
            "missing-value",
            place,
            f"{id} has no value",
            "give the value in data/aspects, or change the sentence",
            about=id.metric,
        )
    elif id.operation and figure.number is None:
        inputs = [
            f"{input} is {found.number or found.kind}"
            for input in figure.inputs
            if (found := figures.figure(input))
        ]
        yield error("missing-value", place, f"{id} has no value: {', '.join(inputs)}", "change the sentence")
