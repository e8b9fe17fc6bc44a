"""What a page prints: calls and tables resolved, wrong ones told with their place and the way out."""

from dataclasses import replace

import pytest
from esgreport.compute import Figures
from esgreport.narrative import read_page
from esgreport.printed import (
    FigureReference,
    printed_figures,
    reference_findings,
    resolve_call,
    resolve_table,
)
from reports import aspect, edition_of

DIMENSIONS = """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男性}, female: {en: Female, zh-Hant: 女性}}
plant:
  name: {en: Plant, zh-Hant: 廠}
  members: {east: {en: East, zh-Hant: 東}, west: {en: West, zh-Hant: 西}}
"""
METRICS = aspect("""
    electricity:
      name: {en: Electricity, zh-Hant: 電力}
      unit: kWh
      per: [production, workforce]
      breakdown: {plant: {2025: {east: 3 000, west: 1 000}, 2024: {east: 2 500, west: nil}}}
    production: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 8, 2024: 5}}
    workforce:
      name: {en: Employees, zh-Hant: 僱員}
      unit: person
      breakdown: {gender: {2025: {male: 251, female: 90}}}
    turnover: {name: {en: Turnover, zh-Hant: 流失率}, unit: percent, values: {2025: 8.4, 2024: 7.0}}
    investment: {name: {en: Investment, zh-Hant: 投資}, unit: RMB million, values: {2025: 3.2}}
    fatalities: {name: {en: Deaths, zh-Hant: 死亡}, unit: person, values: {2025: nil, 2024: nil}}
    pending: {name: {en: Pending, zh-Hant: 待定}, unit: t, per: [production], values: {2024: 3}}
""")
FILES = {
    "data/dimensions.yml": DIMENSIONS,
    "data/aspects/a2.yml": METRICS,
    "data/registers/laws.yml": "law_labour: {en: Labour Law, zh-Hant: 《勞動法》}\n",
}


@pytest.fixture
def edition(project):
    return edition_of(project(FILES))


def page(text):
    found, findings = read_page(text, "content/en/a2.md", "a2", "en")
    assert found is not None and not [f for f in findings if f.blocking]
    return found


def call(text):
    """The value call that a sentence holds."""
    return page(f"# P\n\n## S {{ #s }}\n\nIt was {text}.\n").items[1].calls[0]


@pytest.mark.parametrize(
    ("text", "figure", "shown"),
    [
        ("electricity", "electricity@2025", {}),
        ("electricity()", "electricity@2025", {}),
        ('electricity(period="2024")', "electricity@2024", {}),
        ("electricity(period=2024)", "electricity@2024", {}),
        ('electricity(plant="east")', "electricity@2025[plant=east]", {}),
        ('electricity(change="2024")', "electricity~change.2024@2025", {}),
        ('electricity(change="2025", period="2024")', "electricity~change.2025@2024", {}),
        ('electricity(difference="2024", plant="east")', "electricity~difference.2024@2025[plant=east]", {}),
        ('electricity(per="production")', "electricity~per.production@2025", {}),
        ('electricity(per="turnover")', "electricity~per.turnover@2025", {}),
        ('workforce(gender="female", share="gender")', "workforce~share.gender@2025[gender=female]", {}),
        ('electricity(unit="MWh")', "electricity@2025", {"unit": "MWh"}),
        ('electricity(per="production", unit="MWh/t")', "electricity~per.production@2025", {"unit": "MWh/t"}),
        ('electricity(difference="2024", unit="MWh")', "electricity~difference.2024@2025", {"unit": "MWh"}),
        ('electricity(scale="萬")', "electricity@2025", {"scale": "萬"}),
        ('electricity(unit="MWh", scale="million")', "electricity@2025", {"unit": "MWh", "scale": "million"}),
        ('investment(unit="RMB", scale="thousand")', "investment@2025", {"unit": "RMB", "scale": "thousand"}),
        ('electricity(show="number")', "electricity@2025", {"show": "number"}),
        (
            'electricity(change="2024", show="magnitude")',
            "electricity~change.2024@2025",
            {"show": "magnitude"},
        ),
        ('electricity(show="unit")', "electricity@2025", {"show": "unit"}),
        ('electricity(show="name")', "electricity@2025", {"show": "name"}),
        ('turnover(difference="2024")', "turnover~difference.2024@2025", {}),
    ],
)
def test_a_call_names_a_figure_and_how_it_is_shown(edition, text, figure, shown):
    reference, findings = resolve_call(edition.figures, call("{{ " + text + " }}"))
    assert not findings
    assert isinstance(reference, FigureReference)
    assert str(reference.figure) == figure
    assert {"show": reference.show, "unit": reference.unit, "scale": reference.scale} == {
        "show": "full", "unit": "", "scale": "", **shown,
    }  # fmt: skip


def test_members_are_sorted_whatever_their_order_in_the_call(edition):
    one, _ = resolve_call(edition.figures, call('{{ electricity(plant="east", period="2024") }}'))
    assert str(one.figure) == "electricity@2024[plant=east]"


def test_a_name_of_a_register(edition):
    reference, findings = resolve_call(edition.figures, call("{{ law_labour }}"))
    assert (reference.entry, findings) == ("law_labour", [])


@pytest.mark.parametrize(
    ("text", "code", "message", "help"),
    [
        (
            "electricty",
            "unknown-name",
            '"electricty" is neither a metric, a target nor an entry',
            'did you mean "electricity"?',
        ),
        (
            'law_labour(period="2025")',
            "wrong-argument",
            "takes show and no other argument",
            "write {{ law_labour }}",
        ),
        ('electricity(gender="male")', "wrong-argument", "is not broken down by gender", "known: plant"),
        ('electricity(plant="eats")', "wrong-argument", 'plant="eats" is not known', 'did you mean "east"?'),
        ('electricity(period="2023")', "wrong-argument", 'period="2023" is not known', "2024"),
        ('electricity(change="2023")', "wrong-argument", 'change="2023" is not known', "2024"),
        (
            'electricity(change="2025")',
            "wrong-argument",
            "change compares 2025 with itself",
            "name an earlier period",
        ),
        (
            'electricity(per="producton")',
            "wrong-argument",
            'per="producton" is not known',
            'did you mean "production"?',
        ),
        (
            'workforce(share="gender")',
            "wrong-argument",
            "needs the member whose share it is",
            'add gender="…"',
        ),
        ('workforce(share="plant")', "wrong-argument", 'share="plant" is not known', "known: gender"),
        ('turnover(share="gender")', "wrong-argument", "whose parts do not add up", "leave share out"),
        ('electricity(unit="t")', "wrong-argument", 'is in kWh, which cannot be shown in "t"', "GJ"),
        ('electricity(unit="mwh")', "wrong-argument", 'cannot be shown in "mwh"', 'did you mean "MWh"?'),
        (
            'electricity(per="production", unit="MWh")',
            "wrong-argument",
            'electricity(per=…)" is in kWh/t',
            "same kind",
        ),
        (
            'electricity(change="2024", unit="MWh")',
            "wrong-argument",
            'electricity(change=…)" is in percent',
            "ratio",
        ),
        ('electricity(scale="lakh")', "wrong-argument", 'scale="lakh" is not known', "million"),
        ('investment(scale="thousand")', "wrong-argument", "RMB million takes no scale", "name another unit"),
        ('turnover(scale="thousand")', "wrong-argument", "percent takes no scale", "leave scale out"),
        ('electricity(show="digits")', "wrong-argument", 'show="digits" is not known', "magnitude"),
        ('electricity(year="2024")', "wrong-argument", '"year" is not an argument', "period"),
        (
            'electricity(period="2024", period="2025")',
            "wrong-argument",
            "an argument stands twice",
            "keep one",
        ),
    ],
)
def test_a_wrong_call_is_told_at_its_place_with_the_way_out(edition, text, code, message, help):
    text = "{{ " + text + " }}"
    reference, findings = resolve_call(edition.figures, call(text))
    assert reference is None
    found = findings[0]
    assert (found.code, found.blocking) == (code, True)
    assert message in found.message
    assert help in found.help
    assert (found.place.path, found.place.line) == ("content/en/a2.md", 5)
    assert (found.place.column, found.place.end_column) == (8, 8 + len(text))


def test_all_that_is_wrong_with_a_call_is_told_at_once(edition):
    _, findings = resolve_call(edition.figures, call('{{ electricity(plant="est", show="x", unit="t") }}'))
    assert len(findings) == 3


# ---- tables


def grid(edition, block):
    item = page(f"# P\n\n## S {{ #s }}\n\n```table\n{block}\n```\n").items[1]
    found, findings = resolve_table(edition.figures, item)
    rows = [
        (row.kind, row.member or row.denominator or row.dimension, [str(id or "") for id in row.figures])
        for row in found.rows
    ]
    return rows, findings


def test_metrics_as_rows(edition):
    rows, findings = grid(
        edition,
        "metrics: [electricity, turnover]\ncolumns: [unit, 2025, 2024, change, per]\nintensities: true",
    )
    assert not findings
    assert rows == [
        ("metric", "", ["", "electricity@2025", "electricity@2024", "electricity~change.2024@2025", "electricity~per.production@2025"]),
        ("intensity", "production", ["", "electricity~per.production@2025", "electricity~per.production@2024", "electricity~per.production~change.2024@2025", ""]),
        ("intensity", "workforce", ["", "electricity~per.workforce@2025", "electricity~per.workforce@2024", "electricity~per.workforce~change.2024@2025", ""]),
        # a rate changes by percentage points: 7.0% to 8.4% is no 20%
        ("metric", "", ["", "turnover@2025", "turnover@2024", "turnover~difference.2024@2025", ""]),
    ]  # fmt: skip


def test_members_as_rows(edition):
    rows, findings = grid(edition, "metrics: electricity\nmembers: plant\ncolumns: [2025]")
    assert not findings
    assert rows == [
        ("member", "east", ["electricity@2025[plant=east]"]),
        ("member", "west", ["electricity@2025[plant=west]"]),
        ("total", "", ["electricity@2025"]),
    ]
    without, _ = grid(edition, "metrics: electricity\nmembers: plant\ncolumns: [2025]\ntotal: false")
    assert without == rows[:2]


def test_intensities_of_a_table_of_members_stand_under_each_row(edition):
    rows, _ = grid(edition, "metrics: electricity\nmembers: plant\ncolumns: [2025]\nintensities: true")
    assert [row[:2] for row in rows] == [
        ("member", "east"), ("intensity", "east"), ("intensity", "east"),
        ("member", "west"), ("intensity", "west"), ("intensity", "west"),
        ("total", ""), ("intensity", "production"), ("intensity", "workforce"),
    ]  # fmt: skip


def test_several_dimensions_or_metrics_get_heading_rows(edition):
    rows, findings = grid(
        edition, "metrics: [electricity, workforce]\nmembers: [plant, gender]\ncolumns: [2025]"
    )
    assert [row[:2] for row in rows] == [
        ("group", ""), ("total", ""), ("group", "plant"), ("member", "east"), ("member", "west"),
        ("group", ""), ("total", ""), ("group", "gender"), ("member", "male"), ("member", "female"),
    ]  # fmt: skip
    assert [f.message for f in findings] == [
        '"electricity" is not broken down by gender, only by plant',
        '"workforce" is not broken down by plant, only by gender',
    ]


@pytest.mark.parametrize(
    ("block", "line", "column", "code", "message", "help"),
    [
        (
            "metrics: [electricty]\ncolumns: [2025]",
            6,
            11,
            "unknown-name",
            '"electricty" is not a metric',
            "electricity",
        ),
        (
            "metrics: [turnover]\ncolumns: [2025, 2022]",
            7,
            17,
            "unknown-name",
            '"2022" is not a column',
            "2025",
        ),
        ("metrics: [turnover]\ncolumns: [units]", 7, 11, "unknown-name", '"units" is not a column', "unit"),
        (
            "metrics: [turnover]\nmembers: [sex]\ncolumns: [2025]",
            7,
            11,
            "unknown-name",
            '"sex" is not a dimension',
            "gender",
        ),
        (
            "metrics: [turnover]\nmembers: gender\ncolumns: [2025]",
            7,
            10,
            "wrong-argument",
            "not broken down by gender",
            "",
        ),
    ],
)
def test_a_wrong_name_in_a_table_is_told_where_it_stands(edition, block, line, column, code, message, help):
    _, findings = grid(edition, block)
    found = findings[0]
    assert (found.code, found.place.line, found.place.column, found.blocking) == (code, line, column, True)
    assert message in found.message and help in found.help


def test_a_change_needs_an_earlier_period(project):
    report = edition_of(project()).report
    assert report.comparatives
    alone = replace(report, comparatives=())
    item = page("# P\n\n## S { #s }\n\n```table\nmetrics: [electricity]\ncolumns: [change]\n```\n").items[1]
    found, findings = resolve_table(Figures(alone), item)
    assert found.rows[0].figures == (None,)
    assert "no earlier period" in findings[0].message


# ---- what is printed, and what is missing

PAGE = """\
# About {{ electricity }}

Lead with {{ production }}.

Before any heading {{ law_labour }}, {{ electricity(show="name") }} and {{ pending }}.

## One {{ turnover }} { #one }

{{ electricity(plant="west") }} then {{ electricity(plant="west", show="unit") }} then {{ production }}.

```table
metrics: [electricity, pending]
columns: [unit, 2025, 2024, change]
```

### Two { #two }

- {{ electricity(change="2024", show="magnitude") }}
"""


def test_figures_are_listed_in_reading_order_with_their_section(edition):
    found = [
        (str(id), section) for id, section in printed_figures(edition.report, edition.figures, page(PAGE))
    ]
    assert found == [
        ("production@2025", ""),
        ("turnover@2025", "one"),
        ("electricity@2025[plant=west]", "one"),
        ("production@2025", "one"),
        ("electricity@2025", "one"),
        ("electricity@2024", "one"),
        ("electricity~change.2024@2025", "one"),
        ("pending@2024", "one"),
        ("electricity~change.2024@2025", "two"),
    ]


def findings(edition, text):
    return [
        (f.place.line, f.code, f.message)
        for f in reference_findings(edition.report, edition.figures, page(text))
    ]


def test_a_value_that_is_missing_is_told_once_for_each_place(edition):
    assert findings(edition, PAGE) == [
        (5, "missing-value", "pending@2025 has no value"),
        (12, "missing-value", "pending@2025 has no value"),
    ]


@pytest.mark.parametrize("argument", ['show="name"', 'show="unit"'])
def test_a_name_or_unit_needs_no_value(edition, argument):
    assert findings(edition, f"# P\n\nIt is {{{{ pending({argument}) }}}}.\n") == []


def test_a_sentence_cannot_say_a_change_on_nothing(edition):
    text = '# P\n\nIt rose by {{ electricity(plant="west", change="2024") }}, deaths by {{ fatalities }}.\n'
    message = "electricity~change.2024@2025[plant=west] has no value: electricity@2025[plant=west] is 1000, electricity@2024[plant=west] is nil"
    assert findings(edition, text) == [(3, "missing-value", message)]


def test_an_index_needs_a_framework_that_is_there(edition):
    assert findings(edition, "# P\n\n```index\nframework: gri\n```\n")[0][1:] == (
        "unknown-name",
        '"gri" is not a framework of this report',
    )
    assert findings(edition, "# P\n\n```index\nframework:\n```\n")[0][2].startswith(
        "this report follows no framework"
    )
