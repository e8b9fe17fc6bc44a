"""Topics in all their layouts: numbers, groups, charts and tables that break over pages; and what is wrong with them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TINY, here
from esgreport.blocks import LAYOUTS
from esgreport.diagrams import broken, cycle, matrix, outline
from esgreport.languages import NUMBERINGS, worded_number
from esgreport.model import ICONS
from esgreport.pipeline import examine
from esgreport.printed import printed_figures
from esgreport.render import Templates
from esgreport.topics import SHAPES
from esgreport.views import EntryView, GoalView, ProseView, TargetCellView, TopicView
from esgreport.writer import report_view
from lxml import etree, html
from pdf_pages import Pdf
from reports import edition_of
from test_topics import said

Make = Callable[..., Path]

ISSUES = """\
name: {en: Issues, zh-Hant: 議題}
fields:
  level:
    name: {en: Level, zh-Hant: 級別}
    kind: choice
    options: {key: {en: Key issue, zh-Hant: 關鍵議題}, other: {en: Other issue, zh-Hant: 其他議題}}
  raised:
    name: {en: Raised by, zh-Hant: 提出者}
    kind: choice
    options: {town: {en: Neighbours, zh-Hant: 居民}, staff: {en: Employees, zh-Hant: 僱員}}
  ours: {name: {en: To us, zh-Hant: 對業務}, kind: number}
  theirs: {name: {en: To them, zh-Hant: 對持份者}, kind: number}
  goals: {name: {en: SDGs, zh-Hant: 可持續發展目標}, kind: sdg}
entries:
  safety: {name: {en: Safety, zh-Hant: 安全}, icon: shield, level: key, raised: staff, ours: 5, theirs: 4, goals: [3, 8]}
  energy: {name: {en: Energy, zh-Hant: 能源}, level: key, raised: [town, staff], ours: 4, theirs: 4, goals: 13}
  noise: {name: {en: Noise, zh-Hant: 噪音}, level: other, raised: town, ours: 1, theirs: 2}
"""
BODIES = """\
name: {en: Bodies, zh-Hant: 組織}
fields: {duties: {en: Duties, zh-Hant: 職責}}
entries:
  team: {name: {en: Team, zh-Hant: 小組}, below: committee}
  board: {name: {en: Board, zh-Hant: 董事會}, icon: building, duties: {en: Decides., zh-Hant: 決定。}}
  committee: {name: {en: Committee, zh-Hant: 委員會}, below: board, duties: {en: Reviews., zh-Hant: 檢討。}}
  audit: {name: {en: Audit, zh-Hant: 審核委員會}, below: board}
"""
STEPS = """\
name: {en: Complaints, zh-Hant: 投訴}
fields: {deadline: {en: Within, zh-Hant: 時限}, text: {en: What, zh-Hant: 做法}}
entries:
  receive: {name: {en: "Receive {{ electricity }}", zh-Hant: "接收{{ electricity }}"}, deadline: {en: 5 days, zh-Hant: 5天}}
  review: {name: {en: Review, zh-Hant: 審查}, text: {en: "*Calmly*", zh-Hant: "*冷靜*"}}
  close: {name: {en: Close, zh-Hant: 存檔}}
"""
AIMS = """\
name: {en: Aims, zh-Hant: 目標}
fields:
  aim: {kind: target}
  measures: {en: Measures, zh-Hant: 措施}
entries:
  power: {name: {en: Power, zh-Hant: 用電}, aim: less, measures: {en: Motors, zh-Hant: 電動機}}
  harm: {name: {en: Harm, zh-Hant: 傷害}, rows: [{measures: {en: Guards, zh-Hant: 護罩}}, {measures: {en: Care, zh-Hant: 小心}}]}
"""
TOPICS = {"issues": ISSUES, "bodies": BODIES, "steps": STEPS, "aims": AIMS}
TARGET = """\
targets:
  less: {name: {en: Less, zh-Hant: 減少}, metric: electricity, change: -10, base: 2024, to: 2025}
"""
MATRIX = "issues matrix x=ours y=theirs mark=level"


def files(*blocks: str, **changed: str) -> dict[str, str]:
    """The tiny company with blocks ("issues table group=level") at the end of its page, and topics that are other."""
    shown = ""
    for block in blocks:
        topic, layout, *keys = block.split(" ")
        lines = [f"topic: {topic}", f"layout: {layout}", *(key.replace("=", ": ") for key in keys)]
        shown += "\n```topic\n" + "\n".join(lines) + "\n```\n"
    used = {block.partition(" ")[0] for block in blocks}
    topics = {f"data/topics/{id}.yml": text for id, text in (TOPICS | changed).items() if id in used}
    pages = {name: TINY[name] + shown for name in TINY if name.startswith("content/")}
    return {**topics, **pages, "data/aspects/a2.yml": TINY["data/aspects/a2.yml"] + TARGET}


def views(root: Path, language: str = "en") -> list[TopicView]:
    pages = report_view(edition_of(root), language).pages
    return [piece for page in pages for piece in page.body if isinstance(piece, TopicView)]


def drawn(root: Path, language: str = "en", medium: str = "web") -> Any:
    """The page with the topics as HTML, or the book, which is drawn by the same templates."""
    report = report_view(edition_of(root), language)
    templates = Templates(root)
    text = templates.page(report.pages[0], report) if medium == "web" else templates.book(report)
    return html.fromstring(text)


def told(root: Path) -> list[str]:
    """What is found, but for what follows from nobody printing something."""
    return [
        f"{f.place.path.rpartition('/')[2]}:{f.place.line}:{f.place.column} {f.code}: {f.message}"
        for f in examine(root).findings
        if f.code not in ("figures-unprinted", "topic-unshown")
    ]


# ---- views


@pytest.mark.parametrize(
    ("style", "number", "english", "chinese"),
    [
        ("digits", 12, "12.", "12."),
        ("brackets", 2, "(b)", "（二）"),
        ("brackets", 27, "(aa)", "（二十七）"),
        ("roman", 4, "(iv)", "(iv)"),
        ("roman", 49, "(xlix)", "(xlix)"),
        ("letters", 3, "C", "C"),
        ("han", 11, "11.", "十一、"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    style: str, number: int, english: str, chinese: str
) -> None:
    assert style in NUMBERINGS
    assert worded_number(number, style, "en") == english
    assert worded_number(number, style, "zh-Hant") == worded_number(number, style, "zh-Hans") == chinese


def test_an_entry_has_one_number_wherever_it_is_shown(project: Make) -> None:
    grouped = "issues table group=raised numbering=digits fields=[level]"
    points, table = views(project(files(MATRIX, grouped)))
    assert [(e.number, e.plain, e.at, e.shape) for e in points.entries] == [
        ("1.", "Safety", (1000, 1000), "circle"),
        ("2.", "Energy", (750, 1000), "circle"),
        ("3.", "Noise", (0, 0), "square"),
    ]
    assert points.axes == ("To us", "To them")
    assert points.shapes == (("circle", "Key issue"), ("square", "Other issue"))
    assert [(group.name, [e.number for e in group.entries]) for group in table.groups] == [
        ("Neighbours", ["2.", "3."]), ("Employees", ["1.", "2."]),
    ]  # fmt: skip


def test_goals_and_choices_are_worded_in_each_language(project: Make) -> None:
    (view,) = views(project(files("issues table")), "zh-Hant")
    safety, energy, noise = view.entries
    assert safety.words[4] == (GoalView("3", "良好健康與福祉"), GoalView("8", "體面工作和經濟增長"))
    assert said(energy.words[1]) == "居民，僱員"
    assert said(energy.words[2]) == "4"
    assert noise.words[4] == ()


def test_a_target_stands_in_columns_and_is_printed(project: Make) -> None:
    root = project(files("aims table"))
    (view,) = views(root)
    assert [field.name for field in view.fields] == ["Target", "2025 actual", "Status", "Measures"]
    wanted, actual, status, _ = view.entries[0].words
    assert isinstance(actual[0], TargetCellView) and isinstance(wanted[0], TargetCellView)
    assert actual[0].figure and actual[0].figure.figure == "electricity@2025"
    assert actual[0].figure.whole + actual[0].figure.after == "29,843,800 kWh"
    assert wanted[0].figure and (wanted[0].figure.whole, wanted[0].small) == ("−10", "by 2025")
    assert status[0].status and status[0].status.word == "Missed"  # type: ignore[union-attr]
    assert view.entries[1].words == ((), (), (), ())
    edition = edition_of(root)
    printed = [
        str(id)
        for id, _ in printed_figures(edition.report, edition.figures, edition.report.pages["a2", "en"])
    ]
    assert printed[-2:] == ["less~change@2025", "electricity@2025"]


def test_a_tree_is_told_from_the_top(project: Make) -> None:
    (view,) = views(project(files("bodies tree")))

    def shape(entries: tuple[EntryView, ...]) -> list[Any]:
        return [(entry.plain, shape(entry.below)) for entry in entries]

    assert shape(view.entries) == [("Board", [("Committee", [("Team", [])]), ("Audit", [])])]


def test_what_is_above_and_not_shown_leaves_two_trees(project: Make) -> None:
    (view,) = views(project(files("bodies tree entries=[team,committee,audit]")))
    assert [(e.plain, [b.plain for b in e.below]) for e in view.entries] == [
        ("Committee", ["Team"]),
        ("Audit", []),
    ]


# ---- structure


@pytest.mark.parametrize("medium", ["web", "print"])
def test_a_table_says_what_its_heads_are_for(project: Make, medium: str) -> None:
    page = drawn(project(files("aims table", "issues table group=level")), medium=medium)
    aims, issues = page.xpath("//figure[contains(@class, 'topic-table')]")
    (spanning,) = aims.xpath(".//th[@rowspan]")
    assert (spanning.get("rowspan"), spanning.get("scope"), spanning.text_content().strip()) == (
        "2",
        "rowgroup",
        "Harm",
    )
    assert len(spanning.getparent().getparent().xpath("./tr")) == 2
    assert set(aims.xpath(".//thead//th/@scope")) == {"col"}
    heads = issues.xpath(".//tr[@class='group']/th")
    assert [(th.get("scope"), th.get("colspan"), th.text_content()) for th in heads] == [
        ("rowgroup", "5", "Key issue"), ("rowgroup", "5", "Other issue"),
    ]  # fmt: skip
    for row in issues.xpath(".//tbody[contains(@class, 'entry')]/tr"):
        assert len(row.xpath("./th | ./td")) == 5


@pytest.mark.parametrize("medium", ["web", "print"])
@pytest.mark.parametrize("layout", ["cards", "panels", "list", "numbered", "steps", "cycle", "tree"])
def test_rows_and_fields_of_an_entry_are_shown(project: Make, layout: str, medium: str) -> None:
    text = " ".join(drawn(project(files(f"aims {layout}")), medium=medium).text_content().split())
    for words in ("Power", "29,843,800 kWh", "Missed", "Motors", "Harm", "Guards", "Care"):
        assert words in text[text.index("Power") - 40 :], words


@pytest.mark.parametrize("medium", ["web", "print"])
def test_steps_and_cycles_are_ordered_lists(project: Make, medium: str) -> None:
    page = drawn(project(files("steps steps", "steps cycle")), medium=medium)
    line, circle = page.xpath("//ol[contains(@class, 'steps')]")
    for found in (line, circle):
        names = found.xpath("./li//*[@class='step-title']")
        assert [name.text_content().split()[0] for name in names] == ["Receive", "Review", "Close"]
        assert [disc.text_content() for disc in found.xpath(".//span[@class='disc']")] == ["1", "2", "3"]
    (drawing,) = page.xpath("//div[@class='cycle-drawing']/svg")
    texts = drawing.xpath("./text/text()")
    assert drawing.get("aria-hidden") == "true"
    assert " ".join(texts) == "1 Receive 29,843,800 kWh 2 Review 3 Close"


@pytest.mark.parametrize("medium", ["web", "print"])
def test_a_cycle_of_names_alone_is_a_picture_where_its_list_is_not_printed(
    project: Make, medium: str
) -> None:
    names = re.sub(r", (deadline|text): \{.*\}(?=\}\n)", "", STEPS)
    assert names != STEPS
    page = drawn(project(files("steps cycle", steps=names)), medium=medium)
    (drawing,) = page.xpath("//div[@class='cycle bare']/div[@class='cycle-drawing']/svg")
    assert (drawing.get("aria-hidden"), drawing.get("role")) == (
        (None, "img") if medium == "print" else ("true", None)
    )
    assert drawing.xpath("./title/text()") == ["Receive 29,843,800 kWh → Review → Close"]


def test_figures_in_a_name_are_numbered_once(project: Make) -> None:
    page = drawn(project(files("steps cycle")), medium="print")
    ids = page.xpath("//*[starts-with(@id, 'electricity@2025/')]/@id")
    assert ids == [f"electricity@2025/{n + 1}" for n in range(len(ids))]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_matrix_is_a_drawing_and_a_table_that_says_the_same(project: Make, language: str) -> None:
    page = drawn(project(files(MATRIX)), language)
    (drawing,) = page.xpath("//div[@class='matrix-drawing']/svg")
    assert drawing.xpath("./text/text()") == ["1", "2", "3"]
    assert drawing.get("role") == "img" and drawing.xpath("./title/text()")
    rows = page.xpath("//div[@class='matrix-legend']//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")] for row in rows]
    names = ["Safety", "Energy", "Noise"] if language == "en" else ["安全", "能源", "噪音"]
    assert cells == [["1", names[0], "5", "4"], ["2", names[1], "4", "4"], ["3", names[2], "1", "2"]]
    assert len(set(drawing.xpath("./path[@fill and not(@stroke)]/@fill"))) > 2


def test_icons_are_not_read_out(project: Make) -> None:
    page = drawn(
        project(files("bodies tree", "bodies table", "bodies cards", "bodies list", "bodies numbered"))
    )
    icons = page.xpath("//svg[@class='icon']")
    assert len(icons) == 5
    assert {icon.get("aria-hidden") for icon in icons} == {"true"}


def test_every_icon_is_drawn_and_every_drawing_can_be_chosen() -> None:
    text = (ROOT / "templates/components/icon.html").read_text(encoding="utf-8")
    drawings = dict(re.findall(r'^  "(\w+)": "([^"]+)",$', text, re.MULTILINE))
    assert tuple(drawings) == ICONS
    for name, path in drawings.items():
        assert re.fullmatch(r"M[\dMLHVCSAZmlhvcsaz .-]+", path), name


def test_every_layout_and_shape_has_its_template() -> None:
    text = (ROOT / "templates/components/topic.html").read_text(encoding="utf-8")
    assert re.findall(r'"(\w+)": \w+,', text) == list(LAYOUTS)
    colours = (ROOT / "templates/components/topics/matrix.html").read_text(encoding="utf-8")
    assert re.findall(r'"(\w+)": "var', colours) == list(SHAPES)
    assert len({outline(shape) for shape in SHAPES}) == len(SHAPES)


# ---- drawings


class Mark:
    def __init__(self, x: int, y: int) -> None:
        self.at, self.shape = (x, y), "circle"


def test_marks_of_a_matrix_cover_no_other() -> None:
    marks = [Mark(1000, 1000) for _ in range(6)] + [Mark(0, 0), Mark(10, 10), Mark(500, 500)]
    spots = matrix(marks)
    assert [(s.x, s.base) for s in spots] == [(s.x, s.base) for s in matrix(marks)]
    for one, other in combinations(spots, 2):
        assert hypot(one.x - other.x, one.base - other.base) > 24
    assert all(20 < spot.x < 440 and 20 < spot.base < 380 for spot in spots)
    alone = matrix([Mark(500, 500)])[0]
    assert (alone.x, alone.base - 5) == (230, 200)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Plan", ["Plan"]),
        ("Adjust and improve for next year", ["Adjust and", "improve for next", "year"]),
        ("調整及持續改善，來年工作", ["調整及持續改善，", "來年工作"]),
        ("w" * 40, ["w" * 16, "w" * 16, "w" * 8]),
    ],
)
def test_labels_are_broken_where_a_reader_would(text: str, lines: list[str]) -> None:
    assert broken(text) == lines


def test_a_very_long_label_ends_with_dots() -> None:
    lines = broken("word " * 50)
    assert len(lines) == 4 and lines[-1].endswith("…")


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12])
def test_a_cycle_lies_within_its_drawing(count: int) -> None:
    drawing = cycle(["Some step"] * count)
    assert len(drawing.discs) == count
    for disc in drawing.discs:
        assert bool(disc.way) == (count > 1)
        for line in disc.label:
            assert drawing.top < line.y < drawing.top + drawing.height
            assert 0 < line.x < drawing.width


# ---- what is wrong


WRONG = [
    (MATRIX, "icon: shield", "icon: sheild", 'issues.yml:15:51 unknown-choice: "sheild" is not an icon'),
    (MATRIX, "goals: [3, 8]", "goals: [3, 18]", 'issues.yml:15:117 unknown-choice: "18" is not the number of a goal'),
    (MATRIX, "level: other", "level: othr", 'issues.yml:17:50 unknown-choice: "othr" is not an option of level'),
    (MATRIX, ", ours: 1", "", 'issues.yml:17:10 topic-incomplete: "noise" has no ours, so it has no place in the matrix'),
    ("issues table group=level", "level: other, ", "", 'issues.yml:17:10 topic-incomplete: "noise" has no level, so it'),
    ("issues matrix x=ours", "", "", 'a2.md:12:1 missing-key: a matrix needs "y"'),
    ("issues matrix x=ours y=goals", "", "", 'a2.md:16:4 unknown-name: "goals" is not a field of issues of the kind number'),
    ("issues steps group=level", "", "", 'a2.md:15:8 unknown-key: the layout steps has no "group"'),
    ("issues tabel", "", "", 'a2.md:14:9 unknown-choice: "tabel" is not a layout of a topic'),
    ("issues table numbering=one", "", "", 'a2.md:15:12 unknown-choice: "one" is not a numbering'),
    ("issues table", "    kind: choice\n    options: {key", "    kind: number\n    options: {key", 'issues.yml:6:14 unknown-key: a field of the kind number has no "options"'),
    ("issues table", "{name: {en: To us, zh-Hant: 對業務}, kind: number}", "{kind: number}", 'issues.yml:11:3 missing-key: the field "ours" needs "name"'),
    (MATRIX, "ours: 1", "ours: electrcity", 'issues.yml:17:77 unknown-name: "electrcity" is neither a metric'),
    (MATRIX, "ours: 1", 'ours: electricity(show="name")', 'issues.yml:17:77 wrong-argument: "electricity" here says words, and a field of numbers shows a figure'),
    (MATRIX, "ours: 1", "ours: about 3", 'issues.yml:17:77 bad-number: "about 3" is not a number (ours)'),
    (MATRIX, "ours: 1", "ours: electricity(period=)", "issues.yml:17:77 bad-call: an argument of"),
    ("bodies tree", "icon: building", "below: team", 'bodies.yml:5:51 topic-cycle: "board" is below itself'),
    ("bodies tree", "below: committee", "below: comittee", 'bodies.yml:4:48 unknown-name: "comittee" is not an entry of this topic'),
    ("aims table", "aim: less", "aim: fewer", 'aims.yml:6:48 unknown-name: "fewer" is not a target'),
    ("aims table", "aim: {kind: target}", "aim: {kind: target}\n  other: {kind: target}", "aims.yml:4:3 duplicate-id: a topic can have one field of targets"),
    ("aims table", "aim: {kind: target}", "aim: {kind: target, columns: [actul]}", 'aims.yml:3:33 unknown-name: "actul" is not a column of a table of targets'),
    ("steps steps", "Review, zh", "Review 🌍, zh", "steps.yml:5:30 missing-glyph: no face of this report holds 🌍"),
    ("steps cycle", "審查", "審𪚥", "steps.yml:5:41 missing-glyph: no face of this report holds 𪚥"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "typed", "instead", "finding"), WRONG, ids=[w[3] for w in WRONG])
def test_findings_say_where(project: Make, block: str, typed: str, instead: str, finding: str) -> None:
    topic = block.partition(" ")[0]
    text = TOPICS[topic]
    assert not typed or text.count(typed) == 1
    root = project(files(block, **{topic: text.replace(typed, instead) if typed else text}))
    assert [line for line in told(root) if line.startswith(finding)], told(root)


@pytest.mark.parametrize(
    "block", [MATRIX, "bodies tree", "steps cycle", "aims panels", "issues table group=raised"]
)
def test_what_is_right_is_not_found(project: Make, block: str) -> None:
    assert told(project(files(block))) == []


def test_a_matrix_has_four_shapes(project: Make) -> None:
    more = "".join(f", o{n}: {{en: O{n}, zh-Hant: 其{n}}}" for n in range(3))
    issues = ISSUES.replace("其他議題}}", "其他議題}" + more + "}")
    (found,) = [
        line for line in told(project(files(MATRIX, issues=issues))) if "a2.md" in line and "shapes" in line
    ][:1]
    assert found == "a2.md:17:7 topic-incomplete: level has 5 options, but a matrix has 4 shapes"


def test_a_long_chain_of_entries_is_one_finding(project: Make) -> None:
    chain = "name: {en: Bodies, zh-Hant: 組織}\nentries:\n  e0: {name: {en: A, zh-Hant: 甲}}\n"
    chain += "".join(f"  e{n}: {{name: {{en: A, zh-Hant: 甲}}, below: e{n - 1}}}\n" for n in range(1, 1500))
    start = time.monotonic()
    found = [line for line in told(project(files("bodies tree", bodies=chain))) if "nested-too-deep" in line]
    assert len(found) == 1
    assert found[0].startswith("bodies.yml:9:42 ")
    assert time.monotonic() - start < 5


# ---- print


LONG_WORD = "w" * 200


def rows(count: int) -> str:
    listed = "".join(
        f"      - what: {{en: Expectation {n}, zh-Hant: 期望{n}}}\n        how: {{en: Answer {n}, zh-Hant: 回應{n}}}\n"
        for n in range(1, count + 1)
    )
    return f"    rows:\n{listed}"


BROKEN = f"""\
name: {{en: Stakeholders, zh-Hant: 持份者}}
fields: {{what: {{en: They expect, zh-Hant: 期望}}, how: {{en: We answer, zh-Hant: 回應}}}}
entries:
  staff:
    name: {{en: Employees, zh-Hant: 僱員}}
{rows(50)}
  town:
    name: {{en: Neighbours, zh-Hant: 居民}}
    what: {{en: "{" ".join(f"Item{n}x is a sentence of a cell that is longer than a page." for n in range(150))}", zh-Hant: 寧靜}}
  bare: {{name: {{en: Bare, zh-Hant: 空白}}}}
  word: {{name: {{en: {LONG_WORD}, zh-Hant: 字}}, what: {{en: {LONG_WORD}, zh-Hant: 字}}}}
"""


@pytest.mark.parametrize("count, long", [(5, False), (40, True)])
def test_a_list_of_many_short_items_may_break_over_pages(project: Make, count: int, long: bool) -> None:
    items = "\n".join(f"        {number}. Look." for number in range(1, count + 1))
    topic = f"""\
name: {{en: Test, zh-Hant: 測試}}
fields: {{what: {{en: Steps, zh-Hant: 步驟}}}}
entries:
  all:
    name: {{en: All, zh-Hant: 全部}}
    what:
      en: |
{items}
      zh-Hant: |
{items}
"""
    root = project({**files("stakeholders table"), "data/topics/stakeholders.yml": topic})
    (view,) = views(root)
    assert view.entries[0].long is long


@pytest.fixture(scope="module")
def broken_tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pdf]:
    """The PDFs of a company with a table that goes over pages, and then the same as cards."""
    from conftest import write_project

    root = tmp_path_factory.mktemp("broken") / "project"
    changed = files("stakeholders table", "stakeholders cards", stakeholders=BROKEN)
    write_project(root, {**changed, "data/topics/stakeholders.yml": BROKEN})
    done = here("build", "--project", root)
    assert done.returncode == 0, done.stderr
    return {path.name.split(".")[1]: Pdf(path) for path in (root / "site/pdf").glob("*.pdf")}


def pages(pdf: Pdf) -> Iterator[str]:
    for number in range(len(pdf.labels)):
        yield " ".join(pdf.text(number).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("language", "staff", "town"),
    [
        ("en", "Table 2 (continued) Employees", "Table 2 (continued) Neighbours"),
        ("zh-Hant", "表2（續）僱員", ""),
    ],
)
def test_the_head_of_a_page_says_whose_rows_go_on(
    broken_tables: dict[str, Pdf], language: str, staff: str, town: str
) -> None:
    found = [squeezed(page) for page in pages(broken_tables[language])]
    first = next(n for n, page in enumerate(found) if "Table2Stakeholders" in page or "表2持份者" in page)
    assert squeezed(staff) not in found[first]
    assert squeezed(staff) in found[first + 1]
    assert not town or any(squeezed(town) in page for page in found[first + 2 :])


def test_no_word_of_a_broken_table_is_lost(broken_tables: dict[str, Pdf]) -> None:
    everything = squeezed(" ".join(pages(broken_tables["en"])))
    for words in [f"Answer{n}" for n in range(1, 51)] + [f"Item{n}x" for n in range(150)]:
        assert everything.count(words) >= 2, words  # in the table and on the cards
    assert everything.count("w") >= 800


def test_nothing_stands_beyond_the_edge_of_the_page(broken_tables: dict[str, Pdf]) -> None:
    pdf = broken_tables["en"]
    for number in range(len(pdf.labels)):
        assert all(character.x < 595 for character in pdf.characters(number) if character.text.strip())


def test_a_project_may_word_a_name_with_markup(project: Make) -> None:
    steps = STEPS.replace("{en: Review,", "{en: 'A & B: *Review* <sub>2</sub>',")
    page = drawn(project(files("steps cycle", "steps table", steps=steps)), medium="print")
    texts = page.xpath("//div[@class='cycle-drawing']/svg/text/text()")
    assert "A & B: Review 2" in " ".join(texts)
    assert "A & B: Review 2" in page.xpath("//th/@data-name")
    assert isinstance(etree.tostring(page), bytes)


def test_figures_stay_figures(project: Make) -> None:
    (view,) = views(project(files("steps steps")))
    name = view.entries[0].name[0]
    assert isinstance(name, ProseView)
    assert view.entries[0].plain == "Receive 29,843,800 kWh"


# ---- figures in fields of numbers

SCORES = """\
  score:
    name: {en: Score, zh-Hant: 評分}
    unit: ratio
    source: Survey
    breakdown:
      gender:
        2025: {male: 5, female: 4}
        2024: {male: 1, female: not_applicable}
"""
CALLED = (
    ISSUES.replace("ours: 5", 'ours: score(gender="male")')
    .replace("ours: 4", """ours: '{{ score(gender="female") }}'""")
    .replace("ours: 1", """ours: 'score(gender="male", period="2024")'""")
)


def scored(*blocks: str, issues: str = CALLED) -> dict[str, str]:
    """Issues whose scores to the business are figures."""
    found = files(*blocks, issues=issues)
    metrics, targets = found["data/aspects/a2.yml"].split("targets:")
    return {**found, "data/aspects/a2.yml": f"{metrics}{SCORES}targets:{targets}"}


def test_a_figure_places_an_entry_as_a_typed_number_does(project: Make) -> None:
    root = project(scored(MATRIX))
    assert told(root) == []
    (called,) = views(root)
    assert [entry.at for entry in called.entries] == [(1000, 1000), (750, 1000), (0, 0)]
    assert [said(entry.words[0]) for entry in called.entries] == [
        "<score@2025[gender=male]>", "<score@2025[gender=female]>", "<score@2024[gender=male]>",
    ]  # fmt: skip


@pytest.mark.parametrize("block", [MATRIX, "issues table", "issues cards fields=[ours]", "issues list"])
def test_a_figure_in_a_field_of_numbers_is_printed(project: Make, block: str) -> None:
    root = project(scored(block))
    edition = edition_of(root)
    page = edition.report.pages["a2", "en"]
    ids = [
        str(id) for id, _ in printed_figures(edition.report, edition.figures, page) if id.metric == "score"
    ]
    assert ids == ["score@2025[gender=male]", "score@2025[gender=female]", "score@2024[gender=male]"]
    for medium in ("web", "print"):
        found = drawn(root, medium=medium).xpath("//*[starts-with(@data-figure, 'score@')]")
        assert [(each.get("data-figure"), each.text_content()) for each in found] == list(
            zip(ids, "541", strict=True)
        )


def test_a_figure_that_only_places_an_entry_is_not_printed(project: Make) -> None:
    edition = edition_of(project(scored(MATRIX + " fields=[theirs]")))
    page = edition.report.pages["a2", "en"]
    assert "score" not in {id.metric for id, _ in printed_figures(edition.report, edition.figures, page)}


def test_a_figure_has_its_unit_but_for_a_call_that_wants_the_number_alone(project: Make) -> None:
    issues = ISSUES.replace("ours: 5", "ours: electricity").replace(
        "ours: 4", 'ours: electricity(show="number")'
    )
    cells = drawn(project(scored("issues table fields=[ours]", issues=issues))).xpath(
        "//td[@class='of-number']"
    )
    assert [cell.text_content().strip() for cell in cells] == ["29,843,800 kWh", "29,843,800", "1"]


@pytest.mark.parametrize(
    ("block", "call", "finding"),
    [
        (MATRIX, "score", "issues.yml:17:77 missing-value: score@2025 has no value"),
        ("issues table", "score", "issues.yml:17:77 missing-value: score@2025 has no value"),
        (MATRIX + " fields=[theirs]", "scroe", 'issues.yml:17:77 unknown-name: "scroe" is neither a metric'),
        (MATRIX, 'score(gender="female", period="2024")', 'issues.yml:17:77 topic-incomplete: ours of "noise" is no plain number'),
        (MATRIX, "electricity", "issues.yml:17:77 wrong-argument: an axis is in one unit, but this is in kWh, and before it stands ratio"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_figure_in_a_field_of_numbers(
    project: Make, block: str, call: str, finding: str
) -> None:
    issues = CALLED.replace("""'score(gender="male", period="2024")'""", f"'{call}'")
    found = told(project(scored(block, issues=issues)))
    assert [line.startswith(finding) for line in found] == [True], found


def test_a_word_for_a_number_stands_in_a_table(project: Make) -> None:
    issues = CALLED.replace('gender="male", period="2024"', 'gender="female", period="2024"')
    root = project(scored("issues table fields=[ours]", issues=issues))
    assert told(root) == []
    assert drawn(root).xpath("//td[@class='of-number']")[2].text_content().strip() == "–"


def test_a_tree_is_broken_where_its_page_ends(project: Make) -> None:
    """What leads to a tree stays with its first bodies, and the tree goes on overleaf between two bodies."""
    duties = "It decides on what is bought and built and told and hears those who carry it out. " * 7
    chain = "name: {en: Bodies, zh-Hant: 組織}\nfields: {duties: {en: Duties, zh-Hant: 職責}}\nentries:\n"
    chain += "  a0: {name: {en: Body 0, zh-Hant: 甲}, duties: {en: All., zh-Hant: 全部。}}\n"
    for number in range(1, 6):
        below, said = f"below: a{max(0, number - 2)}", f"duties: {{en: {duties}, zh-Hant: 決定。}}"
        chain += f"  a{number}: {{name: {{en: Body {number}, zh-Hant: 乙}}, {below}, {said}}}\n"
    changed = files("bodies tree", bodies=chain)
    opening = "Words stand before it all. " * 100
    block = "```topic\ntopic: bodies\nlayout: tree\n```\n"
    changed["content/en/a2.md"] = (
        f"# Bodies\n\n{opening}\n\n## Who decides {{ #who }}\n\nThese do.\n\n{block}"
    )
    changed["content/zh-Hant/a2.md"] = f"# 組織\n\n先有序言。\n\n## 誰作決定 {{ #who }}\n\n如下。\n\n{block}"
    root = project(changed)
    done = here("build", "--project", root, "--only", "pdf", "--edition-lang", "en")
    assert done.returncode == 0, done.stderr
    pdf = Pdf(root / "site" / "pdf" / "tiny-esg-2025.en.pdf")
    pages = {
        words: next(n for n in range(3, len(pdf.labels)) if words in pdf.text(n))
        for words in ("Who decides", "These do", *(f"Body {number}" for number in range(6)))
    }
    first = pages["Who decides"]
    assert [pages[words] for words in ("These do", "Body 0", "Body 1")] == [first] * 3
    assert pages["Body 5"] > first
