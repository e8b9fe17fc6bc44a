"""A website anywhere: under its own policy, at the top of a server and below a folder, with links that lead somewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from conftest import here, write_project
from esgreport.policy import MOST_STYLES, headers, policy, snippets
from serving import sent_with, served

LANGUAGES = ("zh-Hant", "en")


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (each.split() for each in text.split("; "))}


# ---- what it says


def test_a_script_and_a_style_in_a_page_are_named_by_their_digests():
    page = (
        '<style>a { b: c }</style><script>let x = "<b>" && 1;</script><script src="x.js"></script>'
        '<script type="application/json">{"a": 1}</script><script type="application/ld+json">{}</script>'
        '<p style="flex:4">x</p><i style=\'--x: "&amp;"\'></i>'
    )
    found = directives(policy([page, page, "<script>2</script>"]))
    assert sorted(found["script-src"]) == sorted(["'self'", digest('let x = "<b>" && 1;'), digest("2")]), (
        "data is no script, and what is the same is named once"
    )
    assert found["style-src"] == ["'self'", digest("a { b: c }")]
    assert set(found["style-src-attr"]) == {"'unsafe-hashes'", digest("flex:4"), digest('--x: "&"')}
    assert found["default-src"] == ["'none'"]


def test_nothing_in_a_page_allows_nothing():
    found = directives(policy(["<p>plain</p>"]))
    assert (found["script-src"], found["style-src"], found["style-src-attr"]) == (
        ["'self'"],
        ["'self'"],
        ["'none'"],
    )


def test_hundreds_of_style_attributes_do_not_fill_a_header():
    page = "".join(f'<i style="flex:{n}"></i>' for n in range(MOST_STYLES + 1))
    found = directives(policy([page]))
    assert found["style-src-attr"] == ["'unsafe-inline'"]
    assert "'unsafe-inline'" not in found["script-src"] + found["style-src"]


def test_every_server_is_given_the_same_headers():
    sent = headers(["<script>1</script>"], draft=False)
    for name, text in snippets(sent).items():
        assert all(header in text and value in text for header, value in sent.items()), name
    assert "X-Robots-Tag" not in sent


def test_a_draft_is_kept_out_of_search_engines(built_small):
    for path in built_small.out.rglob("*.html"):
        page = BeautifulSoup(path.read_bytes(), "html.parser")
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex", path.name
    assert "X-Robots-Tag: noindex\n" in (built_small.out / "headers/headers.txt").read_text(encoding="utf-8")


def test_a_final_report_is_not_kept_out(website):
    for path in website.rglob("*.html"):
        again = path.parent.name == "side-by-side"  # what other pages say already
        assert (b"noindex" in path.read_bytes()) == again, path.name
    assert "noindex" not in (website / "headers" / "headers.txt").read_text(encoding="utf-8")


def test_the_policy_of_a_report_names_its_own_host_only(website):
    found = directives(sent_with(website)["Content-Security-Policy"])
    sources = {source for listed in found.values() for source in listed}
    assert {source for source in sources if not source.startswith("'sha256-")} <= {
        "'self'", "'none'", "data:", "'unsafe-hashes'",
    }  # fmt: skip
    assert len(sent_with(website)["Content-Security-Policy"]) < 2000, (
        "Cloudflare takes lines of 2,000 characters"
    )


# ---- what machines are told


def head(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_bytes(), "html.parser").head


def test_every_page_says_what_it_is_and_no_two_alike(website):
    for language in LANGUAGES:
        titles, described = [], []
        for path in sorted((website / language).glob("*.html")):
            page = head(website, f"{language}/{path.name}")
            titles.append(page.title.text)
            described.append(page.find("meta", attrs={"name": "description"})["content"])
            said = {m["property"]: m["content"] for m in page.find_all("meta", property=True)}
            assert said["og:title"] in page.title.text and said["og:description"] == described[-1]
            assert said["og:locale"] == {"zh-Hant": "zh_HK", "en": "en_HK"}[language]
            assert not page.find("meta", property="og:image"), "an address is needed for it"
        assert len(set(titles)) == len(set(described)) == len(titles) > 15


def test_a_page_without_a_description_gives_the_first_sentence_of_its_lead(tmp_path):
    root = write_project(
        tmp_path / "project",
        {
            "content/en/a2.md": "# Energy\n\nWe bought {{ electricity }} of *it*. And more.\n\n## F { #figures }\n\nText.\n",
            "content/zh-Hant/a2.md": "# 能源\n\n本年度外購電力為{{ electricity }}。還有別的。\n\n## 數 { #figures }\n\n文。\n",
        },
    )
    assert here("build", "--project", root, "--only", "web").returncode == 0
    page = head(root / "site", "en/a2.html")
    lead = page.find("meta", attrs={"name": "description"})
    assert lead["content"] == "We bought 29,843,800 kWh of it."
    page = head(root / "site", "zh-Hant/a2.html")
    assert page.find("meta", attrs={"name": "description"})["content"] == "本年度外購電力為29,843,800千瓦時。"


def test_programs_are_told_of_report_and_company(website):
    def said(name: str) -> Any:
        return json.loads(head(website, name).find("script", type="application/ld+json").string)

    whole = said("zh-Hant/index.html")
    assert (whole["@context"], whole["@type"], whole["inLanguage"]) == (
        "https://schema.org",
        "Report",
        "zh-Hant-HK",
    )
    assert (whole["datePublished"], whole["temporalCoverage"]) == ("2026-04-28", "2025-01-01/2025-12-31")
    assert whole["publisher"]["name"] == "燈峰金屬控股有限公司"
    assert "Lantern Peak Metals Holdings Limited" in whole["publisher"]["alternateName"]
    page = said("en/climate.html")
    assert (page["@type"], page["name"]) == ("WebPage", "Climate-related disclosures")
    assert page["isPartOf"]["@type"] == "Report"


# ---- links


def ids(page: BeautifulSoup) -> list[str]:
    return [tag["id"] for tag in page.find_all(id=True)]


def broken(site: Path) -> Iterator[str]:
    """Links and sources that lead nowhere, leave the site, or depend on where it lies."""
    pages = {path: BeautifulSoup(path.read_bytes(), "html.parser") for path in site.rglob("*.html")}
    anchors = {path: set(ids(page)) for path, page in pages.items()}
    for path, page in pages.items():
        for tag in page.find_all(True):
            for name in ("href", "src"):
                address = tag.get(name)
                if not address or re.match(r"(mailto|tel|data|https?):", address):
                    continue
                target, _, anchor = unquote(address).partition("#")
                file = (path.parent / target).resolve() if target else path
                file = file / "index.html" if file.is_dir() else file
                where = f"{path.relative_to(site)}: {address}"
                if address.startswith("/") or not file.is_relative_to(site):
                    yield f"{where} depends on where the site lies"
                elif not file.is_file():
                    yield f"{where} is not there"
                elif anchor and file.suffix == ".html" and anchor not in anchors[file]:
                    yield f"{where} has no such anchor"


def test_no_link_is_broken(website, built_small):
    assert list(broken(website)) == []
    assert list(broken(built_small.out)) == []
    assert BeautifulSoup((built_small.out / "en/index.html").read_bytes(), "html.parser").select(
        'a[href="../pdf/tiny-esg-2025.en.pdf"]'
    ), "downloads are among them"


def test_a_broken_link_would_be_told(tmp_path):
    (tmp_path / "a.html").write_text(
        '<a href="b.html"></a><a href="#x"></a><img src="/c.png"><a href="../d">', "utf-8"
    )
    assert [each.partition(": ")[2] for each in broken(tmp_path)] == [
        "b.html is not there",
        "#x has no such anchor",
        "/c.png depends on where the site lies",
        "../d depends on where the site lies",
    ]


def test_no_anchor_and_no_link_differs_between_languages(website):
    for path in (website / "en").glob("*.html"):
        pages = [
            BeautifulSoup((website / language / path.name).read_bytes(), "html.parser")
            for language in LANGUAGES
        ]
        assert ids(pages[0]) == ids(pages[1]), path.name
        links = [
            {
                re.sub("zh-Hant|en", "LANGUAGE", a["href"])
                for a in page.main.find_all("a", href=True)
                if ":" not in a["href"]
            }
            for page in pages
        ]
        assert links[0] == links[1], path.name


# ---- under its policy, wherever it lies


WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`REFUSED ${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`));"""


@pytest.fixture(scope="module", params=["/", "/esg/2025/"])
def visit(request: pytest.FixtureRequest, website: Path, browser: Any) -> Iterator[tuple[Any, str]]:
    """A tab, and the address of the site that is served with its own headers; what goes wrong is noted in `faults`."""
    with served(website, request.param, sent_with(website)) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        context.add_init_script(WATCH)
        tab = context.new_page()
        tab.faults = []
        tab.on("console", lambda m: tab.faults.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: tab.faults.append(str(error)))
        tab.on(
            "request", lambda r: None if r.url.startswith((address, "data:")) else tab.faults.append(r.url)
        )
        tab.on("response", lambda r: tab.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        yield tab, address
        context.close()


@pytest.mark.long
def test_every_page_works_under_the_policy(visit, website):
    tab, address = visit
    for path in sorted(website.rglob("*.html")):
        response = tab.goto(address + path.relative_to(website).as_posix())
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        tab.wait_for_load_state("networkidle")
    assert tab.faults == []


@pytest.mark.long
def test_search_switch_and_scheme_work_under_the_policy(visit):
    tab, address = visit
    tab.goto(address)
    tab.click("a[hreflang=en-HK]")
    assert tab.url == f"{address}en/index.html"
    tab.click("[data-er-search]")
    tab.locator(".md-search__input").fill("Scope 3")
    tab.locator(".md-search-result__link").first.wait_for()
    tab.locator(".md-search-result__link[href$='climate.html#scope-3']").first.click()
    tab.wait_for_url(f"{address}en/climate.html#scope-3")
    tab.click("[data-er-switch]")
    tab.wait_for_url(f"{address}zh-Hant/climate.html#scope-3")
    tab.click("form[data-md-component=palette] label:visible")
    tab.wait_for_selector("body[data-md-color-scheme=slate]")
    tab.reload()
    tab.wait_for_selector("body[data-md-color-scheme=slate]")
    assert tab.faults == []


@pytest.mark.long
def test_what_the_policy_refuses_would_be_told(visit):
    tab, address = visit
    tab.goto(f"{address}en/index.html")
    before = len(tab.faults)
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    tab.wait_for_timeout(200)
    assert any("style-src-attr" in fault for fault in tab.faults[before:])
    del tab.faults[before:]


@pytest.mark.long
@pytest.mark.parametrize("below", ["/", "/esg/2025/"])
def test_downloads_come_wherever_the_site_lies(browser, built_small, below):
    with served(built_small.out, below, sent_with(built_small.out)) as address:
        tab = browser.new_page()
        tab.goto(f"{address}en/index.html")
        links = tab.eval_on_selector_all("#er-downloads a", "links => links.map(link => link.href)")
        assert len(links) >= 3
        for link in links:
            assert link.startswith(address)
            answer = tab.request.get(link)
            assert answer.ok and answer.body(), link
        tab.close()
