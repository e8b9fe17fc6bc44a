"""Faces: what they can print, and the small files that websites load."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from esgreport.faces import Face, characters, load_faces, missing_characters, write_web_faces
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / ".cache" / "fonts"

needs_faces = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the print faces are not on this machine: ./run setup"
)
TEXT_STACK = ("IBM Plex Sans", "Noto Sans HK")


@pytest.fixture(scope="module")
def faces() -> tuple[Face, ...]:
    return load_faces(FOLDER)


@pytest.fixture(scope="module")
def two(faces) -> tuple[Face, ...]:
    """One Latin and one Han face: enough to see how they are cut."""
    return tuple(
        face for face in faces if face.family in TEXT_STACK and (face.weight, face.style) == (400, "normal")
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "faces").glob("*.woff2"))}


def test_a_face_that_is_missing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"NotoSerifHK-200\.ttf is missing; run `esgreport fonts`"):
        load_faces(tmp_path)


@needs_faces
def test_every_face_of_the_list_is_there(faces):
    assert {face.family for face in faces} == {
        "Noto Serif HK",
        "Noto Sans HK",
        "Source Serif 4",
        "IBM Plex Sans",
    }
    assert all(face.path.is_file() and face.licence and face.licence.is_file() for face in faces)


@needs_faces
def test_a_report_gets_the_han_faces_of_its_own_languages():
    def han(*languages: str) -> set[str]:
        return {face.family for face in load_faces(FOLDER, languages) if face.language}

    assert han() == han("en") == han("en", "zh-Hant") == {"Noto Serif HK", "Noto Sans HK"}
    assert han("zh-Hans") == han("en", "zh-Hans") == {"Noto Serif SC", "Noto Sans SC"}
    assert han("zh-Hant", "zh-Hans") == han() | han("zh-Hans")


@needs_faces
def test_in_simplified_chinese_the_marks_are_as_wide_as_characters(tmp_path):
    two = [
        f
        for f in load_faces(FOLDER, ["zh-Hans"])
        if "Sans" in f.family and (f.weight, f.style) == (400, "normal")
    ]
    write_web_faces(two, "减少“用水”——12 m3……", tmp_path)
    (simplified,) = (data for name, data in files(tmp_path).items() if name.startswith("NotoSansSC"))
    points = set(TTFont(BytesIO(simplified)).getBestCmap())
    assert {ord(mark) for mark in "减“”—…"} <= points
    assert not points & set(map(ord, "12m"))


@needs_faces
def test_missing_characters_are_those_no_face_of_the_stack_has(faces):
    assert missing_characters("環境 Environment\n\t，。1,825.34−▲\u200b", TEXT_STACK, faces) == []
    assert missing_characters("環境", ("IBM Plex Sans",), faces) == ["境", "環"]
    assert missing_characters("CO₂ 🌱 ok", TEXT_STACK, faces)[-1] == "🌱"


@needs_faces
def test_han_faces_carry_the_text_and_latin_faces_the_alphabet(two, tmp_path):
    css = write_web_faces(two, "資源 use", tmp_path)
    assert css.count("@font-face") == 2
    assert css.count("font-display: swap") == 2
    assert "://" not in css
    for name, data in files(tmp_path).items():
        assert f'url("faces/{name}")' in css
        points = set(TTFont(BytesIO(data)).getBestCmap())
        if name.startswith("NotoSansHK"):
            assert {ord("資"), ord("源"), ord("，")} <= points
            assert ord("鑊") not in points
            assert ord("u") not in points
            assert len(data) < 20_000
        else:
            assert set(map(ord, "Zürich 1,825–€")) <= points
    assert (tmp_path / "faces" / "NotoSansHK-OFL.txt").is_file()


@needs_faces
def test_a_text_without_han_loads_no_han_face(two, tmp_path):
    assert "Noto Sans HK" not in write_web_faces(two, "only English", tmp_path)


@needs_faces
def test_the_same_text_gives_the_same_bytes_kept_or_made_anew(two, tmp_path):
    first = write_web_faces(two, "銅去復返", tmp_path / "a", cache=tmp_path / "kept")
    kept = write_web_faces(two, "返復去銅銅", tmp_path / "b", cache=tmp_path / "kept")
    anew = write_web_faces(two, "銅去復返", tmp_path / "c")
    assert first == kept == anew
    assert files(tmp_path / "a") == files(tmp_path / "b") == files(tmp_path / "c")


@needs_faces
def test_characters_come_from_the_table_of_the_face(two):
    latin, han = sorted(two, key=lambda face: face.family)
    assert ord("A") in characters(latin)
    assert ord("鑊") in characters(han) - characters(latin)


@needs_faces
def test_reports_that_share_a_face_read_it_once(two: tuple[Face, ...], tmp_path: Path) -> None:
    """A table of characters takes megabytes: a process that reads many reports would keep one for each."""
    for face in two:
        (tmp_path / face.path.name).symlink_to(face.path)
        assert characters(replace(face, path=tmp_path / face.path.name)) is characters(face)


def test_what_a_face_holds_is_what_fonttools_reads_in_it(faces: tuple[Face, ...]) -> None:
    for face in faces:
        assert characters(face) == frozenset(TTFont(face.path).getBestCmap()), face.path.name


@needs_faces
def test_a_page_with_a_name_loads_no_whole_book_of_characters(two, tmp_path):
    """Each character is asked of one file; what no earlier text holds is asked of the file without bounds, which comes first."""
    css = write_web_faces(two, "燈峰金屬年度報告，資源 use", tmp_path, first=("燈峰 Lantern", "年度報告，"))
    han = [rule for rule in css.splitlines() if "Noto Sans HK" in rule]
    assert [re.findall(r"unicode-range: ([^;]+);", rule) for rule in han] == [
        [],
        ["U+5CF0, U+71C8"],
        ["U+544A, U+5831, U+5E74, U+5EA6, U+FF0C"],
    ]
    held = [TTFont(tmp_path / re.search(r'url\("([^"]+)"', rule)[1]).getBestCmap() for rule in han]
    assert [set("燈峰年度報告，金屬資源") & set(map(chr, each)) for each in held] == [
        set("金屬資源"),
        set("燈峰"),
        set("年度報告，"),
    ]


@needs_faces
def test_where_the_first_texts_hold_all_there_is_no_file_of_the_rest(two, tmp_path):
    css = write_web_faces(two, "燈峰", tmp_path, first=("燈峰", ""))
    assert css.count("Noto Sans HK") == 1 and "unicode-range: U+5CF0, U+71C8;" in css
