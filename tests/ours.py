"""Our own bank, read once for all tests of a run, whichever of its processes they are in."""

import fcntl
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from quizgen.bank import read_bank
from quizgen.files import shipped_folder

_FOLDER = "QUIZGEN_TESTS_SHARED"


def share() -> str:
    """Make a folder that all processes of this run share; "" in a process whose parent has made one."""
    if _FOLDER in os.environ:
        return ""
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="quizgen-tests-")
    return os.environ[_FOLDER]


def remove_shared_folder(folder: str) -> None:
    """Remove what :func:`share` made."""
    del os.environ[_FOLDER]
    shutil.rmtree(folder)


def shared() -> Path:
    """Give that folder; it is removed at the end of the run."""
    return Path(os.environ[_FOLDER])


@cache
def compiled() -> Path:
    """Return a folder with our own bank as compiled, for which each process would take a second."""
    folder = shared() / "bank"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        read_bank([shipped_folder("question_bank")], folder)
    return folder
