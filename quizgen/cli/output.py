"""Files that commands write: whole or not at all, and over an existing one only if asked to."""

import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from quizgen.errors import Problem, QuizgenError, problem

SOON = 0.5
"""Seconds that pass before a progress bar shows: what is done sooner needs none."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a formula may begin with, by OWASP, “CSV Injection”; some spreadsheets read the wide signs as the narrow."""


def claim(*paths: Path, force: bool) -> None:
    """Raise QuizgenError, before any work is done, for every path where writing is bound to fail."""
    found = [_obstacle(path, force=force) for path in paths]
    if problems := [obstacle for obstacle in found if obstacle]:
        raise QuizgenError(problems)


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files, each whole or not at all, and none before all are on the disk.

    One that takes the place of another has its permissions.
    Raises QuizgenError where that fails; what stood there before stands there still.
    """
    # A link stays, and what it leads to is replaced.
    targets = {path: Path(os.path.realpath(path)) for path in files}
    drafts = {
        path: target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        for path, target in targets.items()
    }
    path = next(iter(files))
    try:
        for path, data in files.items():
            drafts[path].write_bytes(data)
            with suppress(OSError):  # nothing is there yet, or this file system knows no permissions
                shutil.copymode(targets[path], drafts[path])
        for path, draft in drafts.items():
            draft.replace(targets[path])
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise QuizgenError(problem(f"the file cannot be written: {reason}", file=str(path))) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV (RFC 4180); the byte order mark tells spreadsheets that it is UTF-8."""
    import csv
    import io

    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell that looks like a formula: a quote before it makes it text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr for what takes over a second, where that is a terminal; give what moves it on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    )
    task = bar.add_task("", total=total)
    begun = time.monotonic()

    def report(done: int) -> None:
        if done % 100 == 0 or done == total:
            bar.update(task, completed=done)
            if not bar.live.is_started and time.monotonic() - begun > SOON:
                bar.start()

    try:
        yield report
    finally:
        bar.stop()


def _obstacle(path: Path, *, force: bool) -> Problem | None:
    found = _obstacle_at(Path(os.path.realpath(path)), force=force)
    return problem(*found, file=str(path)) if found else None


def _obstacle_at(path: Path, *, force: bool) -> tuple[str, str] | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return _obstacle_in(path.parent)
    except OSError as error:
        return f"it cannot be looked at: {(error.strerror or str(error)).lower()}", "name another"
    if stat.S_ISDIR(mode):
        return "this is a folder", "name a file"
    if not stat.S_ISREG(mode):
        return "this is a device or a pipe", "name a file"
    if not force:
        return "the file exists", "name another, or replace it with --force"
    return _obstacle_in(path.parent)


def _obstacle_in(folder: Path) -> tuple[str, str] | None:
    if not folder.is_dir():
        return "its folder does not exist", "make it first"
    if not os.access(folder, os.W_OK):
        return "its folder cannot be written to", "name another"
    return None
