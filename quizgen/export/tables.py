"""Tables read: CSV with whatever parts its columns, and the first sheet of a spreadsheet (.xlsx)."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

from quizgen.errors import QuizgenError, problem
from quizgen.export.format import FORMULA
from quizgen.export.reading import MOST_FOUND, text_of, xml_of

_ZIP = b"PK\x03\x04"
MOST_UNPACKED = 40_000_000
"""Bytes of a spreadsheet's parts, all together; a few kilobytes may unpack to gigabytes."""

_HEAD_ROWS = 50
"""What may stand above the questions, the names of the columns among it."""

MOST_PARTS = 500
MOST_CELLS = 200
"""Columns that are read of a row."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHARED, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
"""Numbers of formats that are dates or times without saying so (ECMA-376, 18.8.30), those of Chinese Excel among them."""

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")

Row = tuple[int, list[str]]
"""A row's number, from 1 (of CSV that of its first line), and its cells."""


class Table(NamedTuple):
    """The rows that have anything in them, and the names of further sheets, of which none is read."""

    rows: list[Row]
    other_sheets: tuple[str, ...] = ()


def rows_of(data: bytes, name: str) -> Table:
    """Read a table; raises QuizgenError for what is none."""
    book = _Book.opened(data, name) if data.startswith(_ZIP) else None
    found = book.rows() if book else _csv_rows(data, name)
    rows = list(islice(found, MOST_FOUND + _HEAD_ROWS + 1))
    if len(rows) > MOST_FOUND + _HEAD_ROWS:
        raise QuizgenError(problem("import.too-many", "import.in-parts", most=MOST_FOUND, file=name))
    return Table(rows, book.other_sheets if book else ())


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
        what = problem("import.malformed", "import.export-again", what=str(error), file=name, line=line)
        raise QuizgenError(what) from None


def _bare(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


class _Book(NamedTuple):
    """A spreadsheet: the sheet that is read, the names of the others, and what its cells refer to.

    ``dates`` are the styles that show a number as a date, as their places; ``epoch`` is the day with the number 0.
    """

    name: str
    sheet: Any
    other_sheets: tuple[str, ...]
    shared: list[str]
    dates: frozenset[str]
    epoch: datetime

    @classmethod
    def opened(cls, data: bytes, name: str) -> "_Book":
        """Read the first sheet that shows, by the order of its tabs; raises QuizgenError for what is no spreadsheet."""
        parts = {path: xml_of(part, name) for path, part in _parts(data, name).items()}
        book = parts.get(_BOOK)
        tabs = _tabs(parts)
        if not tabs:
            raise QuizgenError(problem("import.no-sheet", "import.save-csv", file=name))
        shared = [_text(each) for each in _within(parts.get(_SHARED), "si")]
        settings = next(_within(book, "workbookPr"), None)
        is_of_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        epoch = datetime(1904, 1, 1) if is_of_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  no zone is known
        sheet, others = parts[tabs[0][1]], tuple(title for title, path in tabs[1:] if _filled(parts[path]))
        return cls(name, sheet, others, shared, frozenset(_date_styles(parts.get(_STYLES))), epoch)

    def rows(self) -> Iterator[Row]:
        """Give the rows that have anything in them; raises QuizgenError for a formula whose result nobody wrote."""
        for number, row in enumerate(self.sheet.iter(f"{_MAIN}row"), start=1):
            given = row.get("r") or ""
            line = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number  # noqa: PLR2004  digits
            cells: list[str] = []
            for cell in row.iterchildren(f"{_MAIN}c"):
                place = _column(cell.get("r") or "", len(cells))
                if len(cells) <= place < MOST_CELLS:
                    cells += [""] * (place - len(cells)) + [self._value(cell, line)]
            if any(cells):
                yield line, cells

    def _value(self, cell: Any, line: int) -> str:
        kind, value = cell.get("t"), cell.findtext(f"{_MAIN}v") or ""
        if not value and kind != "str" and cell.find(f"{_MAIN}f") is not None:
            raise QuizgenError(problem("import.formula", "import.save-results", file=self.name, line=line))
        if kind == "e":
            what = problem("import.cell-error", "import.save-results", value=value, file=self.name, line=line)
            raise QuizgenError(what)
        if kind == "s":
            at = int(value) if value.isascii() and value.isdigit() and len(value) < 8 else -1  # noqa: PLR2004  digits
            return self.shared[at].strip() if 0 <= at < len(self.shared) else ""
        if kind == "inlineStr":
            return _text(cell.find(f"{_MAIN}is")).strip()
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind in (None, "n") and cell.get("s") in self.dates:
            return self._date(value)
        return value.strip().removesuffix(".0")

    def _date(self, value: str) -> str:
        """Write the day of a number (ISO 8601), with the time where it has one."""
        try:
            moment = self.epoch + timedelta(seconds=round(86_400 * float(value)))
        except (ValueError, OverflowError):
            return value
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "minutes")


def _tabs(parts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List sheets that show, by name and part, in the order of their tabs; in that of the parts where the book tells none."""
    paths = {
        each.get("Id"): f"xl/{(each.get('Target') or '').removeprefix('/xl/')}"
        for each in (() if _LINKS not in parts else parts[_LINKS].iterchildren())
    }
    listed = [
        (each.get("name") or "", paths.get(each.get(_LINK), ""))
        for each in _within(parts.get(_BOOK), "sheet")
        if each.get("state", "visible") == "visible"
    ]
    found = [(title, path) for title, path in listed if path in parts and _SHEET.fullmatch(path)]
    numbered = sorted((int(sheet[1]), path) for path in parts if (sheet := _SHEET.fullmatch(path)))
    return found or [(str(number), path) for number, path in numbered]


def _within(part: Any, name: str) -> Iterator[Any]:
    """Give the elements with a name in a part, if it is there."""
    return iter(()) if part is None else part.iter(f"{_MAIN}{name}")


def _filled(sheet: Any) -> bool:
    return next(sheet.iter(f"{_MAIN}v", f"{_MAIN}is"), None) is not None


def _date_styles(styles: Any) -> Iterator[str]:
    """Find the places of styles by which a number is a date or a time (ECMA-376, 18.8.30)."""
    own = {each.get("numFmtId"): each.get("formatCode") or "" for each in _within(styles, "numFmt")}
    cells = next(_within(styles, "cellXfs"), None)
    for place, style in enumerate(() if cells is None else cells.iterchildren(f"{_MAIN}xf")):
        number = style.get("numFmtId") or ""
        code = re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", own.get(number, ""))
        if number in _DATES or re.search("[ymdhs]", code, re.IGNORECASE):
            yield str(place)


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Unpack what is wanted of a spreadsheet, in memory, and never more than there is room for."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_PARTS or any(_leads_out(each.filename) for each in listed):
                raise QuizgenError(problem("import.no-sheet", "import.save-csv", file=name))
            found: dict[str, bytes] = {}
            left = MOST_UNPACKED
            for each in listed:
                if each.filename in (_BOOK, _LINKS, _SHARED, _STYLES) or _SHEET.fullmatch(each.filename):
                    with archive.open(each) as part:
                        found[each.filename] = part.read(left + 1)
                    left -= len(found[each.filename])
                    if left < 0:
                        raise QuizgenError(problem("import.unpacks", "import.save-csv", file=name))
            return found
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise QuizgenError(problem("import.no-sheet", "import.save-csv", file=name)) from error


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _column(reference: str, following: int) -> int:
    """Read the column of a cell (``B2`` is in 1); a cell without a reference follows the one before."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if not letters:
        return following
    place = 0
    for letter in letters[0]:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _text(element: Any) -> str:
    """Give the words of a text, whose letters may look different from each other; without what tells how it is read."""
    if element is None:
        return ""
    return "".join(
        each.text or "" for each in element.iter(f"{_MAIN}t") if each.getparent().tag != f"{_MAIN}rPh"
    )
