"""A copy of the program, to which a recipe of CONTRIBUTING is applied: what it takes, and what comes of it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.cli.program import Done, Program

ROOT = Path(__file__).parents[2]


def copy_code(folder: Path, to: Path) -> None:
    """Copy a folder with what Python has compiled of it, but for what another process is just writing."""
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("*.pyc.*"))


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

    def add(self, path: str, text: str) -> None:
        """Add a file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")

    def change(self, path: str, change: Callable[[str], str]) -> None:
        """Change a file."""
        before = (self.root / path).read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        (self.root / path).write_text(after, encoding="utf-8")

    def run(self, *words: object, typed: str = "", code: int = 0) -> Done:
        """Run the copy, with ``typed`` coming from a pipe; it must end with that code."""
        done = subprocess.run(
            [sys.executable, "-m", "quizgen", *map(str, words)],
            cwd=self.root,
            env=self.program.environment | {"PYTHONPATH": str(self.root)},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

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
