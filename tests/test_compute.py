"""Figures that follow from others, each against a calculation of the test's own."""

from fractions import Fraction

import pytest
from esgreport.amounts import canonical
from esgreport.compute import MOST_FORMULAS, Figures
from esgreport.expressions import chains, cycles, unit_of
from esgreport.model import FigureId, Kind, Status
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import aspect, cell, dimension, edition_of, exact, figure, metric, values_report

DIMENSIONS = """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男性}, female: {en: Female, zh-Hant: 女性}}
age_group:
  name: {en: Age, zh-Hant: 年齡}
  members: {young: {en: Young, zh-Hant: 青年}, old: {en: Old, zh-Hant: 長者}}
region:
  name: {en: Region, zh-Hant: 地區}
  members: {north: {en: North, zh-Hant: 北}, south: {en: South, zh-Hant: 南}}
entity:
  name: {en: Entity, zh-Hant: 公司}
  members: {a: {en: A, zh-Hant: 甲}, b: {en: B, zh-Hant: 乙}, c: {en: C, zh-Hant: 丙}}
scope:
  name: {en: Scope, zh-Hant: 範圍}
  partition: false
  members: {near: {en: Near, zh-Hant: 近}, far: {en: Far, zh-Hant: 遠}}
"""
FACTORS = """\
grid: {value: 0.5810, unit: kgCO2e/kWh, source: a table}
calorific: {value: 35.9, unit: MJ/L, source: a table}
"""


@pytest.fixture
def worked(project):
    """`worked(metrics, …)`: the figures of the tiny company with these metrics, and any files beside them."""

    def work(metrics: str, blocking: bool = False, **files: str) -> Figures:
        changed = {
            "data/dimensions.yml": DIMENSIONS,
            "data/factors.yml": FACTORS,
            "data/aspects/a2.yml": aspect(metrics),
        }
        return edition_of(project({**changed, **files}), blocking).figures

    return work


WORDS = "name: {en: X, zh-Hant: 某}"

# ---- totals

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False)


@given(st.lists(amounts, min_size=1, max_size=12))
def test_parts_add_up_to_the_total_exactly(parts):
    names = [f"m{n}" for n in range(len(parts))]
    cells = [cell(str(part), part=name) for name, part in zip(names, parts, strict=True)]
    total = figure(Figures(values_report([metric("x", *cells)], [dimension("part", *names)])), "x@2025")
    assert total.number.exact == sum(map(Fraction, parts))
    assert str(total.number) == f"{sum(parts):.3f}".replace("-0.000", "0.000")
    assert total.inputs == tuple(FigureId("x", "2025", (("part", name),)) for name in names)


@given(st.data())
def test_a_table_by_two_dimensions_adds_up_both_ways(data):
    regions, entities = ["r1", "r2", "r3"], ["e1", "e2"]
    values = {(r, e): data.draw(st.integers(0, 10**6)) for r in regions for e in entities}
    cells = [cell(str(v), region=r, entity=e) for (r, e), v in values.items()]
    figures = Figures(
        values_report([metric("x", *cells)], [dimension("region", *regions), dimension("entity", *entities)])
    )
    assert exact(figures, "x@2025") == sum(values.values())
    for r in regions:
        assert exact(figures, f"x@2025[region={r}]") == sum(values[r, e] for e in entities)
    for e in entities:
        assert exact(figures, f"x@2025[entity={e}]") == sum(values[r, e] for r in regions)


def test_a_total_has_the_decimals_of_its_most_exact_part():
    figures = Figures(
        values_report([metric("x", cell("1.5", d="a"), cell("2.250", d="b"))], [dimension("d", "a", "b")])
    )
    assert str(figure(figures, "x@2025").number) == "3.750"


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ((Kind.NIL, Kind.NIL), Kind.NIL),
        ((Kind.NOT_APPLICABLE, Kind.NOT_APPLICABLE), Kind.NOT_APPLICABLE),
        ((Kind.NIL, Kind.NOT_APPLICABLE), Kind.NIL),
        (("3", Kind.NIL), Kind.VALUE),
        (("0", Kind.NIL), Kind.VALUE),
        (("3", Kind.NOT_AVAILABLE), Kind.NOT_AVAILABLE),
        ((Kind.NIL, Kind.NOT_AVAILABLE), Kind.NOT_AVAILABLE),
    ],
)
def test_what_a_total_of_parts_without_a_number_is(kinds, kind):
    cells = [cell(value, d=name) for name, value in zip("ab", kinds, strict=True)]
    total = figure(Figures(values_report([metric("x", *cells)], [dimension("d", "a", "b")])), "x@2025")
    assert total.kind == kind
    assert (total.number is None) == (kind != Kind.VALUE)


def test_a_part_that_is_not_written_yet_leaves_no_total():
    figures = Figures(values_report([metric("x", cell("3", d="a"))], [dimension("d", "a", "b")]))
    assert figure(figures, "x@2025") is None


def test_a_typed_total_stands_where_the_parts_are_incomplete():
    figures = Figures(values_report([metric("x", cell("9"), cell("3", d="a"))], [dimension("d", "a", "b")]))
    total = figure(figures, "x@2025")
    assert str(total.number) == "9" and not total.derived


def test_a_typed_total_is_a_control_and_never_the_figure():
    cells = [cell("9"), cell("3", d="a"), cell("4", d="b")]
    figures = Figures(values_report([metric("x", *cells)], [dimension("d", "a", "b")]))
    assert str(figure(figures, "x@2025").number) == "7"
    assert str(figures.authored(FigureId("x", "2025")).number) == "9"


def test_rates_and_dimensions_that_overlap_are_not_summed():
    cells = [cell("7", d="a"), cell("8", d="b")]
    assert (
        figure(
            Figures(values_report([metric("x", *cells, unit="percent")], [dimension("d", "a", "b")])),
            "x@2025",
        )
        is None
    )
    overlapping = dimension("d", "a", "b", partition=False)
    assert figure(Figures(values_report([metric("x", *cells)], [overlapping])), "x@2025") is None


def test_a_limit_or_range_has_no_place_in_a_sum(worked):
    figures = worked(f"""
        x:
          {WORDS}
          unit: t
          breakdown: {{gender: {{2025: {{male: {{limit: 0.5}}, female: 2}}}}, age_group: {{2025: {{young: {{range: [1, 3]}}, old: 2}}}}}}
    """)
    assert figure(figures, "x@2025") is None
    assert figure(figures, "x@2025[gender=male]").kind == Kind.LIMIT
    assert str(figure(figures, "x@2025[age_group=young]").upper) == "3"


def test_the_first_complete_division_gives_the_total(worked):
    figures = worked(f"""
        x:
          {WORDS}
          unit: person
          breakdown:
            gender: {{2025: {{male: 3}}}}
            age_group: {{2025: {{young: 4, old: 5}}}}
    """)
    total = figure(figures, "x@2025")
    assert (str(total.number), total.formula) == ("9", "sum(x, age_group)")


def test_a_cross_table_from_a_csv_adds_up_in_every_direction(worked):
    lines = ["metric,period,region,entity,value"]
    values = {(r, e): n * 11 + m for n, r in enumerate(("north", "south")) for m, e in enumerate("abc", 1)}
    lines += [f"x,2025,{r},{e},{v}" for (r, e), v in values.items()]
    figures = worked(f"x: {{{WORDS}, unit: kWh}}", **{"data/aspects/a2.csv": "\n".join(lines) + "\n"})
    assert exact(figures, "x@2025") == sum(values.values())
    assert exact(figures, "x@2025[region=south]") == sum(v for (r, _), v in values.items() if r == "south")
    assert exact(figures, "x@2025[entity=b]") == values["north", "b"] + values["south", "b"]
    assert exact(figures, "x@2025[entity=b,region=south]") == values["south", "b"]
    listed = [str(f.id) for f in figures.declared()]
    assert {"x@2025", "x@2025[region=north]", "x@2025[entity=c]", "x@2025[entity=a,region=north]"} <= set(
        listed
    )
    assert len(listed) == len(set(listed)) == 1 + 2 + 3 + 6


def test_a_restated_part_restates_the_total(worked):
    figures = worked(f"""
        water:
          {WORDS}
          unit: m3
          breakdown:
            gender:
              2024: {{male: {{value: 59.5, restated_from: 57.25, reason: {{en: A slow meter., zh-Hant: 水表偏慢。}}}}, female: 40}}
              2025: {{male: 60, female: {{value: 41, status: estimated, qualifier: about}}}}
    """)
    total = figure(figures, "water@2024")
    assert (total.status, str(total.number), str(total.former)) == (Status.RESTATED, "99.5", "97.25")
    assert total.reason["en"] == "A slow meter."
    assert figure(figures, "water@2025").status == Status.ESTIMATED  # in part, which its mark says
    part = figure(figures, "water@2025[gender=female]")
    assert (part.status, part.qualifier) == (Status.ESTIMATED, "about")


def test_a_typed_total_may_say_that_it_is_restated(worked):
    figures = worked(f"""
        water:
          {WORDS}
          unit: m3
          values: {{2025: {{value: 100, restated_from: 90, reason: {{en: Why., zh-Hant: 因。}}}}}}
          breakdown: {{gender: {{2025: {{male: 60, female: 40}}}}}}
    """)
    total = figure(figures, "water@2025")
    assert (total.derived, total.status, str(total.former)) == (True, Status.RESTATED, "90")


# ---- formulas


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b", 12 + 5),
        ("a - b", 12 - 5),
        ("a − b", 12 - 5),
        ("a - b - b", 2),
        ("a - (b - b)", 12),
        ("a + b * 2", 22),
        ("a × 3 ÷ 4", 9),
        ("a / 3 / 2", 2),
        ("(a + b) * 0.1", Fraction(17, 10)),
        ("a * b / b", 12),
    ],
)
def test_formulas_follow_the_rules_of_arithmetic(worked, formula, expected):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, values: {{2025: 12}}}}
        b: {{{WORDS}, unit: t, values: {{2025: 5}}}}
        x: {{{WORDS}, unit: t, formula: "{formula}"}}
    """)
    assert exact(figures, "x@2025") == expected


def test_a_formula_converts_units_by_itself(worked):
    figures = worked(f"""
        electricity: {{{WORDS}, unit: MWh, values: {{2025: 1 234.5}}}}
        diesel: {{{WORDS}, unit: L, values: {{2025: 1 000}}}}
        emissions: {{{WORDS}, unit: tCO2e, formula: electricity * factor("grid")}}
        energy: {{{WORDS}, unit: kWh, formula: electricity + diesel * factor("calorific")}}
    """)
    found = figure(figures, "emissions@2025")
    assert found.number.exact == Fraction("1234.5") * Fraction("0.5810")  # MWh × kgCO2e/kWh = tCO2e
    assert found.inputs == (FigureId("electricity", "2025"),)
    assert [(use.factor, str(use.value.number)) for use in found.factors] == [("grid", "0.5810")]
    assert exact(figures, "energy@2025") == Fraction("1234500") + Fraction(35900) / Fraction("3.6")


def test_a_formula_by_dimension_divides_like_by_like(worked):
    figures = worked(f"""
        leavers: {{{WORDS}, unit: person, breakdown: {{gender: {{2025: {{male: 9, female: 2}}}}}}}}
        workforce: {{{WORDS}, unit: person, breakdown: {{gender: {{2025: {{male: 251, female: 90}}}}}}}}
        turnover: {{{WORDS}, unit: percent, formula: leavers / workforce, breakdown: [gender]}}
    """)
    assert exact(figures, "turnover@2025") == Fraction(11 * 100, 341)
    assert exact(figures, "turnover@2025[gender=female]") == Fraction(200, 90)
    assert figure(figures, "turnover@2025[gender=female]").inputs == (
        FigureId("leavers", "2025", (("gender", "female"),)),
        FigureId("workforce", "2025", (("gender", "female"),)),
    )
    assert figure(figures, "turnover@2025[age_group=old]") is None


def test_decimals_of_a_formula_are_declared_or_three_digits_for_the_smallest_year(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, values: {{2025: 1825.34, 2024: 9.87654}}}}
        x: {{{WORDS}, unit: t, formula: a * 1}}
        y: {{{WORDS}, unit: t, formula: a * 1, decimals: 1}}
    """)
    assert str(figure(figures, "x@2025").number) == "1825.34"
    assert str(figure(figures, "x@2024").number) == "9.88"
    assert str(figure(figures, "y@2025").number) == "1825.3"


def test_what_is_not_available_makes_what_follows_not_available(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, per: [b], values: {{2025: not_available, 2024: 3}}}}
        b: {{{WORDS}, unit: t, values: {{2025: 5, 2024: not_available}}}}
        c: {{{WORDS}, unit: t, formula: a + b}}
    """)
    for id in ("c@2025", "c@2024", "a~per.b@2025", "a~change.2024@2025", "a~difference.2024@2025"):
        found = figure(figures, id)
        assert (found.kind, found.number) == (Kind.NOT_AVAILABLE, None), id
        assert found.derived and found.inputs


def test_what_is_missing_leaves_what_follows_missing(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, per: [b], values: {{2024: 3}}}}
        b: {{{WORDS}, unit: t, values: {{2025: 5, 2024: 2}}}}
        c: {{{WORDS}, unit: t, formula: a + b}}
        d: {{{WORDS}, unit: t, per: [e], values: {{2025: 5}}}}
        e: {{{WORDS}, unit: t, values: {{2025: {{limit: 3}}}}}}
    """)
    for id in (
        "a@2025",
        "c@2025",
        "a~per.b@2025",
        "a~change.2024@2025",
        "d~per.e@2025",
        "d~change.2024@2025",
    ):
        assert figure(figures, id) is None, id
    assert exact(figures, "c@2024") == 5


@pytest.mark.parametrize("period", ["2025", "2024"])
def test_what_is_not_applicable_is_not_compared(worked, period):
    """A rate of a site without the thing has no change: that nothing became nothing is no news."""
    given = {"2025": 3, "2024": 2} | {period: "not_applicable"}
    figures = worked(f"""
        closed: {{{WORDS}, unit: t, values: {{2025: {given["2025"]}, 2024: {given["2024"]}}}}}
        opened: {{{WORDS}, unit: t, values: {{2025: {given["2025"]}, 2024: {given["2024"]}}}}}
        rate: {{{WORDS}, unit: percent, formula: closed / opened}}
    """)
    for id in ("rate~difference.2024@2025", "closed~difference.2024@2025", "closed~change.2024@2025"):
        found = figure(figures, id)
        assert (found.kind, found.number) == (Kind.NOT_APPLICABLE, None), id


def test_dividing_by_nothing_is_not_applicable(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, per: [b, n], values: {{2025: 3, 2024: nil}}}}
        b: {{{WORDS}, unit: t, values: {{2025: 0, 2024: 0}}}}
        n: {{{WORDS}, unit: t, values: {{2025: nil, 2024: not_applicable}}}}
        c: {{{WORDS}, unit: ratio, formula: a / b}}
        z: {{{WORDS}, unit: t, breakdown: {{gender: {{2025: {{male: 0, female: nil}}}}}}}}
    """)
    ids = ("a~per.b@2025", "a~per.n@2025", "a~change.2024@2025", "c@2025", "z~share.gender@2025[gender=male]")
    for id in ids:
        found = figure(figures, id)
        assert (found.kind, found.number) == (Kind.NOT_APPLICABLE, None), id
    assert exact(figures, "a~difference.2024@2025") == 3


def test_a_formula_of_what_does_not_apply_does_not_apply(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, values: {{2025: not_applicable, 2024: not_applicable}}}}
        b: {{{WORDS}, unit: t, values: {{2025: 5, 2024: not_applicable}}}}
        c: {{{WORDS}, unit: t, formula: a + b}}
    """)
    assert exact(figures, "c@2025") == 5
    assert figure(figures, "c@2024").kind == Kind.NOT_APPLICABLE


def test_unlike_quantities_give_nothing(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, values: {{2025: 5}}}}
        b: {{{WORDS}, unit: kWh, values: {{2025: 5}}}}
        c: {{{WORDS}, unit: t, formula: a + b}}
        d: {{{WORDS}, unit: kWh, formula: a * 2}}
        e: {{{WORDS}, unit: kWh, formula: d + b}}
    """)
    assert [figure(figures, f"{id}@2025") for id in "cde"] == [None, None, None]


def test_names_that_nothing_answers_to_give_nothing_and_stop_nothing(worked):
    figures = worked(
        f"""
        a: {{{WORDS}, unit: t, per: [nowhere], values: {{2025: 5}}}}
        b: {{{WORDS}, unit: t, formula: a + nobody}}
        c: {{{WORDS}, unit: tCO2e, formula: a * factor("none")}}
        d: {{{WORDS}, unit: t, formula: b + a}}
        """,
        blocking=True,
    )
    ids = ("b@2025", "c@2025", "d@2025", "a~per.nowhere@2025", "nobody@2025", "a@1999", "a@2025[planet=mars]")
    assert [figure(figures, id) for id in ids] == [None] * len(ids)
    assert [str(f.id) for f in figures.declared()] == ["a@2025"]
    assert unit_of(figures.report, FigureId("a", "2025", (), "per.nowhere")).code == "t"


def test_a_circle_gives_nothing_and_is_told_the_shortest_way_round(worked):
    figures = worked(f"""
        a: {{{WORDS}, unit: t, formula: b + e}}
        b: {{{WORDS}, unit: t, formula: c + d}}
        c: {{{WORDS}, unit: t, formula: a - d}}
        d: {{{WORDS}, unit: t, values: {{2025: 1}}}}
        e: {{{WORDS}, unit: t, formula: e + d}}
        after: {{{WORDS}, unit: t, formula: a + d}}
    """)
    assert {m.id: way for m, way in cycles(figures.report)} == {
        "a": ["a", "b", "c", "a"],
        "b": ["b", "c", "a", "b"],
        "c": ["c", "a", "b", "c"],
        "e": ["e", "e"],
    }
    assert [figure(figures, f"{id}@2025") for id in ("a", "b", "c", "e", "after")] == [None] * 5


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_of_formulas_ends_by_itself(worked, order):
    links = [f"m{n}: {{{WORDS}, unit: t, formula: m{n - 1} + m0}}" for n in range(1, 400)]
    figures = worked("\n".join([f"m0: {{{WORDS}, unit: t, values: {{2025: 1, 2024: 1}}}}", *links[::order]]))
    lengths = chains(figures.report)
    assert lengths["m399"] == 399
    assert exact(figures, f"m{MOST_FORMULAS}@2025") == MOST_FORMULAS + 1
    assert figure(figures, f"m{MOST_FORMULAS + 1}@2025") is None
    assert figure(figures, "m399@2025") is None


# ---- operations


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(-(10**9), 10**9).filter(bool), st.integers(0, 4))
def test_change_and_difference_are_what_they_say(this, base, decimals):
    one, two = (canonical(Fraction(units, 10**decimals), decimals) for units in (this, base))
    figures = Figures(values_report([metric("x", cell(one), cell(two, "2024"))]))
    assert exact(figures, "x~change.2024@2025") == Fraction(this - base, abs(base)) * 100
    difference = figure(figures, "x~difference.2024@2025")
    assert difference.number.exact == Fraction(this - base, 10**decimals)
    assert difference.number.decimals == decimals
    assert difference.inputs == (FigureId("x", "2025"), FigureId("x", "2024"))


def test_units_of_operations():
    report = values_report([metric("x", unit="kWh"), metric("y"), metric("rate", unit="percent")])
    units = {
        "x": {
            "": "kWh",
            "per.y": "kWh/t",
            "change.2024": "percent",
            "difference.2024": "kWh",
            "share.d": "percent",
        },
        "rate": {"": "percent", "change.2024": "percent", "difference.2024": "percentage_point"},
    }
    for name, expected in units.items():
        assert {o: unit_of(report, FigureId(name, "2025", (), o)).code for o in expected} == expected


def test_a_rate_changes_by_percentage_points():
    figures = Figures(values_report([metric("rate", cell("8.4"), cell("7.0", "2024"), unit="percent")]))
    found = figure(figures, "rate~difference.2024@2025")
    assert (str(found.number), found.unit.code) == ("1.4", "percentage_point")
    assert exact(figures, "rate~change.2024@2025") == 20


def test_an_intensity_divides_the_same_parts_and_prints_a_row_alike(worked):
    figures = worked(f"""
        energy:
          {WORDS}
          unit: MWh
          per: [output]
          breakdown: {{gender: {{2025: {{male: 100, female: 20}}, 2024: {{male: 90, female: 0.5}}}}}}
        output:
          {WORDS}
          unit: t
          breakdown: {{gender: {{2025: {{male: 7, female: 3}}, 2024: {{male: 8, female: 1 000}}}}}}
    """)
    assert exact(figures, "energy~per.output@2025") == Fraction(120, 10)
    assert exact(figures, "energy~per.output@2025[gender=male]") == Fraction(100, 7)
    assert figure(figures, "energy~per.output@2025").unit.code == "MWh/t"
    assert str(figure(figures, "energy~per.output@2024").number) == "0.0898"  # 90.5 / 1008
    assert str(figure(figures, "energy~per.output@2025").number) == "12.0000"


def test_decimals_of_operations_may_be_set_for_the_report(project):
    report = """\
slug: tiny
title: {en: T, zh-Hant: 題}
company: {name: {en: C, zh-Hant: 司}}
languages: [zh-Hant, en]
period: 2025
comparatives: [2024]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
decimals: {change: 1, share: 0, per: 5}
parts: [{pages: [a2]}]
"""
    metrics = aspect(f"""
        x: {{{WORDS}, unit: t, per: [y], breakdown: {{gender: {{2025: {{male: 1, female: 2}}, 2024: {{male: 3, female: 4}}}}}}}}
        y: {{{WORDS}, unit: t, values: {{2025: 7}}}}
    """)
    figures = edition_of(project({"data/report.yml": report, "data/aspects/a2.yml": metrics})).figures
    assert str(figure(figures, "x~change.2024@2025").number) == "-57.1"
    assert str(figure(figures, "x~share.gender@2025[gender=female]").number) == "67"
    assert str(figure(figures, "x~per.y@2025").number) == "0.42857"


def test_a_share_is_of_the_whole_of_its_own_dimension(worked):
    cells = "x,2025,north,a,10\nx,2025,north,b,30\nx,2025,north,c,0\nx,2025,south,a,5\nx,2025,south,b,5\nx,2025,south,c,50\n"
    csv = "metric,period,region,entity,value\n" + cells
    figures = worked(f"x: {{{WORDS}, unit: kWh}}", **{"data/aspects/a2.csv": csv})
    assert exact(figures, "x~share.region@2025[region=north]") == 40
    assert exact(figures, "x~share.entity@2025[entity=b,region=north]") == 75


def test_figures_are_worked_out_once():
    figures = Figures(values_report([metric("x", cell("3"))]))
    assert figure(figures, "x@2025") is figure(figures, "x@2025")
    assert figures.unit(FigureId("x", "2031")).code == "t"
