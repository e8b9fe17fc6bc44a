"""The command line: arguments in, text and exit codes out. The only part that prints and exits.

0  done
1  something was found wrong, or nothing was written
2  cannot run, or a name is unknown
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO

from esgreport import (
    __version__,
    changes,
    differences_writer,
    doctor,
    editors,
    export,
    fetching,
    findings_writer,
    interface,
    manual,
    migrations,
    proof_writer,
    section_ids,
    starter,
    trail,
    worklist,
)
from esgreport.checklist import State
from esgreport.codes import CODES
from esgreport.diagnostics import Diagnostic, Severity, plural
from esgreport.differences import compared
from esgreport.faces import LIST as FACES_LIST
from esgreport.faces import faces_folder
from esgreport.findings_writer import TO_COME
from esgreport.finished import Finished
from esgreport.framework import LEVELS, Framework, worded_in
from esgreport.handing_over import CannotHandOver, check_build, check_folder, hand_over
from esgreport.interface import INTERFACES, alone, labelled, padded, read_in, said, spoken, wrapped
from esgreport.languages import LANGUAGES, joined
from esgreport.load import load
from esgreport.load.book import MOST_FOLIO
from esgreport.model import EDITIONS, FURTHER_EDITIONS, SCHEMA, Report
from esgreport.pipeline import (
    Build,
    CannotBuild,
    Examined,
    build,
    call_figures,
    examine,
    export_data,
    listed_figures,
    make_parts,
    read_books,
    remembered_folios,
    section_titles,
)
from esgreport.preview import Preview
from esgreport.preview_server import PortTaken, listening
from esgreport.proof import Result
from esgreport.render import Templates
from esgreport.revisions import NoRevision, take_out
from esgreport.schema import nearest
from esgreport.source import read_text
from esgreport.trail import Titles, Untraceable
from esgreport.views import Edition
from esgreport.writer import figure_names, report_view

DONE, FOUND, CANNOT = 0, 1, 2
# A report stays in memory to the end: looking for garbage seldom saves a fifth of the time of a check.
COLLECTOR = (20_000, 50, 100)
LOOKS_EVERY = 0.2  # seconds between looks at the sources of a preview

MOST_TO_COME = 20  # more of it would bury what is wrong, when a build tells of it


class CannotRun(Exception):
    """The command cannot do what was asked; its text says why and what to do."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Breaks lines where a terminal does: a Chinese character takes two cells, and needs no space before it."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, labelled(said("usage"), "") if prefix is None else prefix)

    def format_help(self) -> str:
        return re.sub(r"(?m)^([\u4e00-\u9fff]+):$", r"\1：", super().format_help())

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + part for line in text.splitlines() for part in wrapped(line, width))


class _Arguments(argparse.ArgumentParser):
    """Speaks the language of the interface, its help too."""

    def __init__(self, description: str, epilog: str = "", **settings: Any) -> None:
        super().__init__(
            description=said(description),
            epilog=said(epilog),
            formatter_class=_Help,
            allow_abbrev=False,
            add_help=False,
            **settings,
        )
        self._positionals.title = said("what it takes")
        self._optionals.title = said("options")
        self.add_argument("-h", "--help", action="help", help="show this and end")
        self.add_argument(
            "--ui",
            choices=INTERFACES,
            default=argparse.SUPPRESS,
            help="language of messages (default: that of this computer; English for other formats than text)",
        )

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As usual, with the help in the language of the interface."""
        return super().add_argument(*names, **(settings | {"help": said(settings.get("help", ""))}))

    def error(self, message: str) -> NoReturn:
        """One sentence and exit code 2, instead of a page of usage."""
        if wrong := re.search(r"invalid choice: '(?P<word>[^']*)' \(choose from (?P<known>.*)\)", message):
            known = re.findall(r"[\w-]+", wrong["known"])
            message = f'"{wrong["word"]}" is nothing that can be chosen; {nearest(wrong["word"], known)}'
        self.exit(CANNOT, f"esgreport: {said(f'{message}; esgreport --help lists what there is')}\n")


def _arguments() -> argparse.ArgumentParser:
    parser = _Arguments(
        prog="esgreport",
        description="One set of figures, two languages, one ESG report.",
        epilog="""first time:   esgreport fonts, then esgreport init DIR, and stand in that folder
every day:    edit data/ and content/, then esgreport check --mistakes
what is next: esgreport index --missing
to look:      esgreport serve, and open the address that it prints
at the end:   esgreport build, then esgreport hand-over DIR
stuck:        esgreport doctor; esgreport check --explain CODE; esgreport COMMAND --help""",
    )
    parser.add_argument(
        "--version", action="version", version=f"esgreport {__version__}", help="show the version and end"
    )
    commands = parser.add_subparsers(
        title=said("commands"), dest="command", required=True, metavar="COMMAND", parser_class=_Arguments
    )

    def command(name: str, help: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=said(help), description=help)
        added.add_argument(
            "--project",
            type=Path,
            default=Path("."),
            metavar="DIR",
            help="the folder of the report (default: here)",
        )
        return added

    def with_languages(command: argparse.ArgumentParser) -> None:
        command.add_argument(
            "--edition-lang", action="append", default=[], metavar="LANGUAGE",
            help="only this language; may be repeated",
        )  # fmt: skip

    def with_jobs(command: argparse.ArgumentParser) -> None:
        command.add_argument(
            "--jobs", type=int, default=min(4, os.cpu_count() or 1), metavar="N", help="processes at a time"
        )

    begun = commands.add_parser(
        "init",
        help=said(
            "Begin a report in a new folder: asks a few questions, and gives every requirement its place."
        ),
        description="Begin a report in a new folder. What no option answers is asked; with --yes, what is usual is taken.",
    )
    begun.add_argument("folder", type=Path, metavar="DIR", help="the new folder")
    for question in starter.QUESTIONS:
        begun.add_argument(f"--{question.name}", metavar=question.sample, help=question.help)
    begun.add_argument("--yes", action="store_true", help="ask nothing")

    made = command("build", "Check the report and write websites, PDFs and data files.")
    made.add_argument(
        "--only",
        metavar="EDITIONS",
        help=f"some of {', '.join((*EDITIONS, *FURTHER_EDITIONS))}, with commas between",
    )
    with_languages(made)
    made.add_argument("--out", type=Path, metavar="DIR", help="write here instead of site/")
    with_jobs(made)

    parted = command(
        "part", "Write one chapter, or the whole without covers, as a PDF to go into another volume."
    )
    parted.add_argument(
        "page", nargs="?", default="", metavar="CHAPTER",
        help="the name of its file in content/LANGUAGE, as in: part climate",
    )  # fmt: skip
    parted.add_argument("--without-covers", action="store_true", help="the whole report, without its covers")
    parted.add_argument(
        "--first-folio", type=int, metavar="N",
        help="the number of the first page (default: of a chapter, the one that it has in the last build)",
    )  # fmt: skip
    with_languages(parted)
    parted.add_argument("--out", type=Path, metavar="DIR", help="write here instead of parts/")

    exported = command(
        "export", "Write figures and content indexes as workbooks, CSV and JSON, and say what they are."
    )
    exported.add_argument(
        "folder", type=Path, metavar="DIR", help="a new folder, or that of an earlier export"
    )
    exported.add_argument(
        "--licence", default="", metavar="NAME",
        help="under which the data may be used, such as CC-BY-4.0 (default: none is named)",
    )  # fmt: skip

    served = command("serve", "Show the report in a browser as it is being written.")
    served.add_argument("--port", type=int, default=8000, metavar="N", help="listen there (default: 8000)")

    checked = command("check", "Say what is wrong, and exactly where; write nothing.")
    checked.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="sarif: for editors; github: beside the lines of a change",
    )
    for option, help in (
        ("--select", "only findings of these codes, with commas between; may be repeated"),
        ("--ignore", "no findings of these codes; they still stop a final build"),
    ):
        checked.add_argument(option, action="append", default=[], metavar="CODES", help=help)
    checked.add_argument(
        "--mistakes", action="store_true", help="only mistakes, not what is still to be filled in or answered"
    )
    checked.add_argument("--explain", metavar="CODE", help="say what a code means, and check nothing")

    indexed = command("index", "Show the content index, or what is missing in it.")
    indexed.add_argument("--framework", metavar="ID", help="only this framework")
    indexed.add_argument(
        "--missing", action="store_true", help="only what is missing or partly answered, with what lacks"
    )
    indexed.add_argument(
        "--format", choices=("text", "json", "csv", "xlsx"), default="text", help="csv, xlsx: as a table"
    )
    indexed.add_argument("--out", type=Path, metavar="FILE", help="write here (a workbook needs it)")

    traced = command("trace", "Show where a figure comes from and where it is printed.")
    traced.add_argument(
        "figure", nargs="+", help='"electricity@2025[plant=chengxi]", or electricity 2025 plant=chengxi'
    )
    traced.add_argument("--all", action="store_true", help="all inputs, however many there are")
    traced.add_argument("--format", choices=("text", "json"), default="text", help="json: for programs")

    differed = command("diff", "Show what changed between two builds, or revisions of git: OLD, then NEW.")
    differed.add_argument("old", metavar="OLD", help="the folder of a build, or a revision")
    differed.add_argument("new", metavar="NEW", help="the same")
    differed.add_argument("--html", type=Path, metavar="FILE", help="write it as a page that can be signed")

    proofed = command(
        "proof", "Call figures: read every number of a finished build back and compare it with the data."
    )
    proofed.add_argument(
        "build",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="the folder of the build (default: site/ of the report)",
    )
    proofed.add_argument(
        "--out", type=Path, metavar="DIR", help="write the report to sign here instead of proof/"
    )
    with_jobs(proofed)

    def writer(name: str, help: str) -> None:
        command(name, help).add_argument(
            "--yes", action="store_true", help="write what is shown without asking"
        )

    writer("ids", "Give sections and blocks the ids that they lack, the same in every language.")
    writer("migrate", "Bring a report that was made with an earlier esgreport to this one.")
    writer("undo", "Take back what ids or migrate wrote last; again, what was written before that.")

    handed = command(
        "hand-over",
        "Lay out what goes to the exchange, the printer, the web server and the assurer, with a checklist to sign.",
    )
    handed.add_argument(
        "folder", type=Path, metavar="DIR", help="a new folder, or that of an earlier hand-over"
    )
    handed.add_argument(
        "--build", type=Path, metavar="DIR", help="the folder of the build (default: site/ of the report)"
    )
    handed.add_argument(
        "--today",
        type=_day,
        metavar="DAY",
        help="the day from which the deadline is counted, such as 2026-04-01 (default: today)",
    )
    with_jobs(handed)

    schema = commands.add_parser(
        "schema",
        help=said("Write what editors need to explain the data files while you type (JSON Schema)."),
        description="Write what editors need to explain the data files while you type, as JSON Schemas.",
    )
    schema.add_argument(
        "folder", type=Path, metavar="DIR", help="where to write them, such as .vscode/schemas"
    )

    command("fonts", "Fetch the typefaces, once for all reports of this user; needs the internet.")
    command("doctor", "Say whether this computer has what is needed, and what to do where it has not.")
    return parser


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{written}" is not a day; write it as in 2026-04-01') from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(*COLLECTOR)
    arguments = sys.argv[1:] if arguments is None else arguments
    interface.speak(_asked_language(arguments) or interface.language_of(os.environ))
    try:
        asked = _arguments().parse_args(arguments)
    except SystemExit as ended:
        return int(ended.code or 0) if not isinstance(ended.code, str) else CANNOT
    if getattr(asked, "format", "text") != "text" and "ui" not in asked:
        interface.speak("en")  # for programs, which should not read otherwise on another machine
    try:
        if getattr(asked, "explain", None):
            return _explain(asked.explain)
        if asked.command == "init":
            return _init(asked)
        if asked.command == "schema":
            return _schema(asked.folder)
        if not asked.project.is_dir():
            raise CannotRun(
                f"there is no folder {asked.project}; name the folder of the report with --project"
            )
        if asked.command not in ("fonts", "doctor") and not (asked.project / "data" / "report.yml").is_file():
            if asked.project == Path("."):
                raise CannotRun(f"this folder holds no report (data/report.yml is not there): {_GO_THERE}")
            raise CannotRun(
                f"the folder {asked.project} holds no report (data/report.yml is not there): {_GO_THERE}"
            )
        commands = {
            "build": _build,
            "part": _part,
            "export": _export,
            "check": _check,
            "index": _index,
            "trace": _trace,
            "diff": _diff,
            "serve": _serve,
            "proof": _proof,
            "ids": _ids,
            "migrate": _migrate,
            "undo": _undo,
            "hand-over": _hand_over,
            "fonts": _fonts,
            "doctor": _doctor,
        }
        code = commands[asked.command](asked)
        sys.stdout.flush()  # here, where a closed pipe is no surprise, and not at the interpreter's end
        return code
    except (
        CannotRun, CannotBuild, CannotHandOver, NoRevision, PortTaken, Untraceable, ChildProcessError,
        migrations.Unreadable, changes.ChangedSince,
    ) as reason:  # fmt: skip
        return _cannot(str(reason))
    except BrokenPipeError:  # the reader, say `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT
    except FileNotFoundError as reason:
        return _cannot(str(reason) if reason.errno is None else f"{reason.filename} is not there")
    except PermissionError as reason:
        return _cannot(f"no right to use {reason.filename or 'a file'}{_OTHER_FOLDER}")
    except OSError as reason:
        where = f": {reason.filename}" if reason.filename else ""
        return _cannot(f"{reason.strerror or reason}{where}{_OTHER_FOLDER if reason.errno else ''}")
    except KeyboardInterrupt:
        return _cannot("stopped; the site is as it was")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a sentence of the tool in the language of the interface, at once."""
    print(said(text), file=stream, flush=True)


def _asked_language(arguments: Sequence[str]) -> str:
    """The language that --ui names, known before anything is said; nothing where it names none."""
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--ui":
            value = value or "".join(arguments[place + 1 : place + 2])
            return value if value in INTERFACES else ""
    return ""


_GO_THERE = "go into the folder of the report with cd, or begin one with esgreport init"
_OTHER_FOLDER = "; the site is as it was, and --out names another folder to write"


def _cannot(sentence: str) -> int:
    print(f"esgreport: {said(sentence)}", file=sys.stderr)
    return CANNOT


# ---- init


def _init(asked: argparse.Namespace) -> int:
    folder: Path = asked.folder
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise CannotRun(f"{folder} is not empty, and nothing in it is touched; name a new folder")
    interview = starter.Interview(date.today())
    for question in starter.QUESTIONS:
        given = getattr(asked, question.name.replace("-", "_"))
        usual = interview.usual(question.name)
        if given is None and usual is not None and not asked.yes and sys.stdin.isatty():
            _ask(interview, question, usual)
        elif given is not None or usual is not None:
            try:
                interview.take(question.name, given if given is not None else usual or "")
            except starter.WrongChoice as reason:
                raise CannotRun(f"{reason} (--{question.name})") from None
    _write_files(folder, starter.project_files(interview.choices))
    say(starter.next_steps(folder))
    return DONE


def _schema(folder: Path) -> int:
    files = editors.schema_files()
    _write_files(folder, files)
    say(f"Written to {folder}: {plural(len(files), 'schema')}.")
    return DONE


def _write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _ask(interview: starter.Interview, question: starter.Question, usual: str) -> None:
    """Ask until the answer will do."""
    while True:
        if spoken() == "en":
            print(f"{question.help[0].upper()}{question.help[1:]} {question.chinese}")
        else:
            say(question.help)
        try:
            interview.take(question.name, input(f"  [{usual}] " if usual else "  ") or usual)
        except EOFError:
            raise CannotRun("there are no more answers; nothing was written") from None
        except starter.WrongChoice as reason:
            say(f"  {reason}")
        else:
            return


# ---- build


def _build(asked: argparse.Namespace) -> int:
    only = (
        tuple(dict.fromkeys(name.strip() for name in asked.only.split(","))) if asked.only is not None else ()
    )
    known = (*EDITIONS, *FURTHER_EDITIONS)
    for name in only:
        if name not in known:
            raise CannotRun(f'"{name}" is not an edition that can be built; {nearest(name, known)}')
    for code in asked.edition_lang:
        if code not in LANGUAGES:
            raise CannotRun(f'"{code}" is not a language; {nearest(code, LANGUAGES)}')
    if asked.jobs < 1:
        raise CannotRun("--jobs should be 1 or more")
    root = asked.project.resolve()
    out = (asked.out or root / "site").resolve()
    with _stopped_cleanly(), _Progress(sys.stderr) as tell:
        made = build(root, out, only, asked.edition_lang, asked.jobs, tell)
    if made.written:
        _report_mistakes(made.findings, made.examined.root, sys.stderr)
    else:
        _report(made.findings, made.examined.root, sys.stderr)
    print(findings_writer.summary(made.findings, made.examined.accepted), file=sys.stderr)
    if not made.written:
        stopped = "Nothing was written: the site is as it was." if out.exists() else "Nothing was written."
        say(stopped, sys.stderr)
        return FOUND
    _say_where(made, asked.out or (Path("site") if asked.project == Path(".") else out))
    return DONE


@contextmanager
def _stopped_cleanly() -> Iterator[None]:
    """What asks a command to end (a CI job that is cancelled) ends it as Ctrl-C does: nothing half-written stays."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say_where(made: Build, out: Path) -> None:
    draft = made.examined.edition is not None and not made.examined.edition.report.final
    if draft:
        say(f"\nWritten as a DRAFT to {out}: {len(made.written)} files.")
    else:
        say(f"\nWritten to {out}: {len(made.written)} files.")
    if "index.html" in made.written:
        print(f"  {padded(said('website'), 8)} {out / 'index.html'}")
    for name in made.written:
        if name.endswith(".pdf"):
            book = name.removesuffix(".pdf").partition(".")[2]  # after the slug
            pages = said(f"{made.pages[book]} pages")
            print(f"  {padded('PDF', 8)} {out / name} ({pages})")
    if "data/figures.json" in made.written:
        print(f"  {padded(alone('data'), 8)} {out / 'data'}")
    left_out = [
        name
        for name, file in (("websites", "index.html"), ("PDFs", "pdf/"), ("data files", "data/figures.json"))
        if not any(written.startswith(file) for written in made.written)
    ]
    if left_out:
        say(f"\n{out} holds nothing else now: no {', no '.join(left_out)}. Build without --only to have all.")
    elif made.examined.edition is not None and not made.examined.edition.report.site_url:
        say(
            "\nsite_url is not given in data/report.yml, so canonical addresses, links between the languages"
            "\nfor search engines and the sitemap are left out."
        )


def _part(asked: argparse.Namespace) -> int:
    if bool(asked.page) == asked.without_covers:
        raise CannotRun(
            "say which: a chapter, as in esgreport part climate, or the whole with --without-covers"
        )
    if asked.first_folio is not None and not 1 <= asked.first_folio <= MOST_FOLIO:
        raise CannotRun(f"--first-folio should be a page number from 1 to {MOST_FOLIO}")
    root, out = asked.project.resolve(), asked.out or asked.project / "parts"
    if out.suffix == ".pdf" or out.is_file():
        raise CannotRun(f"{out} should be a folder: each language has a file in it")
    if out.resolve().is_relative_to(root / "site"):
        raise CannotRun(f"{out} is published with the report; choose another folder with --out")
    with _Progress(sys.stderr) as tell:
        parts = make_parts(root, asked.page, asked.edition_lang, asked.first_folio, os.cpu_count() or 1, tell)
    if not parts.made:
        stopping = [f for f in parts.findings if f.blocking or f.severity == Severity.ERROR]
        _report(stopping, parts.examined.root, sys.stderr)
        say("Nothing was written.", sys.stderr)
        return FOUND
    out.mkdir(parents=True, exist_ok=True)
    for name, layout in parts.made.items():
        layout.write(out / name)
        first = min(map(int, layout.folios.values()))
        say(f"Written to {out / name}: pages {first} to {first + layout.pages - 1}.")
    if not parts.counted:
        say(
            "Pages count from 1: the last build is none of this report as it is now. Build it first, or give --first-folio."
        )
    return DONE


def _export(asked: argparse.Namespace) -> int:
    root = asked.project.resolve()
    with _Progress(sys.stderr) as tell:
        made = export_data(root, asked.folder.resolve(), asked.licence, os.cpu_count() or 1, tell)
    if not made.written:
        _report([f for f in made.examined.errors if f.blocking or made.examined.stops], root, sys.stderr)
        say("Nothing was written.", sys.stderr)
        return FOUND
    say(f"Written to {asked.folder}: {plural(len(made.written), 'file')}.")
    for name in made.written:
        print(f"  {name}")
    if not made.paged:
        say("Page numbers are left out: the last build is none of this report as it is now. Build it first.")
    return DONE


class _Progress:
    """One line on a terminal that says what is being done, while it is done; silent elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __enter__(self) -> _Progress:
        return self

    def __call__(self, text: str) -> None:
        self._show(f"… {said(text)}")

    def __exit__(self, *_: object) -> None:
        self._show("")

    def _show(self, text: str) -> None:
        if self.stream.isatty():
            self.stream.write(f"\r\033[K{text}")
            self.stream.flush()


# ---- serve


def _serve(asked: argparse.Namespace) -> int:
    if not 0 <= asked.port <= 65_535:
        raise CannotRun("--port should be from 0 (any that is free) to 65535")
    root = asked.project.resolve()
    with _stopped_cleanly(), tempfile.TemporaryDirectory(prefix="esgreport-preview-") as folder:
        preview = Preview(root, Path(folder))
        try:
            with listening(preview, asked.port) as address:
                say(f"The report is shown at {address}  (Ctrl-C ends it)")
                _follow(preview)
        except KeyboardInterrupt:
            say("\nThe preview has ended.")
        finally:
            preview.end()
    return DONE


def _follow(preview: Preview) -> NoReturn:
    """Look for changes for ever; say what was done about each, and what findings are new."""
    known: set[Diagnostic] = set()
    while True:
        changed = preview.changed()
        if changed:
            while more := _settled(preview):  # an editor may write a file in pieces
                changed = sorted({*changed, *more})
            begun = time.monotonic()
            preview.refresh()
            taken = time.monotonic() - begun
            state = preview.state
            named = changed[0] if len(changed) == 1 else said(f"{len(changed)} files")
            what = "not shown" if state.stopped else f"shown, checked in {taken:.1f} s"
            summary = findings_writer.summary(state.findings, ())
            done = f"{labelled(named, said(what))}{'; ' if spoken() == 'en' else '；'}{summary}"
            print(f"{time.strftime('%H:%M:%S')}  {done}")
            _report_mistakes([f for f in state.findings if f not in known], preview.root, sys.stdout)
            sys.stdout.flush()
            known = set(state.findings)
            gc.collect()
        time.sleep(LOOKS_EVERY)


def _settled(preview: Preview) -> list[str]:
    time.sleep(0.05)
    return preview.changed()


# ---- findings


def _report(findings: Iterable[Diagnostic], root: Path, stream: TextIO) -> None:
    colour = stream.isatty() and "NO_COLOR" not in os.environ
    for line in findings_writer.text(findings, root, colour):
        print(line, file=stream)


def _report_mistakes(findings: Sequence[Diagnostic], root: Path, stream: TextIO) -> None:
    """Findings, and of what is still to come only the number while that is much."""
    told = [finding for finding in findings if finding.code not in TO_COME]
    to_come = len(findings) - len(told)
    _report(told if to_come > MOST_TO_COME else findings, root, stream)
    if to_come > MOST_TO_COME:
        say(f"{plural(to_come, 'place')} still to be filled or answered; check lists them.", stream)


def _check(asked: argparse.Namespace) -> int:
    select, ignore = _codes(asked.select), _codes(asked.ignore)
    if asked.mistakes:
        ignore += TO_COME
    root = asked.project.resolve()
    examined = examine(root, os.cpu_count() or 1)

    def chosen(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        return [f for f in findings if f.code not in ignore and (f.code in select or not select)]

    findings, accepted = chosen(examined.findings), chosen(examined.accepted)
    if asked.format == "json":
        print(findings_writer.as_json(findings, accepted))
    elif asked.format == "sarif":
        print(findings_writer.as_sarif(findings, accepted, _below(root)))
    elif asked.format == "github":
        for line in findings_writer.as_github(findings, _below(root)):
            print(line)
    else:
        _report(findings, root, sys.stdout)
        print(findings_writer.summary(findings, accepted))
    return FOUND if any(f.severity == Severity.ERROR for f in findings) else DONE


def _explain(code: str) -> int:
    if code not in CODES:
        raise CannotRun(_no_code(code))
    print(manual.page(code))
    return DONE


def _no_code(name: str) -> str:
    return f'"{name}" is not a code of a finding; {nearest(name, CODES)}'


def _codes(asked: Sequence[str]) -> list[str]:
    """Codes as given, some with commas between."""
    named = [name.strip() for text in asked for name in text.split(",") if name.strip()]
    for name in named:
        if name not in CODES:
            raise CannotRun(_no_code(name))
    return named


def _below(root: Path) -> str:
    """The project's folder from the one we stand in, empty where that is the project or does not hold it."""
    here = Path.cwd()
    return root.relative_to(here).as_posix() if root != here and root.is_relative_to(here) else ""


# ---- what is written into sources


def _ids(asked: argparse.Namespace) -> int:
    root = asked.project.resolve()
    report, found = load(root)
    if report is None:
        _report(found, root, sys.stderr)
        raise CannotRun("the report cannot be read as it is; see above")
    typed = {page.path: changes.read(root, page.path) for page in report.pages.values()}
    texts = {name: read_text(root, name)[0] for name in typed}
    changed, findings = section_ids.with_ids(report, found, texts)
    if changed:
        return _changed(asked, "ids", typed, changed, findings)
    _report(findings, root, sys.stdout)
    if not findings:
        say("Every section has its id, in every language.")
    return FOUND if findings else DONE


def _migrate(asked: argparse.Namespace) -> int:
    root = asked.project.resolve()
    texts = migrations.texts_of(root)
    made = migrations.migrated(texts)
    if made.version > SCHEMA:
        raise CannotRun(
            f"this report was made with a newer esgreport (version {made.version}, and this one knows {SCHEMA}); update the tool"
        )
    if made.version == SCHEMA:
        say(f"The report is of the present version, {SCHEMA}; there is nothing to do.")
        return DONE
    say("\n".join(made.done))
    code = _changed(asked, "migrate", {name: changes.read(root, name) for name in made.texts}, made.texts)
    for note in made.notes:
        print(f"{padded(said('look at'), 8)} {said(note)}")
    if (root / editors.FOLDER).is_dir():
        next = said(f"esgreport schema {editors.FOLDER}, so that the editor knows the new keys")
        print(f"{padded(said('then'), 8)} {next}")
    return code


def _changed(
    asked: argparse.Namespace,
    command: str,
    typed: Mapping[str, str],
    changed: Mapping[str, str],
    findings: Sequence[Diagnostic] = (),
) -> int:
    """Show a change of sources, and write it when that is wanted. `typed` are the files as they are, `changed` with plain line ends."""
    root = asked.project.resolve()
    files = {name: (typed[name], changes.as_typed(typed[name], text)) for name, text in changed.items()}
    change = changes.Change(command, files)
    for line in changes.shown(change):
        print(line)
    _report(findings, root, sys.stdout)
    if not _agreed(asked, "Write this?"):
        return FOUND
    changes.write(root, change)
    say(f"Written: {plural(len(files), 'file')}. To go back: esgreport undo")
    return FOUND if findings else DONE


def _undo(asked: argparse.Namespace) -> int:
    root = asked.project.resolve()
    change = changes.last(root)
    if change is None:
        raise CannotRun("nothing that the tool wrote into this report is left to take back")
    for line in changes.shown(change.back):
        print(line)
    if not _agreed(asked, f"Take back what {change.command} wrote?"):
        return FOUND
    try:
        changes.take_back(root, change)
    except changes.ChangedSince as reason:
        raise CannotRun(
            f"{reason}, and undoing would lose that work: change the places back yourself"
        ) from None
    say(f"Taken back: {plural(len(change.files), 'file')} as before esgreport {change.command}.")
    return DONE


def _agreed(asked: argparse.Namespace, question: str) -> bool:
    """Whether to write what was shown."""
    if asked.yes:
        return True
    if sys.stdin.isatty():
        try:
            answer = input(f"{said(question)} [y/N] ")
        except EOFError:
            answer = ""
        if answer.strip().casefold() in ("y", "yes", "是"):
            return True
    say("Nothing was written. With --yes it is written without asking.")
    return False


# ---- the machine


def _fonts(asked: argparse.Namespace) -> int:
    folder = faces_folder(asked.project.resolve())
    table = fetching.Table(FACES_LIST, folder)
    simplified = fetching.speaks_simplified(asked.project / "data" / "report.yml")
    if not table.is_current(simplified):
        npm = fetching.Npm(_quietly, Path(sys.executable), _node_lock(), lambda text: say(text, sys.stderr))
        with tempfile.TemporaryDirectory(prefix="esgreport-fonts-") as scratch:
            try:
                fetching.fetch(table, simplified, npm, Path(scratch))
            except fetching.Refused as reason:
                raise CannotRun(str(reason)) from None
    say(f"The typefaces are in {folder}.")
    return DONE


def _doctor(asked: argparse.Namespace) -> int:
    ill = False
    for symptom in doctor.look(asked.project.resolve()):
        state = said("lacks") if symptom.advice else said("ok")
        print(f"{padded(state, 7)} {padded(said(symptom.what), 15)} {said(symptom.found)}")
        if symptom.advice:
            ill = True
            print(f"{'':<23} {said(symptom.advice)}")
    return FOUND if ill else DONE


def _node_lock() -> Path:
    """The list of what brings npm: inside the installed package, or beside it in the repository."""
    inside = Path(__file__).with_name("requirements-node.lock")
    return inside if inside.is_file() else Path(__file__).parents[2] / inside.name


def _quietly(command: Sequence[str | Path], failed: str, folder: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        for line in (done.stdout + done.stderr).splitlines()[-20:]:
            print(f"    {line}", file=sys.stderr)
        raise CannotRun(f"{failed}; the lines above say why. Is this machine on the internet?")


# ---- index


def _edition(asked: argparse.Namespace) -> tuple[Examined, Edition]:
    examined = examine(asked.project.resolve())
    if examined.edition is None or any(f.blocking for f in examined.findings):
        _report([f for f in examined.findings if f.blocking], examined.root, sys.stderr)
        raise CannotRun("the report cannot be read as it is; see above")
    return examined, examined.edition


def _titles(edition: Edition) -> Titles:
    return section_titles({language: report_view(edition, language) for language in edition.report.languages})


def _index(asked: argparse.Namespace) -> int:
    if asked.format == "xlsx" and not asked.out:
        raise CannotRun("a workbook is a file: name it, as in --out index.xlsx")
    if asked.format == "text" and asked.out:
        raise CannotRun("text is not written to a file; add --format xlsx, csv or json")
    examined, edition = _edition(asked)
    if asked.framework and asked.framework not in edition.frameworks:
        raise CannotRun(
            f'"{asked.framework}" is not a framework of this report; {nearest(asked.framework, edition.frameworks)}'
        )
    folios = remembered_folios(examined.root)
    titles = _titles(edition)
    lacking = False
    records = []
    for id, rows in edition.rows.items():
        if asked.framework in (None, id):
            open_rows = [row for row in rows if row.status in worklist.OPEN]
            lacking = lacking or bool(open_rows)
            record = export.index_record(
                edition.report, id, open_rows if asked.missing else rows, titles, folios
            )
            if asked.missing:
                _add_work(edition, record)
            records.append(record)
    if asked.out:
        _write_file(asked.out, _index_file(edition.report, records, asked.format))
    elif asked.format == "json":
        print(_index_json(records))
    elif asked.format == "csv":
        csv_text = export.work_csv(edition.report, records)
        sys.stdout.write(csv_text.removeprefix("\ufeff").replace("\r\n", "\n"))
    else:
        for record in records:
            _print_index(edition, record, asked.missing)
    return FOUND if asked.missing and lacking else DONE


def _index_json(records: list[dict[str, Any]]) -> str:
    return json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=False, indent=1)


def _index_file(report: Report, records: list[dict[str, Any]], format: str) -> bytes:
    if format == "xlsx":
        return export.work_workbook(report, records)
    text = export.work_csv(report, records) if format == "csv" else _index_json(records) + "\n"
    return text.encode()


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as reason:
        raise CannotRun(f"{path} cannot be written: {reason.strerror}") from reason
    say(f"Written to {path}.")


def _add_work(edition: Edition, record: dict[str, Any]) -> None:
    """Who is to answer each row, and what is expected: for the people who make the report, never published."""
    framework = edition.frameworks[record["framework"]]
    for row in record["rows"]:
        requirement = framework.requirements[row["id"]]
        row["owners"] = list(worklist.owners(edition.report, framework, requirement))
        row["expected"] = list(worklist.expected(edition.report.units, framework, requirement, spoken()))
        row["verify"] = _unsure(framework, row["id"])
        row["files"] = list(worklist.files(edition.report, framework, requirement))


def _unsure(framework: Framework, id: str) -> list[str]:
    return [f"{name} ({sure})" for name, sure in framework.unsure(id).items()]


def _print_index(edition: Edition, record: dict[str, Any], missing: bool) -> None:
    language = read_in(edition.report.languages)
    framework = edition.frameworks[record["framework"]]
    rows = record["rows"]
    count = said(f"{plural(len(rows), 'row')} open" if missing else plural(len(rows), "row"))
    print(labelled(worded_in(framework.title, language), count))
    for code, statement in framework.statement.items():
        if spoken() == "en" or code == spoken() or spoken() not in framework.statement:
            print(statement)
    if not missing:
        for row in rows:
            _print_row(framework, row, language)
        return
    for owner in worklist.in_turn(row["owners"] for row in rows):
        own = [row for row in rows if tuple(row["owners"]) == owner]
        own.sort(key=lambda row: LEVELS.index(row["level"]))  # what has to be there comes first
        names = joined(list(owner), spoken()) or said(worklist.NO_OWNER)
        print(f"\n{labelled(names, said(plural(len(own), 'row')))}")
        for row in own:
            _print_row(framework, row, language)


def _print_row(framework: Framework, row: dict[str, Any], language: str) -> None:
    label = worded_in(framework.requirements[row["id"]].label, language)
    print(f"\n{row['id']:<16} {padded(said(row['status']), 17)} {said(row['level'])}\n    {label}")
    for lack in row["lacks"]:
        print(f"    {padded(said('lacks'), 6)} {said(lack)}")
    for hint in row.get("expected", ()):
        print(f"    {padded(said('give'), 6)} {hint}")
    if files := row.get("files"):
        print(f"    {padded(said('open'), 6)} {', '.join(files)}")
    if unsure := _unsure(framework, row["id"]):
        look = said("look it up in the rules, our list is not sure")
        print(f"    {padded(said('verify'), 6)} {labelled(', '.join(unsure), look)}")
    for place in row["locations"]:
        page = said(f", page {place['page']}") if place["page"] else ""
        print(f"    {place['lang']:<8} {place['title']} ({place['url']}{page})")
    if row["reason"]:
        print(f"    {padded(said('reason'), 6)} {row['reason'].get(language, '')}")


# ---- trace


def _trace(asked: argparse.Namespace) -> int:
    examined, edition = _edition(asked)
    found = trail.trace(edition, trail.named(edition.report, asked.figure))
    titles, folios = _titles(edition), remembered_folios(examined.root)
    places = trail.places(edition, found, folios)
    if asked.format == "json":
        print(json.dumps(trail.record(edition, found, places, titles), ensure_ascii=False, indent=1))
        return DONE
    for line in trail.lines(edition, found, asked.all):
        print(line)
    print()
    for line in trail.printed_lines(places, titles, folios):
        print(line)
    return DONE


# ---- diff


def _diff(asked: argparse.Namespace) -> int:
    root = asked.project.resolve()
    with tempfile.TemporaryDirectory(prefix="esgreport-diff-") as folder:
        old, new = (
            _finished(root, name, Path(folder) / str(n)) for n, name in enumerate((asked.old, asked.new))
        )
        differences = compared(old, new)
    if asked.html:
        title = said(f"What changed: {asked.old} → {asked.new}")
        _write_file(asked.html, Templates(root).differences(title, differences).encode())
    else:
        for line in differences_writer.lines(differences):
            print(line)
    return DONE


def _finished(root: Path, name: str, scratch: Path) -> Finished:
    """The build in the folder `name`, else one made of that revision in `scratch`."""
    if Path(name).is_dir():
        return _in_folder(Path(name))
    sources, out = scratch / "sources", scratch / "site"
    sources.mkdir(parents=True)
    take_out(root, name, sources)
    if (root / ".cache").is_dir():
        (sources / ".cache").symlink_to(root / ".cache")
    with _Progress(sys.stderr) as tell:
        made = build(sources, out, ("web", "data"), tell=lambda text: tell(f"{name}: {text}"))
        stopped = [f for f in made.findings if f.severity == Severity.ERROR] if not made.written else []
        if stopped and not any(f.blocking for f in stopped) and _as_draft(sources):
            made = build(sources, out, ("web", "data"), tell=lambda text: tell(f"{name}: {text}"))
    if made.written and stopped:
        count = "1 error is" if len(stopped) == 1 else f"{len(stopped)} errors are"
        say(f"{name} is final, but by today's rules {count} open: it is compared as a draft", sys.stderr)
    if not made.written:
        _report([f for f in made.findings if f.blocking or f.severity == Severity.ERROR], sources, sys.stderr)
        raise CannotRun(f"the report of {name} cannot be built as it was; see above")
    return Finished(out)


def _as_draft(sources: Path) -> bool:
    """Make a final report a draft, which open errors do not stop; whether it was final."""
    file = sources / "data" / "report.yml"
    text, count = re.subn(r"(?m)^(status:\s*)[\"']?final\b[\"']?", r"\1draft", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    return count > 0


def _in_folder(folder: Path) -> Finished:
    """The build in a folder, with websites and data files."""
    finished = Finished(folder)
    if not (folder / "build.json").is_file():
        raise CannotRun(f"{folder} is not the folder of a build: build.json is not there")
    if not (folder / "data" / "figures.json").is_file() or not finished.languages:
        raise CannotRun(f"{folder} is the build of a part only; build the websites and the data files")
    return finished


# ---- proof


def _build_asked(asked: argparse.Namespace) -> Path:
    """The folder of the build that is looked at, by as many processes as can be."""
    folder: Path = asked.build or asked.project / "site"
    if not folder.is_dir():
        raise CannotRun(f"there is no build in {folder}; esgreport build makes one")
    if asked.jobs < 1:
        raise CannotRun("--jobs should be 1 or more")
    return folder


def _proof(asked: argparse.Namespace) -> int:
    folder = _build_asked(asked)
    finished, out = _in_folder(folder), asked.out or asked.project / "proof"
    if out.resolve().is_relative_to(folder.resolve()):
        raise CannotRun(f"{out} is published with the report; choose another folder with --out")
    examined, edition = _edition(asked)
    with _Progress(sys.stderr) as tell:
        books = read_books(edition.report, finished, asked.jobs, tell)
        proof = call_figures(examined, finished, books, tell)
    report = edition.report
    language = read_in(report.languages)
    names = figure_names(edition, language, (figure.id for figure in listed_figures(edition)))
    out.mkdir(parents=True, exist_ok=True)
    page = Templates(examined.root).proof(
        f"{report.company.name[language]}, {report.title[language]}", proof, names
    )
    for name, text in (("proof.html", page), ("proof.csv", export.proof_csv(proof, names))):
        (out / name).write_bytes(text.encode())
    for line in proof_writer.lines(proof):
        print(line)
    say(f"\nWritten to {out / 'proof.html'}, to be signed, and {out / 'proof.csv'}.")
    return FOUND if proof.of(Result.UNMATCHED) else DONE


# ---- hand-over


def _hand_over(asked: argparse.Namespace) -> int:
    folder = _build_asked(asked)
    root, build, out = asked.project.resolve(), folder.resolve(), asked.folder.resolve()
    _in_folder(folder)
    check_folder(root, build, out)
    finished = check_build(root, build)
    examined, edition = _edition(asked)
    with _stopped_cleanly(), _Progress(sys.stderr) as tell:
        done = hand_over(examined, finished, out, asked.today or date.today(), asked.jobs, tell)
    made = done.checklist
    for state in (State.TO_DO, State.CONFIRM):
        for line in made.of(state):
            print(f"{_state(state)} {line.said[spoken()]}")
            print(f"{'':<11} {line.do[spoken()]}")
    done_lines = made.of(State.DONE)
    for line in (line for line in done_lines if line.id == "deadline"):  # whoever hands over wants to see it
        print(f"{_state(State.DONE)} {line.said[spoken()]}")
    print(_state(State.DONE), said(f"{plural(len(done_lines), 'line')}, in checklist.html"))
    files = plural(len(done.files), "file")
    if edition.report.final:
        say(f"\nWritten to {asked.folder}: {files}; README.txt says what is for whom.")
    else:
        say(f"\nWritten as a DRAFT to {asked.folder}: {files}; README.txt says what is for whom.")
    print(made.verdict[spoken()])
    return FOUND if made.of(State.TO_DO) else DONE


def _state(state: State) -> str:
    return padded(said(state.value), 11)
