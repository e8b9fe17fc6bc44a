import pytest
from esgreport.checks import zero_after_value


def test_a_quantity_that_falls_to_nothing(assert_marks):
    found = assert_marks(zero_after_value.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: L, values: {2025: nil, 2024: 69 435}}
                                                                            ^^^ zero-after-value
          gas:
            name: {en: Gas, zh-Hant: 氣}
            unit: m3
            breakdown: {gender: {2025: {male: 0, female: 0}, 2024: {male: 12, female: 3}}}
                                              ^ zero-after-value
          complaints: {name: {en: Complaints, zh-Hant: 投訴}, unit: case, values: {2025: 0, 2024: 120}}
                                                                                       ^ zero-after-value
    """})  # fmt: skip
    assert found[0].message == "diesel@2025 is nil, after 69435 L in 2024"
    assert found[1].message == "gas@2025[gender=male] is 0, after 12 m3 in 2024; so is female"


def test_a_note_about_something_else_does_not_say_why(assert_marks):
    found = assert_marks(zero_after_value.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          oil: {name: {en: Oil, zh-Hant: 油}, unit: L, note: {en: Trucks., zh-Hant: 貨車。}, values: {2025: nil, 2024: 69 435}}
                                                                                                        ^^^ zero-after-value
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, values: {2025: nil, 2024: {value: 435, note: {en: Bought., zh-Hant: 外購。}}}}
                                                                      ^^^ zero-after-value
    """})  # fmt: skip
    assert found[0].help.endswith('add "note" or "reason_for_change" to the value')


@pytest.mark.parametrize(
    "values",
    [
        "unit: case, values: {2025: nil, 2024: 9}",
        "unit: HKD, values: {2025: nil, 2024: 50 000}",
        "unit: t, values: {2025: not_applicable, 2024: 50}",
        "unit: t, values: {2025: not_available, 2024: 50}",
        "unit: t, values: {2025: nil, 2024: 0}",
        "unit: t, values: {2025: 5, 2024: nil}",
        "unit: t, values: {2025: {value: nil, note: {en: Closed., zh-Hant: 已關閉。}}, 2024: 50}",
        "unit: t, values: {2025: {value: nil, reason_for_change: {en: Closed., zh-Hant: 已關閉。}}, 2024: 50}",
    ],
)
def test_what_may_be_nothing(assert_marks, values):
    assert_marks(zero_after_value.check, {"data/aspects/a2.yml": f"""
        aspect: A2
        metrics:
          x: {{name: {{en: X, zh-Hant: 某}}, {values}}}
    """})  # fmt: skip
