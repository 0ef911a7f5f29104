"""Attempts, finished and interrupted, in SQLite: each answer is on disk before the next question shows.

Two tables: ``attempts`` (the quiz as it was, so that an attempt can go on and be explained whatever
becomes of its bank) and ``answers`` (one row each, by question id, which never changes). Times are
seconds since the epoch. The file is in WAL mode, so that two quizzes at once do not stop each other.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from msgspec import Struct

from quizgen.attempt import Attempt, Given
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.model import Quiz, Response

MIGRATIONS = (
    (
        """CREATE TABLE attempts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started REAL NOT NULL,
            finished REAL,          -- NULL while questions are left
            quiz TEXT NOT NULL      -- JSON, as the model has it
        )""",
        """CREATE TABLE answers (
            attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,  -- from 0
            question TEXT NOT NULL,
            response TEXT NOT NULL,     -- JSON: printed indices, words, or null for a skip
            right INTEGER NOT NULL,
            at REAL NOT NULL,
            PRIMARY KEY (attempt, position)
        )""",
        "CREATE INDEX answers_by_question ON answers (question, at)",
    ),
)
"""``MIGRATIONS[n]`` takes a history from version n to n + 1; ``PRAGMA user_version`` holds the version."""

BUSY_SECONDS = 5.0


class UnusableHistoryError(QuizgenError):
    """The file cannot be opened or written: a quiz goes on all the same, and is not kept."""


class _DamagedError(Exception):
    """The file is no database, or no longer a sound one."""


class Kept(Struct, frozen=True):
    """An attempt and its number in the history."""

    number: int
    attempt: Attempt


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
                raise QuizgenError(
                    problem("this attempt is being taken elsewhere too", "finish it in one place")
                )
            for position in range(len(kept), attempt.position):
                given = attempt.given[position]
                response = msgspec.json.encode(given.response).decode()
                self._run(
                    "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                    *(number, position, given.question, response, given.right, given.at),
                )
            self._run("UPDATE attempts SET finished = ? WHERE id = ?", attempt.finished, number)
        return number

    def attempts(self) -> list[Kept]:
        """List every attempt, oldest first; raises QuizgenError with all that cannot be read."""
        kept: list[Kept] = []
        problems: list[Problem] = []
        for row in self._run("SELECT id, started, quiz FROM attempts ORDER BY id"):
            try:
                kept.append(self._read(*row))
            except UnusableHistoryError:
                raise
            except QuizgenError as error:
                problems += error.problems
        if problems:
            raise QuizgenError(problems)
        return kept

    def count(self) -> int:
        """Count the attempts, whether or not they can be read."""
        return int(self._run("SELECT count(*) FROM attempts")[0][0])

    def latest(self, *, unfinished: bool) -> Kept | None:
        """Return the attempt begun last; of those with questions left only, if ``unfinished``."""
        rows = self._run(
            "SELECT id, started, quiz FROM attempts WHERE finished IS NULL OR NOT ? ORDER BY id DESC LIMIT 1",
            unfinished,
        )
        return self._read(*rows[0]) if rows else None

    def clear(self) -> int:
        """Delete every attempt, wipe what they held from the file, and return how many there were."""
        with self._transaction():
            count = self.count()
            self._run("DELETE FROM attempts")
        self._run("VACUUM")
        return count

    def _add(self, attempt: Attempt) -> int:
        quiz = msgspec.json.encode(attempt.quiz).decode()
        rows = self._run(
            "INSERT INTO attempts (started, quiz) VALUES (?, ?) RETURNING id", attempt.started, quiz
        )
        return int(rows[0][0])

    def _read(self, number: int, started: float, quiz: str) -> Kept:
        rows = self._run(
            "SELECT question, response, right, at FROM answers WHERE attempt = ? ORDER BY position", number
        )
        try:
            given = tuple(
                Given(
                    question=question,
                    response=msgspec.json.decode(response, type=Response),
                    right=bool(right),
                    at=at,
                )
                for question, response, right, at in rows
            )
            attempt = Attempt(quiz=msgspec.json.decode(quiz, type=Quiz), started=started, given=given)
        except msgspec.MsgspecError as error:
            raise QuizgenError(
                problem(
                    f"attempt {number} in the history cannot be read: {error}",
                    "`quizgen history clear` starts anew",
                    file=str(self._path),
                )
            ) from error
        return Kept(number=number, attempt=attempt)

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            _fail(self._path, error)

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


def open_history(path: Path) -> tuple[History, Path | None]:
    """Open the history at ``path``, making it and its folder where there is none.

    A damaged file is set aside, and a new one begun; its new name is returned beside the history, for
    the user to be told. Raises QuizgenError for a history from a newer version, and where the file
    cannot be opened or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path), None
        except _DamagedError:
            aside = _set_aside(path)
        return _open(path), aside
    except (sqlite3.Error, OSError) as error:
        _fail(path, error)


def _open(path: Path) -> History:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _check(connection)
        _upgrade(path, connection)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return History(path, connection)


def _check(connection: sqlite3.Connection) -> None:
    """Raise _DamagedError unless every page hangs together; some 5 ms for 1,000 attempts."""
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise _DamagedError from error
        raise
    if found != "ok":
        raise _DamagedError


def _upgrade(path: Path, connection: sqlite3.Connection) -> None:
    """Bring the tables to this version, in one transaction that a second process waits for."""
    if _version(path, connection) == len(MIGRATIONS):
        return
    with suppress(sqlite3.OperationalError):  # locked by another that is just doing the same
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for version in range(_version(path, connection), len(MIGRATIONS)):
        for statement in MIGRATIONS[version]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.execute("COMMIT")


def _version(path: Path, connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise QuizgenError(
            problem(
                f"this history was written by a newer quizgen (version {version}, known: {len(MIGRATIONS)})",
                "upgrade quizgen, or name another folder in QUIZGEN_DATA",
                file=str(path),
            )
        )
    return version


def _set_aside(path: Path) -> Path:
    """Rename a damaged history, and the files that SQLite keeps beside it, to a name that is free."""
    aside = path.with_name(path.name + ".damaged")
    number = 2
    while aside.exists():
        aside = path.with_name(f"{path.name}.damaged-{number}")
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def _fail(path: Path, error: sqlite3.Error | OSError) -> NoReturn:
    said = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    raise UnusableHistoryError(
        problem(
            f"the history cannot be read or written: {said}",
            "see that the folder may be written to and has room, or name another in QUIZGEN_DATA",
            file=str(path),
        )
    ) from error
