import pytest
from esgreport.checks import other_scope
from reports import CODE_REPORT

FACTORS = """
grid: {value: 0.5, unit: kgCO2e/kWh, source: S}
gas: {value: 2, unit: kgCO2e/m3, source: S}
"""


def run(assert_marks, metrics):
    head = """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, answers: [A2.1:energy-indirect], values: {2025: 500}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, answers: [A2.1:energy-direct], values: {2025: 500}}
          burnt: {name: {en: Burnt, zh-Hant: 燃燒}, unit: tCO2e, formula: gas * factor("gas")}
    """
    return assert_marks(
        other_scope.check,
        {
            "data/report.yml": CODE_REPORT,
            "data/factors.yml": FACTORS.lstrip(),
            "data/aspects/a2.yml": head.rstrip() + metrics,
        },
    )


def test_gas_of_own_furnaces_in_scope_2(assert_marks):
    found = run(assert_marks, """
          scope_2:
            name: {en: Scope 2, zh-Hant: 範圍2}
            unit: tCO2e
            answers: ["D28(b)"]
            formula: power * factor("grid") + burnt
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other-scope
    """)  # fmt: skip
    assert found[0].message.startswith(
        '"scope_2" answers D28(b):ghg-scope2, but is worked out from "gas", which answers energy-direct'
    )
    assert found[0].severity == "error"


@pytest.mark.parametrize(
    ("answers", "formula"),
    [
        ('["D28(a)"]', "burnt"),
        ('["D28(b)"]', 'power * factor("grid")'),
        ('["D28(c)"]', 'power * factor("grid") + burnt'),  # what comes before fuel and power is Scope 3
        ("[]", 'power * factor("grid") + burnt'),
    ],
)
def test_energy_of_its_own_scope(assert_marks, answers, formula):
    run(assert_marks, f"""
          scope: {{name: {{en: X, zh-Hant: 某}}, unit: tCO2e, answers: {answers}, formula: {formula}}}
    """)  # fmt: skip
