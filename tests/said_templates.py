"""Every sentence that the tool can say, found in its source as a template: "{1}" is spelt the American way.

Follows what reaches a finding, an error, a line of the terminal or a help text back to the words in the source: through names,
parameters, results of functions and tables. A part that is worked out while running is {1}, {2} … in the order of the sentence.
It cannot follow everything; what it misses, tests/test_interface.py finds by making real findings.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "generator" / "esgreport"
FACTORIES = {
    "blocking": 2,
    "error": 2,
    "warning": 2,
    "Diagnostic": 3,
}  # where the message stands, the help after it
# Fields of values that carry a piece of a sentence from where it is made to where it is said.
CARRIERS = {
    "message",
    "help",
    "says",
    "right",
    "why",
    "reason",
    "advice",
    "found",
    "what",
    "also",
    "fault",
    "lacks",
    "words",
}
SPEAKERS = {"say", "said", "tell", "_cannot"}
PARSER_WORDS = {"help", "description", "epilog"}
# Modules whose sentences are the report's own, or for those who make templates: nothing of them is said by the tool; and the
# lists of handing over, which have all their languages themselves.
SILENT = {"languages.py", "writer.py", "units.py", "views.py", "checklist.py", "deadlines.py"}

OPEN = "\0"  # a part that is worked out while running
Template = str


@dataclass(frozen=True)
class Where:
    """A line of the package's source."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"generator/esgreport/{self.path}, line {self.line}"


class Module:
    def __init__(self, path: Path) -> None:
        self.path = path.relative_to(PACKAGE).as_posix()
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.parent: dict[ast.AST, ast.AST] = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }

        self.bindings: dict[ast.FunctionDef | None, dict[str, list[tuple[ast.expr, int | None, bool]]]]
        self.bindings = defaultdict(lambda: defaultdict(list))
        for node in ast.walk(self.tree):
            for target, value, loop in assignments(node):
                names = enumerate(target.elts) if isinstance(target, ast.Tuple) else [(None, target)]
                for place, each in names:
                    if isinstance(each, ast.Name):
                        self.bindings[self.function_of(node)][each.id].append((value, place, loop))
        self.imports: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("esgreport"):
                below = (node.module or "").removeprefix("esgreport").strip(".").replace(".", "/")
                for alias in node.names:
                    folder = PACKAGE / below
                    self.imports[alias.asname or alias.name] = (
                        f"{below}/__init__.py" if folder.is_dir() and below else f"{below}.py"
                    )

    def function_of(self, node: ast.AST) -> ast.FunctionDef | None:
        above: ast.AST | None = node
        while above is not None:
            above = self.parent.get(above)
            if isinstance(above, ast.FunctionDef):
                return above
        return None


class Package:
    def __init__(self) -> None:
        paths = sorted(PACKAGE.rglob("*.py"))
        self.modules = [Module(path) for path in paths if path.relative_to(PACKAGE).as_posix() not in SILENT]
        self.functions: dict[str, list[tuple[Module, ast.FunctionDef]]] = defaultdict(list)
        self.calls: dict[str, list[tuple[Module, ast.Call]]] = defaultdict(list)
        self.fields: dict[str, list[list[str]]] = defaultdict(list)
        self.exceptions: set[str] = set()
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef):
                    self.functions[node.name].append((module, node))
                elif isinstance(node, ast.Call) and (name := called(node)):
                    self.calls[name].append((module, node))
                elif isinstance(node, ast.ClassDef):
                    self.fields[node.name].append(
                        [
                            each.target.id
                            for each in node.body
                            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
                        ]
                    )
                    bases = {ast.unparse(base) for base in node.bases}
                    if bases & {"Exception", "ValueError", "OSError", "RuntimeError"} | (
                        bases & self.exceptions
                    ):
                        self.exceptions.add(node.name)
        self.found: dict[Template, Where] = {}
        self._seen: set[tuple[int, str]] = set()

    # ---- what is said

    def templates(self) -> dict[Template, Where]:
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call):
                    for said in self._said(module, node):
                        self.follow(module, said)
            if module.path.startswith("checks/") and module.path != "checks/__init__.py":
                self._manual(module)
        return self.found

    def _manual(self, module: Module) -> None:
        """The paragraphs of a rule's page, but for its title and its examples."""
        for paragraph in (ast.get_docstring(module.tree, clean=False) or "").split("\n\n")[1:]:
            if not paragraph.startswith((" ", "\n ")) and paragraph.strip():
                self.found.setdefault(" ".join(paragraph.split()), Where(module.path, 1))

    def _said(self, module: Module, call: ast.Call) -> Iterator[ast.expr]:
        name = called(call)
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if name in FACTORIES:
            yield from call.args[FACTORIES[name] : FACTORIES[name] + 2]
            yield from (given[key] for key in ("message", "help") if key in given)
        elif name in SPEAKERS or name in self.exceptions:
            yield from call.args[: 1 if name in SPEAKERS else None]
        elif name == "Code":
            yield from (call.args[0], *call.args[2:])
        elif name in ("Symptom", "Question"):
            yield from (*call.args, *given.values())
        if module.path in ("cli.py", "starter.py"):
            yield from (given[key] for key in PARSER_WORDS if key in given)

    # ---- where it comes from

    def follow(self, module: Module, expr: ast.expr, part: int | None = None) -> None:
        """Note the templates that `expr`, or its element `part`, can be."""
        if (id(expr), str(part)) in self._seen:
            return
        self._seen.add((id(expr), str(part)))
        match expr:
            case ast.Tuple() | ast.List() if part is not None and part < len(expr.elts):
                self.follow(module, expr.elts[part])
            case ast.Tuple() | ast.List() | ast.Set():
                for each in expr.elts:
                    self.follow(module, each)
            case ast.Constant(value=str(text)):
                self.note(module, expr, [text])
            case ast.JoinedStr():
                self._joined(module, expr)
            case ast.IfExp():
                self.follow(module, expr.body, part)
                self.follow(module, expr.orelse, part)
            case ast.BoolOp():
                for each in expr.values:
                    self.follow(module, each, part)
            case ast.BinOp(op=ast.Add()):
                self.follow(module, expr.left)
                self.follow(module, expr.right)
            case ast.NamedExpr() | ast.Starred() | ast.Await():
                self.follow(module, expr.value, part)
            case ast.Dict():
                for value in expr.values:
                    self.follow(module, value, part)
            case ast.Subscript():
                self.follow(module, expr.value, part)
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp():
                self.follow(module, expr.elt, part)
            case ast.DictComp():
                self.follow(module, expr.value, part)
            case ast.Name():
                self._name(module, expr, part)
            case ast.Attribute() if expr.attr in CARRIERS:
                self._carried(expr.attr)
            case ast.Call():
                self._call(module, expr, part)

    def _joined(self, module: Module, expr: ast.JoinedStr) -> None:
        parts: list[str | None] = []
        for each in expr.values:
            if isinstance(each, ast.Constant):
                parts.append(str(each.value))
            elif isinstance(each, ast.FormattedValue):
                if isinstance(each.value, ast.Call) and called(each.value) == "plural":
                    self._call(module, each.value, None)
                else:
                    self.follow(module, each.value)
                parts.append(None)
        self.note(module, expr, parts)

    def _call(self, module: Module, call: ast.Call, part: int | None) -> None:
        name = called(call)
        if name in ("said", "str"):
            self.follow(module, call.args[0], part)
            return
        if name == "plural" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
            self.note(module, call, [None, f" {call.args[1].value}s"])
            self.note(module, call, [None, f" {call.args[1].value}"])
            return
        if isinstance(call.func, ast.Attribute):
            if name in ("join", "format", "removesuffix", "strip", "get", "values", "items", "replace"):
                self.follow(module, call.func.value, part)
            if name in ("join", "get"):
                for each in call.args:
                    self.follow(module, each)
                return
        if name in (
            "listed",
            "joined",
            "list",
            "tuple",
            "sorted",
            "next",
            "zip",
            "str",
            "dict",
            "min",
            "max",
            "filter",
        ):
            for each in call.args:
                self.follow(module, each, part)
            return
        for where, function in self.functions.get(name, []):
            if isinstance(call.func, ast.Name) and where is not module and not imported(module, name):
                continue
            for node in ast.walk(function):
                if (
                    isinstance(node, ast.Return | ast.Yield)
                    and node.value
                    and where.function_of(node) is function
                ):
                    self.follow(where, node.value, part)

    def _carried(self, field: str) -> None:
        known = [
            (name, each.index(field)) for name, some in self.fields.items() for each in some if field in each
        ]
        for name, place in known:
            for module, call in self.calls.get(name, []):
                for each in call.args[place : place + 1]:
                    self.follow(module, each)
                for keyword in call.keywords:
                    if keyword.arg == field:
                        self.follow(module, keyword.value)

    def _name(self, module: Module, name: ast.Name, part: int | None) -> None:
        function = module.function_of(name)
        while function is not None:
            if self._assigned(module, function, name.id, part):
                return
            if self._parameter(module, function, name.id):
                return
            function = module.function_of(function)
        for where in [module, *(each for each in self.modules if imported(module, name.id) == each.path)]:
            self._assigned(where, None, name.id, part)

    def _assigned(
        self, module: Module, function: ast.FunctionDef | None, name: str, part: int | None
    ) -> bool:
        bound = module.bindings[function].get(name, ())
        for value, place, loop in bound:
            rows = list(self._rows(module, value)) if loop else []
            for row in rows:
                self.follow(module, row, place)
            if not rows:
                self.follow(module, value, part if place is None else place)
        return bool(bound)

    def _rows(self, module: Module, value: ast.expr) -> Iterator[ast.expr]:
        """What a loop over a table of the source goes through."""
        match value:
            case ast.Tuple() | ast.List():
                yield from value.elts
            case ast.Call(func=ast.Attribute(value=table, attr="items")):
                for known in self._tables(module, table):
                    for key, each in zip(known.keys, known.values, strict=True):
                        if key is not None:
                            yield ast.Tuple([key, each])
            case ast.Name():
                for bound, _, loop in module.bindings[None].get(value.id, ()):
                    if not loop:
                        yield from self._rows(module, bound)

    def _tables(self, module: Module, table: ast.expr) -> Iterator[ast.Dict]:
        if isinstance(table, ast.Dict):
            yield table
        elif isinstance(table, ast.Name):
            for bound, _, _ in module.bindings[None].get(table.id, ()):
                yield from self._tables(module, bound)

    def _parameter(self, module: Module, function: ast.FunctionDef, name: str) -> bool:
        parameters = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        if name not in [*parameters, *(each.arg for each in function.args.kwonlyargs)]:
            return False
        bound = parameters[:1] in (["self"], ["cls"])
        place = parameters.index(name) - bound if name in parameters else -1
        defaults = dict(zip(reversed(parameters), reversed(function.args.defaults), strict=False))
        if name in defaults:
            self.follow(module, defaults[name])
        for where, call in self.calls.get(function.name, []):
            if isinstance(call.func, ast.Name) and where is not module and not imported(where, function.name):
                continue
            if 0 <= place < len(call.args):
                self.follow(where, call.args[place])
            for keyword in call.keywords:
                if keyword.arg == name:
                    self.follow(where, keyword.value)
        return True

    def note(self, module: Module, node: ast.expr, parts: list[str | None]) -> None:
        open = "".join(OPEN if part is None else part for part in parts)
        for line in open.split("\n"):
            numbers = iter(range(1, 99))  # parts side by side cannot be told apart: they are one
            text = re.sub(f"{OPEN}+", lambda _: f"{{{next(numbers)}}}", " ".join(line.split()))  # noqa: B023
            if " " in text and re.search(r"[A-Za-z]{2}", re.sub(r"\{\d+\}", "", text)):
                self.found.setdefault(text, Where(module.path, node.lineno))


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def imported(module: Module, name: str) -> str:
    """The module from which this one takes a name, by its path; nothing where it does not."""
    return module.imports.get(name, "")


def assignments(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    """(what is named, what it is or is one of, whether it is one of many)."""
    match node:
        case ast.Assign():
            yield from ((target, node.value, False) for target in node.targets)
        case ast.AnnAssign() | ast.NamedExpr() | ast.AugAssign() if node.value:
            yield node.target, node.value, False
        case ast.For() | ast.comprehension():
            yield node.target, node.iter, True
        case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="append" | "extend")):
            yield from ((name, each, False) for each in node.args)


def constants() -> set[str]:
    """Every text and every f-string of the package, as a template, whether it is said or not."""
    package = Package()
    for module in package.modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                package.note(
                    module, node, [str(e.value) if isinstance(e, ast.Constant) else None for e in node.values]
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                package.note(module, node, [node.value])
    return set(package.found)


if __name__ == "__main__":
    lacking = "--lacking" in sys.argv
    known = (
        (PACKAGE / "interface" / "zh-Hant.txt").read_text(encoding="utf-8").splitlines() if lacking else []
    )
    for template, where in Package().templates().items():
        if template not in known:
            print(
                f"# {where.path}\n{template}\n    " if lacking else f"{where.path}:{where.line}\t{template}"
            )
