"""Tables for spreadsheet programs: text only, well formed, the same bytes every time."""

import io
import zipfile

import pytest
from esgreport.workbook import MOST_TITLE, workbook
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).active


def cells(content: bytes) -> dict[str, str]:
    return {cell.coordinate: cell.value for row in sheet_of(content) for cell in row if cell.value}


def test_cells_stand_under_their_heads():
    content = workbook("Index", [("Code", 10), ("Place", 20)], [["A1", "here\nand there"], ["", "end"]])
    assert cells(content) == {"A1": "Code", "B1": "Place", "A2": "A1", "B2": "here\nand there", "B3": "end"}


def test_a_column_after_the_twenty_sixth_has_two_letters():
    content = workbook("Wide", [(str(n), 5) for n in range(1, 54)], [])
    assert (cells(content)["Z1"], cells(content)["AA1"], cells(content)["BA1"]) == ("26", "27", "53")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '<&>"', "  kept  ", "內容索引"])
def test_text_stays_text(text):
    content = workbook("T", [("H", 5)], [[text]])
    assert cells(content)["A2"] == text
    assert sheet_of(content)["A2"].data_type == "s"


def test_what_xml_cannot_hold_is_left_out():
    assert cells(workbook("T", [("H", 5)], [["a\x00\x0bb"]]))["A2"] == "ab"


@pytest.mark.parametrize(
    ("title", "shown"), [("A [b]: c/d?", "A b cd"), ("x" * 40, "x" * MOST_TITLE), ("***", "1")]
)
def test_a_title_is_one_that_programs_accept(title, shown):
    assert sheet_of(workbook(title, [("H", 5)], [])).title == shown


def test_the_same_table_is_the_same_bytes_and_says_no_time():
    one, two = (workbook("T", [("H", 5)], [["a"]]) for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        infos = archive.infolist()
    assert one == two and {info.date_time[:3] for info in infos} == {(1980, 1, 1)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
