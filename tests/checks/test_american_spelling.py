import pytest
from esgreport.checks import american_spelling
from reports import edition_of


def test_american_words(assert_marks):
    found = assert_marks(american_spelling.check, {
        "content/en/a2.md": """
            # Energy

            The labor organization recycles ten tons of Aluminum, not tonnes, over 40 square meters.
                ^^^^^ american-spelling
                      ^^^^^^^^^^^^ american-spelling
                                                ^^^^ american-spelling
                                                        ^^^^^^^^ american-spelling
                                                                                             ^^^^^^ american-spelling
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n文字。\n",
    })  # fmt: skip
    assert {finding.help for finding in found} == {
        "write labour", "write organisation", "write tonnes", "write Aluminium", "write metres"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The Fair Labor Association.",
        "A water meter.",
        "Metered use.",
        "A computer program.",
        "Seize the prize of that size.",
        "The tons of it.",
        "Who licenses the two meters, and licensed drivers.",
    ],
)
def test_names_and_other_words(project, text):
    root = project({"content/en/a2.md": f"# Energy\n\n{text}\n"})
    assert not list(american_spelling.check(edition_of(root), root))


def test_a_license_and_hundreds_of_meters(assert_marks):
    assert_marks(american_spelling.check, {
        "content/en/a2.md": """
            # Energy

            A valid license is shown three hundred meters before the gate.
                    ^^^^^^^ american-spelling
                                                   ^^^^^^ american-spelling
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n文字。\n",
    })  # fmt: skip
