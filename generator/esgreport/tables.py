"""Tables of figures before they are worded: which rows and columns, and which figure stands where."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from esgreport.diagnostics import Diagnostic, blocking
from esgreport.model import FigureId, Members, Name, Report, TableBlock
from esgreport.schema import nearest, unknown_name
from esgreport.units import PERCENT


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
    for each in report.metrics[metric].per:
        if each.metric in report.metrics:
            figures = _figures(report, columns, metric, (), f"per.{each.metric}")
            yield Row("intensity", metric, figures, denominator=each.metric)


def _figures(
    report: Report, columns: list[Column], metric: str, members: Members, operation: str = ""
) -> tuple[FigureId | None, ...]:
    found: list[FigureId | None] = []
    for column in columns:
        if column.kind == "period":
            found.append(FigureId(metric, column.period, members, operation))
        elif column.kind == "change" and report.comparatives:
            # 7.0% to 8.4% is a change of 1.4 percentage points, not of 20%
            change = "difference" if report.metrics[metric].unit == PERCENT and not operation else "change"
            id = FigureId(metric, report.period, members, operation)
            found.append(id.then(f"{change}.{report.comparatives[0]}"))
        elif (
            column.kind == "per"
            and not operation
            and (per := report.metrics[metric].per)
            and per[0].metric in report.metrics
        ):
            found.append(FigureId(metric, report.period, members, f"per.{per[0].metric}"))
        else:
            found.append(None)
    return tuple(found)
