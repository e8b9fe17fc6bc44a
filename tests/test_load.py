"""A project's files become one report: what is read, and every mistake at its place in one run."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT, TINY
from esgreport import faces
from esgreport.checks import missing_glyph
from esgreport.diagnostics import Diagnostic, Severity
from esgreport.load import MOST_FINDINGS_OF_A_FILE, load
from esgreport.model import Cell, FactorTerm, Kind, MetricTerm, Report, Status
from esgreport.pipeline import examine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marks import places, unmarked

DATA, REPORT, TABLE = "data/aspects/a2.yml", "data/report.yml", "data/aspects/a2.csv"
FACTORS, UNITS = "data/factors.yml", "data/registers/units.yml"
Build = Callable[..., Path]


@pytest.fixture(autouse=True)
def one_reading_of_the_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every project links to the same faces: take the real folder, so that their tables are read once."""
    monkeypatch.setattr(
        missing_glyph, "load_faces", lambda folder, *more: faces.load_faces(folder.resolve(), *more)
    )


def good(root: Path) -> Report:
    """The report of a project without findings."""
    report, findings = load(root)
    assert report is not None and not findings, [str(finding) for finding in findings]
    return report


def metrics(lines: str) -> str:
    """An aspect file with one metric of these lines."""
    return f"aspect: A2\nmetrics:\n  m:\n    name: {{en: M, zh-Hant: 量}}\n{textwrap.indent(textwrap.dedent(lines), '    ')}"


def cells(root: Path) -> dict[str, Cell]:
    """The cells of the metric m by period and members."""
    return {" ".join([c.period, *(m for _, m in c.members)]): c for c in good(root).metrics["m"].cells}


def faults(root: Path) -> list[str]:
    """Every finding as path:line:column code."""
    return [f"{finding.place} {finding.code}" for finding in load(root)[1]]


# ---------------------------------------------------------------------------------------------- what is read


def test_a_small_report(project: Build) -> None:
    report = good(project())
    assert (report.slug, report.final, report.languages, report.prevailing_language) == ("tiny-esg-2025", False, ("zh-Hant", "en"), "")  # fmt: skip
    assert report.company.name["zh-Hant"] == "小銅有限公司"
    assert report.company.short_name == report.company.name
    assert report.page_order == ("a2",) and set(report.pages) == {("a2", "en"), ("a2", "zh-Hant")}
    assert [str(cell.number) for cell in report.metrics["electricity"].cells] == ["29843800", "28104220"]
    assert str(report.metrics["electricity"].place) == "data/aspects/a2.yml:3:3"
    assert report.periods["2025"].label["en"] == "2025"


def test_kinds_of_values(project: Build) -> None:
    text = metrics("""
        unit: day
        values:
          2025: {value: 3, qualifier: about, status: estimated, at: 2025-06-30}
          2024: {value: "1,012.50", restated_from: 1 010, reason: {en: Miscounted., zh-Hant: 誤計。}}
        breakdown:
          gender:
            2025: {male: nil, female: not_applicable}
            2024: {male: {limit: 0.5}, female: {range: [3, 5.0]}}
        """)
    found = cells(project({DATA: text}))
    assert [(name, cell.kind, str(cell.number), cell.status) for name, cell in found.items()] == [
        ("2025", Kind.VALUE, "3", Status.ESTIMATED),
        ("2024", Kind.VALUE, "1012.50", Status.RESTATED),
        ("2025 male", Kind.NIL, "None", Status.REPORTED),
        ("2025 female", Kind.NOT_APPLICABLE, "None", Status.REPORTED),
        ("2024 male", Kind.LIMIT, "0.5", Status.REPORTED),
        ("2024 female", Kind.RANGE, "3", Status.REPORTED),
    ]
    assert (found["2025"].qualifier, found["2025"].at) == ("about", date(2025, 6, 30))
    assert str(found["2024"].former) == "1010" and found["2024"].reason["zh-Hant"] == "誤計。"
    assert str(found["2024 female"].upper) == "5.0"
    assert [str(cell.place) for cell in found.values()][:3] == [
        f"{DATA}:8:21",
        f"{DATA}:9:21",
        f"{DATA}:12:22",
    ]


@pytest.mark.parametrize("text", ["", "~", '""', "{}"])
def test_an_empty_value_is_missing_and_never_nil(project: Build, text: str) -> None:
    text = metrics(f"unit: day\nvalues:\n  2025: {text}\n  2024: 1\n")
    report, findings = load(project({DATA: text}))
    assert report is not None and [cell.period for cell in report.metrics["m"].cells] == ["2024"]
    assert [finding.code for finding in findings] == (["missing-key"] if "{}" in text else [])


@pytest.mark.parametrize("typed", ["109.820", "29 843 800", '"29,843,800"', "0", "-3", "014", "12:30", "1e5", "no", "1 2"])  # fmt: skip
def test_numbers_keep_their_digits_or_are_refused(project: Build, typed: str) -> None:
    text = metrics(f"unit: kWh\nvalues: {{2025: {typed}}}\n")
    report, findings = load(project({DATA: text}))
    assert report is not None
    wanted = {
        "109.820": "109.820",
        "29 843 800": "29843800",
        '"29,843,800"': "29843800",
        "0": "0",
        "-3": "-3",
    }
    assert [str(cell.number) for cell in report.metrics["m"].cells] == (
        [wanted[typed]] if typed in wanted else []
    )
    assert [f.code for f in findings] == ["bad-number"] * (typed not in wanted)


def test_a_table_beside_the_yaml(project: Build) -> None:
    table = 'metric,gender,period,value,status,qualifier\nm,male,2025,"29,843",estimated,about\nm,,2024,nil,,\n\nm,female,2025,,,\n'
    found = cells(project({DATA: metrics("unit: person\n"), TABLE: table}))
    assert [(name, cell.kind, str(cell.number)) for name, cell in found.items()] == [
        ("2025 male", Kind.VALUE, "29843"),
        ("2024", Kind.NIL, "None"),
    ]
    assert (found["2025 male"].status, found["2025 male"].qualifier) == (Status.ESTIMATED, "about")
    assert str(found["2025 male"].place) == f"{TABLE}:2:13"


def test_a_formula(project: Build) -> None:
    text = metrics("unit: tCO2e\nformula: m2 * factor(\"grid\")\nbreakdown: [gender]\n") + "  m2: {name: {en: E, zh-Hant: 電}, unit: kWh, values: {2025: 1}}\n"  # fmt: skip
    factor = "grid: {value: 0.5810, unit: tCO2e/MWh, source: Ministry, year: 2025, name: {en: Grid, zh-Hant: 電網}}\n"
    report = good(project({DATA: text, FACTORS: factor}))
    formula = report.metrics["m"].formula
    assert formula is not None and report.metrics["m"].by == ("gender",)
    assert [str(value.number) for value in report.factors["grid"].values] == ["0.5810"]
    left, right = formula.tree.left, formula.tree.right  # type: ignore[union-attr]
    assert left == MetricTerm("m2", left.place) and right == FactorTerm("grid", right.place)


def test_a_dimension_of_a_register(project: Build) -> None:
    files = {
        "data/registers/plants.yml": "east: {en: East, zh-Hant: 東}\nwest: {name: {en: West, zh-Hant: 西}, entity: tiny}\n",
        "data/dimensions.yml": "plant: {name: {en: Site, zh-Hant: 地點}, register: plants}\n",
    }
    report = good(project(files))
    assert [(member.id, member.name["zh-Hant"]) for member in report.dimensions["plant"].members] == [("east", "東"), ("west", "西")]  # fmt: skip
    assert report.entries["west"].register == "plants"


def test_a_year_that_ends_on_31_march(project: Build) -> None:
    text = TINY[REPORT].replace(
        "period: 2025\ncomparatives: [2024]", "period: fy2026\ncomparatives: [fy2025]"
    )
    text = text[: text.index("periods:")] + (
        "periods:\n"
        "  fy2026: {from: 2025-04-01, to: 2026-03-31, label: {en: 2025/26, zh-Hant: 2025/26年度}}\n"
        "  fy2025: {from: 2024-04-01, to: 2025-03-31}\n"
        "parts:\n  - pages: [a2]\n"
    )
    files = {REPORT: text, DATA: TINY[DATA].replace("2025:", "fy2026:").replace("2024:", "fy2025:")}
    files |= {
        name: TINY[name].replace("2025, 2024", "fy2026, fy2025")
        for name in TINY
        if name.startswith("content")
    }
    root = project(files)
    report = good(root)
    assert (report.period, report.comparatives) == ("fy2026", ("fy2025",))
    assert (
        report.periods["fy2026"].end == date(2026, 3, 31)
        and report.periods["fy2026"].label["zh-Hant"] == "2025/26年度"
    )
    assert not examine(root).findings


def test_a_report_in_one_language_takes_plain_texts(project: Build) -> None:
    text = TINY[REPORT].replace("[zh-Hant, en]", "[zh-Hans]").replace("comparatives: [2024]\n", "")
    text = text.replace('{en: "Environmental, Social and Governance Report", zh-Hant: 環境、社會及管治報告}', "环境、社会及管治报告")  # fmt: skip
    text = text.replace("{en: Tiny Copper Limited, zh-Hant: 小銅有限公司}", "小铜有限公司")
    figures = TINY[DATA].replace("{en: Purchased electricity, zh-Hant: 外購電力}", "外购电力")
    files = {
        REPORT: text,
        DATA: figures,
        "data/dimensions.yml": None,
        "content/en/a2.md": None,
        "content/zh-Hant/a2.md": None,
        "content/zh-Hans/a2.md": "# 能源\n\n外购电力为{{ electricity }}。\n",
    }
    root = project(files)
    report = good(root)
    assert report.languages == ("zh-Hans",) and dict(report.title) == {"zh-Hans": "环境、社会及管治报告"}
    assert report.metrics["electricity"].name["zh-Hans"] == "外购电力"


def test_hidden_files_and_folders_of_other_tools_are_not_read(project: Build) -> None:
    hidden = {
        name: "\0 not text" for name in ("data/aspects/.#a2.yml", "data/.DS_Store", "content/en/._a2.md")
    }
    good(project(hidden))


@pytest.mark.parametrize(
    ("size", "factor"),
    [("200 L", 200), ("1 000 L", 1000), ("1,000.5 L", Fraction(2001, 2)), ("2000/3 L", Fraction(2000, 3)), ("1 / 3 L", Fraction(1, 3))],
)  # fmt: skip
def test_a_unit_of_its_own_is_exactly_its_size(project: Build, size: str, factor: Fraction) -> None:
    text = f'drum: {{name: {{en: drums, zh-Hant: 桶}}, singular: {{en: drum}}, equals: "{size}", source: Label}}\n'
    report = good(project({UNITS: text, DATA: metrics("unit: kg/drum\nvalues: {2025: 3}\n")}))
    drum, litre = report.units.find("drum"), report.units.find("L")
    assert drum is not None and litre is not None
    assert drum.ratio == factor * litre.ratio and "drum" in report.units.alike(litre.dimensions)
    assert drum.around("en", one=True) == ("", " drum") and drum.around("zh-Hant") == ("", "桶")
    assert report.metrics["m"].unit.name("en") == "kg/drum"
    assert not [entry for entry in report.entries.values() if not entry.published and entry.id != "company"]


def test_units_of_its_own_may_build_on_each_other_or_stand_alone(project: Build) -> None:
    text = """\
drum: {name: {en: drums, zh-Hant: 桶}, equals: 200 L, source: Label}
pallet: {name: {en: pallets, zh-Hant: 板}, equals: 4 drum, source: Label, symbol: plt}
visit: {name: {en: visits, zh-Hant: 人次}}
energy: {name: {en: energies, zh-Hant: 能}}
bottle: {name: {en: bottles, zh-Hant: 瓶}, of: count}
price: {name: {en: dollars, zh-Hant: 元}, equals: 1 HKD million, source: Label}
"""
    table = good(project({UNITS: text})).units
    found = {code: table.find(code) for code in ("drum", "pallet", "visit", "energy", "bottle", "price")}
    assert found["pallet"].ratio == 4 * found["drum"].ratio == Fraction(4, 5)
    assert found["pallet"].symbol("zh-Hant") == "plt"
    assert table.alike(found["visit"].dimensions) == ("visit",)
    assert table.alike(found["energy"].dimensions) == ("energy",)
    assert "case" in table.alike(found["bottle"].dimensions)
    assert found["price"].ratio == 10**6


def test_what_a_unit_of_its_own_lacks_is_told_once(project: Build) -> None:
    text = "drum: {name: {en: drums, zh-Hant: 桶}, equals: 200 litters, source: Label}\n"
    data = (
        metrics("unit: kg/drum\nvalues: {2025: 3}\n")
        + "  n: {name: {en: N, zh-Hant: 數}, unit: kgg, values: {2025: 1}}\n"
    )
    findings = examine(project({UNITS: text, DATA: data})).findings
    told = [(f.code, f.place.path) for f in findings if f.code == "unknown-unit"]
    assert told == [("unknown-unit", DATA), ("unknown-unit", UNITS)]


def test_tables_name_units_by_symbols_in_the_languages_that_want_it(project: Build) -> None:
    report = good(project({REPORT: TINY[REPORT] + "units: {en: symbols, zh-Hant: names}\n"}))
    unit = report.units.find("tCO2e/t")
    assert (unit.name("en"), unit.name("zh-Hant")) == ("tCO2e/t", "噸二氧化碳當量／噸")
    assert report.metrics["electricity"].unit.by_symbol == {"en"}


# ---------------------------------------------------------------------------------------------- what is refused

MISTAKES: dict[str, tuple[str, str]] = {
    "a unit that is misspelt": (
        DATA,
        """
        aspect: A2
        metrics:
          m: {name: {en: M, zh-Hant: 用電量}, unit: kwh}
                                                    ^^^ unknown-unit
        """,
    ),
    "no unit, and one of nothing": (
        DATA,
        """
        aspect: A2
        metrics:
          m: {name: {en: M, zh-Hant: 量}}
             ^ missing-key
          n:
            name: {en: M, zh-Hant: 量}
            unit: ""
            ^^^^ missing-key
        """,
    ),
    "a language left out": (
        DATA,
        """
        aspect: A2
        metrics:
          m: {name: {zh-Hant: 量}, unit: kWh}
                    ^ missing-wording
        """,
    ),
    "one text for two languages": (
        DATA,
        """
        aspect: A2
        metrics:
          m: {name: 用電量, unit: kWh}
                    ^^^^^^ wrong-shape
        """,
    ),
    "values": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            values:
              2025: 12 kWh
                    ^^^^^^ bad-number
              2024: >5
                    ^^ bad-number
              2023: 5
              ^^^^ unknown-name
        """,
    ),
    "values in braces": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            values:
              2025: {value: 3, limit: 5}
                    ^ missing-key
              2024: {range: [5, 3]}
                            ^ bad-number
        """,
    ),
    "a value of no kind": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            values:
              2025: {vlaue: 3}
                    ^ missing-key
                     ^^^^^ unknown-key
              2024: [3]
                    ^ wrong-shape
        """,
    ),
    "a restatement without its reason": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            values: {2025: {value: 3, restated_from: 4}}
                                                     ^ restated-without-reason
        """,
    ),
    "a breakdown": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: person
            breakdown:
              gendre: {2025: {male: 1}}
              ^^^^^^ unknown-name
              gender:
                2025: {male: 1, femal: 2}
                                ^^^^^ unknown-name
                2020: {male: 1}
                ^^^^ unknown-name
        """,
    ),
    "what a metric answers": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: person
            answers: [A2.1: headcount, ""]
                      ^ wrong-shape
                                       ^^ wrong-shape
            values: {2025: 1}
        """,
    ),
    "a formula beside values": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            formula: n + 1
                     ^ unknown-name
            values: {2025: 5}
        """,
    ),
    "words about a value that is not there": (
        DATA,
        """
        aspect: A2
        metrics:
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            values: {2025: {note: {en: Why., zh-Hant: 原因。}}}
                           ^ missing-key
          rate:
            name: {en: R, zh-Hant: 率}
            unit: percent
            values: {2024: {note: {en: Why., zh-Hant: 原因。}}}
                           ^ missing-key
            breakdown: {gender: {2025: {male: 5, female: 6}}}
          whole:
            name: {en: W, zh-Hant: 總}
            unit: percent
            formula: m / m
            breakdown: {gender: {2025: {male: {note: {en: Why., zh-Hant: 原因。}}}}}
                                              ^ missing-key
          whose:
            name: {en: W, zh-Hant: 誰}
            unit: percent
            values: {2025: {status: estimated, note: {en: Why., zh-Hant: 原因。}}}
                           ^ missing-key
            breakdown: {gender: {2025: {male: 5, female: 6}}}
        """,
    ),
    "a word for a number that is computed": (
        DATA,
        """
        aspect: A2
        metrics:
          n: {name: {en: N, zh-Hant: 數}, unit: kWh, values: {2025: 1}}
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            formula: n + n
            values: {2025: {qualifier: about}, 2024: {}}
                           ^ missing-key
                                                     ^ missing-key
        """,
    ),
    "a computed figure that is restated": (
        DATA,
        """
        aspect: A2
        metrics:
          n: {name: {en: N, zh-Hant: 數}, unit: kWh, values: {2025: 1}}
          m:
            name: {en: M, zh-Hant: 量}
            unit: kWh
            formula: n + n
            values: {2025: {restated_from: 3}, 2024: {status: restated}}
                                           ^ restated-without-reason
                                                              ^^^^^^^^ restated-without-former
        """,
    ),
    "an intensity over nothing known": (
        DATA,
        """
        aspect: A2
        metrics:
          m: {name: {en: M, zh-Hant: 量}, unit: kWh, per: [output], values: {2025: 1}}
                                                           ^^^^^^ unknown-name
        """,
    ),
    "an id of a metric": (
        DATA,
        """
        aspect: A2
        metrics:
          Electricity: {name: {en: M, zh-Hant: 量}, unit: kWh}
          ^^^^^^^^^^^ bad-id
          用電: {name: {en: M, zh-Hant: 量}, unit: kWh}
          ^^^^ bad-id
        """,
    ),
    "a response": (
        DATA,
        """
        aspect: A2
        responses:
          A2.1: {status: explaned, reason: {en: So., zh-Hant: 如此。}}
                         ^^^^^^^^ unknown-choice
          A2.2: {reason: {en: So., zh-Hant: 如此。}}
                ^ missing-key
        """,
    ),
    "a factor": (
        FACTORS,
        """
        a: {value: 0.5810 t, unit: tCO2e/MWh, source: x}
                   ^^^^^^^^ bad-number
        b: {value: 1, unit: tCO2/MWh, source: x}
                            ^^^^^^^^ unknown-unit
        c: {value: 1, unit: t}
           ^ missing-key
        """,
    ),
    "dimensions": (
        "data/dimensions.yml",
        """
        period: {name: {en: P, zh-Hant: 期}, members: {a: {en: A, zh-Hant: 甲}}}
        ^^^^^^ bad-id
        gender: {name: {en: G, zh-Hant: 性別}}
        ^^^^^^ missing-key
        site: {name: {en: S, zh-Hant: 地點}, register: plants, partition: maybe}
                                                       ^^^^^^ unknown-name
                                                                          ^^^^^ unknown-choice
        """,
    ),
    "units of its own": (
        UNITS,
        """
        drum: {name: {en: drums, zh-Hant: 桶}, equals: 200 L}
                                                       ^^^^^ missing-key
        kWh: {name: {en: kWh, zh-Hant: 度}}
        ^^^ duplicate-id
        2drum: {name: {en: drums, zh-Hant: 桶}}
        ^^^^^ bad-id
        bag: {name: {en: bags, zh-Hant: 包}, equals: 50 kgs, source: Label}
                                                     ^^^^^^ unknown-unit
        box: {name: {en: boxes, zh-Hant: 箱}, equals: many kg, source: Label}
                                                      ^^^^^^^ bad-number
        can: {name: {en: cans, zh-Hant: 罐}, equals: 0 L, source: Label}
                                                     ^^^ bad-number
        lot: {name: {en: lots, zh-Hant: 批}, equals: 2 crate, source: Label}
                                                     ^^^^^^^ unknown-unit
        crate: {name: {en: crates, zh-Hant: 箱}, of: mass}
                                                     ^^^^ unknown-choice
        tray: {name: {en: trays, zh-Hant: 盤}, equals: 2 kg, source: Label, of: count}
                                                                                ^^^^^ wrong-shape
        roll: {singular: {en: roll}}
              ^ missing-key
        reel: {name: {en: reels}}
                     ^ missing-wording
        ream: sheets
        ^^^^ wrong-shape
        """,
    ),
    "a register": (
        "data/registers/laws.yml",
        """
        law: Company Law
        ^^^ wrong-shape
        electricity: {en: E, zh-Hant: 電}
        ^^^^^^^^^^^ duplicate-id
        other: {nmae: {en: E, zh-Hant: 電}}
               ^ missing-key
                ^^^^ unknown-key
        """,
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_points_at_what_is_wrong(project: Build, case: str) -> None:
    path, marked = MISTAKES[case]
    text, expected = unmarked(marked)
    files: dict[str, str | None] = {path: text}
    root = project(files)
    findings = [finding for finding in load(root)[1] if finding.place.path == path]
    assert places(findings) == expected
    assert examine(root).errors
    assert all(finding.help for finding in findings)


REPORT_MISTAKES = {
    # a line of report.yml, what stands there instead, and what is found
    "status": ("status: draft", "status: finished", "1:9 unknown-choice"),
    "slug": ("slug: tiny-esg-2025", "slug: Tiny ESG", "2:7 bad-id"),
    "title": ("title: {en: ", "title: {fr: ", "3:8 missing-wording, 3:9 unknown-key"),
    "company": ("  name: {en: Tiny", "  nmae: {en: Tiny", "5:3 missing-key, 5:3 unknown-key"),
    "class": ("issuer_class: main-board", "issuer_class: main", "6:17 unknown-choice"),
    "languages": ("[zh-Hant, en]", "[zh-Hant, xx]", "7:22 unknown-choice"),
    "no language": ("[zh-Hant, en]", "[xx]", "7:13 unknown-choice"),
    "period": ("period: 2025", "period: 2026", "8:9 unknown-choice"),
    "comparatives": ("comparatives: [2024]", "comparatives: [2025, 2023]", "9:16 unknown-choice, 9:22 unknown-choice"),
    "a date": ("from: 2025-01-01", "from: 1 January 2025", "11:16 bad-date"),
    "an impossible date": ("to: 2025-12-31", "to: 2025-02-30", "11:32 bad-date"),
    "days in disorder": ("to: 2025-12-31", "to: 2024-12-31", "11:32 bad-date"),
    "no parts": ("  - pages: [a2]", "  []", "14:3 missing-key"),
    "no pages": ("pages: [a2]", "pages: []", "14:12 missing-key"),
    "pages of nothing": ("pages: [a2]", "pages:", "14:5 missing-key"),
    "a page twice": ("pages: [a2]", "pages: [a2, a2]", "14:17 duplicate-id"),
    "a page's name": ("pages: [a2]", "pages: [a2, index, B1]", "14:17 bad-id, 14:24 bad-id"),
    "decimals": ("parts:", "decimals: {change: 1.5, share: 99}\nparts:", "13:20 bad-number, 13:32 bad-number"),
    "address": ("parts:", "site_url: tiny.example\nparts:", "13:11 bad-link"),
    "ridge": ("parts:", "brand: {ridge: {metric: power, dimension: month}}\nparts:", "13:16 unknown-name, 13:16 unknown-name"),
    "dates": ("parts:", "dates: {aproved: 2026-03-01, published: soon}\nparts:", "13:9 unknown-key, 13:41 bad-date"),
    "units": ("parts:", "units: {en: signs, fr: names}\nparts:", "13:13 unknown-choice, 13:20 unknown-name"),
    "units of a text": ("parts:", "units: symbols\nparts:", "13:8 wrong-shape"),
    "a key": ("parts:", "colour: red\nparts:", "13:1 unknown-key"),
}  # fmt: skip


@pytest.mark.parametrize("case", REPORT_MISTAKES)
def test_points_into_report_yml(project: Build, case: str) -> None:
    before, after, expected = REPORT_MISTAKES[case]
    assert before in TINY[REPORT]
    root = project({REPORT: TINY[REPORT].replace(before, after, 1)})
    examined = examine(root)
    found = sorted(
        (f.place.line, f.place.column, f.code) for f in examined.findings if f.place.path == REPORT
    )
    assert ", ".join(f"{line}:{column} {code}" for line, column, code in found) == expected
    assert examined.stops


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", REPORT),
        ("# nothing yet\n", REPORT),
        ("- a\n", f"{REPORT}:1:1"),
        ("words\n", f"{REPORT}:1:1"),
    ],
)
def test_a_report_of_nothing(project: Build, text: str, place: str) -> None:
    examined = examine(project({REPORT: text}))
    assert examined.edition is None and examined.errors
    assert [str(finding.place) for finding in examined.errors] == [place]


def test_no_report_at_all(tmp_path: Path) -> None:
    report, findings = load(tmp_path)
    assert report is None and [finding.code for finding in findings] == ["no-report"]


CSV_MISTAKES = {
    "periods, members, metrics": """
        metric,period,gender,value
        m,2020,male,1
          ^^^^ unknown-name
        m,2025,man,2
               ^^^ unknown-name
        n,2025,male,3
        ^ unknown-name
        """,
    "values": """
        metric,period,value,status,qualifier
        m,2025,12 kWh,,
               ^^^^^^ bad-number
        m,2024,1,gone,roughly
                 ^^^^ unknown-choice
                      ^^^^^^^ unknown-choice
        """,
    "the same twice": """
        metric,period,value
        m,2025,1
        m,2025,1
               ^ duplicate-value
        """,
    "cells": """
        metric,period,value
        m,2025,29,843
        ^ bad-csv
        """,
}


@pytest.mark.parametrize("case", CSV_MISTAKES)
def test_points_into_a_table(project: Build, case: str) -> None:
    text, expected = unmarked(CSV_MISTAKES[case])
    _, findings = load(project({DATA: metrics("unit: kWh\n"), TABLE: text}))
    assert places(finding for finding in findings if finding.place.path == TABLE) == expected


# ---------------------------------------------------------------------------------------------- several files


def test_all_mistakes_come_in_one_run_sorted_by_place(project: Build) -> None:
    files = {
        REPORT: TINY[REPORT].replace("status: draft", "status: drfat"),
        DATA: TINY[DATA].replace("kWh", "kwh"),
        "data/aspects/b1.yml": "aspect: B1\nmetrics: [a]\n",
        "content/en/a2.md": "# Energy\n\n{{ electricity(}}\n\n[a](b)\n",
        "content/zh-Hant/a2.md": "# 能源\n\n<b>用電</b>\n",
    }
    found = faults(project(files))
    assert found == [
        "content/en/a2.md:3:1 bad-call",
        "content/en/a2.md:5:5 bad-link",
        "content/zh-Hant/a2.md:3:1 html-not-allowed",
        "content/zh-Hant/a2.md:3:6 html-not-allowed",
        "data/aspects/a2.yml:5:11 unknown-unit",
        "data/aspects/b1.yml:2:10 wrong-shape",
        "data/report.yml:1:9 unknown-choice",
    ]


def test_one_id_for_two_things(project: Build) -> None:
    files = {
        "data/aspects/b1.yml": "aspect: B1\nmetrics:\n  electricity: {name: {en: E, zh-Hant: 電}, unit: kWh}\n",
        "data/registers/laws.yml": "law: {en: L, zh-Hant: 法}\n",
        "data/registers/plants.yml": "law: {en: P, zh-Hant: 廠}\n",
    }
    assert faults(project(files)) == [
        "data/aspects/b1.yml:3:3 duplicate-id",
        "data/registers/plants.yml:1:1 duplicate-id",
    ]


def test_pages_that_are_missing_or_left_over(project: Build) -> None:
    root = project({"content/zh-Hant/a2.md": None, "content/en/b1.md": "# B1\n"})
    assert faults(root) == ["content/en/b1.md page-not-listed", "content/zh-Hant/a2.md page-missing"]


def test_a_page_that_is_listed_but_cannot_be_read(project: Build) -> None:
    root = project({"content/en/a2.md": b"\xff\xfe"})
    report, findings = load(root)
    assert report is not None and set(report.pages) == {("a2", "zh-Hant")}
    assert [str(finding.place) for finding in findings] == ["content/en/a2.md:1:1"]
    assert examine(root).stops


@pytest.mark.parametrize(
    "name",
    [
        "data/wordlist.yml",
        "data/aspects/a3.yaml",
        "data/aspects/a3.YML",
        "data/aspects/old/a3.yml",
        "data/aspects/lonely.csv",
        "data/registers/laws.csv",
        "data/topics/risks.csv",
        "data/a3.yml",
        "data/notes.txt",
    ],
)
def test_a_file_that_nothing_reads_is_told(project: Build, name: str) -> None:
    _, findings = load(project({name: "aspect: A3\n"}))
    assert [(str(f.place), f.code, f.severity) for f in findings] == [
        (name, "unknown-file", Severity.WARNING)
    ]


def test_an_empty_file_is_told(project: Build) -> None:
    assert faults(project({"data/aspects/b1.yml": "# to come\n"})) == ["data/aspects/b1.yml empty-file"]


def test_hundreds_of_mistakes_of_a_file_are_not_listed(project: Build) -> None:
    many = "".join(f"  m{n}: {{name: {{en: x, zh-Hant: x}}, unit: kwh}}\n" for n in range(500))
    _, findings = load(project({"data/aspects/b1.yml": f"aspect: B1\nmetrics:\n{many}"}))
    assert len(findings) == MOST_FINDINGS_OF_A_FILE + 1
    assert findings[-1].code == "more-findings" and findings[-1].blocking


# ---------------------------------------------------------------------------------------------- draft, final


def codes(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(("status", "stops"), [("draft", False), ("final", True)])
def test_a_missing_value_stops_a_final_report_only(project: Build, status: str, stops: bool) -> None:
    text = TINY[REPORT].replace("status: draft", f"status: {status}")
    examined = examine(project({REPORT: text, DATA: TINY[DATA].replace("28 104 220", "")}))
    assert "missing-value" in codes(examined.findings) or "entry-without-value" in codes(examined.findings)
    root_text = TINY[DATA].replace(
        "    values: {2025: 29 843 800, 2024: 28 104 220}", "    values:\n      2025: 1\n      2024:"
    )
    (examined.root / DATA).write_text(root_text, encoding="utf-8")
    examined = examine(examined.root)
    assert set(codes(examined.findings)) == {"missing-value"} and examined.errors
    assert examined.stops is stops


@pytest.mark.parametrize("status", ["draft", "final"])
def test_a_blocking_finding_stops_any_report(project: Build, status: str) -> None:
    text = TINY[REPORT].replace("status: draft", f"status: {status}")
    assert examine(project({REPORT: text, DATA: TINY[DATA].replace("kWh", "kwh")})).stops


@pytest.mark.parametrize("status", ["draft", "final"])
def test_a_report_without_findings_stops_nowhere(project: Build, status: str) -> None:
    examined = examine(project({REPORT: TINY[REPORT].replace("status: draft", f"status: {status}")}))
    assert not examined.findings and not examined.stops


# ---------------------------------------------------------------------------------------------- any data

YAML_PIECES = st.sampled_from(
    ["aspect: A2\n", "metrics:\n", "  m:\n", "    unit: kWh\n", "    unit: [a]\n", "    values: {2025: 1}\n", "    values: [1]\n", "    values: x\n",
     "    breakdown: {gender: {2025: {male: 1}}}\n", "    breakdown: [gender]\n", "    breakdown: {gender: x}\n", "    breakdown: {gender: {2025: [1]}}\n",
     "    formula: m + 1\n", "    formula: [m]\n", "    name: {en: x}\n", "    name: []\n", "    answers: {a: b}\n", "    per: [m, {a: b}]\n",
     "    equals: 2 kg\n", "    equals: [2]\n", "    singular: x\n", "    symbol: {a: b}\n", "units: {en: [a]}\n",
     "    decimals: x\n", "    note: [1]\n", "responses:\n", "  A2.1: x\n", "  A2.1: {status: [a]}\n", "    values: {2025: {limit: [1]}}\n",
     "    values: {2025: {range: {a: 1}}}\n", "    values: {2025: {value: {a: 1}, at: [1]}}\n", "x\n", "- a\n", "name: {}\n"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(YAML_PIECES, max_size=9).map("".join), st.sampled_from([DATA, REPORT, FACTORS, "data/dimensions.yml", "data/registers/a.yml", UNITS, "data/accepted.yml"]))  # fmt: skip
def test_any_shape_of_data_is_read_or_refused(tmp_path: Path, text: str, name: str) -> None:
    for path, content in {**TINY, name: text}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    if not (tmp_path / ".cache").exists():
        (tmp_path / ".cache").symlink_to(ROOT / ".cache")
    examined = examine(tmp_path)
    (tmp_path / name).unlink()
    findings = examined.findings
    assert examined.edition is not None or examined.errors
    assert all(f.place.column < f.place.end_column for f in findings if f.place.column)


@pytest.mark.parametrize(
    ("unit", "message", "help"),
    [
        ("patent", '"patent" is neither a unit of the table nor one of', "if it is a unit of your own, define it in"),
        ("session", '"session" is neither a unit of the table nor one of', "if it is a unit of your own, define it in"),
        ("kWh/session", '"session" is neither', "if it is a unit of your own, define it in"),
        ("kwhh", '"kwhh" is neither', 'did you mean "kWh"? Units of your own are defined in'),
        ("persom", '"persom" is neither', 'did you mean "person"? Units of your own are defined in'),
        ("kWh/tonne", '"tonne" is neither', 'write "kWh/t"'),
        ("kWh/t/year", '"kWh/t/year" has more than one slash', "write one unit over another, such as kWh/t"),
    ],
)  # fmt: skip
def test_an_unknown_unit_may_be_one_of_the_companys_own(project, unit, message, help):
    metric = f"  m: {{name: {{en: M, zh-Hant: 量}}, unit: {unit}}}"
    _, findings = load(project({"data/aspects/a2.yml": f"aspect: A2\nmetrics:\n{metric}\n"}))
    (found,) = [f for f in findings if f.code == "unknown-unit"]
    assert found.message.startswith(message) and found.help.startswith(help)
    assert (found.place.line, found.place.end_column - found.place.column) == (3, len(unit))


@pytest.mark.parametrize(
    ("metric", "message", "help"),
    [
        ("values: 12", "values should say what each value is for", "write 2025: …"),
        ("breakdown: {gender: {2025: 3}}", "gender in 2025 should say what each value is for", "write male: …, female: …"),
        ("formula: [a, b]", "the formula should say what each value is for", "write a text, such as electricity + gas"),
        ("formula: SUM(m)", '"SUM" cannot stand here', "write sum(electricity over plant)"),
        ("values: {2025: 1e6}", '"1e6" is not a number (the value)', "write all its digits, such as 1 000 000"),
        ('values: {2025: "1.234,5"}', '"1.234,5" is not a number (the value)', "write a point before the decimals, and "
         "spaces or commas before thousands"),
        ("values: {2025: three}", '"three" is not a number (the value)',
         "write digits such as 29 843 800 or 109.820, or nil, not_applicable, not_available"),
        ("values: {2025: {limit: three}}", '"three" is not a number (the limit)', "write digits such as 29 843 800 or 109.820"),
        ("values: {2026: 3}", '"2026" is not a period of data/report.yml', "known: 2024, 2025"),
        ('formula: "electricity[gender=male]"', '"gender" is not a dimension of "electricity"',
         '"electricity" has no breakdown: give it one, or take the brackets out'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_write(project, metric, message, help):
    words = "name: {en: M, zh-Hant: 量}, unit: kWh"
    text = f"{TINY['data/aspects/a2.yml']}  m: {{{words}, {metric}}}\n"
    _, findings = load(project({"data/aspects/a2.yml": text}))
    assert (message, help) in [(f.message, f.help) for f in findings if f.place.line == 7]


def test_a_day_that_is_none_is_one_finding(project: Build) -> None:
    """The period whose end it is is known to be meant, in YAML, CSV and tables; and the advice can be pasted."""
    data = """
        aspect: A2
        metrics:
          electricity: {name: {en: Electricity, zh-Hant: 電力}, unit: kWh, values: {2025: 1, 2024: 2}}
          water: {name: {en: Water, zh-Hant: 水}, unit: m3}
    """
    root = project({
        REPORT: TINY[REPORT].replace("to: 2025-12-31", "to: 2025-02-30"),
        "data/aspects/a2.yml": textwrap.dedent(data),
        "data/aspects/a2.csv": "metric,period,value\nwater,2025,3\nwater,2024,4\n",
    })  # fmt: skip
    (found,) = examine(root).findings
    assert (found.code, found.place.line, found.place.column) == ("bad-date", 11, 32)
    assert found.help == "write 2025-02-28, if the end of that month is meant"
