"""What a history holds, and what can be asked of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
from msgspec import Struct

from quizgen.attempt import Answered, Attempt, Rules
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import reason
from quizgen.history.parts import Joiner, cut
from quizgen.model import Question
from quizgen.shapes import Response
from quizgen.text.languages import FALLBACK, LANGUAGES
from quizgen.text.messages import text

_ATTEMPTS = "SELECT id, started, quiz, language, rules, kiosk FROM attempts"
_ANSWERS = "SELECT question, right, at FROM answers JOIN attempts ON attempts.id = attempt"
_OWN = "NOT kiosk AND rules NOT LIKE '%\"again\":true%'"
"""Whether an attempt is one's own first go: no passer-by's, and not at what was missed."""
_NO_DATE = 253_402_300_800  # seconds from the epoch to the year 10000


class UnusableHistoryError(QuizgenError):
    """The file cannot be opened or written: a quiz goes on all the same, and is not kept."""


class DamagedHistoryError(UnusableHistoryError):
    """What is read or written does not hang together: the file is to be set aside, or cleared."""


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
        self.path = path
        self._connection = connection
        self._joiner = Joiner(self._part)

    @property
    def files(self) -> tuple[Path, ...]:
        """The file, and those that SQLite keeps beside it."""
        return tuple(self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal", "-shm"))

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
            if kept != [answered.at for answered in attempt.answers[: len(kept)]]:
                raise QuizgenError(problem("history.elsewhere", "history.one-place"))
            for position in range(len(kept), attempt.position):
                answered = attempt.answers[position]
                response = msgspec.json.encode(answered.response).decode()
                self._run(
                    "INSERT INTO answers (attempt, position, question, response, right, at, seconds)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    *(
                        number,
                        position,
                        answered.question,
                        response,
                        answered.right,
                        answered.at,
                        answered.seconds,
                    ),
                )
            self._run(
                "UPDATE attempts SET finished = ?, language = ? WHERE id = ?",
                *(attempt.finished, attempt.quiz.language, number),
            )
        return number

    def attempts(self, unreadable: list[Problem] | None = None) -> Iterator[Kept]:
        """Give every attempt, oldest first, one at a time.

        Those that cannot be read are added to ``unreadable``; where there is no such list, QuizgenError
        is raised with all of them, behind the last.
        """
        number = 0
        problems: list[Problem] = [] if unreadable is None else unreadable
        while rows := self._run(f"{_ATTEMPTS} WHERE id > ? ORDER BY id LIMIT 1", number):
            number = rows[0][0]
            try:
                yield self._read(*rows[0])
            except UnusableHistoryError:
                raise
            except QuizgenError as error:
                problems += error.problems
        if problems and unreadable is None:
            raise QuizgenError(problems)

    def of_stall(self, since: float, until: float) -> Iterator[Kept]:
        """Give what passers-by began in a time, oldest first, one at a time; raises QuizgenError at one that cannot be read."""
        numbers = self._run(
            "SELECT id FROM attempts WHERE kiosk AND started >= ? AND started < ? ORDER BY id", since, until
        )
        for (number,) in numbers:
            yield from (self._read(*row) for row in self._run(f"{_ATTEMPTS} WHERE id = ?", number))

    def stall_shares(self, since: float, until: float) -> list[float]:
        """Give what share each passer-by had right who finished in a time, by one query."""
        rows = self._run(
            "SELECT avg(right) FROM attempts JOIN answers ON attempts.id = attempt"
            " WHERE kiosk AND finished >= ? AND finished < ? GROUP BY attempts.id",
            *(since, until),
        )
        return [float(share) for (share,) in rows]

    def count(self) -> int:
        """Count the attempts, whether or not they can be read."""
        return int(self._run("SELECT count(*) FROM attempts")[0][0])

    def latest(self, *, unfinished: bool) -> Kept | None:
        """Return the attempt begun last; of those with questions left only, if ``unfinished``.

        What passers-by began at a stall is passed over, and so is what was missed and asked again.
        """
        rows = self._run(
            f"{_ATTEMPTS} WHERE {_OWN} AND (finished IS NULL OR NOT ?) ORDER BY id DESC LIMIT 1",
            unfinished,
        )
        return self._read(*rows[0]) if rows else None

    def reviews(self) -> list[Reviewed]:
        """List what was ever answered to any question, oldest first.

        Not what passers-by answered, nor what was asked again minutes after it was missed: that tells of no memory.
        """
        rows = self._run(
            f"{_ANSWERS} WHERE {_OWN} AND at >= 0 AND at < ? ORDER BY at",
            _NO_DATE,
        )
        return [Reviewed(question, bool(right), at) for question, right, at in rows]

    def clear(self) -> int:
        """Delete every attempt, wipe what they held from the file, and return how many there were.

        A damaged file is deleted as a whole. One that cannot be made smaller stays as large as it is, with nothing in it.
        """
        count = 0
        try:
            self._run("PRAGMA secure_delete = ON")  # what goes is written over
            with self._transaction():
                count = self.count()
                self._run("DELETE FROM attempts")
                self._run("DELETE FROM parts")
            try:
                self._run("VACUUM")
            except UnusableHistoryError as error:
                if isinstance(error, DamagedHistoryError):
                    raise
        except DamagedHistoryError:
            self.close()
            try:
                for file in self.files:
                    file.unlink(missing_ok=True)
            except OSError as error:
                fail(self.path, error)
        return count

    def _add(self, attempt: Attempt) -> int:
        quiz = cut(attempt.quiz, self._keep_part).decode()
        rules = msgspec.json.encode(attempt.rules).decode()
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
            answers = tuple(
                Answered(
                    question=question,
                    response=msgspec.json.decode(response, type=Response),
                    right=bool(right),
                    at=_time(at),
                    seconds=msgspec.convert(seconds, type=float | None),
                )
                for question, response, right, at, seconds in rows
            )
            attempt = Attempt(
                quiz=self._joiner.quiz(quiz),
                started=_time(started),
                answers=answers,
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
                    file=str(self.path),
                )
            ) from error
        return Kept(number=number, attempt=attempt)

    def _keep_part(self, part: bytes) -> int:
        """Keep a part of a quiz, unless it is there already, and return its number."""
        digest = blake2b(part, digest_size=16).digest()
        found = self._run("SELECT id FROM parts WHERE digest = ?", digest)
        if not found:
            sql = "INSERT INTO parts (digest, json) VALUES (?, ?) RETURNING id"
            found = self._run(sql, digest, part.decode())
        return int(found[0][0])

    def _part(self, number: int) -> bytes:
        rows = self._run("SELECT json FROM parts WHERE id = ?", number)
        if not rows:
            raise LookupError(number)
        return str(rows[0][0]).encode()

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            fail(self.path, error)

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
    if asked != [answered.question for answered in attempt.answers]:
        raise msgspec.ValidationError(text("history.other-answers"))
    for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False):
        if not _could_answer(question, answered.response):
            raise msgspec.ValidationError(text("history.no-answer", question=question.id))
    if attempt.quiz.language not in (*LANGUAGES, *attempt.quiz.bank.declared.languages):
        raise msgspec.ValidationError(text("history.no-such-language", asked=attempt.quiz.language))
    return attempt


def _could_answer(question: Question, response: Response) -> bool:
    """Tell whether a response is one that somebody can have given to a question."""
    answer = question.answer
    if response is None or isinstance(response, str):  # a line that is no reply is kept as it was typed
        return True
    most = max(map(len, answer.groups()), default=0)
    solution = answer.solution(FALLBACK)
    whole = not answer.has_parts or (isinstance(solution, tuple) and len(response) == len(solution))
    return not answer.takes_words and whole and all(0 <= index < most for index in response)


def is_damage(error: BaseException) -> bool:
    """Tell whether a failure is of a file that is no database, or no longer a sound one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # What SQLite says of a damaged name need not be UTF-8, which Python takes it for.
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or isinstance(error, UnicodeDecodeError)


def fail(path: Path, error: sqlite3.Error | OSError | UnicodeDecodeError) -> NoReturn:
    """Say what failed, as an UnusableHistoryError; as a DamagedHistoryError where that is why."""
    if is_damage(error):
        raise DamagedHistoryError(problem("history.damaged", "history.clear-it", file=str(path))) from error
    said = reason(error) if isinstance(error, OSError) else str(error)
    raise UnusableHistoryError(
        problem("history.unusable", "history.see-folder", reason=said, file=str(path))
    ) from error
