import pytest
from esgreport.checks import reasons


def test_a_reason_that_is_none_and_one_that_is_given_twice(assert_marks):
    found = assert_marks(reasons.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics: {electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, values: {2025: 1, 2024: 1}}}
        responses:
          A1.3: {status: explained, reason: {en: Our offices make none worth weighing., zh-Hant: 不適用。}}
          ^^^^ bare-reason
          A1.4: {status: not-applicable, reason: {en: "Not applicable", zh-Hant: 本集團的辦公室不產生此類廢棄物。}}
          ^^^^ bare-reason
          A1.5: {status: explained, reason: {en: "We set targets next year, after the first audit.", zh-Hant: 明年訂立。}}
          A1.6: {status: explained, reason: {en: "We set targets next year,  after the first audit", zh-Hant: 明年訂立。}}
          ^^^^ reused-reason
    """})  # fmt: skip
    assert found[0].message == 'the reason for A1.3 in zh-Hant is only "不適用。"'
    assert [str(f.severity) for f in found] == ["error", "error", "warning"]
    assert found[2].message == "A1.6 gives the same reason as A1.5"


@pytest.mark.parametrize(
    "reason",
    [
        "N/A", "–", "Not applicable to the Group.", "This is not applicable to us", "Not material to our business.",
        "不適用於本集團。", "此項不適用", "有關指標對本集團並不適用。", "不適用於本公司的業務", "不适用于本集团",
    ],
)  # fmt: skip
def test_a_formula_with_the_company_in_it_is_no_reason_either(assert_marks, reason):
    assert_marks(reasons.check, {"data/aspects/a2.yml": f"""
        aspect: A2
        metrics: {{electricity: {{name: {{en: Electricity, zh-Hant: 電}}, unit: kWh, values: {{2025: 1, 2024: 1}}}}}}
        responses:
          A1.3: {{status: not-applicable, reason: {{en: "{reason}", zh-Hant: 辦公室並無此類廢棄物。}}}}
          ^^^^ bare-reason
    """})  # fmt: skip


def test_reasons_of_their_own(assert_marks):
    assert_marks(reasons.check, {"data/aspects/a2.yml": """
        aspect: A2
        metrics: {electricity: {name: {en: Electricity, zh-Hant: 電}, unit: kWh, values: {2025: 1, 2024: 1}}}
        responses:
          A1.3: {status: explained, reason: {en: Not applicable to offices such as ours., zh-Hant: 辦公室並無此類廢棄物。}}
          A1.4: {status: explained, reason: {en: The landlord takes the waste away., zh-Hant: 由業主處理。}}
          A2.5: {status: not-applicable, reason: {en: "Not applicable to the Group, which sells metal in bulk.", zh-Hant: 不適用於本集團，因金屬均散裝出售。}}
    """})  # fmt: skip
