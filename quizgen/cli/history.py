"""``quizgen history``: show, sum up, export and delete the attempts that are saved in the history."""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from quizgen.cli import completion
from quizgen.cli.options import ForceOption, LangOption, bank_or_own, load_bank, resolve_language
from quizgen.cli.output import (
    align_columns,
    check_writable,
    echo,
    print_json,
    print_lines,
    terminal_width,
    user_folder,
    write_files,
)
from quizgen.errors import MisuseError, Problem, QuizgenError, problem
from quizgen.ids import topic_of
from quizgen.text.languages import LANGUAGES, locale
from quizgen.text.messages import N_, _, ngettext

if TYPE_CHECKING:
    from quizgen.history import History, StoredAttempt
    from quizgen.view.history import AttemptView
    from quizgen.view.tally import TallyView

_MAX_WIDTH = 96
"""The widest line of text; longer ones are hard to read."""


def history_path() -> Path:
    """Return the path of the history file.

    It is in the folder that the environment variable QUIZGEN_DATA names, or else in the user's data folder.
    Raises QuizgenError if neither is known.
    """
    if folder := os.environ.get("QUIZGEN_DATA"):
        return Path(folder) / "history.db"
    return user_folder("data") / "history.db"


def open_user_history(language: str, *, only_to_read: bool = False) -> "History":
    """Open the user's history. If it was damaged, print where the old file was moved.

    ``only_to_read`` also opens a history that cannot be written to.
    """
    from quizgen.history import UnusableHistoryError, open_history, open_history_to_read

    try:
        path = history_path()
    except QuizgenError as error:
        raise UnusableHistoryError(error.problems) from error
    history, aside = (open_history_to_read if only_to_read else open_history)(path)
    if aside:
        set_aside = _("the history was damaged and has been moved here; a new one is started")
        echo(f"{aside}: {set_aside.translated(language)}", err=True)
    return history


def show_if_no_subcommand(context: typer.Context, lang: LangOption = None) -> None:
    """Show the attempts, if the command line names no subcommand of ``history``."""
    if context.invoked_subcommand is None:
        show(lang)
    elif lang is not None:
        raise MisuseError(problem(_("--lang comes before a subcommand"), _("put it after")))


def show(lang: LangOption = None) -> None:
    """Print a list of the attempts, the latest first, and for how many days in a row somebody has practised."""
    from quizgen.cli.days import practice_streak
    from quizgen.view.history import build_attempt_view

    language = resolve_language(lang)
    with open_attempts(language, only_outlines=True) as attempts:
        _print_attempts([build_attempt_view(kept.attempt, language) for kept in attempts], language)
    with open_existing_history(language) as history:
        if history is None:
            return
        if (days := practice_streak(history)) > 1:
            said = _("{count} days of practice in a row (one day off is allowed).", count=days)
            print_lines(["", said.translated(language)])
        with suppress(QuizgenError):  # a bank with problems is reported when a quiz is taken
            _print_removed_questions(history, language)


def _print_removed_questions(history: "History", language: str) -> None:
    """Print the ids of the questions that were answered and that their topic in the bank no longer has.

    Questions on other topics are from another bank.
    """
    from quizgen.screen.rows import row_text, wrap_paragraph

    bank = load_bank(bank_or_own(None), with_drafts=True)
    answered = {answer.question for answer in history.load_past_answers()}
    removed = sorted(id_ for id_ in answered - bank.questions.keys() if topic_of(id_) in bank.topics)
    if removed:
        said = ngettext(
            "The bank no longer has this question, so it does not come up for review: {ids}",
            "The bank no longer has these questions, so they do not come up for review: {ids}",
            len(removed),
            ids=tuple(removed),
        )
        width = min(terminal_width(), _MAX_WIDTH)
        print_lines(["", *map(row_text, wrap_paragraph(said.translated(language), width))])


def _print_attempts(attempts: list["AttemptView"], language: str) -> None:
    """Print a table of attempts, the latest first."""
    from quizgen.screen.rows import shorten_text

    if not attempts:
        print_lines([_("There are no attempts yet.").translated(language)])
        return
    heads = (_("Started"), _("Score"), _("Quiz"), _("Topics"))
    table = [[head.translated(language) for head in heads]]
    table += [_attempt_row(attempt, language) for attempt in reversed(attempts)]
    print_lines(
        shorten_text(line, terminal_width()) for line in align_columns(table, right_align_numbers=False)
    )


def tally(
    day: Annotated[
        str | None,
        typer.Option(
            "--day", metavar="YYYY-MM-DD", help=N_("The day, such as 2026-05-01; today by default.")
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=N_("Print JSON, for other programs."))] = False,
    lang: LangOption = None,
) -> None:
    """Print what visitors did on one day at a stall: how many took part, their scores, and the questions missed most."""
    from quizgen.cli.days import day_bounds
    from quizgen.view.tally import build_tally_view

    language = resolve_language(lang)
    chosen_day = _parse_day(day)
    with open_existing_history(language) as history:
        stored = history.load_kiosk_attempts(*day_bounds(chosen_day)) if history else iter(())
        view = build_tally_view((each.attempt for each in stored), language)
    if json:
        print_json({"day": chosen_day.isoformat()} | to_builtins(view))
    else:
        from quizgen.screen.rows import Span, row_text, wrap_paragraph

        width = min(terminal_width(), _MAX_WIDTH)
        for lead, line in _tally_lines(view, chosen_day, language):
            print_lines(map(row_text, wrap_paragraph(line, width, lead=[Span(lead)] if lead else ())))


def _parse_day(typed_text: str | None) -> date:
    """Parse a date such as 2026-05-01; ``None`` is today. Raises MisuseError if it is not a date."""
    if typed_text is None:
        return date(*time.localtime(time.time())[:3])
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", typed_text):
            return date.fromisoformat(typed_text)
    raise MisuseError(
        problem(
            _("{asked!r} is not a date"), _("write it as year, month and day: 2026-05-01"), asked=typed_text
        )
    )


def _tally_lines(view: "TallyView", day: date, language: str) -> Iterator[tuple[str, str]]:
    """Yield the lines that sum up a day at a stall, each with the text that stands before it, such as an indent."""
    from quizgen.view.results import build_detection_view
    from quizgen.view.text import format_date

    title = {"day": format_date(day, language)}
    if not view.visitors:
        yield "", _("Nobody took part at a stall on {day}.", **title).translated(language)
        return
    yield "", _("At the stall, {day}", **title).translated(language)
    yield (
        "",
        _(
            "Visitors: {visitors} ({finished} finished)",
            visitors=view.visitors,
            finished=view.finished,
        ).translated(language),
    )
    if view.average is not None:
        yield "", _("Average score: {share}", share=f"{view.average:.0%}").translated(language)
    if verdicts := build_detection_view(view.verdicts, language):
        yield "", verdicts.counts
    if view.missed:
        yield "", ""
        yield "", _("Missed most, and by how many visitors").translated(language)
    for each in view.missed:
        yield f"  {each.missed}/{each.asked}  ", each.stem


def export(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help=N_(
                "The file to make, {history-suffixes:either}, or a hyphen (-) to show it in the terminal."
            ),
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            autocompletion=completion.complete_history_formats,
            help=N_(
                "The format, {history-formats:either}; by default the one that the name of the file ends in."
            ),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write all attempts, with each answer and whether it is right, in a format that other programs read."""
    from quizgen.formats import formats_by_name
    from quizgen.formats.records import attempt_records

    formats = formats_by_name("history")
    by_suffix = {each.suffix: each for each in formats.values()}
    chosen = formats.get(form) if form else by_suffix.get(Path(out).suffix.lower())
    if form and not chosen:
        raise MisuseError(
            problem(
                _("there is no format {asked!r}"),
                _("use {formats:either}"),
                asked=form,
                formats=tuple(formats),
            )
        )
    if not chosen:
        raise MisuseError(
            problem(
                _("its name ends in none of the formats {formats}"),
                _("choose one with --format"),
                formats=tuple(formats),
                file=out,
            )
        )
    if out != "-":
        check_writable(Path(out), force=force)
    with open_attempts(resolve_language(None)) as attempts:
        records = attempt_records(attempts)
        pieces = chosen.write_pieces(records) if chosen.write_pieces else iter([chosen.write(records)])
        if out == "-":
            for piece in pieces:
                typer.echo(piece, nl=False)
        else:
            write_files({Path(out): pieces}, force=force)


def clear(
    yes: Annotated[bool, typer.Option("--yes", "-y", help=N_("Delete without asking you."))] = False,
    lang: LangOption = None,
) -> None:
    """Delete all attempts, after asking the user."""
    language = resolve_language(lang)
    with open_existing_history(language, only_to_read=False) as history:
        count = history.count_attempts() if history else 0
        if not history or not count:
            print_lines([_("There are no attempts yet.").translated(language)])
            return
        if not yes and not _ask_to_confirm(
            ngettext(
                "Delete the only attempt? This cannot be undone. (y/n)",
                "Delete all {count} attempts? This cannot be undone. (y/n)",
                count,
            ).translated(language)
        ):
            echo(_("Nothing was deleted.").translated(language))
            raise typer.Exit(1)
        echo(_("Deleted: {count}", count=history.delete_all_attempts()).translated(language))


def parse_yes_or_no(line: str) -> bool | None:
    """Parse a yes or a no in any language of the program. Return ``None`` for anything else."""
    word = line.strip().casefold()
    if any(word in locale(language).yes for language in LANGUAGES):
        return True
    return False if any(word in locale(language).no for language in LANGUAGES) else None


def _ask_to_confirm(question: str) -> bool:
    """Ask a question, and return whether the answer is yes."""
    echo(question)
    return parse_yes_or_no(sys.stdin.readline() if sys.stdin else "") or False


@contextmanager
def open_existing_history(language: str, *, only_to_read: bool = True) -> Iterator["History | None"]:
    """Open the history in a ``with`` block. The value is ``None`` if there is none yet; no file is made.

    Unless it is only to be read, a history that cannot be written to raises UnusableHistoryError.
    """
    exists = True
    with suppress(OSError):  # not accessible: opening it reports why
        exists = history_path().exists()
    if not exists:
        yield None
        return
    with closing(open_user_history(language, only_to_read=only_to_read)) as history:
        yield history


@contextmanager
def open_attempts(language: str, *, only_outlines: bool = False) -> Iterator[Iterator["StoredAttempt"]]:
    """Open the attempts of the history in a ``with`` block, as an iterator. ``only_outlines`` is for lists.

    Attempts that cannot be read are left out; at the end of the block, QuizgenError is raised for them. If none
    can be read, it is raised at once.
    """
    problems_found: list[Problem] = []
    with open_existing_history(language) as history:
        attempts: Iterator[StoredAttempt] = iter(())
        if history:
            load = history.load_outlines if only_outlines else history.load_attempts
            attempts = load(problems_found)
        first = next(attempts, None)
        if first or not problems_found:
            yield chain([first] if first else [], attempts)
    if problems_found:
        raise QuizgenError(problems_found)


def _attempt_row(attempt: "AttemptView", language: str) -> list[str]:
    """Return the cells of the table for an attempt."""
    from quizgen.view.history import describe_leaving

    notes = [
        note.translated(language)
        for note, holds in (
            (attempt.sort, True),
            (describe_leaving(attempt.answered, attempt.score.total), not attempt.finished),
            (_("at a stall"), attempt.kiosk),
            (_("once more"), attempt.is_practice),
        )
        if holds
    ]
    comma = locale(language).comma
    return [
        time.strftime("%Y-%m-%d %H:%M", time.localtime(attempt.started)),
        f"{attempt.score.right}/{attempt.score.total}" if attempt.finished else "-",
        comma.join(notes),
        comma.join(attempt.topics),
    ]
