"""Write a folder of files: a kit, a new bank."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from quizgen.cli.output import obstacle_in, real_path
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import reason, write_atomically, write_folder_atomically


def check_folder(folder: Path, *, if_full: str, force: bool = False) -> None:
    """Raise QuizgenError, before any work is done, where writing into a folder is bound to fail.

    ``if_full`` says what to do with one that is not empty, which only ``force`` allows.
    """
    if found := _obstacle(folder, if_full=if_full, force=force):
        raise QuizgenError(found)


def write_folder(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    if_full: str,
    force: bool = False,
    is_ours: Callable[[str], bool] = lambda _: False,
) -> None:
    """Write a new folder whole or not at all; into a folder that exists, write each file whole.

    A folder that exists may be a disk of its own, or hold other files, so that it cannot be replaced. With ``force``,
    files of an earlier run, which ``is_ours`` knows by their names, are replaced or removed. Raises QuizgenError.
    """
    check_folder(folder, if_full=if_full, force=force)  # files may have come since the first look
    path = real_path(folder)
    is_new = not path.exists()
    try:
        if is_new:
            write_folder_atomically(path, files)
            return
        for name, data in files.items():
            write_atomically(path / name, data)
        for each in path.iterdir():
            if force and is_ours(each.name) and each.name not in files:
                each.unlink()
    except OSError as error:
        hint = "files.as-before" if is_new else "files.look-into"
        raise QuizgenError(
            problem("files.folder-unwritable", hint, reason=reason(error), file=str(folder))
        ) from error


def _obstacle(folder: Path, *, if_full: str, force: bool) -> Problem | None:
    path, name = real_path(folder), str(folder)
    try:
        entries = list(path.iterdir())
    except FileNotFoundError:
        return obstacle_in(path.parent, folder)
    except NotADirectoryError:
        return problem("files.no-folder-here", "files.name-another", file=name)
    except OSError as error:
        return problem("files.unseen", "files.name-another", reason=reason(error), file=name)
    if entries and not force:
        return problem("files.not-empty", if_full, file=name)
    if not os.access(path, os.W_OK):
        return problem("files.locked", "files.name-another", file=name)
    return None
