"""Topics and boxes: words in blocks, from data and from pages, in every language, with their places."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TINY
from esgreport.pipeline import build, examine
from esgreport.printed import printed_figures
from esgreport.views import BoxView, EntryView, TopicView, Words
from esgreport.writer import report_view
from PIL import Image
from reports import edition_of

Make = Callable[..., Path]

STAKEHOLDERS = """\
name: {en: Stakeholders, zh-Hant: 持份者}
fields:
  expects: {en: Expects, zh-Hant: 期望}
  since: {name: {en: Since, zh-Hant: 始於}, kind: date}
  weight: {name: {en: Weight, zh-Hant: 比重}, kind: number}
entries:
  staff:
    name: {en: Staff of the *works*, zh-Hant: 廠房僱員}
    since: 2019-05-04
    weight: 1 200
    expects: {en: "{{ electricity }} less", zh-Hant: "少用{{ electricity }}"}
  town:
    name: {en: Town, zh-Hant: 居民}
    rows:
      - expects: {en: Quiet, zh-Hant: 寧靜}
      - expects:
          en: |
            Air:

            - clean
            - [cool](a2.md#figures)
          zh-Hant: 空氣
"""
SHOWN = "```topic\ntopic: stakeholders\n```\n"


def with_block(block: str = SHOWN, topic: str = STAKEHOLDERS, other: str = "") -> dict[str, str]:
    """The tiny company with a block at the end of its page, in Chinese `other` if given."""
    return {
        "data/topics/stakeholders.yml": topic,
        "content/en/a2.md": TINY["content/en/a2.md"] + "\n" + block,
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"] + "\n" + (other or block),
    }


def said(words: Words) -> str:
    """The text of a field, its figures by their ids."""
    parts = (part for view in words for part in view.parts)
    return "".join(part if isinstance(part, str) else f"<{part.figure}>" for part in parts)


def pieces(root: Path, language: str, kind: type) -> list[Any]:
    """The views of one kind on the pages of a language."""
    view = report_view(edition_of(root), language)
    return [piece for page in view.pages for piece in page.body if isinstance(piece, kind)]


def told(root: Path) -> list[str]:
    """What is found, but for what is not answered."""
    result = examine(root)
    return [f"{f.place.path}:{f.place.line}:{f.place.column} {f.code}: {f.message}" for f in result.findings
            if not f.code.startswith("requirement")]  # fmt: skip


def test_a_topic_is_worded_in_each_language(project: Make) -> None:
    root = project(with_block())
    assert told(root) == []
    (english,) = pieces(root, "en", TopicView)
    (chinese,) = pieces(root, "zh-Hant", TopicView)
    assert (english.label, english.caption, english.corner) == ("Table 2", "Stakeholders", "Stakeholders")
    assert (chinese.label, chinese.caption) == ("表2", "持份者")
    assert [(field.name, field.kind) for field in chinese.fields] == [
        ("期望", "words"), ("始於", "date"), ("比重", "number"),
    ]  # fmt: skip

    def lines(entry: EntryView) -> list[str]:
        return [said(entry.name), *map(said, entry.words)]

    staff, town = english.entries
    assert lines(staff) == [
        "Staff of the <em>works</em>", "<p><electricity@2025> less</p>", "4 May 2019", "1,200",
    ]  # fmt: skip
    assert lines(town) == ["Town", "", "", ""]
    assert [said(row.words[0]) for row in town.rows] == [
        "<p>Quiet</p>",
        '<p>Air:</p><ul>\n<li>clean</li>\n<li><a href="page:a2#figures">cool</a></li>\n</ul>',
    ]
    assert [said(row.words[0]) for row in chinese.entries[1].rows] == ["<p>寧靜</p>", "<p>空氣</p>"]
    assert lines(chinese.entries[0])[2] == "2019年5月4日"


def test_what_a_topic_says_is_printed_where_it_is_shown(project: Make) -> None:
    edition = edition_of(project(with_block()))
    page = edition.report.pages["a2", "en"]
    printed = [f"{id} {section}" for id, section in printed_figures(edition.report, edition.figures, page)]
    assert printed == ["electricity@2025 ", "electricity@2025 figures", "electricity@2024 figures",
                       "electricity@2025 figures"]  # fmt: skip


def test_a_block_chooses_entries_and_fields(project: Make) -> None:
    block = "```topic\ntopic: stakeholders\nlayout: cards\nentries: [town, staff]\nfields: [weight]\n```\n"
    (view,) = pieces(project(with_block(block)), "en", TopicView)
    assert (view.layout, view.label, view.caption) == ("cards", "", "")
    assert [said(entry.name) for entry in view.entries] == ["Town", "Staff of the <em>works</em>"]
    assert [field.id for field in view.fields] == ["weight"]
    assert said(view.entries[1].words[0]) == "1,200"


@pytest.mark.parametrize(
    ("typed", "instead", "finding"),
    [
        ("{{ electricity }} less", "{{ electrcity }} less", '11:20 unknown-name: "electrcity" is neither'),
        ("[cool](a2.md#figures)", "[cool](a2.md#figure)", '21:22 unknown-link: the page "a2" has no section'),
        ("[cool](a2.md#figures)", "[cool](#figures)", '21:22 bad-link: "#figures" does not say on which page'),
        ("            - clean", "            ## Clean", "20:13 bad-heading: a heading cannot stand here"),
        ("Quiet,", "Quiet <b>,", "15:29 html-not-allowed: <b> cannot be used here"),
        ("2019-05-04", "May 2019", '9:12 bad-date: "May 2019" is not a date'),
        (", zh-Hant: 寧靜", "", "15:18 missing-wording: expects of a row of"),
        ("    since: 2019", "    sinse: 2019", '9:5 unknown-key: "sinse" is not a key of the entry'),
        ("kind: date", "kind: day", '4:49 unknown-choice: "day" is not a kind of field'),
        ("  expects: {en: Expects", "  rows: {en: Expects", '3:3 bad-id: a field cannot be called "rows"'),
    ],
)  # fmt: skip
def test_findings_of_a_topic_say_where(project: Make, typed: str, instead: str, finding: str) -> None:
    assert STAKEHOLDERS.count(typed) == 1
    root = project(with_block(topic=STAKEHOLDERS.replace(typed, instead)))
    assert any(line.startswith(f"data/topics/stakeholders.yml:{finding}") for line in told(root)), told(root)


def test_names_that_a_block_does_not_find(project: Make) -> None:
    block = "```topic\ntopic: stakeholders\nentries: [twon]\nfields: [expect]\n```\n\n```topic\ntopic: risks\n```\n"
    assert [line for line in told(project(with_block(block))) if "content/en" in line] == [
        'content/en/a2.md:14:11 unknown-name: "twon" is not an entry of stakeholders',
        'content/en/a2.md:15:10 unknown-name: "expect" is not a field of stakeholders',
        'content/en/a2.md:19:8 unknown-name: "risks" is not a topic of data/topics',
    ]


CASE = """\
```case
id: winch
label: Tuen Mun
title: A winch that **waits**
text: |
  It drew {{ electricity }}.

  - Less noise
figures:
  - "{{ electricity(period='2024') }} before"
```
"""


def test_a_case_holds_words_lines_and_figures(project: Make) -> None:
    root = project(with_block(CASE))
    (view,) = pieces(root, "en", BoxView)
    assert (view.piece, view.anchor, view.target) == ("case", "winch", "a2/winch")
    assert {key: said(words) for key, words in view.texts.items()} == {
        "label": "Tuen Mun",
        "title": "A winch that <strong>waits</strong>",
        "text": "<p>It drew <electricity@2025>.</p><ul>\n<li>Less noise</li>\n</ul>",
    }
    assert [said(line) for line in view.lists["figures"]] == ["<electricity@2024> before"]


def test_boxes_are_compared_between_the_languages(project: Make) -> None:
    quote = "```quote\ntext: 很靜。\n```\n"
    (found,) = [line for line in told(project(with_block(CASE, other=quote))) if "languages-differ" in line]
    assert found == (
        'content/en/a2.md:12:1 languages-differ: here stands a case with the id "winch", '
        "but in content/zh-Hant/a2.md, line 12, a quotation"
    )


def test_findings_of_a_box_say_where(project: Make) -> None:
    wrong = CASE.replace("{{ electricity }}", "{{ elektricity }}").replace("title:", "titel:")
    found = [line for line in told(project(with_block(wrong))) if "content/en" in line]
    assert found[:2] == [
        'content/en/a2.md:13:1 missing-key: a case needs "title"',
        'content/en/a2.md:15:1 unknown-key: "titel" is not a key of a case',
    ]
    assert found[2].startswith('content/en/a2.md:17:11 unknown-name: "elektricity" is neither')


PICTURES = """\
hall:
  file: assets/hall.png
  alt: {en: A hall, zh-Hant: 車間}
  caption: {en: The hall in May, zh-Hant: 五月的車間}
  credit: {en: "Photograph: works", zh-Hant: 攝影：廠房}
  generated: true
yard: {file: assets/yard.png, alt: {en: A yard, zh-Hant: 廠區}}
"""
PAIR = (
    "```pictures\nid: before-after\nlayout: pair\npictures: [hall, yard]\ncaption: Before and *after*\n```\n"
)


def picture(width: int = 900, height: int = 600) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def with_pictures(block: str, register: str = PICTURES) -> dict[str, str | bytes]:
    return {
        **with_block(block + "\n" + SHOWN),
        "data/pictures.yml": register,
        "content/assets/hall.png": picture(),
        "content/assets/yard.png": picture(901),
    }


def test_pictures_say_what_they_show_in_each_language(project: Make) -> None:
    root = project(with_pictures(PAIR))
    assert told(root) == []
    (view,) = pieces(root, "zh-Hant", BoxView)
    assert (view.piece, view.choices, said(view.texts["caption"])) == (
        "pictures", {"layout": "pair"}, "Before and <em>after</em>",
    )  # fmt: skip
    hall, yard = view.names["pictures"]
    assert (hall.address, hall.alt, hall.caption, hall.credit, hall.mark, hall.width, hall.height) == (
        "hall.png", "車間", "五月的車間", "攝影：廠房", "圖片由人工智能生成", 900, 600,
    )  # fmt: skip
    assert (yard.caption, yard.credit, yard.mark) == ("", "", "")


@pytest.mark.parametrize(
    ("block", "register", "finding"),
    [
        (
            PAIR.replace("yard", "yrad"),
            PICTURES,
            'content/en/a2.md:15:18 unknown-name: "yrad" is not a picture',
        ),
        (
            PAIR.replace(", yard", ""),
            PICTURES,
            "content/en/a2.md:15:12 wrong-argument: a pair is two pictures",
        ),
        (PAIR.replace("pair", "pairs"), PICTURES, "content/en/a2.md:14:9 unknown-choice: "),
        (
            PAIR,
            PICTURES.replace("yard.png", "yrad.png"),
            "data/pictures.yml:7:14 missing-picture: assets/yrad.png",
        ),
        (PAIR, PICTURES.replace("assets/yard.png", "../yard.png"), "data/pictures.yml:7:14 bad-picture: "),
        (
            PAIR,
            PICTURES.replace(", alt: {en: A yard, zh-Hant: 廠區}", ""),
            "data/pictures.yml:7:7 missing-key: ",
        ),
        (PAIR, PICTURES.replace(", zh-Hant: 車間", ""), "data/pictures.yml:3:8 missing-wording: "),
    ],
)
def test_findings_of_pictures_say_where(project: Make, block: str, register: str, finding: str) -> None:
    root = project(with_pictures(block, register))
    assert any(line.startswith(finding) for line in told(root)), told(root)


def test_pictures_are_published_ready_made_and_no_others(project: Make) -> None:
    files = {**with_pictures(PAIR), "content/assets/large.png": picture(3000, 2000)}
    root = project({**files, "content/assets/hall.png": picture(3000, 2000)})
    result = build(root, root / "site", only=("web",))
    assert result.written, [str(finding) for finding in result.findings if finding.blocking]
    for language in ("en", "zh-Hant"):
        assets = root / "site" / language / "assets"
        assert sorted(path.name for path in assets.glob("*.png")) == ["hall.png", "yard.png"]
        with Image.open(assets / "hall.png") as published:
            assert published.size == (1680, 1120)
    page = (root / "site" / "en" / "a2.html").read_text(encoding="utf-8")
    assert 'src="assets/hall.png" alt="A hall" width="3000" height="2000"' in page
    assert "Picture generated by AI" in page
