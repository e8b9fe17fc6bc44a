from esgreport.checks import references


def test_names_arguments_and_values_that_are_not_there(assert_marks):
    found = assert_marks(references.check, {"content/en/a2.md": """
        # Energy

        Lead {{ electricty }}.
             ^^^^^^^^^^^^^^^^ unknown-name

        We bought {{ electricity(period="2019") }} and {{ electricity }}.
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument

        ## Figures { #figures }

        Then {{ solar }} of it.
             ^^^^^^^^^^^ missing-value

        ```table
        metrics: [electricity, solar, wind]
                                      ^^^^ unknown-name
                               ^^^^^ missing-value
        columns: [2025, 2024, 2031]
                              ^^^^ unknown-name
        ```

        ```index
        ^^^^^^^^ unknown-name
        framework: gri
        ```
    """, "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, values: {2025: 3, 2024: 2}}
          solar: {name: {en: Solar, zh-Hant: 太陽能}, unit: kWh, values: {2024: nil}}
    """})  # fmt: skip
    assert {f.code: f.blocking for f in found} == {
        "unknown-name": True,
        "wrong-argument": True,
        "missing-value": False,
    }


def test_a_page_that_names_what_there_is(assert_marks):
    assert_marks(references.check, {})
