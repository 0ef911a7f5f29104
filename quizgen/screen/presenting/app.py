"""The Textual apps for a talk: the screen that the room sees, and the speaker's guide.

This module is slow to import, because Textual is.
"""

from collections.abc import Callable
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding

from quizgen.screen.page import Page
from quizgen.screen.page_app import PageApp
from quizgen.screen.palette import ROOM_DARK, ROOM_LIGHT
from quizgen.screen.presenting.guide import draw_guide_page, draw_waiting_page
from quizgen.screen.presenting.room import draw_room_page
from quizgen.screen.presenting.talk import KEYS, Talk, handle_key, normalise_command_key
from quizgen.screen.rows import Look
from quizgen.screen.scenes import CLICKED

_POLL_SECONDS = 0.3
_TICK_SECONDS = 0.5


class TalkApp(PageApp, inherit_bindings=False):
    """Shows the pages of a talk, with a running clock. Every key except Ctrl-Z is for the talk."""

    BINDINGS: ClassVar[list[Binding]] = [Binding("ctrl+z", "suspend_process")]
    PALETTES: ClassVar[tuple[dict[Look, str], dict[Look, str]]] = ROOM_DARK, ROOM_LIGHT

    def on_mount(self) -> None:
        """Start the clock."""
        self.set_interval(_TICK_SECONDS, self.redraw)


class RoomServices(Struct, frozen=True):
    """Functions that the caller provides for the room's screen.

    ``now`` returns the time in seconds, and ``share`` sends the state of the talk to the guide.
    """

    now: Callable[[], float]
    share: Callable[[Talk], None]


class RoomApp(TalkApp):
    """The screen that the room sees. ``talk`` is the state of the talk."""

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

    def draw_page(self, width: int, height: int, _top: int | None) -> Page:
        """Draw what the room sees."""
        return draw_room_page(self.talk, width, height, self._now())

    def page_identity(self) -> object:
        """Return the current step, and what covers it, such as the list of keys."""
        return self.talk.place, self.talk.over, self.talk.dark

    def handle_key(self, key: str) -> None:
        """Handle a key, and send the new state to the guide."""
        if KEYS.get(normalise_command_key(key)) == "theme" and not (self.talk.over or self.talk.dark):
            self.action_toggle_theme()
            return
        talk = handle_key(self.talk, key, self._now(), max_top=self.page.max_top, visible_rows=self.page.room)
        if talk == self.talk:
            return
        self.talk = talk
        self._share(talk)
        self.redraw()
        if talk.left:
            self.leave_screen()

    def handle_click_without_key(self) -> None:
        """Close what covers the step, such as the list of keys."""
        if self.talk.dark or self.talk.over:
            self.handle_key("escape")

    def scroll_by(self, rows: int) -> None:
        """Scroll by one row, as the arrow keys do."""
        self.handle_key("down" if rows > 0 else "up")


class GuideServices(Struct, frozen=True):
    """Functions that the caller provides for the guide.

    ``now`` returns the time in seconds. ``follow`` returns the current state of the talk, or ``None`` if
    there is no talk.
    """

    now: Callable[[], float]
    follow: Callable[[], Talk | None]


class GuideApp(TalkApp):
    """The speaker's guide, which shows notes on what the room sees. It can be in another language."""

    def __init__(
        self,
        language: str,
        services: GuideServices,
        *,
        has_own_language: bool,
        light: bool = False,
        colour: bool = True,
    ) -> None:
        """Wait for a talk.

        If ``has_own_language``, the guide stays in this language; otherwise it takes that of the
        talk.
        """
        super().__init__(light=light, colour=colour, now=services.now)
        self._language = language
        self._own = language if has_own_language else ""
        self._follow = services.follow
        self._talk: Talk | None = None
        self._had_one = False
        self._help = False

    def on_mount(self) -> None:
        """Begin to look for a talk at short intervals."""
        self.poll_talk()
        self.set_interval(_POLL_SECONDS, self.poll_talk)

    def poll_talk(self) -> None:
        """Update the guide if the state of the talk has changed."""
        talk = self._follow()
        if talk == self._talk:
            return
        if talk is None or self._talk is None or talk.place != self._talk.place:
            self._top = None
        self._talk = talk
        self._had_one = self._had_one or talk is not None
        self.redraw()

    def draw_page(self, width: int, height: int, top: int | None) -> Page:
        """Draw what the speaker sees."""
        if self._talk is None:
            return draw_waiting_page(self._language, width, height, had_one=self._had_one)
        talk = self._talk.in_language(self._own) if self._own else self._talk
        talk = replace(talk, top=top or 0, over="help" if self._help else "")
        return draw_guide_page(talk, width, height, self._now())

    def page_identity(self) -> object:
        """Return whether the list of keys is shown."""
        return self._help

    def handle_key(self, key: str) -> None:
        """Scroll, change the colours, show help, or leave. None of these changes the talk."""
        if key.startswith(CLICKED):
            key, self._help = key.removeprefix(CLICKED), False
        key = normalise_command_key(key)
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
                self.leave_screen()
            case "cancel" | "next":
                self._help = False
        self.redraw()

    def handle_click_without_key(self) -> None:
        """Close the list of keys."""
        if self._help:
            self.handle_key("escape")
