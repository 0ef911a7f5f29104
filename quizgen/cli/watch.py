"""``quizgen bank check --watch``: a check now, and another whenever a file of the bank has changed."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import typer

from quizgen.bank.files import is_bank_file, name_of
from quizgen.cli.output import reader_language
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.language import Message, text

_POLL = 1.0
"""Seconds after which we look ourselves, since some file systems tell nobody of a change."""

_SETTLED = 100  # milliseconds without a change after which a save is taken to be done

State = Mapping[Path, tuple[int, ...]]
"""Bank files, and what tells whether one has changed."""


def watch(places: Sequence[Path], check: Callable[[], int]) -> int:
    """Run a check that prints what it finds, again after every change, until Ctrl-C; return the exit code.

    Raises QuizgenError for places that are not there to begin with. Later on they may come and go.
    """
    if lost := [_lost(place) for place in places if not place.exists()]:
        raise QuizgenError(lost)
    # An editor puts a new file in the place of the old one, so folders are watched; and what a file says
    # may lead to the files beside it.
    folders = list(dict.fromkeys(place.parent if place.is_file() else place for place in places))
    listed = tuple(map(name_of, places))
    try:
        _watch(folders, check, listed)
    except KeyboardInterrupt:
        if sys.stdout.isatty():
            typer.echo()
        _say(text("check.watched", places=listed))
    return 130


def _watch(folders: Sequence[Path], check: Callable[[], int], listed: Sequence[str]) -> None:
    seen = _state(folders)
    _say(text("check.watching", places=listed))
    check()
    for _ in _changes(folders):
        now = _state(folders)
        if now != seen:
            _say(text("check.changes", changes=tuple(_told(seen, now))))
            seen = now
            check()
        sys.stdout.flush()


def _say(what: Message) -> None:
    typer.echo(f"[{time.strftime('%H:%M:%S')}] {what.said(reader_language())}")
    sys.stdout.flush()


def _changes(folders: Sequence[Path]) -> Iterator[None]:
    """Give a sign whenever there may be something new: as the system says, and every second."""
    from watchfiles import watch as signs

    with suppress(OSError, RuntimeError):  # no folder, or no more watches to be had: looking has to do
        for _ in signs(
            *folders,
            watch_filter=lambda _, path: is_bank_file(Path(path).name),
            debounce=10 * _SETTLED,
            step=_SETTLED,
            rust_timeout=int(1000 * _POLL),
            yield_on_timeout=True,
            recursive=False,
        ):
            yield
    while True:
        time.sleep(_POLL)
        yield


def _state(folders: Sequence[Path]) -> State:
    found = {}
    for folder in folders:
        with suppress(OSError):  # the check says so
            for entry in os.scandir(folder):
                if is_bank_file(entry.name):
                    with suppress(OSError):  # it has just gone
                        about = entry.stat(follow_symlinks=not _leads_nowhere(entry.path))
                        found[Path(entry.path)] = (about.st_mtime_ns, about.st_size, about.st_ino)
    return found


def _leads_nowhere(path: str) -> bool:
    """Tell whether this is a link to a file that is not there, which is there itself."""
    return os.path.islink(path) and not os.path.exists(path)  # noqa: PTH114, PTH110  as scandir gives it


def _told(before: State, now: State) -> Iterator[Message]:
    """Say of each file what became of it."""
    for path in sorted({*before, *now}):
        if before.get(path) != now.get(path):
            what = "new" if path not in before else "gone" if path not in now else "changed"
            yield text(f"check.{what}", file=name_of(path))


def _lost(place: Path) -> Problem:
    return problem("check.no-place", "check.check-path", file=name_of(place))
