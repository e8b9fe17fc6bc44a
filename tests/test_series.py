"""Figures beside each other: which periods follow each other, and what answers a measure."""

from esgreport.series import Measures, consecutive, made_of
from esgreport.units import UNITS
from reports import aspect, edition_of

PERIODS = """\
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2023: {from: 2023-01-01, to: 2023-12-31}
  2020: {from: 2020-01-01, to: 2020-12-31}
  2026_q1: {from: 2026-01-01, to: 2026-03-31}
  2024_h1: {from: 2024-01-01, to: 2024-06-30}
  2024_h2: {from: 2024-07-01, to: 2024-12-31}
"""
ENERGY = UNITS["kWh"].dimensions


def test_periods_that_follow_each_other_and_are_as_long(project):
    root = project()
    path = root / "data/report.yml"
    head, _, rest = path.read_text(encoding="utf-8").partition("periods:\n")
    path.write_text(head + "periods:\n" + PERIODS + rest[rest.index("parts:") :], encoding="utf-8")
    pairs = consecutive(edition_of(root).report)
    assert pairs == (("2024", "2023"), ("2024_h2", "2024_h1"), ("2025", "2024"))


def answers(project, metrics):
    root = project({"data/factors.yml": "heat: {value: 10, unit: kWh/L, source: S}\n"})
    path = root / "data/report.yml"
    path.write_text(path.read_text(encoding="utf-8") + "frameworks: [hkex-esg-code-2025]\n", encoding="utf-8")
    (root / "data/aspects/a2.yml").write_text(
        aspect(metrics.replace(": {unit", ": {name: {en: X, zh-Hant: 某}, unit")), encoding="utf-8"
    )
    edition = edition_of(root, blocking=True)
    return Measures(edition.report, edition.figures, edition.frameworks["hkex-esg-code-2025"])


def test_what_is_worked_out_from_others_counts_once(project):
    found = answers(project, """
        oil: {unit: L, answers: [A2.1:energy-direct], values: {2025: 100}}
        gas: {unit: MWh, answers: [A2.1:energy-direct], values: {2025: 2}}
        heat: {unit: kWh, answers: [A2.1:energy-direct], formula: oil * factor("heat")}
    """).answered("energy-direct", ENERGY, "2025")  # fmt: skip
    assert found is not None
    assert (found.exact, found.ids) == (3000, "gas@2025 + heat@2025")


def test_a_part_in_another_quantity_or_without_a_value_leaves_it_open(project):
    oil = "oil: {unit: L, answers: [A2.1:energy-direct], values: {2025: 100}}\n"
    gas = "gas: {unit: MWh, answers: [A2.1:energy-direct], values: {2024: 2}}\n"
    assert answers(project, oil + gas).answered("energy-direct", ENERGY, "2024") is None


def test_everything_behind_a_metric_even_round_in_a_circle(project):
    found = answers(project, """
        a: {unit: t, formula: b + c}
        b: {unit: t, formula: a + d}
        c: {unit: t, values: {2025: 1}}
        d: {unit: t, values: {2025: 1}}
    """)  # fmt: skip
    assert made_of(found.report) == {
        "a": {"a", "b", "c", "d"}, "b": {"a", "b", "c", "d"}, "c": frozenset(), "d": frozenset(),
    }  # fmt: skip
