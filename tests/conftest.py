"""What makes a run of the tests quick."""

import gc

import pytest

from tests import ours


def pytest_configure(config: pytest.Config) -> None:
    if folder := ours.share():
        config.add_cleanup(lambda: ours.share_no_more(folder))
    gc.disable()


def pytest_collection_finish() -> None:
    """Let the garbage collector look at what tests make, and no more at modules and parameters, which stay."""
    gc.freeze()
    gc.enable()
