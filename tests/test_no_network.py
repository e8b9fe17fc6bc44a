"""No network: a build needs none, and no page of a website asks another host for anything."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import Built, tree, without_digest, write_project

# ---- the build


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """The words that run a command in a network of its own, which has no interface that is up."""
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    pytest.skip("this machine does not let a process have a network of its own")


def test_a_build_without_any_network_gives_the_same_bytes(alone, built_small, tmp_path):
    root = write_project(tmp_path / "project")
    command = [*alone, sys.executable, "-m", "esgreport", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert without_digest(tree(root / "site")) == without_digest(tree(built_small.out))


def test_in_that_place_no_connection_is_possible(alone):
    """The test above bites: whatever a build might reach for is out of reach, this machine itself too."""
    reach = "import socket; s = socket.socket(); s.settimeout(5); print(s.connect_ex(({host!r}, 80)))"
    for host in ("192.0.2.1", "127.0.0.1"):
        command = [*alone, sys.executable, "-c", reach.format(host=host)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert int(done.stdout) == 101  # ENETUNREACH


# ---- the pages

# Attributes whose address a browser loads by itself; what a reader has to click on is not among them.
LOADED = {
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "xlink:href",
    "action",
    "formaction",
    "ping",
    "manifest",
}
NOT_LOADED = {"canonical", "alternate", "prev", "next", "license", "author", "help"}  # <link rel="…">
IN_STYLE = re.compile(r"url\(\s*['\"]?([^)'\"]*)|@import\s+['\"]([^'\"]*)")
OTHER_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*(?:https?|ftp|wss?):", re.IGNORECASE)
IN_SCRIPT = re.compile(
    r"""(?:(?:https?|wss?):|(?<=["'`]))//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"'`)]*""", re.IGNORECASE
)

# Addresses in the theme's own script. Licences and papers are named in comments. The others are asked for
# only by a page with a repository's address, a diagram in mermaid's language, or in a browser of before 2020.
OF_THE_THEME = {
    "clipboardjs.com", "lunrjs.com", "tartarus.org", "bit.ly", "www.w3.org",
    "api.github.com", "gitlab.com", "unpkg.com",
}  # fmt: skip
NAMES = {
    "schemas.openxmlformats.org"
}  # of the forms of a workbook: what is in one is said by them, nothing is asked for
AWAKENS_THEM = ('data-md-component="source"', 'class="mermaid"', 'data-md-component="consent"')


def loaded_by_html(text: str) -> Iterator[str]:
    """Every address that a page has its browser load."""
    for element in BeautifulSoup(text, "html.parser").find_all(True):
        assert isinstance(element, Tag)
        for name, value in element.attrs.items():
            value = " ".join(value) if isinstance(value, list) else str(value)
            if name == "srcset":
                yield from (part.split()[0] for part in value.split(",") if part.strip())
            elif name in LOADED:
                yield value
            elif name == "href":
                relations = set(element.get("rel") or ())
                if element.name in ("use", "image", "base") or (
                    element.name == "link" and not relations <= NOT_LOADED
                ):
                    yield value
            elif name == "style":
                yield from loaded_by_css(value)
            elif name == "content" and str(element.get("http-equiv", "")).lower() == "refresh":
                yield value.partition("url=")[2]
        if element.name == "style":
            yield from loaded_by_css(element.get_text())
        data = str(element.get("type", "")).endswith("json")  # https://schema.org in it is a name
        if element.name == "script" and not element.get("src") and not data:
            yield from IN_SCRIPT.findall(element.get_text())


def loaded_by_css(text: str) -> Iterator[str]:
    for match in IN_STYLE.finditer(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        yield match[1] or match[2] or ""


def foreign(name: str, text: str) -> list[str]:
    """The addresses of other hosts that a file has a browser load."""
    if name.endswith((".html", ".svg")):
        found = list(loaded_by_html(text))
    elif name.endswith(".css"):
        found = list(loaded_by_css(text))
    elif name.endswith(".js"):
        found = [
            address
            for address in IN_SCRIPT.findall(text)
            if address.split("//")[1].split("/")[0] not in OF_THE_THEME | NAMES
        ]
    else:
        found = []
    return [address for address in found if OTHER_HOST.match(address)]


def pages(built: Built) -> dict[str, str]:
    kinds = (".html", ".css", ".js", ".svg")
    return {name: content.decode() for name, content in tree(built.out).items() if name.endswith(kinds)}


def test_nothing_in_a_website_is_loaded_from_another_host(built):
    files = pages(built)
    assert sum(name.endswith(".html") for name in files) > 10 and any(name.endswith(".js") for name in files)
    assert {name: foreign(name, text) for name, text in files.items() if foreign(name, text)} == {}


def test_nothing_wakes_what_the_theme_could_ask_other_hosts_for(built):
    for name, text in pages(built).items():
        if name.endswith(".html"):
            assert not [mark for mark in AWAKENS_THEM if mark in text], name


def test_every_file_that_a_page_loads_is_there(built):
    """What is not on another host is on ours."""
    for name, text in pages(built).items():
        if not name.endswith((".html", ".css")):
            continue
        addresses = loaded_by_html(text) if name.endswith(".html") else loaded_by_css(text)
        for address in addresses:
            path = address.strip().partition("#")[0].partition("?")[0]
            if path and not path.startswith("data:"):
                folder = (built.out / name).parent
                assert (folder / path).exists(), f"{name}: {address}"


PLANTED = {
    "a picture": ("x.html", '<img src="https://cdn.example/x.png">'),
    "a picture without a scheme": ("x.html", '<img src="//cdn.example/x.png">'),
    "pictures of several sizes": ("x.html", '<img srcset="a.png 1x, https://cdn.example/x.png 2x">'),
    "a style sheet": ("x.html", '<link rel="stylesheet" href="https://fonts.example/css">'),
    "a connection made early": ("x.html", '<link rel="preconnect" href="https://fonts.example">'),
    "a script": ("x.html", '<script src="https://cdn.example/x.js"></script>'),
    "a script in the page": ("x.html", '<script>fetch("https://count.example/hit")</script>'),
    "a frame": ("x.html", '<iframe src="https://video.example/1"></iframe>'),
    "a form": ("x.html", '<form action="https://forms.example/"></form>'),
    "a page that leads away by itself": (
        "x.html",
        '<meta http-equiv="refresh" content="0; url=https://a.example/">',
    ),
    "a style in an element": ("x.html", "<p style=\"background: url('https://cdn.example/x.png')\">"),
    "a style in the page": ("x.html", "<style>@import 'https://fonts.example/css';</style>"),
    "a drawing": ("x.svg", '<svg><image xlink:href="https://cdn.example/x.png"/></svg>'),
    "a face": ("x.css", "@font-face { src: url(https://fonts.example/x.woff2) }"),
    "a request": ("x.js", 'navigator.sendBeacon("https://count.example/hit")'),
    "a request without a scheme": ("x.js", 'fetch("//count.example/hit")'),
    "a socket": ("x.js", 'new WebSocket("wss://live.example/")'),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_address_is_seen(what):
    name, text = PLANTED[what]
    assert foreign(name, text)


@pytest.mark.parametrize("what", ["link", "canonical", "comment", "own"])
def test_what_a_reader_clicks_on_is_no_request(what):
    texts = {
        "link": ("x.html", '<a href="https://www.hkex.com.hk/">HKEX</a>'),
        "canonical": ("x.html", '<link rel="canonical" href="https://esg.example/en/">'),
        "comment": ("x.css", "/* after https://example.org/ */ a { color: red }"),
        "own": ("x.css", 'a { background: url("faces/x.woff2") }'),
    }
    assert foreign(*texts[what]) == []


def test_the_network_is_not_named_in_what_a_build_imports():
    """The tool itself has no client of any network protocol; `serve` only answers."""
    package = Path(__file__).parent.parent / "generator" / "esgreport"
    clients = re.compile(
        r"^\s*(?:import|from)\s+(?:socket|http(?!\.server\b|\s+import HTTPStatus\b)|urllib\.request|requests|httpx|ftplib|smtplib)\b",
        re.MULTILINE,
    )
    assert [
        path.name for path in package.rglob("*.py") if clients.search(path.read_text(encoding="utf-8"))
    ] == []
