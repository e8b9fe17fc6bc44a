"""The package's registers: facts that hang together, and names that a report can take as they are."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from conftest import ROOT, TINY
from esgreport.diagnostics import Place
from esgreport.languages import Text
from esgreport.load import load
from esgreport.model import Period
from esgreport.publications import (
    FRAMEWORKS,
    LAWS,
    STANDARDS,
    Validity,
    instead_of,
    publications,
    read_publications,
)
from reports import on_year

ALL = publications()


def year(number: int) -> Period:
    return Period(str(number), date(number, 1, 1), date(number, 12, 31), Text(), Place("data/report.yml"))


def test_the_files_are_in_order():
    found, findings = read_publications()
    assert findings == []
    registers = [publication.register for publication in found.values()]
    assert registers.count(STANDARDS) >= 50
    assert registers.count(LAWS) >= 190
    assert registers.count(FRAMEWORKS) >= 13


@pytest.mark.parametrize("publication", ALL.values(), ids=ALL)
def test_an_entry_is_whole(publication):
    assert set(publication.name) == {"en", "zh-Hant", "zh-Hans"}
    assert publication.source
    assert publication.replaced_by in {"", *ALL}
    assert bool(publication.replaced_by) == bool(publication.whole.end)
    for validity in (publication.whole, *publication.editions.values()):
        assert not (validity.start and validity.end) or validity.start < validity.end
    starts = [validity.start for validity in publication.editions.values()]
    assert starts == sorted(starts)
    if publication.register == LAWS:
        assert publication.jurisdiction
        assert not publication.chapter or publication.jurisdiction == "hong-kong"
        national = publication.jurisdiction == "mainland" and publication.source.startswith(("Nat", "State"))
        assert publication.whole.start or not national


@pytest.mark.parametrize("publication", [p for p in ALL.values() if p.replaced_by], ids=lambda p: p.id)
def test_what_took_a_place_follows_at_once_and_is_in_force_at_last(publication):
    follower = ALL[publication.replaced_by]
    assert follower.register == publication.register
    seen = {publication.id}
    while follower.replaced_by:
        assert follower.id not in seen
        seen.add(follower.id)
        follower = ALL[follower.replaced_by]
    assert follower.whole.end is None
    if publication.register == LAWS:
        assert ALL[publication.replaced_by].whole.start == publication.whole.end + timedelta(days=1)


@pytest.mark.parametrize("publication", ALL.values(), ids=ALL)
def test_editions_lie_in_the_life_of_the_whole(publication):
    whole = publication.whole
    for edition, validity in publication.editions.items():
        assert validity.start is not None
        assert validity.start.year - int(edition) in range(5), (
            "an edition is named by its year, and soon in force"
        )
        assert not whole.start or whole.start <= validity.start
        assert not whole.end or validity.start <= whole.end
        assert not (whole.end and validity.end) or validity.end <= whole.end


def test_a_law_is_known_with_and_without_the_country():
    """《中華人民共和國勞動法》 and 《勞動法》, but not where the short name may well be that of another country's law."""
    others = {"law_company", "law_criminal", "law_energy", "law_securities", "law_electric_power", "law_water", "law_price", "law_forest"}  # fmt: skip
    for publication in ALL.values():
        name = publication.name["zh-Hant"]
        if publication.register == LAWS and name.startswith("中華人民共和國"):
            short = name.removeprefix("中華人民共和國")
            assert (short in publication.also) == (publication.id not in others), publication.id


@pytest.mark.parametrize("publication", ALL.values(), ids=ALL)
def test_chinese_is_written_in_its_own_characters(publication):
    """Traditional names are in Big5, Simplified ones in GB 2312: a character of the other kind is in neither."""
    sign = re.compile("[’—]")  # and Hong Kong's laws write 衞, which only its own supplement to Big5 has
    sign.sub("", publication.name["zh-Hant"]).replace("衞", "衛").encode("big5")
    sign.sub("", publication.name["zh-Hans"]).encode("gb2312")


def test_the_two_chinese_titles_of_a_law_are_the_same_words():
    """Character by character, and a Simplified one stands for the same Traditional one everywhere (徵收, not 征收)."""
    written: dict[str, set[str]] = {}
    for publication in (p for p in ALL.values() if p.register == LAWS):
        hant, hans = publication.name["zh-Hant"], publication.name["zh-Hans"]
        assert len(hant) == len(hans), publication.id
        for simplified, traditional in zip(hans, hant, strict=True):
            written.setdefault(simplified, set()).add(traditional)
    assert {simplified: kinds for simplified, kinds in written.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize(
    "title",
    [
        "勞動法", "勞動合同法", "山東省勞動合同條例", "僱用兒童規例", "中華人民共和國社會保險法", "中華人民共和國職業病防治法",
        "中華人民共和國固體廢物污染環境防治法", "中華人民共和國水污染防治法", "關於推進實施焦化行業超低排放的意見", "產業結構調整指導目錄",
        "中華人民共和國個人信息保護法", "個人資料（私隱）條例", "中華人民共和國著作權法", "中華人民共和國專利法", "中華人民共和國商標法", "版權條例",
        "防止盜用版權條例", "中華人民共和國合同法", "中華人民共和國反不正當競爭法", "關於禁止商業賄賂行為的暫行規定", "防止賄賂條例", "中華人民共和國刑法",
        "中華人民共和國審計法", "審計署關於內部審計工作的規定", "中國內部審計準則", "小企業內部控制規範",
        "Employment of Children Regulation", "Interim Provisions on Prohibiting Commercial Bribery", "People’s Republic of China Audit Law",
        "Law of the People’s Republic of China Against Unfair Competition", "Basic Rules for Internal Control of Enterprises",
        "Law of the People’s Republic of China on Air Pollution Prevention and Control", "Labour Contract Regulations of Shandong Province",
        "Law of the People’s Republic of China on the Prevention and Treatment of Occupational Diseases",
    ],
)  # fmt: skip
def test_a_title_that_reports_cite_is_known(title):
    assert title in {name for p in ALL.values() if p.register == LAWS for name in {*p.name.values(), *p.also}}


def test_what_took_the_place_of_what_took_its_place():
    """The Noise Pollution Law followed in 2022, and the Code of 2026 ended that one too."""
    law = ALL["law_noise_1996"]
    assert instead_of(law, year(2025)).endswith("{{ law_noise }}")
    assert instead_of(law, year(2027)).endswith("{{ code_ecology }}")


def test_no_name_stands_for_two():
    names = [(name, p.id) for p in ALL.values() for name in {*p.name.values(), *p.also}]
    assert len({name for name, _ in names}) == len(names)


@pytest.mark.parametrize(
    ("id", "of", "en", "zh_hant", "zh_hans"),
    [
        ("ordinance_employment", 2025, "Employment Ordinance (Cap. 57)", "《僱傭條例》（第57章）", "《雇佣条例》（第57章）"),
        ("law_solid_waste", 2025, "Law of the People’s Republic of China on the Prevention and Control of Environmental Pollution by Solid Waste",
         "《中華人民共和國固體廢物污染環境防治法》", "《中华人民共和国固体废物污染环境防治法》"),
        ("iso_14001", 2025, "ISO 14001:2015", "ISO 14001:2015", "ISO 14001:2015"),
        ("iso_9001", 2017, "ISO 9001", "ISO 9001", "ISO 9001"),  # the time of transition from 2008 to 2015
        ("iso_9001", 2019, "ISO 9001:2015", "ISO 9001:2015", "ISO 9001:2015"),
        ("gb_23331", 2025, "GB/T 23331-2020", "GB/T 23331-2020", "GB/T 23331-2020"),
        ("ohsas_18001", 2025, "OHSAS 18001", "OHSAS 18001", "OHSAS 18001"),
        ("esg_code", 2025, "Environmental, Social and Governance Reporting Code", "《環境、社會及管治報告守則》", "《环境、社会及管治报告守则》"),
        ("model_code", 2025, "Model Code for Securities Transactions by Directors of Listed Issuers",
         "《上市發行人董事進行證券交易的標準守則》", "《上市发行人董事进行证券交易的标准守则》"),
        ("model_code_gem", 2025, "Rules 5.46 to 5.67 of the GEM Listing Rules",
         "《GEM上市規則》第5.46至5.67條", "《GEM上市规则》第5.46至5.67条"),
    ],
)  # fmt: skip
def test_the_title_in_a_report_on_a_year(id, of, en, zh_hant, zh_hans):
    assert dict(ALL[id].title_in(year(of))) == {"en": en, "zh-Hant": zh_hant, "zh-Hans": zh_hans}


@pytest.mark.parametrize(
    ("id", "edition", "start", "end"),
    [
        ("law_environmental_protection", "2014", date(2015, 1, 1), None),
        ("law_environmental_protection", "1989", date(1989, 12, 26), date(2014, 12, 31)),
        ("law_solid_waste", "2016", date(2016, 11, 7), date(2020, 8, 31)),
        ("iso_9001", "2008", date(2008, 11, 15), date(2018, 9, 14)),
        ("iso_50001", "2011", date(2011, 6, 15), date(2022, 2, 20)),
    ],
)
def test_when_an_edition_was_in_force(id, edition, start, end):
    """A law ends when its next version begins; a standard when no certificate to it is valid any more."""
    validity = ALL[id].editions[edition]
    assert (validity.start, validity.end) == (start, end)


@pytest.mark.parametrize(
    ("id", "last"),
    [
        ("ohsas_18001", date(2021, 9, 30)),
        ("law_solid_waste", date(2026, 8, 14)),
        ("law_contract", date(2020, 12, 31)),
        ("esg_guide", date(2024, 12, 31)),
    ],
)
def test_what_is_no_longer_in_force(id, last):
    assert ALL[id].whole.end == last


def test_a_page_names_them_by_their_ids(project):
    text = "# Energy\n\nWe hold {{ iso_14001 }} under the {{ law_labour }}.\n"
    report, findings = load(project({"content/en/a2.md": text}))
    assert not [finding for finding in findings if finding.blocking]
    assert report is not None
    assert report.entries["law_labour"].name["zh-Hant"] == "《中華人民共和國勞動法》"


def test_an_entry_of_the_company_takes_the_place_of_the_packages(project):
    own = "law_labour: {en: Labour Law, zh-Hant: 《勞動法》}\n"
    report, findings = load(project({"data/registers/mine.yml": own}))
    assert not findings
    assert report is not None
    assert (report.entries["law_labour"].name["en"], report.entries["law_labour"].register) == (
        "Labour Law",
        "mine",
    )


def test_a_metric_of_the_company_may_have_the_id_of_an_entry(project):
    """What the package adds never takes an id that a report already uses."""
    renamed = {
        name: text.replace("electricity", "iso_14001").replace("iso_14001.", "electricity.")
        for name, text in TINY.items()
    }
    report, findings = load(project(renamed))
    assert not findings
    assert report is not None
    assert "iso_14001" in report.metrics and "iso_14001" not in report.entries


def test_a_dimension_does_not_take_its_members_from_the_package(project):
    of = {
        "data/registers/laws.yml": "ours: {en: Ours, zh-Hant: 我們}\n",
        "data/dimensions.yml": "law:\n  name: {en: Law, zh-Hant: 法例}\n  register: laws\n",
    }
    report, _ = load(project(of))
    assert report is not None
    assert [member.id for member in report.dimensions["law"].members] == ["ours"]


def test_the_period_of_the_report_chooses_the_edition(project):
    of = {"data/report.yml": on_year(TINY["data/report.yml"], "2017-01-01", "2017-12-31")}
    report, _ = load(project(of))
    assert report is not None
    assert report.entries["iso_9001"].name["en"] == "ISO 9001"


def test_the_documentation_lists_them_all(request):
    """The end of docs/registers.md is made from the registers; --update-golden writes it."""
    path = ROOT / "docs" / "registers.md"
    mark = "<!-- from here on made by tests/test_publications.py -->\n"
    written, _, listed = path.read_text(encoding="utf-8").partition(mark)
    if request.config.getoption("--update-golden"):
        listed = tables()
        path.write_text(written + mark + listed, encoding="utf-8")
    assert listed == tables()


def tables() -> str:
    """What a report on 2025 prints for each id, and what is known of it."""
    text = ""
    for title, members in (
        ("Standards", [p for p in ALL.values() if p.register == STANDARDS]),
        ("Laws and rules of Hong Kong", [p for p in ALL.values() if p.jurisdiction == "hong-kong"]),
        ("Laws and rules of the Mainland", [p for p in ALL.values() if p.jurisdiction == "mainland"]),
        ("Rules of the exchange", [p for p in ALL.values() if p.register == FRAMEWORKS]),
    ):
        text += f"\n## {title}\n\n| id | English | 繁體中文 | in force | source | confidence |\n|---|---|---|---|---|---|\n"
        for p in members:
            printed = p.title_in(year(2025))
            force = [days(p.whole)] + [f"{edition}: {days(v)}" for edition, v in p.editions.items()]
            cells = (
                f"`{p.id}`",
                printed["en"],
                printed["zh-Hant"],
                "; ".join(filter(None, force)),
                p.source,
                p.whole.confidence,
            )
            text += f"| {' | '.join(cells)} |\n"
    return text


def days(validity: Validity) -> str:
    """From when to when, as far as known."""
    start, end = validity.start or "", validity.end or ""
    doubt = "" if validity.confidence != "low" else " (low)"
    if start and end:
        return f"{start} to {end}{doubt}"
    return f"until {end}{doubt}" if end else f"from {start}{doubt}" if start else ""
