"""Read a list of names, one on each line, and report all its problems at once."""

import codecs
from collections.abc import Iterator, Mapping

from msgspec import Struct

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.paper.font_advice import describe_font_for
from quizgen.text.characters import FORBIDDEN_CHARACTERS, describe_character
from quizgen.text.messages import _

MAX_NAME_LENGTH = 80
"""The length of the longest name, in characters. The smallest type for names has room for so many of the widest."""

MAX_NAMES = 10_000


class Name(Struct, frozen=True):
    """A name to print, and the number of its line, from 1; 0 if it is not from a file."""

    text: str
    line: int = 0


class NameList(Struct, frozen=True):
    """The names in a file, in order; ``file`` is its path as the user gave it.

    ``problems`` are those found in its lines. They are raised later, together with those that only appear with fonts,
    so that the user sees all at once.
    """

    file: str
    names: tuple[Name, ...]
    problems: tuple[Problem, ...] = ()

    def missing_font_problems(self, characters: Mapping[str, str]) -> list[Problem]:
        """Return a problem for each name with a character in ``characters``, which no font has."""
        found = (
            (name, next((character for character in name.text if character in characters), ""))
            for name in self.names
        )
        return [
            problem(
                _("no font here has {character} ({code}), in the name {name}"),
                _("install a font for {font}, or write the name with other characters")
                if (font := describe_font_for(character))
                else _(
                    "install a font that has it, if you know of one, or write the name with other characters"
                ),
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


def read_names(file: str, data: bytes) -> NameList:
    """Read names in UTF-8, one in each line; blank lines, and spaces around names, are ignored.

    Raises QuizgenError if the file is in another encoding, or has no names or too many.
    """
    lines = list(_decode_lines(file, data))
    names = tuple(
        Name(" ".join(FORBIDDEN_CHARACTERS.sub("", line).split()), number)
        for number, line in lines
        if line.strip()
    )
    if not names:
        raise QuizgenError(problem(_("there is no name in this file"), _("write one name a line"), file=file))
    if len(names) > MAX_NAMES:
        count, most = f"{len(names):,}", f"{MAX_NAMES:,}"
        raise QuizgenError(
            problem(
                _("there are {count} names"),
                _("{most} can be printed at once: split the file"),
                file=file,
                count=count,
                most=most,
            )
        )
    unseen = (
        problem(
            _("the name holds {character}"),
            _("leave it out"),
            file=file,
            line=number,
            column=found.start() + 1,
            character=describe_character(found.group()),
        )
        for number, line in lines
        if (found := FORBIDDEN_CHARACTERS.search(line) or None)
    )
    long = (long_name_problem(name, file) for name in names if len(name.text) > MAX_NAME_LENGTH)
    return NameList(file, names, (*unseen, *long))


def long_name_problem(name: Name, file: str = "") -> Problem:
    """Return the problem that a name is too long."""
    return problem(
        _("the name has {count} characters"),
        _("{most} have room on a certificate"),
        file=file,
        line=name.line,
        count=len(name.text),
        most=MAX_NAME_LENGTH,
    )


def _decode_lines(file: str, data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the line numbers and the decoded lines. Raises QuizgenError for a line that is not UTF-8."""
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).splitlines(), start=1):
        try:
            yield number, line.decode()
        except UnicodeDecodeError as error:
            raise QuizgenError(
                problem(
                    _("is not UTF-8"),
                    _("save the list as plain text in UTF-8"),
                    file=file,
                    line=number,
                    column=error.start + 1,
                )
            ) from error
