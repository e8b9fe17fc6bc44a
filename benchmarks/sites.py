"""How long both websites take beside plain MkDocs and Material on the same pages.

    .venv/bin/python benchmarks/sites.py             everything, this repository's report; some minutes
    .venv/bin/python benchmarks/sites.py --tiny      a small report, once, to see that it works

Ours is `build --only web`, from the start of the interpreter: reading, figures, checks, templates, the engine, search, answers, charts,
faces, headers. Plain is the theme as it comes, with its search plugin and nothing of ours, one language after the other, each as
anybody builds it. It is given the same pages in two ways: as the engine gets them from us (raw HTML in Markdown), and in
Markdown as authors write it: headings, paragraphs, lists and tables with the same words, drawings as files. Plain has the
easier task either way, as its words are worded, its sums added and its tables laid out already.

Runs take turns as in `pdf.py`, whose rows these are: the median of the rounds and, in brackets, the least and the most.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch
from xml.etree.ElementTree import Element, tostring

from pdf import REPOSITORY, Run, Stop, ours, ratio, step, take, take_turns

ENGINE = (sys.executable, "-m", "mkdocs", "build", "-q", "-f")
QUIET = {"NO_MKDOCS_2_WARNING": "1"}
EXTENSIONS = ("attr_list", "md_in_html", "tables")


# ---- what our build hands the engine


def record(root: Path, folder: Path) -> None:
    """Keep the orders to the engine, a folder a language: pages as plain gets them, the same with finished HTML set aside as the
    engine gets them, overrides, configuration."""
    from esgreport import pipeline, site_engine

    class Engines(site_engine.Engines):
        def start(self, tree: site_engine.SiteTree) -> None:
            own = folder / tree.language
            for docs in ("plain", "docs"):
                shutil.copytree(tree.source, own / docs)
            site_engine.set_aside(own / "docs")
            shutil.copytree(tree.config["theme"]["custom_dir"], own / "overrides")
            theme = {**tree.config["theme"], "custom_dir": str(own / "overrides")}
            _configure(own, {**tree.config, "theme": theme})

        def finish(self) -> tuple[()]:
            raise Stop

    with tempfile.TemporaryDirectory() as out, patch.object(site_engine, "Engines", Engines):
        try:
            build = pipeline.build(root, Path(out) / "site", only=["web"])
        except Stop:
            return
    raise SystemExit(f"the report cannot be built: {[finding.message for finding in build.findings[:3]]}")


def _configure(folder: Path, settings: Mapping[str, object]) -> None:
    own = {"docs_dir": str(folder / "docs"), "site_dir": str(folder / "site")}
    (folder / "mkdocs.yml").write_text(json.dumps({**settings, **own}, ensure_ascii=False), encoding="utf-8")


# ---- the same pages for plain MkDocs


def write_plain(kept: Path, site: Path, folder: Path, *, markdown: bool) -> None:
    """Projects of plain MkDocs, a folder a language, with the pages that were kept, or those of a site as Markdown."""
    for given in sorted(kept.iterdir()):
        settings = json.loads((given / "mkdocs.yml").read_text(encoding="utf-8"))
        own = folder / given.name
        docs = own / "docs"
        docs.mkdir(parents=True)
        for page in sorted((given / "plain").glob("*.md")):
            if markdown:
                html = (site / given.name / f"{page.stem}.html").read_text(encoding="utf-8")
                text = "\n\n".join(_Author(docs, page.stem).page(html)) + "\n"
                (docs / page.name).write_text(text, encoding="utf-8")
            else:
                shutil.copyfile(page, docs / page.name)
        for path in (site / given.name / "assets").rglob("*"):
            if path.suffix in (".jpg", ".jpeg", ".png", ".svg"):
                target = docs / path.relative_to(site / given.name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        _configure(
            own,
            {
                "site_name": settings["site_name"],
                "nav": settings["nav"],
                "theme": {"name": "material", "language": settings["theme"]["language"], "font": False},
                "markdown_extensions": list(EXTENSIONS),
                "plugins": ["search"],
            },
        )


BLOCKS = {
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
}
BLOCKS |= {
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "ul",
}
LEFT_OUT = {"button", "dialog", "input", "label", "nav", "script", "select", "style", "template"}


class _Author:
    """Writes a finished page as an author would in Markdown; drawings become files in `docs`."""

    def __init__(self, docs: Path, page: str) -> None:
        self.docs, self.page_id, self.drawn = docs, page, 0

    def page(self, html: str) -> Iterator[str]:
        """The blocks of a page's <main>."""
        import tinyhtml5

        (main,) = tinyhtml5.parse(html, namespace_html_elements=False).iter("main")
        yield from self.blocks(main)

    def blocks(self, element: Element) -> Iterator[str]:
        """An element's blocks; what stands between them is a paragraph."""
        loose = _text(element.text)
        for child in element:
            if child.tag in BLOCKS:
                yield from [loose.strip()] if loose.strip() else []
                yield from self.block(child)
                loose = _text(child.tail)
            else:
                loose += self.inline(child)
        yield from [loose.strip()] if loose.strip() else []

    def block(self, element: Element) -> Iterator[str]:
        tag = str(element.tag)
        if re.fullmatch("h[1-6]", tag):
            anchor = f" {{ #{element.get('id')} }}" if element.get("id") else ""
            yield f"{'#' * int(tag[1])} {self.inside(element)}{anchor}"
        elif tag == "table":
            yield from self.table(element)
        elif tag in ("ul", "ol"):
            mark = "- " if tag == "ul" else "1. "
            items = ["\n\n".join(self.blocks(item)) for item in element]
            yield "\n".join(mark + item.replace("\n", "\n    ") for item in items if item)
        elif tag == "blockquote":
            yield "\n".join(f"> {line}" for line in "\n\n".join(self.blocks(element)).splitlines())
        else:
            yield from self.blocks(element)

    def table(self, table: Element) -> Iterator[str]:
        """A table; what spans columns is followed by empty cells."""
        rows = []
        for row in table.iter("tr"):
            cells = [
                text
                for cell in row
                for text in (self.inside(cell), *[""] * (int(cell.get("colspan", 1)) - 1))
            ]
            rows.append([cell.replace("|", r"\|") for cell in cells])
        yield from (self.inside(caption) for caption in table.iter("caption"))
        width = max(map(len, rows), default=0)
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        yield "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]])

    def inside(self, element: Element) -> str:
        """The words of an element in one line."""
        return (_text(element.text) + "".join(map(self.inline, element))).strip()

    def inline(self, element: Element) -> str:
        tag, tail = str(element.tag).rpartition("}")[2], _text(element.tail)
        if tag in LEFT_OUT:
            return tail
        if tag == "svg":
            return self.drawing(element) + tail
        words = _text(element.text) + "".join(map(self.inline, element))
        if tag == "img":
            words = f"![{_text(element.get('alt'))}]({element.get('src')})"
        elif tag == "a" and "figure" not in element.get("class", "").split() and words.strip():
            address = str(element.get("href", "")).replace(".html", ".md")
            words = f"[{words.strip()}]({address})"
        elif tag in ("strong", "em") and words.strip():
            words = f"**{words.strip()}**" if tag == "strong" else f"*{words.strip()}*"
        elif tag in ("sub", "sup"):
            words = f"<{tag}>{words}</{tag}>"
        elif tag in BLOCKS:
            words = f" {words} "
        return words + tail

    def drawing(self, element: Element) -> str:
        """A drawing as a file; one for the eye alone, small, is left out."""
        if element.get("aria-hidden") == "true":
            return ""
        self.drawn += 1
        name = f"assets/{self.page_id}-{self.drawn}.svg"
        (self.docs / "assets").mkdir(exist_ok=True)
        (self.docs / name).write_text(tostring(element, encoding="unicode"), encoding="utf-8")
        return f"![]({name})"


def _text(text: str | None) -> str:
    return re.sub(r"([\\`*_\[\]<#])", r"\\\1", re.sub(r"\s+", " ", text or ""))


# ---- the sides


def in_turn(folder: Path) -> Run:
    """MkDocs on every language's project, one after the other."""
    builds = [shlex.join([*ENGINE, str(each / "mkdocs.yml")]) for each in sorted(folder.iterdir())]
    return Run([["sh", "-c", " && ".join(builds)]], folder, QUIET)


def at_once(folder: Path) -> Run:
    """MkDocs on every language's project at the same time, as our build starts it."""
    return Run([[*ENGINE, each / "mkdocs.yml"] for each in sorted(folder.iterdir())], folder, QUIET)


def words(folder: Path) -> int:
    """How many characters of text the pages of a site hold, without lists of pages and drawings: what they have to say."""
    import tinyhtml5

    count = 0
    for page in folder.rglob("*.html"):
        tree = tinyhtml5.parse(page.read_text(encoding="utf-8"), namespace_html_elements=False)
        for main in tree.iter("main") if page.name != "404.html" else ():
            for element in list(main.iter()):
                if str(element.tag).rpartition("}")[2] in ("nav", "svg", *LEFT_OUT):
                    element[:], element.text = [], ""
            count += len("".join("".join(main.itertext()).split()))
    return count


def compare(root: Path, rounds: int, scratch: Path, *, tiny: bool) -> None:
    """Run all sides and print how they compare."""
    take(step("record", root, scratch / "kept", file=__file__))
    mine = ours(root, scratch / "site", "--only", "web")
    take(mine)
    plains = {"plain, our HTML": False, "plain, Markdown": True}
    for name, markdown in plains.items():
        write_plain(scratch / "kept", scratch / "site", scratch / name, markdown=markdown)
    check = Run([[sys.executable, "-m", "esgreport", "check", "--project", root]], REPOSITORY, {})
    runs = {"ours": mine, "check": check, "engine": at_once(scratch / "kept")}
    runs |= {name: in_turn(scratch / name) for name in plains}
    taken = take_turns(runs, rounds, warm_ups=0 if tiny else 1)
    print("characters of text on the pages")
    for language in sorted(path.name for path in (scratch / "kept").iterdir()):
        counted: Sequence[str] = [f"ours {words(scratch / 'site' / language):,}"]
        counted = [*counted, *(f"{name} {words(scratch / name / language / 'site'):,}" for name in plains)]
        print(f"  {language:8} {', '.join(counted)}")
    print(f"\n{'ratio':58} {'wall':20} processors   (n = {rounds})")
    for name in plains:
        ratio(f"both websites, all of it ÷ {name}", taken["ours"], taken[name])
        ratio(
            f"the same, without start, reading and checks ÷ {name}",
            taken["ours"],
            taken[name],
            taken["check"],
        )
        ratio(f"the engine alone on our pages ÷ {name}", taken["engine"], taken[name])
    ratio("check ÷ both websites", taken["check"], taken["ours"])


def main() -> None:
    """Read the arguments, run what they ask for."""
    parser = argparse.ArgumentParser(
        description="The time of both websites beside plain MkDocs and Material."
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--project", type=Path, default=REPOSITORY, help="the report (default: this one)")
    parser.add_argument("--tiny", action="store_true", help="a small report, once, to see that it runs")
    parser.add_argument("--keep", type=Path, help="leave what the sides write in this folder")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        _, root, folder = asked.step
        record(Path(root), Path(folder))
        return
    with tempfile.TemporaryDirectory() as folder:
        scratch = asked.keep.resolve() if asked.keep else Path(folder)
        scratch.mkdir(parents=True, exist_ok=True)
        root = asked.project.resolve()
        if asked.tiny:
            from figures import TINY, make_project

            root = scratch / "report"
            make_project(root, TINY)
        compare(root, 1 if asked.tiny else asked.rounds, scratch, tiny=asked.tiny)


if __name__ == "__main__":
    main()
