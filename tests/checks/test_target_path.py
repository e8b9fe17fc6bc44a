from esgreport.checks import target_path

REPORT = """
slug: tiny
title: {en: T, zh-Hant: 題}
company: {name: {en: C, zh-Hant: 司}}
languages: [zh-Hant, en]
period: 2025
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2027: {from: 2027-01-01, to: 2027-12-31}
  2028: {from: 2028-01-01, to: 2028-12-31}
  2030: {from: 2030-01-01, to: 2030-12-31}
parts: [{pages: [a2]}]
"""
METRICS = """
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 90, 2024: 100}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, values: {2025: 5}}
        targets:
"""


def files(targets):
    return {"data/report.yml": REPORT, "data/aspects/a2.yml": METRICS + targets.lstrip("\n")}


def test_steps_beyond_the_goal_and_back(assert_marks):
    found = assert_marks(target_path.check, files("""
          beyond: {name: {en: B, zh-Hant: 過}, metric: water, base: 2024, change: -20, to: 2030, path: {2027: -25}}
                                                                                                             ^^^ target-path
          sign: {name: {en: S, zh-Hant: 號}, metric: water, base: 2024, change: -20, to: 2030, path: {2027: 12}}
                                                                                                           ^^ target-path
          swapped: {name: {en: W, zh-Hant: 調}, metric: water, base: 2024, level: 150, to: 2030, path: {2027: 140, 2028: 120}}
                                                                                                                        ^^^ target-path
          bound: {name: {en: U, zh-Hant: 限}, metric: gas, at_most: 3, to: 2030, path: {2028: 2}}
                                                                                             ^ target-path
    """))  # fmt: skip
    assert [f.message for f in found] == [
        "-25 in 2027 goes beyond the goal of -20 in 2030",
        "12 in 2027 leads back behind the base 2024",
        "120 in 2028 leads back behind 2027",
        "2 in 2028 goes beyond the goal of 3 in 2030",
    ]
    assert {str(f.severity) for f in found} == {"warning"}


def test_paths_that_lead_there(assert_marks):
    assert_marks(target_path.check, files("""
          down: {name: {en: D, zh-Hant: 下}, metric: water, base: 2024, change: -20, to: 2030, path: {2028: -15, 2027: -15}}
          up: {name: {en: U, zh-Hant: 上}, metric: water, base: 2024, level: 150, to: 2030, path: {2027: 100, 2028: 150}}
          bound: {name: {en: B, zh-Hant: 限}, metric: gas, at_least: 9, to: 2030, path: {2027: 7, 2028: 8}}
          no_base: {name: {en: N, zh-Hant: 無}, metric: gas, base: 2024, change: -20, to: 2030, path: {2027: 12}}
          level_no_base: {name: {en: N, zh-Hant: 無}, metric: gas, base: 2024, level: 20, to: 2030, path: {2027: 12}}
    """))  # fmt: skip
