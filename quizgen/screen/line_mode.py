"""The quiz line by line: for pipes, for screen readers, and for terminals without a full screen.

A session (``session.py``) decides what comes next, as it does on the full screen. Here, typed lines drive it.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol

from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen import lines
from quizgen.screen.answer_parser import Command, parse_command, parse_line
from quizgen.screen.lines import Line
from quizgen.screen.session import (
    OPEN_SCENES,
    Session,
    answer_question,
    choose_reply,
    go_to_next_question,
    go_to_results,
    leave_session,
    open_session,
    show_next_line,
    skip_timed_out_question,
)
from quizgen.screen.wrap import wrap_text
from quizgen.shapes import Response
from quizgen.shapes.fill import clean_reply
from quizgen.text.messages import _
from quizgen.view.feedback import build_feedback_view
from quizgen.view.glossary import explain_words
from quizgen.view.money import describe_stake
from quizgen.view.question import build_question_view, build_quiz_view
from quizgen.view.results import TopicScore, build_results_view
from quizgen.view.twin import build_twin_view


class Display(Protocol):
    """Shows lines, and reads the lines that a person types."""

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show lines that belong together."""

    def show_topic_bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Show the score for each topic."""

    def read_line(self, seconds: float | None = None) -> str | None:
        """Wait for a line; ``None`` means that the input has ended.

        Raises OutOfTimeError if no line comes within ``seconds``.
        """


class OutOfTimeError(Exception):
    """No line was typed in time."""


def take_quiz(
    attempt: Attempt,
    display: Display,
    *,
    save_attempt: Callable[[Attempt], bool],
    now: Callable[[], float],
    clock: Callable[[], float] | None = None,
    asks_again_if_unclear: bool = True,
    waits_for_enter: bool = False,
    make_final_lines: Callable[[Attempt], tuple[str, ...]] | None = None,
    best_result: int | None = None,
) -> Attempt:
    """Let a person take a quiz to its end, or until the person stops, and return the attempt.

    ``save_attempt`` gets each answer before anything more is shown, and returns whether it could be saved.
    ``now`` returns seconds since the epoch. ``clock``, if given, returns seconds of a monotonic clock,
    which measures time. ``make_final_lines`` returns lines for the end, which say when questions are repeated.
    ``best_result`` is the most money that was kept in earlier games.

    If ``asks_again_if_unclear``, a reply that makes no sense is asked for again. Otherwise it is a wrong answer, so
    that in a file of answers each line belongs to its own question. If it ``waits_for_enter``, the next question appears only
    after Enter, so that it does not push the reasons off a small terminal.
    """
    asker = _LineModeQuiz(
        display,
        save_attempt,
        now,
        clock or now,
        asks_again_if_unclear=asks_again_if_unclear,
        waits_for_enter=waits_for_enter,
    )
    session = asker.ask_questions(attempt)
    language = session.attempt.quiz.language
    if session.request:
        display.show_lines(lines.stop_lines(session.attempt, is_saved=asker.kept))
        return session.attempt
    # The score comes last, so that it is visible after a long list of facts.
    results = build_results_view(session.attempt, best_result)
    display.show_lines(lines.result_lines(results, language))
    if results.detection:
        display.show_lines(lines.detection_lines(results.detection))
    display.show_lines(lines.reminder_lines(results, language))
    if asks_again_if_unclear:
        display.show_lines(lines.pass_on_lines(session.attempt))
    display.show_lines(lines.help_section_lines(results))
    if make_final_lines and (said := make_final_lines(session.attempt)):
        display.show_lines(
            [Line("head", _("Next reviews").translated(language)), *(Line("reason", line) for line in said)]
        )
    display.show_lines(lines.money_lines(results))
    display.show_topic_bars(_("By topic").translated(language), results.topics)
    display.show_lines([lines.score_line(results, language)])
    return session.attempt


class _LineModeQuiz:
    """Drives a session with typed lines. ``kept`` says whether the last answer was saved."""

    def __init__(
        self,
        display: Display,
        save_attempt: Callable[[Attempt], bool],
        now: Callable[[], float],
        clock: Callable[[], float],
        *,
        asks_again_if_unclear: bool,
        waits_for_enter: bool,
    ) -> None:
        self.kept = True
        self._pauses = waits_for_enter
        self._display = display
        self._save = save_attempt
        self._now = now
        self._clock = clock
        self._patient = asks_again_if_unclear

    def ask_questions(self, attempt: Attempt) -> Session:
        """Ask one question after another until the results, or until the person stops. Return the session."""
        self._display.show_lines(lines.heading_lines(build_quiz_view(attempt), attempt.quiz.language))
        session = open_session(attempt, self._clock())
        if session.scene == "rules":
            begins = self._wait_for_start(attempt.quiz.language)
            session = (
                go_to_next_question(self._with_current_time(session)) if begins else leave_session(session)
            )
        while session.scene in (*OPEN_SCENES, "pause") and not session.request:
            session = self._pause(session) if session.scene == "pause" else self._ask_question(session)
        return session

    def _pause(self, session: Session) -> Session:
        """Wait for Enter before the last question comes back. The results follow if the person stops or the input ends."""
        language = session.attempt.quiz.language
        self._display.show_lines(lines.pause_lines(language))
        if self._patient:
            self._display.show_lines([Line("hint", _("Press Enter to go on.").translated(language))])
            line = self._display.read_line()
            if line is None or parse_command(line) is Command.STOP:
                return go_to_results(session)
        return go_to_next_question(self._with_current_time(session))

    def _wait_for_start(self, language: str) -> bool:
        """Wait for Enter before the clock starts. Return False if the input ends or the person stops."""
        if not self._patient:
            return True
        self._display.show_lines(
            [Line("hint", _("Press Enter to start. The clock starts too.").translated(language))]
        )
        line = self._display.read_line()
        return line is not None and parse_command(line) is not Command.STOP

    def _with_current_time(self, session: Session) -> Session:
        """Return the session with the current time."""
        at = self._clock()
        return replace(session, at=at, epoch=self._now() - at)

    def _ask_question(self, session: Session) -> Session:
        """Ask the open question, save the answer, show feedback, and go to the next question."""
        index, language = session.attempt.position, session.attempt.quiz.language
        if session.repeat_note:
            self._display.show_lines([Line("head", session.repeat_note)])
        view = build_question_view(session.attempt, index)
        self._display.show_lines(
            lines.unfolding_question_lines(view, language, describe_stake(session.attempt)[:1])
            if session.unfolded
            else lines.question_lines(view, language)
        )
        known_words = () if session.unfolded else explain_words(session.attempt, index, is_answered=False)
        self._display.show_lines(lines.glossary_lines(known_words, language))
        self._offer_replies(session)
        try:
            session, response = self._read_answer(session)
        except OutOfTimeError:
            response, late = None, True
        else:
            late = False
        if response is Command.STOP:
            return leave_session(session)
        session = self._with_current_time(session)
        session = skip_timed_out_question(session) if late else answer_question(session, response)
        self.kept = self._save(session.whole_attempt)
        if session.scene != "feedback":
            self._display.show_lines(
                [lines.answer_noted_line(language, is_skipped=response is None, is_late=late)]
            )
            return session
        told = build_feedback_view(session.attempt, index, is_late=late)
        told = replace(
            told, explained_words=tuple(each for each in told.explained_words if each not in known_words)
        )
        self._display.show_lines(lines.feedback_lines(told, language))
        if self._patient and not session.attempt.answers[index].right:
            twin = build_twin_view(session.attempt, index)
            self._display.show_lines(lines.twin_lines(twin, language) if twin else ())
        if self._pauses and go_to_next_question(session).scene in OPEN_SCENES:
            hint = _("Enter: next question. q: stop.").translated(language)
            self._display.show_lines([Line("hint", hint)])
            line = self._display.read_line()
            if line is None or parse_command(line) is Command.STOP:
                return leave_session(session)
        return go_to_next_question(self._with_current_time(session))

    def _read_answer(self, session: Session) -> tuple[Session, Response | Literal[Command.STOP]]:
        """Read lines until one is an answer, and return it: ``None`` to skip, and STOP at the end of the input.

        If the lines of an exhibit are revealed one by one, an empty line shows the next one, and a number
        chooses a reply where there are replies. A person cannot choose a line that has not appeared yet.
        """
        question, view = session.open_question, build_question_view(session.attempt, session.attempt.position)
        language = session.attempt.quiz.language
        while (line := self._display.read_line(self._seconds_left(session))) is not None:
            if further := self._unfold_further(session, line.strip()):
                session = further
                continue
            reply = parse_line(question.answer, line)
            if session.unfolded and line.strip().casefold() == "x":  # stop it here, as on the full screen
                reply = session.response_on_stopping
            if self._patient and isinstance(reply, tuple) and not session.has_appeared(reply):
                reply = None
            if reply is Command.SKIP:
                return session, None
            if reply is Command.HELP:
                self._display.show_lines(lines.help_lines(view, language))
            elif reply is None:
                self._display.show_lines([lines.not_understood_line(view, language)])
                if not self._patient and (typed := clean_reply(line)):
                    return session, typed
            else:
                return session, reply
        return session, Command.STOP

    def _unfold_further(self, session: Session, line: str) -> Session | None:
        """Show the next line of an exhibit, or say a reply, or return ``None`` if the line asks for neither."""
        if self._patient and session.offers_replies and line.isdecimal():
            return self._choose_reply(session, line)
        if line:
            return None
        if not (self._patient and session.reply_options):
            if not session.hidden_lines:
                return None
            self._display.show_lines([lines.exhibit_line(session.hidden_lines[0])])
            session = show_next_line(session)
        self._offer_replies(session)
        return session

    def _offer_replies(self, session: Session) -> None:
        """Show the replies to choose from, if there are any. Files of answers have no replies."""
        if self._patient:
            self._display.show_lines(
                lines.reply_option_lines(session.reply_options, session.attempt.quiz.language)
            )

    def _choose_reply(self, session: Session, number: str) -> Session:
        """Show the reply with this number and the lines that follow it.

        A number is never a verdict here, because it may be typed for a reply.
        """
        names = [reply.name for reply in session.reply_options]
        if number not in names:
            self._display.show_lines(
                [lines.not_understood_line(session.open_question_view, session.attempt.quiz.language)]
            )
            return session
        before = session.open_question_view.exhibit
        session = choose_reply(session, names.index(number))
        after = session.open_question_view.exhibit
        if before and after:
            self._display.show_lines(map(lines.exhibit_line, after.lines[len(before.lines) :]))
        return session

    def _seconds_left(self, session: Session) -> float | None:
        """Return the seconds left for the open question. The clock is not read if there is no limit."""
        return None if session.seconds_left is None else self._with_current_time(session).seconds_left


class PlainDisplay:
    """Shows each line without colour. ``current_width`` returns the width of a terminal, at which lines are broken between words."""

    def __init__(
        self,
        write_line: Callable[[str], object],
        read_line: Callable[[float | None], str | None],
        current_width: Callable[[], int] = lambda: sys.maxsize,
    ) -> None:
        self._write = write_line
        self._read = read_line
        self._width = current_width

    def read_line(self, seconds: float | None = None) -> str | None:
        """Wait for a line; ``None`` means that the input has ended."""
        return self._read(seconds)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Write each line, with an empty line before a heading, a question and the score."""
        for line in lines:
            gap = "\n" if line.role in ("question", "score", "head") else ""
            self._write_line(line.labelled_text, gap)

    def show_topic_bars(self, title: str, scores: Sequence[TopicScore]) -> None:
        """Write a line with the score for each topic."""
        self._write_line(title, "\n")
        for topic in scores:
            self._write_line(f"{topic.title} {topic.right}/{topic.total}")

    def _write_line(self, text: str, gap: str = "") -> None:
        width = self._width()
        rows = wrap_text(text, width) if 2 * len(text) > width else [text]
        self._write(gap + "".join(f"{row}\n" for row in rows))
