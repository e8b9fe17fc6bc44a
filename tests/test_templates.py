"""What every template promises: it says who uses it, its words exist in every language, it works nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from conftest import ROOT
from esgreport.blocks import INDEX_COLUMNS
from esgreport.framework import LEVELS
from esgreport.index import STATUSES
from esgreport.languages import LANGUAGES, QUALIFIERS, SCALES, words
from esgreport.model import CHARTS, Kind, Status
from esgreport.model import QUALIFIERS as KNOWN_QUALIFIERS
from esgreport.target_tables import COLUMNS
from esgreport.targets import TargetStatus
from jinja2 import Environment, nodes

FOLDER = ROOT / "templates"
OVERRIDES = "web/overrides/"
TEMPLATES = sorted(
    p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.suffix in (".html", ".j2")
)
EMPTY = {"web/overrides/404.html"}  # there so that the engine writes no page of its own
# Rendered by the program, or taken by the theme under the name of a part of its own.
ENTRIES = {
    "print/report.html", "reports/differences.html", "reports/proof.html", "reports/checklist.html", "web/answer.html", "web/chart_file.html", "web/home.md.j2", "web/page.md.j2", "web/language_choice.html", "web/overrides/main.html",
    "web/overrides/partials/language.html",
}  # fmt: skip
THEIRS = {"base.html", "site/index.html"}  # a template of the theme; a page that is written
BY_THE_THEME = {"web/overrides/partials/header.html", "web/overrides/partials/footer.html"}


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def first_comment(text: str) -> str:
    found = re.match(r"\{#-?(.*?)-?#\}", text, re.DOTALL)
    return found[1] if found else ""


def said_users(name: str) -> set[str]:
    """The templates that a template's first comment says use it, by their names in the folder."""
    found = re.search(r"Used by\s+(.*?)(?=\n\s*Takes|\Z)", first_comment(text_of(name)), re.DOTALL)
    names = re.findall(r"[\w/.]+\.(?:html|md\.j2)", found[1]) if found else []
    return {f"web/{user}" if user.startswith("overrides/") else user for user in names if user not in THEIRS}


def used(name: str) -> set[str]:
    """The templates of ours that a template names in its statements."""
    named = re.findall(r'\{%-?\s*(?:from|import|include|extends)\s+"([^"]+)"', text_of(name))
    if name.startswith(OVERRIDES):
        named = [OVERRIDES + other for other in named]
    return {other for other in named if other in TEMPLATES}


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in EMPTY])
def test_a_template_says_who_uses_it_and_what_it_takes(name):
    comment = first_comment(text_of(name))
    assert re.search(r"^\s+Used by  \S", comment, re.MULTILINE)
    assert re.search(r"^\s+Takes    \S", comment, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in EMPTY])
def test_used_by_is_true(name):
    users = {other for other in TEMPLATES if name in used(other)}
    if name in BY_THE_THEME:
        users.add("web/overrides/main.html")
        assert "through the theme's" in first_comment(text_of(name))
    assert said_users(name) == users
    assert bool(users) != (name in ENTRIES), "nothing uses this template" if not users else "this is no entry"


def test_a_template_that_nobody_uses_or_a_wrong_user_is_seen():
    assert said_users("components/figure.html") >= {"components/prose.html"}
    assert used("components/prose.html") == {"components/figure.html"}
    assert "web/overrides/partials/nav.html" in used("web/overrides/main.html")


def test_the_program_renders_what_is_there():
    source = (ROOT / "generator/esgreport/render.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"((?:web|print|reports)/[\w/.]+)"', source))
    assert named <= set(TEMPLATES)
    assert ENTRIES - named == {name for name in ENTRIES if name.startswith(OVERRIDES)}


# ---- words

KEYS = {language: words(language) for language in LANGUAGES}
SOURCES = [*(FOLDER / name for name in TEMPLATES), *(ROOT / "generator/esgreport").glob("*.py")]
BY_VALUE = {kind.replace("-", "_") for kind in Kind} | {str(status) for status in Status} | set(STATUSES)
BY_VALUE |= {f"{key}_meaning" for key in BY_VALUE}
BY_VALUE |= {f"target_{status}" for status in TargetStatus} | {"target_at_most", "target_at_least"}
BY_VALUE |= {f"index_{column}" for columns in INDEX_COLUMNS.values() for column in columns}
BY_VALUE |= {f"level_{level}" for level in LEVELS}
BY_VALUE |= {f"chart_{kind}" for kind in CHARTS}
BY_VALUE |= {f"target_column_{kind}" for kind in (*COLUMNS, "level")}


def test_every_word_is_there_in_every_language():
    for language, own in KEYS.items():
        assert own.keys() == words("en").keys()
        assert [key for key, word in own.items() if not word.strip()] == [], language


@pytest.mark.parametrize("key", sorted(words("en")))
def test_a_word_has_the_same_places_to_fill_in_every_language(key):
    fields = {
        language: {field for _, field, _, _ in Formatter().parse(own[key]) if field}
        for language, own in KEYS.items()
    }
    assert len(set(map(frozenset, fields.values()))) == 1, fields


def test_chinese_words_are_written_in_their_own_characters():
    """Simplified forms in the Traditional column, and the other way round: the pairs that the words use."""
    simplified_forms = "错补录数单变动标无发适经续于级见页项编号语载报联络会阅该颜题释宽声"
    traditional_forms = "錯補錄數單變動標無發適經續於級見頁項編號語載報聯絡會閱該顏題釋寬聲"
    for simplified, traditional in zip(simplified_forms, traditional_forms, strict=True):
        assert not [key for key, word in KEYS["zh-Hant"].items() if simplified in word], simplified
        assert not [key for key, word in KEYS["zh-Hans"].items() if traditional in word], traditional


def asked_words() -> Iterator[tuple[str, str]]:
    """Every word that a template asks for by its key: template, key."""
    for name in TEMPLATES:
        for key in re.findall(r"\bwords\.([a-z_]+)", text_of(name)):
            yield name, key


def test_every_word_that_a_template_asks_for_exists():
    assert [(name, key) for name, key in asked_words() if key not in words("en") and key != "get"] == []


def test_every_word_is_asked_for_somewhere():
    everything = "\n".join(
        path.read_text(encoding="utf-8") for path in SOURCES if path.name != "languages.py"
    )
    asked = (
        set(re.findall(r"\bwords\.([a-z_]+)", everything))
        | set(re.findall(r"""["']([a-z_-]+)["']""", everything))
        | BY_VALUE
    )
    kinds = tuple(re.findall(r"""words\[f["']([a-z]+_)\{""", everything))  # contact_phone, statement_period …
    assert sorted(word for word in words("en").keys() - asked if not word.startswith(kinds)) == []


def test_scales_and_qualifiers_have_words_in_every_language():
    assert all(set(names) == set(LANGUAGES) for _, names in SCALES.values())
    assert QUALIFIERS.keys() == set(KNOWN_QUALIFIERS)
    assert all(set(names) == set(LANGUAGES) for names in QUALIFIERS.values())


# ---- a template chooses and repeats

ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
WORKING = {
    "round",
    "int",
    "float",
    "sum",
    "abs",
    "max",
    "min",
    "sort",
    "dictsort",
    "filesizeformat",
    "format",
}
ALLOWED = {
    # the longest fraction of a table, as a class, so that the points of its numbers stand in line
    ("components/metric_table.html", "sum"),
    ("components/metric_table.html", "Add"),
    ("components/metric_table.html", "max"),
    # which of three mountains a layer is
    ("web/mountains.html", "Add"),
    ("web/mountains.html", "Sub"),
    # the marks of a heading in Markdown
    ("web/page.md.j2", "Mul"),
}


def workings(name: str, text: str) -> set[tuple[str, str]]:
    """What a template works out: kinds of arithmetic and names of filters."""
    tree = Environment().parse(text)
    found = {(name, type(node).__name__) for node in tree.find_all(ARITHMETIC)}
    return found | {(name, node.name) for node in tree.find_all(nodes.Filter) if node.name in WORKING}


def test_no_template_works_anything_out():
    found = set().union(*(workings(name, text_of(name)) for name in TEMPLATES))
    assert found == ALLOWED


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ a.value / 1000 }}", "Div"),
        ("{{ a | round(1) }}", "round"),
        ("{% set x = a + b %}", "Add"),
        ("{{ rows | sort }}", "sort"),
    ],
)
def test_a_template_that_calculates_rounds_or_sorts_is_seen(text, what):
    assert workings("x.html", text) == {("x.html", what)}


# ---- colours

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^)]*\)")
NAMED = re.compile(r":[^;{}]*\b(white|black|gr[ae]y|red|green|blue|orange|yellow|brown|silver|gold)\b")
# Paper and shadow are no brand's. Everything else is a token.
NEUTRAL = re.compile(r"#(?:fff|000|ffffff|000000)\Z|rgb\((?:255 255 255|0 0 0) / [\d.]+%?\)\Z")
NOT_TOKENS_YET = {
    "web.css": {"#10171b", "#d5dce0", "rgb(10 20 26 / .22)", "rgb(10 18 22 / .55)", "rgb(12 8 6 / .3)"},
}


def colours(css: str) -> set[str]:
    """The colours that a style sheet names itself, comments and addresses left out."""
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)|color-mix\([^;]*;", "", css, flags=re.DOTALL)
    found = set(COLOUR.findall(css)) | {match[1] for match in NAMED.finditer(css)}
    return {colour for colour in found if not NEUTRAL.match(colour)}


@pytest.mark.parametrize("path", sorted((FOLDER / "styles").rglob("*.css")), ids=lambda path: path.name)
def test_colours_are_tokens(path: Path):
    if path.name != "tokens.css":
        assert colours(path.read_text(encoding="utf-8")) <= NOT_TOKENS_YET.get(path.name, set())


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_names_no_colour(name):
    attributes = re.findall(r'(?:fill|stroke|color|style)="([^"]*)"', text_of(name))
    assert not [value for value in attributes if COLOUR.search(value)]


def test_a_colour_of_its_own_is_seen():
    assert colours("a { color: #b5532a; background: rgb(1 2 3); border-color: red }") == {
        "#b5532a",
        "rgb(1 2 3)",
        "red",
    }
    assert (
        colours("a { color: var(--text); background: #fff; box-shadow: 0 0 rgb(0 0 0 / .2) } /* #b5532a */")
        == set()
    )
