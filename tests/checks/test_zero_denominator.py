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
