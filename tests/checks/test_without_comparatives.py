import pytest
from esgreport.checks import without_comparatives
from reports import CODE_REPORT

REPORT = CODE_REPORT.replace("comparatives: [2024]\n", "")
METRICS = "aspect: A2\nmetrics:\n" + "".join(
    f"  fuel_{n}: {{name: {{en: Fuel {n}, zh-Hant: 燃料{n}}}, unit: kWh, answers: [A2.1:energy-direct], values: {{2025: 10{n}, 2024: 20{n}}}}}\n"
    for n in range(5)
)


def table(*periods: int, metrics: int = 5) -> str:
    names = ", ".join(f"fuel_{n}" for n in range(metrics))
    return f"# A\n\n```table\nmetrics: [{names}]\ncolumns: [unit, {', '.join(map(str, periods))}]\n```\n"


def test_one_year_alone(assert_marks):
    marked = REPORT.replace("  2025: {from", "  2025: {from").replace(
        "2025-12-31}\n", "2025-12-31}\n  ^^^^ without-comparatives\n"
    )
    found = assert_marks(without_comparatives.check, {
        "data/report.yml": marked, "data/aspects/a2.yml": METRICS,
        "content/en/a2.md": table(2025), "content/zh-Hant/a2.md": table(2025),
    })  # fmt: skip
    assert found[0].message == "5 metrics are printed for 2025, and none of them for an earlier year"


@pytest.mark.parametrize(
    "page", [table(2025, 2024), table(2025, metrics=4), '# A\n\n{{ fuel_1(period="2024") }}.\n']
)
def test_earlier_years_or_few_figures(assert_marks, page):
    files = {"data/report.yml": CODE_REPORT, "data/aspects/a2.yml": METRICS}
    assert_marks(
        without_comparatives.check, {**files, "content/en/a2.md": page, "content/zh-Hant/a2.md": page}
    )
