"""The language of messages: every sentence of the tool has its Chinese, and what is quoted, pasted or looked up stays as it is."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, TINY, Run, write_project
from esgreport import interface, manual
from esgreport.codes import CODES
from esgreport.diagnostics import Diagnostic, display_width
from esgreport.pipeline import build, examine
from said_templates import Package, constants
from test_cli import COMMANDS, FINDINGS
from test_mistakes import CASES, FOUND, planted
from test_trace import FILES as TRACED

CATALOGUE = ROOT / "generator" / "esgreport" / "interface" / "zh-Hant.txt"
ELSEWHERE = "# not looked for in the source"  # heads what comes from outside, or stands alone
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|「[^」]*」|《[^》]*》|`[^`]*`|\{.*?\}|<[^>]*>|\[[^\]]*\]|（來源：.*）')
PHRASE = re.compile(r"(?<!esgreport )\b(?!esgreport)[a-z]{2,} [a-z]{2,}")


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    interface.speak("en")


@pytest.fixture
def chinese() -> None:
    interface.speak("zh-Hant")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("findings") / "project", FINDINGS)


# ---- the catalogue


def test_every_sentence_of_the_source_is_in_the_catalogue():
    known = interface.catalogue("zh-Hant").wordings
    lacking = [
        f"{where}: {template}" for template, where in Package().templates().items() if template not in known
    ]
    told = "the tool says these in English only; `python tests/said_templates.py --lacking` prints them as the catalogue takes them"
    assert not lacking, f"{told}:\n" + "\n".join(lacking)


def test_the_scan_sees_a_new_sentence(tmp_path, monkeypatch):
    """Through a name, a parameter, a table and an f-string: what the other test relies on."""
    import said_templates

    (tmp_path / "rule.py").write_text(
        "WHY = {'a': 'a tower is too tall'}\n"
        "def fault(place, message):\n    yield error('x', place, message, WHY['a'])\n"
        "def check(r):\n    said = f'{r.id} leans by {r.by}{r.unit}'\n    yield from fault(r.place, said)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(said_templates, "PACKAGE", tmp_path)
    assert set(Package().templates()) == {"a tower is too tall", "{1} leans by {2}"}


def test_no_entry_of_the_catalogue_is_left_over():
    ours = CATALOGUE.read_text(encoding="utf-8").partition(ELSEWHERE)[0]
    entries = [line for line in ours.splitlines() if line.strip() and not line.startswith((" ", "# "))]
    used = constants() | set(Package().templates())
    left = [entry for entry in entries if entry not in used and " " in entry and "{" not in entry]
    assert not left, f"nobody says these any more; take them out of {CATALOGUE.name}:\n" + "\n".join(left)


def test_entries_are_worded_in_chinese_with_its_marks():
    for english, chinese in interface.catalogue("zh-Hant").wordings.items():
        numbers = set(re.findall(r"\{\d+\}", english))
        assert set(re.findall(r"\{\d+\}", chinese.replace("!}", "}"))) <= numbers, english
        bare = QUOTED.sub("", chinese)
        assert not re.search(r"[\u4e00-\u9fff][,;?!]", bare), f"a half-width mark: {chinese}"
        assert not re.search(r"[這说网们应单]", chinese.replace("這", "")), f"Simplified: {chinese}"


# ---- sentences


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ('"kwhh" is not a unit that the unit table knows', "單位表沒有「kwhh」這個單位"),
        ('did you mean "kWh"?', "是否指「kWh」？"),
        ("known: en, zh-Hant", "可用的有：en, zh-Hant"),
        ("3 errors, 1 warning, 2 accepted.", "3 項錯誤、1 項警告、2 項已獲接納。"),
        ("2 rows open", "2 行未完成"),
        ("delete the entry", "刪除這一項"),
        ('the response to A2.7 needs "reason"', "對 A2.7 的回應需要「reason」"),
        ('the section "a2-3" of level 2, answering A2.3', "第 2 級的章節「a2-3」（回應 A2.3）"),
        ("an index hkex-esg-code-2025", "索引 hkex-esg-code-2025"),
        ("indent with spaces: 4, as in the line above", "以空格縮排：4 個空格，與上一行相同"),
        ("write something, or delete it", "寫上內容，或刪除它"),
        ("use one code; delete it", "採用同一編號；刪除它"),
        (
            "board is final, but by today's rules 2 errors are open: it is compared as a draft",
            "board 是定稿，但按現行規則尚有 2 項錯誤：現以草稿比較",
        ),
        ("Of this nobody has ever heard", "Of this nobody has ever heard"),
        ("Ministry of Water and Power of Nowhere", "Ministry of Water and Power of Nowhere"),
        ('"delete the entry" is spelt the American way', "「delete the entry」是美式拼法"),
    ],
)
def test_a_sentence_and_what_it_quotes(chinese, english, monkeypatch):
    interface.speak("zh-Hant")
    assert interface.said(english) == chinese


def test_lines_keep_their_indentation(chinese):
    assert interface.said("\n  delete the entry\n") == "\n  刪除這一項\n"


def test_english_is_left_alone():
    assert interface.said("3 errors, 1 warning") == "3 errors, 1 warning"


def test_lines_are_broken_by_cells_of_a_terminal():
    text = "同一頁出現 labour 和 labor，讀起來像由兩人撰寫；改用同一種拼法，或列為接納。"
    lines = interface.wrapped(text, 30)
    assert all(display_width(line) <= 31 for line in lines) and "".join(lines).replace(
        " ", ""
    ) == text.replace(" ", "")
    assert not any(line.startswith(("，", "。", "；")) for line in lines)


# ---- findings


def findings(tmp_path: Path) -> Iterator[Diagnostic]:
    for number, case in enumerate(case for case in CASES if case.kind == FOUND):
        root = tmp_path / str(number)
        yield from examine(write_files(root, planted(case))).findings
    yield from examine(write_project(tmp_path / "findings", FINDINGS)).findings


def write_files(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / ".cache").mkdir()
    (root / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    return root


def test_no_finding_of_planted_mistakes_is_left_in_english(tmp_path, chinese):
    """Names, paths, text to paste and what authors wrote are as they are."""
    english, count = set(), 0
    for finding in findings(tmp_path):
        told = interface.told(finding)
        for sentence in filter(None, (told.message, told.help)):
            count += 1
            if PHRASE.search(QUOTED.sub("", sentence)) or not re.search("[\u4e00-\u9fff]", sentence):
                english.add(f"{finding.code}: {sentence}")
        assert (told.code, told.place, told.severity) == (finding.code, finding.place, finding.severity)
    assert count > 100
    assert not english, "\n".join(sorted(english))


def test_every_code_is_explained_in_chinese(chinese):
    for code in CODES:
        page = manual.page(code)
        assert "輕重" in page and not re.search(r"^(Why|Weight|Accept)", page, re.MULTILINE), page
        assert "暫時只有英文" not in page, f"{code}: {page}"
        _, _, rule = page.partition("為何：")
        assert all(display_width(line) <= 80 for line in rule.splitlines() if not line.startswith(" ")), page


# ---- the command line


def test_check_speaks_chinese_and_keeps_codes_places_and_carets(run, project):
    code, out, _ = run("check", "--ui", "zh-Hant", "--project", project)
    english = run("check", "--project", project)[1]
    assert code == 1 and "錯誤[unknown-unit]" in out and out.splitlines()[-1].endswith("項已獲接納。")
    place = re.compile(r"^\S+:\d+:\d+: \S+\[[\w-]+\]", re.MULTILINE)
    assert [line.split(": ")[0] for line in place.findall(out)] == [
        line.split(": ")[0] for line in place.findall(english)
    ]
    source, carets = next(
        (line, below)
        for line, below in zip(out.splitlines(), out.splitlines()[1:], strict=False)
        if "electricty" in line and "^" in below
    )
    before = source[: source.index("{{")]
    assert (
        display_width(before) == display_width(carets[: carets.index("^")])
        and "^" * len("electricty") in carets
    )
    assert "是否指「electricity」？" in carets


@pytest.mark.parametrize("order", [("--ui", "zh-Hant", "check"), ("check", "--ui=zh-Hant")])
def test_the_option_stands_before_or_after_the_command(run, project, order):
    assert "項錯誤" in run(*order, "--project", project)[1]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB.UTF-8"}, "zh-Hant"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_HK.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_without_the_option_the_locale_decides(environment, language):
    assert interface.language_of(environment) == language


def test_programs_read_english_unless_they_ask(run, project, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_HK.UTF-8")
    assert "項錯誤" in run("check", "--project", project)[1]
    for format in ("json", "sarif", "github"):
        plain = run("check", "--format", format, "--project", project)[1]
        asked = run("check", "--ui", "zh-Hant", "--format", format, "--project", project)[1]
        assert "did you mean" in plain and "是否指" not in plain
        assert "是否指" in asked and "did you mean" not in asked
    found = [
        json.loads(run("check", *words, "--format", "json", "--project", project)[1])["diagnostics"]
        for words in ((), ("--ui", "zh-Hant"))
    ]
    assert [{**each, "message": "", "help": ""} for each in found[0]] == [
        {**each, "message": "", "help": ""} for each in found[1]
    ]


def test_another_language_is_refused_in_one_sentence(run):
    code, out, err = run("--ui", "zh-Hans", "check")
    assert (
        (code, out) == (2, "")
        and err.count("\n") == 1
        and "known: en, zh-Hant" in err + "known: en, zh-Hant" * ("zh-Hant" in err)
    )


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese_and_fits_a_terminal(run, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(*filter(None, [command, "--ui", "zh-Hant", "--help"]))
    assert code == 0 and "用法：" in out and "選項：" in out
    assert all(display_width(line) <= 80 for line in out.splitlines()), out
    assert not PHRASE.search(
        QUOTED.sub("", "\n".join(line[24:] for line in out.splitlines() if "usage" not in line))
    ), out


def test_a_finding_is_accepted_by_the_words_in_which_it_was_read(tmp_path):
    entry = "- {code: unknown-file, file: data/notes.yml, quote: 不會讀取這個檔案, reason: kept for us, owner: Li}\n"
    files = {"data/notes.yml": "a: 1\n", "data/accepted.yml": entry}
    examined = examine(write_project(tmp_path / "project", files))
    assert [finding.code for finding in examined.accepted] == ["unknown-file"]


def test_doctor_and_questions_speak_chinese(run, project):
    out = run("doctor", "--ui", "zh-Hant", "--project", project)[1]
    assert "資料夾" in out and "字型" in out


def test_what_is_written_into_sources_is_said_and_asked_in_chinese(tmp_path, run, monkeypatch):
    report = TINY["data/report.yml"].replace("schema: 2\n", "")
    page = TINY["content/en/a2.md"].replace("We bought", "At this density, we bought")
    glossary = "intensity: {term: {en: intensity, zh-Hant: 密度}, also: {en: [density]}}\n"
    files = {"data/report.yml": report, "data/glossary.yml": glossary, "content/en/a2.md": page}
    root = write_project(tmp_path / "project", files)
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "是")

    def said_of(command: str, *words: str) -> str:
        code, out, _ = run(command, "--ui", "zh-Hant", "--project", root, *words)
        assert code == 0, out
        ours = "\n".join(line for line in out.splitlines() if not line.startswith(("  - ", "  + ", "data/")))
        assert not PHRASE.search(QUOTED.sub("", ours)), ours
        return ours

    out = said_of("migrate")
    assert "已寫入：2 個檔案。如要還原：esgreport undo" in out and "  第 1 行" in out
    assert "請查看   「density」（en）現為「intensity」的 forms 之一" in out
    assert said_of("migrate") == "報告已是現時版本，第 2 版；無須更新。"
    assert "已還原：2 個檔案回復至執行 esgreport migrate 之前。" in said_of("undo")
    assert asked == ["寫入這些改動？ [y/N] ", "還原 migrate 所寫入的內容？ [y/N] "]
    assert "每種語文的每一節都有 id。" in said_of("ids", "--yes")


# ---- where figures come from, what changed, calling figures

# What the authors of the small report wrote in English is shown as it is.
AUTHORS = re.compile(
    r"Plant officers|Utility invoices|Ministry of Ecology and Environment|The board|A slow scale|A table|letter 17"
)


def left_in_english(text: str) -> list[str]:
    """The lines that still say something in English, but for what authors wrote and where it stands."""
    lines = (re.sub(r"\(en/[^)]*\)|sum\([^)]*\)", "", AUTHORS.sub("", line)) for line in text.splitlines())
    ours = (line for line in lines if not re.match(r"  en  |\s+[-+] |\s*en/", line))
    return [line for line in ours if PHRASE.search(QUOTED.sub("", line))]


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (
            "coal_emissions 2025",
            ["約86.9 噸二氧化碳當量  data/", "  公式      sum(", "  因子      coal = 2.1"],
        ),
        (
            "coal 2025 plant=chengxi",
            ["30.5 噸  (重列)", "  原先      28 噸：磅秤偏慢。", "  憑證      letter 17"],
        ),
        ("coal 2025 plant=yunzhong", ["約12 噸  (估計)", "  點算日    2025-11-30", "  附註      提早點算。"]),
        ("workforce 2024 gender=female", ["[gender=female]  無  data/", "\n印出位置\n  沒有印出\n"]),
        (
            "emissions 2025",
            ["Environment, 2022 年", "數據 (zh-Hant/a2.html#figures)，2 次", "  （製作目前的內容之後"],
        ),
        ("leaner 2025", ["leaner@2025  落後", "（同上）"]),
        ("leaner~level 2025", ["  公式      在 2024 至 2030 的直線上"]),
        ("water 2025", ["  ……另有 28 個輸入（--all 可全部顯示）"]),
    ],
)
def test_trace_speaks_chinese(tmp_path: Path, run: Run, figure: str, said: list[str]):
    root = write_project(tmp_path / "project", TRACED)
    code, out, _ = run("trace", *figure.split(), "--ui", "zh-Hant", "--project", root)
    assert code == 0 and not left_in_english(out), out
    assert [each for each in said if each not in out] == [], out


def test_the_names_of_a_report_in_english_alone_stay_english(tmp_path: Path, run: Run):
    files = {**TRACED, "data/report.yml": TRACED["data/report.yml"].replace("[zh-Hant, en]", "[en]")}
    root = write_project(tmp_path / "project", files)
    out = run("trace", "coal", "2025", "plant=chengxi", "--ui", "zh-Hant", "--project", root)[1]
    assert "  原先      28 tonne" in out and "A slow scale." in out


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_project(tmp_path_factory.mktemp("finished") / "project")
    assert build(root, root / "site").written
    return root / "site"


@pytest.fixture
def before(site: Path, tmp_path: Path) -> Path:
    """The build with another number and fewer words, as if it were an earlier one."""
    folder = tmp_path / "before"
    shutil.copytree(site, folder)
    figures = folder / "data" / "figures.json"
    record = json.loads(figures.read_text("utf-8"))
    bought = next(each for each in record["figures"] if each["id"] == "electricity@2025")
    bought |= {"value": "29000000", "qualifier": "about", "note": {"zh-Hant": "抄讀較遲。"}}
    bought["printed"] = dict.fromkeys(bought["printed"], "29,000,000")
    record["figures"] = [each for each in record["figures"] if each["id"] != "electricity@2024"]
    figures.write_text(json.dumps(record), "utf-8")
    page = folder / "zh-Hant" / "a2.html"
    page.write_text(page.read_text("utf-8").replace("29,843,800", "29,000,000"), "utf-8")
    return folder


def test_diff_speaks_chinese_on_its_page_too(site: Path, before: Path, tmp_path: Path, run: Run):
    words = ("--ui", "zh-Hant", "--project", site.parent)
    code, out, _ = run("diff", before, site, *words)
    assert code == 0 and not left_in_english(out), out
    lines = out.splitlines()
    assert lines[0] == "數據：1 項有改動，新增 1 項，刪除 0 項。"
    assert any(
        re.match(r"繁體中文：\d 段有改動（其中 \d 段只是數字有改動），.*，涉及 1 頁。", line)
        for line in lines
    )
    assert (
        "electricity@2025  外購電力，千瓦時" in lines and "    約29,000,000 → 29,843,800；附註有改動" in lines
    )
    assert "    沒有 → 28,104,220" in lines and "    zh-Hant/a2.html  能源 (文字)" in lines
    assert run("diff", site, site, *words)[1] == "沒有任何改動。\n"
    page = tmp_path / "differences.html"
    assert run("diff", before, site, "--html", page, *words)[1] == f"已寫到 {page}。\n"
    html = page.read_text("utf-8")
    shown = re.sub(r"<[^>]*>", "\n", html.partition("<body>")[2])
    assert '<html lang="zh-Hant">' in html and not left_in_english(shown.replace(str(tmp_path), "")), shown
    for word in ("改動：", "之前", "現在", "印出位置", "已閱", "姓名", "簽署", "日期", "(表格行，只有數字)"):
        assert word in shown, word
    heads = {"Figures", "Figure", "Before", "Now", "Printed", "Read", "Name", "Signature", "Day"}
    assert not heads & {line.strip() for line in shown.splitlines()} and "numbers only" not in shown


def test_proof_speaks_chinese_on_its_page_and_in_its_table(
    site: Path, before: Path, tmp_path: Path, run: Run
):
    words = ("--ui", "zh-Hant", "--project", site.parent, "--out", tmp_path / "proof")
    code, out, _ = run("proof", site, *words)
    assert code == 0 and not left_in_english(out), out
    assert re.match(r"已核對 \d+ 個數字：全部相符。\n這次製作的是草稿：", out)
    assert "相符     有解釋       不符" in out and re.findall(r"^PDF（(.*?)） +\d", out, re.MULTILINE) == [
        "繁體中文",
        "英文",
    ]
    said = f"已寫到 {tmp_path / 'proof' / 'proof.html'}（供簽署）及 {tmp_path / 'proof' / 'proof.csv'}。"
    assert out.splitlines()[-1] == said
    code, out, _ = run("proof", before, *words)
    assert code == 1 and not left_in_english(out), out
    assert "electricity@2025：印作 29,000,000，應為 29,843,800" in out
    assert "這不是製作過程寫出的檔案：請重新製作" in out
    html = (tmp_path / "proof" / "proof.html").read_text("utf-8")
    cells = re.findall(r"<td[^>]*>([^<]*)</td>|<p class=\"verdict\">([^<]*)", html)
    assert '<html lang="zh-Hant">' in html and not left_in_english("\n".join(map("".join, cells))), html
    with (tmp_path / "proof" / "proof.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["result"] for row in rows} >= {"matched", "unmatched"}  # for programs, as the heads are
    assert all(not row["why"] or re.search("[\u4e00-\u9fff]", row["why"]) for row in rows)
    assert {row["name"] for row in rows if row["subject"] == "electricity@2025"} == {"外購電力，2025年"}


class Terminal(io.StringIO):
    """Standard input that somebody types into."""

    def isatty(self) -> bool:
        return True


def test_data_are_exported_in_chinese(tmp_path, run):
    root = write_project(tmp_path / "project")
    code, out, _ = run("export", "--ui", "zh-Hant", "--project", root, tmp_path / "data")
    assert code == 0 and out.splitlines()[0].endswith(" 個檔案。")
    assert out.splitlines()[-1] == "略去頁碼：最近一次製作的並非目前的報告。請先製作。"
    code, _, err = run("part", "nothing", "--ui", "zh-Hant", "--project", root)
    assert code == 2 and err.startswith("esgreport: 報告沒有「nothing」這一章；")
