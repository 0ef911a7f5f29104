"""The list of all keys."""

from quizgen.screen.rows import Row, Span, paragraph
from quizgen.screen.scenes import CLICKED, LANGUAGE, THEME_KEY, KeyHint, Scene, ScrollArea, scene_of
from quizgen.screen.session import Session, change_language, pop_scene
from quizgen.text.messages import message

_KEYS = (
    ("a b c 1 2 3", "keys-letters"),
    ("↑ ↓ PgUp PgDn", "keys-arrows"),
    ("Space", "keys-space"),
    ("Enter", "keys-enter"),
    ("x", "keys-halt"),
    ("←", "keys-look"),
    ("m", "keys-more"),
    ("l", "keys-language"),
    ("s", "keys-skip"),
    ("q", "keys-stop"),
    ("Esc", "keys-escape"),
    ("Ctrl-T", "keys-theme"),
    ("", "keys-mouse"),
)
"""The cap of each key, and what it does, as a message ``app.…``."""


class Help(Scene):
    """A list of keys over any other scene."""

    scrolls = True
    overlay = True

    def press(self, session: Session, key: str) -> Session:
        """Return at any key except the one for the language; a click on a key's line presses that key."""
        if key.startswith(CLICKED):
            session = pop_scene(session)
            return scene_of(session).press(session, key.removeprefix(CLICKED))
        return change_language(session) if key == "l" else pop_scene(session)

    def scroll_area(self, session: Session, width: int) -> ScrollArea:
        """List the keys, except those that have no effect: ending a kiosk's quiz, or unfolding if nothing unfolds."""
        language = session.attempt.quiz.language
        rows: list[Row] = [(), (Span(message(language, "app.keys-title"), "strong"),), ()]
        rules = session.attempt.rules
        absent = {"keys-stop": session.attempt.kiosk, "keys-halt": not rules.unfold}
        for cap, does in _KEYS:
            if absent.get(does):
                continue
            key = CLICKED + {"←": "left"}.get(cap, cap) if len(cap) == 1 else ""
            key = THEME_KEY if does == "keys-theme" else key
            lead = (Span(f" {cap} ", "key", key), Span(" " * (16 - len(cap)))) if cap else (Span(" " * 18),)
            rows += paragraph(message(language, f"app.{does}"), width, "text", lead=lead, key=key)
        return ScrollArea(rows)

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Offer the way back."""
        return [KeyHint("Enter", "enter", "do-return"), LANGUAGE]


SCENE = Help()
