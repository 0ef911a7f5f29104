"""The quiz on a full screen, by way of Textual: it draws the rows of a session, and passes keys and clicks on.

With its driver the only module that imports Textual, and therefore slow to import.

What Textual could do itself, and why it does not:

- *Bindings and focus.* A key means what the scene says, and Textual's bindings go by widget, with some of its
  own beneath (Tab, Ctrl-Q, copying). At a kiosk no key but the chord may end the program, so keys are taken
  before Textual does anything with them.
- *Footer and scrolling.* They are rows of the page, which is text that tests hold to the letter in every
  language and size; Textual's footer keeps to one line, where ours takes as many as its words need.
- *Themes.* The palette serves terminals with no colour, and its contrasts are tested.
"""

import asyncio
import signal
from collections.abc import Callable
from typing import Any, ClassVar, assert_never

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
from quizgen.screen.driver import TolerantDriver, character_of
from quizgen.screen.page import Page, large_enough, page
from quizgen.screen.palette import DARK, LIGHT, NONE, styles
from quizgen.screen.rows import key_at
from quizgen.screen.scenes import meant, paste, press_key, scene_of
from quizgen.screen.session import Greeting, Session, Wish, sit_down, tick, welcome

KIOSK_EXIT_KEYS = ("ctrl+o", "ctrl+u", "ctrl+t")
"""End a kiosk's quiz: the three keys one after another, and nothing between them."""

_STOPS = {"ctrl+c": int(signal.SIGINT), "ctrl+d": 0}
"""Keys that leave the quiz anywhere else, with the signal that each stands for, or 0."""
_NAMES = {"escape": "escape", "space": " ", "return": "enter", "kp_enter": "enter"}
_MOVES = frozenset(
    ["up", "down", "left", "right", "home", "end", "enter", "tab", "backspace", "delete", "escape", "f1"]
)
_ALL = 1_000_000  # rows; no page has as many
_STEPS = {"up": -1, "down": 1, "home": -_ALL, "end": _ALL}
"""Rows by which keys scroll where nothing is to be chosen."""


class AppServices(Struct, frozen=True):
    """What the screen needs from the world.

    ``keep`` stores an attempt and says whether it could; ``now`` tells the seconds since the epoch.
    ``fresh`` gives another visitor's attempt in a language, at a kiosk. ``certify``, where there is one,
    makes a certificate of taking part for a name, or none, and says where it is. ``greeting`` is a kiosk's.
    """

    keep: Callable[[Attempt], bool]
    now: Callable[[], float]
    fresh: Callable[[str], Attempt] | None = None
    certify: Callable[[Attempt, str], str] | None = None
    greeting: Greeting = Greeting()


def _same_page(session: Session, before: Session) -> bool:
    """Tell whether somebody still reads the same page, on which a key did nothing."""
    pages = [(each.scene, each.reviewed, each.attempt) for each in (session, before)]
    return scene_of(session).scrolls and pages[0] == pages[1]


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

    ``unkept`` tells whether answers of it could not be kept, and ``ended_by`` is the signal that a key stood
    for, or 0.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False
    CSS = "* { scrollbar-size: 0 0; }"

    def __init__(
        self, attempt: Attempt, services: AppServices, *, light: bool = False, colour: bool = True
    ) -> None:
        """Show an attempt on a light or a dark background, or without any ``colour``."""
        super().__init__(driver_class=TolerantDriver, ansi_color=not colour)
        self._services = services
        self._light = self._own_light = light
        self._colour = colour
        self._styles = styles(NONE if not colour else LIGHT if light else DARK)
        self._home = attempt
        self._top: int | None = None
        self._page = Page([])
        self._page_width = 0
        self._last_keys: tuple[str, ...] = ()  # as many as end a kiosk's quiz
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False
        self._suspended_at: float | None = None
        self._paused = 0.0  # seconds that the program was suspended since the last key or tick
        self.first = attempt
        self.unkept = False
        self.ended_by = 0
        now = services.now()
        self.session = (
            welcome(attempt, now, services.greeting)
            if attempt.kiosk
            else sit_down(attempt, now, certificate=services.certify is not None)
        )

    # What is shown

    def compose(self) -> Any:
        """Fill the screen with one widget."""
        yield Sheet()

    def on_mount(self) -> None:
        """Let time pass where something depends on it."""
        self._event_loop = asyncio.get_running_loop()
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
                self._show_next(paste(self.session, event.text, now))
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
        self._last_keys = (*self._last_keys, event.key)[-len(KIOSK_EXIT_KEYS) :]
        if self._home.kiosk:
            if self._last_keys == KIOSK_EXIT_KEYS:
                self.exit()
                return
            if scene_of(self.session).wakes:
                self._press("unknown")  # whatever it is, somebody is there
                return
        elif event.key in _STOPS:
            self.stop(_STOPS[event.key])
            return
        elif event.key == "ctrl+z":
            self.action_suspend_process()
            return
        if event.key == "ctrl+t":
            self.toggle_theme()
        elif event.key in ("pageup", "pagedown"):
            self._scroll_page(event.key)
        elif event.key in _MOVES or event.key in _NAMES:
            self._press(_NAMES.get(event.key, event.key))
        else:
            self._press(character_of(event) or "unknown")

    def _click(self, x: int, y: int) -> None:
        key = key_at(self._page.rows[y], x) if y < len(self._page.rows) else ""
        if key in ("pageup", "pagedown"):
            self._scroll_page(key)
        elif key:
            self._press(key)
        else:
            self._touch()

    def _press(self, key: str) -> None:
        if not large_enough(*self.size):
            return  # nobody sees what it would do
        key = meant(self.session, key)
        if (key in _STEPS and scene_of(self.session).scrolls) or (key == "down" and self._page.unread):
            self._scroll(_STEPS[key])
            return
        now = self._now()
        self._show_next(press_key(self.session, key, now))

    def _scroll_page(self, key: str) -> None:
        self._scroll((self._page.room - 1) * (-1 if key == "pageup" else 1))

    def _scroll(self, rows: int) -> None:
        self._top = min(max(self._page.top + rows, 0), self._page.most)
        self._touch()
        self._show()

    def _touch(self) -> None:
        """Note that somebody is there, who has pressed nothing that means anything."""
        if scene_of(self.session).wakes:
            self._press("unknown")
        self.session = replace(self.session, touched=self._services.now())

    def _tick(self) -> None:
        now = self._now()
        self._show_next(tick(self.session, now), keep_scroll=True)

    def _now(self) -> float:
        """Tell the time; a break that the program has had does not count as time before the question."""
        paused, self._paused = self._paused, 0.0
        if paused:
            self.session = replace(self.session, shown=self.session.shown + paused)
        return self._services.now()

    def _show_next(self, session: Session, *, keep_scroll: bool = False) -> None:
        """Keep what is new before anything more is shown, and do what the session wishes."""
        before, self.session = self.session, session
        if session.attempt != before.attempt and session.attempt.position:
            unkept = not self._services.keep(session.attempt)
            self.session = replace(self.session, unkept=unkept)
        if session.attempt.started == self.first.started:  # practising again is another attempt
            self.first, self.unkept = session.attempt, self.session.unkept
        if not (keep_scroll or _same_page(session, before)) or session.scene != before.scene:
            self._top = None
        if session.wish:
            self._fulfil(session.wish)
        self._show()

    def _fulfil(self, wish: Wish) -> None:
        """Do what the session wishes, and take it from there."""
        session, services = self.session, self._services
        language = session.attempt.quiz.language
        match wish:
            case "leave":
                self.exit()
            case "next_visitor":
                self.session = welcome(self._home, session.at, self._services.greeting)
                self._last_keys = ()
                self._apply_theme(light=self._own_light)
            case "begin":
                if services.fresh:
                    self.session = sit_down(services.fresh(language), session.at)
            case "certificate":
                if services.certify:
                    said = services.certify(self.first.in_language(language), session.draft.words)
                    self.session = replace(session, scene="results", wish=None, said=said)
            case _:
                assert_never(wish)

    def toggle_theme(self) -> None:
        """Change from dark to light, or back."""
        self._apply_theme(light=not self._light)
        self._show()

    def _apply_theme(self, *, light: bool) -> None:
        self._light = light
        if self._colour:
            self._styles = styles(LIGHT if light else DARK)

    def on_suspend(self) -> None:
        """Note that the program stops, as by Ctrl-Z; from a signal's handler."""
        self._suspended_at = self._services.now()

    def on_resume(self) -> None:
        """Note that it goes on."""
        if self._suspended_at is not None:
            self._paused += max(self._services.now() - self._suspended_at, 0.0)
            self._suspended_at = None

    def stop_soon(self) -> None:
        """Leave the screen, from a signal's handler: before it is there, as soon as it is."""
        self._stopped = True
        if self._event_loop:
            self._event_loop.call_soon_threadsafe(self.exit)

    def stop(self, by: int = 0) -> None:
        """Leave the screen; ``by`` is the signal that ended it, or 0."""
        self.ended_by = by
        self.exit()
