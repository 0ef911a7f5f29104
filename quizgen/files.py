"""Files: where the shipped ones stand, in a checkout beside the package or in a wheel inside it; how any is read, and written."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Self

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


class Draft:
    """What a file is to hold, written beside it under another name, and put in its place once all of it is on the disk.

    Whatever happens, power that goes included, the file is the one before or the new one, whole. A context, at whose
    end nothing is left beside the file; every method raises OSError.
    """

    def __init__(self, path: Path, *, follow: bool = True) -> None:
        """Begin a file at this path, or where a link there leads to unless ``follow`` is off, by which the link itself goes."""
        self._target = Path(os.path.realpath(path)) if follow else path
        beside = f".{self._target.name[:40]}.{os.urandom(4).hex()}"
        self._part = self._target.with_name(f"{beside}.part")
        self._before = self._target.with_name(f"{beside}.before.part")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for path in (self._part, self._before):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def write(self, data: bytes, mode: int | None = None, *, lasting: bool = True) -> None:
        """Write all of it; with the permissions of the file that it replaces, unless ``mode`` gives others."""
        if mode is None:
            with suppress(OSError):  # nothing is there yet
                mode = stat.S_IMODE(self._target.stat().st_mode)
        write_new(self._part, data, mode, lasting=lasting)

    def place(self, *, new: bool) -> None:
        """Put it in its place; raises FileExistsError if it is to be ``new`` and something is there by now."""
        if new:
            move_to_free(self._part, self._target)
            return
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(mode := self._target.lstat().st_mode) and not stat.S_ISLNK(mode):
                # It would go for good, and for all: /dev/null, where the superuser names it.
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(self._target))
        self._part.replace(self._target)

    def keep_before(self) -> None:
        """Keep what stands in its place, if anything does, so that it can be taken back."""
        try:
            os.link(self._target, self._before)
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            from shutil import copy2  # noqa: PLC0415  hardly ever needed

            copy2(self._target, self._before)

    def take_back(self) -> None:
        """Put back what was kept, or nothing where there was nothing."""
        try:
            self._before.replace(self._target)
        except FileNotFoundError:
            self._target.unlink()


def write_whole(
    path: Path,
    data: bytes,
    mode: int | None = None,
    *,
    new: bool = False,
    lasting: bool = True,
    follow: bool = True,
) -> None:
    """Write a file, whole or not at all; raises OSError, FileExistsError if it is to be ``new`` and is there.

    What a link leads to is replaced, unless ``follow`` is off, as in folders of our own, where nobody wants one. One that is not ``lasting`` may be lost, or damaged, when the power goes soon after, and is written the sooner.
    """
    with Draft(path, follow=follow) as draft:
        draft.write(data, mode, lasting=lasting)
        draft.place(new=new)


def write_new(path: Path, data: bytes, mode: int | None = None, *, lasting: bool = True) -> None:
    """Write a file where none is, and see that it is on the disk; raises OSError, and may leave a part of it then."""
    file = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666 if mode is None else mode & 0o600
    )
    try:
        if mode is not None:
            with suppress(OSError):  # a file system without permissions
                os.fchmod(file, mode)
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        if lasting:
            os.fsync(file)
    finally:
        os.close(file)


def move_to_free(path: Path, to: Path) -> None:
    """Give a file another name that no file has; raises OSError, FileExistsError where one has it by now."""
    try:
        os.link(path, to)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # The name is claimed by an empty file, which is then replaced.
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            path.replace(to)
        except OSError:
            to.unlink()
            raise
    else:
        with suppress(OSError):  # then it has both names for a while
            path.unlink()


_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK)
"""How a file system says that it knows no hard links."""
