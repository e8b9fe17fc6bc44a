"""The list that a report is handed over by: what is done, what is to do, and what only people can know.

Each line looks at the report as it is now or at the finished build, and says what to do where something is open. It knows
no clock: the day that is counted from is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from esgreport.acceptance import Accepted
from esgreport.deadlines import Limit, limit_for
from esgreport.diagnostics import Diagnostic, Severity, listed
from esgreport.finished import Finished
from esgreport.finished_pdf import Carried, FinishedPdf
from esgreport.framework import PACKAGE_FRAMEWORKS, package_framework, worded_in
from esgreport.languages import LANGUAGE_NAMES, LANGUAGES, Text, joined, worded_date, words
from esgreport.model import Report
from esgreport.proof import Proof, Result
from esgreport.views import Edition

MOST_BYTES = 20_000_000
"""Of a filing copy. This limit is our own: no rule that we know of names one, and that of the exchange's system may change."""


class State(StrEnum):
    """How a line stands. What is left to people (`CONFIRM`) no program can know."""

    DONE = "done"
    TO_DO = "to do"
    CONFIRM = "to confirm"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is so, and what to do about it, which is empty where nothing is."""

    id: str
    state: State
    said: Text
    do: Text


@dataclass(frozen=True, slots=True)
class Copy:
    """A PDF that is filed; `carried` is None where it cannot be read."""

    name: str
    size: int
    carried: Carried | None


@dataclass(frozen=True)
class Handed:
    """A report that is handed over: as it is now, as it was built, and what was found of both."""

    edition: Edition
    findings: Sequence[Diagnostic]
    accepted: Sequence[tuple[Diagnostic, Accepted]]
    proof: Proof
    finished: Finished
    books: Mapping[str, FinishedPdf | None]
    copies: Sequence[Copy]
    for_printer: Collection[str]
    today: date

    @property
    def report(self) -> Report:
        """The report as it is now."""
        return self.edition.report

    @property
    def is_listed(self) -> bool:
        """Whether the company is one whose reports the exchange wants."""
        return bool(self.report.company.issuer_class or self.report.company.stock_code)


@dataclass(frozen=True, slots=True)
class Checklist:
    """All lines in their order, and what was accepted."""

    lines: tuple[Line, ...]
    accepted: tuple[tuple[Diagnostic, Accepted], ...]
    today: date

    def of(self, state: State) -> tuple[Line, ...]:
        """The lines that stand so."""
        return tuple(line for line in self.lines if line.state == state)

    @property
    def verdict(self) -> Text:
        """How it came out."""
        open_lines, hand = len(self.of(State.TO_DO)), len(self.of(State.CONFIRM))
        if not open_lines:
            return _text(_READY, hand=hand)
        return _text(_NOT_READY if open_lines > 1 else _NOT_READY_BY_ONE, count=open_lines, hand=hand)


def checklist(handed: Handed) -> Checklist:
    """Look at everything, line by line."""
    parts = (
        _status,
        _board,
        _dates,
        _deadline,
        _languages,
        _framework,
        _index,
        _findings,
        _called,
        _copies,
        _address,
        _people,
    )
    lines = (line for part in parts for line in part(handed))
    return Checklist(tuple(lines), tuple(handed.accepted), handed.today)  # fmt: skip


# ---- words: English, Traditional, Simplified

Words = tuple[str, str, str]
_ORDER = ("en", "zh-Hant", "zh-Hans")
_NONE: Words = ("", "", "")

# fmt: off
STATES: Mapping[State, Words] = {
    State.DONE: ("Done", "已完成", "已完成"),
    State.TO_DO: ("To do", "待辦", "待办"),
    State.CONFIRM: ("To confirm", "待人手核實", "待人工核实"),
}
_READY: Words = (
    "Nothing is to do. {hand} lines are for people to confirm: a program cannot know them.",
    "沒有待辦事項。另有{hand}項須由人手核實，程式無從得知。",
    "没有待办事项。另有{hand}项须由人工核实，程序无从得知。",
)
_NOT_READY: Words = (
    "{count} lines are to do before the report is handed over. {hand} more are for people to confirm.",
    "交付報告前尚有{count}項待辦。另有{hand}項須由人手核實。",
    "交付报告前尚有{count}项待办。另有{hand}项须由人工核实。",
)
_NOT_READY_BY_ONE: Words = (
    "One line is to do before the report is handed over. {hand} more are for people to confirm.", *_NOT_READY[1:],
)
_IS_FINAL: Words = ("The report is final, and no page of the PDFs says DRAFT.", "報告為定稿，PDF各頁均無「草稿」字樣。", "报告为定稿，PDF各页均无“草稿”字样。")
_IS_DRAFT: Words = ("The report is a draft.", "報告仍是草稿。", "报告仍是草稿。")
_MAKE_FINAL: Words = (
    "Write status: final in data/report.yml, build, and hand over again.",
    "在data/report.yml寫status: final，重新製作，再次交付。", "在data/report.yml写status: final，重新构建，再次交付。",
)
_SAYS_DRAFT: Words = (
    "The report is final, but its PDF says DRAFT: {where}.", "報告為定稿，但PDF印有「草稿」字樣：{where}。", "报告为定稿，但PDF印有“草稿”字样：{where}。",
)
_BUILD_AGAIN: Words = ("Build again.", "重新製作。", "重新构建。")
_APPROVED: Words = ("The board approved the report on {day}.", "董事會於{day}批准本報告。", "董事会于{day}批准本报告。")
_NOT_APPROVED: Words = ("No day of the board's approval is given.", "未載明董事會的批准日期。", "未载明董事会的批准日期。")
_GIVE_APPROVED: Words = (
    "When the board has approved the report, write the day under dates in data/report.yml: approved.",
    "董事會批准後，在data/report.yml的dates之下以approved寫上日期。", "董事会批准后，在data/report.yml的dates之下以approved写上日期。",
)
_APPROVED_EARLY: Words = (
    "The day of approval, {day}, lies before the period's end, {end}.", "批准日期{day}早於報告期結束日{end}。", "批准日期{day}早于报告期结束日{end}。",
)
_CORRECT_DAY: Words = ("Correct the day under dates in data/report.yml.", "更正data/report.yml的dates之下的日期。", "更正data/report.yml的dates之下的日期。")
_APPROVED_LATE: Words = (
    "The day of approval, {day}, is still to come: the list was made on {today}.", "批准日期{day}尚未到：清單於{today}製作。", "批准日期{day}尚未到：清单于{today}制作。",
)
_WAIT: Words = ("Hand over again when the board has approved the report.", "董事會批准後再次交付。", "董事会批准后再次交付。")
_BOARD: Words = (
    "The board approved this very version: the filing copies have the SHA-256 that the checklist prints.",
    "董事會所批准的正是此版本：申報檔案的SHA-256見清單。", "董事会所批准的正是此版本：申报文件的SHA-256见清单。",
)
_LOOK_MINUTES: Words = ("Compare with the minutes and the files that the board had.", "與會議紀錄及董事會所閱檔案比對。", "与会议记录及董事会所阅文件比对。")
_PUBLISHED: Words = ("The day of publication is {day}.", "刊發日期為{day}。", "刊发日期为{day}。")
_NOT_PUBLISHED: Words = ("No day of publication is given.", "未載明刊發日期。", "未载明刊发日期。")
_GIVE_PUBLISHED: Words = (
    "Write the day under dates in data/report.yml: published.", "在data/report.yml的dates之下以published寫上日期。", "在data/report.yml的dates之下以published写上日期。",
)
_PUBLISHED_EARLY: Words = (
    "The day of publication, {day}, lies before {other}, the day of approval or the period's end.",
    "刊發日期{day}早於批准日期或報告期結束日{other}。", "刊发日期{day}早于批准日期或报告期结束日{other}。",
)
_NO_EXCHANGE: Words = (
    "The exchange sets no deadline: the report names neither a stock code nor a class of issuer.",
    "不受交易所期限約束：報告既無股份代號，亦無發行人類別。", "不受交易所期限约束：报告既无股份代号，也无发行人类别。",
)
_NO_CLASS: Words = ("The deadline is not known: no class of issuer is given.", "無法得知期限：未載明發行人類別。", "无法得知期限：未载明发行人类别。")
_GIVE_CLASS: Words = (
    "Write issuer_class under company in data/report.yml: largecap, main-board or gem.",
    "在data/report.yml的company之下寫issuer_class：largecap、main-board或gem。", "在data/report.yml的company之下写issuer_class：largecap、main-board或gem。",
)
_NO_RULE: Words = (
    "We know of no deadline for financial years that began before July 2020.", "2020年7月前開始的財政年度，本工具並無期限資料。", "2020年7月前开始的财政年度，本工具并无期限资料。",
)
_LOOK_RULE: Words = ("Look the rule up.", "查閱有關規則。", "查阅有关规则。")
_DUE: Words = (
    "To be published by {due} ({months} months after {end}; {rules}).", "最遲於{due}刊發（{end}後{months}個月；{rules}）。", "最迟于{due}刊发（{end}后{months}个月；{rules}）。",
)
_DAYS_LEFT: Words = (
    " From {today} {days} days are left.", "由{today}起尚餘{days}日。", "由{today}起尚余{days}日。",
)
_ONE_DAY_LEFT: Words = (" From {today} one day is left.", *_DAYS_LEFT[1:])
_LAST_DAY: Words = (" That is the day of this list.", "即製作本清單當日。", "即制作本清单当日。")
_DAYS_OVER: Words = (
    " On {today} that day is over.", "至{today}已逾期。", "至{today}已逾期。",
)
_WAS_PUBLISHED: Words = (" The report names {day} as its day of publication.", "報告所載刊發日期為{day}。", "报告所载刊发日期为{day}。")
_TOO_LATE: Words = (" The day of publication, {day}, lies after it.", "報告所載刊發日期{day}在此之後。", "报告所载刊发日期{day}在此之后。")
_EARLIER_DAY: Words = (
    "Publish earlier and correct the day; if that cannot be, ask the company secretary at once.", "提早刊發並更正日期；如不可行，立即請示公司秘書。", "提早刊发并更正日期；如不可行，立即请示公司秘书。",
)
_ASK_AT_ONCE: Words = ("Ask the company secretary at once.", "立即請示公司秘書。", "立即请示公司秘书。")
_RULE_HOLDS: Words = (
    "{rules} still set this deadline: the exchange changes its rules, and a program does not hear of it.",
    "{rules}仍訂明此期限：交易所會修訂規則，程式無從得知。", "{rules}仍订明此期限：交易所会修订规则，程序无从得知。",
)
_UNSURE: Words = (" Our list is not quite sure of it.", "本工具對此並不完全肯定。", "本工具对此并不完全肯定。")
_LOOK_UP: Words = ("Look it up in the exchange's rulebook.", "查閱交易所規則手冊。", "查阅交易所规则手册。")
_WITH_ANNUAL: Words = (
    "It is published at the same time as the annual report, and that at least 21 days before the annual general meeting.",
    "與年報同時刊發，而年報須於股東週年大會至少21日前發出。", "与年报同时刊发，而年报须于股东周年大会至少21日前发出。",
)
_LOOK_CALENDAR: Words = ("Compare with the calendar of the annual report.", "與年報時間表核對。", "与年报时间表核对。")
_ALL_LANGUAGES: Words = (
    "Every language has its website and PDF: {names}.", "各語文均有網站及PDF：{names}。", "各语言均有网站及PDF：{names}。",
)
_LACKS_LANGUAGE: Words = (
    "The build lacks: {names}.", "製作結果欠缺：{names}。", "构建结果欠缺：{names}。",
)
_WEBSITE: Words = ("the website in {name}", "{name}網站", "{name}网站")
_PDF: Words = ("the PDF in {name}", "{name}PDF", "{name}PDF")
_BUILD_ALL: Words = ("Build without --only and --edition-lang.", "製作時不用--only及--edition-lang。", "构建时不用--only及--edition-lang。")
_BOTH_WANTED: Words = (
    "The exchange wants the report in English and Chinese; this one is in {names}.", "交易所要求中英文版本；本報告只有{names}。", "交易所要求中英文版本；本报告只有{names}。",
)
_ADD_LANGUAGE: Words = ("Add the other language under languages in data/report.yml.", "在data/report.yml的languages加上另一語文。", "在data/report.yml的languages加上另一语言。")
_SAME_STRUCTURE: Words = ("All languages have the same pages and sections.", "各語文的頁面及章節一致。", "各语言的页面及章节一致。")
_ONE_LANGUAGE: Words = ("The report has one language, so there is nothing to compare.", "報告只有一種語文，無須比對。", "报告只有一种语言，无须比对。")
_STRUCTURE_DIFFERS: Words = (
    "The languages have other sections on these pages: {names}.", "下列頁面的章節因語文而異：{names}。", "下列页面的章节因语言而异：{names}。",
)
_SEE_IDS: Words = (
    "Give the headings of each language the same ids, in the same order.", "使各語文標題的id及次序一致。", "使各语言标题的id及次序一致。",
)
_EDITION_FITS: Words = (
    "The edition applies to the period, whose year began on {start}: {names}.", "所用版本適用於{start}開始的財政年度：{names}。", "所用版本适用于{start}开始的财政年度：{names}。",
)
_NO_EDITION: Words = ("The report names no rules of the exchange, and is not bound to.", "報告並無採用交易所規則，亦無此規定。", "报告并未采用交易所规则，也无此规定。")
_EDITION_WRONG: Words = (
    "For a year that began on {start} the edition is another one than: {names}.", "{start}開始的財政年度不適用下列版本：{names}。", "{start}开始的财政年度不适用下列版本：{names}。",
)
_EDITION_MISSING: Words = (
    "The report names no edition of the exchange's ESG rules.", "報告並無列明交易所環境、社會及管治規則的版本。", "报告并未列明交易所环境、社会及管治规则的版本。",
)
_NAME_EDITION: Words = ("Name {names} under frameworks in data/report.yml.", "在data/report.yml的frameworks寫上{names}。", "在data/report.yml的frameworks写上{names}。")
_INDEX_FULL: Words = ("No row of {title} is missing: {rows} rows, {partly} of them partly disclosed.", "{title}並無欠缺：共{rows}項，其中{partly}項部分披露。", "{title}并无欠缺：共{rows}项，其中{partly}项部分披露。")
_INDEX_MISSING: Words = ("Rows of {title} are missing: {count} of {rows} ({names}).", "{title}欠缺{rows}項中的{count}項（{names}）。", "{title}欠缺{rows}项中的{count}项（{names}）。")
_SEE_INDEX: Words = ("esgreport index --missing says what is wanted and who is to answer.", "esgreport index --missing列出所需內容及負責人。", "esgreport index --missing列出所需内容及负责人。")
_NO_INDEX: Words = ("The report names no framework, so no index can be missing anything.", "報告並無採用任何框架，內容索引無從欠缺。", "报告并未采用任何框架，内容索引无从欠缺。")
_NOTHING_OPEN: Words = ("No finding is open.", "並無未處理的查核結果。", "并无未处理的检查结果。")
_OPEN: Words = ("Findings are open (errors: {errors}, warnings: {warnings}).", "尚有未處理的查核結果：{errors}項錯誤、{warnings}項警告。", "尚有未处理的检查结果：{errors}项错误、{warnings}项警告。")
_SEE_CHECK: Words = (
    "esgreport check lists them: correct each, or accept it in data/accepted.yml with a reason and an owner.",
    "esgreport check逐一列出：更正，或在data/accepted.yml寫明原因及負責人而接納。", "esgreport check逐一列出：更正，或在data/accepted.yml写明原因及负责人而接纳。",
)
_NONE_ACCEPTED: Words = ("No finding was accepted.", "並無獲接納的查核結果。", "并无获接纳的检查结果。")
_ACCEPTED: Words = (
    "Whoever signs knows of what was accepted; reasons and owners stand in the checklist: {count}.", "簽署人知悉獲接納的查核結果，原因及負責人見清單：{count}項。", "签署人知悉获接纳的检查结果，原因及负责人见清单：{count}项。",
)
_READ_ACCEPTED: Words = ("Read them in the checklist.", "閱讀清單所列。", "阅读清单所列。")
_CALLED: Words = ("Figures were called: {count} numbers compared, none unmatched.", "已對數：比對{count}個數字，全部相符。", "已核对数字：比对{count}个数字，全部相符。")
_UNMATCHED: Words = ("Figures were called: {unmatched} of {count} numbers are unmatched.", "已對數：{count}個數字中有{unmatched}個不符。", "已核对数字：{count}个数字中有{unmatched}个不符。")
_SEE_PROOF: Words = ("Look them up in company/proof.html; correct, and build again.", "於company/proof.html查閱，更正後重新製作。", "在company/proof.html查阅，更正后重新构建。")
_SIGNED: Words = ("A proof-reader has read company/proof.html and signed it.", "校對人已閱讀並簽署company/proof.html。", "校对人已阅读并签署company/proof.html。")
_SIGN: Words = ("Print it without its annex, tick what was looked up, sign.", "印出（附錄除外），勾選已覆核之處，簽署。", "打印（附录除外），勾选已复核之处，签署。")
_NO_COPY: Words = ("There is no PDF to file.", "並無可申報的PDF。", "并无可申报的PDF。")
_SMALL: Words = ("No filing copy is larger than {most} MB, a limit of our own: {names}.", "申報檔案均不超過{most} MB（本工具自訂上限）：{names}。", "申报文件均不超过{most} MB（本工具自订上限）：{names}。")
_LARGE: Words = ("Filing copies are larger than {most} MB, a limit of our own: {names}.", "申報檔案超過{most} MB（本工具自訂上限）：{names}。", "申报文件超过{most} MB（本工具自订上限）：{names}。")
_SMALLER: Words = ("Use smaller pictures, or ask the exchange what its system takes.", "使用較小的圖片，或向交易所查詢系統上限。", "使用较小的图片，或向交易所查询系统上限。")
_FACES_IN: Words = ("Every typeface is embedded in the filing copies.", "申報檔案已嵌入所有字型。", "申报文件已嵌入所有字体。")
_FACES_OUT: Words = ("Typefaces are not embedded: {names}.", "未嵌入的字型：{names}。", "未嵌入的字体：{names}。")
_PLAIN: Words = ("The filing copies are open to all, attach nothing and run nothing.", "申報檔案並無加密、附件或可執行內容。", "申报文件并无加密、附件或可执行内容。")
_NOT_PLAIN: Words = ("A filing copy is encrypted, has attachments or runs something: {names}.", "申報檔案有加密、附件或可執行內容：{names}。", "申报文件有加密、附件或可执行内容：{names}。")
_UNREADABLE: Words = ("A filing copy cannot be read as a PDF: {names}.", "申報檔案無法讀作PDF：{names}。", "申报文件无法读作PDF：{names}。")
_CODE_GIVEN: Words = ("The filing copies are named by the stock code, {code}.", "申報檔案以股份代號{code}命名。", "申报文件以股份代号{code}命名。")
_CODE_NOT_NEEDED: Words = ("The report names no class of issuer, so the copies are named without a stock code.", "報告並無發行人類別，檔案名稱不含股份代號。", "报告并无发行人类别，文件名称不含股份代号。")
_CODE_MISSING: Words = ("The filing copies are named without a stock code, because none is given.", "未載明股份代號，申報檔案名稱不含代號。", "未载明股份代号，申报文件名称不含代号。")
_GIVE_CODE: Words = ("Write stock_code under company in data/report.yml, in quotes.", "在data/report.yml的company之下以引號寫上stock_code。", "在data/report.yml的company之下以引号写上stock_code。")
_ADDRESS: Words = ("The address of the website is given: {address}.", "已載明網站地址：{address}。", "已载明网站地址：{address}。")
_NO_ADDRESS: Words = (
    "No address of the website is given, so links between the PDF and the website are left out.", "未載明網站地址，故略去PDF與網站之間的連結。", "未载明网站地址，故略去PDF与网站之间的链接。",
)
_GIVE_ADDRESS: Words = ("Write site_url in data/report.yml, and build again.", "在data/report.yml寫上site_url，重新製作。", "在data/report.yml写上site_url，重新构建。")
_VALIDATED: Words = (
    "A validator of PDF/UA has been run on the filing copies, and somebody has listened to a chapter.",
    "已用PDF/UA驗證工具檢查申報檔案，並有人聽過其中一章。", "已用PDF/UA验证工具检查申报文件，并有人听过其中一章。",
)
_VALIDATE: Words = ("Run veraPDF with its profile PDF/UA-1.", "以veraPDF的PDF/UA-1設定檢查。", "以veraPDF的PDF/UA-1配置检查。")
_SUBMITTED: Words = (
    "Both languages are submitted to the exchange together, and stand on the company's own website at the same time.",
    "中英文版本一併呈交交易所，並同時登載於公司網站。", "中英文版本一并呈交交易所，并同时登载于公司网站。",
)
_SUBMIT: Words = ("See README.txt: exchange/ and web-server/.", "見README.txt：exchange/及web-server/。", "见README.txt：exchange/及web-server/。")
_PRINTER: Words = ("Somebody has looked at the printer's proof, page by page.", "已逐頁審閱印刷商的打樣。", "已逐页审阅印刷商的打样。")
_LOOK_PRINT: Words = ("Ask the printer for a proof before the run.", "付印前向印刷商索取打樣。", "付印前向印刷商索取打样。")
PAGE: Mapping[str, Words] = {
    **{state.value: words for state, words in STATES.items()},
    "title": ("Checklist for handing over", "交付核對清單", "交付核对清单"),
    "accepted": ("Accepted, and why", "獲接納的結果及原因", "获接纳的结果及原因"),
    "copies": ("Filing copies", "申報檔案", "申报文件"),
    "signed": ("Signed", "簽署", "签署"),
    "signature": ("Signature", "簽署", "签署"),
    "day": ("Day", "日期", "日期"),
}
SIGNERS: tuple[Words, ...] = (
    ("Made the list", "清單製作人", "清单制作人"),
    ("Proof-reader", "校對人", "校对人"),
    ("Company secretary", "公司秘書", "公司秘书"),
)
# fmt: on


def page_words() -> dict[str, object]:
    """The headings of the page to sign, and who signs it."""
    return {name: _text(wording) for name, wording in PAGE.items()} | {"signers": [*map(_text, SIGNERS)]}


def _text(words: Words, **values: object) -> Text:
    """Words with their values: days and texts are worded in each language."""

    def worded(value: object, language: str) -> object:
        if isinstance(value, date):
            return worded_date(value, language)
        return worded_in(value, language) if isinstance(value, Text) else value

    return Text.of({
        language: template.format(**{name: worded(value, language) for name, value in values.items()})
        for language, template in zip(_ORDER, words, strict=True)
    })  # fmt: skip


def _after(*texts: Text) -> Text:
    return Text.of({language: "".join(text[language] for text in texts) for language in _ORDER})


def _done(id: str, words: Words, **values: object) -> Line:
    return Line(id, State.DONE, _text(words, **values), _text(_NONE))


def _to_do(id: str, words: Words, do: Words, **values: object) -> Line:
    return Line(id, State.TO_DO, _text(words, **values), _text(do, **values))


def _to_confirm(id: str, words: Words, do: Words) -> Line:
    return Line(id, State.CONFIRM, _text(words), _text(do))


def _joined(names: Sequence[str | Text]) -> Text:
    """Names in a sentence, in each language."""
    return Text.of({
        x: joined([worded_in(name, x) if isinstance(name, Text) else name for name in names], x)
        for x in _ORDER
    })  # fmt: skip


def _names_of(languages: Sequence[str]) -> Text:
    return _joined([Text.of({x: LANGUAGE_NAMES[x][code] for x in _ORDER}) for code in languages])


# ---- lines


def _status(handed: Handed) -> Iterator[Line]:
    if not handed.report.final:
        yield _to_do("draft-mark", _IS_DRAFT, _MAKE_FINAL)
        return
    marks = [words(language)["draft"] for language in LANGUAGES]
    marked = [
        f"{LANGUAGES[language].name} {book.folios[number]}"
        for language, book in handed.books.items()
        if book
        for number, said in enumerate(book.furniture)
        if any(mark in said for mark in marks)
    ]
    if marked:
        yield _to_do("draft-mark", _SAYS_DRAFT, _BUILD_AGAIN, where=listed(marked, ", "))
    else:
        yield _done("draft-mark", _IS_FINAL)


def _board(handed: Handed) -> Iterator[Line]:
    approved, end = handed.report.dates.get("approved"), _period_end(handed)
    if approved is None:
        yield _to_do("approved", _NOT_APPROVED, _GIVE_APPROVED)
    elif approved < end:
        yield _to_do("approved", _APPROVED_EARLY, _CORRECT_DAY, day=approved, end=end)
    elif approved > handed.today:
        yield _to_do("approved", _APPROVED_LATE, _WAIT, day=approved, today=handed.today)
    else:
        yield _done("approved", _APPROVED, day=approved)
    yield _to_confirm("board", _BOARD, _LOOK_MINUTES)


def _dates(handed: Handed) -> Iterator[Line]:
    dates = handed.report.dates
    published, earliest = dates.get("published"), max(_period_end(handed), dates.get("approved", date.min))
    if published is None:
        yield _to_do("published", _NOT_PUBLISHED, _GIVE_PUBLISHED)
    elif published < earliest:
        yield _to_do("published", _PUBLISHED_EARLY, _CORRECT_DAY, day=published, other=earliest)
    else:
        yield _done("published", _PUBLISHED, day=published)


def _deadline(handed: Handed) -> Iterator[Line]:
    company, period = handed.report.company, handed.report.periods[handed.report.period]
    if not handed.is_listed:
        yield _done("deadline", _NO_EXCHANGE)
        return
    if not company.issuer_class:
        yield _to_do("deadline", _NO_CLASS, _GIVE_CLASS)
        return
    limit = limit_for(company.issuer_class, period)
    if limit is None:
        yield _to_confirm("deadline", _NO_RULE, _LOOK_RULE)
        return
    yield _until(limit, handed)
    unsure = _text(_UNSURE) if limit.confidence != "high" else _text(_NONE)
    yield Line("rule", State.CONFIRM, _after(_text(_RULE_HOLDS, rules=limit.rules), unsure), _text(_LOOK_UP))
    if limit.with_annual:
        yield _to_confirm("annual-report", _WITH_ANNUAL, _LOOK_CALENDAR)


def _until(limit: Limit, handed: Handed) -> Line:
    """The last day, beside the day of publication and the day of the list."""
    period, today = handed.report.periods[handed.report.period], handed.today
    due, published = limit.day(period), handed.report.dates.get("published")
    said = _text(_DUE, due=due, months=limit.months, end=period.end, rules=limit.rules)
    left = (due - today).days
    if published and published > due:
        return Line("deadline", State.TO_DO, _after(said, _text(_TOO_LATE, day=published)), _text(_EARLIER_DAY))  # fmt: skip
    if left < 0 and not published:
        return Line("deadline", State.TO_DO, _after(said, _text(_DAYS_OVER, today=today)), _text(_ASK_AT_ONCE))  # fmt: skip
    if left < 0:
        return Line("deadline", State.DONE, _after(said, _text(_WAS_PUBLISHED, day=published)), _text(_NONE))
    words = {0: _LAST_DAY, 1: _ONE_DAY_LEFT}.get(left, _DAYS_LEFT)
    return Line("deadline", State.DONE, _after(said, _text(words, today=today, days=left)), _text(_NONE))


def _languages(handed: Handed) -> Iterator[Line]:
    languages = handed.report.languages
    lacking = [
        (language, what)
        for language in languages
        for what, there in ((_WEBSITE, handed.finished.languages), (_PDF, handed.books))
        if language not in there
    ]
    chinese = any(x.startswith("zh") for x in languages)
    if lacking:
        names = _joined([_text(what, name=_names_of([language])) for language, what in lacking])
        yield _to_do("languages", _LACKS_LANGUAGE, _BUILD_ALL, names=names)
    elif handed.is_listed and not ("en" in languages and chinese):
        yield _to_do("languages", _BOTH_WANTED, _ADD_LANGUAGE, names=_names_of(languages))
    else:
        yield _done("languages", _ALL_LANGUAGES, names=_names_of(languages))
    if len(languages) == 1:
        yield _done("structure", _ONE_LANGUAGE)
    elif len(handed.finished.languages) == len(languages):
        unlike = _unlike_pages(handed.finished)
        if unlike:
            yield _to_do("structure", _STRUCTURE_DIFFERS, _SEE_IDS, names=listed(unlike, ", "))
        else:
            yield _done("structure", _SAME_STRUCTURE)


def _unlike_pages(finished: Finished) -> list[str]:
    """The pages whose sections are not the same, in the same order, in every language."""
    first, *others = finished.languages
    names = dict.fromkeys(name for language in finished.languages for name in finished.pages(language))

    def sections(language: str, page: str) -> list[str] | None:
        if page not in finished.pages(language):
            return None
        return [p.section for p in finished.passages(language, page) if p.kind == "heading"]

    return [name for name in names if any(sections(x, name) != sections(first, name) for x in others)]


def _framework(handed: Handed) -> Iterator[Line]:
    period = handed.report.periods[handed.report.period]
    exchange = {path.stem for path in PACKAGE_FRAMEWORKS.glob("hkex-*.yml")}
    named = [id for id in handed.report.frameworks if id in exchange]
    fitting = [
        id
        for id in sorted(exchange)
        if (framework := package_framework(id, handed.report.company.issuer_class, period.start)[0])
        and framework.applies_from <= period.start < framework.applies_before
    ]
    wrong = [id for id in named if id not in fitting]
    if wrong:
        said = _text(_EDITION_WRONG, start=period.start, names=_joined(wrong))
        yield Line("edition", State.TO_DO, said, _text(_NAME_EDITION, names=_joined(fitting)))
    elif named:
        titles = _joined([handed.edition.frameworks[id].title for id in named])
        yield _done("edition", _EDITION_FITS, start=period.start, names=titles)
    elif handed.is_listed and fitting:
        yield _to_do("edition", _EDITION_MISSING, _NAME_EDITION, names=_joined(fitting))
    else:
        yield _done("edition", _NO_EDITION)


def _index(handed: Handed) -> Iterator[Line]:
    if not handed.edition.rows:
        yield _done("index", _NO_INDEX)
    for id, rows in handed.edition.rows.items():
        title = handed.edition.frameworks[id].title
        missing = [row.requirement.id for row in rows if row.status == "missing"]
        if missing:
            names = listed(missing, ", ")
            yield _to_do("index", _INDEX_MISSING, _SEE_INDEX, title=title, count=len(missing), rows=len(rows), names=names)  # fmt: skip
        else:
            partly = sum(row.status == "partly-disclosed" for row in rows)
            yield _done("index", _INDEX_FULL, title=title, rows=len(rows), partly=partly)


def _findings(handed: Handed) -> Iterator[Line]:
    errors, warnings = (
        sum(finding.severity == severity for finding in handed.findings)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    if errors or warnings:
        yield _to_do("findings", _OPEN, _SEE_CHECK, errors=errors, warnings=warnings)
    else:
        yield _done("findings", _NOTHING_OPEN)
    if handed.accepted:
        said = _text(_ACCEPTED, count=len(handed.accepted))
        yield Line("accepted", State.CONFIRM, said, _text(_READ_ACCEPTED))
    else:
        yield _done("accepted", _NONE_ACCEPTED)


def _called(handed: Handed) -> Iterator[Line]:
    count, unmatched = len(handed.proof.rows), len(handed.proof.of(Result.UNMATCHED))
    if unmatched:
        yield _to_do("called", _UNMATCHED, _SEE_PROOF, count=f"{count:,}", unmatched=f"{unmatched:,}")
    else:
        yield _done("called", _CALLED, count=f"{count:,}")
    yield _to_confirm("proof-signed", _SIGNED, _SIGN)


def _copies(handed: Handed) -> Iterator[Line]:
    company = handed.report.company
    if company.stock_code:
        yield _done("stock-code", _CODE_GIVEN, code=company.stock_code)
    elif handed.is_listed:
        yield _to_do("stock-code", _CODE_MISSING, _GIVE_CODE)
    else:
        yield _done("stock-code", _CODE_NOT_NEEDED)
    if not handed.copies:
        yield _to_do("copies", _NO_COPY, _BUILD_ALL)
        return
    most, large = MOST_BYTES // 1_000_000, [copy for copy in handed.copies if copy.size > MOST_BYTES]
    if large:
        yield _to_do("size", _LARGE, _SMALLER, most=most, names=_sizes(large))
    else:
        yield _done("size", _SMALL, most=most, names=_sizes(handed.copies))
    read = [(copy.name, copy.carried) for copy in handed.copies if copy.carried]
    if unread := [copy.name for copy in handed.copies if copy.carried is None]:
        yield _to_do("copies", _UNREADABLE, _BUILD_AGAIN, names=_joined(unread))
    outside = [f"{name}: {', '.join(carried.faces_outside)}" for name, carried in read if carried.faces_outside]  # fmt: skip
    if outside:
        yield _to_do("faces", _FACES_OUT, _BUILD_AGAIN, names=_joined(outside))
    else:
        yield _done("faces", _FACES_IN)
    odd = [n for n, carried in read if carried.encrypted or carried.attachments or carried.actions]
    if odd:
        yield _to_do("plain", _NOT_PLAIN, _BUILD_AGAIN, names=_joined(odd))
    else:
        yield _done("plain", _PLAIN)


def _sizes(copies: Sequence[Copy]) -> Text:
    """Names with sizes, rounded up so that none looks smaller than it is."""
    tenths = [(copy.name, -(-copy.size // 100_000)) for copy in copies]
    return _joined([f"{name} ({size // 10}.{size % 10} MB)" for name, size in tenths])


def _address(handed: Handed) -> Iterator[Line]:
    address = handed.report.site_url
    if address:
        yield _done("site-url", _ADDRESS, address=address)
    else:
        yield _to_do("site-url", _NO_ADDRESS, _GIVE_ADDRESS)


def _people(handed: Handed) -> Iterator[Line]:
    yield _to_confirm("validated", _VALIDATED, _VALIDATE)
    if handed.for_printer:
        yield _to_confirm("printer", _PRINTER, _LOOK_PRINT)
    if handed.is_listed:
        yield _to_confirm("submitted", _SUBMITTED, _SUBMIT)


def _period_end(handed: Handed) -> date:
    return handed.report.periods[handed.report.period].end


# ---- as text


def lines_of(made: Checklist, languages: Sequence[str]) -> Iterator[str]:
    """The list as plain text, each line in every language; what is to do stands first."""
    yield from (made.verdict[language] for language in languages)
    for state in (State.TO_DO, State.CONFIRM, State.DONE):
        for line in made.of(state):
            yield ""
            for language in languages:
                mark = STATES[state][_ORDER.index(language)]
                box = "[x]" if state == State.DONE else "[ ]"
                yield f"{box} {mark}: {line.said[language]}"
                if line.do[language]:
                    yield f"    {line.do[language]}"
    for finding, entry in made.accepted:
        yield ""
        yield f"{finding.code}  {finding.place}"
        yield f"    {finding.message}"
        yield f"    {entry.reason} ({entry.owner})"
