"""The quiz on a full screen, by way of Textual: it draws the rows of a session, and passes keys and clicks on.

With its driver the only module that imports Textual, and therefore slow to import. Textual's own bindings, focus and command
palette are left out, so that a key does what the session says and, at a stall, no key ends the program but
the chord.
"""

import asyncio
import signal
from collections.abc import Callable
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.segment import Segment
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from quizgen.attempt import Attempt
from quizgen.screen.driver import BearingDriver, written
from quizgen.screen.palette import DARK, LIGHT, NONE, styles
from quizgen.screen.rows import key_at
from quizgen.screen.session import Session, paste, press_key, start, tick, welcome
from quizgen.screen.view import SMALLEST, Page, page

CHORD = ("ctrl+o", "ctrl+u", "ctrl+t")
"""Ends a stall's quiz: the three keys one after another, and nothing between them."""

READ = ("told", "look", "end", "keys")
"""Scenes that are read: no cursor is there to be moved, and the arrows scroll."""

STOPS = ("ctrl+c", "ctrl+d")
_NAMES = {"escape": "escape", "space": " ", "return": "enter", "kp_enter": "enter"}
_MOVES = frozenset(
    ["up", "down", "left", "right", "home", "end", "enter", "backspace", "delete", "escape", "f1"]
)


class Outside(Struct, frozen=True):
    """What the screen needs from the world.

    ``keep`` stores an attempt and says whether it could; ``now`` tells the seconds since the epoch.
    ``fresh`` gives another visitor's attempt in a language, at a stall. ``certify``, where there is one,
    makes a certificate of taking part for a name, or none, and says where it is.
    """

    keep: Callable[[Attempt], bool]
    now: Callable[[], float]
    fresh: Callable[[str], Attempt] | None = None
    certify: Callable[[Attempt, str], str] | None = None


def _as_before(session: Session, before: Session) -> bool:
    """Tell whether somebody still reads the same page, on which a key did nothing."""
    page_of = (session.scene, session.looked, session.attempt)
    return session.scene in READ and page_of == (before.scene, before.looked, before.attempt)


class Sheet(Widget):
    """The whole screen: one widget, drawn line by line."""

    DEFAULT_CSS = "Sheet { width: 100%; height: 100%; }"
    can_focus = False
    app: "QuizApp"

    def render_line(self, y: int) -> Strip:
        """Draw one row of the page."""
        return self.app.strip(y)


class QuizApp(App[None], inherit_bindings=False):
    """Runs a session. Once it is over, ``first`` is the attempt as it then stands, without what was practised.

    ``unkept`` tells whether answers of it could not be kept.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False
    CSS = "* { scrollbar-size: 0 0; }"

    def __init__(
        self, attempt: Attempt, outside: Outside, *, light: bool = False, colour: bool = True
    ) -> None:
        """Show an attempt on a light or a dark background, or without any ``colour``."""
        super().__init__(driver_class=BearingDriver, ansi_color=not colour)
        self._outside = outside
        self._light = self._own_light = light
        self._colour = colour
        self._styles = styles(NONE if not colour else LIGHT if light else DARK)
        self._home = attempt
        self._top: int | None = None
        self._page = Page([])
        self._chord: tuple[str, ...] = ()
        self._its_loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False
        self._since: float | None = None  # when the program was laid aside
        self._aside = 0.0  # seconds that it lay aside since the last key or tick
        self.first = attempt
        self.unkept = False
        self.ended_by = ""
        now = outside.now()
        self.session = (
            welcome(attempt, now)
            if attempt.kiosk
            else start(attempt, now, certificate=outside.certify is not None)
        )

    # What is shown

    def compose(self) -> Any:
        """Fill the screen with one widget."""
        yield Sheet()

    def on_mount(self) -> None:
        """Let time pass where something depends on it."""
        self._its_loop = asyncio.get_running_loop()
        if self._home.kiosk:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # Textual has set its own handler
        if self._stopped:
            self.exit()
        rules = self.session.attempt.rules
        if self._home.kiosk or rules.question_seconds or rules.quiz_seconds:
            self.set_interval(0.5, self._tick)

    def strip(self, y: int) -> Strip:
        """Draw row ``y`` of the page as it is, or of a new one where the size has changed."""
        width, height = self.size
        if len(self._page.rows) != height or self._page_width != width:
            self._compose_page()
        row = self._page.rows[y] if y < len(self._page.rows) else ()
        return Strip([Segment(span.text, self._styles[span.look]) for span in row], width)

    _page_width = 0

    def _compose_page(self) -> None:
        width, height = self.size
        self._page = page(self.session, width, height, self._top)
        self._page_width = width
        if self._page.caret:
            self.cursor_position = Offset(*self._page.caret)

    def _show(self) -> None:
        self._compose_page()
        self.query_one(Sheet).refresh()

    # What happens

    async def on_event(self, event: events.Event) -> None:
        """Take keys, pasted text and clicks before Textual does anything with them."""
        match event:
            case events.Key():
                self._key(event)
            case events.Paste():
                now = self._now()
                self._go(paste(self.session, event.text, now))
            case events.MouseDown(button=1):
                self._click(event.x, event.y)
            case events.MouseScrollUp() | events.MouseScrollDown():
                self._scroll(-3 if isinstance(event, events.MouseScrollUp) else 3)
            case events.InputEvent():
                pass
            case Driver.SignalResume():
                self.refresh(layout=True)  # Textual itself leaves the screen empty
            case _:
                await super().on_event(event)

    def _key(self, event: events.Key) -> None:
        self._chord = (*self._chord, event.key)[-len(CHORD) :]
        if self._home.kiosk:
            if self._chord == CHORD:
                self.exit()
                return
            if self.session.scene == "still":
                self._press("unknown")  # whatever it is, somebody is there
                return
        elif event.key in STOPS:
            self.stop("SIGINT" if event.key == "ctrl+c" else "")
            return
        elif event.key == "ctrl+z":
            self.action_suspend_process()
            return
        if event.key == "ctrl+t":
            self._turn()
        elif event.key in ("pageup", "pagedown"):
            self._scroll((self._page.room - 1) * (-1 if event.key == "pageup" else 1))
        elif event.key in _MOVES or event.key in _NAMES:
            self._press(_NAMES.get(event.key, event.key))
        else:
            self._press(written(event) or "unknown")

    def _click(self, x: int, y: int) -> None:
        key = key_at(self._page.rows[y], x) if y < len(self._page.rows) else ""
        if key in ("pageup", "pagedown"):
            self._scroll((self._page.room - 1) * (-1 if key == "pageup" else 1))
        elif key:
            self._press(key)
        else:
            self._touch()

    def _press(self, key: str) -> None:
        if self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]:
            return  # nobody sees what it would do
        if self._scrolls(key):
            return
        now = self._now()
        self._go(press_key(self.session, key, now))

    def _scrolls(self, key: str) -> bool:
        """Scroll by a line where no cursor is there to be moved."""
        if key not in ("up", "down") or self.session.scene not in READ:
            return False
        self._scroll(-1 if key == "up" else 1)
        return True

    def _scroll(self, rows: int) -> None:
        self._top = min(max(self._page.top + rows, 0), self._page.most)
        self._touch()
        self._show()

    def _touch(self) -> None:
        """Note that somebody is there, who has pressed nothing that means anything."""
        if self.session.scene == "still":
            self._press("unknown")
        self.session = replace(self.session, touched=self._outside.now())

    def _tick(self) -> None:
        now = self._now()
        self._go(tick(self.session, now), keep_scroll=True)

    def _now(self) -> float:
        """Tell the time; a break that the program has had does not count as time before the question."""
        aside, self._aside = self._aside, 0.0
        if aside:
            self.session = replace(self.session, shown=self.session.shown + aside)
        return self._outside.now()

    def _go(self, session: Session, *, keep_scroll: bool = False) -> None:
        """Keep what is new before anything more is shown, and do what the scene wishes."""
        before, self.session = self.session, session
        if session.attempt != before.attempt and session.attempt.position:
            unkept = not self._outside.keep(session.attempt)
            self.session = replace(self.session, unkept=unkept)
        if session.attempt.started == self.first.started:  # practising again is another attempt
            self.first, self.unkept = session.attempt, self.session.unkept
        if not (keep_scroll or _as_before(session, before)) or session.scene != before.scene:
            self._top = None
        match session.scene:
            case "leave":
                self.exit()
                return
            case "next":
                self.session = welcome(self._home, session.at)
                self._chord = ()
                self._dress(light=self._own_light)
            case "begin" if self._outside.fresh:
                attempt = self._outside.fresh(session.attempt.quiz.language)
                self.session = start(attempt, session.at)
            case "certificate" if self._outside.certify:
                language = session.attempt.quiz.language
                said = self._outside.certify(self.first.in_language(language), session.draft.words)
                self.session = replace(self.session, scene="end", said=said)
        self._show()

    def _turn(self) -> None:
        """Turn from dark to light, or back."""
        self._dress(light=not self._light)
        self._show()

    def _dress(self, *, light: bool) -> None:
        self._light = light
        if self._colour:
            self._styles = styles(LIGHT if light else DARK)

    def laid_aside(self) -> None:
        """Note that the program stops, as by Ctrl-Z; from a signal's handler."""
        self._since = self._outside.now()

    def taken_up(self) -> None:
        """Note that it goes on."""
        if self._since is not None:
            self._aside += max(self._outside.now() - self._since, 0.0)
            self._since = None

    def stop_soon(self) -> None:
        """Leave the screen, from a signal's handler: before it is there, as soon as it is."""
        self._stopped = True
        if self._its_loop:
            self._its_loop.call_soon_threadsafe(self.exit)

    def stop(self, by: str = "") -> None:
        """Leave the screen; ``by`` names a signal that ended it."""
        self.ended_by = by
        self.exit()
