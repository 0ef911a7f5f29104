"""``quizgen`` without a command: show the home page, and run what is chosen there."""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from shutil import get_terminal_size

from msgspec.structs import replace

from quizgen.cli.console import Replies, prepare_streams
from quizgen.cli.days import known_questions
from quizgen.cli.fullscreen import choose_on_screen, supports_fullscreen
from quizgen.cli.history import existing_history
from quizgen.cli.options import Selection
from quizgen.cli.output import capture_output, print_lines, user_language
from quizgen.cli.profile import save_language, theme_for
from quizgen.errors import QuizgenError
from quizgen.screen.answer_input import AnswerInput
from quizgen.screen.home import DEFAULT_FOLDER, Errand, Home, home_lines, press
from quizgen.screen.page import margins
from quizgen.screen.session import Greeting
from quizgen.text.messages import _

Run = Callable[[list[str]], int]

_COMMANDS: dict[Errand, list[str]] = {
    "resume": ["take", "--resume"],
    "take": ["take", "--count", "10"],  # the default, but without an offer to resume
    "exhibits": ["take", "--unfold"],
    "daily": ["take", "--daily"],
    "review": ["take", "--review"],
    "history": ["history", "show"],
    "present": ["present"],
    "kit": ["kit"],
}
"""The command for each errand, without the language."""

_WITH_OUTPUT: tuple[Errand, ...] = ("history", "present", "kit")
"""Errands whose output the home page shows afterwards, where it can be scrolled."""


def home(run: Run, *, plain: bool) -> int:
    """Show the home page and run what is chosen, until somebody leaves; return the exit code.

    ``run`` runs a command line and prints its problems.
    """
    selection = Selection()
    language = chosen = selection.language
    output: Sequence[str] = ()
    while True:
        prepare_streams(language)
        full = not plain and supports_fullscreen()
        page = replace(_home_page(selection, language), output=tuple(output))
        page, ended_by = _on_screen(page) if full else _in_lines(page)
        language = page.language
        if language != chosen:
            chosen = language
            save_language(language)
        if ended_by:
            return 128 + ended_by
        if page.errand in (None, "leave"):
            return 0
        before = user_language()
        with capture_output(margins(get_terminal_size().columns)[1] if full else sys.maxsize) as output:
            code = _run_errand(page, run, plain=plain)
        if (turned := user_language()) != before:  # changed during a quiz
            language = chosen = turned
        if code > 128:  # noqa: PLR2004  a signal: whoever is at the quiz wants to leave it all
            return code
        if not full or not (code or page.errand in _WITH_OUTPUT):
            output = ()


def _run_errand(page: Home, run: Run, *, plain: bool) -> int:
    """Run what was chosen, as if it had been typed."""
    assert page.errand  # noqa: S101  asked before
    words = [*_COMMANDS[page.errand], "--lang", page.language]
    if page.draft:  # a folder's name may begin with a hyphen
        words += ["--", page.draft.words.strip()]
    if plain and words[0] == "take":
        words.append("--plain")
    return run(words)


def _on_screen(page: Home) -> tuple[Home, int]:
    replies = Replies()
    return choose_on_screen(page, replies, theme_for("auto")), replies.signal


def _in_lines(page: Home) -> tuple[Home, int]:
    """Ask for a letter, and for a folder if one is needed; the end of input leaves."""
    replies = Replies()
    while not page.errand:
        if page.said:
            print_lines([page.said])
        elif page.draft:
            print_lines([_("Which folder should the sheets go in?").translated(page.language)])
        elif page.helping:
            print_lines(
                [
                    _("`quizgen --help` lists all commands; each has its own options.").translated(
                        page.language
                    )
                ]
            )
        else:
            print_lines(home_lines(page))
        page = replace(page, said="", helping=False)
        if (line := replies()) is None:
            return replace(page, errand="leave"), replies.signal
        words = line.strip()
        if page.draft:
            draft = AnswerInput(words=words) if words else None
            page = replace(page, draft=draft, errand="kit" if draft else None)
        elif words:
            page = press(page, words[:1])
    return page, 0


def _free_folder() -> str:
    """Return the name of a folder that does not exist yet, so that a second kit is not refused."""
    names = (DEFAULT_FOLDER if number == 1 else f"{DEFAULT_FOLDER}-{number}" for number in count(1))
    with suppress(OSError):
        return next(name for name in names if not Path(name).exists())
    return DEFAULT_FOLDER


def _home_page(selection: Selection, language: str) -> Home:
    """Return the home page: who holds the talks, what is due, and what is unfinished."""
    profile = selection.own.profile
    greeting = Greeting(profile.organiser, profile.headline or profile.title)
    page = Home(language=language, greeting=greeting, folder=_free_folder())
    with suppress(QuizgenError), existing_history(language) as history:  # a quiz reports its problems
        if history:
            due = sum(due.at <= time.time() for due in known_questions(selection, history))
            page = replace(page, due=due)
            stored = history.load_latest_attempt(unfinished=False)
            if stored and not stored.attempt.finished:
                page = replace(page, unfinished=(stored.attempt.position + 1, stored.attempt.total))
    return page
