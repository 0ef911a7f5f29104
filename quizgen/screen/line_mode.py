"""The quiz a line at a time: for pipes, screen readers and plain terminals, and for any other too."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal, Protocol

from quizgen.answer_parser import Command, command_of, parse
from quizgen.attempt import Attempt
from quizgen.screen import lines
from quizgen.screen.lines import Line
from quizgen.shapes import Answer, Response
from quizgen.shapes.fill import as_typed
from quizgen.text.messages import message
from quizgen.view.exhibit import ExhibitLine
from quizgen.view.feedback import timing, view_feedback
from quizgen.view.question import QuestionView, so_far, view_question, view_quiz
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
    keep: Callable[[Attempt], bool],
    now: Callable[[], float],
    *,
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
    view_of_quiz = view_quiz(attempt)
    language = attempt.quiz.language
    display.show(lines.heading(view_of_quiz, language))
    if patient and view_of_quiz.timed and not _begins(display, language):
        display.show(lines.stopped(attempt, kept=True))
        return attempt
    ask = partial(_asked, display=display, keep=keep, now=now, clock=clock or now, patient=patient)
    attempt, kept = ask(attempt)
    if attempt.question:
        display.show(lines.stopped(attempt, kept=kept))
        return attempt
    repeated = None
    if attempt.repeats:
        again, _ = ask(attempt.again(now()))
        repeated = again.score_so_far()
    # The score comes last, where it is still seen after a long list of what to read again.
    results = view_results(attempt, repeated)
    display.show(lines.results(results, language))
    if patient:
        display.show([lines.certificate_hint(attempt.quiz.seed, language)])
    if results.detection:
        display.show(lines.detection(results.detection))
    display.show(lines.remembered(results, language))
    display.show(lines.help_numbers(results.help, language))
    if coming and (said := coming(attempt)):
        display.show(
            [Line("head", message(language, "take.coming")), *(Line("reason", line) for line in said)]
        )
    display.bars(message(language, "take.by-topic"), results.topics)
    display.show([lines.score(results, language)])
    return attempt


def _asked(
    attempt: Attempt,
    *,
    display: Display,
    keep: Callable[[Attempt], bool],
    now: Callable[[], float],
    clock: Callable[[], float],
    patient: bool,
) -> tuple[Attempt, bool]:
    """Ask question after question until the last or a stop; give the attempt, and whether it could be kept."""
    kept = True
    language = attempt.quiz.language
    while question := attempt.question:
        index = attempt.position
        view = view_question(attempt, index)
        display.show((lines.unfolding if attempt.unfolds else lines.prompt)(view, language))
        to_come = deque(view.exhibit.lines[1:] if attempt.unfolds and view.exhibit else ())
        unfolds = attempt.unfolds
        shown = clock()
        left = partial(_left, attempt, clock, shown)
        response: Response | Literal[Command.STOP]
        try:
            response = _response(
                question.answer, view, to_come, language, display, left, unfolds=unfolds, patient=patient
            )
            late = False
        except OutOfTimeError:
            response, late = None, True
        if response is Command.STOP:
            break
        at, seconds = now(), max(clock() - shown, 0.0)
        attempt = attempt.run_out(at, seconds) if late else attempt.answer(response, at, seconds)
        kept = keep(attempt)
        if attempt.rules.feedback == "each":
            seen = len(view.exhibit.lines) - len(to_come) if unfolds and view.exhibit else 0
            told = view_feedback(attempt, index, late=late)
            display.show(lines.feedback(told, language, timing(attempt, index, seen)))
        else:
            display.show([lines.noted(language, skipped=response is None, late=late)])
    return attempt, kept


def _begins(display: Display, language: str) -> bool:
    """Wait for Enter before the clock runs; tell whether it came, and not the end of input or a stop."""
    display.show([Line("hint", message(language, "take.begin-clock"))])
    line = display.ask()
    return line is not None and command_of(line) is not Command.STOP


def _left(attempt: Attempt, clock: Callable[[], float], shown: float) -> float | None:
    """Give the seconds left for a question; the clock is not looked at where nothing presses."""
    return None if attempt.time_left() is None else attempt.time_left(max(clock() - shown, 0.0))


def _response(
    answer: Answer,
    view: QuestionView,
    to_come: deque[ExhibitLine],
    language: str,
    display: Display,
    left: Callable[[], float | None],
    *,
    unfolds: bool,
    patient: bool,
) -> Response | Literal[Command.STOP]:
    """Ask until a line is an answer; a skip comes back as ``None``, the end of input as STOP.

    An empty line shows what is ``to_come``, line by line; a person cannot choose what has not come yet.
    """
    while (line := display.ask(left())) is not None:
        if to_come and not line.strip():
            display.show([lines.said(to_come.popleft())])
            continue
        reply = parse(answer, line)
        if unfolds and view.exhibit and line.strip().casefold() == "x":  # stop it here, as on the full screen
            name = so_far(view, len(view.exhibit.lines) - len(to_come)).options[-1].name
            reply = (next(at for at, option in enumerate(view.options) if option.name == name),)
        if patient and isinstance(reply, tuple):
            unseen = {each.option for each in to_come if each.option}
            reply = None if any(view.options[index].name in unseen for index in reply[:1]) else reply
        if reply is Command.SKIP:
            return None
        if reply is Command.HELP:
            display.show(lines.helped(view, language))
        elif reply is None:
            display.show([lines.unclear(view, language)])
            if not patient and (typed := as_typed(line)):
                return typed
        else:
            return reply
    return Command.STOP


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
