"""Save the answers of a quiz in the history while it is taken, and resume an unfinished quiz."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import typer

from quizgen.cli.console import Replies, is_interactive
from quizgen.cli.history import open_user_history, parse_yes_or_no
from quizgen.cli.output import echo
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import _, ngettext

if TYPE_CHECKING:
    from quizgen.attempt import Attempt
    from quizgen.history import History, StoredAttempt
    from quizgen.screen.home import Home
    from quizgen.screen.line_mode import Display


_AttemptKey: TypeAlias = tuple[float, tuple[str, ...]]
"""What tells one attempt from another: when it started, and the ids of its questions."""


def print_to_stderr(line: str) -> None:
    """Print a line on stderr."""
    echo(line, err=True)


_MAX_UNSAVED = 1000
"""The most attempts that wait to be saved. If the disk is full during a day at a kiosk, the oldest are dropped."""


class AttemptRecorder:
    """Saves an attempt in the history after each answer.

    If that fails, it prints the problem once, and the quiz goes on.

    It can be called with several attempts in turn, such as those of visitors at a stall. After each answer that
    is saved, and at the end, it tries again to save the attempts that are not saved yet.
    """

    def __init__(self, history: "History | None", stored_attempt: "StoredAttempt | None" = None) -> None:
        """Save attempts to ``history``. ``stored_attempt`` is an attempt from the history that is continued."""
        self._history = history
        self._numbers = (
            {_attempt_key(stored_attempt.attempt): stored_attempt.number} if stored_attempt else {}
        )
        self._unsaved: dict[_AttemptKey, Attempt] = {}
        self._dropped = 0
        self._failure: QuizgenError | None = None
        self._pending_lines: list[str] = []
        self.on_screen = False
        """Whether the full screen is in use. Messages are then printed at the end, because they would damage the screen."""

    def __call__(self, attempt: "Attempt") -> bool:
        """Save the new answers of an attempt, and return whether that worked."""
        if self._history is None:
            return False
        self._unsaved.pop(_attempt_key(attempt), None)
        try:
            self._save_attempt(attempt)
        except QuizgenError as error:
            if not self._failure:
                self._failure = error
                if not self.on_screen:
                    self._print_now_or_later(*lost_answer_lines(error, attempt.quiz.language))
            self._unsaved[_attempt_key(attempt)] = attempt
            if len(self._unsaved) > _MAX_UNSAVED:
                del self._unsaved[next(iter(self._unsaved))]
                self._dropped += 1
            return False
        self._retry_unsaved()
        return True

    def close(self, attempt: "Attempt") -> None:
        """Record that the person has seen the results of an attempt, so that it is not offered again.

        If that cannot be saved, the results are offered once more.
        """
        number = self._numbers.get(_attempt_key(attempt))
        if self._history and number is not None and attempt.finished_at is not None:
            with suppress(QuizgenError):
                self._history.close_attempt(number)

    @property
    def has_saved_all(self) -> bool:
        """Whether every answer so far is saved."""
        return self._history is not None and not self._unsaved_count

    @property
    def _unsaved_count(self) -> int:
        """The number of attempts with answers that are not saved."""
        return len(self._unsaved) + self._dropped

    def end(self, language: str, *, is_kiosk: bool = False) -> None:
        """Try once more to save what is not saved, and print what could not be saved."""
        on_screen, self.on_screen = self.on_screen, False
        self._retry_unsaved()
        self._print_now_or_later(*self._pending_lines)
        if self._failure and self._unsaved_count and on_screen:
            *why, what = lost_answer_lines(self._failure, language)
            visitors = ngettext(
                "some answers of one visitor could not be saved",
                "some answers of {count} visitors could not be saved",
                self._unsaved_count,
            ).translated(language)
            self._print_now_or_later(*why, visitors if is_kiosk else what)
        elif self._failure and not self._unsaved_count and not on_screen:
            self._print_now_or_later(_("all answers have been saved after all").translated(language))

    def _retry_unsaved(self) -> None:
        """Try to save the attempts that are not saved yet, until one fails."""
        for identity, attempt in [*self._unsaved.items()]:
            try:
                self._save_attempt(attempt)
            except QuizgenError:
                return
            del self._unsaved[identity]

    def _save_attempt(self, attempt: "Attempt") -> None:
        """Save the new answers of an attempt. If the history is damaged, start a new one. Raises QuizgenError."""
        from quizgen.history import DamagedHistoryError, replace_damaged_history

        assert self._history  # noqa: S101  or nothing comes to be kept
        identity = _attempt_key(attempt)
        try:
            number = self._history.save_attempt(attempt, self._numbers.get(identity))
        except DamagedHistoryError:
            self._history, aside = replace_damaged_history(self._history)
            set_aside = _("the history was damaged and has been moved here; a new one is started")
            self._print_now_or_later(f"{aside}: {set_aside.translated(attempt.quiz.language)}")
            self._numbers = {}
            number = self._history.save_attempt(attempt, None)  # the whole attempt
        before = [each for each in self._numbers if each != identity]
        # Keep the last two numbers: an attempt and the repeat of its missed questions alternate. Kiosk visitors do not return.
        self._numbers = {
            each: self._numbers[each] for each in before if each in self._unsaved or each == before[-1]
        } | {identity: number}

    def _print_now_or_later(self, *lines: str) -> None:
        """Print lines, or keep them for the end if the full screen is in use."""
        for line in lines:
            if self.on_screen:
                self._pending_lines.append(line)
            else:
                print_to_stderr(line)


def _attempt_key(attempt: "Attempt") -> "_AttemptKey":
    """Return what tells this attempt from others."""
    return attempt.started, tuple(question.id for question in attempt.quiz.questions)


def lost_answer_lines(error: QuizgenError, language: str) -> list[str]:
    """Return lines that say why answers are not saved, and that the quiz goes on."""
    return [
        *(found.translated(language) for found in error.problems),
        _("the quiz continues, but its answers are not being saved").translated(language),
    ]


def open_history_or_none(language: str, *, is_needed: bool) -> "History | None":
    """Open the history.

    If that fails, print why and return ``None``; if ``is_needed``, raise the error instead.
    """
    from quizgen.history import UnusableHistoryError

    try:
        return open_user_history(language)
    except UnusableHistoryError as error:
        if is_needed:
            raise
        for line in lost_answer_lines(error, language):
            print_to_stderr(line)
        return None


def latest_unfinished_attempt(history: "History") -> "StoredAttempt":
    """Return the latest unfinished attempt, to resume it. Raises QuizgenError if there is none."""
    if stored := history.load_latest_attempt(only_unfinished=True):
        return stored
    raise QuizgenError(
        problem(_("there is no unfinished quiz to continue"), _("start one with `quizgen take`"))
    )


def offer_to_resume(
    history: "History",
    language: str,
    screen: "Display",
    replies: Replies,
    choose: "Callable[[Home], Home] | None" = None,
) -> "StoredAttempt | None":
    """Ask whether to resume the latest quiz, if it is unfinished.

    Return its attempt, or ``None`` to start another quiz.

    ``choose`` asks on the full screen; without it, the question is asked in lines. If the input is not a person
    at a terminal, nothing is asked.
    """
    if not is_interactive():
        return None
    from quizgen.screen.lines import Line
    from quizgen.view.text import format_date

    try:
        stored = history.load_latest_attempt(only_unfinished=False)
    except QuizgenError as error:  # perhaps written by another version; a new quiz is still possible
        for found in error.problems:
            print_to_stderr(found.translated(language))
        return None
    if stored is None or stored.closed:
        return None
    attempt = stored.attempt
    stopped = attempt.answers[-1].at if attempt.answers else attempt.started
    day = format_date(date(*time.localtime(stopped)[:3]), language)
    number, total = attempt.position + 1, attempt.total
    prompt = (
        _("You have not seen all results of your quiz of {date}. Show them? (y/n)", date=day)
        if number > total
        else _(
            "You stopped a quiz at question {number} of {total} on {date}. Continue it? (y/n)",
            date=day,
            number=number,
            total=total,
        )
    ).translated(language)
    if choose:
        from quizgen.screen.home import Home

        page = choose(Home(language, offered=prompt, unfinished=(number, total)))
        if page.action in ("resume", "take"):
            return stored if page.action == "resume" else None
        raise typer.Exit(128 + replies.signal if replies.signal else 0)
    screen.show_lines([Line("head", prompt)])
    while (line := screen.read_line()) is not None:
        if (wants_it := parse_yes_or_no(line)) is not None:
            return stored if wants_it else None
        screen.show_lines([Line("note", _("Please answer y or n.").translated(language))])
    raise typer.Exit(128 + replies.signal if replies.signal else 0)
