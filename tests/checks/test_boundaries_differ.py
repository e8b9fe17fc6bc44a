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


def test_what_one_value_covers(assert_marks):
    found = assert_marks(boundaries_differ.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          gas:
            name: {en: Gas, zh-Hant: 氣}
            unit: kWh
            boundary: {en: Both plants, zh-Hant: 兩廠}
            values: {2025: 5, 2024: {value: 4, boundary: {en: North, zh-Hant: 北廠}}}
          diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: kWh, boundary: {en: Both plants, zh-Hant: 兩廠}, values: {2025: 5, 2024: 4}}
          fuel:
            name: {en: Fuel, zh-Hant: 燃料}
            unit: kWh
            formula: gas + diesel
                     ^^^^^^^^^^^^ boundaries-differ
          per_diesel:
            name: {en: Gas of before, zh-Hant: 先前}
            unit: kWh
            formula: 1 * gas@2024
            per: [diesel]
          said:
            name: {en: Said, zh-Hant: 說}
            unit: kWh
            formula: gas + diesel
            values: {2024: {boundary: {en: "Both, gas of the north alone", zh-Hant: 兩廠，氣只計北廠}}}
          noted:
            name: {en: Noted, zh-Hant: 註}
            unit: kWh
            formula: gas + diesel
            values: {2024: {note: {en: "Gas of the north alone", zh-Hant: 氣只計北廠}}}
          rate:
            name: {en: Rate, zh-Hant: 率}
            unit: percent
            formula: gas / diesel
                     ^^^^^^^^^^^^ boundaries-differ
          quotient:
            name: {en: Quotient, zh-Hant: 商}
            unit: kWh
            per: [gas]
                  ^^^ boundaries-differ
            boundary: {en: Both plants, zh-Hant: 兩廠}
            values: {2025: 5, 2024: 4}
    """})  # fmt: skip
    assert found[0].message == (
        "gas@2024 covers “North” (data/aspects/a2.yml:7:37), but "
        '"diesel" covers “Both plants” (data/aspects/a2.yml:8:3)'
    )


def test_a_value_that_is_typed_in_the_place_of_its_formula(assert_marks):
    assert_marks(boundaries_differ.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: kWh, boundary: {en: Both plants, zh-Hant: 兩廠}, values: {2025: not_available, 2024: 4}}
          diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: kWh, values: {2025: {value: 5, boundary: {en: North, zh-Hant: 北廠}}, 2024: 4}}
          fuel: {name: {en: Fuel, zh-Hant: 燃料}, unit: kWh, formula: gas + diesel, values: {2025: 8}}
    """})  # fmt: skip
