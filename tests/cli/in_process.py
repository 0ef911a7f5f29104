"""Runs the program in the process that calls it.

As a process of its own, it runs one command after another, as long as its input has some: ``tests/recipes/copied.py`` starts it
with a copy of the program.
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any, get_type_hints
from unittest import mock

import msgspec

from quizgen.cli import child_process, main, scans

_ONE_READER = Lock()
"""Held by the thread that reads, because the library that reads PDF files may not be called by two threads at once."""


def run_in_process(
    arguments: Sequence[str], typed: str, *, readers_apart: bool = False
) -> tuple[int, str, str]:
    """Run the program with ``typed`` as its input; return its exit code and what it writes on both streams.

    The files of others are read in this process too, without limits, unless ``readers_apart`` is set.
    """
    written, complained = io.BytesIO(), io.BytesIO()
    stdout, stderr = io.TextIOWrapper(written, "utf-8"), io.TextIOWrapper(complained, "utf-8")
    with tempfile.TemporaryFile("w+", encoding="utf-8") as stdin:
        stdin.write(typed)
        stdin.seek(0)
        with (
            mock.patch.object(sys, "argv", ["quizgen", *arguments]),
            mock.patch.object(sys, "stdin", stdin),
            mock.patch.object(sys, "stdout", stdout),
            mock.patch.object(sys, "stderr", stderr),
            nullcontext() if readers_apart else _readers_here(),
        ):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
            else:
                raise AssertionError("the program ends with an exit code")
    stdout.flush()
    stderr.flush()
    return code, written.getvalue().decode(), complained.getvalue().decode()


@contextmanager
def _readers_here() -> Iterator[None]:
    """Read files in this process instead of a child process."""
    with (
        mock.patch.object(child_process, "run_with_limits", _read_here),
        mock.patch.object(scans, "run_with_limits", _read_here),
    ):
        yield


def _read_here(_limits: object, _file_name: str, function: Callable[..., Any], *args: Any) -> Any:
    """Call a reader, and return its result as it would come back from a child process."""
    with _ONE_READER:
        result = msgspec.msgpack.encode(function(*args))
    return msgspec.msgpack.decode(result, type=get_type_hints(function)["return"])


def answer_requests() -> None:
    """Read a line with arguments, input and environment, as JSON, and write a line with what came of it."""
    requests, answers = sys.stdin, sys.stdout
    for line in requests:
        arguments, typed, environment = json.loads(line)
        with mock.patch.dict(os.environ, environment, clear=True):
            done = run_in_process(arguments, typed)
        print(json.dumps(done), file=answers, flush=True)


if __name__ == "__main__":
    answer_requests()
