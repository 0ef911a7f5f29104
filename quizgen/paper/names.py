"""Reads a list of names, one a line, and reports everything that is wrong with it at once."""

import codecs
from collections.abc import Iterator, Mapping

from msgspec import Struct

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.paper.font_advice import font_for
from quizgen.text.characters import UNSEEN, described

LONGEST_NAME = 80
"""Characters; the smallest type that a name is set in takes so many of the widest."""

MOST_NAMES = 10_000


class Name(Struct, frozen=True):
    """A name as it is printed, and the number of its line, from 1; 0 where no file has it."""

    text: str
    line: int = 0


class Names(Struct, frozen=True):
    """The names in a file, in its order; ``file`` is its path as the user named it.

    ``problems`` are those of its lines; none may be left out, so that they are raised with those that only the
    fonts tell.
    """

    file: str
    names: tuple[Name, ...]
    problems: tuple[Problem, ...] = ()

    def without_font(self, characters: Mapping[str, str]) -> list[Problem]:
        """Say which lines have a character that no font has; the characters are given with their codes."""
        found = (
            (name, next((character for character in name.text if character in characters), ""))
            for name in self.names
        )
        return [
            problem(
                "print.no-font-for-name",
                "print.install-for-name" if (font := font_for(character)) else "print.spell-otherwise",
                file=self.file,
                line=name.line,
                name=name.text,
                character=character,
                code=characters[character],
                font=font,
            )
            for name, character in found
            if character
        ]


def read_names(file: str, data: bytes) -> Names:
    """Read names, one a line, in UTF-8; blank lines are passed over, and spaces around a name.

    Raises QuizgenError where the file is in another encoding, or has no names or too many.
    """
    lines = list(_lines(file, data))
    names = tuple(
        Name(" ".join(UNSEEN.sub("", line).split()), number) for number, line in lines if line.strip()
    )
    if not names:
        raise QuizgenError(problem("print.no-names", "print.name-a-line", file=file))
    if len(names) > MOST_NAMES:
        count, most = f"{len(names):,}", f"{MOST_NAMES:,}"
        raise QuizgenError(
            problem("print.many-names", "print.split-names", file=file, count=count, most=most)
        )
    unseen = (
        problem(
            "print.name-holds",
            "print.take-out",
            file=file,
            line=number,
            column=found.start() + 1,
            character=described(found.group()),
        )
        for number, line in lines
        if (found := UNSEEN.search(line) or None)
    )
    long = (long_name(name, file) for name in names if len(name.text) > LONGEST_NAME)
    return Names(file, names, (*unseen, *long))


def long_name(name: Name, file: str = "") -> Problem:
    """Say that a name has no room."""
    return problem(
        "print.long-name",
        "print.room-for-name",
        file=file,
        line=name.line,
        count=len(name.text),
        most=LONGEST_NAME,
    )


def _lines(file: str, data: bytes) -> Iterator[tuple[int, str]]:
    """Return the lines with their numbers."""
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).splitlines(), start=1):
        try:
            yield number, line.decode()
        except UnicodeDecodeError as error:
            raise QuizgenError(
                problem("print.not-utf-8", "print.save-utf-8", file=file, line=number, column=error.start + 1)
            ) from error
