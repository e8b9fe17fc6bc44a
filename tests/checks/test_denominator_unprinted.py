import pytest
from esgreport.checks import denominator_unprinted

DATA = """
aspect: A2
metrics:
  electricity: {name: {en: E, zh-Hant: 電}, unit: kWh, per: [output, revenue], values: {2025: 3, 2024: 2}}
                                                            MARK
  water: {name: {en: W, zh-Hant: 水}, unit: m3, per: [output], values: {2025: 3, 2024: 2}}
  output:
    name: {en: O, zh-Hant: 產量}
    unit: t
    breakdown: {gender: {2025: {male: 4, female: 4}, 2024: {male: 4, female: 4}}}
  revenue: {name: {en: R, zh-Hant: 收益}, unit: RMB, values: {2025: 8, 2024: 8}}
"""
MARKED = DATA.replace("MARK", "^^^^^^ denominator-unprinted")
PLAIN = "".join(line for line in DATA.splitlines(True) if "MARK" not in line)


def files(data, text):
    return {
        "data/aspects/a2.yml": data,
        **{f"content/{language}/a2.md": f"# A\n\n{text}\n" for language in ("en", "zh-Hant")},
    }


@pytest.mark.parametrize(
    "text",
    [
        'We used {{ electricity(per="output") }}.',
        'It is {{ electricity(per="output", change="2024", words="up") }}.',
        "```table\nmetrics: [electricity]\ncolumns: [2025]\nintensities: true\nper: output\n```",
        'Made {{ output(change="2024") }} more, {{ electricity(per="output") }}.',
    ],
)
def test_an_intensity_over_what_no_page_prints(assert_marks, text):
    (found,) = assert_marks(denominator_unprinted.check, files(MARKED, text))
    assert found.message.startswith(
        'electricity per output is printed, but on no page a figure of "output" (data/aspects/a2.yml:5:3)'
    )


def test_one_finding_for_all_that_is_divided_by_it(assert_marks):
    text = 'We used {{ water(per="output") }} and {{ electricity(per="output") }}.'
    (found,) = assert_marks(denominator_unprinted.check, files(MARKED, text))
    assert found.message.startswith("water and electricity per output are printed, but")


@pytest.mark.parametrize(
    "text",
    [
        'We used {{ electricity(per="output") }} to make {{ output }}.',
        'We used {{ electricity(per="output") }}; men made {{ output(gender="male", period="2024") }}.',
        'We used {{ electricity(per="output") }}.\n\n```table\nmetrics: [output]\ncolumns: [2025]\n```',
        "```table\nmetrics: [electricity]\ncolumns: [2025, per]\n```",  # the head of the column says it
        "We used {{ electricity }}.",
        'We used {{ electricity(per="revenue") }}.',  # revenue stands in the accounts
    ],
)
def test_a_figure_of_it_anywhere_is_enough(assert_marks, text):
    assert_marks(denominator_unprinted.check, files(PLAIN, text))
