"""Runs the program in the process that calls it.

As a process of its own, it runs one command after another, as long as its input has some: ``tests/recipes/copied.py`` starts it
with a copy of the program.
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from unittest import mock

from quizgen.cli import main


def run_in_process(arguments: Sequence[str], typed: str) -> tuple[int, str, str]:
    """Run the program with ``typed`` as its input; return its exit code and what it writes on both streams."""
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
