"""Languages of a report: wordings kept side by side, and how each language writes numbers and dates.

A `Text` is one thing said in several languages; a language is a value that is passed along, never a
mode that the process is in. The interface words of every edition stand here, complete in each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the report knows it: `code` names folders, `tag` goes into `lang`."""

    code: str
    tag: str
    name: str
    short: str
    theme: str


LANGUAGES = {
    "zh-Hant": Language("zh-Hant", "zh-Hant-HK", "繁體中文", "繁", "zh-Hant"),
    "en": Language("en", "en-HK", "English", "EN", "en"),
    "zh-Hans": Language("zh-Hans", "zh-Hans-CN", "简体中文", "简", "zh"),
}


@dataclass(frozen=True, slots=True)
class Text(Mapping[str, str]):
    """One thing worded per language; immutable and hashable."""

    wordings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, mapping: Mapping[str, str]) -> Text:
        """A text from {language code: wording}."""
        return cls(tuple(sorted(mapping.items())))

    def __getitem__(self, language: str) -> str:
        for code, wording in self.wordings:
            if code == language:
                return wording
        raise KeyError(language)

    def __iter__(self) -> Iterator[str]:
        return (code for code, _ in self.wordings)

    def __len__(self) -> int:
        return len(self.wordings)


def grouped(canonical: str) -> tuple[str, str]:
    """A canonical decimal as it is printed: whole part with commas and a true minus, and ".fraction".

    The three languages of a Hong Kong report group alike: "-1234567.50" gives ("−1,234,567", ".50").
    """
    sign, digits = ("−", canonical[1:]) if canonical.startswith("-") else ("", canonical)
    whole, point, fraction = digits.partition(".")
    return f"{sign}{int(whole):,}", point + fraction


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def worded_date(day: date, language: str, han: bool = False) -> str:
    """31 December 2025, or 2025年12月31日; `han` writes 二零二五年十二月三十一日."""
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    written = f"{day.year}年{day.month}月{day.day}日"
    return in_han(written) if han else written


_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/–-](\d{2,4}))?(?!\d)")
_MONTH_OR_DAY = re.compile(r"(?<!\d)(\d{1,2})(?=[月日])")


def in_han(text: str) -> str:
    """Chinese text with its years, months and days in Chinese numerals: 2024/25年度 becomes 二零二四／二五年度."""

    def year(match: re.Match[str]) -> str:
        return "／".join(
            "".join(_HAN_DIGITS[int(digit)] for digit in each) for each in match.groups() if each
        )

    return _MONTH_OR_DAY.sub(lambda match: _han_number(int(match[1])), _YEARS.sub(year, text))


def joined(words: list[str], language: str) -> str:
    """A list in a sentence: "a, b and c", or 「a、b及c」."""
    if len(words) < 2:
        return "".join(words)
    comma, last = {"en": (", ", " and "), "zh-Hans": ("、", "和")}.get(language, ("、", "及"))
    return comma.join(words[:-1]) + last + words[-1]


def mid_sentence(label: str) -> str:
    """A label inside a sentence; an abbreviation stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


SCALES: dict[str, tuple[int, Mapping[str, str]]] = {
    "thousand": (3, {"en": " thousand", "zh-Hant": "千", "zh-Hans": "千"}),
    "million": (6, {"en": " million", "zh-Hant": "百萬", "zh-Hans": "百万"}),
    "billion": (9, {"en": " billion", "zh-Hant": "十億", "zh-Hans": "十亿"}),
    "萬": (4, {"en": " ten thousand", "zh-Hant": "萬", "zh-Hans": "万"}),
    "万": (4, {"en": " ten thousand", "zh-Hant": "萬", "zh-Hans": "万"}),
    "億": (8, {"en": " hundred million", "zh-Hant": "億", "zh-Hans": "亿"}),
    "亿": (8, {"en": " hundred million", "zh-Hant": "億", "zh-Hans": "亿"}),
}

_LIKE_A_NUMBER = ("兆", "百", "十", "萬", "万", "億", "亿")
_KEEPS_APART = {"zh-Hant": "個", "zh-Hans": "个"}


def has_long_word(text: str) -> bool:
    """Whether a word has more letters, without a break between them, than a narrow column is wide."""
    return bool(re.search(r"[!-~]{29}", text))


def scale_word(scale: str, language: str, unit: str) -> str:
    """The word of a scale between a number and its unit: " thousand" before " kWh", but 千個 before 千瓦時.

    A Chinese unit that begins like a number would be read as one number with the scale.
    """
    word = SCALES[scale][1][language]
    runs_on = unit.startswith(_LIKE_A_NUMBER) or (word == "千" and unit.startswith("千"))
    return word + _KEEPS_APART.get(language, "") if runs_on else word


QUALIFIERS: dict[str, Mapping[str, tuple[str, str]]] = {
    "about": {"en": ("about ", ""), "zh-Hant": ("約", ""), "zh-Hans": ("约", "")},
    "over": {"en": ("over ", ""), "zh-Hant": ("逾", ""), "zh-Hans": ("逾", "")},
    "nearly": {"en": ("nearly ", ""), "zh-Hant": ("近", ""), "zh-Hans": ("近", "")},
    "at_least": {"en": ("at least ", ""), "zh-Hant": ("不少於", ""), "zh-Hans": ("不少于", "")},
    "not_more_than": {"en": ("not more than ", ""), "zh-Hant": ("不多於", ""), "zh-Hans": ("不多于", "")},
}

# How a sentence says a change: up, down, and where nothing changed. {number} comes with its unit, {period} is what
# it is compared with. Each is named by its upward form.
CHANGES: dict[str, Mapping[str, tuple[str, str, str]]] = {
    "up": {
        "en": ("up {number} on {period}", "down {number} on {period}", "unchanged from {period}"),
        "zh-Hant": ("較{period}增加{number}", "較{period}減少{number}", "與{period}持平"),
        "zh-Hans": ("较{period}增加{number}", "较{period}减少{number}", "与{period}持平"),
    },
    "higher": {
        "en": ("{number} higher than in {period}", "{number} lower than in {period}", "the same as in {period}"),
        "zh-Hant": ("較{period}高{number}", "較{period}低{number}", "與{period}相同"),
        "zh-Hans": ("较{period}高{number}", "较{period}低{number}", "与{period}相同"),
    },
    "rose": {
        "en": ("rose by {number}", "fell by {number}", "remained unchanged"),
        "zh-Hant": ("上升{number}", "下降{number}", "維持不變"),
        "zh-Hans": ("上升{number}", "下降{number}", "维持不变"),
    },
    "grew": {
        "en": ("grew by {number}", "shrank by {number}", "remained unchanged"),
        "zh-Hant": ("增長{number}", "下跌{number}", "維持不變"),
        "zh-Hans": ("增长{number}", "下跌{number}", "维持不变"),
    },
    "increased": {
        "en": ("increased by {number}", "decreased by {number}", "remained unchanged"),
        "zh-Hant": ("增加{number}", "減少{number}", "維持不變"),
        "zh-Hans": ("增加{number}", "减少{number}", "维持不变"),
    },
    "increase": {
        "en": ("an increase of {number}", "a decrease of {number}", "no change"),
        "zh-Hant": ("增幅為{number}", "減幅為{number}", "並無變動"),
        "zh-Hans": ("增幅为{number}", "减幅为{number}", "并无变动"),
    },
}  # fmt: skip

# How a sentence says a rank; those of FROM_BELOW count from the other end.
RANKS: dict[str, Mapping[str, str]] = {
    "largest": {"en": "largest", "zh-Hant": "高", "zh-Hans": "高"},
    "highest": {"en": "highest", "zh-Hant": "高", "zh-Hans": "高"},
    "smallest": {"en": "smallest", "zh-Hant": "低", "zh-Hans": "低"},
    "lowest": {"en": "lowest", "zh-Hant": "低", "zh-Hans": "低"},
}
FROM_BELOW = ("smallest", "lowest")

_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_HAN_DIGITS = "零一二三四五六七八九"


def worded_rank(place: int, wording: str, language: str) -> str:
    """A place in words: largest, second-largest; 最高, 第二高."""
    word = RANKS[wording][language]
    if language != "en":
        return f"第{_han_number(place)}{word}" if place > 1 else f"最{word}"
    if place == 1:
        return word
    suffix = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{_ORDINALS[place - 2] if place <= 10 else f'{place}{suffix}'}-{word}"


def _han_number(number: int) -> str:
    """A number below a hundred in Chinese numerals, a larger one in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_HAN_DIGITS[tens]}十")
    return ten + (_HAN_DIGITS[ones] if ones else "")


NUMBERINGS = ("digits", "brackets", "roman", "letters", "han")


def worded_number(number: int, style: str, language: str) -> str:
    """The number before an entry, in one of `NUMBERINGS`: 2. and 2.; (b) and （二）; (ii); B; 2. and 二、."""
    chinese = language != "en"
    match style:
        case "brackets":
            return f"（{_han_number(number)}）" if chinese else f"({_latin_letters(number).lower()})"
        case "roman":
            return f"({_roman(number)})"
        case "letters":
            return _latin_letters(number)
        case "han" if chinese:
            return f"{_han_number(number)}、"
    return f"{number}."


def _latin_letters(number: int) -> str:
    """A for 1 to Z for 26, then AA, AB."""
    rest, own = divmod(number - 1, 26)
    return (_latin_letters(rest) if rest else "") + chr(ord("A") + own)


def _roman(number: int) -> str:
    """A number in small roman numerals, iv."""
    tens = (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    written = ""
    for value, sign in tens:
        times, number = divmod(number, value)
        written += sign * times
    return written


def period_in_sentence(label: str, language: str) -> str:
    """A period's label as a sentence says it: in Chinese 2024 is 2024年, 2024/25 is 2024/25年度."""
    if language != "en" and re.fullmatch(r"\d{4}(?:[/–-]\d{2,4})?", label):
        return label + ("年" if len(label) == 4 else "年度")
    return label


_WORDS: dict[str, tuple[str, str, str]] = {
    # key: (en, zh-Hant, zh-Hans)
    "contents": ("Contents", "目錄", "目录"),
    "draft": ("DRAFT", "草稿", "草稿"),
    "to_come": ("[to come]", "〔待補〕", "〔待补〕"),
    "nil": ("Nil", "無", "无"),
    "nil_meaning": ("none occurred", "並無發生", "未发生"),
    "not_applicable": ("–", "–", "–"),
    "not_applicable_meaning": ("not applicable", "不適用", "不适用"),
    "not_available": ("…", "…", "…"),
    "not_available_meaning": ("not available", "未有數據", "暂无数据"),
    "restated": ("R", "R", "R"),
    "restated_meaning": ("restated", "經重列", "经重列"),
    "estimated": ("E", "E", "E"),
    "estimated_meaning": ("estimated", "估算", "估算"),
    "restated_note": ("{period} restated; formerly {former}: {reason}", "{period}數字經重列，原數為{former}：{reason}", "{period}数字经重列，原数为{former}：{reason}"),
    "limit": ("below {number}", "低於{number}", "低于{number}"),
    "range": ("–", "至", "至"),
    "indicator": ("Indicator", "指標", "指标"),
    "unit": ("Unit", "單位", "单位"),
    "change": ("Change", "變動", "变动"),
    "intensity": ("Intensity", "密度", "强度"),
    "intensity_per": ("per {metric}", "按{metric}計算的密度", "按{metric}计算的强度"),
    "intensity_base": ("based on {metric}: {figure}", "按{metric}{figure}計算", "按{metric}{figure}计算"),
    "share": ("Share", "佔比", "占比"),
    "remark": ("Remarks", "備註", "备注"),
    "codes": ("Codes", "編號", "编号"),
    "total": ("Total", "合計", "合计"),
    "overall": ("Overall", "整體", "整体"),
    "comma": (", ", "，", "，"),
    "note": ("Note", "附註", "附注"),
    "at_note": ("As at {date}.", "截至{date}。", "截至{date}。"),
    "table": ("Table", "表", "表"),
    "chart": ("Figure", "圖", "图"),
    "chart_table": ("The same figures as a table", "以表格顯示相同數據", "以表格显示相同数据"),
    "chart_bars": ("Bars", "棒形圖", "柱形图"),
    "chart_stacked": ("Stacked bars", "堆疊棒形圖", "堆积柱形图"),
    "chart_line": ("Line", "折線圖", "折线图"),
    "chart_donut": ("Ring", "環形圖", "环形图"),
    "chart_ranked": ("Bars by size", "按大小排列的棒形圖", "按大小排列的条形图"),
    "chart_of": ("{name}: {figures}", "{name}：{figures}", "{name}：{figures}"),
    "chart_figure": ("{period} {figure}", "{period}{figure}", "{period}{figure}"),
    "chart_share": ("{figure} ({share})", "{figure}（{share}）", "{figure}（{share}）"),
    "tile_since": ("on {period}", "較{period}", "较{period}"),
    "tile_unchanged": ("unchanged from {period}", "與{period}持平", "与{period}持平"),
    "tile_from": ("from {number} in {period}", "{period}為{number}", "{period}为{number}"),
    "chart_column_name": ("Name", "名稱", "名称"),
    "chart_column_period": ("Period", "期間", "期间"),
    "chart_column_value": ("Value", "數值", "数值"),
    "chart_column_unit": ("Unit", "單位", "单位"),
    "chart_column_figure": ("Figure id", "數字編號", "数字编号"),
    "chart_files": ("Download", "下載", "下载"),
    "sheet_figures": ("Figures", "數據", "数据"),
    "sheet_qualifier": ("Stated as", "表述", "表述"),
    "sheet_status": ("Status", "狀態", "状态"),
    "sheet_former": ("Formerly", "原數", "原数"),
    "sheet_answers": ("Requirements", "要求編號", "要求编号"),
    "sheet_formula": ("Formula", "算式", "算式"),
    "is_figures": ("All figures, one a row", "全部數據，一列一項", "全部数据，一行一项"),
    "is_index": ("Content index, one requirement a row", "內容索引，一列一項要求", "内容索引，一行一项要求"),
    "is_id": ("Identity of the row, unlike any other", "該列的編號，各列不同", "该行的编号，各行不同"),
    "is_name": ("What the figure is called in this language", "數據在該語言的名稱", "数据在该语言的名称"),
    "is_period": ("Reporting period", "匯報期間", "报告期间"),
    "is_members": ("What the figure is a part of: dimension=member", "所屬分類：維度=成員", "所属分类：维度=成员"),
    "is_kind": ("Whether it is a number, and if not, what stands in its place", "是否為數值；如否，以何種方式表示", "是否为数值；如否，以何种方式表示"),
    "is_value": ("The number as it is printed, without commas; a range is 3/5", "刊印的數值，不帶千位分隔符；範圍以3/5表示", "刊印的数值，不带千位分隔符；范围以3/5表示"),
    "is_qualifier": ("The word that is printed before the number", "數值前的用詞", "数值前的用词"),
    "is_unit": ("Unit of measure", "計量單位", "计量单位"),
    "is_decimals": ("Decimals of the figure", "小數位數", "小数位数"),
    "is_status": ("Whether it is reported, estimated or restated; of a requirement, how it is answered", "屬匯報、估算或經重列；如屬要求，則為披露情況", "属报告、估算或经重列；如属要求，则为披露情况"),
    "is_former": ("The number before it was restated", "重列前的數值", "重列前的数值"),
    "is_derived": ("Whether it was worked out from others", "是否由其他數據計算所得", "是否由其他数据计算所得"),
    "is_formula": ("How it was worked out", "計算方法", "计算方法"),
    "is_answers": ("Codes of the requirements that it answers", "所回應要求的編號", "所回应要求的编号"),
    "is_note": ("Note on the figure in this language", "該語言的數據附註", "该语言的数据附注"),
    "is_place": ("File, line and column that hold it", "所在檔案、行及欄", "所在文件、行及列"),
    "is_code": ("Code of the requirement", "要求編號", "要求编号"),
    "is_label": ("The requirement in short in this language", "該語言的要求摘要", "该语言的要求摘要"),
    "is_level": ("How binding it is", "披露責任", "披露责任"),
    "is_lacks": ("What the answer lacks", "尚欠的內容", "尚缺的内容"),
    "is_reason": ("Why it is not disclosed, in this language", "該語言的未披露原因", "该语言的未披露原因"),
    "is_sections": ("Sections that answer it, in this language", "該語言作出回應的章節", "该语言作出回应的章节"),
    "is_pages": ("Their pages in the PDF in this language", "該語言PDF的頁碼", "该语言PDF的页码"),
    "answer_ways": ("Worked out", "計算方法", "计算方法"),
    "answer_factors": ("Factors", "因子", "因子"),
    "answer_boundary": ("Boundary", "範圍", "范围"),
    "answer_method": ("Method", "方法", "方法"),
    "answer_note": ("Note", "附註", "附注"),
    "answer_reason": ("Reason for the change", "變動原因", "变动原因"),
    "answer_periods": ("By period, with the change on the period before", "各期數字及較上一期的變動", "各期数字及较上一期的变动"),
    "answer_restated": ("Restated", "經重列", "经重列"),
    "answer_former": ("formerly", "原數", "原数"),
    "answer_row": ("Show in the data summary", "在數據摘要查看", "在数据摘要查看"),
    "answer_close": ("Close", "關閉", "关闭"),
    "answer_back": ("Back", "返回", "返回"),
    "answer_share": ("share by {dimension}", "按{dimension}劃分的佔比", "按{dimension}划分的占比"),
    "answer_rank": ("rank by {dimension}", "按{dimension}的排名", "按{dimension}的排名"),
    "answer_change": ("change since {period}", "較{period}的變動", "较{period}的变动"),
    "answer_difference": ("difference from {period}", "與{period}之差", "与{period}之差"),
    "answer_level_of_target": ("target", "目標", "目标"),
    "answer_change_of_target": ("change wanted", "目標變動", "目标变动"),
    "answer_progress_of_target": ("progress", "進度", "进度"),
    "way_rank": ("Its place by size among all values by {dimension}, the largest first", "在按{dimension}劃分的各項數值中由大至小的名次", "在按{dimension}划分的各项数值中由大至小的名次"),
    "way_base": ("As measured in the base period", "基準期的實際數字", "基准期的实际数字"),
    "way_level": ("Base + base × change wanted", "基準 + 基準 × 目標變動", "基准 + 基准 × 目标变动"),
    "way_line": ("On a straight line, by months, between the levels before and after", "按月數計，位於前後兩個目標水平之間的直線上", "按月数计，位于前后两个目标水平之间的直线上"),
    "way_change": ("(Target − base) ÷ base", "（目標 − 基準）÷ 基準", "（目标 − 基准）÷ 基准"),
    "way_progress": ("(Base − actual) ÷ (base − target)", "（基準 − 實際）÷（基準 − 目標）", "（基准 − 实际）÷（基准 − 目标）"),
    "data_search": ("Search the figures", "搜尋數據", "搜索数据"),
    "data_requirements": ("All requirements", "全部要求", "全部要求"),
    "data_copy": ("Copy", "複製", "复制"),
    "data_copied": ("Rows copied: {rows}.", "已複製{rows}項。", "已复制{rows}项。"),
    "data_not_copied": ("The browser does not allow copying: download a file instead.", "瀏覽器不允許複製，請下載檔案。", "浏览器不允许复制，请下载文件。"),
    "data_saved": ("Saved as {file}; rows: {rows}.", "已將{rows}項寫入{file}。", "已将{rows}项写入{file}。"),
    "data_hint": (
        "Tick figures to compare them in a chart. What you copy or download holds the ticked figures; if none is ticked, all that are shown.",
        "勾選數據，即可以圖表比較。複製及下載的內容為已勾選的數據；如沒有勾選，則為所有顯示的數據。",
        "勾选数据，即可用图表比较。复制和下载的内容为已勾选的数据；未勾选时为所有显示的数据。",
    ),
    "data_none": ("No figure fits what you are looking for.", "沒有符合條件的數據。", "没有符合条件的数据。"),
    "data_all": ("Show all figures", "顯示全部數據", "显示全部数据"),
    "data_pick": ("Compare: {name}", "比較：{name}", "比较：{name}"),
    "data_compare": ("Comparison", "比較", "比较"),
    "data_chosen": ("{rows} ticked", "已勾選{rows}項", "已勾选{rows}项"),
    "data_chart": ("Show the chart", "查看圖表", "查看图表"),
    "data_clear": ("Untick all", "取消勾選", "取消勾选"),
    "data_one_scale": ("All bars are drawn to one scale, in {unit}.", "所有棒形採用同一比例，單位為{unit}。", "所有柱形采用同一比例，单位为{unit}。"),
    "data_scales": (
        "Units differ: bars of one unit share a scale, bars of different units do not.",
        "單位各異：同一單位的棒形採用同一比例，不同單位的棒形則不可互相比較。",
        "单位各异：同一单位的柱形采用同一比例，不同单位的柱形不可互相比较。",
    ),
    "tab_data": ("Data", "數據中心", "数据中心"),
    "trend": ("Trend", "走勢", "走势"),
    "semicolon": ("; ", "；", "；"),
    "on_page": (" (page {page})", "（第{page}頁）", "（第{page}页）"),
    "picture_generated": ("Picture generated by AI", "圖片由人工智能生成", "图片由人工智能生成"),
    "continued": ("continued", "續", "续"),
    "rounding_note": (
        "Figures may not add up to the totals because of rounding.",
        "由於四捨五入，各項數字之和未必等於總數。",
        "由于四舍五入，各项数字之和未必等于总数。",
    ),
    "factors_used": ("Factors used, {period}", "所用因子（{period}）", "所用因子（{period}）"),
    "factor": ("Factor", "因子", "因子"),
    "factor_value": ("Value", "數值", "数值"),
    "factor_gas": ("Gas", "氣體", "气体"),
    "factor_gwp": ("GWP", "GWP", "GWP"),
    "factor_year": ("Year", "年份", "年份"),
    "factor_source": ("Source", "來源", "来源"),
    "previous_period": ("the period before", "上一期", "上一期"),
    "method_added_up": ("Worked out for each {dimension}, then added up", "按{dimension}逐一計算，再行加總", "按{dimension}逐一计算，再行加总"),
    "method_sum": ("The sum of its values by {dimension}", "按{dimension}劃分的數值之和", "按{dimension}划分的数值之和"),
    "method_recorded": ("As recorded, not worked out", "按記錄所載，並非計算得出", "按记录所载，并非计算得出"),
    "method_whole": ("in all", "總數", "总数"),
    "answers": ("This chapter answers", "本章回應", "本章回应"),
    "section_answers": ("Answers", "回應", "回应"),
    "index_code": ("Code", "編號", "编号"),
    "index_requirement": ("Requirement", "要求", "要求"),
    "index_status": ("Status", "披露情況", "披露情况"),
    "index_level": ("Obligation", "披露責任", "披露责任"),
    "index_reason": ("Reason", "原因", "原因"),
    "index_relief": ("{relief}: {reason}", "{relief}：{reason}", "{relief}：{reason}"),
    "level_mandatory": ("Mandatory", "強制披露", "强制披露"),
    "level_comply-or-explain": ("Comply or explain", "不遵守就解釋", "不遵守就解释"),
    "level_voluntary": ("Voluntary", "自願披露", "自愿披露"),
    "level_encouraged": ("Encouraged", "鼓勵披露", "鼓励披露"),
    "index_by_section": ("{title}, by section", "{title}：按章節", "{title}：按章节"),
    "index_search": ("Search the index", "搜尋索引", "搜索索引"),
    "index_shown": ("{shown} of {total} shown", "顯示{total}項中的{shown}項", "显示{total}项中的{shown}项"),
    "index_section": ("Section", "章節", "章节"),
    "index_page": ("Page", "頁碼", "页码"),
    "index_summary": ("{total} requirements: {counts}.", "共{total}項要求：{counts}。", "共{total}项要求：{counts}。"),
    "index_count": ("{count} {status}", "{count}項{status}", "{count}项{status}"),
    "home": ("Home", "首頁", "首页"),
    "search": ("Search", "搜尋", "搜索"),
    "search_hint": ("Search the report", "搜尋報告內容", "搜索报告内容"),
    "language": ("Language", "語言", "语言"),
    "scheme": ("Light or dark", "淺色或深色", "浅色或深色"),
    "downloads": ("Downloads", "下載", "下载"),
    "download_report": ("Report in {language}", "{language}報告", "{language}报告"),
    "side_by_side": ("English and Chinese side by side", "中英對照", "中英对照"),
    "download_bilingual": ("Report in both languages, side by side", "中英對照報告", "中英对照报告"),
    "download_main": ("Download PDF ({said})", "下載PDF（{said}）", "下载PDF（{said}）"),
    "pages": ("{pages} pages", "{pages}頁", "{pages}页"),
    "published": ("Published on {date}.", "於{date}刊發。", "发布于{date}。"),
    "download_figures": ("All figures", "全部數據", "全部数据"),
    "download_figures_are": (
        "Every figure with its unit, period, boundary and method",
        "每項數據連同單位、期間、範圍及計算方法",
        "每项数据连同单位、期间、范围及计算方法",
    ),
    "download_index": ("Content index", "內容索引", "内容索引"),
    "contact": ("Contact", "聯絡", "联系"),
    "contact_address": ("Address", "地址", "地址"),
    "contact_phone": ("Telephone", "電話", "电话"),
    "contact_email": ("Email", "電郵", "电邮"),
    "contact_website": ("Website", "網站", "网站"),
    "contact_hours": ("Hours", "辦公時間", "办公时间"),
    "quoted": ("“{text}”", "「{text}」", "“{text}”"),
    "defined": ("{name} ({short})", "{name}（{short}）", "{name}（{short}）"),
    "in_brackets": ("{name} ({other})", "{name}（{other}）", "{name}（{other}）"),
    "means": ("means", "指", "指"),
    "definitions": ("Definitions", "釋義", "释义"),
    "certificate_holder": ("Held by", "持有人", "持有人"),
    "certificate_number": ("Number", "編號", "编号"),
    "certificate_valid": ("Valid until", "有效期至", "有效期至"),
    "approved": ("Approved by the board on {date}", "董事會於{date}批准", "董事会于{date}批准"),
    "prevailing": (
        "If the language versions differ, the {language} version prevails.",
        "各語文版本如有歧義，概以{language}版本為準。",
        "各语言版本如有歧义，以{language}版本为准。",
    ),
    "period_statement": ("Reporting period: {from} to {to}", "報告期：{from}至{to}", "报告期：{from}至{to}"),
    "statement_period": (
        "This report covers the period from {from} to {to}.",
        "本報告涵蓋{from}至{to}期間。",
        "本报告涵盖{from}至{to}期间。",
    ),
    "statement_boundary": (
        "The reporting boundary takes in {entities}.",
        "本報告的匯報範圍包括{entities}。",
        "本报告的汇报范围包括{entities}。",
    ),
    "statement_frameworks": (
        "This report answers the following: {frameworks}.",
        "本報告回應下列準則及框架：{frameworks}。",
        "本报告回应下列准则及框架：{frameworks}。",
    ),
    "statement_edition": (
        "{framework} for financial years that begin on or after {date}",
        "{framework}（適用於{date}或之後開始的財政年度）",
        "{framework}（适用于{date}或之后开始的财政年度）",
    ),
    "statement_complied_mandatory": (
        "This report meets all mandatory disclosure requirements of the {framework}.",
        "本報告已遵守{framework}的全部強制披露規定。",
        "本报告已遵守{framework}的全部强制披露规定。",
    ),
    "statement_complied_comply-or-explain": (
        "This report has complied with all “comply or explain” provisions of the {framework}.",
        "本報告已遵守{framework}的全部「不遵守就解釋」條文。",
        "本报告已遵守{framework}的全部“不遵守就解释”条文。",
    ),
    "statement_answers_mandatory": (
        "Of the {total} mandatory disclosure requirements in the content index of the {framework}, the report has {counts}.",
        "{framework}內容索引所列的{total}項強制披露規定中，本報告有{counts}。",
        "{framework}内容索引所列的{total}项强制披露规定中，本报告有{counts}。",
    ),
    "statement_answers_comply-or-explain": (
        "Of the {total} “comply or explain” provisions in the content index of the {framework}, the report has {counts}.",
        "{framework}內容索引所列的{total}項「不遵守就解釋」條文中，本報告有{counts}。",
        "{framework}内容索引所列的{total}项“不遵守就解释”条文中，本报告有{counts}。",
    ),
    "statement_approval": (
        "The board approved this report on {date}.",
        "董事會已於{date}批准本報告。",
        "董事会已于{date}批准本报告。",
    ),
    "statement_currency": (
        "Unless stated otherwise, amounts of money are in {currencies}.",
        "除另有說明外，金額均以{currencies}列示。",
        "除另有说明外，金额均以{currencies}列示。",
    ),
    "statement_nil": (
        "In the reporting period: {figures}.",
        "報告期內：{figures}。",
        "报告期内：{figures}。",
    ),
    "statement_nil_figure": ("{metric}: {figure}", "{metric}：{figure}", "{metric}：{figure}"),
    "inside_cover": ("How to read this report", "閱讀本報告", "阅读本报告"),
    "inside_period": ("Reporting period", "報告期", "报告期"),
    "inside_boundary": ("Reporting boundary", "匯報範圍", "汇报范围"),
    "inside_frameworks": ("Standards and frameworks", "準則及框架", "准则及框架"),
    "inside_approval": ("Approval", "批准", "批准"),
    "inside_prevailing": ("Language", "語文", "语言"),
    "inside_currency": ("Currency", "貨幣", "货币"),
    "inside_signs": ("Signs in the place of figures and beside them", "數字欄及數字旁所用符號", "数字栏及数字旁所用符号"),
    "inside_comparatives": (
        "Figures for {periods} are given for comparison.",
        "另列{periods}的數字，以供比較。",
        "另列{periods}的数字，以供比较。",
    ),
    "stock_code": ("Stock code: {code}", "股份代號：{code}", "股份代号：{code}"),
    "parts": ("In this report", "報告內容", "报告内容"),
    "all": ("All", "全部", "全部"),
    "read_report": ("Read the report", "閱讀報告", "阅读报告"),
    "previous": ("Previous", "上一章", "上一章"),
    "next": ("Next", "下一章", "下一章"),
    "menu": ("Menu", "目錄", "目录"),
    "skip_to_content": ("Skip to content", "跳至內容", "跳至内容"),
    "ridge_caption": ("The ridge is drawn by the data: {metric} by month, {years}", "山脊由數據畫成：{years}年逐月{metric}", "山脊由数据画成：{years}年逐月{metric}"),
    "ridge_summit": ("{month} {year}, the highest month", "{year}年{month}，全年最高", "{year}年{month}，全年最高"),
    "disclosed": ("Disclosed", "已披露", "已披露"),
    "partly-disclosed": ("Partly disclosed", "部分披露", "部分披露"),
    "explained": ("Explained", "已解釋", "已解释"),
    "not-applicable": ("Not applicable", "不適用", "不适用"),
    "relief-used": ("Relief applied", "採用寬免", "采用宽免"),
    "negative-statement": ("Negative statement", "否定聲明", "否定声明"),
    "not-reported": ("Not reported", "未披露", "未披露"),
    "missing": ("Missing", "尚欠", "尚欠"),
    "target_achieved": ("achieved", "已達成", "已达成"),
    "target_on_track": ("on track", "進展符合預期", "进展符合预期"),
    "target_behind": ("behind", "落後於預期", "落后于预期"),
    "target_missed": ("missed", "未達成", "未达成"),
    "target_column_metric": ("Measured by", "計量指標", "计量指标"),
    "target_column_base": ("Base", "基準", "基准"),
    "target_column_target": ("Target", "目標", "目标"),
    "target_column_period": ("Target year", "目標年", "目标年"),
    "target_column_actual": ("{period} actual", "{period}實際", "{period}实际"),
    "target_column_level": ("{period} target", "{period}目標", "{period}目标"),
    "target_column_change": ("Change from base", "較基準變動", "较基准变动"),
    "target_column_progress": ("Progress", "進度", "进度"),
    "target_column_status": ("Status", "情況", "情况"),
    "target_by": ("by {period}", "至{period}", "至{period}"),
    "target_at_most": ("≤ {number}", "不多於{number}", "不多于{number}"),
    "target_at_least": ("≥ {number}", "不少於{number}", "不少于{number}"),
    "target_pace": (
        "where progress should stand at the end of {period}",
        "{period}末應達到的進度",
        "{period}末应达到的进度",
    ),
}  # fmt: skip

# Functions of formulas in words: {term}, or several {terms}, over a {dimension} or since a {period}.
WORDED_FUNCTIONS: dict[str, Mapping[str, str]] = {
    "sum over": {"en": "sum by {dimension} of ({term})", "zh-Hant": "按{dimension}加總（{term}）", "zh-Hans": "按{dimension}加总（{term}）"},
    "average over": {"en": "mean by {dimension} of ({term})", "zh-Hant": "按{dimension}平均（{term}）", "zh-Hans": "按{dimension}平均（{term}）"},
    "average": {"en": "mean of {terms}", "zh-Hant": "{terms}的平均值", "zh-Hans": "{terms}的平均值"},
    "share": {"en": "share of {term} in the whole", "zh-Hant": "{term}佔總數的比例", "zh-Hans": "{term}占总数的比例"},
    "difference": {"en": "{term} less that of {period}", "zh-Hant": "{term}與{period}之差", "zh-Hans": "{term}与{period}之差"},
    "change": {"en": "change in {term} since {period}", "zh-Hant": "{term}較{period}的變動", "zh-Hans": "{term}较{period}的变动"},
    "growth": {"en": "yearly growth of {term} since {period}", "zh-Hant": "{term}自{period}起的年均增長率", "zh-Hans": "{term}自{period}起的年均增长率"},
}  # fmt: skip

GWP_SETS: dict[str, Mapping[str, str]] = {
    short: {
        "en": f"global warming potentials of the IPCC {english} Assessment Report",
        "zh-Hant": f"政府間氣候變化專門委員會{chinese}次評估報告的全球暖化潛能值",
        "zh-Hans": f"政府间气候变化专门委员会{chinese}次评估报告的全球变暖潜能值",
    }
    for short, english, chinese in (
        ("SAR", "Second", "第二"),
        ("TAR", "Third", "第三"),
        ("AR4", "Fourth", "第四"),
        ("AR5", "Fifth", "第五"),
        ("AR6", "Sixth", "第六"),
    )
}

CURRENCY_NAMES: dict[str, Mapping[str, str]] = {
    code: {"en": english, "zh-Hant": hant, "zh-Hans": hans}
    for code, english, hant, hans in (
        ("HKD", "Hong Kong dollars (HK$)", "港元", "港元"),
        ("RMB", "renminbi (RMB)", "人民幣", "人民币"),
        ("USD", "United States dollars (US$)", "美元", "美元"),
        ("EUR", "euros (€)", "歐元", "欧元"),
        ("SGD", "Singapore dollars (S$)", "新加坡元", "新加坡元"),
        ("MOP", "Macau patacas (MOP)", "澳門元", "澳门元"),
    )
}

_ORDER = ("en", "zh-Hant", "zh-Hans")
LANGUAGE_NAMES = {
    "en": {"en": "English", "zh-Hant": "Chinese", "zh-Hans": "Simplified Chinese"},
    "zh-Hant": {"en": "英文", "zh-Hant": "中文", "zh-Hans": "簡體中文"},
    "zh-Hans": {"en": "英文", "zh-Hant": "繁体中文", "zh-Hans": "中文"},
}


@cache
def words(language: str) -> dict[str, str]:
    """The interface words of one language by key."""
    column = _ORDER.index(language)
    return {key: wordings[column] for key, wordings in _WORDS.items()}
