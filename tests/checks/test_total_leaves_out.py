import pytest
from esgreport.checks import total_leaves_out
from esgreport.series import measures
from reports import CODE_REPORT, edition_of

PARTS = """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, answers: [A2.1:energy-indirect], values: {2025: 2 600}}
          petrol: {name: {en: Petrol, zh-Hant: 汽油}, unit: kWh, answers: [A2.1:energy-direct], values: {2025: 400}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, answers: [A2.1:energy-direct], values: {2025: 838}}
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, answers: [A2.1:energy-direct], values: {2025: nil}}
"""


def run(assert_marks, total):
    files = {
        "data/report.yml": CODE_REPORT,
        "data/factors.yml": "heat: {value: 38.9, unit: MJ/m3, source: S}\n",
        "data/aspects/a2.yml": PARTS + total,
    }
    return assert_marks(total_leaves_out.check, files)


def test_a_fuel_that_the_formula_forgets(assert_marks):
    found = run(assert_marks, """
          total:
            name: {en: Total, zh-Hant: 總}
            unit: MWh
            answers: [A2.1:energy-total]
            formula: power + petrol
                     ^^^^^^^^^^^^^^ total-leaves-out
    """)  # fmt: skip
    assert found[0].message.startswith(
        '"total" answers A2.1:energy-total, but its formula leaves out "gas" (data/aspects/a2.yml:5:'
    )
    assert found[0].severity == "error"
    assert 'add gas * factor("…") to the formula' in found[0].help


def test_a_typed_total_of_what_happens_to_be_in_its_unit(assert_marks):
    found = run(assert_marks, """
          total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], values: {2025: 3.000}}
          ^^^^^ total-leaves-out
    """)  # fmt: skip
    assert 'is the sum of petrol, power alone; it leaves out "gas"' in found[0].message
    assert found[0].help == (
        'correct the total, or let it be worked out: total: {formula: … + gas * factor("…")}'
    )


def of_parts(assert_marks, metrics):
    return assert_marks(
        total_leaves_out.check, {"data/report.yml": CODE_REPORT, "data/aspects/a2.yml": metrics}
    )


def test_a_total_that_is_less_than_a_fuel_in_cubic_metres_holds(assert_marks):
    """The total is a sum of members, none of which is gas; no formula and no part in kilowatt hours says so."""
    found = of_parts(assert_marks, """
        aspect: A2
        metrics:
          gas: {name: {en: Natural gas, zh-Hant: 天然氣}, unit: m3, answers: [A2.1:energy-direct], values: {2025: 500}}
          total:
          ^^^^^ total-leaves-out
            name: {en: Energy, zh-Hant: 能源}
            unit: kWh
            answers: [A2.1:energy-total]
            breakdown: {gender: {2025: {male: 2 600, female: 400}}}
    """)  # fmt: skip
    assert found[0].message.endswith(
        'but is less than its parts; it leaves out "gas" (data/aspects/a2.yml:3:3)'
    )


def test_a_total_in_a_larger_unit_is_the_sum_within_its_rounding(assert_marks):
    run(assert_marks, """
          more: {name: {en: More, zh-Hant: 多}, unit: kWh, answers: [A2.1:energy-direct], values: {2025: 4 000 123}}
          total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], values: {2025: 4 003}}
          ^^^^^ total-leaves-out
    """)  # fmt: skip


ENERGY = """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, answers: [A2.1:energy-indirect], values: {2025: 2 600, 2024: 2 500}}
          petrol: {name: {en: Petrol, zh-Hant: 汽油}, unit: MWh, answers: [A2.1:energy-direct], values: {2025: 0.4, 2024: 0.5}}
"""


def test_a_typed_total_that_is_not_the_sum_of_its_parts(assert_marks):
    found = of_parts(assert_marks, ENERGY + """
          total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], values: {2025: 2.8, 2024: 3.0}}
                                                                                                         ^^^ total-mismatch
    """.strip("\n"))  # fmt: skip
    assert found[0].message == "total@2025 is 2.8 MWh, but petrol@2025 + power@2025 is 3.0"
    assert found[0].severity == "error"


@pytest.mark.parametrize("value", ["3.0", "3", "3.00"])
def test_a_typed_total_may_be_rounded(assert_marks, value):
    of_parts(assert_marks, ENERGY + f"""
          total: {{name: {{en: Total, zh-Hant: 總}}, unit: MWh, answers: [A2.1:energy-total], values: {{2025: {value}}}}}
    """.strip("\n"))  # fmt: skip


@pytest.mark.parametrize(
    "total",
    [
        'total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], formula: power + petrol + gas * factor("heat")}',
        'direct: {name: {en: Direct, zh-Hant: 直}, unit: MWh, answers: [A2.1:energy-direct], formula: petrol + gas * factor("heat")}\n'
        '          total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], formula: power + direct}',
        'direct: {name: {en: Direct, zh-Hant: 直}, unit: MWh, answers: [A2.1:energy-direct], formula: petrol + gas * factor("heat")}\n'
        '          total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], formula: power + petrol + gas * factor("heat")}',
        'total: {name: {en: Total, zh-Hant: 總}, unit: MWh, answers: [A2.1:energy-total], values: {2025: 12.055}}',
        'total: {name: {en: Total, zh-Hant: 總}, unit: MWh, formula: power}',
    ],
)  # fmt: skip
def test_totals_that_contain_everything(assert_marks, total):
    run(assert_marks, f"          {total}\n")


def test_what_the_catalogues_add_up_and_divide_is_there(project):
    framework = edition_of(project({"data/report.yml": CODE_REPORT}), blocking=True).frameworks[
        "hkex-esg-code-2025"
    ]
    keys = {measure.key for _, measure in measures(framework)}
    sums = {
        key: measure.sum_of for _, measure in measures(framework) if (key := measure.key) and measure.sum_of
    }
    assert sums == {"energy-total": ("energy-direct", "energy-indirect")}
    assert {measure.energy for _, measure in measures(framework)} - {""} == {
        "energy-direct",
        "energy-indirect",
    }
    assert {"energy-direct", "energy-indirect"} <= keys
    assert {measure.key for _, measure in measures(framework) if measure.gross} == {
        "ghg-scope1", "ghg-scope2", "ghg-scope2-location", "ghg-scope3",
    }  # fmt: skip
