"""How long both books take beside what others take for the same: WeasyPrint alone, and MkDocs with its plugins.

    .venv/bin/python benchmarks/pdf.py               everything, this repository's report; half an hour
    .venv/bin/python benchmarks/pdf.py --parts engine     beside WeasyPrint alone; the profile is a part too: profile
    .venv/bin/python benchmarks/pdf.py --parts printer    the printer's edition beside the PDFs for readers; at most 1.3
    .venv/bin/python benchmarks/pdf.py --parts peer       beside MkDocs, Material, static-i18n and with-pdf
    .venv/bin/python benchmarks/pdf.py --tiny        a small report, once, without the peer's run, to see that it works

All sides get the same chapters, pictures and faces. Against WeasyPrint alone it is the same document: what we hand the
engine is kept, HTML and style sheets, and given to its own command, one process a language. The peer gets the
chapters of that document as Markdown (headings) and HTML (all else), our drawings in them, but nothing that only we have:
no openers, no folios in the index, no elements for Chinese setting. Its configuration is in benchmarks/peer; its packages
are installed below .cache/peer, from the registry, the first time.

Runs take turns in rotating order after one that does not count. What is compared is compared within a round; printed are the
median of the rounds and, in brackets, the least and the most. Other work on the machine moves seconds more than ratios.
"""

from __future__ import annotations

import argparse
import copy
import gc
import importlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree.ElementTree import Element, tostring

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
PEER = HERE / "peer"
PEER_VENV = REPOSITORY / ".cache" / "peer"
PARTS = ("engine", "printer", "peer", "profile")
# The peer's line under each entry of its contents, dotted as shipped: a known trap for the engine.
SOLID = "article#doc-toc li > a { border-bottom-style: solid; }\n"
ALIKE = 0.10  # how far the peer's count of pages may be from ours


# ---- runs that take turns


@dataclass(frozen=True)
class Run:
    """Commands that start together and are one run; it ends with the last of them."""

    commands: Sequence[Sequence[str | Path]]
    folder: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """What a run took: seconds on the wall, seconds of all processors."""

    wall: float
    processors: float


def take(run: Run) -> Taken:
    """Run it; whatever fails ends the benchmark with its last words."""
    with tempfile.TemporaryFile() as said:
        before, start = os.times(), time.monotonic()
        started = [
            subprocess.Popen(
                [str(word) for word in command],
                cwd=run.folder,
                env={**os.environ, **run.environment},
                stdout=said,
                stderr=said,
            )
            for command in run.commands
        ]
        codes = [process.wait() for process in started]
        wall, after = time.monotonic() - start, os.times()
        if any(codes):
            said.seek(0)
            raise SystemExit(f"{run.commands[0]} failed:\n{said.read().decode(errors='replace')[-3000:]}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(wall, used)


def take_turns(runs: Mapping[str, Run], rounds: int, warm_ups: int) -> dict[str, list[Taken]]:
    """Every run once a round, after rounds that do not count; who begins moves on from round to round."""
    taken: dict[str, list[Taken]] = {name: [] for name in runs}
    names = list(runs)
    for number in range(1 - warm_ups, rounds + 1):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            found = take(runs[name])
            print(f"  round {number}: {name:24} {found.wall:6.1f} s", file=sys.stderr)
            if number > 0:
                taken[name].append(found)
    return taken


def ratio(label: str, ours: Sequence[Taken], theirs: Sequence[Taken], less: Sequence[Taken] = ()) -> None:
    """Print how often theirs goes into ours, from which `less` is taken away first."""

    def spread(each: Callable[[Taken], float]) -> str:
        took = [each(a) - (each(less[n]) if less else 0) for n, a in enumerate(ours)]
        found = [a / each(b) for a, b in zip(took, theirs, strict=True)]
        return f"{statistics.median(found):5.2f} ({min(found):.2f}–{max(found):.2f})"

    print(f"{label:58} {spread(lambda each: each.wall):20} {spread(lambda each: each.processors)}")


# ---- what our build hands the engine


class Stop(Exception):
    """The build has come as far as was asked for."""


@dataclass(frozen=True)
class Document:
    """A book as the engine gets it, in a folder with its pictures."""

    language: str
    html: Path
    styles: Sequence[Path]
    faces: str  # fontconfig's file


def handed(root: Path, reached: Callable[[Sequence[Any]], Any]) -> None:
    """Build the PDFs up to where they would be laid out, and give the calls that would do it to `reached`."""
    from esgreport import pipeline
    from esgreport.cli import COLLECTOR

    gc.set_threshold(*COLLECTOR)

    def stop(calls: Sequence[Any], *_: object) -> None:
        reached(calls)
        raise Stop

    with tempfile.TemporaryDirectory() as out, patch.object(pipeline, "worked_out", stop):
        try:
            build = pipeline.build(root, Path(out) / "site", only=["pdf"])
        except Stop:
            return
    raise SystemExit(f"the report cannot be built: {[finding.message for finding in build.findings[:3]]}")


def record(root: Path, folder: Path) -> None:
    """Keep the documents of a report, one folder a language, as they are handed to the engine."""
    handed(root, lambda calls: [_record(call, folder / call.keywords["language"]) for call in calls])


def _record(call: Any, folder: Path) -> None:
    import weasyprint
    from weasyprint.text import fonts

    class Sheet:
        def __init__(self, string: str, **_: object) -> None:
            self.string = string

    class Book(Sheet):
        def render(self, stylesheets: Sequence[Sheet], **_: object) -> None:
            folder.mkdir(parents=True)
            if call.keywords["folder"].is_dir():
                shutil.copytree(call.keywords["folder"], folder, dirs_exist_ok=True)
            (folder / "book.html").write_text(self.string, encoding="utf-8")
            for number, sheet in enumerate(stylesheets):
                (folder / f"{number}.css").write_text(sheet.string, encoding="utf-8")
            (folder / "faces.txt").write_text(faces, encoding="utf-8")
            raise Stop

    faces = ""

    def configured() -> None:
        nonlocal faces
        faces = os.environ["FONTCONFIG_FILE"]

    with (
        patch.object(weasyprint, "HTML", Book),
        patch.object(weasyprint, "CSS", Sheet),
        patch.object(fonts, "FontConfiguration", configured),
        ExitStack() as ended,
    ):
        ended.push(lambda kind, *_: kind is Stop)
        call()


def documents(folder: Path) -> list[Document]:
    """What `record` kept."""
    return [
        Document(
            each.name,
            each / "book.html",
            sorted(each.glob("*.css"), key=lambda path: int(path.stem)),
            (each / "faces.txt").read_text(encoding="utf-8"),
        )
        for each in sorted(folder.iterdir())
    ]


# ---- the sides


def ours(root: Path, out: Path, *more: str) -> Run:
    """Our own command, as anybody types it."""
    command = [sys.executable, "-m", "esgreport", "build", "--project", root, "--out", out, *more]
    return Run([command], REPOSITORY, {})


def step(name: str, *arguments: str | Path, file: str = __file__) -> Run:
    """A step of a file, this one or another, in a process of its own."""
    return Run([[sys.executable, file, "--step", name, *arguments]], REPOSITORY, {})


def engine(kept: Sequence[Document], out: Path, *, collector: bool = True) -> Run:
    """WeasyPrint's own command on our documents, one process a language. We run it without the garbage collector."""
    out.mkdir(exist_ok=True)
    start = "import runpy; runpy.run_module('weasyprint', run_name='__main__')"
    if not collector:
        start = f"import gc; gc.disable(); {start}"
    commands = []
    for document in kept:
        styles = [word for path in document.styles for word in ("-s", path)]
        pdf = out / f"{document.language}.pdf"
        commands.append(
            [sys.executable, "-c", start, "--pdf-variant", "pdf/ua-1", *styles, document.html, pdf]
        )
    return Run(commands, out, {"FONTCONFIG_FILE": kept[0].faces})


def peer(project: Path, faces: str) -> Run:
    """The peer's own command: both websites and both PDFs."""
    return Run([[PEER_VENV / "bin" / "mkdocs", "build", "-q"]], project, {"FONTCONFIG_FILE": faces})


def set_up_peer() -> None:
    """Install the peer's packages where they meet nobody else's."""
    wanted = PEER / "requirements.txt"
    stamp = PEER_VENV / wanted.name
    if stamp.is_file() and stamp.read_bytes() == wanted.read_bytes():
        return
    venv.create(PEER_VENV, with_pip=True, clear=True)
    subprocess.run([PEER_VENV / "bin" / "pip", "install", "-q", "-r", wanted], check=True)
    shutil.copyfile(wanted, stamp)


# ---- our chapters as the peer reads them


def write_peer(kept: Sequence[Document], project: Path, extra_style: str = "") -> None:
    """A project of the peer with the chapters of our documents."""
    shutil.copytree(PEER, project)
    with (project / "templates" / "styles.scss").open("a", encoding="utf-8") as style:
        style.write(extra_style)
    for document in kept:
        folder = project / "docs" / document.language.rpartition("-")[0]  # zh-Hant-HK is zh-Hant there
        folder.mkdir(parents=True)
        if (pictures := document.html.parent / "content").is_dir():
            shutil.copytree(pictures, folder / "content")
        for number, (name, text) in enumerate(chapters(document.html.read_text(encoding="utf-8"))):
            name = f"{name}.md" if number else "index.md"
            (folder / f"{number:02}-{name}" if number else folder / name).write_text(text, encoding="utf-8")


def chapters(document: str) -> Iterator[tuple[str, str]]:
    """The id of every chapter of our book, and its text: headings as Markdown, all else as plain HTML."""
    import tinyhtml5

    tree = tinyhtml5.parse(document, namespace_html_elements=False)
    for chapter in tree.iter("section"):
        if "chapter" not in _classes(chapter):
            continue
        (title,) = (heading for heading in chapter.iter("h1"))
        blocks = [f"# {_text(title)}"]
        opener = chapter.find("div[@class='opener']")
        if opener is not None:
            blocks += [_plain(lead) for lead in opener if "lead" in _classes(lead)]
        for block in chapter.iterfind("div[@class='body']/*"):
            heading = next((each for each in block if each.tag in ("h2", "h3", "h4")), None)
            if heading is not None and "heading" in _classes(block):
                anchor = heading.get("id", "").rpartition("/")[2]
                blocks.append(f"{'#' * int(heading.tag[1])} {_text(heading)} {{: #{anchor} }}")
                blocks += [_plain(codes) for codes in block if codes is not heading]
            elif block.tag != "h1" and "end" not in _classes(block):
                blocks.append(_plain(block))
        yield chapter.get("id", ""), "\n\n".join(blocks) + "\n"


# Chinese setting is ours; sections and articles the peer puts on pages of their own.
OTHER_TAGS = {"set-gap": "span", "set-half": "span", "section": "div", "article": "div"}

KEPT = (
    "href",
    "src",
    "alt",
    "lang",
    "colspan",
    "rowspan",
    "scope",
)  # of attributes, beside those of drawings


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _plain(element: Element) -> str:
    """An element without what only our style sheets and our engine's door make use of."""
    element = copy.deepcopy(element)
    element.tail = None
    for each in element.iter():
        each.tag = str(each.tag).rpartition("}")[2]
        each.tag = OTHER_TAGS.get(each.tag, each.tag)
    drawn = {part for drawing in element.iter("svg") for part in drawing.iter()}
    for each in element.iter():
        wanted = each.attrib if each in drawn else KEPT
        each.attrib = {
            name: value for name, value in each.attrib.items() if name in wanted and name[0] != "{"
        }
    html = tostring(element, encoding="unicode", method="html")
    html = re.sub(r' href="#[^"]*"', "", html)
    html, found = re.sub(r"<a>(.*?)</a>", r"\1", html), 1
    while found:  # the innermost first
        html, found = re.subn(r"<span>((?:(?!</?span>).)*)</span>", r"\1", html, flags=re.DOTALL)
    return re.sub(r"\n\s*\n", "\n", html)


# ---- where the time goes

# What is timed, in the order of a build: the name of a row, the module, the function. What a function calls of the
# others is not counted with it.
SPANS = (
    ("reading", "esgreport.pipeline", "load"),
    ("frameworks and index", "esgreport.pipeline", "load_frameworks"),
    ("frameworks and index", "esgreport.pipeline", "with_mapped_answers"),
    ("frameworks and index", "esgreport.pipeline", "index_rows"),
    ("checks, with the figures they ask for", "esgreport.checks", "check"),
    ("wording", "esgreport.writer", "_Writer.whole"),
    ("templates and Chinese setting", "esgreport.render", "Templates.book"),
    ("pictures", "esgreport.pictures", "prepared"),
    ("pictures", "esgreport.pictures", "fault"),
)
LAYOUT_SPANS = (
    ("faces gathered", "weasyprint.text.fonts", "FontConfiguration"),
    ("HTML and style sheets read, styles worked out", "weasyprint", "HTML.__init__"),
    ("HTML and style sheets read, styles worked out", "weasyprint", "CSS.__init__"),
    ("HTML and style sheets read, styles worked out", "weasyprint.document", "get_all_computed_styles"),
    ("boxes", "weasyprint.document", "build_formatting_structure"),
    ("layout", "weasyprint.document", "layout_document"),
    ("tagging", "esgreport.pdf", "_parts"),
    ("tagging", "esgreport.pdf", "_artefacts"),
    ("tagging", "esgreport.structure", "structure"),
    ("tagging", "esgreport.pdf", "_write_structure"),
    ("painting", "weasyprint.document", "generate_pdf"),
    ("faces cut", "weasyprint.pdf", "build_fonts_dictionary"),
    ("writing", "pydyf", "PDF.write"),
)
START, IMPORT, REST = "start and imports", "import of WeasyPrint", "all else"


class Clock:
    """Sums up how long the rows of a profile take, each without those it calls."""

    def __init__(self, began: float) -> None:
        self.began = self.last = began
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self.open = [START]

    def turn(self) -> None:
        """Book the time since the last turn on the innermost row."""
        now = time.monotonic()
        self.seconds[self.open[-1]] = self.seconds.get(self.open[-1], 0) + now - self.last
        self.last = now

    @contextmanager
    def row(self, name: str) -> Iterator[None]:
        """Book what is done inside on this row."""
        self.turn()
        self.open.append(name)
        self.calls[name] = self.calls.get(name, 0) + 1
        try:
            yield
        finally:
            self.turn()
            self.open.pop()

    def timed(self, ended: ExitStack, spans: Sequence[tuple[str, str, str]]) -> None:
        """Have functions book their time."""
        for name, module, path in spans:
            *owners, last = path.split(".")
            owner: Any = importlib.import_module(module)
            for each in owners:
                owner = getattr(owner, each)
            ended.enter_context(patch.object(owner, last, self.booked(name, getattr(owner, last))))

    def booked(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time booked; a generator is run to its end."""

        def booking(*arguments: Any, **named: Any) -> Any:
            with self.row(name):
                found = function(*arguments, **named)
                return list(found) if isinstance(found, Iterator) else found

        return booking


def profile(root: Path, began: float) -> None:
    """Build the PDFs in one process, a language after the other, and print what took how long, as JSON."""
    from esgreport import pipeline
    from esgreport.cli import COLLECTOR

    gc.set_threshold(*COLLECTOR)
    clock = Clock(began)
    clock.turn()
    clock.open = [REST]

    def laid_out(calls: Sequence[Any], *_: object) -> list[Any]:
        gc.disable()  # as a worker does
        with clock.row(IMPORT):
            for module in {module for _, module, _ in LAYOUT_SPANS}:
                importlib.import_module(module)
        clock.timed(ended, LAYOUT_SPANS)
        return [call() for call in calls]

    with ExitStack() as ended:
        clock.timed(ended, SPANS)
        ended.enter_context(patch.object(pipeline, "worked_out", laid_out))
        out = ended.enter_context(tempfile.TemporaryDirectory())
        built = pipeline.build(root, Path(out) / "site", only=["pdf"])
    clock.turn()
    assert built.written, built.findings[:3]
    rows = dict.fromkeys(
        [START, *(name for name, *_ in SPANS), IMPORT, *(name for name, *_ in LAYOUT_SPANS), REST]
    )
    layouts = clock.calls["layout"] / len(built.pages)
    print(json.dumps({"layouts": layouts, "seconds": {row: clock.seconds.get(row, 0.0) for row in rows}}))


def print_profile(root: Path, rounds: int) -> None:
    """Run the profile in processes of its own and print the median of each row."""
    found = []
    for _ in range(rounds):
        command = [sys.executable, __file__, "--step", "profile", str(root), str(time.monotonic())]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"profile failed:\n{done.stderr}")
        found.append(json.loads(done.stdout.splitlines()[-1]))
    shares = {
        row: [each["seconds"][row] / sum(each["seconds"].values()) * 100 for each in found]
        for row in found[0]["seconds"]
    }
    print(f"\nwhere the time goes, one process, {found[0]['layouts']:g} layout a language")
    for row, each in shares.items():
        print(f"  {row:48} {statistics.median(each):5.1f} % ({min(each):.1f}–{max(each):.1f})")


# ---- the whole


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(path).pages)


def compare(root: Path, parts: Sequence[str], rounds: int, scratch: Path, *, tiny: bool = False) -> None:
    """Run what was asked for and print it; tiny, nothing is warmed up and the peer's project only written."""
    take(step("record", root, scratch / "documents"))
    kept = documents(scratch / "documents")
    runs = {"ours, PDFs": ours(root, scratch / "site", "--only", "pdf")}
    if "engine" in parts:
        runs["ours, before layout"] = step("before", root)
        runs["plain"] = engine(kept, scratch / "plain")
        runs["plain, no collector"] = engine(kept, scratch / "plain", collector=False)
    if "printer" in parts:
        runs["ours, printer's"] = ours(root, scratch / "printer", "--only", "print")
    if "peer" in parts:
        for name, style in {"peer": "", "peer, solid": SOLID}.items():
            write_peer(kept, scratch / name, style)
            if not tiny:
                set_up_peer()
                runs[name] = peer(scratch / name, kept[0].faces)
        if not tiny:
            runs["ours, all"] = ours(root, scratch / "all")
    if len(runs) > 1:
        taken = take_turns(runs, rounds, warm_ups=0 if tiny else 1)
        print_pages(scratch)
        print(f"\n{'ratio':58} {'wall':20} processors   (n = {rounds})")
        mine = taken["ours, PDFs"]
        if "engine" in parts:
            before = taken["ours, before layout"]
            ratio("before layout ÷ ours, PDFs", before, mine)
            ratio("ours, PDFs ÷ plain", mine, taken["plain"])
            ratio("(ours, PDFs − before layout) ÷ plain", mine, taken["plain"], before)
            ratio(
                "(ours, PDFs − before layout) ÷ plain, no collector",
                mine,
                taken["plain, no collector"],
                before,
            )
        if "printer" in parts:
            ratio("printer's edition ÷ ours, PDFs", taken["ours, printer's"], mine)
        for name in ("peer", "peer, solid"):
            if name in runs:
                ratio(f"ours, all (websites, PDFs, data) ÷ {name}", taken["ours, all"], taken[name])
                ratio(f"ours, PDFs ÷ {name}", mine, taken[name])
    if "profile" in parts:
        print_profile(root, rounds)


def print_pages(scratch: Path) -> None:
    """Print how many pages each side's books have, and whether the peer's are alike enough to be compared."""
    ours = json.loads((scratch / "site" / "build.json").read_text(encoding="utf-8"))["pages"]
    print("pages")
    print(f"  {'ours':12} {dict(sorted(ours.items()))}")
    plain = {path.stem: pages(path) for path in sorted((scratch / "plain").glob("*.pdf"))}
    if plain:
        print(f"  {'plain':12} {plain}")
    for name in ("peer", "peer, solid"):
        site = scratch / name / "site"
        found = {"en": site / "en" / "pdf" / "document.pdf", "zh-Hant": site / "pdf" / "document.pdf"}
        counts = {language: pages(path) for language, path in found.items() if path.is_file()}
        if counts:
            alike = all(abs(counts.get(each, 0) / ours[each] - 1) <= ALIKE for each in ours)
            print(f"  {name:12} {counts}{'' if alike else '  NOT within 10 %: tune benchmarks/peer'}")


def main() -> None:
    """Read the arguments, run what they ask for."""
    parser = argparse.ArgumentParser(description="The time of both books beside what others take.")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--project", type=Path, default=REPOSITORY, help="the report (default: this one)")
    parser.add_argument("--tiny", action="store_true", help="a small report, once, to see that it runs")
    parser.add_argument("--keep", type=Path, help="leave what the sides write in this folder")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        name, root, *more = asked.step
        if name == "before":
            handed(Path(root), lambda calls: None)
        elif name == "record":
            record(Path(root), Path(more[0]))
        else:
            profile(Path(root), float(more[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        scratch = asked.keep.resolve() if asked.keep else Path(folder)
        scratch.mkdir(parents=True, exist_ok=True)
        root = asked.project.resolve()
        if asked.tiny:
            from figures import TINY, make_project

            root = scratch / "report"
            make_project(root, TINY)
        rounds = 1 if asked.tiny else asked.rounds
        compare(root, asked.parts, rounds, scratch, tiny=asked.tiny)


if __name__ == "__main__":
    main()
