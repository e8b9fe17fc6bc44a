"""Formulas over metrics, periods, members and factors, each against a calculation of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from esgreport.compute import Figures
from esgreport.expressions import formula_faults, root
from esgreport.model import Kind
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import aspect, edition_of, exact, figure

REPORT = """\
slug: tiny
title: {en: Report, zh-Hant: 報告}
company: {name: {en: Tiny, zh-Hant: 小}}
languages: [en, zh-Hant]
period: 2025
comparatives: [2024]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2025_h2: {from: 2025-07-01, to: 2025-12-31}
  2025_h1: {from: 2025-01-01, to: 2025-06-30}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2024_h2: {from: 2024-07-01, to: 2024-12-31}
  2020: {from: 2020-01-01, to: 2020-12-31}
parts: [{pages: [about]}]
"""
DIMENSIONS = """\
plant:
  name: {en: Plant, zh-Hant: 廠}
  members: {east: {en: East, zh-Hant: 東}, west: {en: West, zh-Hant: 西}, south: {en: South, zh-Hant: 南}}
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男}, female: {en: Female, zh-Hant: 女}}
category:
  name: {en: Category, zh-Hant: 類別}
  members: {goods: {en: Goods, zh-Hant: 貨品}, travel: {en: Travel, zh-Hant: 差旅}}
"""
FACTORS = """\
grid:
  unit: kgCO2e/kWh
  source: a table
  breakdown: {plant: {east: 0.5, west: {2025: 0.25, 2024: 0.75}, south: {value: 1.5, source: another table, year: 2023}}}
gas: {unit: kgCO2e/m3, source: a table, value: 2.0, values: {2024: 2.5}}
flight: {unit: kgCO2e/km, source: a table, value: 0.1}
"""
WORDS = "name: {en: X, zh-Hant: 某}"
METRICS = f"""
    electricity:
      {WORDS}
      unit: kWh
      breakdown:
        plant:
          2025: {{east: 1 000, west: 2 000, south: 400}}
          2024: {{east: 800, west: 2 200, south: nil}}
    workforce:
      {WORDS}
      unit: person
      breakdown:
        gender:
          2025: {{male: 300, female: 100}}
          2024: {{male: 320, female: 80}}
          2020: {{male: 200, female: 50}}
          2025_h2: {{male: 301, female: 101}}
          2024_h2: {{male: 321, female: 81}}
    leavers: {{{WORDS}, unit: person, breakdown: {{gender: {{2025: {{male: 31, female: 18}}}}}}}}
    revenue: {{{WORDS}, unit: RMB million, values: {{2025: 161.051, 2024: 140, 2020: 100}}}}
"""

Work = Callable[..., Figures]


@pytest.fixture
def worked(project) -> Work:
    """`worked(metrics)`: the figures of the tiny company with these metrics beside those above."""

    def work(metrics: str, blocking: bool = False) -> Figures:
        files = {
            "data/report.yml": REPORT,
            "data/dimensions.yml": DIMENSIONS,
            "data/factors.yml": FACTORS,
            "data/aspects/a2.yml": aspect(METRICS + metrics),
        }
        return edition_of(project(files), blocking).figures

    return work


@pytest.mark.parametrize(
    ("unit", "formula", "value"),
    [
        ("kWh", "electricity[plant=east] + electricity[plant=south]", 1400),
        ("kWh", "electricity - electricity@2024", 400),
        ("kWh", "electricity - electricity@previous", 400),
        ("kWh", "electricity[plant=west]@2024", 2200),
        ("kWh", "-electricity@2024 * -1", 3000),
        ("kWh", "difference(electricity)", 400),
        ("kWh", "difference(electricity[plant=west], 2024)", -200),
        ("percent", "change(electricity)", Fraction(400 * 100, 3000)),
        ("percent", "change(electricity[plant=west], previous)", Fraction(-200 * 100, 2200)),
        ("percent", "share(electricity[plant=east])", Fraction(1000 * 100, 3400)),
        ("kWh", "sum(electricity over plant)", 3400),
        ("kWh", "average(electricity over plant)", Fraction(3400, 3)),
        ("kWh", "average(electricity over plant)@2024", None),
        ("person", "average(workforce, workforce@previous)", 400),
        ("percent", "leavers / average(workforce, workforce@previous)", Fraction(49 * 100, 400)),
        ("percent", "growth(revenue, 2020)", 10),
        ("ratio", "growth(workforce, 2020)", root(Fraction(400, 250), 5) - 1),
        ("tCO2e", 'sum(electricity * factor("grid") over plant)', Fraction(500 + 500 + 600, 1000)),
        ("tCO2e", 'electricity[plant=west] * factor("grid")[plant=west]', Fraction(500, 1000)),
        ("tCO2e", 'electricity[plant=west] * factor("grid")[plant=west]@2024', Fraction(1500, 1000)),
        ("kgCO2e", '1 * 4 * factor("flight") * factor("flight") / factor("flight") * 10 * revenue / revenue', None),
    ],
)  # fmt: skip
def test_what_a_formula_is_worth(worked: Work, unit: str, formula: str, value: Fraction | None) -> None:
    figures = worked(f"    x: {{{WORDS}, unit: {unit}, formula: '{formula}'}}", blocking=value is None)
    found = figure(figures, "x@2025")
    if value is None:
        assert found is None
    else:
        assert found is not None and found.number is not None
        assert found.number.exact == value


def test_growth_is_the_yearly_rate_that_leads_from_one_to_the_other(worked: Work) -> None:
    figures = worked(f"    x: {{{WORDS}, unit: percent, formula: 'growth(workforce, 2020)', decimals: 6}}")
    rate = exact(figures, "x@2025") / 100
    assert abs(250 * (1 + rate) ** 5 - 400) < Fraction(1, 10**30)
    assert str(figure(figures, "x@2025").number) == "9.856054"  # 1.6 to the fifth root


@given(st.fractions(0, 10**6, max_denominator=10**6), st.integers(1, 12))
def test_a_root_is_right_to_forty_digits(quotient: Fraction, degree: int) -> None:
    found = root(quotient, degree)
    assert found**degree <= quotient < (found + Fraction(1, 10**40)) ** degree


def test_previous_is_the_period_of_the_same_length_that_ends_the_day_before(worked: Work) -> None:
    figures = worked(f"    x: {{{WORDS}, unit: person, formula: workforce@previous}}")
    assert exact(figures, "x@2025") == 400  # 2024, not its second half
    assert figure(figures, "x@2025_h2") is None  # the first half of 2025 has no figures
    assert figure(figures, "x@2025_h1") is not None  # the second half of 2024
    assert exact(figures, "x@2025_h1") == 402
    assert figure(figures, "x@2020") is None


def test_broadcast_by_member_takes_each_input_and_factor_of_that_member(worked: Work) -> None:
    figures = worked(f"""
    scope_2: {{{WORDS}, unit: kgCO2e, formula: electricity * factor("grid"), breakdown: [plant]}}
    summed: {{{WORDS}, unit: kgCO2e, formula: sum(electricity * factor("grid") over plant), breakdown: [plant]}}
    """)
    for metric in ("scope_2", "summed"):
        assert exact(figures, f"{metric}@2025[plant=east]") == 500
        assert exact(figures, f"{metric}@2025[plant=west]") == 500
        assert exact(figures, f"{metric}@2024[plant=west]") == 1650
        assert exact(figures, f"{metric}@2025") == 1600
    whole = figure(figures, "scope_2@2025")
    assert whole.formula == "sum(scope_2 over plant)"
    assert [str(id) for id in whole.inputs] == [f"scope_2@2025[plant={p}]" for p in ("east", "west", "south")]
    part = figure(figures, "scope_2@2025[plant=south]")
    assert [(u.factor, str(u.value.number), u.value.source["en"], u.value.year) for u in part.factors] == [
        ("grid", "1.5", "another table", "2023")
    ]
    used = figure(figures, "summed@2025").factors
    assert [str(use.value.number) for use in used] == ["0.5", "0.25", "1.5"]


def test_the_factor_of_the_period_stands_before_the_one_for_all(worked: Work) -> None:
    figures = worked(f"""
    gas: {{{WORDS}, unit: m3, values: {{2025: 10, 2024: 10}}}}
    x: {{{WORDS}, unit: kgCO2e, formula: gas * factor("gas")}}
    """)
    assert (exact(figures, "x@2025"), exact(figures, "x@2024")) == (20, 25)


def test_shares_of_a_division_are_worked_out_for_each_member(worked: Work) -> None:
    figures = worked(f"    x: {{{WORDS}, unit: percent, formula: share(workforce), breakdown: [gender]}}")
    assert exact(figures, "x@2025[gender=female]") == 25
    assert exact(figures, "x@2025") == 100


def test_whole_stands_for_the_undivided_figure(worked: Work) -> None:
    figures = worked(f"""
    x: {{{WORDS}, unit: percent, formula: leavers / whole(workforce), breakdown: [gender]}}
    """)
    assert exact(figures, "x@2025[gender=female]") == Fraction(18 * 100, 400)


def test_a_part_may_have_a_formula_of_its_own_beside_parts_that_are_typed(worked: Work) -> None:
    figures = worked(f"""
    distance: {{{WORDS}, unit: km, values: {{2025: 12 000}}}}
    scope_3:
      {WORDS}
      unit: kgCO2e
      formula: {{category: {{travel: distance * factor("flight")}}}}
      breakdown: {{category: {{2025: {{goods: 300}}}}}}
    """)
    assert exact(figures, "scope_3@2025[category=travel]") == 1200
    total = figure(figures, "scope_3@2025")
    assert total.number.exact == 1500 and total.derived
    listed = [str(f.id) for f in figures.declared() if f.id.metric == "scope_3"]
    assert listed == ["scope_3@2025", "scope_3@2025[category=goods]", "scope_3@2025[category=travel]"]


def test_an_average_counts_nothing_but_leaves_out_what_does_not_apply(worked: Work) -> None:
    figures = worked(f"""
    hours:
      {WORDS}
      unit: hour
      breakdown: {{plant: {{2025: {{east: 6, west: nil, south: not_applicable}}, 2024: {{east: 6, west: 3, south: not_available}}}}}}
    x: {{{WORDS}, unit: hour, formula: average(hours over plant)}}
    """)
    assert exact(figures, "x@2025") == 3
    assert figure(figures, "x@2024").kind == Kind.NOT_AVAILABLE


def test_operations_follow_each_other(worked: Work) -> None:
    figures = worked(f"""
    output: {{{WORDS}, unit: t, values: {{2025: 17, 2024: 12}}}}
    energy: {{{WORDS}, unit: kWh, per: [output], values: {{2025: 3 400, 2024: 3 000}}}}
    """)
    assert exact(figures, "energy~per.output~change.2024@2025") == (Fraction(200) / 250 - 1) * 100
    assert exact(figures, "energy~per.output~difference.2024@2025") == -50
    assert figure(figures, "energy~per.output~difference.2024@2025").unit.code == "kWh/t"
    share = "workforce~share.gender~difference.2024@2025[gender=female]"
    assert exact(figures, share) == 5 and figure(figures, share).unit.code == "percentage_point"
    assert [str(id) for id in figure(figures, share).inputs] == [
        "workforce~share.gender@2025[gender=female]",
        "workforce~share.gender@2024[gender=female]",
    ]


def test_rank_counts_from_the_largest_and_equal_ones_share_a_place(worked: Work) -> None:
    figures = worked(f"""
    x: {{{WORDS}, unit: t, breakdown: {{plant: {{2025: {{east: 5, west: 7, south: 5}}, 2024: {{east: 5, west: 7}}}}}}}}
    """)
    ranks = [exact(figures, f"x~rank.plant@2025[plant={p}]") for p in ("east", "west", "south")]
    assert ranks == [2, 1, 2]
    assert figure(figures, "x~rank.plant@2024[plant=east]") is None  # the south may have more
    assert figure(figures, "x~rank.plant@2025") is None


def test_an_intensity_may_have_a_unit_and_decimals_of_its_own(worked: Work) -> None:
    figures = worked(f"""
    energy:
      {WORDS}
      unit: kWh
      values: {{2025: 3 400}}
      per: [workforce, {{metric: revenue, unit: MWh/RMB, decimals: 9}}]
    """)
    found = figure(figures, "energy~per.revenue@2025")
    assert found.unit.code == "MWh/RMB"
    assert found.number.exact == Fraction(3400, 1000) / (Fraction("161.051") * 10**6)
    assert str(found.number) == "0.000000021"
    assert exact(figures, "energy~per.workforce@2025") == Fraction(3400, 400)


@pytest.mark.parametrize(
    ("metrics", "code", "words"),
    [
        ("x: {unit: kWh, formula: electricity + revenue}", "formula-unit", "electricity is energy (kWh), but revenue is RMB"),
        ("x: {unit: kWh, formula: 'average(electricity, workforce)'}", "formula-unit", "electricity is energy (kWh), but workforce is people"),
        ("x: {unit: t, formula: sum(electricity over plant)}", "formula-unit", "the formula gives energy"),
        ("x: {unit: kWh, formula: change(electricity)}", "formula-unit", "a plain number"),
        ("x: {unit: percent, formula: leavers / electricity * electricity / workforce, breakdown: [gender]}",
         "formula-breakdown", '"electricity" is not divided by gender'),
        ("x: {unit: kgCO2e, formula: electricity * factor(\"grid\")}", "formula-breakdown", 'the factor "grid" is given by plant'),
        ("x: {unit: person, formula: sum(workforce over plant)}", "formula-breakdown", '"workforce" is not divided by plant'),
    ],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_told_before(worked: Work, metrics: str, code: str, words: str) -> None:
    figures = worked("    " + metrics.replace("{", f"{{{WORDS}, ", 1))
    found = list(formula_faults(figures.report, figures.report.metrics["x"]))
    assert [finding.code for finding in found][:1] == [code]
    assert words in found[0].message
    assert figure(figures, "x@2025") is None


@pytest.mark.parametrize(
    ("metrics", "id", "words"),
    [
        ("x: {unit: kWh, formula: electricity@previous}", "x@2024", "no period ends the day before 2024 begins"),
        ("x: {unit: kWh, formula: electricity@2020}", "x@2025", "electricity@2020 is not given"),
        ("x: {unit: kWh, breakdown: {plant: {2025: {east: 3}}}}", "x@2025", "x@2025[plant=west] is not given"),
        ("x: {unit: kWh, per: [y], values: {2025: 3}}\n    y: {unit: t}", "x~per.y@2025", "y@2025 is not given"),
        ("x: {unit: kWh, formula: 2 * y}\n    y: {unit: kWh, formula: 2 * z}\n    z: {unit: kWh, values: {2024: 3}}",
         "x@2025", "z@2025 is not given"),
        ("x: {unit: kWh, formula: 2 * y}\n    y: {unit: kWh, values: {2025: {limit: 3}}}", "x@2025", "y@2025 is a limit"),
        ("x: {unit: kgCO2e, formula: electricity * factor(\"grid\"), breakdown: [plant]}", "x@2020[plant=west]",
         'the factor "grid" has no value for 2020'),
    ],
)  # fmt: skip
def test_why_a_figure_is_missing(worked: Work, metrics: str, id: str, words: str) -> None:
    lines = "\n".join(line.replace(": {", f": {{{WORDS}, ", 1) for line in metrics.splitlines())
    figures = worked("    " + lines)
    from esgreport.model import parse_figure_id

    cause = figures.cause(parse_figure_id(id))
    assert cause is not None and words in cause.words
    assert cause.place.path.startswith("data/")


amounts = st.lists(st.integers(0, 10**6), min_size=3, max_size=3)
rates = st.lists(st.decimals(0, 5, places=4, allow_nan=False), min_size=3, max_size=3)


@settings(max_examples=20, deadline=None)
@given(amounts, rates)
def test_activity_times_factor_adds_up_over_the_members(project_of, used, factors) -> None:
    """The law of scope 2: the whole is the sum of each member's activity × factor, exactly."""
    plants = ("east", "west", "south")
    cells = ", ".join(f"{p}: {v}" for p, v in zip(plants, used, strict=True))
    given_by = ", ".join(f"{p}: {v}" for p, v in zip(plants, factors, strict=True))
    figures = project_of(
        f"grid: {{unit: kgCO2e/kWh, source: t, breakdown: {{plant: {{{given_by}}}}}}}\n",
        f"""
        used: {{{WORDS}, unit: kWh, breakdown: {{plant: {{2025: {{{cells}}}}}}}}}
        x: {{{WORDS}, unit: kgCO2e, formula: used * factor("grid"), breakdown: [plant]}}
        """,
    )
    expected = sum(v * Fraction(f) for v, f in zip(used, factors, strict=True))
    assert exact(figures, "x@2025") == expected
    assert sum(exact(figures, f"x@2025[plant={p}]") for p in plants) == expected


@pytest.fixture(scope="module")
def project_of(tmp_path_factory):
    """`project_of(factors, metrics)`: figures of a project written anew for each example."""
    root = tmp_path_factory.mktemp("law")
    for name in ("data/aspects", "content/en", "content/zh-Hant"):
        (root / name).mkdir(parents=True)

    def make(factors: str, metrics: str) -> Figures:
        (root / "data/report.yml").write_text(REPORT, encoding="utf-8")
        (root / "data/dimensions.yml").write_text(DIMENSIONS, encoding="utf-8")
        (root / "data/factors.yml").write_text(factors, encoding="utf-8")
        (root / "data/aspects/a2.yml").write_text(aspect(metrics), encoding="utf-8")
        return edition_of(root).figures

    return make
