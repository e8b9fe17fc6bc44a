import pytest
from esgreport.checks import measure_unit
from reports import edition_of


def found(project, metrics):
    root = project()
    text = (root / "data/report.yml").read_text(encoding="utf-8")
    (root / "data/report.yml").write_text(text + "frameworks: [hkex-esg-code-2025]\n", encoding="utf-8")
    lines = [f"  {id}: {{name: {{en: X, zh-Hant: 某}}, {rest}}}" for id, rest in metrics.items()]
    (root / "data/aspects/a2.yml").write_text(
        "\n".join(["aspect: A2", "metrics:", *lines, ""]), encoding="utf-8"
    )
    return list(measure_unit.check(edition_of(root, blocking=True), root))


@pytest.mark.parametrize(
    ("metric", "asks"),
    [
        (
            "unit: count, answers: [A1.3], values: {2025: 1}",
            "A1.3:waste-hazardous (Hazardous waste) asks for mass",
        ),
        ("unit: t, answers: ['D28(a)'], values: {2025: 1}", "asks for CO2e"),
        ("unit: m3, answers: [A2.1:energy-direct], values: {2025: 1}", "asks for energy"),
        ("unit: hour, answers: [B2.2], values: {2025: 1}", "asks for day"),
        ("unit: hour, answers: [B3.2], values: {2025: 1}", "asks for hour per person"),
        ("unit: person, answers: [B1.2], values: {2025: 1}", "asks for a plain number"),
        ("unit: kWh, answers: [A2.2], values: {2025: 1}", "asks for volume"),
        ("unit: t, answers: [D33], values: {2025: 1}", "asks for money"),
        ("unit: person, answers: [B2.1:fatality-rate], values: {2025: 1}", "asks for rate"),
    ],
)
def test_a_measure_in_another_quantity(project, metric, asks):
    (finding,) = found(project, {"electricity": metric})
    assert asks in finding.message
    assert '"electricity" in ' in finding.message


@pytest.mark.parametrize(
    "metrics",
    [
        {"electricity": "unit: kg, answers: [A1.3], values: {2025: 1}"},
        {"electricity": "unit: t, answers: [A2.2], values: {2025: 1}"},
        {"electricity": "unit: GJ, answers: [A2.1:energy-total], values: {2025: 1}"},
        {
            "electricity": "unit: m3, answers: [A2.1:energy-direct], values: {2025: 1}",
            "fuel": "unit: MWh, answers: [A2.1:energy-direct], values: {2025: 1}",
        },
        {
            "electricity": "unit: hour, answers: [B3.2], per: [staff], values: {2025: 1}",
            "staff": "unit: person, answers: [B1.1], values: {2025: 1}",
        },
        {"electricity": "unit: RMB million, answers: [D33], values: {2025: 1}"},
        {"electricity": "unit: RMB/tCO2e, answers: ['D34(b)'], values: {2025: 1}"},
        {"electricity": "unit: case/person, answers: [B2.1:fatality-rate], values: {2025: 1}"},
        {"electricity": "unit: ratio, answers: [B1.2], values: {2025: 1}"},
    ],
)
def test_measures_in_their_quantity(project, metrics):
    assert not found(project, metrics)
