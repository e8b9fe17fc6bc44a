"""Units of measure: a closed table with exact factors, what a project adds to it, and the arithmetic of quantities.

A unit is a product of base dimensions and an exact ratio to their base units. Carbon dioxide
equivalent is a dimension of its own: a tonne of waste is not a tonne of CO2e. A compound unit has one
slash (kWh/t). An unknown unit is refused, never taken for a base unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

Dimensions = tuple[tuple[str, int], ...]

_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language words a unit.

    `column` names it in a table; `before` and `after` stand around a number in a sentence, `one` behind
    exactly 1, `cell` behind a number in a table; `below` is its name under a slash.
    """

    column: str
    before: str
    after: str
    one: str
    cell: str
    below: str


Wordings = tuple[tuple[str, Wording], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `ratio` times the base units of `dimensions`.

    `names` word it per language; `signs` do so with its symbol, where it has one. The members of an
    additive unit may be summed; those of a rate or an intensity may not. A `scaled` unit holds a word
    such as million already. `by_symbol`: the languages whose tables name it by its symbol.
    """

    code: str
    dimensions: Dimensions
    ratio: Fraction
    names: Wordings
    signs: Wordings
    additive: bool = True
    scaled: bool = False
    by_symbol: frozenset[str] = field(default=frozenset(), compare=False)

    def name(self, language: str) -> str:
        """The unit's name in a table of `language`: its symbol where the report wants symbols."""
        return self.symbol(language) if language in self.by_symbol else dict(self.names)[language].column

    def symbol(self, language: str) -> str:
        """The unit's symbol; its name in `language` where it has none."""
        return dict(self.signs)[language].column

    def around(self, language: str, one: bool = False, symbol: bool = False) -> tuple[str, str]:
        """What stands before and behind a number in a sentence of `language`; `one` asks for the singular."""
        wording = dict(self.signs if symbol else self.names)[language]
        return wording.before, wording.one if one else wording.after

    def in_cell(self, language: str) -> tuple[str, str]:
        """What stands before and behind a number in a cell of a table, where each number has its unit."""
        wording = dict(self.signs if language in self.by_symbol else self.names)[language]
        return wording.before, wording.cell


_NAMELESS = {
    "en": ("number", "unit", "", " per {}"),
    "zh-Hant": ("數目", "件", "每{}", ""),
    "zh-Hans": ("数目", "件", "每{}", ""),
}  # a plain number above and below a slash; what stands around it in a sentence


def _gap(name: str) -> str:
    """What parts a number from a name behind it: nothing before %, °C, a slash and Han characters."""
    return " " if name[:1].isascii() and name[:1].isalpha() else ""


def _wording(language: str, many: str, one: str = "", before: str = "", column: str = "") -> Wording:
    one = one or many
    return Wording(
        column=column or (before + _gap(many) + many if before else many),
        before=before,
        after=_gap(many) + many,
        one=_gap(one) + one,
        cell=_gap(column or many) + (column or many),
        below=(before + _gap(one) + one if before else one) or _NAMELESS[language][1],
    )


def unit(
    code: str,
    dimensions: Mapping[str, int],
    ratio: str,
    en: str,
    hant: str,
    hans: str,
    one: str = "",
    symbol: str = "",
    before: Mapping[str, str] | None = None,
    column: str = "",
    additive: bool = True,
    scaled: bool = False,
) -> Unit:
    """A simple unit with its names for many, its English singular and its symbol.

    `before` is what stands before a number, by language (HK$); `column` the English name in a table, where
    a sentence has another.
    """
    ahead = before or {}
    names = (
        ("en", _wording("en", en, one, ahead.get("en", ""), column)),
        ("zh-Hant", _wording("zh-Hant", hant, "", ahead.get("zh-Hant", ""))),
        ("zh-Hans", _wording("zh-Hans", hans, "", ahead.get("zh-Hans", ""))),
    )
    signs = tuple((language, _wording(language, symbol)) for language, _ in names) if symbol else names
    return Unit(code, tuple(sorted(dimensions.items())), Fraction(ratio), names, signs, additive, scaled)


# Exact by definition: 1 kWh = 3.6 MJ (SI); 1 tce = 29 307.6 MJ (GB/T 2589); 1 ft = 0.3048 m; 1 mu = 10 000 / 15 m².
# A day is a working day, no 24 hours; a year has no fixed number of days.
_MEASURES = (
    unit("Wh", {"energy": 1}, "1/1000", "Wh", "瓦時", "瓦时", symbol="Wh"),
    unit("kWh", {"energy": 1}, "1", "kWh", "千瓦時", "千瓦时", symbol="kWh"),
    unit("MWh", {"energy": 1}, "1000", "MWh", "兆瓦時", "兆瓦时", symbol="MWh"),
    unit("thousand kWh", {"energy": 1}, "1000", "thousand kWh", "千個千瓦時", "千个千瓦时", scaled=True),
    unit("GWh", {"energy": 1}, "1000000", "GWh", "吉瓦時", "吉瓦时", symbol="GWh"),
    unit("TWh", {"energy": 1}, "1000000000", "TWh", "太瓦時", "太瓦时", symbol="TWh"),
    unit("MJ", {"energy": 1}, "5/18", "MJ", "兆焦耳", "兆焦", symbol="MJ"),
    unit("GJ", {"energy": 1}, "2500/9", "GJ", "吉焦耳", "吉焦", symbol="GJ"),
    unit("TJ", {"energy": 1}, "2500000/9", "TJ", "太焦耳", "太焦", symbol="TJ"),
    unit("kgce", {"energy": 1}, "8141/1000", "kg of coal equivalent", "公斤標準煤", "千克标准煤", symbol="kgce"),
    unit("tce", {"energy": 1}, "8141", "tonnes of coal equivalent", "噸標準煤", "吨标准煤", one="tonne of coal equivalent", symbol="tce"),
    unit("kW", {"energy": 1, "time": -1}, "1", "kW", "千瓦", "千瓦", symbol="kW"),
    unit("MW", {"energy": 1, "time": -1}, "1000", "MW", "兆瓦", "兆瓦", symbol="MW"),
    unit("mg", {"mass": 1}, "1/1000000000", "mg", "毫克", "毫克", symbol="mg"),
    unit("g", {"mass": 1}, "1/1000000", "g", "克", "克", symbol="g"),
    unit("kg", {"mass": 1}, "1/1000", "kg", "公斤", "千克", symbol="kg"),
    unit("t", {"mass": 1}, "1", "tonnes", "噸", "吨", one="tonne", symbol="t"),
    unit("kt", {"mass": 1}, "1000", "thousand tonnes", "千噸", "千吨", symbol="kt", scaled=True),
    unit("Mt", {"mass": 1}, "1000000", "million tonnes", "百萬噸", "百万吨", symbol="Mt", scaled=True),
    unit("gCO2e", {"co2e": 1}, "1/1000000", "g CO2e", "克二氧化碳當量", "克二氧化碳当量", symbol="gCO2e"),
    unit("kgCO2e", {"co2e": 1}, "1/1000", "kg CO2e", "公斤二氧化碳當量", "千克二氧化碳当量", symbol="kgCO2e"),
    unit("tCO2e", {"co2e": 1}, "1", "tonnes CO2e", "噸二氧化碳當量", "吨二氧化碳当量", one="tonne CO2e", symbol="tCO2e"),
    unit("ktCO2e", {"co2e": 1}, "1000", "thousand tonnes CO2e", "千噸二氧化碳當量", "千吨二氧化碳当量", symbol="ktCO2e", scaled=True),
    unit("MtCO2e", {"co2e": 1}, "1000000", "million tonnes CO2e", "百萬噸二氧化碳當量", "百万吨二氧化碳当量", symbol="MtCO2e", scaled=True),
    unit("mL", {"volume": 1}, "1/1000000", "mL", "毫升", "毫升", symbol="mL"),
    unit("L", {"volume": 1}, "1/1000", "litres", "公升", "升", one="litre", symbol="L"),
    unit("m3", {"volume": 1}, "1", "m³", "立方米", "立方米", symbol="m³"),
    unit("m2", {"area": 1}, "1", "m²", "平方米", "平方米", symbol="m²"),
    unit("ha", {"area": 1}, "10000", "hectares", "公頃", "公顷", one="hectare", symbol="ha"),
    unit("km2", {"area": 1}, "1000000", "km²", "平方公里", "平方公里", symbol="km²"),
    unit("sqft", {"area": 1}, "0.09290304", "sq. ft.", "平方呎", "平方英尺", symbol="sq. ft."),
    unit("mu", {"area": 1}, "2000/3", "mu", "畝", "亩"),
    unit("m", {"length": 1}, "1/1000", "metres", "米", "米", one="metre", symbol="m"),
    unit("km", {"length": 1}, "1", "km", "公里", "公里", symbol="km"),
    unit("tkm", {"length": 1, "mass": 1}, "1", "tonne-km", "噸公里", "吨公里", symbol="tkm"),
    unit("pkm", {"length": 1, "person": 1}, "1", "passenger-km", "人公里", "人公里", symbol="pkm"),
    unit("person", {"person": 1}, "1", "people", "人", "人", one="person"),
    unit("employee", {"person": 1}, "1", "employees", "人", "人", one="employee"),
    unit("minute", {"time": 1}, "1/60", "minutes", "分鐘", "分钟", one="minute", symbol="min"),
    unit("hour", {"time": 1}, "1", "hours", "小時", "小时", one="hour", symbol="h"),
    unit("day", {"day": 1}, "1", "days", "日", "天", one="day"),
    unit("month", {"year": 1}, "1/12", "months", "個月", "个月", one="month"),
    unit("year", {"year": 1}, "1", "years", "年", "年", one="year"),
    unit("case", {"count": 1}, "1", "cases", "宗", "起", one="case"),
    unit("time", {"count": 1}, "1", "times", "次", "次", one="time"),
    unit("meeting", {"count": 1}, "1", "meetings", "次", "次", one="meeting"),
    unit("piece", {"count": 1}, "1", "pieces", "件", "件", one="piece"),
    unit("sheet", {"count": 1}, "1", "sheets", "張", "张", one="sheet"),
    unit("vehicle", {"count": 1}, "1", "vehicles", "輛", "辆", one="vehicle"),
    unit("household", {"count": 1}, "1", "households", "戶", "户", one="household"),
    unit("room_night", {"count": 1}, "1", "room-nights", "房晚", "间夜", one="room-night"),
    unit("supplier", {"count": 1}, "1", "suppliers", "家", "家", one="supplier"),
    unit("customer", {"count": 1}, "1", "customers", "名", "名", one="customer"),
    unit("count", {"count": 1}, "1", "", "", ""),
    unit("dBA", {"sound": 1}, "1", "dB(A)", "分貝（A）", "分贝（A）", symbol="dB(A)", additive=False),
    unit("degC", {"temperature": 1}, "1", "°C", "度", "摄氏度", symbol="°C", before={"zh-Hant": "攝氏"}, additive=False),
    unit("percent", {}, "1/100", "%", "%", "%", symbol="%", additive=False),
    unit("permille", {}, "1/1000", "‰", "‰", "‰", symbol="‰", additive=False),
    unit("ppm", {}, "1/1000000", "ppm", "ppm", "ppm", symbol="ppm", additive=False),
    unit("percentage_point", {}, "1/100", "percentage points", "個百分點", "个百分点", one="percentage point", column="pp", additive=False),
    unit("ratio", {}, "1", "", "", "", additive=False),
)  # fmt: skip
_CURRENCIES = {
    # code: before a number in English; before and behind it in Chinese
    "HKD": ("HK$", ("", "港元"), ("", "港元")),
    "RMB": ("RMB", ("人民幣", "元"), ("人民币", "元")),
    "USD": ("US$", ("", "美元"), ("", "美元")),
    "EUR": ("€", ("", "歐元"), ("", "欧元")),
    "SGD": ("S$", ("", "新加坡元"), ("", "新加坡元")),
    "MOP": ("MOP", ("", "澳門元"), ("", "澳门元")),
}
CURRENCIES = tuple(_CURRENCIES)
_MONEY_SCALES = {
    # word: factor, 繁體中文, 简体中文, for which currencies
    "": (1, "", "", tuple(_CURRENCIES)),
    "thousand": (10**3, "千", "千", tuple(_CURRENCIES)),
    "ten thousand": (10**4, "萬", "万", ("HKD", "RMB")),
    "million": (10**6, "百萬", "百万", tuple(_CURRENCIES)),
    "hundred million": (10**8, "億", "亿", ("HKD", "RMB")),
}


def _money() -> Iterator[Unit]:
    for currency, (sign, (hant_before, hant), (hans_before, hans)) in _CURRENCIES.items():
        before = {"en": sign, "zh-Hant": hant_before, "zh-Hans": hans_before}
        for word, (factor, hant_scale, hans_scale, currencies) in _MONEY_SCALES.items():
            if currency in currencies:
                yield unit(
                    f"{currency} {word}".strip(),
                    {currency: 1},
                    str(factor),
                    word,
                    hant_scale + hant,
                    hans_scale + hans,
                    before=before,
                    scaled=bool(word),
                )


UNITS: Mapping[str, Unit] = {each.code: each for each in (*_MEASURES, *_money())}
PERCENT = UNITS["percent"]
PERCENTAGE_POINT = UNITS["percentage_point"]


def product(left: Dimensions, right: Dimensions, power: int = 1) -> Dimensions:
    """Dimensions of left × right (or left ÷ right with `power` -1)."""
    exponents = dict(left)
    for base, exponent in right:
        exponents[base] = exponents.get(base, 0) + power * exponent
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))


def per(numerator: Unit, denominator: Unit) -> Unit:
    """The unit "numerator per denominator", as in kWh/t."""
    return Unit(
        f"{numerator.code}/{denominator.code}",
        product(numerator.dimensions, denominator.dimensions, -1),
        numerator.ratio / denominator.ratio,
        _quotients(numerator.names, denominator.names),
        _quotients(numerator.signs, denominator.signs),
        additive=False,
        by_symbol=numerator.by_symbol | denominator.by_symbol,
    )


def _quotients(above: Wordings, below: Wordings) -> Wordings:
    denominators = dict(below)
    return tuple((language, _quotient(language, one, denominators[language])) for language, one in above)


def _quotient(language: str, above: Wording, below: Wording) -> Wording:
    number, _, before, after = _NAMELESS[language]
    name = above.column or number
    tail = ("／" if _HAN.search(name + below.below) else "/") + below.below
    column = name + tail
    if above.column:
        after, one = above.after + tail, above.one + tail
        return Wording(column, above.before, after, one, after, column)
    after = after.format(below.below)
    return Wording(column, before.format(below.below), after, after, after, column)


_SPELLINGS = {
    "%": "percent", "‰": "permille", "ton": "t", "tons": "t", "公噸": "t", "liter": "L", "liters": "L", "l": "L",
    "cubic metres": "m3", "cubic meters": "m3", "m^3": "m3", "㎥": "m3", "㎡": "m2", "m^2": "m2", "square metres": "m2",
    "sq ft": "sqft", "ft2": "sqft", "square feet": "sqft", "meters": "m", "persons": "person", "staff": "employee",
    "kwh": "kWh", "度": "kWh", "tco2": "tCO2e", "tco₂e": "tCO2e", "hrs": "hour", "mins": "minute", "千公噸": "kt",
    "db": "dBA", "°c": "degC", "℃": "degC", "celsius": "degC", "cny": "RMB", "rmb million": "RMB million",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units that a report knows: those of the closed table and those that its project adds."""

    units: Mapping[str, Unit] = field(default_factory=lambda: UNITS)

    def find(self, code: str) -> Unit | None:
        """The unit with this code, simple or with one slash; None if the table does not know it."""
        numerator, slash, denominator = code.partition("/")
        if not slash:
            return self.units.get(code)
        if numerator in self.units and denominator in self.units:
            return per(self.units[numerator], self.units[denominator])
        return None

    def alike(self, dimensions: Dimensions) -> tuple[str, ...]:
        """The codes of all simple units of a quantity: what can be shown in one of them, can in the others."""
        return tuple(code for code, each in self.units.items() if each.dimensions == dimensions)

    def spelled(self, text: str) -> str:
        """The code of the unit that people write as `text` ("tonnes", 千瓦時, %); "" if none is meant surely."""
        wanted = text.strip().casefold()
        if wanted in _SPELLINGS:
            return _SPELLINGS[wanted]
        for code, each in self.units.items():
            wordings = [wording for _, wording in (*each.names, *each.signs)]
            names = {name for w in wordings for name in (w.column, w.after.strip(), w.one.strip()) if name}
            if wanted in map(str.casefold, names):
                return code
        return ""

    def with_unit(self, added: Unit) -> UnitTable:
        """The table with one more unit."""
        return UnitTable({**self.units, added.code: added})

    def with_symbols(self, languages: Iterable[str]) -> UnitTable:
        """The table whose units are named by their symbols in the tables of these languages."""
        by_symbol = frozenset(languages)
        return UnitTable({code: replace(each, by_symbol=by_symbol) for code, each in self.units.items()})


def is_money(part: tuple[str, int]) -> bool:
    """Whether a dimension of a unit is a currency."""
    return len(part[0]) == 3 and part[0].isupper()


def worded(dimensions: Dimensions) -> str:
    """Dimensions in plain words for a message: "energy per mass"."""
    dimensions = tuple(("CO2e" if base == "co2e" else base, exponent) for base, exponent in dimensions)
    above = [b if e == 1 else f"{b}^{e}" for b, e in dimensions if e > 0]
    below = [b if e == -1 else f"{b}^{-e}" for b, e in dimensions if e < 0]
    text = " × ".join(above) or "a plain number"
    text = "people" if text == "person" and not below else text
    return f"{text} per {' × '.join(below)}" if below else text
