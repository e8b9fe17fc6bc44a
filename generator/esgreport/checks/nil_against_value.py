"""nil-against-value: a sentence that says there was none of something does not stand beside a figure that says how much.

Why: “no diesel was used” is copied from last year’s report, and the table above it has 218,460 litres. Read are sentences that say it of
the whole of something that a metric is the name of, in the year they name or in the report's own.

    wrong   In 2025 no diesel was used.            diesel: {values: {2025: 218 460}}
    right   In 2025 {{ diesel }} of diesel were used.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from esgreport.diagnostics import Diagnostic, warning
from esgreport.model import Figure, FigureId, Kind
from esgreport.subjects import Subjects, members_of, periods_of, sentences, subjects, years
from esgreport.views import Edition
from esgreport.wording import GAP, HAN, said

_NONE = {"en": re.compile(r"\b(?:no|any|nil|zero|without)\b", re.I), "zh": re.compile("[無没沒未零]|為0")}
_OTHERWISE = {
    "en": re.compile(
        r"\b(?:if|unless|until|when|where|whether|should|target|aim|will|would|may|must|plan(?:s|ned)?|no longer|goal|policy|since|before|from 20\d\d)\b",
        re.I,
    ),
    "zh": re.compile("如果|如有|倘|若|當|目標|將|計劃|不再|旨在|力求|爭取|應|須|除|之前|以前|政策"),
}
_TIME = r"(?: (?:in|during|for|over|throughout) (?:either |any |the |this |both )?(?:last |past )?(?:20\d\d|years?|periods?|reporting (?:year|period)s?)(?:(?:,| and| or) (?:in )?20\d\d)*)"
_BEFORE = r"\b(?:no|nil|zero|without(?: any)?|(?:not|never|nor|neither)\b[^.;,]{0,30}\bany) (?:(?:new|further|single|reported|recorded|confirmed|concluded|such|purchased|direct) |(?:cases?|incidents?|reports?|occurrences?) of )*"
_DONE = r"(?:used|consumed|burnt|burned|bought|purchased|generated|produced|recorded|reported|received|noted|occurred|happened|imposed|emitted|discharged|disposed of|incurred|held|conducted|made|filed)"
_AFTER = rf"(?: (?:consumption|consumed|usage|use|generation|cases?|incidents?))?(?: (?:was|were|is|are|has been|have been|had been))?(?: {_DONE})?(?: by (?:us|the Group|the Company))?(?: (?:in|for|during) (?:the )?(?:production|operations?)(?: and (?:production|operations?))?)?{_TIME}*\s*(?=[.,;:!)]|$)"
_HAN_BEFORE = "(?:並無|并无|並沒有|並未|沒有|没有|概無|未有|未曾|從未|不曾|無|无)(?:任何|再|曾)?(?:[在於][^，。；]{2,8}[中內上])?(?:發生|產生|耗用|消耗|使用|排放|錄得|接獲|收到|接到|出現|涉及|購買|外購|採購|發現|有|導致|造成){0,2}(?:任何|過|到)?(?:有關|新的|重大)?"
_HAN_AFTER = (
    "(?:的)?(?:個案|事故|事件|情況|消耗|耗用|使用|排放|產生|發生|紀錄|記錄){0,2}(?=[，。；：、）！]|$)"
)
_HAN_IS_NIL = "(?:消耗量|耗用量|用量|排放量|產生量|數目|宗數|人數|總數)?(?:為|是|：)(?:零|無|0)(?![.\\d])"


_SAID = {
    "en": re.compile(rf"{_BEFORE}(?P<what>[\w’-]+(?: [\w’-]+){{0,7}}?){_AFTER}", re.IGNORECASE),
    "zh": re.compile(rf"{_HAN_BEFORE}(?P<what>[{HAN}]{{2,16}}?){_HAN_AFTER}"),
}
_IS_NIL = re.compile(_HAN_IS_NIL)


def check(edition: Edition, root: Path) -> Iterator[Diagnostic]:
    for stretch in said(edition):
        script = "en" if stretch.language == "en" else "zh"
        if stretch.kind == "heading":
            continue
        for line in stretch.lines:
            if not _NONE[script].search(line.text):
                continue
            known = subjects(edition, stretch.language)
            for start, end in sentences(line.text, stretch.language):
                sentence = line.text[start:end]
                if (
                    GAP in sentence
                    or not _NONE[script].search(sentence)
                    or _OTHERWISE[script].search(sentence)
                ):
                    continue
                for first, last, what in _nil(script, known, sentence):
                    if figure := _value(edition, known.meant(what), sentence, (first, last)):
                        where = figure.place
                        yield warning(
                            "nil-against-value",
                            stretch.at(root, line, start + first, start + last),
                            f"this says that there was none, but {figure.id} is {figure.number} ({where.path}, line {where.line})",
                            "say which part of it there was none of, or print the figure",
                        )


def _nil(script: str, known: Subjects, sentence: str) -> Iterator[tuple[int, int, str]]:
    """Where a sentence says that there was none of something, and of what."""
    for match in _SAID[script].finditer(sentence):
        yield *match.span(), match["what"]
    for match in _IS_NIL.finditer(sentence) if script == "zh" else ():
        what = known.ending(sentence[: match.start()])
        yield match.start() - len(what), match.end(), what


def _value(edition: Edition, metrics: tuple[str, ...], sentence: str, span: tuple[int, int]) -> Figure | None:
    """The figure that is not nil, where the sentence says that it is: of the year, and of the one member that it names."""
    report = edition.report
    begun, clause = (re.split("[,;，；]", sentence[:end])[-1] for end in span)
    for metric in metrics:
        for period in periods_of(report, clause if years(clause) else sentence):
            own = report.metrics[metric].dimensions
            named = members_of(report, own, sentence)
            if len(named) > 1 or members_of(report, report.dimensions.keys() - own, begun):
                continue  # of a part that has no figure of its own
            figure = edition.figures.figure(FigureId(metric, period, named))
            if figure and figure.kind == Kind.VALUE and figure.number and figure.number.exact:
                return figure
    return None
