import pytest
from esgreport.checks import formula_unit


def test_unlike_added_to_unlike_and_a_result_of_another_kind(assert_marks):
    found = assert_marks(formula_unit.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 1}}
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, values: {2025: 1}}
          energy:
            name: {en: Energy, zh-Hant: 能源}
            unit: kWh
            formula: power * 2 + coal
                               ^ formula-unit
          ghg:
            name: {en: GHG, zh-Hant: 溫室氣體}
            unit: tCO2e
            formula: power * 0.58
                     ^^^^^^^^^^^^ formula-unit
    """})  # fmt: skip
    assert [f.message for f in found] == [
        "energy + mass cannot be worked out",
        'the formula gives energy, but "ghg" is in tCO2e (co2e)',
    ]


@pytest.mark.parametrize(
    ("unit", "formula"),
    [
        ("kWh", 'power + coal * factor("heat")'),
        ("GJ", "power"),
        ("kWh/t", "power / coal"),
        ("percent", "coal / (coal + coal)"),
        ("t", "(coal + coal) * power / power"),
        ("kWh", "power + nobody"),  # told as an unknown name
    ],
)
def test_like_added_to_like(assert_marks, unit, formula):
    assert_marks(formula_unit.check, {
        "data/factors.yml": "heat: {value: 20 908, unit: MJ/t, source: a table}",
        "data/aspects/a2.yml": f"""
            aspect: A2
            metrics:
              power: {{name: {{en: Power, zh-Hant: 電}}, unit: kWh, values: {{2025: 1}}}}
              coal: {{name: {{en: Coal, zh-Hant: 煤}}, unit: t, values: {{2025: 1}}}}
              x: {{name: {{en: X, zh-Hant: 某}}, unit: {unit}, formula: '{formula}'}}
        """,
    })  # fmt: skip
