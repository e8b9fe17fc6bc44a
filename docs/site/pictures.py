"""Make the pictures of the documents anew, of the real thing: python docs/site/pictures.py SITE

SITE is a finished build of this repository's report. The terminal and the preview show a report that has just been begun, with
the mistakes of a newcomer. It needs chromium and pdftoppm, as the tests do. Look at each picture afterwards.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
MOST = 150_000  # bytes of a picture
SCREEN = {"width": 1240, "height": 780}
TERMINAL = """<body style="margin:0;background:#1d1a18"><pre style="margin:0;padding:22px 26px;color:#e9e2da;
font:15px/1.5 'DejaVu Sans Mono','IBM Plex Mono',monospace">{}</pre>"""
COMPANY = ("--company", "Harbour Ropes Limited / 港灣繩纜有限公司", "--year-end", "2025-12-31")


def kept(name: str, picture: Image.Image) -> None:
    """Save a picture with as many colours as its size leaves it."""
    picture = picture.convert("RGB")
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST:
            break
    (PICTURES / name).write_bytes(out.getvalue())
    print(f"{name}: {picture.width} × {picture.height}, {colours} colours, {out.tell():,} bytes")


def shot(tab: Any, name: str, **more: Any) -> None:
    tab.wait_for_timeout(600)
    kept(name, Image.open(io.BytesIO(tab.screenshot(**more))))


def spread(book: Path, first: int) -> Image.Image:
    """Two pages that lie beside each other."""
    pages = []
    for number in (first, first + 1):
        options = ["-png", "-r", "62", "-f", str(number), "-l", str(number), str(book)]
        made = subprocess.run(["pdftoppm", *options], capture_output=True, check=True)
        pages.append(Image.open(io.BytesIO(made.stdout)))
    both = Image.new("RGB", (sum(page.width for page in pages) + 2, pages[0].height), "#b8b0a8")
    both.paste(pages[0], (0, 0))
    both.paste(pages[1], (pages[0].width + 2, 0))
    return both


def esgreport(*words: str | Path, cwd: Path, stdout: int = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "esgreport", *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_COLOR": "1"}
    return subprocess.Popen(command, cwd=cwd, env=env, stdout=stdout, text=True)


def begun(folder: Path) -> Path:
    """A report that has just been begun, with one figure, and two of a newcomer's mistakes."""
    esgreport("init", "harbour-ropes", "--yes", *COMPANY, cwd=folder).communicate()
    report = folder / "harbour-ropes"
    (report / ".cache").mkdir()
    (report / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    figures = report / "data" / "aspects" / "a2.yml"
    text = figures.read_text(encoding="utf-8")
    before, name, after = text.partition("  water_consumption:")
    after = after.replace("2025:", "2025: 8 140", 1).replace("2024:", "2024: 8 655", 1)
    figures.write_text(before + name + after, encoding="utf-8")
    for language, sentence in (
        ("en", "We used {{ water_consumption }} of water, and {{ energy_totl }} of energy."),
        ("zh-Hant", "本年度用水{{ water_consumption }}。"),
    ):
        page = report / "content" / language / "a2.md"
        written = re.sub(r"(?m)^(## .*#a2-2 .*)$", rf"\1\n\n{sentence}", page.read_text(encoding="utf-8"))
        page.write_text(written, encoding="utf-8")
    return report


def terminal(report: Path) -> str:
    """What `check` says, as a terminal shows it."""
    said, _ = esgreport("check", "--mistakes", cwd=report).communicate()
    text = html.escape(f"$ esgreport check --mistakes\n{said}$ ", quote=False)
    text = re.sub(r"error(\[[\w-]+\])", r'<b style="color:#ff9a76">error\1</b>', text)
    return TERMINAL.format(re.sub(r"(\^+[^\n]*)", r'<span style="color:#8fd0b5">\1</span>', text))


def previewed(tab: Any, report: Path) -> None:
    """The preview of a page after a save that brought a mistake."""
    page = report / "content" / "en" / "a2.md"
    wrong = page.read_text(encoding="utf-8")
    page.write_text(wrong.replace("energy_totl", "energy_total"), encoding="utf-8")
    server = esgreport("serve", "--port", "8177", cwd=report, stdout=subprocess.DEVNULL)
    try:
        tab.wait_for_timeout(6000)
        tab.goto("http://127.0.0.1:8177/en/a2.html#a2-2")
        page.write_text(wrong, encoding="utf-8")
        tab.get_by_text("energy_totl").first.wait_for(timeout=60_000)
        shot(tab, "serve.png")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def main(site: Path) -> None:
    address = site.resolve().as_uri()
    book = next((site / "pdf").glob("*.en.pdf"))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = chromium.new_page(viewport=SCREEN)
        tab.goto(f"{address}/zh-Hant/index.html")
        shot(tab, "home.zh-Hant.png")
        tab.goto(f"{address}/en/a2_resources.html")
        number = tab.locator(".metric-table a.figure, .metric-table [data-figure]").nth(4)
        number.scroll_into_view_if_needed()
        number.click()
        shot(tab, "figure.png")
        tab.goto(f"{address}/en/content_index.html")
        tab.locator("table").first.scroll_into_view_if_needed()
        shot(tab, "index.png")
        kept("pdf.en.png", spread(book, 34))
        report = begun(Path(scratch))
        tab.set_content(terminal(report))
        shot(tab, "check.png", clip={"x": 0, "y": 0, "width": 1240, "height": 185})
        previewed(tab, report)
        chromium.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
