"""What can be wrong, and how it is said: one line a problem, and all of them at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias

from quizgen.text.characters import visible
from quizgen.text.languages import FALLBACK, LANGUAGES, language_of_tag, locale
from quizgen.text.messages import NOTHING, Message, _

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in data: ``("questions", 3, "stem", "en")``."""


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
    what: Message
    hint: Message = NOTHING

    def translated(self, language: str) -> str:
        """``file:line:column: what; hint``, leaving out what is not known."""
        parts = (self.what, self.hint)
        # What is quoted may hold anything.
        what, hint = (visible(part.translated(language)) for part in parts)
        place = self.file
        if self.file and self.line:
            place += f":{self.line}:{self.column or 1}"
        said = f"{place}: {what}" if place else what
        if hint:
            said += f"{locale(language).semicolon}{hint}"
        return " ".join(said.split())

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
    """Make a :class:`Problem`, naming only what is known.

    ``values`` fill both ``what`` and ``hint``, unless these have values of their own.
    """
    return Problem(file, line, column, _with(what, values), _with(hint, values))


def _with(message: Message, values: Mapping[str, object]) -> Message:
    return message.filled(**values) if values and not message.values else message


class Diagnostic(NamedTuple):
    """Something wrong in data, at a path: a problem before it is known which file and line that is.

    ``at_key`` points at the key in place of its value; ``see`` is where something else stands that has to
    do with it.
    """

    path: Path
    what: Message
    hint: Message = NOTHING
    at_key: bool = False
    see: Path | None = None

    def under(self, path: Path) -> "Diagnostic":
        """Give the same of a value that stands at a path itself."""
        return self._replace(path=(*path, *self.path), see=self.see and (*path, *self.see))


def nearest(word: str, words: Iterable[str], *, cutoff: float = 0.6) -> Message:
    """Turn the nearest of some words into a hint; nothing where none is as near as the cutoff (0 to 1) asks."""
    near = get_close_matches(word, list(words), n=1, cutoff=cutoff)
    return _("did you mean {near}?", near=near[0]) if near else NOTHING


class QuizgenError(Exception):
    """The data or the run failed: exit code 1. Carries every problem found, or how many ``more`` there are of a great many."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem], more: int = 0) -> None:
        self.more = more
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(QuizgenError):
    """The command was misused (an unknown topic, more questions than there are): exit code 2."""

    exit_code = 2


def language_named(tag: str, among: Sequence[str] = LANGUAGES) -> str:
    """Give the language ``among`` these that somebody names; raises MisuseError where it is none of them."""
    if language := language_of_tag(tag, among):
        return language
    hint = nearest(tag, among, cutoff=0.3 if len(tag) > 3 else 0.7)  # noqa: PLR2004  de is not nearly en
    raise MisuseError(
        problem(_("no language {asked!r}: there are {languages}"), hint, asked=tag, languages=tuple(among))
    )
