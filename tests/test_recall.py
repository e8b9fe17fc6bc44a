"""Mistakes planted in this repository's own report: how many are found may rise and not fall.

tests/golden/recall.txt is the table, raised as rules come (`pytest --update-golden`); what is 0 there is not found yet.
"""

from __future__ import annotations

import re

import pytest
from conftest import GOLDEN, ROOT
from mutations.operators import OPERATORS
from mutations.recall import Ground, counted, table
from mutations.sample import Sample


@pytest.fixture(scope="module")
def sample():
    return Sample(ROOT)


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_changes_what_it_says_and_cites_what_it_stands_for(sample, name):
    assert all(re.fullmatch(r"D\d{3}", row) for row in OPERATORS[name].rows) and OPERATORS[name].rows
    changes = list(OPERATORS[name].plants(sample))
    assert changes
    for edit in (edit for change in changes for edit in change):
        assert list(edit.lines) != sample.lines(edit.path)[edit.first : edit.end]


def _floors(text: str) -> dict[str, tuple[int, int]]:
    rows = re.findall(r"^  (\S+) +(\d+) of +(\d+)", text, re.MULTILINE)
    return {name: (int(found), int(planted)) for name, found, planted in rows}


@pytest.mark.long
def test_no_less_is_found_than_before(tmp_path, golden, request):
    ground = Ground(ROOT, tmp_path)
    results = {name: ground.planted(operator) for name, operator in OPERATORS.items()}
    if request.config.getoption("--update-golden"):
        golden("recall.txt", table(results))
    floors = _floors((GOLDEN / "recall.txt").read_text("utf-8"))
    assert floors.keys() == OPERATORS.keys()
    now = {name: counted(planted) for name, planted in results.items()}
    fallen = {name: (now[name], floors[name]) for name in now if now[name][0] < floors[name][0]}
    assert not fallen
