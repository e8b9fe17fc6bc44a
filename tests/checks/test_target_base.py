from esgreport.checks import target_base

REPORT = """
slug: tiny
title: {en: T, zh-Hant: 題}
company: {name: {en: C, zh-Hant: 司}}
languages: [zh-Hant, en]
period: 2025
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2030: {from: 2030-01-01, to: 2030-12-31}
parts: [{pages: [a2]}]
"""


def files(aspect):
    return {"data/report.yml": REPORT, "data/aspects/a2.yml": aspect}


def test_a_base_without_a_value(assert_marks):
    found = assert_marks(target_base.check, files("""
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 5}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, values: {2025: 5, 2024: not_available}}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 3}}
          paper: {name: {en: Paper, zh-Hant: 紙}, unit: kg, per: [output], values: {2025: 4, 2024: 5}}
        targets:
          less: {name: {en: Less, zh-Hant: 減}, metric: water, base: 2024, change: -10, to: 2030}
          ^^^^ target-base
          even_less: {name: {en: Less, zh-Hant: 減}, metric: gas, base: 2024, level: 3, to: 2030}
          ^^^^^^^^^ target-base
          per_tonne: {name: {en: Less, zh-Hant: 減}, metric: paper, per: output, base: 2024, change: -10, to: 2030}
          ^^^^^^^^^ target-base
          bound: {name: {en: Less, zh-Hant: 減}, metric: water, base: 2024, at_most: 3, to: 2030}
          ^^^^^ target-base
    """))  # fmt: skip
    water, gas, paper, bound = found
    assert water.message.startswith(
        'the target "less" has no value to start from: water@2024 is not given (data/aspects/a2.yml:3:'
    )
    assert water.help == gas.help == paper.help  # nine alike are read once
    assert "base_value: … here" in water.help and "in place of base" in water.help
    assert bound.help.endswith("if none was published, delete base: a bound needs none")
    assert "gas@2024 has no number (data/aspects/a2.yml:4:" in gas.message
    assert (
        "output@2024 is not given (data/aspects/a2.yml:5:" in paper.message
    )  # the denominator is what lacks


def test_a_base_that_is_typed_and_differs_as_it_is_printed(assert_marks):
    found = assert_marks(target_base.check, files("""
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 5, 2024: 7.25}}
          heat: {name: {en: Heat, zh-Hant: 熱}, unit: MWh, decimals: 1, formula: water * 3 * factor("f")}
        targets:
          same: {name: {en: S, zh-Hant: 同}, metric: water, base: 2024, base_value: 7.250, change: -10, to: 2030}
          rounded: {name: {en: R, zh-Hant: 約}, metric: water, base: 2024, base_value: 7.2, change: -10, to: 2030}
                                                                                      ^^^ target-base
          worked_out: {name: {en: W, zh-Hant: 算}, metric: heat, base: 2024, base_value: 21.8, change: -10, to: 2030}
          worked_out_too: {name: {en: W, zh-Hant: 算}, metric: heat, base: 2024, base_value: 21.7, change: -10, to: 2030}
                                                                                            ^^^^ target-base
    """) | {"data/factors.yml": "f: {name: {en: F, zh-Hant: 因子}, value: 1, unit: MWh/m3, source: a table}\n"})  # fmt: skip
    assert "starts from 7.2, but water@2024 is 7.25 (data/aspects/a2.yml:3:" in found[0].message
    assert "heat@2024 is 21.8" in found[1].message


def test_a_change_of_nothing(assert_marks):
    found = assert_marks(target_base.check, files("""
        aspect: A2
        metrics:
          solar: {name: {en: Solar, zh-Hant: 太陽能}, unit: kWh, values: {2025: 5, 2024: nil}}
        targets:
          more: {name: {en: More, zh-Hant: 增}, metric: solar, base: 2024, change: 50, to: 2030}
                                                                                  ^^ target-base
          enough: {name: {en: More, zh-Hant: 增}, metric: solar, base: 2024, level: 50, to: 2030}
    """))  # fmt: skip
    assert "write level" in found[0].help


def test_bases_that_are_known(assert_marks):
    assert_marks(target_base.check, files("""
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 5, 2024: 6}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, values: {2025: 5}}
        targets:
          own: {name: {en: A, zh-Hant: 甲}, metric: water, base: 2024, change: -10, to: 2030}
          typed: {name: {en: B, zh-Hant: 乙}, metric: gas, base: 2024, base_value: 9, change: -10, to: 2030}
          bound: {name: {en: C, zh-Hant: 丙}, metric: gas, at_most: 4, to: 2030}
    """))  # fmt: skip
