"""Tables read: CSV with whatever parts its columns, and the first sheet of a spreadsheet (.xlsx)."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

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
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")

Row = tuple[int, list[str]]
"""A row's number, from 1 (of CSV that of its first line), and its cells."""


def rows_of(data: bytes, name: str) -> list[Row]:
    """Read the rows that have anything in them; raises QuizgenError for what is no table."""
    found = _sheet_rows(data, name) if data.startswith(_ZIP) else _csv_rows(data, name)
    rows = list(islice(found, MOST_FOUND + _HEAD_ROWS + 1))
    if len(rows) > MOST_FOUND + _HEAD_ROWS:
        raise QuizgenError(problem("import.too-many", "import.in-parts", most=MOST_FOUND, file=name))
    return rows


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


def _sheet_rows(data: bytes, name: str) -> Iterator[Row]:
    parts = _parts(data, name)
    sheets = sorted((int(found[1]), part) for part in parts if (found := _SHEET.fullmatch(part)))
    if not sheets:
        raise QuizgenError(problem("import.no-sheet", "import.save-csv", file=name))
    shared = []
    if "xl/sharedStrings.xml" in parts:
        shared = [
            _text(each) for each in xml_of(parts["xl/sharedStrings.xml"], name).iterchildren(f"{_MAIN}si")
        ]
    sheet = xml_of(parts[sheets[0][1]], name)
    for number, row in enumerate(sheet.iter(f"{_MAIN}row"), start=1):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_MAIN}c"):
            place = _column(cell.get("r") or "", len(cells))
            if len(cells) <= place < MOST_CELLS:
                cells += [""] * (place - len(cells)) + [_value(cell, shared)]
        if any(cells):
            given = row.get("r") or ""
            yield int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number, cells  # noqa: PLR2004  digits


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
                if each.filename == "xl/sharedStrings.xml" or _SHEET.fullmatch(each.filename):
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


def _value(cell: Any, shared: list[str]) -> str:
    kind, value = cell.get("t"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return (
            shared[int(value)].strip()
            if value.isascii() and value.isdigit() and int(value) < len(shared)
            else ""
        )
    if kind == "inlineStr":
        return _text(cell.find(f"{_MAIN}is")).strip()
    if kind == "b":
        return "true" if value == "1" else "false"
    return value.strip().removesuffix(".0")


def _text(element: Any) -> str:
    """Give the words of a text, whose letters may look different from each other; without what tells how it is read."""
    if element is None:
        return ""
    return "".join(
        each.text or "" for each in element.iter(f"{_MAIN}t") if each.getparent().tag != f"{_MAIN}rPh"
    )
