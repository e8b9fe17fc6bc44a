from esgreport.checks import formula_mismatch

INPUTS = """\
  leavers: {name: {en: Left, zh-Hant: 離職}, unit: person, breakdown: {gender: {2025: {male: 7, female: 2}, 2024: {male: 9, female: 3}}}}
  staff: {name: {en: Staff, zh-Hant: 僱員}, unit: person, breakdown: {gender: {2025: {male: 61, female: 35}}}, values: {2024: not_available}}
"""


def files(metrics, csv=None):
    lines = [line for line in metrics.strip("\n").split("\n") if line.strip()]
    return {
        "data/aspects/a2.yml": "aspect: A2\nmetrics:\n" + INPUTS + "\n".join(lines) + "\n",
        "data/aspects/a2.csv": csv,
    }


def test_a_control_that_the_formula_misses(assert_marks):
    found = assert_marks(formula_mismatch.check, files("""
  rate:
    name: {en: Rate, zh-Hant: 率}
    unit: percent
    formula: leavers / staff
    values: {2025: 9.6}
                   ^^^ formula-mismatch
    """))  # fmt: skip
    assert found[0].severity == "error" and not found[0].blocking
    assert found[0].message == (
        "rate@2025 is typed as 9.6, but its formula gives 9.4: "
        "leavers@2025 is 9 (data/aspects/a2.yml:3:3), staff@2025 is 96 (data/aspects/a2.yml:4:3)"
    )


def test_members_from_yaml_and_from_a_csv(assert_marks):
    """61 into 7 is 11.475…, 35 into 2 is 5.714…"""
    assert_marks(
        formula_mismatch.check,
        files("""
  rate:
    name: {en: Rate, zh-Hant: 率}
    unit: percent
    formula: leavers / staff
    breakdown: {gender: {2025: {male: 11.5, female: 5.8}}}
                                                    ^^^ formula-mismatch
  listed: {name: {en: L, zh-Hant: 列}, unit: percent, formula: leavers / staff, breakdown: [gender]}
        """)
        | {
            "data/aspects/a2.csv": """
            metric,period,gender,value
            listed,2025,male,11.48
            listed,2025,female,5.70
                               ^^^^ formula-mismatch
            """
        },
    )


def test_what_agrees_or_is_no_control(assert_marks):
    """A half is rounded up; words, a limit and a range are compared too; 2024 has no formula to go by."""
    assert_marks(formula_mismatch.check, files("""
  exact: {name: {en: X, zh-Hant: 某}, unit: percent, formula: leavers / staff, values: {2025: 9.375, 2024: 77}}
  half: {name: {en: X, zh-Hant: 某}, unit: percent, formula: leavers / staff, values: {2025: 9.38}}
  rough: {name: {en: X, zh-Hant: 某}, unit: percent, formula: leavers / staff, values: {2025: {value: 9, qualifier: about}}}
  below: {name: {en: X, zh-Hant: 某}, unit: percent, formula: leavers / staff, values: {2025: {limit: 10}}}
  between: {name: {en: X, zh-Hant: 某}, unit: percent, formula: leavers / staff, values: {2025: {range: [9, 10]}}}
  none: {name: {en: X, zh-Hant: 某}, unit: person, formula: leavers - leavers, values: {2025: nil}}
  said: {name: {en: X, zh-Hant: 某}, unit: person, formula: leavers * 1, values: {2025: {note: {en: N., zh-Hant: 註。}}}}
  typed: {name: {en: X, zh-Hant: 某}, unit: person, values: {2025: 5}}
    """))  # fmt: skip


def test_words_that_are_not_what_the_formula_comes_to(assert_marks):
    found = assert_marks(formula_mismatch.check, files("""
  unknown: {name: {en: X, zh-Hant: 某}, unit: person, formula: leavers * 2, values: {2025: not_available}}
                                                                                          ^^^^^^^^^^^^^ formula-mismatch
  below: {name: {en: X, zh-Hant: 某}, unit: person, formula: leavers * 2, values: {2025: {limit: 18}}}
                                                                                                ^^ formula-mismatch
  half: {name: {en: X, zh-Hant: 某}, unit: percent, formula: leavers / staff, values: {2025: 9.37}}
                                                                                            ^^^^ formula-mismatch
    """))  # fmt: skip
    assert (
        "unknown@2025 is typed as not-available, but its formula gives 18.0: leavers@2025" in found[0].message
    )
    assert "half@2025 is typed as 9.37, but its formula gives 9.38" in found[2].message


def test_a_part_with_a_formula_of_its_own(assert_marks):
    found = assert_marks(formula_mismatch.check, files("""
  sum:
    name: {en: Sum, zh-Hant: 總和}
    unit: person
    formula: {gender: {male: "leavers[gender=male] * 2"}}
    breakdown: {gender: {2025: {male: 15, female: 4}}}
                                      ^^ formula-mismatch
    values: {2025: 18}
    """))  # fmt: skip
    assert "sum@2025[gender=male] is typed as 15, but its formula gives 14" in found[0].message
