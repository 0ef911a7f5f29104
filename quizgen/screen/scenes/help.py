"""The list of all keys."""

from quizgen.screen.rows import Row, Span, paragraph
from quizgen.screen.scenes import CLICKED, LANGUAGE, THEME_KEY, KeyHint, Scene, ScrollArea, scene_of
from quizgen.screen.session import Session, change_language, pop_scene
from quizgen.text.messages import _

_KEYS = (
    ("a b c 1 2 3", "letters", _("choose an answer, or a line")),
    ("↑ ↓ PgUp PgDn", "arrows", _("move up and down (j and k too), or scroll")),
    ("Space", "space", _("tick, or choose the next free one")),
    ("Enter", "enter", _("answer; continue")),
    ("x", "halt", _("stop here: it is a scam; or choose the latest line")),
    ("←", "look", _("look back at your answers")),
    ("m", "more", _("show the source in full, or in short")),
    ("l", "language", _("change the language at any time")),
    ("s", "skip", _("skip the question (Tab while you type)")),
    ("q", "stop", _("stop; your answers are saved")),
    ("Esc", "escape", _("while typing: use letters as keys; Esc to type again")),
    ("Ctrl-T", "theme", _("light or dark colours")),
    ("", "mouse", _("mouse: click an answer, a line or a key; the wheel scrolls")),
)
"""The cap of each key, a name for what it does, and what it does in words."""


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
        rows: list[Row] = [(), (Span(_("Keys").translated(language), "strong"),), ()]
        rules = session.attempt.rules
        absent = {"stop": session.attempt.kiosk, "halt": not rules.unfold}
        for cap, does, meaning in _KEYS:
            if absent.get(does):
                continue
            key = CLICKED + {"←": "left"}.get(cap, cap) if len(cap) == 1 else ""
            key = THEME_KEY if does == "theme" else key
            lead = (Span(f" {cap} ", "key", key), Span(" " * (16 - len(cap)))) if cap else (Span(" " * 18),)
            rows += paragraph(meaning.translated(language), width, "text", lead=lead, key=key)
        return ScrollArea(rows)

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Offer the way back."""
        return [KeyHint("Enter", "enter", "do-return"), LANGUAGE]


SCENE = Help()
