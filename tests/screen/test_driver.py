"""The driver between signals, with Textual's own part of it put aside."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from textual import events
from textual.drivers import linux_driver

from quizgen.screen.driver import TolerantDriver, _TolerantParser, character_of


class Driver(TolerantDriver):
    """Writes down what Textual would do; ``meanwhile`` comes in the middle of taking the screen."""

    def __init__(self) -> None:
        self._writer_thread = None
        self._app = mock.Mock()
        self._must_signal_resume = False
        self.done: list[str] = []
        self.meanwhile: list[Callable[[], object]] = []
        self.may_write = True


@pytest.fixture
def driver() -> Iterator[Any]:
    def take(self: Any) -> None:
        self.done.append("take")
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if self.may_write:
            self._writer_thread = mock.Mock()

    def leave(self: Any) -> None:
        self.done.append("leave")

    textual = linux_driver.LinuxDriver
    with (
        mock.patch.object(textual, "start_application_mode", take),
        mock.patch.object(textual, "suspend_application_mode", leave),
    ):
        yield Driver()


def test_no_signal_does_anything_before_there_is_a_screen(driver: Any) -> None:
    driver.suspend_application_mode()
    driver.resume_application_mode()
    assert driver.done == []
    driver.meanwhile = [driver.suspend_application_mode, driver.resume_application_mode]
    driver.start_application_mode()
    driver.start_application_mode()
    assert driver.done == ["take", "take"]


def test_the_screen_is_left_and_taken_again(driver: Any) -> None:
    driver.start_application_mode()
    driver.suspend_application_mode()
    driver.resume_application_mode()
    assert driver.done == ["take", "leave", "take"]
    assert not driver._must_signal_resume
    assert driver._app.mock_calls == [mock.call.on_suspend(), mock.call.on_resume()]


def test_after_a_stop_that_nobody_saw_the_screen_is_left_first(driver: Any) -> None:
    driver.start_application_mode()
    driver.resume_application_mode()
    assert driver.done == ["take", "leave", "take"]
    assert driver._must_signal_resume  # so that the app draws it anew


def test_a_signal_to_go_on_in_the_midst_of_going_on_has_it_done_once_more(driver: Any) -> None:
    driver.start_application_mode()
    driver.suspend_application_mode()
    driver.meanwhile = [driver.resume_application_mode]
    driver.resume_application_mode()
    assert driver.done == ["take", "leave", "take", "leave", "take"]
    assert driver._app.on_resume.call_count == 1


def test_in_the_background_the_screen_stays_left(driver: Any) -> None:
    driver.start_application_mode()
    driver.suspend_application_mode()
    driver.may_write = False
    driver.resume_application_mode()
    driver.may_write = True
    driver.resume_application_mode()
    assert driver.done == ["take", "leave", "take", "take"]


@pytest.mark.parametrize(
    ("character", "written"), [("a", "a"), ("\u3000", "\u3000"), ("\ufffd", ""), ("\x1b", ""), (None, "")]
)
def test_only_a_key_that_writes_has_a_character(character: str | None, written: str) -> None:
    assert character_of(events.Key("some", character)) == written


@pytest.mark.parametrize("number", ["1114112", "99999999999999999999"])
def test_a_number_that_no_character_has_is_a_key_without_meaning(number: str) -> None:
    (key,) = (event for event in _TolerantParser().feed(f"\x1b[{number}u") if isinstance(event, events.Key))
    assert (key.key, key.character) == ("unknown", None)
