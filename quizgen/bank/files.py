"""Read the files of a question bank as bytes."""

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import read_file, unreadable_problem
from quizgen.text.characters import escape_forbidden
from quizgen.text.messages import _

MAX_BYTES = 4_000_000
"""A file larger than this is refused. 200 questions take about 0.5 MB."""


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class RawFile(NamedTuple):
    """A file of a question bank, as bytes. ``name`` is its path as messages show it."""

    name: str
    raw: bytes

    def lines(self) -> list[str]:
        """Return the lines of the file with their line breaks, without a byte order mark."""
        return _LINE.findall(self.raw.decode("utf-8-sig"))

    def with_lines(self, lines: Iterable[str]) -> "RawFile":
        """Return a file with these lines, which begins with a byte order mark if this one does."""
        mark = BOM_UTF8 if self.raw.startswith(BOM_UTF8) else b""
        return RawFile(self.name, mark + "".join(lines).encode())


def read_files(
    paths: Iterable[Path], known: dict[str, RawFile] | None = None
) -> tuple[list[RawFile], list[Problem]]:
    """Read all question bank files in these folders or at these paths.

    Returns the files, and problems for those that cannot be read. Files of a folder are sorted by name. A file that
    occurs twice is read once. ``known`` is a cache of files by their real path.
    """
    known = {} if known is None else known
    files: list[RawFile] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for path in _bank_file_paths(paths, problems):
        real = os.path.realpath(path)
        if real in seen:
            continue
        seen.add(real)
        if real in known:
            files.append(known[real])
            continue
        try:
            known[real] = RawFile(
                display_path(path),
                read_file(path, MAX_BYTES, _("split its topic into several"), _("rename or remove it")),
            )
        except QuizgenError as error:
            problems += (replace(each, file=display_path(path)) for each in error.problems)
        else:
            files.append(known[real])
    return files, problems


def find_notes(files: Iterable[RawFile]) -> dict[str, str]:
    """Return the files in the folders ``notes`` beside question bank files, by the id of the source that each is about."""
    folders = dict.fromkeys(Path(file.name).parent / "notes" for file in files)
    return {path.stem: display_path(path) for folder in folders for path in sorted(folder.glob("*.txt"))}


def latest_modification(paths: Iterable[Path]) -> int:
    """Return when the newest question bank file was changed, in whole seconds since 1970."""
    return max(
        (int(path.stat().st_mtime) for path in _bank_file_paths(paths, []) if path.is_file()), default=0
    )


def display_path(path: Path) -> str:
    """Return a path as messages show it: relative to the current folder, if it is in that folder."""
    if path.is_absolute():
        with suppress(ValueError, OSError):
            path = path.relative_to(Path.cwd())
    return escape_forbidden(str(path))


def is_bank_file(name: str) -> bool:
    """Return whether a name is that of a question bank file: it ends in ``.yaml`` or ``.yml`` and does not start with a dot."""
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def _bank_file_paths(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield the paths of all question bank files in folders or at paths. Append a problem for each that does not exist."""
    for path in paths:
        try:
            if path.is_file():
                yield path
                continue
            names = sorted(filter(is_bank_file, os.listdir(path)))  # noqa: PTH208  names are all we need
        except NotADirectoryError:
            problems.append(
                problem(
                    _("this is not a folder"),
                    _("name the folder that holds the bank"),
                    file=display_path(path),
                )
            )
            continue
        except OSError as error:
            problems.append(unreadable_problem(path, display_path(path), error))
            continue
        if not names:
            problems.append(
                problem(
                    _("this folder has no bank: it has no .yaml file"),
                    _("name another"),
                    file=display_path(path),
                )
            )
        yield from (path / name for name in names)
