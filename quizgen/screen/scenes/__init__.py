"""The scenes of the full screen: one module for each, found automatically, with its keys and its rows. Pure functions.

A scene is an instance named ``SCENE`` in its module, which has the scene's name. To add a scene, add its module, and a key for
it in the scene from which people reach it.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from quizgen.registry import collect_entries
from quizgen.screen.answer_input import insert
from quizgen.screen.rows import Row
from quizgen.screen.session import Session, change_language, leave, pop_scene, push_scene, review_answer, tick
from quizgen.text.messages import Message, _, pgettext


class KeyHint(Struct, frozen=True):
    """A key that has an effect now: its cap, the key, and what it does, as a key of ``DOES`` or as ``name``."""

    cap: str
    key: str
    does: str
    name: str = ""


DOES: Mapping[str, Message] = {
    "do-answer": _("answer"),
    "do-next": pgettext("question", "next"),
    "do-skip": _("skip"),
    "do-keys": _("keys"),
    "do-stop": _("stop"),
    "do-look": _("look back"),
    "do-earlier": _("earlier"),
    "do-later": _("later"),
    "do-return": _("return"),
    "do-practise": _("practise"),
    "do-certificate": _("certificate"),
    "do-make": _("make it"),
    "do-finish": _("finish"),
    "do-other": _("more keys"),
    "do-type": _("type"),
    "do-begin": _("begin"),
    "do-more": _("more"),
    "do-print": _("print"),
    "do-choose": _("choose"),
    "do-line": pgettext("line", "next"),
    "do-halt": _("stop it"),
    "do-this-line": _("this line"),
    "do-help": _("help"),
    "do-leave": _("leave"),
}
"""What keys do, in words."""

_ALIASES = {"j": "down", "k": "up"}
"""Letters that no option has, and that many people use as arrows."""

LANGUAGE = KeyHint("l", "l", "language")
"""Shows the name of the next language, in that language."""
HELP = KeyHint("?", "?", "do-keys")
STOP = KeyHint("q", "q", "do-stop")
LOOK = KeyHint("←", "left", "do-look")
MORE = KeyHint("m", "m", "do-more")
"""Shows the sources in full."""


CLICKED = "click "
"""The prefix of a key clicked in a list of keys. It has the same effect as in the scene below the list."""

THEME_KEY = "ctrl+t"
"""The key that changes the colours in every scene; scenes never get it."""


class ScrollArea(Struct):
    """The part of a page that scrolls.

    ``focus`` are the rows that must be visible (first, past the last), and ``caret`` the column and row where people type. Rows
    before ``read`` must be read first: until all were visible, the page says so, and the down arrow scrolls. Rows before
    ``whole`` should be visible at once: blank rows are removed for that, and in a low window those between ``spare`` too (first,
    past the last), which are dispensable.
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
    """Whether the scene has no cursor, so that arrows scroll."""

    overlay = False
    """Whether the scene is an overlay, whose head is still about the scene below."""

    wakes = False
    """Whether any key or click closes the scene, because it shows that somebody is there."""

    progress = True
    """Whether the head shows the progress of the quiz."""

    def question(self, _session: Session) -> int | None:
        """Return the index of the question that the scene is about."""
        return None

    def takes_text(self, _session: Session) -> bool:
        """Return whether letters go into words instead of commands."""
        return False

    def not_understood(self, session: Session) -> Session:
        """Return the session after a key without effect."""
        return session

    @abstractmethod
    def press(self, session: Session, key: str) -> Session:
        """Return the session after a key, which may be any key."""

    @abstractmethod
    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the scene, ``width`` cells wide."""

    @abstractmethod
    def key_hints(self, session: Session) -> list[KeyHint]:
        """List the keys that have an effect now, the likeliest first."""


@cache
def scenes() -> dict[str, Scene]:
    """Return the scenes, by name."""
    return collect_entries(
        __name__, __path__, "SCENE", lambda scene: type(scene).__module__.rpartition(".")[2]
    )


def scene_of(session: Session) -> Scene:
    """Return the current scene."""
    return scenes()[session.scene]


def question_at_hand(session: Session) -> int | None:
    """Return the index of the question that the scene, or the one below it, is about."""
    shown = [scenes()[name] for name in (*session.back, session.scene)]
    return next((scene.question(session) for scene in reversed(shown) if not scene.overlay), None)


def press_key(session: Session, key: str, at: float) -> Session:
    """Return the session after a key. Any key may come in any scene."""
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
    """Return a key as the scene reads it: unchanged if letters go into words, or else as a command."""
    if scene_of(session).takes_text(session):
        return key
    return plain_key(key)


def plain_key(key: str) -> str:
    """Return the command for a key, in any width and case; j and k are down and up."""
    key = unicodedata.normalize("NFKC", key).casefold() if len(key) == 1 and key != " " else key
    return _ALIASES.get(key, key)


def paste(session: Session, text: str, at: float) -> Session:
    """Insert pasted text into words; elsewhere, ignore it."""
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
    """Handle a key that has the same effect in every scene of a quiz, or let the scene say that it has none."""
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
    """List the keys that work in a quiz, in an order that fits two rows of the smallest screen."""
    return [HELP, *([LOOK] if look else []), LANGUAGE, *([] if session.attempt.kiosk else [STOP])]
