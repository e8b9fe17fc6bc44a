"""answer-off-subject: a section that says it answers a requirement names what the requirement is about.

Why: the index sends a reader who looks for privacy, recalls or the sourcing of water to the section that is tagged with it. A tag put
on the wrong heading, or a section that answers only half of what was asked, sends them to a page that is silent. Looked for, in
all sections tagged with a row of the exchange's rules together, are words of its subject, in each language.

    wrong   ## Water target { answers="A2.4" }      of the target alone; A2.4 also asks whether there is an issue in sourcing water
    right   one sentence more: where the water comes from, and whether there was any difficulty
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Answer, Heading, Page, TableBlock, TargetsBlock, TopicBlock
from esgreport.views import Edition
from esgreport.wording import Said, of_page

_SUBJECTS = {
    "A2.4": (
        "where water comes from",
        r"\bsourcing|water[^.]{0,40}\b(?:sources?|sourced|supply|supplies|supplied|from)\b|(?:source|supply) of (?:\w+ )?water|mains|municipal|\btap\b|\bwells?\b|groundwater|river|reservoir|\blake|rainwater|withdraw|abstract|stress|scarc|shortage|drought|fit for purpose",
        "水源|供水|取水|求取|來水|来水|自來水|市政|地下水|河|水庫|水库|雨水|缺水|短缺|壓力|压力|乾旱|干旱|井",
    ),
    "B4.2": (
        "what is done when child or forced labour is found",
        r"terminat|dismiss|investigat|remed|rectif|correct|return|stop|cease|eliminat|compensat|guardian|authorit|immediate|found|discover|\bfind|\bact\b|action",
        "終止|终止|解僱|解雇|調查|调查|補救|补救|糾正|纠正|停止|消除|送返|送回|賠償|赔偿|監護|监护|通報|通报|發現|发现|行動|行动|處理|处理",
    ),
    "B5.4": (
        "what is better for the environment",
        r"environment|green|energy|recycl|carbon|sustainab|emission|\beco|pollut|harm|climate",
        "環保|环保|環境|环境|綠色|绿色|節能|节能|回收|再生|碳|可持續|可持续|污染|生態|生态|能源",
    ),
    "B6.3": (
        "intellectual property",
        r"intellectual property|patent|trade ?mark|copyright|\bIP\b|trade secret|licen[cs]e|design right|invention",
        "知識產權|知识产权|專利|专利|商標|商标|版權|版权|著作權|著作权|商業秘密|商业秘密|商業機密|發明|发明",
    ),
    "B6.4": (
        "quality and recalls",
        r"quality|recall|inspect|\btest|defect|return|trace|specification|sample",
        "質量|质量|品質|品质|召回|回收|檢驗|检验|檢測|检测|追溯|退貨|退货|缺陷|測試|测试|抽樣|抽样|規格|规格",
    ),
    "B6.5": (
        "privacy and the data of customers",
        r"privacy|private|personal (?:data|information)|(?:customer|client|consumer|user)s?[’']? (?:data|information|record)|confidential|data protection|data security|cyber|information security",
        "私隱|隱私|隐私|個人資料|个人资料|個人信息|个人信息|客戶資料|客户资料|客戶信息|客户信息|保密|機密|机密|資料保護|資料保障|信息安全|資訊安全|資料安全|數據安全|数据安全",
    ),
    "B7.3": (
        "training against corruption",
        r"train|seminar|workshop|course|briefing|learning|session|lecture|educat|material",
        "培訓|培训|講座|讲座|研討|研讨|課程|课程|工作坊|簡介|简介|教育|學習|学习|宣傳|宣传|資料|材料",
    ),
}  # fmt: skip
_EXCHANGE = "hkex"


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    report = edition.report
    if not any(framework.startswith(_EXCHANGE) for framework in report.frameworks):
        return
    for language in report.languages:
        pages = [report.pages[id, language] for id in report.page_order if (id, language) in report.pages]
        tagged: dict[str, list[tuple[Page, Heading, Answer]]] = {}
        for page in pages:
            for heading in (item for item in page.items if isinstance(item, Heading)):
                for answer in heading.answers:
                    framework, _, row = answer.requirement.rpartition("/")
                    if row in _SUBJECTS and (not framework or framework.startswith(_EXCHANGE)):
                        tagged.setdefault(row, []).append((page, heading, answer))
        for row, sections in tagged.items():
            subject, *patterns = _SUBJECTS[row]
            words = re.compile(patterns[language != "en"], re.IGNORECASE)
            if not any(words.search(_words(edition, page, heading)) for page, heading, _ in sections):
                for _, _, answer in sections:
                    yield warning(
                        "answer-off-subject",
                        answer.place,
                        f"{row} asks about {subject}, of which this section says nothing",
                        "say it there, or put the tag on the section that does",
                    )


def _words(edition: Edition, page: Page, heading: Heading) -> str:
    """All words of a section, of those below it and of its page's beginning, with the names of what its blocks show."""
    report, sections, inside = (
        edition.report,
        {heading.id, ""},
        False,
    )  # with what stands before the first heading
    found = []
    for item in page.items:
        if isinstance(item, Heading):
            inside = item is heading or (inside and item.level > heading.level)
            if inside:
                sections.add(item.id)
        elif inside and isinstance(item, TableBlock):
            found += [
                report.metrics[n.text].name.get(page.language, "")
                for n in item.metric_names
                if n.text in report.metrics
            ]
        elif inside and isinstance(item, TargetsBlock):
            found += [
                report.targets[n.text].name.get(page.language, "")
                for n in item.targets
                if n.text in report.targets
            ]
        elif inside and isinstance(item, TopicBlock) and item.topic.text in report.topics:
            found.append(report.topics[item.topic.text].name.get(page.language, ""))
    said: Iterator[Said] = of_page(report, page)
    return "\n".join(
        [*found, *(stretch.text for stretch in said if stretch.prose and stretch.section in sections)]
    )
