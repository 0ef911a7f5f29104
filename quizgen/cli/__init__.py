"""The command line: the only place that prints, writes files, reads the clock and picks an exit code."""

import atexit
import errno
import gc
import io
import os
import signal
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import FrameType

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from quizgen import __version__
from quizgen.cli.console import interactive, redirect_to_devnull
from quizgen.cli.option_values import read_plainly
from quizgen.cli.output import echo, reader_language, say
from quizgen.cli.translation import shows_help, translate_help, usage_error
from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.files import reason, unread
from quizgen.text.characters import visible
from quizgen.text.languages import FALLBACK
from quizgen.text.messages import message

_OUTPUT = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF),
    *(
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ESTALE,
        errno.ETIMEDOUT,
        errno.ENXIO,
        errno.ENODEV,
    ),  # afar, or unplugged
    errno.EAGAIN,  # another program has it that nothing waits there
}
"""How writing to stdout fails."""

_COLLECT_AFTER = 200_000
"""Objects made before Python looks for garbage; by its own 700, imports and a press run spend a tenth of their time on it."""

COMMANDS = {
    # What each command is in: a module here, with a Typer app of several, or a function, and the class of what runs it.
    "take": ("take", "take", ""),
    "present": ("present", "present", ""),
    "handout": ("handout", "handout", "HandoutCommand"),
    "kit": ("kit", "kit", "KitCommand"),
    "page": ("page", "page", ""),
    "export": ("export", "export", ""),
    "import": ("importing", "import_", ""),
    "profile": ("profile", "app", ""),
    "bank": ("bank", "app", ""),
    "source": ("source", "app", ""),
    "history": ("history", "app", ""),
    "doctor": ("doctor", "doctor", ""),
}


def application(loaded: Collection[str] = tuple(COMMANDS)) -> typer.Typer:
    """Make the command line. Of commands that are not to be ``loaded`` it knows the names alone, which takes no time."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(_options)
    for name, (module, entry, kind) in COMMANDS.items():
        if name not in loaded:
            app.command(name)(_not_loaded)
            continue
        found = import_module(f"quizgen.cli.{module}")
        if entry == "app":
            app.add_typer(found.app, name=name)
        else:
            app.command(name, cls=getattr(found, kind) if kind else None)(getattr(found, entry))
    return app


def _needed(arguments: Sequence[str]) -> Collection[str]:
    """Tell which commands a line needs: the one that it begins with, or all while it is still being typed."""
    return tuple(COMMANDS) if "_QUIZGEN_COMPLETE" in os.environ else arguments[:1]


def _not_loaded() -> None:
    """Stand for a command that the line does not name."""


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"quizgen {__version__}")
        raise typer.Exit


def _options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True),  # noqa: ARG001  its callback does it
    plain: bool = typer.Option(False, "--plain"),
) -> None:
    if context.invoked_subcommand is None:
        if not interactive():
            raise MisuseError(problem("home.no-terminal", "home.see-help"))
        from quizgen.cli.home import home

        raise typer.Exit(home(_run, plain=plain))
    if plain:
        raise MisuseError(problem("home.plain-first", "home.plain-behind"))


def main() -> None:
    """Run the command line; every expected failure ends in one line a problem and an exit code."""
    gc.set_threshold(_COLLECT_AFTER)
    atexit.register(gc.freeze)  # or Python, at its end, looks through all that there is for garbage
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  until the end
        elif isinstance(stream, io.TextIOWrapper):
            # A character that the terminal's encoding lacks must not end the program.
            stream.reconfigure(errors="replace")
    with _unwinding():
        sys.exit(_flushed(_run(sys.argv[1:] or ([] if interactive() else ["--help"]))))


@contextmanager
def _unwinding() -> Iterator[None]:
    """Have a signal that would end the process on the spot end it in order, so that what is half written is put away."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)  # a second one does it on the spot
        if number == signal.SIGHUP:
            redirect_to_devnull()
        raise SystemExit(128 + number)

    raised: list[BaseException] = []

    def heed(unraisable: "sys.UnraisableHookArgs") -> None:
        # What a signal raises where Python calls something by itself, as when a module's lock goes, is let go of there.
        if isinstance(unraisable.exc_value, SystemExit | KeyboardInterrupt):
            raised[:] = [type(unraisable.exc_value)(*unraisable.exc_value.args)]
            signal.setitimer(signal.ITIMER_REAL, 0.001)
        else:
            told(unraisable)

    def once_more(_number: int, _frame: FrameType | None) -> None:
        if raised:
            raise raised[0]

    ends = {signal.SIGTERM: stop, signal.SIGHUP: stop, signal.SIGALRM: once_more}
    before = {n: signal.signal(n, each) for n, each in ends.items() if signal.getsignal(n) is signal.SIG_DFL}
    told, sys.unraisablehook = sys.unraisablehook, heed
    try:
        yield
    finally:
        sys.unraisablehook = told
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(arguments: list[str]) -> int:
    try:
        command = get_command(application(_needed(arguments)))
        if arguments and shows_help(command, arguments, os.environ):
            language = reader_language()
            translate_help(command, language, None if "_QUIZGEN_COMPLETE" in os.environ else arguments)
        read_plainly(command)
        code = command(arguments, prog_name="quizgen", standalone_mode=False)
    except QuizgenError as error:
        for problem in error.problems:
            echo(problem.said(reader_language()), err=True)
        return error.exit_code
    except TyperException as error:
        # Typer would frame it; one line is what we promise.
        meant = visible(error.format_message()).strip().rstrip(".")
        if not meant:  # Typer has shown the help of a group that was named alone
            return error.exit_code
        said = usage_error(meant, reader_language())
        topic = _meant_as_topic(arguments, meant)
        say("cli.misused-topic" if topic else "cli.misused", said=said, topic=topic, err=True)
        return error.exit_code
    except OSError as error:
        return _unwritten(error)
    except (KeyboardInterrupt, typer.Abort):
        say("cli.interrupted", err=True)
        return 130
    return code if isinstance(code, int) else 0


def _meant_as_topic(arguments: list[str], said: str) -> str:
    """Give the topic that a word too many is, of the built-in bank, where a command takes topics; or ""."""
    word = said.rpartition("(")[2].rstrip(")")
    if word not in arguments or not said.startswith(message(FALLBACK, "usage.extra").partition("(")[0]):
        return ""
    from quizgen.cli.options import load_bank

    with suppress(QuizgenError):
        taking = arguments[0] in ("take", "present", "handout", "kit", "page", "export")
        return word if taking and word in load_bank(None).topics else ""
    return ""


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return _unwritten(error)
    return code


def _unwritten(error: OSError) -> int:
    """Say why stdout takes no more, unless its reader just went away (``| head``).

    Where the failure is of a file that somebody named, that is said; raises the error again where it comes from
    elsewhere, since then it is a mistake of ours.
    """
    if error.filename is not None:
        name = os.fsdecode(error.filename)
        echo(unread(Path(name), visible(name), error).said(reader_language()), err=True)
        return 1
    if not isinstance(error, BrokenPipeError):
        if error.errno not in _OUTPUT:
            raise error
        say("cli.output-lost", reason=reason(error), err=True)
    # Point stdout elsewhere, or Python complains at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
