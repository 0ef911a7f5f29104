"""A talk on terminals, by way of Textual: the room's screen, and the speaker's guide beside it.

Slow to import, as its board is. At a talk no key has to be kept from Textual, so that keys are bindings here, which the
footer shows and a click on it presses; its colours are themes.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.theme import Theme
from textual.widgets import Footer

from quizgen.screen.board import DOUBLE_CLICK_SECONDS, Drawn, Sheet
from quizgen.screen.driver import character_of
from quizgen.screen.page import Page
from quizgen.screen.palette import ROOM_DARK, ROOM_LIGHT
from quizgen.screen.presenting.guide import guide_page, waiting_page
from quizgen.screen.presenting.room import room_page
from quizgen.screen.presenting.talk import KEYS, Talk, press, raise_hand
from quizgen.screen.rows import Look
from quizgen.text.messages import message

_POLL_SECONDS = 0.3
_TICK_SECONDS = 0.5

_FOOT = {
    "space": "next",
    "left": "back",
    "A": "hands",
    "x": "clear",
    "full_stop": "dark",
    "t": "theme",
    "question_mark": "help",
    "q": "leave",
}
_GUIDE_FOOT = {"t": "theme", "question_mark": "help", "q": "close"}
"""Keys that the feet of room and guide show, with the messages on what they do."""
_DISPENSABLE = ("t", "full_stop", "x", "A")
"""Keys that a narrow foot can do without, the first before the others: they stand in the list of keys, to be clicked too."""

_GUIDE_KEYS = ("t", "question_mark", "q", "up", "down", "pageup", "pagedown", "escape", "enter", "space")


def _name(*, light: bool) -> str:
    return "quizgen-light" if light else "quizgen-dark"


def _theme(*, light: bool) -> Theme:
    """Give Textual the colours of the foot, from the palette's."""
    palette = BoardApp.LOOKS[light]
    ink, _, paper = palette["foot"].rpartition(" on ")
    strong, _, cap = palette["key"].removeprefix("bold ").rpartition(" on ")
    text, _, back = palette["text"].removeprefix("bold ").rpartition(" on ")
    return Theme(
        name=_name(light=light),
        primary=ink,
        foreground=text,
        background=back,
        dark=not light,
        variables={
            "footer-foreground": ink,
            "footer-background": paper,
            "footer-key-foreground": strong,
            "footer-key-background": cap,
            "footer-description-foreground": ink,
            "footer-description-background": paper,
            "footer-item-background": paper,
        },
    )


class Foot(Footer):
    """The keys, as many as have room: one that is out of sight cannot be clicked."""

    def compose(self) -> Any:
        """Show them."""
        keys: list[Any] = list(super().compose())
        for name in _DISPENSABLE:
            if (
                sum(cell_len(f"{each.key_display} {each.description} ") for each in keys) - 1
                > self.app.size.width
            ):
                keys = [each for each in keys if each.key != name]
        yield from keys

    def on_resize(self) -> None:
        """Choose anew."""
        self.call_after_refresh(self.recompose)


class BoardApp(Drawn, inherit_bindings=False):
    """Shows pages, which its kinds draw, of a talk that may not be there yet, above a foot with its keys."""

    LOOKS: ClassVar[tuple[dict[Look, str], dict[Look, str]]] = ROOM_DARK, ROOM_LIGHT

    def __init__(self, language: str, now: Callable[[], float], *, light: bool, colour: bool) -> None:
        """Show pages on a light or a dark background, or without any ``colour``."""
        super().__init__(light=light, colour=colour)
        self.now = now
        self._language = language
        self._clicked = ("", 0.0)  # the key of the foot that was clicked last, and when
        for each in (False, True):
            self.register_theme(_theme(light=each))

    def compose(self) -> Any:
        """Fill the screen: the page, and below it the keys."""
        yield from super().compose()
        yield Foot(compact=True)

    def on_mount(self) -> None:
        """Let the clock run, and give the foot its colours."""
        self.apply_theme(light=self._light)
        self.set_interval(_TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Move the clock; where nothing else has changed, no more than its row goes to the terminal."""
        before = self._page.rows[1:]
        self._compose_page()
        same = before == self._page.rows[1:]
        self.query_one(Sheet).refresh(*([Region(0, 0, self.size.width, 1)] if same else []))

    def bind_keys(self, keys: Iterable[str], foot: Mapping[str, str]) -> None:
        """Bind keys to what they do, with those on the foot first."""
        for key in dict.fromkeys([*foot, *keys]):
            says = message(self._language, f"present.do-{foot[key]}") if key in foot else ""
            cap = message(self._language, f"present.cap-{foot[key]}") if key in foot else None
            self.bind(key, f"press('{key}')", description=says, show=key in foot, key_display=cap)
        self.bind("ctrl+z", "suspend_process", show=False)

    def simulate_key(self, key: str) -> None:
        """Press a key that was clicked on the foot; the second of a double click shows no room what it shall not see yet."""
        (before, at), now = self._clicked, self.now()
        double = key == before and 0 <= now - at < DOUBLE_CLICK_SECONDS
        self._clicked = ("" if double else key, now)
        if not double:
            super().simulate_key(key)

    @abstractmethod
    def action_press(self, key: str) -> None:
        """Do what a key does."""

    def on_key(self, event: events.Key) -> None:
        """Take characters that no binding has."""
        character = character_of(event)
        if character and event.key not in KEYS:
            self.action_press(character)

    def on_mouse_scroll_up(self) -> None:
        """Scroll by a row."""
        self.action_press("up")

    def on_mouse_scroll_down(self) -> None:
        """Scroll by a row."""
        self.action_press("down")

    def apply_theme(self, *, light: bool) -> None:
        """Take the colours, for the foot too."""
        super().apply_theme(light=light)
        if self._colour and self.is_running:
            self.theme = _name(light=light)


class RoomServices(Struct, frozen=True):
    """What the room's screen needs from the world: the time, and to ``share`` a talk with the guide."""

    now: Callable[[], float]
    share: Callable[[Talk], None]


class RoomApp(BoardApp):
    """The room's screen. ``talk`` is how far it is."""

    def __init__(
        self, talk: Talk, services: RoomServices, *, light: bool = False, colour: bool = True
    ) -> None:
        """Begin a talk."""
        super().__init__(talk.language, services.now, light=light, colour=colour)
        self.talk = talk
        self._share = services.share
        self.bind_keys(KEYS, _FOOT)

    def on_mount(self) -> None:
        """Tell the guide that there is a talk."""
        self._share(self.talk)

    def draw(self, width: int, height: int, _top: int | None) -> Page:
        """Draw what the room sees."""
        return room_page(self.talk, width, height, self.now())

    def action_press(self, key: str) -> None:
        """Do what a key does, and tell the guide."""
        if KEYS.get(key) == "theme" and not self.talk.over:
            self.toggle_theme()
            return
        talk = press(self.talk, key, self.now(), most=self._page.most, room=self._page.room)
        if talk == self.talk:
            return
        self._go_on(talk)

    def click(self, x: int, y: int) -> None:
        """Count a hand where there are options; leave what lies over the screen, and do there what a key named does."""
        key, now = self.key_at(x, y), self.now()
        if self.talk.dark and 0 <= now - self._clicked[1] < DOUBLE_CLICK_SECONDS:
            return  # the second of a double click that made it dark
        if self.talk.dark or self.talk.over:
            self._clicked = (key, now)
            helped = self.talk.over == "help"
            self.action_press("escape")
            if helped and key:
                self.action_press(key)
        elif key:
            self._go_on(raise_hand(self.talk, key))

    def _go_on(self, talk: Talk) -> None:
        self.talk = talk
        self.query_one(Foot).display = not talk.dark
        self._share(talk)
        self.refresh_bindings()
        self.show()
        if talk.left:
            self.exit()

    def get_key_display(self, binding: Binding) -> str:
        """Name the options that there are."""
        return (binding.key == "A" and self.talk.option_keys) or super().get_key_display(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show on the foot only what does something now."""
        if action == "press" and parameters in (("A",), ("x",)):
            return self.talk.may_count if parameters == ("A",) else bool(self.talk.counts or self.talk.typing)
        return True


class GuideServices(Struct, frozen=True):
    """What the guide needs from the world: the time, and to ``follow`` the talk that is held; ``None`` where none is."""

    now: Callable[[], float]
    follow: Callable[[], Talk | None]


class GuideApp(BoardApp):
    """The speaker's guide: it shows what belongs to what the room sees, in a language of its own."""

    def __init__(
        self, language: str, services: GuideServices, *, own: bool, light: bool = False, colour: bool = True
    ) -> None:
        """Wait for a talk; in this ``language`` if it is the guide's ``own``, or else in that of the talk."""
        super().__init__(language, services.now, light=light, colour=colour)
        self._own = language if own else ""
        self._follow = services.follow
        self._talk: Talk | None = None
        self._had_one = False
        self._help = False
        self.bind_keys(_GUIDE_KEYS, _GUIDE_FOOT)
        self.bind("ctrl+c", "press('q')", show=False)

    def on_mount(self) -> None:
        """Look now, and again and again."""
        self.look()
        self.set_interval(_POLL_SECONDS, self.look)

    def look(self) -> None:
        """Take over what the room sees, if that has changed."""
        talk = self._follow()
        if talk == self._talk:
            return
        if talk is None or self._talk is None or talk.place != self._talk.place:
            self._top = None
        self._talk = talk
        self._had_one = self._had_one or talk is not None
        self.show()

    def draw(self, width: int, height: int, top: int | None) -> Page:
        """Draw what the speaker sees."""
        if self._talk is None:
            return waiting_page(self._language, width, height, had_one=self._had_one)
        talk = self._talk.in_language(self._own) if self._own else self._talk
        talk = replace(talk, top=top or 0, over="help" if self._help else "")
        return guide_page(talk, width, height, self.now())

    def click(self, x: int, y: int) -> None:
        """Leave the list of keys, and do what one that is clicked there does."""
        key = self.key_at(x, y)
        if self._help:
            self.action_press("question_mark")
            if key:
                self.action_press(key)

    def action_press(self, key: str) -> None:
        """Scroll, turn the theme, show help, or leave; the talk itself is not touched."""
        page = self._page
        scroll = {"up": -1, "down": 1, "pageup": 2 - page.room, "pagedown": page.room - 2}
        match KEYS.get(key, ""):
            case "theme":
                self.toggle_theme()
            case "help":
                self._help = not self._help
            case "leave":
                self.exit()
            case "cancel" | "next" if key not in scroll:
                self._help = False
        if key in scroll:
            self._top = min(max(page.top + scroll[key], 0), page.most)
        self.show()
