"""How a history's file is opened: made, checked, brought to this version after a backup, or set aside."""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count as counting
from pathlib import Path
from typing import TypeAlias

import msgspec

from quizgen.errors import problem
from quizgen.history.parts import cut
from quizgen.history.store import (
    DamagedHistoryError,
    History,
    UnusableHistoryError,
    fail,
    is_damage,
    keep_part,
)
from quizgen.model import Quiz

Step: TypeAlias = str | Callable[[sqlite3.Connection], None]
"""A statement, or what takes more than one."""


def _cut_quizzes(connection: sqlite3.Connection) -> None:
    """Cut the quizzes of all attempts into parts; one that cannot be read stays as it is, and is named when it is read."""
    numbers = [number for (number,) in connection.execute("SELECT id FROM attempts")]
    for number in numbers:
        (quiz,) = connection.execute("SELECT quiz FROM attempts WHERE id = ?", (number,)).fetchone()
        with suppress(msgspec.MsgspecError, TypeError):
            kept = cut(msgspec.json.decode(quiz, type=Quiz), lambda part: keep_part(connection, part))
            connection.execute("UPDATE attempts SET quiz = ? WHERE id = ?", (kept.decode(), number))


MIGRATIONS: tuple[tuple[Step, ...], ...] = (
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
    (
        """CREATE TABLE parts (            -- of quizzes; a quiz names them by their ids
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,  -- BLAKE2b of the JSON
            json TEXT NOT NULL
        )""",
        _cut_quizzes,
    ),
)
"""``MIGRATIONS[n]`` takes a history from version n to n + 1; ``PRAGMA user_version`` holds the version."""

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
        _upgrade(path, connection)
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
        for step in MIGRATIONS[version]:
            if callable(step):
                step(connection)
            else:
                connection.execute(step)
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.execute("COMMIT")
    if before:
        with suppress(
            sqlite3.Error
        ):  # the room that older versions took is given back where that can be done
            connection.execute("VACUUM")


def _back_up(path: Path, version: int) -> None:
    """Copy a history of an older version to ``history.db.version-N``, whole or not at all, and as private as it is."""
    copy = path.with_name(f"{path.name}.version-{version}")
    part = copy.with_name(f"{copy.name}.part")
    _make_private(part)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    part.replace(_free(copy))


def _free(path: Path) -> Path:
    """Give a name beside ``path`` that no file has: itself, or with ``-2``, ``-3`` and on."""
    names = (path.with_name(f"{path.name}-{number}") for number in counting(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _version(path: Path, connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if version < 0 or (tables and "attempts" not in tables):
        raise UnusableHistoryError(problem("history.foreign", "doctor.move", file=str(path)))
    if version > len(MIGRATIONS):
        raise UnusableHistoryError(
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
