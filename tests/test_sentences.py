"""What sentences print: numbers, directions, ranks, members, days and targets, in three languages.

A number stands in brackets where it is an element of its own on the page; words alone stand without.
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from conftest import TINY
from esgreport.amounts import Number, canonical
from esgreport.languages import CHANGES, LANGUAGES, RANKS, period_in_sentence, worded_rank
from esgreport.model import Figure, FigureId, Kind
from esgreport.printed import printed_figures, reference_findings
from esgreport.units import UNITS
from esgreport.views import FigureView, ProseView
from esgreport.words_of_figures import direction, worded_change
from esgreport.writer import report_view
from hypothesis import given
from hypothesis import strategies as st
from reports import HERE, aspect, edition_of

REPORT = (
    re.sub("zh-Hant: ([^},]+)", r"zh-Hant: \1, zh-Hans: \1", TINY["data/report.yml"])
    .replace("languages: [zh-Hant, en]", "languages: [zh-Hant, en, zh-Hans]")
    .replace(
        "  2024: {",
        "  2030: {from: 2030-01-01, to: 2030-12-31}\n"
        "  2028: {from: 2028-01-01, to: 2028-12-31}\n"
        "  2023: {from: 2023-01-01, to: 2023-12-31}\n"
        "  2020: {from: 2020-01-01, to: 2020-12-31}\n"
        "  2024: {",
    )
)
PLANTS = """\
plant:
  name: {en: Plant, zh-Hant: 廠房, zh-Hans: 工厂}
  members:
    east: {en: East works, zh-Hant: 東廠, zh-Hans: 东厂}
    west: {en: West works, zh-Hant: 西廠, zh-Hans: 西厂}
    north: {en: North works, zh-Hant: 北廠, zh-Hans: 北厂}
gender:
  name: {en: Gender, zh-Hant: 性別, zh-Hans: 性别}
  members:
    male: {en: Men, zh-Hant: 男性, zh-Hans: 男性}
    female: {en: Women, zh-Hant: 女性, zh-Hans: 女性}
"""
METRICS = """
electricity:
  name: {en: Electricity, zh-Hant: 電力, zh-Hans: 电力}
  unit: kWh
  decimals: 1
  per: [{metric: production, decimals: 1}]
  breakdown:
    plant:
      2025: {east: 3 000, west: 1 000, north: 740}
      2024: {east: 3 100, west: 1 160, north: 740}
  values: {2020: 6 000}
production:
  name: {en: Output, zh-Hant: 產量, zh-Hans: 产量}
  unit: t
  breakdown:
    plant:
      2025: {east: 30, west: 5, north: 5}
      2024: {east: 25, west: 5, north: 10}
  values: {2020: 40}
rate: {name: {en: Rate, zh-Hant: 比率, zh-Hans: 比率}, unit: percent, values: {2025: 8.4, 2024: 7.0, 2023: 7.0}}
staff:
  name: {en: Staff, zh-Hant: 僱員, zh-Hans: 雇员}
  unit: count
  breakdown:
    gender:
      2025: {male: {value: 60, at: 2025-06-30}, female: {value: 40, at: 2025-06-30}}
      2024: {male: 64, female: 36}
money: {name: {en: Money, zh-Hant: 款項, zh-Hans: 款项}, unit: HKD, decimals: 1, values: {2025: 3 250 000, 2024: 3 249 000}}
paper: {name: {en: Paper, zh-Hant: 用紙, zh-Hans: 用纸}, unit: t, values: {2025: {value: 5, status: estimated}, 2024: {value: 4, restated_from: 3, reason: {en: A., zh-Hant: 甲。, zh-Hans: 甲。}}}}
waste: {name: {en: Waste, zh-Hant: 廢物, zh-Hans: 废物}, unit: t, breakdown: {plant: {2025: {east: 3, west: 2}}}}
noise: {name: {en: Noise, zh-Hant: 噪音, zh-Hans: 噪音}, unit: t, breakdown: {plant: {2025: {east: {limit: 3}, west: 2, north: 1}}}}
"""
TARGETS = """
targets:
  less_power:
    name: {en: Less power, zh-Hant: 節電, zh-Hans: 节电}
    metric: electricity
    base: 2020
    change: -25
    path: {2028: -21.5}
    to: 2030
  rate_cap: {name: {en: Cap, zh-Hant: 上限, zh-Hans: 上限}, metric: rate, at_most: 8.0, to: 2030}
  rate_now: {name: {en: Now, zh-Hant: 現時, zh-Hans: 现时}, metric: rate, at_most: 8.0, to: 2025}
  less_paper: {name: {en: Paper, zh-Hant: 用紙, zh-Hans: 用纸}, metric: paper, base: 2020, base_value: 12.5, level: 4, to: 2030}
  lean: {name: {en: Lean, zh-Hant: 精益, zh-Hans: 精益}, metric: electricity, per: production, base: 2020, change: -20, to: 2030}
  waste_goal: {name: {en: Waste, zh-Hant: 廢物, zh-Hans: 废物}, metric: waste, base: 2024, change: -10.0, to: 2030}
"""
FILES = {
    "data/report.yml": REPORT,
    "data/dimensions.yml": PLANTS,
    "data/aspects/a2.yml": aspect(METRICS) + TARGETS.lstrip("\n"),
}


@pytest.fixture
def edition(project):
    """`edition(text)`: the report whose one page says this, in each language."""

    def make(text: str, files: dict[str, str] = FILES):
        pages = {f"content/{language}/a2.md": f"# Page\n\n{text}\n" for language in LANGUAGES}
        return edition_of(project({**files, **pages}), blocking=True)

    return make


def said(edition) -> dict[str, str]:
    """What the page's first paragraph prints, by language."""
    return {language: spoken(report_view(edition, language).pages[0].lead) for language in LANGUAGES}


def spoken(prose: ProseView) -> str:
    parts = (
        part if isinstance(part, str) else f"{part.before}[{part.whole}{part.fraction}]{part.after}"
        for part in prose.parts
    )
    return re.sub(r"<[^>]*>", "", "".join(parts))


SENTENCES = [
    # an intensity, and its change
    ('electricity(per="production")', "[118.5] kWh/tonne", "[118.5]千瓦時／噸", "[118.5]千瓦时／吨"),
    ('electricity(per="production", change="2024")', "[−5.20]%", "[−5.20]%", "[−5.20]%"),
    ('electricity(per="production", difference="2024", words="up")', "down [6.5] kWh/tonne on 2024", "較2024年減少[6.5]千瓦時／噸", "较2024年减少[6.5]千瓦时／吨"),
    # a share, and how it moved
    ('staff(gender="female", share="gender")', "[40.0]%", "[40.0]%", "[40.0]%"),
    ('staff(gender="female", share="gender", difference="2024")', "[+4.0] percentage points", "[+4.0]個百分點", "[+4.0]个百分点"),
    ('staff(gender="female", share="gender", difference="2024", words="up")', "up [4.0] percentage points on 2024", "較2024年增加[4.0]個百分點", "较2024年增加[4.0]个百分点"),
    # the ways to say a change
    ('electricity(change="2024", words="up")', "down [5.20]% on 2024", "較2024年減少[5.20]%", "较2024年减少[5.20]%"),
    ('electricity(change="2024", words="rose")', "fell by [5.20]%", "下降[5.20]%", "下降[5.20]%"),
    ('electricity(change="2024", words="grew")', "shrank by [5.20]%", "下跌[5.20]%", "下跌[5.20]%"),
    ('electricity(change="2024", words="increased")', "decreased by [5.20]%", "減少[5.20]%", "减少[5.20]%"),
    ('electricity(change="2024", words="increase")', "a decrease of [5.20]%", "減幅為[5.20]%", "减幅为[5.20]%"),
    ('electricity(change="2024", words="higher")', "[5.20]% lower than in 2024", "較2024年低[5.20]%", "较2024年低[5.20]%"),
    ('rate(difference="2024", words="up")', "up [1.4] percentage points on 2024", "較2024年增加[1.4]個百分點", "较2024年增加[1.4]个百分点"),
    ('rate(difference="2024", words="rose")', "rose by [1.4] percentage points", "上升[1.4]個百分點", "上升[1.4]个百分点"),
    ('rate(difference="2024", words="grew")', "grew by [1.4] percentage points", "增長[1.4]個百分點", "增长[1.4]个百分点"),
    ('rate(difference="2024", words="increased")', "increased by [1.4] percentage points", "增加[1.4]個百分點", "增加[1.4]个百分点"),
    ('rate(difference="2024", words="increase")', "an increase of [1.4] percentage points", "增幅為[1.4]個百分點", "增幅为[1.4]个百分点"),
    ('rate(difference="2024", words="higher")', "[1.4] percentage points higher than in 2024", "較2024年高[1.4]個百分點", "较2024年高[1.4]个百分点"),
    ('paper(difference="2024", words="up")', "up [1] tonne on 2024", "較2024年增加[1]噸", "较2024年增加[1]吨"),
    ('electricity(difference="2024", words="rose", unit="MWh")', "fell by [0.3] MWh", "下降[0.3]兆瓦時", "下降[0.3]兆瓦时"),
    ('electricity(difference="2024", words="rose", show="number")', "fell by [260]", "下降[260]", "下降[260]"),
    ('money(difference="2024", words="up")', "up HK$[1,000] on 2024", "較2024年增加[1,000]港元", "较2024年增加[1,000]港元"),
    # nothing changed, exactly or as it is printed
    ('rate(difference="2023", period="2024", words="up")', "unchanged from 2023", "與2023年持平", "与2023年持平"),
    ('rate(difference="2023", period="2024", words="rose")', "remained unchanged", "維持不變", "维持不变"),
    ('rate(difference="2023", period="2024", words="grew")', "remained unchanged", "維持不變", "维持不变"),
    ('rate(difference="2023", period="2024", words="increased")', "remained unchanged", "維持不變", "维持不变"),
    ('rate(difference="2023", period="2024", words="increase")', "no change", "並無變動", "并无变动"),
    ('rate(difference="2023", period="2024", words="higher")', "the same as in 2023", "與2023年相同", "与2023年相同"),
    ('rate(difference="2023", period="2024")', "[0.0] percentage points", "[0.0]個百分點", "[0.0]个百分点"),
    ('money(difference="2024", words="up", scale="million")', "unchanged from 2024", "與2024年持平", "与2024年持平"),
    ('electricity(plant="north", change="2024", words="up")', "unchanged from 2024", "與2024年持平", "与2024年持平"),
    # the period before
    ('rate(period="previous")', "[7.0]%", "[7.0]%", "[7.0]%"),
    ('rate(difference="previous", words="up")', "up [1.4] percentage points on 2024", "較2024年增加[1.4]個百分點", "较2024年增加[1.4]个百分点"),
    ('rate(period="previous", difference="previous", words="up")', "unchanged from 2023", "與2023年持平", "与2023年持平"),
    # ranks
    ('electricity(plant="east", rank="plant")', "largest", "最高", "最高"),
    ('electricity(plant="west", rank="plant")', "second-largest", "第二高", "第二高"),
    ('electricity(plant="north", rank="plant")', "third-largest", "第三高", "第三高"),
    ('electricity(plant="north", rank="plant", words="smallest")', "smallest", "最低", "最低"),
    ('electricity(plant="west", rank="plant", words="lowest")', "second-lowest", "第二低", "第二低"),
    ('electricity(plant="west", rank="plant", words="highest")', "second-highest", "第二高", "第二高"),
    ('electricity(plant="west", rank="plant", show="number")', "[2]", "[2]", "[2]"),
    ('electricity(plant="west", per="production", rank="plant")', "largest", "最高", "最高"),
    ('production(plant="north", rank="plant")', "second-largest", "第二高", "第二高"),
    ('production(plant="north", rank="plant", words="smallest")', "smallest", "最低", "最低"),
    # the largest and the smallest
    ('electricity(plant="largest")', "[3,000] kWh", "[3,000]千瓦時", "[3,000]千瓦时"),
    ('electricity(plant="largest", show="member")', "East works", "東廠", "东厂"),
    ('electricity(plant="smallest", show="member")', "North works", "北廠", "北厂"),
    ('electricity(plant="smallest", change="2024", words="rose")', "remained unchanged", "維持不變", "维持不变"),
    ('electricity(plant="largest", per="production")', "[200.0] kWh/tonne", "[200.0]千瓦時／噸", "[200.0]千瓦时／吨"),
    ('electricity(plant="largest", per="production", show="member")', "West works", "西廠", "西厂"),
    ('electricity(plant="largest", share="plant")', "[63.3]%", "[63.3]%", "[63.3]%"),
    ('electricity(plant="largest", period="previous", show="member")', "East works", "東廠", "东厂"),
    ('staff(gender="female", show="member")', "Women", "女性", "女性"),
    # words about a figure
    ('rate(show="name")', "Rate", "比率", "比率"),
    ('staff(show="unit")', "", "", ""),
    ('electricity(show="period")', "2025", "2025年", "2025年"),
    ('electricity(period="previous", show="period")', "2024", "2024年", "2024年"),
    ('electricity(show="date")', "31 December 2025", "2025年12月31日", "2025年12月31日"),
    ('staff(gender="male", show="date")', "30 June 2025", "2025年6月30日", "2025年6月30日"),
    ('staff(show="date")', "30 June 2025", "2025年6月30日", "2025年6月30日"),
    ('staff(period="2024", show="date")', "31 December 2024", "2024年12月31日", "2024年12月31日"),
    ('paper(show="status")', "estimated", "估算", "估算"),
    ('paper(period="2024", show="status")', "restated", "經重列", "经重列"),
    # targets
    ("less_power", "[4,500] kWh", "[4,500]千瓦時", "[4,500]千瓦时"),
    ('less_power(show="level", unit="MWh")', "[5] MWh", "[5]兆瓦時", "[5]兆瓦时"),
    ('less_power(show="number")', "[4,500]", "[4,500]", "[4,500]"),
    ('less_power(period="2028")', "[4,710] kWh", "[4,710]千瓦時", "[4,710]千瓦时"),
    ('less_power(show="change")', "[−25]%", "[−25]%", "[−25]%"),
    ('less_power(show="change", period="2028")', "[−21.5]%", "[−21.5]%", "[−21.5]%"),
    ('less_power(show="change", words="increase")', "a decrease of [25]%", "減幅為[25]%", "减幅为[25]%"),
    ('less_power(show="change", words="up")', "down [25]% on 2020", "較2020年減少[25]%", "较2020年减少[25]%"),
    ('less_power(show="progress")', "[84.0]%", "[84.0]%", "[84.0]%"),
    ('less_power(show="progress", period="2024")', "[66.7]%", "[66.7]%", "[66.7]%"),
    ('less_power(show="status")', "on track", "進展符合預期", "进展符合预期"),
    ('less_power(show="base")', "[6,000] kWh", "[6,000]千瓦時", "[6,000]千瓦时"),
    ('less_power(show="actual")', "[4,740] kWh", "[4,740]千瓦時", "[4,740]千瓦时"),
    ('less_power(show="actual", period="previous", unit="MWh")', "[5.0] MWh", "[5.0]兆瓦時", "[5.0]兆瓦时"),
    ('less_power(show="name")', "Less power", "節電", "节电"),
    ('less_power(show="unit")', "kWh", "千瓦時", "千瓦时"),
    ('less_power(show="period")', "2030", "2030年", "2030年"),
    ('less_power(show="base_period")', "2020", "2020年", "2020年"),
    ('less_paper(show="base")', "[12.5] tonnes", "[12.5]噸", "[12.5]吨"),
    ('less_paper(show="change", words="rose")', "fell by [68.0]%", "下降[68.0]%", "下降[68.0]%"),
    ('lean', "[120.0] kWh/tonne", "[120.0]千瓦時／噸", "[120.0]千瓦时／吨"),
    ('lean(show="actual")', "[118.5] kWh/tonne", "[118.5]千瓦時／噸", "[118.5]千瓦时／吨"),
    ('lean(show="status")', "achieved", "已達成", "已达成"),
    ('rate_cap(show="status")', "behind", "落後於預期", "落后于预期"),
    ('rate_now(show="status")', "missed", "未達成", "未达成"),
    ('rate_cap', "[8.0]%", "[8.0]%", "[8.0]%"),
]  # fmt: skip


def test_what_sentences_print(edition):
    text = "\\\n".join("{{ " + call + " }}" for call, *_ in SENTENCES)
    printed = {language: prose.split("\n") for language, prose in said(edition(text)).items()}
    rows = zip(*(printed[language] for language in ("en", "zh-Hant", "zh-Hans")), strict=True)
    wrong = [
        (call, row, tuple(expected))
        for (call, *expected), row in zip(SENTENCES, rows, strict=True)
        if row != tuple(expected)
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_a_label_of_a_year_is_spoken_as_a_year():
    assert [period_in_sentence(label, "zh-Hant") for label in ("2024", "2024/25", "2024年", "2024/25年度", "上半年")] == [
        "2024年", "2024/25年度", "2024年", "2024/25年度", "上半年",
    ]  # fmt: skip
    assert [period_in_sentence(label, "en") for label in ("2024", "2024/25")] == ["2024", "2024/25"]


def test_ranks_go_on_beyond_ten():
    places = (1, 2, 10, 11, 12, 20, 21, 22, 23, 101, 111)
    assert [worded_rank(place, "largest", "en") for place in places] == [
        "largest", "second-largest", "tenth-largest", "11th-largest", "12th-largest", "20th-largest", "21st-largest",
        "22nd-largest", "23rd-largest", "101st-largest", "111th-largest",
    ]  # fmt: skip
    assert [worded_rank(place, "largest", "zh-Hant") for place in places] == [
        "最高", "第二高", "第十高", "第十一高", "第十二高", "第二十高", "第二十一高", "第二十二高", "第二十三高",
        "第101高", "第111高",
    ]  # fmt: skip


def test_every_wording_is_complete_in_every_language():
    assert all(set(wordings) == set(LANGUAGES) for wordings in (*CHANGES.values(), *RANKS.values()))
    for wordings in CHANGES.values():
        for up, down, unchanged in wordings.values():
            assert up.count("{number}") == down.count("{number}") == 1
            assert "{number}" not in unchanged and len({up, down, unchanged}) == 3


# ---- the law: the word agrees with the number, and the number stands without its sign

amounts = st.integers(-(10**7), 10**7)


@given(
    amounts, amounts, st.integers(0, 3), st.sampled_from(sorted(CHANGES)), st.sampled_from(sorted(LANGUAGES))
)
def test_the_direction_in_words_is_that_of_the_number(before, now, decimals, wording, language):
    exact = Fraction(now - before, 1000)
    id = FigureId("x", "2025", (), "difference.2024")
    figure = Figure(id, UNITS["kWh"], Kind.VALUE, Number(exact, decimals), HERE)
    worded = worded_change(figure, language, wording, "2024")
    printed = Fraction(canonical(exact, decimals))
    up, down, unchanged = (text.replace("{period}", "2024") for text in CHANGES[wording][language])
    said = worded.before + ("{number}" if worded.number else "") + worded.after.replace(" kWh", "", 1)
    said = said.replace("千瓦時", "", 1).replace("千瓦时", "", 1)
    assert said == (up if printed > 0 else down if printed < 0 else unchanged)
    if printed:
        assert Fraction(worded.number.replace(",", "")) == abs(printed)
    assert direction(figure) == (printed > 0) - (printed < 0)


# ---- what is printed is what is counted


def test_a_change_in_words_is_an_element_without_its_sign(edition):
    made = edition('It was {{ electricity(change="2024", words="up") }} in all.')
    (figure,) = (p for p in report_view(made, "en").pages[0].lead.parts if isinstance(p, FigureView))
    assert (figure.figure, figure.anchor) == (
        "electricity~change.2024@2025",
        "electricity~change.2024@2025/1",
    )
    assert (figure.before, figure.whole + figure.fraction, figure.after) == ("down ", "5.20", "% on 2024")
    assert figure.magnitude


def test_words_alone_print_no_figure(edition):
    text = " ".join("{{ " + call + " }}" for call, *_ in SENTENCES)
    made = edition(text)
    for language in LANGUAGES:
        page = made.report.pages["a2", language]
        elements = [
            p.figure for p in report_view(made, language).pages[0].lead.parts if isinstance(p, FigureView)
        ]
        assert elements == [str(id) for id, _ in printed_figures(made.report, made.figures, page)]
        assert len(elements) == sum("[" in english for _, english, *_ in SENTENCES)


# ---- what is wrong, and what is missing


def findings(edition, call: str, files: dict[str, str] = FILES) -> list[tuple[str, str, str]]:
    made = edition("It was {{ " + call + " }}.", files)
    page = made.report.pages["a2", "en"]
    return [(f.code, f.message, f.help) for f in reference_findings(made.report, made.figures, page)]


@pytest.mark.parametrize(
    ("call", "message", "help"),
    [
        ('electricity(change="2024", difference="2024")', "change and difference cannot be asked for together", "keep one"),
        ('rate(change="2024")', '"rate" is in per cent: use difference', 'write difference="2024"'),
        ('staff(gender="male", share="gender", change="2024")', "a share is in per cent: use difference", 'difference="2024"'),
        ('electricity(plant="east", rank="plant", change="2024")', "a rank has no change", "leave rank or change out"),
        ('electricity(plant="east", rank="plant", difference="2024")', "a rank has no difference", "leave rank or"),
        ('electricity(plant="east", rank="plant", share="plant")', "the rank of a share is that of the figure", "leave share"),
        ('electricity(plant="east", per="production", share="plant")', "intensities do not add up", "leave share or per out"),
        ('electricity(rank="plant")', 'rank="plant" needs the member whose rank it is', 'add plant="…"'),
        ('electricity(rank="gender", plant="east")', 'rank="gender" is not known', "known: plant"),
        ('electricity(plant="east", rank="plant", words="up")', 'words="up" is not known', "highest"),
        ('electricity(plant="east", rank="plant", show="magnitude")', "a rank has no sign", 'show="number"'),
        ('electricity(plant="east", rank="plant", show="number", words="largest")', "prints the rank as a number", "leave"),
        ('electricity(change="2024", words="upp")', 'words="upp" is not known', 'did you mean "up"?'),
        ('electricity(change="2024", words="largest")', 'words="largest" is not known', "higher"),
        ('electricity(words="up")', "words go with change, difference or rank", "leave words out"),
        ('electricity(change="2024", words="up", show="unit")', 'show="unit" has words of its own', "leave words out"),
        ('electricity(period="2020", change="previous")', "no period ends the day before 2020 begins", "name a period"),
        ('electricity(period="2028", change="2028")', "change compares 2028 with itself", "earlier"),
        ('electricity(change="previous", period="2028")', "no period ends the day before 2028 begins", "2024"),
        ('electricity(plant="biggest")', 'plant="biggest" is not known', "known: east, largest, north, smallest, west"),
        ('electricity(plant="")', 'plant="" is not known', "east"),
        ('electricity(show="member")', "needs the member whose name it is", 'plant="largest"'),
        ('electricity(change="2024", show="date")', 'show="date" is of a value, not of its change', "leave change out"),
        ('paper(difference="2024", show="status")', "is of a value, not of its difference", "leave difference out"),
        ('electricity(show="progress")', 'show="progress" is not known', "known: "),
        ('less_power(gender="male")', '"gender" is not an argument of less_power', "period"),
        ('less_power(change="2024")', '"change" is not an argument of less_power', "scale"),
        ('less_power(show="member")', 'show="member" is not known', 'did you mean "number"?'),
        ('less_power(show="base", period="2024")', 'show="base" is of no period', "leave period out"),
        ('rate_cap(show="base")', '"rate_cap" has no base', "data/aspects/a2.yml"),
        ('rate_cap(show="change")', "is in per cent, so its change is not said in per cent", 'show="level"'),
        ('less_power(show="status", words="up")', "words go with change, difference or rank", "leave words out"),
        ('less_power(unit="t")', 'is in kWh, which cannot be shown in "t"', "MWh"),
        ('less_power(show="progress", scale="million")', "percent takes no scale", "leave scale out"),
        ('les_power', "is neither a metric, a target nor an entry of a register", 'did you mean "less_power"?'),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_the_way_out(edition, call, message, help):
    found = findings(edition, call)
    assert found and {code for code, *_ in found} <= {"wrong-argument", "unknown-name"}
    assert message in found[0][1]
    assert help in found[0][2]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            'x(plant="largest", gender="smallest")',
            "plant and gender cannot both be the largest or smallest",
        ),
        (
            'x(plant="east", gender="male", show="member")',
            'show="member" cannot name plant and gender at once',
        ),
    ],
)
def test_of_two_dimensions_one_is_asked_for(edition, call, message):
    two = """
        x:
          name: {en: X, zh-Hant: 某, zh-Hans: 某}
          unit: t
          breakdown: {plant: {2025: {east: 1}}, gender: {2025: {male: 1}}}
    """
    assert findings(edition, call, {**FILES, "data/aspects/a2.yml": aspect(two)})[0][1] == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("waste", "waste@2025 has no value: waste@2025[plant=north] is not given (data/aspects/a2.yml:"),
        ('waste(change="2024", words="up")', "waste~change.2024@2025 has no value: waste@2025[plant=north] is not given ("),
        ('waste(plant="east", share="plant")', "waste~share.plant@2025[plant=east] has no value: waste@2025[plant=north] is not given ("),
        ('waste(plant="east", rank="plant")', "waste~rank.plant@2025[plant=east] has no value: waste@2025[plant=north] is not given ("),
        ('waste(plant="largest")', "which plant is the largest is not known: waste@2025[plant=north] is not given (data/aspects/a2.yml:"),
        ('waste(plant="smallest", show="member")', "which plant is the smallest is not known: waste@2025[plant=north] is not given ("),
        ('noise(plant="largest")', "which plant is the largest is not known: noise@2025[plant=east] is given as limit"),
        ('rate(period="2030")', "rate@2030 has no value"),
        ('electricity(per="production", period="2023")', "electricity~per.production@2023 has no value: electricity@2023 is not given ("),
        ("waste_goal", "waste_goal~level@2030 has no value: waste@2024 is not given ("),
        ('waste_goal(show="progress")', "waste_goal~progress@2025 has no value: waste@2025[plant=north] is not given ("),
        ('waste_goal(show="status")', 'where "waste_goal" stands in 2025 is not known: waste@2025[plant=north] is not given ('),
        ('rate(show="status")', "rate@2025 is plainly reported: there is no status to say"),
        ('rate(period="2030", show="status")', "rate@2030 has no value"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_with_its_cause_and_stays_open(edition, call, message):
    made = edition("It was {{ " + call + " }} in all.")
    found = list(reference_findings(made.report, made.figures, made.report.pages["a2", "en"]))
    assert [(f.code, f.blocking) for f in found] == [("missing-value", False)]
    assert found[0].message.startswith(message)
    assert said(made)["zh-Hant"] == "It was 〔待補〕 in all."


@pytest.mark.parametrize(
    ("call", "help"),
    [
        ("waste", "give waste@2025[plant=north] in data/aspects/a2.yml: a number, nil, not_applicable or not_available; "
         "or change the sentence"),
        ('waste(plant="largest")', "give waste@2025[plant=north] in data/aspects/a2.yml: a number, nil, not_applicable or "
         "not_available; or name the member"),
        ("waste_goal", "give waste@2024 in data/aspects/a2.yml: a number, nil, not_applicable or not_available; "
         "or give the target waste_goal its base_value (data/aspects/a2.yml:45:3); or change the sentence"),
    ],
)  # fmt: skip
def test_what_to_do_names_the_value_that_lacks_and_its_file(edition, call, help):
    made = edition("It was {{ " + call + " }} in all.")
    (found,) = reference_findings(made.report, made.figures, made.report.pages["a2", "en"])
    assert found.help == help
