"""Files: where the shipped ones stand, in a checkout beside the package or in a wheel inside it, and how any is read."""

import os
import stat
from pathlib import Path

from quizgen.characters import visible
from quizgen.errors import Problem, QuizgenError, problem
from quizgen.language import Said

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder of shipped files called ``name`` (``question_bank`` or ``templates``).

    The one function that knows whether quizgen is installed or runs from a checkout.
    """
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def is_installed(folder: Path) -> bool:
    """Tell whether a folder of shipped files belongs to an installation, which nobody edits."""
    return folder.is_relative_to(_PACKAGE)


def read_file(path: Path, most: int, if_larger: Said, if_none: Said = "files.name-file") -> bytes:
    """Read a file of at most so many bytes, whoever named it.

    ``if_larger`` says what to do with a larger one, and ``if_none`` with what is no file. A pipe, which would keep us
    waiting, is not read, and no device, which may never end, but the null device, which is empty. Raises QuizgenError.
    """
    name = visible(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise QuizgenError(problem("files.folder", if_none, file=name))
        if not stat.S_ISREG(mode) and not path.samefile(os.devnull):
            raise QuizgenError(problem("files.device", if_none, file=name))
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise QuizgenError(unread(path, name, error)) from error
    if len(raw) > most:
        size = f"{most / 1_000_000:.3g}"
        raise QuizgenError(problem("files.too-large", if_larger, megabytes=size, file=name))
    return raw


def unread(path: Path, name: str, error: OSError | ValueError) -> Problem:
    """Say why a file, or a folder, cannot be read."""
    match error:
        case FileNotFoundError() if path.is_symlink():
            return problem("files.dead-link", "files.mend-link", file=name)
        case FileNotFoundError():
            return problem("check.no-place", "check.check-path", file=name)
        case PermissionError():
            return problem("files.unreadable", "files.permit-reading", file=name)
        case _:
            said = (getattr(error, "strerror", "") or str(error)).lower()
            return problem("files.not-read", "check.check-path", reason=said, file=name)
