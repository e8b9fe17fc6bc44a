"""Members that are closed or new: outside their life nothing of them is missing, and nothing of them counts."""

from __future__ import annotations

import json

import pytest
from conftest import TINY, here, write_project
from esgreport.load import load
from esgreport.model import FigureId, Kind
from esgreport.trail import lines, named, trace
from esgreport.views import TableView
from esgreport.writer import report_view
from reports import edition_of, exact, figure

REPORT = TINY["data/report.yml"].replace(
    "parts:",
    """\
  2023: {from: 2023-01-01, to: 2023-12-31}
  2022: {from: 2022-01-01, to: 2022-12-31}
  half: {from: 2025-01-01, to: 2025-06-30}
parts:""",
)
DIMENSIONS = """\
plant:
  name: {en: Works, zh-Hant: 廠房}
  register: plants
team:
  name: {en: Team, zh-Hant: 團隊}
  members:
    old: {name: {en: Old, zh-Hant: 舊}, until: 2023}
    new: {name: {en: New, zh-Hant: 新}, from: 2024}
"""
PLANTS = """\
east: {en: East, zh-Hant: 東廠}
henan: {name: {en: Henan, zh-Hant: 河南}, until: 2024, note: Sold}
dubai: {name: {en: Dubai, zh-Hant: 杜拜}, from: 2025, until: 2025, entity: Dubai Limited}
"""
FACTORS = "grid: {unit: kgCO2e/kWh, source: S, breakdown: {plant: {east: 0.5, henan: {2024: 0.25}, dubai: {2025: 1}}}}\n"
ASPECT = """\
aspect: A2
metrics:
  power:
    name: {en: Power, zh-Hant: 電}
    unit: kWh
    per: [output]
    breakdown:
      plant:
        2025: {east: 1000, dubai: 200}
        2024: {east: 900, henan: 600}
        half: {east: 400, dubai: 100}
  output:
    name: {en: Output, zh-Hant: 產量}
    unit: t
    breakdown: {plant: {2025: {east: 10, dubai: 4}, 2024: {east: 9, henan: 6}}}
  ghg:
    name: {en: Emissions, zh-Hant: 排放}
    unit: kgCO2e
    formula: sum(power * factor("grid") over plant)
  ghg_by_plant:
    name: {en: Emissions, zh-Hant: 排放}
    unit: kgCO2e
    decimals: 0
    formula: power * factor("grid")
    breakdown: [plant]
  mean: {name: {en: Mean, zh-Hant: 平均}, unit: kWh, formula: average(power over plant)}
  of_henan: {name: {en: Henan, zh-Hant: 河南}, unit: kWh, formula: "power[plant=henan]"}
  staff:
    name: {en: Staff, zh-Hant: 僱員}
    unit: employee
    breakdown: {team: {2025: {new: 5}, 2022: {old: 3}}}
    values: {2023: 4}
"""
PAGE = """\
# Page

## Figures { #figures }

```table
metrics: [power]
members: plant
columns: [2025, 2024, change, per]
```

```table
metrics: [power]
members: plant
columns: [2025]
```

```table
metrics: [power]
columns: [plant, total]
```

```table
metrics: [power]
columns: [plant, total]
period: 2024
```
"""
FILES = {
    "data/report.yml": REPORT,
    "data/dimensions.yml": DIMENSIONS,
    "data/registers/plants.yml": PLANTS,
    "data/factors.yml": FACTORS,
    "data/aspects/a2.yml": ASPECT,
    "content/en/a2.md": PAGE,
    "content/zh-Hant/a2.md": PAGE.replace("Page", "頁").replace("Figures", "數據"),
}


@pytest.fixture
def edition(project):
    return edition_of(project(FILES))


def printed(edition) -> list[list[tuple[str, ...]]]:
    """The tables of the English page: names and cells."""
    (page,) = report_view(edition, "en").pages
    return [
        [("", *(column.text for column in table.columns))]
        + [
            (row.name, *(f"{c.figure.whole}{c.figure.fraction}{c.figure.after}" if c.figure else c.text for c in row.cells))
            for row in table.rows
        ]
        for table in page.body
        if isinstance(table, TableView)
    ]  # fmt: skip


def test_totals_formulas_and_averages_go_without(edition):
    figures = edition.figures
    assert exact(figures, "power@2025") == 1200 and exact(figures, "power@2024") == 1500
    assert exact(figures, "ghg@2025") == 700 and exact(figures, "ghg@2024") == 600
    assert exact(figures, "ghg_by_plant@2025") == 700 and exact(figures, "ghg_by_plant@2024") == 600
    assert exact(figures, "mean@2025") == 600 and exact(figures, "mean@2024") == 750
    assert figure(figures, "of_henan@2025").kind == Kind.NOT_APPLICABLE
    assert [str(id) for id in figure(figures, "power@2025").inputs] == [
        "power@2025[plant=east]",
        "power@2025[plant=dubai]",
    ]


@pytest.mark.parametrize(
    "id",
    [
        "power@2025[plant=henan]",
        "power@2024[plant=dubai]",
        "ghg_by_plant@2025[plant=henan]",
        "power~per.output@2025[plant=henan]",
        "power~change.2024@2025[plant=henan]",
        "power~difference.2024@2025[plant=henan]",
        "power~change.2024@2025[plant=dubai]",
        "power~difference.2024@2025[plant=dubai]",
        "power~share.plant@2025[plant=henan]",
        "power~rank.plant@2025[plant=henan]",
    ],
)
def test_every_figure_of_a_member_that_does_not_exist_is_not_applicable(edition, id):
    found = figure(edition.figures, id)
    assert found and found.kind == Kind.NOT_APPLICABLE and found.number is None
    assert edition.figures.cause(found.id) is None


def test_periods_are_compared_by_their_dates(edition):
    """Half a year within the life of a member is of its life, whatever it is called."""
    report = edition.report
    assert report.absent(FigureId("power", "half", (("plant", "dubai"),))) is None
    assert report.absent(FigureId("power", "half", (("plant", "henan"),))).id == "henan"
    assert [m.id for m in report.members("plant", "half")] == ["east", "dubai"]
    assert [m.id for m in report.members("plant", "2023")] == ["east", "henan"]
    assert exact(edition.figures, "power@half") == 500


def test_what_lacks_within_a_life_is_missing_still(project):
    text = ASPECT.replace("henan: 600", "")
    figures = edition_of(project(FILES | {"data/aspects/a2.yml": text})).figures
    assert figure(figures, "power@2024") is None
    assert figures.cause(FigureId("power", "2024")).words == "power@2024[plant=henan] is not given"


def test_where_no_member_exists_yet_the_whole_stands_alone(project):
    dimensions = DIMENSIONS.replace("until: 2023", "until: 2022")
    more = "  teams: {name: {en: T, zh-Hant: 隊}, unit: employee, formula: sum(staff over team)}\n"
    files = FILES | {"data/dimensions.yml": dimensions, "data/aspects/a2.yml": ASPECT + more}
    figures = edition_of(project(files)).figures
    assert exact(figures, "staff@2023") == 4 and not figure(figures, "staff@2023").derived
    assert exact(figures, "staff@2025") == 5 and exact(figures, "staff@2022") == 3
    assert figure(figures, "teams@2023").kind == Kind.NOT_APPLICABLE


def test_tables_print_the_sign_and_leave_out_who_is_in_no_period(edition):
    both, own, across, before = printed(edition)
    assert both == [
        ("", "2025", "2024", "Change", "Intensity"),
        ("East", "1,000", "900", "+11.1%", "100 kWh/tonne"),
        ("Henan", "–", "600", "–", "–"),
        ("Dubai", "200", "–", "–", "50.0 kWh/tonne"),
        ("Total", "1,200", "1,500", "−20.0%", "85.7 kWh/tonne"),
    ]
    assert [row[0] for row in own] == ["", "East", "Dubai", "Total"]
    assert across == [("", "East", "Dubai", "Total"), ("Power", "1,000", "200", "1,200")]
    assert before == [("", "East", "Henan", "Total"), ("Power", "900", "600", "1,500")]


def test_nothing_is_found(tmp_path):
    root = write_project(tmp_path / "project", FILES)
    found = json.loads(here("check", "--project", root, "--format", "json").stdout)["diagnostics"]
    assert {each["code"] for each in found} <= {"figures-unprinted", "denominator-unprinted"}


def test_a_sentence_says_why_it_has_no_number(project):
    sentence = (
        '# Page\n\nIt fell by {{ power(plant="henan", change="2024") }}, to {{ power(plant="henan") }}.\n'
    )
    root = project(FILES | {"content/en/a2.md": sentence})
    found = json.loads(here("check", "--project", root, "--format", "json").stdout)["diagnostics"]
    assert [each["message"] for each in found if each["code"] == "missing-value"] == [
        "power~change.2024@2025[plant=henan] has no value: power@2025[plant=henan] is not-applicable"
    ]


def test_the_largest_and_the_smallest_are_looked_for_among_those_that_exist(project):
    sentence = '# Page\n\n{{ power(plant="smallest", show="member") }} is {{ power(plant="dubai", rank="plant", words="smallest") }}.\n'
    (page,) = report_view(edition_of(project(FILES | {"content/en/a2.md": sentence})), "en").pages
    assert "".join(map(str, page.lead.parts)) == "<p>Dubai is smallest.</p>"


def test_trace_names_the_life(edition):
    def told(id: str) -> str:
        return "\n".join(lines(edition, trace(edition, named(edition.report, [id]))))

    assert "life      henan exists until 2024 (data/registers/plants.yml:2:1)" in told(
        "power@2025[plant=henan]"
    )
    assert "life      dubai exists from 2025 until 2025" in told("power~per.output@2024[plant=dubai]")
    assert "life" not in told("power@2024[plant=henan]")


def test_a_typed_not_applicable_keeps_its_words(project):
    words = "henan: {value: not_applicable, note: {en: Sold., zh-Hant: 已售。}}"
    text = ASPECT.replace("east: 1000, dubai", f"east: 1000, {words}, dubai")
    figures = edition_of(project(FILES | {"data/aspects/a2.yml": text})).figures
    found = figure(figures, "power@2025[plant=henan]")
    assert found and found.kind == Kind.NOT_APPLICABLE and found.note["en"] == "Sold."
    assert figures.control(found.id) is None and exact(figures, "power@2025") == 1200


@pytest.mark.parametrize(
    ("life", "code", "words"),
    [
        ("until: 2019", "unknown-choice", '"2019" is not a period of report.yml'),
        ("from: 2024, until: 2023", "bad-date", '"henan" would exist from 2024, but only until 2023'),
        ("till: 2023", "unknown-key", '"till" is not a key of the entry "henan"'),
    ],
)
def test_a_life_that_cannot_be(project, life, code, words):
    root = project(FILES | {"data/registers/plants.yml": PLANTS.replace("until: 2024", life)})
    found = [each for each in load(root)[1] if each.place.path == "data/registers/plants.yml"]
    assert [(each.code, each.message) for each in found] == [(code, words)]


def test_a_member_needs_its_name(project):
    dimensions = DIMENSIONS.replace("name: {en: Old, zh-Hant: 舊}, ", "")
    found = [f for f in load(project(FILES | {"data/dimensions.yml": dimensions}))[1] if f.blocking]
    assert [f.message for f in found] == ['the member "old" needs "name"']


INDEX = """\
aspect: B1
metrics:
  staff:
    name: {en: Staff, zh-Hant: 僱員}
    unit: employee
    answers: [B1.1]
    breakdown:
      gender: {2025: {male: 3}}
"""


def test_the_index_asks_for_no_member_that_does_not_exist(project):
    gender = """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男}, female: {name: {en: Female, zh-Hant: 女}, until: 2024}}
"""
    page = "# Page\n\n## F { #f }\n\n```table\nmetrics: [staff]\nmembers: gender\ncolumns: [2025]\n```\n"
    files = {
        "data/report.yml": TINY["data/report.yml"].replace(
            "parts:", "frameworks: [hkex-esg-code-2025]\nparts:"
        ),
        "data/aspects/a2.yml": INDEX,
        "content/en/a2.md": page,
        "content/zh-Hant/a2.md": page,
    }

    root = project(files)

    def lacks(dimensions: str) -> list[str]:
        (root / "data" / "dimensions.yml").write_text(dimensions, encoding="utf-8")
        rows = edition_of(root).rows["hkex-esg-code-2025"]
        found = [lack for row in rows if row.requirement.id == "B1.1" for lack in row.lacks]
        return [lack for lack in found if "by gender" in lack.replace("only by gender", "")]

    assert lacks(gender) == []
    assert lacks(gender.replace("until: 2024", "until: 2025")) != []
