from esgreport.checks import formula_cycle
from esgreport.compute import MOST_FORMULAS


def test_a_formula_that_leads_back_to_itself(assert_marks):
    found = assert_marks(formula_cycle.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          a:
            name: {en: A, zh-Hant: 甲}
            unit: t
            formula: b + d
                     ^^^^^ formula-cycle
          b:
            name: {en: B, zh-Hant: 乙}
            unit: t
            formula: a - d
                     ^^^^^ formula-cycle
          c: {name: {en: C, zh-Hant: 丙}, unit: t, formula: a + d}
          d: {name: {en: D, zh-Hant: 丁}, unit: t, values: {2025: 1}}
    """})  # fmt: skip
    assert found[0].message == "the formula leads back to itself: a → b → a"


def test_too_many_formulas_one_behind_the_other(assert_marks):
    lines = ["aspect: A2", "metrics:", "  m0: {name: {en: M, zh-Hant: 某}, unit: t, values: {2025: 1}}"]
    for n in range(1, MOST_FORMULAS + 4):
        lines.append(f"  m{n}: {{name: {{en: M, zh-Hant: M}}, unit: t, formula: m{n - 1} * 1}}")
        if n == MOST_FORMULAS + 1:
            at = lines[-1].index(f"m{n - 1} *")
            lines.append(" " * at + "^" * len(f"m{n - 1} * 1") + " formula-chain")
    assert_marks(formula_cycle.check, {"data/aspects/a2.yml": "\n".join(lines)})


def test_formulas_in_a_row(assert_marks):
    assert_marks(formula_cycle.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          a: {name: {en: A, zh-Hant: 甲}, unit: t, formula: b + b}
          b: {name: {en: B, zh-Hant: 乙}, unit: t, formula: c * 2}
          c: {name: {en: C, zh-Hant: 丙}, unit: t, values: {2025: 1}}
    """})  # fmt: skip
