"""A person before a full screen, as a pure state machine over an attempt: what is shown, and how it goes on.

Nothing here draws, grades or keeps. Whoever runs it passes each key (:func:`quizgen.screen.scenes.press_key`)
and the clock in, keeps the attempt when it has changed, and does what the session wishes. What a scene shows
and what its keys do is in :mod:`quizgen.screen.scenes`, one module a scene.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt, Score
from quizgen.model import Question
from quizgen.screen.answer_input import NOWHERE, AnswerInput, Unfinished
from quizgen.screen.shapes import screen_shape
from quizgen.shapes import Response
from quizgen.text.languages import LANGUAGES
from quizgen.view.exhibit import ExhibitLine
from quizgen.view.question import QuestionView, revealed_until, view_question

Wish: TypeAlias = Literal[
    "begin",  # a new attempt, in the language of this one
    "certificate",  # one of taking part, for the name in the draft
    "next_visitor",  # the welcome for whoever comes next
    "leave",  # away from here
]

IDLE_SECONDS = 60.0
"""A kiosk asks whether anybody is still there after so long without a key, and then waits as below."""
WAIT_SECONDS = 15.0

GRACE_SECONDS = 1.0
"""Once time has run out, keys do nothing for so long: people pressed them for the question before."""

OPEN_SCENES = frozenset(("prompt", "unfold"))
"""Scenes in which a question waits for its answer."""


class Greeting(Struct, frozen=True):
    """What a kiosk's welcome says before anything else: whose stall it is, what about, and to come closer."""

    organiser: str = ""
    headline: str = ""
    invitation: str = ""


class Session(Struct, frozen=True):
    """What the screen shows, and all that the next key depends on.

    Times are in seconds, on a clock that nobody sets; ``epoch`` is its nought, in seconds since the epoch.
    """

    attempt: Attempt
    at: float  # of the last tick or key
    epoch: float = 0.0
    scene: str = "prompt"
    """A module of :mod:`quizgen.screen.scenes`."""
    back: tuple[str, ...] = ()
    """Scenes to go back to from those that are laid over others, the nearest last."""
    wish: Wish | None = None
    """What only the outside can do; until it is done, no key does anything."""
    draft: AnswerInput = AnswerInput()
    shown: float = 0.0  # when the question came up
    touched: float = 0.0  # when a key was last pressed
    input_blocked_until: float = 0.0  # since time ran out
    reviewed: int = 0  # index of the question looked back at
    typing: bool = True  # whether letters go into a blank, or are commands
    unclear: bool = False  # whether the last key did nothing
    unfinished: Unfinished | None = None  # what the last key sent, if that is no answer yet
    more: bool = False  # whether the sources are shown in full
    unfolded: int = 0  # lines seen of an exhibit that comes line by line; 0 is one that does not
    late: bool = False  # whether the question explained, or the one before the open one, was out of time
    certificate: bool = False  # whether one can be made
    unkept: bool = False  # whether answers could not be kept
    said: str = ""  # what came of a wish, in words
    original: Attempt | None = None  # while what was missed in it comes once more
    repeated: Score | None = None  # how that went
    coming: tuple[str, ...] | None = (
        None  # what is said of days before and after this one; None is not asked for yet
    )
    greeting: Greeting = Greeting()

    @property
    def date(self) -> float:
        """When the last tick or key was, in seconds since the epoch."""
        return self.epoch + self.at

    @property
    def asking(self) -> bool:
        """Whether a question is open, in sight or behind another scene."""
        return self.attempt.question is not None and not OPEN_SCENES.isdisjoint((self.scene, *self.back))

    @property
    def open_question(self) -> Question:
        """The question that waits for its answer. Raises ValueError once there is none."""
        if self.attempt.question is None:
            raise ValueError("every question of this attempt is answered")
        return self.attempt.question

    @property
    def is_covered(self) -> bool:
        """Whether another scene lies over an open question, so that its time stands still."""
        return self.asking and self.scene not in OPEN_SCENES

    @property
    def open_view(self) -> QuestionView:
        """The open question, as far as its exhibit has come."""
        view = view_question(self.attempt, self.attempt.position)
        return revealed_until(view, self.unfolded) if self.unfolded else view

    @property
    def lines_to_come(self) -> tuple[ExhibitLine, ...]:
        """Lines of the open question's exhibit that have not come yet."""
        whole = view_question(self.attempt, self.attempt.position).exhibit
        return whole.lines[self.unfolded :] if whole and self.unfolded else ()

    @property
    def stopped_here(self) -> Response:
        """The answer of somebody who stops an exhibit here: a scam, or the latest line; ``None`` if no line has come that can be chosen."""
        names = [option.name for option in view_question(self.attempt, self.attempt.position).options]
        seen = self.open_view.options
        return (names.index(seen[-1].name),) if seen else None

    def has_come(self, response: Response) -> bool:
        """Tell whether what somebody chose has come yet; of an exhibit that does not unfold, all has."""
        numbers = self.open_question.answer.line_numbers
        if not self.unfolded or not numbers or not isinstance(response, tuple):
            return True
        return all(numbers[index] <= self.unfolded for index in response)

    @property
    def left(self) -> float | None:
        """Seconds left for the open question, never below nought; ``None`` where nothing presses."""
        left = self.attempt.time_left(max(self.at - self.shown, 0.0)) if self.asking else None
        return None if left is None else max(left, 0.0)

    @property
    def is_time_short(self) -> bool:
        """Whether time is about to run out: the last fifth of it, but five seconds at least and a minute at most."""
        rules = self.attempt.rules
        limits = [limit for limit in (rules.question_seconds, rules.quiz_seconds) if limit]
        return self.left is not None and self.left <= max(min(min(limits) / 5, 60.0), 5.0)

    def input_blocked(self, at: float) -> bool:
        """Tell whether time ran out a moment ago; a clock that was set back makes nobody wait."""
        return 0 < self.input_blocked_until - at <= GRACE_SECONDS

    @property
    def explained(self) -> int:
        """Index of the answer that feedback is on: the last, or the first that the time ran out on with it."""
        index = self.attempt.position - 1
        if self.late:
            while index and self.attempt.answers[index].seconds == 0:
                index -= 1
        return index


def start(attempt: Attempt, at: float, *, certificate: bool = False) -> Session:
    """Begin at the next question of an attempt, or at its end."""
    return next_question(Session(attempt=attempt, at=at, touched=at, certificate=certificate))


def open_session(attempt: Attempt, at: float, *, certificate: bool = False) -> Session:
    """Begin with an attempt: with its rules if there is a time limit, so that the clock waits for Enter."""
    session = start(attempt, at, certificate=certificate)
    timed = attempt.rules.question_seconds or attempt.rules.quiz_seconds
    return replace(session, scene="rules") if timed and attempt.question else session


def welcome(attempt: Attempt, at: float, greeting: Greeting = Greeting()) -> Session:  # noqa: B008  frozen
    """Wait for a visitor, before an attempt that lends its language and the number of questions."""
    cursor = languages_of(attempt).index(attempt.quiz.language)
    draft = AnswerInput(cursor=cursor)
    return Session(attempt=attempt, at=at, touched=at, scene="welcome", draft=draft, greeting=greeting)


def tick(session: Session, at: float) -> Session:
    """Let time pass: a limit may run out, and a kiosk may find itself alone."""
    if session.wish:
        return session
    passed = max(at - session.at, 0.0)
    shown = session.shown + passed if session.is_covered else session.shown
    session = replace(session, at=session.at + passed, shown=shown)
    if session.left == 0:
        session = run_out(session)
    if not session.attempt.kiosk:
        return session
    idle = session.at - session.touched
    if idle >= IDLE_SECONDS + WAIT_SECONDS:
        return replace(session, wish="next_visitor")
    if idle >= IDLE_SECONDS and session.scene not in ("idle_check", "welcome"):
        return push_scene(session, "idle_check")
    return session


def show_next_line(session: Session) -> Session:
    """Let the next line of an exhibit come."""
    return replace(session, unfolded=session.unfolded + 1)


def answer(session: Session, response: Response) -> Session:
    """Give a response to the open question, or ``None`` to skip it."""
    attempt = session.attempt.answer(response, session.date, _seconds(session))
    return _answered(session, attempt, late=False)


def next_question(session: Session) -> Session:
    """Go to the question that is next, or to the results."""
    attempt = session.attempt
    if attempt.has_repeat and session.repeated is None:
        return next_question(replace(session, attempt=attempt.repeat_missed(session.date), original=attempt))
    question = attempt.question
    if question is None:
        session = _with_original(session)
        return replace(session, scene="results", back=(), draft=AnswerInput(cursor=NOWHERE))
    draft = screen_shape(question.answer).begin(question.answer)
    session = replace(
        session, scene="prompt", back=(), draft=draft, shown=session.at, typing=True, late=False, more=False
    )
    return (
        replace(session, scene="unfold", unfolded=1) if attempt.is_unfolding else replace(session, unfolded=0)
    )


def push_scene(session: Session, scene: str) -> Session:
    """Show a scene over the present one; never the same over itself."""
    if session.scene == scene:
        return session
    return replace(session, scene=scene, back=(*session.back, session.scene))


def pop_scene(session: Session) -> Session:
    """Return to the scene that this one lies over."""
    return replace(session, scene=session.back[-1], back=session.back[:-1])


def review_answer(session: Session, index: int) -> Session:
    """Show answer ``index`` again, over the present scene."""
    return push_scene(replace(session, reviewed=max(index, 0)), "review")


def change_language(session: Session) -> Session:
    """Go on in the next language."""
    attempt = session.attempt
    after = language_after(attempt.quiz.language, languages_of(attempt))
    return replace(session, attempt=attempt.in_language(after), coming=None)


def languages_of(attempt: Attempt) -> tuple[str, ...]:
    """List the languages that one can turn to in a quiz: those that its bank can be read in, and that it is in."""
    readable = attempt.quiz.bank.declared.readable
    own = attempt.quiz.language
    return readable if own in readable else (own, *readable)


def language_after(language: str, among: Sequence[str] = LANGUAGES) -> str:
    """Give the language ``among`` these that the key for it changes to."""
    return among[(among.index(language) + 1) % len(among)]


def _with_original(session: Session) -> Session:
    """Return from what came once more to the attempt that it was missed in, in the language of now."""
    if not session.original:
        return session
    attempt = session.original.in_language(session.attempt.quiz.language)
    return replace(session, attempt=attempt, original=None, repeated=session.attempt.score_so_far())


def leave(session: Session) -> Session:
    """Leave; at a kiosk, for the next visitor; from what comes once more, for the end."""
    if session.original:
        return next_question(_with_original(session))
    return replace(session, wish="next_visitor" if session.attempt.kiosk else "leave")


def _seconds(session: Session) -> float:
    return max(session.at - session.shown, 0.0)


def _answered(session: Session, attempt: Attempt, *, late: bool) -> Session:
    session = replace(session, attempt=attempt, late=late, back=())
    return replace(session, scene="feedback") if attempt.rules.feedback == "each" else next_question(session)


def run_out(session: Session) -> Session:
    """Skip the question whose time is up, and block keys that come a moment too late for it."""
    limit = session.attempt.rules.question_seconds  # if it is short, most of it is for the answer
    grace = min(GRACE_SECONDS, limit / 4) if limit else GRACE_SECONDS
    attempt = session.attempt.skip_timed_out(session.date, _seconds(session))
    session = _answered(session, attempt, late=True)
    return replace(session, late=True, input_blocked_until=session.at + grace)
