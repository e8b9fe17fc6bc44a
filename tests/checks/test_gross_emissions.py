import pytest
from esgreport.checks import gross_emissions
from reports import CODE_REPORT

INPUTS = """
        aspect: A2
        metrics:
          power: {name: {en: Power, zh-Hant: 電}, unit: kWh, values: {2025: 2 600}}
          tenants: {name: {en: Sold to tenants, zh-Hant: 轉售}, unit: kWh, values: {2025: 600}}
          green: {name: {en: Green certificates, zh-Hant: 綠色電力證書}, unit: kWh, values: {2025: 600}}
          credits: {name: {en: Bought, zh-Hant: 購買}, unit: tCO2e, values: {2025: 1}}
"""


def run(assert_marks, metrics):
    files = {
        "data/report.yml": CODE_REPORT,
        "data/factors.yml": "grid: {value: 0.5, unit: kgCO2e/kWh, source: S}\n",
        "data/aspects/a2.yml": INPUTS + metrics,
    }
    found = assert_marks(gross_emissions.check, files)
    assert all(f.severity == "error" for f in found)
    return found


@pytest.mark.parametrize(
    ("formula", "what", "says"),
    [
        ('power * factor("grid") - credits', "credits", 'the formula takes away "credits"'),
        ('(power - green) * factor("grid")', "green", 'the formula takes away "green"'),
        ('power * factor("grid") + credits * -1', "credits * -1", "the formula multiplies by -1"),
        ('power * factor("grid") - (credits + credits / 2)', "credits + credits / 2", ""),
    ],
)
def test_what_is_taken_away(assert_marks, project, formula, what, says):
    from reports import CODE_REPORT, edition_of

    root = project({
        "data/report.yml": CODE_REPORT,
        "data/factors.yml": "grid: {value: 0.5, unit: kgCO2e/kWh, source: S}\n",
        "data/aspects/a2.yml": INPUTS + f"          s2: {{name: {{en: S, zh-Hant: 某}}, unit: tCO2e, answers: ['D28(b)'], formula: '{formula}'}}\n",
    })  # fmt: skip
    found = list(gross_emissions.check(edition_of(root, blocking=True), root))
    assert len(found) == (1 if says else 2)
    assert says in found[0].message
    assert found[0].message.startswith('"s2" answers D28(b):ghg-scope2, which asks for gross emissions, but ')


def test_formulas_behind_it_and_negative_values(assert_marks):
    run(assert_marks, """
          own: {name: {en: Own, zh-Hant: 自}, unit: tCO2e, values: {2025: -4}}
                                                                         ^^ gross-emissions
          net:
            name: {en: Net, zh-Hant: 淨}
            unit: tCO2e
            formula: own - credits
                           ^^^^^^^ gross-emissions
          scope_1: {name: {en: Scope 1, zh-Hant: 範圍1}, unit: tCO2e, answers: ["D28(a)"], formula: net * 2}
    """)  # fmt: skip


def test_energy_sold_on_and_net_figures_of_their_own(assert_marks):
    run(assert_marks, """
          scope_2: {name: {en: Scope 2, zh-Hant: 範圍2}, unit: tCO2e, answers: ["D28(b)"], formula: '(power - tenants) * factor("grid")'}
          net: {name: {en: Net, zh-Hant: 淨}, unit: tCO2e, formula: scope_2 - credits}
    """)  # fmt: skip
