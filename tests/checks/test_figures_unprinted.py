from esgreport.checks import figures_unprinted


def test_a_metric_that_nothing_prints_or_uses(assert_marks):
    assert_marks(figures_unprinted.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, per: [output], values: {2025: 3, 2024: 2}}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 8}}
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, values: {2025: 8}}
          waste: {name: {en: Waste, zh-Hant: 廢物}, unit: t, values: {2025: 8}}
          ^^^^^ figures-unprinted
          energy: {name: {en: Energy, zh-Hant: 能源}, unit: t, formula: coal * 2}
          ^^^^^^ figures-unprinted
    """})  # fmt: skip


def test_a_metric_without_values_is_still_to_come(assert_marks):
    assert_marks(figures_unprinted.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, values: {2025: 3, 2024: 2}}
          coal:
            name: {en: Coal, zh-Hant: 煤}
            unit: t
            values:
              2025:
          energy: {name: {en: Energy, zh-Hant: 能源}, unit: t, formula: coal * 2}
    """})  # fmt: skip
