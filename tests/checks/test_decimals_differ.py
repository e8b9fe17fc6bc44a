import pytest
from esgreport.checks import decimals_differ


def test_years_of_one_row(assert_marks):
    found = assert_marks(decimals_differ.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          capital: {name: {en: Capital, zh-Hant: 資本}, unit: HKD million, values: {2025: 38.6, 2024: 15}}
                                                                                                    ^^ decimals-differ
    """})  # fmt: skip
    assert found[0].message.startswith(
        "capital@2024 is typed as 15, but 2025 as 38.6 (data/aspects/a2.yml:3:"
    )


@pytest.mark.parametrize(
    "metric",
    [
        "values: {2025: 38.6, 2024: 15.0}",
        "decimals: 1, values: {2025: 38.6, 2024: 15}",
        "values: {2025: 38.6, 2024: {value: 15, qualifier: about}}",
        "values: {2025: 38.6, 2024: {value: 15, status: estimated}}",
        "values: {2025: 38.6, 2024: 0}",
        "breakdown: {gender: {2025: {male: 38.6, female: 15}}}",
    ],
)
def test_what_may_be_rounder(assert_marks, metric):
    assert_marks(decimals_differ.check, {"data/aspects/a2.yml": f"""
        aspect: A2
        metrics:
          x: {{name: {{en: X, zh-Hant: 某}}, unit: t, {metric}}}
    """})  # fmt: skip
