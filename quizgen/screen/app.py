"""The quiz on a full screen: it draws the rows of a session, and passes keys and clicks on. Slow to import, as its board is."""

from collections.abc import Callable
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace
from textual import events

from quizgen.attempt import Attempt
from quizgen.screen.board import DOUBLE_CLICK_SECONDS, STEPS, Board
from quizgen.screen.page import Page, large_enough, page
from quizgen.screen.scenes import meant, paste, press_key, scene_of
from quizgen.screen.session import Greeting, Session, Wish, sit_down, tick, welcome

KIOSK_EXIT_KEYS = ("ctrl+o", "ctrl+u", "ctrl+t")
"""End a kiosk's quiz: the three keys one after another, and nothing between them."""


class AppServices(Struct, frozen=True):
    """What the screen needs from the world.

    ``keep`` stores an attempt and says whether it could; ``now`` tells the seconds on a clock that nobody sets, and
    ``epoch`` its nought, in seconds since the epoch, which moves when somebody sets the clock that has the date.
    ``fresh`` gives another visitor's attempt in a language, at a kiosk. ``coming`` says at the end what is to be said of
    other days: when its questions come back; at a kiosk, of other visitors. ``certify``, where there is one,
    makes a certificate of taking part for a name, or none, and says where it is. ``greeting`` is a kiosk's.
    """

    keep: Callable[[Attempt], bool]
    now: Callable[[], float]
    epoch: Callable[[], float] = lambda: 0.0
    fresh: Callable[[str], Attempt] | None = None
    coming: Callable[[Attempt], tuple[str, ...]] | None = None
    certify: Callable[[Attempt, str], str] | None = None
    greeting: Greeting = Greeting()


def _same_page(session: Session, before: Session) -> bool:
    """Tell whether somebody still reads the same page, on which a key did nothing."""
    pages = [(each.scene, each.reviewed, each.attempt) for each in (session, before)]
    return scene_of(session).scrolls and pages[0] == pages[1]


class QuizApp(Board, inherit_bindings=False):
    """Runs a session. Once it is over, ``first`` is the attempt as it then stands, without what was practised.

    ``unkept`` tells whether answers of it could not be kept.
    """

    def __init__(
        self, attempt: Attempt, services: AppServices, *, light: bool = False, colour: bool = True
    ) -> None:
        """Show an attempt on a light or a dark background, or without any ``colour``."""
        super().__init__(light=light, colour=colour)
        self._services = services
        self._home = attempt
        self._last_keys: tuple[str, ...] = ()  # as many as end a kiosk's quiz
        self._clicked: tuple[int, int, float] | None = None  # where and when a click led on
        self._suspended_at: float | None = None
        self._paused = 0.0  # seconds that the program was suspended since the last key or tick
        self.first = attempt
        self.unkept = False
        now = services.now()
        self.session = (
            welcome(attempt, now, services.greeting)
            if attempt.kiosk
            else sit_down(attempt, now, certificate=services.certify is not None)
        )

    def on_mount(self) -> None:
        """Let time pass where something depends on it."""
        rules = self.session.attempt.rules
        if self._home.kiosk or rules.question_seconds or rules.quiz_seconds:
            self.set_interval(0.5, self._tick)

    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Set the session."""
        return page(self.session, width, height, top)

    def take_key(self, event: events.Key) -> None:
        """At a kiosk no key ends the program, and any one wakes it."""
        self._last_keys = (*self._last_keys, event.key)[-len(KIOSK_EXIT_KEYS) :]
        if not self._home.kiosk:
            super().take_key(event)
        elif self._last_keys == KIOSK_EXIT_KEYS:
            self.exit()
        elif scene_of(self.session).wakes:
            self.press("unknown")  # whatever it is, somebody is there
        else:
            self.do_key(event)

    def click(self, x: int, y: int) -> None:
        """Do what a click does; the second of a double click was meant for what the first one has put away."""
        now, before = self._services.now(), self.session
        if self._clicked:
            column, row, at = self._clicked
            if row == y and abs(column - x) <= 1 and 0 <= now - at < DOUBLE_CLICK_SECONDS:
                self.touch()
                return
        super().click(x, y)
        led_on = (before.scene, before.attempt.position) != (
            self.session.scene,
            self.session.attempt.position,
        )
        self._clicked = (x, y, now) if led_on else None

    def press(self, key: str) -> None:
        """Scroll by it, or give it to the session."""
        if not large_enough(*self.size):
            return  # nobody sees what it would do
        key = meant(self.session, key)
        if (key in STEPS and scene_of(self.session).scrolls) or (key == "down" and self._page.unread):
            self.scroll_by(STEPS[key])
            return
        now = self._now()
        self._show_next(press_key(self.session, key, now))

    def paste(self, text: str) -> None:
        """Give it to the session."""
        now = self._now()
        self._show_next(paste(self.session, text, now))

    def touch(self) -> None:
        """Wake what any key wakes, and note the time."""
        if scene_of(self.session).wakes:
            self.press("unknown")
        self.session = replace(self.session, touched=self._services.now())

    def _tick(self) -> None:
        now = self._now()
        self._show_next(tick(self.session, now), keep_scroll=True)

    def _now(self) -> float:
        """Tell the time; a break that the program has had does not count as time before the question."""
        if self._suspended_at is not None:  # it goes on, and has not yet come back to the screen
            self.on_resume()
            self.on_suspend()
        paused, self._paused = self._paused, 0.0
        if paused:
            self.session = replace(self.session, shown=self.session.shown + paused)
        self.session = replace(self.session, epoch=self._services.epoch())
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
        if self.session.scene == "results" and self.session.coming is None and self._services.coming:
            taken = session.attempt if session.attempt.kiosk else self.first
            self.session = replace(self.session, coming=self._services.coming(taken))
        if session.wish:
            self._fulfil(session.wish)
        self.show()

    def _fulfil(self, wish: Wish) -> None:
        """Do what the session wishes, and take it from there; what comes is seen from where it matters."""
        self._top = None
        session, services = self.session, self._services
        language = session.attempt.quiz.language
        match wish:
            case "leave":
                self.exit()
            case "next_visitor":
                self.session = welcome(self._home, session.at, self._services.greeting)
                self._last_keys = ()
                self.apply_theme(light=self._own_light)
            case "begin":
                if services.fresh:
                    self.session = sit_down(services.fresh(language), session.at)
            case "certificate":
                if services.certify:
                    said = services.certify(self.first.in_language(language), session.draft.words)
                    self.session = replace(session, scene="results", wish=None, said=said)
            case _:
                assert_never(wish)

    def on_suspend(self) -> None:
        """Note that the program stops, as by Ctrl-Z."""
        self._suspended_at = self._services.now()

    def on_resume(self) -> None:
        """Note that it goes on."""
        if self._suspended_at is not None:
            self._paused += max(self._services.now() - self._suspended_at, 0.0)
            self._suspended_at = None
