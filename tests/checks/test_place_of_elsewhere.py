from esgreport.checks import place_of_elsewhere


def test_a_law_of_a_place_that_the_report_does_not_know(assert_marks):
    found = assert_marks(place_of_elsewhere.check, {
        "content/en/a2.md": """
            # Energy

            Our works in Sichuan follow the Labour Contract Regulations of Shandong Province.
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ place-of-elsewhere
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            四川的廠房遵守《山東省勞動合同條例》及《四川省環境保護條例》。
                   ^^^^^^^^^^^ place-of-elsewhere
        """,
    })  # fmt: skip
    assert "is of Shandong, a place that the report names nowhere else" in found[0].message


def test_a_place_that_is_named_elsewhere(assert_marks):
    assert_marks(place_of_elsewhere.check, {
        "content/en/a2.md": "# Energy\n\nIn Shandong the Regulations of Shandong Province hold.\n",
        "content/zh-Hant/a2.md": "# 能源\n\n遵守《山東省條例》。\n",
    })  # fmt: skip
