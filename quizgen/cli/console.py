"""The person's side of a quiz: lines typed, signals, and a display that suits the streams."""

import codecs
import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, Self, TextIO

from quizgen.text.languages import locale

if TYPE_CHECKING:
    from quizgen.screen.line_mode import Display

PROMPT = "> "
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""Signals that end a quiz in good order: Ctrl-C and Ctrl-\\, a request from outside, a closed terminal."""
_LOOK_SECONDS = 0.5
"""Seconds after which Python looks again for a signal that came as a wait began."""

LONGEST_LINE = 10_000
"""Characters of a line that is read from a pipe; no answer comes near it."""
_STAND_INS = {
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
    """Lines as they are typed, until the input ends or a signal stops the quiz; then only ``None``.

    While in force, the signals that stop (:data:`STOPS`) cut short nothing but the wait for a reply, so that an
    answer being kept is kept whole. ``signal`` is the one that came, or 0.
    """

    def __init__(self, *, edited: bool) -> None:
        """Let the line be edited with the arrow keys if ``edited``, which takes escape codes."""
        self.signal = 0
        self._waiting = False
        self._edited = edited
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in STOPS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                self._before[number] = signal.signal(number, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def __call__(self, seconds: float | None = None) -> str | None:
        """Wait for a line; raises OutOfTimeError where none comes within so many seconds."""
        from quizgen.screen.line_mode import OutOfTimeError

        if sys.stdin is None:
            return None
        line = None
        try:
            # No signal may come between a look for one and the wait, nor stop anything once a line is there.
            try:
                self._waiting = True
                if not self.signal:
                    with self._heeding(seconds):
                        line = self._typed()
            finally:
                self._waiting = False
        except OutOfTimeError:
            if sys.stdin.isatty():
                sys.stdout.write("\n")
                termios.tcflush(sys.stdin, termios.TCIFLUSH)  # half an answer is no part of the next
            raise
        except (KeyboardInterrupt, EOFError):
            line = None
        except (
            SystemError
        ):  # Python's of a second signal, which it serves in the midst of what the first one ends
            if not self.signal:
                raise
            line = None
        except _UnreadableError:  # the terminal went away
            redirect_to_devnull()
        if line is None and sys.stdin.isatty():
            sys.stdout.write("\n")
        return line

    def _typed(self) -> str | None:
        """Read a line; an OSError is of stdout, of which the caller can say what became."""
        sys.stdout.flush()
        if not interactive():
            with _reading():
                return _one_line(sys.stdin)
        if self._edited and _editor_reads_utf8():
            with suppress(ImportError):
                import readline  # noqa: F401  its mere import gives input() an editor
            with _reading():
                return input(PROMPT)
        sys.stdout.write(PROMPT)
        sys.stdout.flush()
        with _reading():
            return input()

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        if number == signal.SIGHUP:
            redirect_to_devnull()
        waiting, self._waiting = self._waiting, False
        if waiting:
            raise KeyboardInterrupt

    @contextmanager
    def _heeding(self, seconds: float | None) -> Iterator[None]:
        """Raise OutOfTimeError in the wait within once so many seconds have passed, and let no signal be overlooked.

        One that comes just before the system begins to wait interrupts nothing, and Python would serve it after the
        line; so the wait is interrupted again and again.
        """
        from quizgen.screen.line_mode import OutOfTimeError

        end = None if seconds is None else time.monotonic() + seconds

        def ring(_number: int, _frame: FrameType | None) -> None:
            left = _LOOK_SECONDS if end is None else min(end - time.monotonic(), _LOOK_SECONDS)
            if left > 0:
                signal.setitimer(signal.ITIMER_REAL, left)
                return
            waiting, self._waiting = self._waiting, False
            if waiting:
                raise OutOfTimeError

        before = signal.signal(signal.SIGALRM, ring)
        try:
            ring(signal.SIGALRM, None)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


class _UnreadableError(Exception):
    """Nothing comes from stdin any more."""


@contextmanager
def _reading() -> Iterator[None]:
    """Tell a failure to read from one to write."""
    try:
        yield
    except OSError as error:
        raise _UnreadableError from error


def _editor_reads_utf8() -> bool:
    """Tell whether the line editor takes Chinese; it goes by the C library's locale, not by Python's.

    A locale that is named but not installed, as over ssh, leaves the C library with ASCII, and the
    editor would swallow all else; the terminal's own line discipline does not.
    """
    from locale import CODESET, nl_langinfo

    return nl_langinfo(CODESET).upper() == "UTF-8"


def person_types() -> bool:
    """Tell whether replies come from a person's keyboard, rather than from a pipe or a file."""
    return sys.stdin is not None and sys.stdin.isatty()


def interactive() -> bool:
    """Tell whether a person sits at both ends."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def set_apart(*, plain: bool) -> bool:
    """Tell whether to set the quiz for a person's terminal, rather than plain."""
    return not plain and interactive() and codecs.lookup(sys.stdout.encoding).name == "utf-8"


def prepare_streams(language: str) -> None:
    """See that no character ends the quiz, whatever the encoding of the streams.

    English makes do with ASCII stand-ins. Chinese cannot: it is written in UTF-8 where the encoding
    does not have that Chinese (Big5 has no Simplified, GB 2312 no Traditional characters).
    """
    codecs.register_error("quizgen", _stand_in)
    sample = locale(language).sample
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "quizgen")):
        if not hasattr(stream, "reconfigure"):
            continue
        if not _can_say(sample, stream.encoding):
            stream.reconfigure(encoding="utf-8", errors=errors)
        else:
            stream.reconfigure(errors=errors)


def display(replies: Replies, *, plain: bool) -> "Display":
    """Choose the display: coloured and wrapped for a person's terminal, plain for all else."""
    if set_apart(plain=plain):
        from rich.console import Console

        from quizgen.screen.terminal import Terminal

        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        return Terminal(console, replies)
    from quizgen.screen.line_mode import Plain

    return Plain(sys.stdout.write, replies)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(character, "?") for character in bad), error.end


def _can_say(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _one_line(stream: TextIO) -> str | None:
    """Read a line, of which what is longer than any answer is let go."""
    line = stream.readline(LONGEST_LINE)
    rest = line
    while rest and not rest.endswith("\n"):
        rest = stream.readline(LONGEST_LINE)
    return line or None


def redirect_to_devnull() -> None:
    """Send what is still to be said nowhere, as there is no terminal left to say it on.

    One that is still there, as after `kill -HUP`, is left to be put in order.
    """
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.__stdout__, sys.__stderr__):  # a full screen has put others in their place
            if stream is not None and not os.isatty(stream.fileno()):
                os.dup2(nowhere, stream.fileno())
