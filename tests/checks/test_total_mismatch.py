import pytest
from esgreport.checks import total_mismatch

DIMENSIONS = """
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男}, female: {en: Female, zh-Hant: 女}}
region:
  name: {en: Region, zh-Hant: 地區}
  members: {north: {en: North, zh-Hant: 北}, south: {en: South, zh-Hant: 南}}
scope:
  name: {en: Scope, zh-Hant: 範圍}
  partition: false
  members: {near: {en: Near, zh-Hant: 近}, far: {en: Far, zh-Hant: 遠}}
"""


def files(aspect, csv=None):
    return {"data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": aspect, "data/aspects/a2.csv": csv}


def test_a_typed_total_that_its_parts_miss(assert_marks):
    found = assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          staff:
            name: {en: Staff, zh-Hant: 僱員}
            unit: person
            values: {2025: 342, 2024: 300}
                           ^^^ total-mismatch
            breakdown:
              gender:
                2025: {male: 251, female: 90}
                2024: {male: 200, female: 100}
    """))  # fmt: skip
    assert found[0].message == "staff@2025 is typed as 342, but its parts by gender add up to 341"


def test_two_divisions_of_one_whole(assert_marks):
    found = assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          staff:
            name: {en: Staff, zh-Hant: 僱員}
            unit: person
            breakdown:
              gender: {2025: {male: 251, female: 90}}
              region: {2025: {north: 100, south: 240.5}}
                                     ^^^ total-mismatch
    """))  # fmt: skip
    assert found[0].message == "staff@2025 by region adds up to 340.5, but by gender to 341"


def test_the_parts_of_a_part(assert_marks):
    found = assert_marks(
        total_mismatch.check,
        files(
            """
            aspect: A2
            metrics:
              staff:
                name: {en: Staff, zh-Hant: 僱員}
                unit: person
                breakdown: {gender: {2025: {male: 9, female: 7}}}
                                                             ^ total-mismatch
            """,
            "metric,period,region,gender,value\n"
            "staff,2025,north,male,4\nstaff,2025,south,male,5\nstaff,2025,north,female,4\nstaff,2025,south,female,2\n",
        ),
    )
    assert "staff@2025[gender=female] is typed as 7, but its parts by region add up to 6" in found[0].message


def test_a_control_is_compared_at_its_own_decimals(assert_marks):
    found = assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, values: {2025: 3}}
          right:
            name: {en: Right, zh-Hant: 對}
            unit: t
            values: {2025: 1.4}
            formula: {gender: {male: coal / 7}}
            breakdown: {gender: {2025: {female: 1}}}
          wrong:
            name: {en: Wrong, zh-Hant: 錯}
            unit: t
            values: {2025: 1.42, 2024: not_available}
                           ^^^^ total-mismatch
                                       ^^^^^^^^^^^^^ total-mismatch
            formula: {gender: {male: coal / 7}}
            breakdown: {gender: {2025: {female: 1}, 2024: {male: 1, female: 1}}}
    """))  # fmt: skip
    assert found[0].message == "wrong@2025 is typed as 1.42, but its parts by gender add up to 1.429"
    assert found[1].message == "wrong@2024 is typed as not-available, but its parts by gender add up to 2"


def test_totals_that_agree_and_wholes_that_cannot_be_summed(assert_marks):
    assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          staff:
            name: {en: Staff, zh-Hant: 僱員}
            unit: person
            values: {2025: 341.0}
            breakdown:
              gender: {2025: {male: 251, female: 90}}
              region: {2025: {north: 341, south: nil}}
          reach:
            name: {en: Reach, zh-Hant: 覆蓋}
            unit: person
            values: {2025: 5}
            breakdown: {scope: {2025: {near: 4, far: 4}}}
          rate:
            name: {en: Rate, zh-Hant: 率}
            unit: percent
            values: {2025: 5}
            breakdown: {gender: {2025: {male: 4, female: 6}}}
          pending:
            name: {en: Pending, zh-Hant: 待定}
            unit: t
            values: {2025: 5}
            breakdown: {gender: {2025: {male: 4, female: {limit: 3}}}}
    """))  # fmt: skip


REPORT = """
slug: tiny
title: {en: T, zh-Hant: 題}
company: {name: {en: C, zh-Hant: 司}}
languages: [zh-Hant, en]
period: 2025
comparatives: [2024]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2020: {from: 2020-01-01, to: 2020-12-31}
parts: [{pages: [a2]}]
"""


def test_a_typed_total_whose_parts_lack_cannot_be_compared(assert_marks):
    found = assert_marks(
        total_mismatch.check,
        {"data/report.yml": REPORT} | files("""
        aspect: A2
        metrics:
          water:
            name: {en: Water, zh-Hant: 水}
            unit: m3
            values: {2025: 90, 2024: 80, 2020: 70}
                           ^^ total-unchecked
            breakdown: {region: {2025: {north: 30}, 2024: {north: 30, south: 50}, 2020: {north: 30}}}
          unknown_part:
            name: {en: W, zh-Hant: 水}
            unit: m3
            values: {2025: 90}
            breakdown: {region: {2025: {north: 30, south: not_available}}}
          checked_otherwise:
            name: {en: W, zh-Hant: 水}
            unit: m3
            values: {2025: 90}
            breakdown:
              gender: {2025: {male: 40, female: 50}}
              region: {2025: {north: 30}}
          no_partition: {name: {en: W, zh-Hant: 水}, unit: m3, values: {2025: 90}, breakdown: {scope: {2025: {near: 30}}}}
        """),
    )  # fmt: skip
    assert found[0].message == (
        "water@2025 is typed as 90, which cannot be compared with its parts by region: south has no value"
    )


def test_a_total_that_leaves_nothing_for_what_is_not_available(assert_marks):
    found = assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          filled:
            name: {en: W, zh-Hant: 水}
            unit: m3
            values: {2025: 30, 2024: {value: 30, boundary: {en: Without the south., zh-Hant: 不包括南部。}}}
                           ^^ total-mismatch
            breakdown: {region: {2025: {north: 30, south: not_available}, 2024: {north: 30, south: not_available}}}
          left:
            name: {en: L, zh-Hant: 餘}
            unit: m3
            values: {2025: 31, 2024: nil}
            breakdown: {region: {2025: {north: 30, south: not_available}, 2024: {north: nil, south: not_available}}}
    """))  # fmt: skip
    assert found[0].message == (
        "filled@2025 is typed as 30, but its parts by region add up to 30 already: nothing is left for south, which is not available"
    )


def test_typed_parts_beside_a_whole_with_a_formula(assert_marks):
    """Strict where the whole has no more decimals than its parts; else each part may have been rounded."""
    found = assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, values: {2025: 96, 2024: 96}}
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: t, values: {2025: 0.38, 2024: not_available}}
          exactly:
            name: {en: Exactly, zh-Hant: 準}
            unit: t
            formula: coal
            breakdown:
              gender:
                2025: {male: 61, female: 34}
                             ^^ total-mismatch
                2024: {male: 61, female: 35.0}
              region: {2024: {north: 96, south: nil}}
              scope: {2025: {near: 50, far: 50}}
          rounded:
            name: {en: Rounded, zh-Hant: 約}
            unit: t
            formula: coal + gas
            values: {2024: 97}
            breakdown:
              gender:
                2025: {male: 61.2, female: 35.1}
                2024: {male: 61, female: 35}
                             ^^ total-mismatch
              region: {2025: {north: 61.2, south: 35.0}}
                                     ^^^^ total-mismatch
          rate:
            name: {en: Rate, zh-Hant: 率}
            unit: percent
            formula: gas / coal
            breakdown: {gender: {2025: {male: 4, female: 6}}}
          nothing:
            name: {en: Nothing, zh-Hant: 無}
            unit: t
            formula: coal
            breakdown: {gender: {2025: {male: nil, female: nil}, 2024: {male: 5}}}
                                              ^^^ total-mismatch
    """))  # fmt: skip
    messages = {each.message for each in found}
    assert (
        "exactly@2025 is worked out as 96.0 (data/aspects/a2.yml:8:14), but its parts by gender add up to 95"
        in messages
    )
    assert (
        "rounded@2025 is worked out as 96.4 (data/aspects/a2.yml:18:14), but its parts by region add up to 96.2"
        in messages
    )
    assert any(each.startswith("rounded@2024 is typed as 97 (") for each in messages)


def test_parts_that_have_the_formula_too_are_not_added_up(assert_marks):
    assert_marks(total_mismatch.check, files("""
        aspect: A2
        metrics:
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, breakdown: {gender: {2025: {male: 3, female: 2}}}}
          shifted:
            name: {en: Shifted, zh-Hant: 移}
            unit: t
            formula: coal + whole(coal)
            breakdown: {gender: {2025: {male: 8, female: 7}}}
    """))  # fmt: skip


@pytest.mark.parametrize(("south", "told"), [("3", False), ("5", True)])
def test_the_parts_of_a_part_with_a_formula(assert_marks, south, told):
    text = """
        aspect: A2
        metrics:
          coal: {name: {en: Coal, zh-Hant: 煤}, unit: t, values: {2025: 7}}
          staff:
            name: {en: Staff, zh-Hant: 僱員}
            unit: t
            formula: {gender: {male: coal}}
            breakdown: {gender: {2025: {female: 4}}}
    """
    rows = ["metric,period,region,gender,value", "staff,2025,north,male,4"]
    rows += ["                      ^ total-mismatch"] if told else []
    csv = "\n".join([*rows, f"staff,2025,south,male,{south}"])
    found = assert_marks(total_mismatch.check, files(text, csv))
    assert len(found) == told
