"""What a company hands over when its report is done: copies to file, the printer's files, the website, the data, a checklist.

Everything is taken from a finished build of the report as it is now, file by file with the digest that `build.json` gives, and
laid into one folder, all or nothing. Nothing is made anew but names, lists and words.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from esgreport import export
from esgreport.checklist import Checklist, Copy, Handed, checklist, lines_of
from esgreport.finished import Finished, digest_of
from esgreport.finished_pdf import carried, if_readable
from esgreport.interface import speaking
from esgreport.languages import LANGUAGE_NAMES
from esgreport.model import Period, Report
from esgreport.output import NotOurs, Scratch, files_in, recover, refuse_unlisted
from esgreport.pipeline import (
    Examined,
    Tell,
    accepted_with_reasons,
    call_figures,
    day_of_files,
    holds_sources,
    input_digest,
    listed_figures,
    read_books,
)
from esgreport.proof import book_name
from esgreport.render import Templates
from esgreport.workers import worked_out
from esgreport.writer import figure_names

SUMS = "SHA256SUMS"
EXCHANGE, PRINTER, SERVER, ASSURER, COMPANY = "exchange", "printer", "web-server", "assurer", "company"
LETTERS = {"en": "E", "zh-Hant": "C", "zh-Hans": "S"}
"""What names of filed documents end with: English, Chinese, Simplified Chinese."""
_SUM = re.compile(r"[0-9a-f]{64}  (\S.*)")
_FOR_PRINTER = re.compile(r"pdf/.*\.print\.")
_FOR_ARCHIVE = re.compile(r"pdf/.*\.archive\.pdf\Z")


class CannotHandOver(Exception):
    """What was asked for cannot be handed over; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What came of it: the checklist, and the names of all files."""

    checklist: Checklist
    files: tuple[str, ...]


def check_build(root: Path, build: Path) -> Finished:
    """A finished build, if it is of the report as it is now and every file is as it was written.

    Raises:
        CannotHandOver: it is not.
    """
    finished = Finished(build)
    try:
        digest, listed = finished.record["input_digest"], dict(finished.record["files"])
    except (ValueError, TypeError, KeyError):
        raise CannotHandOver(f"{build.name}/build.json is not what a build wrote; build again") from None
    if digest != input_digest(root, Templates(root)):
        raise CannotHandOver(f"the report has changed since {build.name} was built; build again")
    there = set(files_in(build))
    for name, sha256 in listed.items():
        if name not in there or digest_of(build / name) != sha256:
            raise CannotHandOver(f"{build.name}/{name} is not the file that the build wrote; build again")
    return finished


def check_folder(root: Path, build: Path, out: Path) -> None:
    """Look whether a folder may be replaced.

    Raises:
        CannotHandOver: it holds sources, the build, or anything that no hand-over wrote.
    """
    if holds_sources(root, out):
        raise CannotHandOver(f"{out.name} holds sources of the report; choose another folder")
    if out.is_relative_to(build) or build.is_relative_to(out):
        raise CannotHandOver(
            f"{out.name} would lie in {build.name}, which is published, or hold it; choose another folder"
        )
    record = out / SUMS
    text = record.read_text(encoding="utf-8", errors="replace") if record.is_file() else ""
    try:
        refuse_unlisted(out, {match[1] for match in _SUM.finditer(text)}, SUMS, "hand-over")
    except NotOurs as reason:
        raise CannotHandOver(f"{reason}; choose an empty or new folder") from None


def hand_over(
    examined: Examined,
    finished: Finished,
    out: Path,
    today: date,
    jobs: int = 2,
    tell: Tell = lambda text: None,
) -> HandedOver:
    """Lay everything that is handed over into the folder `out`, all or nothing. Days are counted from `today`.

    Raises:
        ChildProcessError: a process that reads a PDF was ended from outside.
        OSError: the folder cannot be written.
    """
    edition = examined.edition
    assert edition is not None
    report, folder = edition.report, finished.folder
    languages = _in_turn(report)
    placed = dict(_placed(report, tuple(finished.record["files"])))
    books = read_books(report, finished, jobs, tell)
    proof = call_figures(examined, finished, books, tell)
    tell("looking at the filing copies")
    filed = [name for name in placed if name.startswith(f"{EXCHANGE}/")]
    found = worked_out(
        [partial(if_readable, carried, folder / placed[n]) for n in filed], jobs, "the reading of a PDF"
    )
    copies = [
        Copy(Path(name).name, (folder / placed[name]).stat().st_size, carries)
        for name, carries in zip(filed, found, strict=True)
    ]
    made = checklist(
        Handed(
            edition,
            examined.findings,
            accepted_with_reasons(examined),
            proof,
            finished,
            books,
            copies,
            [name for name in placed if name.startswith(f"{PRINTER}/")],
            today,
        )
    )
    names = figure_names(edition, languages[0], (figure.id for figure in listed_figures(edition)))
    title = ", ".join((report.company.name[languages[0]], report.title[languages[0]]))
    digests = [(name, finished.record["files"][placed[name]]) for name in filed]
    templates = Templates(examined.root)
    recover(out)
    with Scratch(out) as scratch:
        new = scratch.work / "folder"
        for name, source in placed.items():
            _write(new / name, (folder / source).read_bytes())
        tell("packing the website")
        if (folder / "index.html").is_file():
            site = f"{SERVER}/{_mark(report)}{report.slug}-website.zip"
            _write(new / site, _packed(finished, day_of_files(report)))
            _write(new / f"{SERVER}/how-to-publish.txt", _how_to_publish(report, languages))
        page = templates.checklist(title, made, languages, digests)
        _write(new / "checklist.html", page.encode())
        _write(new / "checklist.txt", _text([title, "", *lines_of(made, languages)]))
        with speaking("en"):  # the same bytes, whatever the machine speaks
            _write(new / f"{COMPANY}/proof.html", templates.proof(title, proof, names).encode())
            _write(new / f"{COMPANY}/proof.csv", export.proof_csv(proof, names).encode())
        _write(new / "README.txt", _readme(report, languages, files_in(new)))
        sums = [f"{digest_of(new / name)}  {name}" for name in files_in(new)]
        _write(new / SUMS, _text(sums))
        files = files_in(new)
        scratch.publish(new)
    return HandedOver(made, files)


def _in_turn(report: Report) -> tuple[str, ...]:
    """The report's languages, English first."""
    return tuple(sorted(report.languages, key=lambda language: language != "en"))


# ---- which file goes where


def _placed(report: Report, built: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Files of a build by the name under which they are handed over."""
    books = {book_name(report.slug, language): LETTERS[language] for language in report.languages}
    books[book_name(report.slug, "bilingual")] = "EC"
    draft = _mark(report)
    for name in sorted(built):
        plain = Path(name).name
        if name in books:
            yield f"{EXCHANGE}/{filing_name(report, books[name])}", name
        elif _FOR_PRINTER.match(name):
            yield f"{PRINTER}/{draft}{plain}", name
        elif _FOR_ARCHIVE.match(name):
            yield f"{ASSURER}/{draft}{plain}", name
        elif name.startswith("data/"):
            yield f"{ASSURER}/{name}", name
        elif name.startswith("headers/"):
            yield f"{SERVER}/{name}", name
    yield f"{ASSURER}/build.json", "build.json"


def filing_name(report: Report, letter: str) -> str:
    """The name of a document that is filed: stock code, ESG, year, language; without a code the report's slug and language."""
    code, year = report.company.stock_code, _year(report.periods[report.period])
    return f"{_mark(report)}{f'{code}_ESG_{year}' if code else report.slug}_{letter}.pdf"


def _year(period: Period) -> str:
    """2025, or 2025-26 of a year that ends in another."""
    if period.start.year == period.end.year:
        return str(period.end.year)
    return f"{period.start.year}-{period.end.year % 100:02}"


def _mark(report: Report) -> str:
    """What the names of all files that could be published begin with, as long as none should be."""
    return "" if report.final else "DRAFT_"


def _packed(finished: Finished, day: date) -> bytes:
    """The website as one archive: everything of the build but what is for the printer. Its bytes follow from the build alone."""
    packed = io.BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)  # the format knows no earlier year
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted([*finished.record["files"], "build.json"]):
            if not _FOR_PRINTER.match(name):
                entry = zipfile.ZipInfo(name, moment)
                entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every machine
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, (finished.folder / name).read_bytes())
    return packed.getvalue()


# ---- words

# fmt: off
_DRAFT = {
    "en": "THIS IS A DRAFT. Nothing in this folder may be published.",
    "zh-Hant": "本資料夾為草稿，所有檔案均不得公開。", "zh-Hans": "本文件夹为草稿，所有文件均不得公开。",
}
_TITLE = {"en": "What is in this folder", "zh-Hant": "本資料夾內容", "zh-Hans": "本文件夹内容"}
_PLACES: Mapping[str, Mapping[str, str]] = {
    "checklist.": {
        "en": "Stays with the company. What is done, what is to do, what only people can know: print checklist.html, tick, sign, keep. checklist.txt says the same.",
        "zh-Hant": "公司留存。列明已完成、待辦及須人手核實的事項：印出checklist.html，勾選、簽署、存檔。checklist.txt內容相同。",
        "zh-Hans": "公司留存。列明已完成、待办及须人工核实的事项：打印checklist.html，勾选、签署、存档。checklist.txt内容相同。",
    },
    f"{EXCHANGE}/": {
        "en": "To the exchange, by the company secretary: the documents to file. The last letter says the language: E English, C Traditional Chinese, S Simplified Chinese, EC both.",
        "zh-Hant": "由公司秘書呈交交易所：申報文件。末尾字母為語文：E英文、C繁體中文、S簡體中文、EC雙語。",
        "zh-Hans": "由公司秘书呈交交易所：申报文件。末尾字母为语言：E英文、C繁体中文、S简体中文、EC双语。",
    },
    f"{PRINTER}/": {
        "en": "To the printer: the printer's edition and its sheet. Not for the website and not for the exchange.",
        "zh-Hant": "交印刷商：印刷版及印務說明。不作登載或申報用途。", "zh-Hans": "交印刷商：印刷版及印务说明。不作登载或申报用途。",
    },
    f"{SERVER}/": {
        "en": "To whoever runs the web server: the whole website as one archive, the headers to send with it, and how to publish it.",
        "zh-Hant": "交網站管理員：整個網站的壓縮檔、須一併發送的標頭，以及登載方法。", "zh-Hans": "交网站管理员：整个网站的压缩包、须一并发送的标头，以及发布方法。",
    },
    f"{ASSURER}/": {
        "en": "To the assurer: figures and content index as data, what the report was built from (build.json), and the archive edition where there is one.",
        "zh-Hant": "交鑒證機構：數據及內容索引的資料檔、製作紀錄（build.json），以及存檔版（如有）。", "zh-Hans": "交鉴证机构：数据及内容索引的数据文件、构建记录（build.json），以及存档版（如有）。",
    },
    f"{COMPANY}/": {
        "en": "Stays with the company: every number read back and compared. Print proof.html without its annex, sign, keep; proof.csv is for sorting.",
        "zh-Hant": "公司留存：逐一讀回並比對的數字。印出proof.html（附錄除外），簽署、存檔；proof.csv供排序查閱。", "zh-Hans": "公司留存：逐一读回并比对的数字。打印proof.html（附录除外），签署、存档；proof.csv供排序查阅。",
    },
}
_SUMS_ARE = {
    "en": f"{SUMS} has the digest of each file. Whoever receives the folder can test it: sha256sum -c {SUMS}",
    "zh-Hant": f"{SUMS}列出每個檔案的摘要值。收件人可核對：sha256sum -c {SUMS}", "zh-Hans": f"{SUMS}列出每个文件的摘要值。收件人可核对：sha256sum -c {SUMS}",
}
_PUBLISH = {
    "en": """\
How to publish the website

1. Unpack the archive into an empty folder of the web server, such as /esg/2025/. No program runs on the server.
2. Send the headers of headers/ with every file: nginx.conf, apache.htaccess, Caddyfile, _headers or headers.txt,
   whichever your server reads. They fit this build alone: replace them with each new one.
3. Open index.html under its address, once in each language; search for a word; open the PDF.
4. Publish at the same time as the exchange does, not before.
5. Keep the archive. To take a site back, unpack the one before into an empty folder and exchange the two.""",
    "zh-Hant": """\
網站登載方法

1. 把壓縮檔解壓至伺服器的空資料夾，例如/esg/2025/。伺服器毋須執行任何程式。
2. 每個檔案須連同headers/所載標頭發送：按伺服器選用nginx.conf、apache.htaccess、Caddyfile、_headers或headers.txt。
   標頭只適用於是次製作結果，每次須一併更換。
3. 以實際網址開啟index.html，逐一檢視各語文，搜尋一個詞語，開啟PDF。
4. 與交易所同時登載，不可提早。
5. 保留壓縮檔。如須還原，把先前的壓縮檔解壓至空資料夾，再互換兩者。""",
    "zh-Hans": """\
网站发布方法

1. 把压缩包解压至服务器的空文件夹，例如/esg/2025/。服务器无须运行任何程序。
2. 每个文件须连同headers/所载标头发送：按服务器选用nginx.conf、apache.htaccess、Caddyfile、_headers或headers.txt。
   标头只适用于本次构建结果，每次须一并更换。
3. 以实际网址打开index.html，逐一查看各语言，搜索一个词语，打开PDF。
4. 与交易所同时发布，不可提早。
5. 保留压缩包。如须还原，把先前的压缩包解压至空文件夹，再互换两者。""",
}
# fmt: on


def _readme(report: Report, languages: Sequence[str], files: Sequence[str]) -> bytes:
    """What each file is for and to whom it goes, in every language of the report."""
    said: list[str] = []
    for language in languages:
        label = report.periods[report.period].label[language]
        said += [
            f"{report.company.name[language]} · {report.title[language]} · {label}",
            _TITLE[language],
            "",
        ]
        said += [] if report.final else [_DRAFT[language], ""]
        for place, words in _PLACES.items():
            within = [name for name in files if name.startswith(place)]
            if within:
                said += [words[language], *(f"    {_with_language(n, report, language)}" for n in within), ""]
        said += [_SUMS_ARE[language], "", ""]
    return _text(said[:-2])


def _with_language(name: str, report: Report, language: str) -> str:
    """A file's name; beside a filing copy its language."""
    for code in report.languages:
        if name == f"{EXCHANGE}/{filing_name(report, LETTERS[code])}":
            return f"{name}  {LANGUAGE_NAMES[language][code]}"
    return name


def _how_to_publish(report: Report, languages: Sequence[str]) -> bytes:
    drafts = [] if report.final else [*(_DRAFT[language] for language in languages), ""]
    return _text([*drafts, "\n\n".join(_PUBLISH[language] for language in languages)])


def _text(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
