import pytest
from esgreport.checks import list_lost
from reports import edition_of

PAGE = "# Energy\n\nA lead.\n\n## Steps { #steps }\n\n"


def found(project, text):
    root = project({"content/en/a2.md": f"{PAGE}{text}\n"})
    return list(list_lost.check(edition_of(root), root))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一、減少用水\n二、減少用電", 7),
        ("We shall:\n（一）save water\n（二）save power", 8),
        ("(1) save water\n(2) save power\n(3) rest", 7),
        ("(a) save water\n(b) save power", 7),
        ("◆ save water\n◆ save power", 7),
        ("① save water\n② save power", 7),
        ("1、save water\n2、save power", 7),
    ],
)
def test_lines_that_run_together(project, text, line):
    (finding,) = found(project, text)
    assert (finding.code, str(finding.place).split(":")[:2]) == ("list-lost", ["content/en/a2.md", str(line)])
    assert finding.help == "write a list (1. or 1) or -), or leave an empty line between"


@pytest.mark.parametrize(
    "text",
    [
        "一、減少用水\n\n二、減少用電",
        "1) save water\n2) save power",
        "1. save water\n2. save power",
        "- ◆ save water\n- ◆ save power",
        "◆ save water<br>\n◆ save power",
        "Of all steps\n(1) is the first\nand (2) the second.",
        "一日之計\n二人同行",
    ],
)
def test_lists_and_paragraphs(project, text):
    assert not found(project, text)
