"""Textual's driver of a terminal, made to bear any bytes, and any stop.

Both are faults of Textual 8; pyproject.toml holds it below 9, so that what is patched here is what was read.
As they could be reported:

1. ``LinuxDriver.run_input_thread`` decodes with ``errors="strict"``, and ``XTermParser`` calls ``chr`` on
   whatever number a key sequence of the Kitty protocol has. A keyboard with an 8-bit Meta key, another
   encoding or a paste may send what is no UTF-8, and a number above 0x10FFFF: either ends the application
   with a traceback. Expected: keys that mean nothing.
2. A program that SIGSTOP has stopped goes on without having left its screen. On SIGCONT
   ``resume_application_mode`` starts anew all the same, takes the terminal's attributes as it finds them,
   which are its own, for those to give back in the end, and leaves two threads reading. A second SIGCONT, as
   by ``fg`` after ``bg``, may come while the first is being served. Expected: the screen once, and the
   terminal in the end as it was.
"""

import codecs
import unicodedata
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver

NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What stands for bytes that are no UTF-8."""


def character_of(key: events.Key) -> str:
    """Give the character of a key that writes one, or ""; the wide space of a Chinese keyboard is one too."""
    character = key.character or ""
    if len(character) != 1 or character == NO_CHARACTER:
        return ""
    return character if character.isprintable() or unicodedata.category(character) == "Zs" else ""


class _TolerantParser(XTermParser):
    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]  # theirs is cached
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):  # a number that no character has
            return [events.Key("unknown", None)]


def _tolerant_decoder(encoding: str) -> Any:
    return lambda: codecs.getincrementaldecoder(encoding)(errors="replace")


class TolerantDriver(linux_driver.LinuxDriver):
    """Reads keys as Textual does, by a decoder and a parser that do not give up, and survives any stop."""

    _app: Any

    _starting = False
    """The screen is being taken, and not all of it is there."""

    _suspended = False
    """The screen was left in good order."""

    _resumes = 0
    """Signals to go on that are being served: a later one has the screen taken once more, in the same loop."""

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events."""
        # Textual makes parser and decoder in the middle of this method, by the names that its module has.
        vars(linux_driver).update(XTermParser=_TolerantParser, getincrementaldecoder=_tolerant_decoder)
        super().run_input_thread()

    @property
    def _has_screen(self) -> bool:
        """Whether all is there that leaving the screen or coming back to it needs."""
        return self._writer_thread is not None and not self._starting

    def start_application_mode(self) -> None:
        """Take the screen; until that is done, no signal to leave it or to come back is followed."""
        self._starting = True
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            self._starting = False

    def suspend_application_mode(self) -> None:
        """Leave the screen, and tell the app that its time stands still."""
        if not self._has_screen:
            return
        self._suspended = True
        super().suspend_application_mode()
        self._app.on_suspend()

    def resume_application_mode(self) -> None:
        """Come back to the screen, having left it first where nothing has."""
        if self._resumes:
            self._resumes += 1  # called in the midst of the loop below, which does it once more
            return
        if not self._has_screen:
            return
        self._resumes = 1
        try:
            served = 0
            while served < self._resumes:
                served = self._resumes
                self._resume()
        finally:
            self._resumes = 0
        self._app.on_resume()

    def _resume(self) -> None:
        if not self._suspended:
            super().suspend_application_mode()
            self._must_signal_resume = True
        writer = self._writer_thread
        super().resume_application_mode()
        # In the background Textual may not write, and comes to nothing: no new thread has begun to.
        self._suspended = self._writer_thread is writer
