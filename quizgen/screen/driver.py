"""Textual's driver of a terminal, made to bear any bytes, any stop, and any end.

These are faults of Textual 8; pyproject.toml holds it below 9, so that what is patched here is what was read.
As they could be reported:

1. ``LinuxDriver.run_input_thread`` decodes with ``errors="strict"``, and ``XTermParser`` calls ``chr`` on
   whatever number a key sequence of the Kitty protocol has. A keyboard with an 8-bit Meta key, another
   encoding or a paste may send what is no UTF-8, and a number above 0x10FFFF: either ends the application
   with a traceback. Expected: keys that mean nothing.
2. A program that SIGSTOP has stopped goes on without having left its screen. On SIGCONT
   ``resume_application_mode`` starts anew all the same, takes the terminal's attributes as it finds them,
   which are its own, for those to give back in the end, and leaves two threads reading. SIGTSTP and SIGCONT
   are served where they interrupt: in the midst of taking the screen, of leaving it for good, or of writing,
   where they wait for ever for the lock of the writer's queue. Expected: the screen once, the terminal in the
   end as it was, and signals served from the loop.
3. ``XTermParser`` takes a size from whoever types ``ESC [ 48 ; rows ; columns ; 0 ; 0 t``, asked for or not. A
   width of no pixels has the next movement of the mouse divide by zero, and 99999 rows are laid out for ever.
   Expected: the size that the system tells, and a bound.
4. ``ESC [ 200 ~`` begins pasted text, which swallows all keys, and memory, until ``ESC [ 201 ~`` comes. Expected:
   an end without it.
5. ``run_input_thread`` takes the end of input for nothing to read yet, and looks again at once, for ever, on a
   terminal that is gone. ``WriterThread`` ends where one cannot be written to, after which the app waits for room
   in its queue, for ever. Expected: the end of the app.
6. Keys are queued without bound, faster than any app takes them. Expected: that the terminal keeps them.
"""

import codecs
import errno
import os
import select
import signal
import termios
import threading
import time
import unicodedata
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

from textual import events
from textual._parser import ParseEOF, ParseTimeout, Peek1, Read1
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.message import Message
from textual.messages import InBandWindowResize

NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What stands for bytes that are no UTF-8."""

LARGEST = 600, 200
"""Columns and lines of a screen; a terminal that says it has more is drawn on in part."""

LONGEST_PASTE = 10_000
"""Characters of a pasted text; what comes behind them is let go."""

PASTE_SECONDS = 0.5
"""A pasted text is over when nothing has come for so long, whether its end has come or not."""

MOST_WAITING = 100
"""Keys that wait to be served; more stay in the terminal."""

_TRIES = 100
"""How often the screen is asked for: each time in the background, or of a terminal that is gone, comes to nothing."""

_LEAVING = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What takes back all that Textual has asked of a terminal."""


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

    def parse(self, token_callback: Callable[[Message], object]) -> Generator[Read1 | Peek1, str, None]:
        """Pass characters on to Textual's parser, but those of a pasted text."""
        pasted = ""

        def tell(token: Message) -> None:
            if isinstance(token, events.Paste):
                token = events.Paste(pasted)
            if isinstance(token, events.Resize | InBandWindowResize):
                self.mouse_pixels = False  # as it has been told to believe
            else:
                token_callback(token)

        parser = super().parse(tell)
        wanted = next(parser)
        last = ""
        while True:
            try:
                character = yield wanted
            except (ParseTimeout, ParseEOF) as end:
                last = ""
                try:
                    wanted = parser.throw(end)
                except StopIteration:
                    return
                continue
            wanted = parser.send(character)
            last = (last + character)[-len(BRACKETED_PASTE_START) :]
            if last == BRACKETED_PASTE_START:
                pasted = (yield from self._pasted()).replace("\x00", "")
                for (
                    each
                ) in BRACKETED_PASTE_END:  # of nothing, or Textual would take an escape in it for a key's
                    wanted = parser.send(each)

    def _pasted(self) -> Generator[Read1 | Peek1, str, str]:
        """Read to the end of a pasted text, and give as much of it as one may paste."""
        text = last = ""
        while True:
            try:
                character = yield self.read1(PASTE_SECONDS)
            except (ParseTimeout, ParseEOF):
                return text
            last = (last + character)[-len(BRACKETED_PASTE_END) :]
            if last == BRACKETED_PASTE_END:
                return text.removesuffix(BRACKETED_PASTE_END[:-1])
            if len(text) < LONGEST_PASTE:
                text += character


class _TolerantWriter(WriterThread):
    """Writes as long as there is a terminal, and then lets go of what is written; ``lost`` is told once."""

    def __init__(self, file: Any, lost: Callable[[], None]) -> None:
        super().__init__(file)
        self._lost = lost

    def run(self) -> None:
        """Run the thread until it is told to stop, whatever becomes of what is written."""
        there = True
        while (text := self._queue.get()) is not None:
            there = there and self._put(text)
        if there:
            self._put("")

    def _put(self, text: str) -> bool:
        """Write something; tell whether there still is a terminal."""
        try:
            self._file.write(text)
            if self._queue.empty():
                self._file.flush()
        except (OSError, ValueError):
            self._lost()
            return False
        return True


class _TolerantDecoder:
    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def decode(self, data: bytes, *, final: bool = False) -> str:
        """Decode what was read; raises OSError where there was nothing to read, which is the end."""
        if not data and not final:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return self._decoder.decode(data, final)


def _tolerant_decoder(encoding: str) -> Any:
    return lambda: _TolerantDecoder(encoding)


class TolerantDriver(linux_driver.LinuxDriver):
    """Reads keys as Textual does, by a decoder and a parser that do not give up, and survives any stop."""

    _app: Any

    _has_screen = False
    """The screen was taken, and not left since in good order."""

    _leaving = False
    """The screen is being left for a while, not for good."""

    _over = False
    """The screen was left for good."""

    _to_stop = False
    """A signal to stop is to be served."""

    _to_go_on = False
    """A signal to go on is to be served; more of them are served with it."""

    _sent = 0
    """Messages that the app was sent."""

    _never_stops = False
    """Whoever started the screen has it pay no heed to Ctrl-Z."""

    def __init__(
        self, app: Any, *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Drive the terminal of an app, whose size is what the system says."""
        self._never_stops = signal.getsignal(signal.SIGTSTP) is signal.SIG_IGN
        super().__init__(app, debug=debug, mouse=mouse, size=size or self._get_terminal_size())

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = super()._get_terminal_size()
        return min(width, LARGEST[0]), min(height, LARGEST[1])

    def _query_in_band_window_resize(self) -> None:
        """Ask the terminal for no size: what it would type is no better than what the system knows."""

    def _sigtstp_application(self, *_args: Any) -> None:
        if not self._never_stops and not self._to_stop:
            self._to_stop = True
            self._serve_soon(self._stop)

    def _sigcont_application(self, *_args: Any) -> None:
        self._to_stop = False
        if not self._to_go_on:
            self._to_go_on = True
            self._serve_soon(self._go_on)

    def _serve_soon(self, serve: Callable[[], None]) -> None:
        """Serve a signal from the loop: what it interrupts may hold a lock, or be in the midst of the same."""
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(serve)

    def _stop(self) -> None:
        if self._to_stop:
            self._to_stop = False
            super()._sigtstp_application()

    def _go_on(self) -> None:
        self._to_go_on = False
        super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events, until there is no terminal any more."""
        # Textual makes parser and decoder in the middle of this method, by the names that its module has.
        vars(linux_driver).update(XTermParser=_TolerantParser, getincrementaldecoder=_tolerant_decoder)
        try:
            super().run_input_thread()
        except OSError:
            self._app.hang_up()

    def send_message(self, message: Any) -> None:
        """Send a message to the app once there are not too many before it; now and then, make sure that it has them."""
        while self._app.message_queue_size > MOST_WAITING and not self.exit_event.is_set():
            time.sleep(0.01)
        super().send_message(message)
        self._sent += 1
        if self._sent % MOST_WAITING:
            return
        has_it = threading.Event()
        self._loop.call_soon_threadsafe(has_it.set)
        while not self.exit_event.is_set() and not has_it.wait(0.1):
            pass

    def drop(self) -> None:
        """Give the terminal back at once, whatever else there is to write; what it does not take is let go."""
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            file = self._file.fileno()  # type: ignore[union-attr]  # theirs is there, or there is no screen
            if select.select([], [file], [], 0)[1]:
                os.set_blocking(file, False)
                os.write(file, _LEAVING.encode())

    def start_application_mode(self) -> None:
        """Take the screen; in the background the process stops, and takes it once it is in the foreground."""
        # Textual makes its writer in the middle of this method, by the name that its module has.
        vars(linux_driver).update(WriterThread=lambda file: _TolerantWriter(file, self._app.hang_up))
        writer = self._writer_thread
        for _ in range(_TRIES):
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if self._writer_thread is not writer:
                self._has_screen = True
                return

    def stop_application_mode(self) -> None:
        """Leave the screen, for good or for a while."""
        self._has_screen = False
        self._over = not self._leaving
        super().stop_application_mode()

    def suspend_application_mode(self) -> None:
        """Leave the screen, and tell the app that its time stands still."""
        if self._has_screen:
            self._leave()
            self._app.on_suspend()

    def resume_application_mode(self) -> None:
        """Come back to the screen, having left it first where nothing has."""
        if self._writer_thread is None or self._over:
            return
        if self._has_screen:
            self._leave()
            self._must_signal_resume = True
        super().resume_application_mode()
        self._app.on_resume()

    def _leave(self) -> None:
        self._leaving = True
        try:
            super().suspend_application_mode()
        finally:
            self._leaving = False
