"""Files: find those that are shipped with the program, read a file, and write files completely or not at all."""

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.text.characters import escape_forbidden
from quizgen.text.messages import Message, _, as_is

_PACKAGE = Path(__file__).parent


_REASONS = {
    errno.EACCES: _("permission denied"),
    errno.EPERM: _("operation not permitted"),
    errno.ENOENT: _("no such file or directory"),
    errno.ENOSPC: _("no space left on device"),
    errno.EDQUOT: _("disk quota exceeded"),
    errno.EFBIG: _("file too large"),
    errno.EROFS: _("read-only file system"),
    errno.EIO: _("input/output error"),
    errno.EISDIR: _("is a directory"),
    errno.ENOTDIR: _("not a directory"),
    errno.ENAMETOOLONG: _("file name too long"),
    errno.ELOOP: _("too many levels of symbolic links"),
    errno.EAGAIN: _("resource temporarily unavailable"),
}
"""Messages for the reasons why the system refuses something; its own words are English only."""


NAME_A_FILE = _("name a file")


def os_error_reason(error: OSError | ValueError) -> Message:
    """Return the reason for an error of the operating system. A rare error has the words of the system."""
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    return known or as_is((getattr(error, "strerror", "") or str(error)).lower())


def shipped_folder(name: str) -> Path:
    """Return a folder that is shipped with the program: ``question_bank`` or ``templates``.

    Only this function knows whether the program is installed or runs from a checkout.
    """
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def is_installed(folder: Path) -> bool:
    """Return whether a shipped folder is part of an installation, whose files nobody should edit."""
    return folder.is_relative_to(_PACKAGE)


def read_file(
    path: Path, max_bytes: int, hint_too_large: Message, hint_not_file: Message = NAME_A_FILE
) -> bytes:
    """Return the bytes of a file that the user named.

    Raises QuizgenError if it is larger than ``max_bytes``, or is no file.

    ``hint_too_large`` says what to do about a larger file, and ``hint_not_file`` about a folder or a device. A
    pipe is refused because reading it may wait forever, and a device because it may never end. Only the null
    device is read, as an empty file.
    """
    name = escape_forbidden(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise QuizgenError(problem(_("this is a folder"), hint_not_file, file=name))
        if not stat.S_ISREG(mode) and not path.samefile(os.devnull):
            raise QuizgenError(problem(_("this is a device or a pipe, not a file"), hint_not_file, file=name))
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise QuizgenError(unreadable_problem(path, name, error)) from error
    if len(raw) > max_bytes:
        size = f"{max_bytes / 1_000_000:.3g}"
        raise QuizgenError(
            problem(_("this file is larger than {megabytes} MB"), hint_too_large, megabytes=size, file=name)
        )
    return raw


def unreadable_problem(path: Path, name: str, error: OSError | ValueError) -> Problem:
    """Return the problem that a file or folder cannot be read, with the reason. ``name`` is how the user wrote it."""
    match error:
        case FileNotFoundError() if path.is_symlink():
            return problem(
                _("this link points to a file that does not exist"), _("fix or remove the link"), file=name
            )
        case FileNotFoundError():
            return problem(_("there is no such file or folder"), _("check the path"), file=name)
        case PermissionError():
            return problem(
                _("you have no permission to read this"), _("give yourself permission to read it"), file=name
            )
        case _:
            return problem(
                _("cannot read this: {reason}"), _("check the path"), reason=os_error_reason(error), file=name
            )


def write_atomically(path: Path, data: bytes | Iterable[bytes], *, mode: int | None = None) -> None:
    """Write a file completely or not at all. It replaces an earlier file. Raises OSError.

    A large file may come in pieces, so that it never is in memory as a whole. The data is written to a temporary file in the same folder, which is then renamed. So neither a full disk
    nor a power cut leaves half a file. If the path is a link, the file that it points to is replaced. The file
    keeps its permissions unless ``mode`` is given.
    """
    target = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        before = target.stat().st_mode
        if not stat.S_ISREG(before):  # an administrator could replace /dev/null, for everybody
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(target))
        mode = stat.S_IMODE(before) if mode is None else mode
    temporary = _temporary_path(target)
    try:
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600
        )
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                with suppress(OSError):  # a file system without permissions
                    temporary.chmod(mode)
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_folder_atomically(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with files, given by name, or make nothing. Raises OSError."""
    temporary = _temporary_path(folder)
    try:
        temporary.mkdir()
        for name, data in files.items():
            (temporary / name).write_bytes(data)
        temporary.rename(folder)
    finally:
        rmtree(temporary, ignore_errors=True)


def _temporary_path(path: Path) -> Path:
    """Return the path of a new temporary file or folder beside a path."""
    return path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.part")
