"""Hostile and broken input: each file is refused at its place, quickly, and nothing outside the project is touched.

The files lie in tests/hostile, those that are large or binary are made here. An audit hook lists every file
that is opened and every name that is looked up on a network; planted violations show that it sees them.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import esgreport as package
import pytest
from conftest import ROOT, TINY, esgreport
from esgreport import faces
from esgreport.checks import framework_edition, law_in_force, missing_glyph, standard_withdrawn
from esgreport.findings_writer import record
from esgreport.narrative import read_page
from esgreport.pipeline import Examined, examine
from PIL import Image
from reports import edition_of

HOSTILE = Path(__file__).parent / "hostile"
MOST_SECONDS = 2.0  # of processor time: other work on the machine hardly counts
MOST_SECONDS_OF_LARGE = (
    5.0  # the worst take one alone; late in a long run the collector of garbage takes its part
)

DATA = "data/aspects/a2.yml"
TABLE = "data/aspects/a2.csv"
PAGE = "content/en/a2.md"
DRAWING = "content/assets/drawing.svg"

# file in tests/hostile, and where it is refused: every blocking finding in the file (for a drawing: in the page)
CASES = """
yaml/alias                      6:13  yaml-alias
yaml/anchor                     6:13  yaml-anchor
yaml/bidi_escaped               7:13  forbidden-character
yaml/bidi_override              7:22  forbidden-character
yaml/billion_laughs             1:4   yaml-anchor
yaml/block_scalar_for_number    7:13  bad-number
yaml/byte_order_mark_inside     7:13  forbidden-character
yaml/colon_in_list              7:15  wrong-shape
yaml/commas_in_braces           6:20  entry-without-value
yaml/commas_in_wording          2:12  entry-without-value
yaml/control_escaped            7:13  forbidden-character
yaml/control_raw                7:21  forbidden-character
yaml/deep_indentation           22:43 nested-too-deep
yaml/deep_nesting               6:85  nested-too-deep
yaml/duplicate_key              7:5   duplicate-key
yaml/duplicate_key_after_nfc    8:5   duplicate-key
yaml/exponent                   6:20  bad-number
yaml/figure_id_in_list          7:29  not-yaml
yaml/formula_power              6:17  bad-formula
yaml/formula_runs_code          6:14  bad-formula
yaml/key_is_a_list              7:7   key-not-text
yaml/key_misspelt               6:5   unknown-key
yaml/latin_1                    7:16  not-utf8
yaml/lost_character             7:22  forbidden-character
yaml/merge_key                  7:5   yaml-merge
yaml/not_a_mapping              1:1   wrong-shape
yaml/nul                        7:21  forbidden-character
yaml/number_with_unit           6:20  bad-number
yaml/private_use                7:22  forbidden-character
yaml/python_object              7:13  yaml-tag
yaml/second_document            7:1   second-document
yaml/tab                        6:1   not-yaml
yaml/tag                        7:13  yaml-tag
yaml/tag_directive              1:1   yaml-directive
yaml/terminal_escape            7:13  forbidden-character
yaml/unclosed_bracket           7:14  not-yaml
yaml/unclosed_quote             7:13  not-yaml
yaml/unit_misspelt              5:11  unknown-unit
yaml/utf_16                     1:1   not-utf8
yaml/yaml_directive             1:1   yaml-directive
yaml/zero_width                 7:15  forbidden-character
csv/at_formula                  2:23  csv-formula
csv/big5                        2:18  not-utf8
csv/column_twice                1:22  duplicate-key
csv/formula                     2:23  csv-formula
csv/no_value_column             1:1   missing-key
csv/semicolons                  1:1   missing-key
csv/unclosed_quote              2:23  bad-csv
csv/unknown_column              1:15  unknown-name
csv/unknown_member              2:18  unknown-name
csv/unknown_metric              2:1   unknown-name
csv/wrong_cell_count            2:1   bad-csv
markdown/attribute_of_call      3:11  bad-call
markdown/autolink_javascript    3:6   bad-link
markdown/bidi_entity            3:11  forbidden-character
markdown/block_of_code          3:1   unknown-block
markdown/block_unclosed         3:1   unknown-block
markdown/block_with_anchor      4:10  yaml-anchor
markdown/call_over_lines        3:11  bad-call             4:1 bad-call
markdown/chained_call           3:26  bad-call
markdown/comment_then_html      3:1   html-not-allowed
markdown/comment_unclosed       3:1   html-not-allowed
markdown/crossed_tags           3:5   html-not-allowed     3:19 html-not-allowed
markdown/curly_quotes           3:26  bad-call
markdown/deep_quotes            3:1   nested-too-deep
markdown/event_handler          3:8   html-not-allowed     3:46 html-not-allowed
markdown/forged_slot            3:11  forbidden-character  3:20 forbidden-character
markdown/front_matter_tag       2:7   yaml-tag
markdown/heading_class          3:23  bad-heading          3:33 bad-heading
markdown/heading_id_quote       3:16  bad-heading
markdown/iframe                 3:1   html-not-allowed
markdown/image_tag              3:8   html-not-allowed
markdown/import                 3:11  bad-call
markdown/link_data              3:12  bad-link
markdown/link_file              3:12  bad-link
markdown/link_javascript        3:12  bad-link
markdown/link_javascript_entity 3:1   bad-link
markdown/link_up                3:12  bad-link
markdown/loop                   3:1   bad-call
markdown/nested_call            3:26  bad-call
markdown/picture_long           3:9   bad-picture
markdown/picture_up             3:9   bad-picture
markdown/picture_web            3:9   bad-picture
markdown/power                  3:11  bad-call
markdown/script                 3:1   html-not-allowed
markdown/starred_arguments      3:11  bad-call
markdown/style                  3:1   html-not-allowed
markdown/unbalanced_sub         3:3   html-not-allowed
markdown/unknown_argument       3:11  wrong-argument
markdown/unknown_name           3:11  unknown-name
markdown/zero_width             3:7   forbidden-character
drawings/animation              12:13 unsafe-picture
drawings/deep                   12:13 unsafe-picture
drawings/dtd                    12:13 unsafe-picture
drawings/entity_bomb            12:13 unsafe-picture
drawings/entity_file            12:13 unsafe-picture
drawings/fill_url               12:13 unsafe-picture
drawings/foreign_object         12:13 unsafe-picture
drawings/handler                12:13 unsafe-picture
drawings/html                   12:13 unsafe-picture
drawings/image_href             12:13 unsafe-picture
drawings/not_well_formed        12:13 unsafe-picture
drawings/script                 12:13 unsafe-picture
drawings/style_attribute        12:13 unsafe-picture
drawings/style_element          12:13 unsafe-picture
drawings/style_escaped          12:13 unsafe-picture
drawings/style_sheet            12:13 unsafe-picture
drawings/use_bomb               12:13 unsafe-picture
drawings/use_file               12:13 unsafe-picture
drawings/use_itself             12:13 unsafe-picture
drawings/use_xlink              12:13 unsafe-picture
drawings/utf_16                 12:13 unsafe-picture
"""
TARGETS = {"yaml": DATA, "csv": TABLE, "markdown": PAGE, "drawings": DRAWING}


def page_with(picture: str) -> str:
    """The English page with a picture at 12:13."""
    return TINY[PAGE] + f"\n![The site](assets/{picture})\n"


def listed() -> dict[str, list[str]]:
    """The table of cases: {file: ["line:column code", …]}."""
    found = {}
    for line in CASES.strip().splitlines():
        name, *rest = line.split()
        found[name] = [f"{place} {code}" for place, code in zip(rest[::2], rest[1::2], strict=True)]
    return found


def hostile_files(name: str) -> dict[str, str | bytes | None]:
    """The tiny company's files that one case changes."""
    kind = name.split("/")[0]
    path = next((HOSTILE / kind).glob(name.split("/")[1] + ".*"))
    files: dict[str, str | bytes | None] = {TARGETS[kind]: path.read_bytes()}
    if kind == "drawings":
        files[PAGE] = page_with("drawing.svg")
    return files


# ---------------------------------------------------------------------------------- what is opened, what is called


class Watch:
    """What the process opens and whom it calls, while `on`; an audit hook cannot be taken out again."""

    def __init__(self) -> None:
        self.on = False
        self.opened: list[str] = []
        self.called: list[str] = []
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        named = bool(arguments) and isinstance(arguments[0], str | bytes | os.PathLike)
        if event in ("open", "os.listdir", "os.scandir") and named:
            self.opened.append(os.path.realpath(os.fsdecode(arguments[0])))
        elif event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen"):
            self.called.append(f"{event} {arguments[:2]}")

    def outside(self, *roots: Path) -> list[str]:
        """What was opened and lies in none of the roots."""
        allowed = tuple(os.path.realpath(root) for root in roots)
        return [
            name for name in self.opened if not any(name == r or name.startswith(r + os.sep) for r in allowed)
        ]


TOOL = (
    Path(package.__file__).parent,
    ROOT / "templates",
    ROOT / ".cache" / "fonts",
    Path(sysconfig.get_path("stdlib")),
    Path(sysconfig.get_path("purelib")),
    Path("/usr/share/zoneinfo"),
)
_watch: list[Watch] = []


def watched(root: Path) -> tuple[Examined, Watch]:
    """The project examined, and what was opened and called meanwhile."""
    if not _watch:
        _watch.append(Watch())
    watch = _watch[0]
    watch.opened, watch.called, watch.on = [], [], True
    try:
        return examine(root), watch
    finally:
        watch.on = False


def safely(root: Path) -> Examined:
    """The project examined; nothing outside it is opened, nobody is called, every finding is plain."""
    examined, watch = watched(root)
    assert watch.outside(root, *TOOL) == []
    assert watch.called == []
    assert_plain(examined)
    return examined


@pytest.fixture(autouse=True)
def one_reading_of_the_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every project links to the same faces: take the real folder, so that their tables are read once."""
    monkeypatch.setattr(
        missing_glyph, "load_faces", lambda folder, *more: faces.load_faces(folder.resolve(), *more)
    )


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Nothing inside may take longer; what hangs is stopped."""

    def stop(*_: object) -> None:
        raise TimeoutError("hangs")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    start = time.process_time()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert time.process_time() - start < seconds


@pytest.fixture
def in_time() -> Iterator[None]:
    with within(MOST_SECONDS):
        yield


@pytest.fixture
def in_time_though_large() -> Iterator[None]:
    with within(MOST_SECONDS_OF_LARGE):
        yield


def marks(examined: Examined, path: str) -> list[str]:
    """The blocking findings in one file, as `line:column code`."""
    found = [f for f in examined.findings if f.blocking and f.place.path == path]
    return [f"{f.place.line}:{f.place.column} {f.code}" if f.place.line else f.code for f in found]


def assert_plain(examined: Examined) -> None:
    """Every finding is one line in words of its own, with something to do."""
    assert examined.stops
    for finding in examined.findings:
        text = f"{finding} {finding.help}"
        assert text.isprintable(), text
        assert finding.help and len(finding.message) <= 400
        assert not re.search(r"Traceback|Error\b|Exception|None|<class|object at 0x|invalid", finding.message)
        if finding.place.column:
            assert finding.place.end_column > finding.place.column


# --------------------------------------------------------------------------------------------------- the table


@pytest.fixture(scope="module")
def warm() -> None:
    """Read the faces before the clock runs."""
    for face in faces.load_faces((ROOT / ".cache" / "fonts").resolve()):
        faces.characters(face)


@pytest.mark.parametrize(("name", "expected"), listed().items())
def test_each_file_is_refused_at_its_place(
    warm: None, project: Callable[..., Path], in_time: None, name: str, expected: list[str]
) -> None:
    examined = safely(project(hostile_files(name)))
    assert marks(examined, PAGE if name.startswith("drawings") else TARGETS[name.split("/")[0]]) == expected


def test_every_hostile_file_is_in_the_table() -> None:
    there = {path.relative_to(HOSTILE).with_suffix("").as_posix() for path in HOSTILE.rglob("*.*")}
    assert there == set(listed())
    count = {kind: sum(name.startswith(kind) for name in there) for kind in TARGETS}
    assert count["yaml"] >= 18 and count["csv"] >= 4 and count["markdown"] >= 10 and count["drawings"] >= 6


# ------------------------------------------------------------------------------------- large ones, made here

A2 = TINY[DATA]
MADE: dict[str, tuple[str, Callable[[], bytes], list[str]]] = {
    # case: the file, its content, what is found in it
    "a million brackets": (DATA, lambda: b"[" * 1_000_000, ["1:22 nested-too-deep"]),
    "a huge text": (DATA, lambda: f"{A2}    source: {'x' * 1_000_000}\n".encode(), ["7:13 text-too-long"]),
    "3 MB of figures": (DATA, lambda: A2.encode() + b"# a comment\n" * 250_000, ["file-too-large"]),
    "numbers of spaces": (
        DATA,
        lambda: A2.replace("2025: 29 843 800", f"2025: '1{' ' * 19_000}x'").encode(),
        ["6:20 bad-number"],
    ),
    "300,000 values": (DATA, lambda: b"- [" + b"1," * 300_000 + b"]", ["1:400000 too-many-values"]),
    "a million zero widths": (DATA, lambda: ("\u200b" * 600_000).encode(), ["1:1 forbidden-character"]),
    "a long table": (TABLE, lambda: b"metric,period,value\n" * 99_990, ["66667:1 too-many-values"]),
    "a wide table": (TABLE, lambda: b"a" + b",b" * 900_000, ["1:1 too-many-values"]),
    "3 MB of table": (TABLE, lambda: b"metric,period,value\n" * 150_000, ["file-too-large"]),
    "a thousand formulas": (TABLE, lambda: b"metric,period,value\n" + b"=1,2,3\n" * 1000, [
        f"{line}:1 csv-formula" for line in range(2, 22)
    ]),
    "1 MB on a line": (PAGE, lambda: b"# T\n\n" + b"word " * 200_000, ["file-too-large"]),
}  # fmt: skip


@pytest.mark.parametrize("case", MADE)
def test_large_files_are_refused_in_time(
    warm: None, project: Callable[..., Path], in_time_though_large: None, case: str
) -> None:
    path, make, expected = MADE[case]
    examined = safely(project({path: make()}))
    assert marks(examined, path) == expected


def test_ten_thousand_misspelt_keys_are_not_ten_thousand_findings(
    warm: None, project: Callable[..., Path], in_time_though_large: None
) -> None:
    keys = "".join(f"    vlaue_{n}: 1\n" for n in range(10_000))
    metrics = "".join(f"  m{n}: {{naem: x, unti: kWh}}\n" for n in range(500))
    examined = examine(project({DATA: A2 + keys, "data/aspects/a3.yml": f"aspect: A3\nmetrics:\n{metrics}"}))
    assert len(marks(examined, DATA)) == 51
    assert len(marks(examined, "data/aspects/a3.yml")) == 201
    assert "more-findings" in marks(examined, "data/aspects/a3.yml")[-1]


MOST = 60_000
MARKDOWN_BOMBS = {
    "brackets": "[" * MOST,
    "openings of links": "[a](" * (MOST // 4),
    "pictures in pictures": "![" * (MOST // 2),
    "links in links": "[a" * (MOST // 6) + "](b)" * (MOST // 6),
    "stars": "*a **a " * (MOST // 7),
    "stars beside Han": "**重**" * (MOST // 5),
    "backquotes of every length": "".join("a" + "`" * n for n in range(430)),
    "openings of tags": "<a " * (MOST // 3),
    "openings of comments": "<!--" * (MOST // 4),
    "entities": "&#x41;" * (MOST // 6),
    "backslashes": "\\" * MOST,
    "quotes in quotes": ">" * MOST,
    "lists in lists": "- " * (MOST // 2),
    "a long list": "- a\n" * (MOST // 4),
    "a table of one word a line": f"{'a|' * 300}\n{'-|' * 300}\n" + "x\n" * (MOST // 3),
    "tables": "|a|\n|-|\n\n" * (MOST // 9),
    "cells": "|a|\n|-|\n" + "|" + " " * MOST + "|\n",
    "braces": "{" * MOST,
    "calls that do not end": "{{ a " * (MOST // 5),
    "a long call": "{{ " + "a" * (MOST - 10) + " }}",
    "calls": "{{ electricity }} " * (MOST // 18),
    "a heading of spaces": "## a" + " " * MOST + "b",
    "a heading of braces": "## a " + "{" * MOST,
    "a heading of attributes": "## a { " + "x " * (MOST // 2) + "}",
    "tags": "<b>" * (MOST // 3),
    "line ends": "字\n" * (MOST // 2),
    "titles": "a\n=\n" * (MOST // 4),
    "stars and brackets": "[*" * (MOST // 4) + "*]" * (MOST // 4),
}


@pytest.mark.parametrize("case", MARKDOWN_BOMBS)
def test_no_page_keeps_the_parser_busy(in_time_though_large: None, case: str) -> None:
    read_page("# T\n\n" + MARKDOWN_BOMBS[case] + "\n", PAGE, "a2", "en")


CITATION_BOMBS = {
    "standards": "ISO 9001:2008 " * (MOST // 14),
    "appendices of nothing": "Appendix 27 " * (MOST // 12),
    "laws": "《合同法》" * (MOST // 5),
    "names begun": "Environmental, " * (MOST // 15),
    "years": "自2015年" * (MOST // 6),
    "line ends": "a" + "\n" * MOST + "Appendix 27",
    "calls": "{{ law_contract }} " * (MOST // 19),
}


@pytest.mark.parametrize("case", CITATION_BOMBS)
def test_no_page_keeps_the_rules_busy_that_read_it(
    project: Callable[..., Path], in_time_though_large: None, case: str
) -> None:
    root = project({PAGE: "# T\n\n" + CITATION_BOMBS[case] + "\n"})
    edition = edition_of(root, blocking=True)
    for rule in (framework_edition, standard_withdrawn, law_in_force):
        list(rule.check(edition, root))


# ------------------------------------------------------------------------------------------------- pictures


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says how large it is, without the pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = chunk(b"IHDR", head) + chunk(b"IDAT", data or zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def photograph(kind: str) -> bytes:
    """A small photograph, noisy so that it does not pack into nothing."""
    stream = io.BytesIO()
    noise = random.Random(1).randbytes(64 * 64 * 3)
    Image.frombytes("RGB", (64, 64), noise).save(stream, kind)
    return stream.getvalue()


PICTURES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # case: its name, its content, what is said of it
    "a bomb": ("a.png", lambda: png(60_000, 60_000), "more than 60 million pixels"),
    "many pixels": ("a.png", lambda: png(9_000, 9_000), "more than 60 million pixels"),
    "no picture": ("a.png", lambda: b"<html>hello</html>", "not a readable PNG"),
    "an empty file": ("a.png", lambda: b"", "not a readable PNG"),
    "a GIF": ("a.png", lambda: photograph("GIF"), "not a readable PNG"),
    "a JPEG named .png": ("a.png", lambda: photograph("JPEG"), "is a JPEG, not a PNG"),
    "a PNG cut off": ("a.png", lambda: photograph("PNG")[:2000], "not a readable PNG"),
    "a JPEG cut off": ("a.jpg", lambda: photograph("JPEG")[:2000], "not a readable JPEG"),
    "31 MB": ("a.jpg", lambda: photograph("JPEG") + b"\0" * (31 << 20), "larger than 30 MB"),
    "a drawing named .png": ("a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a readable"),
}


@pytest.mark.parametrize("case", PICTURES)
def test_a_picture_is_what_its_name_says(
    warm: None, project: Callable[..., Path], in_time_though_large: None, case: str
) -> None:
    name, make, said = PICTURES[case]
    examined = safely(project({PAGE: page_with(name), f"content/assets/{name}": make()}))
    assert marks(examined, PAGE) == ["12:13 unsafe-picture"]
    (unsafe,) = (found for found in examined.findings if found.code == "unsafe-picture")
    assert said in unsafe.message


# --------------------------------------------------------------------------------- links, folders, pipes, devices


def replace(path: Path, make: Callable[[Path], object]) -> None:
    """Put something else in the place of a file or folder."""
    if path.is_dir():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


REPORT, DIMENSIONS = "data/report.yml", "data/dimensions.yml"
ODD: dict[str, tuple[str, Callable[[Path], object], str, str]] = {
    # case: the file, what stands in its place, the file and the code of the finding
    "a figure file outside": (DATA, link("/etc/passwd"), DATA, "outside-project"),
    "a table outside": (TABLE, link("/etc/passwd"), TABLE, "outside-project"),
    "report.yml outside": (REPORT, link("/etc/passwd"), REPORT, "outside-project"),
    "dimensions outside": (DIMENSIONS, link("/etc/passwd"), DIMENSIONS, "outside-project"),
    "accepted outside": ("data/accepted.yml", link("/etc/passwd"), "data/accepted.yml", "outside-project"),
    "a page outside": (PAGE, link("/etc/passwd"), PAGE, "outside-project"),
    "a folder of pages outside": ("content/en", link("/etc"), "content/en", "outside-project"),
    "a folder of figures outside": ("data/aspects", link("/etc"), "data/aspects", "outside-project"),
    "a folder of registers outside": ("data/registers", link("/etc"), "data/registers", "outside-project"),
    "a link to nowhere": ("data/factors.yml", link("nowhere.yml"), "data/factors.yml", "not-a-file"),
    "a link to itself": (DATA, link("a2.yml"), DATA, "outside-project"),
    "a page that is a circle": (PAGE, link("a2.md"), PAGE, "outside-project"),
    "a device": (DATA, link("/dev/zero"), DATA, "outside-project"),
    "a device as a page": (PAGE, link("/dev/zero"), PAGE, "outside-project"),
    "a pipe": (DATA, os.mkfifo, DATA, "not-a-file"),
    "a pipe as a page": (PAGE, os.mkfifo, PAGE, "not-a-file"),
    "a pipe as a table": (TABLE, os.mkfifo, TABLE, "not-a-file"),
    "a folder as a figure file": (DATA, Path.mkdir, DATA, "not-a-file"),
    "a folder as a page": (PAGE, Path.mkdir, PAGE, "not-a-file"),
    "a file as a folder": ("content/en", Path.touch, "content/en", "outside-project"),
    "a picture outside": ("content/assets/a.png", link("/etc/passwd"), PAGE, "unsafe-picture"),
    "a picture in data": ("content/assets/a.png", link("../../data/report.yml"), PAGE, "unsafe-picture"),
    "a picture that is a circle": ("content/assets/a.png", link("a.png"), PAGE, "unsafe-picture"),
    "a pipe as a picture": ("content/assets/a.png", os.mkfifo, PAGE, "missing-picture"),
    "a device as a picture": ("content/assets/a.png", link("/dev/zero"), PAGE, "unsafe-picture"),
    "a folder as a picture": ("content/assets/a.png", Path.mkdir, PAGE, "missing-picture"),
    "a page that nobody names, outside": (
        "content/en/x.md",
        link("/etc/passwd"),
        "content/en/x.md",
        "outside-project",
    ),
    "a pipe that nobody names": ("content/en/x.md", os.mkfifo, "content/en/x.md", "not-a-file"),
    "a note outside": ("data/notes.txt", link("/etc/passwd"), "data/notes.txt", "outside-project"),
    "a folder of pictures outside": ("content/assets", link("/etc"), "content/assets", "outside-project"),
    "a file with a name of signs": ("data/aspects/a\x1b[2J.yml", Path.touch, "data/aspects", "bad-file-name"),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_no_ordinary_file_is_never_read(
    warm: None, project: Callable[..., Path], in_time: None, case: str
) -> None:
    name, make, path, code = ODD[case]
    root = project({PAGE: page_with("a.png")} if "a.png" in name else {})
    replace(root / name, make)
    examined = safely(root)
    blocking = [
        finding.code for finding in examined.findings if finding.place.path == path and finding.blocking
    ]
    assert blocking == [code]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(project: Callable[..., Path]) -> None:
    root = project()
    (root / DATA).chmod(0)
    assert "unreadable-file" in marks(examine(root), DATA)


def test_the_search_for_a_missing_glyph_stays_inside(warm: None, project: Callable[..., Path]) -> None:
    root = project({PAGE: "# T\n\n\U0001f600\n"})
    replace(root / "content/en/a1.md", link("/etc/passwd"))
    assert "missing-glyph" in {finding.code for finding in safely(root).findings}


# --------------------------------------------------------------------------------------- the hook sees violations


def test_the_watch_sees_a_file_outside(
    warm: None, project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(root: Path, name: str) -> tuple[str, list[object]]:
        return (root / name).read_text(encoding="utf-8", errors="replace"), []

    root = project()
    replace(root / DATA, link("/etc/passwd"))
    monkeypatch.setattr("esgreport.load.project.read_text", careless)
    _, watch = watched(root)
    assert watch.outside(root, *TOOL) == ["/etc/passwd"]


def test_the_watch_sees_a_call_to_a_network(
    warm: None, project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def chatty(content: bytes, suffix: str) -> str:
        with socket.socket() as here:
            here.settimeout(0.1)
            here.connect_ex(("127.0.0.1", 9))
        return ""

    monkeypatch.setattr("esgreport.checks.pictures.fault", chatty)
    _, watch = watched(project({PAGE: page_with("a.png"), "content/assets/a.png": b"x"}))
    assert len(watch.called) == 1 and "127.0.0.1" in watch.called[0]


# ------------------------------------------------------------------------------------- as users run it

SAMPLE = (
    "yaml/python_object", "yaml/billion_laughs", "yaml/terminal_escape", "csv/formula", "markdown/script",
    "markdown/import", "drawings/entity_file", "drawings/use_bomb",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_the_command_says_what_is_wrong_and_ends_with_1(project: Callable[..., Path], name: str) -> None:
    root = project(hostile_files(name))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = esgreport("check", "--project", root, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    path = PAGE if name.startswith("drawings") else TARGETS[name.split("/")[0]]
    assert done.returncode == 1
    for expected in listed()[name]:
        place, code = expected.split()
        assert f"{path}:{place}: error[{code}] " in done.stdout
    assert "Traceback" not in done.stdout + done.stderr and done.stderr == ""
    assert done.stdout.replace("\n", " ").isprintable()
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < MOST_SECONDS


def test_the_command_in_json(project: Callable[..., Path]) -> None:
    root = project(hostile_files("yaml/tag"))
    done = esgreport("check", "--project", root, "--format", "json")
    told = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == 1
    assert told[-1] == record(examine(root).findings[-1])
    wanted = {
        "path": DATA,
        "line": 7,
        "column": 13,
        "code": "yaml-tag",
        "severity": "error",
        "blocking": True,
    }
    assert wanted.items() <= told[-1].items()


def test_a_build_of_hostile_input_writes_nothing(project: Callable[..., Path]) -> None:
    root = project(hostile_files("markdown/script"))
    before = sorted(root.rglob("*"))
    done = esgreport("build", "--project", root, timeout=60)
    assert done.returncode == 1 and "Nothing was written" in done.stderr
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_a_folder_without_a_report(tmp_path: Path, folder: str) -> None:
    done = esgreport("check", "--project", tmp_path / folder)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr and len((done.stdout + done.stderr).splitlines()) <= 3


def test_no_python_of_the_project_is_run(project: Callable[..., Path]) -> None:
    trap = "import pathlib; pathlib.Path('sprung').touch()\n"
    names = ("yaml.py", "markdown_it.py", "sitecustomize.py", "conftest.py", "data/__init__.py", "main.py")
    root = project(dict.fromkeys(names, trap))
    command = Path(sys.executable).with_name("esgreport")  # python -m would look into the folder it stands in
    done = subprocess.run([command, "check"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (root / "sprung").exists()
