"""Export formats for other programs, with one module for each format.

A format turns a quiz, or records of the history (:mod:`quizgen.formats.records`), into the bytes of a file.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from quizgen.formats.format import Format, Subject
from quizgen.registry import collect_entries
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from quizgen.formats.reading import ReadResult

BANK_FORMATS: Mapping[str, Message] = {
    "json": _("a whole bank, as `quizgen bank show --json` prints it"),
    "table": _("a whole bank, as `quizgen bank table` writes it"),
}
"""The formats in which a whole question bank can be imported, with their meanings."""

__all__ = ["BANK_FORMATS", "Format", "all_formats", "formats_by_name", "readers_by_format"]


@cache
def all_formats() -> tuple[Format, ...]:
    """Return all formats, in the order of their modules. The first call imports the modules."""
    entries = collect_entries(__name__, __path__, "FORMAT", lambda format_: (format_.subject, format_.name))
    return tuple(entries.values())


def readers_by_format() -> dict[str, Callable[[bytes, str, str], "ReadResult"]]:
    """Return the functions that read a file to import, by the name of the file's format."""
    return {name: each.read for name, each in formats_by_name("quiz").items() if each.read}


def formats_by_name(subject: Subject) -> dict[str, Format]:
    """Return the formats for a quiz, or those for the history, by name."""
    return {
        each.name: each
        for each in sorted(all_formats(), key=lambda each: each.name)
        if each.subject == subject
    }
