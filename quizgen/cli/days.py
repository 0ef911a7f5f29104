"""Practice over several days: questions that are due, the questions of the day, and streaks."""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from quizgen.cli.output import echo
from quizgen.errors import QuizgenError
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _

if TYPE_CHECKING:
    from quizgen.attempt import Attempt
    from quizgen.cli.options import Selection
    from quizgen.history import History
    from quizgen.review import DueQuestion
    from quizgen.view.board import VisitorResult

_MAX_NAMED_DAYS = 3
"""The most due dates that are named; later ones are only counted."""


def schedule_answered_questions(selection: "Selection", history: "History | None") -> list["DueQuestion"]:
    """Return when each selected question that was ever answered is due.

    The question most likely to be forgotten comes first.
    """
    from quizgen.review import schedule_matters

    reviews = history.load_past_answers() if history else []
    return schedule_matters(reviews, question_matters(selection), time.time(), _local_date) if reviews else []


def question_matters(selection: "Selection") -> dict[str, str]:
    """Return the matter of each selected question: a name that it shares with variants of it.

    Questions on exhibits from one model, or on twins, have the same matter. Any other question has a matter of its own.
    """
    from quizgen.assemble import select_questions
    from quizgen.bank.families import question_family

    bank = selection.loaded_bank
    return {
        question.id: question_family(question, bank) for question in select_questions(bank, selection.recipe)
    }


def count_due(selection: "Selection", answered: Sequence["DueQuestion"], now: float) -> int:
    """Return how many questions are to be reviewed now: one for each matter."""
    matters = question_matters(selection)
    return len({matters[due.question] for due in answered if due.at <= now})


def recent_days(history: "History", count: int) -> tuple[bool, ...]:
    """Return for each of the last days, today last, whether questions were answered."""
    practised, today = set(history.load_practice_days()), local_today()
    return tuple(today - timedelta(days=ago) in practised for ago in reversed(range(count)))


def list_due_questions(selection: "Selection", history: "History") -> list[str]:
    """Return the ids of the questions to review now, at most as many as a quiz has.

    First comes what is most likely to be forgotten. Of several questions on one matter, the one that was asked longest ago is chosen.
    """
    from quizgen.assemble import DEFAULT_COUNT, select_questions
    from quizgen.review import choose_variants

    select_questions(
        selection.loaded_bank, selection.recipe
    )  # raises an error for a selection that is not possible
    now = time.time()
    answered = schedule_answered_questions(selection, history)
    ready = [due.question for due in answered if due.at <= now]
    asked = choose_variants(ready, question_matters(selection), history.load_past_answers())
    return asked[: selection.count or DEFAULT_COUNT]


def due_questions(selection: "Selection", history: "History", language: str) -> list[str]:
    """Return the ids of the questions to review now. If there are none, print when the next question is due."""
    from quizgen.view.text import format_due

    if asked := list_due_questions(selection, history):
        return asked
    answered = schedule_answered_questions(selection, history)
    echo(_("Nothing is due for review.").translated(language))
    if answered:
        next_time = split_due_time(min(due.at for due in answered), time.time())
        echo(
            _("The next question is due on {date}.", date=format_due(next_time, language)).translated(
                language
            )
        )
    else:
        echo(_("Questions come up for review after you have answered them in a quiz.").translated(language))
    return []


def select_daily_questions(selection: "Selection", day: date) -> "Selection":
    """Return the selection with the seed and the number of the day's questions, unless these are given."""
    from quizgen.assemble import daily_recipe, daily_seed

    seed = daily_seed(day) if selection.seed is None else selection.seed
    return replace(selection, seed=seed, count=daily_recipe(selection.loaded_bank, selection.recipe).count)


def warn_about_future_answers(history: "History", day: date, language: str) -> None:
    """Print a line if the history has answers of a later day, because the clock must be wrong or was."""
    from quizgen.view.text import format_date

    days = history.load_practice_days()
    if days and days[-1] > day:
        echo(
            _(
                "The clock says {today}, but your history has answers of {later}. Check the date of this computer.",
                today=format_date(day, language),
                later=format_date(days[-1], language),
            ).translated(language),
            err=True,
        )


def daily_done_lines(history: "History", finished_attempt: "Attempt", language: str) -> list[str]:
    """Return lines for somebody who has answered the questions of the day already."""
    return [
        _("You have answered today’s questions. There are new ones tomorrow.").translated(language),
        daily_share_line(history, finished_attempt, language),
        _("For practice: `quizgen take`, or `quizgen take --review` for what is due.").translated(language),
    ]


def daily_share_line(history: "History | None", attempt: "Attempt", language: str) -> str:
    """Return the line to copy after the questions of a day. If somebody answered them before, the first time counts."""
    from quizgen.view.daily import daily_line

    if not history:
        return daily_line(attempt, 1, language)
    first = history.load_daily_attempt(date.fromisoformat(attempt.rules.daily))
    if first and first.attempt.started != attempt.started:
        return _(
            "You have answered these questions twice; what counts is the first time: {line}",
            line=daily_line(first.attempt, practice_streak(history), language),
        ).translated(language)
    return daily_line(attempt, practice_streak(history), language)


def next_review_lines(
    history: "History", attempt: "Attempt", folders: Sequence[Path] | None
) -> tuple[str, ...]:
    """Return lines that say when the questions of an attempt are due for review, and how long the practice streak is.

    ``folders`` are those of the question bank, or ``None`` for the built-in one.
    """
    from quizgen.review import schedule_reviews

    language, reviews = attempt.quiz.language, history.load_past_answers()
    question_ids = {question.id for question in attempt.quiz.questions}
    due_times = schedule_reviews((each for each in reviews if each.question in question_ids), time.time())
    by_day = sorted(Counter(_local_date(due.at) for due in due_times).items())
    lines = [_due_dates_line(by_day, language), _review_hint(folders, language)] if by_day else []
    days = practice_streak(history)
    if days > 1 and not attempt.rules.daily:
        lines.append(
            _("{count} days of practice in a row (one day off is allowed).", count=days).translated(language)
        )
    return tuple(lines)


def make_final_lines(
    history: "History", attempt: "Attempt", *, on_full_screen: bool, folders: Sequence[Path] | None
) -> tuple[str, ...]:
    """Return lines about other days for the end of a quiz.

    With ``on_full_screen``, the line to copy comes first. Otherwise it is printed last.
    """
    shared = (
        [daily_share_line(history, attempt, attempt.quiz.language)]
        if attempt.rules.daily and on_full_screen
        else []
    )
    return (*shared, *next_review_lines(history, attempt, folders))


def best_of_today(history: "History") -> "tuple[Message, ...]":
    """Return the best results of today's kiosk visitors, under the names of animals."""
    from quizgen.view.board import list_best_of_day

    with suppress(QuizgenError):  # a history with problems is reported when an attempt is saved
        return list_best_of_day(_results_of_today(history))
    return ()


def _results_of_today(history: "History") -> "list[VisitorResult]":
    from quizgen.view.board import VisitorResult

    found = history.load_kiosk_results(*day_bounds(_local_date(time.time())))
    return [VisitorResult(*each) for each in found]


def visitor_rank_lines(history: "History", attempt: "Attempt") -> tuple[str, ...]:
    """Return a line with the visitor's name on the board of the day, and one that says how many others did worse.

    The second is left out if there are too few visitors.
    """
    from quizgen.view.board import find_own_name

    lines = _rank_lines(history, attempt)
    with suppress(QuizgenError):  # a history with problems is reported when the attempt is saved
        if name := find_own_name(_results_of_today(history), attempt.started):
            said = _("Your name on today’s board: {name}.", name=name).translated(attempt.quiz.language)
            return (said, *lines)
    return lines


def _rank_lines(history: "History", attempt: "Attempt") -> tuple[str, ...]:
    """Return a line that says how many of today's other kiosk visitors did worse; no line if there are too few visitors."""
    from quizgen.view.tally import count_lower_shares

    with suppress(QuizgenError):  # a history with problems is reported when the attempt is saved
        score = attempt.score()
        rank = count_lower_shares(
            score.right / score.total, history.load_kiosk_scores(*day_bounds(_local_date(time.time())))
        )
        if rank:
            return (
                _(
                    "You did better than {better} of the {others} other visitors today.",
                    better=rank[0],
                    others=rank[1],
                ).translated(attempt.quiz.language),
            )
    return ()


def day_bounds(day: date) -> tuple[float, float]:
    """Return the start and the end of a day in local time, in seconds since the epoch."""
    (
        begins,
        ends,
    ) = (  # mktime reads the 32nd as the first of the next month
        time.mktime((day.year, day.month, day.day + later, 0, 0, 0, 0, 0, -1)) for later in (0, 1)
    )
    return begins, ends


def practice_streak(history: "History") -> int:
    """Return the number of days in a row with an answer, up to today. A single missed day does not end the streak."""
    from quizgen.review import count_streak_days

    return count_streak_days(history.load_practice_days(), local_today())


def _due_dates_line(counts_by_day: Sequence[tuple[date, int]], language: str) -> str:
    """Return a line that says how many questions are due on the next days."""
    from quizgen.view.text import format_date

    day_texts = [
        _("{count} on {date}", count=count, date=format_date(day, language)).translated(language)
        for day, count in counts_by_day[:_MAX_NAMED_DAYS]
    ]
    later = sum(count for _, count in counts_by_day[_MAX_NAMED_DAYS:])
    if later:
        day_texts.append(_("{count} later", count=later).translated(language))
    return _(
        "These questions come back for review: {days}.",
        days=locale(language).comma.join(day_texts),
    ).translated(language)


def _review_hint(folders: Sequence[Path] | None, language: str) -> str:
    """Return a line that says how to review. The home page reviews the same question bank, unless ``--bank`` named it."""
    if not folders:
        return _("For review, press r on the home page, or run `quizgen take --review`.").translated(language)
    options = " ".join(f"--bank {quote(str(folder))}" for folder in folders)
    return _("For review, run `quizgen take --review {options}`.", options=options).translated(language)


def local_today() -> date:
    """Return today's date."""
    return _local_date(time.time())


def _local_date(moment: float) -> date:
    """Return the local date of a time in seconds since the epoch."""
    return date(*time.localtime(moment)[:3])


def split_due_time(due_time: float, now: float) -> tuple[date, str]:
    """Split a time into its date and, if that is today, the time of the day; otherwise ""."""
    day = _local_date(due_time)
    return day, time.strftime("%H:%M", time.localtime(due_time)) if day == _local_date(now) else ""
