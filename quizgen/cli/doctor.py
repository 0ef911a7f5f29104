"""``quizgen doctor``: check the installation, and say how to get what is missing."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import typer

from quizgen import __version__
from quizgen.cli.options import load_bank
from quizgen.cli.output import print_lines, reader_language, user_folder
from quizgen.cli.profile import logo_of, read_profile
from quizgen.errors import QuizgenError, problem
from quizgen.text.messages import Message, _

OK, FAILED = "ok ", "!! "


def doctor() -> None:
    """Check the installation, and say how to get what is missing."""
    from importlib.metadata import version

    from quizgen.cli.history import history_path
    from quizgen.paper.weasyprint_setup import engine

    failed = False
    about = {"version": __version__, "python": sys.version.split()[0], "system": sys.platform}
    _print(OK, _("quizgen {version}, Python {python}, {system}", **about))
    checks: tuple[tuple[Message, Callable[[], str | Message]], ...] = (
        (_("bank: {found}"), _bank),
        (_("PDF engine: {found}"), lambda: f"WeasyPrint {version('weasyprint')}" if engine() else ""),
        (_("fonts: {found}"), _fonts),
        (_("history: {found}"), lambda: _folder(history_path().parent)),
        (_("history: {found}"), lambda: _history(history_path())),
        (_("cache: {found}"), lambda: _folder(user_folder("cache"))),
        (_("profile: {found}"), _profile),
    )
    for what, check in checks:
        try:
            if found := check():
                _print(OK, what.filled(found=found))
        except QuizgenError as error:
            failed = True
            for each in error.problems:
                _print(FAILED, what.filled(found=each))
    if failed:
        raise typer.Exit(1)


def _print(sign: str, what: Message) -> None:
    print_lines([sign + what.translated(reader_language())])


def _bank() -> Message:
    bank = load_bank(None)
    return _("{facts} facts, {questions} questions", facts=len(bank.facts), questions=len(bank.questions))


def _profile() -> str:
    file = read_profile(None)
    logo_of(file)
    return file.name


def _fonts() -> str:
    from quizgen.paper.weasyprint_setup import has_fast_subsetting

    try:
        fast = has_fast_subsetting()
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


def _history(path: Path) -> str:
    from quizgen.history import check_history_file

    if os.path.lexists(path):
        check_history_file(path)
    return ""


def _folder(folder: Path) -> str:
    """Return the name of a folder; raises QuizgenError if it cannot be written to, or made."""
    there = folder
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not os.access(there, os.W_OK | os.X_OK) or not there.is_dir():
        raise QuizgenError(problem(_("{folder} cannot be written to; check its permissions"), folder=folder))
    return str(folder)
