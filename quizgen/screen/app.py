"""The Textual app for a quiz. It passes each key to a session, and runs what this requests.

This module is slow to import, because Textual is.
"""

from collections.abc import Callable
from signal import SIGINT
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen.page import Page, draw_session_page, is_large_enough
from quizgen.screen.page_app import SCROLL_STEPS, PageApp
from quizgen.screen.scenes import (
    THEME_KEY,
    current_scene,
    normalise_key_for_scene,
    paste_text,
    press_key,
)
from quizgen.screen.session import Greeting, Request, Session, advance_time, open_session, open_welcome
from quizgen.text.messages import Message, _
from quizgen.view.pass_on import list_lines_to_pass_on

KIOSK_EXIT_KEYS = ("ctrl+o", "ctrl+u", "ctrl+t")
"""The keys that end a kiosk's quiz, in this order, with no other key between them."""


class AppServices(Struct, frozen=True):
    """Functions that the caller provides, so that the app does no I/O.

    - ``save`` saves an attempt and returns whether it could be saved.
    - ``now`` returns seconds on a monotonic clock.
    - ``epoch`` returns that clock's zero in seconds since the epoch. It changes when somebody sets the date.
    - ``new_attempt`` returns an attempt in a language, for the next visitor of a kiosk.
    - ``make_final_lines`` returns lines for the end: when questions are repeated or, at a kiosk, how other visitors did.
    - ``offers_another`` says whether another quiz can be drawn at the end.
    - ``greeting`` is what a kiosk shows while it waits.
    - ``list_best`` returns the best results of the day at a kiosk.
    - ``best`` is the most money that was kept in earlier games.
    """

    save: Callable[[Attempt], bool]
    now: Callable[[], float]
    epoch: Callable[[], float] = lambda: 0.0
    new_attempt: Callable[[str], Attempt] | None = None
    make_final_lines: Callable[[Attempt], tuple[str, ...]] | None = None
    offers_another: bool = False
    greeting: Greeting = Greeting()
    best: int | None = None
    list_best: Callable[[], tuple[Message, ...]] | None = None


def _is_same_page(session: Session, earlier_session: Session) -> bool:
    """Return whether both sessions show the same page, so that its scroll position must not change."""
    pages = [(each.scene, each.reviewed, each.attempt) for each in (session, earlier_session)]
    return current_scene(session).scrolls and pages[0] == pages[1]


class QuizApp(PageApp):
    """Runs a quiz on the full screen.

    At its end, ``wants_another`` says whether the person asked for another quiz, ``first`` is the attempt without later practice, and ``unsaved`` says whether some of its
    answers could not be saved.
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
        self.wants_another = False
        self.unsaved = False
        now = services.now()
        self.session = (
            open_welcome(attempt, now, self._make_greeting()) if attempt.kiosk else open_session(attempt, now)
        )
        self.session = replace(self.session, best=services.best, offers_another=services.offers_another)

    @property
    def has_left_results(self) -> bool:
        """Whether the person has seen the results and left them, or begun to practise. A closed terminal does not count."""
        is_practice = self.session.whole_attempt.started != self.first.started
        return self.ended_by in (0, SIGINT) and (self.session.scene == "results" or is_practice)

    def on_mount(self) -> None:
        """Start a timer if the quiz has a time limit or is at a kiosk."""
        rules = self.session.attempt.rules
        if self._home.kiosk or rules.question_seconds or rules.quiz_seconds:
            self.set_interval(0.5, self._handle_tick)

    def draw_page(self, width: int, height: int, top: int | None) -> Page:
        """Draw the page for the current state of the session."""
        return draw_session_page(self.session, width, height, top)

    def is_followed_by_app(self) -> bool:
        """Return whether the home page comes back, or another quiz comes."""
        return self.terminal.has_home or self.wants_another

    def page_identity(self) -> object:
        """Return the current scene and question."""
        whole = self.session.whole_attempt
        return self.session.scene, self.session.attempt.position, whole.position, len(whole.repeats)

    def action_stop(self, signal_number: int) -> None:
        """Leave the quiz. At a kiosk this key does nothing, except to show that somebody is there."""
        if self._home.kiosk:
            self.handle_key("unknown")
        else:
            super().action_stop(signal_number)

    def action_suspend_process(self) -> None:
        """Suspend the program, except at a kiosk. The break does not count as time for the question."""
        if self._home.kiosk:
            self.handle_key("unknown")
            return
        before = self._now()
        super().action_suspend_process()
        self.session = replace(self.session, shown=self.session.shown + self._now() - before)

    def action_toggle_theme(self) -> None:
        """Change the colours, or end a kiosk if this is the last of the three keys that end it."""
        if self._home.kiosk and (*self._last_keys, THEME_KEY) == KIOSK_EXIT_KEYS:
            self.leave_screen()
        else:
            self.record_presence()
            super().action_toggle_theme()

    def handle_key(self, key: str) -> None:
        """Scroll, or pass the key to the session."""
        self._last_keys = (*self._last_keys, key)[1 - len(KIOSK_EXIT_KEYS) :]
        if not is_large_enough(*self.size):
            return  # nobody would see its effect
        key = normalise_key_for_scene(self.session, key)
        if (key in SCROLL_STEPS and current_scene(self.session).scrolls) or (
            key == "down" and self.page.unread
        ):
            self.scroll_by(SCROLL_STEPS[key])
            return
        self._update_epoch()
        self._apply_and_redraw(press_key(self.session, key, self._now()))

    def handle_paste(self, text: str) -> None:
        """Pass pasted text to the session."""
        self._update_epoch()
        self._apply_and_redraw(paste_text(self.session, text, self._now()))

    def record_presence(self) -> None:
        """Record that somebody is there, and close the scene that asks for that."""
        self._last_keys = ()
        if current_scene(self.session).wakes:
            self.handle_key("unknown")
        self.session = replace(self.session, touched=self._now())

    def _handle_tick(self) -> None:
        self._update_epoch()
        self._apply_and_redraw(advance_time(self.session, self._now()), keep_scroll=True)

    def _make_greeting(self) -> Greeting:
        """Return what the welcome page of a kiosk says, with the best results of the day so far."""
        services = self._services
        return (
            replace(services.greeting, best=services.list_best()) if services.list_best else services.greeting
        )

    def _update_epoch(self) -> None:
        """Update the date, in case somebody has set it."""
        self.session = replace(self.session, epoch=self._services.epoch())

    def _apply_and_redraw(self, session: Session, *, keep_scroll: bool = False) -> None:
        """Save new answers, run what the session requests, and only then draw the new page."""
        before, self.session = self.session, session
        attempt = session.whole_attempt
        if attempt != before.whole_attempt and attempt.position:
            unsaved = not self._services.save(attempt)
            self.session = replace(self.session, unsaved=unsaved)
        if attempt.started == self.first.started:  # practising again is another attempt
            self.first, self.unsaved = attempt, self.session.unsaved
        if not (keep_scroll or _is_same_page(session, before)) or session.scene != before.scene:
            self._top = None
        if (
            self.session.scene == "results"
            and self.session.final_lines is None
            and self._services.make_final_lines
        ):
            taken = session.attempt if session.attempt.kiosk else self.first
            self.session = replace(self.session, final_lines=self._services.make_final_lines(taken))
        if session.request:
            self._run_request(session.request)
        self.redraw()

    def _run_request(self, request: Request) -> None:
        """Do what the session requests, and clear the request."""
        self._top = None
        session, services = self.session, self._services
        language = session.attempt.quiz.language
        match request:
            case "leave" | "another":
                self.wants_another = request == "another"
                self.leave_screen()
            case "next_visitor":
                self.session = open_welcome(self._home, session.at, self._make_greeting())
                self._last_keys = ()
                self.set_theme(light=self._light_at_first)
            case "begin":
                if services.new_attempt:
                    self.session = open_session(services.new_attempt(language), session.at)
            case "copy":
                self.copy_to_clipboard("\n".join(list_lines_to_pass_on(session.attempt)))
                copied = _("Copied, if your terminal allows it. Paste it into a message.").translated(
                    language
                )
                self.session = replace(session, request=None, said=copied)
            case _:
                assert_never(request)
