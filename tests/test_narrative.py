"""Markdown pages: what an author writes, what is kept of it, and exactly where a mistake stands."""

from __future__ import annotations

import pytest
from esgreport.diagnostics import Place
from esgreport.model import Call, Heading, IndexBlock, Name, Page, Prose, TableBlock
from esgreport.narrative import MOST_CHARACTERS, SLOT, read_page
from hypothesis import given
from hypothesis import strategies as st
from marks import places, unmarked


def page(text: str) -> Page:
    """A page without findings; its title is made up."""
    read, findings = read_page(f"# T\n\n{text}", "content/en/a2.md", "a2", "en")
    assert read is not None and not findings, [str(finding) for finding in findings]
    return read


def html(text: str) -> str:
    """The HTML of one stretch of prose, slots as {0}."""
    lead = page(text).lead
    assert lead is not None
    return shown(lead)


def shown(prose: Prose) -> str:
    return SLOT.sub(lambda m: f"{{{m[1]}}}", prose.html).replace("\n", "⏎")


def prose(read: Page) -> list[Prose]:
    return [item for item in (read.lead, *read.items) if isinstance(item, Prose)]


# ---------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**重點。**後", "<strong>重點。</strong>後"),
        ("前**「重點」**後", "前<strong>「重點」</strong>後"),
        ("前*重點*後", "前<em>重點</em>後"),
        ("用**A1.5**的", "用<strong>A1.5</strong>的"),
        ("共**{{ e }}**。", "共<strong>{0}</strong>。"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c and a**b**c", "a<em>b</em>c and a<strong>b</strong>c"),
        ("snake_case_name", "snake_case_name"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        ("a &nbsp; b &copy;", "a \u00a0 b ©"),
        (r"\*not\* \{\{ a", r"*not* {{ a"),
        ("CO<sub>2</sub> and m<sup>3</sup><br>x", "CO<sub>2</sub> and m<sup>3</sup><br>x"),
        ('<span lang="zh-Hant">銅</span>', '<span lang="zh-Hant">銅</span>'),
        ("a <!-- a note --> b", "a  b"),
        ("www.example.org https://example.org", "www.example.org https://example.org"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("    indented", "indented"),
    ],
)  # fmt: skip
def test_marks_and_words(markdown: str, expected: str) -> None:
    assert html(markdown) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("用電\n下降", "用電下降"),
        ("用電，\n下降", "用電，下降"),
        ("**用電**\n下降", "<strong>用電</strong>下降"),
        ("用電\n**下降**", "用電<strong>下降</strong>"),
        ("用電為\n{{ e }}\n。", "用電為{0}。"),
        ("用電\nkWh", "用電⏎kWh"),
        ("power\nuse", "power⏎use"),
        ("we used\n{{ e }}\nof it", "we used⏎{0}⏎of it"),
        ("用電  \n下降", "用電<br />⏎下降"),
    ],
)
def test_a_line_end_is_no_space_between_han_characters(markdown: str, expected: str) -> None:
    assert html(markdown) == f"<p>{expected}</p>"


def test_kinds_of_prose() -> None:
    read = page("lead\n\n- a\n- b\n\n1. c\n\n> d\n\n---\n\n| a | b |\n|:-|-:|\n| 1 | {{ e }} |\n\nlast\n")
    assert [item.kind for item in prose(read)] == ["paragraph", "list", "list", "quote", "rule", "table", "paragraph"]  # fmt: skip
    table = shown(prose(read)[5])
    assert '<td class="align-left">1</td>' in table and '<td class="align-right">{0}</td>' in table
    assert "style=" not in table


def test_a_cell_with_a_word_that_is_too_long_may_break_it() -> None:
    (table,) = map(
        shown, prose(page("P.\n\n| a | b |\n|---|--:|\n| " + "w" * 29 + " | 長" + "w" * 29 + " |\n"))[1:]
    )
    assert '<td class="unbreakable">' in table and '<td class="align-right unbreakable">' in table
    usual = "P.\n\n| a | b |\n|---|--:|\n| " + "w" * 28 + " | [x](https://example.org/" + "w" * 29 + ") |\n"
    (table,) = map(shown, prose(page(usual))[1:])
    assert "unbreakable" not in table


def test_title_and_lead() -> None:
    read, _ = read_page(
        "---\ncode: A2\ndescription: All of it\n---\n# Power {{ e }}\n\nlead\n\nmore", "p.md", "p", "en"
    )
    assert read is not None and read.lead is not None
    assert read.code == "A2"
    assert read.description == Name("All of it", Place("p.md", 3, 14, 23))
    assert shown(read.title) == "Power {0}" and shown(read.lead) == "<p>lead</p>" and len(read.items) == 1
    assert str(read.title.place) == "p.md:5:1" and str(read.lead.place) == "p.md:7:1"


def test_a_list_keeps_its_brackets() -> None:
    assert shown(prose(page("1) a\n2) b"))[0]).startswith('<ol class="bracketed">')
    assert shown(prose(page("3. a\n4. b"))[0]).startswith('<ol start="3">')


def test_a_chapter_without_an_opening_page() -> None:
    for written, opener in (("", True), ("opener: false\n", False), ("opener: true\n", True)):
        read, findings = read_page(f"---\ncode: A2\n{written}---\n# Power", "p.md", "p", "en")
        assert read is not None and (read.code, read.opener, findings) == ("A2", opener, [])


def test_no_lead_where_the_page_begins_with_a_section() -> None:
    read = page("## A { #a }\n\ntext")
    assert read.lead is None and len(read.items) == 2


# ---------------------------------------------------------------------------------------------- headings


def test_what_a_heading_says() -> None:
    read = page('## 電力 **use** { #power answers="A2.1:energy-direct  A2.3 D28(b)" }\n\ntext')
    heading = read.items[0]
    assert isinstance(heading, Heading)
    assert (heading.level, heading.id, heading.named) == (2, "power", True)
    assert shown(heading.title) == "電力 <strong>use</strong>"
    assert [f"{answer} {answer.place.column}-{answer.place.end_column}" for answer in heading.answers] == [
        "A2.1:energy-direct 33-51",
        "A2.3 53-57",
        "D28(b) 58-64",
    ]


@pytest.mark.parametrize(
    "text", ["## A {#a}", "## A { #a } ##", "## A   {  #a  }", "A { #a }\n---", "A\nA {#a}\n---"]
)
def test_ways_to_write_a_heading(text: str) -> None:
    heading = page(text + "\n\ntext").items[0]
    assert isinstance(heading, Heading) and heading.id == "a" and "{" not in heading.title.html


def test_a_call_in_a_heading() -> None:
    heading = page("## {{ e }} bought { #a }\n").items[0]
    assert isinstance(heading, Heading)
    assert (
        shown(heading.title) == "{0} bought" and str(heading.title.calls[0].place) == "content/en/a2.md:3:4"
    )


def test_made_up_ids_are_no_names() -> None:
    read, findings = read_page("# T\n\n## A\n\n### B { #b }\n", "p.md", "p", "en")
    assert read is not None
    assert [(item.id, item.named) for item in read.items if isinstance(item, Heading)] == [("section-2", False), ("b", True)]  # fmt: skip
    assert places(findings) == ["3:1-5 heading-without-id"] and not findings[0].blocking


# ---------------------------------------------------------------------------------------------- calls


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("{{ e }}", "e"),
        ("{{e}}", "e"),
        ("{{ e() }}", "e"),
        ('{{ e(period="2024") }}', "e period=2024"),
        ("{{ e( period = '2024' , plant='chengxi', ) }}", "e period=2024 plant=chengxi"),
        ("{{ e(period=2024) }}", "e period=2024"),
        ('{{ e(scale="萬") }}', "e scale=萬"),
        ('{{ e(note="") }}', "e note="),
    ],
)
def test_calls(text: str, call: str) -> None:
    lead = page(f"外購電力為{text}，下降").lead
    assert lead is not None
    found = lead.calls[0]
    assert " ".join([found.name, *(f"{name}={value}" for name, value in found.arguments)]) == call
    assert (found.place.line, found.place.column, found.place.end_column) == (3, 6, 6 + len(text))


def test_slots_are_numbered_within_each_stretch_of_prose() -> None:
    read = page("{{ a }} {{ b }}\n\n{{ c }}\n")
    assert [shown(item) for item in prose(read)] == ["<p>{0} {1}</p>", "<p>{0}</p>"]
    assert [[call.name for call in item.calls] for item in prose(read)] == [["a", "b"], ["c"]]


def test_calls_within_blocks_and_comments_are_left_alone() -> None:
    read = page(
        "text\n\n<!-- {{ not yet\n\n{% %} -->\n\n```table\nmetrics: [e]\ncolumns: [2025] # not {{ yet\n```\n"
    )
    assert [call for item in prose(read) for call in item.calls] == []
    assert isinstance(read.items[0], TableBlock)


def test_a_comment_that_holds_a_fence_hides_nothing_behind_it() -> None:
    read = page("<!--\n```\n-->\n\n{{ e }}\n")
    assert [call.name for item in prose(read) for call in item.calls] == ["e"]


def test_backquotes_with_words_behind_them_hide_nothing_either() -> None:
    read = page("``` a `b` ```\n{{ e }}\n")
    assert [call.name for item in prose(read) for call in item.calls] == ["e"]


# ---------------------------------------------------------------------------------------------- links, pictures


@pytest.mark.parametrize(
    ("target", "href", "reference"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d", None),
        ("mailto:esg@example.org", "mailto:esg@example.org", None),
        ("b1.md", "page:b1", "b1"),
        ("b1.md#policy", "page:b1#policy", "b1#policy"),
        ("#policy", "page:a2#policy", "a2#policy"),
    ],
)
def test_links(target: str, href: str, reference: str | None) -> None:
    lead = page(f"見[這裏]({target})。").lead
    assert lead is not None
    assert lead.html == f'<p>見<a href="{href}">這裏</a>。</p>'
    assert [link.target for link in lead.links] == ([reference] if reference else [])
    assert all(link.place.column == 7 and link.place.end_column == 7 + len(target) for link in lead.links)


def test_links_to_the_same_place_have_places_of_their_own() -> None:
    lead = page("[a](b1.md) and\n[a](b1.md), [c](b1.md#d)").lead
    assert lead is not None
    assert [f"{link.place.line}:{link.place.column}" for link in lead.links] == ["3:5", "4:5", "4:17"]


@pytest.mark.parametrize(
    ("text", "column"),
    [("[](https://example.org)", 4), ("**[](mailto:a@example.org)**", 6), ("## See [](b1.md) { #see }", 11)],
)
def test_a_link_that_nothing_gives_words_is_refused(text: str, column: int) -> None:
    _, findings = read_page(f"# T\n\n{text}\n", "content/en/a2.md", "a2", "en")
    assert [(f.code, f.place.line, f.place.column) for f in findings] == [("bad-link", 3, column)]


def test_prose_keeps_its_lines_as_typed_with_nothing_for_calls_and_comments() -> None:
    item = prose(page("lead\n\n- 甲<!-- ISO 9001 -->乙\n- c {{ e }}\n"))[1]
    lines = [line.text.replace("\ue000", ".") for line in item.lines]
    assert lines == ["- 甲.................乙", "- c ......."]
    assert [str(line.place) for line in item.lines] == ["content/en/a2.md:5:1", "content/en/a2.md:6:1"]


def test_pictures() -> None:
    read = page('text\n\n![電爐](assets/plants/furnace-1.jpg "The furnace")\n')
    item = prose(read)[1]
    assert '<img src="asset:plants/furnace-1.jpg" alt="電爐" title="The furnace" />' in item.html
    assert [(link.target, link.place.column) for link in item.pictures] == [
        ("assets/plants/furnace-1.jpg", 7)
    ]


# ---------------------------------------------------------------------------------------------- blocks


@pytest.mark.parametrize(
    ("id", "codes"),
    [("energy-2", []), ("Energy", ["bad-id"]), ("water", ["duplicate-id"])],
)
def test_the_id_of_a_table(id: str, codes: list[str]) -> None:
    text = f"# T\n\n## Water {{ #water }}\n\n```table\nid: {id}\nmetrics: [e]\ncolumns: [unit]\n```\n"
    read, findings = read_page(text, "content/en/a2.md", "a2", "en")
    assert [finding.code for finding in findings] == codes
    assert read is not None and isinstance(block := read.items[1], TableBlock)
    assert block.id == (id if codes != ["bad-id"] else "")


def test_a_table_block() -> None:
    text = "text\n\n```table\nmetrics: [electricity, 水]\ncolumns: [unit, 2025]\nmembers: plant\ntotal: false\n```\n"
    block = page(text).items[0]
    assert isinstance(block, TableBlock)
    assert [(str(n), str(n.place)) for n in block.metrics] == [
        ("electricity", "content/en/a2.md:6:11"),
        ("水", "content/en/a2.md:6:24"),
    ]
    assert [str(n) for n in (*block.columns, *block.members)] == ["unit", "2025", "plant"]
    assert (block.total, block.intensities, block.caption) == (False, False, "")
    assert (block.place.line, block.place.column, block.place.end_column) == (5, 1, 9)


@pytest.mark.parametrize("indent", ["", " ", "   "])
def test_places_within_an_indented_block(indent: str) -> None:
    text = "".join(f"{indent}{line}\n" for line in ("```table", "metrics: [e]", "columns: [2025]", "```"))
    block = page(text).items[0]
    assert isinstance(block, TableBlock)
    assert block.metrics[0].place.column == len(indent) + 11


@pytest.mark.parametrize(
    ("text", "framework"), [("", ""), ("framework: hkex-esg-code-2025\n", "hkex-esg-code-2025")]
)
def test_an_index_block(text: str, framework: str) -> None:
    for fence in ("```", "~~~", "`````"):
        block = page(f"{fence}index\n{text}{fence}\n").items[0]
        assert isinstance(block, IndexBlock) and block.framework == framework


def test_an_index_block_with_all_its_keys() -> None:
    keys = "framework: f\nby: requirement\ncolumns: [code, level, code]\ndepth: items\nlevels: mandatory\nparts: [A, B1]\n"
    block = page(f"```index\n{keys}```\n").items[0]
    assert isinstance(block, IndexBlock)
    assert (block.by, block.columns, block.depth) == ("requirement", ("code", "level"), "items")
    assert [name.text for name in (*block.levels, *block.parts)] == ["mandatory", "A", "B1"]
    plain = page("```index\n```\n").items[0]
    assert isinstance(plain, IndexBlock)
    assert (plain.by, plain.columns, plain.depth, plain.levels, plain.parts) == (
        "requirement", (), "rows", (), (),
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------- mistakes

MISTAKES = {
    "an index by something else": """
        # T

        ```index
        by: page
            ^^^^ unknown-choice
        ```
        """,
    "a column that this index does not have": """
        # T

        ```index
        by: section
        columns: [section, status]
                           ^^^^^^ unknown-choice
        ```
        """,
    "a depth that is none": """
        # T

        ```index
        depth: leaves
               ^^^^^^ unknown-choice
        ```
        """,
    "words before a call": """
        # 能源

        外購電力為{{ electricity(“2025”) }}。
                                 ^^^^^^ bad-call
        """,
    "the second of two calls": """
        # T

        {{ a }} and {{ b(c=d) }} and {{ c }}
                         ^^^ bad-call
        """,
    "a brace too many": """
        # T

        {{ a }} and }} more
                    ^^ bad-call
        """,
    "braces over two lines": """
        # T

        We bought {{ electricity
                  ^^ bad-call
        }} of it.
        ^^ bad-call
        """,
    "a loop": """
        # T

        電：{% for a in b %}
            ^^ bad-call
        """,
    "a call as a link's target": """
        # T

        see [a]({{ b }})
        ^^^^^^^^^^^^^^^^ bad-call
        """,
    "a call as a picture's name and description": """
        # T

        ![a](assets/{{ b }}.png)
        ^^^^^^^^^^^^^^^^^^^^^^^^ bad-call

        ![{{ b }}](assets/a.png)
        ^^^^^^^^^^^^^^^^^^^^^^^^ bad-call
        """,
    "links": """
        # T

        電[a](no), [b](no),
              ^^ bad-link
                       ^^ bad-link
        [c](?x)
            ^^ bad-link
        """,
    "no picture of the report": """
        # T

        ![a](photo.png) ![b](assets/b.gif)
             ^^^^^^^^^ bad-picture
                             ^^^^^^^^^^^^ bad-picture
        """,
    "a picture without words": """
        # T

        ![](assets/a.png)
            ^^^^^^^^^^^^ picture-without-text
        """,
    "tags": """
        # T

        CO<sub>2 and <b>x</b> and </sup>
          ^^^^^ html-not-allowed
                     ^^^ html-not-allowed
                         ^^^^ html-not-allowed
                                  ^^^^^^ html-not-allowed
        """,
    "a tag in a section's title": """
        # T

        ## 電 <i>x { #a }
              ^^^ html-not-allowed
        """,
    "a tag in a cell": """
        # T

        | a | b |
        |---|---|
        | <sub>2 | x</sub> |
          ^^^^^ html-not-allowed
                    ^^^^^^ html-not-allowed
        """,
    "a span without a language": """
        # T

        <span>a</span>
        ^^^^^^ html-not-allowed
               ^^^^^^^ html-not-allowed
        """,
    "HTML of its own": """
        # T

        <div class="a">
        ^^^^^^^^^^^^^^^ html-not-allowed
        text
        """,
    "a heading's braces": """
        # T

        ## 電 { .red #a #b answers=A1 }
                ^^^^ bad-heading
                        ^^ bad-heading
                           ^^^^^^^^^^ bad-heading
        """,
    "an id that cannot be one": """
        # T

        ## 電 { #Power_1 }
                ^^^^^^^^ bad-id
        """,
    "the same id twice": """
        # T

        ## a { #a }

        ## b { #a }
        ^^^^^^^^^^^ duplicate-id
        """,
    "a level left out": """
        # T

        ## a { #a }

        #### b { #b }
        ^^^^^^^^^^^^^ heading-jump
        """,
    "a heading without words": """
        # T

        ## { #a }
        ^^^^^^^^^ bad-heading
        """,
    "two titles": """
        # T

        # U
        ^^^ bad-heading
        """,
    "text before the title": """
        text

        # T
        ^^^ bad-heading
        """,
    "a title that answers": """
        # T { #t answers="A1" }
        ^^^^^^^^^^^^^^^^^^^^^^^ bad-heading
        """,
    "a heading in a list": """
        # T

        - ## a
        ^^^^^^ bad-heading
        """,
    "a block in a list": """
        # T

        - a

          ```table
          ^^^^^^^^ unknown-block
          metrics: [a]
          ```
        """,
    "a kind of block that is misspelt": """
        # T

        ```tabel
        ^^^^^^^^ unknown-block
        metrics: [a]
        ```
        """,
    "a block that says nothing": """
        # T

        ```
        ^^^ unknown-block
        a
        ```
        """,
    "an empty table": """
        # T

        ```table
        ^^^^^^^^ missing-key
        ```
        """,
    "words of a table": """
        # T

        ```table
        metrics: [電力]
        units: [噸, kg: b]
                    ^ wrong-shape
        columns: [2025]
        captoin: x
        ^^^^^^^ unknown-key
        total: no
               ^^ unknown-choice
        ```
        """,
    "YAML of a table": """
        # T

        ```table
        metrics: [a
                 ^ not-yaml
        columns: [2025]
        ```
        """,
    "the front matter": """
        ---
        code: {en: A1}
              ^ wrong-shape
        titel: x
        ^^^^^ unknown-key
        ---
        # T
        """,
    "an entity that cannot be seen": """
        # T

        電&zwj;力
          ^^^^^ forbidden-character
        """,
}


@pytest.mark.parametrize("case", MISTAKES)
def test_points_at_what_is_wrong(case: str) -> None:
    text, expected = unmarked(MISTAKES[case])
    _, findings = read_page(text, "content/en/a2.md", "a2", "en")
    assert places(findings) == expected
    assert all(finding.help for finding in findings)


def test_a_page_without_a_title() -> None:
    read, findings = read_page("text\n", "a.md", "a", "en")
    assert read is None and places(findings) == ["1:1-2 bad-heading"]


def test_a_page_that_is_too_long() -> None:
    read, findings = read_page("# T\n" + "x\n" * MOST_CHARACTERS, "a.md", "a", "en")
    assert read is None and [finding.code for finding in findings] == ["file-too-large"]


def test_all_mistakes_of_a_page_in_one_reading() -> None:
    text = "# T\n\n{{ 1 }} [a](b) <b>\n\n## A\n\n```x\n```\n\n![](c)\n"
    _, findings = read_page(text, "a.md", "a", "en")
    assert len(findings) == 7


@pytest.mark.parametrize("quotes", [5, 9, 18, 19, 25, 60])
def test_text_is_never_lost_in_deep_nesting(quotes: int) -> None:
    read, findings = read_page("# T\n\n" + "> " * quotes + "deep\n\n- " + "\n", "a.md", "a", "en")
    if read is None:
        assert [finding.code for finding in findings] == ["nested-too-deep"]
    else:
        assert any("deep" in item.html for item in prose(read))


# ---------------------------------------------------------------------------------------------- any text

PIECES = st.sampled_from(
    ["# ", "## ", "\n", "\n\n", "{{ ", " }}", "{{ e }}", '{{ e(a="b") }}', "{%", "{ #a }", "answers=\"A1\"", "```table\n", "```", "~~~",
     "metrics: [a]\n", "|", "|-|", "**", "*", "_", "[", "](", ")", "![", "<sub>", "</sub>", "<b>", "<!--", "-->", "&#xE000;", "&#xE001;", "&zwj;",
     "\ue000", "\ue001", "0", "字", "。", " ", "    ", "- ", "> ", "1. ", "---", "===", "\t", "\\", "<javascript:x>", "assets/a.png", "b.md#c"]
)  # fmt: skip
any_markdown = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[]()", [("this link has no target", 3, 2, 4)]),
        ("Read [more]() and [more](<>).", [("this link has no target", 3, 11, 13), ("this link has no target", 3, 24, 26)]),
        ("![A mill]()", [("no picture is named here", 3, 9, 11)]),
    ],
)  # fmt: skip
def test_a_link_without_a_target_is_shown_where_it_should_stand(text, places):
    _, findings = read_page("# T\n\n" + text, "a.md", "a", "en")
    assert [(f.message, f.place.line, f.place.column, f.place.end_column) for f in findings] == places


@given(any_markdown, st.booleans())
def test_any_text_is_a_page_or_a_finding(text: str, titled: bool) -> None:
    read, findings = read_page(("# T\n\n" if titled else "") + text, "a.md", "a", "en")
    assert read is not None or findings
    assert all(f.place.line >= 1 and f.place.column < f.place.end_column for f in findings if f.place.column)


@given(any_markdown)
def test_what_is_printed_holds_nothing_that_runs(text: str) -> None:
    read, findings = read_page("# T\n\n" + text, "a.md", "a", "en")
    if read is None or any(finding.blocking for finding in findings):
        return
    for item in (read.title, *prose(read), *(i.title for i in read.items if isinstance(i, Heading))):
        low = item.html.lower()
        assert "<script" not in low and 'href="javascript' not in low and "<b>" not in low
        numbers = [int(number) for number in SLOT.findall(item.html)]
        assert numbers == list(range(len(item.calls)))
        assert all(isinstance(call, Call) for call in item.calls)
