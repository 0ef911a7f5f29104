"""The history: attempts at quizzes, finished or not, in an SQLite file.

Each answer is on disk before the next question shows. There are three tables: ``attempts`` (each with its
quiz as it was, so that an attempt can continue and be explained even if the question bank changes), ``parts``
(the parts of quizzes that many quizzes share, stored once) and ``answers`` (a row for each, with the id of
the question, which never changes). Times are in seconds since the epoch. The file is in WAL mode, so that two
quizzes at the same time do not block each other.
"""

from quizgen.history.opening import (
    VERSION,
    check_history_file,
    open_history,
    open_history_to_read,
    replace_damaged_history,
)
from quizgen.history.store import (
    DamagedHistoryError,
    History,
    PastAnswer,
    StoredAttempt,
    UnusableHistoryError,
)

__all__ = [
    "VERSION",
    "DamagedHistoryError",
    "History",
    "PastAnswer",
    "StoredAttempt",
    "UnusableHistoryError",
    "check_history_file",
    "open_history",
    "open_history_to_read",
    "replace_damaged_history",
]
