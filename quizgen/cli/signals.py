"""End a command in order when a signal asks for it.

Python turns Ctrl-C into a KeyboardInterrupt. Here, the other signals that end a program become a SystemExit, so that
``with`` and ``finally`` remove unfinished files. Answers do not depend on this: each is in the history before the next
question shows.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""Signals that end a command: Ctrl-C, a request from outside, a closed terminal and Ctrl-\\."""


@contextmanager
def exit_on_signals() -> Iterator[None]:
    """End the ``with`` block with SystemExit when a signal asks for it.

    The exit code is 128 plus the number of the signal.

    A signal that is ignored, as under nohup, stays ignored.
    """
    defaults = [number for number in STOP_SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in defaults:
        signal.signal(number, _raise_exit)
    try:
        yield
    finally:
        for number in defaults:
            signal.signal(number, signal.SIG_DFL)


def _raise_exit(number: int, _frame: FrameType | None) -> None:
    """Raise SystemExit for a signal. This is a signal handler."""
    if number == signal.SIGHUP:
        redirect_to_devnull()
    raise SystemExit(128 + number)


def redirect_to_devnull() -> None:
    """Redirect stdout and stderr to the null device if their terminal is closed, because writing to it would fail.

    If the terminal still exists, as after ``kill -HUP``, nothing changes, so that the full screen can be
    restored.
    """
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.__stdout__, sys.__stderr__):  # the full screen replaces sys.stdout and sys.stderr
            if stream is not None and not os.isatty(stream.fileno()):
                os.dup2(nowhere, stream.fileno())
