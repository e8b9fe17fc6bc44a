"""The benchmarks run: a small size of each, for its figures and not for its time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT


def test_figures():
    command = [sys.executable, "benchmarks/figures.py", "--tiny"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["figures", "step", "seconds", "peak", "MB", "goal"]
    assert [row.split()[1] for row in rows] == ["load", "compute", "check"]
    for row in rows:
        assert re.match(r" +1,\d{3}  (load|compute|check) +\d+\.\d\d +\d+", row)
    assert re.search(r"2\.5 s, 300 MB: (kept|MISSED)$", rows[-1])


@pytest.mark.long
def test_pdf(tmp_path: Path):
    command = [sys.executable, "benchmarks/pdf.py", "--tiny", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = dict(re.findall(r"^  (ours|plain) +({.*})$", done.stdout, re.MULTILINE))
    assert pages["plain"].replace("-HK", "") == pages["ours"]  # the same document: the same pages
    ratios = re.findall(r"^(\S.*?) +\d\.\d\d \(\d\.\d\d–\d\.\d\d\)", done.stdout, re.MULTILINE)
    assert [name for name in ratios if "÷ plain" in name] == [
        "ours, PDFs ÷ plain",
        "(ours, PDFs − before layout) ÷ plain",
        "(ours, PDFs − before layout) ÷ plain, no collector",
    ]
    assert "1 layout a language" in done.stdout
    shares = {
        row.strip(): float(share) for row, share in re.findall(r"^  (.{48}) +([\d.]+) %", done.stdout, re.M)
    }
    assert sum(shares.values()) == pytest.approx(100, abs=1)
    assert shares["layout"] > 0 and shares["painting"] > 0 and shares["tagging"] > 0


@pytest.mark.long
def test_the_peer_gets_the_chapters_of_our_book(tmp_path: Path):
    command = [sys.executable, "benchmarks/pdf.py", "--tiny", "--parts", "peer", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for language in ("en", "zh-Hant"):
        chapter = (tmp_path / "peer" / "docs" / language / "index.md").read_text(encoding="utf-8")
        assert re.findall("^#+ .*", chapter, re.MULTILINE)[:2] == ["# Aspect 0", "## activity {: #activity }"]
        assert chapter.count("<table>") == 6 and "set-gap" not in chapter
        assert '<th scope="row">emissions_0_0</th>' in chapter
    style = "templates/styles.scss"
    shipped, solid = ((tmp_path / name / style).read_text("utf-8") for name in ("peer", "peer, solid"))
    assert solid.removeprefix(shipped) == "article#doc-toc li > a { border-bottom-style: solid; }\n"


@pytest.mark.long
def test_sites(tmp_path: Path):
    command = [sys.executable, "benchmarks/sites.py", "--tiny", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts = re.findall(r"ours ([\d,]+), plain, our HTML ([\d,]+), plain, Markdown ([\d,]+)", done.stdout)
    assert len(counts) == 2
    for row in counts:
        ours, html, markdown = (int(count.replace(",", "")) for count in row)
        assert 0.9 < html / ours < 1.1 and 0.9 < markdown / ours < 1.1, row  # the same to say
    assert len(re.findall(r"^\S.*÷ plain.* \d\.\d\d \(\d\.\d\d–\d\.\d\d\)", done.stdout, re.M)) == 6
    page = (tmp_path / "plain, Markdown" / "en" / "docs" / "a0.md").read_text(encoding="utf-8")
    assert "# Aspect 0" in page and "| emissions\\_0\\_0 |" in page and "<table" not in page
