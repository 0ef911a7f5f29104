"""What a format is, and the notations that several are written in."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from quizgen.text.characters import FORBIDDEN_CHARACTERS
from quizgen.text.foreign import json_words
from quizgen.text.messages import Message

if TYPE_CHECKING:
    from quizgen.export.reading import Reading
    from quizgen.view.question import QuestionView

Taken: TypeAlias = Literal["quiz", "history"]
"""What a format is of."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a formula may begin with, by OWASP, “CSV Injection”; some spreadsheets read the wide signs as the narrow."""


@dataclass(frozen=True)
class Format:
    """A format by its ``name`` on the command line, with the ``suffix`` of its files (``.csv``).

    ``write`` makes the bytes of a file: of a :class:`~quizgen.export.records.QuizExport`, or of the list that
    ``attempt_records`` gives, as ``takes`` says. ``refuses`` says what in a question the format has no place for;
    ``write`` is given no such question. ``dated`` is a format that tells when its questions were last changed.
    ``read``, of a format that can be read too, takes the bytes of a file, the language of its texts and its name, and
    raises QuizgenError for what is no such file. It is a function of a module, so that a child process can call it.
    """

    name: str
    suffix: str
    takes: Taken
    write: Callable[[Any], bytes]
    refuses: Callable[["QuestionView"], Iterable[Message]] = lambda _question: ()
    dated: bool = False
    read: Callable[[bytes, str, str], "Reading"] | None = None


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV (RFC 4180); the byte order mark tells spreadsheets that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def safe_cell(cell: str) -> str:
    """Keep a spreadsheet from running a cell that looks like a formula: a quote before it makes it text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


_THEN = (1980, 1, 1, 0, 0, 0)
"""When each file in a zip was written, as far as that tells: it has no earlier date."""

_UNIX, _READABLE = 3, 0o100644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Zip files, given by their names, in their order: the same bytes for the same files."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return zipped.getvalue()


def json_bytes(data: Any) -> bytes:
    """Write plain data as JSON, for programs and for people: what nobody sees in a text is written by its number."""
    written = msgspec.json.format(msgspec.json.encode(data, enc_hook=json_words), indent=2).decode()
    return FORBIDDEN_CHARACTERS.sub(_escaped, written).encode() + b"\n"


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
