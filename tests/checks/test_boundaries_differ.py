from esgreport.checks import boundaries_differ


def test_different_parts_of_the_company(assert_marks):
    found = assert_marks(boundaries_differ.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: kWh, boundary: {en: Both plants, zh-Hant: 兩廠}, values: {2025: 5}}
          diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: kWh, boundary: {en: North, zh-Hant: 北廠}, values: {2025: 5}}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, boundary: {en: North, zh-Hant: 北廠}, values: {2025: 5}}
          fuel:
            name: {en: Fuel, zh-Hant: 燃料}
            unit: kWh
            formula: gas + diesel
                     ^^^^^^^^^^^^ boundaries-differ
          more:
            name: {en: More, zh-Hant: 更多}
            unit: kWh
            per: [output]
                  ^^^^^^ boundaries-differ
            boundary: {en: Both plants, zh-Hant: 兩廠}
            values: {2025: 5}
    """})  # fmt: skip
    assert found[0].message.startswith('"gas" covers “')
    assert '"diesel" covers “' in found[0].message


def test_one_boundary_or_one_that_is_said(assert_marks):
    assert_marks(boundaries_differ.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: kWh, boundary: {en: Both plants, zh-Hant: 兩廠}, per: [coal], values: {2025: 5}}
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: kWh, boundary: {en: Both plants, zh-Hant: 兩廠}, values: {2025: 5}}
          diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: kWh, boundary: {en: North, zh-Hant: 北廠}, values: {2025: 5}}
          plain: {name: {en: Plain, zh-Hant: 平}, unit: kWh, values: {2025: 5}}
          sum: {name: {en: Sum, zh-Hant: 和}, unit: kWh, formula: gas + coal + plain}
          said: {name: {en: Said, zh-Hant: 說}, unit: kWh, boundary: {en: "Both, diesel in the north", zh-Hant: 兩廠}, formula: gas + diesel}
          noted: {name: {en: Noted, zh-Hant: 註}, unit: kWh, note: {en: "Both, diesel in the north", zh-Hant: 兩廠}, formula: gas + diesel}
    """})  # fmt: skip
