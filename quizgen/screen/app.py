"""The quiz and the home page on a full screen: the apps pass keys to a session or a home page, and run its requests.

Slow to import, because Textual is.
"""

from collections.abc import Callable
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen.home import Home, home_page
from quizgen.screen.home import paste as paste_at_home
from quizgen.screen.home import press as press_at_home
from quizgen.screen.page import Page, is_large_enough, page
from quizgen.screen.page_app import SCROLL_STEPS, PageApp
from quizgen.screen.scenes import THEME_KEY, normalised_key, paste, plain_key, press_key, scene_of
from quizgen.screen.session import Greeting, Request, Session, open_session, tick, welcome

KIOSK_EXIT_KEYS = ("ctrl+o", "ctrl+u", "ctrl+t")
"""The keys that end a kiosk's quiz, in this order, with no other key between them."""


class AppServices(Struct, frozen=True):
    """What the screen needs from its caller.

    ``keep`` saves an attempt and returns whether it could. ``now`` returns seconds on a monotonic clock, and ``epoch`` that
    clock's zero in seconds since the epoch, which changes when somebody sets the date. ``fresh`` returns an attempt for the next
    visitor of a kiosk, in a language. ``coming`` returns lines about other days for the end: when questions come back; at a
    kiosk, how other visitors did. ``certify``, if given, makes a certificate for a name, which may be empty, and returns where
    it is. ``greeting`` is for a kiosk.
    """

    keep: Callable[[Attempt], bool]
    now: Callable[[], float]
    epoch: Callable[[], float] = lambda: 0.0
    fresh: Callable[[str], Attempt] | None = None
    coming: Callable[[Attempt], tuple[str, ...]] | None = None
    certify: Callable[[Attempt, str], str] | None = None
    greeting: Greeting = Greeting()


def _same_page(session: Session, before: Session) -> bool:
    """Return whether the person still reads the same page, so that a key had no effect."""
    pages = [(each.scene, each.reviewed, each.attempt) for each in (session, before)]
    return scene_of(session).scrolls and pages[0] == pages[1]


class QuizApp(PageApp):
    """Runs a session. At its end, ``first`` is the attempt without later practice.

    ``unsaved`` says whether some of its answers could not be saved.
    """

    def __init__(
        self, attempt: Attempt, services: AppServices, *, light: bool = False, colour: bool = True
    ) -> None:
        """Show an attempt on a light or a dark background, or without ``colour``."""
        super().__init__(light=light, colour=colour, now=services.now)
        self._services = services
        self._home = attempt
        self._last_keys: tuple[str, ...] = ()  # the last keys, to detect KIOSK_EXIT_KEYS
        self.first = attempt
        self.unsaved = False
        now = services.now()
        self.session = (
            welcome(attempt, now, services.greeting)
            if attempt.kiosk
            else open_session(attempt, now, certificate=services.certify is not None)
        )

    def on_mount(self) -> None:
        """Start a timer if something depends on time."""
        rules = self.session.attempt.rules
        if self._home.kiosk or rules.question_seconds or rules.quiz_seconds:
            self.set_interval(0.5, self._tick)

    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Draw the page of the session."""
        return page(self.session, width, height, top)

    def place(self) -> object:
        """Return scene and question."""
        return self.session.scene, self.session.attempt.position

    def action_stop(self, by: int) -> None:
        """Leave, except at a kiosk, where a visitor's key only shows that somebody is there."""
        if self._home.kiosk:
            self.press("unknown")
        else:
            super().action_stop(by)

    def action_suspend_process(self) -> None:
        """Suspend the program, except at a kiosk; the break does not count as time for the question."""
        if self._home.kiosk:
            self.press("unknown")
            return
        before = self._now()
        super().action_suspend_process()
        self.session = replace(self.session, shown=self.session.shown + self._now() - before)

    def action_toggle_theme(self) -> None:
        """Change the colours, or end a kiosk's quiz if this is the last of the three keys for that."""
        if self._home.kiosk and (*self._last_keys, THEME_KEY) == KIOSK_EXIT_KEYS:
            self.leave()
        else:
            self.touch()
            super().action_toggle_theme()

    def press(self, key: str) -> None:
        """Scroll, or pass the key to the session."""
        self._last_keys = (*self._last_keys, key)[1 - len(KIOSK_EXIT_KEYS) :]
        if not is_large_enough(*self.size):
            return  # nobody would see its effect
        key = normalised_key(self.session, key)
        if (key in SCROLL_STEPS and scene_of(self.session).scrolls) or (key == "down" and self.page.unread):
            self.scroll_by(SCROLL_STEPS[key])
            return
        self._update_epoch()
        self._show_next(press_key(self.session, key, self._now()))

    def paste(self, text: str) -> None:
        """Pass pasted text to the session."""
        self._update_epoch()
        self._show_next(paste(self.session, text, self._now()))

    def touch(self) -> None:
        """Record that somebody is there, and close a scene that any key closes."""
        self._last_keys = ()
        if scene_of(self.session).wakes:
            self.press("unknown")
        self.session = replace(self.session, touched=self._now())

    def _tick(self) -> None:
        self._update_epoch()
        self._show_next(tick(self.session, self._now()), keep_scroll=True)

    def _update_epoch(self) -> None:
        """Update the date, which somebody may have set."""
        self.session = replace(self.session, epoch=self._services.epoch())

    def _show_next(self, session: Session, *, keep_scroll: bool = False) -> None:
        """Save new answers before anything more is shown, and run the session's request."""
        before, self.session = self.session, session
        if session.attempt != before.attempt and session.attempt.position:
            unsaved = not self._services.keep(session.attempt)
            self.session = replace(self.session, unsaved=unsaved)
        if session.attempt.started == self.first.started:  # practising again is another attempt
            self.first, self.unsaved = session.attempt, self.session.unsaved
        if not (keep_scroll or _same_page(session, before)) or session.scene != before.scene:
            self._top = None
        if self.session.scene == "results" and self.session.coming is None and self._services.coming:
            taken = session.attempt if session.attempt.kiosk else self.first
            self.session = replace(self.session, coming=self._services.coming(taken))
        if session.request:
            self._do_request(session.request)
        self.show()

    def _do_request(self, request: Request) -> None:
        """Run a request of the session, and clear it."""
        self._top = None
        session, services = self.session, self._services
        language = session.attempt.quiz.language
        match request:
            case "leave":
                self.leave()
            case "next_visitor":
                self.session = welcome(self._home, session.at, self._services.greeting)
                self._last_keys = ()
                self.set_theme(light=self._light_at_first)
            case "begin":
                if services.fresh:
                    self.session = open_session(services.fresh(language), session.at)
            case "certificate":
                if services.certify:
                    said = services.certify(self.first.in_language(language), session.draft.words)
                    self.session = replace(session, scene="results", request=None, said=said)
            case _:
                assert_never(request)


class HomeApp(PageApp):
    """Shows the home page until somebody chooses an errand, which is then in ``home``."""

    def __init__(self, home: Home, *, light: bool = False, colour: bool = True) -> None:
        """Show a page on a light or a dark background, or without ``colour``."""
        super().__init__(light=light, colour=colour)
        self.home = home

    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Draw the home page."""
        return home_page(self.home, width, height, top)

    def place(self) -> object:
        """Return which of its pages is shown."""
        return self.home.helping, self.home.output, self.home.draft is None

    def press(self, key: str) -> None:
        """Scroll, or pass the key to the page."""
        if (self.home.helping or self.home.output) and plain_key(key) in SCROLL_STEPS:
            self.scroll_by(SCROLL_STEPS[plain_key(key)])
        elif is_large_enough(*self.size):
            self._show_next(press_at_home(self.home, key))

    def paste(self, text: str) -> None:
        """Pass pasted text to the page."""
        self._show_next(paste_at_home(self.home, text))

    def _show_next(self, home: Home) -> None:
        self.home, self._top = home, None
        if home.errand:
            self.leave()
        else:
            self.show()
