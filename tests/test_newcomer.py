"""A newcomer's first day, played: wheel, `init`, her figures, two pages, a chart, `check`, `build`; and five mistakes of hers.

The wheel is installed into a virtual environment that borrows the libraries of this one, in a folder without the repository.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Run
from pypdf import PdfReader

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Call:
    """`installed("check", cwd=…)`: the tool as its wheel brings it, nothing of the repository beside it."""
    folder = tmp_path_factory.mktemp("newcomer")
    pip = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "-q"]
    wheel = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)]
    subprocess.run([*pip, *wheel], check=True)
    (made,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    install = ["--python", str(python), "install", "--no-deps", "--no-index", str(made)]
    subprocess.run([*pip, *install], check=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    fonts = folder / "home" / ".cache" / "esgreport" / "fonts"
    fonts.parent.mkdir(parents=True)
    fonts.symlink_to(ROOT / ".cache" / "fonts")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_"))}

    def call(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [folder / "venv" / "bin" / "esgreport", *words],
            cwd=cwd,
            env=env | {"HOME": str(folder / "home")},
            capture_output=True,
            encoding="utf-8",
            timeout=600,
        )

    return call


@dataclass(frozen=True)
class Company:
    """Who begins: what she answers, what she writes in each language, and a sentence that is printed."""

    options: tuple[str, ...]
    years: tuple[str, str]
    prints: dict[str, str]


WORDS = {
    "en": (
        "We use energy and water with care, and look for savings each spring.",
        "We used {{ energy_total }} of energy, {{ energy_total(change=\"previous\", words=\"up\") }}.",
        "This is the first report that we make ourselves.",
        "Energy went down",
    ),
    "zh-Hant": (
        "本集團節約能源及用水，每年春季檢視可節省之處。",
        "本集團共耗用{{ energy_total }}能源，{{ energy_total(change=\"previous\", words=\"up\") }}。",
        "這是本集團首份自行編製的報告。",
        "能源耗量下降",
    ),
    "zh-Hans": (
        "本集团节约能源及用水，每年春季检视可节省之处。",
        "本集团共消耗{{ energy_total }}能源，{{ energy_total(change=\"previous\", words=\"up\") }}。",
        "这是本集团首份自行编制的报告。",
        "能源消耗下降",
    ),
}  # fmt: skip
BILINGUAL = ("--company", "Harbour Ropes Limited / 港灣繩纜有限公司", "--stock-code", "00000")
COMPANIES = {
    "calendar year": Company(
        (*BILINGUAL, "--year-end", "2025-12-31"),
        ("2025", "2024"),
        {
            "en": "We used 1,500 thousand kWh of energy, down 6.25% on 2024.",
            "zh-Hant": "本集團共耗用1,500千個千瓦時能源，較2024年減少6.25%。",
        },
    ),
    "31 March": Company(
        (*BILINGUAL, "--year-end", "2026-03-31", "--plants", "Sha Tin works / 沙田廠"),
        ("fy2026", "fy2025"),
        {
            "en": "We used 1,500 thousand kWh of energy, down 6.25% on 2024/25.",
            "zh-Hant": "本集團共耗用1,500千個千瓦時能源，較2024/25年度減少6.25%。",
        },
    ),
    "Simplified Chinese": Company(
        ("--company", "港湾绳缆有限公司", "--languages", "zh-Hans", "--year-end", "2025-12-31"),
        ("2025", "2024"),
        {"zh-Hans": "本集团共消耗1,500千个千瓦时能源，较2024年减少6.25%。"},
    ),
}
A2 = {
    "energy_direct": ("250", "280"),
    "energy_indirect": ("1 250", "1 320"),
    "water_consumption": ("8 140", "8 655"),
    "packaging": ("9.1", "9.3"),
}


def fill(path: Path, metric: str, values: tuple[str, ...], years: tuple[str, ...]) -> None:
    """Write numbers behind the colons that stand under a metric."""
    before, name, after = path.read_text(encoding="utf-8").partition(f"\n  {metric}:\n")
    assert name, metric
    for year, value in zip(years, values, strict=True):
        after = re.sub(rf"^      {year}:.*$", f"      {year}: {value}", after, count=1, flags=re.MULTILINE)
    path.write_text(before + name + after, encoding="utf-8")


def write_below(path: Path, anchor: str, text: str) -> None:
    """Write below a heading."""
    page = path.read_text(encoding="utf-8")
    written = re.sub(rf"^## .*#{anchor} .*$", lambda match: f"{match[0]}\n\n{text}", page, flags=re.MULTILINE)
    assert written != page, anchor
    path.write_text(written, encoding="utf-8")


def write_report(report: Path, company: Company) -> None:
    """Her figures for A2 and the revenue; two pages in each language; one chart."""
    for metric, values in A2.items():
        fill(report / "data" / "aspects" / "a2.yml", metric, values, company.years)
    fill(report / "data" / "aspects" / "activity.yml", "revenue", ("96.4", "91.2"), company.years)
    for language in company.prints:
        policy, energy, about, caption = WORDS[language]
        page = report / "content" / language / "a2.md"
        chart = f"```chart\nkind: bars\ncaption: {caption}\nmetrics: [energy_direct, energy_indirect]\n```"
        write_below(page, "a2-gd", policy)
        write_below(page, "a2-1", f"{energy}\n\n{chart}")
        write_below(report / "content" / language / "about.md", "activity", about)


@pytest.mark.long
@pytest.mark.parametrize("company", COMPANIES.values(), ids=list(COMPANIES))
def test_the_first_day(company: Company, installed: Call, tmp_path: Path) -> None:
    done = installed("init", "ropes", "--yes", *company.options, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith("Written to ropes."), done.stderr
    report = tmp_path / "ropes"
    todo = installed("index", "--missing", cwd=report).stdout
    assert {"MDR13", "A2.GD", "A2.1", "A2.2", "A2.5"} <= set(
        re.findall(r"^(\S+) +missing", todo, re.MULTILINE)
    )
    write_report(report, company)
    done = installed("check", "--mistakes", cwd=report)
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings, 0 accepted.\n"), done.stdout
    todo = installed("index", "--missing", cwd=report).stdout
    still = set(re.findall(r"^(\S+) +(?:missing|partly-disclosed)", todo, re.MULTILINE))
    assert "MDR13" in still and not still & {"A2.GD", "A2.1", "A2.2", "A2.5"}
    done = installed("build", "--only", "web,pdf", cwd=report)
    assert done.returncode == 0 and "Written as a DRAFT to site: " in done.stdout, done.stderr
    open_places, summary = (
        done.stderr.splitlines()
    )  # what is still to be filled does not bury what she is told
    assert re.fullmatch(r"\d+ places still to be filled or answered; check lists them\.", open_places)
    assert summary.endswith(" errors, 0 warnings, 0 accepted.")
    for language, sentence in company.prints.items():
        page = BeautifulSoup((report / "site" / language / "a2.html").read_bytes(), "html.parser")
        assert sentence in " ".join(page.get_text().replace("\xa0", " ").split())
        assert page.select("figure svg")
        (book,) = (report / "site" / "pdf").glob(f"*.{language}.pdf")
        assert "1,500" in "".join(page.extract_text() for page in PdfReader(book).pages)


# ---- five mistakes


@pytest.fixture
def report(tmp_path: Path, run: Run) -> Path:
    """Her report, as far as she has come."""
    company = COMPANIES["calendar year"]
    assert run("init", tmp_path / "ropes", *company.options)[0] == 0
    (tmp_path / "ropes" / ".cache").mkdir()
    (tmp_path / "ropes" / ".cache" / "fonts").symlink_to(ROOT / ".cache" / "fonts")
    write_report(tmp_path / "ropes", company)
    return tmp_path / "ropes"


def change(path: Path, before: str, after: str) -> int:
    """Make a mistake in a file; the number of its line."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) >= 1
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_a_tab_in_the_data(report: Path, run: Run) -> None:
    line = change(report / "data" / "aspects" / "a2.yml", "    unit: m3", "\tunit: m3")
    code, out, _ = run("check", "--mistakes", "--project", report)
    assert code == 1
    assert f"data/aspects/a2.yml:{line}:1: error[not-yaml] a tab stands where spaces belong" in out
    assert "^ indent with spaces" in out
    assert "1 error, 0 warnings" in out  # and no word of the names that the file no longer gives


def test_thousands_with_commas_inside_braces(report: Path, run: Run) -> None:
    old = "    values:\n      2025: 8 140\n      2024: 8 655\n"
    line = change(report / "data" / "aspects" / "a2.yml", old, "    values: {2025: 29,843,800}\n")
    code, out, _ = run("check", "--mistakes", "--project", report)
    assert code == 1
    assert f'data/aspects/a2.yml:{line}:20: error[entry-without-value] "843" has no value' in out
    assert 'put the whole value in quotes ("29,843,800") or leave the commas out' in out
    assert "1 error, 0 warnings" in out


def test_a_page_in_one_language_only(report: Path, run: Run) -> None:
    (report / "content" / "zh-Hant" / "a2.md").unlink()
    code, out, _ = run("check", "--mistakes", "--project", report)
    assert code == 1
    assert 'content/zh-Hant/a2.md: error[page-missing] the page "a2" is not written in zh-Hant' in out
    assert "write content/zh-Hant/a2.md, or take the page out of parts in data/report.yml" in out
    assert "1 error, 0 warnings" in out


def test_a_wrong_name_of_a_metric(report: Path, run: Run) -> None:
    line = change(report / "content" / "en" / "a2.md", "{{ energy_total }}", "{{ energy_totl }}")
    code, out, _ = run("check", "--mistakes", "--project", report)
    assert code == 1
    assert (
        f'content/en/a2.md:{line}:9: error[unknown-name] "energy_totl" is neither a metric, a target nor'
        in out
    )
    assert '^^^^^^^^^^^^^^^^^ did you mean "energy_total"?' in out
    assert "1 error, 0 warnings" in out


def test_a_picture_that_is_not_there(report: Path, run: Run) -> None:
    for language, what in (("en", "The works"), ("zh-Hant", "廠房")):
        write_below(report / "content" / language / "about.md", "activity", f"![{what}](assets/works.jpg)")
    code, out, _ = run("check", "--mistakes", "--project", report)
    assert code == 1
    assert re.search(r"content/en/about\.md:\d+:\d+: error\[[a-z-]+\] .*assets/works\.jpg.* not there", out)
    assert "^^^^^^^^^^^^^^^^ put the picture into content/assets, as works.jpg" in out


# ---- and some of our own: each is told once, where it was made


@pytest.mark.parametrize(
    ("before", "after", "told", "advice"),
    [
        (
            "caption: Energy went down",
            "title: Energy went down",
            'error[unknown-key] "title" is not a key of a chart',
            'did you mean "caption"?',
        ),
        (
            "metrics: [energy_direct, energy_indirect]\n```\n",
            "metrics: [energy_direct, energy_indirect]\n",
            "error[unknown-block] this block is not closed",
            "end it with a line ```",
        ),
        (
            "columns: [unit, 2025, 2024, change]",
            "columns: unit, 2025, 2024, change",
            "error[wrong-shape] columns should be a list",
            "write it in brackets: [unit, 2025, 2024, change]",
        ),
        (
            "kind: bars",
            "kind: bars\nperiods: [fy2026]",
            'error[unknown-name] "fy2026" is not a period',
            "known: 2023, 2024, 2025",
        ),
        (
            "We use energy",
            "![The works](assets/works.jpg)\n\nWe use energy",
            "error[missing-picture] assets/works.jpg is not there",
            "put the picture into content/assets, as works.jpg",
        ),
    ],
    ids=["chart", "unclosed", "column", "year", "picture"],
)
def test_a_mistake_on_a_page_is_told_once(
    before: str, after: str, told: str, advice: str, report: Path, run: Run
) -> None:
    """The other language is not compared with a page that could not be read whole."""
    change(report / "content" / "en" / "a2.md", before, after)
    code, out, _ = run("check", "--mistakes", "--project", report)
    assert code == 1 and told in out and advice in out
    assert out.endswith("\n1 error, 0 warnings, 0 accepted.\n"), out
