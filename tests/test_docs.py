"""The documentation says what is so: examples build, results are what is printed, lists are complete, links lead somewhere.

In docs/data.md and docs/writing.md a fenced example names its file after its language (```yaml data/report.yml);
examples of one file follow each other in it, and all together are one report. docs/start.md holds a second one.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import documents
import pytest
from conftest import ROOT
from esgreport.blocks import BOXES
from esgreport.cli import main
from esgreport.diagnostics import Diagnostic
from esgreport.model import CHARTS, EDITIONS, FURTHER_EDITIONS
from esgreport.pipeline import build, examine
from esgreport.units import UNITS, Unit, worded
from esgreport.views import ChartView, ColumnView, MethodView, ProseView, TableView, TargetsView
from esgreport.writer import report_view
from markdown_it import MarkdownIt
from markdown_it.token import Token

SOURCE = ROOT / "generator" / "esgreport"
DOCS = tuple(sorted((ROOT / "docs").rglob("*.md")))
OURS = tuple(path for path in DOCS if path.stem not in ("architecture", "mistakes"))
ALL = (*DOCS, ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "templates" / "README.md")
LANGUAGES = ("en", "zh-Hant")
MADE = (
    "commands",
    "keys",
    "blocks",
    "codes",
)  # by docs/site/pages.py, for the website; test_docs_site.py follows these links
# What remains open in the example report: most of the framework, and the one value that is left empty on purpose.
EXPECTED_OPEN = {"requirement-missing", "requirement-partly", "missing-value"}

Make = Callable[[dict[str, str]], Path]


# ---- reading the documents


@dataclass(frozen=True)
class Table:
    """A table of a document: what stands in its head and in its rows, code marks taken away."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    before: str  # the comment right before it, if any


def tokens(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))


def plain(cell: str) -> str:
    """A cell as its reader sees it; one that is all code keeps what stands between the marks."""
    text = cell.strip()
    marked = re.fullmatch(r"(`+) ?(.*?) ?\1", text)
    return (marked[2] if marked else text).replace("\\|", "|")


def tables(path: Path) -> list[Table]:
    found: list[Table] = []
    rows: list[list[str]] = []
    comment, before = "", ""
    for number, token in enumerate(stream := tokens(path)):
        if token.type == "html_block":
            comment = token.content.strip().removeprefix("<!--").removesuffix("-->").strip()
        elif token.type == "table_open":
            rows, before, comment = [], comment, ""
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(plain(stream[number + 1].content))
        elif token.type == "table_close":
            head, *body = map(tuple, rows)
            found.append(Table(head, tuple(body), before))
    return found


def with_head(path: Path, *head: str) -> list[Table]:
    found = [table for table in tables(path) if table.head[: len(head)] == head]
    assert found, f"{path.name} has no table headed {' | '.join(head)}"
    return found


def fences(path: Path) -> Iterator[tuple[str, str]]:
    """(info string, content) of every fenced block."""
    yield from ((token.info.strip(), token.content) for token in tokens(path) if token.type == "fence")


def example(*paths: Path) -> dict[str, str]:
    """The files that the examples of these documents make."""
    files: dict[str, str] = {}
    for path in paths:
        for info, content in fences(path):
            language, _, name = info.partition(" ")
            if name and not name.endswith(" (part)"):
                apart = "\n" if name in files and language == "markdown" else ""
                files[name] = files.get(name, "") + apart + content
    return files


def code_of(path: Path) -> str:
    """All that stands as code in a document: fences without a file name, indented blocks, code in sentences."""
    parts = []
    for token in tokens(path):
        if token.type == "code_block" or (token.type == "fence" and " " not in token.info.strip()):
            parts.append(token.content)
        parts += [child.content for child in token.children or () if child.type == "code_inline"]
    return "\n".join(parts)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """A project from {name: text}, with the faces of this repository. One folder for all, emptied each time:
    the faces of a folder are read once."""
    root = tmp_path_factory.mktemp("documented")
    (root / ".cache").mkdir()
    (root / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")

    def make(files: dict[str, str]) -> Path:
        for folder in ("data", "content"):
            shutil.rmtree(root / folder, ignore_errors=True)
        documents.write_report(root, files)
        return root

    return make


DATA, WRITING, START, FRAMEWORKS = (
    ROOT / "docs" / f"{name}.md" for name in ("data", "writing", "start", "frameworks")
)
HARBOUR = example(DATA, WRITING)


def said(findings: tuple[Diagnostic, ...]) -> str:
    return "\n".join(f"{finding} ({finding.help})" for finding in findings)


# ---- the examples


def test_every_example_names_its_file() -> None:
    for path in (DATA, WRITING, START, FRAMEWORKS):
        for info, content in fences(path):
            assert info in ("console", "text") or re.fullmatch(
                r"(yaml|markdown|csv) (data|content)/\S+( \(part\))?", info
            ), f"{path.name}: the example that begins {content.splitlines()[0]!r} is marked {info!r}"


def test_the_example_report_is_in_order(made: Make) -> None:
    examined = examine(made(HARBOUR))
    unexpected = tuple(f for f in examined.findings if f.code not in EXPECTED_OPEN)
    assert not unexpected, said(unexpected)
    assert examined.edition is not None
    assert len(examined.accepted) == 1


def test_the_example_of_a_framework_is_in_order(made: Make) -> None:
    shown = next(content.strip() for _, content in fences(FRAMEWORKS) if "soe-list, un-sdgs" in content)
    files = HARBOUR | example(FRAMEWORKS)
    files["data/report.yml"] = files["data/report.yml"].replace("frameworks: [hkex-esg-code-2025]", shown)
    assert shown in files["data/report.yml"]
    examined = examine(made(files))
    unexpected = tuple(f for f in examined.findings if f.code not in EXPECTED_OPEN)
    assert not unexpected, said(unexpected)
    assert examined.edition is not None
    own = {row.requirement.id: row.status for row in examined.edition.rows["soe-list"]}
    assert own == {"E.1.1": "disclosed", "S.2.3": "disclosed", "G.5.1": "not-reported"}


def test_the_frameworks_are_those_of_the_package() -> None:
    from esgreport.framework import PACKAGE_FRAMEWORKS
    from esgreport.framework.reader import BREAKDOWNS, KINDS, LEVELS, QUANTITIES, SETTLED_LATER, TYPES

    (table,) = with_head(FRAMEWORKS, "framework", "rows of the index", "for")
    assert {row[0] for row in table.rows} == {path.stem for path in PACKAGE_FRAMEWORKS.glob("*.yml")}
    code = code_of(FRAMEWORKS).splitlines()
    for word in (
        *KINDS,
        *LEVELS,
        *SETTLED_LATER,
        *TYPES,
        *QUANTITIES,
        *(b.replace("_", "-") for b in BREAKDOWNS),
    ):
        assert word in code, word


def test_the_smallest_report_is_in_order(made: Make) -> None:
    examined = examine(made(example(START)))
    assert examined.edition is not None
    assert not examined.findings, said(examined.findings)


@pytest.mark.long
def test_the_smallest_report_builds(made: Make, tmp_path: Path) -> None:
    root = made(example(START))
    built = build(root, tmp_path / "site", (*EDITIONS, *FURTHER_EDITIONS))
    assert not built.findings, said(built.findings)
    listed = next(content for info, content in fences(ROOT / "docs" / "publishing.md") if info == "text")
    for line in listed.splitlines():
        pattern = line.split()[0].replace("SLUG", "*").replace("LANGUAGE", "en").replace("FRAMEWORK", "*")
        optional = "FRAMEWORK" in line  # the smallest report answers no framework
        assert optional or list((tmp_path / "site").glob(pattern.removeprefix("site/"))), (
            f"the build writes no {line}"
        )


@pytest.mark.long
def test_the_example_report_builds(made: Make, tmp_path: Path) -> None:
    built = build(made(HARBOUR), tmp_path / "site", jobs=4)
    unexpected = tuple(f for f in built.findings if f.code not in EXPECTED_OPEN)
    assert not unexpected, said(unexpected)
    assert "data/content-index.hkex-esg-code-2025.csv" in built.written


def rows_by_cell(path: Path, *head: str) -> list[tuple[str, ...]]:
    return [row for table in with_head(path, *head) for row in table.rows]


METRIC = "aspect: T\nmetrics:\n  tested:\n    {}\n"
LINES = {"name": "name: {en: Tested, zh-Hant: 測試}", "unit": "unit: kWh"}


@pytest.mark.parametrize(
    "row", rows_by_cell(DATA, "you write", "what is found", "write instead"), ids=lambda row: row[0]
)
def test_what_yaml_would_misread_is_found_and_the_repair_is_good(made: Make, row: tuple[str, ...]) -> None:
    def blocking(line: str) -> list[str]:
        lines = {key: text for key, text in LINES.items() if line.split(":")[0] not in (key, "unti")} | {
            "x": line
        }
        if line.startswith("unti"):
            lines["name"] = LINES["name"]
        text = METRIC.format("\n    ".join(lines.values()))
        examined = examine(made(HARBOUR | {"data/aspects/t.yml": text}))
        return [
            finding.code
            for finding in examined.findings
            if finding.blocking and finding.place.path == "data/aspects/t.yml"
        ]

    wrong, code, right = row
    assert code in blocking(wrong)
    assert not blocking(right)


@pytest.mark.parametrize(
    "row", rows_by_cell(WRITING, "you write", "what is found", "write instead"), ids=lambda row: row[0]
)
def test_what_cannot_stand_in_a_page_is_found_and_the_repair_is_good(
    made: Make, row: tuple[str, ...]
) -> None:
    def codes(line: str) -> list[str]:
        name = "content/en/energy.md"
        examined = examine(made(HARBOUR | {name: HARBOUR[name] + f"\n{line}\n"}))
        own = [f for f in examined.findings if f.place.path == name and f.code != "languages-differ"]
        return [finding.code for finding in own]

    wrong, code, right = row
    assert code in codes(wrong)
    assert code not in codes(right)


# ---- what is printed


def paragraphs(root: Path, page: str, language: str) -> list[str]:
    """The paragraphs of a page after its lead, as they are read."""
    examined = examine(root)
    own = tuple(f for f in examined.findings if f.blocking)
    assert examined.edition is not None and not own, said(own)
    view = next(p for p in report_view(examined.edition, language).pages if p.id == page)
    texts = []
    for piece in view.body:
        if isinstance(piece, ProseView):
            parts = (
                p if isinstance(p, str) else p.before + p.whole + p.fraction + p.after for p in piece.parts
            )
            texts.append(re.sub(r"<[^>]*>", "", "".join(parts)).strip())
    return texts


def results(make: Make, files: dict[str, str], sentences: list[str], language: str) -> list[str]:
    """What each sentence prints, on a page of its own."""
    page = "\n\n".join(["# Tested", "Lead.", *sentences])
    extra = {f"content/{code}/about.md": page for code in LANGUAGES}
    return paragraphs(make(files | extra), "about", language)


def test_statements_in_the_documents_are_what_is_printed(made: Make) -> None:
    (table,) = with_head(WRITING, "statement", "English", "繁體中文")
    blocks = [
        f"```statements\nsay: [{name}]\n"
        + {"boundary": "boundary: [harbour_ropes, tuen_mun_rope]\n", "nil": "nil: [fatalities]\n"}.get(
            name, ""
        )
        + "```"
        for name, _, _ in table.rows
    ]
    assert [row[1] for row in table.rows] == results(made, HARBOUR, blocks, "en")
    assert [row[2] for row in table.rows] == results(made, HARBOUR, blocks, "zh-Hant")


def printed_rows(make: Make, files: dict[str, str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """(rows as the documents have them, rows as the tool words them) of each table of results."""
    for table in with_head(WRITING, "you write", "English", "繁體中文"):
        calls = [row[0] for row in table.rows]
        worded = [results(make, files, calls, language) for language in LANGUAGES]
        yield [list(row[:3]) for row in table.rows], [list(row) for row in zip(calls, *worded, strict=True)]
    for table in with_head(DATA, "you write", "English", "繁體中文"):
        cells = [row[0] for row in table.rows]
        metrics = "".join(
            f"  tested_{n}:\n    name: {{en: Tested, zh-Hant: 測試}}\n    unit: t\n    values: {{fy2026: {cell}}}\n"
            for n, cell in enumerate(cells)
        )
        own = files | {"data/aspects/t.yml": f"aspect: T\nmetrics:\n{metrics}"}
        calls = [f"{{{{ tested_{n} }}}}" for n in range(len(cells))]
        worded = [results(make, own, calls, language) for language in LANGUAGES]
        yield [list(row[:3]) for row in table.rows], [list(row) for row in zip(cells, *worded, strict=True)]


def test_results_in_the_documents_are_what_is_printed(made: Make) -> None:
    for documented, printed in printed_rows(made, HARBOUR):
        assert documented == printed


def test_every_example_of_figures_says_what_it_prints(made: Make) -> None:
    calls = [row for table in with_head(DATA, "the text calls", "English", "繁體中文") for row in table.rows]
    for place, language in enumerate(LANGUAGES, 1):
        assert [row[place] for row in calls] == results(made, HARBOUR, [row[0] for row in calls], language)
    edition = examine(made(HARBOUR)).edition
    assert edition is not None
    report = edition.report
    of_others = set(report.metrics) - set(
        re.findall(r"^  (\w+):$", "".join(example(DATA).values()), re.MULTILINE)
    )
    called = {str(re.search(r"\w+", row[0])[0]) for row in calls}  # type: ignore[index]
    assert {*report.metrics, *report.targets} - of_others == called


def test_the_smallest_report_prints_what_the_start_says(made: Make) -> None:
    edition = examine(made(example(START))).edition
    assert edition is not None
    for language, sentence in rows_by_cell(START, "language", "the page begins"):
        (page,) = report_view(edition, language).pages
        assert page.lead is not None
        parts = (
            p if isinstance(p, str) else p.before + p.whole + p.fraction + p.after for p in page.lead.parts
        )
        assert re.sub(r"<[^>]*>", "", "".join(parts)).strip() == sentence


def column_head(column: ColumnView) -> str:
    """A head with the one over it, its unit, and what its intensities are worked out with."""
    parts = column.base.parts if column.base else ()
    base = "".join(p if isinstance(p, str) else p.before + p.whole + p.fraction + p.after for p in parts)
    over = f"{column.over.text}: " if column.over else ""
    return over + column.text + "".join(f" ({text})" for text in (column.unit, base) if text)


def table_rows(view: TableView) -> list[tuple[str, ...]]:
    """A table as a document shows it: head, then rows; the number, what stands around it, and its mark. Columns for the
    screen alone are left out."""
    printed = sorted(number for band in view.bands for number in band)
    heads = [column_head(view.columns[number]) for number in printed]
    rows = [(view.corner, *heads)]
    for row in view.rows:
        cells = []
        for cell in (row.cells[number] for number in printed if row.cells):
            figure = cell.figure
            number = f"{figure.before}{figure.whole}{figure.fraction}{figure.after}" if figure else cell.text
            marks = [*([figure.mark] if figure else []), *(f"({note.mark})" for note in cell.notes)]
            cells.append(" ".join(filter(None, [number, *marks])))
        rows.append((row.name + (f" ({row.note})" if row.note else ""), *(cells or [""] * len(printed))))
    return rows


View = TypeVar("View")


def shown_beside(made: Make, mark: str, kind: type[View]) -> list[tuple[Table, View]]:
    """Each table of a document that a comment calls the print of a block, and that block as the report prints it."""
    examined = examine(made(HARBOUR))
    assert examined.edition is not None
    found = []
    for table in tables(WRITING):
        if table.before.startswith(f"{mark} "):
            language, page, number = table.before.removeprefix(f"{mark} ").split()
            view = next(p for p in report_view(examined.edition, language).pages if p.id == page)
            printed = [piece for piece in view.body if isinstance(piece, kind)]
            found.append((table, printed[int(number) - 1]))
    assert found
    return found


def test_tables_in_the_documents_are_what_is_printed(made: Make) -> None:
    examined = examine(made(HARBOUR))
    assert examined.edition is not None
    views = {language: report_view(examined.edition, language) for language in LANGUAGES}
    shown = [table for table in tables(WRITING) if table.before.startswith("prints ")]
    assert shown
    for table in shown:
        language, page, number = table.before.removeprefix("prints ").split()
        view = next(p for p in views[language].pages if p.id == page)
        wanted = [piece for piece in view.body if isinstance(piece, TableView)][int(number) - 1]
        assert [table.head, *table.rows] == table_rows(wanted), table.before


def target_rows(view: TargetsView) -> list[tuple[str, ...]]:
    """A table of targets as a document shows it: what stands small under a name or figure follows it."""
    rows = [(view.corner, *(column.text for column in view.columns))]
    for row in view.rows:
        cells = []
        for cell in row.cells:
            figure, status = cell.figure, cell.status
            number = f"{figure.before}{figure.whole}{figure.fraction}{figure.after}" if figure else cell.text
            marks = [*([figure.mark] if figure else []), *(f"({note.mark})" for note in cell.notes)]
            said = f"{status.mark} {status.word}" if status else ""
            cells.append(" ".join(filter(None, [number, *marks, cell.small, said])))
        marks = [f"({note.mark})" for note in row.notes]
        rows.append((" ".join(filter(None, [row.name, *marks, row.measure])), *cells))
    return rows


def test_tables_of_targets_in_the_documents_are_what_is_printed(made: Make) -> None:
    for table, view in shown_beside(made, "prints-targets", TargetsView):
        assert [table.head, *table.rows] == target_rows(view), table.before


def chart_rows(view: ChartView) -> list[tuple[str, ...]]:
    """A chart as a document shows it: its label and periods, then series by series; the goal behind its line."""
    way = view.way
    head = (view.label, *(moment.label for moment in view.moments), *([way.label] if way else []))
    goal = [way.goal.words] if way else []
    return [head, *((s.name, *(mark.words for mark in s.marks), *goal) for s in view.series)]


def test_charts_in_the_documents_are_what_is_drawn(made: Make) -> None:
    for table, view in shown_beside(made, "prints-chart", ChartView):
        assert [table.head, *table.rows] == chart_rows(view), table.before


def test_every_kind_of_chart_is_documented() -> None:
    assert [row[0] for row in rows_by_cell(WRITING, "kind", "draws")] == list(CHARTS)


def method_tables(view: MethodView) -> list[tuple[tuple[str, ...], ...]]:
    """A method note as a document shows it: what is explained, a line of a formula after the other; then the factors."""
    explained = [
        (item.name, " ".join(line for _, lines in item.ways for line in lines)) for item in view.explained
    ]
    factors = [(f.name, f.unit, f.whole + f.fraction, f.gas, f.gwp, f.year, f.source) for f in view.factors]
    heads = ("Metric", "Follows from"), ("Factor", "Unit", "Value", "Gas", "GWP", "Year", "Source")
    return [(heads[0], *explained), (heads[1], *factors)]


def test_method_notes_in_the_documents_are_what_is_printed(made: Make) -> None:
    examined = examine(made(HARBOUR))
    assert examined.edition is not None
    shown = tables(WRITING)
    places = [n for n, table in enumerate(shown) if table.before.startswith("prints-method ")]
    assert places
    for place in places:
        language, page, number = shown[place].before.removeprefix("prints-method ").split()
        view = next(p for p in report_view(examined.edition, language).pages if p.id == page)
        wanted = [piece for piece in view.body if isinstance(piece, MethodView)][int(number) - 1]
        documented = [(table.head, *table.rows) for table in shown[place : place + 2]]
        assert documented == method_tables(wanted)


# ---- complete lists


def unit_rows() -> list[tuple[str, ...]]:
    """The table of units, as docs/data.md has it."""
    rows = []
    for unit in UNITS.values():
        english, hant, hans = (unit.name(language) or "(none)" for language in ("en", "zh-Hant", "zh-Hans"))
        one, many = (unit.around("en", one=one)[1].strip() for one in (True, False))
        symbol = "" if unit.signs == unit.names else unit.symbol("en")
        rows.append(
            (
                unit.code,
                english,
                one if one != many else "",
                hant,
                hans,
                symbol,
                worded(unit.dimensions),
                size(unit),
            )
        )
    return rows


def size(unit: Unit) -> str:
    """How much of the first unit of its quantity a unit is: a decimal where that is exact, else a ratio."""
    base = next(each for each in UNITS.values() if each.dimensions == unit.dimensions and each.ratio == 1)
    if unit.ratio == 1:
        return ""
    digits = format(Decimal(unit.ratio.numerator) / unit.ratio.denominator, ",f")
    exact = digits if Fraction(digits.replace(",", "")) == unit.ratio else str(unit.ratio)
    return f"{exact} {base.code}" if unit.dimensions else exact


def test_the_table_of_units_is_the_one_the_tool_has() -> None:
    (table,) = with_head(DATA, "unit", "English", "for 1", "繁體中文", "简体中文", "symbol", "quantity", "is")
    assert list(table.rows) == unit_rows()


def constant_texts(node: ast.expr) -> set[str]:
    """Every text that an expression may be: of a choice both, of pieces put together all ways."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return constant_texts(node.body) | constant_texts(node.orelse)
        case ast.FormattedValue():
            return constant_texts(node.value)
        case ast.JoinedStr():
            found = {""}
            for part in node.values:
                found = {before + after for before in found for after in constant_texts(part)}
            return found
    return set()


def element(node: ast.expr, position: int) -> list[ast.expr]:
    """What may stand at a position of an expression that gives tuples: of a table, in each of its entries."""
    match node:
        case ast.Tuple():
            return [node.elts[position]] if position < len(node.elts) else []
        case ast.Subscript(value=ast.Dict(values=values)):
            return [found for value in values for found in element(value, position)]
        case ast.Tuple(elts=entries) | ast.List(elts=entries):
            return [found for entry in entries for found in element(entry, position)]
    return []


def bound(name: str, function: ast.AST) -> list[ast.expr]:
    """The expressions that a function gives to a name."""
    found: list[ast.expr] = []
    for node in ast.walk(function):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            assert isinstance(node, ast.Assign)
            if isinstance(target, ast.Name) and target.id == name:
                found.append(node.value)
            elif isinstance(target, ast.Tuple):
                for position, part in enumerate(target.elts):
                    if isinstance(part, ast.Name) and part.id == name:
                        found += element(node.value, position)
    return found


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


@dataclass(frozen=True)
class Maker:
    """A function that makes a finding: how much it weighs, and where among its arguments the code stands."""

    name: str
    weight: str
    position: int = 0
    default: str = ""

    def code(self, call: ast.Call) -> ast.expr | None:
        if len(call.args) > self.position:
            return call.args[self.position]
        given = (keyword.value for keyword in call.keywords if keyword.arg == "code")
        return next(given, ast.Constant(self.default) if self.default else None)


MAKERS = (
    Maker("blocking", "blocking"),
    Maker("refuse", "blocking", 3, "wrong-shape"),
    Maker("_Refused", "blocking"),
    Maker("error", "error"),
    Maker("warning", "warning"),
    Maker("Diagnostic", "error"),
)


def passes_on(function: ast.FunctionDef, name: str, weight: str) -> Maker | None:
    """The function as a maker of its own, if the name is one of its arguments."""
    names = [argument.arg for argument in function.args.args]
    if name not in names:
        return None
    defaults = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
    default = next(iter(constant_texts(defaults[name])), "") if name in defaults else ""
    return Maker(function.name, weight, names.index(name) - ("self" in names), default)


def codes_in_source() -> set[tuple[str, str]]:
    """(code, weight) of every finding that the source makes."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}
    makers = list(MAKERS)
    found: set[tuple[str, str]] = set()
    for maker in makers:  # grows while it is read
        for path, tree in trees.items():
            functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            for call in ast.walk(tree):
                if (
                    not isinstance(call, ast.Call)
                    or called(call) != maker.name
                    or not (given := maker.code(call))
                ):
                    continue
                codes = constant_texts(given)
                passed = False
                for function in functions if isinstance(given, ast.Name) else ():
                    if call in ast.walk(function):
                        codes |= set().union(*map(constant_texts, bound(given.id, function)))
                        if outer := passes_on(function, given.id, maker.weight):
                            passed = True
                            if outer.name not in {known.name for known in makers} | {"__init__"}:
                                makers.append(outer)
                assert codes or passed, f"{path.name}, line {call.lineno}: the code cannot be told"
                found |= {(code, maker.weight) for code in codes}
    return found


def test_every_code_is_listed_with_its_weight() -> None:
    rows = rows_by_cell(ROOT / "docs" / "checking.md", "code", "weight", "what it says")
    listed = [(code, weight) for code, weight, _ in rows]
    assert sorted(listed) == sorted(codes_in_source())


def keys_in_source(pattern: str) -> set[str]:
    """Every key that a reader of mappings in these modules knows."""
    paths = sorted(SOURCE.glob(pattern))
    assert paths, pattern
    return set().union(*(keys_in_module(path) for path in paths))


def keys_in_module(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            texts = {
                e.value for e in node.value.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)
            }
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, set()).update(texts)
    found: set[str] = set()
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "mapping"
            and len(call.args) > 2
        ):
            keys = call.args[2]
            if isinstance(keys, ast.Attribute) and ast.unparse(keys) == "shape.keys":
                found |= {key for shape in BOXES.values() for key in shape.keys}
                continue
            if ast.unparse(keys) == "known" and path.name == "topics.py":  # with fields that a project names
                found |= named["_OF_ENTRIES"]
                continue
            texts = (
                named.get(keys.id, set())
                if isinstance(keys, ast.Name)
                else set().union(*map(constant_texts, getattr(keys, "elts", [])))
            )
            assert texts, f"{path.name}, line {call.lineno}: the keys cannot be told from the source"
            found |= texts
    return found


@pytest.mark.parametrize(
    ("module", "document"),
    [
        ("load/*.py", DATA),
        ("acceptance.py", DATA),
        ("narrative.py", WRITING),
        ("blocks.py", WRITING),
        ("framework/*.py", FRAMEWORKS),
    ],
)
def test_every_key_is_documented(module: str, document: Path) -> None:
    code = code_of(document)
    missing = {key for key in keys_in_source(module) if not re.search(rf"^{key}$", code, re.MULTILINE)}
    assert not missing, f"{document.name} does not name {', '.join(sorted(missing))}"


READERS = ("load/*.py", "acceptance.py", "narrative.py", "blocks.py", "framework/*.py")


def test_every_documented_key_exists() -> None:
    known = set().union(*(keys_in_source(name) for name in READERS))
    for path in (DATA, WRITING, FRAMEWORKS):
        listed = {row[0] for table in with_head(path, "key", "meaning") for row in table.rows}
        assert listed <= known, f"{path.name}: {', '.join(sorted(listed - known))}"


def test_every_argument_of_a_value_call_is_documented() -> None:
    from esgreport.calls import SHOWS, WORDINGS
    from esgreport.languages import QUALIFIERS, SCALES
    from esgreport.model import CALL_ARGUMENTS

    calls = " ".join(row[0] for row in rows_by_cell(WRITING, "you write", "English", "繁體中文"))
    for argument in CALL_ARGUMENTS:
        assert f"{argument}=" in calls, argument
    for value in (*SHOWS, *SCALES, *WORDINGS):
        assert f'"{value}"' in calls + code_of(WRITING), value
    for qualifier in QUALIFIERS:
        assert qualifier in code_of(DATA)


# ---- commands, links, templates


def commands(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(command, options) of every `./run …` and `esgreport …` in a document's code."""
    for line in code_of(path).splitlines():
        line = line.partition(" #")[0]
        if match := re.match(r"\s*(?:\$ )?(?:\S*/run|esgreport)\s+(?P<rest>[a-z-].*)", line):
            command, *words = match["rest"].split()
            yield command, [word for word in words if word.startswith("--")]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_commands_exist(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, options in commands(path):
        if command in ("setup", "test", "docs", "COMMAND", "--version", "--help"):
            assert set(options) <= {"--all"}, command
            continue
        for name in command.removesuffix(",").split("|"):
            assert main([name, "--help"]) == 0, f"{path.name}: there is no command {name}"
            help = capsys.readouterr().out
            for option in options:
                assert option.partition("=")[0] in help, f"{path.name}: {name} has no option {option}"


def slug(heading: str) -> str:
    """The id that a viewer gives a heading."""
    return re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    if path.parent.name == "zh-Hant":  # the ids are those of the English headings
        path = path.parent.parent / path.name
    stream = tokens(path)
    return {slug(stream[n + 1].content) for n, token in enumerate(stream) if token.type == "heading_open"}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for token in tokens(path):
        for child in token.children or ():
            target = str(child.attrGet("href") or child.attrGet("src") or "")
            if not target or re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            there = (path.parent / name).resolve() if name else path
            if there.parent == ROOT / "docs" and there.stem in MADE:
                continue
            assert there.exists(), f"{path.name}: {target} is not there"
            if anchor:
                assert anchor in anchors(there), f"{path.name}: {target} leads to no heading"


TEMPLATE = re.compile(r"(?:web|preview|print|reports|components|styles)/[\w./]+\.(?:html|j2|css|js)")


@pytest.mark.parametrize(
    "path", [ROOT / "docs" / "templates.md", ROOT / "templates" / "README.md"], ids=lambda path: path.name
)
def test_the_tables_of_templates_name_what_is_there(path: Path) -> None:
    templates = ROOT / "templates"
    for name in TEMPLATE.findall(code_of(path)):
        assert (templates / name).is_file(), f"{path.name}: {name} is not there"


def test_every_template_has_its_row() -> None:
    templates = ROOT / "templates"
    there = {
        p.relative_to(templates).as_posix()
        for p in templates.rglob("*")
        if p.suffix in (".html", ".j2", ".css", ".js")
    }
    assert there == set(TEMPLATE.findall(code_of(ROOT / "docs" / "templates.md")))


def test_classes_that_are_named_exist() -> None:
    styles = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates" / "styles").glob("*.css")
    )
    named = re.findall(r"^\.([a-z][\w-]*)$", code_of(ROOT / "docs" / "templates.md"), re.MULTILINE)
    assert named
    for name in named:
        assert re.search(rf"\.{name}\b", styles), f"no style sheet has .{name}"


def test_tokens_that_are_named_exist() -> None:
    css = (ROOT / "templates" / "styles" / "tokens.css").read_text(encoding="utf-8")
    named = set(re.findall(r"^--[a-z][\w-]*", code_of(ROOT / "docs" / "templates.md"), re.MULTILINE))
    assert named
    for token in named:
        assert f"{token}:" in css, token


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_documents_name_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.~-])/(?:home|root|tmp|usr|work|var|opt)/", text)
    hosts = set(re.findall(r"https?://([^\s/)`…]+)", text))
    assert all(
        host.endswith(".example") or host in ("localhost", "127.0.0.1") or ":" in host for host in hosts
    ), hosts
