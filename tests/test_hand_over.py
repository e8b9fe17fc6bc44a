"""What is handed over: the folder, file by file; each line of its checklist, both ways; what is refused."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, TINY, Run, esgreport, here, tree, write_project
from esgreport import checklist, handing_over
from esgreport.deadlines import LIMITS, limit_for, months_after
from esgreport.diagnostics import Place
from esgreport.languages import Text
from esgreport.model import ISSUER_CLASSES, Period
from esgreport.pipeline import build, input_digest
from esgreport.render import Templates

REPORT = "data/report.yml"
UNLISTED = TINY[REPORT].replace("  issuer_class: main-board\n", "")
DATES = "dates: {approved: 2026-03-26, published: 2026-04-28}\n"
ADDRESS = "site_url: https://esg.tiny.example/2025\n"
FINAL = UNLISTED.replace("status: draft", "status: final").replace("parts:", f"{DATES}{ADDRESS}parts:")
LISTED = ("languages:", '  stock_code: "01234"\n  issuer_class: main-board\nlanguages:')
TODAY = "2026-04-01"
EN, HANT = "pdf/tiny-esg-2025.en.pdf", "pdf/tiny-esg-2025.zh-Hant.pdf"


@dataclass(frozen=True)
class HandedOver:
    """What a run came to: exit code, what was said, the folder."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup((self.folder / "checklist.html").read_bytes(), "html.parser")

    def line(self, id: str) -> tuple[str, str] | None:
        """How a line of the checklist stands and what it says in English, None where it is not there."""
        row = self.page.find("tr", id=id)
        if row is None:
            return None
        (state,) = {"done", "to-do", "confirm"} & set(row.find_parent("section")["class"])
        return state, " ".join(text.get_text() for text in row.find_all("span", lang="en-HK"))


Hand = Callable[..., HandedOver]


def project_at(root: Path, files: Mapping[str, str | None], **more: object) -> Path:
    write_project(root, files)
    done = build(root, root / "site", **more)  # type: ignore[arg-type]
    assert done.written, [str(finding) for finding in done.findings]
    return root


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A final report of a company that is not listed, built; nothing is wrong with it."""
    return project_at(tmp_path_factory.mktemp("final") / "project", {REPORT: FINAL})


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_at(tmp_path_factory.mktemp("draft") / "project", {})


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of a built project, to be changed."""
    return lambda root: Path(shutil.copytree(root, tmp_path / "project", symlinks=True))


@pytest.fixture
def hand(run: Run, tmp_path: Path) -> Hand:
    def call(root: Path, *words: str, folder: Path = tmp_path / "handed", today: str = TODAY) -> HandedOver:
        code, out, err = run("hand-over", folder, "--project", root, "--today", today, *words)
        assert "Traceback" not in out + err
        return HandedOver(code, out, err, folder)

    return call


def record_of(root: Path) -> dict[str, object]:
    return json.loads((root / "site" / "build.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def as_built(root: Path, *names: str) -> None:
    """As if the build were of the report as it is now, and had written these files as they are."""
    record = record_of(root)
    record["input_digest"] = input_digest(root, Templates(root))
    for name in names:
        record["files"][name] = hashlib.sha256((root / "site" / name).read_bytes()).hexdigest()  # type: ignore[index]
    (root / "site" / "build.json").write_text(json.dumps(record), encoding="utf-8")


def rewrite(root: Path, *changes: tuple[str, str], name: str = REPORT) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def sound(final: Path, tmp_path_factory: pytest.TempPathFactory) -> HandedOver:
    """The final report, handed over; do not write into it."""
    folder = tmp_path_factory.mktemp("sound") / "handed"
    done = here("hand-over", folder, "--project", final, "--today", TODAY)
    return HandedOver(done.returncode, done.stdout, done.stderr, folder)


# ---- a report that is done


def test_what_is_done_is_handed_over_with_0(sound):
    done = sound
    assert (done.code, done.err) == (0, "")
    assert "Nothing is to do." in done.out
    assert "to do  " not in done.out
    names = set(tree(done.folder))
    assert {
        "README.txt", "checklist.html", "checklist.txt", "SHA256SUMS", "company/proof.html", "company/proof.csv",
        "exchange/tiny-esg-2025_E.pdf", "exchange/tiny-esg-2025_C.pdf", "assurer/build.json",
        "assurer/data/figures.csv", "assurer/data/figures.json", "web-server/how-to-publish.txt",
        "web-server/headers/nginx.conf", "web-server/tiny-esg-2025-website.zip",
    } <= names  # fmt: skip
    assert not any(name.startswith("printer/") for name in names)


def test_filing_copies_are_the_reading_pdfs(sound, final):
    done = sound
    for name, letter in ((EN, "E"), (HANT, "C")):
        filed = done.folder / f"exchange/tiny-esg-2025_{letter}.pdf"
        assert filed.read_bytes() == (final / "site" / name).read_bytes()
        assert hashlib.sha256(filed.read_bytes()).hexdigest() in done.page.get_text()


def test_every_file_has_its_sum(hand, final):
    done = hand(final)
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=done.folder, capture_output=True, text=True, check=True
    )
    told = {line.removesuffix(": OK") for line in checked.stdout.splitlines()}
    assert told == set(tree(done.folder)) - {"SHA256SUMS"}
    (done.folder / "README.txt").write_text("x", encoding="utf-8")
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=done.folder, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 1 and "README.txt: FAILED" in checked.stdout


def test_the_readme_says_of_each_file_in_both_languages_what_it_is(sound):
    done = sound
    english, chinese = (done.folder / "README.txt").read_text(encoding="utf-8").split("\n\n\n")
    for name in tree(done.folder):
        if name not in ("README.txt", "SHA256SUMS"):
            assert f"    {name}" in english and f"    {name}" in chinese, name
    assert "To the exchange" in english and "呈交交易所" in chinese
    assert "exchange/tiny-esg-2025_C.pdf  Chinese\n" in english
    assert "exchange/tiny-esg-2025_C.pdf  中文\n" in chinese
    assert "printer" not in english and "DRAFT" not in english


def test_the_archive_is_the_website_and_knows_no_machine(sound, final):
    done = sound
    with zipfile.ZipFile(done.folder / "web-server/tiny-esg-2025-website.zip") as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == sorted(tree(final / "site"))
        for entry in entries:
            assert archive.read(entry) == (final / "site" / entry.filename).read_bytes()
            assert entry.date_time == (2026, 4, 28, 0, 0, 0), "the day of publication"
            assert (entry.create_system, entry.external_attr >> 16, entry.extra) == (3, 0o100644, b"")


def test_the_same_build_gives_the_same_bytes_wherever_it_is_handed_over(
    hand, final, sound, tmp_path, monkeypatch
):
    monkeypatch.setenv("LC_ALL", "zh_HK.UTF-8")
    first, second = sound, hand(final, folder=tmp_path / "elsewhere" / "again")
    assert tree(first.folder) == tree(second.folder), "on a machine that speaks Chinese, too"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    other = hand(final, folder=tmp_path / "later", today="2026-04-02")
    changed = {name for name, content in tree(first.folder).items() if tree(other.folder)[name] != content}
    assert changed == {"checklist.html", "SHA256SUMS"}, "the day that is given is all that may differ"


def test_a_second_time_replaces_the_first(hand, final):
    first = hand(final)
    stale = first.folder / "exchange" / "tiny-esg-2025_E.pdf"
    stale.write_bytes(b"old")
    again = hand(final)
    assert again.code == 0 and stale.read_bytes() != b"old"


def test_the_checklist_is_worded_in_each_language_and_stands_as_text_too(sound):
    done = sound
    text = (done.folder / "checklist.txt").read_text(encoding="utf-8")
    for row in done.page.select("tr[id]"):
        english, chinese = (row.find("span", lang=tag).get_text() for tag in ("en-HK", "zh-Hant-HK"))
        assert english in text and chinese in text and english != chinese
    assert "{" not in text and "[x] Done: " in text and "[ ] To confirm: " in text


# ---- a draft


def test_a_draft_is_written_says_so_and_ends_with_1(hand, draft):
    done = hand(draft)
    assert done.code == 1 and "Written as a DRAFT to" in done.out
    published = [name for name in tree(done.folder) if name.endswith((".pdf", ".zip"))]
    assert len(published) == 3 and all("/DRAFT_" in name for name in published)
    assert "THIS IS A DRAFT" in (done.folder / "README.txt").read_text(encoding="utf-8")
    assert "本資料夾為草稿" in (done.folder / "web-server/how-to-publish.txt").read_text(encoding="utf-8")
    assert done.line("draft-mark") == (
        "to-do",
        "The report is a draft. Write status: final in data/report.yml, build, and hand over again.",
    )


# ---- line by line: changes to the final report, day, line, how it stands, a part of what it says

MAIN, GEM = LISTED, (LISTED[0], LISTED[1].replace("main-board", "gem"))
NO_DATES, CODE = (DATES, ""), ("parts:", "frameworks: [hkex-esg-code-2025]\nparts:")
OLD_YEARS = (
    ("{from: 2025-01-01, to: 2025-12-31}", "{from: 2019-01-01, to: 2019-12-31}"),
    ("{from: 2024-01-01, to: 2024-12-31}", "{from: 2018-01-01, to: 2018-12-31}"),
)
LINES = {
    "final": ((), TODAY, "draft-mark", "done", "no page of the PDFs says DRAFT"),
    "approved": ((), TODAY, "approved", "done", "on 26 March 2026"),
    "not approved": ((NO_DATES,), TODAY, "approved", "to-do", "write the day under dates"),
    "approved too early": ((("2026-03-26", "2025-12-30"),), TODAY, "approved", "to-do", "before the period's end, 31 December 2025"),
    "approved on a day to come": ((), "2026-03-25", "approved", "to-do", "still to come"),
    "approved on the day": ((), "2026-03-26", "approved", "done", "on 26 March 2026"),
    "the very version": ((), TODAY, "board", "confirm", "SHA-256"),
    "published": ((), TODAY, "published", "done", "28 April 2026"),
    "not published": ((NO_DATES,), TODAY, "published", "to-do", "No day of publication"),
    "published before approved": ((("2026-04-28", "2026-03-25"),), TODAY, "published", "to-do", "before 26 March 2026"),
    "no exchange": ((), TODAY, "deadline", "done", "sets no deadline"),
    "no class": ((("languages:", '  stock_code: "01234"\nlanguages:'),), TODAY, "deadline", "to-do", "Write issuer_class"),
    "in time": ((MAIN,), TODAY, "deadline", "done", "by 30 April 2026 (4 months after 31 December 2025; Main Board Listing Rules 13.46 and 13.91). From 1 April 2026 29 days are left."),
    "a day left": ((MAIN,), "2026-04-29", "deadline", "done", "one day is left"),
    "the last day": ((MAIN,), "2026-04-30", "deadline", "done", "That is the day of this list"),
    "was published": ((MAIN,), "2026-05-01", "deadline", "done", "names 28 April 2026 as its day of publication"),
    "to be published too late": ((MAIN, ("2026-04-28", "2026-05-01")), TODAY, "deadline", "to-do", "The day of publication, 1 May 2026, lies after it"),
    "over": ((MAIN, NO_DATES), "2026-05-01", "deadline", "to-do", "that day is over"),
    "no rule": ((MAIN, *OLD_YEARS), TODAY, "deadline", "confirm", "before July 2020"),
    "a rule to look up": ((MAIN,), TODAY, "rule", "confirm", "Main Board Listing Rules 13.46 and 13.91 still set"),
    "a rule we are not sure of": ((GEM,), TODAY, "rule", "confirm", "not quite sure"),
    "with the annual report": ((MAIN,), TODAY, "annual-report", "confirm", "21 days"),
    "both languages": ((MAIN,), TODAY, "languages", "done", "Chinese and English"),
    "the same sections": ((), TODAY, "structure", "done", "the same pages and sections"),
    "no rules of the exchange": ((), TODAY, "edition", "done", "is not bound to"),
    "the edition that applies": ((MAIN, CODE), TODAY, "edition", "done", "HKEX ESG Reporting Code (Appendix C2)"),
    "the edition of before": ((MAIN, CODE, ("code-2025", "guide-2020")), TODAY, "edition", "to-do", "Name hkex-esg-code-2025"),
    "no edition": ((MAIN,), TODAY, "edition", "to-do", "Name hkex-esg-code-2025"),
    "no index": ((), TODAY, "index", "done", "names no framework"),
    "rows missing": ((MAIN, CODE), TODAY, "index", "to-do", "Rows of HKEX ESG Reporting Code (Appendix C2) are missing: 93 of 94 ("),
    "nothing open": ((), TODAY, "findings", "done", "No finding is open"),
    "something open": ((MAIN, CODE), TODAY, "findings", "to-do", "errors: "),
    "nothing accepted": ((), TODAY, "accepted", "done", "No finding was accepted"),
    "numbers match": ((), TODAY, "called", "done", "numbers compared, none unmatched"),
    "to be signed": ((), TODAY, "proof-signed", "confirm", "company/proof.html"),
    "stock code": ((MAIN,), TODAY, "stock-code", "done", "01234"),
    "no stock code needed": ((), TODAY, "stock-code", "done", "without a stock code"),
    "no stock code": ((("languages:", "  issuer_class: gem\nlanguages:"),), TODAY, "stock-code", "to-do", "in quotes"),
    "small": ((), TODAY, "size", "done", "20 MB, a limit of our own: tiny-esg-2025_E.pdf (0.1 MB)"),
    "faces": ((), TODAY, "faces", "done", "Every typeface is embedded"),
    "plain": ((), TODAY, "plain", "done", "attach nothing and run nothing"),
    "address": ((), TODAY, "site-url", "done", "https://esg.tiny.example/2025"),
    "no address": (((ADDRESS, ""),), TODAY, "site-url", "to-do", "Write site_url"),
    "validator": ((), TODAY, "validated", "confirm", "veraPDF"),
    "to be submitted": ((MAIN,), TODAY, "submitted", "confirm", "to the exchange together"),
}  # fmt: skip


@pytest.fixture(scope="module")
def varied(final: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., HandedOver]:
    """The final report with changes, handed over on a day; once for all lines that are looked at there."""

    @cache
    def call(changes: tuple[tuple[str, str], ...], today: str) -> HandedOver:
        place = tmp_path_factory.mktemp("varied")
        root, folder = Path(shutil.copytree(final, place / "project", symlinks=True)), place / "handed"
        rewrite(root, *changes)
        as_built(root)
        done = here("hand-over", folder, "--project", root, "--today", today)
        return HandedOver(done.returncode, done.stdout, done.stderr, folder)

    return call


@pytest.mark.parametrize("case", LINES)
def test_a_line_of_the_checklist(varied, case):
    changes, today, id, state, part = LINES[case]
    done = varied(changes, today)
    found = done.line(id)
    assert found is not None and found[0] == state and part in found[1], found
    assert done.code == bool(done.page.select(".to-do tr"))
    assert (f"to do       {found[1]}"[:40] in done.out) == (state == "to-do")


@pytest.mark.parametrize("id", ["rule", "annual-report", "submitted", "printer", "copies"])
def test_a_line_that_concerns_nobody_is_not_there(sound, id):
    assert sound.line(id) is None


def test_names_carry_the_stock_code_and_the_year(hand, copy, final):
    root = copy(final)
    rewrite(root, LISTED)
    as_built(root)
    assert {path.name for path in (hand(root).folder / "exchange").iterdir()} == {
        "01234_ESG_2025_E.pdf", "01234_ESG_2025_C.pdf",
    }  # fmt: skip
    rewrite(root, ("2025-01-01, to: 2025-12-31", "2025-04-01, to: 2026-03-31"), ("2024-12-31", "2025-03-31"))
    as_built(root)
    done = hand(root)
    assert (done.folder / "exchange" / "01234_ESG_2025-26_E.pdf").is_file()
    assert "by 31 July 2026" in done.line("deadline")[1]


def test_a_final_report_whose_pdf_says_draft(hand, copy, draft):
    root = copy(draft)
    rewrite(root, ("status: draft", "status: final"))
    as_built(root)
    state, said = hand(root).line("draft-mark")
    assert (
        state == "to-do" and "its PDF says DRAFT" in said and "English 1" not in said and "English 3" in said
    )


def test_an_open_and_an_accepted_finding(hand, copy, final):
    root = copy(final)
    (root / "data" / "notes.yml").write_text("a: 1\n", encoding="utf-8")
    as_built(root)
    assert hand(root).line("findings") == (
        "to-do",
        "Findings are open (errors: 0, warnings: 1). esgreport check lists them: correct each, or accept it in "
        "data/accepted.yml with a reason and an owner.",
    )
    code = "unknown-file"
    entry = f"- {{code: {code}, file: data/notes.yml, reason: Kept for the board, owner: Ada Chan}}\n"
    (root / "data" / "accepted.yml").write_text(entry, encoding="utf-8")
    as_built(root)
    done = hand(root)
    assert done.line("findings")[0] == "done"
    assert done.line("accepted")[0] == "confirm" and done.line("accepted")[1].endswith("the checklist.")
    listed = done.page.select_one(".accepted").get_text(" ")
    assert "data/notes.yml" in listed and "Kept for the board Ada Chan" in " ".join(listed.split())
    assert "Kept for the board (Ada Chan)" in (done.folder / "checklist.txt").read_text(encoding="utf-8")


def test_a_number_that_does_not_match(hand, copy, final):
    root = copy(final)
    rewrite(root, ("29,843,800", "29,843,801"), name="site/en/a2.html")
    as_built(root, "en/a2.html")
    done = hand(root)
    assert done.line("called")[0] == "to-do" and "2 of " in done.line("called")[1]
    assert "29,843,801" in (done.folder / "company/proof.html").read_text(encoding="utf-8")


def test_sections_that_one_language_has_alone(hand, copy, final):
    root = copy(final)
    rewrite(root, ('id="figures"', 'id="numbers"'), name="site/en/a2.html")
    as_built(root, "en/a2.html")
    state, said = hand(root).line("structure")
    assert state == "to-do" and "these pages: a2." in said


def test_a_full_index(hand, copy, final):
    root = copy(final)
    frameworks = root / "data" / "frameworks"
    frameworks.mkdir()
    (frameworks / "own.yml").write_text(
        "id: own\ntitle: {en: Our list, zh-Hant: 本公司清單}\nrequirements:\n"
        "  - {id: E.1, kind: narrative, level: mandatory, index_row: true, label: {en: Energy, zh-Hant: 能源}}\n",
        encoding="utf-8",
    )
    rewrite(root, ("parts:", "frameworks: [own]\nparts:"))
    as_built(root)
    assert hand(root).line("index")[0] == "to-do"
    for language, words in (("en", "We save power."), ("zh-Hant", "我們節約用電。")):
        rewrite(root, ("{ #figures }", f'{{ #figures answers="E.1" }}\n\n{words}'), name=f"content/{language}/a2.md")  # fmt: skip
    as_built(root)
    state, said = hand(root).line("index")
    assert state == "done"
    assert said == "No row of Our list is missing: 1 rows, 0 of them partly disclosed."


# ---- filing copies


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["figures.csv"] = b"a,b"


def run_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )


def launch_from_a_link(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("x.exe")),
    )
    pdf.pages[1].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(link)]))


def leave_out_a_face(pdf: pikepdf.Pdf) -> None:
    described = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item)  # fmt: skip
    del described["/FontFile2"]


PLANTED = {
    "an attachment": (attach, {}, "plain", "tiny-esg-2025_E.pdf"),
    "a script": (run_script, {}, "plain", "tiny-esg-2025_E.pdf"),
    "a program behind a link": (launch_from_a_link, {}, "plain", "tiny-esg-2025_E.pdf"),
    "a lock": (lambda pdf: None, {"encryption": pikepdf.Encryption(owner="o", user="")}, "plain", "_E.pdf"),
    "a face outside": (leave_out_a_face, {}, "faces", "tiny-esg-2025_E.pdf: "),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_filing_copy_with_what_nobody_files(hand, copy, final, case):
    plant, how, id, part = PLANTED[case]
    root = copy(final)
    with pikepdf.open(root / "site" / EN, allow_overwriting_input=True) as pdf:
        plant(pdf)
        pdf.save(root / "site" / EN, **how)
    as_built(root, EN)
    state, said = hand(root).line(id)
    assert state == "to-do" and part in said and "_C.pdf" not in said


def test_a_filing_copy_that_is_too_large(hand, final, monkeypatch):
    monkeypatch.setattr(checklist, "MOST_BYTES", 1_000)
    state, said = hand(final).line("size")
    assert state == "to-do" and "smaller pictures" in said


def test_a_filing_copy_that_is_no_pdf(hand, copy, final):
    root = copy(final)
    (root / "site" / EN).write_bytes(b"%PDF-1.7 and nothing more")
    as_built(root, EN)
    done = hand(root)
    assert done.line("copies") == (
        "to-do",
        "A filing copy cannot be read as a PDF: tiny-esg-2025_E.pdf. Build again.",
    )
    assert done.line("called")[0] == "to-do"


# ---- of parts


def test_a_build_of_one_language(hand, run, copy, final):
    root = copy(final)
    assert run("build", "--project", root, "--edition-lang", "en")[0] == 0
    done = hand(root)
    assert done.code == 1
    state, said = done.line("languages")
    assert state == "to-do"
    assert said.startswith("The build lacks: the website in Chinese and the PDF in Chinese.")
    assert [path.name for path in (done.folder / "exchange").iterdir()] == ["tiny-esg-2025_E.pdf"]


def test_a_report_in_one_language(hand, tmp_path):
    one = FINAL.replace("languages: [zh-Hant, en]", "languages: [en]")
    files = {REPORT: one, "content/zh-Hant/a2.md": None}
    root = project_at(tmp_path / "one", files)
    done = hand(root)
    assert done.line("languages") == ("done", "Every language has its website and PDF: English.")
    assert done.line("structure")[0] == "done" and done.code == 0
    assert not done.page.find(lang="zh-Hant-HK")
    rewrite(root, LISTED)
    as_built(root)
    state, said = hand(root).line("languages")
    assert state == "to-do" and "wants the report in English and Chinese; this one is in English" in said


def test_a_build_without_pdfs(hand, run, copy, final):
    root = copy(final)
    assert run("build", "--project", root, "--only", "web,data")[0] == 0
    done = hand(root)
    assert done.line("copies")[0] == "to-do" and not (done.folder / "exchange").exists()
    assert "the PDF in Chinese and the PDF in English" in done.line("languages")[1]


def test_further_editions_go_where_they_belong(hand, copy, final):
    root = copy(final)
    further = {
        "pdf/tiny-esg-2025.en.print.pdf": "printer/tiny-esg-2025.en.print.pdf",
        "pdf/tiny-esg-2025.en.print.txt": "printer/tiny-esg-2025.en.print.txt",
        "pdf/tiny-esg-2025.bilingual.pdf": "exchange/tiny-esg-2025_EC.pdf",
        "pdf/tiny-esg-2025.zh-Hant.archive.pdf": "assurer/tiny-esg-2025.zh-Hant.archive.pdf",
    }
    for name in further:
        shutil.copyfile(root / "site" / EN, root / "site" / name)
    as_built(root, *further)
    done = hand(root)
    assert set(further.values()) <= set(tree(done.folder))
    assert done.line("printer")[0] == "confirm"
    assert "To the printer" in (done.folder / "README.txt").read_text(encoding="utf-8")
    with zipfile.ZipFile(done.folder / "web-server/tiny-esg-2025-website.zip") as archive:
        names = archive.namelist()
    assert "pdf/tiny-esg-2025.bilingual.pdf" in names and not any(".print." in name for name in names)


# ---- refused: exit 2, one sentence, nothing written


def refused(done: HandedOver) -> str:
    assert (done.code, done.out) == (2, "") and not (done.folder / "SHA256SUMS").exists()
    (line,) = done.err.splitlines()
    return line.removeprefix("esgreport: ")


def test_a_build_of_other_data(hand, copy, final):
    root = copy(final)
    rewrite(root, ("29 843 800", "29 843 801"), name="data/aspects/a2.yml")
    assert refused(hand(root)) == "the report has changed since site was built; build again"


@pytest.mark.parametrize("name", [EN, "en/a2.html", "data/figures.json", "headers/nginx.conf"])
def test_a_file_that_the_build_did_not_write(hand, copy, final, name):
    root = copy(final)
    with (root / "site" / name).open("ab") as file:
        file.write(b" ")
    assert refused(hand(root)) == f"site/{name} is not the file that the build wrote; build again"


def test_a_file_that_is_gone_or_lies_outside(hand, copy, final):
    root = copy(final)
    (root / "site" / HANT).unlink()
    assert refused(hand(root)).startswith(f"site/{HANT} is not the file that the build wrote")
    record = record_of(root)
    record["files"] = {"../data/report.yml": hashlib.sha256((root / REPORT).read_bytes()).hexdigest()}
    (root / "site" / "build.json").write_text(json.dumps(record), encoding="utf-8")
    assert refused(hand(root)).startswith("site/../data/report.yml is not the file that the build wrote")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3, "input_digest": ""}'])
def test_a_record_that_says_nothing(hand, copy, final, text):
    root = copy(final)
    (root / "site" / "build.json").write_text(text, encoding="utf-8")
    assert refused(hand(root)) == "site/build.json is not what a build wrote; build again"


def test_a_folder_with_other_files(hand, final, tmp_path):
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear", encoding="utf-8")
    said = refused(hand(final, folder=folder))
    assert said == "desk holds letter.txt, which no hand-over wrote; choose an empty or new folder"
    assert tree(folder) == {"letter.txt": b"Dear"}
    handed = hand(final).folder
    before = tree(handed)
    (handed / "exchange" / "mine.pdf").write_bytes(b"x")
    again = hand(final)
    assert again.code == 2 and "holds exchange/mine.pdf, which no hand-over wrote" in again.err
    assert tree(handed) == {**before, "exchange/mine.pdf": b"x"}


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ("data/handed", "handed holds sources of the report"),
        (".", "holds sources of the report"),
        ("site", "site would lie in site"),
        ("site/handed", "handed would lie in site, which is published"),
    ],
)
def test_a_folder_that_is_needed_otherwise(hand, copy, final, where, part):
    root = copy(final)
    before = tree(root)
    assert part in refused(hand(root, folder=root / where))
    assert tree(root) == before


def test_no_build_and_a_part_of_one(hand, run, copy, final, tmp_path):
    root = copy(final)
    assert run("build", "--project", root, "--only", "pdf")[0] == 0
    assert "is the build of a part only" in refused(hand(root))
    shutil.rmtree(root / "site")
    assert "there is no build in" in refused(hand(root))
    assert refused(hand(final, today="1 April")).startswith(
        'argument --today: "1 April" is not a day; write it'
    )
    assert "there is no build in" in refused(hand(final, "--build", str(tmp_path / "nowhere")))


def test_another_build_may_be_named(hand, copy, final, tmp_path):
    root = copy(final)
    (root / "site").rename(tmp_path / "board-site")
    done = hand(root, "--build", str(tmp_path / "board-site"))
    assert done.code == 0 and (done.folder / "exchange/tiny-esg-2025_E.pdf").is_file()


def test_what_fails_in_between_leaves_the_folder_as_it_was(hand, final, monkeypatch):
    done = hand(final)
    before = tree(done.folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handing_over, "_readme", full)
    again = hand(final)
    assert again.code == 2 and "No space left on device" in again.err
    assert tree(done.folder) == before
    assert {path.name for path in done.folder.parent.iterdir() if path.name.startswith(".")} == set()


def test_the_tool_as_its_users_run_it_takes_the_day_from_the_machine(final, tmp_path):
    done = esgreport("hand-over", tmp_path / "handed", "--project", final)
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    assert date.today().isoformat() in (tmp_path / "handed" / "checklist.html").read_text(encoding="utf-8")


# ---- deadlines


def period(start: str, end: str) -> Period:
    return Period("x", date.fromisoformat(start), date.fromisoformat(end), Text(), Place(""))


DEADLINES = [
    ("main-board", "2025-01-01", "2025-12-31", "2026-04-30"),
    ("largecap", "2025-04-01", "2026-03-31", "2026-07-31"),
    ("main-board", "2024-07-01", "2025-06-30", "2025-10-31"),
    ("main-board", "2023-11-01", "2024-10-31", "2025-02-28"),
    ("main-board", "2022-11-01", "2023-10-31", "2024-02-29"),
    ("main-board", "2021-07-01", "2022-06-30", "2022-11-30"),  # begun before 2022: five months
    ("gem", "2021-01-01", "2021-12-31", "2022-05-31"),
    ("gem", "2022-07-01", "2023-06-30", "2023-09-30"),  # before the reform: three months
    ("gem", "2022-10-01", "2023-09-30", "2023-12-31"),
    ("gem", "2022-11-01", "2023-10-31", "2024-02-29"),  # three months would have ended after 1 January 2024
    ("gem", "2025-01-01", "2025-12-31", "2026-04-30"),
    ("main-board", "2019-01-01", "2019-12-31", ""),
    ("", "2025-01-01", "2025-12-31", ""),
]


@pytest.mark.parametrize(("issuer", "start", "end", "due"), DEADLINES)
def test_the_deadline(issuer, start, end, due):
    own = period(start, end)
    limit = limit_for(issuer, own)
    assert (limit.day(own).isoformat() if limit else "") == due


def test_every_class_of_issuer_has_a_limit_today():
    own = period("2025-01-01", "2025-12-31")
    assert all(limit_for(issuer, own) for issuer in ISSUER_CLASSES)


def in_words(days: tuple[date, date]) -> str:
    since = f"from {days[0]}" if days[0] != date.min else ""
    before = f"before {days[1]}" if days[1] != date.max else ""
    return ", ".join(filter(None, (since, before))) or "any"


def table(*head: str) -> list[list[str]]:
    """The rows of the document's table with this head."""
    lines = (ROOT / "docs" / "handing_over.md").read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines[lines.index("| " + " | ".join(head) + " |") + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_documented_deadlines_are_those_of_the_tool():
    head = ("issuer_class", "year begins", "year ends", "months after its end", "rules", "confidence")
    assert table(*head) == [
        [
            ", ".join(limit.issuers),
            in_words(limit.begins),
            in_words(limit.ends),
            f"{limit.months}{', with the annual report' if limit.with_annual else ''}",
            limit.rules["en"],
            limit.confidence,
        ]
        for limit in LIMITS
    ]


def test_every_line_of_the_checklist_is_documented():
    documented = {id for row in table("line", "looked at", "can be") for id in re.findall("`(.*?)`", row[0])}
    assert documented == {case[2] for case in LINES.values()} | {"copies", "printer", "structure", "accepted"}
    written = set(
        re.findall(r'_(?:done|to_do|to_confirm)\("([a-z-]+)"|Line\("([a-z-]+)"', inspect.getsource(checklist))
    )
    assert documented == {name for names in written for name in names if name}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-12-31", 2, "2026-02-28"),
        ("2026-02-28", 4, "2026-06-30"),
        ("2024-02-28", 4, "2024-06-28"),
        ("2025-10-30", 4, "2026-02-28"),
        ("2025-09-15", 4, "2026-01-15"),
    ],
)
def test_months_after_a_day(day, months, later):
    assert months_after(date.fromisoformat(day), months).isoformat() == later


def test_the_checklist_is_told_in_the_language_of_the_interface(draft, tmp_path):
    words = ("hand-over", tmp_path / "handed", "--project", draft, "--today", TODAY)
    done = here(*words, "--ui", "zh-Hant")
    assert done.returncode == 1 and done.stderr == ""
    assert "待辦        報告仍是草稿。\n" in done.stdout
    assert re.search(r"\n已完成      \d+ 項，見 checklist.html\n", done.stdout)
    assert re.search(
        r"\n已寫到 \S+（草稿）：\d+ 個檔案；README.txt 說明各檔案交予何人。\n交付報告前尚有\d+項待辦。",
        done.stdout,
    )
    assert not re.search("[a-z]{2,} [a-z]{2,} [a-z]{2,}", done.stdout), done.stdout
