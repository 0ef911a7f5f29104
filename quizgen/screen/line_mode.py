"""The quiz line by line, for pipes, screen readers and plain terminals, and for any other terminal.

A session (``session.py``) decides what comes next, as on the full screen; here, typed lines drive it.
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
    show_next_line,
    time_out,
)
from quizgen.shapes import Response
from quizgen.shapes.fill import clean_reply
from quizgen.text.messages import _
from quizgen.view.feedback import build_feedback_view, describe_decision_time
from quizgen.view.question import build_question_view, build_quiz_view
from quizgen.view.results import TopicScore, build_results_view


class Display(Protocol):
    """Shows lines and reads replies."""

    def show(self, lines: Iterable[Line]) -> None:
        """Show lines that belong together."""

    def bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Show scores by topic."""

    def ask(self, seconds: float | None = None) -> str | None:
        """Wait for a line; ``None`` means that no more will come.

        Raises OutOfTimeError if none comes within ``seconds``.
        """


class OutOfTimeError(Exception):
    """No line came in time."""


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
    """Take a quiz to its end, or until the person stops, and return the attempt.

    ``keep`` gets each answer before anything more is shown, and returns whether it could be saved. ``now`` returns seconds
    since the epoch; ``clock``, if given, returns seconds of a monotonic clock, which measures time. If ``patient``, a reply
    that is not understood is asked for again; otherwise, as with a file of answers, it is a wrong answer, so that each line
    belongs to its own question. ``coming`` returns lines about other days for the end.
    """
    asker = _Asker(display, keep, now, clock or now, patient=patient)
    session = asker.take(attempt)
    language = session.attempt.quiz.language
    if session.request:
        display.show(lines.stop_lines(session.attempt, kept=asker.kept))
        return session.attempt
    # The score comes last, so that it is visible after a long list of facts.
    results = build_results_view(session.attempt, session.repeated)
    display.show(lines.results(results, language))
    if patient:
        display.show([lines.certificate_hint(session.attempt.quiz.seed, language)])
    if results.detection:
        display.show(lines.detection_lines(results.detection))
    display.show(lines.reminders(results, language))
    display.show(lines.help_numbers(results.help, language))
    if coming and (said := coming(session.attempt)):
        display.show(
            [Line("head", _("Next reviews").translated(language)), *(Line("reason", line) for line in said)]
        )
    display.bars(_("By topic").translated(language), results.topics)
    display.show([lines.score(results, language)])
    return session.attempt


class _Asker:
    """Drives a session with the lines that a person types. ``kept`` is whether the last answer was saved."""

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
        """Ask question after question until the results, or until the session is left."""
        self._display.show(lines.heading(build_quiz_view(attempt), attempt.quiz.language))
        session = open_session(attempt, self._clock())
        if session.scene == "rules":
            begins = self._begins(attempt.quiz.language)
            session = next_question(self._timed(session)) if begins else leave(session)
        while session.scene in OPEN_SCENES and not session.request:
            session = self._ask(session)
        return session

    def _begins(self, language: str) -> bool:
        """Wait for Enter before the clock starts; return False if the input ends or the person stops."""
        if not self._patient:
            return True
        self._display.show(
            [Line("hint", _("Press Enter to start. The clock starts too.").translated(language))]
        )
        line = self._display.ask()
        return line is not None and command_of(line) is not Command.STOP

    def _timed(self, session: Session) -> Session:
        """Return the session with the current time."""
        at = self._clock()
        return replace(session, at=at, epoch=self._now() - at)

    def _ask(self, session: Session) -> Session:
        """Ask the open question, save the answer, show feedback, and go on."""
        index, language = session.attempt.position, session.attempt.quiz.language
        put = lines.unfolding_prompt if session.unfolded else lines.prompt
        self._display.show(put(build_question_view(session.attempt, index), language))
        try:
            session, response = self._answer(session)
        except OutOfTimeError:
            response, late = None, True
        else:
            late = False
        if response is Command.STOP:
            return leave(session)
        session = self._timed(session)
        session = time_out(session) if late else answer(session, response)
        self.kept = self._keep(session.attempt)
        if session.scene != "feedback":
            self._display.show([lines.answer_noted(language, skipped=response is None, late=late)])
            return session
        told = build_feedback_view(session.attempt, index, late=late)
        self._display.show(
            lines.feedback(told, language, describe_decision_time(session.attempt, index, session.unfolded))
        )
        return next_question(self._timed(session))

    def _answer(self, session: Session) -> tuple[Session, Response | Literal[Command.STOP]]:
        """Ask until a line is an answer; a skip is ``None``, the end of input is STOP.

        An empty line shows the next line of an exhibit that unfolds. A person cannot choose a line that has not appeared yet.
        """
        question, view = session.open_question, build_question_view(session.attempt, session.attempt.position)
        language = session.attempt.quiz.language
        while (line := self._display.ask(self._seconds_left(session))) is not None:
            if session.lines_to_come and not line.strip():
                self._display.show([lines.exhibit_line(session.lines_to_come[0])])
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
                self._display.show(lines.help_lines(view, language))
            elif reply is None:
                self._display.show([lines.not_understood(view, language)])
                if not self._patient and (typed := clean_reply(line)):
                    return session, typed
            else:
                return session, reply
        return session, Command.STOP

    def _seconds_left(self, session: Session) -> float | None:
        """Return the seconds left for the open question, without reading the clock if there is no limit."""
        return None if session.left is None else self._timed(session).left


class PlainDisplay:
    """Shows each line as it is, without colour, escapes or wrapping."""

    def __init__(self, write: Callable[[str], object], read: Callable[[float | None], str | None]) -> None:
        self._write = write
        self._read = read

    def ask(self, seconds: float | None = None) -> str | None:
        """Read a line."""
        return self._read(seconds)

    def show(self, lines: Iterable[Line]) -> None:
        """Write each line, with an empty one before a new part."""
        for line in lines:
            gap = "\n" if line.role in ("question", "score", "head") else ""
            self._write(f"{gap}{line.whole}\n")

    def bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Write a line for each topic."""
        self._write(f"\n{title}\n")
        for topic in scores:
            self._write(f"{topic.title} {topic.right}/{topic.total}\n")
