"""Write a workbook (.xlsx) whose cells are texts, for people to fill in. The same sheets give the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from quizgen.formats.format import FORMULA_STARTS, zip_bytes
from quizgen.formats.tables import cell_name

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {20: 14, 60: 28}
"""Widths of columns, in characters, by the longest text that they have."""

_WIDEST = 60
_WIDTH_OF_TITLES = 28
"""The width of the first column of a page to read, which has the titles of the others."""

_SPARE_ROWS = 500
"""So many rows below the last one have lists to choose from, too."""

_MODIFIED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


class Sheet(NamedTuple):
    """A sheet: its title, the heads of its columns, its rows, and by column the words to choose from. No heads: a page to read."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    choices: Mapping[int, Sequence[str]] = {}


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook. A text that begins like a formula stays a text, and a number that is typed in a cell is text, too."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to load

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:  # openpyxl writes the time
        return zip_bytes({name: _MODIFIED.sub(b"", archive.read(name)) for name in archive.namelist()})


def _write_sheet(target: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415  slow to load
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    bold, filled = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
    wrapped = Alignment(wrap_text=True, vertical="top")
    table = [sheet.heads, *sheet.rows] if sheet.heads else sheet.rows
    for number, row in enumerate(table, 1):
        for index, words in enumerate(row, 1):
            if not words:
                continue
            cell = target.cell(number, index)
            cell.value, cell.data_type = words, "s"
            cell.number_format = "@"
            cell.alignment = wrapped if sheet.heads else Alignment()
            cell.quotePrefix = words.startswith(FORMULA_STARTS)
            if sheet.heads and number == 1:
                cell.font, cell.fill = bold, filled
    target.column_dimensions["A"].width = _WIDTH_OF_TITLES
    for index, _head in enumerate(sheet.heads):
        column = target.column_dimensions[cell_name(index, 1)[:-1]]
        longest = max((len(row[index]) for row in table), default=0)
        column.width = next((width for most, width in _WIDTHS.items() if longest <= most), _WIDEST)
        column.number_format = "@"
    for index, choices in sheet.choices.items():
        validation = DataValidation(
            "list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False
        )
        validation.add(f"{cell_name(index, 2)}:{cell_name(index, len(table) + _SPARE_ROWS)}")
        target.add_data_validation(validation)
    if sheet.heads:
        target.freeze_panes = "A2"
