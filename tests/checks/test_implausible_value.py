import pytest
from esgreport.checks import implausible_value
from reports import CODE_REPORT, edition_of


def test_the_least_is_for_the_whole_and_the_most_for_every_part(assert_marks):
    found = assert_marks(implausible_value.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          gas:
            name: {en: Gas, zh-Hant: 氣}
            unit: m3
            plausible: [100, 5 000]
            breakdown: {gender: {2025: {male: 3, female: 5 001}, 2024: {male: 40, female: 70}}}
                                                         ^^^^^ implausible-value
          whole:
            name: {en: Whole, zh-Hant: 全}
            unit: t
            plausible: [100, 5 000]
            values: {2025: 99, 2024: nil}
                           ^^ implausible-value
          twice:
            name: {en: Twice, zh-Hant: 雙}
            unit: t
            plausible: [0, 197]
            formula: whole * 2
                     ^^^^^^^^^ implausible-value
    """})  # fmt: skip
    assert (
        found[0].message == "gas@2025[gender=female] is 5001 m3, outside its plausible range of 100 to 5000"
    )


@pytest.mark.parametrize(
    ("unit", "value", "name"),
    [
        ("MJ/m3", "38931", "Natural gas"),  # kJ
        ("MJ/m3", "0.0389", "Natural gas"),
        ("MJ/L", "35900", "Diesel"),
        ("MJ/kg", "42652", "Diesel"),
        ("MJ/kg", "0.0209", "Raw coal"),
        ("tce/t", "714.3", "Raw coal"),
        ("MJ/kWh", "3600", "Electricity"),
        ("kgCO2e/kWh", "581.0", "Grid"),
        ("tCO2e/kWh", "0.581", "Grid"),
        ("kgCO2e/MWh", "0.581", "Grid"),
        ("kgCO2e/kWh", "-0.5", "Grid"),
        ("kgCO2e/L", "2630", "Diesel"),
        ("kgCO2e/L", "0.00263", "Diesel"),
        ("kgCO2e/m3", "2162", "Natural gas"),
        ("kgCO2e/L", "7", "Cleaning agent"),
        ("tCO2e/kg", "3.1", "Diesel"),
        ("tCO2e/kg", "2256", "R-410A"),
    ],
)
def test_factors_that_cannot_be(project, unit, value, name):
    """Among them every slip of a thousand with the usual fuels."""
    root = project(
        {
            "data/factors.yml": f"x: {{name: {{en: {name}, zh-Hant: 某}}, value: {value}, unit: {unit}, source: S}}\n"
        }
    )
    (found,) = implausible_value.check(edition_of(root), root)
    assert (found.code, found.place.path) == ("implausible-value", "data/factors.yml")
    assert "; plausible are " in found.message


@pytest.mark.parametrize(
    ("unit", "value", "name"),
    [
        ("MJ/m3", "38.931", "Natural gas"),
        ("MJ/m3", "35900", "Diesel"),
        ("MJ/m3", "22000", "Liquefied natural gas"),
        ("tce/m3", "0.00133", "Natural gas"),
        ("MJ/L", "31.9", "Petrol"),
        ("MJ/kg", "120", "Hydrogen"),
        ("GJ/t", "42.652", "Diesel"),
        ("tce/t", "0.7143", "Raw coal"),
        ("MJ/kWh", "3.6", "Electricity"),
        ("kgCO2e/kWh", "0", "Wind"),
        ("tCO2e/MWh", "0.5810", "Grid"),
        ("tCO2e/TJ", "56.1", "Natural gas"),
        ("kgCO2e/m3", "2.162", "Natural gas"),
        ("kgCO2e/m3", "0.15", "Water supply"),
        ("kgCO2e/m3", "300", "Concrete"),
        ("kgCO2e/kg", "25200", "Sulphur hexafluoride"),
        ("kgCO2e/kg", "-1.2", "Recycled copper"),
        ("RMB/t", "99999", "Price"),
    ],
)
def test_factors_as_they_are_published(project, unit, value, name):
    root = project(
        {
            "data/factors.yml": f"x: {{name: {{en: {name}, zh-Hant: 某}}, value: {value}, unit: {unit}, source: S}}\n"
        }
    )
    assert not list(implausible_value.check(edition_of(root), root))


def test_the_methane_of_a_flame_is_tiny(project):
    factor = "x: {name: {en: Diesel, zh-Hant: 柴油}, value: 0.002, unit: kgCO2e/L, gas: CH4, source: S}\n"
    root = project({"data/factors.yml": factor})
    assert not list(implausible_value.check(edition_of(root), root))


def test_rates_that_no_year_holds(assert_marks):
    found = assert_marks(implausible_value.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          training: {name: {en: Training hours per employee, zh-Hant: 平均}, unit: hour/person, values: {2025: 1 200, 2024: 21.4}}
                                                                                                             ^^^^^ implausible-value
          worked: {name: {en: Hours per employee, zh-Hant: 平均}, unit: hour/person, values: {2025: 2 050, 2024: 9 000}}
                                                                                                               ^^^^^ implausible-value
          lost: {name: {en: Lost days per employee, zh-Hant: 平均}, unit: day/person, values: {2025: 367, 2024: 366}}
                                                                                                   ^^^ implausible-value
          recycled: {name: {en: Share of scrap, zh-Hant: 廢料佔比}, unit: percent, values: {2025: 101, 2024: 100}}
                                                                                              ^^^ implausible-value
          turnover: {name: {en: Turnover rate, zh-Hant: 流失率}, unit: percent, values: {2025: 140, 2024: 100}}
          wide: {name: {en: Share of scrap, zh-Hant: 廢料佔比}, unit: percent, plausible: [0, 200], values: {2025: 140, 2024: 100}}
    """})  # fmt: skip
    assert "1200 hour/person; plausible are 0 to 1 000 hour/person" in found[0].message


def test_electricity_and_water_of_an_employee(assert_marks):
    found = assert_marks(implausible_value.check, {"data/report.yml": CODE_REPORT, "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, answers: [B1.1], values: {2025: 400, 2024: 400}}
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, answers: [A2.1:energy-indirect], values: {2025: 6, 2024: 3 000 000}}
                                                                                                            ^ implausible-value
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, note: {en: Mains., zh-Hant: 自來水。}, answers: [A2.2], values: {2025: 90 000 000, 2024: 90 000}}
                                                                                                                              ^^^^^^^^^^ implausible-value
    """})  # fmt: skip
    assert found[0].message.startswith("power@2025 for staff@2025 is 0.0150 kWh/person; plausible are 20 to ")
