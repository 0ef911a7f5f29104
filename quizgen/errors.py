"""What can be wrong, and how it is said: one line a problem, and all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it stands, and what to do about it.

    ``file`` is the path as the user would name it, or "" where no file is at fault; ``line`` and
    ``column`` count from 1, and 0 means that the whole file is meant.
    """

    file: str
    line: int
    column: int
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """``file:line:column: what; hint``, leaving out what is not known."""
        place = self.file
        if self.file and self.line:
            place += f":{self.line}:{self.column or 1}"
        text = f"{place}: {self.what}" if place else self.what
        if self.hint:
            text += f"; {self.hint}"
        return " ".join(text.split())


def problem(what: str, hint: str = "", *, file: str = "", line: int = 0, column: int = 0) -> Problem:
    """Make a :class:`Problem`, naming only what is known."""
    return Problem(file, line, column, what, hint)


class QuizgenError(Exception):
    """The data or the run failed: exit code 1. Carries every problem found."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(QuizgenError):
    """The command was misused (an unknown topic, more questions than there are): exit code 2."""

    exit_code = 2
