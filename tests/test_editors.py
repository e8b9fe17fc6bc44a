"""What editors know of the data files is what the readers know: whole reports pass, and what nobody reads is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, TINY
from esgreport.editors import SCHEMAS, schema_files, settings
from jsonschema import Draft7Validator
from test_docs import FRAMEWORKS, HARBOUR, example, keys_in_source

REPORTS = (ROOT, ROOT / "examples" / "river-alloy", ROOT / "examples" / "gallery")
OF_THE_ENGINE = {"site_name", "docs_dir", "theme", "features"}  # mkdocs.yml holds no data


class _AsEditors(yaml.SafeLoader):
    """YAML as editors read it (1.2): no dates, and of words only true, false and null are no texts."""


_AsEditors.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_AsEditors.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def plain(value: Any) -> Any:
    """As JSON has it: keys are texts."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def schemas_of(name: str) -> list[str]:
    return [
        schema
        for schema, (_, patterns) in SCHEMAS.items()
        if any(fnmatch(name, p) for p in patterns if p[0] != "!")
        and not any(fnmatch(name, p[1:]) for p in patterns if p[0] == "!")
    ]


def faults(name: str, text: str) -> list[str]:
    (schema,) = schemas_of(name)
    validator = Draft7Validator(json.loads(schema_files()[f"{schema}.schema.json"]))
    return [
        f"{'/'.join(map(str, e.path))}: {e.message[:90]}" for e in validator.iter_errors(plain(yaml.load(text, _AsEditors)))
    ]  # fmt: skip


def documented() -> Iterator[tuple[str, str]]:
    for name, text in {
        **HARBOUR,
        **{k: v for k, v in example(FRAMEWORKS).items() if "frameworks/" in k},
    }.items():
        if name.endswith(".yml"):
            yield name, text


def test_the_schemas_are_schemas() -> None:
    for text in schema_files().values():
        Draft7Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("root", REPORTS, ids=lambda root: root.name)
def test_whole_reports_pass(root: Path) -> None:
    names = [path.relative_to(root).as_posix() for path in sorted((root / "data").rglob("*.yml"))]
    assert len(names) > 8
    found = {name: faults(name, (root / name).read_text(encoding="utf-8")) for name in names}
    assert {name: each for name, each in found.items() if each} == {}


def test_the_documented_report_passes() -> None:
    found = {name: faults(name, text) for name, text in documented()}
    assert len(found) > 10 and {name: each for name, each in found.items() if each} == {}


REPORT, ASPECT = TINY["data/report.yml"], TINY["data/aspects/a2.yml"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("data/report.yml", "status: draft", "status: finished"),
        ("data/report.yml", "company:", "compnay:"),
        ("data/report.yml", "issuer_class: main-board", "issuer_class: main board"),
        ("data/report.yml", "languages: [zh-Hant, en]", "languages: [zh-hant, en]"),
        ("data/report.yml", "from: 2025-01-01", "from: 1.1.2025"),
        ("data/report.yml", "slug: tiny-esg-2025", "slug: Tiny ESG"),
        ("data/report.yml", "  - pages: [a2]", "  pages: [a2]"),
        ("data/aspects/a2.yml", "unit: kWh", "unti: kWh"),
        ("data/aspects/a2.yml", "name: {en: Purchased electricity, zh-Hant: 外購電力}", "name: {english: Electricity}"),
        ("data/aspects/a2.yml", "2025: 29 843 800", "2025: 29 843 800 kWh"),
        ("data/aspects/a2.yml", "2025: 29 843 800", "2025: n/a"),
        ("data/aspects/a2.yml", "2025: 29 843 800", "2025: {value: 5, note: {de: Strom}}"),
        ("data/aspects/a2.yml", "  electricity:", "  Electricity:"),
        ("data/aspects/a2.yml", "metrics:", "responses: {A2.2: {status: explain, reason: {en: x}}}\nmetrics:"),
        ("data/aspects/a2.yml", "metrics:", "targets: {less: {name: {en: x}, metric: electricity}}\nmetrics:"),
        ("data/dimensions.yml", "members:", "member:"),
    ],
)  # fmt: skip
def test_a_mistake_is_marked_while_it_is_typed(name: str, before: str, after: str) -> None:
    assert faults(name, TINY[name]) == []
    assert before in TINY[name]
    assert faults(name, TINY[name].replace(before, after, 1)), after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/factors.yml", "grid: {value: 0.6, unit: kgCO2e/kWh}"),
        ("data/registers/plants.yml", "works: {name: {en: Works}, adress: {en: Quay}}"),
        ("data/registers/units.yml", "drum: {name: {en: drums}, equal: 200 L}"),
        ("data/topics/risks.yml", "name: {en: Risks}\nentries: {storm: {name: {en: Storm}, icon: wave}}"),
        ("data/pictures.yml", "yard: {file: yard.jpg, alt: {en: A yard}}"),
        ("data/glossary.yml", "ghg: {term: {en: gases}, avoid: [emissions]}"),
        ("data/accepted.yml", "- {code: requirement-mising, file: data/report.yml, reason: x, owner: y}"),
        ("data/frameworks/own.yml", "id: own\ntitle: x\nrequirements: [{id: A, kind: words, level: voluntary, label: x}]"),
        ("data/frameworks/own.labels.yml", "A1: {german: Luft}"),
    ],
)  # fmt: skip
def test_a_mistake_in_every_other_file_is_marked(name: str, text: str) -> None:
    assert len(faults(name, text)) == 1


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from nodes(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from nodes(each)


def test_the_keys_are_those_that_the_readers_know() -> None:
    """A key that a reader has learnt is missing here, or is still here though no reader knows it."""
    ours = {
        key
        for schema, _ in SCHEMAS.values()
        for node in nodes(schema)
        if isinstance(node.get("properties"), dict)
        for key in node["properties"]
    }
    known = set().union(*(keys_in_source(name) for name in ("load/*.py", "acceptance.py", "framework/*.py")))
    assert known - ours == OF_THE_ENGINE
    assert ours - known == {"zh-Hant", "zh-Hans"}  # `en` is a key of its own, for units


def test_every_key_is_explained_in_both_languages() -> None:
    bare = {
        "display",
        "text",
        "metric",
        "dimension",
        "value",
        "source",
        "year",
        "label",
        "framework",
        "requirements",
    }
    for name, (schema, _) in SCHEMAS.items():
        for node in nodes(schema):
            for key, shape in node.get("properties", {}).items() if node.get("type") == "object" else ():
                if key not in bare | {"en", "zh-Hant", "zh-Hans", "change", "share", "per", "progress"}:
                    english, _, chinese = shape["description"].partition("\n\n")
                    assert re.match("[A-Z]", english) and re.search("[一-鿿]", chinese), f"{name}: {key}"


def test_the_settings_name_each_schema_and_forbid_tabs() -> None:
    chosen = json.loads(settings())
    assert {Path(name).name for name in chosen["yaml.schemas"]} == set(schema_files())
    assert chosen["editor.insertSpaces"] is True
