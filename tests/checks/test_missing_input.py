from esgreport.checks import missing_input


def test_a_figure_that_lacks(assert_marks):
    found = assert_marks(missing_input.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 5, 2024: 3}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: kWh, values: {2024: 3}}
          energy:
            name: {en: Energy, zh-Hant: 能源}
            unit: kWh
            formula: power + gas
                     ^^^^^^^^^^^ missing-input
          twice: {name: {en: Twice, zh-Hant: 雙}, unit: kWh, formula: energy + power}
    """})  # fmt: skip
    assert found[0].severity == "error"
    assert found[0].message == (
        "energy@2025 cannot be worked out, as gas@2025 is not given (data/aspects/a2.yml:4:3)"
    )


def test_a_member_and_not_the_whole_again(assert_marks):
    found = assert_marks(missing_input.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          left: {name: {en: Left, zh-Hant: 離}, unit: person, breakdown: {gender: {2025: {male: 5, female: 3}, 2024: {male: 5, female: 3}}}}
          staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, breakdown: {gender: {2025: {male: 5}, 2024: {male: 5, female: 3}}}}
          rate:
            name: {en: Rate, zh-Hant: 率}
            unit: percent
            breakdown: [gender]
            formula: left / staff
                     ^^^^^^^^^^^^ missing-input
    """})  # fmt: skip
    assert (
        "rate@2025[gender=female] cannot be worked out, as staff@2025[gender=female] is not given"
        in found[0].message
    )


def test_a_factor_and_a_limit(assert_marks):
    found = assert_marks(missing_input.check, {
        "data/factors.yml": "grid: {unit: kgCO2e/kWh, source: S, values: {2024: 0.5}}\n",
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 5, 2024: 3}}
              dust: {name: {en: Dust, zh-Hant: 塵}, unit: kWh, values: {2025: {limit: 5}, 2024: 3}}
              ghg:
                name: {en: GHG, zh-Hant: 溫室氣體}
                unit: tCO2e
                formula: power * factor("grid")
                         ^^^^^^^^^^^^^^^^^^^^^^ missing-input
              sum:
                name: {en: Sum, zh-Hant: 和}
                unit: kWh
                formula: power + dust
                         ^^^^^^^^^^^^ missing-input
        """,
    })  # fmt: skip
    assert 'the factor "grid" has no value for 2025' in found[0].message
    assert "dust@2025 is a limit" in found[1].message


def test_where_nothing_is_there_or_said_elsewhere(assert_marks):
    assert_marks(missing_input.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 5}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: kWh, values: {2025: not_available}}
          energy: {name: {en: Energy, zh-Hant: 能源}, unit: kWh, formula: power + gas}
          wrong: {name: {en: Wrong, zh-Hant: 誤}, unit: t, formula: power + nothing}
          loop: {name: {en: Loop, zh-Hant: 環}, unit: kWh, formula: power + loop}
    """})  # fmt: skip


def test_the_first_year_has_none_before_it(assert_marks):
    assert_marks(missing_input.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 5, 2024: 3}}
          growth: {name: {en: Growth, zh-Hant: 增}, unit: percent, formula: "change(power, previous)"}
    """})  # fmt: skip


def test_a_typed_value_hides_nothing_that_the_report_s_own_period_lacks(assert_marks):
    """Of earlier years, and where it is said that an input is not available, the typed value stands."""
    found = assert_marks(missing_input.check, {
        "data/factors.yml": "grid: {unit: kgCO2e/kWh, source: S, values: {2024: 0.5}}\n",
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 5}}
              gas: {name: {en: Gas, zh-Hant: 氣}, unit: kWh, values: {2024: 3}}
              heat: {name: {en: Heat, zh-Hant: 熱}, unit: kWh, values: {2025: not_available}}
              energy:
                name: {en: Energy, zh-Hant: 能源}
                unit: kWh
                formula: power + gas
                         ^^^^^^^^^^^ missing-input
                values: {2025: 9, 2024: 8}
              bare:
                name: {en: Bare, zh-Hant: 獨}
                unit: kWh
                formula: gas * 2
                         ^^^^^^^ missing-input
                values: {2025: 9}
              ghg:
                name: {en: GHG, zh-Hant: 溫室氣體}
                unit: tCO2e
                formula: power * factor("grid")
                         ^^^^^^^^^^^^^^^^^^^^^^ missing-input
                values: {2025: 9}
              known: {name: {en: Known, zh-Hant: 知}, unit: kWh, formula: power + heat, values: {2025: 9}}
              since: {name: {en: Since, zh-Hant: 自}, unit: kWh, formula: power + power@previous, values: {2025: 9, 2024: 4}}
        """,
    })  # fmt: skip
    assert found[0].message == (
        "energy@2025 cannot be worked out, as gas@2025 is not given (data/aspects/a2.yml:4:3)"
    )
    assert "not_available" in found[0].help
    assert 'the factor "grid" has no value for 2025' in found[2].message
