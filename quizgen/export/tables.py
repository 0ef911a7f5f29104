"""Tables read: CSV with whatever parts its columns, and the first sheet of a spreadsheet (.xlsx)."""

import csv
import io
import warnings
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from quizgen.errors import QuizgenError, problem
from quizgen.export.format import FORMULA
from quizgen.export.reading import MOST_FOUND, text_of
from quizgen.text.messages import _

if TYPE_CHECKING:
    from openpyxl import Workbook

_ZIP = b"PK\x03\x04"

_HEAD_ROWS = 50
"""What may stand above the questions, the names of the columns among it."""

MOST_CELLS = 200
"""Columns that are read of a row."""

_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of formats that are dates in Chinese Excel, which does not write them out (ECMA-376, 18.8.30)."""

Row: TypeAlias = tuple[int, list[str]]
"""A row's number, from 1 (in CSV that of its first line), and its cells."""


class Table(NamedTuple):
    """The rows that have anything in them, and the names of further sheets, which are not read."""

    rows: list[Row]
    other_sheets: tuple[str, ...] = ()


def rows_of(data: bytes, name: str) -> Table:
    """Read a table; raises QuizgenError for what is none."""
    if data.startswith(_ZIP):
        return _first_sheet(data, name)
    return Table(_bounded(_csv_rows(data, name), name))


def _bounded(rows: Iterator[Row], name: str) -> list[Row]:
    """List rows; raises QuizgenError where there are more than a bank could take."""
    most = MOST_FOUND + _HEAD_ROWS
    listed = list(islice(rows, most + 1))
    if len(listed) > most:
        raise QuizgenError(
            problem(
                _("it has more than {most} questions"), _("export it in parts"), most=MOST_FOUND, file=name
            )
        )
    return listed


def _csv_rows(data: bytes, name: str) -> Iterator[Row]:
    content = text_of(data, name)
    head = content.lstrip("\n").partition("\n")[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(content), delimiter=mark, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_bare(cell.strip()) for cell in cells[:MOST_CELLS]]
            line = reader.line_num + 1
    except csv.Error as error:
        what = problem(
            _("this cannot be read: {what}"),
            _("export it anew from where it comes from"),
            what=str(error),
            file=name,
            line=line,
        )
        raise QuizgenError(what) from None


def _bare(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def _first_sheet(data: bytes, name: str) -> Table:
    """Read the first sheet that shows, in the order of the tabs; raises QuizgenError for what is no spreadsheet."""
    from openpyxl import load_workbook  # noqa: PLC0415  slow to load

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not know is formatting, which is not read anyway
            results = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            formulas = load_workbook(io.BytesIO(data), read_only=True)
            first, *others = [sheet.title for sheet in results.worksheets if sheet.sheet_state == "visible"]
            rows = _bounded(_sheet_rows(results, formulas, first, name), name)
            return Table(rows, tuple(title for title in others if _is_filled(results[title])))
    except (QuizgenError, MemoryError):
        raise
    except Exception as error:
        # openpyxl raises what its parts raise, and all of it means that this is no file of Excel.
        raise QuizgenError(
            problem(_("this is no spreadsheet that can be read"), _("save it anew, or as CSV"), file=name)
        ) from error


def _sheet_rows(results: "Workbook", formulas: "Workbook", title: str, name: str) -> Iterator[Row]:
    """Give the rows of a sheet that have anything in them.

    ``results`` and ``formulas`` are the same file: with data alone, a formula without a result looks like an empty cell.
    Raises QuizgenError for such a formula, and for a cell with an error.
    """
    for book in (results, formulas):
        book[title].reset_dimensions()  # some programs write wrong ones
    both = zip(results[title].rows, formulas[title].values, strict=True)
    for line, (row, formula_row) in enumerate(both, start=1):
        for cell, formula in zip(row[:MOST_CELLS], formula_row, strict=False):
            if (
                cell.value is None and cell.data_type != "str" and formula is not None
            ):  # "str" is a result of no text
                raise QuizgenError(
                    problem(
                        _("this row has a formula without its result"),
                        _("open the file in a spreadsheet program, see to it, and save it anew"),
                        file=name,
                        line=line,
                    )
                )
            if cell.data_type == "e":
                what = problem(
                    _("this row has a cell with {value}"),
                    _("open the file in a spreadsheet program, see to it, and save it anew"),
                    value=cell.value,
                    file=name,
                    line=line,
                )
                raise QuizgenError(what)
        cells = [_words(cell, results.epoch) for cell in row[:MOST_CELLS]]
        if any(cells):
            yield line, cells


def _is_filled(sheet: Any) -> bool:
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _words(cell: Any, epoch: datetime) -> str:
    """Write the value of a cell as a person would type it; days by ISO 8601."""
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415  slow to load

    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "n" and cell.style_array.numFmtId in _CHINESE_DATES:
        value = from_excel(value, epoch)
    match value:
        case bool():
            words = str(value).lower()
        case datetime():
            words = value.isoformat(" ", "minutes").removesuffix(" 00:00")
        case time():
            words = value.isoformat("minutes")
        case float():
            words = str(value).removesuffix(".0")
        case _:
            words = str(value)
    return words.strip()
