"""The command line: exit codes, sentences and formats. 0 done, 1 found something wrong, 2 cannot run."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TINY, esgreport, write_project
from openpyxl import load_workbook
from reports import aspect

WITH_FRAMEWORK = TINY["data/report.yml"].replace("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")
POLICY = '\n## Policy { #policy answers="A2.GD" }\n\nWe save energy.\n'
FINDINGS = {
    "data/aspects/a2.yml": TINY["data/aspects/a2.yml"]
    + """\
  water:
    name: {en: Water, zh-Hant: 耗水}
    unit: m33
    values: {2025: 1 200}
""",
    "content/zh-Hant/a2.md": '# 能源\n\n本年度外購電力為{{ electricty }}，去年為{{ electricity(period="2019") }}。\n',
    "data/notes.yml": "a: 1\n",
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report without findings; nobody writes into it."""
    return write_project(tmp_path_factory.mktemp("tiny") / "project")


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft that lacks most of what its framework asks for."""
    files = {
        "data/report.yml": WITH_FRAMEWORK,
        "data/aspects/a2.yml": TINY["data/aspects/a2.yml"] + '    source: "Invoices"\n',
        "content/en/a2.md": TINY["content/en/a2.md"] + POLICY,
        "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"]
        + POLICY.replace("Policy", "政策").replace("We save energy.", "節約能源。"),
    }
    return write_project(tmp_path_factory.mktemp("lacking") / "project", files)


# ---- what cannot run: exit 2 and one sentence

CANNOT = {
    "no command": ([], "COMMAND"),
    "unknown command": (["biuld"], "biuld"),
    "a command that is not built yet": (["collect"], "collect"),
    "unknown option": (["build", "--fast"], "--fast"),
    "a shortened option": (["build", "--onl", "pdf"], "--onl"),
    "unknown edition": (["build", "--only", "epub"], '"epub" is not an edition'),
    "a misspelt further edition": (["build", "--only", "web,pirnt"], 'did you mean "print"?'),
    "a misspelt edition": (["build", "--only", "wbe"], 'did you mean "web"?'),
    "no edition": (["build", "--only", ""], '"" is not an edition'),
    "an empty edition": (["build", "--only", "pdf,"], '"" is not an edition'),
    "unknown language": (["build", "--edition-lang", "fr"], '"fr" is not a language'),
    "a language that the report has not": (["build", "--edition-lang", "zh-Hans"], 'no language "zh-Hans"; it has zh-Hant and en'),
    "no jobs": (["build", "--jobs", "0"], "--jobs should be 1 or more"),
    "jobs that are no number": (["build", "--jobs", "many"], "many"),
    "unknown format of check": (["check", "--format", "xml"], "xml"),
    "unknown framework": (["index", "--framework", "gri"], '"gri" is not a framework'),
    "unknown format of index": (["index", "--format", "xlsx"], "xlsx"),
    "no figure": (["trace"], "figure"),
    "unknown metric": (["trace", "electricty"], 'did you mean "electricity"?'),
    "unknown period": (["trace", "electricity", "2019"], '"2019" is not a period'),
    "two periods": (["trace", "electricity", "2025", "2024"], "of one period"),
    "unknown dimension": (["trace", "electricity", "plant=north"], '"plant" is not a dimension'),
    "unknown member": (["trace", "electricity", "gender=mail"], 'did you mean "male"?'),
    "a member twice": (["trace", "electricity", "gender=male", "gender=female"], "names a dimension twice"),
    "a division that is not there": (["trace", "electricity", "gender=male"], "is not broken down by gender"),
    "no figure id": (["trace", "electricity@"], "is not a figure id"),
    "a figure id that is cut off": (["trace", "electricity@2025[gender=male"], "is not a figure id"),
    "unknown operation": (["trace", "electricity~growth.2024@2025"], '"growth" is not an operation'),
    "an operation with nothing": (["trace", "electricity~change.2019@2025"], '"2019" is not a period'),
    "an intensity over nothing": (["trace", "electricity~per.water@2025"], '"water" is not a metric'),
    "a figure without a name": (["trace", ""], "is not a figure id"),
}  # fmt: skip


@pytest.mark.parametrize("case", CANNOT)
def test_what_cannot_run_ends_with_2_and_one_sentence(run, tiny, case):
    words, part = CANNOT[case]
    code, out, err = run(*words, *(["--project", tiny] if words else []))
    assert code == 2 and out == ""
    (line,) = err.splitlines()
    assert line.startswith("esgreport: ") and part in line
    assert not (tiny / "site").exists()


@pytest.mark.parametrize("command", ["build", "check", "index", "trace"])
def test_a_folder_that_is_not_there_or_holds_no_report_cannot_run(run, tmp_path, command):
    figure = ["electricity"] if command == "trace" else []
    missing = tmp_path / "missing"
    assert run(command, *figure, "--project", missing) == (
        2, "", f"esgreport: there is no folder {missing}; name the folder of the report with --project\n"
    )  # fmt: skip
    assert run(command, *figure, "--project", tmp_path) == (
        2, "", f"esgreport: the folder {tmp_path} holds no report (data/report.yml is not there): {_GO_THERE}\n"
    )  # fmt: skip


_GO_THERE = "go into the folder of the report with cd, or begin one with esgreport init"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", f"this folder holds no report (data/report.yml is not there): {_GO_THERE}"),
        ("zh-Hant", "這個資料夾沒有報告（欠缺 data/report.yml）：請以 cd 進入報告的資料夾，或以 esgreport init 開始一份報告"),
    ],
)  # fmt: skip
def test_standing_in_the_wrong_folder_is_told(run, tmp_path, monkeypatch, language, sentence):
    monkeypatch.chdir(tmp_path)
    assert run("check", "--ui", language) == (2, "", f"esgreport: {sentence}\n")


@pytest.mark.parametrize("command", ["index", "trace"])
def test_a_report_that_cannot_be_read_cannot_be_shown(run, tmp_path, command):
    root = write_project(tmp_path / "project", {"data/aspects/a2.yml": "metrics: ["})
    code, out, err = run(command, *(["electricity"] if command == "trace" else []), "--project", root)
    assert code == 2 and out == ""
    assert "data/aspects/a2.yml:" in err and err.endswith(
        "esgreport: the report cannot be read as it is; see above\n"
    )


@pytest.mark.parametrize("command", ["build", "check"])
def test_missing_faces_are_one_sentence(run, tmp_path, monkeypatch, command):
    from esgreport import faces

    root = write_project(tmp_path / "project")
    (root / ".cache" / "fonts").unlink()
    (root / ".cache" / "fonts").mkdir()
    monkeypatch.setattr(faces, "faces_folder", lambda project: project / ".cache" / "fonts", raising=False)
    code, _, err = run(command, "--project", root)
    assert code == 2 and re.fullmatch(r"esgreport: the face \S+ is missing; run `esgreport fonts`.*\n", err)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("chekc",), '"chekc" is nothing that can be chosen; did you mean "check"?'),
        (("check", "--format", "jsn"), '"jsn" is nothing that can be chosen; did you mean "json"?'),
    ],
)
def test_a_misspelt_word_is_guessed(run, words, sentence):
    assert run(*words) == (2, "", f"esgreport: {sentence}; esgreport --help lists what there is\n")


COMMANDS = [
    "init",
    "build",
    "part",
    "export",
    "serve",
    "check",
    "index",
    "trace",
    "diff",
    "proof",
    "ids",
    "migrate",
    "undo",
    "hand-over",
    "schema",
    "fonts",
    "doctor",
]


def test_help_lists_what_there_is(run):
    code, out, _ = run("--help")
    assert code == 0
    assert re.findall(r"^    ([a-z-]+)(?: |$)", out, re.MULTILINE) == COMMANDS
    for command in COMMANDS:
        assert run(command, "--help")[0] == 0
    code, out, _ = run("--version")
    assert code == 0 and re.fullmatch(r"esgreport \d+\.\d+\.\d+\n", out)


# ---- check


def test_check_of_a_clean_report(run, tiny):
    assert run("check", "--project", tiny) == (0, "0 errors, 0 warnings, 0 accepted.\n", "")


def test_check_as_text_shows_the_line_and_what_to_do(run, tmp_path, golden):
    root = write_project(tmp_path / "project", FINDINGS)
    code, out, err = run("check", "--project", root)
    assert code == 1 and err == ""
    golden("check.txt", out)


def test_check_as_json_has_exactly_the_keys_of_the_contract(run, tmp_path):
    code, out, err = run(
        "check", "--format", "json", "--project", write_project(tmp_path / "project", FINDINGS)
    )
    record = json.loads(out)
    assert code == 1 and err == ""
    assert list(record) == ["diagnostics", "summary"]
    assert list(record["summary"]) == ["errors", "warnings", "accepted"]
    keys = ["code", "severity", "blocking", "path", "line", "column", "end_column", "cell", "message", "help"]
    for finding in record["diagnostics"]:
        assert list(finding) == keys
        assert finding["severity"] in ("error", "warning", "info") and isinstance(finding["blocking"], bool)
        assert not finding["path"].startswith("/")
        if finding["line"]:
            assert 1 <= finding["column"] <= finding["end_column"]
    for severity in ("error", "warning"):
        assert record["summary"][f"{severity}s"] == sum(
            f["severity"] == severity for f in record["diagnostics"]
        )
    assert any(
        f["code"] == "unknown-unit" and f["line"] == 9 and f["column"] == 11 for f in record["diagnostics"]
    )


def test_check_of_a_clean_report_as_json(run, tiny):
    code, out, _ = run("check", "--format", "json", "--project", tiny)
    assert code == 0
    assert json.loads(out) == {"diagnostics": [], "summary": {"errors": 0, "warnings": 0, "accepted": 0}}


def test_check_writes_nothing(run, tmp_path):
    root = write_project(tmp_path / "project")
    before = sorted(root.rglob("*"))
    run("check", "--project", root)
    assert sorted(root.rglob("*")) == before


def test_warnings_alone_do_not_fail(run, tmp_path):
    root = write_project(tmp_path / "project", {"data/notes.yml": "a: 1\n"})
    code, out, _ = run("check", "--project", root)
    assert code == 0 and out.endswith("0 errors, 1 warning, 0 accepted.\n")


def test_a_draft_with_open_errors_fails_the_check(run, lacking):
    code, out, _ = run("check", "--project", lacking)
    assert code == 1 and "error[requirement-missing]" in out


# ---- index


def test_index_as_text(run, lacking, golden):
    code, out, err = run("index", "--project", lacking)
    assert code == 0 and err == ""
    golden("index.txt", out)


def test_index_missing_lists_what_lacks_and_fails(run, lacking):
    code, out, _ = run("index", "--missing", "--project", lacking)
    assert code == 1
    assert "rows open" in out and "lacks" in out
    assert not re.search(r"^\S+ +(disclosed|explained|not-reported)", out, re.MULTILINE)
    assert not re.search(r"^A2\.GD ", out, re.MULTILINE)


def test_index_missing_says_who_is_to_answer_and_what_is_expected(run, tmp_path):
    """Owners of what answers a row, with what a row expects in plain words; what has no owner comes last."""
    data = """
electricity:
  name: {en: Electricity, zh-Hant: 電力}
  unit: kWh
  owner: Works engineer
  answers: ["A2.1:energy-indirect"]
  values: {2025: 29 843 800, 2024: 28 104 220}
"""
    files = {"data/report.yml": WITH_FRAMEWORK, "data/aspects/a2.yml": aspect(data)}
    root = write_project(tmp_path / "project", files)
    code, out, _ = run("index", "--missing", "--project", root)
    assert code == 1
    first, second = re.findall(r"^(.+): (\d+) rows?$", out, re.MULTILINE)
    assert (first, second[0]) == (("Works engineer", "1"), "no owner yet")
    mine, others = out.split("\nno owner yet: ")
    assert re.findall(r"^(\S+) +(?:missing|partly)", mine, re.MULTILINE) == ["A2.1"]

    def given(id: str) -> list[str]:
        (entry,) = re.findall(rf"^{re.escape(id)} .*\n((?:    .*\n)+)", others, re.MULTILINE)
        return re.findall(r"^    give   (.*)", entry, re.MULTILINE)

    assert given("B1.2") == ["Turnover rate (%), by gender, age group and region"]
    assert given("A2.2") == ["Water consumed (m³), with its intensity"]
    assert given("B2.1")[0].endswith(", for each of 3 years")
    assert given("B1.GD") == [
        "what the policy is, and whom and what it covers",
        "which laws matter most, and whether they were kept; cases, where there were any",
    ]
    code, out, _ = run("index", "--missing", "--format", "json", "--project", root)
    row = next(row for row in json.loads(out)["rows"] if row["id"] == "A2.1")
    assert code == 1 and row["owners"] == ["Works engineer"] and len(row["expected"]) > 1


def test_index_missing_says_which_files_to_open(run, tmp_path):
    """Those of the metrics that answer a row or are to, then the pages with a section that answers it."""
    data = "water:\n  name: {en: Water, zh-Hant: 水}\n  unit: m3\n  answers: [A2.2]\n  values:\n    2025:\n"
    pages = {
        f"content/{language}/a2.md": f'# A2\n\nLead.\n\n## {word} {{ #water answers="A2.2 A2.4" }}\n'
        for language, word in (("en", "Water"), ("zh-Hant", "用水"))
    }
    files = {"data/report.yml": WITH_FRAMEWORK, "data/aspects/a2.yml": aspect(data), **pages}
    root = write_project(tmp_path / "project", files)
    _, out, _ = run("index", "--missing", "--project", root)
    entries = {entry.split()[0]: entry for entry in out.split("\n\n") if " missing " in entry}
    both = "content/zh-Hant/a2.md, content/en/a2.md"
    assert f"\n    open   data/aspects/a2.yml, {both}" in entries["A2.2"]
    assert f"\n    open   {both}" in entries["A2.4"]
    assert "    open" not in entries["B6.1"]


def test_every_open_row_of_every_framework_says_what_is_expected(run, tmp_path):
    report = WITH_FRAMEWORK.replace("hkex-esg-code-2025]", "hkex-esg-code-2025, hkex-esg-guide-2020]")
    root = write_project(tmp_path / "project", {"data/report.yml": report})
    _, out, _ = run("index", "--missing", "--format", "json", "--project", root)
    rows = [row for record in json.loads(out) for row in record["rows"]]
    assert len(rows) > 130 and not [row["id"] for row in rows if not row["expected"]]


def test_index_missing_as_json_is_the_same_shape_with_open_rows_only(run, lacking):
    code, out, _ = run(
        "index", "--missing", "--format", "json", "--framework", "hkex-esg-code-2025", "--project", lacking
    )
    assert code == 1
    record = json.loads(out)
    assert list(record) == ["framework", "rows"]
    assert {row["status"] for row in record["rows"]} <= {"missing", "partly-disclosed"}
    assert all(row["lacks"] for row in record["rows"])
    _, whole, _ = run("index", "--format", "json", "--project", lacking)
    rows = json.loads(whole)["rows"]
    for row in record["rows"]:
        assert (row.pop("owners"), bool(row.pop("expected"))) == ([], True), "only in the work list"
        del row["verify"], row["files"]
    assert [row for row in rows if row["status"] in ("missing", "partly-disclosed")] == record["rows"]
    (policy,) = (row for row in rows if row["id"] == "A2.GD")
    assert policy["status"] == "disclosed"
    assert [place["title"] for place in policy["locations"]] == ["政策", "Policy"]


def test_index_as_csv_opens_as_a_table(run, lacking):
    code, out, _ = run("index", "--format", "csv", "--project", lacking)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and len(rows) > 60
    assert {"id", "code", "label_en", "status", "lacks", "sections_en"} <= set(rows[0])
    assert "pages_en" not in rows[0], "there is no build yet"
    code, out, _ = run("index", "--missing", "--format", "csv", "--project", lacking)
    assert code == 1 and {row["status"] for row in csv.DictReader(io.StringIO(out))} <= {
        "missing",
        "partly-disclosed",
    }


def test_the_work_list_says_the_same_in_every_format(run, lacking, tmp_path):
    """One table for all frameworks, each line with its owner, what lacks, what to give and where it stands."""
    code, out, _ = run("index", "--missing", "--format", "csv", "--project", lacking)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1 and list(rows[0]) == [
        "framework", "id", "code", "label_zh-Hant", "label_en", "level", "status", "lacks", "owners", "expected", "verify", "files",
        "reason_zh-Hant", "reason_en", "sections_zh-Hant", "urls_zh-Hant", "sections_en", "urls_en",
    ]  # fmt: skip
    records = json.loads(run("index", "--missing", "--format", "json", "--project", lacking)[1])
    entries = (
        records["rows"] if isinstance(records, dict) else [r for record in records for r in record["rows"]]
    )
    for row, entry in zip(rows, entries, strict=True):
        assert [row["id"], *(row[key].split("; ") if row[key] else [] for key in ("lacks", "verify"))] == [
            entry["id"], entry["lacks"], entry["verify"],
        ]  # fmt: skip
        assert row["expected"] == "; ".join(entry["expected"])
    assert any(row["verify"] for row in rows)

    file = tmp_path / "work.xlsx"
    code, out, _ = run("index", "--missing", "--format", "xlsx", "--out", file, "--project", lacking)
    assert (code, out) == (1, f"Written to {file}.\n")
    (sheet,) = load_workbook(file).worksheets
    head, *lines = sheet.iter_rows(values_only=True)
    assert list(head) == list(rows[0]) and len(lines) == len(rows)
    assert [(line[1] or "") for line in lines] == [row["id"] for row in rows]
    assert [(line[9] or "").split("\n") for line in lines] == [entry["expected"] for entry in entries]

    code, _, err = run("index", "--format", "xlsx", "--project", lacking)
    assert (code, err) == (2, "esgreport: a workbook is a file: name it, as in --out index.xlsx\n")
    file = tmp_path / "index.csv"
    assert run("index", "--format", "csv", "--out", file, "--project", lacking)[0] == 0
    assert file.read_bytes().startswith("\ufeffframework,id,".encode()), "Excel knows the Chinese by the mark"
    nowhere = tmp_path / "none" / "index.csv"
    code, _, err = run("index", "--format", "csv", "--out", nowhere, "--project", lacking)
    assert (code, err) == (2, f"esgreport: {nowhere} cannot be written: No such file or directory\n")


# ---- build


def test_what_a_build_says(tmp_path):
    root = write_project(tmp_path / "project")
    done = esgreport("build", "--only", "data", cwd=root)
    assert done.returncode == 0
    assert done.stderr == "0 errors, 0 warnings, 0 accepted.\n"
    assert done.stdout == (
        "\nWritten as a DRAFT to site: 3 files.\n  data     site/data\n"
        "\nsite holds nothing else now: no websites, no PDFs. Build without --only to have all.\n"
    )


def test_a_folder_for_the_output_is_named_as_it_was_given(tmp_path):
    root = write_project(tmp_path / "project")
    done = esgreport("build", "--only", "data", "--out", "../elsewhere", cwd=root)
    assert done.returncode == 0 and "to ../elsewhere: 3 files" in done.stdout
    assert (tmp_path / "elsewhere/build.json").is_file()


def on_a_terminal(*words: str | Path) -> tuple[int, str]:
    """Run the tool with a terminal as its standard error: (exit code, what the terminal was sent)."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "esgreport", *map(str, words)]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=its, env=environment)
    os.close(its)
    sent = b"".join(chunks(ours))
    return process.wait(), sent.decode()


def chunks(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # how Linux says that nobody holds the other end any more
            return
        if not chunk:
            return
        yield chunk


def test_progress_is_shown_on_a_terminal_and_taken_away(tmp_path):
    root = write_project(tmp_path / "project")
    code, sent = on_a_terminal("build", "--only", "data", "--project", root)
    assert code == 0
    steps = re.findall(r"\r\x1b\[K… ([^\r]*)", sent)
    assert steps == ["reading and checking", "writing data files", "putting the new site in place"]
    assert sent.endswith("\r\x1b[K0 errors, 0 warnings, 0 accepted.\r\n")


def test_the_line_of_progress_is_gone_when_a_build_fails(tmp_path):
    root = write_project(tmp_path / "project", FINDINGS)
    code, sent = on_a_terminal("build", "--project", root)
    assert code == 1
    assert "\r\x1b[Kcontent/en/a2.md" in sent
    assert "\x1b[1;31merror[unknown-unit]\x1b[0m" in sent


def test_the_same_advice_is_read_once(run, tmp_path):
    metrics = "".join(f"  m{n}: {{name: {{en: M, zh-Hant: 量}}, unit: patent}}\n" for n in range(3))
    root = write_project(tmp_path / "project", {"data/aspects/a2.yml": f"aspect: A2\nmetrics:\n{metrics}"})
    said = run("check", "--project", root)[1]
    assert said.count("if it is a unit of your own, define it in data/registers/units.yml") == 1
    assert len(re.findall("unit: patent.*\n.* \\^{6} as above\n", said)) == 2
    record = json.loads(run("check", "--project", root, "--format", "json")[1])
    helps = {f["help"] for f in record["diagnostics"] if f["code"] == "unknown-unit"}
    assert helps == {"if it is a unit of your own, define it in data/registers/units.yml"}


def test_without_a_terminal_there_is_neither_progress_nor_colour(tmp_path):
    root = write_project(tmp_path / "project", FINDINGS)
    done = esgreport("build", "--project", root)
    assert done.returncode == 1 and "\x1b" not in done.stderr + done.stdout and "…" not in done.stderr


def test_a_reader_who_has_seen_enough_is_no_fault(lacking):
    command = f"{sys.executable} -m esgreport index --project '{lacking}' | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stderr == ""


def test_text_is_utf_8_whatever_the_locale(lacking):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "esgreport", "index", "--format", "json", "--project", str(lacking)],
        capture_output=True, env=environment,
    )  # fmt: skip
    assert "管治" in done.stdout.decode("utf-8")
