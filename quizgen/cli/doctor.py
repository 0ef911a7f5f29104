"""``quizgen doctor``: what is installed, what is missing, and how to get it."""

import os
import sys
from pathlib import Path

import typer

from quizgen import __version__
from quizgen.cli.options import load_bank
from quizgen.errors import QuizgenError

GOOD, BAD = "ok ", "!! "


def doctor() -> None:
    """Tell what is installed, what is missing and how to get it."""
    from importlib.metadata import version

    from platformdirs import user_cache_path

    from quizgen.cli.history import history_path
    from quizgen.paper.weasyprint_setup import engine

    failed = False
    typer.echo(f"{GOOD}quizgen {__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    for what, check in (
        ("bank", _bank),
        ("PDF engine", lambda: f"WeasyPrint {version('weasyprint')}" if engine() else ""),
    ):
        try:
            typer.echo(f"{GOOD}{what}: {check()}")
        except QuizgenError as error:
            failed = True
            for problem in error.problems:
                typer.echo(f"{BAD}{what}: {problem}")
    for what, folder in (("history", history_path().parent), ("cache", user_cache_path("quizgen"))):
        writable = _writable(folder)
        failed |= not writable
        typer.echo(
            f"{GOOD if writable else BAD}{what}: {folder}"
            + ("" if writable else " cannot be written to; see its rights")
        )
    if failed:
        raise typer.Exit(1)


def _bank() -> str:
    bank = load_bank(None)
    return f"{len(bank.facts)} facts, {len(bank.questions)} questions"


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)
