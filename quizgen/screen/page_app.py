"""The common base of all full-screen apps on Textual: it draws pages, and passes on keys, clicks and pasted text.

Only this module, its driver and the apps import Textual, which is slow to import. The way of a key:

1. A command of the program (change the colours, scroll, suspend, stop) is a binding with an action.
2. Any other key is for the page: ``on_key`` passes it to ``press``, which asks a pure state machine.

A click presses the key of the clicked text. The key hints at the foot are rows of the page, not Textual's footer, which has a
single row: a window of forty columns would cut off four of six hints.
"""

import signal
import time
import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import ClassVar, Literal

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from quizgen.screen.driver import TolerantDriver
from quizgen.screen.page import Page
from quizgen.screen.palette import DARK, LIGHT, NONE, styles
from quizgen.screen.rows import Look, key_at
from quizgen.screen.scenes import THEME_KEY

DOUBLE_CLICK_SECONDS = 0.5
"""The longest time between the two clicks of a double click."""

_ALL_ROWS = 1_000_000
SCROLL_STEPS = {"up": -1, "down": 1, "home": -_ALL_ROWS, "end": _ALL_ROWS}
"""How many rows keys scroll if there is nothing to choose."""

_WHEEL_ROWS = 3


def key_name(event: events.Key) -> str:
    """Return the character that a key writes, including a wide space, or else Textual's name for it."""
    if event.key in ("return", "kp_enter"):
        return "enter"
    character = event.character or ""
    if len(character) == 1 and (character.isprintable() or unicodedata.category(character) == "Zs"):
        return character
    return event.key


class PageWidget(Widget):
    """A widget that draws the page, row by row, on the whole screen."""

    DEFAULT_CSS = "PageWidget { width: 100%; height: 100%; }"
    can_focus = False
    app: "PageApp"

    def render_line(self, y: int) -> Strip:
        """Draw one row of the page."""
        return self.app.strip(y)

    def on_resize(self) -> None:
        """Draw the page again for another size."""
        self.app.show()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Handle a click at once, without waiting for the button to be released."""
        if event.button == 1:
            self.app.click(event.x, event.y)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.app.scroll_by(-_WHEEL_ROWS)

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.app.scroll_by(_WHEEL_ROWS)


class PageApp(App[None], inherit_bindings=False):
    """Draws pages and passes keys on until it is left.

    ``ended_by`` is the signal that ended it, or that a key stands for, or 0.
    """

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]  # narrower than Textual's
        Binding(THEME_KEY, "toggle_theme"),
        Binding("pageup", "scroll_page(-1)"),
        Binding("pagedown", "scroll_page(1)"),
        Binding("ctrl+z", "suspend_process"),
        Binding("ctrl+c", f"stop({int(signal.SIGINT)})"),
        Binding("ctrl+d", "stop(0)"),
    ]
    CSS = "* { scrollbar-size: 0 0; }"
    ALLOW_SELECT = False
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False

    PALETTES: ClassVar[tuple[dict[Look, str], dict[Look, str]]] = DARK, LIGHT
    """The colours on a dark and on a light background."""

    def __init__(
        self, *, light: bool = False, colour: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Draw on a light or a dark background, or without ``colour``; ``now`` returns seconds."""
        super().__init__(driver_class=TolerantDriver, ansi_color=not colour)
        self.ended_by = 0
        self._widget = PageWidget()
        self._now = now
        self._colour = colour
        self._light = self._light_at_first = light
        self._styles = styles(NONE)
        self.page = Page([])
        self._top: int | None = None  # the row that somebody has scrolled to
        self._click: tuple[int, int, float, object] = (
            -1,
            -1,
            0.0,
            None,
        )  # the last one, and what it was made on
        self._leaving = False
        self.set_theme(light=light)

    @abstractmethod
    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Draw the page for a screen of this size; ``top`` is where the person has scrolled to, if anywhere."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Handle a key: a character, or the name of a key that writes none."""

    @abstractmethod
    def place(self) -> object:
        """Return what is on the screen; if it changes, the second click of a double click has no effect."""

    def paste(self, text: str) -> None:
        """Handle pasted text."""

    def touch(self) -> None:
        """Record that somebody is there who has not pressed a key."""

    def click_beside(self) -> None:
        """Handle a click that is on no key."""
        self.touch()

    # Handlers that Textual calls

    def compose(self) -> Iterable[Widget]:
        """Fill the screen with one widget."""
        yield self._widget

    def on_mount(self) -> None:
        """Redraw the page after a suspension, because Textual leaves the screen empty."""
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def on_key(self, event: events.Key) -> None:
        """Pass any key that is not bound to a command to the page."""
        if event.key not in [binding.key for binding in self.BINDINGS] and not self._leaving:
            self.press(key_name(event))

    def on_paste(self, event: events.Paste) -> None:
        """Pass pasted text on."""
        self.paste(event.text)

    def click(self, x: int, y: int) -> None:
        """Press the key at a cell; the second click of a double click does not reach a new page."""
        before_x, before_y, at, place = self._click
        now, here = self._now(), self.place()
        is_double = y == before_y and abs(x - before_x) <= 1 and 0 <= now - at < DOUBLE_CLICK_SECONDS
        self._click = (x, y, now, here)
        if not self._leaving and not (is_double and place != here):
            self.press_clicked(key_at(self.page.rows[y], x) if y < len(self.page.rows) else "")

    def press_clicked(self, key: str) -> None:
        """Handle a clicked key, or "" if there is none."""
        match key:
            case "":
                self.click_beside()
            case "pageup" | "pagedown":
                self.action_scroll_page(-1 if key == "pageup" else 1)
            case _ if key == THEME_KEY:
                self.action_toggle_theme()
            case _:
                self.press(key)

    # Actions

    def action_toggle_theme(self) -> None:
        """Change from dark to light, or back."""
        self.set_theme(light=not self._light)
        self.show()

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by the number of visible rows, less one."""
        self.scroll_by(direction * (self.page.room - 1))

    def action_stop(self, by: int) -> None:
        """Leave the screen; ``by`` is the signal that the key stands for, or 0."""
        self.leave(by)

    # Methods for the apps

    def scroll_by(self, rows: int) -> None:
        """Scroll within the limits of the page."""
        self._top = min(max(self.page.top + rows, 0), self.page.max_top)
        self.touch()
        self.show()

    def set_theme(self, *, light: bool) -> None:
        """Use the colours for a light or a dark background, if there are colours."""
        self._light = light
        if self._colour:
            self._styles = styles(self.PALETTES[light])
            self.page = Page([])  # so that every row is drawn again

    @property
    def chosen_theme(self) -> Literal["", "dark", "light"]:
        """The theme that somebody changed to, or "" if it is the first one."""
        return "" if self._light == self._light_at_first else "light" if self._light else "dark"

    def show(self) -> None:
        """Draw the page, and refresh the rows that changed."""
        width, height = self._widget.size
        before = self.page.rows
        self.page = self.draw(width, height, self._top)
        if self.page.caret:
            self.cursor_position = Offset(*self.page.caret)
        rows = self.page.rows
        changed = [y for y in range(len(rows)) if y >= len(before) or rows[y] != before[y]]
        if changed:
            self._widget.refresh(*(Region(0, y, width, 1) for y in changed))

    def strip(self, y: int) -> Strip:
        """Return row ``y`` of the page in colours."""
        row = self.page.rows[y] if y < len(self.page.rows) else ()
        return Strip([Segment(span.text, self._styles[span.look]) for span in row], self.size.width)

    def leave(self, by: int = 0) -> None:
        """Leave the screen; ``by`` is the signal that ended it, or 0. Later keys have no effect."""
        self.ended_by = self.ended_by or by
        self._leaving = True
        self.exit()
