"""``quizgen doctor``: what is installed, what is missing, and how to get it."""

import os
import sys
from pathlib import Path

import typer

from quizgen import __version__
from quizgen.cli.options import load_bank
from quizgen.cli.output import own_folder, print_lines, reader_language
from quizgen.errors import QuizgenError
from quizgen.language import Message, text

GOOD, BAD = "ok ", "!! "


def doctor() -> None:
    """Tell what is installed, what is missing and how to get it."""
    from importlib.metadata import version

    from quizgen.cli.history import history_path
    from quizgen.paper.weasyprint_setup import engine

    failed = False
    about = {"version": __version__, "python": sys.version.split()[0], "system": sys.platform}
    _tell(GOOD, text("doctor.program", **about))
    for what, check in (
        ("bank", _bank),
        ("engine", lambda: f"WeasyPrint {version('weasyprint')}" if engine() else ""),
    ):
        try:
            _tell(GOOD, text(f"doctor.{what}", found=check()))
        except QuizgenError as error:
            failed = True
            for problem in error.problems:
                _tell(BAD, text(f"doctor.{what}", found=problem))
    for what, folder in (("history", history_path().parent), ("cache", own_folder("cache"))):
        writable = _writable(folder)
        failed |= not writable
        found = folder if writable else text("doctor.locked", folder=folder)
        _tell(GOOD if writable else BAD, text(f"doctor.{what}", found=found))
    if failed:
        raise typer.Exit(1)


def _tell(sign: str, what: Message) -> None:
    print_lines([sign + what.said(reader_language())])


def _bank() -> Message:
    bank = load_bank(None)
    return text("doctor.content", facts=len(bank.facts), questions=len(bank.questions))


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)
