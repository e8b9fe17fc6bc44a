"""What Lighthouse says of the website, and how heavy its home page is beside a plain home page of Material for MkDocs.

    .venv/bin/python benchmarks/lighthouse.py                builds this repository's report; five minutes
    .venv/bin/python benchmarks/lighthouse.py --site site    a finished build; scores of SEO need one with a site_url

Four pages in each language, as a mobile telephone gets them: gzipped, with the headers that the build wrote. The plain home
has the words of ours in Material's own look, with its defaults, served in the same way; what it would ask a host of faces for
is counted as it comes here, which is nothing where that host is out of reach, as it is for readers on the mainland.
The best-known faces of ours are counted apart, so that both can be compared without. Photographs are not counted.

Lighthouse is installed below .cache/lighthouse from npm the first time; Debian's chromium runs it.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import mimetypes
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
TOOL = REPOSITORY / ".cache" / "lighthouse"
LIGHTHOUSE = "lighthouse@12.8.2"  # the last line that runs on Node 20
PAGES = ("index", "climate", "data_summary", "content_index")
GOALS = {"accessibility": 95, "best-practices": 95, "seo": 95}
MOST = 1.2  # ours ÷ plain
PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp", ".avif")


class Zipped(http.server.SimpleHTTPRequestHandler):
    """Gives files out as web servers do: text gzipped, with headers of one's own."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *words: Any, sent: Mapping[str, str], **more: Any) -> None:
        self.sent = sent
        super().__init__(*words, **more)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, kind = path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        content = gzip.compress(content, 6, mtime=0) if text else content
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        if text:
            self.send_header("Content-Encoding", "gzip")
        for name, value in self.sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    listed = folder / "headers" / "headers.txt"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    sent = {name: value for name, _, value in (line.partition(": ") for line in lines)}
    handler = functools.partial(Zipped, directory=str(folder), sent=sent)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


# ---- a plain home


class Words(HTMLParser):
    """The words of a page's main part, as Markdown: headings, and all else as paragraphs."""

    LINES = ("h1", "h2", "h3", "p", "li", "a")

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "main"
        self.unread += tag in ("svg", "script", "style")
        if tag in self.LINES:
            self.lines.append("#" * int(tag[1]) + " " if re.fullmatch("h[1-3]", tag) else "")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "main"
        self.unread -= tag in ("svg", "script", "style")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.unread and self.lines:
            self.lines[-1] += " ".join(data.split()) + " " if data.strip() else ""


def plain(home: Path, language: str, folder: Path) -> Path:
    """A site of one page with the words of ours, in Material with its defaults."""
    words = Words()
    words.feed(home.read_text(encoding="utf-8"))
    docs = folder / "docs"
    docs.mkdir(parents=True)
    text = "\n\n".join(line for line in words.lines if line.strip(" #"))
    (docs / "index.md").write_text(text, encoding="utf-8")
    config = {"site_name": "Report", "theme": {"name": "material", "language": language}}
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "site"


# ---- Lighthouse


def lighthouse() -> Path:
    program = TOOL / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        TOOL.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(TOOL), "--ignore-scripts", "--no-audit", LIGHTHOUSE]
        subprocess.run(command, check=True, capture_output=True)
    return program


def measured(address: str, folder: Path) -> dict[str, Any]:
    out = folder / "said.json"
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = [
        str(lighthouse()),
        address,
        "--quiet",
        "--output=json",
        f"--output-path={out}",
        f"--chrome-flags={flags}",
    ]
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium on this machine")
    environment = {
        "CHROME_PATH": chromium,
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
    }
    subprocess.run(command, check=True, capture_output=True, env=environment)
    said: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return said


def weight(said: Mapping[str, Any]) -> dict[str, float]:
    asked = [
        item
        for item in said["audits"]["network-requests"]["details"]["items"]
        if not item["url"].startswith("data:") and not item["url"].lower().endswith(PHOTOGRAPHS)
    ]
    faces = [item for item in asked if item["resourceType"] == "Font"]
    total, of_faces = (sum(item["transferSize"] for item in items) for items in (asked, faces))
    return {
        "bytes": total,
        "bytes without faces": total - of_faces,
        "requests": len(asked),
        "requests without faces": len(asked) - len(faces),
        "blocking, ms": said["audits"]["total-blocking-time"]["numericValue"],
    }


def weighed(folder: Path, page: str, scratch: Path, rounds: int) -> dict[str, float]:
    """The median of some runs."""
    with served(folder) as address:
        runs = [weight(measured(address + page, scratch)) for _ in range(rounds)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def show_scores(site: Path, languages: list[str], scratch: Path) -> None:
    print(
        f"{'page':32} {'performance':>12} {'accessibility':>14} {'best practices':>15} {'SEO':>5} {'CLS':>7}"
    )
    with served(site) as address:
        for language in languages:
            for page in PAGES:
                name = f"{language}/{page}.html"
                said = measured(address + name, scratch)
                scores = {key: round(100 * value["score"]) for key, value in said["categories"].items()}
                shift = said["audits"]["cumulative-layout-shift"]["numericValue"]
                missed = [key for key, goal in GOALS.items() if scores[key] < goal]
                print(
                    f"{name:32} {scores['performance']:12} {scores['accessibility']:14} "
                    f"{scores['best-practices']:15} {scores['seo']:5} {shift:7.3f}"
                    + (f"  MISSED: {', '.join(missed)}" if missed else "")
                )
                for key in missed:
                    for each in said["categories"][key]["auditRefs"]:
                        audit = said["audits"][each["id"]]
                        if each["weight"] and audit["score"] is not None and audit["score"] < 1:
                            print(f"    {audit['title']}")


def show_weights(site: Path, languages: list[str], scratch: Path, rounds: int) -> None:
    for language in languages:
        home = f"{language}/index.html"
        ours = weighed(site, home, scratch, rounds)
        other = weighed(plain(site / home, language, scratch / language), "index.html", scratch, rounds)
        print(f"\n{home:32} {'ours':>10} {'plain':>10} {'ours ÷ plain':>13}")
        for name, value in ours.items():
            ratio = value / other[name] if other[name] else 0
            print(
                f"{name:32} {value:10,.0f} {other[name]:10,.0f} {ratio:13.2f}{'' if ratio <= MOST else '  MISSED'}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a finished build, instead of making one")
    parser.add_argument("--rounds", type=int, default=3, help="how often a home page is weighed")
    parser.add_argument("--parts", nargs="+", choices=("scores", "weights"), default=("scores", "weights"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        site = options.site
        if site is None:
            site = scratch / "site"
            command = [
                sys.executable,
                "-m",
                "esgreport",
                "build",
                "--project",
                str(REPOSITORY),
                "--out",
                str(site),
            ]
            subprocess.run(command, check=True, capture_output=True)
        languages = sorted(path.parent.name for path in site.glob("*/index.html"))
        if "scores" in options.parts:
            show_scores(site, languages, scratch)
        if "weights" in options.parts:
            show_weights(site, languages, scratch, options.rounds)


if __name__ == "__main__":
    main()
