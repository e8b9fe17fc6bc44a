"""One chapter as a PDF, and the whole without covers: its pages, its links, its page numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from conftest import here, write_project
from pdf_clauses import CLAUSES
from pdf_pages import Pdf
from pdf_structure import Structure
from test_book import with_lines

INDEX = "---\ncode: C\n---\n# Index\n\n```index\nframework: hkex-esg-code-2025\n```\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two chapters that name each other, and the content index."""
    files = with_lines("frameworks: [hkex-esg-code-2025]\n")
    files["data/report.yml"] = files["data/report.yml"].replace("[a2, b1]", "[a2, b1, answers]")
    files |= {"content/en/answers.md": INDEX, "content/zh-Hant/answers.md": INDEX.replace("Index", "索引")}
    return write_project(tmp_path_factory.mktemp("parts") / "project", files)


def part(root: Path, *words: str, language: str = "en") -> tuple[Path, str]:
    """The one file that the command wrote, and what it said."""
    done = here("part", "--project", root, "--edition-lang", language, *words)
    assert done.returncode == 0, done.stderr
    (name,) = re.findall(r"Written to (\S+\.pdf):", done.stdout)
    return Path(name), done.stdout


def all_text(path: Path) -> str:
    pdf = Pdf(path)
    return " ".join("".join(pdf.text(n).split()) for n in range(len(pdf.labels)))


def links(path: Path) -> list[str]:
    """Where the links of a PDF lead inside it."""
    with pikepdf.open(path) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", ())]
        return [str(note.Dest) for note in notes if "/Dest" in note]


@pytest.fixture(scope="module")
def whole(root: Path) -> Path:
    """The whole book, built; parts know its page numbers from then on."""
    done = here("build", "--project", root, "--only", "pdf")
    assert done.returncode == 0, done.stderr
    return root / "site/pdf/tiny-esg-2025.en.pdf"


def test_without_a_build_pages_count_from_one_and_it_is_said(root):
    path, said = part(root, "a2", "--out", str(root / "early"))
    assert path.name == "tiny-esg-2025.en.a2.pdf"
    assert Pdf(path).labels[0] == "1" and "Pages count from 1" in said


def test_a_chapter_has_the_page_numbers_of_the_whole(root, whole):
    path, said = part(root, "b1")
    book, pdf = Pdf(whole), Pdf(path)
    first = next(n for n, label in enumerate(book.labels) if label == pdf.labels[0])
    assert pdf.labels[0] != "1" and "Pages count" not in said
    assert [pdf.text(n) for n in range(len(pdf.labels))] == [
        book.text(n) for n in range(first, first + len(pdf.labels))
    ]


def page_with(path: Path, *words: str) -> str:
    """The folio of the first page that says all of these."""
    pdf = Pdf(path)
    return next(label for n, label in enumerate(pdf.labels) if all(each in pdf.text(n) for each in words))


def test_a_link_to_another_chapter_is_text_that_names_its_page(root, whole):
    path, _ = part(root, "a2")
    assert f"seeFigures(page{page_with(whole, 'A section.')})." in all_text(path)
    assert links(path) == [] and links(whole) != []


def test_pages_that_count_from_elsewhere_are_not_named(root, whole):
    path, said = part(root, "a2", "--first-folio", "87", "--out", str(root / "from-87"))
    assert Pdf(path).labels[0] == "87" and "pages 87 to" in said
    assert "seeFigures." in all_text(path)


def test_an_index_names_pages_of_the_whole(root, whole):
    path, _ = part(root, "answers")
    assert f"Figures{page_with(whole, 'A section.')}" in all_text(path)
    assert links(path) == []


def test_the_whole_without_covers_counts_from_where_it_is_bound(root):
    path, _ = part(root, "--without-covers", "--first-folio", "87")
    pdf = Pdf(path)
    assert path.name == "tiny-esg-2025.en.without-covers.pdf"
    assert pdf.labels == [str(number) for number in range(87, 87 + len(pdf.labels))]
    contents = "".join(pdf.text(0).split())
    listed = dict(re.findall(r"(\d\d)(?:A2|B1|C)(Energy|People|Index)", contents))
    assert sorted(listed.values()) == ["Energy", "Index", "People"]
    for folio, title in listed.items():
        assert title in pdf.text(pdf.labels.index(folio)), (folio, contents)
    assert links(path)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_part_is_told_as_well_as_the_whole(root, whole, language):
    path, _ = part(root, "a2", language=language)
    structure = Structure.of(path)
    assert [fault for clause in CLAUSES for fault in clause.check(structure)] == []
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title).endswith({"en": " – Energy", "zh-Hant": " – 能源"}[language])


def test_a_draft_stays_marked(root):
    path, _ = part(root, "a2")
    assert "Draft" in all_text(path) or "DRAFT" in all_text(path)


def test_each_language_has_a_file(root):
    done = here("part", "a2", "--project", root, "--out", root / "both")
    assert done.returncode == 0
    assert {path.name for path in (root / "both").iterdir()} == {
        f"tiny-esg-2025.{x}.a2.pdf" for x in ("en", "zh-Hant")
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say which"),
        (("a2", "--without-covers"), "say which"),
        (("answer",), 'no chapter "answer"; did you mean "answers"?'),
        (("a2", "--first-folio", "0"), "from 1 to"),
        (("a2", "--out", "a2.pdf"), "should be a folder"),
        (("a2", "--edition-lang", "zh-Hans"), 'no language "zh-Hans"'),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(run, root, words, said):
    code, out, err = run("part", *words, "--project", root)
    assert (code, out) == (2, "") and said in err


def test_nothing_is_put_among_what_is_published(run, root):
    code, _, err = run("part", "a2", "--project", root, "--out", root / "site" / "parts")
    assert code == 2 and "is published" in err


def test_what_stops_a_build_stops_a_part(run, project):
    root = project({"content/en/a2.md": "# Energy\n\nWe bought {{ electricty }}.\n"})
    code, _, err = run("part", "a2", "--project", root)
    assert code == 1 and "electricty" in err and "Nothing was written" in err
    assert not (root / "parts").exists()
