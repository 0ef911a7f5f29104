"""The type of an export format, and functions that write CSV, JSON and zip files."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from quizgen.text.characters import FORBIDDEN_CHARACTERS
from quizgen.text.messages import Message

if TYPE_CHECKING:
    from quizgen.export.reading import Reading
    from quizgen.view.question import QuestionView

Subject: TypeAlias = Literal["quiz", "history"]
"""What a format exports."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a formula may begin with (OWASP, “CSV Injection”). Some spreadsheets read the wide signs as the narrow ones."""


@dataclass(frozen=True)
class Format:
    """An export format.

    - ``name`` is its name on the command line, ``suffix`` the suffix of its files (``.csv``).
    - ``takes`` says whether it exports a quiz or the history.
    - ``write`` makes the bytes of a file, from a :class:`~quizgen.export.records.QuizExport` or the records of attempts.
    - ``refuses`` says why the format cannot hold a question. ``write`` never gets such a question.
    - ``dated`` is true if files of the format say when the questions were last changed.
    - ``read`` reads a file: it takes the bytes, the language of the texts and the name of the file, and raises
      QuizgenError for a file of another format. It belongs to a module, so that a child process can call it.
    """

    name: str
    suffix: str
    takes: Subject
    write: Callable[[Any], bytes]
    refuses: Callable[["QuestionView"], Iterable[Message]] = lambda _question: ()
    dated: bool = False
    read: Callable[[bytes, str, str], "Reading"] | None = None


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV (RFC 4180), with a byte order mark, by which spreadsheets recognise UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def safe_cell(cell: str) -> str:
    """Put an apostrophe before a cell that looks like a formula, so that spreadsheets take it for text."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip, so that the same files make the same bytes. A zip has no earlier date."""

_CREATED_ON_UNIX, _FILE_MODE = 3, 0o100644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Zip files, given by name, in their order. The same files make the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system, entry.external_attr = _CREATED_ON_UNIX, _FILE_MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def json_bytes(data: Any) -> bytes:
    """Write plain data as indented JSON, with invisible characters as escapes."""
    written = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
    return FORBIDDEN_CHARACTERS.sub(_escape, written).encode() + b"\n"


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
