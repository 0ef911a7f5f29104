"""Attempts, finished and interrupted, in SQLite: each answer is on disk before the next question shows.

Three tables: ``attempts`` (the quiz as it was, so that an attempt can go on and be explained whatever
becomes of its bank), ``parts`` (what quizzes hold in common, each once) and ``answers`` (one row each, by
question id, which never changes). Times are
seconds since the epoch. The file is in WAL mode, so that two quizzes at once do not stop each other.
"""

from quizgen.history.opening import VERSION, begin_anew, inspect, open_history
from quizgen.history.store import DamagedHistoryError, History, Kept, Reviewed, UnusableHistoryError

__all__ = [
    "VERSION",
    "DamagedHistoryError",
    "History",
    "Kept",
    "Reviewed",
    "UnusableHistoryError",
    "begin_anew",
    "inspect",
    "open_history",
]
