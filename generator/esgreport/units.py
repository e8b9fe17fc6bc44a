"""Units of measure: a closed table with exact factors, and the arithmetic of quantities.

A unit is a product of base dimensions and an exact ratio to their base units. Carbon dioxide
equivalent is a dimension of its own: a tonne of waste is not a tonne of CO2e. A compound unit has one
slash (kWh/t). An unknown unit is refused, never taken for a base unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `ratio` times the base units of `dimensions`.

    `names` word it in a column; `around` says how it stands in a sentence. The members of an additive
    unit may be summed; those of a rate or an intensity may not.
    """

    code: str
    dimensions: Dimensions
    ratio: Fraction
    names: tuple[tuple[str, str], ...]
    spaced: bool = True
    additive: bool = True

    def name(self, language: str) -> str:
        """The unit's name in a table of `language`."""
        return dict(self.names)[language]

    def around(self, language: str, one: bool = False) -> tuple[str, str]:
        """What stands before and behind a number in a sentence of `language`; `one` asks for the singular."""
        name = self.name(language)
        for sign in _AHEAD:
            if name.startswith(sign):
                return sign, name.removeprefix(sign)
        if language != "en":
            return "", name
        if self.code in _IN_SENTENCES:
            name = _IN_SENTENCES[self.code]
        if one:
            name = _SINGULAR.get(self.code, name)
        return "", name if not self.spaced or not name else f" {name}"


def _unit(
    code: str, dimensions: Mapping[str, int], ratio: str, en: str, hant: str, hans: str, **more: bool
) -> Unit:
    names = (("en", en), ("zh-Hant", hant), ("zh-Hans", hans))
    return Unit(code, tuple(sorted(dimensions.items())), Fraction(ratio), names, **more)


# Energy in kWh (1 kWh = 3.6 MJ by definition of the SI); standard coal equivalent: GB/T 2589,
# 1 tce = 29 307.6 MJ. Mass in t, CO2e in tCO2e, volume in m3, time in hours.
UNITS: dict[str, Unit] = {
    unit.code: unit
    for unit in (
        _unit("kWh", {"energy": 1}, "1", "kWh", "千瓦時", "千瓦时"),
        _unit("MWh", {"energy": 1}, "1000", "MWh", "兆瓦時", "兆瓦时"),
        _unit("GWh", {"energy": 1}, "1000000", "GWh", "吉瓦時", "吉瓦时"),
        _unit("MJ", {"energy": 1}, "5/18", "MJ", "兆焦耳", "兆焦耳"),
        _unit("GJ", {"energy": 1}, "2500/9", "GJ", "吉焦耳", "吉焦耳"),
        _unit("TJ", {"energy": 1}, "2500000/9", "TJ", "太焦耳", "太焦耳"),
        _unit("tce", {"energy": 1}, "8141", "tonnes of coal equivalent", "噸標準煤", "吨标准煤"),
        _unit("g", {"mass": 1}, "1/1000000", "g", "克", "克"),
        _unit("kg", {"mass": 1}, "1/1000", "kg", "公斤", "公斤"),
        _unit("t", {"mass": 1}, "1", "tonnes", "噸", "吨"),
        _unit("kt", {"mass": 1}, "1000", "thousand tonnes", "千噸", "千吨"),
        _unit("kgCO2e", {"co2e": 1}, "1/1000", "kg CO2e", "公斤二氧化碳當量", "公斤二氧化碳当量"),
        _unit("tCO2e", {"co2e": 1}, "1", "tonnes CO2e", "噸二氧化碳當量", "吨二氧化碳当量"),
        _unit("ktCO2e", {"co2e": 1}, "1000", "thousand tonnes CO2e", "千噸二氧化碳當量", "千吨二氧化碳当量"),
        _unit("L", {"volume": 1}, "1/1000", "litres", "公升", "升"),
        _unit("m3", {"volume": 1}, "1", "m³", "立方米", "立方米"),
        _unit("m2", {"area": 1}, "1", "m²", "平方米", "平方米"),
        _unit("km", {"length": 1}, "1", "km", "公里", "公里"),
        _unit("person", {"person": 1}, "1", "employees", "人", "人"),
        _unit("hour", {"time": 1}, "1", "hours", "小時", "小时"),
        _unit("day", {"day": 1}, "1", "days", "日", "日"),
        _unit("case", {"count": 1}, "1", "cases", "宗", "宗"),
        _unit("count", {"count": 1}, "1", "", "", ""),
        _unit("percent", {}, "1/100", "%", "%", "%", spaced=False, additive=False),
        _unit("percentage_point", {}, "1/100", "pp", "個百分點", "个百分点", additive=False),
        _unit("ratio", {}, "1", "", "", "", additive=False),
        _unit("HKD", {"HKD": 1}, "1", "HK$", "港元", "港元"),
        _unit("HKD thousand", {"HKD": 1}, "1000", "HK$ thousand", "千港元", "千港元"),
        _unit("HKD million", {"HKD": 1}, "1000000", "HK$ million", "百萬港元", "百万港元"),
        _unit("RMB", {"RMB": 1}, "1", "RMB", "人民幣元", "人民币元"),
        _unit("RMB thousand", {"RMB": 1}, "1000", "RMB thousand", "人民幣千元", "人民币千元"),
        _unit("RMB million", {"RMB": 1}, "1000000", "RMB million", "人民幣百萬元", "人民币百万元"),
    )
}
PERCENT = UNITS["percent"]
PERCENTAGE_POINT = UNITS["percentage_point"]

_SINGULAR = {
    "t": "tonne", "tCO2e": "tonne CO2e", "L": "litre", "person": "employee", "hour": "hour", "day": "day", "case": "case",
    "percentage_point": "percentage point",
}  # fmt: skip
_IN_SENTENCES = {"percentage_point": "percentage points"}
_AHEAD = ("HK$", "RMB", "人民幣", "人民币")  # stands before the number: RMB3.2 million, 人民幣3.2百萬元
_NAMELESS = {
    "en": ("number", "unit"),
    "zh-Hant": ("數目", "件"),
    "zh-Hans": ("数目", "件"),
}  # above and below the slash


def product(left: Dimensions, right: Dimensions, power: int = 1) -> Dimensions:
    """Dimensions of left × right (or left ÷ right with `power` -1)."""
    exponents = dict(left)
    for base, exponent in right:
        exponents[base] = exponents.get(base, 0) + power * exponent
    return tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))


def per(numerator: Unit, denominator: Unit) -> Unit:
    """The unit "numerator per denominator", as in kWh/t."""
    names = []
    for language, name in numerator.names:
        above, below = _NAMELESS[language]
        name, below = name or above, denominator.name(language) or below
        if language == "en":
            names.append((language, f"{name}/{_SINGULAR.get(denominator.code, below)}"))
        else:
            names.append((language, f"{name}／{below}"))
    return Unit(
        f"{numerator.code}/{denominator.code}",
        product(numerator.dimensions, denominator.dimensions, -1),
        numerator.ratio / denominator.ratio,
        tuple(names),
        additive=False,
    )


def find_unit(code: str) -> Unit | None:
    """The unit with this code, simple or with one slash; None if the table does not know it."""
    numerator, slash, denominator = code.partition("/")
    if not slash:
        return UNITS.get(code)
    if numerator in UNITS and denominator in UNITS:
        return per(UNITS[numerator], UNITS[denominator])
    return None


_SPELLINGS = {
    "%": "percent", "ton": "t", "tons": "t", "公噸": "t", "litre": "L", "liter": "L", "liters": "L", "l": "L",
    "cubic metres": "m3", "m^3": "m3", "㎡": "m2", "persons": "person", "people": "person", "kwh": "kWh", "度": "kWh",
    "tco2": "tCO2e", "tco₂e": "tCO2e", "hrs": "hour", "h": "hour", "千公噸": "kt", "rmb million": "RMB million",
}  # fmt: skip


def spelled(text: str) -> str:
    """The code of the unit that people write as `text` ("tonnes", 千瓦時, %); "" if none is meant surely."""
    wanted = text.strip().casefold()
    if wanted in _SPELLINGS:
        return _SPELLINGS[wanted]
    named = [u.code for u in UNITS.values() if wanted in {name.casefold() for _, name in u.names if name}]
    singular = [code for code, name in _SINGULAR.items() if name == wanted]
    return next(iter([*named, *singular]), "")


def worded(dimensions: Dimensions) -> str:
    """Dimensions in plain words for a message: "energy per mass"."""
    above = [b if e == 1 else f"{b}^{e}" for b, e in dimensions if e > 0]
    below = [b if e == -1 else f"{b}^{-e}" for b, e in dimensions if e < 0]
    text = " × ".join(above) or "a plain number"
    return f"{text} per {' × '.join(below)}" if below else text
