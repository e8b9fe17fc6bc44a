import pytest
from esgreport.checks import negative_value


def test_less_than_nothing(assert_marks):
    found = assert_marks(negative_value.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: -88 415, 2024: 3}}
                                                                          ^^^^^^^ negative-value
          rate: {name: {en: Power per tonne, zh-Hant: 電}, unit: kWh/t, values: {2025: -3}}
                                                                                      ^^ negative-value
    """})  # fmt: skip
    assert found[0].message == "water@2025 is -88415 m3, less than nothing"


@pytest.mark.parametrize(
    "metric",
    [
        "{name: {en: Tax, zh-Hant: 稅項}, unit: HKD, values: {2025: -5}}",
        "{name: {en: Removals, zh-Hant: 移除量}, unit: tCO2e, values: {2025: -5}}",
        "{name: {en: Growth, zh-Hant: 變化}, unit: percent, values: {2025: -5}}",
        "{name: {en: Change in employees, zh-Hant: 僱員}, unit: person, values: {2025: -5}}",
        "{name: {en: Employees, zh-Hant: 僱員淨額}, unit: person, values: {2025: -5}}",
    ],
)
def test_what_may_be_below_nothing(assert_marks, metric):
    assert_marks(negative_value.check, {"data/aspects/a2.yml": f"aspect: A2\nmetrics:\n  x: {metric}\n"})
