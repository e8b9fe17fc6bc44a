"""The list of rules is complete, and every rule is a page of the manual with a test file."""

import re
from pathlib import Path

import pytest
from esgreport import checks

FOLDER = Path(checks.__file__).parent
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")


def test_every_rule_is_listed():
    assert {rule.__module__ for rule in checks.RULES} == {f"esgreport.checks.{path.stem}" for path in MODULES}
    assert len(set(checks.RULES)) == len(checks.RULES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_rule_is_a_page_of_the_manual(path):
    text = path.read_text(encoding="utf-8")
    manual = text.split('"""')[1]
    title, _, rest = manual.partition("\n\n")
    assert re.match(r"[a-z…-]+(, [a-z…-]+)*: .+\.\Z", title), title
    assert rest.startswith("Why: ")
    assert re.search(r"^    wrong +\S", rest, re.MULTILINE)
    assert re.search(r"^    right +\S", rest, re.MULTILINE)
    codes = title.partition(":")[0].split(", ")
    for code in re.findall(r'(?:error|warning|blocking)\(\s*"([a-z-]+)"', text):
        assert code in codes


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_rule_knows_no_other_rule(path):
    assert "esgreport.checks" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_rule_has_a_test_file(path):
    assert (Path(__file__).parent / f"test_{path.stem}.py").is_file()
