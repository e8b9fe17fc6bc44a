"""What a project brings itself: frameworks, official wording, mappings; and what is found in them, at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from checks.conftest import unmarked
from esgreport.cli import main
from esgreport.diagnostics import Diagnostic
from esgreport.pipeline import examine
from esgreport.writer import index_view
from reports import aspect, edition_of

OWN = "data/frameworks/soe-list.yml"
LABELS = "data/frameworks/soe-list.labels.yml"
HEAD = "id: soe-list\ntitle: {en: State-owned enterprises, zh-Hant: 國有企業指標}\n"
SAMPLE = f"""{HEAD}requirements:
  - id: E
    type: aspect
    kind: group
    level: voluntary
    label: {{en: Environment, zh-Hant: 環境}}
  - id: E.1.1
    parent: E
    kind: quantitative
    level: comply-or-explain
    index_row: true
    label: {{en: Power bought, zh-Hant: 外購電力}}
    measures:
      - {{key: power, label: {{en: Power, zh-Hant: 電力}}, unit: kWh}}
  - id: S.2.3
    kind: policy
    level: mandatory
    index_row: true
    label: {{en: Care for staff, zh-Hant: 關顧僱員}}
  - id: G.5.1
    code: {{en: Item G.5.1, zh-Hant: 第G.5.1項}}
    kind: narrative
    level: voluntary
    index_row: true
    label: {{en: Party building, zh-Hant: 黨建}}
"""
ELECTRICITY = """
    electricity:
      name: {en: Electricity, zh-Hant: 電力}
      unit: kWh
      answers: [ANSWER]
      values: {2025: 1200, 2024: 1300}
"""
CARE = {
    "content/en/a2.md": '# Energy\n\nLead.\n\n## Care { #figures answers="S.2.3" }\n\nText. {{ electricity }}\n',
    "content/zh-Hant/a2.md": '# 能源\n\n開首。\n\n## 關顧 { #figures answers="S.2.3" }\n\n內容。{{ electricity }}\n',
}

Make = Callable[..., Path]


@pytest.fixture
def company(project: Make) -> Make:
    """`company("frameworks: [soe-list]", {OWN: …}, "E.1.1")`: a project with lines in report.yml, files, an answer."""

    def make(lines: str, files: Mapping[str, str], answers: str = "") -> Path:
        metrics = ELECTRICITY.replace("ANSWER", answers)
        root = project({**CARE, "data/aspects/a2.yml": aspect(metrics), **files})
        path = root / "data/report.yml"
        path.write_text(path.read_text(encoding="utf-8") + lines + "\n", encoding="utf-8")
        return root

    return make


def found_in(root: Path, *paths: str) -> list[Diagnostic]:
    return [f for f in examine(root).findings if f.place.path in paths]


def test_a_row_that_no_heading_heads_stands_apart_from_the_rows_above(company: Make) -> None:
    view = index_view(edition_of(company("frameworks: [soe-list]", {OWN: SAMPLE}, "E.1.1")), "soe-list", "en")
    assert view is not None
    assert [(row.code, row.label, row.apart) for row in view.rows] == [
        ("", "Environment", False), ("E.1.1", "Power bought", False), ("S.2.3", "Care for staff", True),
        ("Item G.5.1", "Party building", False),
    ]  # fmt: skip


def test_a_framework_of_the_project_is_one_like_any_other(company: Make) -> None:
    edition = edition_of(company("frameworks: [soe-list]", {OWN: SAMPLE}, "E.1.1"))
    rows = {row.requirement.id: row for row in edition.rows["soe-list"]}
    assert {id: row.status for id, row in rows.items()} == {
        "E.1.1": "disclosed",
        "S.2.3": "disclosed",
        "G.5.1": "not-reported",
    }
    assert rows["E.1.1"].requirement.code["zh-Hant"] == "E.1.1"  # no code given: the id is printed
    assert rows["G.5.1"].requirement.code["zh-Hant"] == "第G.5.1項"


def test_the_index_of_a_project_framework_is_printed(
    company: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root = company(
        "frameworks: [soe-list]", {OWN: SAMPLE.replace("id: G.5.1", "id: G.5.1\n    confidence: low")}
    )
    main(["index", "--project", str(root)])
    out = capsys.readouterr().out
    assert out.startswith("State-owned enterprises: 3 rows")
    assert "E.1.1            missing           comply-or-explain" in out
    assert "    verify G.5.1 (low)" in out


# Each file as a mistake: the marks stand under what is found.
MISTAKES = {
    "an unknown key": """
        - id: E.1.1
          kind: narrative
          level: voluntary
          index_row: true
          lable: {en: Power, zh-Hant: 電力}
          ^^^^^ unknown-key
          label: {en: Power, zh-Hant: 電力}
        """,
    "no label": """
        - id: E.1.1
          kind: narrative
          level: voluntary
          index_row: true
        """,
    "a label in one language": """
        - id: E.1.1
          kind: narrative
          level: voluntary
          index_row: true
          label: {en: Power}
                 ^ missing-wording
        """,
    "a parent that does not exist": """
        - id: E.1.1
          parent: E.1
                  ^^^ unknown-name
          kind: narrative
          level: voluntary
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        """,
    "an id twice": """
        - id: E.1.1
          kind: narrative
          level: voluntary
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        - id: E.1.1
              ^^^^^ duplicate-id
          kind: narrative
          level: voluntary
          label: {en: Power, zh-Hant: 電力}
        """,
    "an id that no tag can name": """
        - id: E 1:1
              ^^^^^ bad-id
          kind: narrative
          level: voluntary
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        """,
    "an unknown kind, level and type": """
        - id: E.1.1
          type: clause
                ^^^^^^ unknown-choice
          kind: story
                ^^^^^ unknown-choice
          level: must
                 ^^^^ unknown-choice
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        """,
    "measures": """
        - id: E.1.1
          kind: quantitative
          level: voluntary
          index_row: true
          confidence: sure
                      ^^^^ unknown-choice
          label: {en: Power, zh-Hant: 電力}
          measures:
            - key: power
              label: {en: Power, zh-Hant: 電力}
              unit: kWhh
                    ^^^^ unknown-unit
              breakdown: [gender, shift]
                                  ^^^^^ unknown-name
              breakdown_rule: needed
                              ^^^^^^ unknown-choice
              intensity: wanted
                         ^^^^^^ unknown-choice
              periods: many
                       ^^^^ bad-number
              sum_of: [heat]
                       ^^^^ unknown-name
        """,
    "a row that nothing settles": """
        - id: E.1.1
          kind: narrative
          level: by-issuer-class
                 ^^^^^^^^^^^^^^^ missing-key
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        """,
    "a phase and a relief of nothing": """
        - id: E.1.1
          kind: narrative
          level: by-issuer-class
          phase_in: climate
                    ^^^^^^^ unknown-choice
          reliefs: [capabilities]
                    ^^^^^^^^^^^^ unknown-name
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        """,
    "rows inside rows, and a requirement in no row": """
        - id: E.1
          kind: narrative
          level: voluntary
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        - id: E.1.1
              ^^^^^ wrong-shape
          parent: E.1
          kind: narrative
          level: voluntary
          index_row: true
          label: {en: Power, zh-Hant: 電力}
        - id: E.2
              ^^^ wrong-shape
          kind: narrative
          level: voluntary
          label: {en: Heat, zh-Hant: 熱力}
        """,
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_framework_is_found_at_its_place(company: Make, mistake: str) -> None:
    text, expected = unmarked(OWN, MISTAKES[mistake])
    text = f"{HEAD}requirements:\n{text}"
    above = HEAD.count("\n") + 1
    root = company("frameworks: [soe-list]", {OWN: text})
    found = [
        (f.place.path, f.place.line - above, f.place.column, f.place.end_column, f.code)
        for f in found_in(root, OWN)
    ]
    if mistake == "no label":  # points at the requirement as a whole
        assert [(line, code) for _, line, _, _, code in found] == [(1, "missing-key")]
    else:
        assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("written", "code", "line"),
    [
        ("id: soe-list\nrequirements: []\n", "missing-key", 1),
        (SAMPLE.replace("id: soe-list", "id: soe"), "bad-id", 1),
        (SAMPLE + "applies_from: 2025-02-30\n", "bad-date", 28),
        (SAMPLE + "phase_in: {now: {small: voluntary}}\n", "unknown-name", 28),
        (SAMPLE + "phase_in: {now: {gem: {2025: voluntary}}}\n", "bad-date", 28),
        (SAMPLE + "requirement: []\n", "unknown-key", 28),
        (SAMPLE.replace("requirements:\n", "requirements: none\nx:\n"), "wrong-shape", 3),
        ("", "empty-file", 0),
    ],
)
def test_a_mistake_in_a_head_is_found(company: Make, written: str, code: str, line: int) -> None:
    findings = found_in(company("frameworks: [soe-list]", {OWN: written}), OWN)
    assert (code, line) in [(f.code, f.place.line) for f in findings]


def test_a_chain_of_parents_has_an_end(company: Make) -> None:
    items = "".join(
        f"  - {{id: R{n}, {f'parent: R{n - 1}, ' if n else ''}kind: group, level: voluntary, "
        "label: {en: Level, zh-Hant: 層}}\n"
        for n in range(1500)
    )
    findings = found_in(company("frameworks: [soe-list]", {OWN: f"{HEAD}requirements:\n{items}"}), OWN)
    assert {(f.code, f.blocking) for f in findings} == {("wrong-shape", True)}
    assert "deeper than 8 levels" in findings[0].message


def test_a_framework_of_the_tool_cannot_be_replaced(company: Make) -> None:
    name = "data/frameworks/un-sdgs.yml"
    root = company("frameworks: [un-sdgs]", {name: SAMPLE})
    assert [(f.code, f.blocking) for f in found_in(root, name)] == [("duplicate-id", True)]
    assert len(edition_of(root, blocking=True).rows["un-sdgs"]) == 17


@pytest.mark.parametrize("name", [OWN, LABELS])
def test_a_file_that_no_report_names_is_told(company: Make, name: str) -> None:
    findings = found_in(company("frameworks: [un-sdgs]", {name: SAMPLE}), name)
    assert [(f.code, f.help) for f in findings] == [
        ("unknown-file", "add soe-list to frameworks, or delete the file")
    ]


# ---- official wording


def test_official_wording_takes_the_place_of_ours(company: Make) -> None:
    labels = "SDG13: {en: Take urgent action}\nSDG7: {en: Energy for all, zh-Hant: 人人享有能源}\n"
    root = company("frameworks: [un-sdgs]", {"data/frameworks/un-sdgs.labels.yml": labels})
    assert not found_in(root, "data/frameworks/un-sdgs.labels.yml")
    requirements = edition_of(root).frameworks["un-sdgs"].requirements
    assert requirements["SDG13"].label["en"] == "Take urgent action"
    assert requirements["SDG13"].label["zh-Hant"] == "氣候行動"  # not given: ours stays
    assert requirements["SDG7"].label["zh-Hant"] == "人人享有能源"


def test_the_statement_of_use_can_be_worded_too(company: Make) -> None:
    labels = "with-reference: {en: '{company} refers to GRI from {from}.'}\n"
    lines = "frameworks: [gri-2021]\nclaims: {gri-2021: with-reference}"
    edition = edition_of(company(lines, {"data/frameworks/gri-2021.labels.yml": labels}))
    statement = edition.frameworks["gri-2021"].statement
    assert statement["en"] == f"{edition.report.company.name['en']} refers to GRI from 1 January 2025."


def test_mistakes_in_official_wording(company: Make) -> None:
    name = "data/frameworks/un-sdgs.labels.yml"
    text, expected = unmarked(
        name,
        """
        SDG18: {en: Space}
        ^^^^^ unknown-requirement
        SDG1: Poverty
              ^^^^^^^ wrong-shape
        SDG2: {de: Hunger}
               ^^ unknown-key
        SDG3: {en: Health **first**}
                   ^^^^^^^^^^^^^^^^ markup-in-text
        """,
    )
    findings = found_in(company("frameworks: [un-sdgs]", {name: text}), name)
    assert [
        (f.place.path, f.place.line, f.place.column, f.place.end_column, f.code) for f in findings
    ] == sorted(expected)


# ---- mappings

MAPS = """maps:
  - framework: hkex-esg-code-2025
    source: Comparison by the company secretary, 3 March 2026
    requirements:
      E.1.1: [A2.1]
      S.2.3: [B1.GD]
"""
BOTH = "frameworks: [hkex-esg-code-2025, soe-list]"


def statuses(root: Path) -> dict[str, str]:
    return {row.requirement.id: row.status for row in edition_of(root).rows["soe-list"]}


def tagged(tag: str) -> dict[str, str]:
    return {name: text.replace("S.2.3", tag) for name, text in CARE.items()}


def test_what_answers_a_mapped_requirement_answers_both(company: Make) -> None:
    answer = "A2.1:energy-indirect"
    files = {OWN: SAMPLE + MAPS, **tagged("B1.GD")}
    root = company(BOTH, files, f"'{answer}'")
    assert statuses(root) == {"E.1.1": "disclosed", "S.2.3": "disclosed", "G.5.1": "not-reported"}
    assert not [f for f in examine(root).findings if f.blocking]
    (root / OWN).write_text(SAMPLE, encoding="utf-8")  # without the mapping
    assert statuses(root) == {"E.1.1": "missing", "S.2.3": "missing", "G.5.1": "not-reported"}


def test_a_report_may_refuse_a_mapped_answer(company: Make) -> None:
    files = {OWN: SAMPLE + MAPS, **tagged("B1.GD")}
    root = company(f"{BOTH}\nunmapped: [soe-list/E.1.1]", files, "'A2.1:energy-indirect'")
    assert statuses(root) == {"E.1.1": "missing", "S.2.3": "disclosed", "G.5.1": "not-reported"}


def test_what_is_refused_must_be_mapped(company: Make) -> None:
    root = company(f"{BOTH}\nunmapped: [G.5.1]", {OWN: SAMPLE + MAPS})
    told = [f for f in found_in(root, "data/report.yml") if f.code == "unknown-name"]
    assert [(f.blocking, f.place.column) for f in told] == [(True, 12)]


def test_a_mapping_without_the_other_framework_rests(company: Make) -> None:
    root = company("frameworks: [soe-list]", {OWN: SAMPLE + MAPS})
    assert not found_in(root, OWN)
    assert statuses(root)["E.1.1"] == "missing"


def test_mistakes_in_mappings(company: Make) -> None:
    text, expected = unmarked(
        OWN,
        """
        maps:
          - framework: hkex-esg-code-2025
            source: Comparison
            requirements:
              E.1.2: [A2.1]
              ^^^^^ unknown-requirement
              E.1.1: [A2.1, A9.9]
                            ^^^^ unknown-requirement
          - framework: hkex
            source: Comparison
            requirements: {S.2.3: [B1]}
                                   ^^ unknown-name
          - {framework: un-sdgs, requirements: {S.2.3: [SDG8]}}
        """,
    )
    above = SAMPLE.count("\n")
    found = [
        (f.place.path, f.place.line - above, f.place.column, f.place.end_column, f.code)
        for f in found_in(company(BOTH, {OWN: SAMPLE + text}), OWN)
    ]
    as_a_whole = [place for place in found if place[4] == "missing-key"]
    assert [place[1] for place in as_a_whole] == [10]  # the mapping without a source
    assert [place for place in found if place not in as_a_whole] == sorted(expected)
