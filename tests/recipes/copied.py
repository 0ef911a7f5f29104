"""A copy of the program, to which a recipe of CONTRIBUTING is applied: what it takes, and what comes of it."""

import json
import os
import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

from tests.cli.program import Done, Program

ROOT = Path(__file__).parents[2]


def copy_code(folder: Path, to: Path) -> None:
    """Copy a folder with what Python has compiled of it, but for what another process is just writing."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("*.pyc.*"))


def end_process(process: "subprocess.Popen[str]") -> None:
    """Let a process end, which does when it has no more input."""
    process.communicate()


class Copy:
    """A copy in a folder of its own, with the sample bank, data and cache beside it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        for name in ("quizgen", "question_bank", "templates"):
            copy_code(ROOT / name, self.root / name)
        self._before = self._contents()
        self.program = Program(folder)
        self.program.environment["COLUMNS"] = "200"
        del self.program.environment["PYTHONDONTWRITEBYTECODE"]  # what is written is written into the copy
        self.bank = self.program.bank
        self._process: subprocess.Popen[str] | None = None

    def add(self, path: str, text: str) -> None:
        """Add a file."""
        self._end_process()
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")

    def change(self, path: str, change: Callable[[str], str]) -> None:
        """Change a file."""
        self._end_process()
        before = (self.root / path).read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        (self.root / path).write_text(after, encoding="utf-8")

    def run(self, *words: object, typed: str = "", code: int = 0) -> Done:
        """Run the copy, with ``typed`` as its input; it must end with that code.

        All commands run in one process, which is quick, until something is added or changed.
        """
        environment = self.program.environment | {"PYTHONPATH": f"{self.root}{os.pathsep}{ROOT}"}
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.cli.in_process"],
                cwd=self.root,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self._end = weakref.finalize(self, end_process, self._process)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([[*map(str, words)], typed, environment]) + "\n")
        self._process.stdin.flush()
        done = Done(*json.loads(self._process.stdout.readline()))
        assert done.code == code, done.out + done.err
        return done

    def _end_process(self) -> None:
        """End the process, which would not see what is added or changed."""
        if self._process:
            self._end()
            self._process = None

    def touched(self) -> set[str]:
        """Name the files that are new or not as they were."""
        now = self._contents()
        assert self._before.keys() <= now.keys()
        return {path for path, content in now.items() if self._before.get(path) != content}

    def _contents(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
