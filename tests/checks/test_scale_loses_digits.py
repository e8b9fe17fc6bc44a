from esgreport.checks import scale_loses_digits

DATA = {"data/aspects/a2.yml": """
    aspect: A2
    metrics:
      electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, values: {2025: 29 843 800, 2024: nil}}
      diesel: {name: {en: Diesel, zh-Hant: 柴油}, unit: L, decimals: 1, values: {2025: 29 843 800}}
      round: {name: {en: Round, zh-Hant: 整}, unit: kWh, values: {2025: 2 000 000}}
"""}  # fmt: skip


def test_a_number_that_says_too_little(assert_marks):
    found = assert_marks(scale_loses_digits.check, {**DATA, "content/en/a2.md": """
        # Energy

        It was {{ electricity(scale="million") }} in all.
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ scale-loses-digits
        Or {{ electricity(unit="GWh") }}.
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ scale-loses-digits
    """})  # fmt: skip
    assert found[0].message == "electricity@2025 prints as 30 here, from 29843800"
    assert "decimals: 1" in found[0].help


def test_a_table_in_a_unit_that_says_too_little(assert_marks):
    found = assert_marks(scale_loses_digits.check, {**DATA, "content/en/a2.md": """
        # Energy

        ```table
        metrics: [electricity, diesel]
        columns: [2025, 2024]
        units: [GWh, m3]
                ^^^ scale-loses-digits
        ```
    """})  # fmt: skip
    assert found[0].message == "electricity@2025 prints as 30 here, from 29843800"


def test_numbers_that_keep_three_digits_or_had_no_more(assert_marks):
    assert_marks(scale_loses_digits.check, {**DATA, "content/en/a2.md": """
        # Energy

        {{ diesel(scale="million") }}, {{ electricity(unit="MWh") }}, {{ round(scale="million") }},
        {{ electricity }}, {{ electricity(period="2024", unit="GWh") }}, {{ electricity(period="2023", unit="GWh") }}.
    """})  # fmt: skip


def test_a_chart_in_a_unit_that_says_too_little(assert_marks):
    assert_marks(scale_loses_digits.check, {**DATA, "content/en/a2.md": """
        # Energy

        ```chart
        kind: bars
        metrics: [electricity, round]
        unit: GWh
              ^^^ scale-loses-digits
        ```
    """})  # fmt: skip
