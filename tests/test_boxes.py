"""Boxes of what registers hold: names, signatures, contacts, definitions, certificates; statements from the data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TINY
from esgreport.qr import MOST_CHARACTERS, QUIET, qr_path
from esgreport.render import Templates
from esgreport.statement_writer import StatementWriter
from esgreport.statements import Compliance
from esgreport.views import BoxView, ContactView, ProseView, ReportView
from esgreport.writer import report_view
from reports import edition_of
from test_topics import pieces, said, told

Make = Callable[..., Path]

REGISTERS = {
    "data/registers/entities.yml": """\
tiny: {name: {en: Tiny Copper Limited, zh-Hant: 小銅有限公司}, short_name: {en: Tiny, zh-Hant: 小銅}}
works: {name: {en: Works & Sons, zh-Hant: 廠房有限公司}, short_name: {en: the Works, zh-Hant: 廠房}, until: 2024}
office: {name: {en: Office, zh-Hant: 辦公室}}
""",
    "data/registers/terms.yml": "scrap: {name: {en: scrap, zh-Hant: 廢銅}, means: {en: Used copper, zh-Hant: 舊銅}}\n",
    "data/registers/people.yml": """\
chair: {name: {en: Chan Siu Ming, zh-Hant: 陳小明}, title: {en: Chairman, zh-Hant: 主席}}
""",
    "data/registers/contacts.yml": """\
desk:
  name: {en: ESG desk, zh-Hant: 可持續發展部}
  phone: +852 0000 1234
  email: esg@tiny.example
  website: https://tiny.example/esg
  address: {en: "Central, Hong Kong", zh-Hant: 香港中環}
whistle: {name: {en: Whistle-blowing, zh-Hant: 舉報}, email: audit@tiny.example}
""",
    "data/aspects/a2.yml": TINY["data/aspects/a2.yml"]
    + """\
  fatalities:
    name: {en: Deaths at work, zh-Hant: 因工死亡人數}
    unit: person
    values: {2025: nil, 2024: 2}
  cases:
    name: {en: Cases of corruption, zh-Hant: 貪污訴訟案件}
    unit: case
    values: {2025: 0, 2024: 0}
  injuries:
    name: {en: Injuries, zh-Hant: 工傷人數}
    unit: person
    values: {2025: 3, 2024: 0}
  fires:
    name: {en: Fires, zh-Hant: 火警}
    unit: case
    values: {2024: 0}
  revenue:
    name: {en: Revenue, zh-Hant: 收益}
    unit: RMB million
    values: {2025: 5 000}
""",
}  # fmt: skip
REPORT = TINY["data/report.yml"]


def with_block(block: str, **report: str) -> dict[str, str]:
    """The tiny company with registers, a block at the end of its page, and more keys in its report.yml."""
    keys = "".join(f"{key}: {value}\n" for key, value in report.items())
    ends = {f"content/{x}/a2.md": TINY[f"content/{x}/a2.md"] + "\n" + block for x in ("en", "zh-Hant")}
    return {**REGISTERS, "data/report.yml": REPORT + keys, **ends}


def sentence(root: Path, language: str) -> str:
    """The last prose of the page."""
    return said((pieces(root, language, ProseView)[-1],))


# ---- names


@pytest.mark.parametrize(
    ("call", "english", "chinese"),
    [
        ('works(show="name")', "Works &amp; Sons", "廠房有限公司"),
        ('works(show="short")', "the Works", "廠房"),
        ('works(show="defined")', "Works &amp; Sons (“the Works”)", "廠房有限公司（「廠房」）"),
        ('scrap(show="means")', "Used copper", "舊銅"),
        ('chair(show="title")', "Chairman", "主席"),
        ('iso_14001(show="both")', "ISO 14001:2015", "ISO 14001:2015"),
        (
            'chair(show="both")',
            'Chan Siu Ming (<span lang="zh-Hant-HK">陳小明</span>)',
            '陳小明（<span lang="en-HK">Chan Siu Ming</span>）',
        ),
        ('desk(show="phone")', *['<a href="tel:+85200001234">+852 0000 1234</a>'] * 2),
        ('desk(show="address")', "Central, Hong Kong", "香港中環"),
    ],
)
def test_what_a_call_says_of_an_entry(project: Make, call: str, english: str, chinese: str) -> None:
    root = project(with_block("{{ " + call + " }}\n"))
    assert [sentence(root, "en"), sentence(root, "zh-Hant")] == [f"<p>{english}</p>", f"<p>{chinese}</p>"]


def test_a_house_style_names_laws_in_both_languages(project: Make) -> None:
    text = '{{ ordinance_employment }}; {{ ordinance_employment(show="name") }}; {{ chair }}\n'
    root = project(with_block(text, laws="{en: both}"))
    name, title = "Employment Ordinance (Cap. 57)", "《僱傭條例》（第57章）"
    assert sentence(root, "en") == (
        f'<p>{name} (<span lang="zh-Hant-HK">{title}</span>); {name}; Chan Siu Ming</p>'
    )
    assert sentence(root, "zh-Hant") == f"<p>{title}; {title}; 陳小明</p>"


# ---- boxes


def test_a_signature(project: Make) -> None:
    root = project(with_block("```signature\nperson: chair\nplace: Hong *Kong*\ndate: 2026-03-26\n```\n"))
    assert [line for line in told(root) if "signature" in line] == []
    (view,) = pieces(root, "zh-Hant", BoxView)
    (person,) = view.names["person"]
    assert (person.name, person.title, view.dates) == ("陳小明", "主席", {"date": "2026年3月26日"})
    html = page(root, "en")
    assert '<p class="signed-date">Hong <em>Kong</em>, 26 March 2026</p>' in html
    assert '<p class="signed-title">Chairman</p>' in html


def test_a_signature_of_another_day_is_another_signature(project: Make) -> None:
    files = with_block("```signature\nperson: chair\ndate: 2026-03-26\n```\n")
    files["content/zh-Hant/a2.md"] = files["content/zh-Hant/a2.md"].replace("03-26", "03-27")
    (found,) = [line for line in told(project(files)) if "languages-differ" in line]
    assert "a signature with chair, 2026-03-27" in found and "a signature with chair, 2026-03-26" in found


def test_definitions_are_those_entries_that_define(project: Make) -> None:
    root = project(with_block("```definitions\nregisters: [entities]\nentries: [scrap]\n```\n"))
    (view,) = pieces(root, "en", BoxView)
    assert [(x.term, x.means) for key in ("registers", "entries") for x in view.names[key]] == [
        ("“Tiny”", "Tiny Copper Limited"), ("“the Works”", "Works & Sons"), ("“scrap”", "Used copper"),
    ]  # fmt: skip
    (view,) = pieces(root, "zh-Hant", BoxView)
    assert [x.term for x in view.names["registers"]] == ["「小銅」", "「廠房」"]


def test_a_certificate(project: Make) -> None:
    root = project(
        with_block("```certificate\nstandard: iso_14001\nholder: tiny\nnumber: C-1\nvalid: 2027-05-31\n```\n")
    )
    html = page(root, "zh-Hant")
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    assert rows == [("持有人", "小銅有限公司"), ("編號", "C-1"), ("有效期至", "2027年5月31日")]
    assert '<p class="certificate-standard">ISO 14001:2015</p>' in html


# ---- contacts


def page(root: Path, language: str) -> str:
    """The last box of the page as it stands on the web."""
    view = report_view(edition_of(root), language)
    return Templates(root).page(view.pages[0], view).rpartition("```table")[2]


def book(root: Path, view: ReportView) -> str:
    return Templates(root).book(view)


CONTACT = "```contact\ncontacts: [desk, whistle]\nqr: true\n```\n"


def test_a_contact_on_the_web_and_on_paper(project: Make) -> None:
    root = project(with_block(CONTACT))
    web, view = page(root, "en"), report_view(edition_of(root), "en")
    assert re.findall(r"<dt>(.*?)</dt>", web) == ["Address", "Telephone", "Email", "Website", "Email"]
    assert '<a href="tel:+85200001234">+852 0000 1234</a>' in web
    assert '<a href="mailto:audit@tiny.example">audit@tiny.example</a>' in web
    assert "qr" not in web
    printed = book(root, view)
    assert re.findall(r'<p class="qr-text">(.*?)</p>', printed) == [
        '<a href="https://tiny.example/esg">https://tiny.example/esg</a>',
        '<a href="mailto:audit@tiny.example">audit@tiny.example</a>',
    ]


def test_without_asking_there_is_no_code(project: Make) -> None:
    root = project(with_block(CONTACT.replace("qr: true\n", "")))
    assert "qr" not in book(root, report_view(edition_of(root), "en"))


def test_the_back_cover_names_the_company_s_contact(project: Make) -> None:
    files = with_block(CONTACT)
    files["data/report.yml"] = REPORT.replace("  issuer_class", "  contact: desk\n  issuer_class")
    root = project(files)
    view = report_view(edition_of(root), "zh-Hant")
    assert view.contact is not None and view.contact.name == "可持續發展部"
    assert view.code is not None and view.code.text == "https://tiny.example/esg"
    assert book(root, view).rpartition('<section class="back')[2].count("qr-text") == 1


def test_an_address_alone_is_a_contact_still(project: Make) -> None:
    files = {"data/report.yml": REPORT.replace("  issuer_class", "  contact: a@b.example\n  issuer_class")}
    view = report_view(edition_of(project(files)), "en")
    assert isinstance(view.contact, ContactView) and view.code is None
    assert [(way.text, way.url) for way in view.contact.ways] == [("a@b.example", "mailto:a@b.example")]


def test_a_contact_that_is_none_and_addresses_that_are_none(project: Make) -> None:
    files = with_block("")
    files["data/report.yml"] = REPORT.replace("  issuer_class", "  contact: dekc\n  issuer_class")
    files["data/registers/contacts.yml"] += (
        "shop: {name: {en: S, zh-Hant: 店}, email: shop, website: tiny.example}\n"
    )
    assert [line for line in told(project(files)) if "unknown-name" in line or "bad-link" in line] == [
        'data/registers/contacts.yml:8:42 bad-link: "shop" is not an e-mail address',
        'data/registers/contacts.yml:8:57 bad-link: "tiny.example" is not the address of a website',
        'data/report.yml:6:12 unknown-name: "dekc" is not an entry of a register with phone, email, website or address',
    ]


@pytest.mark.parametrize("file", ["data/registers/contacts.yml", "data/report.yml"])
def test_an_address_too_long_for_a_code_is_refused(project: Make, file: str) -> None:
    long = "https://tiny.example/" + "a" * 3000
    files = with_block(CONTACT, site_url="https://tiny.example/esg")
    files[file] = files[file].replace("https://tiny.example/esg", long)
    assert [line.partition(":")[0] for line in told(project(files)) if "bad-link" in line] == [file]


def test_the_longest_address_has_a_code() -> None:
    assert qr_path("https://" + "碼" * (MOST_CHARACTERS - 8))[0] > 100


def test_a_code_is_made_of_its_modules_alone() -> None:
    size, path = qr_path("https://tiny.example/esg")
    rows = [[False] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for column in range(int(x), int(x) + int(width)):
            rows[int(y)][column] = True
    assert "".join(re.findall(r"M\d+ \d+h(\d+)v1h-\1z", path))  # nothing but such runs
    assert re.sub(r"M\d+ \d+h(\d+)v1h-\1z", "", path) == ""
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    for top, left in ((QUIET, QUIET), (QUIET, size - QUIET - 7), (size - QUIET - 7, QUIET)):
        seen = ["".join("01"[rows[top + y][left + x]] for x in range(7)) for y in range(7)]
        assert seen == finder
    assert not any(rows[y][x] for y in range(size) for x in range(size) if min(x, y) < QUIET)


# ---- statements


def test_nil_is_said_of_what_is_nil_and_counts_as_printed(project: Make) -> None:
    root = project(with_block("```statements\nsay: [nil]\nnil: [fatalities, cases]\n```\n"))
    assert [line for line in told(root) if "statement" in line] == []
    assert sentence(root, "en") == (
        "<p>In the reporting period: deaths at work: <fatalities@2025>; cases of corruption: <cases@2025>.</p>"
    )
    assert sentence(root, "zh-Hant") == (
        "<p>報告期內：因工死亡人數：<fatalities@2025>；貪污訴訟案件：<cases@2025>。</p>"
    )
    assert not [
        line for line in told(root) if "figures-unprinted" in line and ("fatal" in line or "cases" in line)
    ]


def test_a_statement_without_ground_is_not_made(project: Make) -> None:
    block = "```statements\nsay: [approval, frameworks, compliance, prevailing, boundary, nil]\n"
    root = project(with_block(block + "boundary: [works]\nnil: [injuries, fires]\n```\n"))
    assert sentence(root, "en") == "<p></p>"


def test_a_name_that_ends_in_a_full_stop_ends_the_sentence(project: Make) -> None:
    files = with_block("```statements\nsay: [boundary]\nboundary: [tiny]\n```\n")
    register = "data/registers/entities.yml"
    root = project(
        {**files, register: files[register].replace("Tiny Copper Limited", "Tiny Copper Co. Ltd.")}
    )
    assert sentence(root, "en") == "<p>The reporting boundary takes in Tiny Copper Co. Ltd.</p>"


def test_the_currency_is_that_of_the_figures(project: Make) -> None:
    root = project(with_block("```statements\nsay: [currency]\n```\n"))
    assert sentence(root, "en") == "<p>Unless stated otherwise, amounts of money are in renminbi (RMB).</p>"


def test_without_money_there_is_no_currency(project: Make) -> None:
    without = {"data/aspects/a2.yml": TINY["data/aspects/a2.yml"]}
    found = told(project(with_block("```statements\nsay: [currency]\n```\n") | without))
    assert any("there is nothing to say of currency" in line for line in found)


@pytest.fixture
def writer(project: Make) -> StatementWriter:
    edition = edition_of(project(with_block("", frameworks="[hkex-esg-code-2025]")))
    return StatementWriter(edition, "en", lambda figure, reference: pytest.fail("no figure is printed"))


CODE = "HKEX ESG Reporting Code (Appendix C2)"


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (
            {"disclosed": 34},
            f"This report has complied with all “comply or explain” provisions of the {CODE}.",
        ),
        (
            {"disclosed": 30, "negative-statement": 4},
            f"This report has complied with all “comply or explain” provisions of the {CODE}.",
        ),
        *(
            (
                {"disclosed": 33, status: 1},
                f"Of the 34 “comply or explain” provisions in the content index of the {CODE}, "
                f"the report has 33 disclosed and 1 {word}.",
            )
            for status, word in {
                "partly-disclosed": "partly disclosed",
                "explained": "explained",
                "not-applicable": "not applicable",
                "relief-used": "relief applied",
                "not-reported": "not reported",
                "missing": "missing",
            }.items()
        ),
    ],
)
def test_compliance_is_claimed_only_where_all_is_disclosed(
    writer: StatementWriter, statuses: dict[str, int], sentence: str
) -> None:
    framework = writer.edition.frameworks["hkex-esg-code-2025"]
    assert writer.compliance(Compliance(framework, "comply-or-explain", statuses)) == sentence


def test_compliance_counts_the_rows_of_the_index(project: Make) -> None:
    block = "```statements\nsay: [compliance]\n```\n"
    root = project(with_block(block, frameworks="[hkex-esg-code-2025, un-sdgs]"))
    edition = edition_of(root)
    rows = edition.rows["hkex-esg-code-2025"]
    levels = [row.requirement.level for row in rows]
    assert {"mandatory", "comply-or-explain"} < set(levels)
    worded = sentence(root, "en")
    assert f"Of the {levels.count('mandatory')} mandatory disclosure requirements" in worded
    assert f"Of the {levels.count('comply-or-explain')} “comply or explain” provisions" in worded
    assert "complied" not in worded and "Sustainable" not in worded
    answered = replace(
        edition,
        rows={
            id: tuple(replace(row, status="disclosed") for row in each) for id, each in edition.rows.items()
        },
    )
    (view,) = [p for p in report_view(answered, "zh-Hant").pages[0].body if isinstance(p, ProseView)][-1:]
    assert said((view,)) == (
        "<p>本報告已遵守聯交所《環境、社會及管治報告守則》（附錄C2）的全部強制披露規定。"
        "本報告已遵守聯交所《環境、社會及管治報告守則》（附錄C2）的全部「不遵守就解釋」條文。</p>"
    )
