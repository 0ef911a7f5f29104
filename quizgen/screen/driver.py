"""Textual's driver for terminals, made tolerant of any input, and able to leave the terminal to the next app.

Only this module uses Textual below its public interface. docs/upstream.md lists other problems of its driver,
with the bytes that show them.
"""

from typing import TYPE_CHECKING, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

if TYPE_CHECKING:
    from quizgen.screen.page_app import PageApp


class TolerantDriver(LinuxDriver):
    """A driver that goes on where Textual's own driver ends the program with a traceback."""

    @property
    def _page_app(self) -> "PageApp":
        return cast("PageApp", self._app)

    def start_application_mode(self) -> None:
        """Take the screen, unless it is already taken. If the app before has left it to this one, take its last keys too.

        A closed terminal sends SIGCONT, and Textual starts a second time. The threads of the first
        start would then never end, and neither would the program.
        """
        if self._key_thread is not None and self._key_thread.is_alive():
            return
        terminal = self._page_app.terminal
        for key, character in terminal.typed:
            self.process_message(events.Key(key, character))
        before = terminal.release()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if before is not None:
            self.attrs_before = before

    def stop_application_mode(self) -> None:
        """Give the terminal back, or leave it to the next app."""
        if not self._page_app.leaves_terminal_to_next:
            super().stop_application_mode()
            return
        self._disable_bracketed_paste()
        self._disable_in_band_window_resize()
        self.disable_input()
        self.write("\x1b[<u")  # the next app asks for the Kitty keyboard protocol again
        self.flush()
        self._page_app.terminal.hold(self.attrs_before)

    def disable_input(self) -> None:
        """Stop reading keys. If the next app gets the terminal, it reads those that come from now on."""
        if not self._page_app.leaves_terminal_to_next:
            super().disable_input()
        elif not self.exit_event.is_set():
            self._disable_mouse_support()
            self.exit_event.set()
            if self._key_thread is not None:
                self._key_thread.join()
            self.exit_event.clear()

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal sends. Keys that come after the app has ended are for the next app."""
        if self._page_app.leaves_terminal_to_next and isinstance(message, events.Key):
            self._page_app.terminal.typed.append((message.key, message.character))
        else:
            super().process_message(message)

    def run_input_thread(self) -> None:
        """Read keys until the app leaves the screen. Input that is no key counts as an unknown key.

        A keyboard with an 8-bit Meta key, or pasted text in another encoding, sends bytes that are
        not UTF-8 (ValueError). A key sequence may have a number that is no character (ValueError or
        OverflowError), and a terminal may report a width of no pixels (ZeroDivisionError). If the
        terminal is gone, the app ends.
        """
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except (ValueError, ArithmeticError):
                self.process_message(events.Key("unknown", None))
            except OSError:
                self._loop.call_soon_threadsafe(self._app.exit)
                return
