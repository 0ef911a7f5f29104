"""``quizgen history``: past attempts, shown, exported and deleted."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quizgen.cli.options import ForceOption, LangOption, language_from
from quizgen.cli.output import claim, write_files
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.language import LANGUAGES, locale, message

if TYPE_CHECKING:
    from quizgen.history import History, Kept
    from quizgen.view.history import AttemptView

app = typer.Typer(help="Past attempts: what was answered, when, and how well.")


def history_path() -> Path:
    """Where attempts are kept: in the folder that QUIZGEN_DATA names, or the user's data folder."""
    if folder := os.environ.get("QUIZGEN_DATA"):
        return Path(folder) / "history.db"
    from platformdirs import user_data_path

    return user_data_path("quizgen", appauthor=False) / "history.db"


def opened(language: str) -> "History":
    """Open the user's history; a damaged one that was set aside is said on stderr."""
    from quizgen.history import open_history

    history, aside = open_history(history_path())
    if aside:
        typer.echo(f"{aside}: {message(language, 'history.aside')}", err=True)
    return history


@app.callback(invoke_without_command=True)
def _bare(context: typer.Context, lang: LangOption = None) -> None:
    if context.invoked_subcommand is None:
        show(lang)
    elif lang is not None:
        raise MisuseError(problem("--lang stands before a subcommand", "put it after"))


@app.command()
def show(lang: LangOption = None) -> None:
    """List the attempts, the latest last, and chart what was right over time, by topic.

    An attempt is listed with when it began, its score, state, language, seed and topics. What passers-by
    answered at a stall is listed too, and left out of the chart.
    """
    language = language_from(lang)
    with _readable(language) as attempts:
        _show(attempts, language)


def _show(attempts: list["Kept"], language: str) -> None:
    from quizgen.screen.chart import chart
    from quizgen.view.history import view_attempt, view_progress

    if not attempts:
        typer.echo(message(language, "history.none"))
        return
    names = ("date", "score", "state", "language", "seed", "topics")
    table = [[message(language, f"history.{name}") for name in names]]
    table += [_row(view_attempt(kept.attempt, language), language) for kept in attempts]
    comma = locale(language).comma
    for line in _fitted(table, comma) if sys.stdout.isatty() else _aligned(table):
        typer.echo(line)
    taken = [kept.attempt for kept in attempts if not kept.attempt.kiosk]
    drawn = chart(view_progress(taken, language), _width())
    if drawn:
        typer.echo(f"\n{message(language, 'history.chart')}")
    for line in drawn:
        typer.echo(line)


@app.command()
def export(
    out: Annotated[str, typer.Argument(metavar="OUT", help="A .csv or .json file, or - for the terminal.")],
    form: Annotated[
        Literal["csv", "json"] | None,
        typer.Option("--format", help="csv: a row for each answer; json: attempts with their answers."),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write every attempt, each answer marked, for a spreadsheet (CSV) or a program (JSON)."""
    ending = Path(out).suffix.lower().removeprefix(".")
    chosen = form or ending
    if chosen not in ("csv", "json"):
        raise MisuseError(problem(f"{out}: neither CSV nor JSON by its name", "say which with --format"))
    if out != "-":
        claim(Path(out), force=force)
    with _readable(language_from(None)) as attempts:
        data = _csv(attempts) if chosen == "csv" else _json(attempts)
        if out == "-":
            typer.echo(data, nl=False)
        else:
            write_files({Path(out): data})


@app.command()
def clear(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False, lang: LangOption = None
) -> None:
    """Delete every attempt, after asking."""
    language = language_from(lang)
    with _kept(language) as history:
        count = history.count() if history else 0
        if not history or not count:
            typer.echo(message(language, "history.none"))
            return
        if not yes and not _agreed(message(language, "history.clear", count=count)):
            typer.echo(message(language, "history.kept"))
            raise typer.Exit(1)
        typer.echo(message(language, "history.cleared", count=history.clear()))


def agrees(line: str) -> bool | None:
    """Read a yes or a no in any of our languages; ``None`` is neither."""
    word = line.strip().casefold()
    if any(word in locale(language).yes for language in LANGUAGES):
        return True
    return False if any(word in locale(language).no for language in LANGUAGES) else None


def _agreed(question: str) -> bool:
    typer.echo(question)
    return agrees(sys.stdin.readline() if sys.stdin else "") or False


@contextmanager
def _kept(language: str) -> Iterator["History | None"]:
    """Open the history for a while; ``None`` where there is none, and none is begun."""
    there = True
    with suppress(OSError):  # out of reach: opening it says why
        there = history_path().exists()
    if not there:
        yield None
        return
    with closing(opened(language)) as history:
        yield history


@contextmanager
def _readable(language: str) -> Iterator[list["Kept"]]:
    """Give the attempts that can be read; once these are served, raise QuizgenError for those that cannot.

    It is raised at once where not one can be.
    """
    unreadable: list[Problem] = []
    with _kept(language) as history:
        attempts = history.attempts(unreadable) if history else []
    if attempts or not unreadable:
        yield attempts
    if unreadable:
        raise QuizgenError(unreadable)


def _row(attempt: "AttemptView", language: str) -> list[str]:
    answered = message(language, "history.unfinished", answered=attempt.answered, total=attempt.total)
    return [
        time.strftime("%Y-%m-%d %H:%M", time.localtime(attempt.started)),
        f"{attempt.right}/{attempt.total}" if attempt.finished else "-",
        message(language, "history.finished") if attempt.finished else answered,
        attempt.language,
        str(attempt.seed),
        locale(language).comma.join(attempt.topics),
    ]


def _width() -> int:
    from shutil import get_terminal_size

    return max(get_terminal_size().columns, 20)


def _fitted(table: list[list[str]], comma: str) -> list[str]:
    """Align a table if it fits the terminal; or else set what follows the state below it, indented."""
    from rich.cells import cell_len

    from quizgen.screen.wrap import wrap

    width = _width()
    lines = _aligned(table)
    if max(map(cell_len, lines)) <= width:
        return lines
    return [
        line
        for main, row in zip(_aligned([row[:3] for row in table]), table, strict=True)
        for line in (main, *(f"  {part}" for part in wrap(comma.join(row[3:]), width - 2)))
    ]


def _aligned(table: list[list[str]]) -> list[str]:
    """Pad cells so that columns stand straight, a Chinese character filling two."""
    from rich.cells import cell_len

    widths = [max(cell_len(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    ]


def _csv(attempts: list["Kept"]) -> bytes:
    """Write a row for each answer; the byte order mark tells spreadsheets that it is UTF-8."""
    import csv
    import io

    from quizgen.cli.record import COLUMNS, rows

    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(attempts))
    return text.getvalue().encode("utf-8-sig")


def _json(attempts: list["Kept"]) -> bytes:
    import msgspec

    from quizgen.cli.record import record

    records = [{"attempt": kept.number} | record(kept.attempt) for kept in attempts]
    return msgspec.json.format(msgspec.json.encode(records), indent=2) + b"\n"
