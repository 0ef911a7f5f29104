"""How a history's file is opened: made, checked, brought to this version after a backup, or set aside."""

import sqlite3
from contextlib import closing, suppress
from itertools import count as counting
from pathlib import Path

from quizgen.errors import QuizgenError, problem
from quizgen.history.store import History, fail

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
    (
        "ALTER TABLE attempts ADD COLUMN language TEXT",  # the one last read in; NULL as in the quiz
        "ALTER TABLE attempts ADD COLUMN rules TEXT NOT NULL DEFAULT '{}'",  # JSON
        "ALTER TABLE attempts ADD COLUMN kiosk INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE answers ADD COLUMN seconds REAL",  # that the question was shown; NULL not measured
    ),
)
"""``MIGRATIONS[n]`` takes a history from version n to n + 1; ``PRAGMA user_version`` holds the version."""

BUSY_SECONDS = 5.0


class _DamagedError(Exception):
    """The file is no database, or no longer a sound one."""


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
        fail(path, error)


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
    before = _version(path, connection)
    if 0 < before < len(MIGRATIONS):
        _back_up(path, before)
    for version in range(before, len(MIGRATIONS)):
        for statement in MIGRATIONS[version]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.execute("COMMIT")


def _back_up(path: Path, version: int) -> None:
    """Copy a history of an older version to ``history.db.version-N``, whole or not at all."""
    copy = path.with_name(f"{path.name}.version-{version}")
    part = copy.with_name(f"{copy.name}.part")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    part.replace(_free(copy))


def _free(path: Path) -> Path:
    """Give a name beside ``path`` that no file has: itself, or with ``-2``, ``-3`` and on."""
    names = (path.with_name(f"{path.name}-{number}") for number in counting(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _version(path: Path, connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise QuizgenError(
            problem(
                "history.newer", "history.upgrade", version=version, known=len(MIGRATIONS), file=str(path)
            )
        )
    return version


def _set_aside(path: Path) -> Path:
    """Rename a damaged history, and the files that SQLite keeps beside it, to a name that is free."""
    aside = _free(path.with_name(f"{path.name}.damaged"))
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside
