"""The queries on a history file: save an attempt, load attempts, delete them all."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt, MarkedAnswer, Repeat, Rules
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import os_error_reason
from quizgen.game import balance
from quizgen.history.parts import QuizRestorer, split_quiz
from quizgen.model import Question
from quizgen.shapes import Response
from quizgen.text.languages import FALLBACK, LANGUAGES
from quizgen.text.messages import _

_ATTEMPTS = "SELECT id, started, quiz, language, rules, kiosk, repeats, closed FROM attempts"
_SEEDS = "SELECT json_extract(quiz, '$.seed') FROM attempts WHERE json_valid(quiz)"
_ANSWERS = "SELECT question, right, at FROM answers JOIN attempts ON attempts.id = attempt"
_PRACTICE_DAYS = (
    "SELECT DISTINCT date(at, 'unixepoch', 'localtime') FROM answers JOIN attempts ON attempts.id = attempt"
)
_BEST_KEPT = (
    "SELECT max(kept) FROM attempts"
    " WHERE money = ? AND (SELECT count(*) FROM answers WHERE attempt = id) >= ?"
)
_IS_FIRST_TRY = "NOT kiosk AND rules NOT LIKE '%\"again\":true%'"
"""A condition: the attempt is the user's own, not a visitor's at a kiosk, and no repeat of missed questions."""
_YEAR_10000 = 253_402_300_800  # seconds from the epoch to the year 10000
_TWO_DAYS = 2 * 86_400  # seconds
_TIME = Annotated[float, msgspec.Meta(ge=0, lt=_YEAR_10000)]
_RESPONSE_DECODER = msgspec.json.Decoder(Response)
_REPLIES_DECODER = msgspec.json.Decoder(tuple[int, ...])
_RULES_DECODER = msgspec.json.Decoder(Rules)
_REPEATS_DECODER = msgspec.json.Decoder(tuple[Repeat, ...])


class UnusableHistoryError(QuizgenError):
    """The history file cannot be opened, read or written. A quiz goes on without saving."""


class DamagedHistoryError(UnusableHistoryError):
    """The history file is damaged. It must be renamed or deleted."""


class StoredAttempt(Struct, frozen=True):
    """An attempt, and the number that it has in the history.

    ``closed`` says whether the person has seen the results, so that there is nothing to continue.
    """

    number: int
    attempt: Attempt
    closed: bool = False


class PastAnswer(Struct, frozen=True):
    """A past answer to a question: the question's id, whether the answer was right, and when it was given."""

    question: str
    right: bool
    at: float


class History:
    """An open history file.

    Every method raises UnusableHistoryError if the file cannot be read or written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._restorer = QuizRestorer(self._load_part)

    @property
    def file_paths(self) -> tuple[Path, ...]:
        """The paths of the file and of the files that SQLite keeps beside it."""
        return tuple(self.path.with_name(self.path.name + suffix) for suffix in ("", "-wal", "-shm"))

    def close(self) -> None:
        """Close the file. All answers are on disk already."""
        self._connection.close()

    def save_attempt(self, attempt: Attempt, number: int | None) -> int:
        """Save the new answers of an attempt, all or none, and return the attempt's number.

        ``number`` is ``None`` for an attempt that is not in the history yet. Also raises QuizgenError
        if another process has continued the same attempt.
        """
        with self._transaction():
            if number is None or not self._execute("SELECT 1 FROM attempts WHERE id = ?", number):
                number = self._insert_attempt(
                    attempt
                )  # if the history was cleared meanwhile, the attempt is stored again
            stored = [
                row[0]
                for row in self._execute("SELECT at FROM answers WHERE attempt = ? ORDER BY position", number)
            ]
            if stored != [answered.at for answered in attempt.answers[: len(stored)]]:
                raise QuizgenError(
                    problem(_("this attempt is also open elsewhere"), _("finish it in one place"))
                )
            for position in range(len(stored), attempt.position):
                answered = attempt.answers[position]
                response = msgspec.json.encode(answered.response).decode()
                replies = msgspec.json.encode(answered.replies).decode() if answered.replies else None
                self._execute(
                    "INSERT INTO answers"
                    " (attempt, position, question, response, right, at, seconds, seen, replies)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    *(
                        number,
                        position,
                        answered.question,
                        response,
                        answered.right,
                        answered.at,
                        answered.seconds,
                        answered.lines_seen,
                        replies,
                    ),
                )
            self._save_repeats(attempt, number)
            money = balance(attempt) if attempt.finished_at is not None else None
            self._execute(
                "UPDATE attempts SET finished = ?, language = ?, money = ?, kept = ? WHERE id = ?",
                *(attempt.finished_at, attempt.quiz.language),
                *((money.start, money.kept) if money else (None, None)),
                number,
            )
        return number

    def close_attempt(self, number: int) -> None:
        """Record that the person has seen the results of an attempt, so that it is not offered again."""
        self._execute("UPDATE attempts SET closed = 1 WHERE id = ?", number)

    def load_attempts(self, read_problems: list[Problem] | None = None) -> Iterator[StoredAttempt]:
        """Yield every attempt, oldest first.

        Problems with attempts that cannot be read are appended to ``read_problems``. Without such a
        list, QuizgenError with all problems is raised after the last attempt.
        """
        number = 0
        problems: list[Problem] = [] if read_problems is None else read_problems
        while rows := self._execute(f"{_ATTEMPTS} WHERE id > ? ORDER BY id LIMIT 1", number):
            number = rows[0][0]
            try:
                yield self._load_attempt(*rows[0])
            except UnusableHistoryError:
                raise
            except QuizgenError as error:
                problems += error.problems
        if problems and read_problems is None:
            raise QuizgenError(problems)

    def load_outlines(self, read_problems: list[Problem]) -> Iterator[StoredAttempt]:
        """Yield every attempt, oldest first, without the texts of its answers, facts and sources.

        This is enough for a list of many attempts. Problems are appended to ``read_problems``.
        """
        number = 0
        while rows := self._execute(f"{_ATTEMPTS} WHERE id > ? ORDER BY id LIMIT 1000", number):
            number = rows[-1][0]
            answers = self._load_answer_rows(rows[0][0], number)
            for row in rows:
                try:
                    yield self._restore_attempt(row, answers.get(row[0], []), only_outline=True)
                except UnusableHistoryError:
                    raise
                except QuizgenError as error:
                    read_problems += error.problems

    def load_attempt(self, number: int) -> Attempt:
        """Return the attempt with this number. Raises QuizgenError if there is none, or if it cannot be read."""
        rows = self._execute(f"{_ATTEMPTS} WHERE id = ?", number)
        if not rows:
            raise QuizgenError(problem(_("this quiz is no longer in the history"), file=str(self.path)))
        return self._load_attempt(*rows[0]).attempt

    def load_kiosk_attempts(self, since: float, until: float) -> Iterator[StoredAttempt]:
        """Yield the attempts that visitors of a kiosk began in a period, oldest first.

        Raises QuizgenError at the first attempt that cannot be read.
        """
        numbers = self._execute(
            "SELECT id FROM attempts WHERE kiosk AND started >= ? AND started < ? ORDER BY id", since, until
        )
        for (number,) in numbers:
            yield from (
                self._load_attempt(*row) for row in self._execute(f"{_ATTEMPTS} WHERE id = ?", number)
            )

    def load_kiosk_scores(self, since: float, until: float) -> list[float]:
        """Return the share of right answers of each kiosk visitor who finished in a period."""
        rows = self._execute(
            "SELECT avg(right) FROM attempts JOIN answers ON attempts.id = attempt"
            " WHERE kiosk AND finished >= ? AND finished < ? GROUP BY attempts.id",
            *(since, until),
        )
        return [float(share) for (share,) in rows]

    def load_kiosk_results(self, since: float, until: float) -> list[tuple[float, int, int]]:
        """List the kiosk visitors who finished in a period, in the order in which they began.

        Each is given with the time of beginning, and how many answers were right, and how many there are.
        """
        rows = self._execute(
            "SELECT started, sum(right), count(*) FROM attempts JOIN answers ON attempts.id = attempt"
            " WHERE kiosk AND finished >= ? AND finished < ? GROUP BY attempts.id ORDER BY attempts.id",
            *(since, until),
        )
        return [(float(started), int(right), int(total)) for started, right, total in rows]

    def load_most_money_kept(self, money: int, questions: int) -> int | None:
        """Return the most money that was kept in a game that began with ``money``; ``None`` if there was no such game.

        Only games with at least so many ``questions`` count, because it is easier to keep all in a short one.
        """
        rows = self._execute(f"{_BEST_KEPT} AND {_IS_FIRST_TRY}", money, questions)
        return None if rows[0][0] is None else int(rows[0][0])

    def count_attempts(self) -> int:
        """Return the number of attempts, including those that cannot be read."""
        return int(self._execute("SELECT count(*) FROM attempts")[0][0])

    def load_latest_attempt(self, *, only_unfinished: bool) -> StoredAttempt | None:
        """Return the attempt that was begun last, or, if ``only_unfinished``, the last one that can be continued.

        An attempt can be continued until the person has seen its results. Attempts at a kiosk and practice of
        missed questions are left out.
        """
        rows = self._execute(
            f"{_ATTEMPTS} WHERE {_IS_FIRST_TRY} AND (NOT closed OR NOT ?) ORDER BY id DESC LIMIT 1",
            only_unfinished,
        )
        return self._with_repeat_quiz(self._load_attempt(*rows[0])) if rows else None

    def load_latest_seed(self) -> int | None:
        """Return the seed of the quiz that was begun last, or ``None`` if there is none that can be read."""
        rows = self._execute(f"{_SEEDS} AND {_IS_FIRST_TRY} ORDER BY id DESC LIMIT 1")
        return int(rows[0][0]) if rows and isinstance(rows[0][0], int) else None

    def load_daily_attempt(self, day: date) -> StoredAttempt | None:
        """Return the attempt at the questions of a day, or ``None``. The first finished one counts."""
        midday = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        rows = self._execute(
            f"{_ATTEMPTS} WHERE started BETWEEN ? AND ? AND {_IS_FIRST_TRY} AND rules LIKE ?"
            " ORDER BY finished IS NULL, id LIMIT 1",
            *(midday - _TWO_DAYS, midday + _TWO_DAYS, f'%"daily":"{day.isoformat()}"%'),
        )
        return self._load_attempt(*rows[0]) if rows else None

    def load_practice_days(self) -> list[date]:
        """List the local days on which questions were answered, oldest first; not at a kiosk, and no repeats."""
        rows = self._execute(
            f"{_PRACTICE_DAYS} WHERE {_IS_FIRST_TRY} AND at >= 0 AND at < ? ORDER BY 1",
            _YEAR_10000,
        )
        return [date.fromisoformat(day) for (day,) in rows if day]

    def load_past_answers(self) -> list[PastAnswer]:
        """List the past answers to all questions, oldest first.

        Answers at a kiosk are left out. So are answers in repeats of missed questions: given minutes
        after feedback, they do not show what somebody remembers.
        """
        rows = self._execute(
            f"{_ANSWERS} WHERE {_IS_FIRST_TRY} AND at >= 0 AND at < ? ORDER BY at",
            _YEAR_10000,
        )
        return [PastAnswer(question, bool(right), at) for question, right, at in rows]

    def delete_all_attempts(self) -> int:
        """Delete every attempt, overwrite the deleted content, and return how many attempts there were.

        A damaged file is deleted as a whole. If the file cannot be made smaller, it is empty but
        stays as large as it was.
        """
        count = 0
        try:
            self._execute("PRAGMA secure_delete = ON")  # overwrites deleted content
            with self._transaction():
                count = self.count_attempts()
                self._execute("DELETE FROM attempts")
                self._execute("DELETE FROM parts")
            try:
                self._execute("VACUUM")
            except UnusableHistoryError as error:
                if isinstance(error, DamagedHistoryError):
                    raise
        except DamagedHistoryError:
            self.close()
            try:
                for file in self.file_paths:
                    file.unlink(missing_ok=True)
            except OSError as error:
                raise_history_error(self.path, error)
        return count

    def _insert_attempt(self, attempt: Attempt) -> int:
        quiz = split_quiz(attempt.quiz, self._store_part).decode()
        rules = msgspec.json.encode(attempt.rules).decode()
        repeat_quiz = attempt.repeat_quiz and split_quiz(attempt.repeat_quiz, self._store_part).decode()
        rows = self._execute(
            "INSERT INTO attempts (started, quiz, rules, kiosk, repeat_quiz) VALUES (?, ?, ?, ?, ?) RETURNING id",
            *(attempt.started, quiz, rules, attempt.kiosk, repeat_quiz),
        )
        return int(rows[0][0])

    def _save_repeats(self, attempt: Attempt, number: int) -> None:
        """Save the repeats of missed questions. Raises QuizgenError if another process has continued the attempt."""
        (repeats,) = self._execute("SELECT repeats FROM attempts WHERE id = ?", number)[0]
        with suppress(msgspec.MsgspecError):  # damaged repeats are written anew
            stored = _REPEATS_DECODER.decode(repeats)
            if stored != attempt.repeats[: len(stored)]:
                raise QuizgenError(
                    problem(_("this attempt is also open elsewhere"), _("finish it in one place"))
                )
        written = msgspec.json.encode(attempt.repeats).decode()
        self._execute("UPDATE attempts SET repeats = ? WHERE id = ?", written, number)

    def _with_repeat_quiz(self, stored_attempt: StoredAttempt) -> StoredAttempt:
        """Return an attempt with the questions to ask if others are missed. If they cannot be read, it is unchanged."""
        (repeat_quiz,) = self._execute(
            "SELECT repeat_quiz FROM attempts WHERE id = ?", stored_attempt.number
        )[0]
        with suppress(msgspec.MsgspecError):
            restored = self._restorer.restore_quiz(repeat_quiz) if repeat_quiz else None
            if restored and len(restored.questions) == stored_attempt.attempt.total:
                attempt = replace(stored_attempt.attempt, repeat_quiz=restored)
                return replace(stored_attempt, attempt=attempt.in_language(attempt.quiz.language))
        return stored_attempt

    def _load_attempt(self, *row: Any) -> StoredAttempt:
        """Load the attempt with this row of the table of attempts."""
        number = row[0]
        return self._restore_attempt(row, self._load_answer_rows(number, number).get(number, []))

    def _load_answer_rows(self, first_attempt: int, last_attempt: int) -> dict[int, list[tuple[Any, ...]]]:
        """Return the rows of the answers in the attempts from ``first_attempt`` to ``last_attempt``, by attempt."""
        found: dict[int, list[tuple[Any, ...]]] = {}
        for number, *row in self._execute(
            "SELECT attempt, question, response, right, at, seconds, seen, replies FROM answers"
            " WHERE attempt BETWEEN ? AND ? ORDER BY attempt, position",
            *(first_attempt, last_attempt),
        ):
            found.setdefault(number, []).append(tuple(row))
        return found

    def _restore_attempt(
        self, row: Sequence[Any], answer_rows: Iterable[Sequence[Any]], *, only_outline: bool = False
    ) -> StoredAttempt:
        """Return an attempt from its row and those of its answers, or with ``only_outline`` only its outline.

        Raises QuizgenError if it cannot be read.
        """
        number, started, stored_quiz, language, rules, kiosk, repeats, closed = row
        try:
            answers = tuple(
                MarkedAnswer(
                    question=question,
                    response=_RESPONSE_DECODER.decode(response),
                    right=bool(right),
                    at=_validate_time(at),
                    seconds=msgspec.convert(seconds, type=float | None),
                    lines_seen=msgspec.convert(seen, type=int | None),
                    replies=_REPLIES_DECODER.decode(replies) if replies else (),
                )
                for question, response, right, at, seconds, seen, replies in answer_rows
            )
            restore = self._restorer.restore_outline if only_outline else self._restorer.restore_quiz
            attempt = Attempt(
                quiz=restore(stored_quiz),
                started=_validate_time(started),
                answers=answers,
                rules=_RULES_DECODER.decode(rules),
                kiosk=bool(kiosk),
                repeats=_REPEATS_DECODER.decode(repeats),
            )
            attempt = attempt.in_language(language) if language else attempt
            if '"rush":true' in str(rules):  # a rush of version 0.3.0 ended when its time was up
                attempt = attempt.without_open_questions()
            attempt = _validate_outline(attempt) if only_outline else _validate_attempt(attempt)
        except msgspec.MsgspecError as error:
            raise QuizgenError(
                problem(
                    _("attempt {number} in the history cannot be read: {reason}"),
                    _("`quizgen history clear` starts a new history"),
                    number=number,
                    reason=error.args[0],
                    file=str(self.path),
                )
            ) from error
        return StoredAttempt(number=number, attempt=attempt, closed=bool(closed))

    def _store_part(self, part: bytes) -> int:
        """Store a part of a quiz, unless it is stored already, and return its number."""
        digest = blake2b(part, digest_size=16).digest()
        found = self._execute("SELECT id FROM parts WHERE digest = ?", digest)
        if not found:
            sql = "INSERT INTO parts (digest, json) VALUES (?, ?) RETURNING id"
            found = self._execute(sql, digest, part.decode())
        return int(found[0][0])

    def _load_part(self, number: int) -> bytes:
        rows = self._execute("SELECT json FROM parts WHERE id = ?", number)
        if not rows:
            raise LookupError(number)
        return str(rows[0][0]).encode()

    def _execute(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise_history_error(self.path, error)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            raise


def _validate_time(value: object) -> float:
    """Return a time of an attempt; raise msgspec.ValidationError if it is none."""
    if isinstance(value, float) and 0 <= value < _YEAR_10000:  # fast, for many answers
        return value
    return float(msgspec.convert(value, type=_TIME))


def _validate_attempt(attempt: Attempt) -> Attempt:
    """Return the attempt if it can be shown and continued; raise msgspec.ValidationError if not."""
    _validate_outline(attempt)
    for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False):
        if not _is_valid_response(question, answered.response):
            raise msgspec.ValidationError(
                _("the answer to {question} is not possible for that question", question=question.id)
            )
    if attempt.quiz.language not in (*LANGUAGES, *attempt.quiz.bank.declared.languages):
        raise msgspec.ValidationError(_("language {asked!r} is not known", asked=attempt.quiz.language))
    return attempt


def _validate_outline(attempt: Attempt) -> Attempt:
    """Return the attempt if its answers are to its questions; raise msgspec.ValidationError if not."""
    expected = [question.id for question in attempt.quiz.questions[: attempt.position]]
    in_range = all(0 <= repeat.missed < attempt.position for repeat in attempt.repeats)
    if not in_range or expected != [answered.question for answered in attempt.answers]:
        raise msgspec.ValidationError(_("the answers do not belong to its questions"))
    return attempt


def _is_valid_response(question: Question, response: Response) -> bool:
    """Return whether a person can have given this response to the question."""
    answer = question.answer
    if response is None or isinstance(response, str):  # a line that makes no sense is stored as typed
        return True
    count = max(map(len, answer.text_groups()), default=0)
    solution = answer.correct_response(FALLBACK)
    is_complete = not answer.has_parts or (isinstance(solution, tuple) and len(response) == len(solution))
    return not answer.takes_words and is_complete and all(0 <= index < count for index in response)


def is_damage_error(error: BaseException) -> bool:
    """Return whether an error means that the file is damaged, or is no SQLite database."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # Python expects UTF-8, but SQLite's message about a damaged name may have other bytes.
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or isinstance(error, UnicodeDecodeError)


def raise_history_error(path: Path, error: sqlite3.Error | OSError | UnicodeDecodeError) -> NoReturn:
    """Raise DamagedHistoryError if the error means damage, or else UnusableHistoryError with the reason."""
    if is_damage_error(error):
        raise DamagedHistoryError(
            problem(
                _("this history is damaged"),
                _(
                    "move the file away, or delete it with `quizgen history clear`; the next quiz begins a new one"
                ),
                file=str(path),
            )
        ) from error
    why = os_error_reason(error) if isinstance(error, OSError) else str(error)
    raise UnusableHistoryError(
        problem(
            _("cannot read or write the history: {reason}"),
            _("check that the folder is writable and has space, or name another in QUIZGEN_DATA"),
            reason=why,
            file=str(path),
        )
    ) from error
