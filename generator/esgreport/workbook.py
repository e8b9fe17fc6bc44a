"""A table as a workbook for spreadsheet programs (Office Open XML), the same bytes every time. Door to openpyxl.

A cell is text or an exact number, which is shown with its decimals; no text is ever taken for a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from esgreport.amounts import Number

if TYPE_CHECKING:
    from openpyxl import Workbook

_FIRST_DAY = datetime(1980, 1, 1)  # the earliest that an archive can hold: a file says no time
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
MOST_TITLE = 31  # what spreadsheet programs allow
MOST_DIGITS = 15  # what they keep of a number; one with more is text
Cell = str | Number
_LINE = 15  # points


def workbook(title: str, head: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: `head` gives each column's name and width in characters; the head stays in sight and can filter."""
    from openpyxl import Workbook  # only when there is one to write: a check has none
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = ""
    book.properties.created = book.properties.modified = _FIRST_DAY
    sheet = book.active
    sheet.title = _NOT_IN_A_TITLE.sub("", title)[:MOST_TITLE].strip() or "1"
    for number, row in enumerate([[name for name, _ in head], *rows], start=1):
        for column, value in enumerate(row, start=1):
            if isinstance(value, Number) and len(str(value).lstrip("-0.").replace(".", "")) <= MOST_DIGITS:
                cell = sheet.cell(number, column, Decimal(str(value)))
                cell.number_format = "#,##0" + ("." + "0" * value.decimals if value.decimals else "")
                cell.alignment = Alignment(vertical="top")
            elif text := ILLEGAL_CHARACTERS_RE.sub("", str(value)):
                cell = sheet.cell(number, column, text)
                cell.data_type = "s"  # what begins with = is text, too
                if number == 1:
                    cell.font = Font(name="Calibri", size=11, bold=True)
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        lines = [
            _lines(value, width)
            for value, (_, width) in zip(row, head, strict=False)
            if isinstance(value, str)
        ]
        if max(lines, default=1) > 1:
            sheet.row_dimensions[number].height = _LINE * max(lines)
    for column, (_, width) in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.print_title_rows = "landscape", "1:1"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the table
    return _timeless(book)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, about: not every program makes rows as high as their texts."""
    return sum(
        -(-sum(2 if sign >= "\u2e80" else 1 for sign in line) // width) or 1 for line in text.split("\n")
    )


def _timeless(book: Workbook) -> bytes:
    """The workbook's archive, without the time of writing that openpyxl and the archive would put in."""
    from openpyxl.writer.excel import ExcelWriter

    written, stream = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w") as archive:
        for path in source.namelist():  # stored: what compresses is not the same on every machine
            archive.writestr(zipfile.ZipInfo(path, _FIRST_DAY.timetuple()[:6]), source.read(path))
    return stream.getvalue()
