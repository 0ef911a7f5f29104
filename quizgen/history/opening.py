"""How a history's file is opened: made, checked, or set aside."""

import os
import re
import sqlite3
from contextlib import closing, suppress
from itertools import count as counting
from pathlib import Path

from quizgen.errors import problem
from quizgen.history.store import (
    DamagedHistoryError,
    History,
    UnusableHistoryError,
    fail,
    is_damage,
)

VERSION = 3
"""Of the tables, in ``PRAGMA user_version``; 3 is the oldest that was released.

Whoever changes a table raises it, and has ``_make_tables`` bring a file of the version before up to date.
"""

_TABLES = (
    """CREATE TABLE attempts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started REAL NOT NULL,
        finished REAL,          -- NULL while questions are left
        quiz TEXT NOT NULL,     -- JSON, with the ids of its parts
        language TEXT,          -- the one last read in; NULL as in the quiz
        rules TEXT NOT NULL DEFAULT '{}',  -- JSON
        kiosk INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE answers (
        attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,  -- from 0
        question TEXT NOT NULL,
        response TEXT NOT NULL,     -- JSON: printed indices, words, or null for a skip
        right INTEGER NOT NULL,
        at REAL NOT NULL,
        seconds REAL,               -- that the question was shown; NULL not measured
        PRIMARY KEY (attempt, position)
    )""",
    "CREATE INDEX answers_by_question ON answers (question, at)",
    """CREATE TABLE parts (              -- of quizzes; a quiz names them by their ids
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,  -- BLAKE2b of the JSON
        json TEXT NOT NULL
    )""",
)

BUSY_SECONDS = 5.0


MOST_CHECKED = 4_000_000
"""Bytes of a file that is checked whenever it is opened; a larger one would keep people waiting."""


def open_history(path: Path) -> tuple[History, Path | None]:
    """Open the history at ``path``, making it and its folder where there is none.

    A damaged file is set aside, and a new one begun; its new name is returned beside the history, for
    the user to be told. Raises UnusableHistoryError for a history from a newer version, for what is no history, and where the
    file cannot be opened or written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(path)
        try:
            return _open(path), None
        except DamagedHistoryError:
            aside = _set_aside(path)
        _make_private(path)
        return _open(path), aside
    except (sqlite3.Error, OSError) as error:
        fail(path, error)


def inspect(path: Path) -> None:
    """Look at a history without changing it; raises UnusableHistoryError for one that a quiz could not use as it is."""
    try:
        if not path.is_file():
            raise UnusableHistoryError(problem("files.device", "doctor.move", file=str(path)))
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            _check(path, connection)
            _version(path, connection)
    except (sqlite3.Error, OSError) as error:
        fail(path, error)


def begin_anew(damaged: History) -> tuple[History, Path]:
    """Set a history aside that turned out to be damaged, and begin a new one; returns its new name too.

    Raises UnusableHistoryError where that cannot be done.
    """
    damaged.close()
    try:
        aside = _set_aside(damaged.path)
    except OSError as error:
        fail(damaged.path, error)
    return open_history(damaged.path)[0], aside


def _make_private(path: Path) -> None:
    """Make the file if there is none, and let nobody but the user read it; SQLite's files beside it follow it."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with suppress(OSError):  # another's file, which reading and writing will tell
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _open(path: Path) -> History:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _check(path, connection)
        _make_tables(path, connection)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return History(path, connection)


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """Raise DamagedHistoryError unless every page hangs together: some 5 ms a megabyte.

    Raises sqlite3.Error for a page that the disk does not give, which is no damage: it may the next time.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if path.stat().st_size > MOST_CHECKED:
            return
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_damage(error):
            fail(path, error)
        raise
    if found != "ok":
        code = re.search(r"error code\D(\d+)", found)  # quick_check has it in words alone
        if code and int(code[1]) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise sqlite3.OperationalError("disk I/O error")  # as SQLite says it of any other call
        raise DamagedHistoryError(problem("history.damaged", "history.clear-it", file=str(path)))


def _make_tables(path: Path, connection: sqlite3.Connection) -> None:
    """Make the tables in a new file, in one transaction that a second process waits for."""
    if _version(path, connection) == VERSION:
        return
    with suppress(sqlite3.OperationalError):  # locked by another that is just doing the same
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if _version(path, connection) == 0:
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _free(path: Path) -> Path:
    """Give a name beside ``path`` that no file has: itself, or with ``-2``, ``-3`` and on."""
    names = (path.with_name(f"{path.name}-{number}") for number in counting(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _version(path: Path, connection: sqlite3.Connection) -> int:
    """Give the version of the tables, 0 where there are none; raises UnusableHistoryError for one that is not ours."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if version < 0 or (tables and "attempts" not in tables):
        raise UnusableHistoryError(problem("history.foreign", "doctor.move", file=str(path)))
    if 0 < version < VERSION:
        raise UnusableHistoryError(problem("history.older", "doctor.move", file=str(path)))
    if version > VERSION:
        raise UnusableHistoryError(
            problem("history.newer", "history.upgrade", version=version, known=VERSION, file=str(path))
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
