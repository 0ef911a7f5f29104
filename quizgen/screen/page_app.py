"""The base class of all full-screen apps on Textual: it draws pages, and passes on keys, clicks and pasted text.

Only this module, its driver and the apps import Textual, which is slow to import. A key is handled in one of
two ways:

1. A command of the program (change the colours, scroll, suspend, stop) is a Textual binding with an action.
2. Any other key is for the page: ``on_key`` passes it to ``handle_key``, which asks a pure state machine.

Clicking a text has the effect of that text's key. The key hints at the bottom are rows of the page. Textual's
footer has only one row: a window of forty columns would cut off four of six hints.
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
from quizgen.screen.held import HeldTerminal
from quizgen.screen.page import Page
from quizgen.screen.palette import DARK, LIGHT, NONE, build_styles
from quizgen.screen.rows import Look, key_at_column
from quizgen.screen.scenes import THEME_KEY

DOUBLE_CLICK_SECONDS = 0.5
"""The longest time between the two clicks of a double click."""

_ALL_ROWS = 1_000_000
SCROLL_STEPS = {"up": -1, "down": 1, "home": -_ALL_ROWS, "end": _ALL_ROWS}
"""How many rows keys scroll if there is nothing to choose."""

_WHEEL_ROWS = 3


def key_name(event: events.Key) -> str:
    """Return the character that a key types, including a wide space, or else Textual's name for the key."""
    if event.key in ("return", "kp_enter"):
        return "enter"
    character = event.character or ""
    if len(character) == 1 and (character.isprintable() or unicodedata.category(character) == "Zs"):
        return character
    return event.key


class PageWidget(Widget):
    """A widget as large as the screen, which draws the page row by row."""

    DEFAULT_CSS = "PageWidget { width: 100%; height: 100%; }"
    can_focus = False
    app: "PageApp"

    def render_line(self, y: int) -> Strip:
        """Draw one row of the page."""
        return self.app.render_row(y)

    def on_resize(self) -> None:
        """Draw the page for the new size."""
        self.app.redraw()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Handle a click at once, without waiting for the button to be released."""
        if event.button == 1:
            self.app.handle_click(event.x, event.y)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.app.scroll_by(-_WHEEL_ROWS)

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.app.scroll_by(_WHEEL_ROWS)


class PageApp(App[None], inherit_bindings=False):
    """Draws pages and passes on keys until the app ends.

    ``ended_by`` is the number of the signal that ended it, or that a key stands for, or 0. ``terminal`` is the terminal
    that this app may get from the one before, and may leave to the next.
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
        self.terminal = HeldTerminal()
        self._widget = PageWidget()
        self._now = now
        self._colour = colour
        self._light = self._light_at_first = light
        self._styles = build_styles(NONE)
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
    def draw_page(self, width: int, height: int, top: int | None) -> Page:
        """Draw the page for a screen of this size.

        ``top`` is the row that the person has scrolled to, or ``None``.
        """

    @abstractmethod
    def handle_key(self, key: str) -> None:
        """Handle a key: a character, or the name of a key that types none."""

    @abstractmethod
    def page_identity(self) -> object:
        """Return a value that changes when another page is shown.

        After such a change, the second click of a double click has no effect, because it was meant
        for the page before.
        """

    def handle_paste(self, text: str) -> None:
        """Handle pasted text."""

    def is_followed_by_app(self) -> bool:
        """Return whether another app comes after this one at once, so that the shell should not be seen in between."""
        return False

    def record_presence(self) -> None:
        """Record that somebody is there, although no key was pressed."""

    def handle_click_without_key(self) -> None:
        """Handle a click on a text that stands for no key."""
        self.record_presence()

    # Handlers that Textual calls

    def compose(self) -> Iterable[Widget]:
        """Fill the screen with one widget."""
        yield self._widget

    def on_mount(self) -> None:
        """Draw the page again after the program was suspended, because Textual leaves the screen empty."""
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))

    def on_key(self, event: events.Key) -> None:
        """Pass on any key that is not bound to a command."""
        if event.key in [binding.key for binding in self.BINDINGS]:
            return
        if self.leaves_terminal_to_next:
            self.terminal.typed.append((event.key, event.character))
        elif not self._leaving:
            self.handle_key(key_name(event))

    def on_paste(self, event: events.Paste) -> None:
        """Pass on pasted text."""
        self.handle_paste(event.text)

    def handle_click(self, x: int, y: int) -> None:
        """Handle a click on a cell of the screen, as if the key there was pressed."""
        before_x, before_y, at, place = self._click
        now, here = self._now(), self.page_identity()
        is_double = y == before_y and abs(x - before_x) <= 1 and 0 <= now - at < DOUBLE_CLICK_SECONDS
        self._click = (x, y, now, here)
        if not self._leaving and not (is_double and place != here):
            self.handle_clicked_key(key_at_column(self.page.rows[y], x) if y < len(self.page.rows) else "")

    def handle_clicked_key(self, key: str) -> None:
        """Handle a clicked key, or "" if the clicked text stands for none."""
        match key:
            case "":
                self.handle_click_without_key()
            case "pageup" | "pagedown":
                self.action_scroll_page(-1 if key == "pageup" else 1)
            case _ if key == THEME_KEY:
                self.action_toggle_theme()
            case _:
                self.handle_key(key)

    # Actions

    def action_toggle_theme(self) -> None:
        """Change from dark to light colours, or back."""
        self.set_theme(light=not self._light)
        self.redraw()

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by the number of visible rows, less one."""
        self.scroll_by(direction * (self.page.room - 1))

    def action_stop(self, signal_number: int) -> None:
        """End the app; ``signal_number`` is the number of the signal that the key stands for, or 0."""
        self.leave_screen(signal_number)

    # Methods for the apps

    @property
    def leaves_terminal_to_next(self) -> bool:
        """Whether the app has ended and leaves the terminal to the next app. A signal ends both."""
        return self._leaving and not self.ended_by and self.is_followed_by_app()

    def scroll_by(self, rows: int) -> None:
        """Scroll by some rows, within the limits of the page."""
        self._top = min(max(self.page.top + rows, 0), self.page.max_top)
        self.record_presence()
        self.redraw()

    def set_theme(self, *, light: bool) -> None:
        """Use the colours for a light or a dark background, if there are colours."""
        self._light = light
        if self._colour:
            self._styles = build_styles(self.PALETTES[light])
            self.page = Page([])  # so that every row is drawn again

    @property
    def chosen_theme(self) -> Literal["", "dark", "light"]:
        """The theme that somebody changed to, or "" if it is still the first one."""
        return "" if self._light == self._light_at_first else "light" if self._light else "dark"

    def redraw(self) -> None:
        """Draw the page, and refresh the rows that changed."""
        width, height = self._widget.size
        before = self.page.rows
        self.page = self.draw_page(width, height, self._top)
        if self.page.caret:
            self.cursor_position = Offset(*self.page.caret)
        rows = self.page.rows
        changed = [y for y in range(len(rows)) if y >= len(before) or rows[y] != before[y]]
        if changed:
            self._widget.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_row(self, y: int) -> Strip:
        """Return row ``y`` of the page with its colours."""
        row = self.page.rows[y] if y < len(self.page.rows) else ()
        return Strip([Segment(span.text, self._styles[span.look]) for span in row], self.size.width)

    def leave_screen(self, signal_number: int = 0) -> None:
        """End the app; ``signal_number`` is the number of the signal that ended it, or 0.

        Later keys have no effect.
        """
        self.ended_by = self.ended_by or signal_number
        self._leaving = True
        self.exit()
