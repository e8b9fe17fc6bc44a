import pytest
from esgreport.checks import unexplained_jump
from esgreport.compute import Figures
from esgreport.views import Edition
from hypothesis import given
from hypothesis import strategies as st
from reports import cell, metric, values_report

REPORT = """
status: draft
slug: tiny
title: {en: Report, zh-Hant: 報告}
company: {name: {en: Tiny, zh-Hant: 小銅}, issuer_class: main-board}
languages: [zh-Hant, en]
period: 2025
comparatives: [2024, 2023]
periods:
  2025: {from: 2025-01-01, to: 2025-12-31}
  2024: {from: 2024-01-01, to: 2024-12-31}
  2023: {from: 2023-01-01, to: 2023-12-31}
parts:
  - pages: [a2]
"""


def found(assert_marks, aspect):
    return assert_marks(
        unexplained_jump.check, {"data/report.yml": REPORT.lstrip(), "data/aspects/a2.yml": aspect}
    )


def test_a_member_and_not_what_follows_from_it(assert_marks):
    findings = found(assert_marks, """
        aspect: A2
        metrics:
          gas:
            name: {en: Gas, zh-Hant: 氣}
            unit: m3
            per: [output]
            breakdown:
              gender:
                2025: {male: 5 867, female: 347 300}
                                            ^^^^^^^ unexplained-jump
                2024: {male: 5 563, female: 8 385}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 100, 2024: 90}}
          twice: {name: {en: Twice, zh-Hant: 雙}, unit: m3, formula: gas * 2}
    """)  # fmt: skip
    assert findings[0].message == ("gas@2025[gender=female] is 41 times that of 2024: 8385 m3, then 347300")
    assert 'add "reason_for_change" to the value' in findings[0].help


def test_one_finding_where_all_parts_jump(assert_marks):
    findings = found(assert_marks, """
        aspect: A2
        metrics:
          gas:
            name: {en: Gas, zh-Hant: 氣}
            unit: m3
            breakdown:
              gender:
                2025: {male: 5, female: 7}
                             ^ unexplained-jump
                2024: {male: 5 000, female: 6 000}
    """)  # fmt: skip
    assert findings[0].message == (
        "gas@2025[gender=male] is 0.10% of that of 2024: 5000 m3, then 5; female fell as well"
    )


def test_a_year_that_stands_alone_is_told_once(assert_marks):
    findings = found(assert_marks, """
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 980, 2024: 99 500, 2023: 1 020}}
                                                                                     ^^^^^^ unexplained-jump
    """)  # fmt: skip
    assert findings[0].message.startswith("water@2024 is 98 times that of 2023")


def test_a_figure_that_is_worked_out_from_two_that_move_apart(assert_marks):
    findings = found(assert_marks, """
        aspect: A2
        metrics:
          waste:
            name: {en: Waste, zh-Hant: 廢物}
            unit: kg
            per: [output]
                  ^^^^^^ unexplained-jump
            values: {2025: 400, 2024: 100}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 25, 2024: 100}}
          ratio:
            name: {en: Ratio, zh-Hant: 比}
            unit: kg/t
            formula: waste / output
                     ^^^^^^^^^^^^^^ unexplained-jump
          again: {name: {en: Again, zh-Hant: 再}, unit: kg/t, formula: ratio * 2}
    """)  # fmt: skip
    assert "though nothing that it is worked out from does" in findings[0].message
    assert "compare waste@2025 and output@2025" in findings[0].help


@pytest.mark.parametrize(
    "metric",
    [
        "{unit: t, values: {2025: {value: 900, reason_for_change: {en: New plant., zh-Hant: 新廠。}}, 2024: 3}}",
        "{unit: t, values: {2025: 900, 2024: {value: 3, restated_from: 4, reason: {en: Meter., zh-Hant: 水表。}}}}",
        "{unit: t, values: {2025: 15, 2024: 3}}",  # five times is no more than five times
        "{unit: person, values: {2025: 9, 2024: 1}}",
        "{unit: percent, values: {2025: 4.9, 2024: 0.1}}",
        "{unit: t, values: {2025: 900, 2024: nil, 2023: 3}}",
        "{unit: t, values: {2025: 900, 2023: 3}}",
        "{unit: t, formula: more - less}",  # what is left over jumps by nature
    ],
)
def test_what_is_no_jump(assert_marks, metric):
    named = metric.replace("{", "{name: {en: X, zh-Hant: 某}, ", 1)
    found(assert_marks, f"""
        aspect: A2
        metrics:
          x: {named}
          more: {{name: {{en: More, zh-Hant: 多}}, unit: t, values: {{2025: 100, 2024: 100}}}}
          less: {{name: {{en: Less, zh-Hant: 少}}, unit: t, values: {{2025: 50, 2024: 99}}}}
    """)  # fmt: skip


def test_a_note_about_something_else_explains_nothing(assert_marks):
    found(assert_marks, """
        aspect: A2
        metrics:
          water:
            name: {en: Water, zh-Hant: 水}
            unit: m3
            note: {en: Mains water., zh-Hant: 自來水。}
            values:
              2025: {value: 9 000, note: {en: Read in January., zh-Hant: 一月讀數。}}
                            ^^^^^ unexplained-jump
              2024: 1 000
    """)  # fmt: skip


def test_a_reason_for_what_goes_in_explains_what_comes_out(assert_marks):
    found(assert_marks, """
        aspect: A2
        metrics:
          waste:
            name: {en: Waste, zh-Hant: 廢物}
            unit: kg
            per: [output]
            values: {2025: {value: 400, reason_for_change: {en: A roof was replaced., zh-Hant: 更換屋頂。}}, 2024: 100}
          output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 25, 2024: 100}}
    """)  # fmt: skip


def test_the_reason_may_stand_in_a_csv(assert_marks):
    assert_marks(unexplained_jump.check, {
        "data/report.yml": REPORT.lstrip(),
        "data/aspects/a2.yml": """
            aspect: A2
            metrics:
              x: {name: {en: X, zh-Hant: 某}, unit: t}
              y: {name: {en: Y, zh-Hant: 甲}, unit: t}
        """,
        "data/aspects/a2.csv": """
            metric,period,value,reason_for_change_en,reason_for_change_zh-Hant
            x,2025,900,New plant.,新廠。
            x,2024,3,,
            y,2025,900,,
                   ^^^ unexplained-jump
            y,2024,3,,
        """,
    })  # fmt: skip


def test_a_quarter_is_not_compared_with_a_year(assert_marks):
    report = REPORT.replace(
        "2025: {from: 2025-01-01, to: 2025-12-31}", "2025: {from: 2025-01-01, to: 2025-01-31}"
    )
    assert_marks(unexplained_jump.check, {"data/report.yml": report.lstrip(), "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          water: {name: {en: Water, zh-Hant: 水}, unit: m3, values: {2025: 80, 2024: 1 000, 2023: 1 020}}
    """})  # fmt: skip


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_told_above_five_and_below_a_fifth(now, then):
    report = values_report([metric("m", cell(str(now)), cell(str(then), "2024"))])
    findings = list(unexplained_jump.check(Edition(report, Figures(report), {}, {}), None))
    assert bool(findings) == (max(now, then) > 5 * min(now, then))


def test_rises_and_falls_are_told_apart_and_a_closed_plant_is_told_elsewhere(assert_marks):
    found = assert_marks(unexplained_jump.check, {
        "data/dimensions.yml": """
plant:
  name: {en: Works, zh-Hant: 廠房}
  members:
    north: {en: North, zh-Hant: 北}
    south: {en: South, zh-Hant: 南}
    east: {en: East, zh-Hant: 東}
    west: {en: West, zh-Hant: 西}
    henan: {name: {en: Henan, zh-Hant: 河南}, until: 2024}
""",
        "data/aspects/a2.yml": """
        aspect: A2
        metrics:
          gas:
            name: {en: Gas, zh-Hant: 氣}
            unit: m3
            breakdown:
              plant:
                2025: {north: 12, south: 2 100, east: 2 200, west: 14, henan: 3}
                              ^^ unexplained-jump
                                                      ^^^^^ unexplained-jump
                2024: {north: 1 000, south: 100, east: 100, west: 1 000, henan: 5 000}
    """})  # fmt: skip
    assert [f.message for f in found] == [
        "gas@2025[plant=east] is 22 times that of 2024: 100 m3, then 2200; south rose as well",
        "gas@2025[plant=north] is 1.2% of that of 2024: 1000 m3, then 12; west fell as well",
    ]
