"""Export formats for other programs, a module each.

A format turns a quiz, or the records of the history (:mod:`quizgen.export.records`), into the bytes of a file.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from quizgen.export.format import Format, Subject
from quizgen.registry import collect_entries

if TYPE_CHECKING:
    from quizgen.export.reading import Reading

__all__ = ["Format", "formats", "formats_of", "readers"]


@cache
def formats() -> tuple[Format, ...]:
    """Return all formats, in the order of their modules. The first call imports the modules."""
    entries = collect_entries(__name__, __path__, "FORMAT", lambda format_: (format_.takes, format_.name))
    return tuple(entries.values())


def readers() -> dict[str, Callable[[bytes, str, str], "Reading"]]:
    """Return the functions that read a file, by the name of their format."""
    return {name: each.read for name, each in formats_of("quiz").items() if each.read}


def formats_of(subject: Subject) -> dict[str, Format]:
    """Return the formats of a quiz or of the history, by name."""
    return {
        each.name: each for each in sorted(formats(), key=lambda each: each.name) if each.takes == subject
    }
