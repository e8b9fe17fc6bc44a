from esgreport.checks import outside_life

DIMENSIONS = """
plant:
  name: {en: Works, zh-Hant: 廠房}
  members:
    east: {en: East, zh-Hant: 東廠}
    henan: {name: {en: Henan, zh-Hant: 河南}, until: 2024}
    dubai:
      name: {en: Dubai, zh-Hant: 杜拜}
      from: 2025
"""


def test_values_before_and_after_the_life_of_a_member(assert_marks):
    found = assert_marks(outside_life.check, {
        "data/dimensions.yml": DIMENSIONS,
        "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          power:
            name: {en: Power, zh-Hant: 電}
            unit: kWh
            breakdown:
              plant:
                2025: {east: 5, henan: 3, dubai: 2}
                                       ^ outside-life
                2024: {east: 5, henan: 3, dubai: nil}
                                                 ^^^ outside-life
          steam:
            name: {en: Steam, zh-Hant: 蒸汽}
            unit: GJ
            breakdown:
              plant:
                2025: {henan: not_applicable, dubai: 1}
                2024: {dubai: {value: not_applicable, note: {en: Not open., zh-Hant: 未開。}}}
    """})  # fmt: skip
    assert found[0].message == (
        'power@2025[plant=henan] is typed as 3, but "henan" exists until 2024 (data/dimensions.yml:5:5)'
    )
    assert '"dubai" exists from 2025 (data/dimensions.yml:6:5)' in found[1].message
