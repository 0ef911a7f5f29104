"""Turns a fork of the tests into the program: a process of its own, which need not load the program first.

Loading takes most of the time of a short run. It is tested where a command starts the program.
"""

import faulthandler
import gc
import os
import pkgutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Never

import quizgen
from quizgen.__main__ import main


def run_after_fork(arguments: Sequence[str], environment: Mapping[str, str]) -> Callable[[], Never]:
    """Return a function that runs the program in a process which has just been forked, and ends the process."""
    _load_program()

    def run() -> Never:
        _forget_the_tests()
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        _open_streams()
        sys.argv = ["quizgen", *arguments]
        code = 1
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # noqa: BLE001  Python prints any
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    return run


@cache
def _load_program() -> None:
    """Load all modules, so that no process loads them again."""
    for module in pkgutil.walk_packages(quizgen.__path__, "quizgen."):
        import_module(module.name)


def _forget_the_tests() -> None:
    """Let files, signals and warnings be as in a process that has just started."""
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    gc.freeze()  # a file of the tests must not be closed once more, when another has its number
    faulthandler.disable()
    warnings.simplefilter("ignore")
    sys.unraisablehook = sys.__unraisablehook__
    tempfile.tempdir = None
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _open_streams() -> None:
    """Open the three streams as Python does when it starts with ``PYTHONUTF8=1``."""
    streams = {
        "stdin": os.fdopen(0, encoding="utf-8", errors="surrogateescape", newline="\n"),
        "stdout": os.fdopen(1, "w", 1 if os.isatty(1) else -1, encoding="utf-8", errors="surrogateescape"),
        "stderr": os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace"),
    }
    for name, stream in streams.items():
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
