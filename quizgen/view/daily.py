"""How somebody did on the five questions of a day, and the line with which people compare that."""

from datetime import date

from quizgen.attempt import Attempt
from quizgen.game import balance
from quizgen.text.messages import _
from quizgen.view.text import format_short_date

_RIGHT, _WRONG = "■", "□"

LINE_WITH_MONEY = _("{date} {marks} kept {kept}, day {days}")
LINE_WITHOUT_MONEY = _("{date} {marks} day {days}")
"""The line to copy. The web page makes the same."""


def daily_marks(attempt: Attempt) -> str:
    """Return a square for each answer: full if it is right, else empty."""
    return "".join(_RIGHT if answered.right else _WRONG for answered in attempt.answers)


def daily_line(attempt: Attempt, streak: int, language: str) -> str:
    """Return a line to copy, such as ``28 Nov ■■□■■ kept 46,300, day 3``. It says nothing about the questions.

    ``streak`` is how many days in a row have practice. The money is left out if nothing was at stake.
    """
    values = {
        "date": format_short_date(date.fromisoformat(attempt.rules.daily), language),
        "marks": daily_marks(attempt),
        "days": max(streak, 1),
    }
    if money := balance(attempt):
        return LINE_WITH_MONEY.with_values(kept=f"{money.kept:,}", **values).translated(language)
    return LINE_WITHOUT_MONEY.with_values(**values).translated(language)
