"""The strict reader: text stays text, every value knows its place, whatever could surprise is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from esgreport.amounts import parse_number
from esgreport.source import (
    MOST_TEXT,
    Empty,
    Mapping,
    Node,
    Scalar,
    Sequence,
    described,
    exists,
    inside,
    plain_name,
    position,
    read_csv,
    read_text,
    read_yaml,
    split_front_matter,
)
from hypothesis import example, given
from hypothesis import strategies as st
from marks import places, unmarked

Plain = str | None | list["Plain"] | dict[str, "Plain"]


def plain(node: Node | None) -> Plain:
    """A node without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node}
    return None


def value(text: str) -> Plain:
    """The value that `v: …` holds."""
    node, findings = read_yaml(f"v: {text}\n", "a.yml")
    assert not findings and isinstance(node, Mapping)
    return plain(node.get("v"))


# ---------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "true", "014", "0x1F", "0o17", "1e3", "1_000", "12:30", "12:30:45", "2025-01-01", "109.820", "3.10",
     "29 843 800", ".inf", "=", "外購電力", "2025年", "nil", "not_applicable", "Null", "a:b", "a#b", "-5", "½", "😀"],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize("text", ["", "~", "null", "# only a comment"])
def test_nothing_is_missing_and_never_nil(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"29,843,800"', "29,843,800"),
        ("'it''s'", "it's"),
        (r'"say \"no\""', 'say "no"'),
        ('"null"', "null"),
        ('""', ""),
        ("cafe\u0301", "café"),
        ("[1, 2,]", ["1", "2"]),
        ("{a: 1, b: [x]}", {"a": "1", "b": ["x"]}),
        ("one\n  two", "one two"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">\n  one\n  two\n", "one two\n"),
        ("workforce@2025[gender=female]", "workforce@2025[gender=female]"),
    ],
)
def test_yaml_that_is_meant(text: str, meant: Plain) -> None:
    assert value(text) == meant


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    node, findings = read_yaml(text, "a.yml")
    assert not findings and plain(node) is None


# ---------------------------------------------------------------------------------------------- places


def found_places(node: Node | None) -> list[str]:
    """Every value as line:column-end text."""
    if isinstance(node, Mapping):
        return [place for key, value in node for place in (*found_places(key), *found_places(value))]
    if isinstance(node, Sequence):
        return [place for item in node.items for place in found_places(item)]
    assert isinstance(node, Scalar | Empty)
    where = f"{node.place.line}:{node.place.column}-{node.place.end_column}"
    return [f"{where} {node.text}" if isinstance(node, Scalar) else where]


def test_every_value_knows_its_place() -> None:
    text = 'name: {en: Power, zh-Hant: 外購電力, zh-Hans: 电}\nunit: "kWh"\n😀: [29 843 800, a]\nnote:\n'
    node, _ = read_yaml(text, "a.yml")
    assert found_places(node) == [
        "1:1-5 name",
        "1:8-10 en",
        "1:12-17 Power",
        "1:19-26 zh-Hant",
        "1:28-32 外購電力",
        "1:34-41 zh-Hans",
        "1:43-44 电",
        "2:1-5 unit",
        "2:7-12 kWh",
        "3:1-2 😀",
        "3:5-15 29 843 800",
        "3:17-18 a",
        "4:1-5 note",
        "4:6-7",
    ]


def test_a_text_over_several_lines_is_placed_on_its_first() -> None:
    node, _ = read_yaml('a: "one\n  two"\nb: one\n  two\nc: |\n  one\nd: [x,\n  y]\n', "a.yml")
    assert isinstance(node, Mapping)
    assert [str(node.get(key).place) for key in "abcd"] == [
        "a.yml:1:4",
        "a.yml:3:4",
        "a.yml:5:4",
        "a.yml:7:4",
    ]  # type: ignore[union-attr]
    assert [node.get(key).place.end_column for key in "abcd"] == [8, 7, 5, 5]  # type: ignore[union-attr]


def test_places_within_a_page() -> None:
    node, _ = read_yaml("metrics: [a]\n", "page.md", first_line=12, indent=2)
    assert found_places(node) == ["12:3-10 metrics", "12:13-14 a"]


# ---------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "marked",
    [
        """
        a: &x 1
           ^^^^ yaml-anchor
        """,
        """
        a: *x
           ^^ yaml-alias
        """,
        """
        電力: {2025: 29,843,800}
                     ^^^^^^^^^^ entry-without-value
        """,
        """
        name: {en: All vessels, piers and yards, zh-Hant: 碼頭}
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ entry-without-value
        """,
        """
        name: {en: Water, zh-Hant}
                          ^^^^^^^ entry-without-value
        """,
        """
        {外購: 電力, 外購: 用電}
                     ^^^^ duplicate-key
        """,
        """
        a: ! x
           ^^^ yaml-tag
        """,
        """
        a: [workforce@2025[gender=female]]
                          ^ not-yaml
        """,
        """
        a: "one
           ^ not-yaml
        b: two
        """,
        """
        a: 'it's'
               ^ not-yaml
        """,
        """
        name: 電力: 外購
                  ^ not-yaml
        """,
        """
        a: 1
         b: 2
          ^ not-yaml
        """,
        """
        - a
        b: c
        ^ not-yaml
        """,
        r"""
        a: "C:\data"
              ^ not-yaml
        """,
        """
        a: @b
           ^ not-yaml
        """,
        """
        a: 1
        ...
        b
        ^ not-yaml
        """,
        """
        a: {b: 1
           ^ not-yaml
        c: 2
        """,
        """
        a: [1, , 2]
               ^ not-yaml
        """,
        """
        null: x
        ^^^^ key-not-text
        """,
        """
        # a comment
        %YAML 1.1
        ^ yaml-directive
        ---
        a: 1
        """,
    ],
)
def test_what_could_surprise_is_refused_at_its_place(marked: str) -> None:
    text, expected = unmarked(marked)
    node, findings = read_yaml(text, "a.yml")
    assert node is None and places(findings) == expected
    assert all(finding.blocking and finding.help for finding in findings)


@pytest.mark.parametrize("text", ["a: " + "x" * (MOST_TEXT + 1), "- " * 30 + "a", "[" * 30, "{a: " * 30])
def test_limits(text: str) -> None:
    node, findings = read_yaml(text, "a.yml")
    assert node is None and findings[0].code in ("text-too-long", "nested-too-deep")


def test_the_parser_s_own_words_are_never_shown() -> None:
    broken = ["a: |x", "a: |0\n x", "!<", "a: !<x", "%FOO", "%YAML x\n---\n", "a: \"\\u12\"", "a: \"\\ud800\"", "? a\n- b",
              "a: {b: c: d}", "[a]: [b", "- a\n -b\n c", "a:\n\t- b", "@", "`", "a: *", "a: &", "!!", "a: b\n- c", "\"\n---\n",
              "a: [b]]", "a: - b", "&a &b c", "|\n\ta", "a: >\n b\n  c\n d: e\n", "--- a: b", "{,}", "[:", "? ?", "a: !!"]  # fmt: skip
    for text in broken:
        for finding in read_yaml(text, "a.yml")[1]:
            assert "expected" not in finding.message and "found" not in finding.message, (
                text,
                finding.message,
            )


@given(st.one_of(st.text(), st.text(alphabet="ab:-[]{},\"'#&*!|>%@`?~ \n\t0字\x85\u2028\r")))
@example("\x85a: \n b")
@example("a\u2028: |")
@example("[\r\n,")
@example("{\x850")
def test_any_text_is_read_or_refused(text: str) -> None:
    node, findings = read_yaml(text, "a.yml")
    assert node is None or not findings
    assert all(f.place.line >= 1 and 1 <= f.place.column < f.place.end_column for f in findings)


@given(st.recursive(
    st.text(alphabet="abc:,#-[]{}\"' 字é0", max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc字", min_size=1, max_size=4), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_what_is_quoted_comes_back(wanted: Plain) -> None:
    def written(value: Plain) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{written(key)}: {written(inner)}" for key, inner in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(written, value)) + "]"
        return "'" + str(value).replace("'", "''") + "'"

    node, findings = read_yaml(written(wanted), "a.yml")
    assert not findings and plain(node) == wanted


@given(st.integers(0, 10**24), st.integers(0, 6), st.sampled_from(["", " ", ",", "\u00a0"]))
def test_a_number_comes_back_digit_for_digit(units: int, decimals: int, mark: str) -> None:
    digits = str(units).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    grouped = f"{int(whole):,}".replace(",", mark)
    typed = f"{grouped}.{fraction}" if decimals else grouped
    node, _ = read_yaml(f'v: "{typed}"', "a.yml")
    assert isinstance(node, Mapping)
    number = parse_number(plain(node.get("v")))  # type: ignore[arg-type]
    assert number is not None and str(number) == (f"{int(whole)}.{fraction}" if decimals else whole)


# ---------------------------------------------------------------------------------------------- CSV


def cells(text: str) -> list[list[str]]:
    rows, findings = read_csv(text, "a.csv")
    assert not findings
    return [[cell.text for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('"29,843,800", 12 ,\n', [["29,843,800", "12", ""]]),
        ('"say ""no""",x\n', [['say "no"', "x"]]),
        ("a,b\n\n,,\n  \n1,2", [["a", "b"], ["1", "2"]]),
        ("外購電力,cafe\u0301\n", [["外購電力", "café"]]),
        ("-5,nil,0.10\n", [["-5", "nil", "0.10"]]),
        ("", []),
    ],
)
def test_rows(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == rows


def test_cells_know_their_places() -> None:
    rows, _ = read_csv('電力, "1,2" ,x\n,\n\n a,b\n', "a.csv")
    found = [f"{c.place.line}:{c.place.column}-{c.place.end_column} {c.text}" for row in rows for c in row]
    assert found == ["1:1-3 電力", "1:5-10 1,2", "1:12-13 x", "4:2-3 a", "4:4-5 b"]


@pytest.mark.parametrize(
    "marked",
    [
        """
        電力,=1+2,@x
             ^^^^ csv-formula
                  ^^ csv-formula
        """,
        """
        電力,"12
             ^^^ bad-csv
        水,+5
           ^^ csv-formula
        """,
        """
        a,"1" 2,3
          ^^^^^^^ bad-csv
        """,
    ],
)
def test_cells_that_are_refused(marked: str) -> None:
    text, expected = unmarked(marked)
    _, findings = read_csv(text, "a.csv")
    assert places(findings) == expected


@given(st.one_of(st.text(), st.text(alphabet='a,"\n =@字')))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    rows, findings = read_csv(text, "a.csv")
    assert all(row for row in rows) or findings


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=1), min_size=1))
def test_a_table_in_quotes_comes_back(rows: list[list[str]]) -> None:
    text = "\n".join(",".join('"x' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    read, findings = read_csv(text, "a.csv")
    assert not findings and [len(row) for row in read] == [len(row) for row in rows]


# ---------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeff外購".encode(), "外購"),
        (b"", ""),
    ],
)
def test_text_of_a_file(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "a.yml").write_bytes(content)
    assert read_text(tmp_path, "a.yml") == (text, [])


def test_bytes_that_are_no_utf_8_are_shown_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("a,b\n外購,".encode() + "電力".encode("big5") + b"\n")
    text, findings = read_text(tmp_path, "a.csv")
    assert text == "" and places(findings) == ["2:4-5 not-utf8"]
    assert "CSV UTF-8" in findings[0].help


@pytest.mark.parametrize(
    "character",
    ["\u200b", "\u200f", "\u202e", "\u2066", "\u2028", "\u00ad", "\ufeff", "\ue000", "\U000f0000", "\ufe0f", "\x1b", "\x85", "\u061c", "\u3164",
     "\ufffd", "\U000e0041", "\u206f"],
)  # fmt: skip
def test_characters_that_no_text_may_hold(tmp_path: Path, character: str) -> None:
    (tmp_path / "a.md").write_text(f"# 能源\n\n用電{character}量{character}\n{character}", encoding="utf-8")
    _, findings = read_text(tmp_path, "a.md")
    assert places(findings) == ["3:3-4 forbidden-character", "4:1-2 forbidden-character"]
    assert f"U+{ord(character):04X}" in findings[0].message and character not in findings[0].message


def test_twenty_lines_of_them_are_enough(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("\u200b\n" * 100, encoding="utf-8")
    assert len(read_text(tmp_path, "a.md")[1]) == 20


def test_characters_of_a_report_are_left_alone(tmp_path: Path) -> None:
    text = "香港聯交所　「溫室氣體」CO₂ 1 234–5 678 m³ ½ ‘a’ “b” … 䶮 𠮷 é ☐ → ≥ \u00a0\u2009\u202f\u3000"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert read_text(tmp_path, "a.md") == (text, [])


def test_described() -> None:
    assert described("\u202e") == "U+202E (right-to-left override)"
    assert described("\x07") == "U+0007 (a control character)"
    assert described("\ue000") == "U+E000 (a private character)"


def test_inside_follows_links_and_stops_in_circles(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "data").mkdir(parents=True)
    (root / "in").symlink_to("data")
    (root / "out").symlink_to(tmp_path)
    (root / "circle").symlink_to("circle")
    answers = {
        name: inside(root, root / name) for name in ("data", "in", "in/x", "out", "../x", "circle", "a\0b")
    }
    assert answers == {"data": True, "in": True, "in/x": True, "out": False, "../x": False, "circle": False, "a\0b": False}  # fmt: skip
    assert not inside(root, root / ("a" * 5000 + "/../../x"))


def test_a_link_to_nowhere_exists(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    assert exists(tmp_path, "link") and not exists(tmp_path, "nowhere")


@pytest.mark.parametrize(("name", "is_plain"), [("a2 用電.yml", True), ("a\n.yml", False), ("a\x1b[2J", False), ("a\udcff", False)])  # fmt: skip
def test_plain_names(name: str, is_plain: bool) -> None:
    assert plain_name(name) is is_plain


def test_position() -> None:
    assert [position("a字\nb", index) for index in range(4)] == [(1, 1), (1, 2), (1, 3), (2, 1)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\ncode: A1\n---\n# T\n", ("code: A1\n", 3, "# T\n")),
        ("---\n---\n# T", ("", 2, "# T")),
        ("---  \na\n---  \n", ("a\n", 3, "")),
        ("# T\n\n---\n", ("", 0, "# T\n\n---\n")),
        ("---\ncode: A1\n", ("", 0, "---\ncode: A1\n")),
        ("", ("", 0, "")),
    ],
)
def test_front_matter(text: str, parts: tuple[str, int, str]) -> None:
    assert split_front_matter(text) == parts


def test_a_text_that_commas_cut_is_shown_in_its_quotes() -> None:
    _, (finding,) = read_yaml("name: {en: Environmental, Social and Governance, zh-Hant: 環境}", "x.yml")
    assert (
        finding.help
        == 'put the whole value in quotes ("Environmental, Social and Governance") or leave the commas out'
    )
