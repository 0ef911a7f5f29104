"""Settings that make the tests fast, and the same in each run."""

import gc
import os
import signal
import time
from collections.abc import Generator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

from tests import ours

# Whoever starts the tests in the background or with nohup has signals ignored, by the programs that they start too.
for ignored in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGTSTP):
    if signal.getsignal(ignored) is signal.SIG_IGN:
        signal.signal(ignored, signal.default_int_handler if ignored == signal.SIGINT else signal.SIG_DFL)

# A test fails for what the code does: not for how fast a machine is, and not by chance on a run that changed nothing.
settings.register_profile("chance", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("chance"), derandomize=True)
settings.load_profile("same")


# The tests begin at noon, so that no day ends while a test counts days. QUIZGEN_TESTS_CLOCK sets another moment.
_BEGIN = datetime.fromisoformat(os.environ.get("QUIZGEN_TESTS_CLOCK", "2026-11-28T12:00:00")).replace(
    tzinfo=UTC
)
_AHEAD = _BEGIN.timestamp() - time.monotonic()
time.time = lambda: time.monotonic() + _AHEAD


def pytest_configure(config: pytest.Config) -> None:
    if folder := ours.share():
        config.add_cleanup(lambda: ours.remove_shared_folder(folder))
    os.environ["XDG_CONFIG_HOME"] = str(ours.shared() / "config")  # no test reads the profile of who runs it


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the garbage collector ignore modules and parameters, which stay until the end, and be as rare as in the program."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(500_000)
        gc.enable()
