"""The terminal between two apps: the first app leaves it to the second, and not to the shell.

Otherwise the shell would show for as long as the second app loads, and would get the keys that are pressed meanwhile.
"""

from typing import Any


class HeldTerminal:
    """A terminal that one app may leave to the next.

    - ``is_held`` says whether an app has ended and left it to the next.
    - ``attributes`` are those that the terminal had before the first app, as ``termios`` has them.
    - ``has_home`` says whether the home page comes back after a quiz.
    - ``typed`` are the keys that came too late for the first app, with the characters that they type.
    """

    def __init__(self) -> None:
        """Begin with a terminal that no app has left."""
        self.is_held = self.has_home = False
        self.attributes: Any = None
        self.typed: list[tuple[str, str | None]] = []

    def hold(self, attributes: Any) -> None:
        """Record that an app has left the terminal to the next."""
        self.is_held, self.attributes = True, attributes

    def release(self) -> Any:
        """Record that no app has it any more, and return its attributes; ``None`` if it is not held."""
        attributes = self.attributes if self.is_held else None
        self.is_held, self.attributes, self.typed = False, None, []
        return attributes
