"""The documentation's website: it builds without a warning, asks nothing of other hosts, leads everywhere it says, and shows all.

`./run docs` builds it. What the pages say is held by test_docs.py, what they tell to do by test_docs_played.py.
"""

from __future__ import annotations

import functools
import http.server
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import documents
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from esgreport import cli
from esgreport.blocks import BLOCK_KINDS
from esgreport.codes import CODES

DOCS = ROOT / "docs"
WRITTEN = sorted(path.relative_to(DOCS) for path in DOCS.rglob("*.md"))
MADE = ("commands", "keys", "blocks", "codes")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs") / "site"
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-f", DOCS / "site" / "mkdocs.yml", "-d", out]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(mkdocs, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
    return out


@functools.cache
def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html.parser")


def test_every_page_is_there(site: Path) -> None:
    wanted = {path.with_suffix(".html").as_posix() for path in WRITTEN} | {f"{name}.html" for name in MADE}
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} == wanted


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    loaded = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
    for path in site.rglob("*.html"):
        for name, attribute in loaded.items():
            for element in page(path).find_all(name):
                address = str(element.get(attribute) or "")
                assert not urlsplit(address).netloc, f"{path.name}: {address}"
    for path in site.rglob("*.css"):
        for address in re.findall(
            r"(?:url\(|@import\s*)[\"']?([^\"')\s]+)", path.read_text(encoding="utf-8")
        ):
            assert not urlsplit(address).netloc, f"{path.name}: {address}"


def test_every_link_leads_to_a_page_and_a_place_in_it(site: Path) -> None:
    links = 0
    for path in site.rglob("*.html"):
        for element in page(path).find_all(["a", "img"]):
            address = urlsplit(str(element.get("href") or element.get("src") or ""))
            if address.scheme or address.netloc:
                continue
            there = (path.parent / unquote(address.path)).resolve() if address.path else path
            there = there / "index.html" if there.is_dir() else there
            assert there.is_file(), f"{path.name}: {element}"
            if address.fragment and there.suffix == ".html":
                assert page(there).find(id=unquote(address.fragment)), f"{path.name}: {element}"
            links += 1
    assert links > 1000


def test_pages_show_what_the_documents_hold(site: Path) -> None:
    """The engine reads Markdown otherwise than the viewers of files do: nothing may get lost or run together."""
    shown = {
        "table": lambda html: len(html.select("table:not(.highlighttable)")),
        "fence": lambda html: len(html.select("pre > code")),
        "bullet_list": lambda html: len(html.select("ul")),
        "list_item": lambda html: len(html.select("li")),
        "heading": lambda html: len(html.select("h1, h2, h3, h4")),
        "row": lambda html: len(html.select("tr")),
        "image": lambda html: len(html.select("img")),
    }
    for name in WRITTEN:
        html = page(site / name.with_suffix(".html")).find("article")
        assert html is not None
        stream = documents.parsed(DOCS / name)
        children = [child for token in stream for child in token.children or ()]
        held = {
            "table": sum(token.type == "table_open" for token in stream),
            "fence": sum(token.type in ("fence", "code_block") for token in stream),
            "bullet_list": sum(token.type == "bullet_list_open" for token in stream),
            "list_item": sum(token.type == "list_item_open" for token in stream),
            "heading": sum(token.type == "heading_open" for token in stream),
            "row": sum(token.type == "tr_open" for token in stream),
            "image": sum(child.type == "image" for child in children),
        }
        assert {kind: count(html) for kind, count in shown.items()} == held, name


def test_reference_pages_are_those_of_the_tool(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def headings(name: str) -> list[str]:
        return [h2.get_text() for h2 in page(site / f"{name}.html").select("article h2")]

    assert headings("codes") == list(CODES)
    assert headings("blocks") == list(BLOCK_KINDS)
    *named, last = headings("commands")
    assert last == "Exit codes"
    text = page(site / "commands.html").get_text()
    for name in named:
        assert cli.main([name, "--help"]) == 0
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", capsys.readouterr().out):
            assert option in text or option == "--help", f"{name} {option}"
    assert cli.main(["--help"]) == 0
    assert set(named) == set(re.findall(r"^    ([a-z-]+)  ", capsys.readouterr().out, re.MULTILINE))
    explained = page(site / "codes.html").find(id="total-mismatch")
    assert explained and "the mistake readers find first" in explained.find_next("pre").get_text()


def test_the_languages_lead_to_each_other(site: Path) -> None:
    for name in WRITTEN:
        html = page(site / name.with_suffix(".html"))
        chinese = name.parts[0] == "zh-Hant"
        assert html.html and html.html["lang"] == ("zh-Hant" if chinese else "en"), name
        other = name.relative_to("zh-Hant") if chinese else Path("zh-Hant") / name
        switch = html.select_one(".docs-language a")
        assert bool(switch) == (other in WRITTEN), name
        if switch:
            target = (site / name.parent / str(switch["href"])).resolve()
            assert target == (site / other.with_suffix(".html")).resolve()
            ids = [h["id"] for h in html.select("article h2, article h3")]
            assert ids == [h["id"] for h in page(target).select("article h2, article h3")]


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "found"),
    [("signature", "writing.html"), ("持份者", "zh-Hant/"), ("total-mismatch", "codes.html")],
)
def test_search_finds_words_of_both_languages(
    typed: str, found: str, address: str, open_tab: Callable[..., Any]
) -> None:
    tab = open_tab()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{address}/index.html")
    tab.locator("[data-md-component=search-query]").fill(typed)
    tab.keyboard.press("End")  # the dialog looks when a key goes up
    first = tab.locator(".md-search-result__link").first
    first.wait_for()
    links = tab.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert any(found in link for link in links), links
    assert all(url.startswith(address) for url in asked), asked


# ---- how it is built


def built_with(folder: Path, **changed: str) -> tuple[int, str, Path]:
    """(exit code, what was said, where it is) of a build with documents added, or written anew."""
    shutil.copytree(DOCS, folder / "docs")
    for name in ("generator", "templates"):
        (folder / name).symlink_to(ROOT / name)
    for name, text in changed.items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-f", folder / "docs" / "site" / "mkdocs.yml"]
    done = subprocess.run(mkdocs, capture_output=True, encoding="utf-8")
    return done.returncode, done.stderr, folder / ".cache" / "docs-site"


@pytest.mark.parametrize("link", ["nowhere.md", "data.md#nowhere", "../README.md"])
def test_a_link_that_leads_nowhere_stops_the_build(link: str, tmp_path: Path) -> None:
    text = (DOCS / "mistakes.md").read_text(encoding="utf-8") + f"\n[there]({link})\n"
    code, said, _ = built_with(tmp_path, mistakes=text)
    assert code != 0
    assert f"'{link}'" in said


def test_the_launcher_builds_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    loader = SourceFileLoader("launcher", str(ROOT / "run"))
    launcher = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))  # type: ignore[arg-type]
    loader.exec_module(launcher)
    monkeypatch.setattr(launcher, "PYTHON", sys.executable)
    assert launcher.documentation() == 0
    assert "open .cache/docs-site/index.html" in capsys.readouterr().err
    assert all("./run docs " in help for help in launcher.SENTENCES["help"])
