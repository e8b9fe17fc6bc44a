"""The report as words: the same figures in every language, worded once, ready for a template."""

from __future__ import annotations

import re

import pytest
from conftest import TINY
from esgreport.model import QUALIFIERS, Kind, Status
from esgreport.printed import reference_findings
from esgreport.render import addressed
from esgreport.views import FigureView, HeadingView, IndexView, ProseView, TableView, texts
from esgreport.writer import report_view
from reports import aspect, edition_of

DIMENSIONS = """\
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男性}, female: {en: Female, zh-Hant: 女性}}
scope:
  name: {en: Scope, zh-Hant: 範圍}
  partition: false
  members: {near: {en: Near, zh-Hant: 近}, far: {en: Far, zh-Hant: 遠}}
"""
METRICS = """
electricity: {name: {en: Electricity, zh-Hant: 電力}, unit: kWh, per: [output], values: {2025: 29 843 800, 2024: nil}}
output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 7 420, 2024: not_available}}
rate: {name: {en: Rate, zh-Hant: 率}, unit: percent, values: {2025: 8.4, 2024: 7.0}}
money:
  name: {en: Money, zh-Hant: 款項}
  unit: RMB million
  values:
    2025: {value: 3.2, status: estimated, qualifier: about}
    2024: {value: 3.0, restated_from: 2.5, reason: {en: A slip., zh-Hant: 筆誤。}}
  note: {en: Booked., zh-Hant: 已入賬。}
pending: {name: {en: Pending, zh-Hant: 待定}, unit: t, values: {2024: 0}}
staff: {name: {en: Staff, zh-Hant: 僱員}, unit: employee, breakdown: {gender: {2025: {male: 2, female: 1}, 2024: {male: 2, female: not_applicable}}}}
"""


@pytest.fixture
def viewed(project):
    """`viewed(page, metrics, language="en")`: the view of a report whose one page is this, the same in each language."""

    def view(page: str, metrics: str = METRICS, language: str = "en", **files: str):
        pages = {f"content/{code}/a2.md": page for code in ("en", "zh-Hant")}
        root = project(
            {"data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": aspect(metrics), **pages, **files}
        )
        return report_view(edition_of(root), language)

    return view


def block(text: str) -> str:
    return f"# Page\n\n## Section {{ #section }}\n\n```table\n{text}\n```\n"


def the_table(report) -> TableView:
    return next(piece for piece in report.pages[0].body if isinstance(piece, TableView))


def shown(cell) -> str:
    """A cell as it is read: the number in brackets, what stands around it, its marks after ^."""
    f = cell.figure
    marks = " ".join(filter(None, [f.mark if f else "", ", ".join(note.mark for note in cell.notes)]))
    text = f.before + f"[{f.whole}{f.fraction}]" + f.after if f else cell.text
    return text + (f"^{marks}" if marks else "")


def lines(table: TableView) -> list[list[str]]:
    return [[row.name + (f"^{row.note}" if row.note else ""), *map(shown, row.cells)] for row in table.rows]


TABLE = block(
    "metrics: [electricity, rate, money, pending]\ncolumns: [unit, 2025, 2024, change, per]\nintensities: true"
)


def test_a_table_in_english(viewed):
    table = the_table(viewed(TABLE))
    assert [(c.text, c.kind, c.current) for c in table.columns] == [
        ("Unit", "unit", False), ("2025", "period", True), ("2024", "period", False), ("Change", "change", False), ("Intensity", "per", False),
    ]  # fmt: skip
    assert lines(table) == [
        ["Electricity", "kWh", "[29,843,800]", "[Nil]", "[–]", "[4,022] kWh/tonne"],
        ["Intensity", "kWh/tonne", "[4,022]", "[…]", "[…]", ""],
        ["Rate", "%", "[8.4]", "[7.0]", "[+1.4] pp", ""],
        ["Money^a", "RMB million", "about [3.2]^E", "[3.0]^R b", "about [+6.67]%", ""],
        ["Pending", "tonnes", "[to come]", "[0]", "", ""],
    ]
    assert table.notes == (("a", "Booked."), ("b", "2024 restated; formerly RMB2.5 million: A slip."))
    assert table.legend == (
        ("Nil", "none occurred"), ("–", "not applicable"), ("…", "not available"), ("R", "restated"), ("E", "estimated"),
    )  # fmt: skip


def test_the_same_table_in_chinese(viewed):
    table = the_table(viewed(TABLE, language="zh-Hant"))
    assert lines(table) == [
        ["電力", "千瓦時", "[29,843,800]", "[無]", "[–]", "[4,022]千瓦時／噸"],
        ["密度", "千瓦時／噸", "[4,022]", "[…]", "[…]", ""],
        ["率", "%", "[8.4]", "[7.0]", "[+1.4]個百分點", ""],
        ["款項^a", "人民幣百萬元", "約[3.2]^E", "[3.0]^R b", "約[+6.67]%", ""],
        ["待定", "噸", "〔待補〕", "[0]", "", ""],
    ]
    assert table.notes[1][1] == "2024數字經重列，原數為人民幣2.5百萬元：筆誤。"
    assert (table.label, table.corner) == ("表1", "指標")


def test_languages_print_the_same_numbers_and_the_same_anchors(viewed, project):
    page = (
        TABLE
        + '\nIt rose to {{ rate }}, by {{ rate(difference="2024") }}, to {{ electricity(unit="MWh") }}.\n'
    )
    root = project({
        "data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": aspect(METRICS),
        "content/en/a2.md": page, "content/zh-Hant/a2.md": page,
    })  # fmt: skip
    edition = edition_of(root)

    def figures(language):
        found = []

        def look(value):
            if isinstance(value, FigureView):
                found.append(
                    (
                        value.anchor,
                        value.unit,
                        value.whole + value.fraction if value.kind == "value" else value.kind,
                    )
                )
            elif isinstance(value, TableView):
                [look(cell.figure) for row in value.rows for cell in row.cells]
            elif isinstance(value, ProseView):
                [look(part) for part in value.parts]

        for piece in report_view(edition, language).pages[0].body:
            look(piece)
        return found

    assert figures("en") == figures("zh-Hant")
    anchors = [anchor for anchor, _, _ in figures("en")]
    assert len(anchors) == len(set(anchors))
    assert [a for a in anchors if a.startswith("electricity~per.output@2025/")] == [
        f"electricity~per.output@2025/{n}" for n in (1, 2)
    ]
    assert ("electricity@2025/2", "MWh", "29,844") in figures("en")


def test_numbers_are_counted_in_reading_order_and_titles_count_none(viewed):
    report = viewed(
        "# In all {{ rate }}\n\nLead {{ rate }}.\n\n## Of {{ rate }} { #of }\n\nText {{ rate }}.\n"
    )
    page = report.pages[0]
    heading = next(piece for piece in page.body if isinstance(piece, HeadingView))
    prose = next(piece for piece in page.body if isinstance(piece, ProseView))
    anchors = [
        part.anchor
        for view in (page.lead, heading.title, prose)
        for part in view.parts
        if isinstance(part, FigureView)
    ]
    assert anchors == ["rate@2025/1", "rate@2025/2", "rate@2025/3"]
    assert (page.title, heading.plain) == ("In all 8.4%", "Of 8.4%")


# ---- units


def test_a_unit_that_all_rows_have_stands_over_the_table(viewed):
    table = the_table(viewed(block("metrics: [output, pending]\ncolumns: [2024]")))
    assert (table.unit, [row.name for row in table.rows]) == ("tonnes", ["Output", "Pending"])


def test_an_intensity_names_its_own_unit_where_no_column_does(viewed):
    table = the_table(viewed(block("metrics: [electricity]\ncolumns: [2025]\nintensities: true")))
    assert (table.unit, [row.name for row in table.rows]) == ("kWh", ["Electricity", "Intensity (kWh/tonne)"])


def test_rows_of_several_units_name_them(viewed):
    page = block("metrics: [electricity, rate]\ncolumns: [2025]")
    assert [row.name for row in the_table(viewed(page)).rows] == ["Electricity (kWh)", "Rate (%)"]


def test_rows_of_several_units_name_them_in_chinese(viewed):
    page = block("metrics: [electricity, rate]\ncolumns: [2025]")
    assert [row.name for row in the_table(viewed(page, language="zh-Hant")).rows] == [
        "電力（千瓦時）",
        "率（%）",
    ]


def test_a_table_of_members(viewed):
    table = the_table(viewed(block("metrics: staff\nmembers: gender\ncolumns: [2025, 2024]")))
    assert (table.corner, table.unit) == ("Gender", "employees")
    assert lines(table) == [["Male", "[2]", "[2]"], ["Female", "[1]", "[–]"], ["Total", "[3]", "[2]"]]
    assert [row.kind for row in table.rows] == ["member", "member", "total"]


# ---- the rounding note

PARTS = """
base: {name: {en: Base, zh-Hant: 基數}, unit: kg, breakdown: {%s: {2025: {%s}}}}
mass: {name: {en: Mass, zh-Hant: 質量}, unit: t, decimals: 0, formula: base * 1, breakdown: [%s]}
"""
NOTE = ("", "Figures may not add up to the totals because of rounding.")


@pytest.mark.parametrize(
    ("dimension", "members", "noted"),
    [
        ("gender", "male: 1 400, female: 1 400", True),  # 1 + 1 = 3
        ("gender", "male: 1 500, female: 1 500", True),  # 2 + 2 = 3
        ("gender", "male: 1 400, female: 1 600", False),
        ("gender", "male: 1 000, female: 2 000", False),
        ("scope", "near: 1 400, far: 1 400", False),  # parts that overlap make no sum
    ],
)
def test_parts_that_miss_their_total_because_of_rounding_are_told(viewed, dimension, members, noted):
    metrics = PARTS % (dimension, members, dimension)
    if dimension == "scope":
        metrics = metrics.replace("unit: kg, breakdown", "unit: kg, values: {2025: 2 800}, breakdown")
    table = the_table(viewed(block(f"metrics: mass\nmembers: {dimension}\ncolumns: [2025]"), metrics))
    assert (NOTE in table.notes) == noted


SUM = """
a: {name: {en: A, zh-Hant: 甲}, unit: t, decimals: 0, formula: x * 1}
b: {name: {en: B, zh-Hant: 乙}, unit: t, decimals: 0, formula: x * 1}
x: {name: {en: X, zh-Hant: 某}, unit: kg, values: {2025: 1 400}}
c: {name: {en: C, zh-Hant: 丙}, unit: t, decimals: 0, formula: FORMULA}
"""


@pytest.mark.parametrize(
    ("formula", "metrics", "noted"),
    [
        ("a + b", "a, b, c", True),
        ("a + b", "a, c", False),  # a part that is not in the table
        ("a + b + a", "a, b, c", False),
        ("a - b", "a, b, c", False),
        ("(a + b) * 1", "a, b, c", False),
        ("a / b * x", "a, b, c", False),
    ],
)
def test_a_sum_of_rows_that_misses_because_of_rounding_is_told(viewed, formula, metrics, noted):
    table = the_table(
        viewed(block(f"metrics: [{metrics}]\ncolumns: [2025]"), SUM.replace("FORMULA", formula))
    )
    assert (NOTE in table.notes) == noted


def test_typed_digits_always_add_up(viewed):
    metrics = "x: {name: {en: X, zh-Hant: 某}, unit: t, decimals: 0, breakdown: {gender: {2025: {male: 1.4, female: 1.4}}}}"
    table = the_table(viewed(block("metrics: x\nmembers: gender\ncolumns: [2025]"), metrics))
    assert lines(table)[-1] == ["Total", "[2.8]"]
    assert table.notes == ()


# ---- the whole report


def test_a_place_that_is_open_says_so_in_each_language(viewed):
    page = "# Page\n\nIt was {{ pending }} in all.\n"
    assert viewed(page).pages[0].lead.parts == ("<p>It was ", "[to come]", " in all.</p>")


def test_names_and_units_alone(viewed):
    page = '# Page\n\n{{ electricity(show="name") }} in {{ electricity(show="unit") }} or {{ electricity(show="unit", unit="MWh") }}.\n'
    assert "".join(viewed(page).pages[0].lead.parts) == "<p>Electricity in kWh or MWh.</p>"


def test_a_final_report_carries_no_mark_of_a_draft(viewed):
    draft = viewed("# Page\n\nText.\n")
    assert (draft.draft, draft.year, draft.period) == ("DRAFT", "2025", "2025")


def test_a_final_report(viewed):
    final = TINY["data/report.yml"].replace(
        "status: draft", "status: final\nprevailing_language: en\ndates: {approved: 2026-03-26}"
    )
    report = viewed("# Page\n\nText.\n", language="zh-Hant", **{"data/report.yml": final})
    assert report.draft == ""
    assert report.statements == (
        "報告期：2025年1月1日至2025年12月31日", "董事會於2026年3月26日批准", "各語文版本如有歧義，概以英文版本為準。",
    )  # fmt: skip


def test_the_index_counts_its_rows(viewed):
    report_yml = TINY["data/report.yml"].replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")
    page = '# Page\n\n## Section { #section answers="A1.GD(a) A1.5" }\n\nText.\n\n```index\n```\n'
    report = viewed(
        page.replace("```index\n", "```index\nframework: hkex-esg-code-2025\n"),
        **{"data/report.yml": report_yml},
    )
    index = next(piece for piece in report.pages[0].body if isinstance(piece, IndexView))
    assert index.summary == "94 requirements: 2 partly disclosed, 1 not reported and 91 missing."
    rows = [row for row in index.rows if row.status]
    assert len(rows) == sum(status.count for status in index.statuses) == 94
    answered = next(row for row in rows if row.code == "KPI A1.5")
    assert [(place.title, place.url, place.anchor) for place in answered.locations] == [
        ("Section", "a2.html#section", "a2/section")
    ]
    assert [code.text for code in report.pages[0].codes] == ["A1", "A1.5"]


INDEXED = """\
# Page

## Policy { #policy answers="A1.GD(a) MDR13(i) gri-2021/2-22 un-sdgs/SDG13" }

Text.

### Laws { #laws answers="A1.GD(b)" }

Text.

## The index { #index-here }

"""
THREE = "frameworks: [hkex-esg-code-2025, gri-2021, un-sdgs]\nclaims: {gri-2021: with-reference}\nparts:"


@pytest.fixture
def index_of(viewed):
    """`index_of("framework: gri-2021", …, responses="", language="en")`: the views of these index blocks."""

    def view(*options: str, responses: str = "", language: str = "en"):
        files = {"data/report.yml": TINY["data/report.yml"].replace("parts:", THREE)}
        if responses:
            files["data/aspects/d.yml"] = f"aspect: D\nresponses:\n  {responses}\n"
        blocks = "\n".join(f"```index\n{option}\n```\n" for option in options)
        report = viewed(INDEXED + blocks, language=language, **files)
        return [piece for piece in report.pages[0].body if "index" in piece.piece]

    return view


def codes(view) -> list[str]:
    return [row.code for row in view.rows if row.status]


def test_an_index_lists_the_levels_and_parts_that_it_is_limited_to(index_of):
    code = "framework: hkex-esg-code-2025\n"
    part, rows, both = index_of(
        code + "parts: [MDR]", code + "parts: [A1.5, A1.6]", code + "levels: [mandatory]\nparts: [MDR, A1]"
    )
    assert codes(part) == codes(both) == ["para 13", "para 14", "para 15"]
    assert codes(rows) == ["KPI A1.5", "KPI A1.6"]
    assert both.summary == "3 requirements: 1 partly disclosed and 2 missing."
    assert sum(status.count for status in both.statuses) == 3


def test_an_index_has_the_columns_that_it_asks_for_in_their_order(index_of):
    levels = "framework: hkex-esg-code-2025\nparts: [MDR, A1.5]\ncolumns: [code, level]"
    usual, two, with_levels = index_of(
        "framework: un-sdgs", "framework: un-sdgs\ncolumns: [section, code]", levels, language="zh-Hant"
    )
    assert usual.columns == ("code", "requirement", "status", "section", "page")
    assert two.columns == ("section", "code")
    assert [row.level for row in with_levels.rows if row.status] == ["強制披露"] * 3 + ["不遵守就解釋"]


def test_rows_split_into_items_say_where_each_is_answered(index_of):
    (view,) = index_of("framework: hkex-esg-code-2025\nparts: [MDR13, A1.GD]\ndepth: items")
    told = [
        (row.code, row.depth, row.item, row.status.token, [place.title for place in row.locations])
        for row in view.rows
        if row.status
    ]
    assert told == [
        ("para 13", 0, False, "partly-disclosed", []),
        ("para 13(i)", 1, True, "disclosed", ["Policy"]),
        ("para 13(ii)", 1, True, "missing", []),
        ("para 13(iii)", 1, True, "missing", []),
        ("GD A1", 0, False, "disclosed", []),
        ("GD A1(a)", 1, True, "disclosed", ["Policy"]),
        ("GD A1(b)", 1, True, "disclosed", ["Laws"]),
    ]
    assert view.summary == "2 requirements: 1 disclosed and 1 partly disclosed.", "items are not counted"


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "Reasonable information: It is too early."), ("zh-Hant", "合理資料寬免：為時尚早。")],
)
def test_a_relief_is_named_before_its_reason(index_of, language, reason):
    response = '"D28(c)": {status: relief-used, reason: {en: It is too early., zh-Hant: 為時尚早。}}'
    (view,) = index_of(
        "framework: hkex-esg-code-2025\nparts: [D28(c)]", responses=response, language=language
    )
    assert [row.reason for row in view.rows if row.status] == [reason]


def test_the_statement_of_use_stands_over_an_index(index_of):
    plain, turned, goals = index_of(
        "framework: gri-2021", "framework: gri-2021\nby: section", "framework: un-sdgs"
    )
    assert plain.statement.startswith("Tiny Copper Limited reports with reference to the GRI Standards")
    assert turned.statement == plain.statement and goals.statement == ""


@pytest.mark.parametrize(
    ("language", "captions"),
    [
        ("en", ["UN Sustainable Development Goals", "HKEX ESG Reporting Code (Appendix C2), by section"]),
        ("zh-Hant", ["聯合國可持續發展目標", "聯交所《環境、社會及管治報告守則》（附錄C2）：按章節"]),
    ],
)
def test_several_indexes_on_a_page_say_which_they_are(index_of, language, captions):
    views = index_of("framework: un-sdgs", "framework: hkex-esg-code-2025\nby: section", language=language)
    assert [view.caption for view in views] == captions


@pytest.mark.parametrize("parts", [["A"], ["A", "B"]])
def test_one_index_has_no_caption_even_printed_in_parts(index_of, parts):
    views = index_of(*(f"framework: hkex-esg-code-2025\nparts: [{part}]" for part in parts))
    assert [view.caption for view in views] == [""] * len(parts)


@pytest.mark.parametrize("framework", ["hkex-esg-code-2025", "gri-2021", "un-sdgs"])
def test_an_index_by_section_has_the_places_of_the_index_turned_round(index_of, framework):
    by_requirement, by_section = index_of(f"framework: {framework}", f"framework: {framework}\nby: section")
    there = {(place.anchor, row.code) for row in by_requirement.rows for place in row.locations}
    back = {(row.location.anchor, answer.code) for row in by_section.rows for answer in row.answers}
    assert there == back and there


def test_an_index_by_section_says_what_each_section_answers(index_of):
    (code,) = index_of("framework: hkex-esg-code-2025\nby: section")
    assert code.columns == ("section", "code", "page")
    assert [
        (row.location.title, row.depth, [answer.code for answer in row.answers]) for row in code.rows
    ] == [
        ("Page", 0, []),
        ("Policy", 0, ["para 13", "GD A1"]),
        ("Laws", 1, ["GD A1"]),
    ]


def test_every_framework_has_chips_on_the_sections_that_answer_it(viewed):
    report_yml = TINY["data/report.yml"].replace("parts:", THREE)
    report = viewed(INDEXED, **{"data/report.yml": report_yml})
    """Each with its framework, to whose index it leads."""
    chips = {piece.anchor: piece.codes for piece in report.pages[0].body if isinstance(piece, HeadingView)}
    code = "hkex-esg-code-2025"
    assert {(chip.text, chip.framework) for chip in chips["policy"]} == {
        ("A1", code), ("13", code), ("2-22", "gri-2021"), ("SDG\u00a013", "un-sdgs"),
    }  # fmt: skip
    assert [chip.text for chip in chips["laws"]] == ["A1"]
    assert report.pages[0].codes == chips["policy"]


def test_two_indexes_of_a_framework_have_two_anchors(viewed):
    report_yml = TINY["data/report.yml"].replace("parts:", "frameworks: [un-sdgs]\nparts:")
    page = "# Page\n\n```index\n```\n\n```index\nby: section\n```\n"
    report = viewed(page, **{"data/report.yml": report_yml})
    assert [piece.anchor for piece in report.pages[0].body] == ["index-un-sdgs", "index-un-sdgs-2"]


def test_texts_are_all_that_is_printed_without_markup(viewed):
    found = list(texts(viewed("# Page\n\nCO<sub>2</sub> &amp; *water*.\n")))
    assert "CO2 & water." in found
    assert not [text for text in found if "<" in text]


def test_a_company_that_reports_in_one_language_after_no_framework(project):
    report_yml = (
        TINY["data/report.yml"]
        .replace("languages: [zh-Hant, en]", "languages: [zh-Hans]")
        .replace("  issuer_class: main-board\n", "")
    )
    report_yml = report_yml.replace(
        '{en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}', "社会责任报告"
    )
    metrics = aspect("x: {name: 用电量, unit: kWh, values: {2025: 29 843 800, 2024: nil}}")
    page = '# 能源\n\n全年{{ x(scale="万") }}。\n\n## 数据 { #figures }\n\n```table\nmetrics: x\ncolumns: [2025, 2024, change]\n```\n'
    root = project({
        "data/report.yml": report_yml.replace("{en: Tiny Copper Limited, zh-Hant: 小銅有限公司}", "小铜"),
        "data/aspects/a2.yml": metrics, "content/zh-Hans/a2.md": page, "data/dimensions.yml": None,
    })  # fmt: skip
    report = report_view(edition_of(root), "zh-Hans")
    assert lines(the_table(report)) == [["用电量", "[29,843,800]", "[无]", "[–]"]]
    assert (the_table(report).unit, report.languages[0].tag, report.other_titles) == (
        "千瓦时",
        "zh-Hans-CN",
        (),
    )
    figure = next(part for part in report.pages[0].lead.parts if isinstance(part, FigureView))
    assert (figure.whole, figure.after, figure.scale) == ("2,984", "万千瓦时", "万")


IN_UNITS = """
electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, decimals: 1, per: [output], values: {2025: 29 843 800, 2024: 28 104 220}}
output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 7 420, 2024: 7 000}}
revenue: {name: {en: Revenue, zh-Hant: 收益}, unit: RMB, decimals: 2, values: {2025: 3 057 230 400, 2024: nil}}
"""


ALL_IN_UNITS = """metrics: [electricity, output, revenue]
columns: [unit, 2025, 2024, change]
intensities: true
"""


def test_a_table_shows_figures_in_the_units_that_it_asks_for(viewed):
    """The intensity keeps its own unit; a change is the same in every unit."""
    english = the_table(viewed(block(f"{ALL_IN_UNITS}units: [MWh, RMB million]"), IN_UNITS))
    assert lines(english) == [
        ["Electricity", "MWh", "[29,843.8]", "[28,104.2]", "[+6.19]%"],
        ["Intensity", "kWh/tonne", "[4,022]", "[4,015]", "[+0.179]%"],
        ["Output", "tonnes", "[7,420]", "[7,000]", "[+6.00]%"],
        ["Revenue", "RMB million", "[3,057.23]", "[Nil]", "[–]"],
    ]  # fmt: skip
    figures = [cell.figure for cell in english.rows[0].cells if cell.figure]
    assert [(figure.figure, figure.unit) for figure in figures] == [
        ("electricity@2025", "MWh"), ("electricity@2024", "MWh"), ("electricity~change.2024@2025", ""),
    ]  # fmt: skip


def test_another_language_shows_the_same_figures_in_units_of_its_own(viewed):
    asked = f"{ALL_IN_UNITS}units: [RMB hundred million]"
    chinese = the_table(viewed(block(asked), IN_UNITS, "zh-Hant"))
    assert lines(chinese)[0][:3] == ["電", "千瓦時", "[29,843,800]"]
    assert lines(chinese)[3][:3] == ["收益", "人民幣億元", "[30.57]"]


def test_a_unit_common_to_the_table_is_the_one_that_is_shown(viewed):
    table = the_table(viewed(block("metrics: [electricity]\ncolumns: [2025]\nunits: GWh"), IN_UNITS))
    assert (table.unit, lines(table)) == ("GWh", [["Electricity", "[29.8]"]])


def test_the_rounding_note_follows_the_unit_that_is_shown(viewed):
    """1,440 and 1,440 make 2,880; in tonnes with one decimal 1.4 and 1.4 make 2.9."""
    metrics = """
x: {name: {en: X, zh-Hant: 甲}, unit: kg, decimals: 1, breakdown: {gender: {2025: {male: 1 440, female: 1 440}}}}
"""
    asked = "metrics: [x]\nmembers: gender\ncolumns: [2025]\n"
    table = the_table(viewed(block(asked + "units: t"), metrics))
    assert [line[1] for line in lines(table)] == ["[1.4]", "[1.4]", "[2.9]"]
    assert [text for _, text in table.notes] == [NOTE[1]]


@pytest.mark.parametrize(
    ("units", "code", "message"),
    [
        ("MhW", "unknown-name", '"MhW" is not a unit'),
        ("m3", "wrong-argument", "nothing in this table can be shown in m3"),
        ("[MWh, GWh]", "wrong-argument", "MWh and GWh are units of one quantity"),
    ],
)
def test_units_that_a_table_cannot_be_shown_in(project, units, code, message):
    page = f"# Page\n\n```table\nmetrics: [electricity]\ncolumns: [2025]\nunits: {units}\n```\n"
    edition = edition_of(project({"data/aspects/a2.yml": aspect(IN_UNITS), "content/en/a2.md": page}))
    found = list(reference_findings(edition.report, edition.figures, edition.report.pages["a2", "en"]))
    assert [(each.code, each.message, each.place.line) for each in found] == [(code, message, 6)]


WAYS = {
    # how a value is typed: (English, Traditional Chinese), and what the legend says of its sign
    "3": ("[3]", "[3]", None),
    "nil": ("[Nil]", "[無]", (("Nil", "none occurred"), ("無", "並無發生"))),
    "not_applicable": ("[–]", "[–]", (("–", "not applicable"), ("–", "不適用"))),
    "not_available": ("[…]", "[…]", (("…", "not available"), ("…", "未有數據"))),
    "{limit: 0.5}": ("below [0.5]", "低於[0.5]", None),
    "{range: [3, 5]}": ("[3–5]", "[3至5]", None),
    "{value: 3, qualifier: about}": ("about [3]", "約[3]", None),
    "{value: 3, qualifier: over}": ("over [3]", "逾[3]", None),
    "{value: 3, qualifier: nearly}": ("nearly [3]", "近[3]", None),
    "{value: 3, qualifier: at_least}": ("at least [3]", "不少於[3]", None),
    "{value: 3, qualifier: not_more_than}": ("not more than [3]", "不多於[3]", None),
    "{value: 3, status: reported}": ("[3]", "[3]", None),
    "{value: 3, status: estimated}": ("[3]^E", "[3]^E", (("E", "estimated"), ("E", "估算"))),
    "{value: 3, status: restated, restated_from: 2, reason: {en: A slip., zh-Hant: 筆誤。}}": (
        "[3]^R a", "[3]^R a", (("R", "restated"), ("R", "經重列")),
    ),
    "{value: nil, status: estimated}": ("[Nil]^E", "[無]^E", (("E", "estimated"), ("E", "估算"))),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("typed", WAYS)
def test_every_way_to_give_a_value_prints_as_designed_with_its_legend(viewed, typed, language):
    metrics = f"water: {{name: {{en: W, zh-Hant: 水}}, unit: t, values: {{2025: {typed}}}}}"
    table = the_table(viewed(block("metrics: [water]\ncolumns: [2025]"), metrics, language))
    column = ("en", "zh-Hant").index(language)
    assert [shown(cell) for row in table.rows for cell in row.cells] == [WAYS[typed][column]]
    explained = WAYS[typed][2]
    assert (explained[column] in table.legend) if explained else table.legend == ()


def test_no_way_to_give_a_value_is_left_out():
    for name in (*(kind.value.replace("-", "_") for kind in Kind), *QUALIFIERS, *(s.value for s in Status)):
        assert any(name in re.split(r"[^a-z_]+", typed) for typed in WAYS), name


REFERENCES = """# Page

See [](#later), [](a2.md) and [](#by-gender), [ours](#later).

```table
metrics: [electricity]
columns: [unit, 2025]
```

```method
metrics: [electricity]
```

```table
id: by-gender
metrics: [staff]
members: gender
columns: [2025]
```

## Later & {{ electricity(show="name") }} { #later }

Words.
"""


@pytest.mark.parametrize(
    ("language", "later", "table", "before", "after"),
    [
        ("en", "Later &amp; Electricity", "Table 2", " (page ", ")"),
        ("zh-Hant", "Later &amp; 電力", "表2", "（第", "頁）"),
    ],
)
def test_a_link_without_words_takes_those_of_what_it_names(viewed, language, later, table, before, after):
    """The title of a page or section, the number of a table that has an id; and print adds the page."""
    (page,) = viewed(REFERENCES, language=language).pages
    assert page.lead is not None
    beside = f'data-before="{before}" data-after="{after}"'
    made = [f'<a class="reference" href="page:a2{anchor}" {beside}>{words}</a>' for anchor, words in (
        ("#later", later), ("", "Page"), ("#by-gender", table)
    )]  # fmt: skip
    assert "".join(map(str, page.lead.parts)) == (
        f'<p>See {made[0]}, {made[1]} and {made[2]}, <a href="page:a2#later">ours</a>.</p>'
    )


def test_a_table_with_an_id_is_a_place_in_both_media(viewed):
    (page,) = viewed(REFERENCES).pages
    tables = [piece for piece in page.body if isinstance(piece, TableView)]
    assert [(table.anchor, table.target, table.label) for table in tables] == [
        ("table-1", "", "Table 1"),
        ("by-gender", "a2/by-gender", "Table 2"),
    ]


def test_the_page_of_a_reference_is_for_print_alone():
    html = '<a class="reference" href="page:a2#b" data-before=", page " data-after="">B</a>'
    assert addressed(html, "web") == '<a class="reference" href="a2.html#b">B</a>'
    assert addressed(html, "print") == html.replace("page:a2#b", "#a2/b")
