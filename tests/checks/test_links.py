from conftest import TINY
from esgreport.checks import links

BOTH = {"data/report.yml": TINY["data/report.yml"].replace("pages: [a2]", "pages: [a2, b1]")}
OTHER = {"content/en/b1.md": "# People\n\nText.\n\n## Staff { #staff }\n\nText.\n"}


def test_links_that_lead_nowhere(assert_marks):
    found = assert_marks(links.check, {**OTHER, **BOTH, "content/en/a2.md": """
        # Energy

        See [people](b1.md), [staff](b1.md#staff), [here](#one), [the web](https://example.org) and
        [nobody](b2.md) or [stuff](b1.md#stuff).
                 ^^^^^ unknown-link
                                   ^^^^^^^^^^^ unknown-link

        ## One [two](#two) { #one }
                     ^^^^ unknown-link

        Text.
    """})  # fmt: skip
    assert [f.blocking for f in found] == [True] * 3
    assert found[1].help == 'did you mean "staff"?'


def test_a_table_can_be_named_by_its_id_and_a_reference_by_nothing_else(assert_marks):
    found = assert_marks(links.check, {"content/en/a2.md": """
        # Energy

        See [](#by-year), [](a2.md) and [](#by-years).
                                           ^^^^^^^^^ unknown-link

        ```table
        id: by-year
        metrics: [electricity]
        columns: [2025, 2024]
        ```
    """})  # fmt: skip
    assert found[0].message == 'the page "a2" has no section or table "by-years"'
    assert found[0].help == 'did you mean "by-year"?'


def test_a_page_of_the_other_language_is_no_target(assert_marks):
    """A page that is written in one language only cannot be linked to from the other."""
    assert_marks(links.check, {**OTHER, **BOTH, "content/zh-Hant/a2.md": """
        # Energy

        See [people](b1.md).
                     ^^^^^ unknown-link
    """})  # fmt: skip
