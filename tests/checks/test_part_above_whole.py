from esgreport.checks import part_above_whole

DIMENSIONS = """
gender:
  name: {en: Gender, zh-Hant: 性別}
  members: {male: {en: Male, zh-Hant: 男}, female: {en: Female, zh-Hant: 女}}
region:
  name: {en: Region, zh-Hant: 地區}
  members: {north: {en: North, zh-Hant: 北}, south: {en: South, zh-Hant: 南}, west: {en: West, zh-Hant: 西}}
topic:
  name: {en: Topic, zh-Hant: 課題}
  partition: false
  members: {safety: {en: Safety, zh-Hant: 安全}, ethics: {en: Ethics, zh-Hant: 道德}}
"""


def found(assert_marks, aspect):
    files = {"data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": aspect}
    findings = assert_marks(part_above_whole.check, files)
    assert all(f.severity == "error" for f in findings)
    return findings


def test_a_metric_that_is_part_of_another(assert_marks):
    findings = found(assert_marks, """
        aspect: A2
        metrics:
          staff:
            name: {en: Staff, zh-Hant: 僱員}
            unit: person
            breakdown: {gender: {2025: {male: 251, female: 90}, 2024: {male: 1, female: 2}}}
          trained:
            name: {en: Trained, zh-Hant: 受訓}
            unit: person
            part_of: staff
            breakdown: {gender: {2025: {male: 240, female: 91}, 2024: {male: 1, female: 2}}}
                                                           ^^ part-above-whole
          twice:
            name: {en: Twice, zh-Hant: 雙}
            unit: person
            part_of: staff
            formula: trained * 2
                     ^^^^^^^^^^^ part-above-whole
                     ^^^^^^^^^^^ part-above-whole
    """)  # fmt: skip
    assert findings[0].message.startswith(
        "trained@2025[gender=female] is 91 person, more than staff@2025[gender=female], 90 person (data/aspects/a2.yml:6:"
    )


def test_units_are_converted_and_unlike_ones_told(assert_marks):
    found(assert_marks, """
        aspect: A2
        metrics:
          all: {name: {en: All, zh-Hant: 全}, unit: MWh, values: {2025: 5, 2024: 5}}
          part: {name: {en: Part, zh-Hant: 部}, unit: kWh, part_of: all, values: {2025: 5 000, 2024: 5 501}}
                                                                                                    ^^^^^ part-above-whole
          heap:
            name: {en: Heap, zh-Hant: 堆}
            unit: t
                  ^ part-above-whole
            part_of: all
            values: {2025: 1}
    """)  # fmt: skip


def test_members_that_are_given_so_far(assert_marks):
    findings = found(assert_marks, """
        aspect: A2
        metrics:
          waste:
            name: {en: Waste, zh-Hant: 廢物}
            unit: t
            values: {2025: 100, 2024: 100}
            breakdown: {region: {2025: {north: 60, south: 50}, 2024: {north: 60, south: 40}}}
                                                          ^^ part-above-whole
          courses:
            name: {en: Courses, zh-Hant: 課程}
            unit: person
            values: {2025: 30, 2024: 30}
            breakdown: {topic: {2025: {safety: 31, ethics: 29}, 2024: {safety: 30, ethics: 29}}}
                                               ^^ part-above-whole
    """)  # fmt: skip
    assert "waste@2025 is 100" in findings[0].message
    assert "by region 60 + 50 is given already" in findings[0].message


def test_an_unfinished_division_beside_a_finished_one(assert_marks):
    found(assert_marks, """
        aspect: A2
        metrics:
          staff:
            name: {en: Staff, zh-Hant: 僱員}
            unit: person
            breakdown:
              gender: {2025: {male: 6, female: 4}}
              region: {2025: {north: 6, south: 5}}
                                               ^ part-above-whole
    """)  # fmt: skip


def test_rates_rounded_wholes_and_corrections(assert_marks):
    found(assert_marks, """
        aspect: A2
        metrics:
          rate: {name: {en: Rate, zh-Hant: 率}, unit: percent, values: {2025: 5}, breakdown: {region: {2025: {north: 9}}}}
          rounded: {name: {en: Rounded, zh-Hant: 整}, unit: t, values: {2025: 12}, breakdown: {region: {2025: {north: 12.4}}}}
          net: {name: {en: Net, zh-Hant: 淨}, unit: HKD, values: {2025: 5}, breakdown: {region: {2025: {north: 9, south: -4}}}}
    """)  # fmt: skip
