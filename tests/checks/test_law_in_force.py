"""Laws that were repealed before the report's period, or came into force after it."""

from __future__ import annotations

import pytest
from conftest import TINY
from esgreport.checks import law_in_force
from reports import edition_of, on_year


@pytest.fixture
def found(project):
    """`found("sentence")`: the codes that a sentence has in a report on 2025."""

    def run(sentence: str, year: int = 2025) -> list[str]:
        of = on_year(TINY["data/report.yml"], f"{year}-01-01", f"{year}-12-31")
        root = project({"content/en/a2.md": f"# Energy\n\n{sentence}\n", "data/report.yml": of})
        return [f.code for f in law_in_force.check(edition_of(root), root)]

    return run


def test_points_at_the_law_and_names_the_one_that_took_its_place(assert_marks):
    said = assert_marks(law_in_force.check, {
        "content/en/a2.md": """
            # Energy

            We comply with the Contract Law of the
                               ^^^^^^^^^^^^^^^^^^^ law-repealed
            People's Republic of China, the Labour Contract Law of the People’s Republic of China and the Civil
            Code of the PRC.
        """,
        "content/zh-Hant/a2.md": """
            # 能源

            我們遵守《中華人民共和國合同法》、《勞動合同法》及《中華人民共和國侵權責任法》。
                 ^^^^^^^^^^ law-repealed
                                      ^^^^^^^^^^^^ law-repealed
        """,
    })  # fmt: skip
    said.sort(key=lambda finding: finding.place)
    assert {finding.severity for finding in said} == {"warning"}
    assert said[0].message == (
        '"Contract Law of the People\'s Republic of China" was in force until 31 December 2020, '
        "before this report's period began"
    )
    assert said[0].help.startswith("cite Civil Code of the People’s Republic of China, by {{ code_civil }}")


@pytest.mark.parametrize(
    "sentence",
    [
        "We comply with the {{ law_contract }}.",
        "我們遵守《合同法》。",
        "我们遵守《中华人民共和国环境噪声污染防治法》。",
        "《中華人民共和國固體廢物污染環境防治法》（2016年修正）適用。",
        "《國家危險廢物名錄（2021年版）》適用。",
        "We comply with the Law of the PRC on the Prevention and Control of Environmental Pollution by Solid Waste (2016 revision).",
        "Under the Anti-Money Laundering and Counter-Terrorist Financing (Financial Institutions) Ordinance (Cap. 615).",
    ],
)  # fmt: skip
def test_repealed(found, sentence):
    assert found(sentence) == ["law-repealed"]


@pytest.mark.parametrize(
    "sentence",
    [
        "We comply with the {{ law_labour_contract }}, the {{ ordinance_employment }} and the {{ law_solid_waste }}.",
        "《中華人民共和國勞動合同法》及《中華人民共和國固體廢物污染環境防治法》（2020年修訂）適用。",
        "《中華人民共和國民法典》取代了《中華人民共和國合同法》。",
        "The Contract Law of the People’s Republic of China was repealed.",
        "We comply with the Rural Land Contract Law of the People’s Republic of China.",
        "2019年的個案按《合同法》審理。",
        "《農村土地承包合同法》適用。",
        "合同法務由總部處理。",
        "We comply with the Contract Law of Malaysia.",
    ],
)
def test_no_false_alarm(found, sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "year", "codes"),
    [
        ("我們遵守《中華人民共和國個人信息保護法》。", 2020, ["law-not-in-force"]),
        ("《中華人民共和國個人信息保護法》將於2021年11月生效。", 2020, []),
        ("The Personal Information Protection Law of the PRC takes effect in November 2021.", 2020, []),
        ("We comply with the Company Law of the PRC (2023 revision).", 2023, ["law-not-in-force"]),
    ],
)
def test_a_law_of_the_years_to_come(found, sentence, year, codes):
    assert found(sentence, year) == codes


def test_an_entry_that_is_not_sure_only_asks_to_look_it_up(project):
    text = "# Energy\n\nWe follow the {{ standard_sustainability_climate }}.\n"
    of = on_year(TINY["data/report.yml"], "2024-01-01", "2024-12-31")
    root = project({"content/en/a2.md": text, "data/report.yml": of})
    (said,) = law_in_force.check(edition_of(root), root)
    assert said.severity == "warning"
    assert "please look up" in said.message
