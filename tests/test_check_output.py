"""What `check` says in other forms than its text and JSON: SARIF, GitHub's annotations, chosen codes, the manual."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT, TINY, write_project
from esgreport import checks, manual
from esgreport.codes import CODES
from esgreport.source import Mapping, read_yaml
from test_cli import FINDINGS
from test_docs import rows_by_cell

JUMP = {
    "data/aspects/a.yml": """
aspect: A2
metrics:
  water:
    name: {en: Water, zh-Hant: 用水}
    unit: t
    values: {2025: 99 000, 2024: 1 000}
""",
    "data/notes.yml": "a: 1\n",
}


@pytest.fixture
def mistaken(tmp_path):
    return write_project(tmp_path / "reports" / "project", FINDINGS)


def diagnostics(run, root: Path) -> list[dict]:
    return json.loads(run("check", "--format", "json", "--project", root)[1])["diagnostics"]


# ---- SARIF


def test_sarif_holds_every_finding_with_its_place(run, mistaken):
    found = diagnostics(run, mistaken)
    code, out, err = run("check", "--format", "sarif", "--project", mistaken)
    log = json.loads(out)
    assert code == 1 and err == "" and found
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (ran,) = log["runs"]
    rules = ran["tool"]["driver"]["rules"]
    assert len(ran["results"]) == len(found)
    for result, finding in zip(ran["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["code"]
        assert result["level"] == finding["severity"]
        assert finding["message"] in result["message"]["text"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == finding["path"]
        region = physical.get("region", {})
        assert region.get("startLine") == finding["line"]
        assert region.get("startColumn") == finding["column"]
        assert region.get("endColumn") == finding["end_column"]
    assert {rule["id"] for rule in rules} == {finding["code"] for finding in found}


def test_sarif_tells_what_was_accepted_as_suppressed(run, tmp_path):
    accepted = "- {code: unknown-file, file: data/notes.yml, reason: Kept for the auditor., owner: Ann}\n"
    root = write_project(tmp_path / "project", {"data/notes.yml": "a: 1\n", "data/accepted.yml": accepted})
    code, out, _ = run("check", "--format", "sarif", "--project", root)
    (result,) = json.loads(out)["runs"][0]["results"]
    assert code == 0
    assert result["ruleId"] == "unknown-file" and result["suppressions"][0]["status"] == "accepted"


def test_columns_count_characters_as_sarif_is_told(run, tmp_path):
    """A character outside the basic plane is one column, not two."""
    page = "# 能源 { #energy }\n\n## 用電 { #power }\n\n𠮷 {{ electricty }} 用電。\n"
    root = write_project(tmp_path / "project", {"content/zh-Hant/a2.md": page})
    log = json.loads(run("check", "--format", "sarif", "--select", "unknown-name", "--project", root)[1])
    (ran,) = log["runs"]
    assert ran["columnKind"] == "unicodeCodePoints"
    region = ran["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (
        page.splitlines()[4][region["startColumn"] - 1 : region["endColumn"] - 1].strip("{} ") == "electricty"
    )


# ---- GitHub


def test_annotations_name_file_and_line_from_where_the_check_is_run(run, mistaken, monkeypatch):
    monkeypatch.chdir(mistaken.parents[1])
    found = diagnostics(run, mistaken)
    code, out, _ = run("check", "--format", "github", "--project", mistaken)
    lines = out.splitlines()
    assert code == 1 and len(lines) == len(found)
    for line, finding in zip(lines, found, strict=True):
        assert line.startswith(f"::{finding['severity']} file=reports/project/{finding['path']}")
        assert f"title={finding['code']}::" in line
        assert ("line=" in line) == bool(finding["line"])


def test_what_would_end_an_annotation_is_escaped(run, tmp_path, monkeypatch):
    wrong = TINY["data/aspects/a2.yml"].replace("unit: kWh", 'unit: "100%, or: so"')
    root = write_project(tmp_path / "a,b" / "project", {"data/aspects/a2.yml": wrong})
    monkeypatch.chdir(tmp_path)
    out = run("check", "--format", "github", "--select", "unknown-unit", "--project", root)[1]
    (line,) = out.splitlines()
    command, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
    assert command == "error" and message.startswith('"100%25, or: so" ') and "%0A" in message
    given = dict(pair.split("=", 1) for pair in properties.split(","))
    assert given["file"] == "a%2Cb/project/data/aspects/a2.yml" and given["title"] == "unknown-unit"


# ---- chosen codes


def test_select_and_ignore(run, mistaken):
    every = {finding["code"] for finding in diagnostics(run, mistaken)}
    assert len(every) > 3

    def codes(*options: str) -> set[str]:
        out = run("check", "--format", "json", *options, "--project", mistaken)[1]
        return {finding["code"] for finding in json.loads(out)["diagnostics"]}

    one, two, *_ = sorted(every)
    assert codes("--select", one) == {one}
    assert codes("--select", f"{one}, {two}") == codes("--select", one, "--select", two) == {one, two}
    assert codes("--ignore", one) == every - {one}
    assert codes("--select", f"{one},{two}", "--ignore", two) == {one}


def test_only_what_is_selected_fails_the_check(run, mistaken):
    assert run("check", "--select", "picture-profile", "--project", mistaken)[0] == 0


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_an_unknown_code_is_said(run, project, option):
    code, out, err = run("check", option, "total-mismach", "--project", project())
    assert (code, out) == (2, "")
    assert err == 'esgreport: "total-mismach" is not a code of a finding; did you mean "total-mismatch"?\n'


# ---- the manual


def test_explain_needs_no_report(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("check", "--explain", "total-mismatch")
    assert (code, err) == (0, "")
    for part in (
        "error (stops a final report",
        "Why: ",
        "    wrong   ",
        "    right   ",
        "- code: total-mismatch",
    ):
        assert part in out


def test_what_cannot_be_accepted_is_not_offered_to_be(run):
    out = run("check", "--explain", "bad-number")[1]
    assert "cannot be accepted" in out and "accepted.yml" not in out


def test_every_code_of_a_rule_leads_to_its_page():
    for rule in checks.RULES:
        title = __import__(rule.__module__, fromlist=["__doc__"]).__doc__.partition(":")[0]
        for code in title.split(", "):
            named = [
                known
                for known in CODES
                if known == code or (code.endswith("…") and known.startswith(code[:-1]))
            ]
            assert named, code
            for known in named:
                assert "Why: " in manual.page(known)


@pytest.mark.parametrize("code", [code for code, said in CODES.items() if not said.blocking])
def test_what_is_offered_for_accepting_is_an_entry_of_the_list(code):
    offered = manual.page(code).partition("    - code: ")[2]
    node, findings = read_yaml(f"code: {offered}".replace("\n      ", "\n"), "data/accepted.yml")
    assert not findings and isinstance(node, Mapping)
    assert [key.text for key, _ in node] == ["code", "file", "reason", "owner"]


def test_the_table_for_readers_says_the_same():
    rows = rows_by_cell(ROOT / "docs" / "checking.md", "code", "weight", "what it says")
    written = {
        (code, weight): re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", says).replace("`", "")
        for code, weight, says in rows
    }
    assert written == {
        (code, weight): sentence
        for code, said in CODES.items()
        for weight, sentence in zip(said.weights, filter(None, (said.says, said.also)), strict=True)
    }


# ---- severities


def test_a_warning_can_be_made_an_error_or_a_note(run, tmp_path):
    def checked(severities: str) -> tuple[int, str]:
        root = write_project(tmp_path / re.sub(r"\W", "", severities), JUMP)
        settings = root / "data" / "report.yml"
        settings.write_text(settings.read_text(encoding="utf-8") + severities, encoding="utf-8")
        code, out, _ = run("check", "--select", "unexplained-jump", "--project", root)
        return code, out

    code, out = checked("severities: {unexplained-jump: error}\n")
    assert code == 1 and "error[unexplained-jump]" in out and "1 error, 0 warnings" in out
    code, out = checked("severities: {unexplained-jump: info}\n")
    assert (
        code == 0 and "info[unexplained-jump]" in out and "0 errors, 0 warnings, 1 note, 0 accepted." in out
    )


@pytest.mark.parametrize(
    ("severities", "message"),
    [
        ("{total-mismatch: warning}", "total-mismatch is an error, and that cannot be changed"),
        ("{bad-number: info}", "bad-number is blocking, and that cannot be changed"),
        ("{unexplaned-jump: error}", '"unexplaned-jump" is not a code of a finding'),
        ("{unexplained-jump: off}", '"off" is not a severity'),
    ],
)
def test_what_cannot_be_changed_is_said(run, tmp_path, severities, message):
    root = write_project(tmp_path / "project")
    settings = root / "data" / "report.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f"severities: {severities}\n", encoding="utf-8"
    )
    code, out, _ = run("check", "--project", root)
    assert code == 1 and message in out, out


def test_the_hook_for_commits_runs_the_check():
    """The entry is a command line that there is, and it looks at what a report is made of."""
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.search(r"^  entry: esgreport check$", hook, re.MULTILINE)
    pattern = re.search(r"^  files: (\S+)$", hook, re.MULTILINE)[1]
    for path in ("data/report.yml", "content/en/a2.md", "templates/styles/tokens.css", "mkdocs.yml"):
        assert re.match(pattern, path)
    assert not re.match(pattern, "docs/start.md")
