"""``quizgen doctor``: check what quizgen needs, and say how to install what is missing."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size

import typer

from quizgen import __version__
from quizgen.cli.fullscreen import supports_fullscreen
from quizgen.cli.options import load_bank
from quizgen.cli.output import print_lines, reader_language, user_folder
from quizgen.cli.profile import read_profile, read_profile_logo
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import Message, _

OK, FAILED = "ok ", "!! "


def doctor() -> None:
    """Check what quizgen needs, and print how to install what is missing.

    The exit code is 1 if something is missing.
    """
    from importlib.metadata import version

    from quizgen.cli.history import history_path
    from quizgen.paper.weasyprint_setup import load_weasyprint

    failed = False
    about = {"version": __version__, "python": sys.version.split()[0], "system": sys.platform}
    _print_check(OK, _("quizgen {version}, Python {python}, {system}", **about))
    checks: tuple[tuple[Message, Callable[[], str | Message]], ...] = (
        (_("bank: {found}"), _check_bank),
        (
            _("PDF engine: {found}"),
            lambda: f"WeasyPrint {version('weasyprint')}" if load_weasyprint() else "",
        ),
        (_("fonts: {found}"), _check_fonts),
        (_("web pages as sources: {found}"), _check_html),
        (_("history: {found}"), lambda: _check_folder(history_path().parent)),
        (_("history: {found}"), lambda: _check_history(history_path())),
        (_("cache: {found}"), lambda: _check_folder(user_folder("cache"))),
        (_("profile: {found}"), _check_profile),
        (_("terminal: {found}"), _describe_terminal),
    )
    for what, check in checks:
        try:
            if found := check():
                _print_check(OK, what.with_values(found=found))
        except QuizgenError as error:
            failed = True
            for each in error.problems:
                _print_check(FAILED, what.with_values(found=each))
    if failed:
        raise typer.Exit(1)


def _print_check(mark: str, message: Message) -> None:
    """Print the result of a check, after a mark for success or failure."""
    print_lines([mark + message.translated(reader_language())])


def _check_bank() -> Message:
    """Load the built-in question bank, and return how much it has."""
    bank = load_bank(None)
    return _("{facts} facts, {questions} questions", facts=len(bank.facts), questions=len(bank.questions))


def _describe_terminal() -> str | Message:
    """Return the terminal's type, size, encoding and colours, and whether the full screen works; "" without a terminal.

    None of these is a failure, because every command works in plain lines too.
    """
    from quizgen.screen.page import MIN_SIZE, is_large_enough

    if not sys.stdout.isatty():
        return ""
    width, height = get_terminal_size()
    values = {
        "type": os.environ.get("TERM") or "?",
        "width": width,
        "height": height,
        "encoding": sys.stdout.encoding.upper(),
        "colours": _("with colours")
        if not os.environ.get("NO_COLOR")
        else _("without colours, because NO_COLOR is set"),
    }
    if not supports_fullscreen():
        return _(
            "{type}, {width}×{height}, {encoding}, {colours}; it supports lines only, because the full screen needs UTF-8 and a TERM such as xterm-256color",
            **values,
        )
    if not is_large_enough(width, height):
        return _(
            "{type}, {width}×{height}, {encoding}, {colours}; for the full screen, enlarge the window to {columns}×{lines}",
            columns=MIN_SIZE[0],
            lines=MIN_SIZE[1],
            **values,
        )
    return _("{type}, {width}×{height}, {encoding}, {colours}; it supports the full screen", **values)


def _check_profile() -> str:
    """Read the user's profile and its logo, and return the name of its file."""
    file = read_profile(None)
    read_profile_logo(file)
    return file.name


def _check_fonts() -> str:
    """Raise QuizgenError if the library that makes printing faster is missing. Return ""."""
    from quizgen.paper.weasyprint_setup import has_fast_font_subsetting

    try:
        fast = has_fast_font_subsetting()
    except QuizgenError:  # the missing engine is reported already
        return ""
    if not fast:
        raise QuizgenError(
            problem(
                _("HarfBuzz’s library for subsetting fonts is missing, so printing takes 50 % longer"),
                _(
                    "install it: libharfbuzz-subset0 on Debian and Ubuntu, harfbuzz on Fedora, `brew install harfbuzz` on macOS"
                ),
            )
        )
    return ""


def _check_html() -> str:
    """Raise QuizgenError if the main text of an HTML page cannot be read. Return ""."""
    try:
        from quizgen.source.markup import extract_main_text

        extract_main_text(
            "<html><body><article><p>The office is open until five.</p></article></body></html>"
        )
    except ImportError as error:
        raise QuizgenError(
            problem(
                _("they cannot be read: {reason}", reason=str(error)),
                _("run `pip install lxml-html-clean`, or update pip and install quizgen again"),
            )
        ) from error
    return ""


def _check_history(path: Path) -> str:
    """Raise QuizgenError if the history cannot be read. Return ""."""
    from quizgen.history import check_history_file

    if os.path.lexists(path):
        check_history_file(path)
    return ""


def _check_folder(folder: Path) -> str:
    """Return the name of a folder. Raises QuizgenError if it cannot be written to, or created."""
    existing = folder
    while not os.path.lexists(existing) and existing != existing.parent:
        existing = existing.parent
    if not os.access(existing, os.W_OK | os.X_OK) or not existing.is_dir():
        raise QuizgenError(problem(_("{folder} cannot be written to; check its permissions"), folder=folder))
    return str(folder)
