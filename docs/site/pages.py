"""What the documentation's website has beside the documents: reference pages, and the two languages held together.

The site engine calls the functions that begin with `on_`. Pages of commands, codes, keys and blocks are made from the tool
and from the tables of the documents, so that nothing is said twice.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT / "generator"))

from esgreport import cli, manual, search  # noqa: E402
from esgreport.blocks import BLOCK_KINDS  # noqa: E402
from esgreport.codes import CODES  # noqa: E402
from markdown_it import MarkdownIt  # noqa: E402
from markdown_it.token import Token  # noqa: E402
from mkdocs.structure.files import File, Files  # noqa: E402
from mkdocs.structure.pages import Page  # noqa: E402
from pymdownx.slugs import slugify  # noqa: E402

CHINESE = "zh-Hant"
WITH_KEYS = ("data", "writing", "frameworks")  # documents with tables of keys
MARKS = {"blocking": "blocking", "error": "error", "warning": "warning"}


# ---- reading the documents


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def document(name: str) -> list[Token]:
    return parsed((DOCS / f"{name}.md").read_text(encoding="utf-8"))


def anchor(heading: str) -> str:
    """The id of a heading, the same as where the documents are read as files."""
    return str(slugify(case="lower")(re.sub(r"[`*]", "", heading), "-"))


def headings(stream: list[Token]) -> list[tuple[str, str]]:
    """(level, text) of every heading."""
    return [
        (token.tag, stream[n + 1].content) for n, token in enumerate(stream) if token.type == "heading_open"
    ]


def rows(name: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """(section, head, cells) of every row of the tables of a document, in its Markdown."""
    section, head, cells = "", [""], [""]
    for number, token in enumerate(stream := document(name)):
        if token.type == "heading_open":
            section = stream[number + 1].content
        elif token.type == "tr_open":
            cells = []
        elif token.type in ("th_open", "td_open"):
            cells.append(stream[number + 1].content)
        elif token.type == "thead_close":
            head = cells
        elif token.type == "tr_close" and head != cells and len(cells) == len(head):
            yield section, head, cells


def piped(*cells: str) -> str:
    """A row of a table, however its cells are written."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


# ---- reference pages


def commands() -> str:
    """Every command with its options, as the command line reads them."""
    parser = cli._arguments()
    parts = [
        "# Commands\n\nMade from the tool itself: `esgreport COMMAND --help` says the same. In the repository `./run` stands"
        " for `esgreport`.\n",
        f"```text\n{parser.epilog}\n```\n",
    ]
    (chosen,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in chosen.choices.items():
        parts.append(
            f"## {name}\n\n{command.description}\n\n{piped('given', 'meaning')}|---|---|\n"
            + "".join(options(command))
        )
    parts.append(
        "## Exit codes\n\n0: done. 1: something was found wrong, or nothing was written. 2: it could not run, or a name is"
        " unknown. [Which command ends with which](publishing.md#exit-codes).\n"
    )
    return "\n".join(parts)


def options(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else "")
        takes_none = action.nargs == 0
        names = action.option_strings or [str(value) or action.dest]
        written = " ".join(
            filter(None, [names[0], "" if takes_none or not action.option_strings else str(value)])
        )
        yield piped(
            f"`{written}`", (action.help or "one of these").replace("%(default)s", str(action.default))
        )


def codes() -> str:
    """The manual page of every code of a finding."""
    parts = [
        "# What each code means\n\n`esgreport check --explain CODE` says the same. Most are settled by putting the place right;"
        " what is right as it stands is [accepted with a reason](checking.md#accepting-a-finding).\n"
    ]
    for code, said in CODES.items():
        text = manual.page(code).partition("\n\nAccept\n")[0].partition("\n\n")[2].partition("\n\n")[2]
        sentences = [f"{said.says[0].upper()}{said.says[1:]}. ({' or '.join(said.weights)})"]
        rule = f"\n```text\n{text}\n```\n" if text else ""
        parts.append(f"## {code}\n\n{' '.join(sentences)}\n{rule}")
    return "\n".join(parts)


def keys() -> str:
    """Every key of data files, pages and blocks, in alphabetical order, with the section that explains it."""
    found = []
    for name in WITH_KEYS:
        for section, head, cells in rows(name):
            if head[:2] == ["key", "meaning"]:
                here = f"[{section}]({name}.md#{anchor(section)})"
                found.append((cells[0], here, re.sub(r"\]\(#", f"]({name}.md#", cells[1])))
    lines = [piped(*row) for row in sorted(set(found), key=lambda row: (row[0].strip("`"), row))]
    return (
        "# Keys\n\nEvery key of `data/`, pages and blocks by the alphabet; the section says which values it takes.\n\n"
        "| key | stands in | meaning |\n|---|---|---|\n" + "".join(lines)
    )


def blocks() -> str:
    """Every block that a page may hold, with its first example."""
    parts = [
        "# Blocks\n\nA block stands in a page between two lines of three backticks. The first names its kind, what is between"
        " are [keys](keys.md).\n"
    ]
    examples: dict[str, tuple[str, str]] = {}
    section = ""
    for number, token in enumerate(stream := document("writing")):
        if token.type == "heading_open":
            section = stream[number + 1].content
        elif token.type == "fence" and "content/en/" in token.info:
            for inner in parsed(token.content):
                if inner.type == "fence":
                    examples.setdefault(inner.info.strip(), (section, inner.content))
    for kind in BLOCK_KINDS:
        section, content = examples[kind]
        explained = f"[{section}](writing.md#{anchor(section)})"
        parts.append(
            f"## {kind}\n\nHow it is written: {explained}.\n\n````markdown\n```{kind}\n{content}```\n````\n"
        )
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {"commands": commands, "codes": codes, "keys": keys, "blocks": blocks}


# ---- what the site engine calls


def on_files(files: Files, config: Any) -> Files:
    """Add the reference pages and the style sheet."""
    for name, make in PAGES.items():
        files.append(File.generated(config, f"{name}.md", content=make()))
    files.append(File.generated(config, "docs.css", abs_src_path=str(DOCS / "site" / "docs.css")))
    return files


def english_of(page: str) -> str:
    """The name of the English document that a Chinese one is a version of."""
    return page.removeprefix(f"{CHINESE}/")


def on_page_markdown(text: str, page: Page, config: Any, files: Files) -> str:
    """File names of examples become titles; the headings of a Chinese page have the ids of the English one."""
    here = page.file.src_uri
    ids: Iterator[str] = iter(())
    if here.startswith(f"{CHINESE}/"):
        english = (DOCS / english_of(here)).read_text(encoding="utf-8")
        ids = iter([anchor(heading) for _, heading in headings(parsed(english))])
    written = text.split("\n")
    for token in parsed(text):
        if token.map is None:
            continue
        number = token.map[0]
        if token.type == "fence":
            language, _, name = token.info.strip().partition(" ")
            if name:
                title = f' title="{name}"' if "/" in name else ""
                written[number] = f"{token.markup}{language}{title}"
        elif token.type == "heading_open" and (own := next(ids, "")):
            written[number] += f" {{ #{own} }}"
    return "\n".join(written)


def on_page_context(context: dict[str, Any], page: Page, config: Any, nav: Any) -> dict[str, Any]:
    """Tell the templates the language of the page, and where its other version is."""
    here = page.file.src_uri
    chinese = here.startswith(f"{CHINESE}/")
    other = english_of(here) if chinese else f"{CHINESE}/{here}"
    context["page_language"] = CHINESE if chinese else "en"
    if (DOCS / other).is_file():
        context["counterpart"] = other.removesuffix(".md") + ".html"
    return context


def on_post_build(config: Any) -> None:
    """The search is that of our reports: it finds Chinese, of which the theme's own would need every word cut before."""
    site = Path(config.site_dir)
    pages = (
        (path.relative_to(site).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    )
    index = search.read_index(pages)
    scripts = site / "assets" / "javascripts"
    (scripts / "search").mkdir()
    (scripts / "search" / "sections.json").write_text(index.written(), encoding="utf-8")
    (site / "search" / "search_index.json").write_text(search.NOTHING, encoding="utf-8")
    (worker,) = (scripts / "workers").glob("search.*.js")
    shutil.copy(ROOT / "templates" / "web" / "search.js", worker)
    shutil.rmtree(scripts / "lunr")
    for name in ("404.html", "sitemap.xml", "sitemap.xml.gz"):  # of addresses that it does not know
        (site / name).unlink()
