from esgreport.checks import figure_typed


def test_a_number_that_the_data_hold(assert_marks):
    found = assert_marks(figure_typed.check, {
        "content/en/a2.md": """
            # Energy

            We bought 29,843,800 kWh, in 2024 28,104,220 kWh, in 2020 some 2,025 kWh, and 29,843,801 never.
                      ^^^^^^^^^^ figure-typed
                                              ^^^^^^^^^^ figure-typed
        """,
    })  # fmt: skip
    assert found[0].message == '"29,843,800" is typed, and is the figure electricity@2025'
    assert [finding.help for finding in found] == [
        'write {{ electricity(show="number") }}',
        'write {{ electricity(period="2024", show="number") }}',
    ]


def test_three_digits_need_their_unit(assert_marks):
    data = """
        aspect: A2
        metrics:
          workforce:
            name: {en: Employees, zh-Hant: 僱員}
            unit: person
            values: {2025: 341}
    """
    assert_marks(figure_typed.check, {
        "data/aspects/a2.yml": data,
        "content/en/a2.md": """
            # Energy

            There are 341 people in 341 rooms.
                      ^^^ figure-typed

            ## Figures { #figures }
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            共有341人，房341間。
              ^^^ figure-typed

            ## 數據 { #figures }
        """,
    })  # fmt: skip


def test_three_digits_in_a_sentence_that_has_words_of_the_name(assert_marks):
    data = """
        aspect: A2
        metrics:
          survey_invited:
            name: {en: Stakeholders invited to the survey, zh-Hant: 獲邀參與調查的持份者}
            unit: count
            values: {2025: 186}
          carbon_price:
            name: {en: Internal carbon price, zh-Hant: 內部碳價}
            unit: RMB/tCO2e
            values: {2025: 120}
    """
    assert_marks(figure_typed.check, {
        "data/aspects/a2.yml": data,
        "content/en/a2.md": """
            # Energy

            The stakeholder survey went out to 186 people. The survey took 186 days. Lamps need 186 W.
                                               ^^^ figure-typed

            The carbon price is RMB120 a tonne. Tea is RMB120 a box.
                                   ^^^ figure-typed

            ## Figures { #figures }
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            調查發給186名持份者。房屋有一百間。
                ^^^ figure-typed

            ## 數據 { #figures }
        """,
    })  # fmt: skip
