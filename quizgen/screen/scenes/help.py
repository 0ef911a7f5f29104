"""The scene with the list of all keys."""

from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import CLICKED, LANGUAGE, THEME_KEY, KeyHint, Scene, ScrollArea, current_scene
from quizgen.screen.session import Session, pop_scene, switch_language
from quizgen.text.messages import _

_KEYS = (
    ("a b c 1 2 3", "letters", _("choose an answer, a reply or a line")),
    ("↑ ↓ PgUp PgDn", "arrows", _("move up and down (j and k too), or scroll")),
    ("Space", "space", _("tick, or choose the next free one")),
    ("Enter", "enter", _("answer; continue")),
    ("x", "halt", _("stop here: it is a scam; or choose the latest line")),
    ("←", "look", _("look back at your answers")),
    ("m", "more", _("show the source in full, or in short")),
    ("t", "twin", _("after a mistake: see the real one beside the false one")),
    ("l", "language", _("change the language at any time")),
    ("s", "skip", _("skip the question (Tab while you type)")),
    ("q", "stop", _("stop; your answers are saved")),
    ("Esc", "escape", _("while typing: use letters as keys; Esc to type again")),
    ("Ctrl-T", "theme", _("light or dark colours")),
    ("", "mouse", _("mouse: click an answer, a line or a key; the wheel scrolls")),
)
"""The cap of each key, a name for what it does, and what it does in words."""


class HelpScene(Scene):
    """A list of keys over any other scene."""

    scrolls = True
    overlay = True

    def handle_key(self, session: Session, key: str) -> Session:
        """Close the list at any key, except the one for the language.

        A click on a line has the effect of its key.
        """
        if key.startswith(CLICKED):
            session = pop_scene(session)
            return current_scene(session).handle_key(session, key.removeprefix(CLICKED))
        return switch_language(session) if key == "l" else pop_scene(session)

    def draw_area(self, session: Session, width: int) -> ScrollArea:
        """List the keys, without those that do nothing in this session.

        For example, "show next line" is left out if all lines are shown at once.
        """
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
            rows += wrap_paragraph(meaning.translated(language), width, "text", lead=lead, key=key)
        return ScrollArea(rows)

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hint for the key that closes the list."""
        return [KeyHint("Enter", "enter", "do-return"), LANGUAGE]


SCENE = HelpScene()
