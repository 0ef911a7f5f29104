"""``quizgen`` without a command: show the home page, and run what is chosen there."""

import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from shutil import get_terminal_size

from msgspec.structs import replace

from quizgen.cli.console import TERMINAL, Replies, prepare_streams
from quizgen.cli.days import (
    count_due,
    local_today,
    practice_streak,
    recent_days,
    schedule_answered_questions,
    split_due_time,
)
from quizgen.cli.fullscreen import choose_on_screen, supports_fullscreen
from quizgen.cli.history import open_existing_history
from quizgen.cli.options import Selection
from quizgen.cli.output import capture_output, print_lines, user_language
from quizgen.cli.profile import resolve_theme, save_language
from quizgen.errors import QuizgenError
from quizgen.screen.answer_input import AnswerInput
from quizgen.screen.home import (
    BEGIN,
    DEFAULT_FOLDER,
    SHOWN_DAYS,
    Home,
    HomeAction,
    Setting,
    SettingChoice,
    handle_key,
    home_lines,
    return_from,
)
from quizgen.screen.page import text_width
from quizgen.screen.session import Greeting
from quizgen.text.messages import _

CommandRunner = Callable[[list[str]], int]

_COMMANDS: dict[HomeAction, list[str]] = {
    "resume": ["take", "--resume"],
    "take": ["take"],
    "exhibits": ["take", "--unfold"],
    "daily": ["take", "--daily"],
    "review": ["take", "--review"],
    "weakest": ["take"],
    "chosen": ["take"],
    "history": ["history", "show"],
    "present": ["present"],
    "kit": ["kit"],
    "stall": ["take", "--kiosk"],
    "settings": ["profile", "set"],
}
"""The command for each action. The language is added to all but the settings."""

_WITH_OUTPUT: tuple[HomeAction, ...] = ("history", "present", "kit")
"""Actions whose output the home page shows afterwards, where it can be scrolled."""


def home(run_command: CommandRunner, bank: list[Path], *, plain: bool) -> int:
    """Show the home page and run what the user chooses, until the user leaves; return the exit code.

    ``run_command`` runs a command line and prints its problems. ``bank`` are the folders of a question bank that replaces
    that of the profile, if there are any.
    """
    selection = Selection(bank=bank)
    language = chosen = selection.language
    output: Sequence[str] = ()
    ended: HomeAction | None = None
    changed: SettingChoice | None = None
    while True:
        prepare_streams(language)
        full = not plain and supports_fullscreen()
        page = replace(_make_home_page(selection, language), output=tuple(output))
        page = return_from(page, ended) if ended and full else page
        page = _with_settings(page, selection, changed) if full else page
        page, ended_by = _choose_on_full_screen(page) if full else _choose_in_lines(page)
        language = page.language
        if language != chosen:
            chosen = language
            save_language(language)
        if ended_by:
            return 128 + ended_by
        if page.action in (None, "leave"):
            return 0
        ended, TERMINAL.has_home = page.action, full
        before = user_language()
        with capture_output(text_width(get_terminal_size().columns) if full else sys.maxsize) as output:
            code = _run_chosen_command(page, run_command, selection, plain=plain)
        if (turned := user_language()) != before:  # changed during a quiz
            language = chosen = turned
        selection, changed = Selection(bank=bank), page.setting
        if code > 128:  # noqa: PLR2004  a signal: whoever is at the quiz wants to leave it all
            return code
        if not full or not (code or page.action in _WITH_OUTPUT):
            output = ()


def _run_chosen_command(page: Home, run_command: CommandRunner, selection: Selection, *, plain: bool) -> int:
    """Run the command that the user chose on the home page, as if it had been typed, and return its exit code."""
    assert page.action  # noqa: S101  asked before
    words = [*_COMMANDS[page.action]]
    if page.action == "settings":
        code = run_command([*words, *([page.setting.key] if page.setting else [])])
        return 0 if code == 128 + signal.SIGINT else code  # that only cancels the change
    words += ["--lang", page.language]
    if page.action not in ("history", "resume"):  # which are about quizzes that exist
        words += [word for folder in selection.bank or () for word in ("--bank", str(folder))]
    if page.action in (
        "take",
        "weakest",
    ):  # with an option, even one that changes nothing, there is no offer to resume
        words += ["--audience", selection.recipe.audience]
    if page.action == "weakest" and page.knowledge and page.knowledge.weakest_topic:
        words += ["--topic", page.knowledge.weakest_topic.id]
    if page.action == "chosen" and page.choice:
        words += page.choice.options()
    if page.draft:  # a folder's name may begin with a hyphen
        words += ["--", page.draft.words.strip()]
    if plain and words[0] == "take":
        words.append("--plain")
    return run_command(words)


def _choose_on_full_screen(page: Home) -> tuple[Home, int]:
    """Show the home page on the full screen until something is chosen; return the page, and the signal that ended it or 0."""
    replies = Replies()
    return choose_on_screen(page, replies, resolve_theme("auto")), replies.signal


def _choose_in_lines(page: Home) -> tuple[Home, int]:
    """Show the home page in lines until something is chosen; return the page, and the signal that ended it or 0.

    The end of the input means to leave.
    """
    replies = Replies()
    while not page.action:
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
            return replace(page, action="leave"), replies.signal
        words = line.strip()
        if page.draft:
            draft = AnswerInput(words=words) if words else None
            page = replace(page, draft=draft, action="kit" if draft else None)
        elif words or page.choice or page.asks_stall:
            page = handle_key(page, words[:1] or (BEGIN if page.choice else "enter"))
    return page, 0


def _with_settings(page: Home, selection: Selection, changed: SettingChoice | None) -> Home:
    """Return the home page with the settings of the profile, which are shown again if one was just changed."""
    from quizgen.profile import MEANINGS, NAMES

    values = selection.profile_file.profile.items()
    settings = tuple(
        Setting(key, NAMES[key], what, value if isinstance(value := values[key], str) else " ".join(value))
        for key, what in MEANINGS.items()
    )
    return replace(page, settings=settings, setting=changed and replace(changed, settings=settings))


def _unused_folder_name() -> str:
    """Return the name of a folder that does not exist yet, to suggest for a kit."""
    names = (DEFAULT_FOLDER if number == 1 else f"{DEFAULT_FOLDER}-{number}" for number in count(1))
    with suppress(OSError):
        return next(name for name in names if not Path(name).exists())
    return DEFAULT_FOLDER


def _make_home_page(selection: Selection, language: str) -> Home:
    """Return the home page, with the name of the organiser, and what it remembers from the history."""
    from quizgen.assemble import DEFAULT_COUNT, select_questions
    from quizgen.game import start_money
    from quizgen.view.daily import daily_marks
    from quizgen.view.knowledge import TopicKnowledge, build_knowledge

    profile = selection.profile_file.profile
    greeting = Greeting(profile.organiser, profile.headline or profile.title)
    page = Home(language=language, greeting=greeting, folder=_unused_folder_name())
    with suppress(QuizgenError):  # a quiz reports the problems of a question bank
        topics = selection.loaded_bank.topics.values()
        page = replace(
            page,
            about=selection.loaded_bank.declared.about,
            topics=tuple(TopicKnowledge(topic.id, topic.title, None) for topic in topics),
        )
    with suppress(QuizgenError), open_existing_history(language) as history:  # a quiz reports its problems
        if history:
            answered, now = schedule_answered_questions(selection, history), time.time()
            bank, days = selection.loaded_bank, recent_days(history, SHOWN_DAYS)
            today = history.load_daily_attempt(local_today())
            page = replace(
                page,
                due=count_due(selection, answered, now),
                next_due=split_due_time(min(due.at for due in answered), now) if answered else None,
                days=days,
                streak=practice_streak(history),
                today=daily_marks(today.attempt) if today and today.attempt.finished_at is not None else "",
                best=history.load_most_money_kept(start_money(bank), DEFAULT_COUNT),
                currency=bank.declared.currency,
                knowledge=build_knowledge(bank, select_questions(bank, selection.recipe), answered, now),
            )
            if stored := history.load_latest_attempt(only_unfinished=True):
                page = replace(page, unfinished=(stored.attempt.position + 1, stored.attempt.total))
    return page
