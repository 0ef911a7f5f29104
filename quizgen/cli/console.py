"""The person's side of a quiz: lines typed, and a display that suits the streams."""

import codecs
import select
import signal
import sys
import termios
from typing import TYPE_CHECKING, TextIO

from quizgen.cli.signals import redirect_to_devnull
from quizgen.text.languages import locale

if TYPE_CHECKING:
    from quizgen.screen.line_mode import Display

PROMPT = "> "
MAX_LINE_BYTES = 10_000
"""Bytes of a line that is read from a pipe; no answer comes near it."""
_ASCII_REPLACEMENTS = {
    "✓": "+",
    "✗": "x",
    "–": "-",
    "—": "-",
    "·": "-",
    "…": "...",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
}


class Replies:
    """Lines as a person types them, or as they come through a pipe.

    A signal that ends the program while a line is waited for ends the lines instead, so that the quiz can say where it
    stopped. ``signal`` is its number, or 0.
    """

    def __init__(self) -> None:
        """Begin with no signal."""
        self.signal = 0

    def __call__(self, seconds: float | None = None) -> str | None:
        """Wait for a line; ``None`` when no more come.

        Raises OutOfTimeError where none comes within so many seconds. An OSError means that stdout failed.
        """
        if sys.stdin is None or self.signal:
            return None
        try:
            sys.stdout.write(PROMPT if is_interactive() else "")
            sys.stdout.flush()
            line = _line_within(seconds)
        except KeyboardInterrupt:
            self.signal, line = signal.SIGINT, None
        except SystemExit as stop:  # raised by the handler of another signal
            self.signal, line = int(stop.code or 0) - 128, None
        if line is None and sys.stdin.isatty():
            sys.stdout.write("\n")
        return line


def _line_within(seconds: float | None) -> str | None:
    """Read a line from stdin; raises OutOfTimeError where none comes within so many seconds."""
    from quizgen.screen.line_mode import OutOfTimeError

    try:
        if seconds is not None and not select.select([sys.stdin], [], [], seconds)[0]:
            if sys.stdin.isatty():
                termios.tcflush(sys.stdin, termios.TCIFLUSH)  # half an answer is no part of the next one
                sys.stdout.write("\n")
            raise OutOfTimeError
        return _read_line(sys.stdin)
    except OSError:  # the terminal went away
        redirect_to_devnull()
        return None


def is_keyboard_input() -> bool:
    """Tell whether replies come from a person's keyboard, rather than from a pipe or a file."""
    return sys.stdin is not None and sys.stdin.isatty()


def is_interactive() -> bool:
    """Tell whether a person sits at both ends."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def suits_terminal(*, plain: bool) -> bool:
    """Tell whether to set the quiz for a person's terminal, rather than plain."""
    return not plain and is_interactive() and codecs.lookup(sys.stdout.encoding).name == "utf-8"


def prepare_streams(*languages: str) -> None:
    """See that no character of these languages ends the program, whatever the encoding of the streams.

    English makes do with ASCII stand-ins. Chinese cannot: it is written in UTF-8 where the encoding
    does not have that Chinese (Big5 has no Simplified, GB 2312 no Traditional characters).
    """
    codecs.register_error("quizgen", _replace_unencodable)
    sample = "".join(locale(language).sample for language in languages)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "quizgen")):
        if not hasattr(stream, "reconfigure"):
            continue
        if not _can_encode(sample, stream.encoding):
            stream.reconfigure(encoding="utf-8", errors=errors)
        else:
            stream.reconfigure(errors=errors)


def display(replies: Replies, *, plain: bool) -> "Display":
    """Choose the display: coloured and wrapped for a person's terminal, plain for all else."""
    if suits_terminal(plain=plain):
        from rich.console import Console

        from quizgen.screen.terminal import Terminal

        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        return Terminal(console, replies)
    from quizgen.screen.line_mode import PlainDisplay

    return PlainDisplay(sys.stdout.write, replies)


def _replace_unencodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_ASCII_REPLACEMENTS.get(character, "?") for character in bad), error.end


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _read_line(stream: TextIO) -> str | None:
    """Read a line without its end, cut where it is longer than any answer; ``None`` at the end of the input.

    It reads without a buffer: select cannot see lines that wait in one.
    """
    with open(stream.fileno(), "rb", buffering=0, closefd=False) as raw:
        line = rest = raw.readline(MAX_LINE_BYTES)
        while rest and not rest.endswith(b"\n"):
            rest = raw.readline(MAX_LINE_BYTES)
    return line.decode(stream.encoding, "replace").rstrip("\r\n") if line else None
