"""Write a folder of files: a kit, a new bank."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from quizgen.cli.output import obstacle_in, real_path
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import reason, write_atomically, write_folder_atomically
from quizgen.text.messages import Message, _


def check_folder(folder: Path, *, if_not_empty: Message, force: bool = False) -> None:
    """Raise QuizgenError before any work is done, if writing into a folder would fail.

    ``if_not_empty`` is the hint for a folder that is not empty, which only ``force`` allows.
    """
    if found := _obstacle(folder, if_not_empty=if_not_empty, force=force):
        raise QuizgenError(found)


def write_folder(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    if_not_empty: Message,
    force: bool = False,
    is_ours: Callable[[str], bool] = lambda _name: False,
) -> None:
    """Write a new folder whole or not at all; in a folder that exists, write each file whole.

    A folder that exists may be a disk of its own, or have other files, so it is not replaced. With ``force``, files of an
    earlier run, which ``is_ours`` recognises by their names, are replaced or removed. Raises QuizgenError.
    """
    check_folder(
        folder, if_not_empty=if_not_empty, force=force
    )  # files may have been added since the first check
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
        hint = (
            _("nothing was changed; free some disk space, or name another folder")
            if is_new
            else _("some files may have been replaced already; free some disk space, or name another folder")
        )
        raise QuizgenError(
            problem(_("cannot write the folder: {reason}"), hint, reason=reason(error), file=str(folder))
        ) from error


def _obstacle(folder: Path, *, if_not_empty: Message, force: bool) -> Problem | None:
    path, name = real_path(folder), str(folder)
    try:
        entries = list(path.iterdir())
    except FileNotFoundError:
        return obstacle_in(path.parent, folder)
    except NotADirectoryError:
        return problem(_("this is not a folder"), _("name another"), file=name)
    except OSError as error:
        return problem(_("cannot read it: {reason}"), _("name another"), reason=reason(error), file=name)
    if entries and not force:
        return problem(_("the folder is not empty"), if_not_empty, file=name)
    if not os.access(path, os.W_OK):
        return problem(_("the folder cannot be written to"), _("name another"), file=name)
    return None
