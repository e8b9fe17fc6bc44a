import pytest
from esgreport.checks import shares_total
from esgreport.compute import Figures
from esgreport.views import Edition
from hypothesis import given
from hypothesis import strategies as st
from reports import cell, dimension, metric, values_report


def test_a_split_that_misses_a_hundred(assert_marks):
    found = assert_marks(shares_total.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          split:
            name: {en: Revenue split, zh-Hant: 收入分佈}
            unit: percent
            breakdown: {gender: {2025: {male: 61.5, female: 36.5}, 2024: {male: 60.0, female: 40.0}}}
                                                            ^^^^ shares-total
          silent:
            name: {en: Managers, zh-Hant: 經理}
            unit: percent
            breakdown: {gender: {2025: {male: 61, female: 36}, 2024: {male: 60, female: 40}}}
                                                          ^^ shares-total
    """})  # fmt: skip
    assert found[0].message == "split@2025 by gender: 61.5 + 36.5 = 98.0, not 100"


def test_a_slice_too_many_where_the_year_before_is_a_division(assert_marks):
    assert_marks(shares_total.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics:
          split:
            name: {en: Managers, zh-Hant: 經理}
            unit: percent
            breakdown: {gender: {2025: {male: 94, female: 40}, 2024: {male: 60, female: 40}}}
                                                          ^^ shares-total
          rate:
            name: {en: Turnover rate, zh-Hant: 流失率}
            unit: percent
            breakdown: {gender: {2025: {male: 94, female: 40}, 2024: {male: 60, female: 40}}}
    """})  # fmt: skip


@pytest.mark.parametrize(
    ("name", "now", "then"),
    [
        ("Revenue split", "{male: 61.5, female: 38.4}", "{male: 60.0, female: 40.0}"),  # rounding
        ("Turnover rate", "{male: 55, female: 43}", "{male: 60, female: 50}"),
        ("Share of staff trained", "{male: 55, female: 43}", "{male: 60, female: 50}"),
        ("Revenue split", "{male: 15, female: 20}", "{male: 60, female: 40}"),  # no division at all
        ("Revenue split", "{male: 95}", "{male: 60, female: 40}"),
    ],
)
def test_what_need_not_be_a_hundred(assert_marks, name, now, then):
    assert_marks(shares_total.check, {"data/aspects/a2.yml": f"""
        aspect: A2
        metrics:
          x:
            name: {{en: {name}, zh-Hant: 某}}
            unit: percent
            breakdown: {{gender: {{2025: {now}, 2024: {then}}}}}
    """})  # fmt: skip


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=9), st.integers(0, 2))
def test_shares_that_were_rounded_are_never_told(parts, decimals):
    """Whatever is divided, and however finely its shares are rounded."""
    unit = 10**decimals
    shares = [(200 * part * unit + sum(parts)) // (2 * sum(parts)) for part in parts]
    texts = [f"{share // unit}.{share % unit:0{decimals}d}" if decimals else str(share) for share in shares]
    cells = [cell(text, area=f"a{n}") for n, text in enumerate(texts)]
    cells += [cell("100" if n == 0 else "0", "2024", area=f"a{n}") for n in range(len(parts))]
    report = values_report(
        [metric("m", *cells, unit="percent")], [dimension("area", *(f"a{n}" for n in range(len(parts))))]
    )
    assert not list(shares_total.check(Edition(report, Figures(report), {}, {}), None))
