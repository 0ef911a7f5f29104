"""Attempts, finished or not, in SQLite. Each answer is on disk before the next question shows.

There are three tables: ``attempts`` (with the quiz as it was, so that an attempt can continue and be explained even if
the bank changes), ``parts`` (what quizzes have in common, stored once) and ``answers`` (a row for each, with the
question's id, which never changes). Times are in seconds since the epoch. The file is in WAL mode, so that two quizzes
at the same time do not block each other.
"""

from quizgen.history.opening import VERSION, check_history, open_history, replace_damaged
from quizgen.history.store import DamagedHistoryError, History, ReviewLog, StoredAttempt, UnusableHistoryError

__all__ = [
    "VERSION",
    "DamagedHistoryError",
    "History",
    "ReviewLog",
    "StoredAttempt",
    "UnusableHistoryError",
    "check_history",
    "open_history",
    "replace_damaged",
]
