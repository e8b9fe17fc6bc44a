"""Reports from a few lines: what tests of figures, of the index and of the rules start from.

`values_report` is made in memory, for many examples a second; `edition_of` reads a project's files, as a
build does, but checks nothing and needs no faces.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from esgreport.amounts import Number, parse_number
from esgreport.compute import Figures
from esgreport.diagnostics import Place
from esgreport.framework import load_frameworks
from esgreport.framework.mappings import with_mapped_answers
from esgreport.index import index_rows
from esgreport.languages import Text
from esgreport.load import load
from esgreport.model import (
    Cell,
    Company,
    Dimension,
    Figure,
    Kind,
    Member,
    Metric,
    Period,
    Report,
    parse_figure_id,
)
from esgreport.units import UNITS
from esgreport.views import Edition
from fontTools.ttLib import TTFont

# A report of two years and one page that follows the Code.
CODE_REPORT = """\
status: draft
slug: tiny
title: {en: Report, zh-Hant: 報告}
company: {name: {en: Tiny, zh-Hant: 小銅}, issuer_class: main-board}
languages: [zh-Hant, en]
period: 2025
comparatives: [2024]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
frameworks: [hkex-esg-code-2025]
parts:
  - pages: [a2]
"""

HERE = Place("data/aspects/a2.yml", 1, 1, 2)


def face_file(rights: int = 0) -> bytes:
    """A face of the company's own, whose table says what its maker allows."""
    file = BytesIO()
    with TTFont(Path(__file__).parent.parent / ".cache" / "fonts" / "IBMPlexSans-600.ttf") as font:
        font["OS/2"].fsType = rights
        font.save(file)
    return file.getvalue()


def number(text: str) -> Number:
    """The number that a text writes."""
    found = parse_number(text)
    assert found is not None, text
    return found


def dimension(id: str, *members: str, partition: bool = True) -> Dimension:
    """A dimension whose members are named by their ids."""
    return Dimension(id, Text(), tuple(Member(m, Text(), HERE) for m in members), partition, HERE)


def cell(value: str | Kind, period: str = "2025", **members: str) -> Cell:
    """An authored value: a number as text, or a kind without one."""
    where = tuple(sorted(members.items()))
    if isinstance(value, Kind):
        return Cell(period, where, value, HERE)
    return Cell(period, where, Kind.VALUE, HERE, number(value))


def metric(id: str, *cells: Cell, unit: str = "t", decimals: int | None = None) -> Metric:
    """A metric of authored values."""
    return Metric(id, "A2", Text(), UNITS[unit], HERE, HERE, cells=cells, decimals=decimals)


def values_report(metrics: Iterable[Metric], dimensions: Iterable[Dimension] = ()) -> Report:
    """A report of nothing but metrics, over 2025 and 2024."""
    years = {str(y): Period(str(y), date(y, 1, 1), date(y, 12, 31), Text(), HERE) for y in (2025, 2024)}
    company = Company(Text(), Text(), Text(), "", "main-board", "")
    return Report(
        False, "tiny", Text(), Text(), company, ("en",), "en", "2025", ("2024",), years, (), (), {}, {}, "", None, HERE,
        dimensions={d.id: d for d in dimensions}, metrics={m.id: m for m in metrics},
    )  # fmt: skip


def aspect(metrics: str, responses: str = "") -> str:
    """The text of an aspect file with these metrics."""
    text = "aspect: A2\nmetrics:\n" + textwrap.indent(textwrap.dedent(metrics).strip("\n"), "  ") + "\n"
    if responses:
        text += "responses:\n" + textwrap.indent(textwrap.dedent(responses).strip("\n"), "  ") + "\n"
    return text


def on_year(report: str, start: str, end: str) -> str:
    """The `report.yml` of the tiny company, its year moved to other days."""
    moved = report.replace("from: 2025-01-01, to: 2025-12-31", f"from: {start}, to: {end}")
    assert moved != report or start == "2025-01-01"
    return moved


def edition_of(root: Path, blocking: bool = False) -> Edition:
    """The project's report, worked out; reading it must find nothing that blocks, unless `blocking` allows it."""
    report, findings = load(root)
    assert report is not None
    assert blocking or not [str(f) for f in findings if f.blocking]
    frameworks, _ = load_frameworks(report, root)
    report, _ = with_mapped_answers(report, frameworks)
    figures = Figures(report)
    rows = {id: index_rows(report, figures, framework) for id, framework in frameworks.items()}
    return Edition(report, figures, frameworks, rows)


def figure(figures: Figures, id: str) -> Figure | None:
    """The figure with this id, as it is written in `figures.json`."""
    parsed = parse_figure_id(id)
    assert parsed is not None, id
    return figures.figure(parsed)


def exact(figures: Figures, id: str) -> Fraction:
    """The exact value of a figure that must have one."""
    found = figure(figures, id)
    assert found is not None and found.number is not None, id
    return found.number.exact
