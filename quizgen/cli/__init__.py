"""The command line. Only this package prints, writes files, reads the clock and chooses exit codes."""

import gc
import io
import os
import sys
from pathlib import Path

import click
import typer

from quizgen import __version__
from quizgen.cli.commands import COMMANDS, Group, Subcommands, group
from quizgen.cli.console import is_interactive
from quizgen.cli.misuse import misuse
from quizgen.cli.output import echo, print_problems, reader_language, say
from quizgen.cli.signals import exit_on_signals
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import reason, unreadable
from quizgen.text.characters import escape_forbidden
from quizgen.text.messages import N_, _


def application() -> Group:
    """Return the command line. Commands are imported when they are used."""
    return group(
        "quizgen",
        Subcommands(
            COMMANDS,
            N_(
                "Make quizzes about phone and online fraud for the public, in the terminal, on paper and as a web page. Every question names its source."
            ),
        ),
        callback=_options,
        completion=True,
    )


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"quizgen {__version__}")
        raise typer.Exit


def _options(
    context: typer.Context,
    version: bool = typer.Option(  # noqa: ARG001  its callback does it
        False, "--version", callback=_show_version, is_eager=True, help=N_("Show the version of quizgen.")
    ),
    plain: bool = typer.Option(
        False, "--plain", help=N_("Show the home page in plain lines without colour, for screen readers.")
    ),
) -> None:
    if context.invoked_subcommand is None:
        if not is_interactive():
            raise MisuseError(
                problem(
                    _("the home page needs a terminal"),
                    _("`quizgen --help` lists the commands that work without one"),
                )
            )
        from quizgen.cli.home import home

        raise typer.Exit(home(_run, plain=plain))
    if plain:
        raise MisuseError(
            problem(
                _("--plain has no effect before a command"),
                _("put it after the command: quizgen take --plain"),
            )
        )


def main() -> None:
    """Run the command line. An expected failure prints one line for each problem and sets an exit code."""
    # Imports make many objects that stay; collecting garbage among them takes a tenth of the time to the first question.
    gc.set_threshold(200_000)
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
        sys.exit(_flush(_run(sys.argv[1:] or ([] if is_interactive() else ["--help"]))))


def _run(arguments: list[str]) -> int:
    """Run a command line and return its exit code."""
    command = application()
    try:
        if "_QUIZGEN_COMPLETE" in os.environ:  # a shell asks for completions
            command.main(arguments, prog_name="quizgen")
        with command.make_context("quizgen", arguments) as context:
            return _invoke(command, context)
    except (click.UsageError, click.exceptions.Exit) as ended:  # the words before any command are wrong
        return _exit_code_of(ended)
    except OSError as error:
        return _report_os_error(error)
    except (KeyboardInterrupt, EOFError, click.Abort):
        say(_("quizgen: interrupted"), err=True)
        return 130


def _invoke(command: click.Command, context: click.Context) -> int:
    """Run the command of a command line, and report problems in the language that the line asks for."""
    try:
        command.invoke(context)
    except (QuizgenError, click.UsageError, click.exceptions.Exit) as ended:
        return _exit_code_of(ended)
    return 0


def _exit_code_of(ended: QuizgenError | click.UsageError | click.exceptions.Exit) -> int:
    """Print why a command ended, and return its exit code."""
    if isinstance(ended, click.exceptions.Exit):
        return ended.exit_code
    if isinstance(ended, click.exceptions.NoArgsIsHelpError):
        typer.echo(ended.message)
        return ended.exit_code
    error = misuse(ended) if isinstance(ended, click.UsageError) else ended
    print_problems(error.problems, error.more, err=True)
    return error.exit_code


def _flush(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return _report_os_error(error)
    return code


def _report_os_error(error: OSError) -> int:
    """Print which file could not be used, or why writing to stdout failed, unless its reader just ended (``| head``)."""
    if error.filename is not None:
        name = os.fsdecode(error.filename)
        echo(unreadable(Path(name), escape_forbidden(name), error).translated(reader_language()), err=True)
        return 1
    if not isinstance(error, BrokenPipeError):
        say(_("quizgen: cannot write the output: {reason}", reason=reason(error)), err=True)
    # Redirect stdout, or Python prints an error when it exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
