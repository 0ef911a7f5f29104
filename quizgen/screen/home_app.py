"""The home page on a full screen. Slow to import, as its board is."""

from quizgen.screen.board import STEPS, Board
from quizgen.screen.home import Home, home_page, paste, press
from quizgen.screen.page import Page, large_enough
from quizgen.screen.scenes import plain_key


class HomeApp(Board, inherit_bindings=False):
    """Shows the home page until an errand is chosen, which ``home`` then has."""

    def __init__(self, home: Home, *, light: bool = False, colour: bool = True) -> None:
        """Show a page on a light or a dark background, or without any ``colour``."""
        super().__init__(light=light, colour=colour)
        self.home = home

    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Set the page."""
        return home_page(self.home, width, height, top)

    def press(self, key: str) -> None:
        """Move, or choose; once something is chosen, no key does anything."""
        if (self.home.helping or self.home.told) and plain_key(key) in STEPS:
            self.scroll_by(STEPS[plain_key(key)])
        elif large_enough(*self.size) and not self.home.errand:
            self._go_on(press(self.home, key))

    def paste(self, text: str) -> None:
        """Take it where words are typed."""
        self._go_on(paste(self.home, text))

    def _go_on(self, home: Home) -> None:
        self.home, self._top = home, None
        if home.errand:
            self.exit()
        else:
            self.show()
