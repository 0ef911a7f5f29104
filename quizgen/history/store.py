"""What a history holds, and what can be asked of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
from msgspec import Struct

from quizgen.attempt import Attempt, Given, Rules
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.language import LANGUAGES, text
from quizgen.model import Quiz
from quizgen.shapes import Response

_ATTEMPTS = "SELECT id, started, quiz, language, rules, kiosk FROM attempts"
_NO_DATE = 253_402_300_800  # seconds from the epoch to the year 10000


class UnusableHistoryError(QuizgenError):
    """The file cannot be opened or written: a quiz goes on all the same, and is not kept."""


class Kept(Struct, frozen=True):
    """An attempt and its number in the history."""

    number: int
    attempt: Attempt


class Reviewed(Struct, frozen=True):
    """One answer to a question, known by the id that survives every edit of it."""

    question: str
    right: bool
    at: float


class History:
    """An open history. Every method raises UnusableHistoryError where the file fails it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def close(self) -> None:
        """Close the file; what was kept is on disk already."""
        self._connection.close()

    def keep(self, attempt: Attempt, number: int | None) -> int:
        """Store what is new in an attempt, all or nothing, and return its number.

        ``number`` is ``None`` for an attempt that is not in the history yet. Raises QuizgenError too
        where another process has gone on with the same attempt.
        """
        with self._transaction():
            if number is None or not self._run("SELECT 1 FROM attempts WHERE id = ?", number):
                number = self._add(attempt)  # cleared in the meantime, perhaps: then it is stored anew
            kept = [
                row[0]
                for row in self._run("SELECT at FROM answers WHERE attempt = ? ORDER BY position", number)
            ]
            if kept != [given.at for given in attempt.given[: len(kept)]]:
                raise QuizgenError(problem("history.elsewhere", "history.one-place"))
            for position in range(len(kept), attempt.position):
                given = attempt.given[position]
                response = msgspec.json.encode(given.response).decode()
                self._run(
                    "INSERT INTO answers (attempt, position, question, response, right, at, seconds)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    *(number, position, given.question, response, given.right, given.at, given.seconds),
                )
            self._run(
                "UPDATE attempts SET finished = ?, language = ? WHERE id = ?",
                *(attempt.finished, attempt.quiz.language, number),
            )
        return number

    def attempts(self, unreadable: list[Problem] | None = None) -> list[Kept]:
        """List every attempt, oldest first.

        Those that cannot be read are added to ``unreadable``; where there is no such list, QuizgenError
        is raised with all of them.
        """
        kept: list[Kept] = []
        problems: list[Problem] = []
        for row in self._run(f"{_ATTEMPTS} ORDER BY id"):
            try:
                kept.append(self._read(*row))
            except UnusableHistoryError:
                raise
            except QuizgenError as error:
                problems += error.problems
        if problems and unreadable is None:
            raise QuizgenError(problems)
        if unreadable is not None:
            unreadable += problems
        return kept

    def count(self) -> int:
        """Count the attempts, whether or not they can be read."""
        return int(self._run("SELECT count(*) FROM attempts")[0][0])

    def latest(self, *, unfinished: bool) -> Kept | None:
        """Return the attempt begun last; of those with questions left only, if ``unfinished``.

        What passers-by began at a stall is passed over.
        """
        rows = self._run(
            f"{_ATTEMPTS} WHERE NOT kiosk AND (finished IS NULL OR NOT ?) ORDER BY id DESC LIMIT 1",
            unfinished,
        )
        return self._read(*rows[0]) if rows else None

    def reviews(self) -> list[Reviewed]:
        """List what was ever answered to any question, oldest first; not what passers-by answered."""
        rows = self._run(
            "SELECT question, right, at FROM answers JOIN attempts ON attempts.id = attempt"
            " WHERE NOT kiosk AND at >= 0 AND at < ? ORDER BY at",
            _NO_DATE,
        )
        return [Reviewed(question, bool(right), at) for question, right, at in rows]

    def clear(self) -> int:
        """Delete every attempt, wipe what they held from the file, and return how many there were."""
        with self._transaction():
            count = self.count()
            self._run("DELETE FROM attempts")
        self._run("VACUUM")
        return count

    def _add(self, attempt: Attempt) -> int:
        quiz, rules = (msgspec.json.encode(part).decode() for part in (attempt.quiz, attempt.rules))
        rows = self._run(
            "INSERT INTO attempts (started, quiz, rules, kiosk) VALUES (?, ?, ?, ?) RETURNING id",
            *(attempt.started, quiz, rules, attempt.kiosk),
        )
        return int(rows[0][0])

    def _read(
        self, number: int, started: float, quiz: str, language: str | None, rules: str, kiosk: int
    ) -> Kept:
        rows = self._run(
            "SELECT question, response, right, at, seconds FROM answers WHERE attempt = ? ORDER BY position",
            number,
        )
        try:
            given = tuple(
                Given(
                    question=question,
                    response=msgspec.json.decode(response, type=Response),
                    right=bool(right),
                    at=_time(at),
                    seconds=msgspec.convert(seconds, type=float | None),
                )
                for question, response, right, at, seconds in rows
            )
            attempt = Attempt(
                quiz=msgspec.json.decode(quiz, type=Quiz),
                started=_time(started),
                given=given,
                rules=msgspec.json.decode(rules, type=Rules),
                kiosk=bool(kiosk),
            )
            attempt = _sound(attempt.in_language(language) if language else attempt)
        except msgspec.MsgspecError as error:
            raise QuizgenError(
                problem(
                    "history.unreadable-attempt",
                    "history.start-anew",
                    number=number,
                    reason=error.args[0],
                    file=str(self._path),
                )
            ) from error
        return Kept(number=number, attempt=attempt)

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            fail(self._path, error)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            raise


def _time(value: object) -> float:
    return float(msgspec.convert(value, type=Annotated[float, msgspec.Meta(ge=0, lt=_NO_DATE)]))


def _sound(attempt: Attempt) -> Attempt:
    """Give an attempt back if it can be shown and gone on with; raises msgspec.ValidationError if not."""
    asked = [question.id for question in attempt.quiz.questions[: attempt.position]]
    if asked != [given.question for given in attempt.given]:
        raise msgspec.ValidationError(text("history.other-answers"))
    if attempt.quiz.language not in LANGUAGES:
        raise msgspec.ValidationError(text("history.no-such-language", asked=attempt.quiz.language))
    return attempt


def fail(path: Path, error: sqlite3.Error | OSError) -> NoReturn:
    """Say what failed, as an UnusableHistoryError."""
    said = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    raise UnusableHistoryError(
        problem("history.unusable", "history.see-folder", reason=said, file=str(path))
    ) from error
