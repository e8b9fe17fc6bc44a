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


def test_a_word_about_one_number_is_not_made_up_for_by_another(assert_marks):
    assert_marks(qualifiers_differ.check, {
        "content/en/a2.md": """
            # Energy

            In all, roughly {{ electricity }} were used, and about half of the machines that were in use in 2025 were new.
                    ^^^^^^^ qualifiers-differ

            Tests are made twice a year; reports go to every board. The gate is closed for a week.
                                 ^^^^^^ qualifiers-differ

            It takes more than twelve days at the works, and the crews of both plants rest afterwards as they like.
                     ^^^^^^^^^ qualifiers-differ
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            合共耗用{{ electricity }}，而2025年在用的機器約有一半是新的。

            檢測進行兩次；報告交予董事會。閘門關閉一星期。

            現場需時十二日，其後兩廠的班組可隨意休息。
        """,
    })  # fmt: skip


def test_words_that_a_list_shares(assert_marks):
    assert_marks(qualifiers_differ.check, {
        "content/en/a2.md": "# Energy\n\nAt most 15 mg of lead and 26 mg of salt. Reviews are half-yearly. It stood within 14 days.\n",
        "content/zh-Hant/a2.md": "# 能源\n\n鉛不多於15毫克，鹽不多於26毫克。每半年檢討一次。於14日內辦妥。\n",
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
