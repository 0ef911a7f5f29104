"""The files of a bank, as bytes: which ones belong to it, and which cannot be read."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from quizgen.characters import visible
from quizgen.errors import Problem, problem

MAX_BYTES = 4 * 1024 * 1024
"""A file larger than this is refused. 200 questions take about 0.5 MB."""


class RawFile(NamedTuple):
    """A bank file as it stands on the disk; ``name`` is its path as the user would name it."""

    name: str
    raw: bytes


def gather(
    places: Iterable[Path], known: dict[str, RawFile] | None = None
) -> tuple[list[RawFile], list[Problem]]:
    """Read every bank file of these folders (or files), and report those that cannot be read.

    A folder's files come sorted by name, the folders as given; a file met twice is read once. ``known`` are
    files, by their real paths, that were read before; those read here are added.
    """
    known = {} if known is None else known
    files: list[RawFile] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for path in _paths(places, problems):
        real = os.path.realpath(path)
        if real in seen:
            continue
        seen.add(real)
        if real in known:
            files.append(known[real])
            continue
        read = _read(path)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            known[real] = RawFile(name_of(path), read)
            files.append(known[real])
    return files, problems


def last_changed(places: Iterable[Path]) -> int:
    """Tell when the newest bank file of these folders (or files) was written, in whole seconds since 1970."""
    return max((int(path.stat().st_mtime) for path in _paths(places, []) if path.is_file()), default=0)


def name_of(path: Path) -> str:
    """Name a path as its user would: relative to the current folder where it lies below it."""
    if path.is_absolute():
        with suppress(ValueError, OSError):
            path = path.relative_to(Path.cwd())
    return visible(str(path))


def is_bank_file(name: str) -> bool:
    """Tell a bank file by its name; hidden ones are an editor's own."""
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def _paths(places: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    for place in places:
        if place.is_file():
            yield place
            continue
        try:
            names = sorted(filter(is_bank_file, os.listdir(place)))  # noqa: PTH208  names are all we need
        except OSError as error:
            problems.append(_failure(place, error))
            continue
        if not names:
            problems.append(problem("files.no-bank", "files.name-another", file=name_of(place)))
        yield from (place / name for name in names)


def _read(path: Path) -> bytes | Problem:
    name = name_of(path)
    try:
        if path.is_dir():
            return problem("files.folder-like-file", "files.rename", file=name)
        if path.is_symlink() and not path.exists():
            return problem("files.dead-link", "files.mend-link", file=name)
        if path.exists() and not path.is_file():  # a pipe or a device would keep us waiting
            return problem("files.device", "files.remove", file=name)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _failure(path, error)
    if len(raw) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        return problem("files.too-large", "files.split", megabytes=limit, file=name)
    return raw


def _failure(path: Path, error: OSError) -> Problem:
    name = name_of(path)
    if isinstance(error, FileNotFoundError):
        return problem("check.no-place", "check.check-path", file=name)
    if isinstance(error, NotADirectoryError):
        return problem("files.no-folder-here", "files.name-bank", file=name)
    if isinstance(error, PermissionError):
        return problem("files.unreadable", "files.permit-reading", file=name)
    return problem("files.not-read", reason=error.strerror or str(error), file=name)
