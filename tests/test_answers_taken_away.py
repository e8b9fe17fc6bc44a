"""A report of real size, one answer of it taken away: the row, its status and the very words that say what lacks.

The report is this repository's own, with a relief added, so that one occurs too. Its data summary is left out: what a
chapter does not print is printed nowhere.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from esgreport.index import IndexRow, index_findings
from esgreport.views import Edition
from reports import edition_of

CODE = "hkex-esg-code-2025"
RELIEF = """\
aspect: reliefs
name: {en: Reliefs, zh-Hant: 寬免}
responses:
  D21(a): {status: relief-used, reason: {en: No reasonable information is at hand before the harbour study ends., zh-Hant: 港口研究完成前並無合理資料。}}
"""

Files = dict[str, str]
Edit = Callable[[Files], None]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Files]:
    """The copy and the text of each of its files."""
    root = tmp_path_factory.mktemp("answers") / "project"
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "data/aspects/reliefs.yml").write_text(RELIEF, encoding="utf-8")
    for language in ("en", "zh-Hant"):
        (root / f"content/{language}/data_summary.md").unlink()
    files = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.suffix in (".yml", ".md", ".csv")
    }
    # charts and tiles repeat what tables print: without them one edit takes a figure away
    replaced(".md", r"(?ms)^```(?:chart|tiles)$.*?^```\n+", "")(files)
    swap("report.yml", "[data_summary, content_index]", "[content_index]")(files)
    swap("climate.md", ' answers="D21(a) D21(b)"', ' answers="D21(b)"')(files)
    write(root, files)
    return root, files


@pytest.fixture
def without(copied: tuple[Path, Files]) -> Iterator[Callable[..., Edition]]:
    """`without(edit, …)`: the edition after these edits; the copy is whole again afterwards."""
    root, files = copied

    def edited(*edits: Edit) -> Edition:
        changed = dict(files)
        for edit in edits:
            before = dict(changed)
            edit(changed)
            assert changed != before, "there was nothing to take away"
        write(root, {name: text for name, text in changed.items() if text != files[name]})
        return edition_of(root, blocking=True)

    yield edited
    write(root, files)


def write(root: Path, files: Files) -> None:
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")


# ---- what can be taken away


def replaced(ending: str, pattern: str, new: str) -> Edit:
    def edit(files: Files) -> None:
        names = [name for name in files if name.endswith(ending) and re.search(pattern, files[name])]
        assert names, (ending, pattern)
        for name in names:
            files[name] = re.sub(pattern, new, files[name])

    return edit


def swap(ending: str, old: str, new: str = "") -> Edit:
    """One text for another, in every file whose name ends so."""
    return replaced(ending, re.escape(old), new.replace("\\", r"\\"))


def untagged(id: str, language: str = "") -> Edit:
    """No section says any more that it answers this."""

    def edit(files: Files) -> None:
        tag = re.compile(rf'(answers="[^"]*?)(?<![^" ]){re.escape(id)}(?=[ "])')
        for name in contents(files, language):
            files[name] = tag.sub(r"\1", files[name]).replace(' answers=""', "")

    return edit


def wordless(section: str, language: str = "") -> Edit:
    """A section, with what stands below it, keeps its headings, tables and blocks, but no word of text."""
    page, _, id = section.partition("#")

    def edit(files: Files) -> None:
        for name in contents(files, language):
            if name.endswith(f"/{page}.md"):
                head, body = re.split(rf"(?<=#{id} )|(?<=#{id}\b)", files[name], maxsplit=1)
                line, _, body = body.partition("\n")
                level = len(re.findall(r"(#+) [^\n]*\Z", head)[-1])
                own, rest = [*re.split(rf"(?m)^(?=#{{1,{level}}} )", body, maxsplit=1), ""][:2]
                parts = re.split(r"(?ms)^(```.*?^```$|#+ .*?$)", own)
                files[name] = head + line + "\n\n" + "\n\n".join(parts[1::2]) + "\n\n" + rest

    return edit


def unprinted(*metrics: str, language: str = "") -> Edit:
    """No table names these metrics and no sentence calls them; a table of nothing else is gone."""

    def edit(files: Files) -> None:
        names = "|".join(metrics)
        for name in contents(files, language):
            text = re.sub(rf"\{{\{{ ?(?:{names})\b[^}}]*\}}\}}", "some", files[name])
            text = re.sub(r"(?m)^(metrics|columns|targets): (\[)?(.*)$", lambda m: kept(m, metrics), text)
            files[name] = re.sub(
                r"(?ms)^```[a-z]+$(?:(?!^```$).)*?^(?:metrics|targets): \[\]$.*?^```$", "", text
            )

    def kept(line: re.Match[str], gone: tuple[str, ...]) -> str:
        names = [name for name in line[3].rstrip("]").split(", ") if name not in gone]
        return f"{line[1]}: [{', '.join(names)}]"

    return edit


def contents(files: Files, language: str) -> list[str]:
    return [name for name in files if name.startswith(f"content/{language}") and name.endswith(".md")]


def row(edition: Edition, id: str) -> IndexRow:
    return next(row for row in edition.rows[CODE] if row.requirement.id == id)


# The row, what is taken away, its status then, what it lacks.
TAKEN_AWAY: list[tuple[str, list[Edit], str, tuple[str, ...]]] = [
    (
        "A1.1", [swap("a1_emissions.yml", "    answers: [A1.1]\n")],
        "missing", ("not given: emissions by pollutant (no metric answers A1.1:emissions-by-pollutant)",),
    ),
    (
        "A1.1", [swap("a1_emissions.yml", "2025: {nox: 8 420, ", "2025: {")],
        "partly-disclosed", ("not given in `air_emissions`: emissions by pollutant for 2025, for Nitrogen oxides (NOx)",),
    ),
    (
        "A1.1", [unprinted("air_emissions")],
        "partly-disclosed", ("`air_emissions` for 2025: Sulphur oxides (SOx) printed on no page",),
    ),
    (
        "A1.1", [unprinted("air_emissions", language="en")],
        "partly-disclosed", ("`air_emissions` for 2025: Sulphur oxides (SOx) printed on no page in en",),
    ),
    (
        "A1.3", [swap("a1_emissions.yml", "    answers: [A1.3]\n")],
        "missing", ("not given: hazardous waste (no metric answers A1.3:waste-hazardous)",),
    ),
    (
        "A1.3", [replaced("a1_emissions.yml", r"(?s)(hazardous_type:|plant:)\n        2025: \{(collected_dust|chengxi: 121)[^\n]*\n", r"\1\n")],
        "missing", ("not given in `hazardous_waste`: hazardous waste for 2025",),
    ),
    (
        "A1.3", [unprinted("hazardous_waste")],
        "missing", ("`hazardous_waste` for 2025: printed on no page",),
    ),
    (
        "A1.4", [unprinted("non_hazardous_waste", language="zh-Hant")],
        "partly-disclosed", ("`non_hazardous_waste` for 2025: printed on no page in zh-Hant",),
    ),
    (
        "A1.5", [untagged("A1.5")],
        "partly-disclosed", ("no section answers it",),
    ),
    (
        "A1.5", [untagged("A1.5", "en")],
        "partly-disclosed", ("no section in en answers it",),
    ),
    (
        "A1.5", [swap("a1_emissions.yml", "    answers: [A1.5]\n"), swap("d_climate.yml", "answers: [A1.5, D37]", "answers: [D37]")],
        "partly-disclosed", ("no target in data answers A1.5",),
    ),
    (
        "A1.5", [swap("a1_emissions.yml", "2023: {nox: 9 480, sox: 1 208, particulate_matter: 4 260}", "2023: {nox: 9 480, sox: 1 208}")],
        "partly-disclosed", ("the target `particulate_matter_2027` has no value of 2023 to start from", "the target `particulate_matter_2028` has no value of 2023 to start from"),
    ),
    (
        "A1.5", [unprinted("nitrogen_oxides")],
        "partly-disclosed", ("the target `nitrogen_oxides` is printed on no page",),
    ),
    (
        "A1.5", [wordless("a1_emissions#targets")],
        "partly-disclosed", ("the section that answers it has no text",),
    ),
    (
        "A1.6", [swap("a1_emissions.yml", "    answers: [A1.6]\n")],
        "partly-disclosed", ("no target in data answers A1.6",),
    ),
    (
        "A1.6", [unprinted("hazardous_waste_per_tonne", language="zh-Hant")],
        "partly-disclosed", ("the target `hazardous_waste_per_tonne` is printed on no page in zh-Hant",),
    ),
    (
        "A1.GD", [untagged("A1.GD(b)")],
        "partly-disclosed", ("A1.GD(b): no section answers it (compliance with relevant laws and regulations that significantly affect the issuer)",),
    ),
    (
        "A1.GD", [untagged("A1.GD(b)", "en")],
        "partly-disclosed", ("A1.GD(b): no section in en answers it (compliance with relevant laws and regulations that significantly affect the issuer)",),
    ),
    (
        "A1.GD", [untagged("A1.GD(a)")],
        "partly-disclosed", ("A1.GD(a): no section answers it (policies)",),
    ),
    (
        "A1.GD", [wordless("a1_emissions#policy")],
        "partly-disclosed", ("A1.GD(a): the section that answers it has no text (policies)",),
    ),
    (
        "A1.GD", [untagged("A1.GD(a)"), untagged("A1.GD(b)")],
        "missing", ("no section answers it",),
    ),
    (
        "A2.GD", [untagged("A2.GD")],
        "missing", ("no section answers it",),
    ),
    (
        "A2.GD", [untagged("A2.GD", "zh-Hant")],
        "partly-disclosed", ("no section in zh-Hant answers it",),
    ),
    (
        "A2.GD", [wordless("a2_resources#policy", "en")],
        "partly-disclosed", ("the section that answers it has no text in en",),
    ),
    (
        "A2.1", [swap("a2_use_of_resources.yml", "    answers: [A2.1:energy-indirect]\n")],
        "partly-disclosed", ("not given: indirect energy by carrier (no metric answers A2.1:energy-indirect)",),
    ),
    (
        "A2.1", [swap("a2_use_of_resources.yml", "    answers: [A2.1:energy-direct]\n")],
        "partly-disclosed", ("not given: direct energy by fuel (no metric answers A2.1:energy-direct)",),
    ),
    (
        "A2.1", [swap("a2_use_of_resources.yml", "    answers: [A2.1:energy-total]\n")],
        "partly-disclosed", ("not given: total energy (no metric answers A2.1:energy-total)",),
    ),
    (
        "A2.1", [replaced("a2_use_of_resources.yml", r"(answers: \[A2.1:energy-indirect\]\n)    per: \[production\]\n", r"\1")],
        "partly-disclosed", ("not given: the intensity of indirect energy by carrier (add per: […] to `electricity`)",),
    ),
    (
        "A2.1", [replaced("a2_resources.md", r"(columns: \[unit, 2025, 2024, 2023, change(?:, trend)?\]\n)intensities: true\n", r"\1")],
        "partly-disclosed", ("the intensity of `natural_gas`, `diesel`, `petrol` and `direct_energy`: printed on no page", "the intensity of `electricity`: printed on no page"),
    ),
    (
        "A2.1", [replaced("general.yml", r"        2025: \{chengxi: 41 890.*\n", "")],
        "partly-disclosed", ("the intensity of direct energy by fuel has no value (not given: `production` for 2025)", "the intensity of indirect energy by carrier has no value (not given: `production` for 2025)", "the intensity of total energy has no value (not given: `production` for 2025)"),
    ),
    (
        "A2.1", [unprinted("electricity", language="en")],
        "partly-disclosed", ("`electricity` for 2025: printed on no page in en",),
    ),
    (
        "A2.2", [replaced("a2_use_of_resources.yml", r"(answers: \[A2.2\]\n)    per: \[production\]\n", r"\1")],
        "partly-disclosed", ("not given: the intensity of water consumed (add per: […] to `water`)",),
    ),
    (
        "A2.2", [swap("a2_use_of_resources.yml", "        2025: {chengxi: 88 415, yunzhong: 56 238, hong_kong: 172}\n")],
        "missing", ("not given in `water`: water consumed for 2025",),
    ),
    (
        "A2.2", [swap("a2_use_of_resources.yml", "2025: {chengxi: 88 415, yunzhong: 56 238, hong_kong: 172}", "2025: {chengxi: 88 415, yunzhong: 56 238, hong_kong: not_available}")],
        "partly-disclosed", ("not given in `water`: water consumed for 2025, for Hong Kong office",),
    ),
    (
        "A2.2", [unprinted("water")],
        "missing", ("`water` for 2025: printed on no page",),
    ),
    (
        "A2.2", [unprinted("water", language="zh-Hant")],
        "partly-disclosed", ("`water` for 2025: printed on no page in zh-Hant",),
    ),
    (
        "A2.3", [swap("a2_use_of_resources.yml", "    answers: [A2.3]\n")],
        "partly-disclosed", ("no target in data answers A2.3",),
    ),
    (
        "A2.3", [wordless("a2_resources#energy-targets")],
        "partly-disclosed", ("the section that answers it has no text",),
    ),
    (
        "A2.3", [unprinted("energy_per_tonne", language="en")],
        "partly-disclosed", ("the target `energy_per_tonne` is printed on no page in en",),
    ),
    (
        "A2.4", [swap("a2_use_of_resources.yml", "        2023: {chengxi: 96 240, yunzhong: 62 487, hong_kong: 175}\n")],
        "partly-disclosed", ("the target `water_per_tonne` has no value of 2023 to start from",),
    ),
    (
        "A2.5", [swap("a2_use_of_resources.yml", "    answers: [A2.5]\n")],
        "missing", ("not given: packaging material used (no metric answers A2.5:packaging)",),
    ),
    (
        "B1.1", [replaced("b1_employment.yml", r"      region:\n        2025: \{sichuan: 199.*\n.*\n.*\n", "")],
        "partly-disclosed", ("not given: employees by region (`workforce` only by gender, employment type, age group and employee category)",),
    ),
    (
        "B1.1", [swap("b1_employment.yml", "2025: {male: 251, female: 90}", "2025: {male: 251, female: not_available}")],
        "partly-disclosed", ("not given in `workforce`: employees by gender for 2025, for Female",),
    ),
    (
        "B1.1", [swap("b1_employment.yml", "2025: {full_time: 336, part_time: 5}", "2025: {full_time: 336}")],
        "partly-disclosed", ("not given in `workforce`: employees by employment type for 2025, for Part-time",),
    ),
    (
        "B1.1", [swap("b1_employment.yml", "        2025: {under_30: 60, from_30_to_50: 214, over_50: 67}\n")],
        "partly-disclosed", ("not given in `workforce`: employees by age group for 2025",),
    ),
    (
        "B1.1", [swap("b1_employment.md", "members: [gender, employment_type, age_group", "members: [employment_type, age_group")],
        "partly-disclosed", ("`workforce` by gender: printed on no page",),
    ),
    (
        "B1.1", [swap("en/b1_employment.md", "members: [gender, employment_type, age_group", "members: [employment_type, age_group")],
        "partly-disclosed", ("`workforce` by gender: printed on no page in en",),
    ),
    (
        "B1.2", [swap("b1_employment.yml", "breakdown: [gender, age_group, region]", "breakdown: [gender, age_group]")],
        "partly-disclosed", ("not given: turnover rate by region (`turnover_rate` only by gender and age group)",),
    ),
    (
        "B1.2", [swap("b1_employment.yml", "breakdown: [gender, age_group, region]", "breakdown: [gender]")],
        "partly-disclosed", ("not given: turnover rate by age group (`turnover_rate` only by gender)", "not given: turnover rate by region (`turnover_rate` only by gender)"),
    ),
    (
        "B1.2", [swap("b1_employment.yml", "2025: {male: 19, female: 8}", "2025: {male: 19}")],
        "partly-disclosed", ("not given in `turnover_rate`: turnover rate by gender for 2025, for Female",),
    ),
    (
        "B1.2", [swap("b1_employment.yml", "    answers: [B1.2]\n")],
        "missing", ("not given: turnover rate (no metric answers B1.2:turnover-rate)",),
    ),
    (
        "B1.2", [replaced("b1_employment.md", r"metrics: \[turnover_rate\]\n", "metrics: [leavers]\n")],
        "partly-disclosed", ("`turnover_rate` by gender: printed on no page", "`turnover_rate` by age group: 30 to 50 and 51 or over printed on no page", "`turnover_rate` by region: Sichuan and Shanxi printed on no page"),
    ),
    (
        "B3.1", [replaced("b3_training.yml", r"(trained_share:(?:.*\n)*?    )breakdown: \[gender, employee_category\]\n", r"\1breakdown: [gender]\n")],
        "partly-disclosed", ("not given: employees trained by employee category (`trained_share` only by gender)",),
    ),
    (
        "B3.2", [unprinted("training_hours_average", "training_hours_target")],
        "missing", ("`training_hours_average` for 2025: printed on no page",),
    ),
    (
        "B2.1", [swap("b2_health_and_safety.yml", ', 2023: nil}\n    answers: ["B2.1:fatalities"]', '}\n    answers: ["B2.1:fatalities"]')],
        "partly-disclosed", ("not given in `fatalities`: fatalities for 2023", "not given in `fatality_rate`: fatality rate for 2023"),
    ),
    (
        "B2.1", [swap("b2_health_and_safety.yml", "formula: fatalities / workforce", "values: {2025: 0.0, 2024: 0.0}")],
        "partly-disclosed", ("not given in `fatality_rate`: fatality rate for 2023",),
    ),
    (
        "B2.1", [swap("b2_health_and_safety.yml", '    answers: ["B2.1:fatality-rate"]\n')],
        "partly-disclosed", ("not given: fatality rate (no metric answers B2.1:fatality-rate)",),
    ),
    (
        "B2.1", [swap("b2_health_and_safety.yml", '    answers: ["B2.1:fatalities"]\n')],
        "partly-disclosed", ("not given: fatalities (no metric answers B2.1:fatalities)",),
    ),
    (
        "B2.1", [replaced("b2_health_safety.md", r"(contractor_fatalities\]\ncolumns: \[unit, 2025, 2024), 2023\]", r"\1]")],
        "partly-disclosed", ("`fatalities` for 2023: printed on no page", "`fatality_rate` for 2023: printed on no page"),
    ),
    (
        "B2.2", [swap("b2_health_and_safety.yml", "    answers: [B2.2]\n")],
        "missing", ("not given: lost days (no metric answers B2.2:lost-days)",),
    ),
    (
        "B5.2", [untagged("B5.2")],
        "partly-disclosed", ("no section answers it",),
    ),
    (
        "B5.2", [swap("b5_supply_chain.yml", "    answers: [B5.2]\n")],
        "partly-disclosed", ("not given: suppliers the practices apply to (no metric answers B5.2:suppliers-covered)",),
    ),
    (
        "B5.2", [unprinted("suppliers_covered")],
        "partly-disclosed", ("`suppliers_covered` for 2025: printed on no page",),
    ),
    (
        "B5.2", [unprinted("suppliers_covered", language="en")],
        "partly-disclosed", ("`suppliers_covered` for 2025: printed on no page in en",),
    ),
    (
        "D21(a)", [replaced("reliefs.yml", r"  D21\(a\): .*\n", "")],
        "missing", ("no section answers it",),
    ),
    (
        "D22(a)(iii)", [replaced("d_climate.yml", r"  D22\(a\)\(iii\):\n.*\n.*\n", "")],
        "missing", ("no section answers it",),
    ),
    (
        "D24(a)", [replaced("d_climate.yml", r"  D24\(a\):\n.*\n.*\n", "")],
        "missing", ("not given: current financial effect (no metric answers D24(a):current-financial-effect)", "no section answers it"),
    ),
    (
        "D28(a)", [swap("d_climate.yml", "    answers: [D28(a)]\n")],
        "missing", ("not given: scope 1 (no metric answers D28(a):ghg-scope1)",),
    ),
    (
        "D28(b)", [unprinted("ghg_scope_2", language="en")],
        "partly-disclosed", ("`ghg_scope_2` for 2025: printed on no page in en",),
    ),
    (
        "D28(c)", [unprinted("ghg_scope_3", language="en")],
        "partly-disclosed", ("`ghg_scope_3` for 2025: printed on no page in en",),
    ),
    (
        "D29(c)", [untagged("D29(c)")],
        "partly-disclosed", ("no section answers it",),
    ),
    (
        "D29(c)", [swap("d_climate.yml", ', "D29(c):ghg-scope2-location"')],
        "partly-disclosed", ("not given: scope 2, location-based (no metric answers D29(c):ghg-scope2-location)",),
    ),
    (
        "D30", [swap("d_climate.yml", '    answers: ["D30:transition-exposed-share"]\n')],
        "partly-disclosed", ("not given: share (no metric answers D30:transition-exposed-share)",),
    ),
    (
        "D31", [unprinted("physical_exposed_share", language="zh-Hant")],
        "partly-disclosed", ("`physical_exposed_share` for 2025: printed on no page in zh-Hant",),
    ),
    (
        "D33", [swap("d_climate.yml", "    answers: [D33]\n")],
        "missing", ("not given: amount deployed (no metric answers D33:climate-capital)",),
    ),
    (
        "D34", [swap("d_climate.yml", '    answers: ["D34(b)"]\n')],
        "partly-disclosed", ("D34(b): not given: price per tonne CO2e (no metric answers D34(b):carbon-price)",),
    ),
    (
        "D34", [untagged("D34(a)")],
        "partly-disclosed", ("D34(a): no section answers it (whether and how a carbon price is used in decisions)",),
    ),
    (
        "D37", [swap("d_climate.yml", "answers: [A1.5, D37]", "answers: [A1.5]")],
        "partly-disclosed", ("no target in data answers D37",),
    ),
    (
        "D37", [untagged("D37", "zh-Hant")],
        "partly-disclosed", ("no section in zh-Hant answers it",),
    ),
    (
        "D40", [untagged("D40")],
        "missing", ("no section answers it",),
    ),
    (
        "MDR13", [untagged("MDR13(ii)")],
        "partly-disclosed", ("MDR13(ii): no section answers it (board approach and strategy, including how material ESG issues and business risks are assessed, ranked and managed)",),
    ),
    (
        "MDR14", [untagged("MDR14.consistency", "en")],
        "partly-disclosed", ("MDR14.consistency: no section in en answers it (consistency: changes in methods, KPIs or other factors that affect comparison)",),
    ),
    (
        "MDR14", [wordless("about#quantitative")],
        "partly-disclosed", ("MDR14.quantitative: the section that answers it has no text (quantitative: standards, methods, assumptions, tools and conversion-factor sources behind emission and energy data)",),
    ),
    (
        "MDR15", [untagged("MDR15.boundary"), untagged("MDR15.change")],
        "missing", ("no section answers it",),
    ),
]  # fmt: skip


def test_the_report_answers_what_is_taken_from_it_below(without: Callable[..., Edition]) -> None:
    edition = without()
    answered = {"D21(a)": "relief-used", "D22(a)(iii)": "negative-statement", "D24(a)": "explained"}
    for id in dict.fromkeys(id for id, *_ in TAKEN_AWAY):
        expected = answered.get(id, "disclosed")
        assert (row(edition, id).status, row(edition, id).lacks) == (expected, ()), id


@pytest.mark.parametrize(
    ("id", "edits", "status", "lacks"), TAKEN_AWAY, ids=[f"{t[0]} {t[3][0]}"[:80] for t in TAKEN_AWAY]
)
def test_an_answer_taken_away_is_named(
    without: Callable[..., Edition], id: str, edits: list[Edit], status: str, lacks: tuple[str, ...]
) -> None:
    edition = without(*edits)
    found = row(edition, id)
    assert found.lacks == lacks
    assert found.status == status
    assert not found.reason
    told = [
        f.code
        for f in index_findings(edition.report, edition.frameworks, edition.rows)
        if f.message.startswith(f"{id} (")
    ]
    assert told == ["requirement-missing" if status == "missing" else "requirement-partly"]
