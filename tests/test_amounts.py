"""Exact numbers: read as typed, rounded half up, once."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from esgreport.amounts import Number, canonical, decimals_for, parse_number, round_half_up
from hypothesis import given
from hypothesis import strategies as st

fractions = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**9)
places = st.integers(0, 9)


@pytest.mark.parametrize(
    ("text", "canonical_text"),
    [
        ("29 843 800", "29843800"),
        ("29,843,800", "29843800"),
        ("29\u00a0843\u00a0800", "29843800"),
        ("29\u2009843\u202f800", None),  # one kind of space throughout
        ("109.820", "109.820"),
        ("1,234.50", "1234.50"),
        ("-12", "-12"),
        ("−12.5", "-12.5"),
        ("0", "0"),
        ("-0.0", "0.0"),
        ("0.05", "0.05"),
        ("1234,567", None),
        ("1,23", None),
        ("12,34,567", None),
        ("1, 234", None),
        ("007", None),
        ("+5", None),
        ("1e3", None),
        (".5", None),
        ("5.", None),
        ("1_000", None),
        ("", None),
        ("1 234,567", None),
        ("12\n", None),
        ("1２３", None),  # full-width digits are not the digits that are printed
        ("٣", None),
        ("9" * 30, "9" * 30),
        ("9" * 31, None),
        ("0." + "9" * 30, None),
    ],
)
def test_a_number_is_read_as_it_is_typed_or_not_at_all(text, canonical_text):
    number = parse_number(text)
    assert (str(number) if number else None) == canonical_text


@given(st.integers(-(10**20), 10**20), places)
def test_digits_typed_are_digits_printed(units, decimals):
    text = canonical(Fraction(units, 10**decimals), decimals)
    number = parse_number(text)
    assert number == Number(Fraction(units, 10**decimals), decimals)
    assert str(number) == text


@given(fractions, places)
def test_rounding_is_half_up_and_symmetric(exact, decimals):
    rounded = Fraction(round_half_up(exact, decimals), 10**decimals)
    assert abs(rounded - exact) <= Fraction(1, 2 * 10**decimals)
    assert round_half_up(-exact, decimals) == -round_half_up(exact, decimals)
    if abs(rounded - exact) == Fraction(1, 2 * 10**decimals):
        assert abs(rounded) > abs(exact)


@given(st.integers(-(10**15), 10**15), st.integers(0, 6), places)
def test_rounding_agrees_with_the_decimal_module(units, exponent, decimals):
    exact = Fraction(units, 10**exponent)
    independent = (Decimal(units) / Decimal(10**exponent)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )
    assert round_half_up(exact, decimals) == int(independent.scaleb(decimals))


@given(fractions, places)
def test_the_canonical_form_has_its_decimals_and_no_negative_zero(exact, decimals):
    text = canonical(exact, decimals)
    assert len(text.partition(".")[2]) == decimals
    assert not (text.startswith("-") and not text.strip("-0."))
    assert Fraction(text) == Fraction(round_half_up(exact, decimals), 10**decimals)


@pytest.mark.parametrize(
    ("exact", "decimals"),
    [
        ("1825.34", 0), ("549.4", 0), ("99.96", 0), ("99.94", 1), ("12.34", 1), ("4.022", 2), ("9.996", 1),
        ("0.9996", 2), ("0.0311", 4), ("0.000999", 6), ("0", 0), ("-4.022", 2), ("1000000", 0),
    ],
)  # fmt: skip
def test_three_significant_digits(exact, decimals):
    assert decimals_for(Fraction(exact)) == decimals


@given(fractions.filter(bool))
def test_three_digits_are_shown_and_no_digit_before_the_point_is_rounded_away(exact):
    decimals = decimals_for(exact)
    digits = canonical(exact, decimals).lstrip("-0.").replace(".", "")
    assert len(digits) == 3 if decimals else len(digits) >= 3 or abs(exact) < 1000
    assert abs(Fraction(canonical(exact, decimals)) - exact) <= Fraction(1, 2)
