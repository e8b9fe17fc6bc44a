"""The benchmarks run: a small size of each, for its figures and not for its time."""

from __future__ import annotations

import re
import subprocess
import sys

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
