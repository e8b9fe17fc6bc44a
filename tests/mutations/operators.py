"""How each kind of mistake is made. An operator yields every place where it can be planted, in the order of the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from mutations.sample import CALL, EN, HANT, Block, Change, Edit, Sample, cut, replaced

STRUCTURE, NUMBERS, LITERALS = "structure of languages", "numbers of languages", "typed figures"
SCRIPT, TERMS, NAMES = "script", "terminology", "naming"
DATES, FACTS, LEFTOVERS, REPEATED, TYPOGRAPHY = (
    "dates",
    "facts",
    "left from elsewhere",
    "repeated",
    "typography",
)
PICTURES = "pictures"

Plants = Callable[[Sample], Iterator[Change]]


@dataclass(frozen=True)
class Operator:
    """One kind of mistake: its class, the rows of the list of mistakes it stands for, and where it can be planted."""

    name: str
    group: str
    rows: tuple[str, ...]
    plants: Plants


OPERATORS: dict[str, Operator] = {}


def operator(name: str, group: str, *rows: str) -> Callable[[Plants], Plants]:
    """Lists a generator of changes as an operator."""

    def listed(plants: Plants) -> Plants:
        OPERATORS[name] = Operator(name, group, rows, plants)
        return plants

    return listed


def _pairs(sample: Sample, kind: str = "", name: str = "") -> Iterator[tuple[Block, Block]]:
    for page in sample.pages:
        yield from sample.pairs(page, kind, name)


def _of(sample: Sample, language: str, kind: str = "paragraph") -> Iterator[Block]:
    for pair in _pairs(sample, kind):
        yield pair[language == HANT]


def _swapped(name: str, group: str, rows: tuple[str, ...], language: str, words: dict[str, str]) -> None:
    """An operator that puts one word in the place of another, on pages and in data."""

    def plants(sample: Sample) -> Iterator[Change]:
        for old, new in words.items():
            for block in _of(sample, language):
                if edit := replaced(block, old, new):
                    yield (edit,)
            for path, number, start, end in sample.wordings(language):
                line = sample.lines(path)[number]
                at = CALL.sub(lambda m: "\0" * len(m.group()), line[:end]).find(old, start)
                if at >= 0:
                    yield (Edit(path, number, number + 1, (line[:at] + new + line[at + len(old) :],)),)

    OPERATORS[name] = Operator(name, group, rows, plants)


def _changed(block: Block, pattern: str, new: Callable[[re.Match[str]], str]) -> Iterator[Edit]:
    """The block with one match of a pattern changed, for each that stands outside value calls."""
    for number, line in enumerate(block.lines):
        calls = [match.span() for match in CALL.finditer(line)]
        for match in re.finditer(pattern, line):
            if not any(start < match.end() and match.start() < end for start, end in calls):
                changed = line[: match.start()] + new(match) + line[match.end() :]
                yield Edit(block.path, block.first + number, block.first + number + 1, (changed,))


def _after_sentence(block: Block, words: str) -> Edit:
    """The block with one more sentence at its end."""
    *before, last = block.lines
    gap = " " if f"/{EN}/" in block.path else ""
    return Edit(block.path, block.first, block.end, (*before, last + gap + words))


# ---- structure of languages


@operator("heading-left-out", STRUCTURE, "D015", "D022")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "heading"):
        if ours.lines[0].startswith("##"):
            yield (cut(theirs),)
            yield (cut(ours),)


@operator("heading-id-differs", STRUCTURE, "D022", "D180")
def _(sample: Sample) -> Iterator[Change]:
    for ours, _theirs in _pairs(sample, "heading"):
        for edit in _changed(ours, r"\{ #[\w-]+", lambda m: m[0] + "-two"):
            yield (edit,)


@operator("heading-level-differs", STRUCTURE, "D175")
def _(sample: Sample) -> Iterator[Change]:
    for ours, _theirs in _pairs(sample, "heading"):
        if ours.lines[0].startswith("### "):
            yield (Edit(ours.path, ours.first, ours.end, (ours.lines[0][1:],)),)


@operator("block-left-out", STRUCTURE, "D018")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "fence"):
        yield (cut(theirs),)
        yield (cut(ours),)


@operator("blocks-swapped", STRUCTURE, "D004", "D192")
def _(sample: Sample) -> Iterator[Change]:
    for page in sample.pages:
        fences = sample.pairs(page, "fence")
        for (_, first), (_, second) in pairwise(fences):
            if first.end + 1 == second.first:
                yield (Edit(first.path, first.first, second.end, (*second.lines, "", *first.lines)),)


@operator("paragraph-left-out", STRUCTURE, "D015", "D014")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        yield (cut(theirs),)
        yield (cut(ours),)


@operator("list-item-left-out", STRUCTURE, "D015", "D206")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "list"):
        for block in pair:
            for number in range(1, len(block.lines)):
                yield (Edit(block.path, block.first + number, block.first + number + 1, ()),)


@operator("row-left-out", STRUCTURE, "D018", "D004")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "table"):
        for block in pair:
            for number in range(2, len(block.lines)):
                yield (Edit(block.path, block.first + number, block.first + number + 1, ()),)


@operator("caption-left-out", STRUCTURE, "D192", "D004")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "fence"):
        for block in pair:
            for number, line in enumerate(block.lines):
                if line.startswith("caption:"):
                    yield (Edit(block.path, block.first + number, block.first + number + 1, ()),)


@operator("link-left-out", STRUCTURE, "D022", "D180")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        for block in pair:
            for edit in _changed(block, r"\[\]\([^)]*\)", lambda m: "that section"):
                yield (edit,)


@operator("link-leads-elsewhere", STRUCTURE, "D177", "D178", "D179")
def _(sample: Sample) -> Iterator[Change]:
    for ours, _theirs in _pairs(sample, "paragraph"):
        for edit in _changed(ours, r"\[\]\([^)]*\)", lambda m: "[](governance.md#structure)"):
            if "(governance.md#structure)" not in "".join(ours.lines):
                yield (edit,)


@operator("picture-left-out", STRUCTURE, "D018")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "fence"):
        for block in pair:
            for number, line in enumerate(block.lines):
                if re.match(r"pictures?: ", line):
                    listed = re.sub(r"\[(\w+), .*\]", r"[\1]", line)
                    kept = () if listed == line and line.startswith("picture:") else (listed,)
                    if kept != (line,):
                        yield (Edit(block.path, block.first + number, block.first + number + 1, kept),)


def _with_other_law(block: Block) -> Iterator[Edit]:
    laws = re.findall(r"\{\{ ((?:law|regulation)_\w+) \}\}", "\n".join(block.lines))
    for law in laws:
        other = "law_labour" if "law_labour" not in laws else "law_fire_protection"
        for number, line in enumerate(block.lines):
            if f"{{{{ {law} }}}}" in line:
                changed = line.replace(law, other, 1)
                yield Edit(block.path, block.first + number, block.first + number + 1, (changed,))


@operator("law-title-differs", STRUCTURE, "D016", "D017", "D199")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        for block in pair:
            for edit in _with_other_law(block):
                yield (edit,)


@operator("law-left-out", STRUCTURE, "D016")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        for edit in _changed(theirs, r"$^", str):
            yield (edit,)
        for number, line in enumerate(ours.lines):
            changed = re.sub(r"the \{\{ (?:law|regulation)_\w+ \}\}, ", "", line, count=1)
            if changed != line:
                yield (Edit(ours.path, ours.first + number, ours.first + number + 1, (changed,)),)


@operator("figure-differs", STRUCTURE, "D004", "D175")
def _(sample: Sample) -> Iterator[Change]:
    """One language names the figure of another year."""
    for ours, theirs in _pairs(sample, "paragraph"):
        for block in (ours, theirs):
            for number, line in enumerate(block.lines):
                changed = re.sub(r'(\{\{[^}]*period=)"2024"', r'\1"2023"', line, count=1)
                if changed != line:
                    yield (Edit(block.path, block.first + number, block.first + number + 1, (changed,)),)


# ---- numbers of languages


def _other_digit(match: re.Match[str]) -> str:
    digits = match[0]
    return digits[:-1] + str((int(digits[-1]) + 3) % 10)


@operator("digit-changed", NUMBERS, "D013", "D205")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        for block in pair:
            for edit in _changed(block, r"(?<![\w.#/(-])(?!20\d\d)\d{2,}(?![\w.-])", _other_digit):
                yield (edit,)


@operator("year-changed", NUMBERS, "D205", "D203")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        for block in pair:
            for edit in _changed(block, r"(?<![\w.#/(-])20\d\d(?![\w-])", _other_digit):
                yield (edit,)


@operator("day-changed", NUMBERS, "D205")
def _(sample: Sample) -> Iterator[Change]:
    months = {"March": "May", "June": "July", "September": "November", "October": "December"}
    for ours, theirs in _pairs(sample, "paragraph"):
        for old, new in months.items():
            if edit := replaced(ours, f" {old}", f" {new}"):
                yield (edit,)
        for edit in _changed(theirs, r"(?<!\d)\d{1,2}(?=[月日])", lambda m: str(int(m[0]) % 12 + 1)):
            yield (edit,)


@operator("scale-changed", NUMBERS, "D013")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        for edit in _changed(
            theirs,
            r"(?<=[\d一二三四五六七八九十百千])[萬億](?![瓦克焦米])",
            lambda m: "億" if m[0] == "萬" else "萬",
        ):
            yield (edit,)
        for edit in _changed(
            ours, r"\b(million|thousand|hundred)\b", lambda m: "billion" if m[0] == "million" else "million"
        ):
            yield (edit,)
        for edit in _changed(ours, r"(?<=\d),000\b", lambda m: ",000,000"):
            yield (edit,)


_HAN_ONE_UP = dict(zip("兩三四五六七八九", "三四五六七八九三", strict=True))
_ENGLISH_UP = {
    "two": "three", "three": "four", "four": "five", "five": "six", "six": "seven", "seven": "eight",
    "eight": "nine", "nine": "ten", "ten": "twelve", "twelve": "thirteen", "eighteen": "sixteen", "half": "a third",
}  # fmt: skip


@operator("number-word-changed", NUMBERS, "D013", "D181")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        for edit in _changed(
            theirs, "[兩三四五六七八九](?=[間個份次名台項家年條座])", lambda m: _HAN_ONE_UP[m[0]]
        ):
            yield (edit,)
        for edit in _changed(ours, rf"\b({'|'.join(_ENGLISH_UP)})\b(?! of)", lambda m: _ENGLISH_UP[m[0]]):
            yield (edit,)


@operator("qualifier-added", NUMBERS, "D013")
def _(sample: Sample) -> Iterator[Change]:
    """A figure that both languages give as it is; names of registers are no numbers."""
    metrics = {
        name
        for path, text in sample.files.items()
        if path.startswith("data/aspects")
        for name in re.findall(r"^  (\w+):", text, re.M)
    }
    for ours, theirs in _pairs(sample, "paragraph"):
        for block, word in ((ours, "approximately "), (theirs, "約")):
            for number, line in enumerate(block.lines):
                for match in re.finditer(
                    r"(?<!about )(?<!over )(?<![約逾近])\{\{ ([a-z_]+)(\([^)]*\))? \}\}", line
                ):
                    bare = not match[2] or 'show="number"' in match[2]
                    if match[1] in metrics and bare and "~" not in match[0]:
                        changed = line[: match.start()] + word + line[match.start() :]
                        yield (Edit(block.path, block.first + number, block.first + number + 1, (changed,)),)


@operator("qualifier-left-out", NUMBERS, "D013")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        for edit in _changed(
            ours,
            r"\b(?:about|nearly|almost|over|more than|at least|up to) (?=\{\{|\d)(?!20\d\d|\S+ (?:above|below))",
            lambda m: "",
        ):
            yield (edit,)
        for edit in _changed(theirs, r"(?:約|接近|逾|超過|不少於|最多|不超過)(?=\{\{|\d)", lambda m: ""):
            yield (edit,)


@operator("rate-made-amount", NUMBERS, "D205")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        for edit in _changed(
            ours,
            r" (?:a year|per year|each year|every year|every month|every quarter|a month)\b(?!’)",
            lambda m: "",
        ):
            yield (edit,)
        for edit in _changed(theirs, "(?:每年|每月|每季)", lambda m: ""):
            yield (edit,)


# ---- typed figures


_UNITS = {
    "percent": ("%", "%"),
    "t": (" tonnes", "噸"),
    "kWh": (" kWh", "千瓦時"),
    "m3": (" m³", "立方米"),
    "hour": (" hours", "小時"),
}


def _called(sample: Sample) -> Iterator[tuple[Block, Block, str, tuple[str, str]]]:
    """Paragraphs that call the plain value of a metric which both languages call alike, with what each prints there."""
    values = {
        match[1]: (match[3].replace(" ", ",").strip(), _UNITS.get(match[2], ("", "")))
        for path, text in sample.files.items()
        if path.startswith("data/aspects")
        for match in re.finditer(
            r"^  (\w+):\n(?:    .*\n)*?    unit: (\S+)\n(?:    .*\n)*?    values: \{2025: ([\d .]{3,})[,}]",
            text,
            re.M,
        )
    }
    for ours, theirs in _pairs(sample, "paragraph"):
        for name, (number, units) in values.items():
            for call, with_unit in ((f"{{{{ {name} }}}}", True), (f'{{{{ {name}(show="number") }}}}', False)):
                if call in "".join(ours.lines) and call in "".join(theirs.lines):
                    english, chinese = units if with_unit else ("", "")
                    yield ours, theirs, call, (number + english, number + chinese)


def _typed(block: Block, call: str, number: str) -> Edit:
    lines = tuple(line.replace(call, number, 1) for line in block.lines)
    return Edit(block.path, block.first, block.end, lines)


@operator("figure-typed", LITERALS, "D160", "D168")
def _(sample: Sample) -> Iterator[Change]:
    """The right number, typed in both languages where it could be called."""
    for ours, theirs, call, (english, chinese) in _called(sample):
        yield _typed(ours, call, english), _typed(theirs, call, chinese)


@operator("figure-typed-in-one", LITERALS, "D168")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs, call, (english, chinese) in _called(sample):
        yield (_typed(ours, call, english),)
        yield (_typed(theirs, call, chinese),)


@operator("figure-typed-wrong", LITERALS, "D013", "D168")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs, call, typed in _called(sample):
        english, chinese = (
            re.sub(r"\d(?=\D*$)", lambda m: str((int(m[0]) + 3) % 10), each) for each in typed
        )
        yield (_typed(ours, call, english),)
        yield (_typed(theirs, call, chinese),)


# ---- script

_swapped("simplified-character", SCRIPT, ("D019",), HANT, {
    "廠": "厂", "備": "备", "動": "动", "應": "应", "環": "环", "產": "产", "業": "业", "員": "员", "機": "机", "時": "时",
    "與": "与", "個": "个", "體": "体", "無": "无", "電": "电", "見": "见", "錄": "录", "萬": "万", "氣": "气", "學": "学",
})  # fmt: skip
_swapped("wrong-conversion", SCRIPT, ("D019", "D036"), HANT, {
    "之後": "之后", "最後": "最后", "以後": "以后", "後": "后", "公里": "公裏", "裏": "里", "標準": "標准", "水準": "水准",
    "批准": "批準", "採購": "采購", "採用": "采用", "恢復": "恢複", "製造": "制造", "限制": "限製", "關係": "關系", "系統": "係統",
    "徵": "征", "其餘": "其余", "計劃": "計划", "乾": "干", "幹": "乾", "面": "麵", "發": "髮", "衝": "沖", "回": "迴", "捲": "卷",
    "曆": "歷", "匯": "彙", "鐘": "鍾", "雲": "云", "範圍": "范圍", "獲": "穫", "複": "復", "準備": "准備",
})  # fmt: skip
_swapped("yu-of-simplified", SCRIPT, ("D019",), HANT, {"於": "于"})
_swapped("other-region", SCRIPT, ("D210",), HANT, {
    "電腦": "計算機", "互聯網": "網際網路", "網絡": "網路", "軟件": "軟體", "程序": "程式碼", "僱員": "雇員", "資料": "信息",
    "視像": "視頻", "巴士": "公交車", "電郵": "電子郵箱", "數碼": "數位", "貨車": "卡車", "單車": "自行車", "附屬公司": "子公司",
    "行政總裁": "首席執行官", "強積金": "五險一金", "平台": "平臺", "着": "著", "裏": "裡", "衞": "衛", "綫": "線", "質素": "品質",
})  # fmt: skip
_swapped("latin-word", SCRIPT, ("D020",), HANT, {
    "安全": " safety ", "供應商": "supplier", "能源": " energy", "董事會": "Board", "廢料": " scrap ", "培訓": "training", "目標": "target",
})  # fmt: skip

# ---- terminology

_swapped("avoided-word", TERMS, ("D209", "D012"), HANT, {"持份者": "持分者"})


def _one_rendering(sample: Sample, language: str, words: dict[str, str]) -> Iterator[Change]:
    for old, new in words.items():
        for block in _of(sample, language):
            if edit := replaced(block, old, new):
                yield (edit,)


@operator("other-rendering-zh", TERMS, "D193", "D207", "D209")
def _(sample: Sample) -> Iterator[Change]:
    """One concept of the glossary, another Chinese word."""
    yield from _one_rendering(sample, HANT, {
        "密度": "強度", "有害廢棄物": "危險廢物", "顆粒物": "懸浮粒子", "重要性": "實質性", "流失率": "離職率", "險失事件": "未遂事件",
        "強制勞工": "強迫勞動", "舉報": "告密", "範圍1": "範疇1", "範圍2": "範疇二", "內部碳價": "內部碳定價", "個人資料": "個人信息",
    })  # fmt: skip


@operator("other-rendering-en", TERMS, "D008", "D009", "D010", "D208")
def _(sample: Sample) -> Iterator[Change]:
    yield from _one_rendering(sample, EN, {
        "hazardous waste": "dangerous waste", "articulate matter": "articulates", "intensity": "density", "materiality": "importance",
        "turnover": "attrition", "near misses": "close shaves", "forced labour": "slave labour", "whistle-blowing": "speak-up",
        "Scope 1": "Range 1", "Scope 2": "Range 2", "internal carbon price": "inner coal price", "personal data": "private information",
        "supply chain": "providing chain",
    })  # fmt: skip


# ---- naming

_swapped("company-name-near-miss", NAMES, ("D194", "D021"), EN, {"Chengxi": "Chenxi", "Yunzhong": "Yunzhang"})
_swapped(
    "company-name-near-miss-zh",
    NAMES,
    ("D019", "D021"),
    HANT,
    {"城西廠": "城四廠", "雲中廠": "雲鐘廠", "燈峰": "燈鋒"},
)


@operator("person-near-miss", NAMES, "D194")
def _(sample: Sample) -> Iterator[Change]:
    wrong = {
        "luo_shixiong": ("Mr Luo Shixong", "羅世雄先生"), "tang_weijun": ("Mr Tang Weijin", "唐維均先生"),
        "fung_mei_yin": ("Dr Fung Mei Yan", "馮美賢博仕"), "kwan_siu_lam": ("Mr Kwan Siu Lum", "關兆林先生"),
        "hao_jinfeng": ("Ms Hao Jingfeng", "郝金風女士"), "cheng_hoi_ting": ("Ms Cheng Hoi Tin", "鄭凱庭女士"),
        "shen_ruolan": ("Ms Shen Ruolin", "沈若籣女士"), "lam_wing_yan": ("Ms Lam Wing Yin", "林咏欣女士"),
    }  # fmt: skip
    for ours, theirs in _pairs(sample, "paragraph"):
        for id, names in wrong.items():
            for block, name in ((ours, names[0]), (theirs, names[1])):
                if f"{{{{ {id} }}}}" in "".join(block.lines) and name not in ("羅世雄先生", "馮美賢博仕"):
                    yield (_typed(block, f"{{{{ {id} }}}}", name),)


@operator("law-near-miss", NAMES, "D199", "D200", "D201")
def _(sample: Sample) -> Iterator[Change]:
    wrong = {
        "law_environmental_protection": ("Environment Protecting Law of the People’s Republic of China", "《中華人民共和國環境保護條法》"),
        "law_air_pollution": ("Law of the People’s Republic of China on the Prevention of Atmospheric Pollution", "《中華人民共和國大氣污染防止法》"),
        "law_solid_waste": ("Law of the People’s Republic of China on the Prevention of Environmental Pollution by Solid Waste", "《中華人民共和國固體廢物環境防治法》"),
        "law_water_pollution": ("Law of the People’s Republic of China on Water Pollution Control", "《中華人民共和國水污染防治辦法》"),
        "law_labour": ("Labor Law of the People’s Republic of China", "《中華人民共和國勞工法》"),
        "law_labour_contract": ("Labour Contracts Law of the People’s Republic of China", "《中華人民共和國勞動合約法》"),
        "law_work_safety": ("Law of the People’s Republic of China on Workplace Safety", "《中華人民共和國安全生產法例》"),
    }  # fmt: skip
    for ours, theirs in _pairs(sample, "paragraph"):
        for id, names in wrong.items():
            for block, name in zip((ours, theirs), names, strict=True):
                if f"{{{{ {id} }}}}" in "".join(block.lines):
                    yield (_typed(block, f"{{{{ {id} }}}}", name),)


@operator("certificate-near-miss", NAMES, "D196", "D198")
def _(sample: Sample) -> Iterator[Change]:
    wrong = {
        "iso_14001": "ISO 14010",
        "iso_45001": "ISO 40501",
        "gb_magnesium": "GB 25486-2010",
        "iso_9001": "ISO 9010",
        "gb_secondary_metals": "GB 31547-2015",
    }
    for pair in _pairs(sample, "paragraph"):
        for id, name in wrong.items():
            for block in pair:
                if f"{{{{ {id} }}}}" in "".join(block.lines):
                    yield (_typed(block, f"{{{{ {id} }}}}", name),)


@operator("name-reworded", NAMES, "D196", "D200", "D201")
def _(sample: Sample) -> Iterator[Change]:
    """The name of a body, of the exchange's rules or of a law with other words in the place of some of its own."""
    names = (
        ("Working Party on Climate-related Financial Disclosures", "氣候相關財務披露工作組"),
        ("Rules Governing the Listing of Securities on HKEX", "《香港聯合交易所有限公司證券上市規則》"),
        ("Regulation on Safety Production of Metallurgical and Non-ferrous Metal Enterprises", "《冶金企業和有色金屬企業安全生產規定》"),
        ("Rules on Heatstroke Prevention and Cooling Measures", "《防暑降溫措施管理辦法》"),
        ("Provisions on Work Safety of Metallurgical and Non-ferrous Metal Enterprises", "《冶金企業和有色金屬企業生產安全條例》"),
        ("Measures for the Administration of Heatstroke Prevention and Cooling", "《防暑降溫措施條例》"),
    )  # fmt: skip
    for number, pair in enumerate(_pairs(sample, "paragraph")):
        english, chinese = names[number % len(names)]
        yield (
            _after_sentence(pair[0], f"We follow the {english}."),
            _after_sentence(pair[1], f"我們遵循{chinese}。"),
        )


# ---- dates


def _in_both(sample: Sample, english: str, chinese: str) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        yield _after_sentence(ours, english), _after_sentence(theirs, chinese)


@operator("dates-out-of-order", DATES, "D218")
def _(sample: Sample) -> Iterator[Change]:
    yield from _in_both(
        sample, "The trial ran from 14 August 2025 to 3 May 2025.", "試行期由2025年8月14日至2025年5月3日。"
    )


@operator("period-of-last-year", DATES, "D204", "D218")
def _(sample: Sample) -> Iterator[Change]:
    yield from _in_both(
        sample, "This held for the year ended 31 December 2024.", "截至2024年12月31日止年度的情況如此。"
    )


@operator("day-that-is-none", DATES, "D218")
def _(sample: Sample) -> Iterator[Change]:
    yield from _in_both(sample, "It was agreed on 31 September 2025.", "雙方於2025年9月31日議定。")


@operator("numerals-mixed", DATES, "D219")
def _(sample: Sample) -> Iterator[Change]:
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    for block in _of(sample, HANT):
        for edit in _changed(block, r"20\d\d(?=年)", lambda m: m[0].translate(digits).replace("〇", "零")):
            yield (edit,)


# ---- facts


@operator("nil-against-value", FACTS, "D160", "D216")
def _(sample: Sample) -> Iterator[Change]:
    for name in ("diesel", "natural gas", "hazardous waste"):
        chinese = {"diesel": "柴油", "natural gas": "天然氣", "hazardous waste": "有害廢棄物"}[name]
        verb, said = ("produced", "產生") if "waste" in name else ("used", "耗用")
        yield from _in_both(sample, f"In 2025 no {name} was {verb}.", f"2025年並無{said}{chinese}。")


@operator("fact-told-twice", FACTS, "D164", "D212")
def _(sample: Sample) -> Iterator[Change]:
    """A number of things that the data know, told otherwise in both languages."""
    for metric, english, chinese in (
        ("residents_requests", "Residents made 977 requests.", "居民提出977項要求。"),
        ("stack_tests", "There were 977 stack tests.", "煙囪檢測共977次。"),
        ("workforce", "The Group had 9,771 employees.", "本集團有9,771名僱員。"),
    ):
        for ours, theirs in _pairs(sample, "paragraph"):
            if metric in "".join(ours.lines):
                yield _after_sentence(ours, english), _after_sentence(theirs, chinese)


def _lone_sentences(block: Block) -> Iterator[str]:
    """The sentences of a paragraph that are all typed and hold a number of two digits or more that is no year."""
    for sentence in re.split(r"(?<=\.) (?=[A-Z])|(?<=。)", " ".join(block.lines)):
        long = len(sentence.split()) > 7 or len(re.findall("[\u4e00-\u9fff]", sentence)) > 14
        pointing = re.match("It |This |That |These |Those |They |其|該|此|這|它|兩者", sentence)
        plain = not re.search(r"\{\{|\]\(|\[", sentence)
        if long and plain and not pointing and re.search(_TYPED_NUMBER, sentence):
            yield sentence


_TYPED_NUMBER = r"(?<![\w.#/(:-])(?!20\d\d)\d{2,}(?![\w.:-]|[月日時])"


@operator("fact-told-otherwise", FACTS, "D164", "D181")
def _(sample: Sample) -> Iterator[Change]:
    """A sentence of another page once more, with another number in it."""
    pairs = list(_pairs(sample, "paragraph"))
    for language in (EN, HANT):
        for number, pair in enumerate(pairs):
            for sentence in _lone_sentences(pair[language == HANT]):
                other = pairs[(number + 37) % len(pairs)][language == HANT]
                yield (_after_sentence(other, re.sub(_TYPED_NUMBER, _other_digit, sentence, count=1)),)


def _level(heading: Block) -> int:
    return len(heading.lines[0]) - len(heading.lines[0].lstrip("#"))


@operator("announced-not-there", FACTS, "D018", "D220")
def _(sample: Sample) -> Iterator[Change]:
    """A matrix, table or chart announced by the last words of a section."""
    announced = (
        ("The results are presented in the matrix below.", "結果以下列矩陣呈列。"),
        ("The numbers stand in the table below.", "數字載於下表。"),
        ("The following chart shows the development.", "發展情況如下圖所示。"),
    )
    for page in sample.pages:
        ours, theirs = sample.blocks(page, EN), sample.blocks(page, HANT)
        if [block.kind for block in ours] == [block.kind for block in theirs]:
            for number, pair in enumerate(zip(ours, theirs, strict=True)):
                before = [block for block in ours[:number] if block.kind == "heading"]
                after = [block for block in ours[number + 1 :] if block.kind == "heading"]
                level = _level(before[-1]) if before else 1
                deeper = bool(after) and _level(after[0]) > level
                ends = number + 1 == len(ours) or (ours[number + 1].kind == "heading" and not deeper)
                if pair[0].kind == "paragraph" and ends:
                    for block, words in zip(pair, announced[number % len(announced)], strict=True):
                        yield (_after_sentence(block, words),)


_ANSWERS = re.compile(r' answers="([^"]*)"')


@operator("answer-moved", FACTS, "D177", "D178", "D179", "D185")
def _(sample: Sample) -> Iterator[Change]:
    """The requirement of a section claimed by one of another page, which speaks of something else."""
    for row in ("A2.4", "B4.2", "B5.4", "B6.3", "B6.4", "B6.5", "B7.3"):
        tags = re.compile(rf' answers="([^"]*\b{re.escape(row)}\b[^"]*)"')
        for number, page in enumerate(sample.pages):
            other = sample.pages[(number + 5) % len(sample.pages)]
            change = []
            for language in (EN, HANT):
                headings = [b for b in sample.blocks(page, language) if b.kind == "heading"]
                there = [
                    b
                    for b in sample.blocks(other, language)
                    if b.lines[0].startswith("##") and "{ #" in b.lines[0]
                ]
                for here in (block for block in headings if tags.search(block.lines[0])):
                    left = here.lines[0].replace(row, "").replace(' answers=""', "")
                    for target in there[-1:]:
                        plain = _ANSWERS.sub("", target.lines[0]).rstrip(" }")
                        before = "".join(f"{tag} " for tag in _ANSWERS.findall(target.lines[0]))
                        change.append(Edit(here.path, here.first, here.end, (left,)))
                        now = f'{plain} answers="{before}{row}" }}'
                        change.append(Edit(target.path, target.first, target.end, (now,)))
            if len(change) == 4:
                yield tuple(change)


@operator("dash-for-number", FACTS, "D215")
def _(sample: Sample) -> Iterator[Change]:
    """A dash in the place of a number in a table of words, in both languages."""
    for ours, theirs in _pairs(sample, "table"):
        for number, rows in enumerate(zip(ours.lines, theirs.lines, strict=False)):
            edits = []
            for block, line in zip((ours, theirs), rows, strict=True):
                dashed = re.sub(r"\| *[\d.,]+年? *(?=\|)", "| – ", line, count=1)
                if dashed != line:
                    edits.append(Edit(block.path, block.first + number, block.first + number + 1, (dashed,)))
            if len(edits) == 2:
                yield tuple(edits)


# ---- left from elsewhere


@operator("template-left", LEFTOVERS, "D173", "D217")
def _(sample: Sample) -> Iterator[Change]:
    left = (
        ("Our policy was approved by [insert name].", "政策由〔請填上姓名〕批准。"), ("The audit covered XX sites.", "審核涵蓋XX個場地。"),
        ("The date is to be confirmed (TBC).", "日期為（待定）。"), ("Lorem ipsum dolor sit amet.", "此處插入文字。"),
        ("TODO: check with finance.", "（待補：請財務部核對）"), ("It was signed by ABC Company Limited.", "由○○有限公司簽署。"),
        ("See page ??.", "見第xx頁。"), ("The rate was [●]%.", "比率為[●]%。"), ("Error! Reference source not found.", "錯誤！找不到參照來源。"),
    )  # fmt: skip
    for number, pair in enumerate(_pairs(sample, "paragraph")):
        english, chinese = left[number % len(left)]
        yield (_after_sentence(pair[0], english),)
        yield (_after_sentence(pair[1], chinese),)


@operator("other-company", LEFTOVERS, "D172", "D173")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        yield (_after_sentence(pair[0], "Grand Harbour Catering Limited keeps a register of complaints."),)
        yield (_after_sentence(pair[1], "宏港飲食集團有限公司備有投訴紀錄。"),)


@operator("other-place", LEFTOVERS, "D172")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        yield (_after_sentence(pair[0], "We follow the Labour Contract Regulations of Shandong Province."),)
        yield (_after_sentence(pair[1], "我們遵守《山東省勞動合同條例》。"),)


@operator("other-industry", LEFTOVERS, "D198")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        yield (_after_sentence(ours, "Emissions are counted by GB/T 32151.12-2018."),)
        yield (_after_sentence(theirs, "排放量按GB/T 32151.12-2018核算。"),)


# ---- repeated


@operator("paragraph-twice", REPEATED, "D181")
def _(sample: Sample) -> Iterator[Change]:
    """A paragraph of another page, in both languages."""
    pairs = list(_pairs(sample, "paragraph"))
    for number, (ours, theirs) in enumerate(pairs):
        other = pairs[(number + 37) % len(pairs)]
        if len(other[0].lines[0]) > 120:
            yield tuple(
                Edit(block.path, block.end, block.end, ("", *copy.lines))
                for block, copy in zip((ours, theirs), other, strict=True)
            )


@operator("words-doubled", REPEATED, "D202", "D036", "D037")
def _(sample: Sample) -> Iterator[Change]:
    for ours, theirs in _pairs(sample, "paragraph"):
        for edit in _changed(ours, r"\b(the|of|and|to|is) ", lambda m: m[0] * 2):
            yield (edit,)
        for edit in _changed(theirs, "(?:可持續發展|環境管理|董事會|有害廢棄物|安全)", lambda m: m[0] * 2):
            yield (edit,)


# ---- typography

_swapped(
    "half-width-in-chinese",
    TYPOGRAPHY,
    ("D219",),
    HANT,
    {"，": ", ", "。": ".", "：": ":", "；": ";", "（": "(", "、": ","},
)
_swapped("full-width-in-english", TYPOGRAPHY, ("D037",), EN, {", ": "，", ". ": "。", ": ": "：", "; ": "；"})
_swapped("quotes-mixed", TYPOGRAPHY, ("D219",), HANT, {"「": "“", "」": "”", "『": "‘"})
_swapped("quotes-mixed-en", TYPOGRAPHY, ("D037",), EN, {"’": "'", "“": '"', "”": '"'})
_swapped(
    "mark-doubled", TYPOGRAPHY, ("D036",), HANT, {"。": "。。", "，": "，，", "、": "、、", "；": "；。"}
)
_swapped("mark-doubled-en", TYPOGRAPHY, ("D037",), EN, {", ": ",, ", ". ": ".. ", "; ": ";, "})
_swapped("space-before-mark", TYPOGRAPHY, ("D037",), EN, {",": " ,", ".": " .", ";": " ;"})
_swapped("american-spelling", TYPOGRAPHY, ("D211", "D037"), EN, {
    "labour": "labor", "tonne": "ton", "litre": "liter", "metre": "meter", "colour": "color", "sulphur": "sulfur", "organis": "organiz",
    "recognis": "recogniz", "programme": "program", "centre": "center", "licence": "license", "behaviour": "behavior", "neighbour": "neighbor",
    "fulfil ": "fulfill ", "aluminium": "aluminum", "catalogue": "catalog", "penalis": "penaliz", "travell": "travel", "neutralis": "neutraliz",
})  # fmt: skip


@operator("full-stop-left-out", TYPOGRAPHY, "D037")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        for block in pair:
            last = block.lines[-1]
            if last.endswith((".", "。")):
                yield (Edit(block.path, block.end - 1, block.end, (last[:-1],)),)


@operator("bracket-left-open", TYPOGRAPHY, "D176")
def _(sample: Sample) -> Iterator[Change]:
    for pair in _pairs(sample, "paragraph"):
        for block in pair:
            for edit in _changed(block, "(?<!\\])[)）」](?!\\))", lambda m: ""):
                yield (edit,)


# ---- pictures


@operator("picture-twice", PICTURES, "D018")
def _(sample: Sample) -> Iterator[Change]:
    """A picture of the report shown once more, elsewhere and in both languages."""
    block = ("", "```pictures", "pictures: [molten_copper]", "```")
    for ours, theirs in _pairs(sample, "paragraph"):
        yield Edit(ours.path, ours.end, ours.end, block), Edit(theirs.path, theirs.end, theirs.end, block)


@operator("picture-missing", PICTURES, "D018")
def _(sample: Sample) -> Iterator[Change]:
    for number, line in enumerate(sample.lines("data/pictures.yml")):
        if "file:" in line:
            yield (Edit("data/pictures.yml", number, number + 1, (re.sub(r"\.(\w+)$", r"-2.\1", line),)),)
