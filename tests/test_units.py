"""Units: a closed table and a project's additions, exact factors, wording in columns and in sentences."""

from fractions import Fraction
from itertools import permutations

import pytest
from esgreport.languages import LANGUAGES, SCALES, scale_word
from esgreport.units import PERCENT, UNITS, UnitTable, per, product, unit, worded
from hypothesis import given
from hypothesis import strategies as st

TABLE = UnitTable()
ALIKE = [(a, b) for a, b in permutations(UNITS.values(), 2) if a.dimensions == b.dimensions]
codes = st.sampled_from(sorted(UNITS))
languages = st.sampled_from(sorted(LANGUAGES))
amounts = st.builds(Fraction, st.integers(-(10**30), 10**30), st.sampled_from([1, 3, 1000]))


def found(code):
    known = TABLE.find(code)
    assert known is not None, code
    return known


def around(code, language, **how):
    return "{}".join(found(code).around(language, **how))


# ---- factors


@given(st.sampled_from(ALIKE), amounts)
def test_a_value_converted_there_and_back_is_exactly_the_same(pair, exact):
    one, other = pair
    there = exact * one.ratio / other.ratio
    assert there * other.ratio / one.ratio == exact


@given(st.sampled_from(ALIKE), st.sampled_from(ALIKE), amounts)
def test_a_compound_value_converted_there_and_back_is_exactly_the_same(above, below, exact):
    one, other = (per(a, b) for a, b in zip(above, below, strict=True))
    assert one.dimensions == other.dimensions
    there = exact * above[0].ratio / above[1].ratio / (below[0].ratio / below[1].ratio)
    assert there * other.ratio == exact * one.ratio


@pytest.mark.parametrize(
    ("code", "factor", "other"),
    [
        ("kWh", 1000, "Wh"), ("MWh", 1000, "kWh"), ("thousand kWh", 1, "MWh"), ("GWh", 1_000_000, "kWh"), ("TWh", 1000, "GWh"),
        ("kWh", Fraction(36, 10), "MJ"), ("GJ", 1000, "MJ"), ("TJ", 1000, "GJ"), ("tce", Fraction(293076, 10), "MJ"),
        ("tce", 1000, "kgce"), ("MW", 1000, "kW"), ("kWh/hour", 1, "kW"), ("t", 1000, "kg"), ("kg", 1000, "g"),
        ("g", 1000, "mg"), ("kt", 1000, "t"), ("Mt", 1000, "kt"), ("tCO2e", 1000, "kgCO2e"), ("kgCO2e", 1000, "gCO2e"),
        ("MtCO2e", 1000, "ktCO2e"), ("m3", 1000, "L"), ("L", 1000, "mL"), ("km2", 100, "ha"), ("ha", 10_000, "m2"),
        ("ha", 15, "mu"), ("m2", 1 / (Fraction(3048, 10_000) ** 2), "sqft"), ("km", 1000, "m"), ("hour", 60, "minute"),
        ("year", 12, "month"), ("person", 1, "employee"), ("percent", 10, "permille"), ("percent", 10_000, "ppm"),
        ("ratio", 100, "percent"), ("RMB million", 1000, "RMB thousand"), ("RMB hundred million", 10_000, "RMB ten thousand"),
        ("HKD million", 1_000_000, "HKD"), ("kWh/t", Fraction(1, 1000), "kWh/kg"), ("kgCO2e/kWh", 1, "tCO2e/MWh"),
    ],
)  # fmt: skip
def test_factors_are_those_of_the_standards(code, factor, other):
    one, another = found(code), found(other)
    assert one.dimensions == another.dimensions
    assert one.ratio == factor * another.ratio


@pytest.mark.parametrize(
    "code", ["", "kwhh", "KWH", "kWh/", "/t", "kWh/t/day", "kWh per t", "tonnes", "RMB billion"]
)
def test_an_unknown_unit_is_none_and_never_a_base_unit(code):
    assert TABLE.find(code) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("t", "tCO2e"), ("day", "hour"), ("year", "day"), ("person", "count"), ("HKD", "RMB"), ("degC", "ratio"),
        ("kW", "kWh"), ("m", "m2"), ("dBA", "count"),
    ],
)  # fmt: skip
def test_unlike_quantities_are_never_converted(one, other):
    assert other not in TABLE.alike(found(one).dimensions)


def test_temperature_is_like_nothing_else():
    assert TABLE.alike(found("degC").dimensions) == ("degC",)
    assert TABLE.alike(found("m2").dimensions) == ("m2", "ha", "km2", "sqft", "mu")


def test_loads_and_distances_follow_from_their_factors():
    for work, one, other in [("tkm", "t", "km"), ("pkm", "person", "km"), ("kWh", "kW", "hour")]:
        assert product(found(one).dimensions, found(other).dimensions) == found(work).dimensions
        assert found(one).ratio * found(other).ratio == found(work).ratio


@given(codes, codes)
def test_a_unit_per_itself_has_no_dimension_and_per_undoes_times(one, other):
    quotient = per(UNITS[one], UNITS[other])
    assert product(quotient.dimensions, UNITS[other].dimensions) == UNITS[one].dimensions
    assert quotient.ratio * UNITS[other].ratio == UNITS[one].ratio
    assert not quotient.additive
    assert per(UNITS[one], UNITS[one]).dimensions == ()


def test_a_rate_may_not_be_summed():
    for code in ("percent", "permille", "ppm", "ratio", "percentage_point", "degC", "dBA", "kWh/t"):
        assert not found(code).additive
    assert PERCENT is UNITS["percent"]
    assert all(found(code).additive for code in ("kWh", "kW", "person", "case", "RMB million"))


# ---- words


@given(codes, codes, languages)
def test_every_unit_has_a_name_on_both_sides_of_the_slash(one, other, language):
    above, below = per(UNITS[one], UNITS[other]).name(language).replace("／", "/").split("/")
    assert above and below


@given(codes, languages)
def test_every_unit_that_is_no_plain_number_is_named(code, language):
    known = UNITS[code]
    assert bool(known.name(language)) == (code not in ("count", "ratio")) == bool(known.symbol(language))
    assert bool("".join(known.around(language))) == (code not in ("count", "ratio"))


@given(codes, languages)
def test_only_english_has_a_singular(code, language):
    known = UNITS[code]
    if language != "en":
        assert known.around(language, one=True) == known.around(language)


@pytest.mark.parametrize(
    ("code", "en", "hant", "hans"),
    [
        ("kWh", "{} kWh", "{}千瓦時", "{}千瓦时"),
        ("t", "{} tonnes", "{}噸", "{}吨"),
        ("Mt", "{} million tonnes", "{}百萬噸", "{}百万吨"),
        ("mg/m3", "{} mg/m³", "{}毫克／立方米", "{}毫克／立方米"),
        ("sqft", "{} sq. ft.", "{}平方呎", "{}平方英尺"),
        ("percent", "{}%", "{}%", "{}%"),
        ("permille", "{}‰", "{}‰", "{}‰"),
        ("ppm", "{} ppm", "{} ppm", "{} ppm"),
        ("degC", "{}°C", "攝氏{}度", "{}摄氏度"),
        ("dBA", "{} dB(A)", "{}分貝（A）", "{}分贝（A）"),
        ("percentage_point", "{} percentage points", "{}個百分點", "{}个百分点"),
        ("count", "{}", "{}", "{}"),
        ("ratio", "{}", "{}", "{}"),
        ("supplier", "{} suppliers", "{}家", "{}家"),
        ("room_night", "{} room-nights", "{}房晚", "{}间夜"),
        ("HKD", "HK${}", "{}港元", "{}港元"),
        ("HKD million", "HK${} million", "{}百萬港元", "{}百万港元"),
        ("RMB", "RMB{}", "人民幣{}元", "人民币{}元"),
        ("RMB thousand", "RMB{} thousand", "人民幣{}千元", "人民币{}千元"),
        ("RMB ten thousand", "RMB{} ten thousand", "人民幣{}萬元", "人民币{}万元"),
        ("RMB million", "RMB{} million", "人民幣{}百萬元", "人民币{}百万元"),
        ("RMB hundred million", "RMB{} hundred million", "人民幣{}億元", "人民币{}亿元"),
        ("USD million", "US${} million", "{}百萬美元", "{}百万美元"),
        ("EUR", "€{}", "{}歐元", "{}欧元"),
        ("MOP million", "MOP{} million", "{}百萬澳門元", "{}百万澳门元"),
        ("HKD/t", "HK${}/tonne", "{}港元／噸", "{}港元／吨"),
        ("RMB/tCO2e", "RMB{}/tonne CO2e", "人民幣{}元／噸二氧化碳當量", "人民币{}元／吨二氧化碳当量"),
        ("kWh/t", "{} kWh/tonne", "{}千瓦時／噸", "{}千瓦时／吨"),
        ("m3/t", "{} m³/tonne", "{}立方米／噸", "{}立方米／吨"),
        (
            "tCO2e/HKD million",
            "{} tonnes CO2e/HK$ million",
            "{}噸二氧化碳當量／百萬港元",
            "{}吨二氧化碳当量／百万港元",
        ),
        (
            "tCO2e/RMB million",
            "{} tonnes CO2e/RMB million",
            "{}噸二氧化碳當量／人民幣百萬元",
            "{}吨二氧化碳当量／人民币百万元",
        ),
        ("hour/person", "{} hours/person", "{}小時／人", "{}小时／人"),
        ("hour/employee", "{} hours/employee", "{}小時／人", "{}小时／人"),
        ("count/employee", "{} per employee", "每人{}", "每人{}"),
        ("case", "{} cases", "{}宗", "{}起"),
        ("day", "{} days", "{}日", "{}天"),
        ("kg/count", "{} kg/unit", "{}公斤／件", "{}千克／件"),
    ],
)
def test_what_stands_around_a_number_in_a_sentence(code, en, hant, hans):
    assert [around(code, language) for language in ("en", "zh-Hant", "zh-Hans")] == [en, hant, hans]


@pytest.mark.parametrize(
    ("code", "one"),
    [
        ("t", "{} tonne"), ("person", "{} person"), ("employee", "{} employee"), ("day", "{} day"), ("kWh", "{} kWh"),
        ("hour/employee", "{} hour/employee"), ("tCO2e/day", "{} tonne CO2e/day"), ("room_night", "{} room-night"),
        ("percentage_point", "{} percentage point"), ("HKD million", "HK${} million"),
    ],
)  # fmt: skip
def test_one_of_a_thing_is_singular_in_english(code, one):
    assert around(code, "en", one=True) == one


@pytest.mark.parametrize(
    ("code", "en", "hant"),
    [
        ("t", "{} t", "{} t"),
        ("tCO2e", "{} tCO2e", "{} tCO2e"),
        ("kWh/t", "{} kWh/t", "{} kWh/t"),
        ("tCO2e/HKD million", "{} tCO2e/HK$ million", "{} tCO2e／百萬港元"),
        ("degC", "{}°C", "{}°C"),
        ("m2", "{} m²", "{} m²"),
        ("employee", "{} employees", "{}人"),
        ("hour/employee", "{} h/employee", "{} h／人"),
        ("RMB million", "RMB{} million", "人民幣{}百萬元"),
    ],
)
def test_a_symbol_stands_where_it_is_asked_for(code, en, hant):
    assert [around(code, language, symbol=True) for language in ("en", "zh-Hant")] == [en, hant]


def test_tables_of_a_language_name_units_by_symbols_where_the_report_wants_it():
    table = UnitTable().with_symbols(["zh-Hant"])
    names = {code: table.find(code) for code in ("t", "kWh/t", "employee", "HKD million")}
    assert [known.name("zh-Hant") for known in names.values()] == ["t", "kWh/t", "人", "百萬港元"]
    assert [known.name("en") for known in names.values()] == [
        "tonnes",
        "kWh/tonne",
        "employees",
        "HK$ million",
    ]
    assert names["t"].around("zh-Hant") == ("", "噸")
    assert names["t"].in_cell("zh-Hant") == ("", " t")
    assert names["t"] == UNITS["t"]


def test_what_stands_beside_a_number_in_a_cell():
    assert found("percentage_point").in_cell("en") == ("", " pp")
    assert found("RMB/t").in_cell("en") == ("RMB", "/tonne")
    assert found("percent").in_cell("zh-Hant") == ("", "%")


@pytest.mark.parametrize(
    ("scale", "code", "hant", "hans"),
    [
        ("thousand", "kWh", "千個千瓦時", "千个千瓦时"),
        ("thousand", "kW", "千個千瓦", "千个千瓦"),
        ("萬", "kWh", "萬千瓦時", "万千瓦时"),
        ("million", "kWh", "百萬千瓦時", "百万千瓦时"),
        ("thousand", "MWh", "千個兆瓦時", "千个兆瓦时"),
        ("萬", "MWh", "萬個兆瓦時", "万个兆瓦时"),
        ("thousand", "t", "千噸", "千吨"),
        ("million", "m3", "百萬立方米", "百万立方米"),
        ("萬", "HKD", "萬港元", "万港元"),
        ("億", "RMB", "億元", "亿元"),
    ],
)
def test_a_scale_never_runs_into_a_unit_that_begins_like_a_number(scale, code, hant, hans):
    shown = []
    for language in ("zh-Hant", "zh-Hans"):
        _, behind = found(code).around(language)
        shown.append(scale_word(scale, language, behind) + behind)
    assert shown == [hant, hans]


@given(st.sampled_from(sorted(SCALES)), codes)
def test_an_english_scale_needs_no_joint(scale, code):
    _, behind = UNITS[code].around("en")
    assert scale_word(scale, "en", behind) == SCALES[scale][1]["en"]


def test_a_unit_that_holds_a_scale_says_so():
    scaled = {code for code, known in UNITS.items() if known.scaled}
    assert {"kt", "Mt", "ktCO2e", "MtCO2e", "HKD million", "RMB ten thousand"} <= scaled
    for code, known in UNITS.items():
        begins = known.around("en")[1].strip().startswith(("thousand", "million", "ten thousand", "hundred"))
        assert begins == (code in scaled)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tonnes", "t"), ("噸", "t"), ("吨", "t"), ("Tonne", "t"), ("千瓦時", "kWh"), ("度", "kWh"), ("%", "percent"),
        ("m³", "m3"), ("employees", "employee"), ("people", "person"), ("°C", "degC"), ("dB(A)", "dBA"), ("CNY", "RMB"),
        ("sq ft", "sqft"), ("百萬港元", "HKD million"), ("HK$ million", "HKD million"), ("percentage points", "percentage_point"),
        ("wombats", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_the_names_that_people_write(written, code):
    assert TABLE.spelled(written) == code


# ---- a project's units


def test_a_project_adds_units_and_changes_no_others():
    drum = unit("drum", {"volume": 1}, "1/5", "drums", "桶", "桶", one="drum")
    table = TABLE.with_unit(drum)
    assert table.find("drum") == drum and TABLE.find("drum") is None
    assert "drum" in table.alike(UNITS["L"].dimensions)
    assert drum.ratio == 200 * UNITS["L"].ratio
    assert table.find("kg/drum").around("en") == ("", " kg/drum")
    assert table.spelled("桶") == "drum"


# ---- dimensions


def test_dimensions_in_words():
    assert worded(()) == "a plain number"
    assert worded(found("kWh/t").dimensions) == "energy per mass"
    assert worded(product(UNITS["m2"].dimensions, UNITS["m2"].dimensions)) == "area^2"
