"""Opening a history file: create it, check it, or rename it if it is damaged."""

import errno
import os
import re
import sqlite3
from contextlib import closing, suppress
from itertools import chain
from itertools import count as counting
from pathlib import Path

from quizgen.errors import problem
from quizgen.history.store import (
    DamagedHistoryError,
    History,
    UnusableHistoryError,
    is_damage_error,
    raise_history_error,
)
from quizgen.text.messages import _

VERSION = 7
"""The version of the tables, in ``PRAGMA user_version``.

If you change a table, increase the version and add to ``_MIGRATIONS`` how a file of the version before becomes one.
"""

_OLDEST_VERSION = 3
"""The version of the first release."""

_TABLES = (
    """CREATE TABLE attempts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started REAL NOT NULL,
        finished REAL,          -- NULL while questions are left
        quiz TEXT NOT NULL,     -- JSON, with the ids of its parts
        language TEXT,          -- the one last read in; NULL as in the quiz
        rules TEXT NOT NULL DEFAULT '{}',  -- JSON
        kiosk INTEGER NOT NULL DEFAULT 0,
        repeat_quiz TEXT,       -- JSON, as quiz; what is asked if a question was missed
        repeats TEXT NOT NULL DEFAULT '[]',  -- JSON: second tries at missed questions
        closed INTEGER NOT NULL DEFAULT 0,   -- whether the person has seen the results
        money INTEGER,          -- what a finished game began with; NULL without a game
        kept INTEGER            -- and what was left of it
    )""",
    """CREATE TABLE answers (
        attempt INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,  -- from 0
        question TEXT NOT NULL,
        response TEXT NOT NULL,     -- JSON: printed indices, words, or null for a skip
        right INTEGER NOT NULL,
        at REAL NOT NULL,
        seconds REAL,               -- that the question was shown; NULL not measured
        seen INTEGER,               -- lines of the exhibit that had appeared; NULL all at once
        replies TEXT,               -- JSON: the replies chosen on the way; NULL none
        PRIMARY KEY (attempt, position)
    )""",
    "CREATE INDEX answers_by_question ON answers (question, at)",
    """CREATE TABLE parts (              -- of quizzes; a quiz names them by their ids
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,  -- BLAKE2b of the JSON
        json TEXT NOT NULL
    )""",
)

_MIGRATIONS = {
    3: (
        "ALTER TABLE answers ADD COLUMN seen INTEGER",
        "ALTER TABLE answers ADD COLUMN sure TEXT",
        "ALTER TABLE answers ADD COLUMN replies TEXT",
    ),
    4: (
        "ALTER TABLE attempts ADD COLUMN repeat_quiz TEXT",
        "ALTER TABLE attempts ADD COLUMN repeats TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE attempts ADD COLUMN closed INTEGER NOT NULL DEFAULT 0",
        "UPDATE attempts SET closed = 1 WHERE finished IS NOT NULL",
    ),
    5: (
        "ALTER TABLE attempts ADD COLUMN money INTEGER",
        "ALTER TABLE attempts ADD COLUMN kept INTEGER",
    ),
    6: ("ALTER TABLE answers DROP COLUMN sure",),
}
"""The statements that turn a file of a version into one of the next version."""

BUSY_SECONDS = 5.0


MAX_CHECKED_BYTES = 4_000_000
"""The size up to which a file is checked whenever it is opened. Checking a larger one takes too long."""


def open_history(path: Path) -> tuple[History, Path | None]:
    """Open the history at ``path``. The file and its folder are created if they do not exist.

    A damaged file is renamed, and a new one is created. Then the second value is the new name of the
    damaged file, so that the command can tell the user. Raises UnusableHistoryError if the history is
    from a newer version, if the file is not a history, or if it cannot be opened or written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create_private_file(path)
        try:
            return _open_undamaged(path), None
        except DamagedHistoryError:
            damaged_path = _rename_damaged(path)
        _create_private_file(path)
        return _open_undamaged(path), damaged_path
    except (sqlite3.Error, OSError) as error:
        raise_history_error(path, error)


def open_history_to_read(path: Path) -> tuple[History, Path | None]:
    """Open the history at ``path`` to read it only. The values are those of :func:`open_history`.

    If the file or its folder cannot be written to, the history is a copy in memory: SQLite writes even to read.
    """
    try:
        return open_history(path)
    except UnusableHistoryError as error:
        if not _is_write_error(error.__cause__):
            raise
    try:
        return _copy_into_memory(path), None
    except (sqlite3.Error, OSError) as error:
        raise_history_error(path, error)


def _is_write_error(error: BaseException | None) -> bool:
    """Return whether an error means that a file or a folder cannot be written to."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) or (
        isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    )


def _copy_into_memory(path: Path) -> History:
    """Return a history in memory with everything that is in a file that cannot be written to."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        try:  # with the latest answers of a quiz that is being taken
            _copy_database(path, memory, "mode=ro")
        except sqlite3.OperationalError:  # SQLite cannot make its files beside it
            _copy_database(path, memory, "mode=ro&immutable=1")
        _create_tables(path, memory)
    except BaseException:
        memory.close()
        raise
    return History(path, memory)


def _copy_database(path: Path, memory: sqlite3.Connection, open_mode: str) -> None:
    """Copy the database in a file into memory. ``open_mode`` is the query of the URI with which SQLite opens the file."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{open_mode}", uri=True)) as connection:
        _check_for_damage(path, connection)
        connection.backup(memory)


def check_history_file(path: Path) -> None:
    """Check a history file without changing it. Raises UnusableHistoryError if a quiz could not use it."""
    try:
        if not path.is_file():
            raise UnusableHistoryError(
                problem(
                    _("this is a device or a pipe, not a file"),
                    _("move it away, or name another folder in QUIZGEN_DATA"),
                    file=str(path),
                )
            )
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            _check_for_damage(path, connection)
            _read_version(path, connection)
    except (sqlite3.Error, OSError) as error:
        raise_history_error(path, error)


def replace_damaged_history(damaged_history: History) -> tuple[History, Path]:
    """Rename the file of a damaged history and create a new one.

    Returns the new history and the new name of the damaged file. Raises UnusableHistoryError if that
    fails.
    """
    damaged_history.close()
    try:
        damaged_path = _rename_damaged(damaged_history.path)
    except OSError as error:
        raise_history_error(damaged_history.path, error)
    return open_history(damaged_history.path)[0], damaged_path


def _create_private_file(path: Path) -> None:
    """Create the file if it does not exist, and let only the user read it.

    SQLite gives the files that it creates beside it the same permissions.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with suppress(OSError):  # the file of another user, which fails later when we read or write it
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _open_undamaged(path: Path) -> History:
    """Open a history. Raise DamagedHistoryError if the file is damaged."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        _check_for_damage(path, connection)
        _create_tables(path, connection)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return History(path, connection)


def _check_for_damage(path: Path, connection: sqlite3.Connection) -> None:
    """Raise DamagedHistoryError if the file is damaged. The check takes about 5 ms for each megabyte.

    Raises sqlite3.Error if the disk fails to read the file, because that is no damage: the next try may
    succeed.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if path.stat().st_size > MAX_CHECKED_BYTES:
            return
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_damage_error(error):
            raise_history_error(path, error)
        raise
    if found != "ok":
        code = re.search(r"error code\D(\d+)", found)  # quick_check reports the code only in its text
        if code and int(code[1]) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise sqlite3.OperationalError("disk I/O error")  # the message that SQLite has for other calls
        raise DamagedHistoryError(
            problem(
                _("this history is damaged"),
                _(
                    "move the file away, or delete it with `quizgen history clear`; the next quiz begins a new one"
                ),
                file=str(path),
            )
        )


def _create_tables(path: Path, connection: sqlite3.Connection) -> None:
    """Create the tables in a new file, or convert those of an earlier version, in one transaction.

    If two processes do this, the second waits for the first.
    """
    if _read_version(path, connection) == VERSION:
        return
    with suppress(sqlite3.OperationalError):  # locked by another process that is doing the same
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    version = _read_version(path, connection)
    steps = [_MIGRATIONS[each] for each in range(version, VERSION)] if version else [_TABLES]
    for statement in chain.from_iterable(steps):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _unused_path(path: Path) -> Path:
    """Return ``path`` if no such file exists, or else the first unused path with ``-2``, ``-3`` and so on appended."""
    names = (path.with_name(f"{path.name}-{number}") for number in counting(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _read_version(path: Path, connection: sqlite3.Connection) -> int:
    """Return the version of the tables, or 0 if there are none yet.

    Raises UnusableHistoryError if this program cannot use that version.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if version < 0 or (tables and "attempts" not in tables):
        raise UnusableHistoryError(
            problem(
                _("this is not a quizgen history"),
                _("move it away, or name another folder in QUIZGEN_DATA"),
                file=str(path),
            )
        )
    if 0 < version < _OLDEST_VERSION:
        raise UnusableHistoryError(
            problem(
                _("this history is from a version before the first release"),
                _("move it away, or name another folder in QUIZGEN_DATA"),
                file=str(path),
            )
        )
    if version > VERSION:
        raise UnusableHistoryError(
            problem(
                _(
                    "this history was written by a newer quizgen (its version is {version}; this program knows {known})"
                ),
                _("upgrade quizgen, or name another folder in QUIZGEN_DATA"),
                version=version,
                known=VERSION,
                file=str(path),
            )
        )
    return version


def _rename_damaged(path: Path) -> Path:
    """Rename a damaged history, and the files that SQLite keeps beside it, to an unused name."""
    damaged_path = _unused_path(path.with_name(f"{path.name}.damaged"))
    path.rename(damaged_path)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(damaged_path.with_name(damaged_path.name + suffix))
    return damaged_path
