"""Files that commands write: whole or not at all, and over an existing one only if asked to."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from quizgen.errors import Problem, QuizgenError, problem


def claim(*paths: Path, force: bool) -> None:
    """Raise QuizgenError, before any work is done, for every path where writing is bound to fail."""
    found = [_obstacle(path, force=force) for path in paths]
    if problems := [obstacle for obstacle in found if obstacle]:
        raise QuizgenError(problems)


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files, each whole or not at all, and none before all are on the disk.

    Raises QuizgenError where that fails; what stood there before stands there still.
    """
    drafts = {path: path.with_name(f".{path.name}.{secrets.token_hex(4)}.part") for path in files}
    path = next(iter(files))
    try:
        for path, data in files.items():
            drafts[path].write_bytes(data)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise QuizgenError(problem(f"the file cannot be written: {reason}", file=str(path))) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _obstacle(path: Path, *, force: bool) -> Problem | None:
    if path.is_dir():
        return problem("this is a folder", "name a file", file=str(path))
    if path.exists() and not force:
        return problem("the file exists", "name another, or replace it with --force", file=str(path))
    if not path.parent.is_dir():
        return problem("its folder does not exist", "make it first", file=str(path))
    if not os.access(path.parent, os.W_OK):
        return problem("its folder cannot be written to", "name another", file=str(path))
    return None
