from esgreport.checks import standard_of_elsewhere

FILES = {"content/zh-Hant/a2.md": "# 能源\n\n銅桿。\n"}


def test_a_part_that_is_for_another_industry(assert_marks):
    found = assert_marks(standard_of_elsewhere.check, {
        "content/en/a2.md": """
            # Energy

            We make copper rod. Emissions are counted by GB/T 32151.10-2015 and GB/T 32150.
                                                         ^^^^^^^^^^^^^^^^^^ standard-of-elsewhere
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            排放量按GB/T 32151.12-2018核算。
                ^^^^^^^^^^^^^^^^^^ standard-of-elsewhere
        """,
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              electricity:
                name: {en: Purchased electricity, zh-Hant: 外購電力}
                note: {en: By GB/T 32151.8., zh-Hant: 按標準核算。}
                              ^^^^^^^^^^^^ standard-of-elsewhere
                unit: kWh
                values: {2025: 29 843 800}
        """,
    })  # fmt: skip
    assert any('"GB/T 32151.10-2015" is for chemical producers' in each.message for each in found)


def test_the_part_of_ones_own_industry(assert_marks):
    english = (
        "# Energy\n\nOur chemical works counts by GB/T 32151.10-2023. Its boiler follows GB/T 32151.99.\n"
    )
    assert_marks(standard_of_elsewhere.check, {**FILES, "content/en/a2.md": english})
