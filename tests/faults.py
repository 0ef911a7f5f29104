"""Makes system calls fail, for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from unittest import mock


@contextmanager
def failing(call: str, number: int, *, first: int = 1, last: int = 1_000_000) -> Iterator[None]:
    """Make calls of this name fail, from the ``first`` to the ``last``."""
    real, counted = getattr(os, call), count(1)

    def called(*arguments: Any, **named: Any) -> Any:
        if first <= next(counted) <= last:
            raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    with mock.patch.object(os, call, called):
        yield
