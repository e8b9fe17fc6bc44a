"""Sentences that cite standards, laws and the exchange's rules, rightly and wrongly: what the three rules say of each.

A row is the year of the report, a sentence, and the words that must be found, in their order; none for a right one.
"""

from __future__ import annotations

import pytest
from conftest import TINY
from esgreport.checks import framework_edition, law_in_force, standard_withdrawn
from reports import edition_of, on_year

RULES = (standard_withdrawn, law_in_force, framework_edition)


@pytest.fixture
def found(project):
    """`found(2025, "sentence")`: what the rules point at, in the order of the text."""

    def run(year: int, sentence: str) -> list[str]:
        text = f"# Energy\n\n{sentence}\n"
        of = on_year(TINY["data/report.yml"], f"{year}-01-01", f"{year}-12-31")
        root = project({"content/en/a2.md": text, "data/report.yml": of})
        edition = edition_of(root)
        lines = text.splitlines()
        places = sorted(f.place for rule in RULES for f in rule.check(edition, root))
        return [lines[place.line - 1][place.column - 1 : place.end_column - 1] for place in places]

    return run


STANDARDS = [
    (2025, "Two plants hold ISO9001:2008 certificates.", ["ISO9001:2008"]),
    (2025, "Two plants hold ISO 9001 : 2015 certificates.", []),
    (2025, "The plant is certified to ISO 9001:2015/Amd 1:2024.", []),
    (2025, "The plant is certified to BS OHSAS 18001:2007.", ["OHSAS 18001:2007"]),
    (2025, "The plant is certified to OHSAS18001.", ["OHSAS18001"]),
    (2021, "The plant is certified to OHSAS 18001:2007.", []),
    (2025, "各廠均通過OHSAS 18001職業健康安全管理體系認證。", ["OHSAS 18001"]),
    (2025, "各廠均通過ISO 45001:2018職業健康及安全管理體系認證。", []),
    (2025, "集團持有ISO14001（2004版）證書。", ["ISO14001（2004版）"]),
    (2025, "集團持有ISO 14001 2004年版證書。", ["ISO 14001 2004年版"]),
    (2025, "集團持有GB/T28001-2011證書。", ["GB/T28001-2011"]),
    (2025, "集團持有GB/T 24001-2016/ISO 14001:2015證書。", []),
    (2025, "集團依照GB/T 32151.10-2015計算排放。", ["GB/T 32151.10-2015"]),
    (2025, "集團依照GB/T 32151.10—2023計算排放。", []),
    (2025, "集團依照GB/T 32151.1-2015計算排放。", []),
    (2025, "The plants (all certified to ISO 9001:2008) are in Hunan.", ["ISO 9001:2008"]),
    (2025, "Clause ISO 14064-1.5 and lot GB 18597.1 are no standards.", []),
    (2025, "危險廢物按GB 18597-2001貯存。", ["GB 18597-2001"]),
    (2025, "危險廢物按GB18597-2023貯存。", []),
    (2025, "Solid waste is stored under GB 18599-2001, and GB 18599-2020 since then.", ["GB 18599-2001"]),
    (2025, "Certified to ISO/TS 16949:2009.", ["ISO/TS 16949:2009"]),
    (2025, "Certified to IATF 16949:2016.", []),
    (2026, "Certified to ISO/IEC 27001:2013.", ["ISO/IEC 27001:2013"]),
    (2026, "Certified to ISO 27001:2013 and ISO 14001:2015.", ["ISO 27001:2013"]),
    (2026, "Certified to ISO 14001:2026 and SA8000:2026.", []),
    (2026, "Certified to ISO 37001:2016.", []),
    (2026, "Carbon neutral under PAS 2060:2014.", ["PAS 2060:2014"]),
    (2025, "Verified under ISO 14064-1:2006 and ISO 14064-3:2019.", ["ISO 14064-1:2006"]),
    (2025, "Verified under ISO 14064-1 (2018).", []),
    (2025, "Our QMS moved on from ISO 9001:2008 years ago.", []),
    (2025, "The certificate to ISO 9001:2008 expired and was not renewed.", []),
    (2025, "本報告按照GRI準則核心選項編製。", ["GRI準則核心選項"]),
    (2025, "Prepared in accordance with the GRI Standards: Core option.", ["GRI Standards: Core option"]),
    (2021, "Prepared in accordance with the GRI Standards: Core option.", []),
    (2025, "Prepared with reference to the GRI Standards 2021 and IFRS S2.", []),
]  # fmt: skip

LAWS = [
    (2024, "我們遵守《中華人民共和國合同法》。", ["中華人民共和國合同法"]),
    (2024, "我們遵守《中華人民共和國民法典》及《勞動合同法》。", []),
    (2024, "We comply with the “Contract Law of the People’s Republic of China”.", ["Contract Law of the People’s Republic of China"]),
    (2024, "We comply with the PRC Contract Law.", ["PRC Contract Law"]),
    (2024, "We comply with the PRC Labour Contract Law.", []),
    (2024, "We comply with the Tort Liability Law of the PRC and the PRC Civil Code.", ["Tort Liability Law of the PRC"]),
    (2024, "We comply with the Rural Land Contract Law of the PRC and the PRC Rural Land Contract Law.", []),
    (2024, "We follow the Law on the Prevention and Control of Environmental Noise Pollution of the PRC.", ["Law on the Prevention and Control of Environmental Noise Pollution of the PRC"]),
    (2024, "We follow the Law on the Prevention and Control of Noise Pollution of the PRC.", []),
    (2024, "本集團遵守中華人民共和國合同法及中華人民共和國勞動合同法。", ["中華人民共和國合同法"]),
    (2024, "本集團遵守「中華人民共和國侵權責任法」。", ["中華人民共和國侵權責任法"]),
    (2024, "中華人民共和國合同法律事務由總部處理。", []),
    (2024, "年內未曾違反《中華人民共和國合同法》。", ["中華人民共和國合同法"]),
    (2024, "年內不曾違反《中華人民共和國合同法》。", ["中華人民共和國合同法"]),
    (2024, "Nobody under 18 years old is hired, as the Contract Law of the PRC asks.", ["Contract Law of the PRC"]),
    (2024, "越南附屬公司遵守當地《合同法》。", []),
    (2024, "遵守《環境噪聲污染防治法》及《噪聲污染防治法》。", ["環境噪聲污染防治法"]),
    (2024, "遵守《中华人民共和国环境噪声污染防治法》（2018年修正）。", ["中华人民共和国环境噪声污染防治法"]),
    (2021, "遵守《中華人民共和國環境噪聲污染防治法》。", []),
    (2024, "We follow the Law of the PRC on the Prevention and Control of Environmental Noise Pollution.", ["Law of the PRC on the Prevention and Control of Environmental Noise Pollution"]),
    (2024, "We follow the Environmental Noise Pollution Prevention and Control Law of the PRC.", ["Environmental Noise Pollution Prevention and Control Law of the PRC"]),
    (2024, "We follow the Law of the People’s Republic of China on the Prevention and Control of Environmental Pollution by Solid Waste (2020 Revision).", []),
    (2024, "遵守《固體廢物污染環境防治法》（2016年修正）。", ["固體廢物污染環境防治法"]),
    (2024, "遵守《中華人民共和國固體廢物污染環境防治法(2016修正)》。", ["中華人民共和國固體廢物污染環境防治法"]),
    (2024, "遵守《中華人民共和國安全生產法（2021年修訂）》。", []),
    (2024, "遵守《中華人民共和國安全生產法》（2014）。", ["中華人民共和國安全生產法"]),
    (2025, "遵守《中華人民共和國公司法》（2018年修正）。", ["中華人民共和國公司法"]),
    (2025, "按開曼群島《公司法》（2018年修訂）註冊。", []),
    (2024, "We comply with the Company Law of the PRC (2018 Amendment).", []),
    (2025, "《反不正當競爭法》（2025年修訂）已施行。", []),
    (2024, "《中華人民共和國反不正當競爭法》（2025年修訂）適用於我們。", ["中華人民共和國反不正當競爭法"]),
    (2023, "遵守《中華人民共和國能源法》。", ["中華人民共和國能源法"]),
    (2025, "遵守《中華人民共和國增值稅法》。", ["中華人民共和國增值稅法"]),
    (2025, "《中華人民共和國增值稅法》將於2026年1月1日起施行。", []),
    (2026, "遵守《中華人民共和國增值稅暫行條例》。", ["中華人民共和國增值稅暫行條例"]),
    (2027, "遵守《中華人民共和國環境保護法》。", ["中華人民共和國環境保護法"]),
    (2026, "遵守《中華人民共和國環境保護法》及《生態環境法典》。", []),
    (2027, "遵守《中華人民共和國環境保護稅法》及《中華人民共和國生態環境法典》。", []),
    (2027, "The plants abide by the Law of the PRC on Air Pollution Prevention and Control.", ["Law of the PRC on Air Pollution Prevention and Control"]),
    (2027, "台灣廠房遵守當地的《水污染防治法》。", []),
    (2025, "遵守《排污許可管理辦法（試行）》。", ["排污許可管理辦法（試行）"]),
    (2025, "遵守《排污許可管理辦法》。", []),
    (2025, "遵守《國家危險廢物名錄》（2021年版）。", ["國家危險廢物名錄"]),
    (2025, "遵守《產業結構調整指導目錄（2019年本）》。", ["產業結構調整指導目錄"]),
    (2025, "遵守《產業結構調整指導目錄（2024年本）》。", []),
    (2025, "遵守《女職工勞動保護規定》。", ["女職工勞動保護規定"]),
    (2025, "遵守《女職工勞動保護特別規定》及《禁止使用童工規定》。", []),
    (2025, "遵守《外資企業法》及《中外合資經營企業法》。", ["外資企業法", "中外合資經營企業法"]),
    (2025, "We abide by the Employment Ordinance (Chapter 57 of the Laws of Hong Kong) and the Prevention of Copyright Piracy Ordinance.", []),
    (2025, "遵守《防止賄賂條例》（香港法例第201章）及《公眾衛生及市政條例》（第132章）。", []),
    (2024, "遵守《保護關鍵基礎設施（電腦系統）條例》。", ["保護關鍵基礎設施（電腦系統）條例"]),
    (2024, "We comply with the Protection of Critical Infrastructures (Computer Systems) Ordinance (Cap. 653).", ["Protection of Critical Infrastructures (Computer Systems) Ordinance"]),
    (2024, "The Protection of Critical Infrastructures (Computer Systems) Ordinance will take effect in 2026.", []),
    (2024, "遵守《打擊洗錢及恐怖分子資金籌集（金融機構）條例》（第615章）。", ["打擊洗錢及恐怖分子資金籌集（金融機構）條例"]),
    (2024, "《民法典》實施後，《合同法》同時廢止。", []),
    (2024, "The dispute began in 2019 under the Contract Law of the PRC.", []),
    (2024, "Laws applicable: Contract Law, Labour Law and Company Law.", []),
    (2025, "遵守《中華人民共和國職業病防治法》（2016年）。", ["中華人民共和國職業病防治法"]),
    (2024, "遵守《中华人民共和国网络安全法》（2016年11月7日通过）。", []),
]  # fmt: skip

EXCHANGE = [
    (2025, "本報告依據聯交所上市規則附錄C2《環境、社會及管治報告守則》編製。", []),
    (2025, "本報告依據聯交所上市規則附錄27《環境、社會及管治報告指引》編製。", ["附錄27", "環境、社會及管治報告指引"]),
    (2024, "Prepared under the Environmental, Social and Governance Reporting Guide as specified in Appendix 27 of the Listing Rules.", ["Appendix 27"]),
    (2024, "Prepared under the ESG Reporting Guide in Appendix C2 to the Listing Rules.", []),
    (2025, "Prepared under the ESG Reporting Code in Appendix C2 to the Listing Rules.", []),
    (2023, "Prepared under the ESG Reporting Code.", ["ESG Reporting Code"]),
    (2024, "We are preparing for the ESG Reporting Code.", []),
    (2024, "This report was prepared according to the ESG Reporting Code.", ["ESG Reporting Code"]),
]  # fmt: skip


@pytest.mark.parametrize(("year", "sentence", "expected"), [*STANDARDS, *LAWS, *EXCHANGE])
def test_what_is_found_in_a_sentence(found, year, sentence, expected):
    assert found(year, sentence) == expected
