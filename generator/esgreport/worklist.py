"""The work list: for a row of the index that is open, who is to answer it and what is expected, in plain words.

For the people who make the report; nothing of it is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from esgreport.framework import Framework, Measure, Requirement, worded_in
from esgreport.languages import joined
from esgreport.model import Heading, Metric, Report, Target
from esgreport.units import UnitTable

OPEN = ("missing", "partly-disclosed")
NO_OWNER = "no owner yet"

_LANGUAGES = ("en", "zh-Hant", "zh-Hans")
# fmt: off
_WORDS = {
    "board-statement": ("a statement from the board, in words of its own", "董事會以本身文字作出的聲明", "董事会以自己的文字作出的声明"),
    "principle-application": ("how the principle was applied in this report", "該原則在本報告如何應用", "该原则在本报告中如何应用"),
    "boundary-statement": (
        "which entities and sites are covered, how they were chosen, and what changed",
        "涵蓋哪些實體及地點、如何挑選，以及有何變動", "涵盖哪些实体及地点、如何选择，以及有何变动",
    ),
    "policy": ("what the policy is, and whom and what it covers", "政策內容，以及適用的人和事", "政策内容，以及适用的人和事"),
    "law-compliance": (
        "which laws matter most, and whether they were kept; cases, where there were any",
        "影響最大的法律及規例、是否遵守，以及個案（如有）", "影响最大的法律法规、是否遵守，以及案件（如有）",
    ),
    "target": ("a target in the data, and the steps taken towards it", "數據中的目標，以及為此採取的步驟", "数据中的目标，以及为此采取的措施"),
    "target-attribute": ("this detail of each target", "每個目標的這項資料", "每个目标的这项信息"),
    "target-progress": ("how far each target is, and why", "各項目標的進度及原因", "各项目标的进展及原因"),
    "process": ("what is done, by whom and how often", "做甚麼、由誰負責、多久一次", "做什么、由谁负责、多久一次"),
    "narrative": ("a description in words", "文字描述", "文字描述"),
    "classification": ("which of the kinds named applies, and why", "屬於哪一類及原因", "属于哪一类及原因"),
    "assessment": (
        "what was assessed, with which assumptions, and the result", "評估了甚麼、採用甚麼假設、結果如何", "评估了什么、采用什么假设、结果如何",
    ),
    "methodology": ("the methods, assumptions and sources", "方法、假設及資料來源", "方法、假设及资料来源"),
    "procedural": ("a short statement", "簡短說明", "简短说明"),
}
_ANYTHING = ("figures, or a description in words", "數據或文字描述", "数据或文字描述")
_QUANTITIES = {
    "kWh-000": ("thousand kWh, or another unit of energy", "千個千瓦時或其他能源單位", "千个千瓦时或其他能源单位"),
    "rate": ("a rate; say per what", "比率，並說明分母", "比率，并说明分母"),
    "money": ("money", "金額", "金额"),
    "money-per-tCO2e": ("money per tonne of CO2 equivalent", "每噸二氧化碳當量的金額", "每吨二氧化碳当量的金额"),
    "hour-per-person": ("hours per person", "每人時數", "每人小时数"),
}
_BREAKDOWNS = {
    "gender": ("性別", "性别"), "employment_type": ("僱傭類型", "雇佣类型"), "age_group": ("年齡組別", "年龄组别"),
    "region": ("地區", "地区"), "employee_category": ("僱員類別", "员工类别"), "energy_type": ("能源種類", "能源种类"),
    "pollutant": ("排放物種類", "排放物种类"), "ghg_scope": ("範圍", "范围"), "scope3_category": ("範圍3類別", "范围3类别"),
    "focus_area": ("範疇", "领域"), "risk_or_opportunity": ("風險或機遇", "风险或机遇"),
}
# fmt: on


def owners(report: Report, framework: Framework, row: Requirement) -> tuple[str, ...]:
    """Who is responsible for the metrics and targets that answer a row or anything below it, in the data's order."""
    found = [each.owner for each in _answering(report, framework, row) if each.owner]
    return tuple(dict.fromkeys(found))


def files(report: Report, framework: Framework, row: Requirement) -> tuple[str, ...]:
    """Where the answer is to be written: the data of what answers a row, and the pages with a section for it."""
    ids = _below(framework, row)
    data = [each.place.path for each in _answering(report, framework, row)]
    pages = [
        report.pages[id, language].path
        for id in report.page_order
        for language in report.languages
        if (id, language) in report.pages
        and any(
            framework.own(answer.requirement) in ids
            for item in report.pages[id, language].items
            if isinstance(item, Heading)
            for answer in item.answers
        )
    ]
    return tuple(dict.fromkeys((*data, *pages)))


def _below(framework: Framework, row: Requirement) -> set[str]:
    return {row.id, *(leaf.id for leaf in framework.leaves(row.id))}


def _answering(report: Report, framework: Framework, row: Requirement) -> Iterator[Metric | Target]:
    """The metrics and targets that answer a row or anything below it."""
    ids = _below(framework, row)
    every: list[Metric | Target] = [*report.metrics.values(), *report.targets.values()]
    for each in every:
        if any(framework.own(answer.requirement) in ids for answer in each.answers):
            yield each


def expected(
    units: UnitTable, framework: Framework, row: Requirement, language: str = "en"
) -> tuple[str, ...]:
    """What an answer holds: each figure with its unit, breakdowns, years and intensity; what kind of words."""
    parts = dict.fromkeys((row, *framework.leaves(row.id)))
    figures = [
        _figure(units, measure, language)
        for part in parts
        for measure in part.measures
        if not measure.optional
    ]
    kinds = dict.fromkeys(part.kind for part in parts)
    if figures and "mixed" in kinds:
        kinds["narrative"] = None
    at = _LANGUAGES.index(language)
    found = (*figures, *(_WORDS[kind][at] for kind in kinds if kind in _WORDS))
    return found or (_ANYTHING[at],)


def _figure(units: UnitTable, measure: Measure, language: str) -> str:
    unit = units.find(measure.unit)
    name = unit.name(language) if unit else ""
    if measure.unit in _QUANTITIES:
        name = _QUANTITIES[measure.unit][_LANGUAGES.index(language)]
    label = worded_in(measure.label, language)
    if language == "en":
        return ", ".join([f"{label} ({name or measure.unit})", *_details(measure)])
    text = f"{label}（{name or measure.unit}）"
    return "，".join([text, *_details_in_chinese(measure, _LANGUAGES.index(language) - 1)])


def _details(measure: Measure) -> Iterator[str]:
    if measure.breakdown:
        names = joined([re.sub(r"_|(?<=[a-z])(?=\d)", " ", name) for name in measure.breakdown], "en")
        yield f"by {names}" + ("" if measure.breakdown_required else " where it applies")
    if measure.periods > 1:
        yield f"for each of {measure.periods} years"
    if measure.intensity_expected:
        yield "with its intensity"
    elif measure.intensity == "where-appropriate":
        yield "with its intensity where it makes sense"


def _details_in_chinese(measure: Measure, script: int) -> Iterator[str]:
    """The same; `script` is 0 for Traditional, 1 for Simplified."""
    if measure.breakdown:
        names = "、".join(
            _BREAKDOWNS[name][script] if name in _BREAKDOWNS else name for name in measure.breakdown
        )
        where = "" if measure.breakdown_required else ("（如適用）", "（如适用）")[script]
        yield ("按{}劃分", "按{}划分")[script].format(names) + where
    if measure.periods > 1:
        yield f"共{measure.periods}年"
    if measure.intensity_expected:
        yield ("連密度", "连同强度")[script]
    elif measure.intensity == "where-appropriate":
        yield ("如適用，連密度", "如适用，连同强度")[script]


def in_turn(owners: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """The owners of rows, each once, in the rows' order; those without come last."""
    found = list(dict.fromkeys(tuple(names) for names in owners))
    return sorted(found, key=lambda names: not names)
