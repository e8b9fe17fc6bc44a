import pytest
from esgreport.checks import languages_differ
from reports import edition_of

PAGE = """\
---
code: A2
---

# Energy

Text.

## One { #one answers="A2.1 A2.2" }

```table
metrics: [electricity]
columns: [2025]
```

### Two { #two }

| a | b |
|---|---|
| 1 | 2 |
"""


def differing(assert_marks, english):
    return assert_marks(languages_differ.check, {"content/zh-Hant/a2.md": PAGE, "content/en/a2.md": english})


def test_two_languages_alike(assert_marks):
    differing(assert_marks, PAGE.replace("Text.", "文字。\n\n另一段。").replace("A2.1 A2.2", "A2.2 A2.1"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "code: A2",
            "code: A2\nopener: false",
            "opener: false stands in content/en/a2.md, but not in content/zh-Hant/a2.md",
        ),
        ("code: A2", "code: A3", 'the page\'s code is "A3" here and "A2" in content/zh-Hant/a2.md'),
        (
            "#one",
            "#uno",
            'here stands the section "uno" of level 2, answering A2.1 A2.2, but in content/zh-Hant/a2.md, line 9, the section "one"',
        ),
        (" A2.2", "", "answering A2.1, but in content/zh-Hant/a2.md, line 9,"),
        (
            "[2025]",
            "[2025, 2024]",
            "a table of electricity (2025, 2024), but in content/zh-Hant/a2.md, line 11, a table of electricity (2025)",
        ),
        (
            "metrics: [electricity]\ncolumns: [2025]",
            "members: plant\ncolumns: [electricity, water]",
            "a table of electricity, water by plant, but in",
        ),
        (
            "metrics: [electricity]",
            "metrics: [electricity]\nid: power",
            'a table of electricity (2025) with the id "power", but in content/zh-Hant/a2.md, line 11, a table of electricity (2025)',
        ),
        ("### Two", "## Two", 'the section "two" of level 2'),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "",
            "a table of words stands here, but not in content/en/a2.md",
        ),
        (
            "### Two { #two }\n",
            "",
            'here stands a table of words, but in content/zh-Hant/a2.md, line 16, the section "two"',
        ),
    ],
)
def test_the_first_difference_is_told(project, old, new, message):
    root = project({"content/zh-Hant/a2.md": PAGE, "content/en/a2.md": PAGE.replace(old, new)})
    found = list(languages_differ.check(edition_of(root, blocking=True), root))
    assert len(found) == 1
    assert message in found[0].message


def test_it_is_told_where_the_second_language_has_it(assert_marks):
    differing(assert_marks, """
        ---
        code: A2
        ---

        # Energy

        ## One { #one answers="A2.1 A2.2" }

        ### Two { #two }
        ^^^^^^^^^^^^^^^^ languages-differ
    """)  # fmt: skip


def test_an_opening_page_in_one_language_only_is_told_at_the_title(assert_marks):
    differing(assert_marks, """
        ---
        code: A2
        opener: false
        ---

        # Energy
        ^^^^^^^^ languages-differ

        ## One { #one answers="A2.1 A2.2" }

        ```table
        metrics: [electricity]
        columns: [2025]
        ```

        ### Two { #two }

        | a | b |
        |---|---|
        | 1 | 2 |
    """)  # fmt: skip
