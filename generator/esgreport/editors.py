"""What editors know of the data files: JSON Schemas with descriptions in English and Chinese.

A schema helps while somebody types; `check` decides. So a schema knows keys, choices and shapes, and nothing of what
stands in other files. What can be chosen comes from where the readers have it; that the keys are those that the
readers know is held by tests/test_editors.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from esgreport.codes import CODES
from esgreport.diagnostics import Severity
from esgreport.framework import LEVELS, PACKAGE_FRAMEWORKS
from esgreport.framework.reader import BREAKDOWNS, CONFIDENCES, KINDS, QUANTITIES, SETTLED_LATER, TYPES
from esgreport.languages import LANGUAGES
from esgreport.load.aspects import RESPONSES
from esgreport.model import (
    FIELD_KINDS,
    FURTHER_EDITIONS,
    ICONS,
    IDENTIFIER,
    ISSUER_CLASSES,
    PERIOD_IDENTIFIER,
    QUALIFIERS,
    SCHEMA,
    TONES,
    Status,
)
from esgreport.units import UNITS

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"  # what editors read


def _any(*shapes: Schema) -> Schema:
    return {"anyOf": list(shapes)}


def _list(shape: Schema) -> Schema:
    return {"type": "array", "items": shape}


def _choice(options: Iterable[object]) -> Schema:
    return {"enum": [str(option) for option in options]}


def _ids(shape: Schema, pattern: str = "") -> Schema:
    """Ids of the author's own, each with something of one shape; with nothing, it is still to come."""
    names = {"pattern": pattern or f"^{IDENTIFIER.pattern[:-2]}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": _any(shape, NOTHING)}


def _keys(keys: Mapping[str, Schema], *needed: str) -> Schema:
    """Keys with values, and no others."""
    found: Schema = {"type": "object", "properties": dict(keys), "additionalProperties": False}
    return {**found, "required": list(needed)} if needed else found


def _key(shape: Schema, english: str, chinese: str, *examples: object) -> Schema:
    """A key as an editor explains it."""
    told: Schema = {**shape, "description": f"{english}\n\n{chinese}"}
    return {**told, "examples": list(examples)} if examples else told


NOTHING: Schema = {"type": "null"}
TEXT: Schema = {"type": ["string", "number"]}  # 00700 and 2025 are texts, too
TEXTS = _any(TEXT, _list(TEXT))
YES: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
NUMBER = _any(
    {"type": "number"}, {"type": "string", "pattern": "^[-−]?\\d[\\d ,\u00a0\u2009\u202f]*(\\.\\d+)?$"}
)
LIKE_2025 = f"^{PERIOD_IDENTIFIER.pattern[:-2]}$"
ANYTHING = r"^\S.*$"
IN_LANGUAGES: Schema = {**_keys(dict.fromkeys(LANGUAGES, TEXT)), "minProperties": 1}
WORDING = _any(TEXT, IN_LANGUAGES)
UNIT = _any(_choice(UNITS), TEXT)

# fmt: off
_NAME = _key(WORDING, "The name, in each language of the report.", "名稱，以報告的每種語文寫出。", {"en": "Water", "zh-Hant": "水"})
_SOURCE = _key(TEXT, "Where the values come from; never printed in the report.", "數據來源；不會印在報告上。", "Utility invoices")
_OWNER = _key(TEXT, "Who is responsible; never published.", "負責人；不會公開。", "Works engineer")
_EVIDENCE = _key(TEXT, "Where the proof lies; never published.", "憑證存放處；不會公開。")
_NOTE = _key(WORDING, "Printed under tables.", "印在表格下的附註。", {"en": "Both works.", "zh-Hant": "兩間廠房。"})
_METHOD = _key(WORDING, "How it was measured; printed under tables.", "計量方法；印在表格下。")
_BOUNDARY = _key(WORDING, "What is covered; printed under tables.", "涵蓋範圍；印在表格下。")
_REMARK = _key(WORDING, "Printed beside the figures, in the column remark.", "印在數據旁的「備註」欄。")
_ANSWERS = _key(TEXTS, "The requirements that it answers. `esgreport index` lists them.", "所回應的規定；以 esgreport index 列出。", ["A2.2"], ["A2.1:energy-total"])
_DECIMALS = _key({**WHOLE, "maximum": 9}, "Decimals, where a choice is left.", "小數位數（可選擇時）。", 1)
_FROM = _key(TEXT, "The first period in which it exists.", "由哪一期間起存在。", "fy2026")
_UNTIL = _key(TEXT, "The last period in which it exists.", "存在至哪一期間。", "fy2025")

_WORD = _choice(("nil", "not_applicable", "not_available"))
_SAID_OF_A_VALUE = {
    "value": _key(_any(NUMBER, _WORD), "The number, or nil, not_applicable, not_available.", "數字，或nil（無）、not_applicable（不適用）、not_available（未能取得）。", "1 284 300", "nil"),
    "limit": _key(NUMBER, "Below this number: what the instrument can show.", "低於此數（儀器的檢測下限）。", 0.5),
    "range": _key(_list(NUMBER), "Lower and upper end.", "下限及上限。", [3, 5]),
    "qualifier": _key(_choice(QUALIFIERS), "A word before the number.", "數字前的用詞（約、逾、近……）。"),
    "status": _key(_choice(Status), "How the value was come by.", "數據性質：呈報、估算或重列。"),
    "restated_from": _key(NUMBER, "The number that was published before; needs a reason.", "先前公布的數字；須寫明原因。", "8 455"),
    "reason": _key(WORDING, "Why it was restated.", "重列原因。"),
    "at": _key(DAY, "The day of a count, if it is not the last of the period.", "點算日期（如非期末）。", "2026-03-31"),
    "note": _NOTE, "method": _METHOD, "boundary": _BOUNDARY, "remark": _REMARK,
    "reason_for_change": _key(WORDING, "Why it differs so much from the year before; printed.", "與上年度差異甚大的原因；會印出。"),
    "source": _SOURCE, "owner": _OWNER, "evidence": _EVIDENCE,
}
VALUE = _any(NUMBER, _WORD, _keys(_SAID_OF_A_VALUE))
_BY_PERIOD = _ids(VALUE, LIKE_2025)

METRIC = _keys({
    "name": _NAME,
    "unit": _key(UNIT, "The unit of the values as typed; two with a slash for a rate.", "填寫數值所用的單位；比率以斜線分隔兩個單位。", "kWh", "tCO2e", "m3", "kWh/t"),
    "answers": _ANSWERS,
    "per": _key(_any(TEXT, _list(_any(TEXT, _keys({
        "metric": _key(TEXT, "What it is divided by.", "除以哪項指標。", "revenue"),
        "unit": _key(UNIT, "The unit of the quotient.", "密度的單位。", "tCO2e/HKD million"),
        "decimals": _DECIMALS,
    }, "metric")))), "Intensities: the metrics that it is divided by.", "密度：以哪些指標為分母。", ["revenue"]),
    "values": _key(_BY_PERIOD, "Values of the whole, by period. Left empty, a value is missing, never zero.", "整體數值，按期間填寫；留空即有待補上，不等於零。", {"2025": "1 284 300"}),
    "breakdown": _key(_any(TEXTS, _ids(_ids(_ids(VALUE), LIKE_2025))), "Values by dimension, period and member; with a formula, a list of dimensions.", "按維度、期間、成員填寫的數值；有公式時為維度的清單。", {"gender": {"2025": {"male": 61, "female": 35}}}),
    "formula": _key(_any(TEXT, _ids(_ids(TEXT))), "How it is worked out from others; or by dimension and member.", "計算公式；或按維度及成員列出。", "diesel * factor(\"calorific_diesel\")"),
    "decimals": _DECIMALS,
    "source": _SOURCE, "owner": _OWNER, "evidence": _EVIDENCE,
    "note": _NOTE, "method": _METHOD, "boundary": _BOUNDARY, "remark": _REMARK,
    "part_of": _key(TEXT, "A metric that this one can never exceed.", "不可能超過的另一項指標。", "workforce"),
    "plausible": _key(_list(NUMBER), "The least and the most that a value may be; one beyond is a warning.", "合理的最小值及最大值；超出時提示。", [50, 5000]),
}, "name", "unit")

TARGET = _keys({
    "name": _NAME,
    "metric": _key(TEXT, "What is measured.", "所量度的指標。", "electricity"),
    "per": _key(TEXT, "Divided by this metric: a target of an intensity.", "密度目標的分母。", "production"),
    "members": _key(_ids(TEXT), "Only this part of it.", "只計這部分。", {"plant": "tuen_mun"}),
    "base": _key(TEXT, "The period it starts from.", "基準期間。", "2024"),
    "base_value": _key(NUMBER, "The figure of that period, where the metric has none.", "基準期間的數字（指標沒有時）。"),
    "to": _key(TEXT, "The last period; define it in report.yml.", "目標期間；須在report.yml列出。", "2030"),
    "change": _key(NUMBER, "What is wanted, in per cent of the base: -15 is 15% less.", "相對基準的百分比：-15即減少15%。", -15),
    "level": _key(NUMBER, "What is wanted, in the metric's unit.", "目標數值，以指標的單位計。"),
    "at_most": _key(NUMBER, "A bound that is not to be exceeded.", "不可超過的上限。"),
    "at_least": _key(NUMBER, "A bound that is always to be reached.", "必須達到的下限。"),
    "path": _key(_ids(NUMBER, LIKE_2025), "What is wanted in years between.", "中間年度的目標。", {"2028": -8}),
    "answers": _ANSWERS, "decimals": _DECIMALS, "note": _NOTE, "owner": _OWNER,
}, "name", "metric", "to")

RESPONSE = _keys({
    "status": _key(_choice(RESPONSES), "Why the report does not disclose what is asked.", "未作披露的性質。"),
    "reason": _key(WORDING, "The reason; printed in the index.", "原因；印在內容索引。"),
    "relief": _key(TEXT, "Which relief of the rules is used.", "採用哪項寬免。", "reasonable-information"),
}, "status", "reason")

ASPECT = _keys({
    "aspect": _key(TEXT, "A code or name of your own for this group of figures.", "這組數據的代號，自行決定。", "A2"),
    "name": _NAME,
    "metrics": _key(_ids(METRIC), "The metrics by id.", "各項指標，以代號列出。"),
    "targets": _key(_ids(TARGET), "What is to be reached, of which metric, by when.", "目標：指標、幅度及期限。"),
    "responses": _key(_ids(RESPONSE, ANYTHING), "Requirements that are not disclosed, and why.", "未作披露的規定及原因。"),
}, "aspect")

PERIOD = _keys({
    "from": _key(DAY, "First day.", "首日。", "2025-04-01"),
    "to": _key(DAY, "Last day.", "最後一日。", "2026-03-31"),
    "label": _key(WORDING, "What stands over a column.", "欄標題。", {"en": "2025/26", "zh-Hant": "2025/26年度"}),
}, "from", "to")

REPORT = _keys({
    "schema": _key({"type": "integer", "minimum": 1}, "The version of these files; esgreport migrate brings older ones to the present.", "檔案版本；以esgreport migrate更新舊版。", SCHEMA),
    "status": _key(_choice(("draft", "final")), "A draft is written with open errors and marked; a final report is not written while an error is open.", "draft：可帶着錯誤製作並標示為草稿；final：有錯誤便不會製作。"),
    "slug": _key({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}, "The name of the PDF files.", "PDF檔案的名稱。", "harbour-ropes-esg-2025"),
    "title": _key(WORDING, "The report's title.", "報告標題。"),
    "tagline": _key(WORDING, "A line on the cover.", "封面標語。"),
    "company": _key(_keys({
        "name": _key(WORDING, "The full name.", "公司全名。"),
        "short_name": _key(WORDING, "The name in headers.", "頁眉所用的簡稱。"),
        "incorporation": _key(WORDING, "The line under the name, brackets included.", "名稱下的註冊地說明，連括號。"),
        "stock_code": _key(TEXT, "The stock code; zeros stay.", "股份代號。", "00700"),
        "issuer_class": _key(_choice(ISSUER_CLASSES), "Decides which requirements are mandatory.", "發行人類別；決定哪些規定屬強制披露。"),
        "contact": _key(TEXT, "An e-mail address, or the id of an entry of a register.", "電郵地址，或名冊條目的代號。", "esg@example.com"),
    }, "name"), "Who reports.", "匯報公司。"),
    "languages": _key(_any(_choice(LANGUAGES), _list(_choice(LANGUAGES))), "The languages; the first is the one that others are compared with.", "語文；其他語文與第一種比對。", ["en", "zh-Hant"]),
    "prevailing_language": _key(_choice(LANGUAGES), "Which version prevails.", "以哪種語文的版本為準。"),
    "period": _key(TEXT, "The period that is reported.", "匯報期間。", "2025"),
    "comparatives": _key(TEXTS, "Earlier periods, the latest first.", "作比較的期間，由近至遠。", ["2024"]),
    "periods": _key(_ids(PERIOD, LIKE_2025), "All periods that have values or targets.", "所有有數據或目標的期間。"),
    "frameworks": _key(TEXTS, "What the report answers.", "所採用的框架。", sorted(path.stem for path in PACKAGE_FRAMEWORKS.glob("*.yml"))),
    "claims": _key(_ids(TEXT, ANYTHING), "How a framework is used.", "如何使用框架。", {"gri-2021": "with-reference"}),
    "unmapped": _key(TEXTS, "Requirements that no mapping may answer.", "不以對照回應的規定。"),
    "dates": _key(_keys({
        "approved": _key(DAY, "By the board; printed.", "董事會批准日期；會印出。"),
        "published": _key(DAY, "Of publication.", "刊發日期。"),
    }), "Approval and publication.", "批准及刊發日期。"),
    "date_style": _key(_ids(_choice(("digits", "han")), ANYTHING), "How years and days are written in Chinese.", "中文年份及日期的寫法。", {"zh-Hant": "han"}),
    "units": _key(_ids(_choice(("names", "symbols")), ANYTHING), "How tables name units.", "表格內單位的寫法。", {"en": "symbols"}),
    "laws": _key(_ids(_choice(("name", "both")), ANYTHING), "How laws are named.", "法例名稱的寫法。", {"en": "both"}),
    "decimals": _key(_keys({key: {**WHOLE, "maximum": 6} for key in ("change", "share", "per", "progress")}), "Decimals of computed figures.", "計算所得數字的小數位數。", {"change": 1}),
    "parts": _key(_list(_keys({
        "title": _key(WORDING, "The part's title.", "部分的標題。"),
        "lead": _key(WORDING, "One line on what the part tells.", "一句簡介。"),
        "tone": _key(_choice(TONES), "The colours of its opening pages.", "篇章頁的色調。"),
        "pages": _key(TEXTS, "The pages in order: `a2` is content/LANGUAGE/a2.md.", "頁面次序：a2即content/語文/a2.md。", ["a1", "a2"]),
    }, "pages")), "Parts of the report with their pages.", "報告各部分及其頁面。"),
    "brand": _key(_keys({
        "ridge": _key(_keys({"metric": TEXT, "dimension": TEXT}, "metric", "dimension"), "Draws the cover from a metric's months.", "以某指標的每月數據繪畫封面。"),
        "cover": _key(TEXT, "A picture of pictures.yml in its place.", "封面圖片（pictures.yml的代號）。"),
        "faces": _key(_keys({"display": TEXTS, "text": TEXTS}), "Typefaces of your own.", "公司自己的字型。"),
    }), "Cover and typefaces.", "封面及字型。"),
    "print": _key(_keys({
        "trim": _key(_any(_choice(("A4",)), _list(NUMBER)), "The size of the pages, in mm.", "頁面尺寸（毫米）。", "A4", [210, 285]),
        "first_folio": _key(WHOLE, "The page number of the first page.", "首頁頁碼。", 1),
        "cover": _key(YES, "Whether it has covers.", "是否有封面及封底。"),
        "inside_cover": _key(YES, "A page with the particulars of the report.", "是否有報告資料頁。"),
        "boundary": _key(TEXTS, "The entries named as the reporting boundary.", "列為匯報範圍的條目。"),
        "marks": _key(_choice(("crop", "none")), "What the printer's edition has outside the bleed.", "付印版出血位外的標記。"),
        "multiple_of": _key({**WHOLE, "maximum": 32}, "Its pages are a multiple of this.", "付印版的頁數為此數的倍數。", 4),
        "profile": _key(TEXT, "The ICC profile of the printer's press.", "印刷廠的ICC色彩描述檔。", "assets/press.icc"),
    }), "How the book is made.", "印刷版的製作方式。"),
    "editions": _key(_list(_choice(FURTHER_EDITIONS)), "What a build makes besides website, PDF and data.", "除網站、PDF及數據外另行製作的版本。", ["print"]),
    "severities": _key(_ids(_choice(Severity), ANYTHING), "What a warning weighs in this report, by code.", "各類警告在本報告的輕重。", {"unexplained-jump": "error"}),
    "site_url": _key({"type": "string", "pattern": "^https?://"}, "The address of the folder that will hold the site.", "網站的網址。", "https://esg.example.com/2025"),
}, "slug", "title", "company", "languages", "period", "periods", "parts")

DIMENSIONS = _ids(_keys({
    "name": _NAME,
    "members": _key(_ids(_any(WORDING, _keys({"name": _NAME, "from": _FROM, "until": _UNTIL}, "name"))), "Ids with their names, in the order of the tables.", "成員代號及名稱，按表格次序。", {"male": {"en": "Male", "zh-Hant": "男性"}}),
    "register": _key(TEXT, "Take the members from this register instead.", "改由名冊取得成員。", "plants"),
    "partition": _key(YES, "Whether the members add up to the whole.", "成員相加是否等於整體。"),
    "stands_for": _key(TEXT, "The breakdown of a framework that this dimension is.", "相當於框架的哪項劃分。", *BREAKDOWNS),
}, "name"))

REGISTER = _ids(_any(WORDING, _keys({
    "name": _NAME, "from": _FROM, "until": _UNTIL,
    "entity": _key(TEXT, "Who owns or runs it; printed nowhere.", "擁有人或營運者；不會印出。"),
    "note": _key(TEXT, "What you want to remember; printed nowhere.", "備忘；不會印出。"),
    "short_name": _key(WORDING, "What it is called after it was first named.", "首次提及後的簡稱。"),
    "means": _key(WORDING, "What a term stands for.", "詞語的釋義。"),
    "title": _key(WORDING, "What a person is.", "職銜。"),
    "phone": _key(TEXT, "Telephone.", "電話。", "+852 0000 0000"),
    "email": _key(TEXT, "E-mail address.", "電郵地址。"),
    "website": _key({"type": "string", "pattern": "^https?://"}, "Website.", "網址。"),
    "address": _key(WORDING, "Where it is found.", "地址。"),
    "hours": _key(WORDING, "When.", "辦公時間。"),
}, "name")))

UNITS_OF_ONES_OWN = _ids(_keys({
    "name": _NAME,
    "singular": _key(_keys({"en": TEXT}), "The English name for 1.", "英文單數。", {"en": "drum"}),
    "symbol": _key(TEXT, "The symbol, the same in every language.", "符號。"),
    "equals": _key(TEXT, "Its exact size, in a unit that is known.", "以已知單位表示的大小。", "200 L"),
    "source": _key(TEXT, "Where that size is laid down.", "大小的依據。"),
    "of": _key(_choice(("count",)), "What it counts as.", "屬於哪種量。"),
}, "name"), "^[A-Za-z][A-Za-z0-9_]*$")

_FACTOR_VALUE = _any(NUMBER, _keys({"value": NUMBER, "source": WORDING, "year": TEXT}, "value"))
FACTORS = _ids(_keys({
    "name": _NAME,
    "value": _key(_FACTOR_VALUE, "The factor, exact as published.", "因子，與公布的完全相同。", 0.6),
    "values": _key(_ids(_FACTOR_VALUE, LIKE_2025), "The factor by period.", "按期間的因子。"),
    "breakdown": _key(_ids(_ids(_any(_FACTOR_VALUE, _ids(_FACTOR_VALUE, LIKE_2025)))), "The factor by member of one dimension.", "按維度成員的因子。"),
    "unit": _key(UNIT, "Its unit, mostly with a slash.", "單位，通常有斜線。", "kgCO2e/kWh"),
    "source": _key(WORDING, "Who published it, where.", "公布者及出處。"),
    "year": _key(TEXT, "The year it is for.", "適用年份。", "2025"),
    "gas": _key(TEXT, "The gas that it counts.", "所計氣體。", "CO2e"),
    "gwp": _key(TEXT, "The set of global warming potentials.", "全球暖化潛勢的版本。", "AR6"),
}, "unit", "source"))

TOPIC = _keys({
    "name": _NAME,
    "fields": _key(_ids(_any(WORDING, _keys({
        "name": _NAME,
        "kind": _key(_choice(FIELD_KINDS), "What stands in the field.", "欄位內容的種類。"),
        "options": _key(_ids(WORDING), "What can be chosen.", "可選項目。"),
        "columns": _key(TEXTS, "Of a target: the columns that it stands in.", "目標所佔的欄。"),
        "within": _key(_choice(("period",)), "A date must lie in the report's period.", "日期須在匯報期內。"),
    }))), "What is told of each entry.", "每個條目的欄位。"),
    "entries": _key(_ids({
        "type": "object",
        "properties": {
            "name": _NAME,
            "icon": _key(_choice(ICONS), "A small drawing before its name.", "名稱前的小圖。"),
            "below": _key(TEXT, "What it is subordinate to.", "隸屬於哪個條目。"),
            "rows": _key(_list({"type": "object"}), "Several rows under its one name.", "同一名稱下的多行。"),
        },
    }), "The things themselves.", "各個條目。"),
}, "name", "entries")

PICTURES = _ids(_keys({
    "file": _key({"type": "string", "pattern": "^assets/"}, "The picture below content.", "content之下的圖片。", "assets/yard.jpg"),
    "alt": _key(WORDING, "What it shows, for readers who cannot see it.", "圖片內容，供看不見的讀者。"),
    "caption": _key(WORDING, "What stands under it.", "圖片說明。"),
    "credit": _key(WORDING, "Whose it is.", "版權或攝影者。"),
    "generated": _key(YES, "A program made it; readers are told.", "由程式生成；會告知讀者。"),
}, "file", "alt"))

_WORDS_BY_LANGUAGE = _keys(dict.fromkeys(LANGUAGES, TEXTS))
GLOSSARY = _ids(_keys({
    "term": _key(WORDING, "The report's own word.", "報告所用的詞。"),
    "forms": _key(_WORDS_BY_LANGUAGE, "Other words that pages may use for it.", "頁面也可使用的詞。"),
    "also": _key(_WORDS_BY_LANGUAGE, "Other words by which readers look for it.", "讀者可能搜尋的其他詞。"),
    "avoid": _key(_WORDS_BY_LANGUAGE, "Words that pages should not use for it.", "頁面不應使用的詞。"),
}, "term"))

ACCEPTED = _list(_keys({
    "code": _key(_choice(CODES), "The code in the finding's brackets.", "方括號內的代碼。"),
    "file": _key(TEXT, "The file that the finding names.", "所指的檔案。", "data/report.yml"),
    "quote": _key(TEXT, "A part of the message, to mean one finding only.", "訊息的一部分，以指定其中一項。"),
    "reason": _key(TEXT, "Why it is accepted.", "接受的原因。"),
    "owner": _key(TEXT, "Who decided.", "決定者。"),
}, "code", "file", "reason", "owner"))

_CONFIDENCE = _key(_choice(CONFIDENCES), "How sure the list is.", "清單有多確定。")
_MEASURE = _keys({
    "key": _key(TEXT, "What tags name after the colon.", "標籤冒號後的名稱。"),
    "label": _key(WORDING, "The figure that is asked for.", "所要求的數字。"),
    "unit": _key(_any(_choice(QUANTITIES), UNIT), "Its quantity.", "量的種類。"),
    "breakdown": _key(TEXTS, "The dimensions by which it is divided.", "劃分方式。", [name.replace("_", "-") for name in BREAKDOWNS]),
    "breakdown_rule": _key(_choice(("required", "where-applicable")), "Whether it has to be.", "是否必須劃分。"),
    "intensity": _key(_choice(("expected", "where-appropriate", "optional")), "Whether an intensity is asked for.", "是否要求密度。"),
    "periods": _key(WHOLE, "How many years each need a value.", "需要多少年的數據。"),
    "optional": _key(YES, "Whether it may be left out.", "可否省略。"),
    "sum_of": _key(TEXTS, "The measures that it adds up.", "由哪些項目相加。"),
    "gross": _key(YES, "Whether nothing may be taken away from it.", "是否不可扣減。"),
    "energy": _key(TEXTS, "The measure of the energy that these emissions come from.", "排放所來自的能源項目。"),
    "confidence": _CONFIDENCE,
}, "key", "label", "unit")
FRAMEWORK = _keys({
    "id": _key(TEXT, "The name of the file without .yml.", "不連.yml的檔案名稱。"),
    "title": _key(WORDING, "The framework's title.", "框架名稱。"),
    "supersedes": _key(TEXT, "The edition before.", "取代哪個版本。"),
    "superseded_by": _key(TEXT, "The edition after.", "被哪個版本取代。"),
    "applies_from": _key(DAY, "For years that begin on this day or later.", "適用於該日或之後開始的年度。"),
    "applies_before": _key(DAY, "For years that begin before this day.", "適用於該日之前開始的年度。"),
    "claims": _key(_ids(WORDING, ANYTHING), "Ways to use it, with statements.", "使用方式及聲明。"),
    "reliefs": _key(_ids(_keys({"label": WORDING, "confidence": _CONFIDENCE}, "label"), ANYTHING), "Grounds on which an answer may be left out.", "寬免。"),
    "phase_in": _key(_ids(_ids(_any(TEXT, _ids(TEXT, ANYTHING)), ANYTHING), ANYTHING), "Levels by issuer class or claim.", "按發行人類別或聲明的披露責任。"),
    "requirements": _key(_list(_keys({
        "id": _key(TEXT, "What tags name.", "標籤所用的名稱。"),
        "parent": _key(TEXT, "The requirement that it belongs to.", "所屬的規定。"),
        "code": _key(WORDING, "What is printed.", "印出的編號。"),
        "type": _key(_choice(TYPES), "What it is.", "類型。"),
        "kind": _key(_choice(KINDS), "What answers it.", "以甚麼回應。"),
        "level": _key(_choice((*LEVELS, *SETTLED_LATER)), "The obligation.", "披露責任。"),
        "phase_in": _key(TEXT, "Which phase settles the level.", "由哪個階段決定。"),
        "index_row": _key(YES, "Whether it is a row of the index.", "是否索引的一行。"),
        "negative_statement": _key(YES, "Whether “there was none” is an answer.", "可否以「並無」回應。"),
        "reliefs": _key(TEXTS, "The reliefs that it knows.", "可用的寬免。"),
        "label": _key(WORDING, "What is asked for, printed.", "規定內容；會印出。"),
        "measures": _key(_list(_MEASURE), "The figures that it asks for.", "所要求的數字。"),
        "confidence": _CONFIDENCE,
    }, "id", "kind", "level", "label")), "The requirements in order.", "各項規定，按次序。"),
    "maps": _key(_list(_keys({"framework": TEXT, "source": TEXT, "requirements": _ids(TEXTS, ANYTHING)}, "framework", "source", "requirements")), "Requirements that answers of another framework answer.", "與其他框架的對照。"),
}, "id", "title", "requirements")
LABELS = _ids(WORDING, ANYTHING)
# fmt: on

# The schemas by their names, and the files of a project that each is for; `!` leaves some out.
SCHEMAS: Mapping[str, tuple[Schema, tuple[str, ...]]] = {
    "report": (REPORT, ("data/report.yml",)),
    "aspect": (ASPECT, ("data/aspects/*.yml",)),
    "dimensions": (DIMENSIONS, ("data/dimensions.yml",)),
    "units": (UNITS_OF_ONES_OWN, ("data/registers/units.yml",)),
    "register": (REGISTER, ("data/registers/*.yml", "!data/registers/units.yml")),
    "factors": (FACTORS, ("data/factors.yml",)),
    "topic": (TOPIC, ("data/topics/*.yml",)),
    "pictures": (PICTURES, ("data/pictures.yml",)),
    "glossary": (GLOSSARY, ("data/glossary.yml",)),
    "accepted": (ACCEPTED, ("data/accepted.yml",)),
    "labels": (LABELS, ("data/frameworks/*.labels.yml",)),
    "framework": (FRAMEWORK, ("data/frameworks/*.yml", "!data/frameworks/*.labels.yml")),
}
FOLDER = ".vscode/schemas"


def schema_files() -> dict[str, str]:
    """The schemas as files, by name."""
    return {
        f"{name}.schema.json": json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=1) + "\n"
        for name, (schema, _) in SCHEMAS.items()
    }


def settings() -> str:
    """The settings of Visual Studio Code for a project: which schema is for which files; spaces, never tabs."""
    of_files = {f"./{FOLDER}/{name}.schema.json": list(files) for name, (_, files) in SCHEMAS.items()}
    chosen = {
        "yaml.schemas": of_files,
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "editor.detectIndentation": False,
        "files.encoding": "utf8",
        "[markdown]": {"editor.wordWrap": "on", "editor.quickSuggestions": {"other": True}},
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }
    return json.dumps(chosen, indent=2) + "\n"
