"""Input and output of a quiz in line mode: reading lines from stdin, and choosing a display for stdout."""

import codecs
import select
import signal
import sys
import termios
from collections.abc import Iterable
from contextlib import suppress
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from quizgen.cli.signals import redirect_to_devnull
from quizgen.screen.held import HeldTerminal
from quizgen.text.languages import locale

if TYPE_CHECKING:
    from quizgen.screen.line_mode import Display

TERMINAL = HeldTerminal()
"""The terminal of this process, which one app on the full screen may leave to the next."""

_SHELL_SCREEN = "\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[?1004l"
"""Shows the screen of the shell again, with its cursor and with lines that wrap, and stops reports of the focus."""

PROMPT = "> "
MAX_LINE_BYTES = 10_000
"""The most bytes of a line that are used; no answer is nearly as long."""
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
    """Reads lines that the user types, or that come from another program.

    A signal that would end the program while it waits for a line ends the input instead, so that the quiz can
    report where it stopped. ``signal`` is the number of that signal, or 0.
    """

    def __init__(self) -> None:
        """Start without a signal."""
        self.signal = 0

    def __call__(self, seconds: float | None = None) -> str | None:
        """Wait for a line and return it; return ``None`` at the end of the input.

        Raises OutOfTimeError if no line comes within ``seconds``, and OSError if stdout fails.
        """
        if sys.stdin is None or self.signal:
            return None
        try:
            sys.stdout.write(PROMPT if is_interactive() else "")
            sys.stdout.flush()
            line = _read_line_in_time(seconds)
        except KeyboardInterrupt:
            self.signal, line = signal.SIGINT, None
        except SystemExit as stop:  # raised by the handler of another signal
            self.signal, line = int(stop.code or 0) - 128, None
        if line is None and sys.stdin.isatty():
            sys.stdout.write("\n")
        return line


def _read_line_in_time(seconds: float | None) -> str | None:
    """Read a line from stdin. Raises OutOfTimeError if none comes within ``seconds``; ``None`` means no limit."""
    from quizgen.screen.line_mode import OutOfTimeError

    try:
        if seconds is not None and not select.select([sys.stdin], [], [], seconds)[0]:
            if sys.stdin.isatty():
                termios.tcflush(
                    sys.stdin, termios.TCIFLUSH
                )  # an unfinished answer must not be read as the next one
                sys.stdout.write("\n")
            raise OutOfTimeError
        return _read_line(sys.stdin)
    except OSError:  # the terminal was closed
        redirect_to_devnull()
        return None


def release_terminal() -> None:
    """Give the terminal back to the shell, if an app has left it to an app that does not come, or not yet."""
    attributes = TERMINAL.release()
    if attributes is None or sys.__stdin__ is None or sys.__stderr__ is None:
        return
    with suppress(OSError, termios.error):  # the terminal was closed
        sys.__stderr__.write(_SHELL_SCREEN)
        sys.__stderr__.flush()
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, attributes)


def is_keyboard_input() -> bool:
    """Return whether stdin is a keyboard, and not a pipe or a file."""
    return sys.stdin is not None and sys.stdin.isatty()


def is_interactive() -> bool:
    """Return whether both stdin and stdout are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def can_use_terminal_display(*, plain: bool) -> bool:
    """Return whether to show the quiz in colour on a terminal: not if plain lines are asked for, or if the terminal has no UTF-8."""
    return not plain and is_interactive() and codecs.lookup(sys.stdout.encoding).name == "utf-8"


def prepare_streams(*languages: str) -> None:
    """Make sure that no character of these languages raises an error on stdin or stdout.

    In an encoding that has only English, ASCII replaces typographic characters. Chinese is written in UTF-8 if
    the encoding lacks some of its characters.
    """
    codecs.register_error("quizgen", _replace_unencodable)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "quizgen")):
        if not hasattr(stream, "reconfigure"):
            continue
        if not _can_encode(languages, stream.encoding):
            stream.reconfigure(encoding="utf-8", errors=errors)
        else:
            stream.reconfigure(errors=errors)


def choose_display(replies: Replies, *, plain: bool) -> "Display":
    """Return the display for a quiz: in colour for a terminal, or plain lines."""
    if can_use_terminal_display(plain=plain):
        from rich.console import Console

        from quizgen.screen.terminal import TerminalDisplay

        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        return TerminalDisplay(console, replies)
    from quizgen.screen.line_mode import PlainDisplay

    if sys.stdout.isatty():
        return PlainDisplay(sys.stdout.write, replies, _plain_width)
    return PlainDisplay(sys.stdout.write, replies)


def _plain_width() -> int:
    """Return the width for plain lines on the terminal. A character that its encoding lacks becomes up to three."""
    return max(get_terminal_size().columns - 2, 20)


def _replace_unencodable(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that the encoding of stdout lacks by ASCII.

    This is an error handler for :func:`codecs.register_error`.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_ASCII_REPLACEMENTS.get(character, "?") for character in missing), error.end


def _can_encode(languages: Iterable[str], encoding: str) -> bool:
    """Return whether an encoding has the characters of these languages."""
    if codecs.lookup(encoding).name == "utf-8":  # nearly always, and the samples take time to read
        return True
    try:
        "".join(locale(language).sample for language in languages).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _read_line(stream: TextIO) -> str | None:
    """Read a line without its line break, cut to :data:`MAX_LINE_BYTES`; return ``None`` at the end of the input.

    This reads without a buffer, since select cannot see lines that are in a buffer.
    """
    with open(stream.fileno(), "rb", buffering=0, closefd=False) as raw:
        line = rest = raw.readline(MAX_LINE_BYTES)
        while rest and not rest.endswith(b"\n"):
            rest = raw.readline(MAX_LINE_BYTES)
    return line.decode(stream.encoding, "replace").rstrip("\r\n") if line else None
