"""Problems in data or in a run, and the exceptions that carry them. A problem is shown on one line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias

from quizgen.text.characters import escape_forbidden
from quizgen.text.languages import FALLBACK, LANGUAGES, find_language, locale
from quizgen.text.messages import NOTHING, Message, _

Path: TypeAlias = tuple[str | int, ...]
"""The path of a value in data: ``("questions", 3, "stem", "en")``."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, its place, and what to do about it.

    ``file`` is the path as the user would write it, or "" if no file is at fault. ``line`` and ``column`` count from 1; 0
    stands for the whole file. ``what`` and ``hint`` are messages, so that the command line can show them in the user's
    language; ``str()`` of a problem is English.
    """

    file: str
    line: int
    column: int
    what: Message
    hint: Message = NOTHING

    def translated(self, language: str) -> str:
        """Return ``file:line:column: what; hint``, without the parts that are unknown."""
        parts = (self.what, self.hint)
        # Quoted text may have any character.
        what, hint = (escape_forbidden(part.translated(language)) for part in parts)
        place = self.file
        if self.file and self.line:
            place += f":{self.line}:{self.column or 1}"
        line = f"{place}: {what}" if place else what
        if hint:
            line += f"{locale(language).semicolon}{hint}"
        return " ".join(line.split())

    def __str__(self) -> str:
        return self.translated(FALLBACK)


def problem(
    what: Message,
    hint: Message = NOTHING,
    /,
    *,
    file: str = "",
    line: int = 0,
    column: int = 0,
    **values: object,
) -> Problem:
    """Make a :class:`Problem`; leave out what is unknown.

    ``values`` fill both ``what`` and ``hint``, unless these have values of their own.
    """
    return Problem(file, line, column, _with_values(what, values), _with_values(hint, values))


def _with_values(message: Message, values: Mapping[str, object]) -> Message:
    return message.with_values(**values) if values and not message.values else message


class Diagnostic(NamedTuple):
    """Something wrong at a path in data. ``bank.reader.Document`` turns it into a problem with file and line.

    ``at_key`` points at the key in place of its value; ``related`` is the path of something else that the problem is about.
    """

    path: Path
    what: Message
    hint: Message = NOTHING
    at_key: bool = False
    related: Path | None = None

    def under(self, path: Path) -> "Diagnostic":
        """Return the same diagnostic for data that is itself at a path."""
        return self._replace(path=(*path, *self.path), related=self.related and (*path, *self.related))


def nearest(word: str, words: Iterable[str], *, cutoff: float = 0.6) -> Message:
    """Return a hint with the word most similar to another; nothing if none is as similar as the cutoff (0 to 1)."""
    near = get_close_matches(word, list(words), n=1, cutoff=cutoff)
    return _("did you mean {near}?", near=near[0]) if near else NOTHING


class QuizgenError(Exception):
    """The data or the run failed: exit code 1. It has every problem found; of a great many it has the first, and ``more`` counts the rest."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem], more: int = 0) -> None:
        self.more = more
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(QuizgenError):
    """The command was misused (an unknown topic, more questions than there are): exit code 2."""

    exit_code = 2


def require_language(tag: str, among: Sequence[str] = LANGUAGES) -> str:
    """Return the language ``among`` these that somebody names; raises MisuseError if it is none of them."""
    if language := find_language(tag, among):
        return language
    hint = nearest(tag, among, cutoff=0.3 if len(tag) > 3 else 0.7)  # noqa: PLR2004  de is not nearly en
    raise MisuseError(
        problem(_("no language {asked!r}: there are {languages}"), hint, asked=tag, languages=tuple(among))
    )
