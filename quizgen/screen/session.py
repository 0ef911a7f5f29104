"""A person before a full screen, as a pure state machine over an attempt: scenes, keys, and time passing.

Nothing here draws, grades or keeps. Whoever runs it passes each key and the clock in, keeps the attempt
when it has changed, and acts on the scenes that are wishes: ``begin``, ``certificate``, for which the name
stands in the draft, ``next`` and ``leave``.
"""

import unicodedata
from collections.abc import Callable
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.answer_parser import Command, parse
from quizgen.attempt import Attempt
from quizgen.language import LANGUAGES
from quizgen.screen.draft import NOWHERE, Draft, Sent, begun, insert, press, write
from quizgen.shapes import Fill, Response

Scene: TypeAlias = Literal[
    "welcome",  # of a stall, to choose a language
    "begin",  # a wish: a new attempt in the language chosen
    "ask",
    "told",  # right or wrong, and why
    "end",
    "look",  # back at what was answered
    "keys",
    "still",  # is anybody still there?
    "name",  # for a certificate of taking part, typed
    "certificate",  # a wish: a certificate of taking part
    "next",  # a wish: the welcome for another visitor
    "leave",  # a wish: away from here
]

IDLE_SECONDS = 60.0
"""A stall asks whether anybody is still there after so long without a key, and then waits as below."""
WAIT_SECONDS = 15.0

GRACE_SECONDS = 1.0
"""Once time has run out, keys do nothing for so long: they were meant for what has just gone."""


class Session(Struct, frozen=True):
    """What the screen shows, and all that the next key depends on. Times are in seconds, on one clock."""

    attempt: Attempt
    at: float  # of the last tick or key
    scene: Scene = "ask"
    back: tuple[Scene, ...] = ()
    """Scenes to go back to from ``look``, ``keys`` and ``still``, the nearest last."""
    draft: Draft = Draft()
    shown: float = 0.0  # when the question came up
    touched: float = 0.0  # when a key was last pressed
    deaf: float = 0.0  # until when keys do nothing, since time ran out
    looked: int = 0  # index of the question looked back at
    typing: bool = True  # whether letters go into a blank, or are commands
    unclear: bool = False  # whether the last key meant nothing
    late: bool = False  # whether the question told, or the one before the open one, was out of time
    certificate: bool = False  # whether one can be made
    unkept: bool = False  # whether answers could not be kept
    said: str = ""  # what came of a wish, in words

    @property
    def asking(self) -> bool:
        """Whether a question is open, be it behind another scene."""
        return self.attempt.question is not None and "ask" in (self.scene, *self.back)

    @property
    def blank(self) -> bool:
        """Whether the open question wants words."""
        question = self.attempt.question
        return self.scene == "ask" and question is not None and isinstance(question.answer, Fill)

    @property
    def writing(self) -> bool:
        """Whether letters go into a line of words, rather than being commands."""
        return self.scene == "name" or (self.blank and self.typing)

    @property
    def left(self) -> float | None:
        """Seconds left for the open question, never below nought; ``None`` where nothing presses."""
        left = self.attempt.time_left(max(self.at - self.shown, 0.0)) if self.asking else None
        return None if left is None else max(left, 0.0)


def start(attempt: Attempt, at: float, *, certificate: bool = False) -> Session:
    """Sit down before an attempt: at its next question, or at its end."""
    session = Session(attempt=attempt, at=at, touched=at, certificate=certificate)
    return _next(session)


def welcome(attempt: Attempt, at: float) -> Session:
    """Wait for a visitor, before an attempt that lends its language and the number of questions."""
    cursor = LANGUAGES.index(attempt.quiz.language)
    return Session(attempt=attempt, at=at, touched=at, scene="welcome", draft=Draft(cursor=cursor))


def tick(session: Session, at: float) -> Session:
    """Let time pass: a limit may run out, and a stall may find itself alone."""
    session = replace(session, at=max(at, session.at))
    if session.left == 0:
        session = _out_of_time(session)
    if not session.attempt.kiosk:
        return session
    idle = session.at - session.touched
    if idle >= IDLE_SECONDS + WAIT_SECONDS:
        return replace(session, scene="next")
    if idle >= IDLE_SECONDS and session.scene not in ("still", "welcome"):
        return _over(session, "still")
    return session


def press_key(session: Session, key: str, at: float) -> Session:
    """Give what a key makes of a session. Any key may come in any scene."""
    session = tick(session, at)
    session = replace(session, touched=session.at, unclear=False, said="")
    if session.scene == "still":
        return _return(session)
    if _deaf(session, at):
        return session
    session = replace(session, late=session.late and session.scene != "ask")
    if not session.writing:
        key = unicodedata.normalize("NFKC", key).casefold() if len(key) == 1 and key != " " else key
    return _SCENES.get(session.scene, _command)(session, key)


def paste(session: Session, text: str, at: float) -> Session:
    """Take pasted text into a blank; anywhere else it is none of the keys that it looks like."""
    session = tick(session, at)
    session = replace(session, touched=session.at)
    if session.scene == "still" or _deaf(session, at):
        return _return(session) if session.scene == "still" else session
    if session.writing:
        return replace(session, draft=insert(session.draft, text))
    return replace(session, unclear=session.scene == "ask")


def _deaf(session: Session, at: float) -> bool:
    """Tell whether time ran out a moment ago; a clock that was set back makes nobody wait."""
    return 0 < session.deaf - at <= GRACE_SECONDS


def _at_question(session: Session, key: str) -> Session:
    question = session.attempt.question
    if question is None:
        return session
    if session.blank and (not session.typing or key == "escape"):
        turn = key in ("enter", "escape")
        return replace(session, typing=not session.typing) if turn else _command(session, key)
    if session.blank and key == "enter":
        command = parse(question.answer, session.draft.words)
        if isinstance(command, Command):
            return _command(replace(session, draft=begun(question.answer)), command.value)
    pressed = press(question.answer, session.draft, key)
    if isinstance(pressed, Sent):
        return _answered(session, pressed.response)
    if pressed is not None:
        return replace(session, draft=pressed)
    return _command(session, key)


def _command(session: Session, key: str) -> Session:
    """Do what a key does in every scene, or say that it does nothing."""
    match key:
        case "s" if session.scene == "ask":
            return _answered(session, None)
        case "l":
            return _speak(session)
        case "?" | "f1":
            return _over(session, "keys")
        case "b" | "left" if session.attempt.position:
            last = session.attempt.position - 1
            told = session.scene == "told"  # what was just told need not be looked for
            return _over(replace(session, looked=max(last - told, 0)), "look")
        case "q":
            return _away(session) if not session.attempt.kiosk or session.scene == "end" else session
    return replace(session, unclear=session.scene == "ask")


def _at_welcome(session: Session, key: str) -> Session:
    cursor, count = session.draft.cursor, len(LANGUAGES)
    if key in ("up", "down"):
        cursor = (cursor + (1 if key == "down" else -1)) % count
    elif key in ("1", "2", "3")[:count]:
        cursor = int(key) - 1
    elif key == "l":
        cursor = (cursor + 1) % count
    elif key not in ("enter", " "):
        return session
    attempt = session.attempt.in_language(LANGUAGES[cursor])
    begin = key in ("enter", " ", "1", "2", "3")
    return replace(
        session, attempt=attempt, draft=Draft(cursor=cursor), scene="begin" if begin else "welcome"
    )


def _at_answer(session: Session, key: str) -> Session:
    return _next(session) if key in ("enter", " ", "right") else _command(session, key)


def _at_end(session: Session, key: str) -> Session:
    attempt = session.attempt
    if key == "p" and attempt.missed() and not attempt.kiosk:
        return start(attempt.again(session.at), session.at, certificate=session.certificate)
    if key == "c" and session.certificate:
        return replace(session, scene="name", draft=Draft(cursor=0))
    return _away(session) if key == "enter" else _command(session, key)


def _at_name(session: Session, key: str) -> Session:
    """Type a name, or none; Escape makes no certificate."""
    if key == "enter":
        return replace(session, scene="certificate")
    if key == "escape":
        return replace(session, scene="end")
    return replace(session, draft=write(session.draft, key) or session.draft)


def _over_all(session: Session, key: str) -> Session:
    """Any key goes back, but for a change of language."""
    return _speak(session) if key == "l" else _return(session)


def _looking(session: Session, key: str) -> Session:
    if key in ("left", "b"):
        return replace(session, looked=max(session.looked - 1, 0))
    if key == "right" and session.looked + 1 < session.attempt.position:
        return replace(session, looked=session.looked + 1)
    return _return(session) if key in ("right", "enter", "escape", " ") else _command(session, key)


def _answered(session: Session, response: Response, *, late: bool = False) -> Session:
    seconds = max(session.at - session.shown, 0.0)
    attempt = (
        session.attempt.run_out(session.at, seconds)
        if late
        else session.attempt.answer(response, session.at, seconds)
    )
    session = replace(session, attempt=attempt, late=late, back=())
    return replace(session, scene="told") if attempt.rules.feedback == "each" else _next(session)


def _out_of_time(session: Session) -> Session:
    alone = session.scene == "still"
    limit = session.attempt.rules.question_seconds  # if it is short, most of it is for the answer
    grace = min(GRACE_SECONDS, limit / 4) if limit else GRACE_SECONDS
    session = replace(_answered(session, None, late=True), late=True, deaf=session.at + grace)
    return _over(session, "still") if alone else session


def _next(session: Session) -> Session:
    """Go to the question that is next, or to the end."""
    question = session.attempt.question
    if question is None:
        return replace(session, scene="end", back=(), draft=Draft(cursor=NOWHERE))
    return replace(
        session, scene="ask", back=(), draft=begun(question.answer), shown=session.at, typing=True, late=False
    )


def _over(session: Session, scene: Scene) -> Session:
    """Lay a scene over the present one; never the same over itself."""
    return (
        session
        if session.scene == scene
        else replace(session, scene=scene, back=(*session.back, session.scene))
    )


def _return(session: Session) -> Session:
    return replace(session, scene=session.back[-1], back=session.back[:-1])


def _speak(session: Session) -> Session:
    """Go on in the next language."""
    language = LANGUAGES[(LANGUAGES.index(session.attempt.quiz.language) + 1) % len(LANGUAGES)]
    return replace(session, attempt=session.attempt.in_language(language))


def _away(session: Session) -> Session:
    """Leave; at a stall, for the next visitor."""
    return replace(session, scene="next" if session.attempt.kiosk else "leave")


_SCENES: dict[Scene, Callable[[Session, str], Session]] = {
    "welcome": _at_welcome,
    "ask": _at_question,
    "told": _at_answer,
    "look": _looking,
    "keys": _over_all,
    "end": _at_end,
    "name": _at_name,
}
