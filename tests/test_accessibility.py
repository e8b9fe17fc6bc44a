"""Everybody can use the websites: axe-core finds nothing against WCAG 2.2 A and AA, and the keyboard alone reaches everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DESK, PHONE, ROOT
from serving import served

AXE = ROOT / ".cache" / "test-tools" / "axe.min.js"  # brought by ./run test, see tests/tools.json
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
LANGUAGES = ("zh-Hant", "en")
SCHEMES = ("light", "dark")

_RUN = """async (levels) => (await axe.run({ runOnly: { type: "tag", values: levels }, resultTypes: ["violations"] }))
  .violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`))"""


def violations(tab: Any) -> list[str]:
    """What axe-core finds on the page of a tab as it stands, as rule and element."""
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = tab.evaluate(_RUN, LEVELS)
    return found


@pytest.fixture
def open_tab(open_tab: Callable[..., Any]) -> Callable[..., Any]:
    """`open_tab(PHONE, "dark")`: nothing moves in it, so that axe sees the end of it."""
    return lambda viewport=DESK, scheme="light", **more: open_tab(
        viewport, color_scheme=scheme, reduced_motion="reduce", **more
    )


@pytest.fixture(scope="module")
def address(website: Path) -> Iterator[str]:
    with served(website) as address:
        yield address


def scan(tab: Any, site: Path, names: list[str]) -> dict[str, list[str]]:
    """What is found on pages of a site, by their names; pages without a finding are left out."""
    found = {}
    with served(site) as address:
        for name in names:
            tab.goto(address + name)
            if problems := violations(tab):
                found[name] = problems
    return found


def every_page(site: Path) -> list[str]:
    """Of a report in one language the page at the top only leads on."""
    names = [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*.html"))
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    ]
    assert len(names) > 5
    return names


# ---- axe-core


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_of_each_kind_are_accessible(open_tab, website, scheme):
    kinds = ("index", "a2_resources", "content_index")
    names = [f"{language}/{kind}.html" for language in LANGUAGES for kind in kinds]
    assert scan(open_tab(DESK, scheme), website, names) == {}


def test_what_is_wrong_would_be_found(open_tab, address):
    tab = open_tab()
    tab.goto(f"{address}en/index.html")
    tab.evaluate("""document.querySelector("main").insertAdjacentHTML("beforeend",
      '<p><img src="x.png"><button></button><span style="color:#bbb;background:#fff">pale</span></p>')""")
    assert {each.partition(":")[0] for each in violations(tab)} >= {
        "image-alt",
        "button-name",
        "color-contrast",
    }


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("report", ["built", "built_example", "gallery_website"])
def test_every_page_is_accessible(open_tab, request, report, viewport, scheme):
    site = request.getfixturevalue(report).out
    assert scan(open_tab(viewport, scheme), site, every_page(site)) == {}


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_opens_on_a_page_is_accessible(open_tab, address, language, scheme):
    tab = open_tab(DESK, scheme)
    tab.goto(f"{address}{language}/climate.html")
    tab.locator("td [data-figure]:visible").first.click()
    tab.wait_for_selector("dialog.er-answer[open]")
    assert violations(tab) == [], "an answer"
    tab.keyboard.press("Escape")

    tables = tab.locator(".chart details")
    tables.first.locator("summary").click()
    assert tables.first.locator("table").is_visible()
    assert violations(tab) == [], "the table of a chart"

    tab.click("[data-er-search]")
    tab.locator(".md-search__input").fill({"en": "waste", "zh-Hant": "廢棄物"}[language])
    tab.locator(".md-search-result__link").first.wait_for()
    assert violations(tab) == [], "search results"

    phone = open_tab(PHONE, scheme, has_touch=True, is_mobile=True)
    phone.goto(f"{address}{language}/climate.html")
    phone.tap(".er-menu summary")
    assert phone.locator(".er-menu nav a").first.is_visible()
    assert violations(phone) == [], "the menu of a phone"
    phone.tap(".er-menu summary")
    phone.locator("td [data-figure]:visible").first.tap()
    phone.wait_for_selector("dialog.er-answer[open]")
    assert violations(phone) == [], "an answer on a phone"


# ---- the keyboard

_STOP = """() => {
  const at = document.activeElement;
  if (at === document.body || at === document.documentElement) return null;
  const shown = at.matches(".md-option") ? at.nextElementSibling : at;  // the scheme: a radio button and what is seen of it
  const looks = [shown, at].map((element) => getComputedStyle(element));
  const box = shown.getBoundingClientRect();
  const inside = (share, from, length) => from + Math.min(Math.max(length * share, 1), length - 1);
  const seen = [.1, .5, .9].some((x) => [.1, .5, .9].some((y) => {
    const top = document.elementFromPoint(inside(x, box.left, box.width), inside(y, box.top, box.height));
    return top && (shown.contains(top) || top.contains(shown) && !top.matches("html, body"));
  }));
  const path = [];
  for (let each = at; each && each !== document.body; each = each.parentElement) path.push(each.className?.baseVal ?? each.className);
  return {
    name: `${at.tagName.toLowerCase()}#${at.id} ${path[0]} ${at.textContent.trim().slice(0, 30)}`,
    path: path.join(" "), seen, first: at.matches(".er-skip"),
    ring: looks.some((look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2),
  };
}"""


def walk(tab: Any, key: str = "Tab", most: int = 400) -> list[dict[str, Any]]:
    """Where the key leads until it leaves the page."""
    stops: list[dict[str, Any]] = []
    while len(stops) < most:
        tab.keyboard.press(key)
        stop = tab.evaluate(_STOP)
        if stop is None or (
            stops and stop["first"]
        ):  # backwards a browser goes from the first to the last at once
            return stops
        stops.append(stop)
    raise AssertionError(f"still on the page after {most} steps, at {stops[-1]['name']}")


def stands(stops: list[dict[str, Any]], part: str) -> int:
    """The first stop within a part of the page."""
    found = [number for number, stop in enumerate(stops) if part in stop["path"]]
    assert found, f"the keyboard never comes to {part}"
    return found[0]


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["index", "climate", "data_summary", "content_index"])
def test_the_keyboard_comes_everywhere_and_shows_where_it_is(open_tab, address, language, page):
    tab = open_tab()
    tab.goto(f"{address}{language}/{page}.html")
    tab.wait_for_selector("html.js")
    stops = walk(tab)
    assert [stop["name"] for stop in stops if not stop["ring"]] == [], "without a ring"
    assert [stop["name"] for stop in stops if not stop["seen"]] == [], "hidden by something"
    order = ["er-skip", "er-brand", "md-tabs", "er-search", "er-switch", "md-option"]
    if page == "climate":
        order += ["er-contents", "metric-table", "er-next", "md-footer"]
        assert stands(stops, "chart") > stands(stops, "er-contents")
        assert stands(stops, "chart-files") > stands(stops, "er-contents")
    found = [stands(stops, part) for part in order]
    assert found == sorted(found), "in the order of the page"
    assert found[0] == 0
    if page == "climate":
        back = [stop["name"] for stop in walk(tab, "Shift+Tab")]
        assert back[::-1] == [stop["name"] for stop in stops[1:]], "the way back is the way there"


@pytest.mark.long
def test_the_keyboard_skips_the_header(open_tab, address):
    tab = open_tab()
    tab.goto(f"{address}en/climate.html")
    tab.wait_for_selector("html.js")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.matches('.er-skip')")
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0, "it is shown"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('header.md-header')") is None, "past the header"


@pytest.mark.long
def test_the_keyboard_stays_in_the_search_and_comes_back(open_tab, address):
    tab = open_tab()
    tab.goto(f"{address}en/climate.html")
    tab.wait_for_load_state("networkidle")
    tab.focus("[data-er-search]")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.matches('.md-search__input')")
    tab.keyboard.type("scope 3")
    tab.locator(".md-search-result__link[href*='climate.html#scope-3']").first.wait_for()
    came = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        inside = tab.evaluate("!!document.activeElement.closest('.md-search')")
        assert inside, "the page below is covered, so the focus stays in the dialog"
        came.add(tab.evaluate("document.activeElement.tagName"))
    assert came >= {"INPUT", "BUTTON", "A"}
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("!!document.activeElement.closest('.md-search')")
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.matches('[data-er-search]')")


@pytest.mark.long
def test_the_scheme_is_changed_by_keyboard(open_tab, address):
    tab = open_tab()
    tab.goto(f"{address}en/climate.html")
    tab.wait_for_selector("form[data-md-component=palette] label:visible")
    for scheme in ("slate", "default"):
        tab.locator(".md-option:visible").focus()
        tab.keyboard.press("Space")
        tab.wait_for_selector(f"body[data-md-color-scheme={scheme}]")
        tab.wait_for_function("document.activeElement.matches('.md-option')")


@pytest.mark.long
def test_focus_that_moves_up_is_not_left_below_the_header(open_tab, address):
    """WCAG 2.4.11: the header stays at the top of the window while one goes backwards."""
    tab = open_tab()
    tab.goto(f"{address}en/a2_resources.html")
    tab.wait_for_selector("html.js")
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    tab.focus(".md-footer a")
    stops = walk(tab, "Shift+Tab")
    assert len(stops) > 10
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
