"""System calls that fail where a test wants them to: all from some call on, or the nth of those that reach a folder."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Self
from unittest import mock

CALLS = ("open", "write", "fsync", "fchmod", "link", "rename", "replace", "mkdir", "rmdir", "unlink", "close")
"""What Python's own code for files comes down to; SQLite calls the system by itself."""


@contextmanager
def failing(call: str, number: int, *, first: int = 1, last: int = 1_000_000) -> Iterator[None]:
    """Have the system refuse calls of a name, from the first or a later one on, up to a last."""
    real, counted = getattr(os, call), count(1)

    def called(*arguments: Any, **named: Any) -> Any:
        if first <= next(counted) <= last:
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    with mock.patch.object(os, call, called):
        yield


class Faults:
    """One fault at the nth call that would change something in a folder; a context, in which it may come.

    ``injected`` tells what failed, a call and its file, or nothing where there are fewer calls.
    """

    def __init__(self, folder: Path, nth: int, number: int) -> None:
        self.injected: tuple[str, str] | None = None
        self._folder = str(folder)
        self._nth = nth
        self._number = number
        self._seen = 0
        self._files: dict[int, str] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for call in CALLS:
            self._stack.enter_context(mock.patch.object(os, call, self._guarded(call, getattr(os, call))))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _guarded(self, call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(first: Any, *rest: Any, **named: Any) -> Any:
            file = self._files.get(first, "") if isinstance(first, int) else os.fsdecode(first)
            reads = call == "open" and not (rest and rest[0] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if file.startswith(self._folder) and not reads:
                self._seen += 1
                if self._seen == self._nth:
                    self.injected = (call, file)
                    if (
                        call == "close"
                    ):  # as a network disk that is full may answer; the file is closed all the same
                        real(first)
                    raise OSError(
                        self._number, os.strerror(self._number), *([file] if call != "write" else [])
                    )
            result = real(first, *rest, **named)
            if call == "open":
                self._files[result] = file
            elif call == "close":
                self._files.pop(first, None)
            return result

        return called
