"""The Textual app for the home page. A quiz starts sooner because it does not load it."""

from quizgen.screen.home import FULL_SCREEN_ACTIONS, Home, draw_home_page
from quizgen.screen.home import handle_key as press_at_home
from quizgen.screen.home import paste_text as paste_at_home
from quizgen.screen.page import Page, is_large_enough
from quizgen.screen.page_app import SCROLL_STEPS, PageApp
from quizgen.screen.scenes import normalise_command_key


class HomeApp(PageApp):
    """Shows the home page until somebody chooses an action, which is then in ``home.action``."""

    def __init__(self, home: Home, *, light: bool = False, colour: bool = True) -> None:
        """Show the home page on a light or a dark background, or without ``colour``."""
        super().__init__(light=light, colour=colour)
        self.home = home

    def draw_page(self, width: int, height: int, top: int | None) -> Page:
        """Draw the home page."""
        return draw_home_page(self.home, width, height, top)

    def page_identity(self) -> object:
        """Return what the home page shows: entries, help, output, or the prompt for a folder."""
        home = self.home
        return home.helping, home.output, home.draft is None, home.choice is None, home.setting is None

    def handle_key(self, key: str) -> None:
        """Scroll, or pass the key to the home page."""
        if (self.home.helping or self.home.output) and normalise_command_key(key) in SCROLL_STEPS:
            self.scroll_by(SCROLL_STEPS[normalise_command_key(key)])
        elif is_large_enough(*self.size):
            self._apply_and_redraw(press_at_home(self.home, key))

    def is_followed_by_app(self) -> bool:
        """Return whether the chosen action fills the screen, too."""
        return self.home.action in FULL_SCREEN_ACTIONS

    def handle_paste(self, text: str) -> None:
        """Pass pasted text to the home page."""
        self._apply_and_redraw(paste_at_home(self.home, text))

    def _apply_and_redraw(self, home: Home) -> None:
        self.home, self._top = home, None
        if home.action:
            self.leave_screen()
        else:
            self.redraw()
