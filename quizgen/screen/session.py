"""The state of a quiz on the full screen, as a pure state machine around an attempt.

Nothing here draws, marks or saves. The caller passes in each key (:func:`quizgen.screen.scenes.press_key`)
and the time, saves the attempt after it changed, and does what the session requests.
:mod:`quizgen.screen.scenes` has what each scene shows and what its keys do.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.model import Exhibit, Question
from quizgen.model import Line as ModelLine
from quizgen.screen.answer_input import NO_ROW, AnswerInput, IncompleteAnswer
from quizgen.screen.shapes import answer_screen
from quizgen.shapes import Response
from quizgen.text.languages import LANGUAGES
from quizgen.text.messages import Message, _
from quizgen.view.exhibit import ExhibitLine
from quizgen.view.question import NamedText, QuestionView, build_question_view, reveal_lines
from quizgen.view.text import localize_for_display

Request: TypeAlias = Literal[
    "begin",  # a new attempt in this language
    "copy",  # copy the lines to pass on
    "next_visitor",  # the welcome page for the next visitor
    "another",  # another quiz, drawn with the same options
    "leave",  # leave the screen
]

IDLE_SECONDS = 60.0
"""The time without a key after which a kiosk asks whether anybody is still there.

Then it waits ``WAIT_SECONDS``.
"""
WAIT_SECONDS = 15.0

GRACE_SECONDS = 1.0
"""How long keys do nothing after a question's time ran out, because people pressed them for that question."""

OPEN_SCENES = frozenset(("prompt", "unfold"))
"""The scenes in which a question waits for an answer."""


class Greeting(Struct, frozen=True):
    """What a kiosk's welcome page says: who runs the kiosk, what the quiz is about, an invitation, and the best of the day."""

    organiser: str = ""
    headline: str = ""
    invitation: str = ""
    best: tuple[Message, ...] = ()


class Session(Struct, frozen=True):
    """The state of a quiz on the screen: what is shown, and everything that the next key depends on.

    Times are in seconds on a monotonic clock; ``epoch`` is that clock's zero, in seconds since the epoch.
    """

    attempt: Attempt
    at: float  # of the last tick or key
    epoch: float = 0.0
    scene: str = "prompt"
    """A module of :mod:`quizgen.screen.scenes`."""
    back: tuple[str, ...] = ()
    """The scenes below the current one, the nearest last."""
    request: Request | None = None
    """What only the caller can do; until it is done, no key does anything."""
    draft: AnswerInput = AnswerInput()
    shown: float = 0.0  # when the question appeared
    touched: float = 0.0  # when a key was last pressed
    input_blocked_until: float = 0.0  # because time ran out
    reviewed: int = 0  # index of the answer under review
    compared: int = 0  # index of the answer whose exhibit is shown beside its twin
    typing: bool = True  # whether letters go into a blank, not into commands
    unclear: bool = False  # whether the last key had no effect
    unfinished: IncompleteAnswer | None = None  # what the last key sent, if it is not an answer yet
    more: bool = False  # whether sources are shown in full
    unfolded: int = 0  # lines shown of an exhibit that unfolds; 0 if it does not
    replies: tuple[int, ...] = ()  # the replies chosen while it unfolds, as indices
    asks_skip: bool = False  # whether the next s skips an exhibit that unfolds
    late: bool = False  # whether time ran out for the last question
    offers_another: bool = False  # whether another quiz can be drawn
    unsaved: bool = False  # whether answers could not be saved
    said: str = ""  # the result of a request, in words
    original: Attempt | None = None  # the whole quiz, while ``attempt`` is the repeat of one missed question
    final_lines: tuple[str, ...] | None = None  # lines about other days; None until they are requested
    greeting: Greeting = Greeting()
    best: int | None = None  # the most money kept in earlier games

    @property
    def current_time(self) -> float:
        """The time of the last tick or key, in seconds since the epoch."""
        return self.epoch + self.at

    @property
    def whole_attempt(self) -> Attempt:
        """The attempt at the whole quiz, with its repeats, in the current language. This is what is saved."""
        if self.original is None:
            return self.attempt
        language = self.attempt.quiz.language
        return (
            self.original if self.original.quiz.language == language else self.original.in_language(language)
        )

    @property
    def repeat_note(self) -> str:
        """A line that says why the open question is asked, if it is the repeat of a missed one; otherwise "".

        It also says how many repeats there are, if that is known.
        """
        index = self.original.next_repeat if self.original else None
        if self.original is None or index is None:
            return ""
        same = self.original.quiz.questions[index].id == self.open_question.id
        number, total = len(self.original.repeats) + 1, self.original.repeats_in_total
        if total is None or total == 1:
            said = (
                _("Once more: you missed this question.")
                if same
                else _("Once more: you missed a question like this one.")
            )
        else:
            said = (
                _("Once more, {number} of {total}: you missed this question.")
                if same
                else _("Once more, {number} of {total}: you missed a question like this one.")
            ).with_values(number=number, total=total)
        return said.translated(self.attempt.quiz.language)

    @property
    def has_open_question(self) -> bool:
        """Whether a question waits for an answer, on the screen or behind another scene."""
        return self.attempt.question is not None and not OPEN_SCENES.isdisjoint((self.scene, *self.back))

    @property
    def open_question(self) -> Question:
        """The question that waits for an answer. Raises ValueError if there is none."""
        if self.attempt.question is None:
            raise ValueError("every question of this attempt is answered")
        return self.attempt.question

    @property
    def is_covered(self) -> bool:
        """Whether another scene covers the open question, so that its clock stops."""
        return self.has_open_question and self.scene not in OPEN_SCENES

    @property
    def open_question_view(self) -> QuestionView:
        """The open question, with the lines of its exhibit that have appeared."""
        view = build_question_view(self.attempt, self.attempt.position)
        return reveal_lines(view, self.unfolded, self.replies) if self.unfolded else view

    @property
    def hidden_lines(self) -> tuple[ExhibitLine, ...]:
        """The lines of the open question's exhibit that have not appeared yet."""
        whole = build_question_view(self.attempt, self.attempt.position).exhibit
        return whole.lines[self.unfolded :] if whole and self.unfolded else ()

    @property
    def offers_replies(self) -> bool:
        """Whether the exhibit of the open question has lines to which the person can choose a reply."""
        return bool(self.unfolded and self._points_of_choice(len(self._open_exhibit.lines)))

    @property
    def reply_options(self) -> tuple[NamedText, ...]:
        """The replies to choose from before the next line, with their numbers; none if there is nothing to choose."""
        if not self.unfolded:
            return ()
        points = self._points_of_choice(self.unfolded)
        if len(points) <= len(self.replies):
            return ()
        language = self.attempt.quiz.language
        return tuple(
            NamedText(str(number), localize_for_display(reply.say, language))
            for number, reply in enumerate(points[-1].replies, start=1)
        )

    @property
    def _open_exhibit(self) -> Exhibit:
        return self.attempt.quiz.bank.exhibits[self.open_question.exhibit]

    def _points_of_choice(self, lines_seen: int) -> list[ModelLine]:
        """Return the lines so far that have replies. There is no choice where the lines are the options."""
        if self.open_question.answer.option_line_numbers:
            return []
        return [line for line in self._open_exhibit.lines[:lines_seen] if line.replies]

    @property
    def response_on_stopping(self) -> Response:
        """The response of a person who stops an exhibit now: that it is a scam, or that the latest line shows it.

        It is ``None`` if no line that can be chosen has appeared.
        """
        names = [option.name for option in build_question_view(self.attempt, self.attempt.position).options]
        seen = self.open_question_view.options
        return (names.index(seen[-1].name),) if seen else None

    def has_appeared(self, response: Response) -> bool:
        """Return whether each option of a response has already appeared.

        It is always true if the lines of an exhibit are not revealed one by one.
        """
        numbers = self.open_question.answer.option_line_numbers
        if not self.unfolded or not numbers or not isinstance(response, tuple):
            return True
        return all(numbers[index] <= self.unfolded for index in response)

    @property
    def seconds_left(self) -> float | None:
        """The seconds left for the open question, at least 0; ``None`` without a limit."""
        left = self.attempt.time_left(max(self.at - self.shown, 0.0)) if self.has_open_question else None
        return None if left is None else max(left, 0.0)

    @property
    def is_time_short(self) -> bool:
        """Whether time is about to run out: the last fifth, but at least five seconds and at most a minute."""
        rules = self.attempt.rules
        limits = [limit for limit in (rules.question_seconds, rules.quiz_seconds) if limit]
        return self.seconds_left is not None and self.seconds_left <= max(min(min(limits) / 5, 60.0), 5.0)

    def is_input_blocked(self, now: float) -> bool:
        """Return whether keys do nothing, because time ran out a moment ago.

        A clock that was set back does not block them.
        """
        return 0 < self.input_blocked_until - now <= GRACE_SECONDS

    @property
    def explained_answer_index(self) -> int:
        """The index of the answer that feedback is about.

        That is the last answer; if time ran out, it is the first question skipped because of that.
        """
        index = self.attempt.position - 1
        if self.late:
            while index and self.attempt.answers[index].seconds == 0:
                index -= 1
        return index


def start_session(attempt: Attempt, now: float) -> Session:
    """Begin at the next question of an attempt, or at its results."""
    return go_to_next_question(Session(attempt=attempt, at=now, touched=now))


def open_session(attempt: Attempt, now: float) -> Session:
    """Begin at the next question of an attempt.

    If there is a time limit, show the rules before the clock starts.
    """
    session = start_session(attempt, now)
    timed = attempt.rules.question_seconds or attempt.rules.quiz_seconds
    return replace(session, scene="rules") if timed and attempt.question else session


def open_welcome(attempt: Attempt, now: float, greeting: Greeting = Greeting()) -> Session:  # noqa: B008  frozen
    """Show the welcome page of a kiosk. The attempt determines the language and the number of questions."""
    cursor = list_quiz_languages(attempt).index(attempt.quiz.language)
    draft = AnswerInput(cursor=cursor)
    return Session(attempt=attempt, at=now, touched=now, scene="welcome", draft=draft, greeting=greeting)


def advance_time(session: Session, now: float) -> Session:
    """Let time pass until ``now``: a time limit can run out, and a kiosk can become idle."""
    if session.request:
        return session
    passed = max(now - session.at, 0.0)
    shown = session.shown + passed if session.is_covered else session.shown
    session = replace(session, at=session.at + passed, shown=shown)
    if session.seconds_left == 0:
        session = skip_timed_out_question(session)
    if not session.attempt.kiosk:
        return session
    idle = session.at - session.touched
    if idle >= IDLE_SECONDS + WAIT_SECONDS:
        return replace(session, request="next_visitor")
    if idle >= IDLE_SECONDS and session.scene not in ("idle_check", "welcome"):
        return push_scene(session, "idle_check")
    return session


def show_next_line(session: Session) -> Session:
    """Show the next line of an exhibit."""
    return replace(session, unfolded=session.unfolded + 1)


def choose_reply(session: Session, index: int) -> Session:
    """Say the reply with this index. The lines that follow it appear at once."""
    return replace(session, replies=(*session.replies, index))


def answer_question(session: Session, response: Response) -> Session:
    """Answer the open question; ``None`` skips it."""
    attempt = session.attempt.answer(
        response,
        session.current_time,
        _seconds_shown(session),
        lines_seen=session.unfolded or None,
        replies=session.replies,
    )
    if session.original:
        session = replace(session, original=session.original.end_repeat(attempt))
    return _continue_after_answer(session, attempt, is_late=False)


def go_to_next_question(session: Session) -> Session:
    """Go to the next question, to the repeat of a missed one if it is time for that, or to the results.

    If the repeat is of the question that was just seen, show a page in between.
    """
    attempt = session.whole_attempt
    missed = attempt.next_repeat
    if missed is not None:
        if attempt.is_repeated_at_once and session.scene != "pause":
            return replace(session, attempt=attempt, original=None, scene="pause", back=())
        repeat = attempt.begin_repeat(missed, session.current_time)
        return _show_question(replace(session, attempt=repeat, original=attempt))
    session = replace(session, attempt=attempt, original=None)
    return _show_question(session) if attempt.question else go_to_results(session)


def _show_question(session: Session) -> Session:
    """Show the next question of the session's attempt, without an answer so far."""
    answer = session.open_question.answer
    draft = answer_screen(answer).start_input(answer)
    session = replace(
        session,
        scene="prompt",
        back=(),
        draft=draft,
        shown=session.at,
        typing=True,
        late=False,
        more=False,
        unclear=False,
        unfinished=None,
        asks_skip=False,
        replies=(),
    )
    if session.attempt.is_unfolding:
        return replace(session, scene="unfold", unfolded=1)
    return replace(session, unfolded=0)


def go_to_results(session: Session) -> Session:
    """Show the results."""
    return replace(session, scene="results", back=(), draft=AnswerInput(cursor=NO_ROW))


def push_scene(session: Session, scene: str) -> Session:
    """Show a scene over the current one, unless it is the same."""
    if session.scene == scene:
        return session
    return replace(session, scene=scene, back=(*session.back, session.scene))


def pop_scene(session: Session) -> Session:
    """Return to the scene below this one."""
    return replace(session, scene=session.back[-1], back=session.back[:-1])


def show_answer_again(session: Session, index: int) -> Session:
    """Show answer ``index`` again, over the current scene."""
    return push_scene(replace(session, reviewed=max(index, 0)), "review")


def switch_language(session: Session) -> Session:
    """Return the session in the next language."""
    attempt = session.attempt
    after = next_language(attempt.quiz.language, list_quiz_languages(attempt))
    return replace(session, attempt=attempt.in_language(after), final_lines=None)


def list_quiz_languages(attempt: Attempt) -> tuple[str, ...]:
    """List the languages in which a quiz can be read: those of its question bank, and its own."""
    readable = attempt.quiz.bank.declared.readable_languages
    own = attempt.quiz.language
    return readable if own in readable else (own, *readable)


def next_language(language: str, languages: Sequence[str] = LANGUAGES) -> str:
    """Return the language after this one in ``languages``; after the last comes the first."""
    return languages[(languages.index(language) + 1) % len(languages)]


def leave_session(session: Session) -> Session:
    """Leave the quiz; a kiosk is ready for the next visitor.

    From the repeat of a missed question, go to the results if every question was answered once.
    """
    if session.original:
        session = replace(session, attempt=session.whole_attempt, original=None)
        if session.attempt.question is None:
            return go_to_results(session)
        session = _show_question(session)
    return replace(session, request="next_visitor" if session.attempt.kiosk else "leave")


def _seconds_shown(session: Session) -> float:
    return max(session.at - session.shown, 0.0)


def _continue_after_answer(session: Session, attempt: Attempt, *, is_late: bool) -> Session:
    session = replace(session, attempt=attempt, late=is_late, back=())
    return (
        replace(session, scene="feedback")
        if attempt.rules.feedback == "each"
        else go_to_next_question(session)
    )


def skip_timed_out_question(session: Session) -> Session:
    """Skip the question whose time is up, and ignore keys for a moment, because they were pressed for it."""
    limit = (
        session.attempt.rules.question_seconds
    )  # if the limit is short, most of it must be left for the answer
    grace = min(GRACE_SECONDS, limit / 4) if limit else GRACE_SECONDS
    attempt = session.attempt.skip_timed_out(
        session.current_time, _seconds_shown(session), session.unfolded or None
    )
    session = _continue_after_answer(session, attempt, is_late=True)
    return replace(session, late=True, input_blocked_until=session.at + grace)
