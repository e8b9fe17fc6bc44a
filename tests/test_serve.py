"""`esgreport serve`: what is saved is shown; what cannot be shown leaves the last good page and says why."""

from __future__ import annotations

import gc
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import PHONE, ROOT, TINY, here, write_project
from esgreport.model import Report
from esgreport.preview import CALM, Preview
from pypdf import PdfReader

PATIENCE = 40.0  # seconds; a machine that runs all tests at once is slow


class Serving:
    """A preview of a project, run as its users do, and the news it gives."""

    def __init__(self, root: Path, scratch: Path, *more: str) -> None:
        self.root, self.scratch = root, scratch
        scratch.mkdir()
        heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        run = "from esgreport import cli; raise SystemExit(cli.main())"
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{heard}; {run}", "serve", "--port", "0", "--project", str(root), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": str(scratch)},
        )
        assert self.process.stdout
        first = self.process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        assert match, first
        self.address, self.port = match[0], int(match[1])
        self.lines: list[str] = []
        self.state: dict[str, Any] = {}
        self._news = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()
        self.until(lambda state: state["checked"])

    def _read(self) -> None:
        assert self.process.stdout
        self.lines.extend(self.process.stdout)

    def _listen(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/-/news")
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                with self._news:
                    self.state = json.loads(line[6:])
                    self._news.notify_all()

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        with self._news:
            assert self._news.wait_for(lambda: bool(self.state) and holds(self.state), PATIENCE), self.state
            return self.state

    def change(self, name: str, text: str | None) -> dict[str, Any]:
        """Save a file, or take it away; the state when it has been looked at whole."""
        before, path = self.state["number"], self.root / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self.until(lambda s: s["number"] > before and (s["checked"] or s["stopped"]))

    def replaced(self, name: str, old: str, new: str) -> dict[str, Any]:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        return self.change(name, text.replace(old, new))

    def asked(self, path: str, host: str = "") -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()

    def page(self, path: str) -> str:
        status, type, content = self.asked(path)
        assert (status, type) == (200, "text/html; charset=utf-8")
        return content.decode()

    def end(self, sent: int = signal.SIGINT) -> int:
        self.process.send_signal(sent)
        return self.process.wait(PATIENCE)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    serving = Serving(write_project(tmp_path / "project"), tmp_path / "scratch")
    try:
        yield serving
    finally:
        if serving.process.poll() is None:
            serving.end(signal.SIGKILL)


ENGLISH, CHINESE, FIGURES = "content/en/a2.md", "content/zh-Hant/a2.md", "data/aspects/a2.yml"


def test_what_is_saved_is_shown(serving):
    assert set(serving.state["pages"]) == {
        f"{code}/{page}.html" for code in ("en", "zh-Hant") for page in ("index", "a2")
    }
    assert "data-er-switch" in serving.page("/en/a2.html")
    before = serving.state["pages"]
    after = serving.replaced(ENGLISH, "We bought", "This year we bought")["pages"]
    assert "This year we bought" in serving.page("/en/a2.html")
    assert [name for name in after if after[name] > before[name]] == ["en/a2.html"]
    after = serving.replaced(FIGURES, "29 843 800", "29 900 000")["pages"]
    for code in ("en", "zh-Hant"):
        assert "29,900,000" in serving.page(f"/{code}/a2.html")
        assert after[f"{code}/a2.html"] > before[f"{code}/a2.html"]
    status, _, told = serving.asked("/en/figures/electricity.js")
    assert status == 200 and b"29,900,000" in told
    assert b"29,900,000" in serving.asked("/zh-Hant/search/sections.json")[2]


def test_a_style_is_shown_and_a_page_may_come_and_go(serving):
    style = Path(__file__).parents[1] / "templates" / "styles" / "tokens.css"
    before = serving.state["beside"]
    serving.change("templates/styles/tokens.css", style.read_text("utf-8") + ":root { --brand: #123456; }\n")
    assert serving.state["beside"] > before
    assert b"#123456" in serving.asked("/en/assets/tokens.css")[2]
    serving.change("content/en/new.md", "# Waste\n\nWe sort it.\n")
    serving.change("content/zh-Hant/new.md", "# 廢棄物\n\n我們分類收集。\n")
    serving.replaced("data/report.yml", "[a2]", "[a2, new]")
    assert "We sort it." in serving.page("/en/new.html")
    assert "new.html" in serving.page("/en/a2.html")
    serving.replaced("data/report.yml", "[a2, new]", "[a2]")
    assert serving.asked("/en/new.html")[0] == 404
    assert "new.html" not in serving.page("/en/a2.html")


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line", "column"),
    [
        (ENGLISH, "{{ electricity }}", "{{ electricty }}", "unknown-name", 3, 11),
        (FIGURES, "    unit", "\tunit", "not-yaml", 5, 1),
        ("data/report.yml", "status: draft", "status: drat", "unknown-choice", 1, 9),
    ],
)
def test_what_cannot_be_shown_leaves_the_last_good_page(serving, name, old, new, code, line, column):
    good = serving.page("/en/a2.html")
    state = serving.replaced(name, old, new)
    assert state["stopped"]
    found = [f for f in state["findings"] if f["path"] == name]
    assert [(f["line"], f["column"], f["code"]) for f in found] == [(line, column, code)], state["findings"]
    assert found[0]["help"]
    assert serving.page("/en/a2.html").split("<script src=")[0] == good.split("<script src=")[0]
    state = serving.replaced(name, new, old)
    assert not state["stopped"] and code not in [f["code"] for f in state["findings"]]


def test_a_fault_in_a_template_is_told_with_its_place(serving):
    state = serving.change("templates/web/page.md.j2", "{{ page.titel }}\n")
    assert state["stopped"]
    assert [(f["code"], f["path"], f["line"]) for f in state["findings"]] == [
        ("template", "templates/web/page.md.j2", 1)
    ]
    assert "We bought" in serving.page("/en/a2.html")
    assert not serving.change("templates/web/page.md.j2", None)["stopped"]
    state = serving.change("templates/web/overrides/partials/footer.html", "{{ nothing.such }}\n")
    assert state["stopped"] and "'nothing' is undefined" in state["findings"][0]["message"]
    assert "We bought" in serving.page("/en/a2.html")
    assert not serving.change("templates/web/overrides/partials/footer.html", None)["stopped"]


def test_findings_come_to_the_terminal_once(serving):
    serving.replaced(ENGLISH, "We bought", "We  bought")
    serving.replaced(ENGLISH, "of electricity", "of electric power")
    deadline = time.monotonic() + PATIENCE
    while sum(f"{ENGLISH}: shown" in line for line in serving.lines) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    said = [line for line in serving.lines if line.startswith(f"{ENGLISH}:3:3: warning[punctuation]")]
    assert len(said) == 1, serving.lines
    assert not any("Traceback" in line for line in serving.lines)


def test_a_chapter_and_the_book_are_drafts_as_pdf(serving):
    for path, pages in (("/-/en/a2.pdf", 1), ("/-/en/book.pdf", 3)):
        status, type, content = serving.asked(path)
        assert (status, type) == (200, "application/pdf")
        read = PdfReader(BytesIO(content)).pages
        text = " ".join(page.extract_text() for page in read)
        assert len(read) >= pages and "29,843,800" in text and "DRAFT" in text
        assert ("Contents" in text) == ("book" in path)
    serving.replaced(FIGURES, "29 843 800", "29 900 000")
    for path in ("/-/en/a2.pdf", "/-/en/book.pdf"):
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(serving.asked(path)[2])).pages)
        assert "29,900,000" in text
    assert serving.asked("/-/en/waste.pdf")[0] == 404
    assert serving.asked("/-/fr/a2.pdf")[0] == 404


def test_it_is_for_this_machine_only(serving):
    assert serving.asked("/en/a2.html", host=f"localhost:{serving.port}")[0] == 200
    for host in ("reports.example:80", f"127.0.0.1.reports.example:{serving.port}", "[::1]"):
        status, _, content = serving.asked("/en/a2.html", host=host)
        assert status == 403 and b"electricity" not in content
    for path in ("/../pages/en/a2.md", "/%2e%2e/pages/en/a2.md", "//etc/passwd", "/-/faces/../../a2.md"):
        assert serving.asked(path)[0] == 404, path
    with socket.socket() as other, pytest.raises(OSError):
        other.settimeout(1)
        other.connect((socket.gethostbyname(socket.gethostname()), serving.port))
        if other.getpeername()[0].startswith("127."):
            raise OSError("the machine has no other address")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(serving, sent):
    serving.asked("/-/en/a2.pdf")
    folder = f"/proc/{serving.process.pid}/task/{serving.process.pid}/children"
    children = [int(pid) for pid in Path(folder).read_text().split()] if Path(folder).exists() else []
    assert serving.end(sent) == 0
    assert list(serving.scratch.iterdir()) == []
    deadline = time.monotonic() + 10  # Python's own keeper of shared memory ends a moment after us
    while left := [pid for pid in children if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    assert not any("Traceback" in line for line in serving.lines)


def test_a_port_that_is_taken_is_said(serving, tmp_path):
    done = here("serve", "--project", serving.root, "--port", str(serving.port))
    assert done.returncode == 2
    assert done.stderr == (
        f"esgreport: something listens at port {serving.port} already, perhaps another preview: "
        f"end it, or choose another port, as in --port {serving.port + 1}\n"
    )


def test_what_a_build_writes_knows_no_preview(built_small):
    for path in built_small.out.rglob("*"):
        if path.suffix in (".html", ".js", ".css"):
            assert b"/-/" not in path.read_bytes(), path


@pytest.mark.long
def test_a_browser_follows(serving, open_tab):
    tab = open_tab(PHONE)
    tab.goto(f"{serving.address}zh-Hant/a2.html")
    tab.wait_for_selector("[data-state=checked]", state="attached")
    serving.replaced(CHINESE, "本年度", "報告年度內")
    tab.wait_for_function("document.body.innerText.includes('報告年度內')")
    tab.wait_for_selector("[data-state=checked]", state="attached")
    serving.replaced(CHINESE, "{{ electricity }}", "{{ electricty }}")
    panel = tab.locator(".panel")
    panel.get_by_text("content/zh-Hant/a2.md:3:").wait_for()
    assert "Not shown" in panel.inner_text() and "electricity" in panel.inner_text()
    assert "報告年度內" in tab.inner_text("body")
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    serving.replaced(CHINESE, "{{ electricty }}", "{{ electricity }}")
    panel.wait_for(state="hidden")
    serving.end()
    tab.get_by_text("esgreport serve").wait_for()


def test_a_book_that_was_asked_for_is_made_anew_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has looked at the whole draft once finds it ready afterwards; a change meanwhile begins it anew."""
    root = write_project(tmp_path / "project")
    (tmp_path / "shown").mkdir()
    preview = Preview(root, tmp_path / "shown")
    figures = (root / FIGURES).read_text(encoding="utf-8")

    def save(number: str) -> None:
        (root / FIGURES).write_text(figures.replace("29 843 800", number), encoding="utf-8")
        preview.refresh()

    def ready(language: str) -> bool:
        deadline = time.monotonic() + PATIENCE
        while not preview.has_book(language) and time.monotonic() < deadline:
            time.sleep(0.05)
        return preview.has_book(language)

    try:
        preview.refresh()
        assert "29,843,800" in words_of(preview.book("en"))
        save("29 900 001")
        assert not preview.has_book("en") and ready("en") and not preview.has_book("zh-Hant")
        save("29 900 002")
        time.sleep(CALM + 0.5)
        save("29 900 003")  # while the book is being laid out
        assert ready("en")
        monkeypatch.setattr(Preview, "_bind", None)  # what is there is given out
        assert "29,900,003" in words_of(preview.book("en"))
    finally:
        preview.end()


def words_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_reports_of_before_are_let_go(tmp_path: Path) -> None:
    """Hours of edits need no more memory than a few: of what a report was, next to nothing is kept."""
    of_its_own = TINY["data/report.yml"].replace("tiny-esg-2025", "let-go")  # other tests' reports live on
    root = write_project(tmp_path / "project", {"data/report.yml": of_its_own})
    (tmp_path / "shown").mkdir()
    preview = Preview(root, tmp_path / "shown")
    try:
        for number in range(8):
            with (root / ENGLISH).open("a", encoding="utf-8") as page:
                page.write(f"\n{number}\n")
            preview.refresh()
        gc.collect()
        alive = [each for each in gc.get_objects() if isinstance(each, Report) and each.slug == "let-go"]
        assert (
            len({id(each) for each in alive}) <= 3 * 2
        )  # the last, and two of before in caches by language; each read twice
    finally:
        preview.end()


def test_the_terminal_tells_of_each_change_in_chinese(tmp_path: Path) -> None:
    serving = Serving(write_project(tmp_path / "project"), tmp_path / "scratch", "--ui", "zh-Hant")
    try:
        serving.replaced(ENGLISH, "We bought", "This year we bought")
        serving.replaced(ENGLISH, "{{ electricity }}", "{{ electricty }}")
        deadline = time.monotonic() + PATIENCE
        while "electricty" not in "".join(serving.lines) and time.monotonic() < deadline:
            time.sleep(0.05)
        told = [line[10:] for line in serving.lines if re.match(r"\d\d:\d\d:\d\d ", line)]
        summary = r"\d+ 項錯誤、\d+ 項警告、\d+ 項已獲接納。\n"
        assert re.fullmatch(rf"content/en/a2\.md：已顯示，檢查用了 [\d.]+ 秒；{summary}", told[-2])
        assert re.fullmatch(rf"content/en/a2\.md：未能顯示；{summary}", told[-1])
    finally:
        serving.process.kill()


def just_begun(root: Path) -> Path:
    """A report in which nothing is filled in yet."""
    assert here("init", root, "--yes", "--company", "A / 甲").returncode == 0
    (root / ".cache").mkdir()
    (root / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    return root


@pytest.mark.long
def test_the_list_keeps_mistakes_apart_from_what_is_to_be_filled(tmp_path: Path, open_tab) -> None:
    """A newcomer's one mistake stands first, and what is still empty is no mistake of hers."""
    serving = Serving(just_begun(tmp_path / "new"), tmp_path / "scratch")
    try:
        tab = open_tab(PHONE)
        tab.goto(f"{serving.address}en/a2.html")
        tab.wait_for_selector("[data-state=checked]", state="attached")
        bar, panel = tab.locator(".said"), tab.locator(".panel")
        assert re.fullmatch(r"Preview: \d{3} to be filled", bar.inner_text())
        assert tab.locator("section.open").count() == 1  # neither red nor green
        bar.click()
        assert panel.locator("h2").all_inner_texts() == ["Still to be filled on this page"]
        assert re.search(r"\d+ on other pages; esgreport index --missing lists them", panel.inner_text())
        serving.replaced("content/zh-Hant/a2.md", "# 資源使用", "# 資源使用\n\nenergy。")
        tab.get_by_text("Elsewhere").wait_for()
        assert re.fullmatch(r"Preview: 1 error, \d{3} to be filled", bar.inner_text())
        assert panel.locator("h2").all_inner_texts() == ["Elsewhere", "Still to be filled on this page"]
    finally:
        serving.process.kill()


def test_what_is_still_to_come_does_not_bury_what_is_wrong(tmp_path: Path) -> None:
    """A new report has hundreds of empty places: the terminal counts them, and names the mistake that is made."""
    serving = Serving(just_begun(tmp_path / "new"), tmp_path / "scratch")
    try:
        serving.replaced("content/en/about.md", "# About", "{{ revenu }}\n\n# About")
        deadline = time.monotonic() + PATIENCE  # the terminal is told after the browser
        while "[unknown-name]" not in "".join(serving.lines) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert serving.end() == 0
        said = "".join(serving.lines)
        assert re.search(r"^\d{3,} places still to be filled or answered; check lists them\.$", said, re.M)
        assert "[missing-value]" not in said and "[unknown-name]" in said
    finally:
        serving.process.kill()
