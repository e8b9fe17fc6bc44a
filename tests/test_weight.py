"""What a home page asks for before anybody turns to it, and what comes when somebody does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import served

pytestmark = pytest.mark.long
LANGUAGES = ("en", "zh-Hant")
PHONE = {"width": 412, "height": 823}
MOST_OF_A_PART = (
    60_000  # bytes of a Han face that a home page takes of one weight, but for the weight of its text
)


@pytest.fixture(scope="module")
def address(website: Path) -> Iterator[str]:
    with served(website) as address:
        yield address


@pytest.fixture
def home(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[tuple[Any, list[str]]]:
    """The home page of a language on a telephone, with the names of the files that it has asked for."""
    context = browser.new_context(viewport=PHONE)
    tab, asked = context.new_page(), []
    tab.on("request", lambda sent: asked.append(sent.url.removeprefix(address).lstrip("/")))
    tab.goto(f"{address}/{request.param}/index.html")
    tab.evaluate("document.fonts.ready")
    yield tab, asked
    context.close()


@pytest.mark.parametrize("home", LANGUAGES, indirect=True)
def test_a_home_page_asks_for_few_files_until_a_reader_turns_to_it(home):
    tab, asked = home
    files = {name.rpartition("/")[2] for name in asked if not name.endswith(".woff2")}
    pictures = {name for name in files if name.endswith((".jpg", ".png", ".svg"))}
    assert files - pictures == {"index.html", "tokens.css", "web.css", "web.js"}
    assert tab.locator("[data-er-search]").is_visible()
    tab.keyboard.press("/")
    tab.locator(".md-search__input").press_sequentially("2025")
    tab.locator(".md-search-result__link").first.wait_for()
    assert any("bundle" in name for name in asked)
    assert any(name.endswith("sections.json") for name in asked)


@pytest.mark.parametrize("home", LANGUAGES, indirect=True)
def test_what_is_typed_before_the_theme_s_script_has_come_is_looked_for_too(home):
    tab, _ = home
    held: list[Any] = []
    tab.route("**/bundle.*.js", lambda route: held.append(route))
    tab.keyboard.press("/")
    tab.locator(".md-search__input").fill("2025")
    tab.wait_for_timeout(200)
    assert held and not tab.locator(".md-search-result__link").count()
    held[0].continue_()
    tab.locator(".md-search-result__link").first.wait_for()


@pytest.mark.parametrize("home", LANGUAGES, indirect=True)
def test_light_and_dark_need_no_script_of_the_theme(home):
    tab, _ = home
    tab.route("**/bundle.*.js", lambda route: route.abort())
    for scheme in ("slate", "default", "slate"):
        tab.click("form[data-md-component=palette] label:visible")
        tab.wait_for_selector(f"body[data-md-color-scheme={scheme}]")
    tab.reload()
    tab.wait_for_selector("body[data-md-color-scheme=slate]")


@pytest.mark.parametrize("home", ["zh-Hant"], indirect=True)
def test_of_a_weight_that_headings_have_few_characters_come(home, website):
    _, asked = home
    taken: dict[str, int] = {}
    for name in {name for name in asked if "Noto" in name}:
        face = name.rpartition("/")[2].split(".")[0]
        taken[face] = taken.get(face, 0) + (website / name).stat().st_size
    text = taken.pop("NotoSansHK-400")
    assert taken and all(size < min(text, MOST_OF_A_PART) for size in taken.values()), (text, taken)
