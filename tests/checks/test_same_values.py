import pytest
from esgreport.checks import same_values


def test_a_row_that_repeats_the_year_before(assert_marks):
    found = assert_marks(same_values.check, {
        "data/dimensions.yml": "q: {name: {en: Q, zh-Hant: 季}, members: {a: {en: A, zh-Hant: 甲}, b: {en: B, zh-Hant: 乙}, c: {en: C, zh-Hant: 丙}, d: {en: D, zh-Hant: 丁}}}\n",
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 144 825, 2024: 144 825}}
                                                                              ^^^^^^^ same-values
              staff:
                name: {en: Staff, zh-Hant: 僱員}
                unit: person
                breakdown: {q: {2025: {a: 12, b: 34, c: 56, d: 78}, 2024: {a: 12, b: 34, c: 56, d: 78}}}
                                          ^^ same-values
        """,
    })  # fmt: skip
    assert [f.message for f in found] == [
        "water@2025 repeats 2024 digit for digit",
        "staff@2025 by q repeats 2024 digit for digit",
    ]


def test_a_note_at_the_metric_or_the_year_before_says_nothing_of_this_year(assert_marks):
    assert_marks(same_values.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          x: {name: {en: X, zh-Hant: 某}, unit: t, note: {en: All sites., zh-Hant: 所有地點。}, values: {2025: 1 451, 2024: 1 451}}
                                                                                                         ^^^^^ same-values
          y: {name: {en: Y, zh-Hant: 乙}, unit: t, values: {2025: 1 451, 2024: {value: 1 451, note: {en: New., zh-Hant: 新。}}}}
                                                                 ^^^^^ same-values
    """})  # fmt: skip


@pytest.mark.parametrize(
    "metric",
    [
        "unit: t, values: {2025: 145 000, 2024: 145 000}",  # three digits that count
        "unit: m2, values: {2025: 101 610, 2024: 101 610}",
        "unit: t, values: {2025: {value: 1 451, note: {en: Fixed., zh-Hant: 固定。}}, 2024: 1 451}",
        "unit: t, values: {2025: {value: 1 451, at: 2025-12-31}, 2024: 1 451}",
        "unit: t, breakdown: {gender: {2025: {male: 1 451, female: 3}, 2024: {male: 1 451, female: 4}}}",
        "unit: person, breakdown: {gender: {2025: {male: 11, female: 3}, 2024: {male: 11, female: 3}}}",
        "unit: t, values: {2025: 1 451.0, 2024: 1 451}",
    ],
)
def test_what_may_stay(assert_marks, metric):
    assert_marks(same_values.check, {"data/aspects/a2.yml": f"""
        aspect: A2
        metrics:
          x: {{name: {{en: X, zh-Hant: 某}}, {metric}}}
    """})  # fmt: skip
