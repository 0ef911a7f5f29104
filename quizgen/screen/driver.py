"""Textual's driver of a terminal, made to bear any bytes, and any stop.

A keyboard with an 8-bit Meta key, another encoding or a paste may send what is no UTF-8, and key codes that
are no characters. Textual's driver ends at either with a traceback; here they are keys that mean nothing.

A program that SIGSTOP has stopped goes on without having left its screen. Textual's driver then takes the
terminal's state as it found it, which is its own, for the one to give back in the end.
"""

import codecs
import unicodedata
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver

NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What stands for bytes that are no UTF-8."""


def written(key: events.Key) -> str:
    """Give the character of a key that writes one, or ""; the wide space of a Chinese keyboard is one too."""
    character = key.character or ""
    if len(character) != 1 or character == NO_CHARACTER:
        return ""
    return character if character.isprintable() or unicodedata.category(character) == "Zs" else ""


class _Parser(XTermParser):
    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]  # theirs is cached
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):  # a number that no character has
            return [events.Key("unknown", None)]


def _decoder(encoding: str) -> Any:
    return lambda: codecs.getincrementaldecoder(encoding)(errors="replace")


class BearingDriver(linux_driver.LinuxDriver):
    """Reads keys as Textual does, by a decoder and a parser that do not give up."""

    _app: Any
    _aside = _coming = _starting = _wanted = False

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events."""
        vars(linux_driver).update(
            XTermParser=_Parser, getincrementaldecoder=_decoder
        )  # it makes its own, by these names
        super().run_input_thread()

    def start_application_mode(self) -> None:
        """Take the screen; until that is done, no signal to leave it or to come back finds all that it needs."""
        self._starting = True
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            self._starting = False

    def suspend_application_mode(self) -> None:
        """Leave the screen, and tell the app that its time stands still."""
        if self._starting or self._writer_thread is None:
            return  # not there yet
        self._aside = True
        super().suspend_application_mode()
        self._app.laid_aside()

    def resume_application_mode(self) -> None:
        """Come back to the screen, having left it first where nothing has.

        While that is under way, another signal to go on, as by `fg` after `bg`, only has it done once more.
        """
        self._wanted = True
        if self._starting or self._writer_thread is None or self._coming:
            return
        self._coming = True
        try:
            while self._wanted:
                self._wanted = False
                if not self._aside:
                    super().suspend_application_mode()
                    self._must_signal_resume = True
                writer = self._writer_thread
                super().resume_application_mode()
                self._aside = self._writer_thread is writer  # then it came to nothing
        finally:
            self._coming = False
        self._app.taken_up()
