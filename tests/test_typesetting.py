"""Chinese as it is set in print: room between scripts, marks that close up, and not a character more or less."""

from __future__ import annotations

import re

import pytest
from esgreport.typesetting import set_chinese
from hypothesis import given
from hypothesis import strategies as st


def marked(text: str) -> str:
    """What was set, with ‹ › round a sign that has room after it and ⟨ ⟩ round a bracket set half as wide."""
    text = re.sub("<set-gap>(.)</set-gap>", r"‹\1›", set_chinese(text))
    text = re.sub("<set-half>(.)</set-half>", r"⟨\1⟩", text)
    text = re.sub("<set-day>(.*?)</set-day>", r"[\1]", text)
    return text.replace("<set-last>", "{").replace("</set-last>", "}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>按ISO 14001認證</p>", "<p>‹按›ISO 1400‹1›認證</p>"),
        ("<p>減少6.4%至</p>", "<p>減‹少›6.4‹%›至</p>"),
        ("<p>於2025年12月31日止</p>", "<p>‹於›[2025年][12月][31日]止</p>"),
        ("<p>每年A級</p>", "<p>每‹年›‹A›級</p>"),
        ("<p>共3項；B、C</p>", "<p>‹共›‹3›項；B、C</p>"),
        ("<p>排放 CO2 減少</p>", "<p>排放 CO2 減少</p>"),
        ('<p>為<span id="x">8,420</span>公斤</p>', '<p>‹為›<span id="x">8,42‹0›</span>公斤</p>'),
        ("<p>CO<sub>2</sub>排放</p>", "<p>CO<sub>‹2›</sub>排放</p>"),
        ("<p>排放量<sup>a</sup></p>", "<p>排放量<sup>a</sup></p>"),
        ("<th>排放量</th><td>135</td>", "<th>排放量</th><td>135</td>"),
        ("<p>R&amp;D部</p>", "<p>R&amp;‹D›部</p>"),
        ("<p>《章程》（修訂）。</p>", "<p>《章程⟨》⟩（修訂⟨）⟩。</p>"),
        ("<p>他說：「好」。</p>", "<p>他說：⟨「⟩好⟨」⟩。</p>"),
        ("<p>（「甲」、「乙」）</p>", "<p>（⟨「⟩甲⟨」⟩、⟨「⟩乙⟨」⟩）</p>"),
        ("<p><b>「甲」</b>，乙</p>", "<p><b>「甲⟨」⟩</b>，乙</p>"),
        ("<p>，<b>「甲</b></p>", "<p>，<b>⟨「⟩甲</b></p>"),
        ("<p>甲」</p><p>「乙</p>", "<p>甲」</p><p>「乙</p>"),
        ("<head><title>表A1</title></head>", "<head><title>表A1</title></head>"),
        ("<svg><text>表A1</text></svg>表A1", "<svg><text>表A1</text></svg>‹表›A1"),
        ('<p data-name="表A1「」，">甲</p>', '<p data-name="表A1「」，">甲</p>'),
        ("<p>上限曾在兩更超出，均在首星期之內。</p>", "<p>上限曾在兩更超出，均在首星{期之內。}</p>"),
        (
            "<li>上限曾在兩更超出，<b>均在首星期之內</b></li>",
            "<li>上限曾在兩更超出，<b>均在首星期之內</b></li>",
        ),
        ("<p>上限曾在兩更超出，減少6.4%。</p>", "<p>上限曾在兩更超出，減‹少›6.4%。</p>"),
        ("<p>短短一句話。</p>", "<p>短短一句話。</p>"),
        ("<p>Latin only, (with brackets).</p>", "<p>Latin only, (with brackets).</p>"),
    ],
)
def test_room_between_scripts_and_marks_that_close_up(text: str, shown: str) -> None:
    assert marked(text) == shown


PIECES = st.sampled_from(
    ["甲", "乙年", "3", "2025", "A", "%", "「", "」", "（", "，", "。", " ", "&amp;", "<b>", "</b>", "<p>", "<sup>a</sup>", "<br>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_not_a_character_is_added_lost_or_set_twice(text: str) -> None:
    done = set_chinese(text)
    bare = re.sub("</?[^>]*>", "", done)
    assert bare == re.sub("</?[^>]*>", "", text)
    assert re.sub(r"</?set-(day|gap|half|last)>", "", done) == text
