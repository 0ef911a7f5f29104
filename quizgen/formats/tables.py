"""Read tables: CSV with commas, semicolons or tabs, and the first sheet of a spreadsheet (.xlsx)."""

import csv
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.formats.format import FORMULA_STARTS
from quizgen.formats.reading import MAX_QUESTIONS, decode_text
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from openpyxl import Workbook

_ZIP_START = b"PK\x03\x04"

_MAX_HEAD_ROWS = 50
"""How many rows may stand above the questions, with the row of column names."""

MAX_COLUMNS = 1_000
"""How many columns of a row are read."""

_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Number formats that mean a date in Chinese Excel, which stores them by number only (ECMA-376, 18.8.30)."""

Row: TypeAlias = tuple[int, list[str]]
"""The number of a row, from 1 (in CSV: of its first line), and its cells."""


class Table(NamedTuple):
    """The rows of a table that are not empty, and the names of further sheets, which were not read."""

    rows: list[Row]
    other_sheets: tuple[str, ...] = ()


class SheetRows(NamedTuple):
    """A sheet of a spreadsheet: its title, and its rows that are not empty.

    ``dates`` are the cells that are dates or times, as their row and column: people see them in another form than they are read.
    """

    title: str
    rows: list[Row]
    dates: frozenset[tuple[int, int]] = frozenset()


def read_table(data: bytes, file_name: str) -> Table:
    """Read a CSV file or a spreadsheet. Raises QuizgenError for any other file."""
    if data.startswith(_ZIP_START):
        return _read_first_sheet(data, file_name)
    return Table(_limit_rows(_read_csv(data, file_name), file_name))


def _limit_rows(rows: Iterator[Row], file_name: str) -> list[Row]:
    """Return the rows as a list. Raises QuizgenError if there are too many."""
    max_rows = MAX_QUESTIONS + _MAX_HEAD_ROWS
    listed = list(islice(rows, max_rows + 1))
    if len(listed) > max_rows:
        raise QuizgenError(
            problem(
                _("it has more than {most} questions"),
                _("export it in parts"),
                most=MAX_QUESTIONS,
                file=file_name,
            )
        )
    return listed


def _read_csv(data: bytes, file_name: str) -> Iterator[Row]:
    content = decode_text(data, file_name)
    head = content.lstrip("\n").partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(content), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [_remove_formula_apostrophe(cell.strip()) for cell in cells[:MAX_COLUMNS]]
            line = reader.line_num + 1
    except csv.Error as error:
        what = problem(
            _("this cannot be read: {what}"),
            _("export it again from the program it comes from"),
            what=str(error),
            file=file_name,
            line=line,
        )
        raise QuizgenError(what) from None


def _remove_formula_apostrophe(cell: str) -> str:
    """Remove the apostrophe that :func:`~quizgen.formats.format.escape_formula` puts before a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def read_workbook(data: bytes, file_name: str) -> list[SheetRows]:
    """Read all sheets of a spreadsheet that are not hidden. Raises QuizgenError for any other file."""
    with _open_workbook(data, file_name) as (results, formulas):
        sheets = []
        for title in _visible_titles(results):
            dates: set[tuple[int, int]] = set()
            rows = _limit_rows(_sheet_rows(results, formulas, title, file_name, dates), file_name)
            sheets.append(SheetRows(title, rows, frozenset(dates)))
        return sheets


def _read_first_sheet(data: bytes, file_name: str) -> Table:
    """Read the first sheet that is not hidden. Raises QuizgenError for a file that is not a spreadsheet."""
    with _open_workbook(data, file_name) as (results, formulas):
        first, *others = _visible_titles(results)
        rows = _limit_rows(_sheet_rows(results, formulas, first, file_name), file_name)
        return Table(rows, tuple(title for title in others if _has_values(results[title])))


def _visible_titles(book: "Workbook") -> list[str]:
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


@contextmanager
def _open_workbook(data: bytes, file_name: str) -> Iterator[tuple["Workbook", "Workbook"]]:
    """Open a spreadsheet twice, with the results of formulas and with the formulas.

    Raises QuizgenError for any other file, also while it is read.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  slow to load

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about formatting, which is not read
            results = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            yield results, load_workbook(io.BytesIO(data), read_only=True)
    except (QuizgenError, MemoryError):
        raise
    except Exception as error:
        # openpyxl lets errors of every library it uses through; each means that this is not an Excel file.
        raise QuizgenError(
            problem(_("this is not a readable spreadsheet"), _("save it again, or as CSV"), file=file_name)
        ) from error


def _sheet_rows(
    results: "Workbook",
    formulas: "Workbook",
    title: str,
    file_name: str,
    dates: set[tuple[int, int]] | None = None,
) -> Iterator[Row]:
    """Yield the rows of a sheet that are not empty. Problems name the row, or with ``dates`` the sheet and the cell.

    The row and the column of each date are added to ``dates``.

    ``results`` and ``formulas`` are the same file, opened with the results of formulas and with the formulas. A
    formula whose result is missing looks like an empty cell in ``results``. Raises QuizgenError for such a formula,
    and for a cell with an error.
    """
    for book in (results, formulas):
        book[title].reset_dimensions()  # some programs write wrong ones
    pairs = zip(results[title].rows, formulas[title].values, strict=True)
    for line, (row, formula_row) in enumerate(pairs, start=1):
        for index, (cell, formula) in enumerate(zip(row[:MAX_COLUMNS], formula_row, strict=False)):
            place = (
                (file_name, line) if dates is None else (f"{file_name}:{title}!{cell_name(index, line)}", 0)
            )
            if (
                cell.value is None and cell.data_type != "str" and formula is not None
            ):  # "str" is a result of no text
                raise QuizgenError(_problem_of_cell(place, _("this row has a formula without a result")))
            if cell.data_type == "e":
                raise QuizgenError(
                    _problem_of_cell(place, _("this row has a cell with {value}", value=cell.value))
                )
            if dates is not None and isinstance(cell.value, date | time | timedelta):
                dates.add((line, index))
        cells = [_cell_text(cell, results.epoch, as_seen=dates is not None) for cell in row[:MAX_COLUMNS]]
        if any(cells):
            yield line, cells


def _problem_of_cell(place: tuple[str, int], what: Message) -> Problem:
    """Return a problem of a cell. ``place`` is a file and a row, or a cell and 0."""
    hint = _("open the file in a spreadsheet program, correct it, and save it again")
    return problem(what, hint, file=place[0], line=place[1])


def cell_name(column: int, row: int) -> str:
    """Return the name of a cell, such as ``B7``. Columns are counted from 0, rows from 1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _has_values(sheet: Any) -> bool:
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


_PERCENT = re.compile(r"0(?:\.(0+))?%")
"""A number format that shows a share as a percentage."""


def _cell_text(cell: Any, epoch: datetime, *, as_seen: bool = False) -> str:
    """Return the value of a cell as a person would type it, and dates as ISO 8601.

    With ``as_seen``, percentages and truth values are as a person sees them.
    """
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415  slow to load

    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "n" and cell.style_array.numFmtId in _CHINESE_DATES:
        value = from_excel(value, epoch)
    percent = _PERCENT.fullmatch(cell.number_format) if as_seen and isinstance(value, int | float) else None
    match value:
        case bool():
            words = str(value).upper() if as_seen else str(value).lower()
        case int() | float() if percent:
            words = f"{100 * value:.{len(percent[1] or '')}f}%"
        case datetime():
            words = value.isoformat(" ", "minutes").removesuffix(" 00:00")
        case time():
            words = value.isoformat("minutes")
        case float():
            words = str(value).removesuffix(".0")
        case _:
            words = str(value)
    return words.strip()
