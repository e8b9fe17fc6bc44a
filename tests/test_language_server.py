"""What an editor shows in a new project: the YAML language server itself, with the settings and schemas that `init` writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from conftest import here
from language_server import LanguageServer, installed

pytestmark = pytest.mark.long
A2, BOTH = "data/aspects/a2.yml", re.compile(r"[a-z]{4}[\s\S]*[一-鿿]{2}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The server in a new project of a bilingual company."""
    command = installed()
    if command is None:
        pytest.skip("no Node on this machine")
    folder = tmp_path_factory.mktemp("editor") / "ropes"
    words = ("--company", "Harbour Ropes / 港灣繩纜", "--plants", "Sha Tin works / 沙田廠")
    assert here("init", folder, "--yes", *words).returncode == 0
    server = LanguageServer(command, folder)
    server.open("data/factors.yml", "coal: {}\n")
    server.found("data/factors.yml", "Missing property")  # it has its settings, and has read a schema
    yield server
    server.end()


def text(server: LanguageServer, name: str) -> str:
    return (server.folder / name).read_text(encoding="utf-8")


def place(content: str, words: str) -> tuple[int, int]:
    """Where words stand: line and character from 0."""
    before = content[: content.index(words)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_nothing_is_wrong_in_a_new_project(server: LanguageServer) -> None:
    names = [path.relative_to(server.folder).as_posix() for path in server.folder.glob("data/**/*.yml")]
    assert len(names) > 10
    for name in names:  # one mistake is planted in each, so that it is known to have been looked at
        server.open(name, f"{text(server, name)}\n9: {{planted: [\n")
    for name in names:
        told = server.found(name, "")
        server.close(name)
        planted = text(server, name).count("\n") + 1
        assert [each for each in told if each["range"]["end"]["line"] < planted] == [], name


def test_every_schema_is_the_one_of_its_files(server: LanguageServer) -> None:
    """A key that nobody reads is told in each kind of file: so each has its schema, and the right one."""
    kinds = {
        "data/report.yml": "compnay: 1\n",
        A2: "aspect: A2\nmetrcs: {}\n",
        "data/dimensions.yml": "gender: {nmae: x}\n",
        "data/registers/plants.yml": "tm: {entity: us, nmae: {en: x}}\n",
        "data/registers/units.yml": "drum: {nmae: x}\n",
        "data/factors.yml": "coal: {nmae: x}\n",
        "data/topics/risks.yml": "nmae: x\n",
        "data/pictures.yml": "yard: {fiel: x}\n",
        "data/glossary.yml": "ghg: {trem: x}\n",
        "data/accepted.yml": "- {cdoe: x}\n",
        "data/frameworks/own.yml": "requirments: []\n",
    }
    settings = json.loads(text(server, ".vscode/settings.json"))["yaml.schemas"]
    for name, content in kinds.items():
        server.open(name, content)
        told = server.found(name, "is not allowed")
        server.close(name)
        (schema,) = [
            path for path, files in settings.items()
            if any(fnmatch(name, file) for file in files if file[0] != "!")
            and not any(fnmatch(name, file[1:]) for file in files if file[0] == "!")
        ]  # fmt: skip
        assert {Path(each["source"].removeprefix("yaml-schema: ")).name for each in told} == {
            Path(schema).name
        }


def test_a_wrong_key_is_marked_where_it_stands(server: LanguageServer) -> None:
    content = text(server, A2).replace("    unit: m3", "    unti: m3", 1)
    server.open(A2, content)
    told = server.found(A2, "unti is not allowed")
    server.close(A2)
    line, character = place(content, "unti")
    marked = next(each for each in told if "unti is not allowed" in each["message"])
    assert marked["range"]["start"] == {"line": line, "character": character}
    assert marked["range"]["end"] == {"line": line, "character": character + 4}
    assert any('Missing property "unit"' in each["message"] for each in told)


def test_keys_and_choices_are_offered_with_what_they_mean_in_both_languages(server: LanguageServer) -> None:
    content = (
        "aspect: X\nmetrics:\n  water:\n    name: {en: Water}\n    \nresponses:\n  A2.4:\n    status: \n"
    )
    server.open(A2, content)
    offered = {each["label"]: each for each in server.at("completion", A2, 4, 4)["items"]}
    assert {"unit", "answers", "per", "values", "breakdown", "source", "owner"} <= set(offered)
    assert "name" not in offered  # it is there already
    for key in ("unit", "values", "owner"):
        explained = offered[key]["documentation"]
        assert BOTH.search(explained if isinstance(explained, str) else explained["value"]), key
    statuses = {each["label"] for each in server.at("completion", A2, 7, 12)["items"]}
    server.close(A2)
    assert {"explained", "not-applicable", "relief-used"} <= statuses


def test_a_key_explains_itself_under_the_mouse(server: LanguageServer) -> None:
    content = text(server, A2)
    server.open(A2, content)
    line, character = place(content, "per: [revenue]")
    said = server.at("hover", A2, line, character + 1)["contents"]["value"]
    server.close(A2)
    assert "Intensities: the metrics that it is divided by." in said and "密度：以哪些指標為分母。" in said


def test_snippets_are_as_the_editor_reads_them(server: LanguageServer) -> None:
    snippets = json.loads(text(server, ".vscode/esgreport.code-snippets"))
    assert len(snippets) > 8
    prefixes = [snippet["prefix"] for snippet in snippets.values()]
    assert len(set(prefixes)) == len(prefixes) and all(prefix.startswith("esg") for prefix in prefixes)
    for name, snippet in snippets.items():
        assert set(snippet) == {"scope", "prefix", "description", "body"}, name
        assert snippet["scope"] in ("markdown", "yaml") and BOTH.search(snippet["description"]), name
        body = snippet["body"]
        assert isinstance(body, list) and all(isinstance(line, str) for line in body), name
        # Places to fill in are numbered in their order; $0 is where the cursor ends.
        numbers = [int(number) for number in re.findall(r"\$\{?(\d+)", "\n".join(body))]
        last = [0] if 0 in numbers else []
        assert numbers == [*sorted({*numbers} - {0}), *last], name
    extensions = json.loads(text(server, ".vscode/extensions.json"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}
