"""Textual's driver of a terminal, which stays alive whatever bytes arrive.

This is the one place that reaches below Textual's public interface. What else its driver cannot bear is in
docs/upstream.md, with the bytes that show it.
"""

from textual import events
from textual.drivers.linux_driver import LinuxDriver


class TolerantDriver(LinuxDriver):
    """Reads on where Textual's own driver ends the program with a traceback."""

    def start_application_mode(self) -> None:
        """Take the screen, unless it is taken: a terminal that is closed sends SIGCONT, at which Textual starts again.

        The threads of the first start would then never end, and neither would the program.
        """
        if self._key_thread is None or not self._key_thread.is_alive():
            super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        """Read keys until the screen is left; what cannot be a key counts as an unknown one.

        A keyboard with an 8-bit Meta key, or a paste in another encoding, sends what is no UTF-8 (ValueError). A key
        sequence may name a number that no character has (ValueError or OverflowError), and a terminal may report a
        width of no pixels (ZeroDivisionError). A terminal that is gone ends the app.
        """
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except (ValueError, ArithmeticError):
                self.process_message(events.Key("unknown", None))
            except OSError:
                self._loop.call_soon_threadsafe(self._app.exit)
                return
