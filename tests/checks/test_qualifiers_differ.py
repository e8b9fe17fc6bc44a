from esgreport.checks import qualifiers_differ


def test_about_and_a_year(assert_marks):
    found = assert_marks(qualifiers_differ.check, {
        "content/en/a2.md": """
            # Energy

            We have approximately {{ electricity }} to pay for.
                    ^^^^^^^^^^^^^ qualifiers-differ
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            我們每年要支付{{ electricity }}。
              ^^ qualifiers-differ
        """,
    })  # fmt: skip
    found.sort(key=lambda finding: finding.place)
    assert (
        found[0].message
        == '"approximately" makes the number inexact, but nothing like it stands in content/zh-Hant/a2.md, line 3'
    )


def test_said_in_other_words(assert_marks):
    assert_marks(qualifiers_differ.check, {
        "content/en/a2.md": "# Energy\n\nOver {{ electricity }} annually, up to 2027, each January, in a month in which it rains.\n",
        "content/zh-Hant/a2.md": "# 能源\n\n每年逾{{ electricity }}，至2027年為止，每年1月。\n",
    })  # fmt: skip


def test_bold_digits_and_within_the_period(assert_marks):
    assert_marks(qualifiers_differ.check, {
        "content/en/a2.md": """
            # Energy

            In the period there were approximately **341** of them, stable across years.
                                     ^^^^^^^^^^^^^ qualifiers-differ
        """,
        "content/zh-Hant/a2.md": "# 能源\n\n報告期內合共341名，每年穩定。\n",
    })  # fmt: skip
