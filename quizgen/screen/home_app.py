"""The Textual apps for the home page and for the history. A quiz starts sooner because it does not load these."""

from collections.abc import Callable

from msgspec.structs import replace

from quizgen.attempt import Attempt
from quizgen.screen.history_page import HistoryPage, draw_history_page
from quizgen.screen.history_page import handle_key as press_in_history
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


class HistoryApp(PageApp):
    """Shows the history until somebody leaves it."""

    def __init__(
        self,
        history: HistoryPage,
        load_attempt: Callable[[int], Attempt | str],
        rebuild_page: Callable[[str], HistoryPage] | None = None,
        *,
        light: bool = False,
        colour: bool = True,
    ) -> None:
        """Show a history. ``load_attempt`` returns the attempt with a number, or says why it cannot be read.

        ``rebuild_page`` returns the page in another language, because the page has the titles of topics in only one.
        """
        super().__init__(light=light, colour=colour)
        self.history = history
        self._load = load_attempt
        self._rebuild = rebuild_page

    def draw_page(self, width: int, height: int, top: int | None) -> Page:
        """Draw the list of quizzes, or one that is open."""
        return draw_history_page(self.history, width, height, top)

    def page_identity(self) -> object:
        """Return which attempt is open, and whether the list of keys is."""
        return self.history.opened, self.history.helping

    def is_followed_by_app(self) -> bool:
        """Return whether the home page comes back."""
        return self.history.leaving

    def handle_key(self, key: str) -> None:
        """Scroll in an open attempt, or pass the key to the list."""
        is_list = not self.history.opened and not self.history.helping
        if not is_list and normalise_command_key(key) in SCROLL_STEPS:
            self.scroll_by(SCROLL_STEPS[normalise_command_key(key)])
            return
        if not is_large_enough(*self.size):
            return
        page, self._top = press_in_history(self.history, key), None
        if page.requested is not None:
            found = self._load(page.requested)
            page = replace(page, requested=None)
            page = replace(page, said=found) if isinstance(found, str) else replace(page, opened=found)
        if self._rebuild and page.language != self.history.language:
            anew = self._rebuild(page.language)
            page = replace(page, summary=anew.summary, attempts=anew.attempts)
        self.history = page
        if page.leaving:
            self.leave_screen()
        else:
            self.redraw()
