"""What can be wrong, and how it is said: one line a problem, and all of them at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizgen.language import FALLBACK, Message, text

_ID = re.compile(r"[a-z]+\.[a-z0-9-]+")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it stands, and what to do about it.

    ``file`` is the path as the user would name it, or "" where no file is at fault; ``line`` and
    ``column`` count from 1, and 0 means that the whole file is meant. ``what`` and ``hint`` are messages,
    so that the command line can say them in the user's language; ``str()`` of a problem is English.
    """

    file: str
    line: int
    column: int
    what: Message | str
    hint: Message | str = ""

    def said(self, language: str) -> str:
        """``file:line:column: what; hint``, leaving out what is not known."""
        what, hint = (
            part.said(language) if isinstance(part, Message) else part for part in (self.what, self.hint)
        )
        place = self.file
        if self.file and self.line:
            place += f":{self.line}:{self.column or 1}"
        said = f"{place}: {what}" if place else what
        if hint:
            said += f"; {hint}"
        return " ".join(said.split())

    def __str__(self) -> str:
        return self.said(FALLBACK)


def problem(
    what: Message | str,
    hint: Message | str = "",
    *,
    file: str = "",
    line: int = 0,
    column: int = 0,
    **values: object,
) -> Problem:
    """Make a :class:`Problem`, naming only what is known.

    ``what`` and ``hint`` are ids of messages (``table.name``), both filled with ``values``, or messages.
    """
    return Problem(file, line, column, _message(what, values), _message(hint, values))


def _message(said: Message | str, values: dict[str, object]) -> Message | str:
    return text(said, **values) if isinstance(said, str) and _ID.fullmatch(said) else said


class QuizgenError(Exception):
    """The data or the run failed: exit code 1. Carries every problem found."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(QuizgenError):
    """The command was misused (an unknown topic, more questions than there are): exit code 2."""

    exit_code = 2
