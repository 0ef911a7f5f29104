"""A full screen of rows, by way of Textual: it draws pages, and passes keys, clicks and pasted text on.

With what stands on it and its driver the only modules that import Textual, and therefore slow to import.

What Textual could do itself, and why it does not:

- *Bindings and focus.* (Not of :class:`Drawn`, by which a talk has Textual's.) A key means what the page says, and Textual's bindings go by widget, with some of its
  own beneath (Tab, Ctrl-Q, copying). At a kiosk no key but the chord may end the program, so keys are taken
  before Textual does anything with them.
- *Footer and scrolling.* They are rows of the page, which is text that tests hold to the letter in every
  language and size; Textual's footer keeps to one line, where ours takes as many as its words need.
- *Themes.* The palette serves terminals with no colour, and its contrasts are tested.
"""

import asyncio
import signal
import socket
import threading
from abc import abstractmethod
from contextlib import suppress
from typing import Any, ClassVar, Literal

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from quizgen.screen.driver import TolerantDriver, character_of
from quizgen.screen.page import Page
from quizgen.screen.palette import DARK, LIGHT, NONE, styles
from quizgen.screen.rows import Look, key_at
from quizgen.screen.scenes import THEME_KEY

_STOPS = {"ctrl+c": int(signal.SIGINT), "ctrl+d": 0}
"""Keys that leave, with the signal that each stands for, or 0."""
_NAMES = {"escape": "escape", "space": " ", "return": "enter", "kp_enter": "enter"}
_MOVES = frozenset(
    ["up", "down", "left", "right", "home", "end", "enter", "tab", "backspace", "delete", "escape", "f1"]
)
_ALL = 1_000_000  # rows; no page has as many
STEPS = {"up": -1, "down": 1, "home": -_ALL, "end": _ALL}
"""Rows by which keys scroll where nothing is to be chosen."""


DOUBLE_CLICK_SECONDS = 0.5
"""Between the two clicks of a double click, at the most."""


class Sheet(Widget):
    """What a page is drawn on, line by line: all of the screen that nothing else takes."""

    DEFAULT_CSS = "Sheet { width: 100%; height: 1fr; }"
    can_focus = False
    app: "Drawn"

    def render_line(self, y: int) -> Strip:
        """Draw one row of the page."""
        return self.app.strip(y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Have a click do what it does on the page, once."""
        event.stop()
        if event.button == 1:
            self.app.click(event.x, event.y)


class Drawn(App[None], inherit_bindings=False):
    """Draws pages, until it is told to stop. What keys do is for those to say that are made of it.

    ``ended_by`` is the signal that a key stood for, or a terminal that went away without one, or 0.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False
    CSS = "* { scrollbar-size: 0 0; }"

    LOOKS: ClassVar[tuple[dict[Look, str], dict[Look, str]]] = DARK, LIGHT
    """The palettes for a dark and for a light background."""

    def __init__(self, *, light: bool = False, colour: bool = True) -> None:
        """Draw on a light or a dark background, or without any ``colour``."""
        super().__init__(driver_class=TolerantDriver, ansi_color=not colour)
        self._colour = colour
        self._styles = styles(NONE)
        self._top: int | None = None
        self._page = Page([])
        self._page_width = 0
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False
        self._wakes: tuple[socket.socket, socket.socket] | None = None
        self.ended_by = 0
        self.apply_theme(light=light)

    @abstractmethod
    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Set the page for a screen of so many cells; ``top`` is where the person has scrolled to, if anywhere."""

    def compose(self) -> Any:
        """Fill the screen with one widget."""
        yield Sheet()

    def on_mount(self) -> None:
        """Leave at once if a signal came before the screen did; let none that comes later be overlooked.

        One that comes just before the system begins to wait for keys interrupts nothing, unless it makes something to
        read.
        """
        self._event_loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread():
            self._wakes = read, write = socket.socketpair()
            for end in self._wakes:
                end.settimeout(0)
            signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
            self._event_loop.add_reader(read, read.recv, 1024)
        if self._stopped:
            self.exit()

    def on_unmount(self) -> None:
        """Let signals wake nothing any more."""
        if self._event_loop and self._wakes:
            signal.set_wakeup_fd(-1)
            self._event_loop.remove_reader(self._wakes[0])
            for end in self._wakes:
                end.close()

    def strip(self, y: int) -> Strip:
        """Draw row ``y`` of the page as it is, or of a new one where the size has changed."""
        width, height = self.query_one(Sheet).size
        if len(self._page.rows) != height or self._page_width != width:
            self._compose_page()
        row = self._page.rows[y] if y < len(self._page.rows) else ()
        return Strip([Segment(span.text, self._styles[span.look]) for span in row], width)

    def _compose_page(self) -> None:
        width, height = self.query_one(Sheet).size
        self._page = self.draw(width, height, self._top)
        self._page_width = width
        if self._page.caret:
            self.cursor_position = Offset(*self._page.caret)

    def show(self) -> None:
        """Draw the page anew."""
        self._compose_page()
        self.query_one(Sheet).refresh()

    def key_at(self, x: int, y: int) -> str:
        """Give the key that a click on a cell of the page is, or ""."""
        return key_at(self._page.rows[y], x) if y < len(self._page.rows) else ""

    @abstractmethod
    def click(self, x: int, y: int) -> None:
        """Do what a click on a cell of the page does."""

    def toggle_theme(self) -> None:
        """Change from dark to light, or back."""
        self.apply_theme(light=not self._light)
        self.show()

    def apply_theme(self, *, light: bool) -> None:
        """Take the colours for a light or a dark background, where there are any."""
        self._light = light
        if self._colour:
            self._styles = styles(self.LOOKS[light])

    async def on_event(self, event: events.Event) -> None:
        """Serve no key any more once the screen is to be left; there may be many before that."""
        if not (self._stopped and isinstance(event, events.InputEvent)):
            await super().on_event(event)

    def on_suspend(self) -> None:
        """Note that the program stops, as by Ctrl-Z."""

    def on_resume(self) -> None:
        """Note that it goes on."""

    def stop_soon(self) -> None:
        """Leave the screen, from a signal's handler or another thread: before it is there, as soon as it is."""
        self._stopped = True
        if self._event_loop:
            with suppress(RuntimeError):  # it is over already
                self._event_loop.call_soon_threadsafe(self.exit)

    def hang_up(self) -> None:
        """Leave the screen since there is no terminal any more, as the driver finds in threads of its own."""
        self.ended_by = self.ended_by or int(signal.SIGHUP)
        self.stop_soon()

    def drop(self) -> None:
        """Give the terminal back at once, as far as it takes anything."""
        if isinstance(self._driver, TolerantDriver):
            self._driver.drop()


class Board(Drawn, inherit_bindings=False):
    """Takes keys before Textual does."""

    def __init__(self, *, light: bool = False, colour: bool = True) -> None:
        """Draw on a light or a dark background, or without any ``colour``."""
        super().__init__(light=light, colour=colour)
        self._own_light = light

    @abstractmethod
    def press(self, key: str) -> None:
        """Do what a key does: a character, or what a key without one is called."""

    @abstractmethod
    def paste(self, text: str) -> None:
        """Take pasted text."""

    def touch(self) -> None:
        """Note that somebody is there, who has pressed nothing that means anything."""

    async def on_event(self, event: events.Event) -> None:
        """Take keys, pasted text and clicks before Textual does anything with them."""
        match event:
            case events.InputEvent() if self._stopped:
                pass
            case events.Key():
                self.take_key(event)
            case events.Paste():
                self.paste(event.text)
            case events.MouseDown(button=1):
                self.click(event.x, event.y)
            case events.MouseScrollUp() | events.MouseScrollDown():
                self.scroll_by(-3 if isinstance(event, events.MouseScrollUp) else 3)
            case events.InputEvent():
                pass
            case Driver.SignalResume():
                self.refresh(layout=True)  # Textual itself leaves the screen empty
            case _:
                await super().on_event(event)

    def take_key(self, event: events.Key) -> None:
        """Leave, stop for a while, or do what the key does."""
        if event.key in _STOPS:
            self.stop(_STOPS[event.key])
        elif event.key == "ctrl+z":
            self.action_suspend_process()
        else:
            self.do_key(event)

    def do_key(self, event: events.Key) -> None:
        """Change the colours, scroll, or press the key."""
        if event.key == THEME_KEY:
            self.toggle_theme()
        elif event.key in ("pageup", "pagedown"):
            self._scroll_page(event.key)
        elif event.key in _MOVES or event.key in _NAMES:
            self.press(_NAMES.get(event.key, event.key))
        else:
            self.press(character_of(event) or "unknown")

    def click(self, x: int, y: int) -> None:
        """Press the key that is clicked; a click beside any tells that somebody is there."""
        key = self.key_at(x, y)
        if key in ("pageup", "pagedown"):
            self._scroll_page(key)
        elif key == THEME_KEY:
            self.toggle_theme()
        elif key:
            self.press(key)
        else:
            self.touch()

    def _scroll_page(self, key: str) -> None:
        self.scroll_by((self._page.room - 1) * (-1 if key == "pageup" else 1))

    def scroll_by(self, rows: int) -> None:
        """Scroll, no further than there is something."""
        self._top = min(max(self._page.top + rows, 0), self._page.most)
        self.touch()
        self.show()

    @property
    def turned(self) -> Literal["", "dark", "light"]:
        """The theme that somebody turned to, or "" where it is that of the beginning."""
        return "" if self._light == self._own_light else "light" if self._light else "dark"

    def stop(self, by: int = 0) -> None:
        """Leave the screen; ``by`` is the signal that ended it, or 0."""
        self.ended_by = by
        self.exit()
