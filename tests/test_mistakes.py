"""What goes wrong with figures in published reports, planted one by one in a sound sample.

Each case is a mistake of the classes totals, derived figures and plausible units: impossible (refused, or the tool
prints what follows from the figures whatever an author does), found by a rule, or found only with an input that is
named. docs/mistakes.md is the same table for readers, held by the last tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, here
from esgreport.pipeline import Examined, examine
from esgreport.views import FigureView, ProseView, TableView, TargetsView
from esgreport.writer import report_view
from mistakes_sample import SAMPLE

PAGE = ROOT / "docs" / "mistakes.md"
TOTALS, DERIVED, UNITS = "Totals", "Derived figures", "Units and plausible values"
IMPOSSIBLE, FOUND, NEEDS = "impossible", "found", "needs input"
A, B, DIMENSIONS, FACTORS = (
    "data/aspects/a.yml",
    "data/aspects/b.yml",
    "data/dimensions.yml",
    "data/factors.yml",
)
EVERY, EN, HANT = "content/*/figures.md", "content/en/figures.md", "content/zh-Hant/figures.md"


@dataclass(frozen=True)
class Case:
    """A mistake, planted by putting `wrong` in the place of `right`, which stands once in the file.

    `code` is what is found, on the line of the file (`path`, else the planted one) that holds `at`, the first words of
    `wrong` if empty. An impossible case without a code has `prints`: by language what the pages then print. `input` is
    what a case of the third kind needs, `given` the change that gives it. `stands_for` counts the mistakes that we read
    in published reports and this case is a picture of; 0: none of those, but of the same class.
    """

    group: str
    title: str
    kind: str
    path: str
    right: str
    wrong: str
    code: str = ""
    at: str = ""
    found_in: str = ""
    also: tuple[str, ...] = ()
    prints: Mapping[str, tuple[str, ...]] | None = None
    input: str = ""
    given: tuple[str, str] = ("", "")
    stands_for: int = 0


CASES = (
    # ---- totals
    Case(TOTALS, "A typed total is not the sum of its parts", FOUND, A,
         "    answers: [A2.2]\n", "    answers: [A2.2]\n    values: {2025: 96 140}\n", "total-mismatch", "values: {2025: 96 140}"),
    Case(TOTALS, "A typed total of energy is not the sum of direct and indirect energy", FOUND, A,
         "formula: electricity + fuels", "values: {2025: 8 109.4, 2024: 25 255.4}", "total-mismatch"),
    Case(TOTALS, "A total of energy leaves out the gas, which is in cubic metres", FOUND, A,
         'formula: natural_gas * factor("heat_of_gas") + diesel', "formula: diesel", "total-leaves-out", "formula: electricity + fuels",
         stands_for=1),
    Case(TOTALS, "Two divisions of one whole give different wholes", FOUND, B,
         "2025: {under_30: 88, from_30: 231", "2025: {under_30: 88, from_30: 213", "total-mismatch"),
    Case(TOTALS, "Shares of a whole miss 100", FOUND, B,
         "tableware: 27.0, panels: 11.5", "tableware: 27.0, panels: 13.5", "shares-total"),
    Case(TOTALS, "A chart has a slice too many, so that the shares are far above 100", FOUND, B,
         "{bottles: 61.5, tableware: 27.0", "{bottles: 95.5, tableware: 27.0", "shares-total", stands_for=1),
    Case(TOTALS, "A part was corrected and the total was not", IMPOSSIBLE, A,
         "2025: {melting: 61 250,", "2025: {melting: 62 250,", prints={"en": ("Total | m³ | 97,410",), "zh-Hant": ("合計 | 立方米 | 97,410",)}),
    Case(TOTALS, "A part is missing under a typed total", FOUND, A,
         "    breakdown:\n      site:\n        2025: {melting: 61 250, cutting: 35 160}",
         "    values: {2025: 96 410}\n    breakdown:\n      site:\n        2025: {melting: 61 250}", "total-unchecked", "values: {2025: 96 410}", also=("missing-value",)),
    Case(TOTALS, "A part of a sum has not been reported yet", FOUND, A,
         "values: {2025: 58 300, 2024", "values: {2024", "missing-input", "formula: natural_gas * factor", also=("missing-value",)),
    Case(TOTALS, "Printed parts miss the printed total, and no note says that this is rounding", IMPOSSIBLE, A,
         "values: {2025: 3 335.1,", "values: {2025: 3 335.06,", prints={
             "en": ("Figures may not add up to the totals because of rounding.",), "zh-Hant": ("由於四捨五入",)}, also=("decimals-differ",)),
    # ---- derived figures
    Case(DERIVED, "The change said in a sentence belongs to another row", IMPOSSIBLE, B,
         "2025: {male: 286, female: 134}", "2025: {male: 293, female: 127}", prints={
             "en": ("The works employ 127 women, 2.31% lower than in 2024.",), "zh-Hant": ("較2024年低2.31%",)}, stands_for=1),
    Case(DERIVED, "The sentence says up where the figure went down", IMPOSSIBLE, A,
         "2024: {melting: 6 448 700,", "2024: {melting: 6 048 700,", prints={"en": ("which rose by 2.25%",), "zh-Hant": ("上升2.25%",)}),
    Case(DERIVED, "Emissions rise while the fuel that they come from falls by half", FOUND, A,
         "values: {2025: 1 509 300, 2024", "values: {2025: 610 000, 2024", "implied-factor", "values: {2025: 3 335.1"),
    Case(DERIVED, "Direct emissions cover only the fuel of the vehicles, beside gas in cubic metres", FOUND, A,
         "values: {2025: 3 335.1, 2024: 3 207.5}", "values: {2025: 158.6, 2024: 156.3}", "implied-factor", stands_for=1),
    Case(DERIVED, "An intensity is divided by something else than its unit says", IMPOSSIBLE, A,
         "    per: [output]\n    answers: [A2.2]", "    per: [trained]\n    answers: [A2.2]", prints={
             "en": ("m³/employee",), "zh-Hant": ("立方米／人",)}),
    Case(DERIVED, "The rate of a group is divided by the whole company", IMPOSSIBLE, B,
         "2025: {male: 31, female: 12}", "2025: {male: 31, female: 19}", prints={
             "en": ("Turnover rate | % | 10.8 | 14.2",), "zh-Hant": ("流失率 | % | 10.8 | 14.2",)}),
    Case(DERIVED, "An intensity is printed, what it is divided by is not", FOUND, EVERY,
         "metrics: [output, water]\ncolumns: [unit, 2025, per]", "metrics: [water]\ncolumns: [unit, 2025]\nintensities: true", "denominator-unprinted", "per: [output]", A, stands_for=1),
    Case(DERIVED, "A figure typed beside its formula is not what the formula gives", FOUND, A,
         "    formula: electricity + fuels\n", "    formula: electricity + fuels\n    values: {2025: 24 009.1}\n", "formula-mismatch", "values: {2025: 24 009.1}"),
    Case(DERIVED, "Those trained are more than those employed", FOUND, B,
         "2025: {male: 262, female: 121}", "2025: {male: 262, female: 212}", "part-above-whole"),
    Case(DERIVED, "The numbers of one row are not equally precise", FOUND, B,
         "values: {2025: 412.6, 2024: 398.4}", "values: {2025: 412.6, 2024: 398}", "decimals-differ"),
    Case(DERIVED, "A target is called on track while its figures say otherwise", IMPOSSIBLE, A,
         "2025: {melting: 6 205 300,", "2025: {melting: 6 805 300,", prints={"en": ("Behind",), "zh-Hant": ("落後於預期",)}),
    Case(DERIVED, "The base of a target is not the figure of that year", FOUND, A,
         "    base: 2024\n", "    base: 2024\n    base_value: 480\n", "target-base", "base_value"),
    Case(DERIVED, "A change of a percentage is given in per cent instead of percentage points", IMPOSSIBLE, EVERY,
         'turnover_rate(difference="2024"', 'turnover_rate(change="2024"', "wrong-argument", "turnover_rate(change", EN),
    Case(DERIVED, "An intensity over an output of nothing", FOUND, A,
         "values: {2025: 18 240, 2024: 17 950}", "values: {2025: 0, 2024: 17 950}", "zero-denominator", "per: [output]",
         also=("zero-after-value",)),
    Case(DERIVED, "Last year's figure was left standing in this year's column", FOUND, A,
         "values: {2025: 4 742,", "values: {2025: 4 813,", "same-values"),
    # ---- units and plausible values
    Case(UNITS, "A table of consumption is headed emissions", FOUND, EVERY,
         "caption: {Resource consumption|資源耗用}", "caption: {Resource emissions|資源排放量}", "names-disagree", "```table\ncaption: Resource", EN, stands_for=2),
    Case(UNITS, "A concentration is called an amount emitted", FOUND, A,
         "煙氣顆粒物排放濃度", "煙氣顆粒物排放量", "label-and-unit", "unit: mg/m3", stands_for=1),
    Case(UNITS, "Emissions of gas burnt in own furnaces are counted in Scope 2", FOUND, A,
         'formula: electricity * factor("grid")', 'formula: electricity * factor("grid") + natural_gas * factor("gas_burnt")', "other-scope",
         stands_for=1),
    Case(UNITS, "Water is listed among the energy", FOUND, EVERY,
         "caption: {Water|水}\nmetrics: [water]", "caption: {Energy|能源}\nmetrics: [water]", "names-disagree", "```table\ncaption: Energy", EN, stands_for=1),
    Case(UNITS, "A fuel falls by nine tenths, and nobody says why", FOUND, A,
         "values: {2025: 58 300, 2024: 61 700}", "values: {2025: 6 140, 2024: 61 700}", "unexplained-jump", stands_for=1),
    Case(UNITS, "A jump stands beside a note that is about something else", FOUND, A,
         "values: {2025: 58 300, 2024: 61 700}",
         "values: {2025: {value: 6 140, note: {en: Dip readings., zh-Hant: 按量油尺讀數。}}, 2024: 61 700}", "unexplained-jump"),
    Case(UNITS, "One site has almost nothing beside the year before", FOUND, A,
         "2025: {melting: 6 205 300, cutting: 1 904 100}", "2025: {melting: 6 205 300, cutting: 19}", "unexplained-jump", stands_for=1),
    Case(UNITS, "A value is a thousand times too large", FOUND, A,
         "values: {2025: 1 509 300,", "values: {2025: 1 509 300 000,", "unexplained-jump", also=("implied-factor",)),
    Case(UNITS, "Litres were typed for tonnes, in every year", FOUND, A,
         "values: {2025: 58 300, 2024: 61 700}", "values: {2025: 58, 2024: 62}", "implausible-value", stands_for=1),
    Case(UNITS, "Kilograms are called tonnes, in every year", NEEDS, A,
         "    unit: kg\n", "    unit: t\n", "implausible-value", "values: {2025: 4 742", input="plausible",
         given=("    answers: [A1.3]\n", "    answers: [A1.3]\n    plausible: [0.5, 50]\n")),
    Case(UNITS, "A rate per thousand is given in per cent", FOUND, B, "unit: permille", "unit: percent", "label-and-unit", "unit: percent\n    values"),
    Case(UNITS, "Greenhouse gases are given in tonnes instead of tonnes of CO2e", FOUND, A,
         "範圍1排放}\n    unit: tCO2e", "範圍1排放}\n    unit: t", "label-and-unit", 'unit: t\n    answers: ["D28(a)"]',
         also=("formula-unit", "measure-unit", "missing-value")),
    Case(UNITS, "Money has no currency", IMPOSSIBLE, B, "unit: HKD million", "unit: million", "unknown-unit", also=("accepted-unused",)),
    Case(UNITS, "Money is counted like things", FOUND, B, "unit: HKD million", "unit: count", "label-and-unit"),
    Case(UNITS, "Two languages give two units", IMPOSSIBLE, B,
         "unit: HKD million", "unit: {en: HKD million, zh-Hant: RMB million}", "wrong-shape", also=("accepted-unused",)),
    Case(UNITS, "A factor per kilowatt hour is multiplied with megawatt hours", IMPOSSIBLE, FACTORS,
         "value: 0.57\n  unit: kgCO2e/kWh", "value: 0.60\n  unit: tCO2e/MWh", prints={
             "en": ("Scope 2 emissions | tonnes CO2e | 4,865.6 | 4,998.8",), "zh-Hant": ("範圍2排放 | 噸二氧化碳當量 | 4,865.6 | 4,998.8",)}),
    Case(UNITS, "Kilowatt hours and cubic metres are added", FOUND, A,
         "formula: electricity + fuels", "formula: electricity + natural_gas", "formula-unit", also=("missing-value", "total-leaves-out")),
    Case(UNITS, "A factor is a thousand times too large", FOUND, FACTORS,
         "value: 38.9\n", "value: 38 900\n", "implausible-value", "value: 38 900", also=("implied-factor",)),
    Case(UNITS, "An amount is below nothing", FOUND, A,
         "{melting: 61 250, cutting: 35 160}", "{melting: 61 250, cutting: -35 160}", "negative-value"),
    Case(UNITS, "A quantity falls to nothing because a column was not filled in", FOUND, A,
         "values: {2025: 58 300, 2024: 61 700}", "values: {2025: 0, 2024: 61 700}", "zero-after-value"),
    Case(UNITS, "A measure is given in another quantity than is asked for", FOUND, B, "unit: day\n", "unit: case\n", "measure-unit"),
)  # fmt: skip

Write = Callable[[Mapping[str, str]], Examined]


@pytest.fixture
def examined(tmp_path: Path) -> Write:
    """`examined(files)`: the project of these files, read and checked."""

    def write(files: Mapping[str, str]) -> Examined:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        if not (tmp_path / ".cache").exists():
            (tmp_path / ".cache").mkdir()
            (tmp_path / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
        return examine(tmp_path)

    return write


def planted(case: Case, files: Mapping[str, str] = SAMPLE) -> dict[str, str]:
    """The sample with a case's mistake in it: in one place, or in the same place of both languages."""
    return changed(files, case.path, case.right, case.wrong)


def changed(files: Mapping[str, str], path: str, right: str, wrong: str) -> dict[str, str]:
    found = dict(files)
    for number, name in enumerate((EN, HANT) if path == EVERY else (path,)):
        old, new = (in_language(text, number) for text in (right, wrong))
        assert files[name].count(old) == 1, f"{name}: {old}"
        found[name] = files[name].replace(old, new)
    return found


def in_language(text: str, number: int) -> str:
    """`{English|中文}` chooses by language."""
    return re.sub(r"\{([^{}|]*)\|([^{}|]*)\}", lambda match: match[number + 1], text)


def expected(case: Case, files: Mapping[str, str]) -> tuple[str, str, int]:
    """Code, file and line of what a case must be found by."""
    path = case.found_in or case.path
    at = case.at or case.wrong.strip().splitlines()[-1]
    return case.code, path, files[path][: files[path].index(at)].count("\n") + 1


def places(done: Examined) -> set[tuple[str, str, int]]:
    return {(finding.code, finding.place.path, finding.place.line) for finding in done.findings}


def said(done: Examined) -> str:
    return "\n".join(f"{finding} ({finding.help})" for finding in done.findings)


def test_the_sample_is_sound(examined: Write) -> None:
    done = examined(SAMPLE)
    assert done.edition is not None
    assert not done.findings, said(done)


def of(kind: str, refused: bool | None = None) -> list[Case]:
    return [case for case in CASES if case.kind == kind and refused in (None, bool(case.code))]


def title(case: Case) -> str:
    return case.title


@pytest.mark.parametrize("case", [*of(FOUND), *of(IMPOSSIBLE, refused=True)], ids=title)
def test_a_mistake_is_found_where_it_was_made(examined: Write, case: Case) -> None:
    files = planted(case)
    done = examined(files)
    assert expected(case, files) in places(done), said(done)
    others = {finding.code for finding in done.findings} - {case.code}
    assert others == set(case.also), said(done)
    if case.kind == IMPOSSIBLE:
        assert any(finding.blocking for finding in done.findings if finding.code == case.code)


@pytest.mark.parametrize("case", of(IMPOSSIBLE, refused=False), ids=title)
def test_a_mistake_cannot_be_made(examined: Write, case: Case) -> None:
    """What is planted changes what is printed, in every language alike; there is no second place to forget."""
    assert case.prints
    before = examined(SAMPLE)
    for language, texts in case.prints.items():
        page = "\n".join(printed(before, language))
        assert not all(text in page for text in texts)
    after = examined(planted(case))
    assert {finding.code for finding in after.findings} == set(case.also), said(after)
    for language, texts in case.prints.items():
        page = "\n".join(printed(after, language))
        for text in texts:
            assert text in page, page


@pytest.mark.parametrize("case", of(NEEDS), ids=title)
def test_a_mistake_is_found_with_an_input(examined: Write, case: Case) -> None:
    files = planted(case)
    assert not (done := examined(files)).findings, said(done)
    files = changed(files, case.path, *case.given)
    assert case.input in case.given[1]
    assert expected(case, files) in places(done := examined(files)), said(done)


def printed(done: Examined, language: str) -> list[str]:
    """The lines of a page as they are read: sentences, rows of tables, notes."""
    assert done.edition is not None
    (page,) = report_view(done.edition, language).pages
    lines = []
    for piece in (page.lead, *page.body):
        if isinstance(piece, ProseView):
            parts = (part if isinstance(part, str) else number(part) for part in piece.parts)
            lines.append(re.sub(r"<[^>]*>", "", "".join(parts)))
        elif isinstance(piece, TableView | TargetsView):
            for row in piece.rows:
                cells = [number(cell.figure) if cell.figure else cell.text for cell in row.cells]
                if isinstance(piece, TargetsView):
                    cells += [cell.status.word for cell in row.cells if cell.status]
                lines.append(" | ".join([row.name, *cells]))
            lines += [text for _, text in piece.notes]
    return lines


def number(figure: FigureView) -> str:
    return f"{figure.before}{figure.whole}{figure.fraction}{figure.after}"


def test_the_reason_for_a_jump_is_printed_and_traced(examined: Write, tmp_path: Path) -> None:
    jump = "values: {2025: 6 140, 2024: 61 700}"
    reason = "{value: 6 140, reason_for_change: {en: The lorries were sold., zh-Hant: 貨車已出售。}}"
    files = changed(SAMPLE, A, "values: {2025: 58 300, 2024: 61 700}", jump.replace("6 140", reason))
    done = examined(files)
    assert not done.findings, said(done)
    assert "The lorries were sold." in printed(done, "en")
    assert "貨車已出售。" in printed(done, "zh-Hant")
    traced = here("trace", "diesel", "--project", tmp_path)
    assert "changed   The lorries were sold." in traced.stdout


# ---- the share, and the page


def test_few_mistakes_need_another_input() -> None:
    """At most one in ten, of the mistakes that were read in reports and of the cases."""
    read = sum(case.stands_for for case in CASES)
    assert read > 10
    assert sum(case.stands_for for case in of(NEEDS)) <= read / 10
    assert len(of(NEEDS)) <= len(CASES) / 10


def rows_of_page() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(class, mistake, what happens, codes and keys named) of every row of the tables."""
    found = []
    group = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "mistake" and set(cells[0]) != {"-"}:
            found.append((group, cells[0], cells[1], tuple(re.findall("`([^`]+)`", cells[2]))))
    return found


def test_the_page_lists_the_cases() -> None:
    wanted = [(c.group, c.title, c.kind, tuple(filter(None, [c.input, c.code]))) for c in CASES]
    assert [(group, mistake, kind, named) for group, mistake, kind, named in rows_of_page()] == wanted
