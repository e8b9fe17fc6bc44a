import pytest
from esgreport.checks import nil_against_value

DATA = """
    aspect: A2
    metrics:
      diesel:
        name: {en: Diesel consumed, zh-Hant: 柴油耗量}
        unit: L
        breakdown:
          plant:
            2025: {north: 100, south: nil}
            2024: {north: nil, south: nil}
      injuries:
        name: {en: Recordable injuries, zh-Hant: 可記錄工傷}
        unit: case
        values: {2025: 2, 2024: nil}
      electricity: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 1}}
"""
DIMENSIONS = """
    plant:
      name: {en: Plant, zh-Hant: 廠房}
      members:
        north: {en: North plant, zh-Hant: 北廠}
        south: {en: South plant, zh-Hant: 南廠}
"""
FILES = {"data/aspects/a2.yml": DATA, "data/dimensions.yml": DIMENSIONS}


def test_nothing_said_where_there_was_something(assert_marks):
    found = assert_marks(nil_against_value.check, FILES | {
        "content/en/a2.md": """
            # Energy

            In 2025 no diesel was used. There were no injuries. There was no recordable injury during the year.
                    ^^^^^^^^^^^^^^^^^^ nil-against-value
                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nil-against-value

            At the North plant no diesel was used in 2025.
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^ nil-against-value
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            年內並無耗用柴油。可記錄工傷為零。
              ^^^^^^ nil-against-value
                     ^^^^^^^ nil-against-value
        """,
    })  # fmt: skip
    assert found[0].message.startswith(
        "this says that there was none, but diesel@2025 is 100 (data/aspects/a2.yml, line "
    )


@pytest.mark.parametrize(
    "text",
    [
        "At the North plant there were no recordable injuries.",
        "In 2024 no diesel was used.",  # nil in that year
        "No diesel was used at the South plant.",
        "No diesel was used at night.",  # a part of it
        "No diesel may be used.",
        "If no diesel is used, the burner stops.",
        "No diesel lorries were used.",
        "There were no recordable injuries among visitors.",
        "In 2019 there were no recordable injuries.",  # not in the report
        "In {{ electricity }} no diesel was used.",
    ],
)
def test_nothing_of_a_part_or_in_another_year(assert_marks, text):
    pages = {"content/en/a2.md": f"# Energy\n\n{text}\n", "content/zh-Hant/a2.md": "# 能源\n\n柴油。\n"}
    assert_marks(nil_against_value.check, FILES | pages)


@pytest.mark.parametrize(
    "text",
    [
        "2024年並無耗用柴油。",
        "並無耗用柴油的貨車。",
        "南廠並無耗用柴油。",
        "日後不再耗用柴油。",
        "無可記錄工傷的月份。",
    ],
)
def test_nothing_of_a_part_in_chinese(assert_marks, text):
    pages = {"content/en/a2.md": "# Energy\n\nDiesel.\n", "content/zh-Hant/a2.md": f"# 能源\n\n{text}\n"}
    assert_marks(nil_against_value.check, FILES | pages)
