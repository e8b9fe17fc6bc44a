import pytest
from esgreport.checks import implied_factor
from reports import CODE_REPORT


def files(aspect, factors=None):
    return {"data/report.yml": CODE_REPORT, "data/aspects/a2.yml": aspect, "data/factors.yml": factors}


def test_a_factor_that_no_fuel_has(assert_marks):
    found = assert_marks(implied_factor.check, files("""
        aspect: A2
        metrics:
          fuel: {name: {en: Fuel, zh-Hant: 燃料}, unit: kWh, answers: [A2.1:energy-direct], values: {2025: 161 462, 2024: 160 000}}
          scope_1: {name: {en: Scope 1, zh-Hant: 範圍1}, unit: tCO2e, answers: ["D28(a)"], values: {2025: 416.92, 2024: 40}}
                                                                                                        ^^^^^^ implied-factor
          power: {name: {en: Power, zh-Hant: 電}, unit: MWh, answers: [A2.1:energy-indirect], values: {2025: 2 676, 2024: 2 676}}
          scope_2: {name: {en: Scope 2, zh-Hant: 範圍2}, unit: tCO2e, answers: ["D28(b)"], values: {2025: 1 563, 2024: 1 563 000}}
                                                                                                                     ^^^^^^^^^ implied-factor
    """))  # fmt: skip
    assert found[0].message.startswith("scope_1@2025 ÷ fuel@2025 (data/aspects/a2.yml:3:")
    assert "is 2.58 tCO2e/MWh; natural gas gives 0.2" in found[0].message


def test_notes_settle_nothing_and_nothing_at_the_energy_does(assert_marks):
    assert_marks(implied_factor.check, files("""
        aspect: A2
        metrics:
          fuel:
            name: {en: Fuel, zh-Hant: 燃料}
            unit: kWh
            answers: [A2.1:energy-direct]
            note: {en: 5 vehicles., zh-Hant: 5輛車。}
            values: {2025: {value: 161 462, reason_for_change: {en: Fewer cars., zh-Hant: 車輛減少。}}, 2024: 1 600 000}
          scope_1:
            name: {en: Scope 1, zh-Hant: 範圍1}
            unit: tCO2e
            answers: ["D28(a)"]
            note: {en: Mainly fuel of vehicles., zh-Hant: 主要為車輛燃料。}
            values: {2025: {value: 416.92, note: {en: Worked out., zh-Hant: 經計算。}}, 2024: 400}
                                   ^^^^^^ implied-factor
                                   ^^^^^^ implied-factor
    """))  # fmt: skip


def test_energy_that_falls_while_its_emissions_rise(assert_marks):
    found = assert_marks(implied_factor.check, files("""
        aspect: A2
        metrics:
          fuel: {name: {en: Fuel, zh-Hant: 燃料}, unit: MWh, answers: [A2.1:energy-direct], values: {2025: 200, 2024: 405}}
          scope_1: {name: {en: Scope 1, zh-Hant: 範圍1}, unit: tCO2e, answers: ["D28(a)"], values: {2025: 90, 2024: 89}}
                                                                                                        ^^ implied-factor
    """))  # fmt: skip
    assert "scope_1@2025 went up on 2024, from 89 tCO2e to 90 tCO2e, but fuel@2025" in found[0].message
    assert found[0].message.endswith("fell by more than half, from 405 MWh to 200 MWh")


def test_gas_in_cubic_metres_counts_with_what_it_holds(assert_marks):
    """Emissions of the fuel in kilowatt hours alone, beside gas that must have been burnt too."""
    found = assert_marks(implied_factor.check, files("""
        aspect: A2
        metrics:
          petrol: {name: {en: Petrol, zh-Hant: 汽油}, unit: kWh, answers: [A2.1:energy-direct], values: {2025: 210 000, 2024: 490 000}}
          gas: {name: {en: Natural gas, zh-Hant: 天然氣}, unit: m3, answers: [A2.1:energy-direct], values: {2025: 640 000, 2024: nil}}
          scope_1: {name: {en: Scope 1, zh-Hant: 範圍1}, unit: tCO2e, answers: ["D28(a)"], values: {2025: 350, 2024: 130}}
                                                                                                        ^^^ implied-factor
    """))  # fmt: skip
    assert "scope_1@2025 ÷ petrol@2025 + gas@2025" in found[0].message
    assert "is at most 0.0631 tCO2e/MWh" in found[0].message


def test_oil_in_litres_that_falls_while_its_emissions_rise(assert_marks):
    found = assert_marks(implied_factor.check, files("""
        aspect: A2
        metrics:
          diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: L, answers: [A2.1:energy-direct], values: {2025: 20 000, 2024: 41 000}}
          scope_1: {name: {en: Scope 1, zh-Hant: 範圍1}, unit: tCO2e, answers: ["D28(a)"], values: {2025: 61, 2024: 60}}
                                                                                                        ^^ implied-factor
    """))  # fmt: skip
    assert "from 41000 L to 20000 L" in found[0].message


@pytest.mark.parametrize(
    "metrics",
    [
        # fuels in litres, worked out in MWh: what is worked out counts, and only once
        'oil: {unit: L, answers: [A2.1:energy-direct], values: {2025: 1 000}}\n  fuel: {unit: MWh, answers: [A2.1:energy-direct], '
        'formula: oil * factor("heat")}\n  scope_1: {unit: tCO2e, answers: ["D28(a)"], values: {2025: 2.6}}',
        # fuels in litres alone: nothing to compare
        'oil: {unit: L, answers: [A2.1:energy-direct], values: {2025: 1}}\n  scope_1: {unit: tCO2e, answers: ["D28(a)"], values: {2025: 99}}',
        # one of two fuels in litres alone
        'gas: {unit: MWh, answers: [A2.1:energy-direct], values: {2025: 1}}\n  oil: {unit: L, answers: [A2.1:energy-direct], values: {2025: 1}}\n'
        '  scope_1: {unit: tCO2e, answers: ["D28(a)"], values: {2025: 99}}',
        # refrigerants are within
        'fuel: {unit: MWh, answers: [A2.1:energy-direct], values: {2025: 10}}\n  r410a: {unit: kg, values: {2025: 50}}\n  scope_1: {unit: tCO2e, '
        'answers: ["D28(a)"], formula: r410a * factor("potential")}',
        # said to be something else; a note would not do
        'fuel: {unit: MWh, answers: [A2.1:energy-direct], values: {2025: 10}}\n  scope_1: {unit: tCO2e, answers: ["D28(a)"], '
        'values: {2025: {value: 99, reason_for_change: {en: Furnace gas is within., zh-Hant: 包括爐氣。}}}}',
        # restated
        'fuel: {unit: MWh, answers: [A2.1:energy-direct], values: {2025: 10}}\n  scope_1: {unit: tCO2e, answers: ["D28(a)"], '
        'values: {2025: {value: 99, restated_from: 9, reason: {en: A slip., zh-Hant: 筆誤。}}}}',
        # nothing was bought
        'power: {unit: MWh, answers: [A2.1:energy-indirect], values: {2025: nil}}\n  scope_2: {unit: tCO2e, answers: ["D28(b)"], values: {2025: nil}}',
    ],
)  # fmt: skip
def test_what_cannot_be_compared_or_is_explained(assert_marks, metrics):
    named = metrics.replace(": {unit", ": {name: {en: X, zh-Hant: 某}, unit")
    factors = (
        "heat: {value: 10, unit: kWh/L, source: S}\npotential: {value: 2256, unit: kgCO2e/kg, source: S}\n"
    )
    assert_marks(implied_factor.check, files(f"aspect: A2\nmetrics:\n  {named}\n", factors))
