"""Files: where the shipped ones stand, in a checkout beside the package or in a wheel inside it; how any is read, and written."""

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from quizgen.errors import Problem, QuizgenError, problem
from quizgen.text.characters import visible
from quizgen.text.messages import Said, text

_PACKAGE = Path(__file__).parent


_REASONS = {
    errno.EACCES: "system.no-permission",
    errno.EPERM: "system.not-permitted",
    errno.ENOENT: "system.not-there",
    errno.ENOSPC: "system.no-space",
    errno.EDQUOT: "system.quota",
    errno.EFBIG: "system.too-large",
    errno.EROFS: "system.read-only",
    errno.EIO: "system.input-output",
    errno.EISDIR: "system.is-folder",
    errno.ENOTDIR: "system.no-folder",
    errno.ENAMETOOLONG: "system.long-name",
    errno.ELOOP: "system.links",
    errno.EAGAIN: "system.no-waiting",
}
"""Why the system refuses something, in messages, since what it says itself is English."""


def reason(error: OSError | ValueError) -> Said:
    """Say why the system refused something; in its own words, where that is rare."""
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    return text(known) if known else (getattr(error, "strerror", "") or str(error)).lower()


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
            return problem("files.not-read", "check.check-path", reason=reason(error), file=name)


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Write a file whole or not at all, in the place of any before it; raises OSError.

    The data goes to a file beside it, which is then renamed, so that neither a full disk nor a power cut leaves half a
    file. A link stays a link: what it leads to is replaced. The permissions of the file before stay, unless ``mode``
    gives others.
    """
    target = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        before = target.stat().st_mode
        if not stat.S_ISREG(before):  # an administrator could replace /dev/null, for everybody
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(target))
        mode = stat.S_IMODE(before) if mode is None else mode
    part = _part_beside(target)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                with suppress(OSError):  # a file system without permissions
                    part.chmod(mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_folder_atomically(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with files in it, or nothing at all; raises OSError."""
    part = _part_beside(folder)
    try:
        part.mkdir()
        for name, data in files.items():
            (part / name).write_bytes(data)
        part.rename(folder)
    finally:
        rmtree(part, ignore_errors=True)


def _part_beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.part")
