"""`proof`: faults planted in finished editions are found, each at its place; where nothing is wrong, every number matches."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, TINY, Built, Run, write_project
from esgreport.finished_pdf import UNREAD, Unreadable, read_pdf
from esgreport.pipeline import build
from fontTools.ttLib import TTFont
from pdf_pages import Pdf

EN, HANT, ASPECT = "content/en/a2.md", "content/zh-Hant/a2.md", "data/aspects/a2.yml"
FILES = {
    **TINY,
    ASPECT: TINY[ASPECT]
    + """\
  water:
    name: {en: Water, zh-Hant: 耗水}
    unit: m3
    values: {2025: 12 345, 2024: 12 001}
  spills:
    name: {en: Spills, zh-Hant: 洩漏}
    unit: case
    values: {2025: nil, 2024: 3}
  depth:
    name: {en: Depth of the well, zh-Hant: 井深}
    unit: m
    values: {2025: {range: [90, 95]}, 2024: {limit: 0.5}}
""",
    EN: """\
# Energy

We bought {{ electricity }} of electricity, {{ electricity(unit="MWh") }} in round figures, {{ electricity(change="2024", show="magnitude") }} more.

The plant has run two shifts since 2019, on a site of 3.2 million square feet.

## Figures { #figures }

We drew {{ water }} of water.

```table
metrics: [electricity, water, spills, depth]
columns: [unit, 2025, 2024]
```
""",
    HANT: """\
# 能源

本年度外購電力為{{ electricity }}，以整數計為{{ electricity(scale="萬") }}，增加{{ electricity(change="2024", show="magnitude") }}。

廠房自2019年起實行兩班制，佔地320萬平方呎。

## 數據 { #figures }

我們耗水{{ water }}。

```table
metrics: [electricity, water, spills, depth]
columns: [unit, 2025, 2024]
```
""",
}
PRINTED = 3 + 1 + 4 * 2  # figures of the page, in either language
SLUG = "tiny-esg-2025"


@dataclass(frozen=True)
class Signed:
    """What a run of `proof` came to: exit code, what was said, the rows of its table, its page."""

    code: int
    said: str
    rows: list[dict[str, str]]
    page: str

    def wrong(self) -> list[tuple[str, str, str, str]]:
        """(file and place, subject, printed, wanted) of what is unmatched."""
        return [
            (f"{row['file']} {row['at']}".strip(), row["subject"], row["printed"], row["wanted"])
            for row in self.rows
            if row["result"] == "unmatched"
        ]

    def count(self, **wanted: str) -> int:
        return sum(all(row[key] == value for key, value in wanted.items()) for row in self.rows)


Proofs = Callable[..., Signed]


@pytest.fixture
def proof(run: Run, tmp_path: Path) -> Proofs:
    def call(root: Path, site: Path) -> Signed:
        out = tmp_path / "proof"
        code, said, err = run("proof", site, "--project", root, "--out", out)
        assert err == "" and "Traceback" not in said
        with (out / "proof.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return Signed(code, said, rows, (out / "proof.html").read_text(encoding="utf-8"))

    return call


def made(root: Path, files: dict[str, str], only: tuple[str, ...] = ("web", "pdf", "data")) -> Built:
    write_project(root, {**FILES, **files})
    done = build(root, root / "site", only)
    assert done.written, [str(finding) for finding in done.findings]
    return Built(root, root / "site", "", 0)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A build without a fault."""
    return made(tmp_path_factory.mktemp("sound") / "project", {})


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One of other data, whose Chinese pages have lost a row and say another year."""
    hant = (
        FILES[HANT]
        .replace("[electricity, water, spills, depth]", "[electricity, spills, depth]")
        .replace("2019", "2018")
    )
    aspect = FILES[ASPECT].replace("29 843 800", "29 843 801")
    return made(tmp_path_factory.mktemp("other") / "project", {HANT: hant, ASPECT: aspect})


@pytest.fixture
def site(sound: Built, tmp_path: Path) -> Path:
    """A copy of the sound build, to be spoilt."""
    return Path(shutil.copytree(sound.out, tmp_path / "site"))


def spoil(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def recorded(site: Path, *names: str) -> None:
    """As if the build had written these files as they are now."""
    record = json.loads((site / "build.json").read_text(encoding="utf-8"))
    for name in names:
        record["files"][name] = hashlib.sha256((site / name).read_bytes()).hexdigest()
    (site / "build.json").write_text(json.dumps(record), encoding="utf-8")


# ---- nothing wrong


def test_where_nothing_is_wrong_every_number_matches_in_every_edition(proof, sound):
    found = proof(sound.root, sound.out)
    assert (found.code, found.wrong()) == (0, [])
    for language in ("en", "zh-Hant"):
        for edition in ("web", "pdf"):
            assert found.count(edition=edition, language=language, kind="figure") == PRINTED
            assert found.count(edition=edition, language=language, kind="typed") >= 3
    assert "all of them match" in found.said and "This build is a draft" in found.said


def test_what_is_still_to_come_in_a_draft_is_left_alone(proof, tmp_path):
    open_ = {ASPECT: FILES[ASPECT].replace("{2025: 12 345, 2024: 12 001}", "{2024: 12 001}")}
    built = made(tmp_path / "project", open_)
    assert "[to come]" in (built.out / "en" / "a2.html").read_text(encoding="utf-8")
    found = proof(built.root, built.out)
    assert (found.code, found.wrong()) == (0, [])
    assert found.count(subject="water@2025") == 0 and found.count(subject="water@2024", edition="pdf") == 2


def test_other_units_scales_and_signs_left_to_the_sentence_are_explained(proof, sound):
    rows = [row for row in proof(sound.root, sound.out).rows if row["result"] == "explained"]
    assert {(row["edition"], row["language"], row["printed"], row["why"]) for row in rows} == {
        (edition, language, printed, why)
        for edition in ("web", "pdf")
        for language, printed, why in (
            ("en", "29,844", "29,843,800 kWh in MWh"),
            ("zh-Hant", "2,984", "29,843,800 kWh in 萬"),
            ("en", "6.19", "the sentence says the direction (+6.19)"),
            ("zh-Hant", "6.19", "the sentence says the direction (+6.19)"),
        )
    }


def test_the_report_of_this_repository(proof, built):
    found = proof(built.root, built.out)
    assert (found.code, found.wrong()) == (0, [])
    assert "draft" not in found.said
    counts = {
        (edition, language): found.count(edition=edition, language=language, kind="figure")
        for edition in ("web", "pdf")
        for language in ("en", "zh-Hant")
    }
    assert (
        counts["web", "en"]
        == counts["web", "zh-Hant"]
        > counts["pdf", "en"]
        == counts["pdf", "zh-Hant"]
        > 4000
    )
    assert min(found.count(edition="pdf", language=x, kind="typed") for x in ("en", "zh-Hant")) > 900


def test_a_report_in_one_language(proof, built_example):
    found = proof(built_example.root, built_example.out)
    assert (found.code, found.wrong()) == (0, [])
    assert (
        found.count(edition="web", language="zh-Hans") > found.count(edition="pdf", language="zh-Hans") > 100
    )


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_reader_of_the_tool_reads_what_another_one_reads(built, language):
    (path,) = built.out.glob(f"pdf/*.{language}.pdf")
    ours, theirs = read_pdf(path), Pdf(path)
    assert ours.pages == {name: spot.page for name, spot in theirs.spots.items()}
    assert list(ours.folios) == theirs.labels
    figures = [name for name in ours.pages if "@" in name]
    assert len(figures) > 4000
    for name in figures:  # ours goes on over the room between Han and Latin
        assert ours.lines[name].startswith(theirs.line_at(theirs.spots[name])), name


# ---- faults in a website


def test_a_number_that_was_changed_in_a_page(proof, sound, site):
    page = site / "en" / "a2.html"
    head, table, rest = page.read_text(encoding="utf-8").partition("<table")
    assert "12,345" in rest
    page.write_text(head + table + rest.replace("12,345", "12,354", 1), encoding="utf-8")
    found = proof(sound.root, site)
    assert found.code == 1
    assert found.wrong() == [
        ("en/a2.html", "en/a2.html", "", ""),  # not the file that the build wrote
        ("en/a2.html figures", "water@2025", "12,354", "12,345"),
    ]
    assert (
        "en/a2.html#figures  Figures\n    water@2025: 12,354 is printed, and it should be 12,345\n"
        in found.said
    )


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_table_that_lost_a_row(proof, sound, site, language):
    page = site / language / "a2.html"
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r"<tr\b(?:(?!</tr>).)*</tr>", text, re.DOTALL)
    (lost,) = (row for row in rows if "spills@2025" in row)
    page.write_text(text.replace(lost, ""), encoding="utf-8")
    recorded(site, f"{language}/a2.html")
    nil = {"en": "Nil", "zh-Hant": "無"}[language]
    assert proof(sound.root, site).wrong() == [
        (f"{language}/a2.html figures", "spills@2025", "", nil),
        (f"{language}/a2.html figures", "spills@2024", "", "3"),
    ]


def test_a_figure_that_the_report_does_not_print_there(proof, sound, site):
    spoil(
        site / "en" / "a2.html",
        "The plant has run",
        'The plant <span data-figure="water@2024">12,001</span> has run',
    )
    recorded(site, "en/a2.html")
    assert ("en/a2.html", "water@2024", "12,001", "12,001") in proof(sound.root, site).wrong()


@pytest.mark.parametrize(
    ("language", "old", "new", "subject", "printed", "wanted"),
    [
        ("en", "since 2019", "since 2018", "…un two shifts since 2019, on a site of 3.2 m…", "2018", "2019"),
        (
            "en",
            "3.2 million",
            "32 million",
            "…2019, on a site of 3.2 million square feet.",
            "32million",
            "3.2 million",
        ),
        ("zh-Hant", "兩班制", "三班制", "廠房自2019年起實行兩班制，佔地320萬平方呎。", "三", "兩"),
        ("zh-Hant", "320萬", "230萬", "廠房自2019年起實行兩班制，佔地320萬平方呎。", "230萬", "320萬"),
    ],
)
def test_a_number_in_a_sentence_of_one_language(
    proof, sound, site, language, old, new, subject, printed, wanted
):
    spoil(site / language / "a2.html", old, new)
    recorded(site, f"{language}/a2.html")
    assert proof(sound.root, site).wrong() == [(f"{language}/a2.html", subject, printed, wanted)]


# ---- faults in a PDF


def pdf_of(site: Path, language: str) -> Path:
    return site / "pdf" / f"{SLUG}.{language}.pdf"


def codes(pdf: pikepdf.Pdf, text: str) -> Iterable[tuple[pikepdf.Object, int]]:
    """Each face of a PDF that says a text, with its code."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0":
            table = item.ToUnicode.read_bytes().decode("latin-1")
            for code, said in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", table):
                if bytes.fromhex(said).decode("utf-16-be", "replace") == text:
                    yield item, int(code, 16)


def without_form(path: Path, text: str) -> None:
    """Leave the glyph in the faces of a PDF, but nothing in it that could be seen."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for face, code in codes(pdf, text):
            stream = face.DescendantFonts[0].FontDescriptor.FontFile2
            font, kept = TTFont(BytesIO(stream.read_bytes())), BytesIO()
            name = font.getGlyphOrder()[code]
            font["glyf"][name] = type(font["glyf"][name])()
            font["glyf"][name].numberOfContours = 0
            font.save(kept)
            stream.write(kept.getvalue())
        pdf.save(path)


def painted(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change what the pages of a PDF paint."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            page.Contents.write(change(page.Contents.read_bytes()))
        pdf.save(path)


def test_a_glyph_without_a_form(proof, sound, site):
    path = pdf_of(site, "en")
    without_form(path, "8")
    recorded(site, f"pdf/{SLUG}.en.pdf")
    found = proof(sound.root, site)
    folio = read_pdf(path).folios[read_pdf(path).pages["electricity@2025/1"]]
    wrong = found.wrong()
    assert (
        f"pdf/{SLUG}.en.pdf {folio}",
        "electricity@2025",
        f"29,{UNREAD}43,{UNREAD}00",
        "29,843,800",
    ) in wrong
    assert all(where.startswith(f"pdf/{SLUG}.en.pdf") for where, *_ in wrong)
    assert found.count(edition="pdf", language="en", result="matched", subject="water@2025") == 2
    assert "a glyph of it is missing or has no form" in found.said


def test_a_glyph_that_was_dropped(proof, sound, site):
    path = pdf_of(site, "zh-Hant")
    with pikepdf.open(path) as pdf:
        known = {f"{code:04x}".encode() for _, code in codes(pdf, "4")}

    def dropped(content: bytes) -> bytes:
        for code in known:
            content = re.sub(rb"(<[0-9a-f]*)" + code + rb"((?:[0-9a-f]{4})*>)", rb"\1\2", content)
        return content

    painted(path, dropped)
    recorded(site, f"pdf/{SLUG}.zh-Hant.pdf")
    wrong = proof(sound.root, site).wrong()
    told = {(subject, printed, wanted) for _, subject, printed, wanted in wrong if "@" in subject}
    assert ("water@2025", "12,35", "12,345") in told and (
        "electricity@2024",
        "28,10,220",
        "28,104,220",
    ) in told
    assert {subject for subject, *_ in told} == {"water@2025", "electricity@2025", "electricity@2024"}
    assert {where.partition(" ")[0] for where, *_ in wrong} == {f"pdf/{SLUG}.zh-Hant.pdf"}


def test_a_last_digit_that_was_dropped(proof, sound, site):
    """6.19 without its 9 is another number; 29,843,800 without its last digits is, too."""
    path = pdf_of(site, "en")
    with pikepdf.open(path) as pdf:
        known = {f"{code:04x}".encode() for _, code in codes(pdf, "9")}
    painted(path, lambda content: re.sub(b"|".join(known), b"", content))
    recorded(site, f"pdf/{SLUG}.en.pdf")
    told = {(subject, printed, wanted) for _, subject, printed, wanted in proof(sound.root, site).wrong()}
    assert ("electricity~change.2024@2025", "6.1", "6.19") in told


def test_a_template_that_rounds_is_explained_and_a_pdf_that_lost_digits_is_not(proof, tmp_path):
    figure = (ROOT / "templates" / "components" / "figure.html").read_text(encoding="utf-8")
    tenth = {ASPECT: FILES[ASPECT].replace("12 345", "12 345.04")}
    short = figure.replace(
        "{{ view.fraction }}", "{{ view.fraction[:2] if 'water' in view.figure else view.fraction }}"
    )
    built = made(tmp_path / "project", {**tenth, "templates/components/figure.html": short})
    found = proof(built.root, built.out)
    assert (found.code, found.wrong()) == (0, [])
    assert found.count(result="explained", printed="12,345.0", why="12,345.04 with 1 decimal") == 8
    lost = short.replace("if 'water'", "if medium == 'print' and 'water'")
    (built.root / "templates/components/figure.html").write_text(lost, encoding="utf-8")
    assert build(built.root, built.out).written
    wrong = proof(built.root, built.out).wrong()
    assert {(printed, wanted) for _, _, printed, wanted in wrong} == {("12,345.0", "12,345.04")}
    assert all(where.startswith("pdf/") for where, *_ in wrong)


def test_a_pdf_of_earlier_data(proof, sound, site, other):
    """Its numbers, the row that it lacks and the year that it says are found, and that it is not this build's."""
    shutil.copy(pdf_of(other.out, "zh-Hant"), pdf_of(site, "zh-Hant"))
    found = proof(sound.root, site)
    name = f"pdf/{SLUG}.zh-Hant.pdf"
    pdf = read_pdf(pdf_of(site, "zh-Hant"))
    folio = pdf.folios[pdf.pages["electricity@2025/2"]]
    wrong = found.wrong()
    assert (name, name, "", "") in wrong
    assert (f"{name} {folio}", "electricity@2025", "29,843,801", "29,843,800") in wrong
    assert (f"{name} {folio}", "water@2024", "", "12,001") in wrong
    assert [(printed, wanted) for _, subject, printed, wanted in wrong if "2019" in subject] == [
        ("2018", "2019")
    ]
    assert {where.partition(" ")[0] for where, *_ in wrong} == {name}


def test_what_is_no_pdf(proof, sound, site):
    pdf_of(site, "en").write_bytes(b"%PDF-1.7\nnothing")
    recorded(site, f"pdf/{SLUG}.en.pdf")
    found = proof(sound.root, site)
    assert found.wrong() == [(f"pdf/{SLUG}.en.pdf", "PDF", "", "")]
    with pytest.raises(Unreadable):
        read_pdf(pdf_of(site, "en"))


def lock(pdf: pikepdf.Pdf) -> dict[str, object]:
    return {"encryption": pikepdf.Encryption(owner="o", user="")}


def leave_out_a_face(pdf: pikepdf.Pdf) -> dict[str, object]:
    described = (
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
    )
    del next(described)["/FontFile2"]
    return {}


@pytest.mark.parametrize("spoilt", [lock, leave_out_a_face])
def test_a_pdf_that_no_build_writes_cannot_be_read_back(site, spoilt):
    path = pdf_of(site, "en")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, **spoilt(pdf))
    with pytest.raises(Unreadable, match="cannot be read as a PDF of a build"):
        read_pdf(path)


# ---- faults in the build


def test_a_language_that_was_built_from_other_data(proof, sound, site, other):
    shutil.rmtree(site / "zh-Hant")
    shutil.copytree(other.out / "zh-Hant", site / "zh-Hant")
    shutil.copy(pdf_of(other.out, "zh-Hant"), pdf_of(site, "zh-Hant"))
    names = [path.relative_to(site).as_posix() for path in (site / "zh-Hant").rglob("*") if path.is_file()]
    recorded(site, f"pdf/{SLUG}.zh-Hant.pdf", *names)
    wrong = proof(sound.root, site).wrong()
    assert ("zh-Hant/a2.html", "electricity@2025", "29,843,801", "29,843,800") in wrong
    assert ("zh-Hant/a2.html figures", "electricity@2025", "29,843,801", "29,843,800") in wrong
    assert ("zh-Hant/a2.html figures", "water@2024", "", "12,001") in wrong
    assert all("zh-Hant" in where for where, *_ in wrong)


def test_a_build_of_data_that_have_changed_since(proof, sound, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(sound.root, root, symlinks=True)
    spoil(root / ASPECT, "12 345", "12 346")
    wrong = proof(root, root / "site").wrong()
    assert wrong[:2] == [
        ("build.json", "build.json", "", ""),
        ("data/figures.json", "water@2025", "12345 m3", "12346 m3"),
    ]
    assert [(where, printed, wanted) for where, id, printed, wanted in wrong if id == "water@2025"][1:3] == [
        ("zh-Hant/a2.html figures", "12,345", "12,346"),
        (f"pdf/{SLUG}.zh-Hant.pdf 3", "12,345", "12,346"),
    ]


def test_a_file_that_is_gone(proof, sound, site):
    (site / "data" / "figures.csv").unlink()
    assert proof(sound.root, site).wrong() == [("data/figures.csv", "data/figures.csv", "", "")]


def test_templates_that_write_numbers_themselves(proof, tmp_path):
    """One prints another number, one prints what looks right but says no more whose number it is."""
    figure = (ROOT / "templates" / "components" / "figure.html").read_text(encoding="utf-8")
    start = figure.index("{{ view.before | chemical }}<{{ tag }}")
    end = figure.index("{%- endmacro %}")
    own = figure[start:end].rstrip()
    changed = own.replace(
        "{{ view.whole }}", "{% if view.figure == 'water@2024' %}12,010{% else %}{{ view.whole }}{% endif %}"
    )
    literal = "{% if view.figure == 'spills@2024' %}3{% else %}" + changed + "{% endif %}\n"
    built = made(
        tmp_path / "project", {"templates/components/figure.html": figure[:start] + literal + figure[end:]}
    )
    wrong = proof(built.root, built.out).wrong()
    assert {(where.partition(" ")[0], *rest) for where, *rest in wrong} == {
        (file, id, printed, wanted)
        for language in ("en", "zh-Hant")
        for file in (f"{language}/a2.html", f"pdf/{SLUG}.{language}.pdf")
        for id, printed, wanted in (("water@2024", "12,010", "12,001"), ("spills@2024", "", "3"))
    }


# ---- between the languages


UNLIKE = {HANT: FILES[HANT].replace("我們耗水{{ water }}。", "我們耗水甚多。").replace("2019", "2018")}


def test_what_one_language_alone_says_is_found_in_a_draft(proof, tmp_path):
    built = made(tmp_path / "project", UNLIKE, ("web", "data"))
    found = proof(built.root, built.out)
    wrong = found.wrong()
    assert [(where, subject) for where, subject, *_ in wrong] == [
        (f"{HANT} #figures", "water@2025"),
        (f"{EN} 5:36", "numbers-differ"),
        (f"{EN} 9:9", "numbers-differ"),
        (f"{HANT} 5:4", "numbers-differ"),
    ]
    assert found.count(edition="web", result="unmatched") == 0
    assert "This build has no PDF in English." in found.said


def test_what_is_accepted_is_explained_by_its_reason(proof, tmp_path):
    entry = "- {code: %s, file: %s, reason: The board asked for it, owner: Ada Wong}\n"
    files = {"data/accepted.yml": entry % ("numbers-differ", EN) + entry % ("numbers-differ", HANT)}
    built = made(tmp_path / "project", {**UNLIKE, **files}, ("web", "data"))
    found = proof(built.root, built.out)
    assert (found.code, found.wrong()) == (0, [])
    between = [row for row in found.rows if row["edition"] == "languages"]
    assert {row["why"] for row in between} == {"accepted: The board asked for it (Ada Wong)"}
    assert "water@2025" in {row["subject"] for row in between}


# ---- the report that is signed


def test_the_page_to_sign_names_every_file_by_its_digest(proof, sound):
    found = proof(sound.root, sound.out)
    for name in ("build.json", "data/figures.json", f"pdf/{SLUG}.en.pdf", f"pdf/{SLUG}.zh-Hant.pdf"):
        digest = hashlib.sha256((sound.out / name).read_bytes()).hexdigest()
        assert f'<td>{name}</td><td class="digest">{digest}</td>' in found.page
    assert "Name 姓名" in found.page and "Signature 簽署" in found.page
    assert str(sound.root) not in found.page and "<script" not in found.page
    assert "Purchased electricity, 2025" in found.page


def test_the_table_is_no_formula_to_a_spreadsheet(proof, sound, site):
    spoil(site / "en" / "a2.html", ">12,345<", ">=1+1<")
    found = proof(sound.root, site)
    assert "'=1+1" in [row["printed"] for row in found.rows]


def test_the_report_lies_beside_the_site_and_never_in_it(run, sound, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(sound.root, root, symlinks=True)
    assert run("proof", "--project", root)[0] == 0
    assert {path.name for path in (root / "proof").iterdir()} == {"proof.html", "proof.csv"}
    code, out, err = run("proof", "--project", root, "--out", root / "site" / "proof")
    assert (code, out) == (2, "") and "is published with the report; choose another folder with --out" in err
    assert not (root / "site" / "proof").exists()


def test_what_cannot_be_proofed_is_said(run, sound, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(sound.root, root, symlinks=True, ignore=shutil.ignore_patterns("site"))
    code, _, err = run("proof", "--project", root)
    assert code == 2 and f"there is no build in {root / 'site'}; esgreport build makes one" in err
    code, _, err = run("proof", root / "content", "--project", root)
    assert code == 2 and "is not the folder of a build" in err
    assert build(root, root / "site", ("data",)).written
    code, _, err = run("proof", "--project", root)
    assert code == 2 and "is the build of a part only" in err
