"""What the full screen can show: one module a scene, found by looking, with its keys and its rows. Pure.

A scene is an instance named ``SCENE`` in its module, whose name is the scene's. To add one takes its module
and a key that leads there, in the scene that it is reached from.
"""

import unicodedata
from abc import ABC, abstractmethod
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from quizgen.registry import collect_entries
from quizgen.screen.answer_input import insert
from quizgen.screen.rows import Row
from quizgen.screen.session import Session, change_language, leave, pop_scene, push_scene, review_answer, tick


class KeyHint(Struct, frozen=True):
    """A key that does something now: what is on its cap, the key, and what it does, as a message ``app.…`` or by a ``name``."""

    cap: str
    key: str
    does: str
    name: str = ""


_ALIASES = {"j": "down", "k": "up"}
"""Letters that no option has, and that mean arrows to many."""

LANGUAGE = KeyHint("l", "l", "language")
"""Shown by the name of the next language, in that language."""
HELP = KeyHint("?", "?", "do-keys")
STOP = KeyHint("q", "q", "do-stop")
LOOK = KeyHint("←", "left", "do-look")
MORE = KeyHint("m", "m", "do-more")
"""Tells the sources in full."""


CLICKED = "click "
"""Before a key that was clicked on its line in a list of keys, which does what it would where the list was asked for."""

THEME_KEY = "ctrl+t"
"""Changes the colours, whatever is shown: it never reaches a scene."""


class ScrollArea(Struct):
    """The part of a page that scrolls.

    ``focus`` are the rows that must be seen (first, past the last), and ``caret`` the column and row where
    words are typed. Rows before ``read`` are to be read first: while they are not all seen, that is said, and the arrow
    down scrolls. Those before ``whole`` are best seen at once: rows that say nothing give way for that, and in a low
    window those between ``spare`` too (first, past the last), which say what one can do without.
    """

    rows: list[Row]
    focus: tuple[int, int] = (0, 0)
    caret: tuple[int, int] | None = None
    read: int = 0
    whole: int = 0
    spare: tuple[int, int] = (0, 0)


class Scene(ABC):
    """Something that the full screen can show."""

    scrolls = False
    """Whether it is read only: no cursor is there to be moved, so the arrows scroll."""

    overlay = False
    """Whether it lies over a scene that its head goes on being about."""

    wakes = False
    """Whether any key at all, or a click, leads back from it: somebody is there."""

    progress = True
    """Whether its head tells how far the quiz is."""

    def question(self, _session: Session) -> int | None:
        """Give the index of the question that it is about."""
        return None

    def takes_text(self, _session: Session) -> bool:
        """Tell whether letters go into a line of words, rather than being commands."""
        return False

    def not_understood(self, session: Session) -> Session:
        """Give what comes of a key that does nothing."""
        return session

    @abstractmethod
    def press(self, session: Session, key: str) -> Session:
        """Give what a key makes of a session. Any key may come."""

    @abstractmethod
    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Draw it, ``width`` cells wide."""

    @abstractmethod
    def key_hints(self, session: Session) -> list[KeyHint]:
        """List the keys that do something now, the likeliest first."""


@cache
def scenes() -> dict[str, Scene]:
    """Find the scenes, by name."""
    return collect_entries(
        __name__, __path__, "SCENE", lambda scene: type(scene).__module__.rpartition(".")[2]
    )


def scene_of(session: Session) -> Scene:
    """Give the scene that is shown."""
    return scenes()[session.scene]


def question_at_hand(session: Session) -> int | None:
    """Give the index of the question that the scene, or the one that it lies over, is about."""
    shown = [scenes()[name] for name in (*session.back, session.scene)]
    return next((scene.question(session) for scene in reversed(shown) if not scene.overlay), None)


def press_key(session: Session, key: str, at: float) -> Session:
    """Give what a key makes of a session. Any key may come in any scene."""
    session = tick(session, at)
    if session.request:
        return session
    session = replace(session, touched=session.at, unclear=False, unfinished=None, said="")
    scene = scene_of(session)
    if scene.wakes:
        return pop_scene(session)
    if session.input_blocked(at):
        return session
    return scene.press(session, normalised_key(session, key))


def normalised_key(session: Session, key: str) -> str:
    """Give a key as the scene reads it: as typed where letters go into a text, else as a command."""
    if scene_of(session).takes_text(session):
        return key
    return plain_key(key)


def plain_key(key: str) -> str:
    """Give the command that a key stands for: in any width and case, and j and k for down and up."""
    key = unicodedata.normalize("NFKC", key).casefold() if len(key) == 1 and key != " " else key
    return _ALIASES.get(key, key)


def paste(session: Session, text: str, at: float) -> Session:
    """Take pasted text into a line of words; anywhere else it is none of the keys that it looks like."""
    session = tick(session, at)
    if session.request:
        return session
    session = replace(session, touched=session.at)
    scene = scene_of(session)
    if scene.wakes:
        return pop_scene(session)
    if session.input_blocked(at):
        return session
    if scene.takes_text(session):
        return replace(session, draft=insert(session.draft, text))
    return scene.not_understood(session)


def command(session: Session, key: str) -> Session:
    """Do what a key does in every scene where a quiz is taken, or let the scene say that it does nothing."""
    match key:
        case "l":
            return change_language(session)
        case "?" | "f1":
            return push_scene(session, "help")
        case "left" if session.attempt.position:
            return review_answer(session, session.attempt.position - 1)
        case "q" | "ctrl+c":
            return session if session.attempt.kiosk else leave(session)
    return scene_of(session).not_understood(session)


def commands(session: Session, *, look: bool) -> list[KeyHint]:
    """List the keys that work while a quiz is taken; in this order they have room on two rows of the smallest screen."""
    return [HELP, *([LOOK] if look else []), LANGUAGE, *([] if session.attempt.kiosk else [STOP])]
