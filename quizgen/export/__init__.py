"""Formats that other programs read: each a module here, found by looking.

A format takes a quiz, or records of the history (:mod:`quizgen.export.records`), and gives bytes.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from quizgen.export.format import Format, Taken
from quizgen.registry import collect_entries

if TYPE_CHECKING:
    from quizgen.export.reading import Reading

__all__ = ["Format", "formats", "formats_of", "readable"]


@cache
def formats() -> tuple[Format, ...]:
    """Give all formats, in the order of their modules, which are loaded when somebody asks."""
    found = collect_entries(__name__, __path__, "FORMAT", lambda format_: (format_.takes, format_.name))
    return tuple(found.values())


def readable() -> dict[str, Callable[[bytes, str, str], "Reading"]]:
    """Give what reads each format that can be read, by its name."""
    return {name: each.read for name, each in formats_of("quiz").items() if each.read}


def formats_of(taken: Taken) -> dict[str, Format]:
    """Give the formats of a quiz or of the history, by name."""
    return {each.name: each for each in sorted(formats(), key=lambda each: each.name) if each.takes == taken}
