"""The scenes of the full screen, such as an open question, or the results. Pure functions.

Each scene is a module of this package, which is found automatically: an instance named ``SCENE``, with its
keys and its rows. To add a scene, add its module, and a key for it in the scene from which people reach it.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from quizgen.registry import collect_entries
from quizgen.screen.answer_input import KeyHelp, insert_text
from quizgen.screen.rows import Row
from quizgen.screen.session import (
    Session,
    advance_time,
    leave_session,
    pop_scene,
    push_scene,
    show_answer_again,
    switch_language,
)
from quizgen.text.messages import Message, _, pgettext


class KeyHint(Struct, frozen=True):
    """A hint for a key that has an effect now: how the screen shows the key, the key itself, and what it does.

    ``does`` is a key of ``KEY_LABELS``; ``name`` replaces that text.
    """

    cap: str
    key: str
    does: str
    name: str = ""


KEY_LABELS: Mapping[str, Message] = {
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
    "do-another": pgettext("quiz", "new"),
    "do-twin": _("compare"),
    "do-pass-on": pgettext("quiz", "send"),
    "do-copy": _("copy"),
    "do-finish": _("finish"),
    "do-other": _("more keys"),
    "do-type": _("type"),
    "do-begin": _("begin"),
    "do-more": _("more"),
    "do-print": _("print"),
    "do-choose": _("choose"),
    "do-open": _("open"),
    "do-options": _("choose a quiz"),
    "do-change": _("change"),
    "do-line": pgettext("line", "next"),
    "do-halt": _("stop it"),
    "do-reply": _("reply"),
    "do-this-line": _("this line"),
    "do-help": _("help"),
    "do-leave": _("leave"),
}
"""What keys do, as texts of key hints."""

_ALIASES = {"j": "down", "k": "up"}
"""Letters that no option has, and that many people use as arrows."""

LANGUAGE = KeyHint("l", "l", "language")
"""The hint for the key that switches to the next language. It shows that language's name for itself."""
HELP = KeyHint("?", "?", "do-keys")
STOP = KeyHint("q", "q", "do-stop")
LOOK = KeyHint("←", "left", "do-look")
MORE_HELP = KeyHelp("m", _("show the source in full, or in short"), "m")
SCROLL_HELP = KeyHelp("↑ ↓ PgUp PgDn", _("scroll"))
"""What keys do that work in several scenes, for the list of keys."""
MORE = KeyHint("m", "m", "do-more")
"""The hint for the key that shows the sources in full."""


CLICKED = "click "
"""The prefix of a key that was clicked in the list of keys.

Such a key has its effect in the scene below the list.
"""

THEME_KEY = "ctrl+t"
"""The key that changes the colours in every scene. Scenes never receive it."""


class ScrollArea(Struct):
    """The part of a page that scrolls.

    - ``focus`` are the rows that must be visible, as the first one and the one after the last.
    - ``caret`` is the column and row where people type.
    - Rows before ``read`` must be read first: until all were visible, the page says so, and the down arrow scrolls.
    - Rows before ``whole`` should be visible at once. To achieve that, blank rows are removed.
    - ``ending`` are rows that replace those from ``whole`` on if there is room for all.
    - ``unread`` says what must be read below, or is "" to say only that there is more.
    - ``spare`` are rows that can be removed too in a low window, as the first one and the one after the last.
    - The last ``optional`` rows are left out if there is no room for them.
    - ``above`` is an earlier row, visible too if the first rows in focus are visible with it; ``None`` if there is none.
    - ``roomier`` is drawn instead if there is room for all its rows, and so may have more of them.
    - ``left`` are the rows of a column beside the others, ``left_width`` cells wide. It stays in place while the
      others scroll, unless it is too tall for that. Then both scroll together, and its rows ``left_focus`` must be visible.
    """

    rows: list[Row]
    focus: tuple[int, int] = (0, 0)
    caret: tuple[int, int] | None = None
    read: int = 0
    whole: int = 0
    ending: list[Row] = []
    unread: str = ""
    spare: tuple[int, int] = (0, 0)
    optional: int = 0
    above: int | None = None
    roomier: "ScrollArea | None" = None
    left: list[Row] = []
    left_width: int = 0
    left_focus: tuple[int, int] | None = None


class Scene(ABC):
    """Something that the full screen shows, such as an open question, with the keys that work there."""

    scrolls = False
    """Whether the scene has no cursor, so that arrows scroll."""

    overlay = False
    """Whether the scene is an overlay, whose head is still about the scene below."""

    wakes = False
    """Whether any key or click closes the scene, because it shows that somebody is there."""

    progress = True
    """Whether the head shows the progress of the quiz."""

    def question_index(self, _session: Session) -> int | None:
        """Return the index of the question that the scene is about, or ``None``."""
        return None

    def is_wide(self, session: Session) -> bool:
        """Return whether the scene can use the whole width of the page: by default, if its question has an exhibit."""
        index = self.question_index(session)
        return index is not None and bool(session.attempt.quiz.questions[index].exhibit)

    def accepts_text(self, _session: Session) -> bool:
        """Return whether letters are typed into a text, so that they are no commands."""
        return False

    def mark_not_understood(self, session: Session) -> Session:
        """Return the session after a key that has no effect."""
        return session

    @abstractmethod
    def handle_key(self, session: Session, key: str) -> Session:
        """Return the session after a key. Any key can be passed."""

    def help_keys(self, _session: Session) -> tuple[KeyHelp, ...]:
        """List what the keys do that work here, for the list of keys. Those that work everywhere are left out."""
        return ()

    @abstractmethod
    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """Draw the scene, ``width`` cells wide."""

    @abstractmethod
    def key_hints(self, session: Session) -> list[KeyHint]:
        """List hints for the keys that have an effect now, the likeliest first."""


@cache
def all_scenes() -> dict[str, Scene]:
    """Return the scenes by name."""
    return collect_entries(
        __name__, __path__, "SCENE", lambda scene: type(scene).__module__.rpartition(".")[2]
    )


def current_scene(session: Session) -> Scene:
    """Return the scene that the session shows."""
    return all_scenes()[session.scene]


def current_question_index(session: Session) -> int | None:
    """Return the index of the question that the scene, or the scene below it, is about; ``None`` if there is none."""
    shown = [all_scenes()[name] for name in (*session.back, session.scene)]
    return next((scene.question_index(session) for scene in reversed(shown) if not scene.overlay), None)


def press_key(session: Session, key: str, now: float) -> Session:
    """Return the session after a key. Any key can be passed, whatever the scene."""
    session = advance_time(session, now)
    if session.request:
        return session
    session = replace(session, touched=session.at, unclear=False, unfinished=None, said="")
    scene = current_scene(session)
    if scene.wakes:
        return pop_scene(session)
    if session.is_input_blocked(now):
        return session
    return scene.handle_key(session, normalise_key_for_scene(session, key))


def normalise_key_for_scene(session: Session, key: str) -> str:
    """Return a key as its scene expects it: unchanged if it is typed into a text, otherwise as a command."""
    if current_scene(session).accepts_text(session):
        return key
    return normalise_command_key(key)


def normalise_command_key(key: str) -> str:
    """Return the command for a key; upper case and full-width characters count as the same key. j and k are down and up."""
    key = unicodedata.normalize("NFKC", key).casefold() if len(key) == 1 and key != " " else key
    return _ALIASES.get(key, key)


def paste_text(session: Session, text: str, now: float) -> Session:
    """Insert pasted text where the scene accepts text. Elsewhere, ignore it."""
    session = advance_time(session, now)
    if session.request:
        return session
    session = replace(session, touched=session.at)
    scene = current_scene(session)
    if scene.wakes:
        return pop_scene(session)
    if session.is_input_blocked(now):
        return session
    if scene.accepts_text(session):
        return replace(session, draft=insert_text(session.draft, text))
    return scene.mark_not_understood(session)


def handle_quiz_command(session: Session, key: str) -> Session:
    """Handle a key that has the same effect in every scene of a quiz, or let the scene say that it has none."""
    match key:
        case "l":
            return switch_language(session)
        case "?" | "f1":
            return push_scene(session, "help")
        case "left" if session.attempt.position:
            return show_answer_again(session, session.attempt.position - 1)
        case "q" | "ctrl+c":
            return session if session.attempt.kiosk else leave_session(session)
    return current_scene(session).mark_not_understood(session)


def list_quiz_key_hints(session: Session, *, can_look_back: bool) -> list[KeyHint]:
    """List hints for the keys that work in every scene of a quiz, so ordered that they fit two rows of the smallest screen.

    ``can_look_back`` says whether there is an earlier answer to look back at.
    """
    return [HELP, *([LOOK] if can_look_back else []), LANGUAGE, *([] if session.attempt.kiosk else [STOP])]


def list_quiz_help_keys(session: Session, *, can_look_back: bool) -> tuple[KeyHelp, ...]:
    """List what the keys do that work in every scene of a quiz, as :func:`list_quiz_key_hints` does in short."""
    look = KeyHelp("←", _("look back at your answers"), "left")
    stop = KeyHelp("q", _("stop; your answers are saved"), "q")
    return (*([look] if can_look_back else []), *([] if session.attempt.kiosk else [stop]))
