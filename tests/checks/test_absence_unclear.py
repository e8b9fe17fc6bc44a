import pytest
from esgreport.checks import absence_unclear
from reports import CODE_REPORT

DIMENSIONS = "plant:\n  name: {en: Plant, zh-Hant: 廠}\n  members: {east: {en: East, zh-Hant: 東}, west: {en: West, zh-Hant: 西}}\n"


def test_a_dash_among_numbers(assert_marks):
    found = assert_marks(absence_unclear.check, {
        "content/en/a2.md": """
            # Energy

            | Plant | Visits | Remark |
            |---|---|---|
            | East | 12 | – |
            | West | – | none |
                     ^ absence-unclear
            | South | {{ electricity(show="number") }} | a word |
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            | 廠 | 年份 |
            |---|---|
            | 東 | 1994年 |
            | 西 | — |
                  ^ absence-unclear
        """,
    })  # fmt: skip
    assert all("stands where other rows have a number" in each.message for each in found)


@pytest.mark.parametrize("note", ["– means not measured.", "A dash stands for nil.", "“–” denotes none."])
def test_a_dash_that_is_explained(assert_marks, note):
    assert_marks(absence_unclear.check, {
        "content/en/a2.md": f"# Energy\n\n| A | B |\n|---|---|\n| one | 12 |\n| two | – |\n\n{note}\n",
    })  # fmt: skip


def test_not_applicable_where_there_is_something(assert_marks):
    found = assert_marks(absence_unclear.check, {
        "data/report.yml": CODE_REPORT, "data/dimensions.yml": DIMENSIONS,
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              electricity:
                name: {en: Electricity, zh-Hant: 電力}
                unit: kWh
                answers: [A2.1:energy-indirect]
                breakdown: {plant: {2025: {east: 45 612, west: 51 900}, 2024: {east: 44 100, west: 52 000}}}
              natural_gas:
                name: {en: Natural gas, zh-Hant: 天然氣}
                unit: m3
                answers: [A2.1:energy-direct]
                breakdown:
                  plant:
                    2025: {east: 741 726, west: not_applicable}
                    2024: {east: not_applicable, west: not_applicable}
                                 ^^^^^^^^^^^^^^ absence-unclear
              water:
                name: {en: Water, zh-Hant: 水}
                unit: m3
                answers: [A2.2]
                breakdown:
                  plant:
                    2025: {east: 12, west: not_applicable}
                                           ^^^^^^^^^^^^^^ absence-unclear
                    2024: {east: 13, west: {value: not_applicable, note: {en: Let to others., zh-Hant: 已出租。}}}
        """,
    })  # fmt: skip
    assert {each.message for each in found} == {
        "natural_gas@2024[plant=east] is said to be not applicable, but natural_gas@2025[plant=east] is 741726 m3",
        "water@2025[plant=west] is said to be not applicable, but electricity@2025[plant=west] is 51900 kWh",
    }
