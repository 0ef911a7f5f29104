"""System calls that fail where a test wants them to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from unittest import mock


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
