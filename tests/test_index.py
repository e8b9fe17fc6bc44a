"""The content index: each thing taken away from a report that answers a row shows in its status and its words."""

from collections import Counter

import pytest
from esgreport.index import index_findings
from esgreport.writer import report_view
from reports import aspect, edition_of

REPORT = """\
slug: tiny
title: {en: T, zh-Hant: 題}
company: {name: {en: C, zh-Hant: 司}, issuer_class: main-board}
languages: [zh-Hant, en]
period: 2025
comparatives: [2024, 2023]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2023: {from: 2023-01-01, to: 2023-12-31}
frameworks: [hkex-esg-code-2025]
parts: [{pages: [a2, b2]}]
"""
DIMENSIONS = """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男}, female: {en: Female, zh-Hant: 女}}
age_group:
  name: {en: Age, zh-Hant: 年齡}
  members: {young: {en: Young, zh-Hant: 青}, old: {en: Old, zh-Hant: 長}}
region:
  name: {en: Region, zh-Hant: 地區}
  members: {north: {en: North, zh-Hant: 北}, south: {en: South, zh-Hant: 南}}
pollutant:
  name: {en: Pollutant, zh-Hant: 排放物}
  partition: false
  members: {nox: {en: NOx, zh-Hant: 氮氧化物}, sox: {en: SOx, zh-Hant: 硫氧化物}}
"""
METRICS = """
air:
  name: {en: Air, zh-Hant: 廢氣}
  unit: kg
  answers: [A1.1]
  breakdown: {pollutant: {2025: {nox: 3, sox: 4}}}
water: {name: {en: Water, zh-Hant: 水}, unit: m3, answers: [A2.2], per: [output], values: {2025: 100, 2024: 90}}
output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 8, 2024: 7}}
leavers: {name: {en: Leavers, zh-Hant: 離職}, unit: person, breakdown: {gender: {2025: {male: 3, female: 1}}, age_group: {2025: {young: 2, old: 2}}, region: {2025: {north: 1, south: 3}}}}
staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, breakdown: {gender: {2025: {male: 30, female: 10}}, age_group: {2025: {young: 20, old: 20}}, region: {2025: {north: 10, south: 30}}}}
turnover: {name: {en: Turnover, zh-Hant: 流失率}, unit: percent, answers: [B1.2], formula: leavers / staff, breakdown: [gender, age_group, region]}
deaths: {name: {en: Deaths, zh-Hant: 死亡}, unit: person, answers: ["B2.1:fatalities"], values: {2025: nil, 2024: nil, 2023: 1}}
death_rate: {name: {en: Rate, zh-Hant: 率}, unit: percent, answers: ["B2.1:fatality-rate"], values: {2025: nil, 2024: nil, 2023: 0.1}}
suppliers: {name: {en: Suppliers, zh-Hant: 供應商}, unit: count, answers: [B5.2], values: {2025: 12}}
"""
TARGETS = """\
aspect: A1
targets:
  cleaner:
    name: {en: Cleaner, zh-Hant: 更清}
    metric: air
    members: {pollutant: nox}
    base: 2024
    base_value: 4
    change: -50
    to: 2025
    answers: [A1.5]
"""
EN = """\
# Environment

## Air { #air answers="A1.1" }

What the stacks emit.

```table
metrics: air
members: pollutant
columns: [2025]
total: false
```

## Water { #water answers="A2.2" }

Where it goes.

### In figures { #water-figures }

```table
metrics: [water]
columns: [2025, 2024]
intensities: true
```

## Goals { #goals answers="A1.5" }

We will emit less.

```targets
targets: [cleaner]
```
"""
EN_B = """\
# People

## Turnover { #turnover answers="B1.2" }

Who leaves.

```table
metrics: [turnover]
members: [gender, age_group, region]
columns: [2025]
```

## Employment { #policy answers="B1.GD(a)" }

Our policy.

## Laws { #laws answers="B1.GD(b)" }

The laws.

## Safety { #safety answers="B2.1" }

Nobody died.

```table
metrics: [deaths, death_rate]
columns: [2025, 2024, 2023]
```

## Suppliers { #suppliers answers="B5.2" }

We ask {{ suppliers }} suppliers.
"""
FILES = {
    "data/report.yml": REPORT,
    "data/dimensions.yml": DIMENSIONS,
    "data/aspects/a2.yml": aspect(METRICS),
    "data/aspects/goals.yml": TARGETS,
    **{
        f"content/{language}/{page}.md": text
        for language in ("en", "zh-Hant")
        for page, text in (("a2", EN), ("b2", EN_B))
    },
}
ROWS = ("A1.1", "A1.5", "A2.2", "B1.2", "B1.GD", "B2.1", "B5.2")


@pytest.fixture
def indexed(project):
    """`indexed((file ending, old, new), …, responses=…)`: the edition after these replacements."""

    def index(*changes: tuple[str, str, str], responses: str = ""):
        files = dict(FILES)
        if responses:
            files["data/aspects/a2.yml"] = aspect(METRICS, responses)
        for ending, old, new in changes:
            names = [name for name in files if name.endswith(ending) and old in files[name]]
            assert names, (ending, old)
            for name in names:
                files[name] = files[name].replace(old, new)
        return edition_of(project(files))

    return index


def row(edition, id):
    return next(row for row in edition.rows["hkex-esg-code-2025"] if row.requirement.id == id)


def findings(edition):
    return list(index_findings(edition.report, edition.frameworks, edition.rows))


def test_a_report_that_answers_lacks_nothing(indexed):
    edition = indexed()
    assert {id: (row(edition, id).status, row(edition, id).lacks) for id in ROWS} == dict.fromkeys(
        ROWS, ("disclosed", ())
    )
    others = [r for r in edition.rows["hkex-esg-code-2025"] if r.requirement.id not in ROWS]
    assert Counter(r.status for r in others) == {"missing": 94 - len(ROWS) - 1, "not-reported": 1}


TAKEN_AWAY = [
    # what is changed, the row, its status, what it lacks
    (
        [("a2.yml", "answers: [A2.2], ", "")],
        "A2.2", "missing", ("not given: water consumed (no metric answers A2.2:water-consumption)",),
    ),
    (
        [("a2.yml", "per: [output], values: {2025: 100, 2024: 90}", "per: [output], values: {2024: 90}")],
        "A2.2", "missing", ("not given in `water`: water consumed for 2025",),
    ),
    (
        [("a2.yml", "values: {2025: 100, 2024: 90}", "values: {2025: not_available, 2024: 90}")],
        "A2.2", "partly-disclosed", ("not given in `water`: water consumed for 2025",),
    ),
    (
        [("a2.yml", "{young: 2, old: 2}", "{young: not_available, old: not_available}")],
        "B1.2", "partly-disclosed",
        ("not given in `turnover`: turnover rate by age group for 2025",),
    ),
    (
        [("a2.yml", "{young: 2, old: 2}", "{old: 2}")],
        "B1.2", "partly-disclosed",
        ("not given in `turnover`: turnover rate by age group for 2025, for Young",),
    ),
    (
        [("a2.yml", "per: [output], ", "")],
        "A2.2", "partly-disclosed", ("not given: the intensity of water consumed (add per: […] to `water`)",),
    ),
    (
        [(".md", "intensities: true\n", "")],
        "A2.2", "partly-disclosed", ("the intensity of `water`: printed on no page",),
    ),
    (
        [("en/a2.md", "intensities: true\n", "")],
        "A2.2", "partly-disclosed", ("the intensity of `water`: printed on no page in en",),
    ),
    (
        [("zh-Hant/a2.md", "metrics: [water]", "metrics: [output]")],
        "A2.2", "partly-disclosed", ("`water` for 2025: printed on no page in zh-Hant",),
    ),
    (
        [(".md", "metrics: [water]", "metrics: [output]")],
        "A2.2", "missing", ("`water` for 2025: printed on no page",),
    ),
    (  # a sentence that prints a change does not print the figure
        [(".md", "metrics: [water]", "metrics: [output]"), (".md", "Where it goes.", '{{ water(change="2024") }}')],
        "A2.2", "missing", ("`water` for 2025: printed on no page",),
    ),
    (
        [("a2.yml", "formula: leavers / staff, breakdown: [gender, age_group, region]", "formula: leavers / staff, breakdown: [gender, region]"), (".md", "age_group, ", "")],
        "B1.2", "partly-disclosed", ("not given: turnover rate by age group (`turnover` only by gender and region)",),
    ),
    (
        [("a2.yml", "young: 2, old: 2", "young: 2, old: not_available")],
        "B1.2", "partly-disclosed", ("not given in `turnover`: turnover rate by age group for 2025, for Old",),
    ),
    (
        [("en/b2.md", "members: [gender, age_group, region]", "members: [gender, age_group]")],
        "B1.2", "partly-disclosed", ("`turnover` by region: printed on no page in en",),
    ),
    (
        [("a2.yml", "values: {2025: nil, 2024: nil, 2023: 1}", "values: {2025: nil, 2024: nil}")],
        "B2.1", "partly-disclosed", ("not given in `deaths`: fatalities for 2023",),
    ),
    (
        [("report.yml", "comparatives: [2024, 2023]", "comparatives: [2024]"), ("report.yml", "  2023: {from: 2023-01-01, to: 2023-12-31}\n", ""), ("a2.yml", ", 2023: 1}", "}"), ("a2.yml", ", 2023: 0.1}", "}"), (".md", ", 2023]", "]")],
        "B2.1", "partly-disclosed", ("not given in `deaths`: fatalities for 2023", "not given in `death_rate`: fatality rate for 2023"),
    ),
    (
        [("en/b2.md", "columns: [2025, 2024, 2023]", "columns: [2025, 2024]")],
        "B2.1", "partly-disclosed", ("`deaths` for 2023: printed on no page in en", "`death_rate` for 2023: printed on no page in en"),
    ),
    (
        [("a2.yml", ', answers: ["B2.1:fatality-rate"]', "")],
        "B2.1", "partly-disclosed", ("not given: fatality rate (no metric answers B2.1:fatality-rate)",),
    ),
    (
        [(".md", ' answers="A1.5"', "")],
        "A1.5", "partly-disclosed", ("no section answers it",),
    ),
    (
        [("en/a2.md", ' answers="A1.5"', "")],
        "A1.5", "partly-disclosed", ("no section in en answers it",),
    ),
    (
        [(".md", "We will emit less.", "")],
        "A1.5", "partly-disclosed", ("the section that answers it has no text",),
    ),
    (  # nor is a remark that is not printed
        [(".md", "We will emit less.", "<!-- to be written -->")],
        "A1.5", "partly-disclosed", ("the section that answers it has no text",),
    ),
    (  # a rule is no text
        [(".md", "We will emit less.", "---")],
        "A1.5", "partly-disclosed", ("the section that answers it has no text",),
    ),
    (
        [("goals.yml", "    answers: [A1.5]\n", "")],
        "A1.5", "partly-disclosed", ("no target in data answers A1.5",),
    ),
    (
        [("goals.yml", "    answers: [A1.5]\n", ""), (".md", ' answers="A1.5"', "")],
        "A1.5", "missing", ("no target in data answers A1.5", "no section answers it"),
    ),
    (
        [("en/a2.md", "```targets\ntargets: [cleaner]\n```\n", "")],
        "A1.5", "partly-disclosed", ("the target `cleaner` is printed on no page in en",),
    ),
    (
        [(".md", "```targets\ntargets: [cleaner]\n```\n", "")],
        "A1.5", "partly-disclosed", ("the target `cleaner` is printed on no page",),
    ),
    (  # a change in per cent of nothing known
        [("goals.yml", "    base_value: 4\n", "")],
        "A1.5", "partly-disclosed", ("the target `cleaner` has no value of 2024 to start from",),
    ),
    (  # one member of a division is not the figure
        [(".md", "```table\nmetrics: air\nmembers: pollutant\ncolumns: [2025]\ntotal: false\n```", '{{ air(pollutant="nox") }}')],
        "A1.1", "partly-disclosed", ("`air` for 2025: SOx printed on no page",),
    ),
    (  # no intensity without what it is per
        [("a2.yml", "unit: t, values: {2025: 8, 2024: 7}", "unit: t, values: {2024: 7}")],
        "A2.2", "partly-disclosed", ("the intensity of water consumed has no value (not given: `output` for 2025)",),
    ),
    (  # progress alone does not say what is wanted
        [(".md", "targets: [cleaner]\n", "targets: [cleaner]\ncolumns: [base, actual, progress, status]\n")],
        "A1.5", "partly-disclosed", ("the target `cleaner` is printed on no page",),
    ),
    (  # one target that is printed does not do for another that answers too
        [("goals.yml", "targets:\n", "targets:\n  second: {name: {en: S, zh-Hant: 二}, metric: water, to: 2025, at_most: 90, answers: [A1.5]}\n")],
        "A1.5", "partly-disclosed", ("the target `second` is printed on no page",),
    ),
    (
        [(".md", ' answers="B1.GD(b)"', "")],
        "B1.GD", "partly-disclosed", ("B1.GD(b): no section answers it (compliance with relevant laws and regulations that significantly affect the issuer)",),
    ),
    (
        [("zh-Hant/b2.md", ' answers="B1.GD(a)"', "")],
        "B1.GD", "partly-disclosed", ("B1.GD(a): no section in zh-Hant answers it (policies)",),
    ),
    (  # policies and laws are two answers: the paragraph's own id does not do for both
        [(".md", ' answers="B1.GD(a)"', ' answers="B1.GD"'), (".md", ' answers="B1.GD(b)"', "")],
        "B1.GD", "partly-disclosed",
        ('a section is tagged B1.GD, which has parts: write answers="B1.GD(a) B1.GD(b)" there', "B1.GD(a): no section answers it (policies)", "B1.GD(b): no section answers it (compliance with relevant laws and regulations that significantly affect the issuer)"),
    ),
    (
        [(".md", ' answers="B5.2"', "")],
        "B5.2", "partly-disclosed", ("no section answers it",),
    ),
    (
        [(".md", "{{ suppliers }}", "many")],
        "B5.2", "partly-disclosed", ("`suppliers` for 2025: printed on no page",),
    ),
    (
        [("a2.yml", "  unit: kg\n", "  unit: mg/m3\n"), ("a2.yml", "nox: 3, sox: 4", "nox: {limit: 3}, sox: 4")],
        "A1.1", "partly-disclosed", ("not given as mass: emissions by pollutant (only `air` in mg/m3)",),
    ),
    (  # pollutants have no sum, so all of them together are the figure
        [("a2.yml", "nox: 3, sox: 4", "nox: 3")],
        "A1.1", "partly-disclosed", ("not given in `air`: emissions by pollutant for 2025, for SOx",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "id", "status", "lacks"), TAKEN_AWAY, ids=[f"{t[1]} {t[3][0]}"[:90] for t in TAKEN_AWAY]
)
def test_what_is_taken_away_shows_in_the_row(indexed, changes, id, status, lacks):
    edition = indexed(*changes)
    found = row(edition, id)
    assert found.lacks == lacks
    assert found.status == status
    errors = [f for f in findings(edition) if f" {id} (" in f" {f.message}"]
    assert [f.code for f in errors] == [
        "requirement-missing" if status == "missing" else "requirement-partly"
    ]
    assert lacks[0] in errors[0].help


FUELS = "{name}: {{name: {{en: Fuel, zh-Hant: 燃料}}, unit: {unit}, answers: ['A2.1:energy-direct'], values: {{2025: 100}}}}\n  water:"


@pytest.mark.parametrize("worked_out", [False, True])
def test_the_energy_of_fuels_is_not_given_by_their_amounts(indexed, worked_out):
    units = {"diesel": "L", "coal": "t"} | ({"fuels": "MWh"} if worked_out else {})
    changes = [("a2.yml", "water:", FUELS.format(name=name, unit=unit)) for name, unit in units.items()]
    found = row(indexed(*changes, (".md", "metrics: [water]", "metrics: [diesel, coal, water]")), "A2.1")
    lack = "not given as energy: direct energy by fuel (only `diesel` in L and `coal` in t)"
    assert (found.status, lack in found.lacks) == ("partly-disclosed", not worked_out)


def test_years_are_counted_by_their_dates_and_not_by_the_list_of_comparatives(indexed):
    base_year = ("report.yml", "comparatives: [2024, 2023]", "comparatives: [2024, 2019]")
    period = ("report.yml", "  2023: {", "  2019: {from: 2019-01-01, to: 2019-12-31}\n  2023: {")
    assert row(indexed(base_year, period), "B2.1").status == "disclosed"


def test_a_year_that_ends_in_march_lacks_the_year_before(indexed):
    years = [
        ("report.yml", f"{y}-01-01, to: {y}-12-31", f"{y - 1}-04-01, to: {y}-03-31") for y in (2025, 2024)
    ]
    gone = [
        ("report.yml", ", 2023]", "]"),
        ("report.yml", "  2023: {from: 2023-01-01, to: 2023-12-31}\n", ""),
    ]
    values = [("a2.yml", ", 2023: 1}", "}"), ("a2.yml", ", 2023: 0.1}", "}"), (".md", ", 2023]", "]")]
    assert (
        row(indexed(*years, *gone, *values), "B2.1").lacks[0] == "not given in `deaths`: fatalities for 2023"
    )


# ---- places


def places(edition, id, language="en"):
    return [f"{place.page}#{place.section}" for place in row(edition, id).locations[language]]


def test_the_place_is_the_tagged_section_that_prints_even_below_it(indexed):
    edition = indexed()
    assert places(edition, "A2.2") == ["a2#water"]
    assert places(edition, "B1.GD") == ["b2#policy", "b2#laws"]
    assert places(edition, "B5.2", "zh-Hant") == ["b2#suppliers"]


def test_of_two_tagged_sections_the_one_that_prints(indexed):
    assert places(indexed((".md", 'answers="A1.5"', 'answers="A1.5 A2.2"')), "A2.2") == ["a2#water"]


UNTAGGED = (".md", '{ #water answers="A2.2" }', "{ #water }")
SUMMARY = (
    "## All data {{ #data{tag} }}\n\n```table\nmetrics: [water]\ncolumns: [2025]\nintensities: true\n```\n"
)
NOT_PRINTED = (
    ".md",
    "```table\nmetrics: [water]\ncolumns: [2025, 2024]",
    "```table\nmetrics: [output]\ncolumns: [2025]",
)


@pytest.mark.parametrize(("changes", "place"), [([], "a2#water"), ([UNTAGGED], "a2#air")])
def test_a_tagged_section_comes_before_the_first_that_prints(indexed, changes, place):
    early = (".md", "What the stacks emit.", "The stacks emit; {{ water }} went in.")
    assert places(indexed(early, *changes), "A2.2") == [place]


def test_a_page_that_begins_with_figures_has_words_if_any_stand_before_its_first_heading(indexed):
    table = SUMMARY.format(tag="").partition("\n\n")[2]
    first = (".md", "# Environment\n", f"# Environment\n\n{table}\nThis was a dry year.\n")
    assert places(indexed(UNTAGGED, first), "A2.2") == ["a2#"]


@pytest.mark.parametrize("tag", ["", ' answers="A2.2"'])
@pytest.mark.parametrize(
    ("changes", "place"),
    [([], "a2#water"), ([UNTAGGED], "a2#water-figures"), ([UNTAGGED, NOT_PRINTED], "a2#data")],
)
def test_a_data_summary_counts_only_where_no_other_section_does(indexed, changes, tag, place):
    """It is a section of figures alone; a tag does not give it words."""
    first = (".md", "# Environment\n", "# Environment\n\n" + SUMMARY.format(tag=tag))
    edition = indexed(*changes, first)
    assert places(edition, "A2.2") == [place]
    assert row(edition, "A2.2").status == "disclosed"


@pytest.mark.parametrize("elsewhere", ['answers="A1.5"', 'answers="A1.5 A2.2"'])
def test_else_the_first_section_that_prints(indexed, elsewhere):
    edition = indexed((".md", ' answers="A2.2"', ""), (".md", 'answers="A1.5"', elsewhere))
    assert places(edition, "A2.2") == ["a2#water-figures"]


def test_a_section_without_text_is_no_place(indexed):
    assert places(indexed((".md", "Our policy.", "")), "B1.GD") == ["b2#laws"]


@pytest.mark.parametrize(
    "column", ["columns: [target]", "columns: [metric, 2025]", "columns: [2025]"], ids=lambda text: text
)
def test_the_place_of_a_target_is_the_tagged_section_that_prints_it(indexed, column):
    more = (
        ".md",
        "Where it goes.",
        f"Where it goes.\n\n```targets\ntargets: [cleaner]\n{column}\n```\n",
    )
    edition = indexed(more, (".md", 'answers="A2.2"', 'answers="A2.2 A1.5"'))
    both = ["a2#water", "a2#goals"]  # a column of a year that is over prints what was reached, not the target
    assert places(edition, "A1.5") == (both if "target" in column else ["a2#goals"])


def test_the_section_of_a_target_does_where_no_section_is_tagged(indexed):
    assert places(indexed((".md", ' answers="A1.5"', "")), "A1.5") == ["a2#goals"]


@pytest.mark.parametrize("written", ["D37", "D37.set", "hkex-esg-code-2025/D37"])
def test_a_target_may_answer_a_part_of_a_row(indexed, written):
    tagged = (".md", 'answers="A1.5"', 'answers="A1.5 D37"')
    edition = indexed(tagged, ("goals.yml", "[A1.5]", f"[A1.5, {written}]"))
    assert (row(edition, "D37").status, row(edition, "D37").lacks) == ("disclosed", ())
    assert not [f for f in findings(edition) if f.code == "unknown-requirement"]


def test_progress_and_attributes_of_targets_are_rows_of_words(indexed):
    edition = indexed((".md", 'answers="A1.5"', 'answers="A1.5 D23 D37 D39"'))
    assert [row(edition, id).status for id in ("D23", "D39")] == ["disclosed", "disclosed"]
    assert (row(edition, "D37").status, row(edition, "D37").lacks) == (
        "partly-disclosed",
        ("no target in data answers D37",),
    )


def test_a_row_of_words_and_figures_is_found_where_its_words_are(indexed):
    moved = [
        (".md", "We ask {{ suppliers }} suppliers.", "We ask many."),
        (".md", "Nobody died.", "{{ suppliers }}"),
    ]
    assert places(indexed(*moved), "B5.2") == ["b2#suppliers"]


# ---- what is asked for only where it applies


@pytest.mark.parametrize(
    ("id", "metric"),
    [
        ("A1.3", "waste: {name: {en: Waste, zh-Hant: 廢物}, unit: t, answers: [A1.3], values: {2025: 9}}"),
        ("A2.5", "boxes: {name: {en: Boxes, zh-Hant: 箱}, unit: t, answers: [A2.5], values: {2025: 9}}"),
        ("D33", "spent: {name: {en: Spent, zh-Hant: 開支}, unit: HKD, answers: [D33], values: {2025: 9}}"),
        ("D28(a)", "gases: {name: {en: Gases, zh-Hant: 氣體}, unit: tCO2e, answers: [D28(a)], values: {2025: 9}}"),
    ],
)  # fmt: skip
def test_a_breakdown_or_intensity_where_it_applies_is_never_a_lack(indexed, id, metric):
    name = metric.partition(":")[0]
    edition = indexed(
        ("a2.yml", "\n  suppliers:", f"\n  {metric}\n  suppliers:"),
        (".md", "metrics: [deaths, death_rate]", f"metrics: [deaths, death_rate, {name}]"),
    )
    assert (row(edition, id).status, row(edition, id).lacks) == ("disclosed", ())


# ---- responses

REASON = "reason: {en: Because of this and that., zh-Hant: 原因如此。}"


@pytest.mark.parametrize(
    ("id", "status", "row_status", "codes"),
    [
        ("A1.6", "explained", "explained", []),
        ("A1.6", "not-applicable", "not-applicable", []),
        ("A1.6", "relief-used", "missing", ["response-not-allowed", "requirement-missing"]),
        ("A1.6", "negative-statement", "missing", ["response-not-allowed", "requirement-missing"]),
        ("A1.6", "partly-disclosed", "missing", ["response-not-allowed", "requirement-missing"]),
        ("MDR13", "explained", "missing", ["response-not-allowed", "requirement-missing"]),
        ("MDR13", "not-applicable", "missing", ["response-not-allowed", "requirement-missing"]),
        ("D28(a)", "explained", "missing", ["response-not-allowed", "requirement-missing"]),
        ("D28(a)", "partly-disclosed", "missing", ["response-not-allowed", "requirement-missing"]),
        ("D28(c)", "relief-used", "relief-used", []),
        ("D24(a)", "relief-used", "relief-used", []),  # the relief stands at paragraph 24
        ("D22(a)(iii)", "negative-statement", "negative-statement", []),
        ("D39", "explained", "explained", []),
        ("A1.5", "explained", "disclosed", ["response-contradicts"]),
        ("B1.GD(a)", "explained", "", ["response-not-a-row"]),
        ("A2", "explained", "", ["response-not-a-row"]),
        ("A9.9", "explained", "", ["unknown-requirement"]),
    ],
)
def test_what_a_level_allows(indexed, id, status, row_status, codes):
    edition = indexed(responses=f'"{id}": {{status: {status}, {REASON}}}')
    found = [f.code for f in findings(edition) if f.place.path.endswith("a2.yml") or f"{id} (" in f.message]
    assert found == codes
    if row_status:
        assert row(edition, id).status == row_status
        answered = row_status not in ("missing", "disclosed")
        assert bool(row(edition, id).reason) == answered
        assert not (answered and row(edition, id).lacks)


def test_a_voluntary_row_that_is_left_out_is_not_missing(indexed):
    edition = indexed(("report.yml", "issuer_class: main-board", "issuer_class: gem"))
    assert row(edition, "D20(a)").status == "not-reported"
    assert not [f for f in findings(edition) if "D20(a)" in f.message]


def test_a_voluntary_row_that_is_half_answered_says_so_and_is_no_finding(indexed):
    gem = ("report.yml", "issuer_class: main-board", "issuer_class: gem")
    edition = indexed(gem, ("en/a2.md", 'answers="A1.5"', 'answers="A1.5 D20(a)"'))
    found = row(edition, "D20(a)")
    assert (found.status, found.lacks) == ("partly-disclosed", ("no section in zh-Hant answers it",))
    assert not [f for f in findings(edition) if "D20(a)" in f.message]


def test_a_part_with_a_reason_is_enough_where_one_may_explain_and_never_where_one_must(indexed):
    half = (".md", ' answers="B1.GD(b)"', "")
    edition = indexed(half, responses=f"B1.GD: {{status: partly-disclosed, {REASON}}}")
    assert (row(edition, "B1.GD").status, bool(row(edition, "B1.GD").lacks)) == ("partly-disclosed", True)
    assert not [f for f in findings(edition) if "B1.GD" in f.message]


def test_a_mandatory_row_stays_open_whatever_reason_is_given(indexed):
    tagged = ("en/a2.md", 'answers="A1.5"', 'answers="A1.5 MDR13"')
    edition = indexed(tagged, responses=f"MDR13: {{status: partly-disclosed, {REASON}}}")
    assert row(edition, "MDR13").status == "partly-disclosed"
    assert [f.code for f in findings(edition) if "MDR13" in f.message] == ["requirement-partly"]


# ---- names


def test_an_id_may_be_written_with_its_framework(indexed):
    own = "hkex-esg-code-2025/"
    edition = indexed(
        ("a2.yml", "answers: [A2.2]", f"answers: [{own}A2.2]"),
        (".md", 'answers="A1.5"', f'answers="{own}A1.5"'),
    )
    assert [row(edition, id).status for id in ("A2.2", "A1.5")] == ["disclosed", "disclosed"]
    assert not [f for f in findings(edition) if f.code == "unknown-requirement"]


@pytest.mark.parametrize(
    ("change", "message", "help"),
    [
        (("a2.yml", "[A2.2]", "[A2.9]"), '"A2.9" is not a requirement of hkex-esg-code-2025', "did you mean"),
        (("a2.yml", "[A2.2]", '["A2.2:water"]'), 'A2.2 has no measure "water"', "water-consumption"),
        (
            ("a2.yml", '["B2.1:fatalities"]', "[B2.1]"),
            "B2.1 has several measures",
            "fatalities, fatality-rate",
        ),
        (("en/a2.md", 'answers="A1.5"', 'answers="A1.55"'), '"A1.55" is not a requirement', "A1.5"),
        (("goals.yml", "[A1.5]", "[A1.55]"), '"A1.55" is not a requirement', "A1.5"),
        (("goals.yml", "[A1.5]", '["A1.5:nox"]'), 'A1.5 has no measure "nox"', ""),
    ],
)
def test_a_name_that_is_no_requirement_is_told(indexed, change, message, help):
    found = next(f for f in findings(indexed(change)) if f.code == "unknown-requirement")
    assert found.blocking and message in found.message and help in found.help


@pytest.mark.parametrize(
    ("change", "message", "path"),
    [
        (
            ("a2.yml", "[A2.2]", "[A2.2, A1.2]"),
            "A1.2 is a requirement of hkex-esg-guide-2020; this report follows hkex-esg-code-2025",
            "data/aspects/a2.yml",
        ),
        (
            ("en/a2.md", 'answers="A1.5"', 'answers="A1.5 hkex-esg-guide-2020/A2.2 A4.1"'),
            "2 answers in this file, hkex-esg-guide-2020/A2.2 the first, are to requirements of "
            "hkex-esg-guide-2020; this report follows hkex-esg-code-2025",
            "content/en/a2.md",
        ),
    ],
)
def test_an_answer_to_another_edition_names_both_and_stops_no_draft(indexed, change, message, path):
    edition = indexed(change)
    (found,) = [f for f in findings(edition) if f.code == "other-edition"]
    assert (found.message, found.blocking, found.place.path) == (message, False, path)
    assert not [f for f in findings(edition) if f.code == "unknown-requirement"]
    assert row(edition, "A2.2").status == "disclosed"


def test_a_company_that_follows_no_framework(project):
    report = REPORT.replace("frameworks: [hkex-esg-code-2025]\n", "").replace(
        ", issuer_class: main-board", ""
    )
    edition = edition_of(project({**FILES, "data/report.yml": report}))
    assert edition.rows == {}
    assert findings(edition) == []  # what it says it answers is nobody's business yet


PROVINCES = [
    ("dimensions.yml", "region:\n  name:", "province:\n  stands_for: region\n  name:"),
    ("a2.yml", "region: {2025", "province: {2025"),
    ("a2.yml", "[gender, age_group, region]", "[gender, age_group, province]"),
    (".md", "region", "province"),
]


@pytest.mark.parametrize(
    ("changes", "status", "lacks"),
    [
        ([], "disclosed", ()),
        (
            [("dimensions.yml", "  stands_for: region\n", "")],
            "partly-disclosed",
            ("not given: turnover rate by region (`turnover` only by gender, age group and province)",),
        ),
        (
            [("en/b2.md", "age_group, province", "age_group")],
            "partly-disclosed",
            ("`turnover` by region: printed on no page in en",),
        ),
    ],
)
def test_a_dimension_of_the_companys_own_stands_for_a_breakdown(indexed, changes, status, lacks):
    found = row(indexed(*PROVINCES, *changes), "B1.2")
    assert (found.status, found.lacks) == (status, lacks)


PARTS_ALONE = (
    ("a2.yml", "values: {2025: 100, 2024: 90}", "breakdown: {pollutant: {2025: {nox: 60, sox: 40}, 2024: {nox: 60, sox: 30}}}"),
    (".md", "metrics: [water]", "metrics: [water]\nmembers: pollutant"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ((), ()),
        ([(".md", "intensities: true\n", "")], ("the intensity of `water`: printed on no page",)),
    ],
)
def test_what_has_no_whole_has_the_intensities_of_its_parts(indexed, changes, lacks):
    assert row(indexed(*PARTS_ALONE, *changes), "A2.2").lacks == lacks


def test_a_dimension_stands_only_for_what_a_framework_asks_for(indexed):
    (found,) = [
        f
        for f in findings(indexed(*PROVINCES, ("dimensions.yml", "stands_for: region", "stands_for: regoin")))
        if f.code == "unknown-name"
    ]
    assert found.message == '"regoin" is not a breakdown that hkex-esg-code-2025 asks for'
    assert found.help == 'did you mean "region"?'
    assert (found.place.path, found.place.column, found.place.end_column) == ("data/dimensions.yml", 15, 21)


# ---- rows split into items


def test_a_row_holds_what_it_asks_for_each_with_a_status_of_its_own(indexed):
    edition = indexed(("b2.md", "Our policy.\n", ""))
    split = row(edition, "B1.GD")
    assert [(item.requirement.id, item.status) for item in split.items] == [
        ("B1.GD(a)", "missing"),
        ("B1.GD(b)", "disclosed"),
    ]
    assert {place.section for places in split.items[1].locations.values() for place in places} == {"laws"}
    assert not row(edition, "A1.1").items


def test_a_section_that_answers_a_row_answers_its_items(indexed):
    edition = indexed(("b2.md", 'answers="B1.GD(a)"', 'answers="B1.GD(a) MDR13"'))
    for item in row(edition, "MDR13").items:
        assert item.status == "disclosed" and item.locations["en"][0].section == "policy"


def test_a_response_to_a_row_stands_for_its_items(indexed):
    edition = indexed(responses=f'"D25(a)": {{status: explained, {REASON}}}')
    items = row(edition, "D25(a)").items
    assert [(item.status, item.lacks, dict(item.reason)) for item in items] == [("explained", (), {})] * 2
    assert {item.status for item in row(edition, "MDR13").items} == {"missing"}


# ---- reliefs


@pytest.mark.parametrize(
    ("id", "relief", "label"),
    [
        ("D28(c)", "", "Reasonable information"),  # the only one there is
        ("D25(a)", ", relief: capabilities", "Capabilities"),
        ("D25(a)", "", ""),  # one of three, and nothing says which
    ],
)
def test_a_relief_has_the_name_that_the_framework_gives_it(indexed, id, relief, label):
    edition = indexed(responses=f'"{id}": {{status: relief-used, {REASON}{relief}}}')
    assert (row(edition, id).status, row(edition, id).relief.get("en", "")) == ("relief-used", label)


def test_a_relief_that_the_rules_do_not_give_is_told(indexed):
    edition = indexed(responses=f'"D28(c)": {{status: relief-used, {REASON}, relief: capabilities}}')
    (finding,) = [f for f in findings(edition) if f.code == "unknown-name"]
    assert finding.message == '"capabilities" is not a relief that hkex-esg-code-2025 gives for D28(c)'
    assert "reasonable-information" in finding.help


# ---- an index of a part of a framework


@pytest.mark.parametrize(
    ("limit", "code", "message"),
    [
        ("levels: [must]", "unknown-choice", '"must" is not a level'),
        ("parts: [D]", "unknown-requirement", '"D" is not a requirement of hkex-esg-code-2025'),
        ("parts: [B1.GD(a)]", "unknown-requirement", "B1.GD(a) is part of a row, and no row is below it"),
    ],
)
def test_a_limit_of_an_index_that_names_nothing_is_told(indexed, limit, code, message):
    edition = indexed(("b2.md", "Our policy.\n", f"Our policy.\n\n```index\n{limit}\n```\n"))
    found = [(f.code, f.message, f.place.line) for f in findings(edition) if f.code.startswith("unknown")]
    assert found == [(code, message, EN_B[: EN_B.index("Our policy.")].count("\n") + 4)] * 2


@pytest.mark.parametrize(("issuer", "status"), [("gem", "not-reported"), ("main-board", "missing")])
def test_a_tag_alone_neither_answers_nor_gives_a_place(indexed, issuer, status):
    """Words where figures are asked for: D30 is voluntary on GEM, and nothing of it is disclosed."""
    edition = indexed(
        ("report.yml", "issuer_class: main-board", f"issuer_class: {issuer}"),
        ("a2.md", 'answers="A2.2"', 'answers="A2.2 D30"'),
    )
    found = row(edition, "D30")
    assert (found.status, dict(found.locations)) == (status, {})
    assert places(edition, "A2.2") == ["a2#water"]
    page = report_view(edition, "en").pages[0]
    assert [[code.text for code in heading.codes] for heading in page.body if heading.piece == "heading"][:2] == [
        ["A1.1"], ["A2.2"],
    ]  # fmt: skip


def test_a_section_whose_tag_comes_to_nothing_is_said(indexed):
    """The 39 other voluntary rows are left out without a word."""
    gem = ("report.yml", "issuer_class: main-board", "issuer_class: gem")
    edition = indexed(gem, ("a2.md", 'answers="A2.2"', 'answers="A2.2 D30"'))
    told = [f for f in findings(edition) if f.code == "tag-without-answer"]
    assert [(f.severity, f.place.path) for f in told] == [
        ("warning", "content/zh-Hant/a2.md"), ("warning", "content/en/a2.md"),
    ]  # fmt: skip
    assert told[0].message == "D30 is tagged here, yet it is not reported"
    assert told[0].help == (
        "not given: amount (no metric answers D30:transition-exposed-amount); "
        "not given: share (no metric answers D30:transition-exposed-share)"
    )
