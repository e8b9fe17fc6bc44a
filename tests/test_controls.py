"""What is typed beside what is computed: a control, a value in its place, words of one period, a restatement."""

from __future__ import annotations

import json

import pytest
from conftest import TINY, here, write_project
from esgreport.export import figure_record
from esgreport.model import FigureId, Kind, Status
from esgreport.trail import lines, named, trace
from esgreport.views import TableView
from esgreport.writer import report_view
from reports import edition_of, figure

ASPECT = """\
aspect: B1
metrics:
  leavers:
    name: {en: Leavers, zh-Hant: 離職僱員}
    unit: person
    breakdown: {gender: {2025: {male: 7, female: 2}, 2024: {male: 9, female: 3}}}
  staff:
    name: {en: Staff, zh-Hant: 僱員}
    unit: person
    values: {2024: {note: {en: Without guests., zh-Hant: 不計訪客。}}, 2025: 96}
    breakdown: {gender: {2025: {male: 61, female: 35}, 2024: {male: 64, female: 32}}}
  turnover:
    name: {en: Turnover, zh-Hant: 流失率}
    unit: percent
    decimals: 1
    formula: leavers / average(staff, staff@previous)
    breakdown: {gender: {2024: {male: 14.28, female: {value: 9, status: estimated}}}}
    values:
      2025: 9.38
      2024: {value: 12.40, source: Report 2024, note: {en: As published., zh-Hant: 如已刊發。}}
  rate:
    name: {en: Rate, zh-Hant: 率}
    unit: percent
    decimals: 1
    formula: leavers / staff
    boundary: {en: All sites., zh-Hant: 所有地點。}
    values:
      2025: {boundary: {en: Without Henan., zh-Hant: 不包括河南。}, at: 2025-11-30, owner: HR}
      2024: {restated_from: 13.3, reason: {en: Counted again., zh-Hant: 重新點算。}}
"""
PAGE = """\
# Page

## Figures { #figures }

```table
metrics: [turnover, rate, staff]
columns: [2025, 2024]
```

```table
metrics: [turnover]
members: gender
columns: [2025, 2024]
```
"""
FILES = {
    "data/aspects/a2.yml": ASPECT,
    "content/en/a2.md": PAGE,
    "content/zh-Hant/a2.md": PAGE.replace("Page", "頁").replace("Figures", "數據"),
}


@pytest.fixture
def edition(project):
    return edition_of(project(FILES))


def tables(edition, language="en"):
    (page,) = report_view(edition, language).pages
    return [piece for piece in page.body if isinstance(piece, TableView)]


def printed(table: TableView, row: int) -> list[str]:
    """The cells of a row with sign and numbers of notes."""
    return [
        f"{cell.figure.whole}{cell.figure.fraction}{cell.figure.mark}"
        + "".join(f"({note.mark})" for note in cell.notes)
        for cell in table.rows[row].cells
        if cell.figure
    ]


def test_a_control_is_never_printed_and_a_stand_in_as_typed(edition):
    now, then = figure(edition.figures, "turnover@2025"), figure(edition.figures, "turnover@2024")
    assert now and now.derived and str(now.number) == "9.4"
    assert then and not then.derived and str(then.number) == "12.40"
    first, by_gender = tables(edition)
    assert printed(first, 0) == ["9.4", "12.40(a)"]
    assert ("a", "As published.") in first.notes
    rows = {row.name: number for number, row in enumerate(by_gender.rows)}
    assert printed(by_gender, rows["Male"]) == ["11.2", "14.28"]
    assert printed(by_gender, rows["Female"]) == ["6.0", "9E"]


def test_words_of_one_period_stand_at_its_computed_figure(edition):
    first, _ = tables(edition)
    assert first.rows[1].notes[0].mark == "b"
    assert printed(first, 1) == ["9.4(c)(d)", "12.5R(e)"]
    assert [text for _, text in first.notes][1:5] == [
        "All sites.",
        "Without Henan.",
        "As at 30 November 2025.",
        "2024 restated; formerly 13.3%: Counted again.",
    ]
    total = printed(first, 2)
    assert total == ["96", "96(f)"] and ("f", "Without guests.") in first.notes
    assert "不包括河南。" in dict(tables(edition, "zh-Hant")[0].notes).values()


def test_what_is_exported(edition):
    def record(id: str):
        found = figure(edition.figures, id)
        assert found
        return figure_record(edition.report, found)

    typed, worked, restated = record("turnover@2024"), record("rate@2025"), record("rate@2024")
    assert (typed["derived"], typed["formula"], typed["inputs"]) == (False, None, [])
    assert typed["value"] == "12.40" and typed["place"].startswith("data/aspects/a2.yml:20:")
    assert worked["derived"] and worked["boundary"]["en"] == "Without Henan."
    assert (restated["status"], restated["former"], restated["derived"]) == ("restated", "13.3", True)
    assert restated["boundary"]["en"] == "All sites."
    assert record("staff@2024")["note"]["en"] == "Without guests."
    assert record("turnover@2024[gender=female]")["status"] == "estimated"


def test_trace_says_why_a_typed_value_is_printed(edition):
    def told(*words: str) -> str:
        return "\n".join(lines(edition, trace(edition, named(edition.report, words))))

    typed = told("turnover", "2024")
    assert "12.40 percent  data/aspects/a2.yml:20:" in typed
    assert "typed     in place of a computed figure: no period ends the day before 2024 begins" in typed
    assert "formula" not in typed and "source    Report 2024" in typed
    worked = told("turnover", "2025")
    assert "control   9.38 percent  data/aspects/a2.yml:19:" in worked
    assert "typed  " not in worked
    assert "owner     HR" in told("rate", "2025")


def test_trace_as_json_says_it_too(tmp_path):
    root = write_project(tmp_path / "project", FILES)
    found = json.loads(here("trace", "turnover@2024", "--project", root, "--format", "json").stdout)
    assert found["derived"] is False and "no period ends the day before 2024" in found["typed_because"]
    found = json.loads(here("trace", "turnover@2025", "--project", root, "--format", "json").stdout)
    assert found["derived"] is True and found["typed_because"] is None


STAFF = """\
aspect: B1
metrics:
  staff: {name: {en: S, zh-Hant: 僱}, unit: person, values: {2025: STAFF_NOW, 2024: 4}}
  rate:
    name: {en: R, zh-Hant: 率}
    unit: percent
    formula: 1 * staff / staff@2024
    values: {2025: TYPED}
"""


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ("not_available", "staff@2025 is not available"),
        ("", "staff@2025 is not given"),
        ("{limit: 5}", "staff@2025 is a limit, with which nothing can be worked out"),
    ],
)
def test_what_keeps_a_formula_from_being_worked_out(project, now, why):
    text = STAFF.replace("STAFF_NOW", now).replace("TYPED", "88.0")
    text = text.replace("2025: , ", "") if not now else text
    figures = edition_of(project({"data/aspects/a2.yml": text})).figures
    id = FigureId("rate", "2025")
    found, instead = figures.figure(id), figures.instead(id)
    assert found and str(found.number) == "88.0" and not found.derived
    assert instead and instead.words == why and figures.cause(id) is None
    assert figures.control(id) is None


def test_a_word_that_is_typed_stands_in_too(project):
    text = STAFF.replace("STAFF_NOW", "not_available").replace("TYPED", "not_applicable")
    found = figure(edition_of(project({"data/aspects/a2.yml": text})).figures, "rate@2025")
    assert found and found.kind == Kind.NOT_APPLICABLE and not found.derived


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2025: 9, 2024: 23", ["9", "23"]),  # a control, and a value that stands in
        ("2024: 23", ["9", "23"]),
        ("2024: 23.50", ["9.38", "23.50"]),
        ("2025: 9.4, 2024: 23", ["9.4", "23"]),
        ("2024: {value: 23, qualifier: about}", ["9.38", "23"]),
        ("2024: {value: 23, status: estimated}", ["9.38", "23"]),
    ],
)
def test_a_computed_figure_has_the_decimals_of_those_typed_in_its_row(project, typed, printed):
    text = f"""\
aspect: B1
metrics:
  leavers: {{name: {{en: L, zh-Hant: 離}}, unit: person, values: {{2025: 9, 2024: not_available}}}}
  staff: {{name: {{en: S, zh-Hant: 員}}, unit: person, values: {{2025: 96, 2024: 96}}}}
  rate: {{name: {{en: R, zh-Hant: 率}}, unit: percent, formula: leavers / staff, values: {{{typed}}}}}
"""
    block = "# Page\n\n## Figures { #figures }\n\n```table\nmetrics: [rate]\ncolumns: [2025, 2024]\n```\n"
    pages = {f"content/{language}/a2.md": block for language in ("en", "zh-Hant")}
    edition = edition_of(project({"data/aspects/a2.yml": text, **pages}))
    (table,) = tables(edition)
    assert [f"{cell.figure.whole}{cell.figure.fraction}" for cell in table.rows[0].cells] == printed


def test_decimals_that_would_leave_nothing_are_not_taken(project):
    text = STAFF.replace("TYPED", "23").replace("STAFF_NOW", "0.001")
    found = figure(edition_of(project({"data/aspects/a2.yml": text})).figures, "rate@2025")
    assert found and found.number and str(found.number) == "0.0250"


def test_words_alone_are_no_value(project):
    """They wait for the figure; and what is not available is said to be so, with the words."""
    text = STAFF.replace("TYPED", "{note: {en: Why., zh-Hant: 原因。}}")
    waiting = edition_of(project({"data/aspects/a2.yml": text.replace("2025: STAFF_NOW, ", "")}))
    assert figure(waiting.figures, "rate@2025") is None


RATES = """\
aspect: B1
metrics:
  rate:
    name: {en: Rate, zh-Hant: 率}
    unit: percent
    values:
      2025: {boundary: {en: Without Henan., zh-Hant: 不包括河南。}, note: {en: Counted in May., zh-Hant: 五月點算。}, source: HR}
    breakdown:
      gender:
        2025: {male: 61, female: {value: 35, note: {en: Counted in June., zh-Hant: 六月點算。}}}
        2024: {male: 64, female: 32}
"""


def test_words_about_a_year_without_a_whole_are_said_of_each_of_its_members(project):
    """Nothing else could carry them: the author would type them at every member."""
    edition = edition_of(project(FILES | {"data/aspects/a2.yml": RATES, **page_of("rate")}))
    male, female = (figure(edition.figures, f"rate@2025[gender={each}]") for each in ("male", "female"))
    assert male and male.boundary["en"] == "Without Henan." and male.note["en"] == "Counted in May."
    assert female and female.boundary["en"] == "Without Henan." and female.note["en"] == "Counted in June."
    record = figure_record(edition.report, male)
    assert record["boundary"] == {"en": "Without Henan.", "zh-Hant": "不包括河南。"}
    earlier = figure(edition.figures, "rate@2024[gender=male]")
    assert earlier and not earlier.boundary and not earlier.note
    assert figure(edition.figures, "rate@2025") is None
    (table,) = tables(edition)
    assert table.notes == (("a", "Without Henan."), ("b", "Counted in May."), ("c", "Counted in June."))
    assert marked(table) == (["a", ""], [["b", ""], ["c", ""]])  # what all members share stands at the head


def page_of(metrics: str, more: str = "") -> dict[str, str]:
    table = f"# Page\n\n## Figures {{ #figures }}\n\n```table\nmetrics: [{metrics}]\nmembers: gender\ncolumns: [2025, 2024]\n{more}```\n"
    return {f"content/{language}/a2.md": table for language in ("en", "zh-Hant")}


def marked(table: TableView) -> tuple[list[str], list[list[str]]]:
    """The marks at the heads of a table, and at its values."""

    def marks(notes):
        return ",".join(note.mark for note in notes)

    values = [[marks(cell.notes) for cell in row.cells] for row in table.rows if row.kind == "member"]
    return [marks(column.notes) for column in table.columns], values


@pytest.mark.parametrize(
    ("metrics", "more", "heads", "values"),
    [
        ("staff", "total: false\n", ["", "a"], [["", ""]] * 2),
        ("staff, leavers", "total: false\n", ["", ""], [["", "a"]] * 2 + [["", ""]] * 2),
        ("staff", "", ["", ""], [["", ""]] * 2),  # it stands at the total
    ],
)
def test_words_about_a_total_stand_at_its_members_where_a_table_leaves_it_out(
    project, metrics, more, heads, values
):
    (table,) = tables(edition_of(project(FILES | page_of(metrics, more))))
    assert table.notes == (("a", "Without guests."),)
    assert marked(table) == (heads, values)


def test_words_stand_by_what_is_not_available(project):
    text = STAFF.replace("TYPED", "{note: {en: Why., zh-Hant: 原因。}}").replace("STAFF_NOW", "not_available")
    found = figure(edition_of(project({"data/aspects/a2.yml": text})).figures, "rate@2025")
    assert found and found.kind == Kind.NOT_AVAILABLE and found.derived and found.note["en"] == "Why."


def test_a_total_that_lacks_a_part_says_so(project):
    text = ASPECT.replace("2025: {male: 61, female: 35}", "2025: {male: 61}")
    figures = edition_of(project(FILES | {"data/aspects/a2.yml": text})).figures
    found = figures.instead(FigureId("staff", "2025"))
    assert found and found.words == "staff@2025[gender=female] is not given"
    assert figures.instead(FigureId("leavers", "2025")) is None  # worked out
    assert (
        figures.instead(FigureId("staff", "2025", (("gender", "male"),))) is None
    )  # typed, and nothing else


CSV = """\
metric,period,gender,value,restated_from,note_en,note_zh-Hant,reason_en,reason_zh-Hant
rate,2025,,,,Counted in May.,五月點算。,,
rate,2024,,,13.3,,,Counted again.,重新點算。
rate,2024,male,14.1,,,,,
leavers,2025,,,,Of all sites.,所有地點。,,
"""


def test_a_csv_says_it_too(project):
    text = ASPECT[: ASPECT.index("    boundary: {en: All sites.")]
    figures = edition_of(project({"data/aspects/a2.yml": text, "data/aspects/a2.csv": CSV})).figures
    now, then = figure(figures, "rate@2025"), figure(figures, "rate@2024")
    assert now and now.derived and now.note["en"] == "Counted in May."
    assert then and then.status == Status.RESTATED and str(then.former) == "13.3" and then.derived
    member = figure(figures, "rate@2024[gender=male]")  # worked out, as both inputs are divided by gender
    assert member and member.derived and str(member.number) == "14.1"
    total = figure(figures, "leavers@2025")
    assert total and str(total.number) == "9" and total.note["en"] == "Of all sites."


def test_a_line_of_a_csv_that_waits_for_its_value_is_missing(project):
    csv = "metric,period,value,note_en,note_zh-Hant\nelectricity,2023,,Later.,稍後。\n"
    report = TINY["data/report.yml"].replace("parts:", "  2023: {from: 2023-01-01, to: 2023-12-31}\nparts:")
    edition = edition_of(project({"data/aspects/a2.csv": csv, "data/report.yml": report}))
    assert figure(edition.figures, "electricity@2023") is None


def test_typed_members_of_what_the_formula_is_not_divided_by(project):
    """Rates by gender are often published where the numbers behind them are not."""
    text = """\
aspect: B1
metrics:
  leavers: {name: {en: L, zh-Hant: 離}, unit: person, values: {2025: 9}}
  staff: {name: {en: S, zh-Hant: 僱}, unit: person, breakdown: {gender: {2025: {male: 61, female: 35}}}}
  rate:
    name: {en: R, zh-Hant: 率}
    unit: percent
    decimals: 1
    formula: leavers / staff
    breakdown: {gender: {2025: {male: 10.1, female: 7.9}}}
  of_whole:
    name: {en: W, zh-Hant: 全}
    unit: percent
    decimals: 1
    formula: whole(staff) / 100
    breakdown: {gender: {2025: {male: 10.1, female: 7.9}}}
"""
    figures = edition_of(project({"data/aspects/a2.yml": text})).figures
    male = figure(figures, "rate@2025[gender=male]")
    assert male and str(male.number) == "10.1" and not male.derived
    instead = figures.instead(male.id)
    assert instead.words == "the formula of rate is not worked out by gender"
    assert instead.place == figures.report.metrics["rate"].formula.place
    whole = figure(figures, "rate@2025")
    assert whole and str(whole.number) == "9.4" and whole.derived
    assert str(figure(figures, "of_whole@2025[gender=female]").number) == "7.9"


def test_a_whole_that_is_summed_takes_typed_members(project):
    files = {
        "data/factors.yml": "grid: {unit: kgCO2e/kWh, source: S, breakdown: {gender: {male: 0.5, female: {2025: 0.25}}}}\n",
        "data/aspects/a2.yml": """\
aspect: A2
metrics:
  power: {name: {en: P, zh-Hant: 電}, unit: kWh, breakdown: {gender: {2025: {male: 1000, female: 2000}, 2024: {male: 1000, female: 2000}}}}
  ghg:
    name: {en: G, zh-Hant: 氣}
    unit: tCO2e
    decimals: 2
    formula: power * factor("grid")
    breakdown: {gender: {2024: {female: 0.7}}}
    values: {2024: {boundary: {en: Partly typed., zh-Hant: 部分輸入。}}}
""",
    }
    figures = edition_of(project(files)).figures
    then = figure(figures, "ghg@2024")
    assert then and str(then.number) == "1.20" and then.derived and then.boundary["en"] == "Partly typed."
    assert figures.instead(FigureId("ghg", "2024", (("gender", "female"),))).words == (
        'the factor "grid" has no value for 2024'
    )


def test_controls_are_no_series_of_their_own(project):
    """Rules that compare typed values leave controls alone: the figures behind them are compared."""
    text = """\
aspect: B1
metrics:
  leavers: {name: {en: Leavers, zh-Hant: 離職僱員}, unit: person, values: {2025: 1, 2024: 30}}
  staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, values: {2025: 150, 2024: 300}}
  rate: {name: {en: Rate, zh-Hant: 率}, unit: percent, formula: leavers / staff, values: {2025: 0.667, 2024: 10}}
"""
    page = "# P\n\n## F { #f }\n\n```table\nmetrics: [leavers, staff, rate]\ncolumns: [2025, 2024]\n```\n"
    root = project({"data/aspects/a2.yml": text, "content/en/a2.md": page, "content/zh-Hant/a2.md": page})
    found = json.loads(here("check", "--project", root, "--format", "json").stdout)["diagnostics"]
    assert [each["code"] for each in found] == ["unexplained-jump"]
    assert found[0]["message"].startswith("leavers@2025")
