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


def test_what_a_printed_intensity_is_divided_by(assert_marks):
    found = assert_marks(figures_unprinted.check, {
        "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, per: [output, revenue], values: {2025: 3, 2024: 2}}
          revenue: {name: {en: Revenue, zh-Hant: 收益}, unit: HKD, values: {2025: 8, 2024: 8}}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 8, 2024: 8}}
          ^^^^^^ figures-unprinted
    """,
        "content/en/a2.md": '# Energy\n\nWe used {{ electricity }}, {{ electricity(per="output", change="2024") }} a tonne and {{ electricity(per="revenue") }}.\n',
        "content/zh-Hant/a2.md": "# 能源\n\n耗電{{ electricity }}。\n",
    })  # fmt: skip
    assert found[0].message.endswith('though "electricity" is given per unit of it')
