"""A summary of all figures: a table for each aspect, with every metric of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import TINY
from esgreport.index import index_rows
from esgreport.pipeline import examine
from esgreport.printed import printed_figures
from esgreport.render import Templates
from esgreport.views import TableView
from esgreport.writer import report_view
from reports import edition_of

Make = Callable[..., Path]

REPORT = (
    TINY["data/report.yml"]
    .replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")
    .replace("[a2]", "[a2, summary]")
)
DIMENSIONS = """\
plant: {name: {en: Plant, zh-Hant: 廠房}, members: {east: {en: East, zh-Hant: 東廠}, west: {en: West, zh-Hant: 西廠}}}
month: {name: {en: Month, zh-Hant: 月份}, members: {may: {en: May, zh-Hant: 5月}, june: {en: June, zh-Hant: 6月}}}
gender: {name: {en: Gender, zh-Hant: 性別}, members: {male: {en: Male, zh-Hant: 男性}, female: {en: Female, zh-Hant: 女性}}}
"""
RESOURCES = """\
aspect: A2
name: {en: Use of resources, zh-Hant: 資源使用}
metrics:
  water:
    name: {en: Water, zh-Hant: 用水}
    unit: m3
    answers: [A2.2]
    per: [output]
    note: {en: Mains only., zh-Hant: 只計自來水。}
    breakdown:
      plant: {2025: {east: 7, west: 8}, 2024: {east: 6, west: 5}}
  steam:
    name: {en: Steam, zh-Hant: 蒸汽}
    unit: GJ
    breakdown: {month: {2025: {may: 1, june: 2}, 2024: {may: 3, june: 4}}}
  output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 30, 2024: 20}}
"""
PEOPLE = """\
aspect: B1
metrics:
  rate:
    name: {en: Turnover rate, zh-Hant: 流失率}
    unit: percent
    breakdown: {gender: {2025: {male: 7.0, female: 8.0}, 2024: {male: 6.0, female: 5.0}}}
"""
BLOCK = "columns: [unit, 2025, 2024, codes]\nmembers: [plant]"


def files(
    block: str = BLOCK, words: str = "Words.", section: str = "Figures { #figures }"
) -> dict[str, str | None]:
    page = f"# Summary\n\n{words}\n\n## {section}\n\n```summary\n{block}\n```\n"
    return {
        "data/report.yml": REPORT,
        "data/dimensions.yml": DIMENSIONS,
        "data/aspects/a2.yml": RESOURCES,
        "data/aspects/b1.yml": PEOPLE,
        **{
            f"content/{code}/a2.md": "# Page\n\nLead.\n\n## Water { #water }\n\nWords.\n"
            for code in ("en", "zh-Hant")
        },
        **{f"content/{code}/summary.md": page for code in ("en", "zh-Hant")},
    }


def tables(root: Path, language: str = "en") -> list[TableView]:
    view = report_view(edition_of(root), language)
    return [piece for page in view.pages for piece in page.body if isinstance(piece, TableView)]


def lines(view: TableView) -> list[tuple[str, ...]]:
    """The rows as they are read: kind, name, cells."""
    return [
        (
            row.kind,
            row.name,
            *(
                c.figure.whole + c.figure.fraction if c.figure else c.text
                for c in row.cells
                if c.column.kind != "trend"  # for the eye alone, on a screen
            ),
        )
        for row in view.rows
    ]


def test_every_metric_stands_under_its_aspect(project: Make) -> None:
    resources, people = tables(project(files()))
    assert [(view.label, view.caption) for view in (resources, people)] == [
        ("Table 1", "Use of resources"), ("Table 2", "B1"),
    ]  # fmt: skip
    assert lines(resources) == [
        ("metric", "Water", "m³", "15", "11", "A2.2"),
        ("intensity", "Intensity", "m³/tonne", "0.500", "0.550", ""),
        ("member", "East", "m³", "7", "6", ""),
        ("member", "West", "m³", "8", "5", ""),
        ("metric", "Steam", "GJ", "3", "7", ""),
        ("metric", "Output", "tonnes", "30", "20", ""),
    ]
    assert [text for _, text in resources.notes] == ["Mains only."]


def test_a_metric_without_a_whole_shows_its_members(project: Make) -> None:
    _, people = tables(project(files()))
    assert lines(people) == [
        ("metric", "Turnover rate", "%", "", "", ""),
        ("member", "Male", "%", "7.0", "6.0", ""),
        ("member", "Female", "%", "8.0", "5.0", ""),
    ]


def test_in_the_other_language(project: Make) -> None:
    resources, _ = tables(project(files()), "zh-Hant")
    assert (resources.label, resources.caption, resources.columns[-1].text) == ("表1", "資源使用", "編號")
    assert [name for _, name, *_ in lines(resources)][:4] == ["用水", "密度", "東廠", "西廠"]


def test_some_aspects_in_an_order_of_ones_own_without_intensities(project: Make) -> None:
    block = "aspects: [B1, A2]\ncolumns: [2025]\nintensities: false"
    people, resources = tables(project(files(block)))
    assert (people.caption, resources.caption) == ("B1", "Use of resources")
    assert [row.kind for row in resources.rows] == ["metric"] * 3
    assert [row.name for row in resources.rows] == ["Water (m³)", "Steam (GJ)", "Output (tonnes)"]


def test_what_a_summary_prints_is_known(project: Make) -> None:
    edition = edition_of(project(files("columns: [2025]\naspects: [A2]")))
    page = edition.report.pages["summary", "en"]
    assert [f"{id} {section}" for id, section in printed_figures(edition.report, edition.figures, page)] == [
        "water@2025 figures", "water~per.output@2025 figures", "steam@2025 figures", "output@2025 figures",
    ]  # fmt: skip


@pytest.mark.parametrize("also", ["", '{{ water }} and {{ water(per="output") }} were used.'])
def test_the_index_sends_to_a_summary_only_where_nothing_else_prints(project: Make, also: str) -> None:
    made = files()
    for code in ("en", "zh-Hant"):
        made[f"content/{code}/a2.md"] = f"# Page\n\nLead.\n\n## Water {{ #water }}\n\n{also or 'Words.'}\n"
    edition = edition_of(project(made))
    rows = index_rows(edition.report, edition.figures, edition.frameworks["hkex-esg-code-2025"])
    row = next(row for row in rows if row.requirement.id == "A2.2")
    assert row.status == "disclosed"
    places = [(place.page, place.section) for place in row.locations["en"]]
    assert places == ([("a2", "water")] if also else [("summary", "figures")])


def test_long_tables_repeat_their_heads_and_have_anchors_of_their_own(project: Make) -> None:
    root = project(files())
    report = report_view(edition_of(root), "en")
    book = BeautifulSoup(Templates(root).book(report), "html.parser")
    web = BeautifulSoup(Templates(root).page(report.pages[1], report), "html.parser")
    assert [len(table.select("thead")) for table in book.select(".metric-table table")] == [1, 1]
    assert [figure["id"] for figure in web.select(".metric-table")] == ["table-1", "table-2"]


def test_a_value_that_lacks_is_told_at_the_summary(project: Make) -> None:
    made = files() | {"data/aspects/b1.yml": PEOPLE.replace(", female: 8.0", "")}
    found = [f for f in examine(project(made)).findings if f.code == "missing-value"]
    assert [(f.message, f.place.path, f.place.line) for f in found if "/en/" in f.place.path] == [
        ("rate@2025[gender=female] has no value", "content/en/summary.md", 7)
    ]


@pytest.mark.parametrize(
    ("block", "finding"),
    [
        ("columns: [2025]\naspects: [A2, A9]", '9:15 unknown-name: "A9" is not an aspect'),
        ("columns: [2025]\nmembers: [plnat]", '9:11 unknown-name: "plnat" is not a dimension'),
        ("columns: [2025]\naspects: [A2]\nmembers: [gender]", "10:11 wrong-argument: no metric of this summary is broken down by gender"),
        ("aspects: [A2]", '8:1 missing-key: a summary needs "columns"'),
        ("columns: [2025]\ntotal: true", '9:1 unknown-key: "total" is not a key of a summary'),
        ("columns: [2025]\nintensities: no", '9:14 unknown-choice: "no" is not true or false'),
        ("columns: [2O25]", '8:11 unknown-name: "2O25" is not a column'),
        ("", "7:1 missing-key: the summary is empty"),
    ],
)  # fmt: skip
def test_findings_of_a_summary_say_where(project: Make, block: str, finding: str) -> None:
    found = [
        f"{f.place.line}:{f.place.column} {f.code}: {f.message}"
        for f in examine(project(files(block))).findings
        if f.blocking and f.place.path == "content/en/summary.md"
    ]
    assert found and all(line.startswith(finding) for line in found), found
    assert len(found) == 1


def test_languages_must_have_the_same_summary(project: Make) -> None:
    made = files()
    made["content/zh-Hant/summary.md"] = str(made["content/zh-Hant/summary.md"]).replace(
        "columns:", "aspects: [A2]\ncolumns:"
    )
    found = [f.message for f in examine(project(made)).findings if f.code == "languages-differ"]
    assert len(found) == 1 and "a summary of A2 by plant (unit, 2025, 2024, codes)" in found[0]
