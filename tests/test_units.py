"""Units: a closed table, exact factors, wording in columns and in sentences."""

from fractions import Fraction
from itertools import permutations

import pytest
from esgreport.languages import LANGUAGES
from esgreport.units import PERCENT, UNITS, find_unit, per, product, worded
from hypothesis import given
from hypothesis import strategies as st

ALIKE = [(a, b) for a, b in permutations(UNITS.values(), 2) if a.dimensions == b.dimensions]
codes = st.sampled_from(sorted(UNITS))


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=lambda unit: unit.code)
@given(st.integers(-(10**30), 10**30))
def test_a_value_converted_there_and_back_is_exactly_the_same(one, other, units):
    exact = Fraction(units, 1000)
    there = exact * one.ratio / other.ratio
    assert there * other.ratio / one.ratio == exact


@pytest.mark.parametrize(
    ("code", "factor", "other"),
    [
        ("MWh", 1000, "kWh"), ("GWh", 1_000_000, "kWh"), ("kWh", Fraction(36, 10), "MJ"), ("GJ", 1000, "MJ"),
        ("TJ", 1000, "GJ"), ("tce", Fraction(293076, 10), "MJ"), ("t", 1000, "kg"), ("kg", 1000, "g"), ("kt", 1000, "t"),
        ("tCO2e", 1000, "kgCO2e"), ("m3", 1000, "L"), ("RMB million", 1000, "RMB thousand"), ("ratio", 100, "percent"),
        ("HKD million", 1_000_000, "HKD"), ("kWh/t", Fraction(1, 1000), "kWh/kg"), ("kgCO2e/kWh", 1, "tCO2e/MWh"),
    ],
)  # fmt: skip
def test_factors_are_those_of_the_standards(code, factor, other):
    one, another = find_unit(code), find_unit(other)
    assert one.dimensions == another.dimensions
    assert one.ratio == factor * another.ratio


@pytest.mark.parametrize("code", ["", "kwhh", "KWH", "kWh/", "/t", "kWh/t/day", "kWh per t", "tonnes"])
def test_an_unknown_unit_is_none_and_never_a_base_unit(code):
    assert find_unit(code) is None


def test_carbon_dioxide_equivalent_is_no_mass_and_days_are_no_hours():
    for one, other in [("t", "tCO2e"), ("day", "hour"), ("person", "count"), ("HKD", "RMB")]:
        assert UNITS[one].dimensions != UNITS[other].dimensions


@given(codes, codes)
def test_a_unit_per_itself_has_no_dimension_and_per_undoes_times(one, other):
    unit = per(UNITS[one], UNITS[other])
    assert product(unit.dimensions, UNITS[other].dimensions) == UNITS[one].dimensions
    assert unit.ratio * UNITS[other].ratio == UNITS[one].ratio
    assert not unit.additive
    assert per(UNITS[one], UNITS[one]).dimensions == ()


@given(codes, codes, st.sampled_from(sorted(LANGUAGES)))
def test_every_unit_and_every_intensity_has_a_name_on_both_sides_of_the_slash(one, other, language):
    slash = "/" if language == "en" else "／"
    above, below = per(UNITS[one], UNITS[other]).name(language).rsplit(slash, 1)
    assert above and below


@pytest.mark.parametrize(
    ("code", "en", "hant", "hans"),
    [
        ("kWh", "{} kWh", "{}千瓦時", "{}千瓦时"),
        ("t", "{} tonnes", "{}噸", "{}吨"),
        ("percent", "{}%", "{}%", "{}%"),
        ("percentage_point", "{} percentage points", "{}個百分點", "{}个百分点"),
        ("count", "{}", "{}", "{}"),
        ("ratio", "{}", "{}", "{}"),
        ("HKD", "HK${}", "{}港元", "{}港元"),
        ("HKD million", "HK${} million", "{}百萬港元", "{}百万港元"),
        ("RMB", "RMB{}", "人民幣{}元", "人民币{}元"),
        ("RMB thousand", "RMB{} thousand", "人民幣{}千元", "人民币{}千元"),
        ("RMB million", "RMB{} million", "人民幣{}百萬元", "人民币{}百万元"),
        ("HKD/t", "HK${}/tonne", "{}港元／噸", "{}港元／吨"),
        ("RMB/tCO2e", "RMB{}/tonne CO2e", "人民幣{}元／噸二氧化碳當量", "人民币{}元／吨二氧化碳当量"),
        ("kWh/t", "{} kWh/tonne", "{}千瓦時／噸", "{}千瓦时／吨"),
        (
            "tCO2e/HKD million",
            "{} tonnes CO2e/HK$ million",
            "{}噸二氧化碳當量／百萬港元",
            "{}吨二氧化碳当量／百万港元",
        ),
        ("hour/person", "{} hours/employee", "{}小時／人", "{}小时／人"),
        ("count/person", "{} number/employee", "{}數目／人", "{}数目／人"),
        ("kg/count", "{} kg/unit", "{}公斤／件", "{}公斤／件"),
    ],
)
def test_what_stands_around_a_number_in_a_sentence(code, en, hant, hans):
    unit = find_unit(code)
    shown = ["{}".join(unit.around(language)) for language in ("en", "zh-Hant", "zh-Hans")]
    assert shown == [en, hant, hans]


def test_one_of_a_thing_is_singular_in_english():
    assert UNITS["person"].around("en", one=True) == ("", " employee")
    assert UNITS["day"].around("en", one=True) == ("", " day")
    assert UNITS["person"].around("zh-Hant", one=True) == ("", "人")


def test_a_rate_may_not_be_summed():
    assert not PERCENT.additive and not UNITS["ratio"].additive and not find_unit("kWh/t").additive
    assert UNITS["kWh"].additive and UNITS["person"].additive


def test_dimensions_in_words():
    assert worded(()) == "a plain number"
    assert worded(find_unit("kWh/t").dimensions) == "energy per mass"
    assert worded(product(UNITS["m2"].dimensions, UNITS["m2"].dimensions)) == "area^2"
