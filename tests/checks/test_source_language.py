import pytest
from esgreport.checks import source_language

PAGE = "# Energy\n\n## Figures { #figures }\n\n```method\nmetrics: [energy]\n```\n"
ASPECT = """
        aspect: A2
        metrics:
          gas: {name: {en: Gas, zh-Hant: 氣}, unit: m3, values: {2025: 4}}
          energy: {name: {en: Energy, zh-Hant: 能源}, unit: MJ, formula: 'gas * factor("heat")'}
"""


def run(assert_marks, factor, page=PAGE):
    pages = {f"content/{language}/a2.md": page for language in ("en", "zh-Hant")}
    return assert_marks(
        source_language.check, pages | {"data/aspects/a2.yml": ASPECT, "data/factors.yml": factor}
    )


def test_english_words_in_a_chinese_method_note(assert_marks):
    found = run(assert_marks, """
        heat:
          name: {en: Heat, zh-Hant: 熱值}
          value: 38.9
                 ^^^^ source-language
          unit: MJ/m3
          source: Supplier's annual statement
    """)  # fmt: skip
    assert found[0].message == (
        'the source of the factor "heat" is printed as “Supplier\'s annual statement” in zh-Hant (content/zh-Hant/a2.md:5:1)'
    )
    assert found[0].help == "word it in each language: source: {zh-Hant: …, en: …}"


@pytest.mark.parametrize(
    "source",
    [
        "GB/T 2589-2020",
        "IPCC 2006 Guidelines, Volume 2, Table 1.2",
        "Intergovernmental Panel on Climate Change",
        "https://www.example.com/factors/of-the-year",
        "IPCC《2006年 national inventories 指南》",
        "{en: Supplier's annual statement, zh-Hant: 供應商年度報表}",
        "EPA AP-42, 5th ed., kWh",
    ],
)
def test_what_is_the_same_in_every_language(assert_marks, source):
    run(
        assert_marks,
        f"heat: {{name: {{en: Heat, zh-Hant: 熱值}}, value: 38.9, unit: MJ/m3, source: {source if source[0] == '{' else repr(source)}}}\n",
    )


def test_what_is_printed_nowhere_is_left_alone(assert_marks):
    run(
        assert_marks,
        "heat: {value: 38.9, unit: MJ/m3, source: Our own tests}\n",
        "# Energy\n\n{{ energy }}\n",
    )
