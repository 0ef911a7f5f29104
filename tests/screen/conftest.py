"""Tests of the full screen without the pauses that its library makes."""

import pytest

FPS, LOOK = 1000, 0.004
"""How often Textual draws a second, and how many seconds it rests between two looks at whether it is idle."""


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove the pauses of 0.02 seconds that Textual's pilot makes after each key; they took longer than drawing."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / FPS)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", LOOK)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", LOOK / 20)
