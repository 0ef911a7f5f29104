"""Write several files into a folder, such as a kit or a new question bank."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from quizgen.cli.output import creation_problem, real_path
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.files import os_error_reason, write_atomically, write_folder_atomically
from quizgen.text.messages import Message, _


def check_folder(folder: Path, *, hint_if_not_empty: Message, force: bool = False) -> None:
    """Raise QuizgenError if writing into a folder would fail. Call this before any work is done.

    A folder that is not empty is refused without ``force``; ``hint_if_not_empty`` then says what to do.
    """
    if found := _folder_problem(folder, hint_if_not_empty=hint_if_not_empty, force=force):
        raise QuizgenError(found)


def write_folder(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    hint_if_not_empty: Message,
    force: bool = False,
    is_file_of_earlier_run: Callable[[str], bool] = lambda _name: False,
) -> None:
    """Write files into a folder, given by name. A new folder gets all files or is not made.

    A folder that exists is kept, because it may have other files; each file in it is written completely or not
    at all. With ``force``, files from an earlier run are replaced, and removed if there is no new one;
    ``is_file_of_earlier_run`` is a function that recognises them by their names. Raises QuizgenError.
    """
    check_folder(
        folder, hint_if_not_empty=hint_if_not_empty, force=force
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
            if force and is_file_of_earlier_run(each.name) and each.name not in files:
                each.unlink()
    except OSError as error:
        hint = (
            _("nothing was changed; free some disk space, or name another folder")
            if is_new
            else _("some files may have been replaced already; free some disk space, or name another folder")
        )
        raise QuizgenError(
            problem(
                _("cannot write the folder: {reason}"), hint, reason=os_error_reason(error), file=str(folder)
            )
        ) from error


def _folder_problem(folder: Path, *, hint_if_not_empty: Message, force: bool) -> Problem | None:
    """Return the problem that prevents writing into a folder, or ``None``."""
    path, name = real_path(folder), str(folder)
    try:
        entries = list(path.iterdir())
    except FileNotFoundError:
        return creation_problem(path.parent, folder)
    except NotADirectoryError:
        return problem(_("this is not a folder"), _("name another"), file=name)
    except OSError as error:
        return problem(
            _("cannot read it: {reason}"), _("name another"), reason=os_error_reason(error), file=name
        )
    if entries and not force:
        return problem(_("the folder is not empty"), hint_if_not_empty, file=name)
    if not os.access(path, os.W_OK):
        return problem(_("the folder cannot be written to"), _("name another"), file=name)
    return None
