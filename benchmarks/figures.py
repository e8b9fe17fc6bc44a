"""How long a report of many figures takes: reading, working out, checking; time and peak memory.

    .venv/bin/python benchmarks/figures.py            both sizes, less than a minute
    .venv/bin/python benchmarks/figures.py --tiny     a thousand figures, to see that it runs

It makes a project of realistic shape in a temporary folder: months by plants in CSV files, breakdowns in
YAML, formulas by plant with factors by plant, intensities, targets, a page per aspect in two languages. Each
step runs in a process of its own, from the start of the interpreter, and does all steps before it.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STEPS = ("load", "compute", "check")
PERIODS = (2025, 2024)
MONTHS = [f"m{n:02}" for n in range(1, 13)]
PEOPLE = {
    "gender": ("male", "female"),
    "age_group": ("under_30", "from_30_to_50", "over_50"),
    "region": ("mainland", "hong_kong", "macao", "elsewhere"),
}
ACTIVITIES, WORKFORCES, AMOUNTS, EMISSIONS = 10, 12, 14, 10  # metrics of each kind in an aspect file
EVENTS = 4  # and those that follow from them in other ways: 50 in all


@dataclass(frozen=True)
class Size:
    """How large a project is made, and what it may take: seconds and megabytes on two cores."""

    aspects: int
    plants: int
    seconds: float
    megabytes: int


TINY = Size(1, 2, 2.5, 300)
SIZES = (Size(12, 4, 2.5, 300), Size(30, 16, 20, 1500))


# ---- a project


def make_project(root: Path, size: Size) -> None:
    """Write a report of `size` that has no errors."""
    files = {"data/report.yml": _report(size), "data/dimensions.yml": _dimensions(size)}
    files["data/factors.yml"] = _factors(size)
    for aspect in range(size.aspects):
        files[f"data/aspects/a{aspect}.yml"] = "\n".join(_aspect(aspect)) + "\n"
        files[f"data/aspects/a{aspect}.csv"] = "\n".join(_rows(aspect, size)) + "\n"
        for language in ("en", "zh-Hant"):
            files[f"content/{language}/a{aspect}.md"] = "\n".join(_page(aspect)) + "\n"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _plants(size: Size) -> list[str]:
    return [f"p{n:02}" for n in range(1, size.plants + 1)]


def _named(text: str) -> str:
    return f"{{en: {text}, zh-Hant: {text}}}"


def _report(size: Size) -> str:
    years = "".join(f"  {y}: {{from: {y}-01-01, to: {y}-12-31}}\n" for y in (*PERIODS, 2030))
    pages = ", ".join(f"a{n}" for n in range(size.aspects))
    return (
        f"status: draft\nslug: many\ntitle: {_named('Many figures')}\ncompany: {{name: {_named('Many')}}}\n"
        f"languages: [en, zh-Hant]\nperiod: 2025\ncomparatives: [2024]\nperiods:\n{years}parts:\n  - pages: [{pages}]\n"
    )


def _dimensions(size: Size) -> str:
    members = {"month": MONTHS, "plant": _plants(size), **PEOPLE}
    return "".join(
        f"{id}:\n  name: {_named(id)}\n  members:\n" + "".join(f"    {m}: {_named(m)}\n" for m in own)
        for id, own in members.items()
    )


def _factors(size: Size) -> str:
    by_plant = "".join(
        f"      {plant}: {{2025: 0.5{n:02}, 2024: 0.6{n:02}}}\n" for n, plant in enumerate(_plants(size))
    )
    return f"grid:\n  unit: kgCO2e/kWh\n  source: a table\n  gas: CO2e\n  breakdown:\n    plant:\n{by_plant}"


def _aspect(a: int) -> Iterator[str]:
    """The text of an aspect file: 50 metrics and two targets."""
    yield f"aspect: A{a}\nmetrics:"

    def metric(id: str, unit: str, *more: str) -> str:
        lines = (f"name: {_named(id)}", f"unit: {unit}", *more)
        return f"  {id}:\n" + "\n".join(f"    {line}" for line in lines)

    for n in range(ACTIVITIES):
        yield metric(f"activity_{a}_{n}", "kWh", "source: Meters", "owner: Plant officers")
    for n in range(WORKFORCES):
        lines = ["breakdown:"]
        for dimension, members in PEOPLE.items():
            left = 12 // len(members)  # every division of the whole adds up to the same
            lines.append(f"  {dimension}:")
            for year in PERIODS:
                cells = ", ".join(f"{m}: {left * (100 + n + year % 7)}" for m in members)
                lines.append(f"    {year}: {{{cells}}}")
        yield metric(f"people_{a}_{n}", "person", *lines)
    for n in range(AMOUNTS):
        values = ", ".join(f"{year}: {{value: {1 + n}{year}.5, status: estimated}}" for year in PERIODS)
        yield metric(f"amount_{a}_{n}", "t", f"per: [activity_{a}_0, people_{a}_0]", f"values: {{{values}}}")
    for n in range(EMISSIONS):
        formula = f'formula: activity_{a}_{n} * factor("grid")'
        yield metric(f"emissions_{a}_{n}", "tCO2e", formula, "breakdown: [plant]")
    parts = " + ".join(f"emissions_{a}_{n}" for n in range(EMISSIONS))
    yield metric(f"all_{a}", "tCO2e", f"formula: {parts}", f"per: [amount_{a}_0]")
    yield metric(f"grid_{a}", "tCO2e", f'formula: sum(activity_{a}_0 * factor("grid") over plant)')
    yield metric(f"mean_{a}", "kWh", f"formula: average(activity_{a}_1 over month)")
    yield metric(f"rise_{a}", "percent", f"formula: change(activity_{a}_2, 2024)")
    yield "targets:"
    common = f"name: {_named('Less')}, base: 2024, to: 2030"
    yield f"  less_{a}: {{{common}, metric: all_{a}, change: -30}}"
    yield f"  leaner_{a}: {{{common}, metric: all_{a}, per: amount_{a}_0, change: -25, path: {{2025: -5}}}}"


def _rows(a: int, size: Size) -> Iterator[str]:
    """The lines of a CSV: every activity by month and plant."""
    yield "metric,period,month,plant,value"
    for n in range(ACTIVITIES):
        for year in PERIODS:
            for m, month in enumerate(MONTHS):
                for p, plant in enumerate(_plants(size)):
                    yield f"activity_{a}_{n},{year},{month},{plant},{100_000 + 997 * (a + n + m * p) + year}"


def _page(a: int) -> Iterator[str]:
    """A page that prints every metric of an aspect, in sentences and in tables."""
    yield f"# Aspect {a} {{ #aspect }}\n"
    for n in range(ACTIVITIES):
        yield f'We used {{{{ activity_{a}_{n} }}}}, {{{{ activity_{a}_{n}(change="2024") }}}}, of it {{{{ activity_{a}_{n}(plant="p01") }}}}.\n'
    kinds = {"activity": ACTIVITIES, "people": WORKFORCES, "amount": AMOUNTS, "emissions": EMISSIONS}
    for kind, count in kinds.items():
        names = ", ".join(f"{kind}_{a}_{n}" for n in range(count))
        yield f"## {kind} {{ #{kind} }}\n\n```table\nmetrics: [{names}]\ncolumns: [unit, 2025, 2024, change]\n```\n"
    yield f"```table\nmetrics: [emissions_{a}_0]\nmembers: [plant]\ncolumns: [2025, 2024]\n```\n"
    yield f"```targets\ntargets: [less_{a}, leaner_{a}]\n```\n"
    yield f"Together {{{{ all_{a} }}}}, {{{{ grid_{a} }}}}, {{{{ mean_{a} }}}}, {{{{ rise_{a} }}}}.\n"


# ---- steps, each in a process of its own


def step(name: str, root: Path) -> int:
    """Do one step and all before it; returns how many figures there are, or 0 where nothing was counted."""
    from esgreport.cli import COLLECTOR
    from esgreport.compute import Figures
    from esgreport.load import load
    from esgreport.pipeline import examine

    gc.set_threshold(*COLLECTOR)
    if name == "check":
        examined = examine(root)
        assert not examined.errors, examined.errors[:3]
        return 0
    report, findings = load(root)
    assert report is not None and not findings, findings[:3]
    return 0 if name == "load" else sum(1 for _ in Figures(report).declared())


@dataclass(frozen=True)
class Measured:
    """What a step took, from the start of its process to its end."""

    figures: int
    seconds: float
    megabytes: float


def measure(name: str, root: Path) -> Measured:
    """Run a step in a fresh process."""
    start = time.monotonic()
    command = [sys.executable, __file__, "--step", name, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr}")
    figures, kilobytes = map(int, done.stdout.split())
    return Measured(figures, seconds, kilobytes / 1000)


def run(sizes: tuple[Size, ...]) -> None:
    """Measure every size and print a table."""
    print(f"{'figures':>9}  {'step':8} {'seconds':>8} {'peak MB':>8}   goal")
    whole: list[tuple[int, float]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            make_project(Path(folder), size)
            found = {name: measure(name, Path(folder)) for name in STEPS}
        count = found["compute"].figures
        for name, each in found.items():
            goal = ""
            if name == STEPS[-1]:
                kept = each.seconds <= size.seconds and each.megabytes <= size.megabytes
                goal = f"{size.seconds:g} s, {size.megabytes} MB: {'kept' if kept else 'MISSED'}"
            print(f"{count:9,}  {name:8} {each.seconds:8.2f} {each.megabytes:8.0f}   {goal}".rstrip())
        whole.append((count, found[STEPS[-1]].seconds))
    if len(whole) > 1:
        (few, short), (many, long) = whole[0], whole[-1]
        print(f"\n{many / few:.1f} times the figures take {long / short:.1f} times as long.")


def main() -> None:
    """Read the arguments, run what they ask for."""
    parser = argparse.ArgumentParser(description="Time and memory of a report with many figures.")
    parser.add_argument("--tiny", action="store_true", help="one small project, to see that it runs")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "DIR"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        figures = step(asked.step[0], Path(asked.step[1]))
        print(figures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    else:
        run((TINY,) if asked.tiny else SIZES)


if __name__ == "__main__":
    main()
