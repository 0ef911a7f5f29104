"""Textual's driver for terminals, made tolerant of any input.

Only this module uses Textual below its public interface. docs/upstream.md lists other problems of its driver,
with the bytes that show them.
"""

from textual import events
from textual.drivers.linux_driver import LinuxDriver


class TolerantDriver(LinuxDriver):
    """A driver that goes on where Textual's own driver ends the program with a traceback."""

    def start_application_mode(self) -> None:
        """Take the screen, unless it is already taken.

        A closed terminal sends SIGCONT, and Textual starts a second time. The threads of the first
        start would then never end, and neither would the program.
        """
        if self._key_thread is None or not self._key_thread.is_alive():
            super().start_application_mode()  # type: ignore[no-untyped-call]

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
