"""The history as a quiz uses it: opened, recorded to after each answer, and gone on from."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from quizgen.cli.console import Replies, interactive
from quizgen.cli.history import agrees, opened
from quizgen.cli.output import echo
from quizgen.errors import QuizgenError, problem
from quizgen.language import message

if TYPE_CHECKING:
    from quizgen.attempt import Attempt
    from quizgen.history import History, Kept
    from quizgen.screen.line_mode import Display


def tell(line: str) -> None:
    """Say a line on stderr."""
    echo(line, err=True)


class AttemptRecorder:
    """Records an attempt after each answer; what cannot be kept is said once, and the quiz goes on.

    An attempt at another quiz, or begun at another time, is another attempt.
    """

    def __init__(self, history: "History | None", kept: "Kept | None" = None) -> None:
        """Record to ``history``; an attempt that is there already goes on under its number."""
        self._history = history
        self._warned = history is None
        self._numbers = {_identity(kept.attempt): kept.number} if kept else {}
        self.tell: Callable[[str], None] = tell

    def __call__(self, attempt: "Attempt") -> bool:
        """Store what is new in an attempt, and say whether that could be done."""
        if self._history is None:
            return False
        from quizgen.history import DamagedHistoryError

        try:
            try:
                number = self._numbers.get(_identity(attempt))
                kept = self._history.keep(attempt, number)
                before = {known: each for known, each in self._numbers.items() if known != _identity(attempt)}
                # An attempt and the one at what was missed in it take turns; of a stall's visitors none comes back.
                self._numbers = dict(list(before.items())[-1:]) | {_identity(attempt): kept}
            except DamagedHistoryError:
                self._begin_anew(attempt)
        except QuizgenError as error:
            if not self._warned:
                for line in unkept(error, attempt.quiz.language):
                    self.tell(line)
            self._warned = True
            return False
        return True

    def _begin_anew(self, attempt: "Attempt") -> None:
        """Keep the whole of an attempt in a new history, the damaged one set aside."""
        from quizgen.history import begin_anew

        if self._history:
            self._history, aside = begin_anew(self._history)
            self.tell(f"{aside}: {message(attempt.quiz.language, 'history.aside')}")
            self._numbers = {_identity(attempt): self._history.keep(attempt, None)}


def _identity(attempt: "Attempt") -> tuple[float, tuple[str, ...]]:
    return attempt.started, tuple(question.id for question in attempt.quiz.questions)


def unkept(error: QuizgenError, language: str) -> list[str]:
    """Say why answers are not kept, and that the quiz goes on."""
    return [*(found.said(language) for found in error.problems), message(language, "take.unkept")]


def usable_history(language: str, *, needed: bool) -> "History | None":
    """Open the history; where that fails, a quiz goes on without it unless it is ``needed``."""
    from quizgen.history import UnusableHistoryError

    try:
        return opened(language)
    except UnusableHistoryError as error:
        if needed:
            raise
        for line in unkept(error, language):
            tell(line)
        return None


def latest(history: "History") -> "Kept":
    """Find the quiz to go on with; raises QuizgenError where there is none."""
    if kept := history.latest(unfinished=True):
        return kept
    raise QuizgenError(problem("take.none-unfinished", "take.begin"))


def offered(history: "History", language: str, screen: "Display", replies: Replies) -> "Kept | None":
    """Offer to go on with the quiz begun last if it is unfinished; ``None`` is to begin another.

    One that was left behind for another is not offered again; ``--resume`` still finds it. Nobody is asked
    where no person sits at both ends.
    """
    if not interactive():
        return None
    from quizgen.screen.lines import Line

    try:
        kept = history.latest(unfinished=False)
    except QuizgenError as error:  # from another version, perhaps; another quiz can still be taken
        for found in error.problems:
            tell(found.said(language))
        return None
    if kept is None or kept.attempt.finished:
        return None
    attempt = kept.attempt
    stopped = attempt.given[-1].at if attempt.given else attempt.started
    date = time.strftime("%Y-%m-%d", time.localtime(stopped))
    numbers = {"number": attempt.position + 1, "total": attempt.total}
    screen.show([Line("head", message(language, "take.go-on", date=date, **numbers))])
    while (line := screen.ask()) is not None:
        if (agreed := agrees(line)) is not None:
            return kept if agreed else None
        screen.show([Line("note", message(language, "take.go-on-unclear"))])
    raise typer.Exit(128 + replies.signal if replies.signal else 0)
