"""A talk on terminals, by way of Textual: the room's screen, and the speaker's guide beside it.

With ``screen/app.py`` and the driver the only module that imports Textual, and therefore slow to import. Keys are
bindings, which the footer shows and a click on it presses; colours are themes.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.segment import Segment
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Footer

from quizgen.language import message
from quizgen.screen.driver import TolerantDriver, character_of
from quizgen.screen.page import Page
from quizgen.screen.palette import NONE, ROOM_DARK, ROOM_LIGHT, styles
from quizgen.screen.presenting.guide import guide_page, waiting_page
from quizgen.screen.presenting.room import room_page
from quizgen.screen.presenting.talk import KEYS, Talk, press
from quizgen.screen.rows import Look

_LOOKS: dict[str, dict[Look, str]] = {"dark": ROOM_DARK, "light": ROOM_LIGHT}

_POLL_SECONDS = 0.3
_TICK_SECONDS = 0.5

_FOOT = {
    "space": "next",
    "left": "back",
    "A": "hands",
    "x": "clear",
    "full_stop": "dark",
    "t": "theme",
    "question_mark": "help",
    "q": "leave",
}
"""Keys that the foot shows, with the messages on what they do."""
_GUIDE_KEYS = ("t", "question_mark", "q", "up", "down", "pageup", "pagedown")


def _theme(name: str) -> Theme:
    """Give Textual the colours of the foot, from the palette's."""
    palette = _LOOKS[name]
    ink, _, paper = palette["foot"].rpartition(" on ")
    strong, _, cap = palette["key"].removeprefix("bold ").rpartition(" on ")
    text, _, back = palette["text"].removeprefix("bold ").rpartition(" on ")
    return Theme(
        name=f"quizgen-{name}",
        primary=ink,
        foreground=text,
        background=back,
        dark=name == "dark",
        variables={
            "footer-foreground": ink,
            "footer-background": paper,
            "footer-key-foreground": strong,
            "footer-key-background": cap,
            "footer-description-foreground": ink,
            "footer-description-background": paper,
            "footer-item-background": paper,
        },
    )


class Board(Widget):
    """All but the foot: one widget, drawn row by row."""

    DEFAULT_CSS = "Board { width: 100%; height: 1fr; }"
    can_focus = False
    app: "BoardApp"

    def render_line(self, y: int) -> Strip:
        """Draw one row of the page."""
        return self.app.strip(y, *self.size)


class BoardApp(App[None], inherit_bindings=False):
    """Shows pages, which its kinds draw, of a talk that may not be there yet."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False
    CSS = "* { scrollbar-size: 0 0; }"

    def __init__(self, language: str, now: Callable[[], float], *, light: bool, colour: bool) -> None:
        """Show pages on a light or a dark background, or without any ``colour``."""
        super().__init__(driver_class=TolerantDriver, ansi_color=not colour)
        self.now = now
        self._language = language
        self._colour = colour
        self._page = Page([])
        self._page_size = (0, 0)
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False
        for name in _LOOKS:
            self.register_theme(_theme(name))
        self._turn(light=light)

    # What its kinds say

    def draw(self, width: int, height: int) -> Page:
        """Draw the page as it is now."""
        raise NotImplementedError

    def tick(self) -> None:
        """Let time pass."""
        self.show()

    # What is shown

    def compose(self) -> Any:
        """Fill the screen: the page, and below it the keys."""
        yield Board()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Let the clock run."""
        self._event_loop = asyncio.get_running_loop()
        if self._stopped:
            self.exit()
        self.set_interval(_TICK_SECONDS, self.tick)

    def strip(self, y: int, width: int, height: int) -> Strip:
        """Draw row ``y`` of the page as it is, or of a new one where the size has changed."""
        if self._page_size != (width, height):
            self._page, self._page_size = self.draw(width, height), (width, height)
        row = self._page.rows[y] if y < len(self._page.rows) else ()
        return Strip([Segment(span.text, self._styles[span.look]) for span in row], width)

    def show(self) -> None:
        """Draw anew."""
        self._page_size = (0, 0)
        self.query_one(Board).refresh()

    def bind_keys(self, keys: Sequence[str], shown: Sequence[str]) -> None:
        """Bind keys to what they do, with those on the foot first."""
        for key in [
            *(each for each in _FOOT if each in shown),
            *(each for each in keys if each not in shown),
        ]:
            says = message(self._language, f"present.do-{_FOOT[key]}") if key in shown else ""
            cap = message(self._language, f"present.cap-{_FOOT[key]}") if key in shown else None
            self.bind(key, f"press('{key}')", description=says, show=key in shown, key_display=cap)
        self.bind("ctrl+z", "suspend_process", show=False)

    def action_press(self, key: str) -> None:
        """Do what a key does."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Take characters that no binding has."""
        character = character_of(event)
        if character and event.key not in KEYS:
            self.action_press(character)

    def on_mouse_scroll_up(self) -> None:
        """Scroll by a row."""
        self.action_press("up")

    def on_mouse_scroll_down(self) -> None:
        """Scroll by a row."""
        self.action_press("down")

    def turn_theme(self) -> None:
        """Change from dark to light, or back."""
        self._turn(light=not self._light)
        self.show()

    def _turn(self, *, light: bool) -> None:
        self._light = light
        name = "light" if light else "dark"
        self._styles = styles(_LOOKS[name] if self._colour else NONE)
        if self._colour:
            self.theme = f"quizgen-{name}"

    # What the driver and signals do

    def on_suspend(self) -> None:
        """Note that the program stops, as by Ctrl-Z; a talk's clock goes on."""

    def on_resume(self) -> None:
        """Note that it goes on."""

    def stop_soon(self) -> None:
        """Leave the screen, from a signal's handler: before it is there, as soon as it is."""
        self._stopped = True
        if self._event_loop:
            self._event_loop.call_soon_threadsafe(self.exit)


class RoomServices(Struct, frozen=True):
    """What the room's screen needs from the world: the time, and to ``share`` a talk with the guide."""

    now: Callable[[], float]
    share: Callable[[Talk], None]


class RoomApp(BoardApp):
    """The room's screen. ``talk`` is how far it is."""

    def __init__(
        self, talk: Talk, services: RoomServices, *, light: bool = False, colour: bool = True
    ) -> None:
        """Begin a talk."""
        super().__init__(talk.language, services.now, light=light, colour=colour)
        self.talk = talk
        self._share = services.share
        self.bind_keys(list(KEYS), list(_FOOT))

    def on_mount(self) -> None:
        """Tell the guide that there is a talk."""
        super().on_mount()
        self._share(self.talk)

    def draw(self, width: int, height: int) -> Page:
        """Draw what the room sees."""
        return room_page(self.talk, width, height, self.now())

    def action_press(self, key: str) -> None:
        """Do what a key does, and tell the guide."""
        if KEYS.get(key) == "theme" and not self.talk.over:
            self.turn_theme()
            return
        talk = press(self.talk, key, self.now(), most=self._page.most, room=self._page.room)
        if talk == self.talk:
            return
        self.talk = talk
        self.query_one(Footer).display = not talk.dark
        self._share(talk)
        self.refresh_bindings()
        self.show()
        if talk.left:
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show on the foot only what does something now."""
        if action == "press" and parameters in (("A",), ("x",)):
            return self.talk.may_count if parameters == ("A",) else bool(self.talk.counts or self.talk.typing)
        return True


class GuideServices(Struct, frozen=True):
    """What the guide needs from the world: the time, and to ``follow`` the talk that is held; ``None`` where none is."""

    now: Callable[[], float]
    follow: Callable[[], Talk | None]


class GuideApp(BoardApp):
    """The speaker's guide: it shows what belongs to what the room sees, in a language of its own."""

    def __init__(
        self, language: str, services: GuideServices, *, own: bool, light: bool = False, colour: bool = True
    ) -> None:
        """Wait for a talk; in this ``language`` if it is the guide's ``own``, or else in that of the talk."""
        super().__init__(language, services.now, light=light, colour=colour)
        self._own = language if own else ""
        self._follow = services.follow
        self._talk: Talk | None = None
        self._had_one = False
        self._top = 0
        self._help = False
        self.bind_keys(_GUIDE_KEYS, ("t", "question_mark", "q"))
        self.bind("ctrl+c", "press('q')", show=False)

    def on_mount(self) -> None:
        """Look now, and again and again."""
        super().on_mount()
        self.look()
        self.set_interval(_POLL_SECONDS, self.look)

    def look(self) -> None:
        """Take over what the room sees, if that has changed."""
        talk = self._follow()
        if talk == self._talk:
            return
        if talk is None or self._talk is None or talk.place != self._talk.place:
            self._top = 0
        self._talk = talk
        self._had_one = self._had_one or talk is not None
        self.show()

    def draw(self, width: int, height: int) -> Page:
        """Draw what the speaker sees."""
        if self._talk is None:
            return waiting_page(self._language, width, height, had_one=self._had_one)
        talk = self._talk.in_language(self._own) if self._own else self._talk
        talk = replace(talk, top=self._top, over="help" if self._help else "")
        return guide_page(talk, width, height, self.now())

    def action_press(self, key: str) -> None:
        """Scroll, turn the theme, show help, or leave; the talk itself is not touched."""
        page = self._page
        scroll = {"up": -1, "down": 1, "pageup": 2 - page.room, "pagedown": page.room - 2}
        match KEYS.get(key, ""):
            case "theme":
                self.turn_theme()
            case "help":
                self._help = not self._help
            case "leave":
                self.exit()
        if key in scroll:
            self._top = min(max(page.top + scroll[key], 0), page.most)
        self.show()
