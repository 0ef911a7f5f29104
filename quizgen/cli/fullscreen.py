"""Run apps on the full screen: check the terminal, handle signals, and print the score afterwards."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from quizgen.cli.console import TERMINAL, Replies, can_use_terminal_display
from quizgen.cli.recording import AttemptRecorder
from quizgen.cli.signals import STOP_SIGNALS, redirect_to_devnull
from quizgen.text.languages import languages_with_known_names

if TYPE_CHECKING:
    from quizgen.attempt import Attempt
    from quizgen.profile import Profile
    from quizgen.screen.app import QuizApp
    from quizgen.screen.held import HeldTerminal
    from quizgen.screen.home import Home
    from quizgen.screen.line_mode import Display
    from quizgen.text.messages import Message


class FullScreen(Protocol):
    """A full-screen app. ``ended_by`` is the number of the signal that ended it, or 0."""

    ended_by: int
    terminal: "HeldTerminal"

    async def run_async(self) -> Any:
        """Run the app on the full screen until it ends."""

    def leave_screen(self, signal_number: int = 0) -> None:
        """End the app; ``signal_number`` is the number of the signal that asks for it, or 0."""


Theme: TypeAlias = Literal["auto", "dark", "light"]

_SIGNALS_KIOSK_IGNORES = (signal.SIGINT, signal.SIGQUIT)


def supports_fullscreen() -> bool:
    """Return whether the terminal supports the full screen. Textual draws through stderr."""
    stderr = sys.__stderr__
    return (
        can_use_terminal_display(plain=False)
        and stderr is not None
        and stderr.isatty()
        and stderr.encoding.lower().replace("_", "-") == "utf-8"
        and os.environ.get("TERM", "dumb") not in ("dumb", "unknown", "")
    )


def take_on_screen(
    attempt: "Attempt",
    recorder: AttemptRecorder,
    replies: Replies,
    screen: "Display",
    theme: Theme,
    make_final_lines: Callable[["Attempt"], tuple[str, ...]] | None = None,
    best_result: int | None = None,
    *,
    offers_another: bool = False,
) -> "tuple[Attempt, bool]":
    """Run a quiz on the full screen until it ends or the person stops, and print the score.

    Return the attempt, and whether the person asks for another quiz, which is offered if ``offers_another``.

    ``make_final_lines`` returns lines to show at the end, such as when to review. ``best_result`` is the most money that
    was kept in earlier games. A language and colours that
    the person chooses are saved for the next time.
    """
    from quizgen.cli.profile import save_language, save_theme
    from quizgen.screen import lines
    from quizgen.view.results import build_results_view

    recorder.on_screen = True
    app = _make_quiz_app(
        attempt,
        recorder,
        theme,
        make_final_lines=make_final_lines,
        best_result=best_result,
        offers_another=offers_another,
    )
    run_app(app, replies)
    last_language = app.session.attempt.quiz.language
    if last_language != attempt.quiz.language and last_language in languages_with_known_names():
        save_language(last_language)
    save_theme(app.chosen_theme)
    if app.has_left_results:
        recorder.close(app.first)
    recorder.end(last_language)
    attempt = app.first
    is_saved = not app.unsaved or recorder.has_saved_all
    if TERMINAL.is_held and is_saved:
        return attempt, app.wants_another  # it is in the history, and other pages follow at once
    if attempt.finished_at is not None:
        results = build_results_view(attempt)
        screen.show_lines([lines.score_line(results, attempt.quiz.language)])
    else:
        screen.show_lines(lines.stop_lines(attempt, is_saved=is_saved))
    return attempt, app.wants_another


def choose_on_screen(page: "Home", replies: Replies, theme: Theme) -> "Home":
    """Show the home page, or the offer to resume a quiz, until the person chooses something; return the page with the choice.

    ``replies`` gets the signal that ended it. Colours that the person chooses are saved for the next time.
    """
    from quizgen.cli.profile import save_theme

    colour = has_colour()
    from quizgen.screen.home_app import HomeApp

    app = HomeApp(page, light=is_light(theme), colour=colour)
    run_app(app, replies)
    save_theme(app.chosen_theme)
    return app.home


def run_kiosk(
    attempt: "Attempt",
    recorder: AttemptRecorder,
    new_attempt: Callable[[str], "Attempt"],
    theme: Theme,
    profile: "Profile",
    make_rank_lines: Callable[["Attempt"], tuple[str, ...]] | None = None,
    list_best: "Callable[[], tuple[Message, ...]] | None" = None,
) -> int:
    """Run quizzes for one visitor after another, until the secret keys, SIGTERM or a closed terminal end it.

    Returns the number of the signal that ended it, or 0. The greeting comes from the profile.
    ``make_rank_lines`` returns lines that say how a visitor did among others, ``list_best`` the best results of the day.
    """
    os.environ.pop("TEXTUAL_ALLOW_SIGNALS", None)  # if it is set, Ctrl-C is a signal again
    recorder.on_screen = True
    old_handlers = {number: signal.signal(number, signal.SIG_IGN) for number in _SIGNALS_KIOSK_IGNORES}
    try:
        replies = Replies()
        run_app(
            _make_quiz_app(
                attempt,
                recorder,
                theme,
                new_attempt=new_attempt,
                make_final_lines=make_rank_lines,
                profile=profile,
                list_best=list_best,
            ),
            replies,
        )
    finally:
        for number, handler in old_handlers.items():
            signal.signal(number, handler)
    recorder.end(attempt.quiz.language, is_kiosk=True)
    return replies.signal


def _make_quiz_app(
    attempt: "Attempt",
    recorder: AttemptRecorder,
    theme: Theme,
    *,
    new_attempt: Callable[[str], "Attempt"] | None = None,
    make_final_lines: Callable[["Attempt"], tuple[str, ...]] | None = None,
    profile: "Profile | None" = None,
    best_result: int | None = None,
    offers_another: bool = False,
    list_best: "Callable[[], tuple[Message, ...]] | None" = None,
) -> "QuizApp":
    """Return the full-screen app for a quiz or a kiosk. It gets the functions of the command line that it needs."""
    colour = has_colour()
    from quizgen.screen.app import AppServices, QuizApp
    from quizgen.screen.session import Greeting

    greeting = Greeting()
    if profile:
        greeting = Greeting(profile.organiser, profile.headline or profile.title, profile.invitation)
    services = AppServices(
        save=recorder,
        now=time.monotonic,
        epoch=lambda: time.time() - time.monotonic(),
        new_attempt=new_attempt,
        make_final_lines=make_final_lines,
        greeting=greeting,
        best=best_result,
        offers_another=offers_another,
        list_best=list_best,
    )
    return QuizApp(attempt, services, light=is_light(theme), colour=colour)


def has_colour() -> bool:
    """Return whether to use colours, by the environment variable NO_COLOR.

    Call this before Textual is imported, because Textual would also use no colours if NO_COLOR is empty.
    """
    colour = not os.environ.get("NO_COLOR")
    if colour:
        os.environ.pop("NO_COLOR", None)  # an empty value means nothing (no-color.org)
    return colour


def is_light(theme: Theme) -> bool:
    """Return whether to use light colours. If the theme is "auto", the terminal's background decides (COLORFGBG)."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return theme == "light" or (theme == "auto" and background in ("7", "15"))


def run_app(app: FullScreen, replies: Replies) -> None:
    """Run a full-screen app. A signal ends the app, so that it can restore the terminal.

    ``replies`` gets the number of the signal.
    """
    import asyncio

    # Textual sets handlers for the last two, and does not restore the old ones.
    old_handlers = {
        number: signal.getsignal(number) for number in (*STOP_SIGNALS, signal.SIGTSTP, signal.SIGCONT)
    }

    async def run() -> None:
        for number in STOP_SIGNALS:
            if old_handlers[number] is not signal.SIG_IGN:
                asyncio.get_running_loop().add_signal_handler(number, app.leave_screen, int(number))
        await app.run_async()

    if replies.signal:
        return
    app.terminal = TERMINAL
    try:
        with suppress(OSError):  # the terminal was closed
            asyncio.run(run())
    finally:
        for number, handler in old_handlers.items():
            signal.signal(number, handler)
    if app.ended_by == signal.SIGHUP:
        redirect_to_devnull()
    replies.signal = app.ended_by
