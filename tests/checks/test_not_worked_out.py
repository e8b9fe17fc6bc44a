from esgreport.checks import not_worked_out
from reports import CODE_REPORT

DIMENSIONS = "kind:\n  name: {en: Kind, zh-Hant: 種類}\n  members: {oil: {en: Oil, zh-Hant: 油}, tar: {en: Tar, zh-Hant: 焦油}}\n"
METRICS = """
    aspect: A
    metrics:
      output: {name: {en: Output, zh-Hant: 產量}, unit: t, values: {2025: 12 613}}
      electricity:
        name: {en: Electricity, zh-Hant: 電力}
        unit: kWh
        answers: [A2.1:energy-indirect]
        per: [output]
        values: {2025: 29 843 800}
      hazardous:
      ^^^^^^^^^ not-worked-out
      ^^^^^^^^^ not-worked-out
        name: {en: Hazardous waste, zh-Hant: 有害廢棄物}
        unit: t
        answers: [A1.3]
        breakdown: {kind: {2025: {oil: 3.6, tar: 490.8}}}
"""
PAGE = """# A

```table
metrics: [output, electricity]
columns: [unit, 2025, per]
```

```table
metrics: [hazardous]
members: kind
columns: [unit, 2025]
total: false
```
"""
FILES = {"data/report.yml": CODE_REPORT, "data/dimensions.yml": DIMENSIONS, "data/aspects/a2.yml": METRICS,
         "content/en/a2.md": PAGE, "content/zh-Hant/a2.md": PAGE}  # fmt: skip
SOUND = "\n".join(line for line in METRICS.split("\n") if "^^" not in line)


def test_parts_without_their_total_and_their_intensity(assert_marks):
    found = assert_marks(not_worked_out.check, FILES)
    assert {each.message for each in found} == {
        'only parts of "hazardous" are printed, not the total that A1.3 asks for (494.4 t)',
        "no intensity of hazardous is printed; A1.3 asks for one where it makes sense, and other figures are divided by output",
    }
    assert "add per: [output] to hazardous, and print it" in {each.help for each in found}


def test_the_fixes_that_are_named(assert_marks):
    page = PAGE.replace("total: false\n", "total: true\n").replace(
        "[output, electricity]", "[output, electricity, hazardous]"
    )
    metrics = SOUND.replace("answers: [A1.3]", "answers: [A1.3]\n        per: [output]")
    assert_marks(not_worked_out.check, {**FILES, "data/aspects/a2.yml": metrics, "content/en/a2.md": page})


def test_a_report_that_divides_nothing(assert_marks):
    metrics = SOUND.replace("        per: [output]\n", "")
    page = PAGE.replace(", per]", "]").replace("total: false", "total: true")
    assert_marks(not_worked_out.check, {
        **FILES, "data/aspects/a2.yml": metrics, "content/en/a2.md": page, "content/zh-Hant/a2.md": page,
    })  # fmt: skip


def test_a_rate_of_its_own_is_an_intensity(assert_marks):
    rate = "      rate: {name: {en: Waste per tonne, zh-Hant: 每噸廢棄物}, unit: t/t, formula: hazardous / output}\n"
    page = PAGE.replace("total: false", "total: true")
    assert_marks(
        not_worked_out.check, {**FILES, "data/aspects/a2.yml": SOUND + rate, "content/en/a2.md": page}
    )
