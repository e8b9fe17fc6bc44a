"""Another brand is another table of tokens: with it alone every colour of a page changes, and none of the first is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import served

ROOT = Path(__file__).parent.parent
OURS = ROOT / "templates/styles/tokens.css"
THEIRS = ROOT / "examples/river-alloy/templates/styles/tokens.css"
PAGES = ("index", "climate", "data_summary")

# Every colour that an element of the body shows, with one element that does. Fill and stroke count where something is drawn.
WALK = """() => {
  const found = {};
  const drawn = "path, rect, circle, ellipse, line, polygon, text, tspan";
  const of = ["color", "backgroundColor", "backgroundImage", "boxShadow", "textDecorationColor", "outlineColor",
    "borderTopColor", "borderRightColor", "borderBottomColor", "borderLeftColor"];
  for (const element of document.body.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") continue;
      for (const name of element.matches(drawn) ? [...of, "fill", "stroke"] : of) {
        for (const [colour] of style[name].matchAll(/(rgba?|color)\\([^)]*\\)/g))
          found[colour] ??= `${element.tagName} ${element.getAttribute("class") || ""}${part} ${name}`;
      }
    }
  }
  return found;
}"""


def colour_of(tab: Any, selector: str, name: str) -> str:
    return str(tab.eval_on_selector(selector, f"element => getComputedStyle(element)['{name}']"))


def other_of_all(tokens: str) -> str:
    """A table in which each colour is another one."""

    def other(match: re.Match[str]) -> str:
        return "#" + "".join(f"{int(part, 16) ^ 0x2A:02x}" for part in re.findall("..", match[1]))

    return re.sub(r"#([0-9a-f]{6})\b", other, tokens)


@pytest.fixture(scope="module")
def address(website: Path) -> Iterator[str]:
    with served(website) as address:
        yield address


def opened(browser: Any, url: str, tokens: str, scheme: str) -> Any:
    """A page with this table in the place of its own."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.route("**/assets/tokens.css", lambda route: route.fulfill(body=tokens, content_type="text/css"))
    tab.goto(url)
    return tab


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_colour_of_the_first_brand_is_left(browser, address, page, scheme):
    ours = OURS.read_text("utf-8")
    written = set(re.findall(r"#[0-9a-f]{6}\b", ours))
    assert len(written) > 50 and not written & set(re.findall(r"#[0-9a-f]{6}\b", other_of_all(ours)))
    shown = []
    for tokens in (ours, other_of_all(ours)):
        tab = opened(browser, f"{address}en/{page}.html", tokens, scheme)
        assert (
            tab.evaluate("document.body.dataset.mdColorScheme")
            == {"light": "default", "dark": "slate"}[scheme]
        )
        shown.append(tab.evaluate(WALK))
        tab.context.close()
    first, second = shown
    invisible = {colour for colour in first if re.fullmatch(r"rgba\(\d+, \d+, \d+, 0\)", colour)}
    left = {colour: second[colour] for colour in first.keys() & second.keys() - invisible}
    assert left == {}
    assert len(first) > 10


@pytest.mark.long
def test_another_company_s_brand_reaches_every_part(browser, address):
    ours, theirs = OURS.read_text("utf-8"), OURS.read_text("utf-8") + THEIRS.read_text("utf-8")
    parts = [
        ("index", ".md-tabs a[aria-current]", "borderBottomColor"),
        ("index", ".er-hero", "backgroundImage"),
        ("index", ".er-near", "fill"),
        ("index", ".er-prose a.reference", "color"),
        ("index", ".tile-figure", "color"),
        ("index", ".tile-trend rect:last-child", "fill"),
        ("index", ".bar-done", "fill"),
        ("index", ".disc", "backgroundColor"),
        ("index", ".er-part.er-tone-2", "backgroundColor"),
        ("climate", ".er-opener", "backgroundImage"),
        ("climate", ".chart rect, .chart path", "fill"),
        ("data_summary", "td.current", "backgroundColor"),
    ]
    seen = {}
    for brand, tokens in (("ours", ours), ("theirs", theirs)):
        for page in PAGES:
            tab = opened(browser, f"{address}en/{page}.html", tokens, "light")
            for where, selector, name in parts:
                if where == page:
                    seen[brand, where, selector] = colour_of(tab, selector, name)
            tab.context.close()
    unchanged = [
        (where, part) for where, part, _ in parts if seen["ours", where, part] == seen["theirs", where, part]
    ]
    assert unchanged == []
    assert seen["theirs", "index", ".tile-figure"] == "rgb(23, 85, 143)"  # #17558f, the river's blue
    assert seen["theirs", "index", ".disc"] == "rgb(83, 48, 122)"  # #53307a, its violet


def test_a_colour_that_stays_is_seen(browser, address):
    """The walk above would find a colour that no token gives."""
    ours = OURS.read_text("utf-8")
    found = []
    for tokens in (ours, other_of_all(ours)):
        tab = opened(browser, f"{address}en/index.html", tokens, "light")
        tab.add_style_tag(content=".er-dl::after { content: ''; border-top: 1px solid #a23c1d; }")
        found.append(tab.evaluate(WALK))
        tab.context.close()
    assert "rgb(162, 60, 29)" in found[0].keys() & found[1].keys()
