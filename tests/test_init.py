"""`esgreport init`: a new project is a draft without a mistake, in which every requirement in force has its place."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, TINY, Run, tree
from esgreport.characters import simplified
from esgreport.findings_writer import TO_COME
from esgreport.framework import load_frameworks
from esgreport.load import load
from esgreport.model import Heading
from esgreport.starter import WrongChoice, year_end

COMPANY = ("--company", "Harbour Ropes Limited / 港灣繩纜有限公司")
# Everything that `init` can be asked for once: languages, years, classes, claims, several frameworks, plants.
CASES = {
    "usual": (*COMPANY, "--year-end", "2025-12-31"),
    "31 March": (
        *COMPANY, "--year-end", "2026-03-31", "--issuer-class", "gem", "--stock-code", "00001",
        "--plants", "Sha Tin works / 沙田廠, 九龍倉 / 九龍倉",
    ),
    "largecap, 30 June": (*COMPANY, "--year-end", "2027-06-30", "--issuer-class", "largecap"),
    "before the Code": (*COMPANY, "--year-end", "2024-12-31"),
    "three languages": (
        "--company", "Ropes “R” / 繩纜 / 绳缆", "--languages", "zh-Hant, en, zh-Hans", "--year-end", "2025-12-31",
    ),
    "Simplified Chinese": (
        "--company", "港湾绳缆有限公司", "--languages", "zh-Hans", "--year-end", "2025-12-31",
        "--frameworks", "gri-2021:in-accordance, un-sdgs", "--plants", "沙田厂、观塘办公室",
    ),
    "English": ("--company", "Ropes", "--languages", "en", "--year-end", "2025-12-31", "--frameworks", ""),
    "several": (*COMPANY, "--year-end", "2025-12-31", "--frameworks", "hkex-esg-code-2025, gri-2021, un-sdgs"),
}  # fmt: skip


@pytest.fixture
def begun(tmp_path: Path, run: Run, request: pytest.FixtureRequest) -> Path:
    code, _, err = run("init", tmp_path / "report", *CASES[request.param])
    assert (code, err) == (0, ""), err
    (tmp_path / "report" / ".cache").mkdir()
    (tmp_path / "report" / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    return tmp_path / "report"


@pytest.mark.parametrize("begun", CASES, indirect=True)
def test_a_new_project_has_no_mistake(begun: Path, run: Run) -> None:
    assert run("check", "--mistakes", "--project", begun) == (0, "0 errors, 0 warnings, 0 accepted.\n", "")


@pytest.mark.parametrize("begun", CASES, indirect=True)
def test_every_requirement_in_force_has_its_place(begun: Path) -> None:
    report, _ = load(begun)
    assert report is not None
    frameworks, findings = load_frameworks(report, begun)
    assert not findings
    tags = {
        language: {
            answer.requirement
            for (_, of), page in report.pages.items()
            if of == language
            for item in page.items
            if isinstance(item, Heading)
            for answer in item.answers
        }
        for language in report.languages
    }
    answered = {(answer.requirement, answer.measure) for m in report.metrics.values() for answer in m.answers}
    for framework in frameworks.values():
        asked = [row for row in framework.rows if row.level in ("mandatory", "comply-or-explain")]
        for language, tagged in tags.items():
            assert {row.id for row in asked} <= tagged, language
        for row in asked:
            for leaf in {row.id: row, **{leaf.id: leaf for leaf in framework.leaves(row.id)}}.values():
                for measure in leaf.measures:
                    key = measure.key if len(leaf.measures) > 1 else ""
                    assert measure.optional or (leaf.id, key) in answered
    assert len(report.page_order) > (1 if frameworks else 0)


@pytest.mark.parametrize("begun", ["31 March"], indirect=True)
def test_a_year_may_end_on_another_day(begun: Path) -> None:
    report, _ = load(begun)
    assert report is not None
    own = report.periods[report.period]
    assert (own.id, own.start, own.end) == ("fy2026", date(2025, 4, 1), date(2026, 3, 31))
    assert dict(own.label) == {"en": "2025/26", "zh-Hant": "2025/26年度"}
    assert [(p.start, p.end) for p in report.periods.values()][1:] == [
        (date(2024, 4, 1), date(2025, 3, 31)),
        (date(2023, 4, 1), date(2024, 3, 31)),
    ]
    assert report.company.stock_code == "00001" and report.company.issuer_class == "gem"
    assert {id: e.name["en"] for id, e in report.entries.items() if e.register == "plants"} == {
        "sha_tin_works": "Sha Tin works",
        "site_2": "九龍倉",
    }


@pytest.mark.parametrize("begun", ["usual", "Simplified Chinese"], indirect=True)
def test_every_file_explains_itself(begun: Path) -> None:
    for name, content in tree(begun).items():
        text = content.decode()
        if name.startswith("data/"):
            comments = "\n".join(re.findall(r"^ *#.*$", text, re.MULTILINE))
            assert re.search("[a-z]{3} [a-z]{3}", comments) and re.search("[一-鿿]{4}", comments), name
        elif name.startswith("content/"):
            (comment, *_) = re.findall("<!--.*?-->", text, re.DOTALL)
            assert bool(re.search("[一-鿿]", comment)) == name.startswith("content/zh-"), name
    told = "".join(
        content.decode() for name, content in tree(begun).items() if "schemas" not in name
    )  # all but the descriptions of keys, which are those of every report
    traditional = "".join(simplified().values())
    if "content/en" in str(sorted(tree(begun))):
        assert "數據" in told and "数据" not in told
    else:  # written for readers of the mainland, not converted
        assert not set(told) & (set(traditional) - set(simplified()))
        assert (
            "文件夹" in told
            and "电子邮箱" in told
            and not re.search("檔案|档案|匯報|汇报|电邮|廠房|厂房", told)
        )
    assert "esgreport index --missing" in (begun / "README.md").read_text(encoding="utf-8")


def sample_taken_out(text: str, key: str) -> str:
    """The text with the sample below a key no longer a comment."""
    before, found, after = text.partition(f"\n# {key}:\n")
    if not found:
        return text
    lines = after.splitlines(keepends=True)
    length = next((n for n, line in enumerate(lines) if not line.startswith("#   ")), len(lines))
    sample = "".join(line.removeprefix("# ") for line in lines[:length])
    return f"{before}\n{key}:\n{sample}{''.join(lines[length:])}"


@pytest.mark.parametrize("begun", CASES, indirect=True)
def test_what_stands_as_a_sample_holds_without_its_hash(begun: Path, run: Run) -> None:
    """A reason is offered only where the rules take one, a target only for what is measured there."""
    offered = set()
    for path in sorted((begun / "data" / "aspects").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        for key in ("targets", "responses"):
            changed = sample_taken_out(text, key)
            offered |= {key} if changed != text else set()
            text = changed
        path.write_text(text, encoding="utf-8")
    report = begun / "data" / "report.yml"
    text = report.read_text(encoding="utf-8")
    goal = re.compile(r"^  # (?=\w+: \{from: )", re.MULTILINE)
    report.write_text(goal.sub("  ", text), encoding="utf-8")
    # what follows from values that are to come, pages that are to be written, and one reason for all
    later = "reused-reason,figures-unprinted,target-base"
    told = run("check", "--mistakes", "--ignore", later, "--project", begun)[1]
    assert told == "0 errors, 0 warnings, 0 accepted.\n"
    listed, _ = load(begun)
    assert listed is not None
    if any(framework.startswith("hkex") for framework in listed.frameworks):
        assert offered == {"targets", "responses"}


@pytest.mark.parametrize("begun", ["usual", "Simplified Chinese", "largecap, 30 June"], indirect=True)
def test_no_two_metrics_are_called_the_same(begun: Path) -> None:
    report, _ = load(begun)
    assert report is not None
    for language in report.languages:
        names = [metric.name[language] for metric in report.metrics.values()]
        assert not {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("begun", ["usual"], indirect=True)
def test_a_file_without_figures_does_not_speak_of_them(begun: Path) -> None:
    text = (begun / "data" / "aspects" / "mdr.yml").read_text(encoding="utf-8")
    assert "metrics:" not in text and "nil" not in text
    assert "content/en/mdr.md" in text and "mandatory" in text


def test_the_folder_that_is_to_be_gone_into_is_named_as_a_shell_reads_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("init", "Our report", "--yes", *COMPANY)
    assert code == 0 and "\n  cd 'Our report'\n" in out


@pytest.mark.parametrize("name", ["report", "website", "figures"])
def test_a_folder_keeps_its_name_in_every_language(
    name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a folder is called may be a word that the tool has Chinese for."""
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("init", name, "--yes", *COMPANY, "--ui", "zh-Hant")
    assert code == 0 and f"已寫到 {name}。" in out and f"\n  cd {name}\n" in out
    code, _, err = run("init", name, "--yes", *COMPANY, "--ui", "zh-Hant")
    assert code == 2 and err.startswith(f"esgreport: {name} ")
    assert run("check", "--project", f"{name}s", "--ui", "zh-Hant")[2].count(f"{name}s") == 1


@pytest.mark.parametrize("begun", ["usual"], indirect=True)
def test_the_way_from_beginning_to_end_is_told(begun: Path) -> None:
    text = (begun / "README.md").read_text(encoding="utf-8")
    english, _, chinese = text.partition("檔案在哪裏")
    for part in (english, chinese):
        steps = part.partition("1. ")[2].partition("\n\n")[0]
        commands = re.findall(r"`esgreport ([a-z-]+)", steps)
        assert commands == ["index", "serve", "check", "build", "hand-over"]


@pytest.mark.parametrize("begun", ["largecap, 30 June"], indirect=True)
def test_what_is_open_begins_with_what_is_mandatory(begun: Path, run: Run) -> None:
    code, out, _ = run("index", "--missing", "--project", begun)
    levels = re.findall(r"^\S+ +missing +(\S+)$", out, re.MULTILINE)
    assert code == 1 and levels == sorted(levels, key=["mandatory", "comply-or-explain"].index)
    assert len(set(levels)) == 2 and "    give   " in out


def test_a_table_can_name_members_whose_values_are_to_come(project: Callable[..., Path], run: Run) -> None:
    table = "\n```table\nmetrics: [workforce]\nmembers: gender\ncolumns: [2025]\n```\n"
    files = {f"content/{x}/a2.md": TINY[f"content/{x}/a2.md"] + table for x in ("en", "zh-Hant")}
    files["data/aspects/b1.yml"] = (
        "aspect: B1\nmetrics:\n  workforce:\n    name: {en: Employees, zh-Hant: 僱員}\n    unit: employee\n"
        "    breakdown:\n      gender:\n        2025:\n          male:\n          female: 35\n"
    )
    root = project(files)
    code, out, _ = run("check", "--project", root)
    assert code == 1 and "workforce@2025[gender=male] has no value" in out and "female" not in out
    assert run("check", "--mistakes", "--project", root)[0] == 0
    path = root / "data" / "aspects" / "b1.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("35", ""), encoding="utf-8")
    assert run("check", "--mistakes", "--project", root)[0] == 0


@pytest.mark.parametrize("begun", ["usual", "Simplified Chinese"], indirect=True)
def test_an_editor_is_told_all(begun: Path, run: Run, tmp_path: Path) -> None:
    """Every schema that the settings name is there, and every snippet makes what can be read, as it stands."""
    chosen = json.loads((begun / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert all((begun / name).is_file() for name in chosen["yaml.schemas"])
    assert run("schema", tmp_path / "schemas")[0] == 0
    assert tree(tmp_path / "schemas") == tree(begun / ".vscode" / "schemas")
    snippets = json.loads((begun / ".vscode" / "esgreport.code-snippets").read_text(encoding="utf-8"))
    assert all(re.search("[a-z] .*[一-鿿]", each["description"]) for each in snippets.values())
    texts = {each["prefix"]: (each["scope"], filled(each["body"])) for each in snippets.values()}
    for page in begun.glob("content/*/about.md"):
        bodies = [
            body for name, (scope, body) in texts.items() if scope == "markdown" and name != "esg-picture"
        ]
        page.write_text(page.read_text(encoding="utf-8") + "\n" + "\n\n".join(bodies[1:]), encoding="utf-8")
    activity = begun / "data" / "aspects" / "activity.yml"
    metric = "\n".join(f"  {line}" for line in texts["esg-metric"][1].splitlines())
    response = "\n".join(f"  {line}" for line in texts["esg-response"][1].splitlines())
    activity.write_text(
        f"{activity.read_text(encoding='utf-8')}{metric}\nresponses:\n{response}\n", encoding="utf-8"
    )
    code, out, _ = run("check", "--mistakes", "--project", begun)
    assert (code, out) == (0, "0 errors, 0 warnings, 0 accepted.\n")


def filled(body: list[str]) -> str:
    """What a snippet leaves in the file when nothing is typed into it."""
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", "\n".join(body))
    return re.sub(r"\$\d+", "", re.sub(r"\$\{\d+:([^{}]*)\}", r"\1", text))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, run: Run) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    code, _, err = run("init", tmp_path, *COMPANY)
    assert code == 2 and err.endswith("is not empty, and nothing in it is touched; name a new folder\n")
    assert tree(tmp_path) == {"notes.txt": b"mine"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            (),
            "the company needs a name in English and 繁體中文; write it like this: Harbour Ropes / 港灣繩纜 (--company)",
        ),
        (("--company", "Ropes"), "the company needs a name in English and 繁體中文; write it like this:"),
        ((*COMPANY, "--languages", "en,zh-hant"), '"zh-hant" is not a language; did you mean "zh-Hant"?'),
        (
            (*COMPANY, "--year-end", "31 March"),
            '"31 March" is not the last day of a year; write year-month-day',
        ),
        ((*COMPANY, "--frameworks", "hkex"), '"hkex" is not a framework of the tool; known: gri-2021, '),
        (
            (*COMPANY, "--frameworks", "gri-2021:core"),
            '"core" is not a claim that gri-2021 knows; known: in-acc',
        ),
        (
            (*COMPANY, "--issuer-class", "main board"),
            '"main board" is not an issuer class; did you mean "main-b',
        ),
        ((*COMPANY, "--stock-code", "HK700"), '"HK700" is not a stock code; write its digits'),
        ((*COMPANY, "--plants", "Sha Tin works"), '"Sha Tin works" needs a name in English and 繁體中文'),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_written(
    options: tuple[str, ...], sentence: str, tmp_path: Path, run: Run
) -> None:
    code, out, err = run("init", tmp_path / "report", "--yes", *options)
    assert (code, out) == (2, "") and sentence in err
    assert not (tmp_path / "report").exists()


def test_what_no_option_answers_is_asked_again_until_it_will_do(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", "Ropes", "Ropes / 繩纜", "", "03-31", "", "", "Sha Tin / 沙田"])
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: (asked.append(prompt), next(answers))[1])
    code, out, err = run("init", tmp_path / "report")
    assert (code, err) == (0, "")
    assert asked[0] == "  [en, zh-Hant] " and out.count("NAMES") == 0
    assert (
        out.count("The company's full name in each of these languages") == 2
    )  # the first answer will not do
    assert "  the company needs a name in English and 繁體中文; write it like this:" in out
    report, _ = load(tmp_path / "report")
    assert report is not None and report.company.name["zh-Hant"] == "繩纜"
    assert report.periods[report.period].end.month == 3


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("2024-06-30", date(2026, 1, 1), date(2024, 6, 30)),
        ("12-31", date(2026, 5, 1), date(2025, 12, 31)),
        ("03-31", date(2026, 5, 1), date(2026, 3, 31)),
        ("03-31", date(2026, 3, 31), date(2025, 3, 31)),
        ("02-29", date(2026, 5, 1), date(2026, 2, 28)),
        ("02-28", date(2024, 5, 1), date(2024, 2, 29)),
    ],
)
def test_the_year_that_ended_last_is_taken(text: str, today: date, day: date) -> None:
    assert year_end(text, today) == day


@pytest.mark.parametrize("text", ["", "31-12", "2025-13-01", "2025-02-30", "December"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(WrongChoice):
        year_end(text, date(2026, 1, 1))


def test_the_options_are_the_questions() -> None:
    from esgreport.starter import QUESTIONS

    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)
    assert all(re.search("[一-鿿]", question.chinese) for question in QUESTIONS)
    assert TO_COME == ("missing-value", "requirement-missing", "requirement-partly")


def test_a_report_of_which_nothing_is_mandatory_says_how_to_go_on(tmp_path: Path, run: Run) -> None:
    """No hint names a page or a list that this company's answers do not make."""
    voluntary = (
        "--languages",
        "zh-Hans",
        "--company",
        "港湾绳缆有限公司",
        "--frameworks",
        "gri-2021:with-reference",
    )
    assert run("init", tmp_path / "report", "--yes", *voluntary)[0] == 0
    readme = (tmp_path / "report" / "README.md").read_text(encoding="utf-8")
    assert "index --missing" not in readme and readme.count("`esgreport index`") == 2
    settings = (tmp_path / "report" / "data" / "report.yml").read_text(encoding="utf-8")
    for page in re.findall(r"content/zh-Hans/\w+\.md", settings):
        assert (tmp_path / "report" / page).is_file(), page
