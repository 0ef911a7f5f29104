"""The scene with the list of the keys that work in the scene below."""

from collections.abc import Iterable

from quizgen.screen.answer_input import KeyHelp
from quizgen.screen.rows import Row, Span, wrap_paragraph
from quizgen.screen.scenes import CLICKED, LANGUAGE, THEME_KEY, KeyHint, Scene, ScrollArea, current_scene
from quizgen.screen.session import Session, pop_scene, switch_language
from quizgen.text.messages import _

KEYS_EVERYWHERE = (
    KeyHelp("l", _("change the language at any time"), "l"),
    KeyHelp("Ctrl-T", _("light or dark colours"), THEME_KEY),
    KeyHelp("", _("mouse: click an answer, a line or a key; the wheel scrolls")),
)
"""What keys do that work in every scene."""


def draw_key_list(keys: Iterable[KeyHelp], language: str, width: int) -> list[Row]:
    """Draw what keys do, a row or more for each. A click on one has the effect of the key in the scene below."""
    rows: list[Row] = [(), (Span(_("Keys").translated(language), "strong"),), ()]
    for each in keys:
        key = each.key if each.key in ("", THEME_KEY) else CLICKED + each.key
        cap = (Span(f" {each.cap} ", "key", key), Span(" " * (16 - len(each.cap))))
        lead = cap if each.cap else (Span(" " * 18),)
        rows += wrap_paragraph(each.meaning.translated(language), width, "text", lead=lead, key=key)
    return rows


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
        """List the keys that work in the scene below, and then those that work everywhere."""
        below = pop_scene(session)
        keys = (*current_scene(below).help_keys(below), *KEYS_EVERYWHERE)
        return ScrollArea(draw_key_list(keys, session.attempt.quiz.language, width))

    def key_hints(self, _session: Session) -> list[KeyHint]:
        """Return the hint for the key that closes the list."""
        return [KeyHint("Enter", "enter", "do-return"), LANGUAGE]


SCENE = HelpScene()
