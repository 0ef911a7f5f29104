"""What makes a run of the tests quick."""

import gc
from collections.abc import Generator

import pytest

from tests import ours


def pytest_configure(config: pytest.Config) -> None:
    if folder := ours.share():
        config.add_cleanup(lambda: ours.share_no_more(folder))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the garbage collector look at what tests make, and not at modules and parameters, which stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
