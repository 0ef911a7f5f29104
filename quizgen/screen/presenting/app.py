"""A talk on terminals with Textual: the room's screen, and the speaker's guide.

Slow to import, because Textual is.
"""

from collections.abc import Callable
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding

from quizgen.screen.page import Page
from quizgen.screen.page_app import PageApp
from quizgen.screen.palette import ROOM_DARK, ROOM_LIGHT
from quizgen.screen.presenting.guide import guide_page, waiting_page
from quizgen.screen.presenting.room import room_page
from quizgen.screen.presenting.talk import KEYS, Talk, plain_key, press
from quizgen.screen.rows import Look
from quizgen.screen.scenes import CLICKED

_POLL_SECONDS = 0.3
_TICK_SECONDS = 0.5


class TalkApp(PageApp, inherit_bindings=False):
    """Shows pages of a talk, with a running clock. Every key except Ctrl-Z is for the talk."""

    BINDINGS: ClassVar[list[Binding]] = [Binding("ctrl+z", "suspend_process")]
    PALETTES: ClassVar[tuple[dict[Look, str], dict[Look, str]]] = ROOM_DARK, ROOM_LIGHT

    def on_mount(self) -> None:
        """Start the clock."""
        self.set_interval(_TICK_SECONDS, self.show)


class RoomServices(Struct, frozen=True):
    """What the room's screen needs from its caller: the time, and ``share``, which sends the talk to the guide."""

    now: Callable[[], float]
    share: Callable[[Talk], None]


class RoomApp(TalkApp):
    """The room's screen. ``talk`` is the state of the talk."""

    def __init__(
        self, talk: Talk, services: RoomServices, *, light: bool = False, colour: bool = True
    ) -> None:
        """Begin a talk."""
        super().__init__(light=light, colour=colour, now=services.now)
        self.talk = talk
        self._share = services.share

    def on_mount(self) -> None:
        """Tell the guide that the talk has begun."""
        self._share(self.talk)

    def draw(self, width: int, height: int, _top: int | None) -> Page:
        """Draw what the room sees."""
        return room_page(self.talk, width, height, self._now())

    def place(self) -> object:
        """Return the step and the overlay."""
        return self.talk.place, self.talk.over, self.talk.dark

    def press(self, key: str) -> None:
        """Handle a key, and update the guide."""
        if KEYS.get(plain_key(key)) == "theme" and not (self.talk.over or self.talk.dark):
            self.action_toggle_theme()
            return
        talk = press(self.talk, key, self._now(), most=self.page.max_top, room=self.page.room)
        if talk == self.talk:
            return
        self.talk = talk
        self._share(talk)
        self.show()
        if talk.left:
            self.leave()

    def click_beside(self) -> None:
        """Close an overlay."""
        if self.talk.dark or self.talk.over:
            self.press("escape")

    def scroll_by(self, rows: int) -> None:
        """Scroll by one row, as arrows do."""
        self.press("down" if rows > 0 else "up")


class GuideServices(Struct, frozen=True):
    """What the guide needs from its caller: the time, and ``follow``, which returns the current talk, or ``None``."""

    now: Callable[[], float]
    follow: Callable[[], Talk | None]


class GuideApp(TalkApp):
    """The speaker's guide: it shows notes on what the room sees, perhaps in another language."""

    def __init__(
        self, language: str, services: GuideServices, *, own: bool, light: bool = False, colour: bool = True
    ) -> None:
        """Wait for a talk, in this ``language`` if it is the guide's ``own``, or else in that of the talk."""
        super().__init__(light=light, colour=colour, now=services.now)
        self._language = language
        self._own = language if own else ""
        self._follow = services.follow
        self._talk: Talk | None = None
        self._had_one = False
        self._help = False

    def on_mount(self) -> None:
        """Poll for the talk."""
        self.look()
        self.set_interval(_POLL_SECONDS, self.look)

    def look(self) -> None:
        """Update the guide if the talk has changed."""
        talk = self._follow()
        if talk == self._talk:
            return
        if talk is None or self._talk is None or talk.place != self._talk.place:
            self._top = None
        self._talk = talk
        self._had_one = self._had_one or talk is not None
        self.show()

    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Draw what the speaker sees."""
        if self._talk is None:
            return waiting_page(self._language, width, height, had_one=self._had_one)
        talk = self._talk.in_language(self._own) if self._own else self._talk
        talk = replace(talk, top=top or 0, over="help" if self._help else "")
        return guide_page(talk, width, height, self._now())

    def place(self) -> object:
        """Return whether the list of keys is shown."""
        return self._help

    def press(self, key: str) -> None:
        """Scroll, change the colours, show help, or leave; the talk does not change."""
        if key.startswith(CLICKED):
            key, self._help = key.removeprefix(CLICKED), False
        key = plain_key(key)
        page = self.page
        scroll = {"up": -1, "down": 1, "pageup": 2 - page.room, "pagedown": page.room - 2}
        if key in scroll:
            self.scroll_by(scroll[key])
            return
        match KEYS.get(key, ""):
            case "theme":
                self.action_toggle_theme()
            case "help":
                self._help = not self._help
            case "leave":
                self.leave()
            case "cancel" | "next":
                self._help = False
        self.show()

    def click_beside(self) -> None:
        """Close the list of keys."""
        if self._help:
            self.press("escape")
