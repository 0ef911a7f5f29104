"""The driver between signals, with Textual's own part of it put aside."""

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from textual import events
from textual.drivers import linux_driver

from quizgen.screen.driver import (
    _TRIES,
    LARGEST,
    LONGEST_PASTE,
    MOST_WAITING,
    TolerantDriver,
    _tolerant_decoder,
    _TolerantParser,
    _TolerantWriter,
    character_of,
)


class Driver(TolerantDriver):
    """Writes down what Textual would do; ``soon`` is what the loop has to do."""

    def __init__(self) -> None:
        self._writer_thread = None
        self._app = mock.Mock()
        self._auto_restart = True
        self._must_signal_resume = False
        self.done: list[str] = []
        self.soon: list[Callable[[], None]] = []
        self._loop = mock.Mock(call_soon_threadsafe=self.soon.append)
        self.refusals = 0

    def goes_round(self) -> None:
        """Do what the loop has to do."""
        while self.soon:
            self.soon.pop(0)()

    def close(self) -> None:
        """Be done with the terminal, of which there is none."""


@pytest.fixture
def driver() -> Iterator[Any]:
    def take(self: Any) -> None:
        self.done.append("take")
        if not self.refusals:
            self._writer_thread = mock.Mock()
        self.refusals = max(self.refusals - 1, 0)

    def leave(self: Any) -> None:
        self.done.append("leave")

    made = Driver()
    textual = linux_driver.LinuxDriver
    with (
        mock.patch.object(textual, "start_application_mode", take),
        mock.patch.object(textual, "stop_application_mode", leave),
        mock.patch.object(os, "kill", lambda _pid, number: made.done.append(signal.Signals(number).name)),
    ):
        yield made


def test_no_signal_does_anything_before_there_is_a_screen(driver: Any) -> None:
    driver.suspend_application_mode()
    driver.resume_application_mode()
    assert driver.done == []
    driver.start_application_mode()
    assert driver.done == ["take"]


def test_the_screen_is_left_and_taken_again(driver: Any) -> None:
    driver.start_application_mode()
    driver._sigtstp_application()
    driver.goes_round()
    driver._sigcont_application()
    driver.goes_round()
    assert driver.done == ["take", "leave", "SIGSTOP", "take"]
    assert driver._must_signal_resume  # so that the app draws it anew
    assert driver._app.mock_calls == [mock.call.on_suspend(), mock.call.on_resume()]


def test_after_a_stop_that_nobody_saw_the_screen_is_left_first(driver: Any) -> None:
    driver.start_application_mode()
    driver._sigcont_application()
    driver.goes_round()
    assert driver.done == ["take", "leave", "take"]
    assert driver._must_signal_resume


def test_a_signal_does_nothing_where_it_interrupts(driver: Any) -> None:
    driver.start_application_mode()
    driver._sigtstp_application()
    driver._sigcont_application()
    assert driver.done == ["take"]


def test_signals_to_go_on_that_come_together_are_served_once(driver: Any) -> None:
    driver.start_application_mode()
    for _ in range(5):
        driver._sigcont_application()
    driver.goes_round()
    assert driver.done == ["take", "leave", "take"]
    driver._sigcont_application()
    driver.goes_round()
    assert driver.done == ["take", "leave", "take", "leave", "take"]


def test_nothing_stops_after_the_signal_to_go_on(driver: Any) -> None:
    driver.start_application_mode()
    driver._sigtstp_application()
    driver._sigtstp_application()
    driver._sigcont_application()
    driver.goes_round()
    assert driver.done == ["take", "leave", "take"]


def test_a_screen_that_was_left_for_good_is_not_taken_again(driver: Any) -> None:
    driver.start_application_mode()
    driver._sigcont_application()
    driver.stop_application_mode()
    driver.goes_round()
    driver._loop.call_soon_threadsafe = mock.Mock(side_effect=RuntimeError)  # as a loop does that is closed
    driver._sigcont_application()
    driver._sigtstp_application()
    assert driver.done == ["take", "leave"]


def test_what_starts_in_the_background_takes_the_screen_in_the_foreground(driver: Any) -> None:
    driver.refusals = 2
    driver.start_application_mode()
    assert driver.done == ["take", "take", "take"]
    driver.suspend_application_mode()
    driver.refusals = 1
    driver.resume_application_mode()
    assert driver.done == ["take", "take", "take", "leave", "take", "take"]


def test_a_terminal_that_is_gone_is_not_asked_for_ever(driver: Any) -> None:
    driver.refusals = 1_000_000
    driver.start_application_mode()
    assert driver.done == ["take"] * _TRIES


@pytest.mark.parametrize(
    ("character", "written"), [("a", "a"), ("\u3000", "\u3000"), ("\ufffd", ""), ("\x1b", ""), (None, "")]
)
def test_only_a_key_that_writes_has_a_character(character: str | None, written: str) -> None:
    assert character_of(events.Key("some", character)) == written


@pytest.mark.parametrize("number", ["1114112", "99999999999999999999"])
def test_a_number_that_no_character_has_is_a_key_without_meaning(number: str) -> None:
    (key,) = (event for event in _TolerantParser().feed(f"\x1b[{number}u") if isinstance(event, events.Key))
    assert (key.key, key.character) == ("unknown", None)


def test_a_size_that_nobody_asked_for_is_none_and_the_mouse_stays_where_it_is() -> None:
    typed = "\x1b[48;24;80;0;0t\x1b[48;99999;99999;1;1t\x1b[?2048;1$y\x1b[<0;10;5M"
    told: list[Any] = list(_TolerantParser().feed(typed))
    assert [(type(event).__name__, event.x, event.y) for event in told] == [("MouseDown", 9, 4)]


@pytest.mark.parametrize(
    ("typed", "late", "pasted"),
    [
        (["\x1b[200~a\x1bb\x1b[201~"], False, "a\x1bb"),
        (["\x1b[20", "0~a", "b\x1b[2", "01~"], False, "ab"),
        (["\x1b[200~ab"], True, "ab"),
        (["\x1b[200~ab\x1b[20"], True, "ab\x1b[20"),
        (["\x1b[200~", "x" * 3 * LONGEST_PASTE, "\x1b[201~"], False, "x" * LONGEST_PASTE),
    ],
    ids=["whole", "in pieces", "without an end", "half an end", "too long"],
)
def test_a_pasted_text_ends_and_keys_are_keys_again(typed: list[str], pasted: str, *, late: bool) -> None:
    parser = _TolerantParser()
    told: list[Any] = [event for chunk in typed for event in parser.feed(chunk)]
    if late:
        with mock.patch("textual._parser.get_time", return_value=1e12):
            told += parser.tick()
    told += parser.feed("q")
    assert [type(event).__name__ for event in told] == ["Paste", "Key"]
    assert told[0].text == pasted
    assert told[1].key == "q"


def test_input_that_ends_hangs_up(driver: Any) -> None:
    with pytest.raises(OSError, match="error"):
        _tolerant_decoder("utf-8")().decode(b"", final=False)
    with mock.patch.object(linux_driver.LinuxDriver, "run_input_thread", side_effect=OSError):
        driver.run_input_thread()
    driver._app.hang_up.assert_called_once_with()


@pytest.mark.parametrize("more", [100, 0], ids=["three times what there is room for", "at the very end"])
def test_output_that_fails_hangs_up_once_and_keeps_nobody_waiting(more: int) -> None:
    file, lost = mock.Mock(), mock.Mock()
    file.flush.side_effect = OSError
    writer = _TolerantWriter(file, lost)
    writer.start()
    for _ in range(more):
        writer.write("more")
    writer._queue.put(None)
    writer.join(10)
    assert not writer.is_alive()
    lost.assert_called_once_with()


def test_keys_wait_in_the_terminal_while_others_are_not_served(driver: Any) -> None:
    driver._app.message_queue_size = MOST_WAITING + 1
    driver._loop, driver.exit_event = mock.Mock(), mock.Mock()

    def looked() -> bool:
        driver._app.message_queue_size = 0  # by the second look
        if sent.call_count == MOST_WAITING and driver.exit_event.is_set.call_count > 3:
            driver._loop.call_soon_threadsafe.call_args.args[0]()
        return False

    driver.exit_event.is_set.side_effect = looked
    with mock.patch.object(linux_driver.LinuxDriver, "send_message") as sent:
        for _ in range(MOST_WAITING):
            driver.send_message(events.Key("a", "a"))
    assert sent.call_count == MOST_WAITING
    assert driver.exit_event.is_set.call_count == 4


def test_a_screen_has_its_bounds(driver: Any) -> None:
    with mock.patch.object(linux_driver.LinuxDriver, "_get_terminal_size", return_value=(99_999, 20)):
        assert driver._get_terminal_size() == (LARGEST[0], 20)


def test_a_stall_is_not_laid_aside(driver: Any) -> None:
    driver.start_application_mode()
    driver._never_stops = True
    driver._sigtstp_application()
    driver.goes_round()
    assert driver.done == ["take"]
