"""Figures in words: what each language prints for the same value."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from esgreport.amounts import canonical, parse_number
from esgreport.languages import joined, worded_date, words
from esgreport.model import Figure, FigureId, Kind
from esgreport.units import UNITS, UnitTable
from esgreport.words_of_figures import number_alone, worded_figure
from hypothesis import given
from hypothesis import strategies as st
from reports import HERE, number


def made(value, unit="kWh", kind=Kind.VALUE, upper=None, operation="", decimals=None, qualifier=""):
    return Figure(
        FigureId("x", "2025", (), operation), UnitTable().find(unit), kind, number(value) if value else None, HERE,
        upper=number(upper) if upper else None, declared_decimals=decimals, qualifier=qualifier,
    )  # fmt: skip


def said(figure, language, unit="", **how):
    worded = worded_figure(figure, language, UNITS.get(unit), **how)
    return worded.before + "[" + worded.number + "]" + worded.after


CHANGE = {"operation": "change.2024", "unit": "percent"}
TABLE = [
    # figure, how it is shown, English, Traditional Chinese
    (made("29843800"), {}, "[29,843,800] kWh", "[29,843,800]千瓦時"),
    (made("109.820", "t"), {}, "[109.820] tonnes", "[109.820]噸"),
    (made("999"), {}, "[999] kWh", "[999]千瓦時"),
    (made("-1234.5", "t"), {}, "[−1,234.5] tonnes", "[−1,234.5]噸"),
    (made("0"), {}, "[0] kWh", "[0]千瓦時"),
    (made("1", "employee"), {}, "[1] employee", "[1]人"),
    (made("2", "employee"), {}, "[2] employees", "[2]人"),
    (made("1.0", "day"), {}, "[1.0] days", "[1.0]日"),
    (made("1", "t"), {}, "[1] tonne", "[1]噸"),
    (made("1000000", "employee"), {"scale": "million"}, "[1] million employees", "[1]百萬人"),
    (made("-1", "employee", operation="difference.2024"), {}, "[−1] employee", "[−1]人"),
    (made("1", "employee", operation="difference.2024"), {}, "[+1] employee", "[+1]人"),
    (made("29843800"), {"unit": "MWh"}, "[29,844] MWh", "[29,844]兆瓦時"),
    (made("29843800", decimals=1), {"unit": "MWh"}, "[29,843.8] MWh", "[29,843.8]兆瓦時"),
    (made("29843800", decimals=2), {"scale": "萬"}, "[2,984.38] ten thousand kWh", "[2,984.38]萬千瓦時"),
    (made("29843800", decimals=1), {"scale": "million"}, "[29.8] million kWh", "[29.8]百萬千瓦時"),
    (made("29843800", decimals=1), {"scale": "thousand"}, "[29,843.8] thousand kWh", "[29,843.8]千個千瓦時"),
    (made("29843800", decimals=1), {"scale": "thousand", "unit": "MWh"}, "[29.8] thousand MWh", "[29.8]千個兆瓦時"),
    (made("20000000", "RMB", decimals=0), {"scale": "million"}, "RMB[20] million", "人民幣[20]百萬元"),
    (made("20000000", "HKD", decimals=0), {"scale": "million"}, "HK$[20] million", "[20]百萬港元"),
    (made("29843800"), {"show": "number"}, "[29,843,800]", "[29,843,800]"),
    (made("29843800", decimals=1), {"scale": "million", "show": "number"}, "[29.8] million", "[29.8]百萬"),
    (made("3.2", "RMB million"), {}, "RMB[3.2] million", "人民幣[3.2]百萬元"),
    (made("3200000", "RMB", decimals=1), {"scale": "million"}, "RMB[3.2] million", "人民幣[3.2]百萬元"),
    (made("320", "RMB"), {}, "RMB[320]", "人民幣[320]元"),
    (made("3.2", "HKD million"), {}, "HK$[3.2] million", "[3.2]百萬港元"),
    (made("3.2", "HKD million", decimals=0), {"unit": "HKD thousand"}, "HK$[3,200] thousand", "[3,200]千港元"),
    (made("100", "RMB/tCO2e"), {}, "RMB[100]/tonne CO2e", "人民幣[100]元／噸二氧化碳當量"),
    (made("7.0", "percent"), {}, "[7.0]%", "[7.0]%"),
    (made("6.2", **CHANGE), {}, "[+6.2]%", "[+6.2]%"),
    (made("-6.2", **CHANGE), {}, "[−6.2]%", "[−6.2]%"),
    (made("-6.2", **CHANGE), {"magnitude": True}, "[6.2]%", "[6.2]%"),
    (made("0.0", **CHANGE), {}, "[0.0]%", "[0.0]%"),
    (made("1.4", "percentage_point", operation="difference.2024"), {}, "[+1.4] percentage points", "[+1.4]個百分點"),
    (made("1.4", "percentage_point", operation="difference.2024"), {"show": "column"}, "[+1.4] pp", "[+1.4]個百分點"),
    (made("-6.2", unit="percent", operation="per.output~change.2024"), {}, "[−6.2]%", "[−6.2]%"),
    (made("6.2", unit="percent", operation="per.output~change.2024"), {}, "[+6.2]%", "[+6.2]%"),
    (made("25", unit="percent", operation="change"), {}, "[+25]%", "[+25]%"),
    (made("-6.2", **CHANGE), {"show": "column"}, "[−6.2]%", "[−6.2]%"),
    (made("", kind=Kind.NIL), {}, "[Nil]", "[無]"),
    (made("", kind=Kind.NOT_APPLICABLE), {}, "[–]", "[–]"),
    (made("", kind=Kind.NOT_AVAILABLE), {"show": "number"}, "[…]", "[…]"),
    (made("0.5", "t", kind=Kind.LIMIT), {}, "below [0.5] tonnes", "低於[0.5]噸"),
    (made("3", "t", kind=Kind.RANGE, upper="5"), {}, "[3–5] tonnes", "[3至5]噸"),
    (made("3000", kind=Kind.RANGE, upper="5500", decimals=1), {"unit": "MWh"}, "[3.0–5.5] MWh", "[3.0至5.5]兆瓦時"),
    (made("186000", "m3", qualifier="about"), {}, "about [186,000] m³", "約[186,000]立方米"),
    (made("5", "t", qualifier="over"), {"show": "number"}, "over [5]", "逾[5]"),
    (made("150", "t", Kind.LIMIT), {}, "below [150] tonnes", "低於[150]噸"),
    (made("150", "t", Kind.LIMIT), {"show": "number"}, "[150]", "[150]"),
    (made("150", "t", Kind.LIMIT), {"show": "cell"}, "below [150]", "低於[150]"),
    (made("3", "t", Kind.RANGE, "5"), {"show": "number"}, "[3–5]", "[3至5]"),
    (made("5", "t", qualifier="nearly"), {}, "nearly [5] tonnes", "近[5]噸"),
    (made("5", "t", qualifier="at_least"), {}, "at least [5] tonnes", "不少於[5]噸"),
    (made("5", "t", qualifier="not_more_than"), {}, "not more than [5] tonnes", "不多於[5]噸"),
    (made("12", "count"), {}, "[12]", "[12]"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "how", "english", "chinese"), TABLE, ids=[row[2] for row in TABLE])
def test_a_figure_in_a_sentence(figure, how, english, chinese):
    assert said(figure, "en", **how) == english
    assert said(figure, "zh-Hant", **how) == chinese


def test_simplified_chinese_has_words_of_its_own():
    assert said(made("3.2", "RMB million"), "zh-Hans") == "人民币[3.2]百万元"
    assert said(made("29843800", decimals=0), "zh-Hans", scale="萬") == "[2,984]万千瓦时"
    assert said(made("5", "t", qualifier="not_more_than"), "zh-Hans") == "不多于[5]吨"
    assert said(made("5", "t", qualifier="at_least"), "zh-Hans") == "不少于[5]吨"
    assert said(made("29843800", decimals=1), "zh-Hans", scale="thousand") == "[29,843.8]千个千瓦时"


def test_money_in_ten_thousands_stands_as_chinese_reports_print_it():
    yuan, dollars = made("20000000", "RMB", decimals=0), made("20000000", "HKD", decimals=0)
    assert said(yuan, "zh-Hant", scale="萬") == "人民幣[2,000]萬元"
    assert said(yuan, "zh-Hans", scale="万") == "人民币[2,000]万元"
    assert said(dollars, "zh-Hant", scale="萬") == "[2,000]萬港元"
    assert said(made("2000", "RMB ten thousand"), "zh-Hant") == "人民幣[2,000]萬元"


def test_four_things_without_a_number_print_differently():
    for language in ("en", "zh-Hant", "zh-Hans"):
        kinds = (Kind.NIL, Kind.NOT_APPLICABLE, Kind.NOT_AVAILABLE)
        printed = {number_alone(made("", kind=kind), language) for kind in kinds} | {
            number_alone(made("0"), language)
        }
        assert len(printed) == 4


def test_a_number_is_cut_at_its_point_for_alignment():
    assert number_alone(made("-1234567.50"), "en") == ("−1,234,567", ".50")
    assert number_alone(made("12"), "en") == ("12", "")


numbers = st.builds(
    lambda units, places: canonical(Fraction(units, 10**places), places),
    st.integers(-(10**15), 10**15),
    st.integers(0, 9),
)


@given(numbers, st.sampled_from(["en", "zh-Hant", "zh-Hans"]))
def test_in_the_authored_unit_the_digits_printed_are_the_digits_authored(text, language):
    figure = made(text, decimals=1)  # declared decimals are for other units
    printed = "".join(number_alone(figure, language))
    assert printed.replace("−", "-").replace(",", "") == text
    assert parse_number(printed) == figure.number


ENERGY = [unit.code for unit in UNITS.values() if unit.dimensions == UNITS["kWh"].dimensions]


@given(
    numbers,
    st.sampled_from(ENERGY),
    st.sampled_from(["", "thousand", "million", "billion", "萬", "億"]),
    st.integers(0, 6),
)
def test_in_another_unit_it_is_value_times_factor_at_the_decimals(text, unit, scale, decimals):
    powers = {"": 0, "thousand": 3, "million": 6, "billion": 9, "萬": 4, "億": 8}
    printed = "".join(number_alone(replace(made(text), declared_decimals=decimals), "en", UNITS[unit], scale))
    exact = Fraction(text) * UNITS["kWh"].ratio / UNITS[unit].ratio / 10 ** powers[scale]
    if unit or scale:
        assert printed.replace("−", "-").replace(",", "") == canonical(exact, decimals)


def test_dates_and_lists():
    day = date(2025, 3, 1)
    assert [worded_date(day, x) for x in ("en", "zh-Hant", "zh-Hans")] == [
        "1 March 2025",
        "2025年3月1日",
        "2025年3月1日",
    ]
    assert joined(["a", "b", "c"], "en") == "a, b and c"
    assert joined(["a", "b", "c"], "zh-Hant") == "a、b及c"
    assert (joined(["a"], "en"), joined([], "en")) == ("a", "")


def test_an_open_place_has_a_word_in_every_language():
    assert [words(x)["to_come"] for x in ("en", "zh-Hant", "zh-Hans")] == [
        "[to come]",
        "〔待補〕",
        "〔待补〕",
    ]
    assert [words(x)["draft"] for x in ("en", "zh-Hant", "zh-Hans")] == ["DRAFT", "草稿", "草稿"]
