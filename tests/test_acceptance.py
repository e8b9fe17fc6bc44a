"""Accepted findings: counted, never hidden without a reason, never outliving it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TINY
from esgreport import faces
from esgreport.acceptance import FILE, Accepted, read_accepted, sort_out
from esgreport.checks import missing_glyph
from esgreport.diagnostics import Place, blocking, error, warning
from esgreport.pipeline import examine
from esgreport.views import texts
from esgreport.writer import report_view
from marks import places, unmarked

HERE = Place("data/report.yml", 22, 1, 11)
ENTRY = "- {code: requirement-missing, file: data/report.yml, reason: Next year., owner: Ms Lee}\n"


@pytest.fixture(autouse=True)
def one_reading_of_the_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        missing_glyph, "load_faces", lambda folder, *more: faces.load_faces(folder.resolve(), *more)
    )


def accepted(code: str = "a", file: str = "data/report.yml", quote: str = "", line: int = 1) -> Accepted:
    return Accepted(code, file, quote, "so", "Ms Lee", Place(FILE, line, 3, 4))


def test_reads_the_list(project: Callable[..., Path]) -> None:
    quoted = "- code: total-mismatch\n  file: data/aspects/a2.yml\n  quote: electricity@2025\n  reason: 如此\n  owner: 李\n"
    entries, findings = read_accepted(project({FILE: ENTRY + quoted}))
    assert not findings
    assert [(e.code, e.file, e.quote, e.reason, e.owner, str(e.place)) for e in entries] == [
        ("requirement-missing", "data/report.yml", "", "Next year.", "Ms Lee", f"{FILE}:1:3"),
        ("total-mismatch", "data/aspects/a2.yml", "electricity@2025", "如此", "李", f"{FILE}:2:3"),
    ]


@pytest.mark.parametrize("files", [{}, {FILE: ""}, {FILE: "[]\n"}])
def test_no_list_accepts_nothing(project: Callable[..., Path], files: dict[str, str]) -> None:
    assert read_accepted(project(files)) == ((), [])


@pytest.mark.parametrize(
    "marked",
    [
        """
        - {code: a, file: b, owner: c}
          ^ missing-key
        """,
        """
        - {code: a, file: b, reason: "", owner: c}
                             ^^^^^^ missing-key
        """,
        """
        - {code: a, file: b, reason: c, owner: d, until: e}
                                                  ^^^^^ unknown-key
        """,
        """
        - requirement-missing
          ^^^^^^^^^^^^^^^^^^^ wrong-shape
        """,
        """
        code: a
        ^ wrong-shape
        """,
        """
        - {code: *a}
                 ^^ yaml-alias
        """,
    ],
)
def test_points_at_what_is_wrong_in_the_list(project: Callable[..., Path], marked: str) -> None:
    text, expected = unmarked(marked)
    root = project({FILE: text})
    _, findings = read_accepted(root)
    assert places(findings) == expected
    assert all(finding.blocking for finding in findings) and examine(root).stops


@pytest.mark.parametrize(
    ("entry", "meets"),
    [
        (accepted(), True),
        (accepted(quote="A3.1"), True),
        (accepted(quote="A3.2"), False),
        (accepted(code="b"), False),
        (accepted(file="data/factors.yml"), False),
    ],
)
def test_an_entry_meets_by_code_file_and_quote(entry: Accepted, meets: bool) -> None:
    finding = error("a", HERE, "A3.1 is not answered")
    open_findings, met = sort_out([finding], (entry,))
    assert met == ([finding] if meets else [])
    assert [f.code for f in open_findings] == ([] if meets else ["a", "accepted-unused"])


def test_warnings_may_be_accepted_too_but_nothing_that_blocks() -> None:
    findings = [warning("a", HERE, "x"), blocking("a", HERE, "y"), error("a", HERE, "z")]
    open_findings, met = sort_out(findings, (accepted(),))
    assert [f.message for f in met] == ["x", "z"] and [f.message for f in open_findings] == ["y"]


def test_an_entry_that_meets_nothing_any_more_is_told() -> None:
    open_findings, _ = sort_out([error("a", HERE, "x")], (accepted(), accepted(line=2)))
    assert [(f.code, str(f.place)) for f in open_findings] == [("accepted-unused", f"{FILE}:2:3")]
    assert not open_findings[0].blocking


FINAL = {"data/report.yml": TINY["data/report.yml"].replace("draft", "final")}


def accept_all(root: Path) -> None:
    """Write an entry for every finding that is open."""
    met = dict.fromkeys((f.code, f.place.path) for f in examine(root).findings)
    lines = [
        f"- {{code: {code}, file: {file}, reason: It cannot be had., owner: Ms Lee}}\n" for code, file in met
    ]
    (root / FILE).write_text("".join(lines), encoding="utf-8")


def test_an_accepted_error_no_longer_stops_a_final_report(project: Callable[..., Path]) -> None:
    metric = """\
        aspect: A2
        metrics:
          electricity:
            name: {en: E, zh-Hant: 電}
            unit: kWh
            values: {2025: 30, 2024: 7}
            breakdown: {gender: {2025: {male: 10, female: 19}}}
        """
    root = project({**FINAL, "data/aspects/a2.yml": textwrap.dedent(metric)})
    before = examine(root)
    assert before.stops and {f.code for f in before.findings} == {"total-mismatch"}
    accept_all(root)
    after = examine(root)
    assert not after.stops and not after.findings and len(after.accepted) == len(before.findings)


OPEN_PLACES = {
    "a sentence": "We used {{ gas }}.",
    "a sentence about a change": 'Gas {{ gas(change="2024", words="rose") }}.',
    "a sentence about a target": 'From {{ less_gas(show="base") }}.',
    "the status of a target": 'It is {{ less_gas(show="status") }}.',
    "the largest part": 'Most at {{ staff(gender="largest", show="member") }}.',
    "a cell of a table": "```table\nmetrics: [gas]\ncolumns: [2025]\n```",
    "the base of a target": "```targets\ntargets: [less_gas]\ncolumns: [base, target]\n```",
    "what a target came to": "```targets\ntargets: [less_gas]\ncolumns: [actual]\n```",
    "the name of a factor": "```method\nmetrics: [ghg]\n```",
}


@pytest.mark.parametrize("place", OPEN_PLACES.values(), ids=OPEN_PLACES)
def test_a_final_report_never_prints_an_open_place_whatever_is_accepted(
    project: Callable[..., Path], place: str
) -> None:
    data = """\
        aspect: A2
        metrics:
          electricity: {name: {en: E, zh-Hant: 電}, unit: kWh, values: {2025: 3, 2024: 7}}
          gas: {name: {en: G, zh-Hant: 氣}, unit: m3, decimals: 0}
          staff: {name: {en: S, zh-Hant: 員}, unit: person, breakdown: {gender: {2025: {male: 3}}}}
          ghg: {name: {en: H, zh-Hant: 碳}, unit: tCO2e, formula: electricity * factor("grid")}
        targets:
          less_gas: {name: {en: L, zh-Hant: 減}, metric: gas, base: 2024, to: 2030, change: -5}
        """
    report = FINAL["data/report.yml"].replace(
        "parts:", "  2030: {from: 2030-01-01, to: 2030-12-31}\nparts:", 1
    )
    pages = {f"content/{x}/a2.md": f"# A\n\n{place}\n" for x in ("en", "zh-Hant")}
    factors = "grid: {unit: kgCO2e/kWh, value: 0.6, source: S}\n"
    root = project(
        {
            "data/report.yml": report,
            "data/factors.yml": factors,
            "data/aspects/a2.yml": textwrap.dedent(data),
            **pages,
        }
    )
    edition = examine(root).edition
    assert edition is not None
    assert any("[to come]" in text for text in texts(report_view(edition, "en")))
    accept_all(root)
    examined = examine(root)
    assert examined.stops
    assert all(finding.blocking for finding in examined.errors)
    told = [f for f in examined.findings if f.code == "accepted-unused"]
    assert told and all("cannot be accepted in a final report" in f.message for f in told)
    (root / "data/report.yml").write_text(report.replace("final", "draft"), encoding="utf-8")
    assert not examine(root).stops
