"""The quiz a line at a time: for pipes, screen readers and plain terminals, and for any other too.

A session (``session.py``) decides what comes next, as on the full screen; here it is driven by lines that are typed.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol

from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen import lines
from quizgen.screen.answer_parser import Command, command_of, parse
from quizgen.screen.lines import Line
from quizgen.screen.session import (
    OPEN_SCENES,
    Session,
    answer,
    leave,
    next_question,
    open_session,
    run_out,
    show_next_line,
)
from quizgen.shapes import Response
from quizgen.shapes.fill import clean_reply
from quizgen.text.messages import message
from quizgen.view.feedback import timing, view_feedback
from quizgen.view.question import view_question, view_quiz
from quizgen.view.results import TopicScore, view_results


class Display(Protocol):
    """Where lines are shown, and replies come from."""

    def show(self, lines: Iterable[Line]) -> None:
        """Show lines that belong together."""

    def bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Show scores side by side."""

    def ask(self, seconds: float | None = None) -> str | None:
        """Wait for a line; ``None`` when no more will come.

        Raises OutOfTimeError where none comes within so many seconds.
        """


class OutOfTimeError(Exception):
    """No line came in the time that there was."""


def run(
    attempt: Attempt,
    display: Display,
    *,
    keep: Callable[[Attempt], bool],
    now: Callable[[], float],
    clock: Callable[[], float] | None = None,
    patient: bool = True,
    coming: Callable[[Attempt], tuple[str, ...]] | None = None,
) -> Attempt:
    """Take a quiz to its end, or until the person stops, and return the attempt as it then stands.

    Each answer is given to ``keep``, which says whether it could, before anything more is shown;
    ``now`` tells the time in seconds since the epoch, and ``clock``, where there is one, seconds that nobody sets, by
    which time is measured. A person is asked again after a reply that is not
    understood. If not ``patient``, as for a file of answers, such a line is a wrong answer: each line
    then belongs to its own question, whatever stands in the lines before. ``coming`` says at the end
    what is to be said of other days.
    """
    asker = _Asker(display, keep, now, clock or now, patient=patient)
    session = asker.take(attempt)
    language = session.attempt.quiz.language
    if session.wish:
        display.show(lines.stopped(session.attempt, kept=asker.kept))
        return session.attempt
    # The score comes last, where it is still seen after a long list of what to read again.
    results = view_results(session.attempt, session.repeated)
    display.show(lines.results(results, language))
    if patient:
        display.show([lines.certificate_hint(session.attempt.quiz.seed, language)])
    if results.detection:
        display.show(lines.detection(results.detection))
    display.show(lines.remembered(results, language))
    display.show(lines.help_numbers(results.help, language))
    if coming and (said := coming(session.attempt)):
        display.show(
            [Line("head", message(language, "take.coming")), *(Line("reason", line) for line in said)]
        )
    display.bars(message(language, "take.by-topic"), results.topics)
    display.show([lines.score(results, language)])
    return session.attempt


class _Asker:
    """Drives a session by lines that a person types. ``kept`` tells whether the last answer could be kept."""

    def __init__(
        self,
        display: Display,
        keep: Callable[[Attempt], bool],
        now: Callable[[], float],
        clock: Callable[[], float],
        *,
        patient: bool,
    ) -> None:
        self.kept = True
        self._display = display
        self._keep = keep
        self._now = now
        self._clock = clock
        self._patient = patient

    def take(self, attempt: Attempt) -> Session:
        """Ask question after question until the results, or until the session wishes to be left."""
        self._display.show(lines.heading(view_quiz(attempt), attempt.quiz.language))
        session = open_session(attempt, self._clock())
        if session.scene == "rules":
            begins = self._begins(attempt.quiz.language)
            session = next_question(self._timed(session)) if begins else leave(session)
        while session.scene in OPEN_SCENES and not session.wish:
            session = self._ask(session)
        return session

    def _begins(self, language: str) -> bool:
        """Wait for Enter before the clock runs; tell whether it came, and not the end of input or a stop."""
        if not self._patient:
            return True
        self._display.show([Line("hint", message(language, "take.begin-clock"))])
        line = self._display.ask()
        return line is not None and command_of(line) is not Command.STOP

    def _timed(self, session: Session) -> Session:
        """Let the session know what time it is."""
        at = self._clock()
        return replace(session, at=at, epoch=self._now() - at)

    def _ask(self, session: Session) -> Session:
        """Put the open question, keep the answer, say how it went, and go to what comes next."""
        index, language = session.attempt.position, session.attempt.quiz.language
        put = lines.unfolding if session.unfolded else lines.prompt
        self._display.show(put(view_question(session.attempt, index), language))
        try:
            session, response = self._answer(session)
        except OutOfTimeError:
            response, late = None, True
        else:
            late = False
        if response is Command.STOP:
            return leave(session)
        session = self._timed(session)
        session = run_out(session) if late else answer(session, response)
        self.kept = self._keep(session.attempt)
        if session.scene != "feedback":
            self._display.show([lines.noted(language, skipped=response is None, late=late)])
            return session
        told = view_feedback(session.attempt, index, late=late)
        self._display.show(lines.feedback(told, language, timing(session.attempt, index, session.unfolded)))
        return next_question(self._timed(session))

    def _answer(self, session: Session) -> tuple[Session, Response | Literal[Command.STOP]]:
        """Ask until a line is an answer; a skip comes back as ``None``, the end of input as STOP.

        An empty line shows the next line of an exhibit that unfolds; a person cannot choose what has not come yet.
        """
        question, view = session.open_question, view_question(session.attempt, session.attempt.position)
        language = session.attempt.quiz.language
        while (line := self._display.ask(self._seconds_left(session))) is not None:
            if session.lines_to_come and not line.strip():
                self._display.show([lines.said(session.lines_to_come[0])])
                session = show_next_line(session)
                continue
            reply = parse(question.answer, line)
            if session.unfolded and line.strip().casefold() == "x":  # stop it here, as on the full screen
                reply = session.stopped_here
            if self._patient and isinstance(reply, tuple) and not session.has_come(reply):
                reply = None
            if reply is Command.SKIP:
                return session, None
            if reply is Command.HELP:
                self._display.show(lines.helped(view, language))
            elif reply is None:
                self._display.show([lines.unclear(view, language)])
                if not self._patient and (typed := clean_reply(line)):
                    return session, typed
            else:
                return session, reply
        return session, Command.STOP

    def _seconds_left(self, session: Session) -> float | None:
        """Give the seconds left for the open question; the clock is not looked at where there is no limit."""
        return None if session.left is None else self._timed(session).left


class Plain:
    """One thing a line, without colour, escapes or wrapping."""

    def __init__(self, write: Callable[[str], object], read: Callable[[float | None], str | None]) -> None:
        self._write = write
        self._read = read

    def ask(self, seconds: float | None = None) -> str | None:
        """Read a line."""
        return self._read(seconds)

    def show(self, lines: Iterable[Line]) -> None:
        """Write each line, with an empty one before what begins something new."""
        for line in lines:
            gap = "\n" if line.role in ("question", "score", "head") else ""
            self._write(f"{gap}{line.whole}\n")

    def bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Write a line for each topic."""
        self._write(f"\n{title}\n")
        for topic in scores:
            self._write(f"{topic.title} {topic.right}/{topic.total}\n")
