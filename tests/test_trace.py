"""The way back from a figure: to its cells, factors and sources, and to every place that prints it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import TINY, Built, esgreport, here, write_project
from esgreport.model import HOME
from esgreport.trail import MOST_FIGURES, MOST_INPUTS, lines, named, printings, trace
from reports import edition_of

DIMENSIONS = (
    TINY["data/dimensions.yml"]
    + """\
plant:
  name: {en: Plant, zh-Hant: 廠房}
  members: {chengxi: {en: Chengxi, zh-Hant: 城西}, yunzhong: {en: Yunzhong, zh-Hant: 雲中}}
month:
  name: {en: Month, zh-Hant: 月份}
  members:
"""
    + "".join(f"    m{n:02}: {{en: Month {n}, zh-Hant: {n}月}}\n" for n in range(1, 41))
)
METRICS = """\
    source: Utility invoices
    per: [production]
  production:
    name: {en: Production, zh-Hant: 產量}
    unit: t
    values: {2025: 50 000, 2024: 48 000}
  workforce:
    name: {en: Employees, zh-Hant: 僱員}
    unit: person
    breakdown:
      gender: {2025: {male: 251, female: 90}, 2024: {male: 240, female: nil}}
  emissions:
    name: {en: Emissions, zh-Hant: 排放}
    formula: electricity * factor("grid")
    unit: tCO2e
    decimals: 1
  coal:
    name: {en: Coal, zh-Hant: 煤}
    unit: t
    source: Weighbridge
    owner: Plant officers
    boundary: {en: Both plants., zh-Hant: 兩間廠房。}
    breakdown:
      plant:
        2025:
          chengxi: {value: 30.5, restated_from: 28, reason: {en: A slow scale., zh-Hant: 磅秤偏慢。}, source: Supplier, evidence: letter 17}
          yunzhong: {value: 12, qualifier: about, status: estimated, at: 2025-11-30, note: {en: Counted early., zh-Hant: 提早點算。}}
        2024: {chengxi: {limit: 0.5}, yunzhong: {range: [3, 5]}}
  coal_emissions:
    name: {en: Emissions of coal, zh-Hant: 煤排放}
    formula: coal * factor("coal")
    breakdown: [plant]
    unit: tCO2e
  water:
    name: {en: Water, zh-Hant: 耗水}
    unit: m3
    source: Meters
targets:
  leaner:
    name: {en: Leaner by 2030, zh-Hant: 2030年減少用電}
    metric: electricity
    per: production
    base: 2024
    to: 2030
    change: -20
    owner: The board
"""
FILES = {
    "data/report.yml": TINY["data/report.yml"].replace(
        "parts:", "  2030: {from: 2030-01-01, to: 2030-12-31}\nparts:"
    ),
    "data/dimensions.yml": DIMENSIONS,
    "data/aspects/a2.yml": TINY["data/aspects/a2.yml"] + METRICS,
    "data/aspects/a2.csv": "metric,period,month,plant,value\n"
    + "".join(
        f"water,2025,m{n:02},{plant},{n * 100 + k}\n"
        for n in range(1, 41)
        for k, plant in enumerate(("chengxi", "yunzhong"))
    ),
    "data/factors.yml": """\
grid:
  name: {en: Grid, zh-Hant: 電網}
  values: {2025: 0.6096, 2024: {value: 0.6205, source: Last year's table, year: 2021}}
  unit: kgCO2e/kWh
  source: Ministry of Ecology and Environment
  year: 2022
  gas: CO2
coal:
  unit: tCO2e/t
  source: A table
  gas: CO2e
  gwp: AR5
  breakdown: {plant: {chengxi: 2.1, yunzhong: {2025: 1.9, 2024: 2}}}
""",
    "content/en/a2.md": TINY["content/en/a2.md"]
    + "\nWe emitted {{ emissions }}, again {{ emissions }}, and employed {{ workforce }}.\n",
    "content/zh-Hant/a2.md": TINY["content/zh-Hant/a2.md"]
    + "\n排放{{ emissions }}，即{{ emissions }}，僱用{{ workforce }}。\n",
}


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with figures of every kind; nobody writes into it."""
    return write_project(tmp_path_factory.mktemp("traced") / "project", FILES)


def text(root: Path, *words: str) -> str:
    done = here("trace", *words, "--project", root)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def tree(root: Path, *words: str) -> dict:
    return json.loads(text(root, *words, "--format", "json"))


# ---- which figure


@pytest.mark.parametrize(
    "words",
    [
        ["workforce@2025[gender=female]"],
        ["workforce", "2025", "gender=female"],
        ["workforce", "gender=female", "2025"],
        ["workforce", "gender=female"],
    ],
)
def test_a_figure_is_named_in_several_ways(traced, words):
    said = text(traced, *words)
    assert re.match(r"workforce@2025\[gender=female\]  90 person  data/aspects/a2\.yml:\d+:42\n", said)
    assert said.endswith("Printed\n  nowhere\n")


@pytest.mark.parametrize(
    "words",
    [
        ["electricity~per.production~change.2024@2025"],
        ["electricity~per.production~change.2024", "2025"],
        ["electricity~per.production~change.2024"],
    ],
)
def test_operations_compose(traced, words):
    said = text(traced, *words)
    assert said.startswith("electricity~per.production~change.2024@2025  +1.94 percent  ")
    for id, amount in (
        ("electricity~per.production@2025", "597 kWh/t"),
        ("electricity~per.production@2024", "586 kWh/t"),
        ("electricity@2025", "29,843,800 kWh"),
        ("electricity@2024", "28,104,220 kWh"),
        ("production@2025", "50,000 t"),
    ):
        assert f" {id}  {amount}  data/aspects/a2.yml:" in said


CANNOT = {
    "unknown name": (["leanr"], '"leanr" is not a metric or target; did you mean "leaner"?'),
    "unknown operation in a chain": (["electricity~per.production~chnge.2024"], 'did you mean "change"?'),
    "unknown argument in a chain": (["electricity~per.coal~change.2023"], '"2023" is not a period'),
    "a share by what does not divide": (["workforce~share.plant", "gender=male"], "plant"),
    "an operation of a metric on a target": (["leaner~per.production"], "is not a figure of a target"),
    "an argument of a target's figure": (["leaner~level.2030"], "write leaner~level@2025"),
    "members of a target": (["leaner~level@2030[plant=chengxi]"], '"leaner" is not broken down by plant'),
    "members of another dimension": (["coal", "gender=male"], 'coal" is not broken down by gender'),
}  # fmt: skip


@pytest.mark.parametrize("case", CANNOT)
def test_unknown_names_are_one_sentence_with_the_nearest(traced, case):
    words, part = CANNOT[case]
    done = here("trace", *words, "--project", traced)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("esgreport: ") and part in line


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["workforce", "2030"], r"workforce@2030 is not given \(data/aspects/a2\.yml:\d+:3\)"),
        (["emissions", "2030"], r'the factor "grid" has no value for 2030 \(data/factors\.yml:1:1\)'),
        (["electricity~per.production", "2030"], r"electricity@2030 is not given \(data/aspects/a2\.yml:3:3\)"),
        (["coal_emissions", "2024", "plant=chengxi"], r"coal@2024\[plant=chengxi\] is a limit, with which .*:\d+:\d+\)"),
        (["leaner~progress", "2030"], r"electricity@2030 is not given \(data/aspects/a2\.yml:3:3\)"),
    ],
)  # fmt: skip
def test_a_figure_without_a_value_says_why_and_where(traced, words, why):
    done = here("trace", *words, "--project", traced)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"esgreport: \S+ has no value: {why}\n", done.stderr)


# ---- where it comes from


def test_a_derived_figure_goes_down_to_cells_and_factors(traced, golden):
    golden("trace_emissions.txt", text(traced, "emissions"))


def test_all_that_is_known_of_cells_and_factors_is_shown_once(traced, golden):
    golden("trace_coal.txt", text(traced, "coal_emissions"))


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (["coal", "2024", "plant=chengxi"], "below 0.5 t  (limit)"),
        (["coal", "2024", "plant=yunzhong"], "3–5 t  (range)"),
        (["coal", "plant=yunzhong"], "about 12 t  (estimated)"),
        (["workforce", "2024", "gender=female"], "Nil person  (nil)"),
    ],
)
def test_kinds_qualifiers_and_status_are_shown(traced, words, head):
    assert re.match(rf"\S+  {re.escape(head)}  data/", text(traced, *words))


def test_the_value_of_a_factor_is_that_of_the_period(traced):
    said = text(traced, "emissions", "2024")
    assert "factor    grid = 0.6205 kgCO2e/kWh  data/factors.yml:3:40\n" in said
    assert "            2024; CO2; Last year's table, year 2021\n" in said


def test_a_figure_that_is_used_twice_is_shown_once(traced):
    said = text(traced, "electricity~per.production~change.2024@2025")
    assert said.count("data/aspects/a2.yml:4:") == 0
    share = text(traced, "workforce~share.gender", "gender=male")
    assert share.count("workforce@2025[gender=male]  251 person") == 2
    assert share.count("(as above)") == 1


def test_a_target_traces_to_its_base_what_is_wanted_and_where_it_stands(traced, golden):
    golden("trace_target.txt", text(traced, "leaner"))


@pytest.mark.parametrize("words", [["leaner~level@2030"], ["leaner~level", "2030"], ["leaner~progress@2025"]])
def test_a_figure_of_a_target_traces_to_base_actual_and_place(traced, words):
    said = text(traced, *words)
    aspect = (traced / "data/aspects/a2.yml").read_text().splitlines()
    assert "electricity~per.production@2024" in said
    assert ("electricity~per.production@2025" in said) == ("progress" in words[0])
    places = {line.split("  ")[-1] for line in said.splitlines() if line.strip().startswith("leaner~")}
    typed = {aspect[int(place.split(":")[1]) - 1].strip() for place in places}
    assert typed == {"leaner:", "change: -20"}


def test_a_large_total_is_listed_in_part_and_wholly_on_request(traced):
    said = text(traced, "water")
    shown = [line for line in said.splitlines() if line.strip().startswith("water@")]
    assert MOST_INPUTS < len(shown) <= MOST_FIGURES
    assert "  … and 28 more inputs (--all shows them)\n" in said
    whole = text(traced, "water", "--all")
    assert "…" not in whole
    cells = re.findall(
        r"^ +water@2025\[month=m\d\d,plant=\w+\]  [\d,]+ m3  data/aspects/a2\.csv:(\d+):", whole, re.M
    )
    assert sorted(map(int, cells)) == list(range(2, 82))
    assert whole.count("Meters") == 1


def test_what_is_left_out_lies_deepest(tmp_path):
    """However many inputs there are: what stands is whole levels from the top, and all is in --all."""
    metrics = "".join(
        f"  x{n}: {{name: {{en: X, zh-Hant: 某}}, unit: m3, formula: water + {n}.5 * water}}\n"
        for n in range(9)
    )
    total = " + ".join(f"x{n}" for n in range(9))
    metrics += f"  x: {{name: {{en: X, zh-Hant: 某}}, unit: m3, formula: {total}}}\n"
    files = dict(FILES)
    files["data/aspects/a2.yml"] = files["data/aspects/a2.yml"].replace("targets:\n", metrics + "targets:\n")
    edition = edition_of(write_project(tmp_path / "project", files))
    found = trace(edition, named(edition.report, ["x"]))
    few, every = list(lines(edition, found)), list(lines(edition, found, every=True))
    assert len(few) < len(every) < 200
    assert [line for line in few if re.match(r"  x\d@", line)] == [
        line for line in every if re.match(r"  x\d@", line)
    ]
    assert sum("water@2025  " in line for line in every) == 9


def test_evidence_and_owners_are_shown_here_and_nowhere_in_a_build(traced, tmp_path):
    said = text(traced, "coal")
    for words in ("letter 17", "Plant officers", "Weighbridge", "Supplier", "formerly  28 t: A slow scale."):
        assert said.count(words) == 1
    out = tmp_path / "out"
    assert here("build", "--only", "data", "--project", traced, "--out", out).returncode == 0
    for path in (out / "data").iterdir():
        content = path.read_text(encoding="utf-8")
        assert "coal@2025[plant=chengxi]" in content or "index" in path.name
        assert not any(
            words in content for words in ("letter 17", "Plant officers", "Weighbridge", "The board")
        )


# ---- as JSON


def nodes(node: dict) -> list[dict]:
    return (
        [node, *(below for each in node["inputs"] for below in nodes(each))] if "inputs" in node else [node]
    )


def test_the_tree_as_json_has_a_fixed_shape(traced):
    found = tree(traced, "coal_emissions")
    assert [place["lang"] for place in found["printed_at"]] == []
    assert [node["id"] for node in nodes(found)] == [
        "coal_emissions@2025",
        "coal_emissions@2025[plant=chengxi]",
        "coal@2025[plant=chengxi]",
        "coal_emissions@2025[plant=yunzhong]",
        "coal@2025[plant=yunzhong]",
    ]
    cell = nodes(found)[2]
    assert (cell["value"], cell["unit"], cell["kind"], cell["former"]) == ("30.5", "t", "value", "28")
    assert (cell["source"], cell["owner"], cell["evidence"]) == ("Supplier", "Plant officers", "letter 17")
    assert cell["boundary"]["en"] == "Both plants." and cell["reason"]["en"] == "A slow scale."
    assert nodes(found)[4]["at"] == "2025-11-30"
    assert nodes(found)[3]["factors"] == [
        {
            "id": "coal",
            "name": {},
            "value": "1.9",
            "unit": "tCO2e/t",
            "gas": "CO2e",
            "gwp": "AR5",
            "period": "2025",
            "members": {"plant": "yunzhong"},
            "source": {"en": "A table", "zh-Hant": "A table"},
            "year": None,
            "place": "data/factors.yml:13:54",
        }
    ]


def test_a_figure_stands_once_in_the_tree(traced):
    found = nodes(tree(traced, "workforce~share.gender@2025[gender=male]"))
    assert found[0]["id"] == "workforce~share.gender@2025[gender=male]"
    whole = Counter(node["id"] for node in found if "above" not in node)
    assert set(whole.values()) == {1}
    assert [node for node in found if "above" in node] == [
        {"id": "workforce@2025[gender=male]", "above": True}
    ]


def test_places_are_in_the_json(traced):
    assert tree(traced, "workforce")["printed_at"] == [
        {"lang": "zh-Hant", "title": "數據", "url": "zh-Hant/a2.html#figures", "page": None},
        {"lang": "en", "title": "Figures", "url": "en/a2.html#figures", "page": None},
    ]


def test_inputs_are_those_of_the_data_file(traced, tmp_path):
    """Every figure of the tree says what figures.json says of it."""
    out = tmp_path / "out"
    assert here("build", "--only", "data", "--project", traced, "--out", out).returncode == 0
    listed = {f["id"]: f for f in json.loads((out / "data/figures.json").read_text())["figures"]}
    same = (
        "name",
        "value",
        "kind",
        "unit",
        "status",
        "formula",
        "place",
        "printed",
        "note",
        "method",
        "boundary",
    )
    compared = 0
    for words in (
        "coal_emissions",
        "emissions",
        "workforce",
        "electricity~per.production",
        "leaner~progress",
    ):
        for node in nodes(tree(traced, words)):
            if "above" not in node:
                record = listed[node["id"]]
                assert {key: node[key] for key in same} == {key: record[key] for key in same}
                assert [each["id"] for each in node["inputs"]] == record["inputs"]
                assert list(dict.fromkeys(each["id"] for each in node["factors"])) == record["factors"]
                compared += 1
    assert compared > 15


# ---- where it is printed


def test_pages_of_the_pdf_are_known_after_a_build(tmp_path):
    root = write_project(tmp_path / "project", FILES)
    assert "(page numbers are known after a build of what is there now)" in text(root, "emissions")
    done = esgreport("build", "--only", "pdf", "--project", root)
    assert done.returncode == 0, done.stderr
    said = text(root, "emissions")
    assert re.findall(r"^  (\S+) +(\S+) \((\S+)\), page (\d+) of the PDF(.*)$", said, re.M) == [
        ("zh-Hant", "數據", "zh-Hant/a2.html#figures", "3", ", 2 times"),
        ("en", "Figures", "en/a2.html#figures", "3", ", 2 times"),
    ]
    assert "page numbers" not in said
    (root / "content/en/a2.md").write_text("# Energy\n", encoding="utf-8")
    said = text(root, "emissions")
    assert "page 3" not in said and "(page numbers are known" in said


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_every_figure_on_a_page_is_listed_for_that_page_and_no_other(built: Built, language):
    """On the real report, and as often: what `trace` lists is what the built pages hold."""
    edition = edition_of(built.root, blocking=True)
    listed = Counter(
        (str(id), place.page) for id, place in printings(edition, {}) if place.language == language
    )
    found: Counter[tuple[str, str]] = Counter()
    for path in (built.out / language).glob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        name = HOME if path.stem == "index" else path.stem
        found.update((str(element["data-figure"]), name) for element in page.select("[data-figure]"))
    assert len(found) > 300
    assert listed == found


def test_every_section_listed_is_where_the_figure_stands(built: Built):
    edition = edition_of(built.root, blocking=True)
    for name in ("a2_resources", "climate"):
        page = BeautifulSoup((built.out / "en" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        section, stands = "", []
        for element in page.select("h2[id], h3[id], h4[id], [data-figure]"):
            if element.name in ("h2", "h3", "h4"):
                section = str(element["id"])
            if "data-figure" in element.attrs:
                stands.append((str(element["data-figure"]), section))
        listed = [
            (str(id), place.section)
            for id, place in printings(edition, {})
            if (place.language, place.page) == ("en", name)
        ]
        assert listed == stands and len(stands) > 30
