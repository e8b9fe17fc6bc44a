import pytest
from esgreport.checks import formula_unit
from reports import edition_of


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
        "unlike quantities cannot be taken together: power * 2 is energy, but coal is mass (t)",
        'the formula gives energy, but "ghg" is in tCO2e (CO2e)',
    ]
    assert found[0].help == 'convert coal with a factor of data/factors.yml: coal * factor("…")'


@pytest.mark.parametrize(
    ("formula", "said", "converted"),
    [
        ("power + heat + gas", "power and heat are energy (kWh, GJ), but gas is volume (m3)", "gas"),
        ("gas + power - heat", "gas is volume (m3), but power and heat are energy (kWh, GJ)", "gas"),
        ("(power + gas * 2) / 3", "power is energy (kWh), but gas * 2 is volume", "gas * 2"),
        ("power + staff", "power is energy (kWh), but staff is people (person)", "staff"),
        ("average(power, gas)", "power is energy (kWh), but gas is volume (m3)", "gas"),
        ("power + (gas + power) * 2", "gas is volume (m3), but power is energy (kWh)", "power"),
    ],
)
def test_a_sum_of_unlike_quantities_names_its_terms_once(project, formula, said, converted):
    root = project({"data/aspects/a2.yml": f"""
aspect: A2
metrics:
  power: {{name: {{en: Power, zh-Hant: 電}}, unit: kWh, values: {{2025: 1}}}}
  heat: {{name: {{en: Heat, zh-Hant: 熱}}, unit: GJ, values: {{2025: 1}}}}
  gas: {{name: {{en: Gas, zh-Hant: 氣}}, unit: m3, values: {{2025: 1}}}}
  staff: {{name: {{en: Staff, zh-Hant: 僱員}}, unit: person, values: {{2025: 1}}}}
  energy: {{name: {{en: Energy, zh-Hant: 能源}}, unit: kWh, formula: "{formula}"}}
"""})  # fmt: skip
    (found,) = formula_unit.check(edition_of(root), root)
    assert found.message == f"unlike quantities cannot be taken together: {said}"
    assert found.help.startswith(f"convert {converted} with a factor")


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
