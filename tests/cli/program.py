"""Runs the program: in the process of the tests, as a new process with pipes, or on a pseudo-terminal."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pexpect
import pytest

from quizgen.assemble import Recipe, assemble
from quizgen.bank import read_bank
from quizgen.history import StoredAttempt, open_history
from tests import ours
from tests.banks import sample_bank
from tests.cli.forked import run_after_fork
from tests.cli.in_process import run_in_process
from tests.test_bank import as_files

COMMAND = (sys.executable, "-m", "quizgen")
PATIENCE = 90
"""Seconds that a program has before it counts as hanging; one that works takes a fraction of it on any machine."""


class Done(NamedTuple):
    """The exit code and output of a run."""

    code: int
    out: str
    err: str


@cache
def home() -> Path:
    """Make a folder with the sample bank, and with a cache in which the sample bank and the built-in one are compiled."""
    folder = Path(tempfile.mkdtemp(dir=ours.shared()))
    cache = shutil.copytree(ours.compiled(), folder / "cache" / "quizgen")
    read_bank([as_files(sample_bank(), folder / "bank")], cache)
    return folder


class Terminal(pexpect.spawn):  # type: ignore[misc]
    """A pseudo-terminal that runs a program. It sends and returns text if ``encoding`` is given."""

    def close(self, force: bool = True) -> None:  # noqa: FBT001, FBT002  as it is overridden
        """End the program, without a pause if it has no more output."""
        if self.flag_eof:
            self.ptyproc.delayafterclose = 0
        super().close(force)


class Program:
    """Runs ``quizgen`` with the sample bank, and with data and cache in a folder of its own.

    If it runs in the process of the tests, it reads the files of others there too, unless ``readers_apart`` is set.
    """

    def __init__(self, folder: Path, *, readers_apart: bool = False) -> None:
        self.folder = folder
        self.readers_apart = readers_apart
        self.data = folder / "data"
        self.bank = folder / "bank"
        shutil.copytree(home(), folder, dirs_exist_ok=True)
        self.environment = {
            "HOME": str(folder),
            "LC_ALL": "en_GB.UTF-8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ.get(
                "PYTHONPATH", ""
            ),  # a checkout beside the one that is installed tests itself
            "PYTHONDONTWRITEBYTECODE": "1",  # a disk that is full to a test must not break it for others
            "PYTHONUTF8": "1",
            "QUIZGEN_DATA": str(self.data),
            "TERM": "xterm-256color",
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }

    def here(self, *arguments: object, typed: str = "", **environment: str) -> Done:
        """Run it in this process, with ``typed`` as its input."""
        with mock.patch.dict(os.environ, self.environment | environment):
            return Done(*run_in_process([*map(str, arguments)], typed, readers_apart=self.readers_apart))

    def apart(
        self,
        *arguments: object,
        typed: str | bytes = "",
        by: tuple[str, ...] = (),
        encoding: str = "utf-8",
        **environment: str,
    ) -> Done:
        """Run it as a process on pipes; ``by`` is a command that starts it."""
        done = subprocess.run(
            [*by, *COMMAND, *map(str, arguments)],
            input=typed.encode() if isinstance(typed, str) else typed,
            capture_output=True,
            env=self.environment | environment,
            preexec_fn=self._instead_of_loading(by, arguments, environment),
            timeout=PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    @contextmanager
    def process(self, *arguments: object) -> Iterator[Any]:
        """Start the program as a process with three pipes. It is stopped when the block ends."""
        with subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
            preexec_fn=self._instead_of_loading((), arguments, {}),  # noqa: PLW1509  no thread of the tests holds a lock
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def terminal(
        self,
        *arguments: object,
        size: tuple[int, int] = (24, 80),
        by: tuple[str, ...] = (),
        folder: Path | None = None,
        **environment: str,
    ) -> "pexpect.spawn[str]":
        """Run it on a pseudo-terminal of so many lines and columns, by a command that starts it, and in a folder.

        If the folder has a copy of the program, that is what runs.
        """
        has_copy = folder is not None and (folder / "quizgen").is_dir()
        command = [*by, *COMMAND, *map(str, arguments)]
        return Terminal(
            command[0],
            command[1:],
            cwd=folder,
            env=self.environment | environment,
            dimensions=size,
            preexec_fn=None if has_copy else self._instead_of_loading(by, arguments, environment),
            encoding="utf-8",
            timeout=PATIENCE,
        )

    def _instead_of_loading(
        self, by: tuple[str, ...], arguments: Sequence[object], environment: dict[str, str]
    ) -> Callable[[], None] | None:
        """Return what runs the program in a fork.

        Return ``None`` if a command starts it, if a variable changes how Python starts, and on macOS, whose libraries do not
        survive a fork.
        """
        if by or sys.platform == "darwin" or any(name.startswith("PYTHON") for name in environment):
            return None
        return run_after_fork([*map(str, arguments)], self.environment | environment)

    def command(self, *arguments: object) -> list[str]:
        """Give the words that run it."""
        return [*COMMAND, *map(str, arguments)]

    def keys(self, language: str, seed: int, *questions: str) -> list[str]:
        """Give the right replies to these questions."""
        quiz = assemble(read_bank([self.bank]), Recipe(questions=questions), seed, language)
        return [question.answer.format_correct_response(language) for question in quiz.questions]

    def attempts(self) -> list[StoredAttempt]:
        """Read the history."""
        history, aside = open_history(self.data / "history.db")
        assert aside is None
        with closing(history):
            return list(history.load_attempts())

    def answers(self) -> list[list[Any]]:
        """Give the responses in the history, a list for each attempt."""
        return [[given.response for given in kept.attempt.answers] for kept in self.attempts()]


def full_disk_command() -> tuple[str, ...]:
    """Return a command that starts another one on a full disk."""
    return ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")


def unprivileged_command() -> tuple[str, ...]:
    """Return a command that starts another one without root's right to ignore permissions."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root may write anywhere, and there is no setpriv to take that away")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
