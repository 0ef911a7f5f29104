"""The type of an export format, and functions that write CSV, JSON and zip files."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from quizgen.text.characters import FORBIDDEN_CHARACTERS
from quizgen.text.messages import NOTHING, Message

if TYPE_CHECKING:
    from quizgen.formats.reading import ReadResult
    from quizgen.view.question import QuestionView

Subject: TypeAlias = Literal["quiz", "history"]
"""What a format exports."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a formula may begin with (OWASP, “CSV Injection”). Some spreadsheets read the wide signs as the narrow ones."""


@dataclass(frozen=True)
class Format:
    """An export format.

    - ``name`` is its name on the command line, ``suffix`` the suffix of its files, such as ``.csv``.
    - ``meaning`` says in a few words what it is or who reads it, for the help.
    - ``subject`` says whether it exports a quiz or the history.
    - ``write`` returns the bytes of a file. It gets a :class:`~quizgen.formats.records.QuizExport`, or an iterator
      over the records of the attempts in the history.
    - ``write_pieces`` yields the same bytes in pieces, so that a long history is never in memory as a whole.
    - ``refusal_reasons`` returns the reasons why the format cannot hold a question. Such a question is not passed to
      ``write``.
    - ``is_dated`` is true if a file says when the questions were last changed.
    - ``read`` reads a file to import. It gets the bytes, the language of the texts and the name of the file, and
      raises QuizgenError for a file of another format. It must be a function of a module, because a child process
      calls it.
    """

    name: str
    suffix: str
    subject: Subject
    write: Callable[[Any], bytes]
    refusal_reasons: Callable[["QuestionView"], Iterable[Message]] = lambda _question: ()
    is_dated: bool = False
    read: Callable[[bytes, str, str], "ReadResult"] | None = None
    meaning: Message = NOTHING
    write_pieces: Callable[[Any], Iterator[bytes]] | None = None


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV (RFC 4180), with a byte order mark, from which spreadsheets recognise UTF-8."""
    return b"".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield rows as :func:`csv_bytes` writes them, a piece for each row."""
    yield codecs.BOM_UTF8
    for row in rows:
        text = io.StringIO()
        csv.writer(text).writerow(row)
        yield text.getvalue().encode()


def escape_formula(cell: str) -> str:
    """Put an apostrophe before a cell that looks like a formula, so that spreadsheets take it for text."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip, so that the same files make the same bytes. A zip has no earlier date."""

_CREATED_ON_UNIX, _FILE_MODE = 3, 0o100644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files, which maps names to contents. The same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system, entry.external_attr = _CREATED_ON_UNIX, _FILE_MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def json_bytes(data: Any) -> bytes:
    """Return plain data as indented JSON, with invisible characters escaped."""
    written = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
    return FORBIDDEN_CHARACTERS.sub(_unicode_escapes, written).encode() + b"\n"


def _unicode_escapes(match: re.Match[str]) -> str:
    r"""Return the matched characters as JSON escapes, such as ``\u200b``."""
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
