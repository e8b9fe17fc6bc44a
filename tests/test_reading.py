"""Reading a website: the way from language to language, without scripts, without motion, without a jump, on paper and under a thumb."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import DESK, PHONE, here, write_project
from esgreport.languages import LANGUAGES as KNOWN
from esgreport.languages import words
from pypdf import PdfReader
from serving import sent_with, served

LANGUAGES = ("zh-Hant", "en")
OTHER = {"zh-Hant": "en", "en": "zh-Hant"}
SCREENS = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
BOTH = pytest.mark.parametrize("language", LANGUAGES)
PAGES = (
    "about",
    "b2_health_safety",
    "governance",
    "stakeholders",
    "a1_emissions",
    "a2_resources",
    "climate",
    "b1_employment",
    "b5_supply_chain",
    "outlook",
)


@pytest.fixture(scope="module")
def address(website: Path) -> Iterator[str]:
    with served(website, sent=sent_with(website)) as address:
        yield address


@pytest.fixture(scope="module")
def address_of_late_faces(website: Path) -> Iterator[str]:
    with served(website, sent=sent_with(website), late=".woff2") as address:
        yield address


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html.parser")


def sections(page: BeautifulSoup) -> list[str]:
    return [str(heading["id"]) for heading in page.select("article h2[id]")]


# ---- from language to language


@pytest.mark.long
@SCREENS
@BOTH
def test_the_switch_stays_on_page_and_section(open_tab, address, website, language, viewport):
    tab = open_tab(viewport, reduced_motion="reduce")
    other = OTHER[language]
    for page in PAGES:
        anchor = sections(soup(website / language / f"{page}.html"))[-1]
        tab.goto(f"{address}{language}/{page}.html#{anchor}")
        tab.click("[data-er-switch]")
        tab.wait_for_url(f"{address}{other}/{page}.html#{anchor}")
        assert tab.locator(f"[id='{anchor}']").is_visible()
        box = tab.locator(f"[id='{anchor}']").bounding_box()
        assert 0 <= box["y"] < viewport["height"], f"{page}: the section is not in sight"


@pytest.mark.long
@SCREENS
def test_the_switch_leads_to_the_section_that_is_read(open_tab, address, website, viewport):
    """Reading on changes no address; the switch leads to where one has come to all the same."""
    tab = open_tab(viewport, reduced_motion="reduce")
    for page in PAGES:
        anchor = sections(soup(website / "en" / f"{page}.html"))[1]
        tab.goto(f"{address}en/{page}.html")
        tab.wait_for_selector("html.js")
        tab.evaluate("id => document.getElementById(id).scrollIntoView()", anchor)
        tab.wait_for_timeout(100)
        box = tab.locator(
            "[data-er-switch][hreflang]"
        ).bounding_box()  # a locator's click would scroll to the header's own place
        tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tab.wait_for_url(f"{address}zh-Hant/{page}.html#{anchor}")


def test_words_of_the_interface_are_complete():
    known = {code: words(code) for code in KNOWN}
    assert set(known) >= {"en", "zh-Hant", "zh-Hans"}
    for code, said in known.items():
        assert set(said) == set(known["en"])
        assert [name for name, text in said.items() if not text.strip()] == [], code
        if code.startswith("zh"):
            latin = [
                name for name, text in said.items() if re.search("[a-z]{4,}", re.sub("{[^}]*}", "", text))
            ]
            assert latin == [], f"{code} has English words"


HAN = re.compile("[一-鿿]")


@BOTH
def test_what_is_in_another_language_says_so(website, language):
    """Whatever holds words in the other script is marked; a name or unit of science may stand in both."""
    for path in sorted((website / language).glob("*.html")):
        page = soup(path)
        assert page.html["lang"] == KNOWN[language].tag
        for script in page.find_all(["script", "style", "head"]):
            script.decompose()
        for element in page.select("[lang]"):
            if element is page.html:
                continue
            han = bool(HAN.search(element.get_text()))
            assert not element.get_text(strip=True) or han == str(element["lang"]).startswith("zh"), (
                path.name,
                element,
            )
            element.decompose()
        if language == "en":
            assert HAN.findall(page.get_text()) == [], path.name


def test_languages_are_named_to_search_engines_by_whole_addresses(tmp_path):
    report = write_project(tmp_path / "project")
    data = report / "data" / "report.yml"
    data.write_text(
        data.read_text(encoding="utf-8") + "site_url: https://esg.example/2025/\n", encoding="utf-8"
    )
    done = here("build", "--project", report, "--only", "web")
    assert done.returncode == 0, done.stderr
    for code in LANGUAGES:
        head = soup(report / "site" / code / "a2.html").head
        named = {link["hreflang"]: link["href"] for link in head.select("link[rel=alternate]")}
        assert named == {
            "zh-Hant-HK": "https://esg.example/2025/zh-Hant/a2.html",
            "en-HK": "https://esg.example/2025/en/a2.html",
        }
        assert head.select_one("link[rel=canonical]")["href"] == f"https://esg.example/2025/{code}/a2.html"
        home = soup(report / "site" / code / "index.html").head
        assert home.select_one("link[hreflang=x-default]")["href"] == "https://esg.example/2025/"


def test_a_report_in_one_language_has_no_switch(built_example):
    for path in sorted(built_example.out.glob("*/*.html")):
        page = soup(path)
        assert not page.select("[data-er-switch], link[hreflang]"), path.name


# ---- without JavaScript


@pytest.mark.long
@SCREENS
@BOTH
def test_everything_is_reached_without_javascript(open_tab, address, language, viewport):
    tab = open_tab(viewport, java_script_enabled=False)
    tab.goto(address)
    tab.click(f"a[href='{language}/index.html']")
    assert tab.locator("h1").is_visible()
    links = tab.locator("#er-downloads a")
    assert links.count() >= 3 and all(link.is_visible() for link in links.all())
    for link in links.all():
        assert tab.request.get(link.evaluate("link => link.href")).ok
    if viewport == PHONE:
        tab.click(".er-menu summary")
        tab.click(".er-menu a[href='climate.html']")
    else:
        tab.click(".md-tabs a >> nth=2")
        tab.click(".er-contents a[href='climate.html']")
    assert tab.url.endswith(f"{language}/climate.html")
    if viewport == DESK:
        section = tab.locator(".er-contents a[href^='#']").last
        section.click()
        assert tab.url.endswith(section.get_attribute("href"))
    drawing = ".drawing--wide" if viewport == DESK else ".drawing--phone"
    assert tab.locator(f"{drawing} svg:visible").count() > 2
    details = tab.locator(".chart details").first
    details.locator("summary").click()
    assert details.locator("table").is_visible()
    assert tab.locator("td .figure:visible").count() > 20
    assert tab.locator(".chart-files a:visible").count() >= 2
    tab.click("[rel=next] >> visible=true")
    tab.click("[data-er-switch]")
    assert f"/{OTHER[language]}/" in tab.url
    tab.goto(f"{address}{language}/content_index.html")
    assert tab.locator(".index-table tr[data-status]:visible").count() > 50
    tab.locator(".index-table td a:visible").first.click()
    assert "#" in tab.url and "content_index" not in tab.url


# ---- motion, jumps


@pytest.mark.long
@SCREENS
def test_nothing_moves_for_those_who_asked_for_less_motion(open_tab, address, viewport):
    tab = open_tab(viewport, reduced_motion="reduce")
    for page in ("index", "climate", "data_summary", "content_index"):
        tab.goto(f"{address}en/{page}.html")
        tab.evaluate(
            """() => { window.moved = []; for (const kind of ["transitionrun", "animationstart"])
                 addEventListener(kind, (event) => moved.push(`${kind} ${event.target.className}`), true); }"""
        )
        assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        if page == "climate":
            tab.locator("td [data-figure]:visible").first.click()
            tab.wait_for_selector("dialog[open]")
            tab.keyboard.press("Escape")
            chart = tab.locator("rect[data-answer]:visible")
            chart.first.hover() if viewport == DESK and chart.count() else None
        tab.click("[data-er-search]")
        tab.keyboard.type("waste")
        tab.wait_for_timeout(400)
        assert tab.evaluate("moved") == []
        assert tab.evaluate("document.getAnimations().length") == 0


SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) shifts.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 90) ?? "text")]);
})).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.long
@SCREENS
@BOTH
@pytest.mark.parametrize("page", ["index", "climate", "data_summary", "content_index"])
def test_a_page_does_not_jump_when_its_faces_come_late(
    open_tab, address_of_late_faces, language, viewport, page
):
    tab = open_tab(viewport)
    tab.add_init_script(SHIFTS)
    tab.goto(f"{address_of_late_faces}{language}/{page}.html")
    tab.wait_for_load_state("networkidle")
    tab.evaluate("document.fonts.ready.then(() => 1)")
    tab.wait_for_timeout(300)
    shifts = tab.evaluate("shifts")
    assert sum(shift[0] for shift in shifts) <= 0.02, shifts


@SCREENS
@BOTH
def test_tiles_leave_no_hole_beside_a_large_one(open_tab, address, language, viewport):
    tab = open_tab(viewport)
    tab.goto(f"{address}{language}/b1_employment.html")
    assert tab.locator(".has-large > .tile").count() == 4
    edges = tab.evaluate(
        "[...document.querySelectorAll('.has-large, .has-large > .tile:last-child')].map((each) => each.getBoundingClientRect().right)"
    )
    assert edges[0] == pytest.approx(edges[1], abs=2)


# ---- on paper, under a thumb


@pytest.mark.long
@BOTH
def test_a_page_on_paper_is_text_and_tables(open_tab, address, language):
    tab = open_tab(color_scheme="light")
    tab.goto(f"{address}{language}/a2_resources.html")
    tab.emulate_media(media="print")
    for part in (".md-header", ".er-contents", ".er-next", ".er-skip", ".chart-files"):
        assert tab.locator(f"{part}:visible").count() == 0, part
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(tab.pdf(format="A4"))).pages)
    title = soup_of(tab).select_one("#er-title").get_text(" ", strip=True)
    assert "".join(title.split())[-4:] in "".join(text.split())
    assert words(language)["next"] not in text.splitlines()
    # as wide as paper between its margins: nothing is cut off at the right
    tab.set_viewport_size({"width": 720, "height": 1000})
    cut = tab.evaluate(
        """() => [...document.querySelectorAll(".metric-table, .drawing svg, .index-table, img")].filter((each) =>
             each.getClientRects().length && (each.getBoundingClientRect().right > innerWidth + 1 || each.scrollWidth > each.clientWidth + 1 && each.clientWidth))
             .map((each) => each.id || each.className.baseVal || each.className)"""
    )
    assert cut == []


@pytest.mark.long
def test_a_page_that_is_dark_on_the_screen_is_dark_ink_on_paper(open_tab, address):
    tab = open_tab(color_scheme="dark")
    tab.goto(f"{address}en/a2_resources.html")
    tab.wait_for_selector("body[data-md-color-scheme=slate]")
    tab.evaluate(
        """() => addEventListener("beforeprint", () => { window.inks = ["article p", "article h2", "td", "article p a"].map((each) =>
             getComputedStyle(document.querySelector(each)).color.match(/[0-9.]+/g).slice(0, 3).map(Number)); })"""
    )
    tab.pdf(format="A4")
    inks = tab.evaluate("inks")
    assert len(inks) == 4
    for ink in inks:
        assert sum(ink) / 3 < 130, inks
    tab.wait_for_selector("body[data-md-color-scheme=slate]")


@pytest.mark.long
@BOTH
def test_one_hand_is_enough_on_a_phone(open_tab, address, language):
    """Every control of the header is in sight and large enough at any place of a page; the menu's last entry is within the window."""
    tab = open_tab(PHONE, has_touch=True, is_mobile=True)
    tab.goto(f"{address}{language}/climate.html")
    tab.evaluate("scrollTo({ top: 5000, behavior: 'instant' })")
    for control in (
        ".er-search",
        "[data-er-switch][hreflang]",
        ".md-option + label:not([hidden])",
        ".er-menu summary",
    ):
        box = tab.locator(control).bounding_box()
        assert min(box["width"], box["height"]) >= 40, control
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and 0 <= box["y"] < 844
    tab.tap(".er-menu summary")
    menu = tab.locator(".er-menu nav").bounding_box()
    assert menu["y"] + menu["height"] <= 844, "it scrolls by itself"
    last = tab.locator(".er-menu nav a").last
    last.scroll_into_view_if_needed()
    assert last.bounding_box()["height"] >= 36
    leads_to = last.get_attribute("href")
    assert leads_to and leads_to != "climate.html"
    last.tap()
    tab.wait_for_url(f"{address}{language}/{leads_to}")


def soup_of(tab: Any) -> BeautifulSoup:
    return BeautifulSoup(tab.content(), "html.parser")


# ---- a real server


NGINX = """daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; root {site}; include {site}/headers/nginx.conf; }}
}}
"""


@pytest.mark.long
def test_nginx_sends_the_headers_that_the_build_wrote(open_tab, website, tmp_path):
    """./run test --all brings the server; without it this fails, and is never left out in silence."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.copytree(website, tmp_path / "site")
    for folder in (tmp_path, *tmp_path.parents):  # the server reads as somebody else
        if folder == tmp_path or folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)
    settings = tmp_path / "nginx.conf"
    settings.write_text(NGINX.format(folder=tmp_path, port=port, site=tmp_path / "site"), encoding="utf-8")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "no nginx: ./run test --all installs it"
    with subprocess.Popen([program, "-c", settings]) as server:
        try:
            tab = open_tab()
            faults: list[str] = []
            tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            for _ in range(50):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                time.sleep(0.1)
            for page in ("zh-Hant/index.html", "en/climate.html", "en/content_index.html"):
                answer = tab.goto(f"http://127.0.0.1:{port}/{page}")
                tab.wait_for_load_state("networkidle")
                sent = answer.headers
                for name, value in sent_with(website).items():
                    assert sent[name.lower()] == value
            assert faults == []
        finally:
            server.terminate()
