"""label-and-unit, names-disagree: a metric's names and its unit speak of one quantity.

Why: a concentration headed "amount", greenhouse gases in tonnes of mass, a rate in persons: the number prints well and
means something else. Only decisive words count, in the table below; what says the form of a figure (rate, intensity,
concentration) goes before what says the quantity (CO2e, money, hours), and that before the resource (electricity,
water). Of one rank the longest word wins. Names of two languages, and the measure that is answered, are compared too:
hazardous with 無害, consumption with 排放, direct with 間接, Scope 1 with 範圍2, energy with 用水量, intensity with an
amount. So is the caption of a table or chart with all that it shows, and the name of a dimension with all that is divided by it:
a table of consumption is not headed emissions. Names of targets, topics and their fields are compared between languages.

    wrong   dust: {name: {en: Dust emissions, zh-Hant: 顆粒物排放量}, unit: mg/m3}
    right   dust: {name: {en: Dust concentration, zh-Hant: 顆粒物排放濃度}, unit: mg/m3}
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from esgreport.diagnostics import Diagnostic, Place, warning
from esgreport.languages import Text
from esgreport.model import ChartBlock, Dimension, Metric, Report, TableBlock, TargetsBlock
from esgreport.series import ENERGY, Measures, measures
from esgreport.units import UNITS, Unit, is_money
from esgreport.views import Edition

CONCENTRATION = (("mass", 1), ("volume", -1))


@dataclass(frozen=True, slots=True)
class Word:
    """Words that say a kind of quantity, the units that contradict it, and what would be right.

    Units are told by quantity; `amount` is any unit that may be summed.
    """

    says: str
    english: re.Pattern[str]
    chinese: re.Pattern[str]
    never: tuple[str, ...]
    right: str

    def found(self, name: str, language: str) -> int:
        """The length of the word in a name, 0 where it is not there."""
        match = (self.english if language == "en" else self.chinese).search(name)
        return len(match[0].strip()) if match else 0


def _word(says: str, english: str, chinese: str, never: str, right: str) -> Word:
    return Word(says, re.compile(english, re.IGNORECASE), re.compile(chinese), tuple(never.split()), right)


# By rank. In Chinese the word that says the form ends the name, so most are looked for there ($).
RANKS = (
    (
        _word("a concentration", r"\bconcentrations?\b", r"濃度|浓度", "amount", "a mass per volume, such as g/m3"),
        _word("a rate per thousand or more", r"\bper (thousand|million|1[, ]?000|200[, ]?000)\b|‰", r"每?千人|每[百十]?[萬万千]|千分", "percent",
              "a unit with a slash, such as case/person"),
        _word("an intensity", r"\bintensity$|\bintensity of\b|\bper (employee|tonne|person|head|square metre)\b",
              r"密度$|每[名位噸吨件]", "amount", "a unit with a slash, such as kWh/t"),
        _word("a rate or share", r"\brate$|\brates? of\b|\bpercentage\b|\bproportion\b|\bshare of\b|\bshare$|\bratio$",
              r"(?<![頻频功匯汇利費费速效])率$|百分比$|佔比$|占比$|比例$", "amount", "percent, or a unit with a slash"),
    ),
    (
        _word("CO2e", r"\bgreenhouse gas(es)?( emissions)?\b|\bGHG\b|\bCO2e\b|\bcarbon emissions\b|\bscopes? [123]\b",
              r"溫室氣體|温室气体|二氧化碳當量|二氧化碳当量|碳排放|[範范][圍围] ?[123一二三]", "mass volume energy area", "tCO2e"),
        _word("money", r"\brevenue\b|\bexpenditure\b|\bcosts?\b|\bcash donations?\b",
              r"(?<!低)收入|營業額|营业额|成本|捐款$|開支|开支|支出", "mass volume energy co2e area time count", "HKD or another currency"),
        _word("hours", r"^(?!.*(kilowatt|megawatt))([\w-]+ ){0,2}hours$|^(training|volunteer|volunteering) hours\b",
              r"(?<!千瓦)時數$|时数$|工時$|工时$", "mass volume energy co2e area money person count", "hour"),
        _word("days", r"^(lost|work|working|sick) ?days\b", r"(工作)?[日天][數数]$", "mass volume energy co2e area money", "day"),
        _word("people", r"\bheadcount\b|^(total )?(number of )?(employees|staff)$", r"人[數数]$", "mass volume energy co2e area money time percent",
              "person"),
        _word("an area", r"\b(floor|site|land|planted) area$", r"面[積积]$", "mass volume energy co2e person money time", "m2"),
        _word("an amount emitted", r"\bemissions?( of [\w ]+)?$|\b(amount|quantity) (emitted|discharged)$", r"排放量$", "concentration energy",
              "a mass such as kg, or call it a concentration"),
        _word("emissions", r"\bemissions\b", r"排放", "", ""),  # of whatever: it keeps "electricity" from counting
    ),
    (
        _word("energy", r"\b(electricity|energy) (consumption|consumed|used|purchased)\b|\bpurchased electricity\b|\btotal energy\b",
              r"用電量|用电量|耗電量|耗电量|[外購购]{2}[電电]力|能源總?耗|能源总?耗|能耗", "mass volume area person co2e money", "kWh"),
        _word("water", r"\bwater (consumption|consumed|used|withdrawn)\b", r"耗水量|用水量|取水量", "energy co2e area person money", "m3"),
        _word("waste", r"\bhazardous waste\b", r"[有無无]害[廢废]", "energy co2e area person", "kg or t"),
    ),
)  # fmt: skip
TAG = re.compile("<[^>]*>|\ue000[0-9]+\ue001")
ASIDE = re.compile(r"[(（][^)）]*[)）]")
UNLESS = re.compile(r"refrigerant|revenue (passenger|tonne)|製冷劑|制冷剂|雪種", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that a name can say."""

    says: str
    english: re.Pattern[str]
    chinese: re.Pattern[str]

    def said(self, name: str, language: str) -> bool:
        return (self.english if language == "en" else self.chinese).search(name) is not None


def _side(says: str, english: str, chinese: str) -> Side:
    return Side(says, re.compile(english, re.IGNORECASE), re.compile(chinese))


CONTRASTS = (
    (
        _side("hazardous", r"(?<!non)(?<!non-)(?<!non )\bhazardous\b", r"(?<!非)有害|(?<!非)危[險险][廢废]"),
        _side("non-hazardous", r"\bnon[- ]?hazardous\b", r"[無无]害|非有害|非危"),
    ),
    (_side("direct", r"\bdirect\b", r"直接"), _side("indirect", r"\bindirect\b", r"[間间]接")),
    (
        _side("an emission", r"\bemissions?\b|\bdischarged?\b|\bscopes? [123]|\bcarbon\b|greenhouse|\bGHG\b", r"排放|[範范][圍围]|溫室|温室|碳"),
        _side("a consumption", r"\bconsum(ption|ed)\b|\bused?\b|\bpurchased\b", r"耗|用量|用水|用[電电]|外[購购]"),
    ),
)  # fmt: skip
WATER = (
    _side("energy", r"^(?!.*\bwater).*\b(energy|fuels?)\b", r"^(?!.*水).*(能源|能耗|燃料)"),
    _side("water", r"^(?!.*\b(hot|heat)).*(^water$|\bwater (consumption|consumed|used|withdrawn|supply)\b|\b(tap|mains|fresh) water\b)",
          r"^(?!.*[熱热]).*(^水$|用水|耗水|取水|自[來来]水)"),
)  # fmt: skip
INTENSITY = (
    _side("", r"\bintensity\b", r"密度"),
    _side("", r"intensity|density|\bper\b|ratio|rate|average|unit", r"密度|[強强]度|每|[單单]|平均|比|率"),
)
SCOPE = {
    "en": re.compile(r"\bscopes? ([123][123, and&]*)", re.IGNORECASE),
    "zh": re.compile(r"[範范][圍围] ?([123一二三][123一二三、及和與与]*)"),
}
DIGITS = str.maketrans("一二三", "123")


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    for metric in report.metrics.values():
        yield from _unit(metric)
        yield from _languages(metric.id, metric.name, metric.place)
    for target in report.targets.values():
        yield from _languages(target.id, target.name, target.place)
    for topic in report.topics.values():
        yield from _languages(topic.id, topic.name, topic.place)
        for field in topic.fields:
            yield from _languages(field.id, field.name, field.place)
    for dimension in report.dimensions.values():
        yield from _languages(dimension.id, dimension.name, dimension.place)
        yield from _divided(report, dimension)
        for member in dimension.members:
            yield from _languages(f"{dimension.id}={member.id}", member.name, member.place)
    asked: dict[str, list[Text]] = {}
    for framework in edition.frameworks.values():
        answers = Measures(report, edition.figures, framework)
        for requirement, measure in measures(framework):
            for metric in answers.metrics(measure.key):
                yield from _measure(metric, measure.label, f"{requirement.id}:{measure.key}")
                asked.setdefault(metric.id, []).extend([requirement.label, measure.label])
    for page in report.pages.values():
        for block in page.items:
            if isinstance(block, TableBlock | TargetsBlock | ChartBlock):
                yield from _caption(report, block, page.language, asked)


def _unit(metric: Metric) -> Iterator[Diagnostic]:
    for language, name in metric.name.items():
        if UNLESS.search(name):
            continue
        word = _contradicted(name, language, metric.unit)
        if word:
            yield warning(
                "label-and-unit",
                metric.unit_place,
                f"“{name}” ({language}) says {word.says}, but the unit is {metric.unit.code}",
                f"write {word.right}, or change the name",
            )
            return


def _contradicted(name: str, language: str, unit: Unit) -> Word | None:
    """The word of a name that the unit contradicts. The form is looked for first, then what it is a form of."""
    parts = [part.strip() for part in re.split("[:：]", ASIDE.sub("", name))]
    for rank, words in enumerate(RANKS):
        found = [(length, word) for part in parts for word in words if (length := word.found(part, language))]
        if not found:
            continue
        _, word = max(found, key=lambda pair: pair[0])
        if _never(word, unit, whole=rank == 0):
            return word
        if rank or not word.says.startswith("an intensity"):
            return None
    return None


def _never(word: Word, unit: Unit, whole: bool) -> bool:
    """Whether the unit is one that the word is never in; of a unit with a slash what stands above it is compared."""
    above, slash, _ = unit.code.partition("/")
    quantities = {"percent"} if unit.code == "percent" else set[str]()
    if unit.additive:
        quantities.add("money" if any(map(is_money, unit.dimensions)) else "amount")
    if unit.dimensions == CONCENTRATION:
        quantities.add("concentration")
    compared = UNITS.get(above) if slash and not whole else unit
    if compared and len(compared.dimensions) == 1 and compared.dimensions[0][1] == 1:
        quantities.add("money" if is_money(compared.dimensions[0]) else compared.dimensions[0][0])
    return not quantities.isdisjoint(word.never)


def _languages(what: str, names: Text, place: Place) -> Iterator[Diagnostic]:
    """Names of two languages that say opposite things."""
    for (language, name), (other_language, other) in combinations(names.items(), 2):
        opposed = _opposed(name, language, other, other_language)
        scopes, others = _scopes(name, language), _scopes(other, other_language)
        if scopes and others and scopes != others:
            opposed = _listed(scopes), _listed(others)
        elif not opposed and _intensity_alone(name, language, other, other_language):
            opposed = "an intensity", "none"
        elif not opposed and _intensity_alone(other, other_language, name, language):
            opposed = "no intensity", "an intensity"
        if opposed:
            yield warning(
                "names-disagree",
                place,
                f"{what}: “{name}” ({language}) says {opposed[0]}, “{other}” ({other_language}) says {opposed[1]}",
                "give it the same name in every language",
            )


def _measure(metric: Metric, label: Text, measure: str) -> Iterator[Diagnostic]:
    """A name that says the opposite of the measure that it is said to answer."""
    for language, name in metric.name.items():
        asked = label.get(language, "")
        opposed = _opposed(name, language, asked, language)
        scopes, wanted = _scopes(name, language), _scopes(asked, language)
        if scopes and not wanted <= scopes:
            opposed = _listed(scopes), _listed(wanted)
        if opposed:
            yield warning(
                "names-disagree",
                metric.place,
                f"“{name}” ({language}) says {opposed[0]}, but {measure}, “{asked}”, asks for {opposed[1]}",
                "correct the name, or the answer",
            )
            return


def _divided(report: Report, dimension: Dimension) -> Iterator[Diagnostic]:
    """The name of a dimension that says the opposite of every metric divided by it: types of emissions, of what is used."""
    divided = [metric for metric in report.metrics.values() if dimension.id in metric.dimensions]
    for language, name in dimension.name.items():
        found = [_opposed(name, language, metric.name.get(language, ""), language) for metric in divided]
        if found and (sides := found[0]) and all(found):
            row = divided[0].name[language]
            yield warning(
                "names-disagree",
                dimension.place,
                f"“{name}” ({language}) says {sides[0]}, but “{row}”, which is divided by it, says {sides[1]}",
                "correct the name of the dimension, or of what it divides",
            )
            return


def _caption(
    report: Report,
    block: TableBlock | TargetsBlock | ChartBlock,
    language: str,
    asked: Mapping[str, list[Text]],
) -> Iterator[Diagnostic]:
    """A caption that says the opposite of every row, or energy over water. A row says what its name says, what the
    measures say that it answers, and consumption where it is in a unit of energy."""
    if isinstance(block, TableBlock):
        caption, named = block.caption, [report.metrics.get(name.text) for name in block.metric_names]
    elif isinstance(block, ChartBlock):
        caption = TAG.sub("", " ".join(prose.html for prose in block.caption))
        named = [report.metrics.get(name.text) for name in block.metrics]
    else:
        caption = block.caption
        targets = [report.targets.get(name.text) for name in block.targets]
        named = [report.metrics.get(target.metric) for target in targets if target]
    rows = [metric for metric in named if metric]
    found = []
    for metric in rows:
        name = metric.name.get(language, "")
        labels = [label.get(language, "") for label in asked.get(metric.id, ())]
        energy = ["consumption", "耗量"] if metric.unit.dimensions == ENERGY else []
        if sides := _opposed(caption, language, " / ".join([name, *labels, *energy]), language):
            found.append((name, sides))
    for name, sides in found:
        if len(found) == len(rows) or sides[1] == WATER[1].says:
            yield warning(
                "names-disagree",
                block.place,
                f"the caption “{caption}” says {sides[0]}, but its row “{name}” says {sides[1]}",
                "correct the caption, or the rows",
            )
            return


def _opposed(name: str, language: str, other: str, other_language: str) -> tuple[str, str] | None:
    """The two sides of a contrast that two names stand on."""
    for sides in (*CONTRASTS, WATER):
        ours = [side.says for side in sides if side.said(name, language)]
        theirs = [side.says for side in sides if side.said(other, other_language)]
        if len(ours) == len(theirs) == 1 and ours != theirs:
            return ours[0], theirs[0]
    return None


def _intensity_alone(name: str, language: str, other: str, other_language: str) -> bool:
    """Whether one name says an intensity and the other nothing like it."""
    narrow, wide = INTENSITY
    return narrow.said(name, language) and not wide.said(other, other_language)


def _scopes(name: str, language: str) -> frozenset[str]:
    """The scopes of greenhouse gases that a name speaks of."""
    match = SCOPE["en" if language == "en" else "zh"].search(name)
    return frozenset(re.findall("[123]", match[1].translate(DIGITS))) if match else frozenset()


def _listed(scopes: Iterable[str]) -> str:
    return "Scope " + " and ".join(sorted(scopes))
