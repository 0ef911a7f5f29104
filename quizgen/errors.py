"""Problems in data or in a run, and the exceptions that carry them."""

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
    """Something that is wrong, where it is, and what to do about it. It is shown on one line.

    ``file`` is the path as the user would write it, or "" if no file is wrong. ``line`` and ``column`` count
    from 1; 0 means the whole file. ``what`` and ``hint`` are messages, which are shown in the user's language.
    ``str()`` of a problem is in English.
    """

    file: str
    line: int
    column: int
    what: Message
    hint: Message = NOTHING

    def translated(self, language: str) -> str:
        """Return ``file:line:column: what; hint`` in a language. Parts that are not known are left out."""
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
        """Return the problem in English."""
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
    """Return a :class:`Problem`.

    ``values`` replace the placeholders of ``what`` and of ``hint``, unless that message already has values.
    """
    return Problem(file, line, column, _add_values(what, values), _add_values(hint, values))


def _add_values(message: Message, values: Mapping[str, object]) -> Message:
    """Return a message with more values, unless it has values already."""
    return message.with_values(**values) if values and not message.values else message


class Diagnostic(NamedTuple):
    """Something that is wrong at a path in data, such as ``("questions", 3, "stem")``.

    ``bank.reader.Document`` converts it to a problem with a file and a line. If ``at_key`` is true, the problem
    is the key and not its value. ``related`` is the path of something else that the problem is about.
    """

    path: Path
    what: Message
    hint: Message = NOTHING
    at_key: bool = False
    related: Path | None = None

    def prefixed_with(self, path: Path) -> "Diagnostic":
        """Return a copy of the diagnostic whose path is prefixed with ``path``."""
        return self._replace(path=(*path, *self.path), related=self.related and (*path, *self.related))


def suggest_nearest(word: str, known_words: Iterable[str], *, cutoff: float = 0.6) -> Message:
    """Return a hint with the word that is most similar to ``word``, or an empty message if none is similar.

    ``cutoff`` is from 0 to 1.
    """
    near = get_close_matches(word, list(known_words), n=1, cutoff=cutoff)
    return _("did you mean {near}?", near=near[0]) if near else NOTHING


class QuizgenError(Exception):
    """The data is wrong, or the run failed. The command ends with exit code 1.

    ``problems`` are all problems. If there are very many, only the first are in it, and ``omitted_count`` is the number
    of the others.
    """

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem], omitted_count: int = 0) -> None:
        """Make an error of one or several problems."""
        self.more = omitted_count
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(QuizgenError):
    """The command line is wrong, such as an unknown topic. The command ends with exit code 2."""

    exit_code = 2


def require_language(tag: str, languages: Sequence[str] = LANGUAGES) -> str:
    """Return the one of ``languages`` that a tag names. Raises MisuseError if it is none of them."""
    if language := find_language(tag, languages):
        return language
    hint = suggest_nearest(tag, languages, cutoff=0.3 if len(tag) > 3 else 0.7)  # noqa: PLR2004  de is not nearly en
    raise MisuseError(
        problem(
            _("no language {asked!r}: there are {languages}"), hint, asked=tag, languages=tuple(languages)
        )
    )
