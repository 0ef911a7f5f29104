"""The command line. Only this package prints, writes files, reads the clock and chooses exit codes."""

import atexit
import gc
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import click
import typer

from quizgen import __version__
from quizgen.cli.commands import COMMANDS, CommandGroupEntry, Group, group
from quizgen.cli.console import is_interactive, release_terminal
from quizgen.cli.misuse import misuse_from_click
from quizgen.cli.output import echo, print_problems, reader_language, say
from quizgen.cli.signals import exit_on_signals
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import os_error_reason, unreadable_problem
from quizgen.text.characters import escape_forbidden
from quizgen.text.messages import N_, _


def application() -> Group:
    """Return the command line as a Click group. A command is imported when it is used."""
    return group(
        "quizgen",
        CommandGroupEntry(
            COMMANDS,
            N_(
                "Make quizzes about phone and online fraud for the public, in the terminal, on paper and as a web page. Every question names its source."
            ),
        ),
        callback=_show_home_by_default,
        completion=True,
    )


def _print_version_and_exit(is_asked: bool) -> None:
    """Print the version and exit, if ``--version`` is given."""
    if is_asked:
        typer.echo(f"quizgen {__version__}")
        raise typer.Exit


def _show_home_by_default(
    context: typer.Context,
    version: bool = typer.Option(  # noqa: ARG001  its callback does it
        False,
        "--version",
        callback=_print_version_and_exit,
        is_eager=True,
        help=N_("Show the version of quizgen."),
    ),
    bank: Annotated[
        list[Path] | None,
        typer.Option(
            "--bank",
            metavar="FOLDER",
            help=N_("Show the home page for your own question bank, instead of the built-in one."),
        ),
    ] = None,
    plain: bool = typer.Option(
        False, "--plain", help=N_("Show the home page in plain lines without colour, for screen readers.")
    ),
) -> None:
    """Show the home page, if the command line names no command."""
    if context.invoked_subcommand is None:
        if not is_interactive():
            raise MisuseError(
                problem(
                    _("the home page needs a terminal"),
                    _("`quizgen --help` lists the commands that work without one"),
                )
            )
        from quizgen.cli.home import home

        raise typer.Exit(home(_run_command_line, bank or [], plain=plain))
    if plain or bank:
        raise MisuseError(
            problem(
                _("{option} has no effect before a command"),
                _("put it after the command: quizgen take {option}"),
                option="--plain" if plain else "--bank",
            )
        )


def main() -> None:
    """Run the command line, and exit with its exit code.

    An expected failure prints one line for each problem.
    """
    # Imports make many objects that stay. Collecting garbage among them takes a tenth of the time to the first question,
    # and a seventh of the time of a handout at the end of the process, which releases all memory anyway.
    gc.set_threshold(500_000)
    atexit.register(gc.freeze)
    # Without HarfBuzz's subset library, fontTools subsets fonts, and writes this date into them.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the parent process closed it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  until the end
        elif isinstance(stream, io.TextIOWrapper):
            # A character that is missing in the terminal's encoding must not end the program.
            stream.reconfigure(errors="replace")
    with exit_on_signals():
        try:
            code = _run_command_line(sys.argv[1:] or ([] if is_interactive() else ["--help"]))
        finally:
            release_terminal()
        sys.exit(_flush_stdout(code))


def _run_command_line(arguments: list[str]) -> int:
    """Run a command line and return its exit code."""
    command = application()
    try:
        if "_QUIZGEN_COMPLETE" in os.environ:  # a shell asks for completions
            command.main(arguments, prog_name="quizgen")
        with command.make_context("quizgen", arguments) as context:
            return _invoke_command(command, context)
    except (click.UsageError, click.exceptions.Exit) as ended:  # the words before any command are wrong
        return _print_errors(ended)
    except OSError as error:
        return _print_os_error(error)
    except (KeyboardInterrupt, EOFError, click.Abort):
        say(_("quizgen: interrupted"), err=True)
        return 130


def _invoke_command(command: click.Command, context: click.Context) -> int:
    """Run a command that is parsed already, and return its exit code.

    Problems are printed in the language that ``--lang`` asks for.
    """
    try:
        command.invoke(context)
    except (QuizgenError, click.UsageError, click.exceptions.Exit) as ended:
        return _print_errors(ended)
    return 0


def _print_errors(exception: QuizgenError | click.UsageError | click.exceptions.Exit) -> int:
    """Print the errors with which a command ended, and return its exit code."""
    if isinstance(exception, click.exceptions.Exit):
        return exception.exit_code
    if isinstance(exception, click.exceptions.NoArgsIsHelpError):
        typer.echo(exception.message)
        return exception.exit_code
    error = misuse_from_click(exception) if isinstance(exception, click.UsageError) else exception
    print_problems(error.problems, error.more, err=True)
    return error.exit_code


def _flush_stdout(exit_code: int) -> int:
    """Flush stdout. Return the exit code, or 1 if flushing fails."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _print_os_error(error)
    return exit_code


def _print_os_error(error: OSError) -> int:
    """Print which file could not be used, or why writing to stdout failed; return the exit code 1.

    Nothing is printed if another program stopped reading the output, as ``| head`` does.
    """
    if error.filename is not None:
        name = os.fsdecode(error.filename)
        echo(
            unreadable_problem(Path(name), escape_forbidden(name), error).translated(reader_language()),
            err=True,
        )
        return 1
    if not isinstance(error, BrokenPipeError):
        say(_("quizgen: cannot write the output: {reason}", reason=os_error_reason(error)), err=True)
    # Redirect stdout, or Python prints an error when it exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
