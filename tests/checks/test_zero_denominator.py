from conftest import TINY
from esgreport.checks import zero_denominator


def test_an_intensity_over_nothing(assert_marks):
    found = assert_marks(zero_denominator.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          energy:
            name: {en: Energy, zh-Hant: 能源}
            unit: kWh
            per: [output, staff]
                  ^^^^^^ zero-denominator
            values: {2025: 5, 2024: 7}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 3, 2024: 0}}
          staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, values: {2025: 3, 2024: nil}}
    """})  # fmt: skip
    assert found[0].message.startswith("output@2024 is 0 (data/aspects/a2.yml:8:")


def test_a_formula_over_nothing(assert_marks):
    found = assert_marks(zero_denominator.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          good: {name: {en: Good, zh-Hant: 好}, unit: t, values: {2025: 3, 2024: 2}}
          all: {name: {en: All, zh-Hant: 全}, unit: t, values: {2025: nil, 2024: 4}}
          rate:
            name: {en: Rate, zh-Hant: 率}
            unit: percent
            formula: good / all
                     ^^^^^^^^^^ zero-denominator
    """})  # fmt: skip
    assert "rate@2025 divides by nothing" in found[0].message


def test_a_change_on_a_year_without_any_and_what_does_not_apply(assert_marks):
    assert_marks(zero_denominator.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          solar: {name: {en: Solar, zh-Hant: 太陽能}, unit: kWh, per: [output], values: {2025: 5, 2024: nil}}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 3, 2024: 2}}
          none: {name: {en: None, zh-Hant: 無}, unit: t, values: {2025: not_applicable}}
          rate: {name: {en: Rate, zh-Hant: 率}, unit: percent, formula: none / none}
    """})  # fmt: skip


def test_both_places_are_named_also_inside_a_formula(assert_marks):
    found = assert_marks(zero_denominator.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          good: {name: {en: Good, zh-Hant: 好}, unit: t, values: {2025: 3, 2024: 2}}
          some: {name: {en: Some, zh-Hant: 些}, unit: t, values: {2025: 5, 2024: 4}}
          rest: {name: {en: Rest, zh-Hant: 餘}, unit: t, values: {2025: -5, 2024: 4}}
          rate:
            name: {en: Rate, zh-Hant: 率}
            unit: percent
            formula: 1 - average(good / (some + rest), 1)
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ zero-denominator
    """})  # fmt: skip
    assert found[0].message == (
        "rate@2025 divides by nothing, so it has no value: "
        "some@2025 is 5 (data/aspects/a2.yml:4:64) and rest@2025 is -5 (data/aspects/a2.yml:5:64)"
    )


def test_members_for_which_a_formula_is_worked_out_or_printed(assert_marks):
    table = """# Energy

Text.

## Figures { #figures }

{{ left(gender="female", per="staff") }} {{ left(gender="male", per="staff") }}
"""
    found = assert_marks(zero_denominator.check, {
        "content/en/a2.md": table, "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"],
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              left:
                name: {en: Left, zh-Hant: 離}
                unit: person
                per: [staff]
                      ^^^^^ zero-denominator
                breakdown: {gender: {2025: {male: 5, female: 3}}}
              staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, breakdown: {gender: {2025: {male: 5, female: 0}}}}
              rate:
                name: {en: Rate, zh-Hant: 率}
                unit: percent
                breakdown: [gender]
                formula: left / staff
                         ^^^^^^^^^^^^ zero-denominator
              none: {name: {en: None, zh-Hant: 無}, unit: person, breakdown: {gender: {2025: {male: 5, female: 0}}}}
              nothing: {name: {en: Nothing, zh-Hant: 沒}, unit: percent, breakdown: [gender], formula: none / staff}
        """,
    })  # fmt: skip
    assert "staff@2025[gender=female] is 0 (data/aspects/a2.yml:" in found[0].message
    assert "rate@2025[gender=female] divides by nothing" in found[1].message
