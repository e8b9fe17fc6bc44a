"""The way of a figure: imports point inwards, each library has one door, the core knows no clock and no float."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import esgreport
import pytest

PACKAGE = Path(esgreport.__file__).parent

LEVELS = [  # a part may import parts on the lines above its own, and nothing else of ours
    {"diagnostics", "codes", "amounts", "workers"},
    {"interface"},
    {"fetching"},
    {"languages", "units"},
    {"source"},
    {"model", "pictures", "faces"},
    {"qr"},
    {"schema", "formulas", "qualifiers"},
    {"blocks", "publications", "deadlines"},
    {"narrative"},
    {"expressions"},
    {"targets"},
    {"compute"},
    {"load", "calls", "tables"},
    {"topics", "framework", "quantities"},
    {"target_tables", "methods"},
    {"words_of_figures"},
    {"rounding", "charts"},
    {"printed"},
    {"index", "answers"},
    {"views", "series", "worklist"},
    {"citations", "statements"},
    {"wording", "numerals", "characters", "terms"},
    {"subjects"},
    {"name_writer", "statement_writer", "companies"},
    {"table_writer", "method_writer"},
    {"target_writer", "chart_writer", "answer_writer"},
    {"topic_writer", "summary_writer"},
    {"writer"},
    {"checks", "acceptance"},
    {"ridge", "drawing", "diagrams"},
    {"typesetting"},
    {"bilingual"},
    {"finished", "finished_pdf"},
    {"differences", "proof"},
    {"differences_writer", "proof_writer", "checklist"},
    {"render", "workbook", "structure", "press"},
    {"export", "output", "pdf", "site_engine"},
    {"search", "policy", "share", "press_sheet"},
    {"trail"},
    {"pipeline", "revisions"},
    {"changes", "migrations", "section_ids"},
    {"handing_over"},
    {"doctor"},
    {"manual", "editors"},
    {"starter"},
    {"findings_writer"},
    {"preview"},
    {"preview_server"},
    {"cli"},
    {"__main__"},
]
CORE = set().union(*LEVELS[:27])  # what works figures out; from `ridge` on it is drawn, written and printed
DOORS = {
    "yaml": {"source"},
    "markdown_it": {"narrative"},
    "PIL": {"pictures"},
    "segno": {"qr"},
    "defusedxml": {"pictures"},
    "fontTools": {"faces"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "weasyprint": {"pdf"},
    "pydyf": {"pdf", "press"},
    "pypdf": {"finished_pdf"},
    "tinycss2": {"pdf"},
    "mkdocs": {"site_engine"},
    "material": set(),
    "openpyxl": {"workbook"},
}
OUTSIDE = {
    "time",
    "random",
    "secrets",
    "uuid",
    "locale",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "requests",
    "httpx",
}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "setlocale", "getlocale"}
DRAWN = {("writer", "ridge")}  # the heights of the cover's mountains are a picture, not figures


def parts(package: Path) -> Iterator[tuple[str, str, ast.Module]]:
    """Every module: the part it belongs to, its name in the package, its tree."""
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).with_suffix("").as_posix().replace("/", ".")
        if name != "__init__":
            yield (
                name.partition(".")[0],
                name.removesuffix(".__init__"),
                ast.parse(path.read_text(encoding="utf-8")),
            )


def imports(tree: ast.Module) -> Iterator[str]:
    """The full name of everything a module imports, anywhere in it; relative imports begin with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def for_types_only(tree: ast.Module) -> set[str]:
    """What is imported for annotations alone, under `if TYPE_CHECKING:`."""
    blocks = [
        n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test).endswith("TYPE_CHECKING")
    ]
    return {name for block in blocks for name in imports(ast.Module(block.body, []))}


def faults(package: Path) -> set[str]:
    """Everything in a package that the rules of this file do not allow."""
    level = {part: number for number, names in enumerate(LEVELS) for part in names}
    found = set()
    for part, module, tree in parts(package):
        if part not in level:
            found.add(f"{part} stands on no line of LEVELS")
            continue
        for name in imports(tree):
            if name.startswith("."):
                found.add(f"{module} imports {name} by a relative name")
            library = name.partition(".")[0]
            if library in DOORS and part not in DOORS[library] and name not in for_types_only(tree):
                found.add(
                    f"{module} imports {library}, whose door is {' '.join(DOORS[library]) or 'nowhere'}"
                )
            ours = name.removeprefix("esgreport.").partition(".")[0]
            if name.startswith("esgreport.") and ours != part and ours != "__version__":
                if ours not in level:
                    found.add(f"{module} imports {ours}, which is not there")
                elif level[ours] >= level[part]:
                    found.add(f"{module} -> {ours}")
            if part in CORE and any(name == o or name.startswith(o + ".") for o in OUTSIDE):
                found.add(f"{module} imports {library}: the core knows no clock, chance, place or network")
        if part in CORE:
            found |= {f"{module}: {what}" for what in inexact(part, tree)}
    return found


def inexact(part: str, tree: ast.Module, function: str = "") -> Iterator[str]:
    """Calls that a figure must not depend on: a float, a clock, a locale."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        drawn = (part, inside) in DRAWN or (part == "views" and not inside)  # the fields of RidgeView
        if isinstance(node, ast.Name) and node.id == "float" and not drawn:
            yield f"float in {inside}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            yield f"{ast.unparse(node.func)}() in {inside}"
        yield from inexact(part, node, inside)  # type: ignore[arg-type]


def test_the_package_keeps_its_rules():
    assert faults(PACKAGE) == set()


def test_the_map_in_the_package_is_these_levels():
    """The docstring of esgreport/__init__.py is read by people: line by line, it says what LEVELS says."""
    lines = re.findall(r"^    (\S.*?)   ", esgreport.__doc__ or "", re.MULTILINE)
    named = [{part.strip() for part in line.split(",")} for line in lines]
    assert named == LEVELS[:-1]


def test_no_part_is_named_like_a_module_of_python():
    taken = {part for part, _, _ in parts(PACKAGE)} & (sys.stdlib_module_names - {"__main__"})
    assert not taken


PLANTED = [
    ("compute.py", "from esgreport.render import Templates", "compute -> render"),
    ("compute.py", "import esgreport.render", "compute -> render"),
    ("compute.py", "from esgreport import render", "compute -> render"),
    ("compute.py", "def late():\n    from esgreport.views import Edition", "compute -> views"),
    ("calls.py", "from esgreport.tables import Grid", "calls -> tables"),
    ("checks/links.py", "from esgreport.pipeline import examine", "checks.links -> pipeline"),
    ("model.py", "from .units import Unit", "model imports .units.Unit by a relative name"),
    ("compute.py", "import yaml", "compute imports yaml, whose door is source"),
    ("views.py", "from jinja2 import Template", "views imports jinja2, whose door is render"),
    ("pipeline.py", "import weasyprint", "pipeline imports weasyprint, whose door is pdf"),
    ("pipeline.py", "import mkdocs.config", "pipeline imports mkdocs, whose door is site_engine"),
    ("checks/pictures.py", "from PIL import Image", "checks.pictures imports PIL, whose door is pictures"),
    ("units.py", "def x(n):\n    return float(n)", "units: float in x"),
    ("views.py", "def x(n):\n    return list(map(float, n))", "views: float in x"),
    ("framework.py", "TODAY = date.today()", "framework: date.today() in "),
    ("load/cells.py", "def x():\n    from datetime import datetime\n    return datetime.now()", "load.cells: datetime.now() in x"),
    ("amounts.py", "import random", "amounts imports random: the core knows no clock, chance, place or network"),
    ("languages.py", "from locale import format_string", "languages imports locale: the core knows no clock, chance, place or network"),
    ("source.py", "import urllib.request", "source imports urllib: the core knows no clock, chance, place or network"),
    ("sums.py", "", "sums stands on no line of LEVELS"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "line", "fault"), PLANTED, ids=[fault for *_, fault in PLANTED])
def test_a_stray_line_is_seen(tmp_path, module, line, fault):
    package = tmp_path / "esgreport"
    shutil.copytree(
        PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "templates", "frameworks", "registers")
    )
    path = package / module
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    assert faults(package) == {fault}


CHECK = """\
import sys
from esgreport.cli import main
status = main(["check", "--project", sys.argv[1]])
loaded = {name.partition(".")[0] for name in sys.modules}
print(status, sorted(loaded & {"weasyprint", "pydyf", "tinycss2", "mkdocs", "material"}))
"""


def test_check_needs_no_engine_and_no_template(project):
    """A report is checked where nothing can be laid out, and whatever its own templates hold."""
    root = project(
        {"templates/web/page.md.j2": "{% if", "templates/print/report.html": "{{ nothing.at.all }}"}
    )
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(root)], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "0 []", done.stdout + done.stderr
